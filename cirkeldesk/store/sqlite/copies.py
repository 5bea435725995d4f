"""Copies of a database: made whole or not at all, thinned to hours, days and weeks, and put back.

A copy is made with SQLite's own backup, so that a step being written elsewhere never comes along half; it is
written beside its name, looked over, put on the disk and only then given its name. Copies lie in a folder
beside the file: where the file goes, they go too. What is made here is readable by its owner alone.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from cirkeldesk.model.refusal import StoreError
from cirkeldesk.store.sqlite.database import APPLICATION_ID

# Why a copy was made: by time, by hand, before a migration, before a copy was put back, after something was
# erased.
Reason = Literal["tijd", "hand", "migratie", "terugzetten", "wissen"]
_NAME = re.compile(r"(\d{8}T\d{6}Z)-(tijd|hand|migratie|terugzetten|wissen)\.db")
_MOMENT = "%Y%m%dT%H%M%SZ"

# Age up to which one copy is kept per so much time. What is older than the last line goes.
SCALES = (
    (timedelta(hours=24), timedelta(hours=1)),
    (timedelta(days=14), timedelta(days=1)),
    (timedelta(weeks=52), timedelta(weeks=1)),
)


LAST_YEAR = 9000  # a copy "of" a later year would leave no moment for the next one


@dataclass(frozen=True, order=True)
class Copy:
    """A copy by when (UTC) and why it was made."""

    moment: datetime
    reason: Reason
    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def folder_of(database: Path) -> Path:
    return database.with_name(f"{database.name} back-ups")


def copies_of(database: Path) -> list[Copy]:
    """The copies of a database, newest first; other files in the folder are left out."""
    found = []
    for file in _files_in(folder_of(database)):
        match = _NAME.fullmatch(file.name)
        moment = _moment(match[1]) if match else None
        if match and moment is not None and file.is_file():
            reason: Reason = match[2]  # type: ignore[assignment]  # the pattern names no other
            found.append(Copy(moment, reason, file))
    return sorted(found, reverse=True)


def _moment(text: str) -> datetime | None:
    """When a copy says it was made; None where its name only looks like one of ours."""
    try:
        found = datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return found if found.year < LAST_YEAR else None


def make_copy(source: sqlite3.Connection, database: Path, reason: Reason, now: datetime) -> Copy:
    """Copy an open database into its folder of copies. Raises StoreError backup_failed; then nothing is left
    behind.

    A clock that went back gives a copy a moment just after the one before it, so that the newest stays the
    newest.
    """
    earlier = copies_of(database)
    moment = now.astimezone(UTC).replace(microsecond=0)
    if earlier and earlier[0].moment >= moment:
        moment = earlier[0].moment + timedelta(seconds=1)
    target = folder_of(database) / f"{moment.strftime(_MOMENT)}-{reason}.db"
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        copy_to(source, target)
    except UnsoundCopy as problem:
        raise StoreError("backup_damaged", file=database.name) from problem
    except OSError as problem:
        raise StoreError("backup_failed", file=database.name) from problem
    return Copy(moment, reason, target)


class UnsoundCopy(OSError):
    """What was copied is damaged itself: no room on the disk mends that."""


def copy_to(source: sqlite3.Connection, target: Path) -> None:
    """Copy an open database to a file, whole or not at all. Raises OSError."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        make_private(part)
        try:
            with closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
                sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        except sqlite3.Error as problem:
            raise OSError("not copied") from problem
        if not sound:
            raise UnsoundCopy("the copy is not sound")
        put_in_place(part, target)
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)


def make_private(path: Path) -> None:
    """An empty file that only its owner may read and write. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))


_LEFT = re.compile(r"\.(?P<of>.+)\.(?P<process>[0-9]{1,10})\.(part|part-journal|now)")


def sweep(database: Path, is_alive: Callable[[int], bool]) -> list[Path]:
    """Remove what killed copies left beside a database and among its copies: whole copies, under names nobody
    looks at.

    Only for who writes in the database: nobody else makes copies of it. Returns what went.
    """
    gone = []
    for folder, ours in ((database.parent, (database.name,)), (folder_of(database), None)):
        for file in _files_in(folder):
            match = _LEFT.fullmatch(file.name)
            if match is None or (ours is not None and match["of"] not in ours):
                continue
            process = int(match["process"])
            if process != os.getpid() and is_alive(process):
                continue
            try:
                file.unlink()
            except OSError:
                continue
            gone.append(file)
    return gone


def copies_left(database: Path, is_alive: Callable[[int], bool]) -> list[Path]:
    """Whole databases of ours under the name of a copy never finished, of whatever file, beside a
    database."""
    found = []
    for file in _files_in(database.parent):
        match = _LEFT.fullmatch(file.name)
        if (
            match is not None
            and match[3] == "part"
            and not is_alive(int(match["process"]))
            and _is_ours(file)
        ):
            found.append(file)
    return found


def _is_ours(file: Path) -> bool:
    """Whether a file begins as a database of this program (SQLite file format 1.3: the application id at byte
    68)."""
    try:
        with file.open("rb") as opened:
            return opened.read(72)[68:72] == APPLICATION_ID.to_bytes(4, "big")
    except OSError:
        return False


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def asides_of(database: Path) -> list[Path]:
    """Damaged databases that were put aside when a copy was put back (see `put_aside`)."""
    pattern = re.compile(
        rf"{re.escape(database.stem)} beschadigd [0-9]{{8}}T[0-9]{{6}}Z{re.escape(database.suffix)}"
    )
    return [file for file in _files_in(database.parent) if pattern.fullmatch(file.name)]


def put_in_place(part: Path, target: Path) -> None:
    """A file written beside its target takes its place, on the disk before anybody is told. Raises
    OSError."""
    with part.open("r+b") as written:  # Windows flushes only what is open for writing
        os.fsync(written.fileno())
    part.replace(target)
    if os.name == "posix":  # the name itself; elsewhere a folder cannot be synced
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def put_back(copy: Path, database: Path) -> None:
    """A copy takes the place of the database. Nobody may have the database open. Raises StoreError
    restore_failed.

    A journal that lies beside the database belongs to what is replaced; played back over the copy it would
    spoil it.
    """
    database = database.resolve()  # a link keeps pointing
    part = database.with_name(f".{database.name}.{os.getpid()}.part")
    journal = database.with_name(f"{database.name}-journal")
    aside = database.with_name(f".{journal.name}.{os.getpid()}.part")
    try:
        make_private(part)
        shutil.copyfile(copy, part)
        if database.exists():
            part.chmod(database.stat().st_mode & 0o777)
        if journal.exists():
            journal.replace(aside)
        put_in_place(part, database)
        aside.unlink(missing_ok=True)
    except OSError as problem:
        part.unlink(missing_ok=True)
        if aside.exists():
            aside.replace(journal)  # nothing was replaced: what belongs to it comes back
        raise StoreError("restore_failed", file=database.name) from problem


def put_aside(database: Path, now: datetime) -> Path | None:
    """A damaged database is kept under another name: something may still be read from it. Raises StoreError
    restore_failed."""
    if not database.exists():
        return None
    target = database.with_name(
        f"{database.stem} beschadigd {now.astimezone(UTC).strftime(_MOMENT)}{database.suffix}"
    )
    try:
        make_private(target)
        shutil.copyfile(database, target)
    except OSError as problem:
        target.unlink(missing_ok=True)
        raise StoreError("restore_failed", file=database.name) from problem
    return target


def superseded(copies: Iterable[Copy], now: datetime, is_good: Callable[[Copy], bool]) -> list[Copy]:
    """Which copies can go: of each hour of the last day, day of two weeks and week of a year one stays, the
    newest good one, per reason. What was made for a reason other than time stays a whole day: somebody may
    want to go back on it.

    The newest good copy of all always stays. A copy only goes when one that stays in its place can be read,
    so that a run of copies of a damaged file never pushes out the last good one. Copies "from the future"
    count as of the last day.
    """
    newest_first = sorted(copies, reverse=True)
    good = cache(is_good)
    groups: dict[tuple[int, int, Reason], list[Copy]] = {}
    too_old = []
    for copy in newest_first:
        place = _place(copy.moment, now)
        if place is None:
            too_old.append(copy)
        elif copy.reason == "tijd" or place[0] > 0:
            groups.setdefault((*place, copy.reason), []).append(copy)
    gone = [copy for group in groups.values() for copy in _pushed_out(group, good)]
    kept = [copy for copy in newest_first if copy not in gone and copy not in too_old]
    return sorted(gone + _out_of_time(too_old, kept, good), reverse=True)


def _pushed_out(group: list[Copy], good: Callable[[Copy], bool]) -> list[Copy]:
    """All of a group but the newest good one; none where there is no good one."""
    stays = next((copy for copy in group if good(copy)), None) if len(group) > 1 else None
    return [copy for copy in group if copy != stays] if stays is not None else []


def _out_of_time(too_old: list[Copy], kept: list[Copy], good: Callable[[Copy], bool]) -> list[Copy]:
    """What is older than a year, but for the newest good one where nothing younger is good. Without a single
    good one nothing goes: a damaged copy may still be worth reading."""
    if too_old and any(good(copy) for copy in kept):
        return too_old
    last = next((copy for copy in too_old if good(copy)), None)
    return [copy for copy in too_old if copy != last] if last is not None else []


def _place(moment: datetime, now: datetime) -> tuple[int, int] | None:
    """The hour, day or week a copy stands for; None when it is older than a year."""
    age = now - moment
    for number, (up_to, per) in enumerate(SCALES):
        if age <= up_to:
            return number, int((moment - datetime(2000, 1, 3, tzinfo=UTC)) / per)  # a Monday
    return None
