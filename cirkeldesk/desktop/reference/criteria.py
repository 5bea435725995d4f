"""The library of criteria that the organisation keeps, and its terms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.choices import Tabs
from cirkeldesk.desktop.kit.fields import Choice, LongText, TextField, TypedPerSubject
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.criteria_table import CriteriaTable
from cirkeldesk.desktop.kit.undo import OwnUndo
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, muted, plain_label
from cirkeldesk.desktop.reference.definitions import DefinitionsPage
from cirkeldesk.desktop.reference.groups import GroupsPage
from cirkeldesk.model.document.document import Kind
from cirkeldesk.model.reference.criteria import Criterion, Definition
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations import criteria as library
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import criteria as words
from cirkeldesk.wording import terms

GENERAL = "algemeen"  # the library with the terms
BESIDE, LOW = 1000, 480  # of the page: width for a form beside the list, height below which it saves lines
TEXTS = (
    ("text", "Tekst", 130),
    ("proof", "Bewijs", 64),
    ("check", "Controle", 64),
    ("effect", "Effect", 64),
    ("source", "Bron", 64),
)


class LibraryPage(OwnUndo, QWidget):
    """Referentiegegevens: the criteria as the organisation wants to offer them, and the terms it uses."""

    changed = Signal()
    kind: Kind = "criteria"

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
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
        self.groups = GroupsPage(workspace, bars, self.refresh)
        self.tabs.addTab(self.groups, "Productgroepen")
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
        self.group = Choice("Productgroep", [])
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
        self.group.set_options([((), "alle"), *(((code,), name) for code, name in names.items())])
        self.groups.refresh()
        every = [criterion for one in found for criterion in one.criteria]
        self.table.show_criteria(
            every, lambda c: ", ".join(names.get(code, code) for code in c.groups) or "alle", names
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
