"""Signing a final paper in the window: the password is kept nowhere, and the signed paper is recognised."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.advice.signing import SignPart
from cirkeldesk.desktop.tender.steps import TenderStep
from cirkeldesk.operations.paper import papers
from tests.acceptance.certificates import PASSWORD, officer

pytestmark = pytest.mark.window
NAME, OFFICE = "Inkoopadviseur (verzonnen)", "Provincie, certificaten (verzonnen)"


def type_word(part: SignPart, word: str) -> None:
    """As typed (`insert` is what a key does), without the Enter that asks where to save."""
    part.password.edit.clear()
    part.password.edit.insert(word)
    part.password.edit.setModified(True)


def test_a_paper_is_signed_and_recognised(window: MainWindow, tmp_path: Path) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    version = papers.finalise(window.workspace, "voorbeeld")
    view.session.reload()
    view.go_to(TenderStep.ADVICE)
    tab = view.advice.versions
    tab.refresh()
    tab.save_files(version.files, tmp_path)
    sheet = next(tmp_path.glob("*INTERN.pdf"))
    part = tab.sign
    view.advice.tabs.setCurrentWidget(tab)
    fold = next(made for made in tab.findChildren(QToolButton) if made.accessibleName() == "Ondertekenen")
    fold.setChecked(True)
    part._choose_target()
    assert "Kies eerst een PDF" in " ".join(view.bars.texts())
    part.take_paper(sheet)
    part.take_certificate(officer(tmp_path, NAME, OFFICE))
    assert part.password.edit.echoMode() == QLineEdit.EchoMode.Password
    type_word(part, "fout wachtwoord")
    part.sign_to(tmp_path / "ondertekend.pdf")
    assert "typ het wachtwoord" in " ".join(view.bars.texts())
    assert not (tmp_path / "ondertekend.pdf").exists()
    type_word(part, PASSWORD)
    QTest.qWait(2600)  # longer than a draft waits to be kept
    part.sign_to(tmp_path / "ondertekend.pdf")
    assert NAME in " ".join(view.bars.texts())
    assert part.password.edit.text() == ""
    tab.check_file(tmp_path / "ondertekend.pdf")
    assert "dat is wat u ziet" in tab.result.text()
    window.drafts.look()
    for path in tmp_path.parent.rglob("*"):
        if path.is_file() and path.suffix in (".db", ".toml", ".json", ".log", ""):
            content = path.read_bytes()
            assert PASSWORD.encode() not in content
            assert zlib.compress(PASSWORD.encode()) not in content
