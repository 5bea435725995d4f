"""What is usually chosen in an ask, in words beside the button that takes it."""

from __future__ import annotations

from collections.abc import Iterable

from cirkeldesk.model.tender.usual import Usual
from cirkeldesk.wording import numbers, terms


def usual_words(choices: Iterable[Usual]) -> str:
    """ "Gewoonlijk: vervangingsregel naar rato, met D; peildatum 11-12-2026.", "" where nothing is open."""
    parts = [_words(choice) for choice in choices]
    return f"Gewoonlijk: {'; '.join(parts)}." if parts else ""


def _words(choice: Usual) -> str:
    match choice.field:
        case "replacement_rule":
            return f"vervangingsregel {terms.REPLACEMENT_RULES[choice.value]}"
        case "includes_replacement":
            return f"vervanging al verwerkt: {terms.YES_NO_UNKNOWN[choice.value]}"
        case "rules":
            return f"rekenregels {choice.value}"
        case "reference_date":
            return f"peildatum {numbers.date(choice.value)}, de dag waarop de inschrijving sluit"
