"""The trap of "Totaal": what an asphalt declaration adds up is A1-A3 + D, and no life cycle (DOMAIN 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cirkeldesk.model.comparison.computed import Cache, ready_profile
from cirkeldesk.model.product.modules import PRODUCTION, atoms_of, names_for
from cirkeldesk.model.tender.answered import NotAnswerable, PostAnswer
from cirkeldesk.model.tender.offered import NOUGHT, Offered, asked_post
from cirkeldesk.model.tender.period import Period

# What "Totaal" of an asphalt declaration adds up (DOMAIN 3): no life cycle, by a third to a half too low.
TOTAL_OF_ASPHALT = atoms_of((PRODUCTION, "D"))
SAME_PRINT = 0.005  # declarations print three to four digits


def totals_of_no_life(a: PostAnswer, offered: Offered, quantities: Mapping[str, float], cache: Cache) -> bool:
    """Whether a total offered for more than A1-A3 and D equals A1-A3 + D of the declaration beside it, with
    or without uplift."""
    if a.answer.mki is None or a.answer.mki.is_split:
        return False
    stated = math.fsum(term.delivered for term in offered.terms)
    return is_no_life(stated, [(a, quantities)], cache)


Answers = Sequence[tuple[PostAnswer, Mapping[str, float]]]  # each with its quantities


def is_no_life(stated: float, answers: Answers, cache: Cache) -> bool:
    """Whether a total equals A1-A3 + D of the declarations beside it, for one delivery or over the period,
    and not what they declare of all that is asked."""
    if not any(asked_post(a).need - TOTAL_OF_ASPHALT - NOUGHT for a, _ in answers):
        return False
    return any(
        _is_sum(stated, answers, cache, short=True, apply=apply, over_life=over_life)
        and not _is_sum(stated, answers, cache, short=False, apply=apply, over_life=over_life)
        for apply in (True, False)
        for over_life in (False, True)
    )


def _is_sum(
    stated: float, answers: Answers, cache: Cache, *, short: bool, apply: bool, over_life: bool
) -> bool:
    """Whether a total is what the declarations give of A1-A3 + D (`short`), or of all that is asked."""
    parts = []
    for a, quantities in answers:
        need = TOTAL_OF_ASPHALT if short else asked_post(a).need
        declared = _declared(a, quantities, need, cache, apply=apply)
        if declared is None:
            return False
        parts.append(_over(a, declared, over_life))
    return math.isclose(stated, math.fsum(parts), rel_tol=SAME_PRINT)


def _over(a: PostAnswer, delivered: float, over_life: bool) -> float:
    period = a.period
    more = period.f_more if over_life and isinstance(period, Period) else 0.0
    return delivered * (1.0 + more)


def _declared(
    a: PostAnswer, quantities: Mapping[str, float], need: frozenset[str], cache: Cache, *, apply: bool
) -> float | None:
    """What the declaration beside an answer gives for these atoms and this quantity; None where it does
    not."""
    declaration = a.product.declaration(a.ask.set_code) if a.product is not None else None
    if declaration is None:
        return None
    names = tuple(names_for(need))
    sheet = replace(a.ask, modules=names, include_d=True, fixed_modules=(), apply_uplift=apply)
    ready = ready_profile(replace(a, tender=replace(a.tender, ask=sheet)), quantities, cache)
    if isinstance(ready, NotAnswerable) or ready[0].missing:
        return None
    return ready[1] * math.fsum(ready[0].modules.values())
