"""What can be wrong with a database, as typed errors with a key of `wording.sentences.ERRORS` and its
parameters."""

from __future__ import annotations


class StoreError(Exception):
    """The environment or the request is at fault; nothing was changed."""

    def __init__(self, key: str, /, **params: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class Refused(StoreError):
    """A lock forbids this change of a tender. The attempt leaves a row in its history; the tender stays as it
    was."""

    def __init__(self, key: str, identity: str, step: str, /, **params: str | int) -> None:
        super().__init__(key, **params)
        self.identity = identity
        self.step = step
