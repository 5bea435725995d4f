"""A row of the list of materials: the name, two quiet lines below it, and a word at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import Index, LinedCell
from cirkeldesk.desktop.kit.look.chips import chip_width, paint_chip
from cirkeldesk.desktop.material.lists import ParcelList

HIGH, ABOVE, GAP = 72, 9, 8  # px


class ParcelCell(LinedCell):
    def __init__(self, view: QTableView, model: ParcelList) -> None:
        super().__init__(view)
        self._model = model

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        lines = self._model.lines(index.row())
        if not lines:
            return
        kind, word = self._model.mark(index.row())
        area = option.rect.adjusted(self.pad, ABOVE, -self.pad, 0)
        wide = chip_width(word) if word else 0
        if word:
            place = QRect(area.right() - wide, area.top() - 1, wide, theme.px(22))
            paint_chip(painter, place, word, kind)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        top = area.top()
        for number, text in enumerate(lines):
            font = theme.sized_font(0.92 if number else 1.0, bold=not number)
            metrics = QFontMetrics(font)
            room = area.width() - (wide + GAP if word and not number else 0)
            painter.setFont(font)
            painter.setPen(theme.color("on_sel" if chosen else "muted" if number else "text"))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            line = QRect(area.left(), top, room, metrics.height() + 1)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            top += metrics.height() + 2
