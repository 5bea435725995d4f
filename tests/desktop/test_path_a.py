"""Path (a): a first tender from paper bids, by keyboard, counted; and the whole path with a real
declaration."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.operations.tender.tenders import get_tender
from tests.desktop.conftest import no_dialog, type_in_cell, type_text, wait_idle

pytestmark = pytest.mark.window


def fill(field: TextField, text: str) -> None:
    field.edit.setFocus()
    field.edit.selectAll()
    type_text(field.edit, text)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)


def row(window: MainWindow, kind: str, post_id: str | None = None) -> int:
    assert window.view is not None
    sheet = window.view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    return next(
        i for i, r in enumerate(sheet.rows) if r.kind == kind and (post_id is None or r.post_id == post_id)
    )


def test_a_first_tender_from_paper(window: MainWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(window.tenders.new_button, Qt.MouseButton.LeftButton)
    view = window.view
    assert view is not None
    commits: list[str] = []
    original = view.session.commit

    def counted(edit: object, **how: bool) -> bool:
        done = original(edit, **how)  # type: ignore[arg-type]
        if done:
            commits.append(edit.step)  # type: ignore[attr-defined]
        return done

    view.session.commit = counted  # type: ignore[method-assign]
    assert view.step == 0
    assert QApplication.focusWidget() is view.ask.title.edit  # the cursor is in Titel
    fill(view.ask.title, "Deklagen N000")
    fill(view.ask.area, "12.000")
    fill(view.ask.period, "30")
    posts = view.ask.grid
    thickness = view.ask.model.sheet.columns.index("thickness_mm")  # type: ignore[attr-defined]
    posts.setFocus()
    posts.go_to(0, thickness)
    for text in ("35", "60", "90"):
        type_in_cell(posts, text)
    assert [round(q["mass_t"], 1) for q in view.ask.model.sheet.quantities.values()] == [  # type: ignore[attr-defined]
        987.0,
        1692.0,
        2538.0,
    ]

    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert view.step == 1
    grid = view.variants.grid
    plus = 0
    paper = {
        "reference": (("SMA 11", "9,80"), ("AC 16 bind", "7,90"), ("AC 22 base", "7,50"), "1230000"),
        "bid": (("SMA 8G+", "9,20"), ("AC 16 40 %", "7,10"), ("AC 22 50 %", "6,90"), "1240000"),
        "bid ": (("SMA 11 lignine", "8,90"), ("AC 16 PR", "6,80"), ("AC 22 PR", "6,40"), "1.265.000"),
        "bid  ": (("SMA 11 std", "9,50"), ("AC 16 std", "7,60"), ("AC 22 std", "7,10"), "1228500"),
    }
    for role, (*layers, price) in paper.items():
        view.variants.add(role.strip())  # type: ignore[arg-type]
        plus += 1
        column = len(view.session.tender.variants)
        commits.remove("variant_add")  # a press of +, counted apart
        for post_id, (name, mki) in zip(("p1", "p2", "p3"), layers, strict=True):
            grid.go_to(row(window, "product", post_id), column)
            type_in_cell(grid, name)
            assert grid.currentIndex().row() == row(window, "mki", post_id)  # Enter went down to the MKI
            type_in_cell(grid, mki)
        grid.go_to(row(window, "price"), column)
        type_in_cell(grid, price)
    view.go_to(0)
    for choice, text in ((view.ask.replacement, "ja"), (view.ask.rule, "naar rato, met D")):
        choice.box.setFocus()
        choice.box.setCurrentText(text)
        choice.box.activated.emit(choice.box.currentIndex())
    assert no_dialog()
    assert plus == 4
    assert len(commits) == 36  # 6 + 28 + 2, the floor asked is 40
    result = view.session.comparison
    assert [v.rank for v in result.variants] == [1, 2, 1, 3]
    # 8,90 × 987 + 6,80 × 1692 + 6,40 × 2538 = 8.784,30 + 11.505,60 + 16.243,20
    assert result.variants[2].total.value == pytest.approx(36533.10)
    view.go_to(2)
    text = view.comparison.conclusion.text()
    assert text.startswith("Inschrijving B heeft de laagste MKI: €\u00a036.533, ")
    assert view.comparison.hero.quiet.text() == "3 van 3 inschrijvingen zijn te vergelijken."


def test_the_whole_path_with_a_real_declaration(
    samples: Path, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Import, a tender of three layers with typed density, compare (incomplete and saying so), print and
    export."""
    window.show_products()
    window.products.import_paths([samples / "obd_csv" / "OBD_2020_II_excerpt.csv"])
    wait_idle(window)
    assert window.bars.texts()[0].startswith("8 producten ingelezen.\n")
    assert window.products.model.rowCount() == 8
    window.show_list()
    QTest.mouseClick(window.tenders.new_button, Qt.MouseButton.LeftButton)
    view = window.view
    assert view is not None
    fill(view.ask.title, "Drie lagen")
    fill(view.ask.area, "12000")
    fill(view.ask.period, "30")
    posts, columns = view.ask.grid, view.ask.model.sheet.columns  # type: ignore[attr-defined]
    posts.setFocus()
    for code, texts in (("thickness_mm", ("35", "60", "90")), ("density_t_m3", ("2,40", "2,36", "2,37"))):
        posts.go_to(0, columns.index(code))
        for text in texts:
            type_in_cell(posts, text)
    box = view.ask.set_choice.box
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemText(i).startswith("A1")))
    box.activated.emit(box.currentIndex())
    view.go_to(1)
    for role in ("reference", "alternative"):
        view.variants.add(role)
        grid, column = view.variants.grid, len(view.session.tender.variants)
        for post_id, name in (
            ("p1", "Asphalt surface layer"),
            ("p2", "Asphalt binder"),
            ("p3", "Asphalt binder"),
        ):
            grid.go_to(row(window, "product", post_id), column)
            type_in_cell(grid, name)
    answer = view.session.tender.variants[0].answer("p1")
    assert answer.product is not None
    assert not answer.product.is_local  # chosen from the library, pinned
    result = view.session.comparison.variants[0]
    assert result.total.value is None
    assert result.mass_kg.value == pytest.approx(12000 * (35 * 2.40 + 60 * 2.36 + 90 * 2.37))
    view.go_to(2)
    assert view.comparison.conclusion.text().startswith(
        "Nog geen conclusie: Nulvariant mist MKI voor 3 posten"
    )
    cells = {r.key: r.cells[0] for r in view.comparison.model.rows}
    assert cells["total"].text == "niet te berekenen"
    view.show_points()
    points = [view.points.chosen.item(i).text() for i in range(view.points.chosen.count())]
    assert any("HTP, MAETP, TETP" in text for text in points)
    view.go_to(4)
    for kind in ("pdf", "xlsx", "cirkel"):
        view.advice.save_to(kind, tmp_path / f"uit.{kind}")
        wait_idle(window)
        assert (tmp_path / f"uit.{kind}").stat().st_size > 500
    wait_idle(window)
    assert get_tender(window.workspace, view.session.identity).title == "Drie lagen"
