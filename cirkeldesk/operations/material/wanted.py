"""What a tender needs, as a demand that looks for supply: a post that may be answered with something
reused."""

from __future__ import annotations

from dataclasses import replace

from cirkeldesk.model.material.material import Demand, Format, MaterialUnit
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.tender import Answer, Post, Tender
from cirkeldesk.operations.material.kinds import kind_of
from cirkeldesk.operations.material.materials import ours, put_all
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

# The unit of a demand → the quantity of a post that it is, in the order they are asked.
QUANTITIES: dict[MaterialUnit, str] = {"m2": "area_m2", "m": "length_m", "piece": "pieces", "ton": "mass_t"}


def want(workspace: Workspace, identity: str, post_id: str) -> str:
    """Ask for what a post of a tender needs; asked before, it is brought up to date and keeps what was asked
    of others. Returns its id. Raises StoreError not_found, want_released, want_kind or want_amount."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        post = next((one for one in tender.posts if one.id == post_id), None)
        if post is None:
            raise StoreError("not_found", what="post", id=post_id[:60])
        made = demand_of(unit, tender, post)
        head = unit.head("demand", made.id)
        before = unit.document(head) if head is not None else None
        if isinstance(before, Demand):  # what somebody typed over stays
            made = replace(before, name=made.name, amount=made.amount, unit=made.unit, closed=False)
        put_all(unit, (), [made], {made.id})
    return made.id


def demand_of(unit: UnitOfWork, tender: Tender, post: Post) -> Demand:
    """What a post asks for. Raises StoreError."""
    if post.kind != "post":
        raise StoreError("want_released", name=post.name)
    group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    details = [text for _, text in post.details]
    kind = kind_of(post.name) or kind_of(" ".join(details))
    # A new mix is no granulate, whatever its name begins with.
    if kind is None or (kind.family in ("granulate", "soil") and "granulaat" not in post.name.casefold()):
        raise StoreError("want_kind", name=post.name)
    known = quantities_of(tender, post, Answer(post.id), None, group)
    order = sorted(QUANTITIES, key=lambda one: one != kind.unit)  # first as it is usually counted
    counted = next((one for one in order if (known.get(QUANTITIES[one]) or 0.0) > 0), None)
    if counted is None:
        raise StoreError("want_amount", name=post.name)
    thickness = known.get("thickness_mm")
    return Demand(
        f"{tender.id[:40]}-{post.id[:20]}",
        kind.code,
        ", ".join(filter(None, (" ".join((post.name, *details)), tender.number)))[:200],
        ours(unit),
        known[QUANTITIES[counted]],
        counted,
        format=Format(thickness=thickness) if thickness else Format(),
        needed_from=(tender.closes_on or "")[:10],
        tender=tender.id,
        fictitious=tender.fictitious,
    )
