"""The message line at the bottom of a window, and the cards that float above it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import MessageBar, Messages
from cirkeldesk.desktop.kit.widgets import ElidedLabel, plain_label, tool

HIGH, LOW_HIGH = 32, 26
CARD, ABOVE, BESIDE = 560, 12, 20  # px: widest card, and the room under and beside it


class Cards(QScrollArea):
    """Messages that need more than a line, floating over the page: they push nothing aside. Where there are
    more than the page is high, they scroll."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.setWidget(inside)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        over.installEventFilter(self)
        self.hide()

    def show_bars(self, bars: Sequence[MessageBar]) -> None:
        for bar in bars:
            bar.set_line(on_line=False)
            self._column.insertWidget(0, bar)
            bar.show()
        self.setVisible(bool(bars))
        if bars:
            self.place()
            self.raise_()
            self._keep_current_in_sight()

    def place(self) -> None:
        """At the bottom, in the middle of the page's width, never wider than it is."""
        least = self._column.minimumSize().width()
        width = min(max(theme.px(CARD), least), self._over.width() - 2 * BESIDE)
        high = max(self._column.heightForWidth(width), self._column.minimumSize().height())
        high = min(high, self._over.height() - ABOVE)
        self.setGeometry((self._over.width() - width) // 2, self._over.height() - ABOVE - high, width, high)

    def _keep_current_in_sight(self) -> None:
        """The cell somebody is at does not lie under the card."""
        focus = QApplication.focusWidget()
        while focus is not None and not isinstance(focus, QAbstractItemView):
            focus = focus.parentWidget()
        if focus is None or not self._over.isAncestorOf(focus) or not focus.currentIndex().isValid():
            return
        cell = focus.visualRect(focus.currentIndex())
        bottom = focus.viewport().mapTo(self._over, cell.bottomLeft()).y()
        if bottom > self.y():
            focus.scrollTo(focus.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)


class MessageLine(QFrame):
    """The one place at the bottom of a window where something is said. Of one height whatever is said, so
    nothing on the page moves for it. What is longer than a line, or asks with more than two answers, floats
    above it as a card; of several the newest is shown and the others are behind "+2"."""

    def __init__(self, over: QWidget) -> None:
        """`over`: what cards may float over."""
        super().__init__()
        self.setObjectName("message")
        self.setAccessibleName("Meldingen")
        self._sources: list[Messages] = []
        self._all_shown = False
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(12)
        self.place = QHBoxLayout()
        row.addLayout(self.place, 1)
        self.hint = ElidedLabel()
        self.hint.setObjectName("muted")
        theme.keep_font(self.hint, 0.92)
        self.place.addWidget(self.hint, 1)
        self.others = tool("", self._show_others)
        row.addWidget(self.others)
        self.row = row
        self.cards = Cards(over)
        self.others.hide()
        self.saved = plain_label()
        self.saved.setObjectName("muted")
        row.addWidget(self.saved)
        self.lay_out(low=False)

    def lay_out(self, *, low: bool) -> None:
        theme.keep_height(self, LOW_HIGH if low else HIGH)

    def listen(self, *sources: Messages) -> None:
        """Whose messages are shown from now on."""
        for old in self._sources:
            old.changed.disconnect(self.arrange)
            old.put_away()
        self._sources = list(sources)
        for new in self._sources:
            new.changed.connect(self.arrange)
        self.arrange()

    @property
    def bars(self) -> list[MessageBar]:
        """The newest first; those of what is open before those of the window."""
        return [bar for source in self._sources for bar in reversed(source.bars)]

    def arrange(self) -> None:
        bars = self.bars
        self._all_shown = self._all_shown and len(bars) > 1
        on_line, floating = self._placed(bars)
        for bar in bars:
            if bar is not on_line and bar not in floating:
                bar.hide()
                bar.setParent(self)
        if on_line is not None:
            on_line.set_line(on_line=True)
            self.place.insertWidget(0, on_line, 1)
            on_line.show()
        self.hint.setVisible(on_line is None)
        self.setProperty("kind", on_line.kind if on_line is not None else "")
        self.style().unpolish(self)
        self.style().polish(self)
        self._tell_others(len(bars) - len(floating) - (on_line is not None))
        self.cards.show_bars(floating)

    def _placed(self, bars: Sequence[MessageBar]) -> tuple[MessageBar | None, list[MessageBar]]:
        """Which message stands in the line, and which float above it."""
        if not bars:
            return None, []
        on_line = bars[0] if bars[0].fits(self._room()) else None
        if self._all_shown:
            return on_line, [bar for bar in bars if bar is not on_line]
        return on_line, [] if on_line is not None else [bars[0]]

    def _tell_others(self, waiting: int) -> None:
        self.others.setVisible(waiting > 0 or self._all_shown)
        self.others.setText("Minder" if self._all_shown else f"+{waiting}")
        self.others.setAccessibleName("Minder meldingen" if self._all_shown else f"Nog {waiting} meldingen")

    def _room(self) -> int:
        return self.place.geometry().width() or self.width()

    def _show_others(self) -> None:
        self._all_shown = not self._all_shown
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
