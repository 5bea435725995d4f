"""A screen of a test's own with a window manager, the program on it as users start it, and the system's own
mouse and keys.

Nothing is read from inside the program: what it did is seen in its file, which is what counts. Every wait is
for something that happens there; `HANG` is only for what hangs.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.conftest import HANG

ROOT = Path(__file__).resolve().parents[3]
SIZE = (1366, 768)
# One desktop and a whole window, and nothing that the manager does by itself: with its usual set-up the wheel
# beside a window goes to another desktop, and on a busy machine not always back.
MANAGER = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <keyboard/>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
  </mouse>
  <applications>
    <application type="normal"><maximized>yes</maximized><focus>yes</focus></application>
  </applications>
</openbox_config>
"""
T = TypeVar("T")

LOST = 40  # s without a step after which a key is pressed again: far above what a step takes


def until(found: Callable[[], T | None], what: str) -> T:
    """Wait until something is there, and return it."""
    end = time.monotonic() + HANG / 1000
    while time.monotonic() < end:
        value = found()
        if value is not None:
            return value
        time.sleep(0.05)
    raise AssertionError(f"this never happened: {what}")


class Screen:
    """An X server with a window manager. `do` runs xdotool on it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def do(self, *words: object, check: bool = True) -> str:
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0 or not check, (command, done.stderr)
        return done.stdout

    def press(self, *keys: str) -> None:
        for key in keys:
            self.do("key", "--clearmodifiers", key)

    def type(self, text: str) -> None:
        self.do("type", "--delay", 15, text)

    def turn_wheel(self, x: int, y: int, times: int = 2) -> int:
        """Down and up again over a place; how many turns it were."""
        self.do(
            "mousemove",
            x,
            y,
            "click",
            "--repeat",
            times,
            "--delay",
            5,
            5,
            "click",
            "--repeat",
            times,
            "--delay",
            5,
            4,
        )
        return 2 * times


@contextmanager
def screen(home: Path) -> Iterator[Screen]:
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{SIZE[0]}x{SIZE[1]}x24",
        "-nolisten",
        "tcp",
        "-noreset",  # a server that starts anew when its last client goes would take its manager along
    ]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as display:
        number = display.readline().strip()
    environment = {
        **os.environ,
        "DISPLAY": f":{number}",
        "QT_QPA_PLATFORM": "xcb",
        "CIRKELDESK_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }
    home.mkdir(parents=True, exist_ok=True)
    (home / "manager.xml").write_text(MANAGER, encoding="utf-8")
    manager = subprocess.Popen(
        ["openbox", "--config-file", str(home / "manager.xml")],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    made = Screen(environment)
    try:  # a window that comes before its manager may never get the keys
        until(lambda: made.do("get_desktop", check=False).strip() or None, "a window manager")
        yield made
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


class Program:
    """The program in its window, and what it wrote in its file."""

    def __init__(self, on: Screen, database: Path) -> None:
        self.screen, self.database = on, database
        command = [sys.executable, "-X", "faulthandler", "-m", "cirkeldesk", "--db", str(database), "gui"]
        # A pipe that nobody empties would stop a program that talks.
        self._said = database.with_suffix(".said")
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                command, env=on.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said
            )
        try:
            until(self._activated, "an active window")
        except AssertionError as never:
            raise AssertionError(f"{never}\n{self._seen()}") from None
        self.steps_at_start = self.steps()

    def _seen(self) -> str:
        """What stood on the screen and what the program was doing, for somebody who must find out why; it
        ends the program."""
        asked = (("search", "--onlyvisible", "--name", "."), ("getactivewindow",), ("getwindowfocus",))
        seen = [f"{' '.join(words)}: {self.screen.do(*words, check=False).split()}" for words in asked]
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGABRT)  # the fault handler writes what each thread was doing
            self.process.wait()
        return "\n".join([*seen, self._said.read_text(errors="replace")])

    def _window(self) -> str | None:
        assert self.process.poll() is None, self._said.read_text(errors="replace")
        found = self.screen.do("search", "--onlyvisible", "--name", "CirkelDesk", check=False).split()
        return found[-1] if found else None

    def _activated(self) -> bool | None:
        """The keys go there: what the manager calls active may not have the focus yet, and a window may be
        made anew while the program starts."""
        window = self._window()
        if window is None:
            return None
        self.screen.do("windowactivate", window, check=False)
        told = [self.screen.do(ask, check=False).strip() for ask in ("getactivewindow", "getwindowfocus")]
        return True if told == [window, window] else None

    # --- what is in the file
    # ---------------------------------------------------------------------------------------

    def ask(self, query: str, *values: object) -> list[Any]:
        """Read from outside, as any other program would."""
        for _ in range(1000):
            try:
                with closing(
                    sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)
                ) as connection:
                    return connection.execute(query, values).fetchall()
            except sqlite3.OperationalError:  # it is being written
                time.sleep(0.01)
        raise AssertionError("the file cannot be read")

    def steps(self) -> int:
        return int(self.ask("SELECT count(*) FROM history")[0][0])

    def rows(self) -> dict[str, int]:
        """How many rows each table has: nothing may be written by a slip of the hand."""
        tables = [row[0] for row in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: int(self.ask(f"SELECT count(*) FROM {name}")[0][0]) for name in tables}

    def drafts(self) -> Mapping[str, str]:
        return dict(self.ask("SELECT field, text FROM draft"))

    def title(self, number: str) -> str:
        return str(self.ask("SELECT title FROM tender_list WHERE number = ?", number)[0][0])

    # --- what somebody does
    # ----------------------------------------------------------------------------------------

    def go(self, words: str) -> None:
        """To a page, a tender or an act, through the search over everything."""
        self.screen.press("ctrl+k")
        self.screen.type(words)
        self.screen.press("Return")

    def mark(self) -> None:
        """All that was done before has been dealt with: a step asked for now is in the file, and it is the
        only one."""
        before, end = self.steps(), time.monotonic() + HANG / 1000
        while self.steps() == before and time.monotonic() < end:
            # A busy display may lose a key; a step that came late makes one too many.
            self.screen.press("ctrl+n")
            heard = time.monotonic() + LOST
            while self.steps() == before and time.monotonic() < heard:
                time.sleep(0.05)
        made = self.steps() - before
        assert made == 1, f"{made} steps\n{self._seen()}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self._gone()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self._gone()

    def _gone(self) -> None:
        self.process.wait()


@contextmanager
def program(on: Screen, database: Path) -> Iterator[Program]:
    made = Program(on, database)
    try:
        yield made
    finally:
        made.end()
