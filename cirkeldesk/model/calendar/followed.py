"""From the desk to the tender and back: what was judged and advised goes along, and what the tender asks says
whether the advice was followed. That is a proposal; a person confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cirkeldesk.model.calendar.advice import Answer, ThemeAdvice, all_advice
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.reference.themes import THEMES, Theme, ThemeNote
from cirkeldesk.model.tender.tender import Tender


@dataclass(frozen=True)
class ProposedAnswer:
    """What the tender says of the advice on a theme: `asked` of the `advised` criteria stand in its ask."""

    theme: Theme
    answer: Answer
    asked: int
    advised: int


def proposed_answers(row: CalendarRow, tender: Tender) -> tuple[ProposedAnswer, ...]:
    """For each advice with criteria that has no answer yet, once the ask is on the lock; before that what is
    asked may still change. Advice in words alone is judged by a person."""
    if tender.lock is None:
        return ()
    asked = {criterion.code for criterion in tender.criteria}
    found = (_proposed(one, asked) for one in all_advice(row.log) if one.stand == "given")
    return tuple(one for one in found if one is not None)


def _proposed(advice: ThemeAdvice, asked: set[str]) -> ProposedAnswer | None:
    codes = {picked.code for picked in advice.criteria}
    if not codes:
        return None
    count = len(codes & asked)
    answer: Answer = "followed" if count == len(codes) else "partly" if count else "not"
    return ProposedAnswer(advice.theme, answer, count, len(codes))


def with_advice(
    tender: Tender, row: CalendarRow, criteria: Mapping[str, Criterion], words: Mapping[Theme, str]
) -> Tender:
    """The tender with what the desk knows of its row: the criteria that were advised, as they were adapted,
    and per theme what was judged. `words` are those of each theme; one without is left as it is."""
    picked = [one for advice in all_advice(row.log) if advice.given_on for one in advice.criteria]
    taken = {one.code: one for one in tender.criteria}
    for one in picked:
        known = criteria.get(one.code)
        if known is not None:
            taken.setdefault(one.code, replace(known, text=one.text) if one.text else known)
    notes = {note.theme: note for note in tender.publication.themes}
    for theme in THEMES:
        if words.get(theme) and theme not in notes:
            notes[theme] = ThemeNote(theme, words[theme])
    themes = tuple(notes[theme] for theme in THEMES if theme in notes)
    publication = replace(tender.publication, themes=themes)
    return replace(tender, criteria=tuple(taken.values()), publication=publication)
