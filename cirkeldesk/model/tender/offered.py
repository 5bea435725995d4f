"""Declared MKI: what a bidder offers per post or for the whole work, and what the authority fixed for all.

The checks of comparability (set, modules covered, replacement, uplift) come first; what passes becomes terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cirkeldesk.model.messages import Message, Problem
from cirkeldesk.model.product.declaration import UPLIFT
from cirkeldesk.model.product.modules import (
    END_OF_LIFE,
    FIRST_USE,
    assemble,
    atoms,
    atoms_of,
    names_for,
    normal_name,
)
from cirkeldesk.model.product.profile import uplift_factor
from cirkeldesk.model.product.units import FixedPer
from cirkeldesk.model.tender.answered import (
    Contribution,
    NotAnswerable,
    PostAnswer,
    Term,
    amount_of,
    asked_atoms,
    contribution,
    d_is_ambiguous,
    scope_of,
)
from cirkeldesk.model.tender.ask import Ask, YesNoUnknown
from cirkeldesk.model.tender.period import ONE_DELIVERY, Period, first_factor, more_factor, scaling_of_total
from cirkeldesk.model.tender.tender import OfferedMki, Post

# --- what the authority fixed
# -------------------------------------------------------------------------------------


def fixed_for(ask: Ask, post: Post) -> dict[str, tuple[float, FixedPer]]:
    """Fixed module values of a post: its own go before those for every post that cover the same modules."""
    own = {normal_name(f.module): (f.value, f.per) for f in ask.fixed_modules if f.post_id == post.id}
    taken = atoms_of(own)
    general = {
        normal_name(f.module): (f.value, f.per)
        for f in ask.fixed_modules
        if f.post_id is None and not atoms(normal_name(f.module)) & taken
    }
    scope = scope_of(ask, post)
    return {
        module: row for module, row in (general | own).items() if atoms(module) and atoms(module) <= scope
    }


def asked_of_bidder(ask: Ask, post: Post) -> frozenset[str]:
    """The atoms of which a bidder gives the MKI of a post: what is judged, without what the authority
    fixed."""
    return scope_of(ask, post) - atoms_of(fixed_for(ask, post))


@dataclass(frozen=True)
class AskedPost:
    """What is asked of one post, the same for every variant: what the authority fixed, the atoms of the
    judged figure, and those a bidder gives."""

    fixed: Mapping[str, tuple[float, FixedPer]]
    overlap: Message | None
    scope: frozenset[str]
    need: frozenset[str]


def asked_post(a: PostAnswer) -> AskedPost:
    """Worked out once per post of a tender, as every variant answers the same."""
    known = a.tender.remembered.get(("asked", a.post.id))
    if not isinstance(known, AskedPost):
        rows = fixed_for(a.ask, a.post)
        scope = scope_of(a.ask, a.post)
        known = AskedPost(rows, fixed_overlap(rows), scope, scope - atoms_of(rows))
        a.tender.remembered["asked", a.post.id] = known
    return known


def fixed_overlap(rows: Iterable[str]) -> Message | None:
    """Two fixed values that cover the same module in part would count it twice."""
    names = list(rows)
    for place, name in enumerate(names):
        for other in names[place + 1 :]:
            if atoms(other) & atoms(name):
                return Message.of("fixed_overlap", modules=f"{name} {other}")
    return None


def fixed_terms(a: PostAnswer, quantities: Mapping[str, float]) -> list[Term] | Message:
    """Fixed values × quantity over the period; the same for all variants. A Message says what is missing."""
    asked = asked_post(a)
    rows = asked.fixed
    if asked.overlap is not None:
        return asked.overlap
    period = a.period
    if rows and isinstance(period, Message):
        return period
    terms = []
    for module, (value, per) in rows.items():
        amount = amount_of(a, quantities, per)
        if isinstance(amount, Message):
            return amount
        assert isinstance(period, Period)
        counted = 0.0 if a.tar_bearing and module == "D" and value < 0 else amount
        terms.append(
            Term(
                module, value, 1.0, counted, first_factor(module, period, False), more_factor(module, period)
            )
        )
    return terms


NOUGHT = frozenset({"B5"})  # zero by rule (Bepalingsmethode)


# --- what the bidder offers
# ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """An offered MKI as terms; `d_hidden`: some of D is inside what is not split."""

    terms: tuple[Term, ...]
    d_hidden: bool

    @property
    def contribution(self) -> Contribution:
        return contribution(self.terms, d_hidden=self.d_hidden)


def offered_part(a: PostAnswer, mki: OfferedMki, quantities: Mapping[str, float]) -> Offered | NotAnswerable:
    """A declared MKI of one post on the asked basis, times its quantity."""
    if a.per == "work":
        return NotAnswerable(
            (Problem(Message.of("work_mki_empty"), "blocks", a.variant.id, None, "work_mki"),)
        )
    amount = amount_of(a, quantities, a.per)
    if isinstance(amount, Message):
        return NotAnswerable((Problem(amount, "blocks", a.variant.id, a.post.id, "quantity"),))
    need = asked_post(a).need
    delivery = replacement_on(includes_replacement(a), a.is_replaced, a.period, none=a.rule == "none")
    if isinstance(delivery, Message) and a.is_replaced is False and has_no_use(mki, need):
        delivery = ONE_DELIVERY
    return on_asked_basis(a, mki, amount, need, delivery, a.is_replaced, a.post.id)


def has_no_use(mki: OfferedMki, need: frozenset[str]) -> bool:
    """Whether a split MKI states B1–B4 as nothing, so that a period shorter than the life changes nothing."""
    if not mki.is_split:
        return False
    values, missing = assemble(dict(mki.modules), need)
    use = [value for name, value in values.items() if atoms(name) & FIRST_USE]
    return not missing and not any(use)


def work_part(answered: list[PostAnswer], mki: OfferedMki) -> Offered | NotAnswerable:
    """An MKI for the whole work: never replaced or scaled again, so it must hold the replacements already.

    `answered` are the posts of the variant that count. A module fixed on every post leaves what is needed of
    the bidder; one fixed on some posts only cannot be separated from the whole.
    """
    a = answered[0]
    fixed = [atoms_of(asked_post(one).fixed) for one in answered]
    everywhere = frozenset.intersection(*fixed)
    if frozenset().union(*fixed) - everywhere:
        return NotAnswerable(
            (Problem(Message.of("fixed_on_some_posts"), "blocks", a.variant.id, None, "fixed"),)
        )
    replaced = [one.is_replaced for one in answered]
    any_replaced = True if True in replaced else None if None in replaced else False
    stated = includes_replacement(a)
    delivery: Period | Message = ONE_DELIVERY
    if any_replaced is not False:
        if stated == "yes" and a.rule == "none":
            delivery = Message.of("replacement_not_asked" if any_replaced else "replacement_unknown")
        elif stated == "no" and a.rule != "none":
            delivery = Message.of("work_without_replacement")
        elif stated == "unknown":
            delivery = Message.of("replacement_unknown")
    return on_asked_basis(a, mki, 1.0, asked_atoms(a.ask) - everywhere, delivery, any_replaced, None)


def includes_replacement(a: PostAnswer) -> YesNoUnknown:
    return a.variant.basis.includes_replacement or a.ask.includes_replacement or "unknown"


def replacement_on(
    stated: YesNoUnknown, replaced: bool | None, period: Period | Message, *, none: bool
) -> Period | Message:
    """The period still to be applied to a declared MKI: none when it holds the replacements already.

    Unknown stays unknown, unless it makes no difference: nothing is replaced within the period, nor is the
    use scaled to a period shorter than the life. Under the rule "none" an MKI that may hold replacements
    holds more than is asked.
    """
    if stated == "no":
        return period
    if replaced is False and (stated == "yes" or isinstance(period, Message) or period.is_single):
        return ONE_DELIVERY
    if stated == "unknown":
        return Message.of("replacement_unknown")
    if none:
        return Message.of("replacement_not_asked" if replaced else "replacement_unknown")
    return ONE_DELIVERY


def on_asked_basis(
    a: PostAnswer,
    mki: OfferedMki,
    amount: float,
    need: frozenset[str],
    delivery: Period | Message,
    replaced: bool | None,
    post_id: str | None,
) -> Offered | NotAnswerable:
    """A declared MKI checked on set, modules, replacement and uplift, as terms over the period."""

    def refuse(
        message: Message, field: str, partial: float = 0.0, missing: frozenset[str] = frozenset()
    ) -> NotAnswerable:
        gaps = tuple((name, None) for name in names_for(missing))
        return NotAnswerable((Problem(message, "blocks", a.variant.id, post_id, field),), partial, gaps)

    other = set_finding(a)
    if other is not None:
        return refuse(other, "basis")
    values, missing = assemble(dict(mki.modules), need) if mki.is_split else ({}, frozenset())
    if missing:
        message = Message.of("missing_modules", modules=" ".join(names_for(missing)))
        return refuse(message, "mki", amount * sum(values.values()), missing)
    narrow = None if mki.is_split else coverage_finding(a, mki, need)
    if narrow is not None:
        return refuse(narrow, "basis")
    if isinstance(delivery, Message):
        return refuse(delivery, "includes_replacement")
    lifted = uplift_on(a, mki, values, need)
    if isinstance(lifted, Message):
        return refuse(lifted, "includes_uplift")
    inside = includes_replacement(a) == "yes" and replaced is not False
    if mki.is_split:
        terms = split_terms(a, values, lifted, amount, delivery)
        # Replacements given with the MKI stand in B4, and how much of those is D nobody says.
        return Offered(terms, inside and "D" in need and a.rule != "fractional_without_d")
    if a.tar_bearing and "D" in need:
        return refuse(Message.of("tar_total_with_d"), "mki")
    scale = scaling_of_total(delivery, holds_d="D" in need)
    if scale is None:
        return refuse(Message.of("total_cannot_be_scaled"), "includes_replacement")
    names = names_for(need)
    module = names[0] if len(names) == 1 and delivery.is_single and not inside else None
    term = Term(module, mki.total or 0.0, lifted["total"], amount, 1.0, scale - 1.0)
    return Offered((term,), module is None and "D" in need)


def split_terms(
    a: PostAnswer, values: Mapping[str, float], lifted: Mapping[str, float], amount: float, delivery: Period
) -> tuple[Term, ...]:
    """Declared module values as terms; tar-bearing released asphalt gets no credit in D."""
    terms = []
    for name, value in values.items():
        counted = 0.0 if a.tar_bearing and name == "D" and value < 0 else amount
        factors = first_factor(name, delivery, False), more_factor(name, delivery)
        terms.append(Term(name, value, lifted[name], counted, *factors))
    return tuple(terms)


def set_finding(a: PostAnswer) -> Message | None:
    """Sets are never compared or summed together: A2 gives 1.4 to 2.1 times A1."""
    stated = a.variant.basis.weighting_set
    if stated == "unknown":
        return Message.of("set_unknown")
    if stated is not None and stated != a.ask.set_code:
        return Message.of("other_set", has=stated, asked=a.ask.set_code)
    return None


def coverage_finding(a: PostAnswer, mki: OfferedMki, need: frozenset[str]) -> Message | None:
    """One total must cover exactly what is asked: less is missing, and more cannot be taken out of it.

    "As asked" is no answer where D is asked and does not count: an honest bidder may have put it in. B5 is
    zero by rule, so that it is in every total.
    """
    if mki.total is None:
        return Message.of("mki_empty", post=a.post.name, per=a.per)
    if a.variant.basis.modules is None:
        if not d_is_ambiguous(a.ask) or a.variant.basis.without_d:
            return None
        with_d = a.variant.basis.without_d is False
        return Message.of("wider_total", modules="D") if with_d else Message.of("scope_ambiguous")
    covered = atoms_of(a.variant.basis.modules)
    if not covered:
        return Message.of("modules_unknown")
    if a.is_released:  # a stated A–D says no more of released material than it can have
        covered &= END_OF_LIFE | {"D"}
    missing = need - covered - NOUGHT
    if missing:
        return Message.of("fewer_modules", modules=" ".join(names_for(missing)))
    wider = covered - need - NOUGHT
    if wider:
        return Message.of("wider_total", modules=" ".join(names_for(wider)))
    return None


def uplift_on(
    a: PostAnswer, mki: OfferedMki, values: Mapping[str, float], need: frozenset[str]
) -> dict[str, float] | Message:
    """Factor per module (or for "total") on a declared MKI: 1 when the uplift is in it; else by data
    category.

    The D test uses the module's sum. For an undivided total that holds D nobody can tell what to leave out:
    unknown.
    """
    included = (
        a.variant.basis.includes_uplift
        if a.variant.basis.includes_uplift is not None
        else a.ask.includes_uplift
    )
    if included or not a.ask.apply_uplift:
        return dict.fromkeys([*values, "total"], 1.0)
    if a.category is None:
        return Message.of("category_unknown")
    if mki.is_split:
        return {name: uplift_factor(a.category, name, value, apply=True) for name, value in values.items()}
    if a.category == "3" and "D" in need:
        return Message.of("uplift_on_total_with_d")
    return {"total": UPLIFT if a.category == "3" else 1.0}


def rule_is_missing(answered: Iterable[PostAnswer]) -> bool:
    """No replacement rule chosen while some counted answer is, or may be, replaced within the period."""
    return any(a.rule is None and a.is_replaced is not False and not a.answer.lapses for a in answered)
