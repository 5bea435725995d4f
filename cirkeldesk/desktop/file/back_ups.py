"""The back-ups of a file with what each of them holds. Shown on the page of keeping, and where a file cannot
be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.tables.lists import ListModel, ListView
from cirkeldesk.desktop.kit.widgets import muted
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.file.keeping import Copy
from cirkeldesk.wording import sentences
from cirkeldesk.wording.file import words

COLUMNS = ("Gemaakt op", "Waarom", "Grootte")
Since = Callable[[Copy], list[HistoryRow]]


class BackUpModel(ListModel):
    def __init__(self) -> None:
        super().__init__(COLUMNS, frozenset({2}))
        self.copies: list[Copy] = []

    def show(self, copies: list[Copy]) -> None:
        self.beginResetModel()
        self.copies = copies
        self.rows = [{"path": copy.path} for copy in copies]
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        copy = self.copies[row]
        match column:
            case 0:
                return words.when(copy.moment)
            case 1:
                return words.REASONS[copy.reason]
        try:
            return words.size(copy.size)
        except OSError:
            return ""


class BackUps(QWidget):
    """The list, and below it what the chosen back-up holds."""

    def __init__(self, database: Path, since: Since | None = None) -> None:
        super().__init__()
        self.database, self._since = database, since
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.model = BackUpModel()
        self.table = ListView("Back-ups")
        self.table.setModel(self.model)
        self.table.setMinimumHeight(132)
        self.table.setMaximumHeight(260)
        self.table.setColumnWidth(0, 170)
        self.table.setColumnWidth(2, 100)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        column.addWidget(self.table)
        self.held = muted()
        column.addWidget(self.held)
        self.refresh()

    def refresh(self) -> None:
        chosen = self.chosen
        self.model.show(keeping.back_ups(self.database))
        self.table.setVisible(bool(self.model.copies))
        if self.model.copies:
            again = self.model.copies.index(chosen) if chosen in self.model.copies else 0
            self.table.selectRow(again)
        self._tell()

    @property
    def chosen(self) -> Copy | None:
        row = self.table.currentIndex().row()
        return self.model.copies[row] if 0 <= row < len(self.model.copies) else None

    def _tell(self) -> None:
        copy = self.chosen
        if copy is None:
            self.held.setText("Er zijn nog geen back-ups.")
            return
        try:
            held = keeping.contents(copy)
            since = self._since(copy) if self._since is not None else []
        except StoreError:
            self.held.setText("Deze back-up is niet te lezen. Kies een andere.")
            return
        names = [f"{number} {title}".strip() for number, title, _ in held.tenders]
        newest = sentences.step(held.newest.step, held.newest.params) if held.newest is not None else ""
        author = held.newest.author if held.newest is not None else ""
        self.held.setText("\n".join(words.held(names, held.products, newest, author, len(since))))
        self.table.setAccessibleDescription(self.held.text())
