"""Ranges [low, high], and tons by origin as ranges: what is not known is carried, never filled in.

Source: CHAIN 4 (mass by origin per lot; unknown apart, so that every figure is [known, known + unknown]).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from cirkeldesk.model.product.composition import Composition, Origin

KNOWN_ORIGINS: tuple[Origin, ...] = ("primary_abiotic", "secondary", "reused", "primary_biobased")


@dataclass(frozen=True)
class Range:
    """Lowest and highest value that fits what is known."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def less(self, other: Range) -> Range:
        """The difference of two that are not known together: lowest less highest to highest less lowest."""
        return Range(self.low - other.high, self.high - other.low)

    def times(self, factor: float) -> Range:
        """A negative factor, as of a return, turns the ends about."""
        one, two = self.low * factor, self.high * factor
        return Range(min(one, two), max(one, two))

    def per(self, quantity: float) -> Range:
        """Divided by a quantity above nothing."""
        return Range(self.low / quantity, self.high / quantity)


def total(ranges: Iterable[Range]) -> Range:
    """The sum, the same in whatever order."""
    found = list(ranges)
    return Range(math.fsum(one.low for one in found), math.fsum(one.high for one in found))


@dataclass(frozen=True)
class Masses:
    """Tons by origin. `whole` is all of it; `known` the part of which the origin is known."""

    whole: float = 0.0
    known: float = 0.0
    primary_abiotic: Range = Range()
    secondary: Range = Range()
    reused: Range = Range()
    primary_biobased: Range = Range()

    def of(self, origin: Origin) -> Range:
        found: Range = getattr(self, origin)
        return found

    def weighed(self, tons: float) -> Masses:
        """So many tons of what this says of one. Below nothing, of a return, the ends stay as they are: added
        to what it is taken off, what is left is as unknown as it was."""
        ends = [(self.of(origin).low * tons, self.of(origin).high * tons) for origin in KNOWN_ORIGINS]
        return Masses(self.whole * tons, self.known * tons, *(Range(low, high) for low, high in ends))

    @property
    def in_order(self) -> Masses:
        """With the low end of every range first."""
        found = [self.of(origin) for origin in KNOWN_ORIGINS]
        return Masses(self.whole, self.known, *(Range(min(r.low, r.high), max(r.low, r.high)) for r in found))

    def times(self, factor: float) -> Masses:
        ranges = [self.of(origin).times(factor) for origin in KNOWN_ORIGINS]
        return Masses(self.whole * factor, self.known * factor, *ranges)


def sum_of(masses: Iterable[Masses]) -> Masses:
    found = list(masses)
    ranges = [total(one.of(origin) for one in found) for origin in KNOWN_ORIGINS]
    return Masses(math.fsum(one.whole for one in found), math.fsum(one.known for one in found), *ranges)


def masses_of(mass_t: float, composition: Composition | None) -> Masses:
    """The tons of one post by the composition of its product; without one each origin may be all or
    nothing."""
    shares = {
        origin: composition.share(origin) if composition is not None else None for origin in KNOWN_ORIGINS
    }
    stated = [share for share in shares.values() if share is not None and share.basis == "mix"]
    known = min(1.0, math.fsum(share.low for share in stated))
    ranges = []
    for share in shares.values():
        low, high = (
            (share.low, share.high) if share is not None and share.basis == "mix" else (0.0, 1.0 - known)
        )
        ranges.append(Range(low * mass_t, high * mass_t))
    return Masses(mass_t, known * mass_t, *ranges)
