"""Passports as evidence of what came, each case worked out by hand (CHAIN 4 and 5)."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.monitor.count import Frame, YearCount, years_of
from cirkeldesk.model.monitor.lot import Lot, Realised, at
from cirkeldesk.model.passport.checks import PromisedLayer
from cirkeldesk.model.passport.evidence import evidence
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.wording.contract.sheet import evidence_sentence, evidence_table
from tests.monitor.lots import lot, masses

BASE = PromisedLayer("p1", "Onderlaag", delivered_t=1000.0)
TOP = PromisedLayer("p2", "Deklaag")
WORK = {"p1": BASE, "p2": TOP}


def passport(identity: str, post: str | None = "p1", mass_t: float | None = 600.0, mix: str = "") -> Passport:
    return Passport(identity, "N201 (verzonnen)", tender="t", post=post, mass_t=mass_t, mix=mix)


def test_what_came_and_lies_described() -> None:
    """600 of 1,000 t: 60 %. The top layer was not delivered: its passport is evidence of nothing yet."""
    found = evidence([passport("a"), passport("b", "p2", 300)], WORK)
    assert [(one.post, one.delivered_t, one.passport_t, one.covered_t) for one in found.posts] == [
        ("p1", 1000.0, 600.0, 600.0),
        ("p2", None, 300.0, 0.0),
    ]
    assert (found.count, found.delivered_t, found.covered_t) == (2, 1000.0, 600.0)
    assert (
        evidence_sentence(found) == "2 paspoorten: 600 van de 1.000 geleverde ton is ermee onderbouwd (60 %)."
    )
    assert evidence_table(found).rows == (
        ("Onderlaag", "1", "1.000,0", "600,0"),
        ("Deklaag", "1", "niets", "300,0"),
    )


def test_more_than_came_is_evidence_of_no_more_and_is_found() -> None:
    found = evidence([passport("a"), passport("b", mass_t=700)], {"p1": BASE})
    assert found.covered_t == 1000.0
    assert [one.key for one in found.findings] == ["passport_mass"]


def test_a_passport_without_a_mass_is_counted_and_weighs_nothing() -> None:
    found = evidence([passport("a"), passport("b", mass_t=None)], {"p1": BASE})
    assert (found.count, found.covered_t, found.posts[0].without_mass) == (2, 600.0, 1)
    assert evidence_table(found).rows[0][1] == "2, van 1 geen massa"


def test_a_passport_of_a_post_that_the_work_has_not_is_evidence_of_nothing() -> None:
    found = evidence([passport("a", "weg"), passport("b", None)], {"p1": BASE})
    assert (found.count, found.covered_t) == (0, 0.0)
    assert evidence_sentence(found) == ""


def test_another_mix_is_said_once() -> None:
    asked = replace(BASE, mix="AC 16 base")
    found = evidence(
        [passport("a", mix="AC 22 base"), passport("b", mix="AC 22 base", mass_t=400)], {"p1": asked}
    )
    assert [one.key for one in found.findings] == ["passport_mix"]


@given(
    st.lists(st.tuples(st.sampled_from(["p1", "p2", "weg"]), st.none() | st.floats(0.001, 1e6)), max_size=8),
    st.none() | st.floats(0.001, 1e6),
    st.randoms(use_true_random=False),
)
def test_evidence_never_exceeds_what_came_and_knows_no_order(
    said: list[tuple[str, float | None]], delivered: float | None, order: random.Random
) -> None:
    work = {"p1": BASE, "p2": replace(TOP, delivered_t=delivered)}
    passports = [passport(str(number), post, mass) for number, (post, mass) in enumerate(said)]
    found = evidence(passports, work)
    assert 0 <= found.covered_t <= found.delivered_t + 1e-9
    shuffled = list(passports)
    order.shuffle(shuffled)
    again = evidence(shuffled, work)
    assert again.posts == found.posts
    assert set(again.findings) == set(found.findings)
    more = evidence([*passports, passport("nog", "p1", 50.0)], work)
    assert more.covered_t >= found.covered_t - 1e-9  # a passport more is never less evidence


# --- in the monitor
# -----------------------------------------------------------------------------------------------------


def realised(one: Lot, tons: dict[tuple[str, int], float], year: int = 2027) -> YearCount:
    frame = Frame(None, (), passports=tons)
    return next(found for found in years_of([one], frame, "2028-12-31", "gerealiseerd") if found.year == year)


def came(tons: float, year: int = 2027) -> Lot:
    found = lot("a", awarded=masses(tons, tons))
    return replace(found, realised={year: Realised(masses(tons, tons))})


@pytest.mark.parametrize(
    ("tons", "covered"),
    [({}, 0.0), ({("a", 2027): 600.0}, 600.0), ({("a", 2027): 1200.0}, 1000.0), ({("a", 2028): 600.0}, 0.0)],
)
def test_the_monitor_counts_what_came_with_a_passport(
    tons: dict[tuple[str, int], float], covered: float
) -> None:
    one = came(1000.0)
    keyed = {(one.tender, year): mass for (_, year), mass in tons.items()}
    assert realised(one, keyed).passport_t == pytest.approx(covered)


def test_a_joint_work_counts_its_share_of_the_evidence() -> None:
    """60 % of 1,000 t with 600 t described: 360 of 600."""
    one = at(came(1000.0), 0.6)
    found = realised(one, {(one.tender, 2027): 600.0})
    assert found.masses.whole == pytest.approx(600.0)
    assert found.passport_t == pytest.approx(360.0)


def test_of_what_was_awarded_nothing_lies_in_the_road_yet() -> None:
    one = came(1000.0)
    frame = Frame(None, (), passports={(one.tender, 2027): 600.0})
    assert years_of([one], frame, "2027-12-31", "gegund")[-1].passport_t is None
