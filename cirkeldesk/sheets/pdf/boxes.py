"""Parts of a page that stand beside each other or on a ground, and bars in the cells of a table.

What holds other flowables draws them in reading order, so that the tree has it too. A part that is taller
than a page gives its flowables to the page one by one: nothing is lost and nothing stops a paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from cirkeldesk.charts.layout import FILLS, hatch_lines
from cirkeldesk.sheets.pdf.tagged import artifact
from cirkeldesk.sheets.printing import INK
from cirkeldesk.wording.paper import Cause

TALLEST = 700.0  # points: less than the height of a page
PADDING = 4 * mm
EDGE = 3.0
BARS = {"for": "A1-A3", "against": "A4", "sum": "sum"}


class _Column:
    """Flowables under each other in a width, measured before they are drawn."""

    def __init__(self, flowables: Sequence[Any]) -> None:
        self.flowables = list(flowables)
        self.placed: list[tuple[Any, float]] = []

    def wrap(self, width: float) -> float:
        """The height; keeps each flowable with the distance of its foot from the top."""
        self.placed, y, after = [], 0.0, 0.0
        for flowable in self.flowables:
            _, height = flowable.wrap(width, 10_000.0)
            before = float(flowable.getSpaceBefore()) if self.placed else 0.0
            y += max(before, after) + height
            after = float(flowable.getSpaceAfter())
            self.placed.append((flowable, y))
        return y

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        for flowable, foot in self.placed:
            flowable.drawOn(canvas, x, top - foot)


class Beside(Flowable):  # type: ignore[misc]
    """Columns (width, flowables) beside each other, read one after the other."""

    def __init__(self, columns: Sequence[tuple[float, Sequence[Any]]], gap: float = 6 * mm) -> None:
        super().__init__()
        self.widths = [width for width, _ in columns]
        self.columns, self.gap = [_Column(flowables) for _, flowables in columns], gap
        self.height = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.height = max(column.wrap(wide) for wide, column in zip(self.widths, self.columns, strict=True))
        return width, self.height

    def split(self, _width: float, _height: float) -> list[Any]:
        if self.height <= TALLEST:
            return []  # it goes to the next page as a whole
        return [flowable for column in self.columns for flowable in column.flowables]

    def draw(self) -> None:
        x = 0.0
        for wide, column in zip(self.widths, self.columns, strict=True):
            column.draw(self.canv, x, self.height)
            x += wide + self.gap


class Ground(Flowable):  # type: ignore[misc]
    """Flowables on a pale ground with a coloured edge at the left."""

    def __init__(self, flowables: Sequence[Any], fill: str, edge: str) -> None:
        super().__init__()
        self.column, self.fill, self.edge = _Column(flowables), fill, edge
        self.width = self.height = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.height = self.column.wrap(width - 2 * PADDING - EDGE) + 2 * PADDING - 4
        return width, self.height

    def split(self, _width: float, _height: float) -> list[Any]:
        return [] if self.height <= TALLEST else self.column.flowables

    def draw(self) -> None:
        with artifact(self.canv):
            self.canv.saveState()
            for colour, width in ((self.fill, self.width), (self.edge, EDGE)):
                self.canv.setFillColor(HexColor(colour))
                self.canv.rect(0, 0, width, self.height, stroke=0, fill=1)
            self.canv.restoreState()
        self.column.draw(self.canv, PADDING + EDGE, self.height - PADDING + 2)


class BarCell(Flowable):  # type: ignore[misc]
    """A bar in a cell: from where the one above it ended. The figures beside it say what it shows."""

    def __init__(self, cause: Cause, low: float, high: float, width: float) -> None:
        super().__init__()
        self.cause, self.width, self.height = cause, width, 11.0
        self.low, self.scale = low, width / ((high - low) or 1.0)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        start, end = sorted((self.cause.start, self.cause.end))
        x, width = (start - self.low) * self.scale, (end - start) * self.scale
        fill, hatch = FILLS[BARS[self.cause.kind]]
        canvas.saveState()
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(HexColor(INK["text"]))
        zero = -self.low * self.scale
        canvas.line(zero, -4, zero, self.height + 4)
        canvas.setFillColor(HexColor(fill))
        canvas.rect(x, 0, max(width, 0.6), self.height, stroke=1, fill=1)
        if hatch and width > 1:
            path = canvas.beginPath()
            path.rect(x, 0, width, self.height)
            canvas.clipPath(path, stroke=0, fill=0)
            for x1, y1, x2, y2 in hatch_lines(hatch, width, self.height, 4.0):
                canvas.line(x + x1, y1, x + x2, y2)
        canvas.restoreState()


class Line(Flowable):  # type: ignore[misc]
    """A rule, with room for what is written by hand above it where `height` gives it."""

    def __init__(self, width: float, height: float = 0.0, weight: float = 0.6) -> None:
        super().__init__()
        self.width, self.height, self.weight = width, height, weight

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height + self.weight

    def draw(self) -> None:
        with artifact(self.canv):
            self.canv.setStrokeColor(HexColor(INK["text"]))
            self.canv.setLineWidth(self.weight)
            self.canv.line(0, 0, self.width, 0)
