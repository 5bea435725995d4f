"""Beside the text of the advice: what the papers need, the letters to bidders, and the final versions.

The page Advies refreshes its tabs, and only while somebody looks.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_for_folder, say_saved_in
from cirkeldesk.desktop.kit.grid.cells import read_cell_number
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, fold, heading, muted, plain_label
from cirkeldesk.desktop.tender.advice.signing import SignPart
from cirkeldesk.desktop.tender.ready_list import ReadyList
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award.award import Award
from cirkeldesk.model.award.disclosure import name_of
from cirkeldesk.model.award.readiness import Gate, ReadyLine, waits_for
from cirkeldesk.model.award.standstill import day_of, is_owed, proposed_day, term_of
from cirkeldesk.model.reference.themes import THEMES, RStep, Theme
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.publication import Characteristics, FinalFile
from cirkeldesk.operations.paper import context, correspondence, export, papers
from cirkeldesk.operations.paper.ready import ready
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording import verify as verifying
from cirkeldesk.wording.award import awarding, clauses, letters

NOT_CHOSEN = (None, terms.NOT_CHOSEN)
MOST_DAYS = 365
ADDRESS = {
    "attention": "ter attentie van",
    "address": "adres (straat; postcode en plaats)",
    "reference": "kenmerk van de inschrijver",
}
CENT = Decimal("0.01")


class DataTab(ScrollColumn):
    """What the papers need besides the figures; each field is kept when it is left."""

    def __init__(self, session: Session) -> None:
        super().__init__(0, 8, 12, 8)
        self.session = session
        column = self.column
        column.setSpacing(8)
        column.addWidget(heading("Procedure", 1.15))
        self.procedure = Choice("Procedure", [NOT_CHOSEN, *terms.PROCEDURES.items()])
        self.procedure.chosen.connect(lambda value: self._set("procedure", value, "procedure"))
        self.estimate = TextField("Raming, € excl. btw (nooit naar buiten)", number=True)
        self.estimate.committed.connect(self._set_estimate)
        self.promised = Choice("Stukken beloven een opschortende termijn", list(terms.YES_NO_UNKNOWN.items()))
        self.promised.chosen.connect(
            lambda value: self._set("standstill_promised", value, "opschortende termijn")
        )
        self.promised_days = TextField("Beloofde opschortende termijn in dagen", number=True)
        self.promised_days.committed.connect(self._set_promised)
        self.days = TextField("Vervaltermijn in dagen, zoals in de stukken", number=True)
        self.days.committed.connect(self._set_days)
        self.day = TextField("Of de vervaldatum uit de stukken", hint="bijvoorbeeld 24-12-2026")
        self.day.committed.connect(partial(self._set_date, "expiry_date", self.day))
        for widget in (
            self.procedure, self.estimate, self.promised, self.promised_days, self.days, self.day,
        ):  # fmt: skip
            column.addWidget(widget)
        self.texts: dict[str, TextField] = {}
        self._text("expiry_source", "Waar de vervaltermijn staat")
        column.addWidget(heading("Winnaar", 1.15))
        self.words = TextField("Kenmerken en voordelen van de winnaar, in woorden")
        self.words.committed.connect(self._set_words)
        column.addWidget(self.words)
        column.addWidget(
            muted(
                "De brieven aan de andere inschrijvers noemen de inschrijfsom, de MKI en de scores van de winnaar, "
                "behalve als u hieronder invult waarom niet. Stukken voor buiten noemen ze alleen met een reden."
            )
        )
        self.objection = Choice(
            "Terecht bezwaar van de winnaar tegen het noemen", list(terms.YES_NO_UNKNOWN.items())
        )
        self.objection.chosen.connect(self._set_objection)
        column.addWidget(self.objection)
        self._text("withhold", "Niet noemen in de brieven, omdat")
        self._text("disclose", "Wel noemen in stukken voor buiten, omdat")
        self._text("proof", "Wat de winnaar nog inlevert")
        self.proof_by = TextField("Uiterlijk op", hint="bijvoorbeeld 24-12-2026")
        self.proof_by.committed.connect(partial(self._set_date, "proof_by", self.proof_by))
        column.addWidget(self.proof_by)
        self._text("stopped_because", "Reden van stoppen, als u de aanbesteding stopt")
        column.addWidget(heading("Ondertekening", 1.15))
        for name, label in (
            ("prepared_by", "Opgesteld door"),
            ("approved_by", "Goedgekeurd door"),
            ("signed_by", "Brieven ondertekend door, met functie"),
            ("contact", "Contact voor vragen"),
            ("own_reference", "Ons kenmerk"),
        ):
            self._text(name, label)
        column.addWidget(heading("Voor het proces-verbaal", 1.15))
        self._text("subcontracting", "Deel in onderaanneming, en aan wie")
        self._text("conflicts", "Belangenconflicten en maatregelen")
        column.addWidget(heading("Thema's van MVOI", 1.15))
        self.themes: dict[Theme, TextField] = {}
        for theme in THEMES:
            field = TextField(terms.THEMES[theme])
            field.committed.connect(partial(self._set_theme, theme))
            self.themes[theme] = field
            column.addWidget(field)
        self.numbering = Choice("Nummering van de R-ladder", [NOT_CHOSEN, *terms.R_NUMBERINGS.items()])
        self.numbering.chosen.connect(self._set_numbering)
        self.step = Choice("R-trede", [])
        self.step.chosen.connect(self._set_step)
        self.step_text = TextField("Toelichting bij de R-trede")
        self.step_text.committed.connect(self._set_step_text)
        for widget in (self.numbering, self.step, self.step_text):
            column.addWidget(widget)
        column.addStretch(1)

    def _text(self, name: str, label: str) -> None:
        field = TextField(label)
        field.committed.connect(lambda text: self._set(name, text.strip(), label.lower()))
        self.texts[name] = field
        self.column.addWidget(field)

    def refresh(self) -> None:
        found = self.session.tender.publication
        self.procedure.show_value(found.procedure)
        self.promised.show_value(found.standstill_promised)
        self.objection.show_value(found.objection)
        self.proof_by.show_value(numbers.date(found.proof_by) if found.proof_by is not None else "")
        self.estimate.show_value(numbers.as_typed(found.estimate) if found.estimate is not None else "")
        self.promised_days.show_value(str(found.promised_days) if found.promised_days is not None else "")
        self.days.show_value(str(found.expiry_days) if found.expiry_days is not None else "")
        self.day.show_value(numbers.date(found.expiry_date) if found.expiry_date is not None else "")
        for name, field in self.texts.items():
            field.show_value(getattr(found, name))
        winner = self.session.award.winner if self.session.award is not None else None
        words = found.characteristics
        self.words.setEnabled(winner is not None)
        self.words.show_value(words.text if words is not None and words.variant_id == winner else "")
        self.words.say("" if winner is not None else "Dit kan zodra er een winnaar is.")
        for theme, field in self.themes.items():
            field.show_value(found.theme(theme))
        step = found.r_step
        self.numbering.show_value(step.numbering if step is not None else None)
        self.step.set_options(
            [(n, f"R{n} {name}") for n, name in terms.R_STEPS[step.numbering].items()]
            if step is not None
            else []
        )
        self.step.show_value(step.step if step is not None else None)
        self.step.setEnabled(step is not None)
        self.step_text.setEnabled(step is not None)
        self.step_text.show_value(step.text if step is not None else "")
        for widget in self.findChildren(TextField):
            widget.edit.setReadOnly(self.session.read_only)
        for choice in self.findChildren(Choice):
            choice.box.setEnabled(not self.session.read_only and choice.isEnabled())

    def _set(self, name: str, value: Any, label: str) -> None:
        self.session.commit(edits.set_publication(name, value, label))

    def _set_estimate(self, text: str) -> None:
        reading = read_cell_number(text)
        if reading.problem is not None or (reading.value is not None and reading.value < 0):
            self.estimate.say("Dit is geen bedrag. Schrijf bijvoorbeeld 1.250.000.", wrong=True)
            return
        self.estimate.say("")
        amount = reading.exact.quantize(CENT, ROUND_HALF_UP) if reading.exact is not None else None
        self._set("estimate", amount, "raming")
        if amount is not None and amount != reading.exact:
            self.estimate.say(f"Afgerond op centen: {numbers.as_typed(amount)}.")

    def _set_days(self, text: str) -> None:
        days = int(text) if text.strip().isascii() and text.strip().isdigit() else None
        if text.strip() and (days is None or not 1 <= days <= MOST_DAYS):
            self.days.say(sentences.error("too_many_days", value=text.strip()[:20]), wrong=True)
            return
        self.days.say("")
        self._set("expiry_days", days, "vervaltermijn")

    def _set_date(self, name: str, field: TextField, text: str) -> None:
        day = numbers.read_date(text) if text.strip() else None
        if text.strip() and day is None:
            field.say(sentences.error("not_a_date", value=text.strip()[:20]), wrong=True)
            return
        field.say("")
        self._set(name, day, field.edit.accessibleName().lower())

    def focus_field(self, name: str) -> None:
        """To the field of the papers with this name."""
        named: dict[str, QWidget] = {"procedure": self.procedure.box, "expiry_days": self.days.edit}
        named |= {"promised_days": self.promised_days.edit}
        named |= {key: field.edit for key, field in self.texts.items()}
        target = named.get(name)
        if target is not None:
            target.setFocus()
            self.ensureWidgetVisible(target)

    def _set_objection(self, value: Any) -> None:
        found = self.session.award
        winner = found.winner if found is not None and found.winner is not None else ""
        self.session.commit(edits.set_objection(value, winner, "bezwaar van de winnaar"))

    def _set_promised(self, text: str) -> None:
        days = int(text) if text.strip().isascii() and text.strip().isdigit() else None
        if text.strip() and (days is None or not 1 <= days <= MOST_DAYS):
            self.promised_days.say(sentences.error("too_many_days", value=text.strip()[:20]), wrong=True)
            return
        self.promised_days.say("")
        self._set("promised_days", days, "dagen opschortende termijn")

    def _set_words(self, text: str) -> None:
        winner = self.session.award.winner if self.session.award is not None else None
        if winner is not None:
            words = Characteristics(winner, text.strip()) if text.strip() else None
            self._set("characteristics", words, "kenmerken van de winnaar")

    def _set_theme(self, theme: Any, text: str) -> None:
        self.session.commit(edits.set_theme(theme, text.strip(), terms.THEMES[theme].lower()))

    def _set_numbering(self, value: Any) -> None:
        """Another numbering begins at its first rung: the same number would stand for another one."""
        first = next(iter(terms.R_STEPS[value])) if value is not None else 0
        step = self.session.tender.publication.r_step
        self._set(
            "r_step",
            RStep(value, first, step.text if step is not None else "") if value is not None else None,
            "R-ladder",
        )

    def _set_step(self, value: Any) -> None:
        step = self.session.tender.publication.r_step
        if step is not None:
            self._set("r_step", RStep(step.numbering, value, step.text), "R-trede")

    def _set_step_text(self, text: str) -> None:
        step = self.session.tender.publication.r_step
        if step is not None:
            self._set("r_step", RStep(step.numbering, step.step, text.strip()), "toelichting bij de R-trede")


class PrepareTab(ScrollColumn):
    """The checklists before *Definitief maken* and before letters: all that is not answered, at once."""

    wanted = Signal(str)
    TITLES: Mapping[Gate, str] = {"final": "Voor het advies", "letters": "Voor de brieven"}

    def __init__(self, session: Session) -> None:
        super().__init__(0, 8, 12, 8)
        self.session = session
        self.lines: dict[Gate, tuple[ReadyLine, ...]] = dict.fromkeys(self.TITLES, ())
        self.lists: dict[Gate, ReadyList] = {}
        self.heads: dict[Gate, QLabel] = {}
        for gate, title in self.TITLES.items():
            self.heads[gate], self.lists[gate] = heading(title, 1.15), ReadyList(session)
            self.lists[gate].wanted.connect(self.wanted)
            self.column.addWidget(self.heads[gate])
            self.column.addWidget(self.lists[gate])
        self.column.addStretch(1)

    def refresh(self) -> None:
        """A field that the first list asks is not asked again by the second."""
        session = self.session
        found = session.award
        decided = session.tender.is_stopped or (found is not None and found.winner is not None)
        asked: set[str] = set()
        for gate, shown in self.lists.items():
            lines = ready(session.workspace, session.tender, gate, session.inputs)
            self.lines[gate] = lines
            fresh = tuple(line for line in lines if not line.field or line.field not in asked)
            asked |= {line.field for line in lines}
            visible = gate == "final" or decided
            self.heads[gate].setVisible(visible)
            shown.setVisible(visible)
            shown.show_lines(fresh if visible else ())

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        for shown in self.lists.values():
            shown.arrange()

    def focus_first(self) -> None:
        any(shown.isVisible() and shown.focus_first() for shown in self.lists.values())


class LettersTab(ScrollColumn):
    """Letters to every bidder: the sending day, both dates with their rule, where they go, and who gets which
    letter."""

    unready = Signal()

    def __init__(self, session: Session, bars: Messages, worker: Worker) -> None:
        super().__init__(0, 8, 12, 8)
        self.session, self.bars, self.worker = session, bars, worker
        column = self.column
        column.setSpacing(8)
        column.addWidget(heading("Brieven aan inschrijvers", 1.15))
        self.why = plain_label()
        self.why.setWordWrap(True)
        column.addWidget(self.why)
        self.sent = TextField("Dag van verzending")
        self._proposed = ""
        self.sent.edit.textChanged.connect(self.show_dates)
        column.addWidget(self.sent)
        self.dates = plain_label()
        self.dates.setWordWrap(True)
        column.addWidget(self.dates)
        self.kinds = plain_label()
        self.kinds.setWordWrap(True)
        column.addWidget(self.kinds)
        self.addresses = QWidget()
        self.address_fields: dict[tuple[str, str], TextField] = {}
        self._address_column = QVBoxLayout(self.addresses)
        self._address_column.setContentsMargins(0, 0, 0, 0)
        self.address_fold = fold("Adressen van de inschrijvers", self.addresses)
        column.addWidget(self.address_fold)
        column.addWidget(self.addresses)
        row = QHBoxLayout()
        self.make = button(
            "Brieven maken …", partial(self._choose, draft=False), icon="document", primary=True
        )
        self.draft = button("Concepten bekijken …", partial(self._choose, draft=True))
        row.addWidget(self.make)
        row.addWidget(self.draft)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(
            muted(
                "U krijgt per inschrijver een PDF en een Word-document. Gemaakte brieven staan bij Versies."
            )
        )
        column.addStretch(1)

    def refresh(self) -> None:
        session = self.session
        found = session.award
        stopped = session.tender.is_stopped
        decided = stopped or (found is not None and found.winner is not None)
        can = decided and session.tender.practice_of is None
        current = papers.current_version(session.workspace, session.tender) if can else None
        if not can:
            key = "letters_practice" if session.tender.practice_of is not None else "letters_no_winner"
            text = sentences.error(key)
        elif current is None:
            key = "letters_outdated" if session.tender.versions else "letters_no_version"
            text = sentences.error(key, number=len(session.tender.versions))
        else:
            text = f"De brieven volgen uit versie {current.number}."
        self.why.setText(text)
        self.make.setVisible(current is not None and not session.read_only)
        for widget in (self.sent, self.dates, self.kinds, self.draft):
            widget.setVisible(can)
        self.address_fold.setVisible(can)
        self._show_addresses()
        self._propose_day()
        if can:
            self.kinds.setText(
                "\n".join(f"{bid.name}: {self._kind(found, bid.id)}" for bid in session.tender.bids)
            )
        self.show_dates()

    def _kind(self, found: Award | None, identity: str) -> str:
        code = (
            "stopped"
            if self.session.tender.is_stopped or found is None
            else letters.kind_for(found, identity)
        )
        return terms.LETTERS[code].lower()

    def _propose_day(self) -> None:
        """The first working day on which both terms end together; what somebody typed stays."""
        tender = self.session.tender
        proposed = proposed_day(
            tender.publication, len(tender.bids), datetime.date.today(), context.calendar()
        )
        text = numbers.date(proposed.sent.isoformat())
        if self.sent.edit.text() in ("", self._proposed) and not self.sent.edit.isModified():
            self.sent.edit.setText(text)
        self._proposed = text

    def _show_addresses(self) -> None:
        """Three fields per bidder: for whose attention, the address, and its own reference."""
        session = self.session
        bids = [bid.id for bid in session.tender.bids]
        if {identity for identity, _ in self.address_fields} != set(bids):
            for field in self.address_fields.values():
                field.hide()
                field.deleteLater()
            self.address_fields = {
                (identity, name): self._address_field(identity, name) for identity in bids for name in ADDRESS
            }
        for (identity, name), field in self.address_fields.items():
            text = getattr(session.tender.publication.addressee(identity), name)
            field.show_value(text.replace("\n", "; "))
            field.edit.setReadOnly(session.read_only)

    def _address_field(self, identity: str, name: str) -> TextField:
        who = self.session.tender.variant(identity)
        field = TextField(f"{name_of(who)}: {ADDRESS[name]}")
        field.committed.connect(partial(self._set_address, identity, name))
        self._address_column.addWidget(field)
        return field

    def _set_address(self, identity: str, name: str, text: str) -> None:
        lines = "\n".join(part.strip() for part in text.split(";") if part.strip())
        self.session.commit(edits.set_addressee(identity, name, lines, ADDRESS[name]))

    @property
    def day(self) -> datetime.date | None:
        text = numbers.read_date(self.sent.edit.text())
        return (
            datetime.date.fromisoformat(text)
            if text is not None and text <= correspondence.LAST_DAY
            else None
        )

    def show_dates(self) -> None:
        """Both dates follow while one types."""
        day, tender = self.day, self.session.tender
        self.make.setEnabled(day is not None)
        self.draft.setEnabled(day is not None)
        if day is None:
            self.sent.say(sentences.error("not_a_date", value=self.sent.edit.text()[:20]), wrong=True)
            self.dates.setText("")
            return
        self.sent.say("")
        _, why = is_owed(tender.publication, len(tender.bids))
        still = term_of(tender.publication, len(tender.bids), day, context.calendar())
        lines = [clauses.standstill_text(still)] if still is not None and not tender.is_stopped else []
        lines += [sentences.sentence(why), clauses.expiry_text(tender, day)]
        if not day_of(tender.publication, len(tender.bids), day, context.calendar()).ends_together:
            lines.append(f"De termijnen eindigen niet op dezelfde dag. Op {self._proposed} verzonden wel.")
        self.dates.setText("\n\n".join(lines))

    def _choose(self, *, draft: bool) -> None:
        if not self.session.is_ready():
            return
        session = self.session
        lines = ready(session.workspace, session.tender, "letters", session.inputs)
        if not draft and waits_for(lines):
            self.unready.emit()
            return
        path = ask_for_folder(self, "Map voor de brieven")
        if path is not None:
            self.save_to(path, draft=draft)

    def save_to(self, folder: Path, *, draft: bool = False) -> None:
        session, day = self.session, self.day
        if day is None:
            self.sent.edit.setFocus()
            return
        if not session.is_ready():
            return
        word, count = ("concepten" if draft else "brieven"), len(session.tender.bids)

        def done(_: object) -> None:
            session.reload()
            self.sent.edit.setModified(False)
            text = f"{count} {word} opgeslagen in {folder.name}, als PDF en als Word-document"
            say_saved_in(self.bars, folder, text)

        self.bars.show_bar("saved", f"De {word} worden gemaakt …", closable=False)
        workspace, identity = session.workspace, session.identity
        work = partial(
            export.write_letters, workspace, identity, day, folder, draft=draft, shown=session.stored
        )
        self.worker.start(lambda _: work(), done, self._failed, f"{word.capitalize()} maken")

    def _failed(self, problem: Exception) -> None:
        self.bars.clear("saved")
        if not isinstance(problem, StoreError):
            raise problem
        self.session.failed.emit(sentences.refusal(problem))


class VersionsTab(ScrollColumn):
    """The final versions with their kept files, and whether a file somebody has is one of them."""

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__(0, 8, 12, 8)
        self.session, self.bars = session, bars
        column = self.column
        column.setSpacing(8)
        column.addWidget(heading("Definitieve versies", 1.15))
        self.holder = QWidget()
        self.list = QVBoxLayout(self.holder)
        self.list.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.holder)
        column.addWidget(
            muted(
                "Hebt u een PDF en wilt u weten of die van ons is en niet is gewijzigd? Controleer het "
                "bestand."
            )
        )
        row = QHBoxLayout()
        self.check = button("Bestand controleren …", self._choose)
        row.addWidget(self.check)
        row.addStretch(1)
        column.addLayout(row)
        self.result = plain_label()
        self.result.setWordWrap(True)
        column.addWidget(self.result)
        self.sign = SignPart(session, bars)
        column.addWidget(fold("Ondertekenen", self.sign))
        column.addWidget(self.sign)
        column.addStretch(1)

    def refresh(self) -> None:
        while self.list.count():
            item = self.list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        tender = self.session.tender
        current = papers.current_version(self.session.workspace, tender)
        if not tender.versions:
            self.list.addWidget(
                muted("Nog geen. Definitief maken bewaart alle stukken en legt de cijfers vast.")
            )
        for version in reversed(tender.versions):
            state = "" if current == version else ", verouderd"
            title = f"Versie {version.number}{state}: {awarding.local_moment(version.at)}, {version.by}"
            self._add(title, version.files)
            for made in reversed([one for one in tender.letters if one.version == version.number]):
                title = f"Brieven uit versie {version.number}{state}, voor verzending op {numbers.date(made.sent_on)}"
                self._add(title, made.files)

    def _add(self, title: str, files: tuple[FinalFile, ...]) -> None:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        label = plain_label(title)
        label.setWordWrap(True)
        column.addWidget(label)
        names = muted("\n".join(file.file.file for file in files))
        column.addWidget(names)
        row = QHBoxLayout()
        save = button("Bestanden opslaan …", lambda: self._choose_folder(files))
        save.setAccessibleName(f"Bestanden opslaan van {title}")
        row.addWidget(save)
        row.addStretch(1)
        column.addLayout(row)
        self.list.addWidget(part)

    def _choose_folder(self, files: tuple[FinalFile, ...]) -> None:
        path = ask_for_folder(self, "Map voor de bestanden")
        if path is not None:
            self.save_files(files, path)

    def save_files(self, files: tuple[FinalFile, ...], folder: Path) -> None:
        """The kept files, exactly as they were made."""
        try:
            export.write_kept(self.session.workspace, files, folder)
        except StoreError as problem:
            self.bars.refuse("saved", problem)
            return
        say_saved_in(self.bars, folder, f"{len(files)} bestanden opgeslagen in {folder.name}")

    def _choose(self) -> None:
        path = ask_for_file(self, "Bestand controleren", "Alle bestanden (*)")
        if path is not None:
            self.check_file(path)

    def check_file(self, path: Path) -> None:
        from cirkeldesk.operations.paper.verify import verify  # reads PDF, which takes a while to load

        try:
            lines = verifying.lines(verify(self.session.workspace, path))
        except StoreError as problem:
            lines = [sentences.refusal(problem)]
        self.result.setText("\n".join([f"{path.name}:", *lines]))
