"""What `verify` found, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.model.document.verified import FileState, Verified
from cirkeldesk.wording import sentences
from cirkeldesk.wording.award import awarding

STATES: Mapping[FileState, str] = {
    "unchanged": "Dit bestand is ongewijzigd.",
    "changed": "Dit bestand noemt zich een stuk van CirkelDesk, maar is niet wat wij maakten: het is "
    "gewijzigd of nagemaakt.",
    "signed": "In dit bestand staat een veld voor een digitale handtekening. Of die echt is, "
    "controleren wij niet; het telt als een wijziging.",
    "other_database": "Dit bestand hoort bij een aanbesteding of versie die niet in dit bestand met "
    "gegevens staat.",
    "not_recognised": "Dit bestand is geen definitief stuk uit dit bestand met gegevens.",
}


def lines(found: Verified) -> list[str]:
    """The outcome first, then where it belongs, then the figures."""
    text = [STATES[found.state]]
    if found.state == "signed":
        text.append(
            "Het begint met ons eigen stuk. Wat erbij is gezet, hebben wij niet gecontroleerd: wat u "
            "ziet, kan anders zijn."
            if found.intact
            else "Het begint niet met ons eigen stuk. Vergelijk het met het bewaarde stuk."
        )
    if found.tender and found.version is not None:
        made = f"gemaakt op {awarding.local_moment(found.made_at)} door {found.made_by}"
        text.append(
            f"Het hoort bij versie {found.version} van {found.tender} {found.title}".rstrip()
            + f": {found.file}, {made}."
        )
        text.append(
            "De aanbesteding is sindsdien niet gewijzigd."
            if found.is_newest
            else "Deze versie is verouderd: er is daarna iets gewijzigd."
        )
        if not found.made_here:
            text.append("Deze versie kwam mee met een dossier. Wie haar maakte, is hier niet na te gaan.")
        text += _figures(found)
    return text


def _figures(found: Verified) -> list[str]:
    if found.computes is None:
        return [
            f"Wij kunnen deze versie niet meer berekenen. "
            f"{sentences.error(found.why, file='', what='versie', id='')}"
        ]
    text = []
    if found.computes:
        text.append("De cijfers van deze versie komen bij opnieuw rekenen op hetzelfde uit.")
    else:
        text.append("De cijfers van deze versie komen bij opnieuw rekenen niet op hetzelfde uit.")
        text += list(found.differences)
    if found.renewed:
        names = awarding.listed(list(found.renewed))
        text.append(f"Sindsdien vernieuwd: {names}. Deze versie rekent met wat toen gold.")
    return text
