"""What a product is made of: constituents by origin, and shares as ranges.

A share is [known, known + unknown]; what is not stated is never taken to be the rest. Recycled biobased
material counts once, as secondary with a mark. A biobased share stated without constituents keeps its basis
(EN 16640, EN 16785).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Origin = Literal["primary_abiotic", "primary_biobased", "secondary", "reused", "unknown"]
Basis = Literal["mix", "added_binder", "total_binder", "carbon"]
ORIGINS: tuple[Origin, ...] = ("primary_abiotic", "primary_biobased", "secondary", "reused", "unknown")
ROUNDING = 1e-6


@dataclass(frozen=True)
class Constituent:
    """One raw material: mass fraction 0..1 of the mix, or None when only the name is known."""

    name: str
    fraction: float | None
    origin: Origin
    recycled_biobased: bool = False


@dataclass(frozen=True)
class BiobasedStatement:
    """A biobased share as the supplier states it, on the supplier's basis."""

    fraction: float
    basis: Basis
    method: str | None = None


@dataclass(frozen=True)
class Share:
    """Lowest and highest mass fraction that fits what is known; equal when all is known."""

    low: float
    high: float
    basis: Basis = "mix"


@dataclass(frozen=True)
class Composition:
    """Constituents of the first delivery; `reclaimed` is the share of reclaimed asphalt (PR) and of what."""

    constituents: tuple[Constituent, ...] = ()
    biobased: BiobasedStatement | None = None
    reclaimed: float | None = None
    reclaimed_of: Literal["mix", "binder"] | None = None

    @property
    def total(self) -> float:
        return sum(c.fraction for c in self.constituents if c.fraction is not None)

    @property
    def is_valid(self) -> bool:
        """Whether the shares can be parts of one whole."""
        return self.total <= 1 + ROUNDING and not self.no_shares

    @property
    def no_shares(self) -> tuple[str, ...]:
        """Names of what stands with a share that is none: below zero, or more than all."""
        return tuple(
            c.name
            for c in self.constituents
            if c.fraction is not None and not 0 <= c.fraction <= 1 + ROUNDING
        )

    def share(self, origin: Origin) -> Share | None:
        """The share of one origin, or None when no constituent has a fraction (or they exceed the whole)."""
        if (
            origin == "primary_biobased"
            and not self.constituents
            and self.biobased
            and self.biobased.basis == "mix"
        ):
            return Share(self.biobased.fraction, self.biobased.fraction)
        if not any(c.fraction is not None for c in self.constituents) or not self.is_valid:
            return None
        known = sum(c.fraction for c in self.constituents if c.origin == origin and c.fraction is not None)
        stated = sum(
            c.fraction for c in self.constituents if c.origin != "unknown" and c.fraction is not None
        )
        # Whole figures stay whole: 0.92 + 0.08 is 1, not 0.9999999999999999 with a little unknown.
        unknown = max(0.0, 1.0 - stated)
        low = min(1.0, known)
        return Share(low, min(1.0, low + (unknown if unknown > ROUNDING else 0.0)))
