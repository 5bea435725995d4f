"""What reuse saves and what fits what, each case worked out by hand (CHAIN 6)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.material.lines import demand_line, supply_line
from cirkeldesk.model.material.matching import Match, matches
from cirkeldesk.model.material.material import (
    Demand,
    Format,
    MaterialRates,
    NewProduct,
    Place,
    Reservation,
    Supply,
)
from cirkeldesk.model.material.saving import Haul, saving

DAY = "2027-03-01"
RATES = MaterialRates(per_tkm=0.008, set_code="A2", edition="e", source="verzonnen")
NEW = NewProduct(6.0, "A2", 0.4, "e", "verzonnen")


def supply(identity: str = "s", **more: Any) -> Supply:
    """1,200 m² of stones of 211 × 105 × 80 mm, 176 kg per m², at (100, 400) km."""
    more = {
        "kind": "betonstraatsteen",
        "name": "Keien (verzonnen)",
        "organisation": "Gemeente A",
        "amount": 1200.0,
        "unit": "m2",
        "format": Format(211, 105, 80),
        "mass_per_unit": 176.0,
        "condition": "A",
        "place": Place(x=100_000, y=400_000),
        "available_from": "2027-05-01",
        "available_until": "2027-09-30",
        **more,
    }
    return Supply(identity, **more)


def demand(identity: str = "d", **more: Any) -> Demand:
    more = {
        "kind": "betonstraatsteen",
        "name": "Plein (verzonnen)",
        "organisation": "Gemeente B",
        "amount": 900.0,
        "unit": "m2",
        "format": Format(thickness=80),
        "condition": "B",
        "place": Place(x=110_000, y=400_000),
        "needed_from": "2027-06-01",
        "needed_until": "2027-07-01",
        "new": NEW,
        **more,
    }
    return Demand(identity, **more)


def found(supplies: list[Supply], demands: list[Demand], rates: MaterialRates = RATES) -> list[Match]:
    return list(matches(map(supply_line, supplies), map(demand_line, demands), rates, DAY))


def test_what_is_saved_without_breakage_or_handling() -> None:
    """100 t over 40 km: 0.8 × 6.00 × 100 − 100 × 40 × 0.0080 = 480 − 32 = 448; even at 600 km."""
    made = saving(Haul(100, 40, 0.008), 6.0, 0.0)
    assert (made.mki, made.break_even_km, made.is_least) == (pytest.approx(448), pytest.approx(600), False)


def test_what_is_saved_with_breakage_and_handling() -> None:
    """90 t × (4.80 + 0.40) = 468, less 32 and 30 = 406; (468 − 30) ÷ 0.8 = 547.5 km."""
    made = saving(Haul(100, 40, 0.008, 0.3, 0.1), 6.0, 0.4)
    assert (made.mki, made.break_even_km) == (pytest.approx(406), pytest.approx(547.5))


@pytest.mark.parametrize(
    ("haul", "new", "mki", "even"),
    [
        (Haul(100, 600, 0.008), (6.0, 0.0), 0.0, 600.0),  # at the break-even itself
        (Haul(100, 700, 0.008), (6.0, 0.0), -80.0, 600.0),  # beyond it: 480 − 560
        (Haul(10, 0, 0.008), (5.0, None), 40.0, 500.0),  # nothing moved
        (Haul(100, 40, 0.008, 5.0), (6.0, 0.0), -52.0, -25.0),  # handling eats it: 480 − 32 − 500
        (Haul(100, 40, 0.008, 0, 1.0), (6.0, 1.0), -32.0, 0.0),  # all broken
        (Haul(50, 10, 0.0), (4.0, 1.0), 210.0, None),  # moving costs nothing: no distance is too far
        (Haul(0, 10, 0.008), (4.0, 1.0), 0.0, None),  # nothing at all
    ],
)
def test_savings_by_hand(haul: Haul, new: tuple[float, float | None], mki: float, even: float | None) -> None:
    made = saving(haul, *new)
    assert made.mki == pytest.approx(mki)
    assert made.break_even_km == (pytest.approx(even) if even is not None else None)
    assert made.is_least is (new[1] is None)


@given(
    tons=st.floats(0.1, 1e4),
    km=st.floats(0, 2000),
    per_tkm=st.floats(1e-4, 1.0),
    handling=st.floats(0, 20),
    breakage=st.floats(0, 1),
    a1_a3=st.floats(-50, 200),
    a4=st.none() | st.floats(0, 20),
)
def test_the_break_even_agrees_with_the_sign_of_the_saving(
    tons: float, km: float, per_tkm: float, handling: float, breakage: float, a1_a3: float, a4: float | None
) -> None:
    made = saving(Haul(tons, km, per_tkm, handling, breakage), a1_a3, a4)
    assert made.break_even_km is not None
    if not math.isclose(made.break_even_km, km, rel_tol=1e-6, abs_tol=1e-6):
        assert (made.mki > 0) == (km < made.break_even_km)


def test_a_match_says_the_period_the_distance_and_the_saving() -> None:
    """900 m² × 176 kg = 158.4 t; 10 km × 1.3 = 13 km; 158.4 × (5.20 − 13 × 0.008) = 807.21."""
    (one,) = found([supply()], [demand()])
    assert one.amount == 900
    assert one.overlap == ("2027-06-01", "2027-07-01")
    assert one.km == pytest.approx(13)
    assert one.mki is not None
    assert one.mki.mki == pytest.approx(158.4 * (5.2 - 13 * 0.008))
    assert one.mki.break_even_km == pytest.approx(650)
    assert (one.format, one.condition, one.why) == ("yes", "yes", None)


@pytest.mark.parametrize(
    ("offered", "wanted", "fits"),
    [
        ({"kind": "betontegel"}, {}, False),
        ({"format": Format(thickness=70)}, {}, False),
        ({"format": Format(thickness=70)}, {"tolerance": 10.0}, True),
        ({"format": Format(thickness=70)}, {"tolerance": 9.9}, False),
        ({"condition": "C"}, {}, False),
        ({"condition": "B"}, {}, True),
        ({"condition": "C"}, {"condition": None}, True),
        ({"smallest": 1000.0}, {}, False),  # 900 is less than goes at once
        ({"smallest": 900.0}, {}, True),
        ({"tar": "found"}, {}, False),
        ({"asbestos": "found"}, {}, False),
        ({"tar": "free"}, {}, True),
        ({"withdrawn": True}, {}, False),
        ({"available_until": "2027-02-28"}, {}, False),  # over before today
        ({}, {"needed_until": "2027-02-28"}, False),
        ({}, {"closed": True}, False),
        ({}, {"furthest_km": 13.0}, True),
        ({}, {"furthest_km": 12.9}, False),
        ({"unit": "piece"}, {}, False),
        ({}, {"unit": "ton", "amount": 17.6}, True),
    ],
)
def test_what_fits(offered: dict[str, Any], wanted: dict[str, Any], fits: bool) -> None:
    assert bool(found([supply(**offered)], [demand(**wanted)])) is fits


def test_tons_are_brought_to_the_unit_of_the_supply() -> None:
    (one,) = found([supply()], [demand(unit="ton", amount=17.6)])
    assert one.amount == pytest.approx(100)


def test_what_is_not_known_of_a_supply_is_said() -> None:
    (one,) = found([supply(format=Format(), condition=None)], [demand()])
    assert (one.format, one.condition) == ("unknown", "unknown")


def test_in_time_comes_first_then_what_saves_most_then_what_is_near() -> None:
    """Late must be stored; far saves less; one without mass cannot be said."""
    far = supply("far", place=Place(x=200_000, y=400_000))
    near = supply("near")
    late = supply("late", available_from="2027-08-01", place=Place(x=110_000, y=400_000))
    vague = supply("vague", mass_per_unit=None)
    order = found([late, vague, far, near], [demand()])
    assert [one.supply.id for one in order] == ["near", "far", "vague", "late"]
    assert order[-1].overlap is None
    assert order[2].why == "no_mass"


def test_what_is_stored_comes_by_way_of_its_depot() -> None:
    """Released at 0, stored 30 km on, needed 40 km further: 70 × 1.3."""
    stored = supply(place=Place(x=40_000, y=400_000), depot=Place(x=70_000, y=400_000))
    (one,) = found([stored], [demand()])
    assert one.km == pytest.approx(91)


def test_a_municipality_says_about_where() -> None:
    """Zeist (145, 456) to Nieuwegein (134, 449): √(121 + 49) × 1.3."""
    (one,) = found(
        [supply(place=Place(municipality="Nieuwegein"))], [demand(place=Place(municipality="gemeente Zeist"))]
    )
    assert one.km == pytest.approx(math.sqrt(170) * 1.3)
    (unknown,) = found([supply(place=Place(municipality="Ergens"))], [demand()])
    assert (unknown.km, unknown.mki, unknown.why) == (None, None, "no_place")


@pytest.mark.parametrize(
    ("rates", "new", "why"),
    [
        (RATES, None, "no_new"),
        (MaterialRates(), NEW, "no_rates"),
        (replace(RATES, set_code="A1"), NEW, "other_set"),
        (replace(RATES, edition="f"), NEW, "other_set"),
    ],
)
def test_all_in_one_set_and_edition_else_nothing_is_computed(
    rates: MaterialRates, new: NewProduct | None, why: str
) -> None:
    (one,) = found([supply()], [demand(new=new)], rates)
    assert (one.mki, one.why) == (None, why)


def test_without_a4_it_is_a_lower_bound() -> None:
    (one,) = found([supply()], [demand(new=replace(NEW, a4=None))])
    assert one.mki is not None
    assert one.mki.is_least
    assert one.mki.mki == pytest.approx(158.4 * (4.8 - 13 * 0.008))


def test_only_what_is_free_is_matched_and_a_reservation_lapses_by_itself() -> None:
    held = Reservation("r", "x", "Gemeente C", 1000.0, DAY, "2027-03-10")
    (one,) = found([supply(reservations=(held,))], [demand()])
    assert one.amount == 200
    after = list(
        matches([supply_line(supply(reservations=(held,)))], [demand_line(demand())], RATES, "2027-03-11")
    )
    assert [match.amount for match in after] == [900]


def test_a_line_says_the_same_as_its_supply() -> None:
    held = Reservation("r", "x", "Gemeente C", 1000.0, DAY, "2027-03-10")
    gone = replace(held, id="g", amount=200.0, state="delivered")
    for one in (
        supply(),
        supply(reservations=(held,)),
        supply(reservations=(held, gone)),
        supply(withdrawn=True),
        supply(amount=200.0, reservations=(gone,)),
    ):
        line = supply_line(one)
        for day in ("2027-01-01", DAY, "2027-03-10", "2027-03-11", "2027-06-01", "2028-01-01"):
            assert (line.free(day), line.state(day)) == (pytest.approx(one.free(day)), one.state(day)), day


def test_a_way_to_the_depot_that_is_not_known_makes_no_short_one() -> None:
    stored = supply(place=Place(name="ergens"), depot=Place(municipality="Zeist"))
    (one,) = found([stored], [demand(place=Place(municipality="Zeist"))])
    assert (one.km, one.why) == (None, "no_place")


def test_no_kilometres_is_a_limit_too() -> None:
    assert found([supply()], [demand(furthest_km=0.0)]) == []
    assert len(found([supply()], [demand(furthest_km=0.0, place=Place(x=100_000, y=400_000))])) == 1
