"""The figures a page is about: large, a quiet line under each, a line between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import muted, plain_label
from cirkeldesk.wording.comparison.explanations import aloud

LARGE, QUIET = 2.15, 0.92


class KeyFigures(QWidget):
    """At most three, from left to right."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 4, 0, 0)
        self._row.setSpacing(16)

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """`figures`: (figure, caption)."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, (text, caption) in enumerate(figures):
            if place:
                line = QFrame()
                line.setObjectName("between")
                line.setFixedWidth(1)
                self._row.addWidget(line)
            self._row.addWidget(_block(text, caption))
        self._row.addStretch(1)


def _block(text: str, caption: str) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    value = plain_label(text)
    value.setAccessibleName(aloud(text))
    theme.keep_font(value, LARGE, bold=True)
    quiet = muted(caption)
    quiet.setAccessibleName(aloud(caption))
    quiet.setWordWrap(False)
    theme.keep_font(quiet, QUIET)
    column.addWidget(value)
    column.addWidget(quiet)
    return made
