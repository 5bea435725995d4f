"""One writer per file: a lock of the operating system beside it, and a note that says who writes, where and
since when.

The lock is of the file a path really stands for: a link leads to the same one, and another name of the same
file (a hard link) meets a lock on the file itself, where the system has such locks (Linux).

The lock dies with its process on a disk of this computer. Over a network it may not reach another computer,
or stay behind after a computer that died; there the note decides. It is touched every minute while somebody
writes, so an old note is of nobody. Ages are measured against a file made just now in the same folder: clocks
of two computers differ.
"""

from __future__ import annotations

import datetime
import json
import os
import socket
import struct
import sys
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

_FAR_BEHIND = 1 << 60  # no database is as long
STALE_AFTER = 300.0  # seconds without a sign of life
ALIVE_EVERY = 60.0
LARGEST_NOTE = 4096


@dataclass(frozen=True)
class Holder:
    """Who writes in a file: the user, the computer, the process, and since when (ISO, with offset)."""

    who: str
    host: str
    process: int
    since: str
    token: str


class WriteLock:
    """`take` at opening, `release` at closing; `is_ours` before each step, as another computer may have taken
    over."""

    def __init__(self, path: Path, who: str) -> None:
        self._path = path = path.resolve()
        self._file = Path(f"{path}.lock")
        self._note = Path(f"{path}.in-use")
        self._itself: int | None = None  # the file itself, opened for its own lock
        self._probe = path.with_name(f".{path.name}.{os.getpid()}.now")
        self._lock = FileLock(self._file)
        self._me = Holder(who, socket.gethostname(), os.getpid(), "", uuid.uuid4().hex)
        self.cannot_write = False
        self._without_system = False  # a file system that knows no locks: the note alone decides

    def take(self) -> bool:
        """True when we are the writer now; where not, `cannot_write` says whether it is the folder and not
        somebody else."""
        self.cannot_write = False
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except NotImplementedError:
            self._without_system = True
        except OSError:  # a full disk, a folder we may not write in, a lock file of a colleague
            self.cannot_write = True
            return False
        other = self.holder()
        # A lock we could take says that nobody writes on this computer; another one it may not reach.
        elsewhere = other is not None and (other.host != self._me.host or self._without_system)
        if (elsewhere and not self.is_stale()) or not self._take_itself():
            self._lock.release()
            return False
        return self._sign()

    def _take_itself(self) -> bool:
        """The lock of the open file description, which other names of the file meet too. True where the
        system has none.

        It lies far behind the bytes SQLite locks, and is not lost when somebody in this process closes the
        file, as the system's ordinary locks are.
        """
        if sys.platform != "linux":
            return True
        import fcntl

        whole = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _FAR_BEHIND, 1, 0)
        try:
            self._itself = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
            fcntl.fcntl(self._itself, fcntl.F_OFD_SETLK, whole)
        except BlockingIOError:
            self._leave_itself()
            return False
        except OSError:  # a file system without such locks: the path's own lock and the note decide
            self._leave_itself()
        return True

    def _leave_itself(self) -> None:
        if self._itself is not None:
            os.close(self._itself)
            self._itself = None

    def take_over(self) -> bool:
        """The lock of somebody who gives no sign of life any more. False while the system still holds it for
        them."""
        if not self.is_stale():
            return False
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            return False
        self._note.unlink(missing_ok=True)
        self._lock = FileLock(self._file)
        return self.take()

    def _sign(self) -> bool:
        since = datetime.datetime.now().astimezone().isoformat(timespec="minutes")
        self._me = Holder(self._me.who, self._me.host, self._me.process, since, self._me.token)
        if not self._write_note():
            self.cannot_write = True
            self._leave_itself()
            self._lock.release()
            return False
        return True

    def _write_note(self) -> bool:
        try:
            self._note.write_text(json.dumps(asdict(self._me)), encoding="utf-8")
        except OSError:
            return False
        return True

    def holder(self) -> Holder | None:
        """Who writes, as they noted themselves; None when nobody did or it cannot be read."""
        try:
            if not self._note.is_file() or self._note.stat().st_size > LARGEST_NOTE:
                return None
            found = json.loads(self._note.read_text(encoding="utf-8"))
            texts = [str(found[name])[:200] for name in ("who", "host", "since", "token")]
            return Holder(texts[0], texts[1], int(found["process"]), texts[2], texts[3])
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None

    def is_stale(self) -> bool:
        """Whether whoever wrote gives no sign of life any more."""
        try:
            self._probe.touch()
            now = self._probe.stat().st_mtime
            self._probe.unlink()
            return now - self._note.stat().st_mtime > STALE_AFTER
        except OSError:
            return False

    def is_ours(self) -> bool:
        """Whether nobody took over. A note that went missing is written again; one that cannot be read or
        written for a moment is no sign of somebody else.
        """
        found = self.holder()
        if found is None:
            self._write_note()
            return True
        return found.token == self._me.token

    def keep_alive(self) -> None:
        """A sign of life, each minute."""
        if self.is_ours():
            try:
                os.utime(self._note)
            except OSError:
                return

    def release(self) -> None:
        if self._me.since:
            found = self.holder()
            if found is not None and found.token == self._me.token:
                self._note.unlink(missing_ok=True)
        self._leave_itself()
        if self._lock.is_locked:
            self._lock.release()
