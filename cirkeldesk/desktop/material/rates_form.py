"""What moving costs: without it nothing can be said to be saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from cirkeldesk.desktop.kit.typed_form import TypedField, TypedForm
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted
from cirkeldesk.desktop.material.fields import SETS
from cirkeldesk.model.material.material import MaterialRates

RATES = (
    TypedField("per_tkm", "Vervoer, € MKI per tonkm", "number"),
    TypedField("handling", "Overslag, € MKI per ton", "number", may_lack=True),
    TypedField("set_code", "Weegset", "choice", options=SETS),
    TypedField("edition", "Uitgave van de set", may_lack=True),
    TypedField("source", "Bron"),
    TypedField("days", "Reservering duurt, dagen", "whole", may_lack=True),
)
WHY = (
    "Wat hergebruik bespaart, is de MKI van nieuw min die van vervoer en overslag. Alles hoort bij "
    "dezelfde weegset en uitgave als de MKI van nieuw bij de vraag; anders wordt er niet gerekend."
)


class RatesForm(ScrollColumn):
    """`done` with what was typed; `left` when somebody goes back."""

    done = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(20, 12, 20, 12)
        self.form = TypedForm(RATES)
        self.form.done.connect(self.take)
        self.keep = button("Bewaren", self.take, icon="check", primary=True)
        self.back = button("Annuleren", self.left.emit)
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addWidget(self.back)
        foot.addStretch(1)
        self.column.addWidget(heading("Rekenwaarden van verplaatsen", 1.25))
        self.column.addWidget(muted(WHY))
        self.column.addWidget(self.form)
        self.column.addLayout(foot)
        self.column.addStretch(1)

    def show_rates(self, rates: MaterialRates) -> None:
        known = {field.name: getattr(rates, field.name) for field in RATES}
        self.form.show_values({name: value for name, value in known.items() if value not in (None, "")})

    def take(self) -> None:
        said = self.form.read()
        if said is not None:
            self.done.emit(said)
