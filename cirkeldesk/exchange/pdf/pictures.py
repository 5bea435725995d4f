"""Pages of a PDF as pictures, for a window to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass

from cirkeldesk.exchange.pdf.words import PDFIUM


@dataclass(frozen=True)
class Picture:
    """Pixels in red, green, blue and nothing; `line` bytes a row. `points`: the size of the page."""

    width: int
    height: int
    line: int
    pixels: bytes
    points: tuple[float, float]


def pictures(
    content: bytes, width: int, go_on: Callable[[], bool], pages: Iterable[int] | None = None
) -> list[Picture] | None:
    """Each page, or those named (from 0), so many pixels wide; None when `go_on` says to stop.

    Everything of PDFium is closed here, on the thread that made it: it may not be used from two threads at
    once, and what is left to the garbage collector would be closed on whichever thread that runs.
    """
    import pypdfium2

    found = []
    with PDFIUM, closing(pypdfium2.PdfDocument(content)) as document:
        for number in range(len(document)) if pages is None else pages:
            if not go_on():
                return None
            with closing(document[number]) as page:
                size = page.get_size()
                with closing(page.render(scale=width / size[0], rev_byteorder=True)) as bitmap:
                    pixels = bytes(bitmap.buffer)
                    found.append(Picture(bitmap.width, bitmap.height, bitmap.stride, pixels, size))
    return found
