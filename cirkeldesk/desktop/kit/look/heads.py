"""Heads of rows and columns: a name, and quieter what goes with it. They never turn bold under the hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import PAD

UNIT, GROUP, STRONG, HEADING = (Qt.ItemDataRole.UserRole + place for place in range(2, 6))
UNDER = 3  # px of the current column, under its name
HEAD_ONE, HEAD_TWO = 28, 42  # px
INDENT = 14  # px of a row that belongs to the one above it


@dataclass(frozen=True)
class RowWords:
    """What a row's head says: the name, its unit, and whether it belongs to the row above it."""

    name: str
    unit: str = ""
    inner: bool = False


def row_words(text: str) -> RowWords:
    """ "   MKI per ton  € MKI": indented, the unit behind two spaces."""
    name, _, unit = text.strip().partition("  ")
    return RowWords(name, unit.strip(), text.startswith(" "))


class ColumnHead(QHeaderView):
    """Heads of variants: the name and, quieter under it, who or what it is; the current column has a line
    under it. Neither turns bold: a name would lose its end."""

    def __init__(self, view: QTableView, pad: int = PAD) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._pad = pad
        self._view = view
        self.one_line = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        lines = 1 if self.one_line or not self._has_notes() else 2
        return QSize(super().sizeHint().width(), theme.px(HEAD_ONE if lines == 1 else HEAD_TWO))

    def _has_notes(self) -> bool:
        model = self.model()
        texts = (
            model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
            for section in range(self.count())
        )
        return any("\n" in str(text) for text in texts)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        text = str(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        side = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(side is not None and int(side) & int(Qt.AlignmentFlag.AlignRight))
        name, _, note = text.partition("\n")
        painter.save()
        painter.fillRect(rect, theme.color("bg"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        inner = rect.adjusted(self._pad, 2, -self._pad, -UNDER)
        half = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        two = bool(note) and not self.one_line
        _paint_line(painter, half if two else inner, name, ("text", 1.0, True), right=right)
        if two:
            below = half.translated(0, inner.height() - half.height())
            _paint_line(painter, below, note, ("muted", 0.92, False), right=right)
        if section == self._view.currentIndex().column():
            painter.fillRect(
                QRect(rect.left(), rect.bottom() - UNDER + 1, rect.width(), UNDER), theme.color("accent")
            )
        painter.restore()


def _paint_line(
    painter: QPainter, rect: QRect, text: str, look: tuple[str, float, bool], *, right: bool
) -> None:
    """`look`: token, size and weight. Names differ at their end, so what has no room goes from the middle."""
    token, factor, bold = look
    font = theme.sized_font(factor, bold=bold)
    painter.setFont(font)
    painter.setPen(theme.color(token))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


class RowHead(QHeaderView):
    """The name of a row and, quieter on the same line, its unit. The model tells by `UNIT`, or behind two
    spaces; `GROUP` for a stronger line below, `STRONG` for the row a page is about, `HEADING` for one that
    heads others."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        def told(role: int) -> Any:
            return self.model().headerData(section, Qt.Orientation.Vertical, role)

        words = row_words(str(told(Qt.ItemDataRole.DisplayRole) or ""))
        if unit := told(UNIT):
            words = RowWords(words.name, str(unit), words.inner)
        strong, heads = bool(told(STRONG)), bool(told(HEADING))
        painter.fillRect(rect, theme.color("surface" if heads else "bg"))
        line = theme.color("line" if told(GROUP) else "hair")
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line)
        paint_row_head(painter, rect, words, strong=strong or heads)


def paint_row_head(painter: QPainter, rect: QRect, words: RowWords, *, strong: bool) -> None:
    painter.save()
    font = theme.sized_font(1.0, bold=strong)
    inner = rect.adjusted(PAD + (INDENT if words.inner else 0), 0, -PAD, 0)
    upright = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words.name, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, upright, shown)
    inner.setLeft(inner.left() + metrics.horizontalAdvance(words.name) + 8)
    if words.unit and inner.width() > 0:
        quiet = theme.sized_font(0.92)
        painter.setFont(quiet)
        painter.setPen(theme.color("muted"))
        shown = QFontMetrics(quiet).elidedText(words.unit, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, upright, shown)
    painter.restore()
