"""Prijzen dicht: no surface shows a price before the opening, and no act brings one out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cirkeldesk.cli import main
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.paper.export import export_dossier, export_workbook
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.bids import check_form, save_received, take_form
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.wording import sentences
from tests.acceptance.locking import BEFORE, BID, CLOSED, ID, assert_refused, at, tender_of
from tests.awards import criterion, rules
from tests.exchange.test_bid_form import filled, make_tender

SECRETS = ("1240000", "1265000", "1228500", "1.240.000", "1.265.000", "1.228.500")


def test_no_surface_shows_a_sealed_price(
    sealed: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comparison, _ = comparison_of(sealed, tender_of(sealed))
    assert all(secret not in repr(comparison) for secret in SECRETS)
    export_workbook(sealed, ID, tmp_path / "a.xlsx")
    assert_refused(sealed, "prices_sealed", lambda: export_dossier(sealed, ID, tmp_path / "a.cirkel"))
    assert not (tmp_path / "a.cirkel").exists()
    assert_refused(sealed, "prices_sealed", lambda: awards.award_of(sealed, tender_of(sealed)))
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


def test_the_seal_is_not_lifted_early(sealed: Workspace) -> None:
    assert_refused(sealed, "open_too_early", lambda: awards.open_bids(sealed, ID))
    at(sealed, "2026-12-14T10:59:59+00:00")
    assert_refused(sealed, "open_too_early", lambda: awards.open_bids(sealed, ID))
    at(sealed, BEFORE)
    without = edits.set_field("sealed_until", None, "opening")
    assert_refused(sealed, "seal_stays", lambda: awards.publish_nota(sealed, ID, without, "Nota 1", "open"))
    at(sealed, "2026-12-14T11:00:00+00:00")
    awards.open_bids(sealed, ID, "notaris")
    opened = tender_of(sealed).opened
    assert opened is not None
    assert (opened.present, opened.by) == ("notaris", sealed.store.author)
    comparison, found = awards.award_of(sealed, tender_of(sealed))
    assert comparison.variant(BID).price == Decimal("1240000.00")
    assert found.bid(BID).rank is not None


def test_opening_waits_for_the_deadline_and_the_lock(example: Workspace) -> None:
    assert_refused(example, "open_without_lock", lambda: awards.open_bids(example, ID))
    awards.lock_rules(example, ID, "2026-11-30")
    assert_refused(example, "open_before_deadline", lambda: awards.open_bids(example, ID))
    at(example, "2026-12-11T12:00:00+00:00")
    assert_refused(example, "open_before_deadline", lambda: awards.open_bids(example, ID))
    at(example, CLOSED)
    awards.open_bids(example, ID)
    with pytest.raises(StoreError, match="barrier"):
        tenders.undo(example, ID)


def test_a_form_before_the_opening_shows_no_price_while_sealed(workspace: Workspace, tmp_path: Path) -> None:
    tender = make_tender(workspace)
    path = filled(workspace, tmp_path)
    tenders.edit_tender(workspace, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    seal = edits.set_field("sealed_until", "2999-01-01T10:00+01:00", "opening")
    tenders.edit_tender(workspace, tender.id, seal)
    awards.lock_rules(
        workspace, tender.id, "2026-01-01", "Leidraad", taken_over=True
    )  # its deadline has passed
    check = check_form(workspace, path)
    assert check.variant is not None
    assert [
        change for change in check.changes if "prijs" in change.what.lower() or "som" in change.what.lower()
    ] == []
    take_form(workspace, check)
    assert tender_of(workspace, tender.id).variants[-1].price is not None
    with pytest.raises(StoreError, match="barrier"):
        tenders.undo(workspace, tender.id)  # a receipt is not undone once the method is locked
    form = tender_of(workspace, tender.id).received[0]
    assert_refused(
        workspace,
        "prices_sealed",
        lambda: save_received(workspace, tender.id, form, tmp_path / "uit.xlsx"),
        tender.id,
    )


def test_a_sealed_price_does_not_come_out_as_a_design(sealed: Workspace) -> None:
    tender = tender_of(sealed)
    bid = tender.variant(BID)
    role = edits.set_variant(tender, BID, "role", "alternative", "soort")
    assert_refused(sealed, "bid_sealed", lambda: tenders.edit_tender(sealed, ID, role))
    assert_refused(
        sealed, "bid_sealed", lambda: tenders.edit_tender(sealed, ID, edits.remove_variant(tender, BID))
    )
    for copy in (
        replace(bid, id="vx", role="alternative"),
        replace(bid, id="vx", role="alternative", price=Decimal("1240000.01")),
    ):
        assert_refused(
            sealed,
            "seal_stays",
            lambda copy=copy: tenders.edit_tender(sealed, ID, edits.add_variant(copy)),  # type: ignore[misc]
        )


def test_a_guess_at_a_sealed_price_is_not_answered(sealed: Workspace) -> None:
    for guess in ("1240000.00", "1240000.01"):
        edit = edits.set_price(tender_of(sealed), "v1", Decimal(guess), "prijs")
        assert tenders.edit_tender(sealed, ID, edit) is not None
    copy = replace(tender_of(sealed).variant("v2"), id="vy", name="Kopie")
    assert tenders.edit_tender(sealed, ID, edits.add_variant(copy)) is not None  # a design may be copied


def test_a_seal_by_quality_alone_is_said_in_words(example: Workspace) -> None:
    value = rules("value", criteria=(criterion("k1", 2500),), tie_rules=("lot",))
    tenders.edit_tender(example, ID, edits.set_field("award", value, "methode"))
    awards.lock_rules(example, ID, "2026-11-30")
    plain = edits.set_field("award", rules("lowest_price"), "methode")
    assert_refused(example, "seal_stays", lambda: awards.publish_nota(example, ID, plain, "Nota 1", "anders"))
    with pytest.raises(LockRefusal) as problem:
        awards.award_of(example, tender_of(example))
    assert (
        sentences.error(problem.value.key, **problem.value.params) == "De prijzen zijn dicht tot de opening."
    )


def test_a_received_form_is_not_saved_by_another_door(workspace: Workspace, tmp_path: Path) -> None:
    from cirkeldesk.operations.product.products import save_attachment

    tender = make_tender(workspace)
    value = rules("value", criteria=(criterion("k1", 2500),))
    tenders.edit_tender(workspace, tender.id, edits.set_field("award", value, "methode"))
    awards.lock_rules(workspace, tender.id, "2026-01-01", "Leidraad", taken_over=True)
    take_form(workspace, check_form(workspace, filled(workspace, tmp_path)))
    form = tender_of(workspace, tender.id).received[0]
    assert_refused(
        workspace,
        "prices_sealed",
        lambda: save_attachment(workspace, form.file, tmp_path / "uit.xlsx"),
        tender.id,
    )


def test_on_the_closing_day_forms_and_opening_agree(workspace: Workspace, tmp_path: Path) -> None:
    tender = make_tender(workspace, closes_on="2026-12-11")
    at(workspace, BEFORE)
    tenders.edit_tender(workspace, tender.id, edits.set_field("award", rules("lowest_price"), "methode"))
    tenders.edit_tender(
        workspace, tender.id, edits.set_field("sealed_until", "2026-12-11T14:00+00:00", "opening")
    )
    awards.lock_rules(workspace, tender.id, "2026-11-30")
    path = filled(workspace, tmp_path)
    at(workspace, "2026-12-11T13:00:00+00:00")
    with pytest.raises(StoreError, match="form_test"):
        take_form(workspace, check_form(workspace, path))
    at(workspace, "2026-12-11T14:05:00+00:00")
    assert_refused(workspace, "open_no_bids", lambda: awards.open_bids(workspace, tender.id), tender.id)
    take_form(workspace, check_form(workspace, path))
    awards.open_bids(workspace, tender.id)


def test_a_published_moment_is_not_brought_forward(sealed: Workspace) -> None:
    for name, value in (
        ("sealed_until", "2026-12-02T08:00+00:00"),
        ("closes_on", "2026-11-20"),
        ("closes_on", None),
    ):
        edit = edits.set_field(name, value, "moment")
        assert_refused(
            sealed,
            "moment_earlier",
            lambda edit=edit: awards.publish_nota(sealed, ID, edit, "Nota 1", "eerder"),  # type: ignore[misc]
        )
    later = edits.set_field("closes_on", "2026-12-14", "sluiting")
    awards.publish_nota(sealed, ID, later, "Nota 1", "uitstel")
