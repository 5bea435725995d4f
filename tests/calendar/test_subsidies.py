"""The register of subsidy schemes: how far each is, what it still lacks, and how many count in a year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import Calendar
from cirkeldesk.model.calendar.subsidies import (
    STATES,
    Condition,
    Scheme,
    StateChange,
    changed_in,
    with_state,
)
from cirkeldesk.model.document.document import from_plain, to_plain
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from cirkeldesk.operations.tender.tenders import undo
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.wording.calendar import subsidies as words
from tests.acceptance.conftest import Capture, Cli

TEXT = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="|"), max_size=8)
CONDITIONS = st.lists(st.builds(Condition, TEXT.filter(bool), TEXT, TEXT, TEXT), max_size=3).map(tuple)


def changes(*said: tuple[str, str]) -> tuple[StateChange, ...]:
    return tuple(StateChange(state, on) for state, on in said)  # type: ignore[arg-type]


def test_a_scheme_counts_once_in_each_year_it_changed() -> None:
    schemes = (
        Scheme("s1", "A", changes=changes(("explored", "2026-01-01"), ("conditional", "2027-02-01"))),
        Scheme("s2", "B", changes=changes(("conditional", "2027-01-01"), ("inclusive", "2027-06-01"))),
        Scheme("s3", "C", changes=changes(("conditional", "2026-12-31"), ("inclusive", "2027-01-01"))),
        Scheme("s4", "D", changes=changes(("explored", "2027-01-01"))),
        Scheme("s5", "E"),
    )
    assert [one.id for one in changed_in(schemes, 2027)] == ["s1", "s2", "s3"]
    assert [one.id for one in changed_in(schemes, 2026)] == ["s3"]
    assert words.counted(schemes, 2027) == "2027: 3 van 5 regelingen aangepast"


@pytest.mark.parametrize(
    ("scheme", "lacks"),
    [
        (Scheme("s", "A"), ()),
        (Scheme("s", "A", changes=changes(("inclusive", "2027-01-01"))), ("no_ground", "no_conditions")),
        (
            Scheme(
                "s",
                "A",
                changes=changes(("conditional", "2027-01-01")),
                ground="4:39",
                conditions=(Condition("CO₂"),),
            ),
            ("no_article", "no_threshold", "no_proof"),
        ),
        (
            Scheme(
                "s",
                "A",
                changes=changes(("conditional", "2027-01-01")),
                ground="4:38",
                conditions=(Condition("CO₂", "20 %", "jaarverslag"),),
            ),
            (),
        ),
    ],
)
def test_what_a_scheme_still_lacks(scheme: Scheme, lacks: tuple[str, ...]) -> None:
    assert scheme.open_points == lacks
    assert bool(words.open_points(scheme)) is bool(lacks)


@given(CONDITIONS)
def test_conditions_are_read_back(conditions: tuple[Condition, ...]) -> None:
    text = "\n".join(words.condition_line(one) for one in conditions)
    assert words.conditions_of(text) == conditions


@given(st.lists(st.tuples(st.sampled_from(STATES), st.dates().map(str)), max_size=6))
def test_the_log_of_states_only_grows_and_says_nothing_twice(said: list[tuple[str, str]]) -> None:
    scheme = Scheme("s", "A", conditions=(Condition("CO₂", "20 %"),), budget=Decimal("1000.50"))
    for state, on in said:
        after = with_state(scheme, state, on, "x")  # type: ignore[arg-type]
        assert after.changes[: len(scheme.changes)] == scheme.changes
        assert after.state == state
        scheme = after
    assert all(one.state != two.state for one, two in zip(scheme.changes, scheme.changes[1:], strict=False))
    calendar = Calendar(schemes=(scheme,))
    assert from_plain(to_plain(calendar)) == calendar


def test_each_change_is_a_step_that_is_undone(workspace: Workspace) -> None:
    edit_calendar(workspace, edits.add_scheme(get_calendar(workspace), "Groene daken (verzonnen)"))
    scheme = get_calendar(workspace).schemes[0]
    edit_calendar(
        workspace,
        edits.change_scheme(scheme, lambda one: with_state(one, "inclusive", "2027-01-01", "x"), "stand"),
    )
    assert get_calendar(workspace).scheme("s1").state == "inclusive"
    undo(workspace, "kalender", "calendar")
    assert get_calendar(workspace).scheme("s1") == scheme
    edit_calendar(workspace, edits.remove_scheme(scheme))
    assert get_calendar(workspace).schemes == ()


@pytest.fixture
def cli(tmp_path: object, capsys: Capture) -> Cli:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    return Cli(tmp_path / "a.db", capsys)


def test_the_register_from_the_command_line(cli: Cli) -> None:
    assert cli("subsidies", "--json").json == []
    with open_workspace(cli.database) as workspace:
        edit_calendar(workspace, edits.add_scheme(get_calendar(workspace), "Groene daken (verzonnen)"))
        scheme = get_calendar(workspace).schemes[0]
        edit_calendar(
            workspace,
            edits.change_scheme(
                scheme, lambda one: with_state(one, "conditional", "2027-01-01", "x"), "stand"
            ),
        )
    (shown,) = cli("subsidies", "--json").json
    assert (shown["name"], shown["state"], shown["counts_in"]) == (
        "Groene daken (verzonnen)",
        "voorwaardelijk",
        [2027],
    )
    assert shown["open"] == ["no_ground", "no_conditions"]
    assert "2027: 1 van 5 regelingen aangepast" in cli("subsidies").out
