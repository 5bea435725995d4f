"""The monitor in the window: the answer first, every figure two clicks from its lots, contracts that are
delivered and judged, a baseline from a messy file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.monitor import page as page_module
from cirkeldesk.desktop.monitor.page import BASELINE, CONTRACTS, TARGETS
from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.monitor.monitor import TARGETS as TARGETS_AIMED
from cirkeldesk.operations.contract import contracts
from cirkeldesk.operations.monitor.baselines import baselines
from cirkeldesk.operations.monitor.example import add_years
from cirkeldesk.operations.monitor.monitoring import freeze, get_monitor
from cirkeldesk.operations.monitor.targets import open_figures, set_targets
from cirkeldesk.operations.tender.tenders import put_tender
from cirkeldesk.wording import numbers
from cirkeldesk.wording.monitor import annex
from tests.acceptance.locking import at
from tests.acceptance.papers import everything_in
from tests.acceptance.test_chain_commands import tender
from tests.conftest import HANG

pytestmark = pytest.mark.window
LOT = "voorbeeld-vb-m-05"


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    """The example of three years, on a day in 2027."""
    at(window.workspace, "2027-06-01T09:00:00+00:00")
    window.show_monitor()
    window.monitor.progress.example.click()
    return window


def test_before_there_is_data_the_page_says_so_and_offers_an_example(window: MainWindow) -> None:
    window.show_monitor()
    page = window.monitor.progress
    assert page.answer.text() == "Er zijn nog geen gegunde opdrachten."
    assert not page.example.isHidden()
    assert page.view.isHidden()
    assert not page.annex.isEnabled()
    page.example.click()
    assert page.example.isHidden()
    assert not page.mark.isHidden()
    assert page.answer.text().startswith("Tussen 8 en 25 % minder primaire grondstof")


def test_the_answer_says_the_band_the_target_and_the_verdict(shown: MainWindow) -> None:
    page = shown.monitor.progress
    assert (
        page.under.text()
        == "6.435 tot 6.983 ton in 2026, gegund. Het doel is ten hoogste 6.333 tot 7.167 ton (−17 %)."
    )
    assert page.verdict.text() == "niet te zeggen: de band en het doel overlappen"
    assert page.verdict.property("chip") == "warn"
    assert [row[0] for row in page.model.rows] == [
        "VB-M-05 N902 km 7 tot 12 (verzonnen)",
        "VB-M-06 Parkeerterrein station (verzonnen)",
        "VB-M-07 Fietspad N903 (verzonnen)",
    ]
    assert "Nulmeting “VOORBEELD 2024”" in page.rests.text()
    page.chart.toggle.click()
    assert page.chart.model.header == ("Jaar", "Zeker, ton", "Hoogstens, ton", "Bekend", "Doel, ton")
    assert page.chart.model.rows[0] == ("2024", "7.600", "8.600", "nulmeting", "")


def test_a_figure_is_two_keys_from_its_evidence(shown: MainWindow) -> None:
    page = shown.monitor
    page.progress.view.setFocus()
    page.progress.view.setCurrentIndex(page.progress.model.index(0, 0))
    QTest.keyClick(page.progress.view, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == CONTRACTS
    assert page.contracts.shown == LOT
    assert (
        page.contracts.answer.text() == "Beloofd is 81.140 € MKI, bewezen 85.147 € MKI: 4.007 € MKI te hoog."
    )
    assert [row[4] for row in page.contracts.deliveries.rows] == ["geaccepteerd door voorbeeld"] * 2


def test_all_that_the_annex_tells_stands_in_the_window(shown: MainWindow) -> None:
    page = shown.monitor.progress
    assert page.more.isHidden()
    page.more_fold.click()
    assert not page.more.isHidden()
    assert page.count is not None
    told = {name: table.rows for name, table in annex.tables(page.count) if not name.startswith("Waar")}
    assert {name: made.texts.rows for name, made in page.more.tables.items()} == told
    assert "MKI van wat is geleverd" in told
    assert "Gerealiseerd per jaar" in told


def test_reference_promise_and_proof_are_bars_in_the_contract_and_on_its_sheet(
    shown: MainWindow, tmp_path: Path
) -> None:
    shown.monitor.open_contract(LOT)
    tab = shown.monitor.contracts
    assert [tab.chart.model.rows[at][0] for at in range(3)] == ["Nulvariant", "Beloofd", "Bewezen, bij bod"]
    tab.save_sheet(tmp_path / "blad.pdf")
    assert "Bewezen, bij bod" in everything_in(tmp_path / "blad.pdf")


def test_another_organisation_is_another_count(shown: MainWindow) -> None:
    page = shown.monitor
    assert page.progress.organisation.values == [
        "",
        "Gemeente Verzonnen",
        "Provincie Verzonnen",
    ]
    page.progress.organisation.show_value("Gemeente Verzonnen")
    page.progress.organisation.chosen.emit("Gemeente Verzonnen")
    assert len(page.progress.model.rows) == 1


@pytest.fixture
def begun(window: MainWindow) -> MainWindow:
    at(window.workspace, "2027-01-15T09:00:00+00:00")
    put_tender(window.workspace, tender("2027-001"))
    window.show_monitor()
    window.monitor.tabs.setCurrentIndex(CONTRACTS)
    return window


def test_a_lot_is_awarded_delivered_and_judged(begun: MainWindow, tmp_path: Path) -> None:
    tab = begun.monitor.contracts
    assert tab.said.text().startswith("Er is nog geen opdracht gegund.")
    tab.menu.aboutToShow.emit()
    (action,) = tab.menu.actions()
    assert action.text() == "2027-001 Weg (verzonnen)"
    action.trigger()
    assert tab.answer.text() == "Beloofd is 12.000 € MKI. Er is nog niets geleverd en geaccepteerd."
    assert not tab.accept.isEnabled()
    path = tmp_path / "leveringen.csv"
    path.write_text("Datum;Post;Hoeveelheid;MKI\n1-5-2027;Onderlaag;veel;8\n", encoding="utf-8")
    tab.read_file(path)
    assert "Cel C2" in " ".join(begun.bars.texts())
    path.write_text(
        "Datum;Post;Hoeveelheid;MKI\n1-5-2027;Onderlaag;600;8\n2-5-2027;Onderlaag;500;9\n", encoding="utf-8"
    )
    tab.read_file(path)
    assert [row[4] for row in tab.deliveries.rows] == ["wacht op oordeel", "wacht op oordeel"]
    assert tab.delivered.currentIndex().row() == 0  # the first that waits
    tab.refuse.click()
    assert "Zeg waarom" in tab.why.note.text()
    tab.accept.click()
    assert tab.delivered.currentIndex().row() == 0  # nothing moves under the hand: a second click is no slip
    tab.accept.click()
    assert [row[4] for row in tab.deliveries.rows][1] == "wacht op oordeel"
    tab.delivered.setCurrentIndex(tab.deliveries.index(1, 0))
    tab.accept.click()
    assert tab.proof.texts.rows[0][3] == "8.454,55"
    assert tab.proof.texts.rows[-1] == ("Samen", "", "12.000,00", "12.454,55", "9.300,00")


def test_a_delivery_typed_by_hand(begun: MainWindow) -> None:
    tab = begun.monitor.contracts
    tab.award(_only(begun))
    form = tab.form
    form.add.click()
    assert "Schrijf een datum" in form.fields["date"].note.text()
    for name, text in (("date", "1-5-2027"), ("quantity", "1.000,5"), ("mki", "8,25"), ("evidence", "bon")):
        form.fields[name].edit.setText(text)
    form.add.click()
    told = contracts.contract_of(begun.workspace, _only(begun))
    (delivery,) = told.contract.deliveries
    assert (delivery.quantity, delivery.mki, delivery.accepted) == (1000.5, 8.25, None)
    assert form.fields["quantity"].edit.text() == ""


def test_a_correction_and_a_return_cite_the_delivery_that_is_chosen(begun: MainWindow) -> None:
    tab = begun.monitor.contracts
    tab.award(_only(begun))
    form = tab.form
    for kind, quantity in (("", "600"), ("replaces", "500"), ("of", "100"), ("faulty", "50")):
        form.kind.show_value(kind)
        form.fields["date"].edit.setText("1-5-2027")
        form.fields["quantity"].edit.setText(quantity)
        tab.delivered.setCurrentIndex(tab.deliveries.index(0, 0))
        QTest.keyClick(form.fields["quantity"].edit, Qt.Key.Key_Return)  # Enter is the button of a form
    found = contracts.contract_of(begun.workspace, _only(begun)).contract.deliveries
    assert [(one.quantity, one.replaces, one.of, one.faulty) for one in found] == [
        (600.0, None, None, False),
        (500.0, "d1", None, False),
        (-100.0, None, "d1", False),
        (50.0, None, None, True),
    ]
    assert [row[4] for row in tab.deliveries.rows] == [
        "verbeterd",
        "verbetering, wacht op oordeel",
        "retour, wacht op oordeel",
        "gebrekkig, wacht op oordeel",
    ]
    assert form.kind.value == ""


def _happened(window: MainWindow, key: str, **typed: str) -> None:
    form = window.monitor.contracts.events
    form.what.show_value(key)
    form.what.chosen.emit(key)
    for name, text in typed.items():
        field = form.form.fields[name]
        assert isinstance(field, TextField)
        field.edit.setText(text)
    form.add.click()


def test_what_happens_to_a_contract_is_recorded_in_the_window(begun: MainWindow) -> None:
    tab = begun.monitor.contracts
    tab.award(_only(begun))

    def kept() -> Contract:
        return contracts.contract_of(begun.workspace, _only(begun)).contract

    _happened(begun, "exercised", on="1-6-2027")
    assert "geen optie" in tab.events.form.said.text()
    _happened(begun, "changes", on="1-6-2027", ground="niet leverbaar", equal="")
    assert "Vul dit in" in tab.events.form.fields["equal"].note.text()  # type: ignore[union-attr]
    _happened(begun, "changes", on="1-6-2027", ground="niet leverbaar", equal="proefvak", mki="8,5")
    (change,) = kept().changes
    assert (change.post, change.on, change.mki, bool(change.by)) == ("p1", "2027-06-01", 8.5, True)
    _happened(begun, "shares", shares="Gemeente A 60; Gemeente B 40 %")
    assert [(one.organisation, one.share) for one in kept().shares] == [
        ("Gemeente A", pytest.approx(0.6)),
        ("Gemeente B", pytest.approx(0.4)),
    ]
    _happened(begun, "framework", participants="Gemeente A; Gemeente B", most="100.000")
    _happened(
        begun, "call_offs", id="a1", organisation="Gemeente C", on="1-7-2027", quantity="100", value="80000"
    )
    (call,) = kept().call_offs
    assert (call.quantities[0].quantity, call.value) == (100.0, Decimal(80000))
    assert "Gemeente C roept af" in tab.todo.text()
    assert "bijna vol" in tab.todo.text()
    assert not tab.form.fields["call_off"].isHidden()
    _happened(begun, "ended", on="1-9-2027", reason="in overleg (verzonnen)")
    assert kept().ended is not None
    _happened(begun, "replaced_by", replaced_by="2027-404")
    assert "2027-404" in " ".join(begun.bars.texts())
    assert kept().replaced_by is None


def test_terms_give_an_amount_and_undo_takes_it_back(begun: MainWindow) -> None:
    tab = begun.monitor.contracts
    tab.award(_only(begun))
    tab._add({"date": "2027-05-01", "post": "p1", "quantity": 1000.0, "mki": 9.0, "evidence": "w"})
    tab.accept.click()
    assert tab.consequence.text().startswith("Noem het document")
    for name, text in (("document", "Leidraad"), ("page", "14"), ("factor", "1,5")):
        tab.terms[name].edit.setText(text)
        tab.terms[name].committed.emit(text)
    assert "1,5 × € 2.000,00 = € 3.000,00" in tab.consequence.text().replace("\xa0", " ")
    tab.terms["factor"].committed.emit("veel")
    assert "is geen getal" in tab.terms["factor"].note.text()
    assert begun.monitor.next_undo() is not None
    begun.undo()
    assert tab.consequence.text().startswith("Noem het document")


def test_letters_come_in_their_order(begun: MainWindow, tmp_path: Path) -> None:
    tab = begun.monitor.contracts
    tab.award(_only(begun))
    tab._add({"date": "2027-05-01", "post": "p1", "quantity": 1000.0, "mki": 9.0, "evidence": "w"})
    tab.accept.click()
    tab.letters.aboutToShow.emit()
    assert [one.isEnabled() for one in tab.letters.actions()] == [True, False, False, False]  # half delivered
    tab._add({"date": "2027-05-02", "post": "p2", "quantity": 1000.0, "mki": 4.0, "evidence": "w"})
    tab.accept.click()
    tab.letters.aboutToShow.emit()
    assert [one.isEnabled() for one in tab.letters.actions()] == [True, True, True, False]
    tab.save_letter("view", tmp_path / "zienswijze.docx")
    assert (tmp_path / "zienswijze.docx").exists()
    tab.letters.aboutToShow.emit()
    assert tab.letters.actions()[3].isEnabled()
    assert "gemaakt op 15-1-2027" in tab.letters.actions()[2].text()
    tab.save_sheet(tmp_path / "blad.pdf")
    assert (tmp_path / "blad.pdf").read_bytes().startswith(b"%PDF")


def test_the_contract_of_the_open_tender_is_one_act_away(begun: MainWindow) -> None:
    begun.open_tender(_only(begun))
    begun.show_contract()
    assert begun.rail.buttons["monitor"].isChecked()
    assert begun.monitor.tabs.currentIndex() == CONTRACTS


def _only(window: MainWindow) -> str:
    with window.workspace.unit() as unit:
        (row,) = unit.lists.tenders()
        return str(row["id"])


# --- baselines
# -----------------------------------------------------------------------------------------------------


def messy(rows: int) -> str:
    """A commitments file as an administration exports it: every seventh row has something wrong."""
    lines = ["Export verplichtingen (verzonnen)", "Boekjaar;Crediteur;Inkoopcategorie;Bedrag excl. btw"]
    wrong = (";X;Wegen;100,00", "2024;X;;100,00", "2024;X;Wegen;onbekend", "twintig;X;Wegen;1,00")
    for n in range(rows):
        good = (
            f"{2022 + n % 3};Firma {n % 40};{('Wegen', 'Groen', 'Advies')[n % 5 % 3]};€ 1.{n % 9:03}.000,50"
        )
        lines.append(wrong[n // 7 % 4] if n % 7 == 6 else good)
    return "\n".join([*lines, "Totaal;;;123456,00", ""])


def test_ten_thousand_messy_rows_become_a_baseline(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "verplichtingen.csv"
    path.write_text(messy(10_000), encoding="utf-8")
    window.show_monitor()
    window.monitor.tabs.setCurrentIndex(BASELINE)
    tab = window.monitor.baseline
    tab.read_spend(path)
    doubtful = sum(n % 7 == 6 for n in range(10_000))
    assert tab.spend is not None
    assert len(tab.spend.read.doubtful) == doubtful
    assert f"{doubtful} niet meegeteld" in tab.told.text()
    assert tab.doubts.texts.rows[0] == ("9", "geen jaar", "X · Wegen · 100,00")
    assert "de eerste 200" in tab.doubts_head.text()
    assert not tab.keep.isEnabled()
    low, high, source = tab.rows["Wegen"]
    low.edit.setText("0,9")
    high.edit.setText("0,3")
    low.edit.textEdited.emit("0,9")
    assert "laagst eerst" in high.note.text()
    high.edit.setText("1,0")
    high.edit.textEdited.emit("1,0")
    assert "smaller dan 30 %" in tab.band.text()
    tab.keep.click()
    assert baselines(window.workspace) == ()  # a narrow band without a source is refused
    source.edit.setText("weegbonnen 2024")
    tab.keep.click()
    (made,) = baselines(window.workspace)
    assert made.years == (2022, 2023, 2024)
    assert made.factors[0].reason == "weegbonnen 2024"
    assert tab.part.isHidden()
    # by a second route: plain sums of the lines as they were written
    euros = sum(1000.0 * (1000 + n % 9) + 0.5 for n in range(10_000) if n % 7 != 6 and n % 5 % 3 == 0)
    assert made.primary_abiotic_t.low == pytest.approx(euros * 0.9 / 1000 / 3)
    assert made.primary_abiotic_t.high == pytest.approx(euros * 1.0 / 1000 / 3)


def test_a_baseline_file_and_its_faults(window: MainWindow, tmp_path: Path) -> None:
    window.show_monitor()
    tab = window.monitor.baseline
    window.monitor.tabs.setCurrentIndex(BASELINE)
    path = tmp_path / "nulmeting.json"
    path.write_text('{"edition": "a"', encoding="utf-8")
    tab.read_file(path)
    assert baselines(window.workspace) == ()
    path.write_text(
        '{"edition": "a", "year": 2026, "method": "estimate", "scope": "wegen", '
        '"primary_abiotic_t": {"low": 9000, "high": 11000}}',
        encoding="utf-8",
    )
    tab.read_file(path)
    assert [row[0] for row in tab.editions.texts.rows] == ["a"]
    tab.read_spend(tmp_path / "bestaat niet.csv")
    assert tab.part.isHidden()


def test_many_contracts_are_worked_out_beside_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """As after an update of the program: nothing waits for it, and it can be stopped."""
    at(window.workspace, "2027-06-01T09:00:00+00:00")
    add_years(window.workspace)
    monkeypatch.setattr(page_module, "MANY", 2)
    window.show_monitor()
    assert window.monitor.job is not None
    assert not window.monitor.tabs.isEnabled()
    qtbot.waitUntil(lambda: window.monitor.job is None, timeout=HANG)
    assert window.monitor.tabs.isEnabled()
    assert len(window.monitor.progress.model.rows) == 3


def test_targets_and_spend_are_typed_and_taken_back(window: MainWindow) -> None:
    window.show_monitor()
    page = window.monitor
    page.tabs.setCurrentIndex(TARGETS)
    tab = page.targets
    assert tab.targets.toPlainText() == "2027 25\n2030 50\n2035 75"
    tab.targets.setPlainText("2030: 55,5 %\n2027 25")
    tab.targets.take_typing()
    assert get_monitor(window.workspace).targets == ((2027, 25.0), (2030, 55.5))
    assert tab.targets.toPlainText() == "2027 25\n2030 55,5"
    tab.targets.setPlainText("2027 25\n2027 30")
    tab.targets.take_typing()
    assert "elk jaar één keer" in " ".join(window.bars.texts())
    assert tab.targets.is_wrong
    assert tab.targets.toPlainText() == "2027 25\n2027 30"  # it stays, marked
    assert get_monitor(window.workspace).targets == ((2027, 25.0), (2030, 55.5))
    tab.targets.setPlainText("volgend jaar")
    tab.targets.take_typing()
    assert "Regel 1 is niet te lezen" in " ".join(window.bars.texts())
    tab.targets.take_back()
    tab.spend.setPlainText("2027 | Wegen | € 13.000.000\n2027|Bruggen|2,5")
    tab.spend.take_typing()
    assert [(one.category, one.amount) for one in get_monitor(window.workspace).spend] == [
        ("Wegen", Decimal(13_000_000)),
        ("Bruggen", Decimal("2.5")),
    ]
    page.undo()
    assert get_monitor(window.workspace).spend == ()
    page.undo()
    assert get_monitor(window.workspace).targets == TARGETS_AIMED


def test_frozen_figures_are_opened_as_they_were(shown: MainWindow, tmp_path: Path) -> None:
    window, page = shown, shown.monitor
    day = page.progress.day.values[1]
    made = freeze(window.workspace, str(day))
    page.tabs.setCurrentIndex(TARGETS)
    tab = page.targets
    assert tab.model.rows[0][0] == numbers.date(str(day))
    assert tab.model.rows[0][5] == "ja"
    before = tab.tables["Gegund per jaar"].texts.rows
    assert before
    set_targets(window.workspace, [(2027, 99.0)])
    page.refresh()
    assert tab.tables["Gegund per jaar"].texts.rows == before  # nothing is counted anew
    tab.save_figures(tmp_path / "cijfers.json")
    assert hashlib.sha256((tmp_path / "cijfers.json").read_bytes()).hexdigest() == made.hash
    page.undo()  # the targets; what was frozen stays
    page.undo()
    assert [one.hash for one in get_monitor(window.workspace).frozen] == [made.hash]
    changed = replace(made, figures=made.figures.replace('"lots": ', '"lots": 1'))
    assert not open_figures(changed).is_whole
