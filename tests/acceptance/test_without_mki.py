"""What has no MKI goes the same road: from the calendar to a tender, its bids, the award and the papers.

Found in 0.7.0 (expert E5): 93 of 121 rows of a calendar had no group, and became tenders of asphalt.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from cirkeldesk.model.award.checks import before_lock
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.calendar.edits import CalendarEdit
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import AwardRules, QualityCriterion
from cirkeldesk.model.tender.publication import Audience
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.calendar.calendar import edit_calendar, make_tender
from cirkeldesk.operations.paper.papers import printed
from cirkeldesk.operations.tender.tenders import edit_tender, get_tender
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.wording.award import awarding, records
from cirkeldesk.wording.comparison.rows import matrix_rows
from tests.acceptance.locking import BEFORE, CLOSED, at

ROW = CalendarRow("r1", "Kantine en koffie → 4 jaar (verzonnen)", number="2027-021")
WHY = "Alle eisen staan vast; alleen de prijs verschilt nog (verzonnen)."


def change(workspace: Workspace, identity: str, **fields: object) -> None:
    edit = edits.Edit("field", {"label": "x"}, lambda tender: replace(tender, **fields))  # type: ignore[arg-type]
    edit_tender(workspace, identity, edit)


@pytest.fixture
def catering(workspace: Workspace) -> str:
    """A row of the calendar that fits no group, made into a tender by the lowest price."""
    at(workspace, BEFORE)
    added = CalendarEdit("calendar_add", {"name": "x"}, lambda old: replace(old, rows=(ROW,)))
    edit_calendar(workspace, added)
    identity = make_tender(workspace, "r1")
    rules = AwardRules("lowest_price", tie_rules=("lot",), motivation=WHY)
    change(workspace, identity, award=rules, functional_quantity=10.0, closes_on="2026-12-10")
    return identity


def add_bids(workspace: Workspace, identity: str, count: int) -> Tender:
    for number in range(count):
        variant = edits.next_variant(get_tender(workspace, identity), "bid")
        edit_tender(workspace, identity, edits.add_variant(variant))
        tender = get_tender(workspace, identity)
        price = Decimal(90_000 + 1000 * ((number * 7) % count))
        edit_tender(workspace, identity, edits.set_price(tender, variant.id, price, "prijs"))
    return get_tender(workspace, identity)


def text_of(pdf: bytes, folder: Path) -> str:
    (folder / "a.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "a.pdf"), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def of_mki(text: str) -> list[str]:
    """The lines that speak of an MKI, but for the group's name and the sentence that there is none."""
    words = ("MKI", "weegset", "levensfase", "biobased")
    lines = [line.strip() for line in text.splitlines() if any(w.lower() in line.lower() for w in words)]
    return [line for line in lines if "zonder MKI" not in line and "vraagt geen MKI" not in line]


def test_a_row_without_a_group_becomes_a_tender_without_mki(workspace: Workspace, catering: str) -> None:
    comparison, _ = comparison_of(workspace, add_bids(workspace, catering, 2))
    assert comparison.group.code == "overig"
    assert not any(post.in_mki for post in comparison.tender.posts)
    assert [found.message.key for found in comparison.problems] == []
    assert not [found for found in before_lock(comparison) if found.level == "blocks"]
    assert {row.key for row in matrix_rows(comparison)} <= {"price", "award", "open"}


@pytest.mark.parametrize("bids", [0, 1, 3, 40])
@pytest.mark.parametrize("audience", ["internal", "external"])
def test_its_papers_speak_of_no_mki(
    workspace: Workspace, catering: str, bids: int, audience: Audience, tmp_path: Path
) -> None:
    tender = add_bids(workspace, catering, bids)
    sheet = text_of(printed(workspace, tender, "advice", audience), tmp_path)
    assert of_mki(sheet) == []
    assert "Kantine en koffie → 4 jaar (verzonnen)" in " ".join(sheet.split())
    assert ("€ 90.000" in sheet or "90.000" in sheet) == (bool(bids) and audience == "internal")
    book = openpyxl.load_workbook(BytesIO(printed(workspace, tender, "workbook", audience)))
    cells = [str(cell.value) for page in book for line in page.iter_rows() for cell in line if cell.value]
    assert of_mki("\n".join(cells)) == []
    assert any("90" in cell and "000" in cell for cell in cells) == (bool(bids) and audience == "internal")


def test_it_is_awarded_by_price_and_the_record_says_so(workspace: Workspace, catering: str) -> None:
    tender = add_bids(workspace, catering, 3)
    awards.lock_rules(workspace, catering, "2026-12-01", "Leidraad")
    at(workspace, CLOSED)
    awards.open_bids(workspace, catering, "twee collega's")
    for variant in tender.bids:
        judged = {"reason": "Volledig", "article": "", "person": "de inkoper"}
        awards.judge(workspace, catering, variant.id, "valid", **judged)
    _, found = awards.award_of(workspace, get_tender(workspace, catering))
    prices = {bid.id: bid.figures.price for bid in found.bids}
    assert found.winner == min(prices, key=lambda identity: prices[identity] or 0)
    assert all(awarding.mki_text(found, bid) == "n.v.t." for bid in found.bids)
    assert "90.000" in awarding.conclusion(found)
    record = records.award_record(found, "Gemeente (verzonnen)")
    assert of_mki(str(record).replace("), ", "\n")) == []


def test_it_is_awarded_on_quality(workspace: Workspace, catering: str) -> None:
    tender = add_bids(workspace, catering, 2)
    criterion = QualityCriterion("c1", "Minder voedsel weggooien", Decimal(10000))
    change(workspace, catering, award=AwardRules("value", criteria=(criterion,), tie_rules=("lot",)))
    comparison, _ = comparison_of(workspace, get_tender(workspace, tender.id))
    keys = {found.message.key for found in before_lock(comparison)}
    assert not {key for key in keys if "mki" in key}
