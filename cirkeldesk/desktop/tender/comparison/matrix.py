"""The matrix of the comparison: figures in the vertical header, variants in the horizontal one, one value per
cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableView,
)

from cirkeldesk.desktop.kit.grid.clipboard import put_on_clipboard
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.look.heads import GROUP, STRONG, UNIT, ColumnHead, RowHead
from cirkeldesk.desktop.kit.widgets import plain_tip
from cirkeldesk.desktop.tender.comparison.cell import BAR, MARK, FigureCell
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.lookup import the_one
from cirkeldesk.wording.comparison import explanations as words
from cirkeldesk.wording.comparison.rows import MatrixRow, Shown, as_differences, matrix_rows

Index = QModelIndex | QPersistentModelIndex


ESTIMATE = "raming "
STRONGEST = "total"  # the figure the page is about
NEVER_FOLDED = frozenset(
    {"comparable", "total", "difference", "difference_percent", "price", "award", "evidence", "open"}
)
WITH_BARS = frozenset({"total", "price", "abiotic_mass"})
LAST_OF_GROUP = frozenset({"comparable", "per_unit_year", "gwp", "award", "primary_biobased"})
STRONG_ROW, HEAD_WIDTH = 38, 250  # px


class MatrixModel(QAbstractTableModel):
    """Rows of figures by variants: figure in the vertical header, variant in the horizontal one.

    `kept` are the rows somebody wants to see, `rows` those that are shown now: what has no figures or no
    difference is folded into one line, the last, until `unfold`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[MatrixRow] = []
        self.kept: list[MatrixRow] = []
        self.folded: list[MatrixRow] = []
        self.all_rows: list[MatrixRow] = []
        self.names: list[str] = []
        self.notes: list[str] = []
        self.unfolded = False
        self._bars: dict[str, list[tuple[float, str] | None]] = {}

    def show(self, comparison: Comparison, against: str | None, shown: Shown, hidden: frozenset[str]) -> None:
        all_rows = matrix_rows(comparison, against)
        rows = as_differences(all_rows, comparison, against, shown)
        self.beginResetModel()
        self.all_rows = all_rows
        self.kept = [row for row in rows if row.key not in hidden]
        self.folded = [row for row in self.kept if says_nothing(row, comparison)]
        self.names = [v.name for v in comparison.variants]
        self.notes = [variant_note(comparison, v) for v in comparison.variants]
        self._bars = {row.key: bars_of(row, comparison) for row in self.kept if shown == "values"}
        self._choose_rows()
        self.endResetModel()

    def unfold(self, *, opened: bool) -> None:
        self.beginResetModel()
        self.unfolded = opened
        self._choose_rows()
        self.endResetModel()

    def _choose_rows(self) -> None:
        hidden = [] if self.unfolded else self.folded
        self.rows = [row for row in self.kept if row not in hidden]

    def is_fold(self, row: int) -> bool:
        """Whether a row is the line that opens and closes what is folded."""
        return bool(self.folded) and row == len(self.rows)

    @property
    def fold_text(self) -> str:
        if self.unfolded:
            return "verbergt de regels zonder gegevens of zonder verschil"
        names = " · ".join(dict.fromkeys(row.name for row in self.folded))
        return f"zonder gegevens of zonder verschil: {names}"

    @property
    def fold_name(self) -> str:
        if self.unfolded:
            return "▾ Minder regels"
        return f"▸ Nog {len(self.folded)} {'regel' if len(self.folded) == 1 else 'regels'}"

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows) + bool(self.folded)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if self.is_fold(index.row()):
            return self._of_fold(index.column(), role)
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text.removeprefix(ESTIMATE)
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
        return self._look(row, index.column(), role)

    def _look(self, row: MatrixRow, column: int, role: int) -> Any:
        cell = row.cells[column]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(theme.color("inherit" if cell.state else "text"))
        if role == Qt.ItemDataRole.FontRole:
            strong = row.key == STRONGEST
            font = theme.sized_font(1.15 if strong else 1.0)
            font.setBold(cell.mark is not None and cell.mark != "gelijk")
            font.setItalic(cell.state is not None)
            return font
        if role == MARK:
            return cell.mark or (ESTIMATE.strip() if cell.text.startswith(ESTIMATE) else "")
        if role == BAR:
            bars = self._bars.get(row.key)
            return bars[column] if bars else None
        return row.key in LAST_OF_GROUP if role == GROUP else None

    def _of_fold(self, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.fold_text if not column else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.aloud(self.fold_text) if not column else ""
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(theme.color("muted"))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return "Enter of dubbelklik " + ("klapt dicht" if self.unfolded else "klapt uit")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return self._column_head(section, role)
        if self.is_fold(section):
            told = {Qt.ItemDataRole.DisplayRole: self.fold_name}
            return {**told, Qt.ItemDataRole.AccessibleTextRole: self.fold_name[2:]}.get(Qt.ItemDataRole(role))
        if section >= len(self.rows):
            return None
        row = self.rows[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name.removesuffix(" (nulvariant: raming)")
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.aloud(row.name_with_unit)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.name_with_unit)
        if role == UNIT:
            return short_unit(row)
        return {GROUP: row.key in LAST_OF_GROUP, STRONG: row.key == STRONGEST}.get(role)

    def _column_head(self, section: int, role: int) -> Any:
        texts = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        if role in texts and section < len(self.names):
            name, note = self.names[section], self.notes[section]
            if role == texts[0]:
                return f"{name}\n{note}" if note else name
            if role == texts[1]:
                return name
            return plain_tip(f"{name}, {note}" if note else name)
        return (
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.TextAlignmentRole
            else None
        )


def short_unit(row: MatrixRow) -> str:
    """The unit beside a name that says part of it already: "€ MKI" for MKI per m²."""
    unit = row.unit.replace(", lager is beter", " · lager is beter") if row.key == STRONGEST else row.unit
    said = row.name.removeprefix("MKI ")
    return unit.removesuffix(f" {said}").split(",")[0]


def variant_note(comparison: Comparison, result: VariantResult) -> str:
    """Under the name of a variant: who made the bid, or what it is."""
    if result.role == "reference":
        return "referentie"
    return (comparison.tender.variant(result.id).bidder or "") if result.is_bid else "ontwerp"


def says_nothing(row: MatrixRow, comparison: Comparison) -> bool:
    """A row of figures in which every bid (without bids: every variant) holds a word, or all figures are
    alike."""
    if row.key in NEVER_FOLDED:
        return False
    bids = [cell for result, cell in zip(comparison.variants, row.cells, strict=True) if result.is_bid]
    if all(cell.value is None and cell.state is not None for cell in bids or row.cells):
        return True
    known = all(cell.value is not None and cell.state is None for cell in row.cells)
    return known and len({cell.text for cell in row.cells}) == 1  # what is unknown may well differ


def bars_of(row: MatrixRow, comparison: Comparison) -> list[tuple[float, str] | None]:
    """For rows of amounts from zero: each cell's share of the largest and its colour; None for no bar."""
    values = [cell.value if cell.high in (None, cell.value) else None for cell in row.cells]
    known = [value for value in values if value is not None]
    if row.key not in WITH_BARS or not known or min(known) < 0 or max(known) <= 0:
        return [None] * len(row.cells)
    found: list[tuple[float, str] | None] = []
    for result, cell, value in zip(comparison.variants, row.cells, values, strict=True):
        token = "bar" if cell.mark else "bar_2" if result.is_bid else "bar_ref"
        found.append((value / max(known), token) if value is not None else None)
    return found


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
        dress_table(self)
        self.setItemDelegate(FigureCell(self))
        self.setVerticalHeader(RowHead(self))
        self.heads = ColumnHead(self)
        self.setHorizontalHeader(self.heads)
        theme.keep_rows(self.verticalHeader())
        theme.keep_width(self.verticalHeader(), HEAD_WIDTH)
        self.verticalHeader().sectionDoubleClicked.connect(lambda row: self.why.emit(row, 0))
        self.horizontalHeader().setMinimumSectionSize(theme.px(100))
        model.modelReset.connect(self._dress_rows)
        self._widths: list[int] = []
        self.doubleClicked.connect(lambda index: self.why.emit(index.row(), index.column()))

    def _dress_rows(self) -> None:
        """The strongest row is higher; the line that folds runs on under all columns."""
        model = self.model()
        assert isinstance(model, MatrixModel)
        self.clearSpans()
        header = self.verticalHeader()
        for row in range(model.rowCount()):
            strong = row < len(model.rows) and model.rows[row].key == STRONGEST
            high = STRONG_ROW if strong and not self.heads.one_line else theme.ROW
            header.resizeSection(row, theme.px(high))
        if model.folded and model.columnCount() > 1:
            self.setSpan(len(model.rows), 0, 1, model.columnCount())

    def set_low(self, low: bool) -> None:
        """In a low window every row has one height and every head one line."""
        if low is not self.heads.one_line:
            self.heads.one_line = low
            self._dress_rows()
            self.heads.headerDataChanged(Qt.Orientation.Horizontal, 0, max(0, self.model().columnCount() - 1))

    def show_current(self) -> None:
        """The cell somebody asked about, whatever came to stand beside the table."""
        self.scrollTo(self.currentIndex())

    def share_width(self, widths: list[int]) -> None:
        """Columns of at least these widths, that fill the table where there is room."""
        self._widths = widths
        room = self.viewport().width() - sum(widths)
        extra, rest = divmod(max(0, room), max(1, len(widths)))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width + extra + (1 if column < rest else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width(self._widths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.why.emit(index.row(), index.column())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        else:
            super().keyPressEvent(event)

    def _is_fold(self, row: int) -> bool:
        model = self.model()
        return isinstance(model, MatrixModel) and model.is_fold(row)

    def copy_selection(self) -> None:
        """The chosen cells as tab text for Excel, with the names of figures and variants when more than one
        is chosen."""
        model = self.model()
        chosen = [index for index in self.selectedIndexes() if not self._is_fold(index.row())]
        rows, columns = sorted({i.row() for i in chosen}), sorted({i.column() for i in chosen})
        if not chosen or not isinstance(model, MatrixModel):
            return
        lines = [[model.rows[r].cells[c].text for c in columns] for r in rows]
        if len(chosen) > 1:
            lines = [[model.rows[r].name_with_unit, *line] for r, line in zip(rows, lines, strict=True)]
            lines.insert(0, ["", *(model.names[c] for c in columns)])
        put_on_clipboard(lines)
