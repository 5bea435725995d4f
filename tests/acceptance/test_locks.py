"""Method and ask locked: each way round it is refused with the reason and leaves a trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from cirkeldesk.cli import main
from cirkeldesk.model.award.acts import set_award
from cirkeldesk.model.award.disclosure import public
from cirkeldesk.model.document.document import to_plain
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.award.changes import changes_text
from tests.acceptance.locking import (
    BEFORE,
    BID,
    CLOSED,
    ID,
    SEAL,
    assert_refused,
    at,
    history,
    set_price,
    tender_of,
)

TEXTS = ("Ten hoogste 5.", "Verklaring.", "Meten.", "Minder.", "Eigen voorstel.")
CRITERION = Criterion("eigen-1", "Onze eis", "climate", "basis", "requirement", *TEXTS)


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
        edits.take_criterion(CRITERION),
    ],
)
def test_what_is_on_the_lock_stays(locked: Workspace, edit: edits.Edit) -> None:
    assert_refused(locked, "locked_nota", lambda: tenders.edit_tender(locked, ID, edit))
    at(locked, CLOSED)
    assert_refused(locked, "locked_entry", lambda: tenders.edit_tender(locked, ID, edit))


def test_criteria_change_by_a_nota_and_why_they_were_chosen_stays_open(locked: Workspace) -> None:
    """What is published is locked; the reasoning inside is not, and never goes out."""
    awards.publish_nota(locked, ID, edits.take_criterion(CRITERION), "Nota 1", "vraag van een gegadigde")
    tender = tender_of(locked)
    assert tender.criteria == (CRITERION,)
    assert "Criteria van MVOI" in changes_text(tender, tender.notes[0].changes)
    tenders.edit_tender(locked, ID, edits.weigh_criterion(CRITERION, "Past bij ons doel."))
    assert public(tender_of(locked)).criteria == (CRITERION,)
    assert public(tender_of(locked)).considered == ()


def test_undo_stops_at_the_lock(locked: Workspace) -> None:
    with pytest.raises(StoreError) as problem:
        tenders.undo(locked, ID)
    assert problem.value.key == "barrier"
    assert tender_of(locked).lock is not None


def test_undo_of_another_edit_after_the_lock_goes_on(locked: Workspace) -> None:
    tenders.edit_tender(locked, ID, set_price(locked))
    tenders.undo(locked, ID)
    assert tender_of(locked).variant(BID).price == Decimal("1240000.00")
    with pytest.raises(StoreError, match="barrier"):
        tenders.undo(locked, ID)


def test_a_refused_attempt_is_no_step_to_undo(locked: Workspace) -> None:
    tenders.edit_tender(locked, ID, set_price(locked))
    assert_refused(
        locked, "locked_nota", lambda: tenders.edit_tender(locked, ID, set_award("maximum", None, "korting"))
    )
    tenders.undo(locked, ID)
    assert tender_of(locked).variant(BID).price == Decimal("1240000.00")


def test_a_document_on_the_command_line_does_not_unlock(
    locked: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = to_plain(tender_of(locked))
    database = str(locked.store.path)
    for change, why in (
        ({"lock": None}, "Het slot op de methode gaat er niet af."),
        ({"award": {**plain["award"], "maximum": "1"}}, "De methode en de uitvraag staan op slot."),
    ):
        path = tmp_path / "t.json"
        path.write_text(
            json.dumps({**{k: v for k, v in plain.items() if k not in change}, **change}), encoding="utf-8"
        )
        locked.store.close()
        assert main(["--db", database, "tender", str(path)]) == 1
        assert why in capsys.readouterr().err
        assert main(["--db", database, "award", "VOORBEELD-001", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["locked_at"] == "2026-11-30"
    assert main(["--db", database, "check"]) == 0


def test_a_dossier_does_not_unlock(example: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.cirkel"
    export_dossier(example, ID, path)
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad")
    report = import_files(example, [path])[0]
    assert report.status == "refused"
    assert [note.message.key for note in report.notes] == ["dossier_locked"]
    assert history(example)[-1].step == "refused"
    assert tender_of(example).lock is not None


def test_locking_needs_a_whole_method_and_a_true_date(example: Workspace) -> None:
    assert_refused(example, "lock_future", lambda: awards.lock_rules(example, ID, "2026-12-24", "Leidraad"))
    assert_refused(
        example, "lock_document", lambda: awards.lock_rules(example, ID, "2026-11-01", taken_over=True)
    )
    tenders.edit_tender(example, ID, set_award("maximum", None, "korting"))
    assert_refused(example, "lock_incomplete", lambda: awards.lock_rules(example, ID, "2026-11-30"))
    tenders.edit_tender(example, ID, set_award("method", "lowest_price", "methode"))
    assert_refused(example, "lock_motivation", lambda: awards.lock_rules(example, ID, "2026-11-30"))
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


def test_a_nota_keeps_both_versions(locked: Workspace) -> None:
    edit = set_award("maximum", Decimal(200_000), "hoogste korting")
    awards.publish_nota(locked, ID, edit, "Nota 1", "vraag 3")
    tender = tender_of(locked)
    assert tender.award.maximum == 200_000
    assert [(n.number, n.document, n.reason) for n in tender.notes] == [(1, "Nota 1", "vraag 3")]
    assert [(c.path, c.before, c.after) for c in tender.notes[0].changes] == [
        ("award.maximum", '"150000"', '"200000"')
    ]
    assert_refused(
        locked, "nothing_changed", lambda: awards.publish_nota(locked, ID, edit, "Nota 2", "niets")
    )
    assert_refused(
        locked,
        "locked_nota",
        lambda: awards.publish_nota(locked, ID, set_award("lower", Decimal(1), "grens"), "", "geen document"),
    )
    swapped = set_award("lower", Decimal(99_000), "grens")
    assert_refused(
        locked, "lock_incomplete", lambda: awards.publish_nota(locked, ID, swapped, "Nota 2", "verkeerd om")
    )


def test_after_the_deadline_a_correction_of_entry_needs_a_page_and_a_second_person(opened: Workspace) -> None:
    edit = set_award("maximum", Decimal(105_000), "hoogste korting")
    said = {"document": "Leidraad", "page": "14", "reason": "150 stond er voor 105", "second": "P. Voorbeeld"}

    def act(**more: str) -> Callable[[], None]:
        return lambda: awards.correct_entry(opened, ID, edit, **{**said, **more})

    assert_refused(opened, "locked_entry", lambda: awards.publish_nota(opened, ID, edit, "Nota 9", "te laat"))
    assert_refused(opened, "locked_entry", act(page=""))
    assert_refused(opened, "second_person", act(second=""))
    assert_refused(opened, "second_person", act(second=opened.store.author.upper()))
    act()()
    layer = tender_of(opened).layers[0]
    assert (layer.kind, layer.page, layer.second) == ("entry", "14", "P. Voorbeeld")
    assert [place.rank for place in layer.before] == [1, 2, 3]
    assert tender_of(opened).award.maximum == 105_000


def test_a_clock_set_back_brings_no_deadline_back_and_one_ahead_blocks_nothing(locked: Workspace) -> None:
    at(locked, CLOSED)
    tenders.edit_tender(locked, ID, edits.set_field("title", "anders", "titel"))
    at(locked, BEFORE)
    edit = set_award("maximum", Decimal(1), "korting")
    assert_refused(locked, "locked_entry", lambda: awards.publish_nota(locked, ID, edit, "Nota 1", "te laat"))
    assert_refused(locked, "open_before_deadline", lambda: awards.open_bids(locked, ID))
    at(locked, "2030-01-01T09:00:00+00:00")
    tenders.edit_tender(locked, ID, edits.set_field("title", "klok verkeerd", "titel"))
    at(locked, CLOSED)
    awards.open_bids(locked, ID)


def test_a_mistyped_moment_is_mended_by_two_people_before_it_comes(locked: Workspace) -> None:
    earlier = edits.set_field("closes_on", "2026-12-04", "sluiting")
    assert_refused(
        locked,
        "moment_earlier",
        lambda: awards.publish_nota(locked, ID, earlier, "Nota 1", "verkeerd getypt"),
    )
    past = edits.set_field("closes_on", "2020-01-01", "sluiting")
    assert_refused(
        locked, "moment_earlier", lambda: awards.publish_nota(locked, ID, past, "Nota 1", "verkeerd getypt")
    )
    said = {"document": "Leidraad", "page": "3", "reason": "11 getypt voor 4", "second": "P. Voorbeeld"}
    awards.correct_entry(locked, ID, earlier, **said)
    assert tender_of(locked).closes_on == "2026-12-04"
    other = set_award("maximum", Decimal(1), "korting")
    assert_refused(locked, "locked_nota", lambda: awards.correct_entry(locked, ID, other, **said))


def test_a_method_locked_after_the_deadline_is_taken_over_and_says_so(example: Workspace) -> None:
    at(example, CLOSED)
    assert_refused(example, "lock_late", lambda: awards.lock_rules(example, ID, "2026-11-30", "Leidraad"))
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad", taken_over=True)
    _, found = awards.award_of(example, tender_of(example))
    assert "award_locked_late" in {message.key for message in found.warnings}
