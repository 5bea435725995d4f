"""The store: a unit of work over documents. One `with store.unit() as unit` is one transaction, rolled back
by default."""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import psutil
from sqlalchemy import Connection, Engine, Table, bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError, OperationalError

from cirkeldesk.model.award import locks
from cirkeldesk.model.document.document import (
    Document,
    Kind,
    canonical,
    from_plain,
    hash_of_bytes,
    kind_of,
    to_plain,
)
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.document.history import (
    GENESIS,
    OF_FILE,
    REFUSED,
    HistoryRow,
    Param,
    link,
    params_text,
    read_params,
    row_content,
)
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.store import check, copies, schema
from cirkeldesk.store.database import engine_for, inspect, migrate
from cirkeldesk.store.rows import hash_of_row, list_row, pins_of
from cirkeldesk.store.write_lock import Holder, WriteLock

Clock = Callable[[], str]


class Store:
    """An open database file. `read_only` says another process writes in it, or we may not."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        lock: WriteLock | None,
        *,
        revision: str,
        why_read_only: StoreError | None,
        clock: Clock,
    ) -> None:
        self.path = path
        self.chain: str | None = (
            None  # the newest chain value we read or wrote; the file must still say so before we write
        )
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
        self.uptime: Callable[[], float] | None = (
            None  # seconds that really passed, sleep among them; None: not looked at
        )
        self._passed: tuple[datetime, float] | None = None
        self._one_at_a_time = threading.RLock()  # the window's thread and its worker share the connection
        self._file = _identity(path)

    @classmethod
    def open(cls, path: Path, scripts: Path, clock: Clock, *, create: bool = True) -> Store:
        """Open for writing, or for reading when another process writes or the file is read-only.

        A file of an older version is brought up to date, after a copy of it was made. Raises StoreError:
        db_damaged, db_newer, db_folder, db_migration, backup_failed, file_missing, file_unreadable. The file
        is left as it was.
        """
        path, was_there = _real(path)
        exists = was_there and path.stat().st_size > 0
        if not exists and not create:
            raise StoreError("file_empty" if was_there else "file_missing", file=path.name)
        revision = inspect(path)
        why: StoreError | None = None
        lock = WriteLock(path, _author())
        if exists and not _may_write(path):
            why = StoreError("db_read_only", file=path.name)
        else:
            if not exists:
                _make_file(path)
            if not lock.take():
                why = (
                    StoreError("db_no_lock", file=path.name) if lock.cannot_write else _in_use(lock.holder())
                )
        if why is not None and revision is None:
            if not was_there:
                path.unlink(missing_ok=True)
            raise StoreError("db_not_made", file=path.name) if why.key == "db_no_lock" else why
        if why is None:
            copies.sweep(path, psutil.pid_exists)
        engine = engine_for(path, read_only=why is not None)
        if why is None and revision != schema.REVISION:
            try:
                _bring_up_to_date(engine, path, revision, scripts, clock)
            except BaseException as problem:
                engine.dispose()
                lock.release()
                if not was_there:
                    path.unlink(missing_ok=True)  # nothing was in it yet
                if isinstance(problem, DatabaseError):
                    raise StoreError(
                        "db_not_made" if revision is None else "db_migration", file=path.name
                    ) from problem
                raise
        made = schema.REVISION if why is None or revision is None else revision
        return cls(path, engine, lock, revision=made, why_read_only=why, clock=clock)

    @classmethod
    def peek(cls, path: Path, clock: Clock) -> Store:
        """Open a copy for reading only, leaving no trace beside it. Raises StoreError as `open` does."""
        path, _ = _real(path)
        revision = inspect(path)
        if revision is None:
            raise StoreError("db_damaged", file=path.name)
        engine = engine_for(path, read_only=True)
        why = StoreError("db_read_only", file=path.name)
        return cls(path, engine, None, revision=revision, why_read_only=why, clock=clock)

    @property
    def read_only(self) -> bool:
        return self.why_read_only is not None

    def let_go_of_file(self) -> None:
        """Close the file itself; the lock stays ours until `close`."""
        self._engine.dispose()

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

    @property
    def holder(self) -> Holder | None:
        """Who writes in the file, as they said themselves."""
        return self._lock.holder() if self._lock is not None else None

    def take_over(self) -> bool:
        """Give the lock of somebody without a sign of life to whoever opens the file next. False when it is
        still held."""
        if self._lock is None or not self._lock.take_over():
            return False
        self._lock.release()
        return True

    def copy(self, reason: copies.Reason) -> copies.Copy:
        """Make a copy into the folder of copies, between two steps. Raises StoreError backup_failed."""
        with self._one_at_a_time:
            return copies.make_copy(_raw(self._engine), self.path, reason, datetime.fromisoformat(self.now()))

    def save_as(self, target: Path) -> None:
        """Copy what is open to another file, also when the file itself has gone. Raises StoreError
        cannot_write."""
        try:
            with self._one_at_a_time:
                copies.copy_to(_raw(self._engine), target)
        except OSError as problem:
            raise StoreError("cannot_write", file=target.name) from problem

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A transaction. It commits at the end of the block and rolls back on any exception.

        A refused change of a locked tender leaves a trace: one row in its history, in a transaction of its
        own.
        """
        try:
            with self._transaction() as unit:
                yield unit
        except LockRefusal as refused:
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
                        if self.chain is None:
                            self.chain = unit.chain_head()
                        unit.moved = unit.chain_head() != self.chain
                        yield unit
                        head = unit.chain_head() if unit.has_written else self.chain
                    self.chain = head
                    if unit.has_written:
                        self.still_there()
                finally:
                    self._open = False
        except OperationalError as problem:
            raise StoreError(_environment_key(str(problem.orig)), file=self.path.name, since="") from problem
        except DatabaseError as problem:
            raise StoreError("db_damaged", file=self.path.name) from problem

    def still_there(self) -> None:
        """Raises StoreError db_gone when the file was removed or replaced underneath: what is written would
        be lost. What is open can still be read, and saved elsewhere.

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

    def clock_jump(self, before: str, now: str) -> str | None:
        """The step that says so when the clock went back behind the newest step, or ahead of the time that
        really passed."""
        last, moment = datetime.fromisoformat(before), datetime.fromisoformat(now)
        passed = self._passed
        if self.uptime is not None:
            self._passed = (moment, self.uptime())
        if (last - moment).total_seconds() > JUMP:
            return "clock_back"
        if self.uptime is None or passed is None:
            return None
        ahead = (moment - passed[0]).total_seconds() - (self.uptime() - passed[1])
        return "clock_ahead" if ahead > JUMP else None

    def forget(self) -> None:
        """What was read is read again: some of it was erased."""
        self._documents.clear()
        self.linked.clear()

    def compact(self) -> bool:
        """Give back the room of what was erased, so that none of it stays in the file. False where it cannot
        be done now."""
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


LONGEST_NAME = 200  # bytes; the name of a back-up that is being made is some forty longer
JUMP = 300.0  # seconds a clock may differ: between computers, and when it is set right a little
CLOCK_STEPS = ("clock_back", "clock_ahead")
LISTS: Mapping[Kind, Table] = {"tender": schema.tender_list, "product": schema.product_list}
_KEEP_ONCE = upsert(schema.document).on_conflict_do_nothing()
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
LARGEST_ATTACHMENT = 50 * 1024 * 1024


def _author() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "onbekend"


def _may_write(path: Path) -> bool:
    """Whether we could change the file and make its journal beside it. Asked by opening, as access bits lie
    for root."""
    try:
        with path.open("r+b"):
            pass
        probe = path.parent / f".{path.name}.probe"
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return bool(path.stat().st_mode & 0o222)  # root may write anything; a file marked read-only is meant so


def _bring_up_to_date(engine: Engine, path: Path, revision: str | None, scripts: Path, clock: Clock) -> None:
    """The newest tables, in a new file or (after a copy of it was made) in an older one."""
    if revision is not None:
        copies.make_copy(_raw(engine), path, "migratie", datetime.fromisoformat(clock()))
    migrate(engine, scripts)
    if revision is None:
        _raw(engine).execute("VACUUM")  # the way to the newest tables leaves room behind


def _real(path: Path) -> tuple[Path, bool]:
    """(the file a path really stands for, whether it is there). Raises StoreError db_folder, db_no_file.

    Lock, journal and back-ups lie beside the file itself, whichever link it was opened by.
    """
    shown = path.name[:60] or str(path)[:60]
    try:
        path = path.resolve()
        there = path.exists()
        if there and not path.is_file():
            raise StoreError("db_no_file", file=shown)
    except OSError as problem:
        key = "name_too_long" if problem.errno == errno.ENAMETOOLONG else "db_folder"
        raise StoreError(key, file=shown) from problem
    except (RuntimeError, ValueError) as problem:  # links that go round, a name no system has
        raise StoreError("db_folder", file=shown) from problem
    if len(os.fsencode(path.name)) > LONGEST_NAME:  # what lies beside it has a longer one
        raise StoreError("name_too_long", file=shown)
    return path, there


def _make_file(path: Path) -> None:
    """An empty file only its owner may read. Raises StoreError db_folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            copies.make_private(path)
    except OSError as problem:
        raise StoreError("db_folder", file=path.name[:60]) from problem


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
    except (ValueError, OverflowError):
        return iso[:40]
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
    if any(
        sign in text
        for sign in ("malformed", "not a database", "no such", "UTF-8", "unsupported file format")
    ):
        return "db_damaged"
    return "db_disk" if "disk" in text or "full" in text else "db_other"


class Unit:
    """Reads and writes within one transaction."""

    def __init__(self, connection: Connection, store: Store) -> None:
        self.connection = connection
        self.store = store
        self.has_written = False
        self.moved = False  # the file is another one than we wrote in

    def now(self) -> str:
        return self.store.now()

    def will_write(self) -> None:
        """Asked by whatever changes something. Raises StoreError why it may not, or db_gone."""
        self.store.still_there()
        if self.store.why_read_only is not None:
            raise self.store.why_read_only
        if self.moved:
            raise StoreError("db_changed", file=self.store.path.name)
        self.has_written = True

    # --- documents
    # ---------------------------------------------------------------------------------------------

    def document(self, digest: str) -> Document:
        """One immutable version. Raises StoreError db_damaged when the content is not what its hash says."""
        known = self.store.remembered(digest)
        if known is not None:
            return known
        row = self.connection.execute(
            select(schema.document.c.content).where(schema.document.c.hash == digest)
        ).first()
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
        self.connection.execute(_KEEP_ONCE, row)
        self.store.remember(digest, value)
        return digest

    def attach(self, content: bytes) -> str:
        """Keep a file's bytes; the same content is kept once. Returns its hash. Raises StoreError
        attachment_too_large."""
        self.will_write()
        if len(content) > LARGEST_ATTACHMENT:
            raise StoreError("attachment_too_large", file="")
        digest = hash_of_bytes(content)
        self.connection.execute(
            upsert(schema.attachment).values(hash=digest, content=content).on_conflict_do_nothing()
        )
        return digest

    def attachment(self, digest: str) -> bytes:
        """A kept file, exactly as it was. Raises StoreError not_found or db_damaged."""
        row = self.connection.execute(
            select(schema.attachment.c.content).where(schema.attachment.c.hash == digest)
        ).first()
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
        if digest is None and self.moved and not self.store.read_only:
            raise StoreError("db_changed", file=self.store.path.name)
        if digest is None:
            raise StoreError("not_found", what=what, id=identity)
        return self.document(digest)

    # --- steps
    # -------------------------------------------------------------------------------------------------

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
    ) -> HistoryRow | None:
        """Make `value` the current version (None removes the document) and write the history row.

        An edit that changes nothing writes nothing and returns None. Raises Refused when a lock of the tender
        forbids it; an act of the award is a slot of itself.
        """
        self.will_write()
        if kind == "tender":
            slot = self._passes_locks(identity, value, step) or slot
            self._has_files(value)
        digest = self.put(value) if value is not None else None
        if digest == self.head(kind, identity) and of_seq is None and not slot:
            return None
        row = self._write_row(kind, identity, step, params, digest, of_seq, slot=slot)
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
            raise LockRefusal(why.key, identity, step, **{name: str(text or "") for name, text in why.params})
        return locks.is_slot(before, value)

    def _has_files(self, value: Document | None) -> None:
        """A version or letter names files that are kept and a basis that is a tender. Raises StoreError
        version_unsound."""
        if isinstance(value, Tender) and value.versions:
            kept = all(self.has_attachment(made.file.sha256) for made in value.made_files)
            bases = [self.document(version.basis) for version in value.versions]
            if not kept or not all(isinstance(basis, Tender) for basis in bases):
                raise StoreError("version_unsound")

    def latest_step(self, identity: str) -> str | None:
        """The moment of a tender's newest step, in the office's time; refused attempts are no steps."""
        history = schema.history.c
        query = select(func.max(history.time)).where(
            history.kind == "tender", history.id == identity, history.step != REFUSED
        )
        last = self.connection.execute(query).scalar()
        return datetime.fromisoformat(last).astimezone().isoformat() if last is not None else None

    def record(
        self,
        kind: Kind,
        identity: str,
        digest: str | None,
        step: str,
        params: Mapping[str, Param],
        *,
        slot: bool = False,
    ) -> HistoryRow:
        """Make a kept version the current one without asking the locks: for what is found back or erased,
        never for an edit."""
        row = self._write_row(kind, identity, step, params, digest, None, slot=slot)
        self._list(kind, identity, self.document(digest) if digest is not None else None, digest, row.seq)
        return row

    def trace(self, refused: LockRefusal) -> None:
        """A row for an attempt that a lock refused; the document stays as it is."""
        digest = self.head("tender", refused.identity)
        params: dict[str, Param] = {"step": refused.step, "why": refused.key}
        self._write_row("tender", refused.identity, "refused", params, digest, None, slot=False)

    def of_file(self, step: str, params: Mapping[str, Param]) -> HistoryRow:
        """A row for what happened to the file itself (see `history.OF_FILE`)."""
        return self._write_row(OF_FILE, "", step, params, None, None, slot=False)

    def _write_row(
        self,
        kind: Kind | Literal["file"],
        identity: str,
        step: str,
        params: Mapping[str, Param],
        digest: str | None,
        of_seq: int | None,
        *,
        slot: bool,
    ) -> HistoryRow:
        self.will_write()
        last = self.connection.execute(
            select(schema.history.c.seq, schema.history.c.chain, schema.history.c.time)
            .order_by(schema.history.c.seq.desc())
            .limit(1)
        ).first()
        now = self.store.now()
        if last is not None and step not in CLOCK_STEPS:
            jump = self.store.clock_jump(str(last.time), now)
            if jump is not None:
                self.of_file(jump, {"clock_was": str(last.time), "clock_is": now})
                return self._write_row(kind, identity, step, params, digest, of_seq, slot=slot)
        row: dict[str, Any] = {
            "seq": (last.seq if last else 0) + 1,
            "kind": kind,
            "id": identity,
            "step": step,
            "params": params_text(params),
            "author": self.store.author,
            "time": now,
            "hash": digest,
            "of_seq": of_seq,
            "slot": int(slot),
        }
        row["chain"] = link(last.chain if last else GENESIS, row)
        self.connection.execute(insert(schema.history), row)
        return _row(row)

    def _list(self, kind: Kind, identity: str, value: Document | None, digest: str | None, seq: int) -> None:
        """Renew the tables that lists, search and references need, from the new head."""
        which = {"of_kind": kind, "of_id": identity}
        gone = (schema.head, schema.pin) if value is not None else (schema.head, schema.pin, schema.draft)
        for table in (*gone, *([LISTS[kind]] if kind in LISTS else [])):
            self.connection.execute(_OF_DOCUMENT[table.name], which)
        if value is None or digest is None:
            return
        self.connection.execute(
            insert(schema.head), {"kind": kind, "id": identity, "hash": digest, "seq": seq}
        )
        pins = [{"kind": kind, "id": identity, "hash": pinned} for pinned in pins_of(value)]
        if pins:
            self.connection.execute(insert(schema.pin), pins)
        listed = list_row(value)
        if listed is not None:
            self.connection.execute(insert(LISTS[kind]), {**listed, "hash": hash_of_row(listed)})

    def history(self, kind: Kind | None = None, identity: str | None = None) -> list[HistoryRow]:
        """History rows, oldest first; of one document or of all."""
        before = schema.history.alias("before")
        joined = schema.history.outerjoin(before, before.c.seq == schema.history.c.seq - 1)
        query = (
            select(schema.history, before.c.chain.label("previous"))
            .select_from(joined)
            .order_by(schema.history.c.seq)
        )
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
        if self.store.revision < "0003":
            return None
        stones = schema.tombstone.c
        query = (
            select(stones.remains)
            .where(stones.what == what, stones.ref == ref)
            .order_by(stones.act.desc())
            .limit(1)
        )
        return self.connection.execute(query).scalar()

    def version_before(self, row: HistoryRow) -> str | None:
        """The version of the row's document just before it."""
        earlier = self.connection.execute(
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
        row = self.connection.execute(query).first()
        return str(row.chain) if row else GENESIS

    # --- drafts
    # ------------------------------------------------------------------------------------------------

    def save_drafts(self, kind: str, identity: str, drafts: Sequence[Draft]) -> None:
        """Keep all that this author is typing about one document, instead of what was kept; the document
        stays as it is."""
        self.will_write()
        key = {"kind": kind, "id": identity, "author": self.store.author}
        self.connection.execute(delete(schema.draft).filter_by(**key))
        rows = [
            {**key, "field": draft.field, "text": draft.text, "time": self.store.now()} for draft in drafts
        ]
        if rows:
            self.connection.execute(insert(schema.draft), rows)

    def drafts(self) -> dict[tuple[str, str], tuple[Draft, ...]]:
        """What this author was typing and did not finish, by (kind, id)."""
        found: dict[tuple[str, str], list[Draft]] = {}
        query = (
            select(schema.draft)
            .filter_by(author=self.store.author)
            .order_by(schema.draft.c.time, schema.draft.c.field)
        )
        for row in self.connection.execute(query):
            found.setdefault((row.kind, row.id), []).append(Draft(row.field, row.text))
        return {key: tuple(drafts) for key, drafts in found.items()}

    # --- lists
    # -------------------------------------------------------------------------------------------------

    def tenders(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._rows("tender", search, schema.tender_list.c.number)

    def products(self, search: str = "") -> list[Mapping[str, Any]]:
        return self._rows("product", search, schema.product_list.c.name)

    def _rows(self, kind: Kind, search: str, order: Any) -> list[Mapping[str, Any]]:
        table = LISTS[kind]
        query = _matching(self._select(kind), table, search).order_by(order, table.c.id)
        return [self._listed(kind, row) for row in self.connection.execute(query)]

    def raw_list(self, kind: Kind) -> dict[str, Mapping[str, Any]]:
        """The rows of a list as they stand in the file, by id; one whose hash says otherwise is marked so."""
        found: dict[str, Mapping[str, Any]] = {}
        for row in self.connection.execute(self._select(kind)):
            values = dict(row._mapping)
            digest = values.pop("hash", None)
            found[str(values["id"])] = (
                values if digest is None or digest == hash_of_row(values) else {**values, "hash": digest}
            )
        return found

    def _select(self, kind: Kind) -> Any:
        """The columns of a list that are there."""
        columns = [
            column for column in LISTS[kind].c if column.name != "hash" or self.store.revision >= "0004"
        ]
        return select(*columns)

    def _listed(self, kind: Kind, row: Any) -> Mapping[str, Any]:
        """A list row that is what was written; where it is not, what the document itself says. Raises
        StoreError db_damaged."""
        values = dict(row._mapping)
        digest = values.pop("hash", None)
        if digest is None or digest == hash_of_row(values):
            return values
        head = self.head(kind, str(values["id"]))
        found = list_row(self.document(head)) if head is not None else None
        if found is None:
            raise StoreError("db_damaged", file=self.store.path.name)
        return found

    def listed_ids(
        self, kind: Kind, search: str = "", order: str = "", *, descending: bool = False
    ) -> list[str]:
        """Identities of a list in the order of one of its columns (the list's own when empty): a list opens
        with these."""
        table = LISTS[kind]
        column = table.c[order or ("number" if kind == "tender" else "name")]
        query = _matching(select(table.c.id), table, search).order_by(
            column.desc() if descending else column, table.c.id
        )
        cursor = self.connection.execute(query).cursor
        assert cursor is not None
        return [
            identity for (identity,) in cursor.fetchall()
        ]  # plain rows: 100,000 of them must not take a pause

    def newest_step(self) -> int:
        """The number of the newest step of all: while it is the same, so are the lists."""
        return int(self.connection.execute(select(func.max(schema.history.c.seq))).scalar() or 0)

    def listed_rows(self, kind: Kind, identities: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """The list rows of some documents, by identity."""
        found = self.connection.execute(self._select(kind).where(LISTS[kind].c.id.in_(identities)))
        return {row.id: self._listed(kind, row) for row in found}

    def listed_first(self, kind: Kind, search: str, limit: int) -> list[Mapping[str, Any]]:
        """The best matches of a search: what begins with the text first, then by name."""
        table = LISTS[kind]
        begins = table.c.search.like(_escaped(search.casefold().strip()) + "%", escape="\\")
        name = table.c.number if kind == "tender" else table.c.name
        query = (
            _matching(self._select(kind), table, search)
            .order_by(begins.desc(), name, table.c.id)
            .limit(limit)
        )
        return [self._listed(kind, row) for row in self.connection.execute(query)]

    def listed_as(self, name: str) -> list[Mapping[str, Any]]:
        """Products of exactly this name, upper and lower case alike."""
        table = schema.product_list
        query = self._select("product").where(table.c.name.collate("NOCASE") == name).order_by(table.c.id)
        return [self._listed("product", row) for row in self.connection.execute(query)]

    def tenders_that_received(self, digest: str) -> list[Tender]:
        """The tenders that received a bid form, by the hash of its bytes."""
        if self.store.revision < "0004":
            found = [self.tender(row["id"]) for row in self.tenders()]
        else:
            pin = schema.pin.c
            query = select(pin.id).where(pin.kind == "tender", pin.hash == digest)
            found = [self.tender(identity) for identity in self.connection.scalars(query).all()]
        return [tender for tender in found if any(form.file.sha256 == digest for form in tender.received)]

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
        rows = self.connection.execute(
            select(schema.product_list.c.id).where(schema.product_list.c.uuid == uuid)
        )
        found = [self.product(row.id) for row in rows]
        return sorted(found, key=lambda product: _version_key(product.version))

    def products_named(self, name: str) -> list[Product]:
        """Library products of exactly this name."""
        rows = self.connection.execute(
            select(schema.product_list.c.id).where(schema.product_list.c.name == name)
        )
        return [self.product(row.id) for row in rows]

    # --- reference data
    # ----------------------------------------------------------------------------------------

    def reference(self, kind: Kind) -> dict[str, str]:
        """Code → hash of the reference data offered to new tenders."""
        rows = self.connection.execute(select(schema.reference).where(schema.reference.c.kind == kind))
        return {row.code: row.hash for row in rows}

    def offer(self, kind: Kind, code: str, digest: str) -> None:
        statement = upsert(schema.reference).values(kind=kind, code=code, hash=digest)
        keys = [schema.reference.c.kind, schema.reference.c.code]
        self.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"hash": digest}))

    # --- settings of this file
    # ---------------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """Raises StoreError db_damaged when a value is not what was set."""
        setting = schema.setting.c
        if self.store.revision < "0003":
            return {
                row.name: row.value for row in self.connection.execute(select(setting.name, setting.value))
            }
        rows = self.connection.execute(select(setting.name, setting.value, setting.hash)).all()
        if any(hash_of_bytes(str(row.value).encode()) != row.hash for row in rows):
            raise StoreError("db_damaged", file=self.store.path.name)
        return {row.name: row.value for row in rows}

    def set_setting(self, name: str, value: str) -> None:
        self.will_write()
        values = {"value": value, "hash": hash_of_bytes(value.encode())}
        statement = upsert(schema.setting).values(name=name, **values)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=[schema.setting.c.name], set_=values)
        )

    # --- soundness
    # ---------------------------------------------------------------------------------------------

    def check(self) -> list[tuple[str, str]]:
        """(what, where) of everything that does not agree; see `store.check`."""
        return check.faults(self)

    def erased(self, what: str) -> set[str]:
        """Hashes of versions or files of which nothing is left."""
        if self.store.revision < "0003":
            return set()
        stones = schema.tombstone.c
        return set(
            self.connection.scalars(select(stones.ref).where(stones.what == what, stones.remains == ""))
        )

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


def _row(values: Mapping[str, Any]) -> HistoryRow:
    fields = {**values, "params": read_params(values["params"]), "slot": bool(values["slot"])}
    return HistoryRow(**fields)


def _version_key(version: str | None) -> list[tuple[int, str]]:
    parts = (version or "").split(".")
    return [(int(part), "") if part.isascii() and part.isdigit() else (0, part) for part in parts]
