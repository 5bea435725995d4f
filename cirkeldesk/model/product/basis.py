"""What a figure stands on: the rules and the data behind it, as its source states them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Aspect = Literal["rules", "background", "method", "tool", "category"]

# Rules that say how a Dutch MKI is made; EN 15804 with one of them is more than EN 15804 alone.
_DUTCH_RULES = re.compile(
    r"bepalings\s?methode|\bnl[\s-]?pcr|\bpcr\s+(asfalt|beton|staal|hout|grond)|\bnmd\b|\bsbk\b"
    r"|milieu\s?database",
    re.IGNORECASE,
)
_EN_15804 = re.compile(r"15804")


@dataclass(frozen=True)
class FigureBasis:
    """What is stated of one figure; None is not stated. `equivalent` says where it is proven that a figure
    by other rules is as good as one by the rules asked."""

    rules: str | None = None
    background: str | None = None
    method: str | None = None
    tool: str | None = None
    category: str | None = None
    equivalent: str | None = None

    def of(self, aspect: Aspect) -> str | None:
        stated: str | None = getattr(self, aspect)
        return stated or None


def is_en_15804_only(rules: str | None) -> bool:
    """Whether rules name EN 15804 and no Dutch rules beside it, however it is spelled: "EN 15804",
    "NEN-EN 15804:2012+A2:2019", "alleen EN15804". Such a figure is orienting, comparable among its kind and
    never in an award [practice] (DOMAIN 3)."""
    return bool(rules and _EN_15804.search(rules) and not _DUTCH_RULES.search(rules))
