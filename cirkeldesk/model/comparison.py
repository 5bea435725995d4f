"""compare(tender, inputs) → Comparison: one pure function that every surface shows, so they cannot disagree.

Each figure carries a value or None, the word that applies and why. Comparability is judged per figure on the asked scope:
more declared than asked is no difference; less, another set, another rule version or unknown replacement blocks that
figure and says why. A partial sum is kept apart as `partial` and is never a total.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from cirkeldesk.model.ask import ReplacementRule
from cirkeldesk.model.composition import Origin, Share
from cirkeldesk.model.declaration import EN_15804_ONLY
from cirkeldesk.model.group import ProductGroup
from cirkeldesk.model.messages import Figure, Message, Problem
from cirkeldesk.model.post_mki import (
    Contribution,
    PostAnswer,
    PostResult,
    Refusal,
    Source,
    asked_atoms,
    judge_post,
    period_for,
    work_part,
)
from cirkeldesk.model.product import Product
from cirkeldesk.model.profile import Weighed
from cirkeldesk.model.tender import BIDS, Post, Role, Tender, Variant
from cirkeldesk.model.weighting import WeightingSet

Comparable = Literal["yes", "partly", "no", "unknown"]
# Findings by which a variant stands on another basis than asked; other blocking findings are things not known yet.
DIFFERS: frozenset[str] = frozenset(
    {
        "other_set",
        "fewer_modules",
        "wider_total",
        "other_rules",
        "not_equal",
        "orienting_among_others",
        "replacement_not_asked",
    }
)
_TIE = 1e-12


@dataclass(frozen=True)
class Inputs:
    """The closed set of pinned values a comparison needs, by content hash. `weighed` remembers, it holds no state."""

    weighting_sets: Mapping[str, WeightingSet]
    products: Mapping[str, Product]
    groups: Mapping[str, ProductGroup]
    weighed: dict[tuple[object, ...], tuple[Product, Weighed]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class VariantResult:
    """Everything about one variant. MKI in €, masses in kg, shares as fractions of mass, GWP in kg CO2-eq.

    `total` is the judged figure: offered where the variant offers an MKI, else computed. `check` is our own sum beside
    an offered one. `undivided` is the part of the total that no module is known of.
    """

    id: str
    name: str
    role: Role
    posts: tuple[PostResult, ...]
    source: Source | None
    total: Figure
    partial: float
    check: Figure
    undivided: float | None
    a_to_c: Figure
    d: Figure
    b4_from_d: float
    per_unit: Figure
    per_unit_year: Figure
    by_module: Mapping[str, float]
    by_indicator: Mapping[str, float]
    gwp_a_to_c: Figure
    gwp_d: Figure
    mass_kg: Figure
    shares: Mapping[str, Share | None]
    share_states: Mapping[str, Figure]
    price: Decimal | None
    price_state: Figure
    comparable: Comparable
    problems: tuple[Problem, ...]
    rank: int | None = None

    @property
    def is_bid(self) -> bool:
        return self.role in BIDS

    def post(self, post_id: str) -> PostResult:
        return next(p for p in self.posts if p.post_id == post_id)


@dataclass(frozen=True)
class Comparison:
    """One tender compared. Variants and posts stand in the order of the screen."""

    tender: Tender
    weighting_set: WeightingSet
    group: ProductGroup
    replacement_rule: ReplacementRule | None
    variants: tuple[VariantResult, ...]
    conclusion: Message

    def variant(self, variant_id: str) -> VariantResult:
        return next(v for v in self.variants if v.id == variant_id)

    @property
    def reference(self) -> VariantResult | None:
        return next((v for v in self.variants if v.role == "reference"), None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for variant in self.variants for problem in variant.problems)


def effective_rule(tender: Tender) -> ReplacementRule | None:
    """The replacement rule that counts: as chosen; else fractional with D for design alternatives, none chosen for bids."""
    if tender.ask.replacement_rule is None and not tender.has_bids:
        return "fractional_with_d"
    return tender.ask.replacement_rule


def compare(tender: Tender, inputs: Inputs) -> Comparison:
    """Compare all variants of a tender on its ask. Source of every rule: the functions called here and their docstrings."""
    weights = inputs.weighting_sets[tender.ask.weighting_set or ""]
    group = inputs.groups[tender.product_group or ""]
    rule = effective_rule(tender)
    results = [_judge(tender, variant, inputs, weights, group, rule) for variant in tender.variants]
    results = _findings_among_variants(results, tender)
    ranked = tuple(_ranked(results))
    return Comparison(tender, weights, group, rule, ranked, conclude(ranked))


def product_of(tender: Tender, variant: Variant, post_id: str, inputs: Inputs) -> Product | None:
    """The pinned product that answers a post; a local one is the tender's own."""
    ref = variant.answer(post_id).product
    if ref is None:
        return None
    if ref.hash is None:
        return next((p for p in tender.products if p.id == ref.id), None)
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
    posts = tuple(judge_post(one, inputs.weighed) for one in answered)
    work: Contribution | Refusal | None = None
    if variant.work_mki is not None and answered:
        work = work_part(answered[0], variant.work_mki, [period_for(one) for one in answered if _counts(one.post, tender)])
    counted = [p for p, post in zip(posts, tender.posts, strict=True) if _counts(post, tender)]
    problems = [problem for p in counted for problem in p.problems]
    problems += _equality(variant, tender) + _price_findings(variant, tender)
    if variant.work_mki is not None:
        source, total, undivided, modules = _work_total(variant, work, counted, problems)
    else:
        source, total, undivided, modules = _total(variant, counted, problems)
    has_d = tender.ask.include_d and "D" in asked_atoms(tender.ask)
    d_known = math.fsum(p.d for p in counted) if variant.work_mki is None else modules.get("D", 0.0)
    problems = list(dict.fromkeys(problems))
    if total.value is None:
        a_to_c = d = Figure(None, total.state, total.reason)
    elif not has_d:
        a_to_c, d = total, Figure.unknown("not_applicable", "d_not_asked")
    elif undivided:
        a_to_c = d = Figure.unknown("undivided", "mki_undivided")
    else:
        d = Figure.known(d_known)
        a_to_c = Figure.known(total.value - d_known)
    indicators = _by_indicator(variant, counted, total)
    gwp_a_to_c, gwp_d = _gwp(counted, variant, has_d)
    shares, share_states, mass = _composition(tender, variant, inputs, posts)
    price, price_state = _price(variant, tender)
    per_unit, per_unit_year = _per_unit(total, tender)
    return VariantResult(
        id=variant.id,
        name=variant.name,
        role=variant.role,
        posts=posts,
        source=source,
        total=total,
        partial=math.fsum(p.partial for p in counted) if variant.work_mki is None else total.value or 0.0,
        check=_check(variant, counted, source),
        undivided=undivided or None,
        a_to_c=a_to_c,
        d=d,
        b4_from_d=sum(p.b4_from_d for p in counted),
        per_unit=per_unit,
        per_unit_year=per_unit_year,
        by_module=modules if total.value is not None else {},
        by_indicator=indicators,
        gwp_a_to_c=gwp_a_to_c,
        gwp_d=gwp_d,
        mass_kg=mass,
        shares=shares,
        share_states=share_states,
        price=price,
        price_state=price_state,
        comparable=_comparable(problems, total, a_to_c),
        problems=tuple(problems),
    )


def _counts(post: Post, tender: Tender) -> bool:
    """Whether a post is in the MKI: by its own flag; released asphalt in or out for all alike."""
    return post.in_mki and (post.kind != "released" or tender.ask.released_in_scope)


def _total(
    variant: Variant, counted: list[PostResult], problems: list[Problem]
) -> tuple[Source | None, Figure, float, dict[str, float]]:
    """(source, total, undivided part, split by module). Null unless every part of the asked scope is known."""
    sources = {p.source for p in counted if p.source is not None}
    offered = "offered" in sources
    if offered and variant.is_bid and "computed" in sources:
        # An offered MKI and our own sum are never mixed into one bid's figure.
        for p in counted:
            if p.source == "computed":
                problems.append(Problem(Message.of("mixed_sources"), "blocks", variant.id, p.post_id, "mki"))
        return "offered", Figure.unknown("not_computable", "mixed_sources"), 0.0, {}
    missing = [p for p in counted if p.mki.value is None and not p.lapses]
    if not counted:
        return None, Figure.unknown("empty", "no_posts"), 0.0, {}
    if missing:
        return (
            None,
            Figure.unknown("not_computable", "posts_missing", missing=len(missing), posts=len(counted)),
            0.0,
            {},
        )
    modules: dict[str, float] = {}
    for p in counted:
        for module, value in p.modules.items():
            modules[module] = modules.get(module, 0.0) + value
    total = math.fsum(p.mki.value or 0.0 for p in counted)
    source: Source = "offered" if sources == {"offered"} else "computed"
    return source, Figure.known(total), math.fsum(p.undivided for p in counted), modules


def _work_total(
    variant: Variant, work: Contribution | Refusal | None, counted: list[PostResult], problems: list[Problem]
) -> tuple[Source | None, Figure, float, dict[str, float]]:
    """One MKI for the whole work, with the fixed module values of the posts added."""
    if work is None:
        return None, Figure.unknown("empty", "no_posts"), 0.0, {}
    if isinstance(work, Refusal):
        problems.extend(work.problems)
        return "offered", Figure(None, "not_computable", work.problems[0].message), 0.0, {}
    gaps = [p.fixed_gap for p in counted if p.fixed_gap is not None]
    if gaps:
        problems.extend(Problem(gap, "blocks", variant.id, None, "fixed") for gap in gaps)
        return "offered", Figure(None, "not_computable", gaps[0]), 0.0, {}
    modules = dict(work.modules)
    for p in counted:
        for module, value in p.fixed_modules.items():
            modules[module] = modules.get(module, 0.0) + value
    return "offered", Figure.known(math.fsum(modules.values()) + work.undivided), work.undivided, modules


def _check(variant: Variant, counted: list[PostResult], source: Source | None) -> Figure:
    """Our own sum beside an offered MKI, when every post has a complete profile; it never replaces the offered one."""
    if source != "offered":
        return Figure.unknown("not_applicable", "no_offered_mki")
    if not counted or any(p.check.value is None for p in counted):
        return Figure.unknown("not_computable", "no_profile_for_check")
    return Figure.known(math.fsum(p.check.value or 0.0 for p in counted))


def _by_indicator(variant: Variant, counted: list[PostResult], total: Figure) -> dict[str, float]:
    """Total per indicator; empty unless every part of the total is known by indicator."""
    if total.value is None or variant.work_mki is not None or any(p.indicators is None for p in counted if not p.lapses):
        return {}
    summed: dict[str, float] = {}
    for p in counted:
        for code, value in (p.indicators or {}).items():
            summed[code] = summed.get(code, 0.0) + value
    return summed


def _gwp(counted: list[PostResult], variant: Variant, has_d: bool) -> tuple[Figure, Figure]:
    if not counted or any(p.gwp is None for p in counted):
        unknown = Figure.unknown("not_declared", "gwp_not_declared")
        return unknown, unknown if has_d else Figure.unknown("not_applicable", "d_not_asked")
    d = math.fsum(p.gwp[1] for p in counted if p.gwp is not None)
    a_to_c = Figure.known(math.fsum(p.gwp[0] for p in counted if p.gwp is not None))
    return a_to_c, Figure.known(d) if has_d else Figure.unknown("not_applicable", "d_not_asked")


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
    """Shares of the mass of the first delivery, and that mass in kg. A post of unknown composition widens the range."""
    laid = [
        (p, product_of(tender, variant, p.post_id, inputs))
        for p, post in zip(posts, tender.posts, strict=True)
        if post.kind != "released" and not p.lapses and post.in_mki
    ]
    masses = [p.mass_t for p, _ in laid]
    if not laid or any(mass is None for mass in masses):
        unknown = Figure.unknown("not_computable", "mass_unknown")
        return dict.fromkeys(SHARES), dict.fromkeys(SHARES, unknown), unknown
    total = math.fsum(mass for mass in masses if mass is not None)
    shares: dict[str, Share | None] = {}
    states: dict[str, Figure] = {}
    for origin in SHARES:
        shares[origin] = None
        known = [(p.mass_t or 0.0, product.composition.share(origin) if product else None) for p, product in laid]
        if total and any(share is not None for _, share in known):
            low = math.fsum(mass * share.low for mass, share in known if share is not None)
            high = math.fsum(mass * (share.high if share is not None else 1.0) for mass, share in known)
            shares[origin] = Share(low / total, min(1.0, high / total))
        elif origin == "primary_biobased":
            shares[origin] = _stated_biobased([product for _, product in laid])
        if shares[origin] is None:
            invalid = any(product is not None and not product.composition.is_valid for _, product in laid)
            key = "composition_exceeds" if invalid else "composition_empty"
            states[origin] = Figure.unknown("not_computable" if invalid else "not_declared", key)
    return shares, states, Figure.known(total * 1000)


def _stated_biobased(products: list[Product | None]) -> Share | None:
    """A biobased share on the supplier's own basis: shown with that basis when one basis and one figure hold for all."""
    stated = {p.composition.biobased for p in products if p is not None and p.composition.biobased is not None}
    if len(stated) != 1:
        return None
    only = stated.pop()
    return Share(only.fraction, only.fraction, only.basis)


def _price(variant: Variant, tender: Tender) -> tuple[Decimal | None, Figure]:
    """The sum as submitted; else the sum of the posts when every post in the price has one. Never zero for empty."""
    if variant.price is not None:
        return variant.price, Figure()
    lines = [variant.answer(post.id) for post in tender.posts if post.in_price]
    if lines and all(line.price is not None or line.lapses for line in lines):
        return sum((line.price or Decimal(0) for line in lines), Decimal(0)), Figure()
    return None, Figure.unknown("empty", "price_empty")


def _price_findings(variant: Variant, tender: Tender) -> list[Problem]:
    """Σ lines ≠ bid sum and a changed provisional sum are findings, never repaired."""
    found = []
    lines = [variant.answer(post.id) for post in tender.posts if post.in_price]
    prices = [line.price for line in lines if line.price is not None]
    if variant.price is not None and len(prices) == len(lines) > 0 and sum(prices, Decimal(0)) != variant.price:
        total = sum(prices, Decimal(0))
        found.append(
            Problem(
                Message.of("price_lines_differ", lines=str(total), price=str(variant.price)),
                "open",
                variant.id,
                None,
                "price",
            )
        )
    for post in tender.posts:
        price = variant.answer(post.id).price
        if post.kind == "provisional" and post.amount is not None and price is not None and price != post.amount:
            found.append(
                Problem(Message.of("provisional_changed", amount=str(post.amount)), "open", variant.id, post.id, "price")
            )
    return found


def _equality(variant: Variant, tender: Tender) -> list[Problem]:
    if variant.equal == "no":
        return [Problem(Message.of("not_equal", reason=variant.equal_reason), "blocks", variant.id, None, "equal")]
    if variant.equal == "unknown" and tender.ask.equal_functions and variant.role != "reference":
        return [Problem(Message.of("equality_open"), "open", variant.id, None, "equal")]
    return []


def _comparable(problems: list[Problem], total: Figure, a_to_c: Figure) -> Comparable:
    blocking = {p.message.key for p in problems if p.level == "blocks"}
    if blocking & DIFFERS:
        return "no"
    if blocking or total.value is None:
        return "unknown"
    return "yes" if a_to_c.value is not None else "partly"


def _findings_among_variants(results: list[VariantResult], tender: Tender) -> list[VariantResult]:
    """ "EN 15804 only" is orienting: comparable among its kind. Mixed with other rules it blocks; alone it is a note."""
    only = [any(p.rules == EN_15804_ONLY for p in v.posts) for v in results]
    others = any((p.rules is not None and p.rules != EN_15804_ONLY) or p.source == "offered" for v in results for p in v.posts)
    judged = []
    for result, orienting in zip(results, only, strict=True):
        if orienting and others:
            finding = Problem(Message.of("orienting_among_others"), "blocks", result.id, None, "rules")
            comparable: Comparable = "no"
        elif orienting:
            finding = Problem(Message.of("orienting"), "note", result.id, None, "rules")
            comparable = result.comparable
        else:
            judged.append(result)
            continue
        judged.append(replace(result, problems=(*result.problems, finding), comparable=comparable))
    return judged


def _ranked(results: list[VariantResult]) -> list[VariantResult]:
    """Rank by total within a group (bids; or reference and alternatives), ties sharing a place: 1, 1, 3."""

    def rank_of(result: VariantResult) -> int | None:
        if not is_rankable(result):
            return None
        lower = [
            other
            for other in results
            if other.is_bid == result.is_bid
            and is_rankable(other)
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
    bids = [r for r in results if r.is_bid]
    group = bids or [r for r in results if not r.is_bid]
    kind = "bids" if bids else "alternatives"
    if len(results) < 2 or (bids == [] and len(group) < 2):
        return Message.of("conclusion_too_few", count=len([r for r in results if r.total.value is not None]))
    waiting = [r for r in group if r.comparable == "unknown"]
    if waiting:
        count = sum(1 for p in waiting[0].posts if p.mki.value is None and not p.lapses)
        return Message.of("conclusion_waiting", name=waiting[0].name, posts=count)
    ranked = sorted((r for r in group if r.rank is not None), key=lambda r: r.rank or 0)
    if not ranked:
        return Message.of("conclusion_none_comparable")
    lowest = [r for r in ranked if r.rank == 1]
    reference = next((r for r in results if r.role == "reference" and is_rankable(r)), None)
    percent = None
    if reference is not None and reference.total.value and reference.total.value > 0 and reference is not lowest[0]:
        percent = ((lowest[0].total.value or 0.0) - reference.total.value) / reference.total.value * 100
    return Message.of(
        "conclusion_tie" if len(lowest) > 1 else "conclusion_lowest",
        name=", ".join(r.name for r in lowest),
        total=lowest[0].total.value,
        percent=percent,
        comparable=len(ranked),
        group=len(group),
        kind=kind,
    )
