"""The baseline (nulmeting): a frozen edition with its method and what it rests on, and how one is estimated
from spend.

Source: CHAIN 4. kg per € is the organisation's own data, with low and high, source, price year and index; a
mean of years is proposed, as works are lumpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from cirkeldesk.model.monitor.ranges import Range, total

BaselineMethod = Literal["references", "awarded", "estimate"]
CountedBasis = Literal["gegund", "gerealiseerd"]
METHODS: tuple[BaselineMethod, ...] = get_args(BaselineMethod)
NARROW = 0.30  # a band within ± 30 % of its middle asks a reason [own]
KG_PER_T = 1000.0
LARGEST_FACTOR, MOST_TONS, LONGEST_NAME = 1e6, 1e12, 120


@dataclass(frozen=True)
class SpendFactor:
    """kg primary abiotic per € of a spend category, with where it was taken from. `groups` are the product
    groups (codes) whose lots are spend of this category. `index` brings € of a year (first) to the price
    year: their worth in it."""

    category: str
    low: float
    high: float
    source: str = ""
    price_year: int | None = None
    index: tuple[tuple[int, float], ...] = ()
    groups: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether kg per € and its index can be."""
        indexed = all(0 < worth <= LARGEST_FACTOR for _, worth in self.index)
        return 0 <= self.low <= self.high <= LARGEST_FACTOR and indexed

    @property
    def needs_reason(self) -> bool:
        """Whether the band is narrower than anybody knows such a figure, and nobody said why."""
        middle = (self.low + self.high) / 2
        return not self.reason.strip() and middle > 0 and (self.high - self.low) / 2 < NARROW * middle - 1e-12

    def tons(self, euros: Decimal, year: int) -> Range:
        """The tons that go with an amount of a year."""
        worth = float(euros) * dict(self.index).get(year, 1.0) / KG_PER_T
        return Range(self.low, self.high).times(worth)


@dataclass(frozen=True)
class YearSpend:
    """What was spent in a year in a category, in € excl. VAT."""

    year: int
    category: str
    amount: Decimal


@dataclass(frozen=True)
class Doubtful:
    """A row of the commitments file that was not counted: its place and why (a key)."""

    row: int
    key: str
    text: str = ""


@dataclass(frozen=True)
class Baseline:
    """An edition. `id` names it; `year` is the year the line begins in, at 0 %; `years` are those it is the
    mean of. `basis` is the column that progress is judged on. `spend` and `factors` are what an estimate
    rests on; `covered` is the spend (€) it covers of `whole_spend`, in the scope."""

    id: str
    year: int
    method: BaselineMethod
    scope: str
    primary_abiotic_t: Range
    organisation: str = ""
    basis: CountedBasis = "gegund"
    years: tuple[int, ...] = ()
    source: str = ""
    made_on: str = ""
    by: str = ""
    factors: tuple[SpendFactor, ...] = ()
    spend: tuple[YearSpend, ...] = ()
    covered: Decimal | None = None
    whole_spend: Decimal | None = None
    doubtful: tuple[Doubtful, ...] = ()
    fictitious: bool = False

    @property
    def is_sound(self) -> bool:
        found = self.primary_abiotic_t
        named = bool(self.id.strip()) and len(self.id) <= LONGEST_NAME and 1990 <= self.year <= 2100
        is_range = 0 <= found.low <= found.high <= MOST_TONS and found.high > 0
        categories = [one.category.casefold() for one in self.factors]
        once = len(set(categories)) == len(categories)
        spent = all(abs(one.amount) < 10**12 for one in self.spend)
        return named and is_range and once and spent and all(one.is_sound for one in self.factors)


@dataclass(frozen=True)
class Estimate:
    """Tons a year by spend, and what could not be counted because no factor is known of its category."""

    tons: Range
    covered: Decimal
    whole: Decimal
    without_factor: tuple[str, ...]


def estimate(spend: Iterable[YearSpend], factors: Sequence[SpendFactor], years: Sequence[int]) -> Estimate:
    """The mean of some years, each once. Spend of a category without a factor is not counted, and said."""
    years = sorted(set(years))
    by_category = {one.category.casefold(): one for one in factors}
    counted = [one for one in spend if one.year in years]
    known = [
        (one, by_category[one.category.casefold()])
        for one in counted
        if one.category.casefold() in by_category
    ]
    tons = total(factor.tons(one.amount, one.year) for one, factor in known)
    without = sorted({one.category for one in counted if one.category.casefold() not in by_category})
    return Estimate(
        tons.per(max(1, len(years))),
        sum((one.amount for one, _ in known), Decimal(0)),
        sum((one.amount for one in counted), Decimal(0)),
        tuple(without),
    )
