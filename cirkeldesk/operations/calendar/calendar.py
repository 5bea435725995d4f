"""What the expert team does with the calendar: read, judge, advise, look ahead, make a tender of a row, hand
it over."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from cirkeldesk import paths
from cirkeldesk.exchange import calendar_own as own
from cirkeldesk.exchange import calendar_table as table
from cirkeldesk.exchange.calendar_table import CHANCE as CHANCE
from cirkeldesk.exchange.calendar_table import CROSS as CROSS
from cirkeldesk.exchange.calendar_table import lines_between as lines_between
from cirkeldesk.exchange.calendar_table import notices as notices
from cirkeldesk.exchange.calendar_table import open_marks as open_marks
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.exchange.table.sheet import SourceCell
from cirkeldesk.model.calendar.advice import AdviceEntry, all_advice
from cirkeldesk.model.calendar.calendar import (
    CALENDAR_ID,
    FILE_FIELDS,
    HALF_READ,
    HIGHEST,
    Calendar,
    CalendarRow,
    Doubt,
    ImportPlan,
    Layout,
    Proposal,
    group_of,
    plan_import,
    proposals,
    said_of,
    take_import,
)
from cirkeldesk.model.calendar.edits import CalendarEdit
from cirkeldesk.model.calendar.followed import ProposedAnswer, proposed_answers, with_advice
from cirkeldesk.model.document.document import from_plain
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.criteria import libraries
from cirkeldesk.operations.paper.export import export_desk
from cirkeldesk.operations.tender.tenders import (
    WITHOUT_GROUP,
    blank_for,
    free_number,
    new_identity,
    product_groups,
)
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording.calendar import advising as words


def starting_calendar() -> Calendar:
    """A calendar without rows, with the rules we ship."""
    file = paths.reference() / "calendar" / "start.json"
    value = from_plain(json.loads(file.read_text(encoding="utf-8")), "calendar")
    assert isinstance(value, Calendar)
    return value


def get_calendar(workspace: Workspace) -> Calendar:
    with workspace.unit() as unit:
        return _calendar(unit)


def _calendar(unit: UnitOfWork) -> Calendar:
    digest = unit.head("calendar", CALENDAR_ID)
    value = unit.document(digest) if digest is not None else starting_calendar()
    assert isinstance(value, Calendar)
    return value


def edit_calendar(workspace: Workspace, edit: CalendarEdit) -> HistoryRow | None:
    """One edit as one step. None when it changes nothing."""
    with workspace.unit() as unit:
        before = _calendar(unit)
        changed = edit.apply(before)
        if changed == before:
            return None
        _begin(unit)
        return unit.commit("calendar", CALENDAR_ID, changed, edit.step, edit.params)


def _begin(unit: UnitOfWork) -> None:
    """The empty calendar as its first version, so that the first step of a person can be undone."""
    if unit.head("calendar", CALENDAR_ID) is None:
        unit.commit("calendar", CALENDAR_ID, starting_calendar(), "calendar_start", {})


def proposed(calendar: Calendar, groups: Mapping[str, ProductGroup]) -> dict[str, dict[Theme, Proposal]]:
    """Row id → theme → what the rules propose; worked out, never kept."""
    known = list(groups.values())
    return {row.id: proposals(row, calendar.rules, group_of(row, known)) for row in calendar.rows}


# --- files
# -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """A calendar file that was read, with what its columns seem to be; `known` is the layout it was read by
    before, `missing` the columns of that layout it no longer has.

    `sheets` are all sheets of the file that may be a calendar; `file` is one of them. `marks` says what a
    mark in a column of chances means; `organisation` whose file this is as a whole, where no column says so.
    """

    file: table.CalendarFile
    columns: Mapping[int, str]
    known: Layout | None
    sheets: tuple[table.CalendarFile, ...]
    missing: tuple[str, ...] = ()
    marks: Mapping[str, int] = field(default_factory=dict)
    organisation: str = ""

    def rows(self, columns: Mapping[int, str]) -> list[CalendarRow]:
        """The rows as they are read now."""
        found = table.rows_of(self.file, columns, self.marks)
        if not self.organisation:
            return found
        return [row if row.organisation else replace(row, organisation=self.organisation) for row in found]


def open_file(
    workspace: Workspace, path: Path, *, sheet: str | None = None, header: int | None = None
) -> Opened:
    """Read a calendar file and recognise its columns; our own sheet, else the longest, or the one that is
    named, with the header where it seems to be, or in a row counted from 1. Raises ReadError; nothing is
    changed."""
    name = shown_name(path)
    sheets = tuple(table.shown(one, unseen=False) for one in table.read_file(content_of(path), name))
    chosen = next((one for one in sheets if own.is_own(one)), sheets[0])
    if sheet is not None:
        named = [one for one in sheets if one.sheet.name.casefold() == sheet.casefold()]
        if not named:
            names = ", ".join(one.sheet.name for one in sheets)
            raise ReadError("calendar_no_sheet", file=name, sheet=sheet, names=names)
        chosen = named[0]
    if header is not None:
        chosen = with_header(chosen, header)
    return recognised(workspace, chosen, sheets)


def with_header(file: table.CalendarFile, row: int) -> table.CalendarFile:
    """The file with its header in a row counted from 1. Raises ReadError calendar_no_row."""
    if not 1 <= row < len(file.sheet.rows):
        raise ReadError("calendar_no_row", file=file.name, row=row, last=len(file.sheet.rows))
    return table.with_header(file, row - 1)


def with_unseen(workspace: Workspace, opened: Opened, path: Path, *, unseen: bool) -> Opened:
    """The same sheet with what the file hides or strikes through, or without."""
    name, header = opened.file.sheet.name, opened.file.header
    found = table.read_file(content_of(path), shown_name(path))
    sheets = tuple(table.shown(one, unseen=unseen) for one in found)
    chosen = the_one(sheets, lambda one: one.sheet.name == name, name)
    again = recognised(workspace, table.with_header(chosen, header), sheets)
    return replace(again, columns=opened.columns, marks=opened.marks, organisation=opened.organisation)


def recognised(
    workspace: Workspace, file: table.CalendarFile, sheets: tuple[table.CalendarFile, ...]
) -> Opened:
    """One sheet, by the layout whose rows it has most of; two departments may well have the same columns."""
    calendar = get_calendar(workspace)
    layouts = _best_fitting(file, [layout for layout in calendar.layouts if table.suits(file, layout)])
    if not layouts:
        return Opened(file, table.guess(file), None, sheets)
    shared = {layout.name: _shared(calendar, file, layout) for layout in layouts}
    best = max(layouts, key=lambda layout: shared[layout.name])
    known = best if len(layouts) == 1 or shared[best.name] else None
    missing = table.missing(file, best)
    columns = table.columns_by(file, best)
    if missing:  # a renamed column: what stands in it may tell which
        columns = _completed(columns, table.guess(file))
    return Opened(file, columns, known, sheets, missing)


def _best_fitting(file: table.CalendarFile, layouts: list[Layout]) -> list[Layout]:
    """Those of which the file lacks the fewest columns, and of these those with the most."""
    fewest = min((len(table.missing(file, layout)) for layout in layouts), default=0)
    layouts = [layout for layout in layouts if len(table.missing(file, layout)) == fewest]
    most = max((len(layout.columns) for layout in layouts), default=0)
    return [layout for layout in layouts if len(layout.columns) == most]


def _completed(columns: Mapping[int, str], guessed: Mapping[int, str]) -> dict[int, str]:
    """Known columns, with what is guessed of columns and fields that are not among them."""
    more = {c: field for c, field in guessed.items() if c not in columns and field not in columns.values()}
    return {**columns, **more}


def _shared(calendar: Calendar, file: table.CalendarFile, layout: Layout) -> int:
    """How many rows of a layout have a title that is in the file."""
    titles = {row.title.casefold() for row in table.rows_of(file, table.columns_by(file, layout))}
    return sum(row.source == layout.name and row.title.casefold() in titles for row in calendar.rows)


def by_layout(workspace: Workspace, opened: Opened, name: str) -> Opened:
    """A file by a layout that somebody named."""
    layout = the_one(get_calendar(workspace).layouts, lambda layout: layout.name == name, name)
    columns, missing = table.columns_by(opened.file, layout), table.missing(opened.file, layout)
    return replace(opened, columns=columns, known=layout, missing=missing)


def plan_file(
    workspace: Workspace,
    opened: Opened,
    columns: Mapping[int, str],
    source: str,
    answers: Mapping[int, str] | None = None,
) -> ImportPlan:
    """What taking the file over would do. `answers`: Excel row → id of the row it is, "" for a new one."""
    fields = table.fields_of(columns)
    return plan_import(get_calendar(workspace), opened.rows(columns), source, answers, fields)


def is_own(opened: Opened) -> bool:
    """Whether a file is a calendar that this program wrote: then it is read back whole."""
    return own.is_own(opened.file)


def plan_back(workspace: Workspace, opened: Opened) -> ImportPlan:
    """What reading our own calendar back would do: rows by their kenmerk; nothing vanishes by it."""
    return _plan_back(get_calendar(workspace), opened, product_groups(workspace))


# Fields of which what was known stays where the file cannot be read.
KEPT_WHERE_UNREAD = ("quarter", "start", "estimate", "group", "vanished")


def _plan_back(calendar: Calendar, opened: Opened, groups: Mapping[str, ProductGroup]) -> ImportPlan:
    known = {row.id: row for row in calendar.rows}
    named = {group.name: group.code for group in groups.values()}
    fresh: list[CalendarRow] = []
    changed: list[CalendarRow] = []
    same: list[CalendarRow] = []
    changes: dict[str, tuple[tuple[str, object, object], ...]] = {}
    logs = own.logs_back(opened.sheets)
    for row in _each_once(own.rows_back(opened.file, named), known):
        # The group that is shown may follow from the row itself: then it was never said.
        derived = group_of(replace(row, group=""), list(groups.values()))
        row = replace(row, group="" if row.group == derived else row.group)
        before = known.get(row.id)
        row = replace(row, log=_grown(before.log if before is not None else (), logs.get(row.id, [])))
        if before is None:
            fresh.append(row)
            continue
        after = _as_sent(before, row)
        differs = tuple(
            (field_.name, getattr(before, field_.name), getattr(after, field_.name))
            for field_ in fields(CalendarRow)
            if getattr(before, field_.name) != getattr(after, field_.name)
        )
        if differs:
            changes[row.id] = differs
        (changed if differs else same).append(after)
    return ImportPlan("", tuple(fresh), tuple(changed), changes, tuple(same), (), ())


def _grown(ours: tuple[AdviceEntry, ...], sent: list[AdviceEntry]) -> tuple[AdviceEntry, ...]:
    """Our log with the lines a colleague added: nothing is taken out of a log, nor twice into it."""
    left = Counter(ours)
    added = []
    for entry in sent:
        if left[entry]:
            left[entry] -= 1
        else:
            added.append(entry)
    return (*ours, *added)


def _each_once(rows: list[CalendarRow], known: Mapping[str, CalendarRow]) -> list[CalendarRow]:
    """Of rows with one kenmerk the one that is still called so is ours, else the first; the others were
    copied in the spreadsheet and are new."""
    originals: dict[str, int] = {}
    for place, row in enumerate(rows):
        ours = known.get(row.id)
        is_first = row.id not in originals
        still = ours is not None and row.title == ours.title
        if is_first or (still and ours is not None and rows[originals[row.id]].title != ours.title):
            originals[row.id] = place
    return [
        row if not row.id or originals[row.id] == place else _copied(row) for place, row in enumerate(rows)
    ]


def _copied(row: CalendarRow) -> CalendarRow:
    twice = (Doubt("number", row.number, "number_twice"),) if row.number else ()
    return replace(row, id="", doubts=(*row.doubts, *twice))


def _as_sent(before: CalendarRow, row: CalendarRow) -> CalendarRow:
    """Our row with what the file says; who judged a chance stays while the chance does, and so does what a
    spreadsheet does not hold."""
    judged = {found.theme: found for found in before.chances}
    chances = tuple(
        judged[c.theme]
        if c.theme in judged and (judged[c.theme].chance, judged[c.theme].reason) == (c.chance, c.reason)
        else c
        for c in row.chances
    )
    unread = {found.field for found in row.doubts if found.key not in HALF_READ}
    open_chances = [found for theme, found in judged.items() if f"chance_{theme}" in unread]
    kept = {name: getattr(before, name) for name in KEPT_WHERE_UNREAD if name in unread}
    for name in ("state", "due"):
        if f"advice_{name}" in unread:
            row = replace(row, advice=replace(row.advice, **{name: getattr(before.advice, name)}))
    sent = replace(
        row,
        chances=tuple(sorted((*chances, *open_chances), key=lambda found: THEMES.index(found.theme))),
        tender=before.tender,
        **kept,
    )
    return replace(sent, doubts=_doubts_sent(before, row, sent), overruled=_typed_over(before, sent))


def _doubts_sent(before: CalendarRow, row: CalendarRow, sent: CalendarRow) -> tuple[Doubt, ...]:
    """What is doubtful after a colleague sent a row back: what was, unless she filled it in, and what cannot
    be read now."""
    still = [doubt for doubt in before.doubts if _held(before, doubt.field) == _held(sent, doubt.field)]
    return tuple({doubt.field: doubt for doubt in (*still, *row.doubts)}.values())


def _held(row: CalendarRow, name: str) -> object:
    """What a row holds of what a doubt is about."""
    if name.startswith("chance_"):
        return next((found.chance for found in row.chances if f"chance_{found.theme}" == name), None)
    return getattr(row.advice if name.startswith("advice_") else row, name.removeprefix("advice_"), None)


def _typed_over(before: CalendarRow, sent: CalendarRow) -> tuple[tuple[str, str], ...]:
    """What a colleague filled in stands as if it was typed here, until the department's file says something
    else."""
    said = dict(before.overruled)
    for name in sorted(FILE_FIELDS) if before.source else ():
        if getattr(before, name) != getattr(sent, name):
            said.setdefault(name, said_of(before, name))
    return tuple(said.items())


def take_back(workspace: Workspace, opened: Opened) -> ImportPlan:
    """Read our own calendar back as one step. Returns what was done."""
    groups = product_groups(workspace)
    with workspace.unit() as unit:
        calendar = _calendar(unit)
        plan = _plan_back(calendar, opened, groups)
        renewed = {row.id: row for row in plan.changed}
        taken = {row.id for row in calendar.rows}
        rows = [renewed.get(row.id, row) for row in calendar.rows]
        free = (f"r{number}" for number in range(1, 1_000_000) if f"r{number}" not in taken)
        for row in plan.fresh:
            identity = (
                row.id if row.id and row.id not in taken else the_one(free, lambda one: one not in taken, "r")
            )
            taken.add(identity)
            rows.append(replace(row, id=identity))
        changed = replace(calendar, rows=tuple(rows))
        if changed != calendar:
            counts = {"fresh": len(plan.fresh), "changed": len(plan.changed), "vanished": 0}
            _begin(unit)
            unit.commit(
                "calendar", CALENDAR_ID, changed, "calendar_import", {"name": opened.file.name, **counts}
            )
    return plan


def known_elsewhere(
    workspace: Workspace, opened: Opened, columns: Mapping[int, str], source: str
) -> tuple[str, int] | None:
    """(another source, how many) where a number and a title of the file stand in rows of it already: the same
    file with another head would come in a second time."""
    ours = {(row.number.casefold(), row.title.casefold()): row.source for row in get_calendar(workspace).rows}
    found = Counter(
        ours[key]
        for row in opened.rows(columns)
        if row.number
        and (key := (row.number.casefold(), row.title.casefold())) in ours
        and ours[key] != source
    )
    return found.most_common(1)[0] if found else None


def import_file(
    workspace: Workspace,
    opened: Opened,
    columns: Mapping[int, str],
    source: str,
    answers: Mapping[int, str] | None = None,
) -> ImportPlan:
    """Take the file over as one step and remember its layout. Returns what was done. Raises StoreError."""
    with workspace.unit() as unit:
        calendar = _calendar(unit)
        fields = table.fields_of(columns)
        plan = plan_import(calendar, opened.rows(columns), source, answers, fields)
        layout = table.layout_of(opened.file, columns, source)
        changed = take_import(calendar, plan, _today(unit), layout)
        counts = {"fresh": len(plan.fresh), "changed": len(plan.changed), "vanished": len(plan.vanished)}
        _begin(unit)
        unit.commit("calendar", CALENDAR_ID, changed, "calendar_import", {"name": opened.file.name, **counts})
    return plan


def _today(unit: UnitOfWork) -> str:
    return datetime.fromisoformat(unit.now()).astimezone().date().isoformat()


# --- from the calendar to a tender
# -----------------------------------------------------------------------------------


def make_tender(workspace: Workspace, identity: str) -> str:
    """A tender of a row: its number, title, product group and planning go along, with what was judged and the
    criteria that were advised. Returns the tender's id.

    A tender that has its number and title already is that tender, as when the making was undone. Raises
    StoreError number_taken where another tender has the number.
    """
    groups = {group.code: group for group in product_groups(workspace).values()}
    criteria = {one.code: one for library in libraries(workspace) for one in library.criteria}
    with workspace.unit() as unit:
        calendar = _calendar(unit)
        row = calendar.row(identity)
        number = row.number or free_number(unit)
        same = [found for found in unit.lists.tenders() if found["number"] == number]
        if same and same[0]["title"] != row.title:
            raise StoreError("number_taken", number=number)
        if same:
            return _link(unit, calendar, row, str(same[0]["id"]), number)
        code = group_of(row, groups.values()) or WITHOUT_GROUP
        blank = blank_for(unit, code)
        tender = replace(blank, id=new_identity(), number=number, title=row.title)
        publication = replace(
            tender.publication,
            estimate=row.estimate,
            contact=row.project_leader,
            procedure=words.procedure_of(row.procedure),
        )
        told = {theme: words.judged(row, theme) for theme in THEMES}
        tender = with_advice(replace(tender, publication=publication), row, criteria, told)
        unit.commit("tender", tender.id, tender, "tender_new", {"name": tender.number})
        return _link(unit, calendar, row, tender.id, number)


def _link(unit: UnitOfWork, calendar: Calendar, row: CalendarRow, tender: str, number: str) -> str:
    rows = tuple(replace(one, tender=tender) if one.id == row.id else one for one in calendar.rows)
    params = {"number": number, "name": row.title}
    unit.commit("calendar", CALENDAR_ID, replace(calendar, rows=rows), "calendar_tender", params)
    return tender


def answers_proposed(workspace: Workspace, row: CalendarRow) -> tuple[ProposedAnswer, ...]:
    """What the row's own tender says of its advice; nothing where there is none, or it is gone."""
    if row.tender is None:
        return ()
    with workspace.unit() as unit:
        if unit.head("tender", row.tender) is None:
            return ()
        return proposed_answers(row, unit.tender(row.tender))


def export_calendar(workspace: Workspace, path: Path) -> None:
    """The calendar as a workbook or, where the name ends so, an OpenDocument or CSV file, or a dossier that a
    colleague's file takes in. Raises StoreError cannot_write."""
    from cirkeldesk.sheets import calendar as calendar_book

    if path.suffix.casefold() == DOSSIER:
        export_desk(workspace, path)
        return
    calendar = get_calendar(workspace)
    groups = {group.code: group for group in product_groups(workspace).values()}
    told = calendar_book.Told(calendar, groups, proposed(calendar, groups))
    with workspace.unit() as unit:
        time = unit.now()
    kind = path.suffix.casefold()
    content = calendar_book.csv_bytes(told) if kind == ".csv" else calendar_book.workbook(told, time)
    if kind == ".ods":
        from cirkeldesk.sheets.ods import ods

        content = ods(content)
    write_file(workspace, path, content)


def rows_shown(
    rows: tuple[CalendarRow, ...], chip: str, author: str, quarter: str, today: str = ""
) -> list[CalendarRow]:
    """The rows under a chip: all, not judged yet, a large chance, a quarter ("" for none known), those one
    advises oneself, those that wait for advice, those whose advice is due within a week, or those with
    something doubtful.
    """
    shows: dict[str, Callable[[CalendarRow], bool]] = {
        "open": lambda row: not row.is_judged and row.vanished is None,
        "large": lambda row: row.highest == HIGHEST,
        "soon": lambda row: (row.quarter or "") == quarter and row.vanished is None,
        "mine": lambda row: author in (row.advice.by, *_advisers(row)),
        "waiting": lambda row: any(one.waits for one in all_advice(row.log)) and row.vanished is None,
        "week": lambda row: is_due(row, today) and row.vanished is None,
        "doubtful": lambda row: bool(row.doubts) and row.vanished is None,
    }
    return list(filter(shows.get(chip, lambda row: True), rows))


DOSSIER = ".cirkel"
WEEK = 7  # days that "deze week" looks ahead


def is_due(row: CalendarRow, today: str) -> bool:
    """Whether an advice that is waited for is due within a week, or was due before."""
    last = (date.fromisoformat(today) + timedelta(days=WEEK)).isoformat()
    return any(one.waits and one.due is not None and one.due <= last for one in all_advice(row.log))


def _advisers(row: CalendarRow) -> list[str]:
    return [one.adviser or one.given_by for one in all_advice(row.log)]


def amount_of(typed: str) -> Decimal | str | None:
    """Euros as typed in a row, read as a file is: a number, None for "n.t.b.", else the key of what is
    doubtful."""
    return table.read_amount(SourceCell(typed), typed)
