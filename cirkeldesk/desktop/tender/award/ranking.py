"""The ranking of the award: a row a bid, with its place, its judgement, and what its price comes to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import PAD, LinedCell
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.model.award.award import Award
from cirkeldesk.model.tender.award_rules import Verdict
from cirkeldesk.wording import terms
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.award.scale import PriceScale, price_scale, scale_words

Index = QModelIndex | QPersistentModelIndex
PLACE, NAME, JUDGED, PRICE, MKI = range(5)
ROW_HIGH, CIRCLE, DOT, BAR_HIGH = 50, 26, 5, 8  # px
JUDGED_WIDE, SCALE_LEAST = 138, 150
VERDICTS: tuple[Verdict, ...] = ("valid", "invalid", "withdrawn")


class RankCell(LinedCell):
    """A place in a circle, a second line under names and amounts, the way from price to fictieve prijs."""

    def __init__(self, view: Ranking) -> None:
        super().__init__(view)
        self._ranking = view

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if self._ranking.wins(index.row()) and not chosen:
            painter.fillRect(option.rect, theme.color("accent_soft"))
        super().paint_ground(painter, option, index)

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, column = self._ranking, index.column()
        rect = option.rect.adjusted(PAD, 0, -PAD, -1)
        if column == PLACE and view.place(index.row()):
            self._paint_place(painter, rect, index.row())
        elif column == view.scale_column:
            self._paint_scale(painter, rect, index.row())
        elif column != JUDGED or view.indexWidget(view.texts.index(index.row(), JUDGED)) is None:
            strong = column in (NAME, view.total_column)
            self.paint_two(painter, option, rect, view.note(index.row(), column), strong=strong)

    def _paint_place(self, painter: QPainter, rect: QRect, row: int) -> None:
        wins, size = self._ranking.wins(row), theme.px(CIRCLE)
        circle = QRectF(rect.left(), rect.center().y() - size / 2, size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if wins else "control"), 1.2))
        painter.setBrush(theme.color("accent" if wins else "bg"))
        painter.drawEllipse(circle)
        painter.setFont(theme.sized_font(1.0, bold=True))
        painter.setPen(theme.color("on_accent" if wins else "text"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._ranking.place(row))

    def _paint_scale(self, painter: QPainter, rect: QRect, row: int) -> None:
        scale = self._ranking.scale
        pair = scale.pairs[row] if scale is not None and row < len(scale.pairs) else None
        if scale is None or pair is None or rect.width() < 2 * DOT:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = rect.center().y()
        room = rect.adjusted(DOT, 0, -DOT, 0)
        start, end = (room.left() + room.width() * scale.share(value) for value in pair)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(rect.left(), middle, rect.right(), middle)
        wins = self._ranking.wins(row)
        token = "text" if theme.is_contrast() else "bar" if wins else "bar_2"
        left, right = min(start, end), max(start, end)
        painter.fillRect(QRectF(left, middle - BAR_HIGH / 2, right - left, BAR_HIGH), theme.color(token))
        painter.setPen(QPen(theme.color("text"), 2))
        painter.setBrush(theme.color("bg"))
        painter.drawEllipse(QPointF(end, middle), DOT, DOT)
        painter.setBrush(theme.color("text"))
        painter.drawEllipse(QPointF(start, middle), DOT, DOT)


class Ranking(PlainTable):
    """Enter on a bid opens its filled-in sum. `judged(row, verdict)`: chosen in the row of a bid. `scaled`
    when the way from price to fictieve prijs came or went, for want of room."""

    opened = Signal(int)
    judged = Signal(int, object)
    scaled = Signal()

    def __init__(self) -> None:
        super().__init__("Rangorde")
        self._found: Award | None = None
        self.scale: PriceScale | None = None
        self.setAccessibleDescription("Enter op een inschrijving laat de ingevulde som zien.")
        self.setItemDelegate(RankCell(self))
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentRowChanged.connect(lambda current, _: self._moved(current))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        theme.keep_rows(self.verticalHeader(), ROW_HIGH)

    # --- what is shown

    @property
    def scale_column(self) -> int:
        return len(self.texts.header) - 1

    @property
    def shows_scale(self) -> bool:
        return self.scale is not None and not self.isColumnHidden(self.scale_column)

    @property
    def total_column(self) -> int:
        return len(self.texts.header) - 3

    def wins(self, row: int) -> bool:
        found = self._found
        return found is not None and row < len(found.bids) and found.bids[row].id == found.winner

    def place(self, row: int) -> str:
        """ "1", or "" for a bid without a place."""
        found = self._found
        rank = found.bids[row].rank if found is not None and row < len(found.bids) else None
        return str(rank) if rank is not None else ""

    def note(self, row: int, column: int) -> str:
        """The second line of a cell: who made the bid, its MKI, how far it is from number 1."""
        texts, found = self.texts.rows[row], self._found
        if found is None:
            return ""
        if column == NAME:
            return found.tender.variant(found.bids[row].id).bidder or ""
        if column == PRICE and awarding.asks_mki(found.tender):
            return f"MKI {texts[MKI]}"
        if column == self.total_column and texts[-2]:
            return "nummer 1" if found.bids[row].rank == 1 else texts[-2].removeprefix("€ ").strip()
        return ""

    def show_award(self, found: Award, *, judging: bool) -> None:
        """`judging`: whether a person may judge the bids here and now."""
        self._found, self.scale = found, price_scale(found)
        table = awarding.ranking(found)
        rows = [(*row, scale_words(self.scale, place)) for place, row in enumerate(table.rows)]
        self.show_rows((*table.header, scale_words(self.scale)), rows, left=3)
        for column in (MKI, len(table.header) - 1):
            self.setColumnHidden(column, True)  # said in the second line of price and total
        if judging:
            self._offer_judgement(found)
        self._share_width()

    def _offer_judgement(self, found: Award) -> None:
        for row, bid in enumerate(found.bids):
            box = ChoiceList()
            box.setAccessibleName(f"Oordeel over {bid.name}")
            box.setPlaceholderText(awarding.validity_text(bid))
            for verdict in VERDICTS:
                box.addItem(terms.VALIDITY[verdict], verdict)
            box.setCurrentIndex(VERDICTS.index(bid.validity) if bid.validity in VERDICTS else -1)
            box.activated.connect(partial(self._judge, row))
            holder = QWidget()
            inside = QHBoxLayout(holder)
            inside.setContentsMargins(PAD - 4, 0, PAD, 0)
            inside.addWidget(box)
            self.setIndexWidget(self.texts.index(row, JUDGED), holder)

    def _judge(self, row: int, place: int) -> None:
        """The row goes on to show what was decided: what was chosen here is only begun."""
        box, found = self.judge_box(row), self._found
        if box is not None and found is not None:
            validity = found.bids[row].validity
            box.setCurrentIndex(VERDICTS.index(validity) if validity in VERDICTS else -1)
        self.judged.emit(row, VERDICTS[place])

    def judge_box(self, row: int) -> ChoiceList | None:
        """The list of a row, None where nobody may judge now."""
        holder = self.indexWidget(self.texts.index(row, JUDGED))
        return holder.findChild(ChoiceList) if holder is not None else None

    def _share_width(self) -> None:
        """Each column what it needs; the last takes the rest."""
        last = self.scale_column
        if last < PRICE:
            return
        notes, name = QFontMetrics(theme.sized_font(0.92)), QFontMetrics(theme.sized_font(1.0, bold=True))
        rows = range(len(self.texts.rows))
        for column in (NAME, PRICE, self.total_column):
            needed = [notes.horizontalAdvance(self.note(row, column)) for row in rows]
            needed += [name.horizontalAdvance(self.texts.rows[row][column]) for row in rows]
            needed.append(name.horizontalAdvance(self.texts.header[column]))
            self.setColumnWidth(column, min(theme.px(260), max(needed) + 2 * PAD + 4))
        self.setColumnWidth(PLACE, theme.px(84))
        self.setColumnWidth(JUDGED, max(theme.px(JUDGED_WIDE), self.columnWidth(JUDGED)))
        self.horizontalHeader().setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(theme.px(48))
        self._show_scale()

    def _show_scale(self) -> None:
        """Where there is room to read it."""
        last = self.scale_column
        if last < PRICE:
            return
        shown = (column for column in range(last) if not self.isColumnHidden(column))
        room = self.viewport().width() - sum(self.columnWidth(column) for column in shown)
        hidden = self.scale is None or room < theme.px(SCALE_LEAST)
        if hidden != self.isColumnHidden(last):
            self.setColumnHidden(last, hidden)
            self.scaled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_scale()

    # --- keys

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.opened.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_F6:
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        rows = sorted({index.row() for index in self.selectedIndexes()})
        kept: Sequence[tuple[Any, ...]] = [self.texts.header, *(self.texts.rows[row] for row in rows)]
        lines = ["\t".join(line[:-1]) for line in kept]
        QGuiApplication.clipboard().setText("\n".join(lines).replace("\u2212", "-").replace("\u00a0", " "))
