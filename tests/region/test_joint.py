"""Planning together by road and by mix, each case worked out by hand (CHAIN 7)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.region.joint import joint, mixes_of, roads_of
from cirkeldesk.wording.region.words import mail


def row(
    identity: str, whose: str, title: str, start: str | None = None, quarter: str | None = None
) -> CalendarRow:
    return CalendarRow(identity, title, organisation=whose, start=start, quarter=quarter)


@pytest.mark.parametrize(
    ("title", "roads"),
    [
        ("Groot onderhoud N237", ("N237",)),
        ("N 237 en A-12, fase 2", ("N237", "A12")),
        ("N237/N237", ("N237",)),
        ("S100 binnenring", ("S100",)),
        ("a 12 is geen weg, en A4-papier wel papier", ("A4",)),
        ("VAN12 en N1234 en RN237", ()),
        ("Levering A", ()),
    ],
)
def test_roads_are_read_as_people_write_them(title: str, roads: tuple[str, ...]) -> None:
    assert roads_of(row("r", "x", title)) == roads


@pytest.mark.parametrize(
    ("title", "mixes"),
    [
        ("Deklaag AC 11 surf", ("AC 11 surf",)),
        ("ac22base en AC 22 base", ("AC 22 base",)),
        ("SMA-NL 8G+ op de brug", ("SMA-NL 8G+",)),
        ("SMA-NL 8B", ("SMA-NL 8B",)),
        ("DZOAB 16 vervangen", ("DZOAB 16",)),
        ("2L-ZOAB", ("2L-ZOAB",)),
        ("Tracé 22 basis", ()),
    ],
)
def test_mixes_are_read_in_one_spelling(title: str, mixes: tuple[str, ...]) -> None:
    assert mixes_of(row("r", "x", title)) == mixes


def test_one_road_in_one_year_of_two_organisations() -> None:
    rows = [
        row("a", "Provincie (verzonnen)", "Onderhoud N237", "2027-06-01"),
        row("b", "Gemeente (verzonnen)", "Riool langs de N237", quarter="2027-Q4"),
        row("c", "Gemeente (verzonnen)", "N237 later", "2028-06-01"),
        row("d", "Provincie (verzonnen)", "N237 nog eens", "2027-09-01"),
    ]
    (found,) = joint(rows)
    assert (found.about, found.name, found.when) == ("road", "N237", "2027")
    assert [one.id for one in found.rows] == ["b", "a", "d"]
    assert found.organisations == ("Gemeente (verzonnen)", "Provincie (verzonnen)")
    told = mail(found)
    assert "aan de N237" in told
    assert "één afsluiting" in told


def test_one_mix_goes_together_in_one_season_only() -> None:
    """December belongs to the winter of the next year, with January and February."""
    rows = [
        row("a", "A (verzonnen)", "AC 22 base", "2026-12-15"),
        row("b", "B (verzonnen)", "AC22 base", "2027-02-01"),
        row("c", "C (verzonnen)", "AC 22 base", "2027-03-01"),
    ]
    (found,) = joint(rows)
    assert (found.about, found.when) == ("mix", "2027 winter")
    assert {one.id for one in found.rows} == {"a", "b"}


@pytest.mark.parametrize(
    "other",
    [
        row("b", "A (verzonnen)", "N237", "2027-05-01"),  # the same organisation
        row("b", "", "N237", "2027-05-01"),  # nobody's
        row("b", "B (verzonnen)", "N237"),  # no moment
        CalendarRow("b", "N237", organisation="B (verzonnen)", start="2027-05-01", vanished="2027-01-01"),
    ],
)
def test_what_does_not_go_together(other: CalendarRow) -> None:
    assert joint([row("a", "A (verzonnen)", "N237", "2027-05-01"), other]) == ()


def test_a_column_that_nobody_mapped_names_the_road() -> None:
    one = CalendarRow("a", "Brug", organisation="A (verzonnen)", start="2027-05-01", extra=(("Weg", "N201"),))
    (found,) = joint([one, row("b", "B (verzonnen)", "N 201", "2027-08-01")])
    assert found.name == "N201"


titles = st.lists(st.sampled_from(["N237", "A12", "AC 22 base", "SMA-NL 8B", "brug"]), max_size=3).map(
    " ".join
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABC"), titles, st.sampled_from(["2027-01-05", "2027-07-05", "2028-01-05"])
        ),
        max_size=10,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_never_matters_and_each_has_two(
    said: list[tuple[str, str, str]], order: random.Random
) -> None:
    rows = [row(str(number), whose, title, start) for number, (whose, title, start) in enumerate(said)]
    found = joint(rows)
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert joint(shuffled) == found
    for one in found:
        assert len(one.organisations) >= 2
        assert all(one.name in (*roads_of(row), *mixes_of(row)) for row in one.rows)
