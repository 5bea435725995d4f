"""The steps of a tender."""

from __future__ import annotations

from enum import IntEnum


class TenderStep(IntEnum):
    """The five steps of a tender, from left to right."""

    ASK = 0
    VARIANTS = 1
    COMPARISON = 2
    AWARD = 3
    ADVICE = 4
