"""ÖKOBAUDAT CSV (exportCSV): one row per data set × module × scenario, `;` separated, latin-1 or UTF-8 with
BOM; with German or English heads, and as people save it again from a spreadsheet.

Decimal comma or point by the export link. An empty cell is not declared. The header ends with `;`.
`Bezugsgroesse` may be "not available"; such a data set is refused by name and the others are read. The
columns have no unit: EN 15804's own units hold (ADPF of +A1 in MJ).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cirkeldesk.exchange.reading import (
    Note,
    Reading,
    checked,
    declarations_of,
    note,
    plain_text,
    plain_value,
    read_value,
)
from cirkeldesk.model.product.declaration import EN_15804_ONLY, DeclaredValue
from cirkeldesk.model.product.indicators import INDICATORS, SetCode
from cirkeldesk.model.product.modules import normal_name
from cirkeldesk.model.product.product import Product, Source
from cirkeldesk.model.refusal import ReadError

_A2_SPELLING = {"SQP": "SOP"}  # the format's own misprint
COLUMNS: Mapping[str, tuple[SetCode | None, str]] = {
    (f"{_A2_SPELLING.get(row.code, row.code).replace('-', '')} (A2)" if row.set == "A2" else row.code): (
        row.set,
        row.code,
    )
    for row in INDICATORS
}
# The same export with English heads (soda4LCA writes either), as the German ones it stands for.
ENGLISH: Mapping[str, str] = {
    "Ref. quantity": "Bezugsgroesse",
    "Ref. unit": "Bezugseinheit",
    "Module": "Modul",
    "Scenario": "Szenario",
    "Compliance": "Konformität",
    "Conformity": "Konformität",
    "Valid until": "Gueltig bis",
    "Registration number": "Registrierungsnummer",
    "Gross Density (kg/m3)": "Rohdichte (kg/m3)",
    "Bulk Density (kg/m3)": "Schuettdichte (kg/m3)",
    "Layer Thickness (m)": "Schichtdicke (m)",
    "Grammage (kg/m2)": "Flaechengewicht (kg/m2)",
}
NEEDED = ("UUID", "Version", "Bezugsgroesse", "Bezugseinheit", "Modul")


def decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def is_oekobaudat(text: str) -> bool:
    head = text[:4000].lstrip("\ufeff").split("\n", 1)[0]
    return ";" in head and is_header(head.split(";"))


def is_header(names: Sequence[str]) -> bool:
    """Whether a row holds the heads of this export, in German or in English."""
    plain = {_german(name.strip().strip('"')) for name in names}
    return "UUID" in plain and bool(plain & {"Bezugsgroesse", "Bezugseinheit"})


def _german(name: str) -> str:
    return ENGLISH.get(name, name)


def table_of(text: str, file: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows. Quotes are taken as quotes only when every row then has the header's number of
    cells."""
    csv.field_size_limit(10_000_000)
    header: list[str] = []
    rows: list[list[str]] = []
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            lines = [
                row
                for row in csv.reader(io.StringIO(text, newline=""), delimiter=";", quoting=quoting)
                if any(row)
            ]
        except csv.Error as problem:
            raise ReadError("csv_broken", file=file) from problem
        header, rows = [_german(name.strip()) for name in lines[0]], lines[1:]
        if all(len(row) == len(header) and not any("\n" in cell for cell in row) for row in rows):
            break
    named = [name for name in header if name]
    for name in named:
        if named.count(name) > 1:
            raise ReadError("csv_double_column", file=file, column=name)
    return header, rows


def read(text: str, source: Source) -> Reading:
    """All data sets of the file. Raises ReadError csv_missing_column, csv_double_column, csv_broken or
    csv_no_rows."""
    return read_rows(*table_of(text, source.file), source)


def read_rows(header: Sequence[str], lines: Iterable[Sequence[str]], source: Source) -> Reading:
    """The same of rows that came from a spreadsheet in which somebody saved the export."""
    header = [_german(name) for name in header]
    for column in NEEDED:
        if column not in header:
            raise ReadError("csv_missing_column", file=source.file, column=column)
    sets: dict[tuple[str, str], list[dict[str, str]]] = {}
    uneven: set[tuple[str, str]] = set()
    for line in lines:
        row = dict(zip(header, line, strict=False))
        key = (row.get("UUID", "").strip().lower(), row.get("Version", "").strip())
        sets.setdefault(key, []).append(row)
        if len(line) != len(header):
            uneven.add(key)
    if not sets:
        raise ReadError("csv_no_rows", file=source.file)
    products: list[Product] = []
    notes: list[Note] = []
    for (uuid, version), rows in sets.items():
        name = _cell(rows[0], "Name (en)") or _cell(rows[0], "Name (de)") or uuid
        amount = number(rows[0].get("Bezugsgroesse"))
        refused = _refusal(uuid, rows, amount, uneven=(uuid, version) in uneven)
        if refused is not None or amount is None:
            notes.append(note("error", refused or "no_declared_amount", name))
            continue
        made = Product(
            id="", name=name, uuid=uuid, version=version or None, declared_amount=amount, source=source
        )
        product, found = checked(_described(made, rows), name)
        products.append(product)
        notes += found
    return Reading("ÖKOBAUDAT CSV", tuple(products), tuple(notes))


def _described(product: Product, rows: list[dict[str, str]]) -> Product:
    """The product with what the rows of its data set say of it."""
    first = rows[0]
    return replace(
        product,
        declared_unit=_cell(first, "Bezugseinheit"),
        density_kg_m3=_positive(first, "Rohdichte (kg/m3)") or _positive(first, "Schuettdichte (kg/m3)"),
        thickness_m=_positive(first, "Schichtdicke (m)"),
        mass_per_m2_kg=_positive(first, "Flaechengewicht (kg/m2)"),
        valid_until=_cell(first, "Gueltig bis"),
        owner=_cell(first, "Declaration owner"),
        number=_cell(first, "Registrierungsnummer"),
        declarations=declarations_of(
            _rows(rows),
            rules=EN_15804_ONLY if "15804" in (_cell(first, "Konformität") or "") else None,
            defaults=(),
            standard_units=True,
        ),
    )


def _refusal(uuid: str, rows: list[dict[str, str]], amount: float | None, *, uneven: bool) -> str | None:
    """Why a data set cannot be read, as the key of a sentence."""
    if not uuid:
        return "no_uuid"
    if uneven:
        return "row_misaligned"
    if amount is None or amount <= 0:
        return "no_declared_amount"
    per = {(row.get("Bezugsgroesse"), row.get("Bezugseinheit")) for row in rows}
    return "mixed_amounts" if len(per) > 1 else None


def number(text: str | None) -> float | None:
    value = read_value("", "", text, None, None)
    return value.value


def _cell(row: Mapping[str, str], column: str) -> str | None:
    return plain_text(row.get(column) or "") or None


def _positive(row: Mapping[str, str], column: str) -> float | None:
    value = number(row.get(column))
    return value if value is not None and value > 0 else None


def _rows(rows: list[dict[str, str]]) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for row in rows:
        module = plain_text(normal_name(row.get("Modul") or ""))
        scenario = _cell(row, "Szenario")
        for column, (set_code, code) in COLUMNS.items():
            raw = row.get(column)
            if raw:
                yield set_code, plain_value(code, module, raw, scenario, None)
