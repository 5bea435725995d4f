"""The tables of a PDF as sheets, to be laid out by hand as any other table."""

from __future__ import annotations

from cirkeldesk.exchange.pdf.tables import TableOnPaper, tables_of
from cirkeldesk.exchange.pdf.words import read_pages
from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.exchange.table.sheet import Sheet, SourceCell
from cirkeldesk.model.refusal import ReadError

TOTAL_HEAD = "Totaal"


def pdf_sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """A sheet per table: what stands above it, its heads and its rows. Raises ReadError, pdf_no_table where
    none is found."""
    tables = tables_of(read_pages(content, file))
    if not tables:
        raise ReadError("pdf_no_table", file=file)
    return tuple(_sheet(table, number) for number, table in enumerate(tables, 1))


def _sheet(table: TableOnPaper, number: int) -> Sheet:
    heads = [TOTAL_HEAD if head.kind == "total" else head.name for head in table.columns]
    rows: list[list[str]] = [[line] for line in table.above[-15:]]
    rows.append(["Milieueffect", "Eenheid", *heads])
    for row in table.rows:
        cells = dict(row.cells)
        values = [cells[column].text if column in cells else "" for column in range(len(heads))]
        rows.append([row.label, row.unit, *values])
    width = 2 + len(heads)
    return Sheet(
        f"tabel {number}, blz. {table.page}",
        tuple(
            tuple(SourceCell(plain_text(text)) for text in (*row, *[""] * (width - len(row)))) for row in rows
        ),
        is_typed=False,
    )
