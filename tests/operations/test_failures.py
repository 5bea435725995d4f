"""Operations with failures thrown in at any point: all or nothing, and one step each.

SQLite itself asks before each statement whether to go on (its progress handler and its authorizer); saying no
halfway is a real failure of the database, not a stand-in for one. A failed operation leaves the file as it
was, to the byte of its content; one that succeeds adds its steps and no other.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cirkeldesk.model.calendar.edits import add_row
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations import criteria
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.calendar import calendar
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.product import incoming, products
from cirkeldesk.operations.settings import FileSettings, file_settings, save_file_settings
from cirkeldesk.operations.tender import drafts, history, tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, open_workspace

ID = "voorbeeld"
WRITES = {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
# How far it gets: this many statements that write, or this many thousand instructions of SQLite; None: all
# the way.
when = st.one_of(
    st.none(), st.tuples(st.just("write"), st.integers(0, 12)), st.tuples(st.just("work"), st.integers(0, 40))
)
When = tuple[str, int] | None


def raw_of(workspace: Workspace) -> sqlite3.Connection:
    """SQLite's own connection behind a workspace."""
    with workspace.unit() as unit:
        raw = unit.connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


class Failing:
    """From some moment on SQLite is refused what it wants to do, as by a disk that fills or a share that
    goes."""

    def __init__(self, workspace: Workspace, moment: When) -> None:
        self.workspace, self.moment, self.left = workspace, moment, moment[1] if moment is not None else 0

    def _ask(self, action: int, *_: Any) -> int:
        if action in WRITES:
            self.left -= 1
        return sqlite3.SQLITE_DENY if self.left < 0 else sqlite3.SQLITE_OK

    def _go_on(self) -> int:
        self.left -= 1
        return int(self.left < 0)

    def __enter__(self) -> None:
        self.raw = raw = raw_of(self.workspace)
        if self.moment is not None and self.moment[0] == "write":
            raw.set_authorizer(self._ask)
        elif self.moment is not None:
            raw.set_progress_handler(self._go_on, 1000)

    def __exit__(self, *_: object) -> None:
        # Of the connection itself: a new transaction to find it by would read while it still fails. Where the
        # rollback failed too, the pool closed it and opened another, which nothing disturbs.
        with suppress(sqlite3.ProgrammingError):
            self.raw.set_authorizer(None)
            self.raw.set_progress_handler(None, 0)


class Disturbed(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = ExitStack()
        self.folder = Path(self._folder.enter_context(tempfile.TemporaryDirectory()))
        self.path = self.folder / "leven.db"
        self.workspace: Workspace = open_workspace(self.path, author="een")
        add_example(self.workspace)
        export_dossier(self.workspace, ID, self.folder / "een.cirkel")
        self.failed = self.done = 0

    def teardown(self) -> None:
        self.workspace.store.close()
        with open_workspace(self.path) as workspace:  # what is on the disk, not what is remembered
            found = keeping.check(workspace)
        self._folder.close()
        assert found == []

    def contents(self) -> object:
        raw = raw_of(self.workspace)
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}

    def steps(self) -> int:
        with self.workspace.unit() as unit:
            return unit.steps.newest()

    def run(self, moment: When, operation: Callable[[], object], steps: tuple[int, ...] = (0, 1)) -> None:
        """All of it or nothing of it; a refusal of a lock may leave its one trace."""
        before, at = self.contents(), self.steps()
        try:
            with Failing(self.workspace, moment):
                operation()
        except LockRefusal:
            assert self.steps() - at in (0, 1)
        except StoreError:
            self.failed += 1
            assert self.contents() == before
        else:
            self.done += 1
            assert self.steps() - at in steps

    # --- what people do
    # ----------------------------------------------------------------------------------------------

    def edit(self, moment: When, make: Callable[[Any], edits.Edit]) -> None:
        listed = [row["id"] for row in tenders.tender_list(self.workspace)]
        if ID in listed:
            edit = make(tenders.get_tender(self.workspace, ID))
            self.run(moment, lambda: tenders.edit_tender(self.workspace, ID, edit))

    @rule(moment=when, price=st.decimals(0, 2_000_000, places=2))
    def type_a_price(self, moment: When, price: Decimal) -> None:
        self.edit(moment, lambda tender: edits.set_price(tender, tender.variants[-1].id, price, "prijs"))

    @rule(moment=when)
    def add_a_variant(self, moment: When) -> None:
        self.edit(moment, lambda tender: edits.add_variant(edits.next_variant(tender, "alternative")))

    @rule(moment=when, back=st.booleans())
    def undo_or_redo(self, moment: When, back: bool) -> None:
        self.run(moment, lambda: (tenders.undo if back else tenders.redo)(self.workspace, ID))

    @rule(moment=when)
    def make_a_tender(self, moment: When) -> None:
        self.run(moment, lambda: tenders.new_tender(self.workspace), (1,))

    @rule(moment=when)
    def copy_a_tender(self, moment: When) -> None:
        self.run(moment, lambda: tenders.as_template(self.workspace, ID), (1,))

    @rule(moment=when)
    def go_back(self, moment: When) -> None:
        steps = history.steps_of(self.workspace, ID)
        self.run(moment, lambda: history.go_back(self.workspace, ID, steps[-1].seq))

    @rule(moment=when)
    def lock(self, moment: When) -> None:
        self.run(moment, lambda: awards.lock_rules(self.workspace, ID, "2026-11-03", "Leidraad (verzonnen)"))

    @rule(moment=when)
    def make_and_answer_a_product(self, moment: When) -> None:
        self.run(moment, lambda: products.new_product(self.workspace, "Iets (verzonnen)"), (1,))

    @rule(moment=when, words=st.text("abc ", max_size=6))
    def set_the_organisation(self, moment: When, words: str) -> None:
        self.run(moment, lambda: save_file_settings(self.workspace, FileSettings(organisation=words)), (0,))
        assert file_settings(self.workspace).organisation is not None

    @rule(moment=when)
    def add_to_the_calendar(self, moment: When) -> None:
        edit = add_row(calendar.get_calendar(self.workspace), "Iets (verzonnen)")
        self.run(moment, lambda: calendar.edit_calendar(self.workspace, edit), (1, 2))

    @rule(moment=when)
    def choose_a_criterion(self, moment: When) -> None:
        offered = criteria.criteria_for(self.workspace, "asfalt")
        self.edit(moment, lambda tender: edits.take_criterion(offered[len(tender.criteria) % len(offered)]))

    @rule(moment=when)
    def read_a_dossier_again(self, moment: When) -> None:
        self.run(moment, lambda: incoming.import_file(self.workspace, self.folder / "een.cirkel"))

    @rule(moment=when)
    def erase_a_copy(self, moment: When) -> None:
        copies = [row["id"] for row in tenders.tender_list(self.workspace) if row["id"] != ID]
        if copies:
            self.run(moment, lambda: keeping.erase_tender(self.workspace, copies[0]), (1,))

    @rule(moment=when)
    def keep_a_draft(self, moment: When) -> None:
        self.run(
            moment,
            lambda: drafts.save_drafts(self.workspace, ("tender", ID), [Draft("price/v1//", "12")]),
            (0,),
        )

    @rule(moment=when)
    def make_a_back_up(self, moment: When) -> None:
        if len(keeping.back_ups(self.path)) < 3:
            self.run(moment, lambda: keeping.back_up(self.workspace), (0,))
        assert all(keeping.is_good(copy) for copy in keeping.back_ups(self.path))

    @rule()
    def restart(self) -> None:
        self.workspace.store.close()
        self.workspace = open_workspace(self.path, author="een")

    @invariant()
    def what_is_shown_is_what_is_kept(self) -> None:
        """Nothing of a failed step stays behind in what the program remembers."""
        shown = tenders.get_tender(self.workspace, ID)
        with self.workspace.unit() as unit:
            digest = unit.head("tender", ID)
            unit.file.forget()
            assert unit.document(digest or "") == shown


@pytest.mark.timeout(900)
def test_operations_with_failures(deep: bool) -> None:
    counts = settings(max_examples=250 if deep else 12, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(Disturbed, settings=counts)


def test_a_failure_is_really_a_failure(tmp_path: Path) -> None:
    """The disturbance above does what it says: at every number of writes short of enough, nothing; then
    all."""
    with open_workspace(tmp_path / "a.db", author="een") as workspace:
        add_example(workspace)
        tender = tenders.get_tender(workspace, ID)
        failed = 0
        for allowed in range(40):
            edit = edits.set_field("title", f"met {allowed} keer schrijven", "titel")
            try:
                with Failing(workspace, ("write", allowed)):
                    tenders.edit_tender(workspace, ID, edit)
            except StoreError:
                failed += 1
                assert tenders.get_tender(workspace, ID) == tender
            else:
                assert tenders.get_tender(workspace, ID) == replace(
                    tender, title=f"met {allowed} keer schrijven"
                )
                break
        assert failed >= 5
