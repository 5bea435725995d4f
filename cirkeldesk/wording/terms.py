"""Dutch terms for the codes of the model. The field's own words, written once."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.model.product.modules import ANSWERED_SCOPES as USUAL_SCOPES
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.model.tender.tender import Tender, Variant

PROGRAM = "CirkelDesk"
EXAMPLE_MARK = "VOORBEELD, verzonnen cijfers"
NOT_VALIDATED = "CirkelDesk is geen gevalideerd rekeninstrument van de Nationale Milieudatabase en bevat geen gegevens daaruit."

STATES: Mapping[str, str] = {
    "empty": "invullen",
    "not_declared": "niet opgegeven",
    "undivided": "niet uitgesplitst",
    "absent": "vervalt",
    "not_applicable": "n.v.t.",
    "not_computable": "niet te berekenen",
    "sealed": "dicht",
}
STATUSES: Mapping[str, str] = {
    "concept": "Concept",
    "published": "Gepubliceerd",
    "received": "Inschrijvingen binnen",
    "judged": "Beoordeeld",
    "advised": "Advies definitief",
    "awarded": "Gegund",
    "stopped": "Gestopt",
}
POST_KINDS: Mapping[str, str] = {
    "post": "post",
    "provisional": "stelpost",
    "option": "optie",
    "tail": "staartpost",
    "released": "vrijkomend",
}
COMPARABLE: Mapping[str, str] = {"yes": "ja", "partly": "deels", "no": "nee", "unknown": "nog niet"}
PER: Mapping[str, str] = {
    "ton": "ton",
    "m2": "m²",
    "m3": "m³",
    "m": "m",
    "piece": "stuk",
    "tkm": "ton-kilometer",
    "post": "post",
    "work": "hele werk",
}
REPLACEMENT_RULES: Mapping[str, str] = {
    "fractional_with_d": "naar rato, met D",
    "fractional_without_d": "naar rato, zonder D in de vervangingen",
    "whole": "hele vervangingen",
    "none": "geen vervanging",
}
NOT_CHOSEN = "nog niet gekozen"
YES_NO_UNKNOWN: Mapping[str, str] = {"yes": "ja", "no": "nee", "unknown": "weet ik niet"}
ORIGINS: Mapping[str, str] = {
    "primary_abiotic": "primair abiotisch",
    "primary_biobased": "biobased",
    "secondary": "secundair",
    "reused": "hergebruikt",
    "unknown": "onbekend",
}
BASES: Mapping[str, str] = {
    "mix": "van het mengsel",
    "added_binder": "van het toegevoegde bindmiddel",
    "total_binder": "van het totale bindmiddel",
    "carbon": "van de koolstof (EN 16640)",
}
EVIDENCE: Mapping[str, str] = {
    "source": "Bron",
    "number": "Nummer",
    "verifier": "Toetser",
    "valid_until": "Geldig tot",
    "category": "Datacategorie",
    "rules": "PCR of rekenregels",
    "tool": "Rekeninstrument",
    "promises": "Bewijs bij wat is aangeboden",
    "background": "Achtergronddatabase",
    "method": "Rekenwijze milieueffecten",
    "equivalent": "Bewijs van gelijkwaardige rekenregels",
    "equivalent_accepted": "Oordeel over dat bewijs",
}
METHODS: Mapping[str, str] = {
    "lowest_price": "Laagste prijs",
    "lowest_cost": "Laagste kosten op basis van levensduur (LCC)",
    "value": "Gunnen op waarde",
    "mki_discount": "MKI-korting",
    "mki_w": "MKI-waarde (MKI-W)",
    "ladder": "CO₂-Prestatieladder",
    "weighted": "Gewogen factor (absoluut)",
    "relative": "Relatief aan laagste prijs",
    "relative_linear": "Relatief aan laagste prijs, lineair",
    "logarithmic": "Log-formule",
}
AWARD_PARTS: Mapping[str, str] = {
    "costs": "Latere kosten",
    "quality": "Kwaliteit",
    "mki_discount": "MKI-korting",
    "mki_w": "MKI-waarde",
    "ladder": "CO₂-Prestatieladder",
    "mki_points": "Punten MKI",
    "price_points": "Punten prijs",
}
AWARD_FIELDS: Mapping[str, str] = {
    "lower": "Ondergrens MKI",
    "upper": "Bovengrens MKI",
    "maximum": "Hoogste korting",
    "factor": "Factor",
    "negative_mki": "Negatieve MKI",
    "ceiling": "MKI-plafond",
    "ladder": "Korting per trede",
    "mki_weight": "Punten voor MKI",
    "price_weight": "Punten voor prijs",
    "price_low": "Prijs met alle punten",
    "price_high": "Prijs zonder punten",
    "outside": "Prijs buiten de grenzen",
    "log_base": "Grondtal A",
    "rate": "Rente",
    "horizon": "Aantal jaren",
    "criteria": "Criteria",
    "penalty_factor": "Boetefactor",
    "motivation": "Motivering",
}
NEGATIVE_MKI: Mapping[str, str] = {"clamp": "telt als nul", "allow": "telt als negatief"}
OUTSIDE: Mapping[str, str] = {"clamp": "telt als de grens", "knock_out": "voorstel: ongeldig"}
TIE_RULES: Mapping[str, str] = {
    "lowest_mki": "laagste MKI",
    "lowest_price": "laagste prijs",
    "highest_quality": "hoogste kwaliteit",
    "lot": "loting",
}
VALIDITY: Mapping[str, str] = {
    "open": "te beoordelen",
    "valid": "geldig",
    "invalid": "ongeldig",
    "withdrawn": "ingetrokken",
}
LAYERS: Mapping[str, str] = {
    "own_error": "typefout van ons",
    "obvious_error": "kennelijke fout of kleine verduidelijking van de inschrijver",
    "entry": "correctie van invoer",
}
PROCEDURES: Mapping[str, str] = {
    "open": "Europees openbaar",
    "restricted": "Europees niet-openbaar",
    "negotiated": "Europees, mededinging met onderhandeling",
    "national_open": "Nationaal openbaar",
    "national_restricted": "Nationaal niet-openbaar",
    "several_private": "Meervoudig onderhands",
    "single_private": "Enkelvoudig onderhands",
    "framework": "Opdracht onder een raamovereenkomst",
    "dynamic": "Opdracht in een dynamisch aankoopsysteem",
}
THEMES: Mapping[str, str] = {
    "climate": "Klimaat",
    "circularity": "Circulariteit, ook biobased",
    "environment": "Milieu en biodiversiteit",
    "diversity": "Diversiteit en inclusie",
    "social_return": "Social return",
    "chain": "Ketenverantwoordelijkheid",
}
LEVELS: Mapping[str, str] = {"basis": "basis", "ambitious": "ambitieus", "leading": "koploper"}
CRITERION_KINDS: Mapping[str, str] = {
    "requirement": "eis",
    "selection": "selectie",
    "award": "gunning",
    "contract": "contract",
}
R_NUMBERINGS: Mapping[str, str] = {"pbl": "PBL", "rvo": "RVO"}
# Both ladders begin with not needing it; the same number stands for another rung.
R_STEPS: Mapping[str, Mapping[int, str]] = {
    "pbl": {
        0: "Refuse, niet nodig maken",
        1: "Rethink, anders gebruiken",
        2: "Reduce, minder grondstoffen",
        3: "Re-use, opnieuw gebruiken",
        4: "Repair, repareren",
        5: "Refurbish, opknappen",
        6: "Remanufacture, onderdelen opnieuw gebruiken",
        7: "Repurpose, voor iets anders gebruiken",
        8: "Recycle, materiaal terugwinnen",
        9: "Recover, energie terugwinnen",
    },
    "rvo": {
        1: "Refuse en rethink",
        2: "Reduce",
        3: "Reuse",
        4: "Repair, refurbish, remanufacture en repurpose",
        5: "Recycle",
        6: "Recover",
    },
}
LETTERS: Mapping[str, str] = {
    "winner": "Gunningsbrief",
    "rejected": "Afwijzingsbrief",
    "invalid": "Brief ongeldige inschrijving",
    "withdrawn": "Brief ingetrokken inschrijving",
    "stopped": "Brief gestopte aanbesteding",
}
PAPERS: Mapping[str, str] = {
    "advice": "Adviesblad",
    "workbook": "Vergelijking",
    "ods": "Vergelijking",
    "figures": "Cijfers",
    "record": "Proces-verbaal",
    "opening": "Proces-verbaal van opening",
    "dossier": "Dossier",
}
AUDIENCES: Mapping[str, str] = {"internal": "INTERN", "external": "EXTERN"}
INTERNAL_MARK = "INTERN, bevat inschrijfprijzen"
DRAFT_MARK = "CONCEPT, nog niet definitief"
PRACTICE_MARK = "OEFENKOPIE, verzonnen inschrijvingen"
SCENARIOS: Mapping[str, str] = {
    "asked": "Zoals gevraagd",
    "life_shorter": "Levensduur 20 % korter",
    "life_longer": "Levensduur 20 % langer",
    "without_d": "Zonder levensfase D",
    "with_d": "Met levensfase D",
    "rule_fractional_with_d": "Vervanging naar rato, met D",
    "rule_fractional_without_d": "Vervanging naar rato, zonder D",
    "rule_whole": "Hele vervangingen",
    "rule_none": "Geen vervanging",
}
# Properties that a declared unit counts and that a product group need not have.
PROPERTIES: Mapping[str, str] = {
    "mass_t": "hoeveelheid in ton",
    "area_m2": "oppervlakte",
    "volume_m3": "volume",
    "pieces": "aantal stuks",
    "length_m": "lengte",
    "tonne_km": "ton-kilometers",
}
GROUP_PARTS: Mapping[str, str] = {
    "name": "de naam",
    "functional_unit": "de eenheid",
    "properties": "de eigenschappen",
    "rules": "de rekenregels voor hoeveelheden",
    "routes": "de manieren om een hoeveelheid op te geven",
    "default_posts": "de posten om mee te beginnen",
    "plausible": "de gebruikelijke waarden",
    "limits": "de ondergrenzen",
    "fields": "de vragen per post",
    "measure": "de hoofdhoeveelheid",
    "words": "de herkenningswoorden",
    "cpv": "de CPV-codes",
    "note": "de toelichting",
}
VERIFICATIONS: Mapping[str, str] = {
    "recalled": "niet in een bron gevonden",
    "bounded": "begrensd, niet bevestigd",
    "read_in_one_source": "gelezen in één bron",
    "worked": "bevestigd met uitgewerkte waarden",
    "confirmed": "bevestigd",
}
CAUSES: Mapping[str, str] = {
    "other_product": "ander product",
    "other_offer": "andere opgave",
    "other_quantity": "andere hoeveelheid",
    "other_life": "andere levensduur",
    "other_basis": "andere grondslag",
    "lapses": "vervalt",
}
MODULE_NAMES: Mapping[str, str] = {
    "A1-A3": "productie",
    "A4": "vervoer naar het werk",
    "A5": "aanleg",
    "B": "gebruik en onderhoud",
    "C": "sloop en verwerking",
    "D": "na de levensduur",
}
# Modules by themselves, where a group is taken apart (EN 15804, 6.3).
MODULE_PARTS: Mapping[str, str] = {
    "B1": "gebruik",
    "B2": "onderhoud",
    "B3": "reparatie",
    "B4": "vervanging",
    "B5": "renovatie",
    "C1": "sloop",
    "C2": "vervoer na de sloop",
    "C3": "verwerking van afval",
    "C4": "stort",
}
SCOPES: Mapping[str, str] = {"A1-A3": "A1–A3", "A-C": "A–C", "A-D": "A–D"}
ANSWERED_SCOPES: Mapping[str, str] = {**SCOPES, "A1-A3+D": "A1–A3 + D"}
VALUE_STATES: Mapping[str, str] = {
    "declared": "",
    "not_declared": "niet opgegeven",
    "unreadable": "onleesbaar",
}
FILE_STATUSES: Mapping[str, str] = {
    "imported": "ingelezen",
    "unchanged": "ongewijzigd",
    "question": "vraag",
    "refused": "geweigerd",
}
FORM_OUTCOMES: Mapping[str, str] = {
    "taken": "overgenomen",
    "refused": "niet overgenomen",
    "by_hand": "met de hand ingevoerd",
}
CHECKS: Mapping[str, str] = {
    "file": "Het bestand is beschadigd",
    "document": "De inhoud van een versie klopt niet met haar kenmerk",
    "lost": "Een versie ontbreekt",
    "history": "De geschiedenis is gewijzigd bij stap",
    "head": "De huidige versie klopt niet met de geschiedenis",
    "list": "Een lijst klopt niet met het document",
    "attachment": "Een bewaard bestand ontbreekt of is gewijzigd",
    "pin": "Een verwijzing klopt niet met het document",
}
# What was noticed when a product was read, in a few words; the whole sentence was said at import.
WARNINGS: Mapping[str, str] = {
    "unreadable_value": "een waarde is onleesbaar",
    "odd_unit": "een eenheid past niet bij het milieueffect",
    "odd_size": "de CO₂-uitstoot per kg is ongewoon",
    "climate_mismatch": "klimaat totaal is niet de som van de delen",
    "parts_differ": "A1, A2 en A3 tellen niet op tot A1-A3",
    "no_toxicity": "set A1 zonder toxiciteit, de MKI is niet volledig",
    "not_extended": "eenheid en hoeveelheid stonden niet in het bestand",
    "unit_in_flow": "eenheid en hoeveelheid stonden niet in het bestand",
    "flow_version": "de eenheid komt uit een andere versie van het stroombestand",
    "columns_passed_over": "niet alle kolommen van de tabel zijn gelezen",
    "file_stopped": "het inlezen is halverwege gestopt",
    "unit_missing": "eenheid en hoeveelheid stonden niet in het bestand",
    "unseen_left_out": "verborgen of doorgehaalde cellen van de tabel tellen niet mee",
    "unseen_read": "ook verborgen of doorgehaalde cellen van de tabel zijn gelezen",
    "far_cells": "ver buiten de tabel stond nog iets dat niet is gelezen",
    "pdf_column_differs": "een som in de tabel van de PDF klopt niet",
    "pdf_unread": "niet elk getal in de tabel van de PDF paste in een kolom",
    "unit_uncounted": "met de eenheid in het bestand kan CirkelDesk niet rekenen",
    "amounts_differ": "het bestand noemt twee verschillende hoeveelheden",
    "double_value": "een waarde staat er twee keer anders in en telt niet mee",
    "wrong_unit": "een eenheid hoort bij een ander milieueffect, die waarde telt niet mee",
    "other_set_declared": "het bestand noemt een andere set dan de waarden",
    "method_not_used": "waarden volgens een andere methode tellen niet mee",
    "unknown_indicator": "een milieueffect kennen wij niet, die waarden tellen niet mee",
    "unknown_module": "een levensfase kennen wij niet, die waarden tellen niet mee",
    "text_numbers": "getallen stonden als tekst in de tabel",
}
QUESTION_KEYS: Mapping[str, str] = {
    "scenario": "Welk scenario geldt?",
    "unit": "Per welke eenheid gelden de waarden?",
    "confirm": "Zijn de waarden uit de PDF gecontroleerd?",
}


def scope(modules: tuple[str, ...] | list[str]) -> str:
    """The asked modules in one short text: "A–D" where it is a usual scope, else the list."""
    for code, names in USUAL_SCOPES.items():
        if tuple(modules) == names:
            return ANSWERED_SCOPES[code]
    return ", ".join(modules)


def not_counted(validity: str) -> str:
    """The word where a bid's sum would stand: of one that takes no part none is made."""
    if validity in OUT:
        return f"niet berekend ({VALIDITY[validity]})"
    return STATES["not_computable"]


def mark(tender: Tender) -> str:
    """What every page, sheet and window says of a tender that is not real; "" of one that is."""
    if tender.practice_of is not None:
        return PRACTICE_MARK
    return EXAMPLE_MARK if tender.fictitious else ""


def basis_text(variant: Variant) -> str:
    """Where a variant's declared MKI departs from the ask, in a few words."""
    basis, parts = variant.basis, []
    if basis.weighting_set is not None:
        parts.append(
            "weegset onbekend" if basis.weighting_set == "unknown" else f"weegset {basis.weighting_set}"
        )
    if basis.modules is not None:
        parts.append(scope(basis.modules) if basis.modules else "levensfasen onbekend")
    if basis.without_d is not None:
        parts.append("zonder D" if basis.without_d else "met D")
    if basis.per is not None:
        parts.append(f"per {PER[basis.per]}")
    if basis.includes_uplift is not None:
        parts.append("met toeslag" if basis.includes_uplift else "zonder toeslag")
    if basis.includes_replacement is not None:
        words = {"yes": "met vervanging", "no": "zonder vervanging", "unknown": "vervanging onbekend"}
        parts.append(words[basis.includes_replacement])
    return " · ".join(parts) or "zoals gevraagd"


# Parts of a tender that only the history names.
TENDER_PARTS: Mapping[str, str] = {
    "criteria": "de criteria van MVOI",
    "considered": "de afweging van criteria",
    "advice": "de adviestekst",
    "status": "de status",
    "spreads": "de spreidingen",
    "lock": "het slot",
    "quality_lock": "het slot op de kwaliteit",
    "sealed_until": "het moment van openen",
    "opened": "de opening",
    "originals": "een inschrijving zoals geopend",
    "draws": "een loting",
    "proven": "een bewezen MKI",
    "versions": "de definitieve versies",
    "letters": "de brieven",
    "fictitious": "het merk voorbeeld",
    "practice_of": "het merk oefenkopie",
}


def whole_of(group: ProductGroup) -> str:
    """What a share is of, where nothing else is said: asphalt is a mix, a bench or a stone is not."""
    return "mengsel" if group.reclaimed_label is not None else "product"
