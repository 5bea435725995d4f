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
from functools import lru_cache
from pathlib import PurePath

from cirkeldesk.exchange.indicator_names import Key, candidates, set_of, settle, unit_in
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
from cirkeldesk.exchange.table import Cell, Sheet, column_letters, decimal_sign, plain_number
from cirkeldesk.model.declaration import DeclaredValue
from cirkeldesk.model.document import hash_of_bytes
from cirkeldesk.model.indicators import SetCode
from cirkeldesk.model.modules import atoms, normal_name
from cirkeldesk.model.product import Product, Source
from cirkeldesk.wording import numbers

SEARCHED_ROWS = 60  # a header stands somewhere above
FACTS: dict[str, str] = {
    "set": r"set|weegset|norm|standard",
    "uuid": r"uuid|dataset ?id",
    "version": r"versie|version",
    "name": r"naam|name|product|productnaam|product ?name|mengsel|name \((en|de|nl)\)|bezeichnung|material|materiaal",
    "module": r"modul|module|levensfase|fase|life ?cycle (stage|module)|stage|phase|lebenszyklusphase",
    "scenario": r"scenario|szenario",
    "indicator": r"indicator|milieueffect|(milieu-?)?(impact|effect)[- ]?(categorie|category)|impact|parameter|indikator|"
    r"wirkungskategorie",
    "unit": r"eenheid|unit|einheit",
    "value": r"waarde|value|wert|resultaat|result|uitkomst",
    "amount": r"hoeveelheid|declared amount|amount|bezugsgr(ö|oe)(ss|ß)e|gedeclareerde hoeveelheid",
    "declared_unit": r"bezugseinheit|(declared|functional) unit|(functionele|gedeclareerde) eenheid|deklarierte einheit|per",
    "density": r"rohdichte \(kg/m3\)|density \(kg/m3\)|dichtheid \(kg/m3\)",
    "valid_until": r"gueltig bis|gültig bis|geldig tot|valid until",
    "owner": r"declaration owner|eigenaar|leverancier|supplier|manufacturer|hersteller",
    "number": r"registrierungsnummer|registratienummer|epd[- ]?nummer|declaration number|epd number",
}
_UNTIL = re.compile(r"\s*(?:t/m|tot en met|\btot\b|\bbis\b|\bto\b|through|thru|–|—)\s*", re.IGNORECASE)
_WORD_FIRST = re.compile(r"(?:module|modul|fase|phase|levensfase|stage|stadium)\s+", re.IGNORECASE)
_ONE = r"[A-Da-d][0-9]?(?:\s*[-+/,]\s*[A-Ca-c]?[0-9]){0,4}"
_MODULE_FIRST = re.compile(rf"({_ONE})\s*[/( _:-]\s*(.+?)\s*\)?")
_MODULE_IN_BRACKETS = re.compile(rf"[^()\[\]0-9]+[(\[]\s*({_ONE})\s*[)\]]")
# What people write beside a module to say what it is; any other word is taken for a scenario.
_STAGE_WORDS = re.compile(
    r"(product(ie|ion)?|productiefase|transport|vervoer|aanleg|bouw|construction|installation|gebruik|use|onderhoud|"
    r"sloop|demolition|deconstruction|afval(verwerking)?|waste( processing)?|disposal|einde leven(sduur)?|end of life|"
    r"baten( en lasten)?|benefits?|na de levensduur|herstellung|errichtung|nutzung|entsorgung|fase|stage|phase|totaal|total|"
    r"[\s&,/-])+",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(milieu|environment|umwelt|impact|effect|indicator|kern|core|aanvullend|additional|zusätz|extra|grondstof|energie|resource|"
    r"ressourc|use of|gebruik|afval|waste|abfall|output|uitgaande|stromen|flow|biogeen|biogenic|set a|en 15804|\*|\(|[0-9]+[.)]|"
    r"bron|source|opmerking|note|toelichting|legend)",
    re.IGNORECASE,
)
_TOTALS = re.compile(r"(sub)?tota(al|l)|som|sum(me)?|gesamt|mki|eci|€.*|a\s*[-–]\s*[cd]", re.IGNORECASE)


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


@lru_cache(maxsize=4096)
def module_of(text: str) -> str | None:
    """ "C3 (recycling)" → "C3|recycling", "A1 t/m A3" and "Productie (A1-A3)" → "A1-A3"; None for what is no module."""
    plain = _WORD_FIRST.sub("", _UNTIL.sub("-", text.strip()))
    if atoms(plain):
        return normal_name(plain)
    bracketed = _MODULE_IN_BRACKETS.fullmatch(plain)
    if bracketed and atoms(bracketed[1]) and not candidates(text):  # "GWP-total (A2)" names the set
        return normal_name(bracketed[1])
    first = _MODULE_FIRST.fullmatch(plain)
    if not first or not atoms(first[1]):
        return None
    return normal_name(first[1]) if _STAGE_WORDS.fullmatch(first[2]) else f"{normal_name(first[1])}|{first[2]}"


def fingerprint(sheet: Sheet, mapping: TableMapping) -> str:
    """What makes another table the same kind: its header, and the labels of its rows where those are indicators."""
    texts = [cell.text.casefold() for cell in sheet.rows[mapping.header]] if mapping.header < len(sheet.rows) else []
    label = mapping.column("indicator")
    if (mapping.by_indicator or mapping.by_value) and label is not None:
        texts += [row[label].text.casefold() for row in sheet.rows[mapping.header + 1 :] if label < len(row)]
    return hash_of_bytes("\x1f".join(texts).encode())[:24]


# --- proposing -----------------------------------------------------------------------------------------------------


def propose(sheets: Sequence[Sheet], file: str) -> TableMapping:
    """The mapping the texts of the first sheet with a table tell. Raises NeedsAnswer table_unknown when there is none."""
    return propose_all(sheets, file)[0]


def propose_all(sheets: Sequence[Sheet], file: str) -> list[TableMapping]:
    """A mapping per visible sheet on which a table is recognised. Raises NeedsAnswer table_unknown when there is none."""
    found = [mapping for sheet in sheets if not sheet.hidden and (mapping := _propose_one(sheet, file)) is not None]
    if not found:
        raise NeedsAnswer("table_unknown", file=file)
    if len(found) == 1:
        return found
    return [replace(m, product=m.product if m.product != PurePath(file).stem else m.sheet) for m in found]


def _propose_one(sheet: Sheet, file: str) -> TableMapping | None:
    best, header = 0, -1
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        if any(cell.number is not None or _looks_like_a_number(cell.text) for cell in row):
            continue  # a row with figures in it is no header
        texts = [cell.text for cell in row if cell.text]
        score = sum(module_of(text) is not None for text in texts) + sum(bool(candidates(text)) for text in texts)
        score += sum(bool(_fact(text, ("indicator", "module", "value"))) for text in texts)
        if score > best and _has_values(sheet, number):
            best, header = score, number
    return mapping_at(sheet, header, file) if header >= 0 else None


def mapping_at(sheet: Sheet, header: int, file: str) -> TableMapping | None:
    """What the texts tell when the header is in a given row; None when that makes no table."""
    mapping = TableMapping(sheet.name, header, _uses(sheet, header))
    labels = _labels(sheet, mapping)
    if not any(map(candidates, labels)) or not (mapping.by_indicator or mapping.column("module") is not None):
        return None
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
        return _uses_by_indicator(sheet, header, texts, modules)
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


def _uses_by_indicator(sheet: Sheet, header: int, texts: list[str], modules: list[str | None]) -> tuple[str, ...]:
    """Columns of a table with a row per indicator: the label is where most indicators are named."""
    facts = tuple(name for name in FACTS if name not in ("module", "value"))
    uses = [f"module:{module}" if module else _fact(text, facts) for module, text in zip(modules, texts, strict=True)]
    label = _label_column(sheet, header, uses)
    uses = ["" if use == "indicator" else use for use in uses]
    uses[label] = "indicator"
    after = label + 1
    if "unit" not in uses and after < len(uses) and uses[after] == "" and not _holds_figures(sheet, header, after):
        uses[after] = "unit"
    return tuple(use if use.startswith("module:") or uses.index(use) == index else "" for index, use in enumerate(uses))


def _holds_figures(sheet: Sheet, header: int, column: int) -> bool:
    cells = [row[column] for row in sheet.rows[header + 1 :]]
    return any(cell.number is not None or _looks_like_a_number(cell.text) for cell in cells)


def passed_over(sheet: Sheet, mapping: TableMapping) -> list[str]:
    """Columns that hold figures and that nobody reads; totals and MKI aside. As letters with their heads."""
    found = []
    for index, use in enumerate(mapping.uses):
        head = sheet.cell(mapping.header, index).text
        if use == "" and not _TOTALS.fullmatch(head.strip()) and _holds_figures(sheet, mapping.header, index):
            found.append(f"{column_letters(index)} {head[:30]}".strip())
    return found


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
    """A kept mapping with the name, the amount and the decimal sign of this table.

    The kept sign serves only where this table cannot tell; one with both signs is asked. Raises NeedsAnswer.
    """
    name, unit = _facts_above(sheet, mapping.header)
    sign = decimal_sign(_number_texts(sheet, mapping))
    signs = {decimal_sign(iter([text])) for text in _number_texts(sheet, mapping)} if sign is None else set()
    if sign is None and (not mapping.decimal or {",", "."} <= signs):
        raise NeedsAnswer("table_ask_decimal", file=file)
    return replace(mapping, product=name or PurePath(file).stem, unit=unit, decimal=sign or mapping.decimal)


def _labels(sheet: Sheet, mapping: TableMapping) -> list[str]:
    """The texts that name indicators."""
    if not mapping.by_indicator and not mapping.by_value:
        return [sheet.cell(mapping.header, i).text for i, use in enumerate(mapping.uses) if use.startswith(("value:", "named:"))]
    label = mapping.column("indicator") or 0
    return [row[label].text for row in sheet.rows[mapping.header + 1 :] if row[label].text]


def ambiguous(sheet: Sheet, mapping: TableMapping) -> bool:
    """Whether some label fits both sets and neither the mapping, a column nor a unit tells which."""
    if mapping.column("set") is not None:
        return False
    unit, label = mapping.column("unit"), mapping.column("indicator")
    if (mapping.by_indicator or mapping.by_value) and label is not None:
        rows = sheet.rows[mapping.header + 1 :]
        pairs = [(row[label].text, row[unit].text if unit is not None else "") for row in rows]
    else:
        heads = sheet.rows[mapping.header]
        pairs = [(cell.text, "") for cell, use in zip(heads, mapping.uses, strict=False) if use.startswith("named:")]
    found = [(candidates(text), unit_text or unit_in(text)) for text, unit_text in pairs]
    return any(keys and settle(keys, mapping.set, unit_text) is None for keys, unit_text in found)


def sign_is_open(sheet: Sheet, mapping: TableMapping) -> bool:
    return decimal_sign(_number_texts(sheet, mapping)) is None


def _value_columns(mapping: TableMapping) -> list[int]:
    if mapping.by_value:
        return [mapping.column("value") or 0]
    kinds = ("module:",) if mapping.by_indicator else ("value:", "named:")
    return [index for index, use in enumerate(mapping.uses) if use.startswith(kinds)]


def _number_texts(sheet: Sheet, mapping: TableMapping) -> Iterator[str]:
    columns = _value_columns(mapping)
    columns += [i for i in (mapping.column("amount"), mapping.column("density")) if i is not None]
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
    left = passed_over(sheet, mapping)
    if left and mapping.by_indicator and not asked:
        raise NeedsAnswer("table_ask_columns", file=source.file, columns=", ".join(left)[:160])
    if not mapping.decimal and decimal_sign(_number_texts(sheet, mapping)) is None:
        raise NeedsAnswer("table_ask_decimal", file=source.file)
    rows = [(n, row) for n, row in enumerate(sheet.rows) if n > mapping.header and not all(cell.is_empty for cell in row)]
    if not rows:
        raise ReadError("csv_no_rows", file=source.file)
    _refuse_second_header(rows, mapping, source.file)
    rows = _without_sections(rows, mapping, source.file, asked=asked)
    rows, units = _units_row(_carried_down(rows, mapping), mapping)
    groups = _groups(rows, mapping)
    found = [_product(group, sheet, mapping, source, units) for group in groups]
    ambiguous = [label for _, _, labels in found for label in labels]
    if ambiguous and not asked:
        raise NeedsAnswer("table_ask_set", file=source.file, names=", ".join(dict.fromkeys(ambiguous))[:120])
    products = tuple(product for product, _, _ in found if product is not None)
    if not products and not any(notes for _, notes, _ in found):
        raise ReadError("csv_no_rows", file=source.file)
    notes = [n for _, found_notes, _ in found for n in found_notes]
    if left and not mapping.by_indicator:
        notes.append(note("warning", "columns_passed_over", source.file, columns=", ".join(left)[:160]))
    return Reading("tabel", products, tuple(notes))


Rows = list[tuple[int, tuple[Cell, ...]]]


def _refuse_doubles(sheet: Sheet, mapping: TableMapping, file: str) -> None:
    used = [use for use in mapping.uses if use]
    for index, use in enumerate(mapping.uses):
        if use and used.count(use) > 1:
            raise ReadError("csv_double_column", file=file, column=sheet.cell(mapping.header, index).text or use)


def _refuse_second_header(rows: Rows, mapping: TableMapping, file: str) -> None:
    """A second table under the first would be read with the columns of the first."""
    for number, row in rows:
        if any(module_of(row[index].text) or candidates(row[index].text) for index in _value_columns(mapping)):
            raise ReadError("table_second", file=file, row=number + 1)


def _without_sections(rows: Rows, mapping: TableMapping, file: str, *, asked: bool) -> Rows:
    """Rows that only head a section ("Grondstoffen"). One that may be another product's name is asked: its rows would be added
    to the first product without a word."""
    label = mapping.column("indicator")
    if not mapping.by_indicator or label is None:
        return rows
    kept: Rows = []
    for number, row in rows:
        alone = sum(not cell.is_empty for cell in row) == 1 and not row[label].is_empty and not candidates(row[label].text)
        if not alone:
            kept.append((number, row))
        elif not asked and number > rows[0][0] and not _SECTION.match(row[label].text):
            raise NeedsAnswer("table_section", file=file, row=number + 1, text=row[label].text[:60])
    return kept


def _carried_down(rows: Rows, mapping: TableMapping) -> Rows:
    """Merged cells hold their text once: a blank name, UUID or amount is that of the row above."""
    columns = [i for use in ("uuid", "version", "name", "amount", "declared_unit") if (i := mapping.column(use)) is not None]
    above: dict[int, Cell] = {}
    made: Rows = []
    for number, row in rows:
        above.update({i: row[i] for i in columns if not row[i].is_empty})
        made.append((number, tuple(above.get(i, cell) if i in columns else cell for i, cell in enumerate(row))))
    return made


def _units_row(rows: Rows, mapping: TableMapping) -> tuple[Rows, dict[int, str]]:
    """A row of units under the heads of a table with the indicators as columns; apart from the rows with values."""
    module = mapping.column("module")
    if module is None or mapping.by_value or not rows:
        return rows, {}
    first = rows[0][1]
    units = {i: first[i].text for i in _value_columns(mapping) if first[i].text}
    texts_only = all(first[i].number is None and not _looks_like_a_number(text) for i, text in units.items())
    return (rows[1:], units) if first[module].is_empty and units and texts_only else (rows, {})


def _groups(rows: Rows, mapping: TableMapping) -> list[Rows]:
    """Rows of one data set together: by UUID and version, else by name; one group where the table names neither."""
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


def _number_of(cell: Cell, mapping: TableMapping) -> float | None:
    """A cell's number: by its type, else by the table's decimal sign."""
    if cell.number is not None:
        return cell.number
    return read_value("", "", plain_number(cell.text.strip(), mapping.decimal or "."), None, None).value


def _declared(group: Rows, mapping: TableMapping) -> tuple[str | None, float | None, str | None]:
    """Unit, amount and why the data set is refused."""
    unit_at, amount_at = mapping.column("declared_unit"), mapping.column("amount")
    if unit_at is None:
        stated = read_amount(mapping.unit) if mapping.unit else None
        return (stated[1], stated[0], None) if stated else (None, None, None)
    pairs = {(row[unit_at].text, row[amount_at] if amount_at is not None else Cell("1", 1.0)) for _, row in group}
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
    group: Rows, sheet: Sheet, mapping: TableMapping, units: dict[int, str], ambiguous: dict[str, None], texts: list[int]
) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for _, row in group:
        for index in _value_columns(mapping):
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
    row: tuple[Cell, ...],
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
        label, unit, module = sheet.cell(mapping.header, index).text, units.get(index, ""), module_name(text("module"))
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
    """A module in a cell: as `module_of` reads it, else as it stands, so that an unknown one is kept and said."""
    return (module_of(text) or normal_name(text)).partition("|")[0]


def _set_in(text: str) -> SetCode | None:
    found = re.search(r"A([12])\b", text.upper())
    return None if found is None else "A1" if found[1] == "1" else "A2"


def _value(cell: Cell, code: str, module: str, scenario: str | None, unit: str | None, mapping: TableMapping) -> DeclaredValue:
    if cell.unknown:
        return DeclaredValue(code, module, None, "unreadable", scenario, unit, "formule zonder waarde")
    if cell.number is not None:
        return DeclaredValue(code, module, cell.number, "declared", scenario, unit, cell.text)
    text = cell.text.strip()
    found = read_value(code, module, plain_number(text, mapping.decimal or "."), scenario, unit)
    return replace(found, raw=text)


def _positive(cell: Cell, mapping: TableMapping) -> float | None:
    value = _number_of(cell, mapping)
    return value if value is not None and value > 0 else None
