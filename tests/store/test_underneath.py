"""What happens to a file underneath the program: links, files put over it, copies that were killed, clocks,
names, modes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace, open_workspace, utc_now
from cirkeldesk.store.check import faults
from cirkeldesk.store.sqlite import copies
from cirkeldesk.store.sqlite.write_lock import STALE_AFTER, WriteLock
from cirkeldesk.store.store import JUMP
from tests.conftest import ROOT
from tests.disks import fill, small_disk_in

ID = "voorbeeld"
on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="locks of an open file, and modes, are of Linux"
)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "werk.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
    return path


def title(workspace: Workspace, text: str) -> None:
    tenders.edit_tender(workspace, ID, edits.set_field("title", text, "titel"))


def steps(workspace: Workspace) -> list[str]:
    return [row.step for row in keeping.of_file(workspace)]


# --- one writer, whatever the name
# -------------------------------------------------------------------------------------


@on_linux
@pytest.mark.parametrize(
    "link", ["symbolic", "symbolic, two of them", "hard", "hard, in another folder", "folder"]
)
@pytest.mark.parametrize("first", ["file", "link"])
def test_another_name_is_the_same_file(filled: Path, tmp_path: Path, link: str, first: str) -> None:
    other = tmp_path / "anders.db"
    if link.startswith("symbolic"):
        other.symlink_to(filled)
        if "two" in link:
            (tmp_path / "nog anders.db").symlink_to(other)
            other = tmp_path / "nog anders.db"
    elif link == "folder":
        (tmp_path / "map").symlink_to(tmp_path, target_is_directory=True)
        other = tmp_path / "map" / filled.name
    else:
        if "folder" in link:
            (tmp_path / "map").mkdir()
            other = tmp_path / "map" / "hard.db"
        os.link(filled, other)
    one, two = (filled, other) if first == "file" else (other, filled)
    with open_workspace(one) as writer:
        assert not writer.read_only
        with open_workspace(two) as reader:
            assert reader.read_only
            assert reader.store.why_read_only is not None
            assert reader.store.why_read_only.key in ("db_locked", "db_locked_elsewhere")
        title(writer, "geschreven")
    with open_workspace(two) as after:
        assert not after.read_only
        assert tenders.get_tender(after, ID).title == "geschreven"


def test_another_process_meets_the_lock_through_a_hard_link(filled: Path, tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("locks of an open file are of Linux")
    other = tmp_path / "hard.db"
    os.link(filled, other)
    ask = (
        "import sys, pathlib; from cirkeldesk.operations.workspace import open_workspace; "
        "print(open_workspace(pathlib.Path(sys.argv[1])).read_only)"
    )
    with open_workspace(filled):
        command = [sys.executable, "-c", ask, str(other)]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
    assert done.stdout.strip() == "True", done.stderr


def test_a_link_keeps_pointing_after_a_back_up_was_put_back(filled: Path, tmp_path: Path) -> None:
    link = tmp_path / "koppeling.db"
    link.symlink_to(filled)
    with open_workspace(link) as workspace:
        keeping.back_up(workspace)
        title(workspace, "later")
    assert copies.folder_of(filled).is_dir()
    keeping.put_back(link, keeping.find_copy(filled, "laatste"))
    assert link.is_symlink()
    with open_workspace(filled) as workspace:
        assert tenders.get_tender(workspace, ID).title != "later"


# --- a file that is another one
# --------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["an older copy", "another file", "the same file one step on"])
def test_a_file_put_over_the_open_one_is_seen_before_the_next_write(
    filled: Path, tmp_path: Path, what: str
) -> None:
    older = tmp_path / "eerder.db"
    shutil.copyfile(filled, older)
    if what == "another file":
        older.unlink()
        with open_workspace(older) as workspace:
            tenders.new_tender(workspace)
    if what == "the same file one step on":
        with open_workspace(older) as workspace:
            title(workspace, "van een ander")
    with open_workspace(filled) as workspace:
        title(workspace, "eerste stap")
        title(workspace, "tweede stap")
        with (
            older.open("rb") as source,
            filled.open("r+b") as target,
        ):  # in place: the file stays the same one
            target.truncate()
            shutil.copyfileobj(source, target)
        before = filled.read_bytes()
        with pytest.raises(StoreError, match="db_changed"):
            title(workspace, "eroverheen")
        with pytest.raises(StoreError, match="db_changed"):
            tenders.new_tender(workspace)
        assert filled.read_bytes() == before


# --- what the history says of the file
# -------------------------------------------------------------------------------


def test_putting_back_is_a_row_each_time(filled: Path) -> None:
    """Also when somebody goes back to what was before and on again: the file says it was put back."""
    with open_workspace(filled) as workspace:
        with workspace.unit() as unit:
            heads = [unit.steps.chain_head()]
        keeping.back_up(workspace)
        title(workspace, "later")
    for _ in range(2):
        keeping.put_back(filled, keeping.find_copy(filled, "laatste"))
        with open_workspace(filled) as workspace, workspace.unit() as unit:
            heads.append(unit.steps.chain_head())
            assert faults(unit) == []
    assert len(set(heads)) == 3
    with open_workspace(filled) as workspace:
        assert steps(workspace)[0] == "restored"
        row = keeping.of_file(workspace)[0]
        assert row.is_of_file
        assert row.params["copy"]
        assert len(str(row.params["replaced"])) == 64


def test_taking_over_is_a_row(filled: Path, tmp_path: Path) -> None:
    lock = WriteLock(filled, "jansen")
    assert lock.take()
    note = Path(f"{filled}.in-use")
    text = note.read_text().replace(os.uname().nodename, "andere-pc")
    lock.release()
    note.write_text(text)
    old = datetime.now(UTC).timestamp() - STALE_AFTER - 60
    os.utime(note, (old, old))
    # The lock of the system did not reach the other computer: only its old note is there, and its place is
    # free.
    with open_workspace(filled) as workspace:
        assert not workspace.read_only
    note.write_text(text)
    with open_workspace(filled) as workspace:
        store = workspace.store
        assert store.why_read_only is not None
        os.utime(note, (old, old))
        assert keeping.take_over(store)
    with open_workspace(filled) as workspace:
        assert not workspace.read_only
        assert steps(workspace) == ["taken_over"]
        assert keeping.of_file(workspace)[0].params["who"] == "jansen"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
        self.passed = 1000.0

    def __call__(self) -> str:
        return self.now.isoformat()

    def go(self, seconds: float, *, really: float | None = None) -> None:
        self.now += timedelta(seconds=seconds)
        self.passed += seconds if really is None else really


@pytest.fixture
def clocked(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Workspace, Clock]]:
    with open_workspace(filled) as workspace:
        clock = Clock()
        clock.now = datetime.fromisoformat(utc_now()) + timedelta(hours=1)
        workspace.store._clock = clock
        workspace.store.uptime = lambda: clock.passed
        title(workspace, "begin")
        yield workspace, clock


@pytest.mark.parametrize(
    ("by", "really", "expected"),
    [
        (60.0, 60.0, []),
        (3600.0, 3600.0, []),  # an hour of lunch
        (-JUMP / 2, 1.0, []),  # set right a little
        (-JUMP * 2, 1.0, ["clock_back"]),
        (-86_400.0, 5.0, ["clock_back"]),
        (86_400.0, 5.0, ["clock_ahead"]),
        (86_400.0, 86_400.0, []),  # a computer that slept
    ],
)
def test_a_clock_that_jumps_is_a_row(
    clocked: tuple[Workspace, Clock], by: float, really: float, expected: list[str]
) -> None:
    workspace, clock = clocked
    had = steps(workspace)
    clock.go(by, really=really)
    title(workspace, "na de sprong")
    title(workspace, "en nog een stap")
    assert steps(workspace)[: len(steps(workspace)) - len(had)] == expected
    with workspace.unit() as unit:
        assert faults(unit) == []


# --- what killed copies leave
# ------------------------------------------------------------------------------------------


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_orphans_of_killed_copies_go_when_the_file_is_opened(filled: Path, tmp_path: Path) -> None:
    folder = copies.folder_of(filled)
    folder.mkdir()
    gone = [
        filled.with_name(f".{filled.name}.{dead_process()}.part"),
        filled.with_name(f".{filled.name}.{dead_process()}.part-journal"),
        folder / f".20261130T120000Z-tijd.db.{dead_process()}.part",
    ]
    stays = [
        filled.with_name(f".{filled.name}.{os.getppid()}.part"),  # of a process that lives
        filled.with_name(f".ander.db.{dead_process()}.part"),  # of another file
        filled.with_name("notitie.part"),
    ]
    for file in (*gone, *stays):
        shutil.copyfile(filled, file)
    with open_workspace(filled):
        pass
    assert not any(file.exists() for file in gone)
    assert all(file.exists() for file in stays)


NAME = "Xandra Verzinsel"


def test_erasing_a_name_leaves_no_copy_of_it_anywhere(filled: Path, tmp_path: Path) -> None:
    """Back-ups, a damaged file put aside, orphans under any name, and work that could not be saved."""
    with open_workspace(filled) as workspace:
        tenders.edit_tender(workspace, ID, edits.set_publication("contact", NAME, "contact"))
        keeping.back_up(workspace)
        from dataclasses import replace

        from cirkeldesk.model.document.draft import Draft
        from cirkeldesk.operations.tender import drafts, unsaved
        from cirkeldesk.operations.tender.unsaved import Unsaved

        now = tenders.get_tender(workspace, ID)
        unsaved.keep_unsaved(workspace, [Unsaved(now, replace(now, title=NAME), "")])
        unsaved.keep_drafts(workspace, {("tender", ID): [Draft("Titel", NAME)]})
        drafts.save_drafts(workspace, ("tender", ID), [Draft("Titel", NAME)])
        for name in (
            f"{filled.stem} beschadigd 20261101T080000Z{filled.suffix}",
            f".ander.db.{dead_process()}.part",
            f".{filled.name}.{dead_process()}.part",
        ):
            shutil.copyfile(filled, filled.with_name(name))
        done = keeping.erase_name(workspace, NAME)
        assert done.is_cleared
        assert done.copies == ()
    home = Path(os.environ["CIRKELDESK_HOME"])
    for file in [*tmp_path.rglob("*"), *home.rglob("*")]:
        if file.is_file():
            content = file.read_bytes()
            assert NAME.encode() not in content, file
            if content[:15] == b"SQLite format 3":
                assert not holds(file, NAME), file


def holds(file: Path, text: str) -> bool:
    import zlib

    with closing(sqlite3.connect(file)) as connection:
        documents = [
            zlib.decompress(row[0]).decode() for row in connection.execute("SELECT content FROM document")
        ]
        rows = [str(row) for row in connection.execute("SELECT * FROM history")]
        return any(text in one for one in documents + rows)


def test_copies_that_stay_on_purpose_are_named(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        tenders.edit_tender(workspace, ID, edits.set_publication("contact", NAME, "contact"))
        made = keeping.back_up(workspace)
        done = keeping.erase_name(workspace, NAME, keep_back_ups=True)
        assert done.copies == (made.path.name,)


def test_clearing_is_finished_by_whoever_comes_next(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between erasing and the back-ups: the next start takes them."""
    with open_workspace(filled) as workspace:
        tenders.edit_tender(workspace, ID, edits.set_publication("contact", NAME, "contact"))
        made = keeping.back_up(workspace)
        monkeypatch.setattr(keeping, "_cleared", lambda workspace, done, keep_back_ups: done)
        keeping.erase_name(workspace, NAME)
        monkeypatch.undo()
        assert made.path.exists()
    with open_workspace(filled) as workspace:
        assert keeping.finish_clearing(workspace)
        assert not made.path.exists()
        assert not keeping.finish_clearing(workspace)


# --- erasing what should not be erased
# -------------------------------------------------------------------------------


def test_what_stands_against_erasing_is_said_and_asks_for_a_reason(filled: Path) -> None:
    from cirkeldesk.operations.award import awards
    from cirkeldesk.operations.settings import change_file_settings

    with open_workspace(filled) as workspace:
        assert keeping.stands_against(workspace, "VOORBEELD-001") == ()
        awards.lock_rules(workspace, ID, "2026-11-03", "Leidraad")
        assert keeping.stands_against(workspace, "VOORBEELD-001") == ("lock", "running")
        change_file_settings(workspace, retention="7")
        assert keeping.stands_against(workspace, ID) == ("lock", "running", "kept")
        with pytest.raises(StoreError, match="erase_stands") as refused:
            keeping.erase_tender(workspace, "VOORBEELD-001")
        assert refused.value.params["why"] == (
            "de methode staat op slot, de inschrijving loopt nog en de bewaartermijn is nog niet voorbij"
        )
        assert tenders.get_tender(workspace, ID).lock is not None
        keeping.erase_tender(workspace, "VOORBEELD-001", reason="dubbel ingevoerd")
        with workspace.unit() as unit:
            row = unit.steps.rows("tender", ID)[-1]
            assert faults(unit) == []
        assert (row.step, row.params["reason"]) == ("erase_tender", "dubbel ingevoerd")


def test_the_command_asks_for_force_and_a_reason(filled: Path) -> None:
    from cirkeldesk.operations.award import awards

    with open_workspace(filled) as workspace:
        awards.lock_rules(workspace, ID, "2026-11-03", "Leidraad")

    def erase(*words: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            "cirkeldesk",
            "--db",
            str(filled),
            "erase",
            "--tender",
            "VOORBEELD-001",
            *words,
        ]
        return subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )

    for words in ((), ("--force",), ("--reason", "zomaar")):
        done = erase(*words)
        assert done.returncode == 1
        assert "de methode staat op slot" in done.stderr
    assert erase("--force", "--reason", "dubbel ingevoerd").returncode == 0


def test_a_kept_file_no_document_names_goes(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        with workspace.unit() as unit:
            loose = unit.attachments.keep(b"van niemand")
        keeping.erase_tender(workspace, ID)
        with workspace.unit() as unit:
            assert not unit.attachments.has(loose)
            assert faults(unit) == []


def test_erasing_can_be_stopped_and_then_nothing_was_done(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        tenders.edit_tender(workspace, ID, edits.set_publication("contact", NAME, "contact"))
        heard: list[tuple[int, int]] = []

        def stop(done: int, of: int) -> bool:
            heard.append((done, of))
            return False

        with pytest.raises(StoreError, match="erase_stopped"):
            keeping.erase_name(workspace, NAME, go_on=stop)
        assert heard
        assert tenders.get_tender(workspace, ID).publication.contact == NAME
        keeping.erase_name(workspace, NAME)
        assert tenders.get_tender(workspace, ID).publication.contact == "[gewiste naam 1]"


def test_a_name_that_is_computed_with_is_not_erased(filled: Path) -> None:
    """The word stands in what figures come from: erasing it would turn them."""
    with open_workspace(filled) as workspace, pytest.raises(StoreError, match="erase_unreadable"):
        keeping.erase_name(workspace, "A1-A3")


# --- readable by the owner alone
# ---------------------------------------------------------------------------------------


@on_linux
def test_new_files_and_back_ups_are_the_owner_s_alone(tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        path = tmp_path / "map" / "nieuw.db"
        with open_workspace(path) as workspace:
            add_example(workspace)
            made = keeping.back_up(workspace)
            copy = tmp_path / "kopie.db"
            workspace.store.save_as(copy)
        for file in (path, made.path, copy):
            assert file.stat().st_mode & 0o777 == 0o600, file
        assert made.path.parent.stat().st_mode & 0o077 == 0
        path.chmod(0o640)  # somebody chose to share it with a group
        keeping.put_back(path, keeping.find_copy(path, "laatste"))
        assert path.stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)


# --- what is no file of ours
# -------------------------------------------------------------------------------------------


def refused(path: Path, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as problem, open_workspace(path, create=create):
        pass
    return problem.value.key


def test_what_is_no_ordinary_file_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path) == "db_no_file"
    assert refused(Path()) == "db_no_file"
    if hasattr(os, "mkfifo"):
        pipe = tmp_path / "pijp.db"
        os.mkfifo(pipe)
        assert refused(pipe) == "db_no_file"
        assert refused(pipe, create=False) == "db_no_file"
        assert sorted(file.name for file in tmp_path.iterdir()) == ["pijp.db"]
    assert refused(tmp_path / ("x" * 300 + ".db")) == "name_too_long"
    assert refused(tmp_path / ("x" * 240 + ".db")) == "name_too_long"
    empty = tmp_path / "leeg.db"
    empty.touch()
    assert refused(empty, create=False) == "file_empty"
    assert refused(tmp_path / "weg.db", create=False) == "file_missing"
    with open_workspace(
        tmp_path / ("x" * 190 + ".db")
    ) as workspace:  # and a long one that is not too long can be backed up
        keeping.back_up(workspace)


def test_a_new_file_on_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    with small_disk_in(tmp_path) as disk:
        fill(disk)
        path = disk / "nieuw.db"
        assert refused(path) in ("db_not_made", "db_folder")
        assert not path.exists()


NONSENSE = (
    '{"who": 1e400}',
    "[" * 100_000,
    "",
    "{}",
    '{"who":"a","host":"b","process":1e400,"since":"","token":"x"}',
    '{"who":"a","host":"b","process":1,"since":"0001-01-01T00:00:00+23:00","token":"x"}',
)


@pytest.mark.parametrize("note", NONSENSE)
def test_a_note_that_is_nonsense_is_no_note(filled: Path, note: str) -> None:
    Path(f"{filled}.in-use").write_text(note)
    with open_workspace(filled) as workspace:
        if not workspace.read_only:  # of another computer, as far as anybody can tell
            title(workspace, "gewoon")
        else:
            assert '"host":"b"' in note


@pytest.mark.parametrize("name", ["99999999T999999Z-tijd.db", "99991231T235959Z-tijd.db"])
def test_a_file_that_only_looks_like_a_back_up_is_left_out(filled: Path, name: str) -> None:
    with open_workspace(filled) as workspace:
        made = keeping.back_up(workspace)
        shutil.copyfile(filled, made.path.with_name(name))
        assert [copy.path for copy in keeping.back_ups(filled)] == [made.path]
        assert keeping.back_up(workspace).path.exists()


def test_nothing_is_written_over_what_keeps_the_data(filled: Path, tmp_path: Path) -> None:
    other = tmp_path / "ander.db"
    with open_workspace(other):
        pass
    with open_workspace(filled) as workspace:
        made = keeping.back_up(workspace)
        beside = [Path(f"{filled}{end}") for end in ("-journal", ".lock", ".in-use")]
        for target in (filled, made.path, *beside, other):
            before = target.read_bytes() if target.exists() else None
            with pytest.raises(StoreError):
                write_file(workspace, target, b"%PDF")
            assert (target.read_bytes() if target.exists() else None) == before, target
        write_file(workspace, tmp_path / "blad.pdf", b"%PDF")


# --- what the tables say
# -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER sluipend AFTER INSERT ON history BEGIN DELETE FROM document; END",
        "CREATE TABLE erbij (a TEXT)",
        "CREATE VIEW kijk AS SELECT * FROM document",
        "CREATE INDEX trager ON history (author)",
        "ALTER TABLE pin ADD COLUMN meer TEXT",
        "DROP INDEX ix_tender_list_number",
    ],
)
def test_a_table_or_trigger_that_is_not_ours_is_found(filled: Path, planted: str) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(planted)
        connection.commit()
    with open_workspace(filled) as workspace:
        assert any(what == "file" for what, _ in keeping.check(workspace))


def test_a_flipped_list_row_is_shown_as_its_document_says(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE tender_list SET title = 'Verdraaid'")
        connection.commit()
    with open_workspace(filled) as workspace:
        assert tenders.tender_list(workspace)[0]["title"] == tenders.get_tender(workspace, ID).title
        assert ("list", f"tender {ID}") in keeping.check(workspace)


def test_the_newest_back_up_is_one_of_this_file(filled: Path, tmp_path: Path) -> None:
    """A file somebody dropped in the folder of back-ups is taken by its name only, not for "laatste"."""
    with open_workspace(filled) as workspace:
        title(workspace, "eerste")
        ours = keeping.back_up(workspace, "hand")
    with open_workspace(tmp_path / "ander.db", author="Iemand anders (fictief)") as workspace:
        add_example(workspace)
        title(workspace, "van een ander")
        foreign = keeping.back_up(workspace, "hand")
    dropped = copies.folder_of(filled) / "20991231T000000Z-hand.db"
    shutil.copy(foreign.path, dropped)
    assert keeping.find_copy(filled, "laatste") == ours
    assert keeping.find_copy(filled, dropped.name).path == dropped
    filled.write_bytes(b"kapot")
    assert (
        keeping.find_copy(filled, "laatste").path == dropped
    )  # of a file that cannot be read nobody can say it
