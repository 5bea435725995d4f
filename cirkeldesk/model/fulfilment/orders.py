"""What a contract asks to be delivered: the posts as they were bid, an option once it is exercised, a
call-off at its ordered quantity.

Source: CHAIN 3 (cases that will occur).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cirkeldesk.model.comparison.result import VariantResult
from cirkeldesk.model.contract.contract import Contract, DeliveryUnit, same_name
from cirkeldesk.model.messages import Message
from cirkeldesk.model.tender.answered import PROPERTY_OF
from cirkeldesk.model.tender.tender import Tender


@dataclass(frozen=True)
class Order:
    """Part of a contract that counts by itself. `key` is "" for the work itself, else the option post or the
    call-off. `parts` is post id → part of the bid quantity that is ordered."""

    key: str
    organisation: str
    on: str
    parts: Mapping[str, float]


def part_of(result: VariantResult, post: str, quantity: float, unit: DeliveryUnit) -> float | None:
    """A quantity as a part of what was bid of the post; None where the post has no such quantity."""
    name = PROPERTY_OF[unit]
    bid = result.post(post).quantities.get(name or "")
    return quantity / bid if bid else None


def orders(contract: Contract, tender: Tender, promised: VariantResult) -> tuple[Order, ...]:
    """The work itself with its options as they were exercised, or the call-offs of a framework."""
    laid = [post for post in tender.posts if post.kind != "released"]
    if contract.framework is not None:
        return tuple(
            Order(one.id, one.organisation, one.on, _ordered(contract, promised, one.id))
            for one in contract.call_offs
        )
    work = Order(
        "",
        contract.organisation,
        contract.awarded_on,
        {post.id: 1.0 for post in laid if post.kind != "option"},
    )
    options = {post.id for post in laid if post.kind == "option"}
    taken = {one.post: one.on for one in contract.exercised if one.post in options}
    return (work, *(Order(post, contract.organisation, on, {post: 1.0}) for post, on in taken.items()))


def outside(contract: Contract, tender: Tender) -> Iterator[Message]:
    """Deliveries that belong to no order, or fall outside the days of the contract; and who ordered without
    being a participant. They stand in the contract, and the monitor cannot count what nobody ordered."""
    options = {post.id for post in tender.posts if post.kind == "option"}
    taken = {one.post for one in contract.exercised}
    called = {one.id for one in contract.call_offs}
    for one in contract.standing:
        told = {"post": tender.post(one.post).name, "date": one.date}
        if one.accepted is False:
            continue
        if contract.framework is not None and one.call_off not in called:
            yield Message.of("delivery_no_call_off", **told)
        elif contract.framework is None and one.post in options - taken:
            yield Message.of("delivery_no_option", **told)
        yield from _out_of_time(contract, one.date, told)
    for name in _strangers(contract):
        yield Message.of("framework_stranger", name=name)


def _out_of_time(contract: Contract, day: str, told: Mapping[str, str]) -> Iterator[Message]:
    if contract.ended is not None and day > contract.ended.on:
        yield Message.of("delivery_after_end", ended=contract.ended.on, **told)
    if day < contract.awarded_on:
        yield Message.of("delivery_before_award", awarded=contract.awarded_on, **told)


def _strangers(contract: Contract) -> list[str]:
    """Who called off and is no participant, where participants are named, each once."""
    participants = contract.framework.participants if contract.framework is not None else ()
    called = [one.organisation.strip() for one in contract.call_offs] if participants else []
    return [
        name for name in dict.fromkeys(called) if not any(same_name(name, other) for other in participants)
    ]


def whole(tender: Tender) -> Order:
    """All posts at bid quantities: the level at which the published rule weighed the promise."""
    return Order("", "", "", {post.id: 1.0 for post in tender.posts})


def _ordered(contract: Contract, promised: VariantResult, identity: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in contract.call_offs:
        for ordered in one.quantities if one.id == identity else ():
            part = part_of(promised, ordered.post, ordered.quantity, ordered.unit)
            found[ordered.post] = found.get(ordered.post, 0.0) + (part or 0.0)
    return found
