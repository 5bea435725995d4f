"""One match as a card: who, why it fits, when, how far, what it saves, and the act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from cirkeldesk.desktop.kit.explain.popover import popover_of
from cirkeldesk.desktop.kit.figures.key_figures import KeyFigures
from cirkeldesk.desktop.kit.figures.time_bars import Span, TimeBars
from cirkeldesk.desktop.kit.flow import FlowRow
from cirkeldesk.desktop.kit.widgets import button, chip_labels, heading, muted
from cirkeldesk.model.material.material import MaterialRates
from cirkeldesk.wording.material import match_words
from cirkeldesk.wording.window.hard_words import HardWord

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match

Side = Literal["supply", "demand"]


class MatchCard(QFrame):
    """`reserve_wanted` when somebody wants it. `told` is said instead of the button where it is not theirs to
    do."""

    reserve_wanted = Signal()

    def __init__(
        self, found: Match, side: Side, rates: MaterialRates, day: str, *, best: bool, told: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.found, self._rates = found, rates
        other = found.demand if side == "supply" else found.supply
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        head = QVBoxLayout()
        head.setSpacing(4)
        self.title = heading(other.name, 1.08)
        head.addWidget(self.title)
        if side == "supply":
            since, until = found.demand.needed_from, found.demand.needed_until
        else:
            since, until = found.supply.available_from, found.supply.available_until
        self.about = muted(match_words.other_side(other, since, until))
        head.addWidget(self.about)
        why = FlowRow()
        first: list[match_words.Reason] = [("good", "past het best")] if best else []
        self.reasons = [*first, *match_words.reasons(found)]
        why.show_widgets(chip_labels(self.reasons))
        head.addWidget(why)
        grid.addLayout(head, 0, 0)
        self.figures = KeyFigures()
        self.figures.show_figures(match_words.key_figures(found))
        grid.addWidget(self.figures, 0, 1, Qt.AlignmentFlag.AlignTop)
        bars = TimeBars()
        bars.show_spans(
            (
                Span("aanbod", found.supply.available_from, found.supply.available_until, "bar_ref"),
                Span("vraag", found.demand.needed_from, found.demand.needed_until, "bar"),
            ),
            day,
        )
        grid.addWidget(bars, 1, 0, 1, 2)
        foot = QHBoxLayout()
        self.told = muted(match_words.told(found))
        foot.addWidget(self.told, 1)
        self.how = button("Rekenwijze", self._explain)
        self.how.setAccessibleName(f"Rekenwijze van {other.name}")
        self.how.setVisible(found.mki is not None)
        self.reserve = button("Reserveren", self.reserve_wanted.emit, icon="lock", primary=best)
        self.reserve.setAccessibleName(f"Reserveren: {other.name}")
        self.reserve.setVisible(not told)
        foot.addWidget(self.reserve)
        foot.addWidget(self.how)
        grid.addLayout(foot, 2, 0, 1, 2)
        self.refused = muted(told)
        self.refused.setVisible(bool(told))
        grid.addWidget(self.refused, 3, 0, 1, 2)

    def _explain(self) -> None:
        text = match_words.worked_out(self.found, self._rates)
        popover_of(self).show_word(HardWord("Zo is het berekend", text), self.how)
