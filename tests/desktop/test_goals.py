"""What one wants to reach is chosen from cards; what is missing before the lock stands beside the ask."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.ask.goals import SHAPES
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.award.checks import before_lock
from cirkeldesk.model.award.readiness import Surroundings, readiness, waits_for
from cirkeldesk.operations.award.awards import lock_rules
from cirkeldesk.wording.award.awarding import GUIDE

pytestmark = pytest.mark.window


@pytest.fixture
def fresh(window: MainWindow) -> TenderView:
    window.new_tender()
    view = window.view
    assert view is not None
    view.go_to(0)
    view.ask.set_wide(wide=True)
    QApplication.processEvents()
    return view


@pytest.mark.parametrize("place", range(len(GUIDE)))
def test_a_goal_chooses_its_method(fresh: TenderView, place: int) -> None:
    _, method, also, note = GUIDE[place]
    block = fresh.ask.award
    card = block.goals.cards[place]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    rules = fresh.session.tender.award
    assert (rules.method, rules.also) == (method, also)
    assert [one.isChecked() for one in block.goals.cards] == [at == place for at in range(len(GUIDE))]
    assert any(note in text for text in fresh.bars.texts())
    assert QApplication.focusWidget() is not card  # on to the first figure that is missing
    fresh.session.undo()
    assert not any(one.isChecked() for one in block.goals.cards)


def test_every_goal_has_its_shape() -> None:
    assert set(SHAPES) == {method for _, method, _, _ in GUIDE}


def test_no_arrow_changes_an_award(fresh: TenderView) -> None:
    cards = fresh.ask.award.goals.cards
    cards[1].click()
    before = fresh.session.tender
    cards[1].setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(cards[1], key)
    assert fresh.session.tender == before


def test_what_is_missing_stands_beside_and_leads_to_its_field(fresh: TenderView) -> None:
    """Every line with a field goes somewhere; the count is that of the list every act uses."""
    beside = fresh.ask.beside
    fresh.ask.award.goals.cards[2].click()
    lines = readiness("lock", fresh.session.comparison, fresh.session.award, Surroundings())
    assert beside.lines.lines == lines
    assert beside.lock.text() == f"Op slot zetten · nog {waits_for(lines)}"
    for line in lines:
        if line.field:
            fresh.ask.title.edit.setFocus()
            fresh.ask.focus_field(line.field)
            focus = QApplication.focusWidget()
            assert focus is not None
            assert focus.isVisible(), line.field
            assert line.field == "tender.title" or focus is not fresh.ask.title.edit, line.field


def test_every_field_a_check_names_can_be_gone_to(window: MainWindow) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(0)
    for problem in before_lock(view.session.comparison):
        view.ask.focus_field(f"award.{problem.field}")
        assert QApplication.focusWidget() is not None


def test_on_the_lock_it_says_so(window: MainWindow) -> None:
    window.workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    window.open_example()
    lock_rules(window.workspace, "voorbeeld", "2026-11-30", "Leidraad 1.0 (verzonnen)")
    window.open_tender("voorbeeld")
    view = window.view
    assert view is not None
    view.go_to(0)
    view.ask.set_wide(wide=True)
    assert view.ask.beside.title.text() == "Op slot"
    assert view.ask.beside.lock.isHidden()
    view.ask.beside.on.click()
    assert view.step == 1
