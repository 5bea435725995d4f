"""The report of an import: every file, what became of it, and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.tables.lists import ListModel, ListView
from cirkeldesk.desktop.kit.widgets import button, heading, muted, plain_label
from cirkeldesk.operations.imports import Batch
from cirkeldesk.operations.paper.plain_figures import note_text
from cirkeldesk.wording import terms

MOST_LINES = 6
COLUMNS = ("Bestand", "Soort", "Uitkomst", "Melding")


class ReportModel(ListModel):
    """Files with something to do first, then the others; a row's text is made when it is shown."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def show(self, batch: Batch) -> None:
        order = {"refused": 0, "question": 1, "imported": 2, "unchanged": 3}
        self.beginResetModel()
        pairs = zip(batch.files, batch.reports, strict=False)
        self.rows = [
            {"path": p, "report": r} for p, r in sorted(pairs, key=lambda pair: order[pair[1].status])
        ]
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        report = self.rows[row]["report"]
        match column:
            case 0:
                return str(report.file)
            case 1:
                return report.format or ""
            case 2:
                return terms.FILE_STATUSES[report.status]
        return " ".join(note_text(found) for found in report.notes)


class ReportPage(QWidget):
    opened = Signal(Path, object)  # file, FileReport

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        row = QHBoxLayout()
        self.back = button("Terug", lambda: None)
        row.addWidget(self.back)
        row.addWidget(heading("Verslag van het inlezen", 1.15), 1)
        column.addLayout(row)
        self.counts = muted()
        column.addWidget(self.counts)
        self.model = ReportModel()
        self.table = ListView("Bestanden en wat ervan werd")
        self.table.setModel(self.model)
        for index, width in ((0, 260), (1, 130), (2, 110)):
            self.table.setColumnWidth(index, width)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _: self._show_whole(current.row())
        )
        self.table.opened.connect(
            lambda row: self.opened.emit(self.model.rows[row]["path"], self.model.rows[row]["report"])
        )
        column.addWidget(self.table, 1)
        self.whole = plain_label()
        self.whole.setWordWrap(True)
        column.addWidget(self.whole)
        column.addWidget(muted("Enter opent het product of de indeling van de tabel."))

    def _show_whole(self, row: int) -> None:
        """Everything about the current file, line by line: a table row shows only the beginning."""
        report = self.model.rows[row]["report"] if 0 <= row < len(self.model.rows) else None
        notes = report.notes if report is not None else []
        lines = [
            f"{n.where}: {note_text(n)}" if n.where.startswith("Cel ") else note_text(n)
            for n in notes[:MOST_LINES]
        ]
        if len(notes) > MOST_LINES:
            lines.append(f"En nog {len(notes) - MOST_LINES} meldingen.")
        self.whole.setText("\n".join(lines))

    def show_batch(self, batch: Batch) -> None:
        self.model.show(batch)
        if self.model.rows:
            self.table.selectRow(0)
            self._show_whole(0)
        self.counts.setText(f"{summary(batch)}.")


def summary(batch: Batch) -> str:
    """ "3 producten ingelezen, 1 al bekend, 2 bestanden geweigerd" """
    products = Counter[str]()
    files = Counter[str]()
    for report in batch.reports:
        files[report.status] += 1
        products["new"] += report.stored
        products["known"] += len(report.products) - report.stored
    tenders = sum(len(r.tenders) for r in batch.reports if r.status == "imported")
    counted = (
        (products["new"], "product ingelezen", "producten ingelezen"),
        (tenders, "aanbesteding bijgewerkt", "aanbestedingen bijgewerkt"),
        (products["known"], "al bekend", "al bekend"),
        (files["question"], "bestand met een vraag", "bestanden met een vraag"),
        (files["refused"], "bestand geweigerd", "bestanden geweigerd"),
    )
    parts = [f"{number} {one if number == 1 else more}" for number, one, more in counted if number]
    if batch.stopped:
        parts.append(f"gestopt na {len(batch.reports)} van {len(batch.files)} bestanden")
    return ", ".join(parts) or "Er is niets ingelezen"
