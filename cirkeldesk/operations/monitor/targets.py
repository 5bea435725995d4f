"""What the monitor is judged against, typed by somebody, and the figures that were frozen, opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.model.monitor.baseline import YearSpend
from cirkeldesk.model.monitor.monitor import Frozen
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.monitor.monitoring import change_monitor, get_monitor, monitor_in
from cirkeldesk.operations.workspace import Workspace

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_SPEND = Decimal(10**12)


@dataclass(frozen=True)
class OpenedFigures:
    """Frozen figures as they were counted then. `is_whole` is False where they are not what their hash
    says."""

    frozen: Frozen
    plain: dict[str, object]
    is_whole: bool


def set_targets(workspace: Workspace, targets: Sequence[tuple[int, float]]) -> None:
    """(year, % less), in order of year; none at all where there is no target. Raises StoreError
    targets_unsound."""
    years = [year for year, _ in targets]
    for year, percent in targets:
        if not FIRST_YEAR <= year <= LAST_YEAR or not 0 < percent <= 100 or years.count(year) > 1:
            raise StoreError("targets_unsound", year=year)
    with workspace.unit() as unit:
        changed = replace(monitor_in(unit), targets=tuple(sorted(targets)))
        change_monitor(unit, changed, "monitor_targets", {})


def set_spend(workspace: Workspace, spend: Sequence[YearSpend]) -> None:
    """What was spent per year and category, all of it anew; it counts while the baseline brings none. Raises
    StoreError spend_unsound."""
    keys = [(one.year, one.category.casefold().strip()) for one in spend]
    for key, one in zip(keys, spend, strict=True):
        is_sound = (
            FIRST_YEAR <= one.year <= LAST_YEAR and one.category.strip() and 0 <= one.amount < MOST_SPEND
        )
        if not is_sound or keys.count(key) > 1:
            raise StoreError("spend_unsound", year=one.year, category=one.category[:60])
    with workspace.unit() as unit:
        changed = replace(monitor_in(unit), spend=tuple(spend))
        change_monitor(unit, changed, "monitor_spend", {"name": "het venster"})


def opened(workspace: Workspace) -> tuple[OpenedFigures, ...]:
    """Every peildatum that was frozen, the newest first, with its figures as they are kept."""
    return tuple(open_figures(one) for one in reversed(get_monitor(workspace).frozen))


def open_figures(one: Frozen) -> OpenedFigures:
    found = json.loads(one.figures)
    plain = found if isinstance(found, dict) else {}
    return OpenedFigures(one, plain, hashlib.sha256(one.figures.encode()).hexdigest() == one.hash)
