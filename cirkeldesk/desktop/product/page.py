"""Products: the library, import of declarations, a product's values and its open questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.drafts import passing
from cirkeldesk.desktop.kit.file_dialogs import ask_for_files, ask_for_folder
from cirkeldesk.desktop.kit.jobs import Job, Worker
from cirkeldesk.desktop.kit.messages import BarKind, Messages
from cirkeldesk.desktop.kit.product_editor.editor import ProductEditor
from cirkeldesk.desktop.kit.tables.lists import ListModel, ListView
from cirkeldesk.desktop.kit.widgets import button, plain_label
from cirkeldesk.desktop.product.import_report import ReportPage, summary
from cirkeldesk.desktop.product.paper_check import PaperCheck
from cirkeldesk.desktop.product.table_mapping import MappingPage
from cirkeldesk.model.document.document import Kind
from cirkeldesk.model.product.edits import ProductEdit
from cirkeldesk.model.product.printed import CONFIRMED
from cirkeldesk.model.product.product import Attachment, Product
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.import_report import FileReport, Note
from cirkeldesk.operations.imports import Batch, import_batch
from cirkeldesk.operations.lists import Listed
from cirkeldesk.operations.paper.plain_figures import note_text
from cirkeldesk.operations.product.incoming import import_table
from cirkeldesk.operations.product.products import (
    answer,
    attach_evidence,
    edit_product,
    get_product,
    new_product,
    paper_of,
    product_list,
    remove_product,
    restore_product,
    save_attachment,
)
from cirkeldesk.operations.product.tables import TableMapping
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import sentences

EMPTY = "Nog geen producten. Sleep een milieuverklaring hierheen, of typ er een over van papier met Nieuw product."
ORDERS = ("name", "declared_unit", "sets", "version")
COLUMNS = ("Product", "Per", "Weegset", "Versie")
FILES = (
    "Milieuverklaringen, tabellen en dossiers (*.xml *.zip *.json *.csv *.xlsx *.cirkel);;Alle bestanden (*)"
)
MOST_NOTES = 3
KINDS: dict[str, BarKind] = {"error": "error", "warning": "warn", "question": "warn"}


class ProductListModel(ListModel):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(COLUMNS)
        self.workspace = workspace
        self.order, self.descending, self._search = "", False, ""
        self.sortable = frozenset(range(len(ORDERS)))
        self.rows = self.listed = Listed(workspace, "product")

    def show(self, search: str) -> None:
        self._search = search
        if self.listed.is_current(search, self.order, descending=self.descending):
            return
        listed = Listed(self.workspace, "product", search, self.order, descending=self.descending)
        self.beginResetModel()
        self.rows = self.listed = listed
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column in self.sortable:
            self.order, self.descending = ORDERS[column], order == Qt.SortOrder.DescendingOrder
            self.show(self._search)

    def text(self, row: int, column: int) -> str:
        values = self.rows[row]
        if "name" not in values:  # removed a moment ago
            return ""
        texts = (
            values["name"],
            values["declared_unit"] or "nog invullen",
            values["sets"] or "geen",
            values["version"] or "",
        )
        return str(texts[column])


MAPPING_QUESTIONS = frozenset(
    {
        *("table_unknown", "table_ask_set", "table_ask_decimal", "table_ask_columns", "table_section"),
        *("table_ask_brackets", "table_ask_labels", "pdf_ask_set"),
    }
)


class ProductsPage(QStackedWidget):
    tender_imported = Signal(str)
    changed = Signal()

    def __init__(self, workspace: Workspace, bars: Messages, worker: Worker) -> None:
        super().__init__()
        self.workspace, self.bars, self.worker = workspace, bars, worker
        self.product: Product | None = None
        self.setAcceptDrops(True)
        self.main = QWidget()
        self.addWidget(self.main)
        column = QVBoxLayout(self.main)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(self._tools())
        column.addLayout(self._progress())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.model = ProductListModel(workspace)
        self.table = ListView("Producten")
        self.table.sort_by_header(self.model)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for index, width in ((1, 76), (2, 96), (3, 92)):
            self.table.setColumnWidth(index, width)
        self.table.selectionModel().currentRowChanged.connect(lambda current, _: self._choose(current.row()))
        self.splitter.addWidget(self.table)
        self.editor = ProductEditor(bars)
        self.editor.facts_page.set_groups(product_groups(workspace).values())
        self.editor.product_wanted.connect(self._open_for_draft)
        self.editor.committed.connect(self._commit)
        self.editor.answered.connect(self._answer)
        self.editor.has_paper = True
        self.editor.paper_wanted.connect(self.compare_with_paper)
        self.editor.evidence_wanted.connect(self._attach)
        self.editor.evidence_saved.connect(self._save_attachment)
        self.splitter.addWidget(self.editor)
        self.splitter.setSizes([420, 620])
        self.empty = plain_label(EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.empty, 1)
        column.addWidget(self.splitter, 1)
        self.report = ReportPage()
        self.report.back.clicked.connect(self.show_main)
        self.report.opened.connect(self._open_reported)
        self.addWidget(self.report)
        self.mapping = MappingPage()
        self.mapping.back.clicked.connect(self.show_main)
        self.mapping.chosen.connect(self._read_table)
        self.addWidget(self.mapping)
        self.paper = PaperCheck(worker)
        self.paper.closed.connect(self.show_main)
        self.paper.confirmed.connect(self._confirm)
        self.addWidget(self.paper)
        self._paths: list[Path] = []
        self.refresh()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.import_button = button("Milieuverklaring inlezen", self.choose_files, icon="open", primary=True)
        self.folder_button = button("Map inlezen", self.choose_folder, icon="open")
        self.new_button = button("Nieuw product", self.new, icon="plus")
        self.remove_button = button("Verwijderen", self.remove)
        for made in (self.import_button, self.folder_button, self.new_button, self.remove_button):
            made.setEnabled(not self.workspace.read_only)
            row.addWidget(made)
        row.addStretch(1)
        self.search = passing(QLineEdit())
        self.search.setPlaceholderText("Zoek op product of leverancier")
        self.search.setAccessibleName("Zoek op product of leverancier")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(300)
        self.search.setMinimumWidth(130)
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

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        chosen = self.product.id if self.product else None
        self.model.show(self.search.text())
        filled = bool(self.model.rows)
        self.empty.setVisible(not filled)
        self.splitter.setVisible(filled)
        if not filled:
            self.product = None
        if not filled and self.search.text():
            self.empty.setText(
                f"Niets gevonden voor “{self.search.text()}”. Gezocht in product en leverancier."
            )
        elif not filled:
            self.empty.setText(EMPTY)
        else:
            row = self._select(chosen)
            self._choose(row if row >= 0 else self._select(self.model.rows[0]["id"]))

    def _select(self, identity: str | None) -> int:
        """Mark a product's row in the list; returns the row, −1 when it is not there."""
        row = self.model.listed.place_of(identity)
        self.table.selectionModel().blockSignals(True)
        if row < 0:
            self.table.clearSelection()  # a filter hides it: no other row may seem to be the one shown
        else:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        self.table.selectionModel().blockSignals(False)
        self.table.viewport().update()
        return row

    def set_wide(self, wide: bool) -> None:
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self.import_button.setText(
            "Milieuverklaring inlezen" if wide else "Inlezen"
        )  # four buttons and a field beside it

    def open_product(self, identity: str) -> None:
        """The list without a filter, at this product."""
        self.show_main()
        self.search.clear()
        self.refresh()
        row = self._select(identity)
        if row >= 0:
            self._choose(row)
            self.table.setFocus()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self.product = get_product(self.workspace, self.model.rows[row]["id"])
            self._show_product(self.product)
            self.changed.emit()

    def _show_product(self, product: Product) -> None:
        self.editor.show_product(product, read_only=self.workspace.read_only)

    # --- editing
    # -------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """A product to type from paper; the cursor goes to its name."""
        self.bars.clear("import")
        self.product = new_product(self.workspace)
        self.search.clear()
        self.refresh()
        self.editor.tabs.setCurrentIndex(2)
        name = self.editor.facts_page.fields["name"].edit
        name.setFocus()
        name.selectAll()

    def remove(self) -> None:
        """Out of the library, with a way back; tenders that use it keep their version."""
        if self.product is None or self.workspace.read_only:
            return
        removed = remove_product(self.workspace, self.product.id)

        def back() -> None:
            restore_product(self.workspace, removed)
            self.product = removed
            self.refresh()

        self.refresh()
        text = f"{removed.name} is verwijderd. Aanbestedingen die het gebruiken, houden hun versie."
        self.bars.show_bar("import", text, "info", [("Ongedaan maken", back)])

    def _answer(self, key: str, choice: str) -> None:
        self._change(lambda product: answer(self.workspace, product.id, key, choice))

    draft_about = ("page", "producten")

    def _open_for_draft(self, identity: str) -> None:
        if any(row["id"] == identity for row in product_list(self.workspace)):
            self.open_product(identity)

    def _commit(self, edit: ProductEdit) -> None:
        self._change(lambda product: edit_product(self.workspace, product.id, edit))

    def _change(self, run: Callable[[Product], Product]) -> None:
        """One step on the product that is shown; what cannot be done is said and changes nothing."""
        self.bars.clear("paste")
        if self.product is None or self.workspace.read_only:
            return
        try:
            self.product = run(self.product)
        except (StoreError, ReadError) as problem:
            self.bars.refuse("import", problem)
            return
        self._show_product(self.product)
        self.model.show(self.search.text())
        self._select(self.product.id)
        self.changed.emit()

    def undo(self) -> None:
        """Take back the last step of the product that is shown."""
        self._turn(tenders.undo)

    def redo(self) -> None:
        self._turn(tenders.redo)

    def _turn(self, operation: Callable[[Workspace, str, Kind], object]) -> None:
        def run(product: Product) -> Product:
            operation(self.workspace, product.id, "product")
            return get_product(self.workspace, product.id)

        self._change(run)

    def next_undo(self) -> str | None:
        """What Ctrl+Z would take back here, in words."""
        if self.product is None or not self.isVisible():
            return None
        stack = tenders.undo_stacks(self.workspace, self.product.id, "product").undo
        return sentences.step(stack[-1].step, stack[-1].params) if stack else None

    def _attach(self, file: Path) -> None:
        self._change(lambda product: attach_evidence(self.workspace, product.id, file))

    def _save_attachment(self, kept: Attachment, path: Path) -> None:
        try:
            save_attachment(self.workspace, kept, path)
        except StoreError as problem:
            self.bars.refuse("import", problem)
            return
        self.bars.show_bar("import", f"{kept.file} is opgeslagen als {path.name}.", "good")

    # --- importing
    # -----------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        paths = ask_for_files(self, "Inlezen", FILES)
        if paths:
            self.import_paths(paths)

    def choose_folder(self) -> None:
        path = ask_for_folder(self, "Map inlezen")
        if path is not None:
            self.import_paths([path])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.import_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def import_paths(self, paths: list[Path], *, replace_values: bool = False) -> None:
        """Read files and folders beside the window, with progress and a way to stop."""
        if not paths:
            return
        if self._job is not None:
            self.bars.show_bar("busy", sentences.error("busy_reading"), "warn")
            return
        if self.workspace.store.why_read_only is not None:
            problem = self.workspace.store.why_read_only
            self.bars.refuse("import", problem, "warn")
            return

        def work(job: Job) -> Batch:
            def progress(index: int, of: int, name: str) -> bool:
                job.progress.emit(index, of, name)
                return not job.cancelled

            return import_batch(self.workspace, paths, replace_values=replace_values, progress=progress)

        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop.show()
        self._paths = paths
        self._job = self.worker.start(
            work, self._imported, self._import_failed, "Bestanden inlezen", cancellable=True
        )
        self._job.progress.connect(self._show_progress)

    def _show_progress(self, index: int, total: int, name: str) -> None:
        self.bar.setRange(0, total)
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
        self.refresh()
        if isinstance(problem, StoreError):
            self.bars.refuse("import", problem)
        else:
            raise problem

    def _imported(self, batch: Batch) -> None:
        self._end()
        self.show_imported(batch)

    def show_imported(self, batch: Batch) -> None:
        """What became of the files: in a line where it can be, with the whole list a press away."""
        reports = batch.reports
        self.report.show_batch(batch)
        notes = [found for report in reports for found in report.notes if _is_told(report, found)]
        lines = [f"{summary(batch)}."]
        if len(reports) == 1:
            lines += list(dict.fromkeys(map(note_text, notes)))[:MOST_NOTES]
        if len(notes) > MOST_NOTES or (notes and len(reports) > 1):
            where = " en in het verslag." if len(reports) > 1 else "."
            lines.append(f"Wat opviel, staat bij elk product{where}")
        self.bars.show_bar("import", "\n".join(lines), _bar_kind(batch, notes), self._next_steps(batch))
        ids = [identity for report in reports for identity in report.products]
        if ids:
            self.product = get_product(self.workspace, ids[0])
        self.refresh()
        for number in [number for report in reports for number in report.tenders]:
            self.tender_imported.emit(number)

    def _next_steps(self, batch: Batch) -> list[tuple[str, Callable[[], object]]]:
        """What a person can do with what is left open."""
        keys = {n.message.key for r in batch.reports for n in r.notes}
        found: list[tuple[str, Callable[[], object]]] = []
        if "other_values" in keys:
            paths = [
                path for path, r in zip(batch.files, batch.reports, strict=False) if _asks(r, "other_values")
            ]
            found.append(("Nieuwe waarden overnemen", partial(self.import_paths, paths, replace_values=True)))
        table = next((p for p, r in zip(batch.files, batch.reports, strict=False) if _asks_mapping(r)), None)
        if table is not None:
            found.append(("Tabel indelen", partial(self.lay_out_table, table)))
        if len(batch.reports) > 1:
            found.append(("Verslag tonen", self.show_report))
        return found

    def show_report(self) -> None:
        self.setCurrentWidget(self.report)
        self.report.table.setFocus()

    def _open_reported(self, file: Path, report: FileReport) -> None:
        """From a line of the report to what it is about."""
        if report.products:
            self.product = get_product(self.workspace, report.products[0])
            self.search.clear()
            self.refresh()
            self.show_main()
        elif _asks_mapping(report):
            self.lay_out_table(file)

    def compare_with_paper(self) -> None:
        """The product's values beside the PDF they were read from."""
        if self.product is None:
            return
        try:
            paper = paper_of(self.workspace, self.product)
        except StoreError as problem:
            self.bars.refuse("import", problem)
            return
        self.paper.show_product(self.product, paper, read_only=self.workspace.read_only)
        self.setCurrentWidget(self.paper)
        self.paper.table.setFocus()

    def _confirm(self, identity: str) -> None:
        if self.product is not None and self.product.id == identity:
            self._answer("confirm", CONFIRMED)
        self.show_main()

    def show_main(self) -> None:
        self.setCurrentWidget(self.main)
        self.table.setFocus()

    def lay_out_table(self, file: Path) -> None:
        """Say by hand how a table is to be read; the same table is then read so for ever."""
        try:
            self.mapping.show_file(file)
        except ReadError as problem:
            self.bars.refuse("import", problem)
            return
        self.setCurrentWidget(self.mapping)

    def _read_table(self, file: Path, mapping: TableMapping) -> None:
        try:
            report = import_table(self.workspace, file, mapping)
        except (StoreError, ReadError) as problem:
            self.bars.refuse("import", problem)
            return
        if report.status == "refused":
            self.bars.show_bar("import", "\n".join(note_text(found) for found in report.notes), "error")
            return
        self.show_main()
        self.show_imported(Batch([file], [report]))


def _asks(report: FileReport, key: str) -> bool:
    return any(found.message.key == key for found in report.notes)


def _asks_mapping(report: FileReport) -> bool:
    """A table that asks, or one that was read and left something out."""
    keys = {found.message.key for found in report.notes}
    return bool(keys & MAPPING_QUESTIONS) or (
        report.format == "tabel" and bool(keys & {"unknown_indicator", "columns_passed_over"})
    )


def _is_told(report: FileReport, found: Note) -> bool:
    """Whether a note is told at once; a question of a file that was read is asked on the page itself."""
    return found.level != "question" or report.status == "question" or found.message.key == "other_values"


def _bar_kind(batch: Batch, notes: Sequence[Note]) -> BarKind:
    """As bad as the worst note; a warning where part of it was read all the same."""
    worst = min((found.level for found in notes), key=list(KINDS).index, default=None)
    kind: BarKind = KINDS[worst] if worst else "warn" if batch.stopped else "good"
    read = any(report.products or report.tenders for report in batch.reports)
    return "warn" if kind == "error" and read else kind
