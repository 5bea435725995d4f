"""What happens to a contract besides deliveries: an option, another mix, a call-off, its end. One form, whose
fields follow what is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice
from cirkeldesk.desktop.kit.typed_form import Options, TypedField, TypedForm
from cirkeldesk.desktop.kit.widgets import button

NO_OPTION, NO_POST = "Deze opdracht heeft geen optie.", "Kies een post."
ON = TypedField("on", "Op", "day")
POST = TypedField("post", "Post", "choice", lacks=NO_POST)


@dataclass(frozen=True)
class ContractEvent:
    """`key` is the act in the data; `is_list` where a contract has several of them."""

    key: str
    label: str
    fields: tuple[TypedField, ...]
    is_list: bool = True


EVENTS = (
    ContractEvent(
        "exercised",
        "Een optie is gelicht",
        (TypedField("post", "Optie", "choice", lacks=NO_OPTION), ON),
    ),
    ContractEvent(
        "changes",
        "Een ander mengsel is geaccepteerd",
        (
            POST,
            TypedField("on", "Vanaf", "day"),
            TypedField("ground", "Waarom het mag"),
            TypedField("equal", "Waaruit de gelijke functie blijkt"),
            TypedField("product", "Product, als het in het bestand staat", may_lack=True),
            TypedField("mki", "MKI per eenheid, volgens de verklaring", "number", may_lack=True),
        ),
    ),
    ContractEvent(
        "framework",
        "Dit is een raamovereenkomst",
        (
            TypedField("participants", "Wie mogen afroepen, gescheiden door ;", "names"),
            TypedField("most", "Ten hoogste, €", "number", may_lack=True),
        ),
        is_list=False,
    ),
    ContractEvent(
        "call_offs",
        "Een deelnemer roept af",
        (
            TypedField("id", "Nummer van de afroep"),
            TypedField("organisation", "Wie roept af"),
            ON,
            POST,
            TypedField("quantity", "Hoeveelheid, ton", "number"),
            TypedField("value", "Bedrag, €", "number", may_lack=True),
        ),
    ),
    ContractEvent(
        "shares",
        "De opdracht is gezamenlijk",
        (
            TypedField(
                "shares", "Organisatie en deel in procenten, zoals Gemeente A 60; Gemeente B 40", "shares"
            ),
        ),
        is_list=False,
    ),
    ContractEvent(
        "ended",
        "Het contract is beëindigd",
        (
            ON,
            TypedField("reason", "Reden"),
            TypedField("successor", "Nummer van de opdracht die het overneemt", may_lack=True),
        ),
        is_list=False,
    ),
    ContractEvent(
        "replaced_by",
        "Een andere opdracht vervangt deze",
        (TypedField("replaced_by", "Nummer van die opdracht"),),
        is_list=False,
    ),
)


class EventForm(QWidget):
    """`wanted` with what happened, as the data of a deliveries file says it."""

    wanted = Signal(dict)

    def __init__(self, author: str) -> None:
        super().__init__()
        self.author = author
        self._posts: Options = ()
        self._options: Options = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        self.what = Choice("Wat is er gebeurd?", [(one.key, one.label) for one in EVENTS])
        self.what.chosen.connect(lambda _: self._show())
        column.addWidget(self.what)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.form = TypedForm(())
        self._place.addWidget(self.form)
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
        if (self._posts, self._options) == (tuple(posts), tuple(options)):
            return
        self._posts, self._options = tuple(posts), tuple(options)
        self._show()

    def clear(self) -> None:
        self.form.clear()

    def _show(self) -> None:
        """The fields of what was chosen."""
        is_option = self.happened.key == "exercised"
        offered = self._options if is_option else self._posts
        fields = [
            replace(one, options=offered) if one.kind == "choice" else one for one in self.happened.fields
        ]
        self._place.removeWidget(self.form)
        self.form.setParent(None)
        self.form.deleteLater()
        self.form = TypedForm(fields)
        self.form.done.connect(self._take)
        self._place.addWidget(self.form)

    def _take(self) -> None:
        said = self.form.read()
        if said is not None:
            self.wanted.emit(self._body(said))

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
        for money in ("value", "most"):
            if money in plain:
                plain[money] = str(plain[money])
        return {event.key: [plain] if event.is_list else plain}
