"""Demand: what is needed, and which supply fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import button, chip_labels, name_button
from cirkeldesk.desktop.material.fields import demand_fields
from cirkeldesk.desktop.material.lists import DemandList
from cirkeldesk.desktop.material.side_tab import SideTab
from cirkeldesk.operations.material import materials as acts
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.material import parcel_words

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match


class DemandTab(SideTab):
    side = "demand"
    what, other, by_day = "vraag", "aanbod", "needed_from"

    def __init__(self, workspace: Workspace, bars: Messages, worker: Worker) -> None:
        super().__init__(workspace, bars, worker, DemandList(), demand_fields())

    def add_below(self, column: QVBoxLayout) -> None:
        self.end = button("Sluiten", self._close)
        column.addWidget(self.end, 0, Qt.AlignmentFlag.AlignLeft)

    def show_parts(self, *, there: bool) -> None:
        self.end.setVisible(there)

    def show_one(self, identity: str) -> None:
        demand = acts.get_demand(self.workspace, identity)
        self.title.setText(demand.name)
        self.about.setText(parcel_words.about_demand(demand))
        self.marks.show_widgets(chip_labels(parcel_words.demand_marks(demand)))
        name_button(self.end, "Heropenen" if demand.closed else "Sluiten: niets meer nodig")
        self.end.setEnabled(not self.workspace.read_only)

    def fitting_for(self, identity: str) -> list[Match]:
        return acts.find_matches(self.workspace, demand=identity)

    def told(self, found: Match) -> str:
        with_name = found.demand.organisation
        if acts.is_own(self.workspace, with_name):
            return ""
        return f"Deze vraag is van {with_name}. Alleen zij kunnen hiervoor reserveren."

    def _close(self) -> None:
        shown = self.shown
        if shown is None:
            return
        closed = not acts.get_demand(self.workspace, shown).closed
        if self.done(lambda: acts.close_demand(self.workspace, shown, closed=closed)):
            self.refresh()
