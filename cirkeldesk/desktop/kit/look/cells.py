"""Cells of a table: flat ground, one hairline below, and text that stands right under its header.

Qt's own cells have another margin than its headers, a gradient under what is chosen and a dotted frame; here
one delegate draws all of it, in every table (docs/design.md, Tables).
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cirkeldesk.desktop.kit.look import theme

Index = QModelIndex | QPersistentModelIndex
PAD, GRID_PAD, NARROW_PAD = 12, 8, 4  # px left and right of the text, in header and cell alike
EDGE = 3  # of a chosen row, at its left


class LinedCell(QStyledItemDelegate):
    """Draws the cells of one table. Another delegate draws more by overriding `paint_content`."""

    def __init__(
        self, view: QTableView, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight, pad: int = PAD
    ) -> None:
        super().__init__(view)
        self._view, self._elide, self.pad = view, elide, pad

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_plain(painter, option, index)
        mark_current(self._view, painter, option, index)

    def paint_plain(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell as it is when nobody is at it, wherever it is drawn."""
        made = QStyleOptionViewItem(option)
        self.initStyleOption(made, index)
        painter.save()
        self.paint_ground(painter, made, index)
        self.paint_content(painter, made, index)
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.color("sel"))
        elif option.backgroundBrush.style() != Qt.BrushStyle.NoBrush:
            painter.fillRect(rect, option.backgroundBrush)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), self.line_below(index))
        if chosen and index.column() == self._first_column() and self._chooses_rows():
            painter.fillRect(QRect(rect.left(), rect.top(), EDGE, rect.height()), theme.color("accent"))

    def line_below(self, index: Index) -> QColor:
        """The colour of the line under a row."""
        del index
        return theme.color("hair")

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            plain = QStyleOptionViewItem(option)
            plain.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
            plain.rect = option.rect.adjusted(self.pad - 4, 0, 0, -1)
            super().paint(painter, plain, index)
            return
        self.paint_text(painter, option, option.rect.adjusted(self.pad, 0, -self.pad, 0), option.text)

    def paint_text(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        given = option.index.data(Qt.ItemDataRole.ForegroundRole)
        ink = given.color() if isinstance(given, QBrush) else given
        if not isinstance(ink, QColor):
            ink = theme.color("on_sel" if chosen else "text")
        painter.setFont(option.font)
        painter.setPen(theme.color("on_sel") if chosen and theme.is_contrast() else ink)
        shown = option.fontMetrics.elidedText(text.replace("\n", " "), self._elide, rect.width())
        painter.drawText(rect, option.displayAlignment | Qt.TextFlag.TextSingleLine, shown)

    def paint_two(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, note: str, *, strong: bool = False
    ) -> None:
        """The text of a cell and, quieter under it, a note; the text alone where there is none."""
        option.font = theme.sized_font(1.0, bold=strong)
        option.fontMetrics = QFontMetrics(option.font)
        if not note:
            self.paint_text(painter, option, rect, option.text)
            return
        high = option.fontMetrics.height()
        top = rect.center().y() - high
        self.paint_text(painter, option, QRect(rect.left(), top, rect.width(), high), option.text)
        small = theme.sized_font(0.92)
        painter.setFont(small)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(theme.color("on_sel" if chosen else "muted"))
        side = option.displayAlignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        shown = QFontMetrics(small).elidedText(note, Qt.TextElideMode.ElideMiddle, rect.width())
        below = QRect(rect.left(), top + high + 1, rect.width(), high)
        painter.drawText(below, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        margin = self._view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, self._view)
        return QSize(size.width() + 2 * (self.pad - margin - 1), size.height())

    def _chooses_rows(self) -> bool:
        return self._view.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows

    def _first_column(self) -> int:
        header = self._view.horizontalHeader()
        shown = (header.logicalIndex(place) for place in range(header.count()))
        return next((column for column in shown if not header.isSectionHidden(column)), 0)


def mark_current(view: QTableView, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """A border around the current cell: a tint alone would not show it (UX 10)."""
    if index == view.currentIndex() and view.hasFocus():
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("focus" if theme.is_dark() else "accent"), 2))
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()


def dress_table(view: QTableView, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
    """Lines across only, heads that do not turn bold under the hand, and the program's own cells."""
    view.setShowGrid(False)
    view.setItemDelegate(LinedCell(view, elide))
    view.horizontalHeader().setHighlightSections(False)
    view.verticalHeader().setHighlightSections(False)
