"""Keeping: this file and where it is, its back-ups, how long tenders are kept, and erasing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from cirkeldesk.desktop.file.back_ups import BackUps
from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.kit.drafts import passing
from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.jobs import Job, Worker
from cirkeldesk.desktop.kit.messages import BarKind, Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label
from cirkeldesk.model.document.anchor import AnchorCheck
from cirkeldesk.model.refusal import Refusal, StoreError
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.file.anchor import check_anchor, witness_of, write_anchor
from cirkeldesk.operations.file.keeping import Copy, Erased
from cirkeldesk.operations.paper.export import export_library
from cirkeldesk.operations.settings import file_settings
from cirkeldesk.operations.tender.history import when
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.file import anchor as anchor_words
from cirkeldesk.wording.file import words

FILES = "Bestand met gegevens (*.db);;Alle bestanden (*)"
MOST_SHOWN = 12
ON_NETWORK = (
    "Dit bestand staat op een netwerkschijf. Valt de verbinding weg, dan kan een stap mislukken; wij "
    "zeggen dat dan. "
    "Werk met één persoon tegelijk. Een tweede computer kan alleen lezen."
)


class KeepingPage(ScrollColumn):
    reopen_wanted = Signal(object)  # Next
    may_erase: Callable[[], bool] = staticmethod(
        lambda: True
    )  # set by the window: what waits is saved before anything is erased
    erased = Signal()

    draft_about = ("page", "bewaren")

    def __init__(self, workspace: Workspace, bars: Messages, worker: Worker) -> None:
        super().__init__(16, 12, 16, 16)
        self.workspace, self.bars, self.worker = workspace, bars, worker
        self.column.setSpacing(8)
        self._file()
        self._back_ups()
        self._happened()
        self._anchoring()
        self._sharing()
        self._kept()
        self._erasing()
        self.column.addStretch(1)

    def _file(self) -> None:
        self.column.addWidget(heading("Dit bestand", 1.15))
        self.place = plain_label()
        self.place.setWordWrap(True)
        self.column.addWidget(self.place)
        self.network = muted(ON_NETWORK)
        self.network.setObjectName("warning")
        self.column.addWidget(self.network)
        self.check_button = button("Controleren", self.check)
        self._row(
            self.check_button,
            button("Kopie opslaan als …", self._choose_copy),
            button("Ander bestand openen …", self._choose_other),
        )

    def _back_ups(self) -> None:
        self.column.addWidget(heading("Back-ups", 1.15))
        self.column.addWidget(
            muted(
                "CirkelDesk maakt ieder uur een back-up als er iets is veranderd. Van de laatste dag "
                "blijft er een per uur, van "
                "twee weken een per dag en van een jaar een per week. De nieuwste die goed is, gaat "
                "nooit weg."
            )
        )
        self.copies = BackUps(
            self.workspace.store.path, lambda copy: keeping.steps_since(self.workspace, copy)
        )
        self.column.addWidget(self.copies)
        self.back_up_button = button("Back-up maken", self.back_up)
        self.restore_button = button("Deze back-up terugzetten", self.restore)
        self._row(self.back_up_button, self.restore_button)

    def _anchoring(self) -> None:
        self.column.addWidget(heading("Anker", 1.15))
        self.column.addWidget(muted(anchor_words.ON_PAGE))
        self.anchor_said = plain_label()
        self.anchor_said.setWordWrap(True)
        self.anchor_said.hide()
        self.column.addWidget(self.anchor_said)
        self._row(
            button("Ankerblad maken …", self._choose_anchor, icon="lock"),
            button("Ankerblad controleren …", self._choose_witness),
        )

    def _choose_anchor(self) -> None:
        path = ask_where(self, "Ankerblad opslaan", "Ankerblad.pdf", "PDF (*.pdf);;Word (*.docx)")
        if path is not None:
            self.save_anchor(path)

    def save_anchor(self, path: Path) -> None:
        made = self._try(lambda: write_anchor(self.workspace, path))
        if made is not None:
            self._say(f"Opgeslagen: {path.name}. Bewaar het in het zaaksysteem.")
            self.refresh()

    def _choose_witness(self) -> None:
        path = ask_for_file(self, "Ankerblad controleren", "Stukken (*.pdf *.txt);;Alle bestanden (*)")
        if path is not None:
            self.check_witness(path)

    def check_witness(self, path: Path) -> None:
        """Whether this file holds the state that a sheet tells; the answer stays on the page."""
        found: AnchorCheck | None = self._try(lambda: check_anchor(self.workspace, witness_of(str(path))))
        if found is not None:
            self.anchor_said.setText(f"{path.name}: {anchor_words.told(found)}")
            self.anchor_said.show()
            self._say(anchor_words.told(found), "good" if found.state == "contained" else "error")

    def _sharing(self) -> None:
        self.column.addWidget(heading("Delen met een collega", 1.15))
        self.column.addWidget(
            muted(
                "Een dossier van een aanbesteding maakt u bij stap 5. Hier deelt u de bibliotheek: alle "
                "producten en criteria. "
                "Wie het dossier inleest, ziet wat nieuw is, wat hetzelfde is en wat botst."
            )
        )
        self._row(button("Bibliotheek opslaan als dossier …", self._choose_library))

    def _choose_library(self) -> None:
        path = ask_where(self, "Bibliotheek opslaan", "bibliotheek.cirkel", "Dossiers (*.cirkel)")
        if path is not None:
            self.save_library(path)

    def save_library(self, path: Path) -> None:
        count: int | None = self._try(lambda: export_library(self.workspace, path))
        if count is not None:
            self._say(f"Opgeslagen: {path.name}, met {count} producten en criteria.")

    def _happened(self) -> None:
        self.happened_title = heading("Wat er met dit bestand is gebeurd", 1.15)
        self.happened = plain_label()
        self.happened.setWordWrap(True)
        self.column.addWidget(self.happened_title)
        self.column.addWidget(self.happened)

    def _kept(self) -> None:
        self.column.addWidget(heading("Bewaartermijn", 1.15))
        self.kept = plain_label()
        self.kept.setWordWrap(True)
        self.column.addWidget(self.kept)

    def _erasing(self) -> None:
        self.erasing_title = heading("Wissen", 1.15)
        self.column.addWidget(self.erasing_title)
        self.erasing_text = muted(
            "Wissen kan niet ongedaan. De geschiedenis blijft kloppen: er staat dan dat er iets is "
            "gewist, wanneer en door wie. "
            "Dossiers, bladen en kopieën die u zelf hebt opgeslagen, veranderen niet."
        )
        self.column.addWidget(self.erasing_text)
        self.old_copies = QCheckBox("Verwijder ook de back-ups van voor het wissen")
        self.old_copies.setAccessibleName(self.old_copies.text())
        self.old_copies.setChecked(True)
        self.tender = TextField("Nummer van de aanbesteding, helemaal getypt")
        self.reason = TextField("Reden om toch te wissen")
        self.reason.setMaximumWidth(480)
        self.reason.hide()
        self.tender_button = button("Aanbesteding wissen", self.erase_tender)
        self.name = TextField("Naam van de persoon, zoals die in het bestand staat")
        self.name_button = button("Naam wissen", self.erase_name)
        passing(self.tender.edit)  # what is typed here is a yes, not work
        passing(self.name.edit)
        for field, press in ((self.tender, self.tender_button), (self.name, self.name_button)):
            field.setMaximumWidth(480)
            self.column.addWidget(field)
            if field is self.tender:
                self.column.addWidget(self.reason)
            self._row(press)
        self.column.addWidget(self.old_copies)

    def _row(self, *parts: QWidget) -> None:
        row = QHBoxLayout()
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.column.addLayout(row)

    # --- showing
    # ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        path = self.workspace.store.path
        try:
            size = f" ({words.size(path.stat().st_size)})"
        except OSError:
            size = ""
        self.place.setText(f"{path}{size}")
        self.network.setVisible(keeping.is_on_network(path))
        self.copies.refresh()
        may_write = not self.workspace.read_only
        self.back_up_button.setEnabled(may_write)
        self.restore_button.setEnabled(may_write and self.copies.chosen is not None)
        self.kept.setText("\n".join(self._kept_lines()))
        happened = keeping.of_file(self.workspace)[:MOST_SHOWN]
        self.happened.setText(
            "\n".join(f"{when(row)}: {sentences.step(row.step, row.params)}" for row in happened)
        )
        self.happened_title.setVisible(bool(happened))
        self.happened.setVisible(bool(happened))
        for part in (self.tender, self.tender_button, self.name, self.name_button, self.old_copies):
            part.setEnabled(may_write)

    def _kept_lines(self) -> list[str]:
        found = keeping.keeping_time(self.workspace)
        if not found:
            return ["Er zijn nog geen aanbestedingen."]
        years = file_settings(self.workspace).retention
        if years and found[0].until is None:
            return [f"“{years}” is geen aantal jaren. Vul bij Instellingen alleen een getal in."]
        if found[0].until is None:
            return ["Er is geen bewaartermijn ingevuld. Dat kan bij Instellingen."]
        over = sum(kept.is_over(date.today()) for kept in found)
        lines = (
            [f"{words.counted(over, 'aanbesteding is', 'aanbestedingen zijn')} voorbij de bewaartermijn."]
            if over
            else []
        )
        lines += [
            f"{kept.number} {kept.title}: laatste stap {numbers.date(kept.since.isoformat())}, "
            f"bewaren tot en met {numbers.date(kept.until.isoformat()) if kept.until is not None else ''}"
            for kept in found[:MOST_SHOWN]
        ]
        if len(found) > MOST_SHOWN:
            lines.append(f"En nog {len(found) - MOST_SHOWN}.")
        return lines

    def _say(self, text: str, kind: BarKind = "good") -> None:
        self.bars.show_bar("keeping", text, kind)

    def _try(self, run: Callable[[], Any]) -> Any:
        """What `run` gives; None when it could not be done, which was then said."""
        try:
            return run()
        except Refusal as problem:
            self._say(sentences.refusal(problem), "error")
            return None

    # --- doing
    # -----------------------------------------------------------------------------------------------------

    def check(self) -> None:
        def work(_job: Job) -> list[keeping.Fault]:
            return keeping.check(self.workspace)

        self.check_button.setEnabled(False)
        self.worker.start(work, self._checked, self._check_failed, "Bestand controleren")

    def _checked(self, found: list[keeping.Fault]) -> None:
        self.check_button.setEnabled(True)
        if not found:
            self._say("In orde: bestand, inhoud, geschiedenis en lijsten kloppen met elkaar.")
            return
        lines = [f"{terms.CHECKS[what]}: {words.thing(where)}" for what, where in found[:5]]
        more = f" En nog {len(found) - 5}." if len(found) > 5 else ""
        self._say(f"Dit klopt niet: {'; '.join(lines)}.{more} Zet hieronder een back-up terug.", "error")

    def _check_failed(self, problem: Exception) -> None:
        self.check_button.setEnabled(True)
        if not isinstance(problem, StoreError):
            raise problem
        self._say(sentences.refusal(problem), "error")

    def back_up(self) -> None:
        made: Copy | None = self._try(lambda: keeping.back_up(self.workspace))
        if made is not None:
            self._say(f"Back-up gemaakt: {words.when(made.moment)}. Hij is nagelezen en goed.")
            self.refresh()

    def restore(self) -> None:
        copy = self.copies.chosen
        if copy is None:
            return
        path = self.workspace.store.path
        since: list[object] | None = self._try(lambda: keeping.steps_since(self.workspace, copy))
        if since is None:
            return

        def go() -> None:
            self.reopen_wanted.emit(Next(path, lambda: put_back(path, copy)))

        text = f"De back-up van {words.when(copy.moment)} komt in de plaats van dit bestand. {words.lost(len(since))}"
        text = f"{text} Wat er nu staat, wordt eerst zelf een back-up."
        self.bars.show_bar("keeping", text, "warn", [("Terugzetten", go), ("Laten staan", lambda: None)])

    def _choose_copy(self) -> None:
        path = ask_where(self, "Kopie opslaan", f"kopie van {self.workspace.store.path.name}", FILES)
        if path is not None:
            self.save_copy(path)

    def save_copy(self, path: Path) -> None:
        if path.resolve() == self.workspace.store.path.resolve():
            self._say(sentences.error("cannot_write", file=path.name), "error")
            return
        try:
            self.workspace.store.save_as(path)
        except StoreError as problem:
            self._say(sentences.refusal(problem), "error")
            return
        self._say(f"Kopie opgeslagen: {path.name}. U werkt verder in {self.workspace.store.path.name}.")

    def _choose_other(self) -> None:
        path = ask_for_file(self, "Ander bestand openen", FILES, str(self.workspace.store.path.parent))
        if path is not None:
            self.reopen_wanted.emit(Next(path, is_chosen=True))

    def erase_tender(self) -> None:
        """The number typed in full is the yes: there is no way back. What stands against it is said, and asks
        for a reason."""
        number, reason = self.tender.edit.text().strip(), self.reason.edit.text().strip()
        keep = not self.old_copies.isChecked()
        if not self.may_erase():
            return
        try:
            done = keeping.erase_tender(self.workspace, number, reason=reason, keep_back_ups=keep)
        except StoreError as problem:
            if problem.key == "erase_stands":
                self.reason.show()
                self.reason.edit.setFocus()
            self._say(
                sentences.refusal(problem),
                "warn" if problem.key == "erase_stands" else "error",
            )
            return
        self._erased(done, self.tender)

    def erase_name(self) -> None:
        """Beside the window: every version of every document is looked through. It can be stopped; then
        nothing is done."""
        name, keep = self.name.edit.text().strip(), not self.old_copies.isChecked()
        if not self.may_erase():
            return

        def work(job: Job) -> Erased:
            def go_on(done: int, of: int) -> bool:
                job.progress.emit(done, of, "naam wissen")
                return not job.cancelled

            return keeping.erase_name(self.workspace, name, keep_back_ups=keep, go_on=go_on)

        self.name_button.setEnabled(False)
        self.worker.start(
            work,
            lambda done: self._erased(done, self.name),
            self._not_erased,
            "Naam wissen",
            cancellable=True,
        )

    def _not_erased(self, problem: Exception) -> None:
        self.name_button.setEnabled(True)
        if not isinstance(problem, StoreError):
            raise problem
        self._say(
            sentences.refusal(problem),
            "warn" if problem.key == "erase_stopped" else "error",
        )

    def _erased(self, done: Erased, field: TextField) -> None:
        field.forget()
        self.reason.forget()
        self.reason.hide()
        lines = words.erased(
            done.versions, done.rows, done.files, done.left, cleared=done.is_cleared, copies=done.copies
        )
        self._say(" ".join(lines))
        self.refresh()
        self.erased.emit()


def put_back(path: Path, copy: Copy) -> str:
    """Put a back-up back while nobody has the file; what to say then."""
    aside = keeping.put_back(path, copy)
    return words.put_back(copy.moment, aside.name if aside is not None else None)
