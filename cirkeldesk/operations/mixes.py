"""The mixes that the tenders of this file ask."""

from __future__ import annotations

from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.mixes import Mix, mixes
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.workspace import Workspace


def mixes_asked(workspace: Workspace, group: ProductGroup) -> tuple[Mix, ...]:
    """Of every tender of the group, whatever version of the group it pins."""
    with workspace.unit() as unit:
        tenders: list[tuple[Tender, ProductGroup]] = []
        for row in unit.lists.tenders():
            pinned = unit.document(str(row["product_group"])) if row["product_group"] else None
            if isinstance(pinned, ProductGroup) and pinned.code == group.code:
                tenders.append((unit.tender(str(row["id"])), pinned))
    return mixes(tenders, group)
