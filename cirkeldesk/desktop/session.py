"""One open tender in the window: its value, its comparison, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cirkeldesk.model.award import Award, award
from cirkeldesk.model.comparison import Comparison, Inputs, compare
from cirkeldesk.model.disclosure import masked
from cirkeldesk.model.document import DocumentError
from cirkeldesk.model.edits import Edit
from cirkeldesk.model.tender import Tender
from cirkeldesk.operations import tenders
from cirkeldesk.operations.desk import Desk, inputs_for
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.history import Row, Stacks
from cirkeldesk.store.store import Draft
from cirkeldesk.wording import sentences

# Refusals that are not the end: a nota, a correction of entry, or a dated layer is the way.
WITH_A_WAY = frozenset({"locked_nota", "locked_entry", "opened"})
# The disk, the file or the other computer is at fault: the edit stays alive until it can be saved.
NOT_SAVED = frozenset({"db_disk", "db_gone", "db_folder", "db_read_only", "db_other", "db_locked", "db_locked_elsewhere"})


class Session(QObject):
    """`changed` after a committed step, `previewed` while typing, `failed` with a Dutch sentence.

    `opened` when a session made ahead gets its tender. `regrouped` when it is of another product group now.
    `barred` when a lock refused an edit that has a way: the edit and why (`locked_nota`, `locked_entry`, `opened`).
    `not_saved` with a Dutch sentence when the file could not be written: the edits wait in `unsaved` and the pages show them;
    `saved_again` when they were saved after all.
    """

    changed = Signal()
    previewed = Signal()
    failed = Signal(str)
    barred = Signal(object, str)

    opened = Signal()
    regrouped = Signal()
    not_saved = Signal(str)
    saved_again = Signal()

    def __init__(self, desk: Desk, identity: str = "", parent: QObject | None = None) -> None:
        """Without an identity it holds a blank tender that is kept nowhere, until `open` names one."""
        super().__init__(parent)
        self.desk, self.identity = desk, identity
        self.names_hidden = False
        self.unsaved: tuple[Edit, ...] = ()
        self._take(tenders.get_tender(desk, identity) if identity else tenders.blank_tender(desk))

    def _take(self, tender: Tender) -> None:
        self.stored: Tender = tender
        self.tender: Tender = self._shown()
        self.inputs: Inputs = inputs_for(self.desk, tender)
        self._pins = tender.pins
        self.comparison: Comparison = compare(self.tender, self.inputs)
        self.award: Award | None = award(self.comparison)
        self.preview: Comparison | None = None
        self.stacks: Stacks = tenders.undo_stacks(self.desk, self.identity)

    def _shown(self) -> Tender:
        """What the pages show. An edit goes by identity and always changes what is stored."""
        value = self.stored
        for edit in self.unsaved:
            try:
                value = edit.apply(value)
            except (KeyError, ValueError):  # leans on one before it that turned out not to fit
                continue
        return masked(value) if self.names_hidden else value

    def hide_names(self, *, hidden: bool) -> None:
        """For a shared screen; nothing is changed by it."""
        self.names_hidden = hidden
        self._reload()

    @property
    def is_blank(self) -> bool:
        return not self.identity

    def open(self, tender: Tender) -> None:
        """A blank session gets its tender, once: pages that were made ahead then show it."""
        assert self.is_blank
        self.identity = tender.id
        self._take(tender)
        self.opened.emit()
        self.changed.emit()

    @property
    def read_only(self) -> bool:
        return self.desk.read_only

    def commit(self, edit: Edit, *, asks: bool = True) -> bool:
        """One step. False when it changed nothing or could not be kept; then the screen still shows what is stored.

        `asks` False takes a lock's refusal for an answer, instead of asking how it should be done.
        """
        if self.unsaved:  # what came before it goes first
            self.unsaved = (*self.unsaved, edit)
            return self.save_again()
        try:
            row = tenders.edit_tender(self.desk, self.identity, edit)
        except StoreError as problem:
            if problem.key in NOT_SAVED and self.desk.store.was_writable:
                self.unsaved = (edit,)
                self._show_unsaved(problem)
                return True
            if problem.key in WITH_A_WAY and not asks:
                return False
            if problem.key in WITH_A_WAY:
                self.barred.emit(edit, problem.key)
                return False
            self.failed.emit(sentences.error(problem.key, **problem.params))
            return False
        self.preview = None
        if row is None:
            self.previewed.emit()
            return False
        self._reload()
        return True

    def _show_unsaved(self, problem: StoreError) -> None:
        """The pages show what was typed, from what is at hand: the file may be gone."""
        self.preview = None
        self.tender = self._shown()
        with suppress(KeyError, DocumentError):
            self.comparison = compare(self.tender, self.inputs)
            self.award = award(self.comparison)
        self.changed.emit()
        self.not_saved.emit(sentences.error(problem.key, **problem.params))

    def save_again(self) -> bool:
        """Try to save what waits, in order. True also while it still waits: nothing of it is lost."""
        while self.unsaved:
            try:
                tenders.edit_tender(self.desk, self.identity, self.unsaved[0])
            except StoreError as problem:
                if problem.key in NOT_SAVED:
                    self._show_unsaved(problem)
                    return True
                self.failed.emit(sentences.error(problem.key, **problem.params))
            self.unsaved = self.unsaved[1:]
        self._reload()
        self.saved_again.emit()
        return True

    def save_first(self) -> bool:
        """What waits is saved before anything else is done. False while it cannot be; then that was said."""
        if self.unsaved:
            self.save_again()
        return not self.unsaved

    def act(self, run: Callable[[], object]) -> bool:
        """An act of the award (see operations.awards). False when it could not be done; then it was said."""
        if not self.save_first():
            return False
        try:
            run()
        except StoreError as problem:
            self.failed.emit(sentences.error(problem.key, **problem.params))
            return False
        self._reload()
        return True

    def undo(self) -> Row | None:
        return self._turn(tenders.undo)

    def undo_step(self, seq: int) -> None:
        """Undo one step while it is the last; a button of an old message must not undo something else."""
        if self.stacks.undo and self.stacks.undo[-1].seq == seq:
            self.undo()
        else:
            self.failed.emit("Er is daarna iets anders gewijzigd. Gebruik Ongedaan maken boven in het venster.")

    @property
    def last_step(self) -> int:
        return self.stacks.undo[-1].seq if self.stacks.undo else 0

    def redo(self) -> Row | None:
        return self._turn(tenders.redo)

    def _turn(self, operation: object) -> Row | None:
        if not self.save_first():
            return None
        try:
            done: tenders.Undone = operation(self.desk, self.identity)  # type: ignore[operator]
        except StoreError as problem:
            self.failed.emit(sentences.error(problem.key, **problem.params))
            return None
        self._reload()
        return done.row

    def reload(self) -> None:
        self._reload()

    def _reload(self) -> None:
        group = self.stored.product_group
        self.stored = tenders.get_tender(self.desk, self.identity)
        self.tender = self._shown()
        pins = self.tender.pins
        if pins != self._pins:
            fresh = inputs_for(self.desk, self.tender)
            self.inputs = replace(fresh, weighed=self.inputs.weighed)
            self._pins = pins
        self.comparison = compare(self.tender, self.inputs)
        self.award = award(self.comparison)
        self.stacks = tenders.undo_stacks(self.desk, self.identity)
        if self.stored.product_group != group:
            self.regrouped.emit()  # pages are made for a group: the tender is opened again
        else:
            self.changed.emit()

    def show_preview(self, edit: Edit | None) -> None:
        """Figures of what is being typed; the tender itself stays as it is."""
        try:
            self.preview = compare(edit.apply(self.tender), self.inputs) if edit is not None else None
        except (KeyError, DocumentError):  # a preview that pins something new waits for the commit
            self.preview = None
        self.previewed.emit()

    @property
    def figures(self) -> Comparison:
        """What totals show now: the preview while typing, else the committed comparison."""
        return self.preview or self.comparison

    def save_draft(self, field: str, text: str) -> None:
        """A comfort for after a crash: where it cannot be kept, the edit itself says so soon."""
        if not self.read_only:
            with suppress(StoreError):
                tenders.save_draft(self.desk, self.identity, Draft(field, text))

    def forget_draft(self) -> None:
        if not self.read_only:
            with suppress(StoreError):
                tenders.save_draft(self.desk, self.identity, None)

    def draft(self) -> Draft | None:
        return tenders.draft_of(self.desk, self.identity)
