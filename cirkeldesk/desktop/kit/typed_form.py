"""A form of some fields that is done with a button or Enter: what is typed is read by its kind, and what is
wrong is said below its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.widgets import muted
from cirkeldesk.wording import numbers

FieldKind = Literal["text", "day", "number", "whole", "names", "shares", "choice"]
Options = Sequence[tuple[object, str]]
Read = tuple[object, str]  # (value, what is wrong with it)


@dataclass(frozen=True)
class TypedField:
    """A field: its name in the data, its label, how it is read and whether it may stay empty. A choice takes
    its `options` and begins at the first, unless somebody must say (`must_choose`); `lacks` is said where
    nothing is chosen."""

    name: str
    label: str
    kind: FieldKind = "text"
    may_lack: bool = False
    options: Options = ()
    lacks: str = ""
    must_choose: bool = False


class TypedForm(QWidget):
    """`done` when somebody presses Enter in it."""

    done = Signal()

    def __init__(self, fields: Sequence[TypedField], in_a_line: int = 3) -> None:
        super().__init__()
        self.asked = tuple(fields)
        self.fields: dict[str, TextField | Choice] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        for number, field in enumerate(self.asked):
            if number % in_a_line == 0:
                line = QHBoxLayout()
                column.addLayout(line)
            widget = self._field(field)
            self.fields[field.name] = widget
            line.addWidget(widget, 1)
        self.said = muted()
        self.said.hide()
        column.addWidget(self.said)

    def _field(self, field: TypedField) -> TextField | Choice:
        if field.kind == "choice":
            made = Choice(field.label, field.options)
            made.show_value(_first(field))  # a list would begin at its first by itself
            made.box.entered.connect(self.done)
            return made
        text = TextField(field.label, number=field.kind == "number")
        text.edit.returnPressed.connect(self.done)
        return text

    def clear(self) -> None:
        """Empty what was typed; what was chosen stays."""
        for widget in self.fields.values():
            if isinstance(widget, TextField):
                widget.edit.clear()
                widget.say("")

    def begin(self) -> None:
        """As it was made: nothing typed, each choice at its beginning."""
        self.clear()
        self.said.hide()
        for field in self.asked:
            widget = self.fields[field.name]
            if isinstance(widget, Choice):
                widget.show_value(_first(field))

    def show_values(self, values: Mapping[str, object]) -> None:
        """What is kept, to be typed over; what it does not name is empty."""
        self.begin()
        for field in self.asked:
            value, widget = values.get(field.name), self.fields[field.name]
            if isinstance(widget, Choice):
                widget.show_value(value if value is not None else _first(field))
            elif value is not None:
                widget.edit.setText(SHOWN.get(field.kind, str)(value))

    def read(self) -> dict[str, object] | None:
        """The values of what is filled in; None while something is wrong, which is said."""
        said: dict[str, object] = {}
        problems: list[str] = []
        for field in self.asked:
            value, problem = self._read(field)
            widget = self.fields[field.name]
            if isinstance(widget, TextField):
                widget.say(problem, wrong=bool(problem))
            problems += [problem] if problem else []
            if value is not None:
                said[field.name] = value
        choices = [
            field.lacks
            for field in self.asked
            if field.kind == "choice" and not field.may_lack and field.name not in said
        ]
        self.said.setText(choices[0] if choices else "")
        self.said.setVisible(bool(choices))
        return None if problems else said

    def _read(self, field: TypedField) -> Read:
        widget = self.fields[field.name]
        if isinstance(widget, Choice):
            missing = widget.value is None and not field.may_lack
            return widget.value, field.lacks or "Kies iets." if missing else ""
        text = widget.edit.text().strip()
        if not text:
            return None, "" if field.may_lack else "Vul dit in."
        return READERS.get(field.kind, _text)(text)


def _first(field: TypedField) -> object:
    return field.options[0][0] if field.options and not field.must_choose else object()


def _text(text: str) -> Read:
    return text, ""


def _day(text: str) -> Read:
    day = numbers.read_date(text)
    return day, "" if day is not None else "Schrijf een datum, zoals 31-5-2027."


def _number(text: str) -> Read:
    read = numbers.read_number(text)
    if read.value is None:
        return None, "Schrijf een getal, zoals 600."
    return float(read.value), ""


def _whole(text: str) -> Read:
    value, problem = _number(text)
    if problem or not isinstance(value, float) or value % 1:
        return None, problem or "Schrijf een heel getal."
    return int(value), ""


def _names(text: str) -> Read:
    return [name.strip() for name in text.split(";") if name.strip()], ""


def _shares(text: str) -> Read:
    """ "Gemeente A 60; Gemeente B 40" as parts of one."""
    found = []
    for one in (part.strip() for part in text.split(";")):
        name, _, percent = one.rstrip("% ").rpartition(" ")
        read = numbers.read_number(percent)
        if not name or read.value is None:
            return None, "Schrijf elke organisatie met haar deel, zoals Gemeente A 60; Gemeente B 40."
        found.append({"organisation": name.strip(), "share": float(read.value) / 100})
    return found, ""


READERS: Mapping[str, Callable[[str], Read]] = {
    "day": _day,
    "number": _number,
    "whole": _whole,
    "names": _names,
    "shares": _shares,
}
SHOWN: Mapping[str, Callable[[Any], str]] = {
    "day": numbers.date,
    "number": numbers.as_typed,
    "whole": numbers.as_typed,
    "names": "; ".join,
}
