"""Erasing for good, and being able to show that nothing else was taken away.

What a version, a kept file or a history row said goes; its place in the chain stays. A tombstone says which
act erased it and the hash of what is left; the act's own row in the history carries the hash of all its
tombstones, so a tombstone cannot be added later. Rules: AVG art. 17 (erasing) beside Archiefwet art. 5 (what
was decided stays provable).
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from cirkeldesk.model.document.document import Document, Kind, canonical, from_plain, hash_of_bytes
from cirkeldesk.model.document.history import Tombstone, hash_of_tombstones, row_content
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.store import schema
from cirkeldesk.store.rows import attachments_of
from cirkeldesk.store.unit import UnitOfWork

SHORTEST_NAME = 3
# Texts of a document that are no people's words: a name inside them would break what they stand for.
_KEPT_FIELDS = frozenset(
    {"schema", "id", "post_id", "hash", "sha256", "basis", "uuid", "weighting_set", "product_group", "pins"}
)


@dataclass(frozen=True)
class Erased:
    """What was erased: versions and history rows (changed or emptied), and kept files.

    `left` names kept files that may still hold a name: their bytes are evidence and are not rewritten.
    `is_cleared` when nothing of it is left in free room of the file or in earlier copies of it; `copies`
    names those that were left on purpose.
    """

    versions: int
    rows: int
    files: int = 0
    left: tuple[str, ...] = ()
    is_cleared: bool = True
    copies: tuple[str, ...] = ()


CLEARING = "clearing"  # a setting that stands until what was erased is out of earlier copies too
GoOn = Callable[[int, int], bool]  # (done, of) → whether to go on


def erase_tender(unit: UnitOfWork, identity: str, reason: str = "") -> Erased:
    """Take away all that a tender and its contract said: their versions, their own files, drafts, and the
    words of their history. Kept files that no document names any more go too.

    Its number, who did something and when stay, with the `reason` where one was needed. Raises StoreError
    not_found.
    """
    number = unit.tender(identity).number
    both: tuple[Kind, Kind] = ("tender", "contract")
    rows = [row for kind in both for row in unit.steps.rows(kind, identity) if row.hash is not None]
    digests = sorted({row.hash for row in rows if row.hash is not None} - unit.steps.erased("document"))
    named = _files(unit, digests)
    unit.connection.execute(delete(schema.document).where(schema.document.c.hash.in_(digests)))
    unit.file.forget()
    elsewhere = _files(unit, _all_versions(unit)) | {unit.settings.all().get("logo", "")}
    files = sorted(named - elsewhere - unit.steps.erased("attachment"))
    unit.connection.execute(delete(schema.attachment).where(schema.attachment.c.hash.in_(files)))
    loose = set(unit.connection.scalars(select(schema.attachment.c.hash))) - elsewhere
    unit.connection.execute(delete(schema.attachment).where(schema.attachment.c.hash.in_(sorted(loose))))
    stones: list[Tombstone] = [("document", digest, "") for digest in digests]
    stones += [("attachment", digest, "") for digest in files]
    emptied = [
        stone
        for kind in both
        for stone in _rewrite_rows(unit, lambda values: {**values, "params": "{}"}, kind, identity)
    ]
    has_contract = unit.head("contract", identity) is not None
    unit.counted.clear()
    said = {"name": number, **({"reason": reason} if reason else {})}
    act(unit, "tender", identity, None, "erase_tender", said, stones + emptied)
    if has_contract:
        act(unit, "contract", identity, None, "erase_tender", said, [])
    unit.settings.put(CLEARING, "ja")
    return Erased(len(digests), len(emptied), len(files) + len(loose))


Changes = dict[str, "Redacted"]


@dataclass(frozen=True)
class Redacted:
    """What is left of a version: its bytes, its value, and the names of the fields that held the name."""

    content: bytes
    value: Document
    fields: frozenset[str]


def erase_name(
    unit: UnitOfWork,
    name: str,
    instead: str,
    go_on: GoOn = lambda done, of: True,
    check: Callable[[Changes], Callable[[], None]] = lambda _: lambda: None,
) -> Erased:
    """Put `instead` in the place of a name, in every version, step, draft and setting.

    A version keeps the hash it is pinned by; what it says now has a hash of its own, in its tombstone. Each
    current document that named the person gets a step of its own. `check` gets what will change before it
    does, and gives what is asked after. Raises StoreError erase_no_name, erase_not_found, erase_unreadable,
    erase_stopped.
    """
    if len(name.strip()) < SHORTEST_NAME:
        raise StoreError("erase_no_name")
    pattern = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)

    def without(text: str) -> str:
        return pattern.sub(instead, text)

    found = _changes(unit, name.strip(), without, go_on)
    afterwards = check(found)
    changed = _rewrite_versions(unit, found)
    rows = _rewrite_rows(unit, lambda values: _row_without(values, without))
    drafts = _rewrite_drafts(unit, without)
    settings = _rewrite_settings(unit, without)
    if not (changed or rows or drafts or settings):
        raise StoreError("erase_not_found", name=name.strip()[:60])
    unit.counted.clear()
    unit.file.forget()
    left = sorted({kept.file for _, value in changed.values() for kept in attachments_of(value)})
    stones: list[Tombstone] = [
        ("document", digest, remains) for digest, (remains, _) in changed.items()
    ] + rows
    heads = [row for row in unit.connection.execute(select(schema.head)).all() if row.hash in changed]
    for number, row in enumerate(
        heads
    ):  # the first act vouches for all of it, the others for their own new version
        _go_on(go_on, len(heads) + number, 2 * len(heads))
        digest = unit.put(changed[row.hash][1])
        act(unit, row.kind, row.id, digest, "erase_name", {"mark": instead}, [] if number else stones)
    if not heads:
        anything = unit.connection.execute(
            select(schema.head).order_by(schema.head.c.kind, schema.head.c.id)
        ).first()
        assert anything is not None  # a database holds its reference data
        act(unit, anything.kind, anything.id, anything.hash, "erase_name", {"mark": instead}, stones)
    afterwards()
    unit.settings.put(CLEARING, "ja")
    return Erased(len(changed), len(rows), 0, tuple(left))


def act(
    unit: UnitOfWork,
    kind: Kind,
    identity: str,
    digest: str | None,
    step: str,
    params: dict[str, Any],
    stones: list[Tombstone],
) -> None:
    """The history row of an act that took something away, and its tombstones."""
    row = unit.record(
        kind, identity, digest, step, {**params, "tombstones": hash_of_tombstones(stones)}, barrier=True
    )
    for what, ref, remains in stones:
        unit.connection.execute(
            insert(schema.tombstone), {"act": row.seq, "what": what, "ref": ref, "remains": remains}
        )
    unit.file.forget()


def _all_versions(unit: UnitOfWork) -> list[str]:
    """Versions that can name kept files."""
    holders = select(schema.document.c.hash).where(schema.document.c.kind.in_(("tender", "product")))
    return list(unit.connection.scalars(holders))


def _files(unit: UnitOfWork, digests: Iterable[str]) -> set[str]:
    return {kept.sha256 for digest in digests for kept in attachments_of(unit.document(digest))}


_VERSION = select(schema.document).where(schema.document.c.hash == bindparam("of_hash"))
_REWRITE = (
    update(schema.document)
    .where(schema.document.c.hash == bindparam("of_hash"))
    .values(content=bindparam("left"))
)


def _changes(unit: UnitOfWork, name: str, without: Callable[[str], str], go_on: GoOn) -> Changes:
    """Hash → what will be left, of every version that names the person; nothing is changed yet."""
    found: Changes = {}
    needle = json.dumps(name, ensure_ascii=False)[1:-1].casefold()  # as the bytes of a version hold it
    digests = list(unit.connection.scalars(select(schema.document.c.hash)))
    for number, digest in enumerate(digests):
        _go_on(go_on, number, 2 * len(digests))
        row = unit.connection.execute(_VERSION, {"of_hash": digest}).one()
        raw = unit.documents.unpack(row.content, row.hash)
        if needle not in raw.decode().casefold():
            continue
        fields: set[str] = set()
        changed = canonical(_plain_without(json.loads(raw), without, fields))
        if changed == raw:
            continue
        try:
            value = from_plain(json.loads(changed))
        except DocumentError as problem:
            raise StoreError("erase_unreadable", what=problem.place or row.kind) from problem
        found[str(row.hash)] = Redacted(changed, value, frozenset(fields))
    return found


def _go_on(go_on: GoOn, done: int, of: int) -> None:
    if done % 50 == 0 and not go_on(done, of):
        raise StoreError("erase_stopped")


def _rewrite_versions(unit: UnitOfWork, found: Changes) -> dict[str, tuple[str, Document]]:
    """Hash → (hash of what is left, what is left), of every version that named the person."""
    for digest, left in found.items():
        unit.connection.execute(_REWRITE, {"of_hash": digest, "left": zlib.compress(left.content, 6)})
    return {digest: (hash_of_bytes(left.content), left.value) for digest, left in found.items()}


def _plain_without(value: Any, without: Callable[[str], str], fields: set[str], within: str = "") -> Any:
    """The value without the name; `fields` gets the names of the fields it was taken out of."""
    if isinstance(value, dict):
        return {
            key: item if key in _KEPT_FIELDS else _plain_without(item, without, fields, key)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_plain_without(item, without, fields, within) for item in value]
    if not isinstance(value, str):
        return value
    left = without(value)
    if left != value:
        fields.add(within)
    return left


def _row_without(values: dict[str, Any], without: Callable[[str], str]) -> dict[str, Any]:
    params = canonical(_plain_without(json.loads(values["params"]), without, set())).decode()
    return {**values, "author": without(values["author"]), "params": params}


def _rewrite_rows(
    unit: UnitOfWork,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    kind: Kind | None = None,
    identity: str = "",
) -> list[Tombstone]:
    """History rows as they are left, with a tombstone for each that changed."""
    history = schema.history
    query = (
        select(history)
        if kind is None
        else select(history).where(history.c.kind == kind, history.c.id == identity)
    )
    stones: list[Tombstone] = []
    for raw in unit.connection.execute(query).all():
        before = dict(raw._mapping)
        after = change(before)
        if after != before:
            unit.connection.execute(update(history).where(history.c.seq == before["seq"]).values(after))
            stones.append(("row", str(before["seq"]), hash_of_bytes(row_content(after))))
    return stones


def _rewrite_drafts(unit: UnitOfWork, without: Callable[[str], str]) -> int:
    count = 0
    for row in unit.connection.execute(select(schema.draft)).all():
        if (without(row.text), without(row.author)) != (row.text, row.author):
            gone = delete(schema.draft).filter_by(kind=row.kind, id=row.id, author=row.author)
            unit.connection.execute(gone)
            count += 1
    return count


def _rewrite_settings(unit: UnitOfWork, without: Callable[[str], str]) -> int:
    changed = {name: without(value) for name, value in unit.settings.all().items() if without(value) != value}
    for name, value in changed.items():
        unit.settings.put(name, value)
    return len(changed)
