"""A chart's marks at a size: rectangles, lines and texts with hatch and hit box. Pure; origin left above, y
downwards."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.charts.code import QUIET, Code
from cirkeldesk.charts.description import (
    UNDIVIDED,
    Bar,
    Bars,
    Chart,
    DifferenceBars,
    Interval,
    Intervals,
    Point,
    Scatter,
    ValueBars,
)
from cirkeldesk.charts.progress import Progress, TargetMark
from cirkeldesk.wording import numbers

Measure = Callable[[str, float], float]
Hatch = Literal["", "//", "\\\\", "..", "xx"]
Anchor = Literal["left", "middle", "right"]
Ink = Literal["text", "muted", "line", "control"]

# One palette for light, dark and paper: dark and light in turn, so that neighbours differ in grey too.
FILLS: dict[str, tuple[str, Hatch]] = {
    "A1-A3": ("#0B3C5D", ""),
    "A4": ("#E8A33D", "//"),
    "A5": ("#1F7A6B", ""),
    "B": ("#C9B7E8", "\\\\"),
    "C": ("#8A2F3B", ""),
    "D": ("#A9D08E", ".."),
    UNDIVIDED: ("#9AA3AD", "xx"),
    "post0": ("#0B3C5D", ""),
    "post1": ("#E8A33D", "//"),
    "post2": ("#1F7A6B", ""),
    "post3": ("#C9B7E8", "\\\\"),
    "post4": ("#8A2F3B", ""),
    "post5": ("#A9D08E", ".."),
    "Overige": ("#9AA3AD", "xx"),
    "more": ("#8A2F3B", ""),
    "less": ("#1F7A6B", "//"),
    "sum": ("#6F7985", ""),
    "interval": ("#C9D6E2", "//"),
    "bid": ("#0A5A9C", ""),
    "design": ("#6F7985", ""),
    "certain": ("#0A5A9C", ""),
    "unknown": ("#C9D6E2", "//"),
    "baseline": ("#8C96A1", ""),
}
TEXT_SIZE = 11.0
SMALL = 9.5
BAR = 18.0
ROW = 46.0
TOP = 6.0
GAP = 8.0
SCATTER = 300.0
PROGRESS = 280.0
CODE = 130.0
INTERVAL_ROW = 54.0
DOT = 9.0


@dataclass(frozen=True)
class Box:
    """A filled rectangle. `tip` is what it stands for, for the pointer and the table."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    hatch: Hatch
    tip: str
    row: int


@dataclass(frozen=True)
class Stroke:
    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink


@dataclass(frozen=True)
class Label:
    """Text at its base line."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor
    ink: Ink = "text"
    bold: bool = False


@dataclass(frozen=True)
class Diamond:
    """The net value of a bar."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Module:
    """Part of a QR code: black and without an edge, so that it is as wide as it should be."""

    x: float
    y: float
    width: float
    height: float


Mark = Box | Stroke | Label | Diamond | Module


def height_of(chart: Chart) -> float:
    if isinstance(chart, Progress):
        return PROGRESS
    if isinstance(chart, Code):
        return CODE
    if isinstance(chart, Scatter):
        return SCATTER
    if isinstance(chart, Intervals):
        return TOP + len(chart.bars) * INTERVAL_ROW + 30.0
    return TOP + len(chart.bars) * ROW + 26.0


def layout(chart: Chart, width: float, measure: Measure, height: float | None = None) -> list[Mark]:
    """All marks of a chart within `width` × `height_of(chart)`; a scatter also within another height."""
    if isinstance(chart, Progress):
        return _progress(chart, width, measure)
    if isinstance(chart, Code):
        return _code(chart)
    if isinstance(chart, Scatter):
        return _scatter(chart, width, measure, height or SCATTER)
    return _intervals(chart, width, measure) if isinstance(chart, Intervals) else _bars(chart, width, measure)


def _code(chart: Code) -> list[Mark]:
    """At the left, with the white around it that a reader needs."""
    size = CODE / (len(chart.rows) + 2 * QUIET)
    return [
        Module((column + QUIET) * size, (row + QUIET) * size, count * size, size)
        for row, column, count in chart.runs()
    ]


def _bars(chart: Bars, width: float, measure: Measure) -> list[Mark]:
    texts = [_value_text(chart, bar) for bar in chart.bars]
    left = min(width * 0.34, max((measure(bar.label, TEXT_SIZE) for bar in chart.bars), default=0.0) + GAP)
    right = max((measure(text, TEXT_SIZE) for text in texts), default=0.0) + 2 * GAP
    low = (
        min(0.0, *(sum(s.value for s in bar.segments if s.value < 0) for bar in chart.bars))
        if chart.bars
        else 0.0
    )
    high = (
        max(0.0, *(sum(s.value for s in bar.segments if s.value > 0) for bar in chart.bars))
        if chart.bars
        else 0.0
    )
    span = (high - low) or 1.0
    margin = right if isinstance(chart, (DifferenceBars, ValueBars)) and low < 0 else 0.0
    usable = max(40.0, width - left - right - margin)
    scale = usable / span
    zero = left + margin - low * scale
    marks: list[Mark] = []
    bottom = TOP + len(chart.bars) * ROW
    for tick in ticks(low, high):
        x = zero + tick * scale
        marks.append(Stroke(x, TOP, x, bottom, "text" if tick == 0 else "line"))
        marks.append(Label(x, bottom + 12, numbers.number(tick, 0), SMALL, "middle", "muted"))
    marks.append(Label(width, bottom + 24, chart.unit, SMALL, "right", "muted"))
    for row, (bar, text) in enumerate(zip(chart.bars, texts, strict=True)):
        marks += _bar(
            bar, text, row, zero, scale, left, measure, signed=isinstance(chart, (DifferenceBars, ValueBars))
        )
    return marks


def _value_text(chart: Bars, bar: Bar) -> str:
    if bar.net is None:
        return bar.note or ""
    text = numbers.number(bar.net, 0, sign=isinstance(chart, DifferenceBars))
    return text if isinstance(chart, (DifferenceBars, ValueBars)) else f"netto {text}"


def _bar(
    bar: Bar, text: str, row: int, zero: float, scale: float, left: float, measure: Measure, *, signed: bool
) -> list[Mark]:
    y = TOP + row * ROW + 16
    middle = y + BAR / 2
    marks: list[Mark] = [
        Label(left - GAP, middle + 4, fitted(bar.label, left - GAP, measure), TEXT_SIZE, "right")
    ]
    up, down, ends = (
        zero,
        zero,
        {True: -math.inf, False: -math.inf},
    )  # where the last label left and right of zero ends
    for segment in bar.segments:
        size = abs(segment.value) * scale
        x = down - size if segment.value < 0 else up
        if segment.value < 0:
            down -= size
        else:
            up += size
        fill, hatch = FILLS[segment.key]
        tip = (
            f"{bar.label}, {segment.label}: {numbers.euro(segment.value)} MKI"
            if segment.label
            else f"{bar.label}: {text}"
        )
        marks.append(Box(x, y, size, BAR, fill, hatch, tip, row))
        needed = measure(segment.label, SMALL)
        start = x + size / 2 - needed / 2
        if (
            segment.label
            and start > ends[segment.value < 0] + 3
            and (needed < size + 14 or segment.value < 0)
        ):
            marks.append(Label(x + size / 2, y - 3, segment.label, SMALL, "middle", "muted"))
            ends[segment.value < 0] = start + needed
    if bar.net is not None and not signed and down < zero:
        marks.append(Diamond(zero + bar.net * scale, middle, 5.0))
    if signed and bar.net is not None and bar.net < 0:
        marks.append(Label(down - 4, middle + 4, text, TEXT_SIZE, "right", bold=True))
    else:
        marks.append(Label(up + GAP, middle + 4, text, TEXT_SIZE, "left", bold=bar.net is not None))
    return marks


@dataclass(frozen=True)
class _Axis:
    """From a value to a place: `begin` and `end` are values at the places `at` and `to`."""

    begin: float
    end: float
    at: float
    to: float

    def place(self, value: float) -> float:
        return self.at + (value - self.begin) / ((self.end - self.begin) or 1.0) * (self.to - self.at)

    @property
    def ticks(self) -> list[float]:
        return [tick for tick in ticks(self.begin, self.end) if self.begin <= tick <= self.end]


def _axis(values: list[float], at: float, to: float) -> _Axis:
    low, high = min(values), max(values)
    room = (high - low) * 0.15 or abs(high) * 0.05 or 1.0
    return _Axis(low - room, high + room, at, to)


def _scatter(chart: Scatter, width: float, measure: Measure, height: float) -> list[Mark]:
    """MKI to the right, price upwards; names at the points, out of each other's way."""
    prices = [point.y for point in chart.points] + [p.after for p in chart.points if p.after is not None]
    left = max(measure(numbers.number(price, 0), SMALL) for price in prices) + 2 * GAP
    bottom = height - 44.0
    across = _axis([point.x for point in chart.points], left, width - GAP)
    upward = _axis(prices, bottom, TOP + 16.0)
    marks: list[Mark] = [
        Stroke(left, TOP + 16.0, left, bottom, "control"),
        Stroke(left, bottom, width - GAP, bottom, "control"),
        Label(left, TOP + 8.0, chart.y_unit, SMALL, "left", "muted"),
        Label(
            width - GAP,
            bottom + 28.0,
            f"{chart.x_unit}. De assen beginnen niet bij nul.{_below_text(chart)}",
            SMALL,
            "right",
            "muted",
        ),
    ]
    for tick in across.ticks:
        marks.append(
            Label(across.place(tick), bottom + 13.0, numbers.number(tick, 0), SMALL, "middle", "muted")
        )
    for tick in upward.ticks:
        y = upward.place(tick)
        marks += [
            Stroke(left, y, width - GAP, y, "line"),
            Label(left - 4, y + 3, numbers.number(tick, 0), SMALL, "right", "muted"),
        ]
    marks += _limit(chart, across, upward, measure)
    marks += _level(chart, across, upward, measure)
    # Names keep out of each other's way, and out of the way of every square.
    squares = [(p.x, y) for p in chart.points for y in (p.y, p.after) if y is not None]
    taken = [
        (across.place(x) - DOT / 2, across.place(x) + DOT / 2, upward.place(y) + 3.0) for x, y in squares
    ]
    for row, point in enumerate(chart.points):
        marks += _point(point, row, across, upward, width, taken, measure)
    return marks


def _below_text(chart: Scatter) -> str:
    if all(point.after is None for point in chart.points):
        return ""
    return " Grijs: na aftrek van de kwaliteit."


def _limit(chart: Scatter, across: _Axis, upward: _Axis, measure: Measure) -> list[Mark]:
    """The MKI above which a bid does not count, where it lies in the picture."""
    if chart.limit is None or not across.begin < chart.limit < across.end:
        return []
    x, name = across.place(chart.limit), "MKI-plafond"
    beside: Anchor = "left" if x + 4 + measure(name, SMALL) <= across.to else "right"
    return [
        Stroke(x, upward.to, x, upward.at, "text"),
        Label(x + (4 if beside == "left" else -4), upward.at - 5, name, SMALL, beside),
    ]


def _level(chart: Scatter, across: _Axis, upward: _Axis, measure: Measure) -> list[Mark]:
    """The line of equal notional price, as far as it lies in the picture, with its name at the end."""
    marks: list[Mark] = []
    inside = [
        (across.place(x), upward.place(y))
        for x, y in chart.line
        if across.begin <= x <= across.end and upward.begin <= y <= upward.end
    ]
    for (x1, y1), (x2, y2) in itertools.pairwise(inside):
        marks.append(Stroke(x1, y1, x2, y2, "text"))
    if len(inside) > 1:
        name = "zelfde fictieve prijs"
        x, y = inside[0]
        marks.append(
            Label(
                max(across.at + 4, min(x, across.to - measure(name, SMALL))),
                max(TOP + 26.0, y - 6),
                name,
                SMALL,
                "left",
            )
        )
    return marks


def _point(
    point: Point,
    row: int,
    across: _Axis,
    upward: _Axis,
    width: float,
    taken: list[tuple[float, float, float]],
    measure: Measure,
) -> list[Mark]:
    x, y = across.place(point.x), upward.place(point.y)
    needed = measure(point.label, SMALL)
    start = x + DOT if x + DOT + needed <= width - GAP else x - DOT - needed
    base = y + 3.0
    while any(
        abs(base - other) < SMALL + 2 and start < end and begin < start + needed
        for begin, end, other in taken
    ):
        base += SMALL + 2
    taken.append((start, start + needed, base))
    fill, hatch = FILLS[point.key]
    tip = f"{point.label}: {numbers.euro(point.x)} MKI, {numbers.euro(point.y)} excl. btw"
    below: list[Mark] = []
    if point.after is not None:
        left = upward.place(point.after)
        said = f"{point.label}, na aftrek van de kwaliteit: {numbers.euro(point.after)}"
        below = [
            Stroke(x, y, x, left, "control"),
            Box(x - DOT / 2, left - DOT / 2, DOT, DOT, *FILLS["sum"], said, row),
        ]
    return [
        *below,
        Box(x - DOT / 2, y - DOT / 2, DOT, DOT, fill, hatch, tip, row),
        Label(start, base, point.label, SMALL, "left", bold=point.key == "bid"),
    ]


def _intervals(chart: Intervals, width: float, measure: Measure) -> list[Mark]:
    """A bar per design from low to high, its name above it and its values below."""
    bottom = TOP + len(chart.bars) * INTERVAL_ROW
    room = max((measure(numbers.number(v, 0), SMALL) for b in chart.bars for v in (b.low, b.high)), default=0)
    across = _axis([v for bar in chart.bars for v in (bar.low, bar.high)], room / 2, width - room / 2)
    marks: list[Mark] = []
    for tick in across.ticks:
        x = across.place(tick)
        marks.append(Stroke(x, TOP, x, bottom, "line"))
        marks.append(Label(x, bottom + 12, numbers.number(tick, 0), SMALL, "middle", "muted"))
    note = (
        f"{chart.unit}. De as begint niet bij nul. Ruit: berekende waarde. Balk: 90 van de 100 berekeningen."
    )
    marks.append(Label(0, bottom + 26, note, SMALL, "left", "muted"))
    for row, bar in enumerate(chart.bars):
        y = TOP + row * INTERVAL_ROW + 14
        start, middle, end = (across.place(value) for value in (bar.low, bar.value, bar.high))
        tip = f"{bar.label}: {numbers.euro(bar.value)} MKI, van {numbers.number(bar.low, 0)} tot {numbers.number(bar.high, 0)}"
        name = fitted(bar.label, width * 0.6, measure)
        marks += [
            Label(0, y - 4, name, TEXT_SIZE, "left", bold=True),
            Label(measure(name, TEXT_SIZE) * 1.06 + 2 * GAP, y - 4, bar.note, SMALL, "left", "muted"),
            Box(start, y, max(end - start, 1.0), BAR * 0.8, *FILLS["interval"], tip, row),
            Diamond(middle, y + BAR * 0.4, 5.5),
        ]
        marks += _interval_values(bar, (start, middle, end), y + BAR * 0.8 + 11, measure)
    return marks


def _interval_values(
    bar: Interval, places: tuple[float, float, float], y: float, measure: Measure
) -> list[Mark]:
    """The computed value under its diamond, and both ends where they do not run into it."""
    low, value, high = (numbers.number(v, 0) for v in (bar.low, bar.value, bar.high))
    start, middle, end = places
    half = measure(value, SMALL) / 2 + 5
    marks: list[Mark] = [Label(middle, y, value, SMALL, "middle", bold=True)]
    if start + measure(low, SMALL) / 2 < middle - half:
        marks.append(Label(start, y, low, SMALL, "middle", "muted"))
    if end - measure(high, SMALL) / 2 > middle + half:
        marks.append(Label(end, y, high, SMALL, "middle", "muted"))
    return marks


def _progress(chart: Progress, width: float, measure: Measure) -> list[Mark]:
    """A bar for each year upward, what may be hatched on top, and the line of the targets over them."""
    highest = max((*(bar.most for bar in chart.bars), *(one.high for one in chart.line), 1.0))
    left = measure(numbers.number(highest, 0), SMALL) + 2 * GAP
    bottom, top = PROGRESS - 44.0, TOP + 24.0
    upward = _Axis(0.0, highest * 1.08, bottom, top)
    count = chart.last - chart.first + 1
    step = (width - left - GAP) / max(1, count)
    marks: list[Mark] = [Label(0.0, TOP + 8.0, chart.unit, SMALL, "left", "muted")]
    for tick in upward.ticks:
        y = upward.place(tick)
        marks += [
            Stroke(left, y, width - GAP, y, "text" if not tick else "line"),
            Label(left - 4, y + 3, numbers.number(tick, 0), SMALL, "right", "muted"),
        ]

    def middle(year: int) -> float:
        return left + (year - chart.first + 0.5) * step

    every = max(1, math.ceil(measure("2035 ", SMALL) / step))
    for year in range(chart.first, chart.last + 1, every):
        marks.append(Label(middle(year), bottom + 13, str(year), SMALL, "middle", "muted"))
    wide = min(34.0, step * 0.62)
    for row, bar in enumerate(chart.bars):
        x = middle(int(bar.label)) - wide / 2
        tip = f"{bar.label}: zeker {numbers.number(bar.certain, 0)} ton, hoogstens {numbers.number(bar.most, 0)} ton"
        high, certain = upward.place(bar.most), upward.place(bar.certain)
        solid = FILLS["baseline" if bar.is_baseline else "certain"]
        if bottom - certain > 0:
            marks.append(Box(x, certain, wide, bottom - certain, *solid, tip, row))
        if certain - high > 0:
            marks.append(Box(x, high, wide, certain - high, *FILLS["unknown"], tip, row))
        marks.append(Label(x + wide / 2, high - 5, numbers.number(bar.most, 0), SMALL, "middle", bold=True))
        note = fitted(bar.note, max(step, measure("nulmeting ", TEXT_SIZE)), measure)
        marks.append(Label(x + wide / 2, bottom + 27, note, SMALL, "middle", "muted"))
    return [*marks, *_targets(chart.line, middle, upward, width, measure)]


def _targets(
    line: tuple[TargetMark, ...],
    middle: Callable[[int], float],
    upward: _Axis,
    width: float,
    measure: Measure,
) -> list[Mark]:
    """Both ends of the line, a diamond at each target, and what it is."""
    marks: list[Mark] = []
    for one, other in itertools.pairwise(line):
        for begin, end in {(one.low, other.low), (one.high, other.high)}:
            places = (middle(one.year), upward.place(begin), middle(other.year), upward.place(end))
            marks.append(Stroke(*places, "control"))
    for mark in line:
        x, y = middle(mark.year), upward.place((mark.low + mark.high) / 2)
        if not mark.label:
            continue
        marks.append(Diamond(x, y, 4.5))
        low, high = numbers.number(mark.low, 0), numbers.number(mark.high, 0)
        text = f"{mark.label}, {low if low == high else f'{low}–{high}'}"
        beside: Anchor = "left" if x + 10 + measure(text, SMALL) < width else "right"
        lower = 6 if beside == "left" else 14  # at the end of the line it would stand in it
        marks.append(Label(x + (9 if beside == "left" else -9), y - lower, text, SMALL, beside))
    return marks


def fitted(text: str, width: float, measure: Measure) -> str:
    """The text, shortened with "…" where it does not fit."""
    if measure(text, TEXT_SIZE) <= width:
        return text
    while text and measure(text + "…", TEXT_SIZE) > width:
        text = text[:-1]
    return text + "…"


def ticks(low: float, high: float) -> list[float]:
    """Round values from low to high, zero among them, about four."""
    span = (high - low) or 1.0
    raw = span / 4
    power = 10 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def hatch_lines(
    hatch: Hatch, width: float, height: float, gap: float = 6.0
) -> Iterator[tuple[float, float, float, float]]:
    """Lines of a hatch over a box from (0, 0); they are clipped to it. ".." is short dashes."""
    count = math.ceil((width + height) / gap)
    for index in range(count):
        start = index * gap
        if hatch in ("//", "xx"):
            yield start - height, 0.0, start, height
        if hatch in ("\\\\", "xx"):
            yield start - height, height, start, 0.0
        if hatch == "..":
            for row in range(1, math.ceil(height / gap) + 1):
                yield start, row * gap - gap / 2, start + 1.2, row * gap - gap / 2
