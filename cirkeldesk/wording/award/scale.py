"""The way from the price of each bid to its fictieve prijs on one scale, as on screen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cirkeldesk.model.award.award import Award
from cirkeldesk.wording import numbers


@dataclass(frozen=True)
class PriceScale:
    """`pairs`: (fictieve prijs, price) of each bid in the order of the ranking, None without a place. The
    scale begins at `low` and ends at `high`, both in euros and round."""

    low: Decimal
    high: Decimal
    pairs: tuple[tuple[Decimal, Decimal] | None, ...]

    def share(self, value: Decimal) -> float:
        return float((value - self.low) / (self.high - self.low))

    @property
    def sentence(self) -> str:
        start = "De as begint bij 0." if not self.low else "De as begint niet bij 0."
        return f"Van {numbers.euro(self.low)} tot {numbers.euro(self.high)}. {start}"


def price_scale(award: Award) -> PriceScale | None:
    """None where the method gives points, or changes no price: then there is no way to show."""
    if award.method.kind != "notional":
        return None
    pairs: list[tuple[Decimal, Decimal] | None] = []
    for bid in award.bids:
        known = bid.outcome is not None and bid.figures.price is not None
        pairs.append(
            (bid.outcome.total, bid.figures.price) if known and bid.outcome and bid.figures.price else None
        )
    values = [value for pair in pairs if pair is not None for value in pair]
    if not values or all(pair is None or pair[0] == pair[1] for pair in pairs):
        return None
    step = _step(max(values) - min(values))
    low = (min(values) / step).to_integral_value(ROUND_FLOOR) * step
    high = (max(values) / step).to_integral_value(ROUND_CEILING) * step
    return PriceScale(low, high if high > low else low + step, tuple(pairs))


def _step(span: Decimal) -> Decimal:
    """A round step, a tenth of the span at most: 1, 2 or 5 times a power of ten."""
    power = Decimal(10) ** (span / 10).adjusted() if span else Decimal(1)
    return next((power * times for times in (5, 2) if power * times <= span / 10), power)


def scale_words(scale: PriceScale | None, place: int | None = None) -> str:
    """The head of the column, or what a cell of it says to who cannot see it."""
    if scale is None:
        return ""
    if place is None:
        return "● fictieve prijs ━ korting ━ ○ prijs"
    pair = scale.pairs[place]
    if pair is None:
        return ""
    return f"fictieve prijs {numbers.euro(pair[0], 2)}, prijs {numbers.euro(pair[1], 2)}"
