"""Which supply fits which demand, in order of use: in time first, then what saves most.

Kind, format within the demand's tolerance and condition must fit. Source: CHAIN 6. Written with arrays: a
region has tens of thousands of supplies.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from cirkeldesk.model.material.lines import DemandLine, SupplyLine
from cirkeldesk.model.material.material import CONDITIONS, KG_PER_T, MaterialRates
from cirkeldesk.model.material.places import DETOUR
from cirkeldesk.model.material.saving import Haul, Saving, saving

MOST = 10  # of one demand: the best
Fit = Literal["yes", "unknown"]
Timing = Literal["in_time", "storage", "late"]
NotComputed = Literal["no_rates", "no_new", "other_set", "no_place", "no_mass"]
FURTHEST = "9999-12-31"


@dataclass(frozen=True)
class Match:
    """A supply for a demand. `amount` in the unit of the supply, of both the least; `format` and `condition`
    are "unknown" where the supply does not say. `overlap` is None where it must be stored between. `mki` is
    None with why."""

    supply: SupplyLine
    demand: DemandLine
    amount: float
    format: Fit
    condition: Fit
    overlap: tuple[str, str] | None
    km: float | None
    mki: Saving | None
    why: NotComputed | None

    @property
    def timing(self) -> Timing:
        """Whether it is there when it is needed, before it (and so must be stored), or only after."""
        if self.overlap is not None:
            return "in_time"
        until = self.demand.needed_until
        return "late" if until and self.supply.available_from > until else "storage"


def in_order(found: Match) -> tuple[bool, float, float]:
    """The order of use: in time first, then what saves most, then near; what is not known last."""
    gain = -found.mki.mki if found.mki is not None else math.inf
    return found.overlap is None, gain, found.km if found.km is not None else math.inf


def matches(
    supplies: Iterable[SupplyLine],
    demands: Iterable[DemandLine],
    rates: MaterialRates,
    day: str,
    most: int = MOST,
) -> Iterator[Match]:
    """The best matches of each open demand, on a day (ISO)."""
    by_kind: dict[str, list[SupplyLine]] = {}
    for one in supplies:
        if not one.spoiled and one.free(day) > 0:
            by_kind.setdefault(one.kind, []).append(one)
    shelves = {kind: _Shelf(found, day) for kind, found in by_kind.items()}
    for demand in demands:
        shelf = shelves.get(demand.kind)
        if (
            shelf is not None
            and not demand.closed
            and not (demand.needed_until and demand.needed_until < day)
        ):
            yield from shelf.best(demand, rates, most)


class _Shelf:
    """The supplies of one kind as columns; what is not known is NaN."""

    def __init__(self, supplies: Sequence[SupplyLine], day: str) -> None:
        self.supplies = supplies
        self.free = np.array([one.free(day) for one in supplies])
        self.columns = {
            name: _column([getattr(one, name) for one in supplies])
            for name in ("length", "width", "thickness", "kg", "x", "y", "via_x", "via_y", "smallest")
        }
        self.breakage = np.array([one.breakage for one in supplies])
        self.condition = _column(
            [CONDITIONS.index(one.condition) if one.condition in CONDITIONS else None for one in supplies]
        )
        self.since = np.array([_as_number(one.available_from) for one in supplies])
        self.until = np.array([_as_number(one.available_until or FURTHEST) for one in supplies])
        self.unit = np.array([one.unit for one in supplies], dtype="U5")

    def best(self, demand: DemandLine, rates: MaterialRates, most: int) -> Iterator[Match]:
        """Those that fit, in order: in time, then the saving, then near."""
        km = self._km(demand)
        fits = self._fits(demand) & ~(km > (np.inf if demand.furthest_km is None else demand.furthest_km))
        amount = self._amount(demand)
        least = np.minimum(np.nan_to_num(self.columns["smallest"], nan=0.0), self.free)
        places = np.flatnonzero(fits & (amount > 0) & (amount >= least - 1e-9))
        if not len(places):
            return
        since, until = _as_number(demand.needed_from), _as_number(demand.needed_until or FURTHEST)
        in_time = np.maximum(self.since[places], since) <= np.minimum(self.until[places], until)
        gain = self._gain(demand, rates, amount, km)[places]
        order = np.lexsort(
            (places, np.nan_to_num(km[places], nan=np.inf), np.nan_to_num(-gain, nan=np.inf), ~in_time)
        )
        for at in places[order[:most]]:
            yield self._match(int(at), demand, rates, float(amount[at]), float(km[at]))

    def _fits(self, demand: DemandLine) -> Any:
        found = np.ones(len(self.supplies), dtype=bool)
        for name in ("length", "width", "thickness"):
            asked = getattr(demand, name)
            if asked is not None:
                found &= ~(np.abs(self.columns[name] - asked) > demand.tolerance + 1e-9)
        if demand.condition in CONDITIONS:
            found &= ~(self.condition > CONDITIONS.index(demand.condition))
        return found

    def _amount(self, demand: DemandLine) -> Any:
        """What would go, in the unit of each supply; nothing where the units cannot be brought together."""
        same = self.unit == demand.unit
        kg = self.columns["kg"]
        tons = demand.amount * KG_PER_T / kg if demand.unit == "ton" else np.full(len(kg), np.nan)
        asked = np.where(same, demand.amount, np.nan_to_num(tons, nan=0.0))
        return np.minimum(self.free, asked)

    def _km(self, demand: DemandLine) -> Any:
        """Where it is fetched to where it is needed; a supply that is stored comes by way of its depot."""
        if demand.x is None or demand.y is None:
            return np.full(len(self.supplies), np.nan)
        x, y = self.columns["x"], self.columns["y"]
        last = np.hypot(x - demand.x, y - demand.y)
        first = np.hypot(self.columns["via_x"] - x, self.columns["via_y"] - y)
        return (last + np.nan_to_num(first, nan=0.0)) / 1000.0 * DETOUR

    def _gain(self, demand: DemandLine, rates: MaterialRates, amount: Any, km: Any) -> Any:
        if why_not(demand, rates) is not None:
            return np.full(len(self.supplies), np.nan)
        tons = amount * self.columns["kg"] / KG_PER_T
        kept = tons * (1 - self.breakage) * (0.8 * (demand.a1_a3 or 0.0) + (demand.a4 or 0.0))
        return kept - tons * (km * (rates.per_tkm or 0.0) + rates.handling)

    def _match(self, at: int, demand: DemandLine, rates: MaterialRates, amount: float, km: float) -> Match:
        supply = self.supplies[at]
        since = max(supply.available_from, demand.needed_from)
        until = min(supply.available_until or FURTHEST, demand.needed_until or FURTHEST)
        known_km = km if km == km else None  # NaN is not known
        mki, why = _saved(supply, demand, rates, amount, known_km)
        return Match(
            supply,
            demand,
            amount,
            "unknown" if _is_open(supply, demand) else "yes",
            "unknown" if demand.condition is not None and supply.condition is None else "yes",
            (since, until) if since <= until else None,
            known_km,
            mki,
            why,
        )


def _as_number(day: str) -> int:
    """An ISO day in the order of days; 0 where there is none."""
    return int(day.replace("-", "") or 0)


def _column(values: Sequence[float | None]) -> Any:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _is_open(supply: SupplyLine, demand: DemandLine) -> bool:
    """Whether a size that is asked is not known of the supply."""
    pairs = ((getattr(demand, name), getattr(supply, name)) for name in ("length", "width", "thickness"))
    return any(asked is not None and found is None for asked, found in pairs)


def why_not(demand: DemandLine, rates: MaterialRates) -> NotComputed | None:
    """Why nothing can be computed for a demand, whatever the supply: all in one set and edition, else not."""
    if demand.a1_a3 is None:
        return "no_new"
    if rates.per_tkm is None:
        return "no_rates"
    if rates.set_code != demand.set_code or rates.edition.strip() != demand.edition.strip():
        return "other_set"
    return None


def _saved(
    supply: SupplyLine, demand: DemandLine, rates: MaterialRates, amount: float, km: float | None
) -> tuple[Saving | None, NotComputed | None]:
    why = why_not(demand, rates)
    if why is not None:
        return None, why
    if supply.kg is None:
        return None, "no_mass"
    if km is None:
        return None, "no_place"
    haul = Haul(amount * supply.kg / KG_PER_T, km, rates.per_tkm or 0.0, rates.handling, supply.breakage)
    return saving(haul, demand.a1_a3 or 0.0, demand.a4), None
