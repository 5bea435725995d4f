"""A paper (letter or record) as a Word document, for who has to add an address or a sentence."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from cirkeldesk.sheets.pdf.page import LOGO_HEIGHT
from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.undated import undated
from cirkeldesk.wording import paper as words

MARGIN = Mm(25)


def paper_docx(paper: words.Paper, printed: Print) -> bytes:
    """The document's bytes; the same paper and print give the same bytes."""
    document = docx.Document()
    _set_up(document, paper, printed)
    if printed.logo:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        picture = paragraph.add_run().add_picture(io.BytesIO(printed.logo), height=Pt(LOGO_HEIGHT))
        _describe(
            picture, f"Logo van {printed.organisation}" if printed.organisation else "Logo van de organisatie"
        )
    for block in paper.blocks:
        _write(document, block, printed)
    buffer = io.BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


def _set_up(document: Any, paper: words.Paper, printed: Print) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header.paragraphs[0].text = " · ".join(paper.marks)
    section.footer.paragraphs[0].text = paper.title
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    normal.element.get_or_add_rPr().append(language)
    for level, size in ((1, 16), (2, 13), (3, 11)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "minorHAnsi")
        style.font.color.rgb = RGBColor.from_string(printed.accent.removeprefix("#"))
    properties = document.core_properties
    properties.title, properties.subject, properties.author = (
        paper.title[:255],
        paper.subject[:255],
        printed.author,
    )
    properties.language, properties.comments, properties.last_modified_by = (
        "nl-NL",
        printed.producer,
        printed.author,
    )
    properties.created = properties.modified = (
        datetime.fromisoformat(printed.time).astimezone(UTC).replace(tzinfo=None)
    )


def _describe(picture: Any, text: str) -> None:
    picture._inline.docPr.set("descr", text)


def _write(document: Any, block: words.Block, printed: Print) -> None:
    match block:
        case words.Heading():
            document.add_heading(block.text, block.level)
        case words.Text():
            document.add_paragraph(block.text)
        case words.Items():
            for text in block.texts:
                document.add_paragraph(text, style="List Bullet")
        case words.Facts():
            _table(document, (), block.rows, len(block.rows[0]) if block.rows else 2)
        case words.PaperTable():
            _table(document, block.header, block.rows, block.figures)


def _table(document: Any, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], figures: int) -> None:
    """A real table whose header row is repeated on each page."""
    columns = len(header or (rows[0] if rows else ("",)))
    table = document.add_table(rows=0, cols=columns, style="Light List Accent 1" if header else "Table Grid")
    if header:
        cells = table.add_row().cells
        for cell, text in zip(cells, header, strict=True):
            cell.text = text
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        for index, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.text = text
            if index >= figures:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()
