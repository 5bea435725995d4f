"""What runs beside the window, in the status bar: how far it is, a way to stop it, and the way to all that
ran."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.widgets import plain_label, tool

BEFORE_SHOWN = 200  # ms: shorter work needs no telling


class WorkLine(QWidget):
    """`changed` when it appears or goes, as a low window then gets or loses its status bar."""

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
