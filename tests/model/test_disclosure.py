"""What may be said of a winner, and when a text says what is another's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cirkeldesk.model.award.award import award
from cirkeldesk.model.award.disclosure import Secret, disclosed, found_in, public, secrets
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.model.tender.tender import Evidence
from tests.awards import Bid, case_of, criterion, rules, totals

VALUE = rules(
    "value",
    criteria=(criterion("k1", 50_000),),
    also=("mki_discount",),
    lower="10000",
    upper="60000",
    maximum="40000",
)
BIDS = [
    Bid("1000000", "20000", (80,)),
    Bid("1100000", "30000", (90,)),
    Bid("900000", "25000", (10,), verdict="withdrawn"),
]


def test_quality_is_said_and_what_gives_price_or_mki_away_is_not() -> None:
    found = award(case_of(VALUE, BIDS).compare())
    assert found is not None
    shown = disclosed(found)
    assert shown is not None
    assert (shown.winner, shown.bids, shown.counted) == ("variant 1", 3, 2)
    assert [(name, float(share)) for name, share in shown.scores] == [("k1", 0.8)]
    assert (shown.price, shown.mki) == (None, None)


def test_the_switch_names_them_with_its_reason() -> None:
    case = case_of(VALUE, BIDS, publication=Publication(disclose="zo beloofd"))
    found = award(case.compare())
    assert found is not None
    shown = disclosed(found)
    assert shown is not None
    assert (shown.price, shown.mki) == (Decimal(1000000), Decimal(20000))
    assert shown.reason == "zo beloofd"


def test_a_bidder_is_told_the_winners_sums_unless_they_are_withheld() -> None:
    """By default price, MKI and total are named to those who took part, to nobody else; with a reason they
    are not (DOMAIN 9)."""
    for withhold, named in (("", True), ("  ", True), ("de winnaar maakte gegrond bezwaar", False)):
        case = case_of(VALUE, BIDS, publication=Publication(withhold=withhold))
        found = award(case.compare())
        assert found is not None
        shown, outside = disclosed(found, "bidder"), disclosed(found)
        assert shown is not None
        assert outside is not None
        assert (shown.price, shown.mki) == ((Decimal(1000000), Decimal(20000)) if named else (None, None))
        assert (outside.price, outside.mki) == (None, None)
        hidden = {s.text for s in secrets(case.tender, (), recipient="v2", award=found)}
        assert ("1.000.000,00" in hidden) is not named
        assert "900.000" in hidden  # of who did not win nothing is told
        outsiders = {s.text for s in secrets(case.tender, (), recipient=None, award=found)}
        assert "1.000.000,00" in outsiders


def test_without_a_winner_nothing_is_said() -> None:
    found = award(case_of(VALUE, [replace(BIDS[0], verdict=None), BIDS[1]]).compare())
    assert found is not None
    assert disclosed(found) is None


def test_a_withdrawn_bid_takes_no_part() -> None:
    """Nor is its price the lowest of a relative method: 40 × 1.000.000 / 1.250.000 = 32, not 40 × 800.000 /
    1.250.000."""
    method = rules("relative", criteria=(criterion("k1", 60),), price_weight="40")
    bids = [
        Bid("1000000", "1", (50,)),
        Bid("1250000", "1", (50,)),
        Bid("800000", "1", (50,), verdict="withdrawn"),
    ]
    found = award(case_of(method, bids).compare())
    assert found is not None
    assert {bid.id: bid.rank for bid in found.bids} == {"v1": 1, "v2": 2, "v3": None}
    assert totals(found)["v2"] == "62.00"
    assert found.winner == "v1"


@pytest.mark.parametrize(
    ("text", "secret", "found"),
    [
        ("De prijs is 1.234.567,89.", "1.234.567,89", True),
        ("De prijs is 1.234.567.", "1.234.567", True),
        ("De prijs is 11.234.567.", "1.234.567", False),
        ("De prijs is 1.234.567,89.", "1.234.567", False),
        ("De prijs is 1.234.5678", "1.234.567", False),
        ("Voor 1234567 euro", "1.234.567", True),
        ("Voor 1 234 567,89 euro", "1.234.567,89", True),
        ("aannemer jansen  bv", "Aannemer Jansen BV", True),
        ("Jansenius", "Jansen", False),
        ("(Jansen)", "Jansen", True),
        ("Jan\nsen", "Jan sen", True),
    ],
)
def test_a_secret_stands_in_a_text_as_a_word_or_figure_of_its_own(
    text: str, secret: str, found: bool
) -> None:
    assert bool(found_in(text, [Secret(secret, "x")])) is found


def test_own_figures_published_bounds_and_words_of_the_ask_are_no_secret() -> None:
    """Two bids with the same price: for each it is its own. The MKI of one equals a published bound."""
    bids = [Bid("1000000", "60000", (80,)), Bid("1000000", "23456", (70,)), Bid("1234567", "34567", (60,))]
    case = case_of(VALUE, bids, publication=Publication(withhold="de winnaar maakte bezwaar"))
    tender = replace(case.tender, title="Werk van variant 3")
    found = award(case.compare())
    texts = {secret.text for secret in secrets(tender, (), recipient="v1", award=found)}
    assert "1.000.000" not in texts
    assert "60.000" not in texts
    assert {
        "variant 3",
        "1.234.567",
        "34.567",
        "23.456",
    } <= texts  # a bidder's name is never a word of the ask
    assert "1.234.567" not in {secret.text for secret in secrets(tender, (), recipient="v3", award=found)}


def test_the_method_is_public_once_it_was_published() -> None:
    case = case_of(VALUE, BIDS)
    assert public(case.tender).award.method == "value"
    assert public(replace(case.tender, lock=None)).award == AwardRules()
    assert public(case.tender).variants == ()


def test_a_search_answers_no_guess_about_a_sealed_price() -> None:
    case = case_of(VALUE, BIDS, opened=None, sealed_until="2036-12-12T10:00+01:00")
    texts = {secret.text for secret in secrets(case.tender, (), recipient=None, award=None)}
    assert not texts & {"1.000.000", "1.100.000", "900.000"}
    assert "1.100.000" in {
        s.text for s in secrets(case_of(VALUE, BIDS).tender, (), recipient=None, award=None)
    }


def test_round_figures_and_tenths_are_figures_too() -> None:
    bids = [Bid("1200000", "41713.4", (80,)), Bid("1300000", "20000", (70,))]
    withheld = Publication(withhold="de winnaar maakte bezwaar")
    case = case_of(VALUE, bids, mki_decimals=1, publication=withheld)
    found = secrets(case.tender, (), recipient="v2", award=award(case.compare()))
    for text in ("€ 1.200.000,00", "1200000", "MKI 41.713,4", "41713,4"):
        assert found_in(text, found), text


def test_a_bid_called_a_design_stays_inside() -> None:
    """After the opening a bid copied as a design would go outside whole."""
    case = case_of(VALUE, BIDS)
    copy = replace(case.tender.variants[0], id="kopie", role="alternative", bidder=None, price=None)
    tender = replace(case.tender, variants=(*case.tender.variants, copy))
    assert public(tender).variants == ()
    assert "20.000" in {secret.text for secret in secrets(tender, (), recipient=None, award=None)}


def test_the_nulvariant_stays_where_a_bid_offers_the_same_mki() -> None:
    """And one that names the report of a bid is not dropped in silence: the search says so."""
    case = case_of(VALUE, [replace(BIDS[0], more={"evidence": Evidence(number="R-97-3007")}), BIDS[1]])
    bid = case.tender.variants[0]
    null = replace(bid, id="nul", name="Nulvariant", role="reference", bidder=None, price=None)
    tender = replace(case.tender, variants=(null, *case.tender.variants))
    assert [variant.id for variant in public(tender).variants] == ["nul"]
    found = secrets(tender, (), recipient=None, award=award(case.compare()))
    assert [secret.text for secret in found_in("nummer R-97-3007, MKI 20.000", found)] == ["R-97-3007"]
