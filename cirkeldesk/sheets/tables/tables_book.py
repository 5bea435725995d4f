"""Tables of a paper as a workbook: one sheet each, counts as numbers that can be summed."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter

from cirkeldesk.sheets.cell_formats import Formats
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import numbers
from cirkeldesk.wording.paper import PaperTable

LONGEST_SHEET = 31
_NO_SIGNS = re.compile(r"[\[\]:*?/\\']")


def tables_book(title: str, sentence: str, tables: Sequence[tuple[str, PaperTable]], printed: Print) -> bytes:
    """The workbook's bytes; the same tables and print give the same bytes."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    moment = datetime.fromisoformat(printed.time).astimezone(UTC)
    book.set_properties({"title": title, "author": printed.author, "created": moment})
    formats = Formats(book)
    head, wrapped = (
        formats(bold=True, text_wrap=True, bg_color="#F4F6F8"),
        formats(text_wrap=True, valign="top"),
    )
    first = book.add_worksheet("Uitleg")
    first.set_column(0, 0, 100)
    lines = (title, sentence, f"Gemaakt op {numbers.moment(printed.time)}.", f"Kenmerk: {printed.identifier}")
    for number, text in enumerate(lines):
        first.write_string(number, 0, text, formats(bold=number == 0, text_wrap=True))
    taken: set[str] = set()
    for name, table in tables:
        sheet = book.add_worksheet(_sheet_name(name, taken))
        for column, text in enumerate(table.header):
            sheet.write_string(0, column, text, head)
            sheet.set_column(column, column, 46 if column < table.figures else 18)
        for number, row in enumerate(table.rows, 1):
            for column, text in enumerate(row):
                value = (
                    numbers.read_number(text.removeprefix("€").strip()).value
                    if column >= table.figures
                    else None
                )
                if value is not None:
                    sheet.write_number(
                        number, column, float(value), formats(num_format="#,##0", valign="top")
                    )
                else:
                    sheet.write_string(number, column, text, wrapped)
        sheet.freeze_panes(1, 1)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    found = _NO_SIGNS.sub(" ", name)[:LONGEST_SHEET].strip()
    taken.add(found)
    return found
