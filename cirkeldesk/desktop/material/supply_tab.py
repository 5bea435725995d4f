"""Supply and demand: a list, what is chosen, what fits it, and the acts of a depot keeper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_for_folder, ask_where
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.filled import as_high_as, fill, text_list
from cirkeldesk.desktop.kit.typed_form import TypedField, TypedForm
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, fold, heading, muted, plain_label
from cirkeldesk.desktop.material.fields import as_data, demand_fields, supply_fields
from cirkeldesk.desktop.material.listed_tab import ListedTab
from cirkeldesk.desktop.material.lists import DemandList, SupplyList
from cirkeldesk.model.material.material import Demand, Supply
from cirkeldesk.operations.material import materials as acts
from cirkeldesk.operations.material.exchange import exchange
from cirkeldesk.operations.material.outputs import as_product, write_offer
from cirkeldesk.operations.material.tables import read_materials, write_materials
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material import words

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match

Side = Literal["supply", "demand"]
FILES = "Materialen (*.json *.csv *.xlsx *.ods);;Alle bestanden (*)"
WIDTHS = (300, 110, 220, 190, 110)
MATCHES = ("Past bij", "Hoeveelheid", "Afstand", "Bespaard", "Wanneer")
MATCH_WIDTHS = (260, 110, 90, 260, 190)
HELD = ("Voor", "Hoeveelheid", "Tot en met", "Stand")
HELD_WIDTHS = (320, 120, 110, 140)
MOST_SHOWN = 6
RATES = (
    TypedField("per_tkm", "Vervoer, € MKI per tonkm", "number"),
    TypedField("handling", "Overslag, € MKI per ton", "number", may_lack=True),
    TypedField("set_code", "Weegset", "choice", options=(("A2", "A2"), ("A1", "A1"))),
    TypedField("edition", "Uitgave van de set", may_lack=True),
    TypedField("source", "Bron"),
    TypedField("days", "Reservering duurt, dagen", "whole", may_lack=True),
)


class MaterialTab(ListedTab):
    """One side: what comes free, or what is needed."""

    changed = Signal()

    def __init__(self, workspace: Workspace, bars: Messages, side: Side) -> None:
        model: SupplyList | DemandList = SupplyList() if side == "supply" else DemandList()
        super().__init__(workspace, bars, side, "Aanbod" if side == "supply" else "Vraag", model)
        self.model, self.side = model, side
        self.matches: list[Match] = []
        self.held: list[str] = []
        self.search.setPlaceholderText("Zoek op soort, naam of plaats")
        self.search.setAccessibleName("Zoeken in materialen")
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        self.read = button("Lijst inlezen", self._choose_file, icon="open")
        self.write = button("Lijst opslaan", self._save_list, icon="sheet")
        self.swap = button("Uitwisselen", self._choose_folder, primary=True)
        for made in (self.read, self.write, self.swap):
            line.addWidget(made)
        self.column.addLayout(line)
        self.column.addWidget(self.said)
        self.column.addWidget(self.view)
        self.form = TypedForm(supply_fields() if side == "supply" else demand_fields(), 5)
        self.form.done.connect(self._add)
        part = self._form_part()
        self.column.addWidget(fold("Aanbod melden" if side == "supply" else "Vraag melden", part))
        self.column.addWidget(part)
        if side == "demand":
            self._rates()
        self.title = heading("", 1.15)
        self.about = plain_label()
        self.about.setWordWrap(True)
        self.column.addWidget(self.title)
        self.column.addWidget(self.about)
        self._reservations()
        self._fitting()
        self.column.addStretch(1)

    def _rates(self) -> None:
        """What moving costs: without it nothing can be said to be saved."""
        self.rates = TypedForm(RATES, 6)
        self.rates.done.connect(self._keep_rates)
        self.keep = button("Bewaren", self._keep_rates, icon="check")
        part = ScrollColumn(0, 0, 0, 8)
        part.column.addWidget(self.rates)
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addStretch(1)
        part.column.addLayout(foot)
        self.column.addWidget(fold("Rekenwaarden van verplaatsen", part))
        self.column.addWidget(part)

    def _form_part(self) -> QWidget:
        part = ScrollColumn(0, 0, 0, 8)
        part.column.addWidget(self.form)
        self.add = button("Melden", self._add, icon="plus", primary=False)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        part.column.addLayout(foot)
        return part

    def _reservations(self) -> None:
        self.held_head = heading("Gereserveerd", 1.0)
        self.held_view, self.held_model = text_list("Reserveringen")
        self.offer = button("Aanbodblad", self._save_offer, icon="sheet")
        self.use = button("Als product gebruiken", self._as_product)
        self.gone = button("Geleverd", partial(self._end, delivered=True), icon="check")
        self.free = button("Vrijgeven", partial(self._end, delivered=False))
        self.moved = TextField("Meer of minder in het depot", number=True)
        self.move_why = TextField("Waarom")
        self.book = button("Voorraad bijwerken", self._move)
        line = QHBoxLayout()
        for made in (self.gone, self.free):
            line.addWidget(made)
        line.addStretch(1)
        depot = QHBoxLayout()
        for widget in (self.moved, self.move_why, self.book):
            depot.addWidget(widget, 1 if widget is self.move_why else 0)
        self.held_part, self.depot_part = QWidget(), QWidget()
        for box in (line, depot):
            box.setContentsMargins(0, 0, 0, 0)
        self.held_part.setLayout(line)
        self.depot_part.setLayout(depot)
        self.end = button("Intrekken", self._withdraw)
        acts_line = QHBoxLayout()
        acts_line.setContentsMargins(0, 0, 0, 0)
        for made in (self.offer, self.use, self.end):
            acts_line.addWidget(made)
        acts_line.addStretch(1)
        self.acts_part = QWidget()
        self.acts_part.setLayout(acts_line)
        for part in (self.acts_part, self.held_head, self.held_view, self.held_part, self.depot_part):
            self.column.addWidget(part)

    def _fitting(self) -> None:
        self.fit_head = heading("", 1.0)
        self.fit_view, self.fit_model = text_list("Wat past")
        self.fit_view.opened.connect(lambda _: self._reserve())
        self.reserve = button("Reserveren", self._reserve, icon="lock", primary=True)
        self.explained = muted(f"{words.INDICATION} {words.STRAIGHT}")
        self.column.addWidget(self.fit_head)
        self.column.addWidget(self.fit_view)
        line = QHBoxLayout()
        line.addWidget(self.reserve)
        line.addStretch(1)
        line.setContentsMargins(0, 0, 0, 0)
        self.fit_part = QWidget()
        self.fit_part.setLayout(line)
        self.column.addWidget(self.fit_part)
        self.column.addWidget(self.explained)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if isinstance(self.model, SupplyList):
            self.model.day = acts.day_of(self.workspace)
        acting = (
            self.read, self.swap, self.add, self.reserve, self.gone, self.free, self.book, self.use, self.end
        )  # fmt: skip
        for made in acting:
            made.setEnabled(not self.workspace.read_only)
        what = "aanbod" if self.side == "supply" else "vraag"
        empty = f"Er is nog geen {what}. Meld het hieronder, lees een lijst in, of wissel uit met anderen."
        self.show_list(WIDTHS, empty)

    def show_chosen(self) -> None:
        """What is chosen, who has it and what fits."""
        there = self.shown is not None
        self._show_parts(there=there)
        if not there:
            return
        assert self.shown is not None
        day = acts.day_of(self.workspace)
        if self.side == "supply":
            supply = acts.get_supply(self.workspace, self.shown)
            self.title.setText(supply.name)
            self.about.setText(_about_supply(supply, day))
            self.end.setText("Weer aanbieden" if supply.withdrawn else "Intrekken")
            self._show_held(supply, day)
            self.matches = acts.find_matches(self.workspace, supply=self.shown)
        else:
            demand = acts.get_demand(self.workspace, self.shown)
            self.title.setText(demand.name)
            self.about.setText(_about_demand(demand))
            self.end.setText("Heropenen" if demand.closed else "Sluiten")
            self.matches = acts.find_matches(self.workspace, demand=self.shown)
        self._show_matches()

    def _show_parts(self, *, there: bool) -> None:
        is_supply = self.side == "supply"
        for part in (self.title, self.about, self.fit_head, self.fit_view, self.fit_part, self.explained):
            part.setVisible(there)
        self.acts_part.setVisible(there)
        for part in (self.offer, self.use, self.held_head, self.held_view, self.held_part, self.depot_part):
            part.setVisible(there and is_supply)

    def _show_held(self, supply: Supply, day: str) -> None:
        rows = []
        self.held = []
        for one in supply.reservations:
            lapsed = one.state == "confirmed" and not one.holds(day)
            state = "lapsed" if lapsed else one.state
            rows.append(
                (
                    one.asked or "eigen organisatie",
                    words.amount(one.amount, supply.unit),
                    numbers.date(one.until),
                    words.ANSWERS[state],
                )
            )
            self.held.append(one.id)
        fill(self.held_view, self.held_model, HELD, rows, (0, 3), HELD_WIDTHS)
        as_high_as(self.held_view, len(rows), MOST_SHOWN)
        for part in (self.held_head, self.held_view, self.held_part):
            part.setVisible(bool(rows))
        if rows:
            self.held_view.setCurrentIndex(self.held_model.index(len(rows) - 1, 0))

    def _show_matches(self) -> None:
        rows = [_match_row(one, self.side) for one in self.matches]
        fill(self.fit_view, self.fit_model, MATCHES, rows, (0, 3, 4), MATCH_WIDTHS)
        as_high_as(self.fit_view, len(rows), MOST_SHOWN)
        what = "vraag" if self.side == "supply" else "aanbod"
        count = len(rows)
        told = f"Er past geen {what} bij." if not count else f"{count} keer passend {what}, het beste eerst"
        self.fit_head.setText(told)
        for part in (self.fit_view, self.fit_part, self.explained):
            part.setVisible(bool(rows))
        if rows:
            self.fit_view.setCurrentIndex(self.fit_model.index(0, 0))

    # --- acts
    # -----------------------------------------------------------------------------------------------------

    def _done(self, act: Callable[[], object]) -> bool:
        """Do something; what changed is told to the frame."""
        done = self.did(act)
        if done:
            self.changed.emit()
        return done

    def _add(self) -> None:
        said = self.form.read()
        if said is None:
            return
        plain = {"id": acts.new_id(), **as_data(said)}
        body = {"supplies" if self.side == "supply" else "demands": [plain]}
        if self._done(lambda: acts.put_plain(self.workspace, body)):
            self.form.clear()
            self.shown = str(plain["id"])
            self.refresh()

    def _choose_file(self) -> None:
        path = ask_for_file(self, "Materialen inlezen", FILES)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        def act() -> None:
            if path.suffix.casefold() == ".json":
                acts.put_materials(self.workspace, path)
            else:
                acts.put_plain(self.workspace, read_materials(path))

        if self._done(act):
            self.bars.show_bar("read", f"{path.name} is ingelezen.", "good")
            self.refresh()

    def _save_list(self) -> None:
        path = ask_where(
            self, "Lijst opslaan", "Materialen.xlsx", "Excel (*.xlsx);;OpenDocument (*.ods);;CSV (*.csv)"
        )
        if path is not None and self._done(lambda: write_materials(self.workspace, path)):
            self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")

    def _choose_folder(self) -> None:
        folder = ask_for_folder(self, "Gedeelde map voor materialen")
        if folder is not None:
            self.exchange_with(folder)

    def exchange_with(self, folder: Path) -> None:
        """Read what others put there, answer their requests, and put ours there."""
        told: list[str] = []
        if self._done(lambda: told.extend(words.exchanged(exchange(self.workspace, folder)))):
            self.bars.show_bar("exchanged", "\n".join(told), "good")
            self.refresh()

    def _reserve(self) -> None:
        place = self.fit_view.currentIndex().row()
        if not 0 <= place < len(self.matches) or self.workspace.read_only:
            return
        found = self.matches[place]
        decided: list[str] = []
        if self._done(lambda: decided.append(acts.reserve(self.workspace, found.supply.id, found.demand.id))):
            self.bars.show_bar("reserved", words.DECIDED[decided[0]], "good")
            self.refresh()

    def _save_offer(self) -> None:
        path = ask_where(self, "Aanbodblad opslaan", "Aanbod.pdf", "PDF (*.pdf);;Word (*.docx)")
        if path is not None:
            self.save_offer(path)

    def save_offer(self, path: Path) -> None:
        shown = self.shown
        if shown is not None and self._done(lambda: write_offer(self.workspace, shown, path)):
            self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")

    def _as_product(self) -> None:
        shown = self.shown
        if shown is not None and self._done(lambda: as_product(self.workspace, shown)):
            told = (
                "Het staat nu bij Producten als hergebruikt. Kies het daar bij een post van een aanbesteding."
            )
            self.bars.show_bar("product", told, "good")

    def _withdraw(self) -> None:
        """Take it back, or offer it again: the button says which."""
        shown = self.shown
        if shown is None:
            return
        if self.side == "supply":
            back = not acts.get_supply(self.workspace, shown).withdrawn
            done = self._done(lambda: acts.withdraw(self.workspace, shown, withdrawn=back))
        else:
            closed = not acts.get_demand(self.workspace, shown).closed
            done = self._done(lambda: acts.close_demand(self.workspace, shown, closed=closed))
        if done:
            self.refresh()

    def _keep_rates(self) -> None:
        said = self.rates.read()
        if said is not None and self._done(lambda: acts.put_rates(self.workspace, said)):
            self.bars.show_bar("saved", "De rekenwaarden zijn bewaard.", "good")
            self.refresh()

    def _end(self, *, delivered: bool) -> None:
        place = self.held_view.currentIndex().row()
        shown = self.shown
        if shown is None or not 0 <= place < len(self.held):
            return
        act = acts.deliver if delivered else acts.cancel
        if self._done(lambda: act(self.workspace, shown, self.held[place])):
            self.refresh()

    def _move(self) -> None:
        shown = self.shown
        read = numbers.read_number(self.moved.edit.text())
        amount, why = read.value, self.move_why.edit.text().strip()
        self.moved.say("" if amount else "Schrijf hoeveel erbij komt, of eraf met een min.", wrong=not amount)
        self.move_why.say("" if why else "Schrijf waarom.", wrong=not why)
        if shown is None or not amount or not why:
            return
        if self._done(lambda: acts.move(self.workspace, shown, float(amount), why)):
            self.moved.edit.clear()
            self.move_why.edit.clear()
            self.refresh()


def _about_supply(one: Supply, day: str) -> str:
    size = words.sizes(one.format.length, one.format.width, one.format.thickness)
    tests = [
        f"{name} {words.TESTED[result]}"
        for name, result in (("teer", one.tar), ("asbest", one.asbestos), ("grond", one.soil))
        if result is not None
    ]
    told = [
        f"{words.amount(one.free(day), one.unit)} vrij van {words.amount(one.balance, one.unit)}",
        words.STATES[one.state(day)],
        size,
        f"klasse {one.condition}" if one.condition else "klasse niet bekend",
        ", ".join(tests) or "niet getest",
        f"van {one.organisation}" if one.organisation else "",
        f"ten minste {words.amount(one.smallest, one.unit)}" if one.smallest else "",
        one.contact,
    ]
    return " · ".join(filter(None, told))


def _about_demand(one: Demand) -> str:
    size = words.sizes(one.format.length, one.format.width, one.format.thickness)
    far = f"ten hoogste {numbers.number(one.furthest_km, 0)} km" if one.furthest_km is not None else ""
    told = [
        words.amount(one.amount, one.unit),
        size,
        f"klasse {one.condition} of beter" if one.condition else "",
        words.period(one.needed_from, one.needed_until),
        far,
        f"voor {one.organisation}" if one.organisation else "",
        one.contact,
    ]
    return " · ".join(filter(None, told))


def _match_row(one: Match, side: Side) -> tuple[str, ...]:
    name = one.demand.name if side == "supply" else one.supply.name
    whose = one.demand.organisation if side == "supply" else one.supply.organisation
    marks = [
        text
        for text, holds in (
            ("maat onbekend", one.format == "unknown"),
            ("klasse onbekend", one.condition == "unknown"),
        )
        if holds
    ]
    when = words.period(*one.overlap) if one.overlap is not None else "opslag nodig"
    return (
        " · ".join(filter(None, (name, whose, *marks))),
        words.amount(one.amount, one.supply.unit),
        f"{numbers.number(one.km, 0)} km" if one.km is not None else "onbekend",
        words.saved(one),
        when,
    )
