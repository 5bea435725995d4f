"""What most tenders choose where this one has not chosen yet: proposed in words, never filled in by itself.

The reference day is the day the tender closes, so that it is the same for all; the rules are the newest of
the set that is asked that are in force by then (DOMAIN 3, 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from cirkeldesk.model.reference.dated import RuleVersion
from cirkeldesk.model.tender.ask import ReplacementRule
from cirkeldesk.model.tender.edits import Edit, set_ask, together
from cirkeldesk.model.tender.tender import Tender

Field = Literal["replacement_rule", "includes_replacement", "rules", "reference_date"]
LABELS: dict[Field, str] = {
    "replacement_rule": "vervangingsregel",
    "includes_replacement": "vervanging",
    "rules": "rekenregels",
    "reference_date": "peildatum",
}


@dataclass(frozen=True)
class Usual:
    """A field of the ask that is still open, and what is usual there."""

    field: Field
    value: Any


def usual_choices(
    tender: Tender, rule: ReplacementRule | None, known: Iterable[RuleVersion]
) -> tuple[Usual, ...]:
    """`rule`: the replacement rule that counts now. Only for what is open; nothing where there is nothing
    usual: a day without a closing day, rules of a set that has none."""
    ask = tender.ask
    found = []
    if rule is None:
        found.append(Usual("replacement_rule", "fractional_with_d"))
    if ask.includes_replacement is None:
        found.append(Usual("includes_replacement", "yes"))
    rules = _rules(tender, known) if not ask.rules else None
    if rules is not None:
        found.append(Usual("rules", rules))
    if ask.reference_date is None and tender.closes_on:
        found.append(Usual("reference_date", tender.closes_on[:10]))
    return tuple(found)


def _rules(tender: Tender, known: Iterable[RuleVersion]) -> str | None:
    """In force on the closing day; without one, the newest there is."""
    fitting = [rule for rule in known if rule.set_code == tender.ask.set_code]
    if tender.closes_on:
        fitting = [rule for rule in fitting if rule.valid_from <= tender.closes_on[:10]]
    newest = max(fitting, key=lambda rule: rule.valid_from, default=None)
    return newest.name if newest is not None else None


def take_usual(choices: tuple[Usual, ...]) -> Edit:
    """All of them as one step, so that one undo gives them back."""
    parts = [set_ask(choice.field, choice.value, LABELS[choice.field]) for choice in choices]
    return together(parts, "field", {"label": "gewone keuzes"})
