"""The first page names who, and why not the others: ties, the cheapest, the lowest MKI, and what is not
sure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.comparison.certainty import certainty
from cirkeldesk.model.tender.award_rules import Draw
from cirkeldesk.wording.advice import decision
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.numbers import NBSP
from tests.awards import AT, Bid, case_of, rules
from tests.build import Case, full, post

BY_MKI = rules("mki_w", factor=1, negative_mki="clamp")


def told(*bids: Bid, how: object = BY_MKI, **more: object) -> tuple[Award, str]:
    comparison = case_of(how, bids, **more).compare()  # type: ignore[arg-type]
    found = award(comparison)
    assert found is not None
    return found, " ".join(decision.why(found, comparison.conclusion)).replace(NBSP, " ")


def test_the_cheapest_that_lost_is_explained_with_its_sum() -> None:
    _, text = told(Bid("1000000", "50000"), Bid("900000", "200000"))
    assert (
        "variant 2 is € 100.000 goedkoper, maar heeft een hogere MKI en komt dan uit op € 1.100.000,00."
        in text
    )
    assert "variant 1 heeft de laagste MKI: € 50.000" in text


def test_the_cheapest_that_was_knocked_out_is_named_with_its_reason() -> None:
    _, text = told(Bid("1000000", "50000"), Bid("900000", "200000", verdict="invalid"))
    assert "variant 2 (€ 900.000) is ongeldig: gecontroleerd (artikel 2.1)." in text
    assert "variant 1 heeft de laagste inschrijfsom van de geldige inschrijvingen: € 1.000.000." in text


def test_a_tie_names_both_and_the_lottery_that_decided() -> None:
    draw = Draw(("v2", "v1"), "notaris", "tester", AT)
    how = replace(rules("lowest_price"), tie_rules=("lot",))
    found, text = told(Bid("1000", "5"), Bid("1000", "5"), how=how, draws=(draw,))
    assert [bid.id for bid in found.bids if bid.rank == 1] == ["v2"]
    assert "variant 1 heeft dezelfde uitkomst." in text
    assert "De loting was op 12-12-2026." in text
    assert "variant 2 heeft de laagste inschrijfsom, net als variant 1: € 1.000." in text


def test_an_open_tie_and_an_unfinished_award_wait() -> None:
    found, text = told(Bid("1000", "5"), Bid("1000", "5"), how=rules("lowest_price"))
    assert text == "variant 1 en variant 2 staan gelijk."
    assert "variant 1 en variant 2 staan gelijk" in decision.not_yet(found)
    waiting, _ = told(Bid("1000", "5", verdict=None), Bid("1100", "5"), how=rules("lowest_price"))
    assert decision.not_yet(waiting) == (
        "Nog geen advies: 1 inschrijving is nog niet beoordeeld. Voorlopig op 1: variant 1. De volgorde kan nog veranderen."
    )
    nobody, _ = told(
        Bid("1", "5", verdict="invalid"), Bid("2", "5", verdict="invalid"), how=rules("lowest_price")
    )
    assert decision.not_yet(nobody).startswith("Niet gunnen: geen van de 2 inschrijvingen is geldig.")


def designs(second: float) -> Case:
    case = Case(posts=(post(tons=1000.0, life="work"),))
    case.add("reference", case.answer(full({"A1-A3": 10.0}, id="a")), price=Decimal(100_000))
    return case.add("alternative", case.answer(full({"A1-A3": second}, id="b")), price=Decimal(128_000))


def test_a_design_says_first_how_sure_and_then_what_a_saved_euro_costs() -> None:
    far = designs(5.0)
    sure = certainty(far.compare(), far.inputs)
    assert sure is not None
    assert decision.how_sure(sure).startswith(
        "De volgorde is zeker genoeg: in 100 van de 100 berekeningen heeft variant 2"
    )
    text = decision.of_designs(far.compare(), sure).replace(NBSP, " ")
    assert text == (
        "Op MKI is variant 2 het gunstigst. variant 2 bespaart € 5.000 MKI ten opzichte van variant 1 en kost € 28.000 meer: "
        "€ 5,60 per bespaarde € MKI."
    )
    near = designs(9.99)
    vague = certainty(near.compare(), near.inputs)
    assert vague is not None
    assert decision.how_sure(vague).startswith("Er is geen verschil te zien")
    assert (
        decision.of_designs(near.compare(), vague)
        == "De MKI maakt geen verschil dat zeker is. Kies op prijs en andere gronden."
    )


def test_an_article_is_named_once() -> None:
    assert awarding.article_of("4.3") == "artikel 4.3"
    assert awarding.article_of("artikel 4.3") == "artikel 4.3"
    assert awarding.article_of("Paragraaf 2") == "Paragraaf 2"


def test_the_ceiling_is_told_as_mki() -> None:
    text = awarding.method_sentence(rules("lowest_price", ceiling=75_000)).replace(NBSP, " ")
    assert "MKI-plafond € 75.000 MKI" in text
