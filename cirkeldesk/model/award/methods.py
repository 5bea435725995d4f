"""The methods as a table (`METHODS`) over a table of parts (`PARTS`), and a bid's sum by them.

Quotients are exact fractions; each part is rounded once, half away from zero, to cents (or the tender's
decimals for points) and the parts are added as rounded, so that they sum to the cent. Adding a method is one
row. Source: DOMAIN 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from cirkeldesk.model.messages import Message
from cirkeldesk.model.rounding import rounded, rounded_fraction
from cirkeldesk.model.tender.award_rules import AwardRules, MethodCode, PartCode, YearCost

Kind = Literal["notional", "points"]
CENTS = 2


class NotComputable(Exception):
    """A part of the sum is not known; `message` says which."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key)
        self.message = message


@dataclass(frozen=True)
class BidFigures:
    """What the formula takes from a bid: € excl. VAT, € MKI at the published decimals, scores as a share of
    the maximum."""

    price: Decimal | None
    mki: Decimal | None = None
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    costs: tuple[YearCost, ...] | None = None
    level: int | None = None
    no_mki: Message | None = None  # why the MKI is not known


@dataclass(frozen=True)
class Part:
    """One part of a bid's sum. `amount` is what is added: € on the notional price (a discount is negative),
    or points.

    `share` is the score as a share of `maximum`, where the part has one.
    """

    code: PartCode
    amount: Decimal
    share: Fraction | None = None
    maximum: Decimal | None = None
    criterion: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A bid's parts and their sum: the notional price in € or the points."""

    parts: tuple[Part, ...]
    total: Decimal


@dataclass(frozen=True)
class _Exact:
    """A part before rounding."""

    amount: Fraction
    share: Fraction | None = None
    maximum: Decimal | None = None
    criterion: str | None = None


Formula = Callable[[AwardRules, BidFigures, Decimal | None], list[_Exact]]


# --- the parts
# -----------------------------------------------------------------------------------------------------


def _price_of(bid: BidFigures) -> Fraction:
    if bid.price is None:
        raise NotComputable(Message("price_empty"))
    if bid.price <= 0:
        raise NotComputable(Message("price_not_positive"))
    return Fraction(bid.price)


def _mki_of(bid: BidFigures) -> Fraction:
    if bid.mki is None:
        raise NotComputable(bid.no_mki or Message("mki_unknown"))
    return Fraction(bid.mki)


def _clamped(share: Fraction) -> Fraction:
    return max(Fraction(0), min(Fraction(1), share))


def _costs(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> list[_Exact]:
    """Σ C_t / (1 + r)^t over the years of the horizon."""
    if bid.costs is None:
        raise NotComputable(Message("costs_empty"))
    return [_Exact(discounted(bid.costs, rules.rate or Decimal(0), rules.horizon or 0))]


@lru_cache(maxsize=256)  # turning points ask it again for every price they try
def discounted(costs: tuple[YearCost, ...], rate: Decimal, horizon: int) -> Fraction:
    factor = 1 + Fraction(rate) / 100
    within = [cost for cost in costs if cost.year <= horizon]
    return sum((Fraction(cost.amount) / factor**cost.year for cost in within), Fraction(0))


def _quality(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> list[_Exact]:
    """Score × maximum per criterion: off the notional price, or points. A share below zero is a malus."""
    sign = -1 if METHODS[rules.method or "lowest_price"].kind == "notional" else 1
    found = []
    for criterion in rules.criteria:
        share = bid.shares.get(criterion.id)
        if share is None:
            raise NotComputable(Message.of("score_empty", criterion=criterion.name))
        found.append(
            _Exact(sign * share * Fraction(criterion.maximum), share, criterion.maximum, criterion.id)
        )
    return found


def mki_share(rules: AwardRules, mki: Decimal) -> Fraction:
    """clamp((upper − MKI) / (upper − lower), 0, 1): 1 at the lower bound, 0 at the upper."""
    lower, upper = Fraction(rules.lower or 0), Fraction(rules.upper or 0)
    return _clamped((upper - Fraction(mki)) / (upper - lower))


def _mki_discount(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> list[_Exact]:
    _mki_of(bid)
    share = mki_share(rules, bid.mki or Decimal(0))
    return [_Exact(-share * Fraction(rules.maximum or 0), share, rules.maximum)]


def _mki_w(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> list[_Exact]:
    """factor × MKI; a negative MKI counts as zero or as it is, as published."""
    mki = _mki_of(bid)
    if mki < 0 and rules.negative_mki is None:
        raise NotComputable(Message("negative_mki_rule"))
    counted = max(Fraction(0), mki) if rules.negative_mki == "clamp" else mki
    return [_Exact(Fraction(rules.factor or 0) * counted)]


def ladder_percent(rules: AwardRules, level: int) -> Decimal:
    """The discount of the highest step a bid reaches, in %; below the first step none."""
    reached = [step for step in rules.ladder if step.level <= level]
    return max(reached, key=lambda step: step.level).percent if reached else Decimal(0)


def _ladder(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> list[_Exact]:
    if bid.level is None:
        raise NotComputable(Message("ladder_empty"))
    percent = ladder_percent(rules, bid.level)
    return [_Exact(-_price_of(bid) * Fraction(percent) / 100)]


def _mki_points(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> list[_Exact]:
    _mki_of(bid)
    share = mki_share(rules, bid.mki or Decimal(0))
    return [_Exact(share * Fraction(rules.mki_weight or 0), share, rules.mki_weight)]


def _price_points(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> list[_Exact]:
    price = _price_of(bid)
    share = METHODS[rules.method or "weighted"].price_share(
        rules, price, Fraction(best) if best is not None else price
    )
    return [_Exact(share * Fraction(rules.price_weight or 0), share, rules.price_weight)]


def _absolute(rules: AwardRules, price: Fraction, best: Fraction) -> Fraction:
    """(Pmax − P) / (Pmax − Pmin); beyond the bounds it stays at 1 or 0."""
    low, high = Fraction(rules.price_low or 0), Fraction(rules.price_high or 0)
    return _clamped((high - price) / (high - low))


def _relative(rules: AwardRules, price: Fraction, best: Fraction) -> Fraction:
    """Pbest / P."""
    return best / price


def _relative_linear(rules: AwardRules, price: Fraction, best: Fraction) -> Fraction:
    """max(0, 2 − P / Pbest)."""
    return max(Fraction(0), 2 - price / best)


def _logarithmic(rules: AwardRules, price: Fraction, best: Fraction) -> Fraction:
    """1 − log(P / Pbest) / log A, to 50 digits; may be negative."""
    quotient = price / best
    with localcontext() as context:
        context.prec = 50
        logarithm = (Decimal(quotient.numerator) / Decimal(quotient.denominator)).ln()
        return 1 - Fraction(logarithm / (rules.log_base or Decimal(2)).ln())


def _no_price_share(rules: AwardRules, price: Fraction, best: Fraction) -> Fraction:
    raise NotComputable(Message("method_empty"))


@dataclass(frozen=True)
class PartRule:
    """A row of the table of parts. `needs` are the fields of the rules without which it cannot be
    computed."""

    kind: frozenset[Kind]
    formula: Formula
    needs: tuple[str, ...]
    by_mki: bool = False


_NOTIONAL: frozenset[Kind] = frozenset({"notional"})
_POINTS: frozenset[Kind] = frozenset({"points"})
# In the fixed order of combination.
PARTS: Mapping[PartCode, PartRule] = {
    "costs": PartRule(_NOTIONAL, _costs, ("rate", "horizon")),
    "quality": PartRule(_NOTIONAL | _POINTS, _quality, ("criteria",)),
    "mki_discount": PartRule(_NOTIONAL, _mki_discount, ("upper", "lower", "maximum"), by_mki=True),
    "mki_w": PartRule(_NOTIONAL, _mki_w, ("factor", "negative_mki"), by_mki=True),
    "ladder": PartRule(_NOTIONAL, _ladder, ("ladder",)),
    "mki_points": PartRule(_POINTS, _mki_points, ("upper", "lower", "mki_weight"), by_mki=True),
    "price_points": PartRule(_POINTS, _price_points, ("price_weight",)),
}


@dataclass(frozen=True)
class Method:
    """A row of the table of methods: what it adds to the price (lowest wins) or which points it adds up
    (highest wins).

    `on_lowest`: a bid's points hang on the lowest price, and so tell it. `reverses`: a losing bid that drops
    out may turn the order of the others; under the log formula it cannot, as all move alike. `motivated`: the
    Act asks to say why (price or cost alone).
    """

    kind: Kind
    parts: tuple[PartCode, ...]
    needs: tuple[str, ...] = ()
    on_lowest: bool = False
    reverses: bool = False
    motivated: bool = False
    price_share: Callable[[AwardRules, Fraction, Fraction], Fraction] = _no_price_share


METHODS: Mapping[MethodCode, Method] = {
    "lowest_price": Method("notional", (), motivated=True),
    "lowest_cost": Method("notional", ("costs",), motivated=True),
    "value": Method("notional", ("quality",)),
    "mki_discount": Method("notional", ("mki_discount",)),
    "mki_w": Method("notional", ("mki_w",)),
    "ladder": Method("notional", ("ladder",)),
    "weighted": Method(
        "points", ("quality", "price_points"), ("price_low", "price_high", "outside"), price_share=_absolute
    ),
    "relative": Method(
        "points", ("quality", "price_points"), on_lowest=True, reverses=True, price_share=_relative
    ),
    "relative_linear": Method(
        "points", ("quality", "price_points"), on_lowest=True, reverses=True, price_share=_relative_linear
    ),
    "logarithmic": Method(
        "points", ("quality", "price_points"), ("log_base",), on_lowest=True, price_share=_logarithmic
    ),
}


def parts_of(rules: AwardRules) -> tuple[PartCode, ...]:
    """The parts of the method and those that join it, in the fixed order; what does not fit the kind of
    method is left out."""
    if rules.method is None:
        return ()
    method = METHODS[rules.method]
    wanted = {*method.parts, *rules.also}
    return tuple(code for code, part in PARTS.items() if code in wanted and method.kind in part.kind)


def needs_of(rules: AwardRules) -> tuple[str, ...]:
    """Fields of the rules that this method and its parts cannot do without."""
    if rules.method is None:
        return ()
    named = [*METHODS[rules.method].needs, *(name for code in parts_of(rules) for name in PARTS[code].needs)]
    return tuple(dict.fromkeys(named))


def missing_fields(rules: AwardRules) -> tuple[str, ...]:
    return tuple(name for name in needs_of(rules) if getattr(rules, name) in (None, ()))


def uses_mki(rules: AwardRules) -> bool:
    return rules.ceiling is not None or any(PARTS[code].by_mki for code in parts_of(rules))


def is_sound(rules: AwardRules) -> bool:
    """Whether the formula can be computed at all: everything filled in, bounds the right way round."""
    return rules.method is not None and not missing_fields(rules) and not swapped_bounds(rules)


def swapped_bounds(rules: AwardRules) -> tuple[str, ...]:
    """The kinds of bounds that stand the wrong way round (or on each other)."""
    needed = needs_of(rules)
    found = []
    if (
        "upper" in needed
        and rules.lower is not None
        and rules.upper is not None
        and rules.lower >= rules.upper
    ):
        found.append("mki")
    low, high = rules.price_low, rules.price_high
    if "price_high" in needed and low is not None and high is not None and low >= high:
        found.append("price")
    return tuple(found)


def outcome(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> Outcome:
    """A bid's parts and sum. `best` is the lowest price, for methods that look at it. Raises
    NotComputable."""
    method = METHODS[rules.method or "lowest_price"]
    decimals = CENTS if method.kind == "notional" else rules.points_decimals
    total = rounded(Decimal(0), decimals)
    if method.kind == "notional":
        _price_of(bid)
        total += rounded(bid.price or Decimal(0), CENTS)
    parts = []
    for code in parts_of(rules):
        for exact in PARTS[code].formula(rules, bid, best):
            amount = rounded_fraction(exact.amount, decimals)
            parts.append(Part(code, amount, exact.share, exact.maximum, exact.criterion))
            total += amount
    return Outcome(tuple(parts), total)
