"""What is usual where a tender has not chosen: only what is open, one step, and nothing that is not known."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from cirkeldesk.model.reference.dated import RuleVersion
from cirkeldesk.model.tender.ask import Ask
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.model.tender.usual import take_usual, usual_choices
from cirkeldesk.wording.window.usual import usual_words
from tests.build import Case

KNOWN = (
    RuleVersion("Regels 1.0 (verzonnen)", "A1", "2020-01-01", "verzonnen"),
    RuleVersion("Regels 2.0 (verzonnen)", "A2", "2024-01-01", "verzonnen"),
    RuleVersion("Regels 3.0 (verzonnen)", "A2", "2027-01-01", "verzonnen"),
)


def tender(**ask: object) -> Tender:
    bare = replace(Case().tender, closes_on="2026-12-11")
    empty = {"replacement_rule": None, "includes_replacement": None, "rules": None, "reference_date": None}
    return replace(bare, ask=replace(bare.ask, set_code="A2", **{**empty, **ask}))  # type: ignore[arg-type]


def test_all_four_in_words() -> None:
    choices = usual_choices(tender(), None, KNOWN)
    assert usual_words(choices) == (
        "Gewoonlijk: vervangingsregel naar rato, met D; vervanging al verwerkt: ja; rekenregels Regels 2.0 "
        "(verzonnen); peildatum 11-12-2026, de dag waarop de inschrijving sluit."
    )
    taken = take_usual(choices).apply(tender()).ask
    assert (taken.replacement_rule, taken.includes_replacement) == ("fractional_with_d", "yes")
    assert (taken.rules, taken.reference_date) == ("Regels 2.0 (verzonnen)", "2026-12-11")


@pytest.mark.parametrize(
    ("closes", "set_code", "rules"),
    [
        ("2026-12-31", "A2", "Regels 2.0 (verzonnen)"),
        ("2027-01-01", "A2", "Regels 3.0 (verzonnen)"),
        ("2023-12-31", "A2", None),  # before any of the set
        ("2027-06-01", "A1", "Regels 1.0 (verzonnen)"),
        ("", "A2", "Regels 3.0 (verzonnen)"),
    ],
)
def test_rules_go_with_the_set_and_the_closing_day(closes: str, set_code: str, rules: str | None) -> None:
    asked = replace(tender(), closes_on=closes or None)
    asked = replace(asked, ask=replace(asked.ask, set_code=set_code))  # type: ignore[arg-type]
    found = {choice.field: choice.value for choice in usual_choices(asked, asked.ask.replacement_rule, KNOWN)}
    assert found.get("rules") == rules
    assert found.get("reference_date") == (closes or None)


CHOSEN = {
    "replacement_rule": "whole",
    "includes_replacement": "no",
    "rules": "eigen regels",
    "reference_date": "2026-11-01",
}


@pytest.mark.parametrize("chosen", list(product((False, True), repeat=4)))
def test_what_somebody_chose_is_never_touched(chosen: tuple[bool, ...]) -> None:
    own = {name: value for (name, value), is_own in zip(CHOSEN.items(), chosen, strict=True) if is_own}
    choices = usual_choices(tender(**own), tender(**own).ask.replacement_rule, KNOWN)
    assert {choice.field for choice in choices} == set(CHOSEN) - set(own)
    after = take_usual(choices).apply(tender(**own)).ask
    assert {name: getattr(after, name) for name in own} == own
    assert usual_choices(replace(tender(), ask=after), after.replacement_rule, KNOWN) == ()


def test_nothing_open_says_nothing() -> None:
    assert usual_words(()) == ""
    assert isinstance(tender().ask, Ask)
