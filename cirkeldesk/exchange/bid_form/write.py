"""The bid form as a workbook: locked texts, open tinted cells with their limits, lists and help; stored
values throughout."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from cirkeldesk.exchange.bid_form.bid_form import FIRST_POST_ROW
from cirkeldesk.exchange.bid_form.cells import BID, COMPOSITION, HELP, POSTS, SHEETS, Form, FormField

_WIDTHS = {
    BID: (36, 62),
    COMPOSITION: (20, 30, 14, 20, 18, 4, 20, 16, 16, 12, 30, 22),
    HELP: (110,),
}
_POST_WIDTHS = {"Post": 24, "Product *": 30, "Levensduur": 21}
INPUT = {"bg_color": "#FDF0DC", "border": 1, "border_color": "#6F7985", "locked": False}
FORMATS = {
    "money": "#,##0.00",
    "number": "#,##0.######",
    "percent": "0.######",
    "text": "@",
    "choice": "@",
    "date": "@",
}


def write(form: Form) -> bytes:
    """The workbook's bytes; the same form gives the same cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"Inschrijfformulier {form.number}", "subject": form.mark})
    pages = {name: book.add_worksheet(name) for name in SHEETS}
    _lay_out(pages, form)
    _write_fixed(book, pages, form)
    for formula in form.formulas:
        amount = book.add_format({"num_format": "#,##0.00"})
        pages[formula.sheet].write_formula(formula.row, formula.column, formula.text, amount, formula.value)
    _write_open(book, pages, form)
    pages[BID].activate()
    book.close()
    return buffer.getvalue()


def _lay_out(pages: dict[str, Any], form: Form) -> None:
    """Widths, heights, what stays in view, and the paper."""
    for name, page in pages.items():
        for column, width in enumerate(_WIDTHS.get(name, ())):
            page.set_column(column, column, width)
        page.protect("", {"select_locked_cells": True, "format_columns": True})
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
    for cell in form.fixed:
        if cell.sheet == POSTS and cell.row == FIRST_POST_ROW - 1:
            named = (width for start, width in _POST_WIDTHS.items() if str(cell.value).startswith(start))
            pages[POSTS].set_column(cell.column, cell.column, next(named, 15))
    for name in (POSTS, COMPOSITION):
        pages[name].set_row(3, 48)
    pages[POSTS].freeze_panes(FIRST_POST_ROW, 1)
    pages[COMPOSITION].freeze_panes(4, 0)


def _write_fixed(book: Any, pages: dict[str, Any], form: Form) -> None:
    """Cells that nobody fills in."""
    plain, bold = book.add_format(), book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
    for cell in form.fixed:
        if isinstance(cell.value, str):
            style = head if cell.bold and cell.row == 3 else bold if cell.bold else plain
            pages[cell.sheet].write_string(cell.row, cell.column, cell.value, style)
        else:
            decimals = "0" * (cell.decimals or 0)
            number = book.add_format({"num_format": f"#,##0.{decimals}" if decimals else "#,##0"})
            pages[cell.sheet].write_number(cell.row, cell.column, cell.value, number)


def _write_open(book: Any, pages: dict[str, Any], form: Form) -> None:
    """Cells to fill in, with what they take."""
    inputs = {kind: book.add_format({**INPUT, "num_format": text}) for kind, text in FORMATS.items()}
    for field in form.fields:
        page = pages[field.sheet]
        if field.default:
            page.write_string(field.row, field.column, field.default, inputs[field.kind])
        else:
            page.write_blank(field.row, field.column, None, inputs[field.kind])
        rule = validation(field)
        if rule:
            page.data_validation(field.row, field.column, field.row, field.column, rule)


def validation(field: FormField) -> dict[str, Any] | None:
    """What Excel allows in a cell, and what it says about it in Dutch."""
    said = {"input_title": field.label[:32], "input_message": (field.help or _HINTS[field.kind])[:250]}
    wrong = {"error_title": "Dit past hier niet", "error_message": _HINTS[field.kind][:250]}
    if field.kind == "choice":
        # Excel keeps at most 255 signs of choices inside a cell; longer lists are checked when the form comes
        # back.
        if len(",".join(field.choices)) > 255 or any("," in choice for choice in field.choices):
            return {"validate": "any", **said}
        return {"validate": "list", "source": list(field.choices), **said, **wrong}
    if field.kind in ("money", "number", "percent"):
        low = field.low if field.low is not None else -(field.high or 0)
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": field.high,
            **said,
            **wrong,
        }
    return {"validate": "any", **said} if field.help else None


_HINTS = {
    "money": "Een bedrag in euro, exclusief btw, met hoogstens twee decimalen. Bijvoorbeeld 1234,50.",
    "number": "Een getal met een komma, zonder eenheid. Bijvoorbeeld 9,87.",
    "percent": "Een percentage van 0 tot 100, zonder %-teken.",
    "choice": "Kies uit de lijst.",
    "date": "Een datum, bijvoorbeeld 31-12-2028, of een jaar.",
    "text": "Vul een tekst in.",
}
