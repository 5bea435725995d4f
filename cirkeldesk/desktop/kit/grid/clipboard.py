"""Text for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication


def tab_block(text: str) -> list[list[str]]:
    """Rows of cells of a text as Excel writes it: a cell with a line end or a quote stands between quotes.

    Within a cell a line end becomes a space: no cell of ours holds two lines.
    """
    if not text:
        return []
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").rstrip("\n")), delimiter="\t", strict=False)
    try:
        return [[" ".join(cell.split("\n")) for cell in line] or [""] for line in lines]
    except csv.Error:  # a cell larger than the reader takes, or a lone quote: as it stands
        return [line.split("\t") for line in text.split("\n")]


def put_on_clipboard(lines: Sequence[Sequence[str]]) -> None:
    """Tab text as Excel reads it: a plain minus, plain spaces."""
    text = "\n".join("\t".join(line) for line in lines)
    QGuiApplication.clipboard().setText(text.replace("\u2212", "-").replace("\u00a0", " "))
