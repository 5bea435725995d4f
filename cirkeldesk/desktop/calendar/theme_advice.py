"""The advice on one theme of a row: who is asked by when, what is advised with which criteria, and what the
project leader answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from cirkeldesk.desktop.calendar.criteria_checks import CriteriaChecks
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.look import theme as look
from cirkeldesk.desktop.kit.widgets import button, fold, muted, plain_label
from cirkeldesk.model.calendar.advice import (
    ANSWERS,
    REASONS,
    Answer,
    PickedCriterion,
    ReasonCode,
    theme_advice,
)
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.calendar.followed import ProposedAnswer
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.wording import terms
from cirkeldesk.wording.calendar import advising as words
from cirkeldesk.wording.calendar import words as calendar_words

TEXT_HEIGHT = 84


@dataclass(frozen=True)
class _Typed:
    """What stands in the form and no button was pressed for."""

    adviser: str = ""
    due: str = ""
    text: str = ""
    why: str = ""
    picked: tuple[str, ...] = ()


class ThemeAdvicePart(QWidget):
    """A form that acts by its buttons: what is typed counts once one of them is pressed.

    `asked` with theme, adviser and ISO day (or None), `given` with theme, criteria and text, `answered`
    with theme, answer, reason and words, `withdrawn` with the theme; `noted` when the note is wanted;
    `turned` when another theme or row is shown.
    """

    asked = Signal(str, str, object)
    given = Signal(str, list, str)
    answered = Signal(str, str, object, str)
    withdrawn = Signal(str)
    noted = Signal()
    turned = Signal()

    def __init__(
        self, author: Callable[[], str], criteria: Callable[[CalendarRow, Theme], Sequence[Criterion]]
    ) -> None:
        """`criteria`: what can be advised on a theme of a row."""
        super().__init__()
        self._author, self._criteria = author, criteria
        self.proposals: tuple[ProposedAnswer, ...] = ()  # what the tender of the row says of the advice
        self.row: CalendarRow | None = None
        self._picked: list[str] = []
        self._wide = False
        self._subject = ("", THEMES[0])  # the row and theme the form is about
        self._waiting: dict[tuple[str, str], _Typed] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.theme = Choice("Thema", [(theme, terms.THEMES[theme]) for theme in THEMES])
        self.theme.show_value(THEMES[0])
        self.theme.chosen.connect(lambda _: self._turn())
        self.standing = muted()
        column.addWidget(self.theme)
        column.addWidget(self.standing)
        column.addWidget(self._asking())
        column.addWidget(self._giving())
        column.addWidget(self._answering())
        self.log = muted()
        self.log.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.log_fold = fold("Wat er is gebeurd", self.log)
        column.addWidget(self.log_fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.log)
        self.note = button("Notitie aan de projectleider", self.noted.emit)
        column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)

    # --- parts
    # ---------------------------------------------------------------------------------------------------

    def _asking(self) -> QWidget:
        self.adviser = TextField("Advies van wie")
        self.mine = button("Ik", lambda: self._type(self.adviser, self._author()))
        self.mine.setAccessibleName("Ik adviseer over dit thema")
        self.due = TextField("Uiterlijk", hint="dd-mm-jjjj")
        self.ask_button = button("Vraag advies", self._ask)
        self.withdraw_button = button("Trek de vraag in", lambda: self.withdrawn.emit(self._theme))
        who = _line(self.adviser, self.mine)
        when = _line(self.due, self.ask_button)
        part = QWidget()
        column = self._asking_line = _column(part)
        column.addLayout(who, 1)
        column.addLayout(when, 1)
        column.addWidget(self.withdraw_button, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return part

    def _giving(self) -> QWidget:
        self.pick = button("Criteria kiezen", lambda: None)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.pick.setMenu(self.menu)
        self.picked = muted()
        self.checks = CriteriaChecks()  # where there is room for them
        self.checks.taken.connect(lambda code, wanted: self._take(code, wanted=wanted))
        self.checks_head = plain_label("Criteria")
        for widget in (self.checks_head, self.checks):
            widget.hide()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Advies over dit thema")
        self.text.setTabChangesFocus(True)
        look.keep_height(self.text, TEXT_HEIGHT)
        self.give_button = button("Advies vastleggen", self._give)
        part = QWidget()
        column = _column(part)
        column.addWidget(self.checks_head)
        column.addWidget(self.checks)
        column.addWidget(plain_label("Advies in eigen woorden"))
        column.addWidget(self.text)
        column.addWidget(self.pick, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.picked)
        column.addWidget(self.give_button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _answering(self) -> QWidget:
        self.answer = Choice(
            "Antwoord van de projectleider",
            [(None, "nog geen antwoord"), *((answer, words.ANSWERS[answer]) for answer in ANSWERS)],
        )
        self.answer.chosen.connect(lambda _: self._show_reason())
        self.reason = Choice(
            "Waarom niet of deels",
            [(None, "kies een reden"), *((code, words.REASONS[code]) for code in REASONS)],
        )
        self.why = TextField("Toelichting")
        self.answer_button = button("Antwoord vastleggen", self._answer)
        self.proposed = muted()
        self.answering = QWidget()
        column = _column(self.answering)
        column.addWidget(self.proposed)
        for widget in (self.answer, self.reason, self.why):
            column.addWidget(widget)
        column.addWidget(self.answer_button, 0, Qt.AlignmentFlag.AlignLeft)
        return self.answering

    # --- showing
    # -------------------------------------------------------------------------------------------------

    @property
    def _theme(self) -> Theme:
        return cast(Theme, self.theme.value)

    @property
    def subject(self) -> Theme:
        """The theme the form is about."""
        return self._theme

    @property
    def in_order(self) -> list[QWidget]:
        """What Tab goes along: as it stands on the screen, also after the form came from elsewhere."""
        asking = [self.theme.box, self.adviser.edit, self.mine, self.due.edit, self.ask_button]
        giving = [self.withdraw_button, *self.checks.boxes.values(), self.text, self.pick, self.give_button]
        answering = [self.answer.box, self.reason.box, self.why.edit, self.answer_button]
        return [*asking, *giving, *answering, self.log_fold, self.note]

    def set_wide(self, *, wide: bool) -> None:
        """On a page of its own: themes and criteria side by side instead of behind a press."""
        self._wide = wide
        narrow: tuple[QWidget, ...] = (self.theme, self.pick, self.note)
        for widget in (*narrow, self.checks_head, self.checks):
            widget.setVisible((widget in narrow) != wide)
        self.ask_in_line(in_line=wide)
        self._show_picked()

    def ask_in_line(self, *, in_line: bool) -> None:
        direction = QBoxLayout.Direction
        self._asking_line.setDirection(direction.LeftToRight if in_line else direction.TopToBottom)

    def show_row(self, row: CalendarRow | None, *, read_only: bool) -> None:
        acted = self.row is not None and row is not None and self.row.id == row.id and self.row.log != row.log
        self.row = row
        self.theme.set_options([(theme, self._named(theme)) for theme in THEMES])
        if acted:
            self._forget()  # what was typed is in the log now
        self._turn()
        self.setEnabled(row is not None and not read_only)

    def _named(self, theme: Theme) -> str:
        """ "Klimaat · kans 3 · gevraagd"."""
        row = self.row or CalendarRow("")
        chance, found = row.chance(theme), theme_advice(row.log, theme)
        parts = [terms.THEMES[theme]]
        parts += [f"kans {chance.chance}"] if chance is not None else []
        parts += [words.STANDS[found.stand]] if found is not None and found.stand is not None else []
        return " · ".join(parts)

    @property
    def draft_part(self) -> str:
        return self._theme

    def go_to_draft_part(self, part: str) -> bool:
        if part in THEMES:
            self.theme.show_value(part)
            self._turn()
        return self._theme == part

    def _turn(self) -> None:
        """To another theme or row: what was typed about the one before waits for it."""
        subject = (self.row.id if self.row is not None else "", self._theme)
        if subject != self._subject:
            self.leave()
            self._subject = subject
            self._put_back(self._waiting.pop(subject, _Typed()))
        self._show()

    def leave(self) -> None:
        """What was typed waits for its row and theme, before the fields serve another."""
        typed = self._typed()
        if typed != _Typed():
            self._waiting[self._subject] = typed
        self._forget()

    def _typed(self) -> _Typed:
        fields = (self.adviser.typed, self.due.typed, self.text.toPlainText(), self.why.typed)
        return _Typed(*fields, tuple(self._picked))

    def _put_back(self, typed: _Typed) -> None:
        for field, text in ((self.adviser, typed.adviser), (self.due, typed.due), (self.why, typed.why)):
            field.show_typed(text)
        self.text.setPlainText(typed.text)
        self.text.document().setModified(bool(typed.text))
        self._picked = list(typed.picked)

    def _forget(self) -> None:
        for field in (self.adviser, self.due, self.why):
            field.forget()
        self.text.setPlainText("")
        self.text.document().setModified(False)
        self._picked = []
        self.answer.show_value(None)
        self.reason.show_value(None)

    def _show(self) -> None:
        row = self.row or CalendarRow("")
        found = theme_advice(row.log, self._theme)
        self.standing.setText(words.standing(found) if found is not None else "Nog geen advies gevraagd.")
        self.answering.setVisible(found is not None and found.given_on is not None)
        self.withdraw_button.setVisible(found is not None and found.waits)
        told = [words.entry_line(entry) for entry in reversed(row.log) if entry.theme == self._theme]
        self.log.setText("\n".join(told))
        self.log_fold.setVisible(bool(told))
        self.log.setVisible(bool(told) and self.log_fold.isChecked())
        proposal = next((one for one in self.proposals if one.theme == self._theme), None)
        self.proposed.setText(words.proposed(proposal) if proposal is not None else "")
        self.proposed.setVisible(proposal is not None)
        if proposal is not None and self.answer.value is None:
            self.answer.show_value(proposal.answer)
        self._show_picked()
        self._show_reason()
        self.turned.emit()

    def _show_reason(self) -> None:
        self.reason.setVisible(self.answer.value in ("partly", "not"))
        self.answer_button.setEnabled(self.answer.value is not None)

    def _show_picked(self) -> None:
        if self._wide:
            found = theme_advice(self.row.log, self._theme) if self.row is not None else None
            given = [one.code for one in found.criteria] if found is not None else []
            self.checks.show_criteria(self._offered(), self._picked, given)
        known = {one.code: one.title for one in self._offered()}
        self.picked.setText("\n".join(f"• {known.get(code, code)}" for code in self._picked))
        self.picked.setVisible(bool(self._picked) and not self._wide)

    def _offered(self) -> Sequence[Criterion]:
        return self._criteria(self.row, self._theme) if self.row is not None else ()

    def _fill_menu(self) -> None:
        self.menu.clear()
        offered = self._offered()
        for one in offered:
            action = QAction(
                f"{one.title} · {terms.LEVELS[one.level]}, {terms.CRITERION_KINDS[one.kind]}", self.menu
            )
            action.setCheckable(True)
            action.setChecked(one.code in self._picked)
            action.setToolTip(one.text)
            action.toggled.connect(lambda wanted, code=one.code: self._take(code, wanted=wanted))
            self.menu.addAction(action)
        if not offered:
            self.menu.addAction("Er zijn geen criteria voor dit thema.").setEnabled(False)
        self.menu.setToolTipsVisible(True)

    def _take(self, code: str, *, wanted: bool) -> None:
        self._picked = [one for one in self._picked if one != code] + ([code] if wanted else [])
        self._show_picked()

    # --- acting
    # --------------------------------------------------------------------------------------------------

    def _type(self, field: TextField, text: str) -> None:
        field.show_typed(text)

    def _ask(self) -> None:
        typed = self.due.typed.strip()
        day = calendar_words.read_day(typed) if typed else None
        wrong = bool(typed) and day is None
        self.due.say(
            f"“{typed}” is geen datum. Schrijf bijvoorbeeld 11-12-2026." if wrong else "", wrong=wrong
        )
        if not wrong:
            self.asked.emit(self._theme, self.adviser.typed.strip(), day)

    def _give(self) -> None:
        self.given.emit(
            self._theme, [PickedCriterion(code) for code in self._picked], self.text.toPlainText()
        )

    def _answer(self) -> None:
        answer = cast(Answer, self.answer.value)
        self.answered.emit(self._theme, answer, cast(ReasonCode, self.reason.value), self.why.typed)


def _column(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return column


def _line(field: QWidget, act: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(field, 1)
    row.addWidget(act, 0, Qt.AlignmentFlag.AlignBottom)
    return row
