"""Opened bids are read-only: dated layers over an untouched original, and records that only grow."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.cli import main
from cirkeldesk.model.document.changes import layers_fit, original_bid
from cirkeldesk.model.document.document import to_plain
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import Judgement, Layer, Nota, Opening, QualityLock
from cirkeldesk.model.tender.tender import OfferedMki
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.bids import check_form, enter_by_hand, take_form
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import sentences
from tests.acceptance.locking import (
    BEFORE,
    BID,
    CLOSED,
    ID,
    assert_refused,
    at,
    history,
    put,
    set_price,
    tender_of,
)
from tests.awards import rules
from tests.exchange.test_bid_form import filled, make_tender

SAID = awards.Correction("own_error", BID, "cijfers verwisseld", "inschrijfbiljet A", page="2")


def test_an_opened_bid_is_read_only(opened: Workspace) -> None:
    tender = tender_of(opened)
    mki = OfferedMki(total=1.0)
    attempts: list[tuple[str, edits.Edit]] = [
        ("opened", set_price(opened)),
        ("opened", edits.type_mki(tender, BID, "p1", mki, "MKI")),
        ("opened", edits.set_variant(tender, BID, "name", "Inschrijving Z", "naam")),
        ("opened", edits.set_evidence(tender, BID, "source", "ander rapport", "bron")),
        ("opened", edits.together([set_price(opened), set_price(opened, "v4")], "paste", {"count": 2})),
        ("opened_bids", edits.remove_variant(tender, BID)),
        ("opened_bids", edits.add_variant(edits.next_variant(tender, "bid"))),
        ("opened", edits.set_variant(tender, BID, "role", "alternative", "soort")),
        (
            "opened",
            edits.change_local_product(
                tender.products[0], lambda now: replace(now, name="anders"), "product"
            ),
        ),
    ]
    for key, edit in attempts:
        if edit.params.get("label") == "soort":
            key = "opened_bids"
        assert_refused(opened, key, lambda edit=edit: tenders.edit_tender(opened, ID, edit))  # type: ignore[misc]


def test_the_reference_may_still_change(opened: Workspace) -> None:
    assert tenders.edit_tender(opened, ID, set_price(opened, "v1", "1200000")) is not None


def test_a_form_is_not_taken_after_the_opening(workspace: Workspace, tmp_path: Path) -> None:
    tender = make_tender(workspace)
    tenders.edit_tender(workspace, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    awards.lock_rules(
        workspace, tender.id, "2026-01-01", "Leidraad", taken_over=True
    )  # its deadline has passed
    path = filled(workspace, tmp_path)
    paper = edits.next_variant(tender_of(workspace, tender.id), "bid")
    tenders.edit_tender(workspace, tender.id, edits.add_variant(paper))
    awards.open_bids(workspace, tender.id)
    check = check_form(workspace, path)
    assert_refused(workspace, "opened_bids", lambda: take_form(workspace, check), tender.id)
    assert_refused(workspace, "opened_bids", lambda: enter_by_hand(workspace, check, "te laat"), tender.id)


def test_a_layer_lies_over_an_untouched_original(opened: Workspace) -> None:
    original = tender_of(opened).variant(BID)
    edit = set_price(opened, price="1140000")
    effect = awards.effect_of(opened, ID, edit, BID)
    assert [(p.variant_id, p.rank) for p in effect.before] == [("v4", 1), ("v5", 2), (BID, 3)]
    assert [(p.variant_id, p.rank) for p in effect.after] == [(BID, 1), ("v4", 2), ("v5", 3)]
    assert effect.winner_changes
    awards.correct_bid(opened, ID, edit, SAID)
    tender = tender_of(opened)
    assert tender.variant(BID).price == Decimal(1140000)
    assert tender.originals == (original,)
    assert [(c.path, c.before, c.after) for c in tender.layers[0].changes] == [
        ("price", '"1240000.00"', '"1140000"')
    ]
    assert tender.layers[0].before == effect.before
    assert tender.layers[0].after == effect.after
    assert layers_fit(tender, BID)
    # correcting again is the way back, over the same original
    awards.correct_bid(opened, ID, set_price(opened, price="1240000"), replace(SAID, reason="toch goed"))
    tender = tender_of(opened)
    assert (len(tender.layers), tender.originals) == (2, (original,))
    assert layers_fit(tender, BID)
    assert original_bid(tender, BID)["price"] == "1240000.00"
    with pytest.raises(StoreError, match="barrier"):
        tenders.undo(opened, ID)


def test_a_layer_says_all_that_its_kind_asks(opened: Workspace) -> None:
    edit = set_price(opened)
    letter = awards.Correction(
        "obvious_error", BID, "komma", "brief", dated="2026-12-15", allowed="kennelijke fout"
    )
    for said in (
        replace(SAID, page=""), replace(SAID, reason=" "), replace(SAID, document=""), replace(letter, dated=""),
        replace(letter, allowed=""),
    ):  # fmt: skip
        assert_refused(
            opened,
            "layer_incomplete",
            lambda said=said: awards.correct_bid(opened, ID, edit, said),  # type: ignore[misc]
        )
    awards.correct_bid(opened, ID, edit, letter)
    assert tender_of(opened).layers[0].allowed == "kennelijke fout"


def test_forged_records_are_refused(opened: Workspace) -> None:
    """Somebody who writes the document himself: no name of another, no record without its change, none taken
    away."""
    author = opened.store.author
    tender = tender_of(opened)
    places = ()

    def put(**changes: Any) -> Callable[[], object]:
        edit = edits.Edit("field", {"label": "x"}, lambda old: replace(old, **changes))
        return lambda: tenders.edit_tender(opened, ID, edit)

    judged = Judgement(BID, "valid", "goed", "", "P. Voorbeeld", "iemand anders", CLOSED)
    assert_refused(opened, "not_signed", put(judgements=(judged,)))
    assert_refused(opened, "judgement_incomplete", put(judgements=(replace(judged, by=author, person=""),)))
    no_article = replace(judged, by=author, verdict="invalid")
    assert_refused(opened, "judgement_incomplete", put(judgements=(no_article,)))
    assert_refused(opened, "opened_stays", put(opened=None))
    assert_refused(opened, "opened_stays", put(opened=Opening(author, BEFORE)))
    assert_refused(opened, "lock_stays", put(lock=None))
    layer = Layer("own_error", "r", "d", "1", author, CLOSED, (), places, places, variant_id=BID)
    assert_refused(opened, "nothing_changed", put(layers=(layer,)))
    changed = set_price(opened).apply(tender)
    assert_refused(
        opened, "opened", put(variants=changed.variants, layers=(layer,), originals=(tender.variant(BID),))
    )
    assert_refused(opened, "nothing_changed", put(notes=(Nota(1, "d", "r", author, CLOSED, ()),)))
    awards.judge(opened, ID, BID, "valid", reason="volledig", article="", person="P. Voorbeeld")
    assert_refused(opened, "record_stays", put(judgements=()))
    assert tender_of(opened).quality_lock is None
    assert_refused(opened, "not_signed", put(quality_lock=QualityLock("iemand anders", CLOSED)))


def test_an_answer_is_kept_without_changing_anything(opened: Workspace) -> None:
    before = tender_of(opened)
    awards.keep_answer(opened, ID, BID, "De prijs is zoals opgegeven.")
    after = tender_of(opened)
    assert [(a.variant_id, a.text) for a in after.kept] == [(BID, "De prijs is zoals opgegeven.")]
    assert replace(after, kept=()) == before
    with pytest.raises(StoreError, match="answer_empty"):
        awards.keep_answer(opened, ID, BID, " ")
    row = history(opened)[-1]
    assert (row.step, row.params["text"], row.barrier) == (
        "answer_kept",
        "De prijs is zoals opgegeven.",
        True,
    )


def test_a_broken_layer_in_a_dossier_is_refused(opened: Workspace, tmp_path: Path) -> None:
    awards.correct_bid(opened, ID, set_price(opened, price="1140000"), SAID)
    path = tmp_path / "a.cirkel"
    export_dossier(opened, ID, path)
    from zipfile import ZipFile

    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(tmp_path / "b.db") as other:
        assert import_files(other, [path])[0].status == "imported"
        assert tender_of(other) == tender_of(opened)
    with ZipFile(path) as archive:
        body = json.loads(archive.read("dossier.json"))
    body["tender"]["originals"][0]["price"] = "1"
    forged = tmp_path / "forged.cirkel"
    with ZipFile(forged, "w") as archive:
        archive.writestr("dossier.json", json.dumps(body))
    with open_workspace(tmp_path / "c.db") as other:
        report = import_files(other, [forged])[0]
        assert report.status == "refused"
        assert tenders.tender_list(other) == []


def test_an_original_is_not_planted(locked: Workspace) -> None:
    bid = tender_of(locked).variant(BID)
    assert_refused(locked, "layer_before_opening", put(locked, originals=(bid,)))
    at(locked, CLOSED)
    awards.open_bids(locked, ID)
    assert_refused(locked, "nothing_changed", put(locked, originals=(replace(bid, price=Decimal(999999)),)))


def test_a_received_form_stays_as_it_came(workspace: Workspace, tmp_path: Path) -> None:
    tender = make_tender(workspace)
    tenders.edit_tender(workspace, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    awards.lock_rules(workspace, tender.id, "2026-01-01", "Leidraad", taken_over=True)
    take_form(workspace, check_form(workspace, filled(workspace, tmp_path)))
    form = tender_of(workspace, tender.id).received[0]
    assert_refused(workspace, "record_stays", put(workspace, tender.id, received=()), tender.id)
    assert_refused(
        workspace,
        "record_stays",
        put(workspace, tender.id, received=(replace(form, received="2020-01-01"),)),
        tender.id,
    )
    assert_refused(
        workspace,
        "record_stays",
        put(workspace, tender.id, received=(replace(form, outcome="refused"),)),
        tender.id,
    )
    bid = tender_of(workspace, tender.id).variants[-1]
    cheaper = edits.set_price(tender_of(workspace, tender.id), bid.id, Decimal(1), "prijs")
    assert_refused(
        workspace, "bid_received", lambda: tenders.edit_tender(workspace, tender.id, cheaper), tender.id
    )
    gone = edits.remove_variant(tender_of(workspace, tender.id), bid.id)
    assert_refused(
        workspace, "bid_received", lambda: tenders.edit_tender(workspace, tender.id, gone), tender.id
    )
    level = edits.set_variant(
        tender_of(workspace, tender.id), bid.id, "ladder_level", 3, "trede"
    )  # no form asks it
    assert tenders.edit_tender(workspace, tender.id, level) is not None


def test_an_act_is_dated_when_it_is_done(opened: Workspace) -> None:
    judged = Judgement(
        BID, "valid", "goed", "", "P. Voorbeeld", opened.store.author, "2001-01-01T00:00:00+00:00"
    )
    assert_refused(opened, "not_signed", put(opened, judgements=(judged,)))


def test_lots_and_proofs_are_about_bids(opened: Workspace) -> None:
    for order in (("zz", "zy"), (BID,), (BID, BID), ()):
        assert_refused(
            opened,
            "draw_wrong",
            lambda order=order: awards.draw_lots(opened, ID, order, "notaris"),  # type: ignore[misc]
        )
    awards.draw_lots(opened, ID, ("v4", BID), "notaris")
    assert_refused(
        opened, "draw_wrong", lambda: awards.draw_lots(opened, ID, (BID, "v4"), "notaris")
    )  # drawn once
    assert_refused(opened, "opened_bids", lambda: awards.prove(opened, ID, "zz", Decimal(5), "brief"))


def test_not_equal_after_the_opening_has_a_reason_and_is_no_step_to_undo(opened: Workspace) -> None:
    tender = tender_of(opened)
    assert_refused(
        opened,
        "equal_reason",
        lambda: tenders.edit_tender(opened, ID, edits.set_variant(tender, BID, "equal", "no", "gelijk")),
    )
    with_reason = edits.together(
        [
            edits.set_variant(tender, BID, "equal", "no", "gelijk"),
            edits.set_variant(tender, BID, "equal_reason", "lagere klasse", "gelijk"),
        ],
        "variant_field",
        {"label": "gelijkwaardigheid", "name": "Inschrijving A"},
    )
    tenders.edit_tender(opened, ID, with_reason)
    assert_refused(opened, "barrier", lambda: tenders.undo(opened, ID))


def test_undo_at_a_lock_is_refused_in_words_and_traced(opened: Workspace) -> None:
    assert_refused(opened, "barrier", lambda: tenders.undo(opened, ID))
    with pytest.raises(StoreError) as problem:
        tenders.undo(opened, ID)
    assert sentences.error(problem.value.key, **problem.value.params) == (
        "Ongedaan maken kan niet voorbij een slot: inschrijvingen geopend twee collega's."
    )


def test_a_document_brings_no_records_along(
    opened: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = {**to_plain(tender_of(opened)), "id": "nieuw", "number": "N-1"}
    path = tmp_path / "t.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    opened.store.close()
    assert main(["--db", str(opened.store.path), "tender", str(path)]) == 1
    assert "Dat kan alleen een dossier." in capsys.readouterr().err
