"""Two advisers with a calendar of their own: what each did comes together, and what both changed is asked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.operations.calendar import advising
from cirkeldesk.operations.calendar.calendar import edit_calendar, export_calendar, get_calendar
from cirkeldesk.operations.file import merging
from cirkeldesk.operations.paper.export import export_library
from cirkeldesk.operations.workspace import Workspace, open_workspace

Two = tuple[Workspace, Workspace, Path]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """The second has read the first's dossier: they begin with the same rows."""
    with (
        open_workspace(tmp_path / "a.db", author="A") as one,
        open_workspace(tmp_path / "b.db", author="B") as other,
    ):
        rows = tuple(CalendarRow(f"r{n}", f"Weg {n} (verzonnen)", number=f"{n}") for n in range(3))
        edit_calendar(
            one, edits.CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=rows))
        )
        bring(one, other, tmp_path)
        yield one, other, tmp_path


def bring(sender: Workspace, receiver: Workspace, folder: Path) -> merging.Plan:
    path = folder / "kalender.cirkel"
    export_calendar(sender, path)
    found = merging.open_dossier(receiver, path)
    if not found.questions:
        merging.take_dossier(receiver, found)
    return found


def row(workspace: Workspace, place: int) -> CalendarRow:
    return get_calendar(workspace).rows[place]


def test_a_calendar_travels_whole(two: Two) -> None:
    one, other, _ = two
    assert get_calendar(other) == get_calendar(one)


def test_what_each_did_comes_together(two: Two) -> None:
    one, other, folder = two
    advising.give(one, row(one, 0), "climate", [], "Vraag MKI.")
    edit_calendar(other, edits.set_chance(row(other, 1), "chain", 2, "B", "keten"))
    edit_calendar(other, edits.add_scheme(get_calendar(other), "Groene daken (verzonnen)"))
    assert bring(other, one, folder).questions == ()
    assert row(one, 0).log[0].text == "Vraag MKI."
    assert row(one, 1).chances[0].chance == 2
    assert get_calendar(one).schemes[0].name == "Groene daken (verzonnen)"
    assert bring(one, other, folder).questions == ()
    assert get_calendar(other) == get_calendar(one)


def test_what_both_changed_is_asked(two: Two) -> None:
    one, other, folder = two
    edit_calendar(one, edits.set_row(row(one, 0), "title", "Weg van A (verzonnen)", "titel"))
    edit_calendar(other, edits.set_row(row(other, 0), "title", "Weg van B (verzonnen)", "titel"))
    before = get_calendar(one)
    found = bring(other, one, folder)
    (question,) = found.questions
    assert {question.here, question.there} == {"Weg van A (verzonnen)", "Weg van B (verzonnen)"}
    assert get_calendar(one) == before  # nothing is taken before it is answered
    merging.take_dossier(one, merging.choose(one, found, question, "theirs"))
    assert row(one, 0).title == "Weg van B (verzonnen)"


def test_the_library_that_goes_to_others_holds_no_calendar(two: Two) -> None:
    """A calendar holds estimates; a library goes to other organisations."""
    one, _, folder = two
    export_library(one, folder / "bibliotheek.cirkel")
    found = merging.open_dossier(one, folder / "bibliotheek.cirkel")
    assert "calendar" not in {part.kind for part in found.parts}
    assert b"Weg 0" not in b"".join(unpacked(folder / "bibliotheek.cirkel"))


def unpacked(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]
