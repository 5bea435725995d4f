"""Materials in the window: announced, matched, reserved, exchanged; passports by their form."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.typed_form import TypedForm
from cirkeldesk.desktop.material.page import DEMAND, PASSPORTS, REGION
from cirkeldesk.exchange.passport_form.form import SHEET
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.operations.calendar.today import due_today
from cirkeldesk.operations.contract import contracts
from cirkeldesk.operations.material import materials as acts
from cirkeldesk.operations.passport import passports
from cirkeldesk.operations.settings import FileSettings, save_file_settings
from cirkeldesk.operations.tender.tenders import put_tender
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.wording.region import words
from tests.acceptance.locking import at
from tests.acceptance.test_chain_commands import tender, write
from tests.acceptance.test_material_commands import RATES, SQUARE, STONES
from tests.acceptance.test_region_command import contribution
from tests.passport.test_form import GOOD, PLACE, ROW

pytestmark = pytest.mark.window


def type_in(form: TypedForm, **said: str) -> None:
    for name, text in said.items():
        field = form.fields[name]
        if isinstance(field, Choice):
            field.show_value(text)
        else:
            field.edit.setText(text)


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    acts.put_plain(window.workspace, {"supplies": [STONES], "demands": [SQUARE], "rates": RATES})
    window.show_materials()
    return window


def test_before_there_is_anything_the_page_says_what_to_do(window: MainWindow) -> None:
    window.show_materials()
    page = window.materials
    assert "Meld het hieronder" in page.supply.said.text()
    assert page.supply.fit_view.isHidden()
    page.tabs.setCurrentIndex(PASSPORTS)
    assert "Maak het formulier" in page.passports.said.text()


def test_supply_is_announced_and_nothing_is_chosen_for_somebody(window: MainWindow) -> None:
    window.show_materials()
    tab = window.materials.supply
    type_in(tab.form, name="Tegels grijs (verzonnen)", amount="1.200,5")
    tab.add.click()
    assert "Kies een soort" in tab.form.said.text()
    assert acts.supply_lines(window.workspace) == []
    type_in(tab.form, kind="betontegel", unit="m2", thickness="45", available_from="1-5-2027")
    field = tab.form.fields["name"]
    assert isinstance(field, TextField)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)  # Enter is the button of a form
    (line,) = acts.supply_lines(window.workspace)
    kept = acts.get_supply(window.workspace, line.id)
    assert (kept.amount, kept.format.thickness, kept.condition) == (1200.5, 45, None)
    assert tab.title.text() == "Tegels grijs (verzonnen)"
    assert "klasse niet bekend" in tab.about.text()


def test_what_fits_is_reserved_delivered_and_counted(shown: MainWindow) -> None:
    tab = shown.materials.supply
    assert tab.fit_head.text() == "1 keer passend vraag, het beste eerst"
    assert tab.fit_model.rows[0][:2] == ("Dorpsplein (verzonnen)", "900 m²")
    assert "€ MKI bespaard" in tab.fit_model.rows[0][3]
    tab.reserve.click()
    assert [row[1] for row in tab.held_model.rows] == ["900 m²"]
    assert tab.about.text().startswith("300 m² vrij van 1.200 m²")
    tab.gone.click()
    assert tab.about.text().startswith("300 m² vrij van 300 m²")
    tab.gone.click()  # once more does nothing but say so
    assert "geldt niet meer" in " ".join(shown.bars.texts())
    tab.moved.edit.setText("-400")
    tab.move_why.edit.setText("breuk")
    tab.book.click()
    assert "nog 300 vrij" in " ".join(shown.bars.texts())
    tab.moved.edit.setText("-100")
    tab.book.click()
    assert tab.about.text().startswith("200 m² vrij van 200 m²")


def test_a_demand_finds_its_supply(shown: MainWindow) -> None:
    page = shown.materials
    page.tabs.setCurrentIndex(DEMAND)
    assert page.demand.fit_model.rows[0][0].startswith("Keien, grijs")
    page.demand.search.setText("niets van dien aard")
    assert page.demand.view.isHidden()
    assert page.demand.title.isHidden()


def test_exchange_in_the_window_asks_for_a_name_first(shown: MainWindow, tmp_path: Path) -> None:
    tab = shown.materials.supply
    tab.exchange_with(tmp_path)
    assert "Instellingen" in " ".join(shown.bars.texts())
    with open_workspace(tmp_path / "ander.db") as other:
        save_file_settings(other, FileSettings(organisation="Gemeente Ander (verzonnen)"))
        acts.put_plain(other, {**STONES, "id": "o1", "name": "Van een ander (verzonnen)"})
        from cirkeldesk.operations.material.exchange import exchange

        exchange(other, tmp_path)
    save_file_settings(shown.workspace, FileSettings(organisation="Gemeente Zelf (verzonnen)"))
    tab.exchange_with(tmp_path)
    assert "Gemeente Ander" in " ".join(shown.bars.texts())
    assert {line.id for line in acts.supply_lines(shown.workspace)} >= {"o1"}


def test_a_list_with_a_fault_says_the_cell(shown: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(
        "Regel;Soort;Naam;Hoeveelheid;Eenheid\naanbod;betontegel;Tegels;veel;m2\n", encoding="utf-8"
    )
    shown.materials.supply.read_file(path)
    assert "D2" in " ".join(shown.bars.texts())


def test_passports_come_in_by_their_form(window: MainWindow, tmp_path: Path) -> None:
    at(window.workspace, "2027-01-15T09:00:00+00:00")
    put_tender(window.workspace, tender("2027-001"))
    with window.workspace.unit() as unit:
        (identity,) = [str(row["id"]) for row in unit.lists.tenders()]
    contracts.award_lot(window.workspace, identity, "2027-01-15")
    at(window.workspace, "2027-06-01T09:00:00+00:00")
    window.show_materials()
    page = window.materials
    page.tabs.setCurrentIndex(PASSPORTS)
    tab = page.passports
    tab.menu.aboutToShow.emit()
    assert [action.text() for action in tab.menu.actions()] == ["2027-001 Weg (verzonnen)"]
    path = tmp_path / "form.xlsx"
    tab.write_form(identity, path)
    book = openpyxl.load_workbook(path)
    for field, value in {**GOOD, "mass_t": "veel"}.items():
        book[SHEET].cell(ROW, PLACE[field]).value = value
    book.save(path)
    tab.read_form(path)
    assert "Cel P7" in " ".join(window.bars.texts())
    book[SHEET].cell(ROW, PLACE["mass_t"]).value = 600
    book.save(path)
    tab.read_form(path)
    assert tab.title.text() == "N201 · vak 3 · AC 22 base"
    for name in ("p.pdf", "p.json", "p.geojson"):
        tab.save_passport(tmp_path / name)
        assert (tmp_path / name).exists()
    type_in(tab.form, on="1-6-2027", kind="milled", text="gefreesd", mass_t="600")
    tab.add.click()
    assert "Is er niet meer" in tab.where.text()
    (one,) = passports.all_passports(window.workspace)
    assert [event.text for event in one.events] == ["gefreesd"]


def test_the_region_says_whose_data_it_rests_on(window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "gedeeld"
    folder.mkdir()
    write(folder, "noord benchmark.json", contribution("Noord", 0, 5, 12))
    (folder / "kapot.cirkel").write_bytes(b"nee")
    window.show_materials()
    page = window.materials
    page.tabs.setCurrentIndex(REGION)
    assert "Kies de map" in page.region.said.text()
    page.region.read(folder)
    assert page.region.said.text().startswith(
        "Gelezen uit 1 bestand, het oudste van 1-12-2027. Overgeslagen: 1"
    )
    assert page.region.tables[words.BENCHMARK].texts.rows[0][5:] == ("8,6", "", "10 tot 19")
    assert page.region.tables[words.FILES].texts.rows[1][1] == "overgeslagen"
    assert page.region.tables[words.MIXES].isHidden()
    page.region.key.edit.setText("geheim")
    page.region.read(folder)
    assert "Instellingen" in " ".join(window.bars.texts())


def test_what_moving_costs_is_typed_and_then_something_can_be_said(window: MainWindow) -> None:
    acts.put_plain(window.workspace, {"supplies": [STONES], "demands": [SQUARE]})
    window.show_materials()
    window.materials.tabs.setCurrentIndex(DEMAND)
    tab = window.materials.demand
    assert "niet ingevuld" in tab.fit_model.rows[0][3]
    type_in(tab.rates, per_tkm="0,008", edition="e", source="eigen meting", days="14,5")
    tab.keep.click()
    assert acts.get_rates(window.workspace).per_tkm is None
    type_in(tab.rates, days="14")
    tab.keep.click()
    assert (acts.get_rates(window.workspace).per_tkm, acts.get_rates(window.workspace).days) == (0.008, 14)
    assert "€ MKI bespaard" in tab.fit_model.rows[0][3]


def test_what_is_taken_back_is_offered_no_more(shown: MainWindow) -> None:
    page = shown.materials
    page.supply.end.click()
    assert page.supply.fit_head.text() == "Er past geen vraag bij."
    assert page.supply.end.text() == "Weer aanbieden"
    page.supply.end.click()
    assert page.supply.fit_head.text().startswith("1 keer")
    page.tabs.setCurrentIndex(DEMAND)
    assert page.demand.end.text() == "Sluiten"
    page.demand.end.click()
    assert page.demand.end.text() == "Heropenen"
    assert page.demand.fit_head.text() == "Er past geen aanbod bij."


def test_today_tells_what_ends_soon_and_leads_there(window: MainWindow) -> None:
    at(window.workspace, "2027-06-01T09:00:00+00:00")
    ending = {**STONES, "id": "s2", "name": "Loopt af (verzonnen)", "available_until": "2027-06-10"}
    acts.put_plain(window.workspace, {"supplies": [STONES, ending], "demands": [SQUARE]})
    acts.reserve(window.workspace, "s1", "d1", "2027-06-09")
    found = {one.kind: (one.day, one.subject, one.detail) for one in due_today(window.workspace)}
    assert found == {
        "reservation": ("2027-06-09", "Keien, grijs (verzonnen)", "900 m²"),
        "lapses": ("2027-06-10", "Loopt af (verzonnen)", "1.200 m²"),
    }
    window.show_today()
    window.today.refresh()
    window.today._open(1)
    assert window.materials.supply.title.text() == "Loopt af (verzonnen)"
    at(window.workspace, "2027-07-01T09:00:00+00:00")
    assert due_today(window.workspace) == ()


def test_a_contract_announces_what_comes_free_and_names_its_passports(
    window: MainWindow, tmp_path: Path
) -> None:
    at(window.workspace, "2027-01-15T09:00:00+00:00")
    asked = tender("2027-001")
    asked["posts"].append(
        {"id": "r1", "name": "Frezen", "kind": "released", "route": "bill", "values": [["mass_t", 500]]}
    )
    put_tender(window.workspace, asked)
    with window.workspace.unit() as unit:
        (identity,) = [str(row["id"]) for row in unit.lists.tenders()]
    contracts.award_lot(window.workspace, identity, "2027-01-15")
    window.open_contract(identity)
    tab = window.monitor.contracts
    assert tab.evidence.isHidden()
    tab.announce.click()
    assert "Aangekondigd: 1" in " ".join(window.bars.texts())
    assert tab.announce.isHidden()
    with window.workspace.unit() as unit:
        made = Passport("x", "N201", tender=identity, post="p1", mass_t=600.0)
        unit.commit("passport", "x", made, "passport_form", {"name": "N201"})
    tab.refresh()
    assert tab.evidence.text() == "1 paspoort van 1 post, samen 600 ton."
