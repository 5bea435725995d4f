"""What asks attention today, in words."""

from __future__ import annotations

from cirkeldesk.model.calendar.today import Due, Kind
from cirkeldesk.wording import numbers, terms

NOTHING = "Er is vandaag niets dat op u wacht."
KINDS: dict[Kind, str] = {
    "closes": "sluit",
    "opening": "te openen",
    "advice_due": "advies te geven",
    "advice_asked": "advies gevraagd",
    "answer": "wacht op antwoord",
    "publication": "publicatie nadert",
    "expires": "verklaring verloopt",
    "expiry": "vervaltermijn eindigt",
    "evidence": "bewijs te ontvangen",
    "to_accept": "levering te beoordelen",
    "declaration": "verklaring verloopt",
    "no_delivery": "nog niets geleverd",
    "framework": "raamovereenkomst raakt vol",
    "reservation": "reservering verloopt",
    "lapses": "aanbod verloopt",
}
_TEXTS: dict[Kind, str] = {
    "closes": "De inschrijving sluit op {day}.",
    "opening": "De inschrijving is gesloten. De inschrijvingen kunnen open.",
    "advice_due": "Advies over {theme} is gevraagd, uiterlijk {day}.",
    "advice_asked": "Advies over {theme} is gevraagd, zonder dag.",
    "answer": "Op het advies over {theme} is nog geen antwoord.",
    "publication": "Publicatie vanaf {day}; er is nog geen advies gevraagd.",
    "expires": "De verklaring van {detail} geldt tot {day}; dat is voor de peildatum.",
    "expiry": "De vervaltermijn eindigt op {day}.",
    "evidence": "Het bewijs van de belofte moet er op {day} zijn.",
    "to_accept": "{detail} leveringen wachten op uw oordeel, de eerste van {day}.",
    "declaration": "De verklaring van {detail} geldt tot {day}; het contract loopt door.",
    "no_delivery": "Sinds de gunning is nog niets als geleverd vastgelegd.",
    "framework": "Er is {detail} van de hoogste waarde afgeroepen.",
    "reservation": "De reservering van {detail} geldt tot en met {day}. Lever het, of geef het vrij.",
    "lapses": "Na {day} vervalt dit aanbod; {detail} is nog vrij.",
}


def text(one: Due) -> str:
    """One sentence about a line."""
    theme = terms.THEMES.get(one.detail, one.detail).lower()
    day = numbers.date(one.day) if one.day else ""
    return _TEXTS[one.kind].format(day=day, theme=theme, detail=one.detail)
