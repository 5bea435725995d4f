"""The workbook of every product group's example, really recalculated, also after a change of a property of the answer."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cirkeldesk.operations.desk import comparison_of, open_desk
from cirkeldesk.operations.example import add_example, example_groups
from cirkeldesk.operations.output import export_workbook
from cirkeldesk.operations.tenders import find_tender
from tests.sheets.office import recalculate
from tests.sheets.test_workbook import matrix, row_of

pytestmark = pytest.mark.paper


def test_the_workbook_of_every_group_computes_what_the_program_computes(tmp_path: Path) -> None:
    files, wanted = [], {}
    with open_desk(tmp_path / "groepen.db") as desk:
        for code in example_groups():
            tender = find_tender(desk, add_example(desk, code)[0])
            comparison, _ = comparison_of(desk, tender)
            files.append(tmp_path / f"{code}.xlsx")
            export_workbook(desk, tender.id, files[-1])
            wanted[code] = comparison
        changed = tmp_path / "dikker.xlsx"
        book = openpyxl.load_workbook(tmp_path / "isolatie.xlsx")
        sheet = book["Posten"]
        header = {str(cell.value): place for place, cell in enumerate(sheet[3], 1)}
        row = next(row[0].row for row in sheet.iter_rows(min_row=4) if row[0].value == "Ontwerpvariant 2")
        assert sheet.cell(row, header["Lambda, W/mK (invoer)"]).value == 0.038
        sheet.cell(row, header["Lambda, W/mK (invoer)"]).value = 0.044  # 154 mm is needed: the 160 board → 136 m³ × 2,6
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
            assert row_of(cells, f"MKI per {unit} per jaar")[index] == pytest.approx(result.per_unit_year.value)
