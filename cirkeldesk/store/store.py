"""The store: a unit of work over documents. One `with store.unit() as unit` is one transaction, rolled back by default."""

from __future__ import annotations

import getpass
import json
import socket
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError, OperationalError

from cirkeldesk.model import locks
from cirkeldesk.model.document import (
    Document,
    Kind,
    canonical,
    from_plain,
    hash_of_bytes,
    kind_of,
    to_plain,
)
from cirkeldesk.model.product import Attachment, Product
from cirkeldesk.model.tender import Tender
from cirkeldesk.store import copies, schema
from cirkeldesk.store.database import engine_for, inspect, migrate
from cirkeldesk.store.errors import Refused, StoreError
from cirkeldesk.store.history import (
    ERASING,
    GENESIS,
    REFUSED,
    Param,
    Row,
    Tombstone,
    hash_of_tombstones,
    link,
    params_text,
    read_params,
    row_content,
)
from cirkeldesk.store.write_lock import Holder, WriteLock

Clock = Callable[[], str]


@dataclass(frozen=True)
class Draft:
    """Text being typed in one field of a document, not committed."""

    field: str
    text: str


class Store:
    """An open database file. `read_only` says another process writes in it, or we may not."""

    def __init__(
        self, path: Path, engine: Engine, lock: WriteLock | None, *, revision: str, why_read_only: StoreError | None, clock: Clock
    ) -> None:
        self.path = path
        self.revision = revision  # an older one in a file that may only be read
        self.author = _author()
        self.why_read_only = why_read_only
        self._engine = engine
        self._lock = lock
        self._clock = clock
        self._documents: dict[str, Document] = {}
        self.linked: dict[int, str] = {}  # history rows that were found to be what their chain says
        self._open = False
        self._one_at_a_time = threading.RLock()  # the window's thread and its worker share the connection
        self._file = _identity(path)

    @classmethod
    def open(cls, path: Path, scripts: Path, clock: Clock, *, create: bool = True) -> Store:
        """Open for writing, or for reading when another process writes or the file is read-only.

        A file of an older version is brought up to date, after a copy of it was made. Raises StoreError: db_damaged, db_newer,
        db_folder, db_migration, backup_failed, file_missing, file_unreadable. The file is left as it was.
        """
        exists = path.exists() and path.stat().st_size > 0
        if not exists and not create:
            raise StoreError("file_missing", file=path.name)
        revision = inspect(path)
        why: StoreError | None = None
        lock = WriteLock(path, _author())
        if exists and not _may_write(path):
            why = StoreError("db_read_only", file=path.name)
        else:
            if not exists:
                _make_folder(path)
            if not lock.take():
                why = _in_use(lock.holder())
        if why is not None and revision is None:
            raise why
        engine = engine_for(path, read_only=why is not None)
        if why is None and revision != schema.REVISION:
            try:
                if revision is not None:
                    copies.make_copy(_raw(engine), path, "migratie", datetime.fromisoformat(clock()))
                migrate(engine, scripts)
            except BaseException as problem:
                engine.dispose()
                lock.release()
                if isinstance(problem, DatabaseError):
                    raise StoreError("db_migration", file=path.name) from problem
                raise
        made = schema.REVISION if why is None or revision is None else revision
        return cls(path, engine, lock, revision=made, why_read_only=why, clock=clock)

    @classmethod
    def peek(cls, path: Path, clock: Clock) -> Store:
        """Open a copy for reading only, leaving no trace beside it. Raises StoreError as `open` does."""
        revision = inspect(path)
        if revision is None:
            raise StoreError("db_damaged", file=path.name)
        engine = engine_for(path, read_only=True)
        why = StoreError("db_read_only", file=path.name)
        return cls(path, engine, None, revision=revision, why_read_only=why, clock=clock)

    @property
    def read_only(self) -> bool:
        return self.why_read_only is not None

    def close(self) -> None:
        self._engine.dispose()
        if self._lock is not None and not self.read_only:
            self._lock.release()

    def keep_alive(self) -> None:
        """A sign of life for others who want to write in this file; see `write_lock`."""
        if self._lock is not None and not self.read_only:
            self._lock.keep_alive()

    @property
    def may_take_over(self) -> bool:
        """Whether somebody else has the file and gives no sign of life any more."""
        return (
            self.why_read_only is not None
            and self.why_read_only.key in IN_USE
            and self._lock is not None
            and self._lock.is_stale()
        )

    def take_over(self) -> bool:
        """Give the lock of somebody without a sign of life to whoever opens the file next. False when it is still held."""
        if self._lock is None or not self._lock.take_over():
            return False
        self._lock.release()
        return True

    def copy(self, reason: copies.Reason) -> copies.Copy:
        """Make a copy into the folder of copies, between two steps. Raises StoreError backup_failed."""
        with self._one_at_a_time:
            return copies.make_copy(_raw(self._engine), self.path, reason, datetime.fromisoformat(self.now()))

    def save_as(self, target: Path) -> None:
        """Copy what is open to another file, also when the file itself has gone. Raises StoreError cannot_write."""
        try:
            with self._one_at_a_time:
                copies.copy_to(_raw(self._engine), target)
        except OSError as problem:
            raise StoreError("cannot_write", file=target.name) from problem

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A transaction. It commits at the end of the block and rolls back on any exception.

        A refused change of a locked tender leaves a trace: one row in its history, in a transaction of its own.
        """
        try:
            with self._transaction() as unit:
                yield unit
        except Refused as refused:
            if not self.read_only:
                with self._transaction() as unit:
                    unit.trace(refused)
            raise

    @contextmanager
    def _transaction(self) -> Iterator[Unit]:
        try:
            with self._one_at_a_time:
                if self._open:
                    raise RuntimeError("a unit of work within a unit of work")
                self._open = True
                try:
                    self._still_there()
                    with self._engine.begin() as connection:
                        yield Unit(connection, self)
                    self._still_there()
                finally:
                    self._open = False
        except OperationalError as problem:
            raise StoreError(_environment_key(str(problem.orig)), file=self.path.name, since="") from problem
        except DatabaseError as problem:
            raise StoreError("db_damaged", file=self.path.name) from problem

    def _still_there(self) -> None:
        """Raises StoreError db_gone when the file was removed or replaced underneath: what is written would be lost.

        Once another computer has taken over, this one reads only.
        """
        if self.read_only:
            return
        if _identity(self.path) != self._file:
            raise StoreError("db_gone", file=self.path.name)
        if self._lock is not None and not self._lock.is_ours():
            self.why_read_only = _in_use(self._lock.holder())

    def now(self) -> str:
        return self._clock()

    def remembered(self, digest: str) -> Document | None:
        return self._documents.get(digest)

    def remember(self, digest: str, value: Document) -> None:
        """Versions never change, so a decoded one may be kept; a bound keeps long sessions small."""
        if len(self._documents) > 512:
            self._documents.clear()
        self._documents[digest] = value


LISTS: Mapping[Kind, Table] = {"tender": schema.tender_list, "product": schema.product_list}
LARGEST_ATTACHMENT = 50 * 1024 * 1024


def _author() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "onbekend"


def _may_write(path: Path) -> bool:
    """Whether we could change the file and make its journal beside it. Asked by opening, as access bits lie for root."""
    try:
        with path.open("r+b"):
            pass
        probe = path.parent / f".{path.name}.probe"
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return bool(path.stat().st_mode & 0o222)  # root may write anything; a file marked read-only is meant so


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as problem:
        raise StoreError("db_folder", file=path.name) from problem


IN_USE = frozenset({"db_locked", "db_locked_elsewhere"})


def _in_use(holder: Holder | None) -> StoreError:
    """Who writes in the file and since when, as far as they said."""
    since = f" (sinds {_clock_time(holder.since)})" if holder is not None else ""
    if holder is None or (holder.host, holder.who) == (socket.gethostname(), _author()):
        return StoreError("db_locked", since=since)
    return StoreError("db_locked_elsewhere", who=holder.who, host=holder.host, since=since)


def _clock_time(iso: str) -> str:
    """The time of a moment today, else its day and time, in the office's time."""
    try:
        moment = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    is_today = moment.date() == datetime.now().astimezone().date()
    return moment.strftime("%H:%M" if is_today else "%d-%m-%Y %H:%M")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path stands for now, None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _raw(engine: Engine) -> sqlite3.Connection:
    """SQLite's own connection behind an engine, for its backup."""
    connection = engine.raw_connection().driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def _environment_key(text: str) -> str:
    if "locked" in text:
        return "db_locked"
    if "readonly" in text:
        return "db_read_only"
    if any(sign in text for sign in ("malformed", "not a database", "no such", "UTF-8", "unsupported file format")):
        return "db_damaged"
    return "db_disk" if "disk" in text or "full" in text else "db_other"


class Unit:
    """Reads and writes within one transaction."""

    def __init__(self, connection: Connection, store: Store) -> None:
        self._connection = connection
        self._store = store

    def now(self) -> str:
        return self._store.now()

    # --- documents ---------------------------------------------------------------------------------------------

    def document(self, digest: str) -> Document:
        """One immutable version. Raises StoreError db_damaged when the content is not what its hash says."""
        known = self._store.remembered(digest)
        if known is not None:
            return known
        row = self._connection.execute(select(schema.document.c.content).where(schema.document.c.hash == digest)).first()
        if row is None:
            if self._remains("document", digest) == "":
                raise StoreError("erased")
            raise StoreError("not_found", what="versie", id=digest[:12])
        value = from_plain(json.loads(self._unpack(row.content, digest)))
        self._store.remember(digest, value)
        return value

    def _unpack(self, content: bytes, digest: str) -> bytes:
        try:
            raw = zlib.decompress(content)
        except zlib.error as problem:
            raise StoreError("db_damaged", file=self._store.path.name) from problem
        found = hash_of_bytes(raw)
        if found != digest and found != self._remains("document", digest):
            raise StoreError("db_damaged", file=self._store.path.name)
        return raw

    def put(self, value: Document) -> str:
        """Keep a version; the same content is kept once. Returns its hash."""
        raw = canonical(to_plain(value))
        digest = hash_of_bytes(raw)
        row = {"hash": digest, "kind": kind_of(value), "content": zlib.compress(raw, 6)}
        self._connection.execute(upsert(schema.document).values(row).on_conflict_do_nothing())
        self._store.remember(digest, value)
        return digest

    def attach(self, content: bytes) -> str:
        """Keep a file's bytes; the same content is kept once. Returns its hash. Raises StoreError attachment_too_large."""
        if self._store.why_read_only is not None:
            raise self._store.why_read_only
        if len(content) > LARGEST_ATTACHMENT:
            raise StoreError("attachment_too_large", file="")
        digest = hash_of_bytes(content)
        self._connection.execute(upsert(schema.attachment).values(hash=digest, content=content).on_conflict_do_nothing())
        return digest

    def attachment(self, digest: str) -> bytes:
        """A kept file, exactly as it was. Raises StoreError not_found or db_damaged."""
        row = self._connection.execute(select(schema.attachment.c.content).where(schema.attachment.c.hash == digest)).first()
        if row is None:
            raise StoreError("not_found", what="bestand", id=digest[:12])
        if hash_of_bytes(row.content) != digest:
            raise StoreError("db_damaged", file=self._store.path.name)
        return bytes(row.content)

    def has_attachment(self, digest: str) -> bool:
        query = select(schema.attachment.c.hash).where(schema.attachment.c.hash == digest)
        return self._connection.execute(query).first() is not None

    def head(self, kind: Kind, identity: str) -> str | None:
        """Hash of the current version, or None when there is none (any more)."""
        row = self._connection.execute(
            select(schema.head.c.hash).where(schema.head.c.kind == kind, schema.head.c.id == identity)
        ).first()
        return str(row.hash) if row else None

    def tender(self, identity: str) -> Tender:
        value = self._current("tender", identity, "aanbesteding")
        assert isinstance(value, Tender)
        return value

    def product(self, identity: str) -> Product:
        value = self._current("product", identity, "product")
        assert isinstance(value, Product)
        return value

    def _current(self, kind: Kind, identity: str, what: str) -> Document:
        digest = self.head(kind, identity)
        if digest is None:
            raise StoreError("not_found", what=what, id=identity)
        return self.document(digest)

    # --- steps -------------------------------------------------------------------------------------------------

    def commit(
        self,
        kind: Kind,
        identity: str,
        value: Document | None,
        step: str,
        params: Mapping[str, Param],
        *,
        of_seq: int | None = None,
        slot: bool = False,
    ) -> Row | None:
        """Make `value` the current version (None removes the document) and write the history row.

        An edit that changes nothing writes nothing and returns None. Raises Refused when a lock of the tender forbids it;
        an act of the award is a slot of itself.
        """
        if self._store.why_read_only is not None:
            raise self._store.why_read_only
        if kind == "tender":
            slot = self._passes_locks(identity, value, step) or slot
            self._has_files(value)
        digest = self.put(value) if value is not None else None
        if digest == self.head(kind, identity) and of_seq is None and not slot:
            return None
        row = self._write_row(kind, identity, step, params, digest, of_seq, slot=slot)
        self._connection.execute(delete(schema.draft).where(schema.draft.c.kind == kind, schema.draft.c.id == identity))
        self._list(kind, identity, value, digest, row.seq)
        return row

    def _passes_locks(self, identity: str, value: Document | None, step: str) -> bool:
        """Whether the change is a slot. Raises Refused."""
        digest = self.head("tender", identity)
        before = self.document(digest) if digest is not None else None
        assert before is None or isinstance(before, Tender)
        assert value is None or isinstance(value, Tender)
        now = datetime.fromisoformat(self.now()).astimezone().isoformat()
        latest = self.latest_step(identity) if before is not None and before.lock is not None else None
        why = locks.refusal(before, value, now=now, author=self._store.author, latest=latest)
        if why is not None:
            raise Refused(why.key, identity, step, **{name: str(text or "") for name, text in why.params})
        return locks.is_slot(before, value)

    def _has_files(self, value: Document | None) -> None:
        """A version or letter names files that are kept and a basis that is a tender. Raises StoreError version_unsound."""
        if isinstance(value, Tender) and value.versions:
            kept = all(self.has_attachment(made.file.sha256) for made in value.made_files)
            bases = [self.document(version.basis) for version in value.versions]
            if not kept or not all(isinstance(basis, Tender) for basis in bases):
                raise StoreError("version_unsound")

    def latest_step(self, identity: str) -> str | None:
        """The moment of a tender's newest step, in the office's time; refused attempts are no steps."""
        history = schema.history.c
        query = select(func.max(history.time)).where(history.kind == "tender", history.id == identity, history.step != REFUSED)
        last = self._connection.execute(query).scalar()
        return datetime.fromisoformat(last).astimezone().isoformat() if last is not None else None

    def trace(self, refused: Refused) -> None:
        """A row for an attempt that a lock refused; the document stays as it is."""
        digest = self.head("tender", refused.identity)
        params: dict[str, Param] = {"step": refused.step, "why": refused.key}
        self._write_row("tender", refused.identity, "refused", params, digest, None, slot=False)

    def _write_row(
        self,
        kind: Kind,
        identity: str,
        step: str,
        params: Mapping[str, Param],
        digest: str | None,
        of_seq: int | None,
        *,
        slot: bool,
    ) -> Row:
        last = self._connection.execute(
            select(schema.history.c.seq, schema.history.c.chain).order_by(schema.history.c.seq.desc()).limit(1)
        ).first()
        row: dict[str, Any] = {
            "seq": (last.seq if last else 0) + 1,
            "kind": kind,
            "id": identity,
            "step": step,
            "params": params_text(params),
            "author": self._store.author,
            "time": self._store.now(),
            "hash": digest,
            "of_seq": of_seq,
            "slot": int(slot),
        }
        row["chain"] = link(last.chain if last else GENESIS, row)
        self._connection.execute(insert(schema.history).values(row))
        return _row(row)

    def _list(self, kind: Kind, identity: str, value: Document | None, digest: str | None, seq: int) -> None:
        """Renew the tables that lists, search and references need, from the new head."""
        for table in (schema.head, schema.pin):
            self._connection.execute(delete(table).where(table.c.kind == kind, table.c.id == identity))
        if kind in LISTS:
            self._connection.execute(delete(LISTS[kind]).where(LISTS[kind].c.id == identity))
        if value is None or digest is None:
            return
        self._connection.execute(insert(schema.head).values(kind=kind, id=identity, hash=digest, seq=seq))
        for pinned in pins_of(value):
            self._connection.execute(insert(schema.pin).values(kind=kind, id=identity, hash=pinned))
        if isinstance(value, Tender):
            self._connection.execute(insert(schema.tender_list).values(tender_row(value)))
        elif isinstance(value, Product):
            self._connection.execute(insert(schema.product_list).values(product_row(value)))

    def history(self, kind: Kind | None = None, identity: str | None = None) -> list[Row]:
        """History rows, oldest first; of one document or of all."""
        before = schema.history.alias("before")
        joined = schema.history.outerjoin(before, before.c.seq == schema.history.c.seq - 1)
        query = select(schema.history, before.c.chain.label("previous")).select_from(joined).order_by(schema.history.c.seq)
        if kind is not None:
            query = query.where(schema.history.c.kind == kind, schema.history.c.id == identity)
        found = []
        for row in self._connection.execute(query):
            values = dict(row._mapping)
            previous = values.pop("previous") or GENESIS
            known = self._store.linked.get(values["seq"])
            if known != values["chain"] and not self._is_linked(previous, values):
                raise StoreError("db_damaged", file=self._store.path.name)
            self._store.linked[values["seq"]] = values["chain"]
            found.append(_row(values))
        return found

    def _is_linked(self, previous: str, values: Mapping[str, Any]) -> bool:
        """Whether a history row is what its chain value says, or what was left of it when something was erased."""
        try:
            if link(previous, values) == values["chain"]:
                return True
            return hash_of_bytes(row_content(values)) == self._remains("row", str(values["seq"]))
        except (TypeError, ValueError):  # bytes where a text was
            return False

    def _remains(self, what: str, ref: str) -> str | None:
        """The hash of what the last erasing left of something; None when nothing of it was erased."""
        if self._store.revision < "0003":
            return None
        stones = schema.tombstone.c
        query = select(stones.remains).where(stones.what == what, stones.ref == ref).order_by(stones.act.desc()).limit(1)
        return self._connection.execute(query).scalar()

    def version_before(self, row: Row) -> str | None:
        """The version of the row's document just before it."""
        earlier = self._connection.execute(
            select(schema.history.c.hash)
            .where(schema.history.c.kind == row.kind, schema.history.c.id == row.id, schema.history.c.seq < row.seq)
            .order_by(schema.history.c.seq.desc())
            .limit(1)
        ).first()
        return earlier.hash if earlier else None

    def chain_head(self) -> str:
        """The newest chain value: the outside witness that printed sheets carry."""
        query = select(schema.history.c.chain).order_by(schema.history.c.seq.desc()).limit(1)
        row = self._connection.execute(query).first()
        return str(row.chain) if row else GENESIS

    # --- drafts ------------------------------------------------------------------------------------------------

    def save_draft(self, kind: Kind, identity: str, draft: Draft | None) -> None:
        """Keep what is being typed (None forgets it); the document stays as it is."""
        key = {"kind": kind, "id": identity, "author": self._store.author}
        self._connection.execute(delete(schema.draft).filter_by(**key))
        if draft is not None:
            row = {**key, "field": draft.field, "text": draft.text, "time": self._store.now()}
            self._connection.execute(insert(schema.draft).values(row))

    def draft(self, kind: Kind, identity: str) -> Draft | None:
        query = select(schema.draft).filter_by(kind=kind, id=identity, author=self._store.author)
        row = self._connection.execute(query).first()
        return Draft(row.field, row.text) if row else None

    # --- lists -------------------------------------------------------------------------------------------------

    def tenders(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._rows(schema.tender_list, search, schema.tender_list.c.number)

    def products(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._rows(schema.product_list, search, schema.product_list.c.name)

    def _rows(self, table: Table, search: str, order: Any) -> list[Mapping[str, Any]]:
        query = _matching(select(table), table, search).order_by(order, table.c.id)
        return [dict(row._mapping) for row in self._connection.execute(query)]

    def listed_ids(self, kind: Kind, search: str = "", order: str = "", *, descending: bool = False) -> list[str]:
        """Identities of a list in the order of one of its columns (the list's own when empty): a list opens with these."""
        table = LISTS[kind]
        column = table.c[order or ("number" if kind == "tender" else "name")]
        query = _matching(select(table.c.id), table, search).order_by(column.desc() if descending else column, table.c.id)
        cursor = self._connection.execute(query).cursor
        assert cursor is not None
        return [identity for (identity,) in cursor.fetchall()]  # plain rows: 100,000 of them must not take a pause

    def newest_step(self) -> int:
        """The number of the newest step of all: while it is the same, so are the lists."""
        return int(self._connection.execute(select(func.max(schema.history.c.seq))).scalar() or 0)

    def listed_rows(self, kind: Kind, identities: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """The list rows of some documents, by identity."""
        table = LISTS[kind]
        found = self._connection.execute(select(table).where(table.c.id.in_(identities)))
        return {row.id: dict(row._mapping) for row in found}

    def listed_first(self, kind: Kind, search: str, limit: int) -> list[Mapping[str, Any]]:
        """The best matches of a search: what begins with the text first, then by name."""
        table = LISTS[kind]
        begins = table.c.search.like(_escaped(search.casefold().strip()) + "%", escape="\\")
        name = table.c.number if kind == "tender" else table.c.name
        query = _matching(select(table), table, search).order_by(begins.desc(), name, table.c.id).limit(limit)
        return [dict(row._mapping) for row in self._connection.execute(query)]

    def listed_as(self, name: str) -> list[Mapping[str, Any]]:
        """Products of exactly this name, upper and lower case alike."""
        table = schema.product_list
        query = select(table).where(table.c.name.collate("NOCASE") == name).order_by(table.c.id)
        return [dict(row._mapping) for row in self._connection.execute(query)]

    def tender_id(self, number_or_id: str) -> str:
        """The id for a number or an id. Raises StoreError not_found or ambiguous_number."""
        if self.head("tender", number_or_id) is not None:
            return number_or_id
        query = select(schema.tender_list.c.id).where(schema.tender_list.c.number == number_or_id)
        found = [str(row.id) for row in self._connection.execute(query)]
        if not found:
            raise StoreError("not_found", what="aanbesteding", id=number_or_id)
        if len(found) > 1:
            raise StoreError("ambiguous_number", id=number_or_id)
        return found[0]

    def products_of_uuid(self, uuid: str) -> list[Product]:
        """Library products of one data set UUID, oldest version first."""
        rows = self._connection.execute(select(schema.product_list.c.id).where(schema.product_list.c.uuid == uuid))
        found = [self.product(row.id) for row in rows]
        return sorted(found, key=lambda product: _version_key(product.version))

    def products_named(self, name: str) -> list[Product]:
        """Library products of exactly this name."""
        rows = self._connection.execute(select(schema.product_list.c.id).where(schema.product_list.c.name == name))
        return [self.product(row.id) for row in rows]

    # --- reference data ----------------------------------------------------------------------------------------

    def reference(self, kind: Kind) -> dict[str, str]:
        """Code → hash of the reference data offered to new tenders."""
        rows = self._connection.execute(select(schema.reference).where(schema.reference.c.kind == kind))
        return {row.code: row.hash for row in rows}

    def offer(self, kind: Kind, code: str, digest: str) -> None:
        statement = upsert(schema.reference).values(kind=kind, code=code, hash=digest)
        keys = [schema.reference.c.kind, schema.reference.c.code]
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"hash": digest}))

    # --- settings of this file ---------------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """Raises StoreError db_damaged when a value is not what was set."""
        setting = schema.setting.c
        if self._store.revision < "0003":
            return {row.name: row.value for row in self._connection.execute(select(setting.name, setting.value))}
        rows = self._connection.execute(select(setting.name, setting.value, setting.hash)).all()
        if any(hash_of_bytes(str(row.value).encode()) != row.hash for row in rows):
            raise StoreError("db_damaged", file=self._store.path.name)
        return {row.name: row.value for row in rows}

    def set_setting(self, name: str, value: str) -> None:
        if self._store.why_read_only is not None:
            raise self._store.why_read_only
        values = {"value": value, "hash": hash_of_bytes(value.encode())}
        statement = upsert(schema.setting).values(name=name, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=[schema.setting.c.name], set_=values))

    # --- soundness ---------------------------------------------------------------------------------------------

    def check(self) -> list[tuple[str, str]]:
        """(what, where) of everything that does not agree: file, contents, chain, heads, pins and lists."""
        found: list[tuple[str, str]] = []
        for row in self._connection.exec_driver_sql("PRAGMA integrity_check(5)"):
            if row[0] != "ok":
                found.append(("file", str(row[0])))
        for row in self._connection.execute(select(schema.document)):
            try:
                self._unpack(row.content, row.hash)
            except StoreError:
                found.append(("document", row.hash[:12]))
        previous = GENESIS
        for raw in self._connection.execute(select(schema.history).order_by(schema.history.c.seq)):
            values = dict(raw._mapping)
            if not self._is_linked(previous, values):
                found.append(("history", str(values["seq"])))
            previous = values["chain"]
        if any(what == "history" for what, _ in found):
            return found  # what follows reads the history
        found += self._check_tombstones() + self._check_settings()
        present = {row.hash for row in self._connection.execute(select(schema.document.c.hash))} | self.erased("document")
        named = {
            (row.hash, f"stap {row.seq}") for row in self._connection.execute(select(schema.history)) if row.hash is not None
        }
        named |= {
            (row.hash, f"{row.kind} {row.id}")
            for table in (schema.head, schema.pin)
            for row in self._connection.execute(select(table))
        }
        lost = sorted({where for digest, where in named if digest not in present})
        if lost:
            return found + [("lost", where) for where in lost]
        return found + self._check_attachments() + self._check_lists()

    def erased(self, what: str) -> set[str]:
        """Hashes of versions or files of which nothing is left."""
        if self._store.revision < "0003":
            return set()
        stones = schema.tombstone.c
        return set(self._connection.scalars(select(stones.ref).where(stones.what == what, stones.remains == "")))

    def _check_tombstones(self) -> list[tuple[str, str]]:
        """Tombstones that are not those of their act: something was taken away under the name of an erasing."""
        if self._store.revision < "0003":
            return []
        of_act: dict[int, list[Tombstone]] = {}
        for row in self._connection.execute(select(schema.tombstone)):
            of_act.setdefault(row.act, []).append((row.what, row.ref, row.remains))
        acts = {row.seq: row.params.get("tombstones") for row in self.history() if row.step in ERASING}
        return [
            ("history", str(act))
            for act in acts.keys() | of_act.keys()
            if acts.get(act) != hash_of_tombstones(of_act.get(act, []))
        ]

    def _check_settings(self) -> list[tuple[str, str]]:
        try:
            self.settings()
        except StoreError:
            return [("setting", "instellingen")]
        return []

    def _check_attachments(self) -> list[tuple[str, str]]:
        """Kept files that are not what their hash says, and files that a current document names and that are gone."""
        found, present = [], set()
        if self._store.revision < "0002":
            return []
        for row in self._connection.execute(select(schema.attachment)):
            present.add(row.hash)
            if hash_of_bytes(row.content) != row.hash:
                found.append(("attachment", row.hash[:12]))
        for row in self._connection.execute(select(schema.head.c.hash).where(schema.head.c.kind.in_(("tender", "product")))):
            value = self.document(row.hash)
            found += [("attachment", kept.file) for kept in attachments_of(value) if kept.sha256 not in present]
        return found

    def _check_lists(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        last: dict[tuple[str, str], str | None] = {}
        for entry in self.history():
            last[(entry.kind, entry.id)] = entry.hash
        heads = {(row.kind, row.id): row.hash for row in self._connection.execute(select(schema.head))}
        expected = {key: digest for key, digest in last.items() if digest is not None}
        found += [("head", f"{key[0]} {key[1]}") for key in heads.keys() ^ expected.keys()]
        pins: dict[tuple[str, str], set[str]] = {}
        for row in self._connection.execute(select(schema.pin)):
            pins.setdefault((row.kind, row.id), set()).add(row.hash)
        listed = {
            "tender": {row["id"]: row for row in self._rows(schema.tender_list, "", schema.tender_list.c.id)},
            "product": {row["id"]: row for row in self._rows(schema.product_list, "", schema.product_list.c.id)},
        }
        for (kind, identity), digest in heads.items():
            if expected.get((kind, identity)) != digest:
                found.append(("head", f"{kind} {identity}"))
            value = self.document(digest)
            if kind in listed and listed[kind].pop(identity, None) != list_row(value):
                found.append(("list", f"{kind} {identity}"))
            if pins.pop((kind, identity), set()) != set(pins_of(value)):
                found.append(("pin", f"{kind} {identity}"))
        found += [("list", f"{kind} {identity}") for kind, rows in listed.items() for identity in rows]
        return found + [("pin", f"{kind} {identity}") for kind, identity in pins]

    def rebuild_lists(self) -> None:
        """Write the list tables again from the heads."""
        heads = list(self._connection.execute(select(schema.head)))
        for row in heads:
            self._list(row.kind, row.id, self.document(row.hash), row.hash, row.seq)

    def count(self, table: Table) -> int:
        return int(self._connection.execute(select(func.count()).select_from(table)).scalar_one())


def _matching(query: Any, table: Table, search: str) -> Any:
    """Only rows that have every word of the search."""
    for word in search.casefold().split():
        query = query.where(table.c.search.like(f"%{_escaped(word)}%", escape="\\"))
    return query


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _row(values: Mapping[str, Any]) -> Row:
    fields = {**values, "params": read_params(values["params"]), "slot": bool(values["slot"])}
    return Row(**fields)


def _version_key(version: str | None) -> list[tuple[int, str]]:
    parts = (version or "").split(".")
    return [(int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in parts]


def pins_of(value: Document) -> tuple[str, ...]:
    """Hashes of the versions a document names."""
    return value.pins if isinstance(value, Tender) else ()


def attachments_of(value: Document) -> tuple[Attachment, ...]:
    """The kept files a document names."""
    if isinstance(value, Product):
        return value.attachments
    if isinstance(value, Tender):
        kept = (kept for product in value.products for kept in product.attachments)
        return (*(form.file for form in value.received), *kept, *(made.file for made in value.made_files))
    return ()


def list_row(value: Document) -> dict[str, Any] | None:
    """The list row of a document, None for kinds without a list."""
    if isinstance(value, Tender):
        return tender_row(value)
    return product_row(value) if isinstance(value, Product) else None


def tender_row(tender: Tender) -> dict[str, Any]:
    return {
        "id": tender.id,
        "number": tender.number,
        "title": tender.title,
        "product_group": tender.product_group,
        "status": tender.status,
        "closes_on": tender.closes_on,
        "variants": len(tender.variants),
        "search": f"{tender.number} {tender.title}".casefold(),
    }


def product_row(product: Product) -> dict[str, Any]:
    words = (product.name, product.supplier, product.owner, product.number, product.uuid)
    return {
        "id": product.id,
        "uuid": product.uuid,
        "version": product.version,
        "name": product.name,
        "declared_unit": product.declared_unit,
        "sets": " ".join(product.sets),
        "product_group": product.product_group,
        "search": " ".join(word for word in words if word).casefold(),
    }
