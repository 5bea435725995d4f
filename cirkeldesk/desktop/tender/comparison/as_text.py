"""Lees als tekst: the comparison as plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.widgets import button, heading, tool


class TextPage(QWidget):
    """*Lees als tekst*: the comparison as text to read, to print in Braille or to mail."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        top = QHBoxLayout()
        top.addWidget(tool("Terug", self.closed.emit, icon="back"))
        top.addWidget(heading("Vergelijking als tekst", 1.15), 1)
        top.addWidget(
            button("Kopieer tekst", lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        )
        column.addLayout(top)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("Vergelijking als tekst")
        column.addWidget(self.text, 1)

    def show_text(self, text: str) -> None:
        if text != self.text.toPlainText():
            self.text.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
