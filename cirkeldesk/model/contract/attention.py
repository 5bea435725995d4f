"""What a contract asks attention for: evidence that is due, deliveries to judge, declarations that run out,
nothing delivered, a framework that fills up.

Source: CHAIN 1 and 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.product.product import Product

Attention = Literal["evidence", "to_accept", "declaration", "no_delivery", "framework"]
AHEAD = 30  # days that evidence and declarations are told beforehand
QUIET = 365  # days after the award in which something is expected to be delivered
NEARLY = 0.8  # of the largest value of a framework


@dataclass(frozen=True)
class Asks:
    """One line: the day (ISO, None where there is none), what kind, and what it names."""

    day: str | None
    kind: Attention
    detail: str = ""


def asks(contract: Contract, products: Iterable[Product], today: str) -> Iterator[Asks]:
    """`products` are those that were promised and delivered. Nothing of a contract that ended or is
    fictitious."""
    if contract.fictitious or contract.ended is not None or contract.replaced_by is not None:
        return
    soon = _later(today, AHEAD)
    yield from _of_deliveries(contract, today, soon)
    for product in {one.id: one for one in products}.values():
        until = product.valid_until
        if until is not None and (day := _last_day(until)) <= soon:
            yield Asks(day, "declaration", product.name)
    part = filled(contract)
    if part is not None and part >= NEARLY:
        yield Asks(None, "framework", f"{round(part * 100)} %")


def _of_deliveries(contract: Contract, today: str, soon: str) -> Iterator[Asks]:
    standing = contract.standing
    if not any(one.accepted for one in standing):
        for due in contract.due:
            if due.due <= soon:
                yield Asks(due.due, "evidence", due.promise)
    waiting = [one for one in standing if one.accepted is None]
    if waiting:
        yield Asks(min(one.date for one in waiting), "to_accept", str(len(waiting)))
    expected = _later(contract.awarded_on, QUIET)
    if not standing and expected <= today:
        yield Asks(expected, "no_delivery")


def filled(contract: Contract) -> float | None:
    """How much of the largest value of a framework was called off; None without one."""
    if contract.framework is None or not contract.framework.most:
        return None
    called = sum(one.value for one in contract.call_offs if one.value is not None)
    return float(called / contract.framework.most)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()


def _last_day(until: str) -> str:
    return f"{until}-12-31" if len(until) == 4 else until[:10]
