"""OpenDocument spreadsheets (.ods, and .fods as one XML file), which public bodies must be able to take.

Source: OASIS OpenDocument 1.3 part 3, chapters 9 (tables) and 19 (attributes): rows and cells may stand for
thousands by a number of repetitions; values are typed; hidden rows and columns are "collapse" or "filter".
Read from the tree itself: a document of a bidder is parsed without document types or entities, and a sheet
that repeats its last row a million times costs nothing. odfdo writes our own (decision 0037).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cirkeldesk.exchange import xml
from cirkeldesk.exchange.archive import opened
from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.exchange.table.cells import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Gathered, text_cell
from cirkeldesk.exchange.table.number_text import number_text
from cirkeldesk.exchange.table.sheet import EMPTY, LONGEST_CELL, Remark, Sheet, SourceCell
from cirkeldesk.model.refusal import ReadError

_N = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE = (f"{{{_N}{name}:1.0}}" for name in ("table", "office", "text", "style"))
DRAW = f"{{{_N}drawing:1.0}}"
MOST_ELEMENTS = 2_000_000
_GROUPS = frozenset(
    f"{TABLE}table-{name}"
    for name in ("rows", "header-rows", "row-group", "columns", "header-columns", "column-group")
)
COLUMNS_REPEATED, ROWS_REPEATED, COLUMNS_SPANNED, ROWS_SPANNED = (
    f"{TABLE}number-{name}"
    for name in ("columns-repeated", "rows-repeated", "columns-spanned", "rows-spanned")
)
_CELLS = frozenset((f"{TABLE}table-cell", f"{TABLE}covered-table-cell"))
_PARAGRAPH = f"{TEXT}p"
_HIDDEN = ("collapse", "filter")


def is_open_document(names: frozenset[str]) -> bool:
    """Whether the members of a zip are those of an OpenDocument file."""
    return "content.xml" in names and "META-INF/manifest.xml" in names


def is_flat(root: Element) -> bool:
    return root.tag == f"{OFFICE}document"


def document_sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets of an .ods file. Raises ReadError zip_…, xml_…, file_office, zip_password or
    file_too_large."""
    with opened(content, file) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ReadError("zip_password", file=file)
        body = xml.parse(archive.read("content.xml"), file, most_elements=MOST_ELEMENTS)
        styles = archive.read("styles.xml") if "styles.xml" in archive.names else b""
    headers = _page_texts(xml.parse(styles, file, most_elements=MOST_ELEMENTS)) if styles else []
    return sheets_of(body, file, headers)


def sheets_of(root: Element, file: str, headers: list[Remark] | None = None) -> tuple[Sheet, ...]:
    """The sheets of a parsed document. Raises ReadError file_office, cell_too_long or file_too_large."""
    spreadsheet = root.find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if spreadsheet is None:
        raise ReadError("file_office", file=file, program="OpenDocument")
    styles = _styles(root)
    found = [_sheet(table, styles, file) for table in spreadsheet.findall(f"{TABLE}table")]
    told = headers if headers is not None else _page_texts(root)
    for gathered in found[:1]:
        gathered.remarks += told
    return tuple(gathered.sheet() for gathered in found)


@dataclass
class _NotedStyles:
    """Names of styles that strike through, and of tables that are hidden."""

    struck: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)


def _styles(root: Element) -> _NotedStyles:
    found = _NotedStyles()
    for style in root.iter(f"{STYLE}style"):
        name = style.get(f"{STYLE}name", "")
        text = style.find(f"{STYLE}text-properties")
        struck = text is not None and text.get(f"{STYLE}text-line-through-style", "none") != "none"
        if struck or style.get(f"{STYLE}parent-style-name") in found.struck:
            found.struck.add(name)
        table = style.find(f"{STYLE}table-properties")
        if table is not None and table.get(f"{TABLE}display") == "false":
            found.hidden.add(name)
    return found


def _page_texts(root: Element) -> list[Remark]:
    """The words of page headers and footers."""
    found = []
    for kind in ("header", "footer"):
        for element in root.iter(f"{STYLE}{kind}"):
            text = plain_text(" ".join(" ".join(element.itertext()).split()))
            # What every new document has: the name of the sheet and the number of the page.
            if text and text not in ("???", "Pagina 1", "Page 1", "Pagina", "Page"):
                found.append(Remark(kind, text))
    return list(dict.fromkeys(found))


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows or columns of a table in order, also those in groups and headings, without recursion."""
    waiting = [iter(parent)]
    while waiting:
        for child in waiting[-1]:
            if child.tag == f"{TABLE}{name}":
                yield child
            elif child.tag in _GROUPS:
                waiting.append(iter(child))
                break
        else:
            waiting.pop()


def _times(element: Element, name: str) -> int:
    said = element.get(name)
    if said is None:  # nearly always
        return 1
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def _sheet(table: Element, styles: _NotedStyles, file: str) -> Gathered:
    hidden = table.get(f"{TABLE}style-name") in styles.hidden
    if sum(1 for cell in table.iter(f"{TABLE}table-cell") if len(cell)) > MOST_CELLS:
        raise ReadError("file_too_large", file=file)  # before anything of it is gathered
    gathered = Gathered(file, table.get(f"{TABLE}name", ""), hidden)
    column = 0
    for found in _within(table, "table-column"):
        many = _times(found, COLUMNS_REPEATED)
        if found.get(f"{TABLE}visibility") in _HIDDEN:
            gathered.hidden_columns.append((column, column + many - 1))
        column += many
    row = 0
    for found in _within(table, "table-row"):
        many = _times(found, ROWS_REPEATED)
        cells = list(_cells(found, styles, file))
        for number in range(row, min(row + many, MOST_ROWS + 1)) if cells else ():
            for column, cell, struck in cells:
                gathered.put(number, column, cell, struck=struck)
            if found.get(f"{TABLE}visibility") in _HIDDEN:
                gathered.hidden_rows.add(number)
        _beside_cells(found, row, gathered)
        row += many
    gathered.remarks += [
        Remark("shape", text)
        for shapes in table.findall(f"{TABLE}shapes")
        if (text := plain_text(" ".join(" ".join(shapes.itertext()).split())))
    ]
    return gathered


def _cells(row: Element, styles: _NotedStyles, file: str) -> Iterator[tuple[int, SourceCell, bool]]:
    """(column, cell, whether it is struck through) of the filled cells of a row."""
    column = 0
    for element in row:
        if element.tag not in _CELLS:
            continue
        many = _times(element, COLUMNS_REPEATED)
        cell = _cell(element, file)
        if not cell.is_empty:
            struck = _is_struck(element, styles)
            for place in range(column, min(column + many, MOST_COLUMNS + 1)):
                yield place, cell, struck
        column += many


def _beside_cells(row: Element, number: int, gathered: Gathered) -> None:
    """Comments and shapes of the cells of a row, and the areas of joined cells."""
    column = 0
    for element in row:
        if element.tag not in _CELLS:
            continue
        if not _is_joined(element) and (
            len(element) == 0 or (len(element) == 1 and element[0].tag == _PARAGRAPH)
        ):
            column += _times(element, COLUMNS_REPEATED)  # an ordinary cell, as nearly all are
            continue
        for note in element.findall(f"{OFFICE}annotation"):
            text = plain_text(" ".join(" ".join(p.itertext()) for p in note.findall(f"{TEXT}p")).strip())
            if text:
                gathered.remarks.append(Remark("comment", text, (number, column)))
        for shape in element:
            if shape.tag.startswith(DRAW):
                text = plain_text(" ".join(" ".join(shape.itertext()).split()))
                gathered.remarks += [Remark("shape", text)] if text else []
        down, across = _times(element, ROWS_SPANNED), _times(element, COLUMNS_SPANNED)
        if down > 1 or across > 1:
            gathered.merged.append((number, column, number + down - 1, column + across - 1))
        column += _times(element, COLUMNS_REPEATED)


def _is_joined(element: Element) -> bool:
    return element.get(ROWS_SPANNED) is not None or element.get(COLUMNS_SPANNED) is not None


def _is_struck(element: Element, styles: _NotedStyles) -> bool:
    if not styles.struck:
        return False
    if element.get(f"{TABLE}style-name") in styles.struck:
        return True
    paragraphs = element.findall(f"{TEXT}p")
    whole = "".join("".join(p.itertext()) for p in paragraphs)
    struck = "".join(
        "".join(span.itertext())
        for p in paragraphs
        for span in p.findall(f"{TEXT}span")
        if span.get(f"{TEXT}style-name") in styles.struck
    )
    return bool(whole.strip()) and struck.strip() == whole.strip()


def _cell(element: Element, file: str) -> SourceCell:
    kind = element.get(f"{OFFICE}value-type")
    if kind in ("float", "currency", "percentage"):
        try:
            value = float(element.get(f"{OFFICE}value", ""))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            return SourceCell(unknown=True)
        return SourceCell(number_text(value), value, percent=kind == "percentage")
    if kind == "date":
        return SourceCell(plain_text(element.get(f"{OFFICE}date-value", "")[:10]))
    if kind == "boolean":
        return SourceCell("ja" if element.get(f"{OFFICE}boolean-value") == "true" else "nee")
    text = "\n".join(_paragraph(p) for p in element.findall(f"{TEXT}p"))
    if len(text) > LONGEST_CELL:
        raise ReadError("cell_too_long", file=file, line=0)
    cell = text_cell(text)
    if not cell.is_empty:
        return cell
    return SourceCell(unknown=True) if element.get(f"{TABLE}formula") else EMPTY


def _paragraph(element: Element) -> str:
    """The text of a paragraph; blanks and breaks are elements of their own. Notes within it are left out."""
    parts = [element.text or ""]
    for child in element:
        name = child.tag
        if name == f"{TEXT}s":
            parts.append(" " * min(200, _count(child)))
        elif name in (f"{TEXT}tab", f"{TEXT}line-break"):
            parts.append(" ")
        elif name != f"{OFFICE}annotation":
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    return "".join(parts)


def _count(element: Element) -> int:
    said = element.get(f"{TEXT}c", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 1
