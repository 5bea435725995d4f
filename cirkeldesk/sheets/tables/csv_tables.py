"""The workbook's tables as CSV for Dutch Excel: one table a file, `;`, decimal comma, UTF-8 with byte order
mark; opens by double click.

A header and rows, nothing above or below it. What only says how a workbook changes ("invoer", the column of
stored values) is left out: a CSV does not calculate. A CSV has no types: text that a spreadsheet would take
for a formula gets an apostrophe in front, so that it stays text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import openpyxl

from cirkeldesk.sheets.book import FIGURE

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_STORED, _ENTRY = "bij opslaan", " (invoer)"


def tables(workbook: bytes) -> dict[str, bytes]:
    """Table name → CSV, with the values a workbook of ours holds."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    return {
        table.displayName: _csv(list(_rows(sheet, table.ref)))
        for sheet in book
        for table in sheet.tables.values()
    }


def _rows(sheet: Any, area: str) -> Iterator[list[str]]:
    """The header and rows of a table, without columns of stored values; empty rows at the end fall away."""
    rows = [[cell.value for cell in row] for row in sheet[area]]
    header = [str(text) for text in rows[0]]
    named = header[0] == FIGURE  # its columns are variants, whatever these are called
    shown = [place for place, text in enumerate(header) if named or not text.endswith(_STORED)]
    while len(rows) > 1 and not any(value not in (None, "") for value in rows[-1]):
        rows.pop()
    yield [guarded(header[place].removesuffix(_ENTRY)) for place in shown]
    for row in rows[1:]:
        first, *others = (row[place] for place in shown)
        name = str(first).removesuffix(f" ({_STORED})") if named else first
        yield [cell_text(value) for value in (name, *others)]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def cell_text(value: object) -> str:
    """Twelve digits: more are the last bits of a sum, not what somebody measured."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f"{value:.12g}".replace(".", ",").replace("e", "E")
    return guarded(str(value))


def guarded(text: str) -> str:
    """Text that cannot be taken for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
