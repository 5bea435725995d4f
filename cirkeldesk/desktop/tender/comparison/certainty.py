"""Hoe zeker is dit: for design alternatives, how often each is lowest and what other assumptions do to the
order."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGridLayout

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.grid.cells import read_cell_number
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import ScrollColumn, heading, muted, plain_label
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award.acts import set_spread
from cirkeldesk.model.comparison.certainty import Category, certainty, designs_of, spreads_of
from cirkeldesk.wording import numbers
from cirkeldesk.wording.award import how_sure

CATEGORIES: dict[Category, str] = {
    "1": "Categorie 1, %",
    "2": "Categorie 2, %",
    "3": "Categorie 3, %",
    "3a": "Categorie 3a, %",
    "unknown": "Onbekend, %",
}
NOTE = (
    "Elk cijfer krijgt een spreiding naar zijn datacategorie; wat ontwerpen delen, wordt voor alle "
    "tegelijk getrokken. "
    "De spreiding is een instelling van uzelf, geen norm. Voor inschrijvingen rekenen wij geen kansen uit."
)


class CertaintyTab(ScrollColumn):
    def __init__(self, session: Session) -> None:
        super().__init__(4, 8, 12, 8)
        self.session = session
        self._stale = True
        column = self.column
        column.addWidget(heading("Hoe zeker is dit?", 1.15))
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        theme.keep_font(self.sentence, 1.0, bold=True)
        column.addWidget(self.sentence)
        self.table = PlainTable("Ontwerpen en hoe vaak zij de laagste MKI hebben")
        column.addWidget(self.table)
        self.scenarios = PlainTable("Rangorde onder andere aannames")
        column.addWidget(self.scenarios)
        column.addWidget(heading("Spreiding per datacategorie", 1.0))
        grid = QGridLayout()
        self.fields: dict[Category, TextField] = {}
        for place, (category, label) in enumerate(CATEGORIES.items()):
            field = TextField(label, number=True)
            field.committed.connect(lambda text, c=category: self._set(c, text))
            self.fields[category] = field
            grid.addWidget(field, 0, place)
        column.addLayout(grid)
        column.addWidget(muted(NOTE))
        column.addStretch(1)
        session.changed.connect(self.refresh)

    @property
    def has_designs(self) -> bool:
        return len(designs_of(self.session.comparison)) >= 2

    def refresh(self) -> None:
        """Computed when it is looked at: typing elsewhere does not wait for draws nobody sees."""
        self._stale = True
        if self.isVisible():
            self.compute()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.compute()

    def compute(self) -> None:
        self._stale = False
        found = certainty(self.session.comparison, self.session.inputs)
        for category, percent in spreads_of(self.session.tender).items():
            self.fields[category].show_value(numbers.as_typed(percent))
        for widget in (self.table, self.scenarios):
            widget.setVisible(found is not None)
        if found is None:
            self.sentence.setText("Er zijn twee ontwerpen met een volledige MKI nodig.")
            return
        self.sentence.setText(how_sure.certainty_sentence(found))
        table = how_sure.certainty_table(found)
        self.table.show_rows(table.header, table.rows, left=1)
        table = how_sure.scenario_table(found)
        self.scenarios.show_rows(table.header, table.rows)

    def _set(self, category: Category, text: str) -> None:
        read = read_cell_number(text)
        if read.problem or (read.value is not None and read.value > 200):
            self.fields[category].say(read.problem or "Vul een percentage in van 1 tot 200.", wrong=True)
            return
        self.fields[category].say("")
        self.session.commit(set_spread(category, read.value))
