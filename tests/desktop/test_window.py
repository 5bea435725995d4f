"""The window: editing as in a spreadsheet, pasting, undo, drafts, why, difference, sizes, a second start,
errors."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.application import FirstWindow, RefusedWindow, TopHandler
from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.fields import NumberEdit
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.tokens import DARK, LIGHT
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.product.edits import ProductEdit
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.product.products import edit_product, get_product
from cirkeldesk.operations.settings import Settings, load_settings
from cirkeldesk.operations.tender import drafts
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.operations.workspace import open_workspace
from tests.conftest import HANG, ROOT
from tests.desktop.conftest import focus_editor, main_window, opened, press, type_in_cell, wait_idle
from tools.pictures import SIZES, pages, settle

pytestmark = pytest.mark.window


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    window.open_example()
    assert window.view is not None
    window.view.go_to(1)
    return window.view


def row(view: TenderView, kind: str, post_id: str | None = None) -> int:
    sheet = view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    return next(
        i for i, r in enumerate(sheet.rows) if r.kind == kind and (post_id is None or r.post_id == post_id)
    )


def test_the_first_screen(window: MainWindow, qtbot: QtBot) -> None:
    assert window.tenders.currentIndex() == 0
    QTest.mouseClick(window.tenders.example_button, Qt.MouseButton.LeftButton)
    assert window.view is not None
    assert window.view.step == 2
    assert window.top.mark.isVisible()
    window.show_list()
    assert window.tenders.currentIndex() == 1
    qtbot.waitUntil(
        lambda: window.tenders.model.text(0, 6) == "Laagste MKI: Inschrijving B (\u221211,0\u00a0%)"
    )
    QTest.keyClick(window.tenders.table, Qt.Key.Key_Return)
    assert window.pages.currentWidget() is window.view


def test_models_keep_qts_rules(view: TenderView, window: MainWindow) -> None:
    models: list[QAbstractItemModel] = [
        view.ask.model,
        view.variants.model,
        view.comparison.model,
        window.tenders.model,
    ]
    testers = [
        QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Warning) for m in models
    ]
    view.variants.add("bid")
    view.session.undo()
    assert len(testers) == 4


def test_typing_and_undo_with_its_name(view: TenderView, window: MainWindow) -> None:
    grid = view.variants.grid
    grid.go_to(row(view, "mki", "p1"), 3)
    type_in_cell(grid, "12,5")
    assert view.session.tender.variants[2].answer("p1").mki.total == 12.5  # type: ignore[union-attr]
    assert window.top.undo_button.accessibleName() == "Ongedaan maken: MKI van Deklaag, Inschrijving A"
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.session.tender.variants[2].answer("p1").mki.total == 13.3  # type: ignore[union-attr]
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert view.session.tender.variants[2].answer("p1").mki.total == 12.5  # type: ignore[union-attr]


def test_figures_follow_typing_and_the_rest_waits(view: TenderView, qtbot: QtBot) -> None:
    grid, model = view.variants.grid, view.variants.model
    place, total = row(view, "mki", "p3"), row(view, "total")
    before = model.sheet.cell(total, 3).text
    grid.go_to(place, 3)
    press(grid, "2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, NumberEdit)
    qtbot.waitUntil(lambda: model.sheet.cell(total, 3).text != before, timeout=HANG)
    assert view.session.comparison.variants[2].total.value == pytest.approx(69400.2)  # nothing committed
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: model.sheet.cell(total, 3).text == before, timeout=HANG)


def test_tab_runs_right_and_enter_returns_below_its_start(view: TenderView) -> None:
    grid = view.variants.grid
    price = row(view, "price")
    grid.go_to(row(view, "mki", "p3"), 3)
    type_in_cell(grid, "9,6", Qt.Key.Key_Tab)
    assert grid.currentIndex().column() == 4
    QTest.keyClick(grid, Qt.Key.Key_Tab)
    assert grid.currentIndex().column() == 5  # also while nothing is being typed
    assert QApplication.focusWidget() is grid
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert (grid.currentIndex().column(), grid.currentIndex().row()) == (3, row(view, "biobased", "p3"))
    grid.go_to(price, 5)
    QTest.keyClick(grid, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not grid  # no keyboard trap
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is not grid


def test_a_wrong_entry_stays_visible_and_is_not_used(view: TenderView) -> None:
    grid, model = view.variants.grid, view.variants.model
    place = row(view, "mki", "p1")
    grid.go_to(place, 3)
    type_in_cell(grid, "n.n.b.")
    index = model.index(place, 3)
    assert model.data(index) == "n.n.b."
    assert "is geen getal" in model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert view.session.tender.variants[2].answer("p1").mki is None  # the old figure does not go on counting
    assert view.session.comparison.variants[2].total.value is None
    assert any("“n.n.b.” is geen getal" in text for text in view.variants.bars.texts())
    grid.go_to(place, 3)
    type_in_cell(grid, "13,5")
    assert model.data(index) == "13,5"
    grid.go_to(place, 3)
    type_in_cell(grid, "weet niet")
    view.session.undo()
    assert model.data(index) == "13,5"  # a refused text goes when the cell has a value again


def test_thousands_are_asked_back(view: TenderView) -> None:
    grid = view.variants.grid
    grid.go_to(row(view, "mki", "p1"), 3)
    type_in_cell(grid, "9.872")
    bar = view.variants.bars.bar("cell")
    assert bar is not None
    assert bar.label.text() == "9872 is erg hoog. Bedoelt u 9,872?"
    bar.buttons[0].click()
    assert view.session.tender.variants[2].answer("p1").mki.total == 9.872  # type: ignore[union-attr]


def test_the_keypads_point_is_a_comma(qtbot: QtBot) -> None:
    edit = NumberEdit()
    qtbot.addWidget(edit)
    for key, text in ((Qt.Key.Key_1, "1"), (Qt.Key.Key_Period, "."), (Qt.Key.Key_5, "5")):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.KeypadModifier, text)
        QApplication.sendEvent(edit, event)
    assert edit.text() == "1,5"


def test_paste_of_a_block_from_excel(view: TenderView) -> None:
    view.variants.show_box.setCurrentIndex(1)
    view.variants._choose_rows(1)
    grid = view.variants.grid
    grid.go_to(0, 3)
    QGuiApplication.clipboard().setText("12,1\t12,2\t12,3\r\n9\t9,1\t9,2\r\n8\tx\t8,2\r\n")
    QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    totals = [[v.answer(p).mki.total for p in ("p1", "p2")] for v in view.session.tender.variants[2:]]  # type: ignore[union-attr]
    assert totals == [[12.1, 9.0], [12.2, 9.1], [12.3, 9.2]]
    text = " ".join(view.variants.bars.texts())
    assert text.startswith("8 cellen geplakt.")
    assert "“x” is geen getal" in text
    assert view.session.stacks.undo[-1].step == "paste"  # one step
    view.session.undo()
    assert view.session.tender.variants[2].answer("p1").mki.total == 13.3  # type: ignore[union-attr]


def test_paste_knows_headers_and_names_what_does_not_fit(view: TenderView) -> None:
    view.variants._choose_rows(1)
    grid = view.variants.grid
    grid.go_to(0, 1)
    QGuiApplication.clipboard().setText("\tInschrijving C\tInschrijving A\nOnderlaag\t7,7\t8,8\n")
    grid.paste()
    tender = view.session.tender
    assert tender.variants[4].answer("p3").mki.total == 7.7  # type: ignore[union-attr]
    assert tender.variants[2].answer("p3").mki.total == 8.8  # type: ignore[union-attr]
    grid.go_to(0, 5)
    QGuiApplication.clipboard().setText("1\t2\n")
    grid.paste()
    assert any(
        "2 cellen pasten niet" in text or "1 cel paste niet" in text for text in view.variants.bars.texts()
    )


def test_a_column_pasted_on_an_mki_goes_to_mkis(view: TenderView) -> None:
    """In the view of all rows a column never runs from an MKI into a life or a quantity; a bar's button
    undoes that paste."""
    grid = view.variants.grid
    grid.go_to(row(view, "mki", "p1"), 3)
    QGuiApplication.clipboard().setText("9,1\n7,1\n6,1\n5\n")
    grid.paste()
    answers = [view.session.tender.variants[2].answer(p) for p in ("p1", "p2", "p3")]
    assert [a.mki.total for a in answers] == [9.1, 7.1, 6.1]  # type: ignore[union-attr]
    assert all(a.life is None and a.values == () for a in answers)
    assert view.variants.bars.texts()[0].startswith("3 cellen geplakt. 1 cel paste niet")
    bar = view.variants.bars.bar("paste")
    assert bar is not None
    grid.go_to(row(view, "mki", "p1"), 3)
    QGuiApplication.clipboard().setText("Onderlaag\t6,2\nDeklaag\t9,2\n")
    grid.paste()
    assert view.session.tender.variants[2].answer("p3").mki.total == 6.2  # type: ignore[union-attr]
    bar.buttons[0].click()
    assert view.session.tender.variants[2].answer("p3").mki.total == 6.2  # type: ignore[union-attr]
    view.session.undo()
    assert view.session.tender.variants[2].answer("p3").mki.total == 6.1  # type: ignore[union-attr]


def test_removing_by_key_and_clearing_a_block(view: TenderView) -> None:
    grid = view.variants.grid
    grid.go_to(row(view, "price"), 5)
    QTest.keyClick(grid, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert [v.id for v in view.session.tender.variants] == ["v1", "v2", "v3", "v4"]
    assert view.variants.bars.texts()[0] == "Inschrijving C is verwijderd."
    view.session.undo()
    grid.selectAll()
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert view.session.stacks.undo[-1].step == "clear"
    view.session.undo()
    assert view.session.comparison.variants[3].rank == 1


def test_huge_numbers_are_refused_and_never_lock_a_tender(view: TenderView, window: MainWindow) -> None:
    view.go_to(0)
    view.ask._number(view.ask.area, "9" * 31, "functional_quantity", "oppervlakte", ask=False)
    assert "is te groot" in view.ask.area.note.text()
    view.session.commit(edits.set_field("functional_quantity", 1e40, "oppervlakte"))
    window.open_tender("voorbeeld")
    assert window.view is not None
    assert window.view.session.tender.functional_quantity == 1e40


def test_copy_and_paste_within(view: TenderView) -> None:
    grid = view.variants.grid
    grid.go_to(row(view, "price"), 3)
    QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1.240.000"
    grid.go_to(row(view, "price"), 4)
    grid.paste()
    assert view.session.tender.variants[3].price == view.session.tender.variants[2].price


def test_delete_returns_to_the_ask(view: TenderView) -> None:
    grid = view.variants.grid
    view.variants.show_all()  # what the ask says for all has no row of its own until a variant differs
    life = row(view, "life", "p1")
    grid.go_to(life, 3)
    type_in_cell(grid, "20")
    assert view.session.tender.variants[2].answer("p1").life == 20.0
    grid.go_to(life, 3)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert view.session.tender.variants[2].answer("p1").life is None
    assert view.variants.model.sheet.cell(life, 3).kind == "inherit"


def test_split_mki_and_the_basis_of_a_bid(view: TenderView) -> None:
    view.variants._set_split(frozenset({"p1"}))
    grid = view.variants.grid
    grid.go_to(row(view, "module", "p1"), 3)
    type_in_cell(grid, "11")
    assert any("Hier staat al één totaal." in text for text in view.variants.bars.texts())
    grid.go_to(row(view, "mki", "p1"), 3)
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    first = row(view, "module", "p1")
    grid.go_to(first, 3)
    for text in ("11", "0,8", "0,4", "0", "1,2", "-0,9"):
        type_in_cell(grid, text)
    mki = view.session.tender.variants[2].answer("p1").mki
    assert mki is not None
    assert dict(mki.modules) == {"A1-A3": 11.0, "A4": 0.8, "A5": 0.4, "B1-B5": 0.0, "C1-C4": 1.2, "D": -0.9}
    menu = view.variants.basis_menu(view.session.tender.variants[2])
    titles = [action.text() for action in menu.actions()]
    assert titles == [
        "Weegset",
        "Levensfasen",
        "MKI per",
        "Toeslag 30 % al verwerkt",
        "Vervanging al verwerkt",
    ]
    sets = menu.actions()[0].menu()
    assert isinstance(sets, QMenu)
    next(action for action in sets.actions() if action.text() == "A1").trigger()
    assert view.variants.model.sheet.cell(row(view, "basis"), 3).text == "weegset A1"
    assert view.session.comparison.variants[2].comparable == "no"


def test_a_declaration_dropped_on_a_cell(view: TenderView, samples: Path) -> None:
    file = samples / "ilcd_json" / "503dfca1-7c65-4179-9ffa-ebc6d8b48b7d.json"
    view.variants.drop_file(file, row(view, "product", "p1"), 2)
    ref = view.session.tender.variants[1].answer("p1").product
    assert ref is not None
    assert ref.hash is not None


def test_a_draft_comes_back_after_a_restart(qtbot: QtBot, database: Path) -> None:
    with open_workspace(database) as workspace:
        window = opened(qtbot, workspace)
        window.open_example()
        assert window.view is not None
        drafts.save_drafts(
            workspace, ("tender", "voorbeeld"), [Draft("price/v3//", "1.111.111")]
        )  # as before version 0.8
        window.close()
    with open_workspace(database) as workspace:
        window = opened(qtbot, workspace)
        window.welcome(Next(database), "", "")
        assert "U was bezig in VOORBEELD-001" in " ".join(window.bars.texts())
        window.open_tender("voorbeeld")
        assert window.view is not None
        bar = window.view.variants.bars.bar("draft price/v3//")
        assert bar is not None
        assert (
            bar.label.text()
            == "U was bezig: “1.111.111” in Inschrijving A, Inschrijfsom € excl. btw. Het is nog niet "
            "vastgelegd."
        )
        bar.buttons[0].click()
        editor = focus_editor(window.view.variants.grid)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert str(window.view.session.tender.variants[2].price) == "1111111"
        window.drafts.look()
        assert not drafts.all_drafts(workspace)
        window.close()


def test_what_is_typed_is_kept_as_a_draft_and_nothing_else(view: TenderView, qtbot: QtBot) -> None:
    grid = view.variants.grid
    grid.go_to(row(view, "price"), 3)
    press(grid, "7")
    about = ("tender", view.session.identity)
    kept = (Draft("Varianten › price/v3//", "7"),)
    qtbot.waitUntil(lambda: drafts.drafts_of(view.session.workspace, about) == kept)
    assert str(view.session.tender.variants[2].price) == "1240000.00"
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_why_ends_at_the_bidders_own_figure(view: TenderView) -> None:
    view.go_to(2)
    comparison = view.comparison
    comparison.matrix.setCurrentIndex(comparison.model.index(1, 2))
    QTest.keyClick(comparison.matrix, Qt.Key.Key_Return)
    tree = comparison.why_page.tree
    top = tree.topLevelItem(0)
    assert top is not None
    assert top.text(1) == "69.400,20"
    layer = top.child(2)
    assert layer is not None
    assert (layer.text(0), layer.text(1)) == ("Onderlaag", "24.364,80")
    leaf = layer.child(0)
    assert leaf is not None
    tree.setCurrentItem(leaf)
    assert (
        comparison.why_page.sum.text()
        == "€\u00a09,60 per ton × 2.538,0 ton = €\u00a024.364,80 (opgave inschrijver)"
    )
    QTest.keyClick(tree, Qt.Key.Key_Escape)
    assert not comparison.side.isVisible()
    assert QApplication.focusWidget() is comparison.matrix


def test_explain_the_difference(view: TenderView) -> None:
    view.go_to(2)
    view.comparison.explain_difference()
    page = view.comparison.difference
    assert page.sentence.text().startswith("Inschrijving B heeft €\u00a03.858 minder MKI dan Inschrijving C.")
    assert page.table_model.rows[-1][0] == "Samen"
    page.copy_text()
    assert "Post: Deklaag; Inschrijving C: € MKI per ton: 27,80" in QGuiApplication.clipboard().text()
    page.copy_table()
    assert "Deklaag\t27,80\t23,96" in QGuiApplication.clipboard().text()
    page.first.setCurrentIndex(3)
    page.show_pair()
    assert page.sentence.text() == "Kies twee verschillende varianten."


def test_a_chart_is_a_table_too(view: TenderView) -> None:
    view.go_to(2)
    view.comparison.tabs.setCurrentIndex(1)
    panel = view.comparison.charts["module"]
    panel.toggle.click()
    assert panel.table.isVisible()
    assert panel.model.header == ("", "A1-A3", "A4", "A5", "B", "C", "D", "niet uitgesplitst", "Netto € MKI")
    assert panel.model.rows[2] == ("Inschrijving A", "", "", "", "", "", "", "69.400", "69.400")
    panel.table.selectRow(2)
    assert panel.chart._outlined == 2
    assert panel.sentence.text().startswith("MKI per levensfase, staafgrafiek in euro MKI.")


def test_settings_of_user_and_file(view: TenderView, window: MainWindow, tmp_path: Path) -> None:
    window.show_settings()
    page = window.preferences
    for field, text in ((page.author, "Gebruiker Een"), (page.organisation, "Provincie Voorbeeld")):
        field.edit.setFocus()
        field.edit.setText(text)
        field.edit.editingFinished.emit()
    assert load_settings().author == "Gebruiker Een"
    window.show_tender()
    view.variants.add("bid")
    assert view.session.stacks.undo[-1].author == "Gebruiker Een"
    view.advice.save_to("pdf", tmp_path / "a.pdf")
    wait_idle(window)
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "a.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Provincie Voorbeeld" in text


def test_a_newer_version_is_offered_never_taken(view: TenderView, window: MainWindow) -> None:
    before = view.session.comparison.variants[0].total.value
    assert before is not None
    product = get_product(window.workspace, "voorbeeld-sma11")
    declaration = product.declarations[0]
    values = tuple(replace(v, value=v.value * 2) if v.value is not None else v for v in declaration.values)
    changed = replace(product, declarations=(replace(declaration, values=values),))
    edit_product(window.workspace, product.id, ProductEdit("waarden", lambda _: changed))
    window.show_list()
    window.show_tender()
    assert view.session.comparison.variants[0].total.value == before
    bar = view.bars.bar("renew-voorbeeld-sma11")
    assert bar is not None
    assert "MKI totaal van Nulvariant wordt € 100.132 in plaats van € 72.872." in bar.label.text()
    bar.buttons[0].click()
    assert view.session.comparison.variants[0].total.value == pytest.approx(before + 27259.737755388116)
    view.session.undo()
    assert view.session.comparison.variants[0].total.value == before


def test_the_first_undo_into_an_earlier_session_asks_back(qtbot: QtBot, database: Path) -> None:
    with open_workspace(database) as workspace:
        window = opened(qtbot, workspace)
        window.new_tender()
        assert window.view is not None
        window.view.variants.add("bid")
        window.view.variants.add("bid")
        window.settings = replace(window.settings, started="2999-01-01T00:00:00+00:00")
        window.undo()
        bar = window.view.bars.bar("undo")
        assert bar is not None
        assert bar.label.text().endswith(": Inschrijving B toegevoegd.")
        assert len(window.view.session.tender.variants) == 2
        bar.buttons[0].click()
        assert len(window.view.session.tender.variants) == 1
        window.undo()
        assert window.view.session.tender.variants == ()
        window.close()


def test_open_points_go_where_they_are_mended(view: TenderView) -> None:
    view.variants.add("bid")
    view.show_points()
    item = next(
        view.points.chosen.item(i)
        for i in range(view.points.chosen.count())
        if "Tussenlaag" in view.points.chosen.item(i).text()
    )
    view.points.chosen.itemActivated.emit(item)
    assert view.step == 1
    assert view.variants.grid.currentIndex().row() == row(view, "mki", "p2")
    assert view.variants.grid.currentIndex().column() == 6


def test_advice_is_previewed_edited_and_restored(view: TenderView, window: MainWindow) -> None:
    view.go_to(4)
    settle(window, 260)
    wait_idle(window)
    assert view.advice.state.text().endswith("pagina's")
    editor = view.advice.editors["advice"]
    editor.setFocus()
    editor.selectAll()
    editor.insertPlainText("Ons advies.")
    view.advice.editors["summary"].setFocus()
    assert view.session.tender.advice[0].text == "Ons advies."
    assert view.advice.marks["advice"].text() == "aangepast"
    view.advice._restore("advice")
    assert view.session.tender.advice == ()
    assert view.advice.file_name("pdf") == "VOORBEELD-001 Adviesblad INTERN.pdf"
    settle(window, 260)
    wait_idle(window)


def test_saving_where_one_cannot(view: TenderView, tmp_path: Path) -> None:
    view.advice.save_to("pdf", tmp_path / "weg" / "a.pdf")
    wait_idle(main_window(view))
    assert any("Wij kunnen a.pdf niet schrijven" in text for text in view.variants.bars.texts())


def test_posts_are_added_moved_and_removed(view: TenderView) -> None:
    view.go_to(0)
    view.ask.add_post()
    assert [p.name for p in view.session.tender.posts] == ["Deklaag", "Tussenlaag", "Onderlaag", "Post 1"]
    view.ask._move(-1)
    assert [p.name for p in view.session.tender.posts][2] == "Post 1"
    view.ask.remove_post()
    assert len(view.session.tender.posts) == 3
    view.ask.more._set_fixed("A4 0,45; A5 0,20")
    assert [(f.module, f.value) for f in view.session.tender.ask.fixed_modules] == [("A4", 0.45), ("A5", 0.2)]
    view.ask.more._set_fixed("A4 veel")
    assert "begrijpen wij niet" in view.ask.more.fixed.note.text()


def test_products_show_values_and_ask_what_is_open(window: MainWindow, samples: Path) -> None:
    window.show_products()
    assert window.products.empty.isVisible()
    window.products.import_paths([samples / "ilcd_json" / "0b4c397d-c7a1-4ceb-9718-184334f6364e.json"])
    wait_idle(window)
    product = window.products.product
    assert product is not None
    assert [q.key for q in product.open] == ["scenario"]
    buttons = [b for b in window.products.findChildren(QAbstractButton) if b.text() in ("S1", "S2")]
    buttons[1].click()
    assert window.products.product is not None
    assert window.products.product.open == ()
    assert window.products.editor.values_page.table_model.columnCount() > 4


def test_every_size_light_and_dark(view: TenderView, window: MainWindow) -> None:
    """No page needs more room than the window has; nothing is wider than the smallest design size."""
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        theme.choose_scheme(scheme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app)
        for width, height in SIZES:
            window.resize(width, height)
            for name, go in pages(window):
                go()
                QApplication.processEvents()
                assert (window.width(), window.height()) == (width, height), name
    theme.choose_scheme(None)
    wait_idle(window)


def test_nine_rows_fit_a_laptop_at_150_percent(view: TenderView, window: MainWindow) -> None:
    window.resize(911, 442)
    view.go_to(2)
    QApplication.processEvents()
    viewport = view.comparison.matrix.viewport()
    rows = {view.comparison.matrix.rowAt(y) for y in range(viewport.height())} - {-1}
    whole = [r for r in rows if view.comparison.matrix.rowViewportPosition(r) + 28 <= viewport.height()]
    assert len(whole) >= 8


def test_widgets_have_names(view: TenderView, window: MainWindow) -> None:
    window.show_products()
    window.show_list()
    for step in range(4):
        window.show_tender()
        view.go_to(step)
        for widget in window.findChildren(QWidget):
            if (
                isinstance(widget, (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView))
                and widget.isVisible()
            ):
                inside = widget.parent()
                if (
                    isinstance(inside, (QComboBox, QTableView, QLineEdit))
                    or type(widget).__name__ == "QTableCornerButton"
                ):
                    continue
                name = widget.accessibleName() or (
                    widget.text() if isinstance(widget, QAbstractButton) else ""
                )
                assert name or type(inside).__name__ in ("QLineEdit", "QTabBar", "QHeaderView"), widget
    wait_idle(window)


def test_comparison_by_ear(view: TenderView) -> None:
    view.go_to(2)
    model = view.comparison.model
    index = model.index(1, 3)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "64.866 euro MKI, laagste"
    model.unfold(opened=True)
    name = model.headerData(6, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert name == "CO2-uitstoot A tot C (ton CO2-eq, lager is beter)"


def test_contrast_of_every_pair() -> None:
    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def ratio(one: str, two: str) -> float:
        a, b = sorted((luminance(one), luminance(two)), reverse=True)
        return (a + 0.05) / (b + 0.05)

    for tokens in (LIGHT, DARK):
        for text in ("text", "muted", "inherit", "accent", "good", "warn", "error", "lock"):
            for ground in ("bg", "surface"):
                assert ratio(tokens[text], tokens[ground]) >= 4.5, (text, ground)
        for text in ("good", "warn", "error", "lock"):
            assert ratio(tokens[text], tokens[f"{text}_soft"]) >= 4.5, text
        assert ratio(tokens["text"], tokens["sel"]) >= 4.5
        assert ratio(tokens["on_accent"], tokens["accent"]) >= 4.5
        for mark in ("control", "focus"):
            assert ratio(tokens[mark], tokens["bg"]) >= 3, mark


def test_settings_are_remembered_and_survive_nonsense(tmp_path: Path) -> None:
    Settings().keep(last_tender="x")
    assert load_settings().last_tender == "x"
    from cirkeldesk import paths

    paths.settings_file().write_text("last_tender = 3\nonbekend = 'a'\n", encoding="utf-8")
    assert load_settings() == Settings()
    paths.settings_file().write_text("geen toml", encoding="utf-8")
    assert load_settings() == Settings()


def test_a_second_start_raises_the_first_window(qtbot: QtBot, database: Path) -> None:
    first = FirstWindow(database)
    assert not first.call()
    first.listen()
    with qtbot.waitSignal(first.raised, timeout=HANG):
        second = FirstWindow(database)
        assert second.call()
    first.close()


def test_a_second_window_of_another_reads_only(qtbot: QtBot, window: MainWindow, database: Path) -> None:
    window.open_example()
    code = (
        "import sys; from pathlib import Path; from cirkeldesk.operations.workspace import open_workspace\n"
        "workspace = open_workspace(Path(sys.argv[1])); print(workspace.read_only, "
        "workspace.store.why_read_only.key); workspace.store.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(database)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "db_locked"]


def test_read_only_says_so_and_commits_nothing(qtbot: QtBot, database: Path) -> None:
    with open_workspace(database) as workspace:
        window = opened(qtbot, workspace)
        window.open_example()
        window.close()
    database.chmod(0o444)
    with open_workspace(database) as workspace:
        window = opened(qtbot, workspace)
        assert window.bars.texts() == ["U mag in venster.db niet schrijven. U kunt nu alleen lezen."]
        window.open_tender("voorbeeld")
        assert window.view is not None
        window.view.go_to(1)
        grid = window.view.variants.grid
        grid.go_to(row(window.view, "price"), 3)
        press(grid, "7")
        assert not isinstance(QApplication.focusWidget(), NumberEdit)
        window.new_tender()
        assert any("niet schrijven" in text for text in window.bars.texts())
        window.close()
    database.chmod(0o644)
    with open_workspace(database) as workspace:
        assert str(get_tender(workspace, "voorbeeld").variants[2].price) == "1240000.00"


def test_our_own_errors_are_shown_not_swallowed(window: MainWindow, caplog: pytest.LogCaptureFixture) -> None:
    caplog.expected_by_test = True  # type: ignore[attr-defined]
    problem = ZeroDivisionError("geheim")
    TopHandler(window)(ZeroDivisionError, problem, None)
    bar = window.bars.bar("ours")
    assert bar is not None
    assert bar.label.text().startswith("Er ging iets mis in CirkelDesk.")
    bar.buttons[0].click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    assert "geheim" not in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(("content", "words"), [(b"geen database" * 99, "beschadigd"), (None, "")])
def test_gui_starts_and_leaves(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "a.db"
    if content is not None:
        path.write_bytes(content)
    command = [sys.executable, "-m", "cirkeldesk", "--db", str(path), "gui", "--quit-when-shown"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=HANG / 1000)
    assert done.returncode == (1 if content else 0), done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refused_file_is_a_page_not_a_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    window = RefusedWindow(StoreError("db_damaged", file="a.db"), tmp_path / "a.db")
    qtbot.addWidget(window)
    assert window.text.startswith("a.db is beschadigd")


def test_prices_per_post(view: TenderView, window: MainWindow) -> None:
    """ "Alleen prijs" is a block of posts × variants for one paste; the rows stay among the others once a
    price is there."""
    assert not any(r.kind == "post_price" for r in view.variants._rows())
    view.variants._choose_rows(view.variants.show_box.findData("price"))
    grid = view.variants.grid
    QGuiApplication.clipboard().setText("100.000,50\n200.000\n0")
    grid.go_to(0, 2)
    grid.paste()
    bid = get_tender(window.workspace, "voorbeeld").variants[1]
    assert [bid.answer(p.id).price for p in view.session.tender.posts] == [
        Decimal("100000.50"),
        Decimal("200000"),
        Decimal("0"),
    ]
    view.variants.show_all()
    assert view.variants.model.sheet.cell(row(view, "post_price", "p1"), 2).text == "100.000,50"
    grid.go_to(row(view, "post_price", "p1"), 2)
    type_in_cell(grid, "-5")
    assert any("nul of hoger" in text for text in view.bars.texts())
