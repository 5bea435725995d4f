"""Parts of the advice that are tables and lists: procedure, estimate against bids, equivalence, themes,
declarations, outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.disclosure import Disclosed
from cirkeldesk.model.award.readiness import same_motivations
from cirkeldesk.model.comparison.comparison import product_of
from cirkeldesk.model.comparison.result import Comparison, Inputs, VariantResult
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.themes import RStep
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.award_rules import Score
from cirkeldesk.model.tender.tender import Answer, Post, Tender, Variant
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.award.awarding import AwardTable
from cirkeldesk.wording.comparison.printed import column_name

# What a reader outside the field meets on the sheet, each in a sentence.
GLOSSARY: tuple[tuple[str, str], ...] = (
    ("MKI", "Milieukostenindicator: één bedrag in € MKI voor de milieuschade van het werk. Lager is beter. Het is geen prijs."),
    ("Nulvariant", "Het werk zoals wij het zonder nieuwe keuzes zouden maken: de maat om mee te vergelijken."),
    ("Fictieve prijs", "De inschrijfsom met de waarde van kwaliteit en MKI verrekend. De laagste wint. Betaald wordt de inschrijfsom."),
    ("Levensfasen A–D", "A maken, vervoeren en aanleggen; B gebruik en vervanging; C slopen en verwerken; D wat na de levensduur nog voordeel geeft."),
    ("Primair abiotisch", "Nieuw gewonnen grondstof die niet groeit: zand, steen, bitumen."),
    ("Biobased", "Grondstof die groeit."),
    ("Hergebruikt", "Materiaal dat opnieuw wordt gebruikt. PR (partial recycling): hergebruikt asfalt in het mengsel."),
    ("Niet opgegeven", "Er is geen waarde genoemd. Dat is niet hetzelfde als nul."),
)  # fmt: skip


def procedure_facts(tender: Tender) -> list[tuple[str, str]]:
    """How it is bought and who answers for the advice; what nobody filled in is left out."""
    publication = tender.publication
    facts = []
    if publication.procedure is not None:
        facts.append(("Procedure", terms.PROCEDURES[publication.procedure]))
    if publication.estimate is not None:
        facts.append(("Raming, excl. btw", numbers.euro(publication.estimate, 2)))
    if tender.has_bids:
        out = len(tender.invalid_bids)
        facts.append(
            (
                "Inschrijvingen",
                f"{len(tender.bids)}" + (f", waarvan {out} ongeldig of ingetrokken" if out else ""),
            )
        )
    facts += [
        (name, text)
        for name, text in (
            ("Opgesteld door", publication.prepared_by),
            ("Goedgekeurd door", publication.approved_by),
        )
        if text
    ]
    return facts


def estimate_table(comparison: Comparison) -> AwardTable | None:
    """Each bid's sum beside the estimate, with the difference; None without estimate or priced bids."""
    estimate = comparison.tender.publication.estimate
    priced = [v for v in comparison.variants if v.is_bid and v.price is not None]
    if estimate is None or not priced:
        return None
    rows = [("Raming", numbers.euro(estimate, 2), "", "")]
    for result in priced:
        assert result.price is not None
        difference = result.price - estimate
        percent = numbers.percent(float(difference / estimate * 100), 1, sign=True) if estimate else ""
        rows.append(
            (result.name, numbers.euro(result.price, 2), numbers.euro(difference, 2, sign=True), percent)
        )
    return AwardTable(("", "Bedrag, excl. btw", "Verschil met raming", "%"), tuple(rows))


def estimate_notes(comparison: Comparison) -> list[str]:
    """That the estimate and the price of the nulvariant, which is an estimate too, are not the same."""
    estimate, reference = comparison.tender.publication.estimate, comparison.reference
    if estimate is None or reference is None or reference.price in (None, estimate):
        return []
    return [
        f"De raming is niet gelijk aan het bedrag van {reference.name}: "
        f"{numbers.euro(reference.price or 0, 2)}."
    ]


MOST_PRINTED = 400  # posts on a sheet; all of them stand in the workbook


def printed_posts(comparison: Comparison) -> tuple[Post, ...]:
    """The posts a sheet shows: all, or the largest by MKI, in their order."""
    posts = comparison.tender.posts
    if len(posts) <= MOST_PRINTED:
        return posts
    size = {
        post.id: max((abs(v.post(post.id).mki.value or 0.0) for v in comparison.variants), default=0.0)
        for post in posts
    }
    kept = set(sorted(size, key=lambda identity: -size[identity])[:MOST_PRINTED])
    return tuple(post for post in posts if post.id in kept)


def left_out(comparison: Comparison) -> str:
    """What of the posts does not stand on the sheet, in a sentence; "" where all do."""
    count = len(comparison.tender.posts) - MOST_PRINTED
    if count <= 0:
        return ""
    return (
        f"Dit blad toont de {MOST_PRINTED} posten met de meeste MKI. De andere {count} staan in het werkboek."
    )


def post_head(comparison: Comparison, post: Post) -> str:
    """A post with what is asked of it: quantity, thickness and the like, life, and its own fields."""
    group = comparison.group
    lines = [post.name, quantity(comparison, post)]
    if post.kind != "post":
        lines.append(terms.POST_KINDS[post.kind])
    lines += [
        f"{group.property(code).label} {numbers.as_typed(value)}{numbers.NBSP}{group.property(code).unit}"
        for code, value in post.values
    ]
    if post.life is not None:
        lines.append(f"levensduur {_life(post.life)}")
    said = dict(post.details)
    lines += [f"{field.label}: {said[field.code]}" for field in group.fields if field.code in said]
    return "\n".join(lines)


def _life(life: float | str) -> str:
    return "van het werk" if life == "work" else f"{numbers.as_typed(float(life))} jaar"


def posts_table(comparison: Comparison) -> AwardTable:
    """The posts with the quantities asked, where there is no variant to show beside them."""
    rows = []
    for post in printed_posts(comparison):
        name, *asked = post_head(comparison, post).split("\n")
        rows.append((name, ", ".join(asked)))
    return AwardTable(("Post", "Gevraagd"), tuple(rows))


def quantity(comparison: Comparison, post: Post) -> str:
    """How much of a post is asked, in the group's own measure; or the word where that is not known."""
    group = comparison.group
    measure = group.property(group.measure)
    known = quantities_of(comparison.tender, post, Answer(post.id), None, group).get(group.measure)
    if known is None:
        return terms.STATES["not_computable"]
    return f"{numbers.number(known, measure.decimals)}{numbers.NBSP}{measure.unit}"


def offered_tables(comparison: Comparison, inputs: Inputs, most: int) -> list[AwardTable]:
    """What each variant is: per post the product it offers and the MKI of the post over the whole period, on
    one basis in all cells. So many variants to a table."""
    posts = printed_posts(comparison)
    found = []
    for start in range(0, len(comparison.variants), most):
        chosen = comparison.variants[start : start + most]
        rows = []
        for post in posts:
            cells = [_offered(comparison, inputs, result, post) for result in chosen]
            rows.append((post_head(comparison, post), *cells))
        names = [column_name(comparison.tender.variant(result.id)) for result in chosen]
        found.append(AwardTable(("Post, hoeveelheid, levensduur", *names), tuple(rows)))
    return found


def _offered(comparison: Comparison, inputs: Inputs, result: VariantResult, post: Post) -> str:
    tender = comparison.tender
    answer = tender.variant(result.id).answer(post.id)
    if answer.lapses:
        return terms.STATES["absent"]
    product = product_of(tender, tender.variant(result.id), post.id, inputs)
    figure = result.post(post.id).mki
    told = [product.name] if product is not None else []
    if figure.value is not None:
        told.append(f"{numbers.euro(figure.value)} MKI")
    elif not told:
        told.append(terms.STATES[figure.state or "empty"])
    if answer.life is not None:
        told.append(f"levensduur {_life(answer.life)}")
    return "\n".join(told)


def scores_tables(found: Award) -> list[tuple[str, AwardTable]]:
    """Per criterion who scored what and why, best first; without the bids that got no score."""
    tables = []
    for criterion in found.rules.criteria:
        scored = []
        for bid in found.bids:
            given = [
                score
                for score in found.tender.scores
                if (score.variant_id, score.criterion_id) == (bid.id, criterion.id)
            ]
            if given:
                scored.append(
                    (_earned(found, bid, criterion.id), _score_row(found, bid, criterion.id, given))
                )
        scored.sort(key=lambda pair: -pair[0])
        if scored:
            most = awarding.amount_text(found, criterion.maximum)
            table = AwardTable(("Inschrijver", "Score", "Motivering"), tuple(row for _, row in scored))
            tables.append((f"{criterion.name}, hoogstens {most}", table))
    return tables


def _earned(found: Award, bid: BidResult, criterion: str) -> Fraction:
    parts = bid.outcome.parts if bid.outcome is not None else ()
    return next((part.share or Fraction(0) for part in parts if part.criterion == criterion), Fraction(-1))


def _score_row(found: Award, bid: BidResult, criterion: str, given: list[Score]) -> tuple[str, ...]:
    parts = bid.outcome.parts if bid.outcome is not None else ()
    part = next((part for part in parts if part.criterion == criterion), None)
    words = list(dict.fromkeys(score.label for score in given if score.label is not None))
    told = [" en ".join(words)] if words else []
    if part is not None and part.share is not None:
        told.append(f"{awarding.share_text(part.share)} · {awarding.amount_text(found, abs(part.amount))}")
    elif not words:
        told.append(awarding.listed([f"{numbers.as_typed(s.percent or 0)}{numbers.NBSP}%" for s in given]))
    reasons = dict.fromkeys(awarding.stopped(score.motivation.strip()) for score in given)
    return column_name(found.tender.variant(bid.id)), "\n".join(told), " ".join(filter(None, reasons))


def motivations_alike(found: Award) -> list[str]:
    """Criteria on which two bids were given one and the same reason: said before it is printed."""
    names = {criterion.id: criterion.name for criterion in found.rules.criteria}
    alike = dict.fromkeys(names[criterion] for criterion, _ in same_motivations(found.tender))
    if not alike:
        return []
    return [f"Inschrijvers kregen dezelfde motivering bij {awarding.listed(list(alike))}."]


def equivalence(tender: Tender) -> AwardTable | None:
    """Whether each variant does the same work (functionally equal), and why; None where nobody answered
    it."""
    judged = [v for v in tender.variants if v.role != "reference"]
    if not any(v.equal != "unknown" for v in judged):
        return None
    rows = [(v.name, terms.YES_NO_UNKNOWN[v.equal], v.equal_reason or "") for v in judged]
    return AwardTable(("Variant", "Gelijkwaardig?", "Toelichting"), tuple(rows))


def all_equal(tender: Tender) -> str:
    """One sentence where every variant was found equal and nobody had to say why; else ""."""
    judged = [v for v in tender.variants if v.role != "reference"]
    if not judged or any(v.equal != "yes" or v.equal_reason for v in judged):
        return ""
    return "Alle varianten zijn gelijkwaardig bevonden."


def themes(tender: Tender) -> list[tuple[str, str]]:
    """What is done for each theme of MVOI, and the rung on the R-ladder with the numbering it is counted
    by."""
    facts = [(terms.THEMES[note.theme], note.text) for note in tender.publication.themes if note.text.strip()]
    return facts + (
        [("R-trede", r_text(tender.publication.r_step))] if tender.publication.r_step is not None else []
    )


def r_text(step: RStep | None) -> str:
    """ "R8 Recycle, materiaal terugwinnen (nummering PBL)"."""
    if step is None:
        return terms.NOT_CHOSEN
    name = terms.R_STEPS[step.numbering].get(step.step, "")
    words = f". {step.text.strip()}" if step.text.strip() else ""
    return f"R{step.step} {name} (nummering {terms.R_NUMBERINGS[step.numbering]}){words}"


def declarations(comparison: Comparison, inputs: Inputs) -> list[tuple[str, str]]:
    """Each product used, once, with where its declaration comes from and which variants use it."""
    used: dict[int, tuple[Product, list[Variant]]] = {}
    for variant in comparison.tender.variants:
        for product in _products(comparison.tender, variant, inputs):
            _, users = used.setdefault(id(product), (product, []))
            if variant not in users:
                users.append(variant)
    return [
        (
            product.name,
            f"{_source(product, comparison, users)} Gebruikt in {awarding.listed([v.name for v in users])}.",
        )
        for product, users in used.values()
    ]


def _products(tender: Tender, variant: Variant, inputs: Inputs) -> Iterable[Product]:
    found = (product_of(tender, variant, post.id, inputs) for post in tender.posts)
    return [product for product in found if product is not None]


def _source(product: Product, comparison: Comparison, users: Sequence[Variant]) -> str:
    """What the product says of itself; where it says nothing, what its variants say of all their posts."""
    named = _said_of(product, comparison)
    if named:
        return awarding.raised("; ".join(named)) + "."
    told = dict.fromkeys(variant.evidence.source for variant in users if variant.evidence.source)
    if not told:
        return "Bron niet opgegeven."
    return f"Bron voor alle posten van de variant: {'; '.join(map(str, told)).rstrip('.')}."


def _said_of(product: Product, comparison: Comparison) -> list[str]:
    declaration = product.declaration(comparison.weighting_set.code)
    parts = [product.owner and f"eigenaar {product.owner}", product.number and f"nummer {product.number}"]
    parts += [product.verifier and f"toetser {product.verifier}"]
    parts += [product.valid_until and f"geldig tot {numbers.date(product.valid_until)}"]
    parts += [
        product.uuid and f"UUID {product.uuid}" + (f", versie {product.version}" if product.version else "")
    ]
    if declaration is not None:
        parts += [
            f"set {declaration.set}",
            declaration.rules,
            declaration.category and f"datacategorie {declaration.category}",
        ]
    if product.source is not None:
        parts.append(f"ingelezen uit {product.source.file}")
    return [part for part in parts if part]


def outcome_facts(tender: Tender, shown: Disclosed | None) -> list[tuple[str, str]]:
    """What anybody may know of the outcome."""
    if shown is None:
        return []
    facts = [("Winnaar", shown.winner), ("Inschrijvingen", f"{shown.bids}, waarvan {shown.counted} geldig")]
    names = {criterion.id: criterion.name for criterion in tender.award.criteria}
    for part_criterion, share in shown.scores:
        facts.append((f"Score op {names.get(part_criterion, part_criterion)}", awarding.share_text(share)))
    if shown.characteristics.strip():
        facts.append(("Kenmerken en voordelen", shown.characteristics.strip()))
    if shown.price is not None:
        facts.append(("Inschrijfsom", numbers.euro(shown.price, 2)))
    if shown.mki is not None:
        facts.append(("MKI", numbers.number(shown.mki, tender.ask.mki_decimals)))
    if shown.reason:
        facts.append(("Waarom prijs en MKI genoemd worden", shown.reason))
    return facts
