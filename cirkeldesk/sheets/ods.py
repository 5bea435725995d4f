"""The workbook's tables as OpenDocument (ODS): the same cells with the same formulas and the same stored
values.

Read from the finished workbook, so that there is one place where a figure is written. Charts stay in the
Excel file, and the sheet that explains says so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from odfdo import Document, Element, Table
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from cirkeldesk.sheets.undated import undated

_REFERENCE = re.compile(
    r"(?:'?(?P<sheet>[^'!]+)'?!)?(?P<first>\$?[A-Z]+\$?\d+)(?::(?P<last>\$?[A-Z]+\$?\d+))?"
)
_CENTIMETRES = 0.19  # of one character of a column's width


def ods(workbook: bytes) -> bytes:
    """An ODS with the tables of a workbook (bytes of an XLSX of ours); the same workbook gives the same
    bytes."""
    formulas: Any = openpyxl.load_workbook(io.BytesIO(workbook))
    values = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    document = Document("spreadsheet")
    body = document.body
    body.clear()
    # Excel's manner: a text in a criterion is that text, never a pattern.
    body.append(
        Element.from_tag(
            '<table:calculation-settings table:use-regular-expressions="false" table:use-wildcards="false"/>'
        )
    )
    styles = _Styles(document)
    _set_page(document, formulas.active.oddHeader.center.text or "")
    for sheet in formulas:
        body.append(_table(sheet, values[sheet.title], styles))
    body.append(_names(formulas))
    title = formulas.properties.title or ""
    document.meta.title = title
    document.meta.creation_date = document.meta.date = formulas.properties.created
    document.meta.language = "nl-NL"
    document.meta.generator = formulas.properties.description or ""
    buffer = io.BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


def _set_page(document: Document, mark: str) -> None:
    """Landscape, one page wide, with the marks and the sheet's name on each page."""
    part: Any = document.get_part("styles.xml")
    page = part.get_element("//style:page-layout[@style:name='Mpm1']/style:page-layout-properties")
    for name, value in (
        ("style:print-orientation", "landscape"),
        ("fo:page-width", "29.7cm"),
        ("fo:page-height", "21cm"),
        ("style:scale-to-X", "1"),
        ("style:scale-to-Y", "0"),
    ):
        page.set_attribute(name, value)
    for place, text in (
        ("header", f"<text:p>{_escaped(mark)}</text:p>"),
        (
            "footer",
            "<text:p><text:sheet-name>???</text:sheet-name> · Pagina "
            "<text:page-number>1</text:page-number></text:p>",
        ),
    ):
        old = part.get_element(f"//style:master-page[@style:name='Default']/style:{place}")
        old.clear()
        old.append(Element.from_tag(text))


def _widths(sheet: Any) -> list[float]:
    """The width of each column; neighbours of one width share an entry in the file."""
    found = [13.0] * sheet.max_column
    for dimension in sheet.column_dimensions.values():
        for column in range(dimension.min, min(dimension.max, sheet.max_column) + 1):
            found[column - 1] = dimension.width
    return found


def _table(formulas: Any, values: Any, styles: _Styles) -> Table:
    table = Table(formulas.title)
    table.set_attribute("table:protected", "true")
    rows = "".join(
        _row(cells, found, styles)
        for cells, found in zip(formulas.iter_rows(), values.iter_rows(), strict=True)
    )
    columns = "".join(
        f'<table:table-column table:style-name="{styles.column(width)}"/>' for width in _widths(formulas)
    )
    # One parse for the whole table: a call per cell is ten times slower.
    made = Element.from_tag(f"<table:table>{columns}{rows}</table:table>")
    for child in made.children:
        table.append(child)
    return table


def _names(formulas: Any) -> Element:
    """The names of the inputs that formulas use."""
    ranges = "".join(
        f'<table:named-range table:name="{name}" table:base-cell-address="$Posten.$A$1" '
        f'table:cell-range-address="${defined.attr_text.replace("!", ".")}"/>'
        for name, defined in formulas.defined_names.items()
        if _REFERENCE.fullmatch(defined.attr_text)
    )
    return Element.from_tag(f"<table:named-expressions>{ranges}</table:named-expressions>")


def _row(cells: Any, values: Any, styles: _Styles) -> str:
    return f"<table:table-row>{''.join(_cell(c, v.value, styles) for c, v in zip(cells, values, strict=True))}</table:table-row>"


def _cell(cell: Any, value: Any, styles: _Styles) -> str:
    style = styles.cell(cell)
    formula = (
        f' table:formula="of:{_attribute(_translated(str(cell.value)))}"' if cell.data_type == "f" else ""
    )
    if value is None and not formula:
        return f'<table:table-cell table:style-name="{style}"/>'
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        kind = f'office:value-type="float" office:value="{value!r}"'
        return f'<table:table-cell table:style-name="{style}"{formula} {kind}/>'
    lines = "".join(
        f"<text:p>{_spaced(_escaped(line))}</text:p>"
        for line in str(value if value is not None else "").split("\n")
    )
    return f'<table:table-cell table:style-name="{style}"{formula} office:value-type="string">{lines}</table:table-cell>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spaced(text: str) -> str:
    """More than one space, or a leading one, would be taken for layout; a tab has an element of its own."""
    text = re.sub(r"^ | (?= )", "<text:s/>", text)
    return text.replace("\t", "<text:tab/>")


def _attribute(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")


def _translated(formula: str) -> str:
    """An Excel formula as OpenFormula: references in brackets, arguments apart by semicolons."""
    tokens = Tokenizer(formula)
    return "=" + "".join(_token(token) for token in tokens.items)


def _token(token: Any) -> str:
    if token.type == Token.OPERAND and token.subtype == Token.RANGE:
        found = _REFERENCE.fullmatch(token.value)
        if found is None:
            return str(token.value)  # a name
        sheet = f"${found['sheet']}" if found["sheet"] else ""
        last = f":.{found['last']}" if found["last"] else ""
        return f"[{sheet}.{found['first']}{last}]"
    if token.type == Token.SEP:
        return ";"
    return str(token.value)


@dataclass(frozen=True)
class _Look:
    """What of a cell's format is carried over."""

    number: str
    bold: bool
    italic: bool
    size: float
    colour: str
    fill: str
    border: bool
    wrap: bool
    right: bool
    locked: bool


class _Styles:
    """Automatic styles, each made once."""

    def __init__(self, document: Document) -> None:
        content: Any = document.get_part("content.xml")
        found = content.get_element("//office:automatic-styles")
        self._styles = found
        self._cells: dict[_Look, str] = {}
        self._numbers: dict[str, str] = {}
        self._columns: dict[float, str] = {}

    def cell(self, cell: Any) -> str:
        font, align = cell.font, cell.alignment
        colour = font.color.rgb if font.color is not None and isinstance(font.color.rgb, str) else "FF000000"
        fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else ""
        border, right = cell.border.left.style is not None, align.horizontal == "right"
        look = _Look(
            cell.number_format,
            bool(font.b),
            bool(font.i),
            font.sz,
            colour,
            fill,
            border,
            bool(align.wrap_text),
            right,
            cell.protection.locked,
        )
        if look not in self._cells:
            self._cells[look] = f"cd{len(self._cells) + 1}"
            self._add("".join(self._written(look, self._cells[look])))
        return self._cells[look]

    def _written(self, look: _Look, name: str) -> Iterator[str]:
        number = self._number(look.number)
        yield f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="{number}">'
        ground = f' fo:background-color="#{look.fill[-6:].lower()}"' if look.fill else ""
        border = ' fo:border="0.06pt solid #6f7985"' if look.border else ""
        wrap = ' fo:wrap-option="wrap"' if look.wrap else ""
        protect = "protected" if look.locked else "none"
        yield f'<style:table-cell-properties style:cell-protect="{protect}" style:vertical-align="top"{ground}{border}{wrap}/>'
        if look.right:
            yield '<style:paragraph-properties fo:text-align="end"/>'
        weight = ' fo:font-weight="bold"' if look.bold else ""
        slant = ' fo:font-style="italic"' if look.italic else ""
        ink = f'fo:font-size="{look.size}pt" fo:color="#{look.colour[-6:].lower()}"'
        yield f"<style:text-properties {ink}{weight}{slant}/></style:style>"

    def _number(self, shape: str) -> str:
        """The number style of an Excel format such as "#,##0.00" or "+#,##0;-#,##0;#,##0"."""
        if shape not in self._numbers:
            name = f"cdn{len(self._numbers) + 1}"
            self._numbers[shape] = name
            if shape == "General":
                general = '<number:number number:min-integer-digits="1"/>'
                self._add(f'<number:number-style style:name="{name}">{general}</number:number-style>')
                return name
            digits = shape.split(";")[-1].partition(".")[2].count("0")
            places = f'number:decimal-places="{digits}" number:min-decimal-places="{digits}"'
            number = f'<number:number {places} number:min-integer-digits="1" number:grouping="true"/>'
            if shape.startswith("+"):
                self._add(
                    f"<number:number-style "
                    f'style:name="{name}P"><number:text>+</number:text>{number}</number:number-style>'
                )
                chosen = f'<style:map style:condition="value()&gt;0" style:apply-style-name="{name}P"/>'
                minus = f'<style:map style:condition="value()&lt;0" style:apply-style-name="{name}M"/>'
                self._add(
                    f"<number:number-style "
                    f'style:name="{name}M"><number:text>-</number:text>{number}</number:number-style>'
                )
                self._add(
                    f'<number:number-style style:name="{name}">{number}{chosen}{minus}</number:number-style>'
                )
            else:
                self._add(f'<number:number-style style:name="{name}">{number}</number:number-style>')
        return self._numbers[shape]

    def column(self, width: float) -> str:
        if width not in self._columns:
            self._columns[width] = f"cdk{len(self._columns) + 1}"
            name, size = self._columns[width], width * _CENTIMETRES
            properties = f'<style:table-column-properties style:column-width="{size:.2f}cm"/>'
            self._add(
                f'<style:style style:name="{name}" style:family="table-column">{properties}</style:style>'
            )
        return self._columns[width]

    def _add(self, xml: str) -> None:
        self._styles.append(Element.from_tag(xml))
