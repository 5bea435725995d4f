"""Cases where two rules meet: fixed values, released asphalt, whole-work MKI, replacements and posts outside
the MKI."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.model.comparison.explanation import explain
from cirkeldesk.model.comparison.result import VariantResult
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.product.composition import BiobasedStatement, Composition
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.profile import weigh
from cirkeldesk.model.tender.ask import FixedModule
from cirkeldesk.model.tender.tender import DeclaredBasis, Evidence, OfferedMki, Post
from tests.build import ZEROES, Case, full, post, profile, shipped_set

SPLIT = {"A1-A3": 10.0, "A4": 0.0, "A5": 0.0, "B1-B5": 0.0, "C1-C4": 0.0, "D": -2.0}


def keys(result: VariantResult) -> set[str]:
    return {p.message.key for p in result.problems if p.level == "blocks"}


def work(
    values: dict[str, float] | float, *posts: Post, basis: DeclaredBasis | None = None, **ask: Any
) -> VariantResult:
    """A whole-work MKI on posts of one ton."""
    options = {"mki_per": "work", "includes_replacement": "yes", **ask}
    case = Case(posts=posts or (post(life="work"),), **options)
    mki = OfferedMki(modules=tuple(values.items())) if isinstance(values, dict) else OfferedMki(total=values)
    return case.add("bid", work_mki=mki, basis=basis or DeclaredBasis()).first()


def test_parts_beside_their_sum_count_once_in_an_offered_mki() -> None:
    values = {**SPLIT, "A1": 3.0, "A2": 1.0, "A3": 6.0, "D": 0.0}
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    result = case.add("bid", case.answer(values)).first()
    assert result.total.value == pytest.approx(10.0)
    branch = explain(case.compare(), case.inputs, "v1")
    assert branch.children[0].value == pytest.approx(10.0)


def test_d_outside_the_judged_figure_is_left_out_everywhere() -> None:
    assert work(SPLIT, include_d=False).total.value == pytest.approx(10.0)


def test_uplift_on_a_whole_work_mki() -> None:
    # 1.3 × 10 − 2 = 11
    result = work(SPLIT, basis=DeclaredBasis(includes_uplift=False, category="3"))
    assert result.total.value == pytest.approx(11.0)


def test_a_value_fixed_on_every_post_is_added_once_to_a_whole_work_mki() -> None:
    # fixed A4: 5 per ton × 1 ton; the bidder's own A4 of 3 is not asked: 10 + 5 − 2 = 13
    result = work({**SPLIT, "A4": 3.0}, fixed_modules=(FixedModule("A4", 5.0),))
    assert result.total.value == pytest.approx(13.0)
    own = work({**SPLIT, "A4": 3.0}, fixed_modules=(FixedModule("A4", 5.0, "ton", "p1"),))
    assert own.total.value == pytest.approx(13.0)


def test_a_value_fixed_on_some_posts_cannot_be_taken_out_of_the_whole() -> None:
    posts = (post("p1", life="work"), post("p2", life="work"))
    result = work(1000.0, *posts, fixed_modules=(FixedModule("A4", 2.0, "ton", "p1"),))
    assert result.total.value is None
    assert keys(result) == {"fixed_on_some_posts"}


def test_d_inside_replacements_that_came_with_the_mki_is_unknown() -> None:
    values = {
        "A1-A3": 10.0,
        "A4": 0.0,
        "A5": 0.0,
        "B1": 2.0,
        "B2": 0.0,
        "B3": 0.0,
        "B4": 16.5,
        "C1-C4": 1.0,
        "D": -2.0,
    }
    case = Case(posts=(post(life=12.0),), includes_replacement="yes")
    result = case.add("bid", case.answer(values)).first()
    assert result.total.value == pytest.approx(27.5)
    assert (result.a_to_c.value, result.d.value) == (None, None)
    assert result.d.state == "not_computable"
    assert sum(result.by_module.values()) == pytest.approx(27.5)
    assert result.comparable == "partly"


def test_a_fixed_d_is_replaced_beside_a_whole_work_mki() -> None:
    # l 15 in 30 years: D −1 now and −1 in the replacement; the bidder's 10 holds its replacements and no D.
    result = work({**SPLIT}, post(life=15.0), fixed_modules=(FixedModule("D", -1.0),))
    assert result.total.value == pytest.approx(8.0)
    assert (result.d.value, result.a_to_c.value) == (pytest.approx(-2.0), pytest.approx(10.0))


def test_a_post_outside_the_mki_is_in_no_figure() -> None:
    posts = (post("p1", life="work"), post("p2", life="work", in_mki=False))
    case = Case(posts=posts)
    case.add(
        "reference", case.answer(full({"A1-A3": 10.0}), "p1"), case.answer(full({"A1-A3": 5.0}, id="y"), "p2")
    )
    case.add("alternative", case.answer(full({"A1-A3": 8.0}, id="z"), "p1"))
    comparison = case.compare()
    one, two = comparison.variants
    assert (one.total.value, two.total.value) == (pytest.approx(10.0), pytest.approx(8.0))
    assert [p.mki.state for p in one.posts] == [None, "not_applicable"]
    assert two.posts[1].missing == ()
    difference = explain_difference(comparison, "v1", "v2")
    assert difference is not None
    assert difference.total == pytest.approx(-2.0)
    assert [b.name for b in explain(comparison, case.inputs, "v1").children] == ["post p1"]


def test_a_biobased_statement_of_one_product_is_not_that_of_all() -> None:
    stated = full({}, id="a", composition=Composition(biobased=BiobasedStatement(0.5, "mix")))
    case = Case(posts=(post("p1", 1.0, life="work"), post("p2", 99.0, life="work")))
    share = (
        case.add("reference", case.answer(stated, "p1"), case.answer(full({}, id="b"), "p2"))
        .first()
        .shares["primary_biobased"]
    )
    assert share is not None  # 0.5 of 1 ton known, 99 ton unknown
    assert (share.low, share.high) == (pytest.approx(0.005), pytest.approx(0.995))
    binder = full({}, id="c", composition=Composition(biobased=BiobasedStatement(0.5, "total_binder")))
    other = Case(posts=(post("p1", 1.0, life="work"), post("p2", 99.0, life="work")))
    result = other.add("reference", other.answer(binder, "p1"), other.answer(full({}, id="d"), "p2")).first()
    assert result.shares["primary_biobased"] is None


def test_tar_gets_no_credit_by_any_route() -> None:
    tar = post("p1", kind="released", tar=100.0)
    computed = Case(posts=(tar,))
    result = computed.add("reference", computed.answer(full({"C1": 3.0, "D": -4.0}))).first()
    assert (result.total.value, result.gwp_d.value) == (pytest.approx(3.0), pytest.approx(0.0))
    split = Case(posts=(tar,), includes_replacement="yes")
    assert split.add("bid", split.answer({"C1-C4": 3.0, "D": -4.0})).first().total.value == pytest.approx(3.0)
    total = Case(posts=(tar,), includes_replacement="yes")
    assert keys(total.add("bid", total.answer(-1.0)).first()) == {"tar_total_with_d"}
    fixed = Case(posts=(tar,), fixed_modules=(FixedModule("D", -4.0),))
    assert fixed.add("reference", fixed.answer(full({"C1": 3.0}))).first().total.value == pytest.approx(3.0)


def test_a_figure_per_post_is_no_figure_for_the_work() -> None:
    case = Case(posts=(post(tons=100.0, life="work"),), mki_per="work", includes_replacement="yes")
    result = case.add("bid", case.answer(5000.0)).first()
    assert (result.total.value, result.rank) == (None, None)
    assert keys(result) == {"work_mki_empty"}


def test_b5_is_zero_also_where_it_is_declared() -> None:
    case = Case(posts=(post(life="work"),))
    assert case.add(
        "reference", case.answer(full({"A1-A3": 10.0, "B5": 7.0}))
    ).first().total.value == pytest.approx(10.0)


def test_fixed_values_that_overlap_are_refused_and_own_ones_go_first() -> None:
    own = Case(
        posts=(post(life="work"),),
        fixed_modules=(FixedModule("C1-C4", 4.0), FixedModule("C3", 1.0, "ton", "p1")),
    )
    result = own.add("reference", own.answer(full({"A1-A3": 10.0}))).first()
    assert result.total.value == pytest.approx(11.0)  # C3 fixed for this post; the others from the profile, 0
    both = Case(posts=(post(life="work"),), fixed_modules=(FixedModule("C1-C4", 4.0), FixedModule("C3", 1.0)))
    assert keys(both.add("reference", both.answer(full({"A1-A3": 10.0}))).first()) == {"fixed_overlap"}


def test_module_names_of_a_document_have_one_spelling() -> None:
    case = Case(posts=(post(life=15.0),), fixed_modules=(FixedModule("d", -2.0),))
    result = case.add("reference", case.answer(full({"A1-A3": 10.0}))).first()
    assert result.d.value == pytest.approx(-4.0)
    spelled = Case(posts=(post(life="work"),), includes_replacement="yes")
    values = {"A1–A3": 10.0, "a4": 0.0, "A5": 0.0, "B1-B5": 0.0, "C1-C4": 0.0, "d": -2.0}
    assert spelled.add("bid", spelled.answer(values)).first().by_module["A1-A3"] == 10.0


@pytest.mark.parametrize("lives", [(30.0, 15.0), (15.0, 30.0)])
def test_the_rule_none_looks_at_every_post(lives: tuple[float, float]) -> None:
    posts = tuple(post(f"p{i}", life=life) for i, life in enumerate(lives, 1))
    assert keys(work(1000.0, *posts, replacement_rule="none")) == {"replacement_not_asked"}
    assert work(1000.0, *posts, replacement_rule="none", includes_replacement="no").total.value == 1000.0
    outside = (replace(posts[0], in_mki=False, life=15.0), replace(posts[1], life=30.0))
    assert work(1000.0, *outside, replacement_rule="none").total.value == 1000.0


def test_under_the_rule_none_an_unknown_mki_stays_unknown() -> None:
    for stated, life, expected in (
        ("unknown", 15.0, None),
        ("yes", None, None),
        ("unknown", 30.0, 10.0),
        ("no", 15.0, 10.0),
    ):
        case = Case(posts=(post(life=life),), replacement_rule="none", includes_replacement=stated)
        assert case.add("bid", case.answer(10.0)).first().total.value == expected, (stated, life)


def test_no_rule_blocks_a_whole_work_bid_too() -> None:
    result = work(1000.0, post(life=15.0), replacement_rule=None)
    assert (result.total.value, result.rank) == (1000.0, None)
    assert keys(result) == {"missing_replacement_rule"}


def test_an_own_quantity_the_ask_does_not_allow_is_not_ranked() -> None:
    case = Case(posts=(post(tons=100.0, life="work"),), includes_replacement="yes")
    result = case.add("bid", case.answer(10.0, values=(("mass_t", 50.0),))).first()
    assert (result.comparable, result.rank) == ("no", None)


def test_an_undivided_zero_is_still_undivided() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    result = case.add("bid", case.answer(0.0)).first()
    assert (result.total.value, result.undivided, result.a_to_c.value, result.comparable) == (
        0.0,
        0.0,
        None,
        "partly",
    )


def test_a_post_with_nothing_left_to_answer_is_answered() -> None:
    # released 10 ton × (1 − 0.5) fixed, and 10 for the other post
    fixed = (FixedModule("C1-C4", 1.0, "ton", "p2"), FixedModule("D", -0.5, "ton", "p2"))
    posts = (post("p1", life="work"), post("p2", 10.0, kind="released"))
    case = Case(posts=posts, fixed_modules=fixed, includes_replacement="yes")
    assert case.add("bid", case.answer(10.0, "p1")).first().total.value == pytest.approx(15.0)
    production = Case(posts=posts, modules=("A1-A3",), includes_replacement="yes")
    assert production.add("bid", production.answer(10.0, "p1")).first().total.value == pytest.approx(10.0)


def test_a_stated_scope_says_no_more_of_released_material_than_it_can_have() -> None:
    posts = (post("p1", life="work"), post("p2", kind="released"))
    case = Case(posts=posts, includes_replacement="yes")
    basis = DeclaredBasis(modules=case.tender.ask.modules)
    result = case.add("bid", case.answer(10.0, "p1"), case.answer(1.0, "p2"), basis=basis).first()
    assert result.total.value == pytest.approx(11.0)


def test_the_check_stands_beside_every_offered_mki() -> None:
    case = Case(
        posts=(post("p1", life="work"), post("p2", life="work")), mki_per="work", includes_replacement="yes"
    )
    answers = (case.answer(full({"A1-A3": 11.0}), "p1"), case.answer(None, "p2", lapses=True))
    result = case.add("bid", *answers, work_mki=OfferedMki(total=12.0)).first()
    assert (result.total.value, result.check.value, result.source) == (12.0, pytest.approx(11.0), "offered")
    refused = Case(posts=(post(life=15.0),), includes_replacement="unknown")
    given = refused.answer(12.0, "p1", product=refused.pinned(full({"A1-A3": 6.0})))
    result = refused.add("bid", given).first()
    assert (result.total.value, result.check.value, result.source) == (None, pytest.approx(12.0), "offered")


def test_orienting_looks_at_the_figure_that_counts() -> None:
    case = Case(
        posts=(post("p1", life="work"), post("p2", life="work", in_mki=False)), includes_replacement="yes"
    )
    outside = full({}, id="o", rules="EN 15804")
    case.add("reference", case.answer(full({"A1-A3": 10.0}, rules="PCR"), "p1"), case.answer(outside, "p2"))
    assert case.first().comparable == "yes"
    kind = Evidence(rules="EN 15804")
    bids = Case(posts=(post(life="work"),), includes_replacement="yes")
    bids.add("bid", bids.answer(10.0), evidence=kind).add("bid", bids.answer(9.0), evidence=kind)
    assert [v.rank for v in bids.compare().variants] == [2, 1]


def test_gwp_is_known_where_only_the_mki_is_incomplete() -> None:
    weights = shipped_set("A1")
    case = Case(posts=(post(life="work"),))
    digest = content_hash(weights)
    case.add("reference", case.answer(full({"A1-A3": 10.0})))
    case.tender = replace(case.tender, ask=replace(case.tender.ask, weighting_set=digest))
    result = compare(case.tender, replace(case.inputs, weighting_sets={digest: weights})).variants[0]
    assert result.total.value is None  # only GWP of eleven indicators is declared
    assert result.gwp_a_to_c.value == pytest.approx(10.0)


def test_d_fixed_by_the_authority_leaves_a_total_divided() -> None:
    case = Case(
        posts=(post(life="work"),), fixed_modules=(FixedModule("D", -1.0),), includes_replacement="yes"
    )
    result = case.add("bid", case.answer(10.0)).first()
    assert (result.a_to_c.value, result.d.value, result.undivided) == (
        pytest.approx(10.0),
        pytest.approx(-1.0),
        10.0,
    )


@pytest.mark.parametrize("order", [("C3+C4", "C1-C4"), ("C1-C4", "C3+C4")])
def test_the_widest_aggregate_fills_what_a_finer_one_leaves(order: tuple[str, str]) -> None:
    values = {name: value for name, value in ZEROES.items() if not name.startswith("C")} | {"A1-A3": 10.0}
    size = {"C3+C4": 4.0, "C1-C4": 6.0}
    case = Case(posts=(post(life="work"),))
    case.add("reference", case.answer(profile({**values, **{name: size[name] for name in order}})))
    assert case.first().total.value == pytest.approx(16.0)


def test_a_lapsed_layer_asks_no_replacement_of_the_whole() -> None:
    case = Case(
        posts=(post("p1", life="work"), post("p2", life=15.0)), mki_per="work", includes_replacement="no"
    )
    result = case.add("bid", case.answer(None, "p2", lapses=True), work_mki=OfferedMki(total=100.0)).first()
    assert result.total.value == 100.0
    assert "post_lapses" in {p.message.key for p in result.problems}


def test_life_and_period_of_zero_are_no_figures() -> None:
    for life, period in ((0.0, 30.0), (15.0, 0.0)):
        case = Case(posts=(post(life=life),), analysis_period=period)
        assert case.add("reference", case.answer(full({"A1-A3": 10.0}))).first().total.value is None


def test_an_edition_that_weighs_only_the_climate_total() -> None:
    weights = shipped_set("A2")
    only = replace(weights, weights=tuple(w for w in weights.weights if w.indicator == "GWP-total"))
    rows = tuple(
        DeclaredValue(code, "A4", value) for code, value in (("GWP-total", 10.0), ("GWP-fossil", 9.0))
    )
    weighed = weigh(Declaration("A2", rows), only, frozenset({"A4"}), None, apply_uplift=True)
    assert weighed.modules == {"A4": pytest.approx(1.16)}


def test_findings_on_prices_and_evidence() -> None:
    case = Case(posts=(post("p1", life="work"), post("p2", life="work")), includes_replacement="yes")
    lines = (case.answer(1.0, "p1", price=Decimal(60)), case.answer(None, "p2", lapses=True))
    case.add("bid", *lines, price=Decimal(100))
    case.add("bid", case.answer(1.0, "p1"), evidence=Evidence(source="rapport", category="3"))
    case.tender = replace(case.tender, ask=replace(case.tender.ask, categories_allowed=("1", "2")))
    one, two = case.compare().variants
    assert {"price_lines_differ", "evidence_empty"} <= {p.message.key for p in one.problems}
    assert {"price_empty", "category_not_allowed"} <= {p.message.key for p in two.problems}
