"""ÖKOBAUDAT CSV (exportCSV): one row per data set × module × scenario, `;` separated, latin-1 or UTF-8 with BOM.

Decimal comma or point by the export link. An empty cell is not declared. The header ends with `;`. `Bezugsgroesse` may be
"not available"; such a data set is refused by name and the others are read. The columns have no unit: EN 15804's own
units hold (ADPF of +A1 in MJ).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from cirkeldesk.exchange.reading import Note, ReadError, Reading, checked, declarations_of, note, read_value
from cirkeldesk.model.declaration import EN_15804_ONLY, DeclaredValue
from cirkeldesk.model.indicators import INDICATORS, SetCode
from cirkeldesk.model.modules import normal_name
from cirkeldesk.model.product import Product, Source

_A2_SPELLING = {"SQP": "SOP"}  # the format's own misprint
COLUMNS: Mapping[str, tuple[SetCode | None, str]] = {
    (f"{_A2_SPELLING.get(row.code, row.code).replace('-', '')} (A2)" if row.set == "A2" else row.code): (row.set, row.code)
    for row in INDICATORS
}
NEEDED = ("UUID", "Version", "Bezugsgroesse", "Bezugseinheit", "Modul")


def decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def is_oekobaudat(text: str) -> bool:
    head = text[:4000].split("\n", 1)[0]
    return ";" in head and "UUID" in head and "Bezugs" in head


def read(text: str, source: Source) -> Reading:
    """All data sets of the file. Raises ReadError csv_missing_column or csv_no_rows."""
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    header = table.fieldnames or []
    for column in NEEDED:
        if column not in header:
            raise ReadError("csv_missing_column", file=source.file, column=column)
    sets: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in table:
        if row.get("UUID"):
            sets.setdefault((row["UUID"].strip(), (row["Version"] or "").strip()), []).append(row)
    if not sets:
        raise ReadError("csv_no_rows", file=source.file)
    products: list[Product] = []
    notes: list[Note] = []
    for (uuid, version), rows in sets.items():
        first = rows[0]
        name = _cell(first, "Name (en)") or _cell(first, "Name (de)") or uuid
        amount = number(first.get("Bezugsgroesse"))
        if amount is None or amount <= 0:
            notes.append(note("error", "no_declared_amount", name))
            continue
        product = Product(
            id="",
            name=name,
            uuid=uuid,
            version=version or None,
            declared_unit=_cell(first, "Bezugseinheit"),
            declared_amount=amount,
            density_kg_m3=_positive(first, "Rohdichte (kg/m3)") or _positive(first, "Schuettdichte (kg/m3)"),
            thickness_m=_positive(first, "Schichtdicke (m)"),
            mass_per_m2_kg=_positive(first, "Flaechengewicht (kg/m2)"),
            valid_until=_cell(first, "Gueltig bis"),
            owner=_cell(first, "Declaration owner"),
            number=_cell(first, "Registrierungsnummer"),
            declarations=declarations_of(
                _rows(rows),
                rules=EN_15804_ONLY if "15804" in (_cell(first, "Konformität") or "") else None,
                default_scenario=None,
                standard_units=True,
            ),
            source=source,
        )
        product, found = checked(product, name)
        products.append(product)
        notes += found
    return Reading("ÖKOBAUDAT CSV", tuple(products), tuple(notes))


def number(text: str | None) -> float | None:
    value = read_value("", "", text, None, None)
    return value.value


def _cell(row: Mapping[str, str], column: str) -> str | None:
    return (row.get(column) or "").strip() or None


def _positive(row: Mapping[str, str], column: str) -> float | None:
    value = number(row.get(column))
    return value if value is not None and value > 0 else None


def _rows(rows: list[dict[str, str]]) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for row in rows:
        module = normal_name(row.get("Modul") or "")
        scenario = _cell(row, "Szenario")
        for column, (set_code, code) in COLUMNS.items():
            raw = row.get(column)
            if raw:
                yield set_code, read_value(code, module, raw, scenario, None)
