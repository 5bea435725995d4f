"""Monte Carlo of design alternatives against an independent computation in plain Python."""

from __future__ import annotations

import math
import random
import statistics

import numpy as np
import pytest

from cirkeldesk.model.comparison.certainty import (
    DEFAULT_SPREADS,
    Certainty,
    Spreadsheet,
    certainty,
    drawn_totals,
    log_spread,
    spreadsheet,
)
from cirkeldesk.model.tender.tender import Evidence
from tests.awards import Bid, case_of, rules
from tests.build import Case, full, post

SEED, DRAWS = 7, 10_000


def sheet_of(amounts: list[list[float]], percents: list[float]) -> Spreadsheet:
    ids = tuple(f"v{i}" for i in range(len(amounts)))
    inputs = tuple((f"x{j}",) for j in range(len(percents)))
    return Spreadsheet(ids, inputs, np.array(amounts), np.array([log_spread(p) for p in percents]))


def plainly(
    amounts: list[list[float]], percents: list[float], draws: int
) -> tuple[list[list[float]], list[float]]:
    """The same without numpy, with another generator: (totals per alternative, share of draws in which it is
    lowest)."""
    chance = random.Random(2026)
    sigmas = [math.sqrt(math.log(1 + (p / 100) ** 2)) for p in percents]
    totals: list[list[float]] = [[] for _ in amounts]
    wins = [0] * len(amounts)
    for _ in range(draws):
        factors = [math.exp(chance.gauss(0, 1) * s - s * s / 2) for s in sigmas]
        drawn = [sum(a * f for a, f in zip(row, factors, strict=True)) for row in amounts]
        for column, total in zip(totals, drawn, strict=True):
            column.append(total)
        wins[drawn.index(min(drawn))] += 1
    return totals, [count / draws for count in wins]


def ten_by_forty() -> tuple[list[list[float]], list[float]]:
    chance = random.Random(3)
    shared = [chance.uniform(50, 1500) for _ in range(40)]
    amounts = [
        [x * (1 if chance.random() < 0.7 else chance.uniform(0.9, 1.1)) for x in shared] for _ in range(10)
    ]
    return amounts, [chance.choice((10.0, 20.0, 30.0)) for _ in range(40)]


def test_means_and_chances_agree_with_plain_python() -> None:
    amounts, percents = ten_by_forty()
    totals = drawn_totals(sheet_of(amounts, percents), DRAWS, SEED)
    other, wins = plainly(amounts, percents, DRAWS)
    assert totals.shape == (DRAWS, 10)
    lowest = np.argmin(totals, axis=1)
    for index in range(10):
        ours, theirs = totals[:, index], other[index]
        error = math.sqrt(ours.var(ddof=1) / DRAWS + statistics.variance(theirs) / DRAWS)
        assert abs(ours.mean() - statistics.fmean(theirs)) <= 3 * error
        # the factors have expectation 1, so the mean is the printed total
        assert abs(ours.mean() - sum(amounts[index])) <= 3 * math.sqrt(ours.var(ddof=1) / DRAWS)
        p, q = float(np.mean(lowest == index)), wins[index]
        pooled = (p + q) / 2
        assert abs(p - q) <= 3 * math.sqrt(2 * pooled * (1 - pooled) / DRAWS) + 1e-12


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    sheet = sheet_of(*ten_by_forty())
    assert (drawn_totals(sheet, 500, SEED) == drawn_totals(sheet, 500, SEED)).all()
    assert (drawn_totals(sheet, 500, SEED) != drawn_totals(sheet, 500, SEED + 1)).any()


def test_unpaired_draws_would_differ() -> None:
    """Two designs that share nearly everything: drawn together they are told apart, drawn apart they are
    not."""
    amounts = [[1000.0, 50.0], [1000.0, 60.0]]
    paired = drawn_totals(sheet_of(amounts, [30.0, 1.0]), DRAWS, SEED)
    assert np.mean(paired[:, 0] < paired[:, 1]) > 0.999
    apart = drawn_totals(
        sheet_of([[1000.0, 50.0, 0, 0], [0, 0, 1000.0, 60.0]], [30.0, 1.0, 30.0, 1.0]), DRAWS, SEED
    )
    assert 0.45 < np.mean(apart[:, 0] < apart[:, 1]) < 0.58


def two_designs(first: float, second: float, category: str = "1") -> Certainty:
    posts = (post("p1", tons=1.0, life="work"), post("p2", tons=1.0, life="work"))
    case = Case(posts=posts)
    shared = full({"A1-A3": 1000.0}, id="shared", category=category)
    for index, own in enumerate((first, second)):
        product = full({"A1-A3": own}, id=f"own{index}", category="1")
        case.add("alternative", case.answer(shared), case.answer(product, "p2"))
    found = certainty(case.compare(), case.inputs, draws=2000, seed=SEED)
    assert found is not None
    return found


def test_a_shared_product_is_one_input() -> None:
    posts = (post("p1", tons=2.0, life="work"), post("p2", tons=1.0, life="work"))
    case = Case(posts=posts)
    shared = full({"A1-A3": 10.0}, id="s", category="2")
    for own in (5.0, 6.0):
        case.add("alternative", case.answer(shared), case.answer(own, "p2"), evidence=Evidence(category="3"))
    sheet = spreadsheet(case.compare(), case.inputs)
    assert len(sheet.inputs) == 3
    assert sheet.amounts.sum(axis=1).tolist() == [25.0, 26.0]
    assert sheet.amounts[:, 0].tolist() == [20.0, 20.0]
    assert sheet.sigma.tolist() == pytest.approx([log_spread(20), log_spread(30), log_spread(30)])


def test_designs_far_apart_are_distinct_and_close_ones_are_not() -> None:
    far = two_designs(500, 900)
    assert (far.alternatives[0].p_best > 0.99, far.pairs[0].distinct) == (True, True)
    near = two_designs(500, 505)
    assert not near.pairs[0].distinct
    assert sum(alternative.p_best for alternative in near.alternatives) == pytest.approx(1.0)


def test_spreads_are_the_users_and_bids_take_no_part() -> None:
    assert two_designs(500, 900).spreads == DEFAULT_SPREADS
    case = case_of(rules("lowest_price"), [Bid("10", "5"), Bid("11", "6")])
    assert certainty(case.compare(), case.inputs) is None


def test_other_assumptions_may_turn_the_order() -> None:
    # 10 per 15 years against 18 per 30 years: as asked 20 against 18; with lives a fifth longer 10·30/18 =
    # 16.67 against 18
    case = Case(posts=(post(tons=1.0),))
    case.add("alternative", case.answer(full({"A1-A3": 10.0}, id="a"), life=15.0))
    case.add("alternative", case.answer(full({"A1-A3": 18.0}, id="b"), life=30.0))
    found = certainty(case.compare(), case.inputs, draws=100)
    assert found is not None
    order = {scenario.key: {p.variant_id: p.rank for p in scenario.ranking} for scenario in found.scenarios}
    assert order["asked"] == {"v1": 2, "v2": 1}
    assert order["life_longer"] == {"v1": 1, "v2": 2}
    assert order["rule_none"] == {"v1": 1, "v2": 2}
    assert set(order) == {
        "asked",
        "life_shorter",
        "life_longer",
        "without_d",
        "rule_fractional_without_d",
        "rule_whole",
        "rule_none",
    }
