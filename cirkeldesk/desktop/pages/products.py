"""Products: the library, import of declarations, a product's values and its open questions."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.jobs import Job, Worker
from cirkeldesk.desktop.lists import ListModel, ListView
from cirkeldesk.desktop.text_table import TextTableModel
from cirkeldesk.desktop.widgets import BarKind, BarSpace, button, heading, muted
from cirkeldesk.model.modules import in_order
from cirkeldesk.model.product import Product
from cirkeldesk.operations.answers import note_text
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.products import answer, get_product, product_list
from cirkeldesk.operations.reports import FileReport
from cirkeldesk.store.errors import StoreError
from cirkeldesk.wording import numbers, sentences, terms

COLUMNS = ("Product", "Per", "Weegset", "Versie")
MOST_NOTES = 3
KINDS: dict[str, BarKind] = {"error": "error", "warning": "warn", "question": "warn"}


class ProductListModel(ListModel):
    def __init__(self, desk: Desk) -> None:
        super().__init__(COLUMNS)
        self.desk = desk

    def show(self, search: str) -> None:
        self.beginResetModel()
        self.rows = product_list(self.desk, search)
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        values = self.rows[row]
        texts = (values["name"], values["declared_unit"] or "invullen", values["sets"] or "geen", values["version"] or "")
        return str(texts[column])


class ProductsPage(QWidget):
    tender_imported = Signal(str)

    def __init__(self, desk: Desk, bars: BarSpace, worker: Worker) -> None:
        super().__init__()
        self.desk, self.bars, self.worker = desk, bars, worker
        self.product: Product | None = None
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(self._tools())
        column.addLayout(self._progress())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.model = ProductListModel(desk)
        self.table = ListView("Producten")
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for index, width in ((1, 60), (2, 70), (3, 90)):
            self.table.setColumnWidth(index, width)
        self.table.selectionModel().currentRowChanged.connect(lambda current, _: self._choose(current.row()))
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self._details())
        self.splitter.setSizes([420, 620])
        self.empty = QLabel("Nog geen producten. Sleep een milieuverklaring hierheen.")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.empty, 1)
        column.addWidget(self.splitter, 1)
        self.refresh()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.import_button = button("Milieuverklaring inlezen", self.choose_files, icon="open", primary=True)
        row.addWidget(self.import_button)
        row.addStretch(1)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Zoek op product of leverancier")
        self.search.setAccessibleName("Zoek op product of leverancier")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(300)
        self.search.textChanged.connect(lambda _: self.refresh())
        row.addWidget(self.search)
        return row

    def _progress(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Voortgang van het inlezen")
        self.stop = button("Stoppen", self._stop)
        self._job: Job | None = None
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.bar.hide()
        self.stop.hide()
        return row

    def _details(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 0, 0, 0)
        self.title = heading("", 1.15)
        self.facts = muted()
        self.question_row = QHBoxLayout()
        self.set_box = QComboBox()
        self.set_box.setAccessibleName("Welke waarden")
        self.set_box.activated.connect(lambda _: self._show_values())
        self.values = QTableView()
        self.values.setAccessibleName("Waarden van het product")
        self.value_model = TextTableModel()
        self.values.setModel(self.value_model)
        self.values.verticalHeader().hide()
        self.values.verticalHeader().setDefaultSectionSize(26)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        column.addLayout(self.question_row)
        column.addWidget(self.set_box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.values, 1)
        return box

    # --- showing -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.product.id if self.product else None
        self.model.show(self.search.text())
        filled = bool(self.model.rows)
        self.empty.setVisible(not filled)
        self.splitter.setVisible(filled)
        if not filled and self.search.text():
            self.empty.setText(f"Niets gevonden voor “{self.search.text()}”. Gezocht in product en leverancier.")
        elif not filled:
            self.empty.setText("Nog geen producten. Sleep een milieuverklaring hierheen.")
        else:
            row = next((i for i, r in enumerate(self.model.rows) if r["id"] == chosen), 0)
            self.table.selectRow(row)
            self._choose(row)

    def set_wide(self, wide: bool) -> None:
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self.product = get_product(self.desk, self.model.rows[row]["id"])
            self._show_product(self.product)

    def _show_product(self, product: Product) -> None:
        self.title.setText(product.name)
        amount = f"{numbers.as_typed(product.declared_amount)} {product.declared_unit}" if product.declared_amount else "invullen"
        facts = [f"Waarden per {amount}"]
        if product.valid_until:
            facts.append(f"geldig tot {numbers.date(product.valid_until)}")
        if product.density_kg_m3:
            facts.append(f"dichtheid {numbers.as_typed(product.density_kg_m3)} kg/m³")
        facts += [text for text in (product.owner, product.number and f"nummer {product.number}") if text]
        if product.source:
            facts.append(f"uit {product.source.file}")
        if product.fictitious:
            facts.append(terms.EXAMPLE_MARK)
        share = [
            f"{c.name} {numbers.percent(c.fraction * 100)}" for c in product.composition.constituents if c.fraction is not None
        ]
        text = " · ".join(facts)
        lines = [text, f"Samenstelling: {', '.join(share)}"] if share else [text]
        noticed = [terms.WARNINGS[key] for key in product.warnings if key in terms.WARNINGS]
        lines += [f"Let op: {', '.join(noticed)}."] if noticed else []
        self.facts.setText("\n".join(lines))
        self._show_questions(product)
        self.set_box.clear()
        for index, declaration in enumerate(product.declarations):
            name = f"Milieueffecten set {declaration.set}" if declaration.set else "Grondstoffen, energie en afval"
            self.set_box.addItem(name, index)
        self.set_box.setVisible(bool(product.declarations))
        self._show_values()

    def _show_questions(self, product: Product) -> None:
        while self.question_row.count():
            item = self.question_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for question in product.open:
            self.question_row.addWidget(QLabel(terms.QUESTION_KEYS[question.key]))
            for choice in question.choices:
                made = button(choice, partial(self._answer, question.key, choice))
                made.setEnabled(not self.desk.read_only)
                self.question_row.addWidget(made)
        if product.open:
            self.question_row.addStretch(1)

    def _answer(self, key: str, choice: str) -> None:
        if self.product is None:
            return
        try:
            self.product = answer(self.desk, self.product.id, key, choice)
        except StoreError as problem:
            self.bars.show_bar("import", sentences.error(problem.key, **problem.params), "error")
            return
        self.refresh()

    def _show_values(self) -> None:
        """Indicators by modules, as declared; a module under two scenarios is two columns."""
        if self.product is None or not self.product.declarations:
            self.value_model.show((), ())
            return
        declaration = self.product.declarations[self.set_box.currentData() or 0]
        cells: dict[str, dict[tuple[str, str], str]] = {}
        units: dict[str, str] = {}
        columns: dict[tuple[str, str], None] = {}
        for row in declaration.values:
            column = (row.module, row.scenario or "")
            columns[column] = None
            text = terms.VALUE_STATES[row.state] or (row.raw or numbers.as_typed(row.value or 0.0))
            cells.setdefault(row.indicator, {})[column] = text
            units.setdefault(row.indicator, row.unit or "")
        order = {name: i for i, name in enumerate(in_order({module for module, _ in columns}))}
        ordered = sorted(columns, key=lambda c: (order[c[0]], c[1]))
        header = ("Milieueffect", "Eenheid", *(f"{module} {scenario}".strip() for module, scenario in ordered))
        rows = tuple((code, units[code], *(found.get(c, "") for c in ordered)) for code, found in cells.items())
        self.value_model.show(header, rows, frozenset({0, 1}))
        self.values.setColumnWidth(0, 130)
        for place in range(1, len(header)):
            self.values.setColumnWidth(place, 104)

    # --- importing -----------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, "Inlezen", "", "Milieuverklaringen en dossiers (*.json *.csv *.cirkel);;Alle bestanden (*)"
        )
        if names:
            self.import_paths([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.import_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def import_paths(self, files: list[Path]) -> None:
        """Read beside the window, with progress and a way to stop."""
        if not files or self._job is not None:
            return
        if self.desk.store.why_read_only is not None:
            problem = self.desk.store.why_read_only
            self.bars.show_bar("import", sentences.error(problem.key, **problem.params), "warn")
            return

        def work(job: Job) -> list[FileReport]:
            def progress(index: int, of: int, name: str) -> bool:
                job.progress.emit(index, of, name)
                return not job.cancelled

            return import_files(self.desk, files, progress=progress)

        self.bar.setRange(0, len(files))
        self.bar.setValue(0)
        self.bar.show()
        self.stop.show()
        self._job = self.worker.start(work, self._imported, self._import_failed)
        self._job.progress.connect(self._show_progress)

    def _show_progress(self, index: int, total: int, name: str) -> None:
        self.bar.setValue(index)
        self.bar.setFormat(f"{index + 1} van {total}: {name}")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        self.bar.hide()
        self.stop.hide()

    def _import_failed(self, problem: Exception) -> None:
        self._end()
        if isinstance(problem, StoreError):
            self.bars.show_bar("import", sentences.error(problem.key, **problem.params), "error")
        else:
            raise problem

    def _imported(self, reports: list[FileReport]) -> None:
        self._end()
        stored = sum(len(r.products) for r in reports if r.status in ("imported", "question"))
        same = sum(len(r.products) for r in reports if r.status == "unchanged")
        parts = [f"{stored} producten ingelezen" if stored != 1 else "1 product ingelezen"] if stored else []
        parts += [f"{same} al bekend"] if same else []
        notes = [(report, n) for report in reports for n in report.notes if n.level != "question" or report.status == "question"]
        lines = [f"{', '.join(parts)}."] if parts else []
        lines += [f"{report.file}: {note_text(found)}" for report, found in notes[:MOST_NOTES]]
        if len(notes) > MOST_NOTES:
            lines.append(f"En nog {len(notes) - MOST_NOTES} meldingen. Bij elk product staat wat opviel.")
        worst = min((found.level for _, found in notes), key=list(KINDS).index, default=None)
        self.bars.show_bar("import", "\n".join(lines), KINDS[worst] if worst else "good")
        ids = [identity for report in reports for identity in report.products]
        if ids:
            self.product = get_product(self.desk, ids[0])
        self.refresh()
        for report in reports:
            for number_text in report.tenders:
                self.tender_imported.emit(number_text)
