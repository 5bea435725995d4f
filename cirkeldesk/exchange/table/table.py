"""Tables others made: CSV in any usual dialect, and Excel workbooks, as rows of cells with their places.

Numbers are read by cell type where the file has types, never by what a cell shows. A formula without a stored
value is unknown, not empty. openpyxl loads what a workbook claims, so the zip is looked over first
(`archive`).
"""

from __future__ import annotations

import csv
import html
import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cirkeldesk.exchange.archive import Archive, member_names, opened
from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.exchange.table.number_text import as_written, in_brackets
from cirkeldesk.model.refusal import ReadError

MOST_CELLS = 60_000  # a table of a whole product range has some 20,000
MOST_ROWS = 30_000
LONGEST_CELL = 32_767  # Excel's own limit
DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True)
class SourceCell:
    """`text` as the file has it; `number` where the file itself types it as a number; `unknown` for an
    uncomputed formula.

    `percent`: the file shows the number as a percentage, so that 0.94 stands for 94 %.
    """

    text: str = ""
    number: float | None = None
    unknown: bool = False
    percent: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.unknown


EMPTY = SourceCell()


@dataclass(frozen=True)
class Sheet:
    """Rows of equal length, and a name that is empty for a CSV file. `is_typed` says whether numbers are
    typed as such."""

    name: str
    rows: tuple[tuple[SourceCell, ...], ...]
    is_typed: bool = True
    hidden: bool = False

    def cell(self, row: int, column: int) -> SourceCell:
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else EMPTY

    def place(self, row: int, column: int) -> str:
        """ "D14", as spreadsheet programs name it; rows and columns from 0."""
        return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters


# --- CSV
# -----------------------------------------------------------------------------------------------------------


def decode(content: bytes, file: str) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, else the Windows code page. Raises ReadError
    file_binary."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as problem:
            raise ReadError("file_binary", file=file) from problem
    if b"\0" in content:
        raise ReadError("file_binary", file=file)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def csv_sheet(text: str, file: str) -> Sheet:
    """A CSV text as a sheet. Raises ReadError csv_broken (with the line) or cell_too_long."""
    rows = _rows(text, _delimiter(text), file)
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS or width * len(rows) > MOST_CELLS:
        raise ReadError("file_too_large", file=file)
    return Sheet(
        "",
        tuple(
            tuple(SourceCell(plain_text(text)) for text in row) + (EMPTY,) * (width - len(row))
            for row in rows
        ),
        False,
    )


def _delimiter(text: str) -> str:
    """The sign that cuts most lines into the same number of cells, more than one."""
    lines = text.splitlines()[:60]
    best, score = ";", 0
    for sign in DELIMITERS:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1]
        except csv.Error:
            continue  # named when the rows themselves are read
        if counts:
            usual = max(set(counts), key=counts.count)
            found = counts.count(usual) * usual
            best, score = (sign, found) if found > score else (best, score)
    return best


def _rows(text: str, delimiter: str, file: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as problem:
        key = "cell_too_long" if "field larger" in str(problem) else "csv_broken"
        raise ReadError(key, file=file, line=reader.line_num) from problem


def ragged_row(text: str, header: int) -> int | None:
    """The first row (from 0) under the header that has another number of cells; blank rows and notes of one
    cell aside."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    wanted = len(rows[header])
    for number, row in enumerate(rows[header + 1 :], header + 1):
        if len(row) != wanted and sum(bool(cell.strip()) for cell in row) > 1:
            return number
    return None


# --- Excel
# ---------------------------------------------------------------------------------------------------------


def is_workbook(content: bytes) -> bool:
    return "xl/workbook.xml" in member_names(content)


def workbook_sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """Every sheet with its cells, hidden ones marked; a sheet that is a chart has one cell that says so.

    Raises ReadError zip_…, workbook_broken, cell_too_long or file_too_large.
    """
    with opened(content, file) as archive:  # looked over: members, sizes, ratio
        content, charts = _without_chart_sheets(archive, content)
    with _loaded(content, file, values=True) as values, _loaded(content, file, values=False) as formulas:
        found = [_excel_sheet(values[name], formulas[name], file) for name in values.sheetnames]
    return (*found, *(Sheet(plain_text(name), ((SourceCell("grafiek"),),), hidden=True) for name in charts))


def _without_chart_sheets(archive: Archive, content: bytes) -> tuple[bytes, list[str]]:
    """The workbook without sheets that are charts, which openpyxl cannot always load, and their names."""
    if not any(name.startswith("xl/chartsheets/") for name in archive.names):
        return content, []
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    charts = {
        found[1]
        for link in re.findall(r"<Relationship\b[^>]*>", links)
        if "chartsheets/" in link and (found := re.search(r'\bId="([^"]+)"', link))
    }
    names: list[str] = []

    def taken_out(match: re.Match[str]) -> str:
        link, name = re.search(r'\br:id="([^"]+)"', match[0]), re.search(r'\bname="([^"]*)"', match[0])
        if link is None or link[1] not in charts:
            return match[0]
        names.append(html.unescape(name[1]) if name else "grafiek")
        return ""

    book = re.sub(r"<(?:\w+:)?sheet\b[^>]*/>", taken_out, book)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as copy:
        for name in archive.names:
            copy.writestr(name, book.encode() if name == "xl/workbook.xml" else archive.read(name))
    return buffer.getvalue(), names


class _loaded:  # noqa: N801 - a context manager, used as `with`
    """A workbook opened for reading only; with what formulas last gave, or with the formulas themselves."""

    def __init__(self, content: bytes, file: str, *, values: bool) -> None:
        from openpyxl import load_workbook

        try:
            self.book = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
        except Exception as problem:
            raise ReadError("workbook_broken", file=file) from problem

    def __enter__(self):  # type: ignore[no-untyped-def]
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.close()


def _excel_sheet(values, formulas, file: str) -> Sheet:  # type: ignore[no-untyped-def]
    rows: list[tuple[SourceCell, ...]] = []
    count = 0
    try:
        for sheet in (values, formulas):
            sheet.reset_dimensions()  # what a sheet says of its own size may be anything
        for found, written in zip(values.iter_rows(), formulas.iter_rows(values_only=True), strict=False):
            pairs = zip(found, (*written, *(None,) * (len(found) - len(written))), strict=False)
            row = tuple(_excel_cell(cell, formula, file) for cell, formula in pairs)
            while row and row[-1].is_empty:
                row = row[:-1]
            rows.append(row)
            count += len(row)
            if count > MOST_CELLS or len(rows) > MOST_ROWS:
                raise ReadError("file_too_large", file=file)
    except ReadError:
        raise
    except Exception as problem:
        raise ReadError("workbook_broken", file=file) from problem
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) > 4 * MOST_CELLS:
        raise ReadError("file_too_large", file=file)
    hidden = values.sheet_state != "visible"
    return Sheet(
        plain_text(values.title), tuple(row + (EMPTY,) * (width - len(row)) for row in rows), hidden=hidden
    )


def _excel_cell(cell: Any, formula: object, file: str) -> SourceCell:
    value = cell.value
    if value is None:
        is_formula = formula is not None and (not isinstance(formula, str) or formula.startswith("="))
        return SourceCell(unknown=True) if is_formula else EMPTY
    if isinstance(value, bool):
        return SourceCell("ja" if value else "nee")
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return SourceCell(unknown=True)
        return SourceCell(number_text(value), float(value), percent="%" in str(cell.number_format or ""))
    if isinstance(value, (datetime, date)):
        return SourceCell(value.isoformat()[:10])
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise ReadError("cell_too_long", file=file, line=0)
    return SourceCell(plain_text(text))


def number_text(value: float) -> str:
    """The shortest text that is this number again."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


# --- numbers in text
# -----------------------------------------------------------------------------------------------

_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?|[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_POINT = re.compile(r"[+-]?[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?|[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")
_COULD_BE_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def decimal_sign(texts: Iterator[str]) -> str | None:
    """ "," or "." as the numbers themselves show; "" when none needs a sign; None when they contradict or
    cannot tell."""
    comma = point = doubtful = False
    for written in texts:
        text = in_brackets(written) or as_written(written)
        if _COULD_BE_GROUPS.fullmatch(text):
            doubtful = True
        elif _COMMA.fullmatch(text):
            comma = True
        elif _POINT.fullmatch(text):
            point = True
    if comma and point:
        return None
    if comma or point:
        return "," if comma else "."
    return None if doubtful else ""


def plain_number(text: str, decimal: str) -> str:
    """A number's text with a point as decimal sign, as `as_written` spells it; groups of thousands are taken
    out where they can be nothing else.

    "1.234,5" with a comma as sign is 1234.5; a text that is no number is returned as it is.
    """
    text = as_written(text)
    sign, group = (",", ".") if decimal == "," else (".", ",")
    groups = re.fullmatch(
        rf"[+-]?[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+(?:{re.escape(sign)}[0-9]+)?", text
    )
    if groups:
        text = text.replace(group, "")
    if group in text:
        return f"{text} "  # the other sign where no thousands can be: no number
    return text.replace(sign, ".")
