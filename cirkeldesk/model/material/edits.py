"""Edits of supply and demand: pure functions, with the name of the step they are.

A balance is never below nothing, and nothing is confirmed twice: who asks more than is free is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from cirkeldesk.model.material.material import (
    Demand,
    Mutation,
    Request,
    Reservation,
    ReservationState,
    Supply,
)
from cirkeldesk.model.refusal import StoreError

EPSILON = 1e-9


Changed = TypeVar("Changed", Supply, Demand)


@dataclass(frozen=True)
class MaterialEdit(Generic[Changed]):
    """What becomes of a supply or demand, with its step key and the parameters of the step's name."""

    step: str
    params: dict[str, str | int]
    value: Changed


def move(supply: Supply, mutation: Mutation, day: str) -> MaterialEdit[Supply]:
    """More or less in the depot. Raises StoreError material_short where it would take what is not there, or
    what is reserved."""
    changed = replace(supply, mutations=(*supply.mutations, mutation))
    if changed.balance < changed.kept(day) - EPSILON:
        raise StoreError("material_short", name=supply.name, free=_shown(supply.balance - supply.kept(day)))
    return MaterialEdit("material_moved", {"name": supply.name}, changed)


def reserve(supply: Supply, reservation: Reservation, day: str) -> MaterialEdit[Supply]:
    """Keep part of a supply. Raises StoreError material_short, material_amount or material_past."""
    if reservation.amount <= 0:
        raise StoreError("material_amount", name=supply.name)
    if reservation.until < day:
        raise StoreError("material_past", day=reservation.until)
    free = supply.free(day)
    if reservation.amount > free + EPSILON * max(1.0, supply.amount):
        raise StoreError("material_short", name=supply.name, free=_shown(free))
    if supply.smallest is not None and reservation.amount < min(supply.smallest, free) - EPSILON:
        raise StoreError("material_small", name=supply.name, least=_shown(supply.smallest))
    changed = replace(supply, reservations=(*supply.reservations, reservation))
    return MaterialEdit("material_reserved", {"name": supply.name}, changed)


def renewed(supply: Supply, reservation: Reservation, day: str) -> MaterialEdit[Supply]:
    """Keep part of a supply in the place of what the same demand holds of it already: who asks again has
    changed its mind. Raises as `reserve` does, and then keeps what it had."""
    others = tuple(
        replace(one, state="cancelled")
        if one.state == "confirmed" and (one.demand, one.asked) == (reservation.demand, reservation.asked)
        else one
        for one in supply.reservations
    )
    return reserve(replace(supply, reservations=others), reservation, day)


def refuse(supply: Supply, reservation: Reservation) -> MaterialEdit[Supply]:
    """A request that came too late, or asked what is not there: who asked is told by it."""
    kept = replace(reservation, state="refused")
    return MaterialEdit(
        "material_refused", {"name": supply.name}, replace(supply, reservations=(*supply.reservations, kept))
    )


def cancel(supply: Supply, identity: str) -> MaterialEdit[Supply]:
    """Give a reservation up; its trace stays. Raises StoreError material_gone where it was delivered."""
    if supply.reservation(identity).state == "delivered":
        raise StoreError("material_gone", name=supply.name)
    return MaterialEdit("material_cancelled", {"name": supply.name}, _with(supply, identity, "cancelled", ""))


def deliver(supply: Supply, identity: str, day: str) -> MaterialEdit[Supply]:
    """What was reserved left on a day. Raises StoreError material_lapsed where it is kept no more."""
    if not supply.reservation(identity).holds(day):
        raise StoreError("material_lapsed", name=supply.name)
    return MaterialEdit(
        "material_delivered", {"name": supply.name}, _with(supply, identity, "delivered", day)
    )


def _with(supply: Supply, identity: str, state: ReservationState, day: str) -> Supply:
    reservations = tuple(
        replace(one, state=state, delivered_on=day) if one.id == identity else one
        for one in supply.reservations
    )
    return replace(supply, reservations=reservations)


def split(supply: Supply, amount: float, identity: str, day: str, by: str) -> tuple[Supply, Supply]:
    """A part of a supply as a supply of its own. Raises StoreError material_short or material_amount."""
    if amount <= 0:
        raise StoreError("material_amount", name=supply.name)
    less = move(supply, Mutation(day, -amount, f"gesplitst naar {identity}", by), day).value
    part = replace(supply, id=identity, amount=amount, mutations=(), reservations=())
    return less, part


def ask(demand: Demand, request: Request) -> MaterialEdit[Demand]:
    """Ask part of another organisation's supply. One request stands for each supply: a later one replaces
    it."""
    others = tuple(one for one in demand.requests if one.supply != request.supply)
    return MaterialEdit("material_asked", {"name": demand.name}, replace(demand, requests=(*others, request)))


def _shown(value: float) -> str:
    return f"{max(0.0, value):g}".replace(".", ",")
