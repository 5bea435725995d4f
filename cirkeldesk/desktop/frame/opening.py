"""Opening: pages of the rail, tenders, and files of every kind that somebody brings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QWidget,
)

from cirkeldesk import __version__
from cirkeldesk.desktop.file.page import FILES
from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.frame.desk_window import DeskWindow
from cirkeldesk.desktop.frame.frame_window import application
from cirkeldesk.desktop.frame.history import HistoryView
from cirkeldesk.desktop.frame.unsaved import offer_drafts, say_not_saved, say_unfit
from cirkeldesk.desktop.kit.fields import take_typing_in
from cirkeldesk.desktop.kit.file_dialogs import ask_for_files, ask_where
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.undo import OwnUndo, Undoes
from cirkeldesk.desktop.tender.entering import undo_bar
from cirkeldesk.desktop.tender.steps import TenderStep
from cirkeldesk.desktop.tender.tender_list import TendersPage
from cirkeldesk.model.calendar.calendar import CALENDAR_ID
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.tender.drafts import About
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import (
    DEFAULT_GROUP,
    get_tender,
    last_change,
    new_tender,
    tender_id,
)
from cirkeldesk.wording import sentences, terms
from cirkeldesk.wording.window import days

if TYPE_CHECKING:
    from cirkeldesk.desktop.file.merging import MergePage
    from cirkeldesk.desktop.file.page import KeepingPage
    from cirkeldesk.desktop.file.settings import SettingsPage
    from cirkeldesk.desktop.product.page import ProductsPage
    from cirkeldesk.desktop.reference.criteria import LibraryPage
    from cirkeldesk.operations.file.merging import DossierPart


class OpeningWindow(DeskWindow):
    """A window that can bring up every page and open what a file holds. Nothing is left while something
    waits."""

    next: Next | None = None

    # --- pages, made when first shown

    @property
    def tenders(self) -> TendersPage:
        return self._page_of("tenders", self._make_tenders)

    @property
    def products(self) -> ProductsPage:
        return self._page_of("products", self._make_products)

    @property
    def reference(self) -> LibraryPage:
        return self._page_of("reference", self._make_reference)

    @property
    def preferences(self) -> SettingsPage:
        return self._page_of("preferences", self._make_preferences)

    @property
    def keeping(self) -> KeepingPage:
        return self._page_of("keeping", self._make_keeping)

    @property
    def merging(self) -> MergePage:
        return self._page_of("merging", self._make_merging)

    def _make_tenders(self) -> TendersPage:
        page = TendersPage(self.workspace, self.workspace.store.path, self.bars)
        page.opened.connect(self.open_tender)
        page.new_wanted.connect(self.new_tender)
        page.example_wanted.connect(self.open_example)
        page.other_example_wanted.connect(self.open_example)
        page.file_wanted.connect(self.choose_file)
        page.news.setVisible(self.settings.seen != __version__)
        page.news_wanted.connect(self.show_news)
        page.model.hide_names(hidden=self.names_hidden)
        page.table.set_columns(self.settings.columns_tenders)
        return page

    def _make_products(self) -> ProductsPage:
        from cirkeldesk.desktop.product.page import ProductsPage

        page = ProductsPage(self.workspace, self.bars, self.worker)
        page.changed.connect(self._show_top)
        page.tender_imported.connect(lambda number: self.open_tender(tender_id(self.workspace, number)))
        page.table.set_columns(self.settings.columns_products)
        self.drafts.watch(page.editor)
        self.placed.connect(lambda width: page.set_wide(width >= theme.MIDDLE))
        return page

    def _make_reference(self) -> LibraryPage:
        from cirkeldesk.desktop.reference.criteria import LibraryPage

        page = LibraryPage(self.workspace, self.bars)
        page.changed.connect(self._show_top)
        return page

    def _make_preferences(self) -> SettingsPage:
        from cirkeldesk.desktop.file.settings import SettingsPage

        page = SettingsPage(self.workspace, self.workspace.store.path, self.bars)
        page.author_changed.connect(self._remember_author)
        page.keeping_wanted.connect(self.show_keeping)
        page.theme_chosen.connect(self.choose_theme)
        return page

    def _make_keeping(self) -> KeepingPage:
        from cirkeldesk.desktop.file.page import KeepingPage

        page = KeepingPage(self.workspace, self.bars, self.worker)
        page.reopen_wanted.connect(self.reopen)
        page.erased.connect(self._forget_erased)
        page.may_erase = self._may_erase
        return page

    def _make_merging(self) -> MergePage:
        from cirkeldesk.desktop.file.merging import MergePage

        page = MergePage(self.workspace, self.bars)
        page.done.connect(self._merged)
        return page

    def show_list(self) -> None:
        self.bars.clear("import")
        self.tenders.refresh(self.settings.last_tender)
        self._show_page("tenders", "Aanbestedingen", self.tenders)

    def show_products(self) -> None:
        self._show_page("products", "Producten", self.products)
        self.products.refresh()

    def show_reference(self) -> None:
        self._show_page("reference", "Referentiegegevens", self.reference)
        self.reference.refresh()

    def show_settings(self) -> None:
        self.preferences.refresh()
        self._show_page("settings", "Instellingen", self.preferences)

    def show_keeping(self) -> None:
        self._show_page("settings", "Back-ups en bewaren", self.keeping)
        self.keeping.refresh()

    def show_news(self) -> None:
        """What is new, offered beside the list until somebody has looked."""
        self.tenders.news.hide()
        self.settings = self.settings.keep(seen=__version__)
        self.show_help("nieuw")

    def show_tender(self) -> None:
        """The tender that is open, from the list or the products."""
        if self.view is not None:
            self.rail.buttons["tenders"].setChecked(True)
            self.pages.setCurrentWidget(self.view)
            self._listen()
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
        self.saved_at = days.kept_at(last_change(self.workspace, identity))
        left = self.view
        self.find_bar.hide()
        self.view = view = self.ahead.take(tender)
        view.practice_made.connect(self._open_practice)
        view.names_wanted.connect(self.hide_names)
        view.material_wanted.connect(partial(self.want_material, identity))
        view.hide_rows(frozenset(self.settings.hidden_rows.split()))
        view.rows_chosen.connect(self._remember_rows)
        view.pages.currentChanged.connect(self.show_hint)
        if self.drafts.offered.get(view.draft_about):
            view.make()  # a text that was being typed is offered by the name of its field
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
            self.ahead.drop(left)
        if isinstance(self.side.view, HistoryView):
            self.side.view.show_session(session)
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
        names = ask_for_files(
            self,
            "Bestand openen",
            "Dossiers, milieuverklaringen en formulieren (*.cirkel *.xml *.zip *.json *.csv "
            "*.xlsx);;Alle bestanden (*)",
        )
        if len(names) == 1:
            self.open_file(names[0])
        elif names:
            self.show_products()
            self.products.import_paths(names)

    def open_file(self, path: Path) -> None:
        """A bid form opens the tender it belongs to; anything else is read beside the window, and a dossier
        then opens."""
        from cirkeldesk.operations.file.merging import is_dossier_file
        from cirkeldesk.operations.tender.bids import is_form

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
        from cirkeldesk.operations.file.merging import open_dossier

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
        from cirkeldesk.operations.tender.bids import check_form

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
        path = ask_where(self, "Bewaren op een andere plek", self.workspace.store.path.name, FILES)
        if path is not None:
            self.save_elsewhere(path)
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

    def _leave_unsaved(self) -> None:
        """Somebody let go of what could not be saved."""
        assert self.view is not None
        self.view.session.let_go()
        self.close()

    def _rail_page(self, about: About) -> tuple[Callable[[], QWidget], Callable[[], None]] | None:
        """The page of the rail that a text was typed on, and how it comes up; None for a tender."""
        return {
            "producten": (lambda: self.products, self.show_products),
            CALENDAR_ID: (lambda: self.calendar, self.show_calendar),
            "referentie": (lambda: self.reference, self.show_reference),
            "monitor": (lambda: self.monitor, self.show_monitor),
            "materialen": (lambda: self.materials, self.show_materials),
            "instellingen": (lambda: self.preferences, self.show_settings),
            "bewaren": (lambda: self.keeping, self.show_keeping),
            "samenvoegen": (lambda: self.merging, self.show_tender),
        }.get(about[1] if about[0] in ("page", "calendar") else "")

    def _page_about(self, about: About) -> QWidget | None:
        return found[0]() if (found := self._rail_page(about)) is not None else None

    def show_draft_page(self, about: About) -> None:
        """Bring up the page a text was typed on."""
        found = self._rail_page(about)
        (found[1] if found is not None else self.show_tender)()

    # --- leaving

    def _saved_first(self) -> bool:
        """Whether nothing waits to be saved and nothing is asked. What does is shown, as leaving it would
        lose it."""
        session = self.view.session if self.view is not None else None
        if session is None or self.view is None or (session.save_first() and not session.unfit):
            return True
        self.show_tender()
        say_unfit(session, self.view.bars)
        return False

    def _commit_typing(self) -> None:
        """What is being typed belongs to what is open now: it is committed before anything else is done."""
        take_typing_in(self)

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
            self.ahead.drop(left)
        self.settings = self.settings.keep(last_tender="")
        self._show_top()

    def _remember_author(self, name: str) -> None:
        self.settings = self.settings.keep(author=name)

    def choose_theme(self, name: str) -> None:
        """Light, dark or as the system; at once and from now on."""
        self.settings = self.settings.keep(theme=name)
        theme.choose(name)
        theme.apply(application())
        self._tint()

    # --- top line

    def hide_names(self) -> None:
        """For a shared screen: bids go by their letter, and what names people steps aside."""
        self.names_hidden = not self.names_hidden
        self.top.show_names_hidden(hidden=self.names_hidden)
        self.tenders.model.hide_names(hidden=self.names_hidden)
        if isinstance(self.side.view, HistoryView):
            self.side.close_panel()
        if self.names_hidden:
            for said in (self.bars, *([self.view.bars] if self.view is not None else [])):
                said.clear_all()
        if self.view is not None:
            self.view.session.hide_names(hidden=self.names_hidden)
            self.view.show_names()

    def _show_top(self) -> None:
        session, page = self.session, self.pages.currentWidget()
        writable = not self.workspace.read_only
        self._show_names_button()
        if session is None:
            own = page if isinstance(page, OwnUndo) else None
            undoes = page if isinstance(page, Undoes) else None
            name = undoes.next_undo() if undoes is not None else None
            self.top.show_page(own, undoes=undoes is not None, name=name, writable=writable)
            self.say_saved()
            return
        self.top.show_tender(
            session, self.settings.started, names_hidden=self.names_hidden, writable=writable
        )
        self.setWindowTitle(f"{self.top.name} – {terms.PROGRAM}")
        self.say_saved()

    def _note_saved(self) -> None:
        if self.session is not None and not self.session.unsaved:
            self.saved_at = days.clock()
        self._show_top()

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
        self.line.saved.setText(text)
