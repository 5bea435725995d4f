"""Proven MKI and its consequence, each case worked out by hand (CHAIN 3)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.contract.contract import (
    CallOff,
    ContractTerms,
    Ended,
    Exercised,
    Framework,
    MixChange,
    OrderedQuantity,
)
from cirkeldesk.model.fulfilment.consequence import consequence
from cirkeldesk.model.fulfilment.orders import orders, outside, whole
from cirkeldesk.model.fulfilment.proof import proof
from cirkeldesk.model.monitor.ranges import Range
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.tender.tender import ProductRef, Tender
from tests.build import ZEROES, full, post
from tests.contract.contracts import bid_of, contract, delivered, found, mix, proven, with_rules

TERMS = ContractTerms("Leidraad", "14", Decimal("1.5"))
BOUNDS = {
    "method": "mki_discount",
    "lower": Decimal(60_000),
    "upper": Decimal(100_000),
    "maximum": Decimal(200_000),
}


def test_the_rate_is_weighed_by_what_was_delivered() -> None:
    """1,000 t promised 8.00; delivered 600 t at 8.00 and 500 t at 9.00: (4,800 + 4,500) ÷ 1,100."""
    made = proven(bid_of(8.0), delivered("d1", 600, 8.0), delivered("d2", 500, 9.0))
    assert made.promised == pytest.approx(8000.0)
    assert made.at_bid == pytest.approx(8454.545454545455)
    assert made.at_real == pytest.approx(9300.0)
    assert made.posts[0].part == pytest.approx(1.1)


def test_the_consequence_stands_at_the_level_of_the_sum() -> None:
    """8,454.55 + 3,500 = 11,954.55 is no more than the 12,000 that was promised: nothing is due."""
    case = with_rules(bid_of(8.0, 4.0), method="mki_w", factor=Decimal(1), negative_mki="allow")
    made = proven(
        case,
        delivered("d1", 600, 8.0),
        delivered("d2", 500, 9.0),
        delivered("d3", 1000, 3.5, post="p2"),
    )
    assert made.promised == pytest.approx(12_000)
    assert made.at_bid == pytest.approx(11_954.545454545455)
    said = consequence(case.tender, TERMS, made)
    assert said.amount == Decimal("0.00")
    assert said.complete


@pytest.mark.parametrize(
    ("promised", "shown", "amount"),
    [
        (70.0, 80.0, "75000.00"),  # 150,000 − 100,000 = 50,000 × 1.5
        (50.0, 58.0, "0.00"),  # both under the lower bound: no advantage was lost
        (50.0, 65.0, "37500.00"),  # 200,000 − 175,000
        (95.0, 130.0, "37500.00"),  # 25,000 − 0
        (80.0, 80.0, "0.00"),
    ],
)
def test_a_penalty_is_one_and_a_half_times_the_advantage_that_was_lost(
    promised: float, shown: float, amount: str
) -> None:
    case = with_rules(bid_of(promised), **BOUNDS)
    said = consequence(case.tender, TERMS, proven(case, delivered("d1", 1000, shown)))
    assert said.amount == Decimal(amount)


def test_without_document_and_page_there_is_no_amount() -> None:
    case = with_rules(bid_of(70.0), **BOUNDS)
    made = proven(case, delivered("d1", 1000, 80.0))
    for terms in (
        ContractTerms(),
        ContractTerms("Leidraad", "", Decimal("1.5")),
        ContractTerms("Leidraad", "14"),
    ):
        said = consequence(case.tender, terms, made)
        assert (said.amount, said.why) == (None, "not_published")


@pytest.mark.parametrize(
    "rules",
    [
        {"method": "lowest_price", "ceiling": Decimal(90_000)},
        {"method": "weighted", "mki_weight": Decimal(40), "price_weight": Decimal(60)},
        {"method": "relative", "also": ("mki_points",), "mki_weight": Decimal(40)},
    ],
)
def test_points_and_a_mere_ceiling_have_no_rule_in_euros(rules: dict[str, object]) -> None:
    case = with_rules(bid_of(70.0), **rules)
    said = consequence(case.tender, TERMS, proven(case, delivered("d1", 1000, 80.0)))
    assert (said.amount, said.why) == (None, "in_points")


def test_a_cap_makes_it_less_and_says_so() -> None:
    case = with_rules(bid_of(70.0), **BOUNDS)
    made = proven(case, delivered("d1", 1000, 80.0))
    said = consequence(case.tender, replace(TERMS, cap=Decimal("10000.00")), made)
    assert (said.amount, said.capped) == (Decimal("10000.00"), True)


def test_a_bonus_is_the_same_rule_the_other_way() -> None:
    """80 promised, 70 proven: 150,000 − 100,000 = 50,000 × 0.5."""
    case = with_rules(bid_of(80.0), **BOUNDS)
    terms = ContractTerms("Leidraad", "15", bonus_factor=Decimal("0.5"))
    said = consequence(case.tender, terms, proven(case, delivered("d1", 1000, 70.0)))
    assert said.amount == Decimal("-25000.00")
    without = consequence(case.tender, TERMS, proven(case, delivered("d1", 1000, 70.0)))
    assert without.amount == Decimal("0.00")


def test_a_post_not_delivered_stands_at_its_promise() -> None:
    made = proven(bid_of(8.0, 4.0), delivered("d1", 1000, 9.0))
    assert made.at_bid == pytest.approx(9000 + 4000)
    assert made.at_real == pytest.approx(9000)
    assert [one.state for one in made.posts] == ["proven", "as_promised"]
    said = consequence(bid_of(8.0, 4.0).tender, TERMS, made)
    assert not said.complete


def test_what_nobody_accepted_proves_nothing() -> None:
    for accepted in (None, False):
        made = proven(bid_of(8.0), delivered("d1", 1000, 9.0, accepted=accepted))
        assert made.posts[0].state == "as_promised"
        assert not made.delivered
        assert made.masses.whole == 0


def test_evidence_missing_is_not_a_bad_value() -> None:
    made = proven(bid_of(8.0), delivered("d1", 1000, None))
    assert made.posts[0].state == "not_proven"
    assert made.at_bid is None
    said = consequence(bid_of(8.0).tender, TERMS, made)
    assert (said.amount, said.why) == (None, "not_proven")


def test_another_set_or_other_rules_are_not_compared() -> None:
    case = bid_of(8.0, rules="Bepalingsmethode 1.1")
    for more in ({"set_code": "A2"}, {"rules": "PCR 3.0"}):
        stated = replace(case.tender.variants[0].basis, rules="Bepalingsmethode 1.1")
        case.tender = replace(case.tender, variants=(replace(case.tender.variants[0], basis=stated),))
        made = proven(case, delivered("d1", 1000, 9.0, **more))
        assert made.posts[0].state == "not_comparable", more
        assert made.posts[0].why is not None
        assert made.at_bid is None


def test_a_return_cites_its_delivery_and_takes_it_off() -> None:
    made = proven(
        bid_of(8.0),
        delivered("d1", 600, 8.0),
        delivered("d2", 500, 9.0),
        delivered("d3", -500, 9.0, of="d2"),
    )
    assert made.at_bid == pytest.approx(8000)
    assert made.at_real == pytest.approx(4800)


def test_all_returned_gives_no_rate_and_below_nothing_is_a_finding() -> None:
    nothing = proven(bid_of(8.0), delivered("d1", 600, 9.0), delivered("d2", -600, 9.0, of="d1"))
    assert nothing.posts[0].state == "as_promised"
    assert nothing.at_bid == pytest.approx(8000)
    below = proven(bid_of(8.0), delivered("d1", 600, 9.0), delivered("d2", -700, 9.0, of="d1"))
    assert below.posts[0].state == "not_proven"
    assert below.posts[0].why is not None
    assert below.posts[0].why.key == "delivery_below_nothing"


def test_a_correction_lies_over_what_was_wrong() -> None:
    made = contract(delivered("d1", 600, 8.0), delivered("d2", 6000, 8.0, replaces="d1"))
    assert [one.id for one in made.standing] == ["d2"]
    case = bid_of(8.0)
    assert proof(found(case, made), whole(case.tender)).at_real == pytest.approx(48_000)


def test_faulty_work_proves_nothing_and_was_used_all_the_same() -> None:
    """600 t faulty at 12.00, 1,000 t at 8.00: at bid 8.00 alone; really 1,600 t and 7,200 + 8,000."""
    made = proven(bid_of(8.0), delivered("d1", 600, 12.0, faulty=True), delivered("d2", 1000, 8.0))
    assert made.at_bid == pytest.approx(8000)
    assert made.at_real == pytest.approx(15_200)
    assert made.masses.whole == pytest.approx(1600)


def test_a_product_is_weighed_as_a_bid_would_be() -> None:
    """The profile of the product that came: 6.00 per ton in A1-A3, by the set that was asked."""
    case = bid_of(8.0)
    came = case.pinned(full({"A1-A3": 6.0}, id="came"))
    made = proven(case, delivered("d1", 500, None, product=came))
    assert made.at_bid == pytest.approx(6000)
    assert made.at_real == pytest.approx(3000)


def test_a_product_of_another_set_is_not_compared() -> None:
    case = bid_of(8.0)
    rows = tuple(DeclaredValue("GWP-total", module, 1.0, unit="kg CO2-eq") for module in ZEROES)
    other = replace(full({}, id="a2"), declarations=(Declaration("A2", rows, category="1"),))
    made = proven(case, delivered("d1", 500, None, product=case.pinned(other)))
    assert made.posts[0].state == "not_comparable"


def test_a_declaration_that_expired_before_the_delivery_is_said() -> None:
    case = bid_of(8.0)
    came = case.pinned(replace(full({"A1-A3": 6.0}, id="old"), valid_until="2027-04-30"))
    made = proven(case, delivered("d1", 500, None, product=came, evidence=""))
    assert {one.key for one in made.findings} == {"delivery_expired", "delivery_no_evidence"}
    assert made.at_bid == pytest.approx(6000)


def test_an_accepted_change_of_mix_is_an_edition_of_the_promise() -> None:
    """p1 from 8.00 to 8.50 by a change somebody accepted: 8,500 + 4,000."""
    change = MixChange("p1", "2027-03-01", "mengsel niet meer leverbaar", "proefvak 3", "officer", mki=8.5)
    made = proven(bid_of(8.0, 4.0), delivered("d1", 1000, 8.5), changes=(change,))
    assert made.promised == pytest.approx(12_500)
    assert made.at_bid == pytest.approx(12_500)


def test_a_framework_promises_per_unit_and_each_call_off_stands_alone() -> None:
    """Promised 8.00 per ton; called off 200 t and 300 t; delivered at 9.00 and 7.00."""
    case = bid_of(8.0)
    made = contract(
        delivered("d1", 200, 9.0, call_off="a"),
        delivered("d2", 150, 7.0, call_off="b"),
        framework=Framework(("Gemeente Noord", "Gemeente Zuid")),
        call_offs=(
            CallOff("a", "Gemeente Noord", "2027-02-01", (OrderedQuantity("p1", 200.0),)),
            CallOff("b", "Gemeente Zuid", "2028-02-01", (OrderedQuantity("p1", 300.0),)),
        ),
    )
    bases = found(case, made)
    ordered = orders(made, case.tender, bases.bid)
    assert [(one.key, one.organisation) for one in ordered] == [
        ("a", "Gemeente Noord"),
        ("b", "Gemeente Zuid"),
    ]
    one, other = (proof(bases, order) for order in ordered)
    assert (one.promised, one.at_bid, one.at_real) == pytest.approx((1600, 1800, 1800))
    assert (other.promised, other.at_bid, other.at_real) == pytest.approx((2400, 2100, 1050))


def test_an_option_counts_when_it_is_exercised_as_an_order_of_its_own() -> None:
    case = bid_of(8.0, 4.0)
    option = replace(post("p2", 1000.0), kind="option")
    case.tender = replace(case.tender, posts=(case.tender.posts[0], option))
    made = contract()
    assert [set(one.parts) for one in orders(made, case.tender, found(case, made).bid)] == [{"p1"}]
    taken = replace(made, exercised=(Exercised("p2", "2029-06-01"),))
    ordered = orders(taken, case.tender, found(case, taken).bid)
    assert [(one.key, one.on, set(one.parts)) for one in ordered] == [
        ("", "2027-01-15", {"p1"}),
        ("p2", "2029-06-01", {"p2"}),
    ]


def test_tons_by_origin_of_what_came_are_ranges() -> None:
    """600 t of 50 % primary and 30 % secondary; 20 % is not stated and may be either."""
    case = bid_of(8.0)
    came = case.pinned(mix("m", 0.5, 0.3))
    made = proven(case, delivered("d1", 600, 8.0, product=came))
    assert made.masses.primary_abiotic.low == pytest.approx(300)
    assert made.masses.primary_abiotic.high == pytest.approx(420)
    assert made.masses.secondary.low == pytest.approx(180)
    assert made.masses.known == pytest.approx(480)


def test_without_a_composition_all_may_be_anything() -> None:
    made = proven(bid_of(8.0), delivered("d1", 600, 8.0))
    assert made.masses.primary_abiotic == Range(0.0, 600.0)
    assert made.masses.known == 0.0


def test_a_unit_the_post_does_not_have_is_said() -> None:
    made = proven(bid_of(8.0), delivered("d1", 600, 8.0, unit="piece"))
    assert "delivery_unit" in {one.key for one in made.findings}


def test_a_delivery_in_a_unit_the_post_lacks_proves_nothing() -> None:
    made = proven(bid_of(8.0), delivered("d1", 600, 8.0, unit="piece"))
    assert made.posts[0].state == "not_comparable"
    assert made.posts[0].why is not None
    assert made.posts[0].why.key == "delivery_unit"
    assert made.at_bid is None


def test_a_return_is_of_what_came_whatever_its_own_line_says() -> None:
    """500 t at 9.00 less 200 t of them, with another rate or none on the line: 300 t at 9.00."""
    for rate in (9.0, 4.0, None):
        made = proven(
            bid_of(8.0), delivered("d1", 500, 9.0), delivered("d2", -200, rate, of="d1", evidence="bon")
        )
        assert made.at_bid == pytest.approx(9000), rate
        assert made.at_real == pytest.approx(2700), rate


def test_a_return_makes_no_figure_wider() -> None:
    """600 t of 50 % primary and 20 % unknown, 200 t of them back: 400 t, so 200–280 t primary."""
    case = bid_of(8.0)
    came = case.pinned(mix("m", 0.5, 0.3))
    made = proven(
        case,
        delivered("d1", 600, 8.0, product=came),
        delivered("d2", -200, None, of="d1", date="2028-02-01"),
    )
    assert made.masses.primary_abiotic.low == pytest.approx(200)
    assert made.masses.primary_abiotic.high == pytest.approx(280)
    back = made.by_year["2028"].masses  # of a later year by itself: less by 100 to 140 t
    assert (back.primary_abiotic.low, back.primary_abiotic.high) == pytest.approx((-140, -100))


def test_a_return_is_of_the_delivery_as_it_was_corrected() -> None:
    made = proven(
        bid_of(8.0),
        delivered("d1", 500, 9.0),
        delivered("d2", 500, 7.0, replaces="d1"),
        delivered("d3", -100, None, of="d1"),
    )
    assert made.at_real == pytest.approx(2800)


@pytest.mark.parametrize(
    ("original", "correction", "standing"),
    [
        (True, True, ["d2"]),
        (True, False, ["d1", "d2"]),  # refused: what was accepted stays in the proof
        (True, None, ["d1", "d2"]),  # until somebody judges the correction
        (None, None, ["d2"]),
        (False, None, ["d2"]),
        (None, False, ["d1", "d2"]),
    ],
)
def test_only_an_accepted_correction_takes_the_place_of_what_was_accepted(
    original: bool | None, correction: bool | None, standing: list[str]
) -> None:
    made = contract(
        delivered("d1", 600, 8.0, accepted=original),
        delivered("d2", 500, 9.0, replaces="d1", accepted=correction),
    )
    assert [one.id for one in made.standing] == standing
    case = bid_of(8.0)
    counted = sum(one.is_used for one in found(case, made).deliveries)
    assert counted <= 1


def test_a_correction_of_a_correction_takes_the_place_of_both() -> None:
    made = contract(
        delivered("d1", 600, 8.0),
        delivered("d2", 500, 9.0, replaces="d1", accepted=False),
        delivered("d3", 400, 7.0, replaces="d2"),
    )
    assert [one.id for one in made.standing] == ["d3"]


def test_faulty_work_alone_was_used_and_stands_at_its_promise() -> None:
    made = proven(bid_of(8.0), delivered("d1", 600, 12.0, faulty=True))
    assert made.posts[0].state == "as_promised"
    assert made.at_bid == pytest.approx(8000)
    assert made.at_real == pytest.approx(7200)
    said = consequence(bid_of(8.0).tender, TERMS, made)
    assert (said.amount, said.why) == (None, "nothing_delivered")


def test_a_change_of_mix_counts_from_its_day() -> None:
    """The last by its day, not by its place; what came before it came of the mix that was offered."""
    case = bid_of(8.0)
    case.tender = replace(case.tender, products=(mix("new", 0.2, 0.8),))
    later = MixChange("p1", "2027-06-01", "g", "e", "officer", ProductRef("new"), 8.5)
    earlier = MixChange("p1", "2027-03-01", "g", "e", "officer", None, 8.2)
    made = proven(
        case,
        delivered("d1", 100, 8.0, date="2027-05-01"),
        delivered("d2", 100, 8.5, date="2027-07-01"),
        changes=(later, earlier),
    )
    assert made.promised == pytest.approx(8500)
    assert made.masses.secondary.low == pytest.approx(80)  # of the second delivery alone
    assert made.masses.secondary.high == pytest.approx(180)


def test_what_belongs_to_no_order_or_day_is_said() -> None:
    case = bid_of(8.0, 4.0)
    option = replace(post("p2", 1000.0), kind="option")
    case.tender = replace(case.tender, posts=(case.tender.posts[0], option))
    of_option = delivered("d1", 10, 4.0, post="p2")
    keys = [one.key for one in outside(contract(of_option), case.tender)]
    assert keys == ["delivery_no_option"]
    taken = contract(of_option, exercised=(Exercised("p2", "2027-02-01"),))
    assert not list(outside(taken, case.tender))
    early = contract(delivered("d1", 10, 4.0, date="2027-01-01"))
    assert [one.key for one in outside(early, case.tender)] == ["delivery_before_award"]
    ended = contract(delivered("d1", 10, 4.0), ended=Ended("2027-04-30", "faillissement (verzonnen)"))
    assert [one.key for one in outside(ended, case.tender)] == ["delivery_after_end"]


def test_a_framework_names_its_participants_and_every_delivery_its_call_off() -> None:
    case = bid_of(8.0)
    made = contract(
        delivered("d1", 200, 9.0),
        delivered("d2", 200, 9.0, call_off="a"),
        framework=Framework(("Gemeente Noord",)),
        call_offs=(
            CallOff("a", " gemeente noord", "2027-02-01", (OrderedQuantity("p1", 200.0),)),
            CallOff("b", "Gemeente Vreemd", "2027-02-01", (OrderedQuantity("p1", 300.0),)),
        ),
    )
    said = list(outside(made, case.tender))
    assert [one.key for one in said] == ["delivery_no_call_off", "framework_stranger"]
    assert dict(said[1].values())["name"] == "Gemeente Vreemd"


def test_many_deliveries_are_judged_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison looks at every pair of its variants: 400 deliveries declared in 40 ways are 40 variants,
    and never many in one comparison."""
    sizes = []

    def counting(tender: Tender, inputs: Inputs) -> Comparison:
        sizes.append(len(tender.variants))
        return compare(tender, inputs)

    monkeypatch.setattr("cirkeldesk.model.fulfilment.proof.compare", counting)
    case = bid_of(8.0)
    bases = found(case, contract(*(delivered(f"d{at}", 1, 8.0 + at % 40 / 10) for at in range(400))))
    assert len({round(one.whole or 0.0, 3) for one in bases.deliveries}) == 40
    assert sum(sizes) == 40 + len(case.tender.variants) + 1
    assert max(sizes) <= 25
