"""The criteria that can be advised on a theme, each beside its level, kind and rung; a tick takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QWidget

from cirkeldesk.desktop.kit.widgets import muted, plain_label, plain_tip
from cirkeldesk.model.reference.criteria import LEVELS, Criterion
from cirkeldesk.wording import criteria as wording
from cirkeldesk.wording import terms

CHIPS = {"ambitious": "good", "leading": "lock"}  # a basis is what is usual, and has no colour


class CriteriaChecks(QWidget):
    """`taken` with the code of a criterion and whether it is advised."""

    taken = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._shown: tuple[str, ...] | None = None
        self.boxes: dict[str, QCheckBox] = {}
        self.effects: dict[str, QLabel] = {}
        self._told: dict[str, str] = {}

    def show_criteria(
        self, offered: Sequence[Criterion], picked: Sequence[str], given: Sequence[str] = ()
    ) -> None:
        """Those on offer; the same ones keep their boxes, and so the keys. `given`: what was advised
        before."""
        offered = sorted(offered, key=lambda one: LEVELS.index(one.level))
        codes = tuple(one.code for one in offered)
        if codes != self._shown:
            self._shown = codes
            self._clear()
            for place, one in enumerate(offered):
                self._add(2 * place, one)
            if not offered:
                self._grid.addWidget(muted("Er zijn geen criteria voor dit thema."), 0, 0)
        for code, box in self.boxes.items():
            box.setChecked(code in picked)
            said = f"Geadviseerd. {self._told[code]}" if code in given else self._told[code]
            self.effects[code].setText(said)
            box.setAccessibleDescription(said)

    def _clear(self) -> None:
        self.boxes, self.effects = {}, {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, row: int, criterion: Criterion) -> None:
        box = QCheckBox(criterion.title.replace("&", "&&"))
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no title makes it wider
        level, kind = terms.LEVELS[criterion.level], terms.CRITERION_KINDS[criterion.kind]
        rung = wording.rung(criterion)
        box.setAccessibleName(
            ", ".join(filter(None, [criterion.title, level, kind, wording.r_name(criterion)]))
        )
        self._told[criterion.code] = first_sentence(criterion.effect)
        box.clicked.connect(lambda wanted: self.taken.emit(criterion.code, wanted))
        box.setToolTip(plain_tip(criterion.text))
        self.boxes[criterion.code] = box
        chip = plain_label(level)
        if criterion.level in CHIPS:
            chip.setProperty("chip", CHIPS[criterion.level])
        self._grid.addWidget(box, row, 0)
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(chip, row, 1, top)
        for place, text in ((2, kind), (3, rung)):
            self._grid.addWidget(self._quiet(text), row, place, top)
        effect = self.effects[criterion.code] = muted(self._told[criterion.code])
        effect.setContentsMargins(24, 0, 0, 6)
        self._grid.addWidget(effect, row + 1, 0, 1, 4)

    @staticmethod
    def _quiet(text: str) -> QLabel:
        label = muted(text)
        label.setWordWrap(False)
        return label


def first_sentence(text: str) -> str:
    """What it does, in short; the whole stands with the criterion in the library."""
    head, dot, _ = text.partition(". ")
    return head + dot.strip()
