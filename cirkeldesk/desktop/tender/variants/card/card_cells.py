"""The cells of one bid as fields, in the order of the bid form: a second view of the table, never a second
truth.

A field shows what its cell shows, and what is typed in it goes into that cell. A text that was not taken
stands in both. However many posts a tender has, a few of them have fields at a time: those one is at.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import NumberEdit, PlainEdit, mark_field
from cirkeldesk.desktop.kit.grid.cells import CellView
from cirkeldesk.desktop.kit.grid.model import PREVIEW_PAUSE, GridModel
from cirkeldesk.desktop.kit.grid.suggestions import SuggestionKeys, Suggestions
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import ElidedLabel, button, muted, plain_label, plain_tip, tool
from cirkeldesk.desktop.tender.variants.rows import GridRow, RowKind
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet

POSTS = 6  # that have fields at a time
IN_LINE: tuple[RowKind, ...] = ("product", "mki", "biobased")  # beside each other, as on the bid form
WIDTHS = (4, 2, 2)
OF_WHOLE: tuple[RowKind, ...] = ("price", "work_mki", "costs", "level", "equal")


class CardField(QWidget):
    """A field that is one cell. `committed` with the key of the cell and the text; `came` when the keys come
    here."""

    committed = Signal(str, str)
    typed = Signal(str, str)
    went_on = Signal(bool)  # Enter: to the next field, or with Shift back
    came = Signal(str)

    def __init__(self, *, number: bool = True) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.key, self._shown, self._view = "", "", CellView()
        self.edit: PlainEdit = NumberEdit() if number else PlainEdit()
        self.edit.setMinimumWidth(40)
        if number:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.edit)
        row.addWidget(self.edit)
        self.edit.editingFinished.connect(self.take_typing)
        self.edit.given_up.connect(self._give_up)
        self.edit.textEdited.connect(lambda text: self.typed.emit(self.key, text))
        self.edit.returnPressed.connect(lambda: self.went_on.emit(True))
        self.edit.installEventFilter(self)

    def show_cell(self, key: str, name: str, view: CellView, refused: str, *, read_only: bool) -> None:
        """What a cell holds; `refused` is a text that was not taken. What is being typed stays."""
        same = key == self.key
        self.key = key
        self._shown = refused or view.edit_text
        if not (same and self.edit.hasFocus() and self.edit.isModified()):
            if self.edit.text() != self._shown:
                self.edit.setText(self._shown)
            self.edit.setModified(False)
            self.edit.setCursorPosition(0)
        self.edit.setPlaceholderText(view.text)
        self.edit.setAccessibleName(name)
        told = view.description if view.edit_text else f"{view.text}. {view.description}".strip(". ")
        self.edit.setAccessibleDescription(told)
        self.edit.setToolTip(plain_tip(told))
        self.edit.setReadOnly(read_only or not view.editable)
        mark_field(self.edit, "wrong", on=bool(refused))
        mark_field(self.edit, "missing", on=view.kind == "missing" and not refused)
        self._view = view
        if view.look_up is not None and self.edit.completer() is None:
            completer = Suggestions(replace(view, look_up=self._names), self.edit)
            self.edit.setCompleter(completer)
            suggestions = completer.popup()
            assert suggestions is not None
            SuggestionKeys(self.edit, suggestions)

    def _names(self, text: str) -> list[str]:
        """What may be chosen in the cell that is shown now."""
        return self._view.look_up(text) if self._view.look_up is not None else []

    def take_typing(self) -> None:
        """What was typed goes into the cell now."""
        typed = self.edit.text()
        was_typed = self.edit.isModified()
        self.edit.setModified(False)
        if was_typed and typed != self._shown:
            self.committed.emit(self.key, typed)

    def _give_up(self) -> None:
        self.edit.selectAll()
        self.edit.insert(self._shown)
        self.edit.setModified(False)
        self.typed.emit(self.key, self._shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self.came.emit(self.key)
        return super().eventFilter(watched, event)


class _Captioned(QWidget):
    """A field with a small word above it."""

    def __init__(self, field: CardField) -> None:
        super().__init__()
        self.field = field
        self.word = ElidedLabel()
        self.word.setObjectName("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.word)
        column.addWidget(field)


class _PostBlock(QWidget):
    """The fields of one post: product, MKI and biobased in one line, what else it asks below that."""

    def __init__(self, made: partial[CardField]) -> None:
        super().__init__()
        self._made = made
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        self.name = ElidedLabel()
        theme.keep_font(self.name, 1.0, bold=True)
        column.addWidget(self.name)
        line = QHBoxLayout()
        line.setSpacing(6)
        self.line: dict[RowKind, CardField] = {}
        for kind, width in zip(IN_LINE, WIDTHS, strict=True):
            self.line[kind] = made(number=kind != "product")
            line.addWidget(self.line[kind], width)
        column.addLayout(line)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        column.addLayout(self._grid)
        self.others: list[_Captioned] = []

    def other(self, place: int) -> _Captioned:
        """One of the fields below the line; made when a tender first asks so many."""
        while len(self.others) <= place:
            before = self.others[-1].field if self.others else self.line["biobased"]
            made = _Captioned(self._made())
            self._grid.addWidget(made, len(self.others) // 3, len(self.others) % 3)
            QWidget.setTabOrder(before.edit, made.field.edit)
            self.others.append(made)
        return self.others[place]


class CardCells(QWidget):
    """`committed` with the key of a cell and what was typed in it; `came` with the key of the field one is
    in; `typed` a little after typing stopped; `basis_wanted` when it must be said where a bid departs from
    the ask."""

    committed = Signal(str, str)
    came = Signal(str)
    typed = Signal(str, str)
    basis_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: VariantSheet | None = None
        self._model: GridModel | None = None
        self._column = self._first = 0
        self._here = ""
        self._typing = ("", "")
        self._soon = QTimer(self, singleShot=True, interval=PREVIEW_PAUSE)
        self._soon.timeout.connect(lambda: self.typed.emit(*self._typing))
        self._made = partial(self._field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.of_whole = {kind: _Captioned(self._field(number=kind != "equal")) for kind in OF_WHOLE}
        whole = QGridLayout()
        whole.setHorizontalSpacing(6)
        whole.setVerticalSpacing(4)
        self.total, self.total_word = plain_label(), muted("MKI hele werk")
        theme.keep_font(self.total, 1.15, bold=True)
        for label in (self.total_word, self.total):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        beside = QVBoxLayout()
        beside.setSpacing(1)
        beside.addWidget(self.total_word)
        beside.addWidget(self.total, 1)
        whole.setColumnStretch(0, 1)
        whole.setColumnStretch(1, 1)
        whole.addWidget(self.of_whole["price"], 0, 0)
        whole.addLayout(beside, 0, 1)
        for place, kind in enumerate(OF_WHOLE[1:-1]):
            whole.addWidget(self.of_whole[kind], 1 + place // 2, place % 2)
        column.addLayout(whole)
        column.addSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(6)
        self.heads = [muted(text) for text in ("Per post: product", "MKI", "Biobased")]
        for label, width in zip(self.heads, WIDTHS, strict=True):
            head.addWidget(label, width)
        column.addLayout(head)
        column.addLayout(self._posts_line())
        self.blocks = [_PostBlock(self._made) for _ in range(POSTS)]
        for block in self.blocks:
            column.addWidget(block)
        self.basis_word = muted("Zo opgegeven")
        column.addWidget(self.basis_word)
        self.basis = button("", lambda: self.basis_wanted.emit(self.basis))
        self.basis.setStyleSheet("text-align: left;")
        column.addWidget(self.basis)
        column.addWidget(self.of_whole["equal"])

    def _posts_line(self) -> QHBoxLayout:
        """Which posts have their fields now, and to the others."""
        row = QHBoxLayout()
        self.which = muted()
        self.earlier = tool("Vorige posten", lambda: self._turn(-POSTS), icon="back")
        self.later = tool("Volgende posten", lambda: self._turn(POSTS), icon="forward")
        for one in (self.earlier, self.later):
            one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        row.addWidget(self.which, 1)
        row.addWidget(self.earlier)
        row.addWidget(self.later)
        return row

    def _field(self, *, number: bool = True) -> CardField:
        made = CardField(number=number)
        made.committed.connect(self._on_committed)
        made.typed.connect(self._on_typed)
        made.came.connect(self.came)
        made.went_on.connect(lambda: self._go_on(made))
        return made

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def show_bid(self, sheet: VariantSheet, model: GridModel, column: int) -> None:
        """The answers in a column of the sheet (0: none). The model knows which texts were not taken."""
        self._sheet, self._model, self._column = sheet, model, column
        self.setVisible(column > 0)
        if not column:
            return
        self._first = min(self._first, self._last_page)
        for kind, captioned in self.of_whole.items():
            place = next((i for i, row in enumerate(sheet.rows) if row.kind == kind), None)
            captioned.setVisible(place is not None)
            if place is not None:
                captioned.word.setText(_caption(sheet.rows[place]))
                self._show(captioned.field, place)
        self._show_total()
        basis = next((i for i, row in enumerate(sheet.rows) if row.kind == "basis"), None)
        text = sheet.cell(basis, column).text if basis is not None else ""
        for widget in (self.basis_word, self.basis):
            widget.setVisible(basis is not None)
        self.basis.setText(text)
        self.basis.setAccessibleName(f"Zo opgegeven: {text}")
        self._show_posts()

    def show_figures(self, sheet: VariantSheet) -> None:
        """While somebody types only the sum follows."""
        self._sheet = sheet
        if self._column and self._column < len(sheet.column_names):
            self._show_total()

    def _show_total(self) -> None:
        assert self._sheet is not None
        place = next((i for i, row in enumerate(self._sheet.rows) if row.kind == "total"), None)
        for widget in (self.total_word, self.total, *self.heads[1:]):  # a group without MKI has none of it
            widget.setVisible(place is not None)
        view = self._sheet.cell(place, self._column) if place is not None else CellView()
        self.total.setText(view.text)
        known = view.kind == "computed"
        theme.keep_font(self.total, 1.15 if known else 1.0, bold=known)

    @property
    def _last_page(self) -> int:
        assert self._sheet is not None
        return max(0, (len(self._sheet.tender.posts) - 1) // POSTS * POSTS)

    def _show_posts(self) -> None:
        assert self._sheet is not None
        posts = self._sheet.tender.posts
        shown = posts[self._first : self._first + POSTS]
        for widget in (self.which, self.earlier, self.later):
            widget.setVisible(len(posts) > POSTS)
        self.which.setText(f"Post {self._first + 1} tot {self._first + len(shown)} van {len(posts)}")
        self.earlier.setEnabled(self._first > 0)
        self.later.setEnabled(self._first < self._last_page)
        rows: dict[str, list[int]] = {post.id: [] for post in shown}
        for place, row in enumerate(self._sheet.rows):
            if row.post_id in rows:
                rows[row.post_id].append(place)
        for number, block in enumerate(self.blocks):
            block.setVisible(number < len(shown))
            if number < len(shown):
                self._show_post(block, rows[shown[number].id])

    def _show_post(self, block: _PostBlock, places: list[int]) -> None:
        sheet = self._sheet
        assert sheet is not None
        name = sheet.rows[places[0]].name
        note = sheet.row_note(places[0])
        block.name.setText(f"{name}  {note}" if note else name)
        others = 0
        there: set[RowKind] = set()
        for place in places[1:]:
            row = sheet.rows[place]
            if row.kind in block.line:
                there.add(row.kind)
                self._show(block.line[row.kind], place)
            else:
                captioned = block.other(others)
                captioned.word.setText(_caption(row))
                captioned.show()
                self._show(captioned.field, place)
                others += 1
        for kind, field in block.line.items():
            field.setVisible(kind in there)
        for captioned in block.others[others:]:
            captioned.hide()

    def _show(self, field: CardField, place: int) -> None:
        sheet, model = self._sheet, self._model
        assert sheet is not None
        assert model is not None
        key = sheet.key(place, self._column)
        refused = model.wrong.get(key)
        field.show_cell(
            key,
            sheet.label(place),
            sheet.cell(place, self._column),
            refused.text if refused is not None else "",
            read_only=model.read_only,
        )
        mark_field(field.edit, "here", on=key == self._here)

    def mark(self, key: str) -> None:
        """The cell one is at in the table is the field one is at here."""
        self._here = key
        sheet = self._sheet
        if sheet is None or not self._column:
            return
        post_id = key.split("/")[2] if key.count("/") > 2 else ""
        at = next((i for i, post in enumerate(sheet.tender.posts) if post.id == post_id), None)
        if at is not None and not self._first <= at < self._first + POSTS and not self._has_keys:
            self._first = at // POSTS * POSTS
            self._show_posts()
        for field in self.fields:
            mark_field(field.edit, "here", on=field.key == key)

    def field_at(self, key: str) -> CardField | None:
        return next((field for field in self.fields if field.key == key and not field.isHidden()), None)

    # --- going through it
    # ----------------------------------------------------------------------------------------

    @property
    def fields(self) -> list[CardField]:
        """All fields, in the order of the bid form."""
        found = [self.of_whole[kind].field for kind in OF_WHOLE if kind != "equal"]
        for block in self.blocks:
            found += block.line.values()
            found += [captioned.field for captioned in block.others]
        return [*found, self.of_whole["equal"].field]

    @property
    def _has_keys(self) -> bool:
        return any(field.edit.hasFocus() for field in self.fields)

    def _go_on(self, field: CardField) -> None:
        """Enter: taken, and on to the next field that may be filled in."""
        field.take_typing()
        order = [one for one in self.fields if one.isVisible() and not one.edit.isReadOnly()]
        at = order.index(field) if field in order else -1
        if at + 1 < len(order):
            self._focus_soon(order[at + 1])
        elif self._sheet is not None and self._first < self._last_page:
            self._turn(POSTS)
            self._focus_soon(self.blocks[0].line["product"])

    def _focus_soon(self, field: CardField) -> None:
        """After a list of names that was open has closed: that gives the keys back to its own field."""
        QTimer.singleShot(0, field.edit, lambda: field.edit.setFocus(Qt.FocusReason.TabFocusReason))

    def _turn(self, by: int) -> None:
        self._first = max(0, min(self._last_page, self._first + by))
        self._show_posts()

    def _on_committed(self, key: str, text: str) -> None:
        self._soon.stop()
        self.committed.emit(key, text)

    def _on_typed(self, key: str, text: str) -> None:
        self._typing = (key, text)
        self._soon.start()


def _caption(row: GridRow) -> str:
    return " ".join(row.name.split())
