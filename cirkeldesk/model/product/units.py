"""Units: what an MKI is given per, and which property of a post counts a declared unit."""

from __future__ import annotations

import re
from typing import Literal

Per = Literal["ton", "m2", "m3", "m", "piece", "tkm", "post", "work"]
FixedPer = Literal["ton", "m2", "m3", "m", "piece", "tkm", "post"]

# As declarations print them in Dutch, English and German, without points and signs of power.
_SPELLINGS: dict[tuple[str, float], str] = {
    ("mass_t", 0.001): "kg; kilo; kilogram; kilogramm; kilograms; kgs",
    (
        "mass_t",
        1.0,
    ): "t; ton; tons; tonne; tonnes; tonnen; metric ton; metric tons; metric tonne; metric tonnes; "
    "t (metric); ton (metric)",
    ("area_m2", 1.0): "m2; qm; sqm; vierkante meter; square meter; square metre; quadratmeter",
    ("volume_m3", 1.0): "m3; cbm; kubieke meter; cubic meter; cubic metre; kubikmeter",
    ("length_m", 1.0): "m; m1; lm; lfm; lfdm; strekkende meter; meter; metre; running meter; running metre; "
    "linear meter; linear metre; m'; laufender meter",
    ("pieces", 1.0): "pcs; pc; stuk; stuks; stk; st; stck; stück; stueck; p; piece; pieces; item; items",
    (
        "tonne_km",
        1.0,
    ): "tkm; tonkm; ton km; t*km; t·km; txkm; tonnekm; tonne km; tonne-kilometre; ton-kilometer",
}
# Unit text of declarations → (property of a post that measures it, how many of that property's unit one
# stands for).
_UNITS = {spelling: measured for measured, names in _SPELLINGS.items() for spelling in names.split("; ")}
_RAISED = str.maketrans("¹²³", "123")


def measured_by(unit: str | None) -> tuple[str, float] | None:
    """Which property of a post counts this unit, and the factor; None for a unit we do not know.

    `ton` is the metric tonne of Dutch text; a short ton must be entered in kg.
    """
    if unit is None:
        return None
    text = unit.strip().translate(_RAISED)
    if text == "Mg":  # a megagram; "mg" is a thousandth of a gram
        return ("mass_t", 1.0)
    return _UNITS.get(re.sub(r"[.^]", "", text.lower()))
