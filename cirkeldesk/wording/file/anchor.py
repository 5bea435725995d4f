"""The anchor sheet, and what a check against one found."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.model.document.anchor import Anchor, AnchorCheck, Counted, Occasion
from cirkeldesk.wording import numbers, paper
from cirkeldesk.wording.award.awarding import local_moment

CODE = "code"  # the figure of the sheet
OCCASIONS: Mapping[Occasion, str] = {
    "asked": "op verzoek",
    "lock": "bij het op slot zetten",
    "opening": "bij het openen van de inschrijvingen",
    "final": "bij het definitief maken",
}
PROVES = (
    "Dit blad legt vast hoe de geschiedenis van het bestand er op dit moment uitzag. Bewaar het in het zaaksysteem, "
    "waar wie het bestand beheert er niets aan kan wijzigen. Met `check --anchor`, of in CirkelDesk bij Back-ups en "
    "bewaren, is later te zien of het bestand deze stand nog bevat."
)
ON_PAGE = (
    "Een ankerblad is één bladzijde met de kop van de geschiedenis. Bewaar het in het zaaksysteem. Later ziet u hier of "
    "dit bestand die stand nog bevat. Elk ander stuk van CirkelDesk kan ook getuigen."
)
NOT = (
    "Het bewijst dat de geschiedenis tot hier sindsdien niet is herschreven. Het bewijst niet dat wat erin staat waar "
    "is, en niet wie het heeft ingevoerd; daarvoor is een ondertekening."
)


def anchor_paper(one: Anchor) -> paper.Paper:
    """One page: the head of the history as text and as a code, and what it proves."""
    facts = [
        ("Organisatie", one.organisation or "niet ingevuld"),
        ("Moment", local_moment(one.time)),
        ("Aanleiding", OCCASIONS[one.occasion]),
        ("Stappen", numbers.number(one.steps, 0)),
        ("Kop van de geschiedenis", one.head),
    ]
    if one.tender:
        facts.insert(1, ("Aanbesteding", one.tender))
    facts += [(what.capitalize(), f"{name}, {digest}") for what, name, digest in one.pinned]
    blocks: tuple[paper.Block, ...] = (
        paper.Heading("Ankerblad", 1),
        paper.Text("De stand van de geschiedenis, om elders te bewaren.", "lead"),
        paper.Facts(tuple(facts)),
        paper.ChartPlace(CODE, f"QR-code: {one.identifier}."),
        paper.Text(one.identifier, "muted"),
        paper.Heading("Wat dit bewijst"),
        paper.Text(PROVES),
        paper.Text(NOT),
    )
    return paper.Paper("record", "internal", "Ankerblad", "De stand van de geschiedenis", (), blocks)


def told(found: AnchorCheck) -> str:
    """The outcome in a sentence or two."""
    now = numbers.number(found.steps, 0)
    if found.state == "contained":
        at = numbers.number(found.found_at or 0, 0)
        return (
            f"Dit bestand bevat de stand van het anker: stap {at} van {now}, van {local_moment(found.on)}. "
            "De geschiedenis tot die stap is sindsdien niet herschreven."
        )
    if found.state == "fewer":
        asked = numbers.number(found.witnessed.steps or 0, 0)
        return (
            f"Dit bestand bevat de stand van het anker niet: het anker is van stap {asked}, en het bestand heeft "
            f"{now} stappen. Het bestand is teruggegaan, of het is een ander bestand."
        )
    if found.state == "other":
        asked = numbers.number(found.witnessed.steps or 0, 0)
        return (
            f"Dit bestand bevat de stand van het anker niet: bij stap {asked} staat iets anders. De geschiedenis is "
            "herschreven, of het is een ander bestand."
        )
    return (
        "Dit bestand bevat deze stand niet. De geschiedenis is herschreven, het bestand is teruggegaan, of het anker "
        "hoort bij een ander bestand."
    )


def counted(found: Counted) -> str:
    """What differs from what this computer saw before, and what to do."""
    was, now = numbers.number(found.was, 0), numbers.number(found.now, 0)
    if found.fault == "went_back":
        seen = f"Dit bestand is teruggegaan: deze computer zag eerder {was} stappen, nu zijn het er {now}."
    else:
        seen = f"De geschiedenis van dit bestand is een andere dan deze computer eerder zag, bij stap {was}."
    return f"{seen} Is er een oudere kopie overheen gezet? Kijk bij Back-ups en bewaren, en controleer een ankerblad."
