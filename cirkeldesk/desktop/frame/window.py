"""The window: rail, top line, steps of a tender, pages, status. Three widths and a low height, as on real
office screens."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QMargins, QPoint, QRect, Qt, QTimer, qVersion
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk import __version__
from cirkeldesk.desktop.calendar.page import CalendarPage
from cirkeldesk.desktop.file.merging import MergePage
from cirkeldesk.desktop.file.page import FILES, KeepingPage
from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.file.settings import SettingsPage
from cirkeldesk.desktop.file.watching import Guard
from cirkeldesk.desktop.frame.actions import ACTIONS, Action, key_groups
from cirkeldesk.desktop.frame.activity import ActivityView, ReportedFault
from cirkeldesk.desktop.frame.find import FindBar
from cirkeldesk.desktop.frame.focus_ring import Parts
from cirkeldesk.desktop.frame.help import HelpView, subjects_with
from cirkeldesk.desktop.frame.history import HistoryView
from cirkeldesk.desktop.frame.palette import Palette, PaletteEntry
from cirkeldesk.desktop.frame.side import WIDTH, SidePanel
from cirkeldesk.desktop.frame.tender_list import TendersPage
from cirkeldesk.desktop.frame.unsaved import offer_drafts, offer_unsaved, say_not_saved, say_unfit
from cirkeldesk.desktop.frame.work_line import WorkLine
from cirkeldesk.desktop.kit import theme
from cirkeldesk.desktop.kit.drafts import DraftKeeper, HasAbout
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.undo import OwnUndo
from cirkeldesk.desktop.kit.widgets import BarSpace, heading, plain_label, plain_tip, take_typing_in, tool
from cirkeldesk.desktop.product.page import ProductsPage
from cirkeldesk.desktop.reference.criteria import LibraryPage
from cirkeldesk.desktop.tender.entering import undo_bar
from cirkeldesk.desktop.tender.made_ahead import PagesAhead
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.desktop.tender.view import LOW, MIDDLE, WIDE, TenderStep, TenderView
from cirkeldesk.model.award.disclosure import has_names
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.model.tender.tender import Role
from cirkeldesk.operations.diagnostics import write_bundle
from cirkeldesk.operations.file.merging import DossierPart, is_dossier_file, open_dossier
from cirkeldesk.operations.search import rank, search
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.tender.bids import check_form, is_form
from cirkeldesk.operations.tender.drafts import About
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import (
    DEFAULT_GROUP,
    as_template,
    get_tender,
    last_change,
    new_tender,
    tender_id,
    tender_list,
)
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences, terms

ZOOM_PAUSE = 150  # ms after the last key
HIT_NAMES = {
    "tender": "Aanbesteding",
    "product": "Product",
    "supplier": "Leverancier",
    "calendar": "Kalender",
}
IN_MENU = (
    "Aanbestedingen",
    "Producten",
    "MVOI-kalender",
    "Referentiegegevens",
    "Instellingen",
    "Back-ups en bewaren",
    "Zoek op deze pagina",
    "Geschiedenis",
    "Namen verbergen of tonen",
    "Nieuwe aanbesteding als kopie van deze",
    "Werk en meldingen",
    "Hulp bij deze pagina",
    "Toetsen",
)


class MainWindow(QMainWindow):
    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.workspace, self.settings = workspace, settings
        self.worker = Worker()
        self._undone_before: set[str] = set()
        self.next: Next | None = None
        self.view: TenderView | None = None
        self.setWindowTitle(terms.PROGRAM)
        self.setMinimumSize(640, 400)
        self.setFont(theme.body_font())
        self.names_hidden = False
        self.saved_at = ""
        self.drafts = DraftKeeper(self, workspace)
        self._zoom_wanted = theme.set_zoom(_application(), _factor(settings.zoom))
        self._zoom_soon = QTimer(self, singleShot=True, interval=ZOOM_PAUSE)
        self._zoom_soon.timeout.connect(self._take_zoom)
        center = QWidget()
        self.setCentralWidget(center)
        outer = QHBoxLayout(center)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._rail())
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        outer.addLayout(right, 1)
        right.addWidget(self._top())
        self.bars = BarSpace()
        self.bars.setContentsMargins(16, 4, 16, 0)
        right.addWidget(self.bars)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        right.addLayout(beside, 1)
        self.pages = QStackedWidget()
        beside.addWidget(self.pages, 1)
        self.ahead = PagesAhead(workspace, self.worker, self.pages)
        self.side = SidePanel()
        self.side.closed.connect(self.lay_out)
        beside.addWidget(self.side)
        self.find_bar = FindBar(self._page)
        right.addWidget(self.find_bar)
        self.help = HelpView()
        self.history = HistoryView()
        self.activity = ActivityView(self.worker, self.save_bundle)
        for view in (self.help, self.history, self.activity):
            self.side.views.addWidget(view)
        self.palette_search = Palette(center, self.choices)
        self.work = WorkLine(self.worker, self.show_activity)
        self.work.changed.connect(self.lay_out)
        self.statusBar().addPermanentWidget(self.work)
        self.tenders = TendersPage(workspace, workspace.store.path, self.bars)
        self.tenders.opened.connect(self.open_tender)
        self.tenders.new_wanted.connect(self.new_tender)
        self.tenders.example_wanted.connect(self.open_example)
        self.tenders.other_example_wanted.connect(self.open_example)
        self.tenders.file_wanted.connect(self.choose_file)
        self.tenders.news.setVisible(settings.seen != __version__)
        self.tenders.news_wanted.connect(self.show_news)
        self.products = ProductsPage(workspace, self.bars, self.worker)
        self.products.changed.connect(self._show_top)
        self.products.tender_imported.connect(lambda number: self.open_tender(tender_id(workspace, number)))
        self.pages.addWidget(self.tenders)
        self.pages.addWidget(self.products)
        self.calendar = CalendarPage(workspace, self.bars, self.worker)
        self.calendar.changed.connect(self._show_top)
        self.calendar.tender_opened.connect(self.open_tender)
        self.pages.addWidget(self.calendar)
        self.reference = LibraryPage(workspace, self.bars)
        self.reference.changed.connect(self._show_top)
        self.pages.addWidget(self.reference)
        self.preferences = SettingsPage(workspace, workspace.store.path, self.bars)
        self.preferences.author_changed.connect(self._remember_author)
        self.preferences.keeping_wanted.connect(self.show_keeping)
        self.pages.addWidget(self.preferences)
        self.keeping = KeepingPage(workspace, self.bars, self.worker)
        self.keeping.reopen_wanted.connect(self.reopen)
        self.keeping.erased.connect(self._forget_erased)
        self.keeping.may_erase = self._may_erase
        self.pages.addWidget(self.keeping)
        self.merging = MergePage(workspace, self.bars)
        self.merging.done.connect(self._merged)
        self.pages.addWidget(self.merging)
        self.guard = Guard(workspace, self.bars, self.worker, self.reopen)
        self.drafts.watch(self.products.editor)
        self.drafts.looked.connect(self.say_saved)
        self._keys()
        self.statusBar().setSizeGripEnabled(False)
        self.parts: Parts = Parts(self, self._parts)
        _application().focusChanged.connect(self._note_focus)
        self._restore_place()
        theme.follow_system(self._tint)
        self.show_list()
        self.ahead.start()
        self.guard.start()

    # --- frame
    # ---------------------------------------------------------------------------------------------------

    def _rail(self) -> QFrame:
        self.rail = QFrame()
        self.rail.setObjectName("rail")
        theme.keep_width(self.rail, 200)
        column = QVBoxLayout(self.rail)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(2)
        name = heading(terms.PROGRAM, 1.15)
        name.setContentsMargins(8, 0, 0, 8)
        column.addWidget(name)
        self.rail_buttons = {}
        for key, text, icon, run in (
            ("tenders", "Aanbestedingen", "tenders", self.show_list),
            ("products", "Producten", "products", self.show_products),
            ("calendar", "MVOI-kalender", "calendar", self.show_calendar),
            ("reference", "Referentiegegevens", "document", self.show_reference),
            ("settings", "Instellingen", "settings", self.show_settings),
        ):
            made = tool(text, run, icon=icon)
            made.setProperty("rail", True)
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setSizePolicy(
                made.sizePolicy().horizontalPolicy().Expanding, made.sizePolicy().verticalPolicy()
            )
            self.rail_buttons[key] = made
            column.addWidget(made)
        column.addStretch(1)
        return self.rail

    def _top(self) -> QFrame:
        top = self.top = QFrame()
        top.setObjectName("top")
        theme.keep_height(top, 40)
        row = QHBoxLayout(top)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        self.menu_button = tool("Menu", self._open_menu, icon="menu")
        row.addWidget(self.menu_button)
        self.title = heading("", 1.0)
        self.title.setWordWrap(False)
        self.title.setMinimumWidth(60)
        row.addWidget(self.title, 1)
        self.find_button = tool("Zoeken", self.palette_open, icon="search")
        self.find_button.setToolTip("Zoek overal (Ctrl+K)")
        row.addWidget(self.find_button)
        self.names_button = tool("Namen verbergen", self.hide_names)
        self.names_button.setCheckable(True)
        self.names_button.setToolTip("Namen van inschrijvers niet tonen, voor wie meekijkt")
        row.addWidget(self.names_button)
        self.undo_button: QToolButton = tool("Ongedaan maken", self.undo, icon="undo")
        self.redo_button: QToolButton = tool("Opnieuw", self.redo, icon="redo")
        self.redo_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        row.addWidget(self.undo_button)
        row.addWidget(self.redo_button)
        self.saved = plain_label()
        self.saved.setObjectName("muted")
        row.addWidget(self.saved)
        return top

    def _keys(self) -> None:
        for action in ACTIONS:
            for keys in {action.keys, "Ctrl+=" if action.keys == "Ctrl++" else action.keys} - {""}:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.activated.connect(partial(self.do, action))

    def do(self, action: Action) -> None:
        """Run an action when it is possible here and now."""
        if action.when(self):
            action.run(self)

    def choices(self, text: str) -> list[PaletteEntry]:
        """What the search over everything offers for a text: what is in the file, what can be done, and
        help."""
        opens = {
            "tender": self.open_tender,
            "product": self.open_product,
            "supplier": self.show_supplier,
            "calendar": self.open_calendar_row,
        }
        found = [
            PaletteEntry(HIT_NAMES[hit.kind], hit.text, partial(opens[hit.kind], hit.id), hit.note)
            for hit in search(self.workspace, text)
        ]
        for action in ACTIONS:
            if action.found and action.when(self) and rank(text, action.name) < 4:
                found.append(PaletteEntry("Actie", action.name, partial(self.do, action), action.keys))
        found += [
            PaletteEntry("Hulp", title, partial(self.show_help, key)) for key, title in subjects_with(text)
        ]
        return found

    def _tint(self, _scheme: object = None) -> None:
        """Icons carry their colour; another colour scheme gives them another."""
        for made in self.findChildren(QAbstractButton):
            name = made.property("icon_name")
            if name:
                made.setIcon(theme.icon(name, made.property("icon_token")))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for action in ACTIONS:
            if action.name in IN_MENU and action.when(self):
                menu.addAction(action.name, partial(self.do, action))
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """Arrange by the room there is at the chosen zoom, the side panel taken off (UX 2)."""
        size = self.size() / theme.zoom()
        beside = size.width() >= WIDE
        with_panel = self.side.isVisibleTo(self)
        self.side.set_beside(beside)
        self.pages.setVisible(beside or not with_panel)
        width = size.width() - (WIDTH if with_panel and beside else 0)
        self.rail.setVisible(beside and not self.isFullScreen())
        self.menu_button.setVisible(not beside or self.isFullScreen())
        words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.undo_button.setToolButtonStyle(words if size.width() >= MIDDLE else alone)
        self.find_button.setToolButtonStyle(words if size.width() >= WIDE else alone)
        self._show_names_button()
        self.saved.setVisible(size.width() >= MIDDLE)
        self.statusBar().setVisible(size.height() >= LOW or self.work.isVisibleTo(self.statusBar()))
        self.products.set_wide(width >= MIDDLE)
        if self.palette_search.isVisible():
            self.palette_search.place()
        if self.view is not None:
            self.view.lay_out(width, size.height())

    def _show_names_button(self) -> None:
        """Where names can be hidden and there is room; always while they are hidden, so that nobody forgets
        it."""
        worth_it = self.session is not None and has_names(self.session.stored)
        roomy = self.width() >= theme.px(MIDDLE)
        self.names_button.setVisible(self.names_hidden or (roomy and worth_it))

    # --- looking around
    # ------------------------------------------------------------------------------------------

    def palette_open(self) -> None:
        self.palette_search.open()

    def find_in_page(self) -> None:
        """In a long list the list's own field searches; elsewhere a bar below the page does."""
        page = self.pages.currentWidget()
        if (
            page in (self.tenders, self.products)
            and isinstance(page, (TendersPage, ProductsPage))
            and page.search.isVisible()
        ):
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
        new = theme.set_zoom(_application(), self._zoom_wanted)
        if new == old:
            return
        theme.apply(_application())  # what the style sheet dresses takes on another size only with it
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

    def show_news(self) -> None:
        """What is new, offered beside the list until somebody has looked."""
        self.tenders.news.hide()
        self.settings = self.settings.keep(seen=__version__)
        self.show_help("nieuw")

    def show_keys(self) -> None:
        self.help.show_keys(key_groups())
        self._show_side(self.help, "Toetsen")
        self.help.text.setFocus()

    def show_history(self) -> None:
        if self.names_hidden:
            self.bars.show_bar(
                "names",
                "De geschiedenis noemt namen. Toon eerst de namen.",
                "info",
                [("Namen tonen", self.hide_names)],
            )
            return
        self.history.show_session(self.session)
        self._show_side(self.history, HistoryView.title)
        self.history.refresh()
        self.history.steps.setFocus()

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
        if page is self.tenders:
            return "begin" if self.tenders.currentIndex() == 0 else "aanbestedingen"
        names: dict[QWidget | None, str] = {
            self.products: "producten",
            self.calendar: "kalender",
            self.reference: "referentie",
        }
        return names.get(page, "instellingen")

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
        self.bars.show_bar("saved", f"Opgeslagen: {path.name}", "good")

    def _page(self) -> QWidget | None:
        """What is shown now: the page of the step, or the page of the rail."""
        view = self.view if self.session is not None else None
        return view.pages.currentWidget() if view is not None else self.pages.currentWidget()

    def _parts(self) -> list[QWidget]:
        view, page = (self.view if self.session is not None else None), self._page()
        steps, bars = (view.steps, view.bars) if view is not None else (None, self.bars)
        asked = view.counter_act if view is not None else None
        parts = (self.top, self.rail, steps, bars, asked, page, self.find_bar, self.side)
        return [part for part in parts if part is not None]

    def _note_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.parts.note(new)

    # --- pages
    # ---------------------------------------------------------------------------------------------------

    def show_list(self) -> None:
        self.bars.clear("import")
        self.rail_buttons["tenders"].setChecked(True)
        self.title.setText("Aanbestedingen")
        self.setWindowTitle(terms.PROGRAM)
        self.tenders.refresh(self.settings.last_tender)
        self.pages.setCurrentWidget(self.tenders)
        self._show_top()

    def show_products(self) -> None:
        self.rail_buttons["products"].setChecked(True)
        self.title.setText("Producten")
        self.setWindowTitle(terms.PROGRAM)
        self.pages.setCurrentWidget(self.products)
        self.products.refresh()
        self._show_top()

    def show_calendar(self) -> None:
        self._show_page("calendar", "MVOI-kalender", self.calendar)
        self.calendar.refresh()

    def open_calendar_row(self, identity: str) -> None:
        self.show_calendar()
        self.calendar.open_row(identity)

    def show_reference(self) -> None:
        self._show_page("reference", "Referentiegegevens", self.reference)
        self.reference.refresh()

    def _show_page(self, key: str, title: str, page: QWidget) -> None:
        self.rail_buttons[key].setChecked(True)
        self.title.setText(title)
        self.setWindowTitle(terms.PROGRAM)
        self.pages.setCurrentWidget(page)
        self._show_top()

    def show_settings(self) -> None:
        self.rail_buttons["settings"].setChecked(True)
        self.title.setText("Instellingen")
        self.setWindowTitle(terms.PROGRAM)
        self.preferences.refresh()
        self.pages.setCurrentWidget(self.preferences)
        self._show_top()

    def show_keeping(self) -> None:
        self._show_page("settings", "Back-ups en bewaren", self.keeping)
        self.keeping.refresh()

    def welcome(self, opened: Next, said: str, problem: str) -> None:
        """What brought us to this file: said first, and the edits that were not saved before go in."""
        if problem:
            self.bars.show_bar("opened", problem, "error")
        if opened.identity and not problem:
            self.open_tender(opened.identity)
            if self.view is not None and opened.edits:
                self.view.session.take_waiting(opened.edits)
        if said:
            self.bars.show_bar("opened", said, "good")
        self._offer_what_was_typed()

    def _offer_what_was_typed(self) -> None:
        """What was not in the file when the program ended: each page's own texts, and the tenders they are
        about."""
        if self.workspace.read_only:
            return
        titles = {row["id"]: f"{row['number']} {row['title']}".strip() for row in tender_list(self.workspace)}
        for about in self.drafts.start():
            page = self._page_about(about)
            if page is not None:
                offer_drafts(self, about, page, self.bars)
            elif (
                about[0] == "tender"
                and about[1] in titles
                and (self.view is None or self.view.draft_about != about)
            ):
                text = f"U was bezig in {titles[about[1]]}. Wat u typte, is bewaard en nog niet vastgelegd."
                self.bars.show_bar(
                    f"draft {about[1]}", text, "info", [("Openen", partial(self.open_tender, about[1]))]
                )
        if self.view is not None:
            offer_drafts(self, self.view.draft_about, self.view, self.view.bars)
        offer_unsaved(self)  # on top of the rest
        self.bars.focus_first()

    def _page_about(self, about: About) -> QWidget | None:
        """The page of the rail that a text was typed on; None for a tender."""
        pages: tuple[QWidget, ...] = (
            self.products,
            self.calendar,
            self.reference,
            self.preferences,
            self.keeping,
            self.merging,
        )
        return next(
            (page for page in pages if isinstance(page, HasAbout) and page.draft_about == about), None
        )

    def show_draft_page(self, about: About) -> None:
        """Bring up the page a text was typed on."""
        shows = {
            id(self.products): self.show_products,
            id(self.calendar): self.show_calendar,
            id(self.reference): self.show_reference,
            id(self.preferences): self.show_settings,
            id(self.keeping): self.show_keeping,
        }
        page = self._page_about(about)
        shows.get(id(page), self.show_tender)()

    def reopen(self, what: Next) -> None:
        """Close this window for another one. What waits to be saved goes along with it, or first."""
        self._commit_typing()
        if not what.edits and not self._saved_first():
            return
        self.next = what
        self.close()

    def _may_erase(self) -> bool:
        """What is open waits for nothing, so that erasing takes away no more than it says."""
        self._commit_typing()
        return self._saved_first()

    def _forget_erased(self) -> None:
        """What was open may be erased: it is read anew when it is asked for."""
        left, self.view = self.view, None
        self.drafts.offered.clear()
        if left is not None:
            self.pages.removeWidget(left)
            left.deleteLater()
        self.settings = self.settings.keep(last_tender="")
        self._show_top()

    def _remember_author(self, name: str) -> None:
        self.settings = self.settings.keep(author=name)

    def open_product(self, identity: str) -> None:
        self.show_products()
        self.products.open_product(identity)

    def show_supplier(self, name: str) -> None:
        self.show_products()
        self.products.search.setText(name)

    def go_to_step(self, step: int) -> None:
        if self.view is not None:
            self.show_tender()
            self.view.go_to(step)

    def add_post(self) -> None:
        if self.view is not None:
            self.view.go_to(TenderStep.ASK)
            self.view.ask.add_post()

    def add_variant(self, role: Role) -> None:
        if self.view is not None:
            self.view.go_to(TenderStep.VARIANTS)
            self.view.variants.add(role)

    def explain_difference(self) -> None:
        if self.view is not None:
            self.view.go_to(TenderStep.COMPARISON)
            self.view.comparison.explain_difference()

    def read_as_text(self) -> None:
        if self.view is not None:
            self.view.go_to(TenderStep.COMPARISON)
            self.view.comparison.read_as_text()

    def save_sheet(self) -> None:
        if self.view is not None:
            self.view.go_to(TenderStep.ADVICE)
            self.view.advice.save_sheet()

    def copy_tender(self) -> None:
        """A new tender with the ask, the rules and the designs of the open one."""
        session = self.session
        if session is None or not session.is_ready():
            return
        number = session.tender.number
        try:
            made = as_template(self.workspace, session.identity)
        except StoreError as problem:
            self._say(problem)
            return
        self.open_tender(made)
        if self.view is not None:
            self.view.go_to(TenderStep.ASK)
            text = f"Dit is een kopie van {number}: uitvraag, regels en eigen ontwerpen. Inschrijvingen zijn niet meegenomen."
            self.view.bars.show_bar("template", text, "info")

    def hide_names(self) -> None:
        """For a shared screen: bids go by their letter, and what names people steps aside."""
        self.names_hidden = not self.names_hidden
        self.names_button.setChecked(self.names_hidden)
        self.tenders.model.hide_names(hidden=self.names_hidden)
        self.names_button.setText("Namen tonen" if self.names_hidden else "Namen verbergen")
        if self.side.view is self.history:
            self.side.close_panel()
        if self.view is not None:
            self.view.session.hide_names(hidden=self.names_hidden)
            self.view.show_names()

    def show_tender(self) -> None:
        """The tender that is open, from the list or the products."""
        if self.view is not None:
            self.rail_buttons["tenders"].setChecked(True)
            self.pages.setCurrentWidget(self.view)
            self._show_top()
            self.view.offer_renewals()

    def open_tender(self, identity: str) -> None:
        self.bars.clear("import")
        self._commit_typing()
        if not self._saved_first():
            return
        if self.view is not None:
            self.drafts.leave(self.view.draft_about)
        tender = get_tender(self.workspace, identity)
        self.saved_at = _moment(last_change(self.workspace, identity))
        left = self.view
        self.find_bar.hide()
        self.view = view = self.ahead.take(tender)
        view.practice_made.connect(self._open_practice)
        view.names_wanted.connect(self.hide_names)
        view.comparison.hide_rows(frozenset(self.settings.hidden_rows.split()))
        view.comparison.rows_chosen.connect(self._remember_rows)
        session = view.session
        session.changed.connect(self._note_saved)
        session.regrouped.connect(self._open_again)
        session.failed.connect(lambda text: view.bars.show_bar("failed", text, "error"))
        session.not_saved.connect(self._say_not_saved)
        session.saved_again.connect(lambda: view.bars.clear("not_saved"))
        session.put_aside.connect(lambda: say_unfit(session, view.bars))
        session.marked.connect(self._show_top)
        session.changed.connect(self.drafts.touch)
        self.drafts.watch(view)
        if session.is_blank:
            session.open(tender)
        if self.names_hidden:
            session.hide_names(hidden=True)
        if session.tender.practice_of is None:
            self.settings = self.settings.keep(last_tender=identity)
        self.lay_out()
        self.show_tender()
        if left is not None:  # only now: a stack that loses its page shows another one at once
            self.pages.removeWidget(left)
            left.deleteLater()
        if self.side.view is self.history:
            self.history.show_session(session)
        self.bars.clear(f"draft {identity}")
        if not session.read_only:
            offer_drafts(self, view.draft_about, view, view.bars)
        self.ahead.start()

    def _open_again(self) -> None:
        """Pages are made for a product group; with another one the tender opens anew, where it was."""
        view = self.view
        assert view is not None

        def again() -> None:
            if self.view is view:
                self.open_tender(view.session.identity)
                assert self.view is not None
                self.view.go_to(TenderStep.ASK)
                self.view.ask.group.box.setFocus()
                text = "De productgroep is gewijzigd. De posten zijn de gebruikelijke van deze groep."
                undo_bar(self.view.session, self.view.bars, "group", text)

        QTimer.singleShot(0, self, again)

    def _remember_rows(self, keys: frozenset[str]) -> None:
        self.settings = self.settings.keep(hidden_rows=" ".join(sorted(keys)))

    def _commit_typing(self) -> None:
        """What is being typed belongs to what is open now: it is committed before anything else is done."""
        take_typing_in(self)

    def _open_practice(self, identity: str) -> None:
        self.open_tender(identity)
        if self.view is not None:
            self.view.go_to(TenderStep.AWARD)
            origin = self.view.session.tender.practice_of or ""
            text = "U oefent in een kopie met verzonnen inschrijvingen. De echte aanbesteding verandert niet."
            self.view.bars.show_bar(
                "practice", text, "info", [("Terug naar de aanbesteding", lambda: self.open_tender(origin))]
            )

    def new_tender(self) -> None:
        self._commit_typing()
        if not self._saved_first():
            return
        try:
            identity = new_tender(self.workspace)
        except StoreError as problem:
            self._say(problem)
            return
        self.open_tender(identity)
        if self.view is not None:
            self.view.go_to(TenderStep.ASK)

    def open_example(self, group: str = DEFAULT_GROUP) -> None:
        self._commit_typing()
        if not self._saved_first():
            return
        try:
            number = add_example(self.workspace, group)[0]
        except StoreError as problem:
            self._say(problem)
            return
        self.open_tender(tender_id(self.workspace, number))
        if self.view is not None:
            self.view.go_to(TenderStep.COMPARISON)

    def choose_file(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            "Bestand openen",
            "",
            "Dossiers, milieuverklaringen en formulieren (*.cirkel *.xml *.zip *.json *.csv "
            "*.xlsx);;Alle bestanden (*)",
        )
        if len(names) == 1:
            self.open_file(Path(names[0]))
        elif names:
            self.show_products()
            self.products.import_paths([Path(name) for name in names])

    def open_file(self, path: Path) -> None:
        """A bid form opens the tender it belongs to; anything else is read beside the window, and a dossier
        then opens."""
        if is_form(path):
            self.open_form(path)
            return
        if is_dossier_file(path) and self.open_dossier(path):
            return
        self.show_products()
        self.products.import_paths([path])

    def open_dossier(self, path: Path) -> bool:
        """Show how a dossier stands to what is here. False where there is nothing to put together: it is
        simply read."""
        self._commit_typing()
        if not self._saved_first():
            return True  # said
        try:
            plan = open_dossier(self.workspace, path)
        except ReadError:
            return False  # reading it says what is wrong
        if all(part.standing in ("new", "same") for part in plan.parts):
            return False
        self._show_page("tenders", "Dossier samenvoegen", self.merging)
        self.merging.show_plan(plan)
        return True

    def _merged(self, taken: list[DossierPart]) -> None:
        """Back to what was put together, or to where everything still is."""
        plan = self.merging.plan
        tender = plan.reading.tender if plan is not None else None
        if tender is None or not taken:
            self.show_list() if self.view is None else self.show_tender()
            if taken:
                self.bars.show_bar(
                    "merged", f"Samengevoegd: {len(taken)} producten en criteria bijgewerkt of nieuw.", "good"
                )
            return
        self.open_tender(tender.id)
        assert self.view is not None
        count = len(taken[0].changes)
        text = f"Samengevoegd: {count} {'verschil' if count == 1 else 'verschillen'} overgenomen uit het dossier."
        undo_bar(self.view.session, self.view.bars, "merged", text)

    def open_form(self, path: Path) -> None:
        """Check a bid form on the page of its tender; nothing is taken over before somebody says so."""
        self._commit_typing()
        if not self._saved_first():
            return
        try:
            check = check_form(self.workspace, path)
        except ReadError as problem:
            self.bars.refuse("failed", problem)
            return
        self.open_tender(check.tender.id)
        if self.view is not None:
            self.view.go_to(TenderStep.VARIANTS)
            self.view.variants.show_form(check)

    def _say_not_saved(self, text: str) -> None:
        view = self.view
        assert view is not None
        say_not_saved(view.session, view.bars, text, self._choose_elsewhere, self._leave_unsaved)

    def _choose_elsewhere(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Bewaren op een andere plek", self.workspace.store.path.name, FILES
        )
        if name:
            self.save_elsewhere(Path(name))
        elif self.view is not None:
            self.view.session.save_again()  # the bar has gone; it comes back while nothing could be saved

    def save_elsewhere(self, path: Path) -> None:
        """All that is open, and the edits that wait, into another file; work goes on there."""
        assert self.view is not None
        session = self.view.session
        try:
            self.workspace.store.save_as(path)
        except StoreError as problem:
            self._say_not_saved(sentences.refusal(problem))
            return
        text = f"Opgeslagen in {path.name}. Voortaan werkt u in dit bestand."
        self.reopen(Next(path, lambda: text, session.identity, session.unsaved, is_chosen=True))

    def _say(self, problem: StoreError) -> None:
        self.bars.refuse("failed", problem)

    # --- top line
    # ------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        return (
            self.view.session if self.view is not None and self.pages.currentWidget() is self.view else None
        )

    def _show_top(self) -> None:
        session = self.session
        page = self.pages.currentWidget()
        own = page if isinstance(page, OwnUndo) else None
        on_products = page is self.products
        self.undo_button.setVisible(session is not None or on_products or own is not None)
        self.redo_button.setVisible(session is not None or own is not None)
        if session is None:
            self._show_names_button()
            self.saved.setText("")
            name = self.products.next_undo() if on_products else own.next_undo() if own is not None else None
            self._show_undo(
                f"Ongedaan maken: {name}" if name else "Ongedaan maken", possible=name is not None
            )
            again_name = own.next_redo() if own is not None else None
            self.redo_button.setToolTip(
                plain_tip(f"Opnieuw: {again_name} (Ctrl+Y)" if again_name else "Opnieuw (Ctrl+Y)")
            )
            self.redo_button.setEnabled(again_name is not None)
            return
        self.title.setText(f"{session.tender.number} {session.tender.title}".strip())
        self.setWindowTitle(f"{self.title.text()} – {terms.PROGRAM}")
        last = session.stacks.undo[-1] if session.stacks.undo else None
        name = sentences.step(last.step, last.params) if last else ""
        earlier = last is not None and last.time < self.started
        date = f" van {numbers.date(last.time)}" if last is not None and earlier else ""
        text = f"Ongedaan maken{date}: {name}" if last and not self.names_hidden else "Ongedaan maken"
        refused = session.newest_refused
        if refused is not None and not self.names_hidden:
            text = f"Ongedaan maken: niet vastgelegd in {refused.place}"
        self._show_undo(text, possible=last is not None or refused is not None)
        self._show_names_button()
        again = session.stacks.redo[-1] if session.stacks.redo else None
        words = (
            f"Opnieuw: {sentences.step(again.step, again.params)}"
            if again and not self.names_hidden
            else "Opnieuw"
        )
        self.redo_button.setToolTip(plain_tip(f"{words} (Ctrl+Y)"))
        self.redo_button.setAccessibleName(words)
        self.redo_button.setEnabled(again is not None and not session.read_only)
        self.say_saved()

    def _note_saved(self) -> None:
        if self.session is not None and not self.session.unsaved:
            self.saved_at = _clock()
        self._show_top()

    def _show_undo(self, text: str, *, possible: bool) -> None:
        self.undo_button.setText(text if len(text) < 60 else text[:58] + "…")
        self.undo_button.setToolTip(plain_tip(f"{text} (Ctrl+Z)"))
        self.undo_button.setAccessibleName(text)
        self.undo_button.setEnabled(possible and not self.workspace.read_only)

    @property
    def started(self) -> str:
        return self.settings.started

    def say_saved(self) -> None:
        """ "Opgeslagen" only when all is: what is typed and not taken is kept as a draft, and so it is
        called."""
        session = self.session
        text = ""
        if self.drafts.has_typed:
            text = "Concept bewaard" if self.drafts.is_kept else "Niet opgeslagen"
        elif session is not None:
            text = "Alleen lezen" if session.read_only else f"Opgeslagen {self.saved_at}"
        if session is not None and (session.unsaved or session.unfit):
            text = "Niet opgeslagen"
        self.saved.setText(text)
        if session is not None:
            self.statusBar().showMessage(text)

    def undo(self) -> None:
        """The first undo into an earlier session asks back, as nobody remembers what was done then."""
        session, view = self.session, self.view
        page = self.pages.currentWidget()
        if session is None and isinstance(page, (ProductsPage, OwnUndo)):
            self._commit_typing()
            page.undo()
            return
        if session is None or view is None:
            return
        if not session.save_first():
            return
        last = session.stacks.undo[-1] if session.stacks.undo else None
        if last is None or session.newest_refused is not None:
            session.undo()
            return
        if last.time >= self.started or session.identity in self._undone_before:
            session.undo()
            return
        what = "uw laatste stap" if self.names_hidden else sentences.step(last.step, last.params)
        text = f"Ongedaan maken van {numbers.date(last.time)}: {what}."

        def go() -> None:
            self._undone_before.add(session.identity)
            session.undo(expected=last.seq)

        view.bars.show_bar("undo", text, "warn", [("Toch terugzetten", go), ("Laten staan", lambda: None)])

    def redo(self) -> None:
        if self.session is not None:
            self.session.redo()
            return
        page = self.pages.currentWidget()
        self._commit_typing()
        if isinstance(page, (ProductsPage, OwnUndo)):
            page.redo()

    def show_points(self) -> None:
        if self.view is not None and self.session is not None:
            self.view.show_points()

    def step(self, by: int) -> None:
        if self.view is not None and self.session is not None:
            self.view.go_to(self.view.step + by)

    # --- remembering
    # ---------------------------------------------------------------------------------------------

    def _restore_place(self) -> None:
        self.resize(1280, 800)
        self.tenders.table.set_columns(self.settings.columns_tenders)
        self.products.table.set_columns(self.settings.columns_products)
        if self.settings.geometry:
            self.restoreGeometry(QByteArray.fromHex(self.settings.geometry.encode()))
        self.fit_in(self.screen().availableGeometry())

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

    def _saved_first(self) -> bool:
        """Whether nothing waits to be saved and nothing is asked. What does is shown, as leaving it would
        lose it."""
        session = self.view.session if self.view is not None else None
        if session is None or self.view is None or (session.save_first() and not session.unfit):
            return True
        self.show_tender()
        say_unfit(session, self.view.bars)
        return False

    def _drafts_kept(self) -> bool:
        """Whether what is typed and not taken can be offered again. Where it cannot, closing asks."""
        self.drafts.look()
        if self.drafts.is_kept or self._leaves_drafts:
            return True

        def leave() -> None:
            self._leaves_drafts = True
            self.close()

        text = "Wat u typte, is nog niet vastgelegd en kan nu nergens worden bewaard."
        self.bars.show_bar(
            "drafts",
            text,
            "error",
            [("Opnieuw proberen", self.close), ("Sluiten zonder deze tekst", leave)],
            closable=False,
        )
        return False

    _leaves_drafts = False

    def _leave_unsaved(self) -> None:
        """Somebody let go of what could not be saved."""
        assert self.view is not None
        self.view.session.let_go()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Every edit is saved, so closing never asks; what could not be saved keeps the window open until
        somebody chose."""
        self._commit_typing()
        if self.next is None and not (self._saved_first() and self._drafts_kept()):
            event.ignore()
            return
        self.drafts.stop()
        self.ahead.give_up()
        self.guard.stop()
        self.worker.stop()
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        columns = {
            "columns_tenders": self.tenders.table.columns(),
            "columns_products": self.products.table.columns(),
        }
        self.settings.keep(geometry=geometry, **columns)
        super().closeEvent(event)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _factor(text: str) -> float:
    """A zoom as kept; what is no factor is the gewone grootte."""
    try:
        return float(text)
    except ValueError:
        return 1.0


def _moment(iso: str) -> str:
    """When something was kept: the time today, else the day."""
    if not iso:
        return _clock()
    at = datetime.datetime.fromisoformat(iso).astimezone()
    return (
        at.strftime("%H:%M")
        if at.date() == datetime.datetime.now().date()
        else f"op {numbers.date(at.isoformat())}"
    )


def _clock() -> str:
    return datetime.datetime.now().strftime("%H:%M")
