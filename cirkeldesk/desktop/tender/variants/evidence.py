"""The evidence panel: what one bidder says and shows about the answer one is at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from cirkeldesk.desktop.kit.fields import Choice, TextField, TypedPerSubject, take_typing_in
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import ScrollColumn, heading, muted, plain_label, tool
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Variant
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.award import awarding, changes

PANEL = 280


class EvidencePanel(QFrame):
    """Onderbouwing: filled once, holds for all posts of the variant. Terug or Esc closes it where it took the
    table's place."""

    closed = Signal()
    variant_wanted = Signal(str)

    OF_VARIANT = ("name", "bidder")
    FIELDS = (
        ("name", "Naam in de tabel"),
        ("bidder", "Naam inschrijver"),
        ("source", "Bron"),
        ("number", "Nummer"),
        ("verifier", "Toetser"),
        ("valid_until", "Geldig tot"),
        ("rules", "PCR of rekenregels"),
        ("background", "Achtergronddatabase en versie"),
        ("method", "Rekenwijze milieueffecten"),
        ("tool", "Rekeninstrument en versie"),
        ("promises", "Bewijs bij wat is aangeboden"),
        ("equivalent", "Bewijs dat andere rekenregels gelijkwaardig zijn"),
    )
    HINTS: Mapping[str, str] = {"valid_until": "dd-mm-jjjj", "method": "EF 3.0 of EF 3.1"}

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.variant_id: str | None = None
        self._typed = TypedPerSubject(self)
        self.setObjectName("panel")
        theme.keep_width(self, PANEL)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = ScrollColumn(16, 10, 16, 12)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        column = scroll.column
        top = QHBoxLayout()
        self.title = heading("Onderbouwing", 1.15)
        top.addWidget(self.title, 1)
        self.back = tool("Terug", self.closed.emit, icon="back")
        self.back.hide()
        top.addWidget(self.back)
        column.addLayout(top)
        self.note = muted("Kies een variant in de tabel.")
        column.addWidget(self.note)
        self.layers = plain_label()
        self.layers.setWordWrap(True)
        self.layers.setObjectName("lock")
        column.addWidget(self.layers)
        self.fields: dict[str, TextField] = {}
        for name, label in self.FIELDS:
            field = TextField(label, hint=self.HINTS.get(name, ""))
            field.committed.connect(lambda text, n=name, lb=label: self._commit(n, text, lb))
            field.label.setWordWrap(True)
            self.fields[name] = field
            column.addWidget(field)
        categories = [(None, terms.NOT_CHOSEN), *((c, c) for c in ("1", "2", "3", "3a"))]
        self.category = Choice("Datacategorie", categories)
        self.category.chosen.connect(lambda value: self._set("category", value, "Datacategorie"))
        column.addWidget(self.category)
        judged = [(None, "nog niet beoordeeld"), (True, "ja, aanvaard"), (False, "nee")]
        self.accepted = Choice("Is dat bewijs aanvaard?", judged)
        self.accepted.chosen.connect(
            lambda value: self._set("equivalent_accepted", value, "oordeel over gelijkwaardige rekenregels")
        )
        column.addWidget(self.accepted)
        column.addStretch(1)

    def set_beside(self, *, beside: bool) -> None:
        self.back.setVisible(not beside)
        if beside:
            theme.keep_width(self, PANEL)
        else:
            self.setProperty("zoom_width", None)
            self.setMinimumWidth(0)
            self.setMaximumWidth(16777215)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @property
    def draft_part(self) -> str:
        return self.variant_id or ""

    def go_to_draft_part(self, part: str) -> bool:
        self.variant_wanted.emit(part)
        return self.variant_id == part

    def show_variant(self, variant_id: str | None) -> None:
        if variant_id != self.variant_id:
            take_typing_in(self)
        self.variant_id = variant_id
        self.refresh()

    def refresh(self) -> None:
        known = {v.id: v for v in self.session.tender.variants}
        variant = known.get(self.variant_id or "")
        self._typed.turn_to(self.variant_id or "")
        for widget in (*self.fields.values(), self.category, self.accepted):
            widget.setVisible(variant is not None)
        for name in self.OF_VARIANT:  # what is not shown cannot be overwritten either
            self.fields[name].setVisible(
                variant is not None and not (self.session.names_hidden and variant.is_bid)
            )
        self.note.setText(
            "Kies een variant in de tabel."
            if variant is None
            else f"Geldt voor alle posten van {variant.name}."
        )
        self._show_layers(variant)
        if variant is None:
            return
        for name, field in self.fields.items():
            value = getattr(variant if name in self.OF_VARIANT else variant.evidence, name)
            field.show_value(numbers.date(value) if name == "valid_until" and value else value or "")
        self.category.show_value(variant.evidence.category)
        self.accepted.show_value(variant.evidence.equivalent_accepted)
        self.accepted.setVisible(bool(variant.evidence.equivalent))
        self._typed.put_back()

    def _show_layers(self, variant: Variant | None) -> None:
        """What was corrected after the opening: old value, reason and ranking, over the bid as it came."""
        tender = self.session.tender
        names = {v.id: v.name for v in tender.variants}
        layers = [layer for layer in tender.layers if variant is not None and layer.variant_id == variant.id]
        opened = variant is not None and variant.is_bid and tender.opened is not None
        lines = [changes.layer_sentence(tender, layer, names) for layer in layers]
        lines += [
            awarding.kept_sentence(answer)
            for answer in tender.kept
            if variant is not None and answer.variant_id == variant.id
        ]
        self.layers.setText("\n".join(["Geopend: alleen te lezen.", *lines] if opened else lines))
        self.layers.setVisible(bool(opened or lines))

    def _commit(self, name: str, text: str, label: str) -> None:
        value: str | None = text.strip() or None
        if name == "valid_until" and value is not None:
            value = numbers.read_date(value) or (value if value.isdigit() and len(value) == 4 else None)
            if value is None:
                self.fields[name].say("Schrijf een datum, bijvoorbeeld 31-12-2028, of een jaar.", wrong=True)
                return
        self.fields[name].say("")
        self._set(name, value, label)

    def _set(self, name: str, value: Any, label: str) -> None:
        if self.variant_id is None:
            return
        if name == "name" and not value:
            self.fields[name].say("Een variant heeft een naam nodig.", wrong=True)
            return
        make = edits.set_variant if name in self.OF_VARIANT else edits.set_evidence
        self.session.commit(make(self.session.tender, self.variant_id, name, value, label.lower()))
