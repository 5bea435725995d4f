"""A slip of the hand changes nothing: lists and tabs that change by choosing alone, and none that could come
in beside them."""

from __future__ import annotations

import ast
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.calendar.reading import CalendarImport
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.tender.steps import TenderStep
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender import tenders
from tests.conftest import ROOT
from tests.desktop.conftest import press, type_in_cell, wait_idle
from tests.exchange.calendars import lines, workbook

# What the wheel, a letter or an arrow changes while it only has the pointer or the focus.
BARE = {
    "QComboBox",
    "QFontComboBox",
    "QSpinBox",
    "QDoubleSpinBox",
    "QDateEdit",
    "QTimeEdit",
    "QDateTimeEdit",
    "QSlider",
    "QDial",
    "QTabWidget",
    "QTabBar",
    "QCalendarWidget",
}


def turn_wheel(widget: QWidget, by: int) -> bool:
    """A turn of the wheel over a widget; whether it took it for itself."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_no_bare_list_is_made_anywhere() -> None:
    found = []
    for file in sorted((ROOT / "cirkeldesk" / "desktop").rglob("*.py")):
        if file.name == "choices.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, (ast.Call, ast.ClassDef)):
                continue
            for name in [node.func] if isinstance(node, ast.Call) else node.bases:
                made = (
                    name.attr
                    if isinstance(name, ast.Attribute)
                    else name.id
                    if isinstance(name, ast.Name)
                    else ""
                )
                if made in BARE:
                    found.append(f"{file.relative_to(ROOT)}:{node.lineno} {made}")
    assert found == []


def everything(window: MainWindow) -> None:
    """Every page made, with a tender open and every part unfolded."""
    window.open_example()
    assert window.view is not None
    window.view.ask.criteria.fold.setChecked(True)
    window.view.variants.open_product(window.view.session.tender.products[0].id)
    window.show_calendar()
    window.calendar.add_row()
    window.show_reference()
    QApplication.processEvents()


def test_no_wheel_and_no_key_changes_a_closed_list(window: MainWindow) -> None:
    everything(window)
    boxes = window.findChildren(QComboBox)
    assert len(boxes) > 50
    assert all(isinstance(box, ChoiceList) for box in boxes)
    assert window.findChildren(QAbstractSpinBox) == []
    chosen: list[str] = []
    for box in boxes:
        box.activated.connect(partial(lambda name, _: chosen.append(name), box.accessibleName()))
        before = box.currentIndex()
        for by in (120, -120, -120):
            assert not turn_wheel(box, by), box.accessibleName()  # so that the page below it scrolls
        assert box.currentIndex() == before
        assert (
            not box.focusPolicy() & Qt.FocusPolicy.WheelFocus
            or box.focusPolicy() == Qt.FocusPolicy.StrongFocus
        )
    tabs = window.findChildren(QTabBar)
    assert tabs
    for bar in tabs:
        before = bar.currentIndex()
        turn_wheel(bar, -120)
        assert bar.currentIndex() == before
    assert chosen == []
    sliders = [
        one
        for one in window.findChildren(QAbstractSlider)
        if type(one).__name__ not in ("QScrollBar", "QAbstractSlider")
    ]
    assert sliders == []


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_N, Qt.Key.Key_PageDown]
)
def test_a_key_opens_the_list_and_enter_chooses(qtbot: QtBot, key: Qt.Key) -> None:
    box = ChoiceList()
    qtbot.addWidget(box)
    box.addItems(["ja", "nee", "onbekend"])
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    with qtbot.waitExposed(box):
        box.show()
    box.setFocus()
    QTest.keyClick(box, key)
    assert box.view().isVisible()
    assert (box.currentText(), chosen) == ("ja", [])
    QTest.keyClick(box.view(), Qt.Key.Key_Escape)
    assert (box.currentText(), chosen) == ("ja", [])
    QTest.keyClick(box, Qt.Key.Key_N)  # the open list goes to what is typed
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert (box.currentText(), chosen) == ("nee", [1])


def test_typing_ahead_takes_no_field_from_another_column(window: MainWindow, tmp_path: Path) -> None:
    """Expert E2: on the way to *Procedure* the letters passed *Projectleider*, which another column had."""
    path = tmp_path / "kalender.xlsx"
    path.write_bytes(workbook(lines(12)[0])[0])
    window.show_calendar()
    window.calendar.read(path)
    wait_idle(window)
    page: CalendarImport = window.calendar.reading
    before = dict(page.columns)
    boxes = [choice.box for choice in page.choices.values()]
    assert len(boxes) > 5
    for box in boxes:
        box.setFocus()
        for sign in (Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_Down, Qt.Key.Key_Down):
            focus = QApplication.activePopupWidget() or box
            QTest.keyClick(box.view() if box.view().isVisible() else focus, sign)
        QTest.keyClick(box.view(), Qt.Key.Key_Escape)
    assert dict(page.columns) == before


def test_scrolling_a_locked_tender_leaves_no_trace(window: MainWindow) -> None:
    window.open_example()
    assert window.view is not None
    session = window.view.session
    session.act(lambda: awards.lock_rules(session.workspace, session.identity, "2026-11-03", "Leidraad"))
    window.view.go_to(0)
    with window.workspace.unit() as unit:
        before = len(unit.steps.rows())
    for box in window.view.ask.findChildren(QComboBox):
        turn_wheel(box, -120)
        turn_wheel(box, 120)
    with window.workspace.unit() as unit:
        assert len(unit.steps.rows()) == before


def test_the_evidence_beside_a_product_is_of_its_own_bid(window: MainWindow) -> None:
    """Window 2: hiding the table made Qt look for the next focus, which the table took for Tab."""
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(1)
    variants = view.session.tender.variants
    for column, variant in enumerate(variants, 1):
        local = [
            answer.product
            for answer in variant.answers
            if answer.product is not None and answer.product.is_local
        ]
        if not local:
            continue
        view.variants.grid.setFocus()
        view.variants.grid.go_to(2, column)
        view.variants.open_product(local[0].id)
        QApplication.processEvents()
        assert view.variants.panel.variant_id == variant.id
        assert view.variants.panel.note.text() == f"Geldt voor alle posten van {variant.name}."
        view.variants.close_form()


def test_a_typed_figure_stays_while_the_table_below_is_shown_anew(window: MainWindow) -> None:
    """A job that ends, or a button elsewhere, refreshes the table: what is being typed is not put back to
    what is stored."""
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(1)
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(next(i for i, row in enumerate(view.variants._rows()) if row.kind == "price"), 3)
    press(grid, "7")
    editor = grid.editor
    assert editor is not None
    press(editor, "7")
    view.variants.refresh()
    assert editor.text() == "77"
    tenders.edit_tender(
        window.workspace,
        view.session.identity,
        edits.add_variant(edits.next_variant(view.session.tender, "bid")),
    )
    view.session.reload()  # another column: the table is made anew, and the editor with it
    wrong = view.variants.model.wrong
    assert [cell.text for cell in wrong.values()] in ([], ["77"])
    price = view.session.tender.variants[2].price
    assert price is not None
    type_in_cell(grid, "1240000")


def test_escape_in_the_title_brings_the_old_one_back(window: MainWindow) -> None:
    window.open_example()
    assert window.view is not None
    window.view.go_to(TenderStep.ASK)
    field, before = window.view.ask.title, window.view.session.tender.title
    steps = steps_of(window)
    field.edit.setFocus()
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "iets anders")
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert field.edit.text() == before
    window.view.ask.grid.setFocus()
    assert window.view.session.tender.title == before
    assert steps_of(window) == steps


def test_undo_takes_a_refused_text_back_before_any_step(window: MainWindow) -> None:
    """What was refused stands there in red and was no step: the first undo is for it, the next one for what
    was done before."""
    window.open_example()
    assert window.view is not None
    session, ask = window.view.session, window.view.ask
    window.view.go_to(TenderStep.ASK)
    before = ask.title.edit.text()
    session.commit(edits.set_field("title", "Eerst dit", "titel"))
    ask.closes.edit.setFocus()
    ask.closes.edit.selectAll()
    QTest.keyClicks(ask.closes.edit, "morgen")
    QTest.keyClick(ask.closes.edit, Qt.Key.Key_Return)
    assert ask.closes.is_wrong
    window.undo()
    assert not ask.closes.is_wrong
    assert ask.closes.edit.text() != "morgen"
    assert session.tender.title == "Eerst dit"
    window.undo()
    assert session.tender.title == before


@pytest.mark.parametrize(
    ("width", "height"), [(1366, 768), (1280, 720), (1024, 600), (2560, 1440), (800, 480)]
)
def test_a_window_is_wholly_inside_any_screen(window: MainWindow, width: int, height: int) -> None:
    window.resize(1500, 1000)
    window.move(-300, 700)
    screen = QRect(0, 0, width, height)
    window.fit_in(screen)
    smallest = window.minimumSizeHint()
    if smallest.width() <= width and smallest.height() <= height:
        assert screen.contains(window.geometry())


def steps_of(window: MainWindow) -> int:
    with window.workspace.unit() as unit:
        return len(unit.steps.rows())
