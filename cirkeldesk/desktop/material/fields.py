"""The fields of a supply and of a demand, as somebody types them, and as the data that keeps them."""

from __future__ import annotations

from collections.abc import Mapping

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


def _common() -> tuple[TypedField, ...]:
    kinds: Options = [(one.code, one.name) for one in material_kinds().values()]
    units: Options = list(words.UNITS.items())
    towns: Options = [("", "niet in deze lijst"), *((name.title(), name.title()) for name in MIDDLES)]
    return (
        TypedField("kind", "Soort", "choice", options=kinds, lacks="Kies een soort.", must_choose=True),
        TypedField("name", "Naam, zoals keiformaat grijs"),
        TypedField("amount", "Hoeveelheid", "number"),
        TypedField("unit", "Eenheid", "choice", options=units, lacks="Kies een eenheid.", must_choose=True),
        TypedField("length", "Lengte, mm", "number", may_lack=True),
        TypedField("width", "Breedte, mm", "number", may_lack=True),
        TypedField("thickness", "Dikte, mm", "number", may_lack=True),
        TypedField("condition", "Klasse", "choice", options=CONDITIONS, may_lack=True),
        TypedField("municipality", "Gemeente", "choice", options=towns, may_lack=True),
        TypedField("place", "Straat of terrein", may_lack=True),
    )


def supply_fields() -> tuple[TypedField, ...]:
    return (
        *_common(),
        TypedField("mass_per_unit", "Kg per eenheid", "number", may_lack=True),
        TypedField("available_from", "Vrij van", "day", may_lack=True),
        TypedField("available_until", "Vrij tot", "day", may_lack=True),
        TypedField("tar", "Teer", "choice", options=TESTED, may_lack=True),
        TypedField("contact", "Contact", may_lack=True),
    )


def demand_fields() -> tuple[TypedField, ...]:
    return (
        *_common(),
        TypedField("tolerance", "Maat mag afwijken, mm", "number", may_lack=True),
        TypedField("needed_from", "Nodig van", "day"),
        TypedField("needed_until", "Nodig tot", "day", may_lack=True),
        TypedField("furthest_km", "Ten hoogste km", "number", may_lack=True),
        TypedField("a1_a3", "MKI van nieuw, A1-A3, € per ton", "number", may_lack=True),
        TypedField("set_code", "Weegset", "choice", options=(("A2", "A2"), ("A1", "A1"))),
        TypedField("edition", "Uitgave van de set", may_lack=True),
        TypedField("contact", "Contact", may_lack=True),
    )


def as_data(said: Mapping[str, object]) -> dict[str, object]:
    """What was typed as the data that `material` reads."""
    plain = {name: value for name, value in said.items() if value not in ("", None)}
    sizes = {name: plain.pop(name) for name in ("length", "width", "thickness") if name in plain}
    if sizes:
        plain["format"] = sizes
    place = {}
    for name, field in (("municipality", "municipality"), ("place", "name")):
        if name in plain:
            place[field] = plain.pop(name)
    if place:
        plain["place"] = place
    new = {name: plain.pop(name) for name in ("a1_a3", "set_code", "edition") if name in plain}
    if "a1_a3" in new:
        plain["new"] = new
    return plain
