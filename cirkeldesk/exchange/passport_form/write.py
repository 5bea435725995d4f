"""The passport form as a workbook: locked heads, open tinted cells with their limits and lists."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from cirkeldesk.exchange.bid_form.write import FORMATS, INPUT, validation
from cirkeldesk.exchange.passport_form.form import COLUMNS, FIRST_ROW, HEAD_ROW, HELP, SHEET, PassportForm

WIDE = {"object": 22, "post": 22, "mix": 24, "producer": 22, "evidence": 26, "layer_kind": 18}


def write(found: PassportForm) -> bytes:
    """The workbook's bytes; the same form gives the same cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    form = found.form
    book.set_properties({"title": f"Paspoortformulier {form.number}"})
    pages = {name: book.add_worksheet(name) for name in (SHEET, HELP)}
    page = pages[SHEET]
    for place, column in enumerate(COLUMNS):
        page.set_column(place, place, WIDE.get(column.name, 14))
    pages[HELP].set_column(0, 0, 110)
    for each in pages.values():
        each.protect("", {"select_locked_cells": True, "format_columns": True})
        each.set_landscape()
        each.set_paper(9)
        each.fit_to_pages(1, 0)
    page.set_row(HEAD_ROW, 34)
    page.freeze_panes(FIRST_ROW, 2)
    head, plain = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"}), book.add_format()
    for cell in form.fixed:
        pages[cell.sheet].write_string(cell.row, cell.column, str(cell.value), head if cell.bold else plain)
    _write_open(book, page, found)
    page.activate()
    book.close()
    return buffer.getvalue()


def _write_open(book: Any, page: Any, found: PassportForm) -> None:
    """The open cells with what they begin with, and what they take."""
    inputs = {kind: book.add_format({**INPUT, "num_format": text}) for kind, text in FORMATS.items()}
    begins = {
        f"{FIRST_ROW + at}|{name}": value
        for at, row in enumerate(found.rows)
        for name, value in {"post": row.post, **row.values}.items()
    }
    last = FIRST_ROW + found.count - 1
    for field in found.form.fields:
        value = begins.get(field.key)
        if value is None:
            page.write_blank(field.row, field.column, None, inputs[field.kind])
        elif isinstance(value, str):
            page.write_string(field.row, field.column, value, inputs[field.kind])
        else:
            page.write_number(field.row, field.column, value, inputs[field.kind])
        rule = validation(field) if field.row == FIRST_ROW else None
        if rule:  # one rule for a whole column
            page.data_validation(FIRST_ROW, field.column, last, field.column, rule)
