"""The bid card is the table of answers in the order of the bid form: the same cells, in another view."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.variants.card.card_cells import POSTS, CardField
from cirkeldesk.desktop.tender.variants.rows import RowKind
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.award.awards import lock_rules, open_bids
from cirkeldesk.wording import numbers
from tests.desktop.conftest import type_in_cell
from tests.desktop.hands import Keyboard

pytestmark = pytest.mark.window
DOWN = Qt.Key.Key_Return


@pytest.fixture
def paper(window: MainWindow) -> TenderView:
    """A tender of three posts with two bids from paper, nothing typed."""
    window.new_tender()
    view = window.view
    assert view is not None
    view.go_to(1)
    view.variants.add("bid")
    view.variants.add("bid")
    view.variants.set_wide(wide=True)
    return view


def field(view: TenderView, kind: RowKind, number: int = 0) -> CardField:
    cells = view.variants.panel.cells
    return cells.of_whole[kind].field if kind in cells.of_whole else cells.blocks[number].line[kind]


def place(view: TenderView, kind: RowKind, number: int = 0) -> int:
    rows = view.variants._rows()
    return [at for at, row in enumerate(rows) if row.kind == kind][number]


def told(tender: Tender, column: int) -> list[object]:
    """What a bid says, without what names it."""
    bid = tender.variants[column - 1]
    products = {product.id: product for product in tender.products}
    found: list[object] = [bid.price, bid.basis, bid.work_mki]
    for post in tender.posts:
        answer = bid.answer(post.id)
        product = products[answer.product.id] if answer.product is not None else None
        shares = product.composition.biobased if product is not None else None
        found.append((product.name if product is not None else None, shares, answer.mki))
    return found


def test_a_bid_from_paper_is_typed_in_the_order_of_the_paper(window: MainWindow, paper: TenderView) -> None:
    """By Enter alone, from the sum to the last post; the same as typed in the table."""
    values: dict[RowKind, tuple[str, str, str]] = {
        "product": ("SMA 11", "bind 16", "22 grof"),
        "mki": ("11,98", "11,49", "8,58"),
        "biobased": ("3,25", "0", "50 toegevoegd bindmiddel"),
    }
    paper.session.commit(edits.set_field("functional_quantity", 1000.0, "oppervlakte"))
    for post in paper.session.tender.posts:  # the ask says how long and how much: no fields of the bid
        paper.session.commit(edits.set_post(paper.session.tender, post.id, "life", "work", "levensduur"))
        for code, value in (("thickness_mm", 40.0), ("density_t_m3", 2.35)):
            tender = paper.session.tender
            paper.session.commit(edits.set_post_value(tender, post.id, code, value, code))
    keys = Keyboard(window)
    paper.variants.grid.go_to(place(paper, "price"), 2)
    field(paper, "price").edit.setFocus()
    keys.type("1265000", DOWN)
    for number in range(3):
        for kind in values:
            assert field(paper, kind, number).edit.hasFocus(), (kind, number, keys.at)
            keys.type(values[kind][number], DOWN)
    grid = paper.variants.grid
    for kind, texts in values.items():
        for number, text in enumerate(texts):
            grid.go_to(place(paper, kind, number), 1)
            type_in_cell(grid, text)
    grid.go_to(place(paper, "price"), 1)
    type_in_cell(grid, "1265000")
    tender = paper.session.tender
    assert told(tender, 2) == told(tender, 1)
    assert tender.variants[1].price == 1265000


def test_where_one_is_in_the_one_one_is_in_the_other(paper: TenderView) -> None:
    grid, card = paper.variants.grid, paper.variants.panel
    grid.go_to(place(paper, "mki", 1), 2)
    assert card.variant_id == paper.session.tender.variants[1].id
    assert [one for one in card.cells.fields if one.edit.property("here")] == [field(paper, "mki", 1)]
    field(paper, "product", 2).edit.setFocus()
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (place(paper, "product", 2), 2)
    card.before.click()
    assert card.variant_id == paper.session.tender.variants[0].id
    assert grid.currentIndex().column() == 1
    card.before.click()  # round
    assert grid.currentIndex().column() == 2


def test_what_was_not_taken_stands_in_both(window: MainWindow, paper: TenderView) -> None:
    keys, grid = Keyboard(window), paper.variants.grid
    grid.go_to(place(paper, "mki"), 1)
    field(paper, "mki").edit.setFocus()
    keys.type("11,9", DOWN)
    field(paper, "mki").edit.setFocus()
    field(paper, "mki").edit.selectAll()
    keys.type("tien", DOWN)
    made = paper.variants.model
    key = made.sheet.key(place(paper, "mki"), 1)
    assert made.wrong[key].text == "tien"
    assert field(paper, "mki").edit.text() == "tien"
    assert field(paper, "mki").edit.property("wrong") is True
    mki = paper.session.tender.variants[0].answer(paper.session.tender.posts[0].id).mki
    assert mki is None  # the figure it was to replace does not count either, as in the table
    grid.go_to(place(paper, "mki"), 2)
    assert field(paper, "mki").edit.text() == ""  # beside another bid it does not stand
    grid.go_to(place(paper, "mki"), 1)
    assert field(paper, "mki").edit.text() == "tien"
    type_in_cell(grid, "12,5")
    assert field(paper, "mki").edit.text() == "12,5"
    assert field(paper, "mki").edit.property("wrong") is False


def test_the_sum_follows_typing(window: MainWindow) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(1)
    view.variants.set_wide(wide=True)
    view.variants.grid.go_to(place(view, "mki"), 3)
    cells, keys = view.variants.panel.cells, Keyboard(window)
    before = cells.total.text()
    field(view, "mki").edit.setFocus()
    field(view, "mki").edit.selectAll()
    keys.type("1")
    cells._soon.timeout.emit()
    assert cells.total.text() != before
    keys.press(Qt.Key.Key_Escape)
    cells._soon.timeout.emit()
    assert cells.total.text() == before
    assert view.session.tender == view.session.stored


def test_a_row_that_the_table_leaves_out_is_brought_up(window: MainWindow, paper: TenderView) -> None:
    paper.variants.grid.go_to(0, 1)
    paper.variants.show_all("mki")
    assert not any(row.kind == "product" for row in paper.variants._rows())
    field(paper, "product").edit.setFocus()
    Keyboard(window).type("SMA 11", DOWN)
    assert told(paper.session.tender, 1)[3] == ("SMA 11", None, None)
    assert any(row.kind == "product" for row in paper.variants._rows())


@pytest.mark.parametrize("count", [1, 3, POSTS, POSTS + 1, 40, 400])
def test_many_posts_take_no_more_fields(paper: TenderView, count: int) -> None:
    def posts(tender: Tender) -> Tender:
        first = tender.posts[0]
        return replace(
            tender, posts=tuple(replace(first, id=f"q{i}", name=f"Laag {i + 1}") for i in range(count))
        )

    paper.session.commit(edits.Edit("field", {"label": "posten"}, posts))
    card, grid = paper.variants.panel.cells, paper.variants.grid
    grid.go_to(0, 1)
    grid.go_to(place(paper, "mki", count - 1), 1)
    assert len(card.findChildren(CardField)) <= 5 + 3 * POSTS + 6 * POSTS
    shown = [block for block in card.blocks if not block.isHidden()]
    assert len(shown) == (count - 1) % POSTS + 1
    assert shown[-1].name.text().startswith(f"Laag {count}")
    assert card.which.isHidden() is (count <= POSTS)
    if count > POSTS:
        assert not card.later.isEnabled()
        card.earlier.click()
        assert card.which.text().endswith(f"van {count}")
        assert card.later.isEnabled()


def test_a_sealed_price_is_not_in_the_card(window: MainWindow) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(1)
    view.session.commit(edits.set_field("sealed_until", "2099-01-01T10:00:00+01:00", "prijzen dicht"))
    bids = [at for at, variant in enumerate(view.session.tender.variants, 1) if variant.is_bid]
    for column in bids:
        view.variants.grid.go_to(place(view, "price"), column)
        edit = field(view, "price").edit
        assert edit.text() == ""
        assert edit.placeholderText().startswith("ingevuld")
        price = view.session.stored.variants[column - 1].price
        assert price is not None
        for text in (edit.placeholderText(), edit.toolTip(), edit.accessibleDescription()):
            assert numbers.number(price, 0) not in text


def test_after_the_opening_the_card_asks_as_the_table_does(window: MainWindow) -> None:
    store = window.workspace.store
    store._clock = lambda: "2026-12-01T09:00:00+00:00"
    window.open_example()
    lock_rules(window.workspace, "voorbeeld", "2026-11-30", "Leidraad 1.0 (verzonnen)")
    store._clock = lambda: "2026-12-14T09:00:00+00:00"
    open_bids(window.workspace, "voorbeeld")
    window.open_tender("voorbeeld")
    view = window.view
    assert view is not None
    view.go_to(1)
    view.variants.set_wide(wide=True)
    column = next(at for at, v in enumerate(view.session.tender.variants, 1) if v.is_bid)
    view.variants.grid.go_to(place(view, "mki"), column)
    was = field(view, "mki").edit.text()
    field(view, "mki").edit.setFocus()
    field(view, "mki").edit.selectAll()
    Keyboard(window).type("1,5", DOWN)
    assert view.counter_act.isVisible()
    assert field(view, "mki").edit.text() == was
    QApplication.processEvents()


def test_the_card_says_what_is_open(paper: TenderView) -> None:
    card = paper.variants.panel
    paper.variants.grid.go_to(0, 1)
    assert not card.state.isHidden()
    card.state.click()
    index = paper.variants.grid.currentIndex()
    assert index.column() == 1
    assert paper.variants.model.sheet.cell(index.row(), 1).kind == "missing"
