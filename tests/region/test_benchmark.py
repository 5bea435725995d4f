"""The benchmark tells nothing of anybody: thresholds, and attacks on what was published."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cirkeldesk.model.region.benchmark import (
    BenchmarkLot,
    CellKey,
    PublishedCell,
    class_of,
    count_class,
    may_be_told,
    published,
    rough,
    supplier_hash,
)

KEY = CellKey("ac 16 surf", "A2", "e", "PCR 3.0", "A1-A3", 2027, 0)


def lots(*counts: int, mki: float = 8.0, tons: float = 100.0, begin: int = 0) -> list[BenchmarkLot]:
    """So many lots of each supplier: 8.0, 8.1, 8.2 …"""
    found = []
    number = itertools.count(begin)
    for supplier, count in enumerate(counts):
        for _ in range(count):
            at = next(number)
            found.append(BenchmarkLot(f"l{at}", KEY, mki + at / 10, tons, f"s{supplier}"))
    return found


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((2, 2, 2, 2, 2), True),
        ((2, 2, 2, 2, 1), False),  # nine lots
        ((3, 3, 2, 2), False),  # four suppliers
        ((4, 2, 2, 1, 1), True),  # 40 % is the most
        ((5, 2, 1, 1, 1), False),  # half of one
        ((1,) * 10, True),
        ((), False),
    ],
)
def test_a_cell_is_told_only_when_it_is_large_and_mixed_enough(counts: tuple[int, ...], told: bool) -> None:
    assert may_be_told(lots(*counts)) is told
    assert bool(published(lots(*counts))) is told


def test_nobody_has_more_than_two_fifths_of_the_tons_either() -> None:
    found = lots(2, 2, 2, 2, 2)
    heavy = [replace(one, tons=1000.0) if one.supplier == "s0" else one for one in found]
    assert may_be_told(found)
    assert not may_be_told(heavy)


def test_quartiles_only_from_twenty_lots_and_two_digits() -> None:
    """8.0 … 8.9: the median 8.45; of 8.0 … 9.9 the quartiles 8.475 and 9.425."""
    (few,) = published(lots(2, 2, 2, 2, 2))
    assert (few.median, few.low, few.high, few.count) == (8.5, None, None, "10 tot 19")
    (many,) = published(lots(4, 4, 4, 4, 4))
    assert (many.median, many.low, many.high, many.count) == (9.0, 8.5, 9.4, "20 tot 49")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(8.45, 8.5), (12.34, 12.0), (0.0567, 0.057), (-3.21, -3.2), (0.0, 0.0), (99.6, 100.0), (1234.0, 1200.0)],
)
def test_two_significant_digits(value: float, shown: float) -> None:
    assert rough(value) == pytest.approx(shown)


def test_tons_and_counts_are_classes() -> None:
    assert [class_of(tons) for tons in (1, 999.9, 1000, 4999, 5000, 1e6)] == [0, 0, 1, 1, 2, 2]
    assert [count_class(count) for count in (10, 19, 20, 49, 50, 100, 5000)] == [
        "10 tot 19", "10 tot 19", "20 tot 49", "20 tot 49", "50 tot 99", "100 of meer", "100 of meer",
    ]  # fmt: skip


def test_it_is_told_again_only_when_enough_was_added_by_enough() -> None:
    first = published(lots(2, 2, 2, 2, 2))
    added = lots(2, 2, 2, 2, 2)
    for more in (1, 2, 4):
        assert published([*added, *lots(0, 0, 0, 0, 0, more, begin=90)], first, 2) == first
    of_two = [*lots(3, 2, begin=90)]  # five new lots of two suppliers: their difference could be known
    assert published([*added, *of_two], first, 2) == first
    of_three = [*lots(2, 2, 1, begin=90)]
    (renewed,) = published([*added, *of_three], first, 2)
    assert renewed.edition == 2


def test_what_was_taken_away_changes_nothing() -> None:
    """Somebody who takes its own lots out learns nothing of the others."""
    first = published(lots(2, 2, 2, 2, 3))
    assert published(lots(2, 2, 2, 2, 2), first, 2) == first
    assert published([], first, 2) == first


def test_a_lot_that_is_sent_twice_counts_once() -> None:
    nine = lots(2, 2, 2, 2, 1)
    assert published([*nine, *nine]) == ()


def test_different_things_are_never_one_cell() -> None:
    """Five of one set and five of another are no ten."""
    other_keys = (
        replace(KEY, set_code="A1"),
        replace(KEY, year=2028),
        replace(KEY, tons_class=1),
        replace(KEY, rules="x"),
        replace(KEY, modules="x"),
    )
    for key in other_keys:
        mixed = [replace(one, key=key) if at % 2 else one for at, one in enumerate(lots(2, 2, 2, 2, 2))]
        assert published(mixed) == ()


def test_a_supplier_is_known_by_its_concern_and_not_by_its_name() -> None:
    one = supplier_hash("Wegenbouw (verzonnen) B.V.", "sleutel")
    assert one == supplier_hash(" wegenbouw  (verzonnen) BV ", "sleutel")
    assert one != supplier_hash("Wegenbouw (verzonnen) B.V.", "andere sleutel")
    assert one != supplier_hash("Andere (verzonnen) B.V.", "sleutel")


# --- attacks on what was published
# ------------------------------------------------------------------------------------------------------


def texts(cells: tuple[PublishedCell, ...]) -> set[str]:
    return {str((one.median, one.low, one.high, one.count)) for one in cells}


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), own=st.integers(0, 5))
def test_who_knows_its_own_lots_cannot_say_whose_of_the_others_is_which(seed: int, own: int) -> None:
    """The attacker is a supplier: it knows its own lots and everything that was published, in two editions.
    Whatever two competitors bid may have been the other way about: nothing that was published would differ,
    so that no figure is anybody's. And in each edition there were two others at least to be mistaken for."""
    chance = random.Random(seed)
    made = [
        BenchmarkLot(f"l{at}", KEY, round(chance.uniform(5, 15), 2), 100.0, f"s{at % 6}") for at in range(16)
    ]
    first_lots = made[:10]

    def told(found: list[BenchmarkLot]) -> list[set[str]]:
        first = published(found[:10])
        return [texts(first), texts(published(found, first, 2))]

    truth = told(made)
    for edition in (range(10), range(10, 16)):
        others = [at for at in edition if made[at].supplier != f"s{own}"]
        assert len({made[at].supplier for at in others}) >= 2
        for one, other in itertools.combinations(others, 2):
            swapped = list(made)
            swapped[one] = replace(made[one], mki=made[other].mki)
            swapped[other] = replace(made[other], mki=made[one].mki)
            assert told(swapped) == truth
    assert published(first_lots)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), own=st.integers(0, 4))
def test_who_knows_its_own_lots_cannot_bound_a_competitor(seed: int, own: int) -> None:
    """Of the others only the median is known, roughly: each of their bids may have been half as much, or half
    more, with the same publication, as another moves the other way."""
    chance = random.Random(seed)
    made = [
        BenchmarkLot(f"l{at}", KEY, round(chance.uniform(5, 15), 2), 100.0, f"s{at % 5}") for at in range(10)
    ]
    truth = texts(published(made))
    target = next(at for at in range(10) if made[at].supplier != f"s{own}")
    others = [at for at in range(10) if made[at].supplier not in (f"s{own}", made[target].supplier)]

    def possible(value: float) -> bool:
        moved = [replace(one, mki=value) if at == target else one for at, one in enumerate(made)]
        return any(
            texts(published([replace(o, mki=x) if i == at else o for i, o in enumerate(moved)])) == truth
            for at in others
            for x in (0.5, made[target].mki, 40.0)
        )

    assert possible(made[target].mki * 0.5) or possible(made[target].mki * 1.5)


def test_two_classes_together_are_no_sum() -> None:
    """There is no figure over two cells: what is published of a class is of its own lots alone."""
    small, large = (
        lots(2, 2, 2, 2, 2),
        [
            replace(one, id=f"x{one.id}", key=replace(KEY, tons_class=1), mki=one.mki + 5, tons=2000.0)
            for one in lots(2, 2, 2, 2, 2)
        ],
    )
    both = {one.key: one for one in published([*small, *large])}
    assert len(both) == 2
    assert both[KEY].median == rough(median(one.mki for one in small))
    alone = {one.key: one for one in published(small)}
    assert both[KEY] == alone[KEY]
