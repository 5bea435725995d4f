"""The look as laws: text under its header, commas in line, and messages that move nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.message_line import MessageLine
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.grid.cells import CellView, GridSheet, Parsed
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.kit.grid.model import GridModel
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import NARROW_PAD, PAD, LinedCell
from cirkeldesk.desktop.kit.look.heads import ColumnHead
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.lists import ListModel, ListView
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.tender.comparison.matrix import NEVER_FOLDED, says_nothing
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.wording.comparison.rows import MatrixCell, MatrixRow, matrix_rows
from cirkeldesk.wording.comparison.summary import MOST_BARS, summary
from tools.desk_pictures import desk_pages, material_pages, monitor_pages
from tools.pictures import pages, settle, side_pages

pytestmark = pytest.mark.window
WORD = "HHHH"  # upright at both ends: where its ink begins and ends is where the text does


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    window.open_example()
    assert window.view is not None
    return window.view


class Words(ListModel):
    def text(self, row: int, column: int) -> str:
        return WORD


class OneWord(GridSheet):
    row_names = [WORD, WORD]  # noqa: RUF012 - as a grid wants them
    column_names = [WORD, WORD]  # noqa: RUF012

    def cell(self, row: int, column: int) -> CellView:
        return CellView(WORD, editable=True, edit_text=WORD, right=False)

    def parse(self, row: int, column: int, text: str) -> Parsed:
        return Parsed()

    def key(self, row: int, column: int) -> str:
        return f"{row}/{column}"


def tables() -> dict[str, QTableView]:
    plain = PlainTable("proef")
    plain.show_rows((WORD, WORD), [(WORD, WORD), (WORD, WORD)], left=1)
    listed, model = ListView("proef"), Words((WORD, WORD), frozenset())
    model.rows = ({}, {})
    listed.setModel(model)
    return {"small table": plain, "list": listed, "grid": Grid(GridModel(OneWord()), "proef")}


def ink(image: QImage, area: QRect) -> tuple[int, int]:
    """The first and the last column of an area in which something is written."""
    ground = image.pixelColor(area.center().x(), area.top() + 2).lightness()
    found = [
        x
        for x in range(max(0, area.left()), min(image.width(), area.right()))
        if any(
            abs(image.pixelColor(x, y).lightness() - ground) > 90
            for y in range(area.top() + 5, area.bottom() - 5)
        )
    ]
    return found[0], found[-1]


@pytest.mark.parametrize("name", ["small table", "list", "grid"])
@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_text_stands_under_its_header(name: str, factor: float, qapp: QApplication, qtbot: QtBot) -> None:
    theme.set_zoom(qapp, factor)
    theme.apply(qapp)
    try:
        made = tables()
        for one in made.values():
            qtbot.addWidget(one)
        table = made[name]
        table.resize(520, 200)
        table.show()
        table.setColumnWidth(0, 200)
        table.setColumnWidth(1, 200)
        QApplication.processEvents()
        image, header = table.grab().toImage(), table.horizontalHeader()
        for column in range(2):
            left = table.columnViewportPosition(column)
            head = QRect(header.mapTo(table, QPoint(left, 0)), QSize(200, header.height()))
            at = table.viewport().mapTo(table, QPoint(left, table.rowViewportPosition(1)))
            above, below = ink(image, head), ink(image, QRect(at, QSize(200, table.rowHeight(1))))
            right = name == "small table" and column == 1
            side = 1 if right else 0
            assert abs(above[side] - below[side]) <= 1, (column, above, below)
    finally:
        theme.set_zoom(qapp, 1.0)
        theme.apply(qapp)


def test_commas_stay_in_line_beside_a_mark(view: TenderView) -> None:
    """Marked and unmarked figures of a column end at the same pixel, and no mark touches its figure."""
    view.go_to(2)
    QApplication.processEvents()
    matrix, model = view.comparison.matrix, view.comparison.model
    matrix.clearSelection()
    matrix.setCurrentIndex(model.index(0, 0))
    image = matrix.viewport().grab().toImage()
    column = 3
    left, wide = matrix.columnViewportPosition(column), matrix.columnWidth(column)
    ends = set()
    for place, row in enumerate(model.rows):
        top, high = matrix.rowViewportPosition(place), matrix.rowHeight(place)
        cell = row.cells[column]
        if cell.value is None or top + high > matrix.viewport().height():
            continue
        ends.add(ink(image, QRect(left, top, wide, high))[1])
    assert max(ends) - min(ends) <= 3, ends  # the last digit itself is narrower or wider


def seen(window: MainWindow) -> dict[QWidget, QRect]:
    """Where every widget of the page stands."""
    cards = window.line.cards
    return {
        widget: QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        for widget in window.pages.findChildren(QWidget)
        if widget.isVisible() and widget is not cards and not cards.isAncestorOf(widget)
    }


SHORT = ("Opgeslagen: advies.pdf", ())
LONG = (
    "Dit is een lange zin die niet op één regel past, omdat zij drie dingen uitlegt: wat er is gebeurd, waar dat "
    "was, en wat u nu kunt doen om verder te gaan met deze aanbesteding.",
    ("Zo laten", "Terugzetten", "Later"),
)


@pytest.mark.parametrize("size", [(1366, 768), (911, 442)])
@pytest.mark.parametrize("said", [SHORT, LONG], ids=["a line", "a card"])
def test_a_message_moves_nothing(
    view: TenderView, window: MainWindow, said: tuple[str, tuple[str, ...]], size: tuple[int, int]
) -> None:
    window.resize(*size)
    for step in range(5):
        view.go_to(step)
        settle(window)  # a page that was just made lays itself out in two goes
        before = seen(window)
        text, answers = said
        bar = view.bars.show_bar("proef", text, "warn", [(name, lambda: None) for name in answers])
        QApplication.processEvents()
        assert bar.isVisible()
        assert seen(window) == before, step
        assert window.line.cards.isVisible() == bool(answers)
        bar.close_bar()
        QApplication.processEvents()
        assert seen(window) == before
        assert not window.line.cards.isVisible()


def test_of_several_messages_the_newest_is_shown_and_the_others_are_one_press_away(
    view: TenderView, window: MainWindow
) -> None:
    for number in range(3):
        view.bars.show_bar(f"proef {number}", f"Melding {number}", "info")
    QApplication.processEvents()
    assert [bar.isVisible() for bar in view.bars.bars] == [False, False, True]
    assert window.line.others.text() == "+2"
    QTest.mouseClick(window.line.others, Qt.MouseButton.LeftButton)
    assert all(bar.isVisible() for bar in view.bars.bars)
    QTest.mouseClick(window.line.others, Qt.MouseButton.LeftButton)
    assert [bar.isVisible() for bar in view.bars.bars] == [False, False, True]
    window.line.bars[0].close_bar()
    QApplication.processEvents()
    assert view.bars.bars[-1].isVisible()


def test_what_only_told_something_goes_with_the_page_and_what_asks_stays(view: TenderView) -> None:
    view.go_to(2)
    view.bars.show_bar("told", "Het beeld staat op het klembord.", "info")
    view.bars.show_bar("saved", "Opgeslagen: advies.pdf", "good", [("Openen", lambda: None)])
    view.bars.show_bar("asked", "Bijwerken?", "info", [("Ja", lambda: None)])
    view.go_to(3)
    assert view.bars.texts() == ["Bijwerken?"]


def test_a_line_of_its_own_works_without_a_window(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 300)
    line, messages = MessageLine(page), Messages(page)
    qtbot.addWidget(line)
    line.resize(600, 32)
    line.listen(messages)
    messages.show_bar("een", "Kort", "good")
    assert line.property("kind") == "good"
    messages.clear("een")
    assert line.property("kind") == ""


# --- what says nothing is folded


def row_of(key: str, *cells: MatrixCell) -> MatrixRow:
    return MatrixRow(key, key, "", 0, cells)


def test_only_what_says_nothing_is_folded(view: TenderView) -> None:
    """Columns of the example: reference, design, three bids."""
    found = view.session.comparison
    word = MatrixCell("niet opgegeven", state="not_declared")
    one, two = MatrixCell("1,0", 1.0), MatrixCell("2,0", 2.0)
    assert says_nothing(row_of("gwp", one, two, word, word, word), found)  # no bid says it
    assert says_nothing(row_of("secondary", one, one, one, one, one), found)  # all alike
    assert not says_nothing(row_of("secondary", one, one, word, one, one), found)  # A may well differ
    assert not says_nothing(row_of("secondary", two, one, one, one, one), found)  # the reference differs
    assert not says_nothing(row_of("reused", one, one, word, word, two), found)  # one bid says something else
    for key in NEVER_FOLDED:
        assert not says_nothing(row_of(key, *[word] * 5), found)


def test_the_fold_opens_with_enter_and_loses_nothing(view: TenderView) -> None:
    view.go_to(2)
    page = view.comparison
    everything = [row.key for row in matrix_rows(view.session.comparison)]
    assert [row.key for row in page.model.folded] == ["gwp", "a_to_c", "d"]
    fold = page.model.index(len(page.model.rows), 0)
    assert "CO₂-uitstoot A–C · waarvan A–C" in fold.data()
    page.matrix.setFocus()
    page.matrix.setCurrentIndex(fold)
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    assert [row.key for row in page.model.rows] == everything
    assert page.matrix.currentIndex().row() == len(everything)  # still on the line
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    assert [row.key for row in page.model.rows + page.model.folded] != everything
    assert len(page.model.rows) == len(everything) - 3
    page.copy_table()
    assert len(QApplication.clipboard().text().splitlines()) == len(everything) + 1


# --- the ten seconds


def test_the_summary_says_what_the_matrix_says(view: TenderView) -> None:
    """64.866 of B against 72.872: 8.007 lower, from unrounded values; 64.866 / 72.872 of the longest bar."""
    found = view.session.comparison
    shown = summary(found, matrix_rows(found))
    assert [f"{figure.text}|{figure.caption}" for figure in shown.figures] == [
        "64.866|€ MKI, 8.007 lager",
        "1.171.146,15|€ fictieve prijs, nummer 1",
        "0,6\u00a0%|biobased, van het mengsel",
    ]
    assert [bar.text for bar in shown.bars] == ["69.400", "64.866", "68.723"]
    assert [bar.kind for bar in shown.bars] == ["other", "lowest", "other"]
    assert shown.bars[1].share == pytest.approx(64866 / 72872, abs=1e-4)
    assert shown.line == ("nulvariant 72.872", pytest.approx(1.0))
    assert f"{shown.sentence} {shown.quiet}".endswith("3 van 3 inschrijvingen zijn te vergelijken.")


def test_without_a_lowest_there_are_no_key_figures(view: TenderView) -> None:
    """A bid without an MKI: nobody is known to be lowest, its bar is a word."""
    tender = view.session.tender
    bid = next(variant for variant in tender.variants if variant.role == "bid")
    unknown = replace(
        tender, variants=tuple(replace(v, answers=()) if v is bid else v for v in tender.variants)
    )
    from cirkeldesk.model.comparison.comparison import compare
    from cirkeldesk.operations.workspace import inputs_for

    found = compare(unknown, inputs_for(view.session.workspace, unknown))
    shown = summary(found, matrix_rows(found))
    assert not shown.figures
    assert shown.bars[0].share is None
    assert not shown.bars[0].text.replace(".", "").isdigit()


@pytest.mark.parametrize("bids", [1, 3, 12, 40])
def test_four_bars_at_most_and_the_lowest_among_them(view: TenderView, bids: int) -> None:
    from cirkeldesk.model.comparison.comparison import compare
    from cirkeldesk.operations.workspace import inputs_for

    tender = view.session.tender
    one = next(variant for variant in tender.variants if variant.role == "bid")
    made = tuple(
        replace(one, id=f"bid-{n}", name=f"Inschrijving {n}", price=Decimal(1_000_000 + n), work_mki=None)
        for n in range(bids)
    )
    many = replace(tender, variants=(*(v for v in tender.variants if v.role != "bid"), *made))
    found = compare(many, inputs_for(view.session.workspace, many))
    shown = summary(found, matrix_rows(found))
    assert len(shown.bars) == min(bids, MOST_BARS)
    assert shown.more == max(0, bids - MOST_BARS)


def heads_cut(window: MainWindow) -> list[str]:
    """Heads of the tables on a page that do not show their whole name."""
    metrics = QFontMetrics(theme.sized_font(1.0, bold=True))
    found = []
    for table in window.findChildren(QTableView):
        header, model = table.horizontalHeader(), table.model()
        if not table.isVisible() or not header.isVisible() or isinstance(header, ColumnHead):
            continue  # heads of variants are elided in their middle, with the whole name under the mouse
        room = 2 * (NARROW_PAD if header.property("narrow") else PAD)
        for section in range(header.count()):
            text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
            if not header.isSectionHidden(section):
                needed = metrics.horizontalAdvance(text) + room
                found += [f"{table.accessibleName()}: {text}"] if needed > header.sectionSize(section) else []
    return found


def test_heads_are_whole_and_a_chance_is_seen(window: MainWindow, tmp_path: Path) -> None:
    window.open_example()
    cut: set[str] = set()
    desks = (*desk_pages(window, tmp_path), *monitor_pages(window, tmp_path), *material_pages(window))
    for _, go in (*pages(window), *side_pages(window), *desks):
        go()
        settle(window)
        cut |= set(heads_cut(window))
    assert not cut
    window.show_calendar()
    settle(window)
    table = window.calendar.view
    cells = table.itemDelegate()
    assert isinstance(cells, LinedCell)
    column = next(c for c in range(table.model().columnCount()) if 0 < table.columnWidth(c) <= theme.px(40))
    assert table.fontMetrics().horizontalAdvance("v3") <= table.columnWidth(column) - 2 * cells.pad
