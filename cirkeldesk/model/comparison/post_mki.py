"""The MKI of one answered post: offered, computed, and what the authority fixed for all.

Three MKI figures are never mixed: *offered* (in the bid), *check* (our own sum beside it) and, after award,
*proven*. For one post x[m] = Σ_i w[i]·value[i, m], or the declared MKI of m, times the quantity in declared
units; then the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cirkeldesk.model.comparison.computed import Cache, computed_part, ready_profile
from cirkeldesk.model.comparison.no_life import TOTAL_OF_ASPHALT, totals_of_no_life
from cirkeldesk.model.messages import Figure, Message, Problem
from cirkeldesk.model.product.basis import FigureBasis
from cirkeldesk.model.product.modules import names_for
from cirkeldesk.model.product.product import Product, is_expired
from cirkeldesk.model.reference.group import LAST_BIT
from cirkeldesk.model.tender.answered import (
    Contribution,
    NotAnswerable,
    PostAnswer,
    Source,
    add,
    asked_atoms,
    contribution,
    missing_quantity,
    quantities_of,
)
from cirkeldesk.model.tender.offered import Offered, asked_post, fixed_terms, offered_part


@dataclass(frozen=True)
class PostResult:
    """One post of one variant. `rate` is MKI per unit of the group's measure; `partial` is the provisional
    sum.

    `counts` is False for a post outside the MKI. `fixed` is what the authority fixed for it, also inside
    `whole`.
    """

    post_id: str
    counts: bool
    lapses: bool
    mki: Figure
    source: Source | None
    whole: Contribution
    fixed: Contribution
    fixed_gap: Message | None
    gwp: tuple[float, float] | None
    check: Figure
    quantities: Mapping[str, float]
    mass_t: float | None
    rate: float | None
    partial: float
    missing: tuple[tuple[str, str | None], ...]
    problems: tuple[Problem, ...]
    basis: FigureBasis | None


NOTHING = Contribution({})


def judge_post(a: PostAnswer, cache: Cache) -> PostResult:
    """MKI, check, quantities and findings of one answered post."""
    quantities = quantities_of(a.tender, a.post, a.answer, a.product, a.group)
    if not a.counts:
        return _result(a, quantities, Figure.unknown("not_applicable", "not_in_mki"))
    if a.answer.lapses:
        lapsed = (
            [a.problem("open", "post_lapses", field="post", post=a.post.name)] if a.variant.is_bid else []
        )
        return _result(
            a, quantities, Figure(None, "absent", Message.of("lapses")), problems=lapsed, gwp=(0.0, 0.0)
        )
    problems = findings(a)
    rows = fixed_terms(a, quantities)
    fixed = contribution(rows) if isinstance(rows, list) else rows
    computed = (
        computed_part(a, quantities, cache) if a.product is not None and a.product.declarations else None
    )
    check = _check(computed, fixed)
    problems += climate_findings(a, quantities, cache)
    if a.variant.work_mki is not None:
        state = Figure.unknown("undivided", "work_total")
        return _result(a, quantities, state, source="offered", fixed=fixed, problems=problems, check=check)
    offered = offered_part(a, a.answer.mki, quantities) if a.answer.mki is not None else None
    if isinstance(offered, Offered) and totals_of_no_life(a, offered, quantities, cache):
        short = asked_post(a).need - TOTAL_OF_ASPHALT
        gap = a.problem("blocks", "total_is_no_life", modules=" ".join(names_for(short)))
        offered = NotAnswerable((gap,), missing=tuple((name, None) for name in names_for(short)))
    source: Source | None = "offered" if offered is not None else "computed" if computed is not None else None
    chosen = offered.contribution if isinstance(offered, Offered) else offered or computed
    if chosen is None and not asked_post(a).need:
        chosen = NOTHING  # all that is asked of this post is fixed: there is nothing left to answer
    if chosen is None:
        key = "work_mki_empty" if a.per == "work" and a.variant.is_bid else "mki_empty"
        gap = a.problem("blocks", key, post=a.post.name, per="ton" if a.per == "work" else a.per)
        state = Figure(None, "empty", gap.message)
        return _result(a, quantities, state, fixed=fixed, problems=[*problems, gap], missing=((None, None),))
    if isinstance(chosen, NotAnswerable) or isinstance(fixed, Message):
        return _refused(a, quantities, source, chosen, fixed, problems, check)
    whole = add(chosen, fixed)
    return _result(
        a,
        quantities,
        Figure.known(whole.total),
        source=source,
        whole=whole,
        fixed=fixed,
        problems=problems,
        check=check,
    )


def _refused(
    a: PostAnswer,
    quantities: dict[str, float],
    source: Source | None,
    chosen: Contribution | NotAnswerable,
    fixed: Contribution | Message,
    problems: list[Problem],
    check: Figure,
) -> PostResult:
    refused = [*chosen.problems] if isinstance(chosen, NotAnswerable) else []
    if isinstance(fixed, Message):
        refused.append(Problem(fixed, "blocks", a.variant.id, a.post.id, "fixed"))
    partial = chosen.partial if isinstance(chosen, NotAnswerable) else chosen.total
    return _result(
        a,
        quantities,
        Figure(None, "not_computable", refused[0].message),
        source=source,
        fixed=fixed,
        problems=[*problems, *refused],
        missing=chosen.missing if isinstance(chosen, NotAnswerable) else (),
        check=check,
        partial=partial + (fixed.total if isinstance(fixed, Contribution) else 0.0),
        gwp=chosen.gwp,
    )


def _result(
    a: PostAnswer,
    quantities: dict[str, float],
    mki: Figure,
    *,
    source: Source | None = None,
    whole: Contribution = NOTHING,
    fixed: Contribution | Message = NOTHING,
    problems: Iterable[Problem] = (),
    missing: tuple[tuple[str | None, str | None], ...] = (),
    check: Figure | None = None,
    partial: float = 0.0,
    gwp: tuple[float, float] | None = None,
) -> PostResult:
    measure = quantities.get(a.group.measure)
    return PostResult(
        post_id=a.post.id,
        counts=a.counts,
        lapses=a.answer.lapses,
        mki=mki,
        source=source,
        whole=whole,
        fixed=fixed if isinstance(fixed, Contribution) else NOTHING,
        fixed_gap=fixed if isinstance(fixed, Message) else None,
        gwp=whole.gwp or gwp,
        check=check if check is not None else Figure.unknown("not_computable", "no_profile_for_check"),
        quantities=quantities,
        mass_t=quantities.get("mass_t"),
        rate=mki.value / measure if mki.value is not None and measure else None,
        partial=mki.value if mki.value is not None else partial,
        missing=tuple((module or "", indicator) for module, indicator in missing),
        problems=tuple(dict.fromkeys(problems)),
        basis=_basis(a, source),
    )


def _check(computed: Contribution | NotAnswerable | None, fixed: Contribution | Message) -> Figure:
    if isinstance(computed, Contribution) and isinstance(fixed, Contribution):
        return Figure.known(computed.total + fixed.total)
    return Figure.unknown("not_computable", "no_profile_for_check")


# --- findings that do not change the figure
# ------------------------------------------------------------------------


def _basis(a: PostAnswer, source: Source | None) -> FigureBasis | None:
    """What the figure stands on: the declaration's own statements for our sum, else the bidder's."""
    if source is None or (source == "computed" and a.is_released):
        return None  # the old layer is the same for all: nobody is compared on it
    stated, evidence = a.variant.basis, a.variant.evidence
    accepted = evidence.equivalent_accepted
    offered = FigureBasis(
        stated.rules or evidence.rules,
        evidence.background,
        evidence.method,
        evidence.tool,
        a.category,
        evidence.equivalent if accepted else None,
        evidence.equivalent if accepted is None else None,
    )
    declaration = a.product.declaration(a.ask.set_code) if a.product is not None else None
    if source == "offered" or declaration is None:
        return offered
    return FigureBasis(
        declaration.rules or offered.rules,
        declaration.background or offered.background,
        declaration.method or offered.method,
        None,
        declaration.category or offered.category,
        offered.equivalent,
        offered.claimed,
    )


def findings(a: PostAnswer) -> list[Problem]:
    """Validity on the reference date, allowed category, own quantities, double credit of granulate."""
    found: list[Problem] = []
    offered = {owner.field for owner in a.ask.owners if owner.owner == "offered"}
    answered = {prop.code for prop in a.group.properties if prop.answered}
    if {code for code, _ in a.answer.values} - offered - answered and not a.ask.own_quantities_allowed:
        found.append(a.problem("blocks", "own_quantity", field="quantity"))
    found += below_limits(a) + reuse_findings(a)
    if a.is_released and a.variant.is_bid:
        return found  # what is to be said of the old layer is the authority's, and no bidder's
    found += _validity(a)
    found += _category_findings(a)
    return found if a.product is None else found + _product_findings(a, a.product)


def climate_findings(a: PostAnswer, quantities: Mapping[str, float], cache: Cache) -> list[Problem]:
    """The three parts of climate that do not add up to their total: the parts count, and it is said."""
    if a.ask.set_code != "A2" or a.product is None or a.product.declaration("A2") is None:
        return []
    ready = ready_profile(a, quantities, cache)
    mismatch = () if isinstance(ready, NotAnswerable) else ready[0].climate_mismatch
    return (
        [a.problem("note", "climate_parts", field="product", modules=" ".join(mismatch))] if mismatch else []
    )


def _validity(a: PostAnswer) -> list[Problem]:
    """Evidence must hold on the reference date: it was expired, or until when it holds is not known."""
    day, until = a.ask.reference_date, a.variant.evidence.valid_until
    if is_expired(until, day):
        return [Problem(Message.of("evidence_expired"), "open", a.variant.id, None, "evidence")]
    offers = a.answer.mki is not None or a.variant.work_mki is not None
    ends = until or (a.product.valid_until if a.product is not None else None)
    has_figure = offers or (a.product is not None and bool(a.product.declarations))
    if day and has_figure and not ends:
        return [Problem(Message.of("validity_unknown", date=day), "open", a.variant.id, None, "evidence")]
    return []


def _category_findings(a: PostAnswer) -> list[Problem]:
    """A data category that the ask does not allow."""
    declaration = a.product.declaration(a.ask.set_code) if a.product is not None else None
    category = (declaration.category if declaration else None) or a.category
    allowed = a.ask.categories_allowed
    if not allowed or category is None or category in allowed:
        return []
    return [a.problem("open", "category_not_allowed", field="product", category=category)]


def _product_findings(a: PostAnswer, product: Product) -> list[Problem]:
    """What is to be said of the product itself."""
    found = []
    if is_expired(product.valid_until, a.ask.reference_date):
        until = product.valid_until
        found.append(
            a.problem("open", "declaration_expired", field="product", product=product.name, until=until)
        )
    if product.composition.no_shares:
        names = ", ".join(product.composition.no_shares)[:80]
        found.append(a.problem("open", "share_impossible", field="composition", names=names))
    elif not product.composition.is_valid:
        total = product.composition.total * 100
        found.append(a.problem("open", "composition_exceeds", field="composition", total=total))
    if product.composition.reclaimed and _granulate_is_credited(a):
        found.append(a.problem("note", "granulate_twice", field="product"))
    return found


def below_limits(a: PostAnswer) -> list[Problem]:
    """What a variant gives less of than its function asks, as a board too thin for the Rd asked: not equal,
    so not ranked.

    What is asked is the ask's: an own quantity of the variant moves no limit. A limit that cannot be worked
    out blocks as well.
    """
    if not a.group.limits:
        return []
    answered = {prop.code for prop in a.group.properties if prop.answered}
    given = quantities_of(a.tender, a.post, a.answer, a.product, a.group)
    asked = replace(a.answer, values=tuple(pair for pair in a.answer.values if pair[0] in answered))
    least = quantities_of(a.tender, a.post, asked, a.product, a.group)
    reached = a.group.reached_by(a.post.route)
    found = []
    for limit in a.group.limits:
        if limit.least not in reached:
            continue
        if limit.least not in least:
            text = missing_quantity(a, least, limit.least)
        elif limit.code not in given:
            text = Message.of(
                "no_size_is_enough",
                least=round(least[limit.least], 6),
                unit=a.group.property(limit.code).unit,
            )
        elif given[limit.code] < least[limit.least] * (1 - LAST_BIT):
            params = {"given": given[limit.code], "least": round(least[limit.least], 6)}
            unit = a.group.property(limit.code).unit
            text = Message.of("below_limit", post=a.post.name, words=limit.words, unit=unit, **params)
        else:
            continue
        found.append(Problem(text, "blocks", a.variant.id, a.post.id, "quantity"))
    return found


def reuse_findings(a: PostAnswer) -> list[Problem]:
    """The reuse factor stands on the profile of a new product: never on a refurbisher's own declaration, nor
    on an offered MKI.

    A reused product has had part of its life: what remains must be stated.
    """
    declaration = a.product.declaration(a.ask.set_code) if a.product is not None else None
    own = declaration is not None and declaration.of_reused
    found = []
    if a.answer.reuse and own:
        found.append(a.problem("note", "reuse_on_own_declaration", field="product"))
    if a.answer.reuse and (a.answer.mki is not None or a.variant.work_mki is not None):
        found.append(a.problem("note", "reuse_on_offered", field="product"))
    if (a.answer.reuse or own) and a.answer.life is None:
        found.append(a.problem("open", "remaining_life_empty", field="life", post=a.post.name))
    return found


def _granulate_is_credited(a: PostAnswer) -> bool:
    return a.ask.released_in_scope and a.tender.has_reusable_released and "D" in asked_atoms(a.ask)
