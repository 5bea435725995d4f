"""Damaged files: every flipped byte and cut end is told or harmless, and what can be saved is saved and
true."""

from __future__ import annotations

import random
import sqlite3
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cirkeldesk import cli
from cirkeldesk.model.document.document import canonical, to_plain
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.calendar.calendar import get_calendar
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.material.materials import put_plain
from cirkeldesk.operations.settings import FileSettings, file_settings, save_file_settings
from cirkeldesk.operations.tender import history as past
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, comparison_of, open_workspace

ID = "voorbeeld"


@dataclass(frozen=True)
class Seen:
    """Everything somebody can see of a file."""

    lists: object
    documents: tuple[bytes, ...]
    figures: tuple[object, ...]
    history: list[HistoryRow]
    settings: FileSettings


def look(workspace: Workspace) -> Seen:
    with workspace.unit() as unit:
        lists = (
            unit.lists.tenders(),
            unit.lists.products(),
            *(unit.lists.listed(kind) for kind in ("supply", "demand", "passport")),
        )
        ids = [row["id"] for row in unit.lists.tenders()]
        documents = tuple(canonical(to_plain(unit.product(row["id"]))) for row in unit.lists.products())
        history = unit.steps.rows()
        offered = tuple(unit.document(digest) for digest in unit.references.of("weighting_set").values())
    open_tenders = [tenders.get_tender(workspace, identity) for identity in ids]
    figures = tuple(comparison_of(workspace, tender)[0] for tender in open_tenders)
    written = tuple(canonical(to_plain(tender)) for tender in open_tenders)
    plain = (canonical(to_plain(get_calendar(workspace))), *(canonical(to_plain(value)) for value in offered))
    return Seen(lists, written + documents + plain, figures, history, file_settings(workspace))


Made = tuple[bytes, bytes, Seen]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A file in use (its bytes, those of its last back-up, and what is in it)."""
    path = tmp_path_factory.mktemp("schade") / "a.db"
    with open_workspace(path) as workspace:
        workspace.store.author = "een"
        add_example(workspace)
        save_file_settings(
            workspace, FileSettings(organisation="Gemeente Voorbeeldstad (verzonnen)", retention="7")
        )
        for number in range(90):  # enough that what is in use outweighs the empty room of small tables
            tenders.edit_tender(workspace, ID, edits.set_field("title", f"Rijbaan, versie {number}", "titel"))
        put_plain(workspace, materials())
        copy = keeping.back_up(workspace)
        seen = look(workspace)
    return path.read_bytes(), copy.path.read_bytes(), seen


def materials() -> dict[str, object]:
    """Lists of the third kind are in use too."""
    stones = {"kind": "betonstraatsteen", "unit": "m2", "name": "Keien (verzonnen)"}
    return {
        "supplies": [{**stones, "id": f"s{number}", "amount": 100.0 + number} for number in range(12)],
        "demands": [
            {**stones, "id": f"d{number}", "amount": 50.0, "needed_from": "2027-01-01"} for number in range(6)
        ],
    }


def damages(size: int, count: int) -> list[tuple[str, int, int]]:
    """(kind, place, bit) of single flips and cut ends, over the whole file and more of them in its
    beginning."""
    chance = random.Random(20261123)
    found = []
    for number in range(count):
        if number % 5 == 4:
            found.append(("cut", chance.randrange(size), 0))
        elif number % 5 == 3:
            found.append(("flip", chance.randrange(min(size, 8192)), chance.randrange(8)))
        else:
            found.append(("flip", chance.randrange(size), chance.randrange(8)))
    return found


def damaged(content: bytes, kind: str, place: int, bit: int) -> bytes:
    if kind == "cut":
        return content[:place]
    return content[:place] + bytes([content[place] ^ (1 << bit)]) + content[place + 1 :]


def rows_of(path: Path) -> object:
    """Every row of every table, what is packed unpacked: a few bits of a packed text are padding."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = [
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    found = {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
    connection.close()
    found["document"] = [(*row[:-1], zlib.decompress(row[-1])) for row in found["document"]]
    return found


@pytest.mark.timeout(900)
def test_damage_is_told_or_harmless(made: Made, tmp_path: Path, deep: bool) -> None:
    """Never a traceback, never other figures: everything seen equals what was there, or a typed error says
    so."""
    content, _, before = made
    told, harmless = Counter[str](), 0
    path = tmp_path / "b.db"
    path.write_bytes(content)
    rows_before = rows_of(path)
    for kind, place, bit in damages(len(content), 2000 if deep else 200):
        path = tmp_path / "b.db"
        path.write_bytes(damaged(content, kind, place, bit))
        if path.stat().st_size == 0:
            continue  # an empty file is a new one
        try:
            with open_workspace(path, author="een") as workspace:
                seen = look(workspace)
                faults = keeping.check(workspace)
        except StoreError as problem:
            told[problem.key] += 1
        else:
            assert seen == before, (kind, place, bit, faults)
            if faults:
                told["check"] += 1
            else:  # a byte that nothing is read from
                assert rows_of(path) == rows_before, (kind, place, bit)
                harmless += 1
        for left in tmp_path.iterdir():
            if left.is_file():
                left.unlink()
            else:
                for copy in left.iterdir():
                    copy.unlink()
    assert set(told) <= {"db_damaged", "db_newer", "not_found", "check"}
    assert told.total() > harmless  # content is looked after; room that is not in use is not


def test_a_file_cut_to_nothing_is_a_new_file_and_its_back_ups_are_still_there(
    made: Made, tmp_path: Path
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(made[0])
    with open_workspace(path) as workspace:
        keeping.back_up(workspace)
    path.write_bytes(b"")
    keeping.put_back(path, keeping.find_copy(path, "laatste"))
    with open_workspace(path, author="een") as workspace:
        assert_put_back(look(workspace), made[2])


def assert_put_back(seen: Seen, before: Seen) -> None:
    """Everything is as it was, and the file says that it was put back."""
    assert replace(seen, history=seen.history[:-1]) == before
    assert (seen.history[-1].step, seen.history[-1].hash) == ("restored", None)


def test_the_last_good_back_up_is_the_way_back(made: Made, tmp_path: Path) -> None:
    content, copied, before = made
    path = tmp_path / "a.db"
    folder = tmp_path / "a.db back-ups"
    folder.mkdir()
    (folder / "20261101T080000Z-tijd.db").write_bytes(copied)
    (folder / "20261102T080000Z-tijd.db").write_bytes(copied[:20_000])  # newer, and damaged
    path.write_bytes(content[: len(content) // 3])
    with pytest.raises(StoreError, match="db_damaged"):
        open_workspace(path)
    keeping.put_back(path, keeping.find_copy(path, "laatste"))
    with open_workspace(path, author="een") as workspace:
        assert_put_back(look(workspace), before)
        assert keeping.check(workspace) == []


def versions_of(content: bytes, folder: Path) -> set[bytes]:
    path = folder / "versies.db"
    path.write_bytes(content)
    with open_workspace(path) as workspace:
        return {canonical(to_plain(past.version_at(workspace, row))) for row in past.steps_of(workspace, ID)}


@pytest.mark.timeout(900)
def test_what_is_salvaged_is_true(made: Made, tmp_path: Path, deep: bool) -> None:
    """Whatever was damaged: a new file that agrees with itself, with versions that were there, or the word
    that none are."""
    content, _, before = made
    existed = versions_of(content, tmp_path)
    saved = whole = 0
    refused: list[str] = []
    for number, (kind, place, bit) in enumerate(damages(len(content), 300 if deep else 40)):
        path, target = tmp_path / f"{number}.db", tmp_path / f"{number} gered.db"
        path.write_bytes(damaged(content, kind, place, bit))
        bytes_before = path.read_bytes()
        try:
            report = keeping.rescue(path, target)
        except StoreError as problem:
            refused.append(problem.key)
            assert not target.exists()
            continue
        finally:
            assert path.read_bytes() == bytes_before
        saved += 1
        with open_workspace(target, author="een") as workspace:
            assert keeping.check(workspace) == [], (kind, place, bit)
            listed = tenders.tender_list(workspace)
            for row in listed:
                assert canonical(to_plain(tenders.get_tender(workspace, row["id"]))) in existed
                comparison_of(workspace, tenders.get_tender(workspace, row["id"]))
            assert report.tenders == len(listed)
            whole += look(workspace).documents == before.documents
    assert set(refused) <= {"salvage_nothing"}
    assert saved >= (200 if deep else 25)
    assert whole >= saved // 2  # one byte costs a row at most


def test_a_break_in_the_history_is_bridged(made: Made, tmp_path: Path) -> None:
    """A row changed behind the program's back: the steps before it stay, the newest version comes in with a
    step that says so."""
    path, target = tmp_path / "a.db", tmp_path / "gered.db"
    path.write_bytes(made[0])
    with sqlite3.connect(path) as connection:
        seqs = [
            row[0] for row in connection.execute("SELECT seq FROM history WHERE step = 'field' ORDER BY seq")
        ]
        connection.execute("UPDATE history SET author = 'iemand' WHERE seq = ?", (seqs[4],))
    connection.close()
    report = keeping.rescue(path, target)
    assert report.broken_after == seqs[4] - 1
    assert (report.older, report.gone, report.files) == ([], [], [])
    with open_workspace(target) as workspace:
        assert tenders.get_tender(workspace, ID).title == "Rijbaan, versie 89"
        assert past.steps_of(workspace, ID)[0].step == "salvaged"
        assert keeping.check(workspace) == []
    with pytest.raises(StoreError, match="salvage_exists"):
        keeping.rescue(path, target)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document SET kind = 'critebia' WHERE kind = 'criteria'",
        "UPDATE document SET kind = 'product' WHERE kind = 'tender'",
        "UPDATE head SET id = 'voorbeelc' WHERE id = 'voorbeeld'",
        "UPDATE head SET kind = 'tendes' WHERE kind = 'tender'",
        "UPDATE head SET kind = 'product' WHERE kind = 'tender'",
        "UPDATE reference SET kind = 'critebia' WHERE kind = 'criteria'",
        "UPDATE reference SET kind = 'product_group', code = 'x'"
        " WHERE kind = 'criteria' AND code = (SELECT min(code) FROM reference WHERE kind = 'criteria')",
    ],
)
def test_a_damaged_word_beside_a_version_is_not_believed(made: Made, tmp_path: Path, change: str) -> None:
    path, target = tmp_path / "a.db", tmp_path / "gered.db"
    path.write_bytes(made[0])
    with sqlite3.connect(path) as connection:
        assert connection.execute(change).rowcount
    connection.close()
    report = keeping.rescue(path, target)
    assert (report.gone, report.files) == ([], [])
    with open_workspace(target) as workspace:
        assert keeping.check(workspace) == []
        assert [row["id"] for row in tenders.tender_list(workspace)] == [ID]
        assert look(workspace).documents == made[2].documents


def test_the_command_line_says_what_and_where(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(made[0])
    with open_workspace(path) as workspace:
        keeping.back_up(workspace)
    assert cli.main(["--db", str(path), "backups"]) == 0
    name = capsys.readouterr().out.split("\t")[0]
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE document SET content = x'00' WHERE kind = 'tender'")
    connection.close()
    assert cli.main(["--db", str(path), "check"]) == 1
    assert "inhoud" in capsys.readouterr().err.casefold()
    saved = tmp_path / "gered.db"
    assert cli.main(["--db", str(path), "salvage", "--to", str(saved)]) == 1  # not all of it
    assert "aanbesteding voorbeeld" in capsys.readouterr().err
    assert cli.main(["--db", str(path), "restore", name]) == 0
    assert cli.main(["--db", str(path), "check"]) == 0
    assert cli.main(["--db", str(path), "restore", "geen"]) == 1
    assert "Wij vinden back-up “geen” niet." in capsys.readouterr().err
    assert cli.main(["--db", str(path), "backup"]) == 0
    assert len(keeping.back_ups(path)) >= 2
