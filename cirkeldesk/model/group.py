"""Product groups as data: functional unit, quantity rules, defaults and plausible ranges. A new group needs no code."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Property:
    """A measurable property of a post: code, Dutch label and unit, and the decimals a computed one is shown with."""

    code: str
    label: str
    unit: str
    decimals: int = 0


@dataclass(frozen=True)
class QuantityRule:
    """`gives` = `factor` × the product of `times`; e.g. ton = 0.001 × m² × mm × ton/m³."""

    gives: str
    times: tuple[str, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class QuantityRoute:
    """How an author may state a post's quantity: which properties are typed."""

    code: str
    label: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class DefaultPost:
    name: str
    values: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class PlausibleRange:
    """Outside this range a typed figure gets a hint, never a refusal."""

    field: str
    low: float
    high: float


@dataclass(frozen=True)
class ProductGroup:
    """`measure` is the property that stands for the group's main quantity (asphalt: ton); MKI may be stated `per`."""

    code: str
    name: str
    functional_unit: str
    functional_unit_words: str
    functional_quantity_label: str
    measure: str
    properties: tuple[Property, ...]
    rules: tuple[QuantityRule, ...]
    routes: tuple[QuantityRoute, ...]
    default_route: str
    default_posts: tuple[DefaultPost, ...]
    plausible: tuple[PlausibleRange, ...] = ()
    note: str | None = None

    def property(self, code: str) -> Property:
        return next(p for p in self.properties if p.code == code)

    def route(self, code: str) -> QuantityRoute:
        return next(r for r in self.routes if r.code == code)


def derive(rules: Sequence[QuantityRule], known: Mapping[str, float]) -> dict[str, float]:
    """Everything the rules can make of the known properties; a stated property is never recomputed."""
    found = dict(known)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            if rule.gives not in found and all(name in found for name in rule.times):
                found[rule.gives] = rule.factor * math.prod(found[name] for name in rule.times)
                changed = True
    return found


def missing_for(rules: Sequence[QuantityRule], known: Mapping[str, float], wanted: str) -> tuple[str, ...]:
    """Which typed properties would make `wanted` computable by its first rule; the property itself where none does."""
    for rule in rules:
        if rule.gives == wanted:
            return tuple(name for name in rule.times if name not in known) or (wanted,)
    return (wanted,)
