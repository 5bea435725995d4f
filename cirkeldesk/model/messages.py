"""Findings and reasons as keys with parameters; the Dutch sentence is made in `wording`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# The closed list of words for a figure that is not there (UX 5); the same on screen, sheet, workbook and
# JSON.
State = Literal["empty", "not_declared", "undivided", "absent", "not_applicable", "not_computable", "sealed"]
STATES: tuple[State, ...] = (
    "empty",
    "not_declared",
    "undivided",
    "absent",
    "not_applicable",
    "not_computable",
    "sealed",
)

Level = Literal["blocks", "open", "note"]


@dataclass(frozen=True)
class Message:
    """A sentence to be: `key` names it in `wording.sentences`, `params` fill it."""

    key: str
    params: tuple[tuple[str, str | float | int | None], ...] = ()

    @classmethod
    def of(cls, key: str, /, **params: str | float | int | None) -> Message:
        return cls(key, tuple(sorted(params.items())))

    def values(self) -> dict[str, str | float | int | None]:
        return dict(self.params)


@dataclass(frozen=True)
class Problem:
    """A finding at a place. `blocks` keeps a figure from being compared, `open` is work left, `note` is good
    to know."""

    message: Message
    level: Level
    variant_id: str | None = None
    post_id: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Figure:
    """A value, or None with the word that applies and why. Unit and meaning are the owner's."""

    value: float | None = None
    state: State | None = None
    reason: Message | None = field(default=None)

    @classmethod
    def known(cls, value: float) -> Figure:
        return cls(value)

    @classmethod
    def unknown(cls, state: State, key: str, /, **params: str | float | int | None) -> Figure:
        return cls(None, state, Message.of(key, **params))
