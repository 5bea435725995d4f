"""Numbers never change silently: 1.234,5 and its many spellings, and half away from zero on the way out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.wording import numbers


@pytest.mark.parametrize(
    ("text", "value", "hint"),
    [
        ("9,872", "9.872", None),
        ("9.872", "9872", "thousands"),
        ("1.234,5", "1234.5", None),
        ("1234,5", "1234.5", None),
        ("1 234,5", "1234.5", None),
        ("1\u00a0234,5", "1234.5", None),
        ("12.5", "12.5", "point"),
        ("1234.5", "1234.5", "point"),
        ("1,234.50", "1234.50", "english"),
        ("€ 1.234", "1234", "thousands"),
        ("€ 1.234,50", "1234.50", None),
        ("-3,5", "-3.5", None),
        ("\u22123,5", "-3.5", None),
        ("–3,5", "-3.5", None),
        ("+7", "7", None),
        ("12.000", "12000", "thousands"),
        ("1.240.000", "1240000", None),
        ("1.240.000,-", "1240000", None),
        ("€ 1.240,--", "1240", "thousands"),
        ("0.450", "0.450", "point"),
        ("-0.987", "-0.987", "point"),
        ("12,000", "12.000", "point"),
        ("12.000 m2", "12000", "thousands"),
        ("0", "0", None),
        ("0,00", "0.00", None),
        ("35mm", "35", "unit_left_out"),
        ("12 m²", "12", "unit_left_out"),
    ],
)
def test_reading(text: str, value: str, hint: str | None) -> None:
    reading = numbers.read_number(
        text, column="Oppervlakte m2" if "m" in text and "mm" not in text else "Dikte mm"
    )
    assert reading.problem is None
    assert reading.value == Decimal(value)
    assert reading.hint == hint


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("12 m2", "Hoeveelheid ton"),
        ("5 jaar", "Dikte mm"),
        ("500 mm", "Dikte"),
        ("3 ton", "€ MKI per ton"),
        ("3 ton", "Prijs"),
        ("25 MKI", "Levensduur jaar"),
        ("2 m³", "Oppervlakte m²"),
    ],
)
def test_a_unit_that_the_column_is_not_in_is_refused(text: str, column: str) -> None:
    assert numbers.read_number(text, column=column).problem == "other_unit"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("12 m²", "Oppervlakte m2 *"),
        ("5 jr", "Beschouwingsperiode jaar *"),
        ("35mm", "Dikte mm"),
        ("3 t", "Hoeveelheid, ton"),
        ("25 mki", "€ MKI per ton"),
        ("2,35 ton/m³", "Dichtheid ton/m3"),
    ],
)
def test_the_column_s_own_unit_is_left_out(text: str, column: str) -> None:
    reading = numbers.read_number(text, column=column)
    assert (reading.problem, reading.hint) == (None, "unit_left_out")


@pytest.mark.parametrize(
    "text",
    [
        "1e3",
        "1,2,3",
        "n.n.b.",
        "1.23.4",
        "12,5,0",
        "(5)",
        ">3",
        "abc",
        "--3",
        "1.2345,6",
        "5%",
        "1,24 mln",
        "1,24M",
        "1240k",
        "1,2 ha",
        "3,5 cm",
        "9 80",
        "1 23",
        "01.000,5",
    ],
)
def test_refusing(text: str) -> None:
    reading = numbers.read_number(text)
    assert reading.value is None
    assert reading.problem is not None


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "€"])
def test_nothing_is_no_value_and_no_fault(text: str) -> None:
    assert numbers.read_number(text) == numbers.NumberReading(None)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-0.5, 0, "\u22121"),
        (2.675, 2, "2,68"),
        (-0.4, 0, "0"),
        (1234567.891, 2, "1.234.567,89"),
    ],
)
def test_half_away_from_zero(value: float, decimals: int, text: str) -> None:
    assert numbers.number(value, decimals) == text


def test_words_around_numbers() -> None:
    assert numbers.euro(-1234.5, 2) == "€\u00a0\u22121.234,50"
    assert numbers.percent(-15.66, sign=True) == "\u221215,7\u00a0%"
    assert numbers.number(3.2, 0, sign=True) == "+3"
    assert numbers.date("2026-11-22") == "22-11-2026"
    assert numbers.date("2030") == "2030"
    assert numbers.long_date("2026-11-22") == "22 november 2026"
    assert numbers.as_typed(9.872) == "9,872"
    assert numbers.as_typed(12000.0) == "12.000"
    assert numbers.as_typed(Decimal("1265000.00")) == "1.265.000,00"


@pytest.mark.parametrize(
    ("text", "iso"), [("22-11-2026", "2026-11-22"), ("1/2/2026", "2026-02-01"), ("2026-11-22", "2026-11-22")]
)
def test_dates(text: str, iso: str) -> None:
    assert numbers.read_date(text) == iso


@pytest.mark.parametrize("text", ["31-2-2026", "22-11-26", "morgen", "2026", ""])
def test_what_is_no_date(text: str) -> None:
    assert numbers.read_date(text) is None


@given(st.decimals(-1_000_000_000, 1_000_000_000, places=3))
def test_what_we_write_we_read(value: Decimal) -> None:
    assert numbers.read_number(numbers.number(value, 3)).value == value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hoogste korting € 150.000 en 5 %", "hoogste korting €\u00a0150.000 en 5\u00a0%"),
        ("€ −12, 75.000 MKI", "€\u00a0−12, 75.000\u00a0MKI"),
        ("in € MKI; € of %", "in € MKI; € of %"),
        ("€\u00a05", "€\u00a05"),
    ],
)
def test_no_amount_is_parted_from_its_sign(text: str, wanted: str) -> None:
    assert numbers.kept_together(text) == wanted
