"""The advice sheet: one comparison on paper, tagged and archivable."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, KeepTogether, PageTemplate, Paragraph, Spacer, TableStyle

from cirkeldesk.charts import description
from cirkeldesk.model.award import award
from cirkeldesk.model.comparison import Comparison
from cirkeldesk.model.difference import explain_difference
from cirkeldesk.sheets.chart import BODY, BOLD, INK, ITALIC, ChartFigure
from cirkeldesk.sheets.tagged import (
    Heading,
    ListItem,
    Node,
    Properties,
    Structure,
    TaggedParagraph,
    artifact,
    finish,
    tagged_table,
)
from cirkeldesk.wording import advice, awarding, differences, numbers, sentences, terms
from cirkeldesk.wording.rows import matrix_rows

ACCENT = "#0A5A9C"
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
VARIANTS_PER_TABLE = 5
INTERN = "INTERN, bevat inschrijfprijzen"


@dataclass(frozen=True)
class Print:
    """What a sheet carries besides the comparison: head hash of the history, time (ISO, UTC), organisation, maker."""

    head: str
    time: str
    producer: str
    organisation: str = ""
    author: str = ""


@cache
def register_fonts(folder: Path) -> None:
    for name, file in ((BODY, "Roboto-Regular"), (BOLD, "Roboto-Bold"), (ITALIC, "Roboto-Italic")):
        pdfmetrics.registerFont(TTFont(name, folder / f"{file}.ttf"))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def _style(name: str, size: float, leading: float, font: str = BODY, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, textColor=HexColor(INK["text"]), **more)


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
        self.saveState()
        self.setFillColor(HexColor(INK["muted"]))
        self.setFont(BODY, 8)
        self.drawString(MARGIN, 11 * mm, left)
        self.drawRightString(A4[0] - MARGIN, 11 * mm, f"Pagina {self._pageNumber} van {total}")
        if mark:
            self.setFont(BOLD, 8)
            self.setFillColor(HexColor("#8A4B00"))
            self.drawCentredString(A4[0] / 2, A4[1] - 11 * mm, mark)
        self.setFillColor(HexColor(ACCENT))
        self.rect(0, A4[1] - 3 * mm, A4[0], 3 * mm, stroke=0, fill=1)
        self.restoreState()


def advice_sheet(comparison: Comparison, printed: Print, fonts: Path) -> bytes:
    """The PDF's bytes; the same comparison, head and time give the same bytes."""
    register_fonts(fonts)
    tender = comparison.tender
    structure = Structure()
    title = f"Adviesblad {tender.number}"
    marks = [mark] if (mark := terms.mark(tender)) else []
    marks += [INTERN] if tender.has_bids else []
    day = numbers.date(printed.time)

    class Pages(_Pages):
        furniture = (f"{title} · {day} · kenmerk {printed.head[:12]}", " · ".join(marks))

    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer, pagesize=A4, title=title, author=printed.author, lang="nl-NL", initialFontName=BODY, invariant=1
    )
    frame = Frame(MARGIN, 18 * mm, WIDTH, A4[1] - 18 * mm - 17 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build(_Story(comparison, printed, structure).flowables(), canvasmaker=Pages)
    subject = f"Vergelijking van varianten op MKI, grondstoffen en prijs: {tender.title}"
    properties = Properties(title, subject, printed.author, printed.time, printed.producer)
    return finish(buffer.getvalue(), structure, properties)


def clipped(text: str, longest: int = 300) -> str:
    """A text that fits a page whatever was typed; the whole of it stays in the program."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


class _Story:
    """The sheet's content in reading order."""

    def __init__(self, comparison: Comparison, printed: Print, structure: Structure) -> None:
        self.comparison, self.printed, self.structure = comparison, printed, structure
        self.texts = {section.key: section for section in advice.sections(comparison)}

    def flowables(self) -> list[Any]:
        tender = self.comparison.tender
        story: list[Any] = [self.heading(tender.title or f"Aanbesteding {tender.number}", 1, TITLE)]
        facts = [part for part in (self.printed.organisation, tender.number, numbers.long_date(self.printed.time)) if part]
        story.append(self.paragraph(" · ".join(facts), MUTED))
        story += self.text_section("summary", LEAD)
        story += self.text_section("advice", TEXT)
        story += self.asked()
        story += self.matrix()
        story += self.charts()
        story += self.difference()
        story += self.award()
        story += self.missing()
        story += self.account()
        return story

    def heading(self, text: str, level: Any, style: ParagraphStyle = SECTION) -> Heading:
        text = clipped(text)
        return Heading.of(escape(text), style, self.structure, level, text)

    def paragraph(self, text: str, style: ParagraphStyle = TEXT) -> TaggedParagraph:
        text = clipped(text, 20_000)
        return TaggedParagraph(escape(text).replace("\n", "<br/>"), style, self.structure)

    def text_section(self, key: str, style: ParagraphStyle) -> list[Any]:
        section = self.texts[key]
        return [CondPageBreak(60), self.heading(section.title, 2), self.paragraph(section.text, style)]

    def items(self, texts: Sequence[str]) -> list[Any]:
        group: list[Node] = []
        return [ListItem(escape(clipped(text, 1500)), ITEM, self.structure, group) for text in texts]

    def asked(self) -> list[Any]:
        rows = [
            [Paragraph(escape(name), CELL), Paragraph(escape(clipped(text, 1200)), CELL_BOLD)]
            for name, text in advice.ask_facts(self.comparison)
        ]
        table = tagged_table(rows, self.structure, header=False, colWidths=[52 * mm, WIDTH - 52 * mm], hAlign="LEFT")
        table.setStyle(_grid(header=False))
        return [*self.text_section("subject", TEXT), self.heading("Wat is gevraagd", 3, SUB), table]

    def matrix(self) -> list[Any]:
        rows = matrix_rows(self.comparison)
        variants = self.comparison.variants
        story: list[Any] = [CondPageBreak(160), *self.text_section("comparison", TEXT)[1:]]
        for start in range(0, len(variants), VARIANTS_PER_TABLE):
            chosen = range(start, min(len(variants), start + VARIANTS_PER_TABLE))
            header = [Paragraph("Figuur", CELL_BOLD)]
            header += [Paragraph(escape(clipped(variants[i].name, 120)), CELL_RIGHT_BOLD) for i in chosen]
            data = [header]
            for row in rows:
                cells = [
                    Paragraph(f"{escape(row.name)}<br/><font size='7' color='{INK['muted']}'>{escape(row.unit)}</font>", CELL)
                ]
                for i in chosen:
                    cell = row.cells[i]
                    cells.append(Paragraph(escape(cell.with_mark), CELL_RIGHT_BOLD if cell.mark else CELL_RIGHT))
                data.append(cells)
            column = (WIDTH - 46 * mm) / len(chosen)
            table = tagged_table(data, self.structure, colWidths=[46 * mm, *[column] * len(chosen)], hAlign="LEFT")
            table.setStyle(_grid())
            story += [table, Spacer(1, 8)]
        story.append(self.paragraph(differences.FOOTNOTE, MUTED))
        return story

    def charts(self) -> list[Any]:
        charts = [description.by_module(self.comparison), description.by_post(self.comparison)]
        if not any(bar.net is not None for bar in charts[0].bars):
            return []  # axes without a bar say nothing that the table has not said
        story: list[Any] = [CondPageBreak(120), self.heading("Grafieken", 2)]
        for chart in charts:
            title = self.heading(chart.title, 3, SUB)
            figure = ChartFigure(chart, WIDTH, self.structure)
            story.append(KeepTogether([title, figure]))
        return story

    def difference(self) -> list[Any]:
        pair = differences.default_pair(self.comparison)
        difference = explain_difference(self.comparison, *pair) if pair else None
        if difference is None:
            return []
        story: list[Any] = [CondPageBreak(200), self.heading("Verklaar verschil", 2)]
        story.append(self.paragraph(differences.sentence(self.comparison, difference)))
        price = differences.price_sentence(self.comparison, difference)
        if price:
            story.append(self.paragraph(price))
        table = differences.table(self.comparison, difference, compact=True)
        data = [
            [
                Paragraph(escape(clipped(text, 160)), CELL_BOLD if i == 0 else CELL_RIGHT_BOLD)
                for i, text in enumerate(table.header)
            ]
        ]
        for row in table.rows:
            data.append([Paragraph(escape(clipped(text, 120)), CELL if i == 0 else CELL_RIGHT) for i, text in enumerate(row)])
        narrow = 18 * mm  # figures and causes; what is left goes to the columns that carry a variant's name
        wide = (WIDTH - 26 * mm - narrow * (len(table.header) - 1 - table.named)) / table.named
        columns = [26 * mm, *[wide] * table.named, *[narrow] * (len(table.header) - 1 - table.named)]
        printed = tagged_table(data, self.structure, colWidths=columns, hAlign="LEFT")
        printed.setStyle(_grid())
        chart = description.of_difference(self.comparison, difference)
        return [*story, printed, Spacer(1, 8), ChartFigure(chart, WIDTH, self.structure)]

    def award(self) -> list[Any]:
        """Method, ranking and each bid's filled-in sum, so that it can be followed by hand."""
        if "award" not in self.texts:
            return []
        story = [CondPageBreak(160), *self.text_section("award", TEXT)[1:]]
        found = award(self.comparison)
        if found is None or not found.bids:
            return story
        story.append(self.paragraph(f"{awarding.formula(found.rules)}."))
        header = ("Plaats", "Inschrijving", "Geldig?", "Prijs", "MKI", awarding.total_name(found))
        rows = awarding.short_ranking(found)
        data = [[Paragraph(escape(clipped(t, 120)), CELL_BOLD if i < 3 else CELL_RIGHT_BOLD) for i, t in enumerate(header)]]
        data += [[Paragraph(escape(clipped(t, 160)), CELL if i < 3 else CELL_RIGHT) for i, t in enumerate(row)] for row in rows]
        widths = [22 * mm, WIDTH - 142 * mm, 30 * mm, 32 * mm, 24 * mm, 34 * mm]
        table = tagged_table(data, self.structure, colWidths=widths, hAlign="LEFT")
        table.setStyle(_grid())
        story += [table, Spacer(1, 6), self.heading("Zo is het berekend", 3, SUB)]
        lines = [f"{bid.name}: {awarding.account(found, bid)}" for bid in found.bids]
        return [*story, *self.items(lines)]

    def missing(self) -> list[Any]:
        story = self.text_section("assumptions", TEXT)
        names = {v.id: v.name for v in self.comparison.variants}
        posts = {p.id: p.name for p in self.comparison.tender.posts}
        found = [
            sentences.problem_sentence(p, names.get(p.variant_id or ""), posts.get(p.post_id or ""))
            for p in self.comparison.problems
        ]
        if found:
            story += [self.heading("Wat ontbreekt of opvalt", 3, SUB), *self.items(list(dict.fromkeys(found)))]
        unverified = self.comparison.weighting_set.unverified
        if unverified:
            story.append(self.heading("Gewichten die nog niet in een bron zijn gevonden", 3, SUB))
            weights = self.comparison.weighting_set.by_indicator()
            story += self.items(
                [f"{code}: {numbers.as_typed(weights[code].euro_per_unit)} € per {weights[code].unit}" for code in unverified]
            )
        return story

    def account(self) -> list[Any]:
        story: list[Any] = [CondPageBreak(90), self.heading("Bronnen en verantwoording", 2)]
        story += self.items([f"{name}: {text}" for name, text in advice.sources(self.comparison)])
        if mark := terms.mark(self.comparison.tender):
            story.append(self.paragraph(f"{mark}. Dit blad gaat niet over een echt werk.", TEXT))
        story.append(self.paragraph(f"Kenmerk van de geschiedenis waaruit dit blad is gemaakt: {self.printed.head}", MUTED))
        story.append(self.paragraph(f"Gemaakt met {self.printed.producer}.", MUTED))
        return story


def _grid(*, header: bool = True) -> TableStyle:
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
            ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(ACCENT)),
        ]
    return TableStyle(commands)
