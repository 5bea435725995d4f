"""Documents chosen so that each pair of choices meets at least once: kind, variants, posts, missing data,
method, names, logo."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from PIL import Image, ImageDraw

from cirkeldesk.model.award.disclosure import EXTERNAL
from cirkeldesk.model.tender.award_rules import AwardRules, Judgement, Lock, QualityCriterion, Score
from cirkeldesk.model.tender.publication import Characteristics
from cirkeldesk.model.tender.tender import AdviceText, Answer, OfferedMki, Post, ProductRef, Tender, Variant
from cirkeldesk.operations import settings
from cirkeldesk.operations.paper import correspondence
from cirkeldesk.operations.paper.context import AUDIENCES, Occasion, context_of
from cirkeldesk.operations.workspace import Workspace
from tests import five

KINDS = (
    "advice internal",
    "advice external",
    "winner",
    "rejected",
    "invalid",
    "withdrawn",
    "record",
    "opening",
)
METHODS = ("none", "value", "weighted", "relative", "lowest_price")
CHOICES: dict[str, tuple[object, ...]] = {
    "kind": KINDS,
    "method": METHODS,
    "bids": (2, 4, 9),  # beside the nulvariant: 3, 5 and 10 variants
    "posts": (1, 8, 40),
    "missing": (False, True),
    "long": (False, True),
    "logo": (False, True),
}
LONG = "Aannemingsmaatschappij Wegenbouwbedrijvencombinatie Langenaam & Zonen <Midden-Nederland> U.A."
WORDS = "De inschrijver beschrijft de fasering stap voor stap en laat zien hoe de hinder per nacht afneemt. "


@dataclass(frozen=True)
class Chosen:
    """One document."""

    kind: str
    method: str
    bids: int
    posts: int
    missing: bool
    long: bool
    logo: bool

    @property
    def is_possible(self) -> bool:
        """Letters and the record of the award need a method."""
        return self.method != "none" or self.kind in ("advice internal", "advice external", "opening")

    @property
    def pairs(self) -> frozenset[tuple[str, object, str, object]]:
        named = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return frozenset((a, x, b, y) for (a, x), (b, y) in itertools.combinations(named, 2))

    @property
    def name(self) -> str:
        marks = [self.kind.replace(" ", "-"), self.method, f"{self.bids}x{self.posts}"]
        return "-".join(
            [
                *marks,
                *(
                    word
                    for word, on in (("leeg", self.missing), ("lang", self.long), ("logo", self.logo))
                    if on
                ),
            ]
        )


def documents() -> list[Chosen]:
    """The documents, made greedily: each the first that adds most pairs not met yet."""
    everything = [Chosen(*values) for values in itertools.product(*CHOICES.values())]  # type: ignore[arg-type]
    possible = [one for one in everything if one.is_possible]
    wanted = set().union(*(one.pairs for one in possible))
    found = []
    while wanted:
        best = max(possible, key=lambda one: len(one.pairs & wanted))
        found.append(best)
        wanted -= best.pairs
    return found


def rules(method: str) -> AwardRules:
    criteria = (
        QualityCriterion("k1", "Plan voor hinder", Decimal(40), five.STEPS),
        QualityCriterion(
            "k2", "Levensduur en garantie van de deklaag en de onderlaag samen", Decimal(20), five.STEPS
        ),
    )
    money = tuple(replace(criterion, maximum=criterion.maximum * 2000) for criterion in criteria)
    weighted = AwardRules(
        method="weighted",
        also=("mki_points",),
        criteria=criteria,
        lower=Decimal(20_000),
        upper=Decimal(70_000),
        mki_weight=Decimal(20),
        price_weight=Decimal(20),
        price_low=Decimal(900_000),
        price_high=Decimal(1_900_000),
        outside="clamp",
    )
    return {
        "none": AwardRules(),
        "value": replace(five.RULES, criteria=money),
        "weighted": weighted,
        "relative": AwardRules(method="relative", criteria=criteria, price_weight=Decimal(40)),
        "lowest_price": AwardRules(
            method="lowest_price", ceiling=Decimal(68_000), motivation="De prijs is hier het enige verschil."
        ),
    }[method]


def tender(base: Tender, chosen: Chosen) -> Tender:
    """The document's tender: the first bid wins, the last is invalid or withdrawn where the letter asks for
    it."""
    suffix = f" {LONG}" if chosen.long else ""
    posts = tuple(
        Post(f"p{i}", f"Post {i}{' met een lange omschrijving van de werkzaamheden' if chosen.long else ''}", route="bill",
             values=(("mass_t", 100.0 + i),), life=15.0)
        for i in range(1, chosen.posts + 1)
    )  # fmt: skip
    reference = Variant(
        "nul",
        "Nulvariant",
        "reference",
        answers=tuple(Answer(post.id, mki=OfferedMki(total=4.5 + i / 10)) for i, post in enumerate(posts)),
        price=Decimal("1450000"),
    )
    bids = tuple(_bid(base, chosen, i, suffix) for i in range(chosen.bids))
    outs = _outs(chosen)
    opened = replace(base, judgements=())
    judged = tuple(
        Judgement(
            bid.id,
            outs.get(bid.id, "valid"),  # type: ignore[arg-type]
            "de verklaring ontbreekt",
            "4.3",
            "P. Voorbeeld",
            "tester",
            five.now(),
        )
        for bid in bids
    )
    method = rules(chosen.method)
    scores = tuple(
        Score(
            bid.id,
            criterion.id,
            "J. Verzonnen",
            WORDS * (4 if chosen.long else 1),
            "uitmuntend" if i == 0 else "goed",
        )
        for i, bid in enumerate(bids)
        for criterion in method.criteria
    )
    texts = (AdviceText(f"{EXTERNAL if external else ''}advice", WORDS * 40) for external in (False, True))
    words = Characteristics(
        "b0", f"Het plan van de winnaar beperkt de hinder het meest. {WORDS * (6 if chosen.long else 1)}"
    )
    found = replace(
        opened,
        title=f"Groot onderhoud{suffix or ' N999'} (verzonnen)",
        posts=posts,
        variants=(reference, *bids),
        products=tuple(five.recipe(f"{i}", f"Mengsel {i}{suffix}") for i in range(chosen.bids)),
        advice=tuple(texts) if chosen.long else (),
        award=method,
        lock=Lock("2026-09-01", "Leidraad", "tester", five.now()) if chosen.method != "none" else None,
        scores=scores,
        judgements=judged,
        publication=replace(
            base.publication, characteristics=words, disclose="de stukken zeggen dat" if chosen.logo else ""
        ),
    )
    return replace(found, quality_lock=base.quality_lock if method.criteria else None)


def _outs(chosen: Chosen) -> dict[str, str]:
    last = f"b{chosen.bids - 1}"
    if chosen.kind in ("invalid", "withdrawn"):
        return {last: chosen.kind}
    return {last: "invalid"} if chosen.bids > 2 else {}


def _bid(base: Tender, chosen: Chosen, index: int, suffix: str) -> Variant:
    """The first is cheapest and cleanest. Where data is missing the last bid has no price and no MKI, and
    some no report."""
    source = next(variant for variant in base.variants if variant.is_bid)
    empty = (
        chosen.missing
        and index == chosen.bids - 1
        and (chosen.bids > 2 or chosen.kind in ("invalid", "withdrawn"))
    )
    mki = None if empty else OfferedMki(total=31_000.0 + 3_777 * index)
    answers = tuple(Answer(f"p{i}", product=ProductRef(f"local-{index}")) for i in range(1, chosen.posts + 1))
    return replace(
        source,
        id=f"b{index}",
        name=f"Inschrijving {index + 1}{suffix}",
        bidder=f"Wegenbouw {index + 1}{suffix} BV",
        answers=() if empty else answers,
        work_mki=mki,
        price=None if empty else Decimal(1_100_000) + Decimal("77777.77") * index,
        evidence=replace(source.evidence, source=None if chosen.missing else f"Rapport {index + 1}{suffix}"),
        equal_reason=f"Getoetst{suffix}",
    )


def logo() -> bytes:
    """A made-up logo with transparency."""
    picture = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 10, 150, 150), fill=(200, 60, 20, 255))
    draw.rectangle((170, 40, 390, 120), fill=(20, 90, 160, 160))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def printed(workspace: Workspace, folder: Path, base: Tender, chosen: Chosen) -> bytes:
    """The document as PDF, as a final version prints it."""
    (folder / "logo.png").write_bytes(logo())
    settings.save_file_settings(
        workspace, settings.FileSettings("Provincie Verzonnen", colour="#FFD166" if chosen.logo else "")
    )
    settings.set_logo(workspace, folder / "logo.png" if chosen.logo else None)
    made = tender(base, chosen)
    printed = context_of(workspace, made)
    printed.on = Occasion("ab" * 32, "2026-11-22T10:00:00+00:00", 2 if chosen.missing else None)
    if chosen.kind.startswith("advice"):
        audience = AUDIENCES[chosen.kind.endswith("external")]
        printed.before = replace(made, title="Eerder", posts=made.posts[:1]) if chosen.missing else None
        return printed.sheets(audience, ("advice",))["advice"]
    if chosen.kind in ("record", "opening"):
        return correspondence.record(workspace, made, chosen.kind, "pdf")  # type: ignore[arg-type]
    letters = correspondence.letter_papers(printed, date(2026, 12, 5))
    who = {"winner": "b0", "rejected": "b1"}.get(chosen.kind, f"b{chosen.bids - 1}")
    return correspondence.written(printed, letters[who], "pdf", f"letter/{who}")


def all_printed(workspace: Workspace, folder: Path) -> Iterator[tuple[Chosen, Path]]:
    """Every document, written under its name."""
    base = five.add_five(workspace)
    for chosen in documents():
        path = folder / f"{chosen.name}.pdf"
        path.write_bytes(printed(workspace, folder, base, chosen))
        yield chosen, path
