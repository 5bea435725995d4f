"""The rules by which chances are proposed; the team edits them, and every proposal says which rule it came
from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.calendar.outlook import TablePage
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.grid.cells import read_cell_number
from cirkeldesk.desktop.kit.widgets import button, three_columns
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import HIGHEST, Calendar, ProposalRule
from cirkeldesk.model.calendar.edits import CalendarEdit
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.calendar import words


class RulesPage(TablePage):
    def __init__(self, groups: Mapping[str, ProductGroup], commit: Callable[[CalendarEdit], object]) -> None:
        super().__init__("Voorstelregels")
        self._commit, self.groups = commit, groups
        self.rules: tuple[ProposalRule, ...] = ()
        self.said.setText("Een regel stelt een kans voor. Pas als iemand haar bevestigt, telt zij mee.")
        self.view.selectionModel().currentRowChanged.connect(lambda now, before: self._show())
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 8, 0, 0)
        self.theme = Choice("Thema", [(one, terms.THEMES[one]) for one in THEMES])
        self.theme.chosen.connect(lambda value: self._set("theme", value))
        self.chance = Choice("Kans", [(n, f"{n}, {words.CHANCES[n]}") for n in range(HIGHEST + 1)])
        self.chance.chosen.connect(lambda value: self._set("chance", value))
        self.group = Choice(
            "Productgroep", [((), "elke"), *(((code,), group.name) for code, group in groups.items())]
        )
        self.group.chosen.connect(lambda value: self._set("groups", value))
        self.words = TextField("Woorden in de omschrijving", hint="leeg: alle; of: schoonmaak*, catering")
        self.words.committed.connect(self._set_words)
        self.least = TextField("Vanaf raming €", number=True)
        self.least.committed.connect(self._set_least)
        self.reason = TextField("Reden, staat bij het voorstel")
        self.reason.committed.connect(lambda text: self._set("reason", text.strip()))
        grid = three_columns()
        rows = ((self.theme, self.chance, self.group), (self.words, self.least, self.reason))
        for line, widgets in enumerate(rows):
            for place, widget in enumerate(widgets):
                grid.addWidget(widget, line, place, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        row = QHBoxLayout()
        self.add = button("Nieuwe regel", self.new, icon="plus")
        self.remove = button("Verwijderen", self.delete)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        self.form = form
        self.column.addWidget(form)

    def show_calendar(self, calendar: Calendar, *, read_only: bool) -> None:
        place = self.view.currentIndex().row()
        self.rules = calendar.rules
        texts = [
            (
                terms.THEMES[rule.theme],
                f"{rule.chance}, {words.CHANCES[rule.chance]}",
                ", ".join(self.groups[code].name if code in self.groups else code for code in rule.groups)
                or "elke",
                ", ".join(rule.words) or "alle",
                numbers.euro(rule.least) if rule.least is not None else "",
                rule.reason,
            )
            for rule in self.rules
        ]
        header = ("Thema", "Kans", "Productgroep", "Woorden", "Vanaf raming", "Reden")
        self.show_rows(header, texts, range(6), (170, 90, 190, 200, 110, 340))
        self.form.setEnabled(not read_only)
        if self.rules:
            self.view.selectRow(max(0, min(place, len(self.rules) - 1)))
        self._show()

    @property
    def current(self) -> ProposalRule | None:
        row = self.view.currentIndex().row()
        return self.rules[row] if 0 <= row < len(self.rules) else None

    def _show(self) -> None:
        rule = self.current
        self.remove.setEnabled(rule is not None)
        self.theme.show_value(rule.theme if rule is not None else None)
        self.chance.show_value(rule.chance if rule is not None else None)
        self.group.show_value(rule.groups if rule is not None else ())
        if rule is not None and len(rule.groups) > 1:
            self.group.box.setPlaceholderText(
                ", ".join(self.groups[c].name if c in self.groups else c for c in rule.groups)
            )
        self.words.show_value(", ".join(rule.words) if rule is not None else "")
        self.least.show_value(
            numbers.as_typed(rule.least) if rule is not None and rule.least is not None else ""
        )
        self.reason.show_value(rule.reason if rule is not None else "")

    def _set(self, name: str, value: Any) -> None:
        if self.current is not None:
            self._commit(edits.put_rule(replace(self.current, **{name: value})))

    def _set_words(self, text: str) -> None:
        self._set("words", tuple(word.strip().casefold() for word in text.split(",") if word.strip()))

    def _set_least(self, text: str) -> None:
        read = read_cell_number(text, thousands=True)
        self.least.say(read.problem or "", wrong=read.problem is not None)
        if read.problem is None:
            self._set("least", read.exact)

    def new(self) -> None:
        taken = {rule.id for rule in self.rules}
        identity = next(name for number in range(1, 10_000) if (name := f"e{number}") not in taken)
        self._commit(edits.put_rule(ProposalRule(identity, "circularity", 1, "Eigen regel", words=("…",))))
        self.view.selectRow(len(self.rules) - 1)
        self.words.edit.setFocus()

    def delete(self) -> None:
        if self.current is not None:
            self._commit(edits.remove_rule(self.current))
