"""Every character prints: each run of a text in the first face that has it.

Roboto is the paper's own face. What people paste from Word (→ ✓ ☐, its bullets) is in DejaVu Sans, which has
Hebrew and Arabic too; Chinese and Japanese are in Droid Sans Fallback. Only the glyphs used are embedded.
What no face has prints as ▯, and whoever makes the paper is told which sign and where (`unprintable`): a
sign that vanishes without a word is the worst a paper can do.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cirkeldesk.wording import numbers

BODY, BOLD, ITALIC = "Roboto", "Roboto-Bold", "Roboto-Italic"
SYMBOLS, SYMBOLS_BOLD, EAST = "DejaVuSans", "DejaVuSans-Bold", "DroidSansFallback"
_FILES = {
    BODY: "Roboto-Regular",
    BOLD: "Roboto-Bold",
    ITALIC: "Roboto-Italic",
    SYMBOLS: "DejaVuSans",
    SYMBOLS_BOLD: "DejaVuSans-Bold",
    EAST: "DroidSansFallback",
}
_NEXT = {BODY: (SYMBOLS, EAST), ITALIC: (SYMBOLS, EAST), BOLD: (SYMBOLS_BOLD, SYMBOLS, EAST)}
NO_GLYPH = "▯"
# What has no ink of its own, and Word's own bullets, which lie in a private area of its symbol fonts.
_AS = str.maketrans(
    {
        **dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u200e\u200f\u202a\u202b\u202c\u202d\u202e\xad"),
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0a8": "☐",
        "\uf0fe": "☒",
        "\uf0fc": "✓",
        "\uf0fb": "✗",
        "\uf0e0": "→",
        "\uf0d8": "➢",
        "\uf076": "❖",
        "\u2028": "\n",
        "\u2029": "\n",
        "\t": " ",
    }
)  # fmt: skip
_RIGHT = frozenset({"R", "AL"})
Anchor = Literal["left", "middle", "right"]


@cache
def use_faces(folder: Path) -> None:
    """Register the paper's own face; the others are loaded when a text first needs one."""
    _state["folder"] = folder
    for name in (BODY, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(name, folder / f"{_FILES[name]}.ttf"))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


_state: dict[str, Path] = {}


@cache
def _glyphs(face: str) -> frozenset[int]:
    """The code points a face has."""
    if face not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(face, _state["folder"] / f"{_FILES[face]}.ttf"))
        pdfmetrics.registerFontFamily(face, normal=face, bold=face, italic=face, boldItalic=face)
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph)


@lru_cache(maxsize=8192)
def _face_of(sign: str, font: str) -> str | None:
    code = ord(sign)
    if code < 32 or code in _glyphs(font):
        return font
    return next((face for face in _NEXT.get(font, ()) if code in _glyphs(face)), None)


def runs(text: str, font: str = BODY) -> list[tuple[str, str]]:
    """(face, text) of a text from left to right as it is drawn."""
    plain = unicodedata.normalize("NFC", text).translate(_AS)
    own = _glyphs(font)
    if own.issuperset(map(ord, plain)) or all(ord(sign) in own or ord(sign) < 32 for sign in plain):
        return [(font, plain)] if plain else []
    plain = _in_drawing_order(plain)
    faces = [(_face_of(sign, font), sign) for sign in plain]
    pairs = [
        (face, sign) if face is not None else (_face_of(NO_GLYPH, font) or font, NO_GLYPH)
        for face, sign in faces
    ]
    return [
        (face, "".join(sign for _, sign in found)) for face, found in groupby(pairs, key=lambda pair: pair[0])
    ]


def _in_drawing_order(text: str) -> str:
    """Runs that are written from right to left, turned so that drawing from left to right shows them right.

    Numbers and Latin letters within such a run keep their order. Letters are not joined: Arabic shows in
    its separate forms, which is why a person is asked for the name in Latin letters.
    """
    kinds = [
        "R" if unicodedata.bidirectional(sign) in _RIGHT | {"NSM"} else "N" if sign in " -'\"." else "L"
        for sign in text
    ]
    found, place = [], 0
    while place < len(text):
        if kinds[place] != "R":
            found.append(text[place])
            place += 1
            continue
        end = place
        while end < len(text) and kinds[end] in "RN":
            end += 1
        while kinds[end - 1] == "N":
            end -= 1
        found.append(text[place:end][::-1])
        place = end
    return "".join(found)


def is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in _RIGHT for sign in text)


def unprintable(text: str) -> list[str]:
    """The signs of a text that no face has, each once."""
    plain = unicodedata.normalize("NFC", text).translate(_AS)
    return list(dict.fromkeys(sign for sign in plain if _face_of(sign, BODY) is None))


def markup(text: str, font: str = BODY) -> str:
    """A text as reportlab's paragraph markup, each run in a face that has it."""
    found = []
    for face, part in runs(numbers.kept_together(text), font):
        told = escape(part)
        found.append(told if face == font else f'<font name="{face}">{told}</font>')
    return "".join(found)


def width_of(text: str, font: str, size: float) -> float:
    """Points a text takes."""
    return sum(float(pdfmetrics.stringWidth(part, face, size)) for face, part in runs(text, font))


def draw(
    canvas: Canvas, x: float, y: float, text: str, font: str, size: float, anchor: Anchor = "left"
) -> None:
    """A line of text on a canvas at its anchor."""
    if anchor != "left":
        x -= width_of(text, font, size) / (2 if anchor == "middle" else 1)
    for face, part in runs(text, font):
        canvas.setFont(face, size)
        canvas.drawString(x, y, part)
        x += float(pdfmetrics.stringWidth(part, face, size))
