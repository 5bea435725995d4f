"""Environmental declarations: indicator × module values as they were declared, per declared amount.

Internal row of every format: indicator code, module, scenario, value or none, state, unit text and raw text. Nothing is
converted here: figures stand as the declaration gives them, and what is computed from them says how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.indicators import SetCode

ValueState = Literal["declared", "not_declared", "unreadable"]
Category = Literal["1", "2", "3", "3a"]
# "EN 15804 only" is orienting: comparable among its kind, never in an award.
EN_15804_ONLY = "EN 15804"
UPLIFTED_CATEGORY: Category = "3"
UPLIFT = 1.3  # Bepalingsmethode: data of category 3 carry 30 %


@dataclass(frozen=True)
class DeclaredValue:
    """One cell of a declaration. `indicator` is a code of the set, or `uuid:…` where the UUID is none we know."""

    indicator: str
    module: str
    value: float | None
    state: ValueState = "declared"
    scenario: str | None = None
    unit: str | None = None
    raw: str | None = None


@dataclass(frozen=True)
class Declaration:
    """The values of one indicator set, or (set None) of flows outside every set."""

    set: SetCode | None
    values: tuple[DeclaredValue, ...]
    rules: str | None = None
    background: str | None = None
    category: Category | None = None
    scenario_choice: str | None = None
    # Some formats fix units by their standard instead of stating them; then EN 15804's own units hold (ADPF in MJ).
    standard_units: bool = False

    def scenarios(self) -> tuple[str, ...]:
        """Scenario names under which some module is declared more than once, in file order."""
        seen: dict[tuple[str, str], dict[str | None, None]] = {}
        for row in self.values:
            seen.setdefault((row.indicator, row.module), {})[row.scenario] = None
        names: dict[str, None] = {}
        for found in seen.values():
            if len(found) > 1:
                names.update({name: None for name in found if name is not None})
        return tuple(names)

    def doubles(self) -> tuple[str, ...]:
        """Indicators that stand twice under one module and scenario with another value."""
        rows: dict[tuple[str, str], list[DeclaredValue]] = {}
        for row in self.values:
            rows.setdefault((row.indicator, row.module), []).append(row)
        return tuple(dict.fromkeys(code for (code, _), found in rows.items() if _contradict(found)))

    def chosen(self, indicator: str) -> dict[str, DeclaredValue]:
        """Module → the row that counts under the scenario choice; no choice, no row.

        A module declared under one scenario only, or without one, needs no choice.
        """
        rows: dict[str, list[DeclaredValue]] = {}
        for row in self.values:
            if row.indicator == indicator:
                rows.setdefault(row.module, []).append(row)
        choice = self.scenario_choice
        picked: dict[str, DeclaredValue] = {}
        for module, candidates in rows.items():
            if _contradict(candidates):
                continue  # twice with other values: nobody can tell which holds
            if len({row.scenario for row in candidates}) == 1:
                picked[module] = candidates[0]
                continue
            for row in candidates:
                if row.scenario == choice:
                    picked[module] = row
        return picked


def _contradict(rows: list[DeclaredValue]) -> bool:
    """Whether one scenario has two different values."""
    if len(rows) < 2:
        return False
    values: dict[str | None, set[tuple[float | None, str]]] = {}
    for row in rows:
        values.setdefault(row.scenario, set()).add((row.value, row.state))
    return any(len(found) > 1 for found in values.values())
