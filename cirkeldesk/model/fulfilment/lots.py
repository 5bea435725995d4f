"""A contract as the rows the monitor counts: the work itself, each option that was exercised, each call-off.

Source: CHAIN 3 and 4. The awarded answer counts, once; what was delivered stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.model.comparison.comparison import product_of
from cirkeldesk.model.comparison.result import Inputs, VariantResult
from cirkeldesk.model.contract.contract import CallOff, Contract
from cirkeldesk.model.fulfilment.orders import Order, orders
from cirkeldesk.model.fulfilment.proof import Grounds, Proof, promised_masses, proof
from cirkeldesk.model.monitor.lot import Impact, Lot, Realised
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
    is_work = not order.key and contract.framework is None
    posts = {**order.parts, **dict.fromkeys(_released(tender), 1.0)} if is_work else order.parts
    is_all = is_work and set(posts) == {post.id for post in tender.posts}
    before = reference.result
    weighed = _Weighed(before, found.bid)
    return Lot(
        key=f"{tender.number or tender.id}|{order.key}",
        tender=tender.id,
        number=f"{tender.number} {order.key}".strip(),
        title=tender.title,
        year=int(order.on[:4]),
        organisation=order.organisation or contract.organisation,
        group=group.code,
        group_name=group.name,
        price=_price(contract.call_offs, found.bid, bid, order, tender),
        awarded=_masses(found.bid, products, order.parts),
        reference=_masses(before, reference.products or {}, order.parts) if before is not None else None,
        realised=_realised(weighed, proven, order) or None,
        set_code=tender.ask.set_code,
        mki=replace(weighed.mki(posts, is_all=is_all), proven=_real(proven)),
        gwp_a_to_c=weighed.gwp(posts, 0),
        gwp_d=weighed.gwp(posts, 1),
        functional=tender.functional_quantity if is_work else None,
        functional_unit=group.functional_unit,
        released_t=_released_mass(found.bid, tender) if is_work else 0.0,
        has_material=not group.without_mki,
        finished=contract.ended is not None,
        fictitious=contract.fictitious or tender.fictitious,
        mixes=tuple(_mixes(found.bid, tender, order.parts)),
        themes=_themes(tender),
        r_steps=_r_steps(tender),
        findings=reference.findings,
        shares=_shares(contract),
    )


def _shares(contract: Contract) -> tuple[tuple[str, float], ...]:
    """The agreed parts of a joint lot; a call-off counts wholly at who ordered it."""
    if contract.framework is not None:
        return ()
    return tuple((one.organisation, one.share) for one in contract.shares)


def _themes(tender: Tender) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(one.theme, one.level) for one in tender.criteria}))


@dataclass(frozen=True)
class _Weighed:
    """The nulvariant and the bid, to be weighed at some quantities."""

    reference: VariantResult | None
    bid: VariantResult

    def mki(self, posts: Mapping[str, float], *, is_all: bool) -> Impact:
        return Impact(_mki(self.reference, posts, is_all=is_all), _mki(self.bid, posts, is_all=is_all))

    def gwp(self, posts: Mapping[str, float], place: int) -> Impact:
        return Impact(_gwp(self.reference, posts, place), _gwp(self.bid, posts, place))


def _realised(weighed: _Weighed, proven: Proof, order: Order) -> dict[int, Realised]:
    """What came in each year, beside the nulvariant and the promise at the same quantities."""
    found = {}
    for year, made in proven.by_year.items():
        if made.parts is None:
            found[int(year)] = Realised(made.masses)
            continue
        parts = {post: part for post, part in made.parts.items() if post in order.parts}
        impact = replace(weighed.mki(parts, is_all=False), proven=made.at_real)
        found[int(year)] = Realised(made.masses, impact, weighed.gwp(parts, 0), weighed.gwp(parts, 1))
    return found


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
    call_offs: tuple[CallOff, ...], result: VariantResult, bid: Variant, order: Order, tender: Tender
) -> Decimal | None:
    """€ of an order: what was ordered for, the sum of the bid less its options, or the price of its own
    posts. Where an option has no price of its own the sum of the bid holds it."""
    stated = next((one.value for one in call_offs if one.id == order.key), None)
    if stated is not None:
        return stated
    if order.key:
        return _of_parts(bid, order.parts)
    if result.price is None:
        return None
    options = {post.id: 1.0 for post in tender.posts if post.kind == "option" and post.in_price}
    priced = {post: part for post, part in options.items() if bid.answer(post).price is not None}
    return max(Decimal(0), result.price - (_of_parts(bid, priced) or Decimal(0)))


def _of_parts(bid: Variant, parts: Mapping[str, float]) -> Decimal | None:
    """€ of some posts by their own prices; None where one has none."""
    found = Decimal(0)
    for post, part in parts.items():
        price = bid.answer(post).price
        if price is None:
            return None
        found += price * Decimal(str(part))
    return found


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
