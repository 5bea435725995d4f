"""Verklaar verschil: any two variants, in a sentence, a table and a bar per cause; then price and award."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.charts import description
from cirkeldesk.desktop.kit.chart_view import ChartPanel
from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.grid.clipboard import put_on_clipboard
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, fold, heading, muted, plain_label, tool
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.wording.comparison import differences

Index = QModelIndex | QPersistentModelIndex


class DifferencePage(QWidget):
    """Verklaar verschil: two variants, a sentence, a table and a bar per post."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(tool("Terug", self.closed.emit, icon="back"))
        top.addWidget(heading("Verklaar verschil", 1.15))
        top.addStretch(1)
        self.first, self.second = ChoiceList(), ChoiceList()
        for box, name in ((self.first, "Tegen welke variant"), (self.second, "Welke variant")):
            box.setAccessibleName(name)
            box.setMinimumWidth(130)
            box.activated.connect(lambda _: self._choose())
        top.addWidget(self.second)
        top.addWidget(muted("tegen"))
        top.addWidget(self.first)
        self.copy = button(
            "Kopiëren", lambda: self.copy_menu().popup(self.copy.mapToGlobal(self.copy.rect().bottomLeft()))
        )
        top.addWidget(self.copy)
        column.addLayout(top)
        scroll = self.page = ScrollColumn(0, 0, 8, 0)
        inner = scroll.column
        self.inner = scroll.body
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        theme.keep_font(self.sentence, 1.15)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner.addWidget(self.sentence)
        self.awarded = plain_label()
        self.awarded.setWordWrap(True)
        self.awarded.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner.addWidget(self.awarded)
        self.turning = plain_label()
        self.turning.setWordWrap(True)
        self.turning_button = fold("Bij welke prijs verandert de plaats? (alleen intern)", self.turning)
        self.turning_button.toggled.connect(lambda _: self._show_turning())
        inner.addWidget(self.turning_button, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.turning)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setAccessibleName("Verschil per post")
        self.table_model = TextTableModel()
        self.table.setModel(self.table_model)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        inner.addWidget(self.table)
        inner.addWidget(muted(differences.FOOTNOTE))
        self.chart = ChartPanel(titled=False)
        inner.addWidget(self.chart)
        inner.addStretch(1)
        column.addWidget(scroll, 1)

    def choose_default(self) -> None:
        pair = differences.default_pair(self.session.comparison)
        self.refresh(pair)
        self.page.verticalScrollBar().setValue(0)

    def refresh(self, pair: tuple[str, str] | None = None) -> None:
        chosen = pair or (self.first.currentData(), self.second.currentData())
        for box, wanted in ((self.first, chosen[0]), (self.second, chosen[1])):
            box.clear()
            for variant in self.session.comparison.variants:
                box.addItem(variant.name, variant.id)
            box.setCurrentIndex(max(0, box.findData(wanted)))
        self.show_pair()

    def _choose(self) -> None:
        """Another pair: what was asked about the last one is not asked about this one."""
        self.turning_button.setChecked(False)
        self.show_pair()

    def show_pair(self) -> None:
        comparison = self.session.comparison
        a, b = self.first.currentData(), self.second.currentData()
        found = explain_difference(comparison, a, b) if a and b and a != b else None
        self.table.setVisible(found is not None)
        self.chart.setVisible(found is not None)
        if found is None:
            text = (
                "Kies twee verschillende varianten."
                if a == b
                else "Een van de twee heeft nog geen volledige MKI."
            )
            self.sentence.setText(text)
            for part in (self.awarded, self.turning, self.turning_button):
                part.hide()
            self.awarded.clear()  # what is copied is what is shown
            self.turning_button.setChecked(False)
            self.table_model.show((), ())
            return
        price = differences.price_sentence(comparison, found)
        told = [differences.sentence(comparison, found), price, differences.warning(comparison, found)]
        self.sentence.setText(" ".join(filter(None, told)))
        awarded = differences.award_sentence(self.session.award, found)
        self.awarded.setText(awarded or "")
        self.awarded.setVisible(awarded is not None)
        self.turning_button.setVisible(awarded is not None)
        self.turning.setVisible(awarded is not None and self.turning_button.isChecked())
        self._show_turning()
        table = differences.table(comparison, found)
        self.table_model.show(table.header, table.rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        metrics = QFontMetrics(theme.sized_font(1.0, bold=True))
        for column, name in enumerate(table.header):
            texts = [name, *(row[column] for row in table.rows)]
            self.table.setColumnWidth(column, max(metrics.horizontalAdvance(text) for text in texts) + 28)
        self.table.setFixedHeight(header.sizeHint().height() + len(table.rows) * theme.px(30) + 22)
        self.chart.show_chart(description.of_difference(comparison, found))

    def _show_turning(self) -> None:
        """Worked out only when somebody asks for it; it never goes on paper for outside."""
        a, b = self.first.currentData(), self.second.currentData()
        if self.turning_button.isChecked() and a and b and a != b:
            found = explain_difference(self.session.comparison, a, b)
            text = differences.turning_sentence(self.session.award, found) if found is not None else None
            self.turning.setText(
                f"Intern: {text}" if text else "Er zijn twee inschrijvingen met een plaats nodig."
            )

    def copy_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Als beeld", self.copy_picture)
        menu.addAction("Als tabel", self.copy_table)
        menu.addAction("Als tekst", self.copy_text)
        return menu

    def told(self) -> list[str]:
        """The sentences above the table; the turning point only where it was asked for."""
        turning = self.turning.text() if self.turning_button.isChecked() else ""
        return [text for text in (self.sentence.text(), self.awarded.text(), turning) if text]

    def copy_text(self) -> None:
        lines = [
            *self.told(),
            "",
            *(
                "; ".join(f"{name}: {cell}" for name, cell in self._named(row))
                for row in self.table_model.rows
            ),
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _named(self, row: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(name, cell) for name, cell in zip(self.table_model.header, row, strict=True) if cell]

    def copy_table(self) -> None:
        put_on_clipboard([self.table_model.header, *self.table_model.rows])

    def copy_picture(self) -> None:
        """Sentence, table and chart as they are seen, without the buttons."""
        QGuiApplication.clipboard().setPixmap(self.inner.grab())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
