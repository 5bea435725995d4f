"""What stands at the top of an award: its mark, its figures, and how many bids were judged."""

from __future__ import annotations

from typing import Literal

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.wording import numbers
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.comparison.rows import percent_from

MarkKind = Literal["lock", "warn", ""]


def outcome_mark(award: Award | None) -> tuple[MarkKind, str]:
    """(colour, word): whether this is the outcome, or only for now."""
    if award is None or award.tender.is_stopped or not any(bid.rank == 1 for bid in award.bids):
        return "", ""
    if award.tender.practice_of is not None:
        return "warn", "Oefening"
    return ("lock", "Winnaar") if award.winner is not None else ("warn", "Voorlopig")


def outcome_figures(award: Award | None, comparison: Comparison) -> list[tuple[str, str]]:
    """(figure, caption) of the one bid at number 1: what it comes to and its MKI; nothing where bids are
    level."""
    first = [bid for bid in award.bids if bid.rank == 1] if award is not None else []
    if award is None or len(first) != 1 or first[0].outcome is None:
        return []
    chosen = first[0]
    figures = [
        (
            awarding.amount_text(award, first[0].outcome.total).replace(" punten", ""),
            f"{awarding.total_name(award).lower()}{_ahead(award, chosen)}",
        )
    ]
    if chosen.figures.mki is not None:
        figures.append((awarding.mki_text(award, chosen), f"€ MKI{_below(comparison, chosen.id)}"))
    return figures


def _ahead(award: Award, first: BidResult) -> str:
    """ ", € 8.003,85 onder nummer 2"."""
    second = next((bid for bid in award.bids if bid.rank == 2 and bid.outcome is not None), None)
    if second is None or second.outcome is None or first.outcome is None:
        return ""
    difference = abs(second.outcome.total - first.outcome.total)
    word = "onder" if award.method.kind == "notional" else "boven"
    return f", {awarding.amount_text(award, difference)} {word} nummer 2"


def _below(comparison: Comparison, identity: str) -> str:
    figure = percent_from(comparison.reference, comparison.variant(identity))
    if figure.value is None:
        return ""
    word = "onder" if figure.value < 0 else "boven"
    return f", {numbers.percent(abs(figure.value))} {word} nulvariant"


def judged_words(award: Award | None) -> str:
    """ "3 van 3 beoordeeld", once bids can be judged; before that, when they can."""
    if award is None or not award.bids or award.tender.practice_of is not None:
        return ""
    if award.tender.opened is None:
        return "Beoordelen kan na de opening van de inschrijvingen."
    judged = sum(bid.validity != "open" for bid in award.bids)
    return f"{judged} van {len(award.bids)} beoordeeld"
