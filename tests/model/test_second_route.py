"""Random tenders by two routes: the program's, and fractions written from the rules alone
(`tests/second_route`)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cirkeldesk.model.award.award import award
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Inputs
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.modules import MODULES
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.ask import Ask, FixedModule
from cirkeldesk.model.tender.award_rules import (
    AwardRules,
    Judgement,
    Lock,
    Opening,
    QualityCriterion,
    QualityLock,
    Score,
    YearCost,
)
from cirkeldesk.model.tender.tender import (
    Answer,
    DeclaredBasis,
    Evidence,
    OfferedMki,
    Post,
    ProductRef,
    Tender,
    Variant,
)
from tests.awards import AT, LADDER
from tests.build import asphalt, shipped_set
from tests.second_route import Answered, AskedPost, Work, drawn, mki_of_bid, places

SET = shipped_set("A1")
WEIGHTS = {weight.indicator: Fraction(str(weight.euro_per_unit)) for weight in SET.weights}
UNITS = {weight.indicator: weight.unit for weight in SET.weights}


def exact(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def as_tender(work: Work) -> tuple[Tender, Inputs]:
    """The drawn numbers as a tender of the program, and what it pins."""
    group, products = asphalt(), {}
    posts = []
    for index, post in enumerate(work.posts):
        values = (("mass_t", float(post.tons)), ("area_m2", float(work.area)))
        posts.append(
            Post(
                f"p{index}",
                f"post {index}",
                "released" if post.released else "post",
                route="bill",
                values=values,
                life=float(post.life) if isinstance(post.life, int) else post.life,
                tar=100.0 if post.tar else None,
            )
        )
    variants = []
    for number, bid in enumerate(work.bids):
        answers = []
        for index, (post, given) in enumerate(zip(work.posts, bid.answers, strict=False)):
            ref = None
            if given.profile is not None:
                product = _product(f"x{number}-{index}", given, bid.category)
                digest = content_hash(product)
                products[digest], ref = product, ProductRef(product.id, digest)
            answers.append(_given(f"p{index}", given, ref, post))
        work_mki = OfferedMki(total=float(bid.work)) if bid.work is not None else None
        variants.append(
            Variant(
                f"v{number}",
                f"inschrijving {number}",
                "bid",
                answers=tuple(answers),
                work_mki=work_mki,
                price=exact(bid.price),
                equal="yes",
                basis=DeclaredBasis(per="work" if work_mki else None),
                evidence=Evidence(source="s", category=bid.category),  # type: ignore[arg-type]
                costs=tuple(YearCost(year, exact(amount)) for year, amount in bid.costs),
                ladder_level=bid.level,
            )
        )
    ask = Ask(
        set_code="A1",
        weighting_set=content_hash(SET),
        analysis_period=float(work.period),
        replacement_rule=work.rule,  # type: ignore[arg-type]
        modules=MODULES if work.with_d else MODULES[:-1],
        mki_per=work.per,  # type: ignore[arg-type]
        includes_uplift=work.includes_uplift,
        includes_replacement=work.includes,
        fixed_modules=tuple(FixedModule(name, float(value)) for name, value in work.fixed.items()),
    )
    tender = Tender(
        "t", "T-1", product_group=content_hash(group), functional_quantity=float(work.area), ask=ask,
        posts=tuple(posts), variants=tuple(variants), **_records(work),
    )  # fmt: skip
    return tender, Inputs({content_hash(SET): SET}, products, {content_hash(group): group})


def _product(identity: str, given: Answered, category: str) -> Product:
    assert given.profile is not None
    rows = tuple(
        DeclaredValue(code, module, float(value), unit=UNITS[code])
        for code, cells in given.profile.items()
        for module, value in cells.items()
    )
    declaration = Declaration("A1", rows, category=category)  # type: ignore[arg-type]
    return Product(identity, identity, declared_unit="ton", declared_amount=1.0, declarations=(declaration,))


def _given(post_id: str, given: Answered, ref: ProductRef | None, post: AskedPost) -> Answer:
    mki = None
    if given.total is not None:
        mki = OfferedMki(total=float(given.total))
    elif given.split is not None:
        mki = OfferedMki(modules=tuple((name, float(value)) for name, value in given.split.items()))
    life = float(given.life) if isinstance(given.life, int) else given.life
    return Answer(post_id, product=ref, mki=mki, life=life, reuse=given.reuse)


def _records(work: Work) -> dict[str, Any]:
    """Rules, scores and judgements, locked and opened."""
    money: dict[str, Any] = {name: exact(value) for name, value in work.rules.items()}
    horizon = int(money.pop("horizon"))
    criteria = tuple(
        QualityCriterion(f"k{i}", f"criterium {i}", exact(top), ()) for i, top in enumerate(work.maxima)
    )
    rules = AwardRules(
        method=work.method,  # type: ignore[arg-type]
        criteria=criteria,
        tie_rules=work.ties,  # type: ignore[arg-type]
        negative_mki=work.negative,  # type: ignore[arg-type]
        outside=work.outside,  # type: ignore[arg-type]
        ladder=LADDER,
        horizon=horizon,
        motivation="zo gekozen",
        **money,
    )
    scores = tuple(
        Score(f"v{n}", f"k{i}", "A", "gezien", None, exact(share * 100))
        for n, bid in enumerate(work.bids)
        for i, share in enumerate(bid.scores)
    )
    judged = tuple(
        Judgement(f"v{n}", bid.verdict, "zo", "2.1", "P. Voorbeeld", "tester", AT)  # type: ignore[arg-type]
        for n, bid in enumerate(work.bids)
        if bid.verdict != "open"
    )
    return {
        "award": rules,
        "lock": Lock("2026-11-03", "Leidraad", "tester", AT),
        "opened": Opening("tester", AT),
        "quality_lock": QualityLock("tester", AT) if criteria else None,
        "scores": scores,
        "judgements": judged,
    }


def test_two_routes_give_the_same_figures_and_places(deep: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in range(2_000 if deep else 200):
        work = drawn(seed, WEIGHTS)
        tender, inputs = as_tender(work)
        comparison = compare(tender, inputs)
        for bid, result in zip(work.bids, comparison.variants, strict=True):
            wanted = mki_of_bid(work, bid)
            if wanted is None:
                assert result.total.value is None, (seed, result.id, result.problems)
                seen["unknown"] += 1
            else:
                assert result.total.value == pytest.approx(float(wanted), rel=1e-9, abs=1e-6), (
                    seed,
                    result.id,
                )
                seen["known"] += 1
        found = award(comparison)
        if found is None or _own_sum(work):
            continue
        for index, (total, place) in enumerate(places(work)):
            made = found.bid(f"v{index}")
            assert (made.outcome is None) == (total is None), (seed, index, work.method, made.missing)
            if total is not None:
                assert made.outcome is not None
                assert made.outcome.total == exact(total), (seed, index, work.method)
                seen[work.method] += 1
                seen["tied"] += made.tied
            assert made.rank == place, (seed, index, work.method)
    assert seen["known"] > 250
    assert seen["unknown"] > 40
    assert seen["tied"] > 5
    assert len(seen) == 13  # every method came by


def _own_sum(work: Work) -> bool:
    """An award never stands on our own sum where the documents do not prescribe it (DOMAIN 5): those are
    figures only."""
    uses = work.method in ("mki_discount", "mki_w") or "lowest_mki" in work.ties
    return uses and any(
        answer.profile is not None
        for bid in work.bids
        for post, answer in zip(work.posts, bid.answers, strict=False)
        if not post.released
    )
