"""Ctrl+F: find a text on the page that is shown, in its tables, lists and fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)

from cirkeldesk.desktop.kit.drafts import passing
from cirkeldesk.desktop.kit.widgets import give_focus, lasting, plain_label, tool

MOST = 2000  # places looked at in one table: a list of products has its own search field


@dataclass(frozen=True)
class FoundPlace:
    """Where a text stands: a cell of a view, or a field."""

    widget: QWidget
    index: QModelIndex | None = None

    def go(self) -> None:
        self.widget.setFocus()
        if self.index is not None and isinstance(self.widget, QAbstractItemView):
            self.widget.setCurrentIndex(self.index)
            self.widget.scrollTo(self.index)


def places(page: QWidget, text: str) -> list[FoundPlace]:
    """Everywhere on a page that shows a text, from top to bottom."""
    wanted = text.casefold()
    widgets = [widget for widget in page.findChildren(QWidget) if widget.isVisible()]
    widgets.sort(key=lambda widget: (widget.mapTo(page, widget.rect().topLeft()).y(), widget.x()))
    return [place for widget in widgets for place, shown in _texts(widget) if wanted in shown.casefold()]


def _texts(widget: QWidget) -> Iterator[tuple[FoundPlace, str]]:
    if isinstance(widget, QTreeWidget):
        walk = QTreeWidgetItemIterator(widget)
        while (item := walk.value()) is not None:
            yield (
                FoundPlace(widget, widget.indexFromItem(item)),
                " ".join(item.text(c) for c in range(widget.columnCount())),
            )
            walk += 1
    elif isinstance(widget, QHeaderView):
        return  # what it shows is looked for with its table
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(widget)
    elif isinstance(widget, QLineEdit):
        label = widget.accessibleName()
        yield FoundPlace(widget), f"{label} {widget.text()}"
    elif isinstance(widget, QPlainTextEdit):
        yield FoundPlace(widget), widget.toPlainText()
    elif isinstance(widget, QLabel) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield FoundPlace(widget), widget.text()


def _cells(view: QAbstractItemView) -> Iterator[tuple[FoundPlace, str]]:
    model = view.model()
    if model is None:
        return
    columns = model.columnCount() or 1
    if isinstance(view, QTableView) and view.horizontalHeader().isVisible() and model.rowCount():
        for column in range(columns):
            yield (
                FoundPlace(view, model.index(0, column)),
                str(model.headerData(column, Qt.Orientation.Horizontal) or ""),
            )
    for row in range(min(model.rowCount(), MOST // columns + 1)):
        named = isinstance(view, QTableView) and view.verticalHeader().isVisible()
        name = str(model.headerData(row, Qt.Orientation.Vertical) or "") if named else ""
        for column in range(columns):
            index = model.index(row, column)
            head = f"{name} " if column == 0 else ""
            yield FoundPlace(view, index), head + str(index.data() or "")


class FindBar(QFrame):
    """Below the page: Enter goes to the next place, Shift+Enter back, Esc closes."""

    closed = Signal()

    def __init__(self, page: Callable[[], QWidget | None]) -> None:
        """`page` gives what is shown at the moment: a step further another page is searched."""
        super().__init__()
        self.setObjectName("bar")
        self._page = page
        self._places: list[FoundPlace] = []
        self._before: QWidget | None = None
        self._at = -1
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        self.field = passing(QLineEdit())
        self.field.setAccessibleName("Zoek op deze pagina")
        self.field.setPlaceholderText("Zoek op deze pagina")
        self.field.setMaximumWidth(320)
        self.field.textChanged.connect(self._look)
        row.addWidget(self.field)
        self.count = plain_label()
        row.addWidget(self.count)
        row.addWidget(tool("Vorige", lambda: self.step(-1)))
        row.addWidget(tool("Volgende", lambda: self.step(1)))
        row.addStretch(1)
        row.addWidget(tool("Sluiten", self.close_bar, icon="close"))
        self.hide()

    def open(self) -> None:
        if not self.isVisible():
            self._before = lasting(QApplication.focusWidget())
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._look()

    def _look(self) -> None:
        text = self.field.text().strip()
        self._at = -1
        self._find(text)
        self._tell()

    def _find(self, text: str) -> None:
        page = self._page()
        self._places = places(page, text) if page is not None and text else []

    def step(self, by: int) -> None:
        """To the next place; the focus stays here until the bar closes, so that Enter goes on."""
        self._find(self.field.text().strip())  # the page may show another table by now
        if not self._places:
            self._tell()
            return
        self._at = (self._at + by) % len(self._places)
        self._places[self._at].go()
        self.field.setFocus()
        self._tell()

    def _tell(self) -> None:
        if not self.field.text().strip():
            self.count.setText("")
        elif not self._places:
            self.count.setText("Niets gevonden op deze pagina.")
        else:
            self.count.setText(
                f"{self._at + 1} van {len(self._places)}"
                if self._at >= 0
                else f"{len(self._places)} gevonden"
            )
        self.field.setAccessibleDescription(self.count.text())

    def close_bar(self) -> None:
        self.hide()
        self._find(self.field.text().strip())
        if 0 <= self._at < len(self._places):
            self._places[self._at].go()
        else:
            give_focus(self._before)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)
