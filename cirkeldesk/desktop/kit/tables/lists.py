"""A list of rows that open with Enter: what tenders and products share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.widgets import plain_tip

Index = QModelIndex | QPersistentModelIndex


class ListModel(QAbstractTableModel):
    """Rows of a list table. A text is made when its cell is first shown, so a long list opens at once."""

    def __init__(self, columns: tuple[str, ...], right: frozenset[int] = frozenset()) -> None:
        super().__init__()
        self.columns, self.right = columns, right
        self.rows: Sequence[Mapping[str, Any]] = ()
        self.sortable: frozenset[int] = frozenset()

    def text(self, row: int, column: int) -> str:
        raise NotImplementedError

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text(index.row(), index.column()))
        if index.isValid() and role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self.right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if (
            orientation == Qt.Orientation.Horizontal
            and role == Qt.ItemDataRole.DisplayRole
            and section < len(self.columns)
        ):
            return self.columns[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class ListView(QTableView):
    """A list of rows: Enter or a double click opens one."""

    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        dress_table(self)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        theme.keep_rows(self.verticalHeader(), 32)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def sort_by_header(self, model: ListModel) -> None:
        """A press on a column's name sorts; the menu of the list does the same for the keyboard."""
        self.setModel(model)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def columns(self) -> str:
        """Widths and order, to be remembered."""
        return bytes(self.horizontalHeader().saveState().toHex().data()).decode()

    def set_columns(self, kept: str) -> None:
        """As remembered; what does not suit these columns is passed over."""
        header = self.horizontalHeader()
        count = header.count()
        if kept and header.restoreState(QByteArray.fromHex(kept.encode())) and header.count() == count:
            header.setSortIndicatorShown(True)
            if header.sortIndicatorSection() >= 0:
                self.sortByColumn(header.sortIndicatorSection(), header.sortIndicatorOrder())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.isSortingEnabled():
            self.sort_menu().popup(event.globalPos())

    def sort_menu(self) -> QMenu:
        menu = QMenu(self)
        model = self.model()
        for column in range(model.columnCount()):
            name = model.headerData(column, Qt.Orientation.Horizontal)
            if isinstance(model, ListModel) and column in model.sortable:
                menu.addAction(
                    f"Sorteren op {name}", partial(self.sortByColumn, column, Qt.SortOrder.AscendingOrder)
                )
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
