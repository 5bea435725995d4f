"""From one delivery to the analysis period: replacement, reuse, and where each part is booked.

Source: the calculation kernel of the Dutch national environmental database for buildings (replacement and
reuse rules); not confirmed for civil works, hence the rule is a setting of the ask. Every step is linear in
the module values, so the same function serves MKI, one indicator, or kg CO2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.modules import END_OF_LIFE, FIRST_USE, atoms
from cirkeldesk.model.tender.ask import ReplacementRule
from cirkeldesk.model.tender.tender import Life

REUSE_FACTOR = 0.2
_REUSED_ATOMS = frozenset({"A1", "A2", "A3", "C3", "C4", "D"})
_WHOLE_TOLERANCE = 1e-9  # 30/7.5 is four lives, whatever the last bit says


@dataclass(frozen=True)
class Period:
    """`f_first` scales B1–B4 of the first delivery, `f_more` counts the further deliveries, `with_d`: D in
    those."""

    f_first: float = 1.0
    f_more: float = 0.0
    with_d: bool = True

    @property
    def is_single(self) -> bool:
        """True when the figure is that of one delivery, unscaled."""
        return self.f_first == 1.0 and self.f_more == 0.0


ONE_DELIVERY = Period()


@dataclass(frozen=True)
class Delivered:
    """Module values over the period. `modules['B4']` holds the replacements; `d` is all of D, also inside
    those."""

    modules: dict[str, float]
    d: float
    b4_from_d: float

    @property
    def total(self) -> float:
        return math.fsum(self.modules.values())


def period_of(
    life: Life | None, analysis_period: float | None, rule: ReplacementRule | None
) -> Period | Message:
    """The period factors, or what is missing to know them.

    f_first = min(1, L/l); f_more = max(0, L/l − 1), or ceil(L/l) − 1 for whole replacements, or 0 without.
    A life "as long as the work" gives one delivery.
    """
    if life == "work":
        return ONE_DELIVERY
    if analysis_period is None or analysis_period <= 0:
        return Message.of("missing_analysis_period")
    if life is None or life <= 0:
        return Message.of("missing_life")
    ratio = analysis_period / life
    f_first = min(1.0, ratio)
    if ratio <= 1:
        return Period(f_first)
    match rule:
        case None:
            return Message.of("missing_replacement_rule")
        case "none":
            return Period(f_first)
        case "whole":
            return Period(f_first, math.ceil(ratio - _WHOLE_TOLERANCE) - 1)
        case "fractional_with_d" | "fractional_without_d":
            return Period(f_first, ratio - 1, rule == "fractional_with_d")


def reuse_fits(name: str) -> bool:
    """Whether the reuse factor treats all atoms of a module name alike; an aggregate of both kinds cannot be
    scaled."""
    part_of = atoms(name)
    return part_of <= _REUSED_ATOMS or not part_of & _REUSED_ATOMS


def first_factor(name: str, period: Period, reuse: bool) -> float:
    """What one module counts in the first delivery: B1–B4 by f_first, reused parts by the reuse factor."""
    factor = period.f_first if atoms(name) & FIRST_USE else 1.0
    return factor * REUSE_FACTOR if reuse and atoms(name) <= _REUSED_ATOMS else factor


def more_factor(name: str, period: Period) -> float:
    """What one module counts in the replacements together: before f_first and before the reuse factor."""
    return period.f_more if name != "D" or period.with_d else 0.0


def factor_of(name: str, period: Period, reuse: bool) -> float:
    """What one module of a delivery counts in the period's sum: first delivery plus replacements."""
    return first_factor(name, period, reuse) + more_factor(name, period)


def over_period(x: Mapping[str, float], period: Period, *, reuse: bool = False) -> Delivered:
    """Module values of one delivery → over the period.

    Oracles (worked out by hand in the tests): L 30, l 12, A 10, B1 2, C1 1, D −2 → 27.5; without D in the
    replacements 30.5; L 30, l 15, A 10, C3 1 reused → 13.2; L 30, l 40, A 10, B1 4 → 13.
    """
    modules = {name: value * first_factor(name, period, reuse) for name, value in x.items()}
    more = math.fsum(value * more_factor(name, period) for name, value in x.items())
    more_of_d = x.get("D", 0.0) * more_factor("D", period)
    if period.f_more:
        modules["B4"] = modules.get("B4", 0.0) + more
    return Delivered(modules, modules.get("D", 0.0) + more_of_d, more_of_d)


def scaling_of_total(period: Period, *, holds_d: bool) -> float | None:
    """By what an undivided total without replacements is multiplied, or None where no one factor fits.

    × L/l is exact when every module is scaled alike: with D in the replacements (or no D in the total), and L
    ≥ l.
    """
    if period.f_first != 1.0:
        return None
    if period.f_more and holds_d and not period.with_d:
        return None
    return 1.0 + period.f_more


def released(x: Mapping[str, float], *, tar_bearing: bool) -> dict[str, float]:
    """What released (vrijkomend) asphalt carries: C1–C4 and D of the old layer, no A; no credit when
    tar-bearing."""
    kept = {name: value for name, value in x.items() if atoms(name) <= END_OF_LIFE or name == "D"}
    if tar_bearing and kept.get("D", 0.0) < 0:
        kept["D"] = 0.0
    return kept
