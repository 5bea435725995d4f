"""What is known of a value that was read from paper: where it stands, and what its table proves of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.product.indicators import SetCode

# proven: a sum of the table holds with it and would not without it; differs: a sum with it does not hold;
# unproven: no sum of the table would show a wrong figure.
CONFIRMED = "ja"  # the answer with which values from paper begin to count
Proof = Literal["proven", "differs", "unproven"]


@dataclass(frozen=True)
class Printed:
    """The place of one value: page from 1, and its box in points from the lower left corner of the page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    proof: Proof = "unproven"


@dataclass(frozen=True)
class ColumnCheck:
    """One column of a printed table: `proven` of `of` values proved themselves. `differs` names the rows in
    which a sum does not hold.

    `state`: proven when all did, differs when a sum does not hold, unproven when some could not be checked.
    """

    set: SetCode | None
    module: str
    state: Proof
    proven: int
    of: int
    differs: tuple[str, ...] = ()
