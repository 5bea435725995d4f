"""Layers over an opened bid, and what is said before the lock."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.award import locks
from cirkeldesk.model.award.acts import same_gaps, with_layer
from cirkeldesk.model.award.checks import before_lock, proposals
from cirkeldesk.model.award.locks import refusal
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.document.changes import changes_between, layers_fit, original_bid, replayed
from cirkeldesk.model.document.document import content_hash, from_plain, to_plain
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import Layer, RankedPlace
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from tests.awards import Bid, case_of, criterion, rules
from tests.build import Case

NOW = "2026-12-15T10:00:00+01:00"

plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text("abc", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("klm"), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from("klm"), plain_values),
    st.dictionaries(st.sampled_from("klm"), plain_values),
)
def test_changes_laid_over_the_old_give_the_new(before: dict[str, object], after: dict[str, object]) -> None:
    """What a record says is all there is to a change: nothing else is needed to go from one version to the
    other."""
    old, new = _without_none(before), _without_none(after)
    assert isinstance(old, dict)
    layer = _layer("v1")
    assert replayed(old, [replace(layer, changes=changes_between(old, new))]) == new


def _without_none(value: object) -> object:
    """Documents hold no null: a field at its default is left out."""
    if isinstance(value, dict):
        return {name: _without_none(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_none(item) for item in value if item is not None]
    return value


def _layer(variant_id: str) -> Layer:
    return Layer("own_error", "r", "d", "1", "tester", NOW, (), (), (), variant_id=variant_id)


def _edit(tender: Tender, kind: str, number: int) -> edits.Edit:
    match kind:
        case "price":
            return edits.set_price(tender, "v1", Decimal(number), "prijs")
        case "work":
            return edits.set_variant(tender, "v1", "work_mki", OfferedMki(total=float(number)), "MKI")
        case "post":
            return edits.set_answer(tender, "v1", "p1", "prijs", lambda a: replace(a, price=Decimal(number)))
        case "product":
            return edits.type_product(tender, "v1", "p1", f"mengsel {number}", "product")
    return edits.set_evidence(tender, "v1", "source", f"rapport {number}", "bron")


@given(
    st.lists(
        st.tuples(st.sampled_from(("price", "work", "post", "product", "source")), st.integers(1, 5)),
        max_size=6,
    )
)
def test_original_and_layers_are_always_the_bid(steps: list[tuple[str, int]]) -> None:
    tender = case_of(rules("lowest_price"), [Bid("10", "5"), Bid("11", "6")]).tender
    original = tender.variant("v1")
    for kind, number in steps:
        changed = _edit(tender, kind, number).apply(tender)
        if changed == tender:
            continue
        after = with_layer(tender, changed, _layer("v1"))
        assert refusal(tender, changed, now=NOW, author="tester") is not None
        assert refusal(tender, after, now=NOW, author="tester") is None
        assert refusal(after, tender, now=NOW, author="tester") is not None
        tender = after
    assert from_plain(to_plain(tender)) == tender
    if tender.layers:
        assert layers_fit(tender, "v1")
        assert tender.originals == (original,)
        assert original_bid(tender, "v1")["price"] == "10"
        forged = replace(tender, originals=(replace(original, price=Decimal(9)),))
        assert not layers_fit(forged, "v1")


def test_bids_with_the_same_gap_are_named() -> None:
    tender = case_of(rules("lowest_price"), [Bid("10", "5"), Bid(None, "6"), Bid("12")]).tender
    assert same_gaps(tender, ["price"], "v1") == ("v2",)
    assert same_gaps(tender, ["work_mki"], "v1") == ("v3",)
    assert same_gaps(tender, ["evidence.tool"], "v1") == ("v2", "v3")
    assert same_gaps(tender, ["answers.p1.mki.total"], "v3") == ("v1", "v2")


def test_award_records_change_no_hash_of_an_older_tender() -> None:
    """A tender kept by an earlier version has no award; its document and its hash are what they were."""
    tender = Case().tender
    assert not {"award", "lock", "scores", "opened"} & to_plain(tender).keys()
    assert content_hash(tender) == content_hash(replace(tender, award=type(tender.award)()))


def compared(
    method: str, *, price: str | None = "1000000", mki: float | None = 50_000.0, **more: object
) -> Comparison:
    """A reference and one design, before any bid."""
    case = Case(mki_per="work", includes_replacement="yes", rules="NL-PCR", reference_date="2026-12-11")
    offered = OfferedMki(total=mki) if mki is not None else None
    case.add("reference", work_mki=offered, price=Decimal(price) if price else None)
    case.add("alternative", work_mki=OfferedMki(total=45_000.0))
    more = {"tie_rules": ("lot",), **more}
    case.tender = replace(case.tender, award=rules(method, **more), closes_on="2026-12-11")
    return case.compare()


def keys(comparison: Comparison) -> list[str]:
    return [problem.message.key for problem in before_lock(comparison)]


SOUND: dict[str, Any] = {"lower": 40_000, "upper": 50_000, "maximum": 100_000}


@pytest.mark.parametrize(
    ("found", "comparison"),
    [
        ([], compared("mki_discount", **SOUND)),
        (["bounds_swapped_mki"], compared("mki_discount", lower=50_000, upper=40_000, maximum=100_000)),
        (["rule_empty"], compared("mki_discount", lower=40_000, upper=50_000)),
        (["lower_unreachable"], compared("mki_discount", lower=10_000, upper=50_000, maximum=100_000)),
        (["upper_too_low"], compared("mki_discount", lower=36_000, upper=44_000, maximum=100_000)),
        (["lower_too_high"], compared("mki_discount", lower=50_000, upper=60_000, maximum=100_000)),
        (["discount_never"], compared("mki_discount", lower=40_000, upper=50_000, maximum=9_999)),
        (["discount_always"], compared("mki_discount", lower=40_000, upper=50_000, maximum=300_001)),
        (["discount_never"], compared("mki_w", factor="0.6", negative_mki="clamp")),
        (["no_tie_rule"], compared("mki_discount", **SOUND, tie_rules=())),
        (["ceiling_nobody"], compared("lowest_price", ceiling=50_000)),
        (["ceiling_nearly_all"], compared("lowest_price", ceiling=46_000)),
        (["ceiling_nearly_all"], compared("lowest_price", ceiling=40_000)),
        (["lock_motivation"], compared("lowest_price", motivation="")),
        (
            ["relative_method", "reveals_lowest_price"],
            compared("relative", criteria=(criterion("k1", 60),), price_weight=40),
        ),
        (
            ["weights_do_not_sum", "relative_method", "reveals_lowest_price"],
            compared("relative", criteria=(criterion("k1", 60),), price_weight=30),
        ),
    ],
)
def test_what_is_said_before_the_lock(found: list[str], comparison: Comparison) -> None:
    assert sorted(keys(comparison)) == sorted(found)


def test_an_unclear_scope_and_a_missing_deadline_are_said() -> None:
    comparison = compared("mki_discount", **SOUND)
    bare = replace(
        comparison.tender, closes_on=None, ask=replace(comparison.tender.ask, rules=None, reference_date=None)
    )
    assert sorted(keys(replace(comparison, tender=bare))) == [
        "mki_without_rules",
        "no_deadline",
        "no_reference_date",
    ]


def test_proposals_follow_the_reference() -> None:
    # 50,000 → upper 50,000, lower 70 %, ceiling 110 %; 1,000,000 → a tenth; 100,000/15,000 = 6.67
    found = proposals(compared("mki_w"))
    assert {name: str(value) for name, value in found.items()} == {
        "upper": "50000", "lower": "35000", "ceiling": "55000", "maximum": "100000", "price_low": "800000",
        "price_high": "1200000", "factor": "6.67",
    }  # fmt: skip
    assert proposals(compared("mki_w", price=None, mki=None)) == {}


def test_places_of_a_layer_survive_the_document() -> None:
    tender = case_of(rules("lowest_price"), [Bid("10")]).tender
    layer = replace(_layer("v1"), before=(RankedPlace("v1", 1),), after=(RankedPlace("v1", None),))
    changed = edits.set_price(tender, "v1", Decimal(12), "prijs").apply(tender)
    kept = with_layer(tender, changed, layer)
    again = from_plain(to_plain(kept))
    assert isinstance(again, Tender)
    assert again.layers[0].after == (RankedPlace("v1", None),)


def test_the_later_of_two_moments_is_told_by_the_clock_not_by_the_letters() -> None:
    """House F7, in the night the clock goes back: 02:30 summer time is 00:30 UTC, 02:10 winter time is 01:10
    UTC."""
    summer, winter = "2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00"
    assert summer > winter  # as texts
    assert locks.later(summer, winter) == locks.later(winter, summer) == winter
    assert locks.later("2026-10-25T00:30:00+00:00", winter) == winter
