"""The tables of lists, search and references: what the current documents say, kept beside them to be found
fast.

They can be written again from the heads, and `check` compares them.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select

from cirkeldesk.model.document.document import Document, Kind
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.store import schema
from cirkeldesk.store.documents import Documents
from cirkeldesk.store.rows import hash_of_row, list_row, pins_of
from cirkeldesk.store.sqlite.database import upsert
from cirkeldesk.store.transaction import Transaction

LISTS: Mapping[Kind, Table] = {
    "tender": schema.tender_list,
    "product": schema.product_list,
    "supply": schema.supply_list,
    "demand": schema.demand_list,
    "passport": schema.passport_list,
}
FIRST: tuple[Kind, ...] = ("tender", "product")  # the lists that every file has
# Made once: to put a statement together costs more than to run it, and erasing a name runs tens of thousands.
_OF_DOCUMENT = {
    **{table.name: delete(table).where(table.c.id == bindparam("of_id")) for table in LISTS.values()},
    **{
        table.name: delete(table).where(
            table.c.kind == bindparam("of_kind"), table.c.id == bindparam("of_id")
        )
        for table in (schema.head, schema.pin, schema.draft)
    },
}
_INSERT = {table.name: insert(table) for table in (schema.head, schema.pin, *LISTS.values())}
_OF_UUID = select(schema.product_list.c.id).where(schema.product_list.c.uuid == bindparam("of_uuid"))


class Lists:
    """Tenders and products as rows. A row that is not what was written is read from its document."""

    def __init__(self, transaction: Transaction, documents: Documents) -> None:
        self.transaction = transaction
        self._documents = documents

    def renew(
        self,
        kind: Kind,
        identity: str,
        value: Document | None,
        digest: str | None,
        seq: int,
        *,
        was_there: bool = True,
    ) -> None:
        """Renew the tables that lists, search and references need, from the new head. `was_there` False where
        the document has no head yet, so that there is nothing to take away."""
        which = {"of_kind": kind, "of_id": identity}
        gone = (schema.head, schema.pin) if value is not None else (schema.head, schema.pin, schema.draft)
        for table in (*gone, *([LISTS[kind]] if kind in LISTS else [])) if was_there else ():
            self.transaction.connection.execute(_OF_DOCUMENT[table.name], which)
        if value is None or digest is None:
            return
        self.transaction.connection.execute(
            _INSERT[schema.head.name], {"kind": kind, "id": identity, "hash": digest, "seq": seq}
        )
        pins = [{"kind": kind, "id": identity, "hash": pinned} for pinned in pins_of(value)]
        if pins:
            self.transaction.connection.execute(_INSERT[schema.pin.name], pins)
        listed = list_row(value)
        if listed is not None:
            row = {**listed, "hash": hash_of_row(listed)}
            self.transaction.connection.execute(_INSERT[LISTS[kind].name], row)

    def rebuild(self) -> None:
        """Write the list tables again from the heads."""
        for row in list(self.transaction.connection.execute(select(schema.head))):
            self.renew(row.kind, row.id, self._documents.version(row.hash), row.hash, row.seq)

    def awarded(self) -> list[str]:
        """Ids of the tenders that were awarded, by the list."""
        query = select(schema.tender_list.c.id).where(schema.tender_list.c.status == "awarded")
        return [str(identity) for identity in self.transaction.connection.scalars(query)]

    def tenders(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._all("tender", search, schema.tender_list.c.number)

    def products(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._all("product", search, schema.product_list.c.name)

    def _all(self, kind: Kind, search: str, order: Any) -> list[Mapping[str, Any]]:
        table = LISTS[kind]
        query = _matching(self._select(kind), table, search).order_by(order, table.c.id)
        return [self._listed(kind, row) for row in self.transaction.connection.execute(query)]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of documents that have a list in this file."""
        return tuple(LISTS) if self.transaction.features.lists_materials else FIRST

    def listed(self, kind: Kind, search: str = "") -> list[Mapping[str, Any]]:
        """The rows of a list by name; none in an older file that has no such list."""
        return self._all(kind, search, LISTS[kind].c.name) if kind in self.kinds else []

    def plain(self, kind: Kind) -> list[tuple[Any, ...]]:
        """The rows of a list as they stand, without their hash and in no order: for looking through tens of
        thousands of them. What is shown of one is read as `rows` gives it."""
        if kind not in self.kinds:
            return []
        columns = [column for column in LISTS[kind].c if column.name != "hash"]
        cursor = self.transaction.connection.execute(select(*columns)).cursor
        assert cursor is not None
        return list(cursor.fetchall())

    def raw(self, kind: Kind) -> dict[str, Mapping[str, Any]]:
        """The rows of a list as they stand in the file, by id; one whose hash says otherwise is marked so."""
        found: dict[str, Mapping[str, Any]] = {}
        for row in self.transaction.connection.execute(self._select(kind)):
            values = dict(row._mapping)
            digest = values.pop("hash", None)
            found[str(values["id"])] = (
                values if digest is None or digest == hash_of_row(values) else {**values, "hash": digest}
            )
        return found

    def _select(self, kind: Kind) -> Any:
        """The columns of a list that are there."""
        columns = [
            column
            for column in LISTS[kind].c
            if column.name != "hash" or self.transaction.features.seals_lists
        ]
        return select(*columns)

    def _listed(self, kind: Kind, row: Any) -> Mapping[str, Any]:
        """A list row that is what was written; where it is not, what the document itself says. Raises
        StoreError db_damaged."""
        values = dict(row._mapping)
        digest = values.pop("hash", None)
        if digest is None or digest == hash_of_row(values):
            return values
        head = self._documents.head(kind, str(values["id"]))
        found = list_row(self._documents.version(head)) if head is not None else None
        if found is None:
            raise self.transaction.damaged()
        return found

    def ids(
        self, kind: Kind, search: str = "", order: str = "", *, descending: bool = False, there_on: str = ""
    ) -> list[str]:
        """Identities of a list in the order of one of its columns (the list's own when empty): a list opens
        with these. `there_on` (ISO): of materials, only what is there or needed on that day or later."""
        table = LISTS[kind]
        column = table.c[order or ("number" if kind == "tender" else "name")]
        query = _matching(select(table.c.id), table, search).order_by(
            column.desc() if descending else column, table.c.id
        )
        if there_on:
            query = query.where(_is_there(kind, table.c, there_on))
        cursor = self.transaction.connection.execute(query).cursor
        assert cursor is not None
        return [
            identity for (identity,) in cursor.fetchall()
        ]  # plain rows: 100,000 of them must not take a pause

    def rows(self, kind: Kind, identities: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """The list rows of some documents, by identity."""
        found = self.transaction.connection.execute(
            self._select(kind).where(LISTS[kind].c.id.in_(identities))
        )
        return {row.id: self._listed(kind, row) for row in found}

    def first(self, kind: Kind, search: str, limit: int) -> list[Mapping[str, Any]]:
        """The best matches of a search: what begins with the text first, then by name."""
        table = LISTS[kind]
        begins = table.c.search.like(_escaped(search.casefold().strip()) + "%", escape="\\")
        name = table.c.number if kind == "tender" else table.c.name
        query = (
            _matching(self._select(kind), table, search)
            .order_by(begins.desc(), name, table.c.id)
            .limit(limit)
        )
        return [self._listed(kind, row) for row in self.transaction.connection.execute(query)]

    def named_alike(self, name: str) -> list[Mapping[str, Any]]:
        """Products of exactly this name, upper and lower case alike."""
        table = schema.product_list
        query = self._select("product").where(table.c.name.collate("NOCASE") == name).order_by(table.c.id)
        return [self._listed("product", row) for row in self.transaction.connection.execute(query)]

    def tenders_that_received(self, digest: str) -> list[Tender]:
        """The tenders that received a bid form, by the hash of its bytes."""
        if not self.transaction.features.pins_files:
            found = [self._tender(row["id"]) for row in self.tenders()]
        else:
            pin = schema.pin.c
            query = select(pin.id).where(pin.kind == "tender", pin.hash == digest)
            found = [self._tender(identity) for identity in self.transaction.connection.scalars(query).all()]
        return [tender for tender in found if any(form.file.sha256 == digest for form in tender.received)]

    def tender_id(self, number_or_id: str) -> str:
        """The id for a number or an id. Raises StoreError not_found or ambiguous_number."""
        if self._documents.head("tender", number_or_id) is not None:
            return number_or_id
        query = select(schema.tender_list.c.id).where(schema.tender_list.c.number == number_or_id)
        found = [str(row.id) for row in self.transaction.connection.execute(query)]
        if not found:
            raise StoreError("not_found", what="aanbesteding", id=number_or_id)
        if len(found) > 1:
            raise StoreError("ambiguous_number", id=number_or_id)
        return found[0]

    def products_of_uuid(self, uuid: str) -> list[Product]:
        """Library products of one data set UUID, oldest version first."""
        rows = self.transaction.connection.execute(_OF_UUID, {"of_uuid": uuid})
        found = [self._product(row.id) for row in rows]
        return sorted(found, key=lambda product: _version_key(product.version))

    def products_named(self, name: str) -> list[Product]:
        """Library products of exactly this name."""
        rows = self.transaction.connection.execute(
            select(schema.product_list.c.id).where(schema.product_list.c.name == name)
        )
        return [self._product(row.id) for row in rows]

    def _tender(self, identity: str) -> Tender:
        value = self._documents.current("tender", identity, "aanbesteding")
        assert isinstance(value, Tender)
        return value

    def _product(self, identity: str) -> Product:
        value = self._documents.current("product", identity, "product")
        assert isinstance(value, Product)
        return value


class CountedTable:
    """What was worked out of versions that never change, as texts by the version's hash. Never the truth of
    anything: it is emptied when something is erased. An older file that may only be read has none."""

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


def _is_there(kind: Kind, columns: Any, day: str) -> Any:
    if kind == "supply":
        last, gone = columns.available_until, (columns.withdrawn == 1) | (columns.amount <= 0)
    else:
        last, gone = columns.needed_until, columns.closed == 1
    return ~gone & ((last == "") | (last >= day))


def _matching(query: Any, table: Table, search: str) -> Any:
    """Only rows that have every word of the search."""
    for word in search.casefold().split():
        query = query.where(table.c.search.like(f"%{_escaped(word)}%", escape="\\"))
    return query


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _version_key(version: str | None) -> list[tuple[int, str]]:
    parts = (version or "").split(".")
    return [(int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in parts]
