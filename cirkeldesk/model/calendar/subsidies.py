"""The register of subsidy schemes on the same desk: what each asks of circularity, and how far it is.

A scheme counts once in each year in which it was made conditional or inclusive, whatever happens to it later.
Source: the province's aim of five schemes a year; Awb 4:38 (conditions that serve the aim of the subsidy) and
4:39 (others, which need an article in the ordinance).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

SchemeState = Literal["explored", "conditional", "inclusive"]
Ground = Literal["4:38", "4:39"]
STATES: tuple[SchemeState, ...] = get_args(SchemeState)
GROUNDS: tuple[Ground, ...] = get_args(Ground)
AIM = 5  # schemes a year


@dataclass(frozen=True)
class Condition:
    """What is asked of who receives: an indicator with its threshold, how it is shown, and when."""

    indicator: str
    threshold: str = ""
    proof: str = ""
    moment: str = ""


@dataclass(frozen=True)
class StateChange:
    """The day (ISO) on which a scheme came in a state, and who said so."""

    state: SchemeState
    on: str
    by: str = ""


@dataclass(frozen=True)
class Scheme:
    """A subsidy scheme. `reference` names the text (CVDR number); money in €. `changes` only grows; the last
    is how the scheme stands. `settled` is what was settled, null where it is not known; `article` is that of
    the ordinance, which ground 4:39 needs."""

    id: str
    name: str
    reference: str = ""
    budget: Decimal | None = None
    opens: str | None = None
    closes: str | None = None
    changes: tuple[StateChange, ...] = ()
    ground: Ground | None = None
    article: str = ""
    state_aid: str = ""
    conditions: tuple[Condition, ...] = ()
    who: str = ""
    settled: Decimal | None = None

    @property
    def state(self) -> SchemeState:
        return self.changes[-1].state if self.changes else "explored"

    @property
    def open_points(self) -> tuple[str, ...]:
        """Keys of what a scheme that asks something still lacks."""
        if self.state == "explored":
            return ()
        found = {
            "no_ground": self.ground is None,
            "no_article": self.ground == "4:39" and not self.article.strip(),
            "no_conditions": not self.conditions,
            "no_threshold": any(not one.threshold.strip() for one in self.conditions),
            "no_proof": any(not one.proof.strip() for one in self.conditions),
        }
        return tuple(key for key, holds in found.items() if holds)


def changed_in(schemes: Iterable[Scheme], year: int) -> tuple[Scheme, ...]:
    """The schemes that were made conditional or inclusive in a year, each once."""
    return tuple(
        scheme
        for scheme in schemes
        if any(
            change.state in ("conditional", "inclusive") and change.on[:4] == str(year)
            for change in scheme.changes
        )
    )


def years(schemes: Iterable[Scheme]) -> tuple[int, ...]:
    """The years in which anything changed, in order."""
    return tuple(sorted({int(change.on[:4]) for scheme in schemes for change in scheme.changes}))


def with_state(scheme: Scheme, state: SchemeState, on: str, by: str) -> Scheme:
    """The scheme in another state from a day on; the same state again changes nothing."""
    if scheme.changes and scheme.state == state:
        return scheme
    return replace(scheme, changes=(*scheme.changes, StateChange(state, on, by)))
