"""Supplies and demands in a file: read in, listed, matched, reserved and delivered.

A supply of one's own is reserved at once; of another organisation's part is asked, and that one's file
decides.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cirkeldesk import paths
from cirkeldesk.exchange.recognise import content_of, read_json, shown_name
from cirkeldesk.model.contract.contract import same_name
from cirkeldesk.model.document.document import decode, from_plain, to_plain
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.material import edits
from cirkeldesk.model.material.lines import DemandLine, SupplyLine
from cirkeldesk.model.material.material import (
    KG_PER_T,
    MATERIALS_ID,
    Demand,
    MaterialRates,
    Mutation,
    Request,
    Reservation,
    Supply,
)
from cirkeldesk.model.material.soundness import check_demand, check_kept, check_rates, check_supply
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.operations.settings import file_settings_in
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match

MOST_AT_ONCE = 100_000
WORKED_OUT = frozenset(("state", "free", "balance"))  # what `materials --json` says besides
Decided = Literal["confirmed", "asked"]


@dataclass(frozen=True)
class MaterialKind:
    """A kind of material: `family` says what it is like, `unit` how it is usually counted."""

    code: str
    name: str
    family: str
    unit: str


@cache
def material_kinds() -> Mapping[str, MaterialKind]:
    """The kinds we ship, by code."""
    text = (paths.reference() / "materials" / "kinds.json").read_text(encoding="utf-8")
    found = [decode(MaterialKind, one) for one in json.loads(text)["kinds"]]
    return {one.code: one for one in found}


def new_id() -> str:
    """An id that no other organisation makes."""
    return uuid.uuid4().hex[:16]


def today_in(unit: UnitOfWork) -> str:
    return datetime.fromisoformat(unit.now()).astimezone().date().isoformat()


def ours(unit: UnitOfWork) -> str:
    return file_settings_in(unit).organisation


# --- reading in
# -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PutMaterials:
    """How many were taken over, new or renewed."""

    supplies: int
    demands: int
    rates: bool


def put_materials(workspace: Workspace, path: Path) -> PutMaterials:
    """From JSON: a supply or demand, a list of them, or an object with `supplies`, `demands` and `rates`; all
    of it or nothing. Raises ReadError, DocumentError with the place, or StoreError."""
    return put_plain(workspace, read_json(content_of(path), shown_name(path)))


def put_plain(workspace: Workspace, data: object) -> PutMaterials:
    body = _body(data)
    _check_each_once(body)
    supplies = [_supply(one, f"supplies[{at}]") for at, one in enumerate(_list(body, "supplies"))]
    demands = [_demand(one, f"demands[{at}]") for at, one in enumerate(_list(body, "demands"))]
    if len(supplies) + len(demands) > MOST_AT_ONCE:
        raise DocumentError("too_many", "", count=len(supplies) + len(demands), most=MOST_AT_ONCE)
    with workspace.unit() as unit:
        said = {
            str(one.get("id")) for name in ("supplies", "demands") for one in _list(body, name)
            if isinstance(one, dict) and {"withdrawn", "closed"} & one.keys()
        }  # fmt: skip
        put_all(unit, supplies, demands, said)
        if "rates" in body:
            plain = {**to_plain(rates_in(unit)), **body["rates"], "id": MATERIALS_ID}
            rates = from_plain(plain, "materials")
            assert isinstance(rates, MaterialRates)
            check_rates(rates)
            unit.commit("materials", MATERIALS_ID, rates, "material_rates", {})
    return PutMaterials(len(supplies), len(demands), "rates" in body)


def _check_each_once(body: Mapping[str, Any]) -> None:
    """Two lines of one id would leave the last, without a word."""
    for name in ("supplies", "demands"):
        ids = [str(one["id"]) for one in _list(body, name) if isinstance(one, dict) and one.get("id")]
        double = next((one for one in ids if ids.count(one) > 1), None) if len(set(ids)) < len(ids) else None
        if double is not None:
            raise DocumentError("not_a_choice", name, value=double[:40], choices="elk kenmerk één keer")


def put_all(
    unit: UnitOfWork,
    supplies: Sequence[Supply],
    demands: Sequence[Demand],
    said: AbstractSet[str] = frozenset(),
) -> None:
    """Keep them, each as one's own where no organisation is named. What was reserved stays what it was, and
    what was withdrawn or closed too, but for those (`said`) of which the file says otherwise."""
    kinds, own = material_kinds(), ours(unit)
    for at, supply in enumerate(supplies):
        made = replace(supply, organisation=supply.organisation or own, price=_cents(supply.price))
        before = _kept_supply(unit, made.id)
        if before is not None:
            _check_owner(before.organisation, made.organisation, f"supplies[{at}]")
            made = _grown(made, before, f"supplies[{at}]")
            made = made if made.id in said else replace(made, withdrawn=before.withdrawn)
        _placed(f"supplies[{at}]", lambda made=made: check_supply(made, kinds))
        check_kept(made, today_in(unit))
        unit.commit("supply", made.id, made, "material_supply", {"name": made.name})
    for at, demand in enumerate(demands):
        wanted = replace(demand, organisation=demand.organisation or own)
        earlier = _kept_demand(unit, wanted.id)
        if earlier is not None:
            _check_owner(earlier.organisation, wanted.organisation, f"demands[{at}]")
            wanted = replace(wanted, requests=earlier.requests)
            wanted = wanted if wanted.id in said else replace(wanted, closed=earlier.closed)
        _placed(f"demands[{at}]", lambda wanted=wanted: check_demand(wanted, kinds))
        unit.commit("demand", wanted.id, wanted, "material_demand", {"name": wanted.name})


def _cents(price: Decimal | None) -> Decimal | None:
    return (
        price.quantize(Decimal("0.01"))
        if price is not None and price.is_finite() and price < 10**12
        else price
    )


def _grown(made: Supply, before: Supply, place: str) -> Supply:
    """What a file says of a supply that is here: its book only grows, and who has what is decided here."""
    if made.reservations not in ((), before.reservations):
        raise DocumentError("not_a_choice", f"{place}.reservations", value="anders", choices="wat er staat")
    moved = made.mutations or before.mutations
    if moved[: len(before.mutations)] != before.mutations:
        raise DocumentError(
            "not_a_choice", f"{place}.mutations", value="anders", choices="wat er staat, en meer"
        )
    if before.reservations and (made.kind, made.unit) != (before.kind, before.unit):
        raise DocumentError("not_a_choice", f"{place}.unit", value=made.unit, choices=before.unit)
    photos = made.photos or before.photos
    return replace(made, reservations=before.reservations, mutations=moved, photos=photos)


def _check_owner(before: str, now: str, place: str) -> None:
    if before.strip() and not same_name(before, now):
        raise DocumentError("not_a_choice", f"{place}.organisation", value=now[:40], choices=before or "leeg")


def _placed(place: str, check: Any) -> None:
    try:
        check()
    except DocumentError as problem:
        params = {name: value for name, value in problem.params.items() if name != "place"}
        inner = f"{place}.{problem.place}" if problem.place else place
        raise DocumentError(problem.key, inner, **params) from problem


def _body(data: object) -> dict[str, Any]:
    """Plain data as supplies, demands and rates."""
    if isinstance(data, list):
        return {
            "supplies": [one for one in data if not _is_demand(one)],
            "demands": [one for one in data if _is_demand(one)],
        }
    if not isinstance(data, dict):
        raise DocumentError("not_an_object")
    if data.keys() & {"supplies", "demands", "rates"}:
        unknown = data.keys() - {"supplies", "demands", "rates", "day"}
        if unknown:
            raise DocumentError("unknown_field", "", field=min(map(str, unknown))[:60])
        if "rates" in data and not isinstance(data["rates"], dict):
            raise DocumentError("not_an_object", "rates")
        return data
    return {"demands": [data]} if _is_demand(data) else {"supplies": [data]}


def _is_demand(one: object) -> bool:
    if not isinstance(one, dict):
        return False
    return str(one.get("schema", "")).startswith("demand/") or bool(
        {"needed_from", "needed_until"} & one.keys()
    )


def _list(body: Mapping[str, Any], name: str) -> list[Any]:
    found = body.get(name, [])
    if not isinstance(found, list):
        raise DocumentError("not_a_list", name)
    return found


def _supply(said: object, place: str) -> Supply:
    made = _document(said, "supply", place)
    assert isinstance(made, Supply)
    return made


def _demand(said: object, place: str) -> Demand:
    made = _document(said, "demand", place)
    assert isinstance(made, Demand)
    return made


def _document(said: object, kind: Literal["supply", "demand"], place: str) -> object:
    if not isinstance(said, dict):
        raise DocumentError("not_an_object", place)
    told = {name: value for name, value in said.items() if name not in WORKED_OUT}
    plain = {"id": new_id(), "schema": f"{kind}/1", "organisation": "", **told}
    found: list[object] = []
    _placed(place, lambda: found.append(from_plain(plain, kind)))
    return found[0]


# --- what there is
# -----------------------------------------------------------------------------------------------------


def _kept_supply(unit: UnitOfWork, identity: str) -> Supply | None:
    digest = unit.head("supply", identity)
    value = unit.document(digest) if digest is not None else None
    assert value is None or isinstance(value, Supply)
    return value


def _kept_demand(unit: UnitOfWork, identity: str) -> Demand | None:
    digest = unit.head("demand", identity)
    value = unit.document(digest) if digest is not None else None
    assert value is None or isinstance(value, Demand)
    return value


def supply_in(unit: UnitOfWork, identity: str) -> Supply:
    """Raises StoreError not_found."""
    found = _kept_supply(unit, identity)
    if found is None:
        raise StoreError("not_found", what="aanbod", id=identity[:60])
    return found


def demand_in(unit: UnitOfWork, identity: str) -> Demand:
    """Raises StoreError not_found."""
    found = _kept_demand(unit, identity)
    if found is None:
        raise StoreError("not_found", what="vraag", id=identity[:60])
    return found


def get_supply(workspace: Workspace, identity: str) -> Supply:
    with workspace.unit() as unit:
        return supply_in(unit, identity)


def get_demand(workspace: Workspace, identity: str) -> Demand:
    with workspace.unit() as unit:
        return demand_in(unit, identity)


def rates_in(unit: UnitOfWork) -> MaterialRates:
    """What moving costs; nothing is known before somebody said it."""
    digest = unit.head("materials", MATERIALS_ID)
    value = unit.document(digest) if digest is not None else MaterialRates()
    assert isinstance(value, MaterialRates)
    return value


def get_rates(workspace: Workspace) -> MaterialRates:
    with workspace.unit() as unit:
        return rates_in(unit)


def supply_lines(workspace: Workspace, search: str = "") -> list[SupplyLine]:
    """The supplies by name, with every word of the search."""
    with workspace.unit() as unit:
        return [SupplyLine(**row) for row in unit.lists.listed("supply", search)]


def demand_lines(workspace: Workspace, search: str = "") -> list[DemandLine]:
    with workspace.unit() as unit:
        return [DemandLine(**row) for row in unit.lists.listed("demand", search)]


def day_of(workspace: Workspace) -> str:
    """The day in the office's time, ISO."""
    with workspace.unit() as unit:
        return today_in(unit)


def find_matches(
    workspace: Workspace, *, supply: str | None = None, demand: str | None = None, most: int | None = None
) -> list[Match]:
    """The best matches of every open demand, or those of one supply or one demand in order of use.
    Fictitious supply is only matched with fictitious demand."""
    from cirkeldesk.model.material import matching  # arrays take a while to load; nobody waits for them

    with workspace.unit() as unit:
        day, rates = today_in(unit), rates_in(unit)
        supplies = [SupplyLine._make(row) for row in unit.lists.plain("supply")]
        demands = [DemandLine._make(row) for row in unit.lists.plain("demand")]
    demands = _still_needed(supplies, demands, day)
    supplies = [one for one in supplies if supply in (None, one.id)]
    demands = [one for one in demands if demand in (None, one.id)]
    found: list[Match] = []
    for is_fictitious in (False, True):
        found += matching.matches(
            [one for one in supplies if bool(one.fictitious) is is_fictitious],
            [one for one in demands if bool(one.fictitious) is is_fictitious],
            rates,
            day,
            most or matching.MOST,
        )
    return found if supply is None else sorted(found, key=matching.in_order)


def count_matches(workspace: Workspace, side: Literal["supply", "demand"]) -> dict[str, int]:
    """How many of the other side fit each supply, or each demand, by id; none is left out as nothing."""
    return Counter(getattr(one, side).id for one in find_matches(workspace))


def demand_name(workspace: Workspace, identity: str) -> str:
    """What a demand is called; "" where it is not here, as another organisation's may not be."""
    with workspace.unit() as unit:
        found = _kept_demand(unit, identity)
        return found.name if found is not None else ""


def is_own(workspace: Workspace, organisation: str) -> bool:
    """Whether something is of the organisation of this file."""
    with workspace.unit() as unit:
        return is_ours(organisation, ours(unit))


def _still_needed(
    supplies: Sequence[SupplyLine], demands: Sequence[DemandLine], day: str
) -> list[DemandLine]:
    """The demands less what they hold or got already, in their own unit; those that have all are left out."""
    units = {one.id: one.unit for one in demands}
    held: dict[str, float] = {}
    for line in supplies:
        for amount, until, whose, gone in line.parts:
            if units.get(whose) == line.unit and (gone or until >= day):
                held[whose] = held.get(whose, 0.0) + amount
    left = [one._replace(amount=one.amount - held[one.id]) if one.id in held else one for one in demands]
    return [one for one in left if one.amount > 1e-9]


# --- acts
# -----------------------------------------------------------------------------------------------------


def is_ours(organisation: str, own: str) -> bool:
    """Whether something is of this organisation; what has no name is."""
    return not organisation.strip() or same_name(organisation, own)


def may_go(supply: Supply, demand: Demand) -> bool:
    """Whether a supply may go to a demand at all: what was found in it, and what is made up, do not."""
    is_spoiled = "found" in (supply.tar, supply.asbestos)
    return (
        not is_spoiled
        and not demand.closed
        and supply.kind == demand.kind
        and supply.fictitious is demand.fictitious
    )


def reserve(
    workspace: Workspace, supply: str, demand: str, until: str | None = None, amount: float | None = None
) -> Decided:
    """Keep part of a supply for a demand of ours until a day (ISO; as long as the rates say without one): all
    that it still needs, as far as it is free, where no amount is said. What it held of that supply already is
    replaced. Of another organisation's supply it is asked. Raises StoreError."""
    with workspace.unit() as unit:
        found, wanted, own = supply_in(unit, supply), demand_in(unit, demand), ours(unit)
        check_ours(unit, wanted)
        if not may_go(found, wanted):
            raise StoreError("material_unfit", name=found.name)
        day = today_in(unit)
        last = until or (date.fromisoformat(day) + timedelta(days=rates_in(unit).days)).isoformat()
        part = amount if amount is not None else _part(unit, found, wanted, day)
        made = Reservation(new_id(), wanted.id, wanted.organisation, part, day, last, by=unit.file.author)
        edit = edits.renewed(found, made, day)  # also of another's: nobody asks what is not there
        if is_ours(found.organisation, own):
            check_supply(edit.value, material_kinds())
            unit.commit("supply", found.id, edit.value, edit.step, edit.params)
            return "confirmed"
        asked = edits.ask(wanted, Request(new_id(), found.id, part, day, last))
        check_demand(asked.value, material_kinds())
        unit.commit("demand", wanted.id, asked.value, asked.step, asked.params)
        return "asked"


def _part(unit: UnitOfWork, supply: Supply, demand: Demand, day: str) -> float:
    """What the demand still needs of what is free, in the unit of the supply. Raises StoreError
    material_unit, material_short or material_met."""
    per = supply.mass_per_unit if supply.unit != "ton" else KG_PER_T
    if supply.unit == demand.unit:
        asked = demand.amount
    elif demand.unit == "ton" and per is not None:
        asked = demand.amount * KG_PER_T / per
    else:
        raise StoreError("material_unit", name=supply.name)
    held = _held_elsewhere(unit, supply, demand, day)
    own = sum(one.amount for one in supply.reservations if one.demand == demand.id and one.holds(day))
    free = supply.free(day) + own
    if free <= 0:
        raise StoreError("material_short", name=supply.name, free="0")
    if asked - held <= 1e-9 * asked:
        raise StoreError("material_met", name=demand.name)
    return min(free, asked - held)


def _held_elsewhere(unit: UnitOfWork, supply: Supply, demand: Demand, day: str) -> float:
    """What the demand holds, or was delivered, of other supplies of its kind, in the unit of this one; of
    those in another unit it cannot be said. Of this one what was delivered."""
    rows = (SupplyLine._make(row) for row in unit.lists.plain("supply"))
    total = sum(
        line.has(demand.id, day)
        for line in rows
        if line.kind == demand.kind and line.id != supply.id and line.unit == supply.unit
    )
    gone = [one for one in supply.reservations if one.demand == demand.id and one.state == "delivered"]
    return total + sum(one.amount for one in gone)


def edit_supply(workspace: Workspace, identity: str, make: Any) -> HistoryRow | None:
    """One edit of a supply of one's own as one step. `make` is (supply, day) → MaterialEdit. Raises
    StoreError material_theirs for another organisation's."""
    with workspace.unit() as unit:
        return edit_in(unit, identity, make)


def edit_in(unit: UnitOfWork, identity: str, make: Any) -> HistoryRow | None:
    supply = supply_in(unit, identity)
    check_ours(unit, supply)
    edit = make(supply, today_in(unit))
    check_supply(edit.value, material_kinds())
    return unit.commit("supply", identity, edit.value, edit.step, edit.params)


def check_ours(unit: UnitOfWork, found: Supply | Demand) -> None:
    """Raises StoreError material_theirs for another organisation's."""
    if not is_ours(found.organisation, ours(unit)):
        raise StoreError("material_theirs", name=found.name, organisation=found.organisation)


def withdraw(workspace: Workspace, identity: str, *, withdrawn: bool) -> None:
    """Take a supply back, or offer it again. What was reserved of it stays what it was."""
    edit_supply(
        workspace,
        identity,
        lambda found, day: edits.MaterialEdit(
            "material_withdrawn", {"name": found.name}, replace(found, withdrawn=withdrawn)
        ),
    )


def close_demand(workspace: Workspace, identity: str, *, closed: bool) -> None:
    """Nothing more is needed, or something is again. Raises StoreError material_theirs."""
    with workspace.unit() as unit:
        demand = demand_in(unit, identity)
        check_ours(unit, demand)
        changed = replace(demand, closed=closed)
        unit.commit("demand", identity, changed, "material_closed", {"name": demand.name})


def put_rates(workspace: Workspace, said: Mapping[str, object]) -> None:
    """What moving costs, as far as it is said. Raises DocumentError."""
    put_plain(workspace, {"rates": dict(said)})


def cancel(workspace: Workspace, supply: str, reservation: str) -> None:
    edit_supply(workspace, supply, lambda found, day: edits.cancel(found, reservation))


def deliver(workspace: Workspace, supply: str, reservation: str) -> None:
    edit_supply(workspace, supply, lambda found, day: edits.deliver(found, reservation, day))


def move(workspace: Workspace, supply: str, amount: float, why: str) -> None:
    """More or less of a supply in the depot, today."""
    by = workspace.store.author
    edit_supply(workspace, supply, lambda found, day: edits.move(found, Mutation(day, amount, why, by), day))


def split(workspace: Workspace, supply: str, amount: float) -> str:
    """A part of a supply as one of its own. Returns its id."""
    identity = new_id()
    with workspace.unit() as unit:
        found = supply_in(unit, supply)
        check_ours(unit, found)
        less, part = edits.split(found, amount, identity, today_in(unit), unit.file.author)
        for one in (less, part):  # undo of one of the two would make stones
            unit.commit("supply", one.id, one, "material_split", {"name": one.name}, barrier=True)
    return identity
