"""The bid form of other product groups: it asks in the unit that is computed with, and what every answer has
its own of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.tender.bids import check_form, take_form, write_form
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import find_tender, new_tender
from cirkeldesk.operations.workspace import Workspace, comparison_of, open_workspace
from tests.exchange.test_bid_form import put

CASES: dict[str, tuple[dict[str, tuple[Any, ...]], float]] = {
    # lambda 0,038 → 133 → step of 10 → 140 mm → 119 m³ × 2,6
    "isolatie": ({"Product": ("Houtvezel",), "MKI": (2.6,), "Lambda,": (0.038,), "Dichtheid": (50,)}, 309.4),
    # 500 t × 8 km × 0,012 + 500 × 0,6
    "bermmaaisel": ({"Product": ("Vrachtauto", "Bokashi"), "MKI": (0.012, 0.6), "Afstand": (8, None)}, 348.0),
}


@pytest.mark.parametrize("group", CASES)
def test_a_filled_form_gives_the_figure_of_the_window(
    workspace: Workspace, tmp_path: Path, group: str
) -> None:
    tender = find_tender(workspace, add_example(workspace, group)[0])
    bare = replace(tender, variants=(), products=(), closes_on="2020-01-01")
    with workspace.unit() as unit:
        unit.commit("tender", tender.id, bare, "field", {"label": "x"})
    path = tmp_path / "bod.xlsx"
    write_form(workspace, tender.id, path)
    book = load_workbook(path)
    bid, posts = book["Inschrijving"], book["Posten"]
    for label, value in (("Naam inschrijver", "Verzonnen BV"), ("Inschrijfsom", 1000), ("Bron", "Rapport 1")):
        put(bid, label, value)
    heads = {str(cell.value): place for place, cell in enumerate(posts[4], 1) if cell.value}
    filled, wanted = CASES[group]
    for start, values in filled.items():
        column = next(place for head, place in heads.items() if head.startswith(start))
        for row, value in enumerate(values, 5):
            if value is not None:
                posts.cell(row, column).value = value
    if group == "bermmaaisel":
        assert posts["A5"].value == "Vervoer (MKI per ton-kilometer)"
        assert posts["A6"].value == "Verwerking (MKI per ton)"
        assert any(head.startswith("CMC-keurmerk (gevraagd)") for head in heads)
    book.save(path)
    checked = check_form(workspace, path)
    assert [fault.message.key for fault in checked.faults if fault.level == "error"] == []
    take_form(workspace, checked)
    comparison, _ = comparison_of(workspace, find_tender(workspace, tender.number))
    assert comparison.variants[0].total.value == pytest.approx(wanted)


@pytest.mark.parametrize("group", ["isolatie", "straatstenen", "straatmeubilair", "bermmaaisel", "asfalt"])
def test_a_new_tender_of_a_group_goes_round_in_a_dossier(
    workspace: Workspace, tmp_path: Path, group: str
) -> None:
    identity = new_tender(workspace, group)
    export_dossier(workspace, identity, tmp_path / "a.cirkel")
    with open_workspace(tmp_path / "ander.db") as other:
        reports = import_files(other, [tmp_path / "a.cirkel"])
    assert [note for report in reports for note in report.notes] == []
