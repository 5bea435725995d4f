"""What every part of a unit of work shares: one connection in one transaction, and whether it may write."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import Connection

from cirkeldesk.model.document.document import Document, Kind
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.store.schema import Features


class OpenFile(Protocol):
    """The open file as a transaction sees it."""

    author: str
    why_read_only: StoreError | None
    features: Features
    linked: dict[int, str]
    rows_read: dict[tuple[Kind, str], list[HistoryRow]]
    worked_out: dict[str, Any]

    @property
    def name(self) -> str: ...

    @property
    def read_only(self) -> bool: ...

    def still_there(self) -> None: ...

    def now(self) -> str: ...

    def clock_jump(self, before: str, now: str) -> str | None: ...

    def forget(self) -> None: ...

    def remembered(self, digest: str) -> Document | None: ...

    def remember(self, digest: str, value: Document) -> None: ...


class Transaction:
    """Reads and writes that come about together or not at all. `moved`: the file is another one than we wrote
    in."""

    def __init__(self, connection: Connection, file: OpenFile) -> None:
        self.connection = connection
        self.file = file
        self.has_written = False
        self.moved = False

    @property
    def features(self) -> Features:
        return self.file.features

    def will_write(self) -> None:
        """Asked by whatever changes something. Raises StoreError why it may not, or db_gone."""
        self.file.still_there()
        if self.file.why_read_only is not None:
            raise self.file.why_read_only
        if self.moved:
            raise StoreError("db_changed", file=self.file.name)
        self.has_written = True

    def damaged(self) -> StoreError:
        return StoreError("db_damaged", file=self.file.name)
