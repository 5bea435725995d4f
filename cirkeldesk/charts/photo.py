"""A photo as a figure of a paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Photo:
    """`content` is a PNG or JPEG; `alt` says what it shows."""

    content: bytes
    alt: str
