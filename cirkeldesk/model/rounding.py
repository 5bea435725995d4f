"""Rounding half away from zero: the one rule of screen, sheet and award (UX 9, DOMAIN 7)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Half away from zero, from the shortest decimal that is the value (2.675 is 2,68, not the float below
    it)."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    with localcontext() as context:
        context.prec = max(28, exact.adjusted() + decimals + 5)  # any finite figure can be written
        result = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return result if result else abs(result)  # no "−0"


def rounded_fraction(value: Fraction, decimals: int) -> Decimal:
    """The same for an exact quotient, without a float or a limited precision in between."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    result = Decimal(whole).scaleb(-decimals)
    return -result if value < 0 and whole else result
