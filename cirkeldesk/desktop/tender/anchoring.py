"""After an act that a court may ask about: the offer of an anchor sheet, beside what was done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cirkeldesk.desktop.kit.file_dialogs import ask_where
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.document.anchor import Occasion
from cirkeldesk.model.refusal import Refusal
from cirkeldesk.operations.file.anchor import write_anchor

OFFER = "Ankerblad opslaan"


def say_done(
    page: QWidget, session: Session, bars: Messages, key: str, text: str, occasion: Occasion
) -> None:
    """Say what was done, with the sheet one press away; an oefenkopie needs no witness."""
    is_real = session.tender.practice_of is None
    acts = [(OFFER, lambda: save_anchor(page, session, bars, occasion))] if is_real else []
    bars.show_bar(key, text, "good", acts)


def save_anchor(page: QWidget, session: Session, bars: Messages, occasion: Occasion) -> None:
    path = ask_where(page, "Ankerblad opslaan", f"Ankerblad {session.tender.number}.pdf", "PDF (*.pdf)")
    if path is None:
        return
    try:
        write_anchor(session.workspace, path, session.identity, occasion)
    except Refusal as problem:
        bars.refuse("failed", problem)
        return
    bars.show_bar("anchored", f"Opgeslagen: {path.name}. Bewaar het in het zaaksysteem.", "good")
