"""Life-cycle modules of EN 15804 and the aggregates declarations make of them.

An *atom* is a module that cannot be divided (A1 … D); a *module name* is an atom or an aggregate such as
`A1-A3` or `C3+C4`. Names are written one way everywhere: a dash for a run, a plus for a pair. B6 and B7 are
outside the MKI of works (Bepalingsmethode) and are known only so that they can be passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

ATOMS: tuple[str, ...] = (
    "A1",
    "A2",
    "A3",
    "A4",
    "A5",
    "B1",
    "B2",
    "B3",
    "B4",
    "B5",
    "C1",
    "C2",
    "C3",
    "C4",
    "D",
)
OUTSIDE: tuple[str, ...] = ("B6", "B7")
PRODUCTION = "A1-A3"
# The modules a figure is split into, in the order of the life cycle.
MODULES: tuple[str, ...] = (PRODUCTION, *ATOMS[3:])
FIRST_USE: frozenset[str] = frozenset({"B1", "B2", "B3", "B4"})
END_OF_LIFE: frozenset[str] = frozenset({"C1", "C2", "C3", "C4"})

SCOPES: Mapping[str, tuple[str, ...]] = {
    "A1-A3": (PRODUCTION,),
    "A-C": MODULES[:-1],
    "A-D": MODULES,
}
# What one declared total may hold: also A1-A3 + D, the "Totaal" of an asphalt declaration, which is no life.
ANSWERED_SCOPES: Mapping[str, tuple[str, ...]] = {**SCOPES, "A1-A3+D": (PRODUCTION, "D")}
# What a split MKI is given per: the modules a Dutch declaration prints apart, B and C as wholes.
SPLIT: tuple[str, ...] = (PRODUCTION, "A4", "A5", "B1-B5", "C1-C4", "D")
# The six groups charts and short tables show.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "A1-A3": ("A1", "A2", "A3"),
    "A4": ("A4",),
    "A5": ("A5",),
    "B": ("B1", "B2", "B3", "B4", "B5"),
    "C": ("C1", "C2", "C3", "C4"),
    "D": ("D",),
}

_ORDER = {name: index for index, name in enumerate((*ATOMS[:10], *OUTSIDE, *ATOMS[10:]))}
_RUN = re.compile(r"([A-C])(\d)-(?:\1)?(\d)")


@cache
def normal_name(text: str) -> str:
    """One spelling for a module: `A1A2A3`, `a1–a3` and `A1-A3` are `A1-A3`; `C3+C4` stays; unknown text is
    returned as it is."""
    name = re.sub(r"\s+", "", text).upper().replace("–", "-").replace("/", "+")
    if name in ("A1A2A3", "A1+A2+A3", "A1,A2,A3"):
        return PRODUCTION
    run = _RUN.fullmatch(name)
    return f"{run[1]}{run[2]}-{run[1]}{run[3]}" if run else name


@cache
def atoms(name: str) -> frozenset[str]:
    """The atoms a module name stands for; empty when the name is none we know."""
    found: set[str] = set()
    for part in normal_name(name).split("+"):
        run = _RUN.fullmatch(part)
        if run:
            letter, first, last = run.groups()
            found.update(f"{letter}{number}" for number in range(int(first), int(last) + 1))
        elif part in _ORDER:
            found.add(part)
        else:
            return frozenset()
    return frozenset(found) if found <= _ORDER.keys() else frozenset()


def atoms_of(names: Iterable[str]) -> frozenset[str]:
    """All atoms of several module names together."""
    return frozenset().union(*(atoms(name) for name in names))


def in_order(names: Iterable[str]) -> list[str]:
    """Module names in the order of the life cycle; unknown ones last."""
    return sorted(names, key=_place)


@cache
def _place(name: str) -> tuple[int, str]:
    return min((_ORDER[a] for a in atoms(name)), default=99), name


def names_for(wanted: Iterable[str]) -> list[str]:
    """The names under which atoms are reported: A1, A2 and A3 together are `A1-A3`."""
    return list(_names(frozenset(wanted)))


@cache
def _names(wanted: frozenset[str]) -> tuple[str, ...]:
    whole = wanted >= PRODUCED
    return (*((PRODUCTION,) if whole else ()), *in_order(wanted - PRODUCED if whole else wanted))


def assemble(declared: Mapping[str, float], asked: frozenset[str]) -> tuple[dict[str, float], frozenset[str]]:
    """Choose, from what is declared per module name, values that cover `asked` exactly once.

    Returns the chosen values (A1, A2, A3 added into `A1-A3`; an aggregate kept where nothing finer is
    declared) and the asked atoms that nothing covers. B5 is zero by rule (Bepalingsmethode). A1-A3 is
    preferred to its parts unless it is 0 and the parts are not, as some ÖKOBAUDAT sets are written. An
    aggregate of D with others is of no use: D counts apart.
    """
    named = {normal_name(name): value for name, value in declared.items()}
    whole = _production(named) if asked >= PRODUCED else None
    names, missing, nought = _cover(tuple(named), asked, whole is not None)
    values = {name: named.get(name, 0.0) for name in names}
    if whole is not None:
        values[PRODUCTION] = whole
    if nought:
        values["B5"] = 0.0
    return values, missing


@lru_cache(maxsize=4096)  # the names of a declaration are the same for each of its indicators
def _cover(
    named: tuple[str, ...], asked: frozenset[str], whole: bool
) -> tuple[tuple[str, ...], frozenset[str], bool]:
    """The names that cover what is asked, in order; the atoms nothing covers; whether B5 is nothing by
    rule. `whole`: there is a value for A1-A3."""
    open_atoms = set(asked)
    chosen: list[str] = []
    if whole:
        chosen.append(PRODUCTION)
        open_atoms -= PRODUCED
    chosen += [name for name in sorted(open_atoms) if name in named]
    wide = [name for name in named if len(atoms(name)) > 1 and name != PRODUCTION]
    aggregates = [name for name in wide if atoms(name) <= open_atoms and "D" not in atoms(name)]
    # Finer aggregates first; where those leave a gap that a wider one fills, the wider one.
    fillings = [
        _filled(chosen, sorted(aggregates, key=lambda n: (sign * len(atoms(n)), n))) for sign in (1, -1)
    ]
    filled = min(fillings, key=lambda found: len(asked - atoms_of(found)))
    nought = "B5" in open_atoms and ("B5" in filled or "B5" not in atoms_of(filled))
    if nought and "B5" not in filled:
        filled.append("B5")
    return tuple(in_order(filled)), asked - atoms_of(filled), nought


PRODUCED = frozenset({"A1", "A2", "A3"})


def _production(named: Mapping[str, float]) -> float | None:
    """A1-A3 as declared, or the sum of its parts where it is not, or is 0 and they are not."""
    whole = named.get(PRODUCTION)
    parts = [named[name] for name in sorted(PRODUCED) if name in named]
    takes_parts = whole is None or (whole == 0 and any(parts))
    return sum(parts) if len(parts) == len(PRODUCED) and takes_parts else whole


def _filled(chosen: list[str], aggregates: list[str]) -> list[str]:
    """The names already chosen, with aggregates for what they leave open; none overlaps another."""
    found = list(chosen)
    for name in aggregates:
        part_of = atoms(name)
        if part_of <= set(found) or any(atoms(other) & part_of and len(atoms(other)) > 1 for other in found):
            continue
        found = [*(other for other in found if other not in part_of), name]
    return found
