"""What the expert team does with the calendar: read, judge, advise, look ahead, make a tender of a row, hand it over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cirkeldesk import paths
from cirkeldesk.exchange import calendar_table as table
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.model.calendar import (
    CALENDAR_ID,
    Calendar,
    CalendarRow,
    ImportPlan,
    Layout,
    Proposal,
    group_of,
    plan_import,
    proposals,
    take_import,
)
from cirkeldesk.model.calendar_edits import CalendarEdit, named
from cirkeldesk.model.document import from_plain
from cirkeldesk.model.group import ProductGroup
from cirkeldesk.model.publication import Theme
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.output import write_file
from cirkeldesk.operations.tenders import DEFAULT_GROUP, blank_for, new_identity, product_groups
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.history import Row
from cirkeldesk.store.store import Unit


def starting_calendar() -> Calendar:
    """A calendar without rows, with the rules we ship."""
    file = paths.reference() / "calendar" / "start.json"
    value = from_plain(json.loads(file.read_text(encoding="utf-8")), "calendar")
    assert isinstance(value, Calendar)
    return value


def get_calendar(desk: Desk) -> Calendar:
    with desk.unit() as unit:
        return _calendar(unit)


def _calendar(unit: Unit) -> Calendar:
    digest = unit.head("calendar", CALENDAR_ID)
    value = unit.document(digest) if digest is not None else starting_calendar()
    assert isinstance(value, Calendar)
    return value


def edit_calendar(desk: Desk, edit: CalendarEdit) -> Row | None:
    """One edit as one step. None when it changes nothing."""
    with desk.unit() as unit:
        before = _calendar(unit)
        changed = edit.apply(before)
        if changed == before:
            return None
        _begin(unit)
        return unit.commit("calendar", CALENDAR_ID, changed, edit.step, edit.params)


def _begin(unit: Unit) -> None:
    """The empty calendar as its first version, so that the first step of a person can be undone."""
    if unit.head("calendar", CALENDAR_ID) is None:
        unit.commit("calendar", CALENDAR_ID, starting_calendar(), "calendar_start", {})


def proposed(calendar: Calendar, groups: Mapping[str, ProductGroup]) -> dict[str, dict[Theme, Proposal]]:
    """Row id → theme → what the rules propose; worked out, never kept."""
    known = list(groups.values())
    return {row.id: proposals(row, calendar.rules, group_of(row, known)) for row in calendar.rows}


# --- files -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """A calendar file that was read, with what its columns seem to be; `known` is the layout it was read by before."""

    file: table.CalendarFile
    columns: Mapping[int, str]
    known: Layout | None


def open_file(desk: Desk, path: Path) -> Opened:
    """Read a calendar file and recognise its columns. Raises ReadError; nothing is changed."""
    file = table.read_file(content_of(path), shown_name(path))
    layouts = [layout for layout in get_calendar(desk).layouts if table.suits(file, layout)]
    known = max(layouts, key=lambda layout: len(layout.columns), default=None)
    return Opened(file, table.columns_by(file, known) if known is not None else table.guess(file), known)


def plan_file(
    desk: Desk, opened: Opened, columns: Mapping[int, str], source: str, answers: Mapping[int, str] | None = None
) -> ImportPlan:
    """What taking the file over would do. `answers`: Excel row → id of the row it is, "" for a new one."""
    return plan_import(get_calendar(desk), table.rows_of(opened.file, columns), source, answers)


def import_file(
    desk: Desk, opened: Opened, columns: Mapping[int, str], source: str, answers: Mapping[int, str] | None = None
) -> ImportPlan:
    """Take the file over as one step and remember its layout. Returns what was done. Raises StoreError."""
    with desk.unit() as unit:
        calendar = _calendar(unit)
        plan = plan_import(calendar, table.rows_of(opened.file, columns), source, answers)
        layout = table.layout_of(opened.file, columns, source)
        changed = take_import(calendar, plan, _today(unit), layout)
        counts = {"fresh": len(plan.fresh), "changed": len(plan.changed), "vanished": len(plan.vanished)}
        _begin(unit)
        unit.commit("calendar", CALENDAR_ID, changed, "calendar_import", {"name": opened.file.name, **counts})
    return plan


def _today(unit: Unit) -> str:
    return datetime.fromisoformat(unit.now()).astimezone().date().isoformat()


# --- from the calendar to a tender -----------------------------------------------------------------------------------


def make_tender(desk: Desk, identity: str) -> str:
    """A tender of a row: its number, title, product group and planning go along. Returns the tender's id.

    Raises StoreError number_taken where another tender has the number already.
    """
    groups = {group.code: group for group in product_groups(desk).values()}
    with desk.unit() as unit:
        calendar = _calendar(unit)
        row = calendar.row(identity)
        number = row.number or named(row)[:40]
        if any(found["number"] == number for found in unit.tenders()):
            raise StoreError("number_taken", number=number)
        code = group_of(row, groups.values()) or DEFAULT_GROUP
        blank = blank_for(unit, code)
        tender = replace(blank, id=new_identity(), number=number, title=row.title)
        tender = replace(tender, publication=replace(tender.publication, estimate=row.estimate, contact=row.project_leader))
        unit.commit("tender", tender.id, tender, "tender_new", {"name": tender.number})
        rows = tuple(replace(one, tender=tender.id) if one.id == identity else one for one in calendar.rows)
        params = {"number": number, "name": row.title}
        unit.commit("calendar", CALENDAR_ID, replace(calendar, rows=rows), "calendar_tender", params)
    return tender.id


def export_calendar(desk: Desk, path: Path) -> None:
    """The calendar as a workbook or, where the name ends so, a CSV file. Raises StoreError cannot_write."""
    from cirkeldesk.sheets import calendar_book

    calendar = get_calendar(desk)
    groups = {group.code: group for group in product_groups(desk).values()}
    told = calendar_book.Told(calendar, groups, proposed(calendar, groups))
    with desk.unit() as unit:
        time = unit.now()
    is_csv = path.suffix.casefold() == ".csv"
    write_file(desk, path, calendar_book.csv_bytes(told) if is_csv else calendar_book.workbook(told, time))


def rows_shown(rows: tuple[CalendarRow, ...], chip: str, author: str, quarter: str) -> list[CalendarRow]:
    """The rows under a chip: all, not judged yet, a large chance, the coming quarter, or those one advises oneself."""
    match chip:
        case "open":
            return [row for row in rows if not row.is_judged and row.vanished is None]
        case "large":
            return [row for row in rows if row.highest == 3]
        case "soon":
            return [row for row in rows if row.quarter == quarter]
        case "mine":
            return [row for row in rows if row.advice.by and row.advice.by == author]
        case "doubtful":
            return [row for row in rows if row.doubts]
    return list(rows)
