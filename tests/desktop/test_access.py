"""Every widget of every page has a name for who listens, and Tab reaches all of them, in the order they are
read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cirkeldesk import __version__
from cirkeldesk.desktop.frame.actions import ACTIONS, IN_TABLES
from cirkeldesk.desktop.frame.help import SUBJECTS, text_of
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.operations.workspace import open_workspace
from tests.desktop.conftest import opened, wait_idle
from tests.desktop.hands import Keyboard
from tools.desk_pictures import desk_pages, material_pages, monitor_pages
from tools.pictures import award_pages, group_pages, keeping_pages, pages, settle, side_pages

pytestmark = pytest.mark.window
SPOKEN = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTextBrowser,
)


def nameless(window: MainWindow) -> list[str]:
    """Visible widgets a person can use or that tell something, without a name; parts that Qt itself made
    apart."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, SPOKEN) or isinstance(widget, QHeaderView):
            continue
        if widget.objectName().startswith("qt_") or isinstance(
            widget.parentWidget(), (QComboBox, QTabBar, QAbstractItemView)
        ):
            continue
        if not widget.accessibleName().strip():
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def reached_by_tab(window: MainWindow) -> list[QWidget]:
    """Where Tab goes, from the first widget until it comes back; a table is left with F6, as it says."""
    start = QApplication.focusWidget()
    found: list[QWidget] = []
    widget: QWidget | None = window.nextInFocusChain()
    while widget is not None and widget is not window:
        usable = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if usable and widget.focusProxy() is None and not widget.objectName().startswith("qt_"):
            found.append(widget)
        widget = widget.nextInFocusChain()
    if start is not None:
        start.setFocus()
    return found


def out_of_order(window: MainWindow, chain: list[QWidget]) -> list[str]:
    """Neighbours in the chain, under one parent, of which the second stands clearly above the first on the
    page."""
    wrong = []
    for one, other in pairwise(chain):
        if one.parentWidget() is not other.parentWidget():
            continue
        first, second = one.mapTo(window, one.rect().topLeft()), other.mapTo(window, other.rect().topLeft())
        if second.y() + other.height() <= first.y():
            wrong.append(f"{one.accessibleName()} → {other.accessibleName()}")
    return wrong


def every_page(window: MainWindow, folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    yield from pages(window)
    yield from side_pages(window)
    yield from award_pages(window)
    yield from desk_pages(window, folder)
    yield from monitor_pages(window, folder)
    yield from material_pages(window)
    yield from list(group_pages(window))[:6]
    yield from keeping_pages(window, folder)


def test_every_widget_has_a_name_and_tab_reaches_it_in_order(qtbot: QtBot, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    with open_workspace(tmp_path / "namen.db") as workspace:
        window = opened(qtbot, workspace)
        found["first screen"] = [*nameless(window), *out_of_order(window, reached_by_tab(window))]
        window.open_example()
        count = 0
        for name, go in every_page(window, tmp_path):
            go()
            settle(window, 30)
            chain = reached_by_tab(window)
            unreached = [
                w.accessibleName()
                for w in window.findChildren(QWidget)
                if w.isVisible()
                and w.isEnabled()
                and w.focusPolicy() & Qt.FocusPolicy.TabFocus
                and w.focusProxy() is None
                and w not in chain
                and not w.objectName().startswith("qt_")
            ]
            found[name] = [
                *nameless(window),
                *(f"not reached: {n}" for n in unreached),
                *out_of_order(window, chain),
            ]
            count += len(chain)
        wait_idle(window)
    assert len(found) >= 55
    assert count > 500
    faults = {name: wrong for name, wrong in found.items() if wrong}
    assert not faults, faults


@pytest.mark.parametrize("step", range(5))
def test_tab_gets_out_of_everything(window: MainWindow, step: int) -> None:
    """No keyboard trap: by Tab (and F6 in a table) the focus comes back to where it was."""
    window.open_example()
    assert window.view is not None
    window.view.go_to(step)
    wait_idle(window)
    keys = Keyboard(window)
    window.top.menu_button.setFocus()
    window.top.find_button.setFocus()
    begin = QApplication.focusWidget()
    for _ in range(400):
        keys.press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is begin:
            return
    raise AssertionError(f"Tab stays in {keys.at}")


def test_f6_goes_round_the_parts_of_the_window(window: MainWindow) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(1)
    keys = Keyboard(window)
    seen = []
    for _ in range(5):
        keys.press(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        parts = {"top": window.top, "rail": window.rail, "steps": view.steps, "page": view.pages}
        seen.append(next((name for name, part in parts.items() if part.isAncestorOf(focus)), "?"))
    assert seen == ["top", "rail", "steps", "page", "top"]
    keys.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert keys.at == "Varianten"  # back in the page, where the focus was


def test_the_focus_ring_is_seen(window: MainWindow) -> None:
    """A focused widget looks different from an unfocused one, pixel by pixel."""
    window.open_example()
    assert window.view is not None
    window.view.go_to(2)
    for widget in (window.view.comparison.more, window.view.comparison.against, window.top.find_button):
        widget.clearFocus()
        settle(window)
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        settle(window)
        assert widget.grab().toImage() != before, widget.accessibleName()


def test_every_key_does_what_the_list_says_once(window: MainWindow) -> None:
    """No key stands for two things, none is one that screen readers or keyboards use themselves."""
    keys = [action.keys for action in ACTIONS if action.keys]
    assert len(keys) == len(set(keys))
    for taken in ("Ctrl+Alt", "Insert", "CapsLock"):
        assert not any(taken in key for key in (*keys, *(names for names, _ in IN_TABLES)))
    assert not any(key.startswith("Alt+") and key[-1].isdigit() for key in keys)
    window.show_keys()
    shown = window.help.text.toPlainText()
    for action in ACTIONS:
        if action.keys:
            assert action.keys in shown
            assert action.name in shown


def test_what_is_new_begins_with_the_version_that_runs() -> None:
    first = next(line for line in text_of("nieuw").splitlines() if line.startswith("## "))
    assert first == f"## Versie {'.'.join(__version__.split('.')[:2])}"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_help_is_there_for_each_page_and_is_plain(subject: str) -> None:
    text = text_of(subject)
    assert text.startswith("# ")
    assert "http" not in text  # it is read without a network
    for line in text.splitlines():
        for sentence in line.replace(":", ".").replace(";", ".").split(". "):
            assert len(sentence.split()) <= 24, sentence
