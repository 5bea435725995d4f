"""A paper (letter or record) as tagged PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from cirkeldesk.charts.description import Chart
from cirkeldesk.charts.photo import Photo
from cirkeldesk.sheets.pdf.glyphs import use_faces
from cirkeldesk.sheets.pdf.page import (
    FIRST,
    ITEM,
    LEAD,
    LETTER,
    LETTER_BOLD,
    LETTER_HEAD,
    LETTER_ITEM,
    MUTED,
    SECTION,
    SUB,
    TEXT,
    TITLE,
    WIDTH,
    Blocks,
    printed_paper,
)
from cirkeldesk.sheets.pdf.tagged import Structure
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import paper as words

# A letter is set close: it should fit a page. Its decision is bold.
STYLES: Mapping[bool, Mapping[str, ParagraphStyle]] = {
    True: {"normal": LETTER, "lead": LETTER_BOLD, "muted": MUTED},
    False: {"normal": TEXT, "lead": LEAD, "muted": MUTED},
}
HEADINGS: Mapping[bool, Mapping[int, ParagraphStyle]] = {
    True: {1: FIRST, 2: LETTER_HEAD, 3: LETTER_HEAD},
    False: {1: TITLE, 2: SECTION, 3: SUB},
}
# Blocks at the end that stay together (of a letter: questions and signature): a signature never stands alone.
CLOSING = {True: 3, False: 2}


def paper_pdf(
    paper: words.Paper, printed: Print, fonts: Path, charts: Mapping[str, Chart | Photo] | None = None
) -> bytes:
    """The paper's bytes; the same paper and print give the same bytes. `charts` by the key of their
    figure."""
    use_faces(fonts)
    structure = Structure()
    maker = _PdfBlocks(Blocks(printed, structure), charts or {}, is_letter=paper.kind == "letter")
    story = maker.blocks.logo()
    closing = CLOSING[paper.kind == "letter"]
    for block in paper.blocks[:-closing]:
        story += maker.flowables(block)
    end = [flowable for block in paper.blocks[-closing:] for flowable in maker.flowables(block)]
    if paper.audience == "internal":
        said = f"Kenmerk van de geschiedenis: {printed.head}"
        end += [Spacer(1, 8), maker.blocks.paragraph(said, MUTED)]
    story.append(KeepTogether([one for one in end if not isinstance(one, CondPageBreak)]))
    return printed_paper(paper.title, paper.subject, paper.marks, story, structure, printed, paper.foot)


class _PdfBlocks:
    """Blocks of words as flowables."""

    def __init__(self, blocks: Blocks, charts: Mapping[str, Chart | Photo], *, is_letter: bool) -> None:
        self.charts = charts
        self.blocks, self.headings, self.styles = blocks, HEADINGS[is_letter], STYLES[is_letter]
        self.item = LETTER_ITEM if is_letter else ITEM

    def flowables(self, block: words.Block) -> list[Any]:
        match block:
            case words.Heading():
                made = self.blocks.heading(block.text, block.level, self.headings[block.level])
                return [CondPageBreak(80), made]
            case words.Text():
                return [self.blocks.paragraph(block.text, self.styles[block.style])]
            case words.Items():
                return [*self.blocks.items(block.texts, style=self.item), Spacer(1, 2)]
            case words.Facts():
                return [self.blocks.facts(block.rows), Spacer(1, 6)]
            case words.PaperTable():
                return self.table(block)
            case words.ChartPlace():
                return self.figure(block)
        return self.of_a_letter(block)

    def of_a_letter(self, block: words.Letterhead | words.ReferenceLine | words.Signature) -> list[Any]:
        match block:
            case words.Letterhead():
                return self.blocks.letterhead(block)
            case words.ReferenceLine():
                return self.blocks.references(block.rows)
        return self.blocks.signature(block.greeting, block.name)

    def figure(self, block: words.ChartPlace) -> list[Any]:
        """The chart, or its words where there is none."""
        chart = self.charts.get(block.key)
        if isinstance(chart, Photo):
            return self.blocks.photo(chart)
        return self.blocks.chart(chart) if chart is not None else [self.blocks.paragraph(block.text, TEXT)]

    def table(self, block: words.PaperTable) -> list[Any]:
        shares = block.widths or tuple(1 / len(block.header) for _ in block.header)
        widths = [WIDTH * share for share in shares]
        made = self.blocks.table(block.header, block.rows, block.figures, widths, total=block.total)
        return [made, Spacer(1, 6)]
