"""Nothing of one bidder reaches another or the outside, the winner's own included; the internal papers hold
it all.

Five bidders whose names, products, recipes, suppliers, reports, prices and MKI can be told apart. Every
external paper is read back to the last byte: text, metadata, hidden sheets, cached chart values and
attachments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.model.award.award import best_price
from cirkeldesk.model.award.disclosure import public
from cirkeldesk.model.award.methods import outcome
from cirkeldesk.model.document.document import to_plain
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.paper import correspondence, export, papers
from cirkeldesk.operations.paper.context import context_of
from cirkeldesk.operations.tender.tenders import edit_tender, get_tender, undo
from cirkeldesk.operations.workspace import Workspace
from tests.acceptance.papers import everything_in, one_line
from tests.five import BIDDERS, PUBLICATION, WINNER, add_five

pytestmark = pytest.mark.paper
SENT = date(2026, 12, 4)
KEYS = [row[0] for row in BIDDERS]


def spoken(value: str) -> set[str]:
    """A figure in every way a file may write it: 1111317.19, 1111317,19, 1.111.317,19, 1.111.317."""
    exact = Decimal(value)
    dutch = f"{exact:,.2f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    found = {value, value.replace(".", ","), dutch, dutch.split(",")[0], f"{exact.quantize(Decimal(1))}"}
    return {text for text in found if len(text) >= 4}


def names_of(key: str) -> set[str]:
    row = next(row for row in BIDDERS if row[0] == key)
    number = ord(key)
    own = {
        row[1],
        row[2],
        row[3],
        f"Rapport {row[1]} 7",
        f"R-{number}-{number * 31}",
        f"Toetser {row[1]}",
        f"Rekenblad {row[1]}",
    }
    return own | {
        f"Leverancier {row[3]}",
        f"lignine van {row[3]}",
        f"MRPI-{100 + number}",
        f"Formulier {row[1]}",
        f"Getoetst voor {row[1]}",
    }


def figures_of(key: str) -> set[str]:
    row = next(row for row in BIDDERS if row[0] == key)
    found: set[str] = set()
    for value in (row[4], str(int(row[5])), row[6], str(Decimal(row[4]) - Decimal(row[6]))):
        found |= spoken(value)
    return found | {row[7], row[7].replace(".", ",")}


def totals(workspace: Workspace) -> dict[str, set[str]]:
    """What the award made of each bid: its total and its MKI part give price and MKI away."""
    found = correspondence.decided(context_of(workspace, get_tender(workspace, "vijf")))
    texts: dict[str, set[str]] = {}
    for bid in found.bids:
        # An invalid bid has no sum; what it would have been is looked for all the same.
        made = outcome(found.rules, bid.figures, best_price(one.figures for one in found.bids))
        assert bid.outcome == made or bid.validity in OUT
        amounts = [made.total, *(abs(part.amount) for part in made.parts if part.code == "mki_discount")]
        texts[bid.id] = {text for amount in amounts for text in spoken(str(amount))}
    return texts


def secrets(workspace: Workspace, key: str, *, named: bool = False) -> set[str]:
    """Everything of a bid that may not be found; `named`: its bidder's name may."""
    row = next(row for row in BIDDERS if row[0] == key)
    found = names_of(key) | figures_of(key) | totals(workspace)[key]
    return found - {row[1], row[2]} if named else found


@pytest.fixture
def five(workspace: Workspace) -> Workspace:
    add_five(workspace)
    return workspace


def outside(workspace: Workspace, folder: Path) -> Iterator[Path]:
    """Every external paper that is not a letter."""
    folder.mkdir()
    export.advise(workspace, "vijf", folder / "a.pdf", "external")
    export.export_workbook(workspace, "vijf", folder / "a.xlsx", "external")
    export.export_ods(workspace, "vijf", folder / "a.ods", "external")
    export.export_dossier(workspace, "vijf", folder / "a.cirkel", "external")
    export.export_csv(workspace, "vijf", folder / "csv", "external")
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_external_paper_holds_anything_of_a_bidder(five: Workspace, tmp_path: Path) -> None:
    """Before and after it was made final: the files kept with a version are looked at too."""
    papers.finalise(five, "vijf")
    found = list(outside(five, tmp_path / "uit"))
    assert len(found) >= 12
    for path in found:
        text = one_line(everything_in(path))
        for key in KEYS:
            there = {secret for secret in secrets(five, key, named=key == WINNER) if secret in text}
            assert there == set(), (path.name, key)
        for name in (
            "J. Verzonnen",
            "K. Bedacht",
            "P. Voorbeeld",
            "1298765",
            "1.298.765",
            "1287654",
            "1.287.654",
        ):
            assert name not in text, (path.name, name)
    assert "Boreas Infra NV" in everything_in(tmp_path / "uit" / "a.pdf")


WITHHELD = "de winnaar maakte bezwaar; de opbouw van de prijs is vertrouwelijk"


@pytest.mark.parametrize("withheld", ["", WITHHELD], ids=["named", "withheld"])
def test_a_letter_holds_the_bidders_own_and_of_others_nothing(
    five: Workspace, tmp_path: Path, withheld: str
) -> None:
    """Of the winner its sum, MKI and scores, unless they are withheld; of the losers nothing, of nobody a
    unit price, mix, supplier or report (DOMAIN 9)."""
    edit_tender(five, "vijf", edits.set_publication("withhold", withheld, "niet noemen"))
    papers.finalise(five, "vijf")
    written = export.write_letters(five, "vijf", SENT, tmp_path / "brieven")
    assert len(written) == 10
    for path in written:
        text = one_line(everything_in(path))
        own = next(row for row in BIDDERS if row[2] in path.name)
        for key in set(KEYS) - {own[0]}:
            hidden = secrets(five, key, named=key == WINNER)
            if key == WINNER and own[0] in ("a", "c") and not withheld:
                hidden -= told_of_winner(five)
            assert {secret for secret in hidden if secret in text} == set(), (path.name, key)
        assert own[2] in text
        if own[0] in ("a", "b", "c"):
            assert f"{Decimal(own[4]):,.2f}".replace(",", "\0").replace(".", ",").replace("\0", ".") in text
        if own[0] in ("a", "c"):
            assert "Boreas Infra NV" in text
            assert "alleen 's nachts wordt gewerkt" in text
            assert ("1.122.717,23" in text) is (not withheld)
            assert ("37.123" in text) is (not withheld)
            assert not withheld or withheld in text
        if own[0] == "e":
            assert "Boreas" not in text


def told_of_winner(workspace: Workspace) -> set[str]:
    """The winner's bid sum, MKI and what the published method made of them; never a unit price or report."""
    row = next(row for row in BIDDERS if row[0] == WINNER)
    return spoken(row[4]) | spoken(str(int(row[5]))) | totals(workspace)[WINNER]


def test_the_switch_names_price_and_mki_of_the_winner_alone(five: Workspace, tmp_path: Path) -> None:
    """With a reason; unit prices, mix, supplier and report stay, and of the losers everything."""
    publication = replace(PUBLICATION, disclose="de wet vraagt openheid over de winnende inschrijving")
    edit_tender(five, "vijf", edits.set_field("publication", publication, "openheid"))
    papers.finalise(five, "vijf")
    written = [
        *export.write_letters(five, "vijf", SENT, tmp_path / "brieven"),
        *outside(five, tmp_path / "uit"),
    ]
    for path in written:
        text = one_line(everything_in(path))
        own = next((row[0] for row in BIDDERS if row[2] in path.name), None)
        for key in set(KEYS) - {own, WINNER}:
            assert {secret for secret in secrets(five, key) if secret in text} == set(), (path.name, key)
        if own != WINNER:
            row = next(row for row in BIDDERS if row[0] == WINNER)
            hidden = names_of(WINNER) - {row[1], row[2]} | spoken(row[6]) | {row[7], row[7].replace(".", ",")}
            assert {secret for secret in hidden if secret in text} == set(), path.name
    text = one_line(everything_in(next(p for p in written if p.name.endswith(".pdf") and "Aquila" in p.name)))
    assert "1.122.717,23" in text
    assert "37.123" in text
    assert "de wet vraagt openheid over de winnende inschrijving" in text


def test_the_internal_papers_hold_all(five: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "uit"
    folder.mkdir()
    export.advise(five, "vijf", folder / "a.pdf")
    export.export_workbook(five, "vijf", folder / "a.xlsx")
    export.export_ods(five, "vijf", folder / "a.ods")
    export.write_record(five, "vijf", "record", folder / "pv.pdf")
    for path in sorted(folder.iterdir()):
        text = one_line(everything_in(path))
        assert "INTERN, bevat inschrijfprijzen" in text
        for row in BIDDERS:
            assert row[1] in text, (path.name, row[1])
            assert spoken(row[4]) & set(text.replace("€", " ").split()) or any(
                form in text for form in spoken(row[4])
            ), path.name
    export.export_dossier(five, "vijf", tmp_path / "a.cirkel")
    text = everything_in(tmp_path / "a.cirkel")
    for key in KEYS:
        assert {name for name in names_of(key) if name not in text and not name.startswith("MRPI")} == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Beter dan Corvus Asfalt vof.", "Corvus Asfalt vof"),
        ("De ander vroeg € 1.333.919,29.", "1.333.919,29"),
        ("Bijna 1.333.919 euro.", "1.333.919"),
        ("Met CORVUCOAT SMA 8 GROEN in de deklaag.", "Corvucoat SMA 8 groen"),
        ("Een MKI van 52.931 is veel.", "52.931"),
    ],
)
def test_a_typed_text_that_names_another_is_refused(
    five: Workspace, tmp_path: Path, text: str, found: str
) -> None:
    """In the advice for outside and in a motivation that would go into a letter; nothing is written, and it
    says where."""
    edit_tender(five, "vijf", edits.set_advice("extern_summary", "Samenvatting", text))
    for run in (
        lambda: export.advise(five, "vijf", tmp_path / "uit.pdf", "external"),
        lambda: export.export_csv(five, "vijf", tmp_path / "uit", "external"),
        lambda: papers.finalise(five, "vijf"),
    ):
        with pytest.raises(StoreError) as refused:
            run()
        assert refused.value.key == "leak"
        assert refused.value.params["text"] == found
        assert "Samenvatting" in str(refused.value.params["place"])
    assert get_tender(five, "vijf").versions == ()
    assert [path for path in tmp_path.iterdir() if path.stem == "uit"] == []


def test_a_motivation_that_names_another_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    def gossip(tender: Tender) -> Tender:
        first, *rest = tender.scores
        return replace(
            tender,
            scores=(
                replace(first, motivation="Minder goed dan Boreas Infra NV en Corvus Asfalt vof."),
                *rest,
            ),
        )

    add_five(workspace, gossip)
    with pytest.raises(StoreError) as refused:
        export.write_letters(workspace, "vijf", SENT, tmp_path / "brieven", draft=True)
    assert refused.value.key == "leak"
    assert refused.value.params["text"] == "Corvus Asfalt vof"  # the winner may be named
    assert "Aquila" in str(refused.value.params["place"])
    assert not (tmp_path / "brieven").exists()


def test_the_dossier_for_outside_is_searched_too(five: Workspace, tmp_path: Path) -> None:
    """A written section, the reason why a design is equal, and a theme: each would travel in the document."""
    tender = get_tender(five, "vijf")
    design = replace(tender.variant("ontwerp"), equal_reason="Zoals Corvus Asfalt vof, die 1333919,29 vroeg.")
    variants = tuple(design if v.id == "ontwerp" else v for v in tender.variants)
    for edit in (
        edits.set_advice("extern_advice", "Advies", "Anders dan Corvus Asfalt."),
        edits.set_field("variants", variants, "gelijkwaardig"),
        edits.set_theme("chain", "Boven de raming van € 1.298.765,43.", "thema"),
        edits.set_theme("chain", "Beoordeeld door J. Verzonnen.", "thema"),
    ):
        edit_tender(five, "vijf", edit)
        with pytest.raises(StoreError) as refused:
            export.export_dossier(five, "vijf", tmp_path / "uit.cirkel", "external")
        assert refused.value.key == "leak"
        undo(five, "vijf")
    export.export_dossier(five, "vijf", tmp_path / "uit.cirkel", "external")
    assert (tmp_path / "uit.cirkel").exists()


def test_a_bid_copied_as_a_design_does_not_go_out(five: Workspace, tmp_path: Path) -> None:
    """Nor a design that answers with a product of a bid: its recipe and supplier would go along."""
    tender = get_tender(five, "vijf")
    copy = replace(
        tender.variant("c"), id="kopie", name="Ontwerpvariant 2", role="alternative", bidder=None, price=None
    )
    lent = replace(tender.variant("c").answers[0], price=None, unit_price=None)
    borrowed = replace(tender.variant("ontwerp"), id="leen", name="Ontwerpvariant 3", answers=(lent,))
    edit_tender(five, "vijf", edits.set_field("variants", (*tender.variants, copy, borrowed), "ontwerpen"))
    for path in outside(five, tmp_path / "uit"):
        text = one_line(everything_in(path))
        assert {secret for secret in secrets(five, "c") if secret in text} == set(), path.name
        assert "Ontwerpvariant 2" not in text
        assert "Ontwerpvariant 3" not in text


def test_version_two_for_outside_does_not_name_who_won_before(five: Workspace, tmp_path: Path) -> None:
    """Who was first in version 1 has lost since."""
    papers.finalise(five, "vijf")
    awards.judge(
        five, "vijf", "b", "invalid", reason="de tekening ontbreekt", article="4.4", person="P. Voorbeeld"
    )
    papers.finalise(five, "vijf")
    for path in outside(five, tmp_path / "uit"):
        assert "Boreas" not in everything_in(path), path.name
    assert "De winnaar is gewijzigd." in one_line(everything_in(tmp_path / "uit" / "a.pdf"))


def test_the_public_tender_is_built_from_what_may_go(five: Workspace) -> None:
    """A field added later stays inside until somebody lists it here."""
    tender = get_tender(five, "vijf")
    plain: dict[str, Any] = to_plain(public(tender))
    assert set(plain) <= {
        "schema", "id", "number", "title", "product_group", "functional_quantity", "closes_on", "status", "ask", "posts",
        "variants", "fictitious", "award", "lock", "publication",
    }  # fmt: skip
    assert [variant["role"] for variant in plain["variants"]] == ["reference", "alternative"]
    assert set(plain["publication"]) == {"procedure", "themes", "r_step"}
    assert plain["lock"]["by"] == ""


def test_what_the_ask_itself_says_gives_nobody_away(example: Workspace, tmp_path: Path) -> None:
    """A post may ask by name what a bidder offers: "AC 16 bind 40 % PR" of bid A stands in our own documents
    then."""
    edit = edits.set_detail(
        get_tender(example, "voorbeeld"), "p2", "mix_type", "AC 16 bind 40 % PR", "mengsel"
    )
    edit_tender(example, "voorbeeld", edit)
    export.advise(example, "voorbeeld", tmp_path / "extern.pdf", "external")
    assert (tmp_path / "extern.pdf").read_bytes().startswith(b"%PDF")
