"""Everything at a glance: medians of several runs, and ratios against peers measured in the same run."""

from __future__ import annotations

import csv
import io
import math
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np

from bench.cases import large
from cirkeldesk import paths
from cirkeldesk.exchange.ilcd.oekobaudat_csv import COLUMNS
from cirkeldesk.model.award.award import award
from cirkeldesk.model.award.break_even import break_even
from cirkeldesk.model.comparison.certainty import Spreadsheet, drawn_totals, log_spread
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.tender.tender import DeclaredBasis, OfferedMki, Tender
from cirkeldesk.operations.imports import import_batch
from cirkeldesk.operations.product.products import product_list
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import inputs_for, open_workspace
from cirkeldesk.sheets.advice import advice_sheet
from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.workbook import workbook
from cirkeldesk.wording.advice.advice import internal_advice
from cirkeldesk.wording.comparison.rows import matrix_rows


def median(run: Callable[[], object], times: int = 7) -> float:
    """Median seconds of several runs, after one to warm up."""
    run()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def peer_cells(count: int) -> None:
    """openpyxl writing as many plain cells as our workbook has."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(count // 10):
        sheet.append([float(row)] * 10)
    book.save(io.BytesIO())


def peer_pages(rows: int) -> None:
    """reportlab printing as many untagged table rows as our sheet has."""
    from reportlab.platypus import SimpleDocTemplate, Table

    SimpleDocTemplate(io.BytesIO()).build([Table([["Figuur", *["1.234"] * 5]] * rows)])


def start_seconds(code: str, *arguments: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return median(
        lambda: subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True), 5
    )


BARE_WINDOW = (
    "from PySide6.QtWidgets import QApplication, QMainWindow; from PySide6.QtCore import QTimer\n"
    "app = QApplication([]); w = QMainWindow(); w.show(); QTimer.singleShot(0, lambda: (w.grab(), "
    "app.quit())); app.exec()"
)
OUR_WINDOW = "import sys; from cirkeldesk.cli import main; sys.exit(main(['--db', sys.argv[1], 'gui', '--quit-when-shown']))"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIRKELDESK_HOME"] = folder
        database = Path(folder) / "bench.db"
        with open_workspace(database) as workspace:
            add_example(workspace)
            tender = tenders.get_tender(workspace, "voorbeeld")
            big = large(tender)
            inputs = inputs_for(workspace, big)
        report(tender, big, inputs)
        awarding(big, inputs)
        library(Path(folder))
        bare, ours = start_seconds(BARE_WINDOW), start_seconds(OUR_WINDOW, str(database))
        line("window shown", ours, "a bare Qt window", bare)
    return 0


def report(tender: Tender, big: Tender, inputs: Inputs) -> None:
    small: Comparison = compare(tender, inputs)
    after_typing = median(lambda: compare(big, inputs))
    line(
        "compare 10 × 40 after a change",
        after_typing,
        "the example's 5 × 3",
        median(lambda: compare(tender, inputs)),
    )
    line(
        "matrix rows of 10 × 40",
        median(lambda: matrix_rows(compare(big, inputs))),
        "compare alone",
        after_typing,
    )
    printed = Print("0" * 64, "2026-01-01T00:00:00+00:00", "bench")
    fonts = paths.resources() / "fonts"
    told = internal_advice(small, inputs)
    line(
        "advice sheet, tagged",
        median(lambda: advice_sheet(told, printed, fonts), 3),
        "60 untagged rows",
        median(lambda: peer_pages(60)),
    )
    book = median(lambda: workbook(told, printed), 3)
    line(
        "workbook, live formulas", book, "openpyxl, 10,000 plain cells", median(lambda: peer_cells(10_000), 3)
    )


def awarding(big: Tender, inputs: Inputs) -> None:
    """An award of ten bids beside comparing them, and 10,000 draws of ten designs beside the same in plain
    Python."""
    basis = DeclaredBasis(per="work", includes_replacement="yes")
    offered = [OfferedMki(total=60_000.0 + 997 * i) for i in range(10)]
    bids = tuple(
        replace(v, role="bid", price=Decimal(1_200_000 + 7_919 * i), work_mki=offered[i], basis=basis)
        for i, v in enumerate(big.variants)
    )
    compared = compare(replace(big, variants=bids), inputs)
    found = award(compared)
    assert found is not None
    assert all(bid.rank for bid in found.bids)
    comparing = median(lambda: compare(replace(big, variants=bids), inputs))
    line("award of 10 bids", median(lambda: award(compared)), "compare alone", comparing)
    line("turning points of 45 pairs", median(lambda: break_even(found)), "compare alone", comparing)
    chance = random.Random(1)
    amounts = [[chance.uniform(50, 1500) for _ in range(40)] for _ in range(10)]
    sigmas = [log_spread(20.0)] * 40
    ids = tuple(f"v{i}" for i in range(10))
    sheet = Spreadsheet(ids, tuple((str(j),) for j in range(40)), np.array(amounts), np.array(sigmas))
    ours = median(lambda: drawn_totals(sheet, 10_000, 1))
    line(
        "10,000 paired draws × 10 × 40",
        ours,
        "plain Python, 1,000 draws × 10",
        10 * median(lambda: plain_draws(amounts, sigmas), 3),
    )


def plain_draws(amounts: list[list[float]], sigmas: list[float]) -> None:
    chance = random.Random(1)
    for _ in range(1_000):
        factors = [math.exp(chance.gauss(0, 1) * s - s * s / 2) for s in sigmas]
        [sum(a * f for a, f in zip(row, factors, strict=True)) for row in amounts]


SETS = 2_000


def library(folder: Path) -> None:
    """An export of thousands of declarations: read, kept and found, beside Python's own csv and a bare LIKE
    in SQLite."""
    export = folder / "export.csv"
    names = list(COLUMNS)
    head = "UUID;Version;Name (de);Name (en);Gueltig bis;Bezugsgroesse;Bezugseinheit;Modul;Szenario;"
    lines = [head + ";".join(names) + ";"]
    for number in range(SETS):
        for module in ("A1-A3", "C1", "C2", "C3", "C4", "D"):
            cells = ";".join(f"{number * 0.001 + place:.6g}" for place in range(len(names)))
            lines.append(
                f"fictief-{number:05};1.0;Mischung {number};Mix {number};2030;1;kg;{module};;{cells};"
            )
    export.write_text("\n".join(lines), encoding="utf-8")
    rows = median(lambda: list(csv.reader(io.StringIO(export.read_text(encoding="utf-8")), delimiter=";")), 3)
    with open_workspace(folder / "library.db") as workspace:
        begin = time.perf_counter()
        import_batch(workspace, [export])
        line(
            f"{SETS} declarations read and kept",
            time.perf_counter() - begin,
            "csv.reader over the same file",
            rows,
        )
        found = median(lambda: product_list(workspace, "mix 19"))
    bare = sqlite3.connect(folder / "library.db")
    line(
        f"search among {SETS} declarations",
        found,
        "a bare LIKE in SQLite",
        median(lambda: bare.execute("SELECT * FROM product_list WHERE search LIKE '%mix 19%'").fetchall()),
    )
    bare.close()


def line(what: str, ours: float, peer: str, theirs: float) -> None:
    print(f"{what:34} {ours * 1000:8.1f} ms   {peer:30} {theirs * 1000:8.1f} ms   ratio {ours / theirs:5.2f}")
