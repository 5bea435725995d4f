"""The calendar for colleagues: a workbook with confirmed and proposed chances apart, or a CSV of the same
table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter

from cirkeldesk.model.calendar.calendar import Calendar, CalendarRow, Proposal, group_of
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.sheets.cell_formats import Formats
from cirkeldesk.sheets.tables.csv_tables import guarded
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.calendar import advising, words

SHEET = "Kalender"
WIDE = {
    "Omschrijving": 46,
    "Advies": 40,
    "Reden": 50,
    "Projectleider": 20,
    "Organisatie": 22,
    "Afdeling": 20,
    "Productgroep": 20,
}


@dataclass(frozen=True)
class Told:
    """What the sheet says: the rows, the names of groups, and what the rules propose."""

    calendar: Calendar
    groups: Mapping[str, ProductGroup]
    proposed: Mapping[str, Mapping[Theme, Proposal]]


def header(told: Told) -> list[str]:
    """Columns of the file first, under the names an import recognises; then what the team says, and columns
    nobody mapped."""
    names = [*words.FIELDS.values(), "Productgroep"]
    names += [terms.THEMES[theme] for theme in THEMES]
    names += [f"Voorstel {terms.THEMES[theme]}" for theme in THEMES]
    names += [
        "Reden",
        "Advies",
        "Stand van het advies",
        "Waarom niet gevolgd",
        "Adviseur",
        "Advies uiterlijk",
        "Vervallen",
        "Kenmerk regel",
        "Bron",
        "Rij in de bron",
    ]
    for name in _extra(told):
        taken = {one.casefold() for one in names}
        free = (name if n == 0 else f"{name} ({n + 1})" for n in range(1000))
        names.append(next(one for one in free if one.casefold() not in taken))
    return names


def _extra(told: Told) -> list[str]:
    return list(dict.fromkeys(name for row in told.calendar.rows for name, _ in row.extra))


def cells(told: Told, row: CalendarRow) -> list[str | int | Decimal | None]:
    group = told.groups.get(group_of(row, told.groups.values()))
    confirmed = {found.theme: found for found in row.chances}
    proposed = told.proposed.get(row.id, {})
    reasons = [f"{terms.THEMES[theme]}: {found.reason}" for theme, found in confirmed.items() if found.reason]
    found: list[str | int | Decimal | None] = [
        getattr(row, name) if name == "estimate" else words.value(name, getattr(row, name))
        for name in words.FIELDS
    ]
    found.append(group.name if group is not None else "")
    found += [confirmed[theme].chance if theme in confirmed else None for theme in THEMES]
    found += [
        proposed[theme].chance if theme in proposed and theme not in confirmed else None for theme in THEMES
    ]
    advice = row.advice
    found += [
        "; ".join(reasons),
        advice.text,
        words.ADVICE.get(advice.state or "", ""),
        advice.why_not,
        advice.by,
    ]
    found += [words.value("due", advice.due), words.value("vanished", row.vanished)]
    found += [row.id, row.source, row.place]  # by these the calendar is read back (exchange/calendar_own.py)
    kept = dict(row.extra)
    return [*found, *(kept.get(name, "") for name in _extra(told))]


def workbook(told: Told, time: str) -> bytes:
    """The workbook's bytes; the same calendar and moment give the same bytes."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    moment = datetime.fromisoformat(time).astimezone(UTC)
    book.set_properties({"title": "MVOI-kalender", "created": moment})
    formats, names = Formats(book), header(told)
    sheet = book.add_worksheet(SHEET)
    columns = [
        {"header": name, "header_format": formats(bold=True, text_wrap=True, bg_color="#F4F6F8")}
        for name in names
    ]
    rows = told.calendar.rows
    sheet.add_table(
        0,
        0,
        max(1, len(rows)),
        len(names) - 1,
        {"columns": columns, "name": "Kalender", "style": "Table Style Light 1"},
    )
    for place, name in enumerate(names):
        sheet.set_column(place, place, WIDE.get(name, 14))
    money = formats(num_format="#,##0", valign="top")
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(cells(told, row)):
            if isinstance(value, Decimal):
                sheet.write_number(number, place, float(value), money)
            elif isinstance(value, int):
                sheet.write_number(number, place, value, formats(valign="top", align="center"))
            elif value:
                sheet.write_string(number, place, str(value)[:32_000], formats(text_wrap=True, valign="top"))
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&LKalender&RPagina &P van &N")
    _log_sheet(book, formats, rows)
    notes = book.add_worksheet("Uitleg")
    notes.set_column(0, 0, 110)
    lines = (
        words.LEGEND,
        "Alleen bevestigde kansen tellen. Een voorstel komt uit de regels van het team en is niet bevestigd.",
    )
    for number, text in enumerate((*lines, f"Gemaakt op {numbers.moment(time)}.")):
        notes.write_string(number, 0, text)
    book.close()
    return buffer.getvalue()


def _log_sheet(book: xlsxwriter.Workbook, formats: Formats, rows: Sequence[CalendarRow]) -> None:
    """Every line of the log of advice, a row each: to filter, to count, and to read back."""
    sheet = book.add_worksheet(advising.LOG_SHEET)
    head = formats(bold=True, text_wrap=True, bg_color="#F4F6F8")
    for place, name in enumerate(advising.LOG_COLUMNS):
        sheet.write_string(0, place, name, head)
        sheet.set_column(place, place, WIDE.get(name, 40 if name in ("Tekst", "Criteria") else 16))
    lines = [advising.log_cells(row, entry) for row in rows for entry in row.log]
    for number, line in enumerate(lines, 1):
        for place, text in enumerate(line):
            if text:
                sheet.write_string(number, place, text[:32_000], formats(text_wrap=True, valign="top"))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(lines)), len(advising.LOG_COLUMNS) - 1)


def csv_bytes(told: Told) -> bytes:
    """`;`, decimal comma, UTF-8 with byte order mark, so that Dutch Excel opens it by double click."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header(told))
    for row in told.calendar.rows:
        writer.writerow([_text(value) for value in cells(told, row)])
    return text.getvalue().encode("utf-8-sig")


def _text(value: str | int | Decimal | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return str(value) if isinstance(value, int) else guarded(value)
