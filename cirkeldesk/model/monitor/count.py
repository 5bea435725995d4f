"""The count: what was bought per year, what is not known of it, and whether a target is met.

Source: CHAIN 4 to the letter. A verdict is given only where every completion of what is unknown gives the
same one; what is not measured is not nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from cirkeldesk.model.monitor.baseline import Baseline, CountedBasis, SpendFactor, YearSpend
from cirkeldesk.model.monitor.lot import Impact, Lot, Realised
from cirkeldesk.model.monitor.ranges import Masses, Range, sum_of, total
from cirkeldesk.model.product.indicators import SetCode

Verdict = Literal["gehaald", "niet_gehaald", "op_koers", "niet_op_koers", "niet_te_zeggen"]
LEAST_KNOWN = 0.60  # of the spend in scope; below it nothing is judged [own]
SETS: tuple[SetCode, ...] = ("A1", "A2")
WHOLE = 1e-9
FURTHEST = 50  # years back
BIOBASED = 0.30  # of the mass: then a work is called biobased (the province's own aim)
ALL = 0.95  # of the awarded mass: then a work is delivered


@dataclass(frozen=True)
class Coverage:
    """How much of the money is known of, in €. `spend` is what was spent in the baseline's scope, None where
    nobody typed it; `outside` what was spent in categories that the baseline does not count either."""

    known: Decimal
    awarded: Decimal
    spend: Decimal | None
    outside: Decimal = Decimal(0)

    @property
    def share_awarded(self) -> float | None:
        return float(self.known / self.awarded) if self.awarded else None

    @property
    def share_spend(self) -> float | None:
        return float(self.known / self.spend) if self.spend else None

    @property
    def is_enough(self) -> bool:
        return self.least is not None and self.least >= LEAST_KNOWN

    @property
    def least(self) -> float | None:
        """The smaller of both parts; None where one of them cannot be said."""
        shares = [self.share_awarded, *([self.share_spend] if self.spend is not None else [])]
        known = [share for share in shares if share is not None]
        return min(known) if len(known) == len(shares) else None


@dataclass(frozen=True)
class Target:
    """The line of a year: % less than the baseline, in tons, and whether it is met."""

    reduction: float
    line: Range
    verdict: Verdict
    is_target_year: bool


@dataclass(frozen=True)
class GroupCount:
    """One product group in a year. `per_unit`: tons primary abiotic per functional unit, None without its
    quantity."""

    group: str
    name: str
    lots: int
    measured: int
    masses: Masses
    functional: float | None
    functional_unit: str
    per_unit: Range | None


@dataclass(frozen=True)
class Weights:
    """MKI or GWP of a year: sums of what is known, and of how many lots each of them is."""

    sums: Impact = Impact()
    lots: int = 0
    reference: int = 0
    promised: int = 0
    proven: int = 0


@dataclass(frozen=True)
class Also:
    """What else is told of the lots that were awarded in a year: `themes` ((theme, level), lots) and
    `r_steps` (name, lots) with a criterion; `mixes` (as asked, tons); works of which at least 30 % is
    biobased for certain, and those that may be."""

    themes: tuple[tuple[tuple[str, str], int], ...] = ()
    r_steps: tuple[tuple[str, int], ...] = ()
    mixes: tuple[tuple[str, float], ...] = ()
    biobased: int = 0
    perhaps_biobased: int = 0


@dataclass(frozen=True)
class YearCount:
    """A year on one basis (awarded or realised). Masses in tons. `unmeasured` are tons that go with spend
    nobody knows the tons of, None where no factor says how many; `saving` and `with_reference` are against
    the nulvariant of each lot, None where no lot has one."""

    year: int
    lots: tuple[Lot, ...]
    left_out: tuple[Lot, ...]
    coverage: Coverage
    masses: Masses
    unmeasured: Range | None
    mki: Mapping[SetCode, Weights]
    gwp_a_to_c: Weights
    gwp_d: Weights
    saving: Range | None
    with_reference: int
    groups: tuple[GroupCount, ...]
    released_t: float
    also: Also = Also()
    target: Target | None = None
    passport_t: float | None = None  # of what came, tons with a passport; None of what was awarded

    @property
    def measured(self) -> Range:
        """Primary abiotic of what is measured, and with what is not: the band that is judged."""
        return self.masses.primary_abiotic

    @property
    def band(self) -> Range | None:
        return self.measured + self.unmeasured if self.unmeasured is not None else None


@dataclass(frozen=True)
class Count:
    """All years on both bases, until a day (ISO)."""

    until: str
    organisation: str
    baseline: Baseline | None
    awarded: tuple[YearCount, ...]
    realised: tuple[YearCount, ...]
    twice: tuple[str, ...] = ()
    fictitious: bool = False
    schemes: tuple[tuple[int, int], ...] = ()  # (year, subsidy schemes made conditional or inclusive)

    @property
    def years(self) -> tuple[YearCount, ...]:
        """On the basis the baseline's edition chose."""
        is_realised = self.baseline is not None and self.baseline.basis == "gerealiseerd"
        return self.realised if is_realised else self.awarded


@dataclass(frozen=True)
class Frame:
    """What a count is judged against."""

    baseline: Baseline | None
    targets: Sequence[tuple[int, float]]
    spend: Sequence[YearSpend] = ()
    factors: Sequence[SpendFactor] = ()
    passports: Mapping[tuple[str, int], float] = field(default_factory=dict)  # tons by (tender, year laid)


def years_of(
    lots: Iterable[Lot], frame: Frame, until: str, basis: CountedBasis, first: int | None = None
) -> tuple[YearCount, ...]:
    """One count for each year from the first that is known of (or `first`) to that of the day."""
    found = list(lots)
    by_year: dict[int, list[Lot]] = {}
    for lot in found:
        for year in _years(lot, basis):
            by_year.setdefault(year, []).append(lot)
    last = int(until[:4])
    waiting = {year: _is_open(found, year, basis) for year in range(last - FURTHEST, last + 1)}
    begin = [frame.baseline.year] if frame.baseline is not None else []
    begins = min([*by_year, *begin, last, *([first] if first is not None else [])])
    return tuple(
        _judged(
            year_count(by_year.get(year, []), year, frame, basis),
            frame,
            basis,
            is_over=until >= f"{year}-12-31" and not waiting[year],
        )
        for year in range(max(begins, last - FURTHEST), last + 1)
    )


def _is_open(lots: Sequence[Lot], year: int, basis: CountedBasis) -> bool:
    """Whether deliveries of what was awarded by a year may still come in: what is not delivered is not
    nothing."""
    if basis == "gegund":
        return False
    return any(
        lot.has_material and lot.year <= year and not lot.finished and _delivered(lot) < ALL for lot in lots
    )


def _delivered(lot: Lot) -> float:
    """How much of the awarded mass was delivered, 0..; nothing where that cannot be said."""
    came = math.fsum(one.masses.whole for one in (lot.realised or {}).values())
    return came / lot.awarded.whole if lot.awarded is not None and lot.awarded.whole > 0 else 0.0


def _knows_spend(counted: YearCount, frame: Frame) -> bool:
    """Where a baseline rests on spend, the spend of the year must be known too."""
    return not frame.spend or counted.coverage.spend is not None


def _years(lot: Lot, basis: CountedBasis) -> Iterable[int]:
    if basis == "gegund":
        return (lot.year,)
    return lot.realised if lot.realised is not None else ()


def year_count(lots: Sequence[Lot], year: int, frame: Frame, basis: CountedBasis) -> YearCount:
    """The lots of a year, counted. `lots` are those of which something falls in it, each once."""

    counting = [lot for lot in lots if lot.has_material]
    known = {lot.key: found for lot in counting if (found := _masses_of(lot, year, basis)) is not None}
    weighed = [(lot, one) for lot in counting if (one := _weighed(lot, year, basis)) is not None]
    is_awarded = basis == "gegund"
    return YearCount(
        year,
        tuple(counting),
        tuple(lot for lot in lots if not lot.has_material),
        _coverage(counting, known, year, frame, basis),
        sum_of(known.values()),
        _unmeasured(counting, known, year, frame, basis),
        _by_set(weighed),
        _weights([one.gwp_a_to_c for _, one in weighed]),
        _weights([one.gwp_d for _, one in weighed]),
        *_against_reference(counting, basis),
        groups=_groups(counting, known),
        released_t=math.fsum(lot.released_t for lot in counting) if is_awarded else 0.0,
        also=_also(counting, known) if is_awarded else Also(),
        passport_t=None if is_awarded else _with_passport(counting, known, year, frame),
    )


def _with_passport(lots: Sequence[Lot], known: Mapping[str, Masses], year: int, frame: Frame) -> float:
    """Tons that came in a year and lie described in a passport: of each work never more than came."""
    came: dict[str, list[float]] = {}
    shares: dict[str, float] = {}
    for lot in lots:
        if lot.key in known:
            came.setdefault(lot.tender, []).append(known[lot.key].whole)
            shares[lot.tender] = lot.share
    return math.fsum(
        min(math.fsum(tons), frame.passports.get((tender, year), 0.0) * shares[tender])
        for tender, tons in came.items()
    )


def _masses_of(lot: Lot, year: int, basis: CountedBasis) -> Masses | None:
    """Tons as awarded, or as they came in a year; None where they are not known."""
    if basis == "gegund":
        return lot.awarded
    came = (lot.realised or {}).get(year)
    return came.masses if came is not None else None


def _by_set(weighed: Sequence[tuple[Lot, Lot | Realised]]) -> dict[SetCode, Weights]:
    """MKI of each weighting set apart: A1 and A2 are never added."""
    return {code: _weights([one.mki for lot, one in weighed if lot.set_code == code]) for code in SETS}


def _weighed(lot: Lot, year: int, basis: CountedBasis) -> Lot | Realised | None:
    """What holds the MKI and GWP of a lot in a year: as awarded, or at the quantities that came that year."""
    return lot if basis == "gegund" else (lot.realised or {}).get(year)


def _also(lots: Sequence[Lot], known: Mapping[str, Masses]) -> Also:
    themes = Counter(theme for lot in lots for theme in lot.themes)
    steps = Counter(step for lot in lots for step in lot.r_steps)
    mixes: dict[str, list[float]] = {}
    for name, tons in (pair for lot in lots for pair in lot.mixes):
        mixes.setdefault(name, []).append(tons)
    shares = [(one.primary_biobased, one.whole) for one in known.values() if one.whole > 0]
    certain = sum(found.low >= BIOBASED * whole for found, whole in shares)
    return Also(
        tuple(sorted(themes.items())),
        tuple(sorted(steps.items())),
        tuple((name, math.fsum(tons)) for name, tons in sorted(mixes.items())),
        certain,
        sum(found.high >= BIOBASED * whole for found, whole in shares) - certain,
    )


def _against_reference(lots: Sequence[Lot], basis: CountedBasis) -> tuple[Range | None, int]:
    """Saving against the nulvariants, and of how many lots; of what was awarded only."""
    if basis != "gegund":
        return None, 0
    compared = [lot for lot in lots if lot.reference is not None and lot.awarded is not None]
    return _saved(compared), len(compared)


def _coverage(
    lots: Sequence[Lot], known: Mapping[str, Masses], year: int, frame: Frame, basis: CountedBasis
) -> Coverage:
    """€ × the part of the mass with a known origin; a lot without a mass is not known at all. Of what was
    delivered in a year the € are those of the part that was delivered."""
    euros, awarded = Decimal(0), Decimal(0)
    for lot in lots:
        if lot.price is None:
            continue
        masses = known.get(lot.key)
        price = _price_of(lot, masses, basis)
        awarded += price
        if masses is not None and masses.whole > 0:
            euros += price * _part(masses.known, masses.whole)
    spent = _spent(frame, year)
    return Coverage(euros, awarded, sum(spent.values(), Decimal(0)) if spent else None, _outside(frame, year))


def _price_of(lot: Lot, masses: Masses | None, basis: CountedBasis) -> Decimal:
    """€ of what is counted: of what was delivered in a year, the part that was delivered."""
    price = lot.price or Decimal(0)
    if basis == "gerealiseerd" and masses is not None and lot.awarded is not None:
        return price * _part(masses.whole, lot.awarded.whole)
    return price


def _part(some: float, whole: float) -> Decimal:
    """A part of a whole, 0..1; what is but a last bit from all of it is all of it."""
    part = min(1.0, max(0.0, some / whole)) if whole > 0 else 1.0
    return Decimal(1) if part > 1 - WHOLE else Decimal(repr(part))


def _unmeasured(
    lots: Sequence[Lot], known: Mapping[str, Masses], year: int, frame: Frame, basis: CountedBasis
) -> Range | None:
    """Tons that go with spend of which no tons are known; None where no factor says how many.

    Where the spend of the year was typed, it is the spend less what was measured; else the lots without a
    mass.
    """
    factors = {one.category.casefold(): one for one in frame.factors}
    of_group = {group: one for one in frame.factors for group in one.groups}
    spent = _spent(frame, year)
    left: list[tuple[SpendFactor | None, Decimal | None]]
    if spent:
        measured = [(lot, _price_of(lot, known[lot.key], basis)) for lot in lots if lot.key in known]
        left = [(factors.get(name), amount) for name, amount in _left(spent, measured, of_group).items()]
    else:
        left = [(of_group.get(lot.group), lot.price) for lot in lots if lot.key not in known]
    found = []
    for factor, amount in left:
        if factor is None or amount is None:
            return None
        found.append(factor.tons(amount, year))
    return total(found)


def _spent(frame: Frame, year: int) -> dict[str, Decimal]:
    """What was spent in a year in the baseline's scope, by category in lower case. An estimate covers the
    categories it has factors for: what it left out then is left out now."""
    found: dict[str, Decimal] = {}
    for one in frame.spend:
        if one.year == year and _is_in_scope(frame, one):
            name = one.category.casefold()
            found[name] = found.get(name, Decimal(0)) + one.amount
    return found


def _outside(frame: Frame, year: int) -> Decimal:
    spent = [one.amount for one in frame.spend if one.year == year and not _is_in_scope(frame, one)]
    return sum(spent, Decimal(0))


def _is_in_scope(frame: Frame, one: YearSpend) -> bool:
    is_estimate = frame.baseline is not None and frame.baseline.method == "estimate"
    covered = {factor.category.casefold() for factor in frame.baseline.factors} if frame.baseline else set()
    return not (is_estimate and covered) or one.category.casefold() in covered


def _left(
    spent: Mapping[str, Decimal], measured: Sequence[tuple[Lot, Decimal]], of_group: Mapping[str, SpendFactor]
) -> dict[str, Decimal]:
    """By category, the spend of which nothing was measured, where there is any. A lot whose group belongs to
    no category is taken off only where there is one category alone: nobody could say off which."""
    left = dict(spent)
    named = any(factor.groups for factor in of_group.values())
    only = min(left) if len(left) == 1 and not named else ""
    for lot, price in measured:
        factor = of_group.get(lot.group)
        name = factor.category.casefold() if factor is not None else only
        if name in left:
            left[name] -= price
    return {name: amount for name, amount in left.items() if amount > 0}


def _weights(found: Sequence[Impact]) -> Weights:
    """Sums of what is known with how many lots they are of; None where nothing is."""

    def added(values: Iterable[float | None]) -> tuple[float | None, int]:
        known = [value for value in values if value is not None]
        return (math.fsum(known) if known else None), len(known)

    (reference, before), (promised, said), (proven, shown) = (
        added(one.reference for one in found),
        added(one.promised for one in found),
        added(one.proven for one in found),
    )
    return Weights(Impact(reference, promised, proven), len(found), before, said, shown)


def _saved(lots: Sequence[Lot]) -> Range | None:
    """Primary abiotic of the nulvariants less that of what was awarded, over the lots that have both."""
    before = [lot.reference.primary_abiotic for lot in lots if lot.reference is not None]
    after = [lot.awarded.primary_abiotic for lot in lots if lot.awarded is not None]
    return total(before).less(total(after)) if before else None


def _groups(lots: Sequence[Lot], known: Mapping[str, Masses]) -> tuple[GroupCount, ...]:
    by_group: dict[str, list[Lot]] = {}
    for lot in lots:
        by_group.setdefault(lot.group, []).append(lot)
    return tuple(_group(group, members, known) for group, members in sorted(by_group.items()))


def _group(group: str, lots: Sequence[Lot], known: Mapping[str, Masses]) -> GroupCount:
    measured = [lot for lot in lots if lot.key in known]
    masses = sum_of(known[lot.key] for lot in measured)
    amounts = [lot.functional for lot in measured]
    quantity = math.fsum(one for one in amounts if one is not None) if None not in amounts else None
    per_unit = masses.primary_abiotic.per(quantity) if quantity else None
    first = lots[0]
    return GroupCount(
        group, first.group_name, len(lots), len(measured), masses, quantity, first.functional_unit, per_unit
    )


# --- the line
# ----------------------------------------------------------------------------------------------------


def reduction(year: int, baseline_year: int, targets: Sequence[tuple[int, float]]) -> float:
    """% less that the line asks in a year: linear between targets, from 0 in the baseline's year [own]."""
    points = [(baseline_year, 0.0), *((at, less) for at, less in sorted(targets) if at > baseline_year)]
    if year <= baseline_year:
        return 0.0
    for (before, low), (after, high) in pairwise(points):
        if year <= after:
            return low + (high - low) * (year - before) / (after - before)
    return points[-1][1]


def line_of(baseline: Range, percent: float) -> Range:
    return baseline.times(1 - percent / 100)


def verdict(band: Range, line: Range, *, is_target_year: bool) -> Verdict:
    """Met only if the high end is at or under the line's low one; missed only if the low end is over its high
    one."""
    if band.high <= line.low:
        return "gehaald" if is_target_year else "op_koers"
    if band.low > line.high:
        return "niet_gehaald" if is_target_year else "niet_op_koers"
    return "niet_te_zeggen"


def _judged(counted: YearCount, frame: Frame, basis: CountedBasis, *, is_over: bool) -> YearCount:
    """The line is of the one basis that the baseline's edition chose; the other has no verdict. While a year
    is not over, or is not all delivered, more is to come: only what is missed already is said."""
    if frame.baseline is None or frame.baseline.basis != basis or counted.year <= frame.baseline.year:
        return counted
    percent = reduction(counted.year, frame.baseline.year, frame.targets)
    line = line_of(frame.baseline.primary_abiotic_t, percent)
    is_target = counted.year in dict(frame.targets)
    band = counted.band
    said: Verdict = "niet_te_zeggen"
    if band is not None and counted.lots and counted.coverage.is_enough and _knows_spend(counted, frame):
        said = verdict(band, line, is_target_year=is_target)
        if not is_over and said in ("gehaald", "op_koers"):
            said = "niet_te_zeggen"
    return replace(counted, target=Target(percent, line, said, is_target))
