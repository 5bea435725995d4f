"""The label of a field, with "?" behind it where the word needs a few sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from cirkeldesk.desktop.kit.explain.popover import popover_of
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import dress, plain_tip
from cirkeldesk.wording.window.hard_words import HardWord, hard_word

SIZE = 24  # px, to press; the sign itself is smaller


class WhyButton(QToolButton):
    """The mouse's way to an explanation; the keys' way is Shift+F1 in the field, so that Tab goes from field
    to field."""

    def __init__(self, word: HardWord) -> None:
        super().__init__()
        dress(self, "why", "muted")
        self.word = word
        self.setProperty("explains", True)
        self.setAccessibleName(f"Uitleg: {word.word}")
        self.setToolTip(plain_tip(word.whole))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.keep_width(self, SIZE)
        theme.keep_height(self, SIZE)
        self.clicked.connect(self.explain)

    def explain(self) -> None:
        popover_of(self).show_word(self.word, self)


def label_row(label: QLabel, name: str, field: QWidget) -> QWidget | None:
    """The label with its "?", None where the word speaks for itself. Who listens hears the sentences at the
    field."""
    word = hard_word(name)
    if word is None:
        return None
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    row.addWidget(label)
    row.addWidget(WhyButton(word))
    row.addStretch(1)
    field.setAccessibleDescription(word.whole)
    return holder


def explain_at(focus: QWidget | None) -> bool:
    """Open the explanation of the field the keys are in. False where there is none."""
    field = focus.parentWidget() if focus is not None else None  # a field is a label above what is typed in
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    rows = field.findChildren(QWidget, options=direct) if field is not None else []
    found = next((made for row in rows for made in row.findChildren(WhyButton, options=direct)), None)
    if found is not None:
        found.explain()
    return found is not None
