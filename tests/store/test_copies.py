"""Back-ups: which stay and which go (a law, with a clock of our own), made whole or not at all, and put
back."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk import paths
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.store.check import faults
from cirkeldesk.store.schema import REVISION
from cirkeldesk.store.sqlite.copies import SCALES, Copy, Reason, copies_of, folder_of, superseded
from cirkeldesk.store.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MOST = 25 + 15 + 53 + 2  # hours of a day, days of two weeks, weeks of a year, and each end half


def a_copy(seconds_ago: int, reason: Reason = "tijd") -> Copy:
    return Copy(NOW - timedelta(seconds=seconds_ago), reason, Path(f"{seconds_ago}.db"))


YEAR_AND_MORE = 430 * 24 * 3600
ages = st.one_of(st.integers(-7200, 200_000), st.integers(0, 15 * 24 * 3600), st.integers(0, YEAR_AND_MORE))
reasons: st.SearchStrategy[Reason] = st.sampled_from(
    ["tijd", "tijd", "hand", "terugzetten", "migratie", "wissen"]
)
shelves = st.lists(st.tuples(ages, reasons, st.booleans()), max_size=40, unique_by=lambda each: each[0])
Shelf = list[tuple[int, Reason, bool]]


@given(shelf=shelves)
def test_thinning_keeps_what_it_must(shelf: Shelf) -> None:
    copies = {a_copy(age, reason): good for age, reason, good in shelf}
    gone = superseded(copies, NOW, copies.__getitem__)
    kept = [copy for copy in copies if copy not in gone]
    good = sorted((copy for copy in copies if copies[copy]), reverse=True)
    if good:
        assert good[0] in kept  # the newest good one
    assert set(gone) <= set(copies)
    if not any(copies.values()):
        assert gone == []  # nothing can be read: nothing goes
    for copy in gone:
        assert any(copies[other] for other in kept), copy  # one that can be read stays in its place
        assert copy.reason == "tijd" or NOW - copy.moment > timedelta(
            days=1
        )  # by hand, before going back: a day at least
    again = superseded(kept, NOW, copies.__getitem__)
    assert again == []  # once thinned, thin


@given(shelf=shelves)
def test_of_good_copies_one_stays_per_hour_day_and_week(shelf: Shelf) -> None:
    copies = [a_copy(age) for age, _, _ in shelf]
    gone = superseded(copies, NOW, lambda _: True)
    kept = [copy for copy in copies if copy not in gone]
    young = [copy for copy in kept if copy.moment <= NOW]
    assert len(young) <= MOST
    for copy in gone:
        age = NOW - copy.moment
        per = next((per for up_to, per in SCALES if age <= up_to), None)
        if per is not None:  # what stays is newer and of the same hour, day or week
            assert any(timedelta(0) < other.moment - copy.moment < per for other in kept)


@given(hours=st.lists(st.integers(1, 60), min_size=1, max_size=60), broken=st.sets(st.integers(0, 59)))
def test_a_life_of_back_ups_never_loses_the_last_good_one(hours: list[int], broken: set[int]) -> None:
    """A copy after each pause, thinned each time, some of them damaged: what can be put back is never older
    than it must be."""
    now, shelf, good = NOW, [], set()
    for number, pause in enumerate(hours):
        now += timedelta(hours=pause)
        made = Copy(now, "tijd", Path(f"{number}.db"))
        shelf.append(made)
        if number not in broken:
            good.add(made)
        for copy in superseded(shelf, now, good.__contains__):
            shelf.remove(copy)
        if good:
            assert max(good) in shelf


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
    return path


def title(workspace: Workspace, text: str) -> None:
    tenders.edit_tender(workspace, "voorbeeld", edits.set_field("title", text, "titel"))


def test_a_back_up_is_made_when_something_was_done(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        first = keeping.back_up_when_due(workspace)
        assert first is not None
        assert keeping.back_up_when_due(workspace) is None  # just made
        aged = first.path.with_name(first.path.name.replace(first.path.name[:8], "20260101"))
        first.path.rename(aged)
        assert keeping.back_up_when_due(workspace) is None  # old, but nothing was done since
        title(workspace, "anders")
        assert keeping.back_up_when_due(workspace) is not None
        assert [copy.reason for copy in keeping.back_ups(filled)] == ["tijd", "tijd"]


def test_a_back_up_is_made_while_somebody_works(filled: Path) -> None:
    """A copy is of a moment between two steps, and working goes on."""
    with open_workspace(filled) as workspace:
        title(workspace, "een")
        made = keeping.back_up(workspace)
        title(workspace, "twee")
        held = keeping.contents(made)
        assert held.newest is not None
        assert held.tenders == (("VOORBEELD-001", "een", "concept"),)
        assert [row.step for row in keeping.steps_since(workspace, made)] == ["field"]


def test_putting_back_keeps_what_was_there(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        title(workspace, "goed")
        made = keeping.back_up(workspace)
        title(workspace, "fout")
    assert keeping.put_back(filled, made) is None
    with open_workspace(filled) as workspace:
        assert tenders.get_tender(workspace, "voorbeeld").title == "goed"
        with workspace.unit() as unit:
            assert faults(unit) == []
    newest = keeping.back_ups(filled)[0]
    assert newest.reason == "terugzetten"
    keeping.put_back(filled, newest)  # and that can be put back in turn
    with open_workspace(filled) as workspace:
        assert tenders.get_tender(workspace, "voorbeeld").title == "fout"


def test_a_damaged_file_goes_aside(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        keeping.back_up(workspace)
    filled.write_bytes(filled.read_bytes()[: filled.stat().st_size // 2])
    before = filled.read_bytes()
    aside = keeping.put_back(filled, keeping.find_copy(filled, "laatste"))
    assert aside is not None
    assert aside.read_bytes() == before
    with open_workspace(filled) as workspace:
        assert tenders.get_tender(workspace, "voorbeeld").number == "VOORBEELD-001"


def test_nothing_is_put_back_under_somebody_who_works(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        made = keeping.back_up(workspace)
        before = filled.read_bytes()
        with pytest.raises(StoreError, match="db_locked"):
            keeping.put_back(filled, made)
        assert filled.read_bytes() == before


def test_a_damaged_back_up_is_not_put_back(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        made = keeping.back_up(workspace)
    made.path.write_bytes(made.path.read_bytes()[:5000])
    before = filled.read_bytes()
    with pytest.raises(StoreError, match="copy_unreadable"):
        keeping.put_back(filled, made)
    with pytest.raises(StoreError, match="copy_not_found"):
        keeping.find_copy(filled, "laatste")
    assert filled.read_bytes() == before


def as_of_0003(connection: sqlite3.Connection) -> None:
    """Take away what revisions 0004 and 0005 brought."""
    connection.executescript(
        """
        DROP TABLE counted;
        DROP TABLE supply_list;
        DROP TABLE demand_list;
        DROP TABLE passport_list;
        ALTER TABLE tender_list DROP COLUMN hash; ALTER TABLE product_list DROP COLUMN hash; DROP TABLE draft;
        CREATE TABLE draft (kind VARCHAR(20) NOT NULL, id VARCHAR(64) NOT NULL, author VARCHAR(120) NOT NULL,
        field TEXT NOT NULL, text TEXT NOT NULL, time VARCHAR(40) NOT NULL, CONSTRAINT pk_draft PRIMARY KEY (kind, id, author));
        """
    )


def test_a_migration_makes_a_back_up_first(tmp_path: Path, filled: Path) -> None:
    assert copies_of(filled) == []  # a new file has nothing to lose
    with sqlite3.connect(filled) as connection:  # as the release before left it
        connection.execute("DROP TABLE tombstone")
        connection.execute("ALTER TABLE setting DROP COLUMN hash")
        as_of_0003(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    before = filled.read_bytes()
    with open_workspace(filled) as workspace:
        assert workspace.store.features.revision == REVISION
    made = copies_of(filled)
    assert [copy.reason for copy in made] == ["migratie"]
    assert keeping.is_good(made[0])
    kept = sqlite3.connect(made[0].path)
    assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)
    kept.close()
    assert len(before) == made[0].size


def test_a_migration_that_fails_leaves_the_old_file(filled: Path, tmp_path: Path) -> None:
    """Scripts that fail halfway: the tables are as they were, in one transaction."""
    with sqlite3.connect(filled) as connection:
        connection.execute("DROP TABLE tombstone")
        connection.execute("ALTER TABLE setting DROP COLUMN hash")
        as_of_0003(connection)
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    before = filled.read_bytes()
    scripts = tmp_path / "scripts"
    shutil.copytree(paths.migrations(), scripts)
    newest = next((scripts / "versions").glob("0003*"))
    newest.write_text(
        newest.read_text()
        + "\n\n_good = upgrade\n\n\ndef upgrade():\n    _good()\n    op.execute('SELECT nee')\n"
    )
    with pytest.raises(StoreError, match="db_migration"):
        Store.open(filled, scripts, lambda: "2026-11-23T09:00:00+00:00")
    assert filled.read_bytes() == before
    assert [copy.reason for copy in copies_of(filled)] == ["migratie"]


def test_other_files_among_the_back_ups_are_left_alone(filled: Path) -> None:
    folder = folder_of(filled)
    folder.mkdir()
    (folder / "eigen notitie.txt").write_text("laten staan")
    (folder / "20260101T000000Z-tijd.db").write_text("geen database")
    with open_workspace(filled) as workspace:
        for _ in range(3):
            keeping.back_up(workspace)
    assert (folder / "eigen notitie.txt").read_text() == "laten staan"
    assert keeping.is_good(keeping.back_ups(filled)[0])
