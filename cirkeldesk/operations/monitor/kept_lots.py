"""Lots as texts, to be kept beside the version they were worked out of, and back.

A list in a fixed order and not a document: it is read thousands at a time, and made anew where its `FORM` is
another.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.monitor.lot import Impact, Lot, Realised
from cirkeldesk.model.monitor.ranges import KNOWN_ORIGINS, Masses, Range

FORM = 3


@dataclass(frozen=True)
class ContractLine:
    """A contract as a line of the list. `promised` and `proven` at bid quantities in € MKI; `to_judge` is how
    many deliveries nobody judged yet."""

    id: str
    number: str
    title: str
    contractor: str
    awarded_on: str
    promised: float | None
    proven: float | None
    to_judge: int
    delivered: bool = False


@dataclass(frozen=True)
class KeptLots:
    """The lots of a contract and its line, and the days (ISO) of its first and last fact: as of a day between
    them it is worked out anew."""

    first: str
    last: str
    lots: tuple[Lot, ...]
    line: ContractLine


def last_fact(contract: Contract) -> str:
    """The day of the newest thing that is known of a contract."""
    days = [contract.awarded_on, *(one.date for one in contract.deliveries)]
    days += [one.on for part in (contract.changes, contract.call_offs, contract.exercised) for one in part]
    days += [contract.ended.on] if contract.ended is not None else []
    return max(days)


def as_text(found: KeptLots) -> str:
    rows = [_row(lot) for lot in found.lots]
    line = list(asdict(found.line).values())
    return json.dumps([FORM, found.first, found.last, rows, line], ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> KeptLots | None:
    """None where it is of another form, or no such list."""
    try:
        form, first, last, rows, line = json.loads(text)
        if form != FORM:
            return None
        return KeptLots(first, last, tuple(map(_lot, rows)), ContractLine(*line))
    except (ValueError, TypeError, IndexError, ArithmeticError):
        return None


def _row(lot: Lot) -> list[Any]:
    realised = lot.realised
    return [
        lot.key,
        lot.tender,
        lot.number,
        lot.title,
        lot.year,
        lot.organisation,
        lot.group,
        lot.group_name,
        str(lot.price) if lot.price is not None else None,
        _flat(lot.awarded),
        _flat(lot.reference),
        {str(year): [_flat(one.masses), _weights(one)] for year, one in realised.items()}
        if realised is not None
        else None,
        lot.set_code,
        _weights(lot),
        lot.functional,
        lot.functional_unit,
        lot.released_t,
        [lot.has_material, lot.finished, lot.fictitious],
        lot.mixes,
        lot.themes,
        lot.r_steps,
        lot.findings,
        lot.shares,
    ]


def _weights(found: Lot | Realised) -> list[list[float | None]]:
    impacts = (found.mki, found.gwp_a_to_c, found.gwp_d)
    return [[one.reference, one.promised, one.proven] for one in impacts]


def _came(flat: list[Any]) -> Realised:
    masses = _masses(flat[0])
    return Realised(masses or Masses(), *(Impact(*one) for one in flat[1]))


def _flat(masses: Masses | None) -> list[float] | None:
    if masses is None:
        return None
    ends = [end for origin in KNOWN_ORIGINS for end in (masses.of(origin).low, masses.of(origin).high)]
    return [masses.whole, masses.known, *ends]


def _masses(flat: list[float] | None) -> Masses | None:
    if flat is None:
        return None
    whole, known, *ends = flat
    return Masses(whole, known, *map(Range, ends[::2], ends[1::2]))


def _lot(row: list[Any]) -> Lot:
    key, tender, number, title, year, organisation, group, group_name = row[:8]
    price, realised, (mki, a_to_c, d) = row[8], row[11], row[13]
    has_material, finished, fictitious = row[17]
    return Lot(
        key,
        tender,
        number,
        title,
        year,
        organisation,
        group,
        group_name,
        price=Decimal(price) if price is not None else None,
        awarded=_masses(row[9]),
        reference=_masses(row[10]),
        realised={int(year): _came(flat) for year, flat in realised.items()}
        if realised is not None
        else None,
        set_code=row[12],
        mki=Impact(*mki),
        gwp_a_to_c=Impact(*a_to_c),
        gwp_d=Impact(*d),
        functional=row[14],
        functional_unit=row[15],
        released_t=row[16],
        has_material=has_material,
        finished=finished,
        fictitious=fictitious,
        mixes=tuple((name, tons) for name, tons in row[18]),
        themes=tuple((theme, level) for theme, level in row[19]),
        r_steps=tuple(row[20]),
        findings=tuple(row[21]),
        shares=tuple((name, share) for name, share in row[22]),
    )
