"""The calendar as a table that is judged by keyboard: 0 to 3 sets, Enter takes the proposal of the row,
Delete empties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import NARROW_PAD, LinedCell, dress_table
from cirkeldesk.desktop.kit.widgets import plain_tip
from cirkeldesk.model.calendar.advice import stand_of
from cirkeldesk.model.calendar.calendar import CalendarRow, Proposal
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.wording import terms
from cirkeldesk.wording.calendar import words
from cirkeldesk.wording.calendar.advising import STANDS

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Nr", "Omschrijving", "Afdeling", "Raming", "Kwartaal", *words.SHORT.values(), "Advies")
FIELDS = ("number", "title", "department", "estimate", "quarter")
FIRST_THEME = len(FIELDS)
ADVICE = FIRST_THEME + len(THEMES)
WIDTHS = (104, 300, 112, 92, 72, *(36,) * len(THEMES), 92)


def theme_of(column: int) -> Theme | None:
    return THEMES[column - FIRST_THEME] if FIRST_THEME <= column < ADVICE else None


class TriageModel(QAbstractTableModel):
    """Rows in the order of the file. A proposal is italic with a v before it; a confirmed chance is plain."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[CalendarRow] = []
        self.proposed: Mapping[str, Mapping[Theme, Proposal]] = {}

    def show(self, rows: Sequence[CalendarRow], proposed: Mapping[str, Mapping[Theme, Proposal]]) -> None:
        """The same rows in another state keep their place and what is chosen."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.proposed = list(rows), proposed
        if same and rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
        elif not same:
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(COLUMNS):
            return None
        found = theme_of(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return terms.THEMES[found] if found is not None else COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, found = self.rows[index.row()], theme_of(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if found is not None else Qt.AlignmentFlag.AlignLeft
            side = Qt.AlignmentFlag.AlignRight if index.column() == FIELDS.index("estimate") else side
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.told(row, found) if found is not None else self.text(row, index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.told(row, found) if found is not None else self.text(row, index.column()) or "leeg"
        return self._looks(row, found, role)

    def _looks(self, row: CalendarRow, found: Theme | None, role: int) -> Any:
        is_draft = found is not None and row.chance(found) is None
        if role == Qt.ItemDataRole.FontRole and (is_draft or row.vanished is not None):
            font = QFont(theme.body_font())
            font.setItalic(is_draft)
            font.setStrikeOut(row.vanished is not None)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and (is_draft or row.vanished is not None):
            return theme.color("inherit")
        if role == Qt.ItemDataRole.BackgroundRole and found is not None and not is_draft:
            chance = row.chance(found)
            return theme.color("good_soft") if chance is not None and chance.chance >= 2 else None
        return None

    def text(self, row: CalendarRow, column: int) -> str:
        found = theme_of(column)
        if found is not None:
            chance = row.chance(found)
            proposal = self.proposed.get(row.id, {}).get(found)
            return (
                str(chance.chance)
                if chance is not None
                else f"v{proposal.chance}"
                if proposal is not None
                else ""
            )
        if column == ADVICE:
            stand = stand_of(row.log)
            state = STANDS[stand] if stand is not None else words.ADVICE.get(row.advice.state or "", "")
            return "vervallen" if row.vanished is not None else state
        mark = "* " if column == 0 and row.doubts else ""
        return mark + words.value(FIELDS[column], getattr(row, FIELDS[column]))

    def told(self, row: CalendarRow, found: Theme) -> str:
        """ "Klimaat: 3, groot" or "voorstel 2, goed: Asfalt …", with the reason."""
        chance, proposal = row.chance(found), self.proposed.get(row.id, {}).get(found)
        name = terms.THEMES[found]
        if chance is not None:
            reason = f". {chance.reason}" if chance.reason else ""
            return f"{name}: {chance.chance}, {words.CHANCES[chance.chance]}{reason}"
        if proposal is not None:
            return f"{name}: voorstel {proposal.chance}, {words.CHANCES[proposal.chance]}. {proposal.rule.reason}"
        return f"{name}: niet beoordeeld"


class TriageView(QTableView):
    """`judged(rows, themes, chance)`, `accepted(rows)` takes what is proposed, `rest_none(rows)` says that
    there is no more; Tab leaves the table, arrows go round in it."""

    judged = Signal(list, list, object)
    accepted = Signal(list)
    rest_none = Signal(list)
    moved = Signal()

    def __init__(self, model: TriageModel) -> None:
        super().__init__()
        self.triage = model
        self.setModel(model)
        self.setAccessibleName("MVOI-kalender")
        self.setAccessibleDescription(
            "0 tot 3 zet een kans. Enter neemt het voorstel van de regel over. Shift+Enter zet de rest op "
            "geen kans. Delete maakt leeg. Ctrl+Enter neemt alle gekozen regels over. F6 verlaat de tabel."
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        dress_table(self)
        self.setItemDelegate(LinedCell(self, pad=NARROW_PAD))  # a chance is one sign wide
        self.horizontalHeader().setProperty("narrow", True)
        self.verticalHeader().hide()
        theme.keep_rows(self.verticalHeader(), 28)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(30)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, theme.px(width))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(lambda now, before: self.moved.emit())

    @property
    def current(self) -> CalendarRow | None:
        row = self.currentIndex().row()
        return self.triage.rows[row] if 0 <= row < len(self.triage.rows) else None

    def chosen(self) -> list[CalendarRow]:
        """The rows of the chosen cells, in order."""
        places = sorted({index.row() for index in self.selectedIndexes()})
        return [self.triage.rows[place] for place in places]

    def go_to(self, row: int, column: int) -> None:
        if self.triage.rowCount():
            place = self.triage.index(max(0, min(self.triage.rowCount() - 1, row)), column)
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        row, column = self.currentIndex().row(), self.currentIndex().column()
        if row < 0:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._accept(row, all_chosen=control, rest=shift)
        elif (
            control
            and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            and key in (Qt.Key.Key_End, Qt.Key.Key_Down)
        ):
            self._extend(row, column)
        elif text in tuple("0123") and not control:
            self._judge(row, column, int(text))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._judge(row, column, None)
        else:
            super().keyPressEvent(event)

    def _extend(self, row: int, column: int) -> None:
        """Ctrl+Shift+arrow down or End, as in Excel: from here to the last row."""
        last = self.triage.index(self.triage.rowCount() - 1, column)
        span = QItemSelection(self.triage.index(row, column), last)
        self.selectionModel().select(span, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _accept(self, row: int, *, all_chosen: bool, rest: bool) -> None:
        """What is proposed is taken; with `rest` the others are no chance."""
        rows = self.chosen() if all_chosen else [self.triage.rows[row]]
        (self.rest_none if rest else self.accepted).emit(rows)
        if not all_chosen:
            self.go_to(row + 1, FIRST_THEME)

    def _judge(self, row: int, column: int, chance: int | None) -> None:
        """In a column of no theme the first one is meant: there a judgement begins. Then on to the next
        theme."""
        column = column if theme_of(column) is not None else FIRST_THEME
        themes = [
            one
            for place in sorted({i.column() for i in self.selectedIndexes()})
            if (one := theme_of(place)) is not None
        ]
        many = len(self.selectedIndexes()) > 1 and bool(themes)
        self.judged.emit(
            self.chosen() if many else [self.triage.rows[row]], themes if many else [theme_of(column)], chance
        )
        if not many and chance is not None:
            self.go_to(row, min(column + 1, ADVICE - 1))
