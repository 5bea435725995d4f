"""The first page: the box in every case an award can be in, why the winner and not number 2, what is asked,
and the day proposed for the letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.award.standstill import proposed_day
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.tender.award_rules import AwardRules, Draw, Step
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.operations.paper.context import calendar
from cirkeldesk.wording.advice import causes, first_page, to_decide
from cirkeldesk.wording.numbers import NBSP
from cirkeldesk.wording.paper import Decision
from tests.awards import AT, Bid, case_of, criterion, rules

STEPS = (Step("goed", Decimal(100)), Step("matig", Decimal(25)))
VALUE = rules(
    "value", also=("mki_discount",), lower=50_000, upper=80_000, maximum=100_000,
    criteria=(criterion("k1", 90_000, STEPS),),
)  # fmt: skip
DEAR = Bid("1265000", "60000", ("goed",), more={"bidder": "Voorbeeld Een BV"})
CHEAP = Bid("1228500", "70000", ("matig",), more={"bidder": "Voorbeeld Twee BV"})


def of(how: AwardRules, *bids: Bid, **more: object) -> tuple[Comparison, Award]:
    comparison = case_of(how, bids, **more).compare()
    found = award(comparison)
    assert found is not None
    return comparison, found


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def box(how: AwardRules, *bids: Bid, **more: object) -> Decision:
    return first_page.of_award(*of(how, *bids, **more))


def test_the_winner_goes_by_the_company_with_four_figures() -> None:
    """By hand: 1.265.000 − 90.000 − 66.666,67 against 1.228.500 − 22.500 − 33.333,33."""
    found = box(VALUE, DEAR, CHEAP)
    assert (found.tag, found.tone, found.answer, found.note) == (
        "ADVIES: GUNNEN AAN", "decided", "Voorbeeld Een BV", "variant 1",
    )  # fmt: skip
    told = [(f.label, plain(f.value), plain(f.under)) for f in found.figures]
    assert told[0] == ("Inschrijfsom", "€ 1.265.000,00", "excl. btw")
    assert told[1][:2] == ("MKI van het werk", "€ 60.000 MKI")
    assert told[2] == ("Fictieve prijs", "€ 1.108.333,33", "laagste van 2, bepaalt de winnaar")
    assert told[3] == ("Voorsprong op nummer 2", "€ 64.333,34", "Voorbeeld Twee BV: € 1.172.666,67")


def test_why_the_winner_in_a_sentence_and_a_table_of_steps() -> None:
    found = causes.of_award(of(VALUE, DEAR, CHEAP)[1])
    assert found is not None
    title, sentence, table = found
    assert title == "Waarom Voorbeeld Een BV, en niet nummer 2?"
    assert plain(sentence) == (
        "Het werk kost € 36.500,00 meer. Daar staat € 100.833,34 voordeel tegenover: € 67.500,00 op "
        "kwaliteit en € 33.333,34 op de MKI."
    )
    assert [(row.label, row.cells[2], row.kind) for row in table.rows] == [
        ("Inschrijfsom, excl. btw", "+36.500,00", "against"),
        ("criterium k1", "−67.500,00", "for"),
        ("MKI-korting", "−33.333,34", "for"),
        ("Fictieve prijs", "−64.333,34", "sum"),
    ]


@pytest.mark.parametrize(
    ("how", "bids", "more", "tag", "tone", "answer"),
    [
        (rules("lowest_price"), (Bid("1000"), Bid("1000")), {}, "GELIJKE STAND, NOG NIET BESLIST", "waiting",
         "Nog geen winnaar: 2 inschrijvers staan gelijk"),
        (rules("lowest_price"), (Bid("1", verdict="invalid"), Bid("2", verdict="withdrawn")), {},
         "ADVIES: NIET GUNNEN", "no", "Niet gunnen: geen van de 2 inschrijvingen is geldig"),
        (rules("lowest_price"), (Bid("1", verdict="invalid"),), {}, "ADVIES: NIET GUNNEN", "no",
         "Niet gunnen: de enige inschrijving is niet geldig"),
        (rules("lowest_price"), (Bid("1", verdict=None), Bid("2")), {}, "NOG NIET AF", "waiting",
         "Nog geen advies: 1 inschrijving is niet beoordeeld"),
        (rules("lowest_price"), (Bid("5"),), {}, "ADVIES: GUNNEN AAN DE ENIGE INSCHRIJVER", "decided", "variant 1"),
        (rules("lowest_price"), (Bid("5"), Bid("6")), {}, "ADVIES: GUNNEN AAN", "decided", "variant 1"),
    ],
)  # fmt: skip
def test_the_box_of_every_case(
    how: AwardRules, bids: tuple[Bid, ...], more: dict[str, object], tag: str, tone: str, answer: str
) -> None:
    found = box(how, *bids, **more)
    assert (found.tag, found.tone, found.answer) == (tag, tone, answer)


def test_a_lottery_is_told_in_the_box() -> None:
    how = replace(rules("lowest_price"), tie_rules=("lot",))
    found = box(how, Bid("1000"), Bid("1000"), draws=(Draw(("v2", "v1"), "notaris", "tester", AT),))
    assert found.answer == "variant 2"
    assert "variant 1 heeft dezelfde uitkomst. De stukken zeggen dan: loting." in found.text
    assert "De loting was op 12-12-2026." in found.text


def test_sealed_prices_say_so_and_nothing_else() -> None:
    comparison = case_of(rules("lowest_price"), [Bid("1"), Bid("2")]).compare()
    sealed = replace(
        comparison, tender=replace(comparison.tender, sealed_until="2099-01-01T10:00+00:00", opened=None)
    )
    found = first_page.of_award(sealed, None)
    assert found.answer == "De prijzen zijn nog dicht"
    assert not found.figures


amounts = st.integers(1, 2_000_000)
scored = st.sampled_from(("goed", "matig"))


@given(st.lists(st.tuples(amounts, st.integers(1, 90_000), scored), min_size=2, max_size=6))
def test_the_steps_add_up_to_the_lead(bids: list[tuple[int, int, str]]) -> None:
    """Each bar begins where the one above it ended, and the last is the difference of the totals."""
    comparison, found = of(VALUE, *(Bid(str(price), str(mki), (score,)) for price, mki, score in bids))
    told = causes.of_award(found)
    if found.winner is None:
        assert told is None
        return
    assert told is not None
    *steps, total = told[2].rows
    assert steps[0].start == total.start == 0.0
    for before, after in pairwise(steps):
        assert before.end == after.start
    assert steps[-1].end == total.end
    winner, second = found.bid(found.winner), causes.next_best(found)
    assert second is not None
    assert winner.outcome is not None
    assert second.outcome is not None
    assert Decimal(str(total.end)) == pytest.approx(winner.outcome.total - second.outcome.total)
    figure = first_page.of_award(comparison, found).figures[-1]
    assert plain(figure.value).replace("€ ", "") == total.cells[2].lstrip("−+")


def test_many_criteria_go_together_and_still_add_up() -> None:
    many = tuple(criterion(f"k{i}", 1_000 + i, STEPS) for i in range(12))
    how = replace(VALUE, criteria=many)
    _, found = of(how, Bid("1000000", "60000", ("goed",) * 12), Bid("990000", "70000", ("matig",) * 12))
    told = causes.of_award(found)
    assert told is not None
    assert len(told[2].rows) == causes.SHOWN_CAUSES + 1
    assert told[2].rows[-2].label == "Overige (7)"
    assert told[2].rows[-2].end == told[2].rows[-1].end


def test_what_is_asked_names_each_act_once() -> None:
    comparison, found = of(VALUE, DEAR, CHEAP, Bid("1", "90000", ("matig",), verdict="invalid"))
    assert to_decide.request(comparison, found, None, owed=True).splitlines() == [
        "de inschrijving van variant 3 ongeldig verklaren;",
        "de gunningsbeslissing nemen: de opdracht gaat naar Voorbeeld Een BV;",
        "na de opschortende termijn de overeenkomst tekenen.",
    ]
    waiting = of(VALUE, DEAR, replace(CHEAP, verdict=None))
    assert to_decide.request(*waiting, None, owed=True) == ""


def test_a_stopped_procedure_has_no_order_that_may_change() -> None:
    """The box says that nobody wins and why, not who stands first for now."""
    comparison, found = of(VALUE, DEAR, CHEAP)
    tender = found.tender
    reason = replace(tender.publication, stopped_because="er is geen geld meer")
    dead = replace(comparison, tender=replace(tender, publication=reason))
    box = first_page.of_award(dead, award(dead))
    assert (box.tag, box.tone, box.text) == ("AANBESTEDING GESTOPT", "no", "Er is geen geld meer.")
    assert "voorlopig" not in box.note
    asked = to_decide.request(dead, award(dead), None, owed=True)
    assert asked == "de aanbesteding stoppen en de opdracht niet gunnen."


def test_two_bids_with_one_motivation_are_an_open_point() -> None:
    comparison, found = of(VALUE, replace(DEAR, scores=("goed",)), replace(CHEAP, scores=("goed",)))
    said = to_decide.still_open(comparison, found, Decimal(1_000_000))
    same = "Inschrijvers kregen dezelfde motivering bij criterium k1."
    assert (same in said) == (len({score.motivation for score in found.tender.scores}) == 1)
    assert "dekking bevestigen" in said


OPEN = Publication(procedure="open", expiry_days=20)


def test_the_proposed_day_lets_both_terms_end_on_one_working_day() -> None:
    """30-11-2026 gives Sunday 20 and Monday 21 December; 1-12 gives Monday 21 for both (PAPERS 5)."""
    found = proposed_day(OPEN, 3, date(2026, 11, 30), calendar())
    assert found.sent == date(2026, 12, 1)
    assert found.expiry == date(2026, 12, 21)
    assert found.standstill is not None
    assert (found.standstill.last, found.standstill.sign_from) == (date(2026, 12, 21), date(2026, 12, 22))
    told = [text for _, text in to_decide.planning(of(VALUE, DEAR, CHEAP)[1], found)]
    assert told == ["brieven verzenden", "opschortende termijn en vervaltermijn", "eerste dag voor tekenen"]


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.sampled_from((None, 15, 20, 30)))
def test_a_proposed_day_is_a_working_day_and_the_first_that_fits(earliest: date, days: int | None) -> None:
    publication = replace(OPEN, expiry_days=days)
    found = proposed_day(publication, 3, earliest, calendar())
    assert found.sent >= earliest
    assert calendar().why_closed(found.sent) is None
    if days == 20:
        assert found.ends_together
