"""The MKI of one answered post: offered, computed, and what the authority fixed for all.

Three MKI figures are never mixed: *offered* (in the bid), *check* (our own sum beside it) and, after award, *proven*.
For one post x[m] = Σ_i w[i]·value[i, m], or the declared MKI of m, times the quantity in declared units; then the period.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.ask import Ask, Per, ReplacementRule, YesNoUnknown
from cirkeldesk.model.declaration import UPLIFT, Category
from cirkeldesk.model.group import ProductGroup, derive, missing_for
from cirkeldesk.model.messages import Figure, Message, Problem
from cirkeldesk.model.modules import END_OF_LIFE, assemble, atoms, atoms_of, names_for
from cirkeldesk.model.period import (
    ONE_DELIVERY,
    Period,
    factor_of,
    over_period,
    period_of,
    released,
    reuse_fits,
    scaling_of_total,
)
from cirkeldesk.model.product import Product, is_expired, measured_by
from cirkeldesk.model.profile import Weighed, uplift_factor, weigh
from cirkeldesk.model.tender import TAR_LIMIT, Answer, OfferedMki, Post, Tender, Variant
from cirkeldesk.model.weighting import WeightingSet

Source = Literal["offered", "computed"]
PROPERTY_OF: Mapping[Per, str | None] = {"ton": "mass_t", "m2": "area_m2", "post": None, "work": None}
Cache = dict[tuple[object, ...], tuple[Product, Weighed]]


@dataclass(frozen=True)
class PostAnswer:
    """Everything the MKI of one answered post depends on."""

    tender: Tender
    post: Post
    variant: Variant
    answer: Answer
    product: Product | None
    group: ProductGroup
    weights: WeightingSet
    rule: ReplacementRule | None

    @property
    def ask(self) -> Ask:
        return self.tender.ask

    @property
    def is_released(self) -> bool:
        return self.post.kind == "released"

    @property
    def tar_bearing(self) -> bool:
        return self.post.tar is not None and self.post.tar > TAR_LIMIT

    @property
    def category(self) -> Category | None:
        return self.variant.basis.category or self.variant.evidence.category

    def problem(
        self, level: Literal["blocks", "open", "note"], key: str, field: str = "mki", **params: str | float | None
    ) -> Problem:
        return Problem(Message.of(key, **params), level, self.variant.id, self.post.id, field)


@dataclass(frozen=True)
class Contribution:
    """Part of a post's MKI over the period: split by module, plus what is undivided. `indicators`, `gwp` where known."""

    modules: dict[str, float]
    undivided: float = 0.0
    d: float = 0.0
    b4_from_d: float = 0.0
    indicators: dict[str, float] | None = None
    gwp: tuple[float, float] | None = None

    @property
    def total(self) -> float:
        return math.fsum((*self.modules.values(), self.undivided))


@dataclass(frozen=True)
class Refusal:
    """Why a contribution cannot be had; `partial` is the part that is known, `missing` the (module, indicator) gaps."""

    problems: tuple[Problem, ...]
    partial: float = 0.0
    missing: tuple[tuple[str, str | None], ...] = ()
    empty: bool = False


@dataclass(frozen=True)
class PostResult:
    """One post of one variant. `rate` is MKI per unit of the group's measure; `partial` is the provisional sum."""

    post_id: str
    mki: Figure
    source: Source | None
    modules: Mapping[str, float]
    undivided: float
    d: float
    b4_from_d: float
    indicators: Mapping[str, float] | None
    gwp: tuple[float, float] | None
    check: Figure
    quantities: Mapping[str, float]
    mass_t: float | None
    rate: float | None
    period: Period | None
    partial: float
    missing: tuple[tuple[str, str | None], ...]
    problems: tuple[Problem, ...]
    rules: str | None
    lapses: bool
    fixed_modules: Mapping[str, float]
    fixed_gap: Message | None


def asked_atoms(ask: Ask) -> frozenset[str]:
    """The atoms of the judged figure: the modules asked, without D where D is left out of it."""
    asked = atoms_of(ask.modules)
    return asked if ask.include_d else asked - {"D"}


def scope_of(ask: Ask, post: Post) -> frozenset[str]:
    """What of the asked modules a post carries: released material has C1–C4 and D only."""
    asked = asked_atoms(ask)
    return asked & (END_OF_LIFE | {"D"}) if post.kind == "released" else asked


def quantities_of(tender: Tender, post: Post, answer: Answer, product: Product | None, group: ProductGroup) -> dict[str, float]:
    """All properties of an answered post: typed on the post by its route, overridden by the answer, completed by rules.

    The area of the work serves posts without their own; a product's density serves where the post has none.
    """
    route = group.route(post.route or group.default_route)
    derived = {rule.gives for rule in group.rules}
    known = {code: value for code, value in post.values if code in route.inputs or code not in derived}
    if "area_m2" in route.inputs and "area_m2" not in known and tender.functional_quantity is not None:
        known["area_m2"] = tender.functional_quantity
    if product is not None and product.density_kg_m3 is not None:
        known.setdefault("density_t_m3", product.density_kg_m3 / 1000)
    known.update(answer.values)
    return derive(group.rules, known)


def judge_post(a: PostAnswer, cache: Cache) -> PostResult:
    """MKI, check, quantities and findings of one answered post."""
    quantities = quantities_of(a.tender, a.post, a.answer, a.product, a.group)
    period = period_for(a)
    resolved = period if isinstance(period, Period) else None
    fixed = fixed_part(a, quantities, period)
    problems = findings(a)
    if a.answer.lapses:
        return _result(a, quantities, resolved, None, Figure(None, "absent", Message.of("lapses")), None, None, problems, ())
    computed = computed_part(a, quantities, period, cache) if a.product is not None and _has_profile(a.product) else None
    offered = offered_part(a, a.answer.mki, quantities, period) if a.answer.mki is not None else None
    chosen = offered if offered is not None else computed
    source: Source | None = "offered" if offered is not None else "computed" if computed is not None else None
    check = _check_figure(computed, fixed) if offered is not None else Figure.unknown("not_applicable", "no_offered_mki")
    if a.variant.work_mki is not None:
        state = Figure.unknown("undivided", "work_total")
        return _result(a, quantities, resolved, fixed, state, None, source, problems, (), check)
    if chosen is None:
        gap = a.problem("blocks", "mki_empty", field="mki", post=a.post.name, per=a.ask.mki_per)
        state = Figure(None, "empty", gap.message)
        return _result(a, quantities, resolved, fixed, state, None, None, [*problems, gap], ((None, None),))
    if isinstance(chosen, Refusal) or isinstance(fixed, Message):
        refused = [*chosen.problems] if isinstance(chosen, Refusal) else []
        if isinstance(fixed, Message):
            refused.append(Problem(fixed, "blocks", a.variant.id, a.post.id, "fixed"))
        missing = chosen.missing if isinstance(chosen, Refusal) else ()
        partial = (chosen.partial if isinstance(chosen, Refusal) else chosen.total) + (
            fixed.total if isinstance(fixed, Contribution) else 0.0
        )
        state = Figure(None, "not_computable", refused[0].message)
        return _result(a, quantities, resolved, fixed, state, None, source, [*problems, *refused], missing, check, partial)
    if offered is not None and a.rule is None and a.variant.is_bid and not isinstance(period, Period):
        problems.append(Problem(Message.of("missing_replacement_rule"), "blocks", a.variant.id, None, "replacement_rule"))
    whole = add(chosen, fixed)
    return _result(a, quantities, resolved, fixed, Figure.known(whole.total), whole, source, problems, (), check)


def _result(
    a: PostAnswer,
    quantities: dict[str, float],
    period: Period | None,
    fixed: Contribution | Message | None,
    mki: Figure,
    whole: Contribution | None,
    source: Source | None,
    problems: Iterable[Problem],
    missing: tuple[tuple[str | None, str | None], ...],
    check: Figure | None = None,
    partial: float | None = None,
) -> PostResult:
    measure = quantities.get(a.group.measure)
    return PostResult(
        post_id=a.post.id,
        mki=mki,
        source=source,
        modules=whole.modules if whole else {},
        undivided=whole.undivided if whole else 0.0,
        d=whole.d if whole else 0.0,
        b4_from_d=whole.b4_from_d if whole else 0.0,
        indicators=whole.indicators if whole else None,
        gwp=whole.gwp if whole else ((0.0, 0.0) if a.answer.lapses else None),
        check=check if check is not None else Figure.unknown("not_applicable", "no_offered_mki"),
        quantities=quantities,
        mass_t=quantities.get("mass_t"),
        rate=mki.value / measure if mki.value is not None and measure else None,
        period=period,
        partial=mki.value if mki.value is not None else partial or 0.0,
        missing=tuple((module or "", indicator) for module, indicator in missing),
        problems=tuple(dict.fromkeys(problems)),
        rules=_rules(a, source),
        lapses=a.answer.lapses,
        fixed_modules=fixed.modules if isinstance(fixed, Contribution) and not a.answer.lapses else {},
        fixed_gap=fixed if isinstance(fixed, Message) and not a.answer.lapses else None,
    )


def _check_figure(computed: Contribution | Refusal | None, fixed: Contribution | Message) -> Figure:
    if isinstance(computed, Contribution) and isinstance(fixed, Contribution):
        return Figure.known(computed.total + fixed.total)
    return Figure.unknown("not_computable", "no_profile_for_check")


def _has_profile(product: Product) -> bool:
    return bool(product.declarations)


def period_for(a: PostAnswer) -> Period | Message:
    if a.is_released:
        return ONE_DELIVERY
    return period_of(a.answer.life or a.post.life, a.ask.analysis_period, a.rule)


def add(one: Contribution, other: Contribution) -> Contribution:
    """Two parts of one post. Indicators and GWP are known only where both parts know them (or one adds nothing)."""
    if not other.modules and not other.undivided:
        return one
    modules = dict(one.modules)
    for name, value in other.modules.items():
        modules[name] = modules.get(name, 0.0) + value
    return Contribution(modules, one.undivided + other.undivided, one.d + other.d, one.b4_from_d + other.b4_from_d)


# --- what the authority fixed -------------------------------------------------------------------------------------


def fixed_for(ask: Ask, post: Post) -> dict[str, tuple[float, Per]]:
    """Fixed module values of a post: its own go before those for every post."""
    rows = {f.module: (f.value, f.per) for f in ask.fixed_modules if f.post_id is None}
    rows |= {f.module: (f.value, f.per) for f in ask.fixed_modules if f.post_id == post.id}
    scope = scope_of(ask, post)
    return {module: row for module, row in rows.items() if atoms(module) and atoms(module) <= scope}


def fixed_part(a: PostAnswer, quantities: Mapping[str, float], period: Period | Message) -> Contribution | Message:
    """Fixed values × quantity over the period; the same for all variants. A Message says what is missing."""
    rows = fixed_for(a.ask, a.post)
    if not rows:
        return Contribution({})
    if isinstance(period, Message):
        return period
    x = {}
    for module, (value, per) in rows.items():
        amount = amount_of(a, quantities, per)
        if isinstance(amount, Message):
            return amount
        x[module] = value * amount
    done = over_period(x, period)
    return Contribution(done.modules, 0.0, done.d, done.b4_from_d)


def amount_of(a: PostAnswer, quantities: Mapping[str, float], per: Per) -> float | Message:
    """How many times a figure stated `per` counts in this post."""
    name = PROPERTY_OF[per]
    if name is None:
        return 1.0
    if name in quantities:
        return quantities[name]
    missing = missing_for(a.group.rules, quantities, name)
    return Message.of("missing_property", post=a.post.name, properties=" ".join(missing))


# --- what the bidder offers ----------------------------------------------------------------------------------------


def offered_part(
    a: PostAnswer, mki: OfferedMki, quantities: Mapping[str, float], period: Period | Message
) -> Contribution | Refusal:
    """A declared MKI on the asked basis, times its quantity."""
    per = a.variant.basis.per or a.ask.mki_per
    amount = amount_of(a, quantities, "ton" if per == "work" else per)
    if isinstance(amount, Message):
        return Refusal((Problem(amount, "blocks", a.variant.id, a.post.id, "quantity"),))
    need = scope_of(a.ask, a.post) - atoms_of(fixed_for(a.ask, a.post))
    return on_asked_basis(a, mki, amount, need, period, a.post.id)


def work_part(a: PostAnswer, mki: OfferedMki, periods: Iterable[Period | Message]) -> Contribution | Refusal:
    """An MKI for the whole work: never replaced or scaled again, so it must hold the replacements already.

    `a` is any post of the variant (the basis is the same for all); `periods` those of every post.
    """
    fixed = atoms_of(f.module for f in a.ask.fixed_modules if f.post_id is None)
    need = asked_atoms(a.ask) - fixed
    single = all(isinstance(p, Period) and p.is_single for p in periods)
    stated = includes_replacement(a)
    if stated != "yes" and not single:
        key = "work_without_replacement" if stated == "no" else "replacement_unknown"
        return Refusal((Problem(Message.of(key), "blocks", a.variant.id, None, "includes_replacement"),))
    return on_asked_basis(a, mki, 1.0, need, ONE_DELIVERY, None)


def includes_replacement(a: PostAnswer) -> YesNoUnknown:
    return a.variant.basis.includes_replacement or a.ask.includes_replacement or "unknown"


def on_asked_basis(
    a: PostAnswer,
    mki: OfferedMki,
    amount: float,
    need: frozenset[str],
    period: Period | Message,
    post_id: str | None,
) -> Contribution | Refusal:
    """A declared MKI checked on set, modules, replacement and uplift, then its value over the period."""

    def refuse(message: Message, field: str, partial: float = 0.0, missing: frozenset[str] = frozenset()) -> Refusal:
        gaps = tuple((name, None) for name in names_for(missing))
        return Refusal((Problem(message, "blocks", a.variant.id, post_id, field),), partial, gaps)

    other = set_finding(a)
    if other is not None:
        return refuse(other, "basis")
    values, missing = assemble(dict(mki.modules), need)
    if mki.is_split and missing:
        message = Message.of("missing_modules", modules=" ".join(names_for(missing)))
        return refuse(message, "mki", amount * sum(values.values()), missing)
    narrow = None if mki.is_split else coverage_finding(a, mki, need)
    if narrow is not None:
        return refuse(narrow, "basis")
    delivery = replacement_on(a, period)
    if isinstance(delivery, Message):
        return refuse(delivery, "includes_replacement")
    lifted = uplift_on(a, mki, values, need)
    if isinstance(lifted, Message):
        return refuse(lifted, "includes_uplift")
    if mki.is_split:
        x = {name: value * lifted[name] * amount for name, value in values.items()}
        if a.is_released:
            x = released(x, tar_bearing=a.tar_bearing)
        done = over_period(x, delivery)
        return Contribution(done.modules, 0.0, done.d, done.b4_from_d)
    scale = scaling_of_total(delivery, holds_d="D" in need)
    if scale is None:
        return refuse(Message.of("total_cannot_be_scaled"), "includes_replacement")
    value = (mki.total or 0.0) * lifted["total"] * amount * scale
    names = names_for(need)
    if len(names) == 1 and delivery.is_single and isinstance(period, Period) and period.is_single:
        return Contribution({names[0]: value}, 0.0, value if names[0] == "D" else 0.0)
    return Contribution({}, value)


def set_finding(a: PostAnswer) -> Message | None:
    """Sets are never compared or summed together: A2 gives 1.4 to 2.1 times A1."""
    stated = a.variant.basis.weighting_set
    if stated == "unknown":
        return Message.of("set_unknown")
    if stated is not None and stated != a.ask.set_code:
        return Message.of("other_set", has=stated, asked=a.ask.set_code)
    return None


def coverage_finding(a: PostAnswer, mki: OfferedMki, need: frozenset[str]) -> Message | None:
    """One total must cover exactly what is asked: less is missing, and more cannot be taken out of it."""
    if mki.total is None:
        return Message.of("mki_empty", post=a.post.name, per=a.ask.mki_per)
    covered = need if a.variant.basis.modules is None else atoms_of(a.variant.basis.modules)
    if not covered:
        return Message.of("modules_unknown")
    if need - covered:
        return Message.of("fewer_modules", modules=" ".join(names_for(need - covered)))
    if covered - need:
        return Message.of("wider_total", modules=" ".join(names_for(covered - need)))
    return None


def replacement_on(a: PostAnswer, period: Period | Message) -> Period | Message:
    """The period still to be applied to a declared MKI: none when it holds the replacements already.

    Unknown stays unknown, unless there is nothing to replace within the period.
    """
    stated = includes_replacement(a)
    if isinstance(period, Period) and period.is_single and a.rule != "none":
        return ONE_DELIVERY
    if stated == "yes":
        life, years = a.answer.life or a.post.life, a.ask.analysis_period
        if a.rule == "none" and isinstance(life, (int, float)) and years is not None and years > life:
            return Message.of("replacement_not_asked")
        return ONE_DELIVERY
    if stated == "no" or (isinstance(period, Period) and period.is_single):
        return period
    return Message.of("replacement_unknown")


def uplift_on(a: PostAnswer, mki: OfferedMki, values: Mapping[str, float], need: frozenset[str]) -> dict[str, float] | Message:
    """Factor per module (or for "total") on a declared MKI: 1 when the uplift is in it; else by data category.

    The D test uses the module's sum. For an undivided total that holds D nobody can tell what to leave out: unknown.
    """
    included = a.variant.basis.includes_uplift if a.variant.basis.includes_uplift is not None else a.ask.includes_uplift
    names = [*values, "total"]
    if included or not a.ask.apply_uplift:
        return dict.fromkeys(names, 1.0)
    if a.category is None:
        return Message.of("category_unknown")
    if mki.is_split:
        return {name: uplift_factor(a.category, name, value, apply=True) for name, value in values.items()}
    if a.category == "3" and "D" in need:
        return Message.of("uplift_on_total_with_d")
    return {"total": UPLIFT if a.category == "3" else 1.0}


# --- what we compute ourselves -------------------------------------------------------------------------------------


def computed_part(
    a: PostAnswer, quantities: Mapping[str, float], period: Period | Message, cache: Cache
) -> Contribution | Refusal:
    """Our own sum from a declared profile: weights × values × quantity, over the period."""
    ready = ready_profile(a, quantities, cache)
    if isinstance(ready, Refusal):
        return ready
    weighed, amount = ready
    gaps = refusals(a, weighed)
    if isinstance(period, Message):
        waiting = Problem(period, "blocks", a.variant.id, a.post.id, "life")
        return Refusal((waiting, *gaps), amount * math.fsum(weighed.modules.values()), weighed.missing)
    if a.answer.reuse and not all(reuse_fits(name) for name in weighed.modules):
        gaps = (a.problem("blocks", "reuse_on_aggregate"), *gaps)
    whole = per_declared_amount(weighed, period, reuse=a.answer.reuse, is_released=a.is_released, tar_bearing=a.tar_bearing)
    if gaps:
        return Refusal(gaps, amount * whole.total, weighed.missing)
    return times(whole, amount)


def per_declared_amount(weighed: Weighed, period: Period, *, reuse: bool, is_released: bool, tar_bearing: bool) -> Contribution:
    """What one declared amount contributes over the period. Remembered: many posts share a product and a life."""
    key = (period, reuse, is_released, tar_bearing)
    known = weighed.remembered.get(key)
    if isinstance(known, Contribution):
        return known
    x = released(weighed.modules, tar_bearing=tar_bearing) if is_released else weighed.modules
    done = over_period(x, period, reuse=reuse)
    indicators: dict[str, float] = {}
    for module, cells in weighed.euro.items():
        if module not in x or (module == "D" and x["D"] == 0.0 != weighed.modules["D"]):
            continue
        factor = factor_of(module, period, reuse)
        for code, value in cells.items():
            indicators[code] = indicators.get(code, 0.0) + value * factor
    gwp = None
    if weighed.gwp_complete:
        emitted = over_period({name: kg for name, kg in weighed.gwp_kg.items() if name in x}, period, reuse=reuse)
        gwp = (emitted.total - emitted.d, emitted.d)
    made = Contribution(done.modules, 0.0, done.d, done.b4_from_d, indicators, gwp)
    weighed.remembered[key] = made
    return made


def times(part: Contribution, amount: float) -> Contribution:
    """Every figure of a contribution times a quantity; the period's rules are linear."""
    indicators = {code: value * amount for code, value in part.indicators.items()} if part.indicators is not None else None
    gwp = (part.gwp[0] * amount, part.gwp[1] * amount) if part.gwp is not None else None
    modules = {name: value * amount for name, value in part.modules.items()}
    return Contribution(modules, part.undivided * amount, part.d * amount, part.b4_from_d * amount, indicators, gwp)


def ready_profile(a: PostAnswer, quantities: Mapping[str, float], cache: Cache) -> tuple[Weighed, float] | Refusal:
    """The weighed profile and the number of declared amounts in the post; or why there is none."""
    product = a.product
    assert product is not None
    declaration = product.declaration(a.ask.set_code)
    if product.open:
        keys = " ".join(question.key for question in product.open)
        return Refusal((a.problem("blocks", "open_question", field="product", product=product.name, keys=keys),))
    if declaration is None:
        other = product.sets[0] if product.sets else None
        key = "other_set" if other else "mki_empty"
        return Refusal((a.problem("blocks", key, has=other, asked=a.ask.set_code, post=a.post.name, per=a.ask.mki_per),))
    measured = measured_by(product.declared_unit)
    if measured is None or not product.declared_amount:
        return Refusal((a.problem("blocks", "declared_unit_unknown", field="product", unit=product.declared_unit),))
    name, factor = measured
    if name not in quantities:
        missing = " ".join(missing_for(a.group.rules, quantities, name))
        return Refusal((a.problem("blocks", "missing_property", field="quantity", post=a.post.name, properties=missing),))
    need = scope_of(a.ask, a.post) - atoms_of(fixed_for(a.ask, a.post))
    category = declaration.category or a.category
    cell = (id(product), a.weights.code, a.weights.edition, need, category, a.ask.apply_uplift)
    if cell not in cache:  # the product is kept beside it, so that its id stays its own
        weighed = weigh(declaration, a.weights, need, category, apply_uplift=a.ask.apply_uplift)
        cache[cell] = (product, weighed)
    return cache[cell][1], quantities[name] / factor / product.declared_amount


def refusals(a: PostAnswer, weighed: Weighed) -> tuple[Problem, ...]:
    """What the profile lacks of the asked scope, as findings; empty when it is complete."""
    found = []
    modules = [module for module, indicator in weighed.missing if indicator is None]
    if modules:
        found.append(a.problem("blocks", "missing_modules", modules=" ".join(modules)))
    indicators = dict.fromkeys(i for _, i in weighed.missing if i is not None and i not in weighed.no_unit)
    if indicators:
        found.append(a.problem("blocks", "missing_indicators", indicators=" ".join(indicators)))
    if weighed.no_unit:
        found.append(a.problem("blocks", "no_unit", indicators=" ".join(weighed.no_unit)))
    return tuple(found)


# --- findings that do not change the figure ------------------------------------------------------------------------


def _rules(a: PostAnswer, source: Source | None) -> str | None:
    if source == "computed" and a.product is not None:
        declaration = a.product.declaration(a.ask.set_code)
        return (declaration.rules if declaration else None) or a.variant.evidence.rules
    return a.variant.basis.rules or a.variant.evidence.rules


def findings(a: PostAnswer) -> list[Problem]:
    """Rule version, validity on the reference date, allowed category, own quantities, double credit of granulate."""
    found: list[Problem] = []
    source: Source = "offered" if a.answer.mki is not None or a.variant.work_mki is not None else "computed"
    rules = _rules(a, source)
    if a.ask.rules and rules and rules.casefold() != a.ask.rules.casefold():
        found.append(a.problem("blocks", "other_rules", field="rules", has=rules, asked=a.ask.rules))
    if a.answer.values and not a.ask.own_quantities_allowed:
        found.append(a.problem("open", "own_quantity", field="quantity"))
    if is_expired(a.variant.evidence.valid_until, a.ask.reference_date):
        found.append(Problem(Message.of("evidence_expired"), "open", a.variant.id, None, "evidence"))
    product = a.product
    if product is None:
        return found
    if is_expired(product.valid_until, a.ask.reference_date):
        found.append(a.problem("open", "declaration_expired", field="product", product=product.name, until=product.valid_until))
    declaration = product.declaration(a.ask.set_code)
    category = (declaration.category if declaration else None) or a.category
    if a.ask.categories_allowed and category is not None and category not in a.ask.categories_allowed:
        found.append(a.problem("open", "category_not_allowed", field="product", category=category))
    if not product.composition.is_valid:
        found.append(a.problem("open", "composition_exceeds", field="composition", total=product.composition.total * 100))
    if product.composition.reclaimed and _granulate_is_credited(a):
        found.append(a.problem("note", "granulate_twice", field="product"))
    return found


def _granulate_is_credited(a: PostAnswer) -> bool:
    return (
        a.ask.released_in_scope
        and any(post.kind == "released" and not (post.tar is not None and post.tar > TAR_LIMIT) for post in a.tender.posts)
        and "D" in asked_atoms(a.ask)
    )
