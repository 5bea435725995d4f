"""The cells of an editing grid as a Qt model: what is shown, what is typed and not taken, what a preview
computes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush

from cirkeldesk.desktop.kit.fields import printable
from cirkeldesk.desktop.kit.grid.cells import CellView, GridSheet, Parsed, Weight
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.heads import GROUP, HEADING, STRONG, UNIT
from cirkeldesk.desktop.kit.widgets import plain_tip

Index = QModelIndex | QPersistentModelIndex


PREVIEW_PAUSE = 150  # ms without typing before figures follow


UNFINISHED = "Dit was u aan het typen. Het is nog niet vastgelegd: druk op F2 en Enter."


@dataclass(frozen=True)
class RefusedCell:
    """A text that stands in a cell and was not taken: why, after which step, and whether a figure made way
    for it."""

    text: str
    why: str
    after: int
    emptied: bool = False


class GridModel(QAbstractTableModel):
    """Shows a GridSheet. `entered` carries a parsed text that may be committed; refused texts stay visible
    here.

    `marked` when a text was refused, or is refused no longer.
    """

    entered = Signal(object, str)  # Parsed, key of the cell
    refused = Signal(str, str)  # sentence, key
    marked = Signal()

    def __init__(self, sheet: GridSheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.wrong: dict[str, RefusedCell] = {}  # by key, for as long as the cell itself is empty
        self.last_step: Callable[[], int] = lambda: 0  # set by the page: the newest step of its document
        self.undo: Callable[[], object] = lambda: None
        self.read_only = False

    def show_sheet(self, sheet: GridSheet) -> None:
        """Another content; the selection stays where rows and columns stay the same."""
        same = sheet.row_names == self.sheet.row_names and sheet.column_names == self.sheet.column_names
        self._forget_wrong(sheet)
        if same:
            self.sheet = sheet
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self.sheet = sheet
            self.endResetModel()

    def _forget_wrong(self, sheet: GridSheet) -> None:
        """A refused text goes as soon as its cell has a value again, or is no longer there."""
        if not self.wrong:
            return
        cells = {
            sheet.key(row, column): sheet.cell(row, column)
            for row in range(len(sheet.row_names))
            for column in range(len(sheet.column_names))
        }
        stays = {key: value for key, value in self.wrong.items() if key in cells and not cells[key].edit_text}
        self.wrong, was = stays, self.wrong
        if len(was) != len(stays):
            self.marked.emit()

    def refuse_unfinished(self, key: str, text: str) -> None:
        """What was being typed when the table was made anew stands in its cell, if that is still there and
        empty."""
        place = self.find(key)
        if place is not None and text and not self.sheet.cell(*place).edit_text:
            self.wrong[key] = RefusedCell(text, UNFINISHED, self.last_step())
            self.dataChanged.emit(self.index(*place), self.index(*place))
            self.marked.emit()

    def forget_wrong(self, key: str) -> None:
        """A refused text goes."""
        if self.wrong.pop(key, None) is not None:
            self.marked.emit()

    def take_back(self, key: str) -> None:
        """A refused text goes, and the figure that made way for it comes back."""
        refused = self.wrong.pop(key, None)
        if refused is None:
            return
        place = self.find(key)
        if place is not None:
            self.dataChanged.emit(self.index(*place), self.index(*place))
        self.marked.emit()
        if refused.emptied and self.last_step() == refused.after:
            self.undo()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sheet.row_names)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sheet.column_names)

    def cell(self, index: Index) -> CellView:
        return self.sheet.cell(index.row(), index.column())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        view = self.cell(index)
        key = self.sheet.key(index.row(), index.column())
        wrong = self.wrong.get(key)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if wrong:
                    return wrong.text
                return view.text
            case Qt.ItemDataRole.EditRole:
                return wrong.text if wrong else view.edit_text
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if view.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.AccessibleTextRole:
                return wrong.text if wrong else view.spoken or view.text
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return wrong.why if wrong else view.description or None
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(wrong.why if wrong else view.description) or None
        return _look(view, role, bool(wrong), self.sheet.weight(index.row()))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        names = self.sheet.column_names if orientation == Qt.Orientation.Horizontal else self.sheet.row_names
        if section >= len(names):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if orientation == Qt.Orientation.Vertical:
                note = self.sheet.row_note(section) if role == Qt.ItemDataRole.AccessibleTextRole else ""
                return f"{names[section]}, {note}" if note else names[section]
            note = self.sheet.column_note(section)
            return f"{names[section]}\n{note}" if note else names[section]
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Vertical:
            told = self.headerData(section, orientation, Qt.ItemDataRole.AccessibleTextRole)
            return plain_tip(" ".join(str(told).split()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = orientation == Qt.Orientation.Horizontal and self._reads_right(section)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._row_look(section, role) if orientation == Qt.Orientation.Vertical else None

    def _reads_right(self, column: int) -> bool:
        """A head stands over its cells: on the side where those of the first row are."""
        return bool(self.sheet.row_names) and self.sheet.cell(0, column).right

    def _row_look(self, row: int, role: int) -> Any:
        weight = self.sheet.weight(row)
        if role == GROUP:  # a stronger line above what heads or sums
            after = self.sheet.weight(row + 1) if row + 1 < len(self.sheet.row_names) else "plain"
            return weight in ("head", "total") or after in ("head", "sum")
        told = {UNIT: self.sheet.row_note(row), STRONG: weight == "total", HEADING: weight == "head"}
        return told.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        view = self.cell(index)
        return (
            base | Qt.ItemFlag.ItemIsEditable
            if view.editable and not view.menu and not self.read_only
            else base
        )

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.read_only:
            return False
        return self.enter(index.row(), index.column(), str(value))

    def enter(self, row: int, column: int, text: str) -> bool:
        """Commit a text into a cell, or keep it visible as refused."""
        text = printable(text)
        key = self.sheet.key(row, column)
        view = self.sheet.cell(row, column)
        if text == view.edit_text and key not in self.wrong:
            return False
        parsed = self.sheet.parse(row, column, text)
        index = self.index(row, column)
        if parsed.problem is not None:
            self._refuse(row, column, text, parsed.problem)
            return False
        was_wrong = self.wrong.pop(key, None)
        self.dataChanged.emit(index, index)
        self.entered.emit(parsed, key)
        if was_wrong is not None:
            self.marked.emit()
        return True

    def _refuse(self, row: int, column: int, text: str, problem: str) -> None:
        """The text stays where it was typed and does not count; nor does the figure it was meant to replace.

        Where the figure cannot go (a lock, a seal) the text does not stand in its place: it would seem to
        count.
        """
        key, view = self.sheet.key(row, column), self.sheet.cell(row, column)
        emptied = self.sheet.parse(row, column, "") if view.numeric and view.edit_text else Parsed()
        if emptied.changes:
            self.entered.emit(replace(emptied, of_refused=True), key)
        if view.kind != "word" and not self.sheet.cell(row, column).edit_text:
            self.wrong[key] = RefusedCell(text, problem, self.last_step(), emptied=emptied.changes)
            self.marked.emit()
        index = self.index(row, column)
        self.dataChanged.emit(index, index)
        self.refused.emit(f"{self.place(row, column)}: {problem}", key)

    def place(self, row: int, column: int) -> str:
        return f"{self.sheet.column_names[column]}, {self.sheet.label(row)}"

    def find(self, key: str) -> tuple[int, int] | None:
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                if self.sheet.key(row, column) == key:
                    return row, column
        return None


def _look(view: CellView, role: int, wrong: bool, weight: Weight) -> Any:
    """Colour and font of a cell by what it is."""
    if role == Qt.ItemDataRole.ForegroundRole:
        token = {"inherit": "inherit", "computed": "text", "word": "muted", "missing": "warn"}.get(
            view.kind, "text"
        )
        return QBrush(theme.color("error" if wrong else token))
    if role == Qt.ItemDataRole.BackgroundRole:
        if wrong:
            return QBrush(theme.color("error_soft"))
        if view.kind == "missing":
            return QBrush(theme.color("warn_soft"))
        return QBrush(theme.color("surface")) if view.kind == "heading" or weight == "head" else None
    if role == Qt.ItemDataRole.FontRole:
        font = theme.sized_font(1.15 if weight == "total" else 1.0)
        font.setItalic(view.kind in ("inherit", "word"))
        font.setBold(weight == "total" and view.kind == "computed")
        return font
    return None
