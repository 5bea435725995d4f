"""What became of each file of an import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cirkeldesk.exchange.reading import Note as Note

FileStatus = Literal["imported", "unchanged", "question", "refused"]


@dataclass
class FileReport:
    """What became of one file. `products` are ids, `tenders` numbers."""

    file: str
    format: str | None = None
    status: FileStatus = "refused"
    products: list[str] = field(default_factory=list)
    tenders: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    stored: int = 0  # products that are new or changed
    changes: list[tuple[str, str, str]] = field(default_factory=list)  # of a bid form: what, before, after
