"""What the expert team does with its advice: ask, give, take the answer, and tell the project leader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.advice import (
    AdviceEntry,
    Answer,
    PickedCriterion,
    ReasonCode,
    ThemeAdvice,
    all_advice,
    theme_advice,
)
from cirkeldesk.model.calendar.calendar import Calendar, CalendarRow, group_of
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.reference.themes import Theme
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.calendar.calendar import WEEK, edit_calendar, get_calendar
from cirkeldesk.operations.criteria import libraries
from cirkeldesk.operations.paper.single import carried_by, paper_file
from cirkeldesk.operations.settings import file_settings_in
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import paper
from cirkeldesk.wording.calendar import advising as words


def today(workspace: Workspace) -> str:
    """The day in the office's time, ISO."""
    with workspace.unit() as unit:
        return datetime.fromisoformat(unit.now()).astimezone().date().isoformat()


def ask(
    workspace: Workspace, rows: Sequence[CalendarRow], themes: Iterable[Theme], adviser: str, due: str | None
) -> HistoryRow | None:
    """Ask somebody for advice on themes of some rows, as one step."""
    on, by = today(workspace), workspace.store.author
    entries = [AdviceEntry(theme, "asked", on, by, adviser.strip(), due) for theme in themes]
    return edit_calendar(workspace, edits.log_advice(rows, entries)) if entries and rows else None


def give(
    workspace: Workspace, row: CalendarRow, theme: Theme, criteria: Sequence[PickedCriterion], text: str
) -> HistoryRow | None:
    """The advice on a theme. Raises StoreError advice_empty without a criterion or a word."""
    if not criteria and not text.strip():
        raise StoreError("advice_empty")
    entry = AdviceEntry(
        theme, "given", today(workspace), workspace.store.author, criteria=tuple(criteria), text=text.strip()
    )
    return edit_calendar(workspace, edits.log_advice([row], [entry]))


def answer(
    workspace: Workspace,
    row: CalendarRow,
    theme: Theme,
    said: Answer,
    reason: ReasonCode | None = None,
    why: str = "",
) -> HistoryRow | None:
    """What the project leader does with it. Raises StoreError advice_not_given, or advice_no_reason where it
    is not followed whole and nobody says why."""
    found = theme_advice(row.log, theme)
    if found is None or found.given_on is None:
        raise StoreError("advice_not_given")
    if said != "followed" and reason is None:
        raise StoreError("advice_no_reason")
    entry = AdviceEntry(
        theme,
        "answered",
        today(workspace),
        workspace.store.author,
        text=why.strip(),
        answer=said,
        reason=None if said == "followed" else reason,
    )
    return edit_calendar(workspace, edits.log_advice([row], [entry]))


def withdraw(workspace: Workspace, row: CalendarRow, theme: Theme) -> HistoryRow | None:
    """The question is taken back; what was said stays in the log."""
    if theme_advice(row.log, theme) is None:
        return None
    entry = AdviceEntry(theme, "withdrawn", today(workspace), workspace.store.author)
    return edit_calendar(workspace, edits.log_advice([row], [entry]))


# --- lists
# -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """An advice that somebody asked and nobody gave, with its row."""

    row: CalendarRow
    advice: ThemeAdvice


def waiting(calendar: Calendar, adviser: str = "") -> tuple[Waiting, ...]:
    """By when they are due, those without a day last; `adviser` empty: of everybody."""
    found = [
        Waiting(row, advice)
        for row in calendar.standing
        for advice in all_advice(row.log)
        if advice.waits and (not adviser or advice.adviser == adviser)
    ]
    return tuple(sorted(found, key=lambda one: (one.advice.due or "9", one.row.id)))


def this_week(calendar: Calendar, day: str, adviser: str = "") -> tuple[Waiting, ...]:
    """What is due within a week, or was due before."""
    last = (date.fromisoformat(day) + timedelta(days=WEEK)).isoformat()
    return tuple(
        one for one in waiting(calendar, adviser) if one.advice.due is not None and one.advice.due <= last
    )


def advisers(calendar: Calendar) -> tuple[str, ...]:
    """Everybody who was asked or gave an advice, by name."""
    found = {
        name
        for row in calendar.rows
        for advice in all_advice(row.log)
        if (name := advice.adviser or advice.given_by)
    }
    return tuple(sorted(found, key=str.casefold))


# --- the note
# ----------------------------------------------------------------------------------------------------


def criteria_by_code(workspace: Workspace) -> dict[str, Criterion]:
    return {criterion.code: criterion for library in libraries(workspace) for criterion in library.criteria}


def note(workspace: Workspace, identity: str) -> tuple[paper.Paper, Print]:
    """The note about a row, and what it carries. Raises KeyError for a row that is not there."""
    groups = {group.code: group for group in product_groups(workspace).values()}
    row = get_calendar(workspace).row(identity)
    known = criteria_by_code(workspace)
    with workspace.unit() as unit:
        settings = file_settings_in(unit)
        carried = carried_by(unit, f"cirkeldesk:note/{row.id}", workspace.store.author)
    group = groups.get(group_of(row, groups.values()))
    contact = ", ".join(filter(None, [settings.phone, settings.email]))
    about = words.NoteAbout(
        row, group.name if group is not None else "", known, workspace.store.author, contact
    )
    return words.note(about, carried.time[:10]), carried


def write_note(workspace: Workspace, identity: str, path: Path) -> None:
    """The note as PDF or, where the name ends so, a Word document or plain text for a mail. Raises StoreError
    cannot_write."""
    made, carried = note(workspace, identity)
    is_mail = path.suffix.casefold() == ".txt"
    content = words.mail_text(made).encode("utf-8") if is_mail else paper_file(made, carried, path)
    write_file(workspace, path, content)
