"""What a paper carries besides its content, and the colours it may have.

Apart from the modules that print: the window knows these before anything is printed, and reportlab takes a
while to load.
"""

from __future__ import annotations

from dataclasses import dataclass

ACCENT = "#0A5A9C"
INK = {"text": "#1A1F26", "muted": "#515B66", "line": "#D5DAE0", "control": "#6F7985"}
LEAST_CONTRAST = (
    4.5  # of text on white (WCAG 2.1, 1.4.3); a paler organisation colour gives way to the text's
)


@dataclass(frozen=True)
class Print:
    """What a paper carries besides its content.

    `head` is the chain head of the history, `time` ISO with offset in the office's time, `basis` the content
    hash of the tender printed (the version's own name), `version` its number (None: a draft), `identifier`
    what the file calls itself so that it can be recognised after a change, `logo` a PNG, `colour` the
    organisation's.
    """

    head: str
    time: str
    producer: str
    organisation: str = ""
    author: str = ""
    basis: str = ""
    version: int | None = None
    identifier: str = ""
    logo: bytes = b""
    colour: str = ""

    @property
    def mark(self) -> str:
        """What this paper is recognised by: of a version what it was made from, else where the history
        stood."""
        return self.basis or self.head

    @property
    def accent(self) -> str:
        return readable(self.colour)


def readable(colour: str) -> str:
    """The organisation's colour where text in it is readable on white; else ours, or the text's."""
    if not colour:
        return ACCENT
    return colour if contrast_on_white(colour) >= LEAST_CONTRAST else INK["text"]


def contrast_on_white(colour: str) -> float:
    """WCAG contrast ratio of a colour `#RRGGBB` on white."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
