"""The tender that is open: what is stored, what waits to be stored and what no longer fits are one value with
one rule.

The rule (HOUSE 7): the screen shows what is stored with all that waits; nothing is decided, printed,
locked or left while something waits; what no longer fits is put aside to be shown and asked, and never stands
in the way of what follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cirkeldesk.model.award.disclosure import masked
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender.tenders import edit_tender, get_tender
from cirkeldesk.operations.workspace import Workspace

# The disk, the file or the other computer is at fault: the edit stays alive until it can be saved.
NOT_SAVED = frozenset(
    {
        "db_disk",
        "db_gone",
        "db_changed",
        "db_damaged",
        "db_folder",
        "db_read_only",
        "db_other",
        "db_locked",
        "db_locked_elsewhere",
    }
)


@dataclass(frozen=True)
class Unfit:
    """An edit that waited and can no longer be done, with the error that says why."""

    edit: Edit
    why: StoreError


@dataclass(frozen=True)
class OpenTender:
    """`waiting` edits are in the order they were made; `problem` says why they could not be stored."""

    stored: Tender
    waiting: tuple[Edit, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    problem: StoreError | None = None
    names_hidden: bool = False

    @property
    def value(self) -> Tender:
        """What is stored with all that waits."""
        value = self.stored
        for edit in self.waiting:
            value = edit.apply(value)
        return value

    @property
    def shown(self) -> Tender:
        """What the pages show: the value, with names hidden for a shared screen."""
        return masked(self.value) if self.names_hidden else self.value

    @property
    def is_settled(self) -> bool:
        """Whether the screen and the file are one."""
        return not self.waiting

    def with_edit(self, edit: Edit) -> OpenTender:
        """One more edit that waits; put aside at once when it does not fit on what it would change."""
        return _sorted_out(replace(self, waiting=(*self.waiting, edit)))

    def stored_as(self, tender: Tender) -> OpenTender:
        """Another version is stored now; what waits is looked at again on top of it."""
        return _sorted_out(replace(self, stored=tender))

    def without_unfit(self) -> OpenTender:
        """Somebody has seen what did not fit and let it go."""
        return replace(self, unfit=())

    def tried_again(self) -> OpenTender:
        """What did not fit waits again, behind the rest."""
        return _sorted_out(
            replace(self, waiting=(*self.waiting, *(one.edit for one in self.unfit)), unfit=())
        )


def _sorted_out(found: OpenTender) -> OpenTender:
    """Edits that lean on something that is gone are put aside, the others stay in order."""
    value, waiting, unfit = found.stored, [], list(found.unfit)
    for edit in found.waiting:
        try:
            value = edit.apply(value)
        except (LookupError, ValueError):
            unfit.append(Unfit(edit, StoreError("no_longer_fits")))
        else:
            waiting.append(edit)
    return replace(found, waiting=tuple(waiting), unfit=tuple(unfit))


def save(workspace: Workspace, opened: OpenTender) -> OpenTender:
    """Store what waits, in order, each edit as a step of its own; what is refused is put aside.

    What could not be stored still waits, with the `problem`. Reads the tender again where something was
    stored.
    """
    waiting, unfit, problem = list(opened.waiting), list(opened.unfit), None
    while waiting:
        try:
            edit_tender(workspace, opened.stored.id, waiting[0])
        except StoreError as found:
            if found.key in NOT_SAVED:
                problem = found
                break
            unfit.append(Unfit(waiting[0], found))
        except (LookupError, ValueError):
            unfit.append(Unfit(waiting[0], StoreError("no_longer_fits")))
        waiting.pop(0)
    done = replace(opened, waiting=tuple(waiting), unfit=tuple(unfit), problem=problem)
    if len(waiting) == len(opened.waiting):
        return done
    try:
        return done.stored_as(get_tender(workspace, opened.stored.id))
    except StoreError as found:
        if found.key not in NOT_SAVED:
            raise
        # Stored, but it cannot be read back now: what the screen shows is what was stored.
        value = opened.stored
        for edit in opened.waiting[: len(opened.waiting) - len(waiting)]:
            if all(one.edit is not edit for one in unfit):
                value = edit.apply(value)
        return _sorted_out(replace(done, stored=value, problem=found))
