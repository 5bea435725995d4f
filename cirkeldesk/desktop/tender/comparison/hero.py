"""The top of the comparison: the answer in one sentence, three figures and a bar for each bid."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.figures.key_figures import KeyFigures
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import muted, plain_label
from cirkeldesk.wording.comparison import explanations as words
from cirkeldesk.wording.comparison.summary import Summary, SummaryBar

SENTENCE, LOW_SENTENCE = 1.6, 1.0
BARS, BAR_ROW, BAR_HIGH = 500, 30, 12  # px
BESIDE = 64  # px of margins and between figures and bars


class Hero(QFrame):
    """`sentence` takes the focus when the page is shown, so that it is read first."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hero")
        self._low = self._roomy = False
        self._shown = Summary("", "")
        row = self._row = QHBoxLayout(self)
        row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(6)
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        self.sentence.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        left.addWidget(self.sentence)
        self.quiet = muted()
        left.addWidget(self.quiet)
        self.figures = KeyFigures()
        left.addWidget(self.figures)
        left.addStretch(1)
        row.addLayout(left, 1)
        self.bars = SummaryBars()
        row.addWidget(self.bars)

    def show_summary(self, shown: Summary) -> None:
        if shown != self._shown:
            self._shown = shown
            self.quiet.setText(shown.quiet)
            self.figures.show_figures([(figure.text, figure.caption) for figure in shown.figures])
            self.bars.show_bars(shown)
        self._arrange()

    def lay_out(self, *, roomy: bool, low: bool) -> None:
        """Without much room the bars live in the cells only; in a low window the sentence stands alone."""
        self._roomy, self._low = roomy, low
        theme.keep_font(self.sentence, LOW_SENTENCE if low else SENTENCE, bold=True)
        self._row.setContentsMargins(*((20, 2, 20, 2) if low else (20, 12, 20, 12)))
        self._arrange()

    def _arrange(self) -> None:
        shown = self._shown
        text = f"{shown.sentence} {shown.quiet}".strip() if self._low else shown.sentence
        self.sentence.setText(text)
        self.sentence.setAccessibleName(words.aloud(text))
        self.quiet.setVisible(bool(shown.quiet) and not self._low)
        self.figures.setVisible(bool(self._shown.figures) and not self._low)
        beside = self.width() - self.bars.sizeHint().width() - BESIDE >= self.figures.sizeHint().width()
        self.bars.setVisible(bool(self._shown.bars) and self._roomy and not self._low and beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class SummaryBars(QWidget):
    """MKI per bid from zero, against a dashed line of the reference. The table below holds the same figures,
    so it says nothing of its own to who listens."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = Summary("", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_bars(self, shown: Summary) -> None:
        self._shown = shown
        told = ", ".join(f"{bar.name} {bar.text}" for bar in shown.bars)
        self.setAccessibleDescription(f"{shown.measured.split(',')[0]}: {told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self._shown.bars) + 2  # what it is above them, and how to read it below
        return QSize(theme.px(BARS), theme.px(BAR_ROW) * rows - theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme.sized_font(0.92)
        names = max(
            (
                QFontMetrics(theme.sized_font(1.0, bold=True)).horizontalAdvance(bar.name)
                for bar in self._shown.bars
            ),
            default=0,
        )
        texts = max(
            (
                QFontMetrics(theme.sized_font(1.0, bold=True)).horizontalAdvance(bar.text)
                for bar in self._shown.bars
            ),
            default=0,
        )
        left = min(names, theme.px(170)) + theme.px(12)
        area = QRectF(left, 0, self.width() - left - texts - theme.px(14), self.height())
        painter.setFont(theme.sized_font(0.92, bold=True))
        painter.setPen(theme.color("muted"))
        row = theme.px(BAR_ROW)
        above = QRectF(0, 0, area.left() + 80, row)
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, self._shown.measured)
        for place, bar in enumerate(self._shown.bars):
            self._paint_bar(painter, bar, QRectF(0, row * (place + 1), self.width(), row), area)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        more = f" Nog {self._shown.more} in de tabel." if self._shown.more else ""
        told = "Balken beginnen bij 0." + (" Streep: nulvariant." if self._shown.line else "") + more
        below = QRectF(0, row * (len(self._shown.bars) + 1), self.width(), row)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, told)
        if self._shown.line is not None:
            self._paint_line(painter, self._shown.line, area, row)

    def _paint_bar(self, painter: QPainter, bar: SummaryBar, row: QRectF, area: QRectF) -> None:
        lowest = bar.kind == "lowest"
        font = theme.sized_font(1.0, bold=lowest)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        upright = Qt.AlignmentFlag.AlignVCenter
        name = QFontMetrics(font).elidedText(bar.name, Qt.TextElideMode.ElideMiddle, int(area.left()) - 8)
        painter.drawText(row, upright | Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(theme.color("text" if bar.share is not None else "muted"))
        painter.drawText(row, upright | Qt.AlignmentFlag.AlignRight, bar.text)
        if bar.share is not None:
            high = theme.px(BAR_HIGH)
            box = QRectF(area.left(), row.center().y() - high / 2, area.width() * bar.share, high)
            if theme.is_contrast():
                painter.drawRect(box)
            else:
                painter.fillRect(box, theme.color("bar" if lowest else "bar_2"))

    def _paint_line(self, painter: QPainter, line: tuple[str, float], area: QRectF, row: int) -> None:
        name, share = line
        x = area.left() + area.width() * share
        painter.setPen(QPen(theme.color("control"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(int(x), row - 2, int(x), row * (len(self._shown.bars) + 1))
        painter.setFont(theme.sized_font(0.92))
        painter.setPen(theme.color("muted"))
        wide = painter.fontMetrics().horizontalAdvance(name)
        at = min(x - wide / 2, self.width() - wide)
        painter.drawText(QRectF(at, 0, wide + 2, row), Qt.AlignmentFlag.AlignVCenter, name)
