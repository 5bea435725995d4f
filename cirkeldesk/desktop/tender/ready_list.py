"""The checklist of an act: one line each, with the field that answers it in the line.

Lines stay where they were while somebody works through them: what is answered gets its mark in place, and the
order is made anew when the list is opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.widgets import button, plain_label
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award.readiness import ReadyLine
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.publication import Characteristics
from cirkeldesk.operations.settings import change_file_settings, file_settings
from cirkeldesk.wording import sentences, terms
from cirkeldesk.wording.award import ready

NOT_CHOSEN = (None, terms.NOT_CHOSEN)
# What a line may ask of the papers, and how it is called.
TEXTS = {
    "prepared_by": "Opgesteld door",
    "signed_by": "Ondertekend door",
    "contact": "Contact voor vragen",
    "stopped_because": "Reden van stoppen",
    "withhold": "Inschrijfsom en MKI van de winnaar niet noemen, omdat",
}
CHOICES: Mapping[str, tuple[str, Sequence[tuple[object, str]]]] = {
    "procedure": ("Procedure", [NOT_CHOSEN, *terms.PROCEDURES.items()]),
    "standstill_promised": ("Stukken beloven een opschortende termijn", list(terms.YES_NO_UNKNOWN.items())),
    "objection": ("Terecht bezwaar van de winnaar", list(terms.YES_NO_UNKNOWN.items())),
}
SETTINGS = {
    "organisation": "Organisatie",
    "address": "Bezoekadres, straat en plaats",
    "court": "Rechtbank, met de plaats",
}
MARKS = {"needed": "problem", "asked": "", "told": "muted", "done": "muted"}


class ReadyList(QWidget):
    """Lines with their marks and fields. `wanted` asks for a place that is not on this list."""

    wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.lines: tuple[ReadyLine, ...] = ()
        self._rows: dict[tuple[str, str], _Row] = {}
        self._subject, self.used = "", 0  # rows of the grid in use
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(1, 1)
        self.grid.setVerticalSpacing(6)
        column.addLayout(self.grid)

    def show_lines(self, lines: tuple[ReadyLine, ...]) -> None:
        """A row is known by its field, else by what it says: an answer changes its words in place."""
        self.lines = lines
        now = {_key(line): line for line in lines}
        if self._subject != self.session.identity:
            self._leave_all()
            self._subject = self.session.identity
        for key in [key for key in self._rows if key not in now]:
            self._rows.pop(key).leave()
        for key, line in now.items():
            if key not in self._rows:
                self._rows[key] = _Row(self, line)
            self._rows[key].show_line(line)

    def _leave_all(self) -> None:
        for row in self._rows.values():
            row.leave()
        self._rows.clear()

    def arrange(self) -> None:
        """The order is made anew, what waits first; a field that is being typed in moves along whole."""
        keys = [_key(line) for line in self.lines]
        self._rows = {key: self._rows[key] for key in keys if key in self._rows}
        for row in self._rows.values():
            row.lift()
        self.used = 0
        for row in self._rows.values():
            row.place()

    def focus_first(self) -> bool:
        """To the field of the first line that is not answered; False where there is none."""
        for row in self._rows.values():
            if row.line.state in ("needed", "asked") and row.answer is not None:
                _inner(row.answer).setFocus()
                return True
        return False


def _key(line: ReadyLine) -> tuple[str, str]:
    return line.field, "" if line.field else ready.line_text(line)


def _inner(field: QWidget) -> QWidget:
    """What takes the typing in a labelled field."""
    if isinstance(field, TextField):
        return field.edit
    return field.box if isinstance(field, Choice) else field


class _Row:
    """A mark, a sentence, and the field or the way to it."""

    def __init__(self, owner: ReadyList, line: ReadyLine) -> None:
        self.owner, self.line = owner, line
        self.mark, self.text = plain_label(), plain_label()
        self.text.setWordWrap(True)
        self.answer = _field_for(owner, line)
        self.place()

    def place(self) -> None:
        """As the last row of the list."""
        grid, at = self.owner.grid, self.owner.used
        self.owner.used += 2
        grid.addWidget(self.mark, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, at, 1)
        if self.answer is not None:
            side = Qt.AlignmentFlag.AlignLeft if isinstance(self.answer, QPushButton) else Qt.AlignmentFlag(0)
            grid.addWidget(self.answer, at + 1, 1, side)

    def show_line(self, line: ReadyLine) -> None:
        self.line = line
        text = ready.line_text(line)
        self.mark.setText(ready.SIGNS[line.state])
        self.mark.setAccessibleName(ready.STATES[line.state])
        self.text.setText(text)
        self.text.setAccessibleName(ready.spoken(line))
        for label in (self.mark, self.text):
            label.setObjectName(MARKS[line.state])
            label.style().unpolish(label)
            label.style().polish(label)
        if isinstance(self.answer, QPushButton):  # what is answered needs no way to it
            self.answer.setVisible(line.state != "done")
        if self.answer is not None:
            _show_value(self.owner.session, self.answer, line.field)

    @property
    def widgets(self) -> list[QWidget]:
        return [widget for widget in (self.mark, self.text, self.answer) if widget is not None]

    def lift(self) -> None:
        for widget in self.widgets:
            self.owner.grid.removeWidget(widget)

    def leave(self) -> None:
        self.lift()
        for widget in self.widgets:
            widget.hide()
            widget.deleteLater()


def _field_for(owner: ReadyList, line: ReadyLine) -> QWidget | None:
    """The field that answers a line; a button where it stands elsewhere; None where nothing does."""
    where, _, name = line.field.partition(".")
    session = owner.session
    if not name or session.read_only:
        return None
    if where == "settings":
        return _text(SETTINGS[name], partial(_set_setting, owner, name))
    if where == "publication" and name in TEXTS:
        return _text(TEXTS[name], partial(_set_text, session, name))
    if where == "publication" and name in CHOICES:
        label, options = CHOICES[name]
        choice = Choice(label, options)
        choice.chosen.connect(partial(_choose, session, name, label))
        return choice
    if line.field == "publication.characteristics":
        return _text("Kenmerken en voordelen van de winnaar, in woorden", partial(_set_words, session))
    return button("Ga erheen", partial(owner.wanted.emit, line.field))


def _choose(session: Session, name: str, label: str, value: Any) -> None:
    if name == "objection":
        winner = session.award.winner if session.award is not None else None
        session.commit(edits.set_objection(value, winner or "", label.lower()))
    else:
        session.commit(edits.set_publication(name, value, label.lower()))


def _text(label: str, commit: Callable[[str], object]) -> TextField:
    field = TextField(label)
    field.committed.connect(commit)
    return field


def _set_text(session: Session, name: str, text: str) -> None:
    session.commit(edits.set_publication(name, text.strip(), TEXTS[name].lower()))


def _set_words(session: Session, text: str) -> None:
    winner = session.award.winner if session.award is not None else None
    if winner is not None:
        words = Characteristics(winner, text.strip()) if text.strip() else None
        session.commit(edits.set_publication("characteristics", words, "kenmerken van de winnaar"))


def _set_setting(owner: ReadyList, name: str, text: str) -> None:
    """A setting of the file is kept at once; it is no step of the tender."""
    try:
        lines = "\n".join(part.strip() for part in text.split(";") if part.strip())
        change_file_settings(owner.session.workspace, **{name: lines})
    except StoreError as problem:
        owner.session.failed.emit(sentences.refusal(problem))
        return
    owner.wanted.emit("")


def _show_value(session: Session, field: QWidget, name: str) -> None:
    where, _, name = name.partition(".")
    value: Any = getattr(session.tender.publication, name, None)
    if where == "settings":
        value = getattr(file_settings(session.workspace), name).replace("\n", "; ")
    if isinstance(value, Characteristics):
        value = value.text
    if isinstance(field, TextField):
        field.show_value(str(value or ""))
    elif isinstance(field, Choice):
        field.show_value(value)
