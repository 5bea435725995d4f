"""The matrix of the comparison: figures in the vertical header, variants in the horizontal one, one value per
cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cirkeldesk.desktop.kit import theme
from cirkeldesk.desktop.kit.grid.clipboard import put_on_clipboard
from cirkeldesk.desktop.kit.grid.grid import mark_current
from cirkeldesk.desktop.kit.widgets import plain_tip
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.lookup import the_one
from cirkeldesk.wording.comparison import explanations as words
from cirkeldesk.wording.comparison.rows import MatrixRow, Shown, as_differences, matrix_rows

Index = QModelIndex | QPersistentModelIndex


class MatrixModel(QAbstractTableModel):
    """Rows of figures by variants: figure in the vertical header, variant in the horizontal one."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[MatrixRow] = []
        self.all_rows: list[MatrixRow] = []
        self.names: list[str] = []
        self.one_line = False

    def show(self, comparison: Comparison, against: str | None, shown: Shown, hidden: frozenset[str]) -> None:
        all_rows = matrix_rows(comparison, against)
        rows = as_differences(all_rows, comparison, against, shown)
        self.beginResetModel()
        self.all_rows = all_rows
        self.rows = [row for row in rows if row.key not in hidden]
        self.names = [v.name for v in comparison.variants]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.with_mark
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.spoken(row, cell)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                percents = the_one(
                    self.all_rows, lambda found: found.key == "difference_percent", "difference_percent"
                )
                return words.described(
                    row, index.column(), percents, words.aloud(percents.name.removeprefix("Verschil met "))
                )
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell.reason or cell.with_mark)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole:
                return QBrush(theme.color("good" if cell.mark else "muted" if cell.state else "text"))
            case Qt.ItemDataRole.BackgroundRole:
                return QBrush(theme.color("good_soft")) if cell.mark and cell.mark != "gelijk" else None
            case Qt.ItemDataRole.FontRole:
                font = QFont(theme.body_font())
                font.setBold(cell.mark is not None)
                font.setItalic(cell.state is not None)
                return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            texts = (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.AccessibleTextRole,
                Qt.ItemDataRole.ToolTipRole,
            )
            if role in texts and section < len(self.names):
                return plain_tip(self.names[section]) if role == texts[2] else self.names[section]
            return (
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                if role == Qt.ItemDataRole.TextAlignmentRole
                else None
            )
        if section >= len(self.rows):
            return None
        row = self.rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if self.one_line:
                return f"{row.name}  {row.unit.split(',')[0]}" if row.unit else row.name
            return f"{row.name}\n{row.unit}" if row.unit else row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.aloud(row.name_with_unit)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.name_with_unit)
        return (
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.TextAlignmentRole
            else None
        )


class CurrentCell(QStyledItemDelegate):
    """Draws a border around the cell the keys are in: reached by Tab it is current before it is chosen."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        mark_current(self._view, painter, option, index)


class Matrix(QTableView):
    """Enter on a cell asks why."""

    why = Signal(int, int)

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName("Vergelijking")
        self.setAccessibleDescription("Enter op een cel laat zien hoe het getal is opgebouwd.")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.keep_rows(self.verticalHeader(), 38)
        theme.keep_width(self.verticalHeader(), 236)
        self.horizontalHeader().setDefaultSectionSize(148)
        self.horizontalHeader().setMinimumSectionSize(124)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(CurrentCell(self))
        self.doubleClicked.connect(lambda index: self.why.emit(index.row(), index.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.why.emit(index.row(), index.column())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        else:
            super().keyPressEvent(event)

    def copy_selection(self) -> None:
        """The chosen cells as tab text for Excel, with the names of figures and variants when more than one
        is chosen."""
        model = self.model()
        chosen = self.selectedIndexes()
        rows, columns = sorted({i.row() for i in chosen}), sorted({i.column() for i in chosen})
        if not chosen or not isinstance(model, MatrixModel):
            return
        lines = [[model.rows[r].cells[c].text for c in columns] for r in rows]
        if len(chosen) > 1:
            lines = [[model.rows[r].name_with_unit, *line] for r, line in zip(rows, lines, strict=True)]
            lines.insert(0, ["", *(model.names[c] for c in columns)])
        put_on_clipboard(lines)
