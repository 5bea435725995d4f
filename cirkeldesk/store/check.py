"""Whether a database agrees with itself: file, contents, chain, tombstones, settings, heads, pins, lists and
kept files.

What it finds are (what, where) pairs, which `wording.terms.CHECKS` puts into words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select

from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.model.document.history import ERASING, GENESIS, Tombstone, hash_of_tombstones
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.store import schema
from cirkeldesk.store.rows import attachments_of, list_row, pins_of
from cirkeldesk.store.sqlite.database import columns_of, integrity, objects
from cirkeldesk.store.unit import UnitOfWork

Fault = tuple[str, str]


def faults(unit: UnitOfWork) -> list[Fault]:
    """Everything that does not agree. What is wrong at the bottom is told alone: what rests on it would only
    repeat it."""
    found = _file(unit) + _tables(unit) + _documents(unit)
    broken = _chain(unit)
    if broken:
        return found + broken
    found += _tombstones(unit) + _settings(unit)
    lost = _lost(unit)
    if lost or any(what == "document" for what, _ in found):
        return found + lost
    return found + _attachments(unit) + _lists(unit)


def _file(unit: UnitOfWork) -> list[Fault]:
    return [("file", said) for said in integrity(unit.connection)]


def _tables(unit: UnitOfWork) -> list[Fault]:
    """Whether the file has our tables with their columns and nothing else: a trigger that somebody planted
    acts by itself, and a flipped bit in a name hides a table."""
    found: dict[str, set[str]] = {"table": set(), "index": set()}
    strange: list[Fault] = []
    for kind, name, on_table, sql, types in objects(unit.connection):
        try:
            kind_, name_, table_ = (bytes(text).decode() for text in (kind, name, on_table))
            bytes(sql or b"").decode()
        except UnicodeDecodeError:
            strange.append(("file", bytes(name).decode(errors="replace")))
            continue
        named_alike = kind_ != "table" or name_ == table_
        if types != "texttexttext" or kind_ not in found or not named_alike or not name_.isprintable():
            strange.append(("file", name_))
        elif not name_.startswith("sqlite_"):
            found[kind_].add(name_)
    if strange or not unit.features.is_newest:
        return strange
    ours = {"alembic_version", *schema.metadata.tables}
    indexes = {str(index.name) for table in schema.metadata.tables.values() for index in table.indexes}
    strange += [("file", name) for name in sorted((found["table"] ^ ours) | (found["index"] ^ indexes))]
    for table in schema.metadata.tables.values():
        columns = columns_of(unit.connection, table.name)
        strange += [
            ("file", f"{table.name}.{name}")
            for name in sorted(columns ^ {column.name for column in table.columns})
        ]
    return strange


def _documents(unit: UnitOfWork) -> list[Fault]:
    found = []
    for row in unit.connection.execute(select(schema.document)):
        try:
            raw = unit.documents.unpack(row.content, row.hash)
        except StoreError:
            found.append(("document", row.hash[:12]))
            continue
        if not str(json.loads(raw)["schema"]).startswith(f"{row.kind}/"):
            found.append(("document", row.hash[:12]))
    return found


def _chain(unit: UnitOfWork) -> list[Fault]:
    found = []
    previous, expected = GENESIS, 1
    for raw in unit.connection.execute(select(schema.history).order_by(schema.history.c.seq)):
        values = dict(raw._mapping)
        if values["seq"] != expected or not unit.steps.is_linked(previous, values):
            found.append(("history", str(values["seq"])))
        previous, expected = values["chain"], values["seq"] + 1
    return found


def _tombstones(unit: UnitOfWork) -> list[Fault]:
    """Tombstones that are not those of their act: something was taken away under the name of an erasing."""
    if not unit.features.has_tombstones:
        return []
    of_act: dict[int, list[Tombstone]] = {}
    for row in unit.connection.execute(select(schema.tombstone)):
        of_act.setdefault(row.act, []).append((row.what, row.ref, row.remains))
    acts = {row.seq: row.params.get("tombstones") for row in unit.steps.rows() if row.step in ERASING}
    return [
        ("history", str(act))
        for act in sorted(acts.keys() | of_act.keys())
        if acts.get(act) != hash_of_tombstones(of_act.get(act, []))
    ]


def _settings(unit: UnitOfWork) -> list[Fault]:
    try:
        unit.settings.all()
    except StoreError:
        return [("setting", "instellingen")]
    return []


def _lost(unit: UnitOfWork) -> list[Fault]:
    """Versions that a step, a current document or a list of offered data names and that are not there."""
    present = {
        row.hash for row in unit.connection.execute(select(schema.document.c.hash))
    } | unit.steps.erased("document")
    if unit.features.keeps_files:
        present |= set(unit.connection.scalars(select(schema.attachment.c.hash))) | unit.steps.erased(
            "attachment"
        )
    named = {
        (row.hash, f"stap {row.seq}")
        for row in unit.connection.execute(select(schema.history))
        if row.hash is not None
    }
    for table in (schema.head, schema.pin):
        named |= {(row.hash, f"{row.kind} {row.id}") for row in unit.connection.execute(select(table))}
    named |= {
        (row.hash, f"{row.kind} {row.code}") for row in unit.connection.execute(select(schema.reference))
    }
    return [("lost", where) for where in sorted({where for digest, where in named if digest not in present})]


def _attachments(unit: UnitOfWork) -> list[Fault]:
    """Kept files that are not what their hash says, and files that a current document names and that are
    gone."""
    found, present = [], set()
    if not unit.features.keeps_files:
        return []
    for row in unit.connection.execute(select(schema.attachment)):
        present.add(row.hash)
        if hash_of_bytes(row.content) != row.hash:
            found.append(("attachment", row.hash[:12]))
    present |= unit.steps.erased("attachment")
    for row in unit.connection.execute(
        select(schema.head.c.hash).where(schema.head.c.kind.in_(("tender", "product")))
    ):
        value = unit.document(row.hash)
        found += [("attachment", kept.file) for kept in attachments_of(value) if kept.sha256 not in present]
    return found


def _lists(unit: UnitOfWork) -> list[Fault]:
    found: list[Fault] = []
    last: dict[tuple[str, str], str | None] = {}
    for entry in unit.steps.rows():
        last[(entry.kind, entry.id)] = entry.hash
    heads = {(row.kind, row.id): row.hash for row in unit.connection.execute(select(schema.head))}
    expected = {key: digest for key, digest in last.items() if digest is not None}
    found += [("head", f"{key[0]} {key[1]}") for key in heads.keys() ^ expected.keys()]
    pins: dict[tuple[str, str], set[str]] = {}
    for row in unit.connection.execute(select(schema.pin)):
        pins.setdefault((row.kind, row.id), set()).add(row.hash)
    listed: dict[str, dict[str, Mapping[str, object]]] = {
        kind: unit.lists.raw(kind) for kind in unit.lists.kinds
    }
    for (kind, identity), digest in heads.items():
        if expected.get((kind, identity)) != digest:
            found.append(("head", f"{kind} {identity}"))
        value = unit.document(digest)
        if kind in listed and listed[kind].pop(identity, None) != list_row(value):
            found.append(("list", f"{kind} {identity}"))
        named = (
            pins_of(value) if unit.features.pins_files else value.pins if isinstance(value, Tender) else ()
        )
        if pins.pop((kind, identity), set()) != set(named):
            found.append(("pin", f"{kind} {identity}"))
    found += [("list", f"{kind} {identity}") for kind, rows in listed.items() for identity in rows]
    return found + [("pin", f"{kind} {identity}") for kind, identity in pins]
