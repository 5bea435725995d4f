"""Charts on paper: the marks of `charts.layout` on a reportlab canvas."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from cirkeldesk.charts.description import Chart, Scatter
from cirkeldesk.charts.layout import Box, Diamond, Label, Mark, Module, Stroke, hatch_lines, height_of, layout
from cirkeldesk.sheets.pdf.glyphs import BODY, BOLD, draw, width_of
from cirkeldesk.sheets.pdf.tagged import FigureTag, Structure
from cirkeldesk.sheets.printing import INK


def measure(text: str, size: float) -> float:
    return width_of(text, BODY, size)


TALLEST = 600.0  # points: a page's height without its heading
USUAL, SMALLEST = 0.82, 0.5  # below half, labels are under 6 points


def fits(chart: Chart) -> bool:
    """Whether a chart can be read on one page at all."""
    return height_of(chart) * SMALLEST <= TALLEST


class ChartFigure(FigureTag):
    """A chart with its sentence as alternative text, at `scale` (1 = the screen's pixel is a point), and
    smaller where it would be taller than a page. `low`: the height in points of a scatter beside a text."""

    def __init__(
        self, chart: Chart, width: float, structure: Structure, scale: float = USUAL, low: float | None = None
    ) -> None:
        tall = low / scale if low is not None and isinstance(chart, Scatter) else height_of(chart)
        scale = min(scale, TALLEST / tall)
        super().__init__(width, tall * scale, chart.alt, structure)
        self.marks = layout(chart, width / scale, measure, tall)
        self.scale = scale

    def paint(self, canvas: Canvas) -> None:
        canvas.saveState()
        canvas.scale(self.scale, self.scale)
        top = self.height / self.scale
        for mark in self.marks:
            paint_mark(canvas, mark, top)
        canvas.restoreState()


def paint_mark(canvas: Canvas, mark: Mark, top: float) -> None:
    """One mark; `top` turns the layout's downward y into the page's upward one."""
    if isinstance(mark, Box):
        _paint_box(canvas, mark, top)
    elif isinstance(mark, Stroke):
        canvas.setStrokeColor(HexColor(INK[mark.ink]))
        canvas.setLineWidth(1.0 if mark.ink == "text" else 0.6)
        canvas.line(mark.x1, top - mark.y1, mark.x2, top - mark.y2)
    elif isinstance(mark, Label):
        canvas.setFillColor(HexColor(INK[mark.ink]))
        draw(canvas, mark.x, top - mark.y, mark.text, BOLD if mark.bold else BODY, mark.size, mark.anchor)
    elif isinstance(mark, Module):
        canvas.setFillColor(HexColor("#000000"))
        canvas.rect(mark.x, top - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
    else:
        _paint_diamond(canvas, mark, top)


def _paint_box(canvas: Canvas, box: Box, top: float) -> None:
    y = top - box.y - box.height
    canvas.saveState()
    canvas.setFillColor(HexColor(box.fill))
    canvas.rect(box.x, y, box.width, box.height, stroke=0, fill=1)
    if box.hatch:
        path = canvas.beginPath()
        path.rect(box.x, y, box.width, box.height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColor(HexColor(INK["text"]))
        canvas.setFillColor(HexColor(INK["text"]))
        canvas.setLineWidth(0.6)
        for x1, y1, x2, y2 in hatch_lines(box.hatch, box.width, box.height):
            canvas.line(box.x + x1, y + y1, box.x + x2, y + y2)
    canvas.restoreState()
    canvas.setStrokeColor(HexColor(INK["text"]))
    canvas.setLineWidth(0.6)
    canvas.rect(box.x, y, box.width, box.height, stroke=1, fill=0)


def _paint_diamond(canvas: Canvas, mark: Diamond, top: float) -> None:
    y, r = top - mark.y, mark.radius
    path = canvas.beginPath()
    path.moveTo(mark.x, y + r)
    path.lineTo(mark.x + r, y)
    path.lineTo(mark.x, y - r)
    path.lineTo(mark.x - r, y)
    path.close()
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setStrokeColor(HexColor(INK["text"]))
    canvas.setLineWidth(1.2)
    canvas.drawPath(path, stroke=1, fill=1)
