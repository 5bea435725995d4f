"""Vandaag shows what waits, and each line leads to the thing itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.tender import edits as tender_edits
from cirkeldesk.operations.calendar import advising
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from cirkeldesk.operations.tender.tenders import edit_tender, new_tender
from cirkeldesk.wording.window import days

pytestmark = pytest.mark.window
TODAY = date(2027, 3, 1)


def test_nothing_to_do_is_said_kindly(window: MainWindow) -> None:
    window.show_today()
    assert window.today.said.text() == "Er is vandaag niets dat op u wacht."
    assert window.today.view.isHidden()
    assert window.rail.buttons["today"].isChecked()


def test_each_line_leads_to_the_thing_itself(window: MainWindow) -> None:
    window.workspace.store._clock = lambda: f"{TODAY.isoformat()}T09:00:00+00:00"
    row = CalendarRow("r1", "Weg (verzonnen)", number="2027-1")
    edit_calendar(
        window.workspace,
        edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=(row,))),
    )
    advising.ask(window.workspace, [row], ["climate"], "adviseur klimaat", "2027-02-27")
    tender = new_tender(window.workspace)
    closes = (TODAY + timedelta(days=3)).isoformat()
    edit_tender(window.workspace, tender, tender_edits.set_field("closes_on", closes, "sluitingsdatum"))
    window.show_today()
    page = window.today
    assert page.said.text() == "2 dingen vragen aandacht."
    assert [(line[1], line[2]) for line in page.model.rows] == [
        ("2 dagen te laat", "advies te geven"),
        ("over 3 dagen", "sluit"),
    ]
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert window.rail.buttons["calendar"].isChecked()
    assert window.calendar.view.current == get_calendar(window.workspace).rows[0]
    window.show_today()
    page.view.setCurrentIndex(page.model.index(1, 0))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert window.session is not None
    assert window.session.identity == tender
    advising.give(window.workspace, get_calendar(window.workspace).rows[0], "climate", [], "Doe dit.")
    window.show_today()
    assert page.said.text() == "Eén ding vraagt aandacht."


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2027-03-01", "vandaag"),
        ("2027-03-02", "morgen"),
        ("2027-02-28", "1 dag te laat"),
        ("2027-01-01", "59 dagen te laat"),
        ("2027-03-11", "over 10 dagen"),
        ("2027-12-31", ""),
    ],
)
def test_how_far_a_day_is(day: str, told: str) -> None:
    assert days.until(day, TODAY) == told
