"""Products in the window: typed from paper, laid out from a table, read in batches; and bid forms that come
back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.product_editor.cells import PAPER_MODULES, ValueSheet
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.product.mappings import table_mappings
from cirkeldesk.operations.product.products import get_product
from cirkeldesk.operations.tender.bids import write_form
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.store.check import faults
from tests.conftest import HANG
from tests.desktop.conftest import type_in_cell, wait_idle
from tests.exchange.files import GWP_A1, HEADER, as_bytes, as_csv, csv_line, ilcd_xml, result, soda4lca

pytestmark = pytest.mark.window


def button(parent: QWidget, text: str) -> QAbstractButton:
    return next(b for b in parent.findChildren(QAbstractButton) if b.text() == text and b.isVisible())


def cell(window: MainWindow, code: str, module: str) -> tuple[int, int]:
    sheet = window.products.editor.values_page.model.sheet
    assert isinstance(sheet, ValueSheet)
    return sheet.row_names.index(code), PAPER_MODULES.index(module) + 1


def enter(field: QWidget, text: str) -> None:
    edit = field.edit  # type: ignore[attr-defined]
    edit.setFocus()
    edit.selectAll()
    edit.insert(text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_a_declaration_on_paper_typed_in_full(window: MainWindow) -> None:
    """New, name, amount; values one by one, as printed, and a block pasted from Excel; each is a step that
    undo takes back."""
    window.show_products()
    QTest.mouseClick(window.products.new_button, Qt.MouseButton.LeftButton)
    editor = window.products.editor
    enter(editor.facts_page.fields["name"], "SMA 11 van papier (verzonnen)")
    enter(editor.facts_page.amount, "1 ton")
    enter(editor.facts_page.fields["verifier"], "Verzonnen toetser")
    enter(editor.facts_page.valid, "31-12-2028")
    enter(editor.facts_page.rules, "NL-PCR Asfalt 2.0 (verzonnen)")
    editor.facts_page.category.chosen.emit("3a")
    editor.tabs.setCurrentIndex(0)
    grid = editor.values_page.grid
    grid.go_to(*cell(window, "GWP-total", "A1-A3"))
    type_in_cell(grid, "3,655E+1")
    grid.go_to(*cell(window, "GWP-total", "B1"))
    type_in_cell(grid, "ND")
    QGuiApplication.clipboard().setText("0,12\t0,001\t-1,5\n2,5e-6\tND\t0")
    grid.go_to(*cell(window, "AP", "C3"))
    grid.paste()
    assert window.products.product is not None
    product = get_product(window.workspace, window.products.product.id)
    declaration = product.declaration("A2")
    assert declaration is not None
    assert (declaration.rules, declaration.category, product.valid_until) == (
        "NL-PCR Asfalt 2.0 (verzonnen)",
        "3a",
        "2028-12-31",
    )
    found = {(row.indicator, row.module): (row.value, row.state, row.unit) for row in declaration.values}
    assert found == {
        ("GWP-total", "A1-A3"): (36.55, "declared", "kg CO2-eq"),
        ("GWP-total", "B1"): (None, "not_declared", "kg CO2-eq"),
        ("AP", "C3"): (0.12, "declared", "mol H+-eq"),
        ("AP", "C4"): (0.001, "declared", "mol H+-eq"),
        ("AP", "D"): (-1.5, "declared", "mol H+-eq"),
        ("EP-freshwater", "C3"): (2.5e-6, "declared", "kg P-eq"),
        ("EP-freshwater", "C4"): (None, "not_declared", "kg P-eq"),
        ("EP-freshwater", "D"): (0.0, "declared", "kg P-eq"),
    }
    assert product.open == ()
    window.undo()
    after = get_product(window.workspace, product.id).declaration("A2")
    assert after is not None
    assert len(after.values) == 2
    assert "GWP-total B1" in window.top.undo_button.toolTip()
    window.redo()
    assert get_product(window.workspace, product.id) == product


def test_a_refused_value_stays_visible_and_is_not_used(window: MainWindow) -> None:
    window.show_products()
    window.products.new()
    window.products.editor.tabs.setCurrentIndex(0)
    grid = window.products.editor.values_page.grid
    grid.go_to(*cell(window, "ODP", "A4"))
    type_in_cell(grid, "circa 3")
    assert any("is geen getal" in text for text in window.bars.texts())
    assert window.products.product is not None
    assert all(not d.values for d in get_product(window.workspace, window.products.product.id).declarations)


def test_adpf_of_set_a1_asks_its_unit(window: MainWindow) -> None:
    """kg Sb and MJ both occur and differ a factor 2,000: without a unit the value does not count."""
    window.show_products()
    window.products.new()
    page = window.products.editor.values_page
    window.products.editor.tabs.setCurrentIndex(0)
    page.set_box.setCurrentIndex(page.set_box.findData("A1"))
    page._choose()
    grid = page.grid
    grid.go_to(*cell(window, "ADPF", "A4"))
    type_in_cell(grid, "12")
    row = cell(window, "ADPF", "A4")[0]
    assert page.model.sheet.cell(row, 0).text == "invullen"
    grid.go_to(row, 0)
    type_in_cell(grid, "MJ")
    assert window.products.product is not None
    declaration = get_product(window.workspace, window.products.product.id).declaration("A1")
    assert declaration is not None
    assert declaration.values[0].unit == "MJ"


def test_a_composition_pasted_and_typed(window: MainWindow) -> None:
    window.show_products()
    window.products.new()
    page = window.products.editor.composition_page
    window.products.editor.tabs.setCurrentIndex(1)
    QGuiApplication.clipboard().setText(
        "Steenslag\t90\tprimair abiotisch\nGranulaat\t4\tsecundair\tnee\nHoutvezel\t2,5\tsecundair\tja"
    )
    page.grid.go_to(0, 0)
    page.grid.paste()
    assert page.sum.text().startswith(
        "De grondstoffen tellen op tot 96,5\u00a0%. Van 3,5\u00a0% is niet opgegeven"
    )
    page.grid.go_to(3, 0)
    type_in_cell(page.grid, "Lignine", Qt.Key.Key_Tab)
    type_in_cell(page.grid, "5", Qt.Key.Key_Tab)
    type_in_cell(page.grid, "biobased", Qt.Key.Key_Return)
    assert "meer dan 100 %" in page.sum.text()
    page.grid.go_to(3, 1)
    type_in_cell(page.grid, "3,5")
    assert window.products.product is not None
    composition = get_product(window.workspace, window.products.product.id).composition
    assert [(c.name, c.fraction, c.origin, c.recycled_biobased) for c in composition.constituents] == [
        ("Steenslag", 0.9, "primary_abiotic", False),
        ("Granulaat", 0.04, "secondary", False),
        ("Houtvezel", 0.025, "secondary", True),
        ("Lignine", 0.035, "primary_biobased", False),
    ]
    enter(page.reclaimed, "30")
    page.reclaimed_of.chosen.emit("mix")
    composition = get_product(window.workspace, window.products.product.id).composition
    assert (composition.reclaimed, composition.reclaimed_of) == (0.3, "mix")


def test_a_pasted_list_with_a_blank_line_and_facts_that_stay(window: MainWindow) -> None:
    """Blank lines do not shift rows; rules typed first stay when the set is chosen after."""
    window.show_products()
    window.products.new()
    editor = window.products.editor
    enter(editor.facts_page.rules, "NL-PCR (verzonnen)")
    editor.values_page.set_box.setCurrentIndex(editor.values_page.set_box.findData("A1"))
    editor.values_page._choose()
    page = editor.composition_page
    editor.tabs.setCurrentIndex(1)
    QGuiApplication.clipboard().setText("Steen\t60\n\t\nZand\t30\nBitumen\t5")
    page.grid.go_to(0, 0)
    page.grid.paste()
    product = window.products.product
    assert product is not None
    assert [(c.name, c.fraction) for c in product.composition.constituents] == [
        ("Steen", 0.6),
        ("Zand", 0.3),
        ("Bitumen", 0.05),
    ]
    assert [(d.set, d.rules) for d in product.declarations] == [("A1", "NL-PCR (verzonnen)")]


def test_a_block_from_an_english_sheet(window: MainWindow) -> None:
    """0.12 beside 1.234 shows that the point is for decimals; 1.234 alone shows nothing, and the other
    reading is offered."""
    window.show_products()
    window.products.new()
    window.products.editor.tabs.setCurrentIndex(0)
    grid = window.products.editor.values_page.grid

    def values() -> list[float | None]:
        assert window.products.product is not None
        return [
            row.value
            for d in get_product(window.workspace, window.products.product.id).declarations
            for row in d.values
        ]

    QGuiApplication.clipboard().setText("0.12\t1.234")
    grid.go_to(*cell(window, "AP", "C3"))
    grid.paste()
    assert values() == [0.12, 1.234]
    QGuiApplication.clipboard().setText("1.234\t2.345")
    grid.paste()
    assert values() == [1234.0, 2345.0]
    bar = window.bars.bar("paste")
    assert bar is not None
    next(b for b in bar.buttons if b.text() == "Lees punten als komma").click()
    assert values() == [1.234, 2.345]


def test_a_product_is_removed_and_comes_back(window: MainWindow) -> None:
    window.open_example()
    window.show_products()
    count = len(window.products.model.rows)
    product = window.products.product
    assert product is not None
    QTest.mouseClick(window.products.remove_button, Qt.MouseButton.LeftButton)
    assert len(window.products.model.rows) == count - 1
    bar = window.bars.bar("import")
    assert bar is not None
    bar.buttons[0].click()
    assert get_product(window.workspace, product.id) == product
    with window.workspace.unit() as unit:
        assert faults(unit) == []


def test_numbers_too_large_to_be_meant(window: MainWindow) -> None:
    window.show_products()
    window.products.new()
    window.products.editor.tabs.setCurrentIndex(0)
    grid = window.products.editor.values_page.grid
    grid.go_to(*cell(window, "ODP", "A4"))
    type_in_cell(grid, "1E999")
    assert any("te groot" in text for text in window.bars.texts())


def test_new_values_keep_what_people_added(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(as_bytes(soda4lca()))
    window.show_products()
    window.products.import_paths([path])
    wait_idle(window)
    editor = window.products.editor
    enter(editor.facts_page.fields["supplier"], "Voorbeeldcentrale")
    enter(editor.facts_page.density, "2350")
    editor.facts_page.category.chosen.emit("3a")
    window.products.import_paths([path])
    wait_idle(window)
    bar = window.bars.bar("import")
    assert bar is not None
    assert "1 al bekend" in bar.label.text()  # a density somebody filled in is no other value
    path.write_bytes(as_bytes(soda4lca(results=[result(GWP_A1, [{"module": "A1-A3", "value": "61"}])])))
    window.products.import_paths([path], replace_values=True)
    wait_idle(window)
    product = window.products.product
    assert product is not None
    assert (product.supplier, product.density_kg_m3, product.declarations[0].category) == (
        "Voorbeeldcentrale",
        2350.0,
        "3a",
    )
    assert [row.value for row in product.declarations[0].values] == [61.0]


def test_evidence_is_kept_as_it_is(window: MainWindow, tmp_path: Path) -> None:
    window.show_products()
    window.products.new()
    paper = tmp_path / "verklaring.pdf"
    paper.write_bytes(b"%PDF-1.7 verzonnen")
    window.products._attach(paper)
    product = window.products.product
    assert product is not None
    kept = product.attachments[0]
    window.products.editor.tabs.setCurrentIndex(2)
    wait_idle(window)
    assert button(window.products, "verklaring.pdf opslaan als").isEnabled()
    window.products._save_attachment(kept, tmp_path / "terug.pdf")
    assert (tmp_path / "terug.pdf").read_bytes() == paper.read_bytes()
    with window.workspace.unit() as unit:
        assert faults(unit) == []


def test_a_table_is_laid_out_once(window: MainWindow, tmp_path: Path) -> None:
    """The set is not told: the bar offers to lay the table out; the next table of its kind is read by
    itself."""
    rows = (
        ("Effect", "Eenheid", "A1-A3", "D"),
        ("Klimaatverandering", "", "62,5", "-6"),
        ("Verzuring", "", "0,25", "0"),
    )
    first, second = tmp_path / "een.csv", tmp_path / "twee.csv"
    first.write_bytes(as_csv(rows))
    second.write_bytes(as_csv([*rows[:2], ("Verzuring", "", "0,5", "ND")]))
    window.show_products()
    window.products.import_paths([first])
    wait_idle(window)
    bar = window.bars.bar("import")
    assert bar is not None
    assert "kan bij set A1 en bij set A2 horen" in bar.label.text()
    next(b for b in bar.buttons if b.text() == "Tabel indelen").click()
    page = window.products.mapping
    assert window.products.currentWidget() is page
    page.set_choice.chosen.emit("A2")
    enter(page.unit, "1 ton")
    enter(page.product, "Mengsel uit een tabel (verzonnen)")
    QTest.mouseClick(page.take, Qt.MouseButton.LeftButton)
    product = window.products.product
    assert product is not None
    assert (product.name, product.declared_unit) == ("Mengsel uit een tabel (verzonnen)", "ton")
    assert [d.set for d in product.declarations] == ["A2"]
    assert len(table_mappings(window.workspace)) == 1
    window.products.import_paths([second])
    wait_idle(window)
    again = window.products.product
    assert again is not None
    declaration = again.declaration("A2")
    assert (again.name, declaration and declaration.chosen("AP")["A1-A3"].value) == ("twee", 0.5)


def test_a_table_that_is_not_recognised_can_be_laid_out(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "vreemd.csv"
    path.write_bytes(
        as_csv((("wat", "waar", "hoeveel"), ("Verzuring", "A1-A3", "0,25"), ("Verzuring", "D", "-0,1")))
    )
    page = window.products.mapping
    page.show_file(path)
    assert not page.take.isEnabled()
    assert page.what_is_missing() == "Kies minstens één kolom met waarden."
    page.table.setCurrentIndex(page.model.index(0, 0))
    page._set_use("indicator")
    assert page.table.currentIndex().column() == 1  # on to the next column
    page._set_use("module")
    page._set_use("value")
    assert page.what_is_missing().startswith("Kies de weegset")  # Verzuring is in A1 and in A2
    assert not page.take.isEnabled()
    page.set_choice.chosen.emit("A2")
    assert page.take.isEnabled()
    page.chosen.connect(window.products._read_table)
    page.take.click()
    product = window.products.product
    assert product is not None
    assert [(v.indicator, v.module, v.value) for v in product.declarations[0].values] == [
        ("AP", "A1-A3", 0.25),
        ("AP", "D", -0.1),
    ]


def test_another_row_of_heads_is_read_anew(window: MainWindow, tmp_path: Path) -> None:
    """A table whose texts lead astray: the row of the heads is said, and what it tells is proposed at
    once."""
    path = tmp_path / "kop.csv"
    rows = (
        ("Rapport", "2026", ""),
        ("Milieu-impactcategorie", "Eenheid", "Productie (A1-A3)"),
        ("GWP-total", "kg CO2-eq", "62,5"),
    )
    path.write_bytes(as_csv(rows))
    page = window.products.mapping
    page.show_file(path)
    enter(page.header_row, "9")
    assert "van 1 tot 3" in page.header_row.note.text()
    enter(page.header_row, "1")
    assert not page.take.isEnabled()
    enter(page.header_row, "2")
    assert page.mapping.uses == ("indicator", "unit", "module:A1-A3")
    assert page.take.isEnabled()


def many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04}.json").write_bytes(
            as_bytes(soda4lca(uuid=f"fictief-{number}", name=f"Mengsel {number}"))
        )
    (folder / "los.xml").write_text(ilcd_xml(), encoding="utf-8")
    (folder / "stuk.json").write_text("{", encoding="utf-8")
    return folder


@contextmanager
def held(window: MainWindow) -> Iterator[None]:
    """The worker does nothing until the block ends."""
    go = threading.Event()
    window.worker.start(lambda _: go.wait(HANG / 1000), lambda _: None, lambda _: None, "")
    try:
        yield
    finally:
        go.set()


def test_a_batch_can_be_watched(window: MainWindow, tmp_path: Path) -> None:
    folder = many(tmp_path / "map", 12)
    window.show_products()
    seen: list[str] = []
    with held(window):  # the work begins once somebody looks
        window.products.import_paths([folder])
        assert window.products._job is not None
        window.products._job.progress.connect(lambda index, of, name: seen.append(f"{index} {of} {name}"))
    assert window.products.bar.isVisible()
    assert window.products.stop.isVisible()
    wait_idle(window)
    assert seen[-1].startswith("13 14 ")
    assert not window.products.bar.isVisible()
    bar = window.bars.bar("import")
    assert bar is not None
    assert bar.label.text().startswith(
        "13 producten ingelezen, 1 bestand met een vraag, 1 bestand geweigerd."
    )
    next(b for b in bar.buttons if b.text() == "Verslag tonen").click()
    report = window.products.report.model
    assert [report.text(row, 2) for row in range(3)] == ["geweigerd", "vraag", "ingelezen"]
    assert report.text(0, 0) == "stuk.json"
    assert "geen geldige JSON" in report.text(0, 3)
    QTest.mouseClick(window.products.report.back, Qt.MouseButton.LeftButton)
    assert window.products.currentWidget() is window.products.main


def test_a_batch_can_be_stopped(window: MainWindow, tmp_path: Path) -> None:
    """What was read before the stop is there; the rest is not, and the bar says where it stopped."""
    folder = many(tmp_path / "map", 60)
    window.show_products()
    with held(window):
        window.products.import_paths([folder])
        job = window.products._job
        assert job is not None
        stop = Qt.ConnectionType.DirectConnection  # on the worker's own thread, between two files
        job.progress.connect(lambda index, of, name: job.cancel() if index >= 3 else None, stop)
    wait_idle(window)
    bar = window.bars.bar("import")
    assert bar is not None
    assert "gestopt na" in bar.label.text()
    count = len(window.products.model.rows)
    assert 3 <= count < 60
    with window.workspace.unit() as unit:
        assert faults(unit) == []
    window.products.import_paths([folder])  # and again, to the end
    wait_idle(window)
    assert len(window.products.model.rows) == 61


def test_a_file_of_many_data_sets_can_be_stopped_inside(window: MainWindow, tmp_path: Path) -> None:
    """An ÖKOBAUDAT export is one file: stopped halfway, the report says how far it came, and it can be read
    again."""
    path = tmp_path / "export.csv"
    path.write_text(
        HEADER + "".join(csv_line(f"fictief-{number}") for number in range(400)), encoding="utf-8"
    )
    window.show_products()
    with held(window):
        window.products.import_paths([path])
        job = window.products._job
        assert job is not None
        stop = Qt.ConnectionType.DirectConnection
        job.progress.connect(lambda index, of, name: job.cancel() if "verklaring 50" in name else None, stop)
    wait_idle(window)
    count = len(window.products.model.rows)
    assert count in range(50, 400, 50)
    bar = window.bars.bar("import")
    assert bar is not None
    assert f"gestopt na {count} van 400 verklaringen" in bar.label.text()
    with window.workspace.unit() as unit:
        assert faults(unit) == []
    window.products.import_paths([path])
    wait_idle(window)
    assert len(window.products.model.rows) == 400


def test_other_values_are_a_question_with_an_answer(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(as_bytes(soda4lca()))
    window.show_products()
    window.products.import_paths([path])
    wait_idle(window)
    path.write_bytes(as_bytes(soda4lca(results=[result(GWP_A1, [{"module": "A1-A3", "value": "61"}])])))
    window.products.import_paths([path])
    wait_idle(window)
    bar = window.bars.bar("import")
    assert bar is not None
    assert "3 waarden, zoals GWP A1-A3: 62.5 werd 61" in bar.label.text()
    next(b for b in bar.buttons if b.text() == "Nieuwe waarden overnemen").click()
    wait_idle(window)
    product = window.products.product
    assert product is not None
    assert [row.value for row in product.declarations[0].values] == [61.0]
    window.undo()  # nothing is lost: the older values are a step away
    assert [row.value for row in get_product(window.workspace, product.id).declarations[0].values] == [
        62.5,
        1.0,
        -6.0,
    ]


def test_names_are_plain_text(window: MainWindow, tmp_path: Path) -> None:
    """Markup in a name from a file is shown as it stands: no picture is fetched, nothing turns bold."""
    path = tmp_path / "a.json"
    path.write_bytes(as_bytes(soda4lca(name='<b>Vet</b><img src="http://127.0.0.1/x.png">')))
    window.show_products()
    window.products.import_paths([path])
    wait_idle(window)
    editor = window.products.editor
    assert editor.title.text().startswith("<b>Vet</b>")
    shown = [label for label in window.findChildren(QLabel) if "<b>" in label.text()]
    assert shown
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in shown)


# --- bid forms
# -----------------------------------------------------------------------------------------------------


def form_of_example(window: MainWindow, tmp_path: Path, *, closes: str, price: object = 1_250_000) -> Path:
    window.open_example()
    assert window.view is not None
    window.view.session.commit(edits.set_field("closes_on", closes, "sluiting"))
    path = tmp_path / "bod.xlsx"
    write_form(window.workspace, "voorbeeld", path)
    book = load_workbook(path)
    bid, posts = book["Inschrijving"], book["Posten"]
    for row in range(1, bid.max_row + 1):
        label = str(bid.cell(row, 1).value or "")
        for start, value in (
            ("Naam inschrijver", "Wegenbouw Verzonnen BV"),
            ("Inschrijfsom", price),
            ("Bron", "Rapport 1"),
        ):
            if label.startswith(start):
                bid.cell(row, 2).value = value  # type: ignore[assignment]
    heads = {str(cell.value): cell.column for cell in posts[4]}
    for row in (5, 6, 7):
        posts.cell(row, heads["Product *"]).value = f"Mengsel {row} (verzonnen)"  # type: ignore[arg-type]
        posts.cell(row, heads["MKI *, € MKI per ton"]).value = 7.5  # type: ignore[arg-type]
    book.save(path)
    return path


def test_a_form_dropped_comes_back_as_a_bid(window: MainWindow, tmp_path: Path) -> None:
    path = form_of_example(window, tmp_path, closes="2020-01-01")
    window.open_file(path)
    assert window.view is not None
    panel = window.view.variants.form_panel
    assert panel.isVisible()
    assert "alle cellen kloppen" in panel.title.text()
    assert [row[0] for row in panel.model.rows][:4] == ["Inschrijver", "Zo opgegeven", "Bron", "Inschrijfsom"]
    before = len(window.view.session.tender.variants)
    QTest.mouseClick(panel.take, Qt.MouseButton.LeftButton)
    tender = get_tender(window.workspace, "voorbeeld")
    assert len(tender.variants) == before + 1
    assert tender.variants[-1].bidder == "Wegenbouw Verzonnen BV"
    assert not panel.isVisible()
    assert window.view.variants.grid.isVisible()
    assert window.view.variants.grid.currentIndex().column() == len(
        tender.variants
    )  # at the bid that came in
    window.undo()
    assert len(get_tender(window.workspace, "voorbeeld").variants) == before


def test_a_dossier_opens_its_tender(window: MainWindow, tmp_path: Path) -> None:
    window.open_example()
    export_dossier(window.workspace, "voorbeeld", tmp_path / "a.cirkel")
    window.show_list()
    window.open_file(tmp_path / "a.cirkel")
    wait_idle(window)
    assert window.view is not None
    assert window.pages.currentWidget() is window.view


def test_a_form_with_faults_after_the_deadline(window: MainWindow, tmp_path: Path) -> None:
    path = form_of_example(window, tmp_path, closes="2020-01-01", price="n.n.b.")
    window.open_file(path)
    assert window.view is not None
    page, panel = window.view.variants, window.view.variants.form_panel
    assert panel.model.rows == (("Inschrijving", "B10", "“n.n.b.” is geen getal. Vul een getal in."),)
    assert not panel.take.isVisible()
    assert not panel.test.isVisible()
    panel.save_copy(tmp_path / "intern.xlsx", "internal")
    assert (tmp_path / "intern.xlsx").exists()
    QTest.mouseClick(panel.by_hand, Qt.MouseButton.LeftButton)
    assert "Noem de reden" in panel.reason.note.text()
    panel.reason.edit.setText("De prijs staat in de brief.")
    QTest.mouseClick(panel.by_hand, Qt.MouseButton.LeftButton)
    tender = get_tender(window.workspace, "voorbeeld")
    assert (tender.received[0].outcome, tender.received[0].reason) == (
        "by_hand",
        "De prijs staat in de brief.",
    )
    texts = [action.text() for action in page.form_menu().actions()]
    assert any(text.startswith("bod.xlsx: met de hand ingevoerd") for text in texts)


def test_a_form_before_the_deadline_is_a_test(window: MainWindow, tmp_path: Path) -> None:
    path = form_of_example(window, tmp_path, closes="2999-01-01", price=None)
    window.open_file(path)
    assert window.view is not None
    panel = window.view.variants.form_panel
    assert "Dit is een proef" in panel.text.text()
    assert (panel.take.isVisible(), panel.test.isVisible(), panel.by_hand.isVisible()) == (False, True, False)
    assert get_tender(window.workspace, "voorbeeld").received == ()
    QTest.mouseClick(button(panel, "Terug naar de tabel"), Qt.MouseButton.LeftButton)
    assert window.view.variants.grid.isVisible()


def test_the_composition_of_a_bidders_own_product(window: MainWindow, tmp_path: Path) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    bid = next(v for v in view.session.tender.variants if v.is_bid)
    post = view.session.tender.posts[0]
    view.session.commit(
        edits.type_product(view.session.tender, bid.id, post.id, "SMA op papier (verzonnen)", "product")
    )
    ref = view.session.tender.variant(bid.id).answer(post.id).product
    assert ref is not None
    view.go_to(1)
    view.variants.open_product(ref.id)
    assert view.variants.product_panel.isVisible()
    page = view.variants.product_panel.editor.composition_page
    page.grid.go_to(0, 0)
    type_in_cell(page.grid, "Steenslag", Qt.Key.Key_Tab)
    type_in_cell(page.grid, "100", Qt.Key.Key_Tab)
    type_in_cell(page.grid, "secundair")
    product = next(p for p in get_tender(window.workspace, "voorbeeld").products if p.id == ref.id)
    assert [(c.name, c.fraction, c.origin) for c in product.composition.constituents] == [
        ("Steenslag", 1.0, "secondary")
    ]
    for _ in range(4):
        window.undo()  # back past the product itself: its page closes by itself
    assert not view.variants.product_panel.isVisible()
    assert view.variants.grid.isVisible()


def test_a_kept_mapping_survives_as_plain_data(window: MainWindow) -> None:
    with window.workspace.unit() as unit:
        assert [
            json.loads(value) for name, value in unit.settings.all().items() if name.startswith("mapping:")
        ] == []
