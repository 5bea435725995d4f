"""The MVOI-kalender: tenders to come, the chance of each theme, and the advice on what to ask.

What the department's file says and what the expert team judges stand apart: an import never touches a
judgement. A proposal is worked out from rules and never kept; only what somebody confirmed counts. Source:
DOMAIN 9, UX 8 (path d).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal, get_args

from cirkeldesk.model.calendar.advice import AdviceEntry
from cirkeldesk.model.calendar.subsidies import Scheme
from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import THEMES, Theme

AdviceState = Literal["asked", "given", "followed", "partly", "not_followed"]
ADVICE_STATES: tuple[AdviceState, ...] = get_args(AdviceState)
CALENDAR_ID = "kalender"
WINDOW, MONTHS_OF_QUARTER = 6, 3
HIGHEST = 3  # chances run from 0, none, to 3, large
# What a calendar file says of a tender; the rest of a row is the team's own.
FILE_FIELDS = (
    "number",
    "title",
    "organisation",
    "domain",
    "department",
    "project_leader",
    "buyer",
    "kind",
    "cpv",
    "estimate",
    "procedure",
    "quarter",
    "start",
    "duration",
    "framework",
    "status",
)


@dataclass(frozen=True)
class Doubt:
    """A cell of the file that could not be taken over for certain: the field, what stood there, and the
    sentence's key."""

    field: str
    text: str
    key: str


@dataclass(frozen=True)
class ThemeChance:
    """A confirmed chance of a theme, 0 to 3, and who said so."""

    theme: Theme
    chance: int
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class CalendarAdvice:
    """What the team advised the project leader, by whom before when, and what became of it."""

    state: AdviceState | None = None
    text: str = ""
    why_not: str = ""
    by: str = ""
    due: str | None = None


@dataclass(frozen=True)
class CalendarRow:
    """One tender to come. `estimate` in € excl. VAT; `quarter` of publication as "2027-Q1", or "2027-H2" or
    "2027" where only the half or the year is known; `start` as an ISO date.

    `source` names the file layout it came with (empty: typed here), `place` its row there. `extra` are
    columns nobody mapped. `vanished` is the day a newer file no longer had it; `tender` the id of the tender
    made of it. `overruled` are fields that somebody typed over, with what the file said then: until it says
    something else, what was typed stands.
    """

    id: str
    title: str = ""
    number: str = ""
    organisation: str = ""
    domain: str = ""
    department: str = ""
    project_leader: str = ""
    buyer: str = ""
    kind: str = ""
    cpv: str = ""
    estimate: Decimal | None = None
    procedure: str = ""
    quarter: str | None = None
    start: str | None = None
    duration: str = ""
    framework: str = ""
    status: str = ""
    group: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    source: str = ""
    place: int | None = None
    doubts: tuple[Doubt, ...] = ()
    vanished: str | None = None
    chances: tuple[ThemeChance, ...] = ()
    advice: CalendarAdvice = CalendarAdvice()
    tender: str | None = None
    overruled: tuple[tuple[str, str], ...] = ()
    log: tuple[AdviceEntry, ...] = ()

    def chance(self, theme: Theme) -> ThemeChance | None:
        return next((found for found in self.chances if found.theme == theme), None)

    @property
    def is_judged(self) -> bool:
        """Whether every theme has a confirmed chance."""
        return len({found.theme for found in self.chances}) == len(THEMES)

    @property
    def highest(self) -> int | None:
        return max((found.chance for found in self.chances), default=None)


@dataclass(frozen=True)
class ProposalRule:
    """Proposes a chance for a theme: for a product group, words in the text, and from an estimate on; empty
    means any."""

    id: str
    theme: Theme
    chance: int
    reason: str
    groups: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    least: Decimal | None = None


@dataclass(frozen=True)
class Layout:
    """How a department's file is read: the layout's name, and (a column's name, the field it is) of every
    column it takes."""

    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Calendar:
    """All rows, the rules that propose chances, how files were read before, within how many months tenders
    of several organisations may be bought together, and the subsidy schemes."""

    id: str = CALENDAR_ID
    rows: tuple[CalendarRow, ...] = ()
    rules: tuple[ProposalRule, ...] = ()
    layouts: tuple[Layout, ...] = ()
    window: int = WINDOW
    schemes: tuple[Scheme, ...] = ()

    def scheme(self, identity: str) -> Scheme:
        return with_id(self.schemes, identity)

    def row(self, identity: str) -> CalendarRow:
        return with_id(self.rows, identity)

    @property
    def standing(self) -> tuple[CalendarRow, ...]:
        """The rows that are still in their file."""
        return tuple(row for row in self.rows if row.vanished is None)


# --- proposals
# -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """A chance that rules propose, and the rule that gave the highest."""

    chance: int
    rule: ProposalRule


def has_word(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of some words (or phrases) as it stands; a * stands for the rest of a word
    ("asfalt*").

    Never as part of another word without saying so: "Afdeklaag" is no deklaag, and "bekleding" no kleding.
    """
    found = text.casefold()
    return any(re.search(_pattern(word), found) for word in words if word.strip("* "))


@cache
def _pattern(word: str) -> str:
    inner = r"\w*".join(re.escape(part) for part in word.casefold().strip().split("*"))
    return rf"(?<!\w){inner}(?!\w)"


def group_of(row: CalendarRow, groups: Iterable[ProductGroup]) -> str:
    """The product group of a row: as somebody chose it, else by the first digits of its CPV code, else by its
    words."""
    known = list(groups)
    if row.group:
        return row.group
    digits = re.sub(r"\D", "", row.cpv)
    by_code = next((g.code for g in known if digits and any(digits.startswith(start) for start in g.cpv)), "")
    return by_code or next((g.code for g in known if has_word(row.title, g.words)), "")


def proposals(row: CalendarRow, rules: Iterable[ProposalRule], group: str) -> dict[Theme, Proposal]:
    """The highest chance that some rule proposes per theme; an unknown estimate reaches no threshold."""
    found: dict[Theme, Proposal] = {}
    for rule in rules:
        fits = not rule.groups or group in rule.groups
        fits = fits and (not rule.words or has_word(f"{row.title} {row.kind} {row.domain}", rule.words))
        fits = fits and (rule.least is None or (row.estimate is not None and row.estimate >= rule.least))
        before = found.get(rule.theme)
        if fits and (before is None or rule.chance > before.chance):
            found[rule.theme] = Proposal(rule.chance, rule)
    return found


# --- looking ahead
# -------------------------------------------------------------------------------------------------


def quarter_number(quarter: str) -> int:
    """ "2027-Q1" → a number in which the next quarter is one more."""
    year, _, part = quarter.partition("-Q")
    return int(year) * 4 + int(part) - 1


def is_quarter(period: str | None) -> bool:
    """Whether the quarter itself is known, and not only a half ("2027-H2") or a year."""
    return period is not None and "-Q" in period


def period_order(period: str) -> tuple[str, float]:
    """Where a period stands in a list: a half after its quarters, a year after all of its own."""
    year, _, part = period.partition("-")
    places = {"Q1": 1.0, "Q2": 2.0, "H1": 2.5, "Q3": 3.0, "Q4": 4.0, "H2": 4.5}
    return year, places.get(part, 5.0)


def quarter_name(number: int) -> str:
    return f"{number // 4}-Q{number % 4 + 1}"


def quarter_of(iso: str) -> str:
    """The quarter of an ISO date."""
    return f"{iso[:4]}-Q{(int(iso[5:7]) - 1) // 3 + 1}"


@dataclass(frozen=True)
class Together:
    """Tenders of several organisations for one product group, near in time: perhaps to be bought together."""

    group: str
    rows: tuple[CalendarRow, ...]

    @property
    def organisations(self) -> tuple[str, ...]:
        """Each once, as first written: "Gem. Voorbeeld" is "gemeente voorbeeld"."""
        named: dict[str, str] = {}
        for row in self.rows:
            named.setdefault(
                re.sub(r"^gem\.?\s+", "gemeente ", row.organisation.casefold().strip()), row.organisation
            )
        return tuple(named.values())

    @property
    def estimate(self) -> Decimal | None:
        """Together, null unless every estimate is known."""
        known = [row.estimate for row in self.rows]
        return sum((one for one in known if one is not None), Decimal(0)) if None not in known else None


def together(
    rows: Iterable[CalendarRow], groups: Sequence[ProductGroup], months: int = WINDOW
) -> tuple[Together, ...]:
    """Rows of one group and of two organisations or more whose quarters lie within a window of so many
    months. Windows do not overlap and do not run on: a row a quarter after the last is in the next one."""
    by_group: dict[str, list[CalendarRow]] = {}
    for row in rows:
        group = group_of(row, groups)
        if row.vanished is None and is_quarter(row.quarter) and row.organisation and group:
            by_group.setdefault(group, []).append(row)
    return tuple(one for group, members in by_group.items() for one in _windows(group, members, months))


def _windows(group: str, members: list[CalendarRow], months: int) -> Iterator[Together]:
    """From the first row on: a window with two organisations is one purchase; else its first quarter is left
    out and the next begins."""
    left = sorted(members, key=lambda one: (quarter_number(one.quarter or ""), one.organisation, one.id))
    while left:
        begins = quarter_number(left[0].quarter or "")
        ends = begins + max(1, months // MONTHS_OF_QUARTER)
        inside = [row for row in left if quarter_number(row.quarter or "") < ends]
        found = Together(group, tuple(inside))
        if len(found.organisations) > 1:
            yield found
            left = left[len(inside) :]
        else:
            left = [row for row in left if quarter_number(row.quarter or "") > begins]


# --- reading a file again
# ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RowQuestion:
    """A row of the file that no number matches and that may be one we have: asked, never guessed."""

    place: int
    title: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. `fresh` and `changed` are the rows as they will be; `vanished` as they are.

    `changes` tells per changed row which fields (name, before, after). `questions` are answered with place →
    id, "" for new.
    """

    source: str
    fresh: tuple[CalendarRow, ...]
    changed: tuple[CalendarRow, ...]
    changes: Mapping[str, tuple[tuple[str, object, object], ...]]
    same: tuple[CalendarRow, ...]
    vanished: tuple[CalendarRow, ...]
    questions: tuple[RowQuestion, ...]

    @property
    def doubtful(self) -> tuple[CalendarRow, ...]:
        rows = [row for row in (*self.fresh, *self.changed, *self.same) if row.doubts]
        return tuple(sorted(rows, key=lambda row: row.place or 0))


def plan_import(
    calendar: Calendar,
    incoming: Sequence[CalendarRow],
    source: str,
    answers: Mapping[int, str] | None = None,
    fields: Iterable[str] = FILE_FIELDS,
) -> ImportPlan:
    """Match by number within the source, where number and title do not point at different rows. Any other row
    that looks like one of ours, by number or by title, is asked about: it is new until it is answered.
    `fields` are those the file has.
    """
    ours = [row for row in calendar.rows if row.source == source]
    matched, questions = _matched(incoming, ours, answers or {})
    fresh: list[CalendarRow] = []
    changed: list[CalendarRow] = []
    same: list[CalendarRow] = []
    changes: dict[str, tuple[tuple[str, object, object], ...]] = {}
    for row, known in matched:
        if known is None:
            fresh.append(row)
            continue
        merged = merged_row(known, row, fields)
        differs = _differs(known, merged)
        if differs:
            changes[known.id] = differs
        (changed if differs else same).append(merged)
    taken = {known.id for _, known in matched if known is not None}
    vanished = [row for row in ours if row.id not in taken and row.vanished is None]
    return ImportPlan(
        source, tuple(fresh), tuple(changed), changes, tuple(same), tuple(vanished), tuple(questions)
    )


def _matched(
    incoming: Sequence[CalendarRow], ours: list[CalendarRow], answers: Mapping[int, str]
) -> tuple[list[tuple[CalendarRow, CalendarRow | None]], list[RowQuestion]]:
    """Each row with ours that it is, None for a new one; and what has to be asked. One of ours is taken
    once."""
    sure = _sure(incoming, ours)
    taken = {known.id for known in sure.values()}
    open_ = [row for row in ours if row.id not in taken]
    by_title, by_number = _grouped(open_, "title"), _grouped(open_, "number")
    questions = []
    matched: list[tuple[CalendarRow, CalendarRow | None]] = []
    for place, row in enumerate(incoming):
        known = sure.get(place)
        if known is None:
            alike = [*by_title.get(row.title.casefold(), ()), *by_number.get(row.number.casefold(), ())]
            candidates = {one.id: one for one in alike}
            if candidates:
                questions.append(RowQuestion(row.place or 0, row.title, tuple(candidates)))
            known = candidates.get(answers.get(row.place or 0, ""))
            known = known if known is not None and known.id not in taken else None
        if known is not None:
            taken.add(known.id)
        matched.append((row, known))
    return matched, questions


def _differs(known: CalendarRow, merged: CalendarRow) -> tuple[tuple[str, object, object], ...]:
    """(field, before, after) of what the file would change of a row."""
    names = (*FILE_FIELDS, "chances", "extra", "vanished")
    pairs = [(name, getattr(known, name), getattr(merged, name)) for name in names]
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _grouped(rows: Iterable[CalendarRow], name: str) -> dict[str, list[CalendarRow]]:
    """Rows by a text, upper and lower case alike; those without the text are left out."""
    found: dict[str, list[CalendarRow]] = {}
    for row in rows:
        text = str(getattr(row, name)).casefold()
        if text:
            found.setdefault(text, []).append(row)
    return found


def _sure(incoming: Sequence[CalendarRow], ours: Sequence[CalendarRow]) -> dict[int, CalendarRow]:
    """Place in the file → our row, where the number is that of one row on both sides, and the title does not
    say otherwise.

    A file that was numbered anew has our numbers under other titles: nothing about it is sure.
    """
    numbers, titles = _grouped(ours, "number"), _grouped(ours, "title")
    in_numbers, in_titles = _grouped(incoming, "number"), _grouped(incoming, "title")
    found = {}
    for place, row in enumerate(incoming):
        number, title = row.number.casefold(), row.title.casefold()
        if len(numbers.get(number, ())) != 1 or len(in_numbers.get(number, ())) != 1:
            continue
        known = numbers[number][0]
        before = known.title.casefold()
        if title == before or not (titles.get(title) or in_titles.get(before)):
            found[place] = known
    return found


HALF_READ = frozenset({"quarter_year", "quarter_several"})  # doubts beside a value that was read all the same


def merged_row(known: CalendarRow, row: CalendarRow, fields: Iterable[str] = FILE_FIELDS) -> CalendarRow:
    """Our row with what the file says now. A cell that could not be read, and a field the file has no column
    for, leave what was known; our judgements stay, and a judgement of the file only stands where nobody
    judged here.
    """
    present = set(fields)
    overruled = {
        name: text for name, text in known.overruled if name not in present or said_of(row, name) == text
    }
    doubts = tuple(doubt for doubt in row.doubts if doubt.field not in overruled)
    unread = {*overruled, *(doubt.field for doubt in row.doubts if doubt.key not in HALF_READ)}
    said = {name: getattr(row, name) for name in fields if name in FILE_FIELDS and name not in unread}
    if not row.number:
        said.pop("number", None)
    ours = [found for found in known.chances if found.by]
    from_file = [found for found in row.chances if f"chance_{found.theme}" not in overruled]
    judged = {found.theme: found for found in (*known.chances, *from_file, *ours)}
    unread_extra = {doubt.field for doubt in row.doubts}
    extra = {name: text for name, text in known.extra if name in unread_extra} | dict(row.extra)
    chances = tuple(judged[theme] for theme in THEMES if theme in judged)
    said |= {"chances": chances, "overruled": tuple(overruled.items()), "extra": tuple(extra.items())}
    return replace(known, **said, place=row.place, doubts=doubts, vanished=None)


def said_of(row: CalendarRow, name: str) -> str:
    """What a file says of one field, as text: its value, or what could not be read."""
    doubt = next((doubt.text for doubt in row.doubts if doubt.field == name), "")
    chance = next(
        (str(found.chance) for found in row.chances if name == f"chance_{found.theme}" and not found.by), ""
    )
    value = getattr(row, name, None)
    return doubt or chance or ("" if value is None else str(value))


def take_import(calendar: Calendar, plan: ImportPlan, today: str, layout: Layout | None = None) -> Calendar:
    """The calendar after an import: nothing is dropped, a vanished row is marked."""
    taken = {row.id for row in calendar.rows}
    renewed = {row.id: row for row in (*plan.changed, *plan.same)}
    gone = {row.id for row in plan.vanished}
    rows = [
        replace(row, vanished=today) if row.id in gone else renewed.get(row.id, row) for row in calendar.rows
    ]
    number = 1
    for row in plan.fresh:
        while f"r{number}" in taken:
            number += 1
        taken.add(f"r{number}")
        rows.append(replace(row, id=f"r{number}", source=plan.source))
    layouts = calendar.layouts
    if layout is not None:
        layouts = (*(one for one in layouts if one.name != layout.name), layout)
    return replace(calendar, rows=tuple(rows), layouts=layouts)
