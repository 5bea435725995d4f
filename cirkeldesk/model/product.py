"""A product: what is bought, with its declared amount, composition and declarations. An immutable version."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from cirkeldesk.model.composition import Composition
from cirkeldesk.model.declaration import Declaration
from cirkeldesk.model.indicators import SetCode

# Unit text of declarations → (property of a post that measures it, how many of that property's unit one stands for).
_UNITS: dict[str, tuple[str, float]] = {
    "kg": ("mass_t", 0.001),
    "t": ("mass_t", 1.0),
    "ton": ("mass_t", 1.0),
    "tonne": ("mass_t", 1.0),
    "m2": ("area_m2", 1.0),
    "qm": ("area_m2", 1.0),
    "m3": ("volume_m3", 1.0),
    "m": ("length_m", 1.0),
    "pcs": ("pieces", 1.0),
    "stuk": ("pieces", 1.0),
    "stuks": ("pieces", 1.0),
    "piece": ("pieces", 1.0),
    "p": ("pieces", 1.0),
    "item": ("pieces", 1.0),
}


def measured_by(unit: str | None) -> tuple[str, float] | None:
    """Which property of a post counts this unit, and the factor; None for a unit we do not know.

    `ton` is the metric tonne of Dutch text; a short ton must be entered in kg.
    """
    if unit is None:
        return None
    return _UNITS.get(re.sub(r"[.^]", "", unit.strip().lower()).replace("²", "2").replace("³", "3"))


@dataclass(frozen=True)
class OpenQuestion:
    """What a file leaves open. Until it is answered the product is in no total."""

    key: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where a product came from: file name (never its folder), format and content hash of the file."""

    file: str
    format: str
    sha256: str


@dataclass(frozen=True)
class Scenario:
    """What a file says about one of its scenarios; its values stand in the declarations."""

    name: str
    text: str | None = None


@dataclass(frozen=True)
class Attachment:
    """A file kept unchanged as evidence, such as the PDF a declaration was typed from."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Product:
    """One version of a product. `declared_unit` is the file's own text; figures are per declared amount of it."""

    id: str
    name: str
    product_group: str | None = None
    supplier: str | None = None
    uuid: str | None = None
    version: str | None = None
    declared_unit: str | None = None
    declared_amount: float | None = None
    density_kg_m3: float | None = None
    thickness_m: float | None = None
    mass_per_m2_kg: float | None = None
    valid_until: str | None = None
    owner: str | None = None
    number: str | None = None
    verifier: str | None = None
    composition: Composition = Composition()
    declarations: tuple[Declaration, ...] = ()
    open: tuple[OpenQuestion, ...] = ()
    warnings: tuple[str, ...] = ()
    source: Source | None = None
    fictitious: bool = False
    scenarios: tuple[Scenario, ...] = ()
    biogenic_carbon_kg: float | None = None  # per declared amount, without packaging
    attachments: tuple[Attachment, ...] = ()

    def declaration(self, set_code: SetCode) -> Declaration | None:
        return next((d for d in self.declarations if d.set == set_code), None)

    @property
    def sets(self) -> tuple[SetCode, ...]:
        return tuple(d.set for d in self.declarations if d.set is not None)


def is_expired(valid_until: str | None, reference_date: str | None) -> bool:
    """Whether a declaration ended before the ask's reference date. A bare year is valid to its last day."""
    if not valid_until or not reference_date:
        return False
    text = f"{valid_until}-12-31" if len(valid_until) == 4 else valid_until[:10]
    try:
        return datetime.date.fromisoformat(text) < datetime.date.fromisoformat(reference_date)
    except ValueError:
        return False
