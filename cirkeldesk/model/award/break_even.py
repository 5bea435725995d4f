"""What would turn an outcome: the price or MKI at which one bid no longer stands ahead of another. Internal
(DOMAIN 8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.model.award.award import Award, BidResult, best_price
from cirkeldesk.model.award.methods import CENTS, PARTS, BidFigures, Method, NotComputable, outcome, parts_of
from cirkeldesk.model.tender.award_rules import OUT

FARTHEST = 10**15


@dataclass(frozen=True)
class BreakEven:
    """For a bid above another: its price, and its MKI, at which both stand level. None where no such value
    exists."""

    pair: tuple[str, str]
    price: Decimal | None
    mki: Decimal | None


def _ahead(method: Method, one: Decimal, other: Decimal) -> bool:
    """Whether `one` beats `other`: the lower notional price, or more points."""
    return one < other if method.kind == "notional" else one > other


def break_even(found: Award) -> tuple[BreakEven, ...]:
    """Per pair of ranked bids: the price, and the MKI, at which the totals are level or turned; tie rules are
    left out.

    Found by halving over cents (and over the published decimals of the MKI): a higher price or MKI never
    improves a bid.
    """
    counting = [bid for bid in found.bids if bid.counts]
    pairs = []
    for place, upper in enumerate(counting):
        for lower in counting[place + 1 :]:
            pairs.append(_break_even(found, upper, lower))
    return tuple(pairs)


def _break_even(found: Award, upper: BidResult, lower: BidResult) -> BreakEven:
    rules, decimals = found.rules, found.tender.ask.mki_decimals
    others = [bid.figures for bid in found.bids if bid.id != upper.id and bid.validity not in OUT]

    def stays_ahead(changed: BidFigures) -> bool:
        best = best_price([changed, *others])
        try:
            totals = outcome(rules, changed, best).total, outcome(rules, lower.figures, best).total
        except NotComputable:
            return False
        return _ahead(found.method, *totals)

    figures = upper.figures
    price = None
    if figures.price is not None:
        price = _turning(figures.price, CENTS, lambda value: stays_ahead(replace(figures, price=value)))
    mki = None
    if figures.mki is not None and any(PARTS[code].by_mki for code in parts_of(rules)):
        mki = _turning(figures.mki, decimals, lambda value: stays_ahead(replace(figures, mki=value)))
    return BreakEven((upper.id, lower.id), price, mki)


def _turning(start: Decimal, decimals: int, ahead: Callable[[Decimal], bool]) -> Decimal | None:
    """The first value from `start` up, in steps of the last decimal, that is no longer ahead; None when none
    is.

    A value that no work ever costs is far enough to say that there is none.
    """
    low = int(start.scaleb(decimals))
    step = 1
    while ahead(Decimal(low + step).scaleb(-decimals)):
        if step > FARTHEST:
            return None
        step *= 2
    high = low + step
    while low < high:
        middle = (low + high) // 2
        if ahead(Decimal(middle).scaleb(-decimals)):
            low = middle + 1
        else:
            high = middle
    return Decimal(low).scaleb(-decimals)


def level_line(found: Award, mkis: Iterable[Decimal]) -> tuple[tuple[Decimal, Decimal], ...]:
    """(MKI, price) at which a bid, alike in all else, would stand level with the first in the ranking (DOMAIN
    7).

    Empty for methods in points, where a price has no one worth, and without a first.
    """
    first = next((bid for bid in found.bids if bid.counts and bid.rank == 1), None)
    if first is None or first.outcome is None or found.method.kind != "notional":
        return ()
    price = first.figures.price or Decimal(0)
    best = best_price([bid.figures for bid in found.bids if bid.validity not in OUT])
    points = []
    for mki in mkis:
        try:
            total = outcome(found.rules, replace(first.figures, mki=mki), best).total
        except NotComputable:
            continue
        points.append((mki, first.outcome.total - (total - price)))
    return tuple(points)
