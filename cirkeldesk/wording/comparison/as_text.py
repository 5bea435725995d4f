"""The whole comparison as headings and sentences: for any reader of a screen, for Braille, for a mail."""

from __future__ import annotations

from collections.abc import Sequence

from cirkeldesk.model.award.award import award
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.wording import sentences, terms
from cirkeldesk.wording.comparison import differences
from cirkeldesk.wording.comparison.explanations import aloud, spoken
from cirkeldesk.wording.comparison.rows import matrix_rows


def comparison_text(comparison: Comparison, hidden: Sequence[str] = (), against: str | None = None) -> str:
    """Per variant, then per figure, then what explains the difference; no dash, arrow or abbreviation stands
    in it."""
    tender = comparison.tender
    rows = [row for row in matrix_rows(comparison, against) if row.key not in hidden]
    lines = [f"Vergelijking {tender.number} {tender.title}".strip()]
    mark = terms.mark(tender)
    lines += [mark] if mark else []
    lines += ["", "Conclusie", aloud(sentences.sentence(comparison.conclusion))]
    for place, variant in enumerate(comparison.variants):
        lines += ["", f"Variant {place + 1} van {len(comparison.variants)}: {variant.name}"]
        for row in rows:
            cell = row.cells[place]
            reason = f" {aloud(cell.reason)}" if cell.reason and cell.state else ""
            lines.append(f"{aloud(row.name)}: {spoken(row, cell)}.{reason}")
    for row in rows:
        lines += ["", f"Regel: {aloud(row.name_with_unit)}"]
        lines += [
            f"{variant.name}: {spoken(row, cell)}."
            for variant, cell in zip(comparison.variants, row.cells, strict=True)
        ]
    pair = differences.default_pair(comparison)
    found = explain_difference(comparison, *pair) if pair is not None else None
    if found is not None:
        told = [
            differences.sentence(comparison, found),
            differences.price_sentence(comparison, found),
            differences.award_sentence(award(comparison), found),
        ]
        lines += ["", "Verschil", *(aloud(text) for text in told if text)]
    return "\n".join(lines) + "\n"
