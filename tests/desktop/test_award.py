"""Step Gunning in the window: path (c) with its four choices, the lock, sealed prices, quality, practice,
certainty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.ask.award_rules import read_moment
from cirkeldesk.desktop.tender.counter_act import CounterAct, Way
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.award.acts import set_award
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Post, Tender
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender import tenders
from cirkeldesk.wording import numbers
from cirkeldesk.wording.award import awarding
from tests.awards import criterion, rules
from tests.desktop.conftest import choose, click, fill, type_in_cell

pytestmark = pytest.mark.window
CLOSED = "2026-12-14T09:00:00+00:00"
COLUMN = {"v3": 3, "v4": 4, "v5": 5}


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    window.workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    window.open_example()
    assert window.view is not None
    return window.view


@pytest.fixture
def opened(view: TenderView, window: MainWindow) -> TenderView:
    """Locked, opened and every bid judged valid, through the window."""
    lock(view)
    window.workspace.store._clock = lambda: CLOSED
    view.go_to(3)
    click(view.award.opening.open_button)
    for place in range(3):
        view.award.table.setCurrentIndex(view.award.table.texts.index(place, 0))
        view.award.bid.verdict.show_value("valid")
        fill(view.award.bid.reason, "volledig en op tijd")
        fill(view.award.bid.person, "P. Voorbeeld")
        click(view.award.bid.judge_button)
    assert view.award.conclusion.text() == "Winnaar: Inschrijving B, fictieve prijs €\u00a01.171.146,15."
    return view


def tender(view: TenderView) -> Tender:
    return tenders.get_tender(view.session.workspace, view.session.identity)


def pick(bar: CounterAct, way: Way) -> None:
    made = bar.buttons[way]
    assert made.isVisible()
    made.click()


def lock(view: TenderView, document: str = "Leidraad 1.0") -> None:
    view.choose_method()
    fill(view.ask.award.published, "30-11-2026")
    fill(view.ask.award.document, document)
    click(view.ask.award.lock_button)
    assert tender(view).lock is not None


def type_price(view: TenderView, variant_id: str, text: str) -> None:
    view.go_to(1)
    sheet = view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    row = next(i for i, r in enumerate(sheet.rows) if r.kind == "price")
    view.variants.grid.go_to(row, COLUMN[variant_id])
    type_in_cell(view.variants.grid, text)


def price_cell(view: TenderView, variant_id: str) -> Any:
    sheet = view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    row = next(i for i, r in enumerate(sheet.rows) if r.kind == "price")
    return sheet.cell(row, COLUMN[variant_id])


def last_steps(view: TenderView, count: int = 1) -> list[str]:
    with view.session.workspace.unit() as unit:
        return [row.step for row in unit.steps.rows("tender", view.session.identity)][-count:]


# --- path (c)
# ------------------------------------------------------------------------------------------------------


def test_path_c_our_own_typing_error(opened: TenderView, window: MainWindow) -> None:
    """Choice 1: document, page and reason; the ranking before and after; the advice flagged; no undo."""
    opened.go_to(4)
    opened.advice._commit(
        "award", "Wij gunnen aan Inschrijving B voor € 1.171.146,15.".replace("€ ", "€\u00a0")
    )
    assert not opened.advice.flags["award"].isVisible()
    type_price(opened, "v3", "1140000")
    bar = opened.counter_act
    assert bar.isVisible()
    assert bar.question.text() == "Deze inschrijving is geopend. Wat wilt u verbeteren?"
    assert bar.change.text() == "Inschrijving A: Inschrijfsom 1.240.000,00 wordt 1.140.000."
    assert last_steps(opened) == ["refused"]  # typing is an attempt, and leaves its trace
    assert not bar.keep.isEnabled()
    pick(bar, "own_error")
    before_after = (
        "Vóór: 1 Inschrijving B, 2 Inschrijving C, 3 Inschrijving A. Na: 1 Inschrijving A, 2 "
        "Inschrijving B, 3 Inschrijving C."
        " De winnaar verandert."
    )
    assert bar.effect.text() == before_after
    fill(bar.fields["document"], "inschrijfbiljet A")
    fill(bar.fields["reason"], "cijfers verwisseld")
    click(bar.keep)
    assert bar.problem.text() == "Vul nog in: bladzijde."
    assert tender(opened).layers == ()
    fill(bar.fields["page"], "2")
    click(bar.keep)
    assert not bar.isVisible()
    assert tender(opened).variant("v3").price == Decimal(1140000)
    assert tender(opened).originals[0].price == Decimal("1240000.00")
    cell = price_cell(opened, "v3")
    assert cell.text == "1.140.000 gecorrigeerd"
    assert "1.240.000,00" in cell.description
    assert "cijfers verwisseld" in cell.description
    opened.variants.grid.go_to(0, COLUMN["v3"])
    assert "Vóór: 1 Inschrijving B" in opened.variants.panel.layers.text()
    opened.go_to(3)
    assert opened.award.conclusion.text().startswith("Winnaar: Inschrijving A, fictieve prijs")
    assert "typefout van ons" in opened.award.bid.reasons.text()
    opened.go_to(4)
    flag = opened.advice.flags["award"]
    assert flag.isVisible()
    assert not window.top.undo_button.isEnabled()


def test_path_c_a_figure_in_the_advice_is_renewed_or_left(opened: TenderView) -> None:
    opened.go_to(4)
    opened.advice._commit("summary", "Samengevat kost B € 1.171.146,15.".replace("€ ", "€\u00a0"))
    said = awards.Correction("own_error", "v4", "verschreven", "biljet B", page="1")
    edit = edits.set_price(tender(opened), "v4", Decimal(1_260_000), "prijs")
    awards.correct_bid(opened.session.workspace, opened.session.identity, edit, said)
    opened.session.reload()
    flag = opened.advice.flags["summary"]
    assert flag.label.text().startswith("Cijfer gewijzigd: €\u00a01.171.146,15 → €\u00a01.166.146,15")
    click(flag.renew)
    assert not flag.isVisible()
    assert opened.advice.editors["summary"].text() == "Samengevat kost B €\u00a01.166.146,15."
    edit = edits.set_price(tender(opened), "v4", Decimal(1_265_000), "prijs")
    awards.correct_bid(opened.session.workspace, opened.session.identity, edit, said)
    opened.session.reload()
    click(flag.leave)
    assert not flag.isVisible()
    assert opened.advice.editors["summary"].text() == "Samengevat kost B €\u00a01.166.146,15."


def test_passing_through_the_advice_changes_nothing(opened: TenderView) -> None:
    """Tab through every section: a draft with "€ 1.171.146,15" in it is not an edited text."""
    opened.go_to(4)
    for editor in opened.advice.editors.values():
        editor.setFocus()
    opened.advice.editors["summary"].setFocus()
    assert tender(opened).advice == ()


def test_path_c_a_small_clarification_of_the_bidder(opened: TenderView) -> None:
    """Choice 2: the letter, its date and why it may; the rule of equal treatment, with bids that have the
    same gap."""
    opened.go_to(1)
    other = edits.set_evidence(tender(opened), "v3", "tool", "Rekenaar 2.0", "rekeninstrument")
    assert not opened.session.commit(other)
    bar = opened.counter_act
    pick(bar, "obvious_error")
    assert bar.law.isVisible()
    assert "Behandel andere inschrijvers in dezelfde situatie gelijk." in bar.law.text()
    assert bar.alike.text() == "Hetzelfde ontbreekt ook bij: Inschrijving B, Inschrijving C."
    assert bar.effect.text().endswith("De winnaar blijft gelijk.")
    for name, text in (
        ("document", "brief A"),
        ("dated", "morgen"),
        ("allowed", "kennelijk vergeten"),
        ("reason", "naam ontbrak"),
    ):
        fill(bar.fields[name], text)
    click(bar.keep)
    assert bar.problem.text() == "Schrijf de datum van de brief als dd-mm-jjjj."
    fill(bar.fields["dated"], "15-12-2026")
    click(bar.keep)
    assert (
        bar.problem.text()
        == "De brief is van na het openen en niet van later dan vandaag. Controleer de datum."
    )
    fill(bar.fields["dated"], "14-12-2026")
    click(bar.keep)
    layer = tender(opened).layers[0]
    assert (layer.kind, layer.dated, layer.allowed) == ("obvious_error", "2026-12-14", "kennelijk vergeten")


def test_path_c_an_invalid_bid(opened: TenderView) -> None:
    """Choice 3: nothing of the bid changes, and it no longer takes part."""
    type_price(opened, "v4", "1")
    bar = opened.counter_act
    pick(bar, "invalid")
    assert bar.effect.text() == (
        "Vóór: 1 Inschrijving B, 2 Inschrijving C, 3 Inschrijving A. "
        "Na: 1 Inschrijving C, 2 Inschrijving A, – Inschrijving B. De winnaar verandert."
    )
    for name, text in (("reason", "handtekening ontbreekt"), ("article", "2.4"), ("person", "P. Voorbeeld")):
        fill(bar.fields[name], text)
    click(bar.keep)
    assert tender(opened).variant("v4").price == Decimal("1265000.00")
    assert tender(opened).layers == ()
    opened.go_to(3)
    assert opened.award.conclusion.text().startswith("Winnaar: Inschrijving C")


def test_path_c_an_answer_is_only_kept(opened: TenderView) -> None:
    """Choice 4, and cancelling: the figure stays as it was."""
    before = tender(opened)
    type_price(opened, "v3", "1")
    pick(opened.counter_act, "answer")
    fill(opened.counter_act.fields["text"], "De prijs is juist, aldus de inschrijver.")
    click(opened.counter_act.keep)
    assert replace(tender(opened), kept=()) == before
    assert last_steps(opened) == ["answer_kept"]
    opened.variants.grid.go_to(0, COLUMN["v3"])
    assert "De prijs is juist, aldus de inschrijver." in opened.variants.panel.layers.text()
    before = tender(opened)
    type_price(opened, "v3", "2")
    QTest.keyClick(opened.counter_act, Qt.Key.Key_Escape)
    assert not opened.counter_act.isVisible()
    assert tender(opened) == before
    assert price_cell(opened, "v3").text == "1.240.000"


def test_several_bids_at_once_are_refused_in_the_page(opened: TenderView, window: MainWindow) -> None:
    both = [edits.set_price(tender(opened), v, Decimal(5), "prijs") for v in ("v3", "v4")]
    assert not opened.session.commit(edits.together(both, "paste", {"count": 2}))
    assert not opened.counter_act.isVisible()
    assert any("één inschrijving tegelijk" in text for text in opened.bars.texts())


def test_bids_are_not_added_or_removed_after_the_opening(opened: TenderView) -> None:
    before = tender(opened)
    opened.go_to(1)
    opened.variants.add("bid")
    opened.variants.remove(before.variant("v3"))
    assert tender(opened) == before
    assert any("geen inschrijving meer bij, af" in text for text in opened.bars.texts())
    assert last_steps(opened, 2) == ["refused", "refused"]


# --- method and lock
# -----------------------------------------------------------------------------------------------


def test_the_guide_the_proposal_and_the_warnings(view: TenderView) -> None:
    view.choose_method()
    block = view.ask.award
    block.goals.cards[1].click()
    assert tender(view).award.method == "mki_w"
    assert "Eerst: Vul in of kies: Factor." in shown_labels(block)
    choose(block.method, "mki_discount")
    fill(block.fields["lower"], "")
    fill(block.fields["maximum"], "")
    click(block.propose_button)
    found = tender(view).award
    assert (found.lower, found.upper, found.maximum) == (Decimal(51000), Decimal(73000), Decimal(123000))
    fill(block.fields["lower"], "80.000")
    assert any("Wissel de getallen om." in text for text in shown_labels(block))
    swap = next(b for b in block.findChildren(QPushButton) if b.text() == "Wissel om" and b.isVisible())
    click(swap)
    assert (tender(view).award.lower, tender(view).award.upper) == (Decimal(73000), Decimal(80000))
    fill(block.fields["maximum"], "1.000")
    assert any("De MKI beslist dan bijna nooit." in text for text in shown_labels(block))
    choose(block.ties, ())
    assert any("geen regel bij gelijke stand" in text for text in shown_labels(block))
    choose(block.method, "relative")
    assert any("Deze methode is relatief" in text for text in shown_labels(block))


def shown_labels(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # what a layout was just given shows with the next turn of the event loop
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_a_locked_rule_asks_for_a_nota_and_then_for_a_second_person(
    view: TenderView, window: MainWindow
) -> None:
    lock(view)
    fill(view.ask.award.fields["maximum"], "200.000")
    bar = view.counter_act
    assert bar.isVisible()
    assert bar.change.text() == "Hoogste korting 150.000 wordt 200.000."
    assert not bar.buttons["own_error"].isVisible()
    assert bar.fields["document"].edit.text() == "Nota van inlichtingen 1"
    fill(bar.fields["reason"], "vraag 4")
    click(bar.keep)
    assert tender(view).award.maximum == Decimal(200000)
    assert "nota van inlichtingen 1" in view.ask.award.standing.text()
    window.workspace.store._clock = lambda: CLOSED
    fill(view.ask.award.fields["maximum"], "20.000")
    for name, text in (
        ("document", "Nota 1"),
        ("page", "1"),
        ("reason", "nul vergeten"),
        ("second", window.workspace.store.author),
    ):
        fill(bar.fields[name], text)
    click(bar.keep)
    assert bar.problem.text().startswith("Een correctie van invoer vraagt een tweede persoon.")
    fill(bar.fields["second"], "P. Voorbeeld")
    click(bar.keep)
    assert tender(view).award.maximum == Decimal(20000)
    assert (
        "Correctie van invoer" in view.ask.award.standing.text()
        or "correctie van invoer" in view.ask.award.standing.text()
    )


def test_a_closing_date_typed_too_late_is_mended_where_it_is_refused(view: TenderView) -> None:
    """A nota moves no published moment back; the way that is named stands right there, and the date comes
    right."""
    lock(view)
    right = date.fromisoformat(tender(view).closes_on or "")
    fill(view.ask.closes, numbers.date((right + timedelta(days=30)).isoformat()))
    bar = view.counter_act
    pick(bar, "nota")
    fill(bar.fields["reason"], "verkeerde maand getypt")
    click(bar.keep)
    assert tender(view).closes_on == (right + timedelta(days=30)).isoformat()
    fill(view.ask.closes, numbers.date(right.isoformat()))
    assert bar.isVisible()
    assert bar.question.text().startswith("Een nota vervroegt geen gepubliceerd moment")
    assert bar.fields["second"].isVisible()  # the only way is chosen already
    for name, text in (
        ("document", "Nota 1"),
        ("page", "1"),
        ("reason", "verkeerde maand"),
        ("second", "P. Voorbeeld"),
    ):
        fill(bar.fields[name], text)
    click(bar.keep)
    assert not bar.isVisible()
    assert tender(view).closes_on == right.isoformat()
    assert view.ask.closes.edit.text() == numbers.date(right.isoformat())


def test_the_lock_and_the_seal_say_what_they_do_not_do(view: TenderView) -> None:
    assert any(
        awarding.HIDES in text for text in (label.text() for label in view.ask.award.findChildren(QLabel))
    )
    view.session.commit(edits.set_field("sealed_until", "2099-01-01T10:00:00+01:00", "prijzen dicht"))
    lock(view)
    bar = view.bars.bar("locked")
    assert bar is not None
    assert awarding.PROVES in bar.label.text()
    assert awarding.HIDES in bar.label.text()


def test_the_first_bid_before_the_lock_asks_for_the_method(window: MainWindow) -> None:
    window.new_tender()
    assert window.view is not None
    session = window.view.session
    session.commit(edits.add_variant(edits.next_variant(session.tender, "bid")))
    assert window.view.bars.bar("method") is None
    session.commit(edits.set_price(session.tender, session.tender.variants[0].id, Decimal(1), "prijs"))
    bar = window.view.bars.bar("method")
    assert bar is not None
    assert bar.label.text() == "U vult de eerste inschrijving in, maar de methode staat niet op slot."
    assert [made.text() for made in bar.buttons] == ["Methode kiezen", "Overnemen uit de stukken", "Later"]
    QApplication.processEvents()
    click(bar.buttons[0])
    assert window.view.step == 0


def test_without_a_method_the_step_says_so_and_goes_there(view: TenderView) -> None:
    view.session.commit(set_award("method", None, "methode"))
    view.go_to(3)
    assert view.award.empty_text.text() == "U hebt nog geen gunningsmethode gekozen."
    click(view.award.choose)
    assert view.step == 0


# --- sealed prices and quality
# -------------------------------------------------------------------------------------


def test_sealed_prices_can_be_typed_and_not_read(view: TenderView, window: MainWindow) -> None:
    view.choose_method()
    view.ask.award.extra_button.setChecked(True)
    fill(view.ask.award.sealed, "14-12-2026 10:00")
    lock(view)
    cell = price_cell(view, "v3")
    assert cell.text.startswith("ingevuld, dicht tot 14-12-2026 ")
    assert (cell.edit_text, "1.240" in cell.spoken) == ("", False)
    type_price(view, "v3", "1111111")
    assert tender(view).variant("v3").price == Decimal(1111111)
    assert "1.111.111" not in price_cell(view, "v3").text
    view.go_to(3)
    assert view.award.conclusion.text().startswith("De prijzen zijn dicht tot 14-12-2026 ")
    assert not view.award.table.isVisible()
    click(view.award.opening.open_button)
    assert any("De prijzen gaan open op 14-12-2026" in text for text in view.bars.texts())
    assert last_steps(view) == ["refused"]
    matrix = view.comparison.model
    texts = [cell.text for row in matrix.rows if row.key in ("price", "award") for cell in row.cells]
    assert sum("dicht tot" in text for text in texts) == 6
    window.workspace.store._clock = lambda: "2026-12-15T09:00:00+00:00"
    click(view.award.opening.open_button)
    assert price_cell(view, "v3").text == "1.111.111"


def test_quality_is_scored_locked_and_then_opened(view: TenderView, window: MainWindow) -> None:
    value = rules("value", criteria=(criterion("k1", 50_000),), tie_rules=("lot",))
    view.session.commit(edits.set_field("award", value, "methode"))
    lock(view)
    view.go_to(3)
    quality = view.award.quality
    assert quality.text.text().startswith("Nog te beoordelen: Inschrijving A, criterium k1")
    for score in ("60", "80", "20"):
        fill(quality.percent, score)
        click(quality.keep)
        assert quality.motivation.note.text() == "Schrijf bij elke score waarom."
        fill(quality.motivation, "zie verslag")
        click(quality.keep)
    assert {s.variant_id: s.percent for s in tender(view).scores} == {
        "v3": Decimal(60),
        "v4": Decimal(80),
        "v5": Decimal(20),
    }
    window.workspace.store._clock = lambda: CLOSED
    click(view.award.opening.open_button)
    assert any("Zet eerst de kwaliteitsscores op slot." in text for text in view.bars.texts())
    click(quality.lock)
    assert not quality.keep.isVisible()
    click(view.award.opening.open_button)
    # A 1,240,000 − 30,000; B 1,265,000 − 40,000; C 1,228,500 − 10,000
    assert (
        view.award.conclusion.text()
        == "Voorlopig: Inschrijving A staat op nummer 1, fictieve prijs €\u00a01.210.000,00."
    )


# --- after the award, practice, certainty
# --------------------------------------------------------------------------


def test_what_turns_it_is_closed_until_asked_for(opened: TenderView) -> None:
    opened.go_to(3)
    assert not opened.award.drop_out.isVisible()
    for made in opened.award.folds:
        made.setChecked(True)
    assert "Zonder Inschrijving B: 1 Inschrijving C, 2 Inschrijving A." in opened.award.drop_out.text()
    assert (
        "Inschrijving B en Inschrijving C wisselen of staan gelijk vanaf een prijs van €\u00a01.273.003,85"
        in opened.award.turning.text()
    )
    fill(opened.award.proof.mki, "66.866")
    fill(opened.award.proof.document, "opleverdossier")
    click(opened.award.proof.keep)
    # 2,000 more at 150,000/13,000 = 23,076.92; × 1.5 = 34,615.38
    assert (
        "Boete: 1,5 × €\u00a023.076,92 onterecht voordeel = €\u00a034.615,38."
        in opened.award.proof.lines.text()
    )


def test_practising_opens_a_marked_copy(view: TenderView, window: MainWindow) -> None:
    view.choose_method()
    click(view.ask.award.practise_button)
    copy = window.view
    assert copy is not None
    assert copy is not view
    assert copy.session.tender.practice_of == "voorbeeld"
    assert copy.step == 3
    assert window.top.mark.text() == "OEFENKOPIE, verzonnen inschrijvingen"
    assert copy.award.conclusion.text().startswith("Winnaar (oefening): ")
    assert not copy.award.opening.isVisible()
    copy.choose_method()
    assert not copy.ask.award.lock_button.isVisible()
    assert len(tenders.get_tender(window.workspace, "voorbeeld").bids) == 3


def test_certainty_is_for_designs(view: TenderView) -> None:
    view.go_to(2)
    tabs = view.comparison.tabs
    tabs.setCurrentWidget(view.comparison.certainty)
    assert (
        "van de 100 trekkingen heeft Ontwerpvariant 1 de laagste MKI."
        in view.comparison.certainty.sentence.text()
    )
    first = view.comparison.certainty.sentence.text()
    fill(view.comparison.certainty.fields["1"], "80")
    assert view.comparison.certainty.sentence.text() != first
    assert "niet onderscheidend" in view.comparison.certainty.sentence.text()
    view.session.commit(edits.remove_variant(tender(view), "v2"))
    assert not tabs.isTabVisible(tabs.indexOf(view.comparison.certainty))


def test_rows_of_later_costs_and_ladder_come_with_the_method(view: TenderView) -> None:
    from tests.awards import LADDER

    both = rules("lowest_cost", rate=4, horizon=30, also=("ladder",), ladder=LADDER)
    view.session.commit(edits.set_field("award", both, "methode"))
    view.go_to(1)
    sheet = view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    for kind, text, shown in (("costs", "5 25.000; 10 40.000", "5 25.000; 10 40.000"), ("level", "3", "3")):
        row = next(i for i, r in enumerate(sheet.rows) if r.kind == kind)
        view.variants.grid.go_to(row, COLUMN["v3"])
        type_in_cell(view.variants.grid, text)
        sheet = view.variants.model.sheet
        assert isinstance(sheet, VariantSheet)
        assert sheet.cell(row, COLUMN["v3"]).text == shown
    bid = tender(view).variant("v3")
    assert bid.costs is not None
    assert [(cost.year, cost.amount) for cost in bid.costs] == [(5, Decimal(25000)), (10, Decimal(40000))]
    assert bid.ladder_level == 3
    parsed = sheet.parse(
        next(i for i, r in enumerate(sheet.rows) if r.kind == "costs"), COLUMN["v3"], "volgend jaar"
    )
    assert parsed.problem is not None


@pytest.mark.parametrize(
    ("text", "day"), [("12-12-2026 10:00", "2026-12-12T10:00"), ("12/12/2026 9.30 uur", "2026-12-12T09:30"), ("12-12-2026", None),
                      ("12-12-2026 25:00", None), ("morgen 10:00", None)],
)  # fmt: skip
def test_a_moment_is_read_in_the_offices_time(text: str, day: str | None) -> None:
    found = read_moment(text)
    assert (found[:16] if found else None) == day
    assert found is None or found[16] in "+-"


# --- what a first try as a new user found
# --------------------------------------------------------------------------


def test_a_proposal_is_undone_by_its_own_button_only(view: TenderView) -> None:
    view.session.commit(set_award("maximum", None, "korting"))
    view.choose_method()
    click(view.ask.award.propose_button)
    bar = view.bars.bar("proposal")
    assert bar is not None
    assert tender(view).award.maximum == Decimal(123000)
    choose(view.ask.award.ties, ("lot",))
    assert view.bars.bar("proposal") is None  # it spoke of an older step
    assert tender(view).award.maximum == Decimal(123000)


def test_a_refusal_goes_with_the_next_success(view: TenderView, window: MainWindow) -> None:
    lock(view)
    view.go_to(3)
    click(view.award.opening.open_button)
    assert any("nog niet gesloten" in text for text in view.bars.texts())
    window.workspace.store._clock = lambda: CLOSED
    click(view.award.opening.open_button)
    assert view.bars.texts() == ["De inschrijvingen zijn geopend en nu alleen te lezen."]


def test_what_was_typed_for_a_bid_waits_for_it(opened: TenderView) -> None:
    opened.go_to(3)
    panel = opened.award.bid
    opened.award.table.setCurrentIndex(opened.award.table.texts.index(0, 0))
    fill(panel.reason, "twijfel over de handtekening")
    opened.award.table.setCurrentIndex(opened.award.table.texts.index(1, 0))
    assert panel.reason.edit.text() == ""
    panel.verdict.show_value("invalid")
    click(panel.judge_button)
    assert panel.reason.note.text() == "Schrijf op waarom."
    opened.award.table.setCurrentIndex(opened.award.table.texts.index(0, 0))
    assert panel.reason.edit.text() == "twijfel over de handtekening"
    assert panel.verdict.value is None
    opened.award.table.setCurrentIndex(opened.award.table.texts.index(1, 0))
    assert panel.verdict.value == "invalid"


def test_each_assessor_in_turn(view: TenderView) -> None:
    one = criterion("k1", 100, assessors=("Bos", "Vos"), combine="mean")
    view.session.commit(
        edits.set_field("award", rules("value", criteria=(one,), tie_rules=("lot",)), "methode")
    )
    view.go_to(3)
    quality = view.award.quality
    assert "Inschrijving A, criterium k1 (Bos)" in quality.text.text()
    fill(quality.percent, "40")
    fill(quality.motivation, "matig")  # Enter saves
    assert quality.assessor.value == "Vos"
    assert (quality.percent.edit.text(), quality.motivation.edit.text()) == ("", "")
    fill(quality.percent, "60")
    fill(quality.motivation, "goed")
    assert [(s.variant_id, s.assessor, s.percent) for s in tender(view).scores] == [
        ("v3", "Bos", Decimal(40)), ("v3", "Vos", Decimal(60)),
    ]  # fmt: skip
    assert (quality.bid.value, quality.assessor.value) == ("v4", "Bos")


def test_our_own_check_stands_beside_the_offered_mki_with_the_difference(view: TenderView) -> None:
    view.go_to(3)
    # B offers 11.98, 11.49 and 8.58 per ton: 64,866; its declarations come to 64,872
    expected = "Rekencontrole: onze eigen berekening is €\u00a064.872 MKI, €\u00a07 hoger dan aangeboden. De aangeboden MKI telt."
    assert expected in view.award.bid.reasons.text()
    view.award.table.setCurrentIndex(view.award.table.texts.index(2, 0))
    assert "Rekencontrole" not in view.award.bid.reasons.text()  # A gave no declarations


def test_a_lottery_parts_bids_that_stay_level(view: TenderView, window: MainWindow) -> None:
    for variant_id in ("v3", "v4"):
        view.session.commit(edits.set_price(tender(view), variant_id, Decimal(1_000_000), "prijs"))
    view.session.commit(edits.set_field("award", rules("lowest_price", tie_rules=("lot",)), "methode"))
    lock(view)
    window.workspace.store._clock = lambda: CLOSED
    view.go_to(3)
    click(view.award.opening.open_button)
    lots = view.award.lots
    assert lots.isVisible()
    fill(lots.order, "Inschrijving B; Inschrijving C")
    click(lots.keep)
    assert lots.order.note.text().startswith("Noem elke gelijke inschrijving")
    fill(lots.order, "Inschrijving B; Inschrijving A")
    fill(lots.person, "notaris (verzonnen)")
    click(lots.keep)
    assert tender(view).draws[0].order == ("v4", "v3")
    assert not lots.isVisible()
    assert view.award.conclusion.text().startswith("Voorlopig: Inschrijving B staat op nummer 1")


def test_the_replacement_rule_that_was_shown_is_locked(window: MainWindow) -> None:
    window.new_tender()
    assert window.view is not None
    view = window.view
    view.session.commit(
        edits.set_field(
            "award", rules("mki_w", factor=1, negative_mki="clamp", tie_rules=("lot",)), "methode"
        )
    )
    window.workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    assert view.ask.award.lock_button.text() == "Op slot zetten · nog 3"
    click(view.ask.award.lock_button)
    assert tender(view).lock is None
    assert any("Kies of inschrijvers vervanging al verwerken" in text for text in view.bars.texts())
    view.session.commit(edits.set_ask("includes_replacement", "yes", "vervanging"))
    view.session.commit(edits.set_ask("analysis_period", 30.0, "beschouwingsperiode"))
    posts = (Post("p1", "Deklaag", route="bill", values=(("mass_t", 10.0),), life=15.0),)
    view.session.commit(edits.set_field("posts", posts, "posten"))
    assert view.ask.award.lock_button.text() == "Op slot zetten"
    lock(view)
    assert tender(view).ask.replacement_rule == "fractional_with_d"


def test_the_bar_leaves_room_and_scrolls_in_a_low_window(opened: TenderView, window: MainWindow) -> None:
    for size in ((911, 442), (683, 700), (640, 400)):
        window.resize(*size)
        opened.go_to(1)
        opened.session.commit(edits.set_price(tender(opened), "v3", Decimal(5), "prijs"))
        bar = opened.counter_act
        for way, made in bar.buttons.items():
            made.click()
            QApplication.processEvents()
            assert bar.body.height() >= bar.body.minimumSizeHint().height(), way
            assert (
                opened.pages.isVisible() or size[1] < 500
            )  # a low window shows the question in the page's place
            bar.ensureWidgetVisible(bar.keep)
            QApplication.processEvents()
            assert bar.keep.visibleRegion().boundingRect().height() >= bar.keep.height() - 4, (size, way)
        bar.cancel()
