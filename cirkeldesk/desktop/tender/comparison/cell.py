"""Cells and row heads of the comparison: a mark at the left, a figure at the right, a bar below amounts."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import PAD, LinedCell
from cirkeldesk.desktop.kit.look.heads import GROUP

Index = QModelIndex | QPersistentModelIndex
MARK, BAR = (Qt.ItemDataRole.UserRole + place for place in range(2))
BAR_HIGH, ARROW, CHIP_HIGH, GAP = 3, 8, 18, 6  # px
RAISED = 3  # px that a figure stands higher above a bar


class FigureCell(LinedCell):
    """`MARK` is the word at the left ("laagste", "raming"), `BAR` (share, token) of an amount from zero."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)

    def line_below(self, index: Index) -> QColor:
        return theme.color("line" if index.data(GROUP) else "hair")

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        bar = index.data(BAR)
        if bar is not None:
            share, token = bar
            area = QRectF(inner.left(), rect.bottom() - BAR_HIGH - 1, inner.width() * share, BAR_HIGH)
            if theme.is_contrast():
                painter.setPen(theme.color("text"))
                painter.drawRect(area)
            else:
                painter.fillRect(area, theme.color(token))
            inner.adjust(0, 0, 0, -RAISED)
        word = index.data(MARK)
        figures = QFontMetrics(option.font)
        if word:
            room = inner.width() - figures.horizontalAdvance(option.text) - GAP
            used = paint_mark(painter, inner, str(word), room)
            inner.setLeft(inner.left() + used)
        self.paint_text(painter, option, inner, option.text)


def mark_width(word: str) -> int:
    """Of the mark with its word, and the room beside it."""
    extra = 0 if word == "raming" else ARROW + 16
    return QFontMetrics(theme.sized_font(0.92, bold=True)).horizontalAdvance(word) + extra + GAP


def paint_mark(painter: QPainter, rect: QRect, word: str, room: int) -> int:
    """A word at the left of a cell, in a slot of its own so that the commas stay in line; without room for it
    the triangle alone. Returns the width that was used."""
    painter.save()
    font = theme.sized_font(0.92, bold=word != "raming")
    painter.setFont(font)
    if word == "raming":
        wide = QFontMetrics(font).horizontalAdvance(word)
        if wide <= room:
            painter.setPen(theme.color("muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
        painter.restore()
        return wide if wide <= room else 0
    whole = mark_width(word) - GAP
    wide = whole if whole <= room else ARROW + 2 * 5
    chip = QRectF(rect.left(), rect.center().y() - CHIP_HIGH / 2 + 1, wide, CHIP_HIGH)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("good_soft"))
    painter.drawRoundedRect(chip, 4, 4)
    painter.setBrush(theme.color("good"))
    _paint_arrow(painter, word, QPointF(chip.left() + 5, chip.center().y()))
    if wide == whole:
        painter.setPen(theme.color("good"))
        area = chip.adjusted(ARROW + 9, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
    painter.restore()
    return wide


def _paint_arrow(painter: QPainter, word: str, at: QPointF) -> None:
    """▼ laagste, ▲ hoogste, = gelijk."""
    x, y, half = at.x(), at.y(), ARROW / 2
    if word == "gelijk":
        for low in (-2.5, 1.0):
            painter.drawRect(QRectF(x, y + low, ARROW, 1.6))
        return
    down = half - 0.5 if word == "laagste" else 0.5 - half
    corners = (QPointF(x, y - down), QPointF(x + ARROW, y - down), QPointF(x + half, y + down))
    painter.drawPolygon(QPolygonF(corners))
