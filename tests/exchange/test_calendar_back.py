"""The calendar that was exported comes back whole: nothing changes, what a colleague filled in does, and an
empty file gets it all."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import Calendar
from cirkeldesk.operations import calendar as operations
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.wording import terms
from tests.exchange import calendars


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    """150 messy rows, judged and advised here and there, one of them gone."""
    content, _ = calendars.workbook(calendars.lines()[0])
    path = tmp_path / "planning.xlsx"
    path.write_bytes(content)
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "planning")
    rows = operations.get_calendar(workspace).rows
    for place, row in enumerate(rows[:30]):
        operations.edit_calendar(
            workspace, edits.set_chance(row, "climate", place % 4, "A. Voorbeeld", "kans")
        )
    for name, value in (
        ("text", "=1+1 en → meer\ntweede regel"),
        ("state", "given"),
        ("by", "B. Voorbeeld"),
        ("due", "2027-02-01"),
    ):
        row = operations.get_calendar(workspace).row(rows[3].id)
        operations.edit_calendar(workspace, edits.set_advice(row, name, value, name))
    return workspace


def calendar(workspace: Workspace) -> Calendar:
    return operations.get_calendar(workspace)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_export_and_read_back_is_identity(filled: Workspace, tmp_path: Path, kind: str) -> None:
    before = calendar(filled)
    path = tmp_path / f"kalender.{kind}"
    operations.export_calendar(filled, path)
    opened = operations.open_file(filled, path)
    assert operations.is_own(opened)
    plan = operations.take_back(filled, opened)
    assert (len(plan.fresh), plan.changes, len(plan.same)) == (0, {}, len(before.rows))
    assert calendar(filled) == before


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_an_empty_file_gets_it_all(filled: Workspace, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"kalender.{kind}"
    operations.export_calendar(filled, path)
    with open_workspace(tmp_path / "leeg.db") as other:
        operations.take_back(other, operations.open_file(other, path))
        again = tmp_path / f"nog eens.{kind}"
        operations.export_calendar(other, again)
        ours, theirs = calendar(filled).rows, calendar(other).rows
        for mine, row in zip(ours, theirs, strict=True):
            assert (row.id, row.title, row.number, row.estimate, row.quarter, row.start) == (
                mine.id, mine.title, mine.number, mine.estimate, mine.quarter, mine.start)  # fmt: skip
            assert (row.advice, row.group, row.vanished, row.source, row.extra) == (
                mine.advice, mine.group, mine.vanished, mine.source, mine.extra)  # fmt: skip
            assert [(c.theme, c.chance, c.reason) for c in row.chances] == [
                (c.theme, c.chance, c.reason) for c in mine.chances]  # fmt: skip


def test_what_a_colleague_filled_in_is_taken_over(filled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "kalender.xlsx"
    operations.export_calendar(filled, path)
    book = load_workbook(path)
    page = book["Kalender"]
    heads = {str(cell.value): cell.column or 0 for cell in page[1]}
    page.cell(6, heads["Advies"], "Vraag MKI per post.")
    page.cell(6, heads["Stand van het advies"], "gegeven")
    page.cell(7, heads[terms.THEMES["chain"]], 3)
    page.cell(8, heads["Raming"], "veel")
    last = page.max_row + 1
    page.cell(last, heads["Omschrijving"], "Een nieuwe regel (verzonnen)")
    book.save(path)
    plan = operations.take_back(filled, operations.open_file(filled, path))
    assert (len(plan.fresh), len(plan.changed)) == (1, 3)
    rows = calendar(filled).rows
    assert (rows[4].advice.text, rows[4].advice.state) == ("Vraag MKI per post.", "given")
    assert rows[5].chance("chain") is not None
    assert "estimate" in {d.field for d in rows[6].doubts}
    assert rows[-1].title == "Een nieuwe regel (verzonnen)"
    assert len({row.id for row in rows}) == len(rows)
