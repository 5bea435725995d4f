"""What supply and demand share: a list at the left, what is chosen at the right with what fits it as cards,
and the form that makes or mends one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_for_folder, ask_where
from cirkeldesk.desktop.kit.flow import FlowRow
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import (
    ScrollColumn,
    button,
    empty_page,
    heading,
    muted,
    name_button,
    plain_label,
)
from cirkeldesk.desktop.material.fields import Fields
from cirkeldesk.desktop.material.listed_tab import ListedTab
from cirkeldesk.desktop.material.lists import ParcelList
from cirkeldesk.desktop.material.match_card import MatchCard
from cirkeldesk.desktop.material.material_form import MaterialForm
from cirkeldesk.desktop.material.parcel_cell import HIGH, ParcelCell
from cirkeldesk.desktop.material.rates_form import RatesForm
from cirkeldesk.operations.lists import Listed
from cirkeldesk.operations.material import materials as acts
from cirkeldesk.operations.material.changing import change, plain_of
from cirkeldesk.operations.material.exchange import exchange
from cirkeldesk.operations.material.tables import read_materials, write_materials
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.material import parcel_words, words

if TYPE_CHECKING:
    from cirkeldesk.model.material.matching import Match

Side = Literal["supply", "demand"]
FILES = "Materialen (*.json *.csv *.xlsx *.ods);;Alle bestanden (*)"
LIST_WIDTH, LOW_LIST = 400, 3  # px; rows of the list above what is chosen, in a narrow window
FIRST_CARDS = 3
# (text, whether by the first day, whether also what is gone)
ORDERS: tuple[tuple[str, bool, bool], ...] = (
    ("op naam", False, False),
    ("op datum", True, False),
    ("ook wat weg is", False, True),
)


class SideTab(ListedTab):
    """One side: what comes free, or what is needed."""

    changed = Signal()
    side: Side
    what: str  # in words
    other: str
    by_day: str  # the column of the list with its first day

    def __init__(
        self,
        workspace: Workspace,
        bars: Messages,
        worker: Worker,
        model: ParcelList,
        fields: tuple[Fields, Fields],
    ) -> None:
        super().__init__(workspace, bars, self.side, self.what.capitalize(), model)
        self.model, self.worker = model, worker
        self.cards: list[MatchCard] = []
        self.matches: list[Match] = []
        self._shows_all = False
        self._prefill: Mapping[str, Any] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.halves.setSpacing(0)
        whole.addLayout(self._acts())
        whole.addLayout(self.halves, 1)
        self.halves.addWidget(self._left())
        self.right = QStackedWidget()
        self.halves.addWidget(self.right, 1)
        self.detail = self._detail()
        self.form = MaterialForm(fields)
        self.form.done.connect(self._take)
        self.form.left.connect(self._leave_form)
        self.right.addWidget(self.detail)
        self.right.addWidget(self.form)
        self.nothing = self._nothing()
        self.right.addWidget(self.nothing)
        self.rates = RatesForm()
        self.rates.done.connect(self._keep_rates)
        self.rates.left.connect(self._leave_form)
        self.right.addWidget(self.rates)

    def _acts(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        self.search.setPlaceholderText("Zoek op soort, naam of plaats")
        self.search.setAccessibleName(f"Zoeken in {self.what}")
        self.search.setMinimumWidth(100)
        self.search.setMaximumWidth(theme.px(LIST_WIDTH - 150))
        self.order = ChoiceList()
        self.order.setAccessibleName("Volgorde van de lijst")
        self.order.addItems([text for text, _, _ in ORDERS])
        self.order.activated.connect(lambda _: self.refresh())
        self.new = button(f"{self.what.capitalize()} melden", self.begin_new, icon="plus")
        self.swap = button("Uitwisselen", self._choose_folder, icon="open")
        self.more = button("Meer", lambda: None, icon="more")
        self.menu = QMenu(self)
        self.read = self.menu.addAction("Lijst inlezen", self._choose_file)
        self.menu.addAction("Lijst opslaan", self._save_list)
        self.menu.addAction("Rekenwaarden van verplaatsen", self.begin_rates)
        self.more.setMenu(self.menu)
        line.addWidget(self.search, 1)
        line.addWidget(self.order)
        line.addStretch(2)
        for made in (self.new, self.swap, self.more):
            line.addWidget(made)
        return line

    def _left(self) -> QWidget:
        self.left = QFrame()
        self.left.setObjectName("parcels")
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        self.view.setItemDelegate(ParcelCell(self.view, self.model))
        self.view.horizontalHeader().hide()
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.keep_rows(self.view.verticalHeader(), HIGH)
        self.said.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        return self.left

    def _detail(self) -> QWidget:
        page = ScrollColumn(20, 12, 20, 12)
        page.setObjectName("canvas")
        self.column = page.column
        self.column.setSpacing(8)
        head = QHBoxLayout()
        self.title = heading("", 1.25)
        head.addWidget(self.title, 1)
        self.mend = button("Wijzigen", self.begin_change)
        head.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.about = plain_label()
        self.about.setWordWrap(True)
        self.column.addWidget(self.about)
        self.marks = FlowRow()
        self.column.addWidget(self.marks)
        self.add_above(self.column)
        line = QHBoxLayout()
        self.fit_head = heading("", 1.08)
        line.addWidget(self.fit_head, 1)
        self.column.addLayout(line)
        self.fitting = QVBoxLayout()
        self.fitting.setSpacing(8)
        self.column.addLayout(self.fitting)
        self.all = button("Alles tonen", self._show_all)
        self.column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.explained = muted(f"{words.INDICATION} {words.STRAIGHT}")
        self.column.addWidget(self.explained)
        self.add_below(self.column)
        self.column.addStretch(1)
        return page

    def _nothing(self) -> QWidget:
        """What is shown while there is nothing: why, and the three ways to begin."""
        self.empty = plain_label()
        return empty_page(
            self.empty,
            button(f"{self.what.capitalize()} melden", self.begin_new, icon="plus", primary=True),
            button("Lijst inlezen", self._choose_file, icon="open"),
            button("Uitwisselen met anderen", self._choose_folder),
        )

    def take_keys(self) -> None:
        """The list where there is one; else the first thing to do."""
        (self.view if self.view.isVisibleTo(self) else self.new).setFocus()

    def add_above(self, column: QVBoxLayout) -> None:
        """What a side has between what it is and what fits."""

    def add_below(self, column: QVBoxLayout) -> None:
        """What a side has below what fits."""

    def set_wide(self, wide: bool) -> None:
        """In a narrow window the list stands above what is chosen, a few rows high."""
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.halves.setDirection(direction)
        policy = QSizePolicy.Policy
        if wide:
            self.left.setFixedWidth(theme.px(LIST_WIDTH))
            self.left.setMinimumHeight(0)
            self.left.setMaximumHeight(16_777_215)
            self.left.setSizePolicy(policy.Fixed, policy.Preferred)
        else:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16_777_215)
            self.left.setFixedHeight(theme.px(HIGH) * LOW_LIST)
            self.left.setSizePolicy(policy.Preferred, policy.Fixed)
        for made in (self.new, self.swap):
            made.setText(made.accessibleName() if wide else made.accessibleName().split()[-1].capitalize())

    def look_for(self, identity: str) -> None:
        """Choose one, also where the list would not show it now."""
        self.shown = identity
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        rows = Listed(self.workspace, self.side, there_on=acts.day_of(self.workspace))
        if rows.place_of(identity) < 0:
            self.order.setCurrentIndex(len(ORDERS) - 1)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.model.day = acts.day_of(self.workspace)
        for made in (self.swap, self.new, self.mend):
            made.setEnabled(not self.workspace.read_only)
        self.read.setEnabled(not self.workspace.read_only)
        _, by_day, also_gone = ORDERS[max(0, self.order.currentIndex())]
        rows = Listed(
            self.workspace,
            self.side,
            self.search.text(),
            self.by_day if by_day else "",
            there_on="" if also_gone else self.model.day,
        )
        searched = self.search.text().strip()
        self.empty.setText(
            f"Niets gevonden met “{searched}”."
            if searched
            else f"Er is nog geen {self.what}. Meld het, lees een lijst in, of wissel uit met anderen."
        )
        for made in self.nothing.findChildren(QPushButton):
            made.setVisible(not searched)
            made.setEnabled(not self.workspace.read_only)
        self.show_rows(rows, "")
        self._count()

    def _count(self) -> None:
        """How many fit each, found beside the window: with tens of thousands it takes a second."""

        def take(found: Any) -> None:
            self.model.fitting = found
            self.view.viewport().update()

        self.worker.start(lambda _: acts.count_matches(self.workspace, self.side), take, lambda _: None, "")

    def show_chosen(self) -> None:
        """What is chosen and what fits it."""
        self.right.setCurrentWidget(self.detail if self.shown is not None else self.nothing)
        self._shows_all = False
        there = self.shown is not None
        for part in (self.title, self.about, self.marks, self.fit_head, self.explained, self.mend):
            part.setVisible(there)
        self.show_parts(there=there)
        if self.shown is None:
            self._show_cards([])
            self.fit_head.hide()
            return
        self.show_one(self.shown)
        self._show_cards(self.fitting_for(self.shown))

    def show_parts(self, *, there: bool) -> None:
        """Show or hide what only this side has."""

    def show_one(self, identity: str) -> None:
        """Fill in what is chosen."""
        raise NotImplementedError

    def fitting_for(self, identity: str) -> list[Match]:
        """What fits it, the best first."""
        raise NotImplementedError

    def told(self, found: Match) -> str:
        """Why one cannot reserve here; "" where one can."""
        raise NotImplementedError

    def _show_cards(self, found: list[Match]) -> None:
        self.matches = found
        for card in self.cards:
            card.hide()
            card.deleteLater()
        shown = found if self._shows_all else found[:FIRST_CARDS]
        day, rates = self.model.day, acts.get_rates(self.workspace)
        self.cards = []
        for place, one in enumerate(shown):
            best = place == 0 and one.timing == "in_time"
            card = MatchCard(one, self.side, rates, day, best=best, told=self.told(one))
            card.reserve.setEnabled(not self.workspace.read_only)
            if not acts.is_own(self.workspace, one.supply.organisation):
                card.reserve.setText("Aanvragen")
            card.reserve_wanted.connect(partial(self._reserve, one))
            self.fitting.addWidget(card)
            self.cards.append(card)
        self.fit_head.setText(parcel_words.fitting(len(found), self.other))
        self.all.setVisible(len(found) > len(shown))
        name_button(self.all, f"Nog {len(found) - len(shown)} tonen")
        self.explained.setVisible(bool(found))

    def _show_all(self) -> None:
        self._shows_all = True
        self._show_cards(self.matches)

    # --- acts
    # -----------------------------------------------------------------------------------------------------

    def done(self, act: Callable[[], object]) -> bool:
        """Do something; what changed is told to the frame."""
        made = self.did(act)
        if made:
            self.changed.emit()
        return made

    def begin_new(self, plain: Mapping[str, Any] | None = None) -> None:
        """The form of something new, perhaps with what is known of it."""
        self._prefill = dict(plain or {})
        self.form.begin(f"{self.what.capitalize()} melden", plain)
        self._show_form()

    def begin_change(self) -> None:
        if self.shown is not None:
            self._prefill = {}
            plain = plain_of(self.workspace, self.side, self.shown)
            self.form.begin(f"{plain['name']} wijzigen", plain, self.shown)
            self._show_form()

    def begin_rates(self) -> None:
        self.rates.show_rates(acts.get_rates(self.workspace))
        self.right.setCurrentWidget(self.rates)

    def _keep_rates(self, said: dict[str, Any]) -> None:
        if self.done(lambda: acts.put_rates(self.workspace, said)):
            self.bars.show_bar("saved", "De rekenwaarden zijn bewaard.", "good")
            self._leave_form()
            self.refresh()

    def _show_form(self) -> None:
        self.right.setCurrentWidget(self.form)
        self.form.fields["kind"].box.setFocus()

    def _leave_form(self) -> None:
        self.right.setCurrentWidget(self.detail if self.shown is not None else self.nothing)
        self.take_keys()

    def _take(self, said: dict[str, Any]) -> None:
        identity = self.form.identity
        if identity is None:
            plain = {**self._prefill, "id": acts.new_id(), **said}
            name = "supplies" if self.side == "supply" else "demands"
            made = self.done(lambda: acts.put_plain(self.workspace, {name: [plain]}))
            identity = str(plain["id"])
        else:
            made = self.done(lambda: change(self.workspace, self.side, str(identity), said))
        if made:
            self.shown = identity
            self._leave_form()
            self.refresh()

    def _choose_file(self) -> None:
        path = ask_for_file(self, "Materialen inlezen", FILES)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        def act() -> None:
            if path.suffix.casefold() == ".json":
                acts.put_materials(self.workspace, path)
            else:
                acts.put_plain(self.workspace, read_materials(path))

        if self.done(act):
            self.bars.show_bar("read", f"{path.name} is ingelezen.", "good")
            self.refresh()

    def _save_list(self) -> None:
        kinds = "Excel (*.xlsx);;OpenDocument (*.ods);;CSV (*.csv)"
        path = ask_where(self, "Lijst opslaan", "Materialen.xlsx", kinds)
        if path is not None and self.done(lambda: write_materials(self.workspace, path)):
            self.bars.show_bar("saved", f"{path.name} is opgeslagen.", "good")

    def _choose_folder(self) -> None:
        folder = ask_for_folder(self, "Gedeelde map voor materialen")
        if folder is not None:
            self.exchange_with(folder)

    def exchange_with(self, folder: Path) -> None:
        """Read what others put there, answer their requests, and put ours there."""
        told: list[str] = []
        if self.done(lambda: told.extend(words.exchanged(exchange(self.workspace, folder)))):
            self.bars.show_bar("exchanged", "\n".join(told), "good")
            self.refresh()

    def _reserve(self, found: Match) -> None:
        decided: list[str] = []
        if self.done(lambda: decided.append(acts.reserve(self.workspace, found.supply.id, found.demand.id))):
            self.bars.show_bar("reserved", words.DECIDED[decided[0]], "good")
            self.refresh()
