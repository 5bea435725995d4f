"""What the list tables say of a document, and which versions and files it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.document.document import Document, canonical, hash_of_bytes
from cirkeldesk.model.material.lines import demand_line, supply_line
from cirkeldesk.model.material.material import Demand, Supply
from cirkeldesk.model.material.places import coordinates
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.model.product.product import Attachment, Product
from cirkeldesk.model.tender.tender import Tender


def pins_of(value: Document) -> tuple[str, ...]:
    """Hashes of the versions a document names, and of the bid forms a tender received: who asks for such a
    form by its hash must find the tender without reading all of them."""
    if isinstance(value, Contract):
        return value.pins
    if isinstance(value, Passport):
        return (value.product,) if value.product is not None else ()
    if not isinstance(value, Tender):
        return ()
    return tuple(dict.fromkeys((*value.pins, *(form.file.sha256 for form in value.received))))


def attachments_of(value: Document) -> tuple[Attachment, ...]:
    """The kept files a document names."""
    if isinstance(value, Product):
        return value.attachments
    if isinstance(value, Supply):
        return value.photos
    if isinstance(value, Passport):
        return value.files
    if isinstance(value, Tender):
        kept = (kept for product in value.products for kept in product.attachments)
        bill = (value.bill,) if value.bill is not None else ()
        return (
            *(form.file for form in value.received),
            *kept,
            *(made.file for made in value.made_files),
            *bill,
        )
    return ()


def list_row(value: Document) -> dict[str, Any] | None:
    """The list row of a document, None for kinds without a list."""
    if isinstance(value, Tender):
        return tender_row(value)
    if isinstance(value, Product):
        return product_row(value)
    if isinstance(value, Supply):
        return _figures(supply_line(value)._asdict())
    if isinstance(value, Demand):
        return _figures(demand_line(value)._asdict())
    return _figures(passport_row(value)) if isinstance(value, Passport) else None


FIGURES = frozenset((
    "amount", "kg", "breakage", "length", "width", "thickness", "x", "y", "via_x", "via_y", "smallest", "tolerance",
    "furthest_km", "a1_a3", "a4", "mass_t",
))  # fmt: skip


def _figures(row: dict[str, Any]) -> dict[str, Any]:
    """Whole numbers as the file gives them back: what carries the row's hash must be the same twice."""
    return {
        name: float(value) if name in FIGURES and value is not None else value for name, value in row.items()
    }


def passport_row(passport: Passport) -> dict[str, Any]:
    at = coordinates(passport.place)
    words = (
        passport.object, passport.section, passport.road, passport.mix, passport.producer,
        passport.contractor, passport.place.name, passport.place.municipality,
    )  # fmt: skip
    return {
        "id": passport.id,
        "name": passport.name,
        "road": passport.road,
        "section": passport.section,
        "layer": passport.layer,
        "mix": passport.mix,
        "laid_on": passport.laid_on,
        "mass_t": passport.mass_t,
        "tender": passport.tender,
        "x": at[0] if at is not None else None,
        "y": at[1] if at is not None else None,
        "gone": int(not passport.lies_on),
        "search": " ".join(filter(None, words)).casefold(),
    }


def hash_of_row(row: Mapping[str, Any]) -> str:
    """The hash a list row carries: a flipped bit in it must not be shown as a title or a name."""
    return hash_of_bytes(canonical(dict(row)))


def tender_row(tender: Tender) -> dict[str, Any]:
    return {
        "id": tender.id,
        "number": tender.number,
        "title": tender.title,
        "product_group": tender.product_group,
        "status": tender.status,
        "closes_on": tender.closes_on,
        "variants": len(tender.variants),
        "search": f"{tender.number} {tender.title}".casefold(),
    }


def product_row(product: Product) -> dict[str, Any]:
    words = (product.name, product.supplier, product.owner, product.number, product.uuid)
    return {
        "id": product.id,
        "uuid": product.uuid,
        "version": product.version,
        "name": product.name,
        "declared_unit": product.declared_unit,
        "sets": " ".join(product.sets),
        "product_group": product.product_group,
        "search": " ".join(word for word in words if word).casefold(),
    }
