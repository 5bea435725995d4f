"""Settings of a file: the organisation whose tenders are in it."""

from __future__ import annotations

from sqlalchemy import select

from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.store import schema
from cirkeldesk.store.sqlite.database import upsert
from cirkeldesk.store.transaction import Transaction


class SettingTable:
    """Texts by name, each with the hash of its value."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction

    def all(self) -> dict[str, str]:
        """Raises StoreError db_damaged when a value is not what was set."""
        setting = schema.setting.c
        if not self.transaction.features.seals_settings:
            return {
                row.name: row.value
                for row in self.transaction.connection.execute(select(setting.name, setting.value))
            }
        rows = self.transaction.connection.execute(select(setting.name, setting.value, setting.hash)).all()
        if any(hash_of_bytes(str(row.value).encode()) != row.hash for row in rows):
            raise self.transaction.damaged()
        return {row.name: row.value for row in rows}

    def put(self, name: str, value: str) -> None:
        self.transaction.will_write()
        values = {"value": value, "hash": hash_of_bytes(value.encode())}
        statement = upsert(schema.setting).values(name=name, **values)
        self.transaction.connection.execute(
            statement.on_conflict_do_update(index_elements=[schema.setting.c.name], set_=values)
        )
