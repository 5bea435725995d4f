"""A biobased share is a row per post, as MKI is: typed on its basis, pasted as a block, in the path of
Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.variants.biobased import share_text
from cirkeldesk.desktop.tender.variants.rows import SHOW
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.product.composition import Basis, BiobasedStatement
from cirkeldesk.model.tender.edits import duplicate_post
from cirkeldesk.model.tender.stated import type_biobased
from tests.desktop.conftest import type_in_cell

pytestmark = pytest.mark.window


@pytest.fixture
def paper(window: MainWindow) -> TenderView:
    """A tender with a bid from paper: three posts, nothing typed."""
    window.new_tender()
    view = window.view
    assert view is not None
    view.go_to(1)
    view.variants.add("bid")
    view.variants.add("bid")
    return view


def sheet(view: TenderView) -> VariantSheet:
    found = view.variants.model.sheet
    assert isinstance(found, VariantSheet)
    return found


def place(view: TenderView, kind: str, number: int = 0) -> int:
    return [i for i, row in enumerate(sheet(view).rows) if row.kind == kind][number]


def stated(view: TenderView, column: int, number: int = 0) -> BiobasedStatement | None:
    variant = view.session.tender.variants[column - 1]
    post = view.session.tender.posts[number]
    ref = variant.answer(post.id).product
    found = [p for p in view.session.tender.products if ref is not None and p.id == ref.id]
    return found[0].composition.biobased if found else None


@pytest.mark.parametrize(
    ("text", "fraction", "basis"),
    [
        ("3,25", 0.0325, "mix"),
        ("3,25 %", 0.0325, "mix"),
        ("0", 0.0, "mix"),
        ("50 toegevoegd bindmiddel", 0.5, "added_binder"),
        ("50% van het toegevoegde bindmiddel", 0.5, "added_binder"),
        ("12 van het totale bindmiddel", 0.12, "total_binder"),
        ("8 koolstof", 0.08, "carbon"),
        ("8 % van de koolstof (EN 16640)", 0.08, "carbon"),
        ("100 mengsel", 1.0, "mix"),
    ],
)
def test_what_a_text_means(paper: TenderView, text: str, fraction: float, basis: Basis) -> None:
    grid = paper.variants.grid
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, text)
    found = stated(paper, 1)
    assert found is not None
    assert (found.fraction, found.basis) == (pytest.approx(fraction), basis)
    shown = sheet(paper).cell(place(paper, "biobased"), 1).text
    assert shown == share_text(found)
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, shown)  # what it shows means the same when it is typed again
    assert stated(paper, 1) == found


@pytest.mark.parametrize("text", ["50 bindmiddel", "50 van iets", "101", "-1", "veel", "5 mengsel koolstof"])
def test_what_is_asked_back(paper: TenderView, text: str) -> None:
    grid = paper.variants.grid
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, text)
    assert stated(paper, 1) is None
    assert paper.bars.bar("cell") is not None
    cell = paper.variants.model.index(place(paper, "biobased"), 1)
    assert cell.data() == text  # it stays where it was typed, marked


def test_a_number_alone_is_of_the_mix_and_says_so(paper: TenderView) -> None:
    """A figure of the mix pasted over one of the binder is of the mix; what could be meant is offered."""
    grid = paper.variants.grid
    for text in ("50 toegevoegd bindmiddel", "45"):
        grid.go_to(place(paper, "biobased"), 1)
        type_in_cell(grid, text)
    assert stated(paper, 1) == BiobasedStatement(0.45, "mix")
    assert any("Bedoelt u 45 toegevoegd bindmiddel?" in said for said in paper.bars.texts())
    paper.session.undo()
    assert stated(paper, 1) == BiobasedStatement(0.5, "added_binder")


def test_a_method_goes_with_its_basis(paper: TenderView) -> None:
    grid = paper.variants.grid
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, "50 toegevoegd bindmiddel")
    variant, post = paper.session.tender.variants[0], paper.session.tender.posts[0]
    own = BiobasedStatement(0.5, "added_binder", "massabalans (verzonnen)")
    paper.session.commit(type_biobased(paper.session.tender, variant.id, post.id, own, "biobased"))
    for text, method in (("40 toegevoegd bindmiddel", "massabalans (verzonnen)"), ("3 mengsel", None)):
        grid.go_to(place(paper, "biobased"), 1)
        type_in_cell(grid, text)
        found = stated(paper, 1)
        assert found is not None
        assert found.method == method


def test_what_one_answer_states_is_no_others(paper: TenderView) -> None:
    """A copy of a bid and a copy of a post name the same product at first; what is stated of one stays there,
    and one undo takes it back."""
    grid = paper.variants.grid
    grid.go_to(place(paper, "product"), 1)
    type_in_cell(grid, "SMA 11")
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, "3")
    paper.variants.copy_variant(paper.session.tender.variants[0])
    copied = len(paper.session.tender.variants)
    grid.go_to(place(paper, "biobased"), copied)
    type_in_cell(grid, "33")
    assert (stated(paper, 1), stated(paper, copied)) == (
        BiobasedStatement(0.03, "mix"),
        BiobasedStatement(0.33, "mix"),
    )
    paper.session.undo()
    assert stated(paper, copied) == BiobasedStatement(0.03, "mix")
    first = paper.session.tender.posts[0]
    paper.session.commit(duplicate_post(paper.session.tender, first.id))
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, "12")
    assert stated(paper, 1, 0) == BiobasedStatement(0.12, "mix")
    assert stated(paper, 1, 1) == BiobasedStatement(0.03, "mix")


def test_emptied_is_not_stated_and_not_zero(paper: TenderView) -> None:
    grid = paper.variants.grid
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, "3")
    grid.go_to(place(paper, "biobased"), 1)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert stated(paper, 1) is None
    assert sheet(paper).cell(place(paper, "biobased"), 1).text == "niet opgegeven"


def test_one_bid_says_nothing_of_another(paper: TenderView) -> None:
    """The other bid's cell is only marked as missing what this one says; its product is its own."""
    grid = paper.variants.grid
    for column in (1, 2):
        grid.go_to(place(paper, "product"), column)
        type_in_cell(grid, "SMA 11 lignine")
    assert sheet(paper).cell(place(paper, "biobased"), 2).kind == "inherit"
    grid.go_to(place(paper, "biobased"), 1)
    type_in_cell(grid, "3,25")
    assert stated(paper, 2) is None
    assert sheet(paper).cell(place(paper, "biobased"), 2).kind == "missing"


def test_nine_values_are_one_paste(paper: TenderView) -> None:
    paper.variants.add("bid")
    paper.variants.show_box.setCurrentIndex(list(SHOW).index("biobased"))
    paper.variants._choose_rows(paper.variants.show_box.currentIndex())
    assert [row.kind for row in sheet(paper).rows] == ["biobased"] * 3
    QApplication.clipboard().setText("1\t2\t3\r\n4\t5\t6\r\n7\t8\t9\r\n")
    grid = paper.variants.grid
    grid.go_to(0, 1)
    before = paper.session.last_step
    grid.paste()
    found = [[stated(paper, column, number) for column in (1, 2, 3)] for number in range(3)]
    assert [[round(one.fraction * 100) for one in line if one] for line in found] == [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
    ]
    assert paper.session.last_step > before
    paper.session.undo()
    assert all(stated(paper, column, number) is None for column in (1, 2, 3) for number in range(3))


def test_enter_follows_what_a_bidder_says(paper: TenderView, window: MainWindow) -> None:
    """Product, MKI, biobased, and on to the next post: no heading and nothing that the ask says for all. What
    the ask leaves open is a stop: there something must be filled in."""
    assert place(paper, "life") == place(paper, "biobased") + 1
    assert sheet(paper).is_stop(place(paper, "life"), 1)
    window.open_example()
    view = window.view
    assert view is not None
    view.variants.add("bid")
    column = len(view.session.tender.variants)
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(place(view, "product"), column)
    walked = []
    for _ in range(9):
        walked.append(sheet(view).rows[grid.currentIndex().row()].kind)
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert walked == ["product", "mki", "biobased"] * 3
    assert sheet(view).rows[grid.currentIndex().row()].kind == "price"


def test_a_share_of_raw_materials_is_not_typed_over(window: MainWindow) -> None:
    """In the example B's products have a composition: its share follows from that."""
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(1)
    shown = sheet(view).cell(place(view, "biobased"), 4)
    assert not shown.editable
    assert "samenstelling" in shown.description
