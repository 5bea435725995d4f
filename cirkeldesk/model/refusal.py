"""What is refused, as a value: a key of `wording.sentences.ERRORS` and its parameters. Nothing was changed.

Every floor refuses with these and no floor tells it by itself: `wording.sentences.refusal` makes the
sentence.
"""

from __future__ import annotations

Param = str | int


class Refusal(Exception):
    """Something was asked that cannot be done, and why. `key` names the sentence, `params` what it names in
    it."""

    def __init__(self, key: str, /, **params: Param) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class StoreError(Refusal):
    """The environment or the request is at fault: a full disk, a file in use, something that is not there."""


class LockRefusal(StoreError):
    """A lock forbids this change of a tender. The attempt leaves a row in its history; the tender stays as it
    was."""

    def __init__(self, key: str, identity: str, step: str, /, **params: Param) -> None:
        super().__init__(key, **params)
        self.identity = identity
        self.step = step


class ReadError(Refusal):
    """A file as a whole cannot be read."""


class NeedsAnswer(ReadError):
    """The file can be read once a person has said what it leaves open."""


class DocumentError(Refusal, ValueError):
    """Plain data that is no document of ours. `place` is a path such as `posts[2].name`, a parameter of the
    sentence too."""

    def __init__(self, key: str, place: str = "", **params: Param) -> None:
        super().__init__(key, **{"place": place, **params})
        self.place = place

    def __str__(self) -> str:
        return f"{self.key} at {self.place}"
