"""A product: what is bought, with its declared amount, composition and declarations. An immutable version."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from cirkeldesk.model.product.composition import Composition
from cirkeldesk.model.product.declaration import Declaration
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.printed import ColumnCheck


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
    """One version of a product. `declared_unit` is the file's own text; figures are per declared amount of
    it."""

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
    values: tuple[
        tuple[str, float], ...
    ] = ()  # properties of its group that the product brings along, such as lambda
    columns: tuple[ColumnCheck, ...] = ()  # of a table read from paper: what each column proved of itself
    confirmed: bool = False  # somebody saw the values that were read from paper, and let them count
    sizes: tuple[float, ...] = ()  # it is made in these, in the unit of the property its group rounds up

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
