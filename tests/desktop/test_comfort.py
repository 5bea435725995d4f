"""What is remembered and what is offered: folders, the look, what to do with a file that was saved, Qt's own
words in Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit

from cirkeldesk.desktop.application import application
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.file_dialogs import ask_for_files, ask_for_folder, ask_where, last_folder
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.operations.settings import Settings, load_settings
from tests.desktop.conftest import wait_idle
from tools.watchdog import WatchedApplication

pytestmark = pytest.mark.window


@pytest.fixture(autouse=True)
def usual_looks(qapp: WatchedApplication) -> Iterator[None]:
    yield
    theme.choose("")
    theme.apply(qapp)


def test_the_menu_of_a_text_field_is_dutch(window: MainWindow) -> None:
    for made in (QLineEdit("tekst", window), QPlainTextEdit("tekst", window)):
        texts = [action.text().replace("&", "") for action in made.createStandardContextMenu().actions()]
        assert any(text.startswith("Knippen") for text in texts)
        assert not any(text.startswith(("Cut", "Undo", "Select")) for text in texts)


def test_the_look_is_chosen_at_once_and_remembered(window: MainWindow) -> None:
    window.show_settings()
    for name, dark in (("dark", True), ("light", False)):
        window.preferences.theme_chosen.emit(name)
        assert theme.is_dark() is dark
        assert load_settings().theme == name
        assert window.palette().window().color().name().casefold() == theme.tokens()["bg"].casefold()
    window.show_settings()
    assert window.preferences.theme.value == "light"
    theme.choose_scheme(None)
    application()  # as at the next start
    assert not theme.is_dark()


def test_nonsense_for_a_look_is_the_systems(qapp: WatchedApplication) -> None:
    Settings().keep(theme="paars")
    application()
    assert theme._chosen is None


def test_each_dialog_begins_where_the_last_one_ended(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[str] = []
    chosen = tmp_path / "projecten" / "advies.pdf"
    chosen.parent.mkdir()

    def save(_parent: object, _title: str, start: str, _kinds: str = "") -> tuple[str, str]:
        began.append(start)
        return str(chosen), ""

    def files(_parent: object, _title: str, start: str, _kinds: str = "") -> tuple[list[str], str]:
        began.append(start)
        return [], ""

    def folder(_parent: object, _title: str, start: str) -> str:
        began.append(start)
        return str(tmp_path)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", files)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", folder)
    assert ask_where(window, "Opslaan", "advies.pdf") == chosen
    assert ask_for_files(window, "Inlezen", "") == []  # nothing chosen: the folder stays
    assert ask_for_folder(window, "Map") == tmp_path
    assert last_folder() == tmp_path
    assert ask_where(window, "Opslaan", str(chosen)) == chosen  # a suggestion with a folder keeps it
    assert began[1:] == [str(chosen.parent), str(chosen.parent), str(chosen)]
    assert began[0].endswith("advies.pdf")


def test_a_folder_that_is_gone_is_not_used(tmp_path: Path) -> None:
    gone = tmp_path / "weg"
    Settings().keep(folder=str(gone))
    assert last_folder() != gone


def test_what_was_saved_can_be_opened(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(4)
    target = tmp_path / "blad van ons.pdf"
    for number, expected in ((0, target), (1, tmp_path)):
        view.advice.save_to("pdf", target, "internal")
        wait_idle(window)
        bar = view.bars.bar("saved")
        assert bar is not None
        assert [button.text() for button in bar.buttons] == ["Openen", "Toon in map"]
        bar.buttons[number].click()
        assert Path(opened[-1]) == expected
