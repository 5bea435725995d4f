"""After a day's work nothing of it lies about: outside the database, its back-ups and what was asked for, no
name or figure."""

from __future__ import annotations

import lzma
import subprocess
import sys
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.application import TopHandler, application
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.log import open_log
from cirkeldesk.operations.paper import export
from cirkeldesk.operations.settings import load_settings
from cirkeldesk.operations.tender import drafts
from cirkeldesk.operations.workspace import open_workspace
from tests.conftest import ROOT
from tests.desktop.conftest import opened, wait_idle

ID = "voorbeeld"
BIDDER, PERSON, PRICE = "Zeldzaam Wegenbouw (verzonnen)", "Xandra Verzinsel", Decimal("1357913.57")
# The same figure as it is stored, printed, typed and computed with.
KNOWN = [
    BIDDER,
    "Zeldzaam Wegenbouw",
    PERSON,
    "1357913.57",
    "1.357.913,57",
    "1357913,57",
    "135791357",
    "1.357.914",
    "1357914",
]


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Every folder a program may leave something in, of this test alone."""
    folders = {}
    for name in (
        "HOME",
        "TMPDIR",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "XDG_RUNTIME_DIR",
    ):
        folder = tmp_path / "mappen" / name.casefold()
        folder.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(name, str(folder))
        folders[name] = folder
    monkeypatch.setattr("tempfile.tempdir", str(folders["TMPDIR"]))
    return folders


def inside(path: Path) -> bytes:
    """The bytes of a file, and of what is packed in it."""
    content = path.read_bytes()
    parts = [content]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    for unpack in (zlib.decompress, lzma.decompress):
        try:
            parts.append(unpack(content))
        except (zlib.error, lzma.LZMAError):
            continue
    return b"\n".join(parts)


def tells(path: Path) -> list[str]:
    """Which known words a file holds, in any of the ways texts are written; also in its name."""
    content = inside(path)
    folded = content.lower()
    ways = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
    found = [text for text in KNOWN for way in ways if text.lower().encode(way) in folded]
    return found + [text for text in KNOWN if text.casefold() in str(path).casefold()]


def a_day(window: MainWindow, out: Path) -> None:
    """Type, compare, look at previews, hand over, go wrong, and look for help."""
    window.open_example()
    view = window.view
    assert view is not None
    session = view.session
    bid = next(variant for variant in session.tender.variants if variant.is_bid)
    assert session.commit(edits.set_variant(session.tender, bid.id, "bidder", BIDDER, "inschrijver"))
    assert session.commit(edits.set_price(session.tender, bid.id, PRICE, "prijs"))
    for step in range(5):
        view.go_to(step)
        wait_idle(window)
    view.go_to(1)
    drafts.save_drafts(window.workspace, ("tender", ID), [Draft(f"price/{bid.id}//", str(PRICE))])
    view.variants.grid.setFocus()
    view.variants.grid.selectAll()
    view.variants.grid.copy_selection()  # the clipboard is the user's own
    window.palette_search.open()
    window.palette_search.hide()
    window.show_history()
    window.show_help()
    window.find_in_page()
    view.go_to(4)
    view.advice.refresh()
    wait_idle(window)
    export.advise(window.workspace, ID, out / "blad.pdf")
    export.export_workbook(window.workspace, ID, out / "werkboek.xlsx")
    export.export_ods(window.workspace, ID, out / "werkboek.ods")
    export.export_csv(window.workspace, ID, out / "tabellen")
    export.export_dossier(window.workspace, ID, out / "dossier.cirkel")
    window.open_file(out / "dossier.cirkel")
    wait_idle(window)
    window.guard.back_up()
    wait_idle(window)
    try:
        raise ValueError(f"{BIDDER} {PRICE} {PERSON}")
    except ValueError as problem:
        TopHandler(window)(ValueError, problem, problem.__traceback__)
    try:
        export.advise(window.workspace, ID, out / "geen map" / "blad.pdf")
    except Exception as problem:  # noqa: BLE001 - whatever it is, the log may not tell what it was about
        open_log().info(type(problem).__name__)
    window.save_bundle(out / "voor de helpdesk.zip")


def test_a_day_leaves_nothing_lying_about(
    own_folders: dict[str, Path], tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.expected_by_test = True  # type: ignore[attr-defined]  # the error above is ours
    application()
    database, out = tmp_path / "gegevens" / "werk.db", tmp_path / "gevraagd"
    out.mkdir()
    with open_workspace(database, author=PERSON) as workspace:
        window = opened(qtbot, workspace)
        a_day(window, out)
        window.close()
        window.deleteLater()
        assert [copy.reason for copy in keeping.back_ups(database)] == ["tijd"]
    QGuiApplication.clipboard().clear()
    # The command line does its part of the day in a process of its own.
    command = [sys.executable, "-m", "cirkeldesk", "--db", str(database)]
    for words in (["award", "VOORBEELD-001"], ["compare", "VOORBEELD-001", "--json"], ["tenders"]):
        subprocess.run([*command, *words], cwd=ROOT, capture_output=True, check=False)
    kept = [database, *(copy.path for copy in keeping.back_ups(database))]
    asked = [path for path in out.rglob("*") if path.is_file()]
    assert any(tells(path) for path in kept)  # the search finds what is there
    assert any(tells(path) for path in asked)
    assert tells(out / "voor de helpdesk.zip") == []
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path not in kept and path not in asked]
    assert left != []  # settings and a log
    told = {path.relative_to(tmp_path): tells(path) for path in left if not is_settings(path)}
    assert {path: words for path, words in told.items() if words} == {}
    assert [path for path in (database.parent).iterdir() if path.suffix in (".part", ".tmp")] == []


def is_settings(path: Path) -> bool:
    """The user's own settings hold the name they gave themselves, and nothing of a tender."""
    if path.name != "settings.toml":
        return False
    assert set(tells(path)) <= {PERSON}
    assert load_settings().last_tender in ("", ID)
    return True
