"""Contracts: what was promised, what came, what is proven and what follows; deliveries are judged here."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.chart_view import ChartPanel
from cirkeldesk.desktop.kit.fields import TextField, TypedPerSubject, take_typing_in
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.filled import as_high_as, fill, text_list
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, fold, heading, muted, plain_label
from cirkeldesk.desktop.monitor.delivery_form import DeliveryForm
from cirkeldesk.desktop.monitor.event_form import EventForm
from cirkeldesk.model.contract import edits
from cirkeldesk.model.contract.contract import Contract, ContractTerms, Delivery, EvidenceDue, LetterStep
from cirkeldesk.model.contract.edits import ContractEdit
from cirkeldesk.model.refusal import Refusal, StoreError
from cirkeldesk.operations.contract import contracts as acts
from cirkeldesk.operations.contract.contract_sheet import (
    about_of,
    bars_of,
    write_contract_sheet,
    write_letter,
)
from cirkeldesk.operations.contract.deliveries import Faulty, deliver, record
from cirkeldesk.operations.material.announce import announce, can_announce
from cirkeldesk.operations.monitor.kept_lots import ContractLine
from cirkeldesk.operations.monitor.lots import overview
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences
from cirkeldesk.wording.contract import letters, sheet, words
from cirkeldesk.wording.material.words import announced

LIST = ("Opdracht", "Opdrachtnemer", "Gegund", "Beloofd, € MKI", "Bewezen, € MKI", "Te beoordelen")
WIDTHS = (260, 200, 90, 120, 120, 70)
DELIVERED = (90, 130, 180, 140, 210, 100, 110)
MOST_LISTED, MOST_DELIVERED = 5, 8
DELIVERIES = "Leveringen (*.xlsx *.ods *.csv *.json);;Alle bestanden (*)"
TERMS = (
    ("document", "Document waar het gevolg staat"),
    ("page", "Bladzijde"),
    ("factor", "Boete: maal het voordeel"),
    ("cap", "Boete ten hoogste, €"),
)
MONEY = ("factor", "cap")
MKI = "mki"  # the promise whose evidence has a day here


class ContractsTab(ScrollColumn):
    """The list above, the contract that is chosen below it."""

    tender_opened = Signal(str)
    changed = Signal()

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(0, 8, 8, 8)
        self.workspace, self.bars = workspace, bars
        self.shown: str | None = None
        self.ids: list[str] = []
        self.told: acts.ContractTold | None = None
        self.said = muted()
        self.column.addWidget(self.said)
        self.view, self.model = text_list("Contracten")
        self.view.selectionModel().currentRowChanged.connect(lambda now, before: self._turn(now.row()))
        self.column.addWidget(self.view)
        self.begin = button("Opdracht gunnen", lambda: None, icon="plus")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.begin.setMenu(self.menu)
        line = QHBoxLayout()
        line.addWidget(self.begin)
        line.addStretch(1)
        self.column.addLayout(line)
        self.part = QWidget()
        self._contract(QVBoxLayout(self.part))
        self.column.addWidget(self.part)
        self.column.addStretch(1)
        self._typed = TypedPerSubject(self.part)

    def _contract(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 8, 0, 0)
        self.title = heading("", 1.15)
        self.answer = plain_label()
        self.answer.setWordWrap(True)
        self.todo = muted()
        self.evidence = muted()
        for part in (self.title, self.answer, self.todo, self.evidence):
            column.addWidget(part)
        acts_line = QHBoxLayout()
        self.read = button("Leveringen inlezen", self._choose_file, icon="open", primary=True)
        self.sheet = button("Contractblad", self._save_sheet, icon="sheet")
        self.letter = button("Brief maken", lambda: None)
        self.letters = QMenu(self)
        self.letters.aboutToShow.connect(self._fill_letters)
        self.letter.setMenu(self.letters)
        self.tender = button("Aanbesteding openen", lambda: self.tender_opened.emit(self.shown or ""))
        self.announce = button("Vrijkomend aankondigen", self._announce)
        for made in (self.read, self.sheet, self.letter, self.tender, self.announce):
            acts_line.addWidget(made)
        acts_line.addStretch(1)
        column.addLayout(acts_line)
        column.addWidget(heading("Geleverd", 1.0))
        self.delivered, self.deliveries = text_list("Leveringen")
        column.addWidget(self.delivered)
        judge = QHBoxLayout()
        self.accept = button("Accepteren", partial(self._decide, accepted=True), icon="check")
        self.refuse = button("Niet accepteren", partial(self._decide, accepted=False))
        self.why = TextField("Waarom")
        judge.addWidget(self.accept)
        judge.addWidget(self.refuse)
        judge.addWidget(self.why, 1)
        column.addLayout(judge)
        self.form = DeliveryForm()
        self.form.wanted.connect(self._add)
        column.addWidget(fold("Levering toevoegen", self.form))
        column.addWidget(self.form)
        self.events = EventForm(self.workspace.store.author)
        self.events.wanted.connect(self._happened)
        column.addWidget(fold("Iets anders vastleggen: optie, ander mengsel, afroep, einde", self.events))
        column.addWidget(self.events)
        self.proof = PlainTable("Bewezen per post")
        self.promises = PlainTable("Beloften")
        self.chart = ChartPanel()
        for name, table in (("Bewezen", self.proof), ("Beloofd", self.promises)):
            column.addWidget(heading(name, 1.0))
            column.addWidget(table)
            if table is self.proof:
                column.addWidget(self.chart)
        column.addWidget(heading("Gevolg", 1.0))
        self.consequence = plain_label()
        self.consequence.setWordWrap(True)
        column.addWidget(self.consequence)
        fields = QHBoxLayout()
        self.terms: dict[str, TextField] = {}
        for name, label in TERMS:
            field = self.terms[name] = TextField(label, number=name in MONEY)
            field.committed.connect(partial(self._set_term, name))
            fields.addWidget(field)
        column.addLayout(fields)
        self.due = TextField("Bewijs van de MKI uiterlijk", hint="dd-mm-jjjj")
        self.due.committed.connect(self._set_due)
        column.addWidget(self.due)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        listed = overview(self.workspace)
        self.ids = [one.id for one in listed]
        self.said.setText(
            "Wat is beloofd, geleverd en bewezen. Alleen wat u accepteert, telt als bewijs."
            if listed
            else "Er is nog geen opdracht gegund. Kies hieronder een aanbesteding waarvan de winnaar vaststaat."
        )
        fill(self.view, self.model, LIST, [_line(one) for one in listed], (0, 1, 2), WIDTHS)
        as_high_as(self.view, len(listed), MOST_LISTED)
        self.view.setVisible(bool(listed))
        self.begin.setEnabled(not self.workspace.read_only)
        place = self.ids.index(self.shown) if self.shown in self.ids else 0
        self.part.setVisible(bool(listed))
        if listed:
            self.view.setCurrentIndex(self.model.index(place, 0))
            self._show(acts.contract_of(self.workspace, self.ids[place]))

    def open_contract(self, tender: str) -> None:
        self.shown = tender
        self.refresh()

    def _turn(self, place: int) -> None:
        if 0 <= place < len(self.ids) and self.ids[place] != self.shown:
            take_typing_in(self.part)
            self.shown = self.ids[place]
            self.refresh()

    def _show(self, told: acts.ContractTold) -> None:
        is_same = self.told is not None and self.told.contract.id == told.contract.id
        self.told, self.shown = told, told.contract.id
        self._typed.turn_to(told.contract.id)
        about = about_of(told)
        self.title.setText(sheet.title(about).removeprefix("Contractblad "))
        self.answer.setText(sheet.answer(told.whole.proof))
        self.todo.setText("\n".join(sentences.sentence(one) for one in told.open))
        self.todo.setVisible(bool(told.open))
        self._show_deliveries(about, is_same=is_same)
        made = sheet.proof_table(about)
        self.proof.show_rows(made.header, made.rows, 2)
        said = (sheet.evidence_sentence(about.evidence), *sheet.evidence_findings(about.evidence))
        self.evidence.setText("\n".join(filter(None, said)))
        self.evidence.setVisible(bool(self.evidence.text()))
        self.announce.setVisible(can_announce(self.workspace, told.contract.id) > 0)
        chart = bars_of(about)
        self.chart.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)
        promised = sheet.promise_table(about)
        self.promises.show_rows(promised.header, promised.rows)
        self.consequence.setText(
            words.consequence_sum(told.tender, told.contract.terms, told.whole.consequence)
        )
        self._show_terms(told.contract)
        laid = [post for post in told.tender.posts if post.kind != "released"]
        posts = [(post.id, post.name) for post in laid]
        self.form.show_posts(posts, has_call_offs=told.contract.framework is not None)
        self.events.show_posts(posts, [(post.id, post.name) for post in laid if post.kind == "option"])
        may = not self.workspace.read_only
        for part in (
            self.read,
            self.letter,
            self.announce,
            self.form,
            self.events,
            self.due,
            *self.terms.values(),
        ):
            part.setEnabled(may)
        for part in (self.accept, self.refuse):
            part.setEnabled(may and bool(told.contract.deliveries))
        self._typed.put_back()

    def _show_deliveries(self, about: sheet.SheetAbout, *, is_same: bool) -> None:
        """The table stays where it stands while somebody judges: under the hand nothing moves. A contract
        that is opened, or has new ones, begins at the first that waits."""
        table = sheet.delivery_table(about)
        at, before = self.delivered.currentIndex().row(), len(self.deliveries.rows)
        fill(self.delivered, self.deliveries, table.header, table.rows, range(5), DELIVERED)
        as_high_as(self.delivered, len(table.rows), MOST_DELIVERED)
        waiting = [place for place, one in enumerate(about.contract.deliveries) if one.accepted is None]
        begin = waiting[0] if waiting else len(table.rows) - 1
        stays = is_same and before == len(table.rows) and at >= 0
        self.delivered.setCurrentIndex(self.deliveries.index(at if stays else begin, 0))

    def _show_terms(self, contract: Contract) -> None:
        for name, field in self.terms.items():
            value = getattr(contract.terms, name)
            field.show_value(numbers.as_typed(value) if name in MONEY and value is not None else value or "")
        due = next((one.due for one in contract.due if one.promise == MKI), "")
        self.due.show_value(numbers.date(due) if due else "")

    # --- acts
    # -----------------------------------------------------------------------------------------------------

    def _fill_menu(self) -> None:
        self.menu.clear()
        found = acts.to_award(self.workspace)
        for identity, name in found:
            self.menu.addAction(name, partial(self.award, identity))
        if not found:
            self.menu.addAction("Van geen aanbesteding staat de winnaar vast").setEnabled(False)

    def award(self, identity: str) -> None:
        if self._done(lambda: acts.award_lot(self.workspace, identity)):
            self.shown = identity
            self.changed.emit()

    def _done(self, act: object) -> bool:
        """Do something; what is refused is said, with every fault of a file."""
        assert callable(act)
        try:
            act()
        except Faulty as problem:
            listed = "\n".join(sentences.sentence(one) for one in problem.faults[:8])
            more = len(problem.faults) - 8
            tail = f"\nEn nog {more}." if more > 0 else ""
            self.bars.show_bar("failed", f"{problem.file}: er is niets overgenomen.\n{listed}{tail}", "error")
        except StoreError as problem:
            self.bars.refuse("failed", problem)
        except Refusal as problem:
            self.bars.show_bar("failed", sentences.refusal(problem), "error")
        else:
            return True
        return False

    def commit(self, edit: ContractEdit) -> None:
        shown = self.shown
        if shown is not None and self._done(lambda: acts.edit_contract(self.workspace, shown, edit)):
            self.changed.emit()

    def _choose_file(self) -> None:
        path = ask_for_file(self, "Leveringen inlezen", DELIVERIES)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        shown = self.shown
        if shown is not None and self._done(lambda: deliver(self.workspace, shown, path)):
            self.bars.show_bar("read", f"{path.name} is ingelezen.", "good")
            self.changed.emit()

    @property
    def chosen(self) -> Delivery | None:
        """The delivery that the table stands at."""
        place = self.delivered.currentIndex().row()
        if self.told is None or not 0 <= place < len(self.told.contract.deliveries):
            return None
        return self.told.contract.deliveries[place]

    def _happened(self, said: dict[str, object]) -> None:
        shown = self.shown
        if shown is not None and self._done(lambda: record(self.workspace, shown, said, "")):
            self.events.clear()
            self.changed.emit()

    def _announce(self) -> None:
        """What this work releases, as supply on the page Materialen."""
        shown, made = self.shown, []
        if shown is not None and self._done(lambda: made.extend(announce(self.workspace, shown))):
            self.bars.show_bar("announced", announced(len(made)), "good")
            self.changed.emit()

    def _add(self, said: dict[str, object]) -> None:
        shown, chosen = self.shown, self.chosen
        for cites in {"of", "replaces"} & said.keys():
            if chosen is None:
                self.bars.show_bar("failed", "Kies eerst de levering waar het om gaat.", "error")
                return
            said = {**said, cites: chosen.id}
        if shown is not None and self._done(lambda: record(self.workspace, shown, [said], str(said["post"]))):
            self.form.clear()
            self.changed.emit()

    def _decide(self, *, accepted: bool) -> None:
        one = self.chosen
        if one is None:
            return
        why = self.why.edit.text().strip()
        if not accepted and not why:
            self.why.say("Zeg waarom u deze levering niet accepteert.", wrong=True)
            self.why.edit.setFocus()
            return
        self.why.say("")
        self.why.edit.clear()
        by, on = self.workspace.store.author, acts.today(self.workspace)
        self.commit(edits.decide(one.id, accepted=accepted, by=by, on=on, why=why))

    def _set_term(self, name: str, text: str) -> None:
        if self.told is None:
            return
        value: object = text.strip()
        if name in MONEY:
            read = numbers.read_number(text) if text.strip() else None
            if read is not None and (read.value is None or read.value < 0):
                self.terms[name].say(f"“{text}” is geen getal.", wrong=True)
                return
            value = read.value if read is not None else None
        self.terms[name].say("")
        before = self.told.contract.terms
        kept = {each: getattr(before, each) for each in ContractTerms.__dataclass_fields__}
        self.commit(edits.set_terms(ContractTerms(**{**kept, name: value})))

    def _set_due(self, text: str) -> None:
        day = numbers.read_date(text) if text.strip() else ""
        if day is None:
            self.due.say(f"“{text}” is geen datum. Schrijf bijvoorbeeld 31-12-2027.", wrong=True)
            return
        self.due.say("")
        self.commit(edits.set_due(EvidenceDue(MKI, day)))

    def _fill_letters(self) -> None:
        """The letters in their order; what was sent says when."""
        self.letters.clear()
        if self.told is None:
            return
        sent = {one.step: one.on for one in self.told.contract.letters}
        for step in letters.STEPS:
            when = f", gemaakt op {numbers.date(sent[step])}" if step in sent else ""
            made = self.letters.addAction(f"{words.LETTERS[step]}{when}", partial(self._choose_letter, step))
            made.setEnabled(step in letters.possible(self.told.contract, self.told.whole.consequence))

    def _choose_letter(self, step: LetterStep) -> None:
        if self.told is not None:
            name = f"{words.LETTERS[step]} {self.told.tender.number}.docx"
            path = ask_where(self, f"{words.LETTERS[step]} opslaan", name, "Word (*.docx);;PDF (*.pdf)")
            if path is not None:
                self.save_letter(step, path)

    def save_letter(self, step: LetterStep, path: Path) -> None:
        told = self.told
        if told is not None and self._done(lambda: write_letter(self.workspace, told, step, path)):
            self.bars.show_bar(
                "saved", f"{path.name} is opgeslagen. Lees hem na en verstuur hem zelf.", "good"
            )
            self.changed.emit()

    def _save_sheet(self) -> None:
        if self.told is None:
            return
        name = f"Contractblad {self.told.tender.number}.pdf"
        path = ask_where(self, "Contractblad opslaan", name, "PDF (*.pdf);;Word (*.docx)")
        if path is not None:
            self.save_sheet(path)

    def save_sheet(self, path: Path) -> None:
        told = self.told
        if told is not None and self._done(lambda: write_contract_sheet(self.workspace, told, path)):
            self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")


def _line(one: ContractLine) -> tuple[str, ...]:
    def figure(value: float | None) -> str:
        return numbers.number(value, 0) if value is not None else "onbekend"

    return (
        f"{one.number} {one.title}".strip(),
        one.contractor,
        numbers.date(one.awarded_on),
        figure(one.promised),
        figure(one.proven) if one.delivered else "nog niet",
        str(one.to_judge or ""),
    )
