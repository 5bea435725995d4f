"""A department's tender calendar in Excel or CSV: headers over one or two rows, dates and euros as people type them.

No two departments have the same columns (DOMAIN 9: practice), so a layout says which column is which; it is guessed from the
header once, confirmed by a person, and remembered. What cannot be read for certain is named, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.exchange.reading import ReadError
from cirkeldesk.exchange.table import Cell, Sheet, csv_sheet, decode, is_workbook, workbook_sheets
from cirkeldesk.model.calendar import CalendarRow, Doubt, Layout, ThemeChance
from cirkeldesk.model.publication import THEMES
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
    (CHANCE + "social_return", r"^(sr|social return|sroi)\b"),
    (CHANCE + "chain", r"^(ke|isv|keten)"),
    ("estimate", r"raming|geraamd|waarde|bedrag|budget"),
    ("cpv", r"\bcpv"),
    ("procedure", r"procedure"),
    ("quarter", r"kwartaal|publicatie|planning|^q$|op de markt|aankondiging"),
    ("start", r"start|ingang|aanvang|begin"),
    ("duration", r"looptijd|duur|optie|verleng"),
    ("framework", r"raamovereenkomst|raamcontract|perceel|\brok\b"),
    ("status", r"status|stand|fase"),
    ("project_leader", r"projectleider|opdrachtgever|contactpersoon|budgethouder|aanvrager"),
    ("buyer", r"inkoper|inkoopadviseur|contractmanager"),
    ("organisation", r"organisatie|gemeente|provincie|aanbestedende dienst|deelnemer"),
    ("department", r"afdeling|team|cluster|eenheid"),
    ("domain", r"domein|categorie|segment|sector"),
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


@dataclass(frozen=True)
class CalendarFile:
    """A file as read: its sheet, the header's row (from 0) and the columns' names, as many as the sheet is wide."""

    name: str
    sheet: Sheet
    header: int
    names: tuple[str, ...]

    @property
    def first(self) -> int:
        return self.header + 1

    def sample(self, column: int) -> str:
        """What stands in a column, for somebody who must say what it is."""
        texts = [self.sheet.cell(row, column).text for row in range(self.first, min(len(self.sheet.rows), self.first + 40))]
        return ", ".join(list(dict.fromkeys(text for text in texts if text))[:3])


def read_file(content: bytes, name: str) -> CalendarFile:
    """The sheet that looks most like a calendar. Raises ReadError, calendar_no_header where no sheet does."""
    if is_workbook(content):
        sheets = tuple(sheet for sheet in workbook_sheets(content, name) if not sheet.hidden)
    else:
        sheets = (csv_sheet(decode(content, name), name),)
    best: tuple[int, CalendarFile] | None = None
    for sheet in sheets:
        for row in range(min(HEADER_WITHIN, len(sheet.rows))):
            names = _names(sheet, row)
            found = {field for text in names if (field := field_of(text))}
            score = len(found) if "title" in found or "number" in found else 0
            filled = sum(bool(cell.text) for cell in sheet.rows[row])
            if score > 2 and filled > 2 and (best is None or score > best[0]):
                best = (score, CalendarFile(name, sheet, row, names))
    if best is None:
        raise ReadError("calendar_no_header", file=name)
    if len(best[1].sheet.rows) > MOST_ROWS:
        raise ReadError("file_too_large", file=name)
    return best[1]


def _names(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The columns' names: what stands in the header row, or above it where cells were joined downwards.

    A heading joined over several columns stands in the first of them only; it names those that have no name of their own.
    """
    names: list[str] = []
    for column in range(len(sheet.rows[row])):
        own = _line(sheet.cell(row, column).text)
        above = _line(sheet.cell(row - 1, column).text) if row else ""
        names.append(own or above)
    doubles = {name for name in names if name and names.count(name) > 1}
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
    text = name.casefold().strip().rstrip(".:*")
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
    """What is remembered: the header, and per column's name its field."""
    return Layout(name, tuple(text for text in file.names if text), tuple((file.names[c], f) for c, f in sorted(columns.items())))


def columns_by(file: CalendarFile, layout: Layout) -> dict[int, str]:
    """A remembered layout on this file, by the columns' names: columns may have moved."""
    known = dict(layout.columns)
    return {column: known[name] for column, name in enumerate(file.names) if name in known}


def suits(file: CalendarFile, layout: Layout) -> bool:
    """Whether every column the layout reads is in the file."""
    return bool(layout.columns) and {name for name, _ in layout.columns} <= set(file.names)


def rows_of(file: CalendarFile, columns: Mapping[int, str]) -> list[CalendarRow]:
    """The rows of the file, those without any text left out, with `place` as Excel counts rows."""
    found = []
    titles = [column for column, field in columns.items() if field == "title"]
    for index in range(file.first, len(file.sheet.rows)):
        cells = file.sheet.rows[index]
        if all(cell.is_empty for cell in cells) or _is_heading(cells, columns, titles):
            continue
        found.append(_row(file, columns, index))
    return found


def _is_heading(cells: Sequence[Cell], columns: Mapping[int, str], titles: Sequence[int]) -> bool:
    """A line between the rows ("Mobiliteit", "Totaal"): only the first cell, or a total without a title."""
    filled = [column for column, cell in enumerate(cells) if not cell.is_empty]
    if len(filled) == 1 and filled[0] not in titles:
        return True
    first = cells[filled[0]].text.casefold()
    return bool(re.match(r"(sub)?totaal\b", first)) or (len(filled) == 1 and len(columns) > 3 and filled[0] == 0)


def _row(file: CalendarFile, columns: Mapping[int, str], index: int) -> CalendarRow:
    said: dict[str, object] = {}
    doubts: list[Doubt] = []
    extra: list[tuple[str, str]] = []
    chances: dict[str, int] = {}
    for column, name in enumerate(file.names):
        cell, field = file.sheet.cell(index, column), columns.get(column)
        text = _line(cell.text)
        if cell.unknown:
            doubts.append(Doubt(field or name, "formule", "formula"))
        elif field is None:
            extra += [(name, text)] if name and text else []
        elif field.startswith(CHANCE):
            value = _chance(text)
            if isinstance(value, str):
                doubts.append(Doubt(field, text, value))
            elif value is not None:
                chances[field.removeprefix(CHANCE)] = value
        else:
            _read_field(field, cell, text, said, doubts)
    if not said.get("number") and "number" in columns.values():
        doubts.append(Doubt("number", "", "no_number"))
    if not said.get("title"):
        doubts.append(Doubt("title", "", "no_title"))
    judged = tuple(ThemeChance(theme, chances[theme], reason="uit het bestand") for theme in THEMES if theme in chances)
    return CalendarRow(
        id="",
        extra=tuple(extra),
        doubts=tuple(doubts),
        place=index + 1,
        chances=judged,
        **said,  # type: ignore[arg-type]
    )


def _read_field(field: str, cell: Cell, text: str, said: dict[str, object], doubts: list[Doubt]) -> None:
    if field == "estimate":
        amount = read_amount(cell, text)
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


# --- how people write ------------------------------------------------------------------------------------------------

_TIMES = ((r"mln|miljoen|mio|m", Decimal(1_000_000)), (r"k|dzd|duizend", Decimal(1_000)))
_RANGE = re.compile(r"\d\s*(-|–|tot|à|a)\s*(€\s*)?\d", re.IGNORECASE)


def read_amount(cell: Cell, text: str) -> Decimal | str | None:
    """Euros as typed: a number, "€ 1.250.000,-", "1,2 mln", "250k"; None for "n.t.b."; else the key of what is doubtful.

    "ca. 300.000" and "200.000 - 300.000" are no one amount: they are doubtful, as is a text such as "klein".
    """
    if cell.number is not None:
        return Decimal(cell.text) if cell.number >= 0 else "amount_negative"
    cleaned = text.casefold().strip()
    if cleaned in UNKNOWN:
        return None
    if _RANGE.search(cleaned):
        return "amount_range"
    cleaned = re.sub(r"\b(excl|ex|exclusief)\.?\s*(btw)?\.?|\bbtw\b", "", cleaned).strip(" ()")
    times = Decimal(1)
    for words, factor in _TIMES:
        match = re.fullmatch(rf"(€?\s*[\d.,]+)\s*({words})\.?(\s*euro)?", cleaned)
        if match:
            cleaned, times = match[1], factor
            break
    reading = numbers.read_number(cleaned)
    if reading.value is None:
        return "not_an_amount"
    if reading.hint == "english" or (reading.hint == "point" and times == 1 and not cleaned.endswith(",00")):
        return "amount_english"
    value = reading.value
    if times != 1 and reading.hint == "thousands":  # "1.250 mln" says 1,250 or 1250
        return "amount_english"
    return value * times if value >= 0 else "amount_negative"


def _chance(text: str) -> int | str | None:
    """0 to 3; None where nothing was judged."""
    if text.casefold() in UNKNOWN:
        return None
    return int(text) if re.fullmatch(r"[0-3]", text) else "not_a_chance"
