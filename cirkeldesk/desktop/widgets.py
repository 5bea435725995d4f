"""Small shared widgets: message bar, number field, labels and buttons with their accessible names."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cirkeldesk.desktop import theme
from cirkeldesk.desktop.speech import say

BarKind = Literal["info", "warn", "error", "good"]
Action = tuple[str, Callable[[], object]]


class ScrollColumn(QScrollArea):
    """A frameless page that scrolls when the window is too small; widgets go in `column`."""

    def __init__(self, left: int, top: int, right: int, bottom: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.body = QWidget()
        self.setWidget(self.body)
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(left, top, right, bottom)


def three_columns() -> QGridLayout:
    """The grid of fields on a page: three columns of one width."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    return grid


def empty_page(text: QLabel, *actions: QWidget) -> QWidget:
    """What a page shows while there is nothing yet: why, and what to do about it."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.addStretch(1)
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    text.setWordWrap(True)
    column.addWidget(text)
    for action in actions:
        column.addWidget(action, 0, Qt.AlignmentFlag.AlignCenter)
    column.addStretch(2)
    return page


def plain_label(text: str = "") -> QLabel:
    """A label that shows its text as it stands: Qt would take a name with markup in it for a page to lay out."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def plain_tip(text: str) -> str:
    """A tooltip's text, of which Qt must not make a page either."""
    return f"<qt>{html.escape(text)}</qt>" if "<" in text else text


def heading(text: str, factor: float = 1.35) -> QLabel:
    label = plain_label(text)
    theme.keep_font(label, factor, bold=True)
    label.setWordWrap(True)
    return label


def muted(text: str = "") -> QLabel:
    label = plain_label(text)
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label


def button(text: str, run: Callable[[], object], *, icon: str | None = None, primary: bool = False) -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(text.replace("&", ""))
    if icon:
        _dress(made, icon, "on_accent" if primary else "text")
    if primary:
        made.setProperty("primary", True)
    made.clicked.connect(lambda: run())
    return made


def _dress(made: QAbstractButton, icon: str, token: str) -> None:
    """An icon in a colour of the theme, remembered so that another theme can tint it again."""
    made.setIcon(theme.icon(icon, token))
    made.setProperty("icon_name", icon)
    made.setProperty("icon_token", token)


def fold(text: str, part: QWidget) -> QToolButton:
    """A folded part of a page: the mark turns when it opens."""
    made = tool(f"▸ {text}", lambda: None)
    made.setAccessibleName(text)
    made.setCheckable(True)
    part.hide()

    def turn(opened: bool) -> None:
        part.setVisible(opened)
        made.setText(f"{'▾' if opened else '▸'} {text}")

    made.toggled.connect(turn)
    return made


def tool(text: str, run: Callable[[], object], *, icon: str | None = None) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setAccessibleName(text)
    if icon:
        _dress(made, icon, "text")
        made.setIconSize(QSize(18, 18))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda: run())
    return made


class MessageBar(QFrame):
    """A question or message in the page, with its answers as buttons; never a dialog."""

    def __init__(self, text: str, kind: BarKind = "info", actions: Sequence[Action] = (), *, closable: bool = True) -> None:
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
        self, key: str, text: str, kind: BarKind = "info", actions: Sequence[Action] = (), *, closable: bool = True
    ) -> MessageBar:
        self.clear(key)
        bar = MessageBar(text, kind, actions, closable=closable)
        self._bars[key] = bar
        self._layout.insertWidget(0, bar)
        say(bar, text, at_once=kind == "error")
        bar.destroyed.connect(lambda: self._bars.pop(key, None) if self._bars.get(key) is bar else None)
        return bar

    def clear(self, key: str) -> None:
        bar = self._bars.pop(key, None)
        if bar is not None:
            bar.close_bar()

    def texts(self) -> list[str]:
        return [bar.label.text() for bar in self._bars.values()]

    def bar(self, key: str) -> MessageBar | None:
        return self._bars.get(key)


def lasting(focus: QWidget | None) -> QWidget | None:
    """What to give the focus back to: the table of an editor, as the editor goes when it loses the focus."""
    widget = focus
    while widget is not None and not isinstance(widget, QAbstractItemView):
        widget = widget.parentWidget()
    return widget or focus


def give_focus(widget: QWidget | None) -> None:
    """Back to where it was, if that is still there and seen."""
    if widget is not None and isValid(widget) and widget.isVisible():
        widget.setFocus()


def printable(text: str) -> str:
    """Without control characters: Word's soft line break and its like stand on no keyboard and in no document."""
    return "".join(sign if sign == "\n" or ord(sign) >= ord(" ") else " " for sign in text)


class PlainEdit(QLineEdit):
    """A field that leaves Ctrl+Z and Ctrl+Y to the window while nothing is being typed in it."""

    def event(self, event: QEvent) -> bool:
        asks = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self.isModified()
        keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        if asks and isinstance(event, QKeyEvent) and any(event.matches(key) for key in keys):
            event.ignore()
            return False
        return super().event(event)


class NumberEdit(PlainEdit):
    """A field for a Dutch number: the numeric keypad's point is a comma. The text is read on commit, never changed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if keypad and event.key() in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
            self.insert(",")
            return
        super().keyPressEvent(event)


class Field(QWidget):
    """A labelled text field that commits on Enter, Tab or leaving, and says what is wrong below itself."""

    committed = Signal(str)

    def __init__(self, label: str, *, number: bool = False, hint: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.label = plain_label(label)
        self.edit: QLineEdit = NumberEdit() if number else PlainEdit()
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(hint)
        self.label.setBuddy(self.edit)
        self.note = muted()
        self.note.hide()
        column.addWidget(self.label)
        column.addWidget(self.edit)
        column.addWidget(self.note)
        self._shown = ""
        self.edit.editingFinished.connect(self._finished)

    def show_value(self, text: str) -> None:
        """What is stored; a text being typed is left alone."""
        refused = bool(self.edit.property("wrong")) and not self.edit.hasFocus()
        if refused and (text != self._shown or not self.edit.isModified()):
            self.say("")  # what was refused makes way for what is stored
        self._shown = text
        if not (self.edit.hasFocus() and self.edit.isModified()):
            self.edit.setText(text)
            self.edit.setModified(False)

    def say(self, text: str, *, wrong: bool = False) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)
        if bool(self.edit.property("wrong")) != wrong:
            self.edit.setProperty("wrong", wrong)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)

    def _finished(self) -> None:
        if self.edit.text() != self._shown:
            self.edit.setModified(False)
            self.committed.emit(printable(self.edit.text()))


class LongText(QPlainTextEdit):
    """A text of more lines; leaving it commits, once."""

    def __init__(self, name: str, commit: Callable[[str], None], height: int = 92) -> None:
        super().__init__()
        self._commit = commit
        self.shown = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        theme.keep_height(self, height)

    def text(self) -> str:
        """As typed: Qt's own plain text turns the no-break space after € into a plain one, which would look like an edit."""
        return printable(self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n"))

    def show_text(self, text: str) -> None:
        if not (self.hasFocus() and self.text() != self.shown):
            self.setPlainText(text)
        self.shown = text

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.text() != self.shown:
            self._commit(self.text())


class Choice(QWidget):
    """A labelled choice. `None` among the values is "nog niet gekozen"."""

    chosen = Signal(object)

    def __init__(self, label: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.label = plain_label(label)
        self.box = QComboBox()
        self.box.setAccessibleName(label)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(14)
        self.label.setBuddy(self.box)
        self._values = [value for value, _ in options]
        self.box.addItems([text for _, text in options])
        self.box.activated.connect(lambda index: self.chosen.emit(self._values[index]))
        column.addWidget(self.label)
        column.addWidget(self.box)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Other options; what was chosen stays chosen while it is among them."""
        kept = self.value
        self._values = [value for value, _ in options]
        self.box.clear()
        self.box.addItems([text for _, text in options])
        self.show_value(kept)

    @property
    def value(self) -> object:
        index = self.box.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def show_value(self, value: object) -> None:
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)
