"""Two ways to use the window, and no other: only keys, or only the mouse with typing. Nothing sets focus for
them."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTableView,
    QWidget,
)

from cirkeldesk.desktop.frame.window import MainWindow
from tests.conftest import HANG
from tests.desktop.conftest import type_text

NONE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def settle() -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Keyboard:
    """Keys go where a keyboard's would: to an open menu or list, else to the widget that has the focus."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.pressed = 0

    @property
    def focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is None and not self.window.isActiveWindow():
            # Offscreen nobody gives the window its focus back when a list closes, as a window manager does.
            self.window.activateWindow()
            assert QTest.qWaitForWindowActive(self.window, HANG)
        return popup or QApplication.focusWidget() or self.window

    @property
    def at(self) -> str:
        """What a screen reader would say the focus is on."""
        return self.focus.accessibleName()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.focus, key, modifiers)
            self.pressed += 1
            settle()

    def type(self, text: str, end: Qt.Key | None = None) -> None:
        """In a table the first key opens the editor; in a field what is there is typed over."""
        focus = self.focus
        if isinstance(focus, QLineEdit):
            self.press(Qt.Key.Key_A, CONTROL)
        for sign in text:
            type_text(self.focus, sign)
            self.pressed += 1
        if end is not None:
            self.press(end)

    def tab_to(self, name: str, *, back: bool = False, limit: int = 120) -> None:
        """Tab until the widget of this name has the focus."""
        for _ in range(limit):
            if self.at == name:
                return
            self.press(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, SHIFT if back else NONE)
        raise AssertionError(f"Tab does not reach {name!r}; the focus is at {self.at!r}")

    def choose(self, text: str) -> None:
        """In the list of choices that has the focus: open it, go to the text, Enter."""
        box = self.focus
        assert isinstance(box, QComboBox)
        self.press(Qt.Key.Key_Down, ALT)
        view = box.view()
        assert view.isVisible()
        row = box.findText(text)
        assert row >= 0, [box.itemText(i) for i in range(box.count())]
        by = row - view.currentIndex().row()
        for _ in range(abs(by)):
            QTest.keyClick(view, Qt.Key.Key_Down if by > 0 else Qt.Key.Key_Up)
        QTest.keyClick(view, Qt.Key.Key_Return)
        settle()
        assert box.currentText() == text

    def pick(self, text: str) -> None:
        """In the menu that is open: go to the action whose text begins so, Enter."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in range(60):
            action = menu.activeAction()
            if action is not None and action.text().startswith(text):
                self.press(Qt.Key.Key_Return)
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(f"no {text!r} in the menu")


class Mouse:
    """Clicks on what is seen; typing goes to what the click put the focus on."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.keys = Keyboard(window)

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        assert widget.isVisible(), widget.accessibleName()
        assert widget.isEnabled(), widget.accessibleName()
        shown = widget.visibleRegion().boundingRect()
        assert not shown.isEmpty(), f"{widget.accessibleName()} is scrolled away"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, place or shown.center())
        settle()

    def button(self, name: str, within: QWidget | None = None) -> None:
        """The visible button of this name."""
        found = [
            b
            for b in (within or self.window).findChildren(QAbstractButton)
            if b.isVisible() and b.accessibleName() == name
        ]
        assert len(found) == 1, (name, len(found))
        self.click(found[0])

    def field(self, name: str, text: str, within: QWidget | None = None) -> None:
        """Click a field and type over what is there."""
        found = [
            e
            for e in (within or self.window).findChildren(QLineEdit)
            if e.isVisible() and e.accessibleName() == name
        ]
        assert len(found) == 1, (name, len(found))
        self.wheel_to(found[0])
        self.click(found[0])
        self.keys.type(text)

    def wheel_to(self, widget: QWidget) -> None:
        """Scroll the page until the widget is seen, as the wheel does."""
        parent = widget.parentWidget()
        while parent is not None:
            ensure: Callable[[QWidget], None] | None = getattr(parent, "ensureWidgetVisible", None)
            if ensure is not None:
                ensure(widget)
            parent = parent.parentWidget()
        settle()

    def cell(self, view: QTableView, row: int, column: int) -> None:
        view.scrollTo(view.model().index(row, column))
        self.click(view.viewport(), view.visualRect(view.model().index(row, column)).center())

    def choose(self, box: QComboBox, text: str) -> None:
        """Click the box, then the text in its list."""
        self.wheel_to(box)
        self.click(box)
        QTest.qWait(
            QApplication.doubleClickInterval() + 50
        )  # Qt takes a click sooner for the second half of the first
        view: QAbstractItemView = box.view()
        row = box.findText(text)
        assert row >= 0
        end = time.monotonic() + HANG / 1000
        while (
            view.isVisible()
        ):  # a click that Qt still took for the second half leaves the list open: somebody clicks again
            assert time.monotonic() < end, "the list never closed"
            self.click(view.viewport(), view.visualRect(view.model().index(row, 0)).center())
        assert box.currentText() == text

    def pick(self, text: str) -> None:
        """Click the action in the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(a for a in menu.actions() if a.text().startswith(text))
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NONE, menu.actionGeometry(action).center())
        settle()
