"""The pages of the desk: the calendar, what today asks, the monitor and materials; and going from one to
another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtWidgets import QWidget

from cirkeldesk.desktop.frame.frame_window import FrameWindow
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.material.announce import from_row
from cirkeldesk.operations.material.wanted import want
from cirkeldesk.wording import terms

if TYPE_CHECKING:
    from cirkeldesk.desktop.calendar.page import CalendarPage
    from cirkeldesk.desktop.calendar.today_page import TodayPage
    from cirkeldesk.desktop.material.page import MaterialsPage
    from cirkeldesk.desktop.monitor.page import MonitorPage

Page = TypeVar("Page", bound=QWidget)


class DeskWindow(FrameWindow):
    """Pages are made when they are first shown."""

    def open_tender(self, identity: str) -> None:
        raise NotImplementedError

    def _show_top(self) -> None:
        raise NotImplementedError

    @property
    def calendar(self) -> CalendarPage:
        return self._page_of("calendar", self._make_calendar)

    @property
    def today(self) -> TodayPage:
        return self._page_of("today", self._make_today)

    @property
    def materials(self) -> MaterialsPage:
        return self._page_of("materials", self._make_materials)

    @property
    def monitor(self) -> MonitorPage:
        return self._page_of("monitor", self._make_monitor)

    def _page_of(self, key: str, make: Callable[[], Page]) -> Page:
        """The page, made now when nobody asked for it before. What it is made of is loaded then too."""
        page = self.made(key)
        if page is None:
            page = make()
            self.keep_page(key, page)
        return cast(Page, page)

    def _show_page(self, key: str, title: str, page: QWidget) -> None:
        self.rail.buttons[key].setChecked(True)
        self.top.show_name(title)
        self.setWindowTitle(terms.PROGRAM)
        self.pages.setCurrentWidget(page)
        self._show_top()

    def _make_calendar(self) -> CalendarPage:
        from cirkeldesk.desktop.calendar.page import CalendarPage

        page = CalendarPage(self.workspace, self.bars, self.worker)
        page.changed.connect(self._show_top)
        page.tender_opened.connect(self.open_tender)
        page.currentChanged.connect(self.show_hint)
        page.panel.release_wanted.connect(self._announce_row)
        return page

    def _make_today(self) -> TodayPage:
        from cirkeldesk.desktop.calendar.today_page import TodayPage

        page = TodayPage(self.workspace)
        page.tender_opened.connect(self.open_tender)
        page.row_opened.connect(self.open_calendar_row)
        page.contract_opened.connect(self.open_contract)
        page.material_opened.connect(lambda supply: self.show_materials(supply))
        return page

    def _make_monitor(self) -> MonitorPage:
        from cirkeldesk.desktop.monitor.page import MonitorPage

        page = MonitorPage(self.workspace, self.bars, self.worker)
        page.changed.connect(self._show_top)
        page.tender_opened.connect(self.open_tender)
        return page

    def _make_materials(self) -> MaterialsPage:
        from cirkeldesk.desktop.material.page import MaterialsPage

        page = MaterialsPage(self.workspace, self.bars, self.worker)
        page.changed.connect(self._show_top)
        self.placed.connect(lambda width: page.set_wide(width >= theme.MIDDLE))
        page.set_wide(self.width() >= theme.MIDDLE)
        return page

    def show_calendar(self) -> None:
        self._show_page("calendar", "MVOI-kalender", self.calendar)
        self.calendar.refresh()
        self.calendar.take_keys()

    def show_today(self) -> None:
        self._show_page("today", "Vandaag", self.today)

    def open_calendar_row(self, identity: str) -> None:
        self.show_calendar()
        self.calendar.open_row(identity)

    def show_monitor(self) -> None:
        self._show_page("monitor", "Monitor", self.monitor)
        self.monitor.refresh()

    def show_materials(self, supply: str = "") -> None:
        self._show_page("materials", "Materialen", self.materials)
        self.materials.open_supply(supply) if supply else self.materials.refresh()
        self.materials.take_keys()

    def open_contract(self, tender: str) -> None:
        self.show_monitor()
        self.monitor.open_contract(tender)

    def _announce_row(self, identity: str) -> None:
        """What a row of the calendar may release: its form, with what the plan says of it."""
        self.show_materials()
        self.materials.begin_supply(from_row(self.workspace, identity))

    def want_material(self, tender: str, post: str) -> None:
        """Ask for what a post needs, and show what fits."""
        try:
            demand = want(self.workspace, tender, post)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        self.show_materials()
        self.materials.open_demand(demand)
