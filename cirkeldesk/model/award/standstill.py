"""The two dates of a letter: the end of the opschortende termijn, and the vervaltermijn of the documents.

Aanbestedingswet 2012 artikel 2.127: the opschortende termijn begins the day after the award decision was sent
(lid 2), lasts at least 20 calendar days (lid 3), and is not owed where the law requires no announcement, with
a single bidder, or for orders under a framework agreement or dynamic purchasing system (lid 4). Algemene
termijnenwet artikel 1 lid 1: a term that ends on a Saturday, Sunday or public holiday goes on to the first
day that is none of these; artikel 3 says which days those are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cirkeldesk.model.messages import Message
from cirkeldesk.model.tender.publication import ProcedureCode, Publication

DAYS = 20
UNDECIDED = frozenset({"standstill_no_procedure", "standstill_ask_promise"})  # what a person still has to say
# Procedures under part 2 of the law, which requires an announcement; the others owe a standstill only when
# promised.
ANNOUNCED: frozenset[ProcedureCode] = frozenset({"open", "restricted", "negotiated"})
CALL_OFFS: frozenset[ProcedureCode] = frozenset({"framework", "dynamic"})
SATURDAY = 5


@dataclass(frozen=True)
class Holiday:
    """A day on which no term ends, and the article that says so."""

    day: date
    name: str
    source: str


class HolidayCalendar:
    """Public holidays from data: fixed days, days around Easter, Koningsdag, and days equated by royal
    decree.

    From `known_from` to `known_until` the decrees were read.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.known_from, self.known_until = (
            date.fromisoformat(data[name]) for name in ("equated_from", "equated_until")
        )

    def holidays(self, year: int) -> dict[date, Holiday]:
        sunday = easter(year)
        found = [
            Holiday(date(year, one["month"], one["day"]), one["name"], one["source"])
            for one in self._data["fixed"]
        ]
        found += [
            Holiday(sunday + timedelta(one["days"]), one["name"], one["source"])
            for one in self._data["easter"]
        ]
        king = self._data["king"]
        birthday = date(year, king["month"], king["day"])
        if birthday.weekday() > SATURDAY:
            birthday -= timedelta(1)
        found.append(Holiday(birthday, king["name"], king["source"]))
        equated = [(date.fromisoformat(one["date"]), one["source"]) for one in self._data["equated"]]
        found += [Holiday(day, "gelijkgestelde dag", source) for day, source in equated if day.year == year]
        return {one.day: one for one in reversed(found)}  # 5 May on Ascension Day is named by the first list

    def why_closed(self, day: date) -> tuple[str, str] | None:
        """(what the day is, source) where no term ends on it: "zaterdag", "zondag", or the holiday's name."""
        holiday = self.holidays(day.year).get(day)
        if holiday is not None:
            return holiday.name, holiday.source
        if day.weekday() >= SATURDAY:
            return (
                "zaterdag" if day.weekday() == SATURDAY else "zondag"
            ), "artikel 1 lid 1 Algemene termijnenwet"
        return None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher; Astronomical Algorithms, chapter
    8)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    moved = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True)
class Standstill:
    """`counted` is the twentieth day; `last` the day the term ends; `moved` each day it was moved past, with
    the source.

    A contract may be signed from `sign_from`. `known` is False where decrees of that year were not read yet.
    """

    sent: date
    counted: date
    last: date
    moved: tuple[tuple[date, str, str], ...]
    known: bool

    @property
    def sign_from(self) -> date:
        return self.last + timedelta(1)


def standstill(sent: date, calendar: HolidayCalendar) -> Standstill:
    """The opschortende termijn of a decision sent on a day."""
    counted = last = sent + timedelta(DAYS)
    moved: list[tuple[date, str, str]] = []
    while (why := calendar.why_closed(last)) is not None:
        moved.append((last, *why))
        last += timedelta(1)
    return Standstill(sent, counted, last, tuple(moved), calendar.known_from <= last <= calendar.known_until)


def is_owed(publication: Publication, bids: int) -> tuple[bool | None, Message]:
    """Whether a standstill is owed, with the rule; None where it cannot be told. The lawyer decides."""
    code = publication.procedure
    if publication.standstill_promised == "yes":
        return True, Message("standstill_promised")
    if code is None:
        return None, Message("standstill_no_procedure")
    if code in CALL_OFFS:
        return False, Message("standstill_call_off")
    if code not in ANNOUNCED:
        key = (
            "standstill_not_announced"
            if publication.standstill_promised == "no"
            else "standstill_ask_promise"
        )
        return (False if publication.standstill_promised == "no" else None), Message(key)
    if bids == 1:
        return (
            (False, Message("standstill_one_bidder"))
            if code == "open"
            else (None, Message("standstill_candidates"))
        )
    return True, Message("standstill_owed")


def term_of(publication: Publication, bids: int, sent: date, calendar: HolidayCalendar) -> Standstill | None:
    """The term in which nothing is signed: by the act; or as the documents promise it, which no act moves.
    None where there is none, or the documents' days are not known."""
    if is_owed(publication, bids)[0] is False:
        return None
    if publication.procedure in ANNOUNCED or publication.procedure is None:
        return standstill(sent, calendar)
    if publication.promised_days is None:
        return None
    last = sent + timedelta(publication.promised_days)
    return Standstill(sent, last, last, (), known=True)


def expiry(publication: Publication, sent: date) -> date | None:
    """The vervaltermijn exactly as the documents say: a date, or days after sending. Never moved by us."""
    if publication.expiry_date is not None:
        return date.fromisoformat(publication.expiry_date)
    return sent + timedelta(publication.expiry_days) if publication.expiry_days is not None else None


@dataclass(frozen=True)
class SendingDay:
    """A sending day with what follows from it; `standstill` is None where none is owed, `expiry` where the
    documents name none."""

    sent: date
    standstill: Standstill | None
    expiry: date | None

    @property
    def ends_together(self) -> bool:
        """Whether who is too late for the one is not in time for the other."""
        return self.standstill is None or self.expiry is None or self.standstill.last == self.expiry


LOOKED_AHEAD = 14


def day_of(publication: Publication, bids: int, sent: date, calendar: HolidayCalendar) -> SendingDay:
    return SendingDay(sent, term_of(publication, bids, sent, calendar), expiry(publication, sent))


def proposed_day(
    publication: Publication, bids: int, earliest: date, calendar: HolidayCalendar
) -> SendingDay:
    """The first working day to send on from which both terms end on one working day; where no day of two
    weeks does that, the first working day. The vervaltermijn itself is never moved (DOMAIN 9)."""
    days = [earliest + timedelta(step) for step in range(LOOKED_AHEAD)]
    open_ = [day for day in days if calendar.why_closed(day) is None]
    found = [day_of(publication, bids, day, calendar) for day in open_]
    for term in found:
        if term.ends_together and (term.expiry is None or calendar.why_closed(term.expiry) is None):
            return term
    return found[0]
