"""A small read-only table of texts that is as high as its rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cirkeldesk.desktop.kit import theme
from cirkeldesk.desktop.kit.text_table import TextTableModel

WIDEST = 420


class PlainTable(QTableView):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.texts = TextTableModel()
        self.setModel(self.texts)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        theme.keep_rows(self.verticalHeader())

    def show_rows(
        self, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], left: int | None = None
    ) -> None:
        """The first `left` columns read left, the others right; None: all read left."""
        columns = len(header) if left is None else left
        self.texts.show(header, tuple(rows), frozenset(range(columns)))
        metrics, titles = self.fontMetrics(), self.horizontalHeader()
        bold = QFontMetrics(theme.sized_font(1.0, bold=True))  # the header of a chosen row is bold
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, title in enumerate(header):
            texts = [metrics.horizontalAdvance(row[column]) for row in rows]
            widest = max([bold.horizontalAdvance(title), *texts])
            self.setColumnWidth(column, min(WIDEST, widest + 32))
        self.setFixedHeight(titles.sizeHint().height() + len(rows) * theme.row_height() + 22)
