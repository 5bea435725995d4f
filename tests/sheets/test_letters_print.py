"""Letters and records of every method, size and openness print, tagged and archived; names and texts of any
length.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from cirkeldesk import paths
from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.tender.publication import Addressee, Characteristics, Publication
from cirkeldesk.operations.paper.context import calendar
from cirkeldesk.sheets.paper_docx import paper_docx
from cirkeldesk.sheets.pdf.paper import paper_pdf
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import paper
from cirkeldesk.wording.award import letters, records
from tests.awards import Bid, case_of, rules
from tests.model.test_deduced import CASES
from tests.sheets.tagged_text import tree
from tests.sheets.verapdf import conforms

pytestmark = pytest.mark.paper

COUNTS = (1, 2, 9, 20)
OPEN = {
    "named": "",
    "withheld": "de winnaar maakte terecht bezwaar; de opbouw van zijn prijs is vertrouwelijk",
}
LONG = "Aannemingsmaatschappij Wegenbouwcombinatie Verzonnen-Voorbeeld van het Noorden en Oosten "
NAMES = {"usual": "Voorbeeld Infra BV", "long": LONG * 2, "odd": "Ünïtas → ✓ B.V. & Zn. <i> 建設"}
PROCEDURES = ("open", "several_private", None)
# Each pair of choices at least once: the lists turn at different speeds.
GRID = [
    (name, COUNTS[i % 4], list(OPEN)[(i + i // 4) % 2], list(NAMES)[i % 3], PROCEDURES[(i // 2) % 3])
    for i, (name, _) in enumerate(product(CASES, range(2)))
]
SENDER = letters.Sender(
    "Provincie Verzonnen", "Plein 1\nPostbus 2", "post@verzonnen.example", "030 000 00 00",
    "rechtbank Verzonnen", "klacht@verzonnen.example", "namens Gedeputeerde Staten",
)  # fmt: skip
SENDING = letters.Sending(SENDER, date(2026, 12, 5), calendar())


def printed(what: str) -> Print:
    return Print("ab" * 32, "2026-12-05T10:00:00+00:00", "test", "Provincie Verzonnen", identifier=what)


def decided(name: str, count: int, withhold: str, called: str, procedure: Any) -> Award:
    """So many bids, the last one invalid where there are more than two."""
    code, more = CASES[name]
    bids = [
        Bid(
            str(900_000 + 13_579 * number),
            str(20_000 + 731 * number),
            (90 - 3 * number,),
            level=number % 6,
            costs=((1, str(1_000 * number + 1)),),
            verdict="invalid" if number == count - 1 and count > 2 else "valid",
        )
        for number in range(count)
    ]
    publication = Publication(
        procedure=procedure,
        expiry_days=20,
        expiry_source="paragraaf 4.6",
        withhold=withhold,
        characteristics=Characteristics("v1", called + " beperkt de hinder het meest. " * 4),
        contact=called,
        signed_by=f"P. Voorbeeld\n{called}",
        proof="een geldige milieuverklaring",
        addressees=tuple(
            Addressee(f"v{number + 1}", called, "Weg 3\n1234 AB Verzonnen", "X-1") for number in range(count)
        ),
    )
    case = case_of(rules(code, **more), bids, publication=publication)
    variants = tuple(replace(v, bidder=f"{called} {v.id}") for v in case.tender.variants)
    case.tender = replace(case.tender, variants=variants, title=f"Groot onderhoud {called}")
    found = award(case.compare())
    assert found is not None
    return found


def papers_of(found: Award) -> list[paper.Paper]:
    """The winner's letter, the last two bids' and the record."""
    ids = [bid.id for bid in found.bids]
    made = [
        letters.letter(found, identity, SENDING, draft=False)
        for identity in dict.fromkeys((ids[0], *ids[-2:]))
    ]
    return [*made, records.award_record(found, "Provincie Verzonnen")]


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("choice", GRID, ids=["-".join(map(str, one)) for one in GRID])
def test_every_letter_and_record_prints(choice: tuple[Any, ...]) -> None:
    name, count, openness, called, procedure = choice
    found = decided(name, count, OPEN[openness], NAMES[called], procedure)
    for number, made in enumerate(papers_of(found)):
        content = paper_pdf(made, printed(f"{name}/{number}"), paths.resources() / "fonts")
        pages = pages_of(content)
        assert all(len(page.split()) > 12 for page in pages)  # no page with a signature or a mark alone
        if made.kind == "letter" and called == "usual":
            assert len(pages) <= 2
        document = docx.Document(io.BytesIO(paper_docx(made, printed(f"{name}/{number}"))))
        assert len(document.paragraphs) > 5


def test_an_address_is_a_link_in_the_tree(tmp_path: Path) -> None:
    """By ear and by mouse: where it goes is told, in the paragraph that names it."""
    found = decided("value", 2, "", "Voorbeeld Infra BV", "open")
    made = letters.letter(found, "v2", SENDING, draft=False)
    path = tmp_path / "a.pdf"
    path.write_bytes(paper_pdf(made, printed("a"), paths.resources() / "fonts"))
    links = tree(path).all_of("Link")
    assert {link.goes_to for link in links} == {
        "mailto:post@verzonnen.example",
        "mailto:klacht@verzonnen.example",
    }
    assert {link.alt for link in links} == {
        "E-mail: post@verzonnen.example",
        "E-mail: klacht@verzonnen.example",
    }
    assert "post@verzonnen.example" in tree(path).whole_text
    conforms([path])


def test_letters_and_records_conform(tmp_path: Path) -> None:
    """veraPDF over the odd names, every method once."""
    written = []
    for place, name in enumerate(list(CASES)[::3]):
        found = decided(name, 9, list(OPEN.values())[place % 2], NAMES["odd"], "open")
        for number, made in enumerate(papers_of(found)):
            written.append(tmp_path / f"{place}-{number}.pdf")
            written[-1].write_bytes(
                paper_pdf(made, printed(f"{place}/{number}"), paths.resources() / "fonts")
            )
    conforms(written)
