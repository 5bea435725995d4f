"""Posts from a bestek and unit prices from a state, in the window: in under ten actions, and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.operations.tender import tenders
from tests.desktop.hands import Keyboard
from tests.exchange.bill import bills

pytestmark = pytest.mark.window


def opened(window: MainWindow) -> str:
    identity = tenders.new_tender(window.workspace)
    window.open_tender(identity)
    return identity


def test_a_bestek_becomes_posts_and_a_state_comes_back(window: MainWindow, tmp_path: Path) -> None:
    """Actions: choose the file, take over; choose the state, name the bidder, take over."""
    identity = opened(window)
    small = bills.lines(400, seed=5)
    bestek, state = tmp_path / "bestek.rsx", tmp_path / "staat.xlsx"
    bestek.write_bytes(bills.FORMATS["rsx simple"](small))
    state.write_bytes(bills.FORMATS["xlsx"](bills.priced(small, 1)))
    view = window.view
    assert view is not None
    view.go_to(0)
    panel = view.ask.bill
    panel.read(bestek)
    assert panel.isVisible()
    assert "niet beproefd" in panel.told.text()
    assert panel.take.text() == "40 posten overnemen"
    QTest.keyClick(panel.table, Qt.Key.Key_Space)  # the first proposed line is no post after all
    assert panel.take.text() == "39 posten overnemen"
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    QTest.mouseClick(panel.take, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()
    assert len(tenders.get_tender(window.workspace, identity).posts) == 40
    view.go_to(1)
    variants = view.variants
    assert variants.state_panel.read(state)
    variants._show_only(variants.state_panel)
    assert variants.state_panel.title.text().endswith("alle regels kloppen met het bestek")
    QTest.mouseClick(variants.state_panel.take, Qt.MouseButton.LeftButton)
    assert not tenders.get_tender(window.workspace, identity).variants  # whose is it?
    variants.state_panel.bidder.edit.setText("Bedrijf (verzonnen)")
    QTest.mouseClick(variants.state_panel.take, Qt.MouseButton.LeftButton)
    bid = tenders.get_tender(window.workspace, identity).variants[0]
    assert (bid.bidder, len(bid.answers)) == ("Bedrijf (verzonnen)", 40)
    assert not variants.state_panel.isVisible()
    view.session.undo()
    assert not tenders.get_tender(window.workspace, identity).variants


def test_a_changed_state_is_not_taken_over(window: MainWindow, tmp_path: Path) -> None:
    identity = opened(window)
    small = bills.lines(40, seed=6)
    bestek, state = tmp_path / "bestek.ods", tmp_path / "staat.ods"
    bestek.write_bytes(bills.FORMATS["ods"](small))
    state.write_bytes(bills.FORMATS["ods"](bills.priced(small, 1)[:-1]))
    view = window.view
    assert view is not None
    view.go_to(1)
    assert not view.variants.state_panel.read(state)  # there is no bestek yet, which is said
    view.go_to(0)
    view.ask.bill.read(bestek)
    QTest.mouseClick(view.ask.bill.take, Qt.MouseButton.LeftButton)
    view.go_to(1)
    assert view.variants.state_panel.read(state)
    view.variants._show_only(view.variants.state_panel)
    assert "1 regel klopt niet" in view.variants.state_panel.title.text()
    assert not view.variants.state_panel.take.isVisible()
    assert not tenders.get_tender(window.workspace, identity).variants


@pytest.mark.parametrize("layout", ["xlsx", "ods", "csv"])
def test_heads_that_nobody_knows_are_asked_once_by_keyboard(
    window: MainWindow, tmp_path: Path, layout: str
) -> None:
    """The bestek asks, the state of the same making does not any more, and a file of other heads asks
    again."""
    identity = opened(window)
    small = bills.lines(40, seed=7)
    bestek, state = tmp_path / f"bestek.{layout}", tmp_path / f"staat.{layout}"
    bestek.write_bytes(bills.under_heads(layout, small, bills.OTHER_HEADS))
    state.write_bytes(bills.under_heads(layout, bills.priced(small, 1), bills.OTHER_HEADS))
    view = window.view
    assert view is not None
    view.go_to(0)
    panel = view.ask.bill
    panel.read(bestek)
    assert panel.heads.isVisible()
    assert not panel.take.isVisible()
    assert not panel.heads.read.isEnabled()
    keys = Keyboard(window)
    keys.tab_to("Annuleren")
    keys.press(Qt.Key.Key_Space)
    assert not panel.isVisible()
    panel.read(bestek)
    for head, meaning in zip(bills.OTHER_HEADS, bills.MEANINGS, strict=True):
        keys.tab_to(head)
        keys.choose(meaning)
    keys.tab_to("Lezen met deze kolommen")
    keys.press(Qt.Key.Key_Space)
    assert panel.table.isVisible()
    assert not panel.heads.isVisible()
    count = len(panel.model.ticked)
    assert count > 0
    QTest.mouseClick(panel.take, Qt.MouseButton.LeftButton)
    assert len(tenders.get_tender(window.workspace, identity).posts) == count
    view.go_to(1)
    assert view.variants.state_panel.read(state)
    view.variants._show_only(view.variants.state_panel)
    assert not view.variants.state_panel.heads.isVisible()
    assert view.variants.state_panel.title.text().endswith("alle regels kloppen met het bestek")
    other = tmp_path / f"anders.{layout}"
    other.write_bytes(
        bills.under_heads(layout, bills.priced(small, 1), [f"{h} nu" for h in bills.OTHER_HEADS])
    )
    assert view.variants.state_panel.read(other)
    assert view.variants.state_panel.heads.isVisible()
    assert not view.variants.state_panel.take.isVisible()
