"""One truth for what is open: a tender lived through in the window's own session while the store fails at
random.

Edits, waiting, refusals, retries, the lock, papers, going to another tender and closing, in any order. What
is final equals what was shown when it was asked; no edit is stuck; nothing typed is lost without a word.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cirkeldesk.desktop.tender.session import RefusedText, Session
from cirkeldesk.model.document.document import canonical, content_hash, to_plain
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.paper import export, papers
from cirkeldesk.operations.tender import tenders, unsaved
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.open_tender import NOT_SAVED, OpenTender, save
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.store.check import faults
from cirkeldesk.store.store import Store
from cirkeldesk.store.unit import UnitOfWork

ID = "voorbeeld"
places = st.integers(0, 5)
FAILURES = ("db_disk", "db_gone", "db_folder", "db_locked")


class Weather:
    """Whether the store can be written now."""

    def __init__(self) -> None:
        self.failure: str | None = None

    @contextmanager
    def over(self, store: Store) -> Iterator[None]:
        def refuse(unit: UnitOfWork) -> None:
            if self.failure is not None and unit.file is store:
                raise StoreError(self.failure, file="werk.db", since="")
            real(unit)

        real = UnitOfWork.will_write
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(UnitOfWork, "will_write", refuse)
            yield


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = ExitStack()
        home = Path(self._folder.enter_context(tempfile.TemporaryDirectory()))
        patched = self._folder.enter_context(pytest.MonkeyPatch.context())
        patched.setenv("CIRKELDESK_HOME", str(home / "huis"))
        self.workspace: Workspace = open_workspace(home / "werk.db", author="een")
        add_example(self.workspace)
        self.other = tenders.new_tender(self.workspace)
        self.weather = Weather()
        self._folder.enter_context(self.weather.over(self.workspace.store))
        self.session = Session(self.workspace, ID)
        self.said: list[str] = []
        self._listen()
        self.shown: Tender = self.session.value  # what the screen must show
        self.out = home / "uit"
        self.out.mkdir()

    def _listen(self) -> None:
        self.session.failed.connect(self.said.append)
        self.session.not_saved.connect(self.said.append)
        self.session.put_aside.connect(lambda: self.said.append("opzij"))
        self.session.barred.connect(lambda _edit, key: self.said.append(key))

    def teardown(self) -> None:
        self.weather.failure = None
        self.session.save_again()
        assert not self.session.unsaved  # no edit is stuck once there is room
        with self.workspace.unit() as unit:
            found = faults(unit)
        self.workspace.store.close()
        self._folder.close()
        assert found == []

    # --- what people do
    # ----------------------------------------------------------------------------------------------

    def edit(self, edit: Edit) -> None:
        """An edit is shown, or it is said why not; never neither."""
        self.said.clear()
        before = self.session.value
        done = self.session.commit(edit)
        if done:
            assert self.session.value != before or self.said
        elif edit.apply(before) != before:
            assert self.said or self.session.unfit, edit.step

    @rule(price=st.decimals(0, 2_000_000, places=2), place=places)
    def type_a_price(self, price: Decimal, place: int) -> None:
        variants = self.session.value.variants
        if variants:
            self.edit(edits.set_price(self.session.value, variants[place % len(variants)].id, price, "prijs"))

    @rule(title=st.text("abcde", max_size=6))
    def type_a_title(self, title: str) -> None:
        self.edit(edits.set_field("title", title, "titel"))

    @rule(place=places, mki=st.floats(1, 60))
    def type_an_mki(self, place: int, mki: float) -> None:
        tender = self.session.value
        if tender.variants and tender.posts:
            variant, post = (
                tender.variants[place % len(tender.variants)],
                tender.posts[place % len(tender.posts)],
            )
            self.edit(edits.type_mki(tender, variant.id, post.id, OfferedMki(total=mki), "MKI"))

    @rule()
    def add_a_post(self) -> None:
        tender = self.session.value
        if len(tender.posts) < 6:
            post = replace(tender.posts[0], id=edits.fresh_id(tender, "p"), name=f"Post {len(tender.posts)}")
            self.edit(edits.insert_post(post, 0))

    @rule()
    def add_a_bid(self) -> None:
        if len(self.session.value.variants) < 7:
            self.edit(edits.add_variant(edits.next_variant(self.session.value, "bid")))

    @rule(place=places)
    def remove_a_variant(self, place: int) -> None:
        variants = self.session.value.variants
        if len(variants) > 2:
            self.edit(edits.remove_variant(self.session.value, variants[place % len(variants)].id))

    @rule(failure=st.sampled_from([None, None, *FAILURES]))
    def weather_turns(self, failure: str | None) -> None:
        self.weather.failure = failure

    @rule()
    def try_again(self) -> None:
        waited = self.session.unsaved
        saved = self.session.save_again()
        assert saved == (self.weather.failure is None or not waited)

    @rule()
    def undo(self) -> None:
        before = self.session.value
        self.said.clear()
        row = self.session.undo()
        if self.session.unsaved:
            assert row is None
            assert self.session.value == before

    @rule()
    def somebody_else_removes_what_waits(self) -> None:
        """Another window or a dossier takes away what a waiting edit leans on."""
        failure, self.weather.failure = self.weather.failure, None
        stored = tenders.get_tender(self.workspace, ID)
        if stored.lock is None and len(stored.variants) > 2:
            tenders.edit_tender(self.workspace, ID, edits.remove_variant(stored, stored.variants[-1].id))
            self.session.reload()
        self.weather.failure = failure

    @rule()
    def lock(self) -> None:
        shown, waited = self.session.value, bool(self.session.unsaved)
        done = self.session.act(
            lambda: awards.lock_rules(self.workspace, ID, "2026-11-03", "Leidraad (verzonnen)")
        )
        if done:
            assert tenders.get_tender(self.workspace, ID).lock is not None
            if waited and not self.session.unfit:
                assert (
                    tenders.get_tender(self.workspace, ID).variants == shown.variants
                )  # what waited went first

    @rule()
    def make_final(self) -> None:
        """What is final is what was shown when it was asked."""
        if not self.session.is_ready():
            return
        shown = self.session.value
        try:
            version = papers.finalise(self.workspace, ID, self.session.stored)
        except StoreError:
            return
        assert version.basis == content_hash(shown)
        self.session.reload()

    @rule()
    def print_the_figures(self) -> None:
        if not self.session.is_ready():
            return
        path = self.out / "dossier.cirkel"
        export.export_dossier(self.workspace, ID, path, shown=self.session.stored)
        assert canonical(to_plain(self.session.stored)) == canonical(to_plain(self.session.value))

    @rule()
    def go_to_another_tender_or_close(self) -> None:
        """Left only when nothing waits; the same question at closing."""
        if self.session.save_first() and not self.session.unfit:
            assert not self.session.unsaved
            assert tenders.get_tender(self.workspace, ID) == self.session.value
            self.session = Session(self.workspace, ID)
            self._listen()
        elif self.session.unsaved:
            assert self.said

    @precondition(lambda self: bool(self.session.unfit))
    @rule(again=st.booleans())
    def answer_what_did_not_fit(self, again: bool) -> None:
        if again:
            self.session.try_unfit_again()
        else:
            self.session.let_unfit_go()
            assert not self.session.unfit

    @precondition(lambda self: bool(self.session.unsaved))
    @rule()
    def the_program_is_killed(self) -> None:
        """What waited lies beside the program, and goes in at the next start."""
        kept = unsaved.unsaved_of(self.workspace)
        assert [one.value for one in kept] == [self.session.value]
        failure, self.weather.failure = self.weather.failure, None
        wanted = self.session.value
        self.session = Session(self.workspace, ID)
        self._listen()
        refused = ""
        try:
            unsaved.store_unsaved(self.workspace, kept[0])
        except StoreError as problem:
            refused = problem.key
        assert refused in ("", "unsaved_overlaps", "locked_nota", "locked_entry", "opened", "seal_stays")
        if not refused:
            assert tenders.get_tender(self.workspace, ID).title == wanted.title
        unsaved.keep_unsaved(self.workspace, [])
        self.session.reload()
        self.weather.failure = failure

    # --- what always holds
    # -------------------------------------------------------------------------------------------

    @invariant()
    def screen_store_and_what_waits_are_one_value(self) -> None:
        session = self.session
        expected = session.stored
        for edit in session.unsaved:
            expected = edit.apply(expected)
        assert session.tender == session.value == expected
        assert session.comparison.tender == session.tender
        assert session.stored == tenders.get_tender(self.workspace, ID)
        if not session.unsaved:
            assert unsaved.unsaved_of(self.workspace) == ()

    @invariant()
    def nothing_is_stuck(self) -> None:
        """With room again, everything that waits is stored or put aside."""
        if self.weather.failure is None and self.session.unsaved:
            found = save(self.workspace, OpenTender(self.session.stored, self.session.unsaved))
            assert not found.waiting
            self.session.let_go()
            self.session.reload()


@pytest.mark.timeout(1800)
def test_a_tender_lived_through_while_the_store_fails(qapp: object, deep: bool) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    counts = settings(max_examples=300 if deep else 25, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Life, settings=counts)


def test_a_refused_text_stands_in_the_way_of_acts_and_not_of_edits(
    workspace: Workspace, qapp: object
) -> None:
    add_example(workspace)
    session = Session(workspace, ID)
    said: list[str] = []
    session.failed.connect(said.append)
    taken: list[str] = []
    text = RefusedText("Inschrijving sluit", "29-11", session.last_step, lambda: taken.append("weg"))
    session.refused_texts = lambda: [] if taken else [text]
    assert not session.is_ready()
    assert "In Inschrijving sluit staat iets dat niet is vastgelegd: “29-11”" in said[0]
    assert not session.act(lambda: awards.lock_rules(workspace, ID, "2026-11-03"))
    assert session.commit(edits.set_field("title", "gewoon", "titel"))
    steps = session.last_step
    text2 = replace(text, after=session.last_step)
    session.refused_texts = lambda: [] if taken else [text2]
    assert session.undo() is None  # the refused text is the last thing that was done: it goes first
    assert taken == ["weg"]
    assert session.last_step == steps
    assert session.undo() is not None


def test_what_could_be_saved_is_in_the_set(workspace: Workspace) -> None:
    """Every error of the environment keeps an edit alive; every other is an answer."""
    assert {
        "db_disk",
        "db_gone",
        "db_changed",
        "db_damaged",
        "db_locked",
        "db_locked_elsewhere",
        "db_read_only",
    } <= NOT_SAVED
    assert not {"locked_nota", "opened", "nothing_to_undo", "no_longer_fits"} & NOT_SAVED
