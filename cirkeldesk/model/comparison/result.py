"""What a comparison needs and what it says: inputs, the result of each variant, and all of them beside each
other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from cirkeldesk.model.comparison.post_mki import PostResult
from cirkeldesk.model.lookup import the_one, with_id
from cirkeldesk.model.messages import Figure, Message, Problem
from cirkeldesk.model.product.basis import FigureBasis, is_en_15804_only
from cirkeldesk.model.product.composition import Share
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.profile import Weighed
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.shipped import Shipped
from cirkeldesk.model.tender.answered import Source
from cirkeldesk.model.tender.ask import ReplacementRule
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.model.tender.tender import BIDS, Role, Tender

Comparable = Literal["yes", "partly", "no", "unknown"]


# Findings by which a variant stands on another basis than asked; other blocking findings are things not known
# yet.
DIFFERS: frozenset[str] = frozenset(
    {
        "other_set",
        "fewer_modules",
        "wider_total",
        "other_rules",
        "differing_rules",
        "other_background",
        "not_equal",
        "orienting_among_others",
        "replacement_not_asked",
        "own_quantity",
        "below_limit",
    }
)


@dataclass(frozen=True)
class Judged:
    """What was worked out before: by variant, and by variant and post, what it depends on and what it was."""

    variants: dict[str, tuple[tuple[object, ...], VariantResult]] = field(default_factory=dict)
    posts: dict[tuple[str, str], tuple[tuple[object, ...], tuple[object, ...], PostResult]] = field(
        default_factory=dict
    )


# What people write about a tender and no figure of a variant depends on: typing it judges nothing anew.
_NO_FIGURE: Mapping[str, Any] = {
    "advice": (),
    "publication": Publication(),
    "versions": (),
    "letters": (),
    "received": (),
}


@dataclass(frozen=True)
class Inputs:
    """The closed set of pinned values a comparison needs, by content hash.

    `weighed` and `judged` remember what was worked out for values that never change; they hold no state.
    `elsewise` is what `judged` is, under each other assumption somebody asked about.
    """

    weighting_sets: Mapping[str, WeightingSet]
    products: Mapping[str, Product]
    groups: Mapping[str, ProductGroup]
    weighed: dict[tuple[object, ...], tuple[Product, Weighed]] = field(
        default_factory=dict, compare=False, repr=False
    )
    judged: Judged = field(default_factory=Judged, compare=False, repr=False)
    elsewise: dict[str, Judged] = field(default_factory=dict, compare=False, repr=False)
    shipped: Shipped = field(default_factory=Shipped, compare=False, repr=False)

    def under(self, assumption: str) -> Inputs:
        """The same inputs for a comparison under another assumption, which remembers apart."""
        return replace(self, judged=self.elsewise.setdefault(assumption, Judged()))


@dataclass(frozen=True)
class VariantResult:
    """Everything about one variant. MKI in €, masses in kg, shares as fractions of mass, GWP in kg CO2-eq.

    `invalid`: judged so by a person, or `withdrawn` by the bidder: it takes no part.
    `total` is the judged figure: offered where the variant offers an MKI, else computed. `check` is our own
    sum beside an offered one. `undivided` is the part of the total that no module is known of.
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
    invalid: bool = False
    withdrawn: bool = False

    @property
    def is_bid(self) -> bool:
        return self.role in BIDS

    @property
    def is_orienting(self) -> bool:
        """Whether a figure that counts follows EN 15804 only, and nothing proves it equivalent: never to be
        awarded on (DOMAIN 3)."""
        return any(is_en_15804_only(basis.rules) and not basis.equivalent for basis in self.bases)

    @property
    def bases(self) -> list[FigureBasis]:
        """What each figure that counts stands on."""
        return [
            post.basis for post in self.posts if post.counts and not post.lapses and post.basis is not None
        ]

    @property
    def proven_equivalent(self) -> str | None:
        """Where it is proven that figures by other rules are equivalent; the same for the whole variant."""
        return next((basis.equivalent for basis in self.bases if basis.equivalent), None)

    def post(self, post_id: str) -> PostResult:
        return the_one(self.posts, lambda post: post.post_id == post_id, post_id)


@dataclass(frozen=True)
class Comparison:
    """One tender compared. Variants and posts stand in the order of the screen."""

    tender: Tender
    weighting_set: WeightingSet
    group: ProductGroup
    replacement_rule: ReplacementRule | None
    variants: tuple[VariantResult, ...]
    conclusion: Message
    findings: tuple[Problem, ...] = ()  # about the tender as a whole, such as whose weights it uses

    def variant(self, variant_id: str) -> VariantResult:
        return with_id(self.variants, variant_id)

    @property
    def reference(self) -> VariantResult | None:
        return next((v for v in self.variants if v.role == "reference"), None)

    @property
    def has_foreign_weights(self) -> bool:
        """Whether the set bears our code and edition and weighs otherwise."""
        return any(problem.message.key == "foreign_set" for problem in self.findings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All findings: of the tender, then variant by variant."""
        of_variants = (problem for variant in self.variants for problem in variant.problems)
        return (*self.findings, *of_variants)
