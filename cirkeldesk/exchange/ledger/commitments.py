"""The commitments file of a financial administration: year, supplier, category and amount of each line.

What cannot be counted for certain is named with its row, and left out. Source: CHAIN 4 (estimate from the
commitments file).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from cirkeldesk.exchange.ledger.named import NamedTable, named_table
from cirkeldesk.exchange.table.number_text import decimal_sign, plain_number
from cirkeldesk.exchange.table.sheet import Row, SourceCell
from cirkeldesk.model.monitor.baseline import Doubtful, YearSpend
from cirkeldesk.wording import numbers

HEADS: Mapping[str, Sequence[str]] = {
    "year": ("jaar", "boekjaar", "year", "jaar verplichting", "begrotingsjaar", "datum", "boekdatum"),
    "supplier": ("leverancier", "crediteur", "opdrachtnemer", "supplier", "naam crediteur", "relatie"),
    "category": (
        "categorie",
        "inkoopcategorie",
        "inkooppakket",
        "kostensoort",
        "category",
        "soort",
        "pakket",
    ),
    "amount": (
        "bedrag",
        "bedrag excl. btw",
        "bedrag (€)",
        "amount",
        "verplichting",
        "bedrag in euro",
        "netto",
    ),
}
FIRST_YEAR, LAST_YEAR = 1990, 2100
LARGEST, CENT = Decimal(10) ** 12, Decimal("0.01")
_TOTAL = re.compile(r"(sub|eind)?totaal\b.*", re.IGNORECASE)
_ONLY_TOTAL = re.compile(r"(sub|eind)?totaal(\s+(generaal|alle.*|\d{4}))?\s*:?", re.IGNORECASE)


@dataclass(frozen=True)
class Commitments:
    """Spend by year and category, with the names of the columns as the file has them, and what was not
    counted: rows from 1 as a person counts them."""

    spend: tuple[YearSpend, ...]
    doubtful: tuple[Doubtful, ...]
    rows: int
    columns: tuple[tuple[str, str], ...]


def read_commitments(content: bytes, file: str, columns: Sequence[tuple[str, str]] = ()) -> Commitments:
    """`columns`: (name, head) of a saved mapping, which go before what is usual. Raises ReadError."""
    said = {name: head.casefold().strip() for name, head in columns}
    heads = {name: ((said[name],) if name in said else usual) for name, usual in HEADS.items()}
    table = named_table(content, file, heads, ("year", "category", "amount"))
    sums: dict[tuple[int, str], Decimal] = {}
    names: dict[str, str] = {}
    doubtful: list[Doubtful] = []
    counted = 0
    sign = decimal_sign(_plain(table.cell(row, "amount").text) for _, row in table.rows) or ","
    for number, row in table.rows:
        found = _line(table, row, sign)
        if found is None:
            continue
        if isinstance(found, str):
            doubtful.append(Doubtful(number, found, " · ".join(cell.text for cell in row if cell.text)[:80]))
            continue
        year, category, amount = found
        name = names.setdefault(category.casefold(), category)
        sums[year, name] = sums.get((year, name), Decimal(0)) + amount
        counted += 1
    spend = tuple(YearSpend(year, name, amount) for (year, name), amount in sorted(sums.items()))
    head = table.sheet.rows[table.header]
    told = tuple((name, head[column].text.strip()) for name, column in table.columns.items())
    return Commitments(spend, tuple(doubtful), counted, told)


def _line(table: NamedTable, row: Row, sign: str) -> tuple[int, str, Decimal] | str | None:
    """A line, the key of why it is doubtful, or None for a line of totals. A supplier may be called "Totaal
    Wegenbouw": what has a year and a category is a line."""
    first = next((cell.text for cell in row if not cell.is_empty), "").strip()
    year = _year(table.cell(row, "year").text)
    category = " ".join(table.cell(row, "category").text.split())
    if _TOTAL.fullmatch(first) and (year is None or not category):
        return None
    if _ONLY_TOTAL.fullmatch(first):
        return "total"
    if year is None:
        return "no_year"
    if not category:
        return "no_category"
    amount = _amount(table.cell(row, "amount"), sign)
    if amount is None:
        return "no_amount"
    if abs(amount) >= LARGEST:
        return "amount_large"
    return year, category[:120], amount.quantize(CENT)


def _amount(cell: SourceCell, sign: str) -> Decimal | None:
    """Euros; a text is read by the decimal sign that the whole column shows: "12.500" beside "1.234,50" is
    twelve thousand five hundred."""
    if cell.unknown or cell.is_empty or cell.percent:
        return None
    text = repr(cell.number) if cell.number is not None else plain_number(_plain(cell.text), sign)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _plain(text: str) -> str:
    """Without the € and the dash of whole euros."""
    return re.sub(r",(-|–|--)$", "", text.replace("€", "").strip()).strip()


def _year(text: str) -> int | None:
    """ "2026", "2026.0", "31-12-2026", "2026-12-31"; None for anything else."""
    found = text.strip()
    day = numbers.read_date(numbers.without_time(found))
    if day is not None:
        return int(day[:4])
    match = re.fullmatch(r"((?:19|20)[0-9]{2})(?:[.,]0+)?", found)
    year = int(match[1]) if match else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None
