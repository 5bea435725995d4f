"""Product groups as data: functional unit, quantity rules, defaults and plausible ranges. A new group needs
no code."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.lookup import with_code
from cirkeldesk.model.product.units import Per, measured_by

LAST_BIT = 1e-9
LARGEST_FACTOR = 1e12


@dataclass(frozen=True)
class Property:
    """A measurable property of a post: code, Dutch label and unit, and the decimals a computed one is shown
    with.

    `answered`: every variant has its own, such as the lambda of an insulation product or a distance; it comes
    from the answer or its product, and is no departure from the ask. `hidden` ones serve rules and declared
    units only.
    """

    code: str
    label: str
    unit: str
    decimals: int = 0
    answered: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class QuantityRule:
    """`gives` = `factor` × all `times` ÷ all `over`, less the percentages `less`; e.g. ton = 0.001 × m² × mm
    × ton/m³.

    With `step` the outcome is rounded up: to the next size the product is made in, else to a multiple of that
    property.
    """

    gives: str
    times: tuple[str, ...]
    factor: float = 1.0
    over: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    step: str | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """What must be known, apart from the step that a product's own sizes replace."""
        return (*self.times, *self.over, *self.less)


@dataclass(frozen=True)
class Limit:
    """`code` must be at least `least`, both properties of one post; `words` say what it means when it is
    not."""

    code: str
    least: str
    words: str


@dataclass(frozen=True)
class Field:
    """What a post asks beside quantities, such as the type of mix: one of `choices`, or any text with `usual`
    ones offered."""

    code: str
    label: str
    choices: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuantityRoute:
    """How an author may state a post's quantity: which properties are typed."""

    code: str
    label: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class DefaultPost:
    """A post that a new tender starts with; `mki_per` where its MKI counts another unit than the ask's."""

    name: str
    values: tuple[tuple[str, float], ...] = ()
    route: str | None = None
    life: float | Literal["work"] | None = None
    mki_per: Per | None = None


@dataclass(frozen=True)
class PlausibleRange:
    """Outside this range a typed figure gets a hint, never a refusal."""

    field: str
    low: float
    high: float


@dataclass(frozen=True)
class ProductGroup:
    """`measure` is the property that stands for the group's main quantity (asphalt: ton), and
    `functional_property` the one that the functional quantity of the work fills where a post has none of its
    own (asphalt: m²).

    `shares_quantity`: posts lie over each other, as layers do, and share the quantity of the work; else one
    post alone has it. `functional_quantity_label` is a word that takes "de": it stands in sentences.
    `words` (in lower case, * for the rest of a word) and `cpv` (first digits) recognise the group in a
    calendar. `edition` says which version of the group this is, where it is not ours. `without_mki`: no MKI
    is asked, worked out or shown; criteria, price and quality are. `reclaimed_label` is what reclaimed input
    is called, for groups that have it. `offers_reuse`: an existing product may be used again, with the reuse
    factor.
    """

    code: str
    name: str
    functional_unit: str
    functional_unit_words: str
    functional_quantity_label: str
    measure: str
    properties: tuple[Property, ...]
    rules: tuple[QuantityRule, ...]
    routes: tuple[QuantityRoute, ...]
    default_route: str
    default_posts: tuple[DefaultPost, ...]
    plausible: tuple[PlausibleRange, ...] = ()
    note: str | None = None
    functional_property: str = "area_m2"
    limits: tuple[Limit, ...] = ()
    fields: tuple[Field, ...] = ()
    shares_quantity: bool = True
    default_per: Per = "ton"
    offers_reuse: bool = False
    words: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()
    # What asphalt says, as files of before this field did; a group without reclaimed input says null.
    reclaimed_label: str | None = "PR (asfaltgranulaat), %"
    released_label: str | None = "Vrijkomend asfalt telt mee"
    edition: str = ""
    without_mki: bool = False

    def property(self, code: str) -> Property:
        return with_code(self.properties, code)

    def route(self, code: str) -> QuantityRoute:
        return with_code(self.routes, code)

    def has(self, code: str) -> bool:
        return any(p.code == code for p in self.properties)

    def measured_by(self, unit: str | None) -> tuple[str, float] | None:
        """Which property counts a declared unit, and the factor: one that everybody knows, else the unit of a
        property."""
        known = measured_by(unit)
        if known is not None or unit is None:
            return known
        wanted = unit.strip().casefold()
        return next(((p.code, 1.0) for p in self.properties if p.unit.casefold() == wanted), None)

    def answered_by(self, route: str | None) -> tuple[Property, ...]:
        """The properties that each variant has its own of, on one route: typed ones, and those a rule makes
        of them."""
        reached = self.reached_by(route)
        return tuple(p for p in self.properties if p.answered and p.code in reached)

    def reached_by(self, route: str | None) -> frozenset[str]:
        """What one route asks to be typed, and all that rules can make of it."""
        reached = set(self.route(route or self.default_route).inputs)
        for _ in self.rules:
            reached |= {rule.gives for rule in self.rules if reached.issuperset(rule.needs)}
        return frozenset(reached)


def derive(
    rules: Sequence[QuantityRule], known: Mapping[str, float], sizes: Sequence[float] = ()
) -> dict[str, float]:
    """Everything the rules can make of the known properties; a stated property is never recomputed.

    `sizes` are those a product is made in, for rules that round up.
    """
    found = dict(known)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            value = None if rule.gives in found else _outcome(rule, found, sizes)
            if value is not None:
                found[rule.gives] = value
                changed = True
    return found


def _outcome(rule: QuantityRule, known: Mapping[str, float], sizes: Sequence[float]) -> float | None:
    if any(name not in known for name in rule.needs) or any(known[name] == 0 for name in rule.over):
        return None
    value = rule.factor * math.prod(known[name] for name in rule.times)
    if rule.over:
        value /= math.prod(known[name] for name in rule.over)
    if any(not 0 <= known[name] <= 100 for name in rule.less):
        return None  # no part of a whole
    value *= math.prod(1 - known[name] / 100 for name in rule.less)
    return value if rule.step is None else next_size(value, sizes, known.get(rule.step))


def next_size(value: float, sizes: Sequence[float], step: float | None) -> float | None:
    """The smallest size that is enough; None when there is none, or when nothing is known of sizes.

    The last bit of a product of decimals (1000 × 3,5 × 0,036 = 126,00000000000001) asks for no thicker board.
    """
    if sizes:
        return next((size for size in sorted(sizes) if size >= value * (1 - LAST_BIT)), None)
    if not step or not math.isfinite(value / step):
        return None
    return math.ceil(value / step - LAST_BIT) * step


def missing_for(rules: Sequence[QuantityRule], known: Mapping[str, float], wanted: str) -> tuple[str, ...]:
    """Which typed properties would make `wanted` computable by the first rules; the property itself where
    none does."""
    given = {rule.gives: rule for rule in reversed(rules)}
    missing: dict[str, None] = {}
    seen: set[str] = set()

    def look(name: str) -> None:
        if name in known or name in seen:
            return
        seen.add(name)
        rule = given.get(name)
        for part in rule.needs if rule is not None else ():
            look(part)
        if rule is None or all(part in known for part in rule.needs):
            step = rule.step if rule is not None and rule.step not in known else None
            missing[step or name] = None

    look(wanted)
    return tuple(missing) or (wanted,)


def faults(group: ProductGroup) -> list[str]:
    """What makes a group file unusable: (field and name) of everything that names a property or route it does
    not have."""
    codes = [prop.code for prop in group.properties]
    routes = {route.code for route in group.routes}
    named = [("measure", group.measure), ("functional_property", group.functional_property)]
    named += [(f"routes.{route.code}", name) for route in group.routes for name in route.inputs]
    named += [
        (f"rules.{rule.gives}", name)
        for rule in group.rules
        for name in (rule.gives, *rule.needs, rule.step or rule.gives)
    ]
    named += [("limits", name) for limit in group.limits for name in (limit.code, limit.least)]
    named += [(f"default_posts.{post.name}", name) for post in group.default_posts for name, _ in post.values]
    found = [f"{where}: {name}" for where, name in named if name not in codes]
    wanted = [
        ("default_route", group.default_route),
        *(("default_posts", p.route) for p in group.default_posts if p.route),
    ]
    found += [f"{where}: {name}" for where, name in wanted if name not in routes]
    found += [f"properties: {code}" for code in dict.fromkeys(codes) if codes.count(code) > 1]
    return found + [
        f"rules.{rule.gives}: {rule.factor}"
        for rule in group.rules
        if not 0 < abs(rule.factor) <= LARGEST_FACTOR
    ]
