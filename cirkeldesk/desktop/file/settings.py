"""Settings: who works here, and for which organisation. Each field is kept when it is left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.settings import (
    change_file_settings,
    file_settings,
    load_settings,
    logo_bytes,
    readable,
    set_logo,
)
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import sentences

# What letters say of the sender: (label, example).
SENDER = {
    "address": ("Adres: bezoekadres; postadres", "Straat 1, 1234 AB Plaats; Postbus 1, 1234 ZZ Plaats"),
    "email": ("E-mailadres voor kopieën en vragen", ""),
    "phone": ("Telefoon", ""),
    "court": ("Bevoegde rechtbank, volgens uw stukken", "rechtbank …, locatie …"),
    "complaints": ("Waar een klacht heen gaat", ""),
    "mandate": ("Regel boven de ondertekening", "namens Gedeputeerde Staten van …"),
}
LOGO_WIDTH, LOGO_HEIGHT = 240, 80
THEMES = (("", "zoals het systeem"), ("light", "licht"), ("dark", "donker"))


class SettingsPage(ScrollColumn):
    author_changed = Signal(str)
    keeping_wanted = Signal()
    theme_chosen = Signal(str)

    draft_about = ("page", "instellingen")

    def __init__(self, workspace: Workspace, database: Path, bars: Messages) -> None:
        super().__init__(16, 12, 16, 16)
        self.workspace, self.bars = workspace, bars
        column = self.column
        column.setSpacing(10)
        column.addWidget(heading("Van u", 1.15))
        self.author = TextField("Uw naam in de geschiedenis")
        self.author.committed.connect(self._set_author)
        column.addWidget(self.author)
        self.theme = Choice("Weergave", THEMES)
        self.theme.chosen.connect(lambda value: self.theme_chosen.emit(str(value)))
        self.theme.setMaximumWidth(480)
        column.addWidget(self.theme)
        column.addWidget(heading("Van dit bestand", 1.15))
        self.organisation = TextField("Organisatie, boven aan bladen en brieven")
        self.organisation.committed.connect(
            lambda text: self._set("organisation", text.strip(), self.organisation)
        )
        self.colour = TextField("Kleur van de organisatie", hint="bijvoorbeeld #0A5A9C")
        self.colour.committed.connect(lambda text: self._set("colour", text.strip(), self.colour))
        self.retention = TextField("Bewaartermijn in jaren, volgens uw organisatie")
        self.retention.committed.connect(lambda text: self._set("retention", text.strip(), self.retention))
        self.of_sender = {name: self._of_sender(name) for name in SENDER}
        for field in (self.organisation, *self.of_sender.values(), self.colour, self.retention):
            column.addWidget(field)
        column.addWidget(
            muted("De bewaartermijn wordt alleen getoond. CirkelDesk verwijdert nooit iets uit zichzelf.")
        )
        self.logo = plain_label()
        self.logo.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.logo)
        row = QHBoxLayout()
        self.choose = button("Logo kiezen …", self._choose_logo)
        self.remove = button("Logo weghalen", lambda: self.set_logo(None))
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(muted(f"Alles blijft op deze computer: {database}"))
        kept = QHBoxLayout()
        kept.addWidget(button("Back-ups en bewaren", self.keeping_wanted.emit))
        kept.addStretch(1)
        column.addLayout(kept)
        column.addStretch(1)
        for field in (self.author, self.organisation, *self.of_sender.values(), self.colour, self.retention):
            field.setMaximumWidth(480)

    def _of_sender(self, name: str) -> TextField:
        """A line of what letters say of the sender; an address of several lines is written with ";"."""
        field = TextField(*SENDER[name][:1], hint=SENDER[name][1])

        def keep(text: str) -> None:
            lines = "\n".join(part.strip() for part in text.split(";") if part.strip())
            self._set(name, lines, field)

        field.committed.connect(keep)
        return field

    def refresh(self) -> None:
        settings = file_settings(self.workspace)
        self.author.show_value(self.workspace.store.author)
        self.theme.show_value(load_settings().theme)
        for name in ("organisation", "colour", "retention"):
            own: TextField = getattr(self, name)
            own.show_value(getattr(settings, name))
            own.edit.setReadOnly(self.workspace.read_only)
        for name, field in self.of_sender.items():
            field.show_value(getattr(settings, name).replace("\n", "; "))
            field.edit.setReadOnly(self.workspace.read_only)
        pale = settings.colour and readable(settings.colour) != settings.colour
        self.colour.say("Deze kleur is te licht om te lezen. Op papier staat daar zwart." if pale else "")
        picture = QPixmap()
        picture.loadFromData(logo_bytes(self.workspace))
        size = (LOGO_WIDTH, LOGO_HEIGHT)
        mode = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        if settings.logo:
            self.logo.setPixmap(picture.scaled(*size, *mode))
        else:
            self.logo.setText("Nog geen logo.")
        self.logo.setAccessibleName("Logo van de organisatie" if settings.logo else "Nog geen logo")
        self.choose.setEnabled(not self.workspace.read_only)
        self.remove.setVisible(bool(settings.logo) and not self.workspace.read_only)

    def _set_author(self, text: str) -> None:
        if text.strip():
            self.workspace.store.author = text.strip()
            self.author_changed.emit(text.strip())
        self.refresh()

    def _set(self, name: str, text: str, field: TextField) -> None:
        def change() -> None:
            change_file_settings(self.workspace, **{name: text})

        wrong = self._said(change)
        if wrong:
            field.say(wrong, wrong=True)
            return
        field.say("")
        self.refresh()

    def _said(self, change: Callable[[], None]) -> str:
        """What went wrong, in a sentence; "" when it is done."""
        try:
            change()
        except StoreError as problem:
            return sentences.refusal(problem)
        return ""

    def _choose_logo(self) -> None:
        path = ask_for_file(self, "Logo kiezen", "Beelden (*.png *.jpg *.jpeg)")
        if path is not None:
            self.set_logo(path)

    def set_logo(self, path: Path | None) -> None:
        wrong = self._said(lambda: set_logo(self.workspace, path))
        if wrong:
            self.bars.show_bar("failed", wrong, "error")
        self.refresh()
