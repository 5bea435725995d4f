"""The example: a fictitious, plainly marked tender and its products, from resources/example."""

from __future__ import annotations

import json
from typing import Any

from cirkeldesk import paths
from cirkeldesk.model.document import from_plain
from cirkeldesk.model.product import Product
from cirkeldesk.model.tender import Tender
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.tenders import resolve

TENDER_ID = "voorbeeld"


def add_example(desk: Desk) -> list[str]:
    """Add the example and return its numbers; what is there already is left as it is."""
    with desk.unit() as unit:
        if unit.head("tender", TENDER_ID) is not None:
            return [unit.tender(TENDER_ID).number]
        for plain in _load("products.json"):
            product = from_plain(plain, "product")
            assert isinstance(product, Product)
            if unit.head("product", product.id) is None:
                unit.commit("product", product.id, product, "example", {"name": product.name})
        tender = from_plain(_load("tender.json"), "tender")
        assert isinstance(tender, Tender)
        tender = resolve(unit, tender)
        unit.commit("tender", tender.id, tender, "example", {"name": tender.number})
        return [tender.number]


def _load(name: str) -> Any:
    return json.loads((paths.resources() / "example" / name).read_text(encoding="utf-8"))
