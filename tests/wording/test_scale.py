"""The scale from fictieve prijs to price: round ends around all that is shown."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.award.award import INTERNAL
from cirkeldesk.wording.award.awarding import ranking
from cirkeldesk.wording.award.scale import price_scale, scale_words
from cirkeldesk.wording.comparison.outcome import judged_words, outcome_figures, outcome_mark
from tests.awards import Bid, awarded, compared, rules

DISCOUNT = rules("mki_discount", lower=60_000, upper=73_000, maximum=150_000)


def test_the_ends_are_round_and_hold_everything() -> None:
    """Worked by hand: 150.000 × (73.000 − 64.866) / 13.000 = 93.853,85 off 1.265.000 leaves 1.171.146,15;
    69.400 gives 41.538,46 off 1.240.000: 1.198.461,54. The span is 93.853,85; a tenth of it is 9.385: steps
    of 5.000."""
    found = awarded(DISCOUNT, Bid("1265000", "64866"), Bid("1240000", "69400"))
    scale = price_scale(found)
    assert scale is not None
    assert (scale.low, scale.high) == (Decimal(1_170_000), Decimal(1_265_000))
    assert scale.pairs[0] == (Decimal("1171146.15"), Decimal(1_265_000))
    assert scale.sentence == "Van €\u00a01.170.000 tot €\u00a01.265.000. De as begint niet bij 0."
    assert scale_words(scale, 1) == "fictieve prijs €\u00a01.198.461,54, prijs €\u00a01.240.000,00"
    assert scale.share(Decimal(1_265_000)) == 1


def test_without_a_way_there_is_no_scale() -> None:
    assert price_scale(awarded(rules("lowest_price"), Bid("100"), Bid("90"))) is None
    assert price_scale(awarded(DISCOUNT, Bid("100", None), Bid(None, "64000"))) is None


@given(
    prices=st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
    mkis=st.lists(st.integers(55_000, 80_000), min_size=6, max_size=6),
)
def test_every_price_lies_on_the_scale(prices: list[int], mkis: list[int]) -> None:
    found = awarded(DISCOUNT, *(Bid(str(price), str(mki)) for price, mki in zip(prices, mkis, strict=False)))
    scale = price_scale(found)
    for pair in scale.pairs if scale is not None else ():
        for value in pair or ():
            assert scale is not None
            assert 0 <= scale.share(value) <= 1
    assert scale is None or (scale.low <= scale.high and (scale.high - scale.low) % 1 == 0)


def test_an_amount_off_has_no_minus_and_one_that_comes_on_has_a_plus() -> None:
    table = ranking(awarded(DISCOUNT, Bid("1265000", "64866")))
    assert table.rows[0][table.header.index("MKI-korting")] == "€\u00a093.853,85"
    dearer = ranking(awarded(rules("mki_w", factor=2, negative_mki="clamp"), Bid("1000", "100")))
    assert dearer.rows[0][5] == "€\u00a0+200,00"


def test_the_top_says_who_and_how_sure() -> None:
    bids = (Bid("1265000", "64866"), Bid("1240000", "69400"))
    found, comparison = awarded(DISCOUNT, *bids), compared(DISCOUNT, *bids)
    assert outcome_mark(found) == ("lock", "Winnaar")
    assert outcome_figures(found, comparison) == [
        ("€\u00a01.171.146,15", "fictieve prijs, €\u00a027.315,39 onder nummer 2"),
        ("64.866", "€ MKI"),  # no reference to be below
    ]
    assert judged_words(found) == "2 van 2 beoordeeld"
    waiting = awarded(DISCOUNT, bids[0], Bid("1240000", "69400", verdict=None))
    assert outcome_mark(waiting) == ("warn", "Voorlopig")
    assert judged_words(waiting) == "1 van 2 beoordeeld"


def test_level_bids_have_no_figures_of_one() -> None:
    bids = (Bid("100000", "64866"), Bid("100000", "64866"))
    assert outcome_figures(awarded(DISCOUNT, *bids), compared(DISCOUNT, *bids)) == []
    assert outcome_mark(None) == ("", "")


def test_the_award_says_when_the_mki_decides_nothing() -> None:
    """Both at or below the lower bound: 150.000 off each. What Uitvraag told beforehand, the award tells too;
    on paper for others it is not said, as it tells of their MKI."""
    both = awarded(DISCOUNT, Bid("1000000", "50000"), Bid("1100000", "40000"))
    assert "mki_decides_nothing" in [message.key for message in both.warnings]
    assert "mki_decides_nothing" in INTERNAL
    for bids in (
        (Bid("1000000", "50000"), Bid("1100000", "65000")),  # one gets all, one a part
        (Bid("1000000", "50000"),),  # alone
        (Bid("1000000", "50000"), Bid("1100000", "40000", verdict="invalid")),  # alone in the ranking
    ):
        assert "mki_decides_nothing" not in [message.key for message in awarded(DISCOUNT, *bids).warnings]
    lowest = awarded(rules("lowest_price"), Bid("100", "50000"), Bid("90", "50000"))
    assert "mki_decides_nothing" not in [message.key for message in lowest.warnings]
