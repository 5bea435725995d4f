"""Documents as versions by content hash, and the current one of each."""

from __future__ import annotations

import json
import zlib

from sqlalchemy import bindparam, select

from cirkeldesk.model.document.document import (
    Document,
    Kind,
    canonical,
    from_plain,
    hash_of_bytes,
    kind_of,
    to_plain,
)
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.store import schema
from cirkeldesk.store.sqlite.database import upsert
from cirkeldesk.store.steps import Steps
from cirkeldesk.store.transaction import Transaction

# Made once: to put a statement together costs more than to run it.
_KEEP_ONCE = upsert(schema.document).on_conflict_do_nothing()
_IDS = (
    select(schema.head.c.id, schema.head.c.hash)
    .where(schema.head.c.kind == bindparam("of_kind"))
    .order_by(schema.head.c.id)
)
_HEAD = select(schema.head.c.hash).where(
    schema.head.c.kind == bindparam("of_kind"), schema.head.c.id == bindparam("of_id")
)


class Documents:
    """Immutable versions. A version that was read once is remembered by the open file."""

    def __init__(self, transaction: Transaction, steps: Steps) -> None:
        self.transaction = transaction
        self._steps = steps

    def version(self, digest: str) -> Document:
        """One immutable version. Raises StoreError db_damaged when the content is not what its hash says."""
        known = self.transaction.file.remembered(digest)
        if known is not None:
            return known
        row = self.transaction.connection.execute(
            select(schema.document.c.content).where(schema.document.c.hash == digest)
        ).first()
        if row is None:
            if self._steps.remains("document", digest) == "":
                raise StoreError("erased")
            raise StoreError("not_found", what="versie", id=digest[:12])
        value = from_plain(json.loads(self.unpack(row.content, digest)))
        self.transaction.file.remember(digest, value)
        return value

    def unpack(self, content: bytes, digest: str) -> bytes:
        try:
            raw = zlib.decompress(content)
        except zlib.error as problem:
            raise self.transaction.damaged() from problem
        found = hash_of_bytes(raw)
        if found != digest and found != self._steps.remains("document", digest):
            raise self.transaction.damaged()
        return raw

    def put(self, value: Document) -> str:
        """Keep a version; the same content is kept once. Returns its hash."""
        self.transaction.will_write()
        raw = canonical(to_plain(value))
        digest = hash_of_bytes(raw)
        row = {"hash": digest, "kind": kind_of(value), "content": zlib.compress(raw, 6)}
        self.transaction.connection.execute(_KEEP_ONCE, row)
        self.transaction.file.remember(digest, value)
        return digest

    def head(self, kind: Kind, identity: str) -> str | None:
        """Hash of the current version, or None when there is none (any more)."""
        found = self.transaction.connection.execute(_HEAD, {"of_kind": kind, "of_id": identity}).scalar()
        return str(found) if found is not None else None

    def heads(self, kind: Kind) -> dict[str, str]:
        """Id → hash of the current version of every document of a kind, in the order of their ids."""
        found = self.transaction.connection.execute(_IDS, {"of_kind": kind})
        return {str(row.id): str(row.hash) for row in found}

    def current(self, kind: Kind, identity: str, what: str) -> Document:
        digest = self.head(kind, identity)
        if digest is None and self.transaction.moved and not self.transaction.file.read_only:
            raise StoreError("db_changed", file=self.transaction.file.name)
        if digest is None:
            raise StoreError("not_found", what=what, id=identity)
        return self.version(digest)
