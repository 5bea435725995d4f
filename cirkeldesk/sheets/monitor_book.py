"""The monitor as a workbook: one row for each lot, and years whose sums are formulas over them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from cirkeldesk.model.monitor.count import Count, YearCount
from cirkeldesk.model.monitor.lot import Impact, Lot
from cirkeldesk.model.monitor.ranges import Masses
from cirkeldesk.sheets.cell_formats import Formats
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import numbers
from cirkeldesk.wording.monitor import words

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# (name, head, what it means): the columns of the lots, in the order of the sheet and of the CSV.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("basis", "Telling", "gegund: zoals gegund; gerealiseerd: zoals geleverd in dat jaar"),
    ("year", "Jaar", "jaar van gunning, of van levering"),
    ("key", "Sleutel", "aanbestedingsnummer, en optie of afroep; telt één keer"),
    ("title", "Opdracht", "titel van de aanbesteding"),
    ("organisation", "Organisatie", "van wie de opdracht is"),
    ("group", "Productgroep", "naam van de productgroep"),
    ("share", "Deel", "het afgesproken deel van de organisatie, 0 tot 1"),
    ("price", "Bedrag, €", "gegund bedrag, excl. btw"),
    ("mass", "Massa, t", "alle materiaal van de eerste levering, in ton"),
    ("known", "Herkomst bekend, t", "deel van de massa waarvan de herkomst bekend is"),
    ("primary_low", "Primair abiotisch zeker, t", "ton waarvan zeker is dat het primair abiotisch is"),
    ("primary_high", "Primair abiotisch hoogstens, t", "het zekere met al het onbekende"),
    ("secondary_low", "Secundair zeker, t", "ton waarvan zeker is dat het secundair is"),
    ("secondary_high", "Secundair hoogstens, t", "het zekere met al het onbekende"),
    ("reused_low", "Hergebruikt zeker, t", "ton waarvan zeker is dat het hergebruikt is"),
    ("reused_high", "Hergebruikt hoogstens, t", "het zekere met al het onbekende"),
    ("biobased_low", "Biobased zeker, t", "ton primair biobased, zeker"),
    ("biobased_high", "Biobased hoogstens, t", "het zekere met al het onbekende"),
    (
        "reference_low",
        "Nulvariant primair zeker, t",
        "primair abiotisch van de nulvariant; leeg zonder nulvariant",
    ),
    ("reference_high", "Nulvariant primair hoogstens, t", "het zekere met al het onbekende"),
    ("set", "Weegset", "A1 of A2; nooit bij elkaar opgeteld"),
    (
        "mki_reference",
        "MKI nulvariant, €",
        "€ MKI van de nulvariant; bij gerealiseerd voor wat dat jaar is geleverd",
    ),
    ("mki_promised", "MKI beloofd, €", "€ MKI zoals gegund; bij gerealiseerd voor wat dat jaar is geleverd"),
    (
        "mki_proven",
        "MKI bewezen, €",
        "€ MKI bij werkelijke hoeveelheid, van alle leveringen of die van dat jaar",
    ),
)
SUMMED = (
    "mass", "primary_low", "primary_high", "secondary_low", "secondary_high", "reused_low", "reused_high",
    "biobased_low", "biobased_high",
)  # fmt: skip


def lot_row(lot: Lot, year: int, basis: str) -> dict[str, Any]:
    """A lot of a year on one basis; None where something is not known."""
    is_awarded = basis == "gegund"
    came = (lot.realised or {}).get(year)
    masses = lot.awarded if is_awarded else came.masses if came is not None else None
    mki = lot.mki if is_awarded else came.mki if came is not None else Impact()
    before = lot.reference if is_awarded else None
    return {
        "basis": basis,
        "year": year,
        "key": lot.key,
        "title": lot.title,
        "organisation": lot.organisation,
        "group": lot.group_name,
        "share": lot.share,
        "price": float(lot.price) if lot.price is not None else None,
        **_masses(masses),
        "reference_low": before.primary_abiotic.low if before is not None else None,
        "reference_high": before.primary_abiotic.high if before is not None else None,
        "set": lot.set_code,
        "mki_reference": mki.reference,
        "mki_promised": mki.promised,
        "mki_proven": mki.proven,
    }


def _masses(found: Masses | None) -> dict[str, float | None]:
    origins = (
        ("primary", "primary_abiotic"), ("secondary", "secondary"), ("reused", "reused"), ("biobased", "primary_biobased")
    )  # fmt: skip
    told: dict[str, float | None] = {
        "mass": found.whole if found is not None else None,
        "known": found.known if found is not None else None,
    }
    for name, origin in origins:
        span = getattr(found, origin) if found is not None else None
        told[f"{name}_low"] = span.low if span is not None else None
        told[f"{name}_high"] = span.high if span is not None else None
    return told


def rows_of(count: Count) -> list[dict[str, Any]]:
    """Every lot on both bases, in the order of the years."""
    found = []
    for basis, years in (("gegund", count.awarded), ("gerealiseerd", count.realised)):
        for year in years:
            found += [lot_row(lot, year.year, basis) for lot in year.lots]
    return found


def workbook(count: Count, printed: Print) -> bytes:
    """The workbook's bytes; the same count and print give the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    moment = datetime.fromisoformat(printed.time).astimezone(UTC)
    book.set_properties({"title": "Monitor", "author": printed.author, "created": moment})
    made = _Book(book, Formats(book), rows_of(count))
    _explain(made, count, printed)
    _years(made, count)
    _lots(made)
    _meanings(made)
    book.close()
    return buffer.getvalue()


@dataclass(frozen=True)
class _Book:
    book: Any
    formats: Formats
    rows: Sequence[dict[str, Any]]


def _explain(made: _Book, count: Count, printed: Print) -> None:
    sheet = made.book.add_worksheet("Uitleg")
    sheet.set_column(0, 0, 110)
    lines = [
        f"{words.answer(count).rstrip('.')}.",
        words.under_answer(count),
        *words.rests_on(count),
        words.BAND,
    ]
    lines += [words.COUNTED, words.CONTEXT, f"Gemaakt op {numbers.moment(printed.time)}.", printed.identifier]
    if count.fictitious:
        lines.insert(0, "VERZONNEN CIJFERS")
    for number, text in enumerate(lines):
        sheet.write_string(number, 0, text, made.formats(bold=number == 0, text_wrap=True))


def _years(made: _Book, count: Count) -> None:
    """Sums per year as formulas over the lots, with their values stored."""
    sheet = made.book.add_worksheet("Jaren")
    heads = {name: head for name, head, _ in COLUMNS}
    top = ["Telling", "Jaar", "Opdrachten", *(heads[name] for name in SUMMED)]
    top += ["Niet gemeten zeker, t", "Niet gemeten hoogstens, t", "Doel laag, t", "Doel hoog, t", "Oordeel"]
    for column, text in enumerate(top):
        sheet.write_string(0, column, text, made.formats(bold=True, text_wrap=True, bg_color="#F4F6F8"))
    sheet.set_column(0, len(top), 16)
    number = 1
    for basis, years in (("gegund", count.awarded), ("gerealiseerd", count.realised)):
        for year in years:
            _year(made, sheet, number, basis, year)
            number += 1
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _year(made: _Book, sheet: Any, row: int, basis: str, year: YearCount) -> None:
    figure = made.formats.number(1)
    sheet.write_string(row, 0, basis)
    sheet.write_number(row, 1, year.year)
    names = [name for name, _, _ in COLUMNS]
    last = max(2, len(made.rows) + 1)

    def area(name: str) -> str:
        letter = xl_col_to_name(names.index(name))
        return f"Opdrachten!${letter}$2:${letter}${last}"

    which = f"{area('basis')},$A{row + 1},{area('year')},$B{row + 1}"
    sheet.write_formula(row, 2, f"=COUNTIFS({which})", made.formats.number(0), len(year.lots))
    for place, name in enumerate(SUMMED, 3):
        value = sum(
            one[name] or 0.0 for one in made.rows if (one["basis"], one["year"]) == (basis, year.year)
        )
        sheet.write_formula(row, place, f"=SUMIFS({area(name)},{which})", figure, value)
    after = 3 + len(SUMMED)
    line = year.target.line if year.target is not None else None
    spans = (year.unmeasured, line)
    for place, span in enumerate(spans):
        for end, value in enumerate((span.low, span.high) if span is not None else ()):
            sheet.write_number(row, after + 2 * place + end, value, figure)
    if year.target is not None:
        sheet.write_string(row, after + 4, words.VERDICTS[year.target.verdict])


def _lots(made: _Book) -> None:
    sheet = made.book.add_worksheet("Opdrachten")
    for column, (name, head, _) in enumerate(COLUMNS):
        sheet.write_string(0, column, head, made.formats(bold=True, text_wrap=True, bg_color="#F4F6F8"))
        sheet.set_column(column, column, 34 if name == "title" else 16)
        for number, row in enumerate(made.rows, 1):
            value = row[name]
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                shape = "0" if name == "year" else "#,##0.00"
                sheet.write_number(number, column, value, made.formats(num_format=shape))
    sheet.freeze_panes(1, 4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _meanings(made: _Book) -> None:
    sheet = made.book.add_worksheet("Begrippen")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    for number, (_, head, meaning) in enumerate((("", "Kolom", "Betekenis"), *COLUMNS)):
        sheet.write_string(number, 0, head, made.formats(bold=number == 0))
        sheet.write_string(number, 1, meaning, made.formats(bold=number == 0, text_wrap=True))
