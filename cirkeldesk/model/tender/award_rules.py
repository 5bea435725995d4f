"""What the tender documents say about the award, and what people decided and recorded on the way: values of a
tender.

Source: DOMAIN 7. Money and points are Decimal; an MKI bound is in € MKI; percentages stand as 4 for 4 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

MethodCode = Literal[
    "lowest_price",
    "lowest_cost",
    "value",
    "mki_discount",
    "mki_w",
    "ladder",
    "weighted",
    "relative",
    "relative_linear",
    "logarithmic",
]
PartCode = Literal["costs", "quality", "mki_discount", "mki_w", "ladder", "mki_points", "price_points"]
TieRule = Literal["lowest_mki", "lowest_price", "highest_quality", "lot"]
Combine = Literal["consensus", "mean"]
Verdict = Literal["valid", "invalid", "withdrawn"]
LayerKind = Literal["own_error", "obvious_error", "entry"]
# Verdicts with which a bid takes no part: judged invalid, or withdrawn by the bidder.
OUT: frozenset[str] = frozenset({"invalid", "withdrawn"})


# Methods of which quality is a part; the table of methods says the same, and a test compares them.
BY_QUALITY: frozenset[MethodCode] = frozenset(
    {"value", "weighted", "relative", "relative_linear", "logarithmic"}
)


@dataclass(frozen=True)
class Step:
    """One step of a scale: what an assessor gives ("3", "NR") and the share of the maximum it earns, in %."""

    label: str
    percent: Decimal


@dataclass(frozen=True)
class QualityCriterion:
    """A quality criterion. `maximum` in € or points, by the method. Without `steps` a score is a percentage
    of 0 to 100.

    `combine`: one score the assessors agree on, or the mean of the score of each.
    """

    id: str
    name: str
    maximum: Decimal = Decimal(0)
    steps: tuple[Step, ...] = ()
    assessors: tuple[str, ...] = ()
    combine: Combine = "consensus"


@dataclass(frozen=True)
class LadderStep:
    """A level of the CO2-Prestatieladder and the discount it gives, in % of the bid's own sum."""

    level: int
    percent: Decimal


@dataclass(frozen=True)
class OwnSum:
    """When the documents prescribe that the authority computes the MKI: where they say so, and who read every
    weight where.

    `weighting_set` is the content hash of the set that was confirmed; another set is not confirmed by it.
    """

    document: str = ""
    weighting_set: str = ""
    person: str = ""
    source: str = ""


@dataclass(frozen=True)
class AwardRules:
    """The award method with all it needs. None is "not chosen yet", never a silent default.

    `also` are parts that join those of the method, in the fixed order of the table of methods. `lower` and
    `upper` bound the MKI (€ MKI); `maximum` is the largest discount Kmax (€); `factor` is € per € MKI;
    `mki_weight` and `price_weight` are points; `price_low` and `price_high` are Pmin and Pmax (€), `outside`
    what happens beyond them; `log_base` is A; `rate` is % a year; `horizon` years; `penalty_factor` times the
    advantage enjoyed is what a missed promise costs.
    """

    method: MethodCode | None = None
    also: tuple[PartCode, ...] = ()
    criteria: tuple[QualityCriterion, ...] = ()
    lower: Decimal | None = None
    upper: Decimal | None = None
    maximum: Decimal | None = None
    factor: Decimal | None = None
    negative_mki: Literal["clamp", "allow"] | None = None
    ceiling: Decimal | None = None
    ladder: tuple[LadderStep, ...] = ()
    mki_weight: Decimal | None = None
    price_weight: Decimal | None = None
    price_low: Decimal | None = None
    price_high: Decimal | None = None
    outside: Literal["clamp", "knock_out"] | None = None
    log_base: Decimal | None = None
    rate: Decimal | None = None
    horizon: int | None = None
    points_decimals: int = 2
    tie_rules: tuple[TieRule, ...] = ()
    penalty_factor: Decimal = Decimal("1.5")
    motivation: str = ""
    own_sum: OwnSum | None = None

    @property
    def judges_quality(self) -> bool:
        """Whether scores are asked: criteria of another method that was left behind ask nothing."""
        return bool(self.criteria) and (self.method in BY_QUALITY or "quality" in self.also)


@dataclass(frozen=True)
class YearCost:
    """A cost a bid offers for one year after delivery, in €."""

    year: int
    amount: Decimal


@dataclass(frozen=True)
class Score:
    """What an assessor (or all together) gave a bid on a criterion, and why. `label` names a step, else
    `percent` counts."""

    variant_id: str
    criterion_id: str
    assessor: str
    motivation: str
    label: str | None = None
    percent: Decimal | None = None


@dataclass(frozen=True)
class ChangedValue:
    """One field of plain data, before and after, as canonical JSON; "" where the field was not there."""

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Lock:
    """Method and ask locked since publication. `taken_over`: the documents were out already (*Overnemen
    uit de stukken*)."""

    published_on: str
    document: str
    by: str
    at: str
    taken_over: bool = False


@dataclass(frozen=True)
class Nota:
    """A numbered nota van inlichtingen that changed what is locked. With `changes` both versions stay
    readable."""

    number: int
    document: str
    reason: str
    by: str
    at: str
    changes: tuple[ChangedValue, ...]


@dataclass(frozen=True)
class QualityLock:
    """The quality scores are final; before this no price is opened."""

    by: str
    at: str


@dataclass(frozen=True)
class Opening:
    """The bids were opened: from here they are read-only. `present` names who was there, for the record."""

    by: str
    at: str
    present: str = ""


@dataclass(frozen=True)
class Judgement:
    """A person's decision on a bid. `by` recorded it; `person` decided it. The last one of a bid counts."""

    variant_id: str
    verdict: Verdict
    reason: str
    article: str
    person: str
    by: str
    at: str


@dataclass(frozen=True)
class RankedPlace:
    """A bid's place in a ranking; None is no place."""

    variant_id: str
    rank: int | None


@dataclass(frozen=True)
class Layer:
    """A dated change after opening, over an original that stays as it came.

    `own_error`: the paper says otherwise than we typed. `obvious_error`: an obvious slip or small
    clarification of the bidder, with the letter and why it is allowed. `entry`: a wrongly entered rule,
    citing the published page, with a second person. `variant_id` is None for `entry`.
    """

    kind: LayerKind
    reason: str
    document: str
    page: str
    by: str
    at: str
    changes: tuple[ChangedValue, ...]
    before: tuple[RankedPlace, ...]
    after: tuple[RankedPlace, ...]
    variant_id: str | None = None
    allowed: str = ""
    dated: str = ""
    second: str = ""


@dataclass(frozen=True)
class KeptAnswer:
    """What a bidder answered when nothing was changed."""

    variant_id: str
    text: str
    by: str
    at: str


@dataclass(frozen=True)
class Draw:
    """A lottery among tied bids: the order drawn, by whom and when."""

    order: tuple[str, ...]
    person: str
    by: str
    at: str


@dataclass(frozen=True)
class Proven:
    """The MKI a contractor proved after the award, at bid quantities, with the same set, edition and tool."""

    variant_id: str
    mki: Decimal
    document: str
    by: str
    at: str


@dataclass(frozen=True)
class Spread:
    """How far figures of a data category may be off: the standard deviation in % of the figure; the user's
    own setting."""

    category: Literal["1", "2", "3", "3a", "unknown"]
    percent: float
