"""Why a figure is what it is: a tree from total to post, module, indicator and the declared value at the
leaf.

The leaves are the workbook's rows too. They are computed by the same functions as the comparison, on demand,
because a tender of 10 × 40 has some ninety thousand of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cirkeldesk.model.comparison.comparison import product_of
from cirkeldesk.model.comparison.computed import ready_profile
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.product.modules import END_OF_LIFE, atoms, in_order
from cirkeldesk.model.product.profile import uplift_factor
from cirkeldesk.model.tender.answered import NotAnswerable, PostAnswer, Term
from cirkeldesk.model.tender.offered import Offered, fixed_terms, offered_part, work_part
from cirkeldesk.model.tender.period import Period, first_factor, more_factor, reuse_fits

LeafKind = Literal["profile", "module", "total", "fixed", "work"]


@dataclass(frozen=True)
class Leaf:
    """value = declared × weight × uplift × amount × factor.

    `declared` per unit (indicator unit, or € MKI where `indicator` is None); `amount` how many of those
    units; `first` and `more` are the parts of the factor for the first delivery and the replacements.
    """

    kind: LeafKind
    post_id: str
    module: str | None
    indicator: str | None
    declared: float
    weight: float
    uplift: float
    amount: float
    first: float
    more: float

    @property
    def delivered(self) -> float:
        return self.declared * self.weight * self.uplift * self.amount

    @property
    def value(self) -> float:
        return self.delivered * (self.first + self.more)


def context_of(comparison: Comparison, inputs: Inputs, variant_id: str, post_id: str) -> PostAnswer:
    tender = comparison.tender
    variant, post = tender.variant(variant_id), tender.post(post_id)
    product = product_of(tender, variant, post_id, inputs)
    return PostAnswer(
        tender,
        post,
        variant,
        variant.answer(post_id),
        product,
        comparison.group,
        comparison.weighting_set,
        comparison.replacement_rule,
    )


def leaves(comparison: Comparison, inputs: Inputs, variant_id: str, post_id: str) -> list[Leaf]:
    """Every term of one post's MKI; their values sum to the post's figure. Empty where there is no figure."""
    a = context_of(comparison, inputs, variant_id, post_id)
    if a.answer.lapses or not a.counts:
        return []
    quantities = comparison.variant(variant_id).post(post_id).quantities
    fixed = fixed_terms(a, quantities)
    found = [_leaf("fixed", post_id, term) for term in fixed] if isinstance(fixed, list) else []
    if a.variant.work_mki is not None:
        return found
    if a.answer.mki is not None:
        offered = offered_part(a, a.answer.mki, quantities)
        return found + _declared_leaves(offered.terms, post_id) if isinstance(offered, Offered) else found
    period = a.period
    if a.product is not None and a.product.declarations and isinstance(period, Period):
        return found + profile_leaves(a, quantities, period, inputs)
    return found


def _leaf(kind: LeafKind, post_id: str, term: Term) -> Leaf:
    return Leaf(
        kind, post_id, term.module, None, term.declared, 1.0, term.uplift, term.amount, term.first, term.more
    )


def _declared_leaves(terms: Iterable[Term], post_id: str) -> list[Leaf]:
    return [_leaf("module" if term.module else "total", post_id, term) for term in terms]


def profile_leaves(
    a: PostAnswer, quantities: Mapping[str, float], period: Period, inputs: Inputs
) -> list[Leaf]:
    ready = ready_profile(a, quantities, inputs.weighed)
    if isinstance(ready, NotAnswerable) or a.product is None:
        return []
    weighed, amount = ready
    weights = a.weights.by_indicator()
    declaration = a.product.declaration(a.ask.set_code)
    assert declaration is not None
    found = []
    for module, cells in weighed.euro.items():
        if a.is_released and not (atoms(module) <= END_OF_LIFE or module == "D"):
            continue
        if a.reuses and not reuse_fits(module):
            continue
        no_credit = a.is_released and a.tar_bearing and module == "D" and weighed.modules["D"] < 0
        first, more = first_factor(module, period, a.reuses), more_factor(module, period)
        for code in cells:
            weight = weights[code].euro_per_unit
            declared = weighed.amounts[module][code]
            uplift = uplift_factor(
                declaration.category or a.category, module, declared, apply=a.ask.apply_uplift
            )
            found.append(
                Leaf(
                    "profile",
                    a.post.id,
                    module,
                    code,
                    declared,
                    weight,
                    uplift,
                    0.0 if no_credit else amount,
                    first,
                    more,
                )
            )
    return found


def work_leaves(comparison: Comparison, inputs: Inputs, variant_id: str) -> list[Leaf]:
    """The terms of an MKI for the whole work; empty where it cannot be used."""
    variant = comparison.tender.variant(variant_id)
    answered = [context_of(comparison, inputs, variant_id, post.id) for post in comparison.tender.posts]
    counting = [a for a in answered if a.counts and not a.answer.lapses]
    if variant.work_mki is None or not counting:
        return []
    work = work_part(counting, variant.work_mki)
    return [_leaf("work", "", term) for term in work.terms] if isinstance(work, Offered) else []


@dataclass(frozen=True)
class Branch:
    """A node of the explanation: `key` and `name` say what it is; `leaf` is the sum at the end of the path.

    `lapses`: a post that this variant does not have; it has no value and leaves the total complete.
    """

    key: Literal["total", "work", "post", "module", "first", "replacement", "indicator", "leaf"]
    name: str
    value: float | None
    children: tuple[Branch, ...] = ()
    leaf: Leaf | None = None
    lapses: bool = False


def explain(comparison: Comparison, inputs: Inputs, variant_id: str) -> Branch:
    """MKI totaal › post › module › indicator of one variant. A missing total keeps its known parts below
    it."""
    result = comparison.variant(variant_id)
    variant = comparison.tender.variant(variant_id)
    posts = []
    for post in comparison.tender.posts:
        answer = result.post(post.id)
        if not answer.counts:
            continue
        terms = leaves(comparison, inputs, variant_id, post.id)
        value = (
            answer.mki.value if variant.work_mki is None else (sum(t.value for t in terms) if terms else None)
        )
        posts.append(Branch("post", post.name, value, _modules(terms), lapses=answer.lapses))
    children: tuple[Branch, ...] = tuple(posts)
    if variant.work_mki is not None:
        terms = work_leaves(comparison, inputs, variant_id)
        children = (
            Branch("work", "", sum(t.value for t in terms), _modules(terms)),
            *(p for p in posts if p.children),
        )
    return Branch("total", variant.name, result.total.value, children)


def _modules(terms: list[Leaf]) -> tuple[Branch, ...]:
    """Modules as `by_module` has them: the first delivery under each, the replacements together under B4."""
    known = [term for term in terms if term.module is not None]
    first = [replace(term, more=0.0) for term in known]
    again = [replace(term, first=0.0) for term in known if term.more]
    names = {term.module or "" for term in first} | ({"B4"} if again else set())
    branches = []
    for module in in_order(names):
        own = _terms(module, [term for term in first if term.module == module])
        branches.append(_with_replacements(own, again) if module == "B4" and again else own)
    branches += [Branch("leaf", "", t.value, (), t) for t in terms if t.module is None]
    return tuple(branches)


def _with_replacements(own: Branch, again: list[Leaf]) -> Branch:
    """B4 with every module of the deliveries that are booked in it."""
    before = own.children or ((replace(own, key="first"),) if own.leaf else ())
    names = in_order({term.module or "" for term in again})
    replaced = [_terms(name, [term for term in again if term.module == name]) for name in names]
    value = (own.value or 0.0) + sum(branch.value or 0.0 for branch in replaced)
    children = (*before, *(replace(branch, key="replacement") for branch in replaced))
    return replace(own, leaf=None, value=value, children=children)


def _terms(module: str, terms: list[Leaf]) -> Branch:
    """One module: the sum at its end where there is a single one, else a branch per indicator."""
    value = sum(t.value for t in terms)
    if len(terms) == 1 and terms[0].indicator is None:
        return Branch("module", module, value, (), terms[0])
    return Branch(
        "module", module, value, tuple(Branch("indicator", t.indicator or "", t.value, (), t) for t in terms)
    )
