"""Weighing a profile: climate once, ADPF by unit, what is missing, and which of several rows counts."""

from __future__ import annotations

import pytest

from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.indicators import INDICATORS, SB_PER_MJ, SetCode, in_set_unit
from cirkeldesk.model.product.modules import (
    SCOPES,
    assemble,
    atoms,
    atoms_of,
    in_order,
    names_for,
    normal_name,
)
from cirkeldesk.model.product.profile import weigh
from tests.build import shipped_set

A13 = frozenset({"A1", "A2", "A3"})


def a2(values: dict[str, float]) -> Declaration:
    """A complete set A2 for A1-A3: every other indicator zero."""
    codes = [
        weight.indicator for weight in shipped_set("A2").weights if not weight.indicator.startswith("GWP")
    ]
    rows = {**dict.fromkeys(codes, 0.0), **values}
    return Declaration("A2", tuple(DeclaredValue(code, "A1-A3", value) for code, value in rows.items()))


def test_climate_counts_once() -> None:
    # Parts 9 + 0.5 + 0.5 = 10 kg at € 0.116 = 1.16; the total beside them is not added.
    weights = shipped_set("A2")
    parts = {"GWP-total": 10.0, "GWP-fossil": 9.0, "GWP-biogenic": 0.5, "GWP-luluc": 0.5}
    weighed = weigh(a2(parts), weights, A13, None, apply_uplift=True)
    assert weighed.modules["A1-A3"] == pytest.approx(1.16)
    assert weighed.climate_mismatch == ()
    assert weighed.missing == ()
    only_total = weigh(a2({"GWP-total": 10.0}), weights, A13, None, apply_uplift=True)
    assert only_total.modules["A1-A3"] == pytest.approx(1.16)
    two_parts = weigh(a2({"GWP-total": 10.0, "GWP-fossil": 9.0}), weights, A13, None, apply_uplift=True)
    assert two_parts.modules["A1-A3"] == pytest.approx(1.16)


def test_climate_mismatch_is_reported() -> None:
    values = {"GWP-total": 10.0, "GWP-fossil": 9.0, "GWP-biogenic": 0.0, "GWP-luluc": 0.0}
    assert weigh(a2(values), shipped_set("A2"), A13, None, apply_uplift=True).climate_mismatch == ("A1-A3",)


def test_climate_without_total_or_all_parts_is_missing() -> None:
    weighed = weigh(a2({"GWP-fossil": 9.0}), shipped_set("A2"), A13, None, apply_uplift=True)
    assert weighed.missing == (("A1-A3", "GWP-total"),)
    assert not weighed.gwp_complete


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("MJ", 1000 * SB_PER_MJ * 0.16), ("kg Sb-eq", 1000 * 0.16), ("kg Sb-Äq.", 160.0), (None, None)],
)
def test_adpf_of_a1_counts_by_its_unit(unit: str | None, expected: float | None) -> None:
    # 1000 MJ × 4.81e-4 = 0.481 kg Sb-eq × € 0.16 = 0.07696; without a unit it is refused.
    weights = shipped_set("A1")
    rows = [DeclaredValue(w.indicator, "A1-A3", 0.0) for w in weights.weights if w.indicator != "ADPF"]
    declaration = Declaration("A1", (*rows, DeclaredValue("ADPF", "A1-A3", 1000.0, unit=unit)))
    weighed = weigh(declaration, weights, A13, None, apply_uplift=True)
    if expected is None:
        assert weighed.no_unit == ("ADPF",)
        assert ("A1-A3", "ADPF") in weighed.missing
    else:
        assert weighed.modules["A1-A3"] == pytest.approx(expected)
        assert weighed.missing == ()


def test_an_ordinary_a1_profile_lacks_the_toxicity_rows() -> None:
    weights = shipped_set("A1")
    plain = ("GWP", "ODP", "AP", "EP", "POCP", "ADPE")
    rows = (
        *(DeclaredValue(code, "A1-A3", 1.0) for code in plain),
        DeclaredValue("ADPF", "A1-A3", 1.0, unit="MJ"),
    )
    missing = weigh(Declaration("A1", rows), weights, A13, None, apply_uplift=True).missing
    assert {indicator for _, indicator in missing} == {"HTP", "FAETP", "MAETP", "TETP"}


def test_scenarios_need_a_choice_only_where_there_are_several() -> None:
    rows = (
        DeclaredValue("GWP", "A1-A3", 5.0),
        DeclaredValue("GWP", "C3", 1.0, scenario="S1"),
        DeclaredValue("GWP", "D", -32.39, scenario="S1"),
        DeclaredValue("GWP", "D", -2.718, scenario="S2"),
    )
    open_ = Declaration("A1", rows)
    assert open_.scenarios() == ("S1", "S2")
    assert set(open_.chosen("GWP")) == {"A1-A3", "C3"}
    assert Declaration("A1", rows, scenario_choice="S2").chosen("GWP")["D"].value == -2.718


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1A2A3", "A1-A3"),
        ("a1–a3", "A1-A3"),
        ("A1-A3", "A1-A3"),
        (" C3 ", "C3"),
        ("C3+C4", "C3+C4"),
        ("C3/C4", "C3+C4"),
    ],
)
def test_module_names_have_one_spelling(text: str, expected: str) -> None:
    assert normal_name(text) == expected


def test_atoms_of_names() -> None:
    assert atoms("A1-A3") == A13
    assert atoms("C3+C4") == {"C3", "C4"}
    assert atoms("B1-B5") == {"B1", "B2", "B3", "B4", "B5"}
    assert atoms("B6") == {"B6"}
    assert atoms("E9") == frozenset()
    assert atoms("A1-Z9") == frozenset()
    assert in_order(["D", "C3+C4", "A1-A3", "B4"]) == ["A1-A3", "B4", "C3+C4", "D"]
    assert names_for({"A1", "A2", "A3", "D", "A5"}) == ["A1-A3", "A5", "D"]
    assert names_for({"A1", "A2"}) == ["A1", "A2"]
    assert atoms_of(SCOPES["A-C"]) | {"D"} == atoms_of(SCOPES["A-D"])


@pytest.mark.parametrize(
    ("declared", "expected", "missing"),
    [
        ({"A1": 1.0, "A2": 2.0, "A3": 3.0}, {"A1-A3": 6.0}, set()),
        ({"A1-A3": 6.5, "A1": 1.0, "A2": 2.0, "A3": 3.0}, {"A1-A3": 6.5}, set()),  # never both
        ({"A1-A3": 0.0, "A1": 1.0, "A2": 2.0, "A3": 3.0}, {"A1-A3": 6.0}, set()),  # as 2d22c5e2 is written
        (
            {"A1-A3": -56.0, "A1": 0.0, "A2": 0.0, "A3": 0.0},
            {"A1-A3": -56.0},
            set(),
        ),  # as 2ad0fca7 is written
        ({"A1": 1.0, "A3": 3.0}, {"A1": 1.0, "A3": 3.0}, {"A2"}),
        ({"A1-A5": 9.0}, {}, set(A13)),
    ],
)
def test_production_is_taken_once(
    declared: dict[str, float], expected: dict[str, float], missing: set[str]
) -> None:
    chosen, gap = assemble(declared, A13)
    assert (chosen, set(gap)) == (expected, missing)


def test_b5_is_zero_by_rule_and_nothing_else_is() -> None:
    chosen, missing = assemble({}, frozenset({"B4", "B5"}))
    assert chosen == {"B5": 0.0}
    assert missing == {"B4"}


def test_every_weight_is_an_indicator_we_know() -> None:
    known = {(row.set, row.code) for row in INDICATORS}
    for code in ("A1", "A2"):
        assert all((code, weight.indicator) in known for weight in shipped_set(code).weights)
    assert len(shipped_set("A1").weights) == 11
    assert len(shipped_set("A2").weights) == 19
    assert len(shipped_set("A1").unverified) == 2  # nine follow from worked values
    assert len(shipped_set("A2").unverified) == 6


@pytest.mark.parametrize("code", ["A1", "A2"])
def test_every_set_reads_the_units_it_is_written_in(code: str) -> None:
    """Found by the second route: the four toxicity rows of A1 were refused under their own unit."""
    for weight in shipped_set(code).weights:
        for unit in (weight.unit, weight.unit.upper(), weight.unit.replace("-eq", " eq"), f" {weight.unit} "):
            assert in_set_unit(weight_code(code), weight.indicator, 2.0, unit) == 2.0, (
                weight.indicator,
                unit,
            )


def weight_code(code: str) -> SetCode:
    return "A1" if code == "A1" else "A2"
