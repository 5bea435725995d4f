"""A declaration in a PDF as products that somebody must confirm.

Each value keeps its place on the page and what the table proves of it. Nothing counts until a person has seen
it: an open question `confirm` stands on the product (DOMAIN 3: a value that nobody read is no value).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePath

from cirkeldesk.exchange.pdf.facts import DeclarationFacts, facts_of
from cirkeldesk.exchange.pdf.proof import TOTAL, PrintedFigure, Proofs, figure, proofs_of
from cirkeldesk.exchange.pdf.tables import PrintedCell, TableOnPaper, tables_of
from cirkeldesk.exchange.pdf.words import read_pages
from cirkeldesk.exchange.reading import (
    Note,
    Reading,
    checked,
    declarations_of,
    note,
    plain_text,
    read_value,
)
from cirkeldesk.exchange.table.indicator_names import Key, candidates, set_of, settle
from cirkeldesk.exchange.table.number_text import decimal_sign, plain_number
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.indicators import CLIMATE_PARTS, SB_PER_MJ, SetCode
from cirkeldesk.model.product.printed import ColumnCheck, Printed, Proof
from cirkeldesk.model.product.product import Attachment, Product, Source
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.refusal import NeedsAnswer, ReadError

_Value = tuple[Key, DeclaredValue, str]  # indicator, value, name of its row as printed


@dataclass
class _Made:
    """A product while its tables come together."""

    name: str
    facts: DeclarationFacts
    values: list[tuple[SetCode | None, DeclaredValue]] = field(default_factory=list)
    columns: list[ColumnCheck] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read(
    content: bytes,
    source: Source,
    weighting_sets: Sequence[WeightingSet] = (),
    set_code: SetCode | None = None,
) -> Reading:
    """The products of a PDF, each nog te bevestigen.

    `set_code` is what a person says where the tables do not tell. Raises ReadError pdf_broken, pdf_password,
    pdf_scan, pdf_no_table or file_too_large, and NeedsAnswer pdf_ask_set or table_ask_decimal.
    """
    pages = read_pages(content, source.file)
    tables = tables_of(pages)
    if not tables:
        pictures = sum(page.is_picture for page in pages)
        raise ReadError("pdf_scan" if pictures * 2 >= len(pages) > 0 else "pdf_no_table", file=source.file)
    weights = {one.code: one for one in weighting_sets}
    made: list[_Made] = []
    for table in tables:
        _add(made, table, source.file, weights, set_code)
    if not made:
        raise ReadError("pdf_no_table", file=source.file)
    products, notes = [], list[Note]()
    for one in _named_apart(made):
        product, found = _product(one, source)
        products.append(product)
        notes += found
    notes += [
        note("warning", "pdf_picture_page", source.file, page=page.number)
        for page in pages
        if page.is_picture
    ]
    return Reading("PDF", tuple(products), tuple(notes), kept={source.sha256: content})


def _add(
    made: list[_Made],
    table: TableOnPaper,
    file: str,
    weights: Mapping[SetCode, WeightingSet],
    said: SetCode | None,
) -> None:
    """The table's values, with the product above it or with the one before it when it is about the same."""
    facts = facts_of(table.above)
    set_code = set_of(row.label for row in table.rows) or said or facts.set
    decimal = _decimal(table, file)
    rows = _rows(table, set_code, file)
    values = list(_values(table, rows, decimal, weights.get(set_code) if set_code else None))
    target = _about_the_same(made, facts, values)
    if target is None:
        target = _Made(facts.product or PurePath(file).stem, facts)
        made.append(target)
    target.values += [(key[0], value) for key, value, _ in values]
    target.columns += _column_checks(values, set_code)
    target.unread += [text for row in table.rows for text in row.unread]


def _about_the_same(made: list[_Made], facts: DeclarationFacts, values: Sequence[_Value]) -> _Made | None:
    """The product of the table before, where this one is about it and says nothing that was said."""
    last = made[-1] if made else None
    if last is None or (last.facts.product, last.facts.amount) != (facts.product, facts.amount):
        return None
    said = {((set_code, value.indicator), value.module) for set_code, value in last.values}
    return None if said & {(key, value.module) for key, value, _ in values} else last


def _rows(table: TableOnPaper, set_code: SetCode | None, file: str) -> dict[int, Key]:
    """Per row of the table the indicator it is; unknown ones keep their name. Raises NeedsAnswer
    pdf_ask_set."""
    found: dict[int, Key] = {}
    ambiguous = []
    for number, row in enumerate(table.rows):
        if row.is_mki or not row.label:
            continue
        keys = candidates(row.label)
        key = settle(keys, set_code, row.unit)
        if key is None and keys:
            ambiguous.append(row.label)
        found[number] = key or (None, f"naam:{plain_text(row.label)[:60]}")
    if ambiguous:
        raise NeedsAnswer("pdf_ask_set", file=file, names=", ".join(dict.fromkeys(ambiguous))[:120])
    return found


def _decimal(table: TableOnPaper, file: str) -> str:
    sign = decimal_sign(iter([cell.text for row in table.rows for _, cell in row.cells]))
    if sign is None:
        raise NeedsAnswer("table_ask_decimal", file=file)
    return sign or ","


def _values(
    table: TableOnPaper, rows: Mapping[int, Key], decimal: str, weights: WeightingSet | None
) -> list[_Value]:
    """(indicator, value with its place and proof, name of its row) of each cell of a module."""
    figures = _figures(table, decimal)
    proofs = _proofs(table, rows, figures, weights)
    found = []
    for number, key in rows.items():
        row = table.rows[number]
        for column, cell in row.cells:
            head = table.columns[column]
            if head.kind != "module":
                continue
            module, _, scenario = head.name.partition("|")
            value = read_value(
                key[1], module, plain_number(cell.text, decimal), scenario or None, row.unit or None
            )
            printed = _printed(cell, proofs, str(number), head.name)
            found.append((key, replace(value, raw=cell.text, printed=printed), row.label))
    return found


def _printed(cell: PrintedCell, proofs: Proofs, row: str, column: str) -> Printed:
    left, bottom, right, top = (round(edge, 1) for edge in cell.place)
    return Printed(cell.page, left, bottom, right, top, proofs.of(row, column))


def _figures(table: TableOnPaper, decimal: str) -> dict[tuple[str, str], PrintedFigure]:
    found = {}
    for number, row in enumerate(table.rows):
        for column, cell in row.cells:
            made = figure(plain_number(cell.text, decimal))
            if made is not None and table.columns[column].kind != "other":
                found[(str(number), _column_name(table, column))] = made
    return found


def _column_name(table: TableOnPaper, column: int) -> str:
    head = table.columns[column]
    return TOTAL if head.kind == "total" else head.name


def _proofs(
    table: TableOnPaper,
    rows: Mapping[int, Key],
    figures: Mapping[tuple[str, str], PrintedFigure],
    weights: WeightingSet | None,
) -> Proofs:
    columns = [_column_name(table, n) for n, head in enumerate(table.columns) if head.kind != "other"]
    names = [str(number) for number in range(len(table.rows))]
    mki = [str(number) for number, row in enumerate(table.rows) if row.is_mki]
    per_row = _weights(table, rows, weights) if weights is not None and len(mki) == 1 else {}
    return proofs_of(figures, names, columns, per_row, mki[0] if per_row else None)


def _weights(table: TableOnPaper, rows: Mapping[int, Key], weights: WeightingSet) -> dict[str, Decimal]:
    """Euro per printed unit of each row that the set counts; {} where the table lacks one of them."""
    euro = {w.indicator: Decimal(repr(w.euro_per_unit)) for w in weights.weights}
    counted = {code: factor for code, factor in euro.items() if code not in CLIMATE_PARTS}
    found = {}
    for number, (set_code, code) in rows.items():
        if set_code == weights.code and code in counted:
            in_energy = (set_code, code) == ("A1", "ADPF") and table.rows[number].unit.casefold().startswith(
                "mj"
            )
            factor = Decimal(repr(SB_PER_MJ)) if in_energy else Decimal(1)
            found[str(number)] = counted[code] * factor
    return found if len(found) == len(counted) else {}


def _column_checks(values: Sequence[_Value], set_code: SetCode | None) -> list[ColumnCheck]:
    by_module: dict[str, list[_Value]] = {}
    for one in values:
        if one[1].state == "declared":
            by_module.setdefault(one[1].module, []).append(one)
    made = []
    for module, found in by_module.items():
        proofs = [value.printed.proof if value.printed else "unproven" for _, value, _ in found]
        differing = tuple(
            label for (_, _, label), proof in zip(found, proofs, strict=True) if proof == "differs"
        )
        proven = proofs.count("proven")
        state: Proof = "differs" if differing else "proven" if proven == len(found) else "unproven"
        made.append(ColumnCheck(set_code, module, state, proven, len(found), differing))
    return made


def _named_apart(made: list[_Made]) -> list[_Made]:
    """Two products of one name get a number: a table that says the same things again is another product."""
    names = [one.name for one in made]
    seen: dict[str, int] = {}
    for one in made:
        if names.count(one.name) > 1:
            seen[one.name] = seen.get(one.name, 0) + 1
            one.name = f"{one.name} ({seen[one.name]})"
    return made


def _product(made: _Made, source: Source) -> tuple[Product, tuple[Note, ...]]:
    facts = made.facts
    amount, unit = facts.amount if facts.amount is not None else (None, None)
    declarations = declarations_of(made.values, rules=facts.rules, defaults=(), standard_units=False)
    product = Product(
        id="",
        name=plain_text(made.name)[:200],
        declared_unit=unit,
        declared_amount=amount,
        valid_until=facts.valid_until,
        owner=facts.owner,
        number=facts.number,
        verifier=facts.verifier,
        declarations=tuple(replace(d, background=facts.background) for d in declarations),
        source=source,
        columns=tuple(made.columns),
        attachments=(Attachment(source.file, source.sha256),),
    )
    found = [note("warning", "unit_missing", product.name)] if unit is None else []
    if made.unread:
        found.append(note("warning", "pdf_unread", product.name, texts=", ".join(made.unread[:8])))
    differing = [one for one in made.columns if one.state == "differs"]
    product, notes = checked(
        product, product.name, [*found, *(_column_note(product.name, one) for one in differing)]
    )
    told = [_column_note(product.name, one) for one in made.columns if one.state != "differs"]
    return product, (*notes, *told)


def _column_note(name: str, column: ColumnCheck) -> Note:
    return note(
        "warning",
        f"pdf_column_{column.state}",
        name,
        module=column.module,
        proven=column.proven,
        of=column.of,
        rows=", ".join(column.differs[:6]),
    )
