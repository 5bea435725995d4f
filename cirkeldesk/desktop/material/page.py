"""Materials: what comes free and who needs it, and what lies where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.choices import Tabs
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.undo import OwnUndo
from cirkeldesk.desktop.material.demand_tab import DemandTab
from cirkeldesk.desktop.material.passport_tab import PassportTab
from cirkeldesk.desktop.material.region_tab import RegionTab
from cirkeldesk.desktop.material.side_tab import SideTab
from cirkeldesk.desktop.material.supply_tab import SupplyTab
from cirkeldesk.model.document.document import Kind
from cirkeldesk.operations.workspace import Workspace

SUPPLY, DEMAND, PASSPORTS, REGION = range(4)


class MaterialsPage(OwnUndo, QWidget):
    """Undo is of what is chosen: a supply, a demand or a passport."""

    changed = Signal()
    draft_about = ("page", "materialen")

    def __init__(self, workspace: Workspace, bars: Messages, worker: Worker) -> None:
        super().__init__()
        self.workspace, self.bars = workspace, bars
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.supply = SupplyTab(workspace, bars, worker)
        self.demand = DemandTab(workspace, bars, worker)
        self.passports = PassportTab(workspace, bars)
        parts = ((self.supply, "Aanbod"), (self.demand, "Vraag"), (self.passports, "Paspoorten"))
        for part, name in parts:
            part.changed.connect(self.changed)
            part.turned.connect(self.changed)
            self.tabs.addTab(part, name)
        self.region = RegionTab(workspace, bars)
        self.tabs.addTab(self.region, "Regio")
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.tabs)

    @property
    def kind(self) -> Kind:  # type: ignore[override]
        shown = self.tabs.currentWidget()
        return shown.kind if isinstance(shown, (SideTab, PassportTab)) else "supply"

    def undone(self, *, again: bool = False) -> str | None:
        del again
        shown = self.tabs.currentWidget()
        return shown.shown if isinstance(shown, (SideTab, PassportTab)) else None

    def take_keys(self) -> None:
        """Where the hands go when the page is brought up."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, SideTab):
            shown.take_keys()

    def open_supply(self, identity: str) -> None:
        """Bring up one supply."""
        self._open(self.supply, SUPPLY, identity)

    def open_demand(self, identity: str) -> None:
        """Bring up one demand."""
        self._open(self.demand, DEMAND, identity)

    def _open(self, tab: SideTab, place: int, identity: str) -> None:
        tab.look_for(identity)
        if self.tabs.currentIndex() == place:
            tab.refresh()
        else:
            self.tabs.setCurrentIndex(place)

    def begin_supply(self, plain: Mapping[str, Any]) -> None:
        """The form of a new supply, with what is known of it."""
        self.tabs.setCurrentIndex(SUPPLY)
        self.supply.begin_new(plain)

    def set_wide(self, wide: bool) -> None:
        for tab in (self.supply, self.demand):
            tab.set_wide(wide)

    def refresh(self) -> None:
        """What is shown, read anew."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, (SideTab, PassportTab, RegionTab)):
            shown.refresh()
        self.changed.emit()
