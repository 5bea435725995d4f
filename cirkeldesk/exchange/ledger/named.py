"""A table whose columns are known by their heads: where the head row is, and each row's cells by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from cirkeldesk.exchange.table.csv_text import csv_sheet, decode
from cirkeldesk.exchange.table.sheet import Row, Sheet, SourceCell
from cirkeldesk.exchange.table.spreadsheet import is_spreadsheet, spreadsheet_sheets
from cirkeldesk.model.refusal import ReadError

FURTHEST_HEAD, MOST_ROWS = 30, 200_000
LARGEST_TEXT = 64 * 1024 * 1024
OLD_EXCEL = (b"\xd0\xcf\x11\xe0", b"\x09\x08")


@dataclass(frozen=True)
class NamedTable:
    """A sheet with what its columns are: name → column. `header` is the row of the heads, from 0."""

    sheet: Sheet
    header: int
    columns: Mapping[str, int]

    @property
    def rows(self) -> Iterator[tuple[int, Row]]:
        """(row as a person counts it, its cells) of every row that is not empty."""
        for number in range(self.header + 1, len(self.sheet.rows)):
            row = self.sheet.rows[number]
            if not all(cell.is_empty for cell in row):
                yield number + 1, row

    def cell(self, row: Row, name: str) -> SourceCell:
        column = self.columns.get(name)
        return row[column] if column is not None and column < len(row) else SourceCell()

    def place(self, row: int, name: str) -> str:
        """ "C12": the cell a person looks up."""
        return self.sheet.place(row - 1, self.columns.get(name, 0))


def sheets_of(content: bytes, file: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook or CSV file. Raises ReadError."""
    if content.startswith(OLD_EXCEL):
        raise ReadError("file_old_excel", file=file)
    if b"%PDF-" in content[:1024]:
        raise ReadError("table_pdf", file=file)
    if is_spreadsheet(content):
        return spreadsheet_sheets(content, file)
    if len(content) > LARGEST_TEXT:
        raise ReadError("file_too_large", file=file)
    return (csv_sheet(decode(content, file), file),)


def named_table(
    content: bytes, file: str, heads: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> NamedTable:
    """The visible sheet with most of the known heads. `heads` is name → what it is called, in lower case.
    Raises ReadError table_no_columns with what was looked for, or file_too_large."""
    best: NamedTable | None = None
    for one in sheets_of(content, file):
        found = _found(one.as_shown(), heads) if not one.hidden else None
        if found is not None and (best is None or len(found.columns) > len(best.columns)):
            best = found
    lacking = [name for name in needed if best is None or name not in best.columns]
    if best is None or lacking:
        raise ReadError("table_no_columns", file=PurePath(file).name, names=", ".join(lacking or needed))
    if len(best.sheet.rows) > MOST_ROWS:
        raise ReadError("file_too_large", file=PurePath(file).name)
    return best


def _found(sheet: Sheet, heads: Mapping[str, Sequence[str]]) -> NamedTable | None:
    tables = [
        NamedTable(sheet, number, columns)
        for number in range(min(FURTHEST_HEAD, len(sheet.rows)))
        if (columns := _columns(sheet.rows[number], heads))
    ]
    return max(tables, key=lambda one: (len(one.columns), -one.header), default=None)


def _columns(row: Row, heads: Mapping[str, Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in enumerate(row):
        text = " ".join(cell.text.split()).casefold().rstrip(":*")
        name = next((name for name, called in heads.items() if text in called), None)
        if name is not None and name not in found and cell.number is None:
            found[name] = number
    return found
