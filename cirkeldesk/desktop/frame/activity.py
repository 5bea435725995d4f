"""Werk en meldingen: what ran beside the window, what went wrong, and a file for whoever helps."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from cirkeldesk import __version__
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.widgets import button, heading, muted
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
        name, _ = QFileDialog.getSaveFileName(
            self, "Diagnosebestand opslaan", "CirkelDesk diagnose.zip", "Zip (*.zip)"
        )
        if name:
            self._save_bundle(Path(name))
