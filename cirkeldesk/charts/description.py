"""What a chart says: bars, segments and texts, from a comparison. No sizes, no toolkit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.charts.code import Code
from cirkeldesk.charts.progress import Progress, as_rows
from cirkeldesk.model.award.award import Award
from cirkeldesk.model.award.break_even import level_line
from cirkeldesk.model.comparison.certainty import Certainty
from cirkeldesk.model.comparison.difference import Difference
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.product.modules import GROUPS, atoms
from cirkeldesk.wording import numbers

UNDIVIDED = "niet uitgesplitst"
OTHER = "Overige"
MOST_POSTS = 6
LINE_STEPS = 40


@dataclass(frozen=True)
class Segment:
    """Part of a bar: `key` picks fill and hatch, `label` is written at it, `value` in the unit of the
    chart."""

    key: str
    label: str
    value: float


@dataclass(frozen=True)
class Bar:
    """One variant. Negative segments lie left of zero; `net` is their sum. `note` replaces a bar that cannot
    be drawn."""

    label: str
    segments: tuple[Segment, ...]
    net: float | None
    note: str | None = None


@dataclass(frozen=True)
class StackedBars:
    """Horizontal stacked bars with a zero line and the net value at the bar."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    alt: str


@dataclass(frozen=True)
class DifferenceBars:
    """Signed bars that add up to `total`: from A to B."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    alt: str


@dataclass(frozen=True)
class ValueBars:
    """Bars of one value each, in the order given; nothing is added up."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    alt: str


@dataclass(frozen=True)
class Point:
    """One variant in a scatter; `key` picks the fill: every bid the same, a design grey. `after` is the sum
    that is left when the value of its quality is taken off; None where quality takes nothing off."""

    key: str
    label: str
    x: float
    y: float
    after: float | None = None


@dataclass(frozen=True)
class Scatter:
    """Points with their names, and a line of equal notional price through the first. Axes may begin above
    zero, and say so. `limit` is the MKI above which a bid does not count."""

    title: str
    x_unit: str
    y_unit: str
    points: tuple[Point, ...]
    line: tuple[tuple[float, float], ...]
    alt: str
    limit: float | None = None


@dataclass(frozen=True)
class Interval:
    """Between which values 90 of 100 calculations lie, with the value that was computed."""

    label: str
    note: str
    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Intervals:
    """Floating bars, each with a diamond at the computed value. The axis begins where it must, and says
    so."""

    title: str
    unit: str
    bars: tuple[Interval, ...]
    alt: str


Bars = StackedBars | DifferenceBars | ValueBars
Chart = Bars | Scatter | Intervals | Progress | Code


def by_module(comparison: Comparison) -> StackedBars:
    """MKI per life-cycle group and variant; a total-only bid is one hatched bar, an unknown total is a
    word."""
    bars = []
    for result in comparison.variants:
        if result.total.value is None:
            bars.append(Bar(result.name, (), None, "niet te berekenen"))
            continue
        segments = [
            Segment(
                key, key, sum(v for name, v in result.by_module.items() if atoms(name) <= frozenset(members))
            )
            for key, members in GROUPS.items()
        ]
        covered = sum(segment.value for segment in segments)
        rest = result.total.value - covered
        if result.undivided is not None or abs(rest) > 1e-9 * max(1.0, abs(result.total.value)):
            segments.append(Segment(UNDIVIDED, UNDIVIDED, rest))
        bars.append(Bar(result.name, tuple(s for s in segments if s.value), result.total.value))
    return StackedBars("MKI per levensfase", "€ MKI", tuple(bars), _totals_text("MKI per levensfase", bars))


def by_post(comparison: Comparison) -> StackedBars:
    """MKI per post and variant: the six largest and the rest, in the same order everywhere."""
    posts = comparison.tender.posts
    size = {
        post.id: max((abs(v.post(post.id).mki.value or 0.0) for v in comparison.variants), default=0.0)
        for post in posts
    }
    largest = set(sorted(size, key=lambda identity: -size[identity])[:MOST_POSTS])
    # A colour and hatch of its own for each post that is shown.
    shown = [post for post in posts if post.in_mki and post.id in largest]
    keys = {post.id: f"post{place}" for place, post in enumerate(shown)}
    bars = []
    for result in comparison.variants:
        if result.total.value is None:
            bars.append(Bar(result.name, (), None, "niet te berekenen"))
            continue
        segments = []
        other = 0.0
        for post in (p for p in posts if p.in_mki):
            value = result.post(post.id).mki.value or 0.0
            if post.id in keys:
                segments.append(Segment(keys[post.id], post.name, value))
            else:
                other += value
        rest = result.total.value - other - sum(s.value for s in segments)
        if comparison.tender.variant(result.id).work_mki is not None:
            segments, other = (
                [Segment(UNDIVIDED, UNDIVIDED, rest + other + sum(s.value for s in segments))],
                0.0,
            )
        if other:
            segments.append(Segment(OTHER, OTHER, other))
        bars.append(Bar(result.name, tuple(s for s in segments if s.value), result.total.value))
    return StackedBars("MKI per post", "€ MKI", tuple(bars), _totals_text("MKI per post", bars))


def of_difference(comparison: Comparison, difference: Difference) -> DifferenceBars:
    """Where B departs from A: the six posts that differ most, the rest together, and the sum below."""
    a, b = comparison.variant(difference.a), comparison.variant(difference.b)
    most = sorted(difference.rows, key=lambda row: -abs(row.difference))[:MOST_POSTS]
    kept = {id(row) for row in most}
    pairs = [(row.name or "Hele werk", row.difference) for row in difference.rows if id(row) in kept]
    rest = [row.difference for row in difference.rows if id(row) not in kept]
    if rest:
        pairs.append((f"{OTHER} ({len(rest)})", math.fsum(rest)))
    bars = [Bar(name, (Segment("more" if value > 0 else "less", "", value),), value) for name, value in pairs]
    bars.append(Bar("Samen", (Segment("sum", "", difference.total),), difference.total))
    title = f"Verschil in MKI: {b.name} min {a.name}"
    parts = ", ".join(f"{bar.label} {numbers.number(bar.net or 0.0, 0, sign=True)}" for bar in bars)
    return DifferenceBars(title, "€ MKI", tuple(bars), f"{title}, in euro MKI: {parts}.")


def by_indicator(comparison: Comparison, variant_id: str) -> ValueBars | None:
    """The six largest environmental effects of a variant and the rest together; None without a full
    profile."""
    result = comparison.variant(variant_id)
    values = sorted(result.by_indicator.items(), key=lambda pair: -abs(pair[1]))
    if not values:
        return None
    names = {weight.indicator: weight.name for weight in comparison.weighting_set.weights}
    largest, rest = values[:MOST_POSTS], values[MOST_POSTS:]
    pairs = [(names.get(code, code), value) for code, value in largest]
    pairs += [(f"{OTHER} ({len(rest)})", sum(value for _, value in rest))] if rest else []
    bars = tuple(Bar(name, (Segment("sum", "", value),), value) for name, value in pairs)
    title = f"MKI per milieueffect: {result.name}"
    told = ", ".join(f"{bar.label} {numbers.number(bar.net or 0.0, 0)}" for bar in bars)
    return ValueBars(title, "€ MKI", bars, f"{title}, in euro: {told}.")


def price_against_mki(
    comparison: Comparison,
    found: Award | None,
    names: Mapping[str, str] | None = None,
    *,
    designs: bool = True,
) -> Scatter | None:
    """Each variant with a price and a total; None with fewer than two. Where the method has one, the line
    through the first: at what its quality leaves of its sum, where quality takes something off. `names` by
    id, where a variant goes by another one than the table's."""
    points = [
        Point(
            "bid" if v.is_bid else "design",
            (names or {}).get(v.id, v.name),
            v.total.value,
            float(v.price),
            _after_quality(found, v.id),
        )
        for v in comparison.variants
        if v.total.value is not None and v.price is not None and not v.invalid and (designs or v.is_bid)
    ]
    if len(points) < 2:
        return None
    line = _line_through_first(found, [point.x for point in points])
    told = "; ".join(map(_point_text, points))
    first = " De lijn verbindt wat dezelfde fictieve prijs heeft als nummer 1." if line else ""
    ceiling = found.rules.ceiling if found is not None else None
    limit = f" Boven {numbers.in_sentence(ceiling)} euro MKI is een inschrijving ongeldig." if ceiling else ""
    alt = f"Prijs tegen MKI, linksonder is het gunstigst: {told}.{first}{limit}"
    return Scatter(
        "Prijs tegen MKI",
        "€ MKI",
        "€ excl. btw",
        tuple(points),
        line,
        alt,
        float(ceiling) if ceiling is not None else None,
    )


def _after_quality(found: Award | None, variant_id: str) -> float | None:
    """A bid's sum less the value of its quality; None where quality is not told in euros."""
    bid = next((bid for bid in found.bids if bid.id == variant_id), None) if found is not None else None
    if found is None or bid is None or bid.outcome is None or found.method.kind != "notional":
        return None
    worth = [part.amount for part in bid.outcome.parts if part.code == "quality"]
    return float((bid.figures.price or Decimal(0)) + sum(worth)) if any(worth) else None


def _line_through_first(found: Award | None, places: Sequence[float]) -> tuple[tuple[float, float], ...]:
    if found is None:
        return ()
    low, high = min(places), max(places)
    margin = (high - low) * 0.15 or abs(high) * 0.05 or 1.0
    steps = [low - margin + (high - low + 2 * margin) * step / LINE_STEPS for step in range(LINE_STEPS + 1)]
    line = level_line(found, [Decimal(round(step)) for step in steps])
    first = next((bid for bid in found.bids if bid.counts and bid.rank == 1), None)
    after = _after_quality(found, first.id) if first is not None else None
    off = float(first.figures.price or 0) - after if first is not None and after is not None else 0.0
    return tuple((float(x), float(y) - off) for x, y in line)


def _point_text(point: Point) -> str:
    text = f"{point.label} {numbers.number(point.x, 0)} euro MKI en {numbers.number(point.y, 0)} euro"
    return (
        f"{text}, na aftrek van de kwaliteit {numbers.number(point.after, 0)} euro"
        if point.after is not None
        else text
    )


def of_certainty(sure: Certainty) -> Intervals:
    """How far apart the designs lie, beside how far each may be off."""
    bars = tuple(
        Interval(
            one.name,
            f"laagste in {numbers.number(one.p_best * 100, 0)} van de 100",
            one.low,
            one.total,
            one.high,
        )
        for one in sure.alternatives
    )
    told = "; ".join(
        f"{bar.label} {numbers.number(bar.value, 0)}, van {numbers.number(bar.low, 0)} tot "
        f"{numbers.number(bar.high, 0)}, {bar.note}"
        for bar in bars
    )
    return Intervals(
        "Spreiding van de MKI",
        "€ MKI",
        bars,
        f"Spreiding van de MKI in euro MKI, 90 van 100 berekeningen: {told}.",
    )


def tells(chart: StackedBars) -> bool:
    """Whether a chart says more than its totals do: some bar is divided."""
    return any({segment.key for segment in bar.segments} - {UNDIVIDED} for bar in chart.bars)


def _totals_text(title: str, bars: list[Bar]) -> str:
    parts = [
        f"{bar.label} {numbers.number(bar.net, 0)}" if bar.net is not None else f"{bar.label} {bar.note}"
        for bar in bars
    ]
    return f"{title}, staafgrafiek in euro MKI. Totaal: {', '.join(parts)}."


def as_table(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The chart's figures as header and rows of text: a column per segment, and the net."""
    if not isinstance(chart, (StackedBars, DifferenceBars, ValueBars)):
        return _table_of(chart)
    labels = list(
        dict.fromkeys(segment.label for bar in chart.bars for segment in bar.segments if segment.label)
    )
    header = ("", *labels, chart.unit if isinstance(chart, ValueBars) else f"Netto {chart.unit}")
    rows = []
    for bar in chart.bars:
        values = {segment.label: numbers.number(segment.value, 0) for segment in bar.segments}
        net = numbers.number(bar.net, 0) if bar.net is not None else bar.note or ""
        rows.append((bar.label, *(values.get(label, "") for label in labels), net))
    return header, tuple(rows)


def _table_of(
    chart: Scatter | Intervals | Progress | Code,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Of what has no segments."""
    if isinstance(chart, Progress):
        return as_rows(chart)
    if isinstance(chart, Code):
        return ("Tekst",), ((chart.text,),)
    if isinstance(chart, Scatter):
        return ("", chart.x_unit, chart.y_unit), tuple(
            (p.label, numbers.number(p.x, 0), numbers.number(p.y, 0)) for p in chart.points
        )
    return ("", chart.unit, "90 van 100 ligt tussen", "Laagste"), tuple(
        (
            one.label,
            numbers.number(one.value, 0),
            f"{numbers.number(one.low, 0)} en {numbers.number(one.high, 0)}",
            one.note.removeprefix("laagste "),
        )
        for one in chart.bars
    )
