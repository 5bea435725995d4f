"""The benchmark: MKI per ton of a mix over awarded lots of several organisations, published so that nobody's
bid can be worked out of it.

Source: CHAIN 7. A cell is published only with at least ten lots of at least five suppliers, none of which has
more than 40 % of its lots or tons; quartiles only from twenty lots; two significant digits; again only when
at least five lots were added. There are no sums over cells, and how many lots there are is said in classes:
nothing that is published can be subtracted from another.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LEAST_LOTS, LEAST_SUPPLIERS, LARGEST_SHARE, QUARTILES_FROM, LEAST_NEW = 10, 5, 0.40, 20, 5
LEAST_NEW_SUPPLIERS = 3  # among the lots that were added: fewer could be known by their difference [own]
DIGITS = 2
CLASSES = (1000.0, 5000.0)  # tons: up to, up to, above
CLASS_NAMES = ("tot 1.000 ton", "1.000 tot 5.000 ton", "vanaf 5.000 ton")
COUNTS = (20, 50, 100)  # how many lots is said as "10 tot 19", "20 tot 49" …


@dataclass(frozen=True)
class CellKey:
    """What may be compared: the same mix, set, edition, rules, modules, year and class of tons."""

    mix: str
    set_code: str
    edition: str
    rules: str
    modules: str
    year: int
    tons_class: int


@dataclass(frozen=True)
class BenchmarkLot:
    """One post of an awarded lot: € MKI per ton and its tons. `supplier` is a keyed hash of the concern; `id`
    says which lot it is without saying whose."""

    id: str
    key: CellKey
    mki: float
    tons: float
    supplier: str


@dataclass(frozen=True)
class PublishedCell:
    """What is told of a cell: rounded figures, how many lots as a class, and the edition it first stood in.
    `lots` are the ids it is made of; they are kept, never shown."""

    key: CellKey
    median: float
    low: float | None
    high: float | None
    count: str
    edition: int
    lots: tuple[str, ...] = ()


def class_of(tons: float) -> int:
    return sum(tons >= bound for bound in CLASSES)


def supplier_hash(name: str, key: str) -> str:
    """The concern by a keyed hash: the same name gives the same, and without the key no name can be tried."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    for ending in (" b.v.", " bv", " n.v.", " nv"):
        plain = plain.removesuffix(ending)
    return hmac.new(key.encode(), plain.encode(), hashlib.sha256).hexdigest()[:16]


def published(
    lots: Iterable[BenchmarkLot], before: Iterable[PublishedCell] = (), edition: int = 1
) -> tuple[PublishedCell, ...]:
    """The cells that may be told, in order. What was told before stays as it was until enough was added."""
    told = {one.key: one for one in before}
    cells: dict[CellKey, dict[str, BenchmarkLot]] = {}
    for lot in lots:
        cells.setdefault(lot.key, {})[lot.id] = lot  # a lot counts once, whoever sends it
    found = []
    for key in sorted(cells.keys() | told.keys(), key=_order):
        earlier = told.get(key)
        members = list(cells.get(key, {}).values())
        if earlier is not None and not _is_enough_new(members, earlier):
            found.append(earlier)
            continue
        if may_be_told(members):
            found.append(_cell(key, members, edition))
        elif earlier is not None:
            found.append(earlier)
    return tuple(found)


def _order(key: CellKey) -> tuple[object, ...]:
    return (key.mix, key.set_code, key.edition, key.rules, key.modules, key.year, key.tons_class)


def may_be_told(lots: Sequence[BenchmarkLot]) -> bool:
    """Whether a cell is large and mixed enough, by lots and by tons."""
    if len(lots) < LEAST_LOTS or any(not math.isfinite(one.mki) or one.tons <= 0 for one in lots):
        return False
    by_lots = Counter(one.supplier for one in lots)
    if len(by_lots) < LEAST_SUPPLIERS or max(by_lots.values()) > LARGEST_SHARE * len(lots):
        return False
    tons: dict[str, float] = {}
    for one in lots:
        tons[one.supplier] = tons.get(one.supplier, 0.0) + one.tons
    return max(tons.values()) <= LARGEST_SHARE * math.fsum(tons.values()) + 1e-9


def _is_enough_new(lots: Sequence[BenchmarkLot], earlier: PublishedCell) -> bool:
    """Whether so much was added, by so many, that the difference tells of nobody; and nothing was taken
    away."""
    known = set(earlier.lots)
    new = [one for one in lots if one.id not in known]
    is_all = known <= {one.id for one in lots}
    return is_all and len(new) >= LEAST_NEW and len({one.supplier for one in new}) >= LEAST_NEW_SUPPLIERS


def _cell(key: CellKey, lots: Sequence[BenchmarkLot], edition: int) -> PublishedCell:
    values = sorted(one.mki for one in lots)
    has_quartiles = len(values) >= QUARTILES_FROM
    return PublishedCell(
        key,
        rough(_at(values, 0.5)),
        rough(_at(values, 0.25)) if has_quartiles else None,
        rough(_at(values, 0.75)) if has_quartiles else None,
        count_class(len(values)),
        edition,
        tuple(sorted(one.id for one in lots)),
    )


def _at(values: Sequence[float], part: float) -> float:
    """The value at a part of the way, between two neighbours where it falls between them."""
    place = part * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def rough(value: float) -> float:
    """Two significant digits, half away from zero."""
    if value == 0:
        return 0.0
    exact = Decimal(repr(value))
    step = Decimal(1).scaleb(exact.adjusted() - DIGITS + 1)
    return float(exact.quantize(step, ROUND_HALF_UP))


def count_class(count: int) -> str:
    """ "10 tot 19": how many, without saying it to the lot."""
    bounds = [LEAST_LOTS, *COUNTS]
    for low, high in itertools.pairwise(bounds):
        if count < high:
            return f"{low} tot {high - 1}"
    return f"{bounds[-1]} of meer"
