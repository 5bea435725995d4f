"""Which signs of a tender no face of its papers has, said with their place before anything is made final."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cirkeldesk import paths
from cirkeldesk.model.tender.tender import Tender

# Latin letters, usual punctuation and signs: every face has them, and nobody waits for a font to be read.
_USUAL = re.compile("[\u0020-\u024f\u2010-\u2026\u20ac\u2082\n\r\t]*")


def to_mend(tender: Tender) -> list[str]:
    """A sentence per place with a sign that prints as ▯, or with letters that are written from right to
    left and cannot be joined on paper. Empty as a rule."""
    found = []
    for place, text in _texts(tender):
        if _USUAL.fullmatch(text):
            continue
        from cirkeldesk.sheets.pdf import glyphs  # reportlab is loaded where a text needs it

        glyphs.use_faces(paths.resources() / "fonts")
        odd = glyphs.unprintable(text)
        if odd:
            signs = " ".join(odd)
            verb = "Dit teken kunnen" if len(odd) == 1 else "Deze tekens kunnen"
            found.append(f"{verb} wij niet afdrukken: {signs} in {place}. Er komt een ▯ te staan.")
        if glyphs.is_right_to_left(text):
            found.append(
                f"{place[:1].upper()}{place[1:]}: schrijf de naam in Latijnse letters, zodat zij goed op papier komt."
            )
    return list(dict.fromkeys(found))


def _texts(tender: Tender) -> Iterator[tuple[str, str]]:
    """(where, text) of everything somebody typed that may stand on a paper."""
    yield "Titel", tender.title
    yield "Nummer", tender.number
    for post in tender.posts:
        yield f"de naam van post {post.name}", post.name
    for variant in tender.variants:
        yield f"de naam van {variant.name}", variant.name
        yield f"de inschrijver van {variant.name}", variant.bidder or ""
        yield f"de onderbouwing van {variant.name}", variant.evidence.source or ""
    for product in tender.products:
        yield f"het product {product.name}", product.name
    for text in tender.advice:
        yield "de tekst van het advies", text.text
    for score in tender.scores:
        yield "een motivering van een score", score.motivation
    for judgement in tender.judgements:
        yield "de reden van een oordeel", judgement.reason
    for criterion in tender.criteria:
        yield f"het criterium {criterion.title}", criterion.text
