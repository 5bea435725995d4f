"""The panel beside the page (in its place in a narrow window): help, history, what ran and what went
wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import give_focus, heading, lasting, tool

WIDTH = 360


class SidePanel(QFrame):
    """One view at a time, with its name above it. Esc or Terug closes it; the focus goes back to where it
    was."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._before: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        top = QHBoxLayout()
        self.title = heading("", 1.15)
        top.addWidget(self.title, 1)
        self.back = tool("Terug", self.close_panel, icon="back")
        top.addWidget(self.back)
        column.addLayout(top)
        self.views = QStackedWidget()
        column.addWidget(self.views, 1)
        self.hide()

    def show_view(self, view: QWidget, title: str) -> None:
        if not self.isVisible():
            self._before = lasting(QApplication.focusWidget())
        self.title.setText(title)
        self.setAccessibleName(title)
        self.views.setCurrentWidget(view)
        self.show()

    @property
    def view(self) -> QWidget | None:
        return self.views.currentWidget() if self.isVisible() else None

    def set_beside(self, beside: bool) -> None:
        if beside:
            theme.keep_width(self, WIDTH)
        else:
            self.setProperty("zoom_width", None)
            self.setMinimumWidth(0)
            self.setMaximumWidth(16777215)

    def close_panel(self) -> None:
        before, self._before = self._before, None
        self.hide()
        self.closed.emit()
        give_focus(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
