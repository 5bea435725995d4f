"""Files kept unchanged, once per content: evidence, and bid forms as received."""

from __future__ import annotations

from sqlalchemy import select

from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.store import schema
from cirkeldesk.store.sqlite.database import upsert
from cirkeldesk.store.transaction import Transaction

LARGEST_ATTACHMENT = 50 * 1024 * 1024


class Attachments:
    """Bytes by their hash; documents name them."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction

    def keep(self, content: bytes) -> str:
        """Keep a file's bytes; the same content is kept once. Returns its hash. Raises StoreError
        attachment_too_large."""
        self.transaction.will_write()
        if len(content) > LARGEST_ATTACHMENT:
            raise StoreError("attachment_too_large", file="")
        digest = hash_of_bytes(content)
        self.transaction.connection.execute(
            upsert(schema.attachment).values(hash=digest, content=content).on_conflict_do_nothing()
        )
        return digest

    def content(self, digest: str) -> bytes:
        """A kept file, exactly as it was. Raises StoreError not_found or db_damaged."""
        row = self.transaction.connection.execute(
            select(schema.attachment.c.content).where(schema.attachment.c.hash == digest)
        ).first()
        if row is None:
            raise StoreError("not_found", what="bestand", id=digest[:12])
        if hash_of_bytes(row.content) != digest:
            raise self.transaction.damaged()
        return bytes(row.content)

    def has(self, digest: str) -> bool:
        query = select(schema.attachment.c.hash).where(schema.attachment.c.hash == digest)
        return self.transaction.connection.execute(query).first() is not None
