"""A declaration in PDF in the window: read, laid beside its page, confirmed; and on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from cirkeldesk.cli import main
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.product.paper_check import PaperCheck
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import answer, get_product, paper_of
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.check import faults
from tests.conftest import HANG
from tests.desktop.conftest import wait_idle
from tests.exchange.pdf import declarations as d


def button(parent: QWidget, text: str) -> QAbstractButton:
    return next(b for b in parent.findChildren(QAbstractButton) if b.text() == text and b.isVisible())


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "asfalt (verzonnen).pdf"
    file.write_bytes(d.asphalt_pdf(d.with_a_wrong_digit(d.asphalt(12), 2)))
    return file


@pytest.mark.window
def test_values_from_a_pdf_count_when_somebody_saw_them(
    window: MainWindow, paper: Path, qtbot: object
) -> None:
    window.show_products()
    window.products.import_paths([paper])
    wait_idle(window)
    page = window.products
    assert page.product is not None
    assert [q.key for q in page.product.open] == ["confirm"]
    QTest.mouseClick(button(page.editor, "Vergelijk met de PDF"), Qt.MouseButton.LeftButton)
    check = page.paper
    assert isinstance(check, PaperCheck)
    assert page.currentWidget() is check
    qtbot.waitUntil(lambda: bool(check.pages), timeout=HANG)  # type: ignore[attr-defined]
    # The first that is chosen is one that a sum contradicts, and it is marked on the page.
    value = check.model.values[(check.table.currentIndex().row(), check.table.currentIndex().column())]
    assert value.printed is not None
    assert value.printed.proof == "differs"
    marked = check.page.marked()
    assert 0 < marked.left() < marked.right() < check.page.width()
    assert 0 < marked.top() < marked.bottom() < check.page.height()
    assert "klopt hiermee niet" in check.one.text()
    assert page.product.confirmed is False
    QTest.mouseClick(check.confirm, Qt.MouseButton.LeftButton)
    assert page.currentWidget() is page.main
    assert (page.product.confirmed, page.product.open) == (True, ())
    page.undo()
    assert page.product.confirmed is False
    with window.workspace.unit() as unit:
        assert faults(unit) == []


def test_a_pdf_is_kept_as_evidence_and_confirmed_by_the_command_line(
    tmp_path: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "a.db"
    assert main(["--db", str(database), "import", str(paper), "--json"]) == 1  # something is open
    (report,) = json.loads(capsys.readouterr().out)
    assert (report["format"], report["status"]) == ("PDF", "question")
    (identity,) = report["products"]
    assert main(["--db", str(database), "product", identity, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [q["key"] for q in shown["open"]] == ["confirm"]
    assert {column["check"] for column in shown["columns"]} == {"proven", "differs", "unproven"} & {
        column["check"] for column in shown["columns"]
    }
    assert {"differs"} <= {column["check"] for column in shown["columns"]}
    row = shown["declarations"][0]["values"][0]
    assert (row["page"], len(row["box"])) == (1, 4)
    assert main(["--db", str(database), "answer", identity, "confirm", "nee"]) == 1
    assert main(["--db", str(database), "answer", identity, "confirm", "ja"]) == 0
    capsys.readouterr()
    assert main(["--db", str(database), "product", identity, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["open"] == []
    assert main(["--db", str(database), "import", str(paper), "--json"]) == 0  # the same again is known
    assert json.loads(capsys.readouterr().out)[0]["status"] == "unchanged"


def test_the_pdf_comes_back_byte_for_byte(workspace: Workspace, paper: Path) -> None:
    report = import_file(workspace, paper)
    product = get_product(workspace, report.products[0])
    assert paper_of(workspace, product) == paper.read_bytes()
    assert [kept.file for kept in product.attachments] == [paper.name]
    confirmed = answer(workspace, product.id, "confirm", "ja")
    assert confirmed.attachments == product.attachments


def test_the_unit_and_the_set_can_be_said_with_the_import(workspace: Workspace, tmp_path: Path) -> None:
    made = d.a2_life(11)
    made.rows = [("AP", ""), ("ODP", "")]
    made.texts = {key: text for key, text in made.texts.items() if key[0] in ("AP", "ODP")}
    sheet = d.Paper()
    d.table(sheet, made, 40, 780)
    file = tmp_path / "zonder set.pdf"
    file.write_bytes(sheet.done())
    assert import_files(workspace, [file])[0].notes[0].message.key == "pdf_ask_set"
    report = import_files(workspace, [file], set_code="A2", unit_text="1 ton")[0]
    product = get_product(workspace, report.products[0])
    assert (product.sets, product.declared_unit) == (("A2",), "ton")
    assert [q.key for q in product.open] == ["confirm"]
