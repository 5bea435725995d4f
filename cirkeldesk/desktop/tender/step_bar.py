"""The steps of a tender above its page: a circle with the number or what became of it, name and state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.wording.comparison.explanations import aloud

CIRCLE, GAP, MARGIN, HEIGHT = 20, 8, 12, 38  # px
UNDERLINE = 3
READY, LOCKED = "klaar", ("slot", "definitief")


class StepButton(QAbstractButton):
    """One step. `place` counts from 1; what it says of itself is set with `show_state`."""

    def __init__(self, place: int, of: int, name: str, run: Callable[[], object]) -> None:
        super().__init__()
        self._place, self._of, self.name, self.state = place, of, name, ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: run())
        self.show_state("")

    def show_state(self, state: str) -> None:
        """ "klaar", "2 open", "slot", "leeg" or nothing."""
        self.state = state
        self.setText(f"{self._place}  {self.name}" + (f"  {state}" if state else ""))
        said = f"Stap {self._place} van {self._of}: {self.name}" + (f", {state}" if state else "")
        self.setAccessibleName(aloud(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = theme.px(2 * MARGIN + CIRCLE + GAP) + self._metrics(name=True).horizontalAdvance(self.name)
        if self.state:
            width += theme.px(GAP) + self._metrics(name=False).horizontalAdvance(self._word) + 2
        return QSize(width, theme.px(HEIGHT))

    minimumSizeHint = sizeHint

    @property
    def _word(self) -> str:
        return self.state.removeprefix("✓ ")

    def _font(self, *, name: bool) -> QFont:
        return theme.sized_font(1.0 if name else 0.92, bold=name and self.isChecked())

    def _metrics(self, *, name: bool) -> QFontMetrics:
        """As wide as when it is chosen: no step moves because another one was."""
        return QFontMetrics(theme.sized_font(1.0 if name else 0.92, bold=name))

    def _kind(self) -> str:
        """The token of what became of the step."""
        if self._word.startswith(LOCKED):
            return "lock"
        return "good" if self._word == READY else "warn" if self._word.endswith("open") else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and not theme.is_remote():
            painter.fillRect(self.rect(), theme.color("surface"))
        circle = QRectF(theme.px(MARGIN), (self.height() - theme.px(CIRCLE)) / 2, *(theme.px(CIRCLE),) * 2)
        self._paint_circle(painter, circle)
        x = round(circle.right()) + theme.px(GAP)
        painter.setFont(self._font(name=True))
        painter.setPen(theme.color("text"))
        painter.drawText(x, 0, self.width() - x, self.height(), Qt.AlignmentFlag.AlignVCenter, self.name)
        if self.state:
            x += self._metrics(name=True).horizontalAdvance(self.name) + theme.px(GAP)
            painter.setFont(self._font(name=False))
            painter.setPen(theme.color("warn" if self._kind() == "warn" else "muted"))
            painter.drawText(x, 0, self.width() - x, self.height(), Qt.AlignmentFlag.AlignVCenter, self._word)
        if self.isChecked():
            painter.fillRect(0, self.height() - UNDERLINE, self.width(), UNDERLINE, theme.color("accent"))
        if self.hasFocus():
            self._paint_focus(painter)

    def _paint_circle(self, painter: QPainter, circle: QRectF) -> None:
        kind = self._kind()
        ink = "accent" if self.isChecked() else kind or "control"
        ground = "accent" if self.isChecked() else f"{kind}_soft" if kind else "bg"
        painter.setPen(QPen(theme.color(ink), 1.2))
        painter.setBrush(theme.color(ground))
        painter.drawEllipse(circle)
        mark = {"good": "check", "lock": "lock"}.get(kind)
        inside = circle.adjusted(3, 3, -3, -3)
        if mark is not None and not self.isChecked():
            painter.drawPixmap(
                inside.toRect(), theme.icon(mark, kind).pixmap(theme.px(CIRCLE) - 6, theme.px(CIRCLE) - 6)
            )
            return
        painter.setFont(theme.sized_font(0.92, bold=True))
        painter.setPen(theme.color("on_accent" if self.isChecked() else kind or "text"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._place))

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
