"""A hostile minute: locked, read-only, damaged, newer. Each gives a plain Dutch message and changes
nothing."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.wording import sentences
from tests.conftest import ROOT


def cli(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cirkeldesk", *words], cwd=ROOT, capture_output=True, text=True
    )


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
    return path


def test_a_second_process_reads_only_and_says_so(filled: Path) -> None:
    with open_workspace(filled):
        before = fingerprint(filled)
        reading = cli("--db", str(filled), "tenders")
        assert reading.returncode == 0
        assert "VOORBEELD-001" in reading.stdout
        writing = cli("--db", str(filled), "import", str(ROOT / "README.md"))
        assert writing.returncode == 1
        assert "Een ander venster werkt in dit bestand (sinds " in writing.stderr
        assert "U kunt nu alleen lezen." in writing.stderr
        assert fingerprint(filled) == before
    assert cli("--db", str(filled), "check").returncode == 0


def test_the_lock_dies_with_its_process(filled: Path) -> None:
    with open_workspace(filled):
        pass
    with open_workspace(filled) as workspace:
        assert not workspace.read_only


def test_a_read_only_file_is_read(filled: Path) -> None:
    filled.chmod(0o444)
    before = fingerprint(filled)
    with open_workspace(filled) as workspace:
        assert workspace.store.why_read_only is not None
        assert workspace.store.why_read_only.key == "db_read_only"
        with pytest.raises(StoreError, match="db_read_only"):
            tenders.new_tender(workspace)
    assert fingerprint(filled) == before
    result = cli("--db", str(filled), "tender", str(ROOT / "resources" / "example" / "tender.json"))
    assert result.returncode == 1
    assert "U mag in a.db niet schrijven" in result.stderr


@pytest.mark.parametrize("content", [b"dit is geen database, maar gewone tekst" * 40, b"\x00" * 4096])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vreemd.db"
    path.write_bytes(content)
    result = cli("--db", str(path), "tenders")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("vreemd.db is beschadigd of is geen bestand van CirkelDesk.")
    assert "Traceback" not in result.stderr
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ander.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE klanten (naam)")
    connection.close()
    before = fingerprint(path)
    result = cli("--db", str(path), "example")
    assert result.returncode == 1
    assert fingerprint(path) == before


def test_a_damaged_database(filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 9000] = b"\xff" * 9000
    filled.write_bytes(content)
    result = cli("--db", str(filled), "compare", "VOORBEELD-001")
    assert result.returncode == 1
    assert "beschadigd" in result.stderr
    assert filled.read_bytes() == bytes(content)


def test_a_truncated_database(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:5000])
    result = cli("--db", str(filled), "check")
    assert result.returncode == 1
    assert "beschadigd" in result.stderr


def test_a_newer_database_is_refused_and_left_alone(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = fingerprint(filled)
    result = cli("--db", str(filled), "tenders")
    assert result.returncode == 1
    assert result.stderr.strip() == sentences.error("db_newer", file="a.db")
    assert fingerprint(filled) == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    result = cli("--db", str(tmp_path / "bestand" / "a.db"), "example")
    assert result.returncode == 1
    assert "Wij kunnen in de map van a.db niet schrijven." in result.stderr


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    result = cli("--db", str(tmp_path / "weg.db"), "tenders", "--json")
    assert result.returncode == 1
    assert "Wij kunnen weg.db niet vinden." in result.stderr
    assert not (tmp_path / "weg.db").exists()


def test_a_note_that_is_gone_for_a_moment_takes_nobody_s_lock(filled: Path) -> None:
    """A share that stutters: the note beside the file cannot be read, and nobody else wrote one."""
    note = Path(f"{filled}.in-use")
    with open_workspace(filled) as workspace:
        note.unlink()
        note.mkdir()  # can be neither read nor written
        tenders.new_tender(workspace)
        assert not workspace.read_only
        note.rmdir()
        tenders.new_tender(workspace)
        assert note.is_file()  # and is there again
