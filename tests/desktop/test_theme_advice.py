"""The week of a coordinator in the window: ask, give with criteria, take the answer, tell who leads the
project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cirkeldesk.desktop.calendar.page import CalendarPage
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.advice import theme_advice
from cirkeldesk.model.calendar.calendar import CalendarRow, ThemeChance
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from tests.desktop.conftest import click

pytestmark = pytest.mark.window


@pytest.fixture
def desk(window: MainWindow) -> CalendarPage:
    rows = tuple(
        CalendarRow(f"r{n}", f"Weg {n} (verzonnen)", number=f"2027-{n}", quarter="2027-Q2") for n in range(3)
    )
    edit_calendar(
        window.workspace,
        edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=rows)),
    )
    window.show_calendar()
    return window.calendar


def row(desk: CalendarPage, place: int = 0) -> CalendarRow:
    return get_calendar(desk.workspace).rows[place]


def test_asked_given_and_answered(desk: CalendarPage, tmp_path: Path) -> None:
    part = desk.panel.by_theme
    part.adviser.show_typed("adviseur klimaat")
    part.due.show_typed("1-2-2027")
    click(part.ask_button)
    found = theme_advice(row(desk).log, "climate")
    assert found is not None
    assert (found.adviser, found.due, found.waits) == ("adviseur klimaat", "2027-02-01", True)
    assert "adviseur klimaat" in part.standing.text()
    assert desk.chips["waiting"].accessibleName() == "Wacht op advies, 1 regels"
    assert part.adviser.typed == ""  # it is in the log now
    part._fill_menu()
    action = part.menu.actions()[0]
    action.trigger()
    assert part.picked.text().startswith("• ")
    part.text.setPlainText("Vraag de MKI.")
    click(part.give_button)
    found = theme_advice(row(desk).log, "climate")
    assert found is not None
    assert (found.text, len(found.criteria), found.stand) == ("Vraag de MKI.", 1, "given")
    assert part.answering.isVisibleTo(part)
    part.answer.show_value("not")
    part._show_reason()
    click(part.answer_button)
    assert any("Kies waarom" in text for text in desk.bars.texts())
    part.reason.show_value("market")
    part.why.show_typed("Niemand levert dit.")
    click(part.answer_button)
    found = theme_advice(row(desk).log, "climate")
    assert found is not None
    assert (found.answer, found.reason, found.why) == ("not", "market", "Niemand levert dit.")
    assert part.log.text().count("\n") == 2
    desk.undo()
    found = theme_advice(row(desk).log, "climate")
    assert found is not None
    assert found.answer is None
    desk.advice.save_note(tmp_path / "n.pdf")
    assert (tmp_path / "n.pdf").stat().st_size > 1000
    desk.advice.copy_mail()
    assert "Vraag de MKI." in QGuiApplication.clipboard().text()


def test_what_is_typed_waits_for_its_row_and_theme(desk: CalendarPage) -> None:
    """Nothing typed is lost by looking elsewhere, and nothing stands beside another row."""
    part = desk.panel.by_theme
    part.text.setPlainText("Half geschreven")
    part.adviser.show_typed("adviseur")
    desk.view.go_to(1, 4)
    assert (part.text.toPlainText(), part.adviser.typed) == ("", "")
    part.theme.show_value("chain")
    part._turn()
    part.text.setPlainText("Over de keten")
    desk.view.go_to(0, 4)
    part.theme.show_value("climate")
    part._turn()
    assert (part.text.toPlainText(), part.adviser.typed) == ("Half geschreven", "adviseur")
    desk.view.go_to(1, 4)
    part.theme.show_value("chain")
    part._turn()
    assert part.text.toPlainText() == "Over de keten"
    assert all(not one.log for one in get_calendar(desk.workspace).rows)


def test_a_wrong_day_is_said_and_nothing_asked(desk: CalendarPage) -> None:
    part = desk.panel.by_theme
    part.due.show_typed("ooit")
    click(part.ask_button)
    assert "is geen datum" in part.due.note.text()
    assert row(desk).log == ()


def test_enter_takes_proposals_only_and_shift_enter_says_the_rest(desk: CalendarPage) -> None:
    desk.view.setFocus()
    desk.view.go_to(0, 4)
    QTest.keyClick(desk.view, Qt.Key.Key_Return)
    assert row(desk).chances == ()  # no rule knows "Weg"
    desk.view.go_to(0, 4)
    QTest.keyClick(desk.view, Qt.Key.Key_2)
    desk.view.go_to(0, 4)
    QTest.keyClick(desk.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    found = row(desk)
    assert found.is_judged
    assert sorted(one.chance for one in found.chances) == [0, 0, 0, 0, 0, 2]
    assert {one.by for one in found.chances} == {desk.workspace.store.author}


def test_the_lists_of_the_week(desk: CalendarPage) -> None:
    part = desk.panel.by_theme
    part.due.show_typed("1-1-2020")
    click(part.ask_button)
    desk.chips["week"].setChecked(True)
    desk.choose()
    assert desk.shown == ["r0"]
    part.adviser.show_typed(desk.workspace.store.author)
    click(part.ask_button)
    desk.chips["mine"].setChecked(True)
    desk.choose()
    assert desk.shown == ["r0"]


def test_the_theme_says_its_chance_and_stand(desk: CalendarPage) -> None:
    part = desk.panel.by_theme
    edit_calendar(desk.workspace, edits.set_chance(row(desk), "climate", 3, "team", "klimaat"))
    click(part.ask_button)
    assert part.theme.box.itemText(0) == "Klimaat · kans 3 · gevraagd"
    assert len(THEMES) == part.theme.box.count()
    assert ThemeChance("climate", 3, "team") in row(desk).chances
