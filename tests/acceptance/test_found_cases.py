"""The small inputs that showed what 0.7.0 read wrongly, each with its right behaviour; skipped, by name,
where the shared samples are not at hand. Siblings of our own are in tests/exchange."""

from __future__ import annotations

from pathlib import Path

import pytest

from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_content
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.operations.calendar import calendar
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import get_product
from cirkeldesk.operations.workspace import Workspace, shipped
from tests.conftest import SHARED

CASES = SHARED / "found" / "cases"


def case(name: str) -> Path:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand beside the project")
    return path


def read(name: str) -> Reading:
    return read_content(case(name).read_bytes(), name, Dependencies(), {})


def value(found: Reading, code: str, module: str, place: int = 0) -> float | None:
    product = found.products[place]
    rows = [r for d in product.declarations for r in d.values if (r.indicator, r.module) == (code, module)]
    return rows[0].value if rows else None


@pytest.mark.parametrize("name", ["table_a1_toxicity_unit.csv", "table_a1_toxicity_unit_other.csv"])
def test_toxicity_units_of_set_a1_count(name: str) -> None:
    found = read(name)
    weights: list[WeightingSet] = [one for one in shipped().sets if one.code == "A1"]
    mki = sum(w.euro_per_unit * (value(found, w.indicator, "A1-A3") or 0.0) for w in weights[0].weights)
    assert round(mki, 6) == 8.068102


@pytest.mark.parametrize("name", ["table_footnote_marks.csv", "table_dutch_names.csv"])
def test_all_nineteen_rows_are_known(name: str) -> None:
    found = read(name)
    assert [len(d.values) for d in found.products[0].declarations] == [19]
    assert found.notes == ()


def test_the_english_export() -> None:
    found = read("obd_english_header.csv")
    assert [(p.name, p.declared_amount, p.declared_unit) for p in found.products] == [
        ("Asphaltmischung", 1000.0, "kg"),
        ("Paving stone", 1.0, "qm"),
    ]
    assert all(not p.open for p in found.products)


@pytest.mark.parametrize(
    ("name", "key"), [("ilcd_plain_inventory.xml", "no_values"), ("soda_overview.json", "file_overview")]
)
def test_what_declares_nothing_is_refused(name: str, key: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(name)
    assert refused.value.key == key


def test_a_ghost_row() -> None:
    assert value(read("table_ghost_row_40000.xlsx"), "GWP-total", "A1-A3") == 52.5


def test_a_hidden_column() -> None:
    found = read("table_hidden_column_c4.xlsx")
    assert value(found, "GWP-total", "C4") is None
    assert "unseen_left_out" in {n.message.key for n in found.notes}


def test_commas_in_names() -> None:
    found = read("table_commas_in_names.csv")
    assert [value(found, "GWP-total", "A1-A3", n) for n in range(4)] == [10.5, 11.5, 12.5, 13.5]


@pytest.mark.parametrize("name", ["table_minus.csv", "table_pipe.csv", "table_plain.ods"])
def test_a_table_in_another_dress(name: str) -> None:
    found = read(name)
    assert (value(found, "GWP-total", "D"), value(found, "ODP", "A1-A3")) == (-0.75, 1.2e-6)


def test_spellings_of_a_unit(workspace: Workspace) -> None:
    report = import_file(workspace, case("table_unit_spellings.csv"))
    products = [get_product(workspace, identity) for identity in report.products]
    assert [p.name for p in products if p.open] == ["Mix J"]  # m2*jaar: asked at the door


def test_dates_that_begin_with_the_month(workspace: Workspace) -> None:
    opened = calendar.open_file(workspace, case("cal_us_dates.csv"))
    rows = opened.rows(opened.columns)
    assert [[d.key for d in row.doubts if d.field == "start"] for row in rows[:2]] == [["month_first"]] * 2
    assert [row.start for row in rows[:2]] == [None, None]


def test_cells_joined_downwards(workspace: Workspace) -> None:
    opened = calendar.open_file(workspace, case("cal_merged_down.xlsx"))
    rows = opened.rows(opened.columns)
    assert [(row.department, row.buyer) for row in rows[:3]] == [("Mobiliteit", "De Vries")] * 3


def test_a_header_in_row_nineteen(workspace: Workspace) -> None:
    opened = calendar.open_file(workspace, case("cal_header_row19.xlsx"))
    assert opened.file.header == 18
    assert len(opened.rows(opened.columns)) == 3
