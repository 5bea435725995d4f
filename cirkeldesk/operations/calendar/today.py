"""What asks attention today, gathered from the calendar and every tender of the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cirkeldesk.model.calendar.today import Due, due
from cirkeldesk.model.product.product import is_expired
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.calendar.advising import today
from cirkeldesk.operations.calendar.calendar import get_calendar
from cirkeldesk.operations.contract.attention import contracts_due
from cirkeldesk.operations.material.attention import materials_due
from cirkeldesk.operations.workspace import Workspace

AFTER = 120  # days after the closing day in which a tender may still ask something


def due_today(workspace: Workspace) -> tuple[Due, ...]:
    """Every line, the earliest day first. Only tenders are read that close or closed not long ago: of a file
    with years of work the list says which."""
    day = today(workspace)
    since = (date.fromisoformat(day) - timedelta(days=AFTER)).isoformat()
    calendar = get_calendar(workspace)
    with workspace.unit() as unit:
        rows = [row for row in unit.lists.tenders() if row["closes_on"] and row["closes_on"][:10] >= since]
        tenders = [unit.tender(str(row["id"])) for row in rows]
    expiring = [one for tender in tenders for one in _expiring(tender)]
    expiring += contracts_due(workspace, day)
    expiring += materials_due(workspace, day)
    return due(calendar, tenders, expiring, day)


def _expiring(tender: Tender) -> Iterator[Due]:
    """Declarations that end before the day by which they must hold, while that can still be asked about."""
    if tender.fictitious or tender.practice_of is not None or tender.is_stopped or tender.versions:
        return
    name = " ".join(filter(None, [tender.number, tender.title]))
    for variant in tender.variants:
        until = variant.evidence.valid_until
        if until and is_expired(until, tender.ask.reference_date):
            day = f"{until}-12-31" if len(until) == 4 else until[:10]
            yield Due(day, "expires", name, tender.id, variant.name)
