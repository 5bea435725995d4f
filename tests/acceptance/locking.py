"""What the tests of locks share: a tender at a moment, and the assertion that an act is refused and leaves its trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Desk
from cirkeldesk.store.errors import Refused
from cirkeldesk.wording import sentences

ID, BID = "voorbeeld", "v3"
BEFORE, CLOSED = "2026-12-01T09:00:00+00:00", "2026-12-14T09:00:00+00:00"
SEAL = "2026-12-14T11:00+00:00"


def at(desk: Desk, moment: str) -> None:
    desk.store._clock = lambda: moment


def tender_of(desk: Desk, identity: str = ID) -> Tender:
    return tenders.get_tender(desk, identity)


def history(desk: Desk, identity: str = ID) -> list[Any]:
    with desk.unit() as unit:
        return unit.history("tender", identity)


def assert_refused(desk: Desk, key: str, act: Callable[[], object], identity: str = ID) -> None:
    """The act is refused with this key, changes nothing and leaves exactly one trace that reads as a sentence."""
    before, rows = tender_of(desk, identity), history(desk, identity)
    with pytest.raises(Refused) as problem:
        act()
    assert problem.value.key == key
    assert "{" not in sentences.error(problem.value.key, **problem.value.params)
    assert tender_of(desk, identity) == before
    added = history(desk, identity)[len(rows) :]
    assert [(row.step, row.params["why"]) for row in added] == [("refused", key)]
    text = sentences.step("refused", added[0].params)
    assert text.startswith("geweigerd (")
    assert "{" not in text
    with desk.unit() as unit:
        assert unit.check() == []


def set_price(desk: Desk, variant_id: str = BID, price: str = "1") -> edits.Edit:
    return edits.set_price(tender_of(desk), variant_id, Decimal(price), "prijs")


def put(desk: Desk, identity: str = ID, **changes: Any) -> Callable[[], object]:
    edit = edits.Edit("field", {"label": "x"}, lambda old: replace(old, **changes))
    return lambda: tenders.edit_tender(desk, identity, edit)
