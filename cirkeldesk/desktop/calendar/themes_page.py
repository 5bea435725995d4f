"""Advies per thema: six themes of a row, the form of the one somebody is at, and the note beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.calendar.advice_acts import AdviceActs
from cirkeldesk.desktop.calendar.theme_advice import ThemeAdvicePart
from cirkeldesk.desktop.kit.look import theme as look
from cirkeldesk.desktop.kit.widgets import (
    ElidedLabel,
    ScrollColumn,
    button,
    heading,
    muted,
    plain_label,
    tab_along,
    tool,
)
from cirkeldesk.model.calendar.advice import theme_advice
from cirkeldesk.model.calendar.calendar import CalendarRow, Proposal
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.wording import paper, terms
from cirkeldesk.wording.calendar import advising as words
from cirkeldesk.wording.calendar import words as calendar_words
from cirkeldesk.wording.window.hints import HINTS

WIDE, MIDDLE = 1000, 800  # below them there is no place for the note, and none for the list of themes
THEME_LIST, NOTE, ROW = 280, 320, 48


class ThemesPage(QWidget):
    """The form is that of the panel beside the calendar: it comes here, and goes back. `stepped` to the row
    before or after, `judged` with a theme and its chance."""

    HINT = HINTS["advies per thema"]

    closed = Signal()
    stepped = Signal(int)
    judged = Signal(str, int)
    tender_wanted = Signal(str)

    def __init__(self, part: ThemeAdvicePart, acts: AdviceActs, note: Callable[[str], paper.Paper]) -> None:
        """`note` of the id of a row."""
        super().__init__()
        self.part, self.acts, self._note = part, acts, note
        self._proposed: Mapping[Theme, Proposal] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 4, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._head())
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._themes())
        body.addWidget(self._middle(), 1)
        body.addWidget(self._note_panel())
        outer.addLayout(body, 1)
        part.turned.connect(self._show_theme)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)

    # --- parts
    # ---------------------------------------------------------------------------------------------------

    def _head(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back = tool("Kalender", self.closed.emit, icon="back")
        self.title = ElidedLabel()
        look.keep_font(self.title, 1.25, bold=True)
        self.before = tool("Vorige regel", lambda: self.stepped.emit(-1), icon="back")
        self.after = tool("Volgende regel", lambda: self.stepped.emit(1), icon="forward")
        for one in (self.before, self.after):
            one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.make = button("Maak aanbesteding", self._make, icon="plus")
        row.addWidget(self.back)
        row.addWidget(self.title, 1)
        for widget in (self.before, self.after, self.make):
            row.addWidget(widget)
        column.addLayout(row)
        line = QHBoxLayout()
        self.facts, self.steps = ElidedLabel(), muted()
        self.facts.setObjectName("muted")
        self.steps.setWordWrap(False)
        line.addWidget(self.facts, 1)
        line.addWidget(self.steps)
        column.addLayout(line)
        return column

    def _themes(self) -> QWidget:
        self.list = QListWidget()
        self.list.setAccessibleName("Thema's")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        look.keep_width(self.list, THEME_LIST)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for _ in THEMES:
            item = QListWidgetItem("")
            item.setSizeHint(QSize(0, look.px(ROW)))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._choose)
        return self.list

    def _middle(self) -> QWidget:
        self.middle = ScrollColumn(16, 8, 16, 8)
        self.middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.middle.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.middle.column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.theme_name = heading("", 1.1)
        row.addWidget(self.theme_name, 1)
        row.addWidget(plain_label("kans"))
        self.chances: list[QToolButton] = []
        for chance, name in enumerate(calendar_words.CHANCES):
            chip = tool(f"{chance}", partial(self._judge, chance))
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setAccessibleName(f"Kans {chance}, {name}")
            self.chances.append(chip)
            row.addWidget(chip)
        self.chance_name = muted()
        self.chance_name.setWordWrap(False)
        look.keep_width(self.chance_name, 76)
        row.addWidget(self.chance_name)
        self.middle.column.addLayout(row)
        self.proposal = muted()
        self.middle.column.addWidget(self.proposal)
        self.place = QVBoxLayout()
        self.middle.column.addLayout(self.place)
        self.middle.column.addStretch(1)
        return self.middle

    def _note_panel(self) -> QWidget:
        self.note_panel = QFrame()
        self.note_panel.setObjectName("panel")
        look.keep_width(self.note_panel, NOTE)
        column = QVBoxLayout(self.note_panel)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(heading("Notitie aan de projectleider", 1.05))
        self.note = QTextBrowser()
        self.note.setAccessibleName("Notitie aan de projectleider")
        self.note.setOpenLinks(False)
        column.addWidget(self.note, 1)
        row = QHBoxLayout()
        self.save = button("Notitie opslaan", self.acts.choose_note, icon="document", primary=True)
        self.copy = button("Mailtekst kopiëren", self.acts.copy_mail)
        row.addWidget(self.save, 1)
        row.addWidget(self.copy)
        column.addLayout(row)
        return self.note_panel

    # --- coming and going
    # -------------------------------------------------------------------------------------------

    def take_form(self) -> None:
        """The one form there is comes here; whoever gives it away takes it back."""
        self.part.set_wide(wide=True)
        self.place.addWidget(self.part)
        self.part.show()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The note beside the form where there is room, else the form has the button; so with the themes."""
        width = self.width() / look.zoom()
        note, themes = width >= WIDE, width >= MIDDLE
        self.note_panel.setVisible(note)
        self.list.setVisible(themes)
        self.theme_name.setVisible(themes)
        if self.isAncestorOf(self.part):
            self.part.note.setVisible(not note)
            self.part.theme.setVisible(not themes)
            self.part.ask_in_line(in_line=themes)

    def take_keys(self) -> None:
        (self.list if self.list.isVisibleTo(self) else self.part.theme.box).setFocus()

    @property
    def draft_part(self) -> str:
        return self.part.row.id if self.part.row is not None else ""

    def go_to_draft_part(self, part: str) -> bool:
        return self.draft_part == part  # the panel goes to a row; what is typed here is offered there

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def show_row(
        self, row: CalendarRow, group: str, proposed: Mapping[Theme, Proposal], place: tuple[int, int]
    ) -> None:
        """`place`: which row of how many that are shown, from 0. The form has the row already."""
        self._proposed = proposed
        self.title.setText(row.title)
        self.facts.setText(words.row_facts(row, group))
        self.before.setEnabled(place[0] > 0)
        self.after.setEnabled(place[0] + 1 < place[1])
        self.make.setEnabled(row.tender is not None or self.part.isEnabled())
        self.make.setText("Maak aanbesteding" if row.tender is None else "Open de aanbesteding")
        self.make.setAccessibleName(self.make.text())
        for number, one in enumerate(THEMES):
            item = self.list.item(number)
            item.setText(words.theme_lines(row, one))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words.theme_lines(row, one).replace("\n", ", "))
        self.note.setHtml(_html(self._note(row.id)))
        self._show_theme()

    def _put_in_order(self) -> None:
        after: list[QWidget] = [self.note, self.save, self.copy]
        tab_along([self.list, *self.chances, *self.part.in_order, *after])

    def _show_theme(self) -> None:
        row = self.part.row
        if row is None or not self.isAncestorOf(self.part):
            return
        self._put_in_order()  # another theme has other criteria
        one = THEMES[max(0, THEMES.index(self.part.subject))]
        if self.list.currentRow() != THEMES.index(one):
            self.list.setCurrentRow(THEMES.index(one))
        self.theme_name.setText(terms.THEMES[one])
        chance, proposal = row.chance(one), self._proposed.get(one)
        for number, chip in enumerate(self.chances):
            chip.setChecked(chance is not None and chance.chance == number)
        self.chance_name.setText(calendar_words.CHANCES[chance.chance] if chance is not None else "nog niet")
        told = f"Voorstel {proposal.chance}: {proposal.rule.reason}" if proposal is not None else ""
        self.proposal.setText(chance.reason if chance is not None and chance.reason else told)
        self.proposal.setVisible(bool(self.proposal.text()))
        self.steps.setText(words.steps(theme_advice(row.log, one)))

    # --- acting
    # --------------------------------------------------------------------------------------------------

    def _choose(self, place: int) -> None:
        if place >= 0 and self.part.row is not None:
            self.part.go_to_draft_part(THEMES[place])

    def _judge(self, chance: int) -> None:
        self.judged.emit(self.part.subject, chance)
        self._show_theme()  # also where nothing changed: the chip says what holds

    def _make(self) -> None:
        if self.part.row is not None:
            self.tender_wanted.emit(self.part.row.id)


def _html(told: paper.Paper) -> str:
    """The note for the screen, block by block; the document is made of the same blocks."""
    parts: list[str] = []
    for block in told.blocks:
        if isinstance(block, paper.Heading):
            size = "large" if block.level == 1 else "medium"
            parts.append(f'<p style="font-size: {size}; font-weight: 600">{escape(block.text)}</p>')
        elif isinstance(block, paper.Text):
            parts.append(f"<p>{escape(block.text)}</p>")
        elif isinstance(block, paper.Items):
            parts.append(f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in block.texts)}</ul>")
        elif isinstance(block, paper.Facts):
            parts.append("<br>".join(f"{escape(name)}: {escape(text)}" for name, text in block.rows))
    return "".join(parts)
