"""What is typed and not committed yet, in every field of every page: kept within two seconds, offered again
after a crash.

A field takes part by being a field: whatever can be typed in and is not marked as passing (a search) is
looked at. What counts as typed is what Qt calls modified, so a page need not say anything when it commits or
gives up. A page says with `draft_about` what its texts are about, and where one set of fields serves many
things (the chosen bid, the chosen row) with `draft_part` which one they are for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QTabWidget, QWidget
from shiboken6 import isValid

from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.tender import drafts, unsaved
from cirkeldesk.operations.tender.drafts import About
from cirkeldesk.operations.workspace import Workspace

PAUSE = 1000  # ms after the first key, also while typing goes on
SEPARATOR = " › "
LONGEST_NAME = 400
Editor = QLineEdit | QPlainTextEdit
Texts = dict[About, dict[str, str]]  # what is typed, by what it is about and the name of its field


@runtime_checkable
class HasAbout(Protocol):
    """A page that says which document its texts are about."""

    @property
    def draft_about(self) -> About: ...


@runtime_checkable
class HasPart(Protocol):
    """A part of a page whose fields are for one of many things: which one, and how to get there."""

    @property
    def draft_part(self) -> str: ...

    def go_to_draft_part(self, part: str) -> bool: ...


@runtime_checkable
class HasTexts(Protocol):
    """A part that keeps typed texts outside its editors, by name: cells that were refused."""

    def kept_texts(self) -> Mapping[str, str]: ...


@runtime_checkable
class ShowsPages(Protocol):
    """A page of pages: makes the part a text was typed in, where that is made late, and brings up the page a
    widget is in."""

    def make_part_of(self, parts: list[str]) -> None: ...

    def show_page_of(self, widget: QWidget) -> None: ...


def is_passing(editor: QWidget) -> bool:
    """Whether what is typed here is no work: a search, a filter."""
    return bool(editor.property("passing"))


def passing(editor: QLineEdit) -> QLineEdit:
    """Mark a field of which nothing is kept."""
    editor.setProperty("passing", True)
    return editor


def is_typed(editor: Editor) -> bool:
    """Whether something stands in it that was typed and not taken."""
    if editor.isReadOnly():
        return False
    return editor.isModified() if isinstance(editor, QLineEdit) else editor.document().isModified()


def text_of(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    found = widget.parentWidget()
    while found is not None:
        yield found
        found = found.parentWidget()


def _root(widget: QWidget) -> tuple[QWidget, About]:
    for found in _ancestors(widget):
        if isinstance(found, HasAbout):
            return found, found.draft_about
    return widget.window(), ("page", "venster")


def _grid_of(editor: QWidget) -> Grid | None:
    viewport = editor.parentWidget()
    grid = viewport.parentWidget() if viewport is not None else None
    return grid if isinstance(grid, Grid) else None


def _parts(widget: QWidget) -> list[HasPart]:
    """The parts a widget lies in, outermost first."""
    found: list[HasPart] = []
    for ancestor in _ancestors(widget):
        if isinstance(ancestor, HasPart):
            found.insert(0, ancestor)
        if isinstance(ancestor, HasAbout):
            break
    return found


def _editors(root: QWidget) -> list[Editor]:
    found: list[Editor] = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    return [editor for editor in found if _grid_of(editor) is None and not is_passing(editor)]


def name_of(editor: Editor) -> str:
    """The name under which the text of a field is kept: its parts, its accessible name, and which of several
    it is."""
    parts = [part.draft_part for part in _parts(editor)]
    grid = _grid_of(editor)
    if grid is not None:
        return SEPARATOR.join([*parts, grid.accessibleName(), grid.draft_key()])[:LONGEST_NAME]
    return SEPARATOR.join([*parts, _own_name(editor)])[:LONGEST_NAME]


def _own_name(editor: Editor) -> str:
    root, _ = _root(editor)
    name = editor.accessibleName()
    same = [other for other in _editors(root) if other.accessibleName() == name]
    number = same.index(editor) + 1 if editor in same else 1
    return name if number == 1 else f"{name} ({number})"


def put_back(root: QWidget, name: str, text: str) -> bool:
    """Put a kept text in its field again, as being typed, with the focus there. False where that field cannot
    be shown now."""
    *parts, last = name.split(SEPARATOR)
    if isinstance(root, ShowsPages):
        root.make_part_of(parts)
    for grid in root.findChildren(Grid):
        if _is_in(grid, parts, last) and _goes_to(grid, parts[:-1]):
            _show(root, grid)
            if grid.edit_with(last, text):
                return True
    for editor in _editors(root):
        if _own_name(editor) == last and not editor.isReadOnly() and _goes_to(editor, parts):
            _show(root, editor)
            if not editor.isVisible() or not editor.isEnabled():
                continue
            editor.setFocus()
            editor.selectAll()
            editor.insert(text) if isinstance(editor, QLineEdit) else editor.insertPlainText(text)
            return True
    return False


def _is_in(grid: Grid, parts: list[str], cell: str) -> bool:
    """Whether a name is that of a cell of this table; before version 0.8 it was the cell's key alone."""
    return grid.accessibleName() == parts[-1] if parts else grid.grid_model.find(cell) is not None


def place_of(root: QWidget, name: str) -> str:
    """Where a text was typed, in words."""
    *parts, last = name.split(SEPARATOR)
    for grid in root.findChildren(Grid):
        if _is_in(grid, parts, last):
            found = grid.grid_model.find(last)
            return grid.grid_model.place(*found) if found is not None else grid.accessibleName()
    return last


def _goes_to(widget: QWidget, wanted: list[str]) -> bool:
    """Whether every part the widget lies in could be brought to what is asked."""
    found = _parts(widget)
    return len(found) == len(wanted) and all(
        part.draft_part == name or part.go_to_draft_part(name)
        for part, name in zip(found, wanted, strict=True)
    )


def _show(root: QWidget, widget: QWidget) -> None:
    """Bring up the page, tab and fold a widget is in, and scroll to it."""
    if isinstance(root, ShowsPages):
        root.show_page_of(widget)
    inside = [widget, *_ancestors(widget)]
    for child, parent in pairwise(inside):
        if isinstance(parent, QTabWidget):
            tabs = [parent.widget(place) for place in range(parent.count())]
            for tab in tabs:
                if tab is not None and tab.isAncestorOf(widget):
                    parent.setCurrentWidget(tab)
        unfold = child.property("unfold")
        if child.isHidden() and unfold is not None:
            unfold()
        if parent is root:
            break
    for ancestor in inside:
        if isinstance(ancestor, QScrollArea):
            ancestor.ensureWidgetVisible(widget)


class DraftKeeper(QObject):
    """Looks at the fields of one window. `looked` after each look: see `has_typed` and `is_kept`."""

    looked = Signal()

    def __init__(self, window: QWidget, workspace: Workspace) -> None:
        super().__init__(window)
        self._window, self._workspace = window, workspace
        self._fields: list[Editor] = []
        self._sources: list[HasTexts] = []
        self._kept: Texts = {}
        self.offered: Texts = {}  # found at the start and not answered yet: they stay kept
        self.has_typed = False
        self.is_kept = True
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.look)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._note)

    def start(self) -> Texts:
        """What was being typed when the program ended."""
        found: Texts = {
            about: {draft.field: draft.text for draft in texts} for about, texts in self._found().items()
        }
        self._kept = {about: dict(texts) for about, texts in found.items()}
        self.offered = found
        return found

    def _found(self) -> dict[About, list[Draft]]:
        found = {about: list(texts) for about, texts in drafts.all_drafts(self._workspace).items()}
        for about, texts in unsaved.kept_drafts(self._workspace).items():
            found.setdefault(about, []).extend(texts)
        return found

    def watch(self, source: HasTexts) -> None:
        """Typed texts that stand in no editor."""
        self._sources.append(source)

    def _note(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._kept or self.has_typed:
            self._soon.start() if not self._soon.isActive() else None
        if (
            not isinstance(new, (QLineEdit, QPlainTextEdit))
            or is_passing(new)
            or not self._window.isAncestorOf(new)
        ):
            return
        if not new.property("looked at"):
            new.setProperty("looked at", True)
            self._fields.append(new)
            new.textChanged.connect(self.touch)

    def touch(self, *_: object) -> None:
        """Something was typed, or taken."""
        if not self._soon.isActive():
            self._soon.start()

    def typed(self) -> Texts:
        """Everything that is typed and not taken, now."""
        found: Texts = {}
        self._fields = [field for field in self._fields if isValid(field)]
        for field in self._fields:
            is_there = (
                field.isVisible() or _grid_of(field) is None
            )  # an editor of a cell goes a moment after it is closed
            if is_typed(field) and text_of(field) and is_there and field.window() is self._window:
                found.setdefault(_root(field)[1], {})[name_of(field)] = text_of(field)
        self._sources = [
            source for source in self._sources if not isinstance(source, QObject) or isValid(source)
        ]
        for source in self._sources:
            texts = source.kept_texts()
            if texts and isinstance(source, QWidget):
                about = source.draft_about if isinstance(source, HasAbout) else _root(source)[1]
                found.setdefault(about, {}).update(texts)
        return found

    def look(self) -> None:
        """Keep what is typed now, where it differs from what is kept."""
        if self._workspace.read_only:
            return
        typed = self.typed()
        self.has_typed = bool(typed)
        wanted: Texts = {about: dict(texts) for about, texts in self.offered.items()}
        for about, texts in typed.items():
            wanted.setdefault(about, {}).update(texts)
        failed = False
        for about in [*wanted, *(about for about in self._kept if about not in wanted)]:
            texts = wanted.get(about, {})
            if texts != self._kept.get(about, {}) or not self.is_kept:
                failed = not self._keep(about, texts) or failed
        if not failed:
            self._kept = wanted
            unsaved.keep_drafts(self._workspace, {})
            self.is_kept = True
        else:
            elsewhere = {
                about: [Draft(name, text) for name, text in texts.items()] for about, texts in wanted.items()
            }
            self.is_kept = unsaved.keep_drafts(self._workspace, elsewhere)
        if typed or failed:
            self._soon.start()
        self.looked.emit()

    def leave(self, about: About) -> None:
        """A document is not shown any more: what is half typed about it stays kept, and is offered when it
        comes back."""
        self.look()
        if about in self._kept:
            self.offered[about] = dict(self._kept[about])

    def answer(self, about: About, name: str) -> None:
        """An offered text was put back or thrown away."""
        self.offered.get(about, {}).pop(name, None)
        if not self.offered.get(about):
            self.offered.pop(about, None)
        self.touch()

    def _keep(self, about: About, texts: Mapping[str, str]) -> bool:
        try:
            drafts.save_drafts(self._workspace, about, [Draft(name, text) for name, text in texts.items()])
        except StoreError:
            return False
        return True

    def stop(self) -> None:
        self._soon.stop()
