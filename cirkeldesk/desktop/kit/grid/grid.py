"""An editing grid that behaves as a spreadsheet: type to edit, Enter down, Tab right, paste a block, F6
out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cirkeldesk.desktop.kit.fields import NumberEdit
from cirkeldesk.desktop.kit.grid.block import clipboard_block, place_block
from cirkeldesk.desktop.kit.grid.clipboard import put_on_clipboard
from cirkeldesk.desktop.kit.grid.model import PREVIEW_PAUSE, GridModel, Index
from cirkeldesk.desktop.kit.grid.pinned import PinnedRows
from cirkeldesk.desktop.kit.grid.suggestions import SuggestionKeys, Suggestions
from cirkeldesk.desktop.kit.held import held_keys
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import GRID_PAD, LinedCell, dress_table
from cirkeldesk.desktop.kit.look.heads import GROUP, ColumnHead, RowHead

ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


ESTIMATE, NO_ROOM = "raming ", "…"


class GridDelegate(LinedCell):
    """Editors of a grid: a number field, or text with suggestions; keys as in a spreadsheet."""

    typed = Signal(object, str)

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid, Qt.TextElideMode.ElideMiddle, GRID_PAD)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, GridModel)
        view = model.cell(index)
        editor: QLineEdit = NumberEdit(parent) if view.numeric else QLineEdit(parent)
        editor.setAccessibleName(model.place(index.row(), index.column()))
        editor.setFrame(False)
        if view.right:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        if view.suggestions or view.look_up is not None:
            completer = Suggestions(view, editor)
            editor.setCompleter(completer)
            suggestions = completer.popup()
            assert suggestions is not None
            SuggestionKeys(editor, suggestions)
        kept = QPersistentModelIndex(index)
        editor.textEdited.connect(lambda text: self.typed.emit(kept, text))
        return editor

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._grid.grid_model.sheet.weight(index.row()) == "head":
            option.backgroundBrush = QBrush(theme.color("surface"))
        super().paint_ground(painter, option, index)

    def paint_text(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str) -> None:
        """A figure of which a part is cut off is another figure: it is shown whole, or not at all."""
        index = option.index
        if self._grid.grid_model.cell(index).numeric and text:
            metrics = option.fontMetrics
            bare = text.removeprefix(ESTIMATE)
            if metrics.horizontalAdvance(text) > rect.width():
                text = bare if metrics.horizontalAdvance(bare) <= rect.width() else NO_ROOM
        super().paint_text(painter, option, rect, text)

    def line_below(self, index: Index) -> QColor:
        strong = self._grid.grid_model.headerData(index.row(), Qt.Orientation.Vertical, GROUP)
        return theme.color("line" if strong else "hair")

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is being typed stays when the table below it is shown anew."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
        ):
            moves: dict[int, Callable[[], None]] = {
                Qt.Key.Key_Return: lambda: self._grid.go_down(
                    back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                ),
                Qt.Key.Key_Enter: lambda: self._grid.go_down(),
                Qt.Key.Key_Tab: lambda: self._grid.go_right(),
                Qt.Key.Key_Backtab: lambda: self._grid.go_right(back=True),
            }
            with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if (
                with_control
                and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                and isinstance(editor, QLineEdit)
            ):
                text = editor.text()
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
                self._grid.fill_selection(text)
                return True
            move = moves.get(event.key())
            if move is not None:
                completer = editor.completer() if isinstance(editor, QLineEdit) else None
                suggestions = completer.popup() if completer is not None else None
                if suggestions is not None:
                    suggestions.hide()
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                move()
                return True
        return super().eventFilter(editor, event)


class Grid(QTableView):
    """The view. Tab in the last cell and F6 anywhere leave it, so there is no keyboard trap."""

    previewed = Signal(object)  # Parsed or None
    pasted = Signal(list, int)  # [(row, column, text)], how many did not fit
    deleted = Signal(list)  # [(row, column)]
    filled = Signal(list)  # [(row, column, text)]
    moved = Signal(int, int)  # columns to the right, rows down
    menu_wanted = Signal(int, int)
    remove_wanted = Signal()
    resized = Signal()

    def __init__(self, model: GridModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.grid_model = model
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            "Tabel om in te vullen. Enter gaat omlaag, Tab naar rechts, F6 verlaat de tabel."
        )
        dress_table(self)
        self.setItemDelegate(delegate := GridDelegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setVerticalHeader(RowHead(self))
        self.setHorizontalHeader(ColumnHead(self, GRID_PAD))
        theme.keep_rows(self.verticalHeader())
        self.horizontalHeader().setMinimumSectionSize(60)
        self._tab_start: int | None = None
        self._place = (-1, -1)
        self._typing: tuple[Index, str] | None = None
        self._typing_key = ""
        self._preview_timer = self._single_shot(PREVIEW_PAUSE, self._preview)
        delegate.typed.connect(self._on_typed)
        model.modelAboutToBeReset.connect(self._note_place)
        model.modelReset.connect(self._keep_unfinished)
        model.modelReset.connect(self._back_to_place)
        self.doubleClicked.connect(lambda index: self._open_menu(index))
        self.pinned = PinnedRows(self, model)
        self.pinned.pressed.connect(self._go_to_pinned)

    def _single_shot(self, pause: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(run)
        return timer

    def _go_to_pinned(self, row: int, column: int) -> None:
        self.setFocus()
        self.go_to(row, column if column >= 0 else self.currentIndex().column())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pinned.place()
        self.resized.emit()

    def scrollTo(self, index: Index, hint: Any = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Into sight, and not under the sums that are pinned."""
        super().scrollTo(index, hint)
        self.pinned.place()
        over = self.visualRect(index).bottom() - (self.viewport().height() - self.pinned.high)
        if index.row() not in self.pinned.rows and over > 0 and self.pinned.high:
            bar = self.verticalScrollBar()
            rows = self.verticalScrollMode() == QAbstractItemView.ScrollMode.ScrollPerItem
            bar.setValue(bar.value() + (-(-over // self.rowHeight(index.row())) if rows else over))

    # --- typing
    # ------------------------------------------------------------------------------------------------

    def _on_typed(self, index: Index, text: str) -> None:
        self._typing, self._typing_key = (index, text), self.draft_key()
        self._preview_timer.start()

    def _preview(self) -> None:
        if self._typing is not None:
            index, text = self._typing
            parsed = self.grid_model.sheet.parse(index.row(), index.column(), text)
            self.previewed.emit(parsed if parsed.changes else None)

    def _stop_typing(self) -> None:
        self._typing = None
        self._preview_timer.stop()

    @property
    def editor(self) -> QLineEdit | None:
        """The editor that is open in a cell."""
        found = QApplication.focusWidget()
        inside = isinstance(found, QLineEdit) and found.parent() is self.viewport()
        return found if inside and isinstance(found, QLineEdit) else None

    def take_typing(self) -> None:
        """What is being typed is committed now, as Enter would."""
        editor = self.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def draft_key(self) -> str:
        """The cell that is being typed in."""
        index = self.currentIndex()
        return self.grid_model.sheet.key(index.row(), index.column()) if index.isValid() else ""

    def edit_with(self, key: str, text: str) -> bool:
        """Open the editor of a cell with a text in it, as if it had just been typed. False where there is no
        such cell."""
        place = self.grid_model.find(key)
        if place is None or not self.grid_model.sheet.cell(*place).editable:
            return False
        self.setFocus()
        self.go_to(*place)
        self.edit(self.currentIndex())
        editor = self.editor
        if editor is None:
            return False
        editor.selectAll()
        editor.insert(text)
        return True

    def _keep_unfinished(self) -> None:
        """The table was made anew over the editor: what stood in it is not lost."""
        typing, key = self._typing, self._typing_key
        self._stop_typing()
        if typing is not None:
            self.grid_model.refuse_unfinished(key, typing[1])

    def closeEditor(self, editor: QWidget, hint: Any) -> None:
        self._stop_typing()
        super().closeEditor(editor, hint)
        self.previewed.emit(None)

    def _note_place(self) -> None:
        self._place = (self.currentIndex().row(), self.currentIndex().column())

    def _back_to_place(self) -> None:
        """A row more or less does not take the cursor away; on another content it stands where it stood."""
        row, column = self._place
        if 0 <= row < self.model().rowCount() and 0 <= column < self.model().columnCount():
            self.selectionModel().setCurrentIndex(
                self.model().index(row, column), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    # --- moving
    # ------------------------------------------------------------------------------------------------

    def go_to(self, row: int, column: int) -> None:
        index = self.model().index(row, column)
        self.setCurrentIndex(index)  # also where a selection with Shift begins
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def go_down(self, *, back: bool = False) -> None:
        """Down to the next cell that can be typed in; after a run of Tabs, back to the column where it
        began."""
        current = self.currentIndex()
        column = self._tab_start if self._tab_start is not None else current.column()
        self._tab_start = None
        step = -1 if back else 1
        row = current.row() + step
        while 0 <= row < self.model().rowCount():
            if self.grid_model.sheet.is_stop(row, column):
                self.go_to(row, column)
                return
            row += step

    def go_right(self, *, back: bool = False) -> None:
        """Right to the next cell that can be typed in, then to the next row; past the last one out of the
        grid."""
        current = self.currentIndex()
        if self._tab_start is None:
            self._tab_start = current.column()
        count = self.model().columnCount()
        position = current.row() * count + current.column()
        step = -1 if back else 1
        position += step
        while 0 <= position < count * self.model().rowCount():
            row, column = divmod(position, count)
            if self.grid_model.sheet.is_stop(row, column):
                self.go_to(row, column)
                return
            position += step
        self._tab_start = None
        self.leave(forward=not back)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt offers Tab as a change of focus before it is a key: here it goes to the next cell that can be
        typed in. Qt also asks this of a table that is being hidden: then the cell stays the one somebody was
        at.
        """
        if not self.isVisible():
            return super().focusNextPrevChild(forward)
        self.go_right(back=not forward)
        return True

    def leave(self, *, forward: bool) -> None:
        """Out of the grid: the last Tab, or F6 from anywhere."""
        super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: Any) -> None:
        self._tab_start = None
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and held_keys.again(event):
            return  # what is taken away is taken away once a press
        run = self._command(event)
        if run is not None:
            run()
            return
        if event.key() in ARROWS:
            self._tab_start = None
        super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here; None leaves it to the table of Qt."""
        shift, control, alt = (bool(event.modifiers() & modifier) for modifier in MODIFIERS)
        key, index = event.key(), self.currentIndex()
        if key in ARROWS:
            return self._arrow(Qt.Key(key), shift=shift, control=control, alt=alt)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            on_menu = index.isValid() and self.grid_model.cell(index).menu
            return partial(self._open_menu, index) if on_menu else partial(self.go_down, back=shift)
        commands: dict[tuple[int, bool, bool], Callable[[], object]] = {
            (Qt.Key.Key_F6, False, False): partial(self.leave, forward=True),
            (Qt.Key.Key_F6, False, True): partial(self.leave, forward=False),
            (Qt.Key.Key_Tab, False, False): self.go_right,
            (Qt.Key.Key_Backtab, False, True): partial(self.go_right, back=True),
            (Qt.Key.Key_D, True, False): partial(self.fill, down=True),
            (Qt.Key.Key_R, True, False): partial(self.fill, down=False),
            (Qt.Key.Key_C, True, False): self.copy_selection,
            (Qt.Key.Key_C, True, True): partial(self.copy_selection, with_names=True),
            (Qt.Key.Key_V, True, False): self.paste,
            (Qt.Key.Key_Delete, True, False): self.remove_wanted.emit,
            (Qt.Key.Key_Delete, False, False): self._delete,
        }
        return commands.get((key, control, shift))

    def _arrow(self, key: Qt.Key, *, shift: bool, control: bool, alt: bool) -> Callable[[], object] | None:
        if alt and shift:
            return partial(self.moved.emit, *ARROWS[key])
        if control and not shift:
            return partial(self._go_to_edge, *ARROWS[key])
        return partial(self._open_list, self.currentIndex()) if alt and key == Qt.Key.Key_Down else None

    def _delete(self) -> None:
        self.deleted.emit([(index.row(), index.column()) for index in self.selectedIndexes()])

    def _open_menu(self, index: QModelIndex) -> None:
        if index.isValid() and self.grid_model.cell(index).menu and not self.grid_model.read_only:
            self.menu_wanted.emit(index.row(), index.column())

    def _open_list(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if self.grid_model.cell(index).menu:
            self._open_menu(index)
            return
        self.edit(index)
        editor = self.indexWidget(index) or self.focusWidget()
        completer = editor.completer() if isinstance(editor, QLineEdit) else None
        if completer is not None:
            completer.setCompletionPrefix("")
            completer.complete()

    # --- clipboard
    # ---------------------------------------------------------------------------------------------

    def copy_selection(self, *, with_names: bool = False) -> None:
        """Tab text as Excel reads it; a plain minus and the full typed text. `with_names` adds those of rows
        and columns."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        rows = sorted({i.row() for i in indexes})
        columns = sorted({i.column() for i in indexes})
        sheet = self.grid_model.sheet
        lines = [
            [(c.edit_text or c.text) for c in (sheet.cell(row, column) for column in columns)] for row in rows
        ]
        if with_names:
            lines = [[sheet.row_names[row].strip(), *line] for row, line in zip(rows, lines, strict=True)]
            lines.insert(0, ["", *(sheet.column_names[column] for column in columns)])
        put_on_clipboard(lines)

    def paste(self) -> None:
        """A block from the clipboard at the current cell. Header row and column are recognised by matching
        names."""
        index = self.currentIndex()
        block = clipboard_block()
        if not block or not index.isValid() or self.grid_model.read_only:
            return
        chosen = self.selectedIndexes()
        if block == [[block[0][0]]] and len(chosen) > 1:  # one value for all that is chosen, as in Excel
            self.fill_selection(block[0][0])
            return
        row = min((i.row() for i in chosen), default=index.row())
        column = min((i.column() for i in chosen), default=index.column())
        cells, lost = place_block(block, row, column, self.grid_model.sheet)
        self.pasted.emit(cells, lost)

    def fill(self, *, down: bool) -> None:
        """The first row of the selection into those below it (Ctrl+D), or the first column into those beside
        it (Ctrl+R)."""
        indexes = [(i.row(), i.column()) for i in self.selectedIndexes()]
        if len(indexes) < 2 or self.grid_model.read_only:
            return
        first = min(row for row, _ in indexes) if down else min(column for _, column in indexes)
        sheet = self.grid_model.sheet
        cells = []
        for row, column in sorted(indexes):
            source = (first, column) if down else (row, first)
            given = sheet.cell(*source)
            open_cell = sheet.cell(row, column).editable and sheet.is_alike(source, (row, column))
            if (row, column) != source and open_cell and given.kind != "word":  # a sealed price is a word
                cells.append((row, column, given.edit_text))
        self.filled.emit(cells)

    def fill_selection(self, text: str) -> None:
        """What was typed into every chosen cell (Ctrl+Enter)."""
        sheet, current = self.grid_model.sheet, (self.currentIndex().row(), self.currentIndex().column())
        chosen = sorted((i.row(), i.column()) for i in self.selectedIndexes())
        alike = [place for place in chosen if sheet.cell(*place).editable and sheet.is_alike(current, place)]
        self.filled.emit([(row, column, text) for row, column in alike])

    def _go_to_edge(self, right: int, down: int) -> None:
        """To the last cell in a direction that can be typed in (Ctrl+arrow)."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        edge = (row, column)
        while (
            0 <= (row := row + down) < self.model().rowCount()
            and 0 <= (column := column + right) < self.model().columnCount()
        ):
            if self.grid_model.sheet.cell(row, column).editable:
                edge = (row, column)
        self.go_to(*edge)


def movable(header: QHeaderView, moved: Callable[[int, int], None]) -> None:
    """Rows or columns can be dragged by their name. The drag is told and put back: the order shown is the
    tender's own."""
    header.setSectionsMovable(True)

    def tell(_logical: int, old: int, new: int) -> None:
        header.blockSignals(True)
        header.moveSection(new, old)
        header.blockSignals(False)
        # Not while the header is still at its own work: the edit may put the whole table anew.
        QTimer.singleShot(0, header, lambda: moved(old, new - old))

    header.sectionMoved.connect(tell)
