"""Deliveries as a contractor or supervisor lists them: day, post, quantity, product, MKI, evidence.

Each fault is told by its cell; where one is found nothing is taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cirkeldesk.exchange.bill.bill import number_of
from cirkeldesk.exchange.ledger.named import NamedTable, named_table
from cirkeldesk.exchange.table.number_text import decimal_sign, plain_number
from cirkeldesk.exchange.table.sheet import Row, SourceCell
from cirkeldesk.model.messages import Message
from cirkeldesk.wording import numbers

HEADS: Mapping[str, Sequence[str]] = {
    "date": ("datum", "datum levering", "leverdatum", "t/m", "periode tot", "date"),
    "post": ("post", "postnummer", "post-id", "postcode", "onderdeel", "laag"),
    "quantity": ("hoeveelheid", "geleverd", "aantal", "quantity", "ton geleverd"),
    "unit": ("eenheid", "unit", "eh"),
    "product": ("product", "mengsel", "mengselcode", "materiaal"),
    "mki": ("mki", "mki per eenheid", "mki per ton", "mki (€ per ton)", "mki, € per ton"),
    "set_code": ("weegset", "set"),
    "rules": ("rekenregels", "regels", "pcr"),
    "evidence": ("bewijs", "weegbon", "weegbonnen", "onderbouwing", "bijlage"),
    "accepted": ("geaccepteerd", "akkoord", "aanvaard", "goedgekeurd"),
    "of": ("retour van", "hoort bij"),
    "replaces": ("vervangt", "corrigeert"),
    "faulty": ("gebrekkig", "ondeugdelijk", "weer verwijderd"),
    "call_off": ("afroep", "afroepnummer", "deelopdracht"),
}
UNITS: Mapping[str, str] = {
    "t": "ton", "ton": "ton", "tonne": "ton", "m2": "m2", "m²": "m2", "m3": "m3", "m³": "m3", "m": "m",
    "m1": "m", "st": "piece", "stuk": "piece", "stuks": "piece", "piece": "piece",
}  # fmt: skip
YES, NO = (
    frozenset(("ja", "j", "x", "yes", "waar", "true", "1")),
    frozenset(("nee", "n", "no", "onwaar", "false", "0")),
)
_UNKNOWN = object()


@dataclass(frozen=True)
class ReadDeliveries:
    """Deliveries as plain fields, and the faults by their cell. Numbers are Python numbers, days ISO."""

    rows: tuple[dict[str, object], ...]
    faults: tuple[Message, ...]


def read_deliveries(content: bytes, file: str) -> ReadDeliveries:
    """Raises ReadError where the columns are not found."""
    table = named_table(content, file, HEADS, ("date", "post", "quantity"))
    faults: list[Message] = []
    signs = {
        name: decimal_sign(table.cell(row, name).text for _, row in table.rows)
        for name in ("quantity", "mki")
    }
    rows = [_row(table, number, row, signs, faults) for number, row in table.rows]
    return ReadDeliveries(tuple(rows), tuple(faults))


def _row(
    table: NamedTable, number: int, row: Row, signs: Mapping[str, str | None], faults: list[Message]
) -> dict[str, object]:
    """`signs` are the decimal signs that each column of numbers shows."""
    found: dict[str, object] = {}
    for name in HEADS:
        cell = table.cell(row, name)
        if cell.is_empty:
            if name in ("date", "post", "quantity"):
                faults.append(Message.of("delivery_empty", cell=table.place(number, name)))
            continue
        value = _value(name, cell, signs.get(name))
        if value is _UNKNOWN:
            text = cell.text.strip()[:40]
            faults.append(Message.of(f"delivery_no_{name}", cell=table.place(number, name), text=text))
        else:
            found[name] = value
    return found


def _value(name: str, cell: SourceCell, sign: str | None) -> object:
    """What a cell says, or that it says nothing we know."""
    text = cell.text.strip()
    if name in ("quantity", "mki"):
        amount, wrong = number_of(
            plain_number(text, sign) if sign else text, typed=cell.number, english=bool(sign)
        )
        return float(amount) if amount is not None and wrong is None and not cell.unknown else _UNKNOWN
    if name == "date":
        return numbers.read_date(numbers.without_time(text)) or _UNKNOWN
    if name == "unit":
        return UNITS.get(text.casefold(), _UNKNOWN)
    if name in ("accepted", "faulty"):
        known = text.casefold()
        return True if known in YES else False if known in NO else _UNKNOWN
    return text
