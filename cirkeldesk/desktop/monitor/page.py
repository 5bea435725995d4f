"""Monitor: progress against the baseline, the contracts it rests on, and the baselines."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.choices import Tabs
from cirkeldesk.desktop.kit.file_dialogs import ask_where
from cirkeldesk.desktop.kit.jobs import Job, Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.undo import OwnUndo
from cirkeldesk.desktop.monitor.baseline_tab import BaselineTab
from cirkeldesk.desktop.monitor.contracts_tab import ContractsTab
from cirkeldesk.desktop.monitor.progress_tab import ProgressTab
from cirkeldesk.desktop.monitor.targets_tab import TargetsTab
from cirkeldesk.model.document.document import Kind
from cirkeldesk.model.monitor.monitor import MONITOR_ID
from cirkeldesk.model.refusal import Refusal, StoreError
from cirkeldesk.operations.monitor import monitoring
from cirkeldesk.operations.monitor.annex import write_annex, write_tables
from cirkeldesk.operations.monitor.example import add_years
from cirkeldesk.operations.monitor.lots import to_work_out, work_out
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers

PROGRESS, CONTRACTS, BASELINE, TARGETS = range(4)
KINDS = (("PDF", "pdf"), ("Word", "docx"), ("Excel", "xlsx"), ("OpenDocument", "ods"))


MANY = 100  # contracts that are worked out in half a second


def _told(job: Job, done: int, of: int) -> bool:
    job.progress.emit(done, of, "contracten")
    return not job.cancelled


class MonitorPage(OwnUndo, QWidget):
    """`tender_opened` with the id of the tender a contract is of. Undo is of the contract that is shown, or
    of the targets."""

    tender_opened = Signal(str)
    changed = Signal()
    draft_about = ("page", "monitor")

    def __init__(self, workspace: Workspace, bars: Messages, worker: Worker) -> None:
        super().__init__()
        self.workspace, self.bars, self.worker = workspace, bars, worker
        self.job: Job | None = None
        self.day = self.organisation = ""
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.progress = ProgressTab()
        self.progress.chosen.connect(self._choose)
        self.progress.lot_wanted.connect(self.open_contract)
        self.progress.frozen.connect(self._freeze)
        self.progress.example_wanted.connect(self.add_example)
        self.menu = QMenu(self)
        for name, kind in KINDS:
            self.menu.addAction(name, partial(self._save, kind))
        self.menu.addAction("CSV met uitleg, in een map", self._save_tables)
        self.progress.annex.setMenu(self.menu)
        self.contracts = ContractsTab(workspace, bars)
        self.contracts.tender_opened.connect(self.tender_opened)
        self.contracts.changed.connect(self._changed)
        self.baseline = BaselineTab(workspace, bars)
        self.baseline.changed.connect(self._changed)
        self.targets = TargetsTab(workspace, bars)
        self.targets.changed.connect(self._changed)
        for part, name in (
            (self.progress, "Voortgang"),
            (self.contracts, "Contracten"),
            (self.baseline, "Nulmeting"),
            (self.targets, "Doelen en peildata"),
        ):
            self.tabs.addTab(part, name)
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.addWidget(self.tabs)

    # --- undo

    @property
    def kind(self) -> Kind:  # type: ignore[override]
        return "monitor" if self.tabs.currentIndex() == TARGETS else "contract"

    def undone(self, *, again: bool = False) -> str | None:
        place = self.tabs.currentIndex()
        return MONITOR_ID if place == TARGETS else self.contracts.shown if place == CONTRACTS else None

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """What is shown, read anew; thousands of contracts that were never worked out are first, beside the
        window."""
        if self.job is not None:
            return
        if to_work_out(self.workspace) > MANY:
            self._work_out()
            return
        place = self.tabs.currentIndex()
        if place == PROGRESS:
            self._show_progress()
        elif place == CONTRACTS:
            self.contracts.refresh()
        elif place == BASELINE:
            self.baseline.refresh()
        else:
            self.targets.refresh()

    def _work_out(self) -> None:
        self.tabs.setEnabled(False)
        self.bars.show_bar("counting", "De contracten worden doorgerekend. Dat duurt even.", "info")
        self.job = self.worker.start(
            lambda job: work_out(self.workspace, lambda done, of: _told(job, done, of)),
            lambda _: self._worked_out(None),
            self._worked_out,
            "Contracten doorrekenen",
            cancellable=True,
        )

    def _worked_out(self, problem: Exception | None) -> None:
        was_cancelled = self.job is not None and self.job.cancelled
        self.job = None
        self.tabs.setEnabled(True)
        self.bars.clear("counting")
        if isinstance(problem, StoreError):
            self.bars.refuse("failed", problem)
        elif problem is not None:
            raise problem
        elif was_cancelled:
            self.bars.show_bar(
                "counting", "Het doorrekenen is gestopt. De monitor is nog niet volledig.", "info"
            )
        else:
            self.refresh()

    def _show_progress(self) -> None:
        try:
            count = monitoring.count_of(
                self.workspace, until=self.day or None, organisation=self.organisation
            )
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        monitor = monitoring.get_monitor(self.workspace)
        names = monitoring.organisations(self.workspace)
        days = monitoring.year_ends(self.workspace, monitor)
        self.progress.show_count(count, monitor, days, names, read_only=self.workspace.read_only)

    def _choose(self, day: str, organisation: str) -> None:
        self.day, self.organisation = day, organisation
        self._show_progress()

    def open_contract(self, tender: str) -> None:
        self.tabs.setCurrentIndex(CONTRACTS)
        self.contracts.open_contract(tender)

    def add_example(self) -> None:
        """Three years of fictitious contracts, so that the page can be seen before there is data."""
        try:
            add_years(self.workspace)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
        self._changed()

    # --- papers

    def _freeze(self) -> None:
        day = self.day or monitoring.today(self.workspace)
        try:
            made = monitoring.freeze(self.workspace, day, self.organisation)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        text = f"De peildatum {numbers.date(day)} is vastgelegd, kenmerk {made.hash[:16]}."
        self.bars.show_bar("frozen", text, "good")
        self._changed()

    def _save(self, kind: str) -> None:
        day = numbers.date(self.day or monitoring.today(self.workspace))
        path = ask_where(self, "Bijlage opslaan", f"Bijlage monitor {day}.{kind}", f"Bestand (*.{kind})")
        if path is not None:
            self.save(path)

    def _save_tables(self) -> None:
        path = ask_where(self, "Map voor de CSV-bestanden", "Monitor CSV")
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """The annex as its name ends; a name without an ending is a folder of CSV files."""
        count = self.progress.count
        if count is None:
            return
        try:
            if path.suffix:
                write_annex(self.workspace, count, path)
            else:
                write_tables(self.workspace, count, path)
        except Refusal as problem:
            self.bars.refuse("failed", problem)
            return
        self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")
