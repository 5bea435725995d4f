"""Passports: the register, one of them, what happened to it, and the forms that bring them in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.filled import as_high_as, widen
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.typed_form import TypedField, TypedForm
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, fold, heading, muted, plain_label
from cirkeldesk.desktop.material.listed_tab import ListedTab
from cirkeldesk.desktop.material.lists import PassportList
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.passport.passport import EVENT_KINDS, EventKind, PassportEvent
from cirkeldesk.operations.lists import Listed
from cirkeldesk.operations.monitor.lots import overview
from cirkeldesk.operations.paper.plain_figures import note_text
from cirkeldesk.operations.passport import passports as acts
from cirkeldesk.operations.passport.outputs import write_passport, write_road
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.passport import sheet, words

FORMS = "Paspoortformulier (*.xlsx *.ods);;Alle bestanden (*)"
OUT = "PDF (*.pdf);;Word (*.docx);;JSON (*.json);;GeoJSON (*.geojson)"
ROAD = "PDF (*.pdf);;Word (*.docx);;GeoJSON (*.geojson)"
WIDTHS = (340, 140, 60, 110, 110, 80)
MOST_FAULTS = 8
MOST_LISTED = 8
EMPTY = "Er zijn nog geen paspoorten. Maak het formulier van een gegunde opdracht en stuur het op."
EVENT = (
    TypedField("on", "Dag", "day"),
    TypedField("kind", "Wat", "choice", options=[(kind, words.EVENTS[kind]) for kind in EVENT_KINDS]),
    TypedField("text", "Toelichting"),
    TypedField("mass_t", "Ton", "number", may_lack=True),
)


class PassportTab(ListedTab):
    changed = Signal()

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(workspace, bars, "passport", "Paspoorten", PassportList())
        self.search.setPlaceholderText("Zoek op weg, object, mengsel of producent")
        self.search.setAccessibleName("Zoeken in paspoorten")
        page = ScrollColumn(16, 8, 16, 8)
        self.column = page.column
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        self.out = button("Formulier maken", lambda: None, icon="sheet")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.out.setMenu(self.menu)
        self.read = button("Formulier inlezen", self._choose_form, icon="open", primary=True)
        for made in (self.out, self.read):
            line.addWidget(made)
        self.column.addLayout(line)
        self.column.addWidget(self.said)
        self.column.addWidget(self.view)
        self.title = heading("", 1.15)
        self.where = muted()
        self.found = plain_label()
        self.found.setWordWrap(True)
        acts_line = QHBoxLayout()
        self.save = button("Paspoort opslaan", self._save, icon="sheet")
        self.road = button("Wat ligt hier?", self._save_road)
        for made in (self.save, self.road):
            acts_line.addWidget(made)
        acts_line.addStretch(1)
        for part in (self.title, self.where, self.found):
            self.column.addWidget(part)
        self.column.addLayout(acts_line)
        self.events_head = heading("Wat er sindsdien is gebeurd", 1.0)
        self.events = PlainTable("Wat er sindsdien is gebeurd")
        self.form = TypedForm(EVENT, 4)
        self.form.done.connect(self._add)
        self.add = button("Vastleggen", self._add, icon="check")
        self.event_part = ScrollColumn(0, 0, 0, 8)
        self.event_part.column.addWidget(self.form)
        self.event_part.column.addWidget(self.add)
        self.event_fold = fold("Gebeurtenis vastleggen", self.event_part)
        self.facts = PlainTable("Gegevens")
        below: tuple[QWidget, ...] = (
            self.events_head, self.events, self.event_fold, self.event_part, self.facts
        )  # fmt: skip
        for widget in below:
            self.column.addWidget(widget)
        self.column.addStretch(1)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        for made in (self.read, self.add):
            made.setEnabled(not self.workspace.read_only)
        rows = Listed(self.workspace, "passport", self.search.text())
        widen(self.view, self._list.columns, WIDTHS)
        as_high_as(self.view, len(rows), MOST_LISTED)
        self.show_rows(rows, EMPTY)

    def show_chosen(self) -> None:
        there = self.shown is not None
        shown: tuple[QWidget, ...] = (
            self.title, self.where, self.found, self.save, self.road, self.event_fold, self.facts
        )  # fmt: skip
        for part in shown:
            part.setVisible(there)
        if self.shown is None:
            gone: tuple[QWidget, ...] = (self.events_head, self.events, self.event_part)
            for widget in gone:
                widget.hide()
            return
        one = acts.get_passport(self.workspace, self.shown)
        self.title.setText(one.name)
        self.where.setText(f"{sheet.where(one)}. {'Ligt er nog.' if one.lies_on else 'Is er niet meer.'}")
        texts = acts.finding_texts(self.workspace, one)
        self.found.setText("\n".join(texts))
        self.found.setVisible(bool(texts))
        table = sheet.events(one)
        self.events.show_rows(table.header, table.rows, table.figures)
        for told in (self.events_head, self.events):
            told.setVisible(bool(table.rows))
        rows = [
            (group if number == 0 else "", label, value)
            for group, facts in sheet.facts(one)
            for number, (label, value) in enumerate(facts)
        ]
        self.facts.show_rows(("Groep", "Gegeven", "Waarde"), rows)

    # --- acts
    # -----------------------------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self.menu.clear()
        found = overview(self.workspace)
        for one in found:
            name = f"{one.number} {one.title}".strip()
            self.menu.addAction(name, partial(self._choose_where, one.id, name))
        if not found:
            self.menu.addAction("Er is nog geen gegunde opdracht").setEnabled(False)

    def _choose_where(self, identity: str, name: str) -> None:
        path = ask_where(
            self, "Formulier opslaan", f"Paspoorten {name}.xlsx", "Excel (*.xlsx);;OpenDocument (*.ods)"
        )
        if path is not None:
            self.write_form(identity, path)

    def write_form(self, identity: str, path: Path) -> None:
        if self.did(lambda: acts.write_passport_form(self.workspace, identity, path)):
            told = f"{path.name} is opgeslagen. Stuur het naar de opdrachtnemer."
            self.bars.show_bar("saved", told, "good")

    def _choose_form(self) -> None:
        path = ask_for_file(self, "Formulier inlezen", FORMS)
        if path is not None:
            self.read_form(path)

    def read_form(self, path: Path) -> None:
        """Take a form over, or say each fault with its cell."""
        reports = []
        if not self.did(lambda: reports.append(acts.import_passports(self.workspace, path))):
            return
        (report,) = reports
        notes = [f"{note.where}: {note_text(note)}" for note in report.notes]
        more = f"\nEn nog {len(notes) - MOST_FAULTS}." if len(notes) > MOST_FAULTS else ""
        listed = "\n".join(notes[:MOST_FAULTS]) + more
        if report.status == "refused":
            self.bars.show_bar("failed", f"{path.name}: er is niets overgenomen.\n{listed}", "error")
            return
        told = f"{path.name} is ingelezen: {report.stored} nieuw of gewijzigd."
        self.bars.show_bar("read", f"{told}\n{listed}".strip(), "info" if notes else "good")
        self.changed.emit()
        self.refresh()

    def _save(self) -> None:
        shown = self.shown
        if shown is None:
            return
        path = ask_where(self, "Paspoort opslaan", f"Paspoort {shown}.pdf", OUT)
        if path is not None:
            self.save_passport(path)

    def save_passport(self, path: Path) -> None:
        shown = self.shown
        if shown is None:
            return
        one = acts.get_passport(self.workspace, shown)
        if self.did(lambda: write_passport(self.workspace, one, path)):
            self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")

    def _save_road(self) -> None:
        shown = self.shown
        if shown is None:
            return
        name = acts.get_passport(self.workspace, shown).object
        path = ask_where(self, "Wat ligt hier?", f"Wat ligt hier {name}.pdf", ROAD)
        if path is not None and self.did(
            lambda: write_road(self.workspace, name, acts.lies_at(self.workspace, name), path)
        ):
            self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")

    def _add(self) -> None:
        shown, said = self.shown, self.form.read()
        if shown is None or said is None:
            return
        kind: EventKind = the_one(EVENT_KINDS, lambda one: one == said["kind"], str(said["kind"]))
        mass = said.get("mass_t")
        event = PassportEvent(
            str(said["on"]), kind, str(said["text"]), float(mass) if isinstance(mass, float) else None
        )
        if self.did(lambda: acts.add_event(self.workspace, shown, event)):
            self.form.clear()
            self.changed.emit()
            self.refresh()
