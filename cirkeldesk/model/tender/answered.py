"""One answered post: everything its MKI depends on, and the terms an MKI is the sum of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.messages import Message, Problem
from cirkeldesk.model.product.declaration import Category
from cirkeldesk.model.product.modules import END_OF_LIFE, atoms_of
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.units import Per
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup, derive, missing_for
from cirkeldesk.model.tender.ask import Ask, ReplacementRule
from cirkeldesk.model.tender.period import ONE_DELIVERY, Period, period_of
from cirkeldesk.model.tender.tender import TAR_LIMIT, Answer, Post, Tender, Variant

Source = Literal["offered", "computed"]
PROPERTY_OF: Mapping[Per, str | None] = {
    "ton": "mass_t",
    "m2": "area_m2",
    "m3": "volume_m3",
    "m": "length_m",
    "piece": "pieces",
    "tkm": "tonne_km",
    "post": None,
    "work": None,
}


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
    def counts(self) -> bool:
        """Whether the post is in the MKI: by its own flag; released asphalt in or out for all alike."""
        return self.post.in_mki and (not self.is_released or self.ask.released_in_scope)

    @property
    def is_released(self) -> bool:
        return self.post.kind == "released"

    @property
    def tar_bearing(self) -> bool:
        return self.is_released and self.post.tar is not None and self.post.tar > TAR_LIMIT

    @property
    def reuses(self) -> bool:
        """Whether the reuse factor counts: an existing product is used again, and its profile is that of a
        new one."""
        declaration = self.product.declaration(self.ask.set_code) if self.product is not None else None
        return self.answer.reuse and not (declaration is not None and declaration.of_reused)

    @property
    def category(self) -> Category | None:
        return self.variant.basis.category or self.variant.evidence.category

    @property
    def per(self) -> Per:
        """What this variant's declared MKI is per."""
        return per_of(self.ask, self.post, self.variant)

    @property
    def period(self) -> Period | Message:
        if self.is_released:
            return ONE_DELIVERY
        return period_of(self.answer.life or self.post.life, self.ask.analysis_period, self.rule)

    @property
    def is_replaced(self) -> bool | None:
        """Whether the answer is replaced within the analysis period (L > l), whatever the rule; None when
        unknown."""
        life = self.answer.life or self.post.life
        if self.is_released or life == "work":
            return False
        if life is None or not self.ask.analysis_period:
            return None
        return self.ask.analysis_period > life

    def problem(
        self,
        level: Literal["blocks", "open", "note"],
        key: str,
        field: str = "mki",
        **params: str | float | None,
    ) -> Problem:
        return Problem(Message.of(key, **params), level, self.variant.id, self.post.id, field)


@dataclass(frozen=True)
class Term:
    """declared × uplift × amount, of which `first` and `more` count in the first delivery and the
    replacements.

    `module` None is a total of which no module is known.
    """

    module: str | None
    declared: float
    uplift: float
    amount: float
    first: float
    more: float

    @property
    def delivered(self) -> float:
        return self.declared * self.uplift * self.amount


@dataclass(frozen=True)
class Contribution:
    """Part of a post's MKI over the period, split by module as far as known.

    `undivided` is the part no module is known of (None: all is split). `d_hidden` says that some of D is
    inside what is not split, so that D as a whole is not known. `indicators` and `gwp` (A–C, D in kg) where
    known.
    """

    modules: dict[str, float]
    undivided: float | None = None
    d: float = 0.0
    b4_from_d: float = 0.0
    d_hidden: bool = False
    indicators: dict[str, float] | None = None
    gwp: tuple[float, float] | None = None

    @property
    def total(self) -> float:
        return math.fsum((*self.modules.values(), self.undivided or 0.0))

    @property
    def is_nothing(self) -> bool:
        return not self.modules and self.undivided is None


def contribution(terms: Iterable[Term], *, d_hidden: bool = False) -> Contribution:
    """The sum of terms: first deliveries under their module, replacements under B4."""
    modules: dict[str, float] = {}
    undivided: float | None = None
    d = b4_from_d = 0.0
    for term in terms:
        if term.module is None:
            undivided = (undivided or 0.0) + term.delivered * (term.first + term.more)
            continue
        modules[term.module] = modules.get(term.module, 0.0) + term.delivered * term.first
        if term.more:
            modules["B4"] = modules.get("B4", 0.0) + term.delivered * term.more
        if term.module == "D":
            d += term.delivered * (term.first + term.more)
            b4_from_d += term.delivered * term.more
    return Contribution(modules, undivided, d, b4_from_d, d_hidden)


@dataclass(frozen=True)
class NotAnswerable:
    """Why a contribution cannot be had; `partial` is the part that is known, `missing` the (module,
    indicator) gaps."""

    problems: tuple[Problem, ...]
    partial: float = 0.0
    missing: tuple[tuple[str, str | None], ...] = ()
    gwp: tuple[float, float] | None = None


def add(one: Contribution, other: Contribution) -> Contribution:
    """Two parts of one post. Indicators and GWP are known only where both parts know them (or one adds
    nothing)."""
    if other.is_nothing or one.is_nothing:
        return one if other.is_nothing else other
    modules = dict(one.modules)
    for name, value in other.modules.items():
        modules[name] = modules.get(name, 0.0) + value
    parts = [part.undivided for part in (one, other) if part.undivided is not None]
    undivided = math.fsum(parts) if parts else None
    return Contribution(
        modules, undivided, one.d + other.d, one.b4_from_d + other.b4_from_d, one.d_hidden or other.d_hidden
    )


def per_of(ask: Ask, post: Post, variant: Variant | None = None) -> Per:
    """What a declared MKI of a post is per: as the variant says, else the post, else the ask."""
    stated = variant.basis.per if variant is not None else None
    return stated or (ask.mki_per if ask.mki_per == "work" else post.mki_per or ask.mki_per)


def asked_atoms(ask: Ask) -> frozenset[str]:
    """The atoms of the judged figure: the modules asked, without D where D is left out of it."""
    asked = atoms_of(ask.modules)
    return asked if ask.include_d else asked - {"D"}


def scope_of(ask: Ask, post: Post) -> frozenset[str]:
    """What of the asked modules a post carries: released material has C1–C4 and D only."""
    asked = asked_atoms(ask)
    return asked & (END_OF_LIFE | {"D"}) if post.kind == "released" else asked


def d_is_ambiguous(ask: Ask) -> bool:
    """D is asked and does not count in the judged figure: one total "as asked" may hold it or not."""
    return not ask.include_d and "D" in atoms_of(ask.modules)


def quantities_of(
    tender: Tender, post: Post, answer: Answer, product: Product | None, group: ProductGroup
) -> dict[str, float]:
    """All properties of an answered post: typed on the post by its route, overridden by the answer, completed
    by rules.

    The functional quantity of the work serves posts without their own, unless each post has a part of it; a
    product's density, and what else it brings along, serve where the post has none.
    """
    route = group.route(post.route or group.default_route)
    derived = {rule.gives for rule in group.rules}
    known = {code: value for code, value in post.values if code in route.inputs or code not in derived}
    whole = group.functional_property
    alone = group.shares_quantity or tender.laid < 2
    if whole in route.inputs and whole not in known and tender.functional_quantity is not None and alone:
        known[whole] = tender.functional_quantity
    if product is not None:
        if product.density_kg_m3 is not None:
            known.setdefault("density_t_m3", product.density_kg_m3 / 1000)
            known.setdefault("density_kg_m3", product.density_kg_m3)
        for code, value in product.values:
            known.setdefault(code, value)
    known.update(answer.values)
    return derive(group.rules, known, product.sizes if product is not None else ())


def missing_quantity(a: PostAnswer, quantities: Mapping[str, float], name: str) -> Message:
    """Which typed properties would make a quantity known, by the post's own route."""
    route = a.group.route(a.post.route or a.group.default_route)
    missing = (name,) if name in route.inputs else missing_for(a.group.rules, quantities, name)
    names = (a.group.property(code).label.lower() if a.group.has(code) else code for code in missing)
    return Message.of("missing_property", post=a.post.name, properties=", ".join(names))


def amount_of(a: PostAnswer, quantities: Mapping[str, float], per: Per) -> float | Message:
    """How many times a figure stated `per` counts in this post."""
    name = PROPERTY_OF[per]
    if name is None:
        return 1.0
    return quantities[name] if name in quantities else missing_quantity(a, quantities, name)


def open_quantities(tender: Tender, group: ProductGroup) -> int:
    """How many posts have no quantity yet."""
    found = (quantities_of(tender, post, Answer(post.id), None, group) for post in tender.posts)
    return sum(quantities.get(group.measure) is None for quantities in found)
