"""What the monitor is judged against and what was frozen: targets, spend and its factors, the chosen
baseline, and the figures of each peildatum.

One document per file, as the calendar is. Source: CHAIN 4 (targets are data; a frozen figure stays).
"""

from __future__ import annotations

from dataclasses import dataclass

from cirkeldesk.model.monitor.baseline import SpendFactor, YearSpend

MONITOR_ID = "monitor"
# Less primary abiotic raw material than in the baseline year, in %: the province's own aims.
TARGETS = ((2027, 25.0), (2030, 50.0), (2035, 75.0))


@dataclass(frozen=True)
class SpendMapping:
    """How a commitments file is read: the heads of its columns, and the factors of its categories."""

    name: str
    columns: tuple[tuple[str, str], ...]
    factors: tuple[SpendFactor, ...] = ()


@dataclass(frozen=True)
class Frozen:
    """The figures of a peildatum as they were counted then: canonical JSON with its hash, never made anew."""

    until: str
    organisation: str
    hash: str
    figures: str
    by: str
    at: str


@dataclass(frozen=True)
class Monitor:
    """`targets` are (year, % less); `baseline` the id of the chosen edition, "" for the newest."""

    id: str = MONITOR_ID
    targets: tuple[tuple[int, float], ...] = TARGETS
    baseline: str = ""
    spend: tuple[YearSpend, ...] = ()
    factors: tuple[SpendFactor, ...] = ()
    mappings: tuple[SpendMapping, ...] = ()
    frozen: tuple[Frozen, ...] = ()
