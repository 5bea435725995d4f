"""Supply: what comes free, who has it, and the acts of a depot keeper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.flow import FlowRow
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.filled import as_high_as, fill, text_list
from cirkeldesk.desktop.kit.widgets import button, chip_labels, heading, name_button
from cirkeldesk.desktop.material.fields import supply_fields
from cirkeldesk.desktop.material.lists import SupplyList
from cirkeldesk.desktop.material.photo_strip import PhotoStrip
from cirkeldesk.desktop.material.side_tab import SideTab
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.material.material import Supply
from cirkeldesk.operations.material import changing
from cirkeldesk.operations.material import materials as acts
from cirkeldesk.operations.material.outputs import as_product, write_offer
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material import parcel_words, words

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match

HELD = ("Voor", "Hoeveelheid", "Tot en met", "Stand")
HELD_WIDTHS = (260, 120, 110, 140)
MOST_SHOWN = 6
PHOTOS = "Foto (*.jpg *.jpeg *.png)"


class SupplyTab(SideTab):
    side = "supply"
    what, other, by_day = "aanbod", "vraag", "available_from"

    def __init__(self, workspace: Workspace, bars: Messages, worker: Worker) -> None:
        self.held: list[str] = []
        super().__init__(workspace, bars, worker, SupplyList(), supply_fields())

    def add_above(self, column: QVBoxLayout) -> None:
        self.photos = PhotoStrip()
        self.photos.open_wanted.connect(self._save_photo)
        self.photos.remove_wanted.connect(self._remove_photo)
        self.offer = button("Aanbodblad met QR-code", self._save_offer, icon="sheet")
        self.use = button("Als product gebruiken", self._as_product)
        self.photograph = button("Foto toevoegen", self._choose_photo, icon="plus")
        self.end = button("Intrekken", self._withdraw)
        self.acts_part = FlowRow(8)
        self.acts_part.show_widgets([self.offer, self.photograph, self.use, self.end])
        column.addWidget(self.photos)
        column.addWidget(self.acts_part)
        self._reservations(column)

    def _reservations(self, column: QVBoxLayout) -> None:
        self.held_head = heading("Gereserveerd", 1.08)
        self.held_view, self.held_model = text_list("Reserveringen")
        self.gone = button("Geleverd", partial(self._end, delivered=True), icon="check")
        self.free = button("Vrijgeven", partial(self._end, delivered=False))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        for made in (self.gone, self.free):
            line.addWidget(made)
        line.addStretch(1)
        self.held_part = QWidget()
        self.held_part.setLayout(line)
        for part in (self.held_head, self.held_view, self.held_part):
            column.addWidget(part)

    def add_below(self, column: QVBoxLayout) -> None:
        self.depot_head = heading("Voorraad bijwerken", 1.08)
        self.moved = TextField("Meer, of minder met een −", number=True)
        self.move_why = TextField("Waarom")
        self.book = button("Bijwerken", self._move)
        for field in (self.moved, self.move_why):
            field.edit.returnPressed.connect(self._move)
        depot = QHBoxLayout()
        depot.setContentsMargins(0, 0, 0, 0)
        for widget in (self.moved, self.move_why, self.book):
            depot.addWidget(widget, 1 if widget is self.move_why else 0)
        self.depot_part = QWidget()
        self.depot_part.setLayout(depot)
        column.addWidget(self.depot_head)
        column.addWidget(self.depot_part)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def show_parts(self, *, there: bool) -> None:
        may = there and not self.workspace.read_only
        parts: tuple[QWidget, ...] = (
            self.photos, self.acts_part, self.held_head, self.held_view, self.held_part,
            self.depot_head, self.depot_part,
        )  # fmt: skip
        for part in parts:
            part.setVisible(there)
        for made in (self.gone, self.free, self.book, self.use, self.end, self.photograph):
            made.setEnabled(may)

    def show_one(self, identity: str) -> None:
        supply, day = acts.get_supply(self.workspace, identity), self.model.day
        own = acts.is_own(self.workspace, supply.organisation)
        self.title.setText(supply.name)
        self.about.setText(parcel_words.about_supply(supply, day))
        self.marks.show_widgets(chip_labels(parcel_words.supply_marks(supply)))
        self.photos.show_photos(
            changing.photos_of(self.workspace, identity), may_change=own and not self.workspace.read_only
        )
        name_button(self.end, "Weer aanbieden" if supply.withdrawn else "Intrekken")
        for part in (self.end, self.mend, self.photograph, self.depot_head, self.depot_part):
            part.setVisible(own)  # of another organisation's nothing is changed here
        self._show_held(supply, day)

    def _show_held(self, supply: Supply, day: str) -> None:
        rows = []
        self.held = []
        for one in supply.reservations:
            lapsed = one.state == "confirmed" and not one.holds(day)
            state = "lapsed" if lapsed else one.state
            rows.append(
                (
                    acts.demand_name(self.workspace, one.demand) or one.asked or "eigen organisatie",
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

    def fitting_for(self, identity: str) -> list[Match]:
        return acts.find_matches(self.workspace, supply=identity)

    def told(self, found: Match) -> str:
        whose = found.demand.organisation
        if acts.is_own(self.workspace, whose):
            return ""
        return f"Deze vraag is van {whose}. Zij vragen het aan in hun eigen bestand."

    # --- acts
    # -----------------------------------------------------------------------------------------------------

    def _choose_photo(self) -> None:
        path = ask_for_file(self, "Foto toevoegen", PHOTOS)
        if path is not None:
            self.add_photo(path)

    def add_photo(self, path: Path) -> None:
        self._on_shown(lambda shown: changing.add_photo(self.workspace, shown, path))

    def _remove_photo(self, digest: str) -> None:
        self._on_shown(lambda shown: changing.remove_photo(self.workspace, shown, digest))

    def _save_photo(self, digest: str) -> None:
        shown = self.shown
        if shown is None:
            return
        photos = changing.photos_of(self.workspace, shown)
        name, _, content = the_one(photos, lambda one: one[1] == digest, digest)
        path = ask_where(self, "Foto opslaan", name, "Foto (*.jpg)")
        if path is not None:
            self.did(lambda: write_file(self.workspace, path, content))

    def _on_shown(self, act: Callable[[str], object]) -> None:
        """An act on what is chosen, and what became of it."""
        shown = self.shown
        if shown is not None and self.done(lambda: act(shown)):
            self.refresh()

    def _save_offer(self) -> None:
        path = ask_where(self, "Aanbodblad opslaan", "Aanbod.pdf", "PDF (*.pdf);;Word (*.docx)")
        if path is not None:
            self.save_offer(path)

    def save_offer(self, path: Path) -> None:
        shown = self.shown
        if shown is not None and self.done(lambda: write_offer(self.workspace, shown, path)):
            self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")

    def _as_product(self) -> None:
        shown = self.shown
        if shown is not None and self.done(lambda: as_product(self.workspace, shown)):
            self.bars.show_bar("product", words.AS_PRODUCT, "good")

    def _withdraw(self) -> None:
        """Take it back, or offer it again: the button says which."""

        def act(shown: str) -> None:
            withdrawn = not acts.get_supply(self.workspace, shown).withdrawn
            acts.withdraw(self.workspace, shown, withdrawn=withdrawn)

        self._on_shown(act)

    def _end(self, *, delivered: bool) -> None:
        place = self.held_view.currentIndex().row()
        if not 0 <= place < len(self.held):
            return
        act, which = acts.deliver if delivered else acts.cancel, self.held[place]
        self._on_shown(lambda shown: act(self.workspace, shown, which))

    def _move(self) -> None:
        shown = self.shown
        read = numbers.read_number(self.moved.edit.text())
        amount, why = read.value, self.move_why.edit.text().strip()
        self.moved.say("" if amount else "Schrijf hoeveel erbij komt, of eraf met een min.", wrong=not amount)
        self.move_why.say("" if why else "Schrijf waarom.", wrong=not why)
        if shown is None or not amount or not why:
            return
        if self.done(lambda: acts.move(self.workspace, shown, float(amount), why)):
            self.moved.edit.clear()
            self.move_why.edit.clear()
            self.refresh()
