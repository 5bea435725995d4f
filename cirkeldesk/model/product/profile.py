"""A declared profile weighed: indicator × module values → € MKI per declared amount, and what is missing for
it."""

from __future__ import annotations

from dataclasses import dataclass, field

from cirkeldesk.model.product.declaration import UPLIFT, UPLIFTED_CATEGORY, Category, Declaration
from cirkeldesk.model.product.indicators import CLIMATE_PARTS, CLIMATE_TOTAL, in_set_unit
from cirkeldesk.model.product.modules import MODULES, PRODUCTION, assemble, atoms_of, in_order, names_for
from cirkeldesk.model.product.weighting import WeightingSet

# Declarations print three significant figures: parts that differ less from the total differ by rounding.
CLIMATE_ROUNDING = 0.01


@dataclass(frozen=True)
class Weighed:
    """Per declared amount. `euro[module][indicator]` in € MKI with uplift, `amounts` the same cells as
    declared in the set's units; `gwp_kg[module]` in kg CO2-eq; `missing` atoms' names.

    `missing` holds (module, indicator), with indicator None where the whole module is not declared. `no_unit`
    names indicators refused for want of a unit.
    """

    euro: dict[str, dict[str, float]]
    amounts: dict[str, dict[str, float]]
    modules: dict[str, float]
    gwp_kg: dict[str, float]
    gwp_complete: bool
    missing: tuple[tuple[str, str | None], ...]
    no_unit: tuple[str, ...] = ()
    climate_mismatch: tuple[str, ...] = ()
    category: Category | None = None
    # What was already made of these values for a period (see post_mki); it holds no state of its own.
    remembered: dict[tuple[object, ...], object] = field(default_factory=dict, compare=False, repr=False)


def uplift_factor(category: Category | None, module: str, value: float, *, apply: bool) -> float:
    """1.3 on category 3, but not on D when D ≤ 0 (a credit is not enlarged); else 1 [Bepalingsmethode]."""
    if not apply or category != UPLIFTED_CATEGORY or (module == "D" and value <= 0):
        return 1.0
    return UPLIFT


def amounts(
    declaration: Declaration, indicator: str, asked: frozenset[str]
) -> tuple[dict[str, float], frozenset[str], bool]:
    """One indicator's values covering the asked atoms, in the weighting set's unit; missing atoms; refused
    for unit."""
    values: dict[str, float] = {}
    refused = False
    for module, row in declaration.chosen(indicator).items():
        if row.value is None or declaration.set is None:
            continue
        unit = row.unit if row.unit or not declaration.standard_units else "MJ"
        value = in_set_unit(declaration.set, indicator, row.value, unit)
        refused = refused or value is None
        if value is not None:
            values[module] = value
    chosen, missing = assemble(values, asked)
    return chosen, missing, refused


def climate(
    declaration: Declaration, asked: frozenset[str]
) -> tuple[dict[str, dict[str, float]], frozenset[str], tuple[str, ...]]:
    """Climate of set A2, once: per module the three parts when all are declared, else the total.

    Returns indicator → module → kg, the atoms without either, and the modules where |total − parts| exceeds
    rounding.
    """
    total = amounts(declaration, CLIMATE_TOTAL, asked)[0]
    parts = {code: amounts(declaration, code, asked)[0] for code in CLIMATE_PARTS}
    split = [
        module for module in parts[CLIMATE_PARTS[0]] if all(module in values for values in parts.values())
    ]
    used: dict[str, dict[str, float]] = {
        code: {module: parts[code][module] for module in split} for code in CLIMATE_PARTS
    }
    covered = atoms_of(split)
    used[CLIMATE_TOTAL] = {
        module: value for module, value in total.items() if not atoms_of([module]) & covered
    }
    mismatch = []
    for module in split:
        sum_of_parts = sum(parts[code][module] for code in CLIMATE_PARTS)
        size = max(abs(values[module]) for values in (*parts.values(), total) if module in values)
        if module in total and abs(total[module] - sum_of_parts) > CLIMATE_ROUNDING * size:
            mismatch.append(module)
    missing = asked - covered - atoms_of(used[CLIMATE_TOTAL])
    return used, missing, tuple(mismatch)


def weigh(
    declaration: Declaration,
    weights: WeightingSet,
    asked: frozenset[str],
    category: Category | None,
    *,
    apply_uplift: bool,
) -> Weighed:
    """Weigh a declaration of the set's own indicators over the asked atoms."""
    table: dict[str, dict[str, float]] = {}
    gaps: dict[str, frozenset[str]] = {}
    no_unit = []
    mismatch: tuple[str, ...] = ()
    gwp: dict[str, float] = {}
    by_code = weights.by_indicator()
    climate_codes = (CLIMATE_TOTAL, *CLIMATE_PARTS) if weights.code == "A2" else ()
    if climate_codes:
        used, gaps[CLIMATE_TOTAL], mismatch = climate(declaration, asked)
        if not all(code in by_code for code in CLIMATE_PARTS):  # an edition that weighs the total only
            used = {CLIMATE_TOTAL: amounts(declaration, CLIMATE_TOTAL, asked)[0]}
            gaps[CLIMATE_TOTAL] = asked - atoms_of(used[CLIMATE_TOTAL])
        table.update(used)
        for values in used.values():
            for module, value in values.items():
                gwp[module] = gwp.get(module, 0.0) + value * uplift_factor(
                    category, module, value, apply=apply_uplift
                )
    for weight in weights.weights:
        if weight.indicator in climate_codes:
            continue
        table[weight.indicator], gaps[weight.indicator], refused = amounts(
            declaration, weight.indicator, asked
        )
        if refused:
            no_unit.append(weight.indicator)
    if weights.code == "A1":
        for module, value in table.get("GWP", {}).items():
            gwp[module] = value * uplift_factor(category, module, value, apply=apply_uplift)
    gwp_gap = gaps.get(CLIMATE_TOTAL if climate_codes else "GWP", asked)

    euro: dict[str, dict[str, float]] = {}
    declared: dict[str, dict[str, float]] = {}
    for code, values in table.items():
        for module, value in values.items():
            declared.setdefault(module, {})[code] = value
            lifted = value * uplift_factor(category, module, value, apply=apply_uplift)
            euro.setdefault(module, {})[code] = lifted * by_code[code].euro_per_unit
    euro = {module: euro[module] for module in in_order(euro)}
    modules = {module: sum(cells.values()) for module, cells in euro.items()}
    return Weighed(
        euro,
        declared,
        modules,
        gwp,
        not gwp_gap,
        missing_cells(gaps, asked),
        tuple(no_unit),
        mismatch,
        category,
    )


def missing_cells(
    gaps: dict[str, frozenset[str]], asked: frozenset[str]
) -> tuple[tuple[str, str | None], ...]:
    """(module, indicator) per gap, and (module, None) where no indicator covers the module."""
    nowhere = frozenset.intersection(*gaps.values()) if gaps else asked
    cells: list[tuple[str, str | None]] = [(module, None) for module in names_for(nowhere)]
    for code, gap in gaps.items():
        cells += [(module, code) for module in names_for(gap - nowhere)]
    return tuple(sorted(cells, key=lambda cell: (_position(cell[0]), cell[1] or "")))


def _position(module: str) -> int:
    order = (PRODUCTION, "A1", "A2", "A3", *MODULES[1:])
    return order.index(module) if module in order else len(order)
