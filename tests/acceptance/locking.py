"""What the tests of locks share: a tender at a moment, and the assertion that an act is refused and leaves
its trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cirkeldesk.model.refusal import LockRefusal
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.check import faults
from cirkeldesk.wording import sentences

ID, BID = "voorbeeld", "v3"
BEFORE, CLOSED = "2026-12-01T09:00:00+00:00", "2026-12-14T09:00:00+00:00"
SEAL = "2026-12-14T11:00+00:00"


def at(workspace: Workspace, moment: str) -> None:
    workspace.store._clock = lambda: moment


def tender_of(workspace: Workspace, identity: str = ID) -> Tender:
    return tenders.get_tender(workspace, identity)


def history(workspace: Workspace, identity: str = ID) -> list[Any]:
    with workspace.unit() as unit:
        return unit.steps.rows("tender", identity)


def assert_refused(workspace: Workspace, key: str, act: Callable[[], object], identity: str = ID) -> None:
    """The act is refused with this key, changes nothing and leaves exactly one trace that reads as a
    sentence."""
    before, rows = tender_of(workspace, identity), history(workspace, identity)
    with pytest.raises(LockRefusal) as problem:
        act()
    assert problem.value.key == key
    assert "{" not in sentences.error(problem.value.key, **problem.value.params)
    assert tender_of(workspace, identity) == before
    added = history(workspace, identity)[len(rows) :]
    assert [(row.step, row.params["why"]) for row in added] == [("refused", key)]
    text = sentences.step("refused", added[0].params)
    assert text.startswith("geweigerd (")
    assert "{" not in text
    with workspace.unit() as unit:
        assert faults(unit) == []


def set_price(workspace: Workspace, variant_id: str = BID, price: str = "1") -> edits.Edit:
    return edits.set_price(tender_of(workspace), variant_id, Decimal(price), "prijs")


def put(workspace: Workspace, identity: str = ID, **changes: Any) -> Callable[[], object]:
    edit = edits.Edit("field", {"label": "x"}, lambda old: replace(old, **changes))
    return lambda: tenders.edit_tender(workspace, identity, edit)
