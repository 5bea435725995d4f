"""The store: versions, heads, the chain, undo over restarts, drafts, and what `check` sees."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect

from cirkeldesk import paths
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.document.merge import Overlap, merge
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Variant
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.tender import drafts, tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.store import schema
from cirkeldesk.store.check import faults
from cirkeldesk.store.sqlite.database import engine_for, migrate
from cirkeldesk.store.store import Store


def title(text: str) -> edits.Edit:
    return edits.set_field("title", text, "titel")


def test_an_edit_is_one_version_one_row_and_nothing_changes_nothing(workspace: Workspace) -> None:
    identity = tenders.new_tender(workspace)
    assert tenders.edit_tender(workspace, identity, title("Weg")) is not None
    assert tenders.edit_tender(workspace, identity, title("Weg")) is None
    with workspace.unit() as unit:
        rows = unit.steps.rows("tender", identity)
        assert [row.step for row in rows] == ["tender_new", "field"]
        assert unit.head("tender", identity) == content_hash(unit.tender(identity))
        assert faults(unit) == []


def test_undo_and_redo_live_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        identity = tenders.new_tender(workspace)
        tenders.edit_tender(workspace, identity, title("een"))
        tenders.edit_tender(workspace, identity, title("twee"))
    with open_workspace(path) as workspace:
        assert tenders.undo(workspace, identity).row.params == {"label": "titel"}
        assert tenders.get_tender(workspace, identity).title == "een"
    with open_workspace(path) as workspace:
        tenders.undo(workspace, identity)
        assert tenders.get_tender(workspace, identity).title == ""
        with pytest.raises(StoreError, match="nothing_to_undo"):
            tenders.undo(workspace, identity)
        tenders.redo(workspace, identity)
        tenders.redo(workspace, identity)
        assert tenders.get_tender(workspace, identity).title == "twee"
        with workspace.unit() as unit:
            assert faults(unit) == []


@settings(max_examples=25)
@given(
    steps=st.lists(
        st.one_of(st.sampled_from(["undo", "redo"]), st.text("abc", min_size=1, max_size=3)), max_size=14
    )
)
def test_undo_returns(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Against a plain list with a cursor: undo gives the value before, redo the value after, a new step
    forgets redo."""
    with open_workspace(tmp_path_factory.mktemp("undo") / "a.db") as workspace:
        identity = tenders.new_tender(workspace)
        values, cursor = [""], 0
        for step in steps:
            if step == "undo":
                if cursor == 0:
                    with pytest.raises(StoreError):
                        tenders.undo(workspace, identity)
                else:
                    tenders.undo(workspace, identity)
                    cursor -= 1
            elif step == "redo":
                if cursor == len(values) - 1:
                    with pytest.raises(StoreError):
                        tenders.redo(workspace, identity)
                else:
                    tenders.redo(workspace, identity)
                    cursor += 1
            elif tenders.edit_tender(workspace, identity, title(step)) is not None:
                values = [*values[: cursor + 1], step]
                cursor += 1
            assert tenders.get_tender(workspace, identity).title == values[cursor]
        with workspace.unit() as unit:
            assert faults(unit) == []


def test_undo_stops_at_a_slot(workspace: Workspace) -> None:
    identity = tenders.new_tender(workspace)
    tenders.edit_tender(workspace, identity, title("een"))
    with workspace.unit() as unit:
        unit.commit("tender", identity, unit.tender(identity), "field", {"label": "slot"}, barrier=True)
    with pytest.raises(StoreError, match="barrier"):
        tenders.undo(workspace, identity)


def test_undo_of_an_own_step_under_somebody_elses(workspace: Workspace) -> None:
    identity = tenders.new_tender(workspace)
    me = workspace.store.author
    tenders.edit_tender(workspace, identity, title("van mij"))
    workspace.store.author = "een ander"
    tenders.edit_tender(workspace, identity, edits.set_field("functional_quantity", 500.0, "oppervlakte"))
    workspace.store.author = me
    tenders.undo(workspace, identity)
    tender = tenders.get_tender(workspace, identity)
    assert (tender.title, tender.functional_quantity) == ("", 500.0)


def test_undo_says_who_when_steps_overlap(workspace: Workspace) -> None:
    identity = tenders.new_tender(workspace)
    me = workspace.store.author
    tenders.edit_tender(workspace, identity, title("van mij"))
    workspace.store.author = "een ander"
    tenders.edit_tender(workspace, identity, title("van een ander"))
    workspace.store.author = me
    with pytest.raises(StoreError) as caught:
        tenders.undo(workspace, identity)
    assert caught.value.params["author"] == "een ander"
    assert tenders.get_tender(workspace, identity).title == "van een ander"


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 9, "b": 2}, {"a": 1, "b": 7}, {"a": 9, "b": 7}),
        ({"a": 1}, {}, {"a": 1, "c": 3}, {"c": 3}),
        (
            [{"id": "x", "v": 1}],
            [{"id": "x", "v": 2}],
            [{"id": "x", "v": 1}, {"id": "y"}],
            [{"id": "x", "v": 2}, {"id": "y"}],
        ),
        ([{"id": "x"}], [], [{"id": "x"}, {"id": "y"}], [{"id": "y"}]),
        ([1, 2], [1, 2], [3], [3]),
    ],
)
def test_merging(base: object, mine: object, theirs: object, expected: object) -> None:
    assert merge(base, mine, theirs) == expected


def test_merging_the_same_place_overlaps() -> None:
    with pytest.raises(Overlap, match=r"posts\[p1\]\.name"):
        merge(
            {"posts": [{"id": "p1", "name": "a"}]},
            {"posts": [{"id": "p1", "name": "b"}]},
            {"posts": [{"id": "p1", "name": "c"}]},
        )


def test_a_failing_step_changes_nothing(workspace: Workspace) -> None:
    identity = tenders.new_tender(workspace)
    with workspace.unit() as unit:
        before = unit.steps.chain_head()

    def broken(_: object) -> object:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tenders.edit_tender(workspace, identity, edits.Edit("field", {}, broken))  # type: ignore[arg-type]

    def half_a_step() -> None:
        with workspace.unit() as unit:
            unit.commit(
                "tender", identity, replace(unit.tender(identity), title="half"), "field", {"label": "titel"}
            )
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        half_a_step()
    with workspace.unit() as unit:
        assert unit.steps.chain_head() == before
        assert unit.tender(identity).title == ""


def test_drafts_are_kept_side_by_side_until_their_own_field_is_done(tmp_path: Path) -> None:
    """A step in one field takes nothing away of what is typed in another; a document that goes takes its
    drafts along."""
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        identity = tenders.new_tender(workspace)
        typed = (Draft("price/v1//", "1.265"), Draft("Titel *", "Rijb"))
        drafts.save_drafts(workspace, ("tender", identity), typed)
        drafts.save_drafts(workspace, ("page", "instellingen"), (Draft("Organisatie", "Gem"),))
    with open_workspace(path) as workspace:
        assert set(drafts.drafts_of(workspace, ("tender", identity))) == set(typed)
        assert tenders.get_tender(workspace, identity).variants == ()
        tenders.edit_tender(workspace, identity, title("af"))
        assert set(drafts.drafts_of(workspace, ("tender", identity))) == set(typed)
        drafts.save_drafts(workspace, ("tender", identity), typed[:1])
        assert drafts.drafts_of(workspace, ("tender", identity)) == typed[:1]
        workspace.store.author = "iemand anders"
        assert not drafts.all_drafts(workspace)
        keeping.erase_tender(workspace, identity)
        with workspace.unit() as unit:
            assert unit.count(schema.draft) == 1  # that of the page


def test_pinned_versions_stay_when_the_library_moves_on(workspace: Workspace) -> None:
    add_example(workspace)
    before = tenders.get_tender(workspace, "voorbeeld")
    with workspace.unit() as unit:
        product = unit.product("voorbeeld-sma11")
        unit.commit(
            "product",
            product.id,
            replace(product, name="nieuw"),
            "product_field",
            {"label": "naam", "name": "x"},
        )
    ref = before.variants[0].answers[0].product
    assert ref is not None
    assert ref.hash is not None
    assert tenders.get_tender(workspace, "voorbeeld") == before
    with workspace.unit() as unit:
        assert unit.document(ref.hash) == product
        assert faults(unit) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ('UPDATE history SET params = \'{"label":"anders"}\' WHERE seq = 4', "history"),
        ("UPDATE history SET time = '2020-01-01' WHERE seq = 3", "history"),
        ("DELETE FROM history WHERE seq = 3", "history"),
        ("UPDATE tender_list SET title = 'anders'", "list"),
        ("DELETE FROM product_list WHERE id = 'voorbeeld-sma11'", "list"),
        ("DELETE FROM pin", "pin"),
        ("UPDATE document SET content = x'00' WHERE kind = 'product'", "document"),
        ("DELETE FROM head WHERE kind = 'weighting_set'", "head"),
    ],
)
def test_check_sees_what_was_changed_behind_its_back(tmp_path: Path, statement: str, what: str) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    store = Store.open(path, paths.migrations(), lambda: "2026-01-01T00:00:00+00:00")
    try:
        with store.unit() as unit:
            assert what in {found for found, _ in faults(unit)}
    finally:
        store.close()


def test_lists_can_be_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path) as workspace:
        add_example(workspace)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM tender_list")
        connection.execute("DELETE FROM pin")
    connection.close()
    with open_workspace(path) as workspace, workspace.unit() as unit:
        assert faults(unit) != []
        unit.lists.rebuild()
        assert faults(unit) == []


def test_migrations_and_tables_agree(tmp_path: Path) -> None:
    """What Alembic makes is what the code declares, to the column, index and constraint."""
    migrated = engine_for(tmp_path / "a.db", read_only=False)
    migrate(migrated, paths.migrations())
    declared = create_engine("sqlite://")
    schema.metadata.create_all(declared)
    one, two = inspect(migrated), inspect(declared)
    assert set(one.get_table_names()) - {"alembic_version"} == set(two.get_table_names())
    for table in two.get_table_names():
        for look in ("get_columns", "get_indexes", "get_unique_constraints", "get_pk_constraint"):
            assert str(getattr(one, look)(table)) == str(getattr(two, look)(table)), (table, look)
    newest = max(path.name for path in (paths.migrations() / "versions").glob("*.py"))
    assert newest.startswith(schema.REVISION)
    migrated.dispose()
    declared.dispose()


def test_a_migration_that_fails_halfway_leaves_the_old_schema(tmp_path: Path) -> None:
    scripts = tmp_path / "alembic"
    (scripts / "versions").mkdir(parents=True)
    (scripts / "env.py").write_text(
        (paths.migrations() / "env.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    for script in (paths.migrations() / "versions").glob("*.py"):
        (scripts / "versions" / script.name).write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    broken = (
        f'from alembic import op\nimport sqlalchemy as sa\nrevision = "9999"\ndown_revision = '
        f'"{schema.REVISION}"\n'
        'def upgrade():\n    op.create_table("half", sa.Column("a", sa.Integer))\n    raise '
        'RuntimeError("halfway")\n'
    )
    engine = engine_for(tmp_path / "a.db", read_only=False)
    migrate(engine, paths.migrations())
    (scripts / "versions" / "9999_broken.py").write_text(broken, encoding="utf-8")
    with pytest.raises(RuntimeError, match="halfway"):
        migrate(engine, scripts)
    with engine.connect() as connection:
        assert (
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
            == schema.REVISION
        )
        assert "half" not in inspect(connection).get_table_names()
    engine.dispose()


def test_a_new_variant_gets_the_next_name(workspace: Workspace) -> None:
    tender = tenders.get_tender(workspace, tenders.new_tender(workspace))
    names = []
    for role in ("reference", "bid", "bid", "alternative", "variant_bid"):
        variant: Variant = edits.next_variant(tender, role)
        tender = edits.add_variant(variant).apply(tender)
        names.append(variant.name)
    assert names == [
        "Nulvariant",
        "Inschrijving A",
        "Inschrijving B",
        "Ontwerpvariant 1",
        "Variantinschrijving A",
    ]
    assert len({v.id for v in tender.variants}) == 5


def test_units_do_not_nest(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError, match="within a unit"), workspace.unit(), workspace.unit():
        pass
