"""A key that is held acts once where it makes or takes away a thing. A busy display sends its letting go and
pressing so far apart that Qt calls the press new; both carry the same moment, and that is what counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from cirkeldesk.desktop.frame.actions import ACTIONS
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.operations.tender.tenders import tender_list

pytestmark = pytest.mark.window

CONTROL = Qt.KeyboardModifier.ControlModifier


def key(kind: QEvent.Type, which: Qt.Key, moment: int) -> QKeyEvent:
    event = QKeyEvent(kind, which, CONTROL)
    event.setTimestamp(moment)
    return event


def hold(window: MainWindow, at: QWidget, which: Qt.Key, times: int) -> None:
    """A key goes down once and is held, as an X server tells it and as Qt calls it on a busy machine: none
    of the presses a repeat."""
    handle = window.windowHandle()
    moment = 1000
    for _ in range(times):
        QApplication.sendEvent(at, key(QEvent.Type.ShortcutOverride, which, moment))
        for action in ACTIONS:
            if which == Qt.Key.Key_N and action.keys == "Ctrl+N":
                window._by_key(action)
        if which == Qt.Key.Key_Delete:
            QApplication.sendEvent(at, key(QEvent.Type.KeyPress, which, moment))
        moment += 40
        QCoreApplication.sendEvent(handle, key(QEvent.Type.KeyRelease, which, moment))
    QApplication.processEvents()


@pytest.mark.parametrize("times", [1, 2, 11])
def test_a_held_key_takes_one_variant_away(window: MainWindow, times: int) -> None:
    window.open_example()
    assert window.view is not None
    window.view.go_to(1)
    session, grid = window.view.session, window.view.variants.grid
    before = len(session.tender.variants)
    grid.setFocus()
    grid.go_to(1, 2)
    hold(window, grid, Qt.Key.Key_Delete, times)
    assert len(session.tender.variants) == before - 1


def test_pressed_twice_takes_two_away(window: MainWindow) -> None:
    window.open_example()
    assert window.view is not None
    window.view.go_to(1)
    session, grid = window.view.session, window.view.variants.grid
    before = len(session.tender.variants)
    for moment in (1, 2):
        grid.setFocus()
        grid.go_to(1, 1)
        handle = window.windowHandle()
        QApplication.sendEvent(grid, key(QEvent.Type.KeyPress, Qt.Key.Key_Delete, 1000 * moment))
        QCoreApplication.sendEvent(handle, key(QEvent.Type.KeyRelease, Qt.Key.Key_Delete, 1000 * moment + 90))
    assert len(session.tender.variants) == before - 2


@pytest.mark.parametrize("times", [1, 2, 11])
def test_a_held_key_makes_one_tender(window: MainWindow, times: int) -> None:
    window.show_list()
    before = len(tender_list(window.workspace))
    hold(window, window, Qt.Key.Key_N, times)
    assert len(tender_list(window.workspace)) == before + 1
