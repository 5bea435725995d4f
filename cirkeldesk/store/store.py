"""The store: a unit of work over documents. One `with store.unit() as unit` is one transaction, rolled back
by default."""

from __future__ import annotations

import getpass
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from cirkeldesk.model.document.document import Document, Kind
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.store import schema
from cirkeldesk.store.schema import Features
from cirkeldesk.store.sqlite import copies
from cirkeldesk.store.sqlite.database import compact, engine_for, inspect, raw, refusal_of
from cirkeldesk.store.sqlite.file import identity_of, make_file, may_write, real_path
from cirkeldesk.store.sqlite.upgrade import bring_up_to_date
from cirkeldesk.store.sqlite.write_lock import Holder, WriteLock
from cirkeldesk.store.unit import UnitOfWork

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
        self.features = Features(revision)  # of an older file that may only be read, fewer
        self.author = _author()
        self.why_read_only = why_read_only
        self.was_writable = why_read_only is None  # at opening; another computer may have taken over since
        self._engine = engine
        self._lock = lock
        self._clock = clock
        self._documents: dict[str, Document] = {}
        self.rows_read: dict[tuple[Kind, str], list[HistoryRow]] = {}
        self.worked_out: dict[str, Any] = {}  # of versions that never change, by their hash
        self.linked: dict[int, str] = {}  # history rows that were found to be what their chain says
        self._open = False
        self.uptime: Callable[[], float] | None = (
            None  # seconds that really passed, sleep among them; None: not looked at
        )
        self._passed: tuple[datetime, float] | None = None
        self._one_at_a_time = threading.RLock()  # the window's thread and its worker share the connection
        self._file = identity_of(path)

    @classmethod
    def open(cls, path: Path, scripts: Path, clock: Clock, *, create: bool = True) -> Store:
        """Open for writing, or for reading when another process writes or the file is read-only.

        A file of an older version is brought up to date, after a copy of it was made. Raises StoreError:
        db_damaged, db_newer, db_folder, db_migration, backup_failed, file_missing, file_unreadable. The file
        is left as it was.
        """
        path, was_there = real_path(path)
        exists = was_there and path.stat().st_size > 0
        if not exists and not create:
            raise StoreError("file_empty" if was_there else "file_missing", file=path.name)
        revision = inspect(path)
        lock = WriteLock(path, _author())
        why = _why_read_only(path, lock, exists=exists)
        if why is not None and revision is None:
            if not was_there:
                path.unlink(missing_ok=True)
            raise StoreError("db_not_made", file=path.name) if why.key == "db_no_lock" else why
        engine = engine_for(path, read_only=why is not None)
        if why is None:
            copies.sweep(path, psutil.pid_exists)
            if revision != schema.REVISION:
                _bring_up_to_date(engine, path, revision, scripts, clock(), lock, was_there=was_there)
        made = schema.REVISION if why is None or revision is None else revision
        return cls(path, engine, lock, revision=made, why_read_only=why, clock=clock)

    @classmethod
    def peek(cls, path: Path, clock: Clock) -> Store:
        """Open a copy for reading only, leaving no trace beside it. Raises StoreError as `open` does."""
        path, _ = real_path(path)
        revision = inspect(path)
        if revision is None:
            raise StoreError("db_damaged", file=path.name)
        engine = engine_for(path, read_only=True)
        why = StoreError("db_read_only", file=path.name)
        return cls(path, engine, None, revision=revision, why_read_only=why, clock=clock)

    @property
    def name(self) -> str:
        return self.path.name

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
            return copies.make_copy(raw(self._engine), self.path, reason, datetime.fromisoformat(self.now()))

    def save_as(self, target: Path) -> None:
        """Copy what is open to another file, also when the file itself has gone. Raises StoreError
        cannot_write."""
        try:
            with self._one_at_a_time:
                copies.copy_to(raw(self._engine), target)
        except OSError as problem:
            raise StoreError("cannot_write", file=target.name) from problem

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
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
    def _transaction(self) -> Iterator[UnitOfWork]:
        try:
            with self._one_at_a_time:
                if self._open:
                    raise RuntimeError("a unit of work within a unit of work")
                self._open = True
                try:
                    with self._engine.begin() as connection:
                        unit = UnitOfWork(connection, self)
                        if self.chain is None:
                            self.chain = unit.steps.chain_head()
                        unit.moved = unit.steps.chain_head() != self.chain
                        if unit.moved:
                            self.rows_read.clear()
                        yield unit
                        head = unit.steps.chain_head() if unit.has_written else self.chain
                    self.chain = head
                    if unit.has_written:
                        self.still_there()
                except BaseException:
                    self.rows_read.clear()  # some of what was read may have been rolled back
                    raise
                finally:
                    self._open = False
        except DatabaseError as problem:
            raise refusal_of(problem, self.path.name) from problem

    def still_there(self) -> None:
        """Raises StoreError db_gone when the file was removed or replaced underneath: what is written would
        be lost. What is open can still be read, and saved elsewhere.

        Once another computer has taken over, this one reads only.
        """
        if self.read_only:
            return
        if identity_of(self.path) != self._file:
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
        self.rows_read.clear()

    def compact(self) -> bool:
        """Give back the room of what was erased, so that none of it stays in the file. False where it cannot
        be done now."""
        with self._one_at_a_time:
            return compact(self._engine)

    def remembered(self, digest: str) -> Document | None:
        return self._documents.get(digest)

    def remember(self, digest: str, value: Document) -> None:
        """Versions never change, so a decoded one may be kept; a bound keeps long sessions small."""
        if len(self._documents) > 512:
            self._documents.clear()
        self._documents[digest] = value


JUMP = 300.0  # seconds a clock may differ: between computers, and when it is set right a little


def _author() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "onbekend"


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


def _why_read_only(path: Path, lock: WriteLock, *, exists: bool) -> StoreError | None:
    """Why we may not write in a file; None when the lock is ours. A file that is not there is made."""
    if exists and not may_write(path):
        return StoreError("db_read_only", file=path.name)
    if not exists:
        make_file(path)
    if lock.take():
        return None
    return StoreError("db_no_lock", file=path.name) if lock.cannot_write else _in_use(lock.holder())


def _bring_up_to_date(
    engine: Engine,
    path: Path,
    revision: str | None,
    scripts: Path,
    now: str,
    lock: WriteLock,
    *,
    was_there: bool,
) -> None:
    """The newest tables, or the file as it was and nobody's."""
    try:
        bring_up_to_date(engine, path, revision, scripts, now)
    except BaseException as problem:
        engine.dispose()
        lock.release()
        if not was_there:
            path.unlink(missing_ok=True)  # nothing was in it yet
        if isinstance(problem, DatabaseError):
            key = "db_not_made" if revision is None else "db_migration"
            raise StoreError(key, file=path.name) from problem
        raise
