"""What a second reader found in the new window, each as its kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.explain.label import WhyButton, explain_at
from cirkeldesk.desktop.kit.explain.popover import Popover
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.tender.variants.dropping import take_dropped
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from cirkeldesk.operations.award.awards import lock_rules
from cirkeldesk.operations.workspace import inputs_for
from cirkeldesk.wording.comparison.rows import matrix_rows
from cirkeldesk.wording.comparison.summary import concluded, summary

pytestmark = pytest.mark.window
THREE = ("Opnieuw proberen", "Op een andere plek bewaren", "Doorgaan zonder deze wijzigingen")
TEXT = "De schijf is vol. Wat u typte, is nog niet opgeslagen. Maak ruimte, of kies een andere plek."


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    window.open_example()
    assert window.view is not None
    return window.view


def compared(view: TenderView, tender: Tender) -> Comparison:
    return compare(tender, inputs_for(view.session.workspace, tender))


def dearer(tender: Tender, times: float) -> Tender:
    """Every bid's MKI so many times as high: designs and the reference are lower then."""
    variants = tuple(
        replace(
            variant,
            answers=tuple(
                replace(a, mki=OfferedMki(total=(a.mki.total or 0.0) * times)) if a.mki is not None else a
                for a in variant.answers
            ),
        )
        if variant.is_bid
        else variant
        for variant in tender.variants
    )
    return replace(tender, variants=variants)


@pytest.mark.parametrize("times", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("kept", [1, 2, 3])
def test_the_figures_at_the_top_are_of_whom_the_sentence_names(
    view: TenderView, times: float, kept: int
) -> None:
    tender = dearer(view.session.tender, times)
    bids = {variant.id for variant in tender.bids[:kept]}
    left = replace(tender, variants=tuple(v for v in tender.variants if not v.is_bid or v.id in bids))
    found = compared(view, left)
    rows = matrix_rows(found)
    shown, chosen = summary(found, rows), concluded(found)
    assert chosen is not None
    assert chosen.name in shown.sentence
    place = found.variants.index(chosen)
    totals = next(row for row in rows if row.key == "total")
    assert shown.figures[0].text == totals.cells[place].text
    assert [bar.name for bar in shown.bars if bar.kind == "lowest"] == ([chosen.name] if kept > 1 else [])


@pytest.mark.parametrize("size", [(1366, 768), (911, 442)])
def test_a_question_with_three_answers_can_be_read_and_answered(
    view: TenderView, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    bar = view.bars.show_bar("vol", TEXT, "error", [(name, lambda: None) for name in THREE], closable=False)
    QApplication.processEvents()
    assert bar.isVisible()
    for made in bar.findChildren(QPushButton):
        assert made.width() >= made.sizeHint().width()
        assert window.rect().contains(made.mapTo(window, made.rect().center()))
    label = next(one for one in bar.findChildren(QLabel) if one.text() == TEXT)
    assert label.width() > 300
    assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("size", [(1366, 768), (911, 700), (683, 700)])
def test_a_question_is_seen_beside_help_too(
    view: TenderView, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.show_help()
    QApplication.processEvents()
    bar = view.bars.show_bar("vol", TEXT, "error", [(name, lambda: None) for name in THREE], closable=False)
    QApplication.processEvents()
    assert bar.isVisible()


def test_names_that_were_said_go_when_names_are_hidden(view: TenderView, window: MainWindow) -> None:
    view.bars.show_bar(
        "removed", "Jansen Wegen BV (verzonnen) is verwijderd.", "info", [("Terug", lambda: None)]
    )
    window.bars.show_bar("told", "Jansen Wegen BV (verzonnen) is ingelezen.", "good")
    window.hide_names()
    assert not any("Jansen" in text for text in (*view.bars.texts(), *window.bars.texts()))


def test_dropped_names_of_files_are_names_too(
    window: MainWindow, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bod")
    files = [folder / "Bod Jansen (verzonnen).txt", folder / "Bod Pietersen (verzonnen).txt"]
    for file in files:
        file.write_text("x", encoding="utf-8")
    bars = Messages(window)
    take_dropped(files, lambda _: None, None, bars, names_hidden=True)
    assert bars.texts() == ["Niet gelezen: 2 bestanden. Sleep één bestand naar één cel."]


@pytest.mark.parametrize("how", ["an answer", "Esc", "closed"])
def test_the_keys_go_back_to_the_work(view: TenderView, how: str) -> None:
    view.go_to(1)
    grid = view.variants.grid
    grid.setFocus()
    bar = view.bars.show_bar("proef", "Bijwerken?", "info", [("Later", lambda: None)])
    QApplication.processEvents()
    bar.buttons[0].setFocus()
    if how == "an answer":
        QTest.keyClick(bar.buttons[0], Qt.Key.Key_Space)
    elif how == "Esc":
        QTest.keyClick(bar, Qt.Key.Key_Escape)
    else:
        bar.close_bar()
    QApplication.processEvents()
    assert QApplication.focusWidget() is grid
    assert not view.bars.bars


def test_a_press_on_a_pinned_sum_is_one_on_that_sum(view: TenderView, window: MainWindow) -> None:
    window.resize(1100, 480)
    view.go_to(1)
    QApplication.processEvents()
    grid = view.variants.grid
    assert grid.pinned.rows
    row = grid.pinned.rows[0]
    x = grid.viewport().geometry().left() + grid.columnViewportPosition(3) + 20
    QTest.mouseClick(grid.pinned, Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (row, 3)


def test_each_field_has_its_own_explanation_or_none(view: TenderView, window: MainWindow) -> None:
    view.make()
    for step in range(5):
        view.go_to(step)
        fields: list[tuple[QWidget, QWidget]] = [(f, f.edit) for f in view.findChildren(TextField)]
        fields += [(choice, choice.box) for choice in view.findChildren(Choice)]
        for field, inner in fields:
            own = field.findChildren(WhyButton)
            opened = explain_at(inner)
            popover = window.findChild(Popover)
            assert opened is bool(own), inner.accessibleName()
            if opened and popover is not None:
                assert popover.title.text() == own[0].word.word
                popover.hide()


def test_an_explanation_goes_with_its_page(view: TenderView, window: MainWindow) -> None:
    view.go_to(0)
    view.ask.show_asked()
    view.ask.rule.box.setFocus()
    window.explain()
    popover = window.findChild(Popover)
    assert popover is not None
    assert popover.isVisible()
    window.show_list()
    assert not popover.isVisible()


def test_the_list_tells_number_group_and_day_to_who_listens(view: TenderView, window: MainWindow) -> None:
    window.show_list()
    model = window.tenders.model
    said = model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Groot onderhoud provinciale weg N000 (voorbeeld), VOORBEELD-001 · Asfalt"
    window.new_tender()
    window.show_list()
    place = next(row for row in range(model.rowCount()) if not model.text(row, 1))
    said = model.data(model.index(place, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert model.text(place, 0) in said


@pytest.mark.parametrize("size", [(1280, 735), (1366, 768), (1920, 1000)])
def test_the_question_of_a_lock_shows_its_buttons_whole(
    view: TenderView, window: MainWindow, size: tuple[int, int]
) -> None:
    """A closing day brought forward: four fields, what it does to the ranking, and two buttons."""
    window.resize(*size)
    lock_rules(window.workspace, "voorbeeld", "2026-11-03", "Leidraad 1.0 (verzonnen)")
    window.open_tender("voorbeeld")
    view = window.view if window.view is not None else view
    view.go_to(0)
    field = view.ask.closes
    field.edit.setFocus()
    field.edit.selectAll()
    QTest.keyClicks(field.edit, "05-12-2026")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    QApplication.processEvents()
    asked = view.counter_act
    assert asked.isVisible()
    made = asked.keep
    bottom = made.mapTo(asked, made.rect().bottomLeft()).y()
    assert bottom < asked.height()
    assert made.height() >= made.sizeHint().height()
