"""Beside Uitvraag: what is still missing before the lock, each line with its field, and the next act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted
from cirkeldesk.desktop.tender.ready_list import ReadyList
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award.readiness import Surroundings, readiness, waits_for
from cirkeldesk.wording.award.ready import button_text

PANEL = 300


class BesideAsk(QFrame):
    """`wanted` with the field of a line (as in `ReadyLine.field`), `on_wanted` to go to the variants,
    `lock_wanted` to put the ask on the lock."""

    wanted = Signal(str)
    on_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("panel")
        theme.keep_width(self, PANEL)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(8)
        top = QHBoxLayout()
        self.title = heading("Klaar voor het slot?", 1.15)
        self.count = muted()
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.title)
        top.addWidget(self.count)
        outer.addLayout(top)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Klaar voor het slot")
        theme.keep_height(self.progress, 6)
        outer.addWidget(self.progress)
        scroll = ScrollColumn(0, 4, 0, 4)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines = ReadyList(session)
        self.lines.wanted.connect(self.wanted)
        scroll.column.addWidget(self.lines)
        scroll.column.addStretch(1)
        outer.addWidget(scroll, 1)
        self.on = button("Verder naar varianten", self.on_wanted.emit, icon="next")
        self.lock = button("Op slot zetten", self.lock_wanted.emit, icon="lock")
        outer.addWidget(self.on)
        outer.addWidget(self.lock)

    def refresh(self) -> None:
        """After each step, while it is seen: the lines stay where they were."""
        tender = self.session.tender
        lines = readiness("lock", self.session.comparison, self.session.award, Surroundings())
        self.lines.show_lines(lines)
        open_lines, needed = waits_for(lines, "needed", "asked"), waits_for(lines)
        counted = open_lines + waits_for(lines, "done")
        self.progress.setRange(0, max(1, counted))
        self.progress.setValue(counted - open_lines)
        told = f"{counted - open_lines} van {counted}"
        self.count.setText(told)
        self.progress.setAccessibleDescription(told)
        locked = tender.lock is not None
        self.title.setText("Op slot" if locked else "Klaar voor het slot?")
        chosen = tender.award.method is not None
        self.lock.setVisible(not locked and chosen and tender.practice_of is None)
        self.lock.setText(button_text("Op slot zetten", needed))
        self.lock.setEnabled(not self.session.read_only)
