"""Shares as ranges: what is not stated is never taken to be the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.product.composition import (
    ORIGINS,
    BiobasedStatement,
    Composition,
    Constituent,
    Origin,
    Share,
)
from tests.build import Case, full, post


def mix(*parts: tuple[float | None, Origin]) -> Composition:
    return Composition(
        tuple(Constituent(f"c{i}", fraction, origin) for i, (fraction, origin) in enumerate(parts))
    )


def test_unknown_widens_every_share() -> None:
    composition = mix((0.60, "primary_abiotic"), (0.30, "reused"), (0.05, "unknown"))
    # 5 % of unknown origin and 5 % not stated at all: 10 % may be anything.
    assert composition.share("reused") == Share(0.30, pytest.approx(0.40))  # type: ignore[arg-type]
    assert composition.share("secondary") == Share(0, pytest.approx(0.10))  # type: ignore[arg-type]


def test_no_fractions_no_share_and_too_much_no_share() -> None:
    assert mix((None, "reused")).share("reused") is None
    assert Composition().share("reused") is None
    assert mix((0.7, "reused"), (0.5, "unknown")).share("reused") is None


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(ORIGINS)), min_size=1, max_size=8))
def test_shares_fit_in_one(parts: list[tuple[float, Origin]]) -> None:
    total = sum(fraction for fraction, _ in parts)
    if total == 0:
        return
    composition = mix(*((fraction / total, origin) for fraction, origin in parts))
    known = [share for origin in ORIGINS if origin != "unknown" and (share := composition.share(origin))]
    assert sum(share.low for share in known) <= 1 + 1e-6
    assert all(0 <= share.low <= share.high <= 1 for share in known)


def test_shares_of_a_variant_are_by_mass() -> None:
    # 100 ton with 40 % reused and 300 ton with 20 %: (40 + 60) / 400 = 25 %.
    one = full({}, id="a", composition=mix((0.4, "reused"), (0.6, "primary_abiotic")))
    two = full({}, id="b", composition=mix((0.2, "reused"), (0.8, "primary_abiotic")))
    case = Case(posts=(post("p1", 100.0, life="work"), post("p2", 300.0, life="work")))
    case.add("reference", case.answer(one, "p1"), case.answer(two, "p2"))
    result = case.first()
    share = result.shares["reused"]
    assert share is not None
    assert (share.low, share.high) == (pytest.approx(0.25), pytest.approx(0.25))
    assert result.mass_kg.value == pytest.approx(400_000)


def test_a_post_of_unknown_composition_widens_the_range() -> None:
    # 100 ton known at 40 %, 300 ton unknown: between 10 % and 85 %.
    one = full({}, id="a", composition=mix((0.4, "reused"), (0.6, "primary_abiotic")))
    case = Case(posts=(post("p1", 100.0, life="work"), post("p2", 300.0, life="work")))
    case.add("reference", case.answer(one, "p1"), case.answer(full({}, id="b"), "p2"))
    share = case.first().shares["reused"]
    assert share is not None
    assert (share.low, share.high) == (pytest.approx(0.10), pytest.approx(0.85))


def test_nothing_stated_is_no_zero() -> None:
    case = Case(posts=(post(life="work"),))
    case.add("reference", case.answer(full({})))
    result = case.first()
    assert result.shares["primary_biobased"] is None
    assert result.share_states["primary_biobased"].state == "not_declared"


def test_a_share_on_another_basis_keeps_its_basis() -> None:
    stated = Composition(biobased=BiobasedStatement(0.5, "added_binder", "EN 16785-1"))
    case = Case(posts=(post(life="work"),))
    case.add("reference", case.answer(full({}, composition=stated)))
    assert case.first().shares["primary_biobased"] == Share(0.5, 0.5, "added_binder")
