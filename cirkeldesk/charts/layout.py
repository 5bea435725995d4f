"""A chart's marks at a size: rectangles, lines and texts with hatch and hit box. Pure; origin left above, y downwards."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.charts.description import UNDIVIDED, Bar, Chart, DifferenceBars
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
}
TEXT_SIZE = 11.0
SMALL = 9.5
BAR = 18.0
ROW = 46.0
TOP = 6.0
GAP = 8.0


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


Mark = Box | Stroke | Label | Diamond


def height_of(chart: Chart) -> float:
    return TOP + len(chart.bars) * ROW + 26.0


def layout(chart: Chart, width: float, measure: Measure) -> list[Mark]:
    """All marks of a chart within `width` × `height_of(chart)`."""
    texts = [_value_text(chart, bar) for bar in chart.bars]
    left = min(width * 0.34, max((measure(bar.label, TEXT_SIZE) for bar in chart.bars), default=0.0) + GAP)
    right = max((measure(text, TEXT_SIZE) for text in texts), default=0.0) + 2 * GAP
    low = min(0.0, *(sum(s.value for s in bar.segments if s.value < 0) for bar in chart.bars)) if chart.bars else 0.0
    high = max(0.0, *(sum(s.value for s in bar.segments if s.value > 0) for bar in chart.bars)) if chart.bars else 0.0
    span = (high - low) or 1.0
    margin = right if isinstance(chart, DifferenceBars) and low < 0 else 0.0
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
        marks += _bar(bar, text, row, zero, scale, left, measure, signed=isinstance(chart, DifferenceBars))
    return marks


def _value_text(chart: Chart, bar: Bar) -> str:
    if bar.net is None:
        return bar.note or ""
    text = numbers.number(bar.net, 0, sign=isinstance(chart, DifferenceBars))
    return text if isinstance(chart, DifferenceBars) else f"netto {text}"


def _bar(bar: Bar, text: str, row: int, zero: float, scale: float, left: float, measure: Measure, *, signed: bool) -> list[Mark]:
    y = TOP + row * ROW + 16
    middle = y + BAR / 2
    marks: list[Mark] = [Label(left - GAP, middle + 4, fitted(bar.label, left - GAP, measure), TEXT_SIZE, "right")]
    up, down, label_end = zero, zero, -math.inf
    for segment in bar.segments:
        size = abs(segment.value) * scale
        x = down - size if segment.value < 0 else up
        if segment.value < 0:
            down -= size
        else:
            up += size
        fill, hatch = FILLS[segment.key]
        tip = f"{bar.label}, {segment.label}: {numbers.euro(segment.value)} MKI" if segment.label else f"{bar.label}: {text}"
        marks.append(Box(x, y, size, BAR, fill, hatch, tip, row))
        needed = measure(segment.label, SMALL)
        start = x + size / 2 - needed / 2
        if segment.label and start > label_end + 3 and (needed < size + 14 or segment.value < 0):
            marks.append(Label(x + size / 2, y - 3, segment.label, SMALL, "middle", "muted"))
            label_end = start + needed
    if bar.net is not None and not signed and down < zero:
        marks.append(Diamond(zero + bar.net * scale, middle, 5.0))
    if signed and bar.net is not None and bar.net < 0:
        marks.append(Label(down - 4, middle + 4, text, TEXT_SIZE, "right", bold=True))
    else:
        marks.append(Label(up + GAP, middle + 4, text, TEXT_SIZE, "left", bold=bar.net is not None))
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


def hatch_lines(hatch: Hatch, width: float, height: float, gap: float = 6.0) -> Iterator[tuple[float, float, float, float]]:
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
