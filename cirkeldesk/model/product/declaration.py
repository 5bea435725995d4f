"""Environmental declarations: indicator × module values as they were declared, per declared amount.

Internal row of every format: indicator code, module, scenario, value or none, state, unit text and raw text.
Nothing is converted here: figures stand as the declaration gives them, and what is computed from them says
how.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.printed import Printed

ValueState = Literal["declared", "not_declared", "unreadable"]
Category = Literal["1", "2", "3", "3a"]
# "EN 15804 only" is orienting: comparable among its kind, never in an award.
EN_15804_ONLY = "EN 15804"
UPLIFTED_CATEGORY: Category = "3"
UPLIFT = 1.3  # Bepalingsmethode: data of category 3 carry 30 %


@dataclass(frozen=True)
class DeclaredValue:
    """One cell of a declaration. `indicator` is a code of the set, or `uuid:…` where the UUID is none we
    know."""

    indicator: str
    module: str
    value: float | None
    state: ValueState = "declared"
    scenario: str | None = None
    unit: str | None = None
    raw: str | None = None
    printed: Printed | None = None  # of a value read from paper: where it stands and what the table proves


@dataclass(frozen=True)
class Declaration:
    """The values of one indicator set, or (set None) of flows outside every set."""

    set: SetCode | None
    values: tuple[DeclaredValue, ...]
    rules: str | None = None
    background: str | None = None
    category: Category | None = None
    scenario_choice: str | None = None
    # Some formats fix units by their standard instead of stating them; then EN 15804's own units hold (ADPF
    # in MJ).
    standard_units: bool = False
    # The choices that hold beside the first where a file has several groups of alternatives (transport, end
    # of life).
    other_choices: tuple[str, ...] = ()
    # Version of the characterisation method behind set A2 ("EF 3.0", "EF 3.1"), where the file tells.
    method: str | None = None
    # It is about the reused or refurbished product itself, so that what reuse saves is in it already.
    of_reused: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """Every scenario chosen, one per group of alternatives."""
        return ((self.scenario_choice,) if self.scenario_choice is not None else ()) + self.other_choices

    def scenarios(self) -> tuple[str, ...]:
        """Scenario names under which some module is declared more than once, in file order."""
        return tuple(name for group in self.alternatives() for name in group)

    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """Groups of scenario names that exclude each other: they stand side by side under one indicator and
        module."""
        if not self._rows[1]:  # nothing stands twice, as in nearly every declaration
            return ()
        seen: dict[tuple[str, str], dict[str | None, None]] = {}
        for row in self.values:
            seen.setdefault((row.indicator, row.module), {})[row.scenario] = None
        groups: list[dict[str, None]] = []
        for found in dict.fromkeys(tuple(names) for names in seen.values() if len(names) > 1):
            names = {name: None for name in found if name is not None}
            touching = [group for group in groups if group.keys() & names.keys()]
            merged = {name: None for group in (*touching, names) for name in group}
            groups = [group for group in groups if group not in touching] + [merged]
        return tuple(tuple(group) for group in groups)

    def with_choice(self, name: str) -> Declaration:
        """The same declaration with `name` chosen instead of its alternatives; a name that is none changes
        nothing."""
        group = next((group for group in self.alternatives() if name in group), None)
        if group is None:
            return self
        first, *others = *(choice for choice in self.choices if choice not in group), name
        return replace(self, scenario_choice=first, other_choices=tuple(others))

    def open_alternatives(self) -> tuple[tuple[str, ...], ...]:
        """The groups in which nothing is chosen yet."""
        return tuple(group for group in self.alternatives() if not set(group) & set(self.choices))

    def doubles(self) -> tuple[str, ...]:
        """Indicators that stand twice under one module and scenario with another value."""
        if not self._rows[1]:
            return ()
        rows: dict[tuple[str, str], list[DeclaredValue]] = {}
        for row in self.values:
            rows.setdefault((row.indicator, row.module), []).append(row)
        return tuple(dict.fromkeys(code for (code, _), found in rows.items() if _contradict(found)))

    @cached_property
    def _rows(self) -> tuple[dict[str, dict[str, DeclaredValue]], dict[str, dict[str, list[DeclaredValue]]]]:
        """Rows by indicator and module: those that stand once, and those that stand under one more than once.
        Every indicator asks for its own."""
        once: dict[str, dict[str, DeclaredValue]] = {}
        several: dict[str, dict[str, list[DeclaredValue]]] = {}
        for row in self.values:
            modules = once.get(row.indicator)
            if modules is None:
                modules = once[row.indicator] = {}
            first = modules.setdefault(row.module, row)
            if first is not row:
                several.setdefault(row.indicator, {}).setdefault(row.module, [first]).append(row)
        return once, several

    def chosen(self, indicator: str) -> dict[str, DeclaredValue]:
        """Module → the row that counts under the scenario choice; no choice, no row.

        A module declared under one scenario only, or without one, needs no choice.
        """
        once, several = self._rows
        picked = dict(once.get(indicator, ()))
        choices = self.choices
        for module, candidates in several.get(indicator, {}).items():
            del picked[module]
            if _contradict(candidates):
                continue  # twice with other values: nobody can tell which holds
            if len({row.scenario for row in candidates}) == 1:
                picked[module] = candidates[0]
                continue
            for row in candidates:
                if row.scenario in choices:
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
