"""The MVOI-kalender: tenders to come, the chance of each theme, and the advice on what to ask.

What the department's file says and what the expert team judges stand apart: an import never touches a judgement. A proposal
is worked out from rules and never kept; only what somebody confirmed counts. Source: DOMAIN 9, UX 8 (path d).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal, get_args

from cirkeldesk.model.group import ProductGroup
from cirkeldesk.model.publication import THEMES, Theme

AdviceState = Literal["asked", "given", "followed", "partly", "not_followed"]
ADVICE_STATES: tuple[AdviceState, ...] = get_args(AdviceState)
CALENDAR_ID = "kalender"
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
    """A cell of the file that could not be taken over for certain: the field, what stood there, and the sentence's key."""

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
    """One tender to come. `estimate` in € excl. VAT, `quarter` of publication as "2027-Q1", `start` as an ISO date.

    `source` names the file layout it came with (empty: typed here), `place` its row there. `extra` are columns nobody mapped.
    `vanished` is the day a newer file no longer had it; `tender` the id of the tender made of it.
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
    """Proposes a chance for a theme: for a product group, words in the text, and from an estimate on; empty means any."""

    id: str
    theme: Theme
    chance: int
    reason: str
    groups: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    least: Decimal | None = None


@dataclass(frozen=True)
class Layout:
    """How the columns of a department's file are read: its name, the header it is known by, and column → field."""

    name: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Calendar:
    """All rows, the rules that propose chances, and how files were read before."""

    id: str = CALENDAR_ID
    rows: tuple[CalendarRow, ...] = ()
    rules: tuple[ProposalRule, ...] = ()
    layouts: tuple[Layout, ...] = ()

    def row(self, identity: str) -> CalendarRow:
        return next(row for row in self.rows if row.id == identity)

    @property
    def standing(self) -> tuple[CalendarRow, ...]:
        """The rows that are still in their file."""
        return tuple(row for row in self.rows if row.vanished is None)


# --- proposals -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """A chance that rules propose, and the rule that gave the highest."""

    chance: int
    rule: ProposalRule


def has_word(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of some words (or phrases) as it stands; a * stands for the rest of a word ("asfalt*").

    Never as part of another word without saying so: "Afdeklaag" is no deklaag, and "bekleding" no kleding.
    """
    found = text.casefold()
    return any(re.search(_pattern(word), found) for word in words if word.strip("* "))


@cache
def _pattern(word: str) -> str:
    inner = r"\w*".join(re.escape(part) for part in word.casefold().strip().split("*"))
    return rf"(?<!\w){inner}(?!\w)"


def group_of(row: CalendarRow, groups: Iterable[ProductGroup]) -> str:
    """The product group of a row: as somebody chose it, else by the first digits of its CPV code, else by its words."""
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


# --- looking ahead -------------------------------------------------------------------------------------------------


def quarter_number(quarter: str) -> int:
    """ "2027-Q1" → a number in which the next quarter is one more."""
    year, _, part = quarter.partition("-Q")
    return int(year) * 4 + int(part) - 1


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
        return tuple(dict.fromkeys(row.organisation for row in self.rows))

    @property
    def estimate(self) -> Decimal | None:
        """Together, null unless every estimate is known."""
        known = [row.estimate for row in self.rows]
        return sum((one for one in known if one is not None), Decimal(0)) if None not in known else None


def together(rows: Iterable[CalendarRow], groups: Sequence[ProductGroup]) -> tuple[Together, ...]:
    """Chains of rows of one group, each at most a quarter after the one before, of two organisations or more."""
    by_group: dict[str, list[CalendarRow]] = {}
    for row in rows:
        group = group_of(row, groups)
        if row.vanished is None and row.quarter is not None and row.organisation and group:
            by_group.setdefault(group, []).append(row)
    found = []
    for group, members in by_group.items():
        chain: list[CalendarRow] = []
        for row in sorted(members, key=lambda one: (quarter_number(one.quarter or ""), one.organisation, one.id)):
            if chain and quarter_number(row.quarter or "") - quarter_number(chain[-1].quarter or "") > 1:
                found.append(Together(group, tuple(chain)))
                chain = []
            chain.append(row)
        found.append(Together(group, tuple(chain)))
    return tuple(one for one in found if len(one.organisations) > 1)


# --- reading a file again ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """A row of the file that no number matches and that may be one we have: asked, never guessed."""

    place: int
    title: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. `fresh` and `changed` are the rows as they will be; `vanished` as they are.

    `changes` tells per changed row which fields (name, before, after). `questions` are answered with place → id, "" for new.
    """

    source: str
    fresh: tuple[CalendarRow, ...]
    changed: tuple[CalendarRow, ...]
    changes: Mapping[str, tuple[tuple[str, object, object], ...]]
    same: tuple[CalendarRow, ...]
    vanished: tuple[CalendarRow, ...]
    questions: tuple[Question, ...]

    @property
    def doubtful(self) -> tuple[CalendarRow, ...]:
        rows = [row for row in (*self.fresh, *self.changed, *self.same) if row.doubts]
        return tuple(sorted(rows, key=lambda row: row.place or 0))


def plan_import(
    calendar: Calendar, incoming: Sequence[CalendarRow], source: str, answers: Mapping[int, str] | None = None
) -> ImportPlan:
    """Match by number within the source. A row without one, or with a new one under a title we know, is asked about: it is
    new until it is answered.
    """
    told = answers or {}
    ours = [row for row in calendar.rows if row.source == source]
    by_number = {row.number.casefold(): row for row in ours if row.number}
    numbers = frozenset(row.number.casefold() for row in incoming if row.number)
    twice = _numbers_twice(incoming)
    taken: dict[str, CalendarRow] = {}
    questions = []
    matched: list[tuple[CalendarRow, CalendarRow | None]] = []
    for row in incoming:
        known = by_number.get(row.number.casefold()) if row.number and row.number.casefold() not in twice else None
        if known is None:
            candidates = _candidates(row, ours, numbers - twice)
            if candidates:
                questions.append(Question(row.place or 0, row.title, tuple(one.id for one in candidates)))
            answer = told.get(row.place or 0, "")
            known = next((one for one in candidates if one.id == answer and one.id not in taken), None)
        if known is not None:
            taken[known.id] = known
        matched.append((row, known))
    fresh: list[CalendarRow] = []
    changed: list[CalendarRow] = []
    same: list[CalendarRow] = []
    changes: dict[str, tuple[tuple[str, object, object], ...]] = {}
    for row, known in matched:
        if known is None:
            fresh.append(row)
            continue
        merged = merged_row(known, row)
        differs = tuple(
            (name, getattr(known, name), getattr(merged, name))
            for name in (*FILE_FIELDS, "extra", "vanished")
            if getattr(known, name) != getattr(merged, name)
        )
        if differs:
            changes[known.id] = differs
        (changed if differs else same).append(merged)
    vanished = [row for row in ours if row.id not in taken and row.vanished is None]
    return ImportPlan(source, tuple(fresh), tuple(changed), changes, tuple(same), tuple(vanished), tuple(questions))


def _numbers_twice(rows: Iterable[CalendarRow]) -> frozenset[str]:
    """Numbers that more than one row of the file has: they tell no row from another."""
    numbers = [row.number.casefold() for row in rows if row.number]
    return frozenset(number for number in numbers if numbers.count(number) > 1)


def _candidates(row: CalendarRow, ours: Sequence[CalendarRow], claimed: frozenset[str]) -> list[CalendarRow]:
    """Rows of ours that this one may be: of the same title, or the same number where that is doubtful; those whose number
    stands elsewhere in the file are that other row."""
    title, number = row.title.casefold(), row.number.casefold()
    free = [one for one in ours if one.number.casefold() not in claimed]
    found = [one for one in free if one.title.casefold() == title or (number and one.number.casefold() == number)]
    return sorted(found, key=lambda one: (one.title.casefold() != title, bool(one.number)))


def merged_row(known: CalendarRow, row: CalendarRow) -> CalendarRow:
    """Our row with what the file says now. A cell that could not be read leaves what was known; judgements stay,
    and a judgement in the file only fills what nobody judged here.
    """
    unread = {doubt.field for doubt in row.doubts}
    said = {name: getattr(row, name) for name in FILE_FIELDS if name not in unread}
    if not row.number:
        said.pop("number", None)
    judged = {found.theme: found for found in (*row.chances, *known.chances)}  # ours after the file's
    chances = tuple(judged[theme] for theme in THEMES if theme in judged)
    return replace(known, **said, extra=row.extra, place=row.place, doubts=row.doubts, vanished=None, chances=chances)


def take_import(calendar: Calendar, plan: ImportPlan, today: str, layout: Layout | None = None) -> Calendar:
    """The calendar after an import: nothing is dropped, a vanished row is marked."""
    taken = {row.id for row in calendar.rows}
    renewed = {row.id: row for row in (*plan.changed, *plan.same)}
    gone = {row.id for row in plan.vanished}
    rows = [replace(row, vanished=today) if row.id in gone else renewed.get(row.id, row) for row in calendar.rows]
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
