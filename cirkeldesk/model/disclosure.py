"""What may leave the house: a tender without its bids, what others may know of the winner, and what may never be found.

An external paper is made from `public(tender)` and `Disclosed` alone, so that it cannot hold what they do not. What people
typed into it is then searched for `secrets` of others. Source: DOMAIN 9 (of the winner its name, score per criterion and
characteristics in words; total price and MKI only by a switch with a reason; of other losers nothing; never unit prices, mix,
supplier, recipe or declaration) and DOMAIN 8 (turning points never in an external paper).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cirkeldesk.model.award import Award, BidResult
from cirkeldesk.model.award_methods import Part
from cirkeldesk.model.award_rules import AwardRules
from cirkeldesk.model.product import Product
from cirkeldesk.model.publication import Publication
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender import AdviceText, Tender, Variant

EXTERNAL = "extern_"  # sections of the advice that were written for outside
SHORTEST = 3  # a shorter name is found in any sentence


def public(tender: Tender) -> Tender:
    """The tender as anybody may see it: what was asked and published, and the authority's own designs without amounts.

    Built from what may go, never by taking away what may not. Nothing of a bid, a person, a judgement or an estimate; what is
    published of the outcome is `Disclosed`.
    """
    designs = tuple(_design(variant) for variant in tender.variants if not variant.is_bid)
    used = {a.product.id for v in designs for a in v.answers if a.product is not None and a.product.is_local}
    texts = (
        AdviceText(t.section.removeprefix(EXTERNAL), t.text, t.draft) for t in tender.advice if t.section.startswith(EXTERNAL)
    )
    asked = Publication(
        procedure=tender.publication.procedure, themes=tender.publication.themes, r_step=tender.publication.r_step
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
    )


def _design(variant: Variant) -> Variant:
    """A design as calculated, without the estimate of what it costs."""
    answers = tuple(replace(answer, price=None, unit_price=None) for answer in variant.answers)
    return replace(variant, price=None, costs=None, ladder_level=None, bidder=None, answers=answers)


def _rules(rules: AwardRules) -> AwardRules:
    """The rules as published: without the names of assessors and of who confirmed weights."""
    criteria = tuple(replace(criterion, assessors=()) for criterion in rules.criteria)
    own = replace(rules.own_sum, person="", source="") if rules.own_sum is not None else None
    return replace(rules, criteria=criteria, own_sum=own)


# --- the winner ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Disclosed:
    """What anybody may know of the outcome. `scores` are (criterion, share earned) of quality alone: a part that follows from
    price or MKI gives these away. `price`, `mki`, `total` and `parts` only with the switch, whose `reason` stands beside them.
    """

    winner: str
    bids: int
    counted: int
    scores: tuple[tuple[str, Fraction], ...]
    characteristics: str
    reason: str
    price: Decimal | None = None
    mki: Decimal | None = None
    total: Decimal | None = None
    parts: tuple[Part, ...] = ()


def disclosed(award: Award) -> Disclosed | None:
    """What may be said of the winner; None while there is none."""
    if award.winner is None:
        return None
    tender, winner = award.tender, award.bid(award.winner)
    words = tender.publication.characteristics
    found = Disclosed(
        winner=name_of(tender.variant(winner.id)),
        bids=len(award.bids),
        counted=sum(bid.counts for bid in award.bids),
        scores=tuple((part.criterion, part.share) for part in _quality(winner) if part.criterion and part.share is not None),
        characteristics=words.text if words is not None and words.variant_id == winner.id else "",
        reason=tender.publication.disclose.strip(),
    )
    if not found.reason or winner.outcome is None:
        return found
    figures = winner.figures
    return replace(found, price=figures.price, mki=figures.mki, total=winner.outcome.total, parts=winner.outcome.parts)


def name_of(variant: Variant) -> str:
    """Who it is to the outside: the bidder, else the name in the table."""
    return (variant.bidder or "").strip() or variant.name


def _quality(bid: BidResult) -> Iterator[Part]:
    yield from (part for part in (bid.outcome.parts if bid.outcome is not None else ()) if part.code == "quality")


# --- what may never be found ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Secret:
    """A text that may not stand in a paper, and whose it is."""

    text: str
    owner: str


def secrets(tender: Tender, products: Iterable[Product], *, recipient: str | None, award: Award | None) -> tuple[Secret, ...]:
    """What a paper for `recipient` (id of a bid; None: for anybody) may not say, as it would be written.

    `products` are the pinned versions. Own figures, the winner's name and what was published are no secret.
    """
    winner = award.winner if award is not None else None
    allowed = set(_published(tender))
    shown = disclosed(award) if award is not None else None
    if shown is not None:
        amounts = (shown.price, shown.mki, shown.total, *(part.amount for part in shown.parts))
        allowed |= {shown.winner, *_amounts(amounts)}
    if winner is not None:
        allowed.add(tender.variant(winner).name)
    known = {product.id: product.name for product in (*products, *tender.products)}
    for variant in tender.variants:
        if variant.id == recipient or not variant.is_bid:
            allowed |= set(_texts_of(variant, known))
    if recipient is not None and award is not None:
        allowed |= set(_results_of(award.bid(recipient)))
    found = []
    for variant in tender.bids:
        if variant.id != recipient:
            texts = list(_texts_of(variant, known)) + (list(_results_of(award.bid(variant.id))) if award is not None else [])
            found += [Secret(text, variant.name) for text in texts if text not in allowed and len(text) >= SHORTEST]
    said = " ".join(_said_publicly(tender))
    return tuple(secret for secret in dict.fromkeys(found) if not found_in(said, (secret,)))


def _said_publicly(tender: Tender) -> Iterator[str]:
    """Texts of the ask: a word that stands in them gives nobody away."""
    yield from (tender.number, tender.title, tender.ask.rules or "", *tender.ask.equal_functions)
    yield from (post.name for post in tender.posts)
    yield from (criterion.name for criterion in tender.award.criteria)
    yield from (nota.document for nota in tender.notes)
    yield tender.lock.document if tender.lock is not None else ""


def _texts_of(variant: Variant, products: dict[str, str]) -> Iterator[str]:
    """Names and figures a bid brought, as they would be written."""
    yield from filter(None, (variant.name, (variant.bidder or "").strip()))
    evidence = variant.evidence
    yield from filter(None, (evidence.source, evidence.number, evidence.verifier, evidence.promises))
    amounts: list[Decimal | float | None] = [variant.price]
    amounts += [cost.amount for cost in variant.costs or ()]
    offered = [variant.work_mki, *(answer.mki for answer in variant.answers)]
    for mki in offered:
        if mki is not None:
            amounts += [mki.total, *(value for _, value in mki.modules)]
    for answer in variant.answers:
        amounts += [answer.price, answer.unit_price]
        if answer.product is not None and answer.product.id in products:
            yield products[answer.product.id]
    yield from _amounts(amounts)


def _results_of(bid: BidResult) -> Iterator[str]:
    """What the award made of a bid: total and parts that give away its price or MKI."""
    if bid.figures.mki is not None:
        yield from _amounts([bid.figures.mki])
    if bid.outcome is not None:
        yield from _amounts([bid.outcome.total, *(part.amount for part in bid.outcome.parts if part.code != "quality")])


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
    amounts += [post.amount for post in tender.posts] + [value for post in tender.posts for _, value in post.values]
    yield from _amounts(amounts)


def _amounts(values: Iterable[Decimal | float | None]) -> Iterator[str]:
    """Figures of four digits or more, as Dutch text in euros and in cents: shorter ones mean nothing by themselves."""
    for value in values:
        if value is None:
            continue
        for decimals in (0, 2):
            exact = abs(rounded(value, decimals))
            text = f"{exact:,.{decimals}f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
            if sum(sign.isdigit() for sign in text.rstrip("0,.")) >= SHORTEST and exact >= 1000:
                yield text


def found_in(text: str, secrets: Iterable[Secret]) -> list[Secret]:
    """Which secrets stand in a text as a word or figure of its own, whatever the case and spaces."""
    plain = " ".join(text.split()).casefold()
    return [secret for secret in secrets if _stands_in(" ".join(secret.text.split()).casefold(), plain)]


def _stands_in(wanted: str, text: str) -> bool:
    if wanted not in text:
        return False
    number = wanted[:1].isdigit()
    before, after = (r"(?<![\d.,])", r"(?![\d]|[.,]\d)") if number else (r"(?<!\w)", r"(?!\w)")
    return re.search(before + re.escape(wanted) + after, text) is not None
