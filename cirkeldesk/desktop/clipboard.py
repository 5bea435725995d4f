"""Text for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication


def put_on_clipboard(lines: Sequence[Sequence[str]]) -> None:
    """Tab text as Excel reads it: a plain minus, plain spaces."""
    text = "\n".join("\t".join(line) for line in lines)
    QGuiApplication.clipboard().setText(text.replace("\u2212", "-").replace("\u00a0", " "))
