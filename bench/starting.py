"""Starting and size: `python3 start.py bench starting [FOLDER]`, beside what else shows a window on the same
screen.

FOLDER is the unpacked bundle (dist/CirkelDesk when it was made). Peers that are installed take part: a bare
PySide6 window, LibreOffice Calc, Activity Browser (`ACTIVITY_BROWSER` names its program). Each is started on
a virtual screen; the time is until its first window is there.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
BARE = "from PySide6.QtWidgets import *; a = QApplication([]); w = QMainWindow(); w.resize(800, 600); w.show(); a.exec()"
LONGEST = 30.0


def windows(display: str) -> int:
    """How many windows of some size the screen shows."""
    told = subprocess.run(
        ["xwininfo", "-root", "-tree", "-display", display], capture_output=True, text=True
    ).stdout
    sizes = [
        word.split("+")[0].split("x")
        for line in told.splitlines()
        for word in line.split()
        if _is_place(word)
    ]
    return sum(int(width) > 300 and int(height) > 200 for width, height in sizes[1:])


def _is_place(word: str) -> bool:
    head = word.split("+")[0]
    return "+" in word and "x" in head and all(part.isdigit() for part in head.split("x"))


def first_window(
    command: Sequence[str], display: str, environment: Mapping[str, str]
) -> tuple[float, float] | None:
    """(seconds until a window is there, MB in memory then); None when none came."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = None
    try:
        while time.perf_counter() - begin < LONGEST:
            if windows(display):
                found = time.perf_counter() - begin
                break
            if process.poll() is not None and not psutil.pid_exists(process.pid):
                break
            time.sleep(0.02)
        parts = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        memory = sum(part.memory_info().rss for part in parts) / 1e6
        for part in parts:
            part.kill()
    except psutil.NoSuchProcess:
        return None
    finally:
        process.wait(10)
    while windows(display):
        time.sleep(0.05)
    return (found, memory) if found is not None else None


def size_of(folder: Path) -> float:
    """MB of a folder."""
    return (
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
        / 1e6
    )


def main(folder: Path) -> int:
    if not shutil.which("Xvfb") or not shutil.which("xwininfo"):
        print("Needs Xvfb and xwininfo (Debian: xvfb, x11-utils).", file=sys.stderr)
        return 1
    display = ":87"
    screen = subprocess.Popen(["Xvfb", display, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        with tempfile.TemporaryDirectory() as home:
            own = {"CIRKELDESK_HOME": home, "QT_QPA_PLATFORM": "xcb", "HOME": home, "PYTHONPATH": str(ROOT)}
            python = sys.executable
            candidates: dict[str, list[str]] = {
                "CirkelDesk, the bundle": [str(folder / "CirkelDesk")],
                "CirkelDesk, from source": [python, "-m", "cirkeldesk"],
                "a bare PySide6 window": [python, "-c", BARE],
                "LibreOffice Calc": [
                    "soffice",
                    "--calc",
                    "--norestore",
                    "--nologo",
                    f"-env:UserInstallation=file://{home}/lo",
                ],
                "Activity Browser": [os.environ.get("ACTIVITY_BROWSER", "activity-browser")],
            }
            for name, command in candidates.items():
                if not shutil.which(command[0]):
                    print(f"{name}: not here")
                    continue
                runs = [first_window(command, display, own) for _ in range(4)]
                good = [run for run in runs[1:] if run is not None]  # the first warms the disk up
                if not good:
                    print(f"{name}: no window")
                    continue
                seconds = statistics.median(run[0] for run in good)
                memory = statistics.median(run[1] for run in good)
                print(f"{name}: {seconds:.2f} s, {memory:.0f} MB in memory")
        if folder.is_dir():
            print(f"size of the bundle: {size_of(folder):.0f} MB unpacked")
            for archive in folder.parent.glob("CirkelDesk-*"):
                print(f"  {archive.name}: {archive.stat().st_size / 1e6:.0f} MB")
    finally:
        screen.terminate()
        screen.wait(10)
    return 0
