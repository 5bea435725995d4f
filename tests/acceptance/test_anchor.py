"""Anchors: a witness outside the file. Wholesale rewriting with every hash made anew (found/attack 2.1), a
file that went back, another file: each is seen; what was honestly done since is not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.document.anchor import Witnessed, witnessed_in
from cirkeldesk.model.document.history import GENESIS, link
from cirkeldesk.operations.file import counter, keeping
from cirkeldesk.operations.file.anchor import anchor_of, check_anchor, witness_of, write_anchor
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import new_tender
from cirkeldesk.operations.workspace import open_workspace
from tests.acceptance.conftest import Cli
from tests.acceptance.papers import everything_in
from tests.sheets.verapdf import conforms

HEAD = "ab" * 32


def rewrite(database: Path, author: str) -> None:
    """The whole history by another author, every chain value made anew: to the file itself it is in order."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.row_factory = sqlite3.Row
        previous = GENESIS
        for row in connection.execute("SELECT * FROM history ORDER BY seq").fetchall():
            values = {**dict(row), "author": author}
            previous = link(previous, values)
            connection.execute(
                "UPDATE history SET author = ?, chain = ? WHERE seq = ?", (author, previous, row["seq"])
            )


def test_an_anchor_is_found_again_after_honest_work(cli: Cli, tmp_path: Path) -> None:
    cli("example")
    sheet = tmp_path / "anker.pdf"
    made = cli("anchor", "VOORBEELD-001", "--pdf", str(sheet), "--json").json
    for number in range(3):
        cli("example", "--group", ("straatstenen", "isolatie", "brug")[number])
    found = cli("check", "--anchor", str(sheet), "--json").json
    assert cli.code == 0
    assert (found["state"], found["found_at"]) == ("contained", made["steps"])
    for said in (made["anchor"], made["head"], made["head"][:16], made["head"].upper()):
        assert cli("check", "--anchor", said, "--json").json["state"] == "contained"
    assert "ankerblad gemaakt" in cli("check").out
    told = everything_in(sheet)
    assert made["head"] in told.replace(" ", "").replace("\n", "")
    assert "Asfalt" in told
    conforms([sheet])


def test_rewriting_everything_is_in_order_and_yet_seen(cli: Cli, tmp_path: Path) -> None:
    cli("example")
    sheet = tmp_path / "anker.pdf"
    cli("anchor", "--pdf", str(sheet))
    rewrite(cli.database, "een ander")
    assert cli("check").code == 0  # the chain alone cannot know
    assert cli("check", "--anchor", str(sheet), "--json").json["state"] == "other"
    assert cli.code == 1
    assert "herschreven" in cli("check", "--anchor", str(sheet)).out


def test_a_file_that_went_back_and_another_file_are_told_apart(cli: Cli, tmp_path: Path) -> None:
    cli("example")
    before = tmp_path / "eerder.db"
    shutil.copy(cli.database, before)
    cli("example", "--group", "straatstenen")
    sheet = tmp_path / "anker.pdf"
    head = cli("anchor", "--pdf", str(sheet), "--json").json["head"]
    assert cli("--db", str(before), "check", "--anchor", str(sheet), "--json").json["state"] == "fewer"
    assert cli("--db", str(before), "check", "--anchor", head, "--json").json["state"] == "unknown"
    other = tmp_path / "ander.db"
    cli("--db", str(other), "example")
    cli("--db", str(other), "example", "--group", "brug")
    assert cli("--db", str(other), "check", "--anchor", str(sheet), "--json").json["state"] in (
        "other",
        "fewer",
    )


def test_every_paper_of_ours_is_a_witness(cli: Cli, tmp_path: Path) -> None:
    cli("example")
    paper = tmp_path / "advies.pdf"
    cli("advise", "VOORBEELD-001", "--pdf", str(paper))
    cli("example", "--group", "straatstenen")
    assert cli("check", "--anchor", str(paper), "--json").json["state"] == "contained"
    rewrite(cli.database, "een ander")
    assert cli("check", "--anchor", str(paper), "--json").json["state"] == "unknown"


@pytest.mark.parametrize("said", ["niets", "abcdef", "g" * 64, "a" * 65, "/nergens/anker.pdf", ""])
def test_what_is_no_anchor_is_said_to_be_none(cli: Cli, said: str) -> None:
    cli("example")
    assert cli("check", "--anchor", said).code == 1
    assert "geen anker" in cli.err


def test_damaged_and_hostile_files_are_no_anchor(cli: Cli, tmp_path: Path) -> None:
    cli("example")
    sheet = tmp_path / "anker.pdf"
    cli("anchor", "--pdf", str(sheet))
    content = sheet.read_bytes()
    two = f"urn:cirkeldesk:anker:1:3:{HEAD} urn:cirkeldesk:anker:1:4:{HEAD}"
    for number, broken in enumerate((content[:400], b"%PDF-1.7\n" + b"\0" * 900, b"", two.encode())):
        path = tmp_path / f"kapot{number}.pdf"
        path.write_bytes(broken)
        assert cli("check", "--anchor", str(path)).code == 1
        assert cli.err


def test_what_a_text_says() -> None:
    assert witnessed_in(f"urn:cirkeldesk:anker:1:12:{HEAD}") == Witnessed(HEAD, 12)
    broken_over_lines = f"x urn:cirkeldesk:anker:1:12:{HEAD[:30]}\n  {HEAD[30:]} y"
    assert witnessed_in(broken_over_lines) == Witnessed(HEAD, 12)
    assert witnessed_in(f"Kenmerk van de geschiedenis: {HEAD}") == Witnessed(HEAD)
    assert witnessed_in(f" {HEAD[:20].upper()} ") == Witnessed(HEAD[:20])
    assert witnessed_in(HEAD[:15]) is None
    assert witnessed_in(f"{HEAD} en meer") is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = witnessed_in(text)
    assert found is None or 16 <= len(found.head) <= 64


def test_erasing_leaves_the_anchor(tmp_path: Path) -> None:
    """A name that was erased leaves its tombstone and the chain as it was."""
    with open_workspace(tmp_path / "a.db", author="Jansen (verzonnen)") as workspace:
        add_example(workspace)
        witnessed = witness_of(anchor_of(workspace).identifier)
        keeping.erase_name(workspace, "Jansen (verzonnen)", keep_back_ups=True, go_on=lambda *_: True)
        assert check_anchor(workspace, witnessed).state == "contained"


# --- the counter outside the file
# -----------------------------------------------------------------------------------------------------


def test_a_copy_that_was_put_over_the_file_is_seen_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path, author="een") as workspace:
        add_example(workspace)
        assert counter.look(workspace) is None  # new here
        counter.note(workspace)
    shutil.copy(path, tmp_path / "oud.db")
    with open_workspace(path, author="een") as workspace:
        new_tender(workspace)
        counter.note(workspace)
        was = anchor_of(workspace).steps
    shutil.copy(tmp_path / "oud.db", path)
    with open_workspace(path, author="een") as workspace:
        found = counter.look(workspace)
        assert found is not None
        assert (found.fault, found.was) == ("went_back", was)
        assert [row.step for row in keeping.of_file(workspace)] == ["went_back"]
        assert counter.look(workspace) is None  # said, and a row in the history
        new_tender(workspace)
        counter.note(workspace)
    rewrite(path, "een ander")
    with open_workspace(path, author="een") as workspace:
        found = counter.look(workspace)
        assert found is not None
        assert found.fault == "other_history"


def test_a_back_up_that_the_program_puts_back_is_a_row_already(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path, author="een") as workspace:
        add_example(workspace)
        copy = keeping.back_up(workspace)
        new_tender(workspace)
        new_tender(workspace)
        new_tender(workspace)
        counter.note(workspace)
    keeping.put_back(path, copy)
    with open_workspace(path, author="een") as workspace:
        assert counter.look(workspace) is None
        assert [row.step for row in keeping.of_file(workspace)] == ["restored"]


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"a": [1]}', '{"a": ["x", 2]}', "\x00", "[" * 9000])
def test_a_counter_that_cannot_be_read_counts_nothing(tmp_path: Path, content: str) -> None:
    from cirkeldesk import paths

    with open_workspace(tmp_path / "a.db", author="een") as workspace:
        add_example(workspace)
        counter.note(workspace)
        paths.counter_file().write_text(content, encoding="utf-8")
        assert counter.look(workspace) is None
        counter.note(workspace)
        assert counter.look(workspace) is None


def test_a_read_only_file_gets_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path, author="een") as workspace:
        add_example(workspace)
        counter.note(workspace)
        made = write_anchor(workspace, tmp_path / "anker.pdf")
        assert made.steps + 1 == anchor_of(workspace).steps
