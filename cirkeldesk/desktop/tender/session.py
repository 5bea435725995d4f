"""One open tender in the window: its value, its comparison, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.document.history import HistoryRow, Stacks
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender import open_tender, tenders, unsaved
from cirkeldesk.operations.tender.open_tender import NOT_SAVED, OpenTender, Unfit
from cirkeldesk.operations.tender.unsaved import Unsaved
from cirkeldesk.operations.workspace import Workspace, inputs_for
from cirkeldesk.wording import sentences

# Refusals that are not the end: a nota, a correction of entry, or a dated layer is the way.
WITH_A_WAY = frozenset({"locked_nota", "locked_entry", "opened", "moment_earlier"})


@dataclass(frozen=True)
class RefusedText:
    """A text that stands in a field or cell and was not taken: where, what, after which step, and how to take
    it back."""

    place: str
    text: str
    after: int
    take_back: Callable[[], object]


class Session(QObject):
    """`changed` after a committed step, `previewed` while typing, `failed` with a Dutch sentence.

    `opened` when a session made ahead gets its tender. `regrouped` when it is of another product group now.
    `barred` when a lock refused an edit that has a way: the edit and why (see WITH_A_WAY).
    `not_saved` with a Dutch sentence when the file could not be written: the edits wait and the pages show
    them; `saved_again` when they were saved after all. `put_aside` when something that waited does not fit
    any more: see `unfit`. `marked` when a text was refused, or is refused no longer: see `refused_texts`.
    """

    changed = Signal()
    previewed = Signal()
    failed = Signal(str)
    barred = Signal(object, str)

    opened = Signal()
    regrouped = Signal()
    not_saved = Signal(str)
    saved_again = Signal()
    put_aside = Signal()
    marked = Signal()

    def __init__(self, workspace: Workspace, identity: str = "", parent: QObject | None = None) -> None:
        """Without an identity it holds a blank tender that is kept nowhere, until `open` names one."""
        super().__init__(parent)
        self.workspace, self.identity = workspace, identity
        # Set by the view: takes what is being typed into its field, and says which texts were refused.
        self.take_typing: Callable[[], object] = lambda: None
        self.refused_texts: Callable[[], Sequence[RefusedText]] = tuple
        self.kept_elsewhere = True
        self._now = OpenTender(
            tenders.get_tender(workspace, identity) if identity else tenders.blank_tender(workspace)
        )
        self._take()

    # --- what is open
    # ----------------------------------------------------------------------------------------------

    @property
    def stored(self) -> Tender:
        """What is in the file."""
        return self._now.stored

    @property
    def value(self) -> Tender:
        """What the pages show, with the names: what is stored with all that waits."""
        return self._now.value

    @property
    def unsaved(self) -> tuple[Edit, ...]:
        """Edits that wait until they can be stored."""
        return self._now.waiting

    @property
    def unfit(self) -> tuple[Unfit, ...]:
        """Edits that waited and do not fit any more."""
        return self._now.unfit

    @property
    def names_hidden(self) -> bool:
        return self._now.names_hidden

    @property
    def is_blank(self) -> bool:
        return not self.identity

    @property
    def read_only(self) -> bool:
        return self.workspace.read_only

    def _take(self) -> None:
        """Everything that follows from the tender, worked out afresh."""
        self.tender: Tender = self._now.shown
        self.inputs: Inputs = inputs_for(self.workspace, self.tender)
        self._pins = self.tender.pins
        self.comparison: Comparison = compare(self.tender, self.inputs)
        self.award: Award | None = award(self.comparison)
        self.preview: Comparison | None = None
        self.stacks: Stacks = tenders.undo_stacks(self.workspace, self.identity)

    def hide_names(self, *, hidden: bool) -> None:
        """For a shared screen; nothing is changed by it."""
        self._now = replace(self._now, names_hidden=hidden)
        if self._now.waiting:
            self._show()
        else:
            self.reload()

    def open(self, tender: Tender) -> None:
        """A blank session gets its tender, once: pages that were made ahead then show it."""
        assert self.is_blank
        self.identity = tender.id
        self._now = OpenTender(tender)
        self._take()
        self.opened.emit()
        self.changed.emit()

    # --- editing
    # ---------------------------------------------------------------------------------------------------

    def commit(self, edit: Edit, *, asks: bool = True) -> bool:
        """One step. False when it changed nothing or could not be kept; then the screen still shows what is
        stored.

        `asks` False takes a lock's refusal for an answer, instead of asking how it should be done.
        """
        if self._now.waiting:  # what came before it goes first
            return self._wait(edit)
        try:
            row = tenders.edit_tender(self.workspace, self.identity, edit)
        except StoreError as problem:
            if problem.key in NOT_SAVED and self.workspace.store.was_writable:
                return self._wait(edit)
            if problem.key in WITH_A_WAY and not asks:
                return False
            if problem.key in WITH_A_WAY:
                self.barred.emit(edit, problem.key)
                return False
            self._fail(problem)
            return False
        except (LookupError, ValueError):  # about something that is not there any more
            self._fail(StoreError("no_longer_fits"))
            self.reload()
            return False
        self.preview = None
        if row is None:
            self.previewed.emit()
            self.changed.emit()  # a text that says the same otherwise is shown as it is kept
            return False
        self.reload()
        return True

    def _wait(self, edit: Edit) -> bool:
        """The edit waits behind the others, and all are tried. True when it waits or was stored."""
        put_aside = len(self._now.unfit)
        self._now = self._now.with_edit(edit)
        self.save_again()
        return len(self._now.unfit) == put_aside

    def take_waiting(self, edits: Sequence[Edit]) -> None:
        """Edits that waited in another file go in here, in order."""
        for edit in edits:
            self._now = self._now.with_edit(edit)
        self.save_again()

    def save_again(self) -> bool:
        """Try to save what waits, in order; True when nothing waits any more. What was refused is put aside
        and told."""
        if not self._now.waiting:
            self._tell_unfit()
            return True
        self._now = open_tender.save(self.workspace, self._now)
        problem = self._now.problem
        if self._now.waiting and problem is not None:
            self._keep_elsewhere()
            self._show()
            self.not_saved.emit(sentences.refusal(problem))
            self._tell_unfit()
            return False
        self._keep_elsewhere()
        self.reload()
        self.saved_again.emit()
        self._tell_unfit()
        return True

    def _tell_unfit(self) -> None:
        if self._now.unfit:
            self.put_aside.emit()

    def try_unfit_again(self) -> None:
        self._now = self._now.tried_again()
        self.save_again()

    def let_unfit_go(self) -> None:
        self._now = self._now.without_unfit()
        self.reload()

    def let_go(self) -> None:
        """Somebody leaves without what could not be saved."""
        self._now = replace(self._now, waiting=(), unfit=(), problem=None)
        self._keep_elsewhere()

    def _keep_elsewhere(self) -> None:
        """What waits is kept outside the file, for when the program ends before there is room again."""
        waits = self._now.waiting
        found = Unsaved(self._now.stored, self._now.value, self.workspace.store.now()) if waits else None
        self.kept_elsewhere = unsaved.keep_for(self.workspace, self._now.stored.id, found)

    def _show(self) -> None:
        """The pages show what was typed, from what is at hand: the file may be gone."""
        self.preview = None
        self.tender = self._now.shown
        with suppress(KeyError, DocumentError):
            self.comparison = compare(self.tender, self.inputs)
            self.award = award(self.comparison)
        self.changed.emit()

    def _fail(self, problem: StoreError) -> None:
        self.failed.emit(sentences.refusal(problem))

    # --- acts
    # ------------------------------------------------------------------------------------------------------

    def save_first(self) -> bool:
        """What is typed is taken and what waits is saved, before anything else is done. False while it cannot
        be; then that was said."""
        self.take_typing()
        if self._now.waiting:
            self.save_again()
        return self._now.is_settled

    def is_ready(self) -> bool:
        """Whether screen and file are one, so that something may be decided, printed or handed over. What
        stands in the way was said."""
        if not self.save_first():
            return False
        refused = self.refused_texts()
        if refused:
            more = f" (en nog {len(refused) - 1})" if len(refused) > 1 else ""
            self.failed.emit(
                f"In {refused[0].place}{more} staat iets dat niet is vastgelegd: “{refused[0].text[:60]}”. "
                "Verbeter het, of zet met Escape de oude waarde terug. Daarna kunt u verder."
            )
        return not refused

    def act(self, run: Callable[[], object]) -> bool:
        """An act of the award (see operations.awards). False when it could not be done; then it was said."""
        if not self.is_ready():
            return False
        try:
            run()
        except StoreError as problem:
            self._fail(problem)
            return False
        self.reload()
        return True

    # --- undo
    # ------------------------------------------------------------------------------------------------------

    def undo(self, expected: int | None = None) -> HistoryRow | None:
        """Undo the newest own step; with `expected` only while that is the newest one. A text that was
        refused after it goes first: it is the last thing that was done."""
        if not self.save_first():
            return None
        refused = self.newest_refused
        if refused is not None and expected is None:
            refused.take_back()
            self.changed.emit()
            return None
        return self._turn(partial(tenders.undo, expected=expected))

    @property
    def newest_refused(self) -> RefusedText | None:
        """The last refused text, when nothing was done after it."""
        found = [text for text in self.refused_texts() if text.after >= self.last_step]
        return max(found, key=lambda text: text.after, default=None)

    def undo_step(self, seq: int) -> None:
        """Undo one step while it is the last; a button of an old message must not undo something else."""
        self.undo(expected=seq)

    @property
    def last_step(self) -> int:
        return self.stacks.undo[-1].seq if self.stacks.undo else 0

    def redo(self) -> HistoryRow | None:
        return self._turn(tenders.redo) if self.save_first() else None

    def _turn(self, operation: Callable[[Workspace, str], tenders.Undone]) -> HistoryRow | None:
        try:
            done = operation(self.workspace, self.identity)
        except StoreError as problem:
            self._fail(problem)
            return None
        self.reload()
        return done.row

    # --- showing
    # ---------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the tender again and show it. Where it cannot be read, the pages keep what they show and it is
        said."""
        group, waited = self.stored.product_group, bool(self._now.waiting)
        try:
            self._now = self._now.stored_as(tenders.get_tender(self.workspace, self.identity))
            self.tender = self._now.shown
            pins = self.tender.pins
            if pins != self._pins:
                fresh = inputs_for(self.workspace, self.tender)
                self.inputs = replace(fresh, weighed=self.inputs.weighed)
                self._pins = pins
            self.comparison = compare(self.tender, self.inputs)
            self.award = award(self.comparison)
            self.stacks = tenders.undo_stacks(self.workspace, self.identity)
        except StoreError as problem:
            if problem.key not in NOT_SAVED:
                raise
            self._show()
            self._fail(problem)
            return
        # it rests on another version now, or does not fit; so does what the next start would put in
        if waited:
            self._keep_elsewhere()
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
