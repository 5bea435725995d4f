"""Whether a tender from outside makes sense as figures: what no form would let through a file must not bring
in either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from cirkeldesk.model.document.changes import layers_fit
from cirkeldesk.model.document.document import Document
from cirkeldesk.model.document.sound_reference import (
    check_group,
    check_product,
    check_products,
    check_set,
    check_sizes,
    unique,
)
from cirkeldesk.model.product.modules import atoms
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.model.tender.tender import OfferedMki, Tender

LONGEST_HORIZON, MOST_DECIMALS, MOST_DAYS = 200, 6, 365
LARGEST = 10**12  # no quantity, MKI or life of a public work comes near it


def check_document(value: Document) -> None:
    """Raises DocumentError with the place of the first thing that cannot be meant, of any kind of
    document."""
    if isinstance(value, Tender):
        check(value)
    elif isinstance(value, Product):
        check_product(value)
    elif isinstance(value, WeightingSet):
        check_set(value)
    elif isinstance(value, ProductGroup):
        check_group(value)


def check(tender: Tender) -> None:
    """Raises DocumentError with the place of the first figure, name or price that cannot be meant."""
    check_sizes(tender)
    _check_identities(tender)
    check_products(tender.products)
    _check_names(tender)
    _check_award(tender)
    _check_figures(tender)


def _check_identities(tender: Tender) -> None:
    unique((post.id for post in tender.posts), "posts")
    unique((variant.id for variant in tender.variants), "variants")
    for index, variant in enumerate(tender.variants):
        unique((answer.post_id for answer in variant.answers), f"variants[{index}].answers")


def _check_figures(tender: Tender) -> None:
    for place, number in _positive(tender):
        if place.endswith("_percent") and 0 <= number <= 100:
            continue  # a part of a whole may be none of it
        if number <= 0 or place.endswith("_percent"):
            raise DocumentError("not_positive", place, value=str(number))
        _bounded(place, number)
    for place, price in _prices(tender):
        exponent = price.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -2:
            raise DocumentError("not_cents", place, value=str(price))
    for place, mki in _offered(tender):
        if (mki.total is not None) == mki.is_split:
            raise DocumentError("total_or_split", place)
        for number in (mki.total or 0.0, *(value for _, value in mki.modules)):
            _bounded(place, number)


def _check_names(tender: Tender) -> None:
    for place, text in _names(tender):
        if not text.strip():
            raise DocumentError("not_empty", place)
    if not tender.ask.modules:
        raise DocumentError("no_such_module", "ask.modules", value="(geen)")
    for module in tender.ask.modules:
        if not atoms(module):
            raise DocumentError("no_such_module", "ask.modules", value=module)


def _check_award(tender: Tender) -> None:
    """Records of the award that speak of bids and criteria that are there, and layers that fit what they lie
    over."""
    variants = {variant.id for variant in tender.bids}
    criteria = {criterion.id for criterion in tender.award.criteria}
    named = [("scores", score.variant_id) for score in tender.scores]
    named += [("judgements", judgement.variant_id) for judgement in tender.judgements]
    named += [("kept", answer.variant_id) for answer in tender.kept]
    named += [("proven", proven.variant_id) for proven in tender.proven]
    named += [("originals", variant.id) for variant in tender.originals]
    named += [("layers", layer.variant_id) for layer in tender.layers if layer.variant_id is not None]
    for place, identity in named:
        if identity not in variants:
            raise DocumentError("bad_reference", place, field=f"{place} {identity}")
    for score in tender.scores:
        if score.criterion_id not in criteria:
            raise DocumentError("bad_reference", "scores", field=f"scores {score.criterion_id}")
    for variant in tender.originals:
        if not layers_fit(tender, variant.id):
            raise DocumentError("bad_reference", "layers", field=f"layers {variant.id}")
    _check_rules(tender)
    _check_papers(tender)


def _check_publication(publication: Publication) -> None:
    for name in ("expiry_date", "proof_by"):
        day = getattr(publication, name)
        if day is not None and not _is_moment(day, with_time=False):
            raise DocumentError("not_a_choice", f"publication.{name}", value=day, choices="2026-12-24")
    for name in ("expiry_days", "promised_days"):
        days = getattr(publication, name)
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise DocumentError("too_large", f"publication.{name}", value=str(days))
    if publication.estimate is not None and not 0 <= publication.estimate <= LARGEST:
        raise DocumentError("too_large", "publication.estimate", value=str(publication.estimate))


def _check_papers(tender: Tender) -> None:
    """What the papers need can be meant; versions are numbered, whole, and their files have plain names."""
    _check_publication(tender.publication)
    numbers = [version.number for version in tender.versions]
    if numbers != list(range(1, len(numbers) + 1)):
        raise DocumentError("bad_reference", "versions", field="versions.number")
    for version in tender.versions:
        if not any(file.kind == "figures" for file in version.files):
            raise DocumentError("bad_reference", "versions", field=f"versions[{version.number - 1}].files")
    for letters in tender.letters:
        if letters.version not in numbers:
            raise DocumentError("bad_reference", "letters", field=f"letters.version {letters.version}")
    for made in tender.made_files:
        if not made.file.file.strip() or any(sign in made.file.file for sign in "/\\:\0"):
            raise DocumentError("bad_reference", "versions", field=made.file.file)


def _check_rules(tender: Tender) -> None:
    rules = tender.award
    if rules.log_base is not None and rules.log_base <= 1:
        raise DocumentError("not_positive", "award.log_base", value=str(rules.log_base))
    if rules.horizon is not None and not 1 <= rules.horizon <= LONGEST_HORIZON:
        raise DocumentError("too_large", "award.horizon", value=str(rules.horizon))
    if rules.rate is not None and not 0 <= rules.rate <= 100:
        raise DocumentError("too_large", "award.rate", value=str(rules.rate))
    if not 0 <= rules.points_decimals <= MOST_DECIMALS or not 0 <= tender.ask.mki_decimals <= MOST_DECIMALS:
        raise DocumentError("too_large", "award.points_decimals", value=str(rules.points_decimals))
    for name in (
        "lower",
        "upper",
        "maximum",
        "factor",
        "ceiling",
        "mki_weight",
        "price_weight",
        "price_low",
        "price_high",
    ):
        value = getattr(rules, name)
        if value is not None and abs(value) > LARGEST:
            raise DocumentError("too_large", f"award.{name}", value=str(value))
    for name in ("maximum", "factor", "mki_weight", "price_weight", "price_low", "penalty_factor"):
        value = getattr(rules, name)
        if value is not None and value < 0:
            raise DocumentError("not_positive", f"award.{name}", value=str(value))
    _check_records(tender)


def _check_records(tender: Tender) -> None:
    if tender.practice_of is not None and (tender.lock is not None or tender.opened is not None):
        raise DocumentError(
            "not_a_choice", "practice_of", value=tender.practice_of, choices="een oefenkopie zonder slot"
        )
    identities = [criterion.id for criterion in tender.award.criteria]
    if len(set(identities)) < len(identities) or any(
        criterion.maximum < 0 for criterion in tender.award.criteria
    ):
        raise DocumentError("not_positive", "award.criteria", value="id of maximum")
    levels = [step.level for step in tender.award.ladder]
    if len(set(levels)) < len(levels) or any(not 0 <= step.percent <= 100 for step in tender.award.ladder):
        raise DocumentError("not_positive", "award.ladder", value="trede of korting")
    for spread in tender.spreads:
        if not 0 < spread.percent <= 200:
            raise DocumentError("not_positive", "spreads", value=str(spread.percent))
    published = tender.lock.published_on if tender.lock is not None else None
    moments = [
        ("sealed_until", tender.sealed_until),
        ("lock.published_on", published),
        ("closes_on", tender.closes_on),
    ]
    for place, moment in moments:
        if moment is not None and not _is_moment(moment, with_time=place == "sealed_until"):
            raise DocumentError("not_a_choice", place, value=moment, choices="2026-12-12T10:00+01:00")


def _is_moment(text: str, *, with_time: bool) -> bool:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return False
    return found.tzinfo is not None if with_time else True


def _bounded(place: str, number: float) -> None:
    if abs(number) > LARGEST or 0 < abs(number) < 1 / LARGEST:
        raise DocumentError("too_large", place, value=str(number))


def _names(tender: Tender) -> Iterator[tuple[str, str]]:
    yield "id", tender.id
    yield "number", tender.number
    yield from ((f"posts[{i}].id", post.id) for i, post in enumerate(tender.posts))
    yield from ((f"variants[{i}].id", variant.id) for i, variant in enumerate(tender.variants))


def _positive(tender: Tender) -> Iterator[tuple[str, float]]:
    """Quantities, lives and the period: (place, value) of those that are given as numbers."""
    found: list[tuple[str, object]] = [
        ("functional_quantity", tender.functional_quantity),
        ("ask.analysis_period", tender.ask.analysis_period),
    ]
    for i, post in enumerate(tender.posts):
        found.append((f"posts[{i}].life", post.life))
        found += [(f"posts[{i}].values.{code}", number) for code, number in post.values]
    for i, variant in enumerate(tender.variants):
        for j, answer in enumerate(variant.answers):
            place = f"variants[{i}].answers[{j}]"
            found.append((f"{place}.life", answer.life))
            found += [(f"{place}.values.{code}", number) for code, number in answer.values]
    yield from ((place, value) for place, value in found if isinstance(value, (int, float)))


def _prices(tender: Tender) -> Iterator[tuple[str, Decimal]]:
    for i, variant in enumerate(tender.variants):
        prices = [(f"variants[{i}].price", variant.price)]
        prices += [
            (f"variants[{i}].costs[{j}].amount", cost.amount) for j, cost in enumerate(variant.costs or ())
        ]
        prices += [
            (f"variants[{i}].answers[{j}].price", answer.price) for j, answer in enumerate(variant.answers)
        ]
        yield from ((place, price) for place, price in prices if price is not None)


def _offered(tender: Tender) -> Iterator[tuple[str, OfferedMki]]:
    for i, variant in enumerate(tender.variants):
        offered = [(f"variants[{i}].work_mki", variant.work_mki)]
        offered += [
            (f"variants[{i}].answers[{j}].mki", answer.mki) for j, answer in enumerate(variant.answers)
        ]
        yield from ((place, mki) for place, mki in offered if mki is not None)
