"""Work beside the window: one worker, progress, cancel, and what ran. Results come back on the window's
thread.

While a job runs, Python's garbage is collected on the window's thread only. A collection on the worker's
thread may let go of an object of Qt there: Qt's lock is then held while waiting for Python, and the window's
thread holds Python while waiting for Qt's lock. Both wait for ever.
"""

from __future__ import annotations

import datetime
import gc
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

MOST_KEPT = 50
COLLECT_EVERY = 1000  # ms, while a job runs
FREE_AFTER = 50  # ms until the other thread is looked at again


class Job(QObject):
    """A piece of work under way. `progress(done, of, text)`; `finished(result)` or `failed(exception)`
    once."""

    progress = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[Job], Any]) -> None:
        super().__init__()
        self._work: Callable[[Job], Any] | None = work
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def let_go(self) -> None:
        """What it worked on, and whoever was told, is nothing to it any more: a page that is closed is
        freed."""
        self._work = None
        for signal in (self.progress, self.finished, self.failed):
            signal.disconnect()

    def run(self) -> None:
        assert self._work is not None  # once
        try:
            result = self._work(self)
        except Exception as problem:  # noqa: BLE001 - carried to the window, which shows it
            self.failed.emit(problem)
        else:
            self.finished.emit(result)


class _Runner(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        self._job.run()


@dataclass
class Ran:
    """A job as people know it. `state` in words of the list of what ran; `cancellable` when it asks whether
    to stop."""

    name: str
    job: Job
    cancellable: bool
    began: datetime.datetime = field(default_factory=datetime.datetime.now)
    state: Literal["loopt", "klaar", "gestopt", "mislukt"] = "loopt"
    done: int = 0
    of: int = 0
    text: str = ""


class Worker(QObject):
    """One thread, so that work does not overtake work. `changed` when a job begins, gets on or ends."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._jobs: set[Job] = set()
        self._spent: list[Job] = []  # ended; the runner of the other thread may still hold them
        self._stopped = False
        self._collect = QTimer(self, interval=COLLECT_EVERY)
        self._collect.timeout.connect(lambda: gc.collect(1))
        self.ran: deque[Ran] = deque(maxlen=MOST_KEPT)  # newest first

    def start(
        self,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        name: str,
        *,
        cancellable: bool = False,
    ) -> Job:
        job = Job(work)
        if (
            self._stopped
        ):  # the window has gone and the file goes next: a late timer must not start to read it
            return job
        entry = Ran(name, job, cancellable)
        if name:  # a preview that is drawn again is no news
            self.ran.appendleft(entry)
        # First what the list says: `done` or `failed` may raise, and the list must not go on saying that it
        # runs.
        job.finished.connect(lambda _: self._end(entry, "gestopt" if job.cancelled else "klaar"))
        job.failed.connect(lambda _: self._end(entry, "mislukt"))
        job.progress.connect(lambda at, of, text: self._get_on(entry, at, of, text))
        job.finished.connect(done)
        job.failed.connect(failed)
        # Last that it has gone: each of these comes from the other thread by itself, and until its result was
        # shown it is busy.
        job.finished.connect(lambda _: self._gone(job))
        job.failed.connect(lambda _: self._gone(job))
        self._jobs.add(job)
        gc.disable()
        self._collect.start()
        self.changed.emit()
        self._pool.start(_Runner(job))
        return job

    def _get_on(self, entry: Ran, done: int, of: int, text: str) -> None:
        entry.done, entry.of, entry.text = done, of, text
        self.changed.emit()

    def _end(self, entry: Ran, state: Literal["klaar", "gestopt", "mislukt"]) -> None:
        entry.state = state
        self.changed.emit()

    def _gone(self, job: Job) -> None:
        self._jobs.discard(job)
        self._spent.append(job)
        QTimer.singleShot(0, self, self._free)  # not while it is telling
        if not self._jobs:
            self._collect_as_usual()

    def _free(self) -> None:
        """Let go of jobs that ended, once the other thread holds none of them: the last hold on an object of
        Qt is given up on the window's thread, or both may wait for ever."""
        if self._pool.activeThreadCount():
            QTimer.singleShot(FREE_AFTER, self, self._free)
            return
        while self._spent:
            self._spent.pop().let_go()

    def _collect_as_usual(self) -> None:
        self._collect.stop()
        gc.enable()

    @property
    def running(self) -> Ran | None:
        """The job under way: the oldest that has not ended."""
        return next((entry for entry in reversed(self.ran) if entry.state == "loopt"), None)

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)

    def stop(self) -> None:
        """Nothing runs after this: what is under way is asked to stop and waited for, what would come is not
        started."""
        self._stopped = True
        for job in list(self._jobs):
            job.cancel()
        self._pool.clear()
        if self._pool.waitForDone(10_000):
            self._collect_as_usual()
