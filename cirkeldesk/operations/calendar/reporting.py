"""The report of the expert team: as the calendar is now, or as it was on a day, from its own history."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from cirkeldesk.model.calendar.calendar import CALENDAR_ID, Calendar
from cirkeldesk.model.calendar.report import Report, report
from cirkeldesk.operations.calendar.advising import criteria_by_code, today
from cirkeldesk.operations.calendar.calendar import get_calendar, starting_calendar
from cirkeldesk.operations.paper.single import carried_by, paper_file
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording.calendar import report as words


@dataclass(frozen=True)
class MadeReport:
    """A report with the hash by which its counts are recognised, and the version of the calendar they are
    of ("" before there was one). A version never changes, so the same day gives the same counts."""

    report: Report
    hash: str
    calendar: str


def calendar_until(workspace: Workspace, day: str) -> tuple[Calendar, str]:
    """The calendar as it stood at the end of a day (ISO, in the office's time), and its content hash."""
    with workspace.unit() as unit:
        rows = unit.steps.rows("calendar", CALENDAR_ID)
        before = [
            row
            for row in rows
            if row.hash is not None
            and datetime.fromisoformat(row.time).astimezone().date().isoformat() <= day
        ]
        if not before:
            return starting_calendar(), ""
        digest = before[-1].hash or ""
        value = unit.document(digest)
    assert isinstance(value, Calendar)
    return value, digest


def made(workspace: Workspace, *, until: str | None = None, year: int | None = None) -> MadeReport:
    """The report as of a day; without one, as it is now."""
    now = today(workspace)
    if until is None or until >= now:
        calendar, digest = get_calendar(workspace), calendar_until(workspace, now)[1]
    else:
        calendar, digest = calendar_until(workspace, until)
    found = report(calendar, criteria_by_code(workspace), min(until or now, now), year)
    return MadeReport(found, _hash(found), digest)


def as_data(found: MadeReport) -> dict[str, Any]:
    """The counts as data, with their hash."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(found.report), default=_plain))
    for name in ("levels", "r_steps", "unknown"):
        plain[name] = dict(plain[name])
    for one in plain["themes"]:
        one["reasons"] = dict(one["reasons"])
    return {**plain, "hash": found.hash, "calendar": found.calendar}


def _plain(value: object) -> str:
    assert isinstance(value, Decimal)
    return str(value)


def _hash(found: Report) -> str:
    text = json.dumps(asdict(found), default=_plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def write_report(
    workspace: Workspace, found: MadeReport, path: Path, before: MadeReport | None = None
) -> None:
    """As PDF, Word document, workbook or OpenDocument, as the name ends. Raises StoreError cannot_write."""
    kind = path.suffix.casefold()
    earlier = before.report if before is not None else None
    told = words.report_paper(found.report, found.hash[:16], earlier)
    carried = _carried(workspace, found)
    if kind in (".xlsx", ".ods"):
        from cirkeldesk.sheets.tables.tables_book import tables_book

        content = tables_book(told.title, words.sentence(found.report), words.tables(found.report), carried)
        if kind == ".ods":
            from cirkeldesk.sheets.ods import ods

            content = ods(content)
    else:
        content = paper_file(told, carried, path)
    write_file(workspace, path, content)


def _carried(workspace: Workspace, found: MadeReport) -> Print:
    with workspace.unit() as unit:
        return carried_by(unit, f"cirkeldesk:report/{found.report.until}/{found.hash[:16]}")
