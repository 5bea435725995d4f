"""A bestek beside the posts: which of its lines are posts of the comparison.

Asphalt is proposed from what the lines say; a person ticks and takes over, as one step.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.file_dialogs import ask_for_file
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.text_table import Index, TextTableModel
from cirkeldesk.desktop.kit.widgets import button, heading, muted
from cirkeldesk.desktop.tender.heads_asked import HeadsAsked
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.tender.bill import OpenedBill, heads_asked, known_heads, open_bill, take_posts
from cirkeldesk.wording.reading import bills as words

FILES = "Bestek of staat (*.rsx *.zsx *.xml *.xlsx *.ods *.csv);;Alle bestanden (*)"
SHOWN_ROWS = 11


class BillModel(TextTableModel):
    """The lines, with a tick in the first column."""

    def __init__(self) -> None:
        super().__init__()
        self.ticked: set[int] = set()

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if index.row() in self.ticked else Qt.CheckState.Unchecked
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return f"{self.rows[index.row()][0]}, {'post' if index.row() in self.ticked else 'geen post'}"
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        self.tick(index.row())
        return True

    def tick(self, row: int) -> None:
        self.ticked ^= {row}
        self.show_ticks({row})

    def show_ticks(self, rows: set[int]) -> None:
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))


class BillPanel(QWidget):
    closed = Signal()

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.opened: OpenedBill | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(6)
        self.title = heading("", 1.0)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.title)
        self.told = muted()
        self.told.setWordWrap(True)
        column.addWidget(self.told)
        self.path = Path()
        self.heads = HeadsAsked()
        self.heads.said.connect(lambda said: self.read(self.path, said))
        self.heads.closed.connect(self.close_panel)
        column.addWidget(self.heads)
        self.model = BillModel()
        self.model.setParent(self)  # its signal reaches this page, which must go when the tender is left
        self.model.dataChanged.connect(lambda *_: self._count())
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        self.table.setAccessibleName("Regels van het bestek; de spatiebalk kiest een regel als post")
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        theme.keep_rows(self.table.verticalHeader())
        column.addWidget(self.table)
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.take = button("Overnemen", self._take, primary=True)
        row.addWidget(self.take)
        row.addWidget(button("Alleen asfalt", lambda: self._tick(set(self._proposed()))))
        row.addWidget(button("Alle regels", lambda: self._tick(self._all())))
        row.addWidget(button("Geen", lambda: self._tick(set())))
        row.addStretch(1)
        row.addWidget(button("Sluiten", self.close_panel))
        column.addWidget(self.buttons)
        self.hide()

    def choose(self) -> None:
        path = ask_for_file(self, "Posten uit bestek", FILES)
        if path is not None:
            self.read(path)

    def read(self, path: Path, said: Mapping[str, str] | None = None) -> None:
        """Show the lines of a bestek; nothing is changed. `said`: what its heads mean."""
        self.path = path
        known = known_heads(self.session.workspace)
        try:
            self.opened = open_bill(path, said, known)
        except ReadError as problem:
            if problem.key == "bill_no_header":
                self._ask(known)
            else:
                self.bars.refuse("bill", problem)
            return
        self.bars.clear("bill")
        self._show_parts(asking=False)
        bill = self.opened.bill
        self.title.setText(words.title(self.opened.file, bill))
        self.told.setText(words.told(bill, self.opened.faults))
        self.model.ticked = set(self._proposed())
        self.model.show(words.HEADS, words.rows(bill), frozenset({0, 1, 3, 4}))
        for column, width in enumerate((110, 420, 100, 70, 110)):
            self.table.setColumnWidth(column, theme.px(width))
        rows = max(2, min(SHOWN_ROWS, len(bill.lines)))
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + rows * theme.row_height() + 18
        )
        self._count()
        self.show()
        self.table.setFocus()
        first = min(self.model.ticked, default=0)
        self.table.setCurrentIndex(self.model.index(first, 0))

    def _ask(self, known: Mapping[str, str]) -> None:
        """Ask what the columns are; what was read before is gone."""
        self.opened = None
        self.bars.clear("bill")
        self.title.setText(self.path.name)
        self._show_parts(asking=True)
        self.show()
        self.heads.ask(heads_asked(self.path, known))

    def _show_parts(self, *, asking: bool) -> None:
        self.heads.setVisible(asking)
        for part in (self.told, self.table, self.buttons):
            part.setVisible(not asking)

    def _proposed(self) -> frozenset[int]:
        return self.opened.proposed if self.opened is not None else frozenset()

    def _all(self) -> set[int]:
        lines = self.opened.bill.lines if self.opened is not None else ()
        return {number for number, line in enumerate(lines) if line.quantity is not None}

    def _tick(self, rows: set[int]) -> None:
        changed = self.model.ticked ^ rows
        self.model.ticked = set(rows)
        self.model.show_ticks(changed)
        self._count()

    def _count(self) -> None:
        count = len(self.model.ticked)
        self.take.setText("1 post overnemen" if count == 1 else f"{count} posten overnemen")
        self.take.setEnabled(bool(count) and not self.session.read_only)

    def _take(self) -> None:
        if self.opened is None or not self.session.is_ready():
            return
        try:
            take_posts(self.session.workspace, self.session.identity, self.opened, self.model.ticked)
        except StoreError as problem:
            self.bars.refuse("bill", problem)
            return
        count = len(self.model.ticked)
        self.session.reload()
        self.bars.show_bar("bill", words.taken(count, self.opened.file), "good")
        self.close_panel()

    def close_panel(self) -> None:
        self.hide()
        self.closed.emit()
