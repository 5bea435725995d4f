"""A dossier of a colleague in the window: what it changes, one question at a time, and one step back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import export_dossier, export_library
from cirkeldesk.operations.product.products import new_product
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace, open_workspace
from tests.desktop.conftest import click

ID = "voorbeeld"


def field(name: str, text: str) -> edits.Edit:
    return edits.set_field(name, text, name)


@pytest.fixture
def colleague(window: MainWindow, tmp_path: Path) -> Iterator[Workspace]:
    """Somebody who got our example as a dossier and works on in a file of their own."""
    window.open_example()
    export_dossier(window.workspace, ID, tmp_path / "uit.cirkel")
    with open_workspace(tmp_path / "collega.db", author="collega (verzonnen)") as workspace:
        import_files(workspace, [tmp_path / "uit.cirkel"])
        yield workspace


def test_what_the_colleague_changed_is_shown_and_taken(
    window: MainWindow, colleague: Workspace, tmp_path: Path
) -> None:
    tenders.edit_tender(colleague, ID, field("title", "Aangevuld"))
    export_dossier(colleague, ID, tmp_path / "terug.cirkel")
    window.open_file(tmp_path / "terug.cirkel")
    page = window.merging
    assert window.pages.currentWidget() is page
    assert page.parts.text() == "VOORBEELD-001: gewijzigd in het dossier"
    assert "collega (verzonnen)" in page.origin.text()
    assert not page.question.isVisible()
    assert "wordt Aangevuld" in page.changes.text()
    click(page.merge)
    assert window.view is not None
    assert window.view.session.tender.title == "Aangevuld"
    bar = window.view.bars.bar("merged")
    assert bar is not None
    assert bar.label.text() == "Samengevoegd: 1 verschil overgenomen uit het dossier."
    QApplication.processEvents()
    click(bar.buttons[0])
    assert window.view.session.tender.title != "Aangevuld"


def test_questions_come_one_by_one(window: MainWindow, colleague: Workspace, tmp_path: Path) -> None:
    for workspace, word in ((window.workspace, "hier"), (colleague, "daar")):
        tenders.edit_tender(workspace, ID, field("title", f"Titel {word}"))
        variant = tenders.get_tender(workspace, ID).variants[1].id
        tender = tenders.get_tender(workspace, ID)
        tenders.edit_tender(workspace, ID, edits.set_variant(tender, variant, "name", f"Naam {word}", "naam"))
    export_dossier(colleague, ID, tmp_path / "terug.cirkel")
    window.open_file(tmp_path / "terug.cirkel")
    page = window.merging
    assert page.number.text().startswith("Vraag 1 van 2")
    assert not page.merge.isEnabled()
    assert {page.here.text(), page.there.text()} <= {
        "Hier: Titel hier", "In het dossier: Titel daar", "Hier: Naam hier", "In het dossier: Naam daar"
    }  # fmt: skip
    click(page.keep)
    assert page.number.text().startswith("Vraag 2 van 2")
    click(page.take)
    assert not page.question.isVisible()
    click(page.again)
    assert page.number.text().startswith("Vraag 1 van 2")
    click(page.take)
    click(page.keep)
    click(page.merge)
    tender = tenders.get_tender(window.workspace, ID)
    assert {tender.title, tender.variants[1].name} in (
        {"Titel daar", "Naam hier"},
        {"Titel hier", "Naam daar"},
    )


def test_nothing_is_done_when_somebody_leaves(
    window: MainWindow, colleague: Workspace, tmp_path: Path
) -> None:
    tenders.edit_tender(colleague, ID, field("title", "Aangevuld"))
    export_dossier(colleague, ID, tmp_path / "terug.cirkel")
    before = tenders.get_tender(window.workspace, ID)
    window.open_file(tmp_path / "terug.cirkel")
    click(window.merging.leave)
    assert tenders.get_tender(window.workspace, ID) == before
    assert window.pages.currentWidget() is window.view


def test_an_older_dossier_says_that_here_is_newer(
    window: MainWindow, colleague: Workspace, tmp_path: Path
) -> None:
    tenders.edit_tender(window.workspace, ID, field("title", "Verder"))
    window.open_file(tmp_path / "uit.cirkel")
    assert window.merging.parts.text() == "VOORBEELD-001: hier verder gewijzigd"
    assert not window.merging.merge.isEnabled()


def test_a_library_of_a_colleague(window: MainWindow, colleague: Workspace, tmp_path: Path) -> None:
    window.show_keeping()
    window.keeping.save_library(tmp_path / "van ons.cirkel")
    assert window.bars.texts()[0].startswith("Opgeslagen: van ons.cirkel, met ")
    import_files(colleague, [tmp_path / "van ons.cirkel"])
    new_product(colleague, "Mengsel (verzonnen)")
    export_library(colleague, tmp_path / "van daar.cirkel")
    assert not window.open_dossier(tmp_path / "van daar.cirkel")  # only new: it is simply read
    assert import_files(window.workspace, [tmp_path / "van daar.cirkel"])[0].status == "imported"
