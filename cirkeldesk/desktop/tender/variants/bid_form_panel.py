"""A bid form that came back: what is wrong with it or what it would change, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_where
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import button, heading, muted, plain_label
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.tender.bids import (
    FormCheck,
    Purpose,
    check_content,
    check_form,
    enter_by_hand,
    keep_form,
    save_marked,
    take_form,
)
from cirkeldesk.wording import numbers, sentences

COPY_NAMES: dict[Purpose, str] = {
    "test": "proef",
    "internal": "INTERN",
    "request": "concept-verduidelijkingsverzoek",
}


class BidFormPanel(QWidget):
    closed = Signal()

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.check: FormCheck | None = None
        self.made: str | None = None  # id of the bid that came of the form, to go to
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(button("Terug naar de tabel", self.closed.emit))
        self.title = heading("", 1.15)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        self.text = plain_label()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.text)
        self.model = TextTableModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        column.addWidget(self.table, 1)
        self.reason = TextField(
            "Reden om deze inschrijving met de hand in te voeren",
            hint="bijvoorbeeld: de prijs staat in de brief",
        )
        self.accept = TextField(
            "Waarom de bevindingen niets aan de inschrijving veranderen",
            hint="bijvoorbeeld: het blad Toelichting herhaalt de posten",
        )
        self.take = button("Overnemen", self._take, primary=True)
        self.test = button("Gemarkeerde kopie opslaan", lambda: self._save("test"))
        self.internal = button("Interne kopie opslaan", lambda: self._save("internal"))
        self.request = button("Concept-verduidelijkingsverzoek opslaan", lambda: self._save("request"))
        self.by_hand = button("Met de hand invoeren", self._by_hand)
        column.addWidget(self.accept)
        row = QHBoxLayout()
        for widget in (self.take, self.test, self.internal, self.request):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        manual = QHBoxLayout()
        manual.addWidget(self.reason, 1)
        manual.addWidget(self.by_hand, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(manual)
        self.note = muted()
        column.addWidget(self.note)

    def read_file(self, file: Path) -> bool:
        """Check a form for the open tender; False when it could not be read, which is said."""
        if not self.session.is_ready():
            return False
        try:
            check = check_form(self.session.workspace, file, tender_id=self.session.identity)
        except ReadError as problem:
            self.bars.refuse("form", problem)
            return False
        self.show_check(check)
        return True

    def show_check(self, check: FormCheck) -> None:
        errors = [fault for fault in check.faults if fault.level == "error"]
        if self.check is None or self.check.sha256 != check.sha256:
            for field in (self.reason, self.accept):
                field.forget()
                field.say("")
        self.check = check
        late = check.deadline == "after" and not self.session.read_only and check.is_ours
        if (errors or check.to_decide) and late and check.received is None:
            if not self._keep(check):
                return
            check = self.check = replace(check, tender=self.session.tender)
        self.title.setText(f"{check.file}: {_verdict(check, len(errors), len(check.to_decide))}")
        self.text.setText(self._explained(check, bool(errors)))
        self._show_rows(check)
        self._offer(check, late=late, wrong=bool(errors))

    def _show_rows(self, check: FormCheck) -> None:
        """What is wrong, cell by cell; in a form without faults what it would change."""
        if check.faults:
            told = [sentences.error(f.message.key, **f.message.values()) for f in check.faults]
            rows = tuple((f.sheet, f.cell, text) for f, text in zip(check.faults, told, strict=True))
            header, name = ("Blad", "Cel", "Wat"), "Wat opviel in het formulier"
        else:
            rows = tuple((c.what, c.before or "leeg", c.after or "leeg") for c in check.changes)
            header, name = ("Wat", "Nu", "Wordt"), "Wat er zou veranderen"
        self.model.show(header, rows, frozenset({0, 1, 2}))
        self.table.setAccessibleName(name)
        for index, width in enumerate((220, 160)):
            self.table.setColumnWidth(index, width)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def _offer(self, check: FormCheck, *, late: bool, wrong: bool) -> None:
        """What can be done with the form now."""
        known = check.received.outcome if check.received is not None else None
        self._offer_taking(check, taken=known == "taken")
        self.test.setVisible(check.deadline != "after" and bool(check.faults))
        for copy in (self.internal, self.request):
            copy.setVisible(late and bool(check.faults))
        doubtful = late and (wrong or bool(check.to_decide))
        for by_hand in (self.reason, self.by_hand):
            by_hand.setVisible(doubtful and known not in ("by_hand", "taken"))
        self.note.setVisible(doubtful)
        self.note.setText(f"Het bestand is ongewijzigd bewaard, kenmerk {check.sha256[:12]}.")

    def _offer_taking(self, check: FormCheck, *, taken: bool) -> None:
        may = check.deadline != "before" and not self.session.read_only and not taken
        self.take.setVisible(check.variant is not None and may)
        word = "Overnemen met bevindingen" if check.to_decide else "Overnemen"
        self.take.setText(f"{word} in plaats van {check.replaces.name}" if check.replaces else word)
        self.accept.setVisible(check.variant is not None and may and bool(check.to_decide))

    def _explained(self, check: FormCheck, faulty: bool) -> str:
        if not check.is_ours:
            return "Dit formulier nemen wij hier niet over en bewaren wij hier niet. Open de aanbesteding waar het bij hoort."
        if check.deadline == "before":
            closes = numbers.date(check.tender.closes_on or "")
            again = "" if faulty else " Lees het na de sluiting opnieuw in om het over te nemen."
            return f"De inschrijving sluit op {closes}. Dit is een proef: er is niets overgenomen en niets bewaard.{again}"
        if check.deadline == "unknown" and faulty:
            return "Bij Uitvraag staat niet wanneer de inschrijving sluit. Dit is daarom een proef: er is niets bewaard."
        if check.received is not None and check.received.outcome == "taken":
            return "Dit formulier is al overgenomen."
        if faulty:
            return (
                "Wij nemen dit formulier niet over. De inschrijving zelf is daarmee niet afgewezen: "
                "voer haar met de hand in, "
                "of vraag om verduidelijking. Wij verbeteren niets."
            )
        if check.to_decide:
            return (
                "De waarden kloppen. De inschrijver voegde iets toe: beslis of dat een voorbehoud is. Verandert het "
                "niets, neem dan over met een reden; anders vraagt u om verduidelijking. Wij verbeteren niets."
            )
        return "Er is nog niets overgenomen. Dit zou er veranderen:"

    def _keep(self, check: FormCheck) -> bool:
        """Keep a faulty form that came after the deadline; False when that cannot be done, which is said."""
        try:
            keep_form(self.session.workspace, check)
        except StoreError as problem:
            self.bars.refuse("form", problem)
            return False
        self.session.reload()
        return True

    def recheck(self) -> None:
        """The tender changed while a form is shown: what it would do is worked out again."""
        if self.check is None:
            return
        try:
            self.show_check(
                check_content(
                    self.session.workspace,
                    self.check.file,
                    self.check.content,
                    tender_id=self.session.identity,
                )
            )
        except ReadError:
            self.closed.emit()

    # --- what can be done
    # ----------------------------------------------------------------------------------------

    def _do(self, run: Callable[[FormCheck], str]) -> bool:
        """Run an operation on the form; what it says is shown, and the tender is read again."""
        assert self.check is not None
        if not self.session.is_ready():
            return False
        try:
            said = run(self.check)
        except StoreError as problem:
            self.bars.refuse("form", problem)
            return False
        self.session.reload()
        self.bars.show_bar("form", said, "good")
        return True

    def _take(self) -> None:
        reason = self.accept.edit.text()
        if self.check is not None and self.check.to_decide and not reason.strip():
            self.accept.say("Vul in waarom de bevindingen niets veranderen.", wrong=True)
            self.accept.edit.setFocus()
            return

        def run(check: FormCheck) -> str:
            self.made = take_form(self.session.workspace, check, reason)
            return f"{check.bidder or 'De inschrijving'} is overgenomen uit {check.file}."

        if self._do(run):
            self.accept.forget()
            self.closed.emit()

    def _by_hand(self) -> None:
        reason = self.reason.edit.text()
        if not reason.strip():
            self.reason.say(sentences.error("form_reason"), wrong=True)
            self.reason.edit.setFocus()
            return

        def run(check: FormCheck) -> str:
            self.made = enter_by_hand(self.session.workspace, check, reason)
            return f"Er is een lege inschrijving gemaakt voor {check.bidder or check.file}. Vul deze in vanaf het formulier."

        if self._do(run):
            self.reason.forget()
            self.closed.emit()

    def _save(self, purpose: Purpose) -> None:
        assert self.check is not None
        suggested = f"{Path(self.check.file).stem} {COPY_NAMES[purpose]}.xlsx"
        path = ask_where(self, "Gemarkeerde kopie opslaan", suggested, "Excel (*.xlsx)")
        if path is not None:
            self.save_copy(path, purpose)

    def save_copy(self, path: Path, purpose: Purpose) -> None:
        def run(check: FormCheck) -> str:
            save_marked(self.session.workspace, check, path, purpose)
            logged = " Het verzoek staat in de geschiedenis." if purpose == "request" else ""
            return f"{path.name} is opgeslagen.{logged}"

        self._do(run)


def _verdict(check: FormCheck, errors: int, to_decide: int) -> str:
    if to_decide and not errors and (check.received is None or check.received.outcome != "taken"):
        return "1 bevinding" if to_decide == 1 else f"{to_decide} bevindingen"
    if errors:
        return "1 cel klopt niet" if errors == 1 else f"{errors} cellen kloppen niet"
    if check.received is not None and check.received.outcome == "taken":
        return "al overgenomen"
    return "alle cellen kloppen"
