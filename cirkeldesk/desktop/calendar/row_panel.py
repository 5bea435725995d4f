"""What is known of one row of the calendar: its planning, the reasons, and the advice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cirkeldesk.desktop.calendar.theme_advice import ThemeAdvicePart
from cirkeldesk.desktop.kit.fields import Choice, LongText, TextField, TypedPerSubject, take_typing_in
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label, tab_along
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import ADVICE_STATES, CalendarRow, Doubt, Proposal, group_of
from cirkeldesk.model.calendar.edits import CalendarEdit
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.operations.calendar.calendar import amount_of
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.calendar import words

DATES = {"quarter": "bijvoorbeeld Q2 2027", "start": "dd-mm-jjjj"}


class RowPanel(ScrollColumn):
    """`commit` takes an edit. `tender_wanted` with the id of the row, `tender_opened` with that of a
    tender."""

    tender_wanted = Signal(str)
    tender_opened = Signal(str)
    row_wanted = Signal(str)
    release_wanted = Signal(str)
    closed = Signal()
    themes_wanted = Signal()

    def __init__(
        self,
        commit: Callable[[CalendarEdit], object],
        author: Callable[[], str],
        criteria: Callable[[CalendarRow, Theme], Sequence[Criterion]],
    ) -> None:
        super().__init__(12, 8, 12, 8)
        self.by_theme = ThemeAdvicePart(author, criteria)
        self._commit, self._author = commit, author
        self.row: CalendarRow | None = None
        self._typed = TypedPerSubject(self)
        column = self.column
        column.setSpacing(6)
        top = QHBoxLayout()
        self.title = heading("", 1.15)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.back = button("Terug", self.closed.emit)
        top.addWidget(self.title, 1)
        top.addWidget(self.back)
        column.addLayout(top)
        self.doubts = muted()
        column.addWidget(self.doubts)
        self.settle = button("Twijfel bekeken, zo laten", self._settle)
        column.addWidget(self.settle, 0, Qt.AlignmentFlag.AlignLeft)
        self.open_themes = button("Advies per thema", self.themes_wanted.emit)
        column.addWidget(self.open_themes, 0, Qt.AlignmentFlag.AlignLeft)
        self.make = button("Maak aanbesteding van deze regel", self._make)
        column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self.release = button("Kondig aan wat vrijkomt", self._release)
        column.addWidget(self.release, 0, Qt.AlignmentFlag.AlignLeft)
        self._chances()
        column.addWidget(heading("Advies per thema", 1.0))
        self._form = QVBoxLayout()
        column.addLayout(self._form)
        self.take_form()
        self._advice()
        self._planning()
        column.addStretch(1)

    def take_form(self) -> None:
        """The form of the advice stands here, unless a page of its own has it."""
        self._form.addWidget(self.by_theme)
        self.by_theme.set_wide(wide=False)

    def take_form_back(self) -> None:
        self.take_form()
        self.by_theme.show()
        reasons = [field.edit for field in self.reasons.values()]
        tab_along([*reasons, *self.by_theme.in_order, self.state.box])

    def _chances(self) -> None:
        self.column.addWidget(heading("Waarom deze kansen", 1.0))
        self.reasons: dict[Theme, TextField] = {}
        for theme in THEMES:
            field = TextField(terms.THEMES[theme])
            field.committed.connect(partial(self._set_reason, theme))
            self.reasons[theme] = field
            self.column.addWidget(field)

    def _advice(self) -> None:
        self.column.addWidget(heading("Advies op de hele regel", 1.0))
        states = [(None, "nog geen"), *((state, words.ADVICE[state]) for state in ADVICE_STATES)]
        self.state = Choice("Stand van het advies", states)
        self.state.chosen.connect(partial(self._set_advice, "state", "stand van het advies"))
        self.text = LongText("Advies", lambda text: self._set_advice("text", "advies", text.strip()), 84)
        self.why_not = TextField("Waarom niet of deels gevolgd")
        self.why_not.committed.connect(
            lambda text: self._set_advice("why_not", "waarom niet gevolgd", text.strip())
        )
        self.by = TextField("Wie adviseert")
        self.by.committed.connect(lambda text: self._set_advice("by", "adviseur", text.strip()))
        self.mine = button("Ik", lambda: self._set_advice("by", "adviseur", self._author()))
        self.mine.setAccessibleName("Ik adviseer bij deze regel")
        self.due = TextField("Advies uiterlijk", hint="dd-mm-jjjj")
        self.due.committed.connect(self._set_due)
        who = QHBoxLayout()
        who.addWidget(self.by, 1)
        who.addWidget(self.mine, 0, Qt.AlignmentFlag.AlignBottom)
        for widget in (self.state, plain_label("Advies"), self.text, self.why_not):
            self.column.addWidget(widget)
        self.column.addLayout(who)
        self.column.addWidget(self.due)

    def _planning(self) -> None:
        self.column.addWidget(heading("Planning en gegevens", 1.0))
        self.group = Choice("Productgroep", [])
        self.group.chosen.connect(lambda value: self._set("group", value or "", "productgroep"))
        self.column.addWidget(self.group)
        self.fields: dict[str, TextField] = {}
        for name, label in words.FIELDS.items():
            field = TextField(label, number=name == "estimate", hint=DATES.get(name, ""))
            field.committed.connect(partial(self._set_field, name, label))
            self.fields[name] = field
            self.column.addWidget(field)
        self.extra = muted()
        self.column.addWidget(self.extra)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def set_groups(self, groups: Mapping[str, ProductGroup]) -> None:
        self.groups = groups
        self.group.set_options(
            [(None, "zoals herkend"), *((code, group.name) for code, group in groups.items())]
        )

    def show_row(
        self, row: CalendarRow | None, proposed: Mapping[Theme, Proposal], *, read_only: bool
    ) -> None:
        if self.row is None or row is None or self.row.id != row.id:
            take_typing_in(self)
            self.by_theme.leave()
            self._typed.turn_to(row.id if row is not None else "")
            self.verticalScrollBar().setValue(0)  # another row begins with its name
        self.row = row
        self.body.setEnabled(row is not None)
        found = row or CalendarRow("", "Kies een regel")
        self.title.setText(found.title)
        self.doubts.setText("\n".join(words.doubt(doubt) for doubt in found.doubts))
        self.doubts.setVisible(bool(found.doubts))
        self.settle.setVisible(bool(found.doubts) and not read_only)
        self.make.setText("Open de aanbesteding" if found.tender else "Maak aanbesteding van deze regel")
        self.make.setAccessibleName(self.make.text())
        self.make.setEnabled(found.tender is not None or not read_only)
        self._show_chances(found, proposed, read_only=read_only)
        self.by_theme.show_row(row, read_only=read_only)
        self.state.show_value(found.advice.state)
        self.text.show_text(found.advice.text)
        self.why_not.show_value(found.advice.why_not)
        self.by.show_value(found.advice.by)
        self.due.show_value(words.value("due", found.advice.due))
        recognised = group_of(found, self.groups.values())
        self.group.show_value(found.group or None)
        known = self.groups.get(recognised)
        self.group.box.setItemText(0, f"zoals herkend: {known.name if known is not None else 'geen'}")
        for name, field in self.fields.items():
            value = getattr(found, name)
            shown = (
                numbers.as_typed(value)
                if name == "estimate" and value is not None
                else words.value(name, value)
            )
            field.show_value(shown)
        self.extra.setText("\n".join(f"{name}: {text}" for name, text in found.extra))
        for widget in (
            *self.fields.values(),
            self.state,
            self.why_not,
            self.by,
            self.due,
            self.group,
            self.mine,
        ):
            widget.setEnabled(not read_only)
        self.text.setReadOnly(read_only)
        self._typed.put_back()

    @property
    def draft_part(self) -> str:
        return self.row.id if self.row is not None else ""

    def go_to_draft_part(self, part: str) -> bool:
        self.row_wanted.emit(part)
        return self.draft_part == part

    def _show_chances(self, row: CalendarRow, proposed: Mapping[Theme, Proposal], *, read_only: bool) -> None:
        for theme, field in self.reasons.items():
            chance, proposal = row.chance(theme), proposed.get(theme)
            said = f"{chance.chance}, {words.CHANCES[chance.chance]}" if chance is not None else ""
            said = said or (
                f"voorstel {proposal.chance}, {words.CHANCES[proposal.chance]}"
                if proposal is not None
                else ""
            )
            by = f", door {chance.by}" if chance is not None and chance.by else ""
            field.label.setText(f"{terms.THEMES[theme]}: {said or 'niet beoordeeld'}{by}")
            field.show_value(chance.reason if chance is not None else "")
            field.edit.setPlaceholderText(
                proposal.rule.reason if chance is None and proposal is not None else ""
            )
            field.setEnabled(chance is not None and not read_only)

    # --- committing
    # ----------------------------------------------------------------------------------------------

    def _make(self) -> None:
        if self.row is None:
            return
        if self.row.tender is not None:
            self.tender_opened.emit(self.row.tender)
        else:
            self.tender_wanted.emit(self.row.id)

    def _release(self) -> None:
        if self.row is not None:
            self.release_wanted.emit(self.row.id)

    def _settle(self) -> None:
        if self.row is not None:
            self._commit(edits.settle_doubts(self.row))

    def _set_reason(self, theme: Theme, text: str) -> None:
        if self.row is not None:
            self._commit(
                edits.set_reason(
                    self.row, theme, text.strip(), f"reden {terms.THEMES[theme].lower()}", self._author()
                )
            )

    def _set_advice(self, name: str, label: str, value: object) -> None:
        if self.row is not None:
            author = self._author() if name in ("state", "text") else ""
            self._commit(edits.set_advice(self.row, name, value, label, author))

    def _set_due(self, text: str) -> None:
        value = words.read_day(text) if text.strip() else None
        wrong = bool(text.strip()) and value is None
        self.due.say(
            f"“{text}” is geen datum. Schrijf bijvoorbeeld 11-12-2026." if wrong else "", wrong=wrong
        )
        if not wrong:
            self._set_advice("due", "advies uiterlijk", value)

    def _set(self, name: str, value: object, label: str) -> None:
        if self.row is not None:
            self._commit(edits.set_row(self.row, name, value, label))

    def _set_field(self, name: str, label: str, text: str) -> None:
        field, typed = self.fields[name], text.strip()
        value: object = typed
        problem = None
        if name == "estimate":
            read = amount_of(typed)
            value = None if isinstance(read, str) else read
            problem = words.doubt(Doubt(name, typed, read)) if isinstance(read, str) else None
        elif name == "quarter":
            value, whole = words.read_period(typed) if typed else (None, True)
            problem = (
                None
                if whole
                else f"“{typed}” is geen kwartaal. Schrijf bijvoorbeeld Q2 2027, 2e helft 2027 of 2027."
            )
        elif name == "start":
            value = words.read_day(typed) if typed else None
            problem = (
                f"“{typed}” is geen datum. Schrijf bijvoorbeeld 1-9-2027."
                if typed and value is None
                else None
            )
        elif name == "title" and not typed:
            problem = "Een regel heeft een omschrijving nodig."
        field.say(problem or "", wrong=problem is not None)
        if problem is None:
            self._set(name, value, label if label.isupper() else label.lower())
