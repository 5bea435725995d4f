"""What keeps a file safe: back-ups by time and by hand, putting one back, saving, erasing, and keeping
time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import psutil

from cirkeldesk import paths
from cirkeldesk.model.award.locks import closed
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.document.history import HistoryRow, Param
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.profile import Weighed
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.settings import file_settings
from cirkeldesk.operations.tender import unsaved
from cirkeldesk.operations.workspace import Workspace, inputs_in, utc_now
from cirkeldesk.store import erase
from cirkeldesk.store.check import faults
from cirkeldesk.store.erase import Erased as Erased
from cirkeldesk.store.erase import GoOn
from cirkeldesk.store.salvage import Salvaged, salvage
from cirkeldesk.store.sqlite import copies
from cirkeldesk.store.sqlite.copies import Copy as Copy
from cirkeldesk.store.sqlite.write_lock import ALIVE_EVERY as ALIVE_EVERY
from cirkeldesk.store.store import Store
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording.file import words

EVERY = timedelta(hours=1)
Fault = tuple[str, str]


def back_ups(database: Path) -> list[Copy]:
    """The back-ups of a file, newest first."""
    return copies.copies_of(database)


def back_up(workspace: Workspace, reason: copies.Reason = "hand") -> Copy:
    """Make a back-up now, and let go of those it takes the place of. Raises StoreError backup_failed."""
    made = workspace.store.copy(reason)
    thin(workspace.store.path, made.moment)
    return made


def back_up_when_due(workspace: Workspace) -> Copy | None:
    """Make a back-up when the newest is an hour old and something was done since. Raises StoreError
    backup_failed.

    A clock that went back makes one too: a copy too many costs little.
    """
    if workspace.read_only:
        return None
    finish_clearing(workspace)
    now = datetime.fromisoformat(workspace.store.now()).astimezone(UTC)
    made = back_ups(workspace.store.path)
    if made:
        newest = made[0]
        if timedelta(0) <= now - newest.moment < EVERY:
            return None
        with workspace.unit() as unit:
            if _chain_of(newest) == unit.steps.chain_head():
                return None
    return back_up(workspace, "tijd")


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
    """What a back-up holds: (number, title, status) of its tenders, how many products, its newest step, and
    the step its history began with (as its link of the chain; "" without steps)."""

    tenders: tuple[tuple[str, str, str], ...]
    products: int
    newest: HistoryRow | None
    chain: str
    steps: int
    began: str


def contents(copy: Copy) -> Contents:
    """Look into a back-up without changing it. Raises StoreError db_damaged, db_newer."""
    store = Store.peek(copy.path, utc_now)
    try:
        with store.unit() as unit:
            history = unit.steps.rows()
            return Contents(
                tuple((row["number"], row["title"], row["status"]) for row in unit.lists.tenders()),
                len(unit.lists.ids("product")),
                history[-1] if history else None,
                unit.steps.chain_head(),
                len(history),
                history[0].chain if history else "",
            )
    finally:
        store.close()


def is_of(copy: Copy, database: Path) -> bool:
    """Whether a back-up can be read and is one of this file: their histories begin with the same step.

    Of a file that cannot be read, and of one without steps, any back-up in its folder may be one.
    """
    try:
        held = contents(copy).began
    except StoreError:
        return False
    try:
        store = Store.peek(database, utc_now)
    except StoreError:
        return True
    try:
        with store.unit() as unit:
            history = unit.steps.rows()
    except StoreError:
        return True
    finally:
        store.close()
    return not history or not held or history[0].chain == held


def steps_since(workspace: Workspace, copy: Copy) -> list[HistoryRow]:
    """Steps that would be lost by putting a back-up back: those of the open file that it does not hold.

    Raises StoreError db_damaged where the back-up cannot be read.
    """
    held = contents(copy)
    with workspace.unit() as unit:
        steps = unit.steps.rows()
    common = (
        held.steps
        if held.steps and len(steps) >= held.steps and steps[held.steps - 1].chain == held.chain
        else 0
    )
    return steps[common:]


def find_copy(database: Path, name: str) -> Copy:
    """A back-up by its file name, or for "laatste" the newest of this file that can be read: a file somebody
    dropped in the folder is only taken by its name. Raises StoreError copy_not_found."""
    found = back_ups(database)
    if name == "laatste":
        chosen = next((copy for copy in found if is_of(copy, database)), None)
    else:
        chosen = next((copy for copy in found if name in (copy.path.name, copy.path.stem)), None)
    if chosen is None:
        raise StoreError("copy_not_found", id=name[:60])
    return chosen


def put_back(database: Path, copy: Copy) -> Path | None:
    """A back-up takes the place of the file, which nobody has open. What was there is kept: as a back-up
    where it can be read, else beside it under another name, which is returned. The file says that it was put
    back.

    Raises StoreError copy_unreadable, restore_failed, db_locked.
    """
    if not is_good(copy):
        raise StoreError("copy_unreadable", id=copy.path.name)
    try:
        current = Store.open(database, paths.migrations(), utc_now, create=False)
    except StoreError as problem:
        if problem.key not in DAMAGED:
            raise
        aside = copies.put_aside(database, _now())
        copies.put_back(copy.path, database)
        _note(database, "restored", {"copy": copy.path.name, "replaced": ""})
        return aside
    try:
        if current.why_read_only is not None:
            raise current.why_read_only
        with current.unit() as unit:
            before = unit.steps.chain_head()
        current.copy("terugzetten")
        # the lock stays until the copy is in its place: nobody else writes in between
        current.let_go_of_file()
        copies.put_back(copy.path, database)
    finally:
        current.close()
    _note(database, "restored", {"copy": copy.path.name, "replaced": before})
    return None


def take_over(store: Store) -> bool:
    """Take the lock of somebody who gives no sign of life; the file says so from then on. False when it is
    still held."""
    holder = store.holder
    if not store.take_over():
        return False
    who: dict[str, Param] = {}
    if holder is not None:
        who = {"who": holder.who, "host": holder.host, "since": holder.since}
    _note(store.path, "taken_over", who, store.author)
    return True


def of_file(workspace: Workspace) -> list[HistoryRow]:
    """What happened to the file itself, newest first: put back, taken over, the clock that jumped."""
    with workspace.unit() as unit:
        return [row for row in unit.steps.rows() if row.is_of_file][::-1]


def _note(database: Path, step: str, params: dict[str, Param], author: str = "") -> None:
    """A row about the file itself, in a file that nobody has open. Raises StoreError."""
    store = Store.open(database, paths.migrations(), utc_now, create=False)
    store.author = author or store.author
    try:
        with store.unit() as unit:
            unit.of_file(step, params)
    finally:
        store.close()


# What a file may be that a back-up takes the place of; of a newer or a locked one nothing is replaced.
DAMAGED = frozenset({"db_damaged", "db_migration", "file_unreadable", "file_missing", "file_empty"})


def _now() -> datetime:
    return datetime.fromisoformat(utc_now())


def rescue(damaged: Path, target: Path) -> Salvaged:
    """Save what can be saved into a new file; see `store.salvage`."""
    return salvage(damaged, target, paths.migrations(), utc_now)


def check(workspace: Workspace) -> list[Fault]:
    """What does not agree in the file: (what, where)."""
    with workspace.unit() as unit:
        return faults(unit)


# --- erasing
# ---------------------------------------------------------------------------------------------------------


Against = Literal["lock", "sealed", "running", "kept"]


def stands_against(workspace: Workspace, number_or_id: str) -> tuple[Against, ...]:
    """Why a tender should not be erased: locked, prices sealed, published and still open, within the
    keeping time."""
    with workspace.unit() as unit:
        return _against(unit, unit.lists.tender_id(number_or_id))


def _against(unit: UnitOfWork, identity: str) -> tuple[Against, ...]:
    tender = unit.tender(identity)
    now = datetime.fromisoformat(unit.now()).astimezone()
    found: dict[Against, bool] = {
        "lock": tender.lock is not None,
        "sealed": tender.prices_sealed,
        "running": tender.lock is not None
        and tender.closes_on is not None
        and not closed(tender, now.isoformat()),
    }
    years = unit.settings.all().get("retention", "")
    last = unit.steps.latest_of(identity)
    if tender.practice_of is None and years.isascii() and years.isdigit() and last is not None:
        found["kept"] = _years_on(datetime.fromisoformat(last).date(), int(years)) >= now.date()
    return tuple(why for why, stands in found.items() if stands)


def erase_tender(
    workspace: Workspace, number_or_id: str, *, reason: str = "", keep_back_ups: bool = False
) -> Erased:
    """Erase what a tender said, in the file and (unless told otherwise) in its back-ups.

    Raises StoreError; erase_stands where something stands against it and no `reason` was given. The reason
    stays in the history.
    """
    with workspace.unit() as unit:
        identity = unit.lists.tender_id(number_or_id)
        against = _against(unit, identity)
        if against and not reason.strip():
            raise StoreError("erase_stands", number=unit.tender(identity).number, why=words.against(against))
        done = erase.erase_tender(unit, identity, reason.strip()[:200] if against else "")
    return _cleared(workspace, done, keep_back_ups=keep_back_ups)


def erase_name(
    workspace: Workspace, name: str, *, keep_back_ups: bool = False, go_on: GoOn = lambda done, of: True
) -> Erased:
    """Put a mark in the place of a person's name everywhere it stands. `go_on` hears how far it is and may
    stop it; then nothing was changed.

    Raises StoreError, also when a figure would become another: the "name" is then a word that is computed
    with.
    """
    with workspace.unit() as unit:
        marks = [row.params.get("mark") for row in unit.steps.rows() if row.step == "erase_name"]

        def check(changes: erase.Changes) -> Callable[[], None]:
            touched = _computed_with(unit, changes)
            before = _figures(unit, touched)

            def afterwards() -> None:
                if _figures(unit, touched) != before:
                    raise StoreError("erase_unreadable", what="de cijfers")

            return afterwards

        done = erase.erase_name(unit, name, f"[gewiste naam {len(set(marks)) + 1}]", go_on, check)
    return _cleared(workspace, done, keep_back_ups=keep_back_ups)


# Fields that hold a person's or a bidder's words and that nothing is computed with.
_WORDS = frozenset(
    {
        "title",
        "contact",
        "prepared_by",
        "approved_by",
        "bidder",
        "by",
        "person",
        "second",
        "assessor",
        "present",
        "reason",
        "motivation",
        "document",
        "allowed",
        "text",
        "draft",
        "supplier",
        "owner",
        "verifier",
        "file",
        "advisor",
        "project_leader",
        "buyer",
    }
)


def _computed_with(unit: UnitOfWork, changes: erase.Changes) -> list[str]:
    """Tenders of which a figure could change: where the name stood elsewhere than in words, or in what they
    pin."""
    suspect = {digest for digest, left in changes.items() if not left.fields <= _WORDS}
    if not suspect:
        return []
    return [
        row["id"]
        for row in unit.lists.tenders()
        if suspect & {unit.head("tender", row["id"]), *unit.tender(row["id"]).pins}
    ]


def _figures(unit: UnitOfWork, tenders: Iterable[str]) -> dict[tuple[str, str], object]:
    """What current tenders are computed to, by tender and variant."""
    found: dict[tuple[str, str], object] = {}
    weighed: dict[
        tuple[object, ...], tuple[Product, Weighed]
    ] = {}  # the same mix in many tenders is weighed once
    for identity in tenders:
        tender = unit.tender(identity)
        for variant in compare(tender, replace(inputs_in(unit, tender), weighed=weighed)).variants:
            found[tender.id, variant.id] = (
                variant.partial,
                dict(variant.by_module),
                dict(variant.by_indicator),
            )
    return found


def _cleared(workspace: Workspace, done: Erased, *, keep_back_ups: bool) -> Erased:
    """Take what was erased out of free pages of the file, out of what waits beside it and out of every
    earlier copy the program made, once a fresh one is made."""
    path = workspace.store.path
    unsaved.forget(workspace)
    compacted = workspace.store.compact()
    try:
        fresh = workspace.store.copy("wissen")
    except StoreError:  # what is erased is erased; without a fresh back-up the earlier ones stay
        return replace(done, is_cleared=False)
    copies_made = [copy.path for copy in back_ups(path) if copy.path != fresh.path] + copies.asides_of(path)
    if keep_back_ups:
        _done_clearing(workspace)
        return replace(done, is_cleared=compacted, copies=tuple(file.name for file in copies_made))
    for file in [*copies_made, *copies.copies_left(path, psutil.pid_exists)]:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            compacted = False
    copies.sweep(path, psutil.pid_exists)
    if compacted:
        _done_clearing(workspace)
    return replace(done, is_cleared=compacted)


def _done_clearing(workspace: Workspace) -> None:
    with workspace.unit() as unit:
        unit.settings.put(erase.CLEARING, "")


def finish_clearing(workspace: Workspace) -> bool:
    """Take what was erased out of earlier copies, where the program ended before it came to that. True when
    it had to."""
    if workspace.read_only:
        return False
    with workspace.unit() as unit:
        waits = bool(unit.settings.all().get(erase.CLEARING))
    if waits:
        _cleared(workspace, Erased(0, 0), keep_back_ups=False)
    return waits


# --- keeping time
# ----------------------------------------------------------------------------------------------------


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


def keeping_time(workspace: Workspace) -> list[Kept]:
    """Every tender with its last step and until when it is kept, soonest first; the years are the
    organisation's own."""
    text = file_settings(workspace).retention
    years = int(text) if text.isascii() and text.isdigit() else None
    found = []
    with workspace.unit() as unit:
        for row in unit.lists.tenders():
            last = unit.steps.latest_of(row["id"])
            since = datetime.fromisoformat(last).date() if last is not None else date.min
            until = _years_on(since, years) if years is not None else None
            found.append(Kept(row["id"], row["number"], row["title"], since, until))
    return sorted(found, key=lambda kept: (kept.until or date.max, kept.number))


def _years_on(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)


# --- where the file is
# -----------------------------------------------------------------------------------------------

_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afpfs",
        "fuse.sshfs",
        "9p",
        "davfs",
        "fuse.davfs",
    }
)
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
