"""Reference data (weighting sets, product groups) by code: which version is offered to new tenders."""

from __future__ import annotations

from sqlalchemy import select

from cirkeldesk.model.document.document import Kind
from cirkeldesk.store import schema
from cirkeldesk.store.sqlite.database import upsert
from cirkeldesk.store.transaction import Transaction


class References:
    """Offered versions; a tender pins the one it uses."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction

    def of(self, kind: Kind) -> dict[str, str]:
        """Code → hash of the reference data offered to new tenders."""
        rows = self.transaction.connection.execute(
            select(schema.reference).where(schema.reference.c.kind == kind)
        )
        return {row.code: row.hash for row in rows}

    def offer(self, kind: Kind, code: str, digest: str) -> None:
        """Make a kept version the one that new tenders get."""
        self.transaction.will_write()
        statement = upsert(schema.reference).values(kind=kind, code=code, hash=digest)
        keys = [schema.reference.c.kind, schema.reference.c.code]
        self.transaction.connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_={"hash": digest})
        )
