"""A plain list as a workbook: a sheet of rows with their heads, figures as figures, and what the columns
mean."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter

from cirkeldesk.sheets.cell_formats import Formats

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST = 32_000  # characters of a cell
Cell = str | float | int | None


def list_book(
    title: str,
    heads: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Cell]],
    moment: str,
) -> bytes:
    """`heads`: (name of the column, what it means); `moment` ISO. The same rows give the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": title, "created": datetime.fromisoformat(moment).astimezone(UTC)})
    formats = Formats(book)
    head, wrapped = formats(bold=True, text_wrap=True, bg_color="#F4F6F8"), formats(text_wrap=True)
    sheet = book.add_worksheet(title[:31])
    for column, (name, _) in enumerate(heads):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, 16)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, (int, float)):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value[:LONGEST])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    meanings = book.add_worksheet("Uitleg")
    meanings.set_column(0, 0, 26)
    meanings.set_column(1, 1, 90)
    for number, (name, meaning) in enumerate(heads):
        meanings.write_string(number, 0, name, head)
        meanings.write_string(number, 1, meaning, wrapped)
    book.close()
    return buffer.getvalue()
