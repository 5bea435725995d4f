"""What a work will release, announced before it comes free: timing is the usual obstacle to reuse.

Source: CHAIN 6 (available from may lie in the future).
"""

from __future__ import annotations

from collections.abc import Iterator

from cirkeldesk.model.material.material import Supply
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.tender import TAR_LIMIT, Answer, Post, Tender
from cirkeldesk.operations.material.materials import material_kinds, ours, put_all
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

# A word of a post's name → the kind of material; the first that is found counts.
WORDS = (
    ("tegel", "betontegel"), ("klinker", "gebakken_klinker"), ("kei", "betonstraatsteen"), ("steen", "betonstraatsteen"),
    ("band", "betonband"), ("bank", "zitbank"), ("mast", "lichtmast"), ("paal", "paal"), ("buis", "betonbuis"),
    ("put", "put"), ("duiker", "duiker"), ("damwand", "damwand"), ("beschoei", "damwand"), ("grond", "grond"),
    ("puin", "menggranulaat"), ("hout", "hout"), ("asfalt", "asfaltgranulaat"), ("frees", "asfaltgranulaat"),
)  # fmt: skip
ELSE = "menggranulaat"


def to_announce(unit: UnitOfWork, tender: Tender) -> list[Supply]:
    """The posts *vrijkomend* of a tender of which a mass is known, as supplies that nobody announced yet."""
    return [one for one in _released(unit, tender) if unit.head("supply", one.id) is None]


def announce(workspace: Workspace, identity: str) -> list[str]:
    """Announce what a tender will release. Returns the ids of what is new; what was announced stays as it is.
    Raises StoreError not_found."""
    with workspace.unit() as unit:
        new = to_announce(unit, unit.tender(identity))
        put_all(unit, new, ())
    return [one.id for one in new]


def can_announce(workspace: Workspace, identity: str) -> int:
    """How many posts of a tender can still be announced."""
    with workspace.unit() as unit:
        return len(to_announce(unit, unit.tender(identity)))


def _released(unit: UnitOfWork, tender: Tender) -> Iterator[Supply]:
    group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    for post in tender.posts:
        if post.kind != "released":
            continue
        mass = quantities_of(tender, post, Answer(post.id), None, group).get("mass_t")
        if not mass or mass <= 0:
            continue
        kind = material_kinds()[_kind(post)]
        yield Supply(
            f"{tender.id[:40]}-{post.id[:20]}",
            kind.code,
            post.name,
            ours(unit),
            mass,
            "ton",
            tar=None if post.tar is None else "found" if post.tar > TAR_LIMIT else "free",
            origin=f"{tender.number} {tender.title}".strip()[:200],
            available_from=(tender.closes_on or "")[:10],
            fictitious=tender.fictitious,
        )


def _kind(post: Post) -> str:
    name = post.name.casefold()
    return next((code for word, code in WORDS if word in name), ELSE)
