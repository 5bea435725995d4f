"""The workbook's tables as CSV for Dutch Excel: `;`, decimal comma, UTF-8 with byte order mark; opens by
double click.

A CSV has no types: text that a spreadsheet would take for a formula gets an apostrophe in front, so that it
stays text.
"""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def tables(workbook: bytes) -> dict[str, bytes]:
    """Sheet name → CSV, with the values a workbook of ours holds."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    return {sheet.title: _csv(sheet) for sheet in book}


def _csv(sheet: Any) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in sheet.iter_rows(values_only=True):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        writer.writerow(cells)
    return text.getvalue().encode("utf-8-sig")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f"{value:.15g}".replace(".", ",").replace("e", "E")
    return guarded(str(value))


def guarded(text: str) -> str:
    """Text that cannot be taken for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
