"""What people write in the cells of a calendar: amounts, chances, and the many ways to say "not known"."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from cirkeldesk.exchange.table.sheet import SourceCell
from cirkeldesk.wording import numbers

CHANCE = "chance_"  # field of a theme's chance: "chance_climate"
UNKNOWN = (
    "",
    "-",
    "–",
    "?",
    "n.n.b.",
    "nnb",
    "pm",
    "p.m.",
    "n.t.b.",
    "ntb",
    "tbd",
    "nader te bepalen",
    "onbekend",
    "n.v.t.",
    "nvt",
    "…",
    "...",
)


_TIMES = ((r"mln|miljoen|mio", Decimal(1_000_000)), (r"k|dzd|duizend", Decimal(1_000)))
_RANGE = re.compile(r"\d\s*(-|–|tot|à|a)\s*(€\s*)?\d", re.IGNORECASE)
_PLAIN = re.compile(r"[€\s]*-?[\d.,\s\u00a0]+(,\s?[-–]{1,2})?[€\s]*")
LARGEST = Decimal(10) ** 12  # no public tender comes near it
CENT = Decimal("0.01")


def read_amount(cell: SourceCell, text: str) -> Decimal | str | None:
    """Euros as typed: a number, "€ 1.250.000,-", "1,2 mln", "250k"; None for "n.t.b."; else the key of what
    is doubtful.

    Whole cents, and less than a million million. "ca. 300.000" and "200.000 - 300.000" are no one amount, "3
    ton" and "500 m" say two things, and "450,500" could be either: they are doubtful, as is a text such as
    "klein".
    """
    if cell.percent:
        return "not_an_amount"
    amount = Decimal(cell.text) if cell.number is not None else _written(text)
    if not isinstance(amount, Decimal):
        return amount
    if amount < 0:
        return "amount_negative"
    return amount.quantize(CENT, ROUND_HALF_UP).normalize() + 0 if amount < LARGEST else "amount_large"


def _written(text: str) -> Decimal | str | None:
    cleaned = re.sub(r"(?<=[0-9])M$", " mln", text.strip()).casefold()
    if cleaned in UNKNOWN:
        return None
    if _RANGE.search(cleaned):
        return "amount_range"
    cleaned = re.sub(r"\b(excl|ex|exclusief)\.?\s*(btw)?\.?|\beuro?\b", "", cleaned).strip()
    times = Decimal(1)
    for words, factor in _TIMES:
        match = re.fullmatch(rf"(€?\s*[\d.,]+)\s*({words})\.?", cleaned)
        if match:
            cleaned, times = match[1], factor
            break
    if not _PLAIN.fullmatch(cleaned):
        return "not_an_amount"
    reading = numbers.read_number(cleaned)
    if reading.value is None:
        return "not_an_amount"
    three = re.fullmatch(r"[€\s]*\d{1,3},\d{3}", cleaned) is not None and times == 1
    if (
        reading.hint == "english"
        or three
        or (reading.hint == "point" and times == 1 and not cleaned.endswith(",00"))
    ):
        return "amount_english"
    return "amount_english" if times != 1 and reading.hint == "thousands" else reading.value * times


def chance_of(text: str) -> int | str | None:
    """0 to 3; None where nothing was judged."""
    if text.casefold() in UNKNOWN:
        return None
    return int(text) if re.fullmatch(r"[0-3]", text) else "not_a_chance"
