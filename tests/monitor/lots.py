"""Small lots for tests: tons by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cirkeldesk.model.monitor.baseline import Baseline
from cirkeldesk.model.monitor.count import Frame, YearCount, years_of
from cirkeldesk.model.monitor.lot import Lot
from cirkeldesk.model.monitor.monitor import TARGETS
from cirkeldesk.model.monitor.ranges import Masses, Range


def masses(low: float, high: float, whole: float | None = None) -> Masses:
    """Primary abiotic between low and high; the rest is secondary, as far as it is known."""
    mass = high if whole is None else whole
    unknown = high - low
    rest = mass - high
    return Masses(
        mass,
        mass - unknown,
        Range(low, high),
        Range(rest, rest + unknown),
        Range(0.0, unknown),
        Range(0.0, unknown),
    )


def lot(key: str, year: int = 2027, awarded: Masses | None = None, **more: Any) -> Lot:
    more = {
        "organisation": "Provincie (verzonnen)",
        "group": "asfalt",
        "group_name": "Asfalt",
        "price": Decimal(1_000_000),
        **more,
    }
    return Lot(key, key, key, f"Werk {key} (verzonnen)", year, awarded=awarded, **more)


def baseline(low: float, high: float, year: int = 2026, **more: Any) -> Baseline:
    return Baseline("1", year, "estimate", "alle wegen", Range(low, high), **more)


def counted(lots: list[Lot], low: float, high: float, year: int = 2027, **more: Any) -> YearCount:
    """The count of one year against a baseline of 2026."""
    frame = Frame(baseline(low, high), TARGETS, **more)
    return next(one for one in years_of(lots, frame, f"{year}-12-31", "gegund") if one.year == year)
