"""Product groups in the window: chosen, undone, each example shown; and a group that is nothing but a
file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from cirkeldesk import paths
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.tender_list import TendersPage
from cirkeldesk.desktop.tender.variants.page import VariantsPage
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.paper import export
from cirkeldesk.operations.tender.example import example_groups
from cirkeldesk.operations.tender.tenders import new_tender
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.store import schema
from tests.desktop.conftest import choose, fill, type_in_cell
from tests.desktop.hands import settle

pytestmark = pytest.mark.window

SEWER = {
    "schema": "product_group/1",
    "code": "riolering",
    "name": "Rioolbuizen",
    "functional_unit": "m",
    "functional_unit_words": "meter riool",
    "functional_quantity_label": "Lengte",
    "functional_property": "length_m",
    "measure": "length_m",
    "default_per": "m",
    "properties": [
        {"code": "length_m", "label": "Lengte", "unit": "m"},
        {"code": "mass_per_m_kg", "label": "Gewicht per meter", "unit": "kg/m", "answered": True},
        {"code": "mass_t", "label": "Massa", "unit": "ton", "decimals": 1},
    ],
    "rules": [{"gives": "mass_t", "times": ["length_m", "mass_per_m_kg"], "factor": 0.001}],
    "routes": [{"code": "length", "label": "meters", "inputs": ["length_m", "mass_per_m_kg"]}],
    "default_route": "length",
    "default_posts": [{"name": "Hoofdriool", "life": "work"}],
    "fields": [{"code": "diameter", "label": "Diameter", "usual": ["300 mm", "400 mm"]}],
    "plausible": [{"field": "mass_per_m_kg", "low": 5, "high": 2000}],
    "words": ["riool", "riolering"],
}


def ask_of(window: MainWindow) -> Any:
    assert window.view is not None
    return window.view.ask


def codes(window: MainWindow) -> dict[str, str]:
    return {group.code: digest for digest, group in ask_of(window).groups.items()}


def test_another_group_brings_its_own_posts_and_can_be_undone(window: MainWindow) -> None:
    window.new_tender()
    settle()
    assert ask_of(window).area.label.text() == "Oppervlakte m² *"
    choose(ask_of(window).group, codes(window)["straatmeubilair"])
    settle()
    assert ask_of(window).area.label.text() == "Hoeveelheid stuk *"
    assert [post.name for post in window.view.session.tender.posts] == ["Zitbanken"]  # type: ignore[union-attr]
    assert window.view.session.tender.ask.mki_per == "piece"  # type: ignore[union-attr]
    window.undo()
    settle()
    assert ask_of(window).area.label.text() == "Oppervlakte m² *"
    assert [post.name for post in window.view.session.tender.posts] == ["Deklaag", "Tussenlaag", "Onderlaag"]  # type: ignore[union-attr]


def test_the_group_stays_once_a_variant_answers(window: MainWindow) -> None:
    window.open_example("isolatie")
    settle()
    window.go_to_step(0)
    assert not ask_of(window).group.box.isEnabled()
    assert ask_of(window).group_note.text().startswith("De productgroep ligt vast")


@pytest.mark.parametrize("code", example_groups())
def test_every_example_opens_from_the_list(window: MainWindow, code: str) -> None:
    window.open_example()
    window.show_list()
    names = {group.code: group.name for group in ask_of(window).groups.values()}
    action = next(action for action in window.tenders.examples.actions() if action.text() == names[code])
    action.trigger()
    settle()
    assert window.view is not None
    assert window.view.session.comparison.group.code == code
    assert window.view.session.tender.fictitious
    assert "laagste MKI" in window.view.comparison.conclusion.text()


def test_a_wrong_property_is_refused_with_what_can_be_chosen(window: MainWindow) -> None:
    window.open_example("straatstenen")
    settle()
    window.go_to_step(0)
    sheet = ask_of(window).model.sheet
    material = sheet.columns.index("material")
    assert "Kies uit: beton, gebakken, natuursteen." in (sheet.parse(0, material, "hout").problem or "")
    assert sheet.parse(0, material, "Gebakken").edit is not None


def test_a_new_group_takes_a_file_and_no_code(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """120 m of pipe: concrete 3,5 per m and 310 kg/m; plastic 2,9 and 22 kg/m → 420 and 348; 37,2 and 2,64
    ton."""
    reference = tmp_path / "reference"
    shutil.copytree(paths.reference(), reference)
    (reference / "product_groups" / "riolering.json").write_text(json.dumps(SEWER), encoding="utf-8")
    monkeypatch.setattr(paths, "reference", lambda: reference)
    database = window.workspace.store.path
    window.close()
    with open_workspace(database.with_name("riool.db")) as workspace:
        made = MainWindow(workspace, window.settings)
        qtbot.addWidget(made)
        made.show()
        try:
            made.open_tender(new_tender(workspace, "riolering"))
            ask = ask_of(made)
            assert ask.area.label.text() == "Lengte m *"
            made.view.go_to(0)  # type: ignore[union-attr]
            fill(ask.area, "120")
            fill(ask.period, "60")
            view = made.view
            assert view is not None
            view.go_to(1)
            variants = view.variants
            variants.add("reference")
            variants.add("alternative")
            for column, texts in ((1, ("Betonbuis", "3,5", "310")), (2, ("Kunststof buis", "2,9", "22"))):
                for kind, text in zip(("product", "mki", "property"), texts, strict=True):
                    sheet = variants.model.sheet
                    assert isinstance(sheet, VariantSheet)
                    row = next(i for i, r in enumerate(sheet.rows) if r.kind == kind)
                    variants.grid.go_to(row, column)
                    type_in_cell(variants.grid, text, Qt.Key.Key_Return)
            results = view.session.comparison.variants
            assert [result.total.value for result in results] == pytest.approx([420.0, 348.0])
            assert [result.mass_kg.value for result in results] == pytest.approx([37200.0, 2640.0])
            assert [result.per_unit.value for result in results] == pytest.approx([3.5, 2.9])
            export.advise(workspace, view.session.identity, tmp_path / "advies.pdf")
            export.export_workbook(workspace, view.session.identity, tmp_path / "werkboek.xlsx")
            assert (tmp_path / "advies.pdf").read_bytes().startswith(b"%PDF")
        finally:
            made.close()


def test_a_product_of_a_group_keeps_what_it_brings_along(window: MainWindow) -> None:
    """Lambda and the sizes it is made in are typed once, in the library."""
    window.show_products()
    page = window.products
    page.new()
    settle()
    facts = page.editor.facts_page
    page.editor.tabs.setCurrentIndex(2)
    choose(facts.group, "isolatie")
    settle()
    assert [field.label.text() for field in facts.properties.values()] == [
        "Lambda, W/mK",
        "Dichtheid aangebracht, kg/m³",
    ]
    fill(facts.properties["lambda_w_mk"], "0,038")
    fill(facts.sizes, "140; 100; 120")
    settle()
    product = facts.product
    assert product is not None
    assert (product.product_group, product.values, product.sizes) == (
        "isolatie",
        (("lambda_w_mk", 0.038),),
        (100.0, 120.0, 140.0),
    )
    fill(facts.properties["lambda_w_mk"], "nul")
    assert facts.product is not None
    assert facts.product.values == (("lambda_w_mk", 0.038),)


def test_a_file_that_has_no_other_groups_and_may_only_be_read_opens(window: MainWindow, qtbot: QtBot) -> None:
    """A file of before these groups, locked by a colleague: nothing can be added to it, and the list still
    opens."""
    with window.workspace.unit() as unit:
        for code in example_groups()[1:]:
            unit.connection.execute(delete(schema.reference).where(schema.reference.c.code == code))
    page = TendersPage(window.workspace, window.workspace.store.path, window.bars)
    qtbot.addWidget(page)
    assert [action.text() for action in page.examples.actions()] == ["Asfalt"]


def test_an_mki_of_the_whole_work_shows_rates_in_the_unit_its_row_names(window: MainWindow) -> None:
    window.open_example()
    assert window.view is not None
    session, variants = window.view.session, window.view.variants
    window.go_to_step(1)
    before = variants.model.sheet.cell(*cell_of(variants, "mki", "Nulvariant")).text
    session.commit(edits.set_ask("mki_per", "work", "MKI per"))
    place = cell_of(variants, "mki", "Nulvariant")
    assert "per ton" in variants.model.sheet.row_names[place[0]]
    assert variants.model.sheet.cell(*place).text == before


def cell_of(variants: VariantsPage, kind: str, name: str) -> tuple[int, int]:
    sheet = variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    return next(i for i, row in enumerate(sheet.rows) if row.kind == kind), sheet.column_names.index(name)
