"""What the tabs with a list share: the list with its search, what is chosen in it, and acts that may be
refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.lists import ListModel, ListView
from cirkeldesk.desktop.kit.widgets import muted
from cirkeldesk.model.refusal import Refusal, StoreError
from cirkeldesk.operations.lists import Listed
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import sentences

ListedKind = Literal["supply", "demand", "passport"]


class ListedTab(QWidget):
    """`shown` is the id of what is chosen, `turned` when that is another one. A tab shows it in
    `show_chosen`, and adds the list where it wants it."""

    turned = Signal()

    def __init__(
        self, workspace: Workspace, bars: Messages, kind: ListedKind, name: str, model: ListModel
    ) -> None:
        super().__init__()
        self.workspace, self.bars, self.kind = workspace, bars, kind
        self.shown: str | None = None
        self.search = QLineEdit()
        self.search.textChanged.connect(lambda _: self.refresh())
        self.said = muted()
        self.view, self._list = ListView(name), model
        self.view.setModel(model)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _: self._turn(now.row()))

    def refresh(self) -> None:
        raise NotImplementedError

    def show_chosen(self) -> None:
        raise NotImplementedError

    def show_rows(self, rows: Listed, empty: str) -> None:
        """These rows; what was chosen stays chosen while it is there. `empty` is said where nothing is."""
        self._list.beginResetModel()
        self._list.rows = rows
        self._list.endResetModel()
        self.view.setVisible(bool(len(rows)))
        self.said.setText("" if len(rows) else empty)
        self.said.setVisible(not len(rows))
        place = max(0, rows.place_of(self.shown)) if len(rows) else -1
        self.shown = rows.ids[place] if place >= 0 else None
        if place >= 0:
            self.view.setCurrentIndex(self._list.index(place, 0))
        self.show_chosen()

    def _turn(self, place: int) -> None:
        rows = self._list.rows
        if isinstance(rows, Listed) and 0 <= place < len(rows) and rows.ids[place] != self.shown:
            self.shown = rows.ids[place]
            self.show_chosen()
            self.turned.emit()

    def did(self, act: Callable[[], object]) -> bool:
        """Do something; what is refused is said."""
        try:
            act()
        except StoreError as problem:
            self.bars.refuse("failed", problem)
        except Refusal as problem:
            self.bars.show_bar("failed", sentences.refusal(problem), "error")
        else:
            return True
        return False
