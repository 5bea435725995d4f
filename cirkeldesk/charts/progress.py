"""Progress against targets: a bar with its band for each year, and the line of the targets.

What is certain is solid, what may be is hatched on top of it; the line is a range as its baseline is.
"""

from __future__ import annotations

from dataclasses import dataclass

from cirkeldesk.model.monitor.baseline import Baseline
from cirkeldesk.model.monitor.count import Count, YearCount, line_of, reduction
from cirkeldesk.model.monitor.ranges import Range
from cirkeldesk.wording import numbers
from cirkeldesk.wording.monitor import words


@dataclass(frozen=True)
class YearBar:
    """A year: `certain` and `most` tons; `note` under the year. `is_baseline` where it is what others are
    measured by."""

    label: str
    certain: float
    most: float
    note: str
    is_baseline: bool = False


@dataclass(frozen=True)
class TargetMark:
    """What a year may be at most: a range of tons. `label` is written at targets, "" between them."""

    year: int
    low: float
    high: float
    label: str


@dataclass(frozen=True)
class Progress:
    """Bars from the first year, and the line to the last target. Tons."""

    title: str
    unit: str
    first: int
    last: int
    bars: tuple[YearBar, ...]
    line: tuple[TargetMark, ...]
    alt: str


def of_count(count: Count, targets: tuple[tuple[int, float], ...]) -> Progress | None:
    """None while there is neither a lot nor a baseline to draw."""
    base = count.baseline
    years = [one for one in count.years if one.lots and (base is None or one.year != base.year)]
    if not years and base is None:
        return None
    bars = [_baseline(base.year, base.primary_abiotic_t)] if base is not None else []
    bars += [
        YearBar(str(one.year), one.measured.low, (one.band or one.measured).high, words.share(_known(one)))
        for one in years
    ]
    line = _line(base, targets) if base is not None else []
    marks = [int(bar.label) for bar in bars] + [one.year for one in line]
    return Progress(
        "Primair abiotisch",
        "ton per jaar",
        min(marks),
        max(marks),
        tuple(bars),
        tuple(line),
        _told(bars, line),
    )


def _line(base: Baseline, targets: tuple[tuple[int, float], ...]) -> list[TargetMark]:
    found = []
    for year in sorted({base.year, *(year for year, _ in targets if year > base.year)}):
        percent = reduction(year, base.year, targets)
        span = line_of(base.primary_abiotic_t, percent)
        label = f"−{numbers.number(percent, 0)} %" if year != base.year else ""
        found.append(TargetMark(year, span.low, span.high, label))
    return found


def _baseline(year: int, span: Range) -> YearBar:
    return YearBar(str(year), span.low, span.high, "nulmeting", is_baseline=True)


def _known(one: YearCount) -> float | None:
    coverage = one.coverage
    return coverage.share_spend if coverage.spend is not None else coverage.share_awarded


def _told(bars: list[YearBar], line: list[TargetMark]) -> str:
    parts = [f"{bar.label} {words.tons(Range(bar.certain, bar.most))} ({bar.note})" for bar in bars]
    goals = [f"{one.year} {words.tons(Range(one.low, one.high))} ({one.label})" for one in line if one.label]
    told = f"Primair abiotisch per jaar: {'; '.join(parts)}."
    return f"{told} Doelen: {'; '.join(goals)}." if goals else told


def as_rows(chart: Progress) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The same as a table: year, what is certain, what is most, how much is known, the target."""
    goals = {one.year: one for one in chart.line}
    bars = {int(bar.label): bar for bar in chart.bars}
    rows = []
    for year in sorted({*goals, *bars}):
        bar, goal = bars.get(year), goals.get(year)
        rows.append(
            (
                str(year),
                numbers.number(bar.certain, 0) if bar is not None else "",
                numbers.number(bar.most, 0) if bar is not None else "",
                bar.note if bar is not None else "",
                words.span(Range(goal.low, goal.high)) if goal is not None and goal.label else "",
            )
        )
    return ("Jaar", "Zeker, ton", "Hoogstens, ton", "Bekend", "Doel, ton"), tuple(rows)
