"""The window: rail, top line, steps of a tender, pages, status. Three widths and a low height, as on real office screens."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop import theme
from cirkeldesk.desktop.jobs import Worker
from cirkeldesk.desktop.pages.products import ProductsPage
from cirkeldesk.desktop.pages.settings import SettingsPage
from cirkeldesk.desktop.pages.tenders import TendersPage
from cirkeldesk.desktop.session import Session
from cirkeldesk.desktop.tender_view import LOW, MIDDLE, WIDE, TenderView
from cirkeldesk.desktop.widgets import BarSpace, heading, plain_label, plain_tip, tool
from cirkeldesk.exchange.reading import ReadError
from cirkeldesk.model.tender import Tender
from cirkeldesk.operations.bids import check_form, is_form
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.example import add_example
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.tenders import get_tender, new_tender, tender_id
from cirkeldesk.store.errors import StoreError
from cirkeldesk.wording import numbers, sentences, terms


class MainWindow(QMainWindow):
    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk, self.settings = desk, settings
        self.worker = Worker()
        self._undone_before: set[str] = set()
        self._made_ahead: TenderView | None = None
        self._ahead = QTimer(self)
        self._ahead.setInterval(5)
        self._ahead.timeout.connect(self._make_ahead)
        self.view: TenderView | None = None
        self.setWindowTitle(terms.PROGRAM)
        self.setMinimumSize(640, 400)
        self.setFont(theme.body_font())
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
        self.pages = QStackedWidget()
        right.addWidget(self.pages, 1)
        self.tenders = TendersPage(desk, desk.store.path, self.bars)
        self.tenders.opened.connect(self.open_tender)
        self.tenders.new_wanted.connect(self.new_tender)
        self.tenders.example_wanted.connect(self.open_example)
        self.tenders.file_wanted.connect(self.choose_file)
        self.products = ProductsPage(desk, self.bars, self.worker)
        self.products.changed.connect(self._show_top)
        self.products.tender_imported.connect(lambda number: self.open_tender(tender_id(desk, number)))
        self.pages.addWidget(self.tenders)
        self.pages.addWidget(self.products)
        self.preferences = SettingsPage(desk, desk.store.path, self.bars)
        self.preferences.author_changed.connect(self._remember_author)
        self.pages.addWidget(self.preferences)
        self._keys()
        self.statusBar().setSizeGripEnabled(False)
        self._restore_place()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._tint)
        self.show_list()
        self._ahead.start()
        if desk.store.why_read_only is not None:
            problem = desk.store.why_read_only
            text = sentences.error(problem.key, **problem.params)
            self.bars.show_bar("read_only", text, "warn", closable=False)

    # --- frame ---------------------------------------------------------------------------------------------------

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
            ("settings", "Instellingen", "settings", self.show_settings),
        ):
            made = tool(text, run, icon=icon)
            made.setProperty("rail", True)
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setSizePolicy(made.sizePolicy().horizontalPolicy().Expanding, made.sizePolicy().verticalPolicy())
            self.rail_buttons[key] = made
            column.addWidget(made)
        column.addStretch(1)
        return self.rail

    def _top(self) -> QFrame:
        top = QFrame()
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
        self.undo_button = tool("Ongedaan maken", self.undo, icon="undo")
        self.redo_button = tool("Opnieuw", self.redo, icon="redo")
        self.redo_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        row.addWidget(self.undo_button)
        row.addWidget(self.redo_button)
        self.saved = plain_label()
        self.saved.setObjectName("muted")
        row.addWidget(self.saved)
        return top

    def _keys(self) -> None:
        keys: list[tuple[str, Any]] = [
            ("Ctrl+PgUp", lambda: self._step(-1)),
            ("Ctrl+PgDown", lambda: self._step(1)),
            ("F8", self._points),
            ("Ctrl+N", self.new_tender),
            ("Ctrl+O", self.choose_file),
            ("Ctrl+S", self._say_saved),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
        ]
        for sequence, run in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(lambda r=run: r())

    def _tint(self, _scheme: object = None) -> None:
        """Icons carry their colour; another colour scheme gives them another."""
        for made in self.findChildren(QAbstractButton):
            name = made.property("icon_name")
            if name:
                made.setIcon(theme.icon(name, made.property("icon_token")))

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for text, run in (
            ("Aanbestedingen", self.show_list),
            ("Producten", self.show_products),
            ("Instellingen", self.show_settings),
        ):
            action = QAction(text, menu)
            action.triggered.connect(lambda _=False, r=run: r())
            menu.addAction(action)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        size: QSize = self.size()
        wide = size.width() >= WIDE
        self.rail.setVisible(wide)
        self.menu_button.setVisible(not wide)
        self.undo_button.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if size.width() >= MIDDLE else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        self.saved.setVisible(size.width() >= MIDDLE)
        self.statusBar().setVisible(size.height() >= LOW)
        self.products.set_wide(size.width() >= MIDDLE)
        if self.view is not None:
            self.view.lay_out(size.width(), size.height())

    # --- pages ---------------------------------------------------------------------------------------------------

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

    def show_settings(self) -> None:
        self.rail_buttons["settings"].setChecked(True)
        self.title.setText("Instellingen")
        self.setWindowTitle(terms.PROGRAM)
        self.preferences.refresh()
        self.pages.setCurrentWidget(self.preferences)
        self._show_top()

    def _remember_author(self, name: str) -> None:
        self.settings = self.settings.changed(author=name)
        self.settings.save()

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
        tender = get_tender(self.desk, identity)
        if self.view is not None:
            self.pages.removeWidget(self.view)
            self.view.deleteLater()
        self.view = view = self._view_for(tender)
        view.practice_made.connect(self._open_practice)
        session = view.session
        session.changed.connect(self._show_top)
        session.failed.connect(lambda text: view.bars.show_bar("failed", text, "error"))
        if session.is_blank:
            session.open(tender)
        if session.tender.practice_of is None:
            self.settings = self.settings.changed(last_tender=identity)
        self.lay_out()
        self.show_tender()
        self._offer_draft(session, view.bars)
        self._ahead.start()

    def _commit_typing(self) -> None:
        """What is being typed belongs to what is open now: leaving the field commits it."""
        typing = QApplication.focusWidget()
        if typing is not None and self.isAncestorOf(typing):
            typing.clearFocus()

    def _view_for(self, tender: Tender) -> TenderView:
        """The view that was made ahead, when its pages suit the tender's product group; else a new one."""
        ahead, self._made_ahead = self._made_ahead, None
        if ahead is not None and ahead.session.tender.product_group == tender.product_group:
            ahead.make()
            return ahead
        made = self._new_view(tender.id)
        made.make()
        return made

    def _new_view(self, identity: str = "") -> TenderView:
        session = Session(self.desk, identity)
        view = TenderView(session, BarSpace(), self.worker)
        session.setParent(view)
        self.pages.addWidget(view)  # at once, so that each page takes on its looks when it is made
        return view

    @property
    def is_made_ahead(self) -> bool:
        """Whether the next tender opens at once."""
        return self._made_ahead is not None and self._made_ahead.is_made

    def _make_ahead(self) -> None:
        """Pages of a tender cost half a second to make: one part at a time, while nobody asks for anything."""
        if self._made_ahead is None and not self.desk.read_only:
            self._made_ahead = self._new_view()
        elif self._made_ahead is None or not self._made_ahead.make_part():
            self._ahead.stop()

    def _open_practice(self, identity: str) -> None:
        self.open_tender(identity)
        if self.view is not None:
            self.view.go_to(3)
            origin = self.view.session.tender.practice_of or ""
            text = "U oefent in een kopie met verzonnen inschrijvingen. De echte aanbesteding verandert niet."
            self.view.bars.show_bar("practice", text, "info", [("Terug naar de aanbesteding", lambda: self.open_tender(origin))])

    def _offer_draft(self, session: Session, bars: BarSpace) -> None:
        """What was being typed when the program ended, offered again."""
        draft = session.draft()
        assert self.view is not None
        place = self.view.variants.model.find(draft.field) if draft is not None else None
        if draft is None or place is None:
            return
        model, view = self.view.variants.model, self.view
        text = f"U was bezig: “{draft.text}” in {model.place(*place)}. Het is nog niet vastgelegd."

        def keep() -> None:
            view.go_to(1)
            model.enter(*place, draft.text)

        bars.show_bar("draft", text, "info", [("Vastleggen", keep), ("Weggooien", session.forget_draft)])

    def new_tender(self) -> None:
        try:
            identity = new_tender(self.desk)
        except StoreError as problem:
            self._say(problem)
            return
        self.open_tender(identity)
        if self.view is not None:
            self.view.go_to(0)

    def open_example(self) -> None:
        try:
            number = add_example(self.desk)[0]
        except StoreError as problem:
            self._say(problem)
            return
        self.open_tender(tender_id(self.desk, number))
        if self.view is not None:
            self.view.go_to(2)

    def choose_file(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            "Bestand openen",
            "",
            "Dossiers, milieuverklaringen en formulieren (*.cirkel *.xml *.zip *.json *.csv *.xlsx);;Alle bestanden (*)",
        )
        if len(names) == 1:
            self.open_file(Path(names[0]))
        elif names:
            self.show_products()
            self.products.import_paths([Path(name) for name in names])

    def open_file(self, path: Path) -> None:
        """A bid form opens the tender it belongs to; anything else is read beside the window, and a dossier then opens."""
        if is_form(path):
            self.open_form(path)
            return
        self.show_products()
        self.products.import_paths([path])

    def open_form(self, path: Path) -> None:
        """Check a bid form on the page of its tender; nothing is taken over before somebody says so."""
        try:
            check = check_form(self.desk, path)
        except ReadError as problem:
            self.bars.show_bar("failed", sentences.error(problem.key, **problem.params), "error")
            return
        self.open_tender(check.tender.id)
        if self.view is not None:
            self.view.go_to(1)
            self.view.variants.show_form(check)

    def _say(self, problem: StoreError) -> None:
        self.bars.show_bar("failed", sentences.error(problem.key, **problem.params), "error")

    # --- top line ------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        return self.view.session if self.view is not None and self.pages.currentWidget() is self.view else None

    def _show_top(self) -> None:
        session = self.session
        on_products = self.pages.currentWidget() is self.products
        self.undo_button.setVisible(session is not None or on_products)
        self.redo_button.setVisible(session is not None)
        if session is None:
            self.saved.setText("")
            name = self.products.next_undo() if on_products else None
            self._show_undo(f"Ongedaan maken: {name}" if name else "Ongedaan maken", possible=name is not None)
            return
        self.title.setText(f"{session.tender.number} {session.tender.title}".strip())
        self.setWindowTitle(f"{self.title.text()} – {terms.PROGRAM}")
        last = session.stacks.undo[-1] if session.stacks.undo else None
        name = sentences.step(last.step, last.params) if last else ""
        earlier = last is not None and last.time < self.started
        date = f" van {numbers.date(last.time)}" if last is not None and earlier else ""
        text = f"Ongedaan maken{date}: {name}" if last else "Ongedaan maken"
        self._show_undo(text, possible=last is not None)
        again = session.stacks.redo[-1] if session.stacks.redo else None
        words = f"Opnieuw: {sentences.step(again.step, again.params)}" if again else "Opnieuw"
        self.redo_button.setToolTip(plain_tip(f"{words} (Ctrl+Y)"))
        self.redo_button.setAccessibleName(words)
        self.redo_button.setEnabled(again is not None and not session.read_only)
        self._say_saved()

    def _show_undo(self, text: str, *, possible: bool) -> None:
        self.undo_button.setText(text if len(text) < 60 else text[:58] + "…")
        self.undo_button.setToolTip(plain_tip(f"{text} (Ctrl+Z)"))
        self.undo_button.setAccessibleName(text)
        self.undo_button.setEnabled(possible and not self.desk.read_only)

    @property
    def started(self) -> str:
        return self.settings.started

    def _say_saved(self) -> None:
        session = self.session
        if session is not None:
            text = "Alleen lezen" if session.read_only else f"Opgeslagen {_clock()}"
            self.saved.setText(text)
            self.statusBar().showMessage(text)

    def undo(self) -> None:
        """The first undo into an earlier session asks back, as nobody remembers what was done then."""
        session, view = self.session, self.view
        if session is None and self.pages.currentWidget() is self.products:
            self.products.undo()
            return
        last = session.stacks.undo[-1] if session is not None and session.stacks.undo else None
        if session is None or view is None or last is None:
            return
        if last.time >= self.started or session.identity in self._undone_before:
            session.undo()
            return
        text = f"Ongedaan maken van {numbers.date(last.time)}: {sentences.step(last.step, last.params)}."

        def go() -> None:
            self._undone_before.add(session.identity)
            session.undo()

        view.bars.show_bar("undo", text, "warn", [("Toch terugzetten", go), ("Laten staan", lambda: None)])

    def redo(self) -> None:
        if self.session is not None:
            self.session.redo()
        elif self.pages.currentWidget() is self.products:
            self.products.redo()

    def _points(self) -> None:
        if self.view is not None and self.session is not None:
            self.view.show_points()

    def _step(self, by: int) -> None:
        if self.view is not None and self.session is not None:
            self.view.go_to(self.view.step + by)

    # --- remembering ---------------------------------------------------------------------------------------------

    def _restore_place(self) -> None:
        self.resize(1280, 800)
        if self.settings.geometry:
            self.restoreGeometry(QByteArray.fromHex(self.settings.geometry.encode()))
        screen = self.screen().availableGeometry()
        if not screen.intersects(self.frameGeometry()):
            self.move(screen.topLeft())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Every edit is saved; closing never asks."""
        self._ahead.stop()
        if self._made_ahead is not None:
            self._made_ahead.give_up()
        self.worker.stop()
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        self.settings.changed(geometry=geometry).save()
        super().closeEvent(event)


def _clock() -> str:
    return datetime.datetime.now().strftime("%H:%M")
