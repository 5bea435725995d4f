"""Criteria in the window: chosen by keyboard, adapted, weighed, copied, on the advice; and the library of the
organisation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.criteria import CriteriaBlock
from cirkeldesk.operations import criteria as library
from cirkeldesk.operations.paper import export
from cirkeldesk.operations.workspace import open_workspace
from tests.desktop.conftest import choose, click, fill
from tests.desktop.hands import settle

pytestmark = pytest.mark.window


def block_of(window: MainWindow) -> CriteriaBlock:
    assert window.view is not None
    window.go_to_step(0)
    block = window.view.ask.criteria
    if not block.part.isVisible():
        block.fold.click()
    settle()
    return block


def go_to(block: CriteriaBlock, code: str) -> None:
    row = next(i for i, criterion in enumerate(block.table.shown) if criterion.code == code)
    block.table.view.setCurrentIndex(block.table.model.index(row, 0))


def test_a_criterion_is_chosen_adapted_weighed_and_stands_on_the_advice(
    window: MainWindow, tmp_path: Path
) -> None:
    window.open_example()
    settle()
    block = block_of(window)
    assert window.view is not None
    session = window.view.session
    assert block.count.text() == "0 gekozen"
    go_to(block, "asfalt-pr-onder")
    assert block.text.isReadOnly()
    block.table.view.setFocus()
    QTest.keyClick(block.table.view, Qt.Key.Key_Return)
    settle()
    assert [criterion.code for criterion in session.tender.criteria] == ["asfalt-pr-onder"]
    assert block.count.text() == "1 gekozen, 1 nog in te vullen"
    assert block.note.text() == "Vul eerst in wat tussen [ ] staat."
    block.text.setFocus()
    block.text.setPlainText(
        "De mengsels voor tussenlaag en onderlaag bevatten ten minste 50 % asfaltgranulaat."
    )
    block.why.edit.setFocus()  # leaving the text commits it
    settle()
    assert session.tender.criteria[0].text.endswith("ten minste 50 % asfaltgranulaat.")
    assert block.note.text() == "Vul eerst in wat tussen [ ] staat."  # the check still says [1] op de [10]
    block.check.setFocus()
    block.check.setPlainText("Productiestaten van de centrale; steekproef op 1 op de 10 partijen.")
    block.why.edit.setFocus()
    settle()
    assert block.note.text() == ""
    fill(block.why, "Centrales in de regio leveren dit.")
    go_to(block, "asfalt-biobased")
    fill(block.why, "Nog te weinig aanbieders.")
    assert block.table.model.rows[block.table.view.currentIndex().row()][0] == "niet gekozen"
    block.copy_text()
    assert "ten minste 50 % asfaltgranulaat." in QGuiApplication.clipboard().text()
    told = window.view.advice
    window.go_to_step(4)
    settle()
    section = told.sections["mvoi"]
    assert section.text.startswith(
        "De uitvraag bevat 1 criterium voor maatschappelijk verantwoord inkopen, op 1 van 6 thema's:"
    )
    assert "1 criterium is afgewogen en niet overgenomen." in section.text
    export.advise(window.workspace, session.identity, tmp_path / "advies.pdf")
    assert (tmp_path / "advies.pdf").stat().st_size > 10_000


def test_choosing_is_one_step_and_can_be_undone(window: MainWindow) -> None:
    window.open_example()
    settle()
    block = block_of(window)
    go_to(block, "algemeen-isv")
    block.turn()
    block.turn()
    assert window.view is not None
    assert not window.view.session.tender.criteria
    window.undo()
    assert [criterion.code for criterion in window.view.session.tender.criteria] == ["algemeen-isv"]
    window.undo()
    assert not window.view.session.tender.criteria


def test_only_criteria_that_suit_the_group_are_offered_and_themes_narrow_them(window: MainWindow) -> None:
    window.open_example("isolatie")
    settle()
    block = block_of(window)
    assert {criterion.groups for criterion in block.table.all} == {("isolatie",), ()}
    choose(block.table.theme, "circularity")
    assert {criterion.theme for criterion in block.table.shown} == {"circularity"}


def test_the_library_is_the_organisations_own_and_an_update_leaves_it(window: MainWindow) -> None:
    window.show_reference()
    page = window.reference
    settle()
    row = [one.code for one in page.table.shown].index("asfalt-pr-onder")
    page.table.view.selectRow(row)
    fill(page.title, "Granulaat onderin")
    assert page.table.current is not None
    assert page.table.current.title == "Granulaat onderin"
    assert window.top.undo_button.toolTip().startswith("Ongedaan maken: titel van Asfaltgranulaat")
    page.new()
    settle()
    assert page.table.current.code.startswith("eigen-")
    fill(page.title, "Onze eis")
    path = window.workspace.store.path
    window.undo()
    assert page.table.current is not None
    titles = [
        criterion.title for found in library.libraries(window.workspace) for criterion in found.criteria
    ]
    assert "Nieuw criterium" in titles
    assert "Granulaat onderin" in titles
    window.close()
    window.workspace.store.close()
    with open_workspace(path) as workspace:  # opening offers what we ship: what was edited stays
        titles = [criterion.title for found in library.libraries(workspace) for criterion in found.criteria]
    assert "Granulaat onderin" in titles


def test_deleting_from_the_library_can_be_undone_and_a_tender_keeps_its_copy(window: MainWindow) -> None:
    window.open_example()
    settle()
    block = block_of(window)
    go_to(block, "asfalt-paspoort")
    block.turn()
    window.show_reference()
    page = window.reference
    row = [one.code for one in page.table.shown].index("asfalt-paspoort")
    page.table.view.selectRow(row)
    page.delete()
    assert "asfalt-paspoort" not in {criterion.code for criterion in page.table.all}
    assert window.view is not None
    assert window.view.session.tender.criteria[0].code == "asfalt-paspoort"
    page.undo()
    assert "asfalt-paspoort" in {criterion.code for criterion in page.table.all}


def test_terms_are_the_organisations_own(window: MainWindow) -> None:
    window.show_reference()
    page = window.reference.definitions
    window.reference.tabs.setCurrentWidget(page)
    settle()
    assert page.definitions[0].term == "Biobased"
    page.text.setFocus()
    page.text.setPlainText("Van planten of dieren, niet tot olie geworden.")
    page.source.edit.setFocus()
    settle()
    assert page.definitions[0].text == "Van planten of dieren, niet tot olie geworden."
    count = len(page.definitions)
    page.new()
    fill(page.term, "Dichtbij huis")
    assert page.definitions[-1].term == "Dichtbij huis"
    page.delete()
    assert len(page.definitions) == count
    window.undo()
    assert page.definitions[-1].term == "Dichtbij huis"
    page.copy_text()
    assert QGuiApplication.clipboard().text().startswith("Biobased: Van planten of dieren")


def test_a_reason_for_is_no_reason_against(window: MainWindow) -> None:
    """From a try: "Past goed bij dit werk" stood under "Waarom niet" on the sheet."""
    window.open_example()
    settle()
    block = block_of(window)
    go_to(block, "algemeen-isv")
    block.turn()
    fill(block.why, "Past goed bij dit werk.")
    block.turn()
    assert window.view is not None
    assert window.view.session.tender.considered == ()
    assert block.why.label.text() == "Waarom niet, of leeg"


def test_undo_goes_back_over_libraries_and_a_second_press_deletes_nothing_more(window: MainWindow) -> None:
    window.show_reference()
    page = window.reference
    for code, title in (("algemeen-isv", "Een"), ("asfalt-pr-onder", "Twee")):
        page.table.view.selectRow([one.code for one in page.table.shown].index(code))
        fill(page.title, title)
    page.new()
    count = len(page.table.all)
    page.table.view.selectRow(3)
    page.remove.setFocus()
    click(page.remove)
    assert len(page.table.all) == count - 1
    assert page.table.view.hasFocus()
    assert page.table.view.currentIndex().row() == 3
    for _ in range(4):
        window.undo()
    titles = {one.title for one in page.table.all}
    assert not titles & {"Een", "Twee", "Nieuw criterium"}
    for _ in range(2):
        window.redo()
    assert {"Een", "Twee"} <= {one.title for one in page.table.all}


def test_the_library_is_searched_by_words_and_by_group(window: MainWindow) -> None:
    """Found in 0.7.0 (expert B3): only theme, level and kind narrowed the list."""
    window.show_reference()
    table = window.reference.table
    every = len(table.shown)
    table.search.setText("granulaat deklaag")
    assert {one.code for one in table.shown} >= {"asfalt-pr-deklaag"}
    assert len(table.shown) < every
    table.search.setText("dit staat nergens")
    assert table.shown == []
    table.choose("asfalt-biobased")  # what somebody goes to is shown, whatever was searched
    assert table.search.text() == ""
    assert table.current is not None
    assert table.current.code == "asfalt-biobased"
    choose(table.group, "isolatie")
    assert table.shown
    assert all(one.suits("isolatie") for one in table.shown)
    assert len(table.shown) < every


def test_the_chosen_criteria_are_saved_as_a_document(window: MainWindow, tmp_path: Path) -> None:
    window.open_example()
    block = block_of(window)
    assert not block.save.isEnabled()
    go_to(block, "asfalt-pr-onder")
    click(block.take)
    assert block.save.isEnabled()
    block.save_as(tmp_path / "criteria.docx")
    assert (tmp_path / "criteria.docx").stat().st_size > 5000
    (tmp_path / "map.docx").mkdir()
    block.save_as(tmp_path / "map.docx")
    assert block.bars.bar("copied") is not None  # it says that it could not be written
