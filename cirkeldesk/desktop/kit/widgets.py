"""Small shared widgets: message bar, number field, labels and buttons with their accessible names."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QMetaMethod, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
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

from cirkeldesk.desktop.kit import theme
from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.speech import say
from cirkeldesk.model.refusal import Refusal
from cirkeldesk.wording import sentences

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
    """A label that shows its text as it stands: Qt would take a name with markup in it for a page to lay
    out."""
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


def button(
    text: str, run: Callable[[], object], *, icon: str | None = None, primary: bool = False
) -> QPushButton:
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
    part.setProperty("unfold", lambda: made.setChecked(True))

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
    """Without control characters, and without signs that nobody sees: Word's soft line break and its like
    stand on no keyboard and in no document, and a bidder must not get a twin that looks the same."""
    return "".join(
        sign if sign == "\n" or ord(sign) >= ord(" ") else " " for sign in text if sign not in UNSEEN
    )


# Zero-width signs and those that turn the direction of what follows; joiners stay, as scripts and emoji are
# written with them.
UNSEEN = frozenset(
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)


class PlainEdit(QLineEdit):
    """A field that leaves Ctrl+Z and Ctrl+Y to the window while nothing is being typed in it, and Escape
    while there is nothing to give up."""

    given_up = Signal()  # Escape, while something was typed

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if not self.isModified() and any(event.matches(key) for key in keys):
                event.ignore()
                return False
            if event.key() == Qt.Key.Key_Escape and self.isModified():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class NumberEdit(PlainEdit):
    """A field for a Dutch number: the numeric keypad's point is a comma. The text is read on commit, never
    changed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if keypad and event.key() in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
            self.insert(",")
            return
        super().keyPressEvent(event)


NOT_TAKEN = "Dit is niet vastgelegd. Escape zet de oude waarde terug."


class TextField(QWidget):
    """A labelled text field that commits on Enter, Tab or leaving, and says what is wrong below itself.

    A text that was not taken never looks stored: it stays, marked, until it is mended or given up with
    Escape. In a form nobody listens to `committed`: there a text counts once the form is done, and Escape
    empties the field it was typed in.
    """

    committed = Signal(str)

    def __init__(self, label: str, *, number: bool = False, hint: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.label = plain_label(label)
        self.edit: PlainEdit = NumberEdit() if number else PlainEdit()
        self.edit.setAccessibleName(label)
        self.edit.setPlaceholderText(hint)
        self.label.setBuddy(self.edit)
        self.note = muted()
        self.note.hide()
        column.addWidget(self.label)
        column.addWidget(self.edit)
        column.addWidget(self.note)
        self._shown = self._refused = ""
        self.after = 0  # the step after which the text in it was refused, as its page counts steps
        self.edit.editingFinished.connect(self._finished)
        self.edit.given_up.connect(self.take_back)

    @property
    def is_wrong(self) -> bool:
        """Whether a text stands in it that was not taken."""
        return bool(self.edit.property("wrong"))

    @property
    def commits(self) -> bool:
        """Whether leaving it commits; in a form a button does."""
        return self.isSignalConnected(QMetaMethod.fromSignal(self.committed))

    def show_value(self, text: str) -> None:
        """What is stored. A text being typed is left alone, and so is one that was refused, until something
        else is stored."""
        if self.is_wrong and text == self._shown and self.edit.isModified():
            return
        if self.is_wrong and not (self.edit.hasFocus() and self.edit.isModified()):
            self.say("")
        self._shown = text
        if not (self.edit.hasFocus() and self.edit.isModified()):
            self.edit.setText(text)
            self.edit.setModified(False)

    def take_back(self) -> None:
        """Back to what is stored. What was typed can still be had with Ctrl+Z in the field."""
        self.edit.selectAll()
        self.edit.insert(self._shown)
        self.edit.setModified(False)
        self.say("")

    def say(self, text: str, *, wrong: bool = False) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)
        if self.is_wrong != wrong:
            _mark(self.edit, wrong=wrong)
            self.after = note_mark(self)

    def take_typing(self) -> None:
        """What was typed is committed now, as leaving the field would."""
        if self.edit.isModified() and not self.is_wrong:
            self._finished()

    @property
    def typed(self) -> str:
        return self.edit.text()

    def forget(self) -> None:
        """Nothing of what was typed stays: another thing is shown next."""
        self._shown = ""
        self.edit.setText("")
        self.edit.setModified(False)
        self.say("")

    def show_typed(self, text: str) -> None:
        """A text that was typed before, for a form."""
        self.edit.setText(text)
        self.edit.setModified(bool(text))
        self.say("")

    def refuse(self, text: str) -> None:
        """A text that was refused before stands there again, marked."""
        self._refused = text
        self.edit.setText(text)
        self.edit.setModified(True)
        self.say(NOT_TAKEN, wrong=True)

    def _finished(self) -> None:
        if self.edit.text() == self._shown:
            if self.is_wrong and self.commits:
                self.say("")
            self.edit.setModified(False)
            return
        typed = self.edit.text()
        if not self.commits or (self.is_wrong and typed == self._refused and not self.edit.hasFocus()):
            return  # leaving it once more is not trying again; Enter is
        self.edit.setModified(False)
        self.committed.emit(printable(typed))
        if not isValid(self) or self.edit.text() == self._shown or self.edit.text() != typed:
            return
        self._refused = typed
        self.edit.setModified(True)  # not taken: it is still only typed
        if not self.is_wrong:
            self.say(NOT_TAKEN, wrong=True)


def _mark(edit: QWidget, *, wrong: bool) -> None:
    edit.setProperty("wrong", wrong)
    edit.style().unpolish(edit)
    edit.style().polish(edit)


class TypedPerSubject:
    """Fields that serve one of many things at a time: what was refused for one waits for it, and never stands
    beside another.

    A page calls `turn_to` before it shows another thing in the fields and `put_back` after it did.
    """

    def __init__(self, root: QWidget) -> None:
        self._root = root
        self.subject = ""
        self._waiting: dict[str, list[tuple[TextField | LongText, str]]] = {}

    def _fields(self) -> list[TextField | LongText]:
        return [*self._root.findChildren(TextField), *self._root.findChildren(LongText)]

    def turn_to(self, subject: str) -> None:
        if subject == self.subject:
            return
        refused = [(field, field.typed) for field in self._fields() if field.is_wrong]
        if refused:
            self._waiting[self.subject] = refused
        for field in self._fields():
            field.forget()
        self.subject = subject

    def put_back(self) -> None:
        for field, text in self._waiting.pop(self.subject, []):
            field.refuse(text)


def take_typing_in(part: QWidget) -> None:
    """What is being typed in a field of a part is committed now, as leaving the field would: before another
    thing is shown."""
    found = QApplication.focusWidget()
    if found is None or not part.isAncestorOf(found):
        return
    for _ in range(3):  # an editor in a cell lies two storeys below its table
        if isinstance(found, TakesTyping):
            found.take_typing()
        found = found.parentWidget() if found is not None else None


def note_mark(widget: QWidget) -> int:
    """Tell the page that a text was refused, or is refused no longer; the newest step of what the page is
    about."""
    found = widget.parentWidget()
    while found is not None:
        if isinstance(found, NotesMarks):
            return found.note_mark()
        found = found.parentWidget()
    return 0


@runtime_checkable
class TakesTyping(Protocol):
    """A field or table: what is being typed in it can be committed."""

    def take_typing(self) -> None: ...


@runtime_checkable
class NotesMarks(Protocol):
    """A page that wants to know which texts were refused after which step."""

    def note_mark(self) -> int: ...


class LongText(QPlainTextEdit):
    """A text of more lines; leaving it commits, once. What is not taken stays, marked; Escape brings the old
    text back."""

    def __init__(self, name: str, commit: Callable[[str], None], height: int = 92) -> None:
        super().__init__()
        self._commit = commit
        self.shown = ""
        self.after = 0  # as of a Field
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        theme.keep_height(self, height)

    def text(self) -> str:
        """As typed: Qt's own plain text turns the no-break space after € into a plain one, which would look
        like an edit."""
        return printable(self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n"))

    @property
    def is_wrong(self) -> bool:
        return bool(self.property("wrong"))

    def show_text(self, text: str) -> None:
        """What is stored; a text being typed, or one that was refused, is left alone until something else is
        stored."""
        if self.text() == text:
            self.document().setModified(False)
        elif self.is_wrong and text == self.shown:
            return
        elif self.hasFocus() and self.text() != self.shown:
            self.shown = text
            return
        else:
            self.setPlainText(text)
        self.shown = text
        self._say_wrong(wrong=False)

    def _say_wrong(self, *, wrong: bool) -> None:
        if self.is_wrong != wrong:
            _mark(self, wrong=wrong)
            self.setAccessibleDescription(NOT_TAKEN if wrong else "")
            self.setToolTip(NOT_TAKEN if wrong else "")
            self.after = note_mark(self)

    def take_back(self) -> None:
        """Back to what is stored. What was typed can still be had with Ctrl+Z in the field."""
        self.selectAll()
        self.insertPlainText(self.shown)
        self.document().setModified(False)
        self._say_wrong(wrong=False)

    def take_typing(self) -> None:
        """What was typed is committed now, as leaving the field would."""
        typed = self.text()
        if typed == self.shown:
            self.document().setModified(False)
            self._say_wrong(wrong=False)
            return
        self._commit(typed)
        if isValid(self) and self.text() == typed and typed != self.shown:
            self._say_wrong(wrong=True)

    @property
    def typed(self) -> str:
        return self.text()

    def forget(self) -> None:
        """Nothing of what was typed stays: another thing is shown next."""
        self.shown = ""
        self.setPlainText("")
        self._say_wrong(wrong=False)

    def refuse(self, text: str) -> None:
        """A text that was refused before stands there again, marked."""
        self.setPlainText(text)
        self.document().setModified(True)
        self._say_wrong(wrong=True)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_given_up(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _is_given_up(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and not self.isReadOnly() and self.text() != self.shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_given_up(event):
            self.take_back()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu is no leaving
            self.take_typing()


class Choice(QWidget):
    """A labelled choice. `None` among the values is "nog niet gekozen"."""

    chosen = Signal(object)

    def __init__(self, label: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.label = plain_label(label)
        self.box = ChoiceList()
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
