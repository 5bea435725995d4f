"""MVOI-kalender: what comes, where the chances lie, and what was advised (UX 8, path d)."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.calendar.advice_acts import AdviceActs
from cirkeldesk.desktop.calendar.outlook import MixesPage, QuarterPage, TogetherPage
from cirkeldesk.desktop.calendar.reading import CalendarImport
from cirkeldesk.desktop.calendar.report_acts import ReportActs
from cirkeldesk.desktop.calendar.row_panel import RowPanel
from cirkeldesk.desktop.calendar.rules import RulesPage
from cirkeldesk.desktop.calendar.subsidies_page import SubsidiesPage
from cirkeldesk.desktop.calendar.themes_page import ThemesPage
from cirkeldesk.desktop.calendar.triage import ADVICE, FIRST_THEME, TriageModel, TriageView
from cirkeldesk.desktop.kit.choices import ChoiceList, Tabs
from cirkeldesk.desktop.kit.drafts import passing
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where, say_saved
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.speech import say
from cirkeldesk.desktop.kit.undo import OwnUndo
from cirkeldesk.desktop.kit.widgets import button, empty_page, muted, plain_label, tool
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import (
    CALENDAR_ID,
    CalendarRow,
    ImportPlan,
    group_of,
    quarter_name,
    quarter_number,
    quarter_of,
)
from cirkeldesk.model.calendar.edits import CalendarEdit
from cirkeldesk.model.document.document import Kind
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.reference.themes import Theme
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.calendar import advising
from cirkeldesk.operations.calendar import calendar as operations
from cirkeldesk.operations.criteria import criteria_for
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import sentences, terms
from cirkeldesk.wording.calendar import words

WIDE, MIDDLE = 1000, 640  # of this page: beside the rail, and in a narrow window
LOW = 500  # below it there is no room for two things above each other
FILES = "Kalenders (*.xlsx *.xlsm *.ods *.csv);;Alle bestanden (*)"


class CalendarPage(OwnUndo, QStackedWidget):
    """The file's rows with the team's judgements; the pages that look ahead lie beside it."""

    changed = Signal()
    tender_opened = Signal(str)
    kind: Kind = "calendar"

    def __init__(self, workspace: Workspace, bars: Messages, worker: Worker) -> None:
        super().__init__()
        self.workspace, self.bars, self.worker = workspace, bars, worker
        self.groups = {group.code: group for group in product_groups(workspace).values()}
        self.calendar = operations.starting_calendar()
        self.shown: list[str] = []  # ids: a row that is judged stays until another choice is made
        self.quarter: str | None = None  # None: the coming one; "": rows of which none is known
        self._first = True
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._triage(), "Kalender")
        self.tabs.setCornerWidget(self._tools())
        self.tabs.tabBar().setDrawBase(False)
        self.quarters = QuarterPage()
        self.quarters.quarter_wanted.connect(self.show_quarter)
        self.tabs.addTab(self.quarters, "Per kwartaal")
        self.together = TogetherPage()
        self.together.rows_wanted.connect(self.show_rows)
        self.together.window_wanted.connect(lambda months: self.commit(edits.set_window(months)))
        self.tabs.addTab(self.together, "Samen inkopen")
        self.mixes = MixesPage(workspace, self.groups)
        self.mixes.tender_wanted.connect(self.tender_opened)
        self.tabs.addTab(self.mixes, "Mengsels")
        self.rules = RulesPage(self.groups, self.commit)
        self.tabs.addTab(self.rules, "Voorstelregels")
        self.subsidies = SubsidiesPage(self.commit, lambda: self.workspace.store.author)
        self.tabs.addTab(self.subsidies, "Subsidies")
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 4, 16, 8)
        column.addWidget(self.tabs)
        self.addWidget(self._empty())
        self.addWidget(holder)
        self.reading = CalendarImport(workspace, bars)
        self.reading.closed.connect(self.refresh)
        self.reading.taken.connect(self._taken)
        self.addWidget(self.reading)
        note = partial(advising.note, self.workspace)
        self.themes = ThemesPage(self.panel.by_theme, self.advice, lambda identity: note(identity)[0])
        self.themes.closed.connect(self.close_themes)
        self.themes.stepped.connect(
            lambda by: self.view.go_to(self.view.currentIndex().row() + by, FIRST_THEME)
        )
        self.themes.judged.connect(lambda found, chance: self._judge(self.view.chosen()[:1], [found], chance))
        self.themes.tender_wanted.connect(lambda _: self.panel.make.click())
        self.addWidget(self.themes)
        self.currentChanged.connect(self._take_form_back)

    def take_keys(self) -> None:
        """Whoever comes here judges: the keys are in the table, unless something on the page has them."""
        keys = QApplication.focusWidget()
        if self.currentIndex() == 1 and self.view.isVisible() and not (keys and self.isAncestorOf(keys)):
            self.view.setFocus()

    def open_themes(self) -> None:
        if self.view.current is not None:
            self.themes.take_form()
            self.setCurrentWidget(self.themes)
            self._show_row()
            self.themes.take_keys()

    def _take_form_back(self) -> None:
        """However the page of the advice was left."""
        if self.currentWidget() is not self.themes and self.themes.isAncestorOf(self.panel.by_theme):
            self.panel.take_form_back()

    def close_themes(self) -> None:
        self.setCurrentIndex(1)
        self.view.setFocus()

    # --- parts
    # ---------------------------------------------------------------------------------------------------

    def _empty(self) -> QWidget:
        text = plain_label("Nog geen kalender.")
        first = button("Excel inlezen", self.choose_file, icon="open", primary=True)
        self.subsidy_button = button("Subsidieregelingen", self.show_subsidies)
        return empty_page(
            text, first, button("Regel toevoegen", self.add_row, icon="plus"), self.subsidy_button
        )

    def show_subsidies(self) -> None:
        """The register, also while the calendar has no rows yet."""
        self.setCurrentIndex(1)
        self.tabs.setCurrentWidget(self.subsidies)

    def _triage(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.progress = plain_label()
        row.addWidget(self.progress)
        row.addSpacing(8)
        self.chips: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        for key, text in words.CHIPS.items():
            chip = tool(text, self._choose_chip)
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            self._group.addButton(chip)
            self.chips[key] = chip
            row.addWidget(chip)
        self.chip_box = ChoiceList()  # the same choice where the chips do not fit beside each other
        self.chip_box.setAccessibleName("Welke regels")
        self.chip_box.addItems(list(words.CHIPS.values()))
        self.chip_box.activated.connect(self._choose_in_box)
        row.addWidget(self.chip_box)
        row.addStretch(1)
        self.details = button("Gegevens en advies", self.show_details)
        self.details.setToolTip("Gegevens, redenen en advies van de regel")
        row.addWidget(self.details)
        column.addLayout(row)
        self.legend = muted(words.LEGEND)
        column.addWidget(self.legend)
        self.model = TriageModel()
        self.view = TriageView(self.model)
        self.view.judged.connect(self._judge)
        self.view.accepted.connect(self._accept)
        self.view.rest_none.connect(self._rest_none)
        self.view.moved.connect(self._show_row)
        self.view.doubleClicked.connect(lambda _: self.show_details())
        self.panel = RowPanel(self.commit, lambda: self.workspace.store.author, self._criteria_for)
        self.advice = AdviceActs(self.workspace, self.panel.by_theme, self._acted)
        self.panel.set_groups(self.groups)
        self.panel.tender_wanted.connect(self._make_tender)
        self.panel.tender_opened.connect(self.tender_opened)
        self.panel.closed.connect(self.close_details)
        self.panel.themes_wanted.connect(self.open_themes)
        self.panel.row_wanted.connect(self._open_for_draft)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.panel)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.close_details)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        column.addWidget(self.splitter, 1)
        self.nothing = muted()
        column.addWidget(self.nothing)
        return page

    def _tools(self) -> QWidget:
        """Beside the tabs, so that a low window keeps its rows for the table."""
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(6)
        self.search = passing(QLineEdit())
        self.search.setPlaceholderText("Zoek in de kalender")
        self.search.setAccessibleName("Zoek in de kalender")
        self.search.setClearButtonEnabled(True)
        theme.keep_width(self.search, 170)
        self.search.textChanged.connect(lambda _: self.choose())
        row.addWidget(self.search)
        self.read_button = button("Inlezen", self.choose_file, icon="open")
        row.addWidget(self.read_button)
        self.more_menu = QMenu("Meer", self)
        self.more_menu.addAction("Bestand inlezen", self.choose_file)
        self.more_menu.addAction("Regel toevoegen", self.add_row)
        self.more_menu.addAction("Exporteren", self.choose_target)
        self.reports = ReportActs(self.workspace, self.more_menu, self._acted)
        self.more_menu.addAction("Gekozen regels verwijderen", self.remove_rows)
        more = tool("Meer ▾", lambda: self.more_menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        more.setAccessibleName("Meer: inlezen, regel toevoegen, exporteren, verwijderen")
        row.addWidget(more)
        return tools

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """What is kept now; the rows that are shown stay the same ones."""
        self.calendar = operations.get_calendar(self.workspace)
        groups = {group.code: group for group in product_groups(self.workspace).values()}
        if groups != self.groups:  # one was read in since
            self.groups = groups
            self.panel.set_groups(groups)
        on_register = self.currentIndex() == 1 and self.tabs.currentWidget() is self.subsidies
        if self.currentWidget() is not self.themes:
            self.setCurrentIndex(1 if self.calendar.rows or self.calendar.schemes or on_register else 0)
        if self._first and self.calendar.rows:
            self._first = False
            self.chips["all"].setChecked(True)
            self.choose()
        self._show()
        self._show_tab()
        self.changed.emit()

    def _show_tab(self) -> None:
        page = self.tabs.currentWidget()
        self.search.setVisible(self.tabs.currentIndex() == 0 and self._has_room)
        if page is self.quarters:
            self.quarters.show_calendar(self.calendar)
        elif page is self.together:
            self.together.show_calendar(self.calendar, self.groups)
        elif page is self.mixes:
            self.mixes.refresh()
        elif page is self.subsidies:
            self.subsidies.show_calendar(self.calendar, read_only=self.workspace.read_only)
        elif page is self.rules:
            self.rules.show_calendar(self.calendar, read_only=self.workspace.read_only)

    @property
    def chip(self) -> str:
        return next((key for key, made in self.chips.items() if made.isChecked()), "all")

    def coming(self) -> str:
        return quarter_name(quarter_number(quarter_of(datetime.date.today().isoformat())) + 1)

    def _choose_chip(self) -> None:
        self.quarter = None
        self.choose()

    def leave_panel(self) -> None:
        """What is typed beside a row is of that row: it is kept before another one is shown."""
        typing = QApplication.focusWidget()
        if typing is not None and self.panel.isAncestorOf(typing):
            typing.clearFocus()

    def choose(self) -> None:
        """Which rows are shown: by the chip and what is searched."""
        self.leave_panel()
        found = self._under(self.chip)
        wanted = self.search.text().casefold().split()
        if wanted:
            found = [row for row in found if all(word in words.searched(row) for word in wanted)]
        self.shown = [row.id for row in found]
        self._show()
        if self.model.rows:
            self.view.go_to(0, FIRST_THEME)

    def _choose_in_box(self, place: int) -> None:
        self.quarter = None
        list(self.chips.values())[place].setChecked(True)
        self.choose()

    def _under(self, chip: str) -> list[CalendarRow]:
        quarter = self.quarter if self.quarter is not None else self.coming()
        today = datetime.date.today().isoformat()
        return operations.rows_shown(self.calendar.rows, chip, self.workspace.store.author, quarter, today)

    def _show(self) -> None:
        known = {row.id: row for row in self.calendar.rows}
        proposed = operations.proposed(self.calendar, self.groups)
        self.model.show([known[one] for one in self.shown if one in known], proposed)
        standing = self.calendar.standing
        judged = sum(row.is_judged for row in standing)
        self.progress.setText(f"{judged} van {len(standing)} beoordeeld")
        for key, text in words.CHIPS.items():
            count = len(self._under(key))
            named = words.quarter(self.quarter) if self.quarter else "Kwartaal onbekend"
            label = named if key == "soon" and self.quarter is not None else text
            self.chips[key].setText(f"{label} ({count})")
            self.chips[key].setAccessibleName(f"{label}, {count} regels")
            self.chip_box.setItemText(list(words.CHIPS).index(key), f"{label} ({count})")
        self.chip_box.setCurrentIndex(list(words.CHIPS).index(self.chip))
        self.nothing.setVisible(not self.model.rows)
        self.nothing.setText("Geen regels bij deze keuze.")
        self._show_row()

    def _show_row(self) -> None:
        row = self.view.current
        proposed = self.model.proposed.get(row.id, {}) if row is not None else {}
        self.panel.by_theme.proposals = (
            operations.answers_proposed(self.workspace, row) if row is not None else ()
        )
        self.panel.show_row(row, proposed, read_only=self.workspace.read_only)
        if self.currentWidget() is self.themes and row is not None:
            group = self.groups.get(group_of(row, self.groups.values()))
            place = (self.view.currentIndex().row(), len(self.model.rows))
            self.themes.show_row(row, group.name if group is not None else "", proposed, place)

    def open_row(self, identity: str) -> None:
        """The row as the search over everything found it."""
        self.tabs.setCurrentIndex(0)
        self.chips["all"].setChecked(True)
        self.search.clear()
        self.choose()
        if identity in self.shown:
            self.view.go_to(self.shown.index(identity), FIRST_THEME)
            self.view.setFocus()

    def show_quarter(self, quarter: str) -> None:
        self.quarter = quarter
        self.chips["soon"].setChecked(True)
        self.tabs.setCurrentIndex(0)
        self.choose()
        self.view.setFocus()

    def show_rows(self, identities: list[str]) -> None:
        """Some rows, as another page named them."""
        self.tabs.setCurrentIndex(0)
        self.leave_panel()
        self.shown = identities
        self._show()
        self.view.go_to(0, FIRST_THEME)
        self.view.setFocus()

    # --- laying out
    # ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """The panel beside the table where there is room; else over the lower half, or in its place, when
        asked for."""
        width = self.width() / theme.zoom()
        wide = width >= WIDE
        if wide:
            self.splitter.setOrientation(Qt.Orientation.Horizontal)
            self.splitter.setSizes([self.width() - theme.px(360), theme.px(360)])
        else:
            self.splitter.setOrientation(Qt.Orientation.Vertical)
        self.panel.setVisible(wide or self._asked)
        self.panel.back.setVisible(not wide)
        self.details.setVisible(not wide and not self._asked)
        beside = width >= MIDDLE and self.height() / theme.zoom() >= LOW
        self.view.setVisible(wide or beside or not self._asked)
        table = width - 32 - (360 if wide else 0)
        for column, least in ((2, 840), (ADVICE, 660), (3, 540)):
            self.view.setColumnHidden(column, table < least)
        self._has_room = width >= 820
        self.search.setVisible(self._has_room and self.tabs.currentIndex() == 0)
        self.read_button.setVisible(width >= 700)
        for chip in self.chips.values():
            chip.setVisible(width >= WIDE)
        self.chip_box.setVisible(width < WIDE)
        self.legend.setText(
            words.LEGEND if self.height() / theme.zoom() < LOW else f"{words.LEGEND}\n{words.KEYS}"
        )

    _asked = False  # whether somebody wants to see the panel where it does not fit beside the table
    _has_room = True

    def show_details(self) -> None:
        self._asked = True
        self.lay_out()
        self.panel.state.box.setFocus()

    def close_details(self) -> None:
        self._asked = False
        self.lay_out()
        self.view.setFocus()

    # --- judging
    # -------------------------------------------------------------------------------------------------

    def undone(self, *, again: bool = False) -> str | None:
        return CALENDAR_ID

    draft_about = ("calendar", CALENDAR_ID)

    def _open_for_draft(self, identity: str) -> None:
        if any(row.id == identity for row in self.calendar.rows):
            self.open_row(identity)
            self.show_details()

    def commit(self, edit: CalendarEdit) -> bool:
        try:
            done = operations.edit_calendar(self.workspace, edit) is not None
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return False
        except (LookupError, ValueError):  # about a row that is not there any more
            self.bars.show_bar("failed", sentences.error("no_longer_fits"), "error")
            done = False
        # also where nothing changed: a text that says the same otherwise is shown as it is kept
        self.refresh()
        return done

    def undo(self) -> None:
        self.leave_panel()
        super().undo()

    def _judge(self, rows: list[CalendarRow], themes: list[Theme], chance: int | None) -> None:
        if self.workspace.read_only:
            return
        author, found = self.workspace.store.author, themes[0]
        if len(rows) == 1 and len(themes) == 1:
            if self.commit(edits.set_chance(rows[0], found, chance, author, terms.THEMES[found].lower())):
                say(self.view, self.model.told(self.calendar.row(rows[0].id), found))
        elif self.commit(edits.set_chances(rows, themes, chance, author)):
            say(self.view, f"{', '.join(terms.THEMES[one] for one in themes)} van {len(rows)} regels gezet")

    def _accept(self, rows: list[CalendarRow]) -> None:
        waiting = [row for row in rows if not row.is_judged]
        if not waiting or self.workspace.read_only:
            return
        if self.commit(edits.accept(waiting, self.model.proposed, self.workspace.store.author)):
            what = edits.named(waiting[0]) if len(waiting) == 1 else f"{len(waiting)} regels"
            say(self.view, f"Voorstel overgenomen: {what}. {self.progress.text()}.")

    def _rest_none(self, rows: list[CalendarRow]) -> None:
        """Somebody looked and says so: what no rule knew is no chance."""
        waiting = [row for row in rows if not row.is_judged]
        if waiting and not self.workspace.read_only:
            author = self.workspace.store.author
            self.commit(edits.nothing_else(waiting, self.model.proposed, author))
            say(self.view, f"Rest geen kans. {self.progress.text()}.")

    def _criteria_for(self, row: CalendarRow, found: Theme) -> list[Criterion]:
        group = group_of(row, self.groups.values())
        return [one for one in criteria_for(self.workspace, group) if one.theme == found]

    def _acted(self, problem: StoreError | None, said: str) -> None:
        """After an act of advice: what is kept now, and what went wrong or was done."""
        if problem is not None:
            self.bars.refuse("failed", problem)
            return
        self.bars.clear("failed")
        self.refresh()
        if said:
            say(self.view, said)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.bars.clear("read")  # what an import did is of no use on another page

    def remove_rows(self) -> None:
        rows, place = self.view.chosen(), self.view.currentIndex().row()
        if rows and self.commit(edits.remove_rows(rows)):
            self.view.go_to(place, FIRST_THEME)
            said = f"{len(rows)} {'regel is' if len(rows) == 1 else 'regels zijn'} verwijderd, met kansen en advies."
            self.bars.show_bar("read", said, "info", [("Ongedaan maken", self.undo_now())])

    def add_row(self) -> None:
        if self.commit(edits.add_row(self.calendar, "Nieuwe regel")):
            self.chips["all"].setChecked(True)
            self.search.clear()
            self.choose()
            self.view.go_to(self.model.rowCount() - 1, 1)
            self.show_details()
            field = self.panel.fields["title"].edit
            field.setFocus()
            field.selectAll()

    def _make_tender(self, identity: str) -> None:
        try:
            made = operations.make_tender(self.workspace, identity)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        row = self.calendar.row(identity)
        self.refresh()
        group = self.groups.get(group_of(row, self.groups.values()))
        self.tender_opened.emit(made)
        text = f"Aanbesteding gemaakt van de kalender: {row.title}, productgroep {group.name if group is not None else 'Overig, zonder MKI'}."
        self.bars.show_bar("made", f"{text} Controleer de productgroep bij Uitvraag.", "good")

    # --- files
    # ---------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        path = ask_for_file(self, "Kalender inlezen", FILES)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read beside the window; nothing is changed before somebody has looked."""

        def failed(problem: Exception) -> None:
            if not isinstance(problem, ReadError):
                raise problem
            self.bars.refuse("failed", problem)

        def done(opened: operations.Opened) -> None:
            self.bars.clear("failed")
            self.reading.show_file(opened, path)
            self.setCurrentWidget(self.reading)

        self.worker.start(
            lambda _: operations.open_file(self.workspace, path), done, failed, f"{path.name} lezen"
        )

    def _taken(self, plan: ImportPlan) -> None:
        self._first = False
        self.calendar = operations.get_calendar(self.workspace)
        self.chips["all"].setChecked(True)
        self.search.clear()
        self.choose()
        self.refresh()
        doubtful = len(plan.doubtful)
        said = (
            f" {doubtful} {'regel heeft' if doubtful == 1 else 'regels hebben'} een twijfelachtige waarde."
            if doubtful
            else ""
        )
        show = [("Toon de twijfel", self._show_doubtful)] if doubtful else []
        self.bars.show_bar("read", f"{words.import_title(plan)}.{said}", "warn" if doubtful else "good", show)
        self.view.setFocus()

    def _show_doubtful(self) -> None:
        self.chips["doubtful"].setChecked(True)
        self.choose()

    def choose_target(self) -> None:
        path = ask_where(
            self,
            "Kalender exporteren",
            "MVOI-kalender.xlsx",
            "Excel (*.xlsx);;OpenDocument (*.ods);;CSV (*.csv);;Dossier voor een collega (*.cirkel)",
        )
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        try:
            operations.export_calendar(self.workspace, path)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        say_saved(self.bars, path)
