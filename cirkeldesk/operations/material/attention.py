"""What the materials of a file ask attention for, as lines of *Vandaag*."""

from __future__ import annotations

from datetime import date, timedelta

from cirkeldesk.model.calendar.today import Due
from cirkeldesk.model.material.lines import SupplyLine
from cirkeldesk.operations.material.materials import is_ours, ours
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.material import words

AHEAD = 14  # days that a last day is told beforehand


def materials_due(workspace: Workspace, day: str) -> list[Due]:
    """Reservations of our own supplies that end soon, and supplies that lapse with something free, on a day
    (ISO), in no order."""
    soon = (date.fromisoformat(day) + timedelta(days=AHEAD)).isoformat()
    found: list[Due] = []
    with workspace.unit() as unit:
        own = ours(unit)
        lines = [SupplyLine._make(row) for row in unit.lists.plain("supply")]
    for line in lines:
        if line.fictitious or line.withdrawn or not is_ours(line.organisation, own):
            continue
        for amount, until, _, gone in line.parts:
            if not gone and day <= until <= soon:
                held = words.amount(amount, line.unit)
                found.append(Due(until, "reservation", line.name, line.id, held))
        free = line.free(day)
        if line.available_until and day <= line.available_until <= soon and free > 0:
            found.append(
                Due(line.available_until, "lapses", line.name, line.id, words.amount(free, line.unit))
            )
    return found
