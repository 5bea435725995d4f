"""award(comparison) → Award: who wins by the published method, computed so that each figure can be followed by hand.

The methods are a table (`METHODS`) of parts (`PARTS`); code walks both. Quotients are exact fractions; each part is rounded
once, half away from zero, to cents (or the tender's decimals for points) and the parts are added as rounded, so that they
sum to the cent. The MKI enters rounded to the published decimals before ceiling, bounds and ties. Source: DOMAIN 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from cirkeldesk.model.award_rules import AwardRules, Criterion, Judgement, MethodCode, PartCode, Place, Proven, TieRule, YearCost
from cirkeldesk.model.comparison import Comparison, VariantResult, is_rankable
from cirkeldesk.model.messages import Message
from cirkeldesk.model.rounding import rounded, rounded_fraction
from cirkeldesk.model.tender import Tender
from cirkeldesk.model.weighting import WeightingSet

Kind = Literal["notional", "points"]
Validity = Literal["open", "valid", "invalid"]
CENTS = 2
LOW_PRICE = Fraction(4, 5)  # a price at or below 80 % of the next one is said to be unusually low [practice]
NEAR_CEILING = Fraction(1, 100)
FARTHEST = 10**15
# What keeps a bid from being computed and is the authority's own work.
OURS = frozenset({"score_empty", "negative_mki_rule", "own_sum_unconfirmed", "own_sum_missing"})


class NotComputable(Exception):
    """A part of the sum is not known; `message` says which."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key)
        self.message = message


@dataclass(frozen=True)
class BidFigures:
    """What the formula takes from a bid: € excl. VAT, € MKI at the published decimals, scores as a share of the maximum."""

    price: Decimal | None
    mki: Decimal | None = None
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    costs: tuple[YearCost, ...] | None = None
    level: int | None = None
    no_mki: Message | None = None  # why the MKI is not known


@dataclass(frozen=True)
class Part:
    """One part of a bid's sum. `amount` is what is added: € on the notional price (a discount is negative), or points.

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


# --- the parts -----------------------------------------------------------------------------------------------------


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
        found.append(_Exact(sign * share * Fraction(criterion.maximum), share, criterion.maximum, criterion.id))
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
    share = METHODS[rules.method or "weighted"].price_share(rules, price, Fraction(best) if best is not None else price)
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
    """A row of the table of parts. `needs` are the fields of the rules without which it cannot be computed."""

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
    """A row of the table of methods: what it adds to the price (lowest wins) or which points it adds up (highest wins).

    `relative`: a bid's points hang on the lowest price, so a losing bid that drops out may reverse the others.
    `motivated`: the Act asks to say why (price or cost alone).
    """

    kind: Kind
    parts: tuple[PartCode, ...]
    needs: tuple[str, ...] = ()
    relative: bool = False
    motivated: bool = False
    price_share: Callable[[AwardRules, Fraction, Fraction], Fraction] = _no_price_share


METHODS: Mapping[MethodCode, Method] = {
    "lowest_price": Method("notional", (), motivated=True),
    "lowest_cost": Method("notional", ("costs",), motivated=True),
    "value": Method("notional", ("quality",)),
    "mki_discount": Method("notional", ("mki_discount",)),
    "mki_w": Method("notional", ("mki_w",)),
    "ladder": Method("notional", ("ladder",)),
    "weighted": Method("points", ("quality", "price_points"), ("price_low", "price_high", "outside"), price_share=_absolute),
    "relative": Method("points", ("quality", "price_points"), relative=True, price_share=_relative),
    "relative_linear": Method("points", ("quality", "price_points"), relative=True, price_share=_relative_linear),
    "logarithmic": Method("points", ("quality", "price_points"), ("log_base",), relative=True, price_share=_logarithmic),
}


def parts_of(rules: AwardRules) -> tuple[PartCode, ...]:
    """The parts of the method and those that join it, in the fixed order; what does not fit the kind of method is left out."""
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
    if "upper" in needed and rules.lower is not None and rules.upper is not None and rules.lower >= rules.upper:
        found.append("mki")
    low, high = rules.price_low, rules.price_high
    if "price_high" in needed and low is not None and high is not None and low >= high:
        found.append("price")
    return tuple(found)


def outcome(rules: AwardRules, bid: BidFigures, best: Decimal | None) -> Outcome:
    """A bid's parts and sum. `best` is the lowest price, for methods that look at it. Raises NotComputable."""
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


# --- what a bid brings ---------------------------------------------------------------------------------------------


def share_of(criterion: Criterion, label: str | None, percent: Decimal | None) -> Fraction | None:
    """What a score earns of the maximum: by its step, else by its percentage."""
    if criterion.steps:
        return next((Fraction(step.percent) / 100 for step in criterion.steps if step.label == label), None)
    return Fraction(percent) / 100 if percent is not None else None


def quality_shares(tender: Tender, variant_id: str) -> dict[str, Fraction]:
    """Per criterion the share a bid earned; a criterion that is not fully scored is not in it."""
    found = {}
    for criterion in tender.award.criteria:
        given = {
            score.assessor: share_of(criterion, score.label, score.percent)
            for score in tender.scores
            if (score.variant_id, score.criterion_id) == (variant_id, criterion.id)
        }
        needed = len(criterion.assessors) if criterion.combine == "mean" and criterion.assessors else 1
        shares = [share for share in given.values() if share is not None]
        if shares and len(shares) >= needed and len(shares) == len(given):
            found[criterion.id] = sum(shares, Fraction(0)) / len(shares)
    return found


def own_sum_allowed(rules: AwardRules, weights: WeightingSet, digest: str | None) -> bool:
    """Whether an award may stand on the authority's own sum (DOMAIN 5): prescribed, and every weight confirmed by a person.

    Confirmed in the set itself, or for this tender by a named person with the source that was read.
    """
    own = rules.own_sum
    if own is None or not own.document.strip():
        return False
    if all(weight.verification == "confirmed" and weight.confirmed_by and weight.source for weight in weights.weights):
        return True
    return bool(own.person.strip() and own.source.strip() and own.weighting_set == digest)


def award_mki(comparison: Comparison, result: VariantResult) -> tuple[Decimal | None, Message | None]:
    """The MKI that counts, at the published decimals, or why there is none.

    The offered one; our own sum only when the documents prescribe it and the weights were confirmed.
    """
    tender = comparison.tender
    if result.total.value is None:
        return None, Message("mki_unknown")
    if not is_rankable(result):
        return None, Message("mki_not_comparable")
    value: float | None = result.total.value
    if tender.award.own_sum is not None:
        if not own_sum_allowed(tender.award, comparison.weighting_set, tender.ask.weighting_set):
            return None, Message("own_sum_unconfirmed")
        value = result.check.value if result.source == "offered" else value
        if value is None:
            return None, Message("own_sum_missing")
    elif result.source != "offered":
        return None, Message("own_sum_not_prescribed")
    return published(value or 0.0, tender.ask.mki_decimals), None


def published(value: float, decimals: int) -> Decimal:
    """An MKI at the published decimals, half away from zero.

    First to twelve digits: 1,15 € per ton × 50 ton is 57,5 and not the float just below it.
    """
    return rounded(Decimal(f"{value:.12g}"), decimals)


def bid_figures(comparison: Comparison, variant_id: str) -> BidFigures:
    result, variant = comparison.variant(variant_id), comparison.tender.variant(variant_id)
    mki, why = award_mki(comparison, result)
    shares = quality_shares(comparison.tender, variant_id)
    return BidFigures(result.price, mki, shares, variant.costs, variant.ladder_level, why)


# --- the award -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BidResult:
    """A bid in the award. `proposals` are reasons to judge it invalid; `flags` need a person's eye. `missing` says why there
    is no outcome. `tied` when the published rules leave it level with another.
    """

    id: str
    name: str
    validity: Validity
    judgement: Judgement | None
    proposals: tuple[Message, ...]
    flags: tuple[Message, ...]
    figures: BidFigures
    outcome: Outcome | None
    missing: Message | None
    rank: int | None = None
    tied: bool = False

    @property
    def counts(self) -> bool:
        """Whether it takes part in the ranking: not judged invalid, and computable."""
        return self.validity != "invalid" and self.outcome is not None


@dataclass(frozen=True)
class DropOut:
    """The ranking when one bid would not be there."""

    without: str
    ranking: tuple[Place, ...]


@dataclass(frozen=True)
class BreakEven:
    """For a bid above another: its price, and its MKI, at which both stand level. None where no such value exists."""

    pair: tuple[str, str]
    price: Decimal | None
    mki: Decimal | None


@dataclass(frozen=True)
class Award:
    """The outcome of the published method. `bids` in the order of the ranking, then of the screen."""

    tender: Tender
    bids: tuple[BidResult, ...]
    winner: str | None
    provisional: bool
    warnings: tuple[Message, ...]
    drop_out: tuple[DropOut, ...]

    @property
    def rules(self) -> AwardRules:
        return self.tender.award

    @property
    def method(self) -> Method:
        return METHODS[self.rules.method or "lowest_price"]

    def bid(self, variant_id: str) -> BidResult:
        return next(bid for bid in self.bids if bid.id == variant_id)


def places(bids: Iterable[BidResult]) -> tuple[Place, ...]:
    return tuple(Place(bid.id, bid.rank) for bid in bids)


def award(comparison: Comparison) -> Award | None:
    """The award as it stands now; None while no method is chosen, it lacks a value, or prices are sealed."""
    tender = comparison.tender
    if not is_sound(tender.award) or tender.prices_sealed:
        return None
    figures = {variant.id: bid_figures(comparison, variant.id) for variant in tender.bids}
    judged = {judgement.variant_id: judgement for judgement in tender.judgements}
    valid = [variant.id for variant in tender.bids if not _is_invalid(judged.get(variant.id))]
    best = best_price(figures[identity] for identity in valid)
    bids = [_bid(comparison, figures, judged.get(v.id), v.id, best) for v in tender.bids]
    ranked = _ranked(tender, bids)
    winner = _winner(tender, ranked)
    drop_out = tuple(_without(tender, ranked, bid.id) for bid in ranked if bid.counts)
    return Award(tender, ranked, winner, winner is None, _warnings(comparison, ranked, drop_out), drop_out)


def _is_invalid(judgement: Judgement | None) -> bool:
    return judgement is not None and judgement.verdict == "invalid"


def best_price(figures: Iterable[BidFigures]) -> Decimal | None:
    """The lowest price; an empty one is never the lowest."""
    prices = [bid.price for bid in figures if bid.price is not None and bid.price > 0]
    return min(prices) if prices else None


def _bid(
    comparison: Comparison, figures: Mapping[str, BidFigures], judgement: Judgement | None, identity: str, best: Decimal | None
) -> BidResult:
    rules, bid = comparison.tender.award, figures[identity]
    validity: Validity = judgement.verdict if judgement is not None else "open"
    found: Outcome | None = None
    missing: Message | None = None
    try:
        found = outcome(rules, bid, best)
    except NotComputable as problem:
        missing = problem.message
    proposals = _proposals(comparison, bid, identity, missing)
    others = [f.price for i, f in figures.items() if i != identity and f.price is not None]
    name = comparison.tender.variant(identity).name
    return BidResult(identity, name, validity, judgement, proposals, _flags(rules, bid, others), bid, found, missing)


def _proposals(comparison: Comparison, bid: BidFigures, identity: str, missing: Message | None) -> tuple[Message, ...]:
    """Reasons to judge a bid invalid. They only propose: validity is a person's decision.

    What is ours to do (a score, a confirmation) is no fault of the bidder and proposes nothing.
    """
    rules, decimals = comparison.tender.award, comparison.tender.ask.mki_decimals
    found = [missing] if missing is not None and missing.key not in OURS else []
    if comparison.variant(identity).comparable == "no":
        found.append(Message("mki_not_comparable"))
    if rules.ceiling is not None and bid.mki is None and (bid.no_mki is None or bid.no_mki.key not in OURS):
        found.append(bid.no_mki or Message("mki_unknown"))
    if rules.ceiling is not None and bid.mki is not None and bid.mki > rules.ceiling:
        found.append(Message.of("above_ceiling", mki=str(bid.mki), ceiling=str(rules.ceiling), decimals=decimals))
    if "outside" in needs_of(rules) and rules.outside == "knock_out" and bid.price is not None:
        low, high = rules.price_low or Decimal(0), rules.price_high or Decimal(0)
        if not low <= bid.price <= high:
            found.append(Message.of("price_outside", bound_low=str(low), bound_high=str(high)))
    return tuple(dict.fromkeys(found))


def _flags(rules: AwardRules, bid: BidFigures, others: list[Decimal]) -> tuple[Message, ...]:
    """What needs a person's eye: an unusually low price (the bidder is heard, never dropped), an MKI just at the ceiling."""
    found = []
    if bid.price is not None and others and bid.price <= LOW_PRICE * Fraction(min(others)):
        found.append(Message.of("unusually_low", next=str(min(others))))
    if rules.ceiling and bid.mki is not None:
        ceiling = Fraction(rules.ceiling)
        if abs(Fraction(bid.mki) - ceiling) <= NEAR_CEILING * abs(ceiling):
            found.append(Message.of("near_ceiling", ceiling=str(rules.ceiling)))
    if "costs" in parts_of(rules) and any(cost.year > (rules.horizon or 0) for cost in bid.costs or ()):
        found.append(Message.of("costs_beyond", horizon=rules.horizon))
    return tuple(found)


def _ahead(method: Method, one: Decimal, other: Decimal) -> bool:
    """Whether `one` beats `other`: the lower notional price, or more points."""
    return one < other if method.kind == "notional" else one > other


def _ranked(tender: Tender, bids: list[BidResult]) -> tuple[BidResult, ...]:
    """Places 1, 1, 3; equal totals by the published tie rules, and level when those leave them so."""
    method = METHODS[tender.award.method or "lowest_price"]
    keys = _order_keys(tender, method, [bid for bid in bids if bid.counts])
    placed = []
    for bid in bids:
        if bid.id not in keys:
            placed.append(bid)
            continue
        rank = 1 + sum(key < keys[bid.id] for key in keys.values())
        tied = sum(key == keys[bid.id] for key in keys.values()) > 1
        placed.append(replace(bid, rank=rank, tied=tied))
    return tuple(sorted(placed, key=lambda bid: (bid.rank is None, bid.rank or 0)))


def _order_keys(tender: Tender, method: Method, counting: list[BidResult]) -> dict[str, tuple[Fraction, ...]]:
    """What bids are ordered by, low first: the total, then, among those still level, what each tie rule looks at."""
    sign = 1 if method.kind == "notional" else -1
    keys = {bid.id: (sign * Fraction(_total(bid)),) for bid in counting}
    found: dict[str, tuple[Fraction, ...]] = dict(keys)
    for rule in tender.award.tie_rules:
        level = {bid.id: [other for other in counting if found[other.id] == found[bid.id]] for bid in counting}
        found = {bid.id: (*found[bid.id], _tie_key(rule, tender, bid, level[bid.id])) for bid in counting}
    return found


def _total(bid: BidResult) -> Decimal:
    assert bid.outcome is not None
    return bid.outcome.total


def _tie_key(rule: TieRule, tender: Tender, bid: BidResult, level: list[BidResult]) -> Fraction:
    """Low is ahead. A rule that cannot look at each of the level bids decides nothing."""
    if rule == "lot":
        return _drawn(tender, bid, level)
    looks: dict[TieRule, Callable[[BidResult], Decimal | None]] = {
        "lowest_price": lambda one: one.figures.price,
        "lowest_mki": lambda one: one.figures.mki,
        "highest_quality": lambda one: -_quality_total(one),
    }
    values = {other.id: looks[rule](other) for other in level}
    own = values[bid.id]
    return Fraction(own) if own is not None and all(value is not None for value in values.values()) else Fraction(0)


def _quality_total(bid: BidResult) -> Decimal:
    """The quality part in € or points, more is better."""
    parts = [part for part in (bid.outcome.parts if bid.outcome else ()) if part.code == "quality"]
    return sum((abs(part.amount) if (part.share or 0) >= 0 else -abs(part.amount) for part in parts), Decimal(0))


def _drawn(tender: Tender, bid: BidResult, level: list[BidResult]) -> Fraction:
    """The place in the newest lottery that was held among (at least) these bids."""
    wanted = {other.id for other in level}
    for draw in reversed(tender.draws):
        if wanted <= set(draw.order):
            return Fraction(draw.order.index(bid.id))
    return Fraction(0)


def _is_final(tender: Tender, bids: tuple[BidResult, ...]) -> bool:
    """Nothing of the outcome hangs on a person any more: on the lock, opened, every bid judged and every valid one computed."""
    ready = tender.practice_of is not None or (tender.lock is not None and tender.opened is not None)
    judged = all(bid.validity != "open" for bid in bids)
    return ready and judged and all(bid.outcome is not None for bid in bids if bid.validity == "valid")


def _winner(tender: Tender, bids: tuple[BidResult, ...]) -> str | None:
    first = [bid for bid in bids if bid.rank == 1]
    return first[0].id if len(first) == 1 and _is_final(tender, bids) else None


def recomputed(tender: Tender, bids: Iterable[BidResult]) -> tuple[BidResult, ...]:
    """The ranking among these bids alone, each with the outcome it then has."""
    kept = list(bids)
    best = best_price(bid.figures for bid in kept if bid.validity != "invalid")
    found = []
    for bid in kept:
        try:
            found.append(replace(bid, outcome=outcome(tender.award, bid.figures, best), rank=None, tied=False))
        except NotComputable:
            found.append(replace(bid, outcome=None, rank=None, tied=False))
    return _ranked(tender, found)


def _without(tender: Tender, bids: tuple[BidResult, ...], identity: str) -> DropOut:
    """The ranking of those left; a bid judged invalid does not come back by it."""
    return DropOut(identity, places(recomputed(tender, [bid for bid in bids if bid.id != identity])))


def reversals(bids: Iterable[BidResult], drop_out: Iterable[DropOut]) -> list[tuple[str, str]]:
    """(who drops out, who then is first) where a bid that is not first changes who is."""
    first = {bid.id for bid in bids if bid.rank == 1}
    found = []
    for without in drop_out:
        then = [place.variant_id for place in without.ranking if place.rank == 1]
        if without.without not in first and then and set(then) != first:
            found.append((without.without, then[0]))
    return found


def _warnings(comparison: Comparison, bids: tuple[BidResult, ...], drop_out: tuple[DropOut, ...]) -> tuple[Message, ...]:
    tender = comparison.tender
    rules, names = tender.award, {bid.id: bid.name for bid in bids}
    found = []
    if tender.practice_of is not None:
        found.append(Message("award_practice"))
    elif tender.lock is None:
        found.append(Message("award_not_locked"))
    elif tender.opened is None:
        found.append(Message("award_not_opened"))
    if tender.lock is not None and tender.closes_on is not None and tender.lock.at[:10] > tender.closes_on[:10]:
        found.append(Message("award_locked_late"))
    undecided = sum(bid.validity == "open" for bid in bids)
    if undecided:
        found.append(Message.of("award_undecided", count=undecided))
    incomplete = [bid.name for bid in bids if bid.validity == "valid" and bid.outcome is None]
    if incomplete:
        found.append(Message.of("award_incomplete", names=", ".join(incomplete)))
    level = [bid.name for bid in bids if bid.rank == 1 and bid.tied]
    if level:
        key = "award_tied" if rules.tie_rules else "award_tied_no_rule"
        found.append(Message.of(key, names=", ".join(level)))
    if METHODS[rules.method or "lowest_price"].relative:
        found.append(Message("relative_method"))
        found += [Message.of("reversal", without=names[gone], winner=names[then]) for gone, then in reversals(bids, drop_out)]
    if rules.own_sum is not None:
        found.append(Message.of("award_own_sum", document=rules.own_sum.document, person=rules.own_sum.person))
    corrected = sum(layer.kind == "entry" for layer in tender.layers)
    if corrected:
        found.append(Message.of("award_entry_corrected", count=corrected))
    return tuple(found)


# --- what turns it -------------------------------------------------------------------------------------------------


def break_even(found: Award) -> tuple[BreakEven, ...]:
    """Per pair of ranked bids: the price, and the MKI, at which the totals are level or turned; tie rules are left out.

    Found by halving over cents (and over the published decimals of the MKI): a higher price or MKI never improves a bid.
    """
    counting = [bid for bid in found.bids if bid.counts]
    pairs = []
    for place, upper in enumerate(counting):
        for lower in counting[place + 1 :]:
            pairs.append(_break_even(found, upper, lower))
    return tuple(pairs)


def _break_even(found: Award, upper: BidResult, lower: BidResult) -> BreakEven:
    rules, decimals = found.rules, found.tender.ask.mki_decimals
    others = [bid.figures for bid in found.bids if bid.id != upper.id and bid.validity != "invalid"]

    def stays_ahead(changed: BidFigures) -> bool:
        best = best_price([changed, *others])
        try:
            totals = outcome(rules, changed, best).total, outcome(rules, lower.figures, best).total
        except NotComputable:
            return False
        return _ahead(found.method, *totals)

    figures = upper.figures
    price = None
    if figures.price is not None:
        price = _turning(figures.price, CENTS, lambda value: stays_ahead(replace(figures, price=value)))
    mki = None
    if figures.mki is not None and any(PARTS[code].by_mki for code in parts_of(rules)):
        mki = _turning(figures.mki, decimals, lambda value: stays_ahead(replace(figures, mki=value)))
    return BreakEven((upper.id, lower.id), price, mki)


def _turning(start: Decimal, decimals: int, ahead: Callable[[Decimal], bool]) -> Decimal | None:
    """The first value from `start` up, in steps of the last decimal, that is no longer ahead; None when none is.

    A value that no work ever costs is far enough to say that there is none.
    """
    low = int(start.scaleb(decimals))
    step = 1
    while ahead(Decimal(low + step).scaleb(-decimals)):
        if step > FARTHEST:
            return None
        step *= 2
    high = low + step
    while low < high:
        middle = (low + high) // 2
        if ahead(Decimal(middle).scaleb(-decimals)):
            low = middle + 1
        else:
            high = middle
    return Decimal(low).scaleb(-decimals)


# --- after the award -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Penalty:
    """What a missed promise costs: `factor` × the advantage that was enjoyed and not earned, in €; None in points."""

    promised: Decimal
    proven: Decimal
    advantage: Decimal | None
    amount: Decimal | None


def penalty(rules: AwardRules, promised: Decimal, proven: Proven | Decimal) -> Penalty:
    """1.5 × (by default) the difference in discount between promise and proof; a better proof costs and earns nothing.

    The advantage is rounded to cents first, so that the sum on paper is the sum.
    """
    shown = proven.mki if isinstance(proven, Proven) else proven
    parts = [code for code in parts_of(rules) if PARTS[code].by_mki]
    if METHODS[rules.method or "lowest_price"].kind == "points" or not parts:
        return Penalty(promised, shown, None, None)

    def amount(mki: Decimal) -> Fraction:
        bid = BidFigures(Decimal(0), mki)
        return sum((exact.amount for code in parts for exact in PARTS[code].formula(rules, bid, None)), Fraction(0))

    advantage = rounded_fraction(max(Fraction(0), amount(shown) - amount(promised)), CENTS)
    return Penalty(promised, shown, advantage, rounded_fraction(Fraction(advantage) * Fraction(rules.penalty_factor), CENTS))
