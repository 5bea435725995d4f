"""Words for bills of a contract and the states that come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cirkeldesk.wording import sentences

HEADS = ("Post", "Omschrijving", "Hoeveelheid", "Eenheid", "Soort")
KINDS: Mapping[str | None, str] = {
    "settled": "verrekenbaar",
    "fixed": "vast",
    "information": "ter inlichting",
    None: "",
}
COLUMNS: Mapping[str | None, str] = {
    None: "niet nodig",
    "code": "Postnummer",
    "text": "Omschrijving",
    "quantity": "Hoeveelheid",
    "unit": "Eenheid",
    "kind": "V of N",
    "unit_price": "Eenheidsprijs",
    "amount": "Bedrag",
}
ASKED = (
    "Wij herkennen de kolomnamen niet. Zeg wat er in elke kolom staat: in elk geval Omschrijving en Hoeveelheid, of "
    "Postnummer en Eenheidsprijs. CirkelDesk onthoudt dit."
)
MOST_TOLD = 8


def title(file: str, bill: Any) -> str:
    """ "bestek.rsx: 400 regels (RSX)"."""
    count = "1 regel" if len(bill.lines) == 1 else f"{len(bill.lines)} regels"
    named = " ".join(part for part in (bill.number, bill.title) if part)
    return f"{file}: {count} ({bill.format}){f', {named}' if named else ''}"


def told(bill: Any, faults: Sequence[Any]) -> str:
    """What somebody must know before taking lines over."""
    parts = ["Vink aan welke regels posten van de vergelijking zijn. Asfaltregels zijn voorgesteld."]
    if bill.untried:
        parts.append("Dit soort bestand is niet beproefd met een echt bestand: kijk de regels na.")
    if bill.unread:
        parts.append(f"Niet gelezen: {', '.join(bill.unread[:MOST_TOLD])}.")
    said = [f"{f.place}: {sentences.error(f.message.key, **f.message.values())}" for f in faults[:MOST_TOLD]]
    if said:
        more = f" En nog {len(faults) - MOST_TOLD}." if len(faults) > MOST_TOLD else ""
        parts.append(f"Let op: {' '.join(said)}{more}")
    return " ".join(parts)


def rows(bill: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (line.code, line.text, _shown(line.quantity), line.unit, KINDS[line.kind]) for line in bill.lines
    )


def _shown(quantity: Any) -> str:
    return "" if quantity is None else f"{quantity.normalize():f}".replace(".", ",")


def taken(count: int, file: str) -> str:
    posts = "1 post is" if count == 1 else f"{count} posten zijn"
    return f"{posts} overgenomen uit {file}. Het bestek is bewaard bij deze aanbesteding."


def verdict(errors: Sequence[Any], to_decide: Sequence[Any]) -> str:
    """The state in three words."""
    if errors:
        return "1 regel klopt niet" if len(errors) == 1 else f"{len(errors)} regels kloppen niet"
    if to_decide:
        return "1 bevinding" if len(to_decide) == 1 else f"{len(to_decide)} bevindingen"
    return "alle regels kloppen met het bestek"


def state_text(errors: Sequence[Any], to_decide: Sequence[Any], prices: int) -> str:
    """What can be done with it."""
    if errors:
        return "Deze staat wijkt af van het bestek. Wij nemen niets over; vraag om verduidelijking."
    count = (
        "1 post van de vergelijking heeft" if prices == 1 else f"{prices} posten van de vergelijking hebben"
    )
    if to_decide:
        return f"{count} een eenheidsprijs. Beslis over wat hieronder staat, en neem over met een reden."
    return f"{count} een eenheidsprijs. De inschrijfsom is het totaal van de staat, als dat erin staat."
