"""Tables of texts: a model for any view, and a small table that is as high as its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.widgets import plain_tip
from cirkeldesk.wording.comparison import explanations as words

WIDEST = 420
Index = QModelIndex | QPersistentModelIndex


class TextTableModel(QAbstractTableModel):
    """A table of texts; the first column reads left, the others right."""

    def __init__(self) -> None:
        super().__init__()
        self.header: tuple[str, ...] = ()
        self.rows: tuple[tuple[str, ...], ...] = ()
        self.left: frozenset[int] = frozenset({0})
        self.tips: Mapping[tuple[int, int], str] = {}

    def show(
        self,
        header: tuple[str, ...],
        rows: tuple[tuple[str, ...], ...],
        left: frozenset[int] = frozenset({0}),
        tips: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        """`tips`: what a cell's tooltip says beyond its text, by (row, column)."""
        self.beginResetModel()
        self.header, self.rows, self.left, self.tips = header, rows, left, tips or {}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.tips.get((index.row(), index.column()), text)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.aloud(text) or "leeg"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() in self.left else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.header):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.header[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section in self.left else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class PlainTable(QTableView):
    """A small read-only table that is as high as its rows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.texts = TextTableModel()
        self.setModel(self.texts)
        self.setAccessibleName(name)
        dress_table(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        theme.keep_rows(self.verticalHeader())

    def show_rows(
        self, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], left: int | None = None
    ) -> None:
        """The first `left` columns read left, the others right; None: all read left."""
        columns = len(header) if left is None else left
        self.texts.show(header, tuple(rows), frozenset(range(columns)))
        metrics, titles = self.fontMetrics(), self.horizontalHeader()
        bold = QFontMetrics(theme.sized_font(1.0, bold=True))  # the header of a chosen row is bold
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, title in enumerate(header):
            texts = [metrics.horizontalAdvance(row[column]) for row in rows]
            widest = max([bold.horizontalAdvance(title), *texts])
            self.setColumnWidth(column, min(WIDEST, widest + 32))
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as its rows, and the scroll bar below them where columns do not fit."""
        rows = self.verticalHeader()
        wide = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        high = (
            self.horizontalHeader().sizeHint().height() + rows.count() * rows.defaultSectionSize() + bar + 2
        )
        if high != self.height() or self.minimumHeight() != high:
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()
