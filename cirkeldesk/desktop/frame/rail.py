"""The rail: where one can go, always in the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from cirkeldesk.desktop.kit import theme
from cirkeldesk.desktop.kit.widgets import heading, tool
from cirkeldesk.wording import terms


class Rail(QFrame):
    """`entries`: (key, text, icon, what brings the page up)."""

    def __init__(self, entries: Sequence[tuple[str, str, str, Callable[[], object]]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        theme.keep_width(self, 200)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(2)
        name = heading(terms.PROGRAM, 1.15)
        name.setContentsMargins(8, 0, 0, 8)
        column.addWidget(name)
        self.buttons: dict[str, QToolButton] = {}
        for key, text, icon, run in entries:
            made = tool(text, run, icon=icon)
            made.setProperty("rail", True)
            made.setCheckable(True)
            made.setAutoExclusive(True)
            policy = made.sizePolicy()
            made.setSizePolicy(policy.horizontalPolicy().Expanding, policy.verticalPolicy())
            self.buttons[key] = made
            column.addWidget(made)
        column.addStretch(1)
