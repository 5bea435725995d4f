"""An anchor: the head of the history at a moment, to be kept by somebody else.

The chain alone shows what was changed by hand; who can write the file can also make the whole chain anew. A
paper that says what its head was, in a registry that the writer of the file cannot change, is a witness: a
history that does not hold that state is another history. Source: CHAIN 9; found/attack 2.1 and 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Occasion = Literal["asked", "lock", "opening", "final"]
AnchorState = Literal["contained", "other", "fewer", "unknown"]
HASH_LENGTH = 64  # signs of a SHA-256
URN = "urn:cirkeldesk:anker:1"
_NAMED = re.compile(rf"{URN}:(\d{{1,12}}):([0-9a-f]{{{HASH_LENGTH}}})")
# What every paper of ours prints at its end, so that each of them is a witness too.
_PRINTED = re.compile(rf"kenmerkvandegeschiedenis:?([0-9a-f]{{{HASH_LENGTH}}})")
_HASH = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Anchor:
    """`head` is the chain value of step number `steps`, the newest at `time` (ISO with offset). `pinned` are
    (what, name, hash) of the weighting set and product group of a tender, where it is about one."""

    head: str
    steps: int
    time: str
    occasion: Occasion = "asked"
    organisation: str = ""
    tender: str = ""
    pinned: tuple[tuple[str, str, str], ...] = ()

    @property
    def identifier(self) -> str:
        return f"{URN}:{self.steps}:{self.head}"


@dataclass(frozen=True)
class Witnessed:
    """What a witness says: the (beginning of the) head, and the number of the step where it is told."""

    head: str
    steps: int | None = None


@dataclass(frozen=True)
class AnchorCheck:
    """Whether a history holds what a witness saw. `steps` is how many it has now, `on` (ISO) the moment of
    the step that was found.

    contained: the state is in it. other: at that step it says something else. fewer: it does not reach so
    far. unknown: nothing in it has that head, and the witness does not say which step it was.
    """

    state: AnchorState
    witnessed: Witnessed
    steps: int
    found_at: int | None = None
    on: str = ""


@dataclass(frozen=True)
class Counted:
    """A file that is not as far as a computer saw it before: how many steps there were, and are."""

    fault: Literal["went_back", "other_history"]
    was: int
    now: int


def witnessed_in(text: str) -> Witnessed | None:
    """What a text says of a head: the line of an anchor, the mark that every paper prints, or a hash by
    itself (16 signs or more: fewer can be found again by trying). None where it says nothing, or several
    things."""
    plain = re.sub(r"\s", "", text.casefold())
    named = set(_NAMED.findall(plain))
    if len(named) == 1:
        ((steps, head),) = named
        return Witnessed(head, int(steps))
    printed = set(_PRINTED.findall(plain))
    if not named and len(printed) == 1:
        return Witnessed(printed.pop())
    alone = text.strip().casefold()
    return Witnessed(alone) if not (named or printed) and _HASH.fullmatch(alone) else None
