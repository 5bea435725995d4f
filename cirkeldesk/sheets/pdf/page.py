"""What every printed paper shares: fonts, styles, page furniture, logo, and its flowables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, TableStyle

from cirkeldesk.charts.description import Chart, as_table
from cirkeldesk.sheets.pdf.chart import ChartFigure, fits
from cirkeldesk.sheets.pdf.glyphs import BODY, BOLD, draw, markup, width_of
from cirkeldesk.sheets.pdf.tagged import (
    FigureTag,
    HeadingTag,
    ListItem,
    Node,
    Properties,
    Structure,
    TaggedParagraph,
    TaggedTable,
    artifact,
    finish,
    tagged_table,
)
from cirkeldesk.sheets.printing import ACCENT, INK, Print
from cirkeldesk.wording import numbers

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
LOGO_HEIGHT, LOGO_WIDTH = 16 * mm, 60 * mm


def _style(name: str, size: float, leading: float, font: str = BODY, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=HexColor(INK["text"]), **more
    )


TITLE = _style("title", 20, 25, BOLD, spaceAfter=3)
SECTION = _style("section", 13.5, 18, BOLD, spaceBefore=14, spaceAfter=5, keepWithNext=1)
SUB = _style("sub", 10.5, 14, BOLD, spaceBefore=8, spaceAfter=3, keepWithNext=1)
TEXT = _style("text", 10, 14.5, spaceAfter=4)
LEAD = _style("lead", 12.5, 18, spaceAfter=6)
MUTED = _style("muted", 8.5, 12)
MUTED.textColor = HexColor(INK["muted"])
CELL = _style("cell", 8, 10.4)
CELL_BOLD = _style("cell_bold", 8, 10.4, BOLD)
CELL_RIGHT = _style("cell_right", 8, 10.4, alignment=TA_RIGHT)
CELL_RIGHT_BOLD = _style("cell_right_bold", 8, 10.4, BOLD, alignment=TA_RIGHT)
ITEM = _style("item", 9.5, 13.5, leftIndent=12, bulletIndent=2, bulletFontName=BODY, spaceAfter=2)


class _Pages(Canvas):  # type: ignore[misc]
    """A canvas that writes the page line once the number of pages is known."""

    furniture: tuple[str, str] = ("", "")
    accent = ACCENT

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        total = len(self._kept)
        for state in self._kept:
            self.__dict__.update(state)
            with artifact(self):
                self._page_line(total)
            super().showPage()
        super().save()

    def _page_line(self, total: int) -> None:
        left, mark = self.furniture
        number = f"Pagina {self._pageNumber} van {total}"
        self.saveState()
        self.setFillColor(HexColor(INK["muted"]))
        room = WIDTH - width_of(number, BODY, 8) - 6 * mm
        draw(self, MARGIN, 11 * mm, fitting(left, room, BODY, 8), BODY, 8)
        draw(self, A4[0] - MARGIN, 11 * mm, number, BODY, 8, "right")
        if mark:
            self.setFillColor(HexColor("#8A4B00"))
            draw(self, A4[0] / 2, A4[1] - 11 * mm, fitting(mark, WIDTH, BOLD, 8), BOLD, 8, "middle")
        self.setFillColor(HexColor(self.accent))
        self.rect(0, A4[1] - 3 * mm, A4[0], 3 * mm, stroke=0, fill=1)
        self.restoreState()


def fitting(text: str, width: float, font: str, size: float) -> str:
    """A line cut with … where it would not fit."""
    if width_of(text, font, size) <= width:
        return text
    while text and width_of(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def printed_paper(
    title: str, subject: str, marks: Sequence[str], story: list[Any], structure: Structure, printed: Print
) -> bytes:
    """The pages as PDF/UA-1 and PDF/A-2a; the same story and print give the same bytes."""
    version = f"versie {printed.version} · " if printed.version is not None else ""

    class Pages(_Pages):
        furniture = (
            f"{title} · {version}{numbers.date(printed.time)} · kenmerk {printed.head[:12]}",
            " · ".join(marks),
        )
        accent = printed.accent

    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=title,
        author=printed.author,
        lang="nl-NL",
        initialFontName=BODY,
        invariant=1,
    )
    frame = Frame(
        MARGIN,
        18 * mm,
        WIDTH,
        A4[1] - 18 * mm - 17 * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build(story, canvasmaker=Pages)
    properties = Properties(
        title, subject, printed.author, printed.time, printed.producer, printed.identifier
    )
    return finish(buffer.getvalue(), structure, properties)


def clipped(text: str, longest: int = 300) -> str:
    """A text that fits a page whatever was typed; the whole of it stays in the program."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


class Logo(FigureTag):
    """The organisation's logo at the top right of the first page."""

    def __init__(self, png: bytes, organisation: str, structure: Structure) -> None:
        self.image = ImageReader(io.BytesIO(png))
        width, height = self.image.getSize()
        scale = min(LOGO_HEIGHT / height, LOGO_WIDTH / width)
        alt = f"Logo van {organisation}" if organisation else "Logo van de organisatie"
        super().__init__(width * scale, height * scale, alt, structure)
        self.hAlign = "RIGHT"

    def paint(self, canvas: Canvas) -> None:
        canvas.drawImage(self.image, 0, 0, self.width, self.height)


def cell(text: str, style: ParagraphStyle) -> Paragraph:
    """A text in a table's cell, every sign of it in a face that has it."""
    return Paragraph(markup(text, style.fontName).replace("\n", "<br/>"), style)


class Blocks:
    """Makes the flowables of a paper, in one tree."""

    def __init__(self, printed: Print, structure: Structure) -> None:
        self.printed, self.structure = printed, structure

    def logo(self) -> list[Any]:
        if not self.printed.logo:
            return []
        return [Logo(self.printed.logo, self.printed.organisation, self.structure), Spacer(1, 6)]

    def heading(self, text: str, level: Literal[1, 2, 3], style: ParagraphStyle | None = None) -> HeadingTag:
        text = clipped(text)
        usual = {1: TITLE, 2: SECTION, 3: SUB}[level]
        return HeadingTag.of(
            markup(text, (style or usual).fontName), style or usual, self.structure, level, text
        )

    def paragraph(self, text: str, style: ParagraphStyle = TEXT) -> TaggedParagraph:
        return TaggedParagraph(
            markup(clipped(text, 20_000), style.fontName).replace("\n", "<br/>"), style, self.structure
        )

    def items(self, texts: Sequence[str]) -> list[Any]:
        group: list[Node] = []
        return [
            ListItem(markup(clipped(text, 20_000)).replace("\n", "<br/>"), ITEM, self.structure, group)
            for text in texts
        ]

    def facts(self, rows: Sequence[tuple[str, str]]) -> TaggedTable:
        """Labels and texts: a table whose first column heads its rows."""
        data = [[cell(clipped(name, 300), CELL), cell(clipped(text, 1200), CELL_BOLD)] for name, text in rows]
        table = tagged_table(
            data, self.structure, header=False, colWidths=[52 * mm, WIDTH - 52 * mm], hAlign="LEFT"
        )
        table.setStyle(self.grid(header=False))
        return table

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], figures: int, widths: Sequence[float]
    ) -> TaggedTable:
        """A table with a header row; columns from `figures` on are right-aligned. `widths` in points."""
        data = [
            [
                cell(clipped(t, 160), CELL_BOLD if i < figures else CELL_RIGHT_BOLD)
                for i, t in enumerate(header)
            ]
        ]
        data += [
            [cell(clipped(t, 1200), CELL if i < figures else CELL_RIGHT) for i, t in enumerate(row)]
            for row in rows
        ]
        table = tagged_table(data, self.structure, colWidths=list(widths), hAlign="LEFT")
        table.setStyle(self.grid())
        return table

    def chart(self, chart: Chart) -> list[Any]:
        """A chart at the size of the page; what cannot be drawn so is told by its table. A chart never stops
        a paper."""
        try:
            if fits(chart):
                return [ChartFigure(chart, WIDTH, self.structure)]
            note = "Deze grafiek past niet op een bladzijde. Dit zijn de cijfers."
        except (ArithmeticError, LookupError, ValueError, TypeError):
            note = "Deze grafiek is niet te tekenen. Dit zijn de cijfers."
        header, rows = as_table(chart)
        width = WIDTH / len(header)
        return [self.paragraph(note, MUTED), self.table(header, rows, 1, [width] * len(header))]

    def grid(self, *, header: bool = True) -> TableStyle:
        line = HexColor("#D5DAE0")
        commands: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, line),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
        if header:
            commands += [
                ("BACKGROUND", (0, 0), (-1, 0), HexColor("#F4F6F8")),
                ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(self.printed.accent)),
            ]
        return TableStyle(commands)
