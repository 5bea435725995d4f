"""Work beside the window: one worker, progress, cancel. The result comes back on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal


class Job(QObject):
    """A piece of work under way. `progress(done, of, text)`; `finished(result)` or `failed(exception)` once."""

    progress = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[Job], Any]) -> None:
        super().__init__()
        self._work = work
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def run(self) -> None:
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


class Worker:
    """One thread, so that work does not overtake work."""

    def __init__(self) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._jobs: set[Job] = set()

    def start(self, work: Callable[[Job], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> Job:
        job = Job(work)
        job.finished.connect(done)
        job.failed.connect(failed)
        # Forgotten only when its result has been handed over on the window's thread, so that it lives until then.
        job.finished.connect(lambda _: self._jobs.discard(job))
        job.failed.connect(lambda _: self._jobs.discard(job))
        self._jobs.add(job)
        self._pool.start(_Runner(job))
        return job

    @property
    def is_busy(self) -> bool:
        return bool(self._jobs)

    def stop(self) -> None:
        for job in list(self._jobs):
            job.cancel()
        self._pool.clear()
        self._pool.waitForDone(10_000)
