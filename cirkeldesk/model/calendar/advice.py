"""Advice of the expert team per theme of a tender to come: asked, given, answered. A log that only grows;
how it stands follows from it.

Source: DOMAIN 9; the reasons why an advice was not followed are a closed list, so that they can be counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from cirkeldesk.model.reference.themes import THEMES, Theme

Act = Literal["asked", "given", "answered", "withdrawn"]
Answer = Literal["followed", "partly", "not"]
ReasonCode = Literal["market", "money", "time", "legal", "small", "other"]
Stand = Literal["asked", "given", "followed", "partly", "not"]
ACTS: tuple[Act, ...] = get_args(Act)
ANSWERS: tuple[Answer, ...] = get_args(Answer)
REASONS: tuple[ReasonCode, ...] = get_args(ReasonCode)
STANDS: tuple[Stand, ...] = get_args(Stand)


@dataclass(frozen=True)
class PickedCriterion:
    """A criterion of the library that is advised; `text` where its words were adapted, else empty."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class AdviceEntry:
    """One line of the log: what was done about the advice on a theme, on which day (ISO) and by whom.

    `asked` names the adviser and by when; `given` the criteria and the words; `answered` what the project
    leader does with it, with a reason from the list where it is not followed whole. `withdrawn` takes the
    question back.
    """

    theme: Theme
    act: Act
    on: str
    by: str
    adviser: str = ""
    due: str | None = None
    criteria: tuple[PickedCriterion, ...] = ()
    text: str = ""
    answer: Answer | None = None
    reason: ReasonCode | None = None


@dataclass(frozen=True)
class ThemeAdvice:
    """How the advice on a theme stands now: of each act the newest. An advice given after an answer waits for
    an answer again."""

    theme: Theme
    asked_by: str = ""
    asked_on: str | None = None
    adviser: str = ""
    due: str | None = None
    given_by: str = ""
    given_on: str | None = None
    criteria: tuple[PickedCriterion, ...] = ()
    text: str = ""
    answered_by: str = ""
    answered_on: str | None = None
    answer: Answer | None = None
    reason: ReasonCode | None = None
    why: str = ""

    @property
    def stand(self) -> Stand | None:
        """What came last: asked, given, or the answer; None where nobody asked or gave anything."""
        if self.answer is not None:
            return self.answer
        if self.given_on is not None:
            return "given"
        return "asked" if self.asked_on is not None else None

    @property
    def waits(self) -> bool:
        """Whether somebody asked for it and it was not given yet."""
        return self.stand == "asked"


def theme_advice(log: Iterable[AdviceEntry], theme: Theme) -> ThemeAdvice | None:
    """How a theme stands after its entries, in the order they were made; None without any."""
    found: ThemeAdvice | None = None
    for entry in log:
        if entry.theme != theme:
            continue
        found = _after(found or ThemeAdvice(theme), entry)
    return found


def _after(before: ThemeAdvice, entry: AdviceEntry) -> ThemeAdvice | None:
    match entry.act:
        case "withdrawn":
            return None
        case "asked":
            # Asked once more: what was given before is in the log, and a new advice is waited for.
            return ThemeAdvice(entry.theme, entry.by, entry.on, entry.adviser, entry.due)
        case "given":
            return ThemeAdvice(
                entry.theme,
                before.asked_by,
                before.asked_on,
                before.adviser or entry.adviser or entry.by,
                before.due,
                entry.by,
                entry.on,
                entry.criteria,
                entry.text,
            )
        case "answered":
            return ThemeAdvice(
                entry.theme,
                before.asked_by,
                before.asked_on,
                before.adviser,
                before.due,
                before.given_by,
                before.given_on,
                before.criteria,
                before.text,
                entry.by,
                entry.on,
                entry.answer,
                entry.reason,
                entry.text,
            )


def all_advice(log: tuple[AdviceEntry, ...]) -> tuple[ThemeAdvice, ...]:
    """Of each theme that has one, in the order of the themes."""
    found = (theme_advice(log, theme) for theme in THEMES)
    return tuple(one for one in found if one is not None)


def stand_of(log: tuple[AdviceEntry, ...]) -> Stand | None:
    """How a row stands as a whole: what waits longest counts. Asked before given, given before answered; of
    answers, followed only where all are, not followed only where none is."""
    stands = [one.stand for one in all_advice(log)]
    for open_ in ("asked", "given"):
        if open_ in stands:
            return "asked" if open_ == "asked" else "given"
    answers = {stand for stand in stands if stand is not None}
    if not answers:
        return None
    if answers == {"followed"}:
        return "followed"
    return "not" if answers == {"not"} else "partly"
