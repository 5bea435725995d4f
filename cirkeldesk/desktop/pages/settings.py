"""Settings: who works here, and for which organisation. Each field is kept when it is left."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from cirkeldesk.desktop.widgets import BarSpace, Field, ScrollColumn, heading, muted
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.settings import FileSettings, file_settings, save_file_settings
from cirkeldesk.store.errors import StoreError
from cirkeldesk.wording import sentences


class SettingsPage(ScrollColumn):
    author_changed = Signal(str)

    def __init__(self, desk: Desk, database: Path, bars: BarSpace) -> None:
        super().__init__(16, 12, 16, 16)
        self.desk, self.bars = desk, bars
        column = self.column
        column.setSpacing(10)
        column.addWidget(heading("Van u", 1.15))
        self.author = Field("Uw naam in de geschiedenis")
        self.author.committed.connect(self._set_author)
        column.addWidget(self.author)
        column.addWidget(heading("Van dit bestand", 1.15))
        self.organisation = Field("Organisatie, boven aan het adviesblad")
        self.organisation.committed.connect(self._set_organisation)
        column.addWidget(self.organisation)
        column.addWidget(muted(f"Alles blijft op deze computer: {database}"))
        column.addStretch(1)
        for field in (self.author, self.organisation):
            field.setMaximumWidth(480)

    def refresh(self) -> None:
        self.author.show_value(self.desk.store.author)
        self.organisation.show_value(file_settings(self.desk).organisation)
        self.organisation.edit.setReadOnly(self.desk.read_only)

    def _set_author(self, text: str) -> None:
        if text.strip():
            self.desk.store.author = text.strip()
            self.author_changed.emit(text.strip())
        self.refresh()

    def _set_organisation(self, text: str) -> None:
        try:
            save_file_settings(self.desk, FileSettings(organisation=text.strip()))
        except StoreError as problem:
            self.bars.show_bar("failed", sentences.error(problem.key, **problem.params), "error")
