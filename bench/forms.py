"""A bid form of 5,000 posts checked beside openpyxl loading the same workbook.

The form is written by the program and filled in with openpyxl as a bidder would in Excel, with a wrong value
in fifty posts: how long the check takes, and whether each of the fifty is named with its cell and nothing
else is.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from cirkeldesk.model.tender.ask import Ask
from cirkeldesk.model.tender.tender import Post, Tender
from cirkeldesk.operations.tender.bids import check_form, write_form
from cirkeldesk.operations.workspace import Workspace, open_workspace

POSTS, FAULTS, ROUNDS = 5_000, 50, 5
HEAD_ROW = 4  # of the sheet Posten


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "bench.db") as workspace:
        form = Path(folder) / "form.xlsx"
        make_tender(workspace)
        begin = time.perf_counter()
        write_form(workspace, "t1", form)
        written = time.perf_counter() - begin
        wanted = fill(form)
        loads, checks, found = [], [], set()
        for number in range(ROUNDS):
            copy = Path(folder) / f"form {number}.xlsx"  # the last workbook read is remembered by its name
            shutil.copy(form, copy)
            begin = time.perf_counter()
            load_workbook(copy)
            loads.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            checked = check_form(workspace, copy)
            checks.append(time.perf_counter() - begin)
            found = {(fault.sheet, fault.cell) for fault in checked.faults if fault.level == "error"}
    ours, theirs = statistics.median(checks), statistics.median(loads)
    print(f"{POSTS} posts: written {written:.2f} s, checked {ours:.2f} s")
    print(f"openpyxl loads it in {theirs:.2f} s: ratio {ours / theirs:.2f} (goal ≤ 1.3)")
    print(f"faults named with their cell: {len(found & wanted)} of {FAULTS}, elsewhere {len(found - wanted)}")
    return 0 if found == wanted else 1


def make_tender(workspace: Workspace) -> None:
    """A fictitious tender of 5,000 posts whose bidding has closed."""
    posts = tuple(
        Post(
            f"p{number}",
            f"Laag {number}",
            values=(("density_t_m3", 2.35), ("thickness_mm", 35.0)),
            life=12.0,
        )
        for number in range(1, POSTS + 1)
    )
    with workspace.unit() as unit:
        references = unit.references
        ask = Ask(
            weighting_set=references.of("weighting_set")["A2"],
            analysis_period=30.0,
            includes_replacement="no",
        )
        group = references.of("product_group")["asfalt"]
        tender = Tender(
            "t1", "2026-001", "Verzonnen werk", group, 12000.0, "2026-01-05", ask=ask, posts=posts
        )
        unit.commit("tender", "t1", tender, "tender_new", {"name": tender.number})


def fill(form: Path) -> set[tuple[str, str]]:
    """Fill the form in; returns (sheet, cell) of what was filled in wrong."""
    book = load_workbook(form)
    bid, posts = book["Inschrijving"], book["Posten"]
    for starts, value in (
        ("Naam inschrijver", "Wegenbouw Verzonnen BV"),
        ("Inschrijfsom", 1000.0),
        ("Rekeninstrument", "Rekenaar 2.0 (verzonnen)"),
        ("Bron", "Rapport 12 (verzonnen)"),
    ):
        line = next(line for line in bid.iter_rows() if str(line[0].value or "").startswith(starts))
        line[1].value = value
    product, price, mki = (column_of(posts[HEAD_ROW], name) for name in ("Product", "Eenheidsprijs", "MKI"))
    rows = range(HEAD_ROW + 1, HEAD_ROW + 1 + POSTS)
    for row in rows:
        posts.cell(row, product, "AC 16 (verzonnen)")
        posts.cell(row, price, 12.5)
        posts.cell(row, mki, 8.5)
    wrong = random.Random(1).sample(rows, FAULTS)
    for row in wrong:
        posts.cell(row, mki, "circa")
    book.save(form)
    return {("Posten", posts.cell(row, mki).coordinate) for row in wrong}


def column_of(heads: Iterable[Any], starts: str) -> int:
    return next(int(cell.column) for cell in heads if str(cell.value or "").startswith(starts))
