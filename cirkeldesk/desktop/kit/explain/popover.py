"""A few sentences beside what they are about: below it, never over it; Esc, or going on, closes it.

A child of the window and no window of its own, so that the keys and a screen reader stay where they are.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.speech import say
from cirkeldesk.desktop.kit.widgets import give_focus, heading, lasting, muted, plain_label, tool
from cirkeldesk.wording.window.hard_words import HardWord

WIDTH, GAP = 330, 6  # px


class Popover(QFrame):
    """One at a time in a window; `show_word` puts it at an anchor."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popover")
        self._before: QWidget | None = None
        self._anchor: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 12)
        column.setSpacing(6)
        top = QHBoxLayout()
        self.title = heading("", 1.0)
        top.addWidget(self.title, 1)
        self.close_button = tool("Sluiten", self.leave, icon="close")
        self.close_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        top.addWidget(self.close_button)
        column.addLayout(top)
        self.text = plain_label()
        self.text.setWordWrap(True)
        column.addWidget(self.text)
        self.usual = muted()
        column.addWidget(self.usual)
        theme.keep_width(self, WIDTH)
        self.hide()
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._went_on)  # type: ignore[union-attr]

    def show_word(self, word: HardWord, anchor: QWidget) -> None:
        self._before = lasting(QApplication.focusWidget())
        self._anchor = anchor
        anchor.installEventFilter(self)
        self.title.setText(word.word)
        self.text.setText(word.text)
        self.usual.setText(f"Gewoonlijk: {word.usual}." if word.usual else "")
        self.usual.setVisible(bool(word.usual))
        self.setAccessibleName(word.word)
        self.setAccessibleDescription(word.whole)
        self._place(anchor)
        self.show()
        self.raise_()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        say(self, f"{word.word}: {word.whole}")

    def _place(self, anchor: QWidget) -> None:
        """Below the anchor where there is room, else above it; always wholly in the window."""
        window = self.parentWidget()
        assert window is not None
        layout = self.layout()
        high = max(layout.heightForWidth(self.width()), layout.minimumSize().height()) if layout else 0
        below = anchor.mapTo(window, QPoint(0, anchor.height() + GAP))
        y = below.y() if below.y() + high <= window.height() else below.y() - anchor.height() - 2 * GAP - high
        x = min(below.x(), window.width() - self.width() - GAP)
        self.setGeometry(max(GAP, x), max(GAP, y), self.width(), high)

    def leave(self) -> None:
        before, self._before = self._before, None
        self.hide()
        give_focus(before)

    def _went_on(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible() and new is not None and not self.isAncestorOf(new):
            self._before = None
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        gone = watched is self._anchor and event.type() == QEvent.Type.Hide
        if self.isVisible() and (gone or (watched is self.parent() and event.type() == QEvent.Type.Resize)):
            self.leave()
        return super().eventFilter(watched, event)


def popover_of(widget: QWidget) -> Popover:
    """That of the window a widget is in."""
    window = widget.window()
    found = window.findChild(Popover)
    return found if found is not None else Popover(window)
