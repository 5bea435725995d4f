"""Materials: what comes free and who needs it, and what lies where."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.choices import Tabs
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.material.passport_tab import PassportTab
from cirkeldesk.desktop.material.region_tab import RegionTab
from cirkeldesk.desktop.material.supply_tab import MaterialTab
from cirkeldesk.operations.workspace import Workspace

SUPPLY, DEMAND, PASSPORTS, REGION = range(4)


class MaterialsPage(QWidget):
    changed = Signal()
    draft_about = ("page", "materialen")

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__()
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.supply = MaterialTab(workspace, bars, "supply")
        self.demand = MaterialTab(workspace, bars, "demand")
        self.passports = PassportTab(workspace, bars)
        parts = ((self.supply, "Aanbod"), (self.demand, "Vraag"), (self.passports, "Paspoorten"))
        for part, name in parts:
            part.changed.connect(self.changed)
            self.tabs.addTab(part, name)
        self.region = RegionTab(workspace, bars)
        self.tabs.addTab(self.region, "Regio")
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.addWidget(self.tabs)

    def open_supply(self, identity: str) -> None:
        """Bring up one supply."""
        self.supply.shown = identity
        self.tabs.setCurrentIndex(SUPPLY)
        self.supply.refresh()

    def refresh(self) -> None:
        """What is shown, read anew."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, (MaterialTab, PassportTab, RegionTab)):
            shown.refresh()
