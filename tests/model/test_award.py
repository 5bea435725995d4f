"""Each method with its hand arithmetic: the oracles of DOMAIN 7 and the edges of each rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from cirkeldesk.model.award.award import Award, award, reversals
from cirkeldesk.model.award.break_even import break_even
from cirkeldesk.model.award.methods import METHODS, is_sound, missing_fields, parts_of
from cirkeldesk.model.award.penalty import penalty
from cirkeldesk.model.tender.award_rules import BY_QUALITY, Draw, Judgement, LadderStep, OwnSum, Score
from cirkeldesk.model.tender.tender import OfferedMki
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.comparison.rows import matrix_rows
from tests.awards import AT, LADDER, RWS, Bid, awarded, case_of, compared, criterion, ranks, rules, totals
from tests.build import SET_HASH, full, post

DISCOUNT = rules("mki_discount", lower=60_000, upper=100_000, maximum=200_000)


# --- laagste prijs, laagste kosten
# ---------------------------------------------------------------------------------


def test_lowest_price() -> None:
    found = awarded(rules("lowest_price"), Bid("1000000"), Bid("999999.99"), Bid("1000000.01"))
    assert totals(found) == {"v1": "1000000.00", "v2": "999999.99", "v3": "1000000.01"}
    assert ranks(found) == {"v1": 2, "v2": 1, "v3": 3}
    assert found.winner == "v2"


def test_an_empty_price_is_never_the_lowest_and_keeps_the_word_winner_away() -> None:
    found = awarded(rules("lowest_price"), Bid(None), Bid("10"))
    assert ranks(found) == {"v1": None, "v2": 1}
    assert [message.key for message in found.bid("v1").proposals] == ["price_empty"]
    assert found.winner is None
    assert awarded(rules("lowest_price"), Bid(None, verdict="invalid"), Bid("10")).winner == "v2"


def test_one_bid_wins_when_it_is_valid() -> None:
    found = awarded(rules("lowest_price"), Bid("10"))
    assert (found.winner, found.provisional) == ("v1", False)
    assert found.drop_out[0].ranking == ()


def test_equal_prices_stay_equal_without_a_rule() -> None:
    found = awarded(rules("lowest_price"), Bid("10"), Bid("10"), Bid("11"))
    assert ranks(found) == {"v1": 1, "v2": 1, "v3": 3}
    assert [found.bid(f"v{n}").tied for n in (1, 2, 3)] == [True, True, False]
    assert found.winner is None
    assert "award_tied_no_rule" in {message.key for message in found.warnings}


def test_later_costs_are_discounted() -> None:
    # 1,000 + 110/1.1 + 121/1.21 = 1,200; with one cost of 300 in year 3: 300/1.331 = 225.394… → 1,225.39
    lcc = rules("lowest_cost", rate=10, horizon=3)
    found = awarded(
        lcc,
        Bid("1000", costs=((1, "110"), (2, "121"))),
        Bid("1000", costs=((3, "300"),)),
        Bid("1150", costs=()),
    )
    assert totals(found) == {"v1": "1200.00", "v2": "1225.39", "v3": "1150.00"}
    assert found.winner == "v3"


def test_costs_not_given_are_not_zero_and_costs_beyond_the_horizon_do_not_count() -> None:
    lcc = rules("lowest_cost", rate=0, horizon=2)
    found = awarded(lcc, Bid("1000"), Bid("1000", costs=((1, "50"), (3, "999"))))
    assert totals(found) == {"v1": None, "v2": "1050.00"}
    assert [flag.key for flag in found.bid("v2").flags] == ["costs_beyond"]


# --- gunnen op waarde
# ----------------------------------------------------------------------------------------------


def test_value_oracles() -> None:
    # DOMAIN 7 [read]: 80,000 with 60 % of 2,500 → 78,500
    found = awarded(rules("value", criteria=(criterion("k1", 2500, RWS),)), Bid("80000", scores=("2",)))
    assert totals(found) == {"v1": "78500.00"}
    # [derived]: 10 M, 1 M scored 2, 500 k scored NR → 10 M − 600 k + 250 k = 9.65 M
    two = rules("value", criteria=(criterion("k1", 1_000_000, RWS), criterion("k2", 500_000, RWS)))
    found = awarded(two, Bid("10000000", scores=("2", "NR")))
    assert totals(found) == {"v1": "9650000.00"}
    assert [part.amount for part in found.bids[0].outcome.parts] == [  # type: ignore[union-attr]
        Decimal("-600000.00"),
        Decimal("250000.00"),
    ]


def test_zero_quality_changes_nothing_and_a_missing_score_is_not_zero() -> None:
    value = rules("value", criteria=(criterion("k1", 2500),))
    found = awarded(value, Bid("100", scores=(0,)), Bid("100"))
    assert totals(found) == {"v1": "100.00", "v2": None}
    assert found.bid("v2").missing.values() == {"criterion": "criterium k1"}  # type: ignore[union-attr]


def test_the_mean_of_assessors_needs_each_of_them() -> None:
    one = criterion("k1", 300, assessors=("A", "B", "C"), combine="mean")
    given = tuple(
        Score("v1", "k1", name, "m", percent=Decimal(p)) for name, p in (("A", 50), ("B", 60), ("C", 80))
    )
    # (50 + 60 + 80)/3 = 63.333 % of 300 = 190.00
    assert totals(awarded(rules("value", criteria=(one,)), Bid("1000"), scores=given)) == {"v1": "810.00"}
    assert totals(awarded(rules("value", criteria=(one,)), Bid("1000"), scores=given[:2])) == {"v1": None}


def test_cents_round_half_away_from_zero_per_part() -> None:
    # a third of 0.05 = 0.01666 → 0.02; 1 % of 0.50 = 0.005 → 0.01 (not 0.00)
    value = rules("value", criteria=(criterion("k1", "0.50"),))
    assert totals(awarded(value, Bid("10", scores=(1,)))) == {"v1": "9.99"}
    malus = rules("value", criteria=(criterion("k1", "0.01", RWS),))
    assert totals(awarded(malus, Bid("10", scores=("NR",)))) == {"v1": "10.01"}


# --- MKI-korting
# ---------------------------------------------------------------------------------------------------


def test_mki_discount_oracle() -> None:
    # DOMAIN 7 [derived]: bounds 60–100 k, Kmax 200 k: MKI 50/60/70/80/100 k → 200/200/150/100/0 k
    bids = [Bid("1000000", mki) for mki in ("50000", "60000", "70000", "80000", "100000", "120000")]
    found = awarded(DISCOUNT, *bids)
    assert list(totals(found).values()) == [
        "800000.00",
        "800000.00",
        "850000.00",
        "900000.00",
        "1000000.00",
        "1000000.00",
    ]


def test_the_sum_of_the_screen() -> None:
    # UX 6: 1,265,000 − 150,000 × (45,000 − 37,040.70)/15,000 = 1,265,000 − 79,593.00 = 1,185,407.00
    found = awarded(
        rules("mki_discount", lower=30_000, upper=45_000, maximum=150_000),
        Bid("1265000", "37040.70"),
        mki_decimals=2,
    )
    assert totals(found) == {"v1": "1185407.00"}


def test_the_mki_is_rounded_to_the_published_decimals_first() -> None:
    # 70,000.4 counts as 70,000 → 150,000; 70,000.5 as 70,001 → 149,995; half away from zero
    found = awarded(DISCOUNT, Bid("1000000", "70000.4"), Bid("1000000", "70000.5"))
    assert totals(found) == {"v1": "850000.00", "v2": "850005.00"}


def test_a_negative_mki_gets_no_more_than_the_maximum() -> None:
    assert totals(awarded(DISCOUNT, Bid("1000000", "-5000"))) == {"v1": "800000.00"}


def test_penalty_oracles() -> None:
    # 70 k promised, 80 k proven: 1.5 × (150 k − 100 k) = 75 k
    found = penalty(DISCOUNT, Decimal(70_000), Decimal(80_000))
    assert (found.advantage, found.amount) == (Decimal("50000.00"), Decimal("75000.00"))
    assert penalty(DISCOUNT, Decimal(70_000), Decimal(65_000)).amount == Decimal("0.00")
    # MKI-W: factor 2, 80 → 90 k proven → 1.5 × 2 × 10 k = 30 k
    assert (
        penalty(rules("mki_w", factor=2, negative_mki="allow"), Decimal(80_000), Decimal(90_000)).amount
        == 30_000
    )
    assert penalty(rules("lowest_price"), Decimal(1), Decimal(2)).amount is None


# --- MKI-W
# ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("factor", "winner"), [("1", "v1"), ("2", "v2"), ("1.5", None)])
def test_mki_w_oracle(factor: str, winner: str | None) -> None:
    # A 1.00 M + 120 k, B 1.06 M + 80 k: factor 1 → A, 2 → B, break-even 1.5
    found = awarded(
        rules("mki_w", factor=factor, negative_mki="clamp"), Bid("1000000", "120000"), Bid("1060000", "80000")
    )
    assert found.winner == winner


def test_a_negative_mki_is_clamped_or_allowed_as_published() -> None:
    for rule, total in (("clamp", "1000.00"), ("allow", "980.00")):
        assert totals(awarded(rules("mki_w", factor=2, negative_mki=rule), Bid("1000", "-10"))) == {
            "v1": total
        }


# --- plafond
# -------------------------------------------------------------------------------------------------------


def test_equal_to_the_ceiling_is_valid_at_the_published_decimals() -> None:
    ceiling = rules("lowest_price", ceiling=45_000)
    found = awarded(
        ceiling,
        Bid("10", "45000.4", verdict=None),
        Bid("11", "45000.5", verdict=None),
        Bid("12", verdict=None),
    )
    proposed = {bid.id: [message.key for message in bid.proposals] for bid in found.bids}
    assert proposed == {"v1": [], "v2": ["above_ceiling"], "v3": ["mki_unknown"]}
    assert [flag.key for flag in found.bid("v1").flags] == ["near_ceiling"]
    assert found.provisional
    assert found.winner is None


def test_a_knocked_out_best_price_no_longer_leads() -> None:
    ceiling = rules("relative", ceiling=50_000, criteria=(criterion("k1", 60),), price_weight=40)
    bids = [
        Bid("100", "60000", scores=(50,)),
        Bid("200", "40000", scores=(50,)),
        Bid("250", "40000", scores=(80,)),
    ]
    # with v1: best price 100. v2 30 + 40 × 100/200 = 50; v3 48 + 16 = 64
    assert totals(awarded(ceiling, *bids))["v2"] == "50.00"
    out = [Bid("100", "60000", scores=(50,), verdict="invalid"), *bids[1:]]
    # without it the best is 200: v2 30 + 40 = 70, v3 48 + 32 = 80
    found = awarded(ceiling, *out)
    assert (totals(found)["v2"], totals(found)["v3"]) == ("70.00", "80.00")
    assert ranks(found) == {"v1": None, "v2": 2, "v3": 1}


# --- CO2-Prestatieladder
# -------------------------------------------------------------------------------------------


def test_ladder_oracle() -> None:
    # 30 M at 4 % → 28.8 M beats 29 M
    found = awarded(rules("ladder", ladder=LADDER), Bid("30000000", level=3), Bid("29000000", level=0))
    assert totals(found) == {"v1": "28800000.00", "v2": "29000000.00"}
    assert found.winner == "v1"


def test_another_table_and_levels_between() -> None:
    skao = tuple(LadderStep(level, Decimal(p)) for level, p in ((3, 5), (4, 10), (5, 15)))
    found = awarded(
        rules("ladder", ladder=skao),
        Bid("100", level=2),
        Bid("100", level=3),
        Bid("100", level=7),
        Bid("100"),
    )
    assert totals(found) == {"v1": "100.00", "v2": "95.00", "v3": "85.00", "v4": None}


def test_parts_combine_in_one_fixed_order() -> None:
    both = rules(
        "mki_discount",
        lower=60_000,
        upper=100_000,
        maximum=200_000,
        also=("ladder", "quality"),
        ladder=LADDER,
        criteria=(criterion("k1", 50_000),),
    )
    assert parts_of(both) == ("quality", "mki_discount", "ladder")
    # 1,000,000 − 25,000 − 100,000 − 4 % of the bid's own sum (40,000) = 835,000
    found = awarded(both, Bid("1000000", "80000", scores=(50,), level=3))
    assert totals(found) == {"v1": "835000.00"}


# --- punten
# --------------------------------------------------------------------------------------------------------

ABSOLUTE = rules(
    "weighted",
    criteria=(criterion("k1", 60),),
    price_weight=40,
    price_low=800_000,
    price_high=1_200_000,
    outside="clamp",
)


def test_weighted_within_at_and_outside_the_bounds() -> None:
    # 60 × 0.5 = 30; price 900 k: 40 × 300/400 = 30; 800 k → 40; 1.2 M → 0; 700 k stays 40; 1.3 M stays 0
    bids = [Bid(price, scores=(50,)) for price in ("900000", "800000", "1200000", "700000", "1300000")]
    assert list(totals(awarded(ABSOLUTE, *bids)).values()) == ["60.00", "70.00", "30.00", "70.00", "30.00"]


def test_outside_the_price_bounds_may_propose_invalid() -> None:
    knock = replace(ABSOLUTE, outside="knock_out")
    found = awarded(
        knock, Bid("799999.99", scores=(50,), verdict=None), Bid("800000", scores=(50,), verdict=None)
    )
    assert [message.key for message in found.bid("v1").proposals] == ["price_outside"]
    assert found.bid("v2").proposals == ()


def test_price_points_oracle() -> None:
    # WP 60: 1.0 M → 60, 1.25 M → 48
    relative = rules("relative", criteria=(criterion("k1", 40),), price_weight=60)
    assert totals(awarded(relative, Bid("1000000", scores=(0,)), Bid("1250000", scores=(0,)))) == {
        "v1": "60.00",
        "v2": "48.00",
    }


def test_relative_reversal_oracle() -> None:
    # 60/40: A .90/1000, B .83/875, C .30/600 → 78.00/77.23/58.00, A wins; without C 89.00/89.80, B wins
    relative = rules("relative", criteria=(criterion("k1", 60),), price_weight=40)
    bids = [Bid("1000", scores=(90,)), Bid("875", scores=(83,)), Bid("600", scores=(30,))]
    found = awarded(relative, *bids)
    assert totals(found) == {"v1": "78.00", "v2": "77.23", "v3": "58.00"}
    assert found.winner == "v1"
    assert totals(awarded(relative, *bids[:2])) == {"v1": "89.00", "v2": "89.80"}
    assert reversals(found.bids, found.drop_out) == [("v3", "v2")]
    assert [(p.variant_id, p.rank) for p in next(d for d in found.drop_out if d.without == "v3").ranking] == [
        ("v2", 1),
        ("v1", 2),
    ]
    assert {"relative_method", "reversal"} <= {message.key for message in found.warnings}


def test_relative_linear() -> None:
    # 2 − 125/100 = 0.75 → 30; 2 − 250/100 < 0 → 0
    linear = rules("relative_linear", criteria=(criterion("k1", 60),), price_weight=40)
    bids = [Bid(price, scores=(0,)) for price in ("100", "125", "250")]
    assert list(totals(awarded(linear, *bids)).values()) == ["40.00", "30.00", "0.00"]


def test_logarithmic() -> None:
    # A 2: at twice the best price 1 − log 2/log 2 = 0; at four times −1 → −40; at √2 times one half
    log = rules("logarithmic", criteria=(criterion("k1", 60),), price_weight=40, log_base=2)
    bids = [Bid(price, scores=(0,)) for price in ("100", "200", "400", "141.42")]
    # 141.42/100: log2 = 0.499979… → 40 × 0.500021 = 20.00
    assert list(totals(awarded(log, *bids)).values()) == ["40.00", "0.00", "-40.00", "20.00"]


def test_mki_points_join_a_points_method() -> None:
    three = replace(
        ABSOLUTE, also=("mki_points",), lower=Decimal(60_000), upper=Decimal(100_000), mki_weight=Decimal(20)
    )
    # 30 + 20 × (100 − 70)/40 = 15 + 30
    assert totals(awarded(three, Bid("900000", "70000", scores=(50,)))) == {"v1": "75.00"}


def test_a_price_of_zero_cannot_be_divided_by() -> None:
    relative = rules("relative", criteria=(criterion("k1", 60),), price_weight=40)
    found = awarded(relative, Bid("0", scores=(50,)), Bid("10", scores=(50,)))
    assert totals(found) == {"v1": None, "v2": "70.00"}


def test_points_have_the_decimals_of_the_tender() -> None:
    three = rules("relative", criteria=(criterion("k1", 60),), price_weight=40, points_decimals=4)
    assert totals(awarded(three, Bid("875", scores=(83,)), Bid("600", scores=(0,))))["v1"] == "77.2286"


# --- ties
# ----------------------------------------------------------------------------------------------------------


def test_tie_rules_decide_in_their_order() -> None:
    level = rules("value", criteria=(criterion("k1", 100),), tie_rules=("lowest_mki", "highest_quality"))
    bids = [Bid("1000", "50", scores=(0,)), Bid("1050", "50", scores=(50,)), Bid("1020", "60", scores=(20,))]
    assert set(totals(awarded(level, *bids)).values()) == {"1000.00"}
    assert ranks(awarded(level, *bids)) == {"v1": 2, "v2": 1, "v3": 3}


def test_a_tie_rule_that_cannot_look_at_all_decides_nothing() -> None:
    level = rules("lowest_price", tie_rules=("lowest_mki",))
    assert awarded(level, Bid("10", "5"), Bid("10")).winner is None
    # at the published decimals both are 5: still level
    assert awarded(level, Bid("10", "5.1"), Bid("10", "4.9")).winner is None


def test_a_lottery_decides_among_those_it_was_held_for() -> None:
    level = rules("lowest_price", tie_rules=("lowest_mki", "lot"))
    bids = (Bid("10", "5"), Bid("10", "5"), Bid("10", "6"))
    assert awarded(level, *bids).winner is None
    drawn = awarded(level, *bids, draws=(Draw(("v2", "v1"), "notaris", "tester", AT),))
    assert ranks(drawn) == {"v1": 2, "v2": 1, "v3": 3}
    assert drawn.winner == "v2"
    other = awarded(level, *bids, draws=(Draw(("v3", "v1"), "notaris", "tester", AT),))
    assert other.winner is None


# --- which MKI, and who decides
# ------------------------------------------------------------------------------------


def _computed(**more: object) -> Award:
    """A bid whose MKI is our own sum: 10 per ton on one ton, from a profile."""
    case = case_of(rules("mki_w", factor=1, negative_mki="clamp", **more), [Bid("1000")])
    answer = case.answer(full({"A1-A3": 10.0}))
    variant = case.tender.variants[0]
    made = replace(variant, answers=(answer,))
    case.tender = replace(
        case.tender, variants=(made,), posts=(post(life="work"),), ask=replace(case.tender.ask, mki_per="ton")
    )
    found = award(case.compare())
    assert found is not None
    return found


def test_an_own_sum_does_not_award_unless_prescribed_and_confirmed() -> None:
    found = _computed()
    assert found.bids[0].missing.key == "own_sum_not_prescribed"  # type: ignore[union-attr]
    found = _computed(own_sum=OwnSum("Leidraad 3.2", "another set", "P. Voorbeeld", "bron"))
    # the test's set has its only weight confirmed but names no person: another set's confirmation does not
    # help
    assert found.bids[0].missing.key == "own_sum_unconfirmed"  # type: ignore[union-attr]
    found = _computed(own_sum=OwnSum("", SET_HASH, "P. Voorbeeld", "bron"))
    assert found.bids[0].missing.key == "own_sum_unconfirmed"  # type: ignore[union-attr]
    found = _computed(own_sum=OwnSum("Leidraad 3.2", SET_HASH, "P. Voorbeeld", "bron"))
    assert str(found.bids[0].outcome.total) == "1010.00"  # type: ignore[union-attr]
    assert "award_own_sum" in {message.key for message in found.warnings}


def test_the_offered_mki_counts_and_not_our_check() -> None:
    case = case_of(rules("mki_w", factor=1, negative_mki="clamp"), [Bid("1000")])
    answer = replace(case.answer(full({"A1-A3": 10.0})), mki=OfferedMki(total=8.0))
    variant = replace(case.tender.variants[0], answers=(answer,))
    ask = replace(case.tender.ask, mki_per="ton")
    case.tender = replace(case.tender, variants=(variant,), posts=(post(life="work"),), ask=ask)
    comparison = case.compare()
    assert comparison.variants[0].check.value == pytest.approx(10.0)
    found = award(comparison)
    assert found is not None
    assert str(found.bids[0].outcome.total) == "1008.00"  # type: ignore[union-attr]


def test_an_incomparable_mki_only_proposes() -> None:
    found = awarded(
        DISCOUNT,
        Bid("10", "70000", more={"equal": "no", "equal_reason": "andere klasse"}, verdict=None),
        Bid("12", "70000"),
    )
    assert "mki_not_comparable" in {message.key for message in found.bid("v1").proposals}
    assert found.bid("v1").validity == "open"


def test_an_unusually_low_price_is_flagged_never_dropped() -> None:
    found = awarded(rules("lowest_price"), Bid("80"), Bid("100"), Bid("101"))
    assert [flag.key for flag in found.bid("v1").flags] == ["unusually_low"]
    assert found.winner == "v1"
    assert awarded(rules("lowest_price"), Bid("80.01"), Bid("100")).bid("v1").flags == ()


def test_the_last_judgement_counts_and_an_open_one_makes_it_provisional() -> None:
    found = awarded(rules("lowest_price"), Bid("10", verdict=None), Bid("11"))
    assert (found.provisional, found.winner, found.bid("v1").rank) == (True, None, 1)
    case = case_of(rules("lowest_price"), [Bid("10"), Bid("11")])
    again = Judgement("v1", "invalid", "handtekening ontbreekt", "4.1", "P. Voorbeeld", "tester", AT)
    case.tender = replace(case.tender, judgements=(*case.tender.judgements, again))
    found_after = award(case.compare())
    assert found_after is not None
    assert found_after.winner == "v2"


def test_not_locked_or_not_opened_has_no_winner() -> None:
    for missing in ("lock", "opened"):
        found = awarded(rules("lowest_price"), Bid("10"), **{missing: None})
        assert (found.winner, found.provisional) == (None, True)


def test_sealed_prices_give_no_award() -> None:
    comparison = compared(
        rules("lowest_price"), Bid("10"), Bid("11"), opened=None, sealed_until="2026-12-12T10:00+01:00"
    )
    assert award(comparison) is None
    assert [v.price for v in comparison.variants] == [None, None]
    assert {v.price_state.state for v in comparison.variants} == {"sealed"}
    assert all(v.price is None for v in comparison.tender.variants)


def test_rules_that_lack_a_value_or_stand_the_wrong_way_round_are_not_computed() -> None:
    assert missing_fields(rules("mki_discount", lower=1)) == ("upper", "maximum")
    assert not is_sound(rules("mki_discount", lower=100, upper=60, maximum=5))
    assert not is_sound(rules("mki_discount", lower=60, upper=60, maximum=5))
    assert award(compared(rules("mki_discount", lower=1), Bid("10", "5"))) is None


# --- what turns it
# -------------------------------------------------------------------------------------------------


def test_break_even_of_the_discount() -> None:
    # v1 1,000,000 − 150,000 (MKI 70 k) = 850,000; v2 900,000 − 0 (100 k) = 900,000.
    found = awarded(DISCOUNT, Bid("1000000", "70000"), Bid("900000", "100000"))
    turning = break_even(found)
    assert [(t.pair, t.price) for t in turning] == [(("v1", "v2"), Decimal("1050000.00"))]
    # level at a discount of 100,000: MKI 80,000
    assert turning[0].mki == Decimal(80_000)


def test_break_even_that_no_mki_reaches_is_none() -> None:
    found = awarded(DISCOUNT, Bid("500000", "70000"), Bid("900000", "100000"))
    assert break_even(found)[0].mki is None
    assert break_even(found)[0].price == Decimal("1050000.00")


def test_break_even_of_a_relative_method_follows_the_best_price() -> None:
    relative = rules("relative", criteria=(criterion("k1", 60),), price_weight=40)
    found = awarded(relative, Bid("1000", scores=(90,)), Bid("875", scores=(83,)), Bid("600", scores=(30,)))
    first = next(t for t in break_even(found) if t.pair == ("v1", "v2"))
    # 54 + 24000/P rounded = 49.8 + 27.43 = 77.23 → 24000/P ≤ 23.235 → P ≥ 1032.92…
    assert first.price is not None
    assert 54 + Fraction(24000) / Fraction(first.price) < Fraction("77.235")
    assert 54 + Fraction(24000) / Fraction(first.price - Decimal("0.01")) >= Fraction("77.235")


def test_the_mki_of_a_product_of_decimals_rounds_as_on_paper() -> None:
    # 1.15 € per ton × 50 ton = 57.5 → 58, though the float product lies just below it; 1.13 × 150 = 169.5 →
    # 170
    for rate, tons, mki in ((1.15, 50.0, "58"), (1.13, 150.0, "170"), (1.005, 100.0, "101")):
        case = case_of(rules("mki_w", factor=1, negative_mki="clamp"), [Bid("1000")])
        variant = replace(case.tender.variants[0], answers=(case.answer(rate),))
        ask = replace(case.tender.ask, mki_per="ton")
        case.tender = replace(
            case.tender, variants=(variant,), posts=(post(tons=tons, life="work"),), ask=ask
        )
        found = award(case.compare())
        assert found is not None
        assert str(found.bids[0].figures.mki) == mki


def test_break_even_far_away_and_beside_a_valid_bid_that_does_not_compute() -> None:
    rich = rules("value", criteria=(criterion("k1", 1_000_000),))
    found = awarded(rich, Bid("100", scores=(100,)), Bid("100", scores=(0,)))
    assert break_even(found)[0].price == Decimal("1000100.00")
    relative = rules("relative", criteria=(criterion("k1", 40),), price_weight=60)
    found = awarded(relative, Bid("1000", scores=(80,)), Bid("1100", scores=(60,)), Bid("500"))
    # the 500 stays the lowest price: 32 + 30000/P = 24 + 27.27 = 51.27 → P = 30000/19.275 = 1556.42…
    assert break_even(found)[0].price is not None
    assert Decimal(1556) < (break_even(found)[0].price or 0) < Decimal(1557)


def test_a_zero_price_in_a_filled_in_sum_is_not_the_lowest() -> None:
    relative = rules("relative", criteria=(criterion("k1", 40),), price_weight=60)
    found = awarded(relative, Bid("0", scores=(0,)), Bid("1000", scores=(0,)))
    assert "60 × € 1.000,00 / € 1.000,00 = 60,00 punten" in awarding.filled_in(found, found.bid("v2"))[
        1
    ].replace("\u00a0", " ")


def test_the_table_of_methods_and_the_rules_agree_on_quality() -> None:
    assert {code for code, method in METHODS.items() if "quality" in method.parts} == BY_QUALITY


def test_our_own_work_left_never_proposes_a_bid_invalid() -> None:
    value = rules("value", criteria=(criterion("k1", 2500),))
    assert awarded(value, Bid("100", verdict=None)).bid("v1").proposals == ()
    negative = rules("mki_w", factor=1, negative_mki="allow")
    found = awarded(replace(negative, negative_mki="clamp"), Bid("100", "-5", verdict=None))
    assert found.bid("v1").proposals == ()


def test_an_invalid_bid_leads_no_conclusion() -> None:
    comparison = compared(
        rules("lowest_price"), Bid("10", "5", verdict="invalid"), Bid("12", "6"), Bid("13", "7")
    )
    assert {v.id: v.rank for v in comparison.variants} == {"v1": None, "v2": 1, "v3": 2}
    assert comparison.conclusion.values()["name"] == "variant 2"
    assert comparison.conclusion.values()["group"] == 2
    price = next(row for row in matrix_rows(comparison) if row.key == "price")
    assert [cell.mark for cell in price.cells] == [None, "laagste", None]
    first = next(row for row in matrix_rows(comparison) if row.key == "comparable")
    assert first.cells[0].text == "ongeldig verklaard"


def test_the_penalty_on_paper_is_the_sum_on_paper() -> None:
    # 1/3 of 100 = 33.333 → advantage 33.33; 1.5 × 33.33 = 49.995 → 50.00
    thirds = rules("mki_discount", lower=0, upper=3, maximum=100)
    found = penalty(thirds, Decimal(1), Decimal(2))
    assert (found.advantage, found.amount) == (Decimal("33.33"), Decimal("50.00"))
    assert awarding.penalty_sentence(thirds, found).endswith(
        "1,5 × €\u00a033,33 onterecht voordeel = €\u00a050,00."
    )


def test_filled_in_sums_have_the_sign_they_have() -> None:
    value = rules(
        "value", criteria=(criterion("k1", 1000, RWS), criterion("k2", 1000, RWS), criterion("k3", 10, RWS))
    )
    found = awarded(value, Bid("5000", scores=("2", "NR", "0")))
    assert [line.replace("\u00a0", " ") for line in awarding.filled_in(found, found.bids[0])] == [
        "criterium k1: 60 % van € 1000 = € 600,00",
        "criterium k2: −50 % van € 1000 = € −500,00",
        "criterium k3: 0 % van € 10 = € 0,00",
        "Fictieve prijs: € 5.000,00 − € 600,00 + € 500,00 = € 4.900,00",
    ]
