"""The examples: fictitious, plainly marked tenders, one per product group, from resources/example."""

from __future__ import annotations

import json
from typing import Any

from cirkeldesk import paths
from cirkeldesk.model.document.document import from_plain
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender.tenders import DEFAULT_GROUP, resolve
from cirkeldesk.operations.workspace import Workspace

FIRST = ("tender.json", "products.json")  # the asphalt example, with products for the library


def example_groups() -> list[str]:
    """Codes of the product groups that have an example, the first one first."""
    others = sorted(
        file.stem for file in (paths.resources() / "example").glob("*.json") if file.name not in FIRST
    )
    return [DEFAULT_GROUP, *others]


def add_example(workspace: Workspace, group: str = DEFAULT_GROUP) -> list[str]:
    """Add the example of a product group and return its numbers; what is there already is left as it is."""
    with workspace.unit() as unit:
        tender = from_plain(_load("tender.json" if group == DEFAULT_GROUP else f"{group}.json"), "tender")
        assert isinstance(tender, Tender)
        if unit.head("tender", tender.id) is not None:
            return [unit.tender(tender.id).number]
        for plain in _load("products.json") if group == DEFAULT_GROUP else ():
            product = from_plain(plain, "product")
            assert isinstance(product, Product)
            if unit.head("product", product.id) is None:
                unit.commit("product", product.id, product, "example", {"name": product.name})
        tender = resolve(unit, tender)
        unit.commit("tender", tender.id, tender, "example", {"name": tender.number})
        return [tender.number]


def _load(name: str) -> Any:
    return json.loads((paths.resources() / "example" / name).read_text(encoding="utf-8"))
