"""What is closed lets go: a day of opening tenders costs no more than the first hour. `--deep` opens 200."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import replace

import psutil
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.jobs import Job
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.tender.example import add_example
from tests.desktop.conftest import wait_idle

FEW, MANY = 6, 200
SETTLED = 20  # tenders after which nothing may grow any more, but what was read of them
MOST = 0.08  # MB a tender: versions that were read stay at hand, at most 512 of them


def alive() -> dict[str, int]:
    """How many of what belongs to one open tender there are."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    kinds = (Session, TenderView, Comparison, Inputs, Job)
    found = Counter(type(thing) for thing in gc.get_objects() if type(thing) in kinds)
    return {kind.__name__: found[kind] for kind in kinds}


def one_tender(window: MainWindow, identity: str, number: int) -> None:
    """Opened, every step looked at, edited, undone and left."""
    window.open_tender(identity)
    for step in range(5):
        window.go_to_step(step)
        QApplication.processEvents()
    view = window.view
    assert view is not None
    view.session.commit(edits.set_field("title", f"titel {number}", "titel"))
    view.session.undo()
    wait_idle(window)
    window.show_list()
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_tenders_that_were_left_are_gone(window: MainWindow, qtbot: QtBot, deep: bool) -> None:
    add_example(window.workspace)
    with window.workspace.unit() as unit:
        base = unit.tender("voorbeeld")
        for number in range(SETTLED):
            tender = replace(base, id=f"t{number}", number=f"N-{number}")
            unit.commit("tender", tender.id, tender, "tender_new", {"name": tender.number})
    begin, before = 0.0, alive()  # what other tests of this process keep is not of this window
    for number in range(MANY if deep else FEW):
        one_tender(window, f"t{number % SETTLED}", number)
        if number == SETTLED - 1:
            begin = psutil.Process().memory_info().rss
    # The one that is open, and the blank one that waits.
    assert max(count - before[kind] for kind, count in alive().items()) <= 2
    if deep:
        grown = (psutil.Process().memory_info().rss - begin) / 1e6 / (MANY - SETTLED)
        assert grown <= MOST, f"{grown:.3f} MB a tender"
