"""Step 4, Gunning: the outcome of the published method, each bid's filled-in sum, and the acts that lead to
it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.drafts import SEPARATOR
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.grid.cells import read_cell_number
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, empty_page, fold, heading, muted, plain_label
from cirkeldesk.desktop.tender.anchoring import say_done
from cirkeldesk.desktop.tender.award.hero import AwardHero
from cirkeldesk.desktop.tender.award.quality import QualityPanel
from cirkeldesk.desktop.tender.award.ranking import VERDICTS, Ranking
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.break_even import break_even
from cirkeldesk.model.award.penalty import penalty
from cirkeldesk.model.tender.award_rules import Verdict
from cirkeldesk.operations.award import awards
from cirkeldesk.wording import terms
from cirkeldesk.wording.award import awarding, changes
from cirkeldesk.wording.comparison import explanations as words

USUAL_REASON = "volledig en op tijd"


class AwardPage(QStackedWidget):
    choose_method = Signal()
    go_to_variants = Signal()
    advice_wanted = Signal()

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.addWidget(self._empty())
        self.main = ScrollColumn(0, 0, 0, 12)
        self.addWidget(self.main)
        self.hero = AwardHero()
        self.hero.advice_wanted.connect(self.advice_wanted)
        self.conclusion, self.method, self.lock = self.hero.sentence, self.hero.method, self.hero.lock
        self.main.column.addWidget(self.hero)
        column = QVBoxLayout()
        column.setContentsMargins(20, 4, 20, 0)
        column.setSpacing(8)
        self.main.column.addLayout(column)
        self.warnings = plain_label()
        self.warnings.setObjectName("warning")
        self.warnings.setWordWrap(True)
        column.addWidget(self.warnings)
        self.table = Ranking()
        self.table.opened.connect(self.show_bid)
        self.table.judged.connect(self._judge_in_row)
        self.table.scaled.connect(self._show_scale)
        column.addWidget(self.table)
        self.scale = muted()
        self.scale.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.scale)
        self.bid = BidPanel(session, bars)
        self.bid.bid_wanted.connect(self._go_to_bid)
        self.bid.done.connect(self._go_on)
        column.addWidget(self.bid)
        self.opening = OpeningPanel(session, bars)
        column.addWidget(self.opening)
        self.lots = LotPanel(session)
        column.addWidget(self.lots)
        self.quality = QualityPanel(session, bars)
        column.addWidget(self.quality)
        self._folds(column)
        self.main.column.addStretch(1)
        session.changed.connect(self.refresh)
        self.refresh()

    def _empty(self) -> QWidget:
        self.empty_text = plain_label()
        self.choose = button("Kies methode", self.choose_method.emit, primary=True)
        self.variants = button("Naar Varianten", self.go_to_variants.emit, primary=True)
        return empty_page(self.empty_text, self.choose, self.variants)

    def _folds(self, column: QVBoxLayout) -> None:
        """Internal, and closed by default: they are computed when somebody opens them."""
        self.drop_out, self.turning = plain_label(), plain_label()
        self.proof = ProofPanel(self.session, self.bars)
        self.folds = []
        for title, part in (
            ("Wat als een inschrijver afvalt", self.drop_out),
            ("Omslagpunten", self.turning),
            ("Na gunning", self.proof),
        ):
            if part is not self.proof:
                part.setContentsMargins(16, 0, 0, 0)
            made = fold(title, part)
            made.toggled.connect(lambda _: self._fill_folds())
            self.folds.append(made)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(part)
        for label in (self.drop_out, self.turning):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        tender, found = self.session.tender, self.session.award
        self.variants.hide()
        self.choose.show()
        if tender.award.method is None or (found is None and not tender.prices_sealed):
            text = "U hebt nog geen gunningsmethode gekozen."
            self.empty_text.setText(
                text if tender.award.method is None else "De gunningsmethode is nog niet volledig ingevuld."
            )
            self.choose.setText("Kies methode" if tender.award.method is None else "Naar Uitvraag")
            self.setCurrentIndex(0)
            return
        if not tender.bids:
            self.empty_text.setText("Er zijn nog geen inschrijvingen. De nulvariant dingt niet mee.")
            self.choose.hide()
            self.variants.show()
            self.setCurrentIndex(0)
            return
        self.setCurrentWidget(self.main)
        self.hero.show_award(tender, found, self.session.comparison)
        self._show_outcome(found)
        self.opening.refresh()
        self.lots.refresh()
        self.quality.refresh()
        self.proof.refresh()
        self._fill_folds()

    def _show_outcome(self, found: Award | None) -> None:
        for widget in (self.table, self.scale, self.bid, self.warnings, *self.folds):
            widget.setVisible(found is not None)
        if found is None:
            for made in self.folds:
                made.setChecked(False)
            return
        warnings = [*awarding.warnings(found), *awarding.draw_lines(found)]
        self.warnings.setText("\n".join(warnings))
        self.warnings.setVisible(bool(warnings))
        chosen = self.bid.variant_id
        judging = found.tender.practice_of is None and found.tender.opened is not None
        self.table.show_award(found, judging=judging and not self.session.read_only)
        self._show_scale()
        row = next((i for i, bid in enumerate(found.bids) if bid.id == chosen), 0)
        self.table.setCurrentIndex(self.table.texts.index(row, 0))
        self.show_bid(row)

    def _go_to_bid(self, variant_id: str) -> None:
        places = [bid.id for bid in self.session.award.bids] if self.session.award is not None else []
        if variant_id in places:
            self.table.setCurrentIndex(self.table.texts.index(places.index(variant_id), 0))
            self.show_bid(places.index(variant_id))

    def _show_scale(self) -> None:
        scale = self.table.scale if self.table.shows_scale else None
        self.scale.setText(scale.sentence if scale is not None else "")
        self.scale.setVisible(scale is not None)

    def _judge_in_row(self, row: int, verdict: Verdict) -> None:
        """Chosen in the row: what is left is to look at the reason and to press."""
        self.table.setCurrentIndex(self.table.texts.index(row, 0))
        self.show_bid(row)
        self.bid.begin(verdict)

    def _go_on(self) -> None:
        """After a judgement the keys are at the next bid that waits for one."""
        found = self.session.award
        waiting = [] if found is None else [bid.validity == "open" for bid in found.bids]
        box = self.table.judge_box(waiting.index(True)) if True in waiting else None
        (box if box is not None else self.table).setFocus()

    def show_bid(self, row: int) -> None:
        found = self.session.award
        if found is not None and 0 <= row < len(found.bids):
            self.bid.show_bid(found, found.bids[row])

    def _fill_folds(self) -> None:
        found = self.session.award
        if found is None:
            return
        if self.folds[0].isChecked():
            self.drop_out.setText("\n".join(awarding.drop_out_lines(found)))
        if self.folds[1].isChecked():
            lines = awarding.break_even_lines(found, break_even(found))
            self.turning.setText("\n".join(lines) or "Er zijn twee inschrijvingen met een plaats nodig.")
        self.folds[2].setVisible(self.session.tender.opened is not None)
        if self.session.tender.opened is None:
            self.folds[2].setChecked(False)


class BidPanel(QFrame):
    """The sum of the chosen bid, why it is valid or not, and the decision."""

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.variant_id: str | None = None
        self._typed: dict[str, tuple[object, ...]] = {}
        self.setObjectName("panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        self.title = heading("", 1.0)
        column.addWidget(self.title)
        self.sum = plain_label()
        self.sum.setWordWrap(True)
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.sum)
        self.reasons = muted()
        column.addWidget(self.reasons)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self.verdict = Choice("Oordeel", [(verdict, terms.VALIDITY[verdict]) for verdict in VERDICTS])
        self.verdict.box.setPlaceholderText("kies")
        self.reason = TextField("Reden")
        self.article = TextField("Artikel")
        self.person = TextField("Wie beslist")
        for place, widget in enumerate((self.verdict, self.reason, self.article, self.person)):
            grid.addWidget(widget, 0, place)
            grid.setColumnStretch(place, 2 if widget is self.reason else 1)
        column.addLayout(grid)
        row = QHBoxLayout()
        self.judge_button = button("Oordeel vastleggen", self.judge)
        row.addWidget(self.judge_button)
        row.addStretch(1)
        column.addLayout(row)
        self.parts = (self.verdict, self.reason, self.article, self.person, self.judge_button)

    def show_bid(self, found: Award, bid: BidResult) -> None:
        if bid.id != self.variant_id:
            self._turn_to(bid.id)
        self.title.setText(f"Zo is {bid.name} berekend")
        lines = awarding.filled_in(found, bid)
        self.sum.setText("\n".join(lines))
        self.sum.setAccessibleName(words.aloud(" ".join(lines)))
        reasons = awarding.reasons(bid)
        names = {one.id: one.name for one in found.bids}
        layers = [layer for layer in found.tender.layers if layer.variant_id == bid.id]
        reasons += [f"Gecorrigeerd: {changes.layer_sentence(found.tender, layer, names)}" for layer in layers]
        reasons += [
            awarding.kept_sentence(answer) for answer in found.tender.kept if answer.variant_id == bid.id
        ]
        check = awarding.check_sentence(self.session.comparison.variant(bid.id))
        reasons += [check] if check else []
        self.reasons.setText("\n".join(reasons))
        self.reasons.setVisible(bool(reasons))
        for widget in self.parts:
            widget.setVisible(found.tender.practice_of is None and found.tender.opened is not None)
            widget.setEnabled(not self.session.read_only)
        if not self.person.edit.text():
            self.person.edit.setText(self.session.workspace.store.author)

    bid_wanted = Signal(str)
    done = Signal()

    def begin(self, verdict: Verdict) -> None:
        """A verdict was chosen. For a valid bid the usual reason stands ready; every other one is written."""
        self.verdict.show_value(verdict)
        if verdict == "valid" and not self.reason.edit.text().strip():
            self.reason.show_typed(USUAL_REASON)
        empty = next((field for field in (self.reason, self.person) if not field.edit.text().strip()), None)
        (empty.edit if empty is not None else self.judge_button).setFocus()

    @property
    def draft_part(self) -> str:
        return self.variant_id or ""

    def go_to_draft_part(self, part: str) -> bool:
        self.bid_wanted.emit(part)
        return self.variant_id == part

    def kept_texts(self) -> dict[str, str]:
        """What was typed for other bids than the one that is shown."""
        names = [field.edit.accessibleName() for field in (self.reason, self.article, self.person)]
        return {
            SEPARATOR.join([variant_id, name]): str(text)
            for variant_id, (_, *texts) in self._typed.items()
            for name, text, was in zip(
                names, texts, ("", "", self.session.workspace.store.author), strict=True
            )
            if text and text != was and variant_id != self.variant_id
        }

    def _turn_to(self, variant_id: str) -> None:
        """What was typed for a bid waits for it; nothing of one bid is left beside another."""
        fields = (self.reason, self.article, self.person)
        if self.variant_id is not None:
            self._typed[self.variant_id] = (self.verdict.value, *(field.edit.text() for field in fields))
        verdict, *texts = self._typed.get(variant_id, (None, "", "", ""))
        self.verdict.show_value(verdict)
        for field, text in zip(fields, texts, strict=True):
            field.show_typed(str(text))
        self.variant_id = variant_id

    def judge(self) -> None:
        index, bid = self.verdict.box.currentIndex(), self.variant_id
        if bid is None:
            return
        asked = [(self.reason, "Schrijf op waarom."), (self.person, "Noem wie beslist.")]
        asked += [(self.article, "Noem het artikel uit de stukken.")] if index == 1 else []
        for field in (self.reason, self.article, self.person):
            field.say("")
        if index < 0:
            self.verdict.box.setFocus()
            self.verdict.box.showPopup()
            return
        for field, text in asked:
            if not field.edit.text().strip():
                field.say(text, wrong=True)
                field.edit.setFocus()
                return
        verdict = VERDICTS[index]
        session = self.session
        given = {name: getattr(self, name).edit.text() for name in ("reason", "article", "person")}
        if session.act(lambda: awards.judge(session.workspace, session.identity, bid, verdict, **given)):
            self._typed.pop(bid, None)
            for field in (self.reason, self.article):
                field.forget()
            self.verdict.show_value(None)
            self.done.emit()


class OpeningPanel(QWidget):
    """Opening the bids: from then on they are read-only."""

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = muted()
        column.addWidget(self.text)
        row = QHBoxLayout()
        self.present = TextField("Aanwezig bij de opening", hint="namen of functies")
        self.open_button = button("Inschrijvingen openen", self.open_bids, primary=True)
        row.addWidget(self.present, 1)
        row.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self) -> None:
        tender = self.session.tender
        waiting = tender.lock is not None and tender.opened is None
        self.setVisible(tender.practice_of is None and tender.lock is not None)
        self.present.setVisible(waiting)
        self.open_button.setVisible(waiting)
        self.open_button.setEnabled(not self.session.read_only)
        if tender.opened is not None:
            present = f" Aanwezig: {tender.opened.present}." if tender.opened.present else ""
            self.text.setText(
                f"Geopend op {awarding.local_moment(tender.opened.at)} door {tender.opened.by}.{present}"
            )
        else:
            self.text.setText(
                "Na het openen zijn de inschrijvingen alleen te lezen. Vul daarom eerst alle prijzen in."
            )

    def open_bids(self) -> None:
        session, present = self.session, self.present.edit.text()
        if session.act(lambda: awards.open_bids(session.workspace, session.identity, present)):
            self.present.forget()
            text = "De inschrijvingen zijn geopend en nu alleen te lezen."
            say_done(self, session, self.bars, "opened", text, "opening")


class LotPanel(QWidget):
    """A lottery among bids that are still level, held by a named person outside the program."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = muted()
        column.addWidget(self.text)
        row = QHBoxLayout()
        self.order = TextField("Volgorde volgens de loting", hint="eerste; tweede")
        self.person = TextField("Wie hield de loting")
        self.keep = button("Loting vastleggen", self.draw)
        row.addWidget(self.order, 2)
        row.addWidget(self.person, 1)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)

    def level(self) -> tuple[BidResult, ...]:
        """The first group of bids that only a lottery can still part."""
        found, tender = self.session.award, self.session.tender
        if found is None or tender.opened is None or "lot" not in tender.award.tie_rules:
            return ()
        ranks = [bid.rank for bid in found.bids if bid.tied]
        return tuple(bid for bid in found.bids if ranks and bid.tied and bid.rank == ranks[0])

    def refresh(self) -> None:
        level = self.level()
        self.setVisible(bool(level))
        names = [bid.name for bid in level]
        self.text.setText(f"{awarding.listed(names)} staan gelijk. De stukken laten het lot beslissen.")
        self.order.edit.setPlaceholderText("; ".join(names))
        self.keep.setEnabled(not self.session.read_only)

    def draw(self) -> None:
        known = {bid.name.casefold(): bid.id for bid in self.level()}
        names = [part.strip().casefold() for part in self.order.edit.text().split(";") if part.strip()]
        if sorted(names) != sorted(known):
            self.order.say("Noem elke gelijke inschrijving één keer, met ; ertussen.", wrong=True)
            return
        if not self.person.edit.text().strip():
            self.person.say("Noem wie de loting hield.", wrong=True)
            return
        self.order.say("")
        self.person.say("")
        session, person, order = self.session, self.person.edit.text(), tuple(known[name] for name in names)
        if session.act(lambda: awards.draw_lots(session.workspace, session.identity, order, person)):
            self.order.forget()
            self.person.forget()


class ProofPanel(QWidget):
    """Promised and proven MKI after the award, and what a missed promise costs."""

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 0, 0)
        self.lines = plain_label()
        self.lines.setWordWrap(True)
        column.addWidget(self.lines)
        grid = QGridLayout()
        self.bid = Choice("Inschrijving", [])
        self.mki = TextField("Bewezen MKI, € MKI", number=True)
        self.document = TextField("Document")
        for place, widget in enumerate((self.bid, self.mki, self.document)):
            grid.addWidget(widget, 0, place)
        column.addLayout(grid)
        self.keep = button("Bewezen MKI vastleggen", self.prove)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        found, tender = self.session.award, self.session.tender
        if found is None:
            return
        self.bid.set_options([(bid.id, bid.name) for bid in found.bids if bid.figures.mki is not None])
        self.bid.show_value(found.winner)
        lines = []
        for proven in tender.proven:
            bid = found.bid(proven.variant_id)
            if bid.figures.mki is not None:
                text = awarding.penalty_sentence(tender.award, penalty(tender.award, bid.figures.mki, proven))
                lines.append(f"{bid.name}, {proven.document}: {text}")
        self.lines.setText(
            "\n".join(lines) or "Er is nog geen bewezen MKI vastgelegd. De belofte is een contracteis."
        )
        for widget in (self.bid, self.mki, self.document, self.keep):
            widget.setEnabled(not self.session.read_only)

    def prove(self) -> None:
        variant_id = self.bid.value
        read = read_cell_number(self.mki.edit.text(), positive=False, thousands=True, column="MKI")
        if variant_id is None or read.exact is None:
            self.mki.say(read.problem or "Kies een inschrijving en vul de bewezen MKI in.", wrong=True)
            return
        self.mki.say("")
        if not self.document.edit.text().strip():
            self.document.say("Noem het document met de bewezen MKI.", wrong=True)
            return
        self.document.say("")
        session, document, mki = self.session, self.document.edit.text(), Decimal(read.exact)
        if session.act(
            lambda: awards.prove(session.workspace, session.identity, str(variant_id), mki, document)
        ):
            self.mki.forget()
            self.document.forget()
