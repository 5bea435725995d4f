"""`award --json` and `certainty --json`: money and points as text, shares as numbers, unknown as null."""

from __future__ import annotations

from typing import Any

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.break_even import break_even
from cirkeldesk.model.award.methods import Part
from cirkeldesk.model.comparison.certainty import Certainty
from cirkeldesk.model.tender.award_rules import RankedPlace
from cirkeldesk.wording.award import awarding, how_sure

Plain = dict[str, Any]


def award(found: Award) -> Plain:
    """The award in the order of its ranking. What would turn it is internal: it never goes into an external
    paper."""
    lock = found.tender.lock
    return {
        "method": found.rules.method,
        "formula": awarding.formula(found.rules),
        "locked_at": lock.published_on if lock is not None else None,
        "provisional": found.provisional,
        "winner": found.winner,
        "warnings": awarding.warnings(found),
        "bids": [_bid(found, bid) for bid in found.bids],
        "drop_out": [{"without": one.without, "ranking": _places(one.ranking)} for one in found.drop_out],
        "break_even": [
            {"pair": list(one.pair), "price": _text(one.price), "mki": _text(one.mki)}
            for one in break_even(found)
        ],
    }


def _bid(found: Award, bid: BidResult) -> Plain:
    total = bid.outcome.total if bid.outcome is not None else None
    notional = found.method.kind == "notional"
    return {
        "id": bid.id,
        "name": bid.name,
        "validity": bid.validity,
        "reasons": awarding.reasons(bid),
        "price": _text(bid.figures.price),
        "mki": _text(bid.figures.mki),
        "parts": [_part(found, bid, part) for part in (bid.outcome.parts if bid.outcome is not None else ())],
        "notional_price": _text(total) if notional else None,
        "points": _text(total) if not notional else None,
        "rank": bid.rank,
        "tied": bid.tied,
        "sum": awarding.filled_in(found, bid),
    }


def _part(found: Award, bid: BidResult, part: Part) -> Plain:
    """`score` is the share of `max` that was earned; `amount` what is added to the price, or the points."""
    given = [
        s.motivation
        for s in found.tender.scores
        if (s.variant_id, s.criterion_id) == (bid.id, part.criterion)
    ]
    return {
        "criterion": part.criterion or part.code,
        "score": float(part.share) if part.share is not None else None,
        "max": _text(part.maximum),
        "amount": _text(part.amount),
        "motivation": "; ".join(given) or None,
    }


def _places(ranking: tuple[RankedPlace, ...]) -> list[Plain]:
    return [{"id": place.variant_id, "rank": place.rank} for place in ranking]


def _text(value: object) -> str | None:
    return str(value) if value is not None else None


def certainty(found: Certainty) -> Plain:
    return {
        "draws": found.draws,
        "seed": found.seed,
        "spreads": dict(found.spreads),
        "sentence": how_sure.certainty_sentence(found),
        "alternatives": [
            {
                "id": one.id,
                "name": one.name,
                "mki": one.total,
                "mean": one.mean,
                "sd": one.deviation,
                "p05": one.low,
                "p95": one.high,
                "p_best": one.p_best,
            }
            for one in found.alternatives
        ],
        "pairs": [
            {"a": p.a, "b": p.b, "p_a_lower": p.p_a_lower, "distinct": p.distinct} for p in found.pairs
        ],
        "scenarios": [{"key": s.key, "ranking": _places(s.ranking)} for s in found.scenarios],
    }
