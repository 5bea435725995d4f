"""Letters: every kind, named and withheld, in every sort of procedure; what each says and what it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import Draw
from cirkeldesk.model.tender.publication import Addressee, Characteristics, MadeLetters, Publication
from cirkeldesk.operations.paper.context import calendar
from cirkeldesk.wording import paper
from cirkeldesk.wording.award import letters
from cirkeldesk.wording.award.law import ARTICLES, rule_text
from cirkeldesk.wording.paper import Heading, Letterhead, PaperTable, Signature
from tests.awards import Bid, case_of, criterion, rules

VALUE = rules(
    "value",
    criteria=(criterion("k1", 50_000),),
    also=("mki_discount",),
    lower="10000",
    upper="60000",
    maximum="40000",
)
WON = Bid("1000000", "20000", (80,))
LOST = Bid("1100000", "30000", (90,))
BAD = Bid("1200000", "40000", (60,), verdict="invalid")
GONE = Bid("1300000", "50000", (60,), verdict="withdrawn")
PUBLICATION = Publication(
    procedure="open",
    expiry_days=20,
    expiry_source="paragraaf 4.6",
    characteristics=Characteristics("v1", "Het plan beperkt de hinder het meest."),
    contact="Team Inkoop",
    signed_by="P. Voorbeeld",
    proof="een geldige milieuverklaring",
    proof_by="2026-12-14",
    addressees=(Addressee("v2", "mevrouw S. Voorbeeld", "Weg 3\n1234 AB Verzonnen", "VB-12"),),
)
SENDER = letters.Sender(
    "Provincie Verzonnen",
    "Plein 1, Verzonnen",
    "post@verzonnen.example",
    "030 000 00 00",
    "rechtbank Verzonnen",
    "klacht@verzonnen.example",
    "namens Gedeputeerde Staten",
)
TUESDAY = date(2026, 12, 1)  # the twentieth day after it is Monday 21 December


def decided(*bids: Bid, publication: Publication = PUBLICATION, **more: Any) -> Award:
    found = award(case_of(VALUE, bids, publication=publication, **more).compare())
    assert found is not None
    return found


def written(found: Award, variant_id: str, sent: date = TUESDAY) -> paper.Paper:
    return letters.letter(found, variant_id, letters.Sending(SENDER, sent, calendar()), draft=False)


def said(found: Award, variant_id: str, sent: date = TUESDAY) -> str:
    return " ".join("\n".join(paper.texts(written(found, variant_id, sent))).split()).replace("\u00a0", " ")


ALL = (WON, LOST, BAD, GONE)


@pytest.mark.parametrize("variant_id", ["v1", "v2", "v3", "v4"])
def test_the_order_of_an_official_letter(variant_id: str) -> None:
    """Sender and address, references, subject, greeting; questions and signature last; one title."""
    made = written(decided(*ALL), variant_id)
    kinds = [type(block).__name__ for block in made.blocks]
    assert kinds[:5] == ["Letterhead", "ReferenceLine", "Heading", "Text", "Text"]
    assert kinds[-3:] == ["Heading", "Text", "Signature"]
    titles = [block for block in made.blocks if isinstance(block, Heading) and block.level == 1]
    assert len(titles) == 1
    last = made.blocks[-1]
    assert isinstance(last, Signature)
    assert last.name == "P. Voorbeeld"
    assert "namens Gedeputeerde Staten" in last.greeting


def test_the_kinds_say_what_was_decided() -> None:
    found = decided(*ALL)
    assert "Wij zijn van plan de opdracht aan u te gunnen." in said(found, "v1")
    assert "nog geen aanvaarding van uw aanbod (artikel 2.129" in said(found, "v1")
    assert "Stuur ons uiterlijk maandag 14 december 2026: een geldige milieuverklaring." in said(found, "v1")
    assert "hoogstens € 20.000 MKI" in said(found, "v1")
    assert "Wij zijn van plan de opdracht te gunnen aan variant 1." in said(found, "v2")
    assert "staat op plaats 2 van 2 geldige inschrijvingen" in said(found, "v2")
    assert "ongeldig verklaard" in said(found, "v3")
    assert "artikel 2.1 van Leidraad" in said(found, "v3")
    assert "uw inschrijving intrekt" in said(found, "v4")
    assert "variant 1" not in said(found, "v4")


def test_a_letter_goes_where_it_should() -> None:
    made = written(decided(*ALL), "v2")
    head = made.blocks[0]
    assert isinstance(head, Letterhead)
    assert head.address == ("variant 2", "t.a.v. mevrouw S. Voorbeeld", "Weg 3", "1234 AB Verzonnen")
    assert "Geachte mevrouw S. Voorbeeld," in said(decided(*ALL), "v2")
    assert "VB-12" in said(decided(*ALL), "v2")
    assert "Geachte heer, mevrouw," in said(decided(*ALL), "v1")


def test_the_winners_figures_stand_beside_ones_own() -> None:
    """By hand: 1.100.000 − 45.000 − 24.000 = 1.031.000 and 1.000.000 − 40.000 − 32.000 = 928.000."""
    made = written(decided(*ALL), "v2")
    table = next(block for block in made.blocks if isinstance(block, PaperTable))
    assert table.header == ("Onderdeel, in €", "Uw inschrijving", "variant 1", "Voordeel winnaar")
    rows = {row[0].split(" (")[0]: row[1:] for row in table.rows}
    assert rows["Inschrijfsom, excl. btw"] == ("1.100.000,00", "1.000.000,00", "+100.000,00")
    assert rows["MKI van het werk"] == ("30.000", "20.000", "")
    assert rows["MKI-korting"] == ("−24.000,00", "−32.000,00", "+8.000,00")
    assert rows["Fictieve prijs"] == ("1.031.000,00", "928.000,00", "+103.000,00")


def test_withheld_figures_are_words_with_the_reason_and_its_article() -> None:
    hidden = replace(PUBLICATION, withhold="de winnaar maakte terecht bezwaar")
    found = decided(*ALL, publication=hidden)
    text = said(found, "v2")
    assert "1.000.000" not in text
    assert "928.000" not in text
    assert "lager dan de uwe" in text
    assert "noemen wij niet (artikel 2.138 Aanbestedingswet 2012): de winnaar maakte terecht bezwaar." in text
    private = decided(*ALL, publication=replace(hidden, procedure="several_private"))
    assert "2.138" not in said(private, "v2")  # onderhands: the documents, not part 2 (DOMAIN 9)


def test_both_terms_in_one_paragraph() -> None:
    """1 December: both end on Monday 21. 5 December: the standstill moves past Christmas, the other never."""
    together = said(decided(*ALL), "v2")
    assert (
        "Begin dan uiterlijk maandag 21 december 2026 een kort geding bij de voorzieningenrechter" in together
    )
    assert "Wij tekenen de overeenkomst niet vóór dinsdag 22 december 2026." in together
    assert "twee termijnen" not in together
    apart = said(decided(*ALL), "v2", date(2026, 12, 5))
    assert (
        "Let op: dit zijn twee termijnen. U moet uiterlijk vrijdag 25 december 2026 naar de rechter." in apart
    )
    assert "Wij tekenen pas vanaf dinsdag 29 december 2026." in apart
    assert "(vervaltermijn, paragraaf 4.6)" in apart


def test_an_invalid_bidder_is_still_concerned() -> None:
    """It is told the winner and both terms, and no score of itself or another."""
    text = said(decided(*ALL), "v3")
    assert "variant 1" in text
    assert "een kort geding" in text
    assert "1.000.000" not in text
    assert "Fictieve prijs" not in text


@pytest.mark.parametrize("variant_id", ["v1", "v2", "v3"])
def test_meervoudig_onderhands_has_its_own_articles(variant_id: str) -> None:
    """No article of part 2, and no standstill that was not promised."""
    private = replace(PUBLICATION, procedure="several_private", standstill_promised="no")
    text = said(decided(*ALL, publication=private), variant_id)
    assert "1.15 lid 2" in text
    for article in ("2.127", "2.129", "2.130", "2.131", "2.138"):
        assert article not in text
    assert "opschortende termijn" not in text
    promised = replace(private, standstill_promised="yes", promised_days=15)
    text = said(decided(*ALL, publication=promised), variant_id, date(2026, 12, 5))
    assert (
        "15 kalenderdagen, van 6 december 2026 tot en met 20 december 2026, zoals in de stukken is beloofd"
        in text
    )
    assert "Algemene termijnenwet" not in text  # it moves no term of documents
    unknown = replace(promised, promised_days=None)
    assert "In de opschortende termijn die de stukken beloven" in said(
        decided(*ALL, publication=unknown), variant_id
    )


def test_one_bidder_is_not_told_of_others() -> None:
    text = said(decided(WON), "v1")
    assert "Er was geen andere inschrijving." in text
    assert "plaats 1 van" not in text
    assert "Andere inschrijvers" not in text


def test_a_stopped_procedure_names_no_winner() -> None:
    stopped = replace(PUBLICATION, stopped_because="er is geen geld meer voor het werk")
    found = decided(*ALL, publication=stopped, status="stopped")
    for variant_id in ("v1", "v2", "v3"):
        text = said(found, variant_id)
        assert "Wij gunnen de opdracht niet." in text
        assert "Er is geen geld meer voor het werk." in text
        assert "van plan de opdracht" not in text
        assert "1.000.000" not in text


def test_a_reason_for_stopping_stops_it_also_before_the_opening() -> None:
    """No winner, nothing to sign and nothing to wait for; who was judged invalid reads why (a reading of
    0.11)."""
    stopped = replace(PUBLICATION, stopped_because="er is geen geld meer")
    found = decided(*ALL, publication=stopped)
    assert found.winner is None
    assert letters.kind_for(found, "v1") == "stopped"
    text = said(found, "v3")
    assert "Wij tekenen" not in text
    assert "opschortende termijn" not in text
    assert "een kort geding" in text
    assert "Uw inschrijving hadden wij ongeldig verklaard." in text
    assert "gecontroleerd" in text.casefold()
    case = case_of(VALUE, ALL, publication=stopped, opened=None, judgements=())
    sending = letters.Sending(SENDER, TUESDAY, calendar())
    made = letters.stopped_letter(case.tender, "v1", sending, draft=False)
    assert "Er is geen geld meer." in "\n".join(paper.texts(made))


def test_the_reason_is_the_stop() -> None:
    """One truth: filling it in stops the procedure in every list, taking it away lets it go on."""
    tender = decided(*ALL).tender
    stopped = edits.set_publication("stopped_because", "geen geld", "reden").apply(tender)
    assert (stopped.status, stopped.is_stopped) == ("stopped", True)
    again = edits.set_publication("stopped_because", "", "reden").apply(stopped)
    assert (again.status, again.is_stopped) == ("judged", False)


def test_a_later_letter_says_what_it_replaces() -> None:
    made = MadeLetters(1, "2026-11-20", "tester", "2026-11-20T10:00:00+01:00", ())
    assert "Deze brief vervangt onze brief van 20 november 2026." in said(
        decided(*ALL, letters=(made,)), "v2"
    )


def test_one_bidder_alone_waits_for_nobody() -> None:
    text = said(decided(WON), "v1")
    assert "Wij kunnen de overeenkomst tekenen zodra de bewijsstukken kloppen." in text
    assert "kort geding" not in text
    bare = said(decided(WON, publication=replace(PUBLICATION, proof="")), "v1")
    assert "Wij kunnen de overeenkomst tekenen." in bare
    assert "verlengt de termijnen" not in bare


def test_level_bids_read_what_decided() -> None:
    """The lower price by the published rule; or the lot, with who drew and when."""
    level = [Bid("1000000", "20000", (80,)), Bid("1005000", "20000", (90,))]
    by_rule = replace(VALUE, tie_rules=("lowest_price", "lot"))
    found = award(case_of(by_rule, level, publication=PUBLICATION).compare())
    assert found is not None
    assert "Daarin ging de winnaar voor: laagste prijs." in said(found, "v2")
    same = [Bid("1000000", "20000", (80,)), Bid("1000000", "20000", (80,))]
    draw = Draw(("v1", "v2"), "notaris Verzonnen", "tester", "2026-12-12T09:00:00+00:00")
    drawn = award(
        case_of(replace(VALUE, tie_rules=("lot",)), same, publication=PUBLICATION, draws=(draw,)).compare()
    )
    assert drawn is not None
    assert "notaris Verzonnen lootte op 12 december 2026. Het lot besliste." in said(drawn, "v2")


def test_without_mki_nothing_is_said_of_it() -> None:
    """Lowest price: one row, no MKI, also where the sum is withheld; with a ceiling no penalty and no
    advantage."""
    hidden = replace(PUBLICATION, withhold="de winnaar maakte terecht bezwaar")
    plain = rules("lowest_price")
    found = award(case_of(plain, [WON, LOST], publication=hidden).compare())
    assert found is not None
    assert "MKI" not in said(found, "v2")
    table = next(block for block in written(found, "v2").blocks if isinstance(block, PaperTable))
    assert len(table.rows) == 1
    ceiling = rules("lowest_price", ceiling="75000")
    capped = award(case_of(ceiling, [replace(WON, mki="50000"), LOST], publication=PUBLICATION).compare())
    assert capped is not None
    assert "boete" not in said(capped, "v1")
    assert "lager dan die van u" not in said(capped, "v2")
    assert "hoger dan die van u" not in said(capped, "v2")


def test_a_method_can_be_redone_from_the_letter() -> None:
    """Every figure of the formula but the bids' own stands in it."""
    points = rules(
        "weighted",
        criteria=(criterion("k1", 40),),
        price_weight=60,
        price_low=500_000,
        price_high=1_500_000,
        outside="clamp",
    )
    logs = rules("logarithmic", criteria=(criterion("k1", 40),), price_weight=60, log_base=2)
    costs = rules("lowest_cost", rate=2, horizon=10)
    clamped = rules("mki_w", factor=2, negative_mki="clamp")
    bids = [replace(bid, costs=((1, "10000"),)) for bid in (WON, LOST)]
    for method, told in (
        (points, "De grenzen voor de prijs zijn € 500.000 en € 1.500.000."),
        (logs, "A is 2."),
        (costs, "De rente is 2 % per jaar; de kosten tellen 10 jaar mee."),
        (clamped, "Elke € MKI telt voor € 2 ("),
    ):
        found = award(case_of(method, bids, publication=PUBLICATION).compare())
        assert found is not None
        text = said(found, "v2")
        assert told in text
        assert "Σ" not in text


@pytest.mark.parametrize(
    ("article", "printed"),
    [
        ("4.3", "artikel 4.3 van Leidraad"),
        ("artikel 4.3", "artikel 4.3 van Leidraad"),
        ("2.116 Aanbestedingswet 2012", "2.116 Aanbestedingswet 2012"),
        ("leidraad 4.3", "leidraad 4.3"),
    ],
)
def test_a_rule_names_its_source_once(article: str, printed: str) -> None:
    assert rule_text(article, "Leidraad") == printed


def test_single_private_cites_no_article_for_several() -> None:
    alone = replace(PUBLICATION, procedure="single_private", standstill_promised="no")
    assert "1.15" not in said(decided(WON, publication=alone), "v1")


def test_a_talk_and_a_complaint_are_offered() -> None:
    text = said(decided(*ALL), "v2")
    assert "in een gesprek: Team Inkoop, 030 000 00 00." in text
    assert "Een klacht over de procedure stuurt u naar klacht@verzonnen.example." in text
    assert "verlengt de termijnen in deze brief niet" in text
    bare = letters.Sending(letters.Sender(""), TUESDAY, calendar())
    made = letters.letter(decided(*ALL, publication=Publication(procedure="open")), "v2", bare, draft=False)
    plain = "\n".join(paper.texts(made))
    assert "via de berichten van deze aanbesteding" in plain
    assert "klacht" not in plain.casefold()


def test_each_article_is_listed_for_the_lawyer() -> None:
    listed = Path(__file__).parents[2].joinpath("docs", "letters.md").read_text(encoding="utf-8")
    for article in ARTICLES.values():
        assert article.confirm in listed, article.number
        assert f"**{article.number}" in listed
