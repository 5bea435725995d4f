"""The example at each stage of an award."""

from __future__ import annotations

import pytest

from cirkeldesk.model import edits
from cirkeldesk.operations import awards, tenders
from cirkeldesk.operations.desk import Desk
from tests.acceptance.locking import BEFORE, CLOSED, ID, SEAL, at


@pytest.fixture
def example(desk: Desk) -> Desk:
    from cirkeldesk.operations.example import add_example

    at(desk, BEFORE)
    add_example(desk)
    return desk


@pytest.fixture
def locked(example: Desk) -> Desk:
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad")
    return example


@pytest.fixture
def opened(locked: Desk) -> Desk:
    at(locked, CLOSED)
    awards.open_bids(locked, ID, "twee collega's")
    return locked


@pytest.fixture
def sealed(example: Desk) -> Desk:
    tenders.edit_tender(example, ID, edits.set_field("sealed_until", SEAL, "opening"))
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad")
    return example
