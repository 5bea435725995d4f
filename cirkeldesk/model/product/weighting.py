"""Weighting sets: euro per unit of an indicator, as data with an edition and with the standing of every
weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.product.indicators import SetCode

Verification = Literal["recalled", "read_in_one_source", "confirmed"]


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
        """Codes of the weights nobody found in a source; printed on every sheet."""
        return tuple(weight.indicator for weight in self.weights if weight.verification == "recalled")

    def by_indicator(self) -> dict[str, Weight]:
        return {weight.indicator: weight for weight in self.weights}
