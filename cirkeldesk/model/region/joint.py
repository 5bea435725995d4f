"""What several organisations could plan together: work on one road in one year, or one mix in one season.

One closure of a road instead of two, and one mixing day instead of two. Source: CHAIN 7 (joint planning).
What a plan says of a road or a mix is read from its title and its further columns; what it does not say is
not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.calendar.calendar import CalendarRow, Together

# "N237", "A 12", "S-100": how Dutch roads are numbered. Capitals only: "a 12" is a word and a number.
ROAD = re.compile(r"(?<![\w-])([ANS])[ -]?(\d{1,3})(?![\w])")
# "AC 22 base", "SMA-NL 8G+", "DZOAB 16", "2L-ZOAB": names of NEN-EN 13108 and of the RAW provisions.
MIX = re.compile(
    r"(?<!\w)(AC ?\d{1,2} ?(?:surf|bind|base)\w*|SMA(?:-NL)? ?\d{1,2}[A-DG]?\+?|(?:2L-|D)?ZOAB\+?(?: ?\d{1,2})?)",
    re.IGNORECASE,
)
SEASONS = ("winter", "voorjaar", "zomer", "najaar")
About = Literal["road", "mix"]


@dataclass(frozen=True)
class Joint:
    """Rows of two organisations or more about one road (in a year) or one mix (in a season). `when` is "2027"
    or "2027 zomer"."""

    about: About
    name: str
    when: str
    rows: tuple[CalendarRow, ...]

    @property
    def organisations(self) -> tuple[str, ...]:
        return Together("", self.rows).organisations


def joint(rows: Iterable[CalendarRow]) -> tuple[Joint, ...]:
    """By name and moment; a row may stand in several. A row without a moment or an organisation is left
    out."""
    found: dict[tuple[About, str, str], list[CalendarRow]] = {}
    for row in rows:
        moment = _moment(row)
        if row.vanished is not None or not row.organisation.strip() or moment is None:
            continue
        year, season = moment
        for road in roads_of(row):
            found.setdefault(("road", road, str(year)), []).append(row)
        if season is not None:
            for mix in mixes_of(row):
                found.setdefault(("mix", mix, f"{year} {SEASONS[season]}"), []).append(row)
    made = (
        Joint(about, name, when, tuple(sorted(members, key=lambda one: (one.organisation, one.id))))
        for (about, name, when), members in found.items()
    )
    several = [one for one in made if len(one.organisations) > 1]
    return tuple(sorted(several, key=lambda one: (one.about != "road", one.name, one.when)))


def roads_of(row: CalendarRow) -> tuple[str, ...]:
    """The numbers of the roads a row names, each once, as "N237"."""
    return tuple(dict.fromkeys(f"{letter}{int(digits)}" for letter, digits in ROAD.findall(_said(row))))


def mixes_of(row: CalendarRow) -> tuple[str, ...]:
    """The mixes a row names, each once, written in one way: "AC 22 BASE" and "ac22base" are one mix."""
    return tuple(dict.fromkeys(_spelled(text) for text in MIX.findall(_said(row))))


def _spelled(text: str) -> str:
    """ "ac22BASE" → "AC 22 base", "sma-nl 8g+" → "SMA-NL 8G+", "dzoab16" → "DZOAB 16"."""
    plain = re.sub(r"\s", "", text.upper())
    found = re.fullmatch(r"AC(\d+)(\w+)", plain)
    if found is not None:
        return f"AC {found[1]} {found[2].lower()}"
    found = re.fullmatch(r"(SMA(?:-NL)?|(?:2L-|D)?ZOAB\+?)(\d.*)", plain)
    return f"{found[1]} {found[2]}" if found is not None else plain


def _said(row: CalendarRow) -> str:
    return "\n".join((row.title, *(value for _, value in row.extra)))


def _moment(row: CalendarRow) -> tuple[int, int | None] | None:
    """(year, season) of the work: by its start, else by the quarter it is published in, of which the season
    is the quarter's own. A winter is of the year it ends in."""
    if row.start:
        year, month = int(row.start[:4]), int(row.start[5:7])
        return (year + 1, 0) if month == 12 else (year, month // 3)
    year_text, _, part = (row.quarter or "").partition("-")
    if not re.fullmatch(r"\d{4}", year_text):
        return None
    quarters = {"Q1": 0, "Q2": 1, "Q3": 2, "Q4": 3}
    return int(year_text), quarters.get(part)
