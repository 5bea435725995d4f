"""Reading a calendar file: which column is what, what it will do, and what is doubtful, before anything is
taken over."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit import theme
from cirkeldesk.desktop.kit.bars import BarSpace
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label
from cirkeldesk.model.calendar.calendar import ImportPlan
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations import calendar as operations
from cirkeldesk.operations.calendar import CHANCE, lines_between, notices
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import calendar as words
from cirkeldesk.wording import terms

USES = [
    (None, "bewaren als extra"),
    *words.FIELDS.items(),
    *((f"{CHANCE}{one}", f"Kans {terms.THEMES[one]}") for one in THEMES),
]


class CalendarImport(ScrollColumn):
    """`taken` after an import with what it did, `closed` when somebody leaves without one."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, workspace: Workspace, bars: BarSpace) -> None:
        super().__init__(16, 12, 16, 8)
        self.workspace, self.bars = workspace, bars
        self.opened: operations.Opened | None = None
        self.columns: dict[int, str] = {}
        self.answers: dict[int, str] = {}
        self.choices: dict[int, Choice] = {}
        self.questions: dict[int, Choice] = {}
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
        self.sheet.chosen.connect(self._choose_sheet)
        column.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeft)
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

    def show_file(self, opened: operations.Opened) -> None:
        self.opened, self.columns, self.answers = opened, dict(opened.columns), {}
        self.title.setText(f"Kalender inlezen: {opened.file.name}")
        self.source.show_value(opened.known.name if opened.known is not None else self._free_name(opened))
        self.known.setText(
            "Deze indeling is eerder gebruikt. Controleer haar en neem over."
            if opened.known is not None
            else "Controleer wat in welke kolom staat. CirkelDesk onthoudt dit voor het volgende bestand."
        )
        self.sheet.set_options([(place, one.sheet.name) for place, one in enumerate(opened.sheets)])
        self.sheet.show_value(opened.sheets.index(opened.file))
        self.sheet.setVisible(len(opened.sheets) > 1)
        self._show_columns(opened)
        self._suggest()
        self._plan()

    def _free_name(self, opened: operations.Opened) -> str:
        """A name no other layout has: rows of another department must not be taken for these."""
        taken = {layout.name for layout in operations.get_calendar(self.workspace).layouts}
        base = Path(opened.file.name).stem or "kalender"
        return next(name for n in range(1, 1000) if (name := base if n == 1 else f"{base} {n}") not in taken)

    def _choose_sheet(self, place: object) -> None:
        assert self.opened is not None
        sheets = self.opened.sheets
        self.show_file(operations.recognised(self.workspace, sheets[int(str(place))], sheets))

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
            choice = Choice(name or f"Kolom {column + 1}", USES)
            choice.show_value(self.columns.get(column))
            choice.chosen.connect(partial(self._use, column))
            self.choices[column] = choice
            place = len(self.choices)
            self.grid.addWidget(choice, place, 0)
            self.grid.addWidget(muted(f"bijvoorbeeld: {sample}" if sample else "leeg"), place, 1)

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

    def _plan(self) -> None:
        assert self.opened is not None
        plan = operations.plan_file(self.workspace, self.opened, self.columns, self.name, self.answers)
        self.result.setText(words.import_title(plan))
        lines = words.doubt_lines(plan.doubtful)
        told = notices(self.opened.file, self.columns)
        told += (
            [f"Twijfel bij {len(lines)} {'rij' if len(lines) == 1 else 'rijen'}:", *lines] if lines else []
        )
        between = lines_between(self.opened.file, self.columns)
        passed = "; ".join(f"rij {place} “{text}”" for place, text in between)
        told += ["", f"Overgeslagen tussenregels: {passed}."] if between else []
        changes = words.change_lines(plan)
        told += ["", "Gewijzigd:", *changes] if changes else []
        gone = [f"{row.number} {row.title}".strip() for row in plan.vanished]
        told += ["", "Niet meer in het bestand; blijven staan als vervallen:", *gone] if gone else []
        self.details.setPlainText("\n".join(told).strip() or "Alles is gelezen. Er is geen twijfel.")
        self.take.setEnabled("title" in self.columns.values() and not self.workspace.read_only)
        self._ask(plan)

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
            plan = operations.import_file(self.workspace, self.opened, self.columns, self.name, self.answers)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        self.taken.emit(plan)


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
