"""Charts: sums, layout within bounds, the same marks from both painters, and ink that is really there."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from decimal import Decimal

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from cirkeldesk import paths
from cirkeldesk.charts import description
from cirkeldesk.charts.layout import FILLS, Box, Diamond, Label, Mark, hatch_lines, height_of, layout, ticks
from cirkeldesk.model.award.award import award
from cirkeldesk.model.award.break_even import level_line
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.sheets.pdf.chart import paint_mark
from cirkeldesk.sheets.pdf.glyphs import use_faces
from cirkeldesk.wording.comparison.differences import default_pair


def simple(text: str, size: float) -> float:
    return len(text) * size * 0.55


@pytest.fixture
def charts(workspace: Workspace) -> list[description.Bars]:
    add_example(workspace)
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "voorbeeld"))
    pair = default_pair(comparison)
    assert pair is not None
    difference = explain_difference(comparison, *pair)
    assert difference is not None
    by_indicator = description.by_indicator(comparison, "v1")
    assert by_indicator is not None
    stacked = [description.by_module(comparison), description.by_post(comparison)]
    return [*stacked, description.of_difference(comparison, difference), by_indicator]


def test_segments_add_up_to_the_net(charts: list[description.Bars]) -> None:
    for chart in charts:
        for bar in chart.bars:
            assert bar.net is not None
            assert sum(segment.value for segment in bar.segments) == pytest.approx(bar.net)
            assert all(segment.key in FILLS for segment in bar.segments)


@pytest.mark.parametrize("width", [320.0, 640.0, 1400.0])
def test_marks_stay_inside(charts: list[description.Bars], width: float) -> None:
    for chart in charts:
        for mark in layout(chart, width, simple):
            if isinstance(mark, Box):
                assert mark.x >= -0.01
                assert mark.x + mark.width <= width + 0.01
                assert 0 <= mark.y <= height_of(chart)
            elif isinstance(mark, Label) and mark.anchor == "left":
                assert mark.x + simple(mark.text, mark.size) <= width + 8


def test_bar_lengths_are_to_one_scale(charts: list[description.Bars]) -> None:
    for chart in charts:
        boxes = [mark for mark in layout(chart, 900.0, simple) if isinstance(mark, Box)]
        values = [segment.value for bar in chart.bars for segment in bar.segments]
        scales = [box.width / abs(value) for box, value in zip(boxes, values, strict=True)]
        assert max(scales) == pytest.approx(min(scales))


def test_ticks_hold_zero() -> None:
    for low, high in ((0.0, 72872.0), (-6000.0, 80000.0), (-3.0, 0.0), (0.0, 0.0)):
        found = ticks(low, high)
        assert 0 in found
        assert len(found) <= 7


def operators(marks: list[Mark], height: float) -> str:
    use_faces(paths.resources() / "fonts")
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0)
    for mark in marks:
        paint_mark(canvas, mark, height)
    canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as pdf:
        return pdf.pages[0].Contents.read_bytes().decode("latin-1")


def test_both_painters_draw_every_mark(charts: list[description.Bars], qtbot: object) -> None:
    """No ink is lost on paper (a checker would not see that), and the screen has colour where each box is."""
    from PySide6.QtGui import QColor, QImage, QPainter

    from cirkeldesk.desktop.kit.chart_view import paint_mark as paint_on_screen

    for chart in charts:
        marks = layout(chart, 700.0, simple)
        paper = operators(marks, height_of(chart))
        boxes = [mark for mark in marks if isinstance(mark, Box)]
        assert len(re.findall(r" re\s+f\*?", paper)) >= len(boxes)
        assert len(re.findall(r"\bTj\b", paper)) == sum(isinstance(mark, Label) for mark in marks)
        hatched = [list(hatch_lines(box.hatch, box.width, box.height)) for box in boxes if box.hatch]
        assert paper.count(" l S") + paper.count(" l\nS") >= sum(map(len, hatched))
        image = QImage(700, round(height_of(chart)), QImage.Format.Format_RGB32)
        image.fill(QColor("#FFFFFF"))
        painter = QPainter(image)
        for mark in marks:
            paint_on_screen(painter, mark)
        painter.end()
        for box in boxes:
            if box.width > 6 and not box.hatch:
                seen = image.pixelColor(round(box.x + box.width / 2), round(box.y + box.height / 2)).name()
                covered = any(isinstance(m, Diamond) and abs(m.x - box.x - box.width / 2) < 8 for m in marks)
                assert covered or seen == box.fill.lower()


def test_module_fills_differ_in_grey_too() -> None:
    """Read in black and white: neighbours differ by at least 20 levels of luminance, or by their hatch."""

    def luminance(hex_color: str) -> float:
        r, g, b = (int(hex_color[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    order = ["A1-A3", "A4", "A5", "B", "C", "D"]
    for one, two in itertools.pairwise(order):
        (fill_1, hatch_1), (fill_2, hatch_2) = FILLS[one], FILLS[two]
        assert abs(luminance(fill_1) - luminance(fill_2)) > 20 or hatch_1 != hatch_2


def test_the_six_largest_effects_and_the_rest(workspace: Workspace) -> None:
    """Never nineteen bars; what is shown adds up to the total of the profile."""
    add_example(workspace)
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "voorbeeld"))
    chart = description.by_indicator(comparison, "v1")
    assert chart is not None
    assert len(chart.bars) == 7
    assert chart.bars[-1].label == f"Overige ({len(comparison.variant('v1').by_indicator) - 6})"
    values = [bar.net or 0.0 for bar in chart.bars]
    assert [abs(value) for value in values[:6]] == sorted((abs(value) for value in values[:6]), reverse=True)
    assert sum(values) == pytest.approx(comparison.variant("v1").total.value)
    assert description.by_indicator(comparison, "v3") is None  # one total, no profile


def test_price_against_mki_with_the_line_of_equal_price(workspace: Workspace) -> None:
    """MKI-korting, 150.000 over 73.000 to 60.000: at 73.000 no discount, so level at 1.171.146,15; at 60.000
    at + 150.000."""
    add_example(workspace)
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "voorbeeld"))
    found = award(comparison)
    chart = description.price_against_mki(comparison, found)
    assert chart is not None
    assert [point.label for point in chart.points] == [v.name for v in comparison.variants]
    assert {point.key for point in chart.points} == {"bid", "design"}
    assert found is not None
    line = dict(level_line(found, [Decimal(60_000), Decimal(73_000), Decimal(66_500)]))
    assert line[Decimal(73_000)] == Decimal("1171146.15")
    assert line[Decimal(60_000)] == Decimal("1321146.15")
    assert line[Decimal(66_500)] == Decimal("1246146.15")  # halfway: half of the discount
    first = found.bids[0]
    assert first.figures.mki is not None
    assert dict(level_line(found, [first.figures.mki]))[first.figures.mki] == first.figures.price
    for width in (320.0, 640.0, 1400.0):
        for mark in layout(chart, width, simple):
            if isinstance(mark, Box):
                assert 0 <= mark.x <= width
                assert 0 <= mark.y <= height_of(chart)
    assert any(
        isinstance(mark, Label) and "beginnen niet bij nul" in mark.text
        for mark in layout(chart, 640.0, simple)
    )
    header, rows = description.as_table(chart)
    assert header == ("", "€ MKI", "€ excl. btw")
    assert rows[3] == ("Inschrijving B", "64.866", "1.265.000")


def test_sealed_prices_make_no_scatter(workspace: Workspace) -> None:
    add_example(workspace)
    tender = replace(tenders.get_tender(workspace, "voorbeeld"), sealed_until="2099-01-01T10:00:00+01:00")
    comparison, _ = comparison_of(workspace, tender)
    chart = description.price_against_mki(comparison, award(comparison))
    assert chart is None or not any(point.key == "bid" for point in chart.points)
