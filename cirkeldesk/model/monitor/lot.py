"""A lot as the monitor counts it: once, by tender number, lot and call-off.

Source: CHAIN 4. What was awarded and what was delivered are two things, never one filled from the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.model.monitor.ranges import Masses
from cirkeldesk.model.product.indicators import SetCode


@dataclass(frozen=True)
class Impact:
    """MKI (€) or GWP (kg) of a lot: the reference's, as promised, as proven at real quantities."""

    reference: float | None = None
    promised: float | None = None
    proven: float | None = None


@dataclass(frozen=True)
class Realised:
    """What was delivered of a lot in a year, with the reference and the promise at those very quantities."""

    masses: Masses
    mki: Impact = Impact()
    gwp_a_to_c: Impact = Impact()
    gwp_d: Impact = Impact()


@dataclass(frozen=True)
class Lot:
    """One row of the count. `key` is that by which it counts once; `share` the agreed part of the
    organisation that is looked at. Masses in tons: `awarded` None where the mass is not known, `reference`
    None without a nulvariant that was locked at publication, `realised` by year of delivery, None where
    nothing was delivered. `shares` are the parts of several organisations, none where it is of one.
    `themes` are (theme, level) of
    its criteria. `has_material` is False for lots that bring no material, such as advice."""

    key: str
    tender: str
    number: str
    title: str
    year: int
    organisation: str
    group: str
    group_name: str
    price: Decimal | None
    awarded: Masses | None
    reference: Masses | None = None
    realised: Mapping[int, Realised] | None = None
    set_code: SetCode = "A2"
    mki: Impact = Impact()
    gwp_a_to_c: Impact = Impact()
    gwp_d: Impact = Impact()
    functional: float | None = None
    functional_unit: str = ""
    released_t: float = 0.0
    share: float = 1.0
    has_material: bool = True
    finished: bool = False
    fictitious: bool = False
    mixes: tuple[tuple[str, float], ...] = ()
    themes: tuple[tuple[str, str], ...] = ()
    r_steps: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()


def once(lots: Iterable[Lot]) -> tuple[tuple[Lot, ...], tuple[str, ...]]:
    """Each key once, and the keys that stood twice: the first counts."""
    found: dict[str, Lot] = {}
    twice = []
    for lot in lots:
        if lot.key in found:
            twice.append(lot.key)
        found.setdefault(lot.key, lot)
    return tuple(found.values()), tuple(dict.fromkeys(twice))


def at(lot: Lot, share: float) -> Lot:
    """The part of a lot that counts at an organisation."""
    if share == 1.0:
        return lot
    realised = lot.realised
    return replace(
        lot,
        share=share,
        price=lot.price * Decimal(str(share)) if lot.price is not None else None,
        awarded=_part(lot.awarded, share),
        reference=_part(lot.reference, share),
        realised={year: _came(one, share) for year, one in realised.items()}
        if realised is not None
        else None,
        mki=_weight(lot.mki, share),
        gwp_a_to_c=_weight(lot.gwp_a_to_c, share),
        gwp_d=_weight(lot.gwp_d, share),
        functional=lot.functional * share if lot.functional is not None else None,
        released_t=lot.released_t * share,
        mixes=tuple((name, tons * share) for name, tons in lot.mixes),
    )


def _came(one: Realised, share: float) -> Realised:
    weights = [_weight(found, share) for found in (one.mki, one.gwp_a_to_c, one.gwp_d)]
    return Realised(one.masses.times(share), *weights)


def _part(masses: Masses | None, share: float) -> Masses | None:
    return masses.times(share) if masses is not None else None


def _weight(found: Impact, share: float) -> Impact:
    values = [found.reference, found.promised, found.proven]
    return Impact(*(value * share if value is not None else None for value in values))
