"""The colours of the window by name, for a light and a dark screen (docs/design.md, Colours).

The contrast of every pair that meets is computed in a test. A contrast theme of the system takes all of them
away: the words carry everything.
"""

from __future__ import annotations

LIGHT = {
    "bg": "#FFFFFF",
    "canvas": "#F5F7F9",  # behind cards
    "card": "#FFFFFF",
    "surface": "#F1F4F7",  # rows that head others, what the mouse is over
    "rail": "#F5F7F9",
    "hair": "#E4E8EC",  # between rows
    "line": "#D0D7DE",  # between groups, under heads
    "control": "#757F8A",
    "text": "#1A1F26",
    "muted": "#515B66",
    "inherit": "#5A6470",
    "accent": "#0A5A9C",
    "accent_soft": "#E6F0F8",
    "on_accent": "#FFFFFF",
    "sel": "#CFE3F5",
    "on_sel": "#1A1F26",
    "focus": "#0A5A9C",
    "bar": "#0A5A9C",  # the lowest, or one's own
    "bar_2": "#5E97C6",  # the others
    "bar_ref": "#8A94A0",  # what is compared with
    "good": "#1B6B3A",
    "good_soft": "#E4F3E9",
    "warn": "#8A4B00",
    "warn_soft": "#FDF0DC",
    "error": "#B3211B",
    "error_soft": "#FCE8E6",
    "lock": "#5B3E8C",
    "lock_soft": "#EFEAF7",
}
DARK = {
    "bg": "#15181C",
    "canvas": "#111418",
    "card": "#1B1F24",
    "surface": "#22272D",
    "rail": "#191D21",
    "hair": "#2A3037",
    "line": "#3A424B",
    "control": "#808A96",
    "text": "#E9ECEF",
    "muted": "#AEB6BF",
    "inherit": "#A3ACB6",
    "accent": "#7FB9EC",
    "accent_soft": "#1B2E40",
    "on_accent": "#0E1318",
    "sel": "#1E3F5E",
    "on_sel": "#E9ECEF",
    "focus": "#FFD166",
    "bar": "#7FB9EC",
    "bar_2": "#4F86B5",
    "bar_ref": "#7B8591",
    "good": "#7CCB97",
    "good_soft": "#17301F",
    "warn": "#F0B45B",
    "warn_soft": "#38290F",
    "error": "#F39A92",
    "error_soft": "#3B1A18",
    "lock": "#BFA8EA",
    "lock_soft": "#2A2140",
}
GROUNDS = ("bg", "canvas", "card", "surface", "rail")


def of_contrast(text: str, ground: str, chosen: str, on_chosen: str) -> dict[str, str]:
    """All tokens from four colours of a contrast theme: text on a ground, and one pair for what is chosen."""
    made = dict.fromkeys(LIGHT, text)
    made |= {name: ground for name in LIGHT if name.endswith("_soft") or name in GROUNDS}
    return made | {
        "accent": chosen,
        "on_accent": on_chosen,
        "sel": chosen,
        "on_sel": on_chosen,
        "focus": chosen,
    }
