"""Criteria of MVOI: a library of what can be asked, and what a tender chose from it.

A criterion is our own proposal unless its source says otherwise; nothing is official because it stands here
(DOMAIN 9).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from cirkeldesk.model.reference.themes import RStep, Theme

Level = Literal["basis", "ambitious", "leading"]
CriterionKind = Literal["requirement", "selection", "award", "contract"]
LEVELS: tuple[Level, ...] = get_args(Level)
CRITERION_KINDS: tuple[CriterionKind, ...] = get_args(CriterionKind)


@dataclass(frozen=True)
class Criterion:
    """One thing to ask. `text` is what goes into the documents, with what to fill in between […]; `proof` how
    a bidder shows it and `check` how it is kept an eye on afterwards; `groups` are codes of product groups,
    none meaning every group. `own`: our proposal, of which `source` says what it builds on.
    """

    code: str
    title: str
    theme: Theme
    level: Level
    kind: CriterionKind
    text: str
    proof: str
    check: str
    effect: str
    source: str
    groups: tuple[str, ...] = ()
    r_step: RStep | None = None
    own: bool = True

    def suits(self, group: str) -> bool:
        return not self.groups or group in self.groups

    @property
    def is_filled_in(self) -> bool:
        """Whether nothing is left between […] for somebody to decide."""
        return not any("[" in text for text in (self.text, self.proof, self.check))


@dataclass(frozen=True)
class Definition:
    """A term as the organisation uses it in its documents."""

    term: str
    text: str
    source: str


@dataclass(frozen=True)
class CriteriaLibrary:
    """One file of criteria and definitions; the organisation edits its own copy."""

    code: str
    name: str
    criteria: tuple[Criterion, ...] = ()
    definitions: tuple[Definition, ...] = ()


@dataclass(frozen=True)
class Considered:
    """A criterion that a tender weighed, taken or not, and why: for the file and the advice, not for the
    documents."""

    code: str
    title: str
    theme: Theme
    why: str


def renewed(ours: CriteriaLibrary, old: CriteriaLibrary, new: CriteriaLibrary) -> CriteriaLibrary:
    """Our library with what a newer shipped one brings: texts that nobody changed, and criteria and terms
    that were not there.

    What was edited stays as it is, what was deleted stays away.
    """
    criteria = _renewed(ours.criteria, old.criteria, new.criteria, lambda one: one.code)
    definitions = _renewed(ours.definitions, old.definitions, new.definitions, lambda one: one.term)
    return CriteriaLibrary(ours.code, ours.name, criteria, definitions)


Item = TypeVar("Item")


def _renewed(
    ours: tuple[Item, ...], old: tuple[Item, ...], new: tuple[Item, ...], key: Callable[[Item], str]
) -> tuple[Item, ...]:
    before, after = {key(one): one for one in old}, {key(one): one for one in new}
    mine = {key(one) for one in ours}
    kept = [after.get(key(one), one) if before.get(key(one)) == one else one for one in ours]
    return (*kept, *(one for one in new if key(one) not in mine and key(one) not in before))
