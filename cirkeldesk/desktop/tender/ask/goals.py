"""What somebody wants to reach, as cards: the first thing that is chosen of an award, each with the shape of
its formula."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.model.tender.award_rules import AwardRules, MethodCode
from cirkeldesk.wording.award import awarding

Shape = Callable[[QPainter, QRectF], None]
PICTURE = QSize(52, 30)
PAD = 10


def _line(painter: QPainter, area: QRectF, *points: tuple[float, float]) -> None:
    """A line through points in shares of the area, from its lower left corner."""
    placed = [QPointF(area.left() + x * area.width(), area.bottom() - y * area.height()) for x, y in points]
    painter.drawPolyline(QPolygonF(placed))


def _axes(painter: QPainter, area: QRectF) -> None:
    pen = painter.pen()
    painter.setPen(QPen(theme.color("control"), 1))
    _line(painter, area, (0, 1), (0, 0), (1, 0))
    painter.setPen(pen)


def _limit(painter: QPainter, area: QRectF) -> None:
    _axes(painter, area)
    painter.fillRect(
        QRectF(area.left() + 0.6 * area.width(), area.top(), 0.4 * area.width(), area.height()),
        theme.color("hair"),
    )
    _line(painter, area, (0.6, 0), (0.6, 1))


def _each_euro(painter: QPainter, area: QRectF) -> None:
    _axes(painter, area)
    _line(painter, area, (0.05, 0.1), (0.95, 0.95))


def _to_a_maximum(painter: QPainter, area: QRectF) -> None:
    _axes(painter, area)
    _line(painter, area, (0, 0.9), (0.3, 0.9), (0.75, 0.02), (1, 0.02))


def _bars(*lengths: float) -> Shape:
    def draw(painter: QPainter, area: QRectF) -> None:
        high = area.height() / (2 * len(lengths) - 1)
        for number, length in enumerate(lengths):
            bar = QRectF(area.left(), area.top() + 2 * number * high, length * area.width(), high)
            painter.fillRect(bar, painter.pen().color())

    return draw


def _years(painter: QPainter, area: QRectF) -> None:
    _axes(painter, area)
    _line(painter, area, (0, 0.35), (0.35, 0.35), (0.35, 0.6), (0.7, 0.6), (0.7, 0.9), (1, 0.9))


SHAPES: dict[MethodCode, Shape] = {
    "lowest_price": _limit,
    "mki_w": _each_euro,
    "mki_discount": _to_a_maximum,
    "value": _bars(0.9, 0.6),
    "weighted": _bars(0.9, 0.65, 0.4),
    "lowest_cost": _years,
}


class GoalCard(QAbstractButton):
    """A shape, a sentence, and whether it is chosen. Space or Enter chooses; only Tab goes from one to the
    next, so that no arrow changes an award."""

    def __init__(self, text: str, shape: Shape) -> None:
        super().__init__()
        self._shape = shape
        self.setText(text)
        self.setAccessibleName(f"Wat wilt u bereiken? {text}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.keep_height(self, 56)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(56))

    def nextCheckState(self) -> None:
        """What is chosen is what the tender says; pressing asks for it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focus = self.isChecked(), self.hasFocus()
        edge = "focus" if focus else "accent" if chosen else "control"
        width = 2 if chosen or focus else 1
        painter.setPen(QPen(theme.color(edge), width))
        painter.setBrush(theme.color("accent_soft" if chosen else "card"))
        inner = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inner, inner, -inner, -inner), 6, 6)
        pad, wide, high = theme.px(PAD), theme.px(PICTURE.width()), theme.px(PICTURE.height())
        ink = QColor(theme.color("accent" if self.isEnabled() else "muted"))
        painter.setPen(QPen(ink, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._shape(painter, QRectF(pad, (self.height() - high) / 2, wide, high))
        painter.setPen(theme.color("text" if self.isEnabled() else "muted"))
        if chosen:
            font = self.font()
            font.setBold(True)
            painter.setFont(font)
        room = QRect(2 * pad + wide, 4, self.width() - wide - 3 * pad, self.height() - 8)
        painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, self.text())


class GoalCards(QWidget):
    """The goals of the guide. `chosen` with the place of one in it."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.cards: list[GoalCard] = []
        for place, (text, method, _, _) in enumerate(awarding.GUIDE):
            card = GoalCard(text, SHAPES[method])
            card.clicked.connect(partial(self.chosen.emit, place))
            self.cards.append(card)
            grid.addWidget(card, place // 3, place % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)

    def show_rules(self, rules: AwardRules) -> None:
        for card, (_, method, also, _) in zip(self.cards, awarding.GUIDE, strict=True):
            card.setChecked(rules.method == method and set(also) <= set(rules.also))
            card.update()
