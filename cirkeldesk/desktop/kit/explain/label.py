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
        self.setFixedSize(theme.px(SIZE), theme.px(SIZE))
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
    widget = focus
    for _ in range(3):
        widget = widget.parentWidget() if widget is not None else None
        found = widget.findChild(WhyButton) if widget is not None else None
        if found is not None and len(widget.findChildren(WhyButton)) == 1:  # type: ignore[union-attr]
            found.explain()
            return True
    return False
