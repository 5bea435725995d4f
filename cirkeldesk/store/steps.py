"""The history as it is read: its rows checked against their chain, its tombstones, its newest step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from cirkeldesk.model.document.document import Kind, hash_of_bytes
from cirkeldesk.model.document.history import GENESIS, REFUSED, HistoryRow, link, read_params, row_content
from cirkeldesk.store import schema
from cirkeldesk.store.transaction import Transaction

_LAST = (
    select(schema.history.c.seq, schema.history.c.chain, schema.history.c.time)
    .order_by(schema.history.c.seq.desc())
    .limit(1)
)
_APPEND = insert(schema.history)


class Steps:
    """History rows of one file. What was found to fit its chain once is not computed again (`linked`)."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self._written: tuple[int, str, str] | None = None

    def rows(self, kind: Kind | None = None, identity: str | None = None) -> list[HistoryRow]:
        """History rows, oldest first; of one document or of all. What was read of a document before is not
        read again while we are the one who writes: rows are only added."""
        if kind is None or identity is None or self.transaction.file.read_only:
            return self._read(kind, identity)
        known = self.transaction.file.rows_read.setdefault((kind, identity), [])
        known += self._read(kind, identity, known[-1].seq if known else 0)
        return list(known)

    def _read(self, kind: Kind | None, identity: str | None, since: int = 0) -> list[HistoryRow]:
        before = schema.history.alias("before")
        joined = schema.history.outerjoin(before, before.c.seq == schema.history.c.seq - 1)
        query = (
            select(schema.history, before.c.chain.label("previous"))
            .select_from(joined)
            .order_by(schema.history.c.seq)
        )
        if kind is not None:
            query = query.where(schema.history.c.kind == kind, schema.history.c.id == identity)
        if since:
            query = query.where(schema.history.c.seq > since)
        found = []
        for row in self.transaction.connection.execute(query):
            values = dict(row._mapping)
            previous = values.pop("previous") or GENESIS
            known = self.transaction.file.linked.get(values["seq"])
            if known != values["chain"] and not self.is_linked(previous, values):
                raise self.transaction.damaged()
            self.transaction.file.linked[values["seq"]] = values["chain"]
            found.append(row_of(values))
        return found

    def is_linked(self, previous: str, values: Mapping[str, Any]) -> bool:
        """Whether a history row is what its chain value says, or what was left of it when something was
        erased."""
        try:
            if link(previous, values) == values["chain"]:
                return True
            return hash_of_bytes(row_content(values)) == self.remains("row", str(values["seq"]))
        except (TypeError, ValueError):  # bytes where a text was
            return False

    def remains(self, what: str, ref: str) -> str | None:
        """The hash of what the last erasing left of something; None when nothing of it was erased."""
        if not self.transaction.features.has_tombstones:
            return None
        stones = schema.tombstone.c
        query = (
            select(stones.remains)
            .where(stones.what == what, stones.ref == ref)
            .order_by(stones.act.desc())
            .limit(1)
        )
        return self.transaction.connection.execute(query).scalar()

    def version_before(self, row: HistoryRow) -> str | None:
        """The version of the row's document just before it."""
        earlier = self.transaction.connection.execute(
            select(schema.history.c.hash)
            .where(
                schema.history.c.kind == row.kind,
                schema.history.c.id == row.id,
                schema.history.c.seq < row.seq,
            )
            .order_by(schema.history.c.seq.desc())
            .limit(1)
        ).first()
        return earlier.hash if earlier else None

    def chain_head(self) -> str:
        """The newest chain value: the outside witness that printed sheets carry."""
        query = select(schema.history.c.chain).order_by(schema.history.c.seq.desc()).limit(1)
        row = self.transaction.connection.execute(query).first()
        return str(row.chain) if row else GENESIS

    def chain_at(self, seq: int) -> str | None:
        """The chain value of a step; None where there is no such step."""
        query = select(schema.history.c.chain).where(schema.history.c.seq == seq)
        found = self.transaction.connection.execute(query).scalar()
        return str(found) if found is not None else None

    def newest(self) -> int:
        """The number of the newest step of all: while it is the same, so are the lists."""
        return int(self.transaction.connection.execute(select(func.max(schema.history.c.seq))).scalar() or 0)

    def latest_of(self, identity: str) -> str | None:
        """The moment of a tender's newest step, in the office's time; refused attempts are no steps."""
        history = schema.history.c
        query = select(func.max(history.time)).where(
            history.kind == "tender", history.id == identity, history.step != REFUSED
        )
        last = self.transaction.connection.execute(query).scalar()
        return datetime.fromisoformat(last).astimezone().isoformat() if last is not None else None

    def erased(self, what: str) -> set[str]:
        """Hashes of versions or files of which nothing is left."""
        if not self.transaction.features.has_tombstones:
            return set()
        stones = schema.tombstone.c
        return set(
            self.transaction.connection.scalars(
                select(stones.ref).where(stones.what == what, stones.remains == "")
            )
        )

    def last(self) -> tuple[int, str, str] | None:
        """(number, chain value, moment) of the newest row of all. What this transaction wrote itself is the
        newest: nobody else writes before it ends."""
        if self._written is None:
            row = self.transaction.connection.execute(_LAST).first()
            return (row.seq, row.chain, str(row.time)) if row is not None else None
        return self._written

    def append(self, row: Mapping[str, Any]) -> HistoryRow:
        """Write a row that was linked to the last one."""
        self.transaction.connection.execute(_APPEND, row)
        self._written = (row["seq"], row["chain"], row["time"])
        return row_of(row)


def row_of(values: Mapping[str, Any]) -> HistoryRow:
    """A row of the table as a value. Its column `slot` was named before it was a barrier."""
    fields = {name: value for name, value in values.items() if name != "slot"}
    return HistoryRow(**{**fields, "params": read_params(values["params"]), "barrier": bool(values["slot"])})
