"""The fields of a supply and of a demand, as somebody types them, and as the data that keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cirkeldesk.desktop.kit.typed_form import Options, TypedField
from cirkeldesk.model.material.places import MIDDLES
from cirkeldesk.operations.material.materials import material_kinds
from cirkeldesk.wording.material import words

CONDITIONS: Options = (
    ("", "niet beoordeeld"),
    ("A", "A, als nieuw"),
    ("B", "B, bruikbaar met wat verlies"),
    ("C", "C, nog te sorteren"),
)
TESTED: Options = (("", "niet getest"), ("free", "vrij"), ("found", "aangetroffen"))
LEGAL: Options = (("", "niet beoordeeld"), ("product", "product"), ("waste", "afval"))
SETS: Options = (("A2", "A2"), ("A1", "A1"))
# A field → where it stands in the data.
PATHS: Mapping[str, tuple[str, str]] = {
    "length": ("format", "length"),
    "width": ("format", "width"),
    "thickness": ("format", "thickness"),
    "municipality": ("place", "municipality"),
    "place": ("place", "name"),
    "depot_town": ("depot", "municipality"),
    "depot": ("depot", "name"),
    "a1_a3": ("new", "a1_a3"),
    "a4": ("new", "a4"),
    "set_code": ("new", "set_code"),
    "edition": ("new", "edition"),
    "source": ("new", "source"),
}
Fields = tuple[TypedField, ...]


def _towns() -> Options:
    return [("", "niet in deze lijst"), *((name.title(), name.title()) for name in MIDDLES)]


def _what() -> Fields:
    kinds: Options = [(one.code, one.name) for one in material_kinds().values()]
    units: Options = list(words.UNITS.items())
    return (
        TypedField("kind", "Soort", "choice", options=kinds, lacks="Kies een soort.", must_choose=True),
        TypedField("name", "Naam, zoals keiformaat grijs"),
        TypedField("amount", "Hoeveelheid", "number"),
        TypedField("unit", "Eenheid", "choice", options=units, lacks="Kies een eenheid.", must_choose=True),
        TypedField("thickness", "Dikte, mm", "number", may_lack=True),
        TypedField("condition", "Klasse", "choice", options=CONDITIONS, may_lack=True),
        TypedField("municipality", "Gemeente", "choice", options=_towns(), may_lack=True),
        TypedField("place", "Straat of terrein", may_lack=True),
    )


def _sizes() -> Fields:
    return (
        TypedField("length", "Lengte, mm", "number", may_lack=True),
        TypedField("width", "Breedte, mm", "number", may_lack=True),
    )


def supply_fields() -> tuple[Fields, Fields]:
    """What is asked first, and what may be said besides."""
    first = (
        *_what(),
        TypedField("available_from", "Vrij van", "day", may_lack=True),
        TypedField("available_until", "Vrij tot", "day", may_lack=True),
        TypedField("mass_per_unit", "Kg per eenheid", "number", may_lack=True),
        TypedField("contact", "Contact", may_lack=True),
    )
    more = (
        *_sizes(),
        TypedField("breakage", "Breuk, %", "number", may_lack=True),
        TypedField("tar", "Teer", "choice", options=TESTED, may_lack=True),
        TypedField("asbestos", "Asbest", "choice", options=TESTED, may_lack=True),
        TypedField("soil", "Grond", "choice", options=TESTED, may_lack=True),
        TypedField("tested_on", "Getest op", "day", may_lack=True),
        TypedField("legal", "Status", "choice", options=LEGAL, may_lack=True),
        TypedField("owner", "Eigenaar na vrijkomen", may_lack=True),
        TypedField("origin", "Komt uit project", may_lack=True),
        TypedField("depot_town", "Depot, gemeente", "choice", options=_towns(), may_lack=True),
        TypedField("depot", "Depot, naam", may_lack=True),
        TypedField("price", "Prijs per eenheid, € (0 is gratis)", "number", may_lack=True),
        TypedField("smallest", "Kleinste partij", "number", may_lack=True),
        TypedField("life", "Restlevensduur, jaar", "number", may_lack=True),
        TypedField("note", "Opmerking", may_lack=True),
    )
    return first, more


def demand_fields() -> tuple[Fields, Fields]:
    """What is asked first, and what may be said besides."""
    first = (
        *_what(),
        TypedField("needed_from", "Nodig van", "day", may_lack=True),
        TypedField("needed_until", "Nodig tot", "day", may_lack=True),
        TypedField("furthest_km", "Ten hoogste km", "number", may_lack=True),
        TypedField("contact", "Contact", may_lack=True),
    )
    more = (
        *_sizes(),
        TypedField("tolerance", "Maat mag afwijken, mm", "number", may_lack=True),
        TypedField("a1_a3", "MKI van nieuw, A1-A3, € per ton", "number", may_lack=True),
        TypedField("a4", "MKI van vervoer nieuw, A4, € per ton", "number", may_lack=True),
        TypedField("set_code", "Weegset", "choice", options=SETS),
        TypedField("edition", "Uitgave van de set", may_lack=True),
        TypedField("source", "Bron van de MKI", may_lack=True),
        TypedField("note", "Opmerking", may_lack=True),
    )
    return first, more


def as_data(said: Mapping[str, object]) -> dict[str, Any]:
    """What was typed as the data that `material` reads; what is empty is left out."""
    made = _nested({name: value for name, value in said.items() if value not in ("", None)})
    if "a1_a3" not in made.get("new", {}):
        made.pop("new", None)
    return made


def as_change(asked: Sequence[TypedField], said: Mapping[str, object]) -> dict[str, Any]:
    """What was typed over: every field that was asked, None for what is empty now."""
    typed = {field.name: said.get(field.name) for field in asked}
    made = _nested({name: None if value == "" else value for name, value in typed.items()})
    if "new" in made and made["new"].get("a1_a3") is None:
        made["new"] = None
    return made


def as_shown(plain: Mapping[str, Any]) -> dict[str, object]:
    """The data as its fields show it."""
    shown: dict[str, object] = {name: plain.get(name) for name in plain if not isinstance(plain[name], dict)}
    for name, (part, inner) in PATHS.items():
        shown[name] = (plain.get(part) or {}).get(inner)
    if shown.get("breakage") is not None:
        shown["breakage"] = round(float(str(shown["breakage"])) * 100, 6)
    if shown.get("price") is not None:
        shown["price"] = float(str(shown["price"]))
    return {name: value for name, value in shown.items() if value not in (None, "")}


def _nested(flat: Mapping[str, object]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in flat.items():
        if name == "breakage" and isinstance(value, float):
            value = value / 100
        if name == "price" and isinstance(value, float):
            value = f"{value:.2f}"
        if name in PATHS:
            part, inner = PATHS[name]
            made.setdefault(part, {})[inner] = value
        else:
            made[name] = value
    return made
