"""compare(tender, inputs) → Comparison: one pure function that every surface shows, so they cannot disagree.

Each figure carries a value or None, the word that applies and why. Comparability is judged per figure on the
asked scope: more declared than asked is no difference; less, another set, another rule version or unknown
replacement blocks that figure and says why. A partial sum is kept apart as `partial` and is never a total.
"""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from operator import is_

from cirkeldesk.model.comparison.basis import findings_among_variants
from cirkeldesk.model.comparison.computed import Cache
from cirkeldesk.model.comparison.no_life import is_no_life
from cirkeldesk.model.comparison.on_time import on_time
from cirkeldesk.model.comparison.post_mki import NOTHING, PostResult, judge_post
from cirkeldesk.model.comparison.result import (
    _NO_FIGURE,
    DIFFERS,
    Comparable,
    Comparison,
    Inputs,
    VariantResult,
)
from cirkeldesk.model.messages import Figure, Message, Problem
from cirkeldesk.model.product.composition import Origin, Share
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender.answered import (
    Contribution,
    NotAnswerable,
    PostAnswer,
    Source,
    add,
    asked_atoms,
    quantities_of,
)
from cirkeldesk.model.tender.ask import ReplacementRule
from cirkeldesk.model.tender.award_rules import OUT, Verdict
from cirkeldesk.model.tender.offered import Offered, offered_part, rule_is_missing, work_part
from cirkeldesk.model.tender.tender import Tender, Variant, without_prices

_TIE = 1e-12


def effective_rule(tender: Tender) -> ReplacementRule | None:
    """The replacement rule that counts: as chosen; else fractional with D for design alternatives, none
    chosen for bids."""
    if tender.ask.replacement_rule is None and not tender.has_bids:
        return "fractional_with_d"
    return tender.ask.replacement_rule


def compare(tender: Tender, inputs: Inputs) -> Comparison:
    """Compare all variants of a tender on its ask. Source of every rule: the functions called here and their
    docstrings."""
    if tender.prices_sealed:
        tender = without_prices(tender)
    weights = inputs.weighting_sets[tender.ask.weighting_set or ""]
    group = inputs.groups[tender.product_group or ""]
    rule = effective_rule(tender)
    frame = replace(tender, variants=(), products=(), title="", number="", status="concept", **_NO_FIGURE)
    results = [_judged(frame, tender, variant, inputs, weights, group, rule) for variant in tender.variants]
    judged = tender.verdicts
    results = [_with_verdict(result, judged.get(result.id)) for result in results]
    results = findings_among_variants(results, tender)
    ranked = tuple(_ranked(results))
    if group.without_mki:
        return Comparison(tender, weights, group, rule, ranked, by_price(ranked), ())
    whose = inputs.shipped.findings(weights, tender.ask.weighting_set, group, tender.product_group)
    found = (*whose, *on_time(tender, inputs.shipped.dated_of(group.code)))
    return Comparison(tender, weights, group, rule, ranked, conclude(ranked), found)


def _judged(
    frame: Tender,
    tender: Tender,
    variant: Variant,
    inputs: Inputs,
    weights: WeightingSet,
    group: ProductGroup,
    rule: ReplacementRule | None,
) -> VariantResult:
    """A variant judged, or what was found before where nothing it depends on has changed: figures must follow
    typing.

    What a variant's own figures depend on: the tender without the other variants (`frame`), the variant, the
    products that answer it, and the replacement rule. Findings among variants come after this.
    """
    products = tuple(product_of(tender, variant, post.id, inputs) for post in tender.posts)
    key = (frame, variant, products, rule)
    known = inputs.judged.variants.get(variant.id)
    if known is None or known[0] != key:
        known = (key, _judge(tender, variant, inputs, weights, group, rule))
        inputs.judged.variants[variant.id] = known
    return known[1]


def _with_verdict(result: VariantResult, verdict: Verdict | None) -> VariantResult:
    return replace(result, invalid=verdict in OUT, withdrawn=verdict == "withdrawn")


def product_of(tender: Tender, variant: Variant, post_id: str, inputs: Inputs) -> Product | None:
    """The pinned product that answers a post; a local one is the tender's own."""
    ref = variant.answer(post_id).product
    if ref is None:
        return None
    if ref.hash is None:
        return tender.own_products.get(ref.id)
    return inputs.products.get(ref.hash)


def _judge(
    tender: Tender,
    variant: Variant,
    inputs: Inputs,
    weights: WeightingSet,
    group: ProductGroup,
    rule: ReplacementRule | None,
) -> VariantResult:
    answered = [
        PostAnswer(
            tender,
            post,
            variant,
            variant.answer(post.id),
            product_of(tender, variant, post.id, inputs),
            group,
            weights,
            rule,
        )
        for post in tender.posts
    ]
    posts = tuple(_post(one, inputs) for one in answered)
    counting = [one for one in answered if one.counts and not one.answer.lapses]
    counted = [p for p in posts if p.counts and not p.lapses]
    problems = [problem for p in posts for problem in p.problems]
    source, total, whole = _total(variant, counting, counted, problems, inputs.weighed)
    if source == "offered" and rule_is_missing(counting):
        problems.append(
            Problem(Message.of("missing_replacement_rule"), "blocks", variant.id, None, "replacement_rule")
        )
    problems += _equality(variant, tender) + _price_findings(variant, tender)
    problems += [] if group.without_mki else _evidence_findings(variant)
    has_d = tender.ask.include_d and "D" in asked_atoms(tender.ask)
    a_to_c, d = _parts(total, whole, has_d=has_d)
    gwp_a_to_c, gwp_d = _gwp(counted, has_d=has_d)
    shares, share_states, mass = _composition(tender, variant, inputs, posts)
    price, price_state = _price(variant, tender)
    per_unit, per_unit_year = _per_unit(total, tender)
    if gwp_a_to_c.value is not None and _is_uplifted(counted, tender):
        problems.append(Problem(Message.of("gwp_uplifted"), "note", variant.id, None, "evidence"))
    found = tuple(dict.fromkeys(problems))
    return VariantResult(
        id=variant.id,
        name=variant.name,
        role=variant.role,
        posts=posts,
        source=source,
        total=total,
        partial=total.value if total.value is not None else math.fsum(p.partial for p in counted),
        check=_check(counted, source),
        undivided=whole.undivided,
        a_to_c=a_to_c,
        d=d,
        b4_from_d=whole.b4_from_d,
        per_unit=per_unit,
        per_unit_year=per_unit_year,
        by_module=whole.modules,
        by_indicator=_by_indicator(variant, counted, total),
        gwp_a_to_c=gwp_a_to_c,
        gwp_d=gwp_d,
        mass_kg=mass,
        shares=shares,
        share_states=share_states,
        price=price,
        price_state=price_state,
        comparable=_comparable(found, total, a_to_c),
        problems=found,
    )


def _is_uplifted(counted: list[PostResult], tender: Tender) -> bool:
    """Whether the uplift of category 3 is in a computed figure; it is in the kilograms of CO2 then, too."""
    return tender.ask.apply_uplift and any(
        p.source == "computed" and p.basis is not None and p.basis.category == "3" for p in counted
    )


def _post(a: PostAnswer, inputs: Inputs) -> PostResult:
    """One answered post judged, or what was found before where nothing it depends on has changed.

    An edit makes new values of what it changes and leaves the rest the very same, so that "the same" is asked
    of the objects themselves: it costs nothing, and where it says no the post is judged again.
    """
    parts = (
        a.ask, a.post, a.answer, a.product, a.variant.basis, a.variant.evidence, a.variant.work_mki, a.group, a.weights
    )  # fmt: skip
    facts = (
        a.rule,
        a.variant.role,
        a.tender.functional_quantity,
        a.tender.has_reusable_released,
        a.tender.laid,
    )
    known = inputs.judged.posts.get((a.variant.id, a.post.id))
    if known is None or known[1] != facts or not all(map(is_, known[0], parts)):
        known = (parts, facts, judge_post(a, inputs.weighed))
        inputs.judged.posts[a.variant.id, a.post.id] = known
    return known[2]


def _parts(total: Figure, whole: Contribution, *, has_d: bool) -> tuple[Figure, Figure]:
    """(A–C, D) of a total. D inside what is not split, or inside replacements that came with the MKI, is not
    known."""
    if total.value is None:
        unknown = Figure(None, total.state, total.reason)
        return unknown, unknown
    if not has_d:
        return total, Figure.unknown("not_applicable", "d_not_asked")
    if whole.d_hidden:
        undivided = whole.undivided is not None
        unknown = Figure.unknown(
            *(("undivided", "mki_undivided") if undivided else ("not_computable", "d_in_replacements"))
        )
        return unknown, unknown
    return Figure.known(total.value - whole.d), Figure.known(whole.d)


def _total(
    variant: Variant,
    counting: list[PostAnswer],
    counted: list[PostResult],
    problems: list[Problem],
    weighed: Cache,
) -> tuple[Source | None, Figure, Contribution]:
    """(source, total, its split). Null unless every part of the asked scope is known; then the split is
    empty."""
    if variant.work_mki is not None:
        return _work_total(variant, counting, counted, problems, weighed)
    # What the old layer costs is the authority's own sum, the same for all: a bidder has no MKI of it.
    theirs = (
        [p for p, a in zip(counted, counting, strict=True) if not a.is_released] if variant.is_bid else []
    )
    sources = {p.source for p in theirs or counted if p.source is not None}
    source: Source | None = "offered" if sources == {"offered"} else "computed" if sources else None
    if variant.is_bid and len(sources) > 1:
        # An offered MKI and our own sum are never mixed into one bid's figure.
        problems += [
            Problem(Message.of("mixed_sources"), "blocks", variant.id, p.post_id, "mki")
            for p in theirs or counted
            if p.source == "computed"
        ]
        return "offered", Figure.unknown("not_computable", "mixed_sources"), NOTHING
    if not counted:
        return source, Figure.unknown("empty", "no_posts"), NOTHING
    missing = sum(p.mki.value is None for p in counted)
    if missing:
        return (
            source,
            Figure.unknown("not_computable", "posts_missing", missing=missing, posts=len(counted)),
            NOTHING,
        )
    whole = NOTHING
    for p in counted:
        whole = add(whole, p.whole)
    return source or "computed", Figure.known(math.fsum(p.mki.value or 0.0 for p in counted)), whole


def _work_total(
    variant: Variant,
    counting: list[PostAnswer],
    counted: list[PostResult],
    problems: list[Problem],
    weighed: Cache,
) -> tuple[Source | None, Figure, Contribution]:
    """One MKI for the whole work, with the fixed module values of the posts added."""
    if variant.work_mki is None or not counting:
        return "offered", Figure.unknown("empty", "no_posts"), NOTHING
    work = work_part(counting, variant.work_mki)
    if isinstance(work, NotAnswerable):
        problems.extend(work.problems)
        return "offered", Figure(None, "not_computable", work.problems[0].message), NOTHING
    gaps = [p.fixed_gap for p in counted if p.fixed_gap is not None]
    if gaps:
        problems.extend(Problem(gap, "blocks", variant.id, None, "fixed") for gap in gaps)
        return "offered", Figure(None, "not_computable", gaps[0]), NOTHING
    answers = [(a, p.quantities) for a, p in zip(counting, counted, strict=True) if not a.is_released]
    stated = math.fsum(term.delivered for term in work.terms)
    if not variant.work_mki.is_split and is_no_life(stated, answers, weighed):
        message = Message.of("total_is_no_life", modules="A4 A5 B C")
        problems.append(Problem(message, "blocks", variant.id, None, "work_mki"))
        return "offered", Figure(None, "not_computable", message), NOTHING
    beside = _posts_beside(variant, counting, work.contribution.total)
    if beside is not None:
        problems.append(beside)
        return "offered", Figure(None, "not_computable", beside.message), NOTHING
    whole = work.contribution
    for p in counted:
        whole = add(whole, p.fixed)
    return "offered", Figure.known(whole.total), whole


def _posts_beside(variant: Variant, counting: list[PostAnswer], work: float) -> Problem | None:
    """MKIs per post beside one for the whole work: which of the two was meant nobody can tell, unless they
    are the same to the published decimals."""
    offered = [(a, a.answer.mki) for a in counting if a.answer.mki is not None]
    if not offered:
        return None
    parts = [
        offered_part(a, mki, quantities_of(a.tender, a.post, a.answer, a.product, a.group))
        for a, mki in offered
    ]
    known = [part.contribution.total for part in parts if isinstance(part, Offered)]
    message = Message.of("work_beside_posts")
    if len(known) == len(counting):
        posts, decimals = math.fsum(known), counting[0].ask.mki_decimals
        if rounded(posts, decimals) == rounded(work, decimals):
            return None
        message = Message.of("work_and_posts", work_total=work, posts_total=posts)
    return Problem(message, "blocks", variant.id, None, "work_mki")


def _check(counted: list[PostResult], source: Source | None) -> Figure:
    """Our own sum beside an offered MKI, when every post has a complete profile; it never replaces the
    offered one."""
    if source != "offered":
        return Figure.unknown("not_applicable", "no_offered_mki")
    if not counted or any(p.check.value is None for p in counted):
        return Figure.unknown("not_computable", "no_profile_for_check")
    return Figure.known(math.fsum(p.check.value or 0.0 for p in counted))


def _by_indicator(variant: Variant, counted: list[PostResult], total: Figure) -> dict[str, float]:
    """Total per indicator; empty unless every part of the total is known by indicator."""
    if (
        total.value is None
        or variant.work_mki is not None
        or any(p.whole.indicators is None for p in counted)
    ):
        return {}
    summed: dict[str, float] = {}
    for p in counted:
        for code, value in (p.whole.indicators or {}).items():
            summed[code] = summed.get(code, 0.0) + value
    return summed


def _gwp(counted: list[PostResult], *, has_d: bool) -> tuple[Figure, Figure]:
    no_d = Figure.unknown("not_applicable", "d_not_asked")
    known = [p.gwp for p in counted if p.gwp is not None]
    if not counted or len(known) < len(counted):
        unknown = Figure.unknown("not_declared", "gwp_not_declared")
        return unknown, unknown if has_d else no_d
    a_to_c = Figure.known(math.fsum(gwp[0] for gwp in known))
    return a_to_c, Figure.known(math.fsum(gwp[1] for gwp in known)) if has_d else no_d


def _per_unit(total: Figure, tender: Tender) -> tuple[Figure, Figure]:
    if total.value is None:
        return total, total
    if not tender.functional_quantity:
        unknown = Figure.unknown("not_computable", "missing_functional_quantity")
        return unknown, unknown
    per_unit = Figure.known(total.value / tender.functional_quantity)
    if not tender.ask.analysis_period:
        return per_unit, Figure.unknown("not_computable", "missing_analysis_period")
    return per_unit, Figure.known(total.value / tender.functional_quantity / tender.ask.analysis_period)


SHARES: tuple[Origin, ...] = ("primary_biobased", "secondary", "reused", "primary_abiotic")


def _composition(
    tender: Tender, variant: Variant, inputs: Inputs, posts: tuple[PostResult, ...]
) -> tuple[dict[str, Share | None], dict[str, Figure], Figure]:
    """Shares of the mass of the first delivery, and that mass in kg. A post of unknown composition widens the
    range."""
    laid = [
        (p, product_of(tender, variant, p.post_id, inputs))
        for p, post in zip(posts, tender.posts, strict=True)
        if post.kind != "released" and not p.lapses and post.in_mki
    ]
    if not laid or any(p.mass_t is None for p, _ in laid):
        unknown = Figure.unknown("not_computable", "mass_unknown")
        return dict.fromkeys(SHARES), dict.fromkeys(SHARES, unknown), unknown
    total = math.fsum(p.mass_t or 0.0 for p, _ in laid)
    shares: dict[str, Share | None] = {}
    states: dict[str, Figure] = {}
    for origin in SHARES:
        known = [
            (p.mass_t or 0.0, product.composition.share(origin) if product else None) for p, product in laid
        ]
        shares[origin] = _weighted(known, total)
        if shares[origin] is None and origin == "primary_biobased":
            shares[origin] = _stated_biobased([product for _, product in laid])
        if shares[origin] is None and origin == "primary_biobased" and _on_two_bases(laid):
            states[origin] = Figure.unknown("not_computable", "biobased_two_bases")
        elif shares[origin] is None:
            invalid = any(product is not None and not product.composition.is_valid for _, product in laid)
            key = "shares_unknown" if invalid else "composition_empty"
            states[origin] = Figure.unknown("not_computable" if invalid else "not_declared", key)
    return shares, states, Figure.known(total * 1000)


def _on_two_bases(laid: list[tuple[PostResult, Product | None]]) -> bool:
    """Biobased shares that were stated on more than one basis: one column, one basis (DOMAIN 6)."""
    stated = [product.composition.biobased for _, product in laid if product is not None]
    return len({one.basis for one in stated if one is not None}) > 1


def _weighted(known: list[tuple[float, Share | None]], total: float) -> Share | None:
    """Shares by mass; where nothing is known of a product it may be all or nothing."""
    if not total or all(share is None for _, share in known):
        return None
    low = math.fsum(mass * share.low for mass, share in known if share is not None)
    high = math.fsum(mass * (share.high if share is not None else 1.0) for mass, share in known)
    return Share(low / total, min(1.0, high / total))


def _stated_biobased(products: list[Product | None]) -> Share | None:
    """A biobased share on the supplier's own basis: shown with that basis when all products state the
    same."""
    stated = {p.composition.biobased if p is not None else None for p in products}
    only = stated.pop() if len(stated) == 1 else None
    return Share(only.fraction, only.fraction, only.basis) if only is not None else None


def _price(variant: Variant, tender: Tender) -> tuple[Decimal | None, Figure]:
    """The sum as submitted; else the sum of the posts when every post in the price has one. Never zero for
    empty."""
    if variant.is_bid and tender.prices_sealed:
        return None, Figure.unknown("sealed", "price_sealed", until=tender.sealed_until)
    if variant.price is not None:
        return variant.price, Figure()
    lines = [variant.answer(post.id) for post in tender.posts if post.in_price]
    if lines and all(line.price is not None or line.lapses for line in lines):
        return sum((line.price or Decimal(0) for line in lines), Decimal(0)), Figure()
    return None, Figure.unknown("empty", "price_empty")


def _price_findings(variant: Variant, tender: Tender) -> list[Problem]:
    """Σ lines ≠ bid sum and a changed provisional sum are findings, never repaired; a bid without a price is
    open."""
    if variant.is_bid and tender.prices_sealed:
        return []
    found = []
    lines = [variant.answer(post.id) for post in tender.posts if post.in_price]
    complete = bool(lines) and all(line.price is not None or line.lapses for line in lines)
    prices = [line.price for line in lines if line.price is not None]
    total = sum(prices, Decimal(0))
    if variant.price is not None and complete and prices and total != variant.price:
        message = Message.of("price_lines_differ", lines=str(total), price=str(variant.price))
        found.append(Problem(message, "open", variant.id, None, "price"))
    if variant.is_bid and variant.price is None and not complete:
        found.append(Problem(Message.of("price_empty"), "open", variant.id, None, "price"))
    for post in tender.posts:
        fixed = post.amount if post.kind == "provisional" else None
        if fixed is not None and variant.answer(post.id).price not in (None, fixed):
            message = Message.of("provisional_changed", amount=str(fixed))
            found.append(Problem(message, "open", variant.id, post.id, "price"))
    return found


def _evidence_findings(variant: Variant) -> list[Problem]:
    """A bid whose figures have no source is work left, never a block."""
    if variant.is_bid and variant.evidence.source is None:
        return [Problem(Message.of("evidence_empty"), "open", variant.id, None, "evidence")]
    return []


def _equality(variant: Variant, tender: Tender) -> list[Problem]:
    if variant.equal == "no":
        return [
            Problem(Message.of("not_equal", reason=variant.equal_reason), "blocks", variant.id, None, "equal")
        ]
    if variant.equal == "unknown" and tender.ask.equal_functions and variant.role != "reference":
        return [Problem(Message.of("equality_open"), "open", variant.id, None, "equal")]
    return []


def _comparable(problems: tuple[Problem, ...], total: Figure, a_to_c: Figure) -> Comparable:
    blocking = {p.message.key for p in problems if p.level == "blocks"}
    if blocking & DIFFERS:
        return "no"
    if blocking or total.value is None:
        return "unknown"
    return "yes" if a_to_c.value is not None else "partly"


def _ranked(results: list[VariantResult]) -> list[VariantResult]:
    """Rank by total within a group (bids; or reference and alternatives), ties sharing a place: 1, 1, 3.

    A bid that somebody judged invalid takes no part.
    """

    def rank_of(result: VariantResult) -> int | None:
        if not is_rankable(result) or result.invalid:
            return None
        lower = [
            other
            for other in results
            if other.is_bid == result.is_bid
            and is_rankable(other)
            and not other.invalid
            and (other.total.value or 0.0) < (result.total.value or 0.0)
            and not is_tie(other.total.value, result.total.value)
        ]
        return len(lower) + 1

    return [replace(result, rank=rank_of(result)) for result in results]


def is_rankable(result: VariantResult) -> bool:
    return result.total.value is not None and result.comparable in ("yes", "partly")


def is_tie(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and math.isclose(a, b, rel_tol=_TIE, abs_tol=_TIE)


def conclude(results: tuple[VariantResult, ...]) -> Message:
    """The first thing read: which is lowest and against what, or why there is no conclusion yet."""
    bids = [r for r in results if r.is_bid and not r.invalid]
    group = bids or [r for r in results if not r.is_bid]
    if len(results) < 2 or (not bids and len(group) < 2):
        return Message.of("conclusion_too_few", count=sum(r.total.value is not None for r in results))
    waiting = [r for r in group if r.comparable == "unknown"]
    if waiting:
        return _waits_for(waiting[0])
    ranked = sorted((r for r in group if r.rank is not None), key=lambda r: r.rank or 0)
    if not ranked:
        return Message.of("conclusion_none_comparable")
    lowest = [r for r in ranked if r.rank == 1]
    key = "conclusion_tie" if len(lowest) > 1 else "conclusion_lowest"
    if len(ranked) < len(group):  # the lowest of those that can be compared, and no more is known
        key = "conclusion_alone" if len(ranked) == 1 else f"{key}_known"
    elif len(ranked) == 1:
        key = "conclusion_alone"
    return Message.of(
        key,
        name=", ".join(r.name for r in lowest),
        total=lowest[0].total.value,
        percent=_below_reference(lowest[0], results),
        comparable=len(ranked),
        group=len(group),
        kind="bids" if bids else "alternatives",
    )


def by_price(results: tuple[VariantResult, ...]) -> Message:
    """The first thing read where no MKI is asked: whose sum is lowest. The award says who wins."""
    bids = [r for r in results if r.is_bid and not r.invalid and r.price is not None]
    if not bids:
        return Message.of("conclusion_no_price")
    least = min(r.price for r in bids if r.price is not None)
    return Message.of("conclusion_price", name=", ".join(r.name for r in bids if r.price == least))


# Findings that say a figure was not filled in yet, rather than that it does not fit.
_EMPTY = frozenset({"mki_empty", "work_mki_empty", "missing_modules", "missing_indicators", "no_unit"})


def _waits_for(first: VariantResult) -> Message:
    """Why there is no conclusion yet: posts that are empty, or the first finding that stands before it."""
    found = [p for p in first.problems if p.level == "blocks"]
    posts = {p.post_id for p in found if p.message.key in _EMPTY}
    because = found[0].message.key if found and not posts else None
    return Message.of("conclusion_waiting", name=first.name, posts=len(posts), because=because)


def _below_reference(lowest: VariantResult, results: tuple[VariantResult, ...]) -> float | None:
    """Difference with the reference in %; None without one, with itself, or where its total is not above
    0."""
    reference = next((r for r in results if r.role == "reference" and is_rankable(r)), None)
    if reference is None or reference is lowest:
        return None
    base = reference.total.value or 0.0
    return ((lowest.total.value or 0.0) - base) / base * 100 if base > 0 else None
