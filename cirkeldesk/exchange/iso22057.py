"""ISO 22057 data templates as JSON, the coming exchange form of EPD programmes (a pilot is known, no public
files).

Known: `subIndicators[].subIndicatorItems[] {name, values[] {name: "A1", unit, value: "0.72"}}` and
`subScenarios[].subScenarioItems[] {guid, name, value}`, wherever they stand; both sets side by side in one
file; `INA` for not declared; American dates with a time. Read where that is unambiguous, else asked or named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cirkeldesk.exchange.reading import (
    Note,
    Reading,
    checked,
    declarations_of,
    note,
    plain_text,
    read_amount,
    read_value,
)
from cirkeldesk.exchange.table.indicator_names import candidates, set_of, settle
from cirkeldesk.exchange.table.table_mapping import module_of
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.product import Product, Source
from cirkeldesk.model.refusal import ReadError

DEEPEST = 40
_FACTS = {
    "name": r"(product|declaration) name|name of (the )?product|productnaam|name",
    "unit": r"(declared|functional) unit( \(.*\))?|gedeclareerde eenheid|functionele eenheid",
    "quantity": r"(declared|functional) unit (quantity|amount|value)|quantity",
    "valid_until": r"valid (to|until)|validity( date)?|expir(y|ation)( date)?|geldig tot",
    "number": r"(epd|declaration|registration) (number|no\.?)",
    "owner": r"(epd )?owner( of the declaration)?|manufacturer|producer|producent",
}
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")


def is_template(data: object) -> bool:
    """Whether somewhere in a document stand indicators in the shape of this standard."""
    return next(_blocks(data), None) is not None


def read(data: object, source: Source) -> Reading:
    """The product of one file. Raises ReadError no_values when it declares nothing."""
    facts = _facts(data)
    name = facts.get("name") or source.file
    rows = list(_rows(data))
    if not rows:
        raise ReadError("no_values", where=name)
    stated = _amount(facts)
    product = Product(
        id="",
        name=name,
        declared_unit=stated[1] if stated else None,
        declared_amount=stated[0] if stated else None,
        valid_until=_day(facts.get("valid_until", "")),
        owner=facts.get("owner"),
        number=facts.get("number"),
        declarations=declarations_of(rows, rules=None, defaults=(), standard_units=False),
        source=source,
    )
    found: list[Note] = [] if stated else [note("warning", "unit_missing", name)]
    product, notes = checked(product, name, found)
    return Reading("ISO 22057 JSON", (product,), notes)


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Every object of the document, in its order, without recursion and to a bounded depth."""
    waiting: list[tuple[object, int]] = [(data, 0)]
    while waiting:
        node, depth = waiting.pop(0)
        if depth > DEEPEST:
            continue
        if isinstance(node, dict):
            yield node
            waiting[:0] = [(child, depth + 1) for child in node.values()]
        elif isinstance(node, list):
            waiting[:0] = [(child, depth + 1) for child in node]


def _blocks(data: object) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(name of a block, its indicators)."""
    for node in _nodes(data):
        items = node.get("subIndicatorItems")
        if isinstance(items, list):
            yield _text(node.get("name")), [one for one in items if isinstance(one, dict)]


def _text(value: object) -> str:
    return plain_text(str(value)) if isinstance(value, (str, int, float)) else ""


def _facts(data: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in _nodes(data):
        items = node.get("subScenarioItems")
        for item in items if isinstance(items, list) else ():
            if not isinstance(item, dict):
                continue
            label, value = _text(item.get("name")).casefold(), _text(item.get("value"))
            for name, pattern in _FACTS.items():
                if value and re.fullmatch(pattern, label):
                    found.setdefault(name, value)
    return found


def _amount(facts: dict[str, str]) -> tuple[float, str] | None:
    """ "1000 kg" in one value, or a quantity and a unit apart."""
    unit = facts.get("unit", "")
    return read_amount(unit) or read_amount(f"{facts.get('quantity', '')} {unit}")


def _day(text: str) -> str | None:
    """ "4/19/2026 12:00:00 AM" → 2026-04-19; ISO dates and years as they are; None for anything else."""
    american = _AMERICAN.fullmatch(text.strip())
    if american and int(american[1]) <= 12:
        return f"{american[3]}-{int(american[1]):02d}-{int(american[2]):02d}"
    iso = re.match(r"(\d{4}(?:-\d\d-\d\d)?)(?:$|T)", text.strip())
    return iso[1] if iso else None


def _rows(data: object) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for title, items in _blocks(data):
        names = [_text(item.get("name")) for item in items]
        named = re.findall(r"\+?\s*A([12])\b", title)
        titled: SetCode | None = None if len(set(named)) != 1 else "A1" if named[0] == "1" else "A2"
        set_code = titled or set_of(names)
        for item, label in zip(items, names, strict=True):
            values = item.get("values")
            for value in values if isinstance(values, list) else ():
                if isinstance(value, dict) and label:
                    yield _row(label, value, set_code)


def _row(label: str, value: dict[str, Any], set_code: SetCode | None) -> tuple[SetCode | None, DeclaredValue]:
    unit = _text(value.get("unit")) or None
    key = settle(candidates(label), set_code, unit)
    found_set, code = key or (None, f"naam:{label[:60]}")
    name = _text(value.get("name"))
    module, _, scenario = (module_of(name) or name).partition("|")
    raw = _text(value.get("value"))
    return found_set, read_value(code, module, raw, scenario or None, unit, comma=False)
