"""Every contract as lots and as a line of the list: worked out once of versions that never change, and kept
beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from cirkeldesk.exchange.reading import nothing_collected
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Inputs
from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.fulfilment.lots import PinnedReference, lots_of, reference_of
from cirkeldesk.model.fulfilment.orders import whole
from cirkeldesk.model.fulfilment.proof import Grounds, grounds, proof
from cirkeldesk.model.monitor.lot import Lot
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.contract.contracts import basis_of, inputs_of_contract, proposed_contract
from cirkeldesk.operations.monitor.kept_lots import ContractLine, KeptLots, as_text, from_text, last_fact
from cirkeldesk.operations.settings import file_settings_in
from cirkeldesk.operations.workspace import Workspace, inputs_in
from cirkeldesk.store.unit import UnitOfWork

READ, NEW = "counted was read", "counted anew"
LENGTH = 64  # of a content hash: what is named otherwise depends on settings too, and is not kept
AT_ONCE = 50  # contracts in one transaction


def all_lots(unit: UnitOfWork, day: str, *, anew: bool = False) -> tuple[Lot, ...]:
    """The lots of every contract as it was known on a day, and of tenders that were awarded before contracts
    were kept. What was worked out of a version before is not worked out again, but where it is asked
    `anew`."""
    tenders, heads = unit.documents.heads("tender"), unit.documents.heads("contract")
    if not anew:
        _read_kept(unit)
    found: list[Lot] = []
    for identity, digest in heads.items():
        if identity in tenders:
            found += _lots_of(unit, digest, partial(_kept_at, unit, digest), day, anew=anew)
    for identity in unit.lists.awarded():
        if identity not in heads and identity in tenders:
            key = f"{tenders[identity]} {file_settings_in(unit).organisation}"
            found += _lots_of(unit, key, partial(_of_awarded, unit, identity), day, anew=anew)
    return tuple(found)


def _kept_at(unit: UnitOfWork, digest: str) -> Contract | None:
    value = unit.document(digest)
    assert isinstance(value, Contract)
    return value


def _of_awarded(unit: UnitOfWork, identity: str) -> Contract | None:
    """What the contract of a tender would be that was awarded without one; None while nobody can say who
    won."""
    tender = unit.tender(identity)
    try:
        return proposed_contract(unit, tender, on=_awarded_on(unit, tender))
    except StoreError:
        return None


def _lots_of(
    unit: UnitOfWork, key: str, read: Callable[[], Contract | None], day: str, *, anew: bool
) -> tuple[Lot, ...]:
    """The lots of one contract as of a day."""
    kept = _kept(unit, key, read, anew=anew)
    if kept is None or kept.first > day:
        return ()
    if kept.last <= day:
        return kept.lots
    contract = read()
    assert contract is not None
    return _worked_out(unit, as_of(contract, day)).lots


def _kept(
    unit: UnitOfWork, key: str, read: Callable[[], Contract | None], *, anew: bool = False
) -> KeptLots | None:
    """What was worked out of a contract, now or before; None where there is none."""
    kept: KeptLots | None = None if anew else unit.file.worked_out.get(key)
    if kept is not None:
        return kept
    contract = read()
    if contract is None:
        return None
    kept = _worked_out(unit, contract)
    unit.file.worked_out[key] = kept
    unit.file.worked_out.setdefault(NEW, {})[key] = kept
    return kept


def _read_kept(unit: UnitOfWork) -> None:
    """What was kept beside the versions before, once for an open file."""
    if unit.file.worked_out.get(READ):
        return
    with nothing_collected():
        for key, text in unit.counted.all().items():
            kept = from_text(text)
            if kept is not None:
                unit.file.worked_out.setdefault(key, kept)
    unit.file.worked_out[READ] = True


def to_work_out(workspace: Workspace) -> int:
    """How many contracts were not worked out before: a few take no time, thousands a while."""
    return len(_waiting(workspace))


def work_out(workspace: Workspace, go_on: Callable[[int, int], bool]) -> None:
    """Work out what was not, a few at a time, so that others can use the file between: what is worked out is
    of versions that never change. `go_on` hears how far it is, and says whether to."""
    waiting = _waiting(workspace)
    for begin in range(0, len(waiting), AT_ONCE):
        if not go_on(begin, len(waiting)):
            return
        _work_out_some(workspace, waiting[begin : begin + AT_ONCE])
        keep_lots(workspace)


def _waiting(workspace: Workspace) -> list[str]:
    """The versions of contracts that were not worked out before."""
    with workspace.unit() as unit:
        _read_kept(unit)
        heads = unit.documents.heads("contract").values()
        return [digest for digest in heads if digest not in unit.file.worked_out]


def _work_out_some(workspace: Workspace, digests: Sequence[str]) -> None:
    with workspace.unit() as unit:
        for digest in digests:
            _kept(unit, digest, partial(_kept_at, unit, digest))


def overview(workspace: Workspace) -> list[ContractLine]:
    """A line of every contract of a tender that is there, the newest award first."""
    found: list[ContractLine] = []
    with workspace.unit() as unit:
        _read_kept(unit)
        tenders = unit.documents.heads("tender")
        for identity, digest in unit.documents.heads("contract").items():
            kept = _kept(unit, digest, partial(_kept_at, unit, digest)) if identity in tenders else None
            found += [kept.line] if kept is not None else []
    return sorted(found, key=lambda one: (one.awarded_on, one.number), reverse=True)


def keep_lots(workspace: Workspace) -> None:
    """Keep what was worked out beside the versions it is of, so that the next start need not. Nothing is lost
    where the file cannot be written now."""
    if workspace.read_only:
        return
    try:
        with workspace.unit() as unit:
            new = unit.file.worked_out.pop(NEW, {})
            unit.counted.put({key: as_text(kept) for key, kept in new.items() if len(key) == LENGTH})
    except StoreError:  # the disk is full, or somebody else writes: it is worked out anew the next time
        return


def as_of(contract: Contract, day: str) -> Contract:
    """The contract as far as its facts are of a day or before."""
    return replace(
        contract,
        deliveries=tuple(one for one in contract.deliveries if one.date <= day),
        changes=tuple(one for one in contract.changes if one.on <= day),
        call_offs=tuple(one for one in contract.call_offs if one.on <= day),
        exercised=tuple(one for one in contract.exercised if one.on <= day),
        ended=contract.ended if contract.ended is not None and contract.ended.on <= day else None,
    )


def _awarded_on(unit: UnitOfWork, tender: Tender) -> str:
    """When letters went out; else the day it was first said to be awarded."""
    if tender.letters:
        return tender.letters[-1].sent_on
    for row in unit.steps.rows("tender", tender.id):
        value = unit.document(row.hash) if row.hash is not None else None
        if isinstance(value, Tender) and value.status == "awarded":
            return datetime.fromisoformat(row.time).astimezone().date().isoformat()
    return unit.now()[:10]


def _worked_out(unit: UnitOfWork, contract: Contract) -> KeptLots:
    """All that is worked out of a contract for lists and counts."""
    tender = basis_of(unit, contract)
    group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    inputs = inputs_of_contract(unit, contract, tender)
    found = grounds(contract, tender, inputs)
    made, winner = proof(found, whole(tender)), tender.variant(contract.winner)
    line = ContractLine(
        contract.id,
        tender.number,
        tender.title,
        winner.bidder or winner.name,
        contract.awarded_on,
        made.promised,
        made.at_bid if made.delivered else None,
        sum(one.accepted is None for one in contract.standing),
        delivered=made.delivered,
    )
    reference = _reference(unit, tender, found, inputs)
    return KeptLots(contract.awarded_on, last_fact(contract), lots_of(found, group, inputs, reference), line)


def _reference(unit: UnitOfWork, tender: Tender, found: Grounds, inputs: Inputs) -> PinnedReference:
    """The nulvariant as it was when the method went on the lock."""
    locked = _locked_version(unit, tender)
    if locked is None:
        return PinnedReference()
    if locked is tender or locked.reference == tender.reference:
        return reference_of(tender, found.reference, inputs)
    before = inputs_in(unit, locked)
    return reference_of(locked, compare(locked, before).reference, before)


def _locked_version(unit: UnitOfWork, tender: Tender) -> Tender | None:
    """The version that was published: the first that stood under the lock. A tender that was never locked has
    no other than its own; the lot says so."""
    if tender.lock is None:
        return tender
    for row in unit.steps.rows("tender", tender.id):
        value = unit.document(row.hash) if row.hash is not None else None
        if isinstance(value, Tender) and value.lock is not None:
            return value if value.reference is not None else None
    return tender
