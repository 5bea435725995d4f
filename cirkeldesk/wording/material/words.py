"""Sentences about supply, demand, matches and reservations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cirkeldesk.model.material.lines import DemandLine, SupplyLine
from cirkeldesk.model.material.material import SupplyState
from cirkeldesk.wording import numbers

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match

FAR = "9000"  # a day that stands for no end
UNITS: Mapping[str, str] = {"m2": "m²", "m": "m", "piece": "stuks", "ton": "ton"}
TESTED: Mapping[str, str] = {"free": "vrij", "found": "aangetroffen"}
STATES: Mapping[SupplyState, str] = {
    "announced": "aangekondigd",
    "available": "beschikbaar",
    "reserved": "gereserveerd",
    "delivered": "geleverd",
    "lapsed": "vervallen",
}
DECIDED: Mapping[str, str] = {
    "confirmed": "Gereserveerd.",
    "asked": "Gevraagd. Het bestand van de andere organisatie beslist; bij de volgende uitwisseling ziet u het antwoord.",
}
AS_PRODUCT = "Het staat nu bij Producten als hergebruikt. Kies het daar bij een post van een aanbesteding."
WANTED = "Gevraagd, met kenmerk {id}. Wat past, toont `matches --demand {id}`."
ANSWERS: Mapping[str, str] = {
    "confirmed": "toegezegd",
    "refused": "niet toegezegd: het was al weg, of er is niet genoeg",
    "cancelled": "afgezegd",
    "delivered": "geleverd",
    "lapsed": "vervallen",
    "waiting": "wacht op antwoord",
}
WHY: Mapping[str, str] = {
    "no_new": "bij de vraag staat geen MKI van nieuw",
    "no_rates": "de rekenwaarden van verplaatsen zijn niet ingevuld",
    "other_set": "de MKI van nieuw en die van verplaatsen horen niet bij dezelfde weegset en uitgave",
    "no_place": "van een van beide is de plaats niet bekend",
    "no_mass": "de massa per eenheid is niet bekend",
}
TIMING: Mapping[str, list[str]] = {
    "in_time": [],
    "storage": ["opslag nodig"],
    "late": ["komt later vrij dan nodig"],
}
PASSED: Mapping[str, str] = {
    "exchange_other": "overgeslagen, want het is geen dossier met materialen van een andere organisatie.",
    "exchange_speaks": "overgeslagen, want het zegt iets over materialen van een ander.",
    "exchange_older": "overgeslagen, want er staat een nieuwer bestand van dezelfde organisatie.",
    "exchange_taken": "een regel is overgeslagen, want haar kenmerk is hier van een andere organisatie.",
}
INDICATION = (
    "Een indicatie: 80 % van nieuw, min vervoer en overslag. De 80 % is een regel voor gebouwen en is voor de grond-, "
    "weg- en waterbouw niet bevestigd. Een kortere restlevensduur en de fasen C en D staan alleen in de som van de "
    "aanbesteding."
)
STRAIGHT = (
    "Afstand: rechte lijn maal 1,3. Zonder coördinaten vanaf het midden van de gemeente, op hele kilometers."
)


def amount(value: float, unit: str) -> str:
    """ "1.200 m²"."""
    decimals = min(3, len(numbers.as_typed(round(value, 3)).partition(",")[2]))
    return f"{numbers.number(value, decimals)} {UNITS[unit]}"


def period(since: str, until: str) -> str:
    """ "1-5-2027 tot 30-9-2027"; open where a day is not known."""
    if not since and not until:
        return "zonder datum"
    begin = numbers.date(since) if since else "nu"
    return f"{begin} tot {numbers.date(until)}" if until and until < FAR else f"vanaf {begin}"


def sizes(length: float | None, width: float | None, thickness: float | None) -> str:
    """ "211 × 105 × 80 mm"; what is not known is left out."""
    known = [numbers.as_typed(one) for one in (length, width, thickness) if one is not None]
    return f"{' × '.join(known)} mm" if known else ""


def supply_line(one: SupplyLine, day: str) -> str:
    told = [
        one.name,
        amount(one.free(day), one.unit) + " vrij",
        STATES[one.state(day)],
        one.place,
        period(one.available_from, one.available_until),
        one.organisation,
    ]
    return " · ".join(filter(None, told))


def demand_line(one: DemandLine) -> str:
    told = [
        one.name,
        amount(one.amount, one.unit),
        one.place,
        period(one.needed_from, one.needed_until),
        one.organisation,
        "gesloten" if one.closed else "",
    ]
    return " · ".join(filter(None, told))


def match_line(found: Match) -> str:
    """ "900 m² · 14 km · 1.386 € MKI bespaard · opslag nodig"."""
    told = [amount(found.amount, found.supply.unit)]
    told.append(f"{numbers.number(found.km, 0)} km" if found.km is not None else "afstand onbekend")
    told.append(saved(found))
    told += TIMING[found.timing]
    told += ["maat onbekend"] if found.format == "unknown" else []
    told += ["kwaliteit onbekend"] if found.condition == "unknown" else []
    return " · ".join(told)


def saved(found: Match) -> str:
    if found.mki is None:
        return f"besparing onbekend: {WHY[found.why or 'no_new']}"
    least = "ten minste " if found.mki.is_least else ""
    return f"{least}{numbers.number(found.mki.mki, 0)} € MKI bespaard"


def taken_over(supplies: int, demands: int) -> str:
    return f"Overgenomen: {supplies} keer aanbod, {demands} keer vraag."


def announced(count: int) -> str:
    if not count:
        return (
            "Er is niets nieuws aan te kondigen: de opdracht heeft geen post vrijkomend, of zij staat er al."
        )
    return f"Aangekondigd: {count}. Kijk bij Materialen of soort, maat en plaats kloppen."


def exchanged(told: Any) -> Iterator[str]:
    """What an exchange did, a line each."""
    for one in told.read:
        yield f"{one.organisation}: {one.supplies} keer aanbod, {one.demands} keer vraag, van {numbers.date(one.made_on)}."
    for one in told.decided:
        yield f"{one.name} voor {one.asked}: {ANSWERS[one.state]}."
    for one in told.answered:
        yield f"Uw vraag om {one.name}: {ANSWERS[one.state]}."
    for name, key in told.faults:
        yield f"{name}: {PASSED[key if key in PASSED else 'exchange_other']}"
    yield f"Uw eigen materialen staan in {told.file}."
