"""Laws of every award method, for bids that are valid before and after (Hypothesis)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.award.award import BidResult, best_price, recomputed
from cirkeldesk.model.award.methods import METHODS, PARTS, BidFigures, outcome, parts_of
from cirkeldesk.model.rounding import rounded_fraction
from cirkeldesk.model.tender.award_rules import AwardRules, YearCost
from cirkeldesk.model.tender.tender import Tender
from tests.awards import LADDER, criterion, rules

CRITERIA = (criterion("k1", 40), criterion("k2", 20))
EVERY: dict[str, AwardRules] = {
    "lowest_price": rules("lowest_price"),
    "lowest_cost": rules("lowest_cost", rate=4, horizon=30),
    "value": rules("value", criteria=(criterion("k1", 50_000), criterion("k2", 7_777))),
    "mki_discount": rules("mki_discount", lower=30_000, upper=45_000, maximum=150_000),
    "mki_w": rules("mki_w", factor="1.37", negative_mki="clamp"),
    "ladder": rules("ladder", ladder=LADDER),
    "weighted": rules(
        "weighted",
        criteria=CRITERIA,
        price_weight=40,
        price_low=500_000,
        price_high=1_500_000,
        outside="clamp",
    ),
    "relative": rules("relative", criteria=CRITERIA, price_weight=40),
    "relative_linear": rules("relative_linear", criteria=CRITERIA, price_weight=40),
    "logarithmic": rules("logarithmic", criteria=CRITERIA, price_weight=40, log_base=2),
    "combined": rules(
        "mki_discount",
        lower=30_000,
        upper=45_000,
        maximum=150_000,
        also=("quality", "ladder", "costs"),
        ladder=LADDER,
        rate=3,
        horizon=10,
        criteria=(criterion("k1", 50_000), criterion("k2", 900)),
    ),
    "mki_points": rules(
        "weighted",
        criteria=CRITERIA,
        price_weight=20,
        price_low=500_000,
        price_high=1_500_000,
        outside="clamp",
        also=("mki_points",),
        lower=30_000,
        upper=45_000,
        mki_weight=20,
    ),
}
BY_MKI = [name for name, one in EVERY.items() if any(PARTS[code].by_mki for code in parts_of(one))]
ABSOLUTE = [name for name, one in EVERY.items() if not METHODS[one.method or "value"].on_lowest]


def test_every_method_is_among_them() -> None:
    assert {one.method for one in EVERY.values()} == set(METHODS)
    assert {code for one in EVERY.values() for code in parts_of(one)} == set(PARTS)


prices = st.decimals(min_value=1, max_value=2_000_000, places=2)
mkis = st.integers(min_value=-5_000, max_value=60_000).map(Decimal)


@st.composite
def figures(draw: st.DrawFn) -> BidFigures:
    shares = {name: Fraction(draw(st.integers(-50, 100)), 100) for name in ("k1", "k2")}
    costs = tuple(YearCost(draw(st.integers(1, 30)), draw(prices)) for _ in range(draw(st.integers(0, 3))))
    return BidFigures(draw(prices), draw(mkis), shares, costs, draw(st.integers(0, 5)))


fields = st.lists(figures(), min_size=1, max_size=6)


def ranked(one: AwardRules, bids: Sequence[BidFigures]) -> dict[str, BidResult]:
    tender = Tender("t", "T", award=one)
    made = [BidResult(f"b{i}", f"b{i}", "valid", None, (), (), bid, None, None) for i, bid in enumerate(bids)]
    return {bid.id: bid for bid in recomputed(tender, made)}


def rank(one: AwardRules, bids: Sequence[BidFigures], index: int) -> int:
    found = ranked(one, bids)[f"b{index}"].rank
    assert found is not None
    return found


@pytest.mark.parametrize("name", EVERY)
@given(bids=fields, more=st.decimals(min_value=0, max_value=500_000, places=2), data=st.data())
def test_a_higher_price_never_improves_a_rank(
    name: str, bids: list[BidFigures], more: Decimal, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(bids) - 1))
    dearer = [replace(b, price=(b.price or 0) + more) if i == index else b for i, b in enumerate(bids)]
    assert rank(EVERY[name], dearer, index) >= rank(EVERY[name], bids, index)


@pytest.mark.parametrize("name", BY_MKI)
@given(bids=fields, less=st.integers(0, 20_000), data=st.data())
def test_a_lower_mki_never_worsens_a_rank(
    name: str, bids: list[BidFigures], less: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(bids) - 1))
    cleaner = [replace(b, mki=(b.mki or 0) - Decimal(less)) if i == index else b for i, b in enumerate(bids)]
    assert rank(EVERY[name], cleaner, index) <= rank(EVERY[name], bids, index)


@pytest.mark.parametrize("name", ABSOLUTE)
@given(pair=st.tuples(figures(), figures()), others=st.lists(figures(), max_size=4))
def test_absolute_methods_keep_the_order_of_two_bids(
    name: str, pair: tuple[BidFigures, BidFigures], others: list[BidFigures]
) -> None:
    alone, among = ranked(EVERY[name], pair), ranked(EVERY[name], [*pair, *others])

    def order(found: dict[str, BidResult]) -> int:
        one, other = found["b0"].rank or 0, found["b1"].rank or 0
        return (one > other) - (one < other)

    assert order(alone) == order(among)


def test_a_relative_method_does_not_keep_it() -> None:
    """The law above would be worthless if every method kept it."""
    relative = rules("relative", criteria=(criterion("k1", 60),), price_weight=40)
    bids = [
        BidFigures(Decimal(p), None, {"k1": Fraction(q, 100)}) for p, q in ((1000, 90), (875, 83), (600, 30))
    ]
    assert rank(relative, bids, 0) < rank(relative, bids, 1)
    assert rank(relative, bids[:2], 0) > rank(relative, bids[:2], 1)


@given(
    factor=st.decimals(min_value=Decimal("0.01"), max_value=50, places=2),
    bounds=st.tuples(st.integers(0, 40_000), st.integers(1, 40_000)),
    bids=st.lists(st.tuples(prices, st.integers(0, 100)), min_size=2, max_size=6),
)
def test_discount_and_mki_w_rank_alike_between_the_bounds(
    factor: Decimal, bounds: tuple[int, int], bids: list[tuple[Decimal, int]]
) -> None:
    """Kmax·(upper − MKI)/(upper − lower) = factor·upper − factor·MKI with factor = Kmax/(upper − lower)."""
    lower, upper = bounds[0], bounds[0] + bounds[1]
    made = [BidFigures(price, Decimal(lower + bounds[1] * place // 100)) for price, place in bids]
    discount = rules("mki_discount", lower=lower, upper=upper, maximum=factor * (upper - lower))
    plain = rules("mki_w", factor=factor, negative_mki="allow")
    one, other = ranked(discount, made), ranked(plain, made)
    assert {i: bid.rank for i, bid in one.items()} == {i: bid.rank for i, bid in other.items()}


@pytest.mark.parametrize("name", EVERY)
@given(bids=fields, data=st.data())
def test_permuting_changes_nothing(name: str, bids: list[BidFigures], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(bids))))
    plain, moved = ranked(EVERY[name], bids), ranked(EVERY[name], [bids[i] for i in order])
    for place, index in enumerate(order):
        one, other = plain[f"b{index}"], moved[f"b{place}"]
        assert (one.rank, one.tied, one.outcome) == (other.rank, other.tied, other.outcome)


@pytest.mark.parametrize("name", EVERY)
@given(bids=fields)
def test_parts_sum_to_the_cent(name: str, bids: list[BidFigures]) -> None:
    one = EVERY[name]
    for bid in bids:
        found = outcome(one, bid, best_price(bids))
        start = bid.price if METHODS[one.method or "value"].kind == "notional" else Decimal(0)
        assert start is not None
        assert found.total == start + sum((part.amount for part in found.parts), Decimal(0))
        assert found.total.as_tuple().exponent == -2
        assert all(part.amount.as_tuple().exponent == -2 for part in found.parts)


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value: Fraction, decimals: int) -> None:
    found = Fraction(rounded_fraction(value, decimals))
    half = Fraction(1, 2 * 10**decimals)
    assert abs(found - value) <= half
    if abs(found - value) == half:
        assert abs(found) > abs(value)
