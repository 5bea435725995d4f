"""Errors of ours, put in on purpose: in a page, a job, a slot, in drawing, in making a page. Each is told,
listed and logged; the document is as it was and the work goes on."""

from __future__ import annotations

import gc
import io
import logging
import math
import sys
import threading
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop import application as starting
from cirkeldesk.desktop.application import TopHandler
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.jobs import Job, Worker
from cirkeldesk.desktop.product import page as products_page
from cirkeldesk.desktop.tender.comparison import matrix as matrix_page
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.store.check import faults
from tests.conftest import HANG
from tests.desktop.conftest import make_ahead, opened, wait_idle
from tests.desktop.hands import Keyboard

pytestmark = pytest.mark.window
SECRET = "Aannemer Geheim, 1.234.567 euro"


def broken(*_: object, **__: object) -> NoReturn:
    raise ZeroDivisionError(SECRET)


@pytest.fixture
def caught(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[MainWindow]:
    """The window with the example and the program's own handler of errors; log lines are expected here."""
    caplog.expected_by_test = True  # type: ignore[attr-defined]
    window.open_example()
    monkeypatch.setattr(sys, "excepthook", TopHandler(window))
    yield window
    wait_idle(window)


def view_of(window: MainWindow) -> TenderView:
    assert window.view is not None
    return window.view


def stored(window: MainWindow) -> Tender:
    return tenders.get_tender(window.workspace, "voorbeeld")


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Each line once: the records come to the fixture by two loggers."""
    return list(
        {
            id(record): record.getMessage() for record in caplog.records if record.levelno == logging.ERROR
        }.values()
    )


def check_told(
    window: MainWindow, caplog: pytest.LogCaptureFixture, *, count: int = 1, since: bool = True
) -> None:
    """A bar with what to do, an entry in the panel, lines in the log; nowhere what the error quoted."""
    bar = window.bars.bar("ours")
    assert bar is not None
    assert bar.label.text().startswith(
        "Er ging iets mis in CirkelDesk. Uw gegevens zijn bewaard" + (" tot " if since else ".")
    )
    assert [button.text() for button in bar.buttons] == [
        "Details kopiëren",
        "Alle meldingen",
        "Verder werken",
    ]
    assert len(window.activity.faults) == count
    assert len(logged(caplog)) == count
    bar.buttons[0].click()
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError" in copied
    for text in (copied, *logged(caplog)):
        assert "Geheim" not in text
        assert "1.234.567" not in text


def check_work_goes_on(window: MainWindow) -> None:
    view = view_of(window)
    assert view.session.commit(edits.set_price(view.session.tender, "v3", Decimal(1_111_111), "prijs"))
    assert stored(window).variant("v3").price == Decimal(1_111_111)
    with window.workspace.unit() as unit:
        assert faults(unit) == []


def test_a_page_that_cannot_show(
    caught: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison cannot be drawn: the edit is kept, the other pages follow it."""
    view = view_of(caught)
    monkeypatch.setattr(matrix_page, "matrix_rows", broken)
    view.session.commit(edits.set_price(view.session.tender, "v4", Decimal(1_222_222), "prijs"))
    check_told(caught, caplog)
    assert stored(caught).variant("v4").price == Decimal(1_222_222)
    monkeypatch.undo()
    monkeypatch.setattr(sys, "excepthook", TopHandler(caught))
    check_work_goes_on(caught)
    names = view.comparison.model.rows
    assert any(cell.text == "1.222.222" for row in names if row.key == "price" for cell in row.cells)


def test_a_job_that_fails(
    caught: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(products_page, "import_batch", broken)
    caught.show_products()
    caught.products.import_paths([Path("a.xml")])
    wait_idle(caught)
    check_told(caught, caplog)
    assert caught.worker.ran[0].state == "mislukt"
    assert caught.worker.running is None
    assert not caught.products.bar.isVisible()
    caught.show_tender()
    check_work_goes_on(caught)


def test_a_slot_that_fails(
    caught: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(caught)
    view.go_to(1)
    before = stored(caught)
    monkeypatch.setattr(edits, "next_variant", broken)
    QTest.mouseClick(view.variants.add_bid, Qt.MouseButton.LeftButton)
    check_told(caught, caplog)
    assert stored(caught) == before
    check_work_goes_on(caught)


def test_a_key_that_fails(
    caught: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TenderView, "go_to", broken)
    Keyboard(caught).press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    check_told(caught, caplog)


def test_cells_that_cannot_be_drawn_are_told_once(
    caught: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(caught)
    monkeypatch.setattr(starting, "SAME", math.inf)  # on a slow computer the same error comes back later
    monkeypatch.setattr(VariantSheet, "_total", broken)
    view.go_to(1)
    for _ in range(3):
        view.variants.grid.viewport().repaint()
    check_told(caught, caplog)
    monkeypatch.undo()
    check_work_goes_on(caught)


def test_a_tender_whose_pages_cannot_be_made(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not tried again and again; the list stays, and what can be made is made once the fault is gone."""
    caplog.expected_by_test = True  # type: ignore[attr-defined]
    with open_workspace(tmp_path / "pagina.db") as workspace:
        window = opened(qtbot, workspace)
        monkeypatch.setattr(sys, "excepthook", TopHandler(window))
        monkeypatch.setattr("cirkeldesk.desktop.tender.view.AskPage", broken)
        make_ahead(window)
        qtbot.waitUntil(lambda: bool(window.activity.faults), timeout=HANG)
        check_told(window, caplog, since=False)
        assert not window.ahead.isActive()
        monkeypatch.undo()
        window.ahead.give_up()
        window.open_example()
        assert window.view is not None
        assert window.view.step == 2


def test_all_messages_in_one_place(
    caught: MainWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    view = view_of(caught)
    monkeypatch.setattr(starting, "SAME", math.inf)
    monkeypatch.setattr(edits, "next_variant", broken)
    view.variants.add_bid.clicked.emit()
    bar = caught.bars.bar("ours")
    assert bar is not None
    bar.buttons[1].click()
    assert caught.side.view is caught.activity
    assert (
        caught.activity.wrong.item(0).text().endswith("Uw gegevens zijn bewaard tot " + caught.saved_at + ".")
    )
    caught.activity.copy_details()
    assert QGuiApplication.clipboard().text().startswith("CirkelDesk ")
    assert len(logged(caplog)) == 1


def test_the_diagnostic_bundle_tells_no_name_and_no_figure(
    caught: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(caught)
    view.session.commit(edits.set_variant(view.session.tender, "v3", "bidder", "Aannemer Geheim", "naam"))
    view.session.commit(edits.set_price(view.session.tender, "v3", Decimal(1_234_567), "prijs"))
    monkeypatch.setattr(edits, "next_variant", broken)
    view.variants.add_bid.clicked.emit()
    target = tmp_path / "diagnose.zip"
    caught.save_bundle(target)
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as made:
        texts = {name: made.read(name).decode() for name in made.namelist()}
    assert set(texts) >= {"versies.txt", "gegevens.txt"}
    everything = "\n".join([*texts, *texts.values()])
    with caught.workspace.unit() as unit:
        tender = unit.tender("voorbeeld")
    names = [
        tender.title,
        tender.number,
        *(v.name for v in tender.variants),
        *(p.name for p in tender.posts),
        str(tmp_path),
    ]
    for secret in (
        "Geheim",
        "1234567",
        "1.234.567",
        caught.workspace.store.author + "@",
        str(Path.home()),
        *names,
    ):
        assert secret not in everything, secret
    assert "Controle: in orde" in texts["gegevens.txt"]


def test_undo_of_something_wrong_is_no_traceback(caught: MainWindow) -> None:
    """A refusal of the store inside a slot is told in words, not as a fault of ours."""
    caught.workspace.store.author = "iemand anders"
    view: Any = view_of(caught)
    assert view.session.undo() is None
    assert caught.activity.faults == []
    assert any("ongedaan" in text for text in view.bars.texts())


def test_the_first_error_of_another_kind_is_told_too(
    caught: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(caught)
    monkeypatch.setattr(starting, "SAME", math.inf)
    monkeypatch.setattr(edits, "next_variant", broken)
    view.variants.add_bid.clicked.emit()
    view.variants.add_bid.clicked.emit()
    monkeypatch.setattr(TenderView, "go_to", broken)
    Keyboard(caught).press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    check_told(caught, caplog, count=2)


def test_garbage_is_collected_on_the_window_s_thread_only(qtbot: QtBot) -> None:
    """An object of Qt that a worker's thread lets go of can keep both threads waiting for ever."""
    worker, threads, enabled = Worker(), set(), []

    def note(phase: str, _info: dict[str, int]) -> None:
        threads.add(threading.current_thread())

    def work(_job: Job) -> int:
        enabled.append(gc.isenabled())
        kept = [[number] for number in range(200_000)]  # far past what starts a collection
        return len(kept)

    gc.callbacks.append(note)
    done: list[int] = []
    try:
        worker.start(work, done.append, lambda problem: None, "iets")
        qtbot.waitUntil(lambda: bool(done))
        assert enabled == [False]
        assert threads <= {threading.main_thread()}
        assert gc.isenabled()  # as usual again
        worker.start(work, done.append, lambda problem: None, "nog iets")
        worker.stop()
        assert gc.isenabled()
    finally:
        gc.callbacks.remove(note)
