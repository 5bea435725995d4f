"""The real window, offscreen, on its own file. Tests fail on any Qt warning."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.application import application
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.tender.made_ahead import PAUSE
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.workspace import Workspace, open_workspace
from tests.conftest import HANG
from tools.watchdog import WatchedApplication

NEVER = 10**9  # ms


@pytest.fixture
def watched(qapp: WatchedApplication) -> WatchedApplication:
    return qapp


@pytest.fixture(autouse=True)
def _windows_go() -> Iterator[None]:
    """Windows of a test are really gone after it; else every next one would style all of them again."""
    before = set(QApplication.topLevelWidgets()) if QApplication.instance() else set()
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert set(QApplication.topLevelWidgets()) <= before


@pytest.fixture
def database(tmp_path: Path, new_file: bytes) -> Path:
    path = tmp_path / "venster.db"
    path.write_bytes(new_file)
    return path


@pytest.fixture
def window(qtbot: QtBot, database: Path) -> Iterator[MainWindow]:
    application()
    with open_workspace(database) as workspace:
        yield opened(qtbot, workspace)


def opened(qtbot: QtBot, workspace: Workspace) -> MainWindow:
    """A window that makes nothing ahead: the pages of a tender are made when a test opens one."""
    made = MainWindow(workspace, Settings())
    made.ahead.setInterval(NEVER)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made, HANG)
    made.guard.first.stop()  # a back-up of its own accord is asked for by the tests of back-ups
    return made


def make_ahead(window: MainWindow) -> None:
    """From here on pages are made ahead, as they are for people."""
    window.ahead.setInterval(PAUSE)
    window.ahead.start()


def main_window(part: QWidget) -> MainWindow:
    """The window a page is in."""
    window = part.window()
    assert isinstance(window, MainWindow)
    return window


def wait_idle(window: MainWindow) -> None:
    """Until the worker has nothing left and its results were shown."""
    end = time.monotonic() + HANG / 1000
    while window.worker.is_busy:
        assert time.monotonic() < end, "the worker hangs"
        time.sleep(0.01)
        QApplication.processEvents()
    QApplication.processEvents()


def press(widget: QWidget, sign: str) -> None:
    """One ASCII key, by its character."""
    QTest.keyClick(widget, sign)  # type: ignore[call-overload]


def type_text(widget: QWidget, text: str) -> None:
    """Type as a person does; characters outside ASCII go in by insert, as QTest cannot send them."""
    for sign in text:
        if sign.isascii():
            press(widget, sign)
        else:
            widget.insert(sign)  # type: ignore[attr-defined]


def focus_editor(grid: Grid) -> QWidget:
    editor = QApplication.focusWidget()
    assert editor is not None
    assert grid.isAncestorOf(editor)
    assert editor.isVisible()
    return editor


def type_in_cell(grid: Grid, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type over the current cell and leave it with Enter or Tab."""
    # Offscreen nobody gives the window its focus back when a list of suggestions closes, as a window manager
    # does.
    if not grid.window().isActiveWindow():
        grid.window().activateWindow()
        assert QTest.qWaitForWindowActive(grid.window(), HANG)
    grid.setFocus()
    press(grid, text[0])
    editor = focus_editor(grid)
    type_text(editor, text[1:])
    QTest.keyClick(editor, end)
    QApplication.processEvents()
    QApplication.sendPostedEvents(
        None, QEvent.Type.DeferredDelete.value
    )  # the event loop does this; a test has none


def click(made: QPushButton) -> None:
    assert made.isVisible()
    assert made.isEnabled()
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def fill(field: TextField, text: str) -> None:
    """Type over a field and leave it with Enter."""
    assert field.isVisible()
    field.edit.setFocus()
    field.edit.selectAll()
    field.edit.insert(text)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)


def choose(choice: Choice, value: object) -> None:
    assert choice.isVisible()
    choice.show_value(value)
    choice.chosen.emit(value)


def no_dialog() -> bool:
    return QApplication.activeModalWidget() is None
