"""The advice sheet: PDF/UA-1 and PDF/A-2a by veraPDF, the figures of `compare`, reproducible bytes, real
text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cirkeldesk import paths
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Tender, Variant
from cirkeldesk.operations.paper import plain_figures
from cirkeldesk.operations.paper.export import advise
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.sheets.advice import advice_sheet
from cirkeldesk.sheets.pdf.page import short_mark
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.advice import parts
from cirkeldesk.wording.advice.advice import Advice, internal_advice
from cirkeldesk.wording.comparison.rows import matrix_rows
from tests.conftest import ROOT
from tests.sheets.verapdf import conforms

pytestmark = pytest.mark.paper
PRINTED = Print("ab" * 32, "2026-11-22T10:00:00+00:00", "CirkelDesk test", "Provincie (verzonnen)")
FONTS = paths.resources() / "fonts"


def told(workspace: Workspace, change: Any = lambda tender: tender) -> Advice:
    add_example(workspace)
    return internal_advice(*comparison_of(workspace, change(tenders.get_tender(workspace, "voorbeeld"))))


def text_of(path: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", *options, str(path), "-"], capture_output=True, text=True, check=True
    ).stdout


def many(tender: Tender) -> Tender:
    """Ten variants with long names, five more posts, one variant empty."""
    copies = [
        replace(
            tender.variants[1 + i % 4],
            id=f"x{i}",
            name=f"Inschrijving {i} van Aannemingsmaatschappij Langenaam & Zonen <{i}>",
        )
        for i in range(4)
    ]
    empty = Variant("leeg", "Lege inschrijving", "bid")
    posts = tuple(
        replace(tender.posts[0], id=f"q{i}", name=f"Extra deklaag met een lange omschrijving {i}")
        for i in range(5)
    )
    return replace(tender, variants=(*tender.variants, *copies, empty), posts=(*tender.posts, *posts))


def bare(tender: Tender) -> Tender:
    return replace(tender, variants=tender.variants[:1], title="", fictitious=False)


def wordy(tender: Tender) -> Tender:
    """An advice text of several pages: a paragraph is split, and stays one element."""
    return edits.set_advice(
        "advice", "Advies", "Een zin van een lang advies, die verder niets zegt. " * 250
    ).apply(tender)


def test_the_sheets_are_accessible_and_archivable(workspace: Workspace, tmp_path: Path) -> None:
    made = []
    for name, change in (("voorbeeld", lambda t: t), ("veel", many), ("kaal", bare), ("lang", wordy)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(advice_sheet(told(workspace, change), PRINTED, FONTS))
        made.append(path)
    conforms(made)


def test_the_checker_sees_a_fault(workspace: Workspace, tmp_path: Path) -> None:
    """A control: without its structure tree the same sheet must fail."""
    path = tmp_path / "fout.pdf"
    path.write_bytes(advice_sheet(told(workspace), PRINTED, FONTS))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path)
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "sheets" / "verapdf.py"), str(path)],
        capture_output=True,
        text=True,
    )
    assert not any(value["compliant"] for value in json.loads(done.stdout).values())


def test_every_figure_on_paper_is_that_of_compare(workspace: Workspace, tmp_path: Path) -> None:
    add_example(workspace)
    path = tmp_path / "a.pdf"
    advise(workspace, "voorbeeld", path)
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "voorbeeld"))
    text = " ".join(text_of(path).split())
    plain = plain_figures.comparison(comparison)
    for variant in plain["variants"]:
        assert numbers.number(variant["mki"]["total"], 0) in text
        assert numbers.number(float(variant["price"]), 0) in text
    for row in matrix_rows(comparison):
        for cell in row.cells:
            assert cell.text.split()[0] in text, (row.key, cell.text)
    assert plain["conclusion"].replace("\u00a0", " ") in text.replace("\u00a0", " ")


def test_what_a_sheet_must_say(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(advice_sheet(told(workspace), PRINTED, FONTS))
    pages = text_of(path).rstrip("\f").split("\f")
    for number, page in enumerate(pages, 1):
        assert f"Pagina {number} van {len(pages)}" in page
        assert terms.EXAMPLE_MARK in page
        assert "INTERN, bevat inschrijfprijzen" in page
        assert short_mark(PRINTED.head) in page
        assert len(page.split()) > 40, "an almost empty page"
    text = " ".join(" ".join(pages).split())
    for part in (
        terms.NOT_VALIDATED,
        "uitgave 2025-concept",
        PRINTED.head,
        "147.588,26 €",
        "Rekenrapport bij inschrijving",
    ):
        assert part in text
    assert "\ufffd" not in text


def test_the_same_version_gives_the_same_bytes(workspace: Workspace) -> None:
    advice = told(workspace)
    assert advice_sheet(advice, PRINTED, FONTS) == advice_sheet(advice, PRINTED, FONTS)


def test_edited_text_is_printed(workspace: Workspace, tmp_path: Path) -> None:
    add_example(workspace)
    tenders.edit_tender(
        workspace,
        "voorbeeld",
        edits.set_advice("advice", "Advies", "Kies <B> & onderhandel niet.\nTweede regel."),
    )
    path = tmp_path / "a.pdf"
    advise(workspace, "voorbeeld", path)
    assert "Kies <B> & onderhandel niet." in text_of(path)


def test_reading_order_headings_and_tables(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(advice_sheet(told(workspace), PRINTED, FONTS))
    with pikepdf.open(path) as pdf:
        tree = pdf.Root.StructTreeRoot.K[0]
        roles = [str(kid.S) for kid in tree.K]
        assert roles[0] == "/H1"
        # why not, offered, asked, compared, ranked, both charts, explained, asked in full, weights, marks
        assert roles.count("/Table") == 11
        assert roles.count("/Figure") == 4
        figures = [str(kid.Alt) for kid in tree.K if kid.S == "/Figure"]
        assert all(re.search(r"Inschrijving B|Aannemer Twee", alt) for alt in figures)
        tables = [kid for kid in tree.K if kid.S == "/Table"]
        head = tables[3].K[0].K
        assert [str(cell.S) for cell in head] == ["/TH"] * 6
        assert {str(cell.A.Scope) for cell in head} == {"/Column"}
        assert str(tables[3].K[1].K[0].A.Scope) == "/Row"
        groups = [row.K for row in tables[3].K if len(row.K) == 1]
        assert {int(row[0].A.ColSpan) for row in groups} == {6}
        assert str(pdf.Root.Lang) == "nl-NL"
        with pdf.open_outline() as outline:
            assert [str(item.title) for item in outline.root] == [
                "Groot onderhoud provinciale weg N000 (voorbeeld)"
            ]
            assert len(outline.root[0].children) >= 6


def test_the_source_of_a_bid_is_that_of_its_products(workspace: Workspace) -> None:
    """Found in 0.7.0 (window 27): a source for all posts was filled in, and the paper said there was none."""
    add_example(workspace)
    tender = tenders.get_tender(workspace, "voorbeeld")
    first, *others = (replace(one, evidence=replace(one.evidence, source=None)) for one in tender.variants)
    said = replace(first, evidence=replace(first.evidence, source="Opgave → bijlage 3 (verzonnen)."))
    comparison, inputs = comparison_of(workspace, replace(tender, variants=(said, *others)))
    bare = {
        key: replace(
            one, owner="", number="", verifier="", valid_until=None, uuid=None, source=None, declarations=()
        )
        for key, one in inputs.products.items()
    }
    found = dict(parts.declarations(comparison, replace(inputs, products=bare)))
    assert found
    for text in found.values():
        with_source = f"Gebruikt in {said.name}" in text
        assert ("Opgave → bijlage 3 (verzonnen)." in text) == with_source
        assert ("Bron niet opgegeven" in text) != with_source
