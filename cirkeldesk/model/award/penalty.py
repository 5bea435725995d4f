"""After the award: what a missed promise costs (DOMAIN 7: usually 1.5 × the advantage that was enjoyed)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cirkeldesk.model.award.methods import CENTS, METHODS, PARTS, BidFigures, parts_of
from cirkeldesk.model.rounding import rounded_fraction
from cirkeldesk.model.tender.award_rules import AwardRules, Proven


@dataclass(frozen=True)
class Penalty:
    """What a missed promise costs: `factor` × the advantage that was enjoyed and not earned, in €; None in
    points."""

    promised: Decimal
    proven: Decimal
    advantage: Decimal | None
    amount: Decimal | None


def penalty(rules: AwardRules, promised: Decimal, proven: Proven | Decimal) -> Penalty:
    """1.5 × (by default) the difference in discount between promise and proof; a better proof costs and earns
    nothing.

    The advantage is rounded to cents first, so that the sum on paper is the sum.
    """
    shown = proven.mki if isinstance(proven, Proven) else proven
    parts = [code for code in parts_of(rules) if PARTS[code].by_mki]
    if METHODS[rules.method or "lowest_price"].kind == "points" or not parts:
        return Penalty(promised, shown, None, None)

    def amount(mki: Decimal) -> Fraction:
        bid = BidFigures(Decimal(0), mki)
        return sum(
            (exact.amount for code in parts for exact in PARTS[code].formula(rules, bid, None)), Fraction(0)
        )

    advantage = rounded_fraction(max(Fraction(0), amount(shown) - amount(promised)), CENTS)
    return Penalty(
        promised,
        shown,
        advantage,
        rounded_fraction(Fraction(advantage) * Fraction(rules.penalty_factor), CENTS),
    )
