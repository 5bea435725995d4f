"""Materials in the window: announced, matched, reserved, exchanged; passports by their form."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.typed_form import TypedForm
from cirkeldesk.desktop.material.material_form import MaterialForm
from cirkeldesk.desktop.material.page import DEMAND, PASSPORTS, REGION
from cirkeldesk.exchange.passport_form.form import SHEET
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.operations.calendar.calendar import get_calendar
from cirkeldesk.operations.calendar.today import due_today
from cirkeldesk.operations.contract import contracts
from cirkeldesk.operations.material import materials as acts
from cirkeldesk.operations.material.changing import photos_of
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


def type_in(form: TypedForm | MaterialForm, **said: str) -> None:
    for name, text in said.items():
        field = form.fields[name]
        if isinstance(field, Choice):
            field.show_value(text)
        else:
            field.edit.setText(text)


def texts_of(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(QLabel)]


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    acts.put_plain(window.workspace, {"supplies": [STONES], "demands": [SQUARE], "rates": RATES})
    window.show_materials()
    return window


def test_before_there_is_anything_the_page_says_what_to_do(window: MainWindow) -> None:
    window.show_materials()
    page = window.materials
    assert page.supply.right.currentWidget() is page.supply.nothing
    assert "Er is nog geen aanbod" in page.supply.empty.text()
    assert page.supply.cards == []
    page.tabs.setCurrentIndex(PASSPORTS)
    assert "Maak het formulier" in page.passports.said.text()


def test_supply_is_announced_and_nothing_is_chosen_for_somebody(window: MainWindow) -> None:
    window.show_materials()
    tab = window.materials.supply
    tab.new.click()
    type_in(tab.form, name="Tegels grijs (verzonnen)", amount="1.200,5")
    tab.form.add.click()
    assert "Kies een soort" in tab.form.form.said.text()
    assert acts.supply_lines(window.workspace) == []
    type_in(tab.form, kind="betontegel", unit="m2", thickness="45", available_from="1-5-2027")
    field = tab.form.fields["name"]
    assert isinstance(field, TextField)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)  # Enter is the button of a form
    (line,) = acts.supply_lines(window.workspace)
    kept = acts.get_supply(window.workspace, line.id)
    assert (kept.amount, kept.format.thickness, kept.condition) == (1200.5, 45, None)
    tab.begin_change()
    type_in(tab.form, amount="1300")
    condition = tab.form.fields["condition"]
    QTest.keyClick(condition.box, Qt.Key.Key_Return)  # and so it is on a closed list
    assert acts.get_supply(window.workspace, line.id).amount == 1300
    assert tab.title.text() == "Tegels grijs (verzonnen)"
    assert "klasse niet bekend" in texts_of(tab.marks)


def test_what_fits_is_reserved_delivered_and_counted(shown: MainWindow) -> None:
    tab = shown.materials.supply
    assert tab.fit_head.text() == "1 passende vraag"
    (card,) = tab.cards
    assert card.title.text() == "Dorpsplein (verzonnen)"
    assert card.told.text().startswith("Er kan 900 m² over.")
    assert "€ MKI bespaard" in texts_of(card.figures)
    card.reserve.click()
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
    assert page.demand.cards[0].title.text().startswith("Keien, grijs")
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
    assert "niet ingevuld" in tab.cards[0].told.text()
    assert tab.cards[0].how.isHidden()
    tab.begin_rates()
    type_in(tab.rates.form, per_tkm="0,008", edition="e", source="eigen meting", days="14,5")
    tab.rates.keep.click()
    assert acts.get_rates(window.workspace).per_tkm is None
    type_in(tab.rates.form, days="14")
    tab.rates.keep.click()
    assert (acts.get_rates(window.workspace).per_tkm, acts.get_rates(window.workspace).days) == (0.008, 14)
    assert "€ MKI bespaard" in texts_of(tab.cards[0].figures)
    tab.begin_rates()
    assert tab.rates.form.read() is not None  # what is kept stands in it


def test_what_is_taken_back_is_offered_no_more(shown: MainWindow) -> None:
    page = shown.materials
    for tab in (page.supply, page.demand):
        tab.order.setCurrentIndex(2)  # also what is gone
    page.supply.end.click()
    assert page.supply.fit_head.text() == "Er past geen vraag bij."
    assert page.supply.end.text() == "Weer aanbieden"
    page.supply.end.click()
    assert page.supply.fit_head.text() == "1 passende vraag"
    page.tabs.setCurrentIndex(DEMAND)
    assert page.demand.end.text() == "Sluiten: niets meer nodig"
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
    assert tab.evidence.text() == "1 paspoort. Er is nog niets geleverd en geaccepteerd."


def test_a_mistake_is_mended_and_taken_back(shown: MainWindow) -> None:
    tab = shown.materials.supply
    tab.begin_change()
    assert tab.form.fields["name"].edit.text() == STONES["name"]
    assert tab.form.fields["smallest"].edit.text() == "200"
    type_in(tab.form, amount="1150", breakage="4", thickness="", price="0", contact="depot")
    tab.form.add.click()
    kept = acts.get_supply(shown.workspace, "s1")
    assert (kept.amount, kept.breakage, kept.price, kept.contact) == (1150, 0.04, 0, "depot")
    assert kept.format.thickness is None
    assert (kept.format.length, kept.smallest, kept.place.name) == (
        211,
        200,
        "=Zandveld",
    )  # what was not typed
    assert tab.right.currentWidget() is tab.detail
    shown.undo()
    assert acts.get_supply(shown.workspace, "s1").amount == 1200
    assert tab.about.text().startswith("1.200 m² vrij")
    tab.begin_change()
    type_in(tab.form, amount="veel")
    tab.form.add.click()
    assert tab.right.currentWidget() is tab.form  # nothing is left that was typed
    tab.form.back.click()
    assert tab.right.currentWidget() is tab.detail


def test_undo_stops_where_somebody_else_was_told(shown: MainWindow) -> None:
    page = shown.materials
    acts.split(shown.workspace, "s1", 300)
    page.refresh()
    assert page.next_undo() is None
    page.supply.shown = "s1"
    page.refresh()
    page.supply.cards[0].reserve.click()
    assert page.next_undo() == "Keien, grijs (verzonnen) gereserveerd"
    shown.undo()
    assert acts.get_supply(shown.workspace, "s1").reservations == ()
    shown.undo()
    assert acts.get_supply(shown.workspace, "s1").balance == 900


def test_the_list_says_how_many_fit_and_what_is_gone(shown: MainWindow, qtbot: QtBot) -> None:
    tab = shown.materials.supply
    other = {"id": "s2", "name": "Andere (verzonnen)", "kind": "betontegel"}
    gone = {"id": "s3", "name": "Weg (verzonnen)", "withdrawn": True}
    acts.put_plain(shown.workspace, [{**STONES, **other}, {**STONES, **gone}])
    tab.model.fitting = None
    tab.refresh()
    qtbot.waitUntil(lambda: tab.model.fitting is not None)
    same = ["1.200 m² vrij · Nieuwegein, =Zandveld", "1-5-2027 tot 30-9-2099"]
    assert [tab.model.text(row, 0).splitlines() for row in range(2)] == [
        ["Andere (verzonnen)", *same, "geen vraag"],
        ["Keien, grijs (verzonnen)", *same, "1 voorstel"],
    ]
    tab.order.setCurrentIndex(2)
    tab.refresh()
    assert tab.model.text(2, 0).splitlines()[-1] == "vervallen"
    shown.materials.open_supply("s3")
    assert tab.title.text() == "Weg (verzonnen)"


def test_what_is_of_another_organisation_is_looked_at_only(window: MainWindow) -> None:
    save_file_settings(window.workspace, FileSettings(organisation="Gemeente Zelf (verzonnen)"))
    theirs = {"organisation": "Gemeente Ander (verzonnen)"}
    other_demand = {**SQUARE, "id": "d2", "name": "Hun plein (verzonnen)", **theirs}
    acts.put_plain(window.workspace, {"supplies": [{**STONES, **theirs}], "demands": [SQUARE, other_demand]})
    window.show_materials()
    tab = window.materials.supply
    assert tab.mend.isHidden()
    assert tab.end.isHidden()
    assert tab.depot_part.isHidden()
    cards = {card.title.text(): card for card in tab.cards}
    assert cards["Dorpsplein (verzonnen)"].reserve.text() == "Aanvragen"
    assert cards["Hun plein (verzonnen)"].reserve.isHidden()
    assert "Zij vragen het aan" in cards["Hun plein (verzonnen)"].refused.text()


def test_photos_are_kept_without_where_they_were_taken(shown: MainWindow, tmp_path: Path) -> None:
    tab, path = shown.materials.supply, tmp_path / "pallet.jpg"
    picture = Image.new("RGB", (3000, 2000), "grey")
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    picture.save(path, exif=exif)
    tab.add_photo(path)
    ((name, digest, content),) = photos_of(shown.workspace, "s1")
    assert name == "pallet.jpg"
    with Image.open(io.BytesIO(content)) as kept:
        assert kept.size == (1600, 1067)
        assert not kept.getexif()
    assert [photo.accessibleName() for photo in tab.photos.photos] == ["Foto pallet.jpg"]
    tab.save_offer(tmp_path / "blad.pdf")
    with pikepdf.open(tmp_path / "blad.pdf") as made:
        assert sum(len(page.get_images()) for page in made.pages) == 1
    (tmp_path / "geen.jpg").write_bytes(b"nee")
    tab.add_photo(tmp_path / "geen.jpg")
    assert "niet als foto lezen" in " ".join(shown.bars.texts())
    tab._remove_photo(digest)
    assert photos_of(shown.workspace, "s1") == []


def test_a_post_looks_for_supply_and_keeps_what_was_typed(window: MainWindow) -> None:
    put_tender(
        window.workspace,
        {
            **tender("2027-001"),
            "product_group": "straatstenen",
            "posts": [
                {
                    "id": "p1",
                    "name": "Keien hergebruikt",
                    "route": "area_thickness",
                    "values": [["area_m2", 500]],
                },
                {"id": "p2", "name": "Iets anders", "route": "area_thickness", "values": [["area_m2", 5]]},
            ],
            "variants": [],
        },
    )
    acts.put_plain(window.workspace, {"supplies": [STONES]})
    with window.workspace.unit() as unit:
        (identity,) = [str(row["id"]) for row in unit.lists.tenders()]
    window.want_material(identity, "p1")
    page = window.materials
    assert page.tabs.currentIndex() == DEMAND
    assert page.demand.title.text() == "Keien hergebruikt, 2027-001"
    assert page.demand.about.text().startswith("500 m²")
    assert [card.title.text() for card in page.demand.cards] == ["Keien, grijs (verzonnen)"]
    page.demand.begin_change()
    type_in(page.demand.form, furthest_km="20")
    page.demand.form.add.click()
    window.want_material(identity, "p1")  # again: brought up to date, and what was typed stays
    (line,) = acts.demand_lines(window.workspace)
    assert line.furthest_km == 20
    window.want_material(identity, "p2")
    assert "welk soort materiaal" in " ".join(window.bars.texts())


def test_a_row_of_the_calendar_announces(window: MainWindow) -> None:
    row = CalendarRow("r1", "Herinrichting klinkers Dorpsweg (verzonnen)", "K-7", quarter="2027-Q3")
    calendar = replace(get_calendar(window.workspace), rows=(row,))
    with window.workspace.unit() as unit:
        unit.commit("calendar", calendar.id, calendar, "calendar_add", {"name": row.title})
    window.open_calendar_row("r1")
    window.calendar.panel.release.click()
    form = window.materials.supply.form
    assert window.materials.supply.right.currentWidget() is form
    assert form.fields["name"].edit.text() == row.title
    assert form.fields["kind"].value == "gebakken_klinker"
    assert form.fields["available_from"].edit.text() == "1-7-2027"
    type_in(form, amount="400", unit="m2")
    form.add.click()
    (line,) = acts.supply_lines(window.workspace)
    assert acts.get_supply(window.workspace, line.id).origin == f"K-7 {row.title}"
