"""What every printed paper shares: fonts, styles, page furniture, logo, and its flowables."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

from cirkeldesk.charts.description import Chart, as_table
from cirkeldesk.charts.photo import Photo
from cirkeldesk.sheets.pdf.boxes import BarCell, Beside, Ground
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
from cirkeldesk.wording.paper import Causes, Decision, KeyFigure, Letterhead, Tone

# The grid of a page: room for a hole punch left, 170 mm of text, a strip of the organisation's colour above.
rl_config.useA85 = 0  # streams as bytes, not as letters: a fifth smaller, and quicker
LEFT, RIGHT, TOP_MARGIN, FOOT = 22 * mm, 18 * mm, 19 * mm, 18 * mm
WIDTH = A4[0] - LEFT - RIGHT
STRIP = 3.2 * mm
KEPT_WHOLE = 12  # rows of a table that is not parted over two pages
MARK_ROOM = 0.72  # of the width, for what a page is marked with
LOGO_HEIGHT, LOGO_WIDTH = 16 * mm, 60 * mm
PHOTO_HEIGHT, PHOTO_WIDTH = 70 * mm, 110 * mm


def _style(name: str, size: float, leading: float, font: str = BODY, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=leading, textColor=HexColor(INK["text"]), **more
    )


TITLE = _style("title", 17, 20, BOLD, spaceAfter=2)
CHAPTER = _style("chapter", 14.5, 18, BOLD, spaceBefore=16, spaceAfter=4, keepWithNext=1)
SECTION = _style("section", 11.5, 15, BOLD, spaceBefore=5.2 * mm, spaceAfter=2 * mm, keepWithNext=1)
FIRST = _style("first", 11, 14, BOLD, spaceBefore=8, spaceAfter=3, keepWithNext=1)
SUB = _style("sub", 9.5, 13, BOLD, spaceBefore=7, spaceAfter=2, keepWithNext=1)
TEXT = _style("text", 9.5, 13, spaceAfter=4)
LEAD = _style("lead", 10.5, 14.5, spaceAfter=5)
MUTED = _style("muted", 8, 10.8, spaceBefore=1 * mm, spaceAfter=3)
MUTED.textColor = HexColor(INK["muted"])
CELL = _style("cell", 8.5, 11)
CELL_BOLD = _style("cell_bold", 8.5, 11, BOLD)
CELL_RIGHT = _style("cell_right", 8.5, 11, alignment=TA_RIGHT)
CELL_RIGHT_BOLD = _style("cell_right_bold", 8.5, 11, BOLD, alignment=TA_RIGHT)
HEAD = _style("head", 8, 10, BOLD)
HEAD_RIGHT = _style("head_right", 8, 10, BOLD, alignment=TA_RIGHT)
# Above many columns: "Ontwerpvariant" fits in a seventh of the page and is not cut.
NARROW_HEAD = _style("narrow_head", 7, 9, BOLD)
NARROW_RIGHT = _style("narrow_right", 7, 9, BOLD, alignment=TA_RIGHT)
MANY_COLUMNS = 6
GROUP = _style("group", 8, 10, BOLD)
GROUP.textColor = HexColor(INK["muted"])
ITEM = _style("item", 9.5, 13, leftIndent=11, bulletIndent=1, bulletFontName=BODY, spaceAfter=1.5)
NUMBERED = _style("numbered", 9.5, 13, leftIndent=15, bulletIndent=1, bulletFontName=BODY, spaceAfter=1.5)
LETTER = _style("letter", 9.5, 12.2, spaceAfter=3)
LETTER_BOLD = _style("letter_bold", 9.5, 12.2, BOLD, spaceAfter=3)
LETTER_HEAD = _style("letter_head", 9.5, 12, BOLD, spaceBefore=5, spaceAfter=1.5, keepWithNext=1)
LETTER_ITEM = _style(
    "letter_item", 9.5, 12.2, leftIndent=11, bulletIndent=1, bulletFontName=BODY, spaceAfter=1
)
TAG = _style("tag", 8, 10, BOLD, spaceAfter=2)
ANSWER = _style("answer", 15, 18.5, BOLD, spaceAfter=2)
KEY_LABEL = _style("key_label", 8, 10)
KEY_LABEL.textColor = HexColor(INK["muted"])
KEY_VALUE = _style("key_value", 12.5, 16, BOLD)
# (ground, edge) of a box; None is the organisation's own colour.
TONES: Mapping[Tone, tuple[str, str | None]] = {
    "decided": ("#F4F6F8", None),
    "waiting": ("#FDF0DE", "#8A4B00"),
    "no": ("#F4F6F8", "#A32A2A"),
}


class _Pages(Canvas):  # type: ignore[misc]
    """A canvas that writes the page line once the number of pages is known."""

    furniture: tuple[str, str, str] = ("", "", "")
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
        foot, head, mark = self.furniture
        number = f"Pagina {self._pageNumber} van {total}"
        right, above = A4[0] - RIGHT, A4[1] - 13 * mm
        self.saveState()
        self.setFillColor(HexColor(INK["muted"]))
        room = WIDTH - width_of(number, BODY, 8) - 6 * mm
        draw(self, LEFT, 10 * mm, fitting(foot, room, BODY, 8), BODY, 8)
        draw(self, right, 10 * mm, number, BODY, 8, "right")
        marked = min(width_of(mark, BOLD, 8), WIDTH * MARK_ROOM) if mark else 0.0
        draw(self, LEFT, above, fitting(head, WIDTH - marked - 6 * mm, BOLD, 8), BOLD, 8)
        if mark:
            self.setFillColor(HexColor("#8A4B00"))
            draw(self, right, above, fitting(mark, WIDTH * MARK_ROOM, BOLD, 8), BOLD, 8, "right")
        self.setFillColor(HexColor(self.accent))
        self.rect(0, A4[1] - STRIP, A4[0], STRIP, stroke=0, fill=1)
        self.restoreState()


def short_mark(mark: str) -> str:
    """The first signs of a hash in groups of four, as people read them to each other."""
    return "·".join(mark[i : i + 4] for i in (0, 4, 8))


def fitting(text: str, width: float, font: str, size: float) -> str:
    """A line cut with … where it would not fit."""
    if width_of(text, font, size) <= width:
        return text
    while text and width_of(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


_ADDRESS = re.compile(r"(?<![\w.@+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def with_links(told: str) -> str:
    """Markup in which an e-mail address is a link: the one thing on our papers that somebody acts on."""
    return _ADDRESS.sub(lambda found: f'<a href="mailto:{found[0]}">{found[0]}</a>', told)


def heads_for(columns: int) -> tuple[ParagraphStyle, ParagraphStyle]:
    """The style of a text head and of one above figures."""
    return (NARROW_HEAD, NARROW_RIGHT) if columns > MANY_COLUMNS else (HEAD, HEAD_RIGHT)


def printed_paper(
    title: str,
    subject: str,
    marks: Sequence[str],
    story: list[Any],
    structure: Structure,
    printed: Print,
    foot: str = "",
) -> bytes:
    """The pages as PDF/UA-1 and PDF/A-2a; the same story and print give the same bytes. `foot` for a paper
    that has its own letterhead and day."""
    version = f"versie {printed.version} · " if printed.version is not None else ""

    class Pages(_Pages):
        furniture = (
            foot or f"{title} · {version}{numbers.date(printed.time)} · kenmerk {short_mark(printed.mark)}",
            "" if foot else printed.organisation,
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
        LEFT,
        FOOT,
        WIDTH,
        A4[1] - FOOT - TOP_MARGIN,
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


class PhotoFigure(FigureTag):
    """A photo at the left of the page, as large as fits the bounds (points)."""

    def __init__(self, photo: Photo, width: float, height: float, structure: Structure) -> None:
        self.image = ImageReader(io.BytesIO(photo.content))
        wide, high = self.image.getSize()
        scale = min(width / wide, height / high)
        super().__init__(wide * scale, high * scale, photo.alt, structure)
        self.hAlign = "LEFT"

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
        told = markup(clipped(text, 20_000), style.fontName).replace("\n", "<br/>")
        return TaggedParagraph(with_links(told), style, self.structure)

    def marked(self, text: str, style: ParagraphStyle) -> TaggedParagraph:
        """A paragraph of our own with marks in it, such as a word in bold."""
        return TaggedParagraph(text, style, self.structure)

    def items(
        self, texts: Sequence[str], *, numbered: bool = False, style: ParagraphStyle | None = None
    ) -> list[Any]:
        group: list[Node] = []
        style = style or (NUMBERED if numbered else ITEM)
        return [
            ListItem(
                markup(clipped(text, 20_000)).replace("\n", "<br/>"), style, self.structure, group,
                f"{number}." if numbered else "•",
            )
            for number, text in enumerate(texts, 1)
        ]  # fmt: skip

    def facts(self, rows: Sequence[tuple[str, str]]) -> TaggedTable:
        """Labels and texts: a table whose first column heads its rows."""
        data = [[cell(clipped(name, 300), CELL_BOLD), cell(clipped(text, 1200), CELL)] for name, text in rows]
        table = tagged_table(
            data, self.structure, header=False, colWidths=[46 * mm, WIDTH - 46 * mm], hAlign="LEFT"
        )
        table.setStyle(self.grid(header=False))
        return table

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        figures: int,
        widths: Sequence[float],
        *,
        total: bool = False,
    ) -> TaggedTable:
        """A table with a header row; columns from `figures` on are right-aligned. `widths` in points.
        `total`: the last row is what the others come to."""
        left, right = heads_for(len(header))
        data = [[cell(clipped(t, 160), left if i < figures else right) for i, t in enumerate(header)]]
        data += [
            [cell(clipped(t, 1200), CELL if i < figures else CELL_RIGHT) for i, t in enumerate(row)]
            for row in rows
        ]
        if total:
            data[-1] = [
                cell(clipped(t, 1200), CELL_BOLD if i < figures else CELL_RIGHT_BOLD)
                for i, t in enumerate(rows[-1])
            ]
        table = tagged_table(data, self.structure, colWidths=list(widths), hAlign="LEFT")
        style = self.grid()
        if total:
            style.add("LINEABOVE", (0, -1), (-1, -1), 0.9, HexColor(INK["text"]))
        table.setStyle(style)
        return table

    def chart(self, chart: Chart, width: float = WIDTH, low: float | None = None) -> list[Any]:
        """A chart at the size of the page; what cannot be drawn so is told by its table. A chart never stops
        a paper."""
        try:
            if fits(chart):
                return [ChartFigure(chart, width, self.structure, low=low)]
            note = "Deze grafiek past niet op een bladzijde. Dit zijn de cijfers."
        except (ArithmeticError, LookupError, ValueError, TypeError):
            note = "Deze grafiek is niet te tekenen. Dit zijn de cijfers."
        return [self.paragraph(note, MUTED), self.chart_table(chart, width)]

    def photo(self, photo: Photo) -> list[Any]:
        return [PhotoFigure(photo, PHOTO_WIDTH, PHOTO_HEIGHT, self.structure), Spacer(1, 6)]

    def short_table(self, table: TaggedTable, rows: int) -> list[Any]:
        """A table that stays whole where it is short."""
        return [KeepTogether([table])] if rows <= KEPT_WHOLE else [table]

    def chart_table(self, chart: Chart, width: float = WIDTH) -> TaggedTable:
        """The figures of a chart, for who cannot see it and for who wants to know."""
        header, rows = as_table(chart)
        first = width * 0.28
        rest = (width - first) / max(1, len(header) - 1)
        return self.table(header, rows, 1, [first, *[rest] * (len(header) - 1)])

    def grid(self, *, header: bool = True) -> TableStyle:
        commands: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#C4CBD3")),
            ("TOPPADDING", (0, 0), (-1, -1), 2.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ]
        if header:
            commands += [
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(INK["text"])),
            ]
        return TableStyle(commands)

    # --- what the first page is made of

    def letterhead(self, head: Letterhead) -> list[Any]:
        """The sender in its own colour; under it whom it is for, its own address at the right."""
        name = ParagraphStyle(
            "sender", parent=TITLE, fontSize=15, leading=18, textColor=HexColor(self.printed.accent)
        )
        top = [self.paragraph(head.organisation, name)] if head.organisation else []
        left = [self.paragraph("\n".join(head.address), LETTER)]
        right = [self.paragraph("\n".join(head.contact), MUTED)] if head.contact else []
        return [*top, Spacer(1, 6), Beside([(112 * mm, left), (52 * mm, right)])]

    def references(self, rows: Sequence[tuple[str, str]]) -> list[Any]:
        wide = (WIDTH - 4 * (len(rows) - 1)) / max(4, len(rows))
        columns = [
            (wide, [self.paragraph(label, KEY_LABEL), self.paragraph(text, LETTER)]) for label, text in rows
        ]
        return [Spacer(1, 8), Beside(columns, 4)]

    def signature(self, greeting: str, name: str) -> list[Any]:
        return [Spacer(1, 3), self.paragraph(greeting, LETTER), Spacer(1, 20), self.paragraph(name, LETTER)]

    def decision(self, box: Decision) -> Ground:
        """What is decided, on its ground: tag, answer, sentences, figures."""
        fill, edge = TONES[box.tone]
        edge = edge or self.printed.accent
        tag = ParagraphStyle("tag_of", parent=TAG, textColor=HexColor(edge))
        note = (
            f"  <font size='9' color='{INK['muted']}' name='{BODY}'>{markup(clipped(box.note, 160))}</font>"
        )
        answer = markup(clipped(box.answer, 400), BOLD) + (note if box.note else "")
        inner: list[Any] = [
            self.paragraph(box.tag, tag), TaggedParagraph(answer, ANSWER, self.structure),
        ]  # fmt: skip
        if box.text:
            inner.append(self.paragraph(box.text, TEXT))
        if box.figures:
            wide = (WIDTH - 14 * mm) / max(4, len(box.figures)) - 3 * mm
            inner.append(Beside([(wide, self._key(figure)) for figure in box.figures], 3 * mm))
        return Ground(inner, fill, edge)

    def _key(self, figure: KeyFigure) -> list[Any]:
        return [
            self.paragraph(text, style)
            for text, style in (
                (figure.label, KEY_LABEL), (figure.value, KEY_VALUE), (figure.under, KEY_LABEL),
            )
            if text
        ]  # fmt: skip

    def causes(self, told: Causes) -> list[Any]:
        """Figures left, a bar right: a real table, that cannot say another thing than its figures."""
        ends = [0.0, *(at for cause in told.rows for at in (cause.start, cause.end))]
        low, high, bar = min(ends), max(ends), 38 * mm
        data: list[list[Any]] = [
            [cell(clipped(t, 120), HEAD if i in (0, 4) else HEAD_RIGHT) for i, t in enumerate(told.header)]
        ]
        for cause in told.rows:
            bold = cause.kind == "sum"
            row = [cell(clipped(cause.label, 160), CELL_BOLD if bold else CELL)]
            row += [cell(text, CELL_RIGHT_BOLD if bold else CELL_RIGHT) for text in cause.cells]
            data.append([*row, BarCell(cause, low, high, bar - 8)])
        widths = [WIDTH - 3 * 27 * mm - bar, *[27 * mm] * 3, bar]
        table = tagged_table(data, self.structure, colWidths=widths, hAlign="LEFT")
        style = self.grid()
        style.add("LINEABOVE", (0, -1), (-1, -1), 0.9, HexColor(INK["text"]))
        table.setStyle(style)
        return [table, self.paragraph(told.note, MUTED)]
