"""Tables of indicators by modules, in any orientation, from Excel or CSV, read with a mapping.

What the table does not settle (the set, the decimal sign, a column of figures, a lone text) is asked; a name
we do not know is kept and counts in nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cirkeldesk.exchange.reading import Note, Reading, checked, declarations_of, note, read_amount, read_value
from cirkeldesk.exchange.table.indicator_names import Key, candidates, settle, unit_in
from cirkeldesk.exchange.table.number_text import in_brackets, plain_number
from cirkeldesk.exchange.table.sheet import Sheet, SourceCell
from cirkeldesk.exchange.table.table_mapping import (
    TableMapping,
    as_read,
    brackets_are_open,
    key_of,
    looks_like_a_number,
    module_of,
    open_labels,
    passed_over,
    sign_is_open,
    value_columns,
)
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.modules import normal_name
from cirkeldesk.model.product.product import Product, Source
from cirkeldesk.model.refusal import NeedsAnswer, ReadError
from cirkeldesk.wording import numbers

# First words of the headings that stand between the rows of declarations.
_SECTION = re.compile(
    r"(?:[0-9]+[.)]\s*)?(milieueffect(en)?|milieu-?impact|environmental|umwelt\w*|impacts?|indicator(en|s)?|kernindicatoren|core|"
    r"aanvullende?|additional|zusätzliche|verplichte|optionele|grondstof(fen|gebruik)|energie|hernieuwbare|hergebruik|resources?|"
    r"ressourcen\w*|use of|gebruik "
    r"van|afval(categorie[eë]n|stromen)?|waste|abfall\w*|outputs?|uitgaande|biogene|biogenic|"
    r"parameters|en 15804|set a[12])\b(?!.*\b(mengsel|mix|beton|asfalt|product)\b)",
    re.IGNORECASE,
)
_SET_NAMED = re.compile(r"(?:15804\s*\+\s*|\bset\s+)A([12])\b", re.IGNORECASE)


def read(sheets: Sequence[Sheet], mapping: TableMapping, source: Source, *, asked: bool = False) -> Reading:
    """The table's products. `asked` says that a person settled the mapping, so that nothing is asked again.

    Raises NeedsAnswer table_ask_columns, table_ask_set or table_ask_decimal, ReadError table_sheet,
    csv_double_column or csv_no_rows.
    """
    sheet = next((found for found in sheets if found.name == mapping.sheet), None)
    if sheet is None:
        raise ReadError("table_sheet", file=source.file, sheet=mapping.sheet)
    beside = _beside(sheet, mapping, source.file)
    sheet = as_read(sheet, mapping)
    _refuse_doubles(sheet, mapping, source.file)
    left = ", ".join(passed_over(sheet, mapping))[:160]
    if left and mapping.by_indicator and not asked:
        raise NeedsAnswer("table_ask_columns", file=source.file, columns=left)
    if not mapping.decimal and sign_is_open(sheet, mapping):
        raise NeedsAnswer("table_ask_decimal", file=source.file)
    if brackets_are_open(sheet, mapping):
        raise NeedsAnswer("table_ask_brackets", file=source.file)
    unknown = () if asked else open_labels(sheet, mapping)
    if unknown:
        raise NeedsAnswer("table_ask_labels", file=source.file, names=", ".join(unknown)[:160])
    found = _found(sheet, mapping, source, asked=asked)
    ambiguous = dict.fromkeys(label for _, _, labels in found for label in labels)
    if ambiguous and not asked:
        raise NeedsAnswer("table_ask_set", file=source.file, names=", ".join(ambiguous)[:120])
    products = tuple(product for product, _, _ in found if product is not None)
    notes = [*beside, *(n for _, found_notes, _ in found for n in found_notes)]
    if not products and len(notes) == len(beside):
        raise ReadError("csv_no_rows", file=source.file)
    if left and not mapping.by_indicator:
        notes.append(note("warning", "columns_passed_over", source.file, columns=left))
    return Reading("tabel", products, tuple(notes))


def _beside(sheet: Sheet, mapping: TableMapping, file: str) -> list[Note]:
    """What of the sheet was left out, and what nobody may have seen that was read."""
    found = []
    if sheet.unseen:
        key = "unseen_read" if mapping.unseen == "read" else "unseen_left_out"
        found.append(note("warning", key, file, places=sheet.unseen_text()))
    if sheet.unseen.far:
        places = ", ".join(sheet.place(*place) for place, _ in sheet.unseen.far[:3])
        found.append(note("warning", "far_cells", file, places=places))
    if sheet.unseen.doubled:
        places = ", ".join(sheet.place(*place) for place in sheet.unseen.doubled[:3])
        raise ReadError("cell_twice", file=file, places=places)
    return found


def _found(
    sheet: Sheet, mapping: TableMapping, source: Source, *, asked: bool
) -> list[tuple[Product | None, list[Note], list[str]]]:
    """(product, notes, labels that could be of two sets) of each group of rows below the header."""
    below = enumerate(sheet.rows[mapping.header + 1 :], mapping.header + 1)
    rows = [(n, row) for n, row in below if not all(cell.is_empty for cell in row)]
    if not rows:
        raise ReadError("csv_no_rows", file=source.file)
    _refuse_second_header(rows, mapping, source.file)
    rows = _without_sections(rows, mapping, source.file, asked=asked)
    rows, units = _units_row(_carried_down(rows, mapping), mapping)
    return [_product(group, sheet, mapping, source, units) for group in _groups(rows, mapping)]


Rows = list[tuple[int, tuple[SourceCell, ...]]]


def _refuse_doubles(sheet: Sheet, mapping: TableMapping, file: str) -> None:
    used = [use for use in mapping.uses if use]
    for index, use in enumerate(mapping.uses):
        if use and used.count(use) > 1:
            raise ReadError(
                "csv_double_column", file=file, column=sheet.cell(mapping.header, index).text or use
            )


def _refuse_second_header(rows: Rows, mapping: TableMapping, file: str) -> None:
    """A second table under the first would be read with the columns of the first."""
    for number, row in rows:
        if any(module_of(row[index].text) or candidates(row[index].text) for index in value_columns(mapping)):
            raise ReadError("table_second", file=file, row=number + 1)


def _without_sections(rows: Rows, mapping: TableMapping, file: str, *, asked: bool) -> Rows:
    """Rows that only head a section ("Grondstoffen"). One that may be another product's name is asked: its
    rows would be added to the first product without a word."""
    label = mapping.column("indicator")
    if not mapping.by_indicator or label is None:
        return rows
    figures = [n for n, row in rows if any(not row[i].is_empty for i in value_columns(mapping))]
    first, last = (figures[0], figures[-1]) if figures else (0, 0)
    kept: Rows = []
    for number, row in rows:
        text = row[label].text
        alone = sum(not cell.is_empty for cell in row) == 1 and bool(text) and not candidates(text)
        if not alone:
            kept.append((number, row))
            continue
        named = _SET_NAMED.search(text)
        if named is not None and f"A{named[1]}" != mapping.set:
            raise ReadError("table_two_sets", file=file, row=number + 1, text=text[:60])
        if first < number < last and not asked and not _SECTION.match(text):
            raise NeedsAnswer("table_section", file=file, row=number + 1, text=text[:60])
    return kept


def _carried_down(rows: Rows, mapping: TableMapping) -> Rows:
    """Merged cells hold their text once: a blank name, UUID or amount is that of the row above."""
    columns = [
        i
        for use in ("uuid", "version", "name", "amount", "declared_unit")
        if (i := mapping.column(use)) is not None
    ]
    above: dict[int, SourceCell] = {}
    made: Rows = []
    for number, row in rows:
        above.update({i: row[i] for i in columns if not row[i].is_empty})
        made.append(
            (number, tuple(above.get(i, cell) if i in columns else cell for i, cell in enumerate(row)))
        )
    return made


def _units_row(rows: Rows, mapping: TableMapping) -> tuple[Rows, dict[int, str]]:
    """A row of units under the heads of a table with the indicators as columns; apart from the rows with
    values."""
    module = mapping.column("module")
    if module is None or mapping.by_value or not rows:
        return rows, {}
    first = rows[0][1]
    units = {i: first[i].text for i in value_columns(mapping) if first[i].text}
    texts_only = all(first[i].number is None and not looks_like_a_number(text) for i, text in units.items())
    return (rows[1:], units) if first[module].is_empty and units and texts_only else (rows, {})


def _groups(rows: Rows, mapping: TableMapping) -> list[Rows]:
    """Rows of one data set together: by UUID and version, else by name; one group where the table names
    neither."""
    columns = [mapping.column(use) for use in ("uuid", "version", "name")]
    if columns[0] is None and columns[2] is None:
        return [rows]
    keys = [i for i in (columns[:2] if columns[0] is not None else columns[2:]) if i is not None]
    groups: dict[tuple[str, ...], Rows] = {}
    for number, row in rows:
        groups.setdefault(tuple(row[i].text.casefold() for i in keys), []).append((number, row))
    return list(groups.values())


def _product(
    group: Rows, sheet: Sheet, mapping: TableMapping, source: Source, units: dict[int, str]
) -> tuple[Product | None, list[Note], list[str]]:
    """One data set, its notes, and labels that fit both sets."""
    first = group[0][1]

    def fact(use: str) -> str | None:
        column = mapping.column(use)
        return first[column].text or None if column is not None else None

    name = fact("name") or mapping.product or source.file
    unit, amount, refused = _declared(group, mapping)
    if refused is not None:
        return None, [note("error", refused, name)], []
    ambiguous: dict[str, None] = {}
    texts = [0]
    values = list(_values(group, sheet, mapping, units, ambiguous, texts))
    if not values:
        return None, [note("error", "no_values", name)], list(ambiguous)
    density = mapping.column("density")
    product = Product(
        id="",
        name=name,
        uuid=(fact("uuid") or "").lower() or None,
        version=fact("version"),
        declared_unit=unit,
        declared_amount=amount,
        density_kg_m3=_positive(first[density], mapping) if density is not None else None,
        valid_until=_validity(fact("valid_until")),
        owner=fact("owner"),
        number=fact("number"),
        declarations=declarations_of(values, rules=None, defaults=(), standard_units=False),
        source=source,
    )
    found = [note("warning", "unit_missing", name)] if unit is None else []
    if texts[0] and sheet.is_typed:
        found.append(note("warning", "text_numbers", name, count=texts[0]))
    product, notes = checked(product, name, found)
    return product, list(notes), list(ambiguous)


def _validity(text: str | None) -> str | None:
    """A date or a year; anything else would never expire."""
    if text is None:
        return None
    return numbers.read_date(text) or (text if re.fullmatch(r"(19|20)[0-9]{2}", text) else None)


def _number_of(cell: SourceCell, mapping: TableMapping) -> float | None:
    """A cell's number: by its type, else by the table's decimal sign."""
    if cell.number is not None:
        return cell.number
    return read_value("", "", _number_text(cell.text, mapping), None, None).value


def _number_text(text: str, mapping: TableMapping) -> str:
    within = in_brackets(text) if mapping.brackets == "minus" else None
    return plain_number(f"-{within}" if within else text.strip(), mapping.decimal or ".")


def _declared(group: Rows, mapping: TableMapping) -> tuple[str | None, float | None, str | None]:
    """Unit, amount and why the data set is refused."""
    unit_at, amount_at = mapping.column("declared_unit"), mapping.column("amount")
    if unit_at is None:
        stated = read_amount(mapping.unit) if mapping.unit else None
        return (stated[1], stated[0], None) if stated else (None, None, None)
    pairs = {
        (row[unit_at].text, row[amount_at] if amount_at is not None else SourceCell("1", 1.0))
        for _, row in group
    }
    if len(pairs) > 1:
        return None, None, "mixed_amounts"
    unit_text, amount_cell = pairs.pop()
    whole = read_amount(unit_text)  # "1000 kg" in one cell
    if whole is not None:
        return whole[1], whole[0], None
    amount = _number_of(amount_cell, mapping)
    if amount is None or amount <= 0:
        return None, None, "no_declared_amount"
    return (unit_text, amount, None) if unit_text else (None, None, None)


def _values(
    group: Rows,
    sheet: Sheet,
    mapping: TableMapping,
    units: dict[int, str],
    ambiguous: dict[str, None],
    texts: list[int],
) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for _, row in group:
        for index in value_columns(mapping):
            place = _place(row, index, sheet, mapping, units, ambiguous)
            if place is None:
                continue
            key, module, scenario, unit = place
            cell = row[index]
            if cell.is_empty and not (mapping.by_indicator or mapping.by_value):
                continue  # a data set's row simply does not have this indicator
            if cell.number is None and _number_of(cell, mapping) is not None:
                texts[0] += 1
            yield key[0], _value(cell, key[1], module, scenario, unit, mapping)


def _place(
    row: tuple[SourceCell, ...],
    index: int,
    sheet: Sheet,
    mapping: TableMapping,
    units: dict[int, str],
    ambiguous: dict[str, None],
) -> tuple[Key, str, str | None, str | None] | None:
    """Indicator, module, scenario and unit of one cell; None where the row or column is passed over."""

    def text(use: str) -> str:
        column = mapping.column(use)
        return row[column].text.strip() if column is not None else ""

    scenario = text("scenario")
    if mapping.by_indicator:
        label, unit = text("indicator"), text("unit")
        module, _, named = mapping.uses[index].removeprefix("module:").partition("|")
        scenario = scenario or named
    elif mapping.by_value:
        label, unit, module = text("indicator"), text("unit"), module_name(text("module"))
    else:
        label, unit, module = (
            sheet.cell(mapping.header, index).text,
            units.get(index, ""),
            module_name(text("module")),
        )
    if not label or not module:
        return None
    unit = unit or unit_in(label) or ""
    said = dict(mapping.names).get(label)
    if said is None and mapping.uses[index].startswith("value:"):
        said = mapping.uses[index].removeprefix("value:")
    if said is not None:
        return (key_of(said), module, scenario or None, unit or None) if said else None
    found = candidates(label)
    key = settle(found, _set_in(text("set")) or mapping.set, unit)
    if key is None and found:
        ambiguous[label] = None
    return key or (None, f"naam:{label[:60]}"), module, scenario or None, unit or None


def module_name(text: str) -> str:
    """A module in a cell: as `module_of` reads it, else as it stands, so that an unknown one is kept and
    said."""
    return (module_of(text) or normal_name(text)).partition("|")[0]


def _set_in(text: str) -> SetCode | None:
    found = re.search(r"A([12])\b", text.upper())
    return None if found is None else "A1" if found[1] == "1" else "A2"


def _value(
    cell: SourceCell, code: str, module: str, scenario: str | None, unit: str | None, mapping: TableMapping
) -> DeclaredValue:
    if cell.unknown:
        return DeclaredValue(code, module, None, "unreadable", scenario, unit, "formule zonder waarde")
    if cell.number is not None:
        return DeclaredValue(code, module, cell.number, "declared", scenario, unit, cell.text)
    text = cell.text.strip()
    found = read_value(code, module, _number_text(text, mapping), scenario, unit)
    return replace(found, raw=text)


def _positive(cell: SourceCell, mapping: TableMapping) -> float | None:
    value = _number_of(cell, mapping)
    return value if value is not None and value > 0 else None
