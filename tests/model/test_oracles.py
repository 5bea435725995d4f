"""The oracles of the MKI of a post, each with its arithmetic, and the cases where a figure must not be
given."""

from __future__ import annotations

import pytest

from cirkeldesk.model.comparison.explanation import explain
from cirkeldesk.model.tender.ask import FixedModule
from cirkeldesk.model.tender.tender import DeclaredBasis, OfferedMki
from tests.build import Case, full, post, profile


def test_replacement_with_d() -> None:
    # L 30, l 12: one delivery A 10 + B1 2 + C1 1 + D −2 = 11; more deliveries 30/12 − 1 = 1.5 → 16.5,
    # together 27.5. D: −2 + 1.5 × −2 = −5; A–C: 27.5 + 5 = 32.5.
    case = Case()
    case.add("reference", case.answer(full({"A1-A3": 10, "B1": 2, "C1": 1, "D": -2}), life=12.0))
    result = case.first()
    assert result.total.value == pytest.approx(27.5)
    assert result.a_to_c.value == pytest.approx(32.5)
    assert result.d.value == pytest.approx(-5.0)
    assert result.by_module["D"] == pytest.approx(-2)
    assert result.by_module["B4"] == pytest.approx(16.5)
    assert result.b4_from_d == pytest.approx(-3)


def test_replacement_without_d() -> None:
    # The further deliveries leave D out: 1.5 × (10 + 2 + 1) = 19.5; 11 + 19.5 = 30.5.
    case = Case(replacement_rule="fractional_without_d")
    case.add("reference", case.answer(full({"A1-A3": 10, "B1": 2, "C1": 1, "D": -2}), life=12.0))
    assert case.first().total.value == pytest.approx(30.5)


def test_whole_replacements() -> None:
    # ceil(30/12) − 1 = 2 further deliveries of 11: 33. And 30/7.5 is exactly 4 lives: 3 further, 44.
    for life, expected in ((12.0, 33.0), (7.5, 44.0)):
        case = Case(replacement_rule="whole")
        case.add("reference", case.answer(full({"A1-A3": 10, "B1": 2, "C1": 1, "D": -2}), life=life))
        assert case.first().total.value == pytest.approx(expected)


def test_no_replacement() -> None:
    case = Case(replacement_rule="none")
    case.add("reference", case.answer(full({"A1-A3": 10, "B1": 2, "C1": 1, "D": -2}), life=12.0))
    assert case.first().total.value == pytest.approx(11.0)


def test_unforeseen_reuse() -> None:
    # First delivery: 10 × 0.2 + 1 × 0.2 = 2.2; the replacement is new: 30/15 − 1 = 1 × 11; together 13.2.
    case = Case()
    case.add("reference", case.answer(full({"A1-A3": 10, "C3": 1}), life=15.0, reuse=True))
    assert case.first().total.value == pytest.approx(13.2)


def test_life_longer_than_the_period() -> None:
    # f_first = 30/40 = 0.75 on B1: 10 + 3 = 13, and nothing is replaced.
    case = Case()
    case.add("reference", case.answer(full({"A1-A3": 10, "B1": 4}), life=40.0))
    assert case.first().total.value == pytest.approx(13.0)


def test_category_3() -> None:
    # 1.3 × 10 + 1.3 × 1 = 14.3, and D of −2 is not enlarged: 12.3.
    case = Case()
    case.add("reference", case.answer(full({"A1-A3": 10, "C3": 1, "D": -2}, category="3"), life="work"))
    assert case.first().total.value == pytest.approx(12.3)


def test_category_3_enlarges_a_burden_in_d() -> None:
    case = Case()
    case.add("reference", case.answer(full({"A1-A3": 10, "D": 2}, category="3"), life="work"))
    assert case.first().total.value == pytest.approx(15.6)


@pytest.mark.parametrize("category", ["1", "2", "3a"])
def test_other_categories_carry_no_uplift(category: str) -> None:
    case = Case()
    case.add("reference", case.answer(full({"A1-A3": 10}, category=category), life="work"))
    assert case.first().total.value == pytest.approx(10.0)


def test_uplift_can_be_dropped_with_a_reason() -> None:
    case = Case(apply_uplift=False, no_uplift_reason="protocol")
    case.add("reference", case.answer(full({"A1-A3": 10}, category="3"), life="work"))
    assert case.first().total.value == pytest.approx(10.0)


def test_mki_only_bid_beside_a_profile_reference() -> None:
    # Reference 11 per ton over one life; bid 10 per ton as one total over the same scope: totals compare,
    # parts do not.
    case = Case(posts=(post(tons=100.0, life=30.0),), includes_replacement="yes")
    case.add("reference", case.answer(full({"A1-A3": 10, "C1": 3, "D": -2})))
    case.add("bid", case.answer(10.0))
    comparison = case.compare()
    reference, bid = comparison.variants
    assert reference.total.value == pytest.approx(1100.0)
    assert (bid.total.value, bid.undivided) == (pytest.approx(1000.0), pytest.approx(1000.0))
    assert bid.source == "offered"
    assert bid.a_to_c.value is None
    assert bid.a_to_c.state == "undivided"
    assert bid.gwp_a_to_c.state == "not_declared"
    assert bid.comparable == "partly"
    assert bid.rank == 1
    assert bid.by_module == {}


def test_offered_and_check_stand_beside_each_other() -> None:
    # Offered 12 per ton; our own sum from the bidder's profile 11 per ton. The offered one counts.
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    product = full({"A1-A3": 11})
    answer = case.answer(12.0, "p1", product=case.pinned(product))
    result = case.add("bid", answer).first()
    assert result.total.value == pytest.approx(12.0)
    assert result.check.value == pytest.approx(11.0)


def test_offered_and_own_sums_are_never_mixed_in_a_bid() -> None:
    case = Case(posts=(post("p1", life="work"), post("p2", life="work")), includes_replacement="yes")
    case.add("bid", case.answer(12.0, "p1"), case.answer(full({"A1-A3": 11}), "p2"))
    result = case.first()
    assert result.total.value is None
    assert "mixed_sources" in {p.message.key for p in result.problems}


def test_whole_work_mki_is_never_scaled() -> None:
    # 5000 for the work stays 5000: life 15 in a period of 30 would double a figure per ton.
    posts = (post("p1", 100.0, life=15.0), post("p2", 200.0, life=15.0))
    case = Case(posts=posts, mki_per="work", includes_replacement="yes")
    case.add("bid", work_mki=OfferedMki(total=5000.0))
    result = case.first()
    assert result.total.value == pytest.approx(5000.0)
    assert result.undivided == pytest.approx(5000.0)
    assert [p.mki.state for p in result.posts] == ["undivided", "undivided"]
    assert result.per_unit.value == pytest.approx(500.0)


@pytest.mark.parametrize("stated", ["no", "unknown"])
def test_whole_work_mki_without_replacements_is_unknown(stated: str) -> None:
    case = Case(posts=(post(life=15.0),), mki_per="work", includes_replacement=stated)
    case.add("bid", work_mki=OfferedMki(total=5000.0))
    result = case.first()
    assert result.total.value is None
    assert result.rank is None


def test_whole_work_mki_split_by_module() -> None:
    values = (
        ("A1-A3", 4000.0),
        ("A4", 500.0),
        ("A5", 300.0),
        ("B1-B5", 0.0),
        ("C1-C4", 400.0),
        ("D", -200.0),
    )
    case = Case(posts=(post(life="work"),), mki_per="work", includes_replacement="yes")
    case.add("bid", work_mki=OfferedMki(modules=values))
    result = case.first()
    assert result.total.value == pytest.approx(5000.0)
    assert (result.a_to_c.value, result.d.value) == (pytest.approx(5200.0), pytest.approx(-200.0))
    assert result.by_module["C1-C4"] == pytest.approx(400.0)


def test_unknown_replacement_stays_unknown() -> None:
    case = Case(posts=(post(life=15.0),), includes_replacement="unknown")
    case.add("bid", case.answer(10.0))
    result = case.first()
    assert result.total.value is None
    assert result.total.state == "not_computable"
    assert result.comparable == "unknown"
    assert result.posts[0].problems[0].message.key == "replacement_unknown"


def test_unknown_replacement_does_not_matter_where_nothing_is_replaced() -> None:
    case = Case(posts=(post(life=30.0),), includes_replacement="unknown")
    case.add("bid", case.answer(10.0))
    assert case.first().total.value == pytest.approx(10.0)


def test_total_without_replacement_is_scaled_only_where_that_is_exact() -> None:
    # L/l = 2 with D in the replacements: 10 × 2. Without D in them, nobody can tell what part to leave out.
    for rule, expected in (("fractional_with_d", 20.0), ("fractional_without_d", None)):
        case = Case(posts=(post(life=15.0),), includes_replacement="no", replacement_rule=rule)
        case.add("bid", case.answer(10.0))
        assert case.first().total.value == (pytest.approx(expected) if expected else None)
    # L < l: B1–B4 would shrink and the rest not, so one total cannot follow.
    case = Case(posts=(post(life=40.0),), includes_replacement="no")
    case.add("bid", case.answer(10.0))
    assert case.first().total.value is None


def test_module_mki_without_replacement_follows_the_rule() -> None:
    # Per module the rule can be applied in full, as on a profile: 27.5 again.
    case = Case(posts=(post(life=12.0),), includes_replacement="no")
    values = {
        "A1-A3": 10.0,
        "A4": 0.0,
        "A5": 0.0,
        "B1": 2.0,
        "B2-B5": 0.0,
        "C1": 1.0,
        "C2-C4": 0.0,
        "D": -2.0,
    }
    case.add("bid", case.answer(values))
    assert case.first().total.value == pytest.approx(27.5)


def test_uplift_not_in_a_declared_mki() -> None:
    # Per module, category 3: 1.3 × (10 + 1) − 2 = 12.3. As one total with D in it nobody can tell: unknown.
    basis = DeclaredBasis(includes_uplift=False, category="3")
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    values = {"A1-A3": 10.0, "A4": 0.0, "A5": 0.0, "B1-B5": 0.0, "C1-C4": 1.0, "D": -2.0}
    case.add("bid", case.answer(values), basis=basis)
    case.add("bid", case.answer(9.0), basis=basis)
    split, total = case.compare().variants
    assert split.total.value == pytest.approx(12.3)
    assert total.total.value is None
    assert total.problems[0].message.key == "uplift_on_total_with_d"


def test_mixed_sets_are_never_compared() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    case.add("bid", case.answer(10.0))
    case.add("bid", case.answer(9.0), basis=DeclaredBasis(weighting_set="A2"))
    ours, other = case.compare().variants
    assert (ours.rank, other.rank) == (1, None)
    assert other.comparable == "no"
    assert other.total.value is None
    assert other.problems[0].message.values() == {"has": "A2", "asked": "A1"}


def test_a_missing_layer_is_no_total() -> None:
    case = Case(
        posts=(post("p1", life="work"), post("p2", life="work"), post("p3", life="work")),
        includes_replacement="yes",
    )
    case.add("bid", case.answer(10.0, "p1"), case.answer(8.0, "p2"), case.answer(7.0, "p3"))
    case.add("bid", case.answer(9.0, "p1"), case.answer(7.0, "p2"))
    complete, short = case.compare().variants
    assert complete.rank == 1
    assert (short.total.value, short.rank, short.partial) == (None, None, pytest.approx(16.0))
    assert short.total.state == "not_computable"
    assert case.compare().conclusion.key == "conclusion_waiting"


def test_a_lapsed_post_is_a_known_nothing() -> None:
    case = Case(posts=(post("p1", life="work"), post("p2", life="work")), includes_replacement="yes")
    case.add("bid", case.answer(10.0, "p1"), case.answer(None, "p2", lapses=True))
    result = case.first()
    assert result.total.value == pytest.approx(10.0)
    assert result.posts[1].mki.state == "absent"


def test_an_aggregate_stays_an_aggregate() -> None:
    # C3+C4 stands for both; with C3 and C4 apart as well it would count twice and is left out.
    values = {"A1-A3": 10, "A4": 0, "A5": 0, "B1": 0, "B2": 0, "B3": 0, "B4": 0, "C1": 0, "C2": 0, "D": 0}
    case = Case(posts=(post(life="work"),))
    case.add("reference", case.answer(profile({**values, "C3+C4": 4})))
    case.add("alternative", case.answer(profile({**values, "C3+C4": 4, "C3": 1, "C4": 3}, id="y")))
    case.add("alternative", case.answer(profile({**values, "C3+C4": 4, "C3": 1}, id="z")))
    joined, fine, half = case.compare().variants
    assert joined.by_module["C3+C4"] == pytest.approx(4)
    assert "C3" not in joined.by_module
    assert fine.by_module["C3"] == 1
    assert "C3+C4" not in fine.by_module
    assert half.by_module["C3+C4"] == 4
    assert [v.total.value for v in (joined, fine, half)] == [pytest.approx(14)] * 3


def test_fixed_values_are_the_same_for_all() -> None:
    # The bidder gives A1-A3 only (8 and 9 per ton); A4 0.5 and C1-C4 1.5 per ton are fixed, over two lives: ×
    # 2.
    fixed = (FixedModule("A4", 0.5), FixedModule("C1-C4", 1.5))
    modules = ("A1-A3", "A4", "C1", "C2", "C3", "C4")
    case = Case(
        posts=(post(tons=10.0, life=15.0),), modules=modules, fixed_modules=fixed, includes_replacement="no"
    )
    case.add("bid", case.answer(8.0)).add("bid", case.answer(9.0))
    a, b = case.compare().variants
    # 10 ton × (8 + 0.5 + 1.5) × 2 lives = 200; with 9: 220.
    assert (a.total.value, b.total.value) == (pytest.approx(200.0), pytest.approx(220.0))


def test_released_asphalt_has_no_a_and_tar_no_credit() -> None:
    old = full({"A1-A3": 50, "C1": 1, "C3": 2, "D": -4})
    for tar, expected in ((None, -1.0), (75.0, -1.0), (76.0, 3.0)):
        case = Case(posts=(post("p1", kind="released", tar=tar),))
        case.add("reference", case.answer(old))
        assert case.first().total.value == pytest.approx(expected)


def test_released_asphalt_in_or_out_for_all() -> None:
    case = Case(posts=(post("p1", life="work"), post("p2", kind="released")), released_in_scope=False)
    case.add("reference", case.answer(full({"A1-A3": 5}), "p1"))
    assert case.first().total.value == pytest.approx(5.0)


def test_bids_have_no_silent_replacement_rule() -> None:
    case = Case(posts=(post(life=15.0),), replacement_rule=None, includes_replacement="yes")
    case.add("reference", case.answer(full({"A1-A3": 10})))
    assert case.first().total.value == pytest.approx(20.0)  # design alternatives: fractional with D
    case.add("bid", case.answer(18.0))
    reference, bid = case.compare().variants
    assert reference.total.value is None
    assert (bid.total.value, bid.rank, bid.comparable) == (pytest.approx(18.0), None, "unknown")


def test_not_equal_is_not_ranked() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    case.add("bid", case.answer(10.0)).add(
        "bid", case.answer(5.0), equal="no", equal_reason="andere verkeersklasse"
    )
    assert [v.rank for v in case.compare().variants] == [1, None]


def test_ties_share_a_place() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    for value in (10.0, 10.0, 12.0):
        case.add("bid", case.answer(value))
    assert [v.rank for v in case.compare().variants] == [1, 1, 3]


def test_en_15804_only_is_orienting() -> None:
    case = Case(posts=(post(life="work"),))
    case.add("reference", case.answer(full({"A1-A3": 10}, rules="EN 15804")))
    case.add("alternative", case.answer(full({"A1-A3": 9}, id="y", rules="EN 15804")))
    assert [v.rank for v in case.compare().variants] == [2, 1]  # among its kind
    case.add("alternative", case.answer(full({"A1-A3": 8}, id="z", rules="NL-PCR 2.0")))
    assert [v.comparable for v in case.compare().variants] == ["no", "no", "yes"]


def test_the_explanation_adds_up_to_the_figure() -> None:
    case = Case()
    case.add("reference", case.answer(full({"A1-A3": 10, "B1": 2, "C1": 1, "D": -2}), life=12.0))
    branch = explain(case.compare(), case.inputs, "v1")
    modules = {child.name: child.value for child in branch.children[0].children}
    assert modules["A1-A3"] == pytest.approx(10.0)
    assert modules["B4"] == pytest.approx(16.5)
    assert sum(value or 0.0 for value in modules.values()) == pytest.approx(27.5)
