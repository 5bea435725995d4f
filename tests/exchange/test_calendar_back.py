"""The calendar that was exported comes back whole: nothing changes, what a colleague filled in does, and an
empty file gets it all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import Calendar, ImportPlan
from cirkeldesk.operations.calendar import calendar as operations
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


def sent_back(workspace: Workspace, path: Path, cells: dict[tuple[int, str], object]) -> ImportPlan:
    """Export, change cells (row of ours from 0, head) as a colleague would, look at it and read it back."""
    operations.export_calendar(workspace, path)
    book = load_workbook(path)
    page = book["Kalender"]
    heads = {str(cell.value): cell.column or 0 for cell in page[1]}
    for (place, head), value in cells.items():
        page.cell(place + 2, heads[head]).value = value  # type: ignore[assignment]
    book.save(path)
    opened = operations.open_file(workspace, path)
    seen = operations.plan_back(workspace, opened)
    taken = operations.take_back(workspace, opened)
    assert (seen.changes, len(seen.fresh)) == (taken.changes, len(taken.fresh))
    return taken


@pytest.mark.parametrize(
    ("place", "head", "value", "doubted"),
    [
        (3, "Advies uiterlijk", "eind maart", "advice_due"),
        (3, "Stand van het advies", "Gevolgt", "advice_state"),
        (2, terms.THEMES["climate"], "x", "chance_climate"),
        (0, "Productgroep", "asfaltverharding", "group"),
        (0, "Vervallen", "ooit", "vanished"),
        (0, "Start", "31-2-2027", "start"),
    ],
)
def test_what_cannot_be_read_leaves_what_was_known_and_is_told(
    filled: Workspace, tmp_path: Path, place: int, head: str, value: str, doubted: str
) -> None:
    before = calendar(filled).rows[place]
    sent_back(filled, tmp_path / "k.xlsx", {(place, head): value})
    after = calendar(filled).rows[place]
    assert doubted in {doubt.field for doubt in after.doubts}
    assert replace(after, doubts=before.doubts) == before


def test_a_doubt_goes_when_a_colleague_fills_in_what_it_should_be(filled: Workspace, tmp_path: Path) -> None:
    rows = calendar(filled).rows
    place = next(n for n, row in enumerate(rows) if any(d.field == "quarter" for d in row.doubts))
    sent_back(filled, tmp_path / "k.xlsx", {(place, "Kwartaal van publicatie"): "Q4 2029"})
    after = calendar(filled).rows[place]
    assert (after.quarter, [d for d in after.doubts if d.field == "quarter"]) == ("2029-Q4", [])
    assert "quarter" in dict(after.overruled)  # the department's file does not undo it by itself


@pytest.mark.parametrize("title", ["Brug zuid fase 2 (verzonnen)", None])
def test_a_row_that_was_copied_is_a_new_row(filled: Workspace, tmp_path: Path, title: str | None) -> None:
    """With its kenmerk, as a copy in a spreadsheet has it; above or below the original."""
    before = calendar(filled).rows
    last = len(before)
    ours = before[5]
    cells: dict[tuple[int, str], object] = {
        (last, "Kenmerk regel"): ours.id,
        (last, "Nummer"): ours.number,
        (last, "Omschrijving"): title or ours.title,
    }
    plan = sent_back(filled, tmp_path / "k.xlsx", cells)
    after = calendar(filled).rows
    assert (len(plan.fresh), len(after)) == (1, last + 1)
    assert after[5] == ours
    assert after[-1].title == (title or ours.title)
    assert after[-1].id not in {row.id for row in before}


@pytest.mark.parametrize("text", ["-", "+31 30 123 (verzonnen)", "@naam", "=1+1", "gewoon"])
def test_columns_of_their_own_come_back_from_csv(workspace: Workspace, tmp_path: Path, text: str) -> None:
    path = tmp_path / "planning.xlsx"
    book = Workbook()
    page = book.active
    assert page is not None
    for line in (("Nr", "Omschrijving", "Toelichting"), (1, "A (verzonnen)", "x"), (2, "B (verzonnen)", "y")):
        page.append(line)
    page.cell(2, 3).value = text
    page.cell(2, 3).data_type = "s"
    book.save(path)
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "planning")
    before = calendar(workspace)
    for kind in ("csv", "xlsx", "ods"):
        operations.export_calendar(workspace, tmp_path / f"k.{kind}")
        plan = operations.take_back(workspace, operations.open_file(workspace, tmp_path / f"k.{kind}"))
        assert (kind, plan.changes) == (kind, {})
    assert calendar(workspace) == before


def test_only_the_year_of_a_newer_file_replaces_an_older_quarter(
    workspace: Workspace, tmp_path: Path
) -> None:
    for quarter, wanted in (("Q3 2027", "2027-Q3"), ("voorjaar 2028", "2028")):
        path = tmp_path / "planning.csv"
        path.write_text(f"Nr;Omschrijving;Kwartaal\n1;A (verzonnen);{quarter}\n", encoding="utf-8")
        opened = operations.open_file(workspace, path)
        operations.import_file(workspace, opened, opened.columns, "planning")
        assert calendar(workspace).rows[0].quarter == wanted
