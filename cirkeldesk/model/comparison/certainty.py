"""How sure the order of design alternatives is: other rules, other lives, and paired Monte Carlo draws.

Every figure is an amount of MKI times a factor with expectation 1, lognormally spread by data category (the
user's setting, not a norm). An input that several designs share (the same product, in
whichever posts; the same fixed value) is drawn once for all of them, so that what they have in common does
not blur what sets them apart. Source: DOMAIN 8. For bids there is no chance: the official outcome is
deterministic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cirkeldesk.model.comparison.comparison import compare, effective_rule, is_rankable, product_of
from cirkeldesk.model.comparison.result import Comparison, Inputs, VariantResult
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.ask import ReplacementRule
from cirkeldesk.model.tender.award_rules import RankedPlace
from cirkeldesk.model.tender.tender import Life, Tender

Category = Literal["1", "2", "3", "3a", "unknown"]
# Standard deviation in % of a figure, per data category: a starting point, the user's to change [practice].
DEFAULT_SPREADS: Mapping[Category, float] = {"1": 10.0, "2": 20.0, "3": 30.0, "3a": 30.0, "unknown": 30.0}
DISTINCT = 0.9  # below nine in ten draws two designs are not distinct
LIFE_STEP = 0.2  # lives a fifth shorter and longer
DRAWS, SEED = 10_000, 1
FEWEST_DRAWS, MOST_DRAWS, BLOCK = 100, 1_000_000, 20_000
RULES: tuple[ReplacementRule, ...] = ("fractional_with_d", "fractional_without_d", "whole", "none")

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spreadsheet:
    """What is drawn: `amounts[i, j]` is what input j adds to alternative i (€ MKI), `sigma[j]` the log-spread
    of input j."""

    ids: tuple[str, ...]
    inputs: tuple[tuple[str, ...], ...]
    amounts: Matrix
    sigma: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Alternative:
    """A design over all draws, in € MKI: mean, standard deviation, the middle 90 %, and how often it is
    lowest."""

    id: str
    name: str
    total: float
    mean: float
    deviation: float
    low: float
    high: float
    p_best: float


@dataclass(frozen=True)
class VariantPair:
    """How often `a` is lower than `b`; `distinct` when nine in ten draws agree which."""

    a: str
    b: str
    p_a_lower: float
    distinct: bool


@dataclass(frozen=True)
class OtherAssumption:
    """The ranking under one other assumption."""

    key: str
    ranking: tuple[RankedPlace, ...]


@dataclass(frozen=True)
class Certainty:
    """Everything about how sure the order is. `draws` and `seed` make it the same again."""

    draws: int
    seed: int
    spreads: Mapping[Category, float]
    alternatives: tuple[Alternative, ...]
    pairs: tuple[VariantPair, ...]
    scenarios: tuple[OtherAssumption, ...]

    @property
    def base(self) -> tuple[RankedPlace, ...]:
        return self.scenarios[0].ranking


def spreads_of(tender: Tender) -> dict[Category, float]:
    chosen: dict[Category, float] = {spread.category: spread.percent for spread in tender.spreads}
    return {**DEFAULT_SPREADS, **chosen}


def designs_of(comparison: Comparison) -> list[VariantResult]:
    """Reference and design alternatives with a whole, comparable MKI; bids never take part."""
    return [result for result in comparison.variants if not result.is_bid and is_rankable(result)]


def certainty(
    comparison: Comparison, inputs: Inputs, *, draws: int = DRAWS, seed: int = SEED
) -> Certainty | None:
    """How sure the order of the designs is; None with fewer than two of them."""
    import numpy as np  # when draws are asked for: it takes a tenth of a second to load

    designs = designs_of(comparison)
    if len(designs) < 2:
        return None
    sheet = spreadsheet(comparison, inputs)
    totals = drawn_totals(sheet, draws, seed)
    is_lowest = totals == totals.min(axis=1, keepdims=True)
    lowest = is_lowest / is_lowest.sum(axis=1, keepdims=True)  # designs that are level share the draw
    found = []
    for index, design in enumerate(designs):
        column = totals[:, index]
        low, high = (float(value) for value in np.quantile(column, (0.05, 0.95)))
        mean, deviation = float(column.mean()), float(column.std(ddof=1))
        best = float(lowest[:, index].mean())
        found.append(
            Alternative(design.id, design.name, design.total.value or 0.0, mean, deviation, low, high, best)
        )
    pairs = [_pair(sheet, totals, i, j) for i in range(len(designs)) for j in range(i + 1, len(designs))]
    return Certainty(
        draws, seed, spreads_of(comparison.tender), tuple(found), tuple(pairs), scenarios(comparison, inputs)
    )


def _pair(sheet: Spreadsheet, totals: Matrix, i: int, j: int) -> VariantPair:
    import numpy as np  # when draws are asked for: it takes a tenth of a second to load

    share = float(np.mean(totals[:, i] < totals[:, j]))
    level = float(np.mean(totals[:, i] == totals[:, j]))
    return VariantPair(
        sheet.ids[i], sheet.ids[j], share, bool(share >= DISTINCT or 1 - share - level >= DISTINCT)
    )


def drawn_totals(sheet: Spreadsheet, draws: int, seed: int) -> Matrix:
    """Total per draw and alternative (draws × alternatives). One factor per input and draw, the same for all
    alternatives."""
    import numpy as np  # when draws are asked for: it takes a tenth of a second to load

    generator = np.random.Generator(np.random.PCG64(seed))
    totals: Matrix = np.empty((draws, len(sheet.ids)))
    for start in range(0, draws, BLOCK):  # a million draws must not fill the memory
        stop = min(draws, start + BLOCK)
        normal = generator.standard_normal((stop - start, len(sheet.sigma)))
        totals[start:stop] = np.exp(normal * sheet.sigma - sheet.sigma**2 / 2) @ sheet.amounts.T
    return totals


def log_spread(percent: float) -> float:
    """σ of the lognormal whose standard deviation is `percent` of its mean: σ² = ln(1 + c²)."""
    import numpy as np  # when draws are asked for: it takes a tenth of a second to load

    return float(np.sqrt(np.log1p((percent / 100) ** 2)))


def spreadsheet(comparison: Comparison, inputs: Inputs) -> Spreadsheet:
    """The inputs of all designs side by side. An input is a figure of a source: a declaration, a declared
    MKI of a post, a fixed value. One declaration is one input, in however many posts and designs (DOMAIN 8).
    """
    import numpy as np  # when draws are asked for: it takes a tenth of a second to load

    designs = designs_of(comparison)
    spreads = spreads_of(comparison.tender)
    named: dict[tuple[str, ...], tuple[Category, dict[int, float]]] = {}
    for index, design in enumerate(designs):
        for key, category, amount in _amounts(comparison, inputs, design):
            shared = named.setdefault(key, (category, {}))[1]
            shared[index] = shared.get(index, 0.0) + amount
    amounts = np.zeros((len(designs), len(named)))
    for column, (_, per_design) in enumerate(named.values()):
        for index, amount in per_design.items():
            amounts[index, column] = amount
    sigma = np.array([log_spread(spreads[category]) for category, _ in named.values()])
    return Spreadsheet(tuple(design.id for design in designs), tuple(named), amounts, sigma)


def _amounts(
    comparison: Comparison, inputs: Inputs, design: VariantResult
) -> Sequence[tuple[tuple[str, ...], Category, float]]:
    """(key, data category, € MKI) of each figure a design's total is made of; they add up to that total."""
    tender = comparison.tender
    variant = tender.variant(design.id)
    offered: Category = variant.basis.category or variant.evidence.category or "unknown"
    counted = [post for post in design.posts if post.counts and not post.lapses]
    fixed = {post.post_id: post.fixed.total for post in counted}
    found: list[tuple[tuple[str, ...], Category, float]] = []
    found += [(("fixed", post_id), "1", amount) for post_id, amount in fixed.items() if amount]
    if variant.work_mki is not None:
        return [*found, (("work", design.id), offered, (design.total.value or 0.0) - sum(fixed.values()))]
    for post in counted:
        product = product_of(tender, variant, post.post_id, inputs)
        amount = (post.mki.value or 0.0) - fixed[post.post_id]
        if post.source == "computed" and product is not None:
            ref = variant.answer(post.post_id).product
            source = ref.hash or ref.id if ref else product.id
            found.append((("product", source), _declared_category(product), amount))
        else:
            found.append((("offered", post.post_id, design.id), offered, amount))
    return found


def _declared_category(product: Product) -> Category:
    return next((d.category for d in product.declarations if d.category is not None), "unknown")


def scenarios(comparison: Comparison, inputs: Inputs) -> tuple[OtherAssumption, ...]:
    """The ranking as asked, with lives shorter and longer, with D the other way, and under each other
    replacement rule."""
    tender = comparison.tender
    ask = tender.ask
    changed = [
        ("asked", tender),
        ("life_shorter", _with_lives(tender, 1 - LIFE_STEP)),
        ("life_longer", _with_lives(tender, 1 + LIFE_STEP)),
        (
            "without_d" if ask.include_d else "with_d",
            replace(tender, ask=replace(ask, include_d=not ask.include_d)),
        ),
    ]
    now = effective_rule(tender)
    changed += [
        (f"rule_{rule}", replace(tender, ask=replace(ask, replacement_rule=rule)))
        for rule in RULES
        if rule != now
    ]
    ids = {design.id for design in designs_of(comparison)}
    return tuple(
        OtherAssumption(key, _ranking(compare(other, inputs.under(key)), ids)) for key, other in changed
    )


def _ranking(comparison: Comparison, ids: set[str]) -> tuple[RankedPlace, ...]:
    return tuple(RankedPlace(v.id, v.rank) for v in comparison.variants if v.id in ids)


def _with_lives(tender: Tender, factor: float) -> Tender:
    def times(life: Life | None) -> Life | None:
        return life * factor if isinstance(life, float) else life

    posts = tuple(replace(post, life=times(post.life)) for post in tender.posts)
    variants = tuple(
        replace(v, answers=tuple(replace(answer, life=times(answer.life)) for answer in v.answers))
        for v in tender.variants
    )
    return replace(tender, posts=posts, variants=variants)
