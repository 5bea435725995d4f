"""Subsidies: the register of schemes, and the one that is chosen with what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, LongText, TextField, TypedPerSubject, take_typing_in
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.tables.lists import ListView
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import Calendar
from cirkeldesk.model.calendar.edits import CalendarEdit
from cirkeldesk.model.calendar.subsidies import GROUNDS, STATES, Scheme, SchemeState, with_state
from cirkeldesk.operations.calendar.calendar import amount_of
from cirkeldesk.wording import numbers
from cirkeldesk.wording.calendar import subsidies as words
from cirkeldesk.wording.calendar import words as calendar_words

HEADER = ("Regeling", "CVDR", "Budget", "Opent", "Sluit", "Stand", "Open")
WIDTHS = (180, 100, 100, 84, 84, 116, 56)
TEXTS = (
    ("name", "Naam van de regeling *"),
    ("reference", "CVDR-nummer"),
    ("who", "Wie"),
    ("article", "Artikel van de verordening"),
    ("state_aid", "Staatssteun: grondslag"),
)
AMOUNTS = (("budget", "Budget, €"), ("settled", "Vastgesteld, €"))
DAYS = (("opens", "Opent"), ("closes", "Sluit"))
CONDITIONS = "Voorwaarden, één per regel: indicator | drempel | bewijs | moment"
NOT_AN_AMOUNT = "“{text}” is geen bedrag. Schrijf bijvoorbeeld 250.000."
NOT_A_DAY = "“{text}” is geen datum. Schrijf bijvoorbeeld 1-9-2027."


class SubsidiesPage(QWidget):
    """`commit` takes an edit of the calendar; `author` is who says that a state changed."""

    def __init__(self, commit: Callable[[CalendarEdit], object], author: Callable[[], str]) -> None:
        super().__init__()
        self._commit, self._author = commit, author
        self.calendar = Calendar()
        self.scheme: Scheme | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.said = muted()
        column.addWidget(self.said)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self._list())
        split.addWidget(self._form())
        split.setSizes([640, 360])
        column.addWidget(split, 1)

    def _list(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 8, 0)
        self.model = TextTableModel()
        self.view = ListView("Subsidieregelingen")
        self.view.setModel(self.model)
        self.view.selectionModel().currentRowChanged.connect(lambda now, before: self._show())
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        self.add = button("Regeling toevoegen", self.new, icon="plus")
        self.remove = button("Verwijderen", self.delete)
        self.copy = button("Voorwaarden kopiëren als tekst", self.copy_text)
        for made in (self.add, self.remove, self.copy):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        return part

    def _form(self) -> QWidget:
        form = ScrollColumn(8, 0, 8, 8)
        self._typed = TypedPerSubject(form)
        self.form = form.body
        self.title = heading("", 1.15)
        form.column.addWidget(self.title)
        self.open = muted()
        form.column.addWidget(self.open)
        self.fields: dict[str, TextField] = {}
        for name, label in TEXTS:
            self._field(name, label).committed.connect(
                lambda text, n=name, lb=label: self._set(n, text.strip(), lb)
            )
        for name, label in AMOUNTS:
            field = self._field(name, label, number=True)
            field.committed.connect(lambda text, n=name, lb=label: self._amount(n, text, lb))
        for name, label in DAYS:
            field = self._field(name, label, hint="dd-mm-jjjj")
            field.committed.connect(lambda text, n=name, lb=label: self._day(n, text, lb))
        self.state = Choice("Stand", [(state, words.STATES[state]) for state in STATES])
        self.state.chosen.connect(self._set_state)
        grounds = [(None, "nog niet gekozen"), *((ground, words.GROUNDS[ground]) for ground in GROUNDS)]
        self.ground = Choice("Rechtsgrond", grounds)
        self.ground.chosen.connect(lambda value: self._set("ground", value, "Rechtsgrond"))
        self.conditions = LongText("Voorwaarden", self._set_conditions, 110)
        order: list[QWidget] = [self.fields["name"], self.state, self.fields["reference"]]
        order += [self.fields[name] for name, _ in (*AMOUNTS[:1], *DAYS)]
        order += [self.ground, self.fields["article"], self.fields["state_aid"], plain_label(CONDITIONS)]
        order += [self.conditions, self.fields["who"], self.fields["settled"]]
        for widget in order:
            if isinstance(widget, type(self.title)):
                widget.setWordWrap(True)
            form.column.addWidget(widget)
        self.changes = muted()
        form.column.addWidget(self.changes)
        form.column.addStretch(1)
        return form

    def _field(self, name: str, label: str, *, number: bool = False, hint: str = "") -> TextField:
        self.fields[name] = TextField(label, number=number, hint=hint)
        return self.fields[name]

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def show_calendar(self, calendar: Calendar, *, read_only: bool) -> None:
        self.calendar = calendar
        year = date.today().year
        self.said.setText(f"{words.counted(calendar.schemes, year)}. Elke regeling telt één keer per jaar.")
        place = self.view.currentIndex().row()
        rows = tuple(self._line(scheme) for scheme in calendar.schemes)
        self.model.show(HEADER, rows, frozenset({0, 1, 3, 4, 5}))
        for column, width in enumerate(WIDTHS):
            self.view.setColumnWidth(column, theme.px(width))
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if rows:
            self.view.setCurrentIndex(self.model.index(max(0, min(place, len(rows) - 1)), 0))
        for widget in (self.add, self.remove):
            widget.setEnabled(not read_only)
        self.form.setEnabled(bool(rows) and not read_only)
        self._show()

    def _line(self, scheme: Scheme) -> tuple[str, ...]:
        return (
            scheme.name,
            scheme.reference,
            numbers.euro(scheme.budget) if scheme.budget is not None else "",
            numbers.date(scheme.opens) if scheme.opens else "",
            numbers.date(scheme.closes) if scheme.closes else "",
            words.STATES[scheme.state],
            str(len(scheme.open_points) or ""),
        )

    def _show(self) -> None:
        place = self.view.currentIndex().row()
        found = self.calendar.schemes[place] if 0 <= place < len(self.calendar.schemes) else None
        if (found.id if found else "") != self._typed.subject:
            take_typing_in(self)
            self._typed.turn_to(found.id if found is not None else "")
        self.scheme = found
        scheme = found or Scheme("", "Kies een regeling of voeg er een toe")
        self.title.setText(scheme.name)
        self.open.setText(words.open_points(scheme))
        for name, _ in TEXTS:
            self.fields[name].show_value(getattr(scheme, name) if found is not None else "")
        for name, _ in AMOUNTS:
            value = getattr(scheme, name)
            self.fields[name].show_value(numbers.as_typed(value) if value is not None else "")
        for name, _ in DAYS:
            value = getattr(scheme, name)
            self.fields[name].show_value(numbers.date(value) if value else "")
        self.state.show_value(scheme.state)
        self.ground.show_value(scheme.ground)
        self.conditions.show_text("\n".join(words.condition_line(one) for one in scheme.conditions))
        self.changes.setText(
            "\n".join(
                f"{numbers.date(one.on)}: {words.STATES[one.state]}{f', door {one.by}' if one.by else ''}"
                for one in reversed(scheme.changes)
            )
        )
        self._typed.put_back()

    # --- committing
    # ----------------------------------------------------------------------------------------------

    def new(self) -> None:
        count = len(self.calendar.schemes)
        self._commit(edits.add_scheme(self.calendar, "Nieuwe regeling"))
        if len(self.calendar.schemes) > count:
            self.view.setCurrentIndex(self.model.index(count, 0))
            field = self.fields["name"].edit
            field.setFocus()
            field.selectAll()

    def delete(self) -> None:
        if self.scheme is not None:
            self._commit(edits.remove_scheme(self.scheme))

    def copy_text(self) -> None:
        if self.scheme is not None:
            QGuiApplication.clipboard().setText(words.text_of(self.scheme))

    def _set(self, name: str, value: Any, label: str) -> None:
        if self.scheme is None:
            return
        if name == "name" and not value:
            self.fields["name"].say("Een regeling heeft een naam nodig.", wrong=True)
            return
        if name in self.fields:
            self.fields[name].say("")
        clean = label.rstrip(" *").lower()
        self._commit(edits.change_scheme(self.scheme, lambda one: replace(one, **{name: value}), clean))

    def _amount(self, name: str, text: str, label: str) -> None:
        read = amount_of(text.strip()) if text.strip() else None
        if isinstance(read, str):
            self.fields[name].say(NOT_AN_AMOUNT.format(text=text), wrong=True)
            return
        self._set(name, read, label.removesuffix(", €"))

    def _day(self, name: str, text: str, label: str) -> None:
        day = calendar_words.read_day(text) if text.strip() else None
        if text.strip() and day is None:
            self.fields[name].say(NOT_A_DAY.format(text=text), wrong=True)
            return
        self._set(name, day, label)

    def _set_state(self, value: object) -> None:
        if self.scheme is not None:
            state, today, author = cast(SchemeState, value), date.today().isoformat(), self._author()
            change = edits.change_scheme(
                self.scheme, lambda one: with_state(one, state, today, author), "stand"
            )
            self._commit(change)

    def _set_conditions(self, text: str) -> None:
        self._set("conditions", words.conditions_of(text), "Voorwaarden")
