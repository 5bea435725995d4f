"""A paper (letter or record) as tagged PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from cirkeldesk.sheets.pdf.glyphs import use_faces
from cirkeldesk.sheets.pdf.page import LEAD, MUTED, TEXT, WIDTH, Blocks, printed_paper
from cirkeldesk.sheets.pdf.tagged import Structure
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import paper as words

STYLES = {"normal": TEXT, "lead": LEAD, "muted": MUTED}


def paper_pdf(paper: words.Paper, printed: Print, fonts: Path) -> bytes:
    """The paper's bytes; the same paper and print give the same bytes."""
    use_faces(fonts)
    structure = Structure()
    blocks = Blocks(printed, structure)
    story = blocks.logo()
    last = max(i for i, block in enumerate(paper.blocks) if isinstance(block, words.Heading))
    for block in paper.blocks[:last]:
        story += _flowables(block, blocks)
    end = [flowable for block in paper.blocks[last:] for flowable in _flowables(block, blocks)][
        1:
    ]  # it breaks as a whole
    if paper.audience == "internal":
        end += [Spacer(1, 8), blocks.paragraph(f"Kenmerk van de geschiedenis: {printed.head}", MUTED)]
    story.append(KeepTogether(end))  # a signature never stands alone on a page
    return printed_paper(paper.title, paper.subject, paper.marks, story, structure, printed)


def _flowables(block: words.Block, blocks: Blocks) -> list[Any]:
    match block:
        case words.Heading():
            return [CondPageBreak(80), blocks.heading(block.text, block.level)]
        case words.Text():
            return [blocks.paragraph(block.text, STYLES[block.style])]
        case words.Items():
            return blocks.items(block.texts)
        case words.Facts():
            return [blocks.facts(block.rows), Spacer(1, 6)]
    shares = block.widths or tuple(1 / len(block.header) for _ in block.header)
    return [
        blocks.table(block.header, block.rows, block.figures, [WIDTH * share for share in shares]),
        Spacer(1, 6),
    ]
