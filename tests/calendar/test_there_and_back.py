"""What the desk knows goes along: to a colleague's spreadsheet and back, to the tender and back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.advice import ANSWERS, REASONS, AdviceEntry, PickedCriterion, theme_advice
from cirkeldesk.model.calendar.calendar import Calendar, CalendarRow, ImportPlan, ThemeChance
from cirkeldesk.model.calendar.followed import proposed_answers
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.tender import edits as tender_edits
from cirkeldesk.model.tender.award_rules import Lock
from cirkeldesk.operations.calendar import advising
from cirkeldesk.operations.calendar import calendar as operations
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.calendar import advising as words

LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), max_size=12
).map(str.strip)
CODE = st.text("abc-1", min_size=1, max_size=6)
PICKED = st.builds(PickedCriterion, CODE, st.text("ab \n\\:", max_size=8).map(str.strip))
ENTRIES = st.builds(
    AdviceEntry,
    theme=st.sampled_from(THEMES),
    act=st.sampled_from(("asked", "given", "answered", "withdrawn")),
    on=st.dates().filter(lambda day: day.year > 1899).map(lambda day: day.isoformat()),
    by=LINE,
    adviser=LINE,
    due=st.none() | st.dates().filter(lambda day: day.year > 1899).map(lambda day: day.isoformat()),
    criteria=st.lists(PICKED, max_size=3).map(tuple),
    text=LINE,
    answer=st.none() | st.sampled_from(ANSWERS),
    reason=st.none() | st.sampled_from(REASONS),
)


@given(ENTRIES)
def test_a_line_of_the_log_is_read_back(entry: AdviceEntry) -> None:
    cells = dict(zip(words.LOG_COLUMNS, words.log_cells(CalendarRow("r1"), entry), strict=True))
    assert words.log_entry(cells) == entry


def fill(workspace: Workspace, *rows: CalendarRow) -> None:
    operations.edit_calendar(
        workspace,
        edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=rows)),
    )


def sent_back(workspace: Workspace, path: Path) -> ImportPlan:
    return operations.take_back(workspace, operations.open_file(workspace, path))


ASKED = AdviceEntry("climate", "asked", "2027-01-05", "coördinator", "adviseur klimaat", "2027-02-01")
GIVEN = AdviceEntry(
    "climate",
    "given",
    "2027-01-20",
    "adviseur klimaat",
    criteria=(PickedCriterion("asfalt-mki-korting", "Regel 1\nregel 2"),),
    text="Vraag → MKI ☐",
)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_log_comes_back_whole(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    fill(
        workspace,
        CalendarRow("r1", "Weg (verzonnen)", number="1", log=(ASKED, GIVEN, ASKED)),
        CalendarRow("r2", "Brug (verzonnen)", number="2"),
    )
    before = operations.get_calendar(workspace)
    path = tmp_path / f"kalender.{kind}"
    operations.export_calendar(workspace, path)
    plan = sent_back(workspace, path)
    assert (len(plan.changed), len(plan.fresh)) == (0, 0)
    assert operations.get_calendar(workspace) == before
    # Into an empty file: everything is there again.
    fill(workspace)
    sent_back(workspace, path)
    assert [row.log for row in operations.get_calendar(workspace).rows] == [(ASKED, GIVEN, ASKED), ()]


def test_a_colleague_adds_lines_and_takes_none_away(workspace: Workspace, tmp_path: Path) -> None:
    import openpyxl

    fill(workspace, CalendarRow("r1", "Weg (verzonnen)", number="1", log=(ASKED, GIVEN)))
    path = tmp_path / "kalender.xlsx"
    operations.export_calendar(workspace, path)
    book = openpyxl.load_workbook(path)
    sheet = book[words.LOG_SHEET]
    sheet.delete_rows(2)  # the question
    answer = AdviceEntry("climate", "answered", "2027-02-03", "projectleider", answer="followed")
    sheet.append(list(words.log_cells(CalendarRow("r1"), answer)))
    sheet.append(["r1", "", "Weer", "gevraagd", "ooit"])  # nothing we know
    book.save(path)
    sent_back(workspace, path)
    assert operations.get_calendar(workspace).rows[0].log == (ASKED, GIVEN, answer)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(ENTRIES, max_size=4).map(tuple))
def test_any_log_survives_a_workbook(
    workspace: Workspace, tmp_path: Path, log: tuple[AdviceEntry, ...]
) -> None:
    fill(workspace, CalendarRow("r1", "Weg (verzonnen)", log=log))
    path = tmp_path / "k.xlsx"
    operations.export_calendar(workspace, path)
    fill(workspace)
    sent_back(workspace, path)
    assert operations.get_calendar(workspace).rows[0].log == log


# --- into the tender and back
# ------------------------------------------------------------------------------------------


@pytest.fixture
def advised(workspace: Workspace) -> Workspace:
    row = CalendarRow(
        "r1",
        "Groot onderhoud asfalt (verzonnen)",
        number="2027-1",
        estimate=Decimal(500000),
        procedure="nationaal openbaar",
        project_leader="de projectleider",
        chances=(ThemeChance("climate", 3, "x", "Asfalt."), ThemeChance("chain", 0, "x")),
    )
    fill(workspace, row)
    codes = [c for c, one in advising.criteria_by_code(workspace).items() if one.theme == "climate"][:2]
    advising.give(
        workspace,
        operations.get_calendar(workspace).row("r1"),
        "climate",
        [PickedCriterion(codes[0], "Eigen woorden"), PickedCriterion(codes[1])],
        "Vraag MKI.",
    )
    return workspace


def test_what_was_judged_and_advised_travels(advised: Workspace) -> None:
    identity = operations.make_tender(advised, "r1")
    tender = tenders.get_tender(advised, identity)
    row = operations.get_calendar(advised).row("r1")
    found = theme_advice(row.log, "climate")
    assert found is not None
    assert [one.code for one in tender.criteria] == [one.code for one in found.criteria]
    assert tender.criteria[0].text == "Eigen woorden"
    assert [(note.theme, note.text) for note in tender.publication.themes] == [
        ("climate", "Kans 3, groot. Asfalt. Advies: Vraag MKI.")
    ]
    assert tender.publication.procedure == "national_open"
    assert (tender.publication.estimate, tender.publication.contact) == (Decimal(500000), "de projectleider")


@pytest.mark.parametrize(("dropped", "answer"), [(0, "followed"), (1, "partly"), (2, "not")])
def test_whether_it_was_followed_is_proposed_from_the_locked_ask(
    advised: Workspace, dropped: int, answer: str
) -> None:
    identity = operations.make_tender(advised, "r1")
    for criterion in tenders.get_tender(advised, identity).criteria[:dropped]:
        tenders.edit_tender(advised, identity, tender_edits.drop_criterion(criterion))
    row = operations.get_calendar(advised).row("r1")
    assert operations.answers_proposed(advised, row) == ()  # the ask may still change
    tender = tenders.get_tender(advised, identity)
    locked = replace(tender, lock=Lock("2027-01-01T00:00:00+00:00", "x", "2027-01-01", "Leidraad"))
    (proposed,) = proposed_answers(row, locked)
    assert (proposed.theme, proposed.answer, proposed.asked, proposed.advised) == (
        "climate",
        answer,
        2 - dropped,
        2,
    )
    assert words.proposed(proposed).startswith(f"{2 - dropped} van 2 geadviseerde criteria staan")
    advising.answer(advised, row, "climate", "followed")
    answered = operations.get_calendar(advised).row("r1")
    assert proposed_answers(answered, locked) == ()  # a person said it


def test_a_tender_that_is_gone_proposes_nothing(advised: Workspace) -> None:
    row = replace(operations.get_calendar(advised).row("r1"), tender="weg")
    assert operations.answers_proposed(advised, row) == ()
    assert Calendar(rows=(row,)).row("r1") == row
