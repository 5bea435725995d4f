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
from cirkeldesk.model.product import Product
from cirkeldesk.model.tender import Tender
from cirkeldesk.store import check, copies, schema
from cirkeldesk.store.database import engine_for, inspect, migrate
from cirkeldesk.store.errors import Refused, StoreError
from cirkeldesk.store.history import (
    GENESIS,
    REFUSED,
    Param,
    Row,
    link,
    params_text,
    read_params,
    row_content,
)
from cirkeldesk.store.rows import pins_of, product_row, tender_row
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
        self.was_writable = why_read_only is None  # at opening; another computer may have taken over since
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
                    with self._engine.begin() as connection:
                        unit = Unit(connection, self)
                        yield unit
                    if unit.has_written:
                        self.still_there()
                finally:
                    self._open = False
        except OperationalError as problem:
            raise StoreError(_environment_key(str(problem.orig)), file=self.path.name, since="") from problem
        except DatabaseError as problem:
            raise StoreError("db_damaged", file=self.path.name) from problem

    def still_there(self) -> None:
        """Raises StoreError db_gone when the file was removed or replaced underneath: what is written would be lost. What is open
        can still be read, and saved elsewhere.

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

    def forget(self) -> None:
        """What was read is read again: some of it was erased."""
        self._documents.clear()
        self.linked.clear()

    def compact(self) -> bool:
        """Give back the room of what was erased, so that none of it stays in the file. False where it cannot be done now."""
        with self._one_at_a_time:
            try:
                _raw(self._engine).execute("VACUUM")
            except sqlite3.Error:
                return False
        return True

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
    if "unable to open" in text:  # no journal can be made beside the file
        return "db_folder"
    if any(sign in text for sign in ("malformed", "not a database", "no such", "UTF-8", "unsupported file format")):
        return "db_damaged"
    return "db_disk" if "disk" in text or "full" in text else "db_other"


class Unit:
    """Reads and writes within one transaction."""

    def __init__(self, connection: Connection, store: Store) -> None:
        self.connection = connection
        self.store = store
        self.has_written = False

    def now(self) -> str:
        return self.store.now()

    def will_write(self) -> None:
        """Asked by whatever changes something. Raises StoreError why it may not, or db_gone."""
        self.store.still_there()
        if self.store.why_read_only is not None:
            raise self.store.why_read_only
        self.has_written = True

    # --- documents ---------------------------------------------------------------------------------------------

    def document(self, digest: str) -> Document:
        """One immutable version. Raises StoreError db_damaged when the content is not what its hash says."""
        known = self.store.remembered(digest)
        if known is not None:
            return known
        row = self.connection.execute(select(schema.document.c.content).where(schema.document.c.hash == digest)).first()
        if row is None:
            if self.remains("document", digest) == "":
                raise StoreError("erased")
            raise StoreError("not_found", what="versie", id=digest[:12])
        value = from_plain(json.loads(self.unpack(row.content, digest)))
        self.store.remember(digest, value)
        return value

    def unpack(self, content: bytes, digest: str) -> bytes:
        try:
            raw = zlib.decompress(content)
        except zlib.error as problem:
            raise StoreError("db_damaged", file=self.store.path.name) from problem
        found = hash_of_bytes(raw)
        if found != digest and found != self.remains("document", digest):
            raise StoreError("db_damaged", file=self.store.path.name)
        return raw

    def put(self, value: Document) -> str:
        """Keep a version; the same content is kept once. Returns its hash."""
        self.will_write()
        raw = canonical(to_plain(value))
        digest = hash_of_bytes(raw)
        row = {"hash": digest, "kind": kind_of(value), "content": zlib.compress(raw, 6)}
        self.connection.execute(upsert(schema.document).values(row).on_conflict_do_nothing())
        self.store.remember(digest, value)
        return digest

    def attach(self, content: bytes) -> str:
        """Keep a file's bytes; the same content is kept once. Returns its hash. Raises StoreError attachment_too_large."""
        self.will_write()
        if len(content) > LARGEST_ATTACHMENT:
            raise StoreError("attachment_too_large", file="")
        digest = hash_of_bytes(content)
        self.connection.execute(upsert(schema.attachment).values(hash=digest, content=content).on_conflict_do_nothing())
        return digest

    def attachment(self, digest: str) -> bytes:
        """A kept file, exactly as it was. Raises StoreError not_found or db_damaged."""
        row = self.connection.execute(select(schema.attachment.c.content).where(schema.attachment.c.hash == digest)).first()
        if row is None:
            raise StoreError("not_found", what="bestand", id=digest[:12])
        if hash_of_bytes(row.content) != digest:
            raise StoreError("db_damaged", file=self.store.path.name)
        return bytes(row.content)

    def has_attachment(self, digest: str) -> bool:
        query = select(schema.attachment.c.hash).where(schema.attachment.c.hash == digest)
        return self.connection.execute(query).first() is not None

    def head(self, kind: Kind, identity: str) -> str | None:
        """Hash of the current version, or None when there is none (any more)."""
        row = self.connection.execute(
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
        self.will_write()
        if kind == "tender":
            slot = self._passes_locks(identity, value, step) or slot
            self._has_files(value)
        digest = self.put(value) if value is not None else None
        if digest == self.head(kind, identity) and of_seq is None and not slot:
            return None
        row = self._write_row(kind, identity, step, params, digest, of_seq, slot=slot)
        self.connection.execute(delete(schema.draft).where(schema.draft.c.kind == kind, schema.draft.c.id == identity))
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
        why = locks.refusal(before, value, now=now, author=self.store.author, latest=latest)
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
        last = self.connection.execute(query).scalar()
        return datetime.fromisoformat(last).astimezone().isoformat() if last is not None else None

    def record(
        self, kind: Kind, identity: str, digest: str | None, step: str, params: Mapping[str, Param], *, slot: bool = False
    ) -> Row:
        """Make a kept version the current one without asking the locks: for what is found back or erased, never for an edit."""
        row = self._write_row(kind, identity, step, params, digest, None, slot=slot)
        self.connection.execute(delete(schema.draft).where(schema.draft.c.kind == kind, schema.draft.c.id == identity))
        self._list(kind, identity, self.document(digest) if digest is not None else None, digest, row.seq)
        return row

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
        self.will_write()
        last = self.connection.execute(
            select(schema.history.c.seq, schema.history.c.chain).order_by(schema.history.c.seq.desc()).limit(1)
        ).first()
        row: dict[str, Any] = {
            "seq": (last.seq if last else 0) + 1,
            "kind": kind,
            "id": identity,
            "step": step,
            "params": params_text(params),
            "author": self.store.author,
            "time": self.store.now(),
            "hash": digest,
            "of_seq": of_seq,
            "slot": int(slot),
        }
        row["chain"] = link(last.chain if last else GENESIS, row)
        self.connection.execute(insert(schema.history).values(row))
        return _row(row)

    def _list(self, kind: Kind, identity: str, value: Document | None, digest: str | None, seq: int) -> None:
        """Renew the tables that lists, search and references need, from the new head."""
        for table in (schema.head, schema.pin):
            self.connection.execute(delete(table).where(table.c.kind == kind, table.c.id == identity))
        if kind in LISTS:
            self.connection.execute(delete(LISTS[kind]).where(LISTS[kind].c.id == identity))
        if value is None or digest is None:
            return
        self.connection.execute(insert(schema.head).values(kind=kind, id=identity, hash=digest, seq=seq))
        for pinned in pins_of(value):
            self.connection.execute(insert(schema.pin).values(kind=kind, id=identity, hash=pinned))
        if isinstance(value, Tender):
            self.connection.execute(insert(schema.tender_list).values(tender_row(value)))
        elif isinstance(value, Product):
            self.connection.execute(insert(schema.product_list).values(product_row(value)))

    def history(self, kind: Kind | None = None, identity: str | None = None) -> list[Row]:
        """History rows, oldest first; of one document or of all."""
        before = schema.history.alias("before")
        joined = schema.history.outerjoin(before, before.c.seq == schema.history.c.seq - 1)
        query = select(schema.history, before.c.chain.label("previous")).select_from(joined).order_by(schema.history.c.seq)
        if kind is not None:
            query = query.where(schema.history.c.kind == kind, schema.history.c.id == identity)
        found = []
        for row in self.connection.execute(query):
            values = dict(row._mapping)
            previous = values.pop("previous") or GENESIS
            known = self.store.linked.get(values["seq"])
            if known != values["chain"] and not self.is_linked(previous, values):
                raise StoreError("db_damaged", file=self.store.path.name)
            self.store.linked[values["seq"]] = values["chain"]
            found.append(_row(values))
        return found

    def is_linked(self, previous: str, values: Mapping[str, Any]) -> bool:
        """Whether a history row is what its chain value says, or what was left of it when something was erased."""
        try:
            if link(previous, values) == values["chain"]:
                return True
            return hash_of_bytes(row_content(values)) == self.remains("row", str(values["seq"]))
        except (TypeError, ValueError):  # bytes where a text was
            return False

    def remains(self, what: str, ref: str) -> str | None:
        """The hash of what the last erasing left of something; None when nothing of it was erased."""
        if self.store.revision < "0003":
            return None
        stones = schema.tombstone.c
        query = select(stones.remains).where(stones.what == what, stones.ref == ref).order_by(stones.act.desc()).limit(1)
        return self.connection.execute(query).scalar()

    def version_before(self, row: Row) -> str | None:
        """The version of the row's document just before it."""
        earlier = self.connection.execute(
            select(schema.history.c.hash)
            .where(schema.history.c.kind == row.kind, schema.history.c.id == row.id, schema.history.c.seq < row.seq)
            .order_by(schema.history.c.seq.desc())
            .limit(1)
        ).first()
        return earlier.hash if earlier else None

    def chain_head(self) -> str:
        """The newest chain value: the outside witness that printed sheets carry."""
        query = select(schema.history.c.chain).order_by(schema.history.c.seq.desc()).limit(1)
        row = self.connection.execute(query).first()
        return str(row.chain) if row else GENESIS

    # --- drafts ------------------------------------------------------------------------------------------------

    def save_draft(self, kind: Kind, identity: str, draft: Draft | None) -> None:
        """Keep what is being typed (None forgets it); the document stays as it is."""
        self.will_write()
        key = {"kind": kind, "id": identity, "author": self.store.author}
        self.connection.execute(delete(schema.draft).filter_by(**key))
        if draft is not None:
            row = {**key, "field": draft.field, "text": draft.text, "time": self.store.now()}
            self.connection.execute(insert(schema.draft).values(row))

    def draft(self, kind: Kind, identity: str) -> Draft | None:
        query = select(schema.draft).filter_by(kind=kind, id=identity, author=self.store.author)
        row = self.connection.execute(query).first()
        return Draft(row.field, row.text) if row else None

    # --- lists -------------------------------------------------------------------------------------------------

    def tenders(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._rows(schema.tender_list, search, schema.tender_list.c.number)

    def products(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._rows(schema.product_list, search, schema.product_list.c.name)

    def _rows(self, table: Table, search: str, order: Any) -> list[Mapping[str, Any]]:
        query = _matching(select(table), table, search).order_by(order, table.c.id)
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def listed_ids(self, kind: Kind, search: str = "", order: str = "", *, descending: bool = False) -> list[str]:
        """Identities of a list in the order of one of its columns (the list's own when empty): a list opens with these."""
        table = LISTS[kind]
        column = table.c[order or ("number" if kind == "tender" else "name")]
        query = _matching(select(table.c.id), table, search).order_by(column.desc() if descending else column, table.c.id)
        cursor = self.connection.execute(query).cursor
        assert cursor is not None
        return [identity for (identity,) in cursor.fetchall()]  # plain rows: 100,000 of them must not take a pause

    def newest_step(self) -> int:
        """The number of the newest step of all: while it is the same, so are the lists."""
        return int(self.connection.execute(select(func.max(schema.history.c.seq))).scalar() or 0)

    def listed_rows(self, kind: Kind, identities: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """The list rows of some documents, by identity."""
        table = LISTS[kind]
        found = self.connection.execute(select(table).where(table.c.id.in_(identities)))
        return {row.id: dict(row._mapping) for row in found}

    def listed_first(self, kind: Kind, search: str, limit: int) -> list[Mapping[str, Any]]:
        """The best matches of a search: what begins with the text first, then by name."""
        table = LISTS[kind]
        begins = table.c.search.like(_escaped(search.casefold().strip()) + "%", escape="\\")
        name = table.c.number if kind == "tender" else table.c.name
        query = _matching(select(table), table, search).order_by(begins.desc(), name, table.c.id).limit(limit)
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def listed_as(self, name: str) -> list[Mapping[str, Any]]:
        """Products of exactly this name, upper and lower case alike."""
        table = schema.product_list
        query = select(table).where(table.c.name.collate("NOCASE") == name).order_by(table.c.id)
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def tender_id(self, number_or_id: str) -> str:
        """The id for a number or an id. Raises StoreError not_found or ambiguous_number."""
        if self.head("tender", number_or_id) is not None:
            return number_or_id
        query = select(schema.tender_list.c.id).where(schema.tender_list.c.number == number_or_id)
        found = [str(row.id) for row in self.connection.execute(query)]
        if not found:
            raise StoreError("not_found", what="aanbesteding", id=number_or_id)
        if len(found) > 1:
            raise StoreError("ambiguous_number", id=number_or_id)
        return found[0]

    def products_of_uuid(self, uuid: str) -> list[Product]:
        """Library products of one data set UUID, oldest version first."""
        rows = self.connection.execute(select(schema.product_list.c.id).where(schema.product_list.c.uuid == uuid))
        found = [self.product(row.id) for row in rows]
        return sorted(found, key=lambda product: _version_key(product.version))

    def products_named(self, name: str) -> list[Product]:
        """Library products of exactly this name."""
        rows = self.connection.execute(select(schema.product_list.c.id).where(schema.product_list.c.name == name))
        return [self.product(row.id) for row in rows]

    # --- reference data ----------------------------------------------------------------------------------------

    def reference(self, kind: Kind) -> dict[str, str]:
        """Code → hash of the reference data offered to new tenders."""
        rows = self.connection.execute(select(schema.reference).where(schema.reference.c.kind == kind))
        return {row.code: row.hash for row in rows}

    def offer(self, kind: Kind, code: str, digest: str) -> None:
        statement = upsert(schema.reference).values(kind=kind, code=code, hash=digest)
        keys = [schema.reference.c.kind, schema.reference.c.code]
        self.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"hash": digest}))

    # --- settings of this file ---------------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """Raises StoreError db_damaged when a value is not what was set."""
        setting = schema.setting.c
        if self.store.revision < "0003":
            return {row.name: row.value for row in self.connection.execute(select(setting.name, setting.value))}
        rows = self.connection.execute(select(setting.name, setting.value, setting.hash)).all()
        if any(hash_of_bytes(str(row.value).encode()) != row.hash for row in rows):
            raise StoreError("db_damaged", file=self.store.path.name)
        return {row.name: row.value for row in rows}

    def set_setting(self, name: str, value: str) -> None:
        self.will_write()
        values = {"value": value, "hash": hash_of_bytes(value.encode())}
        statement = upsert(schema.setting).values(name=name, **values)
        self.connection.execute(statement.on_conflict_do_update(index_elements=[schema.setting.c.name], set_=values))

    # --- soundness ---------------------------------------------------------------------------------------------

    def check(self) -> list[tuple[str, str]]:
        """(what, where) of everything that does not agree; see `store.check`."""
        return check.faults(self)

    def erased(self, what: str) -> set[str]:
        """Hashes of versions or files of which nothing is left."""
        if self.store.revision < "0003":
            return set()
        stones = schema.tombstone.c
        return set(self.connection.scalars(select(stones.ref).where(stones.what == what, stones.remains == "")))

    def relist(self, kind: Kind, identity: str, digest: str, seq: int) -> None:
        """Write what the list tables, pins and references say of one document again."""
        self._list(kind, identity, self.document(digest), digest, seq)

    def rebuild_lists(self) -> None:
        """Write the list tables again from the heads."""
        heads = list(self.connection.execute(select(schema.head)))
        for row in heads:
            self.relist(row.kind, row.id, row.hash, row.seq)

    def count(self, table: Table) -> int:
        return int(self.connection.execute(select(func.count()).select_from(table)).scalar_one())


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
