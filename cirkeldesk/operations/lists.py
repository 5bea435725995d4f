"""Lists of any length: identities first, a row when it is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, overload

from cirkeldesk.model.document.document import Kind
from cirkeldesk.operations.workspace import Workspace

BLOCK = 100  # rows read at once: more than a screen shows


class Listed(Sequence[Mapping[str, Any]]):
    """The rows of a list in order. A list of 100,000 opens with its identities; rows are read in blocks as
    they are seen."""

    def __init__(
        self,
        workspace: Workspace,
        kind: Kind,
        search: str = "",
        order: str = "",
        *,
        descending: bool = False,
        there_on: str = "",
    ) -> None:
        self._workspace, self._kind = workspace, kind
        self._rows: dict[str, Mapping[str, Any]] = {}
        self._asked = (search, order, descending)
        with workspace.unit() as unit:
            self._as_of = unit.steps.newest()
            self.ids = unit.lists.ids(kind, search, order, descending=descending, there_on=there_on)

    def is_current(self, search: str, order: str, *, descending: bool) -> bool:
        """Whether this is still what would be read now."""
        with self._workspace.unit() as unit:
            return self._asked == (search, order, descending) and unit.steps.newest() == self._as_of

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Mapping[str, Any]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Mapping[str, Any]]: ...

    def __getitem__(self, place: int | slice) -> Mapping[str, Any] | Sequence[Mapping[str, Any]]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        identity = self.ids[place]
        if identity not in self._rows:
            begin = range(len(self.ids))[place] // BLOCK * BLOCK
            with self._workspace.unit() as unit:
                self._rows |= unit.lists.rows(self._kind, self.ids[begin : begin + BLOCK])
        # A row removed since the list was read stays blank until the list is read again.
        return self._rows.setdefault(identity, {"id": identity})

    def place_of(self, identity: str | None) -> int:
        """Where a document stands in the list; −1 when it is not there."""
        return self.ids.index(identity) if identity in self.ids else -1
