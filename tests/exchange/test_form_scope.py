"""The form says what it asks: the scope that is judged, and all that "zoals gevraagd" stands for (DOMAIN
4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cirkeldesk.exchange.bid_form import write as bid_form_write
from cirkeldesk.exchange.bid_form.bid_form import form_of
from cirkeldesk.model.award.award import award
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.ask import Ask, FixedModule
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.tender import bids, tenders
from cirkeldesk.operations.workspace import Workspace, comparison_of
from tests.awards import rules
from tests.exchange.test_bid_form import beside, errors, filled, make_tender, put

WITHOUT_D = {"include_d": False, "includes_replacement": "yes"}


def asks(tender: Tender, **more: object) -> Tender:
    return replace(
        tender,
        ask=replace(tender.ask, **more),  # type: ignore[arg-type]
        award=rules("mki_w", factor=1, negative_mki="clamp"),
    )


@pytest.fixture
def tender(workspace: Workspace) -> Tender:
    made = asks(make_tender(workspace), **WITHOUT_D)
    with workspace.unit() as unit:
        unit.commit("tender", "t1", made, "tender_new", {"name": made.number})
    return made


def told(path: Path) -> dict[str, str]:
    sheet = load_workbook(path)["Inschrijving"]
    return {str(a.value): str(b.value) for a, b in sheet.iter_rows(max_col=2) if a.value}


def test_the_form_spells_out_what_is_asked(workspace: Workspace, tender: Tender, tmp_path: Path) -> None:
    bids.write_form(workspace, "t1", tmp_path / "f.xlsx")
    said = told(tmp_path / "f.xlsx")
    assert said["Gevraagd: weegset"] == "A2"
    assert said["Gevraagd: levensfasen"] == "A–C, zonder D"
    assert said["Gevraagd: toeslag"] == "de toeslag van 30 % op gegevens van categorie 3 zit erin"
    assert said["Gevraagd: vervanging"] == "met vervanging (beschouwingsperiode 30 jaar, naar rato, met D)"
    assert said["Gevraagd: rekenregels"] == "niet opgegeven"
    assert said["Gevraagd: MKI"] == "per ton"


def test_an_a_to_d_total_on_a_form_without_d_does_not_win(
    workspace: Workspace, tender: Tender, tmp_path: Path
) -> None:
    """Left as it is the form asks; filled in honestly it is wider than judged; neither ranks."""
    alone = filled(workspace, tmp_path)
    assert [key for _, _, key in errors(workspace, alone)] == ["form_empty"]

    def a_to_d(book: Workbook) -> None:
        put(book["Inschrijving"], "Levensfasen in de MKI", "A–D")

    def a_to_c(book: Workbook) -> None:
        put(book["Inschrijving"], "Levensfasen in de MKI", "A–C")
        put(book["Inschrijving"], "Naam inschrijver", "Een ander BV")
        for row in (5, 6):
            cells = book["Posten"][row]
            mki = next(cell for cell in cells if cell.value in (8.9, 6.4))
            mki.value = 20.0  # dearer, and on the right scope

    import_files(workspace, [filled(workspace, tmp_path, a_to_d, "a.xlsx")])
    import_files(workspace, [filled(workspace, tmp_path, a_to_c, "b.xlsx")])
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "t1"))
    wide, right = comparison.variants
    assert "wider_total" in {problem.message.key for problem in wide.problems}
    assert (wide.rank, right.rank) == (None, 1)
    found = award(comparison)
    assert found is not None
    assert [bid.rank for bid in found.bids if bid.id == wide.id] == [None]


def test_a_form_sent_out_before_still_comes_back(
    workspace: Workspace, tender: Tender, tmp_path: Path
) -> None:
    """Its cells stay where they were; its "zoals gevraagd" said nothing of D, and so it does not rank."""
    with workspace.unit() as unit:
        group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    old = form_of(tender, group, layout=1)
    assert old.mark.startswith("inschrijfformulier/1 ")
    blank = tmp_path / "oud.xlsx"
    blank.write_bytes(bid_form_write.write(old))
    from tests.exchange.test_bid_form import fill

    book = load_workbook(blank)
    fill(book)
    assert (
        book["Inschrijving"][beside(book["Inschrijving"], "Levensfasen in de MKI")].value == "zoals gevraagd"
    )
    book.save(blank)
    assert import_files(workspace, [blank])[0].status == "imported"
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "t1"))
    (bid,) = comparison.variants
    assert "scope_ambiguous" in {problem.message.key for problem in bid.problems}
    assert bid.rank is None


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ({}, "A–D"),
        ({"include_d": False}, "A–C, zonder D"),
        ({"modules": ("A1-A3",)}, "A1–A3"),
        ({"fixed_modules": (FixedModule("A4", 0.5), FixedModule("C1-C4", 1.0))}, "A1–A3, A5, B1–B5, D"),
        ({"fixed_modules": (FixedModule("A4", 0.5, "ton", "p1"),)}, "Deklaag: A1–A3, A5, B1–B5, C1–C4, D; Onderlaag: A–D"),
    ],
)  # fmt: skip
def test_the_scope_in_words(workspace: Workspace, tmp_path: Path, ask: dict[str, object], words: str) -> None:
    made = make_tender(workspace)
    made = replace(made, ask=replace(made.ask, **ask))  # type: ignore[arg-type]
    with workspace.unit() as unit:
        unit.commit("tender", "t1", made, "tender_new", {"name": made.number})
    bids.write_form(workspace, "t1", tmp_path / "f.xlsx")
    assert told(tmp_path / "f.xlsx")["Gevraagd: levensfasen"] == words


def test_every_choice_of_the_ask_changes_the_words() -> None:
    from cirkeldesk.wording import asked

    plain = Tender("t", "T", ask=Ask(analysis_period=30.0, includes_replacement="yes"))
    before = asked.lines(plain, "fractional_with_d")
    for change in (
        {"set_code": "A1"},
        {"include_d": False},
        {"includes_uplift": False},
        {"includes_replacement": "no"},
        {"includes_replacement": "unknown"},
        {"analysis_period": 60.0},
        {"rules": "NL-PCR Asfalt 2.0"},
        {"background": "NMD 3.9"},
        {"reference_date": "2026-12-11"},
    ):
        other = replace(plain, ask=replace(plain.ask, **change))
        assert asked.lines(other, "fractional_with_d") != before, change
    assert asked.lines(plain, "whole") != before


@pytest.mark.parametrize(
    ("choice", "rank"), [("zoals gevraagd, zonder D", 1), ("zoals gevraagd, met D", None)]
)
def test_an_honest_answer_is_always_among_the_choices(
    workspace: Workspace, tmp_path: Path, choice: str, rank: int | None
) -> None:
    """Also where the authority fixed modules itself, so that no usual scope is what is asked."""
    fixed = (FixedModule("A4", 0.5), FixedModule("A5", 0.1), FixedModule("C1-C4", 1.0))
    made = asks(make_tender(workspace), **WITHOUT_D, fixed_modules=fixed)
    with workspace.unit() as unit:
        unit.commit("tender", "t1", made, "tender_new", {"name": made.number})

    def chosen(book: Workbook) -> None:
        put(book["Inschrijving"], "Levensfasen in de MKI", choice)

    path = filled(workspace, tmp_path, chosen)
    assert told(path)["Gevraagd: levensfasen"] == "A1–A3, B1–B5, zonder D"
    import_files(workspace, [path])
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "t1"))
    assert comparison.variants[0].rank == rank


def test_for_the_whole_work_what_is_fixed_is_not_asked_twice(workspace: Workspace, tmp_path: Path) -> None:
    made = make_tender(workspace)
    ask = replace(made.ask, mki_per="work", fixed_modules=(FixedModule("C1-C4", 0.6),))
    with workspace.unit() as unit:
        unit.commit("tender", "t1", replace(made, ask=ask), "tender_new", {"name": made.number})
    bids.write_form(workspace, "t1", tmp_path / "f.xlsx")
    assert told(tmp_path / "f.xlsx")["Gevraagd: levensfasen"] == "A1–A5, B1–B5, D"
