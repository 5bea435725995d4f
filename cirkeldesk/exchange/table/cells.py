"""Cells from a file gathered into a sheet: empty edges trimmed, hidden places and far-away cells kept apart.

A spreadsheet may claim a million rows because one of them was once given a border ("ghost" cells); what
counts is what is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.exchange.table.sheet import EMPTY, Place, Remark, Row, Sheet, SourceCell, Unseen
from cirkeldesk.model.refusal import ReadError

MOST_CELLS = 250_000  # filled ones; a whole product range has some 20,000
MOST_ROWS = 60_000
MOST_COLUMNS = 1_000
MOST_PLACES = 6_000_000  # rows × columns, most of them empty
MOST_FAR = 20


def text_cell(text: str) -> SourceCell:
    """A cell with a text; line breaks are kept beside it for the few readers that want them."""
    if "\n" not in text and "\r" not in text:
        return SourceCell(plain_text(text))
    lines = [plain_text(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return SourceCell(plain_text(text), lines="\n".join(lines).strip())


@dataclass
class Gathered:
    """The cells of one sheet while its file is read. Rows and columns from 0."""

    file: str
    name: str
    hidden: bool = False
    rows: dict[int, dict[int, SourceCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    struck: set[Place] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    far: list[tuple[Place, str]] = field(default_factory=list)
    doubled: list[Place] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    count: int = 0

    def put(self, row: int, column: int, cell: SourceCell, *, struck: bool = False) -> None:
        """Keep a cell that has something in it. Raises ReadError file_too_large."""
        if cell.is_empty:
            return
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            if len(self.far) < MOST_FAR:
                self.far.append(((row, column), cell.text))
            return
        self.count += 1
        if self.count > MOST_CELLS:
            raise ReadError("file_too_large", file=self.file)
        cells = self.rows.setdefault(row, {})
        if cells.get(column, cell) != cell:
            self.doubled.append((row, column))
        cells[column] = cell
        if struck:
            self.struck.add((row, column))

    def sheet(self) -> Sheet:
        """Raises ReadError file_too_large."""
        height = max(self.rows, default=-1) + 1
        width = max((max(cells) for cells in self.rows.values()), default=-1) + 1
        if height * width > MOST_PLACES:
            raise ReadError("file_too_large", file=self.file)
        blank: Row = (EMPTY,) * width
        made = []
        for number in range(height):
            cells = self.rows.get(number)
            made.append(blank if cells is None else tuple(cells.get(i, EMPTY) for i in range(width)))
        used = {column for cells in self.rows.values() for column in cells}
        return Sheet(
            plain_text(self.name),
            tuple(made),
            hidden=self.hidden,
            unseen=Unseen(
                frozenset(self.hidden_rows & self.rows.keys()),
                frozenset(c for first, last in self.hidden_columns for c in used if first <= c <= last),
                frozenset(self.struck),
                tuple(self.merged),
                tuple(self.far),
                tuple(dict.fromkeys(self.doubled)),
            ),
            remarks=tuple(self.remarks),
        )
