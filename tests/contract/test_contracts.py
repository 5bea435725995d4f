"""A contract in the file: begun, corrected by layers, taken back and done again, erased, and kept apart."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import docx
import pytest

from cirkeldesk.model.contract import edits
from cirkeldesk.model.contract.contract import ContractTerms, EvidenceDue
from cirkeldesk.model.document.document import from_plain, to_plain
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.calendar.today import due_today
from cirkeldesk.operations.contract import contracts
from cirkeldesk.operations.contract.contract_sheet import write_contract_sheet, write_letter
from cirkeldesk.operations.contract.deliveries import record
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.monitor import monitoring
from cirkeldesk.operations.monitor.example import add_years
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import get_tender, put_tender, redo, undo
from cirkeldesk.operations.workspace import Workspace
from tests.acceptance.locking import ID, at
from tests.acceptance.test_chain_commands import tender
from tests.sheets.verapdf import conforms

AFTER = "2027-06-01T09:00:00+00:00"


@pytest.fixture
def begun(workspace: Workspace) -> tuple[Workspace, str]:
    """A contract of a lot that was awarded on 15-1-2027; fictitious."""
    at(workspace, "2027-01-15T09:00:00+00:00")
    put_tender(workspace, tender("2027-001"))
    (identity,) = [row["id"] for row in _tenders(workspace)]
    contracts.award_lot(workspace, identity, "2027-01-15")
    at(workspace, AFTER)
    return workspace, identity


def _tenders(workspace: Workspace) -> list[dict[str, str]]:
    with workspace.unit() as unit:
        return [dict(row) for row in unit.lists.tenders()]


def deliver(workspace: Workspace, identity: str, *said: dict[str, object]) -> None:
    record(workspace, identity, list(said), "proef")


WRONG = {"date": "2027-05-01", "post": "p1", "quantity": 6000, "mki": 8, "accepted": True, "evidence": "w"}


def test_the_tender_is_awarded_and_its_contract_begins_once(begun: tuple[Workspace, str]) -> None:
    workspace, identity = begun
    assert get_tender(workspace, identity).status == "awarded"
    assert contracts.award_lot(workspace, identity, "2030-01-01") is None
    assert contracts.contract_of(workspace, identity).contract.awarded_on == "2027-01-15"


def test_the_awarded_version_is_pinned(begun: tuple[Workspace, str]) -> None:
    """What is typed in the tender afterwards changes no promise."""
    workspace, identity = begun
    before = contracts.contract_of(workspace, identity)
    changed = tender("2027-001", id=identity)
    changed["variants"][1]["answers"][0]["mki"]["total"] = 99
    put_tender(workspace, changed)
    after = contracts.contract_of(workspace, identity)
    assert after.promises == before.promises
    assert after.contract == before.contract


def test_a_wrong_delivery_is_corrected_by_a_layer(begun: tuple[Workspace, str]) -> None:
    workspace, identity = begun
    deliver(workspace, identity, WRONG)
    deliver(workspace, identity, {**WRONG, "quantity": 600, "replaces": "d1"})
    told = contracts.contract_of(workspace, identity)
    assert [one.id for one in told.contract.deliveries] == ["d1", "d2"]
    assert told.whole.proof.at_real == pytest.approx(4800)
    assert told.contract.delivery("d1").quantity == 6000


def test_each_step_is_undone_and_done_again(begun: tuple[Workspace, str]) -> None:
    workspace, identity = begun
    deliver(workspace, identity, WRONG)
    kept = contracts.contract_of(workspace, identity).contract
    undo(workspace, identity, "contract")
    assert contracts.contract_of(workspace, identity).contract.deliveries == ()
    redo(workspace, identity, "contract")
    assert contracts.contract_of(workspace, identity).contract == kept
    undo(workspace, identity, "contract")
    with pytest.raises(StoreError):  # a contract that began is not taken back
        undo(workspace, identity, "contract")


def test_a_person_accepts_or_says_why_not(begun: tuple[Workspace, str]) -> None:
    workspace, identity = begun
    deliver(workspace, identity, {**WRONG, "accepted": None})
    told = contracts.contract_of(workspace, identity)
    assert "contract_to_accept" in {one.key for one in told.open}
    assert not told.whole.proof.delivered
    edit = edits.decide("d1", accepted=True, by="de inkoper", on="2027-06-01", why="")
    contracts.edit_contract(workspace, identity, edit)
    told = contracts.contract_of(workspace, identity)
    assert told.whole.proof.delivered
    assert told.contract.delivery("d1").accepted_by == "de inkoper"


def test_vandaag_knows_what_a_contract_asks(begun: tuple[Workspace, str]) -> None:
    workspace, identity = begun
    contracts.edit_contract(workspace, identity, edits.set_due(EvidenceDue("mki", "2027-06-10")))
    assert [(one.kind, one.day) for one in due_today(workspace)] == [("evidence", "2027-06-10")]
    deliver(workspace, identity, {**WRONG, "accepted": None})
    kinds = {one.kind for one in due_today(workspace)}
    assert kinds == {"evidence", "to_accept"}
    at(workspace, "2028-06-01T09:00:00+00:00")
    edit = edits.decide("d1", accepted=True, by="x", on="2027-06-01", why="")
    contracts.edit_contract(workspace, identity, edit)
    assert due_today(workspace) == ()


def test_nothing_delivered_in_a_year_is_said(begun: tuple[Workspace, str]) -> None:
    workspace, _ = begun
    at(workspace, "2028-01-20T09:00:00+00:00")
    assert [one.kind for one in due_today(workspace)] == ["no_delivery"]


def test_the_file_is_sound_and_an_erased_tender_takes_its_contract_along(
    begun: tuple[Workspace, str],
) -> None:
    workspace, identity = begun
    deliver(workspace, identity, WRONG)
    monitoring.count_of(workspace)
    assert keeping.check(workspace) == []
    keeping.erase_tender(workspace, identity, reason="proef")
    with workspace.unit() as unit:
        assert unit.head("contract", identity) is None
        assert unit.counted.all() == {}
        assert all(row.hash is None or row.step for row in unit.steps.rows("contract", identity))
    assert keeping.check(workspace) == []
    assert monitoring.count_of(workspace).awarded[-1].lots == ()


def test_a_practice_copy_is_never_awarded(workspace: Workspace) -> None:
    add_example(workspace)
    copy = awards.practise(workspace, ID)
    with pytest.raises(StoreError, match="contract_practice"):
        contracts.award_lot(workspace, copy)


# --- papers
# -----------------------------------------------------------------------------------------------------


def test_sheet_and_letters_conform(begun: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, identity = begun
    deliver(workspace, identity, {**WRONG, "quantity": 600, "mki": 9, "evidence": "weegbon → ☐ 12"})
    terms = ContractTerms("Leidraad", "14", Decimal("1.5"), cure_days=21)
    contracts.edit_contract(workspace, identity, edits.set_terms(terms))
    told = contracts.contract_of(workspace, identity)
    write_contract_sheet(workspace, told, tmp_path / "blad.pdf")
    for step in ("evidence", "default", "view", "decision"):
        write_letter(workspace, told, step, tmp_path / f"{step}.pdf")
    conforms(sorted(tmp_path.glob("*.pdf")))
    sent = contracts.contract_of(workspace, identity).contract.letters
    assert [one.step for one in sent] == ["evidence", "default", "view", "decision"]


def test_the_letter_writes_the_sum_out(begun: tuple[Workspace, str], tmp_path: Path) -> None:
    """Promised 12,000, proven 9,000 + 4,000: 1,000 € MKI × 2 = 2,000 × 1.5."""
    workspace, identity = begun
    deliver(workspace, identity, {**WRONG, "quantity": 600, "mki": 9})
    terms = ContractTerms("Leidraad", "14", Decimal("1.5"))
    contracts.edit_contract(workspace, identity, edits.set_terms(terms))
    told = contracts.contract_of(workspace, identity)
    write_letter(workspace, told, "decision", tmp_path / "besluit.docx")
    text = "\n".join(one.text for one in docx.Document(str(tmp_path / "besluit.docx")).paragraphs)
    for part in ("12.000 € MKI", "13.000 € MKI", "€ 2.000,00", "€ 3.000,00", "Leidraad, bladzijde 14"):
        assert part in text.replace("\xa0", " "), part
    assert "root" not in text


# --- the example
# -----------------------------------------------------------------------------------------------------


def test_the_example_lives_until_there_is_a_contract_of_ones_own(workspace: Workspace) -> None:
    at(workspace, "2027-06-01T09:00:00+00:00")
    add_years(workspace)
    add_years(workspace)  # twice is once
    found = monitoring.count_of(workspace)
    assert found.fictitious
    assert [len(one.lots) for one in found.awarded] == [2, 2, 3, 0]
    assert found.baseline is not None
    assert found.baseline.fictitious
    assert all(one.saving is not None for one in found.awarded[:3])
    assert {one.kind for one in due_today(workspace)} == set()
    put_tender(workspace, tender("2027-001"))
    (identity,) = [row["id"] for row in _tenders(workspace) if row["number"] == "2027-001"]
    contracts.award_lot(workspace, identity, "2027-01-15")
    found = monitoring.count_of(workspace)
    assert not found.fictitious
    assert found.baseline is None
    assert [lot.number for year in found.awarded for lot in year.lots] == ["2027-001"]
    assert keeping.check(workspace) == []


def test_what_is_kept_beside_is_what_would_be_counted_anew(workspace: Workspace) -> None:
    at(workspace, "2027-06-01T09:00:00+00:00")
    add_years(workspace)
    first = monitoring.count_of(workspace)
    with workspace.unit() as unit:
        kept = unit.counted.all()
        assert len(kept) == 7
        unit.file.worked_out.clear()
        again = monitoring.count_in(unit)
        anew = monitoring.count_in(unit, anew=True)
    assert first == again == anew


def test_a_text_that_is_no_list_of_lots_is_made_anew(workspace: Workspace) -> None:
    add_years(workspace)
    first = monitoring.count_of(workspace, until="2026-12-31")
    with workspace.unit() as unit:
        broken = dict(zip(unit.counted.all(), ("", "[]", "{", "[0]"), strict=False))
        unit.counted.clear()
        unit.counted.put(broken)
        unit.file.worked_out.clear()
        assert monitoring.count_in(unit, until="2026-12-31") == first


def test_fields_of_before_are_as_they_were(begun: tuple[Workspace, str]) -> None:
    """A contract document leaves out what stands at its default, so that later fields change no hash."""
    workspace, identity = begun
    told = contracts.contract_of(workspace, identity)
    plain = to_plain(told.contract)
    assert plain.keys() == {"schema", "id", "basis", "winner", "awarded_on"}
    assert from_plain(plain) == told.contract
