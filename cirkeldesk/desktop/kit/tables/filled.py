"""Filling a list with texts: columns as wide as they should be and never narrower than their heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import PAD
from cirkeldesk.desktop.kit.tables.lists import ListView
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel

Lines = Sequence[tuple[str, ...]]


def text_list(name: str) -> tuple[ListView, TextTableModel]:
    view, model = ListView(name), TextTableModel()
    view.setModel(model)
    return view, model


def fill(
    view: ListView,
    model: TextTableModel,
    header: tuple[str, ...],
    rows: Lines,
    left: Iterable[int],
    widths: Sequence[int],
) -> None:
    """Columns `left` are texts; the widest column takes what is over."""
    model.show(header, tuple(rows), frozenset(left))
    widen(view, header, widths)


def widen(view: ListView, header: Sequence[str], widths: Sequence[int]) -> None:
    """Columns as wide as they should be and never narrower than their heads; the widest takes what is
    over."""
    metrics = QFontMetrics(theme.sized_font(1.0, bold=True))
    for column, (width, title) in enumerate(zip(widths, header, strict=False)):
        whole = metrics.horizontalAdvance(title) + 2 * PAD + 4
        view.setColumnWidth(column, max(theme.px(width), whole))
    view.horizontalHeader().setSectionResizeMode(widths.index(max(widths)), QHeaderView.ResizeMode.Stretch)


def as_high_as(view: ListView, rows: int, most: int) -> None:
    """As high as its rows, at most so many: no row is cut in half."""
    head = view.horizontalHeader().sizeHint().height()
    high = view.verticalHeader().defaultSectionSize()
    view.setFixedHeight(head + high * max(1, min(rows, most)) + 2)
