"""Hard words are explained where they stand: by mouse, by Shift+F1, and for who listens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.explain.label import WhyButton
from cirkeldesk.desktop.kit.explain.popover import Popover
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.wording.window.hard_words import HARD_WORDS, hard_word

pytestmark = pytest.mark.window


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    window.open_example()
    assert window.view is not None
    window.view.go_to(0)
    window.view.ask.show_asked()
    QApplication.processEvents()
    return window.view


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def test_each_word_of_the_ask_has_its_sentences(view: TenderView) -> None:
    """The words that a first user did not understand (a list of 13, of which 9 stand on this page)."""
    asked = {button.word.word for button in view.ask.findChildren(WhyButton)}
    assert asked >= {
        "Levensfase D telt mee",
        "Vervangingsregel",
        "Toeslag 30 % al verwerkt",
        "Vervanging al verwerkt",
        "Moet gelijk zijn",
        "Peildatum",
        "Weegset",
        "Levensfasen",
        "Beschouwingsperiode jaar",
    }


@pytest.mark.parametrize("word", HARD_WORDS)
def test_a_few_plain_sentences(word: str) -> None:
    found = HARD_WORDS[word]
    assert 1 <= found.text.count(". ") + 1 + found.text.count("? ") <= 4
    assert max(len(part.split()) for part in found.text.replace(";", ".").split(".")) <= 24  # B1
    assert hard_word(f"{word} *") is found


def test_by_mouse_below_the_word_and_never_over_its_field(view: TenderView, window: MainWindow) -> None:
    field = view.ask.rule
    button = field.findChild(WhyButton)
    assert button is not None
    view.ask.ensureWidgetVisible(field)
    before = place(field.box)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    popover = window.findChild(Popover)
    assert popover is not None
    assert popover.isVisible()
    assert window.rect().contains(place(popover))
    assert not place(popover).intersects(place(button))
    assert place(field.box) == before
    assert button.size().width() >= 24
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_by_keys_in_the_field_and_back_to_it(view: TenderView, window: MainWindow) -> None:
    view.ask.replacement.box.setFocus()
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    popover = window.findChild(Popover)
    assert popover is not None
    assert popover.isVisible()
    assert popover.title.text() == "Vervanging al verwerkt"
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is view.ask.replacement.box


def test_going_on_closes_it(view: TenderView, window: MainWindow) -> None:
    view.ask.rule.box.setFocus()
    window.explain()
    popover = window.findChild(Popover)
    assert popover is not None
    view.ask.title.edit.setFocus()
    assert not popover.isVisible()


def test_without_a_hard_word_the_page_is_explained(view: TenderView, window: MainWindow) -> None:
    view.ask.title.edit.setFocus()
    window.explain()
    assert window.help.isVisible()


def test_tab_goes_from_field_to_field(view: TenderView) -> None:
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in view.ask.findChildren(WhyButton))


def test_who_listens_hears_it_at_the_field(view: TenderView) -> None:
    assert view.ask.rule.box.accessibleDescription() == HARD_WORDS["Vervangingsregel"].whole
    view.ask.rules.say("Dit klopt niet.", wrong=True)
    assert view.ask.rules.edit.accessibleDescription() == "Dit klopt niet."
    view.ask.rules.say("")
    assert view.ask.rules.edit.accessibleDescription() == HARD_WORDS["Rekenregels en versie"].whole
