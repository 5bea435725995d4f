"""Erasing: nothing of it is left in the file or its back-ups, and the chain still proves that nothing else
was taken away."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.product.products import attach_evidence, new_product
from cirkeldesk.operations.settings import FileSettings, file_settings, save_file_settings
from cirkeldesk.operations.tender import history as past
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, comparison_of, open_workspace
from cirkeldesk.store.check import faults
from cirkeldesk.wording import sentences

NAME = "Xandra Verzinsel"
ID = "voorbeeld"


def words_in(path: Path) -> bytes:
    """All bytes of a file, with what is packed in it unpacked."""
    content = path.read_bytes()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    packed = [zlib.decompress(row[0]) for row in connection.execute("SELECT content FROM document")]
    connection.close()
    return b"\n".join([content, *packed]).lower()


def everywhere(path: Path) -> bytes:
    return b"\n".join([words_in(path), *(words_in(copy.path) for copy in keeping.back_ups(path))])


@pytest.fixture
def named(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with open_workspace(path, author=NAME) as workspace:
        add_example(workspace)
        tenders.edit_tender(workspace, ID, edits.set_field("title", f"Rijbaan, contact {NAME}", "titel"))
        tenders.edit_tender(workspace, ID, edits.set_field("title", "Rijbaan", "titel"))
        other = tenders.new_tender(workspace)
        tenders.edit_tender(workspace, other, edits.set_field("title", f"{NAME.upper()} vraagt", "titel"))
        save_file_settings(workspace, FileSettings(organisation=f"Bureau {NAME}"))
        keeping.back_up(workspace)
    return path


def test_a_name_goes_everywhere(named: Path) -> None:
    assert NAME.lower().encode() in everywhere(named)
    with open_workspace(named, author="ander") as workspace:
        before = comparison_of(workspace, tenders.get_tender(workspace, ID))[0]
        steps = len(past.steps_of(workspace, ID))
        done = keeping.erase_name(workspace, NAME)
        assert done.versions == 2
        assert done.rows > 5
        assert keeping.check(workspace) == []
        assert comparison_of(workspace, tenders.get_tender(workspace, ID))[0] == before
        history = past.steps_of(workspace, ID)
        assert {row.author for row in history} == {"[gewiste naam 1]"}
        assert len(history) >= steps
        old = next(row for row in history if row.hash and "contact" in past.version_at(workspace, row).title)
        assert past.version_at(workspace, old).title == "Rijbaan, contact [gewiste naam 1]"
        assert file_settings(workspace).organisation == "Bureau [gewiste naam 1]"
        assert [copy.reason for copy in keeping.back_ups(named)] == ["wissen"]
    assert NAME.lower().encode() not in everywhere(named)
    with open_workspace(named) as workspace:
        assert keeping.check(workspace) == []
        tenders.edit_tender(workspace, ID, edits.set_field("title", "Verder", "titel"))
        assert keeping.check(workspace) == []


def test_working_on_after_a_name_went(named: Path) -> None:
    """A current version that named somebody got a version of its own, so that an edit that changes nothing
    stays none."""
    with open_workspace(named, author="ander") as workspace:
        other = next(row["id"] for row in tenders.tender_list(workspace) if row["id"] != ID)
        keeping.erase_name(workspace, NAME)
        assert tenders.get_tender(workspace, other).title == "[gewiste naam 1] vraagt"
        steps = len(past.steps_of(workspace, other))
        tenders.edit_tender(workspace, other, edits.set_field("title", "[gewiste naam 1] vraagt", "titel"))
        assert len(past.steps_of(workspace, other)) == steps
        assert tenders.undo_stacks(workspace, other).undo == ()  # going back would bring the name back


def test_a_tender_goes_with_all_it_said(named: Path) -> None:
    with open_workspace(named) as workspace:
        number = tenders.get_tender(workspace, ID).number
        products = len(desk_products(workspace))
        tender = tenders.get_tender(workspace, ID)
        steps = past.steps_of(workspace, ID)
        done = keeping.erase_tender(workspace, ID)
        assert done.versions == len({row.hash for row in steps})
        assert keeping.check(workspace) == []
        with pytest.raises(StoreError, match="not_found"):
            tenders.get_tender(workspace, ID)
        assert len(desk_products(workspace)) == products  # the library is not the tender's
        last = past.steps_of(workspace, ID)[0]
        assert sentences.step(last.step, last.params) == f"aanbesteding {number} gewist"
        first = past.steps_of(workspace, ID)[-1]
        with pytest.raises(StoreError, match="erased"):
            past.version_at(workspace, first)
        assert [copy.reason for copy in keeping.back_ups(named)] == ["wissen"]
    found = everywhere(named)
    assert b"contact xandra" not in found
    assert tender.variants[3].answers[0].post_id.encode() in found  # other tenders have posts of that name
    assert str(tender.variants[3].price).encode() not in found


def desk_products(workspace: Workspace) -> list[object]:
    with workspace.unit() as unit:
        return list(unit.lists.products())


def test_a_shared_file_stays_while_another_document_names_it(tmp_path: Path) -> None:
    evidence = tmp_path / "bewijs.txt"
    evidence.write_text("een bewijsstuk")
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
        product = new_product(workspace)
        kept = attach_evidence(workspace, product.id, evidence).attachments
        local = replace(product, id="lokaal", attachments=kept)
        edit = edits.Edit(
            "field", {"label": "product"}, lambda one: replace(one, products=(*one.products, local))
        )
        tenders.edit_tender(workspace, ID, edit)
        done = keeping.erase_tender(workspace, ID)
        assert done.files == 0
        with workspace.unit() as unit:
            assert unit.attachments.content(kept[0].sha256) == b"een bewijsstuk"


def test_what_was_erased_can_come_back_from_a_dossier(named: Path, tmp_path: Path) -> None:
    from cirkeldesk.operations.product.incoming import import_file

    with open_workspace(named) as workspace:
        export_dossier(workspace, ID, tmp_path / "a.cirkel")
        keeping.erase_tender(workspace, ID)
        assert import_file(workspace, tmp_path / "a.cirkel").status == "imported"
        assert tenders.get_tender(workspace, ID).number == "VOORBEELD-001"
        assert keeping.check(workspace) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tombstone SET remains = '' WHERE what = 'row'",
        "DELETE FROM tombstone",
        "INSERT INTO tombstone SELECT act, 'row', '999', remains FROM tombstone LIMIT 1",
        "UPDATE history SET author = 'x' WHERE seq = 3",
        "UPDATE history SET params = '{}' WHERE step = 'erase_name'",
    ],
)
def test_a_tombstone_cannot_be_made_up(named: Path, statement: str) -> None:
    with open_workspace(named, author="ander") as workspace:
        keeping.erase_name(workspace, NAME)
    with sqlite3.connect(named) as connection:
        connection.execute(statement)
    connection.close()
    with open_workspace(named) as workspace:
        assert keeping.check(workspace) != []


@pytest.mark.parametrize(
    ("name", "key"),
    [("ab", "erase_no_name"), ("Niemand Hier", "erase_not_found"), ("A1-A3", "erase_unreadable")],
)
def test_a_name_that_cannot_go_changes_nothing(named: Path, name: str, key: str) -> None:
    with open_workspace(named) as workspace, workspace.unit() as unit:
        before = unit.steps.chain_head()
    with open_workspace(named) as workspace:
        with pytest.raises(StoreError, match=key):
            keeping.erase_name(workspace, name)
        with workspace.unit() as unit:
            assert unit.steps.chain_head() == before
            assert faults(unit) == []
