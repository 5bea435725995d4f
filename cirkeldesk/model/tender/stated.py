"""What a bid states of a product of its own beside its MKI, typed in a cell."""

from __future__ import annotations

from dataclasses import replace

from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.product.composition import BiobasedStatement
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.edits import Edit, Param, answered, fresh_id, type_product
from cirkeldesk.model.tender.tender import ProductRef, Tender


def type_biobased(
    tender: Tender, variant_id: str, post_id: str, stated: BiobasedStatement | None, label: str
) -> Edit:
    """A biobased share typed in a cell belongs to the variant's own product; without one it makes one, named
    after the post, and where another answer names the same it gets one of its own. A product of the library
    is left as it is."""

    def apply(tender: Tender) -> Tender:
        variant = tender.variant(variant_id)
        if variant.answer(post_id).product is None and stated is not None:
            name = f"{tender.post(post_id).name} van {variant.name}"
            tender = type_product(tender, variant_id, post_id, name, label).apply(tender)
        ref = tender.variant(variant_id).answer(post_id).product
        if ref is None or not ref.is_local:
            return tender
        if _is_shared(tender, ref.id, (variant_id, post_id)):
            tender = _with_own(tender, variant_id, post_id, ref.id)
            ref = tender.variant(variant_id).answer(post_id).product
            assert ref is not None
        return replace(
            tender, products=tuple(_stating(p, stated) if p.id == ref.id else p for p in tender.products)
        )

    names: dict[str, Param] = {
        "label": label,
        "post": tender.post(post_id).name,
        "name": tender.variant(variant_id).name,
    }
    return Edit("answer_field", names, apply)


def _is_shared(tender: Tender, product_id: str, here: tuple[str, str]) -> bool:
    """Whether another answer, of this variant or of a copy of it, names the same product: what is stated here
    says nothing of it."""
    used = {
        (variant.id, answer.post_id)
        for variant in (*tender.variants, *tender.originals)
        for answer in variant.answers
        if answer.product is not None and answer.product.id == product_id
    }
    return bool(used - {here})


def _with_own(tender: Tender, variant_id: str, post_id: str, product_id: str) -> Tender:
    """A product of its own for one answer, the same in all else."""
    shared = the_one(tender.products, lambda product: product.id == product_id, product_id)
    made = replace(shared, id=fresh_id(tender, "lp"))
    tender = replace(tender, products=(*tender.products, made))
    variant = tender.variant(variant_id)
    answer = replace(variant.answer(post_id), product=ProductRef(made.id))
    changed = answered(variant, answer)
    return replace(tender, variants=tuple(changed if v.id == variant_id else v for v in tender.variants))


def _stating(product: Product, stated: BiobasedStatement | None) -> Product:
    return replace(product, composition=replace(product.composition, biobased=stated))
