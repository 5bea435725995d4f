"""The top line: what is shown, search, names, undo and redo, and whether all is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.undo import OwnUndo
from cirkeldesk.desktop.kit.widgets import ElidedLabel, plain_label, plain_tip, tool
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.wording import numbers, sentences, terms

Run = Callable[[], object]
TOP, LOW_TOP = 44, 36  # px
LONGEST = 60  # of the words on the undo button


class TopLine(QFrame):
    def __init__(self, *, menu: Run, more: Run, search: Run, names: Run, undo: Run, redo: Run) -> None:
        super().__init__()
        self.setObjectName("top")
        self._roomy, self._mark = True, ""
        theme.keep_height(self, TOP)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 12, 0)
        row.setSpacing(6)
        self.menu_button = tool("Menu", menu, icon="menu")
        row.addWidget(self.menu_button)
        self.number = plain_label()
        self.number.setObjectName("muted")
        row.addWidget(self.number)
        self.title = ElidedLabel()
        theme.keep_font(self.title, 1.0, bold=True)
        row.addWidget(self.title)
        self.mark = plain_label()
        self.mark.setObjectName("example")
        self.mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row.addWidget(self.mark)
        row.addStretch(1)
        self.find_button = tool("Zoeken", search, icon="search")
        self.find_button.setToolTip("Zoek overal (Ctrl+K)")
        row.addWidget(self.find_button)
        self.names_button = tool("Namen tonen", names)
        self.names_button.setCheckable(True)
        self.names_button.setToolTip("De namen van inschrijvers zijn nu verborgen voor wie meekijkt")
        row.addWidget(self.names_button)
        self.undo_button: QToolButton = tool("Ongedaan maken", undo, icon="undo")
        self.redo_button: QToolButton = tool("Opnieuw", redo, icon="redo")
        self.redo_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        row.addWidget(self.undo_button)
        row.addWidget(self.redo_button)
        self.more_button = tool("Meer", more, icon="more")
        self.more_button.setToolTip("Wat hier nog meer kan")
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        row.addWidget(self.more_button)

    def lay_out(self, *, beside: bool, roomy: bool) -> None:
        """Words beside the icons where there is room for them."""
        words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        self._roomy = beside
        self.number.setVisible(beside and bool(self.number.text()))
        self._show_mark()
        self.undo_button.setToolButtonStyle(words if roomy else alone)
        self.find_button.setToolButtonStyle(words if beside else alone)

    def show_name(self, title: str, number: str = "", mark: str = "") -> None:
        """What the page is about: a tender by its number and title, with what marks it as an example."""
        self.number.setText(number)
        self.number.setVisible(bool(number) and self._roomy)
        self.title.setText(title)
        self._mark = mark
        self._show_mark()

    def _show_mark(self) -> None:
        self.mark.setText(self._mark if self._roomy else self._mark.partition(",")[0])
        self.mark.setVisible(bool(self._mark))

    @property
    def name(self) -> str:
        """ "2026-014 Groot onderhoud"."""
        return f"{self.number.text()} {self.title.text()}".strip()

    def show_names_hidden(self, *, hidden: bool) -> None:
        self.names_button.setChecked(hidden)

    def show_page(self, page: OwnUndo | None, *, undoes: bool, name: str | None, writable: bool) -> None:
        """A page that is about no tender: with an undo of its own (`page`), with undo alone, or without."""
        self.undo_button.setVisible(undoes)
        self.redo_button.setVisible(page is not None)
        text = f"Ongedaan maken: {name}" if name else "Ongedaan maken"
        self._show_undo(text, possible=name is not None and writable)
        again = page.next_redo() if page is not None else None
        self.redo_button.setToolTip(plain_tip(f"Opnieuw: {again} (Ctrl+Y)" if again else "Opnieuw (Ctrl+Y)"))
        self.redo_button.setEnabled(again is not None)

    def show_tender(self, session: Session, started: str, *, names_hidden: bool, writable: bool) -> None:
        """The tender that is open: its name, and the steps that undo and redo are about."""
        self.undo_button.setVisible(True)
        self.redo_button.setVisible(True)
        self.show_name(session.tender.title, session.tender.number, terms.mark(session.tender))
        possible = bool(session.stacks.undo) or session.newest_refused is not None
        text = "Ongedaan maken" if names_hidden else _undo_words(session, started)
        self._show_undo(text, possible=possible and writable)
        again = session.stacks.redo[-1] if session.stacks.redo else None
        named = again is not None and not names_hidden
        words = f"Opnieuw: {sentences.step(again.step, again.params)}" if again and named else "Opnieuw"
        self.redo_button.setToolTip(plain_tip(f"{words} (Ctrl+Y)"))
        self.redo_button.setAccessibleName(words)
        self.redo_button.setEnabled(again is not None and not session.read_only)

    def _show_undo(self, text: str, *, possible: bool) -> None:
        self.undo_button.setText(text if len(text) < LONGEST else text[: LONGEST - 2] + "…")
        self.undo_button.setToolTip(plain_tip(f"{text} (Ctrl+Z)"))
        self.undo_button.setAccessibleName(text)
        self.undo_button.setEnabled(possible)


def _undo_words(session: Session, started: str) -> str:
    """What undo would take back, with its day when that was before this start of the program."""
    refused = session.newest_refused
    if refused is not None:
        return f"Ongedaan maken: niet vastgelegd in {refused.place}"
    last = session.stacks.undo[-1] if session.stacks.undo else None
    if last is None:
        return "Ongedaan maken"
    date = f" van {numbers.date(last.time)}" if last.time < started else ""
    return f"Ongedaan maken{date}: {sentences.step(last.step, last.params)}"
