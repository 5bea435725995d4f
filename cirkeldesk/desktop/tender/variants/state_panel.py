"""A bidder's state (inschrijvingsstaat) that came back: compared with the bestek line by line, then its unit
prices taken over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import button, heading, plain_label
from cirkeldesk.desktop.tender.heads_asked import HeadsAsked
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.tender.bill import CheckedState, check_state, heads_asked, known_heads, take_state
from cirkeldesk.wording import sentences
from cirkeldesk.wording.reading import bills as words

FILES = "Inschrijvingsstaat (*.zsx *.rsx *.xml *.xlsx *.ods *.csv);;Alle bestanden (*)"


class StatePanel(QWidget):
    closed = Signal()

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.state: CheckedState | None = None
        self.made: str | None = None  # id of the bid that came of it, to go to
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(button("Terug naar de tabel", self.closed.emit))
        self.title = heading("", 1.15)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        self.text = plain_label()
        self.text.setWordWrap(True)
        column.addWidget(self.text)
        self.path = Path()
        self.heads = HeadsAsked()
        self.heads.said.connect(lambda said: self.read(self.path, said))
        self.heads.closed.connect(self.closed.emit)
        column.addWidget(self.heads)
        self.model = TextTableModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        self.table.setAccessibleName("Wat opviel in de staat")
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        column.addWidget(self.table, 1)
        self.bidder = TextField("Inschrijver")
        self.reason = TextField("Waarom de bevindingen niets aan de inschrijving veranderen")
        column.addWidget(self.bidder)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        self.take = button("Eenheidsprijzen overnemen", self._take, primary=True)
        row.addWidget(self.take)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def choose(self) -> bool:
        path = ask_for_file(self, "Inschrijvingsstaat inlezen", FILES)
        return path is not None and self.read(path)

    def read(self, path: Path, said: Mapping[str, str] | None = None) -> bool:
        """Compare a state with the tender's bestek; False when that cannot be done, which is said. `said`:
        what its heads mean."""
        if not self.session.is_ready():
            return False
        self.path = path
        try:
            state = check_state(self.session.workspace, self.session.identity, path, said)
        except (ReadError, StoreError) as problem:
            if problem.key in ("bill_no_header", "bill_no_prices"):
                self._ask(said or {})
                return True
            self.bars.refuse("state", problem)
            return False
        self.bars.clear("state")
        self._show_parts(asking=False)
        self.state = state
        self.bidder.forget()
        self.reason.forget()
        self.title.setText(f"{state.file}: {words.verdict(state.errors, state.to_decide)}")
        self.text.setText(words.state_text(state.errors, state.to_decide, len(state.prices)))
        told = tuple((f.place, sentences.error(f.message.key, **f.message.values())) for f in state.faults)
        self.model.show(("Waar", "Wat"), told, frozenset({0, 1}))
        self.table.setColumnWidth(0, 140)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        may = not state.errors and not self.session.read_only
        for widget in (self.bidder, self.take):
            widget.setVisible(may)
        self.reason.setVisible(may and bool(state.to_decide))
        return True

    def _ask(self, said: Mapping[str, str]) -> None:
        """Ask what the columns are; what was compared before is gone."""
        self.state = None
        self.bars.clear("state")
        self.title.setText(self.path.name)
        self._show_parts(asking=True)
        self.heads.ask(heads_asked(self.path, {**known_heads(self.session.workspace), **said}))

    def _show_parts(self, *, asking: bool) -> None:
        self.heads.setVisible(asking)
        self.text.setVisible(not asking)
        self.table.setVisible(not asking)
        for part in (self.bidder, self.reason, self.take):
            part.setVisible(False)  # shown once there is something to take over

    def _take(self) -> None:
        if self.state is None or not self.session.is_ready():
            return
        state, bidder, reason = self.state, self.bidder.edit.text(), self.reason.edit.text()
        for field, text, wanted, said in (
            (self.bidder, bidder, True, "Vul in van wie deze staat is."),
            (self.reason, reason, bool(state.to_decide), "Vul in waarom de bevindingen niets veranderen."),
        ):
            if wanted and not text.strip():
                field.say(said, wrong=True)
                field.edit.setFocus()
                return
        try:
            self.made = take_state(self.session.workspace, self.session.identity, state, bidder, reason)
        except StoreError as problem:
            self.bars.refuse("state", problem)
            return
        for field in (self.bidder, self.reason):
            field.forget()
        self.session.reload()
        self.bars.show_bar("state", f"Eenheidsprijzen van {bidder.strip()} zijn overgenomen.", "good")
        self.closed.emit()
