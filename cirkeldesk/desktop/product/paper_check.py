"""Values that were read from a PDF, beside the page they stand on, to be confirmed by somebody who looked.

A cell that is chosen is marked on the page; what the sums of the table prove of it stands under the values.
Nothing counts before *Bevestigen*.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QTableView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.jobs import Job, Worker
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.pictures import pixmap_of
from cirkeldesk.desktop.kit.tables.text_table import Index, PlainTable, TextTableModel
from cirkeldesk.desktop.kit.widgets import button, heading, muted, plain_label
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.printed import Proof
from cirkeldesk.model.product.product import Product
from cirkeldesk.operations.paper.pictures import Picture, pictures
from cirkeldesk.wording.reading import printed

PAGE_WIDTH = 620
MARGIN = 3.0  # points around a marked value
COLOURS: dict[Proof, tuple[str, str]] = {
    "proven": ("text", "good_soft"),
    "differs": ("error", "error_soft"),
    "unproven": ("text", "warn_soft"),
}


class PrintedModel(TextTableModel):
    """Indicators by modules; each cell in the colour of what the table proves of it, and with its word."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[tuple[int, int], DeclaredValue] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self.values.get((index.row(), index.column())) if index.isValid() else None
        if value is not None and value.printed is not None:
            text, ground = COLOURS[value.printed.proof]
            if role == Qt.ItemDataRole.BackgroundRole:
                return theme.color(ground)
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.color(text)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return printed.value_text(value)
        return super().data(index, role)


class MarkedPage(QWidget):
    """A page with a frame around one place, in points from its lower left corner."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: QPixmap | None = None
        self.points = (1.0, 1.0)
        self.mark: tuple[float, float, float, float] | None = None
        self.setAccessibleName("Bladzijde van de PDF")

    def show_page(self, picture: QPixmap, points: tuple[float, float]) -> None:
        self.picture, self.points = picture, points
        self.setFixedSize(picture.deviceIndependentSize().toSize())
        self.update()

    def show_mark(self, mark: tuple[float, float, float, float] | None) -> None:
        self.mark = mark
        self.update()

    def marked(self) -> QRectF:
        """The frame in pixels of the widget."""
        if self.mark is None:
            return QRectF()
        left, bottom, right, top = self.mark
        scale = self.width() / self.points[0]
        return QRectF(
            (left - MARGIN) * scale,
            (self.points[1] - top - MARGIN) * scale,
            (right - left + 2 * MARGIN) * scale,
            (top - bottom + 2 * MARGIN) * scale,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self.picture)
        if self.mark is not None:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(self.marked())
        painter.end()


class PaperCheck(QWidget):
    confirmed = Signal(str)  # id of the product
    closed = Signal()

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.worker = worker
        self.product: Product | None = None
        self.pages: list[Picture] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(button("Terug", self.closed.emit))
        self.title = heading("", 1.15)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        head.addWidget(self.title, 1)
        self.confirm = button("Bevestigen", self._confirm, primary=True)
        head.addWidget(self.confirm)
        column.addLayout(head)
        self.told = muted()
        self.told.setWordWrap(True)
        column.addWidget(self.told)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        self.view = QScrollArea()
        self.view.setAccessibleName("De PDF")
        self.page = MarkedPage()
        self.view.setWidget(self.page)
        splitter.addWidget(self.view)
        splitter.addWidget(self._values())
        splitter.setSizes([PAGE_WIDTH + 30, 600])
        column.addWidget(splitter, 1)

    def _values(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        self.columns = PlainTable("Wat elke kolom van de tabel bewijst")
        column.addWidget(self.columns)
        self.model = PrintedModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        self.table.setAccessibleName("Gelezen waarden; kies er een om haar op de bladzijde te zien")
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        theme.keep_rows(self.table.verticalHeader())
        self.table.selectionModel().currentChanged.connect(lambda current, _: self._show_value(current))
        column.addWidget(self.table, 1)
        self.one = plain_label()
        self.one.setWordWrap(True)
        self.one.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.one)
        return side

    def show_product(self, product: Product, paper: bytes, *, read_only: bool) -> None:
        """The product beside its PDF; the pages are drawn beside the window."""
        self.product, self.pages = product, []
        self.title.setText(f"Vergelijk met de PDF: {product.name}")
        self.told.setText(printed.what_to_do(product))
        self.confirm.setEnabled(not read_only and any(q.key == "confirm" for q in product.open))
        self.columns.show_rows(printed.COLUMN_HEADS, printed.column_rows(product), left=3)
        rows, values = printed.value_rows(product)
        self.model.values = values
        self.model.show(rows[0], rows[1:], frozenset({0, 1}))
        self.table.resizeColumnsToContents()

        def work(job: Job) -> list[Picture] | None:
            return pictures(paper, 2 * PAGE_WIDTH, lambda: not job.cancelled)

        self.worker.start(work, self._show_pages, lambda _: None, "")

    def _show_pages(self, pages: list[Picture] | None) -> None:
        self.pages = pages or []
        current = self.table.currentIndex()
        if (current.row(), current.column()) in self.model.values:
            self._show_value(current)
        elif self.model.values:  # the first that needs eyes
            worst = min(self.model.values, key=lambda place: (_in_doubt(self.model.values[place]), place))
            self.table.setCurrentIndex(self.model.index(*worst))

    def _show_value(self, index: QModelIndex) -> None:
        value = self.model.values.get((index.row(), index.column()))
        self.one.setText(printed.value_text(value) if value is not None else "")
        place = value.printed if value is not None else None
        if place is None or not 1 <= place.page <= len(self.pages):
            self.page.show_mark(None)
            return
        picture = self.pages[place.page - 1]
        pixmap = pixmap_of(picture.pixels, picture.width, picture.height, picture.line)
        pixmap.setDevicePixelRatio(2.0)
        self.page.show_page(pixmap, picture.points)
        self.page.show_mark((place.left, place.bottom, place.right, place.top))
        centre = self.page.marked().center()
        self.view.ensureVisible(int(centre.x()), int(centre.y()), 120, 160)

    def _confirm(self) -> None:
        if self.product is not None:
            self.confirmed.emit(self.product.id)


def _in_doubt(value: DeclaredValue) -> int:
    """Values that a sum contradicts first, those that nothing proves after them."""
    return ("differs", "unproven", "proven").index(value.printed.proof) if value.printed is not None else 3
