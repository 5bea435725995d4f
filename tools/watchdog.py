"""A watch on the window's thread: what keeps it busy longer than a person notices. For tests and measuring
only."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

LONGEST = 0.1  # seconds of work in one go that the window may do
FIXED = 0.017  # seconds the fixed work takes where LONGEST was chosen


def pace() -> float:
    """How slow this computer is now: a fixed piece of work, measured as what it is compared with."""
    began = time.thread_time()
    sum(len(str(number)) for number in range(150_000))
    return max(1.0, (time.thread_time() - began) / FIXED)


@dataclass(frozen=True)
class Held:
    """One event whose handling held up the window; `pace` is how slow the computer was at that moment, 1 as
    where `LONGEST` was chosen."""

    seconds: float
    event: str
    receiver: str
    pace: float


class WatchedApplication(QApplication):
    """Measures each event from outside: keys, mouse, timers and painting, with all that they set in motion.

    What counts is work of this thread: how long another program keeps the processor is not ours to answer
    for. `held` is what took longer than `LONGEST`; clear it before what is to be measured.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.held: list[Held] = []
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            return self._pass_on(receiver, event)
        self._depth = 1
        begin = time.thread_time()
        try:
            return self._pass_on(receiver, event)
        finally:
            self._depth = 0
            seconds = time.thread_time() - begin
            if seconds > LONGEST:
                self.held.append(Held(seconds, event.type().name, _name(receiver), pace()))

    def _pass_on(self, receiver: QObject, event: QEvent) -> bool:
        """An error in drawing comes out here instead of at the top, where it would be without a watch."""
        try:
            return super().notify(receiver, event)
        except Exception:  # noqa: BLE001 - handed to whoever handles errors at the top
            sys.excepthook(*sys.exc_info())
            return False


def _name(receiver: QObject) -> str:
    """The kind of the receiver, and what it is called for people who listen."""
    try:
        spoken = receiver.accessibleName() if isinstance(receiver, QWidget) else receiver.objectName()
        return f"{type(receiver).__name__} {spoken}".strip()
    except RuntimeError:  # it went while it was handling the event
        return type(receiver).__name__
