"""Proven MKI and composition: what was delivered, worked out on the very ask that was promised on.

Proven MKI of a post = Σ(delivered × rate) ÷ Σ delivered, at bid quantities (for the consequence) and at real
ones (for the monitor). Each delivery is judged as if the whole post had been delivered so: the same set,
scope, fixed values and period as the promise, by the same function. Source: CHAIN 3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from cirkeldesk.model.comparison.comparison import compare, product_of
from cirkeldesk.model.comparison.post_mki import PostResult
from cirkeldesk.model.comparison.result import Inputs, VariantResult
from cirkeldesk.model.contract.contract import Contract, Delivery, MixChange
from cirkeldesk.model.fulfilment.orders import Order, part_of
from cirkeldesk.model.messages import Message
from cirkeldesk.model.monitor.ranges import Masses, masses_of, sum_of
from cirkeldesk.model.product.basis import same_text
from cirkeldesk.model.product.product import Product, is_expired
from cirkeldesk.model.tender.tender import OfferedMki, Tender, Variant

ProofState = Literal["as_promised", "proven", "not_proven", "not_comparable"]


@dataclass(frozen=True)
class JudgedDelivery:
    """One delivery, worked out. `part` of the bid quantity; `whole` € MKI if all of the post were so, None
    with why; `masses` of what was really delivered, in tons."""

    delivery: Delivery
    part: float | None
    whole: float | None
    why: Message | None
    masses: Masses | None
    findings: tuple[Message, ...] = ()

    @property
    def is_used(self) -> bool:
        """Whether it came to stay: accepted by a person; faulty work was used up too."""
        return self.delivery.accepted is True and self.masses is not None

    @property
    def proves(self) -> bool:
        """Whether it is in the proof: accepted by a person, and not removed again."""
        return self.delivery.accepted is True and not self.delivery.faulty

    @property
    def lacks(self) -> bool:
        """Whether nothing can be proven with it."""
        return self.whole is None or self.part is None

    @property
    def amount(self) -> float:
        """€ MKI of what was delivered; nothing where it cannot be said."""
        return (self.whole or 0.0) * (self.part or 0.0)


@dataclass(frozen=True)
class PostProof:
    """One post of an order, in € MKI. `promised` at the ordered quantity; `at_bid` there too, with the proven
    rate; `at_real` at what was delivered. `part` is how much of the bid quantity was delivered."""

    post: str
    promised: float | None
    state: ProofState
    at_bid: float | None
    at_real: float | None
    part: float
    masses: Masses
    why: Message | None = None


@dataclass(frozen=True)
class Proof:
    """An order against its promise. Sums are None where a post has none; `masses` is what was delivered."""

    order: Order
    posts: tuple[PostProof, ...]
    promised: float | None
    at_bid: float | None
    at_real: float | None
    masses: Masses
    promised_masses: Masses | None
    findings: tuple[Message, ...] = ()
    by_year: Mapping[str, Masses] = field(default_factory=dict)

    @property
    def delivered(self) -> bool:
        """Whether anything accepted was delivered."""
        return any(one.part for one in self.posts)


@dataclass(frozen=True)
class Grounds:
    """What proofs are worked out of: the awarded tender, the promise as it stands, and its deliveries."""

    contract: Contract
    tender: Tender
    bid: VariantResult
    promised: VariantResult
    reference: VariantResult | None
    deliveries: tuple[JudgedDelivery, ...]
    products: Mapping[str, Product | None]


def grounds(contract: Contract, tender: Tender, inputs: Inputs) -> Grounds:
    """Judge the promise and every standing delivery in one comparison. `tender` is the awarded version and
    `inputs` hold what both pin. Raises KeyError where the winner or a post is not there."""
    bid = tender.variant(contract.winner)
    changed = _with_changes(bid, contract.changes)
    standing = contract.standing
    tried = [_delivered(changed, one, f"d{place}~") for place, one in enumerate(standing)]
    names = {bid.id, changed.id}
    rest = [variant for variant in tender.variants if variant.id not in names]
    held = replace(
        tender,
        variants=(bid, *rest, replace(changed, id="promised~"), *tried),
        products=(*tender.products, *contract.products),
        sealed_until=None,
    )
    found = compare(held, inputs)
    promised = found.variant("promised~")
    products = {post.id: product_of(held, changed, post.id, inputs) for post in tender.posts}
    judged = tuple(
        _judged(one, found.variant(variant.id), promised, product_of(held, variant, one.post, inputs))
        for one, variant in zip(standing, tried, strict=True)
    )
    return Grounds(contract, tender, found.variant(bid.id), promised, found.reference, judged, products)


def _with_changes(bid: Variant, changes: Sequence[MixChange]) -> Variant:
    """The promise as a person changed it: the last accepted change of a post counts."""
    latest = {change.post: change for change in changes}
    answers = []
    for answer in bid.answers:
        change = latest.get(answer.post_id)
        if change is not None:
            mki = OfferedMki(total=change.mki) if change.mki is not None else None
            answer = replace(answer, product=change.product or answer.product, mki=mki)
        answers.append(answer)
    return replace(bid, answers=tuple(answers))


def _delivered(bid: Variant, delivery: Delivery, identity: str) -> Variant:
    """The bid as if the whole post were as it was delivered."""
    mki = OfferedMki(total=delivery.mki) if delivery.mki is not None else None
    before = bid.answer(delivery.post)
    answer = replace(before, product=delivery.product or before.product, mki=mki)
    others = tuple(one for one in bid.answers if one.post_id != delivery.post)
    stated = replace(
        bid.basis,
        weighting_set=delivery.set_code or bid.basis.weighting_set,
        rules=delivery.rules or bid.basis.rules,
    )
    return replace(bid, id=identity, answers=(*others, answer), basis=stated)


def _judged(
    delivery: Delivery, found: VariantResult, promised: VariantResult, product: Product | None
) -> JudgedDelivery:
    result, asked = found.post(delivery.post), promised.post(delivery.post)
    part = part_of(promised, delivery.post, delivery.quantity, delivery.unit)
    findings = list(_findings(delivery, product))
    if part is None:
        findings.append(Message.of("delivery_unit", post=delivery.post, unit=delivery.unit))
    mass = asked.mass_t * part if asked.mass_t is not None and part is not None else None
    if delivery.unit == "ton":
        mass = delivery.quantity
    masses = (
        masses_of(1.0, product.composition if product else None).times(mass) if mass is not None else None
    )
    whole, why = _rate(delivery, result, asked)
    return JudgedDelivery(delivery, part, whole, why, masses, tuple(findings))


def _rate(delivery: Delivery, result: PostResult, asked: PostResult) -> tuple[float | None, Message | None]:
    """€ MKI of the whole post at this delivery's rate, or why it cannot be said."""
    if delivery.mki is None and delivery.product is None:
        return None, Message.of("delivery_undeclared", name=delivery.id)
    if result.mki.value is None:
        return None, result.mki.reason or Message.of("delivery_undeclared", name=delivery.id)
    if asked.basis is not None and result.basis is not None:
        for aspect in ("rules", "method"):
            before, now = asked.basis.of(aspect), result.basis.of(aspect)
            if before and now and same_text(before) != same_text(now):
                return None, Message.of("delivery_other_rules", has=now, asked=before)
    return result.mki.value, None


def _findings(delivery: Delivery, product: Product | None) -> Iterable[Message]:
    if product is not None and is_expired(product.valid_until, delivery.date):
        yield Message.of("delivery_expired", name=product.name, until=product.valid_until)
    if not delivery.evidence.strip():
        yield Message.of("delivery_no_evidence", name=delivery.id)


def proof(found: Grounds, order: Order) -> Proof:
    """An order against its promise."""
    deliveries = _of_order(found, order)
    posts = tuple(_post(found, order, post, deliveries) for post in order.parts)
    counting = [one for one in posts if found.promised.post(one.post).counts]
    at_bid, at_real = _sum(one.at_bid for one in counting), _sum(one.at_real for one in counting)
    if found.promised.source == "offered" and any(one.promised is None for one in counting):
        at_bid = at_real = None  # one figure for the whole work: no post says its part
    return Proof(
        order,
        posts,
        _promise(found, order, counting),
        at_bid,
        at_real,
        sum_of(one.masses for one in posts),
        promised_masses(found.promised, found.products, order.parts),
        tuple(dict.fromkeys(message for one in deliveries for message in one.findings)),
        _by_year(deliveries),
    )


def _of_order(found: Grounds, order: Order) -> list[JudgedDelivery]:
    """The deliveries of its posts; under a framework those that name its call-off."""
    is_call_off = found.contract.framework is not None and bool(order.key)
    return [
        one
        for one in found.deliveries
        if one.delivery.post in order.parts and (not is_call_off or one.delivery.call_off == order.key)
    ]


def _by_year(deliveries: Sequence[JudgedDelivery]) -> dict[str, Masses]:
    used = [one for one in deliveries if one.is_used]
    return {year: _in_year(used, year) for year in sorted({one.delivery.date[:4] for one in used})}


def _in_year(used: Iterable[JudgedDelivery], year: str) -> Masses:
    return sum_of(one.masses for one in used if one.masses is not None and one.delivery.date.startswith(year))


def _promise(found: Grounds, order: Order, counting: Sequence[PostProof]) -> float | None:
    """The promise at the level of the order: the judged figure where it is of all posts as they were bid."""
    asked = {post.id for post in found.tender.posts}
    if set(order.parts) == asked and all(part == 1.0 for part in order.parts.values()):
        return found.promised.total.value
    return _sum(one.promised for one in counting)


def _sum(values: Iterable[float | None]) -> float | None:
    found = list(values)
    known = [one for one in found if one is not None]
    return math.fsum(known) if found and len(known) == len(found) else None


def _post(found: Grounds, order: Order, post: str, deliveries: Sequence[JudgedDelivery]) -> PostProof:
    result, ordered = found.promised.post(post), order.parts[post]
    of_post = [one for one in deliveries if one.delivery.post == post]
    proving, used = [one for one in of_post if one.proves], [one for one in of_post if one.is_used]
    part = math.fsum(one.part or 0.0 for one in proving)
    promised = _promised_of(result, ordered)
    masses = sum_of(one.masses for one in used if one.masses is not None)
    begun = PostProof(post, promised, "not_proven", None, None, part, masses)
    if part < 0:
        return replace(begun, why=Message.of("delivery_below_nothing", post=post))
    if not part:  # nothing was delivered, or all was returned: nothing says a rate
        at_real = 0.0 if result.counts else None
        return replace(begun, state="as_promised", at_bid=promised, at_real=at_real)
    return _proven(begun, ordered, proving, used)


def _proven(
    begun: PostProof, ordered: float, proving: Sequence[JudgedDelivery], used: Sequence[JudgedDelivery]
) -> PostProof:
    """The rate of what proves, at the ordered quantity; and € MKI of all that was used."""
    lacking = next((one for one in proving if one.lacks), None)
    if lacking is not None:
        state: ProofState = "not_proven" if _is_undeclared(lacking) else "not_comparable"
        return replace(begun, state=state, why=lacking.why)
    at_bid = math.fsum(one.amount for one in proving) / begun.part * ordered
    return replace(begun, state="proven", at_bid=at_bid, at_real=math.fsum(one.amount for one in used))


def _promised_of(result: PostResult, ordered: float) -> float | None:
    """€ MKI that was promised of a post at the ordered quantity; a post that lapses is nothing."""
    if result.lapses:
        return 0.0
    return result.mki.value * ordered if result.mki.value is not None else None


def _is_undeclared(one: JudgedDelivery) -> bool:
    return one.why is not None and one.why.key == "delivery_undeclared"


def promised_masses(
    result: VariantResult, products: Mapping[str, Product | None], parts: Mapping[str, float]
) -> Masses | None:
    """Tons by origin of a variant at ordered quantities; None where the mass of a post is not known."""
    found = []
    for post, part in parts.items():
        one = result.post(post)
        if one.lapses:
            continue
        if one.mass_t is None:
            return None
        product = products.get(post)
        found.append(masses_of(one.mass_t * part, product.composition if product is not None else None))
    return sum_of(found)
