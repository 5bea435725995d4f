"""The terms as the organisation uses them in its documents: a list, and the term that is chosen to be
edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import LongText, TextField, TypedPerSubject
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.lists import ListView
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import button, muted, plain_label
from cirkeldesk.model.reference.criteria import Definition


class DefinitionsPage(QWidget):
    """`commit` takes a term as it was and as it is now (None: there was none, or it is taken away), and what
    was done."""

    def __init__(
        self, commit: Callable[[Definition | None, Definition | None, str], object], bars: Messages
    ) -> None:
        super().__init__()
        self._commit, self.bars = commit, bars
        self.definitions: tuple[Definition, ...] = ()
        self._typed = TypedPerSubject(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(
            muted(
                "Zo gebruikt uw organisatie deze woorden in de stukken. Pas ze aan; zij zijn niet officieel."
            )
        )
        self.model = TextTableModel()
        self.view = ListView("Begrippen")
        self.view.setModel(self.model)
        self.view.selectionModel().currentRowChanged.connect(lambda now, before: self._show())
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        self.add = button("Nieuw begrip", self.new, icon="plus")
        self.remove = button("Verwijderen", self.delete)
        self.copy = button("Alle begrippen kopiëren als tekst", self.copy_text)
        for made in (self.add, self.remove, self.copy):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        self.term = TextField("Begrip *")
        self.term.committed.connect(lambda text: self._set("term", text.strip()))
        self.text = LongText("Omschrijving", lambda text: self._set("text", text.strip()), 64)
        self.source = TextField("Bron")
        self.source.committed.connect(lambda text: self._set("source", text.strip()))
        column.addWidget(self.term)
        column.addWidget(plain_label("Omschrijving"), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addWidget(self.source)

    def show_definitions(self, definitions: tuple[Definition, ...], *, read_only: bool) -> None:
        place = self.view.currentIndex().row()
        self.definitions = definitions
        rows = tuple((one.term, one.text, one.source) for one in definitions)
        self.model.show(("Begrip", "Omschrijving", "Bron"), rows, frozenset(range(3)))
        self.view.setColumnWidth(0, theme.px(150))
        self.view.setColumnWidth(2, theme.px(260))
        self.view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        if rows:
            self.view.selectRow(max(0, min(place, len(rows) - 1)))
        for widget in (self.add, self.remove, self.term, self.source):
            widget.setEnabled(not read_only)
        self.text.setReadOnly(read_only)
        self._show()

    @property
    def current(self) -> Definition | None:
        row = self.view.currentIndex().row()
        return self.definitions[row] if 0 <= row < len(self.definitions) else None

    def _show(self) -> None:
        found = self.current or Definition("", "", "")
        self._typed.turn_to(found.term)
        self.term.show_value(found.term)
        self.text.show_text(found.text)
        self.source.show_value(found.source)
        self._typed.put_back()

    @property
    def draft_part(self) -> str:
        return self._typed.subject

    def go_to_draft_part(self, part: str) -> bool:
        for row, one in enumerate(self.definitions):
            if one.term == part:
                self.view.selectRow(row)
        return self._typed.subject == part

    def _set(self, name: str, value: str) -> None:
        old = self.current
        if old is None or (name == "term" and not value):
            self._show()
            return
        changed = replace(old, **{name: value})
        self._commit(old, changed, {"term": "naam", "text": "omschrijving", "source": "bron"}[name])

    def new(self) -> None:
        self._commit(None, Definition("Nieuw begrip", "", "Eigen omschrijving."), "nieuw begrip")
        self.view.selectRow(len(self.definitions) - 1)
        self.term.edit.setFocus()
        self.term.edit.selectAll()

    def delete(self) -> None:
        if self.current is not None:
            self._commit(self.current, None, "begrip verwijderd")

    def copy_text(self) -> None:
        QGuiApplication.clipboard().setText(
            "\n".join(f"{one.term}: {one.text}" for one in self.definitions) + "\n"
        )
        self.bars.show_bar("copied", f"{len(self.definitions)} begrippen staan op het klembord.", "good")
