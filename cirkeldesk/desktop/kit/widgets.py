"""Small shared widgets: message bar, number field, labels and buttons with their accessible names."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cirkeldesk.desktop.kit.look import theme


class ScrollColumn(QScrollArea):
    """A frameless page that scrolls when the window is too small; widgets go in `column`."""

    def __init__(self, left: int, top: int, right: int, bottom: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.body = QWidget()
        self.setWidget(self.body)
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(left, top, right, bottom)


def three_columns() -> QGridLayout:
    """The grid of fields on a page: three columns of one width."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    return grid


def tab_along(widgets: Sequence[QWidget]) -> None:
    """Tab goes from each to the next: for parts that were put in another place, or made later."""
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)


def needed_width(row: QHBoxLayout, also: QWidget) -> int:
    """What the parts of a row take that are shown, with one that may be hidden now."""
    items = [row.itemAt(place) for place in range(row.count())]
    parts = [part for item in items if item is not None and (part := item.widget()) is not None]
    shown = [part for part in parts if part is also or not part.isHidden()]
    return sum(part.sizeHint().width() + row.spacing() for part in shown)


def empty_page(text: QLabel, *actions: QWidget) -> QWidget:
    """What a page shows while there is nothing yet: why, and what to do about it."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.addStretch(1)
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    text.setWordWrap(True)
    column.addWidget(text)
    for action in actions:
        column.addWidget(action, 0, Qt.AlignmentFlag.AlignCenter)
    column.addStretch(2)
    return page


def plain_label(text: str = "") -> QLabel:
    """A label that shows its text as it stands: Qt would take a name with markup in it for a page to lay
    out."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def chip_labels(found: Iterable[tuple[str, str]]) -> list[QWidget]:
    """Small words on a ground of their kind. `found`: (kind, text), the kind "" for a fact: a line around
    it and no ground."""
    made: list[QWidget] = []
    for kind, text in found:
        chip = plain_label(text)
        chip.setProperty("chip", kind or "plain")
        made.append(chip)
    return made


class ElidedLabel(QLabel):
    """A label of one line that ends in … where there is no room, with the whole text under the mouse."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(60)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


def plain_tip(text: str) -> str:
    """A tooltip's text, of which Qt must not make a page either."""
    return f"<qt>{html.escape(text)}</qt>" if "<" in text else text


def heading(text: str, factor: float = 1.35) -> QLabel:
    label = plain_label(text)
    theme.keep_font(label, factor, bold=True)
    label.setWordWrap(True)
    return label


def muted(text: str = "") -> QLabel:
    label = plain_label(text)
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label


def button(
    text: str, run: Callable[[], object], *, icon: str | None = None, primary: bool = False
) -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(text.replace("&", ""))
    if icon:
        dress(made, icon, "on_accent" if primary else "text")
    if primary:
        made.setProperty("primary", True)
    made.clicked.connect(lambda: run())
    return made


def name_button(made: QAbstractButton, text: str) -> None:
    """What it does now, for the eye and the ear."""
    made.setText(text)
    made.setAccessibleName(text)


def dress(made: QAbstractButton, icon: str, token: str) -> None:
    """An icon in a colour of the theme, remembered so that another theme can tint it again."""
    made.setIcon(theme.icon(icon, token))
    made.setProperty("icon_name", icon)
    made.setProperty("icon_token", token)


def picture(name: str, token: str = "text", size: int = 18) -> QLabel:
    """An icon that only accompanies a word."""
    made = plain_label()
    made.setPixmap(theme.icon(name, token).pixmap(size, size))
    made.setProperty("icon_name", name)
    made.setProperty("icon_token", token)
    made.setProperty("icon_size", size)
    return made


def fold(text: str, part: QWidget) -> QToolButton:
    """A folded part of a page: the mark turns when it opens."""
    made = tool(f"▸ {text}", lambda: None)
    made.setAccessibleName(text)
    made.setCheckable(True)
    part.hide()
    part.setProperty("unfold", lambda: made.setChecked(True))

    def turn(opened: bool) -> None:
        part.setVisible(opened)
        name_fold(made, made.accessibleName())

    made.toggled.connect(turn)
    return made


def name_fold(made: QToolButton, text: str) -> None:
    """What a folded part holds now; the mark says whether it is open."""
    made.setText(f"{'▾' if made.isChecked() else '▸'} {text}")
    made.setAccessibleName(text)


def tool(text: str, run: Callable[[], object], *, icon: str | None = None) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setAccessibleName(text)
    if icon:
        dress(made, icon, "text")
        made.setIconSize(QSize(18, 18))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda: run())
    return made


def lasting(focus: QWidget | None) -> QWidget | None:
    """What to give the focus back to: the table of an editor, as the editor goes when it loses the focus."""
    widget = focus
    while widget is not None and not isinstance(widget, QAbstractItemView):
        widget = widget.parentWidget()
    return widget or focus


def give_focus(widget: QWidget | None) -> None:
    """Back to where it was, if that is still there and seen."""
    if widget is not None and isValid(widget) and widget.isVisible():
        widget.setFocus()
