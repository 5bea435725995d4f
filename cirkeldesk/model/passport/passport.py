"""A materials passport of one layer or part of a work, as it was laid, with what happened to it since.

Nothing is overwritten: what changes in the road is an event. Source: CHAIN 5; DOMAIN 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from cirkeldesk.model.material.material import Place, TestResult
from cirkeldesk.model.product.composition import Basis, BiobasedStatement, Composition
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.reference.themes import RStep

LayerKind = Literal["surface", "binder", "base", "foundation", "other"]
EventKind = Literal["inspection", "repair", "milled", "removed", "reused", "correction"]
LAYER_KINDS: tuple[LayerKind, ...] = get_args(LayerKind)
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
ENDS: tuple[EventKind, ...] = ("milled", "removed")


@dataclass(frozen=True)
class ModuleValue:
    """€ MKI per ton in one life cycle module."""

    module: str
    mki: float


@dataclass(frozen=True)
class PassportEvent:
    """What happened to a layer on a day (ISO): text, the mass it was about in ton, and its evidence. A
    correction names the field it mends and what it is now."""

    on: str
    kind: EventKind
    text: str
    mass_t: float | None = None
    field: str = ""
    value: str = ""
    evidence: str = ""
    by: str = ""


@dataclass(frozen=True)
class Passport:
    """One layer. Sizes: `thickness` in mm, `length` and `width` in m, `area` in m², `mass_t` in ton;
    `km_from` and `km_to` along `road`. `mki` and `co2` per ton, None where not declared; `reclaimed` (PR) a
    part of 1. `tender` and `post` where it was bought; `product` the content hash of the pinned product."""

    id: str
    object: str
    section: str = ""
    organisation: str = ""
    tender: str | None = None
    post: str | None = None
    contractor: str = ""
    road: str = ""
    km_from: float | None = None
    km_to: float | None = None
    place: Place = Place()
    layer: int | None = None
    layer_kind: LayerKind = "other"
    thickness: float | None = None
    length: float | None = None
    width: float | None = None
    area: float | None = None
    mass_t: float | None = None
    mix: str = ""
    product: str | None = None
    producer: str = ""
    plant: str = ""
    declaration_of_performance: str = ""
    binder: str = ""
    biobased: float | None = None
    biobased_basis: Basis | None = None
    reclaimed: float | None = None
    composition: Composition | None = None
    mki: float | None = None
    mki_modules: tuple[ModuleValue, ...] = ()
    set_code: SetCode | None = None
    edition: str = ""
    declaration: str = ""
    valid_until: str = ""
    co2: float | None = None
    laid_on: str = ""
    life: float | None = None
    guarantee_until: str = ""
    tar: TestResult | None = None
    asbestos: TestResult | None = None
    tested_on: str = ""
    next_use: RStep | None = None
    evidence: str = ""
    files: tuple[Attachment, ...] = ()
    events: tuple[PassportEvent, ...] = ()
    fictitious: bool = False

    @property
    def name(self) -> str:
        return " · ".join(filter(None, (self.object, self.section, self.mix)))

    @property
    def lies_on(self) -> bool:
        """Whether it is still in the road: not all of it was milled or taken out."""
        gone = [one for one in self.events if one.kind in ENDS]
        if any(one.mass_t is None for one in gone):
            return False
        return self.mass_t is None or sum(one.mass_t or 0.0 for one in gone) < self.mass_t - 1e-9

    @property
    def stated_biobased(self) -> BiobasedStatement | None:
        if self.biobased is None:
            return None
        return BiobasedStatement(self.biobased, self.biobased_basis or "mix")
