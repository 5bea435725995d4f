"""Both dates of a letter over two years, against expectations made by hand with the article that moves
each."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from cirkeldesk import paths
from cirkeldesk.model.award.standstill import HolidayCalendar, easter, expiry, is_owed, standstill
from cirkeldesk.model.tender.ask import YesNoUnknown
from cirkeldesk.model.tender.publication import ProcedureCode, Publication

CALENDAR = HolidayCalendar(
    json.loads((paths.reference() / "calendars" / "holidays.json").read_text(encoding="utf-8"))
)
WEEKEND, HOLIDAY, FRIDAY, ROYAL = ("artikel 1 lid 1", "artikel 3 lid 1", "artikel 3 lid 2", "artikel 3 lid 3")

# sent, last day, the articles of the days it moves past, in order. Counted by hand on a calendar.
TABLE: list[tuple[str, str, tuple[str, ...]]] = [
    # a plain week: Monday to Sunday
    ("2026-09-07", "2026-09-28", (WEEKEND,)),
    ("2026-09-08", "2026-09-28", ()),
    ("2026-09-09", "2026-09-29", ()),
    ("2026-09-10", "2026-09-30", ()),
    ("2026-09-11", "2026-10-01", ()),
    ("2026-09-12", "2026-10-02", ()),
    ("2026-09-13", "2026-10-05", (WEEKEND, WEEKEND)),
    # the turn of the year
    (
        "2025-12-12",
        "2026-01-05",
        (HOLIDAY, ROYAL, WEEKEND, WEEKEND),
    ),  # 1 January on a Thursday, 2 January equated
    ("2025-12-13", "2026-01-05", (ROYAL, WEEKEND, WEEKEND)),
    ("2026-01-02", "2026-01-22", ()),  # sending on such a day moves nothing
    ("2026-12-12", "2027-01-04", (HOLIDAY, WEEKEND, WEEKEND)),
    # Easter 2026: 5 April
    ("2026-03-13", "2026-04-02", ()),
    ("2026-03-14", "2026-04-07", (FRIDAY, WEEKEND, WEEKEND, HOLIDAY)),
    ("2026-03-17", "2026-04-07", (HOLIDAY,)),
    # Koningsdag 2026 on a Monday, 5 May on a Tuesday
    ("2026-04-07", "2026-04-28", (HOLIDAY,)),
    ("2026-04-15", "2026-05-06", (HOLIDAY,)),
    # Ascension Day 14 May 2026, the Friday after it equated; Whit Monday 25 May
    ("2026-04-24", "2026-05-18", (HOLIDAY, ROYAL, WEEKEND, WEEKEND)),
    ("2026-04-25", "2026-05-18", (ROYAL, WEEKEND, WEEKEND)),
    ("2026-05-03", "2026-05-26", (WEEKEND, WEEKEND, HOLIDAY)),
    ("2026-05-05", "2026-05-26", (HOLIDAY,)),
    # Christmas 2026 on Friday and Saturday
    ("2026-12-04", "2026-12-24", ()),
    ("2026-12-05", "2026-12-28", (HOLIDAY, HOLIDAY, WEEKEND)),
    ("2026-12-06", "2026-12-28", (HOLIDAY, WEEKEND)),
    # 2027: Easter 28 March; 5 May, Ascension Day and the equated Friday in a row
    ("2027-03-06", "2027-03-30", (FRIDAY, WEEKEND, WEEKEND, HOLIDAY)),
    ("2027-03-09", "2027-03-30", (HOLIDAY,)),
    ("2027-04-07", "2027-04-28", (HOLIDAY,)),
    ("2027-04-15", "2027-05-10", (HOLIDAY, HOLIDAY, ROYAL, WEEKEND, WEEKEND)),
    ("2027-04-27", "2027-05-18", (HOLIDAY,)),
    ("2027-07-01", "2027-07-21", ()),
    ("2027-12-05", "2027-12-27", (HOLIDAY, HOLIDAY)),  # Christmas on Saturday and Sunday
    # Koningsdag is the Saturday where 27 April is a Sunday
    ("2025-04-06", "2025-04-28", (HOLIDAY, WEEKEND)),
]

# Every public holiday of the two years, typed by hand from printed calendars: the second route.
HOLIDAYS = """
2026-01-01 2026-01-02 2026-04-03 2026-04-06 2026-04-27 2026-05-05 2026-05-14 2026-05-15 2026-05-25 2026-12-25 2026-12-26
2027-01-01 2027-03-26 2027-03-29 2027-04-27 2027-05-05 2027-05-06 2027-05-07 2027-05-17 2027-12-25 2027-12-26 2028-01-01
"""


@pytest.mark.parametrize(("sent", "last", "articles"), TABLE)
def test_the_term_ends_where_the_law_says(sent: str, last: str, articles: tuple[str, ...]) -> None:
    found = standstill(date.fromisoformat(sent), CALENDAR)
    assert found.last.isoformat() == last
    assert found.sign_from == found.last + timedelta(1)
    assert len(found.moved) == len(articles)
    for (_, _, source), article in zip(found.moved, articles, strict=True):
        assert article in source


def test_every_sending_day_of_two_years_against_a_list_made_by_hand() -> None:
    free = {date.fromisoformat(text) for text in HOLIDAYS.split()}
    day = date(2026, 1, 1)
    moved = 0
    while day <= date(2027, 12, 11):
        wanted = day + timedelta(20)
        while wanted.weekday() in (5, 6) or wanted in free:
            wanted += timedelta(1)
        found = standstill(day, CALENDAR)
        assert (found.last, found.known) == (wanted, True), day
        moved += bool(found.moved)
        day += timedelta(1)
    assert moved > 200


def test_easter_of_known_years() -> None:
    known = "1961-04-02 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2030-04-21 2038-04-25 2049-04-18 2076-04-19"
    for text in known.split():
        assert easter(int(text[:4])).isoformat() == text


def test_a_year_whose_decrees_were_not_read_is_said() -> None:
    assert not standstill(date(2029, 5, 1), CALENDAR).known
    assert standstill(date(2028, 5, 1), CALENDAR).known


@pytest.mark.parametrize(
    ("procedure", "promised", "bids", "owed", "key"),
    [
        ("open", "unknown", 4, True, "standstill_owed"),
        ("open", "no", 4, True, "standstill_owed"),
        ("open", "unknown", 1, False, "standstill_one_bidder"),
        ("open", "yes", 1, True, "standstill_promised"),
        ("framework", "no", 3, False, "standstill_call_off"),
        ("dynamic", "unknown", 3, False, "standstill_call_off"),
        ("several_private", "unknown", 3, None, "standstill_ask_promise"),
        ("several_private", "yes", 3, True, "standstill_promised"),
        ("several_private", "no", 3, False, "standstill_not_announced"),
        (None, "unknown", 3, None, "standstill_no_procedure"),
    ],
)
def test_whether_it_is_owed(
    procedure: ProcedureCode | None, promised: YesNoUnknown, bids: int, owed: bool | None, key: str
) -> None:
    """Aanbestedingswet 2012 artikel 2.127 lid 4; meervoudig onderhands only where promised."""
    found, why = is_owed(Publication(procedure=procedure, standstill_promised=promised), bids)
    assert (found, why.key) == (owed, key)


def test_the_vervaltermijn_is_never_moved() -> None:
    sent = date(2026, 12, 5)  # the twentieth day is Christmas
    assert expiry(Publication(expiry_days=20), sent) == date(2026, 12, 25)
    assert expiry(Publication(expiry_days=20, expiry_date="2026-12-27"), sent) == date(2026, 12, 27)
    assert expiry(Publication(), sent) is None
