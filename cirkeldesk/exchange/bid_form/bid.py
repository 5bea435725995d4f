"""The bid that a clean form says, with the products that are its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import get_args

from cirkeldesk.exchange.bid_form.bid_form import (
    NO_LADDER,
    RECLAIMED_OF,
)
from cirkeldesk.exchange.bid_form.labels import post_labels
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.product.composition import BiobasedStatement, Composition, Constituent
from cirkeldesk.model.product.declaration import Category
from cirkeldesk.model.product.modules import ANSWERED_SCOPES
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.award_rules import YearCost
from cirkeldesk.model.tender.tender import (
    Answer,
    DeclaredBasis,
    Evidence,
    OfferedMki,
    Post,
    ProductRef,
    Tender,
    Variant,
)
from cirkeldesk.wording import terms
from cirkeldesk.wording.asked import AS_ASKED, WITH_D, WITHOUT_D

Value = str | Decimal  # of an open cell


def bid_of(
    values: Mapping[str, Value],
    tender: Tender,
    group: ProductGroup,
    variant_id: str,
    name: str,
    taken: set[str],
) -> tuple[Variant, tuple[Product, ...]]:
    """The bid a clean form says, and the products that are this tender's alone; `taken` are product ids in
    use."""
    products: list[Product] = []
    answers = []
    own = by_post(values, tender)
    free = _free(taken)
    for post in tender.posts:
        named = f"product|{post.id}" in own[post.id]
        answer, product = answer_of(
            own[post.id], tender, group, post, the_one(free, bool, "lp") if named else ""
        )
        answers.append(answer)
        if product is not None:
            products.append(product)
            taken.add(product.id)
    price = values.get("price")
    variant = Variant(
        variant_id,
        name,
        "bid",
        bidder=text_of(values, "bidder"),
        answers=tuple(answer for answer in answers if answer != Answer(answer.post_id)),
        work_mki=_mki(values, "work"),
        price=price if isinstance(price, Decimal) else None,
        costs=_costs(values),
        ladder_level=_ladder_level(values),
        basis=_basis(values),
        evidence=Evidence(
            source=text_of(values, "source"),
            number=text_of(values, "number"),
            verifier=text_of(values, "verifier"),
            valid_until=text_of(values, "valid_until"),
            category=_category(values),
            rules=text_of(values, "rules"),
            tool=text_of(values, "tool"),
            promises=text_of(values, "promises"),
            background=text_of(values, "background"),
            method=text_of(values, "method"),
        ),
    )
    return variant, tuple(products)


def _costs(values: Mapping[str, Value]) -> tuple[YearCost, ...] | None:
    """The costs of each year that was asked; None where the form did not ask."""
    found = {
        int(key.partition("|")[2]): value
        for key, value in values.items()
        if key.startswith("cost|") and isinstance(value, Decimal)
    }
    return tuple(YearCost(year, found[year]) for year in sorted(found)) if found else None


def _ladder_level(values: Mapping[str, Value]) -> int | None:
    said = text_of(values, "ladder")
    if said is None:
        return None
    return 0 if said == NO_LADDER else int(said.rpartition(" ")[2])


def _free(taken: set[str]) -> Iterator[str]:
    """Ids for products of this tender alone that none has yet."""
    for number in itertools.count(1):
        if f"lp{number}" not in taken:
            yield f"lp{number}"


def by_post(values: Mapping[str, Value], tender: Tender) -> dict[str, dict[str, Value]]:
    """The values of each post with the raw materials of its product, looked through once for all."""
    found: dict[str, dict[str, Value]] = {post.id: {} for post in tender.posts}
    labelled = {label: identity for identity, label in post_labels(tender).items()}
    owner_of_row = {
        key.split("|")[1]: labelled.get(str(value))
        for key, value in values.items()
        if key.startswith("part|") and key.endswith("|post")
    }
    for key, value in values.items():
        kind, _, rest = key.partition("|")
        name = rest.partition("|")[0]
        owner = owner_of_row.get(name) if kind == "part" else name
        if owner in found:
            found[owner][key] = value
    return found


def answer_of(
    values: Mapping[str, Value], tender: Tender, group: ProductGroup, post: Post, identity: str
) -> tuple[Answer, Product | None]:
    """The answer to a post of the values that are about it; `identity` is for its product."""
    name = text_of(values, f"product|{post.id}")
    product = Product(identity, name, composition=_composition(values, post)) if name is not None else None
    offered = {
        key.rpartition("|")[2]: float(value)
        for key, value in values.items()
        if key.startswith(f"offered|{post.id}|")
    }
    life = offered.pop("life", None)
    answer = Answer(
        post.id,
        product=ProductRef(product.id) if product is not None else None,
        mki=_mki(values, post.id),
        life=life,
        values=tuple(sorted(offered.items())),
    )
    return _priced(values, tender, group, post, answer), product


def _priced(
    values: Mapping[str, Value], tender: Tender, group: ProductGroup, post: Post, answer: Answer
) -> Answer:
    """The answer with its price: unit price × quantity in whole cents (half away from zero), as the form
    itself shows."""
    unit, amount = values.get(f"unit_price|{post.id}"), values.get(f"amount|{post.id}")
    if post.kind == "provisional" and post.amount is not None:
        return replace(answer, price=post.amount)
    if isinstance(amount, Decimal):
        return replace(answer, price=amount)
    quantity = quantities_of(tender, post, answer, None, group).get(group.measure)
    if not isinstance(unit, Decimal) or quantity is None:
        return answer
    price = (unit * Decimal(repr(quantity))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return replace(answer, price=price, unit_price=unit)


def _mki(values: Mapping[str, Value], owner: str) -> OfferedMki | None:
    total = values.get(f"mki|{owner}")
    start = f"module|{owner}|"
    modules = tuple(
        (key.removeprefix(start), float(value)) for key, value in values.items() if key.startswith(start)
    )
    if isinstance(total, Decimal):
        return OfferedMki(float(total))
    return OfferedMki(None, modules) if modules else None


def _basis(values: Mapping[str, Value]) -> DeclaredBasis:
    def said(key: str) -> str | None:
        text = text_of(values, key)
        return None if text in (None, AS_ASKED) else text

    d_left_out = {WITHOUT_D: True, WITH_D: False}.get(text_of(values, "basis_modules") or "")
    weighting_set, scope, uplift, replacement = (
        said(f"basis_{name}") for name in ("set", "modules", "uplift", "replacement")
    )
    scopes = {terms.ANSWERED_SCOPES[code]: names for code, names in ANSWERED_SCOPES.items()}
    unknown = {text: code for code, text in terms.YES_NO_UNKNOWN.items()}
    return DeclaredBasis(
        weighting_set="A1" if weighting_set == "A1" else "A2" if weighting_set == "A2" else None,
        modules=scopes.get(scope or ""),
        includes_uplift=None if uplift is None else uplift == "ja",
        includes_replacement=unknown.get(replacement or ""),  # type: ignore[arg-type]
        without_d=d_left_out,
    )


def _composition(values: Mapping[str, Value], post: Post) -> Composition:
    origins = {text: code for code, text in terms.ORIGINS.items()}
    parts = []
    for key in values:
        if not (key.startswith("part|") and key.endswith("|post")):
            continue
        index = key.split("|")[1]
        share = values.get(f"part|{index}|share")
        parts.append(
            Constituent(
                text_of(values, f"part|{index}|name") or "",
                float(share) / 100 if isinstance(share, Decimal) else None,
                origins[str(values[f"part|{index}|origin"])],  # type: ignore[arg-type]
                recycled_biobased=values.get(f"part|{index}|recycled") == "ja",
            )
        )
    reclaimed, biobased = values.get(f"reclaimed|{post.id}"), values.get(f"biobased|{post.id}")
    bases = {text: code for code, text in terms.BASES.items()}
    basis = bases.get(text_of(values, f"biobased_of|{post.id}") or "")
    of = text_of(values, f"reclaimed_of|{post.id}")
    return Composition(
        tuple(parts),
        BiobasedStatement(float(biobased) / 100, basis, text_of(values, f"biobased_method|{post.id}"))  # type: ignore[arg-type]
        if isinstance(biobased, Decimal) and basis is not None
        else None,
        float(reclaimed) / 100 if isinstance(reclaimed, Decimal) else None,
        None if of is None else "mix" if of == RECLAIMED_OF[0] else "binder",
    )


def _category(values: Mapping[str, Value]) -> Category | None:
    found = text_of(values, "category")
    return next((category for category in get_args(Category) if category == found), None)


def text_of(values: Mapping[str, Value], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) else None
