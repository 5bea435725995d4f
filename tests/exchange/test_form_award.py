"""The form asks what the award method asks of a bid itself, and has a place for a remark."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from cirkeldesk.exchange.bid_form.bid_form import form_of, version_of
from cirkeldesk.model.award.locks import refusal
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.award_rules import AwardRules, LadderStep, Lock, YearCost
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.bids import check_form, save_marked, take_form, write_form
from cirkeldesk.operations.workspace import Workspace
from tests.awards import rules
from tests.exchange.test_bid_form import errors, filled, make_tender, put

LADDER = (LadderStep(3, Decimal(2)), LadderStep(5, Decimal(5)))
BOTH = rules("ladder", also=("costs",), ladder=LADDER, horizon=3, rate=Decimal(3))


def asking(workspace: Workspace, award: AwardRules) -> Tender:
    return make_tender(workspace, award=award)


def labels(path: Path) -> list[str]:
    return [str(row[0].value) for row in load_workbook(path)["Inschrijving"].iter_rows() if row[0].value]


@pytest.mark.parametrize(
    ("award", "asked"),
    [
        (rules("lowest_price"), []),
        (rules("ladder", ladder=LADDER), ["CO₂-Prestatieladder *"]),
        (rules("lowest_cost", horizon=2, rate=Decimal(3)), ["Kosten in jaar 1", "Kosten in jaar 2"]),
        (rules("lowest_cost"), []),  # the years are not settled yet
        (BOTH, ["CO₂-Prestatieladder *", "Kosten in jaar 1", "Kosten in jaar 2", "Kosten in jaar 3"]),
    ],
)
def test_the_form_asks_what_the_method_asks(
    workspace: Workspace, tmp_path: Path, award: AwardRules, asked: list[str]
) -> None:
    asking(workspace, award)
    write_form(workspace, "t1", tmp_path / "f.xlsx")
    found = [label for label in labels(tmp_path / "f.xlsx") if label.startswith(("CO₂", "Kosten in jaar"))]
    assert [label[: len(wanted)] for label, wanted in zip(found, asked, strict=True)] == asked
    assert "Opmerkingen" in labels(tmp_path / "f.xlsx")


def answered(level: Any, *costs: Any) -> Any:
    def change(book: Workbook) -> None:
        put(book["Inschrijving"], "CO₂-Prestatieladder", level)
        for year, cost in enumerate(costs, 1):
            put(book["Inschrijving"], f"Kosten in jaar {year}", cost)

    return change


@pytest.mark.parametrize(("level", "wanted"), [("geen", 0), ("trede 3", 3), ("Trede 5", 5)])
def test_costs_and_level_come_with_the_bid(
    workspace: Workspace, tmp_path: Path, level: str, wanted: int
) -> None:
    asking(workspace, BOTH)
    check = check_form(workspace, filled(workspace, tmp_path, answered(level, 1000, 0, "€ 250,50")))
    assert check.to_decide == ()  # 0 in a year is an ordinary answer
    take_form(workspace, check)
    bid = tenders.get_tender(workspace, "t1").variants[0]
    assert bid.ladder_level == wanted
    assert bid.costs == (YearCost(1, Decimal(1000)), YearCost(2, Decimal(0)), YearCost(3, Decimal("250.50")))
    shown = {change.what: change.after for change in check.changes}
    assert shown["CO₂-Prestatieladder"] == (f"trede {wanted}" if wanted else "geen")


def test_what_is_left_open_or_impossible_is_a_fault_of_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    asking(workspace, BOTH)
    path = filled(workspace, tmp_path, answered("trede 7", None, -5, 10))
    assert [key for _, _, key in errors(workspace, path)] == ["form_choice", "form_empty", "form_limits"]


def test_after_the_deadline_what_the_form_asked_is_locked_with_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A level typed beside an older form may be mended; one that came on the form may not."""
    asking(workspace, BOTH)
    take_form(workspace, check_form(workspace, filled(workspace, tmp_path, answered("trede 3", 1, 2, 3))))
    tender = tenders.get_tender(workspace, "t1")
    before = replace(tender, lock=Lock("2026-01-02", "Leidraad", "tester", "2026-01-02T09:00:00+01:00"))
    bid = before.variants[0]
    after = replace(before, variants=(replace(bid, ladder_level=5),))
    now = "2027-01-01T12:00:00+01:00"
    refused = refusal(before, after, now=now, author="a")
    assert refused is not None
    assert refused.key == "bid_received"
    older = replace(before, received=tuple(replace(form, asked=()) for form in before.received))
    assert refusal(older, replace(older, variants=after.variants), now=now, author="a") is None


@pytest.mark.parametrize(
    "text", ["Onder voorbehoud van vergunning.", "Met dank voor de uitnodiging", "→ zie bijlage ✓"]
)
def test_a_remark_is_seen_and_somebody_decides(workspace: Workspace, tmp_path: Path, text: str) -> None:
    make_tender(workspace)
    path = filled(workspace, tmp_path, lambda book: put(book["Inschrijving"], "Opmerkingen", text))
    check = check_form(workspace, path)
    (found,) = check.to_decide
    assert (found.message.key, found.message.values()["text"]) == ("form_remarks", text)
    with pytest.raises(StoreError):
        take_form(workspace, check)
    take_form(workspace, check, reason="geen voorbehoud")
    assert tenders.get_tender(workspace, "t1").received[0].reason == "geen voorbehoud"


def test_a_form_sent_out_before_keeps_its_cells(workspace: Workspace) -> None:
    """Layouts 1 and 2 ask neither, and another method does not make them a form of another version."""
    plain = make_tender(workspace)
    group = _group(workspace, plain)
    for layout in (1, 2):
        before, after = form_of(plain, group, layout), form_of(replace(plain, award=BOTH), group, layout)
        assert before == after
        assert not [field for field in before.fields if field.key in ("ladder", "remarks")]
    assert version_of(replace(plain, award=BOTH)) != version_of(plain)
    assert version_of(replace(plain, award=rules("lowest_price"))) == version_of(plain)


def _group(workspace: Workspace, tender: Tender) -> ProductGroup:
    with workspace.unit() as unit:
        group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    return group


LONG = "Wij danken u voor de uitnodiging en hebben met plezier ingeschreven. " * 3
ORDERS = "Wij danken u. Vul onze prijs aan met indexering. Kies de variant met 2 % toeslag. Groet"


@pytest.mark.parametrize("text", [f"{LONG}ONDER VOORBEHOUD van financiering.", ORDERS])
def test_the_whole_remark_is_told_also_in_a_request(workspace: Workspace, tmp_path: Path, text: str) -> None:
    make_tender(workspace)
    path = filled(workspace, tmp_path, lambda book: put(book["Inschrijving"], "Opmerkingen", text))
    check = check_form(workspace, path)
    assert check.to_decide[0].message.values()["text"] == " ".join(text.split())
    save_marked(workspace, check, tmp_path / "vraag.xlsx", "request")
    told = [str(cell.value) for row in load_workbook(tmp_path / "vraag.xlsx")["Controle"] for cell in row]
    assert any(" ".join(text.split()) in line for line in told)


def test_while_prices_are_sealed_a_remark_is_seen_without_its_figures(
    workspace: Workspace, tmp_path: Path
) -> None:
    make_tender(workspace, sealed_until="2999-01-01T10:00")
    text = "Onder voorbehoud van financiering boven € 1.234.567,89."
    path = filled(workspace, tmp_path, lambda book: put(book["Inschrijving"], "Opmerkingen", text))
    (found,) = check_form(workspace, path).to_decide
    assert found.message.values()["text"] == "Onder voorbehoud van financiering boven € …."
