"""Whether products, weighting sets and groups from outside can be meant: weights that are there, shares of a
whole, and sizes that can be computed while somebody waits.

A document that cannot is refused with its place, before anything of it is kept (DOMAIN 3, 6).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from cirkeldesk.model.product.composition import Composition
from cirkeldesk.model.product.indicators import BY_CODE, CLIMATE_PARTS, CLIMATE_TOTAL, INDICATORS
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError
from cirkeldesk.model.tender.tender import Tender

# What one tender may hold. Figures follow typing up to these sizes; a work has some hundreds of posts.
MOST_POSTS, MOST_VARIANTS, MOST_CELLS, MOST_PRODUCTS = 5_000, 400, 50_000, 5_000
MOST_RULES, MOST_VALUES, MOST_CONSTITUENTS, MOST_WEIGHTS = 200, 50_000, 1_000, 100
MOST_WEIGHT = 1e12  # € per unit: no damage of one unit comes near it
ROUNDED_SUM = 1.005  # shares printed to half a percent may add up to a little more than the whole


def unique(identities: Iterable[str], place: str) -> None:
    """Raises DocumentError where an id stands twice: nobody could tell which of two is meant."""
    doubles = [identity for identity, count in Counter(identities).items() if count > 1]
    if doubles:
        raise DocumentError("not_a_choice", place, value=min(doubles), choices="elk id één keer")


def at_most(count: int, most: int, place: str) -> None:
    """Raises DocumentError where there are more of something than can be worked with."""
    if count > most:
        raise DocumentError("too_many", place, count=count, most=most)


def check_plain_sizes(data: object) -> None:
    """The same for a tender that is not decoded yet: decoding a hundred thousand posts takes seconds."""
    if not isinstance(data, dict):
        return
    for name, most in (("posts", MOST_POSTS), ("variants", MOST_VARIANTS), ("products", MOST_PRODUCTS)):
        found = data.get(name)
        at_most(len(found) if isinstance(found, list) else 0, most, name)


def check_sizes(tender: Tender) -> None:
    """Raises DocumentError for a tender that could not be computed while somebody waits."""
    at_most(len(tender.posts), MOST_POSTS, "posts")
    at_most(len(tender.variants), MOST_VARIANTS, "variants")
    at_most(len(tender.posts) * len(tender.variants), MOST_CELLS, "posts × variants")
    at_most(len(tender.products), MOST_PRODUCTS, "products")
    for index, variant in enumerate(tender.variants):
        at_most(len(variant.answers), len(tender.posts), f"variants[{index}].answers")


def check_products(products: Iterable[Product]) -> None:
    """The tender's own products: each id once, each sound."""
    found = list(products)
    unique((product.id for product in found), "products")
    for index, product in enumerate(found):
        check_product(product, f"products[{index}]")


def check_product(product: Product, place: str = "product") -> None:
    """Raises DocumentError for a declared amount or a composition that cannot be meant."""
    if product.declared_amount is not None and not product.declared_amount > 0:
        raise DocumentError("not_positive", f"{place}.declared_amount", value=str(product.declared_amount))
    at_most(sum(len(d.values) for d in product.declarations), MOST_VALUES, f"{place}.declarations")
    _check_composition(product.composition, f"{place}.composition")


def _check_composition(composition: Composition, place: str) -> None:
    at_most(len(composition.constituents), MOST_CONSTITUENTS, f"{place}.constituents")
    named = [
        (f"{place}.constituents[{i}].fraction", c.fraction) for i, c in enumerate(composition.constituents)
    ]
    named.append((f"{place}.reclaimed", composition.reclaimed))
    if composition.biobased is not None:
        named.append((f"{place}.biobased.fraction", composition.biobased.fraction))
    for where, fraction in named:
        if fraction is not None and not 0 <= fraction <= 1:
            raise DocumentError("not_a_share", where, value=f"{fraction:.6g}")
    if composition.total > ROUNDED_SUM:
        raise DocumentError("more_than_whole", f"{place}.constituents", value=f"{composition.total:.6g}")


def check_set(found: WeightingSet, place: str = "weighting_set") -> None:
    """Raises DocumentError for a set that does not weigh each indicator of its code once, with a weight.

    Climate counts once: the three parts, the total, or both (DOMAIN 3). Nothing as a weight is a finding, not
    a fault.
    """
    at_most(len(found.weights), MOST_WEIGHTS, f"{place}.weights")
    unique((weight.indicator for weight in found.weights), f"{place}.weights")
    present = {weight.indicator for weight in found.weights}
    for index, weight in enumerate(found.weights):
        where = f"{place}.weights[{index}]"
        if (found.code, weight.indicator) not in BY_CODE:
            raise DocumentError("bad_reference", where, field=f"{found.code} {weight.indicator}")
        if not 0 <= weight.euro_per_unit <= MOST_WEIGHT:
            raise DocumentError("not_a_weight", f"{where}.euro_per_unit", value=f"{weight.euro_per_unit:.6g}")
    missing = [code for code in required_of(found) if code not in present]
    if missing:
        raise DocumentError("weights_missing", f"{place}.weights", set=found.code, missing=", ".join(missing))


def required_of(found: WeightingSet) -> Iterator[str]:
    """The indicators a set of this code must weigh."""
    present = {weight.indicator for weight in found.weights}
    by_parts = present.issuperset(CLIMATE_PARTS)
    for row in INDICATORS:
        if row.set != found.code or (row.code in CLIMATE_PARTS and CLIMATE_TOTAL in present):
            continue
        if row.code == CLIMATE_TOTAL and by_parts:
            continue
        yield row.code


def check_group(found: ProductGroup, place: str = "product_group") -> None:
    """Raises DocumentError for a group with more rules than can be followed, or factors that are none."""
    at_most(len(found.rules), MOST_RULES, f"{place}.rules")
    at_most(len(found.properties), MOST_RULES, f"{place}.properties")
    for index, rule in enumerate(found.rules):
        if not (math.isfinite(rule.factor) and rule.factor != 0):
            raise DocumentError("not_a_number", f"{place}.rules[{index}].factor", value=str(rule.factor))
