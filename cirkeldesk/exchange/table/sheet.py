"""A sheet of cells with their places, whatever file it came from, and what of it nobody sees.

What a workbook hides or strikes through is kept apart (`Unseen`), so that each reader can leave it out, say
so, and let a person choose: the program shows what Excel shows, and never counts in silence what it hides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby


@dataclass(frozen=True, slots=True)
class SourceCell:
    """`text` as the file has it; `number` where the file itself types it as a number; `unknown` for an
    uncomputed formula.

    `percent`: the file shows the number as a percentage, so that 0.94 stands for 94 %.
    """

    text: str = ""
    number: float | None = None
    unknown: bool = False
    percent: bool = False
    lines: str = field(default="", compare=False)  # the text with its line breaks, where it has any

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.unknown


EMPTY = SourceCell()
LONGEST_CELL = 32_767  # characters; Excel's own limit
Row = tuple[SourceCell, ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class Remark:
    """A text that stands beside the cells: a comment of a cell (`place`), a header, a text box."""

    kind: str  # "comment", "header", "footer", "shape"
    text: str
    place: Place | None = None


@dataclass(frozen=True)
class Unseen:
    """Rows, columns and cells with something in them that the file hides or strikes through; from 0.

    `merged`: (first row, first column, last row, last column) of joined cells. `far`: cells beyond the part
    of a sheet that is read.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    struck: frozenset[Place] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    far: tuple[tuple[Place, str], ...] = ()
    doubled: tuple[Place, ...] = ()  # cells that the file has twice, with another content

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns or self.struck)


@dataclass(frozen=True)
class Sheet:
    """Rows of equal length, and a name that is empty for a CSV file. `is_typed` says whether numbers are
    typed as such."""

    name: str
    rows: tuple[Row, ...]
    is_typed: bool = True
    hidden: bool = False
    unseen: Unseen = field(default=Unseen(), compare=False)
    remarks: tuple[Remark, ...] = field(default=(), compare=False)

    def cell(self, row: int, column: int) -> SourceCell:
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else EMPTY

    def place(self, row: int, column: int) -> str:
        """ "D14", as spreadsheet programs name it; rows and columns from 0."""
        return f"{column_letters(column)}{row + 1}"

    def as_shown(self) -> Sheet:
        """The sheet with nothing where the file hides or strikes through; places stay."""
        if not self.unseen:
            return self
        unseen = self.unseen
        return replace(
            self,
            rows=tuple(
                tuple(
                    EMPTY
                    if row in unseen.rows or column in unseen.columns or (row, column) in unseen.struck
                    else cell
                    for column, cell in enumerate(cells)
                )
                for row, cells in enumerate(self.rows)
            ),
            unseen=replace(unseen, rows=frozenset(), columns=frozenset(), struck=frozenset()),
        )

    def unseen_text(self) -> str:
        """What is hidden or struck through, as places: "kolom F; rij 12, 14-20; doorgehaald: C5"."""
        unseen, parts = self.unseen, []
        if unseen.columns:
            parts.append("kolom " + _runs(unseen.columns, column_letters))
        if unseen.rows:
            parts.append("rij " + _runs(unseen.rows, lambda row: str(row + 1)))
        if unseen.struck:
            rows = {row for row, _ in unseen.struck}
            few = sorted(unseen.struck)[:4]
            places = ", ".join(self.place(*place) for place in few)
            parts.append(
                f"doorgehaald: {places}"
                if len(unseen.struck) == len(few)
                else "doorgehaald: rij " + _runs(rows, lambda row: str(row + 1))
            )
        return "; ".join(parts)

    def carried_down(self, columns: Iterable[int] | None = None) -> Sheet:
        """Texts of cells joined downwards, in every row that they span.

        A number stays where it stands: joined over three rows it is one amount, and nobody can tell whose.
        """
        wanted = None if columns is None else set(columns)
        filled: dict[Place, SourceCell] = {}
        for top, left, bottom, _ in self.unseen.merged:
            cell = self.cell(top, left)
            if bottom > top and cell.text and cell.number is None and (wanted is None or left in wanted):
                filled |= {(row, left): cell for row in range(top + 1, min(bottom + 1, len(self.rows)))}
        if not filled:
            return self
        rows = [list(row) for row in self.rows]
        for (row, column), cell in filled.items():
            if column < len(rows[row]) and rows[row][column].is_empty:
                rows[row][column] = cell
        return replace(self, rows=tuple(map(tuple, rows)))


def _runs(places: Iterable[int], name: Callable[[int], str]) -> str:
    """ "12, 14-20": places in order, those that follow each other as one."""
    ordered = sorted(places)
    found = []
    for _, group in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        first, last = name(run[0]), name(run[-1])
        found.append(first if len(run) == 1 else f"{first}-{last}")
    return ", ".join(found[:12]) + (" …" if len(found) > 12 else "")


def column_letters(column: int) -> str:
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters
