"""Werk en meldingen: what ran beside the window, what went wrong, and a file for whoever helps."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk import __version__
from cirkeldesk.desktop.kit.file_dialogs import ask_where
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.widgets import button, heading, muted, plain_label, tool
from cirkeldesk.wording import terms


@dataclass(frozen=True)
class ReportedFault:
    """Something of ours that went wrong: what was told and the details to copy."""

    text: str
    details: str
    at: datetime.datetime = field(default_factory=datetime.datetime.now)

    @property
    def copied(self) -> str:
        return f"{terms.PROGRAM} {__version__}\n{self.at:%Y-%m-%d %H:%M}\n{self.details}"


class ActivityView(QWidget):
    def __init__(self, worker: Worker, save_bundle: Callable[[Path], None]) -> None:
        super().__init__()
        self.worker, self._save_bundle = worker, save_bundle
        self.faults: list[ReportedFault] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading("Wat er liep", 1.0))
        self.jobs = QListWidget()
        self.jobs.setAccessibleName("Wat er liep, nieuwste boven")
        column.addWidget(self.jobs, 2)
        column.addWidget(heading("Wat er misging", 1.0))
        self.none = muted("Er is niets misgegaan.")
        column.addWidget(self.none)
        self.wrong = QListWidget()
        self.wrong.setAccessibleName("Wat er misging, nieuwste boven")
        self.wrong.currentRowChanged.connect(self._show_details)
        column.addWidget(self.wrong, 1)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Details")
        column.addWidget(self.details, 1)
        row = QHBoxLayout()
        self.copy = button("Details kopiëren", self.copy_details)
        row.addWidget(self.copy)
        row.addWidget(button("Diagnosebestand opslaan", self._choose_file))
        column.addLayout(row)
        column.addWidget(
            muted("Het diagnosebestand bevat versies en het logboek, geen namen en geen cijfers.")
        )
        worker.changed.connect(self.refresh)
        self.refresh()

    def add_fault(self, fault: ReportedFault) -> None:
        self.faults.insert(0, fault)
        self.refresh()
        self.wrong.setCurrentRow(0)

    def refresh(self) -> None:
        self.jobs.clear()
        for entry in self.worker.ran:
            at = f" ({entry.done} van {entry.of})" if entry.state == "loopt" and entry.of else ""
            self.jobs.addItem(f"{entry.began:%H:%M}  {entry.name}: {entry.state}{at}")
        if not self.worker.ran:
            self.jobs.addItem("Nog niets.")
        if self.wrong.count() != len(self.faults):
            self.wrong.clear()
            self.wrong.addItems([f"{fault.at:%H:%M}  {fault.text}" for fault in self.faults])
        for widget in (self.wrong, self.details, self.copy):
            widget.setVisible(bool(self.faults))
        self.none.setVisible(not self.faults)

    def _show_details(self, row: int) -> None:
        self.details.setPlainText(self.faults[row].copied if 0 <= row < len(self.faults) else "")

    def copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())

    def _choose_file(self) -> None:
        path = ask_where(self, "Diagnosebestand opslaan", "CirkelDesk diagnose.zip", "Zip (*.zip)")
        if path is not None:
            self._save_bundle(path)


BEFORE_SHOWN = 200  # ms: shorter work needs no telling


class WorkLine(QWidget):
    """`changed` when it appears or goes, as there is then another room for what is said beside it."""

    changed = Signal()

    def __init__(self, worker: Worker, open_list: Callable[[], object]) -> None:
        super().__init__()
        self.worker = worker
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        self.text = plain_label()
        row.addWidget(self.text)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Voortgang")
        self.bar.setMaximumWidth(140)
        self.bar.setTextVisible(False)
        row.addWidget(self.bar)
        self.stop = tool("Stoppen", self._stop)
        row.addWidget(self.stop)
        row.addWidget(tool("Werk en meldingen", open_list))
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(BEFORE_SHOWN)
        self._wait.timeout.connect(self._show)
        worker.changed.connect(self._follow)
        self.hide()

    def _follow(self) -> None:
        if self.worker.running is None:
            self._wait.stop()
            if not self.isHidden():
                self.hide()
                self.changed.emit()
        elif self.isHidden():
            self._wait.start() if not self._wait.isActive() else None
        else:
            self._show()

    def _show(self) -> None:
        entry = self.worker.running
        if entry is None:
            return
        self.text.setText(f"{entry.name} …" if not entry.of else f"{entry.name}: {entry.done} van {entry.of}")
        self.bar.setRange(0, entry.of)
        self.bar.setValue(entry.done)
        self.stop.setVisible(entry.cancellable)
        if self.isHidden():
            self.show()
            self.changed.emit()

    def _stop(self) -> None:
        if self.worker.running is not None:
            self.worker.running.job.cancel()
