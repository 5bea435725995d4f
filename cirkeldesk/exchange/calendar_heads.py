"""The sheets of a calendar and what their columns are, by their heads and by what stands in them.

Every visible sheet that holds something is offered, with the row that seems to name its columns; a person may
point at another. A head alone misleads ("Budgethouder" is no budget): what stands in a column must fit too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.exchange.calendar_cells import CHANCE, UNKNOWN, read_amount
from cirkeldesk.exchange.table.csv_text import csv_sheet, decode
from cirkeldesk.exchange.table.sheet import Sheet, SourceCell, column_letters
from cirkeldesk.exchange.table.spreadsheet import is_spreadsheet, spreadsheet_sheets
from cirkeldesk.model.calendar.calendar import Layout
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.wording.calendar.words import read_day, read_quarter

MOST_ROWS = 5_000
HEADER_WITHIN = 60  # rows from the top in which a header is looked for
SAMPLED = 200  # rows that say what a column holds
_FEW = 3  # cells that do not outweigh a head
CROSS = "quarter:"  # field of a column that is a quarter, with a mark in its rows: "quarter:2027-Q1"
# What a column is called, in order: the first that fits decides. Words are of the field's practice.
NAMES: tuple[tuple[str, str], ...] = (
    (
        "number",
        r"^(nr|nummer|no|volgnr|volgnummer|id|kenmerk|project-?\s?nr|zaak-?\s?(nr|nummer))\b|nummer$|^zaak$",
    ),
    (CHANCE + "climate", r"^(kl|klimaat)\b"),
    (CHANCE + "circularity", r"^(ci|circulair|circulariteit)\b"),
    (CHANCE + "environment", r"^(mi|milieu|biodiversiteit)\b"),
    (CHANCE + "diversity", r"^(di|diversiteit|inclusie)\b"),
    (CHANCE + "social_return", r"^(sr|social return)\b"),
    (CHANCE + "chain", r"^(ke|isv|keten)"),
    ("project_leader", r"projectleider|trekker|opdrachtgever|contactpersoon|budget-?\s?houder|aanvrager"),
    ("estimate", r"raming|geraamd|waarde|bedrag|budget|kosten"),
    ("cpv", r"\bcpv"),
    ("procedure", r"procedure|aanbestedingsvorm|^vorm$"),
    ("quarter", r"kwartaal|publicatie|planning|^q$|op de markt|aankondiging|tenderned|^wanneer"),
    ("start", r"start|ingang|aanvang|begin"),
    ("duration", r"looptijd|duur|optie|verleng"),
    ("framework", r"raamovereenkomst|raamcontract|perceel|\brok\b"),
    ("status", r"status|^stand\b|fase"),
    ("buyer", r"inkoper|inkoopadviseur|adviseur inkoop|contractmanager"),
    ("organisation", r"organisatie|gemeente|provincie|aanbestedende dienst|deelnemer"),
    ("department", r"afdeling|\bteam\b|cluster|eenheid"),
    ("domain", r"domein|beleidsveld|categorie|segment|sector"),
    ("kind", r"soort|type|aard"),
    (
        "title",
        r"omschrijving|naam|titel|onderwerp|project|aanbesteding|\bopdracht\b|\bwerk\b|wat kopen|inkoop van",
    ),
)
_QUARTER_HEAD = re.compile(r"[qk]w?\.?\s*[1-4]|[1-4]e? ?(kwartaal|kw)", re.IGNORECASE)


@dataclass(frozen=True)
class CalendarFile:
    """A file as read: its sheet, the header's row (from 0) and the columns' names, as many as the sheet is
    wide."""

    name: str
    sheet: Sheet
    header: int
    names: tuple[str, ...]
    unseen: bool = False  # what the file hides or strikes through was read too
    left_out: str = ""  # what that is, as places
    is_sure: bool = True  # the header has names that we know; else somebody must look at it

    @property
    def rows(self) -> int:
        """Rows below the header that hold something."""
        return sum(not all(c.is_empty for c in row) for row in self.sheet.rows[self.first :])

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
    """Every visible sheet that may be a calendar, the longest first.

    Raises ReadError, calendar_no_header where no sheet has rows of more than one cell.
    """
    if content.startswith((b"\xd0\xcf\x11\xe0", b"\x09\x08")):
        raise ReadError("file_old_excel", file=name)
    if b"%PDF-" in content[:1024]:
        raise ReadError("calendar_pdf", file=name)
    if is_spreadsheet(content):
        sheets = tuple(sheet for sheet in spreadsheet_sheets(content, name) if not sheet.hidden)
    else:
        sheets = (csv_sheet(decode(content, name), name),)
    found = [made for sheet in sheets if (made := _opened(sheet, name)) is not None]
    if not found:
        raise ReadError("calendar_no_header", file=name)
    if any(len(one.sheet.rows) > MOST_ROWS + HEADER_WITHIN for one in found):
        raise ReadError("file_too_large", file=name)
    return tuple(sorted(found, key=lambda one: -one.rows))


def _opened(sheet: Sheet, name: str) -> CalendarFile | None:
    known = _header(sheet)
    row = known if known is not None else _first_full(sheet)
    if row is None:
        return None
    return CalendarFile(name, sheet, row, _names(sheet, row), is_sure=known is not None)


def _first_full(sheet: Sheet) -> int | None:
    """The first row that seems to name columns: as many texts as any row near it, and no number."""
    near = sheet.rows[:HEADER_WITHIN]
    texts = [sum(bool(c.text) and c.number is None for c in row) for row in near]
    full = max((sum(not c.is_empty for c in row) for row in near), default=0)
    wide = [n for n, count in enumerate(texts) if count > 1 and count >= 0.7 * full]
    return wide[0] if wide and wide[0] + 1 < len(sheet.rows) else None


def with_header(file: CalendarFile, row: int) -> CalendarFile:
    """The same sheet with the header in a row that somebody pointed at, from 0."""
    return replace(file, header=row, names=_names(file.sheet, row), is_sure=True)


def shown(file: CalendarFile, *, unseen: bool) -> CalendarFile:
    """The file with what it hides or strikes through (`unseen`), or without; texts of joined cells in each of
    their rows."""
    sheet = (file.sheet if unseen else file.sheet.as_shown()).carried_down()
    return replace(file, sheet=sheet, unseen=unseen, left_out=file.sheet.unseen_text())


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
        own = line_of(sheet.cell(row, column).text)
        above = line_of(sheet.cell(row - 1, column).text) if row else ""
        names.append(own or above or f"kolom {column_letters(column)}")
    doubles = {name for name in names if names.count(name) > 1}
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in doubles:
            seen[name] = seen.get(name, 0) + 1
            names[place] = f"{name} ({seen[name]})"
    return tuple(names)


def line_of(text: str) -> str:
    return " ".join(text.split())


def field_of(name: str) -> str | None:
    """The field that a column's name means, or None."""
    text = re.sub(r"^kans( op| voor)?\s+", "", name.casefold().strip().rstrip(".:*"))
    return next((field for field, pattern in NAMES if text and re.search(pattern, text)), None)


def guess(file: CalendarFile) -> dict[int, str]:
    """Column → field as its head and what stands in it suggest; each field once, the column that fits best
    first."""
    found: dict[int, str] = _crosses(file)
    for column, name in enumerate(file.names):
        field = field_of(name)
        free = field is not None and column not in found and field not in found.values()
        if free and field is not None and _fits(file, column, field):
            found[column] = field
    return found | _by_contents(file, found)


def _crosses(file: CalendarFile) -> dict[int, str]:
    """Columns that are a quarter each, with a mark in the rows of that quarter: two or more of them."""
    years = re.findall(
        r"\b(20[1-5]\d)\b", " ".join(c.text for row in file.sheet.rows[: file.header] for c in row)
    )
    year = years[0] if len(set(years)) == 1 else ""
    found = {}
    for column, name in enumerate(file.names):
        bare = re.sub(r"\s*\(\d+\)$", "", name)
        quarter = read_quarter(bare) or (
            read_quarter(f"{bare} {year}") if _QUARTER_HEAD.fullmatch(bare) else None
        )
        if quarter is not None and all(len(cell.text) < 4 for cell in _cells(file, column)):
            found[column] = CROSS + quarter
    return found if len(found) > 1 else {}


def _cells(file: CalendarFile, column: int) -> list[SourceCell]:
    rows = file.sheet.rows[file.first : file.first + SAMPLED]
    return [row[column] for row in rows if column < len(row) and not row[column].is_empty]


def _fits(file: CalendarFile, column: int, field: str) -> bool:
    """Whether what stands in a column can be what its head says; half of it must, where that can be told."""
    cells = [c for c in _cells(file, column) if c.text.casefold() not in UNKNOWN]
    if len(cells) < _FEW or field not in _TELLING:
        return True
    return sum(map(_TELLING[field], cells)) * 2 >= len(cells)


def _is_amount(cell: SourceCell) -> bool:
    return any(sign.isdigit() for sign in cell.text)


def _is_moment(cell: SourceCell) -> bool:
    return any(sign.isdigit() for sign in cell.text) or read_day(cell.text) is not None


_TELLING = {
    "estimate": _is_amount,
    "quarter": _is_moment,
    "title": lambda cell: cell.number is None and not cell.text.isdigit(),
}


def _by_contents(file: CalendarFile, known: Mapping[int, str]) -> dict[int, str]:
    """What columns that nobody named seem to be: the longest texts are titles, euros an estimate, quarters
    when it comes to the market, and codes that stand once a number."""
    free = [
        c
        for c, name in enumerate(file.names)
        if c not in known and field_of(name) is None and _cells(file, c)
    ]
    found: dict[int, str] = {}
    for field, weigh in (
        ("quarter", _as_quarter),
        ("estimate", _as_amount),
        ("number", _as_number),
        ("title", _as_title),
    ):
        if field in known.values() or (
            field == "quarter" and any(f.startswith(CROSS) for f in known.values())
        ):
            continue
        weighed = [(weigh(_cells(file, c)), -c) for c in free if c not in found]
        best, place = max(weighed, default=(0.0, 0))
        if best > 0:
            found[-place] = field
    return found


def _as_quarter(cells: list[SourceCell]) -> float:
    share = sum(c.number is None and read_quarter(c.text) is not None for c in cells) / len(cells)
    return share if share >= 0.6 else 0.0


def _as_amount(cells: list[SourceCell]) -> float:
    amounts = [read_amount(c, c.text) for c in cells]
    large = sum(isinstance(a, Decimal) and a >= 5_000 for a in amounts) / len(cells)
    return large if large >= 0.6 else 0.0


def _as_number(cells: list[SourceCell]) -> float:
    texts = [c.text for c in cells]
    codes = sum(len(t) < 16 and any(s.isdigit() for s in t) for t in texts) / len(texts)
    return codes if codes >= 0.8 and len(set(texts)) >= 0.9 * len(texts) else 0.0


def _as_title(cells: list[SourceCell]) -> float:
    texts = [c.text for c in cells if c.number is None]
    if len(texts) < 0.8 * len(cells) or len(set(texts)) < 0.6 * len(texts):
        return 0.0
    length = sum(map(len, texts)) / len(texts)
    return length if length >= 8 else 0.0


def layout_of(file: CalendarFile, columns: Mapping[int, str], name: str) -> Layout:
    """What is remembered: per column's name its field."""
    return Layout(name, tuple((file.names[column], field) for column, field in sorted(columns.items())))


def columns_by(file: CalendarFile, layout: Layout) -> dict[int, str]:
    """A remembered layout on this file, by the columns' names: columns may have moved."""
    known = dict(layout.columns)
    return {column: known[name] for column, name in enumerate(file.names) if name in known}


MOST_OF_IT = 0.6  # of the columns of a layout, for it to be recognised


def suits(file: CalendarFile, layout: Layout) -> bool:
    """Whether a file is of this layout: most of its columns are there, the number or the title among them."""
    there = [field for name, field in layout.columns if name in file.names]
    return len(there) >= MOST_OF_IT * max(1, len(layout.columns)) and bool({"number", "title"} & set(there))


def missing(file: CalendarFile, layout: Layout) -> tuple[str, ...]:
    """The columns of a layout that a file has no more, in the layout's order: renamed, or taken out."""
    return tuple(name for name, _ in layout.columns if name not in file.names)
