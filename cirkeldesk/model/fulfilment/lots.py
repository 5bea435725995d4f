"""A contract as the rows the monitor counts: the work itself, each option that was exercised, each call-off.

Source: CHAIN 3 and 4. The awarded answer counts, once; what was delivered stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.model.comparison.comparison import product_of
from cirkeldesk.model.comparison.result import Inputs, VariantResult
from cirkeldesk.model.contract.contract import CallOff
from cirkeldesk.model.fulfilment.orders import Order, orders
from cirkeldesk.model.fulfilment.proof import Grounds, Proof, promised_masses, proof
from cirkeldesk.model.monitor.lot import Impact, Lot
from cirkeldesk.model.monitor.ranges import Masses
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.tender import Post, Tender, Variant

UNLOCKED = "reference_unlocked"


@dataclass(frozen=True)
class PinnedReference:
    """The nulvariant as it was locked at publication: its result and its masses. None of both where there was
    none, or it was made later."""

    result: VariantResult | None = None
    products: Mapping[str, Product | None] | None = None
    findings: tuple[str, ...] = ()


def reference_of(tender: Tender, result: VariantResult | None, inputs: Inputs) -> PinnedReference:
    """The nulvariant of a version, with the products that answer it."""
    if result is None or tender.reference is None:
        return PinnedReference()
    products = {post.id: product_of(tender, tender.reference, post.id, inputs) for post in tender.posts}
    findings = () if tender.lock is not None else (UNLOCKED,)
    return PinnedReference(result, products, findings)


def lots_of(
    found: Grounds, group: ProductGroup, inputs: Inputs, reference: PinnedReference
) -> tuple[Lot, ...]:
    """The rows of a contract. Options that were not exercised, and a framework nobody ordered under, are
    none."""
    tender, contract = found.tender, found.contract
    if contract.replaced_by is not None:
        return ()
    bid = tender.variant(contract.winner)
    products = {post.id: product_of(tender, bid, post.id, inputs) for post in tender.posts}
    return tuple(
        _lot(found, group, reference, one, proof(found, one), bid, products)
        for one in orders(contract, tender, found.bid)
    )


def _lot(
    found: Grounds,
    group: ProductGroup,
    reference: PinnedReference,
    order: Order,
    proven: Proof,
    bid: Variant,
    products: Mapping[str, Product | None],
) -> Lot:
    tender, contract = found.tender, found.contract
    is_all = set(order.parts) == {post.id for post in tender.posts if post.kind != "released"}
    posts = {**order.parts, **dict.fromkeys(_released(tender), 1.0)} if is_all else order.parts
    realised = {int(year): masses for year, masses in proven.by_year.items()}
    before = reference.result
    is_call_off = contract.framework is not None
    return Lot(
        key=f"{tender.number}|{order.key}",
        tender=tender.id,
        number=f"{tender.number} {order.key}".strip(),
        title=tender.title,
        year=int(order.on[:4]),
        organisation=order.organisation or contract.organisation,
        group=group.code,
        group_name=group.name,
        price=_price(contract.call_offs, found.bid, bid, order, is_all=is_all),
        awarded=_masses(found.bid, products, order.parts),
        reference=_masses(before, reference.products or {}, order.parts) if before is not None else None,
        realised=realised or None,
        set_code=tender.ask.set_code,
        mki=Impact(_mki(before, posts, is_all=is_all), _mki(found.bid, posts, is_all=is_all), _real(proven)),
        gwp_a_to_c=Impact(_gwp(before, posts, 0), _gwp(found.bid, posts, 0)),
        gwp_d=Impact(_gwp(before, posts, 1), _gwp(found.bid, posts, 1)),
        functional=tender.functional_quantity if is_all else None,
        functional_unit=group.functional_unit,
        released_t=_released_mass(found.bid, tender) if not order.key else 0.0,
        has_material=not group.without_mki,
        finished=contract.ended is not None,
        fictitious=contract.fictitious or tender.fictitious,
        mixes=tuple(_mixes(found.bid, tender, order.parts)),
        themes=tuple(sorted({one.theme for one in tender.criteria})),
        r_steps=_r_steps(tender),
        findings=reference.findings,
        shares=tuple((one.organisation, one.share) for one in contract.shares) if not is_call_off else (),
    )


def _real(proven: Proof) -> float | None:
    """Proven at real quantities, where anything was delivered at all."""
    return proven.at_real if proven.delivered else None


def _released(tender: Tender) -> list[str]:
    return [post.id for post in tender.posts if post.kind == "released"]


def _masses(
    result: VariantResult, products: Mapping[str, Product | None], parts: Mapping[str, float]
) -> Masses | None:
    found = promised_masses(result, products, parts)
    return found if found is not None and found.whole > 0 else None


def _mki(result: VariantResult | None, posts: Mapping[str, float], *, is_all: bool) -> float | None:
    if result is None:
        return None
    if is_all:
        return result.total.value
    values = [(result.post(post), part) for post, part in posts.items()]
    if any(one.counts and one.mki.value is None and not one.lapses for one, _ in values):
        return None
    return math.fsum((one.mki.value or 0.0) * part for one, part in values)


def _gwp(result: VariantResult | None, posts: Mapping[str, float], place: int) -> float | None:
    """kg CO2-eq of A–C (0) or D (1); None where one post that counts does not say it."""
    if result is None:
        return None
    found = [(result.post(post).gwp, part) for post, part in posts.items() if result.post(post).counts]
    known = [(pair[place], part) for pair, part in found if pair is not None]
    return math.fsum(value * part for value, part in known) if known and len(known) == len(found) else None


def _price(
    call_offs: tuple[CallOff, ...], result: VariantResult, bid: Variant, order: Order, *, is_all: bool
) -> Decimal | None:
    """€ of an order: the sum of the bid, what was ordered for, or its own posts."""
    stated = next((one.value for one in call_offs if one.id == order.key), None)
    if is_all or stated is not None:
        return result.price if stated is None else stated
    prices = [(bid.answer(post).price, part) for post, part in order.parts.items()]
    if any(price is None for price, _ in prices):
        return result.price if not order.key else None
    return sum((price * Decimal(str(part)) for price, part in prices if price is not None), Decimal(0))


def _released_mass(result: VariantResult, tender: Tender) -> float:
    return math.fsum(result.post(post).mass_t or 0.0 for post in _released(tender))


def _mixes(result: VariantResult, tender: Tender, parts: Mapping[str, float]) -> list[tuple[str, float]]:
    """(mix as it was asked, tons) of each post that asks one."""
    found = []
    for post in tender.posts:
        mass = result.post(post.id).mass_t if post.id in parts else None
        if mass is not None and (name := _mix(post)):
            found.append((name, mass * parts[post.id]))
    return found


def _mix(post: Post) -> str:
    return " ".join(text for _, text in post.details if text)


def _r_steps(tender: Tender) -> tuple[str, ...]:
    steps = [one.r_step for one in tender.criteria]
    steps.append(tender.publication.r_step)
    return tuple(sorted({f"{one.numbering} R{one.step}" for one in steps if one is not None}))
