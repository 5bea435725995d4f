"""Sentences about promises, deliveries and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cirkeldesk.model.contract.contract import ContractTerms, Delivery
from cirkeldesk.model.fulfilment.consequence import Consequence
from cirkeldesk.model.fulfilment.promises import Indicator, Promise
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, terms

INDICATORS: Mapping[Indicator, str] = {
    "mki": "MKI van het werk",
    "mki_rate": "MKI per eenheid",
    "primary_biobased": "Biobased",
    "secondary": "Secundair",
    "reused": "Hergebruikt",
    "reclaimed": "Gerecycled materiaal in het mengsel",
    "life": "Levensduur",
    "criterion": "Eis voor de uitvoering",
}
STATES: Mapping[str, str] = {
    "as_promised": "nog niet geleverd: telt zoals beloofd",
    "proven": "bewezen",
    "not_proven": "niet bewezen",
    "not_comparable": "niet te vergelijken",
}
WHY: Mapping[str, str] = {
    "nothing_delivered": "Er is nog niets geleverd en geaccepteerd.",
    "not_proven": "Nog niet alles is bewezen. Zonder bewijs is er geen bedrag.",
    "not_published": "Noem het document en de bladzijde waar de boete staat. Zonder gepubliceerde regel is er geen "
    "bedrag.",
    "in_points": "Deze gunningsmethode kent geen regel in euro's. Er is geen bedrag.",
}
UNITS: Mapping[str, str] = {"ton": "ton", "m2": "m²", "m3": "m³", "m": "m", "piece": "stuks"}
LETTERS: Mapping[str, str] = {
    "evidence": "Verzoek om bewijs",
    "default": "Ingebrekestelling",
    "view": "Zienswijze van de opdrachtnemer",
    "decision": "Besluit",
}


def source(promise: Promise, tender: Tender) -> str:
    """Where it was promised, in words: the bid, and the document that asked it."""
    document = tender.lock.document.strip() if tender.lock is not None else ""
    asked = f", gevraagd in {document}" if document else ""
    if promise.source == "criterion":
        return f"Criterium {promise.id}{asked}"
    post = next((one.name for one in tender.posts if one.id == promise.post), "")
    return f"Inschrijving{f', {post}' if post else ''}{asked}"


def value(promise: Promise) -> str:
    """The value with its unit, as it is read."""
    if promise.value is None:
        return promise.text
    if promise.indicator == "mki":
        return f"{numbers.number(promise.value, 0)} € MKI"
    if promise.indicator == "mki_rate":
        return f"{numbers.number(promise.value, 2)} € MKI per {terms.PER.get(promise.unit, promise.unit)}"
    if promise.indicator == "life":
        return f"{numbers.number(promise.value, 0)} jaar"
    return f"ten minste {numbers.percent(promise.value * 100, 1)}"


def quantity(delivery: Delivery) -> str:
    decimals = len(numbers.as_typed(delivery.quantity).partition(",")[2])
    return f"{numbers.number(delivery.quantity, decimals)} {UNITS[delivery.unit]}"


def consequence_sum(tender: Tender, said: ContractTerms, found: Consequence) -> str:
    """The sum written out, or why there is none."""
    if found.amount is None or found.promised is None or found.proven is None:
        return WHY.get(found.why, "")
    decimals = tender.ask.mki_decimals
    promised, proven = (f"{numbers.number(one, decimals)} € MKI" for one in (found.promised, found.proven))
    begin = f"Beloofd {promised}, bewezen {proven}."
    if found.proven <= found.promised and not found.amount:
        return f"{begin} De belofte is nagekomen: € 0,00."
    factor = said.factor if found.amount >= 0 else said.bonus_factor
    lost = "Voordeel dat niet is waargemaakt" if found.amount >= 0 else "Voordeel dat meer is waargemaakt"
    text = (
        f"{begin} {lost}: {numbers.euro(found.advantage or Decimal(0), 2)}. "
        f"{numbers.as_typed(float(factor or 0))} × {numbers.euro(found.advantage or Decimal(0), 2)} = "
        f"{numbers.euro((found.advantage or Decimal(0)) * (factor or Decimal(0)), 2)}."
    )
    if found.capped:
        text += f" Het document stelt een grens: {numbers.euro(abs(found.amount), 2)}."
    return f"{text} ({said.document}, bladzijde {said.page}.)"
