"""Numbers and dates as Dutch text, and back. Always nl-NL, whatever the system says; half away from zero.

`−` (U+2212) on screen and paper, `-` in files and on the clipboard; thousands with a point; a no-break space
between sign or unit and figure. Reading never changes a value silently: it returns the value and what was
noticed, or refuses.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.model.rounding import rounded as rounded

NBSP = "\u00a0"
MINUS = "\u2212"
_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def number(value: float | Decimal, decimals: int, *, sign: bool = False, minus: str = MINUS) -> str:
    """1234.5 → "1.234,50"."""
    exact = rounded(value, decimals)
    text = f"{abs(exact):,.{decimals}f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    if exact < 0:
        return minus + text
    return "+" + text if sign and exact > 0 else text


def as_typed(value: float | Decimal) -> str:
    """Input echoes what was typed: 9.872 → "9,872", 987.0 → "987"."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    text = f"{exact:f}"
    if "." in text and not isinstance(value, Decimal):
        text = text.rstrip("0").rstrip(".")
    whole, _, part = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if len(whole) > 4 else whole
    return (MINUS if exact < 0 else "") + grouped + ("," + part if part else "")


def in_sentence(value: float | Decimal) -> str:
    """An amount in a sentence, with its own decimals and always grouped: 1200 → "1.200"."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    decimals = max(0, -int(exact.normalize().as_tuple().exponent)) if exact else 0
    return number(exact, decimals)


_PARTED = re.compile(r"(?<=€) (?=[−+]?\d)|(?<=\d) (?=%|MKI\b)")


def kept_together(text: str) -> str:
    """A text in which no amount is parted from its sign at the end of a line, whoever wrote it."""
    return _PARTED.sub(NBSP, text)


def euro(value: float | Decimal, decimals: int = 0, *, sign: bool = False) -> str:
    """ "€ 1.234"; a negative amount is "€ −1.234", never in brackets."""
    return f"€{NBSP}{number(value, decimals, sign=sign)}"


def percent(value: float, decimals: int = 1, *, sign: bool = False) -> str:
    return f"{number(value, decimals, sign=sign)}{NBSP}%"


def declared(value: float) -> str:
    """A declared value in a table: as typed while it is short, else six digits with its power of ten:
    "7,57674E-9"."""
    plain = as_typed(value)
    if len(plain) <= 9:
        return plain
    digits, _, power = f"{value:.5E}".partition("E")
    exact = f"{float(f'{value:.6g}'):.10f}".rstrip("0").rstrip(".")
    short = exact if 1e-4 <= abs(value) < 1e6 else f"{digits.rstrip('0').rstrip('.')}E{int(power)}"
    return short.replace(".", ",").replace("-", MINUS)


def date(iso: str) -> str:
    """2026-11-22 → "22-11-2026"; what is no date stays as it is. A moment of the history (UTC) is of the
    office's day: what is done half past midnight is not of the day before."""
    try:
        is_utc = len(iso) > len("2026-11-22") and iso.endswith(("+00:00", "Z"))
        day = (
            datetime.datetime.fromisoformat(iso).astimezone().date()
            if is_utc
            else datetime.date.fromisoformat(iso[:10])
        )
    except ValueError:
        return iso
    return f"{day.day}-{day.month}-{day.year}"


def moment(iso: str) -> str:
    """2026-12-12T10:00+01:00 → "12-12-2026 10:00"; a date alone stays a date."""
    return f"{date(iso)} {iso[11:16]}" if len(iso) >= 16 else date(iso)


def long_date(iso: str) -> str:
    day = datetime.date.fromisoformat(iso[:10])
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class NumberReading:
    """What a typed text means. `value` None with `problem` set is a refusal; `hint` is said, the value still
    counts."""

    value: Decimal | None
    problem: str | None = None
    hint: str | None = None


_EURO = re.compile(r"€|\beuro\b|\beur\b", re.IGNORECASE)
# Digits are those of our own script (re.ASCII): a digit of another one would be read without anybody seeing
# it.
_GROUP_SPACE = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", re.ASCII)
_DUTCH = re.compile(r"[+-]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)
_POINT = re.compile(r"[+-]?\d+\.\d+", re.ASCII)
_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
_WHOLE_MONEY = re.compile(r",\s?[-–]{1,2}$")  # "€ 1.240,-"
_UNIT = re.compile(
    r"([+-]?[\d.,]+)\s?(%|m2|m²|m3|m³|mm|ton|t|jaar|jr|mki|ton/m3|ton/m³)", re.IGNORECASE | re.ASCII
)
# Other spellings of a unit.
_SAME_UNIT = {"m²": "m2", "m³": "m3", "t": "ton", "jr": "jaar", "ton/m³": "ton/m3"}


_UNITS = frozenset({"%", "m2", "m3", "mm", "ton", "jaar", "mki", "ton/m3"})


def _unit(text: str) -> str:
    folded = text.strip().casefold()
    return _SAME_UNIT.get(folded, folded)


def units_in(name: str) -> frozenset[str]:
    """The units a column or field says it is in: "Dikte mm" is in mm, "€ MKI per ton" takes an MKI and not
    tons."""
    told = name.casefold().partition(" per ")[0]
    return _UNITS & {_unit(word.strip("(),.:;*")) for word in told.split()}


def read_number(text: str, *, percent_allowed: bool = False, column: str = "") -> NumberReading:
    """Read what a person typed or pasted. "" is no value; never a guess without saying so.

    `column` is the name of the column or field, which says what it is in; a unit that says the same is left
    out, any other could change the size and is refused: "12 m2" is not twelve tons.

    "1.234,5", "1234,5", "1 234,5" and "€ 1.234,-" are Dutch; "9.872" reads as 9872 with a hint; "12.5",
    "0.450" and "1,234.50" can only be English and are read so with a hint; "1e3", "1,2 mln", "3 cm" and words
    are refused.
    """
    cleaned = _WHOLE_MONEY.sub("", _EURO.sub("", text).strip()).replace(MINUS, "-").replace("–", "-")
    cleaned = _GROUP_SPACE.sub("", cleaned)
    if not cleaned:
        return NumberReading(None)
    typed = _UNIT.fullmatch(cleaned)
    hint = None
    if typed:
        if typed[2] == "%" and not percent_allowed:
            return NumberReading(None, problem="not_a_percentage")
        if typed[2] != "%" and _unit(typed[2]) not in units_in(column):
            return NumberReading(None, problem="other_unit")
        cleaned, hint = typed[1], (None if typed[2] == "%" else "unit_left_out")
    if _DUTCH.fullmatch(cleaned):
        value = cleaned.replace(".", "").replace(",", ".")
        if cleaned.count(".") == 1 and "," not in cleaned:
            hint = "thousands"
        elif re.fullmatch(r"[+-]?\d{1,3},000", cleaned):
            hint = "point"
    elif _ENGLISH.fullmatch(cleaned) and "." in cleaned:
        value, hint = cleaned.replace(",", ""), "english"
    elif _POINT.fullmatch(cleaned):
        value, hint = cleaned, "point"
    else:
        return NumberReading(None, problem="not_a_number")
    return NumberReading(Decimal(value), hint=hint)


def without_time(text: str) -> str:
    """ "1-5-2027 00:00" → "1-5-2027": the day of a cell that holds a moment."""
    return re.sub(r"[T ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*$", "", text)


def read_date(text: str) -> str | None:
    """ "22-11-2026", "22/11/2026" or "2026-11-22" → ISO; None for anything else."""
    match = re.fullmatch(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\s*", text)
    try:
        if match:
            return datetime.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        iso = re.fullmatch(r"\s*(\d{4}-\d{2}-\d{2})\s*", text)
        return datetime.date.fromisoformat(iso[1]).isoformat() if iso else None
    except ValueError:
        return None
