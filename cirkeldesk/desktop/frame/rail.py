"""The rail: where one can go, always in the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from cirkeldesk import paths
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import ElidedLabel, heading, plain_label, tool
from cirkeldesk.wording import terms

Entry = tuple[str, str, str, Callable[[], object]]  # key, text, icon, what brings the page up
LOGO = 26  # px
ONLY_HERE = "Alles blijft op deze computer"


class Rail(QFrame):
    """`entries` above, `below` at the bottom, and under those which file this is. "help" opens beside a page
    and is no page itself."""

    def __init__(self, entries: Sequence[Entry], below: Sequence[Entry], file: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        theme.keep_width(self, 200)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 8, 10)
        self._column.setSpacing(2)
        self._column.addLayout(self._name())
        self._column.addSpacing(8)
        self.buttons: dict[str, QToolButton] = {}
        self._add(entries)
        self._column.addStretch(1)
        self._add(below)
        line = QFrame()
        line.setObjectName("between")
        line.setFixedHeight(1)
        self._column.addSpacing(6)
        self._column.addWidget(line)
        for text in (file, ONLY_HERE):
            foot = ElidedLabel(text)
            foot.setObjectName("muted")
            foot.setContentsMargins(8, 2, 0, 0)
            theme.keep_font(foot, 0.92)
            self._column.addWidget(foot)

    def _name(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(10)
        logo = plain_label()
        drawn = QPixmap(str(paths.resources() / "icons" / "cirkeldesk.svg"))
        smooth = Qt.TransformationMode.SmoothTransformation
        logo.setPixmap(drawn.scaled(LOGO, LOGO, Qt.AspectRatioMode.KeepAspectRatio, smooth))
        row.addWidget(logo)
        row.addWidget(heading(terms.PROGRAM, 1.15), 1)
        return row

    def _add(self, entries: Sequence[Entry]) -> None:
        for key, text, icon, run in entries:
            made = tool(text, run, icon=icon)
            made.setProperty("rail", True)
            made.setCheckable(key != "help")
            made.setAutoExclusive(key != "help")
            policy = made.sizePolicy()
            made.setSizePolicy(policy.horizontalPolicy().Expanding, policy.verticalPolicy())
            theme.keep_height(made, 34)
            self.buttons[key] = made
            self._column.addWidget(made)
