"""What watches over the open file while somebody works: a sign of life for other computers, and a back-up
each hour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.kit.jobs import Job, Worker
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.file.keeping import ALIVE_EVERY, Copy
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import sentences

FIRST_BACK_UP = 20_000  # ms: opening comes first
LOOK_EVERY = 600_000


class Guard(QObject):
    def __init__(
        self, workspace: Workspace, bars: Messages, worker: Worker, reopen: Callable[[Next], None]
    ) -> None:
        super().__init__()
        self.workspace, self.bars, self.worker, self._reopen = workspace, bars, worker, reopen
        self._alive = QTimer(self, interval=int(ALIVE_EVERY * 1000))
        self._alive.timeout.connect(workspace.store.keep_alive)
        self._look = QTimer(self, interval=LOOK_EVERY)
        self._look.timeout.connect(self.back_up)
        self.first = QTimer(self, singleShot=True, interval=FIRST_BACK_UP)
        self.first.timeout.connect(self.back_up)
        self._said = ""

    def start(self) -> None:
        if self.workspace.store.why_read_only is not None:
            self._say_read_only(self.workspace.store.why_read_only)
            return
        self._alive.start()
        self._look.start()
        self.first.start()

    def stop(self) -> None:
        self._alive.stop()
        self._look.stop()
        self.first.stop()

    def _say_read_only(self, problem: StoreError) -> None:
        """Who has the file, and the way to write in it when they have left."""
        path, store = self.workspace.store.path, self.workspace.store
        ways = []
        if problem.key in ("db_locked", "db_locked_elsewhere"):
            ways.append(("Opnieuw proberen", lambda: self._reopen(Next(path))))
        text = sentences.refusal(problem)
        if store.may_take_over:
            text = f"{text} Die computer geeft al vijf minuten geen teken van leven."
            ways.append(("Overnemen", self._take_over))
        self.bars.show_bar("read_only", text, "warn", ways, closable=False)

    def _take_over(self) -> None:
        store = self.workspace.store

        def take() -> str:
            if keeping.take_over(store):
                return "U kunt weer schrijven in dit bestand."
            return "Overnemen lukt niet: het andere venster werkt toch nog. U kunt nu alleen lezen."

        self._reopen(Next(store.path, take))

    def back_up(self) -> None:
        def work(_job: Job) -> Copy | None:
            return keeping.back_up_when_due(self.workspace)

        self.worker.start(work, lambda _: None, self._failed, "Back-up maken")

    def _failed(self, problem: Exception) -> None:
        """Said once per cause: a full disk stays full for a while."""
        if not isinstance(problem, StoreError):
            raise problem
        text = sentences.refusal(problem)
        if text != self._said:
            self._said = text
            self.bars.show_bar("back_up", text, "warn")
