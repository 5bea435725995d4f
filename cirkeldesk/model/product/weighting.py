"""Weighting sets: euro per unit of an indicator, as data with an edition and with the standing of every
weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.product.indicators import CLIMATE_PARTS, CLIMATE_TOTAL, SetCode

# `worked`: follows from worked values of a public report; `bounded`: those leave a range only.
Verification = Literal["recalled", "bounded", "read_in_one_source", "worked", "confirmed"]
VERIFIED: tuple[Verification, ...] = ("recalled", "bounded", "read_in_one_source", "worked", "confirmed")


@dataclass(frozen=True)
class Weight:
    """One row: € per `unit` of `indicator`, and how far the figure was checked.

    `recalled` was not found in a readable source yet; `confirmed` needs a named person and the source that
    was read.
    """

    indicator: str
    unit: str
    euro_per_unit: float
    name: str
    verification: Verification
    source: str
    name_of_code: str | None = None  # the code Dutch declarations print, where it differs
    confirmed_by: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class WeightingSet:
    """A set of weights under one edition. Immutable: another edition is another set with another content
    hash."""

    code: SetCode
    edition: str
    weights: tuple[Weight, ...]
    valid_from: str | None = None
    source: str | None = None

    @property
    def unverified(self) -> tuple[str, ...]:
        """Codes of the weights nobody found in a source, or only a range of; printed on every sheet."""
        return tuple(w.indicator for w in self.weights if w.verification in ("recalled", "bounded"))

    @property
    def is_usable(self) -> bool:
        """Whether a profile can be weighed at all: there are weights, and climate is among them."""
        present = {weight.indicator for weight in self.weights}
        if self.code == "A2":
            return CLIMATE_TOTAL in present or present.issuperset(CLIMATE_PARTS)
        return bool(present)

    def by_indicator(self) -> dict[str, Weight]:
        return {weight.indicator: weight for weight in self.weights}


@dataclass(frozen=True)
class WeightDifference:
    """A weight that is not what a set of the same name has: € per unit, None where it is absent."""

    indicator: str
    here: float | None
    there: float | None


def differences(here: WeightingSet, there: WeightingSet) -> tuple[WeightDifference, ...]:
    """Weight by weight where two sets differ, also in the unit, in the order of `there`."""
    ours, others = here.by_indicator(), there.by_indicator()
    found = []
    for code in dict.fromkeys((*others, *ours)):
        one, other = ours.get(code), others.get(code)
        same = one is not None and other is not None
        if same and one.unit == other.unit and one.euro_per_unit == other.euro_per_unit:  # type: ignore[union-attr]
            continue
        found.append(
            WeightDifference(code, one.euro_per_unit if one else None, other.euro_per_unit if other else None)
        )
    return tuple(found)


def claimed(here: WeightingSet, there: WeightingSet) -> tuple[str, ...]:
    """Indicators of which `here` says more was verified than `there` does, for the same weight."""
    others = there.by_indicator()
    return tuple(
        weight.indicator
        for weight in here.weights
        if weight.indicator in others
        and VERIFIED.index(weight.verification) > VERIFIED.index(others[weight.indicator].verification)
    )


def same_name(one: WeightingSet, other: WeightingSet) -> bool:
    """Whether two sets bear one code and edition, however it is written."""
    return one.code == other.code and one.edition.strip().casefold() == other.edition.strip().casefold()
