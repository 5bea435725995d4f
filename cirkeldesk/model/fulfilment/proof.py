"""Proven MKI and composition: what was delivered, worked out on the very ask that was promised on.

Proven MKI of a post = Σ(delivered × rate) ÷ Σ delivered, at bid quantities (for the consequence) and at real
ones (for the monitor). Each delivery is judged as if the whole post had been delivered so: the same set,
scope, fixed values and period as the promise, by the same function. Source: CHAIN 3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
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

TRIED_AT_ONCE = 25
NOTHING_LEFT = 1e-12  # of the bid quantity: the last bits of sums that come to nothing
ProofState = Literal["as_promised", "proven", "not_proven", "not_comparable"]


@dataclass(frozen=True)
class JudgedDelivery:
    """One delivery, worked out. `of` is the id of the delivery it is of: its own, or the one a return is
    taken off. `part` of the bid quantity; `whole` € MKI if all of the post were so, None with why; `masses`
    of what was really delivered, in tons, and below nothing of a return."""

    delivery: Delivery
    of: str
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
    rate; `at_real` at what was delivered. `part` is how much of the bid quantity was delivered. `masses` is
    what came; `masses_at_bid` the ordered quantity of what proves, as promised while nothing does, None where
    its mass is not known."""

    post: str
    promised: float | None
    state: ProofState
    at_bid: float | None
    at_real: float | None
    part: float
    masses: Masses
    why: Message | None = None
    masses_at_bid: Masses | None = None


@dataclass(frozen=True)
class YearProof:
    """What was delivered of an order in a year. `parts` is post id → part of the bid quantity that came and
    stayed, None where the quantity of one cannot be said; `at_real` its € MKI, None likewise."""

    masses: Masses
    parts: Mapping[str, float] | None
    at_real: float | None


@dataclass(frozen=True)
class Proof:
    """An order against its promise. Sums are None where a post has none. `masses` is what was delivered,
    `masses_at_bid` what was proven at bid quantities."""

    order: Order
    posts: tuple[PostProof, ...]
    promised: float | None
    at_bid: float | None
    at_real: float | None
    masses: Masses
    masses_at_bid: Masses | None
    findings: tuple[Message, ...] = ()
    by_year: Mapping[str, YearProof] = field(default_factory=dict)

    @property
    def delivered(self) -> bool:
        """Whether anything that was accepted came to stay, or was used up."""
        return any(one.state != "as_promised" or one.at_real for one in self.posts) or any(
            abs(one.masses.whole) > NOTHING_LEFT for one in self.posts
        )


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
    standing, cited = contract.standing, contract.cited()
    declared = [_as_cited(one, cited.get(one.id)) for one in standing]
    names = {bid.id, changed.id}
    rest = [variant for variant in tender.variants if variant.id not in names]
    held = replace(
        tender,
        variants=(bid, *rest, replace(changed, id="promised~")),
        products=(*tender.products, *contract.products),
        sealed_until=None,
    )
    found = compare(held, inputs)
    promised = found.variant("promised~")
    products = {post.id: product_of(held, changed, post.id, inputs) for post in tender.posts}
    tried = _tried(held, bid, contract, declared, inputs)
    posts = {post.id: post.name for post in tender.posts}
    judged = []
    for one, (variant, result) in zip(declared, tried, strict=True):
        named = Came(one, posts[one.post], product_of(held, variant, one.post, inputs), cited.get(one.id))
        judged.append(_judged(named, result, promised))
    return Grounds(
        contract, tender, found.variant(bid.id), promised, found.reference, tuple(judged), products
    )


@dataclass(frozen=True)
class Came:
    """A delivery with the name of its post, the product that came, and for a return what it is taken off."""

    delivery: Delivery
    post: str
    product: Product | None
    cited: Delivery | None


def _as_cited(delivery: Delivery, cited: Delivery | None) -> Delivery:
    """A return is of what was delivered: the same product at the same rate, whatever its own line says."""
    if cited is None:
        return delivery
    return replace(delivery, product=cited.product, mki=cited.mki, set_code=cited.set_code, rules=cited.rules)


def _tried(
    held: Tender, bid: Variant, contract: Contract, deliveries: Sequence[Delivery], inputs: Inputs
) -> list[tuple[Variant, VariantResult]]:
    """Each delivery as if the whole post were so. What is declared alike is worked out once, and a few at a
    time: a comparison looks at every pair of its variants."""
    alike: dict[object, Variant] = {}
    keys = []
    for one in deliveries:
        changes = tuple(change for change in contract.changes if change.on <= one.date)
        key = (one.post, one.product, one.mki, one.set_code, one.rules, len(changes))
        keys.append(key)
        if key not in alike:
            alike[key] = _delivered(_with_changes(bid, changes), one, f"d{len(alike)}~")
    found: dict[str, VariantResult] = {}
    variants = list(alike.values())
    for begin in range(0, len(variants), TRIED_AT_ONCE):
        some = tuple(variants[begin : begin + TRIED_AT_ONCE])
        made = compare(replace(held, variants=some), inputs)
        found |= {variant.id: made.variant(variant.id) for variant in some}
    return [(alike[key], found[alike[key].id]) for key in keys]


def _with_changes(bid: Variant, changes: Sequence[MixChange]) -> Variant:
    """The promise as a person changed it: of each post the change with the latest day counts."""
    latest = {change.post: change for change in sorted(changes, key=lambda change: change.on)}
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


def _judged(named: Came, found: VariantResult, promised: VariantResult) -> JudgedDelivery:
    delivery = named.delivery
    result, asked = found.post(delivery.post), promised.post(delivery.post)
    part = part_of(promised, delivery.post, delivery.quantity, delivery.unit)
    findings = list(_findings(named))
    if part is None:
        findings.append(_unit(named))
    mass = asked.mass_t * part if asked.mass_t is not None and part is not None else None
    if delivery.unit == "ton":
        mass = delivery.quantity
    one_ton = masses_of(1.0, named.product.composition if named.product else None)
    whole, why = _rate(named, result, asked)
    if part is None:
        whole, why = None, _unit(named)
    return JudgedDelivery(
        delivery,
        named.cited.id if named.cited is not None else delivery.id,
        part,
        whole,
        why,
        one_ton.weighed(mass) if mass is not None else None,
        tuple(findings),
    )


def _unit(named: Came) -> Message:
    return Message.of("delivery_unit", post=named.post, unit=named.delivery.unit)


def _rate(named: Came, result: PostResult, asked: PostResult) -> tuple[float | None, Message | None]:
    """€ MKI of the whole post at this delivery's rate, or why it cannot be said."""
    delivery = named.delivery
    undeclared = Message.of("delivery_undeclared", post=named.post, date=delivery.date)
    if delivery.mki is None and delivery.product is None:
        return None, undeclared
    if result.mki.value is None:
        return None, result.mki.reason or undeclared
    if asked.basis is not None and result.basis is not None:
        for aspect in ("rules", "method"):
            before, now = asked.basis.of(aspect), result.basis.of(aspect)
            if before and now and same_text(before) != same_text(now):
                return None, Message.of("delivery_other_rules", has=now, asked=before)
    return result.mki.value, None


def _findings(named: Came) -> Iterable[Message]:
    delivery, product = named.delivery, named.product
    if named.cited is None and product is not None and is_expired(product.valid_until, delivery.date):
        yield Message.of("delivery_expired", name=product.name, until=product.valid_until)
    if not delivery.evidence.strip():
        yield Message.of("delivery_no_evidence", post=named.post, date=delivery.date)


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
        _at_bid(one for one in posts if one.post in laid_of(found.tender, order.parts)),
        tuple(dict.fromkeys(message for one in deliveries for message in one.findings)),
        _by_year(deliveries, {one.post for one in counting}),
    )


def _at_bid(posts: Iterable[PostProof]) -> Masses | None:
    found = [one.masses_at_bid for one in posts]
    known = [one for one in found if one is not None]
    return sum_of(known) if known and len(known) == len(found) else None


def laid_of(tender: Tender, parts: Mapping[str, float]) -> dict[str, float]:
    """Without what is taken out of the road: that is no material of the work."""
    released = {post.id for post in tender.posts if post.kind == "released"}
    return {post: part for post, part in parts.items() if post not in released}


def _of_order(found: Grounds, order: Order) -> list[JudgedDelivery]:
    """The deliveries of its posts; under a framework those that name its call-off."""
    is_call_off = found.contract.framework is not None and bool(order.key)
    return [
        one
        for one in found.deliveries
        if one.delivery.post in order.parts and (not is_call_off or one.delivery.call_off == order.key)
    ]


def _by_year(deliveries: Sequence[JudgedDelivery], counting: AbstractSet[str]) -> dict[str, YearProof]:
    used = [one for one in deliveries if one.is_used]
    years = sorted({one.delivery.date[:4] for one in used})
    return {
        year: _in_year([one for one in used if one.delivery.date[:4] == year], counting) for year in years
    }


def _in_year(used: Sequence[JudgedDelivery], counting: AbstractSet[str]) -> YearProof:
    parts: dict[str, list[float]] | None = {}
    for one in used:
        if one.proves and parts is not None:
            if one.part is None:
                parts = None
            else:
                parts.setdefault(one.delivery.post, []).append(one.part)
    weighing = [one for one in used if one.delivery.post in counting]
    at_real = None if any(one.lacks for one in weighing) else math.fsum(one.amount for one in weighing)
    summed = {post: math.fsum(found) for post, found in parts.items()} if parts is not None else None
    return YearProof(came(used), summed, at_real)


def came(used: Iterable[JudgedDelivery]) -> Masses:
    """Tons by origin of what came. A return is the very material that came: taken off before the unknown is
    looked at, so that it makes no figure wider."""
    of: dict[str, list[Masses]] = {}
    for one in used:
        if one.masses is not None:
            of.setdefault(one.of, []).append(one.masses)
    return sum_of(sum_of(masses).in_order for masses in of.values())


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
    masses = came(used)
    at_bid = _proven_masses(proving, part, ordered) or promised_masses(
        found.promised, found.products, {post: ordered}
    )
    begun = PostProof(post, promised, "not_proven", None, None, part, masses, masses_at_bid=at_bid)
    if part < 0:
        return replace(begun, why=Message.of("delivery_below_nothing", post=found.tender.post(post).name))
    if not any(one.part is None for one in proving) and abs(part) < NOTHING_LEFT:
        # Nothing was delivered, or all was returned or removed again: nothing says a rate.
        return replace(begun, state="as_promised", at_bid=promised, at_real=_really(result, used))
    return _proven(begun, ordered, proving, used)


def _proven_masses(proving: Sequence[JudgedDelivery], part: float, ordered: float) -> Masses | None:
    """The ordered quantity of what proves; None while nothing does."""
    if part < NOTHING_LEFT or any(one.part is None or one.masses is None for one in proving):
        return None
    return came(proving).times(ordered / part)


def _really(result: PostResult, used: Sequence[JudgedDelivery]) -> float | None:
    """€ MKI of what was used, also where none of it stayed; None where that cannot be said."""
    if not result.counts or any(one.lacks for one in used):
        return None
    return math.fsum(one.amount for one in used)


def _proven(
    begun: PostProof, ordered: float, proving: Sequence[JudgedDelivery], used: Sequence[JudgedDelivery]
) -> PostProof:
    """The rate of what proves, at the ordered quantity; and € MKI of all that was used."""
    lacking = next((one for one in proving if one.lacks), None)
    if lacking is not None:
        state: ProofState = "not_proven" if _is_undeclared(lacking) else "not_comparable"
        return replace(begun, state=state, why=lacking.why)
    at_bid = math.fsum(one.amount for one in proving) / begun.part * ordered
    lacks = any(one.lacks for one in used)  # removed work that nobody declared proves nothing, and was used
    at_real = None if lacks else math.fsum(one.amount for one in used)
    return replace(begun, state="proven", at_bid=at_bid, at_real=at_real)


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
