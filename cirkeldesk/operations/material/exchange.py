"""Exchange without a server: one dossier of each organisation in a shared folder, read by the others.

A file says what is its own organisation's and nothing else. Who asks part of a supply is answered by the
supplier's file, at its next reading: the first it reads has it. Source: CHAIN 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cirkeldesk.exchange import dossier
from cirkeldesk.exchange.reading import Origin, Reading, Shared
from cirkeldesk.exchange.recognise import content_of
from cirkeldesk.model.contract.contract import same_name
from cirkeldesk.model.document.document import Document, Kind, content_hash
from cirkeldesk.model.material import edits
from cirkeldesk.model.material.material import Demand, Request, Reservation, Supply
from cirkeldesk.model.material.soundness import check_demand, check_supply
from cirkeldesk.model.refusal import DocumentError, ReadError, StoreError
from cirkeldesk.operations.material.materials import material_kinds, may_go, new_id, ours, today_in
from cirkeldesk.operations.paper.context import PRODUCER
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.rows import attachments_of
from cirkeldesk.store.unit import UnitOfWork

ENDING = ".cirkel"
Answer = Literal["confirmed", "refused", "cancelled", "delivered", "lapsed", "waiting"]


@dataclass(frozen=True)
class ReadFile:
    """A dossier that was read: of whom, from which day (ISO), and how much it holds."""

    file: str
    organisation: str
    made_on: str
    supplies: int
    demands: int


@dataclass(frozen=True)
class RequestAnswer:
    """What became of a request: in our file about our supply, or in another's about our demand."""

    supply: str
    demand: str
    asked: str
    state: Answer
    name: str


@dataclass(frozen=True)
class Exchanged:
    """What an exchange did. `faults` are files that were passed over, with why."""

    file: str
    read: tuple[ReadFile, ...]
    decided: tuple[RequestAnswer, ...]
    answered: tuple[RequestAnswer, ...]
    faults: tuple[tuple[str, str], ...]


def exchange(workspace: Workspace, folder: Path) -> Exchanged:
    """Read what the others put in a folder, decide on their requests in the order of the files' names, and
    put ours there. Raises StoreError exchange_no_name, exchange_folder or cannot_write."""
    if not folder.is_dir():
        raise StoreError("exchange_folder", folder=folder.name)
    with workspace.unit() as unit:
        own = ours(unit).strip()
        if not own:
            raise StoreError("exchange_no_name")
        name = _own_name(folder, own)
        _name_ours(unit, own)
        newest, faults = _newest(folder, name, own)
        read = []
        for path, found in newest:
            told, wrong = _take(unit, path, found)
            read.append(told)
            faults += wrong
        wanted = [one for _, found in newest for one in _documents(found) if isinstance(one, Demand)]
        decided = tuple(_decide(unit, own, wanted))
        answered = tuple(_answers(unit, own))
        content = _ours(unit, own)
    write_file(workspace, folder / name, content)
    return Exchanged(name, tuple(read), decided, answered, tuple(faults))


def _own_name(folder: Path, own: str) -> str:
    """The name of our file: one that is not there yet, or that is ours. Two names that look alike as a file
    name are still two organisations."""
    for number in range(1, 100):
        tail = "" if number == 1 else f" {number}"
        name = f"{slug(own)} materialen{tail}{ENDING}"
        path = folder / name
        if not path.exists():
            return name
        try:
            origin = (
                dossier.read(content_of(path), name).origin if dossier.is_dossier(content_of(path)) else None
            )
        except ReadError:
            continue
        if origin is not None and same_name(origin.organisation, own):
            return name
    raise StoreError("exchange_folder", folder=folder.name)


def _name_ours(unit: UnitOfWork, own: str) -> None:
    """What was kept before the organisation had a name is ours."""
    kinds: tuple[Literal["supply", "demand"], ...] = ("supply", "demand")
    for kind in kinds:
        for row in unit.lists.listed(kind):
            if str(row["organisation"]).strip():
                continue
            value = unit.document(unit.head(kind, str(row["id"])) or "")
            assert isinstance(value, (Supply, Demand))
            named = replace(value, organisation=own)
            unit.commit(kind, value.id, named, f"material_{kind}", {"name": value.name}, barrier=True)


def _newest(folder: Path, name: str, own: str) -> tuple[list[tuple[Path, Reading]], list[tuple[str, str]]]:
    """Of each other organisation its newest file, in the order of the files' names; what is passed over with
    why. A copy that a shared folder made of an older one says what was true then."""
    found: dict[str, tuple[Path, Reading]] = {}
    faults: list[tuple[str, str]] = []
    for path in sorted(folder.glob(f"*{ENDING}")):
        if path.name == name:
            continue
        try:
            reading = _theirs(path, own)
        except (ReadError, DocumentError) as problem:
            faults.append((path.name, problem.key))
            continue
        origin = reading.origin or Origin("", "")
        key = " ".join(origin.organisation.casefold().split())
        other = found.get(key)
        if other is None:
            found[key] = (path, reading)
            continue
        older, newer = sorted((other, (path, reading)), key=lambda one: _age(*one))
        found[key] = newer
        faults.append((older[0].name, "exchange_older"))
    return sorted(found.values(), key=lambda one: one[0].name), faults


def _age(path: Path, reading: Reading) -> tuple[str, float]:
    return (reading.origin.made_on if reading.origin is not None else "", path.stat().st_mtime)


def slug(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name.casefold()).strip("-") or "organisatie"


def _theirs(path: Path, own: str) -> Reading:
    """A dossier of another organisation. Raises ReadError where it is none, or speaks for somebody else."""
    content = content_of(path)
    if not dossier.is_dossier(content):
        raise ReadError("exchange_other", file=path.name)
    found = dossier.read(content, path.name)
    origin = found.origin
    if origin is None or not origin.organisation.strip() or same_name(origin.organisation, own):
        raise ReadError("exchange_other", file=path.name)
    kinds = material_kinds()
    for one in _documents(found):
        if not same_name(one.organisation, origin.organisation):
            raise ReadError("exchange_speaks", file=path.name, name=one.name)
        if isinstance(one, Supply):
            check_supply(one, kinds)
        else:
            check_demand(one, kinds)
    return found


def _documents(found: Reading) -> Iterable[Supply | Demand]:
    for one in found.library:
        value = found.pinned[one.lineage[0]]
        if isinstance(value, (Supply, Demand)):
            yield value


def _take(unit: UnitOfWork, path: Path, found: Reading) -> tuple[ReadFile, list[tuple[str, str]]]:
    """Theirs as their file says; what it names no longer is theirs no longer to offer. One whose id is
    another's here is passed over, and said."""
    origin = found.origin or Origin("", "")
    listed, faults = [], []
    for one in _documents(found):
        kind: Kind = "supply" if isinstance(one, Supply) else "demand"
        head = unit.head(kind, one.id)
        before = unit.document(head) if head is not None else None
        if isinstance(before, (Supply, Demand)) and not same_name(before.organisation, one.organisation):
            faults.append((path.name, "exchange_taken"))
            continue
        listed.append(one)
        if head != content_hash(one):
            for kept in attachments_of(one):
                unit.attachments.keep(found.kept[kept.sha256])
            unit.commit(kind, one.id, one, "material_read", {"name": one.name}, barrier=True)
    _drop_the_rest(unit, origin.organisation, {one.id for one in listed})
    supplies = sum(isinstance(one, Supply) for one in listed)
    told = ReadFile(path.name, origin.organisation, origin.made_on, supplies, len(listed) - supplies)
    return told, faults


def _drop_the_rest(unit: UnitOfWork, organisation: str, there: set[str]) -> None:
    for row in unit.lists.listed("supply"):
        if row["id"] in there or row["withdrawn"] or not same_name(row["organisation"], organisation):
            continue
        value = unit.document(unit.head("supply", str(row["id"])) or "")
        assert isinstance(value, Supply)
        _read_away(unit, "supply", replace(value, withdrawn=True))
    for row in unit.lists.listed("demand"):
        if row["id"] in there or row["closed"] or not same_name(row["organisation"], organisation):
            continue
        wanted = unit.document(unit.head("demand", str(row["id"])) or "")
        assert isinstance(wanted, Demand)
        _read_away(unit, "demand", replace(wanted, closed=True))


def _read_away(unit: UnitOfWork, kind: Literal["supply", "demand"], gone: Supply | Demand) -> None:
    unit.commit(kind, gone.id, gone, "material_read", {"name": gone.name}, barrier=True)


def _decide(unit: UnitOfWork, own: str, demands: Iterable[Demand]) -> Iterable[RequestAnswer]:
    """Every request for a supply of ours that was not decided yet; of each demand the last one it made."""
    day = today_in(unit)
    for demand in demands:
        if demand.closed or demand.fictitious:
            continue
        last = {request.supply: request for request in demand.requests}
        for request in last.values():
            head = unit.head("supply", request.supply)
            supply = unit.document(head) if head is not None else None
            if not isinstance(supply, Supply) or not same_name(supply.organisation, own):
                continue
            if any(one.request == request.id for one in supply.reservations):
                continue
            state = _answer(unit, supply, demand, request, day)
            yield RequestAnswer(supply.id, demand.id, demand.organisation, state, supply.name)


def _answer(unit: UnitOfWork, supply: Supply, demand: Demand, request: Request, day: str) -> Answer:
    made = Reservation(
        new_id(),
        demand.id,
        demand.organisation,
        request.amount,
        day,
        request.until,
        request=request.id,
        by=unit.file.author,
    )
    try:
        if not may_go(supply, demand):
            raise StoreError("material_unfit", name=supply.name)
        edit = edits.renewed(supply, made, day)
    except StoreError:
        edit = edits.refuse(supply, made)
    # What another organisation was told is not taken back by undo: who decides otherwise gives it up.
    unit.commit("supply", supply.id, edit.value, edit.step, edit.params, barrier=True)
    return "confirmed" if edit.step == "material_reserved" else "refused"


def _answers(unit: UnitOfWork, own: str) -> Iterable[RequestAnswer]:
    """What the others' files say of our own requests."""
    day = today_in(unit)
    for row in unit.lists.listed("demand"):
        if not same_name(row["organisation"], own):
            continue
        demand = unit.document(unit.head("demand", str(row["id"])) or "")
        assert isinstance(demand, Demand)
        for request in demand.requests:
            head = unit.head("supply", request.supply)
            supply = unit.document(head) if head is not None else None
            if isinstance(supply, Supply):
                yield RequestAnswer(supply.id, demand.id, own, answer_of(supply, request, day), supply.name)


def answer_of(supply: Supply, request: Request, day: str) -> Answer:
    """What a supply says of a request, on a day."""
    for one in supply.reservations:
        if one.request == request.id:
            return "lapsed" if one.state == "confirmed" and not one.holds(day) else one.state
    return "waiting"


def _ours(unit: UnitOfWork, own: str) -> bytes:
    """The dossier with all of ours that is not fictitious."""
    shared: list[Shared] = []
    pinned: dict[str, Document] = {}
    kept: dict[str, bytes] = {}
    kinds: tuple[Literal["supply", "demand"], ...] = ("supply", "demand")
    for kind in kinds:
        for row in unit.lists.listed(kind):
            if row["fictitious"] or not same_name(row["organisation"], own):
                continue
            digest = unit.head(kind, str(row["id"])) or ""
            value = pinned[digest] = unit.document(digest)
            shared.append(Shared(kind, str(row["id"]), (digest,)))
            kept |= {one.sha256: unit.attachments.content(one.sha256) for one in attachments_of(value)}
    return dossier.write_library(shared, pinned, PRODUCER, kept, Origin(own, today_in(unit)))
