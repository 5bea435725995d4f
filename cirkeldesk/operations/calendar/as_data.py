"""The calendar as data, for other programs: what the file said, chances and proposals apart, and the advice
per theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cirkeldesk.model.calendar.advice import all_advice
from cirkeldesk.model.calendar.calendar import FILE_FIELDS, Calendar, CalendarRow, Proposal, group_of
from cirkeldesk.model.calendar.subsidies import changed_in, years
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import Theme
from cirkeldesk.wording.calendar import words
from cirkeldesk.wording.calendar.subsidies import STATES as SCHEME_STATES


def calendar_json(
    calendar: Calendar, groups: Mapping[str, ProductGroup], proposed: Mapping[str, Mapping[Theme, Proposal]]
) -> list[dict[str, Any]]:
    """The calendar as data: what the file said, confirmed chances and proposals apart, and the advice."""
    return [
        {
            "id": row.id,
            **{name: getattr(row, name) for name in FILE_FIELDS if name != "estimate"},
            "estimate": str(row.estimate) if row.estimate is not None else None,
            "product_group": group_of(row, groups.values()) or None,
            "chances": {found.theme: found.chance for found in row.chances},
            "proposed": {
                theme: one.chance
                for theme, one in proposed.get(row.id, {}).items()
                if row.chance(theme) is None
            },
            "group": group_of(row, groups.values()) or None,
            "themes": _themes(row, proposed.get(row.id, {})),
            "advice": _advice(row),
            "doubts": [words.doubt(doubt) for doubt in row.doubts],
            "vanished": row.vanished,
            "tender": row.tender,
        }
        for row in calendar.rows
    ]


# How the themes are called in what other programs read.
THEME_KEYS: Mapping[Theme, str] = {
    "climate": "klimaat",
    "circularity": "circulariteit",
    "environment": "milieu",
    "diversity": "diversiteit",
    "social_return": "social_return",
    "chain": "keten",
}


def _themes(row: CalendarRow, proposed: Mapping[Theme, Proposal]) -> dict[str, Any]:
    """Each theme: the confirmed chance with its reason and who said so, else what is proposed."""
    found: dict[str, Any] = {}
    for theme, key in THEME_KEYS.items():
        chance, proposal = row.chance(theme), proposed.get(theme)
        open_proposal = proposal if chance is None else None
        found[key] = {
            "chance": chance.chance if chance is not None else None,
            "reason": (chance.reason if chance is not None else "")
            or (open_proposal.rule.reason if open_proposal is not None else ""),
            "by": chance.by if chance is not None else "",
            "proposed": open_proposal.chance if open_proposal is not None else None,
        }
    return found


ROW_ANSWERS = {"followed": "followed", "partly": "partly", "not_followed": "not"}


def _advice(row: CalendarRow) -> list[dict[str, Any]]:
    """How the advice on each theme stands; a word on the row as a whole has no theme."""
    found: list[dict[str, Any]] = [
        {
            "theme": THEME_KEYS[one.theme],
            "asked_by": one.asked_by,
            "asked_on": one.asked_on,
            "adviser": one.adviser,
            "due": one.due,
            "given_by": one.given_by,
            "given_on": one.given_on,
            "criteria": [picked.code for picked in one.criteria],
            "text": one.text,
            "answer": one.answer,
            "answered_on": one.answered_on,
            "reason_code": one.reason,
            "why": one.why,
        }
        for one in all_advice(row.log)
    ]
    whole = row.advice
    if whole.state is not None or whole.text or whole.by or whole.due:
        found.append(
            {
                "theme": None,
                "asked_by": "",
                "asked_on": None,
                "adviser": whole.by,
                "due": whole.due,
                "given_by": "",
                "given_on": None,
                "criteria": [],
                "text": whole.text,
                "answer": ROW_ANSWERS.get(whole.state or ""),
                "answered_on": None,
                "reason_code": None,
                "why": whole.why_not,
            }
        )
    return found


def subsidies_json(calendar: Calendar) -> list[dict[str, Any]]:
    """Every scheme as data, money as text, and the years in which it counts."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "reference": one.reference,
            "budget": str(one.budget) if one.budget is not None else None,
            "opens": one.opens,
            "closes": one.closes,
            "state": SCHEME_STATES[one.state],
            "changes": [
                {"state": SCHEME_STATES[change.state], "on": change.on, "by": change.by}
                for change in one.changes
            ],
            "counts_in": [year for year in years([one]) if changed_in([one], year)],
            "ground": one.ground,
            "article": one.article,
            "state_aid": one.state_aid,
            "conditions": [asdict(condition) for condition in one.conditions],
            "who": one.who,
            "settled": str(one.settled) if one.settled is not None else None,
            "open": list(one.open_points),
        }
        for one in calendar.schemes
    ]
