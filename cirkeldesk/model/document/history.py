"""The history chain, and which step undo and redo are about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.document.document import Kind, canonical, hash_of_bytes

Param = str | float | int | None
GENESIS = "0" * 64
REFUSED = "refused"  # an attempt that a lock refused: a trace, no step
# What happened to the file itself: put back, taken over, the clock that jumped. These rows are of no
# document.
OF_FILE: Literal["file"] = "file"


@dataclass(frozen=True)
class HistoryRow:
    """One thing that happened. `hash` is the document it led to, `of_seq` the step an undo or redo is
    about."""

    seq: int
    kind: Kind
    id: str
    step: str
    params: Mapping[str, Param]
    author: str
    time: str
    hash: str | None
    of_seq: int | None
    barrier: bool
    chain: str

    @property
    def is_of_file(self) -> bool:
        """Whether it is about the file itself and no document (`OF_FILE`)."""
        return str(self.kind) == OF_FILE


# As they were chained from the first version on; `slot` is what a barrier was called in the table.
CHAINED = ("seq", "kind", "id", "step", "params", "author", "time", "hash", "of_seq", "slot")


def link(previous: str, row: Mapping[str, object]) -> str:
    """The chain value of a row after `previous`. The content hash stands in it, never the content."""
    return hash_of_bytes(canonical([previous, *(row[name] for name in CHAINED)]))


# Steps after which something is gone: erased, or lost with a damaged file. Their parameter `tombstones` is
# the hash of what.
ERASING = frozenset({"erase_tender", "erase_name", "salvaged"})
Tombstone = tuple[str, str, str]  # what, which, and the hash of what remains ("" when nothing does)


def row_content(row: Mapping[str, object]) -> bytes:
    """What a history row says, without its place in the chain: what a tombstone vouches for once part of it
    was erased."""
    return canonical([row[name] for name in CHAINED])


def hash_of_tombstones(stones: Iterable[Tombstone]) -> str:
    return hash_of_bytes(canonical(sorted(stones)))


def params_text(params: Mapping[str, Param]) -> str:
    return canonical(dict(params)).decode()


def read_params(text: str) -> dict[str, Param]:
    value = json.loads(text)
    assert isinstance(value, dict)
    return value


@dataclass(frozen=True)
class Stacks:
    """Steps that can be undone and redone now, newest last. `barrier` is the step that undo stops at, if
    any."""

    undo: tuple[HistoryRow, ...]
    redo: tuple[HistoryRow, ...]
    barrier: HistoryRow | None = None


def stacks(rows: Iterable[HistoryRow], author: str) -> Stacks:
    """Undo and redo of one document for one author, read from its history: a new step clears redo, a barrier
    clears both."""
    undo: list[HistoryRow] = []
    redo: list[HistoryRow] = []
    barrier: HistoryRow | None = None
    by_seq: dict[int, HistoryRow] = {}
    for row in rows:
        by_seq[row.seq] = row
        if row.barrier:
            undo, redo, barrier = [], [], row
        elif row.author != author or row.step == REFUSED:
            continue
        elif row.step == "undo":
            redo += [r for r in undo if r.seq == row.of_seq]
            undo = [r for r in undo if r.seq != row.of_seq]
        elif row.step == "redo":
            undo += [r for r in redo if r.seq == row.of_seq]
            redo = [r for r in redo if r.seq != row.of_seq]
        else:
            undo.append(row)
            redo = []
    return Stacks(tuple(undo), tuple(redo), barrier)
