"""The workbook of every product group's example, really recalculated, also after a change of a property of
the answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.publication import Audience
from cirkeldesk.operations import criteria
from cirkeldesk.operations.paper.export import advise, export_workbook
from cirkeldesk.operations.tender.example import add_example, example_groups
from cirkeldesk.operations.tender.tenders import edit_tender, find_tender, get_tender
from cirkeldesk.operations.workspace import Workspace, comparison_of, open_workspace
from cirkeldesk.wording import criteria as words
from tests.sheets.office import recalculate
from tests.sheets.test_advice_sheet import text_of
from tests.sheets.test_workbook import matrix, row_of
from tests.sheets.verapdf import conforms

pytestmark = pytest.mark.paper
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def test_the_workbook_of_every_group_computes_what_the_program_computes(tmp_path: Path) -> None:
    files, wanted = [], {}
    with open_workspace(tmp_path / "groepen.db") as workspace:
        for code in example_groups():
            tender = find_tender(workspace, add_example(workspace, code)[0])
            comparison, _ = comparison_of(workspace, tender)
            files.append(tmp_path / f"{code}.xlsx")
            export_workbook(workspace, tender.id, files[-1])
            wanted[code] = comparison
        changed = tmp_path / "dikker.xlsx"
        book = openpyxl.load_workbook(tmp_path / "isolatie.xlsx")
        sheet = book["Posten"]
        header = {str(cell.value): place for place, cell in enumerate(sheet[3], 1)}
        row = next(row[0].row for row in sheet.iter_rows(min_row=4) if row[0].value == "Ontwerpvariant 2")
        assert sheet.cell(row, header["Lambda, W/mK (invoer)"]).value == 0.038
        sheet.cell(
            row, header["Lambda, W/mK (invoer)"]
        ).value = 0.044  # 154 mm is needed: the 160 board → 136 m³ × 2,6
        book.save(changed)
        files.append(changed)
    (tmp_path / "open").mkdir()
    for file in recalculate(files, tmp_path / "open"):
        cells = matrix(file)
        if file.stem == "dikker":
            assert row_of(cells, "MKI totaal")[2] == pytest.approx(353.6)
            continue
        comparison = wanted[file.stem]
        unit = comparison.group.functional_unit
        for index, result in enumerate(comparison.variants):
            assert row_of(cells, "MKI totaal")[index] == pytest.approx(result.total.value)
            assert row_of(cells, f"MKI per {unit} (")[index] == pytest.approx(result.per_unit.value)
            assert row_of(cells, f"MKI per {unit} per jaar")[index] == pytest.approx(
                result.per_unit_year.value
            )


def with_criteria(workspace: Workspace, group: str) -> str:
    """The example of a group with criteria taken, weighed and left out. Returns the tender's id."""
    tender = find_tender(workspace, add_example(workspace, group)[0])
    offered = criteria.criteria_for(workspace, group)
    own, general = [one for one in offered if one.groups], [one for one in offered if not one.groups]
    for criterion in (*own[:2], *general[:2]):
        edit_tender(workspace, tender.id, edits.take_criterion(criterion))
        edit_tender(workspace, tender.id, edits.weigh_criterion(criterion, "Past bij het doel van dit werk."))
    edit_tender(workspace, tender.id, edits.weigh_criterion(own[2], "Te weinig aanbieders."))
    edit_tender(workspace, tender.id, edits.set_theme("climate", "De afstand telt mee.", "klimaat"))
    return tender.id


def test_advice_sheets_with_criteria_of_three_groups_are_accessible_and_say_it_all(tmp_path: Path) -> None:
    """PDF/UA-1 and PDF/A-2a for inside and outside; outside no reasons and nothing of what was left out."""
    files = []
    with open_workspace(tmp_path / "criteria.db") as workspace:
        for group in ("isolatie", "straatmeubilair", "bermmaaisel"):
            identity = with_criteria(workspace, group)
            tender = get_tender(workspace, identity)
            for audience in AUDIENCES:
                files.append(tmp_path / f"{group}-{audience}.pdf")
                advise(workspace, identity, files[-1], audience)
                text = " ".join(text_of(files[-1]).split())
                for criterion in words.of(tender):  # as spelled out for this tender
                    assert " ".join(criterion.text.split()) in text
                    assert " ".join(criterion.proof.split()) in text
                inside = audience == "internal"
                assert ("Past bij het doel van dit werk." in text) is inside
                assert ("Te weinig aanbieders." in text) is inside
                assert "De afstand telt mee." in text
    conforms(files)


def test_a_thickness_that_the_product_itself_states_stands_in_the_workbook(tmp_path: Path) -> None:
    """A rule makes only what nobody stated: 160 mm of the product, not 140 of lambda × Rd."""
    path = tmp_path / "vast.xlsx"
    with open_workspace(tmp_path / "vast.db") as workspace:
        tender = find_tender(workspace, add_example(workspace, "isolatie")[0])
        stated = replace(tender.products[2], values=(*tender.products[2].values, ("thickness_mm", 160.0)))
        edit_tender(
            workspace, tender.id, edits.set_field("products", (*tender.products[:2], stated), "producten")
        )
        comparison, _ = comparison_of(workspace, get_tender(workspace, tender.id))
        assert comparison.variants[2].total.value == pytest.approx(850 * 0.16 * 2.6)
        export_workbook(workspace, tender.id, path)
    (tmp_path / "open").mkdir()
    assert row_of(matrix(recalculate([path], tmp_path / "open")[0]), "MKI totaal")[2] == pytest.approx(
        850 * 0.16 * 2.6
    )
