"""The comparison as it is heard: a real window on a real display, read over AT-SPI, equal to a stored script.

AT-SPI proves what Qt hands to a screen reader, not what NVDA says of it; `docs/schermlezer.md` holds the
steps by hand.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import HANG

EAR = Path(__file__).parent / "ear"
SCRIPT = EAR / "vergelijking.txt"
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is of Linux")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A display and a message bus of the test's own, with the accessibility bus on it; the environment to use
    them."""
    made: list[subprocess.Popen[str]] = []
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    made.append(subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL, text=True))
    os.close(writing)
    with os.fdopen(reading) as display:
        number = display.readline().strip()
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    made.append(bus)
    assert bus.stdout is not None
    environment = {
        **os.environ,
        "DISPLAY": f":{number}",
        "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "CIRKELDESK_HOME": str(tmp_path / "huis"),
        "TZ": "Europe/Amsterdam",
    }
    environment.pop("AT_SPI_BUS_ADDRESS", None)
    launcher = [LAUNCHER, "--launch-immediately"]
    made.append(
        subprocess.Popen(
            launcher, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        )
    )
    yield environment
    for process in reversed(made):
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(HANG / 1000)
    if process.stdout is not None:
        process.stdout.close()


def heard(environment: dict[str, str], database: Path, script: str) -> str:
    """What a reader of the window would say.

    The tree reaches the bus some time after the window, piece by piece: it is read again until it says the
    script. Where that never comes, what it said last is told.
    """
    command = [sys.executable, "-m", "tests.desktop.ear.window", str(database)]
    window = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert window.stdout is not None
        assert window.stdout.readline() == "ready\n"
        reader = ["/usr/bin/python3", "-W", "ignore", str(EAR / "reader.py"), "CirkelDesk"]
        plain = {
            name: value
            for name, value in environment.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        end = time.monotonic() + HANG / 1000
        while True:
            done = subprocess.run(reader, env=plain, capture_output=True, text=True, timeout=600, check=False)
            told = re.sub(r"Opgeslagen \d\d:\d\d", "Opgeslagen UU:MM", done.stdout)
            if told == script or time.monotonic() > end:
                break
        assert done.returncode == 0, done.stderr[-2000:]
        return told
    finally:
        _end(window)


def test_the_comparison_by_ear(session: dict[str, str], tmp_path: Path) -> None:
    """Reading order of the page, then each cell with its headers: nothing said that is not in the script,
    nothing missing."""
    script = SCRIPT.read_text(encoding="utf-8")
    told = heard(session, tmp_path / "oor.db", script)
    for sign in "✓ᵘ→€²₂·−":
        spoken = told.partition("# tabel")[2]
        assert sign not in spoken, sign
    assert told == script
