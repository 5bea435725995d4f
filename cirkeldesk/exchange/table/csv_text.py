"""CSV texts in any usual dialect, as a sheet of cells: encoding and separator found from the text itself."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from cirkeldesk.exchange.table.cells import MOST_CELLS, MOST_ROWS, text_cell
from cirkeldesk.exchange.table.sheet import EMPTY, LONGEST_CELL, Sheet
from cirkeldesk.model.refusal import ReadError

DELIMITERS = (";", ",", "\t", "|")
_SAID = re.compile(r"\ufeff?sep=(.)\r?\n")
_SEEN = 200  # lines from which the separator is found


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
        tuple(tuple(map(text_cell, row)) + (EMPTY,) * (width - len(row)) for row in rows),
        False,
    )


def _delimiter(text: str) -> str:
    """The sign that cuts the most lines, the header among them, into one and the same number of cells.

    Not the sign that stands there most: "Beton, C30/37, XC4, grijs;1 m3;A1-A3;10,5" is a line of four cells,
    and its header, which has no comma, says so.
    """
    said = _SAID.match(text)
    if said:
        return said[1]
    lines = [line for line in text.splitlines()[:_SEEN] if line.strip()]
    best, score = ";", (0, 0)
    for sign in DELIMITERS:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        except csv.Error:
            continue  # named when the rows themselves are read
        for cells, count in counts.most_common(1):
            best, score = max((best, score), (sign, (count, cells)), key=lambda found: found[1])
    return best


def _rows(text: str, delimiter: str, file: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    try:
        return [[], *reader] if said else list(reader)  # the line that says it keeps its number
    except csv.Error as problem:
        key = "cell_too_long" if "field larger" in str(problem) else "csv_broken"
        raise ReadError(key, file=file, line=reader.line_num) from problem


def ragged_row(text: str, header: int) -> int | None:
    """The first row (from 0) under the header that has another number of cells; blank rows and notes of one
    cell aside."""
    rows = _rows(text, _delimiter(text), "")
    wanted = len(rows[header])
    for number, row in enumerate(rows[header + 1 :], header + 1):
        if len(row) != wanted and sum(bool(cell.strip()) for cell in row) > 1:
            return number
    return None
