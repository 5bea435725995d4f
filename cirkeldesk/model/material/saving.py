"""What reuse saves in € MKI, and how far it may come before it saves nothing.

Source: CHAIN 6. An indication for the match: a shorter rest of life, C and D stand only in the tender's own
sum. The factor 0.2 (so 0.8 saved) is a rule of the buildings programme, not confirmed for civil works.
"""

from __future__ import annotations

from dataclasses import dataclass

SAVED_OF_NEW = 0.8  # of A1-A3: a rule for buildings, not confirmed for civil works


@dataclass(frozen=True)
class Saving:
    """€ MKI saved, and the distance (km) at which it would be nothing; `is_least` where A4 of the new is not
    known, so that it may be more. `break_even_km` None where moving costs nothing."""

    mki: float
    break_even_km: float | None
    is_least: bool


@dataclass(frozen=True)
class Haul:
    """What is fetched: `gross_t` tons over `km`, of which the part `breakage` is lost; € MKI per
    ton-kilometre and per ton handled."""

    gross_t: float
    km: float
    per_tkm: float
    handling: float = 0.0
    breakage: float = 0.0


def saving(haul: Haul, a1_a3: float, a4: float | None = None) -> Saving:
    """q_net·(0.8·A1-A3 + A4) − t_gross·(km·€/tkm + handling)."""
    gained = haul.gross_t * (1.0 - haul.breakage) * (SAVED_OF_NEW * a1_a3 + (a4 or 0.0))
    handled = haul.gross_t * haul.handling
    per_km = haul.gross_t * haul.per_tkm
    even = (gained - handled) / per_km if per_km > 0 else None
    return Saving(gained - handled - per_km * haul.km, even, a4 is None)
