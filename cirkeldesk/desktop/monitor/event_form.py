"""What happens to a contract besides deliveries: an option, another mix, a call-off, its end. One form, whose
fields follow what is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.widgets import button, muted
from cirkeldesk.wording import numbers

FieldKind = Literal["post", "option", "day", "text", "number", "shares", "names"]


@dataclass(frozen=True)
class EventField:
    """A field of an event: its name in the data, its label, what it holds, and whether it may stay empty."""

    name: str
    label: str
    kind: FieldKind = "text"
    may_lack: bool = False


@dataclass(frozen=True)
class ContractEvent:
    """`key` is the act in the data; `is_list` where a contract has several of them."""

    key: str
    label: str
    fields: tuple[EventField, ...]
    is_list: bool = True


EVENTS = (
    ContractEvent(
        "exercised",
        "Een optie is gelicht",
        (EventField("post", "Optie", "option"), EventField("on", "Op", "day")),
    ),
    ContractEvent(
        "changes",
        "Een ander mengsel is geaccepteerd",
        (
            EventField("post", "Post", "post"),
            EventField("on", "Vanaf", "day"),
            EventField("ground", "Waarom het mag"),
            EventField("equal", "Waaruit de gelijke functie blijkt"),
            EventField("product", "Product, als het in het bestand staat", may_lack=True),
            EventField("mki", "MKI per eenheid, volgens de verklaring", "number", may_lack=True),
        ),
    ),
    ContractEvent(
        "framework",
        "Dit is een raamovereenkomst",
        (
            EventField("participants", "Wie mogen afroepen, gescheiden door ;", "names"),
            EventField("most", "Ten hoogste, €", "number", may_lack=True),
        ),
        is_list=False,
    ),
    ContractEvent(
        "call_offs",
        "Een deelnemer roept af",
        (
            EventField("id", "Nummer van de afroep"),
            EventField("organisation", "Wie roept af"),
            EventField("on", "Op", "day"),
            EventField("post", "Post", "post"),
            EventField("quantity", "Hoeveelheid, ton", "number"),
            EventField("value", "Bedrag, €", "number", may_lack=True),
        ),
    ),
    ContractEvent(
        "shares",
        "De opdracht is gezamenlijk",
        (
            EventField(
                "shares", "Organisatie en deel in procenten, zoals Gemeente A 60; Gemeente B 40", "shares"
            ),
        ),
        is_list=False,
    ),
    ContractEvent(
        "ended",
        "Het contract is beëindigd",
        (
            EventField("on", "Op", "day"),
            EventField("reason", "Reden"),
            EventField("successor", "Nummer van de opdracht die het overneemt", may_lack=True),
        ),
        is_list=False,
    ),
    ContractEvent(
        "replaced_by",
        "Een andere opdracht vervangt deze",
        (EventField("replaced_by", "Nummer van die opdracht"),),
        is_list=False,
    ),
)
IN_A_LINE = 3


class EventForm(QWidget):
    """`wanted` with what happened, as the data of a deliveries file says it."""

    wanted = Signal(dict)

    def __init__(self, author: str) -> None:
        super().__init__()
        self.author = author
        self._posts: list[tuple[object, str]] = []
        self._options: list[tuple[object, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        self.what = Choice("Wat is er gebeurd?", [(one.key, one.label) for one in EVENTS])
        self.what.chosen.connect(lambda _: self._show())
        column.addWidget(self.what)
        self.asked = QWidget()
        self._lines = QVBoxLayout(self.asked)
        self._lines.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.asked)
        self.fields: dict[str, TextField | Choice] = {}
        self.said = muted()
        self.said.hide()
        column.addWidget(self.said)
        foot = QHBoxLayout()
        self.add = button("Vastleggen", self._take, icon="check")
        foot.addWidget(self.add)
        foot.addStretch(1)
        column.addLayout(foot)
        self.what.show_value(EVENTS[0].key)
        self._show()

    @property
    def happened(self) -> ContractEvent:
        """What is chosen; the first while nothing is."""
        return next((one for one in EVENTS if one.key == self.what.value), EVENTS[0])

    def show_posts(self, posts: Sequence[tuple[str, str]], options: Sequence[tuple[str, str]]) -> None:
        self._posts, self._options = list(posts), list(options)
        for field in self.happened.fields:
            widget = self.fields.get(field.name)
            if isinstance(widget, Choice):
                self._offer(widget, field)

    def clear(self) -> None:
        for widget in self.fields.values():
            if isinstance(widget, TextField):
                widget.edit.clear()
                widget.say("")

    def _offer(self, widget: Choice, field: EventField) -> None:
        widget.set_options(self._options if field.kind == "option" else self._posts)
        if widget.value is None and widget.values:
            widget.show_value(widget.values[0])

    def _show(self) -> None:
        """The fields of what was chosen."""
        for widget in self.fields.values():
            widget.setParent(None)
            widget.deleteLater()
        while (item := self._lines.takeAt(0)) is not None:
            layout = item.layout()
            if layout is not None:
                layout.deleteLater()
        self.fields = {}
        line = QHBoxLayout()
        for number, field in enumerate(self.happened.fields):
            if number % IN_A_LINE == 0:
                line = QHBoxLayout()
                self._lines.addLayout(line)
            widget = self._field(field)
            self.fields[field.name] = widget
            line.addWidget(widget, 1)
        self.said.hide()

    def _field(self, field: EventField) -> TextField | Choice:
        if field.kind in ("post", "option"):
            made = Choice(field.label, [])
            self._offer(made, field)
            return made
        text = TextField(field.label, number=field.kind == "number")
        text.edit.returnPressed.connect(self._take)
        return text

    def _take(self) -> None:
        said: dict[str, object] = {}
        wrong = False
        for field in self.happened.fields:
            value, problem = self._read(field)
            widget = self.fields[field.name]
            if isinstance(widget, TextField):
                widget.say(problem, wrong=bool(problem))
            elif problem:
                self.said.setText(problem)
            wrong = wrong or bool(problem)
            if value is not None:
                said[field.name] = value
        self.said.setVisible(wrong and bool(self.said.text()))
        if not wrong:
            self.said.setText("")
            self.wanted.emit(self._body(said))

    def _read(self, field: EventField) -> tuple[object, str]:
        """(value, what is wrong with it)."""
        widget = self.fields[field.name]
        if isinstance(widget, Choice):
            lacks = "Deze opdracht heeft geen optie." if field.kind == "option" else "Kies een post."
            return widget.value, "" if widget.value is not None else lacks
        text = widget.edit.text().strip()
        if not text:
            return None, "" if field.may_lack else "Vul dit in."
        return READERS.get(field.kind, _text)(text)

    def _body(self, said: Mapping[str, object]) -> dict[str, object]:
        """What happened as the data of a file."""
        event = self.happened
        if event.key in ("replaced_by", "shares"):
            return {event.key: said[event.key]}
        plain = dict(said)
        if event.key == "changes":
            plain["by"] = self.author
        if event.key == "call_offs":
            plain["quantities"] = [{"post": plain.pop("post"), "quantity": plain.pop("quantity")}]
            if "value" in plain:
                plain["value"] = str(plain["value"])
        if "most" in plain:
            plain["most"] = str(plain["most"])
        return {event.key: [plain] if event.is_list else plain}


def _text(text: str) -> tuple[object, str]:
    return text, ""


def _day(text: str) -> tuple[object, str]:
    day = numbers.read_date(text)
    return day, "" if day is not None else "Schrijf een datum, zoals 31-5-2027."


def _number(text: str) -> tuple[object, str]:
    read = numbers.read_number(text)
    if read.value is None:
        return None, "Schrijf een getal, zoals 600."
    return float(read.value), ""


def _names(text: str) -> tuple[object, str]:
    return [name.strip() for name in text.split(";") if name.strip()], ""


def _shares(text: str) -> tuple[object, str]:
    """ "Gemeente A 60; Gemeente B 40" as parts of one."""
    found = []
    for one in (part.strip() for part in text.split(";")):
        name, _, percent = one.rstrip("% ").rpartition(" ")
        read = numbers.read_number(percent)
        if not name or read.value is None:
            return None, "Schrijf elke organisatie met haar deel, zoals Gemeente A 60; Gemeente B 40."
        found.append({"organisation": name.strip(), "share": float(read.value) / 100})
    return found, ""


READERS = {"day": _day, "number": _number, "names": _names, "shares": _shares}
