"""About forty documents over kinds, sizes, methods, missing data, long names and logo: conformant, nothing
cut or orphaned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.sheets.pdf.page import LEFT, RIGHT
from cirkeldesk.sheets.printing import contrast_on_white, readable
from tests.sheets.pairwise import CHOICES, Chosen, all_printed, documents
from tests.sheets.verapdf import conforms

pytestmark = pytest.mark.paper
TOP, BOTTOM = A4[1] - 14 * mm, 15 * mm  # between page header and footer


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[Chosen, Path]]]:
    folder = tmp_path_factory.mktemp("papieren")
    with open_workspace(folder / "test.db") as workspace:
        yield list(all_printed(workspace, folder))


def test_every_pair_of_choices_meets() -> None:
    found = documents()
    assert 35 <= len(found) <= 50
    met = set().union(*(one.pairs for one in found))
    assert {("kind", kind, "posts", 40) for kind in CHOICES["kind"]} <= met
    assert {
        ("bids", 9, "logo", True),
        ("missing", True, "long", True),
        ("method", "relative", "bids", 2),
    } <= met


def test_each_is_accessible_and_archivable(printed: list[tuple[Chosen, Path]]) -> None:
    """PDF/UA-1 and PDF/A-2a by veraPDF."""
    conforms([path for _, path in printed])


def test_nothing_lies_outside_the_page_and_no_page_is_empty(printed: list[tuple[Chosen, Path]]) -> None:
    for chosen, path in printed:
        with closing(pypdfium2.PdfDocument(path)) as document:
            for number in range(len(document)):
                with closing(document[number]) as page, closing(page.get_textpage()) as text:
                    boxes = [
                        text.get_charbox(i)
                        for i in range(text.count_chars())
                        if text.get_text_range(i, 1).strip()
                    ]
                assert min(box[0] for box in boxes) >= LEFT - 1, (chosen.name, number)
                assert max(box[2] for box in boxes) <= A4[0] - RIGHT + 1, (chosen.name, number)
                lines = {round(box[1]) for box in boxes if BOTTOM < box[1] < TOP}
                assert len(lines) > 3, (chosen.name, number, "an empty page")
                assert min(box[1] for box in boxes) >= 9 * mm


def test_no_heading_stands_alone_at_the_foot_of_a_page(printed: list[tuple[Chosen, Path]]) -> None:
    looked = 0
    for chosen, path in printed:
        with closing(pypdfium2.PdfDocument(path)) as document:
            for heading in document.get_toc():
                target = heading.get_dest()
                assert target is not None
                (_, top, *_) = _place(target)
                with closing(document[target.get_index()]) as page, closing(page.get_textpage()) as text:
                    below = text.get_text_bounded(left=0, bottom=BOTTOM, right=A4[0], top=top - 6).strip()
                    lines = [o.get_bounds()[3] for o in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
                assert below or sum(line < top - 6 for line in lines) > 4, (chosen.name, heading.get_title())
                looked += 1
    assert looked > 300


def _place(target: Any) -> tuple[float, ...]:
    """(left, top, zoom) of a bookmark; the whole page where it names none."""
    mode, place = target.get_view()
    assert mode in (pdfium.PDFDEST_VIEW_XYZ, pdfium.PDFDEST_VIEW_FIT, pdfium.PDFDEST_VIEW_FITH), mode
    return (0.0, float(place[1]) if len(place) > 1 else A4[1])


def test_a_pale_colour_of_an_organisation_gives_way() -> None:
    """WCAG 2.1, 1.4.3: white on yellow cannot be read; the text's own colour stands in."""
    assert round(contrast_on_white("#FFD166"), 2) == 1.44
    assert readable("#FFD166") == "#1A1F26"
    assert readable("#0A5A9C") == "#0A5A9C"
    assert round(contrast_on_white("#000000"), 1) == 21.0
    assert readable("") == "#0A5A9C"
