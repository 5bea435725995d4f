"""Supply and demand of materials that were used before, with the depot's mutations and reservations.

A supply is of the organisation that has it; its own file alone decides who gets it. Source: CHAIN 6; DOMAIN
10 (released materials).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.product import Attachment

MaterialUnit = Literal["m2", "m", "piece", "ton"]
Condition = Literal["A", "B", "C"]  # A as good as new, B usable with some loss, C to be sorted
TestResult = Literal["free", "found"]
LegalStatus = Literal["product", "waste"]
ReservationState = Literal["confirmed", "refused", "cancelled", "delivered"]
SupplyState = Literal["announced", "available", "reserved", "delivered", "lapsed"]
UNITS: tuple[MaterialUnit, ...] = get_args(MaterialUnit)
CONDITIONS: tuple[Condition, ...] = get_args(Condition)
KG_PER_T = 1000.0
LAST_BITS = 1e-9  # of an amount: what is left of sums that come to nothing


@dataclass(frozen=True)
class Place:
    """Where something lies or is needed: words, a municipality, and RD coordinates (EPSG:28992) in metres."""

    name: str = ""
    municipality: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Format:
    """Sizes in mm, each None where it is not known or does not matter."""

    length: float | None = None
    width: float | None = None
    thickness: float | None = None


@dataclass(frozen=True)
class NewProduct:
    """What would be bought new instead: € MKI per ton of A1-A3, and of A4 where it is known."""

    a1_a3: float
    set_code: SetCode
    a4: float | None = None
    edition: str = ""
    source: str = ""


@dataclass(frozen=True)
class Mutation:
    """The depot's book: more or less of a supply on a day (ISO), and why."""

    on: str
    amount: float
    why: str
    by: str = ""


@dataclass(frozen=True)
class Reservation:
    """Part of a supply that is kept for a demand until a day (ISO); after it the part is free again. `asked`
    is the organisation that asked, `request` the request it answers, `on` the day it was decided,
    `delivered_on` the day it left."""

    id: str
    demand: str
    asked: str
    amount: float
    on: str
    until: str
    state: ReservationState = "confirmed"
    request: str = ""
    delivered_on: str = ""
    by: str = ""

    def holds(self, day: str) -> bool:
        """Whether it keeps its part on a day; it lapses by itself."""
        return self.state == "confirmed" and self.until >= day


@dataclass(frozen=True)
class Supply:
    """Something that is, or comes, free. `amount` in `unit` as it was announced; `mass_per_unit` in kg.
    `breakage` is the part (0..1) that is lost before it lies again. `tar`, `asbestos` and `soil` are None
    while nobody tested. `place` is where it is released, `depot` where it is stored, if elsewhere."""

    id: str
    kind: str
    name: str
    organisation: str
    amount: float
    unit: MaterialUnit
    format: Format = Format()
    mass_per_unit: float | None = None
    condition: Condition | None = None
    breakage: float = 0.0
    tar: TestResult | None = None
    asbestos: TestResult | None = None
    soil: TestResult | None = None
    tested_on: str = ""
    legal: LegalStatus | None = None
    owner: str = ""
    origin: str = ""
    place: Place = Place()
    depot: Place | None = None
    available_from: str = ""
    available_until: str = ""
    price: Decimal | None = None
    smallest: float | None = None
    life: float | None = None
    note: str = ""
    contact: str = ""
    photos: tuple[Attachment, ...] = ()
    mutations: tuple[Mutation, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    withdrawn: bool = False
    fictitious: bool = False

    def reservation(self, identity: str) -> Reservation:
        return with_id(self.reservations, identity)

    @property
    def balance(self) -> float:
        """What lies there: announced, with what was added and taken off, less what was delivered."""
        moved = sum(one.amount for one in self.mutations)
        gone = sum(one.amount for one in self.reservations if one.state == "delivered")
        return _settled(self.amount + moved - gone, self.amount)

    def kept(self, day: str) -> float:
        """What is reserved on a day."""
        return sum(one.amount for one in self.reservations if one.holds(day))

    def free(self, day: str) -> float:
        """What nobody has on a day; nothing once it was withdrawn or its time is over."""
        if self.state(day) == "lapsed":
            return 0.0
        return _settled(self.balance - self.kept(day), self.amount)

    def state(self, day: str) -> SupplyState:
        if self.balance <= 0:
            return "delivered"
        if self.withdrawn or (self.available_until and self.available_until < day):
            return "lapsed"
        if _settled(self.balance - self.kept(day), self.amount) <= 0:
            return "reserved"
        return "announced" if self.available_from > day else "available"

    @property
    def lies(self) -> Place:
        """Where it is fetched."""
        return self.depot or self.place


@dataclass(frozen=True)
class Request:
    """A demand of one organisation that asks part of a supply of another: that one's file decides."""

    id: str
    supply: str
    amount: float
    on: str
    until: str


@dataclass(frozen=True)
class Demand:
    """Something that is needed. Sizes may differ by `tolerance` mm; `condition` is the least that will do;
    `new` is what would be bought otherwise; `furthest_km` how far it may come from."""

    id: str
    kind: str
    name: str
    organisation: str
    amount: float
    unit: MaterialUnit
    format: Format = Format()
    tolerance: float = 0.0
    condition: Condition | None = None
    needed_from: str = ""
    needed_until: str = ""
    place: Place = Place()
    furthest_km: float | None = None
    new: NewProduct | None = None
    tender: str | None = None
    note: str = ""
    contact: str = ""
    requests: tuple[Request, ...] = ()
    closed: bool = False
    fictitious: bool = False


MATERIALS_ID = "materials"


@dataclass(frozen=True)
class MaterialRates:
    """What moving costs in € MKI: per ton-kilometre and per ton handled, in one set and edition, with the
    source. `days` is how long a reservation lasts. One document per file."""

    id: str = MATERIALS_ID
    per_tkm: float | None = None
    handling: float = 0.0
    set_code: SetCode | None = None
    edition: str = ""
    source: str = ""
    days: int = 30


def _settled(value: float, of: float) -> float:
    """Without the last bits of a sum."""
    return 0.0 if abs(value) <= LAST_BITS * max(1.0, abs(of)) else value
