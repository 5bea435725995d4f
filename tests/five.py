"""A tender with five bidders whose every name, product and figure can be told apart: two that score, one that
wins, one that was judged invalid and one that withdrew. Everything is made up.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cirkeldesk.model.product.composition import Composition, Constituent
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.product import Attachment, Product
from cirkeldesk.model.reference.themes import RStep, ThemeNote
from cirkeldesk.model.tender.ask import Ask
from cirkeldesk.model.tender.award_rules import (
    AwardRules,
    Judgement,
    Lock,
    Opening,
    QualityCriterion,
    QualityLock,
    Score,
    Step,
)
from cirkeldesk.model.tender.publication import Characteristics, Publication
from cirkeldesk.model.tender.tender import (
    Answer,
    DeclaredBasis,
    Evidence,
    OfferedMki,
    Post,
    ProductRef,
    ReceivedForm,
    Tender,
    Variant,
)
from cirkeldesk.operations.settings import file_settings, save_file_settings
from cirkeldesk.operations.workspace import Workspace

STEPS = tuple(
    Step(label, Decimal(percent))
    for label, percent in (("uitmuntend", 100), ("goed", 80), ("voldoende", 60), ("matig", 30))
)
# name, bidder, product, price, MKI, line price, unit price, scores, motivation
BIDDERS = (
    (
        "a",
        "Aquila",
        "Wegenbouw Aquila BV",
        "Aquilafalt 11 met lignine",
        "1111317.19",
        41713.0,
        "411918.17",
        "91.37",
        ("goed", "voldoende"),
    ),
    (
        "b",
        "Boreas",
        "Boreas Infra NV",
        "Boreasmix PA 16 bio",
        "1122717.23",
        37123.0,
        "423818.13",
        "92.73",
        ("uitmuntend", "goed"),
    ),
    (
        "c",
        "Corvus",
        "Corvus Asfalt vof",
        "Corvucoat SMA 8 groen",
        "1333919.29",
        52931.0,
        "434712.11",
        "93.91",
        ("matig", "goed"),
    ),
    (
        "d",
        "Dryas",
        "Dryas Wegen BV",
        "Dryadruk AC 22 retour",
        "1444523.31",
        58537.0,
        "445627.03",
        "94.57",
        ("voldoende", "matig"),
    ),
    (
        "e",
        "Ephyra",
        "Ephyra Civiel BV",
        "Ephyraphalt STAB 50",
        "1555741.37",
        61741.0,
        "456939.07",
        "95.71",
        ("goed", "goed"),
    ),
)
VERDICTS = {"d": "invalid", "e": "withdrawn"}
WINNER = "b"
CRITERIA = (
    QualityCriterion(
        "k1", "Plan voor hinder", Decimal(90_000), STEPS, ("J. Verzonnen", "K. Bedacht"), "consensus"
    ),
    QualityCriterion("k2", "Levensduur en garantie", Decimal(60_000), STEPS, ("J. Verzonnen",), "consensus"),
)
RULES = AwardRules(
    method="value",
    also=("mki_discount",),
    criteria=CRITERIA,
    lower=Decimal(30_000),
    upper=Decimal(65_000),
    maximum=Decimal(150_000),
    motivation="De kwaliteit telt mee omdat de weg druk is.",
    tie_rules=("lowest_mki",),
)
PUBLICATION = Publication(
    procedure="open",
    estimate=Decimal("1298765.43"),
    expiry_days=20,
    expiry_source="paragraaf 5.2 van de leidraad",
    characteristics=Characteristics(
        "b", "Het plan van de winnaar beperkt de hinder het meest, omdat er alleen 's nachts wordt gewerkt."
    ),
    objection="no",
    objection_by="b",
    contact="het inkoopteam",
    prepared_by="V. Zonnen",
    approved_by="B. Dacht",
    themes=(
        ThemeNote("climate", "Asfalt bij lagere temperatuur."),
        ThemeNote("circularity", "Ten minste de helft hergebruikt asfalt."),
    ),
    r_step=RStep("pbl", 8, "Oud asfalt komt terug in de onderlaag."),
)
POSTS = (
    Post("p1", "Deklaag", route="bill", values=(("mass_t", 4500.0),), life=15.0),
    Post("p2", "Onderlaag", route="bill", values=(("mass_t", 9000.0),), life=30.0),
)


def now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def recipe(key: str, name: str) -> Product:
    """A product typed inside a bid, with a recipe and a supplier of its own."""
    number = 100 + ord(key)
    parts = (
        Constituent(f"lignine van {name}", 0.0123 + number / 1e5, "primary_biobased"),
        Constituent(f"freesasfalt {name}", 0.5, "secondary"),
        Constituent(f"steenslag {name}", 0.4877 - number / 1e5, "primary_abiotic"),
    )
    rows = (DeclaredValue("GWP-total", "A1-A3", 40.0 + number / 7, unit="kg CO2 eq."),)
    return Product(
        f"local-{key}",
        name,
        product_group="asfalt",
        supplier=f"Leverancier {name}",
        declared_unit="ton",
        declared_amount=1.0,
        composition=Composition(parts),
        declarations=(Declaration("A2", rows),),
        number=f"MRPI-{number}.{number}",
    )


def bid(row: Any) -> Variant:
    key, name, bidder, _product, price, mki, line, unit_price, _ = row
    answers = (
        Answer("p1", product=ProductRef(f"local-{key}"), price=Decimal(line), unit_price=Decimal(unit_price)),
        Answer("p2", price=Decimal(price) - Decimal(line)),
    )
    return Variant(
        key,
        f"Inschrijving {name}",
        "bid",
        bidder=bidder,
        answers=answers,
        work_mki=OfferedMki(total=mki),
        price=Decimal(price),
        basis=DeclaredBasis(per="work", includes_uplift=True, includes_replacement="yes"),
        evidence=Evidence(
            f"Rapport {name} 7", f"R-{ord(key)}-{ord(key) * 31}", f"Toetser {name}", tool=f"Rekenblad {name}"
        ),
        equal="yes",
        equal_reason=f"Getoetst voor {name}",
    )


def five(ask: Ask, group: str, **more: Any) -> Tender:
    """The tender, locked, opened and judged. `ask` pins the weighting set, `group` is the product group's
    hash."""
    reference = Variant(
        "nul",
        "Nulvariant",
        "reference",
        answers=tuple(Answer(post.id, mki=OfferedMki(total=4.5)) for post in POSTS),
        price=Decimal("1287654.32"),
    )
    design = replace(
        reference,
        id="ontwerp",
        name="Ontwerpvariant 1",
        role="alternative",
        answers=tuple(Answer(p.id, mki=OfferedMki(total=3.9)) for p in POSTS),
    )
    at = now()
    scores = tuple(
        Score(row[0], criterion.id, "J. Verzonnen", f"Het plan van dit bedrijf is {label} uitgewerkt.", label)
        for row in BIDDERS
        for criterion, label in zip(CRITERIA, row[8], strict=True)
    )
    judged = tuple(
        Judgement(
            row[0],
            VERDICTS.get(row[0], "valid"),  # type: ignore[arg-type]
            "de bankgarantie ontbreekt" if row[0] == "d" else "gecontroleerd",
            "4.3" if row[0] == "d" else "",
            "P. Voorbeeld",
            "tester",
            at,
        )
        for row in BIDDERS
    )
    fields: dict[str, Any] = {
        "title": "Groot onderhoud N999 (verzonnen)",
        "product_group": group,
        "functional_quantity": 12345.0,
        "closes_on": "2026-10-30",
        "status": "judged",
        "ask": replace(
            ask, analysis_period=30.0, replacement_rule="fractional_with_d", includes_replacement="yes"
        ),
        "posts": POSTS,
        "variants": (reference, design, *(bid(row) for row in BIDDERS)),
        "products": tuple(recipe(row[0], row[3]) for row in BIDDERS),
        "fictitious": True,
        "award": RULES,
        "lock": Lock("2026-09-01", "Leidraad", "tester", at),
        "quality_lock": QualityLock("tester", at),
        "opened": Opening("tester", at, "P. Voorbeeld en Q. Voorbeeld"),
        "scores": scores,
        "judgements": judged,
        "publication": PUBLICATION,
        **more,
    }
    return Tender("vijf", "2026-099", **fields)


def add_five(workspace: Workspace, change: Callable[[Tender], Tender] = lambda tender: tender) -> Tender:
    """Put the tender in a database of an organisation, records and all. Each bid came in as a form."""
    sender = replace(
        file_settings(workspace),
        organisation="Provincie Verzonnen",
        address="Verzonnenplein 1, 1234 AB Verzonnen",
        court="rechtbank Verzonnen",
    )
    save_file_settings(workspace, sender)
    with workspace.unit() as unit:
        ask = Ask(weighting_set=unit.references.of("weighting_set")["A2"])
        tender = five(ask, unit.references.of("product_group")["asfalt"])
        received = tuple(
            ReceivedForm(
                Attachment(f"Formulier {row[1]}.xlsx", unit.attachments.keep(f"vorm {row[1]}".encode())),
                now(),
                "taken",
                row[0],
            )
            for row in BIDDERS
        )
        tender = change(replace(tender, received=received))
        unit.commit("tender", tender.id, tender, "tender_import", {"name": tender.number})
    return tender
