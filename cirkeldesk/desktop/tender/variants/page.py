"""Step 2, Varianten: one grid, one value per cell, and the evidence of the current variant beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QMenu, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.grid.cells import Parsed
from cirkeldesk.desktop.kit.grid.grid import Grid, movable
from cirkeldesk.desktop.kit.grid.model import GridModel
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import button, muted, needed_width, plain_label
from cirkeldesk.desktop.tender.entering import clear_cells, fill_into, paste_into, take_entered, undo_bar
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.desktop.tender.variants.bid_form_panel import BidFormPanel
from cirkeldesk.desktop.tender.variants.card.basis_menu import basis_menu
from cirkeldesk.desktop.tender.variants.card.bid_card import BidCard
from cirkeldesk.desktop.tender.variants.card.table_and_card import TableAndCard
from cirkeldesk.desktop.tender.variants.dropping import say_notes, take_dropped
from cirkeldesk.desktop.tender.variants.library import WorkspaceLibrary
from cirkeldesk.desktop.tender.variants.local_product import LocalProductPanel
from cirkeldesk.desktop.tender.variants.rows import OF_MKI, SHOW, WHOLE, GridRow, Show
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.variants.state_panel import StatePanel
from cirkeldesk.model.messages import Problem
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import ReceivedForm, Role, Variant
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import newest_ref
from cirkeldesk.operations.tender.bids import FormCheck, save_received, write_form
from cirkeldesk.wording import numbers, terms

ASK = 0  # the column of the ask
HEAD_WIDTH = 208
NARROWEST, WITH_MARK, WIDEST = 116, 184, 240
# In which kinds of rows a finding is mended, by the field it is about.
ROWS_OF_FIELD = {
    "mki": ("mki", "module"),
    "product": ("product",),
    "composition": ("product",),
    "price": ("price", "post_price"),
    "equal": ("equal",),
    "work_mki": ("work_mki",),
    "post": ("post",),
}


class VariantsPage(QWidget):
    """`material_wanted` with the id of a post that may be answered with something reused."""

    material_wanted = Signal(str)

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.show_rows: Show = "usual"
        self.split: frozenset[str] = frozenset()
        self._rechecked = 0
        self.library = WorkspaceLibrary(session.workspace, session.comparison.group.code)
        self.setAcceptDrops(True)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._wide = True
        body = self.body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addLayout(self._tools())
        self.empty = self._empty_state()
        column.addWidget(self.empty, 1)
        self.model = GridModel(self._sheet(), self)
        self.grid = Grid(self.model, "Varianten")
        theme.keep_width(self.grid.verticalHeader(), HEAD_WIDTH)
        self.grid.horizontalHeader().setDefaultSectionSize(124)
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        column.addWidget(self.grid, 1)
        self.form_panel = BidFormPanel(session, bars)
        self.form_panel.closed.connect(self.close_form)
        self.form_panel.hide()
        column.addWidget(self.form_panel, 1)
        self.state_panel = StatePanel(session, bars)
        self.state_panel.closed.connect(self.close_form)
        column.addWidget(self.state_panel, 1)
        self.product_panel = LocalProductPanel(session, bars)
        self.product_panel.closed.connect(self.close_form)
        self.product_panel.product_wanted.connect(self._open_for_draft)
        self.product_panel.hide()
        column.addWidget(self.product_panel, 1)
        outer.addWidget(body, 1)
        self.panel = BidCard(session)
        self.panel.closed.connect(self.close_card)
        self.panel.variant_wanted.connect(self._go_to_variant)
        self.panel.open_wanted.connect(self.focus_problem)
        outer.addWidget(self.panel)
        self.card = TableAndCard(session, self.grid, self.panel, self._sheet, self.show_all)
        self.card.previewed.connect(self._preview)
        self._connect()
        self.refresh()

    def _tools(self) -> QHBoxLayout:
        row = self.tools = QHBoxLayout()
        row.setSpacing(8)
        self.add_reference = button("Nulvariant", lambda: self.add("reference"), icon="plus")
        self.add_bid = button("Inschrijving", lambda: self.add("bid"), icon="plus")
        self.add_bid.setToolTip("Nieuwe inschrijving (Ctrl+Shift+I)")
        self.add_alternative = button("Ontwerpvariant", lambda: self.add("alternative"), icon="plus")
        self.show_box = ChoiceList()
        self.show_box.setAccessibleName("Toon")
        self.show_box.activated.connect(self._choose_rows)
        self.form_button = button("Formulier", self._open_form_menu)
        self.form_button.setToolTip("Inschrijfformulier maken of inlezen")
        self.card_button = button("Inschrijfkaart", self.show_card)
        self.more = button("Meer", self._open_more)
        for widget in (
            self.add_reference,
            self.add_bid,
            self.add_alternative,
            self.form_button,
            self.card_button,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(muted("Toon"))
        row.addWidget(self.show_box)
        row.addWidget(self.more)
        return row

    def _empty_state(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.addStretch(1)
        text = plain_label("Voeg eerst een nulvariant of inschrijving toe.")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(text)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("Nulvariant", lambda: self.add("reference"), primary=True))
        row.addWidget(button("Inschrijving", lambda: self.add("bid")))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return box

    def _connect(self) -> None:
        self.session.changed.connect(self.refresh)
        self.session.previewed.connect(self._show_figures)
        self.model.entered.connect(self._entered)
        self.model.refused.connect(lambda text, key: self.bars.show_bar("cell", text, "error"))
        self.model.last_step, self.model.undo = (lambda: self.session.last_step), self.session.undo
        self.model.marked.connect(self.session.marked)
        self.grid.previewed.connect(self._preview)
        self.grid.pasted.connect(
            lambda cells, lost: paste_into(self.session, self.model, self.bars, cells, lost)
        )
        self.grid.deleted.connect(
            lambda cells: clear_cells(self.session, self.model, [c for c in cells if c[1]])
        )
        self.grid.filled.connect(
            lambda cells: fill_into(self.session, self.model, self.bars, [c for c in cells if c[1]])
        )
        self.grid.moved.connect(self._move)
        self.grid.resized.connect(self.fit)
        self.grid.resized.connect(self._show_reference_button)
        movable(self.grid.horizontalHeader(), self._moved_by_mouse)
        self.grid.remove_wanted.connect(self._remove_current)
        self.grid.menu_wanted.connect(self._open_basis)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._context_menu)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def _sheet(self, show: Show | None = None) -> VariantSheet:
        s = self.session
        return VariantSheet(
            s.tender, s.comparison, s.inputs, s.figures, self.library, show or self.show_rows, self.split
        )

    def refresh(self) -> None:
        self.model.read_only = self.session.read_only
        self.model.show_sheet(self._sheet())
        filled = bool(self.session.tender.variants)
        panels = (self.form_panel, self.product_panel, self.state_panel)
        on_form = any(panel.isVisibleTo(self) for panel in panels)
        self.empty.setVisible(not filled and not on_form)
        self.grid.setVisible(filled and not on_form)
        self._show_reference_button()
        self._offer_rows()
        for widget in (self.add_reference, self.add_bid, self.add_alternative):
            widget.setEnabled(not self.session.read_only)
        self.fit()
        self.card.show_current()
        self.panel.refresh()
        if self.product_panel.isVisibleTo(self):
            self.product_panel.refresh()
        elif self.form_panel.isVisibleTo(self) and self._rechecked != self.session.last_step:
            self._rechecked = self.session.last_step
            self.form_panel.recheck()

    def _offer_rows(self) -> None:
        """A group without MKI has no rows of MKI or shares to show alone."""
        without = self.session.comparison.group.without_mki
        offered = [code for code in SHOW if not (without and code in OF_MKI)]
        if [self.show_box.itemData(place) for place in range(self.show_box.count())] != offered:
            self.show_box.clear()
            for code in offered:
                self.show_box.addItem(SHOW[code], code)
            self.show_box.setCurrentIndex(max(0, self.show_box.findData(self.show_rows)))

    def refresh_library(self) -> None:
        """Products that may be chosen by name; read when the page comes up, not at every step."""
        self.library = WorkspaceLibrary(self.session.workspace, self.session.comparison.group.code)
        self.model.show_sheet(self._sheet())

    def fit(self) -> None:
        """Columns take the room there is, between what a figure needs and what a product's name likes."""
        count = max(1, self.model.columnCount() - 1)
        room = self.grid.viewport().width()
        tender = self.session.tender
        narrowest = WITH_MARK if tender.layers or tender.prices_sealed else NARROWEST
        self.grid.setColumnHidden(ASK, True)  # what it says for all stands behind the names of the rows
        for column in range(1, count + 1):
            self.grid.setColumnWidth(column, max(theme.px(narrowest), min(theme.px(WIDEST), room // count)))

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh_library()
        super().showEvent(event)

    def _rows(self) -> list[GridRow]:
        sheet = self.model.sheet
        assert isinstance(sheet, VariantSheet)
        return sheet.rows

    def focus_problem(self, problem: Problem) -> None:
        """Go to the first cell in which an open point can be mended."""
        kinds = ROWS_OF_FIELD.get(problem.field or "", ("basis",))
        columns = [v.id for v in self.session.tender.variants]
        for show in WHOLE:
            self.show_all(show)
            for index, row in enumerate(self._rows()):
                if row.kind in kinds and (problem.post_id is None or row.post_id == problem.post_id):
                    column = columns.index(problem.variant_id) + 1 if problem.variant_id in columns else 1
                    self.grid.setFocus()
                    self.grid.go_to(index, column)
                    return

    def _show_figures(self) -> None:
        """Only totals and post sums follow typing; ranking, charts and the rest wait for the commit."""
        self.model.sheet = self._sheet()
        self.card.show_figures()
        for row, made in enumerate(self._rows()):
            if made.kind in ("total", "post", "quantity"):
                self.model.dataChanged.emit(
                    self.model.index(row, 1), self.model.index(row, self.model.columnCount() - 1)
                )

    def _preview(self, parsed: Parsed | None) -> None:
        if parsed is not None or self.session.preview is not None:
            self.session.show_preview(parsed.edit if parsed is not None else None)

    def _go_to_variant(self, variant_id: str) -> None:
        columns = [variant.id for variant in self.session.tender.variants]
        if variant_id in columns:
            self.grid.go_to(max(0, self.grid.currentIndex().row()), columns.index(variant_id) + 1)
            if not self._wide:
                self.show_card()

    def set_wide(self, wide: bool, *, narrow: bool = False) -> None:
        """Beside the table where there is room, else in its place when it is asked for; its button has room
        or is in the menu."""
        self._wide = wide
        self._show_reference_button()
        self.card_button.setVisible(not wide and not narrow)
        self.panel.set_beside(beside=wide)
        self.close_card()

    def _show_reference_button(self) -> None:
        """It stays where it is, so that the others do too; without room it makes way for them."""
        there = self.session.tender.reference is not None
        needed = needed_width(self.tools, self.add_reference)
        self.add_reference.setVisible(not there or needed <= self.body.width() - 32)

    def show_card(self) -> None:
        """The card of the current variant, in the place of the table."""
        self.body.hide()
        self.panel.show()
        self.panel.back.setFocus()

    def close_card(self) -> None:
        was_shown = self.body.isHidden()
        self.body.show()
        self.panel.setVisible(self._wide)
        if was_shown and self.isVisible():
            self.grid.setFocus()

    def show_all(self, show: Show = "all") -> None:
        """All rows, so that any cell can be gone to."""
        index = self.show_box.findData(show)
        self.show_box.setCurrentIndex(index)
        self._choose_rows(index)

    def _choose_rows(self, index: int) -> None:
        self.show_rows = self.show_box.itemData(index)
        self.model.show_sheet(self._sheet())

    # --- committing
    # ----------------------------------------------------------------------------------------------

    def add(self, role: Role) -> None:
        """Asks nothing; the cursor goes to the first product of the new column. There is one nulvariant:
        asked for again, it is gone to."""
        reference = self.session.tender.reference
        if role == "reference" and reference is not None:
            self._go_to_variant(reference.id)
            self.grid.setFocus()
            return
        variant = edits.next_variant(self.session.value, role)
        if self.session.commit(edits.add_variant(variant)):
            column = self.model.columnCount() - 1
            row = next((i for i, r in enumerate(self._rows()) if r.kind in ("product", "mki")), 0)
            self.grid.setFocus()
            self.grid.go_to(row, column)

    def copy_variant(self, source: Variant) -> None:
        source = self.session.value.variant(source.id)
        made = edits.next_variant(
            self.session.value, "alternative" if source.role == "reference" else source.role
        )
        copied = replace(source, id=made.id, name=made.name, role=made.role, bidder=None)
        self.session.commit(edits.add_variant(copied))

    def _entered(self, parsed: Parsed, key: str) -> None:
        take_entered(self.session, self.model, self.bars, parsed, key)

    def _move(self, right: int, down: int) -> None:
        """The current variant to the left or right, or the current post up or down."""
        row, column = self.grid.currentIndex().row(), self.grid.currentIndex().column()
        tender, variant = self.session.tender, self._current_variant()
        was = self._rows()[max(0, row)]
        if right and variant is not None:
            if self.session.commit(edits.move_variant(tender, variant.id, right)):
                self.grid.go_to(row, max(1, min(self.model.columnCount() - 1, column + right)))
        elif (
            down
            and was.post_id is not None
            and self.session.commit(edits.move_post(tender, was.post_id, down))
        ):
            self.grid.go_to(self._rows().index(was), column)

    def _moved_by_mouse(self, column: int, by: int) -> None:
        """A column dragged by its name; the ask stays first."""
        variants = self.session.tender.variants
        if column and column + by:
            self.session.commit(edits.move_variant(self.session.tender, variants[column - 1].id, by))

    def _remove_current(self) -> None:
        variant = self._current_variant()
        if variant is not None and not self.session.read_only:
            self.remove(variant)

    def _current_variant(self) -> Variant | None:
        column = self.grid.currentIndex().column()
        variants = self.session.tender.variants
        return variants[column - 1] if 0 < column <= len(variants) else None

    # --- menus
    # ---------------------------------------------------------------------------------------------------

    def _open_basis(self, row: int, column: int) -> None:
        """Where this variant's declared MKI departs from the ask; each choice is one step."""
        variant = self.session.tender.variants[column - 1]
        area = self.grid.visualRect(self.model.index(row, column))
        self.basis_menu(variant).popup(self.grid.viewport().mapToGlobal(area.bottomLeft()))

    def basis_menu(self, variant: Variant) -> QMenu:
        return basis_menu(self.session, variant, self)

    def _context_menu(self, place: QPoint) -> None:
        index = self.grid.indexAt(place)
        if index.isValid() and index not in self.grid.selectedIndexes():
            self.grid.setCurrentIndex(index)
        self._menu().popup(self.grid.viewport().mapToGlobal(place))

    def _open_more(self) -> None:
        self._menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _add_of_post(self, menu: QMenu, post_id: str) -> None:
        """What can be done with a post's row."""
        answered = any(
            (m := v.answer(post_id).mki) is not None and m.is_split for v in self.session.tender.variants
        )
        if answered or self.session.tender.ask.mki_split:
            pass  # a split that was filled in is undone by emptying it
        elif post_id in self.split:
            menu.addAction("Niet uitsplitsen", lambda: self._set_split(self.split - {post_id}))
        else:
            menu.addAction("MKI uitsplitsen per levensfase", lambda: self._set_split(self.split | {post_id}))
        if not self.session.read_only:
            menu.addAction("Zoek vrijgekomen materiaal", partial(self.material_wanted.emit, post_id))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        variant = self._current_variant()
        index = self.grid.currentIndex()
        row = self._rows()[index.row()] if index.isValid() else None
        if row is not None and row.post_id is not None:
            self._add_of_post(menu, row.post_id)
        product = self._local_product(row.post_id if row is not None else None, variant)
        if product is not None:
            menu.addAction(
                f"Samenstelling en verklaring van {product.name}", partial(self.open_product, product.id)
            )
        if variant is not None and not self.session.read_only:
            menu.addAction(f"Kopie van {variant.name}", lambda: self.copy_variant(variant))
            menu.addAction("Naar links\tAlt+Shift+←", lambda: self._move(-1, 0))
            menu.addAction("Naar rechts\tAlt+Shift+→", lambda: self._move(1, 0))
            menu.addAction(f"{variant.name} verwijderen\tCtrl+Delete", lambda: self.remove(variant))
            menu.addSeparator()
        if not self._wide:
            menu.addAction("Inschrijfkaart", self.show_card)
        menu.addAction("Kopiëren\tCtrl+C", self.grid.copy_selection)
        menu.addAction("Kopiëren met namen\tCtrl+Shift+C", lambda: self.grid.copy_selection(with_names=True))
        if not self.session.read_only:
            menu.addAction("Plakken\tCtrl+V", self.grid.paste)
            menu.addAction("Doorvoeren omlaag\tCtrl+D", lambda: self.grid.fill(down=True))
            menu.addAction("Doorvoeren naar rechts\tCtrl+R", lambda: self.grid.fill(down=False))
        return menu

    def _local_product(self, post_id: str | None, variant: Variant | None) -> Product | None:
        """The product under the current cell, when it is this tender's alone."""
        ref = variant.answer(post_id).product if variant is not None and post_id is not None else None
        return next(
            (p for p in self.session.tender.products if ref is not None and ref.is_local and p.id == ref.id),
            None,
        )

    def _set_split(self, split: frozenset[str]) -> None:
        self.split = split
        self.model.show_sheet(self._sheet())

    def remove(self, variant: Variant) -> None:
        if self.session.commit(edits.remove_variant(self.session.tender, variant.id)):
            undo_bar(self.session, self.bars, "removed", f"{variant.name} is verwijderd.")

    # --- bid forms
    # -----------------------------------------------------------------------------------------------

    def _open_form_menu(self) -> None:
        self.form_menu().popup(self.form_button.mapToGlobal(self.form_button.rect().bottomLeft()))

    def form_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Inschrijfformulier maken", self._make_form)
        menu.addAction("Ingevuld formulier inlezen", self._choose_form)
        menu.addAction("Inschrijvingsstaat inlezen", self.choose_state)
        received = (
            () if self.session.names_hidden else self.session.tender.received
        )  # a file's name may name its bidder
        if received:
            menu.addSeparator()
        for form in received:
            text = f"{form.file.file}: {terms.FORM_OUTCOMES[form.outcome]} ({numbers.date(form.received)})"
            menu.addAction(f"{text}, opslaan als", partial(self._save_received, form))
        return menu

    def _make_form(self) -> None:
        if not self.session.is_ready():
            return
        number = self.session.tender.number
        path = ask_where(
            self, "Inschrijfformulier maken", f"{number} Inschrijfformulier.xlsx", "Excel (*.xlsx)"
        )
        if path is not None:
            self.make_form(path)

    def make_form(self, path: Path) -> None:
        if not self.session.is_ready():
            return
        try:
            write_form(self.session.workspace, self.session.identity, path)
        except StoreError as problem:
            self.bars.refuse("form", problem)
            return
        self.bars.show_bar("form", f"{path.name} is gemaakt. Stuur het mee met de stukken.", "good")

    def _choose_form(self) -> None:
        path = ask_for_file(
            self, "Ingevuld formulier inlezen", "Formulier (*.xlsx *.ods);;Alle bestanden (*)"
        )
        if path is not None:
            self.read_form(path)

    def read_form(self, file: Path) -> None:
        if self.form_panel.read_file(file):
            self._show_panel()

    def show_form(self, check: FormCheck) -> None:
        self.form_panel.show_check(check)
        self._show_panel()

    def _show_panel(self) -> None:
        self._rechecked = self.session.last_step
        self._show_only(self.form_panel)
        self.form_panel.table.setFocus()

    def choose_state(self) -> None:
        if self.state_panel.choose():
            self._show_only(self.state_panel)

    def _show_only(self, shown: QWidget | None) -> None:
        """One of the panels in the place of the table, or none."""
        for panel in (self.form_panel, self.product_panel, self.state_panel):
            panel.setVisible(panel is shown)
        self.refresh()

    def _open_for_draft(self, identity: str) -> None:
        if any(product.id == identity for product in self.session.tender.products):
            self.open_product(identity)

    def open_product(self, identity: str) -> None:
        """A product of this tender alone, in full, in the place of the table."""
        self.product_panel.show_product(identity)
        self._show_only(self.product_panel)

    def close_form(self) -> None:
        """Back to the table, at the bid that was taken over or is to be typed, if there is one."""
        self._show_only(None)
        self.grid.setFocus()
        columns = [variant.id for variant in self.session.tender.variants]
        taken = self.form_panel.made or self.state_panel.made
        if taken in columns:
            row = next((i for i, r in enumerate(self._rows()) if r.kind in ("product", "mki")), 0)
            self.grid.go_to(row, columns.index(taken) + 1)
        self.form_panel.made = self.state_panel.made = None

    def _save_received(self, form: ReceivedForm) -> None:
        path = ask_where(self, "Ontvangen formulier opslaan", form.file.file)
        if path is None:
            return
        try:
            save_received(self.session.workspace, self.session.identity, form, path)
        except StoreError as problem:
            self.bars.refuse("form", problem)

    # --- a file on a cell
    # ----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        place = self.grid.viewport().mapFrom(self, event.position().toPoint())
        index = self.grid.indexAt(place)
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        into = (lambda file: self.drop_file(file, index.row(), index.column())) if index.isValid() else None
        take_dropped(files, self.read_form, into, self.bars, names_hidden=self.session.names_hidden)

    def drop_file(self, file: Path, row: int, column: int) -> bool:
        """Read a declaration and put its product in the answer under the cell. Whether it came there."""
        report = import_file(self.session.workspace, file)
        made = self._rows()[row]
        say_notes(self.bars, report, names_hidden=self.session.names_hidden)
        if len(report.products) != 1 or made.post_id is None or not column:
            return False
        variant = self.session.tender.variants[column - 1]
        ref = newest_ref(self.session.workspace, report.products[0])
        edit = edits.set_product(self.session.tender, variant.id, made.post_id, ref, "product")
        return self.session.commit(edit)
