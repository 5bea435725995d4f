"""What the expert team did, counted: judged, advised, followed and why not, with what is not known.

Source: DOMAIN 9 and the yearly report to management and Provinciale Staten. Everything is a count of rows (or
of rows × themes) that stand in the calendar; nothing is estimated, and what is not known is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.model.calendar.advice import REASONS, ThemeAdvice, all_advice
from cirkeldesk.model.calendar.calendar import HIGHEST, Calendar, CalendarRow
from cirkeldesk.model.reference.criteria import LEVELS, Criterion
from cirkeldesk.model.reference.themes import THEMES, Theme


@dataclass(frozen=True)
class ThemeCount:
    """Of one theme, in rows: by chance 0 to 3, not judged, and how the advice stands. `given` counts every
    advice that was given, answered or not; `reasons` why it was not followed whole."""

    theme: Theme
    chances: tuple[int, int, int, int]
    unjudged: int
    asked: int
    given: int
    followed: int
    partly: int
    not_followed: int
    unanswered: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PartCount:
    """A department, organisation or quarter: its rows, those judged on all themes, and of its advices (each
    of one row on one theme) how many were given and followed; `estimate` of the rows that have one."""

    name: str
    rows: int
    judged: int
    advices: int
    followed: int
    estimate: Decimal
    without_estimate: int


@dataclass(frozen=True)
class Report:
    """Counts over the rows that stand in the calendar. `year` None: all of them. `until`: the day it is as
    of. `rows` to `advised` and `tenders` count rows; `asked` to `unanswered` count advices, each of one row
    on one theme: `advices` is the sum of the four after it. `levels` and `r_steps` count criteria in advice
    that was given."""

    until: str
    year: int | None
    rows: int
    judged: int
    with_chance: int
    advised: int
    asked: int
    advices: int
    followed: int
    partly: int
    not_followed: int
    unanswered: int
    tenders: int
    themes: tuple[ThemeCount, ...]
    organisations: tuple[PartCount, ...]
    departments: tuple[PartCount, ...]
    quarters: tuple[PartCount, ...]
    levels: tuple[tuple[str, int], ...]
    r_steps: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...]


def report(
    calendar: Calendar, criteria: Mapping[str, Criterion], until: str, year: int | None = None
) -> Report:
    """`criteria` by code, for their level and rung. A row counts in a year by its quarter of publication; one
    without a quarter is in no year, and is counted as not known."""
    standing = calendar.standing
    rows = _of_year(standing, year)
    given = [one for row in rows for one in _given(row)]
    answers = Counter(one.answer for one in given)
    known, lost = _criteria_of(given, criteria)
    return Report(
        until,
        year,
        len(rows),
        _count(rows, lambda row: row.is_judged),
        _count(rows, lambda row: bool(row.highest)),
        _count(rows, lambda row: bool(_given(row))),
        _waiting(rows),
        len(given),
        answers["followed"],
        answers["partly"],
        answers["not"],
        answers[None],
        _count(rows, lambda row: row.tender is not None),
        tuple(_of_theme(theme, rows) for theme in THEMES),
        _parts(rows, lambda row: row.organisation),
        _parts(rows, lambda row: row.department),
        _parts(rows, lambda row: row.quarter or ""),
        _levels(known),
        _r_steps(known),
        _unknown(standing, rows, lost, year),
    )


def _of_year(rows: Iterable[CalendarRow], year: int | None) -> list[CalendarRow]:
    return [row for row in rows if year is None or (row.quarter or "")[:4] == str(year)]


def _count(rows: Iterable[CalendarRow], holds: Callable[[CalendarRow], bool]) -> int:
    return sum(holds(row) for row in rows)


def _waiting(rows: Iterable[CalendarRow]) -> int:
    return sum(one.waits for row in rows for one in all_advice(row.log))


def _criteria_of(
    given: Iterable[ThemeAdvice], criteria: Mapping[str, Criterion]
) -> tuple[list[Criterion], int]:
    """The criteria that were advised, once each time, and how many the library does not know any more."""
    codes = [picked.code for one in given for picked in one.criteria]
    known = [criteria[code] for code in codes if code in criteria]
    return known, len(codes) - len(known)


def _levels(known: Iterable[Criterion]) -> tuple[tuple[str, int], ...]:
    count = Counter(one.level for one in known)
    return tuple((level, count[level]) for level in LEVELS)


def _r_steps(known: Iterable[Criterion]) -> tuple[tuple[str, int], ...]:
    steps = (one.r_step for one in known)
    count = Counter(f"{step.numbering} R{step.step}" for step in steps if step is not None)
    return tuple(sorted(count.items()))


def _given(row: CalendarRow) -> list[ThemeAdvice]:
    return [one for one in all_advice(row.log) if one.given_on is not None]


def _of_theme(theme: Theme, rows: list[CalendarRow]) -> ThemeCount:
    chances = [chance.chance for row in rows if (chance := row.chance(theme)) is not None]
    found = [one for row in rows for one in all_advice(row.log) if one.theme == theme]
    given = [one for one in found if one.given_on is not None]
    answers = Counter(one.answer for one in given)
    reasons = Counter(one.reason for one in given if one.reason is not None)
    by_chance = Counter(chances)
    return ThemeCount(
        theme,
        (by_chance[0], by_chance[1], by_chance[2], by_chance[HIGHEST]),
        len(rows) - len(chances),
        sum(one.waits for one in found),
        len(given),
        answers["followed"],
        answers["partly"],
        answers["not"],
        answers[None],
        tuple((code, reasons[code]) for code in REASONS if reasons[code]),
    )


def _parts(rows: Iterable[CalendarRow], name: Callable[[CalendarRow], str]) -> tuple[PartCount, ...]:
    """One line for each name; those without one last, under ""."""
    by_name: dict[str, list[CalendarRow]] = {}
    for row in rows:
        by_name.setdefault(name(row).strip(), []).append(row)
    ordered = sorted(by_name, key=lambda one: (not one, one.casefold()))
    return tuple(_part(one, by_name[one]) for one in ordered)


def _part(name: str, rows: list[CalendarRow]) -> PartCount:
    estimates = [row.estimate for row in rows if row.estimate is not None]
    return PartCount(
        name,
        len(rows),
        sum(row.is_judged for row in rows),
        sum(len(_given(row)) for row in rows),
        sum(one.answer == "followed" for row in rows for one in _given(row)),
        sum(estimates, Decimal(0)),
        len(rows) - len(estimates),
    )


def _unknown(
    standing: Iterable[CalendarRow], rows: list[CalendarRow], criteria: int, year: int | None
) -> tuple[tuple[str, int], ...]:
    """What could not be counted, by a key of the wording; nothing where all is known."""
    no_quarter = sum(not row.quarter for row in standing)
    found = (
        ("no_quarter", no_quarter if year is not None else 0),
        ("not_judged", sum(not row.is_judged for row in rows)),
        ("no_estimate", sum(row.estimate is None for row in rows)),
        ("no_department", sum(not row.department.strip() for row in rows)),
        ("unanswered", sum(one.answer is None for row in rows for one in _given(row))),
        ("criteria", criteria),
    )
    return tuple((key, count) for key, count in found if count)
