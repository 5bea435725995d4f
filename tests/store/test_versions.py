"""Files of every release open for ever, with the figures that release computed; a newer one is refused and
left alone.

The files beside this test were made by the code of those releases itself; `figures.json` is what they
computed then. "0.1.0-eerst" is of the first tables of all, before files were kept in the database.
"""

from __future__ import annotations

import json
import lzma
import re
import sqlite3
from pathlib import Path

import pytest

from cirkeldesk import __version__
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.tender import history, tenders
from cirkeldesk.operations.workspace import Workspace, comparison_of, open_workspace
from cirkeldesk.store.schema import REVISION
from cirkeldesk.store.sqlite.database import inspect
from tests.conftest import ROOT

OLD = Path(__file__).parent / "old"
FIGURES: dict[str, dict[str, float]] = json.loads((OLD / "figures.json").read_text())
RELEASES = sorted(FIGURES)


def figures(workspace: Workspace) -> dict[str, float | None]:
    comparison, _ = comparison_of(workspace, tenders.find_tender(workspace, "VOORBEELD-001"))
    return {variant.id: variant.total.value for variant in comparison.variants}


def unpacked(release: str, folder: Path) -> Path:
    path = folder / f"{release}.db"
    path.write_bytes(lzma.decompress((OLD / f"{release}.db.xz").read_bytes()))
    return path


@pytest.mark.parametrize("release", RELEASES)
def test_a_file_of_a_release_opens_with_its_figures(release: str, tmp_path: Path) -> None:
    path = unpacked(release, tmp_path)
    before = inspect(path)
    with open_workspace(path) as workspace:
        assert workspace.store.features.revision == REVISION
        assert figures(workspace) == FIGURES[release]  # to the last digit: what is pinned does not change
        assert keeping.check(workspace) == []
        assert history.steps_of(workspace, "voorbeeld") != []
        tenders.new_tender(workspace)
    migrated = ["migratie"] if before != REVISION else []  # a release of today's tables needs nothing
    assert [copy.reason for copy in keeping.back_ups(path)] == migrated
    with open_workspace(path) as workspace:
        assert figures(workspace) == FIGURES[release]


@pytest.mark.parametrize("release", RELEASES)
def test_a_file_of_a_release_that_may_only_be_read(release: str, tmp_path: Path) -> None:
    path = unpacked(release, tmp_path)
    path.chmod(0o444)
    before = path.read_bytes()
    with open_workspace(path) as workspace:
        assert workspace.read_only
        assert figures(workspace) == FIGURES[release]
    assert path.read_bytes() == before
    assert keeping.back_ups(path) == []


@pytest.mark.parametrize("release", RELEASES)
def test_a_dossier_of_a_release_is_read(release: str, tmp_path: Path, workspace: Workspace) -> None:
    reports = import_files(workspace, [OLD / f"{release}.cirkel"])
    assert [report.status for report in reports] == ["imported"]
    assert figures(workspace) == FIGURES[release]
    assert keeping.check(workspace) == []


@pytest.mark.parametrize("release", RELEASES)
def test_a_file_of_a_release_can_be_saved_from_damage(release: str, tmp_path: Path) -> None:
    path = unpacked(release, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 4096])
    report = keeping.rescue(path, tmp_path / "gered.db")
    assert report.tenders <= 1
    with open_workspace(tmp_path / "gered.db") as workspace:
        assert keeping.check(workspace) == []


def test_every_release_left_a_file() -> None:
    """A release adds its file here, so that no later one forgets to open it."""
    told = set(
        re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert told - {__version__} == {release.partition("-")[0] for release in RELEASES}
    for release in RELEASES:
        assert (OLD / f"{release}.db.xz").is_file()
        assert (OLD / f"{release}.cirkel").is_file()


def test_a_newer_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = unpacked(RELEASES[-1], tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="db_newer"):
        open_workspace(path)
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == [path.name]
