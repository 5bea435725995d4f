"""The biobased share of a post: what a bid states, on which basis, and what a typed text means.

A share on another basis than the mix says little beside one of the mix: 50 % of the added binder is some 1.5
% of an average mix (DOMAIN 7). So the basis is part of the text, and a binder without which one is asked
back.
"""

from __future__ import annotations

import re
from dataclasses import replace

from cirkeldesk.desktop.kit.grid.cells import CellKind, CellView, Parsed, number_parsed, read_cell_number
from cirkeldesk.model.product.composition import Basis, BiobasedStatement
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.stated import type_biobased
from cirkeldesk.model.tender.tender import Answer, Tender, Variant
from cirkeldesk.wording import numbers, terms

# One word behind the number that names the basis; shown so where it is not the mix.
WORDS: dict[Basis, str] = {
    "mix": "mengsel",
    "added_binder": "toegevoegd bindmiddel",
    "total_binder": "totaal bindmiddel",
    "carbon": "koolstof",
}
_BASIS_OF: tuple[tuple[str, Basis], ...] = (
    ("mengsel", "mix"),
    ("toegevoegd", "added_binder"),
    ("tota", "total_binder"),
    ("koolstof", "carbon"),
    ("16640", "carbon"),
)
_PARTS = re.compile(r"\s*([0-9.,+-]+)\s*%?\s*(.*)", re.DOTALL)
NOT_STATED = terms.STATES["not_declared"]


def biobased_cell(
    product: Product | None, answer: Answer, *, others_say: bool, whole: str = "mengsel"
) -> CellView:
    """`others_say`: whether another bid states one for this post, so that here one is missing; `whole`: what
    a share is of in this group, where nothing else is said."""
    told = BASIS_TOLD.format(whole=whole)
    if answer.lapses:
        return CellView(terms.STATES["absent"], "word", right=True)
    own = answer.product is None or answer.product.is_local
    stated = product.composition.biobased if product is not None else None
    if product is not None and (not own or product.composition.constituents):
        return _of_composition(product, whole)
    if stated is None:
        kind: CellKind = "missing" if others_say else "inherit"
        return CellView(NOT_STATED, kind, True, "", True, NOT_STATED, told)
    text = share_text(stated)
    spoken = f"{numbers.as_typed(_percent(stated.fraction))} procent {terms.BASES[stated.basis]}"
    return CellView(text, "own", True, text, True, spoken, told)


BASIS_TOLD = "Procent van het {whole}. Een andere maat schrijft u erachter: “50 toegevoegd bindmiddel”."


def _of_composition(product: Product, whole: str) -> CellView:
    """What follows from the raw materials, or stands in the library: not typed here."""
    share, stated = product.composition.share("primary_biobased"), product.composition.biobased
    told = "volgt uit de samenstelling van het product"
    if share is None:
        text = share_text(stated) if stated is not None else NOT_STATED
        return CellView(text, "inherit" if stated is not None else "word", right=True, description=told)
    low, high = (numbers.number(part * 100, 1) for part in (share.low, share.high))
    text = low if low == high else f"{low} tot {high}"
    return CellView(text, "inherit", right=True, spoken=f"{text} procent van het {whole}", description=told)


def share_text(stated: BiobasedStatement) -> str:
    """ "3,25", or "50 toegevoegd bindmiddel"."""
    text = numbers.as_typed(_percent(stated.fraction))
    return text if stated.basis == "mix" else f"{text} {WORDS[stated.basis]}"


def _percent(fraction: float) -> float:
    return round(fraction * 100, 10)


def stating(tender: Tender) -> dict[str, frozenset[str]]:
    """By post, the bids that state a share in a product of their own."""
    said = {product.id for product in tender.products if product.composition.biobased is not None}
    found: dict[str, set[str]] = {}
    for bid in tender.bids:
        for answer in bid.answers:
            if answer.product is not None and answer.product.id in said:
                found.setdefault(answer.post_id, set()).add(bid.id)
    return {post_id: frozenset(bids) for post_id, bids in found.items()}


def parse_biobased(tender: Tender, variant: Variant, post_id: str, text: str) -> Parsed:
    """A percentage of the mix, or with another basis behind it."""
    label = "biobased"
    if not text:
        return Parsed(type_biobased(tender, variant.id, post_id, None, label))
    found = _PARTS.fullmatch(text)
    read = read_cell_number(found[1] if found else text, positive=False)
    if read.problem is not None or read.value is None:
        return Parsed(problem=read.problem)
    if not 0 <= read.value <= 100:
        return Parsed(problem=f"“{text}” kan hier niet. Vul een percentage van 0 tot 100 in.")
    known = _known(tender, variant, post_id)
    basis = _basis(found[2] if found else "")
    if basis is None:
        return Parsed(
            problem="Waarvan is dit een deel? Schrijf mengsel, toegevoegd bindmiddel, totaal bindmiddel of koolstof."
        )
    method = known.method if known is not None and known.basis == basis else None
    stated = BiobasedStatement(read.value / 100, basis, method)
    parsed = number_parsed(read, type_biobased(tender, variant.id, post_id, stated, label))
    if known is not None and known.basis != basis and not (found and found[2].strip()):
        other = f"{numbers.as_typed(read.value)} {WORDS[known.basis]}"
        told = f"{text} is nu een deel van het mengsel. Bedoelt u {other}?"
        return replace(parsed, hint=told, alternative=(f"Ja, {WORDS[known.basis]}", other))
    return parsed


def _known(tender: Tender, variant: Variant, post_id: str) -> BiobasedStatement | None:
    ref = variant.answer(post_id).product
    found = next((p for p in tender.products if ref is not None and p.id == ref.id), None)
    return found.composition.biobased if found is not None else None


def _basis(words: str) -> Basis | None:
    """The basis that words name; without words the mix, as the row says. None where they name none or two."""
    said = words.casefold().strip()
    if not said:
        return "mix"
    found = {basis for word, basis in _BASIS_OF if word in said}
    return found.pop() if len(found) == 1 else None
