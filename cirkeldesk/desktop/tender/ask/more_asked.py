"""What is asked besides the MKI: what must be equal, values the authority fixes, and what a bidder may
offer."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.widgets import muted, three_columns
from cirkeldesk.desktop.tender.ask.known_values import fill_fixed, menu_button, read_fixed, with_sources
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.product.modules import in_order
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.ask import InputOwner
from cirkeldesk.wording import numbers

YES_NO = [(True, "ja"), (False, "nee")]


class MoreAsked(QWidget):
    """Each field is one step of the ask."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.functions = TextField("Moet gelijk zijn", hint="verkeersklasse; stroefheid")
        self.functions.committed.connect(self._set_functions)
        self.released = Choice(
            self.session.comparison.group.released_label or "Vrijkomend materiaal telt mee", YES_NO
        )
        self.released.chosen.connect(
            lambda value: self._ask("released_in_scope", value, "vrijkomend materiaal")
        )
        self.own = Choice("Eigen hoeveelheid toegestaan", YES_NO)
        self.own.chosen.connect(lambda value: self._ask("own_quantities_allowed", value, "eigen hoeveelheid"))
        self.fixed = TextField("Vaste waarden, € MKI per ton", hint="A4 0,45; A5 0,20; C1-C4 0,60")
        self.fixed.committed.connect(self._set_fixed)
        grid = three_columns()
        known = menu_button(
            "Vaste waarden kiezen", self, partial(fill_fixed, self.session, self.session.commit)
        )
        self.known_fixed = known
        rows = ((self.functions, self.released, self.own), (self.fixed, known))
        for line, widgets in enumerate(rows):
            for place, widget in enumerate(widgets):
                grid.addWidget(widget, line, place, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addLayout(self._owners())
        column.addWidget(
            muted(
                "Vaste waarden gelden voor alle varianten en posten; inschrijvers geven die levensfasen "
                "niet op."
            )
        )

    def _owners(self) -> QGridLayout:
        """Which inputs the authority fixes and which a bidder promises; the form has an open cell for the
        last."""
        group = self.session.comparison.group
        inputs = group.route(group.default_route).inputs
        names = [("life", "Levensduur")]
        mine = (group.functional_property, group.measure)
        answered = {prop.code for prop in group.answered_by(None)}
        names += [
            (code, group.property(code).label) for code in inputs if code not in mine and code not in answered
        ]
        self.owners: dict[str, Choice] = {}
        grid = three_columns()
        for place, (code, label) in enumerate(names):
            made = Choice(
                label, [("fixed", "vast, door ons gegeven"), ("offered", "aan te bieden, met bewijs")]
            )
            made.chosen.connect(lambda value, c=code, lb=label: self._set_owner(c, value, lb))
            self.owners[code] = made
            grid.addWidget(made, place // 3, place % 3)
        return grid

    def _set_owner(self, code: str, owner: Any, label: str) -> None:
        kept = tuple(found for found in self.session.tender.ask.owners if found.field != code)
        owners = (*kept, InputOwner(code, owner)) if owner == "offered" else kept
        self._ask("owners", owners, f"{label.lower()} vast of aan te bieden")

    def refresh(self) -> None:
        ask = self.session.tender.ask
        self.functions.show_value("; ".join(ask.equal_functions))
        self.released.show_value(ask.released_in_scope)
        self.own.show_value(ask.own_quantities_allowed)
        offered = {found.field for found in ask.owners if found.owner == "offered"}
        for code, made in self.owners.items():
            made.show_value("offered" if code in offered else "fixed")
        self.fixed.show_value(
            "; ".join(
                f"{f.module} {numbers.as_typed(f.value)}"
                for f in ask.fixed_modules
                if f.per == "ton" and f.post_id is None
            )
        )

    def _ask(self, name: str, value: Any, step: str) -> None:
        self.session.commit(edits.set_ask(name, value, step))

    def _set_functions(self, text: str) -> None:
        names = tuple(part.strip() for part in text.split(";") if part.strip())
        self._ask("equal_functions", names, "gelijke functies")

    def _set_fixed(self, text: str) -> None:
        """ "A4 0,45; A5 0,20" → fixed values per ton; each fault is named."""
        found = read_fixed(text)
        if isinstance(found, str):
            self.fixed.say(found, wrong=True)
            return
        order = {name: place for place, name in enumerate(in_order(f.module for f in found))}
        self.fixed.say("")
        before = self.session.tender.ask.fixed_modules
        kept = tuple(f for f in before if f.per != "ton" or f.post_id is not None)
        typed = with_sources(tuple(sorted(found, key=lambda f: order[f.module])), before)
        self._ask("fixed_modules", (*typed, *kept), "vaste waarden")
