"""A word on a tinted ground: what something is now. The word says it; the colour only helps the eye."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from cirkeldesk.desktop.kit.look import theme

ChipKind = Literal["", "accent", "good", "warn", "error", "lock"]
HIGH, SIDE = 20, 8  # px


def chip_width(text: str) -> int:
    """px that a chip takes."""
    return QFontMetrics(theme.sized_font(0.92)).horizontalAdvance(text) + 2 * SIDE


def paint_chip(painter: QPainter, area: QRect, text: str, kind: ChipKind) -> int:
    """At the left of an area, in its middle. Returns the width that was used."""
    font = theme.sized_font(0.92)
    metrics = QFontMetrics(font)
    wide = min(area.width(), chip_width(text))
    high = theme.px(HIGH)
    chip = QRectF(area.left(), area.center().y() - high / 2, wide, high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plain = not kind or theme.is_contrast()
    painter.setPen(QPen(theme.color("control"), 1) if plain else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("bg" if plain else f"{kind}_soft"))
    painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font)
    painter.setPen(theme.color("text" if plain else kind))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(wide) - 2 * SIDE + 2)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
    return int(wide)
