"""Quality: a score per bid, criterion and assessor, each with its motivation; locked before prices
open."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import button, heading, muted
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award import locks
from cirkeldesk.model.award.acts import set_score
from cirkeldesk.model.award.methods import parts_of
from cirkeldesk.model.tender.award_rules import QualityCriterion, Score
from cirkeldesk.operations.award import awards
from cirkeldesk.wording import numbers, terms

TOGETHER = "samen"


class QualityPanel(QWidget):
    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading("Kwaliteit", 1.0))
        self.text = muted()
        column.addWidget(self.text)
        self.table = PlainTable("Scores met motivering")
        column.addWidget(self.table)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self.bid = Choice("Inschrijving", [])
        self.bid.chosen.connect(lambda _: self._clear())
        self.criterion = Choice("Criterium", [])
        self.criterion.chosen.connect(lambda _: self._fit_score())
        self.assessor = Choice("Beoordelaar", [])
        self.step = Choice("Score", [])
        self.percent = TextField("Score, %", number=True)
        self.motivation = TextField("Motivering")
        self.motivation.edit.returnPressed.connect(self.save)
        for place, widget in enumerate((self.bid, self.criterion, self.assessor)):
            grid.addWidget(widget, 0, place)
            grid.setColumnStretch(place, 1)
        grid.addWidget(self.step, 1, 0)
        grid.addWidget(self.percent, 1, 0)
        grid.addWidget(self.motivation, 1, 1, 1, 2)
        self.entry = QWidget()
        self.entry.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.entry)
        row = QHBoxLayout()
        self.keep = button("Score bewaren", self.save)
        self.lock = button("Kwaliteit op slot zetten", self.lock_scores)
        row.addWidget(self.keep)
        row.addWidget(self.lock)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self) -> None:
        tender = self.session.tender
        self.setVisible("quality" in parts_of(tender.award))
        if "quality" not in parts_of(tender.award):
            return
        names = {variant.id: variant.name for variant in tender.bids}
        criteria = {criterion.id: criterion.name for criterion in tender.award.criteria}
        rows = [
            (
                names.get(s.variant_id, ""),
                criteria.get(s.criterion_id, ""),
                s.assessor,
                score_text(s),
                s.motivation,
            )
            for s in sorted(tender.scores, key=lambda s: (s.variant_id, s.criterion_id, s.assessor))
        ]
        self.table.show_rows(("Inschrijving", "Criterium", "Beoordelaar", "Score", "Motivering"), rows)
        self.table.setVisible(bool(rows))
        missing = locks.unscored(tender)
        done = tender.quality_lock is not None
        if done:
            self.text.setText(
                f"Kwaliteit op slot sinds {numbers.date(tender.quality_lock.at)}."
                if tender.quality_lock
                else ""
            )
        elif missing:
            listed = [
                f"{names[bid]}, {criteria[criterion]} ({who})" for bid, criterion, who in self._missing()
            ]
            more = f" en {len(listed) - 4} andere" if len(listed) > 4 else ""
            self.text.setText(f"Nog te beoordelen: {'; '.join(listed[:4])}{more}.")
        else:
            self.text.setText("Alle scores zijn gegeven. Zet ze op slot; pas daarna gaan de prijzen open.")
        open_ = not done and tender.opened is None and not self.session.read_only
        self.entry.setVisible(open_)
        self.keep.setVisible(open_)
        self.lock.setVisible(open_ and tender.lock is not None)
        self.bid.set_options(list(names.items()))
        self.criterion.set_options(list(criteria.items()))
        if self.bid.value is None and names:
            self.bid.show_value(next(iter(names)))
        if self.criterion.value is None and criteria:
            self.criterion.show_value(next(iter(criteria)))
        self._fit_score()

    def _chosen(self) -> QualityCriterion | None:
        return next((c for c in self.session.tender.award.criteria if c.id == self.criterion.value), None)

    def _fit_score(self) -> None:
        """What this criterion takes: a step of its scale or a percentage, from one voice or from each
        assessor."""
        criterion = self._chosen()
        if criterion is None:
            return
        people = people_of(criterion)
        self.assessor.set_options([(name, name) for name in people])
        if self.assessor.value is None:
            self.assessor.show_value(people[0])
        self.step.setVisible(bool(criterion.steps))
        self.percent.setVisible(not criterion.steps)
        labels = [
            (s.label, f"{s.label} ({numbers.as_typed(s.percent)}{numbers.NBSP}%)") for s in criterion.steps
        ]
        self.step.set_options(labels)

    @property
    def draft_part(self) -> str:
        return "/".join(str(one.value or "") for one in (self.bid, self.criterion, self.assessor))

    def go_to_draft_part(self, part: str) -> bool:
        for choice, wanted in zip((self.bid, self.criterion, self.assessor), part.split("/"), strict=False):
            choice.show_value(wanted)
            self._fit_score()
        return self.draft_part == part

    def save(self) -> None:
        criterion, bid, assessor = self._chosen(), self.bid.value, self.assessor.value
        if criterion is None or bid is None or assessor is None:
            self.motivation.say("Kies een inschrijving, een criterium en een beoordelaar.", wrong=True)
            return
        percent: Decimal | None = None
        if not criterion.steps:
            read = numbers.read_number(self.percent.edit.text(), percent_allowed=True)
            if read.value is None or not 0 <= read.value <= 100:
                self.percent.say("Vul een percentage in van 0 tot 100.", wrong=True)
                return
            percent = read.value
            self.percent.say("")
        elif self.step.value is None:
            self.motivation.say("Kies een score.", wrong=True)
            return
        motivation = self.motivation.edit.text().strip()
        if not motivation:
            self.motivation.say("Schrijf bij elke score waarom.", wrong=True)
            return
        self.motivation.say("")
        label = str(self.step.value) if criterion.steps else None
        score = Score(str(bid), criterion.id, str(assessor), motivation, label, percent)
        name = self.session.tender.variant(str(bid)).name
        if self.session.commit(set_score(score, name, criterion.name)):
            self.motivation.forget()
            self.percent.forget()
            self._next()

    def _missing(self) -> list[tuple[str, str, str]]:
        """(bid, criterion, assessor) of every score still to give."""
        tender = self.session.tender
        criteria = {criterion.id: criterion for criterion in tender.award.criteria}
        given = {(score.variant_id, score.criterion_id, score.assessor) for score in tender.scores}
        wanted = [
            (bid, name, who) for bid, name in locks.unscored(tender) for who in people_of(criteria[name])
        ]
        return [one for one in wanted if one not in given]

    def _next(self) -> None:
        """To the first score still to give, with empty fields, so that scoring goes on by keyboard."""
        missing = self._missing()
        self.step.show_value(None)
        if missing:
            self.bid.show_value(missing[0][0])
            self.criterion.show_value(missing[0][1])
            self._fit_score()
            self.assessor.show_value(missing[0][2])
            (self.step.box if self.step.isVisible() else self.percent.edit).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _clear(self) -> None:
        """Half a score of one bid does not go to another."""
        for field in (self.percent, self.motivation):
            field.forget()
        self.step.show_value(None)

    def lock_scores(self) -> None:
        session = self.session
        if session.act(lambda: awards.lock_scores(session.workspace, session.identity)):
            self.bars.show_bar("quality", "De kwaliteitsscores staan op slot.", "good")


def people_of(criterion: QualityCriterion) -> tuple[str, ...]:
    """Who gives a score: each assessor, or all together as one voice."""
    each = criterion.combine == "mean" and bool(criterion.assessors)
    return criterion.assessors if each else ("; ".join(criterion.assessors) or TOGETHER,)


def score_text(score: Score) -> str:
    if score.label is not None:
        return score.label
    return (
        f"{numbers.as_typed(score.percent)}{numbers.NBSP}%"
        if score.percent is not None
        else terms.STATES["empty"]
    )
