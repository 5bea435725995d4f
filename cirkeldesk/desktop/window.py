"""The window: rail, top line, steps of a tender, pages, status. Three widths and a low height, as on real office screens."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop import theme
from cirkeldesk.desktop.jobs import Worker
from cirkeldesk.desktop.pages.advice import AdvicePage
from cirkeldesk.desktop.pages.ask import AskPage
from cirkeldesk.desktop.pages.comparison import ComparisonPage
from cirkeldesk.desktop.pages.products import ProductsPage
from cirkeldesk.desktop.pages.settings import SettingsPage
from cirkeldesk.desktop.pages.tenders import TendersPage
from cirkeldesk.desktop.pages.variants import VariantsPage
from cirkeldesk.desktop.session import Session
from cirkeldesk.desktop.widgets import BarSpace, heading, tool
from cirkeldesk.model import edits
from cirkeldesk.model.comparison import compare
from cirkeldesk.model.messages import Problem
from cirkeldesk.model.tender import ProductRef
from cirkeldesk.operations.desk import Desk, inputs_for
from cirkeldesk.operations.example import add_example
from cirkeldesk.operations.products import import_file
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.tenders import new_tender, renewals, tender_id
from cirkeldesk.store.errors import StoreError
from cirkeldesk.wording import numbers, sentences, terms

STEPS = ("Uitvraag", "Varianten", "Vergelijking", "Advies")
WIDE, MIDDLE, LOW = 1200, 860, 560
# Where a finding is mended, by the field it is about.
STEP_OF_FIELD = {"replacement_rule": 0, "quantity": 0, "life": 0, "fixed": 0, "rules": 1}


class TenderView(QWidget):
    """An open tender: its steps and their pages."""

    def __init__(self, session: Session, bars: BarSpace, worker: Worker) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self._declined: set[ProductRef] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.steps = QFrame()
        self.steps.setObjectName("steps")
        self.row = QHBoxLayout(self.steps)
        self.row.setContentsMargins(8, 0, 8, 0)
        self.row.setSpacing(0)
        self.buttons: list[QToolButton] = []
        for number, name in enumerate(STEPS):
            made = tool(name, partial(self.go_to, number))
            made.setProperty("step", True)
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.buttons.append(made)
            self.row.addWidget(made)
        self.short = QComboBox()
        self.short.setAccessibleName("Stap")
        self.short.activated.connect(self.go_to)
        self.row.addWidget(self.short)
        self.row.addStretch(1)
        self.example = QLabel(terms.EXAMPLE_MARK)
        self.example.setObjectName("example")
        self.row.addWidget(self.example)
        column.addWidget(self.steps)
        column.addWidget(bars)
        bars.setContentsMargins(16, 0, 16, 0)
        self.pages = QStackedWidget()
        self.ask = AskPage(session, bars)
        self.variants = VariantsPage(session, bars)
        self.comparison = ComparisonPage(session, bars)
        self.advice = AdvicePage(session, bars, worker)
        for page in (self.ask, self.variants, self.comparison, self.advice):
            self.pages.addWidget(page)
        self.points = OpenPoints(session)
        self.pages.addWidget(self.points)
        self.points.chosen.itemActivated.connect(self._follow)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.points)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(lambda: self.go_to(self.step))
        self.comparison.go_to_step.connect(self.go_to)
        self.comparison.open_points.connect(self.show_points)
        column.addWidget(self.pages, 1)
        session.changed.connect(self.refresh)
        self._step = 0
        self.refresh()
        self.go_to(0 if not session.tender.variants else 1)

    @property
    def step(self) -> int:
        return self._step

    def offer_renewals(self) -> None:
        """A newer version never changes a figure by itself; it is offered, with what it would change."""
        if self.session.read_only:
            return
        for renewal in renewals(self.session.desk, self.session.tender):
            if renewal.new in self._declined:
                continue
            edit = edits.renew_product(renewal.old, renewal.new, renewal.name)
            text = f"{renewal.name} heeft een nieuwe versie ({numbers.date(renewal.since)}). {self._effect(edit)}"
            take = partial(self.session.commit, edit)
            decline = partial(self._declined.add, renewal.new)
            self.bars.show_bar(f"renew-{renewal.old.id}", text.strip(), "info", [("Bijwerken", take), ("Oude houden", decline)])

    def _effect(self, edit: edits.Edit) -> str:
        """What an edit would do to the first total it changes."""
        changed = edit.apply(self.session.tender)
        after = compare(changed, inputs_for(self.session.desk, changed))
        for old, new in zip(self.session.comparison.variants, after.variants, strict=True):
            if old.total.value != new.total.value:
                texts = [numbers.euro(v.total.value) if v.total.value is not None else "niet te berekenen" for v in (new, old)]
                return f"MKI totaal van {old.name} wordt {texts[0]} in plaats van {texts[1]}."
        return "Geen enkel totaal verandert."

    def go_to(self, step: int) -> None:
        self._step = max(0, min(len(STEPS) - 1, step))
        self.buttons[self._step].setChecked(True)
        self.short.setCurrentIndex(self._step)
        self.pages.setCurrentIndex(self._step)
        if self._step == 0:
            self.ask.focus_first()
        elif self._step == 1 and self.session.tender.variants:
            self.variants.grid.setFocus()
        elif self._step == 2:
            self.comparison.conclusion.setFocus()

    def refresh(self) -> None:
        for number, (made, name) in enumerate(zip(self.buttons, STEPS, strict=True)):
            state = self._state(number)
            made.setText(f"{number + 1}  {name}" + (f"  {state}" if state else ""))
            made.setAccessibleName(f"Stap {number + 1} van {len(STEPS)}: {name}" + (f", {state}" if state else ""))
        current = self.short.currentIndex()
        self.short.clear()
        self.short.addItems([f"Stap {n + 1} van {len(STEPS)}: {name}" for n, name in enumerate(STEPS)])
        self.short.setCurrentIndex(max(0, current))
        self.example.setVisible(self.session.tender.fictitious)
        self.points.refresh()

    def _state(self, step: int) -> str:
        """Icon and word: "✓ klaar", "2 open", "leeg"."""
        tender, comparison = self.session.tender, self.session.comparison
        if step == 0:
            ask = tender.ask
            needed = (tender.title, tender.functional_quantity, ask.analysis_period)
            missing = sum(1 for value in needed if value in (None, ""))
            missing += int(tender.has_bids and ask.replacement_rule is None)
            missing += self.ask.open_quantities() + int(not tender.posts)
            return f"{missing} open" if missing else "✓ klaar"
        if step == 1:
            if not tender.variants:
                return "leeg"
            count = sum(p.level != "note" for p in comparison.problems)
            return f"{count} open" if count else "✓ klaar"
        return ""

    def show_points(self) -> None:
        self.points.refresh()
        self.pages.setCurrentWidget(self.points)
        self.points.chosen.setFocus()

    def _follow(self, item: QListWidgetItem) -> None:
        problem: Problem = item.data(Qt.ItemDataRole.UserRole)
        step = STEP_OF_FIELD.get(problem.field or "", 1)
        self.go_to(step)
        if step == 1:
            self._focus_cell(problem)
        elif problem.post_id is not None:
            self.ask.focus_post(problem.post_id, problem.field or "")
        elif problem.field == "replacement_rule":
            self.ask.rule.box.setFocus()

    def _focus_cell(self, problem: Problem) -> None:
        self.variants.show_all()
        rows = self.variants._rows()
        columns = [v.id for v in self.session.tender.variants]
        wanted = {
            "mki": ("mki", "module"),
            "product": ("product",),
            "composition": ("product",),
            "price": ("price",),
            "equal": ("equal",),
            "work_mki": ("work_mki",),
            "post": ("post",),
        }
        kinds = wanted.get(problem.field or "", ("basis",))
        for index, row in enumerate(rows):
            if row.kind in kinds and (problem.post_id is None or row.post_id == problem.post_id):
                column = columns.index(problem.variant_id) + 1 if problem.variant_id in columns else 1
                self.variants.grid.setFocus()
                self.variants.grid.go_to(index, column)
                return

    def lay_out(self, width: int, height: int) -> None:
        for made in self.buttons:
            made.setVisible(width >= MIDDLE)
        self.short.setVisible(width < MIDDLE)
        self.variants.set_wide(width >= WIDE)
        self.comparison.set_wide(width >= WIDE, narrow=width < MIDDLE, low=height < LOW)
        self.advice.set_wide(width >= WIDE)


class OpenPoints(QWidget):
    """Every problem of the tender: what, where, and Enter goes there."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(heading("Open punten", 1.15))
        self.none = QLabel("Er zijn geen open punten.")
        column.addWidget(self.none)
        self.chosen = QListWidget()
        self.chosen.setAccessibleName("Open punten; Enter gaat erheen")
        self.chosen.setWordWrap(True)
        column.addWidget(self.chosen, 1)
        column.addStretch(0)

    def refresh(self) -> None:
        comparison = self.session.comparison
        names = {v.id: v.name for v in comparison.variants}
        posts = {p.id: p.name for p in comparison.tender.posts}
        self.chosen.clear()
        for problem in comparison.problems:
            text = sentences.problem_sentence(problem, names.get(problem.variant_id or ""), posts.get(problem.post_id or ""))
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, problem)
            self.chosen.addItem(item)
        if self.chosen.count():
            self.chosen.setCurrentRow(0)
        self.none.setVisible(not self.chosen.count())
        self.chosen.setVisible(bool(self.chosen.count()))


class MainWindow(QMainWindow):
    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk, self.settings = desk, settings
        self.worker = Worker()
        self._undone_before: set[str] = set()
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
        self.products.tender_imported.connect(lambda number: self.open_tender(tender_id(desk, number)))
        self.pages.addWidget(self.tenders)
        self.pages.addWidget(self.products)
        self.preferences = SettingsPage(desk, desk.store.path, self.bars)
        self.preferences.author_changed.connect(self._remember_author)
        self.pages.addWidget(self.preferences)
        self._keys()
        self.statusBar().setSizeGripEnabled(False)
        self._restore_place()
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._tint())
        self.show_list()
        if desk.store.why_read_only is not None:
            problem = desk.store.why_read_only
            text = sentences.error(problem.key, **problem.params)
            self.bars.show_bar("read_only", text, "warn", closable=False)

    # --- frame ---------------------------------------------------------------------------------------------------

    def _rail(self) -> QFrame:
        self.rail = QFrame()
        self.rail.setObjectName("rail")
        self.rail.setFixedWidth(200)
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
        top.setFixedHeight(40)
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
        self.saved = QLabel()
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

    def _tint(self) -> None:
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
        self.products.refresh()
        self.pages.setCurrentWidget(self.products)
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
        if self.view is not None:
            self.pages.removeWidget(self.view)
            self.view.deleteLater()
        session = Session(self.desk, identity)
        bars = BarSpace()
        self.view = TenderView(session, bars, self.worker)
        session.setParent(self.view)
        session.changed.connect(self._show_top)
        session.failed.connect(lambda text: bars.show_bar("failed", text, "error"))
        self.pages.addWidget(self.view)
        self.settings = self.settings.changed(last_tender=identity)
        self.lay_out()
        self.show_tender()
        self._offer_draft(session, bars)

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
            self, "Bestand openen", "", "Dossiers en milieuverklaringen (*.cirkel *.json *.csv);;Alle bestanden (*)"
        )
        for name in names:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """A dossier opens its tender; a declaration goes to the products."""
        try:
            report = import_file(self.desk, path)
        except StoreError as problem:
            self._say(problem)
            return
        if report.tenders:
            self.open_tender(tender_id(self.desk, report.tenders[0]))
            return
        self.show_products()
        self.products._imported([report])

    def _say(self, problem: StoreError) -> None:
        self.bars.show_bar("failed", sentences.error(problem.key, **problem.params), "error")

    # --- top line ------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session | None:
        return self.view.session if self.view is not None and self.pages.currentWidget() is self.view else None

    def _show_top(self) -> None:
        session = self.session
        self.undo_button.setVisible(session is not None)
        self.redo_button.setVisible(session is not None)
        if session is None:
            self.saved.setText("")
            return
        self.title.setText(f"{session.tender.number} {session.tender.title}".strip())
        self.setWindowTitle(f"{self.title.text()} – {terms.PROGRAM}")
        last = session.stacks.undo[-1] if session.stacks.undo else None
        name = sentences.step(last.step, last.params) if last else ""
        earlier = last is not None and last.time < self.started
        date = f" van {numbers.date(last.time)}" if last is not None and earlier else ""
        text = f"Ongedaan maken{date}: {name}" if last else "Ongedaan maken"
        self.undo_button.setText(text if len(text) < 60 else text[:58] + "…")
        self.undo_button.setToolTip(f"{text} (Ctrl+Z)")
        self.undo_button.setAccessibleName(text)
        self.undo_button.setEnabled(last is not None and not session.read_only)
        again = session.stacks.redo[-1] if session.stacks.redo else None
        words = f"Opnieuw: {sentences.step(again.step, again.params)}" if again else "Opnieuw"
        self.redo_button.setToolTip(f"{words} (Ctrl+Y)")
        self.redo_button.setAccessibleName(words)
        self.redo_button.setEnabled(again is not None and not session.read_only)
        self._say_saved()

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
        self.worker.stop()
        geometry = bytes(self.saveGeometry().toHex().data()).decode()
        self.settings.changed(geometry=geometry).save()
        super().closeEvent(event)


def _clock() -> str:
    return datetime.datetime.now().strftime("%H:%M")
