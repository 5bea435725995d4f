"""Vandaag: what asks attention, in the order of its day, each line a way to the thing itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.tables.lists import ListView
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import heading, muted
from cirkeldesk.model.calendar.today import OF_CONTRACT, OF_MATERIALS, Due
from cirkeldesk.operations.calendar.advising import today
from cirkeldesk.operations.calendar.today import due_today
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers
from cirkeldesk.wording.calendar import today as words
from cirkeldesk.wording.window import days

HEADER = ("Dag", "Nog", "Wat", "Waarover", "Toelichting")
WIDTHS = (100, 120, 170, 300, 320)


class TodayPage(QWidget):
    """`tender_opened`, `contract_opened`, `material_opened` and `row_opened` with the id of what a line is
    about."""

    tender_opened = Signal(str)
    row_opened = Signal(str)
    contract_opened = Signal(str)
    material_opened = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.lines: tuple[Due, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        self.said = heading("", 1.35)
        column.addWidget(self.said)
        self.how = muted("Enter opent waar de regel over gaat.")
        column.addWidget(self.how)
        self.model = TextTableModel()
        self.view = ListView("Vandaag")
        self.view.setModel(self.model)
        self.view.opened.connect(self._open)
        column.addWidget(self.view, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read anew each time the page comes up: what was done elsewhere is off the list."""
        self.lines = due_today(self.workspace)
        count = len(self.lines)
        self.said.setText(
            words.NOTHING
            if not count
            else "Eén ding vraagt aandacht."
            if count == 1
            else f"{count} dingen vragen aandacht."
        )
        self.how.setVisible(bool(count))
        now = date.fromisoformat(today(self.workspace))
        rows = tuple(
            (
                numbers.date(one.day) if one.day else "",
                days.until(one.day, now) if one.day else "",
                words.KINDS[one.kind],
                one.subject,
                words.text(one),
            )
            for one in self.lines
        )
        self.model.show(HEADER, rows, frozenset(range(len(HEADER))))
        for place, width in enumerate(WIDTHS):
            self.view.setColumnWidth(place, theme.px(width))
        self.view.horizontalHeader().setSectionResizeMode(len(HEADER) - 1, QHeaderView.ResizeMode.Stretch)
        self.view.setVisible(bool(count))

    def _open(self, place: int) -> None:
        one = self.lines[place]
        of_calendar = one.kind in ("advice_due", "advice_asked", "answer", "publication")
        opened = self.row_opened if of_calendar else self.tender_opened
        opened = self.contract_opened if one.kind in OF_CONTRACT else opened
        (self.material_opened if one.kind in OF_MATERIALS else opened).emit(one.place)
