"""Lists and tabs that change by choosing and by nothing else: a slip of the hand writes nothing (HOUSE 8).

Qt's own list takes the wheel, the arrows and every letter for a choice while it is closed. Here the wheel
scrolls the page, and a key opens the list at what it asks for; Enter or a click then chooses, Escape leaves
it as it was. A test sees to it that no other list, number box or tab bar of Qt is made anywhere in the
desktop.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QTabBar, QTabWidget, QWidget

_MOVES = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class ChoiceList(QComboBox):
    """A closed list does not take the wheel, and a key opens it instead of choosing. `entered` is Enter on a
    closed list: in a form that is done with Enter it counts as in any other field."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page below scrolls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        types = plain and event.text().isprintable() and bool(event.text().strip())
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            super().keyPressEvent(event)
        elif plain and event.key() in _MOVES:
            self.showPopup()
        elif types:
            self.showPopup()
            again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QCoreApplication.sendEvent(self.view(), again)  # the open list goes to what is typed
        else:
            super().keyPressEvent(event)


class _StillTabBar(QTabBar):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Tabs(QTabWidget):
    """Tabs that the wheel does not turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabBar(_StillTabBar(self))
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
