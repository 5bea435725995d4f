"""Whether a supply or demand can be meant, asked before it is stored whatever way it came about."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from cirkeldesk.model.contract.soundness import is_day
from cirkeldesk.model.material.material import Demand, MaterialRates, NewProduct, Place, Supply
from cirkeldesk.model.refusal import DocumentError, StoreError

LARGEST = 1e9
SLACK = 1e-9
RD_X, RD_Y = (0.0, 300_000.0), (300_000.0, 640_000.0)  # the bounds of the Dutch grid, in metres


def check_supply(supply: Supply, kinds: Collection[str]) -> None:
    """Raises DocumentError with the place of the first thing that cannot be."""
    _check_named(supply.kind, supply.name, supply.id, kinds)
    _check_days({"available_from": supply.available_from, "available_until": supply.available_until})
    _check_days({"tested_on": supply.tested_on})
    for place, lies in (("place", supply.place), ("depot", supply.depot or Place())):
        _check_place(place, lies)
    _check_numbers(_of_supply(supply))
    if not 0 <= supply.breakage <= 1:
        raise DocumentError("not_a_choice", "breakage", value=str(supply.breakage), choices="0 tot en met 1")
    if supply.balance < -SLACK or any(one.amount <= 0 for one in supply.reservations):
        raise DocumentError("not_positive", "mutations", value=f"{supply.balance:g}")
    if supply.price is not None and (not supply.price.is_finite() or supply.price < 0):
        raise DocumentError("not_positive", "price", value=str(supply.price)[:40])
    _check_once("reservations", [one.id for one in supply.reservations])
    for number, one in enumerate(supply.reservations):
        _check_days({f"reservations[{number}].on": one.on, f"reservations[{number}].until": one.until})
    for number, moved in enumerate(supply.mutations):
        _check_days({f"mutations[{number}].on": moved.on})


def check_kept(supply: Supply, day: str) -> None:
    """That no more is promised than there is, on a day (ISO), however it came about. Raises StoreError
    material_short."""
    if supply.balance < supply.kept(day) - SLACK:
        raise StoreError("material_short", name=supply.name, free="0")


def check_demand(demand: Demand, kinds: Collection[str]) -> None:
    """Raises DocumentError with the place of the first thing that cannot be."""
    _check_named(demand.kind, demand.name, demand.id, kinds)
    _check_days({"needed_from": demand.needed_from, "needed_until": demand.needed_until})
    _check_place("place", demand.place)
    sizes = (demand.format.length, demand.format.width, demand.format.thickness)
    _check_numbers(
        [
            ("amount", demand.amount, True),
            ("tolerance", demand.tolerance, False),
            ("furthest_km", demand.furthest_km, False),
            *(("format", size, True) for size in sizes),
        ]
    )
    if demand.new is not None:
        _check_new(demand.new)
    _check_once("requests", [one.id for one in demand.requests])
    for number, one in enumerate(demand.requests):
        _check_days({f"requests[{number}].until": one.until})
        _check_numbers([(f"requests[{number}].amount", one.amount, True)])


def check_rates(rates: MaterialRates) -> None:
    """Raises DocumentError with the place of the first thing that cannot be."""
    _check_numbers([("per_tkm", rates.per_tkm, False), ("handling", rates.handling, False)])
    if rates.per_tkm is not None and rates.set_code is None:
        raise DocumentError("missing_field", "rates", field="set_code")
    if not 1 <= rates.days <= 730:
        raise DocumentError("not_a_choice", "days", value=str(rates.days), choices="1 tot en met 730")


def _of_supply(supply: Supply) -> Iterator[tuple[str, float | None, bool]]:
    """(place, figure, whether it must be above nothing)."""
    sizes = (supply.format.length, supply.format.width, supply.format.thickness)
    yield from (("format", size, True) for size in sizes)
    yield "amount", supply.amount, True
    yield "mass_per_unit", supply.mass_per_unit, True
    yield "smallest", supply.smallest, True
    yield "life", supply.life, False
    yield from (
        (f"mutations[{at}].amount", abs(one.amount), False) for at, one in enumerate(supply.mutations)
    )


def _check_named(kind: str, name: str, identity: str, kinds: Collection[str]) -> None:
    if not identity.strip() or len(identity) > 64:
        raise DocumentError("missing_field", "", field="id")
    if not name.strip() or len(name) > 200:
        raise DocumentError("missing_field", "", field="name")
    if kind not in kinds:
        raise DocumentError("not_a_choice", "kind", value=kind[:40], choices=", ".join(sorted(kinds)))


def _check_numbers(
    found: list[tuple[str, float | None, bool]] | Iterator[tuple[str, float | None, bool]],
) -> None:
    for place, value, above in found:
        if value is None:
            continue
        if not math.isfinite(value) or value > LARGEST or value < 0 or (above and value == 0):
            raise DocumentError("not_positive", place, value=f"{value:g}")


def _check_new(new: NewProduct) -> None:
    for place, value in (("new.a1_a3", new.a1_a3), ("new.a4", new.a4 or 0.0)):
        if not math.isfinite(value) or abs(value) > LARGEST:
            raise DocumentError("not_positive", place, value=f"{value:g}")


def _check_place(at: str, place: Place) -> None:
    if (place.x is None) != (place.y is None):
        raise DocumentError("missing_field", at, field="x en y")
    if place.x is None or place.y is None:
        return
    if not (RD_X[0] <= place.x <= RD_X[1] and RD_Y[0] <= place.y <= RD_Y[1]):
        raise DocumentError("not_a_choice", at, value=f"{place.x:g}, {place.y:g}", choices="RD in meters")


def _check_days(days: dict[str, str]) -> None:
    for place, day in days.items():
        if day and not is_day(day):
            raise DocumentError("not_a_date", place, value=day[:40])


def _check_once(place: str, ids: list[str]) -> None:
    for number, identity in enumerate(ids):
        if not identity.strip() or ids.index(identity) != number:
            raise DocumentError(
                "not_a_choice", f"{place}[{number}].id", value=identity[:40], choices="elk id één keer"
            )
