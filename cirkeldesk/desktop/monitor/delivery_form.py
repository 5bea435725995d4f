"""A delivery typed by hand: a form that is done with its button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.widgets import button
from cirkeldesk.model.contract.contract import DELIVERY_UNITS
from cirkeldesk.wording import numbers
from cirkeldesk.wording.contract import words

# What a delivery is: the name in the data of what it cites, and how it is chosen.
KINDS = (
    ("", "Levering"),
    ("replaces", "Verbetering van de gekozen levering"),
    ("of", "Retour van de gekozen levering"),
    ("faulty", "Gebrekkig werk, weer verwijderd"),
)
FIELDS = (
    ("date", "Tot en met", False),
    ("quantity", "Hoeveelheid", True),
    ("product", "Product, als het een ander is", False),
    ("mki", "MKI per eenheid, volgens de verklaring", True),
    ("evidence", "Bewijs, zoals de weegbon", False),
    ("call_off", "Nummer van de afroep", False),
)


class DeliveryForm(QWidget):
    """`wanted` with the fields of a delivery, once they can be read; what it cites stands there as True, for
    the page knows which delivery is chosen."""

    wanted = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        self.post = Choice("Post", [])
        self.unit = Choice("Eenheid", [(unit, words.UNITS[unit]) for unit in DELIVERY_UNITS])
        self.unit.show_value("ton")
        self.kind = Choice("Wat is het", list(KINDS))
        self.kind.show_value("")
        self.fields = {name: TextField(label, number=number) for name, label, number in FIELDS}
        lines = (
            (self.kind, self.fields["date"], self.post, self.fields["quantity"], self.unit),
            (self.fields["product"], self.fields["mki"], self.fields["evidence"], self.fields["call_off"]),
        )
        for field in self.fields.values():
            field.edit.returnPressed.connect(self._take)
        for parts in lines:
            line = QHBoxLayout()
            for part in parts:
                line.addWidget(part, 1)
            column.addLayout(line)
        foot = QHBoxLayout()
        self.add = button("Levering toevoegen", self._take, icon="plus")
        foot.addWidget(self.add)
        foot.addStretch(1)
        column.addLayout(foot)

    def show_posts(self, posts: Sequence[tuple[str, str]], *, has_call_offs: bool) -> None:
        self.fields["call_off"].setVisible(has_call_offs)
        self.post.set_options(posts)
        if self.post.value is None and posts:
            self.post.show_value(posts[0][0])

    def clear(self) -> None:
        for name in ("quantity", "product", "mki", "evidence"):
            self.fields[name].edit.clear()
        self.kind.show_value("")

    def _take(self) -> None:
        said: dict[str, object] = {"post": self.post.value, "unit": self.unit.value}
        wrong = False
        for name, _, number in FIELDS:
            field = self.fields[name]
            text = field.edit.text().strip()
            field.say("")
            if name == "date":
                said[name] = numbers.read_date(text) or ""
                if not said[name]:
                    field.say("Schrijf een datum, zoals 31-5-2027.", wrong=True)
                    wrong = True
            elif number:
                read = numbers.read_number(text)
                if read.value is None and (text or name == "quantity"):
                    field.say("Schrijf een getal, zoals 600.", wrong=True)
                    wrong = True
                elif read.value is not None:
                    said[name] = float(read.value)
            elif text:
                said[name] = text
        if wrong:
            return
        if kind := str(self.kind.value or ""):
            said[kind] = True
        if kind == "of":  # a return is what is taken off, however it was typed
            said["quantity"] = -abs(float(str(said["quantity"])))
        self.wanted.emit(said)
