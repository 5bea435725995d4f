"""The workbook beside XlsxWriter and openpyxl that write the same cells: formulas, values, texts, formats.

`python3 start.py bench writing`. Three sizes, so that it shows whether the time grows with the cells.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from bench.printing import PRINTED
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import inputs_for, open_workspace
from cirkeldesk.sheets.workbook import workbook
from cirkeldesk.wording.advice import advice

SIZES = ((7, 18), (20, 18), (20, 40))  # variants × posts
Cells = list[tuple[str, list[tuple[int, int, Any, Any]]]]


def sized(tender: Tender, variants: int, posts: int) -> Tender:
    """Designs that answer every post with a full profile, and one bid of three."""
    named = tuple(replace(tender.posts[i % 3], id=f"p{i}", name=f"Post {i}") for i in range(posts))
    full = [v for v in tender.variants if v.id in ("v1", "v2")]
    made = []
    for number in range(variants):
        source = full[number % 2]
        answers = tuple(replace(source.answers[i % 3], post_id=f"p{i}") for i in range(posts))
        made.append(
            replace(source, id=f"v{number}", name=f"Variant {number}", role="alternative", answers=answers)
        )
    return replace(tender, posts=named, variants=tuple(made))


def cells_of(content: bytes) -> Cells:
    """(row, column, formula or value, stored value) of every cell, sheet by sheet."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return [
        (
            sheet.title,
            [
                (one.row - 1, one.column - 1, one.value, other.value)
                for row, stored in zip(sheet.iter_rows(), values[sheet.title].iter_rows(), strict=True)
                for one, other in zip(row, stored, strict=True)
                if one.value is not None
            ],
        )
        for sheet in formulas
    ]


def with_xlsxwriter(cells: Cells) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    look = book.add_format(
        {"font_name": "Calibri", "font_size": 11, "valign": "top", "num_format": "#,##0.00"}
    )
    text = book.add_format({"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True})
    for title, found in cells:
        sheet = book.add_worksheet(title)
        for row, column, value, stored in found:
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(row, column, value, look, stored if stored is not None else 0)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, text)
            else:
                sheet.write_number(row, column, float(value), look)
    book.close()
    return buffer.getvalue()


def with_openpyxl(cells: Cells) -> bytes:
    """It stores no values beside formulas: less than what we write."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, found in cells:
        sheet = book.create_sheet(title)
        for row, column, value, _ in found:
            sheet.cell(row + 1, column + 1, value).number_format = "#,##0.00"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def median(run: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "bench.db") as workspace:
        add_example(workspace)
        example = tenders.get_tender(workspace, "voorbeeld")
        for variants, posts in SIZES:
            tender = sized(example, variants, posts)
            inputs = inputs_for(workspace, tender)
            told = advice.internal_advice(compare(tender, inputs), inputs)
            content = workbook(told, PRINTED)
            cells = cells_of(content)
            count = sum(len(found) for _, found in cells)
            formulas = sum(str(value).startswith("=") for _, found in cells for _, _, value, _ in found)
            ours = median(partial(workbook, told, PRINTED))
            raw = median(partial(with_xlsxwriter, cells))
            other = median(partial(with_openpyxl, cells))
            print(f"{variants} variants x {posts} posts: {count} cells, {formulas} formulas")
            print(f"  workbook   {ours * 1000:8.0f} ms   {ours / count * 1e6:5.1f} us a cell")
            print(f"  XlsxWriter {raw * 1000:8.0f} ms   x {ours / raw:4.2f}")
            print(f"  openpyxl   {other * 1000:8.0f} ms   x {ours / other:4.2f}")
    return 0
