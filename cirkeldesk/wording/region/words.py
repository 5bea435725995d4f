"""Sentences about a region: whose data it rests on, mixes, planning together and the benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cirkeldesk.model.region.benchmark import CLASS_NAMES, PublishedCell
from cirkeldesk.wording import numbers

KINDS = {
    "tender": "uitvraag",
    "benchmark": "benchmark",
    "calendar": "kalender",
    "demand": "vraag",
    "supply": "aanbod",
    "product": "producten",
    "criteria": "criteria",
}
NOTHING = "Er is nog niets te publiceren: daarvoor zijn 10 opdrachten van 5 opdrachtnemers nodig, per mengsel en klasse."


def kind(text: str) -> str:
    return " en ".join(KINDS.get(one, one) for one in text.split("+"))


def cell(one: PublishedCell) -> str:
    """ "AC 16 surf, A2, 2027, tot 1.000 ton: 8,4 € MKI per ton (10 tot 19 opdrachten)"."""
    key = one.key
    span = ""
    if one.low is not None and one.high is not None:
        span = f", de helft ligt tussen {numbers.as_typed(one.low)} en {numbers.as_typed(one.high)}"
    return (
        f"{key.mix}, set {key.set_code}, {key.rules}, {key.modules}, {key.year}, {CLASS_NAMES[key.tons_class]}: "
        f"{numbers.as_typed(one.median)} € MKI per ton{span} ({one.count} opdrachten)"
    )


def told(found: Any) -> Iterator[str]:
    """All of it, a line each."""
    for one in found.files:
        whose = one.organisation or "niet genoemd"
        yield f"{one.file}: {kind(one.kind)} van {whose}, van {numbers.date(one.made_on) if one.made_on else 'onbekende datum'}"
    for mix in found.mixes:
        aside = " · wijkt af van de voorkeur" if mix.preferred is False else ""
        lacks = f", van {mix.unknown} posten onbekend" if mix.unknown else ""
        yield f"{mix.year} {mix.mix}: {numbers.number(mix.tons, 0)} ton in {mix.posts} posten{lacks}{aside}"
    for group in found.together:
        yield f"Samen plannen ({group.group}): " + "; ".join(
            f"{row.organisation}, {row.title}" for row in group.rows
        )
    for published in found.cells:
        yield cell(published)
    if not found.cells:
        yield NOTHING
    for name, _ in found.faults:
        yield f"{name} is overgeslagen: het bevat inschrijvingen, of is niet te lezen."
