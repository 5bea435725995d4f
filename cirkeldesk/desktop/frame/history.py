"""Geschiedenis: who did what and when, what differs between two versions, and the way back to one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.widgets import button, muted
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.document.history import REFUSED, HistoryRow
from cirkeldesk.operations.tender import history
from cirkeldesk.wording import sentences


class HistoryView(QWidget):
    """The steps of the open tender, newest first. One chosen: what changed since; two chosen: what differs
    between them."""

    title = "Geschiedenis"

    def __init__(self) -> None:
        super().__init__()
        self.session: Session | None = None
        self._steps: list[HistoryRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.note = muted(
            "Kies een stap om te zien wat er sindsdien veranderde. Kies er twee (met Ctrl) om ze te "
            "vergelijken."
        )
        column.addWidget(self.note)
        self.steps = QListWidget()
        self.steps.setAccessibleName("Stappen van deze aanbesteding, nieuwste boven")
        self.steps.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.steps.setWordWrap(True)
        self.steps.itemSelectionChanged.connect(self._compare)
        column.addWidget(self.steps, 3)
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setTabChangesFocus(True)
        self.found.setAccessibleName("Verschillen")
        column.addWidget(self.found, 2)
        row = QHBoxLayout()
        self.back = button("Terug naar deze versie", self.go_back)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)

    def show_session(self, session: Session | None) -> None:
        if session is not self.session and session is not None:
            session.changed.connect(self.refresh)
        self.session = session
        self.refresh()

    def refresh(self) -> None:
        session = self.session
        if session is None or not self.isVisible():
            return
        chosen = {row.seq for row in self._chosen()}
        self._steps = history.steps_of(session.workspace, session.identity)
        self.steps.blockSignals(True)
        self.steps.clear()
        for row in self._steps:
            item = QListWidgetItem(f"{history.when(row)}  {row.author}\n{_words(row)}")
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{_words(row)}, {history.when(row)}, {row.author}"
            )
            self.steps.addItem(item)
            item.setSelected(row.seq in chosen)
        self.steps.blockSignals(False)
        if not self.steps.selectedItems() and self._steps:
            self.steps.setCurrentRow(0)
        self._compare()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _chosen(self) -> list[HistoryRow]:
        """The chosen steps that left a version, oldest first."""
        places = sorted({index.row() for index in self.steps.selectedIndexes()}, reverse=True)
        return [
            self._steps[place]
            for place in places
            if place < len(self._steps) and self._steps[place].hash is not None
        ]

    def _compare(self) -> None:
        session, chosen = self.session, self._chosen()
        self.back.setEnabled(False)
        if session is None or not chosen:
            self.found.setPlainText("")
            return
        first = history.version_at(session.workspace, chosen[0])
        last = session.tender if len(chosen) == 1 else history.version_at(session.workspace, chosen[-1])
        lines = history.differences(session.workspace, first, last)
        about = "Sindsdien veranderd:" if len(chosen) == 1 else "Verschil tussen de twee:"
        self.found.setPlainText("\n".join([about, *lines]) if lines else "Geen verschil.")
        barrier = history.barrier_after(self._steps[::-1], chosen[0])
        if barrier is not None:
            self.found.appendPlainText(
                f"\nTeruggaan kan niet: daarna is {sentences.step(barrier.step, barrier.params)}."
            )
        self.back.setEnabled(len(chosen) == 1 and bool(lines) and barrier is None and not session.read_only)

    def go_back(self) -> None:
        session, chosen = self.session, self._chosen()
        if session is None or len(chosen) != 1:
            return
        if session.act(lambda: history.go_back(session.workspace, session.identity, chosen[0].seq)):
            self.steps.setFocus()


def _words(row: HistoryRow) -> str:
    words = sentences.step(row.step, row.params)
    if row.step in ("undo", "redo"):
        of = str(row.params.get("of") or "")
        words += f": {sentences.step(of, row.params)}" if of else ""
    mark = " (slot)" if row.barrier else ""
    return f"{words}{mark}" if row.step != REFUSED else words
