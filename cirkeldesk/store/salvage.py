"""Saving what can be saved from a damaged database, into a new one.

A damaged file is read row by row, from both ends towards the damage. Only what proves itself is taken over: a
version or file whose bytes are what its hash says, a history row that fits on the row before it. Where the
history is broken off, the newest version of each document that can still be shown is put in with a step
"salvaged"; nothing is guessed.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects.sqlite import insert as upsert

from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.document.document import CLASSES, Document, from_plain, hash_of_bytes, kind_of
from cirkeldesk.model.document.history import GENESIS, Tombstone, link, row_content
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.store import schema
from cirkeldesk.store.erase import act
from cirkeldesk.store.rows import attachments_of
from cirkeldesk.store.sqlite.copies import make_private
from cirkeldesk.store.store import Clock, Store
from cirkeldesk.store.unit import UnitOfWork

Values = Mapping[str, Any]
_MAGIC = b"SQLite format 3\x00"
_LONGEST_GAP = 200_000  # rows looked for one by one where neither end reaches
_HISTORY = tuple(column.name for column in schema.history.columns)


@dataclass
class Salvaged:
    """What came out of a damaged file. `older` and `gone` are documents ("tender t1"), `files` kept files
    that are missing."""

    steps: int = 0
    tenders: int = 0
    products: int = 0
    broken_after: int | None = None  # the last step of the history that fits; None when all of it does
    older: list[str] = field(default_factory=list)  # a version before the last one
    gone: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def salvage(damaged: Path, target: Path, scripts: Path, clock: Clock) -> Salvaged:
    """Write a new database with what can be saved; the damaged one is only read.

    Raises StoreError salvage_exists, salvage_nothing, and what opening the target raises. A target of which
    nothing came is removed again.
    """
    if target.exists():
        raise StoreError("salvage_exists", file=target.name)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            make_private(part)
            shutil.copyfile(damaged, part)
        except OSError as problem:
            raise StoreError("file_unreadable", file=damaged.name) from problem
        _mend_beginning(part)
        found = _Found(part)
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)
    if not found.versions:
        raise StoreError("salvage_nothing", file=damaged.name)
    store = Store.open(target, scripts, clock)
    try:
        with store.unit() as unit:
            report = found.put(unit)
    except BaseException:
        store.close()
        target.unlink(missing_ok=True)
        raise
    store.close()
    return report


def _mend_beginning(path: Path) -> None:
    """Fixed values of a database's first bytes (SQLite file format 1.3), so that damage there alone hides
    nothing."""
    with path.open("r+b") as file:
        head = bytearray(file.read(100))
        if len(head) < 100:
            return
        head[:16] = _MAGIC
        size = int.from_bytes(head[16:18], "big")
        if size not in (512, 1024, 2048, 4096, 8192, 16384, 32768, 1):
            head[16:18] = (4096).to_bytes(2, "big")
        head[18:24] = bytes((1, 1, 0, 64, 32, 32))
        head[28:32] = bytes(4)  # the size in pages is taken from the file itself
        head[44:48] = (4).to_bytes(4, "big")
        head[56:60] = (1).to_bytes(4, "big")
        file.seek(0)
        file.write(head)


class _Found:
    """Everything in a damaged file that proves itself.

    A version's kind is what its own content says: the column beside it can be damaged, and proves nothing.
    """

    def __init__(self, path: Path) -> None:
        self.versions: dict[str, tuple[bytes, Document]] = {}
        self.files: dict[str, bytes] = {}
        self.rows: dict[int, dict[str, Any]] = {}
        self.heads: dict[tuple[str, str], tuple[int, str]] = {}
        self.settings: dict[str, tuple[str, str]] = {}
        self.offered: list[tuple[str, str, str]] = []
        self.stones: list[tuple[int, str, str, str]] = []
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.text_factory = bytes
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA cell_size_check = ON")
            self._read(connection)

    def _read(self, connection: sqlite3.Connection) -> None:
        for row in _rows(connection, "tombstone", ("act", "what", "ref", "remains")):
            self.stones.append((row["act"], row["what"], row["ref"], row["remains"]))
        left = {(what, ref): remains for _, what, ref, remains in sorted(self.stones)}
        for row in _rows(connection, "document", ("hash", "content")):
            self._take_version(row, left)
        for row in _rows(connection, "attachment", ("hash", "content")):
            if isinstance(row["content"], bytes) and hash_of_bytes(row["content"]) == row["hash"]:
                self.files[row["hash"]] = row["content"]
        for row in _rows(connection, "history", _HISTORY):
            if isinstance(row["seq"], int):
                self.rows[row["seq"]] = dict(row)
        for row in _rows(connection, "head", ("kind", "id", "hash", "seq")):
            if isinstance(row["seq"], int):
                self.heads[row["kind"], row["id"]] = (row["seq"], row["hash"])
        for row in _rows(connection, "setting", ("name", "value", "hash")):
            if hash_of_bytes(str(row["value"]).encode()) == row["hash"]:
                self.settings[row["name"]] = (row["value"], row["hash"])
        for row in _rows(connection, "reference", ("kind", "code", "hash")):
            self.offered.append((row["kind"], row["code"], row["hash"]))
        self._left = left

    def _take_version(self, row: Values, left: Mapping[tuple[str, str], str]) -> None:
        try:
            raw = zlib.decompress(row["content"])
            if hash_of_bytes(raw) not in (row["hash"], left.get(("document", row["hash"]))):
                return
            self.versions[row["hash"]] = (row["content"], from_plain(json.loads(raw)))
        except (zlib.error, ValueError, TypeError, DocumentError):
            return

    def put(self, unit: UnitOfWork) -> Salvaged:
        unit.will_write()
        report = Salvaged()
        for digest, (content, version) in self.versions.items():
            unit.connection.execute(
                upsert(schema.document).values(hash=digest, kind=kind_of(version), content=content)
            )
        for digest, kept in self.files.items():
            unit.connection.execute(upsert(schema.attachment).values(hash=digest, content=kept))
        sound = self._sound_prefix()
        for row in sound:
            unit.connection.execute(insert(schema.history).values(row))
        acts = {row["seq"] for row in sound}
        for seq, what, ref, remains in self.stones:
            if seq in acts:
                unit.connection.execute(
                    insert(schema.tombstone).values(act=seq, what=what, ref=ref, remains=remains)
                )
        for name, (value, digest) in self.settings.items():
            unit.connection.execute(insert(schema.setting).values(name=name, value=value, hash=digest))
        report.steps = len(sound)
        if len(sound) < max(self.rows, default=0):
            report.broken_after = len(sound)
        for kind, code, digest in self.offered:
            if digest in self.versions and kind_of(self.versions[digest][1]) == kind:
                unit.connection.execute(upsert(schema.reference).values(kind=kind, code=code, hash=digest))
        self._put_heads(unit, sound, report)
        return report

    def _put_heads(self, unit: UnitOfWork, sound: list[dict[str, Any]], report: Salvaged) -> None:
        """The newest version of each document that is whole; where the history does not say so, with a step
        of its own."""
        at_end = {(row["kind"], row["id"]): row for row in sound}
        steps: list[tuple[str, str, str | None]] = []
        shown: list[tuple[str, str, str]] = []
        for (kind, identity), told in sorted(self._told(sound).items()):
            last = at_end.get((kind, identity))
            chosen = next((digest for _, digest in told if digest is None or self._is_whole(digest)), None)
            if chosen != (last["hash"] if last is not None else None):
                steps.append((kind, identity, chosen))
            elif chosen is not None and last is not None:
                unit.relist(kind, identity, chosen, last["seq"])  # type: ignore[arg-type]  # a kind by `_told`
            if chosen is not None:
                shown.append((kind, identity, chosen))
            if chosen != told[0][1]:
                (report.gone if chosen is None else report.older).append(f"{kind} {identity}")
        stones: list[Tombstone] = [("document", digest, "") for digest in self._lost_versions(sound)]
        stones += self._lost_files(shown, report)
        if stones and not steps and shown:  # something has to vouch for what is lost
            steps.append(shown[0])
        for number, (kind, identity, chosen) in enumerate(steps):
            act(unit, kind, identity, chosen, "salvaged", {}, sorted(set(stones)) if number == 0 else [])  # type: ignore[arg-type]

    def _lost_files(self, shown: list[tuple[str, str, str]], report: Salvaged) -> list[Tombstone]:
        """Tombstones of kept files that what was saved names and that are gone; counts what was saved."""
        stones: list[Tombstone] = []
        for kind, _, chosen in shown:
            report.tenders += kind == "tender"
            report.products += kind == "product"
            for kept in attachments_of(self.versions[chosen][1]):
                if kept.sha256 not in self.files:
                    report.files.append(kept.file)
                    stones.append(("attachment", kept.sha256, ""))
        return stones

    def _lost_versions(self, sound: list[dict[str, Any]]) -> set[str]:
        """Versions that the history names and that are gone."""
        vouched = {ref for (what, ref), remains in self._left.items() if what == "document" and remains == ""}
        return {row["hash"] for row in sound if row["hash"] is not None} - self.versions.keys() - vouched

    def _told(self, sound: list[dict[str, Any]]) -> dict[tuple[str, str], list[tuple[int, str | None]]]:
        """(kind, id) → [(step, version)], newest first: by the history that fits, loose rows that fit each
        other, the heads."""
        found: dict[tuple[str, str], set[tuple[int, str | None]]] = {}
        fits = {row["seq"] for row in sound}
        for seq, row in self.rows.items():
            before = self.rows.get(seq - 1)
            if seq in fits or (before is not None and self._fits(before["chain"], row)):
                found.setdefault((row["kind"], row["id"]), set()).add((seq, row["hash"]))
        for key, (seq, digest) in self.heads.items():
            if self._agrees(key, digest):
                found.setdefault(key, set()).add((seq, digest))
        return {
            key: sorted(told, key=lambda one: (one[0], one[1] or ""), reverse=True)
            for key, told in found.items()
            if key[0] in CLASSES
        }

    def _agrees(self, key: tuple[str, str], digest: str) -> bool:
        """Whether a head's kind and id are those of the version it names; a damaged one would make a second
        document of it. Nothing is known of a version that is gone: then the head may be right."""
        known = self.versions.get(digest)
        if known is None:
            return True
        return key == (kind_of(known[1]), getattr(known[1], "id", key[1]))

    def _is_whole(self, digest: str) -> bool:
        """Whether a version and all it pins are there."""
        known = self.versions.get(digest)
        if known is None:
            return False
        value = known[1]
        pins = (
            (*value.pins, *(version.basis for version in value.versions))
            if isinstance(value, Tender)
            else value.pins
            if isinstance(value, Contract)
            else ()
        )
        return all(pinned in self.versions for pinned in pins)

    def _fits(self, previous: object, row: Values) -> bool:
        try:
            if not isinstance(json.loads(row["params"]), dict):
                return False
            if link(str(previous), row) == row["chain"]:
                return True
            return hash_of_bytes(row_content(row)) == self._left.get(("row", str(row["seq"])))
        except (TypeError, ValueError):
            return False

    def _sound_prefix(self) -> list[dict[str, Any]]:
        rows, previous = [], GENESIS
        for seq in range(1, len(self.rows) + 1):
            row = self.rows.get(seq)
            if row is None or not self._fits(previous, row):
                break
            rows.append(row)
            previous = row["chain"]
        return rows


def _rows(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Iterator[Values]:
    """Rows of a table as far as they can be read: upwards, downwards, and one by one in between."""
    known: set[int] = set()
    reached = {"up": 0, "down": 0}
    for way, order, compare in (("up", "ASC", ">"), ("down", "DESC", "<")):
        with suppress(
            sqlite3.Error, OverflowError, UnicodeDecodeError
        ):  # SQLite's own messages quote what is damaged
            edge = -1 if way == "up" else 2**62
            query = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid {compare} {edge} ORDER BY rowid {order}"
            for rowid, *values in connection.execute(query):
                reached[way] = rowid
                if rowid in known:
                    break
                known.add(rowid)
                row = _texts(columns, values)
                if row is not None:
                    yield row
    between = range(reached["up"] + 1, min(reached["down"], reached["up"] + _LONGEST_GAP))
    for rowid in between:
        with suppress(sqlite3.Error, UnicodeDecodeError):
            query = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid = {rowid}"
            for values in connection.execute(query):
                row = _texts(columns, values)
                if row is not None:
                    yield row


def _texts(columns: tuple[str, ...], values: Any) -> Values | None:
    """A row with its texts; None when one cannot be read. The content of a version or file stays bytes."""
    try:
        return {
            name: value.decode() if isinstance(value, bytes) and name != "content" else value
            for name, value in zip(columns, values, strict=True)
        }
    except UnicodeDecodeError:
        return None
