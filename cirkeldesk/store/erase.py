"""Erasing for good, and being able to show that nothing else was taken away.

What a version, a kept file or a history row said goes; its place in the chain stays. A tombstone says which act erased it and
the hash of what is left; the act's own row in the history carries the hash of all its tombstones, so a tombstone cannot be
added later. Rules: AVG art. 17 (erasing) beside Archiefwet art. 5 (what was decided stays provable).
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from cirkeldesk.model.document import Document, DocumentError, Kind, canonical, from_plain, hash_of_bytes
from cirkeldesk.store import schema
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.history import Tombstone, hash_of_tombstones, row_content
from cirkeldesk.store.rows import attachments_of
from cirkeldesk.store.store import Unit

SHORTEST_NAME = 3
# Texts of a document that are no people's words: a name inside them would break what they stand for.
_KEPT_FIELDS = frozenset({"schema", "id", "post_id", "hash", "sha256", "basis", "uuid", "weighting_set", "product_group", "pins"})


@dataclass(frozen=True)
class Erased:
    """What was erased: versions and history rows (changed or emptied), and kept files.

    `left` names kept files that may still hold a name: their bytes are evidence and are not rewritten. `is_cleared` when nothing
    of it is left in free room of the file or in earlier back-ups.
    """

    versions: int
    rows: int
    files: int = 0
    left: tuple[str, ...] = ()
    is_cleared: bool = True


def erase_tender(unit: Unit, identity: str) -> Erased:
    """Take away all that a tender said: its versions, its own files, drafts, and the words of its history.

    Its number, who did something and when stay. Raises StoreError not_found.
    """
    number = unit.tender(identity).number
    rows = [row for row in unit.history("tender", identity) if row.hash is not None]
    digests = sorted({row.hash for row in rows if row.hash is not None} - unit.erased("document"))
    named = _files(unit, digests)
    unit.connection.execute(delete(schema.document).where(schema.document.c.hash.in_(digests)))
    unit.store.forget()
    elsewhere = _files(unit, _all_versions(unit)) | {unit.settings().get("logo", "")}
    files = sorted(named - elsewhere - unit.erased("attachment"))
    unit.connection.execute(delete(schema.attachment).where(schema.attachment.c.hash.in_(files)))
    stones: list[Tombstone] = [("document", digest, "") for digest in digests]
    stones += [("attachment", digest, "") for digest in files]
    emptied = _rewrite_rows(unit, lambda values: {**values, "params": "{}"}, "tender", identity)
    act(unit, "tender", identity, None, "erase_tender", {"name": number}, stones + emptied)
    return Erased(len(digests), len(emptied), len(files))


def erase_name(unit: Unit, name: str, instead: str) -> Erased:
    """Put `instead` in the place of a name, in every version, step, draft and setting.

    A version keeps the hash it is pinned by; what it says now has a hash of its own, in its tombstone. Each current document
    that named the person gets a step of its own. Raises StoreError erase_no_name, erase_not_found, erase_unreadable.
    """
    if len(name.strip()) < SHORTEST_NAME:
        raise StoreError("erase_no_name")
    pattern = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)

    def without(text: str) -> str:
        return pattern.sub(instead, text)

    changed = _rewrite_versions(unit, without)
    rows = _rewrite_rows(unit, lambda values: _row_without(values, without))
    drafts = _rewrite_drafts(unit, without)
    settings = _rewrite_settings(unit, without)
    if not (changed or rows or drafts or settings):
        raise StoreError("erase_not_found", name=name.strip()[:60])
    unit.store.forget()
    left = sorted({kept.file for _, value in changed.values() for kept in attachments_of(value)})
    stones: list[Tombstone] = [("document", digest, remains) for digest, (remains, _) in changed.items()] + rows
    heads = [row for row in unit.connection.execute(select(schema.head)).all() if row.hash in changed]
    for number, row in enumerate(heads):  # the first act vouches for all of it, the others for their own new version
        digest = unit.put(changed[row.hash][1])
        act(unit, row.kind, row.id, digest, "erase_name", {"mark": instead}, [] if number else stones)
    if not heads:
        anything = unit.connection.execute(select(schema.head).order_by(schema.head.c.kind, schema.head.c.id)).first()
        assert anything is not None  # a database holds its reference data
        act(unit, anything.kind, anything.id, anything.hash, "erase_name", {"mark": instead}, stones)
    return Erased(len(changed), len(rows), 0, tuple(left))


def act(
    unit: Unit, kind: Kind, identity: str, digest: str | None, step: str, params: dict[str, Any], stones: list[Tombstone]
) -> None:
    """The history row of an act that took something away, and its tombstones."""
    row = unit.record(kind, identity, digest, step, {**params, "tombstones": hash_of_tombstones(stones)}, slot=True)
    for what, ref, remains in stones:
        unit.connection.execute(insert(schema.tombstone).values(act=row.seq, what=what, ref=ref, remains=remains))
    unit.store.forget()


def _all_versions(unit: Unit) -> list[str]:
    """Versions that can name kept files."""
    holders = select(schema.document.c.hash).where(schema.document.c.kind.in_(("tender", "product")))
    return list(unit.connection.scalars(holders))


def _files(unit: Unit, digests: Iterable[str]) -> set[str]:
    return {kept.sha256 for digest in digests for kept in attachments_of(unit.document(digest))}


def _rewrite_versions(unit: Unit, without: Callable[[str], str]) -> dict[str, tuple[str, Document]]:
    """Hash → (hash of what is left, what is left), of every version that named the person."""
    found = {}
    for row in unit.connection.execute(select(schema.document)).all():
        raw = unit.unpack(row.content, row.hash)
        changed = canonical(_plain_without(json.loads(raw), without))
        if changed == raw:
            continue
        try:
            value = from_plain(json.loads(changed))
        except DocumentError as problem:
            raise StoreError("erase_unreadable", what=problem.place or row.kind) from problem
        statement = update(schema.document).where(schema.document.c.hash == row.hash)
        unit.connection.execute(statement.values(content=zlib.compress(changed, 6)))
        found[str(row.hash)] = (hash_of_bytes(changed), value)
    return found


def _plain_without(value: Any, without: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: item if key in _KEPT_FIELDS else _plain_without(item, without) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_without(item, without) for item in value]
    return without(value) if isinstance(value, str) else value


def _row_without(values: dict[str, Any], without: Callable[[str], str]) -> dict[str, Any]:
    params = canonical(_plain_without(json.loads(values["params"]), without)).decode()
    return {**values, "author": without(values["author"]), "params": params}


def _rewrite_rows(
    unit: Unit, change: Callable[[dict[str, Any]], dict[str, Any]], kind: Kind | None = None, identity: str = ""
) -> list[Tombstone]:
    """History rows as they are left, with a tombstone for each that changed."""
    history = schema.history
    query = select(history) if kind is None else select(history).where(history.c.kind == kind, history.c.id == identity)
    stones: list[Tombstone] = []
    for raw in unit.connection.execute(query).all():
        before = dict(raw._mapping)
        after = change(before)
        if after != before:
            unit.connection.execute(update(history).where(history.c.seq == before["seq"]).values(after))
            stones.append(("row", str(before["seq"]), hash_of_bytes(row_content(after))))
    return stones


def _rewrite_drafts(unit: Unit, without: Callable[[str], str]) -> int:
    count = 0
    for row in unit.connection.execute(select(schema.draft)).all():
        if (without(row.text), without(row.author)) != (row.text, row.author):
            gone = delete(schema.draft).filter_by(kind=row.kind, id=row.id, author=row.author)
            unit.connection.execute(gone)
            count += 1
    return count


def _rewrite_settings(unit: Unit, without: Callable[[str], str]) -> int:
    changed = {name: without(value) for name, value in unit.settings().items() if without(value) != value}
    for name, value in changed.items():
        unit.set_setting(name, value)
    return len(changed)
