"""`materials --json` and `matches --json`: plain data, unknown as null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cirkeldesk.model.document.document import to_plain
from cirkeldesk.operations.material.materials import demand_in, rates_in, supply_in, today_in
from cirkeldesk.operations.workspace import Workspace

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match

Plain = dict[str, Any]


def materials_json(workspace: Workspace, search: str = "") -> Plain:
    """All that is kept, with the state and what is free today; as `material` reads it."""
    with workspace.unit() as unit:
        day = today_in(unit)
        supplies = []
        for row in unit.lists.listed("supply", search):
            one = supply_in(unit, str(row["id"]))
            supplies.append(
                {**to_plain(one), "state": one.state(day), "free": one.free(day), "balance": one.balance}
            )
        demands = [to_plain(demand_in(unit, str(row["id"]))) for row in unit.lists.listed("demand", search)]
        return {"day": day, "supplies": supplies, "demands": demands, "rates": to_plain(rates_in(unit))}


def match_json(found: Match) -> Plain:
    """One match. `mki_saved` is null with `why` where it cannot be computed; `is_least` where more may be
    saved, as A4 of the new product is not known; `late` where it comes free only after it is needed."""
    mki = found.mki
    return {
        "supply": found.supply.id,
        "demand": found.demand.id,
        "supply_name": found.supply.name,
        "demand_name": found.demand.name,
        "amount": found.amount,
        "unit": found.supply.unit,
        "fits": {"kind": "yes", "format": found.format, "condition": found.condition},
        "overlap": list(found.overlap) if found.overlap is not None else None,
        "storage": found.overlap is None,
        "late": found.timing == "late",
        "km": found.km,
        "mki_saved": mki.mki if mki is not None else None,
        "break_even_km": mki.break_even_km if mki is not None else None,
        "is_least": mki.is_least if mki is not None else None,
        "why": found.why,
    }
