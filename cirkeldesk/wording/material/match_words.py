"""What is said of one match: why it fits, when, how far and what it saves, and how that was worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from cirkeldesk.model.material.material import KG_PER_T, MaterialRates
from cirkeldesk.model.material.saving import SAVED_OF_NEW
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material.words import WHY, amount, period

if TYPE_CHECKING:
    from cirkeldesk.model.material.lines import DemandLine, SupplyLine
    from cirkeldesk.model.material.matching import Match

ReasonKind = Literal["good", "warn"]
Reason = tuple[ReasonKind, str]
SIZES = {"length": "lengte", "width": "breedte", "thickness": "dikte"}
TIMES = {"in_time": "tijd past", "storage": "opslag nodig", "late": "komt later vrij dan nodig"}


def reasons(found: Match) -> Iterator[Reason]:
    """Why it fits, and what to look at first; each in two or three words."""
    supply, demand = found.supply, found.demand
    asked = {name: getattr(demand, name) for name in SIZES if getattr(demand, name) is not None}
    other = {
        name: (getattr(supply, name), wanted)
        for name, wanted in asked.items()
        if getattr(supply, name) not in (None, wanted)
    }
    if asked and not other and found.format == "yes":
        yield "good", "zelfde soort en maat"
    else:
        yield "good", "zelfde soort"
    for name, (has, wanted) in other.items():
        yield "warn", f"{SIZES[name]} {numbers.as_typed(has)}, gevraagd {numbers.as_typed(wanted)}"
    if found.format == "unknown":
        yield "warn", "maat onbekend"
    if found.condition == "unknown":
        yield "warn", "klasse onbekend"
    elif supply.condition:
        yield "good", f"klasse {supply.condition}"
    yield "good" if found.timing == "in_time" else "warn", TIMES[found.timing]


def other_side(line: SupplyLine | DemandLine, since: str, until: str) -> str:
    """ "gemeente Zeist · Zeist, Slotlaan · 900 m² · 1-10-2027 tot 31-10-2027"."""
    told = (line.organisation, line.place, amount(line.amount, line.unit), period(since, until))
    return " · ".join(filter(None, told))


def key_figures(found: Match) -> list[tuple[str, str]]:
    """(figure, what it is): the way and the saving, each only where it is known."""
    figures = [(numbers.number(found.km, 0), "km weg")] if found.km is not None else []
    if found.mki is not None:
        least = "€ MKI bespaard, ten minste" if found.mki.is_least else "€ MKI bespaard"
        figures.append((numbers.number(found.mki.mki, 0), least))
    return figures


def told(found: Match) -> str:
    """The sentence under the bars: how much, how far it would still pay, how long it must be stored."""
    said = [f"Er kan {amount(found.amount, found.supply.unit)} over."]
    if found.mki is None:
        said.append(f"Besparing onbekend: {WHY[found.why or 'no_new']}.")
    elif found.mki.break_even_km is not None:
        even = found.mki.break_even_km
        said.append(
            f"Tot {numbers.number(even, 0)} km beter dan nieuw."
            if even > 0
            else "Ook zonder vervoer niet beter dan nieuw."
        )
    days = storage_days(found)
    if days:
        said.append(f"Opslag: {days} {'dag' if days == 1 else 'dagen'} of meer.")
    return " ".join(said)


def storage_days(found: Match) -> int:
    """Days between the last day it lies there and the first it is needed; 0 where none are needed."""
    if found.timing != "storage":
        return 0
    last, first = found.supply.available_until, found.demand.needed_from
    return max(0, (date.fromisoformat(first) - date.fromisoformat(last)).days) if last and first else 0


def worked_out(found: Match, rates: MaterialRates) -> str:
    """The saving written out with its figures, for who wants to work it out again."""
    supply, demand = found.supply, found.demand
    if found.mki is None or supply.kg is None or found.km is None or demand.a1_a3 is None:
        return f"Besparing onbekend: {WHY[found.why or 'no_new']}."
    gross = found.amount * supply.kg / KG_PER_T
    net = gross * (1 - supply.breakage)
    new = f"{numbers.as_typed(SAVED_OF_NEW)} × {_two(demand.a1_a3)}"
    new += f" + {_two(demand.a4)}" if demand.a4 is not None else ""
    lines = [
        f"{amount(found.amount, supply.unit)} × {numbers.as_typed(supply.kg)} kg = {_two(gross)} ton.",
        f"Minus {numbers.as_typed(round(supply.breakage * 100, 6))} % breuk blijft {_two(net)} ton."
        if supply.breakage
        else "",
        f"Nieuw bespaard: {_two(net)} × ({new}) = "
        f"€ {_two(net * (SAVED_OF_NEW * demand.a1_a3 + (demand.a4 or 0.0)))}.",
        f"Vervoer en overslag: {_two(gross)} × ({numbers.number(found.km, 1)} km × "
        f"{numbers.as_typed(rates.per_tkm or 0.0)} + {numbers.as_typed(rates.handling)}) = "
        f"€ {_two(gross * (found.km * (rates.per_tkm or 0.0) + rates.handling))}.",
        f"Verschil: € {_two(found.mki.mki)} MKI, weegset {rates.set_code} {rates.edition}".strip() + ".",
        "Het vervoer van nieuw (A4) is niet bekend, dus het kan meer zijn." if found.mki.is_least else "",
    ]
    return "\n".join(filter(None, lines))


def _two(value: float) -> str:
    return numbers.number(value, 2)
