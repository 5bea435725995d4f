"""Verklaar verschil: where the MKI of B departs from that of A, post by post, summing exactly.

The quantity effect is taken at A's rate, the rate effect at B's quantity, so that both add to the post's
difference.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cirkeldesk.model.comparison.post_mki import PostResult
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.tender.tender import Answer, Post, Variant

Cause = Literal["other_product", "other_offer", "other_quantity", "other_life", "other_basis", "lapses"]


@dataclass(frozen=True)
class DifferenceRow:
    """One post (or the whole work, `post_id` None). Rates per unit of the group's measure; € MKI
    elsewhere."""

    post_id: str | None
    name: str
    rate_a: float | None
    rate_b: float | None
    quantity_a: float | None
    quantity_b: float | None
    value_a: float
    value_b: float
    quantity_effect: float | None
    rate_effect: float | None
    cause: Cause | None

    @property
    def difference(self) -> float:
        return self.value_b - self.value_a


@dataclass(frozen=True)
class Difference:
    """B against A. `total` = Σ rows; `price` is B − A where both are known."""

    a: str
    b: str
    rows: tuple[DifferenceRow, ...]
    total: float
    price: Decimal | None

    def share(self, row: DifferenceRow) -> float | None:
        """Part of the whole difference, or None where there is none."""
        return row.difference / self.total if self.total else None

    @property
    def main(self) -> DifferenceRow | None:
        """The row that explains most of the difference, in its direction."""
        same = [row for row in self.rows if row.difference * self.total > 0]
        return max(same, key=lambda row: abs(row.difference), default=None)


def explain_difference(comparison: Comparison, a_id: str, b_id: str) -> Difference | None:
    """None unless both totals are known: a difference of partial sums would say nothing."""
    a, b = comparison.variant(a_id), comparison.variant(b_id)
    if a.total.value is None or b.total.value is None:
        return None
    variant_a, variant_b = comparison.tender.variant(a_id), comparison.tender.variant(b_id)
    price = b.price - a.price if a.price is not None and b.price is not None else None
    if variant_a.work_mki is not None or variant_b.work_mki is not None:
        row = DifferenceRow(
            None, "", None, None, None, None, a.total.value, b.total.value, None, None, "other_basis"
        )
        return Difference(a_id, b_id, (row,), row.difference, price)
    rows = []
    for post in comparison.tender.posts:
        if not a.post(post.id).counts or (
            a.post(post.id).mki.value is None and b.post(post.id).mki.value is None
        ):
            continue
        rows.append(
            _row(post, a.post(post.id), b.post(post.id), variant_a, variant_b, comparison.group.measure)
        )
    return Difference(a_id, b_id, tuple(rows), math.fsum(row.difference for row in rows), price)


def _row(
    post: Post, a: PostResult, b: PostResult, variant_a: Variant, variant_b: Variant, measure: str
) -> DifferenceRow:
    quantity_a, quantity_b = a.quantities.get(measure), b.quantities.get(measure)
    value_a, value_b = a.mki.value or 0.0, b.mki.value or 0.0
    effect = None
    if a.rate is not None and quantity_a is not None and quantity_b is not None and not b.lapses:
        effect = a.rate * (quantity_b - quantity_a)
    rest = value_b - value_a - effect if effect is not None else None
    return DifferenceRow(
        post.id,
        post.name,
        a.rate,
        b.rate,
        quantity_a,
        quantity_b,
        value_a,
        value_b,
        effect,
        rest,
        _cause(post, a, b, variant_a.answer(post.id), variant_b.answer(post.id)),
    )


def _cause(post: Post, a: PostResult, b: PostResult, answer_a: Answer, answer_b: Answer) -> Cause | None:
    """What differs in the answers, the weightiest first; None when the figures are the same."""
    if a.lapses != b.lapses:
        return "lapses"
    if a.mki.value == b.mki.value:
        return None
    if a.quantities != b.quantities and answer_a.product == answer_b.product and answer_a.mki == answer_b.mki:
        return "other_quantity"
    if (answer_a.life or post.life) != (answer_b.life or post.life) and answer_a.mki == answer_b.mki:
        return "other_life"
    if answer_a.product is not None and answer_a.product == answer_b.product:
        return "other_basis" if a.source != b.source else "other_offer"
    return "other_product"
