"""Nothing is lost through the window: failed saves, back-ups, damaged files, two at once, erasing."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cirkeldesk import paths
from cirkeldesk.desktop import application as starting
from cirkeldesk.desktop.application import RefusedWindow, application, prepared
from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.messages import MessageBar
from cirkeldesk.desktop.tender import anchoring
from cirkeldesk.desktop.tender.anchoring import say_done
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.award.awards import practise
from cirkeldesk.operations.file import counter, keeping
from cirkeldesk.operations.file.anchor import anchor_of
from cirkeldesk.operations.settings import FileSettings, load_settings, save_file_settings
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.store.sqlite.copies import folder_of
from cirkeldesk.store.sqlite.write_lock import STALE_AFTER
from tests.acceptance.papers import everything_in
from tests.desktop.conftest import click, fill, opened, wait_idle

ID = "voorbeeld"
ELSEWHERE = ["Het gewone bestand openen", "Ander bestand openen …", "Sluiten"]


def press(bar: MessageBar | None, name: str) -> None:
    assert bar is not None
    QApplication.processEvents()
    click(next(made for made in bar.buttons if made.text() == name))


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    """The example, open at its questions."""
    window.open_example()
    assert window.view is not None
    window.view.go_to(0)
    return window


def title(window: MainWindow, text: str) -> None:
    assert window.view is not None
    assert window.view.session.commit(edits.set_field("title", text, "titel"))


def stored_title(path: Path) -> str:
    with open_workspace(path) as workspace:
        return tenders.get_tender(workspace, ID).title


# --- a save that fails
# -----------------------------------------------------------------------------------------------


def test_an_edit_stays_alive_when_the_file_goes_and_is_saved_elsewhere(
    shown: MainWindow, database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    title(shown, "eerst")
    database.unlink()
    view = shown.view
    assert view is not None
    title(shown, "daarna")
    assert view.session.tender.title == "daarna"  # what was typed is what is shown
    assert shown.line.saved.text() == "Niet opgeslagen"
    bar = view.bars.bar("not_saved")
    assert bar is not None
    assert "is weg of vervangen" in bar.label.text()
    title(shown, "en nog eens")
    assert len(view.session.unsaved) == 2
    assert view.session.undo() is None  # going back waits until it is saved
    press(view.bars.bar("not_saved"), "Opnieuw proberen")
    assert view.bars.bar("not_saved") is not None  # still gone, still said
    kept = tmp_path / "elders" / "bewaard.db"
    shown.save_elsewhere(kept)
    assert len(view.session.unsaved) == 2  # that folder is not there: nothing is lost
    kept.parent.mkdir()
    shown.save_elsewhere(kept)
    assert shown.next is not None
    assert not shown.isVisible()
    shown.workspace.store.close()
    said, problem = prepared(shown.next)
    with open_workspace(kept) as workspace:
        window = opened(qtbot, workspace)
        window.welcome(shown.next, said, problem)
        assert window.view is not None
        assert window.view.session.tender.title == "en nog eens"
        assert [row.params["label"] for row in window.view.session.stacks.undo[-2:]] == ["titel", "titel"]
        assert window.bars.texts() == ["Opgeslagen in bewaard.db. Voortaan werkt u in dit bestand."]
        window.close()
        window.deleteLater()
    assert stored_title(kept) == "en nog eens"


def test_trying_again_saves_all_that_waited_in_order(
    shown: MainWindow, database: Path, tmp_path: Path
) -> None:
    view = shown.view
    assert view is not None
    steps = len(view.session.stacks.undo)
    aside = tmp_path / "even weg.db"
    database.rename(aside)
    title(shown, "een")
    title(shown, "twee")
    aside.rename(database)
    press(view.bars.bar("not_saved"), "Opnieuw proberen")
    assert view.bars.bar("not_saved") is None
    assert view.session.unsaved == ()
    assert len(view.session.stacks.undo) == steps + 2
    assert shown.line.saved.text().startswith("Opgeslagen")
    view.session.undo()
    assert tenders.get_tender(shown.workspace, ID).title == "een"


def test_a_price_typed_while_the_file_is_gone_is_in_the_comparison(
    shown: MainWindow, database: Path, tmp_path: Path
) -> None:
    view = shown.view
    assert view is not None
    before = view.session.comparison
    database.rename(tmp_path / "weg.db")
    tender = view.session.tender
    variant = tender.variants[1]
    assert view.session.commit(edits.set_price(tender, variant.id, Decimal("1234567.89"), "prijs"))
    assert view.session.tender.variants[1].price == Decimal("1234567.89")
    assert view.session.comparison != before


# --- back-ups
# --------------------------------------------------------------------------------------------------------


def test_a_back_up_is_made_and_put_back(shown: MainWindow, database: Path, qtbot: QtBot) -> None:
    title(shown, "goed")
    shown.show_keeping()
    page = shown.keeping
    click(page.back_up_button)
    assert "Back-up gemaakt" in shown.bars.texts()[0]
    title(shown, "fout")
    shown.show_keeping()
    assert page.copies.held.text().splitlines() == [
        "Hierin: 1 aanbesteding (VOORBEELD-001 goed) en 5 producten.",
        f"Laatste stap: titel ({shown.workspace.store.author}).",
        "1 stap die daarna is gedaan, valt dan weg.",
    ]
    click(page.restore_button)
    bar = shown.bars.bar("keeping")
    assert bar is not None
    assert "1 stap die daarna is gedaan, valt dan weg." in bar.label.text()
    press(bar, "Terugzetten")
    assert shown.next is not None
    shown.workspace.store.close()
    said, problem = prepared(shown.next)
    assert (said.startswith("De back-up van "), problem) == (True, "")
    assert stored_title(database) == "goed"
    assert [copy.reason for copy in keeping.back_ups(database)] == ["terugzetten", "hand"]


def test_leaving_it_changes_nothing(shown: MainWindow) -> None:
    shown.show_keeping()
    click(shown.keeping.back_up_button)
    click(shown.keeping.restore_button)
    press(shown.bars.bar("keeping"), "Laten staan")
    assert shown.next is None
    assert shown.isVisible()


def test_the_guard_makes_a_back_up_beside_the_work(shown: MainWindow, database: Path) -> None:
    shown.guard.back_up()
    wait_idle(shown)
    assert [copy.reason for copy in keeping.back_ups(database)] == ["tijd"]
    assert [ran.state for ran in shown.worker.ran if ran.name == "Back-up maken"] == ["klaar"]
    folder_of(database).rename(folder_of(database).with_name("anders"))
    folder_of(database).write_text("een bestand waar een map moet komen")
    for _ in range(2):
        shown.guard.back_up()
        wait_idle(shown)
    assert sum("back-up" in text for text in shown.bars.texts()) == 1  # said once


def test_check_says_what_is_wrong_and_where(shown: MainWindow, database: Path) -> None:
    shown.show_keeping()
    click(shown.keeping.check_button)
    wait_idle(shown)
    assert shown.bars.texts() == ["In orde: bestand, inhoud, geschiedenis en lijsten kloppen met elkaar."]
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE tender_list SET title = 'anders'")
    connection.close()
    click(shown.keeping.check_button)
    wait_idle(shown)
    assert "aanbesteding voorbeeld" in shown.bars.texts()[0]
    assert "Zet hieronder een back-up terug." in shown.bars.texts()[0]


def test_a_copy_is_saved_and_work_goes_on_here(shown: MainWindow, database: Path, tmp_path: Path) -> None:
    shown.show_keeping()
    shown.keeping.save_copy(database)
    assert "Wij kunnen" in shown.bars.texts()[0]  # never over itself
    shown.keeping.save_copy(tmp_path / "kopie.db")
    assert shown.bars.texts() == [f"Kopie opgeslagen: kopie.db. U werkt verder in {database.name}."]
    assert stored_title(tmp_path / "kopie.db") != ""


def test_keeping_time_is_shown(shown: MainWindow) -> None:
    shown.show_keeping()
    assert shown.keeping.kept.text() == "Er is geen bewaartermijn ingevuld. Dat kan bij Instellingen."
    save_file_settings(shown.workspace, FileSettings(retention="7"))
    shown.keeping.refresh()
    year = time.localtime().tm_year
    assert shown.keeping.kept.text().startswith("VOORBEELD-001 ")
    assert str(year + 7) in shown.keeping.kept.text()
    with shown.workspace.unit() as unit:  # as a version before 0.8 took it
        unit.settings.put("retention", "-")
    shown.keeping.refresh()
    assert "“-” is geen aantal jaren" in shown.keeping.kept.text()


# --- erasing
# ---------------------------------------------------------------------------------------------------------


def test_a_tender_is_erased_by_its_number_typed_in_full(shown: MainWindow, database: Path) -> None:
    shown.show_keeping()
    page = shown.keeping
    fill(page.tender, "VOORBEELD-00")
    click(page.tender_button)
    assert shown.bars.texts()[0] == "Wij vinden aanbesteding “VOORBEELD-00” niet."
    fill(page.tender, "VOORBEELD-001")
    click(page.tender_button)
    assert shown.bars.texts()[0].startswith("Gewist uit ")
    assert shown.view is None
    shown.show_list()
    assert tenders.tender_list(shown.workspace) == []
    assert [copy.reason for copy in keeping.back_ups(database)] == ["wissen"]


def test_a_name_is_erased(window: MainWindow) -> None:
    window.workspace.store.author = "Xandra Verzinsel"
    window.open_example()
    window.show_keeping()
    fill(window.keeping.name, "Xandra Verzinsel")
    click(window.keeping.name_button)
    wait_idle(window)
    assert "De geschiedenis klopt nog." in window.bars.texts()[0]
    with window.workspace.unit() as unit:
        assert all("Xandra" not in row.author for row in unit.steps.rows() if row.step != "erase_name")


# --- two at once
# -----------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(database: Path) -> Iterator[Callable[[float], None]]:
    """Somebody on another computer has the file, with a sign of life so many seconds ago."""
    note = Path(f"{database}.in-use")
    with open_workspace(database) as workspace:
        add_example(workspace)

    def sign(ago: float) -> None:
        found = {
            "who": "Collega (verzonnen)",
            "host": "pc-elders",
            "process": 4711,
            "since": "2026-11-23T08:15+01:00",
            "token": "x",
        }
        note.write_text(json.dumps(found))
        moment = time.time() - ago
        os.utime(note, (moment, moment))

    yield sign
    note.unlink(missing_ok=True)


def test_a_second_computer_reads_only_and_sees_who(
    elsewhere: Callable[[float], None], database: Path, qtbot: QtBot
) -> None:
    application()
    elsewhere(10)
    with open_workspace(database) as workspace:
        window = opened(qtbot, workspace)
        bar = window.bars.bar("read_only")
        assert bar is not None
        assert bar.label.text().startswith(
            "Collega (verzonnen) werkt op computer pc-elders in dit bestand (sinds "
        )
        assert [made.text() for made in bar.buttons] == ["Opnieuw proberen"]
        window.show_keeping()
        assert not window.keeping.back_up_button.isEnabled()
        assert not window.keeping.tender_button.isEnabled()
        press(bar, "Opnieuw proberen")
        assert window.next == Next(database)
        window.deleteLater()


def test_a_lock_without_a_sign_of_life_is_taken_over(
    elsewhere: Callable[[float], None], database: Path, qtbot: QtBot
) -> None:
    application()
    elsewhere(10)
    with open_workspace(database) as workspace:
        assert workspace.read_only
        elsewhere(STALE_AFTER + 30)
        window = opened(qtbot, workspace)
        press(window.bars.bar("read_only"), "Overnemen")
        assert window.next is not None
        found = window.next
        window.deleteLater()
    assert prepared(found) == ("U kunt weer schrijven in dit bestand.", "")
    with open_workspace(database) as workspace:
        assert not workspace.read_only


def test_whoever_was_taken_over_writes_no_more(shown: MainWindow, elsewhere: Callable[[float], None]) -> None:
    """The other side of it: our computer slept, somebody took over, and what we type stays alive."""
    title(shown, "van ons")
    elsewhere(1)
    title(shown, "te laat")
    title(shown, "nog later")
    view = shown.view
    assert view is not None
    assert view.session.tender.title == "nog later"
    bar = view.bars.bar("not_saved")
    assert bar is not None
    assert "Collega (verzonnen)" in bar.label.text()


# --- a file that cannot be opened
# ------------------------------------------------------------------------------------


@pytest.fixture
def damaged(database: Path) -> Path:
    with open_workspace(database) as workspace:
        add_example(workspace)
        tenders.edit_tender(workspace, ID, edits.set_field("title", "goed", "titel"))
        keeping.back_up(workspace)
    content = bytearray(database.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 64] = bytes(64)
    database.write_bytes(bytes(content[: len(content) - 4096]))
    with pytest.raises(StoreError, match="db_damaged"):
        open_workspace(database)
    return database


def buttons(window: RefusedWindow) -> dict[str, QPushButton]:
    return {made.text(): made for made in window.findChildren(QPushButton)}


def test_a_damaged_file_is_explained_with_its_back_ups(damaged: Path, qtbot: QtBot, tmp_path: Path) -> None:
    application()
    before = damaged.read_bytes()
    window = RefusedWindow(StoreError("db_damaged", file=damaged.name), damaged)
    qtbot.addWidget(window)
    window.show()
    assert list(buttons(window)) == ["Deze back-up terugzetten", "Redden wat te redden is …", *ELSEWHERE]
    assert window.copies is not None
    assert "VOORBEELD-001 goed" in window.copies.held.text()
    window.rescue(tmp_path / "gered.db")
    assert "Gered: " in window.bars.texts()[0]
    assert damaged.read_bytes() == before
    click(buttons(window)["Deze back-up terugzetten"])
    assert window.next is not None
    assert "Het beschadigde bestand staat ernaast" in prepared(window.next)[0]
    assert stored_title(damaged) == "goed"


def test_from_refused_to_working_in_one_start(damaged: Path, qtbot: QtBot) -> None:
    """As it goes: the start shows what is wrong, a press puts the back-up back, the window opens on it."""
    seen: list[str] = []

    def go_on() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, RefusedWindow) and window.isVisible() and "refused" not in seen:
                seen.append("refused")
                click(buttons(window)["Deze back-up terugzetten"])
            elif isinstance(window, MainWindow) and window.isVisible():
                seen.extend(window.bars.texts())
                window.close()

    timer = QTimer()
    timer.timeout.connect(go_on)
    timer.start(50)
    hook = sys.excepthook
    try:
        assert starting.run(damaged) == 0
    finally:
        timer.stop()
        sys.excepthook = hook
    assert seen[0] == "refused"
    assert seen[1].startswith("De back-up van ")
    assert load_settings().database == str(damaged.resolve())  # the next start opens what was chosen


def test_a_file_chosen_before_is_not_made_anew(tmp_path: Path, qtbot: QtBot) -> None:
    """The drive of last time is not there: that is said, and no empty file takes its place."""
    application()
    gone = tmp_path / "stick" / "werk.db"
    starting.remember(gone)
    found = starting.remembered()
    assert (found.path, found.create) == (gone, False)
    with pytest.raises(StoreError, match="file_missing"):
        open_workspace(found.path, create=found.create)
    window = RefusedWindow(StoreError("file_missing", file=gone.name), gone)
    qtbot.addWidget(window)
    assert list(buttons(window)) == ELSEWHERE
    assert not gone.exists()


def test_a_newer_file_is_refused_politely(qtbot: QtBot, tmp_path: Path) -> None:
    application()
    window = RefusedWindow(StoreError("db_newer", file="a.db"), tmp_path / "a.db")
    qtbot.addWidget(window)
    assert "nieuwere CirkelDesk" in window.text
    assert list(buttons(window)) == ELSEWHERE


def test_an_anchor_is_made_and_checked_on_the_page(shown: MainWindow, tmp_path: Path) -> None:
    shown.show_keeping()
    sheet = tmp_path / "anker.pdf"
    shown.keeping.save_anchor(sheet)
    assert "zaaksysteem" in " ".join(shown.bars.texts())
    assert "ankerblad gemaakt" in shown.keeping.happened.text()
    title(shown, "Nog een stap (verzonnen)")
    shown.keeping.check_witness(sheet)
    assert "bevat de stand van het anker" in shown.keeping.anchor_said.text()
    (tmp_path / "niets.txt").write_text("niets", encoding="utf-8")
    shown.keeping.check_witness(tmp_path / "niets.txt")
    assert "geen anker" in " ".join(shown.bars.texts())


def test_after_an_act_for_the_court_the_sheet_is_one_press_away(
    shown: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown.view is not None
    sheet = tmp_path / "anker.pdf"
    monkeypatch.setattr(anchoring, "ask_where", lambda *_: sheet)
    session = shown.view.session
    say_done(shown.view, session, shown.view.bars, "locked", "Op slot (verzonnen).", "lock")
    press(shown.view.bars.bar("locked"), "Ankerblad opslaan")
    assert "bij het op slot zetten" in everything_in(sheet)
    practice = practise(shown.workspace, session.identity)
    shown.open_tender(practice)
    assert shown.view is not None
    say_done(shown.view, shown.view.session, shown.view.bars, "locked", "Op slot (verzonnen).", "lock")
    bar = shown.view.bars.bar("locked")
    assert bar is not None
    assert bar.buttons == []  # practice needs no witness


def test_a_file_that_went_back_is_told_when_it_is_opened(shown: MainWindow) -> None:
    counter.note(shown.workspace)
    steps = anchor_of(shown.workspace).steps
    place = counter._place(shown.workspace)
    paths.counter_file().write_text(json.dumps({place: [steps + 5, "ab" * 32]}), encoding="utf-8")
    shown._look_back()
    assert f"eerder {steps + 5} stappen" in " ".join(shown.bars.texts())
    shown.bars.clear("counter")
    shown._look_back()
    assert "teruggegaan" not in " ".join(shown.bars.texts())
