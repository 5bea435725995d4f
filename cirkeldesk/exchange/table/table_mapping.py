"""What each column of a table is: proposed from the table's own texts, changed by a person, kept for the next
of its kind.

There is no standard for tables of indicators by modules. Four shapes are one: a row per indicator with the
modules as columns; a row per module with the indicators as columns; the same with a data set per row or group
of rows; and a row per value.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePath
from typing import Literal

from cirkeldesk.exchange.reading import read_amount, read_value
from cirkeldesk.exchange.table.indicator_names import Key, candidates, set_of, settle, unit_in
from cirkeldesk.exchange.table.number_text import as_written, decimal_sign, in_brackets
from cirkeldesk.exchange.table.sheet import Sheet, column_letters
from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.model.product.indicators import (
    CLIMATE_PARTS,
    INDICATORS,
    Indicator,
    SetCode,
    is_own_size,
    unit_is_sensible,
)
from cirkeldesk.model.product.modules import atoms, normal_name
from cirkeldesk.model.refusal import NeedsAnswer

_YEAR = re.compile(r"(19|20)[0-9]{2}")
SEARCHED_ROWS = 60  # a header stands somewhere above
FACTS: dict[str, str] = {
    "set": r"set|weegset|norm|standard",
    "uuid": r"uuid|dataset ?id",
    "version": r"versie|version",
    "name": r"naam|name|product|productnaam|product ?name|mengsel|name "
    r"\((en|de|nl)\)|bezeichnung|material|materiaal",
    "module": r"modul|module|levensfase|levenscyclusfase|fase|life ?cycle "
    r"(stage|module)|stage|phase|lebenszyklusphase",
    "scenario": r"scenario|szenario",
    "indicator": r"indicator|milieueffect|(milieu-?)?(impact|effect)[- "
    r"]?(categorie|category)|impact|parameter|indikator|"
    r"wirkungskategorie",
    "unit": r"eenheid|unit|einheit",
    "value": r"waarde|value|wert|resultaat|result|uitkomst",
    "amount": r"hoeveelheid|declared amount|amount|bezugsgr(ö|oe)(ss|ß)e|gedeclareerde hoeveelheid",
    "declared_unit": r"bezugseinheit|(declared|functional) unit|(functionele|gedeclareerde) "
    r"eenheid|deklarierte einheit|per",
    "density": r"rohdichte \(kg/m3\)|density \(kg/m3\)|dichtheid \(kg/m3\)",
    "valid_until": r"gueltig bis|gültig bis|geldig tot|valid until",
    "owner": r"declaration owner|eigenaar|leverancier|supplier|manufacturer|hersteller",
    "number": r"registrierungsnummer|registratienummer|epd[- ]?nummer|declaration number|epd number",
}
_UNTIL = re.compile(r"\s*(?:t/m|tot en met|\btot\b|\bbis\b|\bto\b|through|thru|–|—)\s*", re.IGNORECASE)
_WORD_FIRST = re.compile(r"(?:module|modul|fase|phase|levensfase|stage|stadium)\s+", re.IGNORECASE)
_ONE = r"[A-Da-d][0-9]?(?:\s*[-+/,]\s*[A-Ca-c]?[0-9]){0,4}"
_MODULE_FIRST = re.compile(rf"({_ONE})\s*[/( _:]\s*(.+?)\s*\)?")
_NO_SCENARIO = re.compile(
    r"%|per\b|€|in\b|kg\b|mj\b|aandeel|share|anteil", re.IGNORECASE
)  # a rate or a share of the module
_MODULE_IN_BRACKETS = re.compile(rf"[^()\[\]0-9]+[(\[]\s*({_ONE})\s*[)\]]")
# What people write beside a module to say what it is; any other word is taken for a scenario.
_STAGE_WORDS = re.compile(
    r"(product(ie|ion)?|productiefase|transport|vervoer|aanleg|bouw|construction|installation|gebruik|use|onderhoud|"
    r"sloop|demolition|deconstruction|afval(verwerking)?|waste( processing)?|disposal|einde "
    r"leven(sduur)?|end of life|"
    r"baten( en lasten)?|benefits?|na de "
    r"levensduur|herstellung|errichtung|nutzung|entsorgung|fase|stage|phase|totaal|total|"
    r"[\s&,/-])+",
    re.IGNORECASE,
)
_TOTALS = re.compile(
    r"((sub)?tota(al|l)|som|sum(me)?|gesamt|mki|eci|weegfactor|€)\b.*|€.*|a1?\s*[-–]\s*[bcd][0-9]?|n(r|o|ummer)?\.?|#",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TableMapping:
    """How a table is read. `uses` per column: a key of FACTS, `module:A1-A3[|scenario]`, `value:A2|AP`, or ""
    to pass over.

    `names` says which indicator a label means ("" to pass over) where the label itself does not tell;
    `brackets` whether "(0,75)" is -0,75 or no number, where a person said so; `unseen` "read" counts what the
    file hides or strikes through, which is else left out.
    """

    sheet: str = ""
    header: int = 0
    uses: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    set: SetCode | None = None
    decimal: str = ""
    product: str = ""
    unit: str = ""
    brackets: Literal["", "minus", "skip"] = ""
    unseen: Literal["", "read"] = ""

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


def as_read(sheet: Sheet, mapping: TableMapping) -> Sheet:
    """The sheet that a mapping is about: what it shows, or all of it where a person said so; texts of joined
    cells in each of their rows."""
    return (sheet if mapping.unseen == "read" else sheet.as_shown()).carried_down()


def key_text(key: Key) -> str:
    return f"{key[0] or ''}|{key[1]}"


def key_of(text: str) -> Key:
    set_code, _, code = text.partition("|")
    return ("A1" if set_code == "A1" else "A2" if set_code == "A2" else None), code


@lru_cache(maxsize=4096)
def module_of(text: str) -> str | None:
    """ "C3 (recycling)" → "C3|recycling", "A1 t/m A3" and "Productie (A1-A3)" → "A1-A3"; None for what is no
    module."""
    plain = _WORD_FIRST.sub("", _UNTIL.sub("-", text.strip()))
    if atoms(plain):
        return normal_name(plain)
    bracketed = _MODULE_IN_BRACKETS.fullmatch(plain)
    if bracketed and atoms(bracketed[1]) and not candidates(text):  # "GWP-total (A2)" names the set
        return normal_name(bracketed[1])
    first = _MODULE_FIRST.fullmatch(plain)
    if not first or not atoms(first[1]) or _NO_SCENARIO.match(first[2]):
        return None
    return (
        normal_name(first[1]) if _STAGE_WORDS.fullmatch(first[2]) else f"{normal_name(first[1])}|{first[2]}"
    )


def fingerprint(sheet: Sheet, mapping: TableMapping) -> str:
    """What makes another table the same kind: its header, and the labels of its rows where those are
    indicators."""
    texts = (
        [cell.text.casefold() for cell in sheet.rows[mapping.header]]
        if mapping.header < len(sheet.rows)
        else []
    )
    label = mapping.column("indicator")
    if (mapping.by_indicator or mapping.by_value) and label is not None:
        texts += [row[label].text.casefold() for row in sheet.rows[mapping.header + 1 :] if label < len(row)]
    return hash_of_bytes("\x1f".join(texts).encode())[:24]


# --- proposing
# -----------------------------------------------------------------------------------------------------


def propose(sheets: Sequence[Sheet], file: str) -> TableMapping:
    """The mapping the texts of the first sheet with a table tell. Raises NeedsAnswer table_unknown when there
    is none."""
    return propose_all(sheets, file)[0]


def propose_all(sheets: Sequence[Sheet], file: str) -> list[TableMapping]:
    """A mapping per visible sheet on which a table is recognised. Raises NeedsAnswer table_unknown when there
    is none."""
    found = [
        mapping
        for sheet in sheets
        if not sheet.hidden and (mapping := _propose_one(as_read(sheet, TableMapping()), file)) is not None
    ]
    if not found:
        raise NeedsAnswer("table_unknown", file=file)
    if len(found) == 1:
        return found
    return [replace(m, product=m.product if m.product != PurePath(file).stem else m.sheet) for m in found]


def _propose_one(sheet: Sheet, file: str) -> TableMapping | None:
    best, header = 0, -1
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        if any(looks_like_a_number(cell.text) and not _YEAR.fullmatch(cell.text) for cell in row):
            continue  # a row with figures in it is no header; a year may stand in one
        texts = [cell.text for cell in row if cell.text]
        score = sum(module_of(text) is not None for text in texts) + sum(
            bool(candidates(text)) for text in texts
        )
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
    named, titled = set_of(labels), _set_above(sheet, header)
    set_code = (
        named or titled if named is None or titled in (None, named) else None
    )  # a title that contradicts: asked
    mapping = replace(mapping, set=set_code, product=name or PurePath(file).stem, unit=unit)
    return replace(mapping, decimal=decimal_sign(_number_texts(sheet, mapping)) or "")


def looks_like_a_number(text: str) -> bool:
    return read_value("", "", as_written(text), None, None).value is not None


def _has_values(sheet: Sheet, header: int) -> bool:
    return any(any(cell.text for cell in row) for row in sheet.rows[header + 1 :])


def _uses(sheet: Sheet, header: int) -> tuple[str, ...]:
    """What each column is, as its own header says: indicators in columns, modules in columns, or a value a
    row."""
    texts = [cell.text for cell in sheet.rows[header]]
    modules = [module_of(text) for text in texts]
    indicators = sum(bool(candidates(text)) for text in texts)
    if any(module is not None for module in modules) and indicators < 2:
        return _uses_by_indicator(sheet, header, texts, modules)
    per_value = [_fact(text, tuple(FACTS)) for text in texts]
    if {"indicator", "module", "value"} <= set(per_value):
        return tuple(use if per_value.index(use) == index else "" for index, use in enumerate(per_value))
    names = tuple(name for name in FACTS if name not in ("indicator", "unit", "value"))
    uses = _once_each(
        [_fact(text, names) or (f"value:{text}" if candidates(text) else "") for text in texts], texts
    )
    marked = any(re.search(r"\(a2\)", text.casefold()) for text in texts)
    return tuple(_value_use(use, marked) for use in uses)


def _once_each(uses: list[str], texts: list[str]) -> list[str]:
    """One column per fact, the first; the English name before the German."""
    english = next((i for i, text in enumerate(texts) if text.casefold() == "name (en)"), None)
    kept = []
    for index, use in enumerate(uses):
        again = uses.index(use) != index or (use == "name" and english not in (None, index))
        kept.append("" if again and not use.startswith("value:") else use)
    if english is not None:
        kept[english] = "name"
    return kept


def _uses_by_indicator(
    sheet: Sheet, header: int, texts: list[str], modules: list[str | None]
) -> tuple[str, ...]:
    """Columns of a table with a row per indicator: the label is where most indicators are named."""
    facts = tuple(name for name in FACTS if name not in ("module", "value"))
    uses = [
        f"module:{module}" if module else _fact(text, facts)
        for module, text in zip(modules, texts, strict=True)
    ]
    label = _label_column(sheet, header, uses)
    uses = ["" if use == "indicator" else use for use in uses]
    uses[label] = "indicator"
    after = label + 1
    if (
        "unit" not in uses
        and after < len(uses)
        and uses[after] == ""
        and not _holds_figures(sheet, header, after)
    ):
        uses[after] = "unit"
    return tuple(
        use if use.startswith("module:") or uses.index(use) == index else "" for index, use in enumerate(uses)
    )


def _holds_figures(sheet: Sheet, header: int, column: int) -> bool:
    cells = [row[column] for row in sheet.rows[header + 1 :]]
    return any(cell.number is not None or looks_like_a_number(cell.text) for cell in cells)


def passed_over(sheet: Sheet, mapping: TableMapping) -> list[str]:
    """Columns that hold figures and that nobody reads; totals and MKI aside. As letters with their heads."""
    found = []
    for index, use in enumerate(mapping.uses):
        head = sheet.cell(mapping.header, index).text
        if use != "" or _TOTALS.fullmatch(head.strip()):
            continue
        texts = {row[index].text for row in sheet.rows[mapping.header + 1 :] if row[index].text}
        tells_apart = mapping.by_value and bool(head) and len(texts) > 1
        if tells_apart or _holds_figures(sheet, mapping.header, index):
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
    """Product name and declared amount from cells above the header: a label, and the text to its right or
    behind its colon.

    "Product" goes before "Naam", and a declared or functional unit before a plain "Eenheid"; two that differ
    are asked.
    """
    names: dict[bool, list[str]] = {True: [], False: []}
    units: dict[bool, list[str]] = {True: [], False: []}
    for row in sheet.rows[:header]:
        texts = [
            part.strip() for cell in row if cell.text for part in cell.text.split(":", 1) if part.strip()
        ]
        for place, (label, value) in enumerate(itertools.pairwise(texts)):
            if _fact(label, ("name",)):
                names[label.casefold().startswith(("product", "mengsel"))].append(value)
            declared = bool(_fact(label, ("declared_unit",)))
            if declared or _fact(label, ("unit",)):
                both = f"{value} {texts[place + 2]}" if place + 2 < len(texts) else ""
                amount = value if read_amount(value) else both if read_amount(both) else ""
                units[declared] += [amount] if amount else []
    name = (names[True] or names[False] or [""])[0]
    stated = units[True] or units[False]
    return name, stated[0] if len({read_amount(text) for text in stated}) == 1 else ""


def _set_above(sheet: Sheet, header: int) -> SetCode | None:
    """The set a title names ("EN 15804+A2"), when only one is named."""
    text = " ".join(cell.text for row in sheet.rows[:header] for cell in row)
    found = set(re.findall(r"15804\s*\+\s*A([12])", text))
    return None if len(found) != 1 else "A1" if found == {"1"} else "A2"


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
        return [
            sheet.cell(mapping.header, i).text
            for i, use in enumerate(mapping.uses)
            if use.startswith(("value:", "named:"))
        ]
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
        pairs = [
            (cell.text, "")
            for cell, use in zip(heads, mapping.uses, strict=False)
            if use.startswith("named:")
        ]
    found = [(candidates(text), unit_text or unit_in(text)) for text, unit_text in pairs]
    return any(keys and settle(keys, mapping.set, unit_text) is None for keys, unit_text in found)


def brackets_are_open(sheet: Sheet, mapping: TableMapping) -> bool:
    """Whether numbers stand in brackets and nobody said what that means."""
    return not mapping.brackets and any(in_brackets(text) for text in _number_texts(sheet, mapping))


def open_labels(sheet: Sheet, mapping: TableMapping) -> tuple[str, ...]:
    """Labels nobody knows whose unit is that of an indicator the table lacks: its row would be missing from
    the MKI for the way its name is printed. In the order of the table."""
    said = dict(mapping.names)
    labels = _labels_with_units(sheet, mapping) if mapping.set is not None else {}
    known = {text: (key_of(said[text]),) if said.get(text) else candidates(text) for text in labels}
    have = {key for keys in known.values() for key in keys}
    lacking = [row for row in INDICATORS if row.set == mapping.set and (row.set, row.code) not in have]
    open_ones = [text for text, keys in known.items() if not keys and text not in said]
    return tuple(text for text in open_ones if _is_one_of(lacking, labels[text]))


def _is_one_of(lacking: Sequence[Indicator], unit: str) -> bool:
    counted = [row for row in lacking if row.code not in CLIMATE_PARTS]
    return bool(unit) and any(unit_is_sensible(row, unit) and is_own_size(row, unit) for row in counted)


def _labels_with_units(sheet: Sheet, mapping: TableMapping) -> dict[str, str]:
    """The labels of rows with figures, and the unit beside each."""
    label, unit = mapping.column("indicator"), mapping.column("unit")
    if label is None or not (mapping.by_indicator or mapping.by_value):
        return {}
    columns = value_columns(mapping)
    return {
        row[label].text: (row[unit].text if unit is not None else "") or unit_in(row[label].text) or ""
        for row in sheet.rows[mapping.header + 1 :]
        if row[label].text and any(not row[i].is_empty for i in columns)
    }


def sign_is_open(sheet: Sheet, mapping: TableMapping) -> bool:
    return decimal_sign(_number_texts(sheet, mapping)) is None


def value_columns(mapping: TableMapping) -> list[int]:
    if mapping.by_value:
        return [mapping.column("value") or 0]
    kinds = ("module:",) if mapping.by_indicator else ("value:", "named:")
    return [index for index, use in enumerate(mapping.uses) if use.startswith(kinds)]


def _number_texts(sheet: Sheet, mapping: TableMapping) -> Iterator[str]:
    columns = value_columns(mapping)
    columns += [i for i in (mapping.column("amount"), mapping.column("density")) if i is not None]
    for row in sheet.rows[mapping.header + 1 :]:
        yield from (row[i].text.strip() for i in columns if row[i].number is None)
