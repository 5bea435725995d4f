"""Judging in the row: choose, look at the reason, press; and on to the next bid that waits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.award.award import BidResult
from cirkeldesk.operations.award.awards import lock_rules, open_bids
from tests.desktop.conftest import main_window
from tests.desktop.hands import Keyboard

pytestmark = pytest.mark.window


@pytest.fixture
def opened(window: MainWindow) -> TenderView:
    """The example, locked and opened, nothing judged."""
    store, workspace = window.workspace.store, window.workspace
    store._clock = lambda: "2026-12-01T09:00:00+00:00"
    window.open_example()
    lock_rules(workspace, "voorbeeld", "2026-11-30", "Leidraad 1.0")
    store._clock = lambda: "2026-12-14T09:00:00+00:00"
    open_bids(workspace, "voorbeeld", "twee collega's (verzonnen)")
    window.open_tender("voorbeeld")
    view = window.view
    assert view is not None
    view.go_to(3)
    QApplication.processEvents()
    return view


def bids(view: TenderView) -> tuple[BidResult, ...]:
    found = view.session.award
    assert found is not None
    return found.bids


def choose(opened: TenderView, box: ChoiceList, text: str) -> QWidget:
    """With the keys, from the row. Returns where the keys are afterwards."""
    keys = Keyboard(main_window(opened))
    box.setFocus()
    keys.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    for _ in range(box.findText(text) - box.view().currentIndex().row()):
        QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    return keys.focus


def test_three_bids_are_judged_in_six_acts(opened: TenderView) -> None:
    table, panel = opened.award.table, opened.award.bid
    for done in range(3):
        waiting = [bid.validity == "open" for bid in bids(opened)]
        box = table.judge_box(waiting.index(True))
        assert box is not None
        if done:
            assert Keyboard(main_window(opened)).focus is box  # the judgement before brought us here
        assert choose(opened, box, "geldig") is panel.judge_button
        assert panel.reason.edit.text() == "volledig en op tijd"
        QTest.keyClick(panel.judge_button, Qt.Key.Key_Space)
        QApplication.processEvents()
    assert [bid.validity for bid in bids(opened)] == ["valid"] * 3
    assert opened.award.hero.judged.text() == "3 van 3 beoordeeld"
    assert opened.award.hero.advice.isVisible()


def test_only_what_is_usual_is_written_for_you(opened: TenderView) -> None:
    """Why a bid is not valid is for a person to write; and choosing alone decides nothing."""
    table, panel = opened.award.table, opened.award.bid
    box = table.judge_box(0)
    assert box is not None
    assert choose(opened, box, "ongeldig") is panel.reason.edit
    assert panel.reason.edit.text() == ""
    assert all(bid.judgement is None for bid in bids(opened))
    assert box.currentIndex() == -1  # the row says what was decided: nothing yet


def test_the_wheel_over_a_row_judges_nothing(opened: TenderView) -> None:
    box = opened.award.table.judge_box(0)
    assert box is not None
    assert box.focusPolicy() == Qt.FocusPolicy.StrongFocus
    before = box.currentIndex()
    QTest.keyClick(box, Qt.Key.Key_Up)  # opens the list
    box.hidePopup()
    assert box.currentIndex() == before


def test_second_lines_are_read_aloud_too(opened: TenderView) -> None:
    """What is drawn as a second line, or only drawn, is said: MKI, difference, the way on the scale."""
    table = opened.award.table
    model, roles = table.texts, Qt.ItemDataRole.AccessibleTextRole
    said = " ".join(str(model.data(model.index(0, c), roles)) for c in range(model.columnCount()))
    for text in ("64.866", "1.171.146,15", "93.853,85", "1.265.000,00"):
        assert text in said
