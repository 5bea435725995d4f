"""The region: what the organisations in a shared folder ask together, and whose data that rests on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_folder
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.region.region import region
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.region import words

EMPTY = (
    "Kies de map die u met andere organisaties deelt. CirkelDesk leest daar dossiers voor buiten, kalenders en "
    "benchmarks. Dossiers met inschrijvingen slaat het over."
)


class RegionTab(ScrollColumn):
    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(0, 8, 8, 8)
        self.workspace, self.bars = workspace, bars
        self.choose = button("Map kiezen", self._choose, icon="open", primary=True)
        self.key = TextField("Sleutelwoord van de regio, om ook uw eigen benchmark te delen")
        line = QHBoxLayout()
        line.addWidget(self.choose)
        line.addWidget(self.key, 1)
        self.column.addLayout(line)
        self.said = muted(EMPTY)
        self.column.addWidget(self.said)
        self.tables: dict[str, PlainTable] = {}
        self._parts: dict[str, tuple[QWidget, QWidget]] = {}
        for name in words.TABLES:
            head, table = heading(name, 1.1), PlainTable(name)
            self.tables[name] = table
            self._parts[name] = (head, table)
            for part in (head, table):
                part.hide()
                self.column.addWidget(part)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """What was read stays until another folder is chosen."""
        self.choose.setEnabled(not self.workspace.read_only)

    def _choose(self) -> None:
        folder = ask_for_folder(self, "Gedeelde map van de regio")
        if folder is not None:
            self.read(folder)

    def read(self, folder: Path) -> None:
        """All that the folder says, in tables."""
        try:
            found = region(self.workspace, folder, self.key.edit.text().strip())
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        self.said.setText(words.rests_on(found))
        for name, (header, rows, left) in words.tables(found).items():
            self.tables[name].show_rows(header, rows, left)
            for part in self._parts[name]:
                part.setVisible(bool(rows))
