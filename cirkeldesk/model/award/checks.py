"""What is known to go wrong with an award method, said before it is locked; and proposals from the reference.

The bounds of "never" and "nearly always" are rules of thumb of our own [practice], here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from cirkeldesk.model.award.inference import reveals_lowest_price
from cirkeldesk.model.award.methods import (
    METHODS,
    Method,
    missing_fields,
    mki_share,
    parts_of,
    swapped_bounds,
    uses_mki,
)
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.messages import Level, Message, Problem
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender.answered import d_is_ambiguous
from cirkeldesk.model.tender.award_rules import AwardRules

FULL_POINTS = Decimal(100)
BEST_DESIGN = Fraction(7, 10)  # a lower bound below 70 % of the reference is seldom reached
LEAST_DISCOUNT, MOST_DISCOUNT = Fraction(1, 100), Fraction(3, 10)  # of the estimate
CEILING_SHARE, DISCOUNT_SHARE = Decimal("1.1"), Decimal("0.10")


def before_lock(comparison: Comparison) -> tuple[Problem, ...]:
    """Findings about the rules, those that keep them from being locked first."""
    rules = comparison.tender.award
    if rules.method is None:
        return (_problem("method_empty", "blocks"),)
    method = METHODS[rules.method]
    found = [*_unfinished(rules, method), *_weak(comparison, method)]
    found += _ceiling(comparison)
    if not missing_fields(rules) and not swapped_bounds(rules):
        found += _bounds(comparison)
        found += _discount(comparison)
    return tuple(sorted(found, key=lambda problem: problem.level != "blocks"))


def _problem(
    key: str, level: Level, field: str | None = None, /, **params: str | float | int | None
) -> Problem:
    return Problem(Message.of(key, **params), level, None, None, field)


def _unfinished(rules: AwardRules, method: Method) -> Iterator[Problem]:
    for name in missing_fields(rules):
        yield _problem("rule_empty", "blocks", name, rule=name)
    for kind in swapped_bounds(rules):
        low, high = (rules.lower, rules.upper) if kind == "mki" else (rules.price_low, rules.price_high)
        yield _problem(f"bounds_swapped_{kind}", "blocks", "lower", bound_low=str(low), bound_high=str(high))
    if method.motivated and not rules.motivation.strip():
        yield _problem("lock_motivation", "blocks", "motivation")
    if method.kind == "notional" and any(
        c.maximum <= 0 for c in rules.criteria if "quality" in parts_of(rules)
    ):
        yield _problem("criterion_without_maximum", "open", "criteria")


def _weak(comparison: Comparison, method: Method) -> Iterator[Problem]:
    tender, rules = comparison.tender, comparison.tender.award
    if not rules.tie_rules:
        yield _problem("no_tie_rule", "open", "tie_rules")
    yield from _by_lowest(rules, method)
    if method.kind == "points" and (total := _weights(rules)) != FULL_POINTS:
        yield _problem("weights_do_not_sum", "open", "price_weight", weights=str(total))
    if uses_mki(rules):
        yield from _unclear_mki(comparison)
    if tender.closes_on is None:
        yield _problem("no_deadline", "open", "closes_on")


def _by_lowest(rules: AwardRules, method: Method) -> Iterator[Problem]:
    """What follows where points hang on the lowest price."""
    if method.reverses:
        yield _problem("relative_method", "open", "method")
    elif method.on_lowest:
        yield _problem("log_method", "note", "method")
    if reveals_lowest_price(rules):
        yield _problem("reveals_lowest_price", "open", "method")


def _weights(rules: AwardRules) -> Decimal:
    """What the points of all parts add up to."""
    weights = [*(c.maximum for c in rules.criteria), rules.price_weight or Decimal(0)]
    weights += [rules.mki_weight or Decimal(0)] if "mki_points" in parts_of(rules) else []
    return sum(weights, Decimal(0))


def _unclear_mki(comparison: Comparison) -> Iterator[Problem]:
    """What a bidder must know to hand in the MKI that is judged, and the ask does not say yet."""
    ask = comparison.tender.ask
    if not ask.rules:
        yield _problem("mki_without_rules", "open", "rules")
    if not ask.reference_date:
        yield _problem("no_reference_date", "open", "reference_date")
    if d_is_ambiguous(ask) and not ask.mki_split:
        yield _problem("d_asked_not_counted", "open", "include_d")
    if ask.includes_replacement not in ("yes", "no"):
        yield _problem("mki_without_replacement", "blocks", "includes_replacement")
    if comparison.replacement_rule is None:
        yield _problem("missing_replacement_rule", "blocks", "replacement_rule")


def _known(comparison: Comparison) -> list[Decimal]:
    """MKI at the published decimals of all that is known beforehand: reference and designs, never bids."""
    decimals = comparison.tender.ask.mki_decimals
    return [
        rounded(result.total.value, decimals)
        for result in comparison.variants
        if not result.is_bid and result.total.value is not None
    ]


def reference_mki(comparison: Comparison) -> Decimal | None:
    result = comparison.reference
    if result is None or result.total.value is None:
        return None
    return rounded(result.total.value, comparison.tender.ask.mki_decimals)


def estimate(comparison: Comparison) -> Decimal | None:
    """The authority's estimate: the price of the reference."""
    return comparison.reference.price if comparison.reference is not None else None


def _ceiling(comparison: Comparison) -> Iterator[Problem]:
    ceiling, known = comparison.tender.award.ceiling, _known(comparison)
    if ceiling is None or not known:
        return
    above = sum(mki > ceiling for mki in known)
    if above == 0 and len(known) > 1:
        yield _problem("ceiling_nobody", "open", "ceiling", count=len(known))
    elif above and above >= len(known) - 1:
        yield _problem("ceiling_nearly_all", "open", "ceiling", above=above, count=len(known))


def _bounds(comparison: Comparison) -> Iterator[Problem]:
    rules, reference, known = comparison.tender.award, reference_mki(comparison), _known(comparison)
    if (
        rules.upper is None
        or rules.lower is None
        or not ({"mki_discount", "mki_points"} & set(parts_of(rules)))
    ):
        return
    if reference is not None and reference > 0 and Fraction(rules.lower) < BEST_DESIGN * Fraction(reference):
        yield _problem("lower_unreachable", "open", "lower", reference=str(reference))
    if known and all(mki_share(rules, mki) == 0 for mki in known):
        yield _problem("upper_too_low", "open", "upper", reference=str(min(known)))
    if known and all(mki_share(rules, mki) == 1 for mki in known):
        yield _problem("lower_too_high", "open", "lower", reference=str(max(known)))


def _discount(comparison: Comparison) -> Iterator[Problem]:
    """A discount that never or always decides, against the estimate."""
    rules, price = comparison.tender.award, estimate(comparison)
    if price is None or price <= 0:
        return
    most = Fraction(0)
    if "mki_discount" in parts_of(rules):
        most = Fraction(rules.maximum or 0)
    elif "mki_w" in parts_of(rules) and (mki := reference_mki(comparison)) is not None:
        most = Fraction(rules.factor or 0) * Fraction(mki) * (1 - BEST_DESIGN)
    if most == 0:
        return
    if most < LEAST_DISCOUNT * Fraction(price):
        yield _problem("discount_never", "open", "maximum", estimate=str(price))
    elif most > MOST_DISCOUNT * Fraction(price):
        yield _problem("discount_always", "open", "maximum", estimate=str(price))


def proposals(comparison: Comparison) -> dict[str, Decimal]:
    """Values for the fields of the rules, from the reference: upper its MKI, lower 70 % of it, ceiling 110 %;
    the largest discount a tenth of the estimate, the factor what that comes to per € MKI; prices within a
    fifth of the estimate.

    Rounded to three digits: a proposal is no measurement. Our own rule of thumb [practice].
    """
    mki, price = reference_mki(comparison), estimate(comparison)
    found: dict[str, Decimal] = {}
    if mki is not None and mki > 0:
        found = {
            "upper": _round_number(mki),
            "lower": _round_number(mki * Decimal(BEST_DESIGN.numerator) / BEST_DESIGN.denominator),
            "ceiling": _round_number(mki * CEILING_SHARE),
        }
    if price is not None and price > 0:
        found |= {"maximum": _round_number(price * DISCOUNT_SHARE)}
        found |= {
            "price_low": _round_number(price * Decimal("0.8")),
            "price_high": _round_number(price * Decimal("1.2")),
        }
    if {"upper", "lower", "maximum"} <= found.keys() and found["upper"] > found["lower"]:
        found["factor"] = rounded(found["maximum"] / (found["upper"] - found["lower"]), 2)
    return found


def _round_number(value: Decimal) -> Decimal:
    """Three significant digits, as a plain number."""
    digits = max(0, value.adjusted() - 2)
    return Decimal(int(rounded(value.scaleb(-digits), 0)) * 10**digits)
