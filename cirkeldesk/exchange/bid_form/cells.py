"""The parts of a bid form: its sheets, open cells, locked cells and formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.exchange.table.sheet import column_letters
from cirkeldesk.model.lookup import the_one

CellKind = Literal["text", "money", "number", "percent", "date", "choice"]
BID, POSTS, COMPOSITION, HELP = "Inschrijving", "Posten", "Samenstelling", "Uitleg"
SHEETS = (BID, POSTS, COMPOSITION, HELP)
# A form keeps the cells it was sent out with: 1 is that of versions up to 0.9, 2 spells out what is asked (up
# to 0.12), 3 asks what the award method asks of a bid itself, and offers a box for remarks.
LAYOUT, LAYOUTS = 3, (1, 2, 3)


@dataclass(frozen=True)
class FormField:
    """An open cell. `key` is what it answers, such as `price` or `mki|p1`; rows and columns from 0."""

    key: str
    sheet: str
    row: int
    column: int
    label: str
    kind: CellKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    default: str = ""
    help: str = ""
    zero: bool = False  # whether 0 is an ordinary answer of this field of money

    @property
    def place(self) -> str:
        return f"{column_letters(self.column)}{self.row + 1}"


@dataclass(frozen=True)
class FixedCell:
    """A locked cell: a text or a number of the authority. Not `asked`: it may differ without making another
    form."""

    sheet: str
    row: int
    column: int
    value: str | float
    bold: bool = False
    decimals: int | None = None
    asked: bool = True


@dataclass(frozen=True)
class Formula:
    """A locked cell that Excel computes; `value` is what it shows while the form is empty."""

    sheet: str
    row: int
    column: int
    text: str
    value: str | float = ""


@dataclass(frozen=True)
class Form:
    """Everything on the form of one tender, as the cells of its `layout`."""

    tender_id: str
    number: str
    title: str
    version: str
    fields: tuple[FormField, ...]
    fixed: tuple[FixedCell, ...]
    formulas: tuple[Formula, ...] = ()
    layout: int = LAYOUT

    @property
    def mark(self) -> str:
        return mark_of(self.tender_id, self.version, self.layout)

    def field(self, key: str) -> FormField:
        return the_one(self.fields, lambda field: field.key == key, key)


def mark_of(tender_id: str, version: str, layout: int) -> str:
    return f"inschrijfformulier/{layout} · {tender_id} · {version}"
