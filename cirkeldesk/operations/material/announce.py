"""What a work will release, announced before it comes free: timing is the usual obstacle to reuse.

Source: CHAIN 6 (available from may lie in the future).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cirkeldesk.model.calendar.calendar import CALENDAR_ID, Calendar
from cirkeldesk.model.material.material import Supply
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.tender import TAR_LIMIT, Answer, Tender
from cirkeldesk.operations.material.kinds import kind_of
from cirkeldesk.operations.material.materials import material_kinds, new_id, ours, put_all, put_plain
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

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


def from_row(workspace: Workspace, identity: str) -> dict[str, Any]:
    """What a row of the calendar says of what it may release, as the beginning of a supply: how much of it,
    and mostly what, nobody knows from a plan. Raises StoreError not_found."""
    with workspace.unit() as unit:
        head = unit.head("calendar", CALENDAR_ID)
        calendar = unit.document(head) if head is not None else None
        rows = calendar.rows if isinstance(calendar, Calendar) else ()
        row = next((one for one in rows if identity in (one.id, one.number)), None)
        if row is None:
            raise StoreError("not_found", what="regel van de kalender", id=identity[:60])
        kind = kind_of(row.title)
    since = row.start or (quarter_begin(row.quarter) if row.quarter else "")
    plain = {
        "name": row.title[:200],
        "origin": f"{row.number} {row.title}".strip()[:200],
        "kind": kind.code if kind is not None else "",
        "available_from": since,
    }
    return {name: value for name, value in plain.items() if value}


def announce_row(workspace: Workspace, identity: str, said: dict[str, Any]) -> str:
    """Announce what a row of the calendar releases, with what the plan does not know: kind, amount and unit.
    Returns its id. Raises StoreError not_found, DocumentError for what is missing or cannot be."""
    known = {name: value for name, value in said.items() if value is not None}
    plain = {"id": new_id(), **from_row(workspace, identity), **known}
    put_plain(workspace, {"supplies": [plain]})
    return str(plain["id"])


def quarter_begin(quarter: str) -> str:
    """The first day (ISO) of "2027-Q2", "2027-H2" or "2027"; "" where it is none of these."""
    year, _, part = quarter.partition("-")
    month = {"": 1, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}.get(part)
    return f"{year}-{month:02}-01" if month is not None and len(year) == 4 and year.isdigit() else ""


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
        kind = kind_of(post.name) or material_kinds()[ELSE]
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
