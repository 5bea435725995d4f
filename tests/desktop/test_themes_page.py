"""The page of the advice per theme: one form, that comes from the panel and goes back to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.calendar.page import CalendarPage
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.advice import theme_advice
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.reference.criteria import LEVELS
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.operations.calendar import advising
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.wording.calendar import advising as words
from cirkeldesk.wording.window.hints import HINTS
from tests.desktop.conftest import click

pytestmark = pytest.mark.window


@pytest.fixture
def desk(window: MainWindow) -> CalendarPage:
    rows = tuple(
        CalendarRow(f"r{n}", f"Asfalt & weg {n} → (verzonnen)", number=f"2027-{n}", quarter="2027-Q2")
        for n in range(3)
    )
    edit_calendar(
        window.workspace,
        edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=rows)),
    )
    window.show_calendar()
    return window.calendar


@pytest.fixture
def opened(desk: CalendarPage) -> CalendarPage:
    click(desk.panel.open_themes)
    assert desk.currentWidget() is desk.themes
    return desk


def test_a_theme_is_advised_with_ticks_and_the_note_says_so(opened: CalendarPage) -> None:
    page, part = opened.themes, opened.panel.by_theme
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert part.subject == THEMES[1]
    library = advising.criteria_by_code(opened.workspace)
    shown = [library[code] for code in part.checks.boxes]
    assert {one.theme for one in shown} == {THEMES[1]}
    assert [LEVELS.index(one.level) for one in shown] == sorted(LEVELS.index(one.level) for one in shown)
    first, second = list(part.checks.boxes)[:2]
    for code in (first, second, second):  # ticked, ticked, and taken back
        part.checks.boxes[code].click()
    part.text.setPlainText("Vraag dit → zo.")
    click(part.give_button)
    found = theme_advice(get_calendar(opened.workspace).rows[0].log, THEMES[1])
    assert found is not None
    assert ([one.code for one in found.criteria], found.text) == ([first], "Vraag dit → zo.")
    assert opened.currentWidget() is page
    note = page.note.toPlainText()
    assert "Vraag dit → zo." in note
    assert library[first].title in note
    assert "● advies" in page.steps.text()
    assert words.STANDS["given"] in page.list.item(1).text()
    assert not any(box.isChecked() for box in part.checks.boxes.values())  # what was ticked is in the log
    assert [code for code, told in part.checks.effects.items() if "Geadviseerd" in told.text()] == [first]
    assert not page.middle.horizontalScrollBar().maximum()  # nothing makes the page wider than it is


def test_what_is_typed_stays_on_the_way_there_and_back(desk: CalendarPage) -> None:
    part = desk.panel.by_theme
    part.adviser.show_typed("half getypt")
    desk.open_themes()
    assert part.adviser.typed == "half getypt"
    part.checks.boxes[next(iter(part.checks.boxes))].click()
    desk.themes.list.setCurrentRow(3)
    assert part.adviser.typed == ""
    desk.themes.list.setCurrentRow(0)
    assert part.adviser.typed == "half getypt"
    assert sum(box.isChecked() for box in part.checks.boxes.values()) == 1
    desk.themes.list.setFocus()
    QTest.keyClick(desk.themes.list, Qt.Key.Key_Escape)
    assert desk.panel.isAncestorOf(part)
    assert desk.currentIndex() == 1
    assert part.adviser.typed == "half getypt"
    assert part.theme.isVisibleTo(desk.panel)
    assert part.picked.text().startswith("• ")


def test_a_chance_is_given_once_and_undone_on_the_page(opened: CalendarPage) -> None:
    page = opened.themes
    page.list.setCurrentRow(2)
    page.chances[3].click()
    chance = get_calendar(opened.workspace).rows[0].chance(THEMES[2])
    assert chance is not None
    assert (chance.chance, page.chance_name.text()) == (3, "groot")
    assert [chip.isChecked() for chip in page.chances] == [False, False, False, True]
    opened.undo()
    assert opened.currentWidget() is page
    assert get_calendar(opened.workspace).rows[0].chance(THEMES[2]) is None
    assert not any(chip.isChecked() for chip in page.chances)
    assert page.list.currentRow() == 2


def test_the_next_row_comes_on_the_same_page(opened: CalendarPage) -> None:
    page = opened.themes
    assert not page.before.isEnabled()
    for n in (1, 2):
        page.after.click()
        assert page.title.text() == f"Asfalt & weg {n} → (verzonnen)"
    assert not page.after.isEnabled()
    assert opened.panel.by_theme.row == get_calendar(opened.workspace).rows[2]


def test_the_tender_takes_along_what_was_advised(opened: CalendarPage) -> None:
    page, part = opened.themes, opened.panel.by_theme
    code = next(iter(part.checks.boxes))
    part.checks.boxes[code].click()
    click(part.give_button)
    click(page.make)
    row = get_calendar(opened.workspace).rows[0]
    assert row.tender is not None
    assert code in {one.code for one in get_tender(opened.workspace, row.tender).criteria}
    assert page.make.text() == "Open de aanbesteding"


@pytest.mark.parametrize(("width", "beside"), [(1366, True), (911, False), (683, False)])
def test_the_note_is_within_reach_at_every_width(
    opened: CalendarPage, qtbot: QtBot, width: int, beside: bool
) -> None:
    opened.window().resize(width, 700)
    QApplication.processEvents()
    page = opened.themes
    assert page.note_panel.isVisibleTo(page) == beside
    assert opened.panel.by_theme.note.isVisibleTo(page) != beside
    assert page.list.isVisibleTo(page) != opened.panel.by_theme.theme.isVisibleTo(page)
    qtbot.waitUntil(lambda: not page.middle.horizontalScrollBar().maximum(), timeout=30_000)
    opened.close_themes()
    assert opened.panel.by_theme.note.isVisibleTo(opened.panel)


def names_by_tab(start: QWidget, count: int) -> list[str]:
    start.setFocus()
    found = []
    for _ in range(count):
        keys = QApplication.focusWidget()
        assert keys is not None
        found.append(keys.accessibleName())
        QTest.keyClick(keys, Qt.Key.Key_Tab)
    return found


def test_tab_goes_as_the_eye_goes(opened: CalendarPage, qtbot: QtBot) -> None:
    """The form came from elsewhere and its criteria are made late: neither may put Tab out of order."""
    qtbot.waitUntil(opened.window().isActiveWindow, timeout=30_000)
    page, part = opened.themes, opened.panel.by_theme
    page.list.setCurrentRow(1)
    boxes = list(part.checks.boxes.values())
    qtbot.waitUntil(lambda: all(box.isVisible() for box in boxes), timeout=30_000)
    names = [box.accessibleName() for box in boxes]
    chances = [chip.accessibleName() for chip in page.chances]
    asking = ["Advies van wie", "Ik adviseer over dit thema", "Uiterlijk", "Vraag advies"]
    wanted = ["Thema's", *chances, *asking, *names, "Advies over dit thema", "Advies vastleggen"]
    assert names_by_tab(page.list, len(wanted)) == wanted
    opened.close_themes()
    back = ["Thema", *asking, "Advies over dit thema", "Criteria kiezen", "Advies vastleggen"]
    assert names_by_tab(part.theme.box, len(back)) == back


def test_the_form_is_beside_the_calendar_however_the_page_was_left(opened: CalendarPage) -> None:
    """Also by a file that was dropped on the window while the page was open."""
    window = opened.window()
    assert isinstance(window, MainWindow)
    assert window.line.hint.text() == HINTS["advies per thema"]
    opened.panel.by_theme.adviser.show_typed("half")
    opened.setCurrentWidget(opened.reading)
    opened.reading.closed.emit()
    assert opened.currentIndex() == 1
    assert opened.panel.isAncestorOf(opened.panel.by_theme)
    assert opened.panel.by_theme.adviser.typed == "half"
    assert window.line.hint.text() == HINTS["kalender"]
    opened.open_themes()
    window.show_list()
    window.open_calendar_row(get_calendar(opened.workspace).rows[2].id)
    assert opened.panel.by_theme.row == get_calendar(opened.workspace).rows[2]
    assert opened.themes.title.text() == get_calendar(opened.workspace).rows[2].title


def test_whoever_comes_to_the_calendar_can_judge_at_once(desk: CalendarPage, qtbot: QtBot) -> None:
    """Found in a real window: the keys stayed in the rail, and 0 to 3 did nothing."""
    window = desk.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(window.isActiveWindow, timeout=30_000)
    window.show_list()
    window.rail.buttons["calendar"].click()
    assert desk.view.hasFocus()
    keys = QApplication.focusWidget()
    assert keys is not None
    QTest.keyClick(keys, Qt.Key.Key_2)
    assert [one.chance for one in get_calendar(desk.workspace).rows[0].chances] == [2]
