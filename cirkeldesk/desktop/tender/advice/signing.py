"""Signing a paper with the officer's own certificate: which PDF, which certificate, its password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.drafts import passing
from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import button, muted
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.wording.verify import signature

EXPLAINED = (
    "U ondertekent een PDF met uw eigen certificaat (.p12 of .pfx). De handtekening is onzichtbaar en staat in een "
    "nieuw bestand; het bewaarde stuk blijft zoals het is. Het wachtwoord wordt niet bewaard."
)
NOTHING = "nog niet gekozen"


class SignPart(QWidget):
    """Nothing typed here is kept anywhere."""

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.paper: Path | None = None
        self.certificate: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(muted(EXPLAINED))
        self.paper_said, self.certificate_said = muted(NOTHING), muted(NOTHING)
        column.addLayout(_row(button("PDF kiezen …", self._choose_paper), self.paper_said))
        column.addLayout(
            _row(button("Certificaat kiezen …", self._choose_certificate), self.certificate_said)
        )
        self.password = TextField("Wachtwoord van het certificaat")
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaximumWidth(320)
        passing(self.password.edit)  # never a draft
        self.password.edit.returnPressed.connect(self._choose_target)
        column.addWidget(self.password)
        self.press = button("Ondertekenen en opslaan …", self._choose_target, icon="lock")
        column.addLayout(_row(self.press))

    def _choose_paper(self) -> None:
        path = ask_for_file(self, "PDF om te ondertekenen", "PDF (*.pdf)")
        if path is not None:
            self.take_paper(path)

    def take_paper(self, path: Path) -> None:
        self.paper = path
        self.paper_said.setText(path.name)

    def _choose_certificate(self) -> None:
        path = ask_for_file(self, "Certificaat", "Certificaat (*.p12 *.pfx);;Alle bestanden (*)")
        if path is not None:
            self.take_certificate(path)

    def take_certificate(self, path: Path) -> None:
        self.certificate = path
        self.certificate_said.setText(path.name)

    def _choose_target(self) -> None:
        if self.paper is None or self.certificate is None:
            self.bars.show_bar("signed", "Kies eerst een PDF en een certificaat.", "warn")
            return
        path = ask_where(self, "Ondertekend bestand", f"{self.paper.stem} ondertekend.pdf", "PDF (*.pdf)")
        if path is not None:
            self.sign_to(path)

    def sign_to(self, target: Path) -> None:
        from cirkeldesk.operations.paper.signing import sign  # takes a while to load

        if self.paper is None or self.certificate is None:
            return
        word = self.password.edit.text()
        try:
            made = sign(self.session.workspace, self.paper, self.certificate, word, target)
        except StoreError as problem:
            self.bars.refuse("signed", problem)
            return
        self.password.edit.clear()
        self.bars.show_bar("signed", " ".join([f"{target.name} is opgeslagen.", *signature(made)]), "good")


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
