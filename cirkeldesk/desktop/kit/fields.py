"""Fields: a text, a number or a choice with its label, which commits by leaving and says what is wrong below
itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QMetaMethod, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.explain.label import label_row
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import muted, plain_label
from cirkeldesk.wording.window.hard_words import hard_word


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
        column.addWidget(label_row(self.label, label, self.edit) or self.label)
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
        word = hard_word(self.edit.accessibleName())
        self.edit.setAccessibleDescription(text or (word.whole if word is not None else ""))
        if self.is_wrong != wrong:
            mark_field(self.edit, "wrong", on=wrong)
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


def show_locked(root: QWidget, *, locked: bool, but: Collection[QWidget] = ()) -> None:
    """Fields and choices of a part look as what they are: on the lock, where a change asks how. They can
    still be typed in."""
    parts: list[tuple[QWidget, QWidget]] = [(field, field.edit) for field in root.findChildren(TextField)]
    parts += [(choice, choice.box) for choice in root.findChildren(Choice)]
    for field, inner in parts:
        if field not in but:
            mark_field(inner, "locked", on=locked)


def mark_field(widget: QWidget, name: str, *, on: bool) -> None:
    """Dress a field as what it is now: wrong, locked, missing, or where one is at."""
    if bool(widget.property(name)) is not on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


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
            mark_field(self, "wrong", on=wrong)
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
        column.addWidget(label_row(self.label, label, self.box) or self.label)
        column.addWidget(self.box)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Other options; what was chosen stays chosen while it is among them."""
        kept = self.value
        self._values = [value for value, _ in options]
        self.box.clear()
        self.box.addItems([text for _, text in options])
        self.show_value(kept)

    @property
    def values(self) -> list[object]:
        """What is offered, in the order of the list."""
        return list(self._values)

    @property
    def value(self) -> object:
        index = self.box.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def show_value(self, value: object) -> None:
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)
