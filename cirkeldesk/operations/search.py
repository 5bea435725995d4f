"""Search over everything in the file: tenders, products, suppliers and the calendar, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.operations.calendar.calendar import get_calendar
from cirkeldesk.operations.workspace import Workspace

HitKind = Literal["tender", "product", "supplier", "calendar"]
MOST = 8  # of each kind: what is not among the first is found by typing on


@dataclass(frozen=True)
class Hit:
    """Something found. `id` opens it; for a supplier it is the name to filter the products by."""

    kind: HitKind
    id: str
    text: str
    note: str = ""


def rank(query: str, text: str) -> int:
    """How well a text answers a query: 0 the same, 1 begins with it, 2 a word does, 3 contains all its words,
    4 not."""
    wanted, found = query.strip().casefold(), text.casefold()
    if found == wanted:
        return 0
    if found.startswith(wanted):
        return 1
    words = wanted.split()
    if words and all(word in found for word in words):
        return 2 if any(part.startswith(words[0]) for part in found.split()) else 3
    return 4


def search(workspace: Workspace, query: str) -> list[Hit]:
    """Tenders, products and suppliers that have every word of the query, best first; [] for an empty one."""
    if not query.strip():
        return []
    with workspace.unit() as unit:
        tenders = unit.lists.first("tender", query, MOST)
        products = unit.lists.first("product", query, 3 * MOST)
        suppliers = [unit.product(row["id"]).supplier for row in products]
    hits = [Hit("tender", row["id"], f"{row['number']} {row['title']}".strip()) for row in tenders]
    hits += [Hit("product", row["id"], row["name"], row["version"] or "") for row in products[:MOST]]
    hits += _suppliers(query, [name for name in suppliers if name])
    hits += _calendar(workspace, query)
    return sorted(hits, key=lambda hit: rank(query, hit.text))


def _calendar(workspace: Workspace, query: str) -> list[Hit]:
    """Rows of the calendar by number, title or organisation."""
    rows = get_calendar(workspace).rows
    found = [row for row in rows if rank(query, f"{row.number} {row.title} {row.organisation}") < 4][:MOST]
    return [Hit("calendar", row.id, f"{row.number} {row.title}".strip(), row.organisation) for row in found]


def _suppliers(query: str, names: Sequence[str]) -> list[Hit]:
    """Suppliers of the products found whose own name answers the query."""
    return [Hit("supplier", name, name) for name in dict.fromkeys(names) if rank(query, name) < 4][:MOST]
