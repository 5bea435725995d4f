"""The monitor as it is read: every contract as lots, counted against the chosen baseline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.contract.contract import Contract, same_name
from cirkeldesk.model.document.history import HistoryRow, Param
from cirkeldesk.model.fulfilment.lots import PinnedReference, lots_of, reference_of
from cirkeldesk.model.fulfilment.proof import grounds
from cirkeldesk.model.monitor.baseline import Baseline
from cirkeldesk.model.monitor.count import Count, Frame, years_of
from cirkeldesk.model.monitor.lot import Lot, at, once
from cirkeldesk.model.monitor.monitor import MONITOR_ID, Frozen, Monitor
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.contract.contracts import (
    basis_of,
    inputs_of_contract,
    proposed_contract,
)
from cirkeldesk.operations.monitor.as_data import monitor_json
from cirkeldesk.operations.monitor.kept_lots import KeptLots, as_text, from_text, last_fact
from cirkeldesk.operations.settings import file_settings_in
from cirkeldesk.operations.workspace import Workspace, inputs_in
from cirkeldesk.store.unit import UnitOfWork

READ, NEW = "counted was read", "counted anew"
LENGTH = 64  # of a content hash: what is named otherwise depends on settings too, and is not kept


def monitor_in(unit: UnitOfWork) -> Monitor:
    digest = unit.head("monitor", MONITOR_ID)
    value = unit.document(digest) if digest is not None else Monitor()
    assert isinstance(value, Monitor)
    return value


def get_monitor(workspace: Workspace) -> Monitor:
    with workspace.unit() as unit:
        return monitor_in(unit)


def change_monitor(
    unit: UnitOfWork, changed: Monitor, step: str, params: dict[str, Param]
) -> HistoryRow | None:
    """A change of the monitor as one step, on an empty one as its first version."""
    if unit.head("monitor", MONITOR_ID) is None:
        unit.commit("monitor", MONITOR_ID, Monitor(), "monitor_start", {})
    return unit.commit("monitor", MONITOR_ID, changed, step, params)


def baselines_in(unit: UnitOfWork) -> tuple[Baseline, ...]:
    """Every edition, the newest last."""
    found = []
    for digest in unit.documents.heads("baseline").values():
        value = unit.document(digest)
        assert isinstance(value, Baseline)
        found.append(value)
    return tuple(sorted(found, key=lambda one: (one.made_on, one.id)))


def chosen(monitor: Monitor, editions: Iterable[Baseline], *, fictitious: bool = False) -> Baseline | None:
    """The edition that was chosen, else the newest. Fictitious lots have fictitious ones, and no others
    have."""
    found = [one for one in editions if one.fictitious is fictitious]
    named = [one for one in found if one.id == monitor.baseline]
    return next(iter(named or found[-1:]), None)


# --- lots
# -----------------------------------------------------------------------------------------------------


def all_lots(unit: UnitOfWork, day: str, *, anew: bool = False) -> tuple[Lot, ...]:
    """The lots of every contract as it was known on a day, and of tenders that were awarded before contracts
    were kept. What was worked out of a version before is not worked out again, but where it is asked
    `anew`."""
    tenders, heads = unit.documents.heads("tender"), unit.documents.heads("contract")
    if not anew and not unit.file.worked_out.get(READ):
        for key, text in unit.counted.all().items():
            kept = from_text(text)
            if kept is not None:
                unit.file.worked_out.setdefault(key, kept)
        unit.file.worked_out[READ] = True
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
    kept: KeptLots | None = None if anew else unit.file.worked_out.get(key)
    if kept is None:
        contract = read()
        if contract is None:
            return ()
        kept = KeptLots(contract.awarded_on, last_fact(contract), _lots(unit, contract))
        unit.file.worked_out[key] = kept
        unit.file.worked_out.setdefault(NEW, {})[key] = kept
    if kept.first > day:
        return ()
    if kept.last <= day:
        return kept.lots
    contract = read()
    assert contract is not None
    return _lots(unit, as_of(contract, day))


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


def _lots(unit: UnitOfWork, contract: Contract) -> tuple[Lot, ...]:
    tender = basis_of(unit, contract)
    group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    inputs = inputs_of_contract(unit, contract, tender)
    found = grounds(contract, tender, inputs)
    locked = _locked_version(unit, tender)
    if locked is None:
        reference = PinnedReference()
    elif locked is tender or locked.reference == tender.reference:
        reference = reference_of(tender, found.reference, inputs)
    else:
        before = inputs_in(unit, locked)
        reference = reference_of(locked, compare(locked, before).reference, before)
    return lots_of(found, group, inputs, reference)


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


# --- the count
# -----------------------------------------------------------------------------------------------------


def today_in(unit: UnitOfWork) -> str:
    return datetime.fromisoformat(unit.now()).astimezone().date().isoformat()


def count_of(
    workspace: Workspace, *, until: str | None = None, organisation: str = "", year: int | None = None
) -> Count:
    """Counted until a day (ISO; today without one), of one organisation or of all together."""
    with workspace.unit() as unit:
        found = count_in(unit, until=until, organisation=organisation, year=year)
        is_new = bool(unit.file.worked_out.get(NEW))
    if is_new:
        keep_lots(workspace)
    return found


def count_in(
    unit: UnitOfWork,
    *,
    until: str | None = None,
    organisation: str = "",
    year: int | None = None,
    anew: bool = False,
) -> Count:
    """The same. Fictitious lots count only while there are no others. `anew`: out of the documents alone."""
    monitor = monitor_in(unit)
    day = until or today_in(unit)
    lots, twice = once(all_lots(unit, day, anew=anew))
    real = [lot for lot in lots if not lot.fictitious]
    is_example = not real and bool(lots)
    baseline = chosen(monitor, baselines_in(unit), fictitious=is_example)
    shared = [at(lot, share) for lot in (real or lots) if (share := _share(lot, organisation))]
    spend = baseline.spend if baseline is not None else monitor.spend
    factors = baseline.factors if baseline is not None else monitor.factors
    frame = Frame(baseline, monitor.targets, spend, factors)
    first = min([*(lot.year for lot in lots), *([year] if year is not None else [])], default=None)
    awarded = years_of(shared, frame, day, "gegund", first)
    realised = years_of(shared, frame, day, "gerealiseerd", first)
    if year is not None:
        awarded = tuple(one for one in awarded if one.year == year)
        realised = tuple(one for one in realised if one.year == year)
    return Count(day, organisation, baseline, awarded, realised, twice, is_example)


def _share(lot: Lot, organisation: str) -> float:
    """A call-off counts wholly at who ordered it; a joint lot by its agreed share."""
    if not organisation:
        return 1.0
    if lot.shares:
        return sum(share for name, share in lot.shares if same_name(name, organisation))
    return 1.0 if same_name(lot.organisation, organisation) else 0.0


# --- frozen
# -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """The figures of a count as data, with the hash by which they are recognised."""

    plain: dict[str, object]
    hash: str


def figures(count: Count) -> Figures:
    plain = monitor_json(count)
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return Figures(plain, hashlib.sha256(text.encode()).hexdigest())


def freeze(workspace: Workspace, day: str, organisation: str = "") -> Frozen:
    """*Peildatum vastleggen*: keep the figures of a day as they are counted now. Raises StoreError
    frozen_already or frozen_future."""
    with workspace.unit() as unit:
        if day > today_in(unit):
            raise StoreError("frozen_future", day=day)
        monitor = monitor_in(unit)
        if any((one.until, one.organisation) == (day, organisation) for one in monitor.frozen):
            raise StoreError("frozen_already", day=day)
        made = figures(count_in(unit, until=day, organisation=organisation, anew=True))
        text = json.dumps(made.plain, sort_keys=True, ensure_ascii=False)
        one = Frozen(day, organisation, made.hash, text, unit.file.author, unit.now())
        changed = replace(monitor, frozen=(*monitor.frozen, one))
        change_monitor(unit, changed, "monitor_frozen", {"day": day})
    return one


def frozen_before(monitor: Monitor, day: str, organisation: str = "") -> Frozen | None:
    """The newest frozen figures of before a day, to compare with."""
    earlier = [one for one in monitor.frozen if one.until < day and one.organisation == organisation]
    return max(earlier, key=lambda one: one.until, default=None)


# --- what can be chosen
# -----------------------------------------------------------------------------------------------------


def today(workspace: Workspace) -> str:
    """The day in the office's time, ISO."""
    with workspace.unit() as unit:
        return today_in(unit)


def organisations(workspace: Workspace) -> tuple[str, ...]:
    """Whose lots there are, by name, each as first written."""
    found: dict[str, str] = {}
    with workspace.unit() as unit:
        for lot in all_lots(unit, today_in(unit)):
            for name in [name for name, _ in lot.shares] or [lot.organisation]:
                if name.strip():
                    found.setdefault(name.strip().casefold(), name.strip())
    return tuple(found[key] for key in sorted(found))


def year_ends(workspace: Workspace, monitor: Monitor) -> tuple[str, ...]:
    """The last days of the years that lie behind us, and the days that were frozen; the newest first."""
    with workspace.unit() as unit:
        now = today_in(unit)
        years = {lot.year for lot in all_lots(unit, now)}
    ends = {f"{year}-12-31" for first in years for year in range(first, int(now[:4]))}
    return tuple(sorted(ends | {one.until for one in monitor.frozen}, reverse=True))
