"""Criteria of MVOI, chosen and adapted for a tender."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import LongText, TextField, TypedPerSubject
from cirkeldesk.desktop.kit.file_dialogs import ask_where, say_saved
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.criteria_table import CriteriaTable
from cirkeldesk.desktop.kit.widgets import button, fold, heading, muted, plain_label
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations import criteria as library
from cirkeldesk.operations.paper.export import export_criteria
from cirkeldesk.wording import criteria as words

SHOWN = ("Bewijs", "Controle")  # in fields of their own
BESIDE, LOW = 1000, 480  # of the page: width for a form beside the list, height below which it saves lines


class CriteriaBlock(QWidget):
    """Part of step 1: what this tender asks for the six themes, chosen from the library and adapted."""

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.part = QWidget()
        self.fold = fold("MVOI: thema's en criteria", self.part)
        top = QHBoxLayout()
        self.count = muted()
        top.addWidget(self.fold)
        top.addWidget(self.count)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.part)
        self._made = False
        self._offered: list[Criterion] | None = None
        self._typed = TypedPerSubject(self)
        self.fold.toggled.connect(self._make)
        session.changed.connect(self.refresh)
        session.opened.connect(self._read)
        self.refresh()

    def _make(self) -> None:
        """What is folded away is made when somebody looks: most tenders open without."""
        if self._made:
            return
        self._made = True
        inner = QVBoxLayout(self.part)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self.table = CriteriaTable("Criteria om uit te kiezen", "Keuze")
        theme.keep_height(self.table, 300)
        self.table.picked.connect(self._show)
        self.table.entered.connect(self.turn)
        inner.addWidget(self.table)
        row = QHBoxLayout()
        self.take = button("Kiezen", self.turn, primary=True)
        self.copy = button("Gekozen criteria kopiëren als tekst", self.copy_text)
        row.addWidget(self.take)
        row.addWidget(self.copy)
        self.save = button("Opslaan als Word", self.choose_target)
        row.addWidget(self.save)
        row.addStretch(1)
        inner.addLayout(row)
        self.title = heading("", 1.0)
        self.facts = muted()
        self.text = LongText("Tekst voor de stukken", partial(self._adapt, "text"), 110)
        self.proof = LongText("Bewijs", partial(self._adapt, "proof"), 60)
        self.check = LongText("Controle", partial(self._adapt, "check"), 60)
        self.note = muted()
        self.why = TextField(
            "Waarom wel of niet", hint="bijvoorbeeld: past niet bij een werk van deze omvang"
        )
        self.why.committed.connect(self._weigh)
        parts: list[QWidget] = [
            self.title,
            self.facts,
            plain_label("Tekst voor de stukken"),
            self.text,
            self.note,
        ]
        for widget in (
            *parts,
            plain_label("Bewijs"),
            self.proof,
            plain_label("Controle"),
            self.check,
            self.why,
        ):
            inner.addWidget(widget)
        self._read()

    @property
    def offered(self) -> list[Criterion]:
        """What can be asked; read when somebody wants to know."""
        if self._offered is None:
            self._offered = library.criteria_for(self.session.workspace, self.session.comparison.group.code)
        return self._offered

    def _read(self) -> None:
        self._offered = None
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """The library may have changed since: what is taken is its text of now."""
        super().showEvent(event)
        self._read()

    def refresh(self) -> None:
        asked = {criterion.code: criterion for criterion in self.session.tender.criteria}
        open_ones = sum(not criterion.is_filled_in for criterion in words.of(self.session.tender))
        self.count.setText(f"{len(asked)} gekozen" + (f", {open_ones} nog in te vullen" if open_ones else ""))
        self.fold.setAccessibleDescription(self.count.text())
        if not self._made:
            return
        known = {criterion.code for criterion in self.offered}
        # What was adapted, or is no longer in the library, shows as it is asked.
        rows = [asked.get(one.code, one) for one in self.offered] + [
            one for code, one in asked.items() if code not in known
        ]
        self.table.show_criteria(rows, self._say)
        self.copy.setEnabled(bool(asked))
        self.save.setEnabled(bool(asked))

    def _say(self, criterion: Criterion) -> str:
        if any(found.code == criterion.code for found in self.session.tender.criteria):
            return "gekozen"
        return "niet gekozen" if words.why(self.session.tender, criterion.code) else ""

    def _show(self) -> None:
        criterion = self.table.current
        taken = criterion is not None and self._say(criterion) == "gekozen"
        read_only = self.session.read_only
        self.take.setText("Toch niet kiezen" if taken else "Kiezen")
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(criterion is not None and not read_only)
        for edit in (self.text, self.proof, self.check):
            edit.setReadOnly(read_only or not taken)
        self.why.setEnabled(criterion is not None and not read_only)
        self.title.setText(words.head(criterion) if criterion is not None else "")
        shown = (
            [f"{name}: {text}" for name, text in words.facts(criterion) if name not in SHOWN]
            if criterion is not None
            else []
        )
        made = words.spelled_out(self.session.tender, criterion) if criterion is not None else None
        if made is not None and made != criterion:
            shown.insert(0, f"In de stukken staat: {made.text}")
        self.facts.setText("\n".join(shown))
        self._typed.turn_to(criterion.code if criterion is not None else "")
        self.text.show_text(criterion.text if criterion is not None else "")
        self.proof.show_text(criterion.proof if criterion is not None else "")
        self.check.show_text(criterion.check if criterion is not None else "")
        self.why.label.setText("Waarom wel" if taken else "Waarom niet, of leeg")
        self.why.show_value(words.why(self.session.tender, criterion.code) if criterion is not None else "")
        open_ = made is not None and taken and not made.is_filled_in
        self.note.setText(
            words.FILL_IN if open_ else "" if taken else "Kies het criterium om de tekst aan te passen."
        )
        self._typed.put_back()

    @property
    def draft_part(self) -> str:
        return self._typed.subject

    def go_to_draft_part(self, part: str) -> bool:
        self.fold.setChecked(True)
        self.table.choose(part)
        return self._typed.subject == part

    def turn(self) -> None:
        """Take the current criterion, or no longer."""
        criterion = self.table.current
        if criterion is None or self.session.read_only:
            return
        taken = self._say(criterion) == "gekozen"
        if (
            self.session.commit(edits.drop_criterion(criterion) if taken else edits.take_criterion(criterion))
            and taken
        ):
            self._read()  # the library's own text again

    def _adapt(self, name: str, text: str) -> None:
        criterion = self.table.current
        if criterion is not None and text.strip():
            self.session.commit(edits.adapt_criterion(criterion, name, text.strip()))
        self._show()

    def _weigh(self, text: str) -> None:
        criterion = self.table.current
        if criterion is not None:
            self.session.commit(edits.weigh_criterion(criterion, text.strip()))

    def choose_target(self) -> None:
        number = self.session.tender.number
        path = ask_where(self, "Criteria opslaan", f"{number} Criteria.docx", "Word (*.docx);;PDF (*.pdf)")
        if path is not None:
            self.save_as(path)

    def save_as(self, path: Path) -> None:
        try:
            export_criteria(self.session.workspace, self.session.identity, path)
        except StoreError as problem:
            self.bars.refuse("copied", problem)
            return
        say_saved(self.bars, path)

    def copy_text(self) -> None:
        QGuiApplication.clipboard().setText(words.copied(self.session.tender))
        count = len(self.session.tender.criteria)
        self.bars.show_bar("copied", f"De tekst van {count} criteria staat op het klembord.", "good")
