"""What a bidder can work out from its own letter of a figure that the letter leaves out.

Own scores must be given, the winner's scores for quality too, and the formula is published. Two ways lead
from there to another's figure: points that hang on the lowest bid sum give that sum, whoever's it is; and
where the winner's sum is withheld, "hoger" or "gelijk" and the fact that it won enclose it. No letter can
avoid this; the officer is told before it is sent. Source: DOMAIN 9.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from cirkeldesk.model.award.award import Award, BidResult, best_price
from cirkeldesk.model.award.disclosure import names_sums
from cirkeldesk.model.award.inference import lowest_price_from
from cirkeldesk.model.award.methods import NotComputable, outcome, parts_of, uses_mki
from cirkeldesk.model.rounding import rounded

NARROW = Decimal("0.05")  # between bounds this close, as a share of the figure, it counts as known
SECOND = 2
FURTHEST = 64  # times one's own figure: beyond it no bound is looked for

What = Literal["lowest_price", "other_price", "price", "mki"]


@dataclass(frozen=True)
class Deduced:
    """A figure that is not in a letter and follows from it, between `at_least` and `at_most`: the lowest bid
    sum, the sum of another that lost, or the winner's own price (€ excl. VAT) or MKI (€ MKI)."""

    what: What
    at_least: Decimal
    at_most: Decimal


def deduced(award: Award, variant_id: str) -> tuple[Deduced, ...]:
    """What the letter to this bid lets one work out of others; of a bid without a sum nothing."""
    bid = award.bid(variant_id)
    if bid.outcome is None or award.winner is None:
        return ()
    found = _lowest(award, bid)
    if variant_id == award.winner:
        return tuple(found)
    return (*found, *(_in_between(award, bid) if names_sums(award.tender) else _enclosed(award, bid)))


def _in_between(award: Award, bid: BidResult) -> list[Deduced]:
    """Where price alone decides, who stands between the winner and the bid has a sum between theirs."""
    low, high = award.bid(award.winner or "").figures.price, bid.figures.price
    if parts_of(award.rules) or low is None or high is None or (bid.rank or 0) <= SECOND:
        return []
    return [Deduced("other_price", low, high)] if high - low <= NARROW * low else []


def _lowest(award: Award, bid: BidResult) -> list[Deduced]:
    """The lowest bid sum, from one's own points; where it is one's own, nothing of another follows."""
    price = bid.figures.price
    points = (
        next((p.amount for p in bid.outcome.parts if p.code == "price_points"), None) if bid.outcome else None
    )
    lowest = best_price(one.figures for one in award.bids if one.counts)
    if price is None or points is None or price == lowest:
        return []
    told = lowest_price_from(award.rules, price, points)
    return [Deduced("lowest_price", rounded(told[0], 2), rounded(told[1], 2))] if told is not None else []


def _enclosed(award: Award, bid: BidResult) -> list[Deduced]:
    """The winner's price and MKI where the words of the letter leave no more than a narrow room."""
    winner = award.bid(award.winner or "")
    found = []
    for what, one, other in _pairs(award, bid, winner):
        bounds = _bounds(_Letter(award, bid, winner), what, one, other)
        if bounds is not None and bounds[1] - bounds[0] <= NARROW * abs(other):
            found.append(Deduced(what, *bounds))
    return found


def _pairs(award: Award, bid: BidResult, winner: BidResult) -> list[tuple[What, Decimal, Decimal]]:
    """(figure, own, winner's) that the letter compares in words."""
    mine, theirs = bid.figures, winner.figures
    pairs: list[tuple[What, Decimal, Decimal]] = []
    if mine.price is not None and theirs.price is not None:
        pairs.append(("price", mine.price, theirs.price))
    if mine.mki is not None and theirs.mki is not None and uses_mki(award.rules):
        pairs.append(("mki", mine.mki, theirs.mki))
    return pairs


@dataclass(frozen=True)
class _Letter:
    """What a letter tells in words: a bid beside the winner."""

    award: Award
    bid: BidResult
    winner: BidResult

    def most(self, what: What, *, best: bool) -> Decimal:
        """The other figure at its best or its worst that the words allow: no lower than one's own where it is
        "hoger", no higher where it is "lager"."""
        one, two = self.bid.figures, self.winner.figures
        mine, theirs = (one.mki, two.mki) if what == "price" else (one.price, two.price)
        if mine is None or theirs is None or mine == theirs:
            return mine if mine is not None else Decimal(0)
        if best:
            return mine if theirs > mine else Decimal("0.01")
        return mine if theirs < mine else FURTHEST * mine

    def wins(self, what: What, value: Decimal, *, best: bool, level: bool) -> bool:
        """Whether the winner, with this figure, does at least as well (`level`) or better than the bid."""
        other = self.most(what, best=best)
        price, mki = (value, other) if what == "price" else (other, value)
        figures = self.winner.figures
        figures = replace(figures, price=price, mki=mki if figures.mki is not None else None)
        lowest = best_price(one.figures for one in self.award.bids if one.counts)
        try:
            total = outcome(self.award.rules, figures, lowest).total
        except NotComputable:
            return False
        own = self.bid.outcome.total if self.bid.outcome is not None else total
        better = total > own if self.award.method.kind == "points" else total < own
        return better or (level and total == own)

    @property
    def is_level(self) -> bool:
        one, other = self.bid.outcome, self.winner.outcome
        return one is not None and other is not None and one.total == other.total


def _bounds(letter: _Letter, what: What, mine: Decimal, theirs: Decimal) -> tuple[Decimal, Decimal] | None:
    """Between which the winner's figure must lie; None where it has no end above."""
    if mine == theirs:
        return theirs, theirs
    low, high = (mine, FURTHEST * mine) if theirs > mine else (Decimal("0.01"), mine)
    if low >= high:
        return None
    top = _furthest(lambda value: letter.wins(what, value, best=True, level=True), low, high)
    if (
        letter.is_level
    ):  # then it is no better either: the figure that is level at the other's worst is the least
        low = _furthest(lambda value: letter.wins(what, value, best=False, level=False), low, top)
    return (low, top) if top < high or theirs < mine else None


def _furthest(holds: Callable[[Decimal], bool], low: Decimal, high: Decimal) -> Decimal:
    """The greatest value for which it still holds, to the cent; it holds below it and not above."""
    if holds(high):
        return high
    while high - low > Decimal("0.01"):
        middle = rounded((low + high) / 2, 2)
        if middle in (low, high):
            break
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
