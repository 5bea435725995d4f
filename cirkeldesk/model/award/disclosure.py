"""What may leave the house: a tender without its bids, what others may know of the winner, and what may never
be found.

An external paper is made from `public(tender)` and `Disclosed` alone, so that it cannot hold what they do
not. What people typed into it is then searched for `secrets` of others. Source: DOMAIN 9 (of the winner its
name, score per criterion and characteristics in words; total price and MKI only by a switch with a reason; of
other losers nothing; never unit prices, mix, supplier, recipe or declaration) and DOMAIN 8 (turning points
never in an external paper).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.model.tender.tender import AdviceText, OfferedMki, ProductRef, Tender, Variant, without_prices

EXTERNAL = "extern_"  # sections of the advice that were written for outside


def _without(text: str, told: list[tuple[str, str]]) -> str:
    """A text with each name replaced by its letter; a product typed in a bid is often named after it."""
    for name, letter in sorted(told, key=lambda pair: -len(pair[0])):
        text = re.sub(re.escape(name), letter, text, flags=re.IGNORECASE) if len(name) > 2 else text
    return text


def _letters(tender: Tender) -> dict[str, str]:
    """What each bid is called by its place alone, by id."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    bids = [variant.id for variant in tender.bids]
    return {
        key: f"Inschrijving {letters[at] if at < len(letters) else at + 1}" for at, key in enumerate(bids)
    }


def has_names(tender: Tender) -> bool:
    """Whether hiding names would change anything."""
    letters = _letters(tender)
    return any(bid.bidder or bid.name != letters[bid.id] for bid in tender.bids)


def masked(tender: Tender) -> Tender:
    """The tender as a shared screen shows it: bids go by their letter, and no bidder and no supplier is
    named."""
    names = _letters(tender)
    variants = tuple(
        replace(variant, name=names[variant.id], bidder=None) if variant.id in names else variant
        for variant in tender.variants
    )
    told = [(variant.name, names[variant.id]) for variant in tender.bids] + [
        (variant.bidder, names[variant.id]) for variant in tender.bids if variant.bidder
    ]
    products = tuple(
        replace(product, name=_without(product.name, told), supplier=None, owner=None)
        for product in tender.products
    )
    layers = tuple(
        replace(
            layer, changes=tuple(change for change in layer.changes if change.path not in ("name", "bidder"))
        )
        for layer in tender.layers
    )
    return replace(tender, variants=variants, products=products, layers=layers)


def public(tender: Tender) -> Tender:
    """The tender as anybody may see it: what was asked and published, and the authority's own designs without
    amounts.

    Built from what may go, never by taking away what may not. Nothing of a bid, a person, a judgement or an
    estimate; what is published of the outcome is `Disclosed`.
    """
    designs = tuple(_design(variant) for variant in own_designs(tender))
    used = {a.product.id for v in designs for a in v.answers if a.product is not None and a.product.is_local}
    texts = (
        AdviceText(t.section.removeprefix(EXTERNAL), t.text, t.draft)
        for t in tender.advice
        if t.section.startswith(EXTERNAL)
    )
    asked = Publication(
        procedure=tender.publication.procedure,
        themes=tender.publication.themes,
        r_step=tender.publication.r_step,
    )
    return Tender(
        id=f"{tender.id}-extern",
        number=tender.number,
        title=tender.title,
        product_group=tender.product_group,
        functional_quantity=tender.functional_quantity,
        closes_on=tender.closes_on,
        status=tender.status,
        ask=tender.ask,
        posts=tender.posts,
        variants=designs,
        products=tuple(replace(p, attachments=()) for p in tender.products if p.id in used),
        advice=tuple(texts),
        fictitious=tender.fictitious or tender.practice_of is not None,
        award=_rules(tender.award) if tender.lock is not None else AwardRules(),
        lock=replace(tender.lock, by="") if tender.lock is not None else None,
        publication=asked,
        criteria=tender.criteria,
    )


def own_designs(tender: Tender) -> tuple[Variant, ...]:
    """The authority's own designs. One that answers with a product of a bid, or (the nulvariant apart) offers
    a bid's MKI for the whole work, is a copy of that bid, whatever it is called.
    """
    products = {ref.id for bid in tender.bids for ref in _local(bid)}
    offered = {bid.work_mki for bid in tender.bids if bid.work_mki is not None}
    designs = [variant for variant in tender.variants if not variant.is_bid]
    own = [design for design in designs if not products & {ref.id for ref in _local(design)}]
    return tuple(design for design in own if design.role == "reference" or design.work_mki not in offered)


def _local(variant: Variant) -> list[ProductRef]:
    return [
        answer.product for answer in variant.answers if answer.product is not None and answer.product.is_local
    ]


def _offered(variant: Variant) -> Iterator[OfferedMki]:
    yield from (
        mki for mki in (variant.work_mki, *(answer.mki for answer in variant.answers)) if mki is not None
    )


def _design(variant: Variant) -> Variant:
    """A design as calculated, without the estimate of what it costs."""
    answers = tuple(replace(answer, price=None, unit_price=None) for answer in variant.answers)
    return replace(variant, price=None, costs=None, ladder_level=None, bidder=None, answers=answers)


def _rules(rules: AwardRules) -> AwardRules:
    """The rules as published: without assessors, the reason for the method, and who confirmed weights."""
    criteria = tuple(replace(criterion, assessors=()) for criterion in rules.criteria)
    own = replace(rules.own_sum, person="", source="") if rules.own_sum is not None else None
    return replace(rules, criteria=criteria, own_sum=own, motivation="")


# --- the winner
# ----------------------------------------------------------------------------------------------------


Reader = Literal["anybody", "bidder"]


@dataclass(frozen=True)
class Disclosed:
    """What may be known of the outcome. `scores` are (criterion, share earned) of quality; a part that
    follows from price or MKI gives these away.

    To a bidder `price`, `mki` and the winner's own sum are told, unless they are withheld for a reason
    (artikel 2.138 and 2.57 Aanbestedingswet 2012; DOMAIN 9). To anybody only with the switch, whose `reason`
    stands beside them.
    """

    winner: str
    bids: int
    counted: int
    scores: tuple[tuple[str, Fraction], ...]
    characteristics: str
    reason: str
    price: Decimal | None = None
    mki: Decimal | None = None


def names_sums(tender: Tender) -> bool:
    """Whether the other bidders are told the winner's bid sum, MKI and scores: unless somebody said why
    not."""
    return not tender.publication.withhold.strip()


def disclosed(award: Award, reader: Reader = "anybody") -> Disclosed | None:
    """What may be said of the winner; None while there is none."""
    if award.winner is None:
        return None
    tender, winner = award.tender, award.bid(award.winner)
    words = tender.publication.characteristics
    parts = [
        part
        for part in (winner.outcome.parts if winner.outcome is not None else ())
        if part.code == "quality"
    ]
    found = Disclosed(
        winner=name_of(tender.variant(winner.id)),
        bids=len(award.bids),
        counted=sum(bid.counts for bid in award.bids),
        scores=tuple(
            (part.criterion, part.share) for part in parts if part.criterion and part.share is not None
        ),
        characteristics=words.text if words is not None and words.variant_id == winner.id else "",
        reason=tender.publication.disclose.strip(),
    )
    named = bool(found.reason) if reader == "anybody" else names_sums(tender)
    return replace(found, price=winner.figures.price, mki=winner.figures.mki) if named else found


def name_of(variant: Variant) -> str:
    """Who it is to the outside: the bidder, else the name in the table."""
    return (variant.bidder or "").strip() or variant.name


# --- what may never be found
# ---------------------------------------------------------------------------------------

SHORTEST = 3  # a shorter name is found in any sentence
DIGITS = 4  # a shorter figure means nothing by itself
DISTINCT = 6  # a shorter word of a report ("MKI", "2026") is anybody's
_LEGAL = re.compile(r"[\s,]+(b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|c\.?v\.?|u\.?a\.?|holding)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f ]*\d)?")


@dataclass(frozen=True)
class Secret:
    """A name or figure that may not stand in a paper, as it would be written, and whose it is."""

    text: str
    owner: str


def secrets(
    tender: Tender, products: Iterable[Product], *, recipient: str | None, award: Award | None
) -> tuple[Secret, ...]:
    """What a paper for `recipient` (id of a bid; None: for anybody) may not say.

    `products` are the pinned versions. Own names and figures, the winner's name and published figures are no
    secret. While prices are sealed they are not looked for: a search would answer guesses.
    """
    if tender.prices_sealed:
        tender = without_prices(tender)
    known = {product.id: product for product in (*products, *tender.products)}
    allowed = _allowed(tender, known, recipient, award)
    found = [Secret(text, "de opdrachtgever") for text in _ours(tender)]
    for variant in tender.bids:
        if variant.id != recipient:
            texts = (*_names_of(variant, known), *_figures_of(variant, award))
            found += [Secret(text, variant.name) for text in texts]
    said = " ".join(_said_publicly(tender))
    names = {text for variant in tender.bids for text in _bidder_names(variant)}

    def is_secret(secret: Secret) -> bool:
        if len(secret.text) < SHORTEST or _plain(secret.text) in allowed:
            return False
        return secret.text in names or not found_in(said, (secret,))

    return tuple(filter(is_secret, dict.fromkeys(found)))


def _plain(text: str) -> str:
    """A text as it is looked for: a figure by its digits, words in small letters."""
    return _digits(text) if _is_figure(text) else text.casefold()


def _allowed(
    tender: Tender, known: dict[str, Product], recipient: str | None, award: Award | None
) -> set[str]:
    """What the recipient knows already or anybody may: published figures, its own, our designs, the winner's
    name."""
    allowed = {digits for digits in map(_digits, _published(tender)) if digits}
    shown = disclosed(award, "anybody" if recipient is None else "bidder") if award is not None else None
    if shown is not None:
        allowed |= {_digits(text) for text in _amounts((shown.price, shown.mki))}
    if award is not None and award.winner is not None and recipient is not None and names_sums(tender):
        allowed |= {_digits(text) for text in _sums_of(award.bid(award.winner))}
    for variant in tender.variants:
        if variant.id == recipient:
            allowed |= {_digits(text) for text in _figures_of(variant, award)}
            allowed |= {text.casefold() for text in _names_of(variant, known)}
    for design in own_designs(tender):  # its report may be a bid's; a product of the library is anybody's
        refs = [answer.product for answer in design.answers if answer.product is not None]
        allowed |= {_digits(text) for text in _figures_of(design, None)}
        allowed |= {known[ref.id].name.casefold() for ref in refs if ref.id in known}
    if award is not None and award.winner is not None:
        allowed |= {text.casefold() for text in _bidder_names(tender.variant(award.winner))}
    return allowed


def _bidder_names(variant: Variant) -> Iterator[str]:
    """Who a bid is of, also without its legal form."""
    for name in filter(None, (variant.name.strip(), (variant.bidder or "").strip())):
        yield name
        yield _LEGAL.sub("", name)


def _names_of(variant: Variant, known: dict[str, Product]) -> Iterator[str]:
    """Names a bid brought: who it is of, its report, its products with supplier, number and recipe."""
    yield from _bidder_names(variant)
    evidence = variant.evidence
    texts = [
        evidence.source,
        evidence.number,
        evidence.verifier,
        evidence.tool,
        evidence.promises,
        variant.equal_reason,
    ]
    for answer in variant.answers:
        product = known.get(answer.product.id) if answer.product is not None else None
        if product is not None:
            texts.append(product.name)
        if product is not None and answer.product is not None and answer.product.is_local:
            texts += [product.supplier, product.number, *(c.name for c in product.composition.constituents)]
    yield from (text.strip() for text in texts if text and _is_distinct(text.strip()))


def _is_distinct(text: str) -> bool:
    """Whether a text can only mean what it stands for: not one common word or a short number."""
    return len(text) >= DISTINCT and (" " in text or any(sign.isdigit() for sign in text))


def _sums_of(bid: BidResult) -> Iterator[str]:
    """What the published method made of a bid."""
    if bid.outcome is not None:
        yield from _amounts([bid.outcome.total, *(part.amount for part in bid.outcome.parts)])


def _figures_of(variant: Variant, award: Award | None) -> Iterator[str]:
    """Figures a bid brought, and what the award made of them where that gives its price or MKI away."""
    amounts: list[Decimal | float | None] = [variant.price, *(cost.amount for cost in variant.costs or ())]
    for mki in _offered(variant):
        amounts += [mki.total, *(value for _, value in mki.modules)]
    for answer in variant.answers:
        amounts += [answer.price, answer.unit_price]
    bid = award.bid(variant.id) if award is not None else None
    if bid is not None:
        amounts.append(bid.figures.mki)
    if bid is not None and bid.outcome is not None:
        is_winner = award is not None and award.winner == variant.id  # its scores for quality are told
        parts = [part for part in bid.outcome.parts if part.code != "quality" or not is_winner]
        amounts += [bid.outcome.total, *(part.amount for part in parts)]
    yield from _amounts(amounts)


def _ours(tender: Tender) -> Iterator[str]:
    """What is the authority's own and stays inside: the estimate and the names of who assessed and judged."""
    yield from _amounts([tender.publication.estimate, *(v.price for v in tender.variants if not v.is_bid)])
    people = {score.assessor for score in tender.scores} | {
        judgement.person for judgement in tender.judgements
    }
    people |= {name for criterion in tender.award.criteria for name in criterion.assessors}
    told = f"{tender.publication.contact}\n{tender.publication.signed_by}"  # who signs or answers is named
    yield from sorted(name.strip() for name in people if " " in name.strip() and name.strip() not in told)


def _said_publicly(tender: Tender) -> Iterator[str]:
    """Texts of the ask: a word that stands in them gives nobody away."""
    yield from (tender.number, tender.title, tender.ask.rules or "", *tender.ask.equal_functions)
    yield from (post.name for post in tender.posts)
    yield from (criterion.name for criterion in tender.award.criteria)
    yield from (text for post in tender.posts for _, text in post.details)
    for asked in tender.criteria:
        yield from (asked.title, asked.text, asked.proof, asked.check, asked.effect, asked.source)


def _published(tender: Tender) -> Iterator[str]:
    rules = tender.award
    amounts: list[Decimal | float | None] = [
        rules.lower,
        rules.upper,
        rules.maximum,
        rules.ceiling,
        rules.price_low,
        rules.price_high,
    ]
    amounts += [rules.factor, rules.mki_weight, rules.price_weight, tender.functional_quantity]
    amounts += [criterion.maximum for criterion in rules.criteria]
    amounts += [post.amount for post in tender.posts] + [
        value for post in tender.posts for _, value in post.values
    ]
    yield from _amounts(amounts)


def _amounts(values: Iterable[Decimal | float | None]) -> Iterator[str]:
    """Figures of four digits or more as Dutch text, in whole euros, tenths and cents."""
    for value in values:
        if value is None:
            continue
        for decimals in (0, 1, 2):
            exact = abs(rounded(value, decimals))
            text = f"{exact:,.{decimals}f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
            if len(_digits(text)) >= DIGITS:
                yield text


def _digits(text: str) -> str:
    """A figure however it is written: "1.234,50" and "1234.50" are the same digits."""
    return "".join(sign for sign in text if sign.isdigit())


def _is_figure(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def found_in(text: str, secrets: Iterable[Secret]) -> list[Secret]:
    """Which secrets stand in a text as a word or figure of its own, whatever the case, spaces and points."""
    plain = " ".join(text.split()).casefold()
    figures = {_digits(number) for number in _NUMBER.findall(plain)}
    return [
        s
        for s in secrets
        if (_digits(s.text) in figures if _is_figure(s.text) else _stands_in(s.text, plain))
    ]


def _stands_in(wanted: str, text: str) -> bool:
    wanted = " ".join(wanted.split()).casefold()
    return wanted in text and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None
