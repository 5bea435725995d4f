"""What the list tables say of a document, and which versions and files it names."""

from __future__ import annotations

from typing import Any

from cirkeldesk.model.document import Document
from cirkeldesk.model.product import Attachment, Product
from cirkeldesk.model.tender import Tender


def pins_of(value: Document) -> tuple[str, ...]:
    """Hashes of the versions a document names."""
    return value.pins if isinstance(value, Tender) else ()


def attachments_of(value: Document) -> tuple[Attachment, ...]:
    """The kept files a document names."""
    if isinstance(value, Product):
        return value.attachments
    if isinstance(value, Tender):
        kept = (kept for product in value.products for kept in product.attachments)
        return (*(form.file for form in value.received), *kept, *(made.file for made in value.made_files))
    return ()


def list_row(value: Document) -> dict[str, Any] | None:
    """The list row of a document, None for kinds without a list."""
    if isinstance(value, Tender):
        return tender_row(value)
    return product_row(value) if isinstance(value, Product) else None


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
