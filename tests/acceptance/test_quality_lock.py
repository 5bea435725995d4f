"""Quality scores: complete, reasoned, and final before prices open."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path

from cirkeldesk.model.award.acts import set_award, set_score
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import Score
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from tests.acceptance.locking import BID, CLOSED, ID, assert_refused, at, put, tender_of
from tests.awards import criterion, rules
from tests.exchange.test_bid_form import make_tender


def test_quality_is_locked_before_prices_open(example: Workspace) -> None:
    value = rules("value", criteria=(criterion("k1", 2500),), tie_rules=("lot",))
    tenders.edit_tender(example, ID, edits.set_field("award", value, "methode"))
    awards.lock_rules(example, ID, "2026-11-30")
    assert tender_of(example).prices_sealed
    at(example, CLOSED)
    assert_refused(example, "open_before_quality", lambda: awards.open_bids(example, ID))
    assert_refused(example, "scores_incomplete", lambda: awards.lock_scores(example, ID))
    for variant in tender_of(example).bids:
        score = Score(variant.id, "k1", "team", "goed plan", percent=Decimal(50))
        tenders.edit_tender(example, ID, set_score(score, variant.name, "plan"))
    awards.lock_scores(example, ID)
    other = Score(BID, "k1", "team", "toch beter", percent=Decimal(90))
    assert_refused(
        example, "quality_locked", lambda: tenders.edit_tender(example, ID, set_score(other, "A", "plan"))
    )
    awards.open_bids(example, ID)
    assert_refused(
        example, "quality_locked", lambda: tenders.edit_tender(example, ID, set_score(other, "A", "plan"))
    )


def test_a_mean_is_of_those_who_were_named(example: Workspace) -> None:
    one = criterion("k1", 2500, assessors=("Ann", "Bob"), combine="mean")
    tenders.edit_tender(example, ID, edits.set_field("award", rules("value", criteria=(one,)), "methode"))
    for name in ("Cas", "Ann "):
        score = Score(BID, "k1", name, "goed", percent=Decimal(50))
        edit = set_score(score, "A", "k1")
        assert_refused(example, "score_incomplete", partial(tenders.edit_tender, example, ID, edit))


def test_quality_is_not_locked_while_bids_may_come(example: Workspace) -> None:
    value = rules("value", criteria=(criterion("k1", 2500),))
    tenders.edit_tender(example, ID, edits.set_field("award", value, "methode"))
    awards.lock_rules(example, ID, "2026-11-30")
    assert_refused(example, "quality_early", lambda: awards.lock_scores(example, ID))


def test_quality_that_cannot_be_finished_is_not_locked(workspace: Workspace) -> None:
    tender = make_tender(workspace, closes_on=None)
    value = rules("value", criteria=(criterion("k1", 2500), criterion("k2", 500)))
    tenders.edit_tender(workspace, tender.id, edits.set_field("award", value, "methode"))
    awards.lock_rules(workspace, tender.id, "2026-01-01")
    assert_refused(
        workspace, "scores_incomplete", lambda: awards.lock_scores(workspace, tender.id), tender.id
    )
    tenders.edit_tender(workspace, tender.id, edits.add_variant(edits.next_variant(tender, "bid")))
    bid = tender_of(workspace, tender.id).bids[0]
    for score in (
        Score(bid.id, "k1", "team", "goed", percent=Decimal(5000)), Score(bid.id, "k1", "team", " ", percent=Decimal(50)),
        Score(bid.id, "k1", "", "goed", percent=Decimal(50)), Score(bid.id, "k9", "team", "goed", percent=Decimal(50)),
    ):  # fmt: skip
        assert_refused(workspace, "score_incomplete", put(workspace, tender.id, scores=(score,)), tender.id)
    for name in ("k1", "k2"):
        score = Score(bid.id, name, "team", "goed", percent=Decimal(50))
        tenders.edit_tender(workspace, tender.id, set_score(score, "A", name))
    awards.lock_scores(workspace, tender.id)
    fewer = set_award("criteria", value.criteria[:1], "criteria")
    assert_refused(
        workspace,
        "quality_locked",
        lambda: awards.publish_nota(workspace, tender.id, fewer, "Nota 1", "minder"),
        tender.id,
    )


def test_what_goes_takes_its_scores_along_and_the_dossier_stays_readable(
    example: Workspace, tmp_path: Path
) -> None:
    from cirkeldesk.operations.workspace import open_workspace

    value = rules("value", criteria=(criterion("k1", 2500), criterion("k2", 500)), tie_rules=("lot",))
    tenders.edit_tender(example, ID, edits.set_field("award", value, "methode"))
    for bid, name in ((BID, "k1"), ("v4", "k1"), ("v4", "k2")):
        score = Score(bid, name, "team", "goed", percent=Decimal(50))
        tenders.edit_tender(example, ID, set_score(score, bid, name))
    tenders.edit_tender(example, ID, edits.remove_variant(tender_of(example), BID))
    tenders.edit_tender(example, ID, set_award("criteria", value.criteria[:1], "criteria"))
    assert [(s.variant_id, s.criterion_id) for s in tender_of(example).scores] == [("v4", "k1")]
    awards.lock_rules(example, ID, "2026-11-30")
    at(example, CLOSED)
    assert_refused(example, "prices_sealed", lambda: export_dossier(example, ID, tmp_path / "a.cirkel"))
    for left in tender_of(example).bids:
        score = Score(left.id, "k1", "team", "goed", percent=Decimal(50))
        tenders.edit_tender(example, ID, set_score(score, left.id, "k1"))
    awards.lock_scores(example, ID)
    awards.open_bids(example, ID)
    export_dossier(example, ID, tmp_path / "a.cirkel")
    with open_workspace(tmp_path / "b.db") as other:
        assert import_files(other, [tmp_path / "a.cirkel"])[0].status == "imported"
