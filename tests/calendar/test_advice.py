"""Advice per theme is a log that only grows, and how it stands follows from it; the report counts it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.advice import (
    ANSWERS,
    REASONS,
    AdviceEntry,
    PickedCriterion,
    all_advice,
    stand_of,
    theme_advice,
)
from cirkeldesk.model.calendar.calendar import Calendar, CalendarRow, ThemeChance, group_of, together
from cirkeldesk.model.calendar.today import due, first_day
from cirkeldesk.model.document.document import canonical, from_plain, to_plain
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.calendar import advising, reporting
from cirkeldesk.operations.calendar.calendar import edit_calendar, get_calendar
from cirkeldesk.operations.tender.tenders import product_groups, undo
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.calendar import advising as words
from cirkeldesk.wording.calendar.words import together_mail

DAYS = st.dates().map(lambda day: day.isoformat())
NAMES = st.text("abc ", max_size=4)
ENTRIES = st.builds(
    AdviceEntry,
    theme=st.sampled_from(THEMES),
    act=st.sampled_from(("asked", "given", "answered", "withdrawn")),
    on=DAYS,
    by=NAMES,
    adviser=NAMES,
    due=st.none() | DAYS,
    criteria=st.lists(st.builds(PickedCriterion, NAMES, NAMES), max_size=2).map(tuple),
    text=NAMES,
    answer=st.none() | st.sampled_from(ANSWERS),
    reason=st.none() | st.sampled_from(REASONS),
)


def entry(theme: Theme, act: str, on: str = "2027-01-05", **more: object) -> AdviceEntry:
    return AdviceEntry(theme, act, on, "coördinator", **more)  # type: ignore[arg-type]


# --- how it stands
# ---------------------------------------------------------------------------------------------


def test_asked_given_answered() -> None:
    log = [entry("climate", "asked", adviser="adviseur klimaat", due="2027-02-01")]
    found = theme_advice(log, "climate")
    assert found is not None
    assert (found.stand, found.waits, found.adviser, found.due) == (
        "asked",
        True,
        "adviseur klimaat",
        "2027-02-01",
    )
    picked = (PickedCriterion("asfalt-mki"),)
    log.append(entry("climate", "given", "2027-01-20", criteria=picked, text="Vraag MKI."))
    found = theme_advice(log, "climate")
    assert found is not None
    assert (found.stand, found.waits, found.criteria, found.adviser) == (
        "given",
        False,
        picked,
        "adviseur klimaat",
    )
    log.append(entry("climate", "answered", "2027-02-03", answer="partly", reason="money", text="Duur."))
    found = theme_advice(log, "climate")
    assert found is not None
    assert (found.stand, found.reason, found.why, found.text) == ("partly", "money", "Duur.", "Vraag MKI.")
    assert theme_advice(log, "chain") is None
    # A better advice after the answer waits for an answer again; what was answered stays in the log.
    log.append(entry("climate", "given", "2027-03-01", text="Vraag minder."))
    again = theme_advice(log, "climate")
    assert again is not None
    assert (again.stand, again.answer) == ("given", None)
    log.append(entry("climate", "withdrawn"))
    assert theme_advice(log, "climate") is None
    assert len(log) == 5


@pytest.mark.parametrize(
    ("stands", "whole"),
    [
        ((), None),
        (("followed",), "followed"),
        (("followed", "followed"), "followed"),
        (("followed", "not"), "partly"),
        (("not", "not"), "not"),
        (("partly",), "partly"),
        (("followed", "given"), "given"),
        (("given", "asked"), "asked"),
    ],
)
def test_how_a_row_stands(stands: tuple[str, ...], whole: str | None) -> None:
    log: list[AdviceEntry] = []
    for theme, stand in zip(THEMES, stands, strict=False):
        log.append(entry(theme, "asked"))
        if stand != "asked":
            log.append(entry(theme, "given", text="x"))
        if stand in ANSWERS:
            log.append(entry(theme, "answered", answer=stand))
    assert stand_of(tuple(log)) == whole


@given(st.lists(ENTRIES, max_size=12).map(tuple))
def test_laws_of_the_log(log: tuple[AdviceEntry, ...]) -> None:
    """One theme never changes another, what is last is what stands, and the document keeps all of it."""
    for theme in THEMES:
        own = tuple(one for one in log if one.theme == theme)
        assert theme_advice(log, theme) == theme_advice(own, theme)
        found = theme_advice(log, theme)
        assert (found is None) == (not own or own[-1].act == "withdrawn")
        if found is not None and own[-1].act in ("asked", "given"):
            assert found.stand == own[-1].act
    calendar = Calendar(rows=(CalendarRow("r1", "Weg", log=log),))
    again = from_plain(to_plain(calendar))
    assert again == calendar
    assert canonical(to_plain(again)) == canonical(to_plain(calendar))


# --- acts
# ------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    for number in range(4):
        edit_calendar(workspace, edits.add_row(get_calendar(workspace), f"Weg {number} (verzonnen)"))
    return workspace


def test_each_act_is_a_step_that_is_undone(desk: Workspace) -> None:
    calendar = get_calendar(desk)
    rows = calendar.rows
    advising.ask(desk, rows[:2], ("climate", "chain"), "adviseur klimaat", "2027-02-01")
    asked = get_calendar(desk)
    assert [len(row.log) for row in asked.rows] == [2, 2, 0, 0]
    advising.give(desk, asked.rows[0], "climate", [PickedCriterion("a")], "Vraag MKI.")
    advising.answer(desk, get_calendar(desk).rows[0], "climate", "not", "market", "Niemand levert dit.")
    answered = get_calendar(desk)
    assert stand_of(answered.rows[0].log) == "asked"  # the chain still waits
    undo(desk, "kalender", "calendar")
    undo(desk, "kalender", "calendar")
    assert get_calendar(desk) == asked
    undo(desk, "kalender", "calendar")
    assert get_calendar(desk) == calendar


def test_what_cannot_be_said_is_refused_and_changes_nothing(desk: Workspace) -> None:
    before = get_calendar(desk)
    row = before.rows[0]
    with pytest.raises(StoreError, match="advice_empty"):
        advising.give(desk, row, "climate", [], "  ")
    with pytest.raises(StoreError, match="advice_not_given"):
        advising.answer(desk, row, "climate", "followed")
    advising.give(desk, row, "climate", [], "Doe dit.")
    given_ = get_calendar(desk)
    for said in ("partly", "not"):
        with pytest.raises(StoreError, match="advice_no_reason"):
            advising.answer(desk, given_.rows[0], "climate", said)
    assert get_calendar(desk) == given_
    assert advising.ask(desk, [], ("climate",), "x", None) is None
    assert advising.withdraw(desk, given_.rows[1], "chain") is None


def test_lists_of_who_waits(desk: Workspace) -> None:
    rows = get_calendar(desk).rows
    advising.ask(desk, rows[:1], ("climate",), "A", "2027-02-10")
    advising.ask(desk, rows[1:2], ("chain",), "B", "2027-01-10")
    advising.ask(desk, rows[2:3], ("chain",), "B", None)
    calendar = get_calendar(desk)
    assert [one.row.id for one in advising.waiting(calendar)] == [rows[1].id, rows[0].id, rows[2].id]
    assert [one.row.id for one in advising.waiting(calendar, "B")] == [rows[1].id, rows[2].id]
    assert [one.row.id for one in advising.this_week(calendar, "2027-01-05")] == [rows[1].id]
    assert [one.row.id for one in advising.this_week(calendar, "2027-02-04")] == [rows[1].id, rows[0].id]
    assert advising.advisers(calendar) == ("A", "B")


def test_enter_takes_proposals_only() -> None:
    """Where no rule knows, nobody has said anything (found/expert E4); "no chance" is an act with a name."""
    row = CalendarRow("r1", "Reconstructie kruispunt")
    calendar = Calendar(rows=(row,))
    assert edits.accept([row], {}, "door mij").apply(calendar) == calendar
    done = edits.nothing_else([replace(row, chances=(ThemeChance("chain", 2, "x"),))], {}, "door mij")
    after = done.apply(Calendar(rows=(replace(row, chances=(ThemeChance("chain", 2, "x"),)),))).rows[0]
    assert {one.theme: (one.chance, one.by) for one in after.chances} == {
        theme: (2, "x") if theme == "chain" else (0, "door mij") for theme in THEMES
    }


# --- a year of a team
# ------------------------------------------------------------------------------------------


def test_a_year_of_a_team(workspace: Workspace) -> None:
    """120 rows of four organisations, judged, 30 advised by three advisers, 20 answered: the counts of the
    report are those of a count by hand, at the end and on the day in between."""
    clock = workspace.store
    clock._clock = lambda: "2027-01-04T09:00:00+00:00"
    rows = tuple(
        CalendarRow(
            f"r{n}",
            f"Werk {n} (verzonnen)",
            number=f"2027-{n:03}",
            organisation=f"Organisatie {n % 4}",
            department="Wegen" if n % 3 else "",
            quarter=f"2027-Q{n % 4 + 1}" if n % 10 else None,
            estimate=Decimal(n * 1000) if n % 5 else None,
        )
        for n in range(120)
    )
    edit_calendar(
        workspace, edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=rows))
    )
    for n in range(60):
        row = get_calendar(workspace).row(f"r{n}")
        edit_calendar(workspace, edits.set_chances([row], THEMES, n % 4, "team"))
    advised: list[tuple[int, Theme]] = [(n, THEMES[n % 6]) for n in range(0, 60, 2)]
    for n, theme in advised:
        row = get_calendar(workspace).row(f"r{n}")
        advising.ask(workspace, [row], [theme], f"adviseur {n % 3}", "2027-02-01")
    for n, theme in advised[:25]:
        advising.give(workspace, get_calendar(workspace).row(f"r{n}"), theme, [], f"Advies {n}")
    clock._clock = lambda: "2027-06-01T09:00:00+00:00"
    said = [("followed", None), ("partly", "money"), ("not", "market"), ("not", "small")]
    for place, (n, theme) in enumerate(advised[:20]):
        answer, reason = said[place % 4]
        advising.answer(workspace, get_calendar(workspace).row(f"r{n}"), theme, answer, reason)  # type: ignore[arg-type]
    whole = reporting.made(workspace).report
    assert (whole.rows, whole.judged, whole.asked, whole.advised, whole.advices) == (120, 60, 5, 25, 25)
    assert (whole.followed, whole.partly, whole.not_followed, whole.unanswered) == (5, 5, 10, 5)
    assert whole.with_chance == sum(n % 4 > 0 for n in range(60))
    by_theme = Counter(theme for _, theme in advised[:25])
    assert {one.theme: one.given for one in whole.themes if one.given} == dict(by_theme)
    reasons = Counter(code for one in whole.themes for code, count in one.reasons for _ in range(count))
    assert reasons == {"money": 5, "market": 5, "small": 5}
    assert [(one.name, one.rows) for one in whole.organisations] == [
        (f"Organisatie {n}", 30) for n in range(4)
    ]
    assert dict(whole.unknown)["no_department"] == 40
    # A year: rows without a quarter are in none, and that is said.
    year = reporting.made(workspace, year=2027).report
    assert (year.rows, dict(year.unknown)["no_quarter"]) == (108, 12)
    assert reporting.made(workspace, year=2030).report.rows == 0
    # In April nobody had answered yet; that day gives the same counts whenever it is asked.
    april = reporting.made(workspace, until="2027-04-01")
    assert (april.report.advised, april.report.unanswered, april.report.followed) == (25, 25, 0)
    assert reporting.made(workspace, until="2027-04-01") == april
    assert april.calendar != reporting.made(workspace).calendar
    assert reporting.made(workspace, until="2026-12-01").report.rows == 0
    for _ in range(20):  # each step is undone
        undo(workspace, "kalender", "calendar")
    assert reporting.made(workspace).report.unanswered == 25


# --- today
# -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quarter", "day"),
    [("2027-Q1", "2027-01-01"), ("2027-Q4", "2027-10-01"), ("2027-H2", None), ("2027", None), (None, None)],
)
def test_first_day_of_a_quarter(quarter: str | None, day: str | None) -> None:
    assert first_day(quarter) == day


def test_publication_within_six_weeks_without_advice() -> None:
    chance = (ThemeChance("climate", 2, "x"),)
    rows = (
        CalendarRow("r1", "Nadert", quarter="2027-Q2", chances=chance),
        CalendarRow("r2", "Later", quarter="2027-Q4", chances=chance),
        CalendarRow("r3", "Zonder kans", quarter="2027-Q2"),
        CalendarRow(
            "r4", "Heeft advies", quarter="2027-Q2", chances=chance, log=(entry("climate", "given"),)
        ),
    )
    found = due(Calendar(rows=rows), (), (), "2027-03-01")
    assert [(one.kind, one.subject) for one in found] == [
        ("answer", "Heeft advies"),
        ("publication", "Nadert"),
    ]


def test_every_entry_has_its_line() -> None:
    for act in ("asked", "given", "answered", "withdrawn"):
        line = words.entry_line(entry("chain", act, answer="not" if act == "answered" else None))
        assert line.startswith("5-1-2027 Ketenverantwoordelijkheid: ")
    assert all_advice(()) == ()


# --- samen inkopen
# ---------------------------------------------------------------------------------------------


def rows_of(*quarters: tuple[str, str]) -> list[CalendarRow]:
    return [
        CalendarRow(f"r{n}", "Asfalt", organisation=organisation, quarter=quarter, group="asfalt")
        for n, (organisation, quarter) in enumerate(quarters)
    ]


@pytest.mark.parametrize(
    ("months", "quarters", "found"),
    [
        (6, [("A", "2027-Q1"), ("B", "2027-Q2")], [2]),
        (3, [("A", "2027-Q1"), ("B", "2027-Q2")], []),
        (3, [("A", "2027-Q1"), ("B", "2027-Q1")], [2]),
        (6, [("A", "2027-Q1"), ("B", "2027-Q3")], []),
        (9, [("A", "2027-Q1"), ("B", "2027-Q3")], [3 - 1]),
        (6, [("A", "2027-Q1"), ("A", "2027-Q2")], []),
        # One a quarter for three years is no purchase of three years: windows do not run on (E11).
        (6, [("AB"[n % 2], f"{2027 + n // 4}-Q{n % 4 + 1}") for n in range(12)], [2] * 6),
        (6, [("A", "2027-Q1"), ("A", "2027-Q2"), ("B", "2027-Q3")], [2]),
        (6, [("A", "2027-H1"), ("B", "2027-Q1")], []),
    ],
)
def test_bought_together_within_a_window(
    months: int, quarters: list[tuple[str, str]], found: list[int]
) -> None:
    made = together(rows_of(*quarters), [], months)
    assert [len(one.rows) for one in made] == found


def test_the_window_is_the_teams_own_and_is_undone(desk: Workspace) -> None:
    edit_calendar(desk, edits.set_window(12))
    assert get_calendar(desk).window == 12
    undo(desk, "kalender", "calendar")
    assert get_calendar(desk).window == 6


def test_the_text_to_the_others_names_whom_to_call() -> None:
    rows = [
        replace(row, project_leader=f"leider {row.id}") for row in rows_of(("A", "2027-Q1"), ("B", "2027-Q1"))
    ]
    text = together_mail("Asfalt", rows)
    for word in ("A, Asfalt, Q1 2027, bel leider r0", "bel leider r1", "Asfalt"):
        assert word in text


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Reconstructie kruispunt N201", "asfalt"),
        ("Slijtlaag fietspaden", "asfalt"),
        ("Onderhoud wegen raamcontract", "asfalt"),
        ("Levering bestratingsmaterialen", "straatstenen"),
        ("Bestratingswerk centrum", "straatstenen"),
        ("Levering keien en tegels", "straatstenen"),
        ("Software zaaksysteem", ""),
        ("Reconstructie brug", ""),
        ("Dienstauto's", ""),
        ("Wandtegelsysteem zwembad", ""),
    ],
)
def test_the_fields_own_words(workspace: Workspace, title: str, group: str) -> None:
    """Found in 0.7.0 (expert E4): what a department calls it is recognised, and nothing else."""
    groups = list(product_groups(workspace).values())
    assert group_of(CalendarRow("r1", title), groups) == group
