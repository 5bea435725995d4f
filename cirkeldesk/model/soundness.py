"""Whether a tender from outside makes sense as figures: what no form would let through a file must not bring in either."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cirkeldesk.model.document import DocumentError
from cirkeldesk.model.modules import atoms
from cirkeldesk.model.tender import OfferedMki, Tender

LARGEST = 1e12  # no quantity, MKI or life of a public work comes near it


def check(tender: Tender) -> None:
    """Raises DocumentError with the place of the first figure, name or price that cannot be meant."""
    _check_names(tender)
    for place, number in _positive(tender):
        if number <= 0:
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
        prices += [(f"variants[{i}].answers[{j}].price", answer.price) for j, answer in enumerate(variant.answers)]
        yield from ((place, price) for place, price in prices if price is not None)


def _offered(tender: Tender) -> Iterator[tuple[str, OfferedMki]]:
    for i, variant in enumerate(tender.variants):
        offered = [(f"variants[{i}].work_mki", variant.work_mki)]
        offered += [(f"variants[{i}].answers[{j}].mki", answer.mki) for j, answer in enumerate(variant.answers)]
        yield from ((place, mki) for place, mki in offered if mki is not None)
