"""Path (d): the calendar read, triaged by keyboard alone, read again, and handed on; and what looks ahead."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from cirkeldesk.desktop.calendar.page import CalendarPage
from cirkeldesk.desktop.calendar.triage import ADVICE, FIRST_THEME
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.operations.calendar import calendar as operations
from tests.desktop.conftest import choose, click, fill, no_dialog, press, wait_idle
from tests.desktop.hands import CONTROL, SHIFT, Keyboard, settle
from tests.exchange import calendars
from tests.exchange.test_calendar_messy import HEADS, ROWS, department

pytestmark = pytest.mark.window
Key = Qt.Key


def read(window: MainWindow, path: Path) -> CalendarPage:
    window.show_calendar()
    window.calendar.read(path)
    wait_idle(window)
    assert window.calendar.currentWidget() is window.calendar.reading
    return window.calendar


def file_of(folder: Path, rows: list[calendars.Line], name: str = "planning.xlsx") -> Path:
    (folder / name).write_bytes(calendars.workbook(rows)[0])
    return folder / name


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> CalendarPage:
    rows, _ = calendars.lines()
    made = read(window, file_of(tmp_path, rows))
    click(made.reading.take)
    settle()
    return made


def test_an_empty_calendar_says_what_to_do(window: MainWindow) -> None:
    window.show_calendar()
    assert window.calendar.currentIndex() == 0
    assert window.rail.buttons["calendar"].isChecked()


def test_150_rows_are_judged_by_keyboard_alone(page: CalendarPage, window: MainWindow) -> None:
    """Proposals taken with Enter, some overruled by a figure, some rows at once; nothing else counts."""
    assert page.progress.text() == "0 van 150 beoordeeld"
    keys = Keyboard(window)
    assert keys.at == "MVOI-kalender"  # the keyboard is where the judging begins
    row = page.model.rows[0]
    assert page.model.text(row, FIRST_THEME) == "v3"  # asphalt of € 1.250.000
    assert page.view.currentIndex().column() == FIRST_THEME
    keys.press(Key.Key_Return)
    judged = page.calendar.row(row.id)
    assert 0 < len(judged.chances) < len(THEMES)  # where no rule knows, nobody has said anything (E4)
    page.view.go_to(0, FIRST_THEME)
    keys.press(Key.Key_Return, SHIFT)
    assert page.calendar.row(row.id).is_judged
    assert page.calendar.row(row.id).chances[0].chance == 3
    assert page.calendar.row(row.id).chances[0].by == window.workspace.store.author
    assert page.view.currentIndex().row() == 1
    for sign in "213020":  # six themes, one figure each
        press(page.view, sign)
    second = page.calendar.rows[1]
    assert [found.chance for found in second.chances] == [2, 1, 3, 0, 2, 0]
    assert page.view.currentIndex().column() == ADVICE - 1
    keys.press(Key.Key_Delete)
    assert len(page.calendar.rows[1].chances) == 5
    press(page.view, "1")
    keys.press(Key.Key_Return, SHIFT)
    for _ in range(10):
        press(page.view, "3")
        keys.press(Key.Key_Return, SHIFT)
    assert page.progress.text() == "12 van 150 beoordeeld"
    keys.press(Key.Key_End, CONTROL | SHIFT)  # to the end, all at once
    keys.press(Key.Key_Return, CONTROL | SHIFT)
    settle()
    assert page.progress.text() == "150 van 150 beoordeeld"
    assert all(row.is_judged for row in page.calendar.rows)
    assert page.calendar.rows[5].chances[0].chance == 3  # a figure is not overruled by a proposal
    assert no_dialog()
    window.undo()
    assert page.progress.text() == "12 van 150 beoordeeld"
    window.redo()
    assert page.progress.text() == "150 van 150 beoordeeld"


def test_a_proposal_is_told_apart_by_sign_and_by_ear_and_does_not_count(page: CalendarPage) -> None:
    index = page.model.index(0, FIRST_THEME)
    assert page.model.data(index, Qt.ItemDataRole.FontRole).italic()
    told = page.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert (
        told
        == "Klimaat: voorstel 3, groot. Asfalt vanaf € 500.000 (eigen grens): gunnen op MKI loont de moeite."
    )
    page.chips["large"].click()
    assert not page.model.rows
    page.chips["all"].click()
    press(page.view, "3")
    assert (
        page.model.data(page.model.index(0, FIRST_THEME), Qt.ItemDataRole.AccessibleTextRole)
        == "Klimaat: 3, groot"
    )
    assert page.model.data(page.model.index(0, FIRST_THEME), Qt.ItemDataRole.FontRole) is None
    page.chips["large"].click()
    assert [row.id for row in page.model.rows] == [page.calendar.rows[0].id]


def test_reading_again_shows_what_changed_asks_about_rows_without_a_number_and_keeps_judgements(
    page: CalendarPage, window: MainWindow, tmp_path: Path
) -> None:
    page.view.selectAll()
    QTest.keyClick(page.view, Key.Key_Return, CONTROL | SHIFT)
    before = {row.id: row.chances for row in page.calendar.rows}
    newer, _ = calendars.later(calendars.lines()[0])
    read(window, file_of(tmp_path, newer, "planning mei.xlsx"))
    reading = page.reading
    assert reading.known.text() == "Deze indeling is eerder gebruikt. Controleer haar en neem over."
    assert len(reading.questions) == 8
    reading.asked.itemAt(reading.asked.count() - 1).widget().click()  # type: ignore[union-attr]
    assert reading.result.text() == "12 nieuw · 9 gewijzigd · 3 niet meer in het bestand · 138 gelijk"
    assert "raming" in reading.details.toPlainText()
    click(reading.take)
    settle()
    after = {row.id: row.chances for row in page.calendar.rows}
    assert {one: after[one] for one in before} == before
    assert page.progress.text() == "147 van 159 beoordeeld"  # three are gone, twelve are new
    gone = next(row for row in page.calendar.rows if row.vanished)
    assert page.model.text(gone, ADVICE) == "vervallen"


def test_another_use_of_a_column_is_remembered_and_a_field_is_one_column(
    window: MainWindow, tmp_path: Path
) -> None:
    page = read(window, file_of(tmp_path, calendars.lines(20)[0]))
    reading = page.reading
    note = next(place for place, name in enumerate(reading.opened.file.names) if name == "Opm.")  # type: ignore[union-attr]
    leader = next(place for place, field in reading.columns.items() if field == "project_leader")
    choose(reading.choices[note], "project_leader")
    assert reading.choices[leader].value is None
    click(reading.take)
    assert page.calendar.rows[0].project_leader == "let op"
    again = operations.open_file(window.workspace, file_of(tmp_path, calendars.lines(20)[0]))
    assert again.columns[note] == "project_leader"
    assert leader not in again.columns


def test_a_file_that_is_no_calendar_is_said_and_changes_nothing(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "foto.xlsx").write_bytes(b"geen werkboek")
    window.show_calendar()
    window.calendar.read(tmp_path / "foto.xlsx")
    wait_idle(window)
    assert any("foto.xlsx" in text for text in window.bars.texts())
    assert window.calendar.currentIndex() == 0


def test_reasons_advice_and_a_tender_of_a_row(page: CalendarPage, window: MainWindow) -> None:
    panel = page.panel
    page.view.go_to(2, FIRST_THEME)
    assert not panel.reasons["climate"].edit.isEnabled()
    press(page.view, "2")
    fill(panel.reasons["climate"], "Veel verschil tussen materialen")
    assert page.calendar.rows[2].chances[0].reason == "Veel verschil tussen materialen"
    choose(panel.state, "given")
    panel.text.setFocus()
    panel.text.setPlainText("Vraag biobased isolatie bij gelijke Rd.")
    panel.why_not.edit.setFocus()
    click(panel.mine)
    fill(panel.due, "1-2-2027")
    advice = page.calendar.rows[2].advice
    assert (advice.state, advice.text) == ("given", "Vraag biobased isolatie bij gelijke Rd.")
    assert (advice.by, advice.due) == (window.workspace.store.author, "2027-02-01")
    page.chips["mine"].click()
    assert [row.id for row in page.model.rows] == [page.calendar.rows[2].id]
    click(panel.make)
    settle()
    assert window.view is not None
    tender = window.view.session.tender
    assert (tender.title, window.view.session.comparison.group.code) == (
        "Na-isolatie steunpunt 3",
        "isolatie",
    )
    window.show_calendar()
    assert panel.make.text() == "Open de aanbesteding"


def test_a_doubt_is_settled_by_typing_what_it_should_be(page: CalendarPage) -> None:
    page.chips["doubtful"].click()
    row = next(row for row in page.model.rows if any(doubt.field == "quarter" for doubt in row.doubts))
    page.view.go_to(page.model.rows.index(row), FIRST_THEME)
    assert "alleen het jaar is bewaard" in page.panel.doubts.text()
    fill(page.panel.fields["quarter"], "straks")
    assert "geen kwartaal" in page.panel.fields["quarter"].note.text()
    fill(page.panel.fields["quarter"], "Q2 2027")
    settled = page.calendar.row(row.id)
    assert settled.quarter == "2027-Q2"
    assert not any(doubt.field == "quarter" for doubt in settled.doubts)


def test_the_views_that_look_ahead(page: CalendarPage, window: MainWindow) -> None:
    page.tabs.setCurrentWidget(page.quarters)
    shown = page.quarters.model.rows
    assert sum(int(row[1]) for row in shown) == 150
    page.quarters.quarter_wanted.emit("2027-Q2")
    assert {row.quarter for row in page.model.rows} == {"2027-Q2"}
    page.tabs.setCurrentWidget(page.together)
    assert {row[0] for row in page.together.model.rows} >= {"Isolatie", "Straatmeubilair"}
    assert all("," in row[2] for row in page.together.model.rows)  # organisations, two or more


def test_a_rule_that_is_edited_proposes_something_else_at_once(page: CalendarPage) -> None:
    page.tabs.setCurrentWidget(page.rules)
    page.rules.new()
    fill(page.rules.words, "brug")
    choose(page.rules.chance, 3)
    fill(page.rules.reason, "Bruggen zijn vaak op te knappen")
    bridge = next(row for row in page.calendar.rows if "brug" in row.title)
    proposal = operations.proposed(page.calendar, page.groups)[bridge.id]["circularity"]
    assert (proposal.chance, proposal.rule.reason) == (3, "Bruggen zijn vaak op te knappen")
    assert bridge.chance("circularity") is None
    page.rules.delete()
    assert "circularity" not in operations.proposed(page.calendar, page.groups)[bridge.id]


def test_mixes_that_differ_in_one_property_only(window: MainWindow) -> None:
    for number, lignin in (("A", "ja"), ("B", "nee"), ("C", "nee")):
        window.new_tender()
        assert window.view is not None
        sheet = window.view.ask.model.sheet
        for code, text in (("mix_type", "SMA-NL 11"), ("lignin", lignin)):
            sheet = window.view.ask.model.sheet
            edit = sheet.parse(0, sheet.columns.index(code), text).edit  # type: ignore[attr-defined]
            assert edit is not None
            window.view.session.commit(edit)
        del number
    window.show_calendar()
    mixes = window.calendar.mixes
    mixes.refresh()
    assert mixes.said.text().startswith(
        "2 verschillende in 3 aanbestedingen. 1 paar verschilt in één eigenschap."
    )
    assert [row[5] for row in mixes.model.rows] == ["2", "1"]
    assert mixes.alike.rows == (("SMA-NL 11 · nee", "SMA-NL 11 · ja", "Lignine", "nee of ja"),)


def test_all_themes_have_a_short_head_with_the_full_name_by_ear(page: CalendarPage) -> None:
    heads = [page.model.headerData(FIRST_THEME + n, Qt.Orientation.Horizontal) for n in range(len(THEMES))]
    assert heads == ["Kl", "Ci", "Mi", "DI", "SR", "Ke"]
    by_ear = page.model.headerData(
        FIRST_THEME + 1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )
    assert by_ear == "Circulariteit, ook biobased"


# --- what a first user found
# -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chip", ["all", "large", "mine"])
def test_what_is_typed_beside_a_row_stays_with_that_row_when_a_chip_is_pressed(
    page: CalendarPage, chip: str
) -> None:
    page.view.go_to(7, FIRST_THEME)
    row = page.view.current
    assert row is not None
    page.panel.text.setFocus()
    page.panel.text.setPlainText("Vraag om granulaat.")
    page.chips[chip].click()
    assert page.calendar.row(row.id).advice.text == "Vraag om granulaat."
    assert [one.advice.text for one in page.calendar.rows if one.id != row.id and one.advice.text] == []


def test_undo_keeps_what_was_being_typed_as_its_own_step(page: CalendarPage, window: MainWindow) -> None:
    page.view.go_to(7, FIRST_THEME)
    page.panel.text.setFocus()
    page.panel.text.setPlainText("Half")
    window.undo()
    assert len(page.calendar.rows) == 150  # the import is not what was undone
    window.redo()
    assert page.calendar.rows[7].advice.text == "Half"
    assert page.calendar.rows[7].advice.by == window.workspace.store.author


def test_a_figure_goes_into_every_chosen_theme(page: CalendarPage) -> None:
    selection = page.view.selectionModel()
    selection.clear()
    for row in (1, 2):
        for column in (FIRST_THEME, FIRST_THEME + 1):
            selection.select(page.model.index(row, column), selection.SelectionFlag.Select)
    page.view.setFocus()
    selection.setCurrentIndex(page.model.index(2, FIRST_THEME + 1), selection.SelectionFlag.NoUpdate)
    press(page.view, "2")
    assert [[one.chance for one in page.calendar.rows[n].chances] for n in (0, 1, 2, 3)] == [
        [],
        [2, 2],
        [2, 2],
        [],
    ]


def test_the_quarter_of_another_page_is_left_by_its_chip(page: CalendarPage) -> None:
    page.tabs.setCurrentWidget(page.quarters)
    page.quarters.opened.emit(page.quarters.quarters.index(""))
    assert page.model.rows
    assert {row.quarter for row in page.model.rows} == {None}
    assert page.chips["soon"].text().startswith("Kwartaal onbekend")
    page.chips["soon"].click()
    assert page.chips["soon"].text().startswith("Komend kwartaal")


def test_a_doubt_that_was_looked_at_is_not_asked_again(
    page: CalendarPage, window: MainWindow, tmp_path: Path
) -> None:
    page.chips["doubtful"].click()
    count = len(page.model.rows)
    click(page.panel.settle)
    page.chips["doubtful"].click()
    assert len(page.model.rows) == count - 1
    read(window, file_of(tmp_path, calendars.lines()[0]))
    click(page.reading.take)
    page.chips["doubtful"].click()
    assert len(page.model.rows) == count - 1


def test_a_second_department_gets_a_name_of_its_own(
    page: CalendarPage, window: MainWindow, tmp_path: Path
) -> None:
    other = tmp_path / "vastgoed.csv"
    other.write_text("Volgnr;Onderwerp;Begroting\n2027-002;Gebouw 1;5000\n", encoding="utf-8")
    read(window, other)
    assert page.reading.name == "vastgoed"
    assert page.reading.result.text() == "1 nieuw · 0 gewijzigd · 0 niet meer in het bestand · 0 gelijk"


def test_undo_in_an_old_bar_undoes_nothing_else(page: CalendarPage, window: MainWindow) -> None:
    page.view.go_to(3, FIRST_THEME)
    page.remove_rows()
    settle()
    assert len(page.calendar.rows) == 149
    press(page.view, "2")
    bar = next(
        made
        for made in window.line.findChildren(QPushButton)
        if made.text() == "Ongedaan maken" and made.isVisible()
    )
    click(bar)
    assert len(page.calendar.rows) == 149
    assert page.calendar.rows[3].chances or page.calendar.rows[2].chances  # the judgement stands
    assert any("daarna iets anders" in text for text in window.bars.texts())


def test_a_departments_own_workbook_is_read_by_keyboard_alone(window: MainWindow, tmp_path: Path) -> None:
    """Another sheet looked at and left, the row of heads, hidden rows, a mark, whose file it is, a column:
    all by Tab and arrows; every row and every cell that was filled in is there afterwards."""
    page = read(window, department(tmp_path))
    keys = Keyboard(window)
    keys.tab_to("Blad")
    keys.choose("Gegund (1 rijen)")
    assert page.reading.header.edit.text() == "1"
    keys.choose("Planning 2027 (3 rijen)")  # two are hidden or struck through
    keys.tab_to("Kolomnamen in rij")
    keys.type("5", Key.Key_Return)
    assert "2 nieuw" in page.reading.result.text()  # the first row was taken for the heads
    keys.type("4", Key.Key_Return)
    assert "3 nieuw" in page.reading.result.text()
    keys.tab_to("Dit hele bestand is van")
    keys.type("gemeente Voorbeeld (verzonnen)", Key.Key_Return)
    keys.tab_to("Verborgen en doorgehaald")
    keys.choose("ook lezen")
    keys.tab_to("“x” betekent")
    keys.choose("kans 2")
    keys.tab_to("Advies expertteam")
    keys.choose("bewaren als extra")
    keys.tab_to("Overnemen", back=True)
    assert "5 nieuw" in page.reading.result.text()
    keys.press(Key.Key_Space)
    found = {row.number: row for row in operations.get_calendar(window.workspace).rows}
    assert set(found) == {"Z-1", "Z-2", "Z-3", "Z-4", "Z-5"}
    assert {row.organisation for row in found.values()} == {"gemeente Voorbeeld (verzonnen)"}
    assert [(c.theme, c.chance) for c in found["Z-2"].chances] == [("climate", 2), ("circularity", 2)]
    for line in ROWS:
        row = found[line[0]]
        kept = dict(row.extra)
        assert (row.title, row.project_leader) == (line[1], line[2])
        for name, value in zip(HEADS[6:8], line[6:8], strict=True):
            assert kept.get(name, "") == value
    assert [found[number].quarter for number in sorted(found)] == [
        "2027-Q1", "2027-Q3", "2028-Q2", "2027-Q4", "2027-Q4",
    ]  # fmt: skip
    assert [int(found[number].estimate or 0) for number in sorted(found)] == [
        1_250_000, 480_000, 1_500_000, 250_000, 900_000,
    ]  # fmt: skip
