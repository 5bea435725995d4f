"""The commands of the expert desk: the note about a row, the report, and what asks attention today."""

from __future__ import annotations

from cirkeldesk.commands import DONE, REFUSED, Arguments, WrongUse, say, show
from cirkeldesk.wording import numbers

NOTES = (".pdf", ".docx", ".txt")
KINDS = ("pdf", "docx", "xlsx", "ods")


def run_note(chosen: Arguments) -> int:
    """The note to the project leader about a row, named by its id or number."""
    from cirkeldesk.model.refusal import StoreError
    from cirkeldesk.operations.calendar import advising
    from cirkeldesk.operations.calendar.calendar import get_calendar
    from cirkeldesk.operations.workspace import open_workspace

    if chosen.to.suffix.casefold() not in NOTES:
        raise WrongUse("--to: schrijf een naam die eindigt op .pdf, .docx of .txt")
    with open_workspace(chosen.db) as workspace:
        rows = get_calendar(workspace).rows
        found = [row for row in rows if row.id == chosen.row] or [
            row for row in rows if row.number and row.number == chosen.row
        ]
        if len(found) != 1:
            raise StoreError("row_not_found" if not found else "row_twice", number=chosen.row)
        advising.write_note(workspace, found[0].id, chosen.to)
    return DONE


def run_report(chosen: Arguments) -> int:
    """The report, as data or as a file of one kind or more."""
    from cirkeldesk.operations.calendar import reporting
    from cirkeldesk.operations.workspace import open_workspace

    wanted = [getattr(chosen, kind) for kind in KINDS if getattr(chosen, kind) is not None]
    if not wanted and not chosen.json:
        raise WrongUse("zeg wat u wilt: --json, --pdf, --docx, --xlsx of --ods")
    until, before = _day("--until", chosen.until), _day("--before", chosen.before)
    with open_workspace(chosen.db) as workspace:
        made = reporting.made(workspace, until=until, year=chosen.year)
        earlier = reporting.made(workspace, until=before, year=chosen.year) if before is not None else None
        for path in wanted:
            reporting.write_report(workspace, made, path, earlier)
    if chosen.json:
        told = reporting.as_data(made)
        show({**told, "before": reporting.as_data(earlier)} if earlier is not None else told)
    return DONE


def _day(name: str, text: str | None) -> str | None:
    """An ISO date of what was typed. Raises WrongUse for anything else."""
    if text is None:
        return None
    day = numbers.read_date(text)
    if day is None:
        raise WrongUse(f"{name}: “{text}” is geen datum; schrijf bijvoorbeeld 31-12-2027")
    return day


def run_today(chosen: Arguments) -> int:
    """What asks attention, the earliest day first."""
    from cirkeldesk.operations.calendar.today import due_today
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.calendar import today as words

    with open_workspace(chosen.db) as workspace:
        lines = due_today(workspace)
    if chosen.json:
        show(
            [
                {"date": one.day, "kind": one.kind, "subject": one.subject, "text": words.text(one)}
                for one in lines
            ]
        )
        return DONE
    for one in lines:
        print(numbers.date(one.day) if one.day else "", one.subject, words.text(one), sep="\t")
    if not lines:
        print(words.NOTHING)
    return DONE


def run_group(chosen: Arguments) -> int:
    """Read a product group of one's own, try it out, and offer it to new tenders."""
    from cirkeldesk.operations.groups import keep_group, read_group
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording import groups as words

    with open_workspace(chosen.db) as workspace:
        tried = read_group(workspace, chosen.file)
        if chosen.json and tried.faults:
            show({"code": tried.group.code, "faults": [vars(one) for one in tried.faults]})
        for one in tried.faults:
            say(words.fault(one))
        if tried.faults:
            return REFUSED
        digest = "" if chosen.try_only else keep_group(workspace, tried)
    if chosen.json:
        show({"code": tried.group.code, "hash": digest, "faults": [], "try_out": tried.told})
    else:
        print(tried.told)
    return DONE


def run_groups(chosen: Arguments) -> int:
    """The product groups that new tenders can have."""
    from cirkeldesk.operations.groups import offered_groups
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        found = offered_groups(workspace)
    if chosen.json:
        show(
            [
                {
                    "code": one.group.code,
                    "name": one.group.name,
                    "edition": one.group.edition,
                    "functional_unit": one.group.functional_unit,
                    "mki_per": one.group.default_per,
                    "own": one.own,
                    "hash": one.hash,
                }
                for one in found
            ]
        )
        return DONE
    for one in found:
        print(one.group.code, one.group.name, one.group.edition, "eigen" if one.own else "", sep="\t")
    return DONE


def run_subsidies(chosen: Arguments) -> int:
    """The register of subsidy schemes, with how many were changed in each year."""
    from cirkeldesk.model.calendar.subsidies import years
    from cirkeldesk.operations.calendar.as_data import subsidies_json
    from cirkeldesk.operations.calendar.calendar import get_calendar
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.calendar import subsidies as words

    with open_workspace(chosen.db) as workspace:
        calendar = get_calendar(workspace)
    if chosen.json:
        show(subsidies_json(calendar))
        return DONE
    for one in calendar.schemes:
        print(one.name, one.reference, words.STATES[one.state], words.open_points(one), sep="\t")
    for year in years(calendar.schemes):
        print(words.counted(calendar.schemes, year))
    return DONE
