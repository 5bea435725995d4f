"""The frame of the window: rail, top line, pages, panel beside them, status. Three widths and a low height,
as on real office screens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QMargins, QPoint, QRect, QTimer, Signal, qVersion
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.frame.actions import key_groups
from cirkeldesk.desktop.frame.activity import ActivityView, ReportedFault, WorkLine
from cirkeldesk.desktop.frame.find import FindBar
from cirkeldesk.desktop.frame.help import HelpView
from cirkeldesk.desktop.frame.message_line import MessageLine
from cirkeldesk.desktop.frame.rail import Rail
from cirkeldesk.desktop.frame.side import WIDTH, SidePanel
from cirkeldesk.desktop.frame.top_line import LOW_TOP, TOP, TopLine
from cirkeldesk.desktop.kit.drafts import DraftKeeper
from cirkeldesk.desktop.kit.explain.label import explain_at
from cirkeldesk.desktop.kit.file_dialogs import say_saved
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.focus_ring import FocusRing
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.tender.made_ahead import PagesAhead
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.desktop.tender.tender_list import TendersPage
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.diagnostics import write_bundle
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import terms
from cirkeldesk.wording.comparison.explanations import aloud
from cirkeldesk.wording.window.hints import HINTS

if TYPE_CHECKING:  # a tender and its pages are loaded when one is opened, or made ahead after the first paint
    from cirkeldesk.desktop.tender.view import TenderView

ZOOM_PAUSE = 150  # ms after the last key
SUBJECTS = {
    "producten": "products",
    "kalender": "calendar",
    "monitor": "monitor",
    "materialen": "materials",
    "referentie": "reference",
}


@runtime_checkable
class HasSearch(Protocol):
    """A long list, which is searched by a field of its own."""

    search: QLineEdit


class FrameWindow(QMainWindow):
    """What stands around every page. Pages are made when they are first shown (`made`), and one tender at a
    time."""

    placed = Signal(int)  # the width there is for a page, at our zoom

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.workspace, self.settings = workspace, settings
        self.worker = Worker()
        self.view: TenderView | None = None
        self.setWindowTitle(terms.PROGRAM)
        self.setMinimumSize(640, 400)
        self.setFont(theme.body_font())
        self.names_hidden = False
        self.saved_at = ""
        self.drafts = DraftKeeper(self, workspace)
        self._zoom_wanted = theme.set_zoom(application(), _factor(settings.zoom))
        self._zoom_soon = QTimer(self, singleShot=True, interval=ZOOM_PAUSE)
        self._zoom_soon.timeout.connect(self._take_zoom)
        self._made: dict[str, QWidget] = {}
        self.pages = QStackedWidget()
        self.ahead = PagesAhead(workspace, self.worker, self.pages)
        self.bars = Messages(self)
        self.side = SidePanel()
        self.side.closed.connect(self.lay_out)
        self.find_bar = FindBar(self._page)
        self.help = HelpView()
        self.activity = ActivityView(self.worker, self.save_bundle)
        for view in (self.help, self.activity):
            self.side.views.addWidget(view)
        self.work = WorkLine(self.worker, self.show_activity)
        self.center = QWidget()
        self.line = MessageLine(self.center)
        self.work.changed.connect(self.line.arrange)
        self.line.listen(self.bars)
        self.pages.currentChanged.connect(self._listen)

    def put_together(self, rail: Rail, top: TopLine) -> None:
        """Rail and top line call what a window can do: they come from the window that can."""
        self.rail, self.top = rail, top
        whole = QWidget()
        self.setCentralWidget(whole)
        outer = QHBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(rail)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        outer.addLayout(right, 1)
        right.addWidget(top)
        beside = QHBoxLayout(self.center)  # page and panel: cards float over both, whichever is shown
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        right.addWidget(self.center, 1)
        beside.addWidget(self.pages, 1)
        beside.addWidget(self.side)
        right.addWidget(self.find_bar)
        # After the page: what is read aloud comes in this order.
        right.addWidget(self.line)
        self.line.row.insertWidget(self.line.row.count() - 1, self.work)
        self.parts = FocusRing(self, self._parts)
        application().focusChanged.connect(self._note_focus)
        theme.follow_system(self._tint)

    def made(self, key: str) -> QWidget | None:
        """A page that was shown before; None for one that nobody asked for yet."""
        return self._made.get(key)

    def keep_page(self, key: str, page: QWidget) -> None:
        self._made[key] = page
        self.pages.addWidget(page)

    def _listen(self) -> None:
        """The messages of the tender that is seen, and those of the window; what told something of the page
        before goes."""
        self.bars.clear_told()
        view = self.view if self.pages.currentWidget() is self.view else None
        self.line.listen(*([view.bars] if view is not None else []), self.bars)
        self.show_hint()

    def show_hint(self) -> None:
        """The keys that help on the page that is shown."""
        page = self.pages.currentWidget()
        inside = page.currentWidget() if isinstance(page, QStackedWidget) else None
        text = getattr(inside, "HINT", None) or HINTS.get(self._subject(), "")
        self.line.hint.setText(text)
        self.line.hint.setAccessibleName(aloud(text))

    @property
    def session(self) -> Session | None:
        return (
            self.view.session if self.view is not None and self.pages.currentWidget() is self.view else None
        )

    def _tint(self, _scheme: object = None) -> None:
        """Icons carry their colour; another colour scheme gives them another."""
        for made in self.findChildren(QAbstractButton):
            name = made.property("icon_name")
            if name:
                made.setIcon(theme.icon(name, made.property("icon_token")))
        for seen in self.findChildren(QLabel):
            if name := seen.property("icon_name"):
                size = seen.property("icon_size")
                seen.setPixmap(theme.icon(name, seen.property("icon_token")).pixmap(size, size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """Arrange by the room there is at the chosen zoom, the side panel taken off (UX 2)."""
        size = self.size() / theme.zoom()
        beside = size.width() >= theme.WIDE
        with_panel = self.side.isVisibleTo(self)
        self.side.set_beside(beside)
        self.pages.setVisible(beside or not with_panel)
        width = size.width() - (WIDTH if with_panel and beside else 0)
        self.rail.setVisible(beside and not self.isFullScreen())
        self.top.menu_button.setVisible(not beside or self.isFullScreen())
        self.top.lay_out(beside=beside, roomy=size.width() >= theme.MIDDLE)
        self._show_names_button()
        self.line.lay_out(low=size.height() < theme.LOW)
        theme.keep_height(self.top, LOW_TOP if size.height() < theme.LOW else TOP)
        self.placed.emit(width)
        if self.view is not None:
            self.view.lay_out(width, size.height())

    def _show_names_button(self) -> None:
        """While they are hidden, so that nobody forgets it; to hide them is in the menu (⋯)."""
        self.top.names_button.setVisible(self.names_hidden)
        self.top.more_button.setVisible(self.session is not None)

    # --- looking around

    def find_in_page(self) -> None:
        """In a long list the list's own field searches; elsewhere a bar below the page does."""
        page = self.pages.currentWidget()
        if isinstance(page, HasSearch) and page.search.isVisible():
            page.search.setFocus()
            page.search.selectAll()
        elif page is not None:
            self.find_bar.open()

    def zoom(self, by: float | None) -> None:
        """Our own zoom, 80 to 200 %; None is the gewone grootte. Keys pressed quickly after each other are
        one change: to dress every part of the window again takes seconds.
        """
        self._zoom_wanted = 1.0 if by is None else theme.bounded_zoom(self._zoom_wanted + by)
        self._zoom_soon.start()

    def _take_zoom(self) -> None:
        old = theme.zoom()
        new = theme.set_zoom(application(), self._zoom_wanted)
        if new == old:
            return
        theme.apply(application())  # what the style sheet dresses takes on another size only with it
        self.setFont(theme.body_font())
        theme.rescale(self, new / old)
        if self.view is not None:
            self.view.rescaled()
        self.settings = self.settings.keep(zoom=f"{new:.1f}")
        self.lay_out()
        self.bars.show_bar("zoom", f"Grootte {round(new * 100)} %. Terug naar gewoon: Ctrl+0.", "info")

    def full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()
        self.lay_out()

    def show_help(self, subject: str | None = None) -> None:
        """F1: about the page that is shown, or about a subject."""
        self.help.show_subject(subject or self._subject())
        self._show_side(self.help, "Hulp")
        self.help.text.setFocus()

    def explain(self) -> None:
        """Shift+F1: the field the keys are in, else the page."""
        if not explain_at(QApplication.focusWidget()):
            self.show_help()

    def show_keys(self) -> None:
        self.help.show_keys(key_groups())
        self._show_side(self.help, "Toetsen")
        self.help.text.setFocus()

    def show_activity(self) -> None:
        self._show_side(self.activity, "Werk en meldingen")
        (self.activity.wrong if self.activity.faults else self.activity.jobs).setFocus()

    def _show_side(self, view: QWidget, title: str) -> None:
        self.side.show_view(view, title)
        self.lay_out()

    def _subject(self) -> str:
        page = self.pages.currentWidget()
        if page is self.view and self.view is not None:
            return ("uitvraag", "varianten", "vergelijking", "gunning", "advies")[self.view.step]
        if isinstance(page, TendersPage):
            return "begin" if page.currentIndex() == 0 else "aanbestedingen"
        return next((key for key, made in SUBJECTS.items() if page is self.made(made)), "instellingen")

    def report(self, fault: ReportedFault) -> None:
        """Something of ours went wrong: said at once, kept in the list with its details. The document is as
        it was."""
        self.activity.add_fault(fault)
        copy = ("Details kopiëren", lambda: QGuiApplication.clipboard().setText(fault.copied))
        self.bars.show_bar(
            "ours",
            fault.text,
            "error",
            [copy, ("Alle meldingen", self.show_activity), ("Verder werken", lambda: None)],
        )

    def save_bundle(self, path: Path) -> None:
        screen = self.screen().availableGeometry()
        shown = {
            "Qt": qVersion(),
            "Scherm": f"{screen.width()} x {screen.height()}, schaal {self.devicePixelRatioF():g}",
            "Venster": f"{self.width()} x {self.height()}, grootte {round(theme.zoom() * 100)} %",
            "Thema": "contrast" if theme.is_contrast() else "donker" if theme.is_dark() else "licht",
            "Extern bureaublad": "ja" if theme.is_remote() else "nee",
        }
        try:
            write_bundle(self.workspace, path, shown)
        except StoreError as problem:
            self._say(problem)
            return
        say_saved(self.bars, path)

    def _page(self) -> QWidget | None:
        """What is shown now: the page of the step, or the page of the rail."""
        view = self.view if self.session is not None else None
        return view.pages.currentWidget() if view is not None else self.pages.currentWidget()

    def _parts(self) -> list[QWidget]:
        view, page = (self.view if self.session is not None else None), self._page()
        steps, asked = (view.steps, view.counter_act) if view is not None else (None, None)
        said = (self.line, self.line.cards)  # from the page back, what is said comes first
        parts = (self.top, self.rail, steps, *said, asked, page, self.find_bar, self.side)
        return [part for part in parts if part is not None]

    def _note_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.parts.note(new)

    def _say(self, problem: StoreError) -> None:
        self.bars.refuse("failed", problem)

    def fit_in(self, screen: QRect) -> None:
        """Wholly inside the screen, title and edges too: a first window is often larger than an office
        laptop's screen."""
        frame = QMargins(4, 30, 4, 4)  # a window manager tells its own only once the window is shown
        room = screen.marginsRemoved(frame)
        size = self.size().boundedTo(room.size())
        place = self.geometry()
        x = max(room.left(), min(place.x(), room.right() - size.width() + 1))
        y = max(room.top(), min(place.y(), room.bottom() - size.height() + 1))
        self.setGeometry(QRect(QPoint(x, y), size))


def application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _factor(text: str) -> float:
    """A zoom as kept; what is no factor is the gewone grootte."""
    try:
        return float(text)
    except ValueError:
        return 1.0
