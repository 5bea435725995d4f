"""What each column of a bestek or a state is, where its heads are not ours: asked once and remembered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice
from cirkeldesk.desktop.kit.widgets import button, muted, plain_label
from cirkeldesk.operations.tender.bill import AskedHead, is_enough
from cirkeldesk.wording.reading import bills as words


class HeadsAsked(QWidget):
    """A choice for each column. `said` with head → column when somebody has pointed at enough of them."""

    said = Signal(dict)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, Choice] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        told = plain_label(words.ASKED)
        told.setWordWrap(True)
        column.addWidget(told)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setColumnStretch(1, 1)
        column.addLayout(self.grid)
        row = QHBoxLayout()
        self.read = button("Lezen met deze kolommen", self._say, primary=True)
        row.addWidget(self.read)
        row.addWidget(button("Annuleren", self.closed.emit))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.hide()

    def ask(self, heads: Sequence[AskedHead]) -> None:
        while self.grid.count():
            item = self.grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.choices = {}
        for place, head in enumerate(heads):
            choice = Choice(head.shown, list(words.COLUMNS.items()))
            choice.show_value(head.field)
            choice.chosen.connect(lambda _: self._count())
            sample = muted(f"bijvoorbeeld: {head.sample}" if head.sample else "leeg")
            sample.setContentsMargins(0, 0, 0, 6)  # on the line of the text in the list
            self.grid.addWidget(choice, place, 0)
            self.grid.addWidget(sample, place, 1, Qt.AlignmentFlag.AlignBottom)
            self.choices[head.head] = choice
        self._count()
        self.show()
        first = next(iter(self.choices.values()), None)
        if first is not None:
            first.box.setFocus()

    def _chosen(self) -> dict[str, str]:
        """Head → column, empty where it is not needed."""
        return {head: str(choice.value or "") for head, choice in self.choices.items()}

    def _count(self) -> None:
        """A column is one thing: two of the same are not read."""
        names = [name for name in self._chosen().values() if name]
        self.read.setEnabled(is_enough(names) and len(names) == len(set(names)))

    def _say(self) -> None:
        self.hide()
        self.said.emit(self._chosen())
