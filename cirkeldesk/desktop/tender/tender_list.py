"""The first screen and the list of tenders."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.drafts import passing
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import LinedCell
from cirkeldesk.desktop.kit.look.chips import ChipKind, paint_chip
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.lists import ListModel, ListView
from cirkeldesk.desktop.kit.widgets import button, heading, muted, plain_label, tool
from cirkeldesk.model.award.disclosure import masked
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.lists import Listed
from cirkeldesk.operations.tender.example import example_groups
from cirkeldesk.operations.tender.tenders import get_tender, group_names, product_groups
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.comparison.rows import outcome
from cirkeldesk.wording.window.days import until_closing

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Nummer", "Titel", "Productgroep", "Status", "Inschrijving sluit", "Varianten", "Uitkomst")
ORDERS = ("number", "title", "", "status", "closes_on", "variants", "")
NUMBER, TITLE, GROUP, STATUS, CLOSES, VARIANTS, OUTCOME = range(7)
ROW_HIGH = 48  # px: two lines
STATUS_KINDS: dict[str, ChipKind] = {
    "published": "lock",
    "received": "accent",
    "judged": "accent",
    "advised": "lock",
    "awarded": "good",
    "stopped": "error",
}
MOST_AT_ONCE = 0.02  # seconds of working out outcomes before keys and painting have their turn
HOW = (
    "① Beschrijf de uitvraag: het werk, de posten en wat inschrijvers moeten opgeven.",
    "② Vul de varianten in: typ van papier, plak uit Excel of lees een milieuverklaring in.",
    "③ Lees de vergelijking, en geef het adviesblad en het werkboek door.",
)


class TenderListModel(ListModel):
    """Rows from the list table; the outcome is computed when a row is first shown."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(COLUMNS, right=frozenset({5}))
        self.workspace = workspace
        self.groups: dict[str, str] = {}
        self.order, self.descending, self._search = "", False, ""
        self.sortable = frozenset(place for place, name in enumerate(ORDERS) if name)
        self.rows = self.listed = Listed(workspace, "tender")
        self._outcomes: dict[str, str] = {}
        self.names_hidden = False
        self._wanted: dict[str, int] = {}
        self._pause = QTimer(self)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._work_out)

    def show(self, search: str) -> None:
        self._search = search
        if self.listed.is_current(search, self.order, descending=self.descending):
            return
        listed = Listed(self.workspace, "tender", search, self.order, descending=self.descending)
        self.beginResetModel()
        self.rows = self.listed = listed
        self._wanted.clear()
        self._outcomes.clear()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a stored column; an outcome is worked out only where somebody looks, and does not sort."""
        if column in self.sortable:
            self.order, self.descending = ORDERS[column], order == Qt.SortOrder.DescendingOrder
            self.show(self._search)

    def outcome(self, identity: str, row: int) -> str:
        """Known, or worked out in the pauses between keys: a screenful of outcomes may cost more than a
        pause."""
        if identity not in self._outcomes:
            self._wanted[identity] = row
            self._pause.start()
            return ""
        return self._outcomes[identity]

    def hide_names(self, *, hidden: bool) -> None:
        """Outcomes name the lowest or the winner: they are worked out again."""
        self.names_hidden = hidden
        self._outcomes.clear()
        if self.rows:
            self.dataChanged.emit(self.index(0, OUTCOME), self.index(len(self.rows) - 1, OUTCOME))

    def _work_out(self) -> None:
        begin = time.monotonic()
        while self._wanted and time.monotonic() - begin < MOST_AT_ONCE:
            identity, row = self._wanted.popitem()
            try:
                tender = get_tender(self.workspace, identity)
                comparison, _ = comparison_of(self.workspace, masked(tender) if self.names_hidden else tender)
                self._outcomes[identity] = outcome(comparison)
            except StoreError as problem:  # one tender that cannot be read must not take the list away
                self._outcomes[identity] = sentences.refusal(problem)
            place = self.index(row, OUTCOME)
            self.dataChanged.emit(place, place)
        if not self._wanted:
            self._pause.stop()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole:
            said = [super().data(index), self.note(index.row(), index.column())]
            return ", ".join(filter(None, said)) or "leeg"
        return super().data(index, role)

    def note(self, row: int, column: int) -> str:
        """What stands under a title or a day: number and group, and how far the day is."""
        if column == TITLE:
            return " · ".join(filter(None, [self.text(row, NUMBER), self.text(row, GROUP)]))
        if column == CLOSES:
            return until_closing(str(self.rows[row].get("closes_on") or ""), datetime.date.today())
        return ""

    def text(self, row: int, column: int) -> str:
        values = self.rows[row]
        if "number" not in values:
            return ""
        match column:
            case 0:
                return str(values["number"])
            case 1:
                return str(values["title"])
            case 2:
                return self._group(values)
            case 3:
                return terms.STATUSES[values["status"]]
            case 4:
                return numbers.date(values["closes_on"]) if values["closes_on"] else ""
            case 5:
                return str(values["variants"])
        return self.outcome(values["id"], row)

    def _group(self, values: Mapping[str, Any]) -> str:
        digest = str(values["product_group"] or "")
        if digest not in self.groups:
            self.groups |= {digest: "", **group_names(self.workspace, [values])}
        return self.groups[digest]


class TenderCell(LinedCell):
    """Number and group under the title, the status as a chip, and how far the closing day is."""

    def __init__(self, view: ListView, model: TenderListModel) -> None:
        super().__init__(view)
        self._list = model

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        values = self._list.rows[index.row()]
        rect = option.rect.adjusted(self.pad, 0, -self.pad, -1)
        if index.column() == STATUS and values.get("status"):
            paint_chip(painter, rect, option.text, STATUS_KINDS.get(str(values["status"]), ""))
            return
        note = self._list.note(index.row(), index.column())
        self.paint_two(painter, option, rect, note, strong=index.column() == TITLE)


class TendersPage(QStackedWidget):
    """First start: what to do first. Later: the list, with where to go on above it."""

    opened = Signal(str)
    new_wanted = Signal()
    example_wanted = Signal()
    other_example_wanted = Signal(str)
    file_wanted = Signal()
    news_wanted = Signal()

    def __init__(self, workspace: Workspace, database: Path, bars: Messages) -> None:
        super().__init__()
        self.workspace, self.bars = workspace, bars
        self.model = TenderListModel(workspace)
        self.addWidget(self._welcome(database))
        self.addWidget(self._list())

    def _welcome(self, database: Path) -> QWidget:
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(32, 16, 32, 16)
        outer.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(heading("Vergelijk varianten op milieu en prijs", 1.7))
        column.addWidget(
            muted(
                "Leg ontwerpen en inschrijvingen naast elkaar op MKI, grondstoffen en prijs, en geef "
                "een adviesblad door."
            )
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        self.new_button = button("Nieuwe aanbesteding", self.new_wanted.emit, icon="plus", primary=True)
        self.example_button = button("Voorbeeld bekijken", self.example_wanted.emit)
        row.addWidget(self.new_button)
        row.addWidget(self.example_button)
        row.addWidget(button("Bestand openen", self.file_wanted.emit, icon="open"))
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        where = muted(f"Alles blijft op deze computer: {database}")
        column.addWidget(where)
        column.addSpacing(16)
        column.addWidget(heading("Zo werkt het", 1.15))
        for step in HOW:
            line = plain_label(step)
            line.setWordWrap(True)
            column.addWidget(line)
        outer.addLayout(column)
        outer.addStretch(3)
        return page

    def _list(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 12, 20, 8)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button("Nieuwe aanbesteding", self.new_wanted.emit, icon="plus", primary=True))
        row.addWidget(button("Bestand openen", self.file_wanted.emit, icon="open"))
        row.addWidget(self._examples())
        row.addStretch(1)
        row.addWidget(self._sorting())
        self.search = passing(QLineEdit())
        self.search.setPlaceholderText("Zoek op nummer of titel")
        self.search.setAccessibleName("Zoek op nummer of titel")
        self.search.setClearButtonEnabled(True)
        theme.keep_width(self.search, 300)
        self.search.textChanged.connect(self._search)
        row.addWidget(self.search)
        column.addLayout(row)
        self._last = ""
        self.go_on = button("Verder", lambda: self.opened.emit(self._last))
        self.news = tool("Wat is er nieuw in deze versie", self.news_wanted.emit)
        self.news.hide()
        beside = QHBoxLayout()
        beside.addWidget(self.go_on)
        beside.addStretch(1)
        beside.addWidget(self.news)
        column.addLayout(beside)
        self.table = ListView("Aanbestedingen")
        self.table.sort_by_header(self.model)
        self.table.setItemDelegate(TenderCell(self.table, self.model))
        theme.keep_rows(self.table.verticalHeader(), ROW_HIGH)
        self.table.opened.connect(lambda row: self.opened.emit(self.model.rows[row]["id"]))
        header = self.table.horizontalHeader()
        for index, width in enumerate((140, 300, 110, 170, 150, 90, 290)):
            self.table.setColumnWidth(index, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        column.addWidget(self.table, 1)
        self.nothing = muted()
        column.addWidget(self.nothing)
        return page

    def _sorting(self) -> QWidget:
        """Also by what has no column of its own; a press on a head does the same for what has."""
        self.sorting = ChoiceList()
        self.sorting.setAccessibleName("Sorteren op")
        self.sorting.addItem("laatst gewijzigd", -1)
        for place in sorted(self.model.sortable):
            self.sorting.addItem(COLUMNS[place].lower(), place)
        self.sorting.activated.connect(self._sort)
        return self.sorting

    def _sort(self, index: int) -> None:
        place = self.sorting.itemData(index)
        if place >= 0:
            self.table.sortByColumn(place, Qt.SortOrder.AscendingOrder)
            return
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.order, self.model.descending = "", False
        self.model.show(self.search.text())

    def _examples(self) -> QToolButton:
        """An example of each product group."""
        names = {group.code: group.name for group in product_groups(self.workspace).values()}
        self.examples = QMenu("Voorbeelden", self)
        for code in (code for code in example_groups() if code in names):
            self.examples.addAction(names[code], partial(self.other_example_wanted.emit, code))
        made = tool("Voorbeelden ▾", lambda: self.examples.popup(made.mapToGlobal(made.rect().bottomLeft())))
        made.setAccessibleName("Voorbeelden per productgroep")
        made.setToolTip("Een voorbeeld per productgroep, met verzonnen cijfers")
        return made

    def refresh(self, last: str | None = None) -> None:
        self.model.show(self.search.text())
        self.setCurrentIndex(1 if self.model.rows or self.search.text() else 0)
        self.nothing.setVisible(not self.model.rows)
        self.nothing.setText(f"Niets gevonden voor “{self.search.text()}”. Gezocht in nummer en titel.")
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_continue(last)
        self.fit()

    def _show_continue(self, last: str | None) -> None:
        """Where one was: the tender opened last, with what is still open in it."""
        place = self.model.listed.place_of(last)
        self.go_on.setVisible(place >= 0)
        if place < 0:
            return
        row = self.model.rows[place]
        self._last = row["id"]
        comparison, _ = comparison_of(self.workspace, get_tender(self.workspace, self._last))
        count = sum(problem.level != "note" for problem in comparison.problems)
        points = f": {count} open {'punt' if count == 1 else 'punten'}" if count else ""
        text = f"Verder met {row['number']} {row['title']}".strip() + points
        self.go_on.setText(text)
        self.go_on.setAccessibleName(text)

    def fit(self) -> None:
        """Columns that do not fit a narrow window step aside; the outcome stays."""
        width = self.width()
        self.sorting.setVisible(width >= theme.px(1000))  # the menu of the list sorts too
        theme.keep_width(self.search, 300 if width >= theme.px(840) else 150)
        for column in (NUMBER, GROUP):  # under the title
            self.table.setColumnHidden(column, True)
        for column, least in ((CLOSES, 1000), (VARIANTS, 760), (STATUS, 620)):
            self.table.setColumnHidden(column, width < least)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.fit()

    def _search(self) -> None:
        self.model.show(self.search.text())
        self.nothing.setVisible(not self.model.rows)
        self.nothing.setText(f"Niets gevonden voor “{self.search.text()}”. Gezocht in nummer en titel.")
