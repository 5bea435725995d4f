"""What a bid states of a product of its own beside its MKI, typed in a cell."""

from __future__ import annotations

from dataclasses import replace

from cirkeldesk.model.product.composition import BiobasedStatement
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.edits import Edit, Param, type_product
from cirkeldesk.model.tender.tender import Tender


def type_biobased(
    tender: Tender, variant_id: str, post_id: str, stated: BiobasedStatement | None, label: str
) -> Edit:
    """A biobased share typed in a cell belongs to the variant's own product; without one it makes one, named
    after the post. A product of the library is left as it is."""

    def apply(tender: Tender) -> Tender:
        variant = tender.variant(variant_id)
        if variant.answer(post_id).product is None and stated is not None:
            name = f"{tender.post(post_id).name} van {variant.name}"
            tender = type_product(tender, variant_id, post_id, name, label).apply(tender)
        ref = tender.variant(variant_id).answer(post_id).product
        if ref is None or not ref.is_local:
            return tender
        return replace(
            tender, products=tuple(_stating(p, stated) if p.id == ref.id else p for p in tender.products)
        )

    names: dict[str, Param] = {
        "label": label,
        "post": tender.post(post_id).name,
        "name": tender.variant(variant_id).name,
    }
    return Edit("answer_field", names, apply)


def _stating(product: Product, stated: BiobasedStatement | None) -> Product:
    return replace(product, composition=replace(product.composition, biobased=stated))
