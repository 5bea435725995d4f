"""What asks attention today: one line each, in the order of its day.

Nothing that a lock or seal hides is counted: only days that stand in the calendar or in a tender itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cirkeldesk.model.calendar.advice import all_advice
from cirkeldesk.model.calendar.calendar import Calendar, is_quarter
from cirkeldesk.model.tender.tender import Tender

Kind = Literal[
    "closes",
    "opening",
    "advice_due",
    "advice_asked",
    "answer",
    "publication",
    "expires",
    "expiry",
    "evidence",
    "to_accept",
    "declaration",
    "no_delivery",
    "framework",
    "reservation",
    "lapses",
]
OF_CONTRACT: frozenset[Kind] = frozenset({"evidence", "to_accept", "declaration", "no_delivery", "framework"})
OF_MATERIALS: frozenset[Kind] = frozenset({"reservation", "lapses"})
AHEAD = 14  # days a closing day is told beforehand
BEFORE_PUBLICATION = 42  # days: what is published within six weeks and has no advice yet
WAITS = 14  # days after which an answer is asked for


@dataclass(frozen=True)
class Due:
    """One line: the day (ISO; None where there is none), what kind, the subject, and where it is.

    `place` is the id of a tender or of a row of the calendar; `detail` names a theme, product or person.
    """

    day: str | None
    kind: Kind
    subject: str
    place: str
    detail: str = ""


def due(
    calendar: Calendar, tenders: Iterable[Tender], expiring: Iterable[Due], today: str
) -> tuple[Due, ...]:
    """Everything, the earliest day first; what has no day comes last."""
    found = [*_of_calendar(calendar, today), *expiring]
    for tender in tenders:
        found += _of_tender(tender, today)
    return tuple(sorted(set(found), key=lambda one: (one.day or "9999", one.kind, one.subject, one.detail)))


def _later(today: str, days: int) -> str:
    return (date.fromisoformat(today) + timedelta(days=days)).isoformat()


def _of_calendar(calendar: Calendar, today: str) -> list[Due]:
    found: list[Due] = []
    for row in calendar.standing:
        name = " ".join(filter(None, [row.number, row.title]))
        for advice in all_advice(row.log):
            if advice.waits:
                kind: Kind = "advice_due" if advice.due else "advice_asked"
                found.append(Due(advice.due, kind, name, row.id, advice.theme))
            elif advice.stand == "given" and advice.given_on is not None:
                since = _later(advice.given_on, WAITS)
                if since <= today:
                    found.append(Due(since, "answer", name, row.id, advice.theme))
        begins = first_day(row.quarter)
        soon = begins is not None and today <= begins <= _later(today, BEFORE_PUBLICATION)
        chance = max((one.chance for one in row.chances), default=0)
        if soon and row.tender is None and chance > 0 and not row.log and row.advice.state is None:
            found.append(Due(begins, "publication", name, row.id))
    return found


def first_day(quarter: str | None) -> str | None:
    """The first day of a quarter "2027-Q1"; None where only a half or a year is known."""
    if quarter is None or not is_quarter(quarter):
        return None
    year, _, number = quarter.partition("-Q")
    return f"{year}-{3 * int(number) - 2:02}-01"


def _of_tender(tender: Tender, today: str) -> list[Due]:
    """The closing and opening of a real tender, and the day its lapse term ends."""
    if tender.fictitious or tender.practice_of is not None or tender.is_stopped:
        return []
    name = " ".join(filter(None, [tender.number, tender.title]))
    found = []
    if tender.closes_on and tender.opened is None:
        closes = tender.closes_on[:10]
        if closes >= today and closes <= _later(today, AHEAD):
            found.append(Due(closes, "closes", name, tender.id))
        elif closes < today and tender.lock is not None:
            moment = (tender.sealed_until or closes)[:10]
            found.append(Due(max(closes, moment), "opening", name, tender.id))
    ends = tender.publication.expiry_date
    if ends and ends >= today:
        found.append(Due(ends, "expiry", name, tender.id))
    return found
