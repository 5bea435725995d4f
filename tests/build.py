"""Small values for tests: a set with one weight of 1, so that declared values are MKI and sums can be done by
hand."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cirkeldesk import paths
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs, VariantResult
from cirkeldesk.model.document.document import content_hash, from_plain
from cirkeldesk.model.product.declaration import Category, Declaration, DeclaredValue
from cirkeldesk.model.product.modules import MODULES
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.weighting import Weight, WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.ask import Ask
from cirkeldesk.model.tender.tender import Answer, OfferedMki, Post, ProductRef, Tender, Variant

UNIT_SET = WeightingSet("A1", "test", (Weight("GWP", "kg CO2-eq", 1.0, "klimaat", "confirmed", "test"),))
ZEROES = dict.fromkeys(("A1-A3", "A4", "A5", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "D"), 0.0)


def asphalt() -> ProductGroup:
    plain = json.loads((paths.reference() / "product_groups" / "asfalt.json").read_text(encoding="utf-8"))
    group = from_plain(plain, "product_group")
    assert isinstance(group, ProductGroup)
    return group


def shipped_set(code: str) -> WeightingSet:
    plain = json.loads(
        (paths.reference() / "weighting_sets" / f"{code.lower()}.json").read_text(encoding="utf-8")
    )
    value = from_plain(plain, "weighting_set")
    assert isinstance(value, WeightingSet)
    return value


def profile(
    values: dict[str, float], *, category: Category | None = "1", rules: str | None = None, **more: Any
) -> Product:
    """A product per ton whose GWP per module is its MKI under UNIT_SET. Modules not named are not
    declared."""
    rows = tuple(DeclaredValue("GWP", module, value, unit="kg CO2-eq") for module, value in values.items())
    declaration = Declaration("A1", rows, category=category, rules=rules)
    identity = more.pop("id", "x")
    return Product(
        identity,
        f"product {identity}",
        declared_unit="ton",
        declared_amount=1.0,
        declarations=(declaration,),
        **more,
    )


def full(values: dict[str, float], **more: Any) -> Product:
    """A complete profile: every module declared, those not named as 0."""
    return profile({**ZEROES, **values}, **more)


def post(identity: str = "p1", tons: float = 1.0, **more: Any) -> Post:
    return Post(identity, f"post {identity}", route="bill", values=(("mass_t", tons),), **more)


GROUP_HASH = content_hash(asphalt())
SET_HASH = content_hash(UNIT_SET)


class Case:
    """A tender under construction, with the inputs it pins."""

    def __init__(self, *, posts: tuple[Post, ...] = (post(),), area: float | None = 10.0, **ask: Any) -> None:
        fields: dict[str, Any] = {
            "analysis_period": 30.0,
            "replacement_rule": "fractional_with_d",
            "modules": MODULES,
            **ask,
        }
        asked = Ask(set_code="A1", weighting_set=SET_HASH, **fields)
        self.tender = Tender(
            "t", "T-1", product_group=GROUP_HASH, functional_quantity=area, ask=asked, posts=posts
        )
        self.products: dict[str, Product] = {}

    def pinned(self, product: Product) -> ProductRef:
        digest = content_hash(product)
        self.products[digest] = product
        return ProductRef(product.id, digest)

    def answer(
        self, value: Product | float | dict[str, float] | None, post_id: str = "p1", **more: Any
    ) -> Answer:
        if isinstance(value, Product):
            return Answer(post_id, product=self.pinned(value), **more)
        if isinstance(value, dict):
            return Answer(post_id, mki=OfferedMki(modules=tuple(value.items())), **more)
        return Answer(post_id, mki=OfferedMki(total=value) if value is not None else None, **more)

    def add(self, role: str, *answers: Answer, **more: Any) -> Case:
        number = len(self.tender.variants) + 1
        variant = Variant(f"v{number}", f"variant {number}", role, answers=answers, **more)  # type: ignore[arg-type]
        self.tender = replace(self.tender, variants=(*self.tender.variants, variant))
        return self

    @property
    def inputs(self) -> Inputs:
        return Inputs({SET_HASH: UNIT_SET}, self.products, {GROUP_HASH: asphalt()})

    def compare(self) -> Comparison:
        return compare(self.tender, self.inputs)

    def first(self) -> VariantResult:
        return self.compare().variants[0]


def euros(text: str) -> Decimal:
    return Decimal(text)
