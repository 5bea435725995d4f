"""Changes of locked rules and opened bids in words: what was, what is, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from cirkeldesk.model.tender.award_rules import (
    ChangedValue,
    Layer,
    Nota,
)
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.award.awarding import places_text, stopped


def change_text(tender: Tender, change: ChangedValue) -> str:
    """ "Inschrijfsom 1.240.000,00 wordt 1.140.000", for a field of a bid or of the rules; a group of fields
    is only named."""
    name = _field_name(tender, change.path)
    values = [_value_text(tender, change.path, text) for text in (change.before, change.after)]
    return f"{name} gewijzigd" if None in values else f"{name} {values[0]} wordt {values[1]}"


def _field_name(tender: Tender, path: str) -> str:
    head, _, rest = path.partition(".")
    if head == "award":
        inner = rest.partition(".")[0].partition("[")[0]
        return terms.AWARD_FIELDS.get(inner, _RULES.get(inner, inner))
    posts = {post.id: post.name for post in tender.posts}
    if head == "answers":
        post, _, what = rest.partition(".")
        names = {
            "mki": "MKI",
            "price": "Prijs",
            "life": "Levensduur",
            "product": "Product",
            "values": "Hoeveelheid",
        }
        return f"{names.get(what.partition('.')[0], 'Antwoord')} van {posts.get(post, post)}"
    if head == "evidence" and rest in terms.EVIDENCE:
        return terms.EVIDENCE[rest]
    if head == "ask":
        return _ASK.get(rest.partition("[")[0], "Uitvraag")
    return _FIELDS.get(head.partition("[")[0], head)


_RULES: Mapping[str, str] = {
    "method": "Methode",
    "also": "Telt ook mee",
    "tie_rules": "Regel bij gelijke stand",
    "own_sum": "Welke MKI telt",
    "points_decimals": "Decimalen van de punten",
}


_FIELDS: Mapping[str, str] = {
    "price": "Inschrijfsom",
    "work_mki": "MKI hele werk",
    "costs": "Latere kosten",
    "ladder_level": "Trede CO₂-Prestatieladder",
    "evidence": "Onderbouwing",
    "basis": "Zo opgegeven",
    "bidder": "Naam inschrijver",
    "name": "Naam in de tabel",
    "products": "Product",
    "closes_on": "Inschrijving sluit",
    "sealed_until": "Prijzen dicht tot",
    "functional_quantity": "Hoeveelheid van het werk",
    "posts": "Posten",
    "criteria": "Criteria van MVOI",
    "ask": "Uitvraag",
}


_ASK: Mapping[str, str] = {
    "analysis_period": "Beschouwingsperiode",
    "replacement_rule": "Vervangingsregel",
    "set_code": "Weegset",
    "weighting_set": "Uitgave van de weegset",
    "modules": "Levensfasen",
    "include_d": "Levensfase D telt mee",
    "mki_per": "MKI opgegeven per",
    "mki_split": "Uitgesplitst per levensfase",
    "includes_uplift": "Toeslag 30 % al verwerkt",
    "includes_replacement": "Vervanging al verwerkt",
    "apply_uplift": "Toeslag toepassen",
    "no_uplift_reason": "Waarom geen toeslag",
    "background": "Achtergronddatabase",
    "released_in_scope": "Vrijkomend materiaal telt mee",
    "own_quantities_allowed": "Eigen hoeveelheid toegestaan",
    "equal_functions": "Moet gelijk zijn",
    "fixed_modules": "Vaste waarden",
    "owners": "Vast of aan te bieden",
    "categories": "Datacategorie",
    "tools": "Rekeninstrumenten",
    "reference_date": "Peildatum",
    "rules": "Rekenregels",
    "mki_decimals": "Decimalen van de MKI",
}


_CODES: Mapping[str, str] = {
    **terms.METHODS,
    **terms.REPLACEMENT_RULES,
    **terms.NEGATIVE_MKI,
    **terms.OUTSIDE,
    **terms.YES_NO_UNKNOWN,
}


_MONEY = re.compile(r"-?\d+(\.\d+)?")


_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")


def _value_text(tender: Tender, path: str, text: str) -> str | None:
    """A value kept as canonical JSON, as a reader knows it; None for a group of values."""
    value = json.loads(text) if text else "(leeg)"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, (int, float)):
        return numbers.as_typed(float(value))
    if not isinstance(value, str):
        return None
    if ".product" in path:
        return next((product.name for product in tender.products if product.id == value), None)
    if _MONEY.fullmatch(value):
        return numbers.as_typed(Decimal(value))
    return numbers.moment(value) if _MOMENT.fullmatch(value) else _CODES.get(value, value)


def changes_text(tender: Tender, changes: Iterable[ChangedValue]) -> str:
    found = list(
        dict.fromkeys(
            change_text(tender, change) for change in changes if not change.path.startswith("products")
        )
    )
    more = f" en {len(found) - 4} andere" if len(found) > 4 else ""
    return "; ".join(found[:4]) + more


def layer_sentence(tender: Tender, layer: Layer, names: Mapping[str, str]) -> str:
    """A correction with all that a judge asks: what, by whom, why, from where, and the ranking before and
    after."""
    who = f"{names.get(layer.variant_id, '')}, " if layer.variant_id is not None else ""
    text = (
        f"{numbers.date(layer.at)}, {who}{terms.LAYERS[layer.kind]}: {changes_text(tender, layer.changes)}."
    )
    source = [layer.document]
    source += [f"bladzijde {layer.page}"] if layer.page else []
    source += [f"brief van {numbers.date(layer.dated)}"] if layer.dated else []
    people = f"vastgelegd door {layer.by}" + (f", met {layer.second}" if layer.second else "")
    reasons = f"Reden: {stopped(layer.reason)}" + (
        f" Toegestaan omdat: {stopped(layer.allowed)}" if layer.allowed else ""
    )
    ranking = f"Vóór: {places_text(layer.before, names)}. Na: {places_text(layer.after, names)}."
    return f"{text} Bron: {', '.join(source)}; {people}. {reasons} {ranking}"


def nota_sentence(tender: Tender, nota: Nota) -> str:
    return f"{numbers.date(nota.at)}, {nota.document}: {changes_text(tender, nota.changes)}. Reden: {stopped(nota.reason)}"
