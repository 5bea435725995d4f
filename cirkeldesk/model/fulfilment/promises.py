"""What an awarded bid promises: MKI, composition, life and criteria of kind contract, each with where it was
said.

Source: CHAIN 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cirkeldesk.model.award.award import published
from cirkeldesk.model.comparison.result import VariantResult
from cirkeldesk.model.contract.contract import Contract, EvidenceDue
from cirkeldesk.model.fulfilment.proof import Grounds
from cirkeldesk.model.product.composition import Origin
from cirkeldesk.model.tender.tender import Post

Indicator = Literal[
    "mki", "mki_rate", "primary_biobased", "secondary", "reused", "reclaimed", "life", "criterion"
]
SHARES: tuple[Literal["primary_biobased", "secondary", "reused"], ...] = (
    "primary_biobased",
    "secondary",
    "reused",
)


@dataclass(frozen=True)
class Promise:
    """One promise. `value` in `unit`: € MKI, € MKI per unit, a share of the mass (0..1), years; None for a
    criterion, which is a text. `post` where it is of one post. `source` is the key of the sentence that says
    where it was promised, `text` what it says."""

    id: str
    indicator: Indicator
    value: float | None
    unit: str
    source: str
    post: str | None = None
    basis: str = ""
    text: str = ""
    due: str | None = None
    verifier: str = ""


def promises(found: Grounds, decimals: int) -> tuple[Promise, ...]:
    """Every promise of the winner, as an accepted change left it. MKI at the published decimals."""
    due = {one.promise: one for one in found.contract.due}
    listed = [*_figures(found, decimals), *_of_posts(found), *_criteria(found)]
    return tuple(_with_due(one, due) for one in listed)


def _with_due(promise: Promise, due: Mapping[str, EvidenceDue]) -> Promise:
    known = due.get(promise.id)
    return promise if known is None else replace(promise, due=known.due, verifier=known.verifier)


def _figures(found: Grounds, decimals: int) -> Iterator[Promise]:
    result = found.promised
    if result.total.value is not None:
        value = float(published(result.total.value, decimals))
        yield Promise("mki", "mki", value, "€ MKI", "mki_of_work" if _is_whole(found) else "mki_of_posts")
    for origin in SHARES:
        share = _share(result, origin)
        if share is not None:
            yield Promise(origin, origin, share[0], "massa", "composition", basis=share[1])


def _is_whole(found: Grounds) -> bool:
    return found.tender.variant(found.contract.winner).work_mki is not None


def _share(result: VariantResult, origin: Origin) -> tuple[float, str] | None:
    """The least that was promised, with its basis; nothing promised is no promise."""
    share = result.shares.get(origin)
    return (share.low, share.basis) if share is not None and share.low > 0 else None


def _of_posts(found: Grounds) -> Iterator[Promise]:
    for post in found.tender.posts:
        if post.kind != "released":
            yield from _of_post(found, post)


def _of_post(found: Grounds, post: Post) -> Iterator[Promise]:
    result = found.promised.post(post.id)
    measure = found.tender.ask.mki_per
    if result.rate is not None and not result.lapses:
        yield Promise(f"mki:{post.id}", "mki_rate", result.rate, measure, "rate", post.id)
    product = found.products.get(post.id)
    if product is not None and product.composition.reclaimed:
        basis = product.composition.reclaimed_of or ""
        value = product.composition.reclaimed
        yield Promise(f"reclaimed:{post.id}", "reclaimed", value, "massa", "reclaimed", post.id, basis)
    answer = found.tender.variant(found.contract.winner).answer(post.id)
    if isinstance(answer.life, float):
        yield Promise(f"life:{post.id}", "life", answer.life, "jaar", "life", post.id)


def _criteria(found: Grounds) -> Iterator[Promise]:
    for criterion in found.tender.criteria:
        if criterion.kind == "contract":
            yield Promise(criterion.code, "criterion", None, "", "criterion", text=criterion.text)


def edition(contract: Contract) -> int:
    """1 for the promise as it was bid, one more for every accepted change."""
    return 1 + len(contract.changes)
