"""Subsidy schemes in the annex: each once a year, until the peildatum (CHAIN 7: the aim is five a year)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cirkeldesk.model.calendar.subsidies import Scheme, SchemeState, StateChange
from cirkeldesk.operations.calendar.calendar import get_calendar
from cirkeldesk.operations.monitor.monitoring import count_of, figures
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.wording.monitor.annex import tables

CHANGES: dict[str, tuple[tuple[SchemeState, str], ...]] = {
    "a": (("conditional", "2026-03-01"), ("inclusive", "2026-09-01"), ("inclusive", "2027-02-01")),
    "b": (("explored", "2026-05-01"), ("conditional", "2027-01-15")),
    "c": (("explored", "2026-05-01"),),
}


def test_a_scheme_counts_once_a_year_and_not_after_the_day(tmp_path: Path) -> None:
    """2026: a. 2027: a and b; on 20 January 2027 only b."""
    with open_workspace(tmp_path / "a.db", author="een") as workspace:
        none = figures(count_of(workspace, until="2027-12-31")).hash
        schemes = tuple(
            Scheme(
                name, f"Regeling {name} (verzonnen)", changes=tuple(StateChange(s, on, "x") for s, on in said)
            )
            for name, said in CHANGES.items()
        )
        calendar = replace(get_calendar(workspace), schemes=schemes)
        with workspace.unit() as unit:
            unit.commit("calendar", calendar.id, calendar, "calendar_add", {"name": "regelingen"})
        count = count_of(workspace, until="2027-12-31")
        assert count.schemes == ((2026, 1), (2027, 2))
        assert count_of(workspace, until="2027-01-20").schemes == ((2026, 1), (2027, 1))
        assert count_of(workspace, until="2027-12-31", year=2026).schemes == ((2026, 1),)
        table = dict(tables(count))["Subsidieregelingen die duurzaamheid vragen"]
        assert table.rows == (("2026", "1", "5"), ("2027", "2", "5"))
        made = figures(count)
        assert made.plain["subsidies"] == [{"year": 2026, "changed": 1}, {"year": 2027, "changed": 2}]
        assert made.hash != none
