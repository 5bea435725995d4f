"""The pages of a tender that asks no MKI: nothing on them asks for one, and the way back is open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender.tenders import edit_tender, get_tender, new_tender

pytestmark = pytest.mark.window
WORDS = ("mki", "weegset", "levensfase", "biobased", "beschouwingsperiode")
ALLOWED = ("zonder mki", "geen mki")


@pytest.fixture
def catering(window: MainWindow) -> TenderView:
    workspace = window.workspace
    identity = new_tender(workspace, "overig")
    rules = AwardRules("lowest_price", tie_rules=("lot",), motivation="Alleen de prijs verschilt (verzonnen)")

    def filled(tender: Tender) -> Tender:
        return replace(tender, title="Kantine (verzonnen)", functional_quantity=10.0, award=rules)

    edit_tender(workspace, identity, edits.Edit("field", {"label": "x"}, filled))
    for number in (1, 2):
        variant = edits.next_variant(get_tender(workspace, identity), "bid")
        edit_tender(workspace, identity, edits.add_variant(variant))
        tender = get_tender(workspace, identity)
        edit_tender(workspace, identity, edits.set_price(tender, variant.id, Decimal(1000 * number), "prijs"))
    window.open_tender(identity)
    assert window.view is not None
    return window.view


def shown_texts(page: QWidget) -> list[str]:
    """What can be read on a page now."""
    found: list[str] = []
    for part in page.findChildren(QWidget):
        if not part.isVisibleTo(page):
            continue
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            found.append(part.text())
        elif isinstance(part, QComboBox):
            found += [part.itemText(place) for place in range(part.count())]
        elif isinstance(part, QTabBar):
            found += [part.tabText(place) for place in range(part.count()) if part.isTabVisible(place)]
    return found


def asked_mki(texts: list[str]) -> list[str]:
    spoken = [text for text in texts if any(word in text.lower() for word in WORDS)]
    return [text for text in spoken if not any(word in text.lower() for word in ALLOWED)]


@pytest.mark.parametrize("step", range(4))
def test_no_page_asks_for_an_mki(catering: TenderView, step: int) -> None:
    catering.go_to(step)
    page = catering.pages.currentWidget()
    assert page is not None
    texts = shown_texts(page)
    assert len(texts) > 3
    assert asked_mki([text for text in texts if text not in group_names(catering)]) == []


def group_names(view: TenderView) -> list[str]:
    box = view.ask.group.box
    return [box.itemText(place) for place in range(box.count())]


def test_another_group_asks_its_mki_again(window: MainWindow, qtbot: QtBot) -> None:
    """And back, with one step of undo."""
    window.open_tender(new_tender(window.workspace, "overig"))

    def view() -> TenderView:
        found = window.view  # another after another group
        assert found is not None
        return found

    def is_asked() -> bool:
        return view().ask.sentence.isVisibleTo(view())

    assert not is_asked()
    names = dict(zip(group_names(view()), view().ask.group.values, strict=True))
    asphalt = next(value for name, value in names.items() if name.startswith("Asfalt"))
    view().ask.group.chosen.emit(asphalt)
    qtbot.waitUntil(is_asked, timeout=30_000)
    assert all(post.in_mki for post in view().session.tender.posts)
    offered = view().ask.award.method.values
    view().session.undo()
    qtbot.waitUntil(lambda: not is_asked(), timeout=30_000)
    assert {"mki_discount", "mki_w"} <= set(offered) - set(view().ask.award.method.values)
