"""Lock, sealed prices and read-only bids: each way round them is refused with the reason and leaves a trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.cli import main
from cirkeldesk.model import edits
from cirkeldesk.model.award_acts import set_award, set_score
from cirkeldesk.model.award_rules import Judgement, Layer, Nota, Opening, QualityLock, Score
from cirkeldesk.model.changes import layers_fit, original_bid
from cirkeldesk.model.document import to_plain
from cirkeldesk.model.tender import OfferedMki, Tender
from cirkeldesk.operations import awards, tenders
from cirkeldesk.operations.bids import check_form, enter_by_hand, save_received, take_form
from cirkeldesk.operations.desk import Desk, comparison_of
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.output import export_dossier, export_workbook
from cirkeldesk.store.errors import Refused, StoreError
from cirkeldesk.wording import sentences
from tests.awards import LADDER, criterion, rules
from tests.exchange.test_bid_form import filled, make_tender

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


def refused(desk: Desk, key: str, act: Callable[[], object], identity: str = ID) -> None:
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


def set_price(desk: Desk, variant_id: str = BID, price: str = "1") -> edits.Edit:
    return edits.set_price(tender_of(desk), variant_id, Decimal(price), "prijs")


# --- the lock ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edit",
    [
        set_award("maximum", Decimal(1), "korting"),
        set_award("tie_rules", (), "gelijke stand"),
        edits.set_ask("analysis_period", 40.0, "periode"),
        edits.set_ask("mki_decimals", 2, "decimalen"),
        edits.set_field("closes_on", "2027-01-01", "sluiting"),
        edits.set_field("functional_quantity", 1.0, "oppervlakte"),
        edits.set_field("sealed_until", SEAL, "opening"),
        edits.set_field("posts", (), "posten"),
    ],
)
def test_what_is_on_the_lock_stays(locked: Desk, edit: edits.Edit) -> None:
    refused(locked, "locked_nota", lambda: tenders.edit_tender(locked, ID, edit))
    at(locked, CLOSED)
    refused(locked, "locked_entry", lambda: tenders.edit_tender(locked, ID, edit))


def test_undo_stops_at_the_lock(locked: Desk) -> None:
    with pytest.raises(StoreError) as problem:
        tenders.undo(locked, ID)
    assert problem.value.key == "slot"
    assert tender_of(locked).lock is not None


def test_undo_of_another_edit_after_the_lock_goes_on(locked: Desk) -> None:
    tenders.edit_tender(locked, ID, set_price(locked))
    tenders.undo(locked, ID)
    assert tender_of(locked).variant(BID).price == Decimal("1240000.00")
    with pytest.raises(StoreError, match="slot"):
        tenders.undo(locked, ID)


def test_a_refused_attempt_is_no_step_to_undo(locked: Desk) -> None:
    tenders.edit_tender(locked, ID, set_price(locked))
    refused(locked, "locked_nota", lambda: tenders.edit_tender(locked, ID, set_award("maximum", None, "korting")))
    tenders.undo(locked, ID)
    assert tender_of(locked).variant(BID).price == Decimal("1240000.00")


def test_a_document_on_the_command_line_does_not_unlock(locked: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = to_plain(tender_of(locked))
    database = str(locked.store.path)
    for change, why in (
        ({"lock": None}, "Het slot op de methode gaat er niet af."),
        ({"award": {**plain["award"], "maximum": "1"}}, "De methode en de uitvraag staan op slot."),
    ):
        path = tmp_path / "t.json"
        path.write_text(json.dumps({**{k: v for k, v in plain.items() if k not in change}, **change}), encoding="utf-8")
        locked.store.close()
        assert main(["--db", database, "tender", str(path)]) == 1
        assert why in capsys.readouterr().err
        assert main(["--db", database, "award", "VOORBEELD-001", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["locked_at"] == "2026-11-30"
    assert main(["--db", database, "check"]) == 0


def test_a_dossier_does_not_unlock(example: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.cirkel"
    export_dossier(example, ID, path)
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad")
    report = import_files(example, [path])[0]
    assert report.status == "refused"
    assert [note.message.key for note in report.notes] == ["dossier_locked"]
    assert history(example)[-1].step == "refused"
    assert tender_of(example).lock is not None


def test_locking_needs_a_whole_method_and_a_true_date(example: Desk) -> None:
    refused(example, "lock_future", lambda: awards.lock_rules(example, ID, "2026-12-24", "Leidraad"))
    refused(example, "lock_document", lambda: awards.lock_rules(example, ID, "2026-11-01", taken_over=True))
    tenders.edit_tender(example, ID, set_award("maximum", None, "korting"))
    refused(example, "lock_incomplete", lambda: awards.lock_rules(example, ID, "2026-11-30"))
    tenders.edit_tender(example, ID, set_award("method", "lowest_price", "methode"))
    refused(example, "lock_motivation", lambda: awards.lock_rules(example, ID, "2026-11-30"))
    tenders.edit_tender(example, ID, set_award("motivation", "vervanging één op één", "motivering"))
    awards.lock_rules(example, ID, "2026-11-01", "Leidraad 2.0", taken_over=True)
    lock = tender_of(example).lock
    assert lock is not None
    assert (lock.published_on, lock.document, lock.taken_over, lock.by) == (
        "2026-11-01",
        "Leidraad 2.0",
        True,
        example.store.author,
    )


def test_a_nota_keeps_both_versions(locked: Desk) -> None:
    edit = set_award("maximum", Decimal(200_000), "hoogste korting")
    awards.publish_nota(locked, ID, edit, "Nota 1", "vraag 3")
    tender = tender_of(locked)
    assert tender.award.maximum == 200_000
    assert [(n.number, n.document, n.reason) for n in tender.notes] == [(1, "Nota 1", "vraag 3")]
    assert [(c.path, c.before, c.after) for c in tender.notes[0].changes] == [("award.maximum", '"150000"', '"200000"')]
    refused(locked, "nothing_changed", lambda: awards.publish_nota(locked, ID, edit, "Nota 2", "niets"))
    refused(
        locked,
        "locked_nota",
        lambda: awards.publish_nota(locked, ID, set_award("lower", Decimal(1), "grens"), "", "geen document"),
    )
    swapped = set_award("lower", Decimal(99_000), "grens")
    refused(locked, "lock_incomplete", lambda: awards.publish_nota(locked, ID, swapped, "Nota 2", "verkeerd om"))


def test_after_the_deadline_a_correction_of_entry_needs_a_page_and_a_second_person(opened: Desk) -> None:
    edit = set_award("maximum", Decimal(105_000), "hoogste korting")
    said = {"document": "Leidraad", "page": "14", "reason": "150 stond er voor 105", "second": "P. Voorbeeld"}

    def act(**more: str) -> Callable[[], None]:
        return lambda: awards.correct_entry(opened, ID, edit, **{**said, **more})

    refused(opened, "locked_entry", lambda: awards.publish_nota(opened, ID, edit, "Nota 9", "te laat"))
    refused(opened, "locked_entry", act(page=""))
    refused(opened, "second_person", act(second=""))
    refused(opened, "second_person", act(second=opened.store.author.upper()))
    act()()
    layer = tender_of(opened).layers[0]
    assert (layer.kind, layer.page, layer.second) == ("entry", "14", "P. Voorbeeld")
    assert [place.rank for place in layer.before] == [1, 2, 3]
    assert tender_of(opened).award.maximum == 105_000


# --- sealed prices -------------------------------------------------------------------------------------------------


@pytest.fixture
def sealed(example: Desk) -> Desk:
    tenders.edit_tender(example, ID, edits.set_field("sealed_until", SEAL, "opening"))
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad")
    return example


SECRETS = ("1240000", "1265000", "1228500", "1.240.000", "1.265.000", "1.228.500")


def test_no_surface_shows_a_sealed_price(sealed: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comparison, _ = comparison_of(sealed, tender_of(sealed))
    assert all(secret not in repr(comparison) for secret in SECRETS)
    export_workbook(sealed, ID, tmp_path / "a.xlsx")
    refused(sealed, "prices_sealed", lambda: export_dossier(sealed, ID, tmp_path / "a.cirkel"))
    assert not (tmp_path / "a.cirkel").exists()
    refused(sealed, "prices_sealed", lambda: awards.award_of(sealed, tender_of(sealed)))
    database = str(sealed.store.path)
    sealed.store.close()
    for words in (["compare", "VOORBEELD-001"], ["compare", "VOORBEELD-001", "--json"]):
        assert main(["--db", database, *words]) == 0
        out = capsys.readouterr().out
        assert all(secret not in out for secret in SECRETS)
        assert "dicht tot 14-12-2026 11:00" in out
    assert main(["--db", database, "award", "VOORBEELD-001"]) == 1
    assert "De prijzen zijn dicht tot 14-12-2026 11:00." in capsys.readouterr().err
    assert main(["--db", database, "advise", "VOORBEELD-001", "--pdf", str(tmp_path / "a.pdf")]) == 0
    from zipfile import ZipFile

    with ZipFile(tmp_path / "a.xlsx") as archive:
        texts = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert all(secret not in texts for secret in SECRETS)


def test_the_seal_is_not_lifted_early(sealed: Desk) -> None:
    refused(sealed, "open_too_early", lambda: awards.open_bids(sealed, ID))
    at(sealed, "2026-12-14T10:59:59+00:00")
    refused(sealed, "open_too_early", lambda: awards.open_bids(sealed, ID))
    at(sealed, BEFORE)
    without = edits.set_field("sealed_until", None, "opening")
    refused(sealed, "seal_stays", lambda: awards.publish_nota(sealed, ID, without, "Nota 1", "open"))
    at(sealed, "2026-12-14T11:00:00+00:00")
    awards.open_bids(sealed, ID, "notaris")
    opened = tender_of(sealed).opened
    assert opened is not None
    assert (opened.present, opened.by) == ("notaris", sealed.store.author)
    comparison, found = awards.award_of(sealed, tender_of(sealed))
    assert comparison.variant(BID).price == Decimal("1240000.00")
    assert found.bid(BID).rank is not None


def test_opening_waits_for_the_deadline_and_the_lock(example: Desk) -> None:
    refused(example, "open_without_lock", lambda: awards.open_bids(example, ID))
    awards.lock_rules(example, ID, "2026-11-30")
    refused(example, "open_before_deadline", lambda: awards.open_bids(example, ID))
    at(example, "2026-12-11T12:00:00+00:00")
    refused(example, "open_before_deadline", lambda: awards.open_bids(example, ID))
    at(example, CLOSED)
    awards.open_bids(example, ID)
    with pytest.raises(StoreError, match="slot"):
        tenders.undo(example, ID)


def test_quality_is_locked_before_prices_open(example: Desk) -> None:
    value = rules("value", criteria=(criterion("k1", 2500),), tie_rules=("lot",))
    tenders.edit_tender(example, ID, edits.set_field("award", value, "methode"))
    awards.lock_rules(example, ID, "2026-11-30")
    assert tender_of(example).prices_sealed
    at(example, CLOSED)
    refused(example, "open_before_quality", lambda: awards.open_bids(example, ID))
    refused(example, "scores_incomplete", lambda: awards.lock_scores(example, ID))
    for variant in tender_of(example).bids:
        score = Score(variant.id, "k1", "team", "goed plan", percent=Decimal(50))
        tenders.edit_tender(example, ID, set_score(score, variant.name, "plan"))
    awards.lock_scores(example, ID)
    other = Score(BID, "k1", "team", "toch beter", percent=Decimal(90))
    refused(example, "quality_locked", lambda: tenders.edit_tender(example, ID, set_score(other, "A", "plan")))
    awards.open_bids(example, ID)
    refused(example, "quality_locked", lambda: tenders.edit_tender(example, ID, set_score(other, "A", "plan")))


# --- read-only bids ------------------------------------------------------------------------------------------------


def test_an_opened_bid_is_read_only(opened: Desk) -> None:
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
        ("opened", edits.put_local_product(tender, replace(tender.products[0], name="anders"), "product")),
    ]
    for key, edit in attempts:
        if edit.params.get("label") == "soort":
            key = "opened_bids"
        refused(opened, key, lambda edit=edit: tenders.edit_tender(opened, ID, edit))  # type: ignore[misc]


def test_the_reference_may_still_change(opened: Desk) -> None:
    assert tenders.edit_tender(opened, ID, set_price(opened, "v1", "1200000")) is not None


def test_a_form_is_not_taken_after_the_opening(desk: Desk, tmp_path: Path) -> None:
    tender = make_tender(desk)
    tenders.edit_tender(desk, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    awards.lock_rules(desk, tender.id, "2026-01-01", "Leidraad", taken_over=True)  # its deadline has passed
    path = filled(desk, tmp_path)
    paper = edits.next_variant(tender_of(desk, tender.id), "bid")
    tenders.edit_tender(desk, tender.id, edits.add_variant(paper))
    awards.open_bids(desk, tender.id)
    check = check_form(desk, path)
    refused(desk, "opened_bids", lambda: take_form(desk, check), tender.id)
    refused(desk, "opened_bids", lambda: enter_by_hand(desk, check, "te laat"), tender.id)


def test_a_form_before_the_opening_shows_no_price_while_sealed(desk: Desk, tmp_path: Path) -> None:
    tender = make_tender(desk)
    path = filled(desk, tmp_path)
    tenders.edit_tender(desk, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    seal = edits.set_field("sealed_until", "2999-01-01T10:00+01:00", "opening")
    tenders.edit_tender(desk, tender.id, seal)
    awards.lock_rules(desk, tender.id, "2026-01-01", "Leidraad", taken_over=True)  # its deadline has passed
    check = check_form(desk, path)
    assert check.variant is not None
    assert [change for change in check.changes if "prijs" in change.what.lower() or "som" in change.what.lower()] == []
    take_form(desk, check)
    assert tender_of(desk, tender.id).variants[-1].price is not None
    with pytest.raises(StoreError, match="slot"):
        tenders.undo(desk, tender.id)  # a receipt is not undone once the method is on the lock
    form = tender_of(desk, tender.id).received[0]
    refused(desk, "prices_sealed", lambda: save_received(desk, tender.id, form, tmp_path / "uit.xlsx"), tender.id)


SAID = awards.Correction("own_error", BID, "cijfers verwisseld", "inschrijfbiljet A", page="2")


def test_a_layer_lies_over_an_untouched_original(opened: Desk) -> None:
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
    assert [(c.path, c.before, c.after) for c in tender.layers[0].changes] == [("price", '"1240000.00"', '"1140000"')]
    assert tender.layers[0].before == effect.before
    assert tender.layers[0].after == effect.after
    assert layers_fit(tender, BID)
    # correcting again is the way back, over the same original
    awards.correct_bid(opened, ID, set_price(opened, price="1240000"), replace(SAID, reason="toch goed"))
    tender = tender_of(opened)
    assert (len(tender.layers), tender.originals) == (2, (original,))
    assert layers_fit(tender, BID)
    assert original_bid(tender, BID)["price"] == "1240000.00"
    with pytest.raises(StoreError, match="slot"):
        tenders.undo(opened, ID)


def test_a_layer_says_all_that_its_kind_asks(opened: Desk) -> None:
    edit = set_price(opened)
    letter = awards.Correction("obvious_error", BID, "komma", "brief", dated="2026-12-15", allowed="kennelijke fout")
    for said in (
        replace(SAID, page=""), replace(SAID, reason=" "), replace(SAID, document=""), replace(letter, dated=""),
        replace(letter, allowed=""),
    ):  # fmt: skip
        refused(opened, "layer_incomplete", lambda said=said: awards.correct_bid(opened, ID, edit, said))  # type: ignore[misc]
    awards.correct_bid(opened, ID, edit, letter)
    assert tender_of(opened).layers[0].allowed == "kennelijke fout"


def test_forged_records_are_refused(opened: Desk) -> None:
    """Somebody who writes the document himself: no name of another, no record without its change, none taken away."""
    author = opened.store.author
    tender = tender_of(opened)
    places = ()

    def put(**changes: Any) -> Callable[[], object]:
        edit = edits.Edit("field", {"label": "x"}, lambda old: replace(old, **changes))
        return lambda: tenders.edit_tender(opened, ID, edit)

    judged = Judgement(BID, "valid", "goed", "", "P. Voorbeeld", "iemand anders", CLOSED)
    refused(opened, "not_signed", put(judgements=(judged,)))
    refused(opened, "judgement_incomplete", put(judgements=(replace(judged, by=author, person=""),)))
    no_article = replace(judged, by=author, verdict="invalid")
    refused(opened, "judgement_incomplete", put(judgements=(no_article,)))
    refused(opened, "opened_stays", put(opened=None))
    refused(opened, "opened_stays", put(opened=Opening(author, BEFORE)))
    refused(opened, "lock_stays", put(lock=None))
    layer = Layer("own_error", "r", "d", "1", author, CLOSED, (), places, places, variant_id=BID)
    refused(opened, "nothing_changed", put(layers=(layer,)))
    changed = set_price(opened).apply(tender)
    refused(opened, "opened", put(variants=changed.variants, layers=(layer,), originals=(tender.variant(BID),)))
    refused(opened, "nothing_changed", put(notes=(Nota(1, "d", "r", author, CLOSED, ()),)))
    awards.judge(opened, ID, BID, "valid", reason="volledig", article="", person="P. Voorbeeld")
    refused(opened, "record_stays", put(judgements=()))
    assert tender_of(opened).quality_lock is None
    refused(opened, "not_signed", put(quality_lock=QualityLock("iemand anders", CLOSED)))


def test_an_answer_is_kept_without_changing_anything(opened: Desk) -> None:
    before = tender_of(opened)
    awards.keep_answer(opened, ID, BID, "De prijs is zoals opgegeven.")
    after = tender_of(opened)
    assert [(a.variant_id, a.text) for a in after.kept] == [(BID, "De prijs is zoals opgegeven.")]
    assert replace(after, kept=()) == before
    with pytest.raises(StoreError, match="answer_empty"):
        awards.keep_answer(opened, ID, BID, " ")
    row = history(opened)[-1]
    assert (row.step, row.params["text"], row.slot) == ("answer_kept", "De prijs is zoals opgegeven.", True)


def test_a_broken_layer_in_a_dossier_is_refused(opened: Desk, tmp_path: Path) -> None:
    awards.correct_bid(opened, ID, set_price(opened, price="1140000"), SAID)
    path = tmp_path / "a.cirkel"
    export_dossier(opened, ID, path)
    from zipfile import ZipFile

    from cirkeldesk.operations.desk import open_desk

    with open_desk(tmp_path / "b.db") as other:
        assert import_files(other, [path])[0].status == "imported"
        assert tender_of(other) == tender_of(opened)
    with ZipFile(path) as archive:
        body = json.loads(archive.read("dossier.json"))
    body["tender"]["originals"][0]["price"] = "1"
    forged = tmp_path / "forged.cirkel"
    with ZipFile(forged, "w") as archive:
        archive.writestr("dossier.json", json.dumps(body))
    with open_desk(tmp_path / "c.db") as other:
        report = import_files(other, [forged])[0]
        assert report.status == "refused"
        assert tenders.tender_list(other) == []


# --- ways round that were tried ------------------------------------------------------------------------------------


def put(desk: Desk, identity: str = ID, **changes: Any) -> Callable[[], object]:
    edit = edits.Edit("field", {"label": "x"}, lambda old: replace(old, **changes))
    return lambda: tenders.edit_tender(desk, identity, edit)


def test_a_sealed_price_does_not_come_out_as_a_design(sealed: Desk) -> None:
    tender = tender_of(sealed)
    bid = tender.variant(BID)
    role = edits.set_variant(tender, BID, "role", "alternative", "soort")
    refused(sealed, "bid_sealed", lambda: tenders.edit_tender(sealed, ID, role))
    refused(sealed, "bid_sealed", lambda: tenders.edit_tender(sealed, ID, edits.remove_variant(tender, BID)))
    for copy in (
        replace(bid, id="vx", role="alternative"),
        replace(bid, id="vx", role="alternative", price=Decimal("1240000.01")),
    ):
        refused(sealed, "seal_stays", lambda copy=copy: tenders.edit_tender(sealed, ID, edits.add_variant(copy)))  # type: ignore[misc]


def test_a_guess_at_a_sealed_price_is_not_answered(sealed: Desk) -> None:
    for guess in ("1240000.00", "1240000.01"):
        edit = edits.set_price(tender_of(sealed), "v1", Decimal(guess), "prijs")
        assert tenders.edit_tender(sealed, ID, edit) is not None
    copy = replace(tender_of(sealed).variant("v2"), id="vy", name="Kopie")
    assert tenders.edit_tender(sealed, ID, edits.add_variant(copy)) is not None  # a design may be copied


def test_a_seal_by_quality_alone_is_said_in_words(example: Desk) -> None:
    value = rules("value", criteria=(criterion("k1", 2500),), tie_rules=("lot",))
    tenders.edit_tender(example, ID, edits.set_field("award", value, "methode"))
    awards.lock_rules(example, ID, "2026-11-30")
    plain = edits.set_field("award", rules("lowest_price"), "methode")
    refused(example, "seal_stays", lambda: awards.publish_nota(example, ID, plain, "Nota 1", "anders"))
    with pytest.raises(Refused) as problem:
        awards.award_of(example, tender_of(example))
    assert sentences.error(problem.value.key, **problem.value.params) == "De prijzen zijn dicht tot de opening."


def test_a_received_form_is_not_saved_by_another_door(desk: Desk, tmp_path: Path) -> None:
    from cirkeldesk.operations.products import save_attachment

    tender = make_tender(desk)
    value = rules("value", criteria=(criterion("k1", 2500),))
    tenders.edit_tender(desk, tender.id, edits.set_field("award", value, "methode"))
    awards.lock_rules(desk, tender.id, "2026-01-01", "Leidraad", taken_over=True)
    take_form(desk, check_form(desk, filled(desk, tmp_path)))
    form = tender_of(desk, tender.id).received[0]
    refused(desk, "prices_sealed", lambda: save_attachment(desk, form.file, tmp_path / "uit.xlsx"), tender.id)


def test_a_clock_set_back_brings_no_deadline_back_and_one_ahead_blocks_nothing(locked: Desk) -> None:
    at(locked, CLOSED)
    tenders.edit_tender(locked, ID, edits.set_field("title", "anders", "titel"))
    at(locked, BEFORE)
    edit = set_award("maximum", Decimal(1), "korting")
    refused(locked, "locked_entry", lambda: awards.publish_nota(locked, ID, edit, "Nota 1", "te laat"))
    refused(locked, "open_before_deadline", lambda: awards.open_bids(locked, ID))
    at(locked, "2030-01-01T09:00:00+00:00")
    tenders.edit_tender(locked, ID, edits.set_field("title", "klok verkeerd", "titel"))
    at(locked, CLOSED)
    awards.open_bids(locked, ID)


def test_a_mistyped_moment_is_mended_by_two_people_before_it_comes(locked: Desk) -> None:
    earlier = edits.set_field("closes_on", "2026-12-04", "sluiting")
    refused(locked, "moment_earlier", lambda: awards.publish_nota(locked, ID, earlier, "Nota 1", "verkeerd getypt"))
    past = edits.set_field("closes_on", "2020-01-01", "sluiting")
    refused(locked, "moment_earlier", lambda: awards.publish_nota(locked, ID, past, "Nota 1", "verkeerd getypt"))
    said = {"document": "Leidraad", "page": "3", "reason": "11 getypt voor 4", "second": "P. Voorbeeld"}
    awards.correct_entry(locked, ID, earlier, **said)
    assert tender_of(locked).closes_on == "2026-12-04"
    other = set_award("maximum", Decimal(1), "korting")
    refused(locked, "locked_nota", lambda: awards.correct_entry(locked, ID, other, **said))


def test_on_the_closing_day_forms_and_opening_agree(desk: Desk, tmp_path: Path) -> None:
    tender = make_tender(desk, closes_on="2026-12-11")
    at(desk, BEFORE)
    tenders.edit_tender(desk, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    tenders.edit_tender(desk, tender.id, edits.set_field("sealed_until", "2026-12-11T14:00+00:00", "opening"))
    awards.lock_rules(desk, tender.id, "2026-11-30")
    path = filled(desk, tmp_path)
    at(desk, "2026-12-11T13:00:00+00:00")
    with pytest.raises(StoreError, match="form_test"):
        take_form(desk, check_form(desk, path))
    at(desk, "2026-12-11T14:05:00+00:00")
    refused(desk, "open_no_bids", lambda: awards.open_bids(desk, tender.id), tender.id)
    take_form(desk, check_form(desk, path))
    awards.open_bids(desk, tender.id)


def test_a_published_moment_is_not_brought_forward(sealed: Desk) -> None:
    for name, value in (("sealed_until", "2026-12-02T08:00+00:00"), ("closes_on", "2026-11-20"), ("closes_on", None)):
        edit = edits.set_field(name, value, "moment")
        refused(sealed, "moment_earlier", lambda edit=edit: awards.publish_nota(sealed, ID, edit, "Nota 1", "eerder"))  # type: ignore[misc]
    later = edits.set_field("closes_on", "2026-12-14", "sluiting")
    awards.publish_nota(sealed, ID, later, "Nota 1", "uitstel")


def test_a_method_locked_after_the_deadline_is_taken_over_and_says_so(example: Desk) -> None:
    at(example, CLOSED)
    refused(example, "lock_late", lambda: awards.lock_rules(example, ID, "2026-11-30", "Leidraad"))
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad", taken_over=True)
    _, found = awards.award_of(example, tender_of(example))
    assert "award_locked_late" in {message.key for message in found.warnings}


def test_an_original_is_not_planted(locked: Desk) -> None:
    bid = tender_of(locked).variant(BID)
    refused(locked, "layer_before_opening", put(locked, originals=(bid,)))
    at(locked, CLOSED)
    awards.open_bids(locked, ID)
    refused(locked, "nothing_changed", put(locked, originals=(replace(bid, price=Decimal(999999)),)))


def test_a_received_form_stays_as_it_came(desk: Desk, tmp_path: Path) -> None:
    tender = make_tender(desk)
    tenders.edit_tender(desk, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    awards.lock_rules(desk, tender.id, "2026-01-01", "Leidraad", taken_over=True)
    take_form(desk, check_form(desk, filled(desk, tmp_path)))
    form = tender_of(desk, tender.id).received[0]
    refused(desk, "record_stays", put(desk, tender.id, received=()), tender.id)
    refused(desk, "record_stays", put(desk, tender.id, received=(replace(form, received="2020-01-01"),)), tender.id)
    refused(desk, "record_stays", put(desk, tender.id, received=(replace(form, outcome="refused"),)), tender.id)
    bid = tender_of(desk, tender.id).variants[-1]
    cheaper = edits.set_price(tender_of(desk, tender.id), bid.id, Decimal(1), "prijs")
    refused(desk, "bid_received", lambda: tenders.edit_tender(desk, tender.id, cheaper), tender.id)
    gone = edits.remove_variant(tender_of(desk, tender.id), bid.id)
    refused(desk, "bid_received", lambda: tenders.edit_tender(desk, tender.id, gone), tender.id)
    level = edits.set_variant(tender_of(desk, tender.id), bid.id, "ladder_level", 3, "trede")  # no form asks it
    assert tenders.edit_tender(desk, tender.id, level) is not None


def test_an_act_is_dated_when_it_is_done(opened: Desk) -> None:
    judged = Judgement(BID, "valid", "goed", "", "P. Voorbeeld", opened.store.author, "2001-01-01T00:00:00+00:00")
    refused(opened, "not_signed", put(opened, judgements=(judged,)))


def test_lots_and_proofs_are_about_bids(opened: Desk) -> None:
    for order in (("zz", "zy"), (BID,), (BID, BID), ()):
        refused(opened, "draw_wrong", lambda order=order: awards.draw_lots(opened, ID, order, "notaris"))  # type: ignore[misc]
    awards.draw_lots(opened, ID, ("v4", BID), "notaris")
    refused(opened, "draw_wrong", lambda: awards.draw_lots(opened, ID, (BID, "v4"), "notaris"))  # drawn once
    refused(opened, "opened_bids", lambda: awards.prove(opened, ID, "zz", Decimal(5), "brief"))


def test_a_mean_is_of_those_who_were_named(example: Desk) -> None:
    one = criterion("k1", 2500, assessors=("Ann", "Bob"), combine="mean")
    tenders.edit_tender(example, ID, edits.set_field("award", rules("value", criteria=(one,)), "methode"))
    for name in ("Cas", "Ann "):
        score = Score(BID, "k1", name, "goed", percent=Decimal(50))
        refused(example, "score_incomplete", lambda score=score: tenders.edit_tender(example, ID, set_score(score, "A", "k1")))  # type: ignore[misc]


def test_quality_is_not_locked_while_bids_may_come(example: Desk) -> None:
    value = rules("value", criteria=(criterion("k1", 2500),))
    tenders.edit_tender(example, ID, edits.set_field("award", value, "methode"))
    awards.lock_rules(example, ID, "2026-11-30")
    refused(example, "quality_early", lambda: awards.lock_scores(example, ID))


def test_quality_that_cannot_be_finished_is_not_locked(desk: Desk) -> None:
    tender = make_tender(desk, closes_on=None)
    value = rules("value", criteria=(criterion("k1", 2500), criterion("k2", 500)))
    tenders.edit_tender(desk, tender.id, edits.set_field("award", value, "methode"))
    awards.lock_rules(desk, tender.id, "2026-01-01")
    refused(desk, "scores_incomplete", lambda: awards.lock_scores(desk, tender.id), tender.id)
    tenders.edit_tender(desk, tender.id, edits.add_variant(edits.next_variant(tender, "bid")))
    bid = tender_of(desk, tender.id).bids[0]
    for score in (
        Score(bid.id, "k1", "team", "goed", percent=Decimal(5000)), Score(bid.id, "k1", "team", " ", percent=Decimal(50)),
        Score(bid.id, "k1", "", "goed", percent=Decimal(50)), Score(bid.id, "k9", "team", "goed", percent=Decimal(50)),
    ):  # fmt: skip
        refused(desk, "score_incomplete", put(desk, tender.id, scores=(score,)), tender.id)
    for name in ("k1", "k2"):
        score = Score(bid.id, name, "team", "goed", percent=Decimal(50))
        tenders.edit_tender(desk, tender.id, set_score(score, "A", name))
    awards.lock_scores(desk, tender.id)
    fewer = set_award("criteria", value.criteria[:1], "criteria")
    refused(desk, "quality_locked", lambda: awards.publish_nota(desk, tender.id, fewer, "Nota 1", "minder"), tender.id)


def test_not_equal_after_the_opening_has_a_reason_and_is_no_step_to_undo(opened: Desk) -> None:
    tender = tender_of(opened)
    refused(
        opened, "equal_reason", lambda: tenders.edit_tender(opened, ID, edits.set_variant(tender, BID, "equal", "no", "gelijk"))
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
    refused(opened, "slot", lambda: tenders.undo(opened, ID))


def test_what_goes_takes_its_scores_along_and_the_dossier_stays_readable(example: Desk, tmp_path: Path) -> None:
    from cirkeldesk.operations.desk import open_desk

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
    refused(example, "prices_sealed", lambda: export_dossier(example, ID, tmp_path / "a.cirkel"))
    for left in tender_of(example).bids:
        score = Score(left.id, "k1", "team", "goed", percent=Decimal(50))
        tenders.edit_tender(example, ID, set_score(score, left.id, "k1"))
    awards.lock_scores(example, ID)
    awards.open_bids(example, ID)
    export_dossier(example, ID, tmp_path / "a.cirkel")
    with open_desk(tmp_path / "b.db") as other:
        assert import_files(other, [tmp_path / "a.cirkel"])[0].status == "imported"


def test_a_document_brings_no_records_along(opened: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = {**to_plain(tender_of(opened)), "id": "nieuw", "number": "N-1"}
    path = tmp_path / "t.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    opened.store.close()
    assert main(["--db", str(opened.store.path), "tender", str(path)]) == 1
    assert "Dat kan alleen een dossier." in capsys.readouterr().err


def test_undo_at_a_lock_is_refused_in_words_and_traced(opened: Desk) -> None:
    refused(opened, "slot", lambda: tenders.undo(opened, ID))
    with pytest.raises(StoreError) as problem:
        tenders.undo(opened, ID)
    assert sentences.error(problem.value.key, **problem.value.params) == (
        "Ongedaan maken kan niet voorbij een slot: inschrijvingen geopend twee collega's."
    )


# --- practice ------------------------------------------------------------------------------------------------------


def test_an_oefenkopie_holds_no_real_bid_and_cannot_be_locked(locked: Desk) -> None:
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
    refused(locked, "practice_no_lock", lambda: awards.lock_rules(locked, made, "2026-11-30"), made)
    out = edits.set_field("practice_of", None, "oefenen")
    refused(locked, "practice_stays", lambda: tenders.edit_tender(locked, made, out), made)
    with pytest.raises(StoreError, match="practice_of_practice"):
        awards.practise(locked, made)


@pytest.mark.parametrize("method", ["value", "weighted", "lowest_cost", "ladder", "mki_w"])
def test_practice_bids_compute_under_every_kind_of_method(example: Desk, method: str) -> None:
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
