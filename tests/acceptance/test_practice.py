"""An oefenkopie holds no real bid and never becomes real."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cirkeldesk.model.award.acts import set_award
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from tests.acceptance.locking import ID, assert_refused, tender_of
from tests.awards import LADDER, criterion, rules


def test_an_oefenkopie_holds_no_real_bid_and_cannot_be_locked(locked: Workspace) -> None:
    before = tender_of(locked)
    made = awards.practise(locked, ID)
    copy = tender_of(locked, made)
    assert tender_of(locked) == before
    assert (copy.practice_of, copy.fictitious, copy.number) == (ID, True, "VOORBEELD-001 OEFEN 1")
    assert {bid.bidder for bid in copy.bids} == {"Verzonnen inschrijver"}
    assert not {bid.price for bid in copy.bids} & {bid.price for bid in before.bids}
    _, found = awards.award_of(locked, copy)
    assert found.winner is not None
    tenders.edit_tender(locked, made, set_award("maximum", Decimal(10), "korting"))  # playing is free
    assert_refused(locked, "practice_no_lock", lambda: awards.lock_rules(locked, made, "2026-11-30"), made)
    out = edits.set_field("practice_of", None, "oefenen")
    assert_refused(locked, "practice_stays", lambda: tenders.edit_tender(locked, made, out), made)
    with pytest.raises(StoreError, match="practice_of_practice"):
        awards.practise(locked, made)


@pytest.mark.parametrize("method", ["value", "weighted", "lowest_cost", "ladder", "mki_w"])
def test_practice_bids_compute_under_every_kind_of_method(example: Workspace, method: str) -> None:
    given: dict[str, dict[str, Any]] = {
        "value": {"criteria": (criterion("k1", 1000),)},
        "weighted": {
            "criteria": (criterion("k1", 60),), "price_weight": 40, "price_low": 1, "price_high": 9_000_000, "outside": "clamp",
        },
        "lowest_cost": {"rate": 3, "horizon": 30},
        "ladder": {"ladder": LADDER},
        "mki_w": {"factor": 1, "negative_mki": "clamp"},
    }  # fmt: skip
    tenders.edit_tender(example, ID, edits.set_field("award", rules(method, **given[method]), "methode"))
    _, found = awards.award_of(example, tender_of(example, awards.practise(example, ID)))
    assert all(bid.outcome is not None for bid in found.bids)
