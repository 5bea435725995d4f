"""Step 5, Advies: the sections to edit for inside and outside, the real sheet beside them, and what is handed
over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.choices import Tabs
from cirkeldesk.desktop.kit.fields import LongText
from cirkeldesk.desktop.kit.file_dialogs import ask_for_folder, ask_where, say_saved
from cirkeldesk.desktop.kit.jobs import Job, Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.pictures import pixmap_of
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label, tool
from cirkeldesk.desktop.tender.advice.papers import DataTab, LettersTab, PrepareTab, VersionsTab
from cirkeldesk.desktop.tender.anchoring import say_done
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award.disclosure import EXTERNAL
from cirkeldesk.model.award.readiness import waits_for
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.publication import Audience, Version
from cirkeldesk.operations.paper import export, papers, printable
from cirkeldesk.operations.paper.pictures import Picture, pictures
from cirkeldesk.wording import numbers, paper, sentences, terms
from cirkeldesk.wording.advice import advice
from cirkeldesk.wording.award import ready

PREVIEW_WIDTH = 560
AUDIENCES: tuple[tuple[Audience, str], ...] = (("internal", "intern"), ("external", "extern"))
# What is handed over: (key, suffix, filter of the file chooser, name).
SHEETS = {
    "pdf": ("pdf", "PDF (*.pdf)", "PDF"),
    "xlsx": ("xlsx", "Excel (*.xlsx)", "Werkboek"),
    "ods": ("ods", "OpenDocument (*.ods)", "Rekenblad ODS"),
    "csv": ("", "", "Tabellen CSV"),
    "cirkel": ("cirkel", "Dossier (*.cirkel)", "Dossier"),
}
RECORDS: dict[Literal["record", "opening"], str] = {
    "opening": "Proces-verbaal van opening",
    "record": "Proces-verbaal van gunning",
}


class FigureFlag(QFrame):
    """ "Cijfer gewijzigd: 15,7 % → 14,2 %" above a text somebody wrote, with what can be done about it."""

    def __init__(self, title: str, renew: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setProperty("kind", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        self.label = plain_label()
        self.label.setWordWrap(True)
        row.addWidget(self.label, 1)
        self.renew, self.leave = button("Bijwerken", renew), button("Zo laten", leave)
        for made in (self.renew, self.leave):
            made.setAccessibleName(f"{made.text()}: {title}")
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
    def __init__(self, session: Session, bars: Messages, worker: Worker) -> None:
        super().__init__()
        self.session, self.bars, self.worker = session, bars, worker
        self.editors: dict[str, LongText] = {}
        self.marks: dict[str, QLabel] = {}
        self.flags: dict[str, FigureFlag] = {}
        self.parts: dict[str, QWidget] = {}
        self.audience: Audience = "internal"
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addLayout(self._buttons())
        column.addLayout(self._audiences())
        self.tabs = Tabs()
        self.tabs.addTab(self._sections(), "Tekst")
        self.preview = QScrollArea()
        self.preview.setWidgetResizable(True)
        self.preview.setAccessibleName("Voorbeeld van het adviesblad")
        self.pages = QWidget()
        self.page_layout = QVBoxLayout(self.pages)
        self.page_layout.setSpacing(12)
        self.preview.setWidget(self.pages)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.tabs)
        self.splitter.addWidget(self.preview)
        column.addWidget(self.splitter, 1)
        self._wide = True
        self._arranged: bool | None = None
        self._rendering: Job | None = None
        self._stale, self._behind = True, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(200)
        self._timer.timeout.connect(self._render)

    def make_rest(self) -> None:
        """The tabs beside the text: half of the page, made apart (see `TenderView.make_part`)."""
        self.prepare = PrepareTab(self.session)
        self.prepare.wanted.connect(self._go_to_field)
        self.data = DataTab(self.session)
        self.letters = LettersTab(self.session, self.bars, self.worker)
        self.letters.unready.connect(self._show_unready)
        self.versions = VersionsTab(self.session, self.bars)
        for place, (tab, name) in enumerate(
            (
                (self.prepare, "Klaarzetten"),
                (self.data, "Gegevens"),
                (self.letters, "Brieven"),
                (self.versions, "Versies"),
            ),
            1,
        ):
            self.tabs.insertTab(place, tab, name)
        self.session.changed.connect(self._changed)
        self._changed()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for kind, icon in (("pdf", "document"), ("xlsx", "sheet")):
            for audience, word in AUDIENCES:
                row.addWidget(
                    button(f"{SHEETS[kind][2]} {word}", partial(self._save, kind, audience), icon=icon)
                )
        more = tool("Meer", lambda: None)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(more)
        for kind in ("ods", "csv", "cirkel"):
            for audience, word in AUDIENCES:
                self.menu.addAction(f"{SHEETS[kind][2]} {word} …", partial(self._save, kind, audience))
        self.menu.addSeparator()
        for kind, name in RECORDS.items():
            self.menu.addAction(f"{name} …", partial(self._save_record, kind))
        more.setMenu(self.menu)
        row.addWidget(more)
        row.addStretch(1)
        return row

    def _audiences(self) -> QHBoxLayout:
        """For whom the text and the preview are; and how the preview fares."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(plain_label("Tekst en voorbeeld:"))
        group = QButtonGroup(self)
        self.choices: dict[Audience, QRadioButton] = {}
        for audience, word in AUDIENCES:
            choice = QRadioButton(word)
            choice.setAccessibleName(f"Tekst en voorbeeld {word}")
            choice.setChecked(audience == self.audience)
            choice.clicked.connect(partial(self.show_audience, audience))
            group.addButton(choice)
            row.addWidget(choice)
            self.choices[audience] = choice
        row.addStretch(1)
        self.state = muted()
        self.state.setWordWrap(False)
        row.addWidget(self.state)
        self.final_button = button("Definitief maken", self.press_final, icon="check", primary=True)
        row.addWidget(self.final_button)
        return row

    @property
    def draft_part(self) -> str:
        return dict(AUDIENCES)[self.audience]

    def go_to_draft_part(self, part: str) -> bool:
        for audience, word in AUDIENCES:
            if word == part:
                self.show_audience(audience)
        return self.draft_part == part

    def show_audience(self, audience: Audience, *_: object) -> None:
        self.audience = audience
        self.choices[audience].setChecked(True)
        self.refresh()

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
            restore.setAccessibleName(f"Concepttekst terugzetten: {title}")
            top.addWidget(restore)
            part.addLayout(top)
            self.flags[key] = FigureFlag(title, partial(self._renew, key), partial(self._leave, key))
            part.addWidget(self.flags[key])
            editor = LongText(title, partial(self._commit, key))
            part.addWidget(editor)
            column.addWidget(box)
            self.editors[key], self.marks[key], self.parts[key] = editor, mark, box
            mark.setProperty("restore", restore)
        column.addStretch(1)
        return scroll

    def set_wide(self, wide: bool) -> None:
        """Side by side where there is room, else as tabs; arranged when somebody looks, as it costs a
        moment."""
        self._wide = wide
        if self.isVisible():
            self._arrange()

    def _arrange(self) -> None:
        if self._wide == self._arranged:
            return
        self._arranged = self._wide
        if self._wide:
            shown = self.tabs.indexOf(self.preview)
            if shown >= 0:
                self.tabs.removeTab(shown)
            self.splitter.addWidget(self.preview)
            self.splitter.setSizes([460, 640])
        else:
            self.tabs.addTab(self.preview, "Voorbeeld")
        self.preview.show()

    def _changed(self) -> None:
        """Drafting the sections again costs a comparison or more: not while nobody looks."""
        self._behind = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        self._behind = False
        told = papers.told(self.session.workspace, self.session.tender, self.audience, self.session.inputs)
        self.sections = {section.key: section for section in told.sections}
        current = papers.current_version(self.session.workspace, self.session.tender)
        for key, part in self.parts.items():
            part.setVisible(key in self.sections)
        for section in self.sections.values():
            self.flags[section.key].show_section(section, read_only=self.session.read_only)
            self.editors[section.key].show_text(section.text)
            self.editors[section.key].setReadOnly(self.session.read_only)
            drafted = "" if current is not None else "concept"
            self.marks[section.key].setText("aangepast" if section.edited else drafted)
            self.marks[section.key].property("restore").setVisible(section.edited)
        for tab in (self.prepare, self.data, self.letters, self.versions):
            tab.refresh()
        self._refresh_version()
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _refresh_version(self) -> None:
        """Whether the newest version still says what is there now (UX 7: Verouderd sinds …)."""
        session = self.session
        current = papers.current_version(session.workspace, session.tender)
        since = papers.outdated_since(session.workspace, session.tender)
        number = len(session.tender.versions) + 1
        self.final_button.setVisible(
            current is None and not session.read_only and session.tender.practice_of is None
        )
        act = "Definitief maken" if number == 1 else f"Versie {number} maken"
        waiting = waits_for(self.prepare.lines["final"], "needed", "asked") if current is None else 0
        self.final_button.setText(ready.button_text(act, waiting))
        if since is not None:
            actions = [] if session.read_only else [(f"Versie {number} maken", self.press_final)]
            self.bars.show_bar(
                "outdated",
                f"Versie {number - 1} van het advies is verouderd sinds {numbers.date(since)}.",
                "warn",
                actions,
                closable=False,
            )
        else:
            self.bars.clear("outdated")
        self._show_signs()

    def _show_signs(self) -> None:
        """What would print as a box, before it is made final."""
        odd = printable.to_mend(self.session.tender)
        if odd:
            more = f" En nog {len(odd) - 2} plekken." if len(odd) > 2 else ""
            self.bars.show_bar("signs", " ".join(odd[:2]) + more, "warn", closable=False)
        else:
            self.bars.clear("signs")

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._arrange()
        if self._behind:
            self.refresh()
        if self._stale:
            self._timer.start()

    def _commit(self, key: str, text: str) -> None:
        self.session.commit(
            edits.set_advice(
                self._kept(key), advice.SECTIONS[key], text.strip() or None, self.sections[key].draft
            )
        )

    def _kept(self, key: str) -> str:
        """The name under which a section is kept: what was written for outside stands apart."""
        return f"{EXTERNAL}{key}" if self.audience == "external" else key

    def _renew(self, key: str) -> None:
        """Put the figures of now in the written text."""
        section = self.sections[key]
        if section.renewed is not None:
            self.session.commit(
                edits.set_advice(self._kept(key), section.title, section.renewed, section.draft)
            )

    def _leave(self, key: str) -> None:
        """Keep the text as it was written; the flag goes."""
        section = self.sections[key]
        self.session.commit(edits.set_advice(self._kept(key), section.title, section.text, section.draft))

    def _restore(self, key: str) -> None:
        self.editors[key].take_back()  # what was being typed there goes with it
        self.session.commit(edits.set_advice(self._kept(key), advice.SECTIONS[key], None))

    # --- the real sheet
    # ------------------------------------------------------------------------------------------

    def _render(self) -> None:
        """Print beside the window and show the pages; a newer change replaces an older rendering."""
        if self._rendering is not None:
            self._rendering.cancel()
        self._stale = False
        self.state.setText("Voorbeeld wordt gemaakt …")
        tender, workspace, audience = self.session.tender, self.session.workspace, self.audience

        def work(job: Job) -> list[Picture] | None:
            if job.cancelled:
                return None
            printed = papers.printed(workspace, tender, "advice", audience)
            return pictures(printed, 2 * PREVIEW_WIDTH, lambda: not job.cancelled)

        self._rendering = self.worker.start(work, self._show_pages, self._failed, "")

    def _clear_pages(self) -> None:
        while self.page_layout.count():
            item = self.page_layout.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()

    def _show_pages(self, images: list[Picture] | None) -> None:
        if images is None:
            return
        self._clear_pages()
        for number, picture in enumerate(images, 1):
            pixmap = pixmap_of(picture.pixels, picture.width, picture.height, picture.line)
            pixmap.setDevicePixelRatio(2.0)
            label = plain_label()
            label.setPixmap(pixmap)
            label.setFixedSize(pixmap.deviceIndependentSize().toSize())
            label.setAccessibleName(f"Pagina {number} van {len(images)} van het adviesblad")
            self.page_layout.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        self.page_layout.addStretch(1)
        # In their places before they are seen: not over each other for a moment.
        self.page_layout.activate()
        self.pages.resize(self.preview.viewport().width(), self.page_layout.sizeHint().height())
        self.bars.clear("leak")
        self.state.setText(f"{len(images)} pagina's")

    def _failed(self, problem: Exception) -> None:
        self.state.setText("")
        self._clear_pages()  # an older sheet would stand there as if it were this one
        if not isinstance(problem, StoreError):
            raise problem
        self.bars.refuse("leak", problem)

    # --- handing over
    # --------------------------------------------------------------------------------------------

    def _go_to_field(self, field: str) -> None:
        """To where a line of the checklist is answered; "" after a setting of the file changed."""
        if field.startswith("publication."):
            self.tabs.setCurrentWidget(self.data)
            self.data.focus_field(field.removeprefix("publication."))
        else:
            self.refresh()

    def show_letters(self) -> None:
        self.tabs.setCurrentWidget(self.letters)
        self.letters.make.setFocus()

    def _show_unready(self) -> None:
        self.tabs.setCurrentWidget(self.prepare)
        self.prepare.focus_first()

    def press_final(self) -> None:
        """What is not answered yet is asked first, all at once; what may be left may be left."""
        if not self.final_button.isVisible() or not self.session.is_ready():
            return
        lines = self.prepare.lines["final"]
        needed, asked = waits_for(lines), waits_for(lines, "asked")
        if not needed and not asked:
            self.finalise()
            return
        self._show_unready()
        count = needed + asked
        verb = "Eén vraag is" if count == 1 else f"{count} vragen zijn"
        text = f"{verb} nog niet beantwoord: zie Klaarzetten."
        if needed:
            self.bars.show_bar("unready", text, "warn")
            return
        text += " Vult u dit later in, dan is een nieuwe versie nodig."
        self.bars.show_bar("unready", text, "warn", [("Toch definitief maken", self.finalise)])

    def finalise(self) -> None:
        """*Definitief maken*: every sheet is printed and kept, beside the window; undo stops here."""
        session = self.session
        if not session.is_ready():
            return
        workspace, identity, shown = session.workspace, session.identity, session.stored
        self.final_button.setEnabled(False)
        self.bars.clear("outdated")
        self.bars.clear("unready")
        self.bars.show_bar("saved", "De stukken worden gemaakt en bewaard …", closable=False)

        def work(_job: Job) -> Version:
            return papers.finalise(workspace, identity, shown)

        self.worker.start(work, self._finalised, self._not_finalised, "Definitief maken")

    def _finalised(self, version: Version) -> None:
        self.final_button.setEnabled(True)
        self.session.reload()
        text = (
            f"Versie {version.number} is definitief. {len(version.files)} bestanden zijn bewaard bij Versies."
        )
        say_done(self, self.session, self.bars, "saved", text, "final")
        self.choices[self.audience].setFocus()  # the button that had it is gone

    def _not_finalised(self, problem: Exception) -> None:
        self.final_button.setEnabled(True)
        self.bars.clear("saved")
        self._refresh_version()
        if not isinstance(problem, StoreError):
            raise problem
        self.session.failed.emit(sentences.refusal(problem))

    def _save(self, kind: str, audience: Audience) -> None:
        if not self.session.is_ready():
            return
        if kind == "csv":
            path = ask_for_folder(self, "Map voor de tabellen")
        else:
            path = ask_where(self, "Opslaan", self.file_name(kind, audience), SHEETS[kind][1])
        if path is not None:
            self.save_to(kind, path, audience)

    def _save_record(self, kind: Literal["record", "opening"]) -> None:
        if not self.session.is_ready():
            return
        suggested = paper.file_name(self.session.tender, terms.PAPERS[kind], "pdf", "internal")
        path = ask_where(self, "Opslaan", suggested, "PDF (*.pdf);;Word (*.docx)")
        if path is not None:
            self.save_record(kind, path)

    def file_name(self, kind: str, audience: Audience = "internal") -> str:
        session = self.session
        what = {"pdf": "advice", "xlsx": "workbook", "ods": "ods", "cirkel": "dossier"}[kind]
        version = papers.current_version(session.workspace, session.tender) if kind != "cirkel" else None
        number = version.number if version is not None else None
        return paper.file_name(session.tender, terms.PAPERS[what], SHEETS[kind][0], audience, number)

    def save_sheet(self) -> None:
        """Ctrl+P: the advice sheet of the audience that is shown."""
        self._save("pdf", self.audience)

    def save_to(self, kind: str, path: Path, audience: Audience = "internal") -> None:
        operation = {
            "pdf": export.advise,
            "xlsx": export.export_workbook,
            "ods": export.export_ods,
            "csv": export.export_csv,
            "cirkel": export.export_dossier,
        }[kind]
        if not self.session.is_ready():
            return
        workspace, identity, shown = self.session.workspace, self.session.identity, self.session.stored
        self._saved(path, lambda: operation(workspace, identity, path, audience, shown))

    def save_record(self, kind: Literal["record", "opening"], path: Path) -> None:
        if not self.session.is_ready():
            return
        workspace, identity, shown = self.session.workspace, self.session.identity, self.session.stored
        self._saved(path, lambda: export.write_record(workspace, identity, kind, path, shown))

    def _saved(self, path: Path, run: Callable[[], object]) -> None:
        """Made and written beside the window; a message says when it is there."""
        self.bars.show_bar("saved", f"{path.name} wordt gemaakt …", closable=False)

        def work(_job: Job) -> Path:
            run()
            return path

        self.worker.start(work, self._is_saved, self._not_saved, f"{path.name} opslaan")

    def _is_saved(self, path: Path) -> None:
        say_saved(self.bars, path)

    def _not_saved(self, problem: Exception) -> None:
        self.bars.clear("saved")
        if not isinstance(problem, StoreError):
            raise problem
        self.bars.refuse("saved", problem)
