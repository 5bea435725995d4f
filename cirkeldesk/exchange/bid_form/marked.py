"""A copy of a form that came back, with a remark at each fault and a sheet that lists them."""

from __future__ import annotations

import io
from typing import Any

from cirkeldesk.exchange.bid_form.faults import FormFault
from cirkeldesk.exchange.table.spreadsheet import is_excel, spreadsheet_sheets
from cirkeldesk.model.lookup import the_one
from cirkeldesk.wording import terms


def marked_copy(content: bytes, faults: tuple[tuple[FormFault, str], ...], heading: str, asked: str) -> bytes:
    """The workbook as received, with a remark at each fault and a first sheet that lists them; values stay as
    they were.

    `asked` says what a fault asks for: to mend it, or only to explain what was meant.
    """
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = load_workbook(io.BytesIO(content)) if is_excel(content) else _book_of(content)
    pages = {sheet.title: sheet for sheet in book.worksheets}
    said: dict[tuple[str, str], list[str]] = {}
    for number, (fault, text) in enumerate(faults, 1):
        if fault.sheet not in pages:
            continue
        cell = _whole(pages[fault.sheet], fault.cell)
        remarks = said.setdefault((fault.sheet, cell.coordinate), [])
        remarks.append(f"{number}. {text}")
        cell.fill = PatternFill("solid", fgColor="FCE8E6" if fault.level == "error" else "FDF0DC")
        cell.comment = Comment("\n".join(remarks), terms.PROGRAM, width=320, height=120)
    _list_faults(book, faults, heading, asked)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _whole(page: Any, place: str) -> Any:
    """A cell, or the first of the joined cells it is part of."""
    from openpyxl.cell.cell import MergedCell

    cell = page[place]
    if not isinstance(cell, MergedCell):
        return cell
    area = the_one(page.merged_cells.ranges, lambda area: place in area, place)
    return page.cell(area.min_row, area.min_col)


def _list_faults(book: Any, faults: tuple[tuple[FormFault, str], ...], heading: str, asked: str) -> None:
    """A first sheet with every fault in order."""
    from openpyxl.styles import Alignment, Font

    free = (n for n in ("Controle", *(f"Controle {i}" for i in range(2, 99))) if n not in book.sheetnames)
    page = book.create_sheet(the_one(free, lambda _: True, "Controle"), 0)
    page["A1"], page["A1"].font = heading, Font(bold=True)
    page.append([])
    page.append(["Blad", "Cel", "Wat", "Soort"])
    for fault, text in faults:
        kind = asked if fault.level != "warning" or asked == "toelichten" else "ter informatie"
        page.append([fault.sheet, fault.cell, text, kind])
    for row in page.iter_rows(min_row=4):
        for cell in row:
            cell.data_type = "s"  # a text of a bidder that begins with = stays text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCD", (18, 8, 80, 16), strict=True):
        page.column_dimensions[column].width = width
    page["A1"].alignment = Alignment(wrap_text=True)
    page.merge_cells("A1:D1")
    page.row_dimensions[1].height = 60
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    book.active = 0


def _book_of(content: bytes) -> Any:
    """A workbook with what an OpenDocument form holds, so that remarks can stand beside its cells."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in spreadsheet_sheets(content, ""):
        page = book.create_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells, 1):
                if not cell.is_empty:
                    page.cell(row, column).value = cell.number if cell.number is not None else cell.text
                    if cell.number is None:
                        page.cell(row, column).data_type = "s"
    return book
