"""Sums that stay in sight at the bottom of a grid while their own rows are scrolled away.

Painted only: who listens finds them where they are, once.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from cirkeldesk.desktop.kit.grid.model import GridModel
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import LinedCell
from cirkeldesk.desktop.kit.look.heads import paint_row_head, row_words


class PinnedRows(QWidget):
    """Lies over the bottom of the grid. A press on it is one on the row it shows: `pressed(row, column)`."""

    pressed = Signal(int, int)

    def __init__(self, grid: QTableView, model: GridModel) -> None:
        super().__init__(grid)
        self._grid, self._model = grid, model
        self._rows: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for told in (grid.verticalScrollBar().valueChanged, grid.horizontalScrollBar().valueChanged):
            told.connect(lambda _: self.place())
        for changed in (model.modelReset, model.dataChanged):
            changed.connect(lambda *_: self.place())
        self.hide()

    @property
    def rows(self) -> list[int]:
        """The rows that are shown here now."""
        return self._rows if self.isVisible() else []

    @property
    def high(self) -> int:
        """What the strip covers of the grid."""
        return self.height() if self.isVisible() else 0

    def place(self) -> None:
        grid, sheet, viewport = self._grid, self._model.sheet, self._grid.viewport()
        sums = [row for row in range(self._model.rowCount()) if sheet.weight(row) in ("sum", "total")]
        below = [
            row for row in sums if grid.rowViewportPosition(row) + grid.rowHeight(row) > viewport.height()
        ]
        self._rows = below
        high = sum(grid.rowHeight(row) for row in below) + 1
        if not below or high > viewport.height() / 2:  # in a very low window the rows themselves come first
            self.hide()
            return
        bottom = viewport.geometry().bottom()
        self.setGeometry(0, bottom - high + 1, viewport.geometry().right() + 1, high)
        self.show()
        self.raise_()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = int(event.position().x()) - self._grid.viewport().geometry().left()
        column, top = self._grid.columnAt(x), 1
        for row in self._rows:
            top += self._grid.rowHeight(row)
            if event.position().y() < top:
                self.pressed.emit(row, column)
                return

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the grid below scrolls

    def paintEvent(self, event: QPaintEvent) -> None:
        grid, model = self._grid, self._model
        head, cells = grid.verticalHeader(), grid.itemDelegate()
        assert isinstance(cells, LinedCell)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("control"))
        left, top = grid.viewport().geometry().left(), 1
        for row in self._rows:
            high = grid.rowHeight(row)
            painter.save()
            painter.setClipRect(QRect(left, top, self.width() - left, high))
            for column in range(model.columnCount()):
                option = QStyleOptionViewItem()
                option.initFrom(grid)
                option.font, option.widget = grid.font(), grid
                x = left + grid.columnViewportPosition(column)
                option.rect = QRect(x, top, grid.columnWidth(column), high)
                cells.paint_plain(painter, option, model.index(row, column))
            painter.restore()
            text = str(model.headerData(row, Qt.Orientation.Vertical) or "")
            words = row_words(text)
            weight = model.sheet.weight(row)
            paint_row_head(painter, QRect(head.x(), top, head.width(), high), words, strong=weight == "total")
            top += high
