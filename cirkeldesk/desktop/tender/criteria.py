"""Criteria of MVOI: chosen and adapted for a tender, and the library that the organisation keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit import theme
from cirkeldesk.desktop.kit.choices import Tabs
from cirkeldesk.desktop.kit.lists import ListView
from cirkeldesk.desktop.kit.text_table import TextTableModel
from cirkeldesk.desktop.kit.undo import OwnUndo
from cirkeldesk.desktop.kit.widgets import (
    BarSpace,
    Choice,
    LongText,
    ScrollColumn,
    TextField,
    TypedPerSubject,
    button,
    fold,
    heading,
    muted,
    plain_label,
)
from cirkeldesk.desktop.reference.definitions import DefinitionsPage
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.document.document import Kind
from cirkeldesk.model.reference.criteria import CRITERION_KINDS, LEVELS, Criterion, Definition
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations import criteria as library
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import criteria as words
from cirkeldesk.wording import terms

ALL = (None, "alle")
SHOWN = ("Bewijs", "Controle")  # in fields of their own
GENERAL = "algemeen"  # the library with the terms
BESIDE, LOW = 1000, 480  # of the page: width for a form beside the list, height below which it saves lines
TEXTS = (
    ("text", "Tekst", 130),
    ("proof", "Bewijs", 64),
    ("check", "Controle", 64),
    ("effect", "Effect", 64),
    ("source", "Bron", 64),
)


class CriteriaTable(QWidget):
    """Criteria in a table, narrowed by theme, level and kind. `picked` when another row is the current
    one."""

    picked = Signal()
    entered = Signal()

    def __init__(self, name: str, first: str) -> None:
        super().__init__()
        self.first = first  # what the first column says
        self.all: Sequence[Criterion] = ()
        self.shown: list[Criterion] = []
        self._say: Callable[[Criterion], str] = lambda _: ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(12)
        self.theme = Choice(
            "Thema", [ALL, *((theme_, terms.THEMES[theme_].split(",")[0]) for theme_ in THEMES)]
        )
        self.level = Choice("Niveau", [ALL, *((level, terms.LEVELS[level]) for level in LEVELS)])
        self.kind = Choice("Soort", [ALL, *((kind, terms.CRITERION_KINDS[kind]) for kind in CRITERION_KINDS)])
        for choice in (self.theme, self.level, self.kind):
            choice.show_value(None)
            choice.chosen.connect(lambda _: self.refresh())
            self.bar.addWidget(choice)
        self.bar.addStretch(1)
        column.addLayout(self.bar)
        self.model = TextTableModel()
        self.view = ListView(name)
        self.view.setModel(self.model)
        self.view.opened.connect(lambda _: self.entered.emit())
        self.view.selectionModel().currentRowChanged.connect(self._moved)
        column.addWidget(self.view, 1)

    def show_criteria(self, criteria: Sequence[Criterion], say: Callable[[Criterion], str]) -> None:
        self.all, self._say = criteria, say
        self.refresh()

    def refresh(self) -> None:
        kept = self.current
        wanted = ((self.theme, "theme"), (self.level, "level"), (self.kind, "kind"))
        self.shown = [
            one for one in self.all if all(c.value in (None, getattr(one, name)) for c, name in wanted)
        ]
        header = (self.first, "Thema", "Niveau", "Soort", "Criterium")
        rows = tuple(
            (
                self._say(one),
                terms.THEMES[one.theme].split(",")[0],
                terms.LEVELS[one.level],
                terms.CRITERION_KINDS[one.kind],
                one.title,
            )
            for one in self.shown
        )
        place = next((i for i, one in enumerate(self.shown) if kept is not None and one.code == kept.code), 0)
        if (header, rows) != (self.model.header, self.model.rows):
            self.model.show(header, rows, frozenset(range(5)))
            for index, width in enumerate((112, 150, 76, 72)):
                self.view.setColumnWidth(index, theme.px(width))
            self.view.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
            if rows:
                self.view.setCurrentIndex(self.model.index(place, 0))
        self.picked.emit()

    @property
    def current(self) -> Criterion | None:
        row = self.view.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def choose(self, code: str) -> None:
        """Make a criterion the current one, whatever the list was narrowed to."""
        if all(one.code != code for one in self.shown):
            for choice in (self.theme, self.level, self.kind):
                choice.show_value(None)
            self.refresh()
        for row, one in enumerate(self.shown):
            if one.code == code:
                self.view.setCurrentIndex(self.model.index(row, 0))

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self.picked.emit()


class CriteriaBlock(QWidget):
    """Part of step 1: what this tender asks for the six themes, chosen from the library and adapted."""

    def __init__(self, session: Session, bars: BarSpace) -> None:
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
        open_ones = sum(not criterion.is_filled_in for criterion in asked.values())
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
        self.facts.setText("\n".join(shown))
        self._typed.turn_to(criterion.code if criterion is not None else "")
        self.text.show_text(criterion.text if criterion is not None else "")
        self.proof.show_text(criterion.proof if criterion is not None else "")
        self.check.show_text(criterion.check if criterion is not None else "")
        self.why.label.setText("Waarom wel" if taken else "Waarom niet, of leeg")
        self.why.show_value(words.why(self.session.tender, criterion.code) if criterion is not None else "")
        open_ = criterion is not None and taken and not criterion.is_filled_in
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

    def copy_text(self) -> None:
        QGuiApplication.clipboard().setText(words.copied(self.session.tender.criteria))
        count = len(self.session.tender.criteria)
        self.bars.show_bar("copied", f"De tekst van {count} criteria staat op het klembord.", "good")


class LibraryPage(OwnUndo, QWidget):
    """Referentiegegevens: the criteria as the organisation wants to offer them, and the terms it uses."""

    changed = Signal()
    kind: Kind = "criteria"

    def __init__(self, workspace: Workspace, bars: BarSpace) -> None:
        super().__init__()
        self.workspace, self.bars = workspace, bars
        self.owner: dict[str, str] = {}  # code of a criterion → its library
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 4, 16, 8)
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        outer.addWidget(self.tabs)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.tabs.addTab(self.splitter, "Criteria")
        self.definitions = DefinitionsPage(self._define, bars)
        self.tabs.addTab(self.definitions, "Begrippen")
        listed = QWidget()
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 8, 8, 0)
        self.said = muted(words.NOT_OFFICIAL)
        left.addWidget(self.said)
        self.table = CriteriaTable("Criteria in de bibliotheek", "Productgroep")
        self.table.picked.connect(self._show)
        left.addWidget(self.table, 1)
        row = QHBoxLayout()
        self.add = button("Nieuw criterium", self.new, icon="plus")
        self.remove = button("Verwijderen", self.delete)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        left.addLayout(row)
        self.splitter.addWidget(listed)
        self.splitter.addWidget(self._form())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, else one above the other."""
        super().resizeEvent(event)
        wide = self.width() / theme.zoom() >= BESIDE
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        whole = self.width() if wide else self.height()
        self.splitter.setSizes([whole * 3 // 5, whole * 2 // 5] if wide else [whole // 2, whole // 2])
        self.said.setVisible(self.height() / theme.zoom() > LOW)
        self.table.view.setColumnHidden(0, not wide and self.width() / theme.zoom() < BESIDE - 150)

    def _form(self) -> QWidget:
        form = ScrollColumn(0, 0, 8, 8)
        self._typed = TypedPerSubject(form)
        grid = QGridLayout()
        self.title = TextField("Titel *")
        self.title.committed.connect(lambda text: self._set("title", text.strip(), "titel"))
        self.theme = Choice("Thema", [(theme_, terms.THEMES[theme_]) for theme_ in THEMES])
        self.level = Choice("Niveau", list(terms.LEVELS.items()))
        self.sort = Choice("Soort", list(terms.CRITERION_KINDS.items()))
        groups = [
            ((), "alle"),
            *(((group.code,), group.name) for group in product_groups(self.workspace).values()),
        ]
        self.group = Choice("Productgroep", groups)
        self.choices = {"theme": self.theme, "level": self.level, "kind": self.sort, "groups": self.group}
        grid.addWidget(self.title, 0, 0, 1, 2)
        for place, (name, choice) in enumerate(self.choices.items()):
            choice.chosen.connect(partial(self._set, name, label=choice.label.text().lower()))
            grid.addWidget(choice, 1 + place // 2, place % 2)
        form.column.addLayout(grid)
        self.texts: dict[str, LongText] = {}
        for name, label, height in TEXTS:
            form.column.addWidget(plain_label(label))
            self.texts[name] = LongText(label, partial(self._text, name, label.lower()), height)
            form.column.addWidget(self.texts[name])
        self.step = muted()
        form.column.addWidget(self.step)
        form.column.addStretch(1)
        return form

    draft_about = ("page", "referentie")

    @property
    def draft_part(self) -> str:
        return self._typed.subject

    def go_to_draft_part(self, part: str) -> bool:
        self.table.choose(part)
        return self._typed.subject == part

    def _define(self, old: Definition | None, new: Definition | None, label: str) -> None:
        self._do(lambda: library.change_definition(self.workspace, GENERAL, old, new, label))

    def refresh(self) -> None:
        found = library.libraries(self.workspace)
        defined = tuple(one for each in found if each.code == GENERAL for one in each.definitions)
        self.definitions.show_definitions(defined, read_only=self.workspace.read_only)
        self.owner = {criterion.code: one.code for one in found for criterion in one.criteria}
        names = {group.code: group.name for group in product_groups(self.workspace).values()}
        every = [criterion for one in found for criterion in one.criteria]
        self.table.show_criteria(
            every, lambda c: ", ".join(names.get(code, code) for code in c.groups) or "alle"
        )
        for widget in (self.add, self.remove):
            widget.setEnabled(not self.workspace.read_only)
        self.changed.emit()

    def _show(self) -> None:
        criterion = self.table.current
        self._typed.turn_to(criterion.code if criterion is not None else "")
        self.title.show_value(criterion.title if criterion is not None else "")
        for name, choice in self.choices.items():
            choice.show_value(getattr(criterion, name) if criterion is not None else None)
            choice.setEnabled(criterion is not None and not self.workspace.read_only)
        if criterion is not None and len(criterion.groups) > 1:
            self.group.box.setPlaceholderText(", ".join(criterion.groups))
        for name, edit in self.texts.items():
            edit.show_text(getattr(criterion, name) if criterion is not None else "")
            edit.setReadOnly(criterion is None or self.workspace.read_only)
        self.step.setText(
            f"R-trede: {words.r_name(criterion)}" if criterion is not None and criterion.r_step else ""
        )
        self._typed.put_back()

    def _text(self, name: str, label: str, text: str) -> None:
        self._set(name, text.strip(), label)

    def _set(self, name: str, value: object, label: str = "") -> None:
        criterion = self.table.current
        if criterion is None or (name in ("title", "text") and not value):
            self._show()
            return
        owner = self.owner[criterion.code]
        self._do(lambda: library.edit_criterion(self.workspace, owner, criterion.code, name, value, label))

    def new(self) -> None:
        """A criterion of our own, like the current one to begin with: most new ones are a variation."""
        like = self.table.current
        made = Criterion(
            code="",
            title="Nieuw criterium",
            theme=like.theme if like is not None else "climate",
            level=like.level if like is not None else "basis",
            kind=like.kind if like is not None else "requirement",
            text="[Beschrijf wat u vraagt]",
            proof="",
            check="",
            effect="",
            source="Eigen voorstel.",
            groups=like.groups if like is not None else (),
        )
        if self._do(lambda: library.add_criterion(self.workspace, made)):
            self.table.view.selectRow(len(self.table.shown) - 1)
            self.title.edit.setFocus()
            self.title.edit.selectAll()

    def delete(self) -> None:
        criterion = self.table.current
        if criterion is None:
            return
        owner = self.owner[criterion.code]
        place = self.table.view.currentIndex().row()
        if self._do(lambda: library.remove_criterion(self.workspace, owner, criterion)):
            self.table.view.selectRow(min(place, len(self.table.shown) - 1))
            self.table.view.setFocus()  # a second press must not take the next one too
            text = f"Criterium {criterion.title} is verwijderd."
            self.bars.show_bar("removed", text, "info", [("Ongedaan maken", self.undo_now())])

    def undone(self, *, again: bool = False) -> str | None:
        return library.undone_last(self.workspace) if again else library.changed_last(self.workspace)

    def _do(self, run: Callable[[], object]) -> bool:
        try:
            run()
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            self._show()
            return False
        self.refresh()
        return True
