"""Undo on a page about one document that is no tender: the library, the calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, runtime_checkable

from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.model.document.document import Kind
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import sentences


@runtime_checkable
class Undoes(Protocol):
    """A page that can take back its last step and do it again, whatever its steps are about."""

    def undo(self) -> None: ...

    def redo(self) -> None: ...

    def next_undo(self) -> str | None: ...


class OwnUndo:
    """A page mixes this in and says which document its steps are of."""

    workspace: Workspace
    bars: Messages
    kind: Kind

    def undone(self, *, again: bool = False) -> str | None:
        """The id of the document that undo (or doing again) is about now, None when there is none yet."""
        raise NotImplementedError

    def refresh(self) -> None:
        raise NotImplementedError

    def next_undo(self) -> str | None:
        return _name(self._stacks(again=False)[0])

    def next_redo(self) -> str | None:
        return _name(self._stacks(again=True)[1])

    def _stacks(self, *, again: bool) -> tuple[tuple[HistoryRow, ...], tuple[HistoryRow, ...]]:
        identity = self.undone(again=again)
        if identity is None:
            return (), ()
        found = tenders.undo_stacks(self.workspace, identity, self.kind)
        return tuple(found.undo), tuple(found.redo)

    def undo(self) -> None:
        self._turn(tenders.undo, again=False)

    def undo_now(self) -> Callable[[], None]:
        """Undo of the step just made, for a button in a bar: once something else was done, it says so
        instead."""
        seq = self._newest()
        return lambda: self._turn(partial(tenders.undo, expected=seq), again=False)

    def _newest(self) -> int:
        rows = self._stacks(again=False)[0]
        return rows[-1].seq if rows else 0

    def redo(self) -> None:
        self._turn(tenders.redo, again=True)

    def _turn(self, operation: Callable[[Workspace, str, Kind], object], *, again: bool) -> None:
        identity = self.undone(again=again)
        if identity is None:
            return
        try:
            operation(self.workspace, identity, self.kind)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
        self.refresh()


def _name(rows: tuple[HistoryRow, ...]) -> str | None:
    return sentences.step(rows[-1].step, rows[-1].params) if rows else None
