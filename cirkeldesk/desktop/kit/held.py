"""Keys that are held. A hand that rests on a key, or a display that is busy, sends the same press again and
again; what makes or takes away a thing must act once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow


class HeldKeys(QObject):
    """Tells a press by a hand from one that a held key made.

    The X server sends a held key as letting go and pressing in one moment, and Qt calls the press a repeat
    only when both had arrived when it looked. On a busy machine they had not: so the moment of the last
    letting go is kept, and a press of that same moment is a repeat, whatever Qt calls it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._let_go = 0

    def watch(self, window: QWindow) -> None:
        """Hear the keys that are let go in a window."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            self._let_go = event.timestamp()
        return super().eventFilter(watched, event)

    def again(self, press: QKeyEvent) -> bool:
        """Whether a press is one more of a key that is held."""
        return press.isAutoRepeat() or 0 < press.timestamp() == self._let_go


held_keys = HeldKeys()
