"""Every open point of a tender in one list, with the way to where it is mended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.widgets import heading, plain_label
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.wording import sentences


class OpenPoints(QWidget):
    """Every problem of the tender: what, where, and Enter goes there."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.addWidget(heading("Open punten", 1.15))
        self.none = plain_label("Er zijn geen open punten.")
        column.addWidget(self.none)
        self.chosen = QListWidget()
        self.chosen.setAccessibleName("Open punten; Enter gaat erheen")
        self.chosen.setWordWrap(True)
        column.addWidget(self.chosen, 1)
        column.addStretch(0)

    def refresh(self) -> None:
        comparison = self.session.comparison
        names = {v.id: v.name for v in comparison.variants}
        posts = {p.id: p.name for p in comparison.tender.posts}
        self.chosen.clear()
        for problem in comparison.problems:
            text = sentences.problem_sentence(
                problem, names.get(problem.variant_id or ""), posts.get(problem.post_id or "")
            )
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, problem)
            self.chosen.addItem(item)
        if self.chosen.count():
            self.chosen.setCurrentRow(0)
        self.none.setVisible(not self.chosen.count())
        self.chosen.setVisible(bool(self.chosen.count()))
