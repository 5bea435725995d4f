"""The top of the award: who wins or is first for now, by which method, and the next act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from cirkeldesk.desktop.kit.figures.key_figures import KeyFigures
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.widgets import button, muted, plain_label
from cirkeldesk.model.award.award import Award
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.comparison.explanations import aloud
from cirkeldesk.wording.comparison.outcome import judged_words, outcome_figures, outcome_mark
from cirkeldesk.wording.comparison.rows import sealed
from cirkeldesk.wording.numbers import kept_together

SENTENCE, SMALL = 1.6, 1.15


class AwardHero(QFrame):
    """`sentence` takes the focus when the page is shown, so that it is read first."""

    advice_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hero")
        self._roomy, self._has_figures = True, False
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(5)
        self.mark = plain_label()
        left.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeft)
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        theme.keep_font(self.sentence, SENTENCE, bold=True)
        self.sentence.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        left.addWidget(self.sentence)
        self.method = muted()
        left.addWidget(self.method)
        self.lock = plain_label()
        self.lock.setObjectName("lock")
        self.lock.setWordWrap(True)
        left.addWidget(self.lock)
        self.judged = muted()
        left.addWidget(self.judged)
        row.addLayout(left, 1)
        right = QVBoxLayout()
        self.figures = KeyFigures()
        right.addWidget(self.figures)
        right.addStretch(1)
        self.advice = button("Verder naar advies", self.advice_wanted.emit, icon="next", primary=True)
        right.addWidget(self.advice, 0, Qt.AlignmentFlag.AlignRight)
        row.addLayout(right)

    def lay_out(self, *, wide: bool, low: bool) -> None:
        """In a narrow or a low window the sentence says it all: the figures stand in the table below."""
        self._roomy = wide and not low
        theme.keep_font(self.sentence, SMALL if low or not wide else SENTENCE, bold=True)
        self._row.setContentsMargins(20, 4 if low else 12, 20, 4 if low else 12)
        self._arrange()

    def _arrange(self) -> None:
        self.figures.setVisible(self._roomy and self._has_figures)
        self.mark.setVisible(bool(self.mark.text()) and self._roomy)

    def show_award(self, tender: Tender, found: Award | None, comparison: Comparison) -> None:
        self.method.setText(kept_together(awarding.method_sentence(tender.award)))
        self.lock.setText(awarding.raised(awarding.lock_sentence(tender)))
        self.lock.setVisible(tender.lock is not None)
        text = f"De prijzen zijn {sealed(tender.sealed_until)}."
        if found is not None:
            text = awarding.conclusion(found)
        self.sentence.setText(text)
        self.sentence.setAccessibleName(aloud(text))
        kind, word = outcome_mark(found)
        self.mark.setText(word)
        self.mark.setProperty("chip", kind)
        self.mark.style().unpolish(self.mark)
        self.mark.style().polish(self.mark)
        figures = outcome_figures(found, comparison)
        self.figures.show_figures(figures)
        self._has_figures = bool(figures)
        self._arrange()
        self.judged.setText(judged_words(found))
        self.judged.setVisible(bool(self.judged.text()))
        self.advice.setVisible(found is not None and found.winner is not None)
