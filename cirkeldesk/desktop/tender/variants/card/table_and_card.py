"""The table of the answers and the card of one bid: two views of the same cells. Where one is in the one, one
is in the other; what is typed goes one way, into the table's model."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QWidget

from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.desktop.tender.variants.card.basis_menu import basis_menu
from cirkeldesk.desktop.tender.variants.card.bid_card import BidCard
from cirkeldesk.desktop.tender.variants.rows import WHOLE, Show
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet


class TableAndCard(QObject):
    """`previewed` with what a text being typed in the card means (Parsed or None), as of the table."""

    previewed = Signal(object)

    def __init__(
        self,
        session: Session,
        grid: Grid,
        card: BidCard,
        sheet: Callable[[Show | None], VariantSheet],
        show_rows: Callable[[Show], None],
    ) -> None:
        """`sheet` makes one with the rows asked for, or those the table shows; `show_rows` shows them."""
        super().__init__(grid)
        self.session, self.grid, self.card = session, grid, card
        self._sheet, self._show_rows = sheet, show_rows
        self.model = grid.grid_model
        grid.selectionModel().currentChanged.connect(lambda current, _: self._on_current(current))
        self.model.marked.connect(self.show_cells)
        cells = card.cells
        cells.committed.connect(self._enter)
        cells.came.connect(self._follow)
        cells.typed.connect(self._preview)
        cells.basis_wanted.connect(self._open_basis)

    # --- from the table to the card
    # ---------------------------------------------------------------------------------

    def show_current(self) -> None:
        """The card of the column one is at; before one is anywhere, that of the first bid."""
        variants, current = self.session.tender.variants, self.grid.currentIndex()
        here = variants[current.column() - 1] if 0 < current.column() <= len(variants) else None
        first = next((variant for variant in variants if variant.is_bid), variants[0] if variants else None)
        shown = here or (None if current.isValid() else first)
        self.card.show_variant(shown.id if shown is not None else None)
        self.show_cells()

    def show_cells(self) -> None:
        columns = [variant.id for variant in self.session.tender.variants]
        here = self.card.variant_id
        column = columns.index(here) + 1 if here in columns else 0
        self.card.cells.show_bid(self._whole(), self.model, column)

    def show_figures(self) -> None:
        """While somebody types, the sum of the card follows as those of the table do."""
        self.card.cells.show_figures(self._whole())

    def _whole(self) -> VariantSheet:
        """All that a bid says: the table's own sheet where that shows it."""
        shown = self.model.sheet
        assert isinstance(shown, VariantSheet)
        return shown if shown.show in WHOLE else self._sheet("usual")

    def _on_current(self, current: QModelIndex) -> None:
        self.show_current()
        if current.isValid():
            self.card.cells.mark(self.model.sheet.key(current.row(), current.column()))

    # --- from the card to the table
    # ---------------------------------------------------------------------------------

    def _enter(self, key: str, text: str) -> None:
        """Into the cell; a row that the table leaves out is brought up first."""
        if self.model.find(key) is None:
            self._show_rows("usual")
        place = self.model.find(key)
        if place is not None:
            self.model.enter(*place, text)
        self.previewed.emit(None)
        self.show_cells()

    def _follow(self, key: str) -> None:
        place, current = self.model.find(key), self.grid.currentIndex()
        if place is not None and place != (current.row(), current.column()):
            self.grid.go_to(*place)

    def _preview(self, key: str, text: str) -> None:
        place = self.model.find(key)
        if place is not None:
            parsed = self.model.sheet.parse(*place, text)
            self.previewed.emit(parsed if parsed.changes else None)

    def _open_basis(self, at: QWidget) -> None:
        variant = next((v for v in self.session.tender.variants if v.id == self.card.variant_id), None)
        if variant is not None and not self.session.read_only:
            menu = basis_menu(self.session, variant, self.card)
            menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
