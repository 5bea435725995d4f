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
    for joint in found.joint:
        yield f"Samen plannen ({about(joint)}): " + "; ".join(
            f"{row.organisation}, {row.title}" for row in joint.rows
        )
    for published in found.cells:
        yield cell(published)
    if not found.cells:
        yield NOTHING
    for name, _ in found.faults:
        yield f"{name} is overgeslagen: het bevat inschrijvingen, of is niet te lezen."


def about(found: Any) -> str:
    """ "N237, 2027" or "AC 22 base, 2027 zomer"."""
    return f"{found.name}, {found.when}"


def mail(found: Any) -> str:
    """A text to the others about one road or one mix, and whom to call."""
    what = f"aan de {found.name}" if found.about == "road" else f"met {found.name}"
    lines = ["Beste collega's,", "", f"In {found.when} staat bij ons allemaal werk {what} op de kalender:"]
    for row in found.rows:
        call = row.project_leader or row.buyer
        said = (row.organisation, f"{row.number} {row.title}".strip(), f"bel {call}" if call else "")
        lines.append(f"- {', '.join(filter(None, said))}")
    ask = (
        "Zullen wij kijken of wij dit in één afsluiting kunnen doen?"
        if found.about == "road"
        else "Zullen wij kijken of wij dit mengsel samen kunnen laten draaien?"
    )
    return "\n".join([*lines, "", ask, ""])


MIXES, TOGETHER, JOINT, BENCHMARK, FILES = (
    "Mengsels",
    "Samen inkopen",
    "Samen plannen, per weg en mengsel",
    "Benchmark, € MKI per ton",
    "Waar rust dit op?",
)
ALIKE = "Mengsels die in één eigenschap verschillen"
TABLES = (MIXES, ALIKE, TOGETHER, JOINT, BENCHMARK, FILES)
Rows = list[tuple[str, ...]]
Table = tuple[tuple[str, ...], Rows, int]


def rests_on(found: Any) -> str:
    """ "Gelezen uit 3 bestanden, het oudste van 1-2-2027. 1 bestand is overgeslagen."."""
    days = sorted(one.made_on for one in found.files if one.made_on)
    oldest = f", het oudste van {numbers.date(days[0])}" if days else ""
    count = len(found.files)
    text = f"Gelezen uit {count} {'bestand' if count == 1 else 'bestanden'}{oldest}."
    if found.faults:
        passed = len(found.faults)
        text += f" Overgeslagen: {passed}, omdat er inschrijvingen in staan of ze niet te lezen zijn."
    return text if found.cells else f"{text} {NOTHING}"


def tables(found: Any) -> dict[str, Table]:
    """Every table by its name: header, rows, and how many columns read left."""
    preferred = {True: "voorkeur", False: "wijkt af", None: ""}
    mixes: Rows = [
        (
            one.year,
            one.mix,
            preferred[one.preferred],
            numbers.number(one.tons, 0),
            str(one.posts),
            str(one.unknown or ""),
        )
        for one in found.mixes
    ]
    alike: Rows = [(_mix_name(pair.one), _mix_name(pair.other)) for pair in found.alike]
    rows: Rows = [
        (group.group, row.organisation, row.title, row.quarter or "")
        for group in found.together
        for row in group.rows
    ]
    files: Rows = [
        (
            one.file,
            kind(one.kind),
            one.organisation or "niet genoemd",
            numbers.date(one.made_on) if one.made_on else "",
        )
        for one in found.files
    ]
    files += [(name, "overgeslagen", "", "") for name, _ in found.faults]
    return {
        MIXES: (("Jaar", "Mengsel", "Voorkeur", "Ton", "Posten", "Onbekend"), mixes, 3),
        ALIKE: (("Mengsel", "Lijkt op"), alike, 2),
        TOGETHER: (("Productgroep", "Organisatie", "Project", "Kwartaal"), rows, 4),
        JOINT: (("Wat", "Naam", "Wanneer", "Organisatie", "Project"), _joint(found), 5),
        BENCHMARK: (
            (
                "Mengsel",
                "Weegset",
                "Regels en fasen",
                "Jaar",
                "Klasse",
                "Midden",
                "De helft tussen",
                "Opdrachten",
            ),
            _cells(found),
            5,
        ),
        FILES: (("Bestand", "Wat", "Van wie", "Van"), files, 4),
    }


def _mix_name(mix: Any) -> str:
    return " ".join(text for _, text in mix.asked)


def _joint(found: Any) -> Rows:
    return [
        (
            "weg" if one.about == "road" else "mengsel",
            one.name,
            one.when,
            row.organisation,
            f"{row.number} {row.title}".strip(),
        )
        for one in found.joint
        for row in one.rows
    ]


def _cells(found: Any) -> Rows:
    return [
        (
            one.key.mix,
            f"{one.key.set_code} {one.key.edition}".strip(),
            f"{one.key.rules}, {one.key.modules}",
            str(one.key.year),
            CLASS_NAMES[one.key.tons_class],
            numbers.as_typed(one.median),
            f"{numbers.as_typed(one.low)} en {numbers.as_typed(one.high)}"
            if one.low is not None and one.high is not None
            else "",
            one.count,
        )
        for one in found.cells
    ]
