"""Nothing typed is lost, whatever happens to the disk or the program: in a real window, with the system's own
keys."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cirkeldesk.operations.tender import tenders, unsaved
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.store.check import faults
from tests.desktop.real.screen import Program, Screen, program, screen, until
from tests.disks import fill, small_disk_in

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is of Linux")
NUMBER = "VOORBEELD-001"
TYPED = "Rijbaan Verzonnenweg"
SEEN = 8.0  # seconds after which somebody tries again


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Screen]:
    with screen(tmp_path / "huis") as made:
        yield made


def made(folder: Path) -> Path:
    database = folder / "werk.db"
    with open_workspace(database) as workspace:
        add_example(workspace)
        tenders.new_tender(workspace)
    return database


def type_a_title(shown: Program, *, leave: bool) -> None:
    """In Uitvraag, where the cursor stands in Titel."""
    shown.go(NUMBER)
    shown.screen.press(*["ctrl+Prior"] * 4, "ctrl+a")
    shown.screen.type(TYPED)
    if leave:
        shown.screen.press("Tab")


def kept_beside(tmp_path: Path) -> bool | None:
    """Whether what could not be saved lies beside the program."""
    folder = tmp_path / "huis" / "data" / "niet opgeslagen"
    return True if folder.is_dir() and any(folder.glob("*.tenders.json")) else None


def tried_at(tmp_path: Path) -> list[int]:
    """When what could not be saved was last written beside the program: at each time that it was tried."""
    folder = tmp_path / "huis" / "data" / "niet opgeslagen"
    return [path.stat().st_mtime_ns for path in sorted(folder.glob("*.json"))]


def press_first_in_bar(shown: Program) -> None:
    """F6 goes round the parts of the window; from the page back, the messages come first. Space presses the
    first button."""
    shown.screen.press("shift+F6", "space")


def put_back(shown: Program) -> bool | None:
    """To the tender, *Terugzetten*, and on: the text stands in its field and is left. A key may come before a
    window that was just shown listens, so somebody does it again who sees that nothing happened."""
    shown.go(NUMBER)
    press_first_in_bar(shown)
    shown.screen.press("Tab")
    end = time.monotonic() + SEEN
    while time.monotonic() < end and not stored(shown):
        time.sleep(0.05)
    return stored(shown)


def stored(shown: Program) -> bool | None:
    return True if shown.title(NUMBER) == TYPED else None


ACTS = {
    "print": "Adviesblad als PDF opslaan",
    "final": "Advies definitief maken",
    "lock": "Methode en uitvraag op slot zetten",
}


@pytest.mark.parametrize("way", ["retry", "close", "another tender", *ACTS])
def test_a_full_disk_and_every_way_out(on: Screen, tmp_path: Path, way: str) -> None:
    """The title waits; closing, opening another tender, printing, making final and locking are held up by it;
    once there is room, *Opnieuw proberen* saves it, and nothing else was done."""
    with small_disk_in(tmp_path) as disk:
        database = made(disk)
        with program(on, database) as shown:
            shown.go(NUMBER)
            shown.mark()  # the tender is open, and the disk had room
            shown.go(NUMBER)
            ballast = fill(disk)
            type_a_title(shown, leave=True)
            until(lambda: kept_beside(tmp_path), "the title beside the program")
            if way == "close":
                on.press("alt+F4")
            elif way == "another tender":
                shown.go("2026")
            elif way in ACTS:
                before = tried_at(tmp_path)
                shown.go(ACTS[way])
                until(
                    lambda: True if tried_at(tmp_path) != before else None,
                    "the act, which tries to save first",
                )
            else:
                press_first_in_bar(shown)
            until(lambda: kept_beside(tmp_path), "the title beside the program still")
            assert shown.process.poll() is None
            assert shown.title(NUMBER) != TYPED
            ballast.unlink()
            press_first_in_bar(shown)
            until(lambda: stored(shown), "the title in the file")
            until(
                lambda: True if kept_beside(tmp_path) is None else None, "nothing beside the program any more"
            )
        with open_workspace(database) as workspace:
            with workspace.unit() as unit:
                assert faults(unit) == []
            found = tenders.find_tender(workspace, NUMBER)
            assert found.versions == ()
            assert found.lock is None
        assert [path.name for path in disk.iterdir() if path.suffix == ".pdf"] == []


def test_killed_while_the_disk_is_full(on: Screen, tmp_path: Path) -> None:
    """What could not be saved is offered at the next start, and goes in as one step."""
    with small_disk_in(tmp_path) as disk:
        database = made(disk)
        with program(on, database) as shown:
            shown.go(NUMBER)
            shown.mark()
            shown.go(NUMBER)
            ballast = fill(disk)
            type_a_title(shown, leave=True)
            until(lambda: kept_beside(tmp_path), "the title beside the program")
            shown.kill()
        ballast.unlink()
        with program(on, database) as again:
            before = again.steps()
            until(lambda: put_back(again), "the title in the file")
            assert again.steps() == before + 1
            assert again.ask("SELECT step FROM history ORDER BY seq DESC LIMIT 1") == [("unsaved",)]


def test_killed_while_somebody_types(on: Screen, tmp_path: Path) -> None:
    """The text is in the file while it is being typed, and offered again in its field."""
    database = made(tmp_path)
    with program(on, database) as shown:
        type_a_title(shown, leave=False)
        until(lambda: True if TYPED in shown.drafts().values() else None, "the text as a draft")
        assert shown.title(NUMBER) != TYPED
        shown.kill()
    with program(on, database) as again:
        until(lambda: put_back(again), "the title in the file")
        until(lambda: True if not again.drafts() else None, "no draft any more")


def test_unsaved_work_is_put_together_with_what_was_done_since(tmp_path: Path) -> None:
    database = made(tmp_path)
    with open_workspace(database) as workspace:
        before = tenders.get_tender(workspace, "voorbeeld")
        from dataclasses import replace

        from cirkeldesk.model.refusal import StoreError
        from cirkeldesk.model.tender import edits
        from cirkeldesk.operations.tender.unsaved import Unsaved

        waited = Unsaved(before, replace(before, title=TYPED), "2026-11-30T10:00:00+00:00")
        assert unsaved.keep_unsaved(workspace, [waited])
        assert unsaved.unsaved_of(workspace) == (waited,)
        tenders.edit_tender(
            workspace, "voorbeeld", edits.set_field("functional_quantity", 999.0, "oppervlakte")
        )
        unsaved.store_unsaved(workspace, waited)
        now = tenders.get_tender(workspace, "voorbeeld")
        assert (now.title, now.functional_quantity) == (TYPED, 999.0)
        clash = Unsaved(before, replace(before, title="anders"), "")
        with pytest.raises(StoreError, match="unsaved_overlaps"):
            unsaved.store_unsaved(workspace, clash)
        assert tenders.get_tender(workspace, "voorbeeld") == now


def test_another_tender_that_cannot_be_saved_takes_no_other_s_place(tmp_path: Path) -> None:
    """Two full disks, two tenders, and the first not answered yet: each stays kept until somebody answered
    it."""
    with open_workspace(tmp_path / "werk.db") as workspace:
        add_example(workspace)
        tenders.new_tender(workspace)
        first, second = (
            tenders.get_tender(workspace, row["id"]) for row in tenders.tender_list(workspace)[:2]
        )
        for tender in (first, second, second):
            assert unsaved.keep_for(
                workspace, tender.id, unsaved.Unsaved(tender, tender, "2026-11-30T09:00:00+00:00")
            )
        assert [one.value.id for one in unsaved.unsaved_of(workspace)] == [first.id, second.id]
        assert unsaved.keep_for(workspace, second.id, None)
        assert [one.value.id for one in unsaved.unsaved_of(workspace)] == [first.id]
        assert unsaved.keep_for(workspace, first.id, None)
        assert unsaved.unsaved_of(workspace) == ()
