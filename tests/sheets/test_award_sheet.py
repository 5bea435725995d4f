"""The sheet *Gunning*: for every method its live formulas, really recalculated, equal the award to the
cent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from cirkeldesk import paths
from cirkeldesk.model.award.acts import with_layer
from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import OUT, AwardRules, Draw, Layer
from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.workbook import workbook
from cirkeldesk.wording import terms
from cirkeldesk.wording.advice import advice
from cirkeldesk.wording.advice.advice import internal_advice
from cirkeldesk.wording.award import awarding
from tests.awards import AT, Bid, case_of, criterion, rules
from tests.build import Case
from tests.model.test_award_laws import EVERY
from tests.sheets.office import recalculate, recalculated

PRINTED = Print("0" * 64, "2026-12-15T09:00:00+00:00", "CirkelDesk")
pytestmark = pytest.mark.paper
COSTS = ((1, "12345.67"), (7, "20000"), (40, "999"))


def bids_for(one: AwardRules) -> list[Bid]:
    """Prices and MKI that round, lie outside the bounds, are negative, empty or invalid."""
    scored = len(one.criteria)
    raw: list[tuple[str | None, str, int, Any]] = [
        ("1240000.33", "41651", 67, "valid"),
        ("1265000.10", "37041", 82, "valid"),
        ("900000", "20000", 10, "invalid"),
        (None, "30500", 50, "valid"),
        ("1228500.99", "-120", -50, None),
        ("1600000", "99999", 0, "valid"),
    ]
    return [
        Bid(price, mki, (score,) * scored, level=index, costs=COSTS[: index % 4], verdict=verdict)
        for index, (price, mki, score, verdict) in enumerate(raw)
    ]


def written(case: Case, path: Path) -> Award:
    comparison = case.compare()
    path.write_bytes(workbook(internal_advice(comparison, case.inputs), PRINTED))
    found = award(comparison)
    assert found is not None
    return found


def agrees(path: Path, found: Award) -> int:
    """Every part, total and place of the sheet; returns how many figures were compared."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Gunning"]
    rows: list[Any] = list(sheet.iter_rows(values_only=True))
    header = [str(cell) for cell in rows[4] if cell is not None]
    notional = found.method.kind == "notional"
    columns = [
        (code, criterion, f"{name}, {'€' if notional else 'punten'}")
        for code, criterion, name in awarding.part_columns(found)
    ]
    total = header.index("Fictieve prijs, €" if notional else "Punten totaal")
    count = 0
    decimals = 2 if notional else found.rules.points_decimals
    for bid, row in zip(found.bids, rows[5:], strict=False):
        assert row[0] == bid.name
        assert row[1] == terms.VALIDITY[bid.validity]
        if bid.outcome is None:
            out = bid.validity in OUT
            assert row[total] == ("niet berekend (ongeldig)" if out else "niet te berekenen")
            continue
        for code, identity, name in columns:
            part = next(p for p in bid.outcome.parts if (p.code, p.criterion) == (code, identity))
            assert rounded(row[header.index(name)], decimals) == part.amount, (bid.name, name)
            assert row[header.index(name)] == pytest.approx(float(part.amount), abs=1e-6)
            count += 1
        assert rounded(row[total], decimals) == bid.outcome.total
        assert row[total] == pytest.approx(float(bid.outcome.total), abs=1e-6)
        assert row[header.index("Plaats")] == bid.rank
        count += 2
    return count


def test_every_method_recalculated_equals_the_award_to_the_cent(tmp_path: Path) -> None:
    """As stored, after recalculation, and after another price and another bound were typed in the
    workbook."""
    cases = {name: case_of(one, bids_for(one), mki_decimals=0) for name, one in EVERY.items()}
    (tmp_path / "in").mkdir()
    paths = {name: tmp_path / "in" / f"{name}.xlsx" for name in cases}
    found = {name: written(case, paths[name]) for name, case in cases.items()}
    assert sum(agrees(paths[name], found[name]) for name in cases) > 150
    again = recalculate(list(paths.values()), tmp_path)
    assert sum(agrees(path, found[name]) for name, path in zip(cases, again, strict=True)) > 150
    changed = {}
    for name, path in paths.items():
        book = openpyxl.load_workbook(path)
        _type_price(book["Posten"], "variant 1", 1_199_999.87)
        book.save(path)
        tender = cases[name].tender
        first = replace(tender.variants[0], price=Decimal("1199999.87"))
        cases[name].tender = replace(tender, variants=(first, *tender.variants[1:]))
        changed[name] = award(cases[name].compare())
    again = recalculate(list(paths.values()), tmp_path)
    for name, path in zip(cases, again, strict=True):
        after = changed[name]
        assert after is not None
        order = {bid.id: index for index, bid in enumerate(found[name].bids)}
        assert (
            agrees(path, replace(after, bids=tuple(sorted(after.bids, key=lambda bid: order[bid.id])))) >= 8
        )
        summary = openpyxl.load_workbook(path, data_only=True)["Samenvatting"]
        assert summary["A4"].value == "Gewijzigd na het opslaan: ja"
        leaders = [bid.name for bid in after.bids if bid.rank == 1]
        live = {
            0: "Nog geen rangorde.",
            1: f"Na uw wijzigingen staat {leaders[0] if leaders else ''} op nummer 1.",
        }
        assert summary["A2"].value == live.get(len(leaders), f"Gelijke stand: {len(leaders)} inschrijvingen.")
        row = next(r for r in openpyxl.load_workbook(path, data_only=True)["Vergelijking"].iter_rows(values_only=True)
                   if str(r[0]).startswith(("Fictieve prijs", "Punten")))  # fmt: skip
        for place, variant in enumerate(after.tender.variants, 1):
            outcome = after.bid(variant.id).outcome
            if outcome is not None:
                assert row[place] == pytest.approx(float(outcome.total), abs=1e-6), (name, variant.id)


def _type_price(sheet: Any, name: str, price: float) -> None:
    heads = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "Inschrijfsom"]
    row = next(row for row in range(heads[0] + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == name)
    sheet.cell(row, 2).value = price


def test_a_rule_is_an_input_and_a_change_of_it_is_said(tmp_path: Path) -> None:
    one = EVERY["combined"]
    path = tmp_path / "in.xlsx"
    (tmp_path / "out").mkdir()
    case = case_of(one, bids_for(one))
    before = written(case, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Gunning"]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "Bovengrens MKI")
    assert not sheet.cell(row, 2).protection.locked
    sheet.cell(row, 2).value = 44_000
    book.save(path)
    case.tender = replace(case.tender, award=replace(one, upper=Decimal(44_000)))
    after = award(case.compare())
    assert after is not None
    order = [bid.id for bid in before.bids]
    after = replace(after, bids=tuple(sorted(after.bids, key=lambda bid: order.index(bid.id))))
    target = recalculated(path, tmp_path / "out")
    assert agrees(target, after) > 20
    assert (
        openpyxl.load_workbook(target, data_only=True)["Samenvatting"]["A4"].value
        == "Gewijzigd na het opslaan: ja"
    )


def test_ties_keep_the_place_that_the_rule_gave(tmp_path: Path) -> None:
    level = rules("lowest_price", tie_rules=("lot",))
    case = case_of(
        level, [Bid("10"), Bid("10"), Bid("11")], draws=(Draw(("v2", "v1"), "notaris", "tester", AT),)
    )
    path = tmp_path / "in.xlsx"
    (tmp_path / "out").mkdir()
    found = written(case, path)
    assert [bid.rank for bid in found.bids] == [1, 2, 3]
    assert agrees(recalculated(path, tmp_path / "out"), found) == 6


def test_unchanged_says_so_and_stands_before_the_explanation(tmp_path: Path) -> None:
    one = EVERY["mki_points"]
    path = tmp_path / "in.xlsx"
    (tmp_path / "out").mkdir()
    written(case_of(one, bids_for(one)), path)
    target = openpyxl.load_workbook(recalculated(path, tmp_path / "out"), data_only=True)
    assert target.sheetnames[-2:] == ["Gunning", "Uitleg"]
    assert target["Samenvatting"]["A4"].value == "Gewijzigd na het opslaan: nee"
    assert "####" not in "".join(
        str(cell) for row in target["Gunning"].iter_rows(values_only=True) for cell in row
    )


def test_no_method_or_sealed_prices_give_no_sheet(tmp_path: Path) -> None:
    for more in ({"award": AwardRules()}, {"opened": None, "sealed_until": "2026-12-12T10:00+01:00"}):
        case = case_of(rules("value", criteria=(criterion("k1", 5),)), [Bid("10", "5", (50,))])
        case.tender = replace(case.tender, **more)
        path = tmp_path / "a.xlsx"
        data = workbook(internal_advice(case.compare(), case.inputs), PRINTED)
        path.write_bytes(data)
        assert "Gunning" not in openpyxl.load_workbook(path).sheetnames


def test_paper_has_a_sign_for_all_that_an_award_says() -> None:
    """A sign that the font lacks prints as nothing: "1.240.000  1.140.000" instead of a change."""
    font = TTFontFile(str(paths.resources() / "fonts" / "Roboto-Regular.ttf"))
    texts = []
    for one in EVERY.values():
        case = case_of(one, bids_for(one))
        edited = edits.set_price(case.tender, "v1", Decimal(7), "prijs").apply(case.tender)
        layer = Layer("own_error", "r", "d", "1", "tester", AT, (), (), (), variant_id="v1")
        case.tender = with_layer(case.tender, edited, layer)
        comparison = case.compare()
        found = award(comparison)
        assert found is not None
        texts += [section.text for section in advice.sections(comparison)]
        texts += [awarding.account(found, bid) for bid in found.bids]
        texts += [awarding.formula(one), *(text for fact in advice.ask_facts(comparison) for text in fact)]
    assert any("Inschrijfsom 1.240.000,33 wordt 7" in text for text in texts)
    assert {
        sign for text in texts for sign in text if sign != "\n" and ord(sign) not in font.charToGlyph
    } == set()
