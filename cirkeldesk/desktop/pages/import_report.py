"""The report of an import: every file, what became of it, and why."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from cirkeldesk.desktop.lists import ListModel, ListView
from cirkeldesk.desktop.widgets import button, heading, muted
from cirkeldesk.operations.answers import note_text
from cirkeldesk.operations.imports import Batch
from cirkeldesk.wording import terms

COLUMNS = ("Bestand", "Soort", "Wat", "Melding")


class ReportModel(ListModel):
    """Files with something to do first, then the others; a row's text is made when it is shown."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)

    def show(self, batch: Batch) -> None:
        order = {"refused": 0, "question": 1, "imported": 2, "unchanged": 3}
        self.beginResetModel()
        self.rows = [{"report": report} for report in sorted(batch.reports, key=lambda r: order[r.status])]
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
        column.addWidget(self.table, 1)

    def show_batch(self, batch: Batch) -> None:
        self.model.show(batch)
        self.counts.setText(f"{summary(batch)}.")


def summary(batch: Batch) -> str:
    """ "3 producten ingelezen, 1 al bekend, 2 bestanden geweigerd" """
    products = Counter[str]()
    files = Counter[str]()
    for report in batch.reports:
        files[report.status] += 1
        products["known" if report.status == "unchanged" else "new"] += len(report.products)
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
