"""What the window does about work that is not in the file: drafts found at the start, edits that could not be
stored, edits that do not fit any more. Each is said once, with every way out, and nothing of it goes away by
itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cirkeldesk.desktop.kit.drafts import SEPARATOR, DraftKeeper, place_of, put_back
from cirkeldesk.desktop.kit.messages import Action, Messages
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.tender import unsaved
from cirkeldesk.operations.tender.drafts import About
from cirkeldesk.operations.tender.unsaved import Unsaved
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences

if TYPE_CHECKING:
    from cirkeldesk.desktop.tender.view import TenderView


class OffersDrafts(Protocol):
    """The window as far as it offers what was typed before."""

    workspace: Workspace
    view: TenderView | None
    names_hidden: bool
    drafts: DraftKeeper
    bars: Messages

    def show_draft_page(self, about: About) -> None: ...
    def open_tender(self, identity: str) -> None: ...


LONGEST = 120
MOST = 6  # texts offered one by one
SEALED = ("price/", "post_price/", "costs/")


def offer_drafts(window: OffersDrafts, about: About, root: QWidget, bars: Messages) -> None:
    """What was being typed when the program ended, a bar for each text; many are offered together first."""
    texts = window.drafts.offered.get(about, {})
    for name, text in list(texts.items())[:MOST]:
        _offer(window, about, root, bars, name, text)


def _offer(window: OffersDrafts, about: About, root: QWidget, bars: Messages, name: str, text: str) -> None:
    key = f"draft {name}"
    place = place_of(root, name).removesuffix(" *")
    secret = is_secret(window, name)
    said = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    sentence = f"U was bezig in {place}. Het is nog niet vastgelegd."
    if not secret:
        sentence = f"U was bezig: “{said}” in {place}. Het is nog niet vastgelegd."

    def restore() -> None:
        window.show_draft_page(about)
        if put_back(root, name, text):
            window.drafts.answer(about, name)
            return
        QGuiApplication.clipboard().setText(text)
        again = partial(_offer, window, about, root, bars, name, text)
        copied = f"Het veld {place} is hier niet meer. De tekst staat op het klembord."
        bars.show_bar(key, copied, "warn", [("Weggooien", throw_away), ("Bewaren", again)])

    def throw_away() -> None:
        window.drafts.answer(about, name)

    bars.show_bar(
        key, sentence, "info", [("Terugzetten", restore), ("Weggooien", throw_away)], closable=False
    )


def is_secret(window: OffersDrafts, name: str) -> bool:
    """Whether a text must not be shown: a price while prices are sealed, anything while names are hidden."""
    session = window.view.session if window.view is not None else None
    sealed = (
        session is not None and session.tender.prices_sealed and name.split(SEPARATOR)[-1].startswith(SEALED)
    )
    return sealed or window.names_hidden


def offer_unsaved(window: OffersDrafts) -> None:
    """Tenders that could not be stored when the program ended."""
    for found in unsaved.unsaved_of(window.workspace):
        _offer_tender(window, found)


def _offer_tender(window: OffersDrafts, found: Unsaved) -> None:
    number = found.value.number
    when = numbers.moment(found.at) if found.at else ""
    text = f"Van {number} zijn wijzigingen bewaard die niet konden worden opgeslagen ({when}). Ze staan nog niet in het bestand."

    def store() -> None:
        try:
            unsaved.store_unsaved(window.workspace, found)
        except StoreError as problem:
            window.bars.refuse("failed", problem)
            _offer_tender(window, found)
            return
        unsaved.keep_for(window.workspace, found.value.id, None)
        window.open_tender(found.value.id)
        window.bars.show_bar("opened", f"De wijzigingen van {number} zijn opgeslagen.", "good")

    def throw_away() -> None:
        unsaved.keep_for(window.workspace, found.value.id, None)

    window.bars.show_bar(
        f"unsaved {number}", text, "warn", [("Terugzetten", store), ("Weggooien", throw_away)], closable=False
    )


def say_not_saved(
    session: Session, bars: Messages, text: str, elsewhere: Callable[[], object], leave: Callable[[], object]
) -> None:
    """A save failed: what was typed stays alive, with every way out."""
    kept = (
        ""
        if session.kept_elsewhere
        else " Het kan ook nergens anders worden bewaard: sluit het programma niet."
    )
    ways = [
        ("Opnieuw proberen", session.save_again),
        ("Op een andere plek bewaren …", elsewhere),
        ("Sluiten zonder deze wijziging", leave),
    ]
    bars.show_bar("not_saved", f"{text}{kept}", "error", ways, closable=False)


def say_unfit(session: Session, bars: Messages) -> None:
    """What waited and does not fit any more: which, why, and what somebody wants with it."""
    lines = []
    for found in session.unfit:
        what = sentences.step(found.edit.step, found.edit.params)
        lines.append(f"{what}: {sentences.refusal(found.why)}")
    if not lines:
        bars.clear("unfit")
        return
    count = len(lines)
    head = (
        "Deze wijziging kon niet worden opgeslagen."
        if count == 1
        else f"Deze {count} wijzigingen konden niet worden opgeslagen."
    )
    text = "\n".join([head, *lines])

    def copy() -> None:
        QGuiApplication.clipboard().setText(text)
        say_unfit(session, bars)

    ways: list[Action] = [
        ("Opnieuw proberen", session.try_unfit_again),
        ("Kopiëren", copy),
        ("Weggooien", session.let_unfit_go),
    ]
    bars.show_bar("unfit", text, "warn", ways, closable=False)
