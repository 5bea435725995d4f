"""A bill as lines: what each format becomes, and what its own sums say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from cirkeldesk.model.messages import Message
from cirkeldesk.wording import numbers

# V: settled by what is measured; N: fixed; information: only told (Standaard RAW 2020, 01.01).
LineKind = Literal["settled", "fixed", "information"]
CENT = Decimal("0.01")
MOST_LINES = 20_000


@dataclass(frozen=True)
class BillLine:
    """One line: `quantity` in `unit`; `place` says where it stands ("rij 14", "post 310110")."""

    code: str
    text: str
    unit: str = ""
    quantity: Decimal | None = None
    kind: LineKind | None = None
    unit_price: Decimal | None = None
    amount: Decimal | None = None
    place: str = ""
    heading: str = ""
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Bill:
    """`untried`: read as its format is described, and never with a real file. `unread`: names of parts that
    were not understood."""

    format: str
    lines: tuple[BillLine, ...]
    number: str = ""
    title: str = ""
    total: Decimal | None = None
    untried: bool = False
    unread: tuple[str, ...] = ()

    def line(self, code: str) -> BillLine | None:
        return next((line for line in self.lines if line.code == code), None)


@dataclass(frozen=True)
class BillFault:
    """What is wrong at a line. "decide": the values can be used, and a person says why."""

    place: str
    message: Message
    level: Literal["error", "decide"] = "error"


def kind_of(text: str) -> LineKind | None:
    """ "V", "verrekenbaar", "N", "niet verrekenbaar", "ter inlichting" → what a quantity is."""
    plain = text.strip().casefold().rstrip(".")
    if not plain:
        return None
    if plain.startswith(("ter inl", "inl", "i ")) or plain in ("i", "ti", "t.i"):
        return "information"
    if plain.startswith(("n", "niet")):
        return "fixed"
    return "settled" if plain.startswith(("v", "ja")) else None


def number_of(
    text: str, *, typed: float | None = None, english: bool = False
) -> tuple[Decimal | None, str | None]:
    """(number, key of what is wrong with it). `english`: a format that writes points for decimals."""
    if typed is not None:
        return Decimal(repr(typed)), None
    plain = text.strip().replace("€", "").strip()
    if not plain or plain in ("-", "–"):
        return None, None
    if english and re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return Decimal(plain), None
    read = numbers.read_number(plain)
    if read.value is None:
        return None, "bill_no_number"
    return (None, "bill_two_numbers") if read.hint == "thousands" else (read.value, None)


def amount_of(quantity: Decimal, price: Decimal) -> Decimal:
    """Whole cents, half away from zero."""
    return (quantity * price).quantize(CENT, ROUND_HALF_UP)


def faults_of(bill: Bill) -> Iterator[BillFault]:
    """What the lines say against themselves: numbers that are none, codes twice, amounts and a total that do
    not add up."""
    counted = Counter(line.code for line in bill.lines if line.code)
    for line in bill.lines:
        for problem in line.problems:
            yield BillFault(line.place, problem)
        if counted[line.code] > 1:
            yield BillFault(line.place, Message.of("bill_double", code=line.code))
        yield from _amount_fault(line)
    amounts = [line.amount for line in bill.lines if line.amount is not None]
    if bill.total is not None and amounts:
        made = sum(amounts, Decimal(0))
        if abs(made - bill.total) > CENT * len(amounts) / 2:
            message = Message.of("bill_total", made=_euro(made), said=_euro(bill.total))
            yield BillFault("totaal", message, "decide")


def _amount_fault(line: BillLine) -> Iterator[BillFault]:
    """An amount that is not quantity × unit price in whole cents."""
    if line.quantity is None or line.unit_price is None or line.amount is None:
        return
    made = amount_of(line.quantity, line.unit_price)
    if abs(made - line.amount) > CENT / 2:
        message = Message.of("bill_amount", code=line.code, made=_euro(made), said=_euro(line.amount))
        yield BillFault(line.place, message, "decide")


def differences(asked: Bill, returned: Bill) -> Iterator[BillFault]:
    """What a state that came back changed of the bill it was made from, line by line, and what it lacks."""
    for line in asked.lines:
        if line.quantity is None or line.kind == "information":
            continue
        back = returned.line(line.code)
        if back is None:
            yield BillFault(line.place, Message.of("bill_missing", code=line.code, text=line.text[:60]))
        else:
            yield from _line_differences(line, back)
    known = {line.code for line in asked.lines}
    for line in returned.lines:
        if line.code not in known and line.quantity is not None:
            yield BillFault(line.place, Message.of("bill_extra", code=line.code, text=line.text[:60]))


def _line_differences(line: BillLine, back: BillLine) -> Iterator[BillFault]:
    if back.quantity != line.quantity:
        message = Message.of(
            "bill_quantity", code=line.code, was=_plain(line.quantity), now=_plain(back.quantity)
        )
        yield BillFault(back.place, message)
    if _bare(back.unit) != _bare(line.unit):
        yield BillFault(back.place, Message.of("bill_unit", code=line.code, was=line.unit, now=back.unit))
    if back.text and line.text and _bare(back.text) != _bare(line.text):
        message = Message.of("bill_text", code=line.code, was=line.text[:60], now=back.text[:60])
        yield BillFault(back.place, message, "decide")
    if back.unit_price is None and not back.problems:
        yield BillFault(back.place, Message.of("bill_no_price", code=line.code))


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold().replace("²", "2").replace("³", "3"))


def _plain(value: Decimal | None) -> str:
    return "leeg" if value is None else f"{value.normalize():f}".replace(".", ",")


def _euro(value: Decimal) -> str:
    return numbers.euro(value, 2)
