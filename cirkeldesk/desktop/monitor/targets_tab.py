"""What the monitor is judged against, and what was frozen: as it was then, never counted anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import LongText
from cirkeldesk.desktop.kit.file_dialogs import ask_where
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.filled import as_high_as, fill, text_list
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.monitor import targets as acts
from cirkeldesk.operations.monitor.monitoring import get_monitor
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences
from cirkeldesk.wording.monitor import targets as words

FROZEN = ("Peildatum", "Organisatie", "Vastgelegd", "Door", "Kenmerk", "Ongewijzigd")
WIDTHS = (110, 200, 150, 150, 150, 110)
MOST_SHOWN = 8


class TargetsTab(ScrollColumn):
    changed = Signal()

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(0, 8, 8, 8)
        self.workspace, self.bars = workspace, bars
        self.opened: tuple[acts.OpenedFigures, ...] = ()
        self.targets = LongText("Doelen", self._set_targets, 110)
        self.spend = LongText("Uitgaven per jaar", self._set_spend, 110)
        self.view, self.model = text_list("Vastgelegde peildata")
        self.view.selectionModel().currentRowChanged.connect(lambda now, _: self._show_opened(now.row()))
        self.none = muted("Er is nog geen peildatum vastgelegd. Dat doet u bij Voortgang.")
        self.save = button("Cijfers opslaan", self._choose_where, icon="sheet")
        self.tables = {name: PlainTable(name) for name in ("Gegund per jaar", "Gerealiseerd per jaar")}
        self.heads = {name: heading(name, 1.0) for name in self.tables}
        typed = QHBoxLayout()
        typed.setSpacing(24)
        spend_how = f"{words.SPEND_HOW} {words.SPEND_WHEN}"
        typed.addLayout(_titled("Doelen", words.TARGETS_HOW, self.targets), 2)
        typed.addLayout(_titled("Uitgaven", spend_how, self.spend), 3)
        self.column.addLayout(typed)
        for part in (heading("Vastgelegde peildata", 1.15), self.none, self.view):
            self.column.addWidget(part)
        for name, table in self.tables.items():
            self.column.addWidget(self.heads[name])
            self.column.addWidget(table)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def refresh(self) -> None:
        monitor = get_monitor(self.workspace)
        self.targets.show_text(words.targets_text(monitor.targets))
        self.spend.show_text(words.spend_text(monitor.spend))
        for field in (self.targets, self.spend):
            field.setReadOnly(self.workspace.read_only)
        self.opened = acts.opened(self.workspace)
        rows = [
            (
                numbers.date(one.frozen.until),
                one.frozen.organisation or "alle samen",
                numbers.date(one.frozen.at[:10]),
                one.frozen.by,
                one.frozen.hash[:16],
                "ja" if one.is_whole else "nee",
            )
            for one in self.opened
        ]
        fill(self.view, self.model, FROZEN, rows, range(6), WIDTHS)
        as_high_as(self.view, len(rows), MOST_SHOWN)
        self.none.setVisible(not rows)
        self.view.setVisible(bool(rows))
        self.save.setVisible(bool(rows))
        if rows:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self._show_opened(0)

    def _show_opened(self, place: int) -> None:
        there = 0 <= place < len(self.opened)
        found = dict(words.frozen_tables(self.opened[place].plain)) if there else {}
        for name, table in self.tables.items():
            shown = found.get(name)
            if shown is not None:
                table.show_rows(shown.header, shown.rows, 1)
            for part in (table, self.heads[name]):
                part.setVisible(shown is not None)

    def _set_targets(self, text: str) -> None:
        found, problem = words.read_targets(text)
        self._take(self.targets, problem, lambda: acts.set_targets(self.workspace, found))

    def _set_spend(self, text: str) -> None:
        found, problem = words.read_spend_lines(text)
        self._take(self.spend, problem, lambda: acts.set_spend(self.workspace, found))

    def _take(self, field: LongText, problem: str, act: Callable[[], None]) -> None:
        """What cannot be read or cannot be stays in the field, marked."""
        if not problem:
            try:
                act()
            except StoreError as refusal:
                problem = sentences.refusal(refusal)
        if problem:
            field.refuse(field.toPlainText())
            self.bars.show_bar("failed", problem, "error")
            return
        self.bars.clear("failed")
        self.changed.emit()

    def _choose_where(self) -> None:
        place = self.view.currentIndex().row()
        if 0 <= place < len(self.opened):
            day = numbers.date(self.opened[place].frozen.until)
            path = ask_where(self, "Cijfers opslaan", f"Monitor {day}.json", "JSON (*.json)")
            if path is not None:
                self.save_figures(path)

    def save_figures(self, path: Path) -> None:
        """Exactly the text that was frozen, so that its hash can be made by anybody."""
        one = self.opened[max(0, self.view.currentIndex().row())]
        try:
            write_file(self.workspace, path, one.frozen.figures.encode())
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        text = f"{path.name} is opgeslagen. De SHA-256 van dit bestand is het kenmerk: {one.frozen.hash}."
        self.bars.show_bar("saved", text, "good")


def _titled(title: str, how: str, field: QWidget) -> QVBoxLayout:
    """A field under what it is and how it is typed."""
    column = QVBoxLayout()
    column.addWidget(heading(title, 1.15))
    column.addWidget(muted(how))
    column.addWidget(field)
    column.addStretch(1)
    return column
