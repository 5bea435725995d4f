"""Messages: what the program says, with every way out. Where they stand is the window's to decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.speech import say
from cirkeldesk.desktop.kit.widgets import button, give_focus, lasting, picture, plain_label, tool
from cirkeldesk.model.refusal import Refusal
from cirkeldesk.wording import sentences

BarKind = Literal["info", "warn", "error", "good"]
ICONS = {"info": "info", "warn": "warning", "error": "wrong", "good": "done"}
MOST_ON_A_LINE = 2  # answers beside a sentence; more need a card
CLOSE_AND_ICON = 92  # px beside sentence and answers


Action = tuple[str, Callable[[], object]]


class MessageBar(QFrame):
    """A question or message, with its answers as buttons; never a dialog. `gone` when it was closed."""

    gone = Signal()

    def __init__(
        self, text: str, kind: BarKind = "info", actions: Sequence[Action] = (), *, closable: bool = True
    ) -> None:
        super().__init__()
        self.kind, self.closable = kind, closable
        self._on_line: bool | None = None
        self._before: QWidget | None = None  # where the keys were when they came here
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.whole = QVBoxLayout(self)
        self.whole.setSpacing(8)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.whole.addLayout(self.row)
        self.answers = QHBoxLayout()
        self.answers.setSpacing(8)
        self.row.addWidget(picture(ICONS[kind], "text" if kind == "info" else kind), 0)
        self.label = plain_label(text)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(text)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]
        self.row.addWidget(self.label, 1)
        self.buttons = [button(name, self._then(run)) for name, run in actions]
        many = len(actions) > MOST_ON_A_LINE
        for made in self.buttons:
            (self.answers if many else self.row).addWidget(made)
        if many:  # below the sentence, which else would have no room left
            self.answers.addStretch(1)
            self.whole.addLayout(self.answers)
        if closable:
            close = tool("Sluiten", self.close_bar, icon="close")
            close.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            self.row.addWidget(close)
        self.set_line(on_line=False)

    @property
    def asks(self) -> bool:
        """Whether somebody has to choose something; what may be done with what was saved is no question."""
        return (bool(self.buttons) and self.kind != "good") or not self.closable

    def fits(self, width: int) -> bool:
        """Whether it is one sentence with two answers at most, in a line of that width."""
        if len(self.buttons) > MOST_ON_A_LINE:
            return False
        needed = self.label.fontMetrics().horizontalAdvance(self.label.text()) + CLOSE_AND_ICON
        return needed + sum(made.sizeHint().width() + 8 for made in self.buttons) <= width

    def set_line(self, *, on_line: bool) -> None:
        """As a line of the window, or as a card of its own."""
        if self._on_line is on_line:
            return
        self._on_line = on_line
        self.setObjectName("" if on_line else "bar")
        self.setProperty("kind", self.kind)
        self.label.setWordWrap(not on_line)
        self.whole.setContentsMargins(*((0, 0, 0, 0) if on_line else (12, 8, 8, 8)))
        for made in self.buttons:
            made.setProperty("link", on_line)
        for part in (self, *self.buttons):
            part.style().unpolish(part)
            part.style().polish(part)

    def _then(self, run: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            self.close_bar()
            run()

        return act

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            self.note_focus(old)

    def note_focus(self, old: QWidget | None) -> None:
        """The keys came from somewhere else: there they go back to."""
        if old is not None and not self.isAncestorOf(old):
            self._before = lasting(old)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where the keys were; what only told something is closed by it."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.closable:
            self.close_bar()
        else:
            give_focus(self._before)

    def close_bar(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            give_focus(self._before)
        self.hide()
        self.gone.emit()
        self.deleteLater()


class Messages(QObject):
    """What is said now about one subject: one message a key, the newest last. `changed` when one came or
    went."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bars: dict[str, MessageBar] = {}

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
        bar.hide()
        bar.setParent(self._home)
        self._bars[key] = bar
        bar.gone.connect(lambda: self._forget(key, bar))
        self.changed.emit()
        say(bar, text, at_once=kind == "error")
        return bar

    def _forget(self, key: str, bar: MessageBar) -> None:
        if self._bars.get(key) is bar:
            del self._bars[key]
            self.changed.emit()

    def refuse(self, key: str, problem: Refusal, kind: BarKind = "error") -> MessageBar:
        """Tell what was refused: the one place of the window that does."""
        return self.show_bar(key, sentences.refusal(problem), kind)

    def clear(self, key: str) -> None:
        bar = self._bars.get(key)
        if bar is not None:
            bar.close_bar()

    def clear_told(self) -> None:
        """What only told something goes when somebody goes to another page; what asks, stays."""
        for bar in [bar for bar in self._bars.values() if not bar.asks]:
            bar.close_bar()

    def clear_all(self) -> None:
        """Names are hidden from here on: what was said may name somebody. What must be answered stays."""
        for bar in [bar for bar in self._bars.values() if bar.closable]:
            bar.close_bar()

    def focus_first(self) -> None:
        """The keyboard at the first answer of the newest message that asks something."""
        bar = next(reversed(self._bars.values()), None)
        if bar is not None and bar.buttons:
            bar.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def bars(self) -> list[MessageBar]:
        """The oldest first."""
        return list(self._bars.values())

    def texts(self) -> list[str]:
        return [bar.label.text() for bar in reversed(self._bars.values())]

    def bar(self, key: str) -> MessageBar | None:
        return self._bars.get(key)

    def put_away(self) -> None:
        """Nobody looks at the subject now: what was said about it waits with it, out of sight."""
        for bar in self.bars:
            bar.hide()
            bar.setParent(self._home)

    @property
    def _home(self) -> QWidget | None:
        """What the messages go with when it goes."""
        parent = self.parent()
        return parent if isinstance(parent, QWidget) else None
