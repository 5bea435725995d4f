"""The bid card: one bid in the order of the bid form, with what its bidder shows for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from cirkeldesk.desktop.kit.fields import Choice, TextField, TypedPerSubject, take_typing_in
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label, tool
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.desktop.tender.variants.card.card_cells import CardCells
from cirkeldesk.model.messages import Problem
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Variant
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.award import awarding, changes

PANEL = 320


class BidCard(QFrame):
    """Inschrijfkaart: bidder, sums, posts, and the evidence that holds for all of them. Terug or Esc closes
    it where it took the table's place.

    `open_wanted` when the first open point of the bid is to be mended.
    """

    closed = Signal()
    variant_wanted = Signal(str)
    open_wanted = Signal(object)

    OF_VARIANT = ("name", "bidder")
    FIELDS = (
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
        ("name", "Naam in de tabel"),
    )
    OF_MKI = ("verifier", "valid_until", "rules", "background", "method", "tool", "equivalent")
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
        column.setSpacing(6)
        column.addLayout(self._head())
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
        column.addWidget(self.fields["bidder"])
        self.cells = CardCells()
        column.addWidget(self.cells)
        self.state = button("", self._go_to_open)
        self.state.setProperty("link", True)
        column.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        self.complete = plain_label()
        self.complete.setProperty("chip", "good")
        column.addWidget(self.complete, 0, Qt.AlignmentFlag.AlignLeft)
        self.evidence = heading("Onderbouwing", 1.0)
        column.addWidget(self.evidence)
        self.note = muted("Kies een variant in de tabel.")
        column.addWidget(self.note)
        for name in list(self.fields)[1:]:
            column.addWidget(self.fields[name])
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

    def _head(self) -> QHBoxLayout:
        """Whose card it is, to the ones beside it, and back to the table where the card took its place."""
        top = QHBoxLayout()
        self.title = heading("Inschrijfkaart", 1.15)
        self.title.setWordWrap(False)
        top.addWidget(self.title, 1)
        self.place = muted()
        self.before = tool("Vorige variant", lambda: self._beside(-1), icon="back")
        self.after = tool("Volgende variant", lambda: self._beside(1), icon="forward")
        for one in (self.before, self.after):
            one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for widget in (self.before, self.place, self.after):
            top.addWidget(widget)
        self.back = tool("Terug", self.closed.emit)
        self.back.hide()
        top.addWidget(self.back)
        return top

    def _beside(self, by: int) -> None:
        columns = [variant.id for variant in self.session.tender.variants]
        if self.variant_id in columns:
            self.variant_wanted.emit(columns[(columns.index(self.variant_id) + by) % len(columns)])

    def _open_points(self, variant: Variant) -> list[Problem]:
        problems = self.session.comparison.problems
        return [found for found in problems if found.variant_id == variant.id and found.level != "note"]

    def _go_to_open(self) -> None:
        variant = self._variant
        found = self._open_points(variant) if variant is not None else []
        if found:
            self.open_wanted.emit(found[0])

    @property
    def _variant(self) -> Variant | None:
        return next((v for v in self.session.tender.variants if v.id == self.variant_id), None)

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
        variant = self._variant
        self._show_head(variant)
        self._typed.turn_to(self.variant_id or "")
        mki = not self.session.comparison.group.without_mki
        for name, field in self.fields.items():
            field.setVisible(variant is not None and (mki or name not in self.OF_MKI))
        for widget in (self.category, self.accepted):
            widget.setVisible(variant is not None and mki)
        self._show_layers(variant)
        if variant is None:
            self.note.setText("Kies een variant in de tabel.")
            return
        self._show_names(variant)
        self.note.setText(f"Geldt voor alle posten van {variant.name}.")
        for name, field in self.fields.items():
            value = getattr(variant if name in self.OF_VARIANT else variant.evidence, name)
            field.show_value(numbers.date(value) if name == "valid_until" and value else value or "")
        self.category.show_value(variant.evidence.category)
        self.accepted.show_value(variant.evidence.equivalent_accepted)
        self.accepted.setVisible(mki and bool(variant.evidence.equivalent))
        self._typed.put_back()

    def _show_names(self, variant: Variant) -> None:
        """What is not shown cannot be overwritten either."""
        for name in self.OF_VARIANT:
            self.fields[name].setVisible(not (self.session.names_hidden and variant.is_bid))
        if not (variant.is_bid or variant.bidder):
            self.fields["bidder"].hide()

    def _show_head(self, variant: Variant | None) -> None:
        variants = self.session.tender.variants
        self.title.setText(variant.name if variant is not None else "Inschrijfkaart")
        for widget in (self.before, self.place, self.after):
            widget.setVisible(variant is not None and len(variants) > 1)
        for part in (self.state, self.complete, self.evidence):
            part.setVisible(variant is not None)
        if variant is None:
            return
        self.place.setText(f"{variants.index(variant) + 1} van {len(variants)}")
        count = len(self._open_points(variant))
        self.complete.setVisible(not count)
        self.complete.setText(f"{variant.name} is volledig ingevuld")
        self.state.setVisible(bool(count))
        self.state.setText(f"Nog {count} open: naar het eerste punt" if count > 1 else "Nog 1 open: daarheen")
        self.state.setAccessibleName(self.state.text())

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
