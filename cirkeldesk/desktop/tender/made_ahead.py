"""Pages of a tender made ahead, one part at a time, while nobody asks for anything (decision 0015)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget
from shiboken6 import isValid

from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.workspace import Workspace

if TYPE_CHECKING:
    from cirkeldesk.desktop.tender.view import TenderView

PAUSE = 5  # ms between parts: keys and painting come first


class PagesAhead(QTimer):
    """Holds at most one view that waits for its tender. Each view gets one tender, once."""

    def __init__(self, workspace: Workspace, worker: Worker, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self.setObjectName("pages made ahead")
        self._workspace, self._worker, self._stack = workspace, worker, stack
        self._waiting: TenderView | None = None
        self._shown: Callable[[], TenderView | None] = lambda: None
        self.setInterval(PAUSE)
        self.timeout.connect(self._make)

    @property
    def is_ready(self) -> bool:
        """Whether the next tender opens at once."""
        return self._waiting is not None and self._waiting.is_made

    def take(self, tender: Tender) -> TenderView:
        """The view that waits, when its pages suit the tender's product group; else a new one, made now."""
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.session.tender.product_group != tender.product_group:
            self.drop(waiting)
            waiting = self._new(tender.id)
        self._shown = ref(waiting)
        return waiting

    def give_up(self) -> None:
        """The window goes: what is half made goes with it."""
        self.stop()
        self.drop(self._waiting)
        self._waiting = None
        shown = self._shown()
        if shown is not None and isValid(shown):
            shown.give_up()

    def drop(self, view: TenderView | None) -> None:
        """A view that nobody looks at any more, with its pages that have no place yet."""
        if view is not None:
            view.give_up()
            self._stack.removeWidget(view)
            view.deleteLater()

    def _new(self, identity: str = "") -> TenderView:
        from cirkeldesk.desktop.tender.view import (
            TenderView,  # with all its pages: nothing the first page waits for
        )

        session = Session(self._workspace, identity)
        view = TenderView(session, Messages(), self._worker)
        session.setParent(view)
        self._stack.addWidget(view)  # at once, so that each page takes on its looks when it is made
        return view

    def _make(self) -> None:
        self.stop()  # a page that cannot be made is not tried again and again
        shown = self._shown()
        if shown is not None and isValid(shown) and shown.make_part():
            self.start()  # first the other pages of the tender that is open
        elif self._waiting is None and not self._workspace.read_only:
            self._waiting = self._new()
            self.start()
        elif self._waiting is not None and self._waiting.make_part():
            self.start()
