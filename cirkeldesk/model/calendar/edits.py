"""Edits of the calendar: pure functions Calendar → Calendar, with the name of the step they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cirkeldesk.model.calendar.advice import AdviceEntry
from cirkeldesk.model.calendar.calendar import (
    FILE_FIELDS,
    Calendar,
    CalendarRow,
    Proposal,
    ProposalRule,
    ThemeChance,
    said_of,
)
from cirkeldesk.model.calendar.subsidies import Scheme
from cirkeldesk.model.reference.themes import THEMES, Theme

Change = Callable[[Calendar], Calendar]


@dataclass(frozen=True)
class CalendarEdit:
    """A change with its step key and the parameters of the step's name."""

    step: str
    params: dict[str, str | int]
    apply: Change


def named(row: CalendarRow) -> str:
    """What a row is called in the history."""
    return row.number or row.title


def _map(rows: Sequence[str], change: Callable[[CalendarRow], CalendarRow]) -> Change:
    wanted = frozenset(rows)
    return lambda calendar: replace(
        calendar, rows=tuple(change(row) if row.id in wanted else row for row in calendar.rows)
    )


def _with_chances(row: CalendarRow, chances: Mapping[Theme, ThemeChance]) -> CalendarRow:
    return replace(row, chances=tuple(chances[theme] for theme in THEMES if theme in chances))


def set_chance(row: CalendarRow, theme: Theme, chance: int | None, by: str, label: str) -> CalendarEdit:
    """Confirm a chance of a theme, or (None) take the judgement away. A reason already given stays."""

    def change(found: CalendarRow) -> CalendarRow:
        kept = {one.theme: one for one in found.chances}
        before = kept.pop(theme, None)
        if chance is not None:
            kept[theme] = ThemeChance(theme, chance, by, before.reason if before is not None else "")
        name = f"chance_{theme}"
        said = dict(found.overruled)
        if found.source and said_of(found, name):
            said.setdefault(name, said_of(found, name))
        settled = tuple(doubt for doubt in found.doubts if doubt.field != name)
        return replace(_with_chances(found, kept), doubts=settled, overruled=tuple(said.items()))

    return CalendarEdit("calendar_chance", {"label": label, "name": named(row)}, _map([row.id], change))


def set_chances(
    rows: Sequence[CalendarRow], themes: Sequence[Theme], chance: int | None, by: str
) -> CalendarEdit:
    """The same chance for some themes of some rows, as one step."""
    if not rows:
        return CalendarEdit("calendar_chances", {"count": 0}, lambda calendar: calendar)

    def change(found: CalendarRow) -> CalendarRow:
        for theme in themes:
            found = set_chance(found, theme, chance, by, "").apply(Calendar(rows=(found,))).rows[0]
        return found

    return CalendarEdit("calendar_chances", {"count": len(rows)}, _map([row.id for row in rows], change))


def accept(
    rows: Sequence[CalendarRow], proposed: Mapping[str, Mapping[Theme, Proposal]], by: str
) -> CalendarEdit:
    """Confirm what is proposed for rows, where nobody judged yet. Where no rule knows, nobody has said
    anything: it stays open (see `nothing_else`)."""

    def change(found: CalendarRow) -> CalendarRow:
        kept = {one.theme: one for one in found.chances}
        for theme, proposal in proposed.get(found.id, {}).items():
            if theme not in kept:
                kept[theme] = ThemeChance(theme, proposal.chance, by, proposal.rule.reason)
        return _with_chances(found, kept)

    params: dict[str, str | int] = {"name": named(rows[0])} if len(rows) == 1 else {"count": len(rows)}
    step = "calendar_accept" if len(rows) == 1 else "calendar_accept_rows"
    return CalendarEdit(step, params, _map([row.id for row in rows], change))


def nothing_else(
    rows: Sequence[CalendarRow], proposed: Mapping[str, Mapping[Theme, Proposal]], by: str
) -> CalendarEdit:
    """What is proposed is taken, and of the themes nobody judged and no rule knows somebody says that there
    is no chance: an act of its own, with a name."""
    taken = accept(rows, proposed, by)

    def change(found: CalendarRow) -> CalendarRow:
        kept = {theme: ThemeChance(theme, 0, by) for theme in THEMES}
        return _with_chances(found, {**kept, **{one.theme: one for one in found.chances}})

    rest = _map([row.id for row in rows], change)
    return CalendarEdit(
        "calendar_rest_none", {"count": len(rows)}, lambda calendar: rest(taken.apply(calendar))
    )


def set_reason(row: CalendarRow, theme: Theme, reason: str, label: str, by: str = "") -> CalendarEdit:
    """Why a chance is what it is; only of a confirmed one. Who gives a reason makes a chance of the file his
    own."""

    def reasoned(one: ThemeChance) -> ThemeChance:
        return replace(one, reason=reason, by=one.by or by) if one.theme == theme else one

    def change(found: CalendarRow) -> CalendarRow:
        return replace(found, chances=tuple(map(reasoned, found.chances)))

    return CalendarEdit("calendar_field", {"label": label, "name": named(row)}, _map([row.id], change))


def set_row(row: CalendarRow, name: str, value: Any, label: str) -> CalendarEdit:
    """One field of a row; what was doubtful about it is settled."""

    def change(found: CalendarRow) -> CalendarRow:
        doubts = tuple(doubt for doubt in found.doubts if doubt.field != name)
        said = dict(found.overruled)
        if found.source and name in FILE_FIELDS:
            said.setdefault(name, said_of(found, name))
        return replace(found, doubts=doubts, overruled=tuple(said.items()), **{name: value})

    return CalendarEdit("calendar_field", {"label": label, "name": named(row)}, _map([row.id], change))


def settle_doubts(row: CalendarRow) -> CalendarEdit:
    """What is doubtful stays as it is: somebody has looked. Until the file says something else it is not
    asked again."""

    def change(found: CalendarRow) -> CalendarRow:
        said = {doubt.field: doubt.text for doubt in found.doubts} | dict(found.overruled)
        return replace(found, doubts=(), overruled=tuple(said.items()))

    return CalendarEdit("calendar_field", {"label": "twijfel", "name": named(row)}, _map([row.id], change))


def set_advice(row: CalendarRow, name: str, value: Any, label: str, author: str = "") -> CalendarEdit:
    """A field of the advice; who writes the advice is its adviser until somebody says otherwise."""

    def change(found: CalendarRow) -> CalendarRow:
        advice = replace(found.advice, **{name: value})
        return replace(found, advice=advice if advice.by or name == "by" else replace(advice, by=author))

    return CalendarEdit("calendar_field", {"label": label, "name": named(row)}, _map([row.id], change))


def log_advice(rows: Sequence[CalendarRow], entries: Sequence[AdviceEntry]) -> CalendarEdit:
    """The same entries, of one act, at the end of the log of each row, as one step; nothing before them
    changes."""
    step: str
    params: dict[str, str | int]
    if len(rows) == 1 and entries:
        step, params = f"calendar_advice_{entries[0].act}", {"name": named(rows[0])}
    else:
        step, params = "calendar_advice_rows", {"count": len(rows)}

    def change(found: CalendarRow) -> CalendarRow:
        return replace(found, log=(*found.log, *entries))

    return CalendarEdit(step, params, _map([row.id for row in rows], change))


def set_window(months: int) -> CalendarEdit:
    """Within how many months tenders may be bought together."""
    return CalendarEdit(
        "calendar_window", {"count": months}, lambda calendar: replace(calendar, window=months)
    )


def add_row(calendar: Calendar, title: str) -> CalendarEdit:
    taken = {row.id for row in calendar.rows}
    identity = next(name for number in range(1, 1_000_000) if (name := f"r{number}") not in taken)
    made = CalendarRow(identity, title)
    return CalendarEdit("calendar_add", {"name": title}, lambda old: replace(old, rows=(*old.rows, made)))


def remove_rows(rows: Sequence[CalendarRow]) -> CalendarEdit:
    gone = {row.id for row in rows}

    def change(calendar: Calendar) -> Calendar:
        return replace(calendar, rows=tuple(row for row in calendar.rows if row.id not in gone))

    return CalendarEdit("calendar_remove", {"count": len(rows)}, change)


def put_rule(rule: ProposalRule) -> CalendarEdit:
    """A rule changed in its place, or a new one at the end."""

    def change(calendar: Calendar) -> Calendar:
        rules = {one.id: one for one in calendar.rules} | {rule.id: rule}
        return replace(calendar, rules=tuple(rules.values()))

    return CalendarEdit("calendar_rule", {"name": rule.reason}, change)


def remove_rule(rule: ProposalRule) -> CalendarEdit:
    def change(calendar: Calendar) -> Calendar:
        return replace(calendar, rules=tuple(one for one in calendar.rules if one.id != rule.id))

    return CalendarEdit("calendar_rule_remove", {"name": rule.reason}, change)


# --- subsidies
# ---------------------------------------------------------------------------------------------


def add_scheme(calendar: Calendar, name: str) -> CalendarEdit:
    taken = {scheme.id for scheme in calendar.schemes}
    identity = next(one for number in range(1, 1_000_000) if (one := f"s{number}") not in taken)
    made = Scheme(identity, name)
    return CalendarEdit("subsidy_add", {"name": name}, lambda old: replace(old, schemes=(*old.schemes, made)))


def change_scheme(scheme: Scheme, change: Callable[[Scheme], Scheme], label: str) -> CalendarEdit:
    """One thing of a scheme, as one step."""

    def apply(calendar: Calendar) -> Calendar:
        schemes = tuple(change(one) if one.id == scheme.id else one for one in calendar.schemes)
        return replace(calendar, schemes=schemes)

    return CalendarEdit("subsidy_field", {"label": label, "name": scheme.name}, apply)


def remove_scheme(scheme: Scheme) -> CalendarEdit:
    def apply(calendar: Calendar) -> Calendar:
        return replace(calendar, schemes=tuple(one for one in calendar.schemes if one.id != scheme.id))

    return CalendarEdit("subsidy_remove", {"name": scheme.name}, apply)
