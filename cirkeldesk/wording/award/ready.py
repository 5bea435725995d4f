"""The checklists in words: what an act waits for, what somebody may leave, and what is done; alike in the
window and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cirkeldesk.model.award.readiness import Gate, ReadyLine, ReadyState
from cirkeldesk.wording import numbers, sentences

GATES: Mapping[Gate, str] = {
    "compute": "rekenen",
    "lock": "op slot zetten",
    "opening": "prijzen openen",
    "final": "definitief maken",
    "letters": "brieven maken",
}
STATES: Mapping[ReadyState, str] = {
    "needed": "eerst nodig",
    "asked": "nog niet beantwoord",
    "told": "goed om te weten",
    "done": "klaar",
}
SIGNS: Mapping[ReadyState, str] = {"needed": "○", "asked": "○", "told": "△", "done": "✓"}

# (what is missing, what stands there once it is not)
LINES: Mapping[str, tuple[str, str]] = {
    "ready_title": ("Geef de aanbesteding een titel.", "De titel is ingevuld."),
    "ready_amount": ("Vul de hoeveelheid van het werk in.", "De hoeveelheid van het werk is ingevuld."),
    "ready_period": ("Vul de beschouwingsperiode in.", "De beschouwingsperiode is ingevuld."),
    "ready_posts": ("Voeg ten minste één post toe.", "Er zijn posten."),
    "ready_rule": ("Kies de vervangingsregel.", "De vervangingsregel is gekozen."),
    "ready_replacement": (
        "Kies of inschrijvers vervanging al verwerken in hun MKI. Zonder keuze is geen MKI te berekenen. Gebruikelijk is: ja.",
        "Gekozen is of inschrijvers vervanging verwerken in hun MKI.",
    ),
    "ready_lock": (
        "Zet eerst de methode en de uitvraag op slot.",
        "De methode en de uitvraag staan op slot.",
    ),
    "ready_bids": ("Er zijn nog geen inschrijvingen.", "Er zijn inschrijvingen."),
    "ready_closed": ("De inschrijving is nog niet gesloten.", "De inschrijving is gesloten."),
    "ready_quality": (
        "Leg eerst de scores voor kwaliteit vast.",
        "De scores voor kwaliteit zijn vastgelegd.",
    ),
    "ready_sealed": ("De prijzen zijn nog dicht. Open ze eerst.", ""),
    "ready_winner": ("Er is nog geen winnaar.", ""),
    "ready_undecided": ("Er is nog geen winnaar. Het blad zegt dan hoe het er nu voor staat.", ""),
    "ready_version": (
        "Maak het advies eerst definitief. De brieven volgen uit die versie.",
        "Het advies is definitief.",
    ),
    "ready_organisation": (
        "Vul de naam van uw organisatie in. Die staat boven bladen en brieven.",
        "De naam van uw organisatie is ingevuld.",
    ),
    "ready_prepared": ("Vul in wie het advies opstelde.", "Opgesteld door is ingevuld."),
    "ready_procedure": (
        "Kies de procedure. Daarvan hangen de termijnen en de wetsartikelen in de brieven af.",
        "De procedure is gekozen.",
    ),
    "ready_promise": ("Kies of de stukken een opschortende termijn beloven.", ""),
    "ready_promised_days": (
        "Vul in hoeveel dagen opschortende termijn de stukken beloven. Zonder dat noemt de brief geen dag.",
        "De dagen van de beloofde opschortende termijn zijn ingevuld.",
    ),
    "ready_both": (
        "U vulde in waarom u de inschrijfsom en de MKI niet noemt, en ook waarom u ze in stukken voor buiten wel noemt. "
        "Maak een van beide leeg.",
        "",
    ),
    "ready_stopped": (
        "Vul de reden van stoppen in. Zij komt in de brieven.",
        "De reden van stoppen is ingevuld.",
    ),
    "ready_words": (
        "Beschrijf de kenmerken en voordelen van de winnaar in woorden. De wet vraagt die in de afwijzing.",
        "De kenmerken van de winnaar zijn beschreven.",
    ),
    "ready_objection": (
        "Maakte de winnaar bezwaar tegen het noemen van zijn inschrijfsom en MKI, en is dat terecht?",
        "Gevraagd is of de winnaar bezwaar maakte tegen het noemen van zijn inschrijfsom en MKI.",
    ),
    "ready_withhold": (
        "De winnaar maakte terecht bezwaar. Vul in waarom u de inschrijfsom en de MKI niet noemt.",
        "De brieven noemen de inschrijfsom en de MKI van de winnaar niet; de reden is ingevuld.",
    ),
    "ready_expiry": (
        "Vul de vervaltermijn uit de stukken in. Zonder termijn verwijst de brief naar de stukken.",
        "De vervaltermijn is ingevuld.",
    ),
    "ready_signed": ("Vul in wie de brieven ondertekent.", "Wie ondertekent is ingevuld."),
    "ready_contact": ("Vul in wie vragen beantwoordt.", "Wie vragen beantwoordt is ingevuld."),
    "ready_address": (
        "Vul het adres van uw organisatie in. Daar wordt een dagvaarding betekend.",
        "Het adres van uw organisatie is ingevuld.",
    ),
    "ready_court": (
        "Vul in welke rechtbank bevoegd is, volgens uw stukken.",
        "De bevoegde rechtbank is ingevuld.",
    ),
}
# Lines that carry what was found.
TOLD: Mapping[str, str] = {
    "ready_expiry_weekend": "De vervaltermijn eindigt op {day}, in een weekend. Dan betekent niemand een dagvaarding. De "
    "brief noemt de dag zoals in de stukken; wijs de inschrijvers er in uw bericht op.",
    "ready_quantities": "Vul de hoeveelheid in van {count} {posts}.",
    "ready_points": "{count} {open} bij varianten: daar is nog iets niet te berekenen of te vergelijken.",
    "ready_flag": "Onder uw tekst bij {section} is een cijfer gewijzigd. Kies daar Bijwerken of Zo laten.",
    "ready_unwritten": "Bij {section} staat nog niets.",
    "ready_sign": "{text}",
    "ready_alike": "Bij {criterion} kregen inschrijvers dezelfde motivering. Een rechter vraagt per inschrijver waarom.",
    "ready_deduced_lowest_price": "{to} kan uit de eigen punten de laagste inschrijfsom uitrekenen: {between}.",
    "ready_deduced_other_price": "{to} kan uit de volgorde afleiden wat een andere afgewezen inschrijver bood: {between}.",
    "ready_deduced_price": "{to} kan uit de brief de inschrijfsom van de winnaar afleiden: {between}.",
    "ready_deduced_mki": "{to} kan uit de brief de MKI van de winnaar afleiden: {between_mki}.",
}


def line_text(line: ReadyLine) -> str:
    """The sentence of a line as it stands now."""
    key, params = line.message.key, line.message.values()
    if key in LINES:
        return LINES[key][line.state == "done"]
    if key not in TOLD:
        return sentences.sentence(line.message)
    count = params.get("count")
    known = {
        **params,
        "posts": "post" if count == 1 else "posten",
        "open": "open punt" if count == 1 else "open punten",
    }
    if key == "ready_expiry_weekend":
        known["day"] = numbers.date(str(params["day"]))
    if "low" in params:
        low, high = Decimal(str(params["low"])), Decimal(str(params["high"]))
        known |= {"between": _between(low, high), "between_mki": _between(low, high, " MKI")}
    return TOLD[key].format_map(known)


def _between(low: Decimal, high: Decimal, unit: str = "") -> str:
    if low == high:
        return f"{numbers.euro(low, 2)}{unit}"
    return f"tussen {numbers.euro(low, 2)} en {numbers.euro(high, 2)}{unit}"


def spoken(line: ReadyLine) -> str:
    """ "eerst nodig: Kies de procedure." for the command line and for people who listen."""
    return f"{STATES[line.state]}: {line_text(line)}"


def button_text(act: str, waiting: int) -> str:
    """ "Definitief maken · nog 2"."""
    return f"{act} · nog {waiting}" if waiting else act
