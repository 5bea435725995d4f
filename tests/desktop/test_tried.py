"""What trying the program as a new user brought to light, each so that it does not come back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.grid.block import clipboard_block, place_block
from cirkeldesk.desktop.kit.grid.clipboard import tab_block
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.exchange.table.spreadsheet_xml import read_spreadsheet_xml
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender import drafts, tenders
from tests.desktop.conftest import focus_editor, make_ahead, type_in_cell
from tests.desktop.hands import CONTROL, Keyboard, settle

pytestmark = pytest.mark.window
Key = Qt.Key


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    window.open_example()
    assert window.view is not None
    window.view.go_to(1)
    return window.view


def now(window: MainWindow) -> TenderView:
    assert window.view is not None
    return window.view


def row(view: TenderView, kind: str, post_id: str | None = None) -> int:
    sheet = view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    return next(i for i, r in enumerate(sheet.rows) if r.kind == kind and post_id in (None, r.post_id))


def select(grid: Grid, top: int, left: int, bottom: int, right: int) -> None:
    model = grid.model()
    grid.setFocus()
    grid.go_to(top, left)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


# --- one tender after another
# ----------------------------------------------------------------------------------------


def test_another_tender_has_all_its_columns(window: MainWindow, view: TenderView, qtbot: QtBot) -> None:
    make_ahead(window)
    for _ in range(2):
        qtbot.waitUntil(lambda: window.ahead.is_ready)
        window.new_tender()
        qtbot.waitUntil(lambda: window.ahead.is_ready)
        window.open_tender("voorbeeld")
        grid = now(window).variants.grid
        assert grid.horizontalHeader().count() == 6
        assert grid.model().columnCount() == 6


def test_a_draft_goes_to_the_bid_it_was_typed_for(window: MainWindow, view: TenderView) -> None:
    drafts.save_drafts(window.workspace, ("tender", "voorbeeld"), [Draft("price/v3//", "1.888.888")])
    window.welcome(Next(window.workspace.store.path), "", "")
    window.open_tender("voorbeeld")
    session = now(window).session
    bar = now(window).bars.bar("draft price/v3//")
    assert bar is not None
    desk_edit = edits.move_variant(session.tender, "v4", -1)
    tenders.edit_tender(window.workspace, "voorbeeld", desk_edit)  # by another hand: the bar stands
    session.reload()
    bar.buttons[0].click()
    QTest.keyClick(focus_editor(now(window).variants.grid), Qt.Key.Key_Return)
    assert session.tender.variant("v3").price == Decimal(1_888_888)
    assert session.tender.variant("v4").price == Decimal("1265000.00")


def test_the_history_beside_the_page_is_of_the_tender_that_is_open(
    window: MainWindow, view: TenderView
) -> None:
    window.show_history()
    assert window.history.steps.count() == 1
    window.new_tender()
    assert window.history.session is now(window).session
    assert "nieuwe aanbesteding" in window.history.steps.item(0).text()


def test_a_refused_figure_is_offered_again_after_another_tender(window: MainWindow, view: TenderView) -> None:
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(row(view, "price"), 3)
    type_in_cell(grid, "12o000")
    window.new_tender()
    window.open_tender("voorbeeld")
    bar = now(window).bars.bar("draft Varianten › price/v3//")
    assert bar is not None
    assert "“12o000” in Inschrijving A" in bar.label.text()


# --- names and seals
# -------------------------------------------------------------------------------------------------


def test_nothing_masked_is_ever_kept(window: MainWindow, view: TenderView, qtbot: QtBot) -> None:
    session = view.session
    session.commit(edits.set_variant(session.tender, "v4", "name", "Wegenbouw", "naam"))
    session.commit(edits.type_product(session.tender, "v4", "p1", "Mengsel van Wegenbouw", "product"))
    product = next(p for p in session.tender.products if p.name == "Mengsel van Wegenbouw")
    session.commit(
        edits.change_local_product(
            product, lambda now: replace(now, supplier="Groeve Verzonnen"), "leverancier"
        )
    )
    window.hide_names()
    assert "Wegenbouw" not in str(view.variants.model.sheet.cell(row(view, "product", "p1"), 4))
    view.variants.open_product(product.id)
    shown = view.variants.product_panel.product
    assert shown is not None
    assert shown.supplier == "Groeve Verzonnen"  # what is edited is what is stored
    view.variants.close_form()
    view.variants.add("bid")
    assert len({v.name for v in session.stored.variants}) == len(session.stored.variants)
    window.show_list()
    qtbot.waitUntil(lambda: window.tenders.model.text(0, 6) != "")
    assert "Wegenbouw" not in window.tenders.model.text(0, 6)
    window.hide_names()
    stored = tenders.get_tender(window.workspace, "voorbeeld")
    assert stored.variant("v4").name == "Wegenbouw"
    assert next(p for p in stored.products if p.id == product.id).name == "Mengsel van Wegenbouw"


def test_a_sealed_price_is_not_filled_nor_shown_when_refused(window: MainWindow, view: TenderView) -> None:
    session, grid = view.session, view.variants.grid
    session.commit(edits.set_field("sealed_until", "2099-01-01T10:00:00+01:00", "prijzen dicht"))
    prices = [v.price for v in session.stored.bids]
    place = row(view, "price")
    select(grid, place, 3, place, 5)
    Keyboard(window).press(Key.Key_R, CONTROL)
    assert [v.price for v in session.stored.bids] == prices
    grid.go_to(place, 3)
    type_in_cell(grid, "9.999.99x")
    assert "9.999" not in str(view.variants.model.data(view.variants.model.index(place, 3)))


# --- locks
# -----------------------------------------------------------------------------------------------------------


def test_a_slip_of_the_keyboard_in_an_opened_bid_asks_nothing(window: MainWindow, view: TenderView) -> None:
    workspace = window.workspace
    workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    awards.lock_rules(workspace, "voorbeeld", "2026-11-03", "Leidraad (verzonnen)")
    workspace.store._clock = lambda: "2026-12-14T09:00:00+00:00"
    awards.open_bids(workspace, "voorbeeld", "twee collega's (verzonnen)")
    view.session.reload()
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(row(view, "price"), 3)
    type_in_cell(grid, "1.24o.000")
    assert not view.counter_act.isVisible()
    assert any("geen getal" in text for text in view.bars.texts())
    assert view.session.stored.variant("v3").price == Decimal("1240000.00")
    # Two slips in one bid are one question about both.
    view.session.commit(edits.set_price(view.session.tender, "v3", Decimal(1_000_000), "prijs"))
    view.session.commit(
        edits.set_evidence(view.session.tender, "v3", "tool", "Rekenaar 2.0", "rekeninstrument")
    )
    told = view.counter_act.change.text()
    assert "Inschrijfsom" in told
    assert "Rekenaar 2.0" in told


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 700), (683, 700), (911, 442)])
def test_the_page_never_lies_over_the_question(
    window: MainWindow, view: TenderView, width: int, height: int
) -> None:
    workspace = window.workspace
    workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    awards.lock_rules(workspace, "voorbeeld", "2026-11-03", "Leidraad (verzonnen)")
    workspace.store._clock = lambda: "2026-12-14T09:00:00+00:00"
    awards.open_bids(workspace, "voorbeeld", "twee collega's (verzonnen)")
    view.session.reload()
    window.resize(width, height)
    view.session.commit(edits.set_price(view.session.tender, "v3", Decimal(1), "prijs"))
    view.counter_act.choose("obvious_error")
    settle()
    assert not view.room.isVisible() or view.counter_act.geometry().bottom() < view.room.geometry().top()


# --- typing, filling, pasting
# ----------------------------------------------------------------------------------------


def test_a_typed_name_is_not_made_another_products(window: MainWindow, view: TenderView) -> None:
    grid, keys = view.variants.grid, Keyboard(window)
    grid.setFocus()
    grid.go_to(row(view, "product", "p2"), 3)
    keys.type("AC 16", Key.Key_Return)
    settle()
    answer = view.session.tender.variant("v3").answer("p2")
    names = {p.id: p.name for p in view.session.tender.products}
    assert answer.product is not None
    assert names[answer.product.id] == "AC 16"


def test_choosing_from_the_list_in_the_posts(window: MainWindow, view: TenderView) -> None:
    view.go_to(0)
    grid, keys = view.ask.grid, Keyboard(window)
    grid.setFocus()
    grid.go_to(0, view.ask.model.sheet.columns.index("kind"))  # type: ignore[attr-defined]
    keys.type("stelpost", Key.Key_Return)
    settle()
    assert view.session.tender.posts[0].kind == "provisional"


def test_help_while_typing_keeps_what_was_typed_and_where(window: MainWindow, view: TenderView) -> None:
    grid, keys = view.variants.grid, Keyboard(window)
    grid.setFocus()
    grid.go_to(row(view, "mki", "p1"), 3)
    keys.type("9,97")
    keys.press(Key.Key_F1)
    keys.press(Key.Key_Escape)
    assert keys.at == "Varianten"
    mki = view.session.tender.variant("v3").answer("p1").mki
    assert mki is not None
    assert mki.total == 9.97


def test_finding_survives_that_what_was_found_goes(window: MainWindow, view: TenderView) -> None:
    window.find_in_page()
    bar = window.find_bar
    bar.field.setText("Inschrijving C")
    assert bar.count.text() == "1 gevonden"  # the column's name, once
    bar.field.setText("lignine")
    assert bar.count.text() == "1 gevonden"
    bar.step(1)
    view.session.commit(edits.remove_variant(view.session.tender, "v4"))
    bar.step(-1)
    bar.step(1)
    assert bar.count.text() == "Niets gevonden op deze pagina."
    view.go_to(2)
    bar.field.setText("laagste")
    for _ in range(12):
        bar.step(1)
    assert " van " in bar.count.text()


def test_a_fill_goes_no_further_than_its_kind(window: MainWindow, view: TenderView) -> None:
    grid, session = view.variants.grid, view.session
    before = session.tender.variant("v3").answer("p1")
    start = row(view, "mki", "p1")
    select(grid, start, 3, row(view, "mki", "p2"), 3)
    Keyboard(window).press(Key.Key_D, CONTROL)
    after = session.tender.variant("v3")
    assert after.answer("p1") == before
    assert after.answer("p2").mki == before.mki
    assert after.answer("p2").product == session.tender.variant("v3").answer("p2").product
    assert after.answer("p1").life is None


def test_a_block_with_a_sum_or_a_blank_line_goes_by_its_names(view: TenderView) -> None:
    view.variants.show_box.setCurrentIndex(1)
    view.variants._choose_rows(1)
    sheet = view.variants.model.sheet
    block = [["", "Inschrijving A"], ["Onderlaag", "6,80"], ["", ""], ["Deklaag", "9,10"], ["Totaal", "99"]]
    cells, lost = place_block(block, 0, 3, sheet)
    assert cells == [(2, 3, "6,80"), (0, 3, "9,10")]
    assert lost == 1  # the figure of the sum: told, not entered
    block = [
        ["Laag", "Aannemer X", "Aannemer Y"],
        ["Deklaag", "9,10", "9,20"],
        ["Tussenlaag", "7,10", "7,20"],
    ]
    cells, lost = place_block(block, 0, 3, sheet)
    assert cells == [(0, 3, "9,10"), (0, 4, "9,20"), (1, 3, "7,10"), (1, 4, "7,20")]
    assert lost == 0


def test_one_value_is_pasted_into_all_that_is_chosen(window: MainWindow, view: TenderView) -> None:
    place = row(view, "mki", "p1")
    select(view.variants.grid, place, 3, place, 5)
    QGuiApplication.clipboard().setText("8,25")
    Keyboard(window).press(Key.Key_V, CONTROL)
    totals = [view.session.tender.variant(v).answer("p1").mki for v in ("v3", "v4", "v5")]
    assert [mki.total if mki else None for mki in totals] == [8.25, 8.25, 8.25]


def test_cells_with_line_ends_and_joined_cells_keep_their_places() -> None:
    assert tab_block('"SMA 11\n(nieuw)"\t9,80\r\n"a ""b"""\t7\r\n') == [
        ["SMA 11 (nieuw)", "9,80"],
        ['a "b"', "7"],
    ]
    head = (
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>'
    )
    tail = "</Row></Table></Worksheet></Workbook>"
    cells = '<Cell ss:MergeAcross="1"><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">a&#10;b</Data></Cell>'
    assert read_spreadsheet_xml(f"{head}{cells}{tail}".encode()) == [["1", "", "a b"]]
    data = QMimeData()
    data.setText("uit de tekst")
    far = f'<Cell ss:Index="{"9" * 5000}"><Data ss:Type="Number">1</Data></Cell>'
    data.setData('application/x-qt-windows-mime;value="XML Spreadsheet"', b"<geen xml" + far.encode())
    QGuiApplication.clipboard().setMimeData(data)
    assert clipboard_block() == [["uit de tekst"]]


def test_undo_by_key_in_a_field_that_nobody_types_in(window: MainWindow, view: TenderView) -> None:
    view.go_to(0)
    keys = Keyboard(window)
    keys.tab_to("Oppervlakte m² *")
    keys.type("15.000", Key.Key_Return)
    assert view.session.tender.functional_quantity == 15_000
    keys.press(Key.Key_Z, CONTROL)
    assert view.session.tender.functional_quantity == 12_000


def test_a_question_about_a_figure_goes_with_the_figure(window: MainWindow, view: TenderView) -> None:
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(row(view, "mki", "p1"), 3)
    type_in_cell(grid, "9.800")
    assert view.bars.bar("cell") is not None
    window.undo()
    QApplication.processEvents()
    assert view.bars.bar("cell") is None


# --- explaining
# ------------------------------------------------------------------------------------------------------


def test_why_tells_the_figure_of_the_cell(view: TenderView) -> None:
    page = view.comparison
    view.go_to(2)
    page.against.setCurrentIndex(page.against.findText("Inschrijving A"))
    page._show_against()
    keys = [made.key for made in page.model.rows]
    page._why(keys.index("difference"), 3)
    assert page.why_page.text.text().startswith("Verschil met Inschrijving A (€ MKI): \u22124.535.")


def test_a_pair_without_a_difference_leaves_nothing_to_copy(view: TenderView) -> None:
    page = view.comparison.difference
    view.go_to(2)
    view.comparison.explain_difference()
    assert page.awarded.text()
    page.first.setCurrentIndex(page.second.currentIndex())
    page._choose()
    page.copy_text()
    assert QGuiApplication.clipboard().text().strip() == "Kies twee verschillende varianten."


def test_what_is_not_comparable_is_said_with_its_difference(view: TenderView) -> None:
    session = view.session
    view.go_to(2)
    session.commit(edits.set_variant(session.tender, "v4", "equal", "no", "gelijkwaardigheid"))
    view.comparison.difference.refresh(("v3", "v4"))
    assert view.comparison.difference.sentence.text().endswith(
        "Let op: Inschrijving B is niet te vergelijken. Zie Open punten."
    )


def test_the_evidence_is_reached_in_a_narrow_window(window: MainWindow, view: TenderView) -> None:
    window.resize(911, 442)
    settle()
    view.variants.grid.go_to(2, 3)
    view.variants.card_button.click()
    assert view.variants.panel.fields["bidder"].isVisible()
    keys = Keyboard(window)
    keys.press(Key.Key_Escape)
    assert keys.at == "Varianten"
    assert not view.variants.panel.isVisible()
