"""A year of an expert team: files of four organisations read, judged, advised, made into tenders, locked,
followed or not, read again twice and reported; every count beside one made by hand."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

from cirkeldesk.model.calendar import edits as calendar_edits
from cirkeldesk.model.calendar.advice import PickedCriterion
from cirkeldesk.model.calendar.calendar import Calendar
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.calendar import advising, reporting
from cirkeldesk.operations.calendar.calendar import (
    answers_proposed,
    edit_calendar,
    get_calendar,
    import_file,
    make_tender,
    open_file,
)
from cirkeldesk.operations.tender.tenders import edit_tender, redo, undo, undo_stacks
from cirkeldesk.operations.workspace import Workspace
from tests.acceptance.locking import at

HEADER = ("Nummer", "Omschrijving", "Organisatie", "Afdeling", "Kwartaal", "Raming")
ORGANISATIONS = ("Provincie", "Gemeente Noord", "Gemeente Zuid", "Waterschap")  # fictitious
Lines = list[tuple[str, ...]]


def lines_of(place: int) -> Lines:
    return [
        (
            f"2027-{place}{n:02}",
            f"Dienst {place}-{n} (verzonnen)",
            f"{ORGANISATIONS[place]} (verzonnen)",
            "Wegen" if n % 3 else "",
            f"2027-Q{n % 4 + 1}",
            str(1000 * (n + 1)),
        )
        for n in range(30)
    ]


def read(workspace: Workspace, folder: Path, place: int, lines: Lines) -> tuple[int, int, int]:
    """Take a file over; how many rows are new, changed and gone."""
    path = folder / f"planning {place}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *lines])
    opened = open_file(workspace, path)
    plan = import_file(workspace, opened, opened.columns, ORGANISATIONS[place])
    return len(plan.fresh), len(plan.changed), len(plan.vanished)


def locked(workspace: Workspace, identity: str, *, keeps: bool) -> None:
    """The tender filled in and put on the lock, with or without the criteria that were advised."""

    def change(tender: Tender) -> Tender:
        rules = AwardRules("lowest_price", tie_rules=("lot",), motivation="Alleen prijs (verzonnen)")
        made = replace(tender, award=rules, functional_quantity=1.0, closes_on="2027-11-01")
        return made if keeps else replace(made, criteria=())

    edit_tender(workspace, identity, edits.Edit("field", {"label": "x"}, change))
    awards.lock_rules(workspace, identity, "2027-04-01", "Leidraad (verzonnen)")


def test_a_year(workspace: Workspace, tmp_path: Path) -> None:
    at(workspace, "2027-01-04T09:00:00+00:00")
    for place in range(4):
        assert read(workspace, tmp_path, place, lines_of(place)) == (30, 0, 0)
    rows = get_calendar(workspace).rows
    assert len(rows) == 120

    # Sixty judged, thirty asked of three advisers, twenty-five given.
    for n, row in enumerate(rows[:60]):
        edit_calendar(
            workspace,
            calendar_edits.set_chances([get_calendar(workspace).row(row.id)], THEMES, n % 4, "team"),
        )
    library = advising.criteria_by_code(workspace)
    general = [code for code, one in library.items() if not one.groups]
    asked: list[tuple[str, Theme]] = [(rows[2 * n].id, THEMES[n % 6]) for n in range(30)]
    for n, (identity, theme) in enumerate(asked):
        row = get_calendar(workspace).row(identity)
        advising.ask(workspace, [row], [theme], f"adviseur {n % 3}", "2027-02-01")
    assert len(advising.waiting(get_calendar(workspace), "adviseur 1")) == 10
    given = asked[:25]
    for n, (identity, theme) in enumerate(given):
        picked = [PickedCriterion(general[n % len(general)])]
        advising.give(workspace, get_calendar(workspace).row(identity), theme, picked, f"Advies {n}")

    # Twelve tenders, seven with what was advised, locked; what is proposed is confirmed.
    at(workspace, "2027-04-01T09:00:00+00:00")
    for n, (identity, _) in enumerate(given[:12]):
        tender = make_tender(workspace, identity)
        locked(workspace, tender, keeps=n % 12 < 7)
    for n, (identity, theme) in enumerate(given[:12]):
        row = get_calendar(workspace).row(identity)
        (found,) = answers_proposed(workspace, row)
        assert (found.theme, found.answer) == (theme, "followed" if n < 7 else "not")
        advising.answer(workspace, row, theme, found.answer, None if n < 7 else "market")
    for identity, theme in given[12:20]:
        advising.answer(workspace, get_calendar(workspace).row(identity), theme, "partly", "money")

    # The files come again, twice: one row changed, one gone and one new in each; then one comes back.
    at(workspace, "2027-06-01T09:00:00+00:00")
    for place in range(4):
        lines = lines_of(place)
        lines[3] = (*lines[3][:5], "999999")
        new = (f"2027-{place}99", f"Nieuw {place} (verzonnen)", *lines[0][2:4], "2028-Q1", "5")
        assert read(workspace, tmp_path, place, [*lines[:29], new]) == (1, 1, 1)
    again = lines_of(0)
    again[3] = (*again[3][:5], "999999")
    read(workspace, tmp_path, 0, again)

    whole = reporting.made(workspace).report
    calendar = get_calendar(workspace)
    there = [row for row in calendar.rows if not row.vanished]
    assert (len(calendar.rows), whole.rows) == (124, len(there))
    assert (whole.judged, whole.asked, whole.advices) == (60 - gone_of(calendar, 60), 5, 25)
    assert (whole.followed, whole.partly, whole.not_followed, whole.unanswered) == (7, 8, 5, 5)
    assert whole.tenders == 12
    reasons = Counter(dict.fromkeys(("market", "money"), 0))
    for one in whole.themes:
        reasons.update(dict(one.reasons))
    assert reasons == {"market": 5, "money": 8}
    by_theme = Counter(theme for _, theme in given)
    assert {one.theme: one.given for one in whole.themes if one.given} == by_theme
    assert sum(one.rows for one in whole.organisations) == whole.rows
    year = reporting.made(workspace, year=2027).report
    assert year.rows == sum((row.quarter or "").startswith("2027") for row in there)
    march = reporting.made(workspace, until="2027-03-01").report
    assert (march.rows, march.advices, march.unanswered, march.tenders) == (120, 25, 25, 0)

    # Each step is undone and redone.
    undo_and_redo(workspace)


def undo_and_redo(workspace: Workspace) -> None:
    """As far back as it goes, and forward again to the same calendar."""
    after, undone = content_hash(get_calendar(workspace)), 0
    while undo_stacks(workspace, "kalender", "calendar").undo:
        undo(workspace, "kalender", "calendar")
        undone += 1
    assert undone > 140
    assert len(get_calendar(workspace).rows) <= 30
    for _ in range(undone):
        redo(workspace, "kalender", "calendar")
    assert content_hash(get_calendar(workspace)) == after


def gone_of(calendar: Calendar, first: int) -> int:
    """How many of the first rows are no longer in their file."""
    return sum(bool(row.vanished) for row in calendar.rows[:first])
