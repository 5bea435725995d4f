"""What the sheets of the workbook share: their names and order, real tables, and where a figure stands.

Beside every input stands what it was when the file was made; `changed` compares them for the first sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from cirkeldesk.model.award.award import award
from cirkeldesk.sheets.cell_formats import MOST_LINES, ROW_HEIGHT, Formats, lines_of
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import paper
from cirkeldesk.wording.advice import advice
from cirkeldesk.wording.advice import parts as advice_parts

POSTS, VALUES, WEIGHTS, SUMS = "Posten", "Milieuverklaringen", "Weegset", "Berekening"
AWARD = "Gunning"
FIGURE = "Figuur"  # above the names of the rows of a comparison
AREA, PERIOD = "Hoeveelheid_werk", "Beschouwingsperiode"  # names of inputs
FILTERED = frozenset({POSTS, VALUES, WEIGHTS, SUMS, "Vergelijking"})  # long tables with a header of one line


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet that takes a formula as it is.

    XlsxWriter looks in each formula for thirty newer functions, to prefix them; ours use none, and that
    search took a third of the time. A test writes the same workbook both ways and finds the same bytes.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Book:
    """An open workbook with its sheets, in the fixed order of the tab bar."""

    def __init__(self, book: Any, told: advice.Advice, printed: Print) -> None:
        self.book, self.told, self.printed = book, told, printed
        self.comparison, self.inputs, self.tender = told.comparison, told.inputs, told.tender
        self.formats = Formats(book)
        found = award(told.comparison)
        self.award = found if found is not None and found.bids else None
        self.outcome = advice_parts.outcome_facts(self.tender, told.disclosed)
        awarded = (AWARD,) if self.award is not None or self.outcome else ()
        names = ("Samenvatting", "Vergelijking", "Verschil", POSTS, VALUES, WEIGHTS, SUMS, *awarded, "Uitleg")
        self.sheets = {name: book.add_worksheet(name, PlainSheet) for name in names}
        self.quantity_cells: dict[
            tuple[str, str, str], str
        ] = {}  # (variant, post, property) → cell on Posten
        self.price_cells: dict[str, str] = {}
        self.life_cells: dict[tuple[str, str], str] = {}  # (variant, post) → cell on Posten
        self.changed: list[str] = []  # comparisons of an input range with its stored originals
        self.last_row: dict[str, int] = {}
        self.matrix_lines: dict[str, int] = {}  # row of each figure on Vergelijking
        self.variant_number = {variant.id: number for number, variant in enumerate(self.tender.variants, 1)}
        self.post_number = {post.id: number for number, post in enumerate(self.tender.posts, 1)}

    def table(
        self, name: str, top: int, header: Sequence[str], rows: int, widths: Sequence[int], table: str
    ) -> None:
        """A real Excel table with its header row; cells are written afterwards."""
        sheet = self.sheets[name]
        columns = [
            {"header": text, "header_format": self.formats(bold=True, text_wrap=True, bg_color="#F4F6F8")}
            for text in header
        ]
        area = (top, 0, top + max(1, rows), len(header) - 1)
        sheet.add_table(
            *area,
            {
                "columns": columns,
                "name": table,
                "style": "Table Style Light 1",
                "autofilter": name in FILTERED,
            },
        )
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        self.fit(name, top, list(zip(header, widths, strict=True)))
        sheet.freeze_panes(top + 1, 1)

    def name_cell(self, name: str, sheet: str, row: int, column: int) -> None:
        """A name for an input that formulas of other sheets use, so that a person can read them."""
        self.book.define_name(name, f"={sheet}!{xl_rowcol_to_cell(row, column, True, True)}")

    def fit(self, name: str, row: int, cells: Sequence[tuple[str, float]]) -> None:
        """Make a row as high as its wrapped texts, each in a column so many characters wide; no program does
        it by itself."""
        lines = max(lines_of(text, width) for text, width in cells)
        self.sheets[name].set_row(row, ROW_HEIGHT * min(MOST_LINES, lines))

    def watch(self, sheet: str, first: int, last: int, column: int) -> None:
        """Compare an input column with the stored originals beside it, tolerant of the last bits of a
        formula."""
        now = f"{sheet}!{xl_rowcol_to_cell(first, column, True, True)}:{xl_rowcol_to_cell(last, column, True, True)}"
        was = f"{sheet}!{xl_rowcol_to_cell(first, column + 1, True, True)}:{xl_rowcol_to_cell(last, column + 1, True, True)}"
        self.changed.append(f"SUMPRODUCT(--(ABS({now}-{was})>0.0000000001*ABS({was})))")

    def watch_copy(self, sheet: str, first: int, last: int, column: int, stored: int) -> None:
        """The same where the originals stand elsewhere in the row."""
        now = f"{sheet}!{xl_rowcol_to_cell(first, column, True, True)}:{xl_rowcol_to_cell(last, column, True, True)}"
        was = f"{sheet}!{xl_rowcol_to_cell(first, stored, True, True)}:{xl_rowcol_to_cell(last, stored, True, True)}"
        self.changed.append(f"SUMPRODUCT(--({now}<>{was}))")

    def total_cell(self, variant_id: str) -> str | None:
        """Where *Vergelijking* holds a variant's total MKI."""
        column = next((i for i, v in enumerate(self.comparison.variants, 1) if v.id == variant_id), None)
        if column is None:
            return None
        return f"Vergelijking!{xl_rowcol_to_cell(self.matrix_lines['total'], column, True, True)}"

    def finish(self) -> None:
        """Page, protection and mark of every sheet."""
        for name, sheet in self.sheets.items():
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            sheet.protect(
                "",
                {
                    "format_columns": True,
                    "format_rows": True,
                    "select_locked_cells": True,
                    "autofilter": True,
                },
            )
            mark = f"&C{self._mark()}" if self._mark() else ""  # an empty part is no header to other readers
            sheet.set_header(mark)
            sheet.set_footer(f"&L{name}{mark}&RPagina &P van &N")

    def _mark(self) -> str:
        return " · ".join(paper.marks(self.tender, self.told.audience, draft=self.printed.version is None))
