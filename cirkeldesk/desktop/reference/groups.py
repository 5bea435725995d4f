"""The product groups: ours and the organisation's own, which come from a file that is tried out first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where, say_saved
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.lists import ListView
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import button, muted
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.groups import GroupTryOut, keep_group, offered_groups, read_group, write_group
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import groups as words
from cirkeldesk.wording import terms

HEADER = ("Productgroep", "Code", "Editie", "Eenheid", "MKI per", "Van wie")
WIDTHS = (260, 150, 100, 110, 110, 150)
FILES = "Productgroep (*.json);;Alle bestanden (*)"


class GroupsPage(QWidget):
    """`changed` is called when a group came in: other pages offer it too."""

    def __init__(self, workspace: Workspace, bars: Messages, changed: Callable[[], object]) -> None:
        super().__init__()
        self.workspace, self.bars, self._changed = workspace, bars, changed
        self.codes: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(
            muted(
                "Een productgroep is een bestand. Bewaar er een die lijkt op wat u zoekt, pas code, naam en velden "
                "aan en lees het bestand weer in. CirkelDesk probeert de groep eerst uit."
            )
        )
        self.model = TextTableModel()
        self.view = ListView("Productgroepen")
        self.view.setModel(self.model)
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        self.read_button = button("Productgroep inlezen", self.choose, icon="open")
        self.save_button = button("Bewaren als bestand", self.choose_target)
        for made in (self.read_button, self.save_button):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self) -> None:
        found = offered_groups(self.workspace)
        self.codes = [one.group.code for one in found]
        rows = tuple(
            (
                one.group.name,
                one.group.code,
                one.group.edition,
                one.group.functional_unit,
                terms.PER[one.group.default_per],
                "uw organisatie" if one.own else "CirkelDesk",
            )
            for one in found
        )
        self.model.show(HEADER, rows, frozenset(range(len(HEADER))))
        for place, width in enumerate(WIDTHS):
            self.view.setColumnWidth(place, theme.px(width))
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.read_button.setEnabled(not self.workspace.read_only)

    def choose(self) -> None:
        path = ask_for_file(self, "Productgroep inlezen", FILES)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Tried out first: its faults are named, or its sum is shown with the question whether to use it."""
        try:
            tried = read_group(self.workspace, path)
        except ReadError as problem:
            self.bars.refuse("group", problem)
            return
        if tried.faults:
            name = tried.group.name or path.name
            self.bars.show_bar("group", f"{name} kan zo niet. {words.lines(tried.faults)}", "error")
            return
        self.bars.show_bar("group", tried.told, "info", [("In gebruik nemen", lambda: self._keep(tried))])

    def _keep(self, tried: GroupTryOut) -> None:
        try:
            keep_group(self.workspace, tried)
        except StoreError as problem:
            self.bars.refuse("group", problem)
            return
        self._changed()
        self.bars.show_bar("group", f"{tried.group.name} kan nu bij Uitvraag worden gekozen.", "good")

    def choose_target(self) -> None:
        place = max(0, self.view.currentIndex().row())
        if place < len(self.codes):
            code = self.codes[place]
            path = ask_where(self, "Productgroep bewaren", f"{code}.json", FILES)
            if path is not None:
                self.save(code, path)

    def save(self, code: str, path: Path) -> None:
        try:
            write_group(self.workspace, code, path)
        except StoreError as problem:
            self.bars.refuse("group", problem)
            return
        say_saved(self.bars, path)
