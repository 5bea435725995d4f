"""What `verify` found, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cirkeldesk.model.document.signature import Added, DigitalSignature
from cirkeldesk.model.document.verified import FileState, Verified
from cirkeldesk.wording import sentences
from cirkeldesk.wording.award import awarding

STATES: Mapping[FileState, str] = {
    "unchanged": "Dit bestand is ongewijzigd.",
    "changed": "Dit bestand noemt zich een stuk van CirkelDesk, maar is niet wat wij maakten: het is "
    "gewijzigd of nagemaakt.",
    "signed": "Dit bestand is een stuk van CirkelDesk met een digitale handtekening.",
    "other_database": "Dit bestand hoort bij een aanbesteding of versie die niet in dit bestand met "
    "gegevens staat.",
    "not_recognised": "Dit bestand is geen definitief stuk uit dit bestand met gegevens.",
}


def lines(found: Verified) -> list[str]:
    """The outcome first, then where it belongs, then the figures."""
    text = [STATES[found.state]]
    if found.state == "signed":
        text.append(_what_is_shown(found))
    text += [line for one in found.signatures for line in signature(one)]
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


def _what_is_shown(found: Verified) -> str:
    if found.intact:
        return "Ons eigen stuk staat er ongewijzigd in, en dat is wat u ziet."
    if found.covered:
        return (
            "Ons eigen stuk staat er nog in, maar er is iets anders overheen gezet: wat u ziet, is niet wat wij "
            "maakten. Vergelijk het met het bewaarde stuk."
        )
    return "Ons eigen stuk staat er niet zoals wij het maakten. Vergelijk het met het bewaarde stuk."


ADDED: Mapping[Added, str] = {
    "nothing": "Daarna is niets meer toegevoegd.",
    "signatures": "Daarna zijn alleen handtekeningen of velden toegevoegd.",
    "other": "Daarna is er iets anders aan het bestand gewijzigd; dat is niet ondertekend.",
}


def signature(one: DigitalSignature) -> Iterator[str]:
    """Who signed, whether it holds, what it covers, and whether anybody vouches for it."""
    if not one.signer:
        yield "Handtekening: niet te lezen. Zij bewijst niets."
        return
    when = f", naar eigen zeggen op {awarding.local_moment(one.at)}" if one.at else ""
    yield f"Handtekening van {one.signer}{when}."
    if not one.is_intact:
        yield "Zij klopt niet: wat is ondertekend, is daarna gewijzigd, of zij is nagemaakt."
        return
    if one.covers == "part":
        yield "Zij dekt maar een deel van het bestand. De rest kan van ieder ander zijn."
        return
    whole = "het hele bestand" if one.covers == "file" else "het bestand zoals het toen was"
    yield f"Zij klopt en dekt {whole}. {ADDED[one.added]}"
    if one.is_trusted is None:
        yield (
            f"Of {one.signer} is wie hij zegt, hangt af van de uitgever van het certificaat: {one.issuer}. Die hebben "
            f"wij niet gecontroleerd. Kenmerk van het certificaat: {one.fingerprint}."
        )
    elif one.is_trusted:
        yield f"Het certificaat is uitgegeven door {one.issuer}, die u vertrouwt."
    else:
        yield "Het certificaat is niet uitgegeven door wie u vertrouwt, of het is verlopen."


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
