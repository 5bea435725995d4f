"""What a printed table proves of itself, and which of its values that covers.

Three sums (the layout of a Dutch asphalt declaration, and the results tables that LCA programs print):

- across: A1 + A2 + A3 = A1-A3;
- across: A1-A3 + D = Totaal where a table has nothing else; elsewhere the sum of all modules = Totaal;
- down: per column, the sum of weight × row = the MKI row (set A1 with the weights of the shipped set).

A sum holds when it differs no more than what rounding of the printed figures may do. It *sees* a value when
a change of a tenth of that value would break it: only then it proves something. D is printed without its
minus in the MKI row by some programs; that is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cirkeldesk.model.product.modules import PRODUCTION, atoms
from cirkeldesk.model.product.printed import Proof

TOTAL = "total"
_PARTS = ("A1", "A2", "A3")
Key = tuple[str, str]  # (row, module)


@dataclass(frozen=True)
class PrintedFigure:
    """A printed number: its value and how far rounding may have moved it."""

    value: Decimal
    half: Decimal


@dataclass(frozen=True)
class Sum:
    """`terms` with their factors should give `whole`; both by (row, column)."""

    kind: Literal["parts", "total", "mki"]
    terms: tuple[tuple[Key, Decimal], ...]
    whole: Key


@dataclass(frozen=True)
class Proofs:
    """Per value what is proven; `sums` that do not hold, with what they should be."""

    values: Mapping[Key, Proof]
    differing: tuple[Sum, ...] = ()

    def of(self, row: str, module: str) -> Proof:
        return self.values.get((row, module), "unproven")


def figure(text: str) -> PrintedFigure | None:
    """A number as printed, with a point for decimals: "3.655E+0" → 3.655 ± 0.0005."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    if not value.is_finite():
        return None
    exponent = value.as_tuple().exponent
    return PrintedFigure(value, Decimal(5).scaleb(int(exponent) - 1))


def proofs_of(
    figures: Mapping[Key, PrintedFigure],
    rows: Sequence[str],
    columns: Sequence[str],
    weights: Mapping[str, Decimal],
    mki: str | None,
) -> Proofs:
    """Every sum that the table can make, and what follows for its values. `columns` are modules and TOTAL;
    `weights` per row in euro per printed unit; `mki` the row with their sum."""
    sums = [
        *_parts(figures, rows, columns),
        *_totals(figures, rows, columns),
        *(_weighed(figures, columns, weights, mki) if mki is not None else ()),
    ]
    found: dict[Key, Proof] = {}
    differing = []
    for one in sums:
        if _holds(one, figures):
            for key in _seen(one, figures):
                found.setdefault(key, "proven")
        else:
            differing.append(one)
    for one in differing:
        keys = (*(key for key, _ in one.terms), one.whole)
        # What another sum proved is right; where that is all of them, nobody can tell which is wrong.
        suspects = [key for key in keys if found.get(key) != "proven"] or list(keys)
        found |= dict.fromkeys(suspects, "differs")
    return Proofs(found, tuple(differing))


def _parts(
    figures: Mapping[Key, PrintedFigure], rows: Iterable[str], columns: Sequence[str]
) -> Iterable[Sum]:
    if PRODUCTION in columns and set(_PARTS) <= set(columns):
        for row in rows:
            keys = [(row, module) for module in _PARTS]
            if all(key in figures for key in (*keys, (row, PRODUCTION))):
                yield Sum("parts", tuple((key, Decimal(1)) for key in keys), (row, PRODUCTION))


def _totals(
    figures: Mapping[Key, PrintedFigure], rows: Sequence[str], columns: Sequence[str]
) -> Iterable[Sum]:
    """With D or without it, as most rows of this table have it."""
    if TOTAL not in columns:
        return []
    modules = _summed(columns)
    ways = [modules, tuple(module for module in modules if module != "D")]
    made = [
        [
            Sum("total", tuple(((row, module), Decimal(1)) for module in way), (row, TOTAL))
            for row in rows
            if all((row, module) in figures for module in (*way, TOTAL))
        ]
        for way in ways
        if way
    ]
    return max(made, key=lambda sums: sum(_holds(one, figures) for one in sums), default=[])


def _summed(columns: Sequence[str]) -> tuple[str, ...]:
    """The modules that make the total: a whole instead of its parts."""
    wholes = [module for module in columns if module != TOTAL]
    return tuple(
        module
        for module in wholes
        if not any(atoms(module) < atoms(other) for other in wholes if other != module)
    )


def _weighed(
    figures: Mapping[Key, PrintedFigure], columns: Sequence[str], weights: Mapping[str, Decimal], mki: str
) -> Iterable[Sum]:
    for column in columns:
        terms = tuple(((row, column), weight) for row, weight in weights.items() if (row, column) in figures)
        if terms and len(terms) == len(weights) and (mki, column) in figures:
            yield Sum("mki", terms, (mki, column))


def _room(one: Sum, figures: Mapping[Key, PrintedFigure]) -> Decimal:
    """What rounding may do to a sum."""
    return figures[one.whole].half + sum(
        (abs(factor) * figures[key].half for key, factor in one.terms), Decimal(0)
    )


def _difference(one: Sum, figures: Mapping[Key, PrintedFigure]) -> Decimal:
    """What a sum gives above what is printed; the MKI of D without its sign where it was printed so."""
    made = sum((factor * figures[key].value for key, factor in one.terms), Decimal(0))
    whole = figures[one.whole].value
    if one.kind == "mki" and one.whole[1] == "D":
        return min(made - whole, made + whole, key=abs)
    return made - whole


def _holds(one: Sum, figures: Mapping[Key, PrintedFigure]) -> bool:
    return abs(_difference(one, figures)) <= _room(one, figures)


def _seen(one: Sum, figures: Mapping[Key, PrintedFigure]) -> Iterable[Key]:
    room = _room(one, figures) + abs(_difference(one, figures))
    for key, factor in (*one.terms, (one.whole, Decimal(1))):
        value = figures[key].value
        if value == 0:
            if one.kind != "mki":
                yield key  # a figure other than nought would show
        elif abs(factor * value) / 10 >= room:
            yield key
