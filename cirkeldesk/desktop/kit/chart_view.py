"""Charts on screen: the marks of `charts.layout` painted by Qt, with a sentence and a table for those who
cannot see them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.charts.description import Chart, as_table
from cirkeldesk.charts.layout import Box, Diamond, Label, Mark, Module, Stroke, hatch_lines, height_of, layout
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.look.tokens import LIGHT
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import plain_label


def _font(size: float, *, bold: bool = False) -> QFont:
    font = QFont("Roboto")
    font.setPixelSize(round(size * 1.15))
    font.setBold(bold)
    return font


def measure(text: str, size: float) -> float:
    return QFontMetricsF(_font(size)).horizontalAdvance(text)


class ChartView(QWidget):
    """One chart. It redraws when it is given another, not while somebody types."""

    def __init__(self) -> None:
        super().__init__()
        self._chart: Chart | None = None
        self._marks: list[Mark] = []
        self._outlined = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(300)

    def show_chart(self, chart: Chart) -> None:
        self._chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.alt)
        self.setFixedHeight(theme.px(height_of(chart)))
        self._lay_out()
        self.update()

    def outline(self, row: int) -> None:
        """Outline the bar a table row is about; −1 none."""
        self._outlined = row
        self.update()

    @property
    def marks(self) -> list[Mark]:
        return self._marks

    def sizeHint(self) -> QSize:
        return QSize(640, theme.px(height_of(self._chart)) if self._chart else 120)

    def _lay_out(self) -> None:
        self._marks = layout(self._chart, self.width() / theme.zoom(), measure) if self._chart else []

    def resizeEvent(self, event: object) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """The zoom reaches a widget as another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._chart is not None:
            self.setFixedHeight(theme.px(height_of(self._chart)))
            self._lay_out()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self._box_at(event.pos().x() / theme.zoom(), event.pos().y() / theme.zoom())
            QToolTip.showText(event.globalPos(), box.tip if box else "", self)
            return True
        return super().event(event)

    def _box_at(self, x: float, y: float) -> Box | None:
        for mark in self._marks:
            if (
                isinstance(mark, Box)
                and mark.x <= x <= mark.x + mark.width
                and mark.y <= y <= mark.y + mark.height
            ):
                return mark
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(theme.zoom(), theme.zoom())
        for mark in self._marks:
            paint_mark(painter, mark)
        bars = [mark for mark in self._marks if isinstance(mark, Box) and mark.row == self._outlined]
        if bars:
            left, right = min(b.x for b in bars), max(b.x + b.width for b in bars)
            painter.setPen(QPen(theme.color("focus"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(left - 4, bars[0].y - 4, right - left + 8, bars[0].height + 8))
        painter.end()


class ChartPanel(QWidget):
    """A chart with its title and sentence, and the same figures as a table; a row of the table outlines its
    bar."""

    def __init__(self, *, titled: bool = True) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        top = QHBoxLayout()
        self.title = plain_label()
        theme.keep_font(self.title, 1.0, bold=True)
        if not titled:
            self.title.hide()
        top.addWidget(self.title)
        top.addStretch(1)
        self.toggle = QPushButton("Toon als tabel")
        self.toggle.setAccessibleName("Toon als tabel")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._show_table)
        top.addWidget(self.toggle)
        column.addLayout(top)
        self.chart = ChartView()
        column.addWidget(self.chart)
        self.model = TextTableModel()
        self.table = QTableView()
        dress_table(self.table)
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.hide()
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _: self.chart.outline(current.row())
        )
        column.addWidget(self.table)
        self.sentence = plain_label()
        self.sentence.setObjectName("muted")
        self.sentence.setWordWrap(True)
        column.addWidget(self.sentence)

    def show_chart(self, chart: Chart) -> None:
        self.title.setText(chart.title)
        self.sentence.setText(chart.alt)
        self.chart.show_chart(chart)
        header, rows = as_table(chart)
        self.table.setAccessibleName(f"{chart.title}, als tabel")
        self.model.show(header, rows)
        for place, name in enumerate(header):
            texts = [name, *(row[place] for row in rows)]
            self.table.setColumnWidth(
                place, max(self.fontMetrics().horizontalAdvance(text) for text in texts) + 28
            )
        height = self.table.horizontalHeader().sizeHint().height() + len(rows) * theme.row_height() + 20
        theme.keep_rows(self.table.verticalHeader())
        self.table.setFixedHeight(height)

    def _show_table(self, shown: bool) -> None:
        self.table.setVisible(shown)
        if not shown:
            self.chart.outline(-1)


def paint_mark(painter: QPainter, mark: Mark) -> None:
    if isinstance(mark, Box):
        _paint_box(painter, mark)
    elif isinstance(mark, Stroke):
        painter.setPen(QPen(theme.color(mark.ink), 1.0))
        painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
    elif isinstance(mark, Label):
        _paint_label(painter, mark)
    elif isinstance(mark, Module):  # black on white in every theme: a camera reads it
        painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), QColor("#000000"))
    elif isinstance(mark, Diamond):
        r = mark.radius
        shape = [(mark.x, mark.y - r), (mark.x + r, mark.y), (mark.x, mark.y + r), (mark.x - r, mark.y)]
        painter.setPen(QPen(theme.color("text"), 1.4))
        painter.setBrush(theme.color("bg"))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))


def _paint_box(painter: QPainter, box: Box) -> None:
    area = QRectF(box.x, box.y, box.width, box.height)
    painter.fillRect(area, QColor(box.fill))
    if box.hatch:
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QPen(QColor(LIGHT["text"]), 0.8))
        for x1, y1, x2, y2 in hatch_lines(box.hatch, box.width, box.height):
            # the layout's hatch runs upwards, the screen's y downwards
            start, end = (
                QPointF(box.x + x1, box.y + box.height - y1),
                QPointF(box.x + x2, box.y + box.height - y2),
            )
            painter.drawLine(start, end)
        painter.restore()
    painter.setPen(QPen(theme.color("text"), 0.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def _paint_label(painter: QPainter, mark: Label) -> None:
    painter.setFont(_font(mark.size, bold=mark.bold))
    painter.setPen(theme.color(mark.ink))
    width = painter.fontMetrics().horizontalAdvance(mark.text)
    x = {"left": mark.x, "middle": mark.x - width / 2, "right": mark.x - width}[mark.anchor]
    painter.drawText(QPointF(x, mark.y), mark.text)
