"""award(comparison) → Award: who wins by the published method, as a comparison is: one pure function that
every surface shows.

What a method adds up stands in `award_methods`; here is what a bid brings, who is valid, the ranking with its
ties, and what must be said about it. The MKI is rounded to the published decimals before ceiling, bounds and
ties. Source: DOMAIN 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from cirkeldesk.model.award.inference import reveals_lowest_price
from cirkeldesk.model.award.methods import (
    METHODS,
    BidFigures,
    Method,
    NotComputable,
    Outcome,
    is_sound,
    needs_of,
    outcome,
    parts_of,
    uses_mki,
)
from cirkeldesk.model.comparison.comparison import is_rankable
from cirkeldesk.model.comparison.result import DIFFERS, Comparison, VariantResult
from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.messages import Message, Problem
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender.award_rules import (
    OUT,
    AwardRules,
    Judgement,
    QualityCriterion,
    RankedPlace,
    TieRule,
)
from cirkeldesk.model.tender.tender import Tender

Validity = Literal["open", "valid", "invalid", "withdrawn"]
LOW_PRICE = Fraction(4, 5)  # a price at or below 80 % of the next one is said to be unusually low [practice]
NEAR_CEILING = Fraction(1, 100)
# What keeps a bid from being computed and is the authority's own work.
OURS = frozenset({"score_empty", "negative_mki_rule", "own_sum_unconfirmed", "own_sum_missing"})


# --- what a bid brings
# ---------------------------------------------------------------------------------------------


def share_of(criterion: QualityCriterion, label: str | None, percent: Decimal | None) -> Fraction | None:
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
    """Whether an award may stand on the authority's own sum (DOMAIN 5): prescribed, and every weight
    confirmed by a person.

    Confirmed in the set itself, or for this tender by a named person with the source that was read.
    """
    own = rules.own_sum
    if own is None or not own.document.strip():
        return False
    if all(
        weight.verification == "confirmed" and weight.confirmed_by and weight.source
        for weight in weights.weights
    ):
        return True
    return bool(own.person.strip() and own.source.strip() and own.weighting_set == digest)


def award_mki(comparison: Comparison, result: VariantResult) -> tuple[Decimal | None, Message | None]:
    """The MKI that counts, at the published decimals, or why there is none.

    Never one by EN 15804 only, unless it was proven equivalent (DOMAIN 3). The offered one; our own sum only
    when the documents prescribe it and the weights were confirmed.
    """
    tender = comparison.tender
    if result.total.value is None:
        return None, Message("mki_unknown")
    if not is_rankable(result):
        return None, Message("mki_not_comparable")
    if result.is_orienting:
        return None, Message("mki_orienting")
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


# --- the award
# -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BidResult:
    """A bid in the award. `proposals` are reasons to judge it invalid; `flags` need a person's eye. `missing`
    says why there is no outcome. `findings` are those of the comparison, also among the former two. `tied`
    when the published rules leave it level with another.
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
    findings: tuple[Message, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it takes part in the ranking: not judged invalid nor withdrawn, and computable."""
        return self.validity not in OUT and self.outcome is not None


@dataclass(frozen=True)
class DropOut:
    """The ranking when one bid would not be there."""

    without: str
    ranking: tuple[RankedPlace, ...]


@dataclass(frozen=True)
class Award:
    """The outcome of the published method. `bids` in the order of the ranking, then of the screen."""

    tender: Tender
    bids: tuple[BidResult, ...]
    winner: str | None
    provisional: bool
    warnings: tuple[Message, ...]

    @property
    def rules(self) -> AwardRules:
        return self.tender.award

    @property
    def drop_out(self) -> tuple[DropOut, ...]:
        """What would be if one of the ranked bids were not there; computed when it is looked at."""
        return _drop_out(self.tender, self.bids)

    @property
    def method(self) -> Method:
        return METHODS[self.rules.method or "lowest_price"]

    def bid(self, variant_id: str) -> BidResult:
        return with_id(self.bids, variant_id)


def places(bids: Iterable[BidResult]) -> tuple[RankedPlace, ...]:
    return tuple(RankedPlace(bid.id, bid.rank) for bid in bids)


def award(comparison: Comparison) -> Award | None:
    """The award as it stands now; None while no method is chosen, it lacks a value, or prices are sealed."""
    tender = comparison.tender
    if not is_sound(tender.award) or tender.prices_sealed:
        return None
    figures = {variant.id: bid_figures(comparison, variant.id) for variant in tender.bids}
    judged = {judgement.variant_id: judgement for judgement in tender.judgements}
    valid = [variant.id for variant in tender.bids if not _is_out(judged.get(variant.id))]
    best = best_price(figures[identity] for identity in valid)
    bids = [_bid(comparison, figures, judged.get(v.id), v.id, best) for v in tender.bids]
    ranked = _ranked(tender, bids)
    winner = _winner(tender, ranked)
    return Award(tender, ranked, winner, winner is None, _warnings(comparison, ranked))


def _is_out(judgement: Judgement | None) -> bool:
    return judgement is not None and judgement.verdict in OUT


def best_price(figures: Iterable[BidFigures]) -> Decimal | None:
    """The lowest price; an empty one is never the lowest."""
    prices = [bid.price for bid in figures if bid.price is not None and bid.price > 0]
    return min(prices) if prices else None


def _bid(
    comparison: Comparison,
    figures: Mapping[str, BidFigures],
    judgement: Judgement | None,
    identity: str,
    best: Decimal | None,
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
    if validity in OUT:  # it takes no part: a sum of it would stand beside those of the bids that do
        found, missing = None, Message(f"bid_{validity}")
    others = [f.price for i, f in figures.items() if i != identity and f.price is not None]
    name = comparison.tender.variant(identity).name
    before = list(_found_before(comparison.variant(identity), rules))
    said = dict.fromkeys(problem.message for problem in before if not proposes(problem))
    waits = is_to_be_clarified(comparison.variant(identity)) and uses_mki(rules)
    flags = (*_flags(rules, bid, others), *([Message("clarify_first")] if waits else []), *said)
    findings = tuple(dict.fromkeys(problem.message for problem in before))
    return BidResult(
        identity, name, validity, judgement, proposals, flags, bid, found, missing, findings=findings
    )


def _proposals(
    comparison: Comparison, bid: BidFigures, identity: str, missing: Message | None
) -> tuple[Message, ...]:
    """Reasons to judge a bid invalid. They only propose: validity is a person's decision.

    What is ours to do (a score, a confirmation) is no fault of the bidder and proposes nothing.
    """
    rules, decimals = comparison.tender.award, comparison.tender.ask.mki_decimals
    result = comparison.variant(identity)
    clear = not is_to_be_clarified(result)
    found = [missing] if missing is not None and missing.key not in OURS and clear else []
    if any(problem.message.key in DIFFERS - OURS_TO_SAY for problem in result.problems):
        found.append(Message("mki_not_comparable"))
    found += [problem.message for problem in _found_before(result, rules) if proposes(problem)]
    if (
        rules.ceiling is not None
        and bid.mki is None
        and clear
        and (bid.no_mki is None or bid.no_mki.key not in OURS)
    ):
        found.append(bid.no_mki or Message("mki_unknown"))
    if rules.ceiling is not None and bid.mki is not None and bid.mki > rules.ceiling:
        found.append(
            Message.of("above_ceiling", mki=str(bid.mki), ceiling=str(rules.ceiling), decimals=decimals)
        )
    if "outside" in needs_of(rules) and rules.outside == "knock_out" and bid.price is not None:
        low, high = rules.price_low or Decimal(0), rules.price_high or Decimal(0)
        if not low <= bid.price <= high:
            found.append(Message.of("price_outside", bound_low=str(low), bound_high=str(high)))
    return tuple(dict.fromkeys(found))


# Findings of the comparison about things the award says itself, in its own words.
_SAID_HERE = frozenset({"price_empty", "mki_empty", "work_mki_empty", "orienting"})


def _found_before(result: VariantResult, rules: AwardRules) -> Iterator[Problem]:
    """What the comparison found of a bid and a judge must know: whether it answers what was asked, and, where
    the MKI decides, whether its figures stand on what was asked."""
    for problem in result.problems:
        if problem.level == "note" or problem.message.key in _SAID_HERE:
            continue
        if uses_mki(rules) or problem.field in ("equal", "price", "post"):
            yield problem


def proposes(problem: Problem) -> bool:
    """Whether a finding is a reason to judge a bid invalid: it is otherwise than asked. What is only not
    known asks for a clarification first."""
    return problem.message.key in (DIFFERS | OTHERWISE) - OURS_TO_SAY


# Rules that differ while the ask names none: the authority has to say which hold.
OURS_TO_SAY = frozenset({"differing_rules"})
# What one clarification of a fact that existed at the deadline may answer (DOMAIN 4).
CLARIFIABLE = frozenset(
    {
        "set_unknown",
        "modules_unknown",
        "scope_ambiguous",
        "replacement_unknown",
        "category_unknown",
        "work_beside_posts",
    }
)


def is_to_be_clarified(result: VariantResult) -> bool:
    """Whether the figure waits for something that is only not known: nothing is proposed before it was
    asked, once and alike for all."""
    blocking = {problem.message.key for problem in result.problems if problem.level == "blocks"}
    return bool(blocking) and blocking <= CLARIFIABLE | OURS_TO_SAY


# Otherwise than asked, though the figure itself can be compared.
OTHERWISE = frozenset(
    {"evidence_expired", "declaration_expired", "category_not_allowed", "other_tool", "provisional_changed"}
)


def _flags(rules: AwardRules, bid: BidFigures, others: list[Decimal]) -> tuple[Message, ...]:
    """What needs a person's eye: an unusually low price (the bidder is heard, never dropped), an MKI just at
    the ceiling."""
    found = []
    if bid.price is not None and others and bid.price <= LOW_PRICE * Fraction(min(others)):
        found.append(Message.of("unusually_low", next=str(min(others))))
    if rules.ceiling and bid.mki is not None:
        ceiling = Fraction(rules.ceiling)
        if 0 <= ceiling - Fraction(bid.mki) <= NEAR_CEILING * abs(ceiling):
            found.append(Message.of("near_ceiling", ceiling=str(rules.ceiling)))
    if "costs" in parts_of(rules) and any(cost.year > (rules.horizon or 0) for cost in bid.costs or ()):
        found.append(Message.of("costs_beyond", horizon=rules.horizon))
    return tuple(found)


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
    """What bids are ordered by, low first: the total, then, among those still level, what each tie rule looks
    at."""
    sign = 1 if method.kind == "notional" else -1
    keys = {bid.id: (sign * Fraction(_total(bid)),) for bid in counting}
    found: dict[str, tuple[Fraction, ...]] = dict(keys)
    for rule in tender.award.tie_rules:
        level = {
            bid.id: [other for other in counting if found[other.id] == found[bid.id]] for bid in counting
        }
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
        "highest_quality": lambda one: -quality_total(one),
    }
    values = {other.id: looks[rule](other) for other in level}
    own = values[bid.id]
    return (
        Fraction(own)
        if own is not None and all(value is not None for value in values.values())
        else Fraction(0)
    )


def quality_total(bid: BidResult) -> Decimal:
    """The quality part in € or points, more is better."""
    parts = [part for part in (bid.outcome.parts if bid.outcome else ()) if part.code == "quality"]
    return sum(
        (abs(part.amount) if (part.share or 0) >= 0 else -abs(part.amount) for part in parts), Decimal(0)
    )


def _drawn(tender: Tender, bid: BidResult, level: list[BidResult]) -> Fraction:
    """The place in the newest lottery that was held among (at least) these bids."""
    wanted = {other.id for other in level}
    for draw in reversed(tender.draws):
        if wanted <= set(draw.order):
            return Fraction(draw.order.index(bid.id))
    return Fraction(0)


def _is_final(tender: Tender, bids: tuple[BidResult, ...]) -> bool:
    """Nothing of the outcome hangs on a person any more: locked, opened, every bid judged and every
    valid one computed."""
    ready = tender.practice_of is not None or (tender.lock is not None and tender.opened is not None)
    judged = all(bid.validity != "open" for bid in bids)
    return ready and judged and all(bid.outcome is not None for bid in bids if bid.validity == "valid")


def _winner(tender: Tender, bids: tuple[BidResult, ...]) -> str | None:
    if tender.is_stopped:  # the reason was given: nobody wins
        return None
    first = [bid for bid in bids if bid.rank == 1]
    return first[0].id if len(first) == 1 and _is_final(tender, bids) else None


def recomputed(tender: Tender, bids: Iterable[BidResult]) -> tuple[BidResult, ...]:
    """The ranking among these bids alone, each with the outcome it then has."""
    kept = list(bids)
    best = best_price(bid.figures for bid in kept if bid.validity not in OUT)
    found = []
    for bid in kept:
        if bid.validity in OUT:
            found.append(replace(bid, rank=None, tied=False))
            continue
        try:
            found.append(
                replace(bid, outcome=outcome(tender.award, bid.figures, best), rank=None, tied=False)
            )
        except NotComputable:
            found.append(replace(bid, outcome=None, rank=None, tied=False))
    return _ranked(tender, found)


def _drop_out(tender: Tender, bids: tuple[BidResult, ...]) -> tuple[DropOut, ...]:
    return tuple(_without(tender, bids, bid.id) for bid in bids if bid.counts)


def _without(tender: Tender, bids: tuple[BidResult, ...], identity: str) -> DropOut:
    """The ranking of those left; a bid judged invalid does not come back by it."""
    return DropOut(identity, places(recomputed(tender, [bid for bid in bids if bid.id != identity])))


# What is said on the screen and on no paper: it is for who may still change something.
INTERNAL = frozenset({"reversal", "reveals_lowest_price", "mki_decides_nothing"})


def reversals(bids: Iterable[BidResult], drop_out: Iterable[DropOut]) -> list[tuple[str, str]]:
    """(who drops out, who then is first) where a bid that is not first changes who is."""
    first = {bid.id for bid in bids if bid.rank == 1}
    found = []
    for without in drop_out:
        then = [place.variant_id for place in without.ranking if place.rank == 1]
        if without.without not in first and then and set(then) != first:
            found.append((without.without, then[0]))
    return found


def _warnings(comparison: Comparison, bids: tuple[BidResult, ...]) -> tuple[Message, ...]:
    tender = comparison.tender
    found = [*_state_warnings(tender), *_bid_warnings(tender, bids)]
    method = METHODS[tender.award.method or "lowest_price"]
    if _mki_decides_nothing(bids):
        found.append(Message("mki_decides_nothing"))
    if method.on_lowest and not method.reverses:
        found.append(Message("log_method"))
    if method.reverses:
        names = {bid.id: bid.name for bid in bids}
        found.append(Message("relative_method"))
        found += [
            Message.of("reversal", without=names[gone], winner=names[then])
            for gone, then in reversals(bids, _drop_out(tender, bids))
        ]
    if reveals_lowest_price(tender.award):
        found.append(Message("reveals_lowest_price"))
    own = tender.award.own_sum
    if own is not None:
        found.append(Message.of("award_own_sum", document=own.document, person=own.person))
    corrected = sum(layer.kind == "entry" for layer in tender.layers)
    if corrected:
        found.append(Message.of("award_entry_corrected", count=corrected))
    return tuple(found)


def _mki_decides_nothing(bids: tuple[BidResult, ...]) -> bool:
    """Whether the part that the MKI gives is the same for all that take part, two at least: bounds that all
    lie beyond. Then the method asked for an MKI and the price alone decides."""
    amounts = [
        [part.amount for part in bid.outcome.parts if part.code in ("mki_discount", "mki_points")]
        for bid in bids
        if bid.counts and bid.outcome is not None
    ]
    return len(amounts) > 1 and bool(amounts[0]) and all(one == amounts[0] for one in amounts)


def _state_warnings(tender: Tender) -> Iterator[Message]:
    """How far the award is: practised, not locked, not opened, locked too late."""
    if tender.practice_of is not None:
        yield Message("award_practice")
    elif tender.lock is None:
        yield Message("award_not_locked")
    elif tender.opened is None:
        yield Message("award_not_opened")
    locked, closes = tender.lock.at if tender.lock is not None else "", tender.closes_on
    if closes is not None and locked[:10] > closes[:10]:
        yield Message("award_locked_late")


def _bid_warnings(tender: Tender, bids: tuple[BidResult, ...]) -> Iterator[Message]:
    """What the bids still wait for, and which are level."""
    undecided = sum(bid.validity == "open" for bid in bids)
    if undecided:
        yield Message.of("award_undecided", count=undecided)
    incomplete = [bid.name for bid in bids if bid.validity == "valid" and bid.outcome is None]
    if incomplete:
        yield Message.of("award_incomplete", names=", ".join(incomplete))
    level = [bid.name for bid in bids if bid.rank == 1 and bid.tied]
    if level:
        key = "award_tied" if tender.award.tie_rules else "award_tied_no_rule"
        yield Message.of(key, names=", ".join(level))
