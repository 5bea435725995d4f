"""Baselines: the editions there are, and a new one estimated from a commitments file, with every row that
could not be counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.monitor.baseline import Baseline, SpendFactor
from cirkeldesk.model.refusal import Refusal, StoreError
from cirkeldesk.operations.monitor import baselines as acts
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences
from cirkeldesk.wording.monitor import words

SPEND = "Uitgaven (*.xlsx *.ods *.csv);;Alle bestanden (*)"
EDITIONS = ("Nulmeting", "Jaar", "Methode", "Waarover", "Primair abiotisch, ton", "Kenmerk")
MOST_CATEGORIES, MOST_DOUBTS = 40, 200


class BaselineTab(ScrollColumn):
    """A form for the estimate below the editions: choose a file, say how many kg go with a euro, see the
    band, give it a name."""

    changed = Signal()

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(0, 8, 8, 8)
        self.workspace, self.bars = workspace, bars
        self.path: Path | None = None
        self.spend: acts.ReadSpend | None = None
        self.rows: dict[str, tuple[TextField, TextField, TextField]] = {}
        self.said = muted()
        self.editions = PlainTable("Nulmetingen")
        self.column.addWidget(self.said)
        self.column.addWidget(self.editions)
        line = QHBoxLayout()
        self.from_spend = button("Schatten uit uitgaven", self._choose_spend, icon="open", primary=True)
        self.from_file = button("Nulmeting inlezen", self._choose_file)
        for made in (self.from_spend, self.from_file):
            line.addWidget(made)
        line.addStretch(1)
        self.column.addLayout(line)
        self.part = QWidget()
        column = QVBoxLayout(self.part)
        column.setContentsMargins(0, 8, 0, 0)
        self.title = heading("", 1.15)
        self.told = muted()
        self.grid = QGridLayout()
        self.band = plain_label()
        self.band.setWordWrap(True)
        self.years = TextField("Gemiddelde van de jaren")
        self.name = TextField("Naam van deze nulmeting *")
        self.keep = button("Nulmeting vaststellen", self._keep, primary=True)
        self.doubts_head = heading("Niet meegeteld", 1.0)
        self.doubts = PlainTable("Regels die niet zijn meegeteld")
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addLayout(self.grid)
        column.addWidget(self.band)
        foot = QHBoxLayout()
        for part in (self.years, self.name):
            foot.addWidget(part, 1)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        column.addWidget(self.doubts_head)
        column.addWidget(self.doubts)
        self.column.addWidget(self.part)
        self.column.addStretch(1)
        self.years.edit.textEdited.connect(lambda _: self._work_out())
        self.part.hide()

    def refresh(self) -> None:
        found = acts.baselines(self.workspace)
        self.said.setText(
            "Elke nulmeting is een eigen uitgave en verandert nooit. De monitor rekent met de nieuwste."
            if found
            else "Er is nog geen nulmeting. Schat haar uit het verplichtingenbestand van uw financiële administratie: "
            "jaar, categorie en bedrag zijn genoeg."
        )
        rows = [
            (
                one.id,
                str(one.year),
                words.METHODS[one.method],
                one.scope,
                words.span(one.primary_abiotic_t),
                content_hash(one)[:12],
            )
            for one in found
        ]
        self.editions.show_rows(EDITIONS, rows, 4)
        self.editions.setVisible(bool(rows))
        for made in (self.from_spend, self.from_file, self.keep):
            made.setEnabled(not self.workspace.read_only)

    # --- reading
    # -------------------------------------------------------------------------------------------------

    def _choose_spend(self) -> None:
        path = ask_for_file(self, "Uitgaven inlezen", SPEND)
        if path is not None:
            self.read_spend(path)

    def _choose_file(self) -> None:
        path = ask_for_file(self, "Nulmeting inlezen", "Nulmeting (*.json)")
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        try:
            made = acts.put_baseline(self.workspace, path)
        except Refusal as problem:
            self._refuse(problem)
            return
        self._kept(made)

    def read_spend(self, path: Path) -> None:
        """Show what a commitments file holds; nothing is kept yet."""
        try:
            spend = acts.read_spend(self.workspace, path)
        except Refusal as problem:
            self._refuse(problem)
            return
        self.path, self.spend = path, spend
        self.part.show()
        self.title.setText(path.name)
        read = spend.read
        self.told.setText(
            f"{numbers.number(read.rows, 0)} regels gelezen, {len(read.doubtful)} niet meegeteld. Zeg hoeveel kg "
            f"primair abiotisch bij een euro hoort, laagst en hoogst. Laat leeg wat geen materiaal is."
        )
        self.years.edit.setText(", ".join(map(str, spend.years)))
        self.name.edit.setText(f"schatting {spend.years[-1]}" if spend.years else "")
        self._show_categories(spend)
        shown = read.doubtful[:MOST_DOUBTS]
        rows = [(str(one.row), words.DOUBTS[one.key], one.text) for one in shown]
        self.doubts.show_rows(("Rij", "Waarom", "Wat er staat"), rows)
        for part in (self.doubts_head, self.doubts):
            part.setVisible(bool(rows))
        more = len(read.doubtful) - len(shown)
        self.doubts_head.setText("Niet meegeteld" + (f", de eerste {len(shown)}; nog {more}" if more else ""))
        self._work_out()

    def _show_categories(self, spend: acts.ReadSpend) -> None:
        while (item := self.grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows = {}
        for column, text in enumerate(("Categorie", "€ in die jaren", "kg per €, laagst", "hoogst", "Bron")):
            head = plain_label(text)
            head.setObjectName("muted")
            self.grid.addWidget(head, 0, column)
        for row, (category, amount) in enumerate(spend.categories[:MOST_CATEGORIES], 1):
            known = spend.factor(category)
            fields = (
                TextField(f"{category}, laagst", number=True),
                TextField(f"{category}, hoogst", number=True),
                TextField(f"{category}, bron"),
            )
            values = ("", "", "")
            if known is not None:
                values = (numbers.as_typed(known.low), numbers.as_typed(known.high), known.source)
            for field, value in zip(fields, values, strict=True):
                field.label.hide()
                field.edit.setText(value)
                field.edit.textEdited.connect(lambda _: self._work_out())
            self.rows[category] = fields
            self.grid.addWidget(plain_label(category), row, 0)
            self.grid.addWidget(plain_label(numbers.euro(amount)), row, 1)
            for place, field in enumerate(fields, 2):
                self.grid.addWidget(field, row, place)

    # --- figures follow typing
    # -------------------------------------------------------------------------------------------------

    def _factors(self) -> tuple[SpendFactor, ...]:
        """What is filled in; a low above its high, or one without the other, is marked and not counted."""
        found = []
        for category, (low, high, source) in self.rows.items():
            ends = [numbers.read_number(field.edit.text()).value for field in (low, high)]
            typed = [bool(field.edit.text().strip()) for field in (low, high)]
            for field in (low, high):
                field.say("")
            if not any(typed):
                continue
            if ends[0] is None or ends[1] is None or not 0 <= ends[0] <= ends[1]:
                high.say("Vul laagst en hoogst in, laagst eerst.", wrong=True)
                continue
            known = self.spend.factor(category) if self.spend is not None else None
            begin = known or SpendFactor(category, 0.0, 0.0)
            found.append(
                replace(begin, low=float(ends[0]), high=float(ends[1]), source=source.edit.text().strip())
            )
        return tuple(found)

    def _years(self) -> tuple[int, ...]:
        parts = self.years.edit.text().replace(",", " ").split()
        return tuple(int(one) for one in parts if one.isdigit() and len(one) == len("2026"))

    def _made(self) -> Baseline | None:
        if self.spend is None or self.path is None:
            return None
        return acts.estimated(self.spend, self._factors(), self._years(), self.name.edit.text().strip())

    def _work_out(self) -> None:
        made = self._made()
        if made is None or not made.covered:
            self.band.setText("Vul bij ten minste één categorie kg per euro in.")
            self.keep.setEnabled(False)
            return
        narrow = [one.category for one in made.factors if one.needs_reason]
        text = f"{words.baseline_sentence(made)}"
        if narrow:
            text += f" De band van {', '.join(narrow)} is smaller dan 30 %. Zeg bij Bron waar dat op rust."
        self.band.setText(text)
        self.keep.setEnabled(not self.workspace.read_only)

    def _keep(self) -> None:
        made = self._made()
        if made is None:
            return
        # A source that somebody named is the reason of a narrow band as well.
        factors = tuple(replace(one, reason=one.reason or one.source) for one in made.factors)
        try:
            kept = acts.keep(self.workspace, replace(made, factors=factors))
        except StoreError as problem:
            self._refuse(problem)
            return
        self.part.hide()
        self._kept(kept)

    def _kept(self, made: Baseline) -> None:
        self.bars.show_bar("baseline", f"Nulmeting {made.id} is vastgesteld.", "good")
        self.changed.emit()

    def _refuse(self, problem: Refusal) -> None:
        self.bars.show_bar("failed", sentences.refusal(problem), "error")
