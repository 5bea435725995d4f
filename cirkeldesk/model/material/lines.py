"""Supply and demand as flat lines: what lists show and matching looks at, without the documents."""

from __future__ import annotations

import json
from typing import NamedTuple

from cirkeldesk.model.material.material import KG_PER_T, Demand, Place, Supply, SupplyState
from cirkeldesk.model.material.places import coordinates


class SupplyLine(NamedTuple):
    """A supply in one row. `held` is JSON: [[amount, until, demand, delivered], …] of what is reserved or
    went, so that what is free, and what a demand has, can be said of any day. Sizes in mm, places in metres
    RD of where it is fetched; `via_x`, `via_y` where it was released, when it is stored elsewhere."""

    id: str
    kind: str
    name: str
    organisation: str
    place: str
    amount: float
    unit: str
    kg: float | None
    breakage: float
    length: float | None
    width: float | None
    thickness: float | None
    condition: str | None
    x: float | None
    y: float | None
    via_x: float | None
    via_y: float | None
    available_from: str
    available_until: str
    smallest: float | None
    held: str
    withdrawn: int
    spoiled: int  # tar or asbestos was found
    fictitious: int
    search: str

    @property
    def parts(self) -> list[tuple[float, str, str, int]]:
        """(amount, until, demand, whether it was delivered) of each part that somebody has."""
        return (
            [(part[0], part[1], part[2], part[3]) for part in json.loads(self.held)]
            if self.held != "[]"
            else []
        )

    def has(self, demand: str, day: str) -> float:
        """What a demand holds on a day, or got."""
        return sum(
            amount for amount, until, whose, gone in self.parts if whose == demand and (gone or until >= day)
        )

    def free(self, day: str) -> float:
        """What nobody has on a day; nothing once it was withdrawn or its time is over."""
        if self.withdrawn or (self.available_until and self.available_until < day):
            return 0.0
        kept = sum(amount for amount, until, _, gone in self.parts if not gone and until >= day)
        return self.amount - kept if self.amount - kept > 1e-9 * max(1.0, self.amount) else 0.0

    def state(self, day: str) -> SupplyState:
        if self.amount <= 0:
            return "delivered"
        if self.withdrawn or (self.available_until and self.available_until < day):
            return "lapsed"
        if self.free(day) <= 0:
            return "reserved"
        return "announced" if self.available_from > day else "available"


class DemandLine(NamedTuple):
    """A demand in one row. Costs of the new product per ton, in € MKI."""

    id: str
    kind: str
    name: str
    organisation: str
    place: str
    amount: float
    unit: str
    tolerance: float
    length: float | None
    width: float | None
    thickness: float | None
    condition: str | None
    x: float | None
    y: float | None
    needed_from: str
    needed_until: str
    furthest_km: float | None
    a1_a3: float | None
    a4: float | None
    set_code: str | None
    edition: str
    closed: int
    fictitious: int
    search: str


def supply_line(supply: Supply) -> SupplyLine:
    at, via = coordinates(supply.lies), coordinates(supply.place) if supply.depot is not None else None
    if supply.depot is not None and via is None:
        at = None  # the way to the depot is not known, and so neither is the whole
    held = [
        [one.amount, one.until, one.demand, int(one.state == "delivered")]
        for one in supply.reservations
        if one.state in ("confirmed", "delivered")
    ]
    return SupplyLine(
        supply.id,
        supply.kind,
        supply.name,
        supply.organisation,
        _place(supply.lies),
        supply.balance,
        supply.unit,
        supply.mass_per_unit if supply.unit != "ton" else KG_PER_T,
        supply.breakage,
        supply.format.length,
        supply.format.width,
        supply.format.thickness,
        supply.condition,
        at[0] if at is not None else None,
        at[1] if at is not None else None,
        via[0] if via is not None else None,
        via[1] if via is not None else None,
        supply.available_from,
        supply.available_until,
        supply.smallest,
        json.dumps(held),
        int(supply.withdrawn),
        int("found" in (supply.tar, supply.asbestos)),
        int(supply.fictitious),
        _search(supply.name, supply.kind, supply.organisation, supply.origin, _place(supply.lies)),
    )


def demand_line(demand: Demand) -> DemandLine:
    at, new = coordinates(demand.place), demand.new
    return DemandLine(
        demand.id,
        demand.kind,
        demand.name,
        demand.organisation,
        _place(demand.place),
        demand.amount,
        demand.unit,
        demand.tolerance,
        demand.format.length,
        demand.format.width,
        demand.format.thickness,
        demand.condition,
        at[0] if at is not None else None,
        at[1] if at is not None else None,
        demand.needed_from,
        demand.needed_until,
        demand.furthest_km,
        new.a1_a3 if new is not None else None,
        new.a4 if new is not None else None,
        new.set_code if new is not None else None,
        new.edition if new is not None else "",
        int(demand.closed),
        int(demand.fictitious),
        _search(demand.name, demand.kind, demand.organisation, _place(demand.place)),
    )


def _place(place: Place) -> str:
    return ", ".join(filter(None, (place.municipality, place.name)))


def _search(*words: str) -> str:
    return " ".join(filter(None, words)).casefold()
