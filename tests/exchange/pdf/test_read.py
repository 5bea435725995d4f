"""Declarations in PDF: every value where it belongs, proven by the sums of its table or said not to be."""

from __future__ import annotations

import contextlib
import csv
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import PaperHelp as Help
from cirkeldesk.exchange.recognise import read_content
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.refusal import NeedsAnswer, ReadError
from cirkeldesk.operations.workspace import shipped
from tests.conftest import SHARED
from tests.exchange.pdf import declarations as d
from tests.exchange.test_bad_inputs import MEASURES, mark_memory, peak_memory

Values = dict[tuple[str, str], float | None]


def read(content: bytes, set_code: SetCode | None = None) -> Reading:
    return read_content(content, "verklaring.pdf", Dependencies(), {}, Help(shipped().sets, set_code))


def values(found: Reading, place: int = 0) -> Values:
    return {
        (row.indicator, row.module): row.value
        for declaration in found.products[place].declarations
        for row in declaration.values
    }


def expected(made: d.Made) -> Values:
    modules = {"B": "B1-B5"}
    names = {"GWP-F": "GWP-fossil", "GWP-B": "GWP-biogenic", "EP-FW": "EP-freshwater", "EP-M": "EP-marine",
             "EP-T": "EP-terrestrial", "ADP-MM": "ADPE", "ADP-F": "ADPF", "IR": "IRP", "ETP-FW": "ETP-fw",
             "HTP-C": "HTP-c", "HTP-NC": "HTP-nc"}  # fmt: skip
    return {
        (names.get(row, row), modules.get(column, column)): made.value(row, column)
        for row, column in made.texts
        if row != "MKI" and column != "Totaal"
    }


LAYOUTS: dict[str, tuple[Callable[[int], d.Made], Callable[[d.Made], bytes]]] = {
    "asphalt": (d.asphalt, d.asphalt_pdf),
    "program": (d.program, d.program_pdf),
    "ruled": (d.asphalt, d.ruled_pdf),
    "beside text": (d.asphalt, d.beside_text_pdf),
    "split": (d.asphalt, lambda made: d.split_pdf(made, again=True)),
    "split without heads": (d.asphalt, lambda made: d.split_pdf(made, again=False)),
    "turned text": (d.asphalt, lambda made: d.asphalt_pdf(made, turn=True)),
    "turned page": (d.asphalt, lambda made: d.asphalt_pdf(made, rotate=90)),
    "glued": (d.asphalt, d.glued_pdf),
    "glued to the label": (d.asphalt, lambda made: d.glued_pdf(made, label_too=True)),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_value_is_read_and_no_sum_is_wrong(layout: str, seed: int) -> None:
    make, draw = LAYOUTS[layout]
    made = make(seed)
    found = read(draw(made))
    assert len(found.products) == 1, [p.name for p in found.products]
    assert values(found) == expected(made)
    assert {column.state for column in found.products[0].columns} <= {"proven", "unproven"}
    assert any(column.proven for column in found.products[0].columns)
    assert "pdf_unread" not in {n.message.key for n in found.notes}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "layout", ["asphalt", "program", "ruled", "beside text", "split", "turned text", "glued"]
)
def test_a_wrong_digit_is_found_where_a_sum_sees_it(layout: str, seed: int) -> None:
    make, draw = LAYOUTS[layout]
    made = d.with_a_wrong_digit(make(seed + 10), seed)
    found = read(draw(made))
    assert values(found) == expected(made)  # what is printed is what is read, right or wrong
    assert made.planted is not None
    row, column = made.planted
    wrong = [
        value
        for declaration in found.products[0].declarations
        for value in declaration.values
        if value.printed is not None and value.printed.proof == "differs"
    ]
    assert (row, column) in {(value.indicator, value.module) for value in wrong}, (made.planted, wrong)
    assert any(n.message.key == "pdf_column_differs" for n in found.notes)


def test_facts_of_an_asphalt_declaration() -> None:
    product = read(d.asphalt_pdf(d.asphalt(1))).products[0]
    assert (product.name, product.declared_amount, product.declared_unit) == (
        "AC 16 base OB (verzonnen)",
        1.0,
        "ton",
    )
    assert (product.owner, product.valid_until) == ("Asfalt Voorbeeld (verzonnen)", "2031-11-28")
    assert product.verifier == "A. Voorbeeld"
    assert (product.declarations[0].rules, product.declarations[0].background) == (
        "NMD Bepalingsmethode, NL-PCR Asfalt 2.0",
        "NMD 3.5",
    )
    assert [question.key for question in product.open] == ["confirm"]


def test_what_nothing_can_check_is_said() -> None:
    paper = d.Paper()
    paper.text(40, 800, "Product: Mengsel (verzonnen)")
    paper.text(40, 788, "Eenheid: 1 ton")
    made = d.a2_life(3)
    d.table(paper, made, 40, 760)
    found = read(paper.done())
    assert values(found) == expected(made)
    assert {(c.set, c.state, c.proven) for c in found.products[0].columns} == {("A2", "unproven", 0)}
    assert "pdf_column_unproven" in {n.message.key for n in found.notes}


def test_two_sets_of_one_product_are_one_product() -> None:
    paper = d.Paper()
    y = d.asphalt_head(paper, 800)
    first, second = d.asphalt(4), d.a2_life(5)
    paper.text(40, y, "Resultaten Milieu-impact SBK set 1")
    y = d.table(paper, first, 40, y - 14)
    paper.text(40, y - 10, "Milieu-impact SBK set 2")
    d.table(paper, second, 40, y - 30)
    found = read(paper.done())
    assert [product.sets for product in found.products] == [("A1", "A2")]
    by_set = {
        x.set: {(r.indicator, r.module): r.value for r in x.values} for x in found.products[0].declarations
    }
    assert (by_set["A1"], by_set["A2"]) == (expected(first), expected(second))


def test_two_tables_beside_each_other() -> None:
    first, second = d.a2_life(6), d.a2_life(7)
    first.rows, second.rows = first.rows[:9], second.rows[9:]
    found = read(d.side_by_side_pdf(first, second))
    rows = {row for row, _ in first.rows}, {row for row, _ in second.rows}
    wanted = {k: v for k, v in first.texts.items() if k[0] in rows[0]} | {
        k: v for k, v in second.texts.items() if k[0] in rows[1]
    }
    first.texts = wanted
    assert values(found) == expected(first)


@pytest.mark.parametrize("word", ["ND", "MND", "-", "n.v.t."])
def test_not_declared_on_paper_is_not_zero(word: str) -> None:
    made = d.a2_life(8)
    for row, _ in made.rows:
        made.texts[row, "A4"] = word
    paper = d.Paper()
    paper.text(40, 800, "Product: Mengsel (verzonnen)")
    d.table(paper, made, 40, 780)
    found = read(paper.done())
    assert all(value is None for (_, module), value in values(found).items() if module == "A4")
    assert values(found)[("AP", "C3")] == made.value("AP", "C3")


def test_a_row_that_lacks_a_figure_keeps_the_others_in_their_columns() -> None:
    made = d.a2_life(9)
    made.texts["AP", "A4"] = ""
    paper = d.Paper()
    d.table(paper, made, 40, 780)
    found = values(read(paper.done()))
    assert ("AP", "A4") not in found
    assert [found["AP", m] for m in ("A1-A3", "C2", "C3", "D")] == [
        made.value("AP", m) for m in ("A1-A3", "C2", "C3", "D")
    ]


def test_the_set_is_asked_where_nothing_tells() -> None:
    made = d.a2_life(11)
    made.rows = [("AP", ""), ("ODP", "")]
    made.texts = {key: text for key, text in made.texts.items() if key[0] in ("AP", "ODP")}
    paper = d.Paper()
    d.table(paper, made, 40, 780)
    with pytest.raises(NeedsAnswer) as asked:
        read(paper.done())
    assert asked.value.key == "pdf_ask_set"
    assert [p.sets for p in read(paper.buffer.getvalue(), "A1").products] == [("A1",)]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (d.scanned_pdf(), "pdf_scan"),
        (b"%PDF-1.7\n", "pdf_broken"),
        (b"x" * 500 + b"%PDF-1.4 en meer", "pdf_broken"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, key: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(content)
    assert refused.value.key == key


def test_a_page_without_a_table_is_told() -> None:
    paper = d.Paper()
    paper.text(40, 800, "Een brief over A1 en A2, met € 12,50 en 3,5 ton.")
    with pytest.raises(ReadError) as refused:
        read(paper.done())
    assert refused.value.key == "pdf_no_table"


def test_a_pdf_with_a_password_is_told() -> None:
    import io

    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(d.asphalt_pdf(d.asphalt(1)))) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ReadError) as refused:
        read(buffer.getvalue())
    assert refused.value.key == "pdf_password"


def test_damaged_pdfs_are_read_or_refused(deep: bool) -> None:
    """Bytes changed, cut out and cut off; each within the limits of hostile input."""
    whole = [draw(make(1)) for make, draw in LAYOUTS.values()]
    chance = random.Random(20261130)
    for number in range(1000 if deep else 50):
        content = bytearray(whole[number % len(whole)])
        match number % 3:
            case 0:
                for _ in range(chance.randint(1, 60)):
                    content[chance.randrange(len(content))] = chance.randrange(256)
            case 1:
                at = chance.randrange(len(content))
                del content[at : at + chance.randint(1, 400)]
            case _:
                del content[chance.randrange(len(content)) :]
        held = mark_memory() if MEASURES else 0
        started = time.process_time()
        with contextlib.suppress(ReadError):
            read(bytes(content))
        assert time.process_time() - started < 5  # limits on hostile input
        if MEASURES:
            assert peak_memory() - held < 300 * 1024 * 1024


def test_the_real_tables_of_a_public_report() -> None:
    """Eight products of an LCA program: every value as it was typed over by hand, beside our own reader."""
    report = SHARED / "samples" / "pdf" / "nmd_category3_tables_a1.pdf"
    right = SHARED / "data" / "a1_worked_foundations.csv"
    if not report.exists():
        pytest.skip("the report in ../shared is not here")
    found = read(report.read_bytes())
    read_values: dict[tuple[str, str, str], Any] = {
        (product.name, row.indicator, row.module): row.value
        for product in found.products
        for declaration in product.declarations
        for row in declaration.values
    }
    modules = {"A1-3": "A1-A3", "B": "B1-B5"}
    compared = 0
    with Path(right).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["indicator"].startswith("MKI"):
                continue
            for column in ("A1-3", "A4", "A5", "B", "C1", "C2", "C3", "C4", "D"):
                key = (row["product"], row["indicator"], modules.get(column, column))
                assert read_values[key] == float(row[column]), key
                compared += 1
    assert compared == 8 * 11 * 9
    assert all(column.state != "differs" for product in found.products for column in product.columns)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", ["asphalt", "program", "ruled", "beside text", "turned text"])
@pytest.mark.parametrize("sign", ["¹", "²)", "*", " *", " ¹", " 1)", " b)", "a", "2)", "†"])
def test_a_mark_behind_one_figure_costs_nothing_but_what_it_hides(layout: str, seed: int, sign: str) -> None:
    """Where the figure can still be told apart from its mark it is read; else it is told as unreadable.
    Nothing else of its row goes."""
    make, draw = LAYOUTS[layout]
    made = make(seed)
    wanted = expected(made)
    chance = random.Random(f"{layout}{seed}{sign}")
    row, column = chance.choice([key for key in made.texts if key[0] != "MKI" and key[1] != "Totaal"])
    marked = next(key for key, value in expected(made).items() if value == made.value(row, column))
    made.texts[row, column] += sign
    found = read(draw(made))
    got = values(found)
    assert {key: value for key, value in got.items() if key != marked} == {
        key: value for key, value in wanted.items() if key != marked
    }
    told = {n.message.key for n in found.notes}
    assert got[marked] == wanted[marked] or (got[marked] is None and "unreadable_value" in told)


@pytest.mark.parametrize("seed", range(2))
def test_figures_in_brackets_are_told_and_never_lost(seed: int) -> None:
    """Whether "(1,4)" is less than nothing or a remark, the declaration has to say."""
    made = d.asphalt(seed)
    for key, text in made.texts.items():
        if key[1] == "D":
            made.texts[key] = f"({text.lstrip('-')})"
    found = read(d.asphalt_pdf(made))
    rows = [row for one in found.products[0].declarations for row in one.values]
    assert {row.state for row in rows if row.module == "D"} == {"unreadable"}
    assert {row.state for row in rows if row.module != "D"} == {"declared"}
    assert "unreadable_value" in {n.message.key for n in found.notes}
