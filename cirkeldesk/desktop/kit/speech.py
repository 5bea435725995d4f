"""What is said aloud without being asked: one sentence after a step, an error at once."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def say(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Hand a sentence to the screen reader, if there is one; politely waits unless it must be heard
    `at_once`."""
    event = QAccessibleAnnouncementEvent(widget, text)
    assertive, polite = (
        QAccessible.AnnouncementPoliteness.Assertive,
        QAccessible.AnnouncementPoliteness.Polite,
    )
    event.setPoliteness(assertive if at_once else polite)
    QAccessible.updateAccessibility(event)
