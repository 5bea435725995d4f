"""The ask in one sentence, its fields a press away, and what is usual taken in one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.messages import Message, Problem
from tests.desktop.conftest import fill

pytestmark = pytest.mark.window


def opened(window: MainWindow) -> TenderView:
    assert window.view is not None
    window.view.go_to(0)
    QApplication.processEvents()
    return window.view


def test_what_is_all_chosen_is_one_sentence(window: MainWindow) -> None:
    window.open_example()
    ask = opened(window).ask
    assert not ask.asked_part.isVisible()
    assert ask.sentence.text().startswith(
        "Weegset A2 · 2025-concept, levensfasen A–D, MKI per ton, één totaal. "
        "Rekenregels: NL-PCR Asfalt (verzonnen voorbeeld). Peildatum: 11-12-2026. "
    )
    assert not ask.take_usual.isVisible()
    QTest.mouseClick(ask.adjust, Qt.MouseButton.LeftButton)
    assert ask.rule.box.isVisible()


def test_a_new_tender_takes_what_is_usual_in_one_step(window: MainWindow) -> None:
    window.new_tender()
    view = opened(window)
    ask = view.ask
    assert ask.asked_part.isVisible()  # something is still to be chosen
    fill(ask.closes, "11-12-2027")
    assert "peildatum 11-12-2027" in ask.usual.text()
    before = view.session.last_step
    QTest.mouseClick(ask.take_usual, Qt.MouseButton.LeftButton)
    chosen = view.session.tender.ask
    assert (chosen.includes_replacement, chosen.reference_date) == ("yes", "2027-12-11")
    assert chosen.replacement_rule == "fractional_with_d"
    assert chosen.rules
    assert not ask.take_usual.isVisible()
    assert QApplication.focusWidget() is not None
    assert ask.asked_part.isVisible()  # nothing folds under the hand
    assert view.session.last_step > before
    view.session.undo()
    assert view.session.tender.ask.reference_date is None
    assert view.session.tender.ask.includes_replacement is None
    assert ask.take_usual.isVisible()


def test_it_folds_when_the_page_comes_up_again(window: MainWindow) -> None:
    window.new_tender()
    view = opened(window)
    fill(view.ask.closes, "11-12-2027")
    QTest.mouseClick(view.ask.take_usual, Qt.MouseButton.LeftButton)
    view.go_to(1)
    view.go_to(0)
    assert not view.ask.asked_part.isVisible()


def test_an_open_point_leads_to_its_field_also_when_folded(window: MainWindow) -> None:
    window.open_example()
    view = opened(window)
    view.show_points()
    view.points.chosen.addItem("proef")
    item = view.points.chosen.item(view.points.chosen.count() - 1)
    problem = Problem(Message("unknown_rules"), "open", field="ask_rules")
    item.setData(Qt.ItemDataRole.UserRole, problem)
    view._follow(item)
    assert view.ask.rules.edit.isVisible()


def test_a_locked_ask_takes_nothing(window: MainWindow) -> None:
    window.open_example()
    view = opened(window)
    fill(view.ask.award.published, "30-11-2026")
    fill(view.ask.award.document, "Leidraad 1.0")
    view.ask.award.lock_button.click()
    view.go_to(1)
    view.go_to(0)
    assert not view.ask.take_usual.isVisible()
