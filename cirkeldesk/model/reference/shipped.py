"""What we ship as reference data, so that what bears its name and is another can be told.

Which set or group a tender used is told by its content, never by its name (DOMAIN 3): somebody else's weights
under our code and edition are said to be another, wherever the name stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from cirkeldesk.model.messages import Message, Problem
from cirkeldesk.model.product.weighting import WeightingSet, claimed, differences, same_name
from cirkeldesk.model.reference.dated import DatedValues
from cirkeldesk.model.reference.group import ProductGroup


@dataclass(frozen=True)
class Shipped:
    """The sets and groups of this release, and the content hashes of all versions ever shipped."""

    sets: tuple[WeightingSet, ...] = ()
    groups: tuple[ProductGroup, ...] = ()
    known: frozenset[str] = frozenset()
    dated: tuple[DatedValues, ...] = ()

    def dated_of(self, group: str) -> DatedValues:
        """What is known by date and source of a group; nothing where we ship nothing."""
        return next((one for one in self.dated if one.group == group), DatedValues(group))

    def findings(
        self, weights: WeightingSet, weights_hash: str | None, group: ProductGroup, group_hash: str | None
    ) -> tuple[Problem, ...]:
        """What is to be said of the set and the group of a tender, by their content."""
        found = list(_no_weight(weights))
        if weights_hash not in self.known:
            found += [one for ours in self.sets if same_name(weights, ours) for one in _set(weights, ours)]
        if group_hash not in self.known:
            found += [
                _group(group, ours) for ours in self.groups if group.code == ours.code and group != ours
            ]
        return tuple(Problem(message, "open", None, None, "reference") for message in found)

    def is_foreign(self, weights: WeightingSet, digest: str | None) -> bool:
        """Whether a set weighs otherwise than the one we ship under its name."""
        return digest not in self.known and any(
            same_name(weights, ours) and differences(weights, ours) for ours in self.sets
        )


def _no_weight(weights: WeightingSet) -> Iterator[Message]:
    none = [weight.indicator for weight in weights.weights if weight.euro_per_unit == 0]
    if none:
        yield Message.of("zero_weights", indicators=" ".join(none))


def _set(weights: WeightingSet, ours: WeightingSet) -> Iterator[Message]:
    name = f"{weights.code} · {weights.edition}"
    unlike = differences(weights, ours)
    if unlike:
        told = "; ".join(f"{one.indicator} {_told(one.here)} {_told(one.there)}" for one in unlike)
        yield Message.of("foreign_set", name=name, count=len(unlike), unlike=told)
    more = claimed(weights, ours)
    if more:
        yield Message.of("foreign_claims", name=name, indicators=" ".join(more))


def _told(value: float | None) -> str:
    return "-" if value is None else repr(value)


def _group(group: ProductGroup, ours: ProductGroup) -> Message:
    parts = [one.name for one in fields(group) if getattr(group, one.name) != getattr(ours, one.name)]
    return Message.of("foreign_group", name=group.name, parts=" ".join(parts))
