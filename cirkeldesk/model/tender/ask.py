"""The ask (uitvraag): one object that says what every variant is compared on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.product.declaration import Category
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.modules import MODULES
from cirkeldesk.model.product.units import FixedPer, Per

ReplacementRule = Literal["fractional_with_d", "fractional_without_d", "whole", "none"]
YesNoUnknown = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class FixedModule:
    """A module value the authority sets for all alike ("vast"): € MKI `per` unit, for one post or (None) for
    each. `source` is where it was taken from, and `verified` whether that can be relied on."""

    module: str
    value: float
    per: FixedPer = "ton"
    post_id: str | None = None
    source: str | None = None
    verified: bool = True


@dataclass(frozen=True)
class InputOwner:
    """To whom an input belongs: `fixed` (vast, set by the authority) or `offered` (aan te bieden, a
    promise)."""

    field: str
    owner: Literal["fixed", "offered"]


@dataclass(frozen=True)
class Ask:
    """What is asked of every variant.

    `weighting_set` is the content hash of the pinned set and `set_code` its code. `modules` are the
    life-cycle modules asked; `include_d` says whether D counts in the judged figure. `analysis_period` L in
    years. `replacement_rule` None is "not chosen": for design alternatives that means fractional with D, for
    bids there is no silent default. `includes_uplift` and `includes_replacement` say what a *declared* MKI
    holds, unless a variant deviates.
    """

    set_code: SetCode = "A2"
    weighting_set: str | None = None
    rules: str | None = None
    background: str | None = None
    modules: tuple[str, ...] = MODULES
    include_d: bool = True
    analysis_period: float | None = None
    replacement_rule: ReplacementRule | None = None
    mki_per: Per = "ton"
    mki_split: bool = False
    includes_uplift: bool = True
    includes_replacement: YesNoUnknown | None = None
    apply_uplift: bool = True
    no_uplift_reason: str | None = None
    categories_allowed: tuple[Category, ...] = ()
    tools_accepted: tuple[str, ...] = ()
    reference_date: str | None = None
    equal_functions: tuple[str, ...] = ()
    fixed_modules: tuple[FixedModule, ...] = ()
    released_in_scope: bool = True
    own_quantities_allowed: bool = False
    owners: tuple[InputOwner, ...] = ()
    mki_decimals: int = 0
