"""What the form of an advice does: each act one step, the note in a file or on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from cirkeldesk.desktop.calendar.theme_advice import ThemeAdvicePart
from cirkeldesk.desktop.kit.file_dialogs import ask_where
from cirkeldesk.model.calendar.advice import Answer, PickedCriterion, ReasonCode
from cirkeldesk.model.reference.themes import Theme
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.calendar import advising
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import paper, terms
from cirkeldesk.wording.calendar import advising as words

Told = Callable[[StoreError | None, str], object]


class AdviceActs(QObject):
    """Wires the form to the operations; `told` hears of each act what went wrong, or what was done."""

    def __init__(self, workspace: Workspace, part: ThemeAdvicePart, told: Told) -> None:
        super().__init__(part)
        self.workspace, self.part, self._told = workspace, part, told
        part.asked.connect(self._ask)
        part.given.connect(self._give)
        part.answered.connect(self._answer)
        part.withdrawn.connect(self._withdraw)
        part.noted.connect(self._open_notes)

    def _do(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except StoreError as problem:
            self._told(problem, "")
            return
        self._told(None, said)

    def _ask(self, theme: str, adviser: str, due: str | None) -> None:
        row = self.part.row
        if row is not None:
            self._do(
                lambda: advising.ask(self.workspace, [row], [cast(Theme, theme)], adviser, due),
                f"Advies gevraagd over {terms.THEMES[theme].lower()}",
            )

    def _give(self, theme: str, criteria: list[PickedCriterion], text: str) -> None:
        row = self.part.row
        if row is not None:
            self._do(
                lambda: advising.give(self.workspace, row, cast(Theme, theme), criteria, text),
                f"Advies over {terms.THEMES[theme].lower()} vastgelegd",
            )

    def _answer(self, theme: str, answer: str, reason: str | None, why: str) -> None:
        row = self.part.row
        if row is not None:
            self._do(
                lambda: advising.answer(
                    self.workspace,
                    row,
                    cast(Theme, theme),
                    cast(Answer, answer),
                    cast(ReasonCode | None, reason),
                    why,
                ),
                "Antwoord vastgelegd",
            )

    def _withdraw(self, theme: str) -> None:
        row = self.part.row
        if row is not None:
            self._do(
                lambda: advising.withdraw(self.workspace, row, cast(Theme, theme)), "De vraag is ingetrokken"
            )

    # --- the note
    # --------------------------------------------------------------------------------------------------

    def _open_notes(self) -> None:
        menu = QMenu(self.part)
        menu.addAction("Opslaan als PDF of Word", self.choose_note)
        menu.addAction("Tekst kopiëren voor een mail", self.copy_mail)
        menu.popup(self.part.note.mapToGlobal(self.part.note.rect().bottomLeft()))

    def choose_note(self) -> None:
        row = self.part.row
        if row is None:
            return
        name = f"{paper.safe_name(words.named(row))[:80]} Advies MVOI.pdf"
        path = ask_where(self.part, "Notitie opslaan", name, "PDF (*.pdf);;Word (*.docx);;Tekst (*.txt)")
        if path is not None:
            self.save_note(path)

    def save_note(self, path: Path) -> None:
        row = self.part.row
        if row is not None:
            self._do(lambda: advising.write_note(self.workspace, row.id, path), f"{path.name} is opgeslagen")

    def copy_mail(self) -> None:
        row = self.part.row
        if row is not None:
            made, _ = advising.note(self.workspace, row.id)
            QGuiApplication.clipboard().setText(words.mail_text(made))
            self._told(None, "De tekst staat op het klembord")
