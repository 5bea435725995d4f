"""Settings of the user, with more than one window at work on them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cirkeldesk import paths
from cirkeldesk.operations.settings import Settings, load_settings
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "instellingen" / "settings.toml"
    monkeypatch.setattr(paths, "settings_file", lambda: file)
    return file


def test_two_windows_keep_each_other_s_settings() -> None:
    """House F8: a window that closes wrote its whole snapshot, and what another one chose meanwhile was
    gone."""
    one, other = load_settings(), load_settings()
    other.keep(author="Voorbeeldpersoon", database="/ergens/werk.db")
    one.keep(geometry="00ff", last_tender="voorbeeld")
    kept = load_settings()
    assert (kept.author, kept.database, kept.geometry, kept.last_tender) == (
        "Voorbeeldpersoon",
        "/ergens/werk.db",
        "00ff",
        "voorbeeld",
    )


def test_what_a_newer_version_keeps_stays(own_folder: Path) -> None:
    own_folder.parent.mkdir()
    own_folder.write_text('nieuw_in_9 = "x"\nauthor = "A"\n', encoding="utf-8")
    load_settings().keep(zoom="1.2")
    assert tomllib.loads(own_folder.read_text(encoding="utf-8")) == {
        "nieuw_in_9": "x",
        "author": "A",
        "zoom": "1.2",
    }


def test_two_processes_at_once_lose_nothing(own_folder: Path) -> None:
    """Each of four processes keeps a setting of its own thirty times; at the end all four stand there."""
    own_folder.parent.mkdir()
    names = ("author", "zoom", "seen", "last_tender")
    writer = (
        "import pathlib, sys; from cirkeldesk import paths; from cirkeldesk.operations.settings import "
        "Settings\n"
        "paths.settings_file = lambda: pathlib.Path(sys.argv[1])\n"
        "for n in range(30): Settings().keep(**{sys.argv[2]: str(n)})\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", writer, str(own_folder), name], cwd=ROOT) for name in names
    ]
    assert [process.wait() for process in started] == [0, 0, 0, 0]
    kept = tomllib.loads(own_folder.read_text(encoding="utf-8"))
    assert kept == dict.fromkeys(names, "29")


def test_a_file_that_cannot_be_written_costs_no_work(own_folder: Path) -> None:
    own_folder.parent.write_text("geen map", encoding="utf-8")
    assert Settings().keep(author="A").author == "A"
