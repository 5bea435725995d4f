"""Small awards for tests: bids that offer one MKI for the whole work, so that every sum can be done by
hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.tender.award_rules import (
    AwardRules,
    Judgement,
    LadderStep,
    Lock,
    Opening,
    QualityCriterion,
    QualityLock,
    Score,
    Step,
    Verdict,
    YearCost,
)
from cirkeldesk.model.tender.tender import DeclaredBasis, Evidence, OfferedMki, Tender
from tests.build import Case

AT = "2026-12-12T09:00:00+00:00"
RWS = tuple(
    Step(label, Decimal(percent))
    for label, percent in (("3", 100), ("2", 60), ("1", 25), ("0", 0), ("NR", -50))
)
LADDER = tuple(
    LadderStep(level, Decimal(percent)) for level, percent in ((1, 1), (2, 2), (3, 4), (4, 7), (5, 10))
)


@dataclass(frozen=True)
class Bid:
    """What a bid brings. `scores`: label or percentage per criterion, in their order."""

    price: str | None
    mki: str | None = None
    scores: tuple[str | Decimal | int, ...] = ()
    level: int | None = None
    costs: tuple[tuple[int, str], ...] | None = None
    verdict: Verdict | None = "valid"
    more: dict[str, Any] = field(default_factory=dict)


def rules(method: str, **more: Any) -> AwardRules:
    """Rules with figures given as text or whole numbers."""
    money = {
        "lower",
        "upper",
        "maximum",
        "factor",
        "ceiling",
        "mki_weight",
        "price_weight",
        "price_low",
        "price_high",
    }
    money |= {"log_base", "rate", "penalty_factor"}
    exact = {name: Decimal(value) if name in money else value for name, value in more.items()}
    return AwardRules(method=method, **{"motivation": "zo gekozen", **exact})  # type: ignore[arg-type]


def criterion(
    identity: str, maximum: int | str, steps: tuple[Step, ...] = (), **more: Any
) -> QualityCriterion:
    return QualityCriterion(identity, f"criterium {identity}", Decimal(maximum), steps, **more)


def case_of(award_rules: AwardRules, bids: Sequence[Bid], **more: Any) -> Case:
    """A tender locked and opened, its quality scored and locked; bids are v1, v2 …"""
    decimals = more.pop("mki_decimals", 0)
    case = Case(mki_per="work", includes_replacement="yes", mki_decimals=decimals)
    for bid in bids:
        offered = OfferedMki(total=float(bid.mki)) if bid.mki is not None else None
        costs = (
            tuple(YearCost(year, Decimal(amount)) for year, amount in bid.costs)
            if bid.costs is not None
            else None
        )
        price = Decimal(bid.price) if bid.price is not None else None
        told = Evidence(source="rapport bij de inschrijving")
        fields = {
            "evidence": told,
            "work_mki": offered,
            "price": price,
            "costs": costs,
            "ladder_level": bid.level,
            **bid.more,
        }
        case.add("bid", basis=DeclaredBasis(), **fields)
    scores = tuple(
        _score(f"v{number}", one, given)
        for number, bid in enumerate(bids, 1)
        for one, given in zip(award_rules.criteria, bid.scores, strict=False)
    )
    judged = tuple(
        Judgement(f"v{number}", bid.verdict, "gecontroleerd", "2.1", "P. Voorbeeld", "tester", AT)
        for number, bid in enumerate(bids, 1)
        if bid.verdict is not None
    )
    records: dict[str, Any] = {
        "award": award_rules,
        "lock": Lock("2026-11-03", "Leidraad", "tester", AT),
        "opened": Opening("tester", AT),
        "quality_lock": QualityLock("tester", AT) if award_rules.criteria else None,
        "scores": scores,
        "judgements": judged,
        **more,
    }
    case.tender = replace(case.tender, **records)
    return case


def _score(variant_id: str, one: QualityCriterion, given: str | Decimal | int) -> Score:
    if one.steps:
        return Score(variant_id, one.id, "team", "zie verslag", label=str(given))
    return Score(variant_id, one.id, "team", "zie verslag", percent=Decimal(given))


def awarded(award_rules: AwardRules, *bids: Bid, **more: Any) -> Award:
    found = award(case_of(award_rules, bids, **more).compare())
    assert found is not None
    return found


def compared(award_rules: AwardRules, *bids: Bid, **more: Any) -> Comparison:
    return case_of(award_rules, bids, **more).compare()


def totals(found: Award) -> dict[str, str | None]:
    """Notional price or points per bid, as text."""
    return {
        bid.id: str(bid.outcome.total) if bid.outcome else None
        for bid in sorted(found.bids, key=lambda b: b.id)
    }


def ranks(found: Award) -> dict[str, int | None]:
    return {bid.id: bid.rank for bid in sorted(found.bids, key=lambda b: b.id)}


def tender_of(award_rules: AwardRules, *bids: Bid, **more: Any) -> Tender:
    return case_of(award_rules, bids, **more).tender
