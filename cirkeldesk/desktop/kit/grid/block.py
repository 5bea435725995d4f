"""A pasted block: what lies on the clipboard, and which cells it lands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication

from cirkeldesk.desktop.kit.grid.cells import GridSheet
from cirkeldesk.desktop.kit.grid.clipboard import tab_block
from cirkeldesk.operations.clipboard import block_of
from cirkeldesk.wording import numbers


def clipboard_block() -> list[list[str]]:
    """What lies on the clipboard as a block of texts: Excel's own exact form where it is there, else tab
    text."""
    data = QGuiApplication.clipboard().mimeData()
    for form in data.formats():
        if "XML Spreadsheet" in form:
            block = block_of(bytes(data.data(form).data()))
            if block is not None:
                return block
    return tab_block(QGuiApplication.clipboard().text())


def _is_head(block: list[list[str]]) -> bool:
    """Whether the first line of a block only names what stands below it: words there, figures in the next
    line."""
    if len(block) < 2 or len(block[0]) < 2:
        return False
    first, second = block[0][1:], block[1][1:]
    words = all(numbers.read_number(cell).problem is not None for cell in first if cell.strip())
    figures = [cell for cell in second if cell.strip()]
    return (
        words
        and any(first)
        and bool(figures)
        and all(numbers.read_number(cell).value is not None for cell in figures)
    )


def place_block(
    block: list[list[str]], row: int, column: int, sheet: GridSheet
) -> tuple[list[tuple[int, int, str]], int]:
    """Where each pasted text goes: [(row, column, text)], and how many did not fit. Nothing is cut off
    silently."""
    laid = _laid_out(block, row, column, sheet)
    below = sheet.paste_rows(row)
    cells: list[tuple[int, int, str]] = []
    lost = 0
    for number, line in enumerate(laid.lines):
        target = _target(line, number, laid, row, below, sheet)
        for place, text in laid.texts(line):
            if target is None or not _takes(sheet, target, place):
                lost += 1
            elif place is not None:
                cells.append((target, place, text))
    return cells, lost


@dataclass(frozen=True)
class _Block:
    """A block without its head. `columns`: where each of its columns goes, None for nowhere; `headed` and
    `named`: its first line named columns, its first column named rows."""

    lines: list[list[str]]
    columns: list[int | None]
    headed: bool
    named: bool

    def texts(self, line: list[str]) -> Iterator[tuple[int | None, str]]:
        """(column, text) of what a line holds besides its own name."""
        for position, text in enumerate(line):
            place = self.columns[position] if position < len(self.columns) else None
            is_name = position == 0 and (self.named or (self.headed and place is None))
            if text.strip() and not is_name:
                yield place, text.strip()


def _laid_out(block: list[list[str]], row: int, column: int, sheet: GridSheet) -> _Block:
    names = [name.strip().casefold() for name in sheet.column_names]
    first = [cell.strip().casefold() for cell in block[0]]
    headed = len(block) > 1 and any(cell in names for cell in first if cell)
    width = max(len(line) for line in block)
    columns: list[int | None] = [column + offset for offset in range(width)]
    if headed:
        columns = [names.index(cell) if cell in names else None for cell in first]
    if headed or _is_head(block):
        block = block[1:]  # names we do not know: the figures below go by their places
    known = [line for line in block if line and sheet.match_row(line[0], row)]
    named = width > 1 and 2 * len(known) >= sum(any(line) for line in block) > 0
    if named and not headed:
        columns = [None, *[column + offset for offset in range(width - 1)]]
    return _Block(block, columns, headed, named)


def _target(
    line: list[str], number: int, laid: _Block, row: int, below: list[int], sheet: GridSheet
) -> int | None:
    """The row a line goes to: by its name where lines are named, else by its place."""
    if laid.named:
        matched = sheet.match_row(line[0], row) if line else []
        return matched[0] if matched else None
    return below[number] if number < len(below) else None


def _takes(sheet: GridSheet, target: int, place: int | None) -> bool:
    return place is not None and place < len(sheet.column_names) and sheet.cell(target, place).editable
