"""How far a day is, in a word or two: beside a date, never instead of it."""

from __future__ import annotations

import datetime

from cirkeldesk.wording import numbers

FAR = 60  # days after which the date says enough
GONE = 14


def until_closing(day: str, today: datetime.date) -> str:
    """ "vandaag", "over 6 dagen" or "gisteren gesloten" for an ISO day; "" for one that is far or is none."""
    try:
        away = (datetime.date.fromisoformat(day[:10]) - today).days
    except ValueError:
        return ""
    near = {0: "vandaag", 1: "morgen", -1: "gisteren gesloten"}
    if away in near:
        return near[away]
    if 1 < away <= FAR:
        return f"over {away} dagen"
    return f"{-away} dagen geleden gesloten" if -GONE <= away < -1 else ""


def until(day: str, today: datetime.date) -> str:
    """ "vandaag", "over 6 dagen" or "3 dagen te laat" for an ISO day; "" for one that is far."""
    away = (datetime.date.fromisoformat(day[:10]) - today).days
    if away < -1:
        return f"{-away} dagen te laat"
    near = {-1: "1 dag te laat", 0: "vandaag", 1: "morgen"}
    return near.get(away, f"over {away} dagen" if away <= FAR else "")


def kept_at(iso: str) -> str:
    """When something was kept: the time today, else the day."""
    if not iso:
        return clock()
    at = datetime.datetime.fromisoformat(iso).astimezone()
    if at.date() == datetime.datetime.now().date():
        return at.strftime("%H:%M")
    return f"op {numbers.date(at.isoformat())}"


def clock() -> str:
    return datetime.datetime.now().strftime("%H:%M")
