"""Finding the one thing that bears a name. A bare `next(...)` would raise StopIteration, which ends a loop
without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def the_one(items: Iterable[T], is_it: Callable[[T], bool], name: object) -> T:
    """The first item that is it. Raises KeyError with the name when there is none."""
    for item in items:
        if is_it(item):
            return item
    raise KeyError(name)


def with_id(items: Iterable[T], identity: str) -> T:
    """The item with this id. Raises KeyError."""

    def is_it(item: Any) -> bool:
        return bool(item.id == identity)

    return the_one(items, is_it, identity)


def with_code(items: Iterable[T], code: str) -> T:
    """The item with this code. Raises KeyError."""

    def is_it(item: Any) -> bool:
        return bool(item.code == code)

    return the_one(items, is_it, code)
