"""Step 5, Advies: the sections to edit, the real sheet beside them, and what is handed over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.jobs import Job, Worker
from cirkeldesk.desktop.session import Session
from cirkeldesk.desktop.widgets import BarSpace, ScrollColumn, button, heading, muted, plain_label, tool
from cirkeldesk.model import edits
from cirkeldesk.operations.output import advice_bytes, advise, export_dossier, export_workbook
from cirkeldesk.store.errors import StoreError
from cirkeldesk.wording import advice, sentences

PREVIEW_WIDTH = 640


class SectionEdit(QPlainTextEdit):
    """A section's text; leaving it commits, once."""

    def __init__(self, name: str, commit: Callable[[str], None]) -> None:
        super().__init__()
        self._commit = commit
        self.shown = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(92)

    def text(self) -> str:
        """As typed: Qt's own plain text turns the no-break space after € into a plain one, which would look like an edit."""
        return self.document().toRawText().replace("\u2029", "\n")

    def show_text(self, text: str) -> None:
        if not (self.hasFocus() and self.text() != self.shown):
            self.setPlainText(text)
        self.shown = text

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.text() != self.shown:
            self._commit(self.text())


class FigureFlag(QFrame):
    """ "Cijfer gewijzigd: 15,7 % → 14,2 %" above a text somebody wrote, with what can be done about it."""

    def __init__(self, renew: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setProperty("kind", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        self.label = plain_label()
        self.label.setWordWrap(True)
        row.addWidget(self.label, 1)
        self.renew, self.leave = button("Bijwerken", renew), button("Zo laten", leave)
        row.addWidget(self.renew)
        row.addWidget(self.leave)
        self.hide()

    def show_section(self, section: advice.Section, *, read_only: bool) -> None:
        text = advice.flag(section)
        self.label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.renew.setVisible(not read_only and section.renewed is not None)
        self.leave.setVisible(not read_only)


class AdvicePage(QWidget):
    def __init__(self, session: Session, bars: BarSpace, worker: Worker) -> None:
        super().__init__()
        self.session, self.bars, self.worker = session, bars, worker
        self.editors: dict[str, SectionEdit] = {}
        self.marks: dict[str, QLabel] = {}
        self.flags: dict[str, FigureFlag] = {}
        self.parts: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addLayout(self._buttons())
        self.texts = self._sections()
        self.preview = QScrollArea()
        self.preview.setWidgetResizable(True)
        self.preview.setAccessibleName("Voorbeeld van het adviesblad")
        self.pages = QWidget()
        self.page_layout = QVBoxLayout(self.pages)
        self.page_layout.setSpacing(12)
        self.preview.setWidget(self.pages)
        self.holder = QWidget()
        self.holder_layout = QVBoxLayout(self.holder)
        self.holder_layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.holder, 1)
        self._arranged: bool | None = None
        self._rendering: Job | None = None
        self._stale = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(200)
        self._timer.timeout.connect(self._render)
        session.changed.connect(self.refresh)
        self.set_wide(True)
        self.refresh()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button("Adviesblad (PDF)", lambda: self._save("pdf"), icon="document", primary=True))
        row.addWidget(button("Werkboek (Excel)", lambda: self._save("xlsx"), icon="sheet"))
        row.addWidget(button("Dossier", lambda: self._save("cirkel"), icon="open"))
        row.addStretch(1)
        self.state = muted()
        self.state.setWordWrap(False)
        row.addWidget(self.state)
        return row

    def _sections(self) -> ScrollColumn:
        scroll = ScrollColumn(0, 4, 12, 4)
        column = scroll.column
        for key, title in advice.SECTIONS.items():
            box = QWidget()
            part = QVBoxLayout(box)
            part.setContentsMargins(0, 0, 0, 0)
            top = QHBoxLayout()
            top.addWidget(heading(title, 1.0))
            mark = muted()
            top.addWidget(mark)
            top.addStretch(1)
            restore = tool("Concepttekst terugzetten", partial(self._restore, key))
            top.addWidget(restore)
            part.addLayout(top)
            self.flags[key] = FigureFlag(partial(self._renew, key), partial(self._leave, key))
            part.addWidget(self.flags[key])
            editor = SectionEdit(title, partial(self._commit, key))
            part.addWidget(editor)
            column.addWidget(box)
            self.editors[key], self.marks[key], self.parts[key] = editor, mark, box
            mark.setProperty("restore", restore)
        column.addStretch(1)
        return scroll

    def set_wide(self, wide: bool) -> None:
        """Side by side where there is room, else as tabs."""
        if wide == self._arranged:
            return
        self._arranged = wide
        while self.holder_layout.count():
            item = self.holder_layout.takeAt(0)
            widget = item.widget() if item is not None else None
            self.texts.setParent(self)
            self.preview.setParent(self)
            if widget is not None:
                widget.deleteLater()
        if wide:
            splitter = QSplitter(Qt.Orientation.Horizontal)
            splitter.addWidget(self.texts)
            splitter.addWidget(self.preview)
            splitter.setSizes([420, 640])
            splitter.setChildrenCollapsible(False)
            self.holder_layout.addWidget(splitter)
        else:
            tabs = QTabWidget()
            tabs.addTab(self.texts, "Tekst")
            tabs.addTab(self.preview, "Voorbeeld")
            self.holder_layout.addWidget(tabs)
        self.texts.show()
        self.preview.show()

    def refresh(self) -> None:
        self.sections = {section.key: section for section in advice.sections(self.session.comparison)}
        for key, part in self.parts.items():
            part.setVisible(key in self.sections)
        for section in self.sections.values():
            self.flags[section.key].show_section(section, read_only=self.session.read_only)
            self.editors[section.key].show_text(section.text)
            self.editors[section.key].setReadOnly(self.session.read_only)
            self.marks[section.key].setText("aangepast" if section.edited else "concept")
            self.marks[section.key].property("restore").setVisible(section.edited)
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def _commit(self, key: str, text: str) -> None:
        self.session.commit(edits.set_advice(key, advice.SECTIONS[key], text.strip() or None, self.sections[key].draft))

    def _renew(self, key: str) -> None:
        """Put the figures of now in the written text."""
        section = self.sections[key]
        if section.renewed is not None:
            self.session.commit(edits.set_advice(key, section.title, section.renewed, section.draft))

    def _leave(self, key: str) -> None:
        """Keep the text as it was written; the flag goes."""
        section = self.sections[key]
        self.session.commit(edits.set_advice(key, section.title, section.text, section.draft))

    def _restore(self, key: str) -> None:
        self.session.commit(edits.set_advice(key, advice.SECTIONS[key], None))

    # --- the real sheet ------------------------------------------------------------------------------------------

    def _render(self) -> None:
        """Print beside the window and show the pages; a newer change replaces an older rendering."""
        if self._rendering is not None:
            self._rendering.cancel()
        self._stale = False
        self.state.setText("Voorbeeld wordt gemaakt …")
        comparison, desk = self.session.comparison, self.session.desk

        def work(job: Job) -> list[tuple[int, int, int, bytes]] | None:
            if job.cancelled:
                return None
            document = pypdfium2.PdfDocument(advice_bytes(desk, comparison))
            images = []
            for page in document:
                if job.cancelled:
                    return None
                bitmap = page.render(scale=2 * PREVIEW_WIDTH / page.get_width(), rev_byteorder=True)
                images.append((bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)))
            document.close()
            return images

        self._rendering = self.worker.start(work, self._show_pages, self._failed)

    def _show_pages(self, images: list[tuple[int, int, int, bytes]] | None) -> None:
        if images is None:
            return
        while self.page_layout.count():
            item = self.page_layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for number, (width, height, stride, pixels) in enumerate(images, 1):
            image = QImage(pixels, width, height, stride, QImage.Format.Format_RGB888).copy()
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(2.0)
            label = plain_label()
            label.setPixmap(pixmap)
            label.setAccessibleName(f"Pagina {number} van {len(images)} van het adviesblad")
            self.page_layout.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self.page_layout.addStretch(1)
        self.state.setText(f"{len(images)} pagina's")

    def _failed(self, problem: Exception) -> None:
        self.state.setText("")
        raise problem

    # --- handing over --------------------------------------------------------------------------------------------

    def _save(self, kind: str) -> None:
        filters = {"pdf": "PDF (*.pdf)", "xlsx": "Excel (*.xlsx)", "cirkel": "Dossier (*.cirkel)"}
        name, _ = QFileDialog.getSaveFileName(self, "Opslaan", self.file_name(kind), filters[kind])
        if name:
            self.save_to(kind, Path(name))

    def file_name(self, kind: str) -> str:
        tender = self.session.tender
        intern = " INTERN" if tender.has_bids else ""
        what = {"pdf": "Adviesblad", "xlsx": "Vergelijking", "cirkel": "Dossier"}[kind]
        safe = "".join("-" if sign in '\\/:*?"<>|' else sign for sign in tender.number)
        return f"{safe} {what}{intern}.{kind}"

    def save_to(self, kind: str, path: Path) -> None:
        operation = {"pdf": advise, "xlsx": export_workbook, "cirkel": export_dossier}[kind]
        try:
            operation(self.session.desk, self.session.identity, path)
        except StoreError as problem:
            self.bars.show_bar("saved", sentences.error(problem.key, **problem.params), "error")
            return
        self.bars.show_bar("saved", f"Opgeslagen: {path.name}", "good")
