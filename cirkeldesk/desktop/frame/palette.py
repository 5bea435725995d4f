"""Ctrl+K: search over everything in the file and everything the program can do, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.drafts import passing
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import give_focus, lasting, muted
from cirkeldesk.operations.search import rank

PAUSE = 60  # ms without typing before it searches: less than anybody notices
MOST = 40
EMPTY = "Niets gevonden voor “{text}”. Gezocht in titel, nummer, product, leverancier, acties en hulp."


@dataclass(frozen=True)
class PaletteEntry:
    """Something to go to or to do. `kind` is the word before it, `note` what stands after it."""

    kind: str
    text: str
    run: Callable[[], object]
    note: str = ""


class Palette(QFrame):
    """A field with a list below it, over the page; Esc closes it and the focus goes back."""

    def __init__(self, window: QWidget, find: Callable[[str], Sequence[PaletteEntry]]) -> None:
        super().__init__(window)
        self._window, self._find = window, find
        self._before: QWidget | None = None
        self._choices: list[PaletteEntry] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.search)
        self.setObjectName("bar")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        self.field = passing(QLineEdit())
        self.field.setAccessibleName("Zoek overal")
        self.field.setPlaceholderText("Zoek een aanbesteding, product, leverancier, actie of hulp")
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self.list = QListWidget()
        self.list.setAccessibleName("Gevonden")
        self.list.itemActivated.connect(lambda item: self._run(self.list.row(item)))
        self.list.itemClicked.connect(lambda item: self._run(self.list.row(item)))
        column.addWidget(self.list, 1)
        self.none = muted()
        column.addWidget(self.none)
        self.hide()

    def open(self) -> None:
        if not self.isVisible():
            self._before = lasting(QApplication.focusWidget())
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()
        self.search()

    def place(self) -> None:
        window = self._window
        width = min(theme.px(640), window.width() - 32)
        self.setGeometry((window.width() - width) // 2, 48, width, min(theme.px(420), window.height() - 64))

    def search(self) -> None:
        self._pause.stop()
        text = self.field.text()
        self._choices = sorted(
            self._find(text), key=lambda choice: rank(text, choice.text) if text.strip() else 0
        )[:MOST]
        self.list.clear()
        for choice in self._choices:
            note = f"  ({choice.note})" if choice.note else ""
            item = QListWidgetItem(f"{choice.kind}: {choice.text}{note}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._choices))
        self.none.setText(EMPTY.format(text=text))
        self.none.setVisible(not self._choices)

    def texts(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _run(self, row: int) -> None:
        if self._pause.isActive():  # Enter pressed faster than the pause: what was typed counts
            self.search()
            row = 0
        if 0 <= row < len(self._choices):
            choice = self._choices[row]
            self.close_palette()
            choice.run()

    def close_palette(self) -> None:
        before, self._before = self._before, None
        self.hide()
        give_focus(before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while the cursor stays in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            count, row = self.list.count(), self.list.currentRow()
            moves = {
                Qt.Key.Key_Down: row + 1,
                Qt.Key.Key_Up: row - 1,
                Qt.Key.Key_PageDown: row + 8,
                Qt.Key.Key_PageUp: row - 8,
            }
            if event.key() in moves and count:
                self.list.setCurrentRow(max(0, min(count - 1, moves[Qt.Key(event.key())])))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(row)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            super().keyPressEvent(event)
