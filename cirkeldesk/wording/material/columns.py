"""The columns of the table of materials: what each is called, what it holds and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TITLE = "Materialen"


@dataclass(frozen=True)
class MaterialColumn:
    """`key` is the field, with a point where it is part of another; `of` whether supplies, demands or both
    have it."""

    key: str
    head: str
    meaning: str
    holds: Literal["text", "number", "day", "flag", "list"] = "text"
    of: Literal["both", "supply", "demand"] = "both"


COLUMNS: tuple[MaterialColumn, ...] = (
    MaterialColumn("row", "Regel", "aanbod of vraag"),
    MaterialColumn("id", "Kenmerk", "eigen kenmerk van deze regel; leeg laten bij een nieuwe"),
    MaterialColumn("kind", "Soort", "code van het soort materiaal, zoals betonstraatsteen"),
    MaterialColumn("name", "Naam", "hoe mensen het noemen"),
    MaterialColumn("organisation", "Organisatie", "van wie het is, of wie het vraagt"),
    MaterialColumn("amount", "Hoeveelheid", "in de eenheid ernaast", "number"),
    MaterialColumn("unit", "Eenheid", "m2, m, stuks of ton"),
    MaterialColumn("format.length", "Lengte, mm", "maat in mm", "number"),
    MaterialColumn("format.width", "Breedte, mm", "maat in mm", "number"),
    MaterialColumn("format.thickness", "Dikte, mm", "maat in mm", "number"),
    MaterialColumn("tolerance", "Afwijking, mm", "hoeveel de maat mag afwijken", "number", "demand"),
    MaterialColumn("mass_per_unit", "Kg per eenheid", "massa van een eenheid", "number", "supply"),
    MaterialColumn("condition", "Klasse", "A als nieuw, B bruikbaar met wat verlies, C nog te sorteren"),
    MaterialColumn("breakage", "Breuk", "deel dat verloren gaat, 0 tot 1", "number", "supply"),
    MaterialColumn("tar", "Teer", "free of found; leeg: niet getest", "text", "supply"),
    MaterialColumn("asbestos", "Asbest", "free of found; leeg: niet getest", "text", "supply"),
    MaterialColumn("soil", "Grond", "free of found; leeg: niet getest", "text", "supply"),
    MaterialColumn("tested_on", "Getest op", "dag van de test", "day", "supply"),
    MaterialColumn("legal", "Status", "product of waste; leeg: niet beoordeeld", "text", "supply"),
    MaterialColumn("owner", "Eigenaar", "eigenaar na het vrijkomen", "text", "supply"),
    MaterialColumn("origin", "Herkomst", "project waar het vrijkomt", "text", "supply"),
    MaterialColumn("place.municipality", "Gemeente", "waar het vrijkomt of nodig is"),
    MaterialColumn("place.name", "Plaats", "straat of terrein"),
    MaterialColumn("place.x", "X", "RD in meters", "number"),
    MaterialColumn("place.y", "Y", "RD in meters", "number"),
    MaterialColumn("depot.municipality", "Depot gemeente", "waar het ligt opgeslagen", "text", "supply"),
    MaterialColumn("depot.name", "Depot", "naam van het depot", "text", "supply"),
    MaterialColumn("depot.x", "Depot X", "RD in meters", "number", "supply"),
    MaterialColumn("depot.y", "Depot Y", "RD in meters", "number", "supply"),
    MaterialColumn("available_from", "Vrij van", "eerste dag", "day", "supply"),
    MaterialColumn("available_until", "Vrij tot", "laatste dag", "day", "supply"),
    MaterialColumn("needed_from", "Nodig van", "eerste dag", "day", "demand"),
    MaterialColumn("needed_until", "Nodig tot", "laatste dag", "day", "demand"),
    MaterialColumn("furthest_km", "Ten hoogste km", "hoe ver het mag komen", "number", "demand"),
    MaterialColumn("price", "Prijs, €", "leeg: niet genoemd; 0: gratis", "number", "supply"),
    MaterialColumn("smallest", "Kleinste partij", "hoeveel er ten minste weg gaat", "number", "supply"),
    MaterialColumn("life", "Restlevensduur, jaar", "jaren die het nog meegaat", "number", "supply"),
    MaterialColumn("new.a1_a3", "MKI nieuw A1-A3, € per ton", "wat nieuw zou zijn", "number", "demand"),
    MaterialColumn("new.a4", "MKI nieuw A4, € per ton", "leeg: niet bekend", "number", "demand"),
    MaterialColumn("new.set_code", "Weegset", "A1 of A2", "text", "demand"),
    MaterialColumn("new.edition", "Uitgave", "uitgave van de weegset", "text", "demand"),
    MaterialColumn("new.source", "Bron", "waar de MKI van nieuw staat", "text", "demand"),
    MaterialColumn("tender", "Aanbesteding", "waar het voor nodig is", "text", "demand"),
    MaterialColumn("note", "Opmerking", "wat er verder over te zeggen is"),
    MaterialColumn("contact", "Contact", "wie u kunt bellen"),
    MaterialColumn("mutations", "Mutaties", "voorraad: meer of minder", "list", "supply"),
    MaterialColumn("reservations", "Reserveringen", "wie wat vasthoudt", "list", "supply"),
    MaterialColumn("requests", "Verzoeken", "wat aan anderen is gevraagd", "list", "demand"),
    MaterialColumn("withdrawn", "Ingetrokken", "ja of nee", "flag", "supply"),
    MaterialColumn("closed", "Gesloten", "ja of nee", "flag", "demand"),
    MaterialColumn("fictitious", "Verzonnen", "ja of nee", "flag"),
)
