"""Subsidy schemes in words, and the text of their conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cirkeldesk.model.calendar.subsidies import AIM, Condition, Scheme, changed_in

STATES: Mapping[str, str] = {
    "explored": "verkend",
    "conditional": "voorwaardelijk",
    "inclusive": "inclusief",
}
GROUNDS: Mapping[str, str] = {
    "4:38": "doelgebonden (4:38 Awb)",
    "4:39": "niet-doelgebonden (4:39 Awb)",
}
OPEN: Mapping[str, str] = {
    "no_ground": "kies de rechtsgrond",
    "no_article": "noem het artikel van de verordening; zonder artikel kan 4:39 niet",
    "no_conditions": "schrijf ten minste één voorwaarde",
    "no_threshold": "een voorwaarde heeft nog geen drempel",
    "no_proof": "een voorwaarde heeft nog geen bewijs",
}
SEPARATOR = " | "


def open_points(scheme: Scheme) -> str:
    """What is still missing, in one sentence; "" where nothing is."""
    told = "; ".join(OPEN[key] for key in scheme.open_points)
    return f"Nog nodig: {told}." if told else ""


def condition_line(one: Condition) -> str:
    """ "CO₂-reductie | 20 % | jaarverslag | bij vaststelling"."""
    return SEPARATOR.join((one.indicator, one.threshold, one.proof, one.moment)).rstrip(" |")


def conditions_of(text: str) -> tuple[Condition, ...]:
    """One condition a line: indicator | threshold | proof | moment; what is not said stays empty."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if parts[0]:
            found.append(Condition(*(parts + [""] * 3)[:4]))
    return tuple(found)


def counted(schemes: Iterable[Scheme], year: int) -> str:
    """ "2027: 3 van 5 regelingen aangepast"."""
    count = len(changed_in(schemes, year))
    return f"{year}: {count} van {AIM} regelingen aangepast"


def text_of(scheme: Scheme) -> str:
    """The conditions as sentences, to put in an ordinance or a decision."""
    lines = []
    for one in scheme.conditions:
        told = f"De ontvanger voldoet aan: {one.indicator}"
        told += f", ten minste {one.threshold}" if one.threshold else ""
        told += f". Bewijs: {one.proof}" if one.proof else ""
        told += f", {one.moment}" if one.moment else ""
        lines.append(f"{told}.")
    return "\n".join(lines)
