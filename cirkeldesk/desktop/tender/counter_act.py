"""What stands between a lock and a change: a bar with the ways there are, what they ask and what they would
turn (UX 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
)

from cirkeldesk.desktop.kit.fields import TextField
from cirkeldesk.desktop.kit.widgets import button, muted, plain_label
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.document.changes import bid_changes, changed_bids, locked_changes
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import Judgement
from cirkeldesk.operations.award import awards
from cirkeldesk.wording import numbers, sentences
from cirkeldesk.wording.award import awarding, changes

Way = Literal["own_error", "obvious_error", "invalid", "answer", "nota", "entry"]
NAMES: Mapping[Way, str] = {
    "own_error": "1. Typefout van ons: het stuk zegt iets anders",
    "obvious_error": "2. Kennelijke fout of kleine verduidelijking van de inschrijver",
    "invalid": "3. Inschrijving ongeldig",
    "answer": "4. Antwoord bewaren, niets wijzigen",
    "nota": "Nota van inlichtingen",
    "entry": "Correctie van invoer",
}
QUESTIONS: Mapping[str, str] = {
    "opened": "Deze inschrijving is geopend. Wat wilt u verbeteren?",
    "locked_nota": "De methode en de uitvraag staan op slot. Tot de sluiting kan een nota van "
    "inlichtingen ze wijzigen.",
    "moment_earlier": (
        "Een nota vervroegt geen gepubliceerd moment en haalt het niet weg. Was het verkeerd ingevoerd, "
        "dan herstelt u het hier."
    ),
    "locked_entry": "De methode en de uitvraag staan op slot. Nu kan alleen een verkeerd ingevoerde "
    "regel nog worden hersteld.",
}
RECOVERY = (
    "Na de sluiting mag een inschrijving in principe niet meer wijzigen. Alleen een kennelijke fout of "
    "een kleine "
    "verduidelijking kan. Behandel andere inschrijvers in dezelfde situatie gelijk."
)
# What each way asks: field and label.
ASKED: Mapping[Way, tuple[tuple[str, str], ...]] = {
    "own_error": (("document", "Document"), ("page", "Bladzijde"), ("reason", "Reden")),
    "obvious_error": (
        ("document", "Brief of bericht"),
        ("dated", "Datum van de brief"),
        ("allowed", "Waarom mag het"),
        ("reason", "Reden"),
    ),
    "invalid": (("reason", "Reden"), ("article", "Artikel"), ("person", "Wie beslist")),
    "answer": (("text", "Antwoord van de inschrijver"),),
    "nota": (("document", "Nota van inlichtingen"), ("reason", "Reden")),
    "entry": (
        ("document", "Gepubliceerd document"),
        ("page", "Bladzijde"),
        ("reason", "Reden"),
        ("second", "Tweede persoon"),
    ),
}
LABELS = {name: label for asked in ASKED.values() for name, label in asked}
BY_KEY: Mapping[str, tuple[Way, ...]] = {
    "opened": ("own_error", "obvious_error", "invalid", "answer"),
    "locked_nota": ("nota", "entry"),
    "locked_entry": ("entry",),
    "moment_earlier": ("entry",),
}


DONE: Mapping[Way, str] = {
    "own_error": "De verbetering is vastgelegd. De inschrijving zoals zij kwam, blijft bewaard.",
    "obvious_error": "De verduidelijking is vastgelegd. De inschrijving zoals zij kwam, blijft bewaard.",
    "invalid": "De inschrijving is ongeldig verklaard.",
    "answer": "Het antwoord is bewaard en staat bij Onderbouwing. Er is niets gewijzigd.",
    "nota": "De nota van inlichtingen is vastgelegd. Beide versies blijven bewaard.",
    "entry": "De correctie van invoer is vastgelegd en staat op elk blad.",
}


@dataclass(frozen=True)
class Wanted:
    """An edit that a lock refused, and the bid it is about."""

    edit: edits.Edit
    key: str
    variant_id: str | None


class CounterAct(QScrollArea):
    """Never a dialog: the bar stays in the page until it is answered or closed. It scrolls where the window
    is low."""

    done = Signal(str)

    def __init__(self, session: Session, room: Callable[[int], int]) -> None:
        """`room` says how much of the height it needs it may take."""
        super().__init__()
        self.session, self.room = session, room
        self.wanted: Wanted | None = None
        self.wanted_text = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.body = QFrame()
        self.body.setObjectName("bar")
        self.body.setProperty("kind", "warn")
        self.setWidget(self.body)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        self.question = plain_label()
        self.question.setWordWrap(True)
        column.addWidget(self.question)
        self.change = muted()
        column.addWidget(self.change)
        self.ways = QButtonGroup(self)
        self.buttons: dict[Way, QRadioButton] = {}
        for way in NAMES:
            made = QRadioButton(NAMES[way])
            made.setAccessibleName(NAMES[way])
            made.clicked.connect(lambda _=False: self._show_way())
            self.ways.addButton(made)
            self.buttons[way] = made
            column.addWidget(made)
        self.law = muted(RECOVERY)
        column.addWidget(self.law)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.problem = plain_label()
        self.problem.setWordWrap(True)
        self.problem.setObjectName("problem")
        self.fields: dict[str, TextField] = {}
        for name in ("document", "page", "dated", "allowed", "reason", "article", "person", "second", "text"):
            field = TextField(LABELS[name], hint="dd-mm-jjjj" if name == "dated" else "")
            field.edit.textChanged.connect(lambda _: self._say(""))
            field.setParent(self.body)
            self.fields[name] = field
        column.addLayout(self.grid)
        self.alike = muted()
        column.addWidget(self.alike)
        self.effect = plain_label()
        self.effect.setWordWrap(True)
        column.addWidget(self.effect)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        self.keep = button("Vastleggen", self.commit, primary=True)
        row.addWidget(self.keep)
        row.addWidget(button("Annuleren", self.cancel))
        row.addStretch(1)
        column.addLayout(row)
        session.changed.connect(self._forget)
        self.hide()

    # --- asking
    # --------------------------------------------------------------------------------------------------

    def ask(self, edit: edits.Edit, key: str) -> None:
        """Show the ways there are for an edit that a lock refused."""
        tender = self.session.tender
        touched = changed_bids(tender, edit.apply(tender))
        if key == "opened" and (len(touched) != 1 or touched[0] not in {bid.id for bid in tender.bids}):
            self.session.failed.emit(sentences.error("opened"))
            return
        about = touched[0] if key == "opened" else None
        again = self.wanted is not None and (self.wanted.key, self.wanted.variant_id) == (key, about)
        if self.wanted is not None and not again and self._has_text():
            self.session.failed.emit(
                "Beantwoord eerst de vraag boven de tabel, of kies Annuleren. Uw tekst daarin staat er nog."
            )
            return
        if self.wanted is not None and again:  # the question is then about both, and both are told
            edit = edits.together([self.wanted.edit, edit], edit.step, dict(edit.params))
        self.wanted = Wanted(edit, key, about)
        self.question.setText(QUESTIONS[key])
        self.setAccessibleName(QUESTIONS[key])
        self.wanted_text = self._told(edit, about)
        self._offer_ways(key, again=again)
        if not again:  # what was typed for the same question stays
            self._empty(f"Nota van inlichtingen {len(tender.notes) + 1}" if key == "locked_nota" else "")
        self._show_way()
        self.show()
        self.fit()
        first = self.buttons["own_error"] if key == "opened" else self.fields["document"].edit
        first.setFocus()

    def _told(self, edit: edits.Edit, about: str | None) -> str:
        """What the edit would change, after the name of the bid it is about."""
        tender = self.session.tender
        changed = edit.apply(tender)
        if about is None:
            return changes.changes_text(tender, locked_changes(tender, changed))
        found = bid_changes(tender, changed, about)
        return f"{tender.variant(about).name}: {changes.changes_text(tender, found)}"

    def _offer_ways(self, key: str, *, again: bool) -> None:
        self.ways.setExclusive(False)
        for way, made in self.buttons.items():
            made.setVisible(way in BY_KEY[key] and len(BY_KEY[key]) > 1)
            made.setChecked(made.isChecked() and again)
        self.ways.setExclusive(True)
        if key == "locked_nota" and not again:
            self.buttons["nota"].setChecked(True)

    def _empty(self, document: str) -> None:
        for field in self.fields.values():
            field.show_value("")
            field.forget()
        self.fields["document"].edit.setText(document)

    def _opened_on(self) -> str:
        """The day of the opening (ISO): what came before it is part of the bid as opened."""
        opened = self.session.tender.opened
        return opened.at[:10] if opened is not None else ""

    def _has_text(self) -> bool:
        """Whether somebody has typed an answer that another question would take away."""
        return any(
            field.isVisible() and field.edit.text().strip() and field.edit.isModified()
            for field in self.fields.values()
        )

    def kept_texts(self) -> dict[str, str]:
        """What somebody wanted to change, as long as it is asked how."""
        return {self.accessibleName(): self.wanted_text} if self.wanted is not None else {}

    @property
    def way(self) -> Way | None:
        if self.wanted is None:
            return None
        choices = BY_KEY[self.wanted.key]
        if len(choices) == 1:
            return choices[0]
        return next((way for way, made in self.buttons.items() if made.isChecked()), None)

    def choose(self, way: Way) -> None:
        self.buttons[way].setChecked(True)
        self._show_way()

    def fit(self) -> None:
        """As high as it needs, within the room there is."""
        if not self.isVisible():
            return
        width, hint = self.viewport().width(), self.body.sizeHint()
        needed = max(self.body.heightForWidth(width), self.body.minimumSizeHint().height())
        if width >= hint.width():  # a layout with wrapped lines may ask for less than its parts
            needed = max(needed, hint.height())
        self.body.setMinimumHeight(needed)  # wrapped lines count too, so that it scrolls instead of squeezing
        self.setFixedHeight(self.room(needed + 4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and event.size().width() != event.oldSize().width():
            self.fit()

    def _show_way(self) -> None:
        way = self.way
        asked = dict(ASKED[way]) if way is not None else {}
        while self.grid.count():
            self.grid.takeAt(0)
        for place, name in enumerate(asked):
            self.fields[name].label.setText(asked[name])
            self.fields[name].edit.setAccessibleName(asked[name])
            self.grid.addWidget(self.fields[name], place // 3, place % 3)
        for name, field in self.fields.items():
            field.setVisible(name in asked)
        self.law.setVisible(way == "obvious_error")
        self.keep.setEnabled(way is not None)
        self._say("")
        kept = " Deze nieuwe waarde wordt niet overgenomen." if way in ("invalid", "answer") else ""
        self.change.setText(f"{self.wanted_text}.{kept}")
        self._show_effect(way)
        self.fit()
        QTimer.singleShot(0, self, self.fit)  # once more when what was shown or hidden has its size

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _show_effect(self, way: Way | None) -> None:
        for label in (self.effect, self.alike):
            label.setText("")
            label.hide()
        wanted = self.wanted
        if wanted is None or way in (None, "answer", "nota") or wanted.key == "locked_nota":
            return
        edit = _as_invalid(wanted) if way == "invalid" else wanted.edit
        found = awards.effect_of(self.session.workspace, self.session.identity, edit, wanted.variant_id)
        names = {variant.id: variant.name for variant in self.session.tender.variants}
        who = (
            "De winnaar"
            if self.session.award is not None and self.session.award.winner is not None
            else "Nummer 1"
        )
        turn = f" {who} verandert." if found.winner_changes else f" {who} blijft gelijk."
        before, after = (awarding.places_text(places, names) for places in (found.before, found.after))
        self.effect.setText(f"Vóór: {before}. Na: {after}.{turn}")
        self.effect.show()
        if way == "obvious_error" and found.alike:
            self.alike.show()
            self.alike.setText(f"Hetzelfde ontbreekt ook bij: {', '.join(names[i] for i in found.alike)}.")

    # --- answering
    # -----------------------------------------------------------------------------------------------

    def values(self) -> dict[str, str]:
        return {name: field.edit.text().strip() for name, field in self.fields.items()}

    def commit(self) -> None:
        """Do what was chosen; what is still missing is said in the bar, and nothing is lost."""
        wanted, way = self.wanted, self.way
        if wanted is None or way is None:
            return
        if not self.session.save_first():
            self._say(
                "Wat u eerder typte, is nog niet opgeslagen. Bewaar dat eerst; uw antwoord hier blijft staan."
            )
            return
        given = self.values()
        missing = [label for name, label in ASKED[way] if not given[name]]
        dated = numbers.read_date(given["dated"]) if way == "obvious_error" else ""
        if missing:
            self._say(f"Vul nog in: {', '.join(missing).lower()}.")
            return
        if (
            dated is not None
            and way == "obvious_error"
            and not self._opened_on() <= dated <= self.session.workspace.store.now()[:10]
        ):
            self._say("De brief is van na het openen en niet van later dan vandaag. Controleer de datum.")
            return
        if dated is None:
            self._say("Schrijf de datum van de brief als dd-mm-jjjj.")
            return
        try:
            self._run(way, wanted, {**given, "dated": dated})()
        except StoreError as refused:
            self._say(sentences.refusal(refused))
            return
        except (LookupError, ValueError):  # what it was about is not there any more
            self._say(sentences.error("no_longer_fits"))
            return
        self.wanted = None
        for field in self.fields.values():
            field.forget()
        self.hide()
        for text in self.session.refused_texts():  # what was asked about is answered
            text.take_back()
        self.session.reload()
        self.done.emit(DONE[way])

    def _run(self, way: Way, wanted: Wanted, given: dict[str, str]) -> Callable[[], object]:
        workspace, identity, bid = self.session.workspace, self.session.identity, wanted.variant_id or ""
        said = {name: given[name] for name in ("document", "reason")}
        match way:
            case "own_error" | "obvious_error":
                more = (
                    {"page": given["page"]}
                    if way == "own_error"
                    else {"dated": given["dated"], "allowed": given["allowed"]}
                )
                correction = awards.Correction(way, bid, **said, **more)
                return lambda: awards.correct_bid(workspace, identity, wanted.edit, correction)
            case "invalid":
                judged = {name: given[name] for name in ("reason", "article", "person")}
                return lambda: awards.judge(workspace, identity, bid, "invalid", **judged)
            case "answer":
                return lambda: awards.keep_answer(workspace, identity, bid, given["text"])
            case "nota":
                return lambda: awards.publish_nota(
                    workspace, identity, wanted.edit, given["document"], given["reason"]
                )
        entered = {name: given[name] for name in ("page", "second")}
        return lambda: awards.correct_entry(workspace, identity, wanted.edit, **said, **entered)

    def cancel(self) -> None:
        self.wanted = None
        for field in self.fields.values():
            field.forget()
        self.hide()
        for text in self.session.refused_texts():  # what was typed is not what is stored
            text.take_back()
        self.session.changed.emit()
        self.done.emit("")

    def _forget(self) -> None:
        """Something else changed: the effect shown may no longer hold."""
        if self.wanted is not None:
            self._show_effect(self.way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)


def _as_invalid(wanted: Wanted) -> edits.Edit:
    """Only to show what it would turn; the real act is signed and dated."""
    judged = Judgement(wanted.variant_id or "", "invalid", "?", "?", "?", "?", "2000-01-01")
    return edits.Edit("field", {}, lambda tender: replace(tender, judgements=(*tender.judgements, judged)))
