"""How far a closing day is, beside its date."""

from __future__ import annotations

import datetime

import pytest

from cirkeldesk.wording.window.days import until_closing

TODAY = datetime.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-30", "vandaag"),
        ("2026-12-01", "morgen"),
        ("2026-12-06", "over 6 dagen"),
        ("2027-01-29", "over 60 dagen"),
        ("2027-01-30", ""),
        ("2026-11-29", "gisteren gesloten"),
        ("2026-11-28", "2 dagen geleden gesloten"),
        ("2026-11-15", ""),
        ("2026-12-06T10:00:00+01:00", "over 6 dagen"),
        ("", ""),
        ("vrijdag", ""),
    ],
)
def test_said_beside_the_date(day: str, said: str) -> None:
    assert until_closing(day, TODAY) == said
