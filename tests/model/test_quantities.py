"""Quantities of the asphalt group, from its data file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cirkeldesk.model.product.units import measured_by
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.tender import Answer, Post
from tests.build import Case, asphalt, full

LAYER = Post("p1", "Deklaag", values=(("density_t_m3", 2.35), ("thickness_mm", 35.0)), life="work")


def test_area_times_thickness_times_density() -> None:
    # 12,000 m² × 0.035 m × 2.35 ton/m³ = 987 ton
    case = Case(posts=(LAYER,), area=12000.0)
    found = quantities_of(case.tender, LAYER, Answer("p1"), None, asphalt())
    assert found["mass_t"] == pytest.approx(987.0)
    assert found["volume_m3"] == pytest.approx(420.0)


def test_tons_from_the_bill_need_neither() -> None:
    billed = replace(LAYER, route="bill", values=(("mass_t", 500.0),))
    case = Case(posts=(billed,), area=None)
    assert quantities_of(case.tender, billed, Answer("p1"), None, asphalt())["mass_t"] == 500.0


def test_a_variant_may_have_its_own_thickness() -> None:
    case = Case(posts=(LAYER,), area=12000.0)
    found = quantities_of(case.tender, LAYER, Answer("p1", values=(("thickness_mm", 30.0),)), None, asphalt())
    assert found["mass_t"] == pytest.approx(846.0)
    case.add("bid", case.answer(5.0, values=(("thickness_mm", 30.0),)))
    assert "own_quantity" in {p.message.key for p in case.first().problems}


def test_a_missing_property_is_named_never_guessed() -> None:
    bare = replace(LAYER, values=(("thickness_mm", 35.0),))
    case = Case(posts=(bare,), area=12000.0, includes_replacement="yes")
    case.add("bid", case.answer(5.0))
    problem = case.first().posts[0].problems[0]
    assert problem.message.key == "missing_property"
    assert problem.message.values()["properties"] == "dichtheid"  # as its product group calls it


def test_a_products_density_serves_where_the_post_has_none() -> None:
    bare = replace(LAYER, values=(("thickness_mm", 35.0),))
    case = Case(posts=(bare,), area=12000.0)
    case.add("reference", case.answer(full({"A1-A3": 1.0}, density_kg_m3=2000.0)))
    assert case.first().total.value == pytest.approx(840.0)


@pytest.mark.parametrize(
    ("unit", "amount", "expected"),
    [
        ("kg", 1.0, 987_000.0),
        ("kg", 1000.0, 987.0),
        ("t", 1.0, 987.0),
        ("qm", 1.0, 12_000.0),
        ("m3", 1.0, 420.0),
        ("m^3", 2.0, 210.0),
    ],
)
def test_a_value_means_nothing_without_its_declared_amount(unit: str, amount: float, expected: float) -> None:
    product = replace(full({"A1-A3": 1.0}), declared_unit=unit, declared_amount=amount)
    case = Case(posts=(LAYER,), area=12000.0)
    case.add("reference", case.answer(product))
    assert case.first().total.value == pytest.approx(expected)


def test_an_unknown_unit_is_a_finding() -> None:
    assert measured_by("MJ") is None
    assert measured_by(None) is None
    case = Case(posts=(LAYER,), area=12000.0)
    case.add("reference", case.answer(replace(full({"A1-A3": 1.0}), declared_unit="MJ")))
    assert case.first().problems[0].message.key == "declared_unit_unknown"
