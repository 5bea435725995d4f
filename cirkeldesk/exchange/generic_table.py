"""Tables of indicators by modules, in either orientation, from Excel or CSV, read with a mapping.

There is no standard for such tables. A mapping says what each column is; it is proposed from the texts in the table, can be
changed by a person, and is kept for the next table with the same texts. Four shapes are one: a row per indicator with the
modules as columns; a row per module with the indicators as columns; the same with a data set per row or group of rows; and
a row per value.
What the table does not settle (the set, the decimal sign) is asked; a name we do not know is kept and counts in nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from cirkeldesk.exchange.indicator_names import Key, candidates, set_of, settle
from cirkeldesk.exchange.reading import (
    NeedsAnswer,
    Note,
    ReadError,
    Reading,
    checked,
    declarations_of,
    note,
    read_amount,
    read_value,
)
from cirkeldesk.exchange.table import Cell, Sheet, decimal_sign, plain_number
from cirkeldesk.model.declaration import DeclaredValue
from cirkeldesk.model.document import hash_of_bytes
from cirkeldesk.model.indicators import SetCode
from cirkeldesk.model.modules import atoms, normal_name
from cirkeldesk.model.product import Product, Source

SEARCHED_ROWS = 60  # a header stands somewhere above
FACTS: dict[str, str] = {
    "uuid": r"uuid|dataset ?id",
    "version": r"versie|version",
    "name": r"naam|name|product|productnaam|product ?name|mengsel|name \((en|de|nl)\)|bezeichnung|material|materiaal",
    "module": r"modul|module|levensfase|fase|life ?cycle (stage|module)|stage|phase|lebenszyklusphase",
    "scenario": r"scenario|szenario",
    "indicator": r"indicator|milieueffect|effectcategorie|impact( ?category)?|parameter|indikator|wirkungskategorie",
    "unit": r"eenheid|unit|einheit",
    "value": r"waarde|value|wert|resultaat|result|uitkomst",
    "amount": r"hoeveelheid|declared amount|amount|bezugsgr(ö|oe)(ss|ß)e|gedeclareerde hoeveelheid",
    "declared_unit": r"bezugseinheit|(declared|functional) unit|(functionele|gedeclareerde) eenheid|deklarierte einheit|per",
    "density": r"rohdichte \(kg/m3\)|density \(kg/m3\)|dichtheid \(kg/m3\)",
    "valid_until": r"gueltig bis|gültig bis|geldig tot|valid until",
    "owner": r"declaration owner|eigenaar|leverancier|supplier|manufacturer|hersteller",
    "number": r"registrierungsnummer|registratienummer|epd[- ]?nummer|declaration number|epd number",
}
_MODULE_WITH_SCENARIO = re.compile(r"([A-Da-d][0-9]?(?:\s*[-–]\s*[A-Ca-c]?[0-9])?)\s*[/( _-]\s*(.+?)\s*\)?")


@dataclass(frozen=True)
class TableMapping:
    """How a table is read. `uses` per column: a key of FACTS, `module:A1-A3[|scenario]`, `value:A2|AP`, or "" to pass over.

    `names` says which indicator a label means ("" to pass over) where the label itself does not tell.
    """

    sheet: str = ""
    header: int = 0
    uses: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    set: SetCode | None = None
    decimal: str = ""
    product: str = ""
    unit: str = ""

    def column(self, use: str) -> int | None:
        return next((index for index, found in enumerate(self.uses) if found == use), None)

    @property
    def by_indicator(self) -> bool:
        """Whether each row is an indicator, with the modules as columns."""
        return any(use.startswith("module:") for use in self.uses)

    @property
    def by_value(self) -> bool:
        """Whether each row is one value, with its indicator and module beside it."""
        return self.column("value") is not None


def key_text(key: Key) -> str:
    return f"{key[0] or ''}|{key[1]}"


def key_of(text: str) -> Key:
    set_code, _, code = text.partition("|")
    return ("A1" if set_code == "A1" else "A2" if set_code == "A2" else None), code


def module_of(text: str) -> str | None:
    """ "C3 (recycling)" → "C3|recycling"; None for what is no module."""
    if atoms(text):
        return normal_name(text)
    match = _MODULE_WITH_SCENARIO.fullmatch(text.strip())
    return f"{normal_name(match[1])}|{match[2]}" if match and atoms(match[1]) else None


def fingerprint(sheet: Sheet, mapping: TableMapping) -> str:
    """What makes another table the same kind: its header, and the labels of its rows where those are indicators."""
    texts = [cell.text.casefold() for cell in sheet.rows[mapping.header]] if mapping.header < len(sheet.rows) else []
    label = mapping.column("indicator")
    if (mapping.by_indicator or mapping.by_value) and label is not None:
        texts += [row[label].text.casefold() for row in sheet.rows[mapping.header + 1 :] if label < len(row)]
    return hash_of_bytes("\x1f".join(texts).encode())[:24]


# --- proposing -----------------------------------------------------------------------------------------------------


def propose(sheets: Sequence[Sheet], file: str) -> TableMapping:
    """The mapping the texts themselves tell. Raises NeedsAnswer table_unknown when no table of values is recognised."""
    best: tuple[int, Sheet, int] | None = None
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
            if any(cell.number is not None or _looks_like_a_number(cell.text) for cell in row):
                continue  # a row with figures in it is no header
            texts = [cell.text for cell in row if cell.text]
            score = sum(module_of(text) is not None for text in texts) + sum(bool(candidates(text)) for text in texts)
            score += sum(bool(_fact(text, ("indicator", "module", "value"))) for text in texts)
            if score >= 1 and (best is None or score > best[0]) and _has_values(sheet, number):
                best = (score, sheet, number)
    if best is None:
        raise NeedsAnswer("table_unknown", file=file)
    _, sheet, header = best
    mapping = TableMapping(sheet.name, header, _uses(sheet, header))
    labels = _labels(sheet, mapping)
    if not any(map(candidates, labels)) or (not mapping.by_indicator and mapping.column("module") is None):
        raise NeedsAnswer("table_unknown", file=file)
    name, unit = _facts_above(sheet, header)
    mapping = replace(mapping, set=set_of(labels), product=name or PurePath(file).stem, unit=unit)
    return replace(mapping, decimal=decimal_sign(_number_texts(sheet, mapping)) or "")


def _looks_like_a_number(text: str) -> bool:
    return read_value("", "", text.strip(), None, None).value is not None


def _has_values(sheet: Sheet, header: int) -> bool:
    return any(any(cell.text for cell in row) for row in sheet.rows[header + 1 :])


def _uses(sheet: Sheet, header: int) -> tuple[str, ...]:
    texts = [cell.text for cell in sheet.rows[header]]
    modules = [module_of(text) for text in texts]
    if sum(module is not None for module in modules) >= 1 and sum(bool(candidates(text)) for text in texts) < 2:
        uses = [
            f"module:{module}" if module else _fact(text, ("indicator", "unit", "scenario"))
            for module, text in zip(modules, texts, strict=True)
        ]
        if "indicator" not in uses:
            best = _label_column(sheet, header, uses)
            uses[best] = "indicator" if best is not None else ""
        if "unit" not in uses:
            after = uses.index("indicator") + 1
            if after < len(uses) and uses[after] == "":
                uses[after] = "unit"
        return tuple(uses)
    per_value = [_fact(text, tuple(FACTS)) for text in texts]
    if {"indicator", "module", "value"} <= set(per_value):
        return tuple(use if per_value.index(use) == index else "" for index, use in enumerate(per_value))
    fact_names = tuple(name for name in FACTS if name not in ("indicator", "unit", "value"))
    uses = []
    for text in texts:
        fact = _fact(text, fact_names)
        found = candidates(text)
        uses.append(fact or (f"value:{text}" if found else ""))
    english = next((i for i, text in enumerate(texts) if text.casefold() == "name (en)"), None)
    for index, use in enumerate(uses):
        if (
            use
            and not use.startswith("value:")
            and (uses.index(use) != index or (use == "name" and english not in (None, index)))
        ):
            uses[index] = ""  # one column per fact; the English name before the German
    if english is not None:
        uses[english] = "name"
    marked = any(re.search(r"\(a2\)", text.casefold()) for text in texts)
    return tuple(_value_use(use, marked) for use in uses)


def _value_use(use: str, marked: bool) -> str:
    """`value:` with the key where the name tells; ÖKOBAUDAT marks set A2 and leaves set A1 bare."""
    if not use.startswith("value:"):
        return use
    found = candidates(use.removeprefix("value:"))
    key = settle(found, "A1" if marked and len(found) > 1 else None, None)
    return f"value:{key_text(key)}" if key else use.replace("value:", "named:")


def _fact(text: str, names: Sequence[str]) -> str:
    plain = text.strip().rstrip(":").casefold()
    return next((name for name in names if re.fullmatch(FACTS[name], plain)), "")


def _label_column(sheet: Sheet, header: int, uses: list[str]) -> int:
    """The column whose texts name most indicators."""
    free = [index for index, use in enumerate(uses) if not use.startswith("module:")] or [0]
    return max(free, key=lambda i: sum(bool(candidates(row[i].text)) for row in sheet.rows[header + 1 :]))


def _facts_above(sheet: Sheet, header: int) -> tuple[str, str]:
    """Product name and declared amount from cells above the header: a label, and the text to its right."""
    name = unit = ""
    for row in sheet.rows[:header]:
        texts = [cell.text for cell in row if cell.text]
        for label, value in itertools.pairwise(texts):
            fact = _fact(label, ("name", "declared_unit"))
            name = value if fact == "name" and not name else name
            unit = value if (fact == "declared_unit" or _fact(label, ("unit",))) and not unit and read_amount(value) else unit
    return name, unit


def with_own_facts(mapping: TableMapping, sheet: Sheet, file: str) -> TableMapping:
    """A kept mapping with the product name and the amount that this table itself tells."""
    name, unit = _facts_above(sheet, mapping.header)
    return replace(mapping, product=name or PurePath(file).stem, unit=unit)


def _labels(sheet: Sheet, mapping: TableMapping) -> list[str]:
    """The texts that name indicators."""
    if not mapping.by_indicator and not mapping.by_value:
        return [sheet.cell(mapping.header, i).text for i, use in enumerate(mapping.uses) if use.startswith(("value:", "named:"))]
    label = mapping.column("indicator") or 0
    return [row[label].text for row in sheet.rows[mapping.header + 1 :] if row[label].text]


def _value_columns(mapping: TableMapping) -> list[int]:
    if mapping.by_value:
        return [mapping.column("value") or 0]
    kinds = ("module:",) if mapping.by_indicator else ("value:", "named:")
    return [index for index, use in enumerate(mapping.uses) if use.startswith(kinds)]


def _number_texts(sheet: Sheet, mapping: TableMapping) -> Iterator[str]:
    columns = _value_columns(mapping)
    for row in sheet.rows[mapping.header + 1 :]:
        yield from (row[i].text.strip() for i in columns if row[i].number is None)


# --- reading -------------------------------------------------------------------------------------------------------


def read(sheets: Sequence[Sheet], mapping: TableMapping, source: Source, *, asked: bool = False) -> Reading:
    """The table's products. `asked` says that a person settled the mapping, so that nothing is asked again.

    Raises NeedsAnswer table_ask_set or table_ask_decimal, ReadError csv_double_column or csv_no_rows.
    """
    sheet = next((found for found in sheets if found.name == mapping.sheet), None)
    if sheet is None:
        raise ReadError("table_sheet", file=source.file, sheet=mapping.sheet)
    _refuse_doubles(sheet, mapping, source.file)
    if not asked and not mapping.decimal and decimal_sign(_number_texts(sheet, mapping)) is None:
        raise NeedsAnswer("table_ask_decimal", file=source.file)
    rows = [(n, row) for n, row in enumerate(sheet.rows) if n > mapping.header and not all(cell.is_empty for cell in row)]
    if not rows:
        raise ReadError("csv_no_rows", file=source.file)
    groups = _groups(rows, mapping)
    found = [_product(group, sheet, mapping, source) for group in groups]
    ambiguous = [label for _, _, labels in found for label in labels]
    if ambiguous and not asked:
        raise NeedsAnswer("table_ask_set", file=source.file, names=", ".join(dict.fromkeys(ambiguous))[:120])
    products = tuple(product for product, _, _ in found if product is not None)
    if not products and not any(notes for _, notes, _ in found):
        raise ReadError("csv_no_rows", file=source.file)
    return Reading("tabel", products, tuple(n for _, notes, _ in found for n in notes))


Rows = list[tuple[int, tuple[Cell, ...]]]


def _refuse_doubles(sheet: Sheet, mapping: TableMapping, file: str) -> None:
    used = [use for use in mapping.uses if use]
    for index, use in enumerate(mapping.uses):
        if use and used.count(use) > 1:
            raise ReadError("csv_double_column", file=file, column=sheet.cell(mapping.header, index).text or use)


def _groups(rows: Rows, mapping: TableMapping) -> list[Rows]:
    """Rows of one data set together: by UUID and version, else by name; one group where the table names neither."""
    columns = [mapping.column(use) for use in ("uuid", "version", "name")]
    if mapping.by_indicator or (columns[0] is None and columns[2] is None):
        return [rows]
    keys = [i for i in (columns[:2] if columns[0] is not None else columns[2:]) if i is not None]
    groups: dict[tuple[str, ...], Rows] = {}
    for number, row in rows:
        groups.setdefault(tuple(row[i].text.casefold() for i in keys), []).append((number, row))
    return list(groups.values())


def _product(group: Rows, sheet: Sheet, mapping: TableMapping, source: Source) -> tuple[Product | None, list[Note], list[str]]:
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
    values = list(_values(group, sheet, mapping, ambiguous, texts))
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
        valid_until=fact("valid_until"),
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


def _declared(group: Rows, mapping: TableMapping) -> tuple[str | None, float | None, str | None]:
    """Unit, amount and why the data set is refused."""
    unit_at, amount_at = mapping.column("declared_unit"), mapping.column("amount")
    if unit_at is None:
        stated = read_amount(mapping.unit) if mapping.unit else None
        return (stated[1], stated[0], None) if stated else (None, None, None)
    pairs = {(row[unit_at].text, row[amount_at].text if amount_at is not None else "1") for _, row in group}
    if len(pairs) > 1:
        return None, None, "mixed_amounts"
    unit_text, amount_text = pairs.pop()
    whole = read_amount(unit_text)  # "1000 kg" in one cell
    if whole is not None:
        return whole[1], whole[0], None
    amount = read_value("", "", plain_number(amount_text.strip(), mapping.decimal or "."), None, None).value
    if amount is None or amount <= 0:
        return None, None, "no_declared_amount"
    return (unit_text, amount, None) if unit_text else (None, None, None)


def _values(
    group: Rows, sheet: Sheet, mapping: TableMapping, ambiguous: dict[str, None], texts: list[int]
) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for _, row in group:
        for index in _value_columns(mapping):
            place = _place(row, index, sheet, mapping, ambiguous)
            if place is None:
                continue
            key, module, scenario, unit = place
            cell = row[index]
            if cell.is_empty and not (mapping.by_indicator or mapping.by_value):
                continue  # a data set's row simply does not have this indicator
            if (
                cell.number is None
                and read_value("", "", plain_number(cell.text.strip(), mapping.decimal or "."), None, None).value is not None
            ):
                texts[0] += 1
            yield key[0], _value(cell, key[1], module, scenario, unit, mapping)


def _place(
    row: tuple[Cell, ...], index: int, sheet: Sheet, mapping: TableMapping, ambiguous: dict[str, None]
) -> tuple[Key, str, str | None, str | None] | None:
    """Indicator, module, scenario and unit of one cell; None where the row or column is passed over."""

    def text(use: str) -> str:
        column = mapping.column(use)
        return row[column].text.strip() if column is not None else ""

    if mapping.by_indicator:
        label, unit = text("indicator"), text("unit") or None
        module, _, scenario = mapping.uses[index].removeprefix("module:").partition("|")
        if not label:
            return None
    elif mapping.by_value:
        label, unit, scenario = text("indicator"), text("unit") or None, text("scenario")
        module = normal_name(text("module"))
        if not label or not module:
            return None
    else:
        label, unit = sheet.cell(mapping.header, index).text, None
        module, scenario = normal_name(text("module")), text("scenario")
        if not module:
            return None
        if mapping.uses[index].startswith("value:"):
            return key_of(mapping.uses[index].removeprefix("value:")), module, scenario or None, unit
    said = dict(mapping.names).get(label)
    if said is not None:
        return (key_of(said), module, scenario or None, unit) if said else None
    found = candidates(label)
    key = settle(found, mapping.set, unit)
    if key is None and found:
        ambiguous[label] = None
    return key or (None, f"naam:{label[:60]}"), module, scenario or None, unit


def _value(cell: Cell, code: str, module: str, scenario: str | None, unit: str | None, mapping: TableMapping) -> DeclaredValue:
    if cell.unknown:
        return DeclaredValue(code, module, None, "unreadable", scenario, unit, "formule zonder waarde")
    if cell.number is not None:
        return DeclaredValue(code, module, cell.number, "declared", scenario, unit, cell.text)
    text = cell.text.strip()
    found = read_value(code, module, plain_number(text, mapping.decimal or "."), scenario, unit)
    return replace(found, raw=text)


def _positive(cell: Cell, mapping: TableMapping) -> float | None:
    value = (
        cell.number
        if cell.number is not None
        else read_value("", "", plain_number(cell.text, mapping.decimal or "."), None, None).value
    )
    return value if value is not None and value > 0 else None
