"""F6 and Shift+F6: round the parts of the window, each time to where the focus was last in that part."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary, ref

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


class FocusRing(QObject):
    """`parts` gives those of this moment, in the order of the window; one without anything to go to is passed
    over."""

    def __init__(self, window: QWidget, parts: Callable[[], list[QWidget]]) -> None:
        super().__init__(window)
        self._parts = parts
        # Weakly: a page that was left behind must not be held by where the focus once was in it.
        self._last: WeakKeyDictionary[QWidget, ref[QWidget]] = WeakKeyDictionary()

    def note(self, focus: QWidget | None) -> None:
        """Where the focus is now, to come back to."""
        if focus is not None:
            for part in self._parts():
                if part.isAncestorOf(focus):
                    self._last[part] = ref(focus)

    def go(self, *, forward: bool) -> None:
        found = [(part, first) for part in self._parts() if (first := first_in(part)) is not None]
        focus = QApplication.focusWidget()
        at = next(
            (
                place
                for place, (part, _) in enumerate(found)
                if focus is not None and part.isAncestorOf(focus)
            ),
            -1,
        )
        if not found:
            return
        part, first = found[(at + (1 if forward else -1)) % len(found)] if at >= 0 or forward else found[-1]
        kept = self._last.get(part)
        last = kept() if kept is not None else None
        try:
            known = last is not None and last.isVisible() and last.isEnabled() and part.isAncestorOf(last)
        except RuntimeError:  # the widget that had the focus is gone
            known = False
        target = last if known and last is not None else first
        target.setFocus(Qt.FocusReason.TabFocusReason)


def first_in(part: QWidget) -> QWidget | None:
    """The first widget of a part that Tab reaches; None when there is none now."""
    start: QWidget = part
    widget: QWidget | None = part
    while widget is not None:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if reached and (widget is part or part.isAncestorOf(widget)):
            return widget
        widget = widget.nextInFocusChain()
        if widget is start:
            return None
    return None
