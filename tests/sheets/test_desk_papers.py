"""Note and report of the expert desk as papers: accessible, archivable, with the figures of `--json`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.advice import PickedCriterion
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.operations.calendar import advising, reporting
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from cirkeldesk.operations.workspace import Workspace
from tests.sheets.tagged_text import tables, tree
from tests.sheets.verapdf import conforms

LONG = "Onderhoud aan wegen, bruggen → en wat daarbij hoort, met een lange naam " * 3


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """Forty rows, some with names of 200 signs, six themes advised on the first; fictitious."""
    rows = tuple(
        CalendarRow(
            f"r{n}",
            LONG if n % 7 == 0 else f"Werk {n}",
            number=f"2027-{n:03}",
            organisation=f"Organisatie {n % 5}",
            department="Wegen" if n % 2 else "",
            quarter=f"2027-Q{n % 4 + 1}",
            estimate=Decimal(123456 * n),
        )
        for n in range(40)
    )
    edit_calendar(
        workspace, edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=rows))
    )
    codes = list(advising.criteria_by_code(workspace))
    for n, theme in enumerate(THEMES):
        row = get_calendar(workspace).row("r0")
        edit_calendar(workspace, edits.set_chances([row], [theme], 3, "team"))
        row = get_calendar(workspace).row("r0")
        advising.ask(workspace, [row], [theme], "adviseur", "2027-02-01")
        picked = [PickedCriterion(code) for code in codes[n * 3 : n * 3 + 3]]
        advising.give(workspace, get_calendar(workspace).row("r0"), theme, picked, "Vraag dit zo → ☐. " * 5)
    for theme, said in (("climate", "followed"), ("chain", "not")):
        reason = None if said == "followed" else "market"
        advising.answer(workspace, get_calendar(workspace).row("r0"), theme, said, reason)  # type: ignore[arg-type]
    return workspace


def papers(workspace: Workspace, folder: Path) -> dict[str, Path]:
    found = {name: folder / f"{name}.pdf" for name in ("notitie", "leeg", "verslag", "verschil")}
    advising.write_note(workspace, "r0", found["notitie"])
    advising.write_note(workspace, "r1", found["leeg"])
    made = reporting.made(workspace)
    reporting.write_report(workspace, made, found["verslag"])
    before = reporting.made(workspace, until="2026-01-01")
    reporting.write_report(workspace, made, found["verschil"], before)
    return found


def test_they_are_accessible_and_archivable(desk: Workspace, tmp_path: Path) -> None:
    conforms(list(papers(desk, tmp_path).values()))


def test_the_report_read_aloud_is_its_data(desk: Workspace, tmp_path: Path) -> None:
    """The tables as a screen reader gets them, beside what other programs get."""
    path = papers(desk, tmp_path)["verslag"]
    plain = reporting.as_data(reporting.made(desk))
    found = {table[0][0]: table for table in tables(path)}
    facts = {row[0]: row[1] for row in found["Wat"][1:]} if "Wat" in found else {}
    every = {row[0]: row[1:] for table in tables(path) for row in table}
    counts = {
        "Aanbestedingen": "rows",
        "Beoordeeld op alle thema's": "judged",
        "Adviezen gegeven": "advices",
        "Gevolgd": "followed",
        "Niet gevolgd": "not_followed",
        "Nog geen antwoord": "unanswered",
        "Aanbesteding gemaakt in CirkelDesk": "tenders",
    }
    assert {label: every[label][0] for label in counts} == {
        label: str(plain[name]) for label, name in counts.items()
    }
    assert facts
    for one in plain["organisations"]:
        assert every[one["name"]][0] == str(one["rows"])
    assert plain["hash"][:16] in tree(path).whole_text


def test_the_note_read_aloud_names_every_theme_and_criterion(desk: Workspace, tmp_path: Path) -> None:
    text = " ".join(tree(papers(desk, tmp_path)["notitie"]).whole_text.split())
    library = advising.criteria_by_code(desk)
    assert text.count("Vraag dit zo → ☐") == 5 * len(THEMES)
    for picked in list(library)[:18]:
        assert library[picked].title in text
