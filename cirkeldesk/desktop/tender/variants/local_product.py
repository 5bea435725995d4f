"""A product of one tender alone, in full: what a bidder's paper says of it, kept inside the tender."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.product_editor.editor import ProductEditor
from cirkeldesk.desktop.kit.widgets import button
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.product.edits import ProductEdit
from cirkeldesk.model.product.product import Attachment, Product
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.product.products import answered, attach_to_local, reviewed, save_attachment
from cirkeldesk.wording import sentences


class LocalProductPanel(QWidget):
    closed = Signal()
    product_wanted = Signal(str)

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        self.identity = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(button("Terug naar de tabel", self.closed.emit))
        column.itemAt(0).widget().setMaximumWidth(200)  # type: ignore[union-attr]

    @cached_property
    def editor(self) -> ProductEditor:
        """Made when a product is first opened: most tenders never open one."""
        made = ProductEditor(self.bars)
        made.facts_page.set_groups([self.session.comparison.group])
        for page in (made.values_page, made.composition_page):
            page.model.last_step, page.model.undo = (lambda: self.session.last_step), self.session.undo
            page.model.marked.connect(self.session.marked)
        made.product_wanted.connect(self.product_wanted)
        made.committed.connect(self._commit)
        made.answered.connect(self._answer)
        made.evidence_wanted.connect(self._attach)
        made.evidence_saved.connect(self._save)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(made)
        made.show()  # a layout that is shown already shows it only after the event under way
        return made

    def show_product(self, identity: str) -> None:
        self.identity = identity
        self.editor.tabs.setCurrentIndex(1)
        self.refresh()

    @property
    def product(self) -> Product | None:
        return next((p for p in self.session.value.products if p.id == self.identity), None)

    def refresh(self) -> None:
        product = self.product
        if product is not None:
            self.editor.show_product(product, read_only=self.session.read_only)
        elif self.identity:  # undone away, or no answer names it any more
            self.identity = ""
            self.closed.emit()

    def _commit(self, edit: ProductEdit) -> None:
        product = self.product
        if product is not None:
            self.session.commit(
                edits.change_local_product(product, lambda now: reviewed(edit.apply(now)), edit.label)
            )

    def _answer(self, key: str, value: str) -> None:
        product = self.product
        if product is None:
            return
        try:
            answered(product, key, value)  # refused here, so that it never waits
        except StoreError as problem:
            self.bars.refuse("cell", problem)
            return
        self.session.commit(
            edits.change_local_product(product, lambda now: answered(now, key, value), "antwoord")
        )

    def _attach(self, file: Path) -> None:
        session, identity = self.session, self.identity
        try:
            session.act(lambda: attach_to_local(session.workspace, session.identity, identity, file))
        except (KeyError, ReadError) as problem:
            key, params = (
                (problem.key, problem.params) if isinstance(problem, ReadError) else ("no_longer_fits", {})
            )
            self.bars.show_bar("cell", sentences.error(key, **params), "error")

    def _save(self, kept: Attachment, path: Path) -> None:
        try:
            save_attachment(self.session.workspace, kept, path)
        except StoreError as problem:
            self.bars.refuse("cell", problem)
