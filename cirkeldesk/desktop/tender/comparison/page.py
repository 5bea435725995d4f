"""Step 3, Vergelijking: conclusion, matrix, charts; Waarom? beside it and Verklaar verschil in its place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.charts import description
from cirkeldesk.charts.description import Chart
from cirkeldesk.desktop.kit.chart_view import ChartPanel
from cirkeldesk.desktop.kit.choices import ChoiceList, Tabs
from cirkeldesk.desktop.kit.grid.clipboard import put_on_clipboard
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import PAD
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, empty_page, muted, plain_label
from cirkeldesk.desktop.tender.comparison.as_text import TextPage
from cirkeldesk.desktop.tender.comparison.cell import mark_width
from cirkeldesk.desktop.tender.comparison.certainty import CertaintyTab
from cirkeldesk.desktop.tender.comparison.difference import DifferencePage
from cirkeldesk.desktop.tender.comparison.hero import Hero
from cirkeldesk.desktop.tender.comparison.matrix import HEAD_WIDTH, Matrix, MatrixModel
from cirkeldesk.desktop.tender.comparison.why import WhyPanel
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.wording.comparison.as_text import comparison_text
from cirkeldesk.wording.comparison.rows import SHOWN, matrix_rows
from cirkeldesk.wording.comparison.summary import summary

Index = QModelIndex | QPersistentModelIndex


NARROWEST, WIDEST = 116, 230
NARROW_HEAD = 208


class ComparisonPage(QStackedWidget):
    """`rows_chosen` names the rows somebody does not want to see."""

    go_to_step = Signal(int)
    open_points = Signal()
    rows_chosen = Signal(object)

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self._wide, self._low = True, False
        self.hidden: frozenset[str] = frozenset()
        self.main = QWidget()
        self.addWidget(self._empty())
        self.addWidget(self.main)
        self.why_page = WhyPanel(session)
        self.why_page.closed.connect(self._close_why)
        outer = QHBoxLayout(self.main)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = QWidget()
        column = self.body_layout = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.hero = Hero()
        self.conclusion = self.hero.sentence
        column.addWidget(self.hero)
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 0, 20, 0)
        column.addLayout(inside, 1)
        self.tabs = Tabs()
        self.tabs.tabBar().setAccessibleName("Tabel, grafieken of zekerheid")
        self.tabs.setCornerWidget(self._tools(), Qt.Corner.TopRightCorner)
        self.model = MatrixModel()
        self.matrix = Matrix(self.model)
        self.matrix.why.connect(self._why)
        self.table_tab = QWidget()
        tab = QVBoxLayout(self.table_tab)
        tab.setContentsMargins(0, 2, 0, 0)
        tab.addWidget(self.matrix)
        self.tabs.addTab(self.table_tab, "Tabel")
        self.tabs.addTab(self._chart_tab(), "Grafieken")
        inside.addWidget(self.tabs, 1)
        outer.addWidget(body, 1)
        self.side = QFrame()
        self.side.setObjectName("panel")
        theme.keep_width(self.side, 360)
        self.side_layout = QVBoxLayout(self.side)
        self.side_layout.setContentsMargins(12, 10, 12, 8)
        self.side_layout.addWidget(self.why_page)
        outer.addWidget(self.side)
        self.side.hide()

    def make_rest(self) -> None:
        """What stands behind the table: half of the page, made apart (see `TenderView.make_part`)."""
        session = self.session
        self.difference = DifferencePage(session)
        self.difference.closed.connect(self._back)
        self.addWidget(self.difference)
        self.as_text = TextPage()
        self.as_text.closed.connect(self._back)
        self.addWidget(self.as_text)
        self.certainty = CertaintyTab(session)
        self.tabs.addTab(self.certainty, "Zekerheid")
        session.changed.connect(self.refresh)
        self.refresh()

    def _empty(self) -> QWidget:
        self.empty_text = plain_label()
        return empty_page(self.empty_text, button("Naar Varianten", lambda: self.go_to_step.emit(1)))

    def _tools(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        self.against_label = muted("Vergelijk met")
        self.against_label.setWordWrap(False)
        row.addWidget(self.against_label)
        self.against = ChoiceList()
        self.against.setAccessibleName("Vergelijk met")
        self.against.setMinimumWidth(140)
        self.against.activated.connect(lambda _: self._show_against())
        row.addWidget(self.against)
        self.shown = ChoiceList()
        self.shown.setAccessibleName("Toon")
        for code, text in SHOWN.items():
            self.shown.addItem(f"Toon {text}", code)
        self.shown.activated.connect(lambda _: self._show_matrix())
        row.addWidget(self.shown)
        self.points = button("Open punten", self.open_points.emit)
        row.addWidget(self.points)
        self.why_button = button("Waarom?", self._why_current, icon="why")
        self.difference_button = button("Verklaar verschil", self.explain_difference, icon="difference")
        row.addWidget(self.why_button)
        row.addWidget(self.difference_button)
        self.more = button("Meer", self._open_more)
        row.addWidget(self.more)
        return box

    def _open_more(self) -> None:
        self.more_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def more_menu(self) -> QMenu:
        """What the page can do besides, with the choices that have no room in a narrow window."""
        menu = QMenu(self)
        menu.addAction("Lees als tekst\tCtrl+T", self.read_as_text)
        menu.addAction("Kopieer als tabel", self.copy_table)
        menu.addAction("Kopieer als beeld", self.copy_picture)
        menu.addAction("Kopieer als tekst", self.copy_text)
        menu.addAction("Open punten", self.open_points.emit)
        shown = menu.addMenu("Toon")
        for place in range(self.shown.count()):
            action = shown.addAction(
                self.shown.itemText(place).removeprefix("Toon "), partial(self.show_as, place)
            )
            action.setCheckable(True)
            action.setChecked(place == self.shown.currentIndex())
        rows = menu.addMenu("Kies regels")
        for row in self.model.all_rows:
            action = rows.addAction(row.name_with_unit, partial(self._toggle_row, row.key))
            action.setCheckable(True)
            action.setChecked(row.key not in self.hidden)
            action.setEnabled(row.key != "total")  # the figure the page is about
        rows.addSeparator()
        rows.addAction("Alle regels tonen", partial(self.hide_rows, frozenset()))
        return menu

    def _show_against(self) -> None:
        self._show_matrix()
        self._show_indicators()

    def show_as(self, place: int) -> None:
        self.shown.setCurrentIndex(place)
        self._show_matrix()

    def _toggle_row(self, key: str) -> None:
        self.hide_rows(self.hidden ^ {key})

    def hide_rows(self, keys: frozenset[str]) -> None:
        self.hidden = keys
        self._show_matrix()
        self.rows_chosen.emit(keys)

    def copy_table(self) -> None:
        """The whole matrix as it is shown, for Excel."""
        put_on_clipboard(
            [
                ["", *self.model.names],
                *([row.name_with_unit, *(c.text for c in row.cells)] for row in self.model.kept),
            ]
        )
        self._copied("De tabel")

    def copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._text())
        self._copied("De tekst")

    def _text(self) -> str:
        return comparison_text(self.session.comparison, sorted(self.hidden), self.against.currentData())

    def copy_picture(self) -> None:
        """The page as it is seen: the table, or the charts."""
        tab = self.tabs.currentWidget()
        seen = tab.body if isinstance(tab, ScrollColumn) else tab
        if seen is not None:
            QGuiApplication.clipboard().setPixmap(seen.grab())
        self._copied("Het beeld")

    def _copied(self, what: str) -> None:
        self.bars.show_bar("copied", f"{what} staat op het klembord.", "info")

    def read_as_text(self) -> None:
        """The whole comparison as headings and sentences (Ctrl+T)."""
        if len(self.session.comparison.variants) > 1:
            self.as_text.show_text(self._text())
            self.setCurrentWidget(self.as_text)
            self.as_text.text.setFocus()

    def _back(self) -> None:
        self.setCurrentWidget(self.main)
        (self.matrix if self.tabs.currentWidget() is self.table_tab else self.tabs.tabBar()).setFocus()

    def _chart_tab(self) -> ScrollColumn:
        scroll = ScrollColumn(4, 8, 12, 8)
        column = scroll.column
        self.charts = {name: ChartPanel() for name in ("module", "post", "price", "indicator")}
        for chart in self.charts.values():
            column.addWidget(chart)
        column.addStretch(1)
        return scroll

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        comparison = self.session.comparison
        if len(comparison.variants) < 2:
            self.empty_text.setText(
                f"Er zijn twee ingevulde varianten nodig. U hebt er {len(comparison.variants)}."
            )
            self.setCurrentIndex(0)
            return
        if self.currentIndex() == 0:
            self.setCurrentWidget(self.main)
        self.hero.show_summary(summary(comparison, matrix_rows(comparison)))
        count = sum(p.level != "note" for p in comparison.problems)
        self.points.setText(f"Open punten ({count})")
        self._fill_against(comparison)
        self._show_matrix()
        self.charts["module"].show_chart(description.by_module(comparison))
        self.charts["post"].show_chart(description.by_post(comparison))
        self._show_or_hide("price", description.price_against_mki(comparison, self.session.award))
        self._show_indicators()
        self.difference.refresh()
        if self.currentWidget() is self.as_text:
            self.as_text.show_text(self._text())
        mki = not comparison.group.without_mki
        self.tabs.setTabVisible(self.tabs.indexOf(self.certainty), mki and self.certainty.has_designs)
        self.tabs.setTabVisible(1, mki)  # the charts are of the MKI
        for widget in (self.why_button, self.difference_button):
            widget.setVisible(mki)
        if self.side.isVisible() or self.currentWidget() is self.why_page:
            if self.why_page.variant_id in {v.id for v in comparison.variants}:
                self.why_page.refresh()
            else:
                self._close_why()

    def _show_indicators(self) -> None:
        """Of the variant that is compared with: it is the one whose profile is known most often."""
        chosen = self.against.currentData()
        self._show_or_hide(
            "indicator", description.by_indicator(self.session.comparison, chosen) if chosen else None
        )

    def _show_or_hide(self, name: str, chart: Chart | None) -> None:
        self.charts[name].setVisible(chart is not None)
        if chart is not None:
            self.charts[name].show_chart(chart)

    def _fill_against(self, comparison: Comparison) -> None:
        chosen = self.against.currentData()
        self.against.clear()
        for variant in comparison.variants:
            self.against.addItem(variant.name, variant.id)
        reference = comparison.reference or comparison.variants[0]
        index = self.against.findData(chosen if chosen is not None else reference.id)
        self.against.setCurrentIndex(index if index >= 0 else self.against.findData(reference.id))

    def _show_matrix(self) -> None:
        current = self.matrix.currentIndex()
        place = (current.row(), current.column())
        self.model.show(
            self.session.comparison, self.against.currentData(), self.shown.currentData(), self.hidden
        )
        self.fit()
        if place[0] >= 0:
            self.matrix.setCurrentIndex(self.model.index(min(place[0], self.model.rowCount() - 1), place[1]))

    def fit(self) -> None:
        """Columns as wide as their widest figure with its mark, in bold: a mark that is cut off says
        nothing."""
        metrics = QFontMetrics(theme.sized_font(1.0, bold=True))
        strong = QFontMetrics(theme.sized_font(1.15, bold=True))
        widths = []
        for column in range(self.model.columnCount()):
            cells = [row.cells[column] for row in self.model.rows if row.cells[column].value is not None]
            needed = [
                metrics.horizontalAdvance(cell.text)
                + (mark_width(cell.mark) + theme.px(8) if cell.mark else 0)
                for cell in cells
            ]
            needed += [strong.horizontalAdvance(row.cells[column].text) for row in self.model.rows[:2]]
            needed.append(metrics.horizontalAdvance(self.model.names[column]))
            widths.append(max(theme.px(NARROWEST), min(theme.px(WIDEST), max(needed) + 2 * PAD + 2)))
        self.matrix.share_width(widths)

    def set_wide(self, wide: bool, *, narrow: bool = False, low: bool = False) -> None:
        """Low windows get one line per row and a smaller conclusion, so that nine rows fit (UX 2)."""
        if wide != self._wide and (self.side.isVisible() or self.currentWidget() is self.why_page):
            self._close_why()  # the panel belongs to the other arrangement
        self._wide, self._low = wide, low
        self._show_tools()
        theme.keep_width(self.matrix.verticalHeader(), HEAD_WIDTH if wide else NARROW_HEAD)
        self.matrix.set_low(low)
        self.body_layout.setSpacing(0 if low else 6)

    def _show_tools(self) -> None:
        """The tabs come first: what has no room beside them is in the menu."""
        roomy = self._wide and not self.side.isVisibleTo(self.main)
        for part in (self.against_label, self.points, self.shown):
            part.setVisible(roomy)
        self.hero.lay_out(roomy=roomy, low=self._low)

    # --- why
    # -----------------------------------------------------------------------------------------------------

    def _why_current(self) -> None:
        index = self.matrix.currentIndex()
        column = index.column() if index.isValid() else 0
        self._why(index.row() if index.isValid() else 1, column)

    def _why(self, row: int, column: int) -> None:
        variants = self.session.comparison.variants
        if not 0 <= column < len(variants):
            return
        if self.model.is_fold(row):
            self._unfold()
            return
        key = self.model.rows[row].key if 0 <= row < len(self.model.rows) else "total"
        if key == "open":
            self.open_points.emit()
            return
        self.why_page.show_variant(variants[column].id, self.model.rows[max(0, row)])
        if self._wide:
            if self.indexOf(self.why_page) >= 0:
                self.removeWidget(self.why_page)
            self.side_layout.addWidget(self.why_page)
            self.why_page.column.setContentsMargins(0, 0, 0, 0)
            self.why_page.show()
            self.side.show()
            self._show_tools()
            QTimer.singleShot(0, self.matrix, self.matrix.show_current)
        else:
            self.addWidget(self.why_page)
            self.why_page.column.setContentsMargins(16, 8, 16, 8)
            self.setCurrentWidget(self.why_page)
        self.why_page.tree.setFocus()

    def _unfold(self) -> None:
        """Open or close the line of what says nothing; the keys stay on it."""
        self.model.unfold(opened=not self.model.unfolded)
        self.fit()
        self.matrix.setCurrentIndex(self.model.index(len(self.model.rows), 0))

    def _close_why(self) -> None:
        if self.indexOf(self.why_page) >= 0:
            self.removeWidget(self.why_page)
            self.setCurrentWidget(self.main)
        self.side.hide()
        self._show_tools()
        (self.matrix if self.tabs.currentWidget() is self.table_tab else self.tabs.tabBar()).setFocus()

    def explain_difference(self) -> None:
        self.difference.choose_default()
        self.setCurrentWidget(self.difference)
        self.difference.first.setFocus()
