"""The command `calendar`: a department's file is read as it is pointed at, then the rows are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cirkeldesk.commands import DONE, REFUSED, Arguments, WrongUse, say, show
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.wording import terms

if TYPE_CHECKING:
    from cirkeldesk.model.calendar.calendar import ImportPlan
    from cirkeldesk.operations.calendar.calendar import Opened
    from cirkeldesk.operations.workspace import Workspace


def _pointed(workspace: Workspace, chosen: Arguments, opened: Opened) -> Opened:
    """A calendar file as the command says it is to be read. Raises ReadError where something must be said."""
    from cirkeldesk.model.refusal import ReadError
    from cirkeldesk.operations.calendar import calendar as operations

    if chosen.unseen:
        opened = operations.with_unseen(workspace, opened, chosen.read, unseen=True)
    names = {layout.name for layout in operations.get_calendar(workspace).layouts}
    if chosen.layout in names:
        opened = operations.by_layout(workspace, opened, chosen.layout)
    file = opened.file
    if not file.is_sure and not chosen.column:
        others = ", ".join(one.sheet.name for one in opened.sheets if one.sheet.name != file.sheet.name)
        raise ReadError(
            "calendar_header_open",
            file=file.name,
            sheet=file.sheet.name,
            rows=file.rows,
            others=others or "geen",
        )
    columns = dict(opened.columns) | _pairs(file.names, chosen.column)
    marks = {mark.casefold(): int(value) for mark, _, value in (one.rpartition("=") for one in chosen.mark)}
    open_marks = operations.open_marks(file, columns, marks)
    if open_marks:
        told = ", ".join(f"“{mark}”" for mark in open_marks)
        raise ReadError("calendar_ask_marks", file=file.name, marks=told, first=open_marks[0])
    return replace(opened, columns=columns, marks=marks, organisation=chosen.organisation)


def _pairs(names: Sequence[str], said: Sequence[str]) -> dict[int, str]:
    """Column → field of each "KOP=VELD". Raises WrongUse for a head or a field that is none."""
    from cirkeldesk.operations.calendar.calendar import CHANCE
    from cirkeldesk.wording.calendar.words import FIELDS

    fields = {label.casefold(): field for field, label in FIELDS.items()} | {field: field for field in FIELDS}
    fields |= {terms.THEMES[theme].casefold(): f"{CHANCE}{theme}" for theme in THEMES}
    heads = {name.casefold(): column for column, name in enumerate(names)}
    found = {}
    for one in said:
        head, _, field = (part.strip().casefold() for part in one.rpartition("="))
        if head not in heads or field not in fields:
            raise WrongUse(f"--column: “{one}” is geen kolom van het bestand of geen veld")
        found[heads[head]] = fields[field]
    return found


def _planned_calendar(workspace: Workspace, chosen: Arguments, opened: Opened) -> ImportPlan | None:
    """What was taken over; None where a person must answer first, which is said."""
    from cirkeldesk.model.refusal import ReadError
    from cirkeldesk.operations.calendar import calendar as operations

    names = {layout.name for layout in operations.get_calendar(workspace).layouts}
    name = chosen.layout or (opened.known.name if opened.known is not None else chosen.read.stem)
    if chosen.layout is None and opened.known is None and name in names:
        raise WrongUse(f"--layout: de indeling “{name}” is van een ander bestand; geef een naam")
    elsewhere = operations.known_elsewhere(workspace, opened, opened.columns, name)
    if elsewhere is not None and chosen.layout is None:
        source, count = elsewhere
        raise ReadError("calendar_known_rows", file=opened.file.name, count=count, source=source)
    plan = operations.plan_file(workspace, opened, opened.columns, name)
    for question in plan.questions:
        say(
            f"Rij {question.place}, {question.title}: is dit een regel die er al is? Lees het "
            f"bestand in het venster in."
        )
    return None if plan.questions else operations.import_file(workspace, opened, opened.columns, name)


def run_calendar(chosen: Arguments) -> int:
    """Read a file when asked, then show the rows. What is doubtful goes to stderr; a file with questions is
    not taken over."""
    from cirkeldesk.operations.calendar import calendar as operations
    from cirkeldesk.operations.calendar.as_data import calendar_json
    from cirkeldesk.operations.tender.tenders import product_groups
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.calendar import words

    doubtful = False
    with open_workspace(chosen.db) as workspace:
        if chosen.read is not None:
            opened = operations.open_file(workspace, chosen.read, sheet=chosen.sheet, header=chosen.header)
            if operations.is_own(opened):
                plan: ImportPlan | None = operations.take_back(workspace, opened)
            else:
                opened = _pointed(workspace, chosen, opened)
                plan = _planned_calendar(workspace, chosen, opened)
            if plan is None:
                return REFUSED
            say(words.import_title(plan))
            for line in operations.notices(opened.file, opened.columns):
                say(line)
            doubtful = bool(plan.doubtful)
            for line in words.doubt_lines(plan.doubtful):
                say(line)
        if chosen.export is not None:
            operations.export_calendar(workspace, chosen.export)
        calendar = operations.get_calendar(workspace)
        groups = {group.code: group for group in product_groups(workspace).values()}
    rows = calendar_json(calendar, groups, operations.proposed(calendar, groups))
    if chosen.json:
        show(rows)
    elif chosen.export is None:
        for row in rows:
            print(row["number"], row["title"], row["quarter"] or "", sep="\t")
    return REFUSED if doubtful else DONE
