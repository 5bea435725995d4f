"""Typing that is not committed yet, per author and field."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from cirkeldesk.model.document.draft import Draft
from cirkeldesk.store import schema
from cirkeldesk.store.transaction import Transaction


class Drafts:
    """What this author is typing, in any document or page."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction

    def save(self, kind: str, identity: str, drafts: Sequence[Draft]) -> None:
        """Keep all that this author is typing about one document, instead of what was kept; the document
        stays as it is."""
        self.transaction.will_write()
        key = {"kind": kind, "id": identity, "author": self.transaction.file.author}
        self.transaction.connection.execute(delete(schema.draft).filter_by(**key))
        rows = [
            {**key, "field": draft.field, "text": draft.text, "time": self.transaction.file.now()}
            for draft in drafts
        ]
        if rows:
            self.transaction.connection.execute(insert(schema.draft), rows)

    def all(self) -> dict[tuple[str, str], tuple[Draft, ...]]:
        """What this author was typing and did not finish, by (kind, id)."""
        found: dict[tuple[str, str], list[Draft]] = {}
        query = (
            select(schema.draft)
            .filter_by(author=self.transaction.file.author)
            .order_by(schema.draft.c.time, schema.draft.c.field)
        )
        for row in self.transaction.connection.execute(query):
            found.setdefault((row.kind, row.id), []).append(Draft(row.field, row.text))
        return {key: tuple(drafts) for key, drafts in found.items()}
