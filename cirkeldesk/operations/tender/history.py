"""The past of a tender: its steps, its versions, what differs between two, and the way back to one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences
from cirkeldesk.wording.history import version_differences


def steps_of(workspace: Workspace, identity: str) -> list[HistoryRow]:
    """Everything that happened to a tender, newest first."""
    with workspace.unit() as unit:
        return unit.steps.rows("tender", identity)[::-1]


def when(row: HistoryRow) -> str:
    """The moment of a step in the office's time: "22-11-2026 14:05"."""
    return numbers.moment(datetime.datetime.fromisoformat(row.time).astimezone().isoformat())


def version_at(workspace: Workspace, row: HistoryRow) -> Tender:
    """The tender as it was after a step. Raises StoreError not_found where it was removed."""
    if row.hash is None:
        raise StoreError("not_found", what="versie", id=str(row.seq))
    with workspace.unit() as unit:
        value = unit.document(row.hash)
    assert isinstance(value, Tender)
    return value


def differences(workspace: Workspace, before: Tender, after: Tender) -> tuple[str, ...]:
    """What differs between two versions of a tender, a sentence each; sealed prices stay sealed in the past
    too."""
    with workspace.unit() as unit:
        sealed = unit.tender(after.id).prices_sealed
        group = unit.document(after.product_group or "")
    assert isinstance(group, ProductGroup)
    return version_differences(before, after, group, sealed=sealed)


def barrier_after(steps: Sequence[HistoryRow], row: HistoryRow) -> HistoryRow | None:
    """The lock that was set after a step, which going back may not pass."""
    return next((step for step in steps if step.barrier and step.seq > row.seq), None)


def go_back(workspace: Workspace, identity: str, seq: int) -> HistoryRow | None:
    """Make the version after a step the current one again, as a step of its own that can be undone.

    None when it is the current one. Raises LockRefusal barrier where a lock was set since, not_found for
    another tender's step.
    """
    with workspace.unit() as unit:
        steps = unit.steps.rows("tender", identity)
        row = next((step for step in steps if step.seq == seq), None)
        if row is None or row.hash is None:
            raise StoreError("not_found", what="stap", id=str(seq))
        barrier = barrier_after(steps, row)
        if barrier is not None:
            raise LockRefusal(
                "barrier", identity, "go_back", step=sentences.step(barrier.step, barrier.params)
            )
        return unit.commit("tender", identity, unit.document(row.hash), "go_back", {"moment": when(row)})
