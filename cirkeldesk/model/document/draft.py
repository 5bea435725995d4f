"""Text being typed, as it is kept until it is committed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """Text being typed in one field of a document, not committed."""

    field: str
    text: str
