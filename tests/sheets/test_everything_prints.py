"""Any tender prints: posts, variants and ways to give an MKI varied by themselves, and every sign people
paste."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cirkeldesk import paths
from cirkeldesk.charts.description import by_post, of_difference
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.model.tender.tender import Answer, DeclaredBasis, Evidence, OfferedMki, Post, Tender, Variant
from cirkeldesk.operations.paper.export import advise
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.sheets.pdf.glyphs import NO_GLYPH, markup, runs, unprintable, use_faces
from tests.sheets.verapdf import conforms

pytestmark = pytest.mark.paper
Given = Literal["whole", "per post", "split"]
POSTS, VARIANTS, GIVEN = (1, 15, 18, 40, 120, 400), (1, 2, 9, 20), ("whole", "per post", "split")
# Each pair of choices at least once, the largest and the smallest of all together.
PAIRS: tuple[tuple[int, int, Given], ...] = (
    (1, 1, "whole"), (1, 2, "per post"), (1, 9, "split"), (1, 20, "per post"), (15, 1, "per post"), (15, 2, "split"),
    (15, 9, "whole"), (15, 20, "split"), (18, 1, "split"), (18, 2, "whole"), (18, 9, "per post"), (18, 20, "per post"),
    (40, 1, "whole"), (40, 2, "per post"), (40, 9, "split"), (40, 20, "whole"), (120, 1, "split"), (120, 2, "whole"),
    (120, 9, "per post"), (120, 20, "split"), (400, 1, "per post"), (400, 2, "split"), (400, 9, "whole"),
    (400, 20, "per post"),
)  # fmt: skip
SPLIT = (("A1-A3", 8.0), ("A4", 0.5), ("A5", 0.4), ("B1-B5", 0.2), ("C1-C4", 1.0), ("D", -0.7))


@dataclass(frozen=True)
class Size:
    posts: int
    variants: int
    given: Given


def tender_of(base: Tender, size: Size) -> Tender:
    """The example's ask with so many posts, bids beside the nulvariant, and MKIs given so."""
    posts = tuple(
        Post(f"p{i}", f"Post {i} met een naam", route="bill", values=(("mass_t", 10.0 + i),), life=15.0)
        for i in range(size.posts)
    )
    variants = []
    for number in range(size.variants):
        role: Literal["reference", "bid"] = "reference" if number == 0 else "bid"
        mki = [
            OfferedMki(modules=SPLIT) if size.given == "split" else OfferedMki(total=9.0 - number / 7)
        ] * size.posts
        answers = tuple(
            Answer(post.id, mki=replace(one, total=one.total + index / 9) if one.total is not None else one)
            for index, (post, one) in enumerate(zip(posts, mki, strict=True))
        )
        variants.append(
            Variant(
                f"v{number}", f"Inschrijving {number}", role, bidder=f"Bedrijf {number} BV",
                answers=() if size.given == "whole" else answers,
                work_mki=OfferedMki(total=60_000.0 + number) if size.given == "whole" else None,
                price=Decimal(1_000_000 + 999 * number), equal="yes",
                basis=DeclaredBasis(per="work", includes_replacement="yes") if size.given == "whole" else DeclaredBasis(),
                evidence=Evidence(source="rapport", rules=base.ask.rules, valid_until="2029-12-31", category="1"),
            )
        )  # fmt: skip
    return replace(base, id="groot", number="GROOT-1", posts=posts, variants=tuple(variants), products=())


def put(workspace: Workspace, tender: Tender) -> None:
    with workspace.unit() as unit:
        unit.commit("tender", tender.id, tender, "tender_new", {"name": tender.number})


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_any_number_of_posts_and_variants_prints(workspace: Workspace, tmp_path: Path, deep: bool) -> None:
    add_example(workspace)
    base = tenders.get_tender(workspace, "voorbeeld")
    sizes = [Size(*pair) for pair in PAIRS]
    if deep:
        sizes = [Size(p, v, g) for p in POSTS for v in VARIANTS for g in GIVEN]  # type: ignore[arg-type]
    made = []
    for size in sizes:
        put(workspace, tender_of(base, size))
        made.append(tmp_path / f"{size.posts}-{size.variants}-{size.given.replace(' ', '')}.pdf")
        advise(workspace, "groot", made[-1], "internal")
        assert "niet te tekenen" not in text_of(made[-1])
    conforms(made if deep else [made[3], made[11], made[19], made[-1]])


def test_a_sheet_of_more_than_400_posts_shows_the_largest_and_says_so(
    workspace: Workspace, tmp_path: Path
) -> None:
    add_example(workspace)
    put(workspace, tender_of(tenders.get_tender(workspace, "voorbeeld"), Size(430, 2, "per post")))
    advise(workspace, "groot", tmp_path / "a.pdf", "internal")
    text = " ".join(text_of(tmp_path / "a.pdf").split())
    assert "Dit blad toont de 400 posten met de meeste MKI. De andere 30 staan in het werkboek." in text


def test_what_is_bought_stands_on_the_sheet(workspace: Workspace, tmp_path: Path) -> None:
    """Quantities, and per post and variant the product and its MKI over the period (found: papers 9)."""
    add_example(workspace)
    advise(workspace, "voorbeeld", tmp_path / "a.pdf", "internal")
    text = " ".join(text_of(tmp_path / "a.pdf").replace("\u00a0", " ").split())
    for words in ("987,0 ton", "1.692,0 ton", "2.538,0 ton", "Wat ieder per post aanbiedt", "€ 23.649 MKI"):
        assert words in text, words


def test_every_pair_of_choices_is_there() -> None:
    for a, b in ((POSTS, VARIANTS), (POSTS, GIVEN), (VARIANTS, GIVEN)):
        places = (POSTS, VARIANTS, GIVEN).index(a), (POSTS, VARIANTS, GIVEN).index(b)
        met = {(pair[places[0]], pair[places[1]]) for pair in PAIRS}
        assert {(x, y) for x in a for y in b} - met <= set(), (a, b)


def test_charts_are_bounded_and_no_two_posts_look_alike(workspace: Workspace) -> None:
    add_example(workspace)
    tender = tender_of(tenders.get_tender(workspace, "voorbeeld"), Size(40, 9, "per post"))
    put(workspace, tender)
    comparison, _ = comparison_of(workspace, tender)
    chart = by_post(comparison)
    for bar in chart.bars:
        keys = [segment.key for segment in bar.segments]
        assert len(set(keys)) == len(keys) <= 7
    found = explain_difference(comparison, "v0", "v1")
    assert found is not None
    bars = of_difference(comparison, found).bars
    assert len(bars) == 8  # six posts, the rest, and their sum
    assert sum(bar.net or 0.0 for bar in bars[:-1]) == pytest.approx(bars[-1].net)


# --- every sign
# ---------------------------------------------------------------------------------------------

PASTED = "30 % → 60 % PR ✓ ☐ ⚠ ■ ★ \uf0b7 \uf0a7 ⇒ Ελλάδα Đặng Łódź שלום 東京"


def test_what_people_paste_is_on_the_paper(workspace: Workspace, tmp_path: Path) -> None:
    """In a title, a name and a chart's label; and the paper stays accessible and archivable."""
    add_example(workspace)
    base = tenders.get_tender(workspace, "voorbeeld")
    first = replace(base.variants[2], name="Variant → ✓ 東京", bidder="Bedrijf 🛠 \ufeffBV")
    named = replace(
        base,
        id="groot",
        number="GROOT-1",
        title=PASTED,
        variants=(*base.variants[:2], first, *base.variants[3:]),
    )
    put(workspace, named)
    path = tmp_path / "a.pdf"
    advise(workspace, "groot", path, "internal")
    text = text_of(path)
    for sign in "→✓☐⚠■★•▪⇒Ελ東京":
        assert sign in text, sign
    conforms([path])


def test_a_sign_no_face_has_shows_as_a_box_and_is_named() -> None:
    use_faces(paths.resources() / "fonts")
    odd = "\U0001f9ff"
    assert unprintable(f"Titel {odd} →") == [odd]
    assert "".join(part for _, part in runs(f"a{odd}b")) == f"a{NO_GLYPH}b"
    assert unprintable(PASTED) == []
    assert runs("gewone tekst") == [("Roboto", "gewone tekst")]


def test_what_cannot_be_printed_is_said_with_its_place_before_it_is_final() -> None:
    from cirkeldesk.operations.paper.printable import to_mend

    plain = Tender(
        "t", "T-1", title="Gewoon → werk ✓", variants=(Variant("v1", "Łódź", "bid", bidder="Đặng & Co"),)
    )
    assert to_mend(plain) == []
    odd = replace(
        plain,
        title="Werk \U0001f9ff",
        variants=(Variant("v1", "Inschrijving A", "bid", bidder="\u05e9\u05dc\u05d5\u05dd"),),
    )
    assert to_mend(odd) == [
        "Dit teken kunnen wij niet afdrukken: \U0001f9ff in Titel. Er komt een ▯ te staan.",
        "De inschrijver van Inschrijving A: schrijf de naam in Latijnse letters, zodat zij goed op papier komt.",
    ]


def test_text_from_right_to_left_is_drawn_in_its_order() -> None:
    use_faces(paths.resources() / "fonts")
    drawn = "".join(part for _, part in runs("bedrijf שלום 12 BV"))
    assert drawn == "bedrijf םולש 12 BV"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40))
def test_any_text_is_markup_in_which_nothing_is_lost(text: str) -> None:
    use_faces(paths.resources() / "fonts")
    found = runs(text)
    assert sum(part.count(NO_GLYPH) for _, part in found) >= len(unprintable(text))
    made = markup(text)
    assert made.count("<font") == made.count("</font>")
