"""Waarom?: from a total to post, module, indicator and the sum at the leaf."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.widgets import heading, plain_label, plain_tip, tool
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.comparison.explanation import Branch, explain
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.tender.tender import Variant
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.award.awarding import filled_in, stopped
from cirkeldesk.wording.comparison import explanations as words
from cirkeldesk.wording.comparison.rows import MatrixRow, matrix_rows


class WhyPanel(QWidget):
    """Waarom?: from the total to post, module, indicator and the sum at the leaf."""

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.variant_id = ""
        self.row_key = "total"
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        self.title = heading("Waarom?", 1.15)
        top.addWidget(self.title, 1)
        top.addWidget(tool("Terug", self.closed.emit, icon="back"))
        column.addLayout(top)
        self.text = plain_label()
        self.text.setWordWrap(True)
        column.addWidget(self.text)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Opbouw van de MKI")
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels(["Onderdeel", "€ MKI"])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.currentItemChanged.connect(self._show_sum)
        column.addWidget(self.tree, 1)
        self.sum = plain_label()
        self.sum.setWordWrap(True)
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.sum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def show_variant(self, variant_id: str, row: MatrixRow | None = None) -> None:
        self.variant_id = variant_id
        self.row_key = row.key if row is not None else "total"
        self.refresh(row)

    def refresh(self, row: MatrixRow | None = None) -> None:
        """`row` as the matrix shows it, with its own base of difference; None: as it stands in the whole
        comparison."""
        comparison = self.session.comparison
        result = next((v for v in comparison.variants if v.id == self.variant_id), None)
        if result is None:
            return
        self.title.setText(f"Waarom? {result.name}")
        self.text.setText(self._intro(result, row))
        self.tree.clear()
        branch = explain(comparison, self.session.inputs, self.variant_id)
        top = _item(branch, comparison, comparison.tender.variant(result.id))
        self.tree.addTopLevelItem(top)
        top.setExpanded(True)
        self.tree.setCurrentItem(top)

    def _intro(self, result: VariantResult, shown: MatrixRow | None) -> str:
        rows = {row.key: row for row in matrix_rows(self.session.comparison)}
        parts = []
        row = shown or rows.get(self.row_key)
        if row is not None:
            index = [v.id for v in self.session.comparison.variants].index(result.id)
            cell = row.cells[index]
            parts.append(f"{row.name_with_unit}: {stopped(cell.with_mark)}")
            found = self.session.award
            if row.key == "award" and found is not None and result.is_bid:
                parts += filled_in(found, found.bid(result.id))
            if cell.reason:
                parts.append(cell.reason)
        if result.total.value is None and result.partial:
            parts.append(f"Voorlopige som van wat bekend is: {numbers.euro(result.partial)} MKI.")
        parts += [sentences.sentence(p.message) for p in result.problems if p.level == "blocks"][:3]
        if result.b4_from_d:
            parts.append(
                f"In B4 zit {numbers.euro(result.b4_from_d)} MKI uit levensfase D van de vervangingen."
            )
        return "\n".join(dict.fromkeys(parts))

    def _show_sum(self, item: QTreeWidgetItem | None, _previous: object = None) -> None:
        self.sum.setText(item.data(0, Qt.ItemDataRole.UserRole) or "" if item is not None else "")


def _told(branch: Branch, comparison: Comparison, variant: Variant) -> str:
    """What stands under the tree at a branch: at the total how it came about, at a post its quantity."""
    if branch.key == "total":
        return "\n".join(words.in_words(comparison, comparison.variant(variant.id)))
    posts = {post.name: post.id for post in comparison.tender.posts}
    if branch.key == "post" and branch.name in posts:
        return words.quantity_sum(comparison, variant.id, posts[branch.name])
    return ""


def _item(branch: Branch, comparison: Comparison, variant: Variant) -> QTreeWidgetItem:
    missing = terms.STATES["absent" if branch.lapses else "not_computable"]
    value = numbers.number(branch.value, 2) if branch.value is not None else missing
    item = QTreeWidgetItem([words.branch_name(branch, comparison.weighting_set), value])
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
    if branch.leaf is not None:
        item.setData(0, Qt.ItemDataRole.UserRole, words.leaf_sum(branch.leaf, comparison, variant))
        item.setToolTip(0, plain_tip(words.leaf_sum(branch.leaf, comparison, variant)))
    else:
        item.setData(0, Qt.ItemDataRole.UserRole, _told(branch, comparison, variant))
    for child in branch.children:
        item.addChild(_item(child, comparison, variant))
    return item
