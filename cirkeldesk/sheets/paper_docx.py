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
from cirkeldesk.wording import numbers
from cirkeldesk.wording import paper as words

MARGIN = Mm(25)
FACE = "Calibri"
TEXT_WIDTH = 160.0  # mm between the margins


def paper_docx(paper: words.Paper, printed: Print) -> bytes:
    """The document's bytes; the same paper and print give the same bytes."""
    document = docx.Document()
    _leave_out(document)
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


def _leave_out(document: Any) -> None:
    """The picture and the data of the library's own example document are not ours."""
    package = document.part.package
    for source in (package, document.part):
        for key, relation in list(source.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/customXml")):
                del source.rels[key]


def _set_up(document: Any, paper: words.Paper, printed: Print) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    marked = section.header.paragraphs[0].add_run(" · ".join(paper.marks))
    marked.bold, marked.font.size, marked.font.color.rgb = True, Pt(8), RGBColor(0x8A, 0x4B, 0x00)
    _foot(section.footer.paragraphs[0], paper.foot or paper.title)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FACE, Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    normal.element.get_or_add_rPr().append(language)
    for level, size in ((1, 14), (2, 11.5), (3, 10)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size = FACE, Pt(size)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), FACE)
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


def _foot(paragraph: Any, text: str) -> None:
    """The paper's name, and the number of the page of how many, as fields that Word counts."""
    run = paragraph.add_run(f"{text} · bladzijde ")
    run.font.size = Pt(8)
    for between, code in (("", "PAGE"), (" van ", "NUMPAGES")):
        if between:
            paragraph.add_run(between).font.size = Pt(8)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        shown = OxmlElement("w:r")
        value = OxmlElement("w:t")
        value.text = "1"
        shown.append(value)
        field.append(shown)
        paragraph._p.append(field)


def _describe(picture: Any, text: str) -> None:
    picture._inline.docPr.set("descr", text)


def _write(document: Any, block: words.Block, printed: Print) -> None:
    match block:
        case words.Heading():
            document.add_heading(block.text, block.level)
        case words.Text():
            made = document.add_paragraph(numbers.kept_together(block.text))
            if block.style == "lead" and made.runs:
                made.runs[0].bold = True
        case words.Items():
            for text in block.texts:
                document.add_paragraph(numbers.kept_together(text), style="List Bullet")
        case words.Facts():
            _table(document, (), block.rows, len(block.rows[0]) if block.rows else 2, (0.28, 0.72), printed)
        case words.PaperTable():
            widths = block.widths or tuple(1 / len(block.header) for _ in block.header)
            _table(document, block.header, block.rows, block.figures, widths, printed, total=block.total)
        case words.ChartPlace():
            document.add_paragraph(numbers.kept_together(block.text))
        case _:
            _write_letter(document, block, printed)


def _write_letter(
    document: Any,
    block: words.Letterhead | words.ReferenceLine | words.Signature,
    printed: Print,
) -> None:
    match block:
        case words.Letterhead():
            if block.organisation:
                run = document.add_paragraph().add_run(block.organisation)
                run.bold, run.font.size = True, Pt(15)
                run.font.color.rgb = RGBColor.from_string(printed.accent.removeprefix("#"))
            _address(document, block)
        case words.ReferenceLine():
            _side_by_side(document, block.rows)
        case words.Signature():
            document.add_paragraph(block.greeting)
            document.add_paragraph(f"\n\n{block.name}")


def _address(document: Any, head: words.Letterhead) -> None:
    """The address left, the sender's own at the right."""
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (head.address, head.contact), strict=True):
        cell.paragraphs[0].add_run("\n".join(lines))
    _set_widths(table, (0.68, 0.32))


def _side_by_side(document: Any, rows: tuple[tuple[str, str], ...]) -> None:
    """Labels above their texts, without lines."""
    if not rows:
        return
    table = document.add_table(rows=2, cols=len(rows))
    for at, pair in enumerate(rows):
        for line, text in enumerate(pair):
            run = table.rows[line].cells[at].paragraphs[0].add_run(text)
            run.font.size = Pt(8 if line == 0 else 10)
    _set_widths(table, tuple(1 / len(rows) for _ in rows))


def _table(
    document: Any,
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    figures: int,
    widths: tuple[float, ...],
    printed: Print,
    *,
    total: bool = False,
) -> None:
    """A real table whose header row is repeated on each page, in widths of its own: what a row must not do is
    cut an amount in two."""
    columns = len(header or (rows[0] if rows else ("",)))
    table = document.add_table(rows=0, cols=columns)
    table.autofit = False
    if header:
        for cell, text in zip(table.add_row().cells, header, strict=True):
            _fill(cell, text, bold=True)
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        _rule(table.rows[0], printed.accent.removeprefix("#"), 12)
    for place, row in enumerate(rows):
        last = total and place == len(rows) - 1
        for index, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _fill(cell, text, bold=last or (not header and index == 0))
        _rule(table.rows[-1], "C4CBD3", 4)
    for line in table.rows:
        for cell in line.cells[figures:]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _set_widths(table, widths)
    document.add_paragraph()


def _fill(cell: Any, text: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(8.5)


def _rule(row: Any, colour: str, weight: int) -> None:
    """A line under a row, in eighths of a point."""
    for cell in row.cells:
        borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", str(weight)), ("space", "0"), ("color", colour)):
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        cell._tc.get_or_add_tcPr().append(borders)


def _set_widths(table: Any, shares: tuple[float, ...]) -> None:
    """Word and LibreOffice read the width of each cell; the grid alone is not enough."""
    table.autofit = False
    for at, share in enumerate(shares):
        width = Mm(TEXT_WIDTH * share)
        table.columns[at].width = width
        for row in table.rows:
            row.cells[at].width = width
