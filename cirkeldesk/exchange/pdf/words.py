"""The words of a PDF page with their places, in lines as a reader sees them.

Made from the characters themselves (pypdfium2): the running text of a PDF loses blanks
("MKIEuro3,655E+07,058E-1"), and a library that guesses tables found none in the declarations that were
measured. A page that is turned, or on which the text is, is turned back first.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property

from cirkeldesk.model.refusal import ReadError

PDFIUM = threading.RLock()  # PDFium may not be used from two threads at once
LARGEST = 60 * 1024 * 1024
MOST_PAGES = 400
MOST_CHARACTERS = 60_000  # on one page; a full page of small print has 8,000
MOST_OF_ALL = 1_500_000
_SAME_LINE = 0.45  # of the size of the letters, between two baselines
_GAP = 0.12  # of the size of the letters, between two letters of one word
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufffe\x02"), "-")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter: its left and right edge, its baseline and size, in points of the upright page."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them. `glyphs` keep their places, for words that were set as one."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)


@dataclass(frozen=True)
class TextLine:
    """Words from left to right; `base` is their baseline, measured from the foot of the upright page."""

    words: tuple[Word, ...]
    base: float

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def size(self) -> float:
        return max((word.size for word in self.words), default=1.0)


@dataclass(frozen=True)
class Page:
    """`number` from 1; `turn` in quarters of a circle, by which the text was turned to stand upright."""

    number: int
    width: float
    height: float
    turn: int
    lines: tuple[TextLine, ...]
    is_picture: bool = False

    def place(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box of the upright page in the coordinates of the page itself."""
        corners = [
            _turned(x, y, -self.turn, self.width, self.height) for x, y in ((left, bottom), (right, top))
        ]
        (x1, y1), (x2, y2) = corners
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def read_pages(content: bytes, file: str) -> list[Page]:
    """Every page with its lines. Raises ReadError pdf_broken, pdf_password or file_too_large."""

    if len(content) > LARGEST:
        raise ReadError("file_too_large", file=file)
    with PDFIUM:
        return list(_pages(content, file))


def _pages(content: bytes, file: str) -> Iterator[Page]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        key = "pdf_password" if "password" in str(problem).casefold() else "pdf_broken"
        raise ReadError(key, file=file) from problem
    with closing(document):
        if len(document) > MOST_PAGES:
            raise ReadError("file_too_large", file=file)
        letters = 0
        for number in range(len(document)):
            try:
                page = _page(document, number)
            except pypdfium2.PdfiumError:
                continue  # a page that is damaged; the others may hold the table
            letters += sum(len(line.text) for line in page.lines)
            if letters > MOST_OF_ALL:
                raise ReadError("file_too_large", file=file)
            yield page


def _page(document: object, number: int) -> Page:
    import pypdfium2.raw as raw

    page = document[number]  # type: ignore[index]
    with closing(page):
        width, height = page.get_size()
        if page.get_rotation() in (90, 270):
            width, height = height, width  # of the page as its own coordinates have it
        with closing(page.get_textpage()) as text:
            found = list(_characters(text, min(text.count_chars(), MOST_CHARACTERS)))
        turns = Counter(turn for turn, *_ in found)
        turn = turns.most_common(1)[0][0] if turns else 0
        glyphs = [
            Glyph(said, *_upright(left, right, x, y, turn, width, height), size)
            for its_turn, said, left, right, x, y, size in found
            if its_turn == turn
        ]
        is_picture = not glyphs and any(
            one.type == raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects(max_depth=2)
        )
    return Page(number + 1, width, height, turn, tuple(_lines(glyphs)), is_picture)


_Character = tuple[int, str, tuple[float, float], tuple[float, float], float, float, float]


def _characters(text: object, count: int) -> Iterator[_Character]:
    """(turn, text, left-bottom, right-top, x and y of its origin, size) of each character that can be
    seen."""
    import pypdfium2.raw as raw

    page = text.raw  # type: ignore[attr-defined]
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in (0, 9, 10, 13, 32, 160) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue  # blanks are seen by their width, also those that nobody wrote
        # The room a letter takes with what it keeps free beside it: by its ink alone "3,16" is two words.
        if not raw.FPDFText_GetLooseCharBox(page, index, box):
            continue
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        angle = raw.FPDFText_GetCharAngle(page, index)
        values = (box.left, box.right, box.bottom, box.top, x.value, y.value, angle)
        if not all(map(math.isfinite, values)):
            continue
        size = max(1.0, min(200.0, _size(page, index, raw)))
        said = chr(code)
        yield (
            -round(angle / (math.pi / 2)) % 4 if angle >= 0 else 0,  # pdfium counts with the clock
            _LIGATURES.get(said, said.translate(_DASHES)),
            (box.left, box.bottom),
            (box.right, box.top),
            x.value,
            y.value,
            size,
        )


def _size(page: object, index: int, raw: object) -> float:
    """The size of a letter as it is printed: its font's size times what the page makes of it."""
    matrix = raw.FS_MATRIX()  # type: ignore[attr-defined]
    size = float(raw.FPDFText_GetFontSize(page, index))  # type: ignore[attr-defined]
    if raw.FPDFText_GetMatrix(page, index, matrix):  # type: ignore[attr-defined]
        return size * (math.hypot(matrix.c, matrix.d) or 1.0)
    return size


def _turned(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """A point after turning the page against the clock by −turn quarters, so that text stands upright."""
    match turn % 4:
        case 1:
            return y, width - x
        case 2:
            return width - x, height - y
        case 3:
            return height - y, x
    return x, y


def _upright(
    low: tuple[float, float],
    high: tuple[float, float],
    x: float,
    y: float,
    turn: int,
    width: float,
    height: float,
) -> tuple[float, float, float]:
    """(left, right, baseline) on the upright page."""
    first, last = _turned(*low, turn, width, height), _turned(*high, turn, width, height)
    return min(first[0], last[0]), max(first[0], last[0]), _turned(x, y, turn, width, height)[1]


def _lines(glyphs: list[Glyph]) -> Iterator[TextLine]:
    """Letters of about one baseline together, from the head of the page to its foot."""
    waiting = sorted(glyphs, key=lambda glyph: -glyph.base)
    row: list[Glyph] = []
    base = 0.0
    for glyph in waiting:
        if row and base - glyph.base > _SAME_LINE * max(glyph.size, row[0].size):
            yield TextLine(tuple(_words(row)), base)
            row = []
        if not row:
            base = glyph.base
        row.append(glyph)
    if row:
        yield TextLine(tuple(_words(row)), base)


def _words(row: list[Glyph]) -> Iterator[Word]:
    letters: list[Glyph] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if letters and glyph.left - letters[-1].right > _GAP * max(glyph.size, letters[-1].size):
            yield Word(tuple(letters))
            letters = []
        letters.append(glyph)
    if letters:
        yield Word(tuple(letters))
