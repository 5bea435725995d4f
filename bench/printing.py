"""The largest advice sheet, and the same tables printed by others: time and size, and what tagging costs.

`python3 start.py bench printing`. fpdf2 and WeasyPrint live in the peers' environment (`.peers`); WeasyPrint
also wants Pango (Debian `libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`), and is left out where that
is not there.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from bench.cases import large
from bench.readers import ENVIRONMENT, prepare
from cirkeldesk import paths
from cirkeldesk.model.award.award import award
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.tender.award_rules import AwardRules, Judgement, Lock, Opening
from cirkeldesk.model.tender.tender import DeclaredBasis, OfferedMki, Tender
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import inputs_for, open_workspace
from cirkeldesk.sheets.advice import advice_sheet
from cirkeldesk.sheets.ods import ods
from cirkeldesk.sheets.pdf.glyphs import use_faces
from cirkeldesk.sheets.pdf.page import CELL, WIDTH, Blocks, printed_paper
from cirkeldesk.sheets.pdf.tagged import Structure
from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.workbook import workbook
from cirkeldesk.wording.advice import advice, parts
from cirkeldesk.wording.advice.advice import Advice
from cirkeldesk.wording.award import awarding

ROOT = Path(__file__).resolve().parent.parent
PRINTED = Print("0" * 64, "2026-01-01T00:00:00+00:00", "bench", version=1)
AT = "2026-01-01T00:00:00+00:00"
Tables = list[list[list[str]]]


def bids_of(tender: Tender) -> Tender:
    """Ten bids by 40 posts, opened and judged, awarded by MKI discount."""
    basis = DeclaredBasis(per="work", includes_replacement="yes")
    variants = tuple(
        replace(
            v,
            role="bid",
            price=Decimal(1_200_000 + 7_919 * i),
            work_mki=OfferedMki(total=60_000.0 + 997 * i),
            basis=basis,
        )
        for i, v in enumerate(tender.variants)
    )
    rules = AwardRules(
        method="mki_discount", lower=Decimal(50_000), upper=Decimal(80_000), maximum=Decimal(150_000)
    )
    judged = tuple(Judgement(v.id, "valid", "volledig", "", "bench", "bench", AT) for v in variants)
    lock, opened = Lock("2025-11-01", "Leidraad", "bench", AT), Opening("bench", AT)
    return replace(tender, variants=variants, award=rules, judgements=judged, lock=lock, opened=opened)


def tables_of(told: Advice) -> Tables:
    """The tables of the sheet as text."""
    names = [variant.name for variant in told.comparison.variants]
    found: Tables = [[["Onderwerp", "Gevraagd"], *(list(fact) for fact in advice.ask_facts(told.comparison))]]
    posts = parts.posts_table(told.comparison)
    found.append([list(posts.header), *(list(row) for row in posts.rows)])
    for start in (0, 5):
        rows = [
            [row.name_with_unit, *(cell.with_mark for cell in row.cells[start : start + 5])]
            for row in told.rows
        ]
        found.append([["Figuur", *names[start : start + 5]], *rows])
    awarded = award(told.comparison)
    assert awarded is not None
    header = ["Plaats", "Inschrijving", "Geldig?", "Prijs", "MKI", "Fictieve prijs"]
    return [*found, [header, *(list(row) for row in awarding.short_ranking(awarded))]]


def measured(run: Callable[[], bytes], times: int = 5) -> tuple[float, int]:
    """Median seconds, and bytes."""
    content = run()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken), len(content)


def tagged(tables: Tables) -> bytes:
    """Our tables: tagged, PDF/UA-1 and PDF/A-2a."""
    structure = Structure()
    blocks = Blocks(PRINTED, structure)
    story: list[Any] = [blocks.heading("Tabellen", 1)]
    for header, *rows in tables:
        story.append(blocks.table(header, rows, 1, [WIDTH / len(header)] * len(header)))
    return printed_paper("Tabellen", "Tabellen", (), story, structure, PRINTED)


def plain(tables: Tables) -> bytes:
    """The same with reportlab as it is: no tags, no archive."""
    buffer = io.BytesIO()
    made = []
    for rows in tables:
        data = [[Paragraph(escape(cell), CELL) for cell in row] for row in rows]
        made.append(Table(data, repeatRows=1, colWidths=[WIDTH / len(rows[0])] * len(rows[0])))
    SimpleDocTemplate(buffer).build(made)
    return buffer.getvalue()


def theirs(name: str, tables: Tables) -> tuple[float, int] | None:
    """What a peer took in its own environment; None where it cannot run here."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(tables, file)
        file.flush()
        command = [
            str(ENVIRONMENT / "bin" / "python"),
            str(ROOT / "bench" / "peer_printer.py"),
            name,
            file.name,
        ]
        done = subprocess.run([*command, str(paths.resources() / "fonts")], capture_output=True, text=True)
    if done.returncode:
        return None
    found = json.loads(done.stdout.splitlines()[-1])
    return found["seconds"], found["bytes"]


def main() -> int:
    fonts = paths.resources() / "fonts"
    use_faces(fonts)
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "bench.db") as workspace:
        add_example(workspace)
        tender = bids_of(large(tenders.get_tender(workspace, "voorbeeld")))
        inputs = inputs_for(workspace, tender)
    told = advice.internal_advice(compare(tender, inputs), inputs)
    tables = tables_of(told)
    rows = sum(len(table) for table in tables)
    print(f"10 bids x 40 posts: {len(tables)} tables, {rows} rows")
    sheet = measured(lambda: advice_sheet(told, PRINTED, fonts))
    show("whole advice sheet, tagged", sheet, sheet)
    book = measured(lambda: workbook(told, PRINTED), 3)
    show("workbook", book, sheet)
    content = workbook(told, PRINTED)
    show("ODS from that workbook", measured(lambda: ods(content), 3), sheet)
    print("the same tables alone:")
    ours = measured(lambda: tagged(tables))
    show("cirkeldesk, tagged, PDF/UA + PDF/A", ours, ours)
    show("reportlab, untagged", measured(lambda: plain(tables)), ours)
    prepare()
    for name in ("fpdf2", "weasyprint"):
        found = theirs(name, tables)
        if found is None:
            print(f"{name:36} cannot run here")
        else:
            show(name, found, ours)
    return 0


def show(what: str, found: tuple[float, int], beside: tuple[float, int]) -> None:
    print(f"{what:36} {found[0] * 1000:8.0f} ms {found[1] / 1000:8.0f} kB   x {found[0] / beside[0]:5.2f}")
