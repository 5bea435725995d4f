"""What keeps a file safe: back-ups by time and by hand, putting one back, saving, erasing, and keeping time."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil

from cirkeldesk import paths
from cirkeldesk.model.comparison import compare
from cirkeldesk.operations.desk import Desk, inputs_in, utc_now
from cirkeldesk.operations.settings import file_settings
from cirkeldesk.store import copies, erase
from cirkeldesk.store.copies import Copy
from cirkeldesk.store.erase import Erased
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.history import Row
from cirkeldesk.store.salvage import Salvaged, salvage
from cirkeldesk.store.store import Store, Unit

EVERY = timedelta(hours=1)
Fault = tuple[str, str]


def back_ups(database: Path) -> list[Copy]:
    """The back-ups of a file, newest first."""
    return copies.copies_of(database)


def back_up(desk: Desk, reason: copies.Reason = "hand") -> Copy:
    """Make a back-up now, and let go of those it takes the place of. Raises StoreError backup_failed."""
    made = desk.store.copy(reason)
    thin(desk.store.path, made.moment)
    return made


def back_up_when_due(desk: Desk) -> Copy | None:
    """Make a back-up when the newest is an hour old and something was done since. Raises StoreError backup_failed.

    A clock that went back makes one too: a copy too many costs little.
    """
    if desk.read_only:
        return None
    now = datetime.fromisoformat(desk.store.now()).astimezone(UTC)
    made = back_ups(desk.store.path)
    if made:
        newest = made[0]
        if timedelta(0) <= now - newest.moment < EVERY:
            return None
        with desk.unit() as unit:
            if _chain_of(newest) == unit.chain_head():
                return None
    return back_up(desk, "tijd")


def _chain_of(copy: Copy) -> str:
    try:
        return contents(copy).chain
    except StoreError:
        return ""


def thin(database: Path, now: datetime) -> list[Copy]:
    """Remove back-ups that newer ones take the place of; see `copies.superseded`. Returns them."""
    gone = []
    for copy in copies.superseded(copies.copies_of(database), now, is_good):
        try:
            copy.path.unlink()
        except OSError:  # held by another program: the next time
            continue
        gone.append(copy)
    return gone


def is_good(copy: Copy) -> bool:
    """Whether a back-up can be read from beginning to end."""
    try:
        contents(copy)
    except StoreError:
        return False
    return True


@dataclass(frozen=True)
class Contents:
    """What a back-up holds: (number, title, status) of its tenders, how many products, and its newest step."""

    tenders: tuple[tuple[str, str, str], ...]
    products: int
    newest: Row | None
    chain: str
    steps: int


def contents(copy: Copy) -> Contents:
    """Look into a back-up without changing it. Raises StoreError db_damaged, db_newer."""
    store = Store.peek(copy.path, utc_now)
    try:
        with store.unit() as unit:
            history = unit.history()
            return Contents(
                tuple((row["number"], row["title"], row["status"]) for row in unit.tenders()),
                len(unit.listed_ids("product")),
                history[-1] if history else None,
                unit.chain_head(),
                len(history),
            )
    finally:
        store.close()


def steps_since(desk: Desk, copy: Copy) -> list[Row]:
    """Steps that would be lost by putting a back-up back: those of the open file that it does not hold.

    Raises StoreError db_damaged where the back-up cannot be read.
    """
    held = contents(copy)
    with desk.unit() as unit:
        steps = unit.history()
    common = held.steps if held.steps and len(steps) >= held.steps and steps[held.steps - 1].chain == held.chain else 0
    return steps[common:]


def find_copy(database: Path, name: str) -> Copy:
    """A back-up by its file name, or the newest that can be read for "laatste". Raises StoreError copy_not_found."""
    found = back_ups(database)
    if name == "laatste":
        chosen = next((copy for copy in found if is_good(copy)), None)
    else:
        chosen = next((copy for copy in found if name in (copy.path.name, copy.path.stem)), None)
    if chosen is None:
        raise StoreError("copy_not_found", id=name[:60])
    return chosen


def put_back(database: Path, copy: Copy) -> Path | None:
    """A back-up takes the place of the file, which nobody has open. What was there is kept: as a back-up where it can be read,
    else beside it under another name, which is returned.

    Raises StoreError copy_unreadable, restore_failed, db_locked.
    """
    if not is_good(copy):
        raise StoreError("copy_unreadable", id=copy.path.name)
    try:
        current = Store.open(database, paths.migrations(), utc_now, create=False)
    except StoreError as problem:
        if problem.key in IN_USE:
            raise
        aside = copies.put_aside(database, _now())
        copies.put_back(copy.path, database)
        return aside
    try:
        if current.why_read_only is not None:
            raise current.why_read_only
        current.copy("terugzetten")
    finally:
        current.close()
    copies.put_back(copy.path, database)
    return None


IN_USE = frozenset({"db_locked", "db_locked_elsewhere", "db_read_only"})


def _now() -> datetime:
    return datetime.fromisoformat(utc_now())


def rescue(damaged: Path, target: Path) -> Salvaged:
    """Save what can be saved into a new file; see `store.salvage`."""
    return salvage(damaged, target, paths.migrations(), utc_now)


def check(desk: Desk) -> list[Fault]:
    """What does not agree in the file: (what, where)."""
    with desk.unit() as unit:
        return unit.check()


# --- erasing ---------------------------------------------------------------------------------------------------------


def erase_tender(desk: Desk, identity: str, *, keep_back_ups: bool = False) -> Erased:
    """Erase what a tender said, in the file and (unless told otherwise) in its back-ups. Raises StoreError."""
    with desk.unit() as unit:
        done = erase.erase_tender(unit, identity)
    return replace(done, is_cleared=_cleared(desk, keep_back_ups=keep_back_ups))


def erase_name(desk: Desk, name: str, *, keep_back_ups: bool = False) -> Erased:
    """Put a mark in the place of a person's name everywhere it stands.

    Raises StoreError, also when a figure would become another: the "name" is then a word that is computed with.
    """
    with desk.unit() as unit:
        before = _figures(unit)
        marks = [row.params.get("mark") for row in unit.history() if row.step == "erase_name"]
        done = erase.erase_name(unit, name, f"[gewiste naam {len(set(marks)) + 1}]")
        if _figures(unit) != before:
            raise StoreError("erase_unreadable", what="de cijfers")
    return replace(done, is_cleared=_cleared(desk, keep_back_ups=keep_back_ups))


def _figures(unit: Unit) -> dict[tuple[str, str], object]:
    """What every current tender is computed to, by tender and variant."""
    found: dict[tuple[str, str], object] = {}
    for row in unit.tenders():
        tender = unit.tender(row["id"])
        for variant in compare(tender, inputs_in(unit, tender)).variants:
            found[tender.id, variant.id] = (variant.partial, dict(variant.by_module), dict(variant.by_indicator))
    return found


def _cleared(desk: Desk, *, keep_back_ups: bool) -> bool:
    """Take what was erased out of free pages of the file and out of earlier back-ups, once a fresh one is made."""
    compacted = desk.store.compact()
    try:
        fresh = desk.store.copy("wissen")
    except StoreError:  # what is erased is erased; without a fresh back-up the earlier ones stay
        return False
    if keep_back_ups:
        return compacted
    for copy in back_ups(desk.store.path):
        if copy.path != fresh.path:
            try:
                copy.path.unlink()
            except OSError:
                compacted = False
    return compacted


# --- keeping time ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A tender and until when the organisation keeps it; `until` None without a keeping time."""

    identity: str
    number: str
    title: str
    since: date
    until: date | None

    def is_over(self, today: date) -> bool:
        return self.until is not None and self.until < today


def keeping_time(desk: Desk) -> list[Kept]:
    """Every tender with its last step and until when it is kept, soonest first; the years are the organisation's own."""
    text = file_settings(desk).retention
    years = int(text) if text.isascii() and text.isdigit() else None
    found = []
    with desk.unit() as unit:
        for row in unit.tenders():
            last = unit.latest_step(row["id"])
            since = datetime.fromisoformat(last).date() if last is not None else date.min
            until = _years_on(since, years) if years is not None else None
            found.append(Kept(row["id"], row["number"], row["title"], since, until))
    return sorted(found, key=lambda kept: (kept.until or date.max, kept.number))


def _years_on(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)


# --- where the file is -----------------------------------------------------------------------------------------------

_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p", "davfs", "fuse.davfs"})
Disks = Callable[[], list[tuple[str, str, str]]]


def _disks() -> list[tuple[str, str, str]]:
    """(mount point, kind of file system, options) of every disk."""
    return [(disk.mountpoint, disk.fstype, disk.opts) for disk in psutil.disk_partitions(all=True)]


def is_on_network(path: Path, disks: Disks = _disks) -> bool:
    """Whether a file lies on a network drive, where a lock may not reach every computer."""
    text = str(path.absolute())
    if text.startswith(("\\\\", "//")):
        return True
    try:
        found = disks()
    except OSError:
        return False
    under = [disk for disk in found if text.startswith(disk[0].rstrip("/\\") + os.sep) or disk[0] == "/"]
    if not under:
        return False
    _, kind, options = max(under, key=lambda disk: len(disk[0]))
    return kind.casefold() in _NETWORK or "remote" in options.split(",")
