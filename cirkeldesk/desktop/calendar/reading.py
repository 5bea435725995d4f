"""Reading a calendar file: which column is what, what it will do, and what is doubtful, before anything is
taken over."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label
from cirkeldesk.model.calendar.calendar import ImportPlan
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.calendar import calendar as operations
from cirkeldesk.operations.calendar.calendar import CHANCE, CROSS, lines_between, notices
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import terms
from cirkeldesk.wording.calendar import words

USES = [
    (None, "bewaren als extra"),
    *words.FIELDS.items(),
    *((f"{CHANCE}{one}", f"Kans {terms.THEMES[one]}") for one in THEMES),
]


LONG_CHOICE = 26  # letters: the longest use of a column is "Kans Circulariteit, ook biobased"
MARK_OPTIONS = [(None, "nog niet gezegd"), *((n, f"kans {n}") for n in range(4))]


class CalendarImport(ScrollColumn):
    """`taken` after an import with what it did, `closed` when somebody leaves without one."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(16, 12, 16, 8)
        self.workspace, self.bars = workspace, bars
        self.opened: operations.Opened | None = None
        self.columns: dict[int, str] = {}
        self.answers: dict[int, str] = {}
        self.choices: dict[int, Choice] = {}
        self.questions: dict[int, Choice] = {}
        self.mark_choices: dict[str, Choice] = {}
        self.path = Path()
        column = self.column
        column.setSpacing(8)
        top = QHBoxLayout()
        self.title = heading("Kalender inlezen", 1.15)
        self.take = button("Overnemen", self._take, primary=True)
        top.addWidget(self.title, 1)
        top.addWidget(self.take)
        top.addWidget(button("Annuleren", self.closed.emit))
        column.addLayout(top)
        self.source = TextField("Naam van deze indeling", hint="bijvoorbeeld: planning Mobiliteit")
        self.source.committed.connect(self._rename)
        column.addWidget(self.source)
        self.sheet = Choice("Blad", [])
        self.sheet.box.setMinimumContentsLength(LONG_CHOICE)
        self.sheet.chosen.connect(self._choose_sheet)
        self.header = TextField("Kolomnamen in rij", number=True)
        self.header.committed.connect(self._choose_header)
        self.organisation = TextField("Dit hele bestand is van", hint="leeg als een kolom dat zegt")
        self.organisation.committed.connect(self._set_organisation)
        self.unseen = Choice("Verborgen en doorgehaald", [(False, "weglaten"), (True, "ook lezen")])
        self.unseen.chosen.connect(self._set_unseen)
        whole = QHBoxLayout()
        whole.setSpacing(16)
        for widget in (self.sheet, self.header, self.organisation, self.unseen):
            whole.addWidget(widget, int(widget is self.organisation), Qt.AlignmentFlag.AlignTop)
        column.addLayout(whole)
        self.marks = QHBoxLayout()
        self.marks.setSpacing(16)
        column.addLayout(self.marks)
        self.known = muted()
        column.addWidget(self.known)
        self.result = heading("", 1.0)
        column.addWidget(self.result)
        self.asked = QVBoxLayout()
        column.addLayout(self.asked)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Wat er verandert en wat twijfelachtig is")
        theme.keep_height(self.details, 180)
        column.addWidget(self.details)
        column.addWidget(heading("Wat staat in welke kolom?", 1.0))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setColumnStretch(1, 1)
        column.addLayout(self.grid)
        column.addStretch(1)

    def show_file(self, opened: operations.Opened, path: Path | None = None) -> None:
        """`path` where it comes from, for reading it once more with what it hides."""
        self.path = path or self.path
        self.opened, self.columns, self.answers = opened, dict(opened.columns), {}
        self.title.setText(f"Kalender inlezen: {opened.file.name}")
        self.source.show_value(opened.known.name if opened.known is not None else self._free_name(opened))
        self.known.setText(self._about(opened))
        options = [(place, f"{one.sheet.name} ({one.rows} rijen)") for place, one in enumerate(opened.sheets)]
        self.sheet.set_options(options)
        names = [one.sheet.name for one in opened.sheets]
        self.sheet.show_value(names.index(opened.file.sheet.name))
        self.sheet.setVisible(len(opened.sheets) > 1)
        self.header.show_value(str(opened.file.header + 1))
        self.organisation.show_value(opened.organisation)
        self.unseen.setVisible(bool(opened.file.left_out))
        self.unseen.show_value(opened.file.unseen)
        self._show_columns(opened)
        self._suggest()
        self._plan()

    def _about(self, opened: operations.Opened) -> str:
        if not opened.file.is_sure:
            return "Wij herkennen de kolomnamen niet zeker. Kijk in welke rij ze staan, en zeg wat elke kolom is."
        if opened.missing:
            told = ", ".join(f"“{name}”" for name in opened.missing)
            return f"Deze indeling lijkt op een eerdere. Deze kolommen zijn er niet meer, of heten anders: {told}."
        if opened.known is not None:
            return "Deze indeling is eerder gebruikt. Controleer haar en neem over."
        return "Controleer wat in welke kolom staat. CirkelDesk onthoudt dit voor het volgende bestand."

    def _choose_header(self, text: str) -> None:
        """The row as people count it, from 1."""
        assert self.opened is not None
        number = text.strip()
        last = len(self.opened.file.sheet.rows) - 1
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= last):
            self.header.say(f"Vul een rij in van 1 tot {last}.", wrong=True)
            return
        self.header.say("")
        opened = self.opened
        file = operations.with_header(opened.file, int(number))
        again = operations.recognised(self.workspace, file, opened.sheets)
        self.show_file(replace(again, marks=opened.marks, organisation=opened.organisation))

    def _set_organisation(self, text: str) -> None:
        assert self.opened is not None
        self.opened = replace(self.opened, organisation=text.strip())
        self._plan()

    def _set_unseen(self, unseen: object) -> None:
        assert self.opened is not None
        kept = replace(self.opened, columns=self.columns)
        self.show_file(operations.with_unseen(self.workspace, kept, self.path, unseen=bool(unseen)))

    def _show_marks(self) -> None:
        """One question for each mark in the columns of chances."""
        assert self.opened is not None
        marks = operations.open_marks(self.opened.file, self.columns, {})
        if [choice.label.text() for choice in self.mark_choices.values()] == [_mark_label(m) for m in marks]:
            return
        _empty(self.marks)
        self.mark_choices = {}
        for mark in marks:
            choice = Choice(_mark_label(mark), MARK_OPTIONS)
            choice.show_value(self.opened.marks.get(mark))
            choice.chosen.connect(partial(self._set_mark, mark))
            self.mark_choices[mark] = choice
            self.marks.addWidget(choice)
        if marks:
            self.marks.addStretch(1)

    def _set_mark(self, mark: str, value: object) -> None:
        assert self.opened is not None
        marks = {key: kept for key, kept in self.opened.marks.items() if key != mark}
        if isinstance(value, int):
            marks[mark] = value
        self.opened = replace(self.opened, marks=marks)
        self._plan()

    def _free_name(self, opened: operations.Opened) -> str:
        """A name no other layout has: rows of another department must not be taken for these."""
        taken = {layout.name for layout in operations.get_calendar(self.workspace).layouts}
        base = Path(opened.file.name).stem or "kalender"
        return next(name for n in range(1, 1000) if (name := base if n == 1 else f"{base} {n}") not in taken)

    def _choose_sheet(self, place: object) -> None:
        assert self.opened is not None
        sheets = self.opened.sheets
        found = operations.recognised(self.workspace, sheets[int(str(place))], sheets)
        self.show_file(replace(found, organisation=self.opened.organisation))

    def _suggest(self) -> None:
        """Where one row of ours has exactly the title, it is proposed; somebody sees it before it is
        taken."""
        assert self.opened is not None
        rows = {row.id: row for row in operations.get_calendar(self.workspace).rows}
        plan = operations.plan_file(self.workspace, self.opened, self.columns, self.name)
        for question in plan.questions:
            same = [
                one for one in question.candidates if rows[one].title.casefold() == question.title.casefold()
            ]
            if len(same) == 1 and same[0] not in self.answers.values():
                self.answers[question.place] = same[0]

    @property
    def name(self) -> str:
        return self.source.edit.text().strip() or "kalender"

    def _rename(self, text: str) -> None:
        self.source.show_value(text)
        self._plan()

    def _show_columns(self, opened: operations.Opened) -> None:
        _empty(self.grid)
        self.choices = {}
        for column, name in enumerate(opened.file.names):
            sample = opened.file.sample(column)
            if not sample:
                continue
            crosses = [
                (f, f"kruisjes bij {f.removeprefix(CROSS)}")
                for f in self.columns.values()
                if f.startswith(CROSS)
            ]
            choice = Choice(name or f"Kolom {column + 1}", [*USES, *crosses])
            choice.box.setMinimumContentsLength(LONG_CHOICE)
            choice.show_value(self.columns.get(column))
            choice.chosen.connect(partial(self._use, column))
            self.choices[column] = choice
            place = len(self.choices)
            self.grid.addWidget(choice, place, 0)
            example = muted(f"bijvoorbeeld: {sample}")
            example.setContentsMargins(0, 0, 0, 6)  # on the line of the text in the list
            self.grid.addWidget(example, place, 1, Qt.AlignmentFlag.AlignBottom)

    def _use(self, column: int, field: object) -> None:
        """A column is one field, and a field one column: the column that had it before is no longer taken
        over."""
        for other in [place for place, found in self.columns.items() if found == field and place != column]:
            del self.columns[other]
            self.choices[other].show_value(None)
        self.columns.pop(column, None)
        if field is not None:
            self.columns[column] = str(field)
        self._plan()

    def _plan_back(self) -> None:
        """Our own calendar is read back by its own columns: there is nothing to point at."""
        assert self.opened is not None
        plan = operations.plan_back(self.workspace, self.opened)
        self.known.setText(
            "Dit is een kalender die CirkelDesk schreef. Zij wordt in haar geheel teruggelezen."
        )
        self.result.setText(words.import_title(plan))
        lines = [*words.change_lines(plan), *words.doubt_lines(plan.doubtful)]
        self.details.setPlainText("\n".join(lines) or "Er is niets gewijzigd sinds de uitvoer.")
        self.take.setEnabled(not self.workspace.read_only)
        _empty(self.grid)
        _empty(self.asked)

    def _plan(self) -> None:
        assert self.opened is not None
        if operations.is_own(self.opened):
            self._plan_back()
            return
        self._show_marks()
        plan = operations.plan_file(self.workspace, self.opened, self.columns, self.name, self.answers)
        self.result.setText(words.import_title(plan))
        told = [*self._about_the_file(), *self._about_the_rows(plan)]
        self.details.setPlainText("\n".join(told).strip() or "Alles is gelezen. Er is geen twijfel.")
        self.take.setEnabled("title" in self.columns.values() and not self.workspace.read_only)
        self._ask(plan)

    def _about_the_file(self) -> list[str]:
        """What the heads and other sheets say, and whether its rows are here already under another name."""
        assert self.opened is not None
        file = self.opened.file
        told = notices(file, self.columns)
        elsewhere = operations.known_elsewhere(self.workspace, self.opened, self.columns, self.name)
        if elsewhere is not None:
            told.append(
                f"Let op: {elsewhere[1]} rijen staan al in de kalender, uit “{elsewhere[0]}”. Is dit dezelfde "
                f"planning, vul dan die naam in bij Naam van deze indeling."
            )
        others = [one for one in self.opened.sheets if one.sheet.name != file.sheet.name]
        unread = ", ".join(f"{one.sheet.name} ({one.rows} rijen)" for one in others)
        return [*told, *([f"Andere bladen, niet gelezen: {unread}."] if unread else [])]

    def _about_the_rows(self, plan: ImportPlan) -> list[str]:
        """What is doubtful, passed over, changed and gone."""
        assert self.opened is not None
        lines = words.doubt_lines(plan.doubtful)
        rows = "rij" if len(lines) == 1 else "rijen"
        told = [f"Twijfel bij {len(lines)} {rows}:", *lines] if lines else []
        between = lines_between(self.opened.file, self.columns)
        passed = "; ".join(f"rij {place} “{text}”" for place, text in between)
        told += ["", f"Overgeslagen tussenregels: {passed}."] if between else []
        changes = words.change_lines(plan)
        told += ["", "Gewijzigd:", *changes] if changes else []
        gone = [f"{row.number} {row.title}".strip() for row in plan.vanished]
        return [
            *told,
            *(["", "Niet meer in het bestand; blijven staan als vervallen:", *gone] if gone else []),
        ]

    def _ask(self, plan: ImportPlan) -> None:
        if list(self.questions) == [question.place for question in plan.questions]:
            return
        _empty(self.asked)
        self.questions = {}
        if plan.questions:
            self.asked.addWidget(plain_label("Deze rijen lijken op regels die u al hebt. Zijn het dezelfde?"))
        rows = {row.id: row for row in operations.get_calendar(self.workspace).rows}
        for question in plan.questions:
            options = [("", "nee, een nieuwe regel")]
            options += [
                (one, f"ja: {rows[one].number} {rows[one].title}".replace(":  ", ": "))
                for one in question.candidates
            ]
            choice = Choice(f"Rij {question.place}: {question.title}", options)
            choice.show_value(self.answers.get(question.place, ""))
            choice.chosen.connect(partial(self._answer, question.place))
            self.questions[question.place] = choice
            self.asked.addWidget(choice)
        if len(plan.questions) > 1:
            every = button("Overal de eerste", partial(self._answer_all, plan))
            self.asked.addWidget(every)

    def _answer(self, place: int, identity: object) -> None:
        self.answers[place] = str(identity)
        self._plan()

    def _answer_all(self, plan: ImportPlan) -> None:
        """Every row is the first it looks like; a row of ours is taken once."""
        taken: set[str] = set()
        for question in plan.questions:
            first = next((one for one in question.candidates if one not in taken), "")
            taken.add(first)
            self.answers[question.place] = first
            self.questions[question.place].show_value(first)
        self._plan()

    def _take(self) -> None:
        assert self.opened is not None
        try:
            if operations.is_own(self.opened):
                plan = operations.take_back(self.workspace, self.opened)
            else:
                plan = operations.import_file(
                    self.workspace, self.opened, self.columns, self.name, self.answers
                )
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        self.taken.emit(plan)


def _mark_label(mark: str) -> str:
    return f"“{mark}” betekent"


def _empty(layout: QVBoxLayout | QHBoxLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
