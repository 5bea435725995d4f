"""When a save fails: the old bytes are whole or the new ones are, and it is said what to do. Real disks, real
errors."""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cirkeldesk import paths
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, offer_reference_data, open_workspace
from cirkeldesk.store.check import faults
from cirkeldesk.store.store import Store
from cirkeldesk.wording import sentences
from tests.conftest import ROOT
from tests.disks import fill, mount, small_disk_in

ID = "voorbeeld"


def title(text: str) -> edits.Edit:
    return edits.set_field("title", text, "titel")


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_sound(path: Path) -> bool:
    with open_workspace(path) as workspace, workspace.unit() as unit:
        return faults(unit) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk_in(tmp_path) as folder:
        yield folder


def test_a_full_disk_keeps_the_old_bytes_and_takes_the_edit_later(small_disk: Path) -> None:
    path = small_disk / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
        tenders.edit_tender(workspace, ID, title("voor de volle schijf"))
        before = fingerprint(path)
        ballast = fill(small_disk)
        with pytest.raises(StoreError) as refused:
            tenders.edit_tender(workspace, ID, title("x" * 20_000))
        assert refused.value.key == "db_disk"
        assert "Maak ruimte vrij" in sentences.error(refused.value.key, **refused.value.params)
        assert fingerprint(path) == before
        assert tenders.get_tender(workspace, ID).title == "voor de volle schijf"
        with pytest.raises(StoreError, match="backup_failed"):
            keeping.back_up(workspace)
        assert keeping.back_ups(path) == []
        assert [file.name for file in (small_disk / "a.db back-ups").iterdir()] == []
        ballast.unlink()
        tenders.edit_tender(workspace, ID, title("x" * 20_000))
        assert keeping.is_good(keeping.back_up(workspace))
    assert is_sound(path)


def test_a_disk_that_fills_while_the_file_is_made_leaves_nothing_half(small_disk: Path) -> None:
    ballast = fill(small_disk)
    path = small_disk / "nieuw.db"
    with pytest.raises(StoreError):
        open_workspace(path)
    ballast.unlink()
    assert is_sound(path)  # what is left of the first try is an empty file, which is a new one


def test_a_folder_that_becomes_read_only(tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    path = folder / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
        before = fingerprint(path)
        if not mount("--bind", str(folder), str(folder)) or not mount("-o", "remount,bind,ro", str(folder)):
            pytest.skip("no folder may be mounted here: read-only folder")
        try:
            with pytest.raises(StoreError) as refused:
                tenders.edit_tender(workspace, ID, title("anders"))
            assert refused.value.key in ("db_folder", "db_read_only")
            assert fingerprint(path) == before
            elsewhere = tmp_path / "elders.db"
            workspace.store.save_as(elsewhere)
            with open_workspace(path) as second:
                assert second.read_only  # and can be read
                assert tenders.get_tender(second, ID).number == "VOORBEELD-001"
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        tenders.edit_tender(workspace, ID, title("anders"))
    assert is_sound(path)
    assert is_sound(elsewhere)


@pytest.mark.parametrize("what", ["removed", "replaced", "share lost"])
def test_a_file_that_goes_from_underneath(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "deling"
    folder.mkdir()
    path, kept = folder / "a.db", tmp_path / "bewaard.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
        if what == "removed":
            path.unlink()
        elif what == "replaced":
            other = tmp_path / "ander.db"
            with open_workspace(other):
                pass
            other.replace(path)
            before = fingerprint(path)
        else:
            folder.rename(tmp_path / "weg")
        with pytest.raises(StoreError) as refused:
            tenders.edit_tender(workspace, ID, title("anders"))
        assert refused.value.key == "db_gone"
        assert "op een andere plek" in sentences.error("db_gone", **refused.value.params)
        if what == "replaced":
            assert fingerprint(path) == before
        workspace.store.save_as(kept)  # what is open is still whole
    with open_workspace(kept) as again:
        tenders.edit_tender(again, ID, title("anders"))
        assert tenders.get_tender(again, ID).title == "anders"
    assert is_sound(kept)


# From here on fsync and fdatasync of this process fail, as they do when a disk goes bad (seccomp: EIO for
# these calls).
FAILING_FSYNC = """
import ctypes, json, struct, sys
from pathlib import Path
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.model.refusal import StoreError
calls = json.loads(sys.argv[2])
def code(op, yes, no, k):
    return struct.pack("HBBI", op, yes, no, k)
program = code(0x20, 0, 0, 0)
for number, call in enumerate(calls):
    program += code(0x15, len(calls) - number, 0, call)
program += code(0x06, 0, 0, 0x7FFF0000) + code(0x06, 0, 0, 0x00050000 | 5)
class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]
buffer = ctypes.create_string_buffer(program)
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
with open_workspace(Path(sys.argv[1])) as workspace:
    tenders.edit_tender(workspace, "voorbeeld", edits.set_field("title", "bevestigd", "titel"))
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    found = Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if libc.prctl(22, 2, ctypes.addressof(found), 0, 0) != 0:
        print("no filter", flush=True)
        sys.exit(0)
    for run in (lambda: tenders.edit_tender(workspace, "voorbeeld", edits.set_field("title", "niet bevestigd", "titel")),
                lambda: keeping.back_up(workspace), lambda: workspace.store.save_as(Path(sys.argv[1] + ".elders"))):
        try:
            run()
            print("done", flush=True)
        except StoreError as problem:
            print(problem.key, flush=True)
"""
SYNC_CALLS = {"x86_64": (74, 75), "aarch64": (82, 83)}


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in SYNC_CALLS, reason="needs Linux: failing fsync"
)
def test_a_failing_fsync_is_no_save(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
    calls = json.dumps(SYNC_CALLS[platform.machine()])
    ran = subprocess.run(
        [sys.executable, "-c", FAILING_FSYNC, str(path), calls], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.stderr == ""
    if ran.stdout == "no filter\n":
        pytest.skip("this kernel takes no filter: failing fsync")
    assert ran.stdout.split() == ["db_disk", "backup_failed", "cannot_write"]
    assert keeping.back_ups(path) == []
    assert not Path(f"{path}.elders").exists()
    with open_workspace(path) as workspace:
        assert tenders.get_tender(workspace, ID).title == "bevestigd"
        with workspace.unit() as unit:
            assert faults(unit) == []


def test_a_clock_that_goes_backwards(tmp_path: Path) -> None:
    """Order is the order of steps; the clock only says when."""
    moments = iter(f"20{year}-06-01T12:00:00+00:00" for year in range(99, 10, -1))
    last = ["2099-06-01T12:00:00+00:00"]

    def clock() -> str:
        last[0] = next(moments, last[0])
        return last[0]

    path = tmp_path / "a.db"
    with Workspace(Store.open(path, paths.migrations(), clock)) as workspace:
        offer_reference_data(workspace)
        identity = tenders.new_tender(workspace)
        copies = []
        for number in range(5):
            tenders.edit_tender(workspace, identity, title(f"stap {number}"))
            copies.append(keeping.back_up(workspace))
        assert keeping.back_ups(path)[0].moment == max(copy.moment for copy in copies)
        assert keeping.contents(keeping.back_ups(path)[0]).newest is not None
        tenders.undo(workspace, identity)
        assert tenders.get_tender(workspace, identity).title == "stap 3"
        tenders.redo(workspace, identity)
        assert tenders.get_tender(workspace, identity).title == "stap 4"
        assert (
            keeping.back_up_when_due(workspace) is not None
        )  # the newest is "from the future": better one too many
    with open_workspace(path) as workspace:
        assert tenders.get_tender(workspace, identity).title == "stap 4"
    assert is_sound(path)


def test_the_disk_is_asked_for_all_it_can_promise(tmp_path: Path) -> None:
    """synchronous EXTRA (3): with FULL the journal of the last step may come back after a power cut."""
    with open_workspace(tmp_path / "a.db") as workspace, workspace.unit() as unit:
        assert unit.connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3
        assert unit.connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


def test_the_journal_is_on_the_disk_before_the_file_changes(tmp_path: Path) -> None:
    """A power cut halfway: the file half written, the journal whole. Opening rolls back to what was
    acknowledged."""
    path, cut = tmp_path / "a.db", tmp_path / "b.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
        tenders.edit_tender(workspace, ID, title("bevestigd"))
        before = fingerprint(path)
        with workspace.unit() as unit:
            unit.connection.exec_driver_sql(
                "PRAGMA cache_size = 1"
            )  # pages go to the file before the end of the step
            unit.connection.exec_driver_sql("PRAGMA cache_spill = 1")
            changed = edits.set_field("title", "niet bevestigd", "titel").apply(unit.tender(ID))
            unit.commit("tender", ID, changed, "field", {"label": "titel"})
            for number in range(40):
                unit.attachments.keep(bytes([number]) * 40_000)
            cut.write_bytes(path.read_bytes())
            cut.with_name("b.db-journal").write_bytes(path.with_name("a.db-journal").read_bytes())
    assert fingerprint(cut) != before
    with sqlite3.connect(cut) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with open_workspace(cut) as workspace:
        assert tenders.get_tender(workspace, ID).title == "bevestigd"
    assert is_sound(cut)
