"""The form of a supply or demand, new or kept: what is asked first, and folded away what may be said
besides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from cirkeldesk.desktop.kit.typed_form import TypedForm
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, fold, heading
from cirkeldesk.desktop.material.fields import Fields, as_change, as_data, as_shown


class MaterialForm(ScrollColumn):
    """`done` with the data once everything can be read; `left` when somebody goes back."""

    done = Signal(object)
    left = Signal()

    def __init__(self, fields: tuple[Fields, Fields]) -> None:
        super().__init__(20, 12, 20, 12)
        self.identity: str | None = None
        self.title = heading("", 1.25)
        self.form, self.more = TypedForm(fields[0]), TypedForm(fields[1])
        for form in (self.form, self.more):
            form.done.connect(self.take)
        self.unfold = fold("Meer gegevens", self.more)
        self.add = button("Opslaan", self.take, icon="check", primary=True)
        self.back = button("Annuleren", self.left.emit)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.back)
        foot.addStretch(1)
        for part in (self.title, self.form, self.unfold, self.more):
            self.column.addWidget(part)
        self.column.addLayout(foot)
        self.column.addStretch(1)

    @property
    def fields(self) -> Mapping[str, Any]:
        return {**self.form.fields, **self.more.fields}

    def begin(self, title: str, plain: Mapping[str, Any] | None = None, identity: str | None = None) -> None:
        """For something new, perhaps with what is known of it, or (`identity`) for what is kept."""
        self.identity = identity
        self.title.setText(title)
        shown = as_shown(plain or {})
        for form in (self.form, self.more):
            form.show_values(shown)
        self.unfold.setChecked(
            any(field.name in shown for field in self.more.asked if field.kind != "choice")
        )
        self.verticalScrollBar().setValue(0)

    def take(self) -> None:
        first, more = self.form.read(), self.more.read()
        if more is None:
            self.unfold.setChecked(True)
        if first is None or more is None:
            return
        said = {**first, **more}
        asked = (*self.form.asked, *self.more.asked)
        self.done.emit(as_data(said) if self.identity is None else as_change(asked, said))
