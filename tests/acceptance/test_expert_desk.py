"""The expert desk from the command line: note, report and what waits, with the figures of the window."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.advice import PickedCriterion
from cirkeldesk.model.calendar.calendar import CalendarRow, ThemeChance
from cirkeldesk.model.tender.edits import take_criterion
from cirkeldesk.operations.calendar import advising
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from cirkeldesk.operations.tender.tenders import edit_tender, get_tender, new_tender
from cirkeldesk.operations.workspace import open_workspace
from tests.acceptance.conftest import Cli


@pytest.fixture
def told(cli: Cli) -> Cli:
    with open_workspace(cli.database) as workspace:
        row = CalendarRow(
            "r1",
            "Groot onderhoud N000 → fase 2 (verzonnen)",
            number="2027-014",
            organisation="Provincie (verzonnen)",
            project_leader="de projectleider",
            quarter="2027-Q2",
            estimate=Decimal(1250000),
            chances=(ThemeChance("climate", 3, "adviseur klimaat", "Asfalt."),),
        )
        edit_calendar(
            workspace,
            edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=(row,))),
        )
        advising.ask(workspace, [row], ["climate", "chain"], "adviseur klimaat", "2027-02-01")
        code = next(iter(advising.criteria_by_code(workspace)))
        picked = [PickedCriterion(code), PickedCriterion("weg-1", "Eigen woorden")]
        advising.give(workspace, get_calendar(workspace).row("r1"), "climate", picked, "Vraag de MKI → laag.")
    return cli


def test_the_note_is_one_page_and_says_what_is_advised(told: Cli, tmp_path: Path) -> None:
    for row in ("2027-014", "r1"):
        assert told("note", row, "--to", str(tmp_path / "n.txt")).code == 0
        mail = (tmp_path / "n.txt").read_text(encoding="utf-8")
        for words_ in ("2027-014", "Vraag de MKI → laag.", "Eigen woorden", "Q2 2027", "€\u00a01.250.000"):
            assert words_ in mail
    assert told("note", "2027-014", "--to", str(tmp_path / "n.pdf")).code == 0
    with pikepdf.open(tmp_path / "n.pdf") as pdf:
        assert len(pdf.pages) == 1
    assert told("note", "2027-014", "--to", str(tmp_path / "n.docx")).code == 0
    said = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "n.docx")).paragraphs)
    assert "Vraag de MKI → laag." in said
    assert told("note", "2027-999", "--to", str(tmp_path / "n.pdf")).code == 1
    assert "2027-999" in told.err
    assert told("note", "2027-014", "--to", str(tmp_path / "n.odt")).code == 2


def test_the_calendar_as_data(told: Cli) -> None:
    row = told("calendar", "--json").json[0]
    assert row["themes"]["klimaat"] == {
        "chance": 3,
        "reason": "Asfalt.",
        "by": "adviseur klimaat",
        "proposed": None,
    }
    assert set(row["themes"]) == {
        "klimaat",
        "circulariteit",
        "milieu",
        "diversiteit",
        "social_return",
        "keten",
    }
    climate, chain = row["advice"]
    assert (climate["theme"], climate["adviser"], climate["due"]) == (
        "klimaat",
        "adviseur klimaat",
        "2027-02-01",
    )
    assert climate["criteria"][1] == "weg-1"
    assert (climate["answer"], climate["reason_code"]) == (None, None)
    assert (chain["theme"], chain["given_on"]) == ("keten", None)
    assert (row["id"], row["number"], row["quarter"], row["tender"]) == ("r1", "2027-014", "2027-Q2", None)


def test_the_report_in_every_form_says_the_same(told: Cli, tmp_path: Path) -> None:
    shown = told("report", "--year", "2027", "--json").json
    assert (shown["rows"], shown["advised"], shown["asked"]) == (1, 1, 1)
    paths = {kind: tmp_path / f"v.{kind}" for kind in ("pdf", "docx", "xlsx", "ods")}
    assert (
        told("report", "--year", "2027", *[w for k, p in paths.items() for w in (f"--{k}", str(p))]).code == 0
    )
    book = openpyxl.load_workbook(paths["xlsx"])
    counts = {row[0].value: row[1].value for row in book["Samen"].iter_rows(min_row=2)}
    assert counts["Adviezen gegeven"] == shown["advices"]
    assert counts["Aanbestedingen"] == shown["rows"]
    assert all(path.stat().st_size > 1000 for path in paths.values())
    assert told("report").code == 2
    assert told("report", "--until", "gisteren", "--json").code == 2
    before = told("report", "--json", "--before", "1-1-2020").json["before"]
    assert before["rows"] == 0


def test_today_says_what_waits(told: Cli) -> None:
    lines = told("today", "--json").json
    assert [(one["date"], one["kind"]) for one in lines] == [("2027-02-01", "advice_due")]
    assert "Ketenverantwoordelijkheid".lower() in lines[0]["text"]
    assert told("today").out.count("\n") == 1


def test_nothing_to_do_is_said_kindly(cli: Cli) -> None:
    assert cli("today").out == "Er is vandaag niets dat op u wacht.\n"
    assert cli("today", "--json").json == []


def test_criteria_as_a_document_say_what_the_text_says(cli: Cli, tmp_path: Path) -> None:
    with open_workspace(cli.database) as workspace:
        identity = new_tender(workspace)
        number = get_tender(workspace, identity).number
        assert cli("criteria", number, "--to", str(tmp_path / "c.docx")).code == 1
        assert "geen criteria" in cli.err
        for code, criterion in list(advising.criteria_by_code(workspace).items())[:3]:
            assert code
            edit_tender(workspace, identity, take_criterion(criterion))
        tender = get_tender(workspace, identity)
    assert cli("criteria", number, "--to", str(tmp_path / "c.docx")).code == 0
    assert cli("criteria", number, "--to", str(tmp_path / "c.pdf")).code == 0
    document = docx.Document(str(tmp_path / "c.docx"))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    told = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for criterion in tender.criteria:
        assert criterion.text in said
        assert criterion.proof in told
        assert criterion.check in told
    assert cli("criteria", number).code == 0
