"""A department's tender calendar in Excel or CSV: headers over one or two rows, dates and euros as people
type them.

No two departments have the same columns (DOMAIN 9: practice), so a layout says which column is which; it is
guessed from the header once, confirmed by a person, and remembered. What cannot be read for certain is named,
never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from cirkeldesk.exchange.table.csv_text import csv_sheet, decode
from cirkeldesk.exchange.table.sheet import Sheet, SourceCell, column_letters
from cirkeldesk.exchange.table.spreadsheet import is_spreadsheet, spreadsheet_sheets
from cirkeldesk.model.calendar.calendar import CalendarRow, Doubt, Layout, ThemeChance
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.wording import numbers
from cirkeldesk.wording.calendar import read_day, read_quarter

MOST_ROWS = 5_000
HEADER_WITHIN = 15  # rows from the top in which a header must stand
CHANCE = "chance_"  # field of a theme's chance: "chance_climate"
# What a column is called, in order: the first that fits decides. Words are of the field's practice.
NAMES: tuple[tuple[str, str], ...] = (
    ("number", r"^(nr|nummer|no|volgnr|volgnummer|id|kenmerk|projectnr|zaaknr)\b|nummer$"),
    (CHANCE + "climate", r"^(kl|klimaat)\b"),
    (CHANCE + "circularity", r"^(ci|circulair|circulariteit)\b"),
    (CHANCE + "environment", r"^(mi|milieu|biodiversiteit)\b"),
    (CHANCE + "diversity", r"^(di|diversiteit|inclusie)\b"),
    (CHANCE + "social_return", r"^(sr|social return)\b"),
    (CHANCE + "chain", r"^(ke|isv|keten)"),
    ("estimate", r"raming|geraamd|waarde|bedrag|budget"),
    ("cpv", r"\bcpv"),
    ("procedure", r"procedure|aanbestedingsvorm"),
    ("quarter", r"kwartaal|publicatie|planning|^q$|op de markt|aankondiging"),
    ("start", r"start|ingang|aanvang|begin"),
    ("duration", r"looptijd|duur|optie|verleng"),
    ("framework", r"raamovereenkomst|raamcontract|perceel|\brok\b"),
    ("status", r"status|stand|fase"),
    ("project_leader", r"projectleider|trekker|opdrachtgever|contactpersoon|budgethouder|aanvrager"),
    ("buyer", r"inkoper|inkoopadviseur|adviseur inkoop|contractmanager"),
    ("organisation", r"organisatie|gemeente|provincie|aanbestedende dienst|deelnemer"),
    ("department", r"afdeling|team|cluster|eenheid"),
    ("domain", r"domein|beleidsveld|categorie|segment|sector"),
    ("kind", r"soort|type|aard"),
    ("title", r"omschrijving|naam|titel|onderwerp|project|aanbesteding|opdracht|werk"),
)
UNKNOWN = (
    "",
    "-",
    "–",
    "?",
    "n.n.b.",
    "nnb",
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


ERRORS = frozenset(
    (
        *("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"),
        *("#VERW!", "#N/B", "#DEEL/0!", "#WAARDE!", "#NAAM?", "#GETAL!", "#LEEG!"),
    )
)
_GUARDED = re.compile(r"'[=+\-@]")


@dataclass(frozen=True)
class CalendarFile:
    """A file as read: its sheet, the header's row (from 0) and the columns' names, as many as the sheet is
    wide."""

    name: str
    sheet: Sheet
    header: int
    names: tuple[str, ...]

    @property
    def first(self) -> int:
        return self.header + 1

    def sample(self, column: int) -> str:
        """What stands in a column, for somebody who must say what it is."""
        texts = [
            self.sheet.cell(row, column).text
            for row in range(self.first, min(len(self.sheet.rows), self.first + 40))
        ]
        return ", ".join(list(dict.fromkeys(text for text in texts if text))[:3])


def read_file(content: bytes, name: str) -> tuple[CalendarFile, ...]:
    """Every sheet that is a calendar, the longest first. Raises ReadError, calendar_no_header where none
    is."""
    if is_spreadsheet(content):
        sheets = tuple(sheet for sheet in spreadsheet_sheets(content, name) if not sheet.hidden)
    else:
        sheets = (csv_sheet(decode(content, name), name),)
    headers = [(sheet, _header(sheet)) for sheet in sheets]
    found = [CalendarFile(name, sheet, row, _names(sheet, row)) for sheet, row in headers if row is not None]
    if not found:
        raise ReadError("calendar_no_header", file=name)
    if any(len(one.sheet.rows) > MOST_ROWS for one in found):
        raise ReadError("file_too_large", file=name)
    return tuple(sorted(found, key=lambda one: -len(one.sheet.rows)))


def _header(sheet: Sheet) -> int | None:
    """The first row that names columns: a number and a title, or three fields; with what stands under a
    joined heading."""
    for row in range(min(HEADER_WITHIN, len(sheet.rows))):
        fields = _fields(sheet, row)
        known = set(fields.values())
        filled = sum(not cell.is_empty for cell in sheet.rows[row])
        if filled > 2 and ({"number", "title"} <= known or (len(known) > 2 and known & {"number", "title"})):
            anchors = [column for column, field in fields.items() if field in ("number", "title")]
            under = row + 1 < len(sheet.rows) and all(
                sheet.cell(row + 1, column).is_empty for column in anchors
            )
            return row + 1 if under and len(set(_fields(sheet, row + 1).values())) > len(known) else row
    return None


def _fields(sheet: Sheet, row: int) -> dict[int, str]:
    named = enumerate(_names(sheet, row))
    return {column: field for column, name in named if (field := field_of(name)) is not None}


def _names(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The columns' names: what stands in the header row, or above it where cells were joined downwards; else
    its letter.

    A heading joined over several columns stands in the first of them only; it names those that have no name
    of their own.
    """
    names: list[str] = []
    for column in range(len(sheet.rows[row])):
        own = _line(sheet.cell(row, column).text)
        above = _line(sheet.cell(row - 1, column).text) if row else ""
        names.append(own or above or f"kolom {column_letters(column)}")
    doubles = {name for name in names if names.count(name) > 1}
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in doubles:
            seen[name] = seen.get(name, 0) + 1
            names[place] = f"{name} ({seen[name]})"
    return tuple(names)


def _line(text: str) -> str:
    return " ".join(text.split())


def field_of(name: str) -> str | None:
    """The field that a column's name means, or None."""
    text = re.sub(r"^kans( op| voor)?\s+", "", name.casefold().strip().rstrip(".:*"))
    return next((field for field, pattern in NAMES if text and re.search(pattern, text)), None)


def guess(file: CalendarFile) -> dict[int, str]:
    """Column → field as the header suggests; each field once, the column that fits best first."""
    found: dict[int, str] = {}
    for column, name in enumerate(file.names):
        field = field_of(name)
        if field is not None and field not in found.values():
            found[column] = field
    return found


def layout_of(file: CalendarFile, columns: Mapping[int, str], name: str) -> Layout:
    """What is remembered: per column's name its field."""
    return Layout(name, tuple((file.names[column], field) for column, field in sorted(columns.items())))


def columns_by(file: CalendarFile, layout: Layout) -> dict[int, str]:
    """A remembered layout on this file, by the columns' names: columns may have moved."""
    known = dict(layout.columns)
    return {column: known[name] for column, name in enumerate(file.names) if name in known}


def suits(file: CalendarFile, layout: Layout) -> bool:
    """Whether every column the layout reads is in the file."""
    return bool(layout.columns) and {name for name, _ in layout.columns} <= set(file.names)


def rows_of(file: CalendarFile, columns: Mapping[int, str]) -> list[CalendarRow]:
    """The rows of the file, those without any text and lines in between left out, with `place` as Excel
    counts rows."""
    rows = [_row(file, columns, index) for index, is_line in _lines(file, columns) if not is_line]
    counted = Counter(row.number.casefold() for row in rows if row.number)
    twice = {number for number, count in counted.items() if count > 1}
    return [
        replace(row, doubts=(*row.doubts, Doubt("number", row.number, "number_twice")))
        if row.number.casefold() in twice
        else row
        for row in rows
    ]


def lines_between(file: CalendarFile, columns: Mapping[int, str]) -> list[tuple[int, str]]:
    """(row in Excel, text) of every line that is no row, such as "Mobiliteit" or "Totaal": what is passed
    over is told."""
    cells = [(index, file.sheet.rows[index]) for index, is_line in _lines(file, columns) if is_line]
    return [
        (index + 1, _line(the_one(row, lambda cell: not cell.is_empty, index + 1).text))
        for index, row in cells
    ]


def _lines(file: CalendarFile, columns: Mapping[int, str]) -> Iterator[tuple[int, bool]]:
    titles = [column for column, field in columns.items() if field == "title"]
    for index in range(file.first, len(file.sheet.rows)):
        cells = file.sheet.rows[index]
        if not all(cell.is_empty for cell in cells):
            yield index, _is_line(cells, titles)


def _is_line(cells: Sequence[SourceCell], titles: Sequence[int]) -> bool:
    """One cell alone that is no title, or a total: a line that begins with the word and has no title of its
    own."""
    filled = [column for column, cell in enumerate(cells) if not cell.is_empty]
    title = " ".join(cells[column].text for column in titles if column < len(cells)).casefold().strip()
    if len(filled) == 1 and filled[0] not in titles:
        return True
    first = cells[filled[0]].text.casefold().strip()
    total = r"(sub|eind)?totaal\b"
    return bool(re.match(total, first)) and (
        not title or re.fullmatch(rf"{total}[: ]*(generaal|bedrag)?", title) is not None
    )


def notices(file: CalendarFile, columns: Mapping[int, str]) -> list[str]:
    """What the header says of every estimate: in thousands, or with VAT."""
    heads = [file.names[column].casefold() for column, field in columns.items() if field == "estimate"]
    found = []
    for head in heads:
        if _factor(head) != 1:
            found.append(
                f"De kop zegt dat ramingen in {'miljoenen' if _factor(head) > 1000 else 'duizenden'} "
                f"staan; zo zijn zij gelezen."
            )
        if re.search(r"\bincl", head):
            found.append(
                "De kop zegt dat ramingen inclusief btw zijn. Zij zijn zo overgenomen; de kalender "
                "rekent exclusief."
            )
    return found


def _factor(head: str) -> Decimal:
    """ "Raming (x € 1.000)" → 1000."""
    text = head.casefold()
    if re.search(r"x\s*€?\s*1[. ]?000[. ]?000|miljoen|\bmln\b", text):
        return Decimal(1_000_000)
    return Decimal(1_000) if re.search(r"x\s*€?\s*1[. ]?000|duizend|\bk€|€\s*k\b", text) else Decimal(1)


def _row(file: CalendarFile, columns: Mapping[int, str], index: int) -> CalendarRow:
    said: dict[str, object] = {}
    doubts: list[Doubt] = []
    extra: list[tuple[str, str]] = []
    chances: dict[str, int] = {}
    for column, name in enumerate(file.names):
        cell, field = file.sheet.cell(index, column), columns.get(column)
        text = _line(cell.text)
        if not file.sheet.is_typed and _GUARDED.match(text):
            text = text[1:]  # the apostrophe that keeps a CSV's text from being taken for a formula
        if cell.unknown or text.upper() in ERRORS:
            doubts.append(Doubt(field or name, text or "formule", "error" if text else "formula"))
        elif field is None:
            extra += [(name, text)] if name and text else []
        elif field.startswith(CHANCE):
            value = _chance(text)
            if isinstance(value, str):
                doubts.append(Doubt(field, text, value))
            elif value is not None:
                chances[field.removeprefix(CHANCE)] = value
        else:
            _read_field(field, cell, text, said, doubts, _factor(name))
    if not said.get("number") and "number" in columns.values():
        doubts.append(Doubt("number", "", "no_number"))
    if not said.get("title"):
        doubts.append(Doubt("title", "", "no_title"))
    judged = tuple(
        ThemeChance(theme, chances[theme], reason="uit het bestand") for theme in THEMES if theme in chances
    )
    return CalendarRow(
        id="",
        extra=tuple(extra),
        doubts=tuple(doubts),
        place=index + 1,
        chances=judged,
        **said,  # type: ignore[arg-type]
    )


def _read_field(
    field: str,
    cell: SourceCell,
    text: str,
    said: dict[str, object],
    doubts: list[Doubt],
    factor: Decimal = Decimal(1),
) -> None:
    if field == "estimate":
        amount = read_amount(cell, text)
        amount = amount * factor if isinstance(amount, Decimal) and factor != 1 else amount
        if isinstance(amount, str):
            doubts.append(Doubt(field, text, amount))
        else:
            said[field] = amount
    elif field in ("quarter", "start"):
        value = read_quarter(text) if field == "quarter" else read_day(text)
        if value is None and text.casefold() not in UNKNOWN:
            doubts.append(Doubt(field, text, f"not_a_{field}"))
        said[field] = value
    elif field == "number" and cell.number is not None and not float(cell.number).is_integer():
        said[field] = text
        doubts.append(Doubt(field, text, "number_with_decimals"))
    else:
        said[field] = "" if text.casefold() in UNKNOWN else text


# --- how people write
# ------------------------------------------------------------------------------------------------

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
    cleaned = text.casefold().strip()
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


def _chance(text: str) -> int | str | None:
    """0 to 3; None where nothing was judged."""
    if text.casefold() in UNKNOWN:
        return None
    return int(text) if re.fullmatch(r"[0-3]", text) else "not_a_chance"
