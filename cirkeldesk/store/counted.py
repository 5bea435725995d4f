"""What was worked out of a version that never changes, by that version's hash: sums of contracts.

Never the truth of anything: it is emptied when something is erased, and what it lacks is worked out anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from sqlalchemy import delete, select

from cirkeldesk.store import schema
from cirkeldesk.store.sqlite.database import upsert
from cirkeldesk.store.transaction import Transaction


class CountedTable:
    """Texts by key. An older file that may only be read has none."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction

    def all(self) -> dict[str, str]:
        """Every text there is; one that cannot be read is left out, as it can be made anew."""
        if not self.transaction.features.keeps_counted:
            return {}
        found = {}
        for row in self.transaction.connection.execute(select(schema.counted)):
            try:
                found[str(row.key)] = zlib.decompress(row.content).decode("utf-8")
            except (zlib.error, ValueError, TypeError):
                continue
        return found

    def put(self, texts: Mapping[str, str]) -> None:
        self.transaction.will_write()
        rows = [{"key": key, "content": zlib.compress(text.encode(), 6)} for key, text in texts.items()]
        if rows:
            self.transaction.connection.execute(upsert(schema.counted).on_conflict_do_nothing(), rows)

    def clear(self) -> None:
        if self.transaction.features.keeps_counted:
            self.transaction.will_write()
            self.transaction.connection.execute(delete(schema.counted))
