"""Laws of the comparison, on random tenders."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.model.comparison.explanation import leaves
from cirkeldesk.model.comparison.result import VariantResult
from cirkeldesk.model.document.document import content_hash, from_plain, to_plain
from cirkeldesk.model.product.modules import MODULES
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from tests.build import Case, post, profile

MKI = st.floats(0, 500).map(lambda x: round(x, 3))
LIVES = st.sampled_from([7.0, 10.0, 15.0, 30.0, 45.0, "work"])
RULES = st.sampled_from(["fractional_with_d", "fractional_without_d", "whole", "none"])


@st.composite
def profiles(draw: st.DrawFn, *, may_miss: bool = True) -> dict[str, float]:
    values = {name: draw(MKI) for name in MODULES if name != "B5"}
    values["D"] = -draw(MKI)
    if may_miss and draw(st.integers(0, 4)) == 0:
        del values[draw(st.sampled_from(sorted(values)))]
    return values


@st.composite
def cases(draw: st.DrawFn, *, may_miss: bool = True) -> Case:
    count = draw(st.integers(1, 4))
    posts = tuple(
        post(f"p{i}", draw(st.floats(1, 2000).map(lambda x: round(x, 1))), life=draw(LIVES))
        for i in range(count)
    )
    options: dict[str, Any] = {
        "replacement_rule": draw(RULES),
        "includes_replacement": draw(st.sampled_from(["yes", "no"])),
    }
    options["include_d"] = draw(st.booleans())
    case = Case(posts=posts, **options)
    number = 0
    for _ in range(draw(st.integers(1, 4))):
        role = draw(st.sampled_from(["bid", "alternative"]))
        kind = draw(st.sampled_from(["profile", "total", "modules"]))
        answers = []
        for p in posts:
            number += 1
            if kind == "profile":
                product = profile(
                    draw(profiles(may_miss=may_miss)),
                    id=f"x{number}",
                    category=draw(st.sampled_from(["1", "3"])),
                )
                answers.append(case.answer(product, p.id, reuse=draw(st.booleans())))
            elif may_miss and draw(st.integers(0, 5)) == 0:
                continue
            elif kind == "total":
                answers.append(case.answer(draw(MKI), p.id))
            else:
                answers.append(case.answer(draw(profiles(may_miss=False)), p.id))
        case.add(role, *answers)
    return case


def close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-6)


@given(cases())
def test_sums_agree(case: Case) -> None:
    for result in case.compare().variants:
        if result.total.value is None:
            assert result.rank is None
            continue
        assert close(result.total.value, sum(p.mki.value or 0.0 for p in result.posts))
        assert close(result.total.value, sum(result.by_module.values()) + (result.undivided or 0.0))
        if result.a_to_c.value is not None and result.d.value is not None:
            assert close(result.a_to_c.value + result.d.value, result.total.value)
        if result.by_indicator:
            assert close(sum(result.by_indicator.values()), result.total.value)


@given(cases())
def test_leaves_add_up_to_every_post(case: Case) -> None:
    comparison = case.compare()
    for result in comparison.variants:
        for answered in result.posts:
            if answered.mki.value is not None:
                terms = leaves(comparison, case.inputs, result.id, answered.post_id)
                assert close(sum(t.value for t in terms), answered.mki.value)


@given(cases(may_miss=False), st.floats(0.1, 20))
def test_quantity_scales_mki_per_ton(case: Case, factor: float) -> None:
    before = case.compare()
    scaled = tuple(
        replace(p, values=(("mass_t", (p.value("mass_t") or 0.0) * factor),)) for p in case.tender.posts
    )
    after = compare(replace(case.tender, posts=scaled), case.inputs)
    for a, b in zip(before.variants, after.variants, strict=True):
        assert (a.total.value is None) == (b.total.value is None)
        if a.total.value is not None and b.total.value is not None:
            assert math.isclose(b.total.value, a.total.value * factor, rel_tol=1e-9, abs_tol=1e-6)


@given(st.floats(1, 1e6), st.floats(0.1, 20))
def test_quantity_leaves_work_and_post_mki_alone(total: float, factor: float) -> None:
    for tons in (10.0, 10.0 * factor):
        whole = Case(posts=(post(tons=tons, life="work"),), mki_per="work", includes_replacement="yes")
        whole.add("bid", work_mki=OfferedMki(total=total))
        assert whole.first().total.value == total
        per_post = Case(posts=(post(tons=tons, life="work"),), mki_per="post", includes_replacement="yes")
        per_post.add("bid", per_post.answer(total))
        assert per_post.first().total.value == total


def figures(result: VariantResult) -> tuple[Any, ...]:
    return (
        result.total,
        result.a_to_c,
        result.d,
        result.rank,
        result.comparable,
        dict(result.by_module),
        result.price,
    )


@given(cases(), st.randoms(use_true_random=False))
def test_order_of_variants_never_matters(case: Case, random: Any) -> None:
    shuffled = list(case.tender.variants)
    random.shuffle(shuffled)
    before = {v.id: figures(v) for v in case.compare().variants}
    after = {
        v.id: figures(v)
        for v in compare(replace(case.tender, variants=tuple(shuffled)), case.inputs).variants
    }
    assert before == after


@given(cases(), st.data())
def test_missing_never_becomes_a_number(case: Case, data: st.DataObject) -> None:
    variant = data.draw(st.sampled_from(case.tender.variants))
    gone = data.draw(st.sampled_from(case.tender.posts)).id
    emptied = replace(variant, answers=tuple(a for a in variant.answers if a.post_id != gone))
    tender = replace(
        case.tender, variants=tuple(emptied if v.id == variant.id else v for v in case.tender.variants)
    )
    result = compare(tender, case.inputs).variant(variant.id)
    assert result.total.value is None
    assert result.rank is None
    assert result.per_unit.value is None
    assert result.by_module == {}
    assert result.post(gone).mki.value is None


@given(cases(may_miss=False))
def test_a_difference_sums_exactly(case: Case) -> None:
    comparison = case.compare()
    for b in comparison.variants:
        found = explain_difference(comparison, comparison.variants[0].id, b.id)
        if found is None:
            continue
        assert close(found.total, (b.total.value or 0.0) - (comparison.variants[0].total.value or 0.0))
        for row in found.rows:
            if row.quantity_effect is not None and row.rate_effect is not None:
                assert close(row.quantity_effect + row.rate_effect, row.difference)


@given(cases())
def test_a_document_comes_back_as_it_was(case: Case) -> None:
    back = from_plain(to_plain(case.tender))
    assert isinstance(back, Tender)
    assert back == case.tender
    assert content_hash(back) == content_hash(case.tender)
