"""Acts of the award as pure functions Tender → Tender, each with its record. Whether they are allowed stands
in `locks`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cirkeldesk.model.document.changes import bid_changes, locked_changes
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.ask import YesNoUnknown
from cirkeldesk.model.tender.award_rules import (
    AwardRules,
    Judgement,
    Layer,
    Nota,
    QualityCriterion,
    Score,
    Spread,
)
from cirkeldesk.model.tender.tender import DeclaredBasis, OfferedMki, Tender, Variant

PRACTICE_PRICE = Decimal(1_000_000)
PRACTICE_MKI = 50_000.0
# Fictitious bids around the reference: (share of its price, share of its MKI). One cheap, one clean, one in
# between.
PRACTICE_BIDS = ((Decimal("0.95"), 1.00), (Decimal("1.02"), 0.80), (Decimal("0.98"), 0.92))


def set_award(name: str, value: Any, label: str) -> edits.Edit:
    """One field of the award rules."""
    return edits.Edit(
        "field", {"label": label}, lambda old: _with_rules(old, replace(old.award, **{name: value}))
    )


def set_rules(rules: AwardRules, label: str) -> edits.Edit:
    return edits.Edit("field", {"label": label}, lambda old: _with_rules(old, rules))


def _with_rules(tender: Tender, rules: AwardRules) -> Tender:
    return edits.without_orphans(replace(tender, award=rules))


def set_score(score: Score, name: str, criterion: str) -> edits.Edit:
    """A score in the place of the same assessor's earlier one."""

    def change(tender: Tender) -> Tender:
        key = (score.variant_id, score.criterion_id, score.assessor)
        kept = tuple(s for s in tender.scores if (s.variant_id, s.criterion_id, s.assessor) != key)
        return replace(tender, scores=(*kept, score))

    return edits.Edit("score", {"name": name, "criterion": criterion}, change)


def set_spread(category: Any, percent: float | None) -> edits.Edit:
    def change(tender: Tender) -> Tender:
        kept = tuple(s for s in tender.spreads if s.category != category)
        return replace(tender, spreads=kept if percent is None else (*kept, Spread(category, percent)))

    return edits.Edit("field", {"label": "spreiding"}, change)


def with_nota(before: Tender, after: Tender, *, document: str, reason: str, by: str, at: str) -> Tender:
    """The changed tender with the numbered nota that says what changed."""
    nota = Nota(len(before.notes) + 1, document, reason, by, at, locked_changes(before, after))
    return replace(after, notes=(*before.notes, nota))


def with_entry_correction(before: Tender, after: Tender, layer: Layer) -> Tender:
    """The changed tender with the correction of a wrongly entered rule."""
    return replace(
        after, layers=(*before.layers, replace(layer, kind="entry", changes=locked_changes(before, after)))
    )


def with_layer(before: Tender, after: Tender, layer: Layer) -> Tender:
    """The changed bid with its dated layer; the bid as it was opened is kept the first time."""
    identity = layer.variant_id or ""
    kept = before.originals
    if identity not in {variant.id for variant in kept}:
        kept = (*kept, before.variant(identity))
    found = replace(layer, changes=bid_changes(before, after, identity))
    return replace(after, layers=(*before.layers, found), originals=kept)


def same_gaps(tender: Tender, changes: Iterable[str], variant_id: str) -> tuple[str, ...]:
    """Other bids in the same situation: empty where this one was empty. They are to be treated alike
    (pianoo)."""
    paths = tuple(changes)
    return tuple(
        v.id for v in tender.bids if v.id != variant_id and any(_is_empty(v, path) for path in paths)
    )


def _is_empty(variant: Variant, path: str) -> bool:
    """Whether a bid has nothing at a path such as `evidence.tool` or `answers.p1.mki.total`."""
    names = path.split(".")
    value: object = variant
    if names[0] == "answers" and len(names) > 1:
        value, names = variant.answer(names[1]), names[2:]
    for name in names:
        value = getattr(value, name, None)
        if value in (None, ()):
            return True
    return False


def practice_copy(
    tender: Tender, identity: str, number: str, *, price: Decimal | None, mki: float | None, by: str, at: str
) -> Tender:
    """An oefenkopie: the ask and the rules, the reference and designs, and fictitious bids; no real bid and
    no record.

    The bids offer one MKI for the whole work around the reference's, prices around the estimate; all are
    scored and valid.
    """
    own = tuple(variant for variant in tender.variants if not variant.is_bid)
    copy = Tender(
        identity,
        number,
        title=tender.title,
        product_group=tender.product_group,
        functional_quantity=tender.functional_quantity,
        ask=replace(tender.ask, fixed_modules=()),
        posts=tender.posts,
        variants=own,
        products=tender.products,
        fictitious=True,
        award=tender.award,
        practice_of=tender.id,
    )
    for index in range(len(PRACTICE_BIDS)):
        copy = _with_practice_bid(
            copy, index, price or PRACTICE_PRICE, mki if mki is not None else PRACTICE_MKI, by, at
        )
    return edits.without_orphans(copy)


def _with_practice_bid(copy: Tender, index: int, price: Decimal, mki: float, by: str, at: str) -> Tender:
    share_price, share_mki = PRACTICE_BIDS[index]
    replaced: YesNoUnknown = "no" if copy.ask.replacement_rule == "none" else "yes"
    bid = replace(
        edits.next_variant(copy, "bid"),
        bidder="Verzonnen inschrijver",
        price=rounded(price * share_price, 2),
        work_mki=OfferedMki(total=float(rounded(mki * share_mki, copy.ask.mki_decimals))),
        basis=DeclaredBasis(
            per="work", includes_uplift=True, includes_replacement=replaced, modules=copy.ask.modules
        ),
        equal="yes",
        costs=(),
        ladder_level=0,
    )
    scores = tuple(
        _practice_score(bid.id, criterion, assessor, index)
        for criterion in copy.award.criteria
        for assessor in criterion.assessors or ("oefening",)
    )
    judgement = Judgement(bid.id, "valid", "oefening", "", "oefening", by, at)
    return replace(
        copy,
        variants=(*copy.variants, bid),
        scores=(*copy.scores, *scores),
        judgements=(*copy.judgements, judgement),
    )


def _practice_score(variant_id: str, criterion: QualityCriterion, assessor: str, index: int) -> Score:
    label = criterion.steps[index % len(criterion.steps)].label if criterion.steps else None
    percent = None if criterion.steps else Decimal((60, 80, 70)[index])
    return Score(variant_id, criterion.id, assessor, "verzonnen, om te oefenen", label, percent)
