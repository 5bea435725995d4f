"""What a bidder can work out from its own points, under a method whose points hang on the lowest price.

Own scores must be given, and the formula is published: where the points for price follow from the lowest bid
sum, that sum follows from them. It may be the winner's, or a third bidder's. This cannot be taken away by
leaving a sum out of a letter; it is said when the method can still be changed, and again before letters.
Source: DOMAIN 9.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from cirkeldesk.model.award.methods import METHODS, parts_of
from cirkeldesk.model.tender.award_rules import AwardRules


def reveals_lowest_price(rules: AwardRules) -> bool:
    """Whether own points and the published formula give the lowest bid sum away."""
    if rules.method is None or not METHODS[rules.method].on_lowest:
        return False
    return "price_points" in parts_of(rules) and bool(rules.price_weight)


def lowest_price_from(rules: AwardRules, price: Decimal, points: Decimal) -> tuple[Decimal, Decimal] | None:
    """The lowest bid sum as (at least, at most), from one bid's own sum and points for price.

    As wide as the rounding of the points leaves it. None where it does not follow: no such method, or no
    points at all, which under a linear method says only that the sum is less than half.
    """
    if not reveals_lowest_price(rules):
        return None
    half = Fraction(1, 2) / 10**rules.points_decimals
    weight = Fraction(rules.price_weight or 0)
    found = [
        _lowest(rules, Fraction(price), (Fraction(points) + step) / weight)
        for step in (-half, Fraction(0), half)
    ]
    if found[1] is None:
        return None
    known = [value for value in found if value is not None]
    return _money(min(known)), _money(max(known))


def _lowest(rules: AwardRules, price: Fraction, share: Fraction) -> Fraction | None:
    """The lowest price that gives this share of the points to this price: the formula turned round."""
    match rules.method:
        case "relative":
            return price * min(share, Fraction(1)) if share > 0 else None
        case "relative_linear":
            return price / (2 - min(share, Fraction(1))) if share > 0 else None
        case "logarithmic":
            with localcontext() as context:
                context.prec = 50
                exponent = 1 - Decimal(share.numerator) / Decimal(share.denominator)
                base = rules.log_base or Decimal(2)
                return price / Fraction(base**exponent) if exponent >= 0 else price
    return None


def _money(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
