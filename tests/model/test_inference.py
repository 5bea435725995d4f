"""What a bidder can work out from its own points is known, and right to the rounding (DOMAIN 9)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.award.award import award, reversals
from cirkeldesk.model.award.checks import before_lock
from cirkeldesk.model.award.inference import lowest_price_from, reveals_lowest_price
from tests.awards import Bid, case_of, criterion, rules

RELATIVE = ("relative", "relative_linear", "logarithmic")


def method(name: str) -> object:
    more = {"log_base": 2} if name == "logarithmic" else {}
    return rules(name, criteria=(criterion("k1", 60),), price_weight=40, points_decimals=4, **more)


def test_the_oracle() -> None:
    """Own points 35,0000 of 40 at 1,000: the lowest sum is 875,00, whoever's it is."""
    low, high = lowest_price_from(method("relative"), Decimal(1000), Decimal("35.0000")) or (0, 0)  # type: ignore[arg-type]
    assert low < 875 < high
    assert high - low < Decimal("0.01")


@pytest.mark.parametrize("name", RELATIVE)
@given(prices=st.lists(st.integers(100_000, 190_000), min_size=2, max_size=5, unique=True))
def test_from_each_bids_points_the_lowest_sum_follows(name: str, prices: list[int]) -> None:
    bids = [Bid(str(price), "1000", scores=(50,)) for price in prices]
    found = award(case_of(method(name), bids).compare())  # type: ignore[arg-type]
    assert found is not None
    for bid in found.bids:
        assert bid.outcome is not None
        points = next(part.amount for part in bid.outcome.parts if part.code == "price_points")
        told = lowest_price_from(found.rules, bid.figures.price or Decimal(0), points)
        assert told is not None
        assert told[0] <= min(prices) <= told[1]
        assert told[1] - told[0] < 5


@pytest.mark.parametrize("name", ["lowest_price", "value", "mki_discount", "weighted"])
def test_other_methods_tell_nothing(name: str) -> None:
    assert not reveals_lowest_price(rules(name, price_low=1, price_high=9, price_weight=40))
    assert lowest_price_from(rules(name, price_weight=40), Decimal(10), Decimal(5)) is None


@pytest.mark.parametrize("name", RELATIVE)
def test_it_is_said_while_the_method_can_still_be_changed(name: str) -> None:
    found = {problem.message.key for problem in before_lock(case_of(method(name), []).compare())}  # type: ignore[arg-type]
    assert "reveals_lowest_price" in found
    assert ("relative_method" in found) == (name != "logarithmic")
    assert ("log_method" in found) == (name == "logarithmic")


@given(
    prices=st.lists(st.integers(100_000, 190_000), min_size=3, max_size=5, unique=True),
    scores=st.lists(st.integers(0, 100), min_size=5, max_size=5, unique=True),
)
def test_under_the_log_formula_nobody_reverses(prices: list[int], scores: list[int]) -> None:
    """All bids move by the same points; what is said of the method is what it does (found: rules F11)."""
    bids = [Bid(str(price), "1000", scores=(score,)) for price, score in zip(prices, scores, strict=False)]
    found = award(case_of(method("logarithmic"), bids).compare())  # type: ignore[arg-type]
    assert found is not None
    totals = sorted(bid.outcome.total for bid in found.bids if bid.outcome)
    if all(b - a > Decimal("0.001") for a, b in pairwise(totals)):  # rounding may level two
        assert reversals(found.bids, found.drop_out) == []
    keys = {message.key for message in found.warnings}
    assert "log_method" in keys
    assert "relative_method" not in keys
