"""Periods above each other on one axis of months: whether two things meet in time is seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.wording import numbers

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LABELS, LINE, BAR, TICK_WIDTH = 84, 22, 9, 42  # px
LEAST, MOST = 12, 36  # months on the axis


@dataclass(frozen=True)
class Span:
    """A period with its name: ISO days, "" where it is open. `token` is its colour."""

    name: str
    since: str
    until: str
    token: str = "bar"


class TimeBars(QWidget):
    """Bars of a few periods; the same in words for who cannot see them."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: tuple[Span, ...] = ()
        self.begin, self.months = date(2000, 1, 1), LEAST
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_spans(self, spans: Sequence[Span], today: str) -> None:
        """An open begin is `today` (ISO); an open end runs to the end of the axis."""
        self.spans = tuple(Span(one.name, one.since or today, one.until, one.token) for one in spans)
        days = [date.fromisoformat(day) for one in self.spans for day in (one.since, one.until) if day]
        days = [day for day in days if day.year < 9000] or [date.fromisoformat(today)]
        first, last = min(days), max(days)
        self.begin = first.replace(day=1)
        wide = (last.year - first.year) * 12 + last.month - first.month + 1
        self.months = max(LEAST, min(MOST, wide))
        said = [f"{one.name}: {_in_words(one)}" for one in self.spans]
        self.setAccessibleName("Wanneer")
        self.setAccessibleDescription("; ".join(said))
        self.setToolTip("\n".join(said))
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(LINE) * (len(self.spans) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = theme.sized_font(0.92)
        painter.setFont(font)
        left, line = theme.px(LABELS), theme.px(LINE)
        month = (self.width() - left - 8) / self.months
        every = next((step for step in (1, 2, 3, 6, 12) if month * step >= theme.px(TICK_WIDTH)), 12)
        for number in range(0, self.months + 1, every):
            x = left + number * month
            painter.fillRect(QRectF(x, 4, 1, line * len(self.spans) - 8), theme.color("hair"))
        painter.setPen(theme.color("muted"))
        metrics = QFontMetrics(font)
        for row, span in enumerate(self.spans):
            painter.drawText(QRectF(0, row * line, left, line), Qt.AlignmentFlag.AlignVCenter, span.name)
            since = min(max(0.0, self._place(span.since)), float(self.months))
            until = self._place(span.until, after=True) if span.until else float(self.months)
            until = min(until, float(self.months))
            high = theme.px(BAR)
            wide = max(3.0, (until - since) * month)
            x = min(left + since * month, self.width() - 3.0)
            bar = QRectF(x, row * line + (line - high) / 2, wide, high)
            painter.fillRect(bar, theme.color(span.token))
        free = 0.0  # from where nothing is written yet
        for number in range(0, self.months, every):
            text = self._month(number)
            x = left + number * month
            wide = metrics.horizontalAdvance(text)
            if x >= free and x + wide <= self.width():
                free = x + wide + 6
                area = QRectF(x, line * len(self.spans), month * every + 40, line)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _place(self, day: str, *, after: bool = False) -> float:
        """Months from the begin of the axis, to the day itself or (`after`) to its end."""
        at = date.fromisoformat(day)
        whole = (at.year - self.begin.year) * 12 + at.month - self.begin.month
        return whole + (at.day - (0 if after else 1)) / 31

    def _month(self, number: int) -> str:
        whole = self.begin.month - 1 + number
        name = MONTHS[whole % 12]
        year = self.begin.year + whole // 12
        return f"{name} {year}" if number == 0 or whole % 12 == 0 else name


def _in_words(span: Span) -> str:
    begin = numbers.date(span.since)
    return f"{begin} tot en met {numbers.date(span.until)}" if span.until else f"vanaf {begin}"
