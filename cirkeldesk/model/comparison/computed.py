"""What we compute ourselves of an answered post: a declared profile, weighed, times the quantity, over the
period."""

from __future__ import annotations

import math
from collections.abc import Mapping

from cirkeldesk.model.messages import Message, Problem
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.profile import Weighed, weigh
from cirkeldesk.model.tender.answered import Contribution, NotAnswerable, PostAnswer, missing_quantity
from cirkeldesk.model.tender.offered import asked_post
from cirkeldesk.model.tender.period import Period, factor_of, over_period, released, reuse_fits

Cache = dict[tuple[object, ...], tuple[Product, Weighed]]


def computed_part(
    a: PostAnswer, quantities: Mapping[str, float], cache: Cache
) -> Contribution | NotAnswerable:
    """Our own sum from a declared profile: weights × values × quantity, over the period."""
    ready = ready_profile(a, quantities, cache)
    if isinstance(ready, NotAnswerable):
        return ready
    weighed, amount = ready
    period = a.period
    gaps = refusals(a, weighed)
    if isinstance(period, Message):
        waiting = Problem(period, "blocks", a.variant.id, a.post.id, "life")
        return NotAnswerable((waiting, *gaps), amount * math.fsum(weighed.modules.values()), weighed.missing)
    if a.reuses and not all(reuse_fits(name) for name in weighed.modules):
        gaps = (a.problem("blocks", "reuse_on_aggregate"), *gaps)
    whole = per_declared_amount(
        weighed, period, reuse=a.reuses, is_released=a.is_released, tar_bearing=a.tar_bearing
    )
    scaled = times(whole, amount)
    return NotAnswerable(gaps, scaled.total, weighed.missing, scaled.gwp) if gaps else scaled


def per_declared_amount(
    weighed: Weighed, period: Period, *, reuse: bool, is_released: bool, tar_bearing: bool
) -> Contribution:
    """What one declared amount contributes over the period. Remembered: many posts share a product and a
    life."""
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
        kg = released(weighed.gwp_kg, tar_bearing=tar_bearing) if is_released else weighed.gwp_kg
        emitted = over_period({name: value for name, value in kg.items() if name in x}, period, reuse=reuse)
        gwp = (emitted.total - emitted.d, emitted.d)
    made = Contribution(done.modules, None, done.d, done.b4_from_d, False, indicators, gwp)
    weighed.remembered[key] = made
    return made


def times(part: Contribution, amount: float) -> Contribution:
    """Every figure of a contribution times a quantity; the period's rules are linear."""
    indicators = (
        {code: value * amount for code, value in part.indicators.items()}
        if part.indicators is not None
        else None
    )
    gwp = (part.gwp[0] * amount, part.gwp[1] * amount) if part.gwp is not None else None
    modules = {name: value * amount for name, value in part.modules.items()}
    return Contribution(modules, None, part.d * amount, part.b4_from_d * amount, False, indicators, gwp)


def ready_profile(
    a: PostAnswer, quantities: Mapping[str, float], cache: Cache
) -> tuple[Weighed, float] | NotAnswerable:
    """The weighed profile and the number of declared amounts in the post; or why there is none."""
    product = a.product
    assert product is not None
    declaration = product.declaration(a.ask.set_code)
    if product.open:
        keys = " ".join(question.key for question in product.open)
        return NotAnswerable(
            (a.problem("blocks", "open_question", field="product", product=product.name, keys=keys),)
        )
    if declaration is None:
        other = product.sets[0] if product.sets else None
        key = "other_set" if other else "mki_empty"
        return NotAnswerable(
            (a.problem("blocks", key, has=other, asked=a.ask.set_code, post=a.post.name, per="ton"),)
        )
    measured = a.group.measured_by(product.declared_unit)
    if measured is None or not product.declared_amount:
        return NotAnswerable(
            (a.problem("blocks", "declared_unit_unknown", field="product", unit=product.declared_unit),)
        )
    name, factor = measured
    if name not in quantities:
        message = missing_quantity(a, quantities, name)
        return NotAnswerable((Problem(message, "blocks", a.variant.id, a.post.id, "quantity"),))
    need = asked_post(a).need
    category = declaration.category or a.category
    if not a.weights.is_usable:
        return NotAnswerable((a.problem("blocks", "set_unusable", field="basis"),))
    cell = (id(product), a.ask.weighting_set, need, category, a.ask.apply_uplift)
    if cell not in cache:  # the product is kept beside it, so that its id stays its own
        weighed = weigh(declaration, a.weights, need, category, apply_uplift=a.ask.apply_uplift)
        cache[cell] = (product, weighed)
    return cache[cell][1], quantities[name] / factor / product.declared_amount


def refusals(a: PostAnswer, weighed: Weighed) -> tuple[Problem, ...]:
    """What the profile lacks of the asked scope, as findings; empty when it is complete."""
    found = []
    if a.ask.apply_uplift and weighed.category is None:
        found.append(a.problem("blocks", "category_unknown", field="product"))
    modules = [module for module, indicator in weighed.missing if indicator is None]
    if modules:
        found.append(a.problem("blocks", "missing_modules", modules=" ".join(modules)))
    indicators = dict.fromkeys(i for _, i in weighed.missing if i is not None and i not in weighed.no_unit)
    if indicators:
        found.append(a.problem("blocks", "missing_indicators", indicators=" ".join(indicators)))
    if weighed.no_unit:
        found.append(a.problem("blocks", "no_unit", indicators=" ".join(weighed.no_unit)))
    return tuple(found)
