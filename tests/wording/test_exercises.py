"""The exercises of "MKI onder de knie": every answer is that of the example, worked out by the program."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cirkeldesk import paths
from cirkeldesk.desktop.frame.help import SUBJECTS, text_of
from cirkeldesk.model.award.award import award
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import OfferedMki
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.operations.workspace import Workspace, inputs_for
from cirkeldesk.wording import numbers


@pytest.fixture
def text() -> str:
    return text_of("mki")


def test_it_is_a_subject_of_the_help() -> None:
    assert SUBJECTS["mki"] == "MKI onder de knie"
    assert (paths.resources() / "help" / "mki.md").is_file()


def test_the_answers_are_those_of_the_example(workspace: Workspace, text: str) -> None:
    add_example(workspace)
    tender = get_tender(workspace, "voorbeeld")
    inputs = inputs_for(workspace, tender)
    comparison = compare(tender, inputs)
    by_name = {result.name: result for result in comparison.variants}
    bid = by_name["Inschrijving B"]
    assert bid.total.value is not None
    tons = [post.quantities["mass_t"] for post in bid.posts]
    assert tons == pytest.approx([987.0, 1692.0, 2538.0])
    for value, decimals in ((tons[0], 1), (tons[1], 0), (tons[2], 0), (bid.total.value, 0)):
        assert numbers.number(value, decimals) in text
    for post in bid.posts:
        assert post.mki.value is not None
        assert numbers.number(post.mki.value, 2) in text
    found = award(comparison)
    assert found is not None
    for one in found.bids:
        if one.name != "Inschrijving C":
            assert one.outcome is not None
            assert numbers.number(one.outcome.total or 0, 2) in text
    best = found.bid(bid.id)
    assert best.rank == 1
    assert best.outcome is not None
    assert numbers.number(-(best.outcome.parts[0].amount or 0), 2) in text


@pytest.mark.parametrize(
    ("total", "wins", "notional"), [("67032", True, "1171138.46"), ("67033", False, "1171150.00")]
)
def test_how_much_lower_a_must_be(
    workspace: Workspace, text: str, total: str, wins: bool, notional: str
) -> None:
    """The last answer by another route: the lowest layer of A is given so much less, and the award worked
    out."""
    add_example(workspace)
    tender = get_tender(workspace, "voorbeeld")
    bid = next(variant for variant in tender.variants if variant.name == "Inschrijving A")
    rate = (float(total) - 26254.2 - 18781.2) / 2538
    tender = edits.type_mki(tender, bid.id, "p3", OfferedMki(total=rate), "MKI").apply(tender)
    found = award(compare(tender, inputs_for(workspace, tender)))
    assert found is not None
    one = found.bid(bid.id)
    assert one.outcome is not None
    assert one.outcome.total == Decimal(notional)
    assert (one.rank == 1) is wins
    if wins:
        assert numbers.number(Decimal(notional), 2) in text
