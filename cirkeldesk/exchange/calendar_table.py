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
from decimal import Decimal

from cirkeldesk.exchange.calendar_cells import CHANCE as CHANCE
from cirkeldesk.exchange.calendar_cells import UNKNOWN as UNKNOWN
from cirkeldesk.exchange.calendar_cells import chance_of
from cirkeldesk.exchange.calendar_cells import read_amount as read_amount
from cirkeldesk.exchange.calendar_heads import CROSS as CROSS
from cirkeldesk.exchange.calendar_heads import CalendarFile as CalendarFile
from cirkeldesk.exchange.calendar_heads import columns_by as columns_by
from cirkeldesk.exchange.calendar_heads import guess as guess
from cirkeldesk.exchange.calendar_heads import layout_of as layout_of
from cirkeldesk.exchange.calendar_heads import line_of
from cirkeldesk.exchange.calendar_heads import missing as missing
from cirkeldesk.exchange.calendar_heads import read_file as read_file
from cirkeldesk.exchange.calendar_heads import shown as shown
from cirkeldesk.exchange.calendar_heads import suits as suits
from cirkeldesk.exchange.calendar_heads import with_header as with_header
from cirkeldesk.exchange.table.sheet import SourceCell
from cirkeldesk.model.calendar.calendar import CalendarRow, Doubt, ThemeChance
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.wording.calendar.words import read_day, read_period

ERRORS = frozenset(
    (
        *("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"),
        *("#VERW!", "#N/B", "#DEEL/0!", "#WAARDE!", "#NAAM?", "#GETAL!", "#LEEG!"),
    )
)
_GUARDED = re.compile(r"'[=+\-@]")


Marks = Mapping[str, int]  # what a mark in a column of chances means: "x" → 2


@dataclass(frozen=True)
class _Reading:
    """How a file is read: its columns, those whose dates begin with the month, and what marks mean."""

    file: CalendarFile
    columns: Mapping[int, str]
    month_first: frozenset[int]
    marks: Marks
    comments: Mapping[int, str]


def rows_of(file: CalendarFile, columns: Mapping[int, str], marks: Marks | None = None) -> list[CalendarRow]:
    """The rows of the file, those without any text and lines in between left out, with `place` as Excel
    counts rows."""
    comments: dict[int, str] = {}
    for remark in file.sheet.remarks:
        if remark.kind == "comment" and remark.place is not None:
            row = remark.place[0]
            comments[row] = f"{comments[row]}; {remark.text}" if row in comments else remark.text
    way = _Reading(file, columns, _month_first(file, columns), marks or {}, comments)
    rows = [_row(way, index) for index, is_line in _lines(file, columns) if not is_line]
    counted = Counter(row.number.casefold() for row in rows if row.number)
    twice = {number for number, count in counted.items() if count > 1}
    return [
        replace(row, doubts=(*row.doubts, Doubt("number", row.number, "number_twice")))
        if row.number.casefold() in twice
        else row
        for row in rows
    ]


def fields_of(columns: Mapping[int, str]) -> frozenset[str]:
    """The fields that columns fill: a column per quarter fills the quarter."""
    return frozenset("quarter" if field.startswith(CROSS) else field for field in columns.values())


_NUMERIC_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def _month_first(file: CalendarFile, columns: Mapping[int, str]) -> frozenset[int]:
    """Columns in which some date can only begin with the month: then nobody can tell 04/03 from 03/04 in
    it."""
    found = set()
    for column, field in columns.items():
        if field in ("quarter", "start"):
            texts = (row[column].text.strip() for row in file.sheet.rows[file.first :] if column < len(row))
            dates = [match for text in texts if (match := _NUMERIC_DATE.fullmatch(text))]
            if any(int(date[2]) > 12 >= int(date[1]) for date in dates):
                found.add(column)
    return frozenset(found)


MARKS = frozenset(("x", "ja", "j", "nee", "n", "v", "✓", "✔", "☑", "☒", "yes", "y", "+", "ja!", "kansrijk"))


def open_marks(file: CalendarFile, columns: Mapping[int, str], marks: Marks) -> tuple[str, ...]:
    """Marks in columns of chances of which nobody said yet what they mean, the most frequent first."""
    counted = Counter(
        text
        for column, field in columns.items()
        if field.startswith(CHANCE)
        for row in file.sheet.rows[file.first :]
        if column < len(row) and (text := row[column].text.strip().casefold()) in MARKS
    )
    return tuple(mark for mark, _ in counted.most_common() if mark not in marks)


def lines_between(file: CalendarFile, columns: Mapping[int, str]) -> list[tuple[int, str]]:
    """(row in Excel, text) of every line that is no row, such as "Mobiliteit" or "Totaal": what is passed
    over is told."""
    cells = [(index, file.sheet.rows[index]) for index, is_line in _lines(file, columns) if is_line]
    return [
        (index + 1, line_of(the_one(row, lambda cell: not cell.is_empty, index + 1).text))
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
    if file.left_out:
        word = "Ook gelezen, hoewel" if file.unseen else "Niet gelezen, want"
        found.append(f"{word} verborgen of doorgehaald: {file.left_out}.")
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


def _row(way: _Reading, index: int) -> CalendarRow:
    said: dict[str, object] = {}
    doubts: list[Doubt] = []
    extra: list[tuple[str, str]] = []
    chances: dict[str, int] = {}
    crossed: list[str] = []
    for column, name in enumerate(way.file.names):
        cell, field = way.file.sheet.cell(index, column), way.columns.get(column)
        text = _text_of(way.file, cell)
        if cell.unknown or text.upper() in ERRORS:
            doubts.append(Doubt(field or name, text or "formule", "error" if text else "formula"))
        elif field is None:
            extra += [(name, text)] if name and text else []
        elif field.startswith(CROSS):
            crossed += [field.removeprefix(CROSS)] if text.casefold() not in _NO_CROSS else []
        elif field.startswith(CHANCE):
            value = way.marks.get(text.casefold(), chance_of(text))
            if isinstance(value, str):
                doubts.append(Doubt(field, text, value))
            elif value is not None:
                chances[field.removeprefix(CHANCE)] = value
        elif column in way.month_first and _NUMERIC_DATE.fullmatch(text):
            doubts.append(Doubt(field, text, "month_first"))
            said[field] = None
        else:
            _read_field(field, cell, text, said, doubts, _factor(name))
    _crossed_quarter(crossed, said, doubts)
    if index in way.comments:
        extra.append(("opmerking", way.comments[index]))
    return _made(way, index, said, doubts, extra, chances)


_NO_CROSS = frozenset((*UNKNOWN, "0", "nee", "n"))


def _text_of(file: CalendarFile, cell: SourceCell) -> str:
    text = line_of(cell.text)
    # The apostrophe that keeps a CSV's text from being taken for a formula.
    return text[1:] if not file.sheet.is_typed and _GUARDED.match(text) else text


def _crossed_quarter(crossed: list[str], said: dict[str, object], doubts: list[Doubt]) -> None:
    """The quarter whose column has a mark; the first of several, which is said."""
    if crossed:
        said["quarter"] = crossed[0]
    if len(crossed) > 1:
        doubts.append(Doubt("quarter", ", ".join(crossed), "quarter_several"))


def _made(
    way: _Reading,
    index: int,
    said: dict[str, object],
    doubts: list[Doubt],
    extra: list[tuple[str, str]],
    chances: Mapping[str, int],
) -> CalendarRow:
    if not said.get("number") and "number" in way.columns.values():
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


def _says_whole(text: str, amount: Decimal) -> bool:
    """Whether an amount in a column of thousands says itself that it is whole euros, or would be absurd."""
    return "€" in text or re.search(r"[a-z]", text.casefold()) is not None or abs(amount) >= 1_000_000


def _read_when(field: str, text: str, said: dict[str, object], doubts: list[Doubt]) -> None:
    """A date, or a quarter, half or year; where only the year could be read somebody looks at the rest."""
    value, whole = read_period(text) if field == "quarter" else (read_day(text), True)
    if value is None and text.casefold() not in UNKNOWN:
        doubts.append(Doubt(field, text, f"not_a_{field}"))
    elif value is not None and not whole:
        doubts.append(Doubt(field, text, "quarter_year"))
    said[field] = value


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
        if isinstance(amount, Decimal) and factor != 1:
            # "€ 1.250.000" under "x 1.000 euro": whole euros or thousands of them, nobody can tell.
            amount = "amount_thousands" if _says_whole(text, amount) else amount * factor
        if isinstance(amount, str):
            doubts.append(Doubt(field, text, amount))
        else:
            said[field] = amount
    elif field in ("quarter", "start"):
        _read_when(field, text, said, doubts)
    elif field == "number" and cell.number is not None and not float(cell.number).is_integer():
        said[field] = text
        doubts.append(Doubt(field, text, "number_with_decimals"))
    else:
        said[field] = "" if text.casefold() in UNKNOWN else text
