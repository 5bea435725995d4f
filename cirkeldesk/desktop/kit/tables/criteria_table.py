"""Criteria of MVOI in a table, narrowed by theme, level, kind, product group and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.tables.lists import ListView
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.model.reference.criteria import CRITERION_KINDS, LEVELS, Criterion
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.wording import terms

ALL = (None, "alle")


class CriteriaTable(QWidget):
    """Criteria in a table, narrowed by theme, level, kind, product group (where the page says their names)
    and words. `picked` when another row is the current one."""

    picked = Signal()
    entered = Signal()

    def __init__(self, name: str, first: str) -> None:
        super().__init__()
        self.first = first  # what the first column says
        self.all: Sequence[Criterion] = ()
        self.shown: list[Criterion] = []
        self._say: Callable[[Criterion], str] = lambda _: ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(12)
        self.theme = Choice(
            "Thema", [ALL, *((theme_, terms.THEMES[theme_].split(",")[0]) for theme_ in THEMES)]
        )
        self.level = Choice("Niveau", [ALL, *((level, terms.LEVELS[level]) for level in LEVELS)])
        self.kind = Choice("Soort", [ALL, *((kind, terms.CRITERION_KINDS[kind]) for kind in CRITERION_KINDS)])
        for choice in (self.theme, self.level, self.kind):
            choice.show_value(None)
            choice.chosen.connect(lambda _: self.refresh())
            self.bar.addWidget(choice)
        self.group = Choice("Productgroep", [ALL])
        self.group.chosen.connect(lambda _: self.refresh())
        self.group.hide()
        self.bar.addWidget(self.group)
        self.search = QLineEdit()
        self.search.setProperty("passing", True)
        self.search.setPlaceholderText("Zoek")
        self.search.setAccessibleName("Zoek in de criteria")
        self.search.setClearButtonEnabled(True)
        theme.keep_width(self.search, 150)
        self.search.textChanged.connect(lambda _: self.refresh())
        self.bar.addWidget(self.search, 0, Qt.AlignmentFlag.AlignBottom)
        self.bar.addStretch(1)
        column.addLayout(self.bar)
        self.model = TextTableModel()
        self.view = ListView(name)
        self.view.setModel(self.model)
        self.view.opened.connect(lambda _: self.entered.emit())
        self.view.selectionModel().currentRowChanged.connect(self._moved)
        column.addWidget(self.view, 1)

    def show_criteria(
        self,
        criteria: Sequence[Criterion],
        say: Callable[[Criterion], str],
        groups: Mapping[str, str] | None = None,
    ) -> None:
        """`groups`: code → name of those one may narrow to; none where a page is about one group."""
        self.all, self._say = criteria, say
        self.group.setVisible(bool(groups))
        self.group.set_options([ALL, *(groups or {}).items()])
        if self.group.value is None:
            self.group.show_value(None)
        self.refresh()

    def _fits(self, one: Criterion, words: Sequence[str]) -> bool:
        wanted = ((self.theme, "theme"), (self.level, "level"), (self.kind, "kind"))
        if any(choice.value not in (None, getattr(one, name)) for choice, name in wanted):
            return False
        if self.group.value is not None and not one.suits(str(self.group.value)):
            return False
        text = f"{one.title} {one.text} {one.proof} {one.effect} {one.code}".casefold()
        return all(word in text for word in words)

    def refresh(self) -> None:
        kept = self.current
        words = self.search.text().casefold().split()
        self.shown = [one for one in self.all if self._fits(one, words)]
        header = (self.first, "Thema", "Niveau", "Soort", "Criterium")
        rows = tuple(
            (
                self._say(one),
                terms.THEMES[one.theme].split(",")[0],
                terms.LEVELS[one.level],
                terms.CRITERION_KINDS[one.kind],
                one.title,
            )
            for one in self.shown
        )
        place = next((i for i, one in enumerate(self.shown) if kept is not None and one.code == kept.code), 0)
        if (header, rows) != (self.model.header, self.model.rows):
            self.model.show(header, rows, frozenset(range(5)))
            for index, width in enumerate((128, 150, 92, 96)):
                self.view.setColumnWidth(index, theme.px(width))
            self.view.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
            if rows:
                self.view.setCurrentIndex(self.model.index(place, 0))
        self.picked.emit()

    @property
    def current(self) -> Criterion | None:
        row = self.view.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def choose(self, code: str) -> None:
        """Make a criterion the current one, whatever the list was narrowed to."""
        if all(one.code != code for one in self.shown):
            for choice in (self.theme, self.level, self.kind, self.group):
                choice.show_value(None)
            self.search.clear()
            self.refresh()
        for row, one in enumerate(self.shown):
            if one.code == code:
                self.view.setCurrentIndex(self.model.index(row, 0))

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self.picked.emit()
