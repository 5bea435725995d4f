"""ISO 22057 as JSON, in the shape that a pilot writes; all products are fictitious."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_content
from cirkeldesk.model.refusal import ReadError


def read(data: Any) -> Reading:
    return read_content(json.dumps(data).encode(), "epd.json", Dependencies(), {})


def indicator(name: str, unit: str, **values: str) -> dict[str, Any]:
    cells = [
        {"name": module.replace("_", "-"), "unit": unit, "value": value} for module, value in values.items()
    ]
    return {"name": name, "values": cells}


def template(**changes: Any) -> dict[str, Any]:
    facts = {
        "Product name": "Mengsel (verzonnen)",
        "Declared unit": "1000 kg",
        "Valid to": "4/19/2031 12:00:00 AM",
    }
    facts |= changes.pop("facts", {})
    items = [{"guid": str(n), "name": name, "value": value} for n, (name, value) in enumerate(facts.items())]
    blocks = changes.pop("blocks", [
        {"name": "Core indicators EN 15804+A1", "subIndicatorItems": [
            indicator("GWP", "kg CO2-eq", A1_A3="62.5", C3="INA", D="-6"), indicator("AP", "kg SO2-eq", A1_A3="0.2")]},
        {"name": "Core indicators EN 15804+A2", "subIndicatorItems": [
            indicator("GWP-total", "kg CO2-eq", A1_A3="60", C3="1", D="-5"), indicator("AP", "mol H+-eq", A1_A3="0.3")]},
    ])  # fmt: skip
    return {
        "data": {
            "scenarios": [{"subScenarios": [{"subScenarioItems": items}]}],
            "indicators": [{"subIndicators": blocks}],
        }
    }


def test_both_sets_side_by_side_are_told_apart() -> None:
    product = read(template()).products[0]
    values = {
        (d.set, r.indicator, r.module): (r.value, r.state) for d in product.declarations for r in d.values
    }
    assert values == {
        ("A1", "GWP", "A1-A3"): (62.5, "declared"), ("A1", "GWP", "C3"): (None, "not_declared"),
        ("A1", "GWP", "D"): (-6.0, "declared"), ("A1", "AP", "A1-A3"): (0.2, "declared"),
        ("A2", "GWP-total", "A1-A3"): (60.0, "declared"), ("A2", "GWP-total", "C3"): (1.0, "declared"),
        ("A2", "GWP-total", "D"): (-5.0, "declared"), ("A2", "AP", "A1-A3"): (0.3, "declared"),
    }  # fmt: skip
    assert (product.name, product.declared_amount, product.declared_unit) == (
        "Mengsel (verzonnen)",
        1000.0,
        "kg",
    )
    assert (product.valid_until, product.open) == ("2031-04-19", ())


def test_what_is_not_said_is_asked() -> None:
    product = read(template(facts={"Declared unit": ""})).products[0]
    assert [q.key for q in product.open] == ["unit"]


def test_a_name_of_both_sets_without_a_set_or_a_unit_counts_in_none() -> None:
    block = {"name": "Results", "subIndicatorItems": [indicator("AP", "", A1_A3="0.2")]}
    product = read(template(blocks=[block])).products[0]
    assert [(d.set, d.values[0].indicator) for d in product.declarations] == [(None, "naam:AP")]


def test_a_comma_is_not_guessed() -> None:
    block = {"name": "EN 15804+A2", "subIndicatorItems": [indicator("GWP-total", "kg CO2-eq", A1_A3="1,234")]}
    assert read(template(blocks=[block])).products[0].declarations[0].values[0].state == "unreadable"


@pytest.mark.parametrize(
    "blocks", [[], [{"name": "x", "subIndicatorItems": []}], [{"subIndicatorItems": [None, {}]}]]
)
def test_without_values_it_is_refused(blocks: list[Any]) -> None:
    with pytest.raises(ReadError) as refused:
        read(template(blocks=blocks))
    assert refused.value.key in ("no_values", "file_unknown")
