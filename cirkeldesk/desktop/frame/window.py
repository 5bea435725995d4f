"""The window: what can be done in it from anywhere, what it says at the start, and how it closes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QPoint
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QMenu,
)

from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.file.watching import Guard
from cirkeldesk.desktop.frame.actions import ACTIONS, Action
from cirkeldesk.desktop.frame.help import subjects_with
from cirkeldesk.desktop.frame.history import HistoryView
from cirkeldesk.desktop.frame.opening import OpeningWindow
from cirkeldesk.desktop.frame.palette import Palette, PaletteEntry
from cirkeldesk.desktop.frame.rail import Rail
from cirkeldesk.desktop.frame.top_line import TopLine
from cirkeldesk.desktop.frame.unsaved import offer_drafts, offer_unsaved
from cirkeldesk.desktop.kit.held import held_keys
from cirkeldesk.desktop.kit.undo import Undoes
from cirkeldesk.desktop.tender.steps import TenderStep
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.tender import Role
from cirkeldesk.operations.file import counter
from cirkeldesk.operations.search import rank, search
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.tender.tenders import as_template, tender_list
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences
from cirkeldesk.wording.file import anchor as anchor_words

HIT_NAMES = {
    "tender": "Aanbesteding",
    "product": "Product",
    "supplier": "Leverancier",
    "calendar": "Kalender",
}
IN_MENU = (
    "Vandaag",
    "Aanbestedingen",
    "Producten",
    "MVOI-kalender",
    "Monitor",
    "Materialen",
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
IN_MORE = (
    "Open punten",
    "Zoek op deze pagina",
    "Geschiedenis",
    "Namen verbergen of tonen",
    "Nieuwe aanbesteding als kopie van deze",
    "Contract van deze aanbesteding",
    "Lees de vergelijking als tekst",
    "Werk en meldingen",
)


class MainWindow(OpeningWindow):
    _held = False

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__(workspace, settings)
        self._undone_before: set[str] = set()
        entries = (
            ("today", "Vandaag", "today", self.show_today),
            ("tenders", "Aanbestedingen", "tenders", self.show_list),
            ("products", "Producten", "products", self.show_products),
            ("calendar", "MVOI-kalender", "calendar", self.show_calendar),
            ("monitor", "Monitor", "monitor", self.show_monitor),
            ("materials", "Materialen", "materials", self.show_materials),
            ("reference", "Referentiegegevens", "document", self.show_reference),
        )
        below = (
            ("settings", "Instellingen", "settings", self.show_settings),
            ("help", "Hulp", "why", self.show_help),
        )
        top = TopLine(
            menu=self._open_menu,
            more=self._open_more,
            search=self.palette_open,
            names=self.hide_names,
            undo=self.undo,
            redo=self.redo,
        )
        self.put_together(Rail(entries, below, workspace.store.path.name), top)
        self.history = HistoryView()
        self.side.views.addWidget(self.history)
        self.palette_search = Palette(self.pages.window(), self.choices)
        self.placed.connect(
            lambda _: self.palette_search.place() if self.palette_search.isVisible() else None
        )
        self.guard = Guard(workspace, self.bars, self.worker, self.reopen)
        self.drafts.looked.connect(self.say_saved)
        self._keys()
        self._restore_place()
        self.show_list()
        self.ahead.start()
        self.guard.start()

    def _keys(self) -> None:
        for action in ACTIONS:
            for keys in {action.keys, "Ctrl+=" if action.keys == "Ctrl++" else action.keys} - {""}:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setAutoRepeat(action.repeats)  # a key that is held makes one tender, not eleven
                shortcut.activated.connect(partial(self._by_key, action))

    def _by_key(self, action: Action) -> None:
        if action.repeats or not self._held:
            self.do(action)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._held = held_keys.again(event)  # the press a shortcut is about to answer
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        held_keys.watch(self.windowHandle())

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

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for action in ACTIONS:
            if action.name in IN_MENU and action.when(self):
                menu.addAction(action.name, partial(self.do, action))
        menu.popup(self.top.menu_button.mapToGlobal(self.top.menu_button.rect().bottomLeft()))

    def _open_more(self) -> None:
        button = self.top.more_button
        menu = self.more_menu()
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height())))

    def more_menu(self) -> QMenu:
        """What can be done with the tender that is open, and is not done every day."""
        menu = QMenu(self)
        for action in ACTIONS:
            if action.name in IN_MORE and action.when(self):
                menu.addAction(f"{action.name}\t{action.keys}", partial(self.do, action))
        return menu

    def palette_open(self) -> None:
        self.palette_search.open()

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

    # --- from anywhere in a tender, and to what a search found

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

    def make_final(self) -> None:
        if self.view is not None:
            self.view.go_to(TenderStep.ADVICE)
            self.view.advice.press_final()

    def make_letters(self) -> None:
        if self.view is not None:
            self.view.go_to(TenderStep.ADVICE)
            self.view.advice.show_letters()

    def lock_rules(self) -> None:
        if self.view is not None:
            self.view.choose_method()
            if self.view.ask.award.lock_button.isVisible():
                self.view.ask.award.lock(taken_over=False)

    def show_points(self) -> None:
        if self.view is not None and self.session is not None:
            self.view.show_points()

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

    def show_contract(self) -> None:
        """The contract of the tender that is open, or where it can be awarded."""
        if self.session is not None and self.session.is_ready():
            self.open_contract(self.session.identity)

    def step(self, by: int) -> None:
        if self.view is not None and self.session is not None:
            self.view.go_to(self.view.step + by)

    # --- at the start

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
        self._look_back()
        self._offer_what_was_typed()

    def _look_back(self) -> None:
        """Whether the file is as far as this computer saw it before."""
        found = counter.look(self.workspace)
        if found is not None:
            self.bars.show_bar("counter", anchor_words.counted(found), "error")
        counter.note(self.workspace)

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

    # --- undo

    def undo(self) -> None:
        """The first undo into an earlier session asks back, as nobody remembers what was done then."""
        session, view = self.session, self.view
        page = self.pages.currentWidget()
        if session is None and isinstance(page, Undoes):
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
        if last.time >= self.settings.started or session.identity in self._undone_before:
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
        if isinstance(page, Undoes):
            page.redo()

    # --- closing

    def _restore_place(self) -> None:
        self.resize(1280, 800)
        if self.settings.geometry:
            self.restoreGeometry(QByteArray.fromHex(self.settings.geometry.encode()))
        self.fit_in(self.screen().availableGeometry())

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
        columns = {}
        if self.made("tenders") is not None:
            columns["columns_tenders"] = self.tenders.table.columns()
        if self.made("products") is not None:
            columns["columns_products"] = self.products.table.columns()
        self.settings.keep(geometry=geometry, **columns)
        counter.note(self.workspace)
        super().closeEvent(event)
