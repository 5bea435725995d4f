"""The monitor as it is read: every contract as lots, counted against the chosen baseline."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cirkeldesk.model.calendar.calendar import CALENDAR_ID, Calendar
from cirkeldesk.model.calendar.subsidies import changed_in
from cirkeldesk.model.calendar.subsidies import years as changed_years
from cirkeldesk.model.contract.contract import same_name
from cirkeldesk.model.document.history import HistoryRow, Param
from cirkeldesk.model.monitor.baseline import Baseline
from cirkeldesk.model.monitor.count import Count, Frame, YearCount, years_of
from cirkeldesk.model.monitor.lot import Lot, at, once
from cirkeldesk.model.monitor.monitor import MONITOR_ID, Frozen, Monitor
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.monitor.as_data import monitor_json
from cirkeldesk.operations.monitor.lots import NEW, all_lots, keep_lots
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import numbers


def monitor_in(unit: UnitOfWork) -> Monitor:
    digest = unit.head("monitor", MONITOR_ID)
    value = unit.document(digest) if digest is not None else Monitor()
    assert isinstance(value, Monitor)
    return value


def get_monitor(workspace: Workspace) -> Monitor:
    with workspace.unit() as unit:
        return monitor_in(unit)


def change_monitor(
    unit: UnitOfWork, changed: Monitor, step: str, params: dict[str, Param], *, barrier: bool = False
) -> HistoryRow | None:
    """A change of the monitor as one step, on an empty one as its first version."""
    if unit.head("monitor", MONITOR_ID) is None:
        unit.commit("monitor", MONITOR_ID, Monitor(), "monitor_start", {})
    return unit.commit("monitor", MONITOR_ID, changed, step, params, barrier=barrier)


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
    if baseline is not None and not same_name(baseline.organisation, organisation):
        baseline = None  # one organisation's tons are never set against the baseline of another, or of all
    frame = replace(_frame(monitor, baseline), passports=_passports(unit, day))
    years = [lot.year for lot in lots]
    first = min(years if year is None else [*years, year], default=None)
    awarded = _only(years_of(shared, frame, day, "gegund", first), year)
    realised = _only(years_of(shared, frame, day, "gerealiseerd", first), year)
    schemes = tuple(one for one in _schemes(unit, day) if year in (None, one[0]))
    return Count(day, organisation, baseline, awarded, realised, twice, is_example, schemes)


def _passports(unit: UnitOfWork, day: str) -> dict[tuple[str, int], float]:
    """Tons with a passport by work and year, of what was laid until a day (ISO); one without a mass or a
    day says nothing."""
    found: dict[tuple[str, int], list[float]] = {}
    for row in unit.lists.listed("passport"):
        if row["tender"] and row["mass_t"] is not None and row["laid_on"] and row["laid_on"] <= day:
            found.setdefault((str(row["tender"]), int(row["laid_on"][:4])), []).append(row["mass_t"])
    return {key: math.fsum(tons) for key, tons in found.items()}


def _schemes(unit: UnitOfWork, day: str) -> Iterator[tuple[int, int]]:
    """Subsidy schemes that were made conditional or inclusive until a day (ISO), by year; each once a
    year."""
    head = unit.head("calendar", CALENDAR_ID)
    calendar = unit.document(head) if head is not None else None
    schemes = [
        replace(one, changes=tuple(change for change in one.changes if change.on <= day))
        for one in (calendar.schemes if isinstance(calendar, Calendar) else ())
    ]
    for year in changed_years(schemes):
        changed = len(changed_in(schemes, year))
        if changed:
            yield year, changed


def _only(counted: tuple[YearCount, ...], year: int | None) -> tuple[YearCount, ...]:
    """One year, or all of them."""
    return counted if year is None else tuple(one for one in counted if one.year == year)


def _frame(monitor: Monitor, baseline: Baseline | None) -> Frame:
    """What is judged against: the spend and factors of the baseline's edition, else what was typed."""
    if baseline is None:
        return Frame(None, monitor.targets, monitor.spend, monitor.factors)
    if baseline.fictitious:
        return Frame(baseline, monitor.targets)
    return Frame(
        baseline, monitor.targets, baseline.spend or monitor.spend, baseline.factors or monitor.factors
    )


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
            raise StoreError("frozen_future", day=numbers.date(day))
        monitor = monitor_in(unit)
        if any(one.until == day and same_name(one.organisation, organisation) for one in monitor.frozen):
            raise StoreError("frozen_already", day=numbers.date(day))
        made = figures(count_in(unit, until=day, organisation=organisation, anew=True))
        text = json.dumps(made.plain, sort_keys=True, ensure_ascii=False)
        one = Frozen(day, organisation.strip(), made.hash, text, unit.file.author, unit.now())
        changed = replace(monitor, frozen=(*monitor.frozen, one))
        change_monitor(unit, changed, "monitor_frozen", {"day": day}, barrier=True)
    return one


def frozen_before(monitor: Monitor, day: str, organisation: str = "") -> Frozen | None:
    """The newest frozen figures of a day or before it, to compare with."""
    earlier = [
        one for one in monitor.frozen if one.until <= day and same_name(one.organisation, organisation)
    ]
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
