"""A tender lived through: edits, drafts, undo, redo, going back, the lock and restarts, in any order.

The model is plain: a list of versions with a place in it. What the program shows must be what the model says,
after every rule, and what is worked out step by step (variants that did not change are not judged again) must
equal what is worked out afresh.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Inputs, Judged
from cirkeldesk.model.document.document import canonical, to_plain
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import OfferedMki, Role, Tender
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender import drafts, history, tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, inputs_for, open_workspace
from cirkeldesk.store.check import faults

ID = "voorbeeld"
places = st.integers(0, 5)
amounts = st.decimals(0, 2_000_000, places=2)
words = st.text("abcdefghij ", max_size=12)


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = ExitStack()
        self.path = Path(self._folder.enter_context(tempfile.TemporaryDirectory())) / "leven.db"
        self.workspace: Workspace = open_workspace(self.path, author="een")
        add_example(self.workspace)
        self.versions = [self.stored()]
        self.at = 0
        self.draft: tuple[Draft, ...] = ()
        self.locked = False
        self.inputs: Inputs = inputs_for(self.workspace, self.tender())

    def teardown(self) -> None:
        with self.workspace.unit() as unit:
            found = faults(unit)
        self.workspace.store.close()
        self._folder.close()
        assert found == []

    # --- the program and the model
    # ---------------------------------------------------------------------------------

    def tender(self) -> Tender:
        return tenders.get_tender(self.workspace, ID)

    def stored(self) -> bytes:
        return canonical(to_plain(self.tender()))

    def edit(self, edit: Edit) -> None:
        """A step in both; one that changes nothing is none, and one that a lock refuses leaves everything."""
        try:
            row = tenders.edit_tender(self.workspace, ID, edit)
        except LockRefusal:
            assert self.locked
            return
        if row is not None:
            self.versions = [*self.versions[: self.at + 1], self.stored()]
            self.at += 1

    # --- what people do
    # ----------------------------------------------------------------------------------------------

    @rule(place=places, price=amounts)
    def type_a_price(self, place: int, price: Decimal) -> None:
        variants = self.tender().variants
        if variants:
            self.edit(edits.set_price(self.tender(), variants[place % len(variants)].id, price, "prijs"))

    @rule(place=places, post=places, mki=st.floats(0.5, 60))
    def type_an_mki(self, place: int, post: int, mki: float) -> None:
        tender = self.tender()
        if tender.variants and tender.posts:
            variant, answered = (
                tender.variants[place % len(tender.variants)],
                tender.posts[post % len(tender.posts)],
            )
            self.edit(edits.type_mki(tender, variant.id, answered.id, OfferedMki(total=mki), "MKI"))

    @rule(title=words)
    def type_a_title(self, title: str) -> None:
        self.edit(edits.set_field("title", title, "titel"))

    @rule(role=st.sampled_from(["bid", "alternative"]))
    def add_a_variant(self, role: Role) -> None:
        if len(self.tender().variants) < 8:
            self.edit(edits.add_variant(edits.next_variant(self.tender(), role)))

    @rule(place=places)
    def remove_a_variant(self, place: int) -> None:
        variants = self.tender().variants
        if variants:
            self.edit(edits.remove_variant(self.tender(), variants[place % len(variants)].id))

    @rule(place=places, by=st.sampled_from([-1, 1]))
    def move_a_variant(self, place: int, by: int) -> None:
        variants = self.tender().variants
        if variants:
            self.edit(edits.move_variant(self.tender(), variants[place % len(variants)].id, by))

    @rule(place=places, by=st.sampled_from([-2, -1, 1]), twice=st.booleans())
    def move_or_double_a_post(self, place: int, by: int, twice: bool) -> None:
        tender = self.tender()
        if tender.posts and len(tender.posts) < 6:
            post = tender.posts[place % len(tender.posts)].id
            self.edit(edits.duplicate_post(tender, post) if twice else edits.move_post(tender, post, by))

    @rule(prices=st.lists(amounts, min_size=1, max_size=4))
    def paste_prices(self, prices: list[Decimal]) -> None:
        tender = self.tender()
        pairs = list(zip(tender.variants, prices, strict=False))
        if pairs:
            parts = [edits.set_price(tender, variant.id, price, "prijs") for variant, price in pairs]
            self.edit(edits.together(parts, "paste", {"count": len(parts)}))

    @rule(text=words)
    def type_without_enter(self, text: str) -> None:
        self.draft = (Draft("price/v1//", text),)
        drafts.save_drafts(self.workspace, ("tender", ID), self.draft)

    @rule()
    def undo(self) -> None:
        if self.at == 0:
            with pytest.raises(StoreError):
                tenders.undo(self.workspace, ID)
            return
        tenders.undo(self.workspace, ID)
        self.at -= 1

    @rule()
    def redo(self) -> None:
        if self.at == len(self.versions) - 1:
            with pytest.raises(StoreError):
                tenders.redo(self.workspace, ID)
            return
        tenders.redo(self.workspace, ID)
        self.at += 1

    @rule(back=st.integers(0, 30))
    def go_back_to_a_version(self, back: int) -> None:
        """To any version since the lock, as a new step; past the lock it is refused."""
        steps = [step for step in history.steps_of(self.workspace, ID) if step.hash is not None]
        step = steps[back % len(steps)]
        beyond = history.barrier_after(steps, step) is not None
        wanted = canonical(to_plain(history.version_at(self.workspace, step)))
        if beyond:
            before = self.stored()
            with pytest.raises(LockRefusal):
                history.go_back(self.workspace, ID, step.seq)
            assert self.stored() == before
        elif history.go_back(self.workspace, ID, step.seq) is not None:
            assert self.stored() == wanted
            self.versions = [*self.versions[: self.at + 1], wanted]
            self.at += 1

    @precondition(lambda self: not self.locked)
    @rule()
    def lock(self) -> None:
        """From here nothing before can be undone."""
        try:
            awards.lock_rules(self.workspace, ID, "2026-11-03", "Leidraad (verzonnen)")
        except StoreError:  # without bids or with a rule left open there is nothing to lock
            return
        self.locked = True
        self.versions, self.at = [self.stored()], 0

    @rule()
    def restart(self) -> None:
        self.workspace.store.close()
        self.workspace = open_workspace(self.path, author="een")
        self.inputs = inputs_for(self.workspace, self.tender())

    @rule()
    def somebody_else_looks(self) -> None:
        """Another author has nothing of ours to undo."""
        self.workspace.store.author = "twee"
        assert tenders.undo_stacks(self.workspace, ID).undo == ()
        self.workspace.store.author = "een"

    # --- what always holds
    # -------------------------------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        assert self.stored() == self.versions[0]

    @invariant()
    def the_program_shows_what_the_model_says(self) -> None:
        assert self.stored() == self.versions[self.at]
        stacks = tenders.undo_stacks(self.workspace, ID)
        assert len(stacks.undo) == self.at
        assert len(stacks.redo) == len(self.versions) - 1 - self.at
        assert drafts.drafts_of(self.workspace, ("tender", ID)) == self.draft

    @invariant()
    def figures_do_not_depend_on_the_way_to_them(self) -> None:
        tender = self.tender()
        if set(tender.pins) <= {*self.inputs.products, *self.inputs.weighting_sets, *self.inputs.groups}:
            afresh = replace(self.inputs, weighed={}, judged=Judged())
            assert compare(tender, self.inputs) == compare(tender, afresh)


@pytest.mark.timeout(900)
def test_a_tender_lived_through(deep: bool) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    counts = settings(max_examples=300 if deep else 25, stateful_step_count=40, deadline=None)
    run_state_machine_as_test(Life, settings=counts)
