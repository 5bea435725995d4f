"""Supplies and demands as a table, out and in: for exchanges that have one of their own, and to look through
in Excel.

A column for each thing that is one text or figure; what is a list of its own stands in one cell, as JSON, so
that nothing is lost on the way.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.ledger.named import NamedTable, named_table
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.exchange.table.sheet import SourceCell
from cirkeldesk.model.document.document import to_plain
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.operations.material.materials import demand_in, is_ours, ours, supply_in
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.tables.csv_tables import cell_text
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material.columns import COLUMNS, TITLE, MaterialColumn

YES, NO = frozenset(("ja", "true", "1", "waar")), frozenset(("nee", "false", "0", "onwaar"))
SUPPLY, DEMAND = "aanbod", "vraag"
LONGEST_CELL = 32_000  # what a cell of a workbook holds
BY_UNIT: Mapping[str, str] = {"m²": "m2", "stuks": "piece", "stuk": "piece", "st": "piece", "t": "ton"}


def write_materials(workspace: Workspace, path: Path) -> None:
    """The supplies and demands of this organisation, as CSV, workbook or OpenDocument, as the name ends.
    Raises StoreError material_long or cannot_write."""
    rows, now = _rows(workspace)
    kind = path.suffix.casefold()
    if kind not in (".xlsx", ".ods"):
        write_file(workspace, path, _csv(rows))
        return
    from cirkeldesk.sheets.tables.list_book import list_book

    content = list_book(TITLE, [(one.head, one.meaning) for one in COLUMNS], rows, now)
    if kind == ".ods":
        from cirkeldesk.sheets.ods import ods

        content = ods(content)
    write_file(workspace, path, content)


def _rows(workspace: Workspace) -> tuple[list[list[str | float | None]], str]:
    """The cells of each line, and the moment."""
    with workspace.unit() as unit:
        own = ours(unit)
        supplies = [row for row in unit.lists.listed("supply") if is_ours(row["organisation"], own)]
        demands = [row for row in unit.lists.listed("demand") if is_ours(row["organisation"], own)]
        found = [to_plain(supply_in(unit, str(row["id"]))) for row in supplies]
        found += [to_plain(demand_in(unit, str(row["id"]))) for row in demands]
        now = unit.now()
    rows = [[_cell(one, column) for column in COLUMNS] for one in found]
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for row in rows for cell in row):
        raise StoreError("material_long")
    return rows, now


def _csv(rows: list[list[str | float | None]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([one.head for one in COLUMNS])
    writer.writerows([[cell_text(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _cell(plain: Mapping[str, Any], column: MaterialColumn) -> str | float | None:
    if column.key == "row":
        return SUPPLY if str(plain["schema"]).startswith("supply") else DEMAND
    value: Any = plain
    for part in column.key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if value is None:
        return None
    if column.holds == "list":
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if column.holds == "flag":
        return "ja" if value else "nee"
    if column.holds == "day":
        return numbers.date(value) if value else None
    if column.holds == "number":
        return float(value)
    return str(value)


def read_materials(path: Path) -> dict[str, Any]:
    """A table as the data `material` reads. Raises ReadError where the columns are not found, DocumentError
    with the cell."""
    heads = {one.key: (one.head.casefold(), one.key.casefold()) for one in COLUMNS}
    table = named_table(content_of(path), shown_name(path), heads, ("row", "kind", "name", "amount", "unit"))
    found: dict[str, list[dict[str, Any]]] = {"supplies": [], "demands": []}
    for number, row in table.rows:
        cells = {one.key: table.cell(row, one.key) for one in COLUMNS}
        plain: dict[str, Any] = {}
        for column in COLUMNS:
            cell = cells[column.key]
            if column.key != "row" and not cell.is_empty:
                _put(plain, column.key, _value(table, number, column, cell))
        what = cells["row"].text.strip().casefold()
        if what not in (SUPPLY, DEMAND):
            raise DocumentError(
                "not_a_choice", table.place(number, "row"), value=what[:40], choices="aanbod, vraag"
            )
        is_demand = what == DEMAND
        _check_belongs(table, number, cells, is_demand=is_demand)
        found["demands" if is_demand else "supplies"].append(dict(_of(plain, is_demand=is_demand)))
    return found


def _check_belongs(
    table: NamedTable, number: int, cells: Mapping[str, SourceCell], *, is_demand: bool
) -> None:
    """A column of the other kind that is filled in would be lost."""
    other = "supply" if is_demand else "demand"
    for column in COLUMNS:
        cell = cells[column.key]
        if (
            column.of == other
            and not cell.is_empty
            and not (column.holds == "flag" and cell.text.strip() in NO)
        ):
            what = "een vraag" if is_demand else "aanbod"
            raise DocumentError(
                "not_a_choice",
                table.place(number, column.key),
                value=cell.text[:40],
                choices=f"leeg bij {what}",
            )


def _of(plain: Mapping[str, Any], *, is_demand: bool) -> Iterator[tuple[str, Any]]:
    """The fields that a supply or a demand has."""
    for column in COLUMNS:
        name = column.key.partition(".")[0]
        if name in plain and (column.of in ("both", "demand" if is_demand else "supply")):
            yield name, plain[name]


def _put(plain: dict[str, Any], key: str, value: Any) -> None:
    *inner, last = key.split(".")
    for part in inner:
        plain = plain.setdefault(part, {})
    plain[last] = value


def _value(table: NamedTable, number: int, column: MaterialColumn, cell: SourceCell) -> Any:
    """What a cell says. Raises DocumentError with the cell."""
    place, text = table.place(number, column.key), cell.text.strip()
    if column.holds == "number":
        amount = _number(place, cell)
        return str(amount) if column.key == "price" else float(amount)
    if column.holds in READERS:
        return READERS[column.holds](place, text)
    plain = text.removeprefix("'") if text[:2] in ("'=", "'+", "'-", "'@") else text
    return BY_UNIT.get(plain.casefold(), plain) if column.key == "unit" else plain


def _number(place: str, cell: SourceCell) -> Decimal:
    if cell.number is not None and not cell.unknown:
        return Decimal(repr(cell.number))
    read = numbers.read_number(cell.text.strip())
    if cell.unknown or read.value is None or read.hint == "thousands":
        raise DocumentError("not_a_number", place, value=cell.text.strip()[:40])
    return read.value


def _day(place: str, text: str) -> str:
    day = numbers.read_date(numbers.without_time(text))
    if day is None:
        raise DocumentError("not_a_date", place, value=text[:40])
    return day


def _flag(place: str, text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise DocumentError("not_a_choice", place, value=text[:40], choices="ja, nee")
    return text.casefold() in YES


def _listed(place: str, text: str) -> Any:
    try:
        return json.loads(text.removeprefix("'"))
    except ValueError as problem:
        raise DocumentError("not_a_list", place) from problem


READERS: Mapping[str, Callable[[str, str], Any]] = {"day": _day, "flag": _flag, "list": _listed}
