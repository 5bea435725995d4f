"""Two organisations that announce, split, ask, reserve, let lapse, deliver and exchange.

No balance falls below nothing and no amount is promised twice, whatever the order.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cirkeldesk.model.contract.contract import same_name
from cirkeldesk.model.material.material import Supply
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.material import materials as acts
from cirkeldesk.operations.material.exchange import exchange
from cirkeldesk.operations.settings import FileSettings, save_file_settings
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace, open_workspace
from tests.acceptance.locking import at

NAMES = ("Gemeente Noord (verzonnen)", "Gemeente Zuid (verzonnen)")
amounts = st.sampled_from([1.0, 30.0, 99.9, 100.0, 250.0, 1e6])
who = st.integers(0, 1)


class Depot(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = ExitStack()
        folder = Path(self._folder.enter_context(tempfile.TemporaryDirectory()))
        self.shared = folder / "gedeeld"
        self.shared.mkdir()
        self.day = date(2027, 1, 4)
        self.files: list[Workspace] = []
        for number, name in enumerate(NAMES):
            workspace = open_workspace(folder / f"{number}.db", author="een")
            save_file_settings(workspace, FileSettings(organisation=name))
            self.files.append(workspace)
        self._set_day()
        self.ids = itertools.count()

    def teardown(self) -> None:
        for workspace in self.files:
            assert keeping.check(workspace) == []
            workspace.store.close()
        self._folder.close()

    def _set_day(self) -> None:
        for workspace in self.files:
            at(workspace, f"{self.day.isoformat()}T09:00:00+00:00")

    def supplies(self, one: int, *, own: bool | None = None) -> list[Supply]:
        found = [acts.get_supply(self.files[one], line.id) for line in acts.supply_lines(self.files[one])]
        return [
            supply for supply in found if own is None or same_name(supply.organisation, NAMES[one]) is own
        ]

    def try_it(self, act: Callable[[], object], also: tuple[str, ...] = ()) -> None:
        """What is refused is refused for a reason of materials, or for one that belongs to the act."""
        refused = ""
        try:
            act()
        except StoreError as problem:
            refused = problem.key
        assert refused.startswith(("material_", *also)) or not refused, refused

    # --- what people do

    @rule(one=who, amount=st.sampled_from([100.0, 250.0]), until=st.integers(5, 60))
    def announce(self, one: int, amount: float, until: int) -> None:
        last = (self.day + timedelta(days=until)).isoformat()
        plain = {
            "id": f"s{next(self.ids)}",
            "kind": "betontegel",
            "name": "Tegels (verzonnen)",
            "amount": amount,
            "unit": "m2",
            "available_until": last,
        }
        acts.put_plain(self.files[one], plain)

    @rule(one=who, amount=st.sampled_from([30.0, 100.0, 400.0]))
    def want(self, one: int, amount: float) -> None:
        plain = {
            "id": f"d{next(self.ids)}",
            "kind": "betontegel",
            "name": "Plein (verzonnen)",
            "amount": amount,
            "unit": "m2",
            "needed_from": self.day.isoformat(),
        }
        acts.put_plain(self.files[one], plain)

    @rule(one=who, data=st.data(), amount=st.none() | amounts, days=st.integers(-1, 20))
    def reserve(self, one: int, data: st.DataObject, amount: float | None, days: int) -> None:
        supplies, demands = self.supplies(one), acts.demand_lines(self.files[one])
        demands = [line for line in demands if same_name(line.organisation, NAMES[one])]
        if supplies and demands:
            supply, demand = data.draw(st.sampled_from(supplies)), data.draw(st.sampled_from(demands))
            until = (self.day + timedelta(days=days)).isoformat()
            self.try_it(lambda: acts.reserve(self.files[one], supply.id, demand.id, until, amount))

    @rule(one=who, data=st.data(), delivered=st.booleans())
    def deliver_or_cancel(self, one: int, data: st.DataObject, delivered: bool) -> None:
        held = [(supply, r) for supply in self.supplies(one) for r in supply.reservations]
        if held:
            supply, found = data.draw(st.sampled_from(held))
            act = acts.deliver if delivered else acts.cancel
            self.try_it(lambda: act(self.files[one], supply.id, found.id))

    @rule(one=who, data=st.data(), amount=amounts, takes=st.booleans())
    def move(self, one: int, data: st.DataObject, amount: float, takes: bool) -> None:
        supplies = self.supplies(one)
        if supplies:
            supply = data.draw(st.sampled_from(supplies))
            self.try_it(lambda: acts.move(self.files[one], supply.id, -amount if takes else amount, "geteld"))

    @rule(one=who, data=st.data(), amount=amounts)
    def split(self, one: int, data: st.DataObject, amount: float) -> None:
        supplies = self.supplies(one)
        if supplies:
            supply = data.draw(st.sampled_from(supplies))
            self.try_it(lambda: acts.split(self.files[one], supply.id, amount))

    @rule(one=who, data=st.data(), again=st.booleans())
    def undo_or_redo(self, one: int, data: st.DataObject, again: bool) -> None:
        supplies = self.supplies(one)
        if supplies:
            supply = data.draw(st.sampled_from(supplies))
            act = tenders.redo if again else tenders.undo
            self.try_it(lambda: act(self.files[one], supply.id, "supply"), ("nothing_to", "barrier"))

    @rule(one=who)
    def meet(self, one: int) -> None:
        told = exchange(self.files[one], self.shared)
        assert told.faults == ()

    @rule(days=st.integers(1, 12))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)
        self._set_day()

    # --- what always holds

    @invariant()
    def no_balance_is_below_nothing_and_nothing_is_promised_twice(self) -> None:
        day = self.day.isoformat()
        for one in range(2):
            for supply in self.supplies(one):
                assert supply.balance >= -1e-6
                assert supply.kept(day) <= supply.balance + 1e-6
                assert supply.free(day) >= 0

    @invariant()
    def who_has_it_says_so_alone(self) -> None:
        """What another file knows of a supply is what its owner said at some moment: every promise it shows
        was made by the owner."""
        for one in range(2):
            theirs = {supply.id: supply for supply in self.supplies(1 - one, own=True)}
            for known in self.supplies(one, own=False):
                promised = {r.id for r in theirs[known.id].reservations}
                assert {r.id for r in known.reservations} <= promised

    @invariant()
    def delivered_is_counted_once(self) -> None:
        for one in range(2):
            for supply in self.supplies(one, own=True):
                gone = sum(r.amount for r in supply.reservations if r.state == "delivered")
                moved = sum(m.amount for m in supply.mutations)
                assert gone <= supply.amount + moved + 1e-6


@pytest.mark.timeout(900)
def test_depots_of_two_organisations(deep: bool) -> None:
    counts = settings(max_examples=60 if deep else 8, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Depot, settings=counts)
