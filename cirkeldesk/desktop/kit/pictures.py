"""Pixels from elsewhere as a picture of Qt."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPixmap


def pixmap_of(pixels: bytes, width: int, height: int, line: int) -> QPixmap:
    """`line` bytes a row, in red, green and blue. The pixels are copied: nothing of the caller is kept."""
    return QPixmap.fromImage(QImage(pixels, width, height, line, QImage.Format.Format_RGB888).copy())
