"""Step 3, Vergelijking: conclusion, matrix, charts; Waarom? beside it and Verklaar verschil in its place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.charts import description
from cirkeldesk.desktop import theme
from cirkeldesk.desktop.chart_view import ChartPanel
from cirkeldesk.desktop.pages.certainty import CertaintyTab
from cirkeldesk.desktop.session import Session
from cirkeldesk.desktop.text_table import TextTableModel
from cirkeldesk.desktop.widgets import BarSpace, ScrollColumn, button, empty_page, heading, muted, plain_label, plain_tip, tool
from cirkeldesk.model.comparison import Comparison, VariantResult
from cirkeldesk.model.difference import explain_difference
from cirkeldesk.model.explanation import Branch, explain
from cirkeldesk.wording import differences, numbers, sentences, terms
from cirkeldesk.wording import explanations as words
from cirkeldesk.wording.rows import Row, matrix_rows

Index = QModelIndex | QPersistentModelIndex


class MatrixModel(QAbstractTableModel):
    """Rows of figures by variants: figure in the vertical header, variant in the horizontal one."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.names: list[str] = []
        self.one_line = False

    def show(self, comparison: Comparison, against: str | None) -> None:
        self.beginResetModel()
        self.rows = matrix_rows(comparison, against)
        self.names = [v.name for v in comparison.variants]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.with_mark
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.spoken(row, cell)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return cell.reason
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell.reason or "") or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole:
                return QBrush(theme.color("good" if cell.mark else "muted" if cell.state else "text"))
            case Qt.ItemDataRole.BackgroundRole:
                return QBrush(theme.color("good_soft")) if cell.mark and cell.mark != "gelijk" else None
            case Qt.ItemDataRole.FontRole:
                font = QFont(theme.body_font())
                font.setBold(cell.mark is not None)
                font.setItalic(cell.state is not None)
                return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and section < len(self.names):
                return self.names[section]
            return (
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter if role == Qt.ItemDataRole.TextAlignmentRole else None
            )
        if section >= len(self.rows):
            return None
        row = self.rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if self.one_line:
                return f"{row.name}  {row.unit.split(',')[0]}" if row.unit else row.name
            return f"{row.name}\n{row.unit}" if row.unit else row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.aloud(row.name_with_unit)
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if role == Qt.ItemDataRole.TextAlignmentRole else None


class Matrix(QTableView):
    """Enter on a cell asks why."""

    why = Signal(int, int)

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName("Vergelijking")
        self.setAccessibleDescription("Enter op een cel laat zien hoe het getal is opgebouwd.")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.keep_rows(self.verticalHeader(), 38)
        theme.keep_width(self.verticalHeader(), 236)
        self.horizontalHeader().setDefaultSectionSize(148)
        self.horizontalHeader().setMinimumSectionSize(124)
        self.doubleClicked.connect(lambda index: self.why.emit(index.row(), index.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.why.emit(index.row(), index.column())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() == Qt.Key.Key_F6:
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def copy_selection(self) -> None:
        """The chosen cells as tab text for Excel, with the names of figures and variants when more than one is chosen."""
        model = self.model()
        chosen = self.selectedIndexes()
        rows, columns = sorted({i.row() for i in chosen}), sorted({i.column() for i in chosen})
        if not chosen or not isinstance(model, MatrixModel):
            return
        lines = [[model.rows[r].cells[c].text for c in columns] for r in rows]
        if len(chosen) > 1:
            lines = [[model.rows[r].name_with_unit, *line] for r, line in zip(rows, lines, strict=True)]
            lines.insert(0, ["", *(model.names[c] for c in columns)])
        text = "\n".join("\t".join(line) for line in lines)
        QGuiApplication.clipboard().setText(text.replace("\u2212", "-").replace("\u00a0", " "))


class ComparisonPage(QStackedWidget):
    go_to_step = Signal(int)
    open_points = Signal()

    def __init__(self, session: Session, bars: BarSpace) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self._wide = True
        self.main = QWidget()
        self.addWidget(self._empty())
        self.addWidget(self.main)
        self.difference = DifferencePage(session)
        self.difference.closed.connect(lambda: self.setCurrentWidget(self.main))
        self.addWidget(self.difference)
        self.why_page = WhyPanel(session)
        self.why_page.closed.connect(self._close_why)
        outer = QHBoxLayout(self.main)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = QWidget()
        column = self.body_layout = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(8)
        self.conclusion = plain_label()
        self.conclusion.setWordWrap(True)
        theme.keep_font(self.conclusion, 1.15, bold=True)
        self.conclusion.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(self.conclusion)
        self.tabs = QTabWidget()
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
        self.certainty = CertaintyTab(session)
        self.tabs.addTab(self.certainty, "Zekerheid")
        column.addWidget(self.tabs, 1)
        outer.addWidget(body, 1)
        self.side = QFrame()
        self.side.setObjectName("panel")
        theme.keep_width(self.side, 360)
        self.side_layout = QVBoxLayout(self.side)
        self.side_layout.setContentsMargins(12, 10, 12, 8)
        self.side_layout.addWidget(self.why_page)
        outer.addWidget(self.side)
        self.side.hide()
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
        self.against = QComboBox()
        self.against.setAccessibleName("Vergelijk met")
        self.against.setMinimumWidth(140)
        self.against.activated.connect(lambda _: self._show_matrix())
        row.addWidget(self.against)
        self.points = button("Open punten", self.open_points.emit)
        row.addWidget(self.points)
        row.addWidget(button("Waarom?", self._why_current, icon="why"))
        row.addWidget(button("Verklaar verschil", self.explain_difference, icon="difference"))
        return box

    def _chart_tab(self) -> ScrollColumn:
        scroll = ScrollColumn(4, 8, 12, 8)
        column = scroll.column
        self.charts = {"module": ChartPanel(), "post": ChartPanel()}
        for chart in self.charts.values():
            column.addWidget(chart)
        column.addStretch(1)
        return scroll

    # --- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        comparison = self.session.comparison
        if len(comparison.variants) < 2:
            self.empty_text.setText(f"Er zijn twee ingevulde varianten nodig. U hebt er {len(comparison.variants)}.")
            self.setCurrentIndex(0)
            return
        if self.currentIndex() == 0:
            self.setCurrentWidget(self.main)
        text = sentences.sentence(comparison.conclusion)
        self.conclusion.setText(text)
        self.conclusion.setAccessibleName(words.aloud(text))
        count = sum(p.level != "note" for p in comparison.problems)
        self.points.setText(f"Open punten ({count})")
        self._fill_against(comparison)
        self._show_matrix()
        self.charts["module"].show_chart(description.by_module(comparison))
        self.charts["post"].show_chart(description.by_post(comparison))
        self.difference.refresh()
        self.tabs.setTabVisible(self.tabs.indexOf(self.certainty), self.certainty.has_designs)
        if self.side.isVisible() or self.currentWidget() is self.why_page:
            if self.why_page.variant_id in {v.id for v in comparison.variants}:
                self.why_page.refresh()
            else:
                self._close_why()

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
        self.model.show(self.session.comparison, self.against.currentData())
        if place[0] >= 0:
            self.matrix.setCurrentIndex(self.model.index(*place))

    def set_wide(self, wide: bool, *, narrow: bool = False, low: bool = False) -> None:
        """Low windows get one line per row and a smaller conclusion, so that nine rows fit (UX 2)."""
        if wide != self._wide and (self.side.isVisible() or self.currentWidget() is self.why_page):
            self._close_why()  # the panel belongs to the other arrangement
        self._wide = wide
        self.against_label.setVisible(not narrow)
        self.points.setVisible(not narrow)
        theme.keep_rows(self.matrix.verticalHeader(), theme.ROW if low else 38)
        theme.keep_font(self.conclusion, 1.0 if low else 1.15, bold=True)
        self.model.one_line = low
        self.model.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, len(self.model.rows) - 1))
        margins = (16, 4, 16, 4) if low else (16, 10, 16, 8)
        self.body_layout.setContentsMargins(*margins)
        self.body_layout.setSpacing(2 if low else 8)

    # --- why -----------------------------------------------------------------------------------------------------

    def _why_current(self) -> None:
        index = self.matrix.currentIndex()
        column = index.column() if index.isValid() else 0
        self._why(index.row() if index.isValid() else 1, column)

    def _why(self, row: int, column: int) -> None:
        variants = self.session.comparison.variants
        if not 0 <= column < len(variants):
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
            self.against_label.hide()
        else:
            self.addWidget(self.why_page)
            self.why_page.column.setContentsMargins(16, 8, 16, 8)
            self.setCurrentWidget(self.why_page)
        self.why_page.tree.setFocus()

    def _close_why(self) -> None:
        if self.indexOf(self.why_page) >= 0:
            self.removeWidget(self.why_page)
            self.setCurrentWidget(self.main)
        self.side.hide()
        self.against_label.setVisible(self._wide)
        self.matrix.setFocus()

    def explain_difference(self) -> None:
        self.difference.choose_default()
        self.setCurrentWidget(self.difference)
        self.difference.first.setFocus()


class WhyPanel(QWidget):
    """Waarom?: from the total to post, module, indicator and the sum at the leaf."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.variant_id = ""
        self.row_key = "total"
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        self.title = heading("Waarom?", 1.15)
        top.addWidget(self.title, 1)
        top.addWidget(tool("Terug", self.closed.emit, icon="back"))
        column.addLayout(top)
        self.text = plain_label()
        self.text.setWordWrap(True)
        column.addWidget(self.text)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Opbouw van de MKI")
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels(["Onderdeel", "€ MKI"])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.currentItemChanged.connect(self._show_sum)
        column.addWidget(self.tree, 1)
        self.sum = plain_label()
        self.sum.setWordWrap(True)
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.sum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def show_variant(self, variant_id: str, row: Row | None = None) -> None:
        self.variant_id = variant_id
        self.row_key = row.key if row is not None else "total"
        self.row_name = row.name if row is not None else "MKI totaal"
        self.refresh()

    def refresh(self) -> None:
        comparison = self.session.comparison
        result = next((v for v in comparison.variants if v.id == self.variant_id), None)
        if result is None:
            return
        self.title.setText(f"Waarom? {result.name}")
        self.text.setText(self._intro(result))
        self.tree.clear()
        branch = explain(comparison, self.session.inputs, self.variant_id)
        top = _item(branch, comparison)
        self.tree.addTopLevelItem(top)
        top.setExpanded(True)
        self.tree.setCurrentItem(top)

    def _intro(self, result: VariantResult) -> str:
        rows = {row.key: row for row in matrix_rows(self.session.comparison)}
        parts = []
        row = rows.get(self.row_key)
        if row is not None:
            index = [v.id for v in self.session.comparison.variants].index(result.id)
            cell = row.cells[index]
            parts.append(f"{row.name_with_unit}: {cell.with_mark}.")
            if cell.reason:
                parts.append(cell.reason)
        if result.total.value is None:
            parts.append(f"Voorlopige som van wat bekend is: {numbers.euro(result.partial)} MKI.")
        parts += [sentences.sentence(p.message) for p in result.problems if p.level == "blocks"][:3]
        if result.b4_from_d:
            parts.append(f"In B4 zit {numbers.euro(result.b4_from_d)} MKI uit levensfase D van de vervangingen.")
        return "\n".join(dict.fromkeys(parts))

    def _show_sum(self, item: QTreeWidgetItem | None, _previous: object = None) -> None:
        self.sum.setText(item.data(0, Qt.ItemDataRole.UserRole) or "" if item is not None else "")


def _item(branch: Branch, comparison: Comparison) -> QTreeWidgetItem:
    value = numbers.number(branch.value, 2) if branch.value is not None else terms.STATES["not_computable"]
    item = QTreeWidgetItem([words.branch_name(branch, comparison.weighting_set), value])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
    if branch.leaf is not None:
        item.setData(0, Qt.ItemDataRole.UserRole, words.leaf_sum(branch.leaf, comparison))
        item.setToolTip(0, plain_tip(words.leaf_sum(branch.leaf, comparison)))
    for child in branch.children:
        item.addChild(_item(child, comparison))
    return item


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
        self.first, self.second = QComboBox(), QComboBox()
        for box, name in ((self.first, "Eerste variant"), (self.second, "Tweede variant")):
            box.setAccessibleName(name)
            box.setMinimumWidth(130)
            box.activated.connect(lambda _: self.show_pair())
        top.addWidget(self.second)
        top.addWidget(muted("tegen"))
        top.addWidget(self.first)
        top.addWidget(button("Kopieer tekst", self.copy_text))
        top.addWidget(button("Kopieer beeld", self.copy_picture))
        column.addLayout(top)
        scroll = ScrollColumn(0, 0, 8, 0)
        inner = scroll.column
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        theme.keep_font(self.sentence, 1.15)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner.addWidget(self.sentence)
        self.table = QTableView()
        self.table.setAccessibleName("Verschil per post")
        self.table_model = TextTableModel()
        self.table.setModel(self.table_model)
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

    def refresh(self, pair: tuple[str, str] | None = None) -> None:
        chosen = pair or (self.first.currentData(), self.second.currentData())
        for box, wanted in ((self.first, chosen[0]), (self.second, chosen[1])):
            box.clear()
            for variant in self.session.comparison.variants:
                box.addItem(variant.name, variant.id)
            box.setCurrentIndex(max(0, box.findData(wanted)))
        self.show_pair()

    def show_pair(self) -> None:
        comparison = self.session.comparison
        a, b = self.first.currentData(), self.second.currentData()
        found = explain_difference(comparison, a, b) if a and b and a != b else None
        self.table.setVisible(found is not None)
        self.chart.setVisible(found is not None)
        if found is None:
            text = "Kies twee verschillende varianten." if a == b else "Een van de twee heeft nog geen volledige MKI."
            self.sentence.setText(text)
            return
        price = differences.price_sentence(comparison, found)
        self.sentence.setText(" ".join(filter(None, [differences.sentence(comparison, found), price])))
        table = differences.table(comparison, found)
        self.table_model.show(table.header, table.rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        metrics = self.table.fontMetrics()
        for column, name in enumerate(table.header):
            texts = [name, *(row[column] for row in table.rows)]
            self.table.setColumnWidth(column, max(metrics.horizontalAdvance(text) for text in texts) + 28)
        self.table.setFixedHeight(header.sizeHint().height() + len(table.rows) * theme.px(30) + 22)
        self.chart.show_chart(description.of_difference(comparison, found))

    def copy_text(self) -> None:
        lines = [self.sentence.text(), "\t".join(self.table_model.header)]
        lines += ["\t".join(row) for row in self.table_model.rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.chart.chart.grab())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
