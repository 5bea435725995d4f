"""The region: what the organisations in a shared folder ask together, and whose data that rests on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_folder
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.region.joint import Joint
from cirkeldesk.operations.region.region import region
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.region import words

EMPTY = (
    "Kies de map die u met andere organisaties deelt. CirkelDesk leest daar dossiers voor buiten, kalenders en "
    "benchmarks. Dossiers met inschrijvingen slaat het over."
)


class RegionTab(ScrollColumn):
    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(16, 8, 16, 8)
        self.workspace, self.bars = workspace, bars
        self.choose = button("Map kiezen", self._choose, icon="open", primary=True)
        self.key = TextField("Sleutelwoord van de regio, om ook uw eigen benchmark te delen")
        line = QHBoxLayout()
        line.addWidget(self.choose)
        line.addWidget(self.key, 1)
        self.column.addLayout(line)
        self.said = muted(EMPTY)
        self.column.addWidget(self.said)
        self.joint: list[Joint] = []  # of each row of its table
        self.tables: dict[str, PlainTable] = {}
        self._parts: dict[str, tuple[QWidget, QWidget]] = {}
        for name in words.TABLES:
            head, table = heading(name, 1.1), PlainTable(name)
            self.tables[name] = table
            self._parts[name] = (head, table)
            for part in (head, table):
                part.hide()
                self.column.addWidget(part)
            if name == words.JOINT:
                self.mail = button("Tekst aan de anderen kopiëren", self.copy_text)
                self.mail.hide()
                self.column.addWidget(self.mail, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """What was read stays until another folder is chosen."""
        self.choose.setEnabled(not self.workspace.read_only)

    def _choose(self) -> None:
        folder = ask_for_folder(self, "Gedeelde map van de regio")
        if folder is not None:
            self.read(folder)

    def copy_text(self) -> None:
        """The text about the line one is at, on the clipboard."""
        place = max(0, self.tables[words.JOINT].currentIndex().row())
        if place < len(self.joint):
            QGuiApplication.clipboard().setText(words.mail(self.joint[place]))
            self.bars.show_bar("copied", "De tekst staat op het klembord. Plak hem in een mail.", "good")

    def read(self, folder: Path) -> None:
        """All that the folder says, in tables."""
        try:
            found = region(self.workspace, folder, self.key.edit.text().strip())
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        self.said.setText(words.rests_on(found))
        self.joint = [one for one in found.joint for _ in one.rows]
        self.mail.setVisible(bool(self.joint))
        for name, (header, rows, left) in words.tables(found).items():
            self.tables[name].show_rows(header, rows, left)
            for part in self._parts[name]:
                part.setVisible(bool(rows))
