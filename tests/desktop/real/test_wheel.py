"""The wheel scrolls, over every page, and writes nothing: in a real window, with the system's own mouse."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import open_workspace
from tests.desktop.real.screen import Program, program, screen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is of Linux")
LOCKED = "OP-SLOT-1"
PAGES = (
    "Aanbestedingen",
    "Producten",
    "MVOI-kalender",
    "Referentiegegevens",
    "Instellingen",
    "Back-ups en bewaren",
)
PLACES = [(x, y) for y in range(90, 740, 80) for x in range(230, 1340, 120)]


def made(database: Path) -> None:
    """A file with the example, the same locked, and a calendar."""
    with open_workspace(database) as workspace:
        add_example(workspace)
        with workspace.unit() as unit:
            tender = replace(unit.tender("voorbeeld"), id="slot", number=LOCKED, title="op slot (verzonnen)")
            unit.commit("tender", "slot", tender, "tender_new", {"name": LOCKED})
        awards.lock_rules(workspace, "slot", "2026-11-03", "Leidraad (verzonnen)")
        for number in range(3):
            edit_calendar(workspace, edits.add_row(get_calendar(workspace), f"Regel {number} (verzonnen)"))
        assert tenders.get_tender(workspace, "slot").lock is not None
        assert isinstance(tenders.get_tender(workspace, "slot").award, AwardRules)


def turned_over(shown: Program) -> int:
    return sum(shown.screen.turn_wheel(x, y, 1) for x, y in PLACES)


def test_the_wheel_writes_nothing(tmp_path: Path) -> None:
    database = tmp_path / "wiel.db"
    made(database)
    with screen(tmp_path / "huis") as on, program(on, database) as shown:
        shown.go("VOORBEELD-001")  # opening a tender is remembered nowhere in the file
        shown.mark()
        before, turns, marks = shown.rows(), 0, 0
        for page in PAGES:
            shown.go(page)
            turns += turned_over(shown)
        for number in ("VOORBEELD-001", LOCKED):
            shown.go(number)
            shown.screen.press(*["ctrl+Prior"] * 4)
            for _step in range(5):
                turns += turned_over(shown)
                shown.screen.press("ctrl+Next")
        shown.mark()
        marks += 1
        after = shown.rows()
    assert turns > 300
    grown = {name: count - before[name] for name, count in after.items() if count != before[name]}
    # What the mark at the end wrote: one new tender, its version, its place in the lists and what it pins.
    assert grown == {"document": 1, "head": 1, "history": 1, "pin": 2, "tender_list": 1}, grown


def test_a_key_that_is_held_makes_one(tmp_path: Path) -> None:
    """A display that is busy lets go of a key late, and so does a hand: Ctrl+N and Ctrl+Delete act once."""
    database = tmp_path / "lang.db"
    made(database)
    with screen(tmp_path / "huis") as on, program(on, database) as shown:
        shown.go("VOORBEELD-001")
        shown.mark()
        before = shown.steps()
        on.do("keydown", "ctrl", "keydown", "n", "sleep", "1.5", "keyup", "n", "keyup", "ctrl")
        shown.mark()
        assert shown.steps() == before + 2  # the one that was held, and the mark
        shown.go("VOORBEELD-001")
        on.press("ctrl+Prior", "ctrl+Prior", "ctrl+Prior", "ctrl+Prior", "ctrl+Next")
        before = shown.steps()
        on.do("keydown", "ctrl", "keydown", "Delete", "sleep", "1.5", "keyup", "Delete", "keyup", "ctrl")
        shown.mark()
        assert shown.steps() == before + 2  # one variant went, and the mark
