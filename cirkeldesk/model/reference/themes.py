"""The six themes of MVOI and the R-ladders: what a criterion, a tender and the calendar speak of.

Source: DOMAIN 9 (duties).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Theme = Literal["climate", "circularity", "environment", "diversity", "social_return", "chain"]
THEMES: tuple[Theme, ...] = get_args(Theme)
RNumbering = Literal["pbl", "rvo"]


@dataclass(frozen=True)
class ThemeNote:
    """What a tender does for one of the six themes of MVOI."""

    theme: Theme
    text: str


@dataclass(frozen=True)
class RStep:
    """A rung of an R-ladder. `numbering` says which: PBL counts R0 to R9, RVO R1 to R6; the same number means
    other things."""

    numbering: RNumbering
    step: int
    text: str = ""
