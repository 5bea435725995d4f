"""The annex for Provinciale Staten as a file, and the figures as CSV with what they mean."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from cirkeldesk.charts.progress import of_count
from cirkeldesk.model.monitor.count import Count
from cirkeldesk.operations.monitor.monitoring import Figures, figures, frozen_before, get_monitor, monitor_in
from cirkeldesk.operations.paper.export import make_folder
from cirkeldesk.operations.paper.single import carried_by, paper_file
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.tables.csv_tables import cell_text
from cirkeldesk.wording.monitor import annex as words

LOTS, MEANINGS, YEARS = "opdrachten.csv", "begrippen.csv", "jaren.csv"


def write_annex(workspace: Workspace, count: Count, path: Path) -> None:
    """As PDF, Word document, workbook or OpenDocument, as the name ends; beside the figures that were frozen
    before. Raises StoreError cannot_write."""
    made = figures(count)
    carried, before = _carried(workspace, count, made)
    kind = path.suffix.casefold()
    if kind in (".xlsx", ".ods"):
        from cirkeldesk.sheets.monitor_book import workbook

        content = workbook(count, carried)
        if kind == ".ods":
            from cirkeldesk.sheets.ods import ods

            content = ods(content)
        write_file(workspace, path, content)
        return
    chart = of_count(count, get_monitor(workspace).targets)
    told = words.annex(count, made.hash[:16], before, chart.alt if chart is not None else "")
    charts = {words.PROGRESS: chart} if chart is not None else {}
    write_file(workspace, path, paper_file(told, carried, path, charts))


def _carried(workspace: Workspace, count: Count, made: Figures) -> tuple[Print, dict[str, object] | None]:
    """What the paper carries, and the figures that were frozen before it."""
    with workspace.unit() as unit:
        earlier = frozen_before(monitor_in(unit), count.until, count.organisation)
        if earlier is not None and earlier.hash == made.hash:
            earlier = None  # these are the frozen ones themselves
        carried = carried_by(unit, f"cirkeldesk:monitor/{count.until}/{made.hash[:16]}")
    return carried, json.loads(earlier.figures) if earlier is not None else None


def write_tables(workspace: Workspace, count: Count, folder: Path) -> None:
    """The lots with a row each, the sums per year, and what every column means. Raises StoreError
    cannot_write."""
    from cirkeldesk.sheets.monitor_book import COLUMNS, rows_of

    make_folder(folder)
    heads = [name for name, _, _ in COLUMNS]
    lots = [heads, *([cell_text(row[name]) for name in heads] for row in rows_of(count))]
    write_file(workspace, folder / LOTS, _csv(lots))
    meanings = [["kolom", "kop", "betekenis"], *([name, head, meaning] for name, head, meaning in COLUMNS)]
    write_file(workspace, folder / MEANINGS, _csv(meanings))
    write_file(workspace, folder / YEARS, _csv(_year_rows(count)))


def _year_rows(count: Count) -> list[list[str]]:
    made = [["telling", "jaar", "opdrachten", "primair_laag_t", "primair_hoog_t", "niet_gemeten_laag_t"]]
    made[0] += ["niet_gemeten_hoog_t", "doel_laag_t", "doel_hoog_t", "oordeel"]
    for basis, years in (("gegund", count.awarded), ("gerealiseerd", count.realised)):
        for year in years:
            line = year.target.line if year.target is not None else None
            spans = (year.measured, year.unmeasured, line)
            ends = [
                cell_text(end) for span in spans for end in ((span.low, span.high) if span else (None, None))
            ]
            said = year.target.verdict if year.target is not None else ""
            made.append([basis, str(year.year), str(len(year.lots)), *ends, said])
    return made


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
