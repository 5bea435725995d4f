"""Units: what an MKI is given per, and which property of a post counts a declared unit."""

from __future__ import annotations

import re
from typing import Literal

Per = Literal["ton", "m2", "m3", "m", "piece", "tkm", "post", "work"]
FixedPer = Literal["ton", "m2", "m3", "m", "piece", "tkm", "post"]

# Unit text of declarations → (property of a post that measures it, how many of that property's unit one
# stands for).
_UNITS: dict[str, tuple[str, float]] = {
    "kg": ("mass_t", 0.001),
    "t": ("mass_t", 1.0),
    "ton": ("mass_t", 1.0),
    "tonne": ("mass_t", 1.0),
    "m2": ("area_m2", 1.0),
    "qm": ("area_m2", 1.0),
    "m3": ("volume_m3", 1.0),
    "m": ("length_m", 1.0),
    "pcs": ("pieces", 1.0),
    "stuk": ("pieces", 1.0),
    "stuks": ("pieces", 1.0),
    "piece": ("pieces", 1.0),
    "p": ("pieces", 1.0),
    "item": ("pieces", 1.0),
    "tkm": ("tonne_km", 1.0),
    "tonkm": ("tonne_km", 1.0),
    "ton km": ("tonne_km", 1.0),
}


def measured_by(unit: str | None) -> tuple[str, float] | None:
    """Which property of a post counts this unit, and the factor; None for a unit we do not know.

    `ton` is the metric tonne of Dutch text; a short ton must be entered in kg.
    """
    if unit is None:
        return None
    return _UNITS.get(re.sub(r"[.^]", "", unit.strip().lower()).replace("²", "2").replace("³", "3"))
