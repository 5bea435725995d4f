"""Bars: what the program says in the page, with every way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.speech import say
from cirkeldesk.desktop.kit.widgets import button, plain_label, tool
from cirkeldesk.model.refusal import Refusal
from cirkeldesk.wording import sentences

BarKind = Literal["info", "warn", "error", "good"]


Action = tuple[str, Callable[[], object]]


class MessageBar(QFrame):
    """A question or message in the page, with its answers as buttons; never a dialog."""

    def __init__(
        self, text: str, kind: BarKind = "info", actions: Sequence[Action] = (), *, closable: bool = True
    ) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        self.label = plain_label(text)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(text)
        row.addWidget(self.label, 1)
        self.buttons = [button(name, self._then(run)) for name, run in actions]
        for made in self.buttons:
            row.addWidget(made)
        if closable:
            close = tool("Sluiten", self.close_bar, icon="close")
            close.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            row.addWidget(close)

    def _then(self, run: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            self.close_bar()
            run()

        return act

    def close_bar(self) -> None:
        self.hide()
        self.deleteLater()


class BarSpace(QWidget):
    """Where bars appear: one at a time per key, newest above."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: dict[str, MessageBar] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)

    def show_bar(
        self,
        key: str,
        text: str,
        kind: BarKind = "info",
        actions: Sequence[Action] = (),
        *,
        closable: bool = True,
    ) -> MessageBar:
        self.clear(key)
        bar = MessageBar(text, kind, actions, closable=closable)
        self._bars[key] = bar
        self._layout.insertWidget(0, bar)
        say(bar, text, at_once=kind == "error")
        bar.destroyed.connect(lambda: self._bars.pop(key, None) if self._bars.get(key) is bar else None)
        return bar

    def refuse(self, key: str, problem: Refusal, kind: BarKind = "error") -> MessageBar:
        """Tell what was refused: the one place of the window that does."""
        return self.show_bar(key, sentences.refusal(problem), kind)

    def clear(self, key: str) -> None:
        bar = self._bars.pop(key, None)
        if bar is not None:
            bar.close_bar()

    def focus_first(self) -> None:
        """The keyboard at the first answer of the topmost message that asks something."""
        item = self._layout.itemAt(0)
        bar = item.widget() if item is not None else None
        if isinstance(bar, MessageBar) and bar.buttons:
            bar.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> list[str]:
        return [bar.label.text() for bar in self._bars.values()]

    def bar(self, key: str) -> MessageBar | None:
        return self._bars.get(key)
