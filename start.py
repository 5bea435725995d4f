#!/usr/bin/env python3
"""Set CirkelDesk up and start it, or test it. Standard library only.

    python3 start.py [OPTIONS]        set up, then open the window (or pass OPTIONS to the command line)
    python3 start.py test [ARGS…]     set up, then run the tests; ARGS go to pytest
    python3 start.py test --quick     model, wording and charts alone: under a minute
    python3 start.py test --deep      the large counts too
    python3 start.py pictures         set up, then write every page of the example to build/pictures/
    python3 start.py bench            set up, then measure against peers
    python3 start.py bundle           make dist/: the program as a folder and an archive that need no Python
    python3 start.py lock             renew the hash locks in requirements/

What was set up is stamped, so that the next start goes straight to the program.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements" / "lock.txt"
QUICK = ("tests/model", "tests/wording", "tests/charts")
BUNDLE_LOCK = ROOT / "requirements" / "bundle.txt"
TOOLS_LOCK = ROOT / "requirements" / "tools.txt"
VENV = ROOT / ".venv"
BUNDLE_VENV = ROOT / ".venv-bundle"  # what is bundled holds nothing of the tests
TOOLS = ROOT / ".tools"
OLDEST_PYTHON = (3, 11)

# Measured on a bare Debian 12; Qt names "xcb-cursor0" whichever of these is missing.
DEBIAN_RUN = [
    "libegl1",
    "libgl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
]
DEBIAN_TEST = [
    "xvfb",
    "xauth",
    "qpdf",
    "poppler-utils",
    "libreoffice-calc-nogui",
    "openjdk-17-jre-headless",
    "libjaxb-java",
    # The comparison by ear: a message bus, the accessibility bus, and a reader for it in the system's Python.
    "dbus",
    "at-spi2-core",
    "gir1.2-atspi-2.0",
    "python3-gi",
    # A window as a person has it: a window manager, and the mouse and keys of the system.
    "openbox",
    "xdotool",
]

DEBIAN_BUNDLE = [
    "binutils",
    f"libpython{sys.version_info[0]}.{sys.version_info[1]}",
]  # what PyInstaller reads libraries with, and Python as a library

Run = Callable[[Sequence[str]], int]


class CannotSetUp(Exception):
    """Set-up stopped; the message says what the user can do."""


def run(command: Sequence[str], **options: object) -> int:
    return subprocess.run(list(command), **options).returncode  # type: ignore[call-overload, no-any-return]


def venv_python(platform: str = sys.platform) -> Path:
    return VENV / ("Scripts/python.exe" if platform == "win32" else "bin/python")


def uv_program(platform: str = sys.platform) -> Path:
    return TOOLS / "bin" / ("uv.exe" if platform == "win32" else "uv")


def missing_packages(wanted: Sequence[str], installed: str) -> list[str]:
    """Which of `wanted` are not in dpkg-query's listing (lines "name status-abbreviation")."""
    have = {line.split()[0].split(":")[0] for line in installed.splitlines() if line.split()[1:2] == ["ii"]}
    return [name for name in wanted if name not in have]


def install_debian_packages(
    wanted: Sequence[str], *, is_root: bool, ask: Callable[[str], str] | None, run: Run
) -> None:
    """Install what is missing: as root at once, else with sudo after asking, else say which line to run."""
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Abbrev}\n"], capture_output=True, text=True
    )
    missing = missing_packages(wanted, listing.stdout)
    if not missing:
        return
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    by_hand = "sudo apt-get update && sudo " + " ".join(install)
    prefix: list[str] = []
    if not is_root:
        if (
            ask is None
            or ask(
                f"CirkelDesk needs these Debian packages: {' '.join(missing)}.\nInstall them with sudo? "
                f"[y/N] "
            )
            != "y"
        ):
            raise CannotSetUp(f"Debian packages are missing. Run this line, then start again:\n  {by_hand}")
        prefix = ["sudo"]
    print(f"Installing {len(missing)} Debian packages …", file=sys.stderr)
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if run([*prefix, "apt-get", "update", "-qq"]) or run([*prefix, *environment, *install]):
        raise CannotSetUp(f"Installing Debian packages failed. Try by hand:\n  {by_hand}")


def stamp_text(purpose: str) -> str:
    """What this set-up stands for: interpreter, lock, Debian packages and purpose."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    packages = hashlib.sha256(" ".join(DEBIAN_RUN + DEBIAN_TEST).encode()).hexdigest()[:12]
    return f"{purpose} {sys.version_info[:3]} {digest} {packages}\n"


def is_set_up(purpose: str) -> bool:
    stamp = VENV / f"set-up-for-{purpose}"
    return stamp.is_file() and stamp.read_text() == stamp_text(purpose) and venv_python().exists()


def ask_at_terminal() -> Callable[[str], str] | None:
    return (
        (lambda question: input(question).strip().lower())
        if sys.stdin is not None and sys.stdin.isatty()
        else None
    )


def quiet_run(command: Sequence[str]) -> int:
    """Run, showing output only when it fails: an installer's thousand lines help nobody."""
    result = subprocess.run(
        list(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if result.returncode:
        print(result.stdout[-4000:], file=sys.stderr)
    return result.returncode


def set_up(purpose: str) -> None:
    """Make .venv as the lock says, and on Debian install what Qt (and for tests Java, LibreOffice …)
    needs."""
    if is_set_up(purpose):
        return
    if shutil.which("dpkg-query"):
        wanted = DEBIAN_RUN + (DEBIAN_TEST if purpose == "test" else [])
        install_debian_packages(wanted, is_root=os.geteuid() == 0, ask=ask_at_terminal(), run=quiet_run)
    uv = install_uv()
    print("Setting up .venv …", file=sys.stderr)
    if not venv_python().exists() and run(
        [str(uv), "venv", "--quiet", "--python", sys.executable, str(VENV)]
    ):
        raise CannotSetUp("Making .venv failed; see the lines above.")
    sync = [
        str(uv),
        "pip",
        "sync",
        "--quiet",
        "--compile-bytecode",
        "--require-hashes",
        "--python",
        str(venv_python()),
    ]
    if run([*sync, str(LOCK)]):
        raise CannotSetUp("Installing the Python packages failed; see the lines above.")
    for served in {"run", purpose}:  # what the tests need includes what running needs
        (VENV / f"set-up-for-{served}").write_text(stamp_text(served))


def install_uv() -> Path:
    """uv makes the environment even where Debian ships no ensurepip; it lives in .tools, outside the
    environment."""
    if not uv_program().exists():
        print("Fetching uv …", file=sys.stderr)
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
        ]
        if run([*pip, "--require-hashes", "--target", str(TOOLS), "-r", str(TOOLS_LOCK)]):
            raise CannotSetUp(
                "Fetching uv failed. Is pip there (Debian: python3-pip) and the package index reachable?"
            )
    return uv_program()


def renew_locks() -> int:
    """Write the locks again, for every platform, without naming a package index. What is bundled is what is
    tested."""
    options = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-emit-index-url",
        "--quiet",
    ]
    compile_ = [str(install_uv()), "pip", "compile", *options]
    os.chdir(ROOT)
    return (
        run([*compile_, "--upgrade", "requirements/tools.in", "-o", str(TOOLS_LOCK)])
        or run([*compile_, "--upgrade", "pyproject.toml", "--group", "dev", "-o", str(LOCK)])
        or run([*compile_, "pyproject.toml", "--group", "bundle", "-c", str(LOCK), "-o", str(BUNDLE_LOCK)])
    )


def make_bundle() -> int:
    """The program as one folder that needs no Python, and that folder as an archive, in dist/."""
    if shutil.which("dpkg-query"):
        # The system's own Python as a library is only needed where that is the Python that is bundled.
        wanted = DEBIAN_BUNDLE if sys.base_prefix == "/usr" else DEBIAN_BUNDLE[:1]
        is_root = os.geteuid() == 0
        install_debian_packages(DEBIAN_RUN + wanted, is_root=is_root, ask=ask_at_terminal(), run=quiet_run)
    uv, python = str(install_uv()), BUNDLE_VENV / venv_python().relative_to(VENV)
    print("Setting up .venv-bundle …", file=sys.stderr)
    if not python.exists() and run([uv, "venv", "--quiet", "--python", sys.executable, str(BUNDLE_VENV)]):
        raise CannotSetUp("Making .venv-bundle failed; see the lines above.")
    if run([uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(python), str(BUNDLE_LOCK)]):
        raise CannotSetUp("Installing the Python packages failed; see the lines above.")
    print("Making the bundle, a minute or two …", file=sys.stderr)
    folders = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "bundle")]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders]
    return run([*command, str(ROOT / "build.spec")], env=environment, cwd=ROOT)


def command_for(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """(purpose, what to run after python) for the words behind start.py."""
    match list(arguments):
        case ["test", *rest]:
            # The whole suite runs in three processes, as tests of real windows and of other programs wait for
            # those half of their time; a chosen test runs alone, so that it can be debugged.
            several = ["-n", "3", "--dist", "worksteal"]
            if rest == ["--quick"]:
                return "test", ["-m", "pytest", *several, *QUICK]
            whole = several if set(rest) <= {"--deep"} else []
            return "test", ["-m", "pytest", *whole, *rest]
        case ["pictures", *rest]:
            return "run", ["-m", "tools.pictures", *rest]
        case ["bench", *rest]:
            return "run", ["-m", "bench", *rest]
        case rest:
            return "run", ["-m", "cirkeldesk", *rest]


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        print("CirkelDesk needs Python 3.11 or newer.", file=sys.stderr)
        return 1
    try:
        if list(arguments[:1]) == ["lock"]:
            return renew_locks()
        if list(arguments[:1]) == ["bundle"]:
            return make_bundle()
        purpose, words = command_for(arguments)
        set_up(purpose)
    except CannotSetUp as problem:
        print(problem, file=sys.stderr)
        return 1
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), environment.get("PYTHONPATH")]))
    if purpose == "test":
        os.chdir(ROOT)
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [str(venv_python()), *words]
    if sys.platform == "win32":  # execve on Windows would return to the shell before the program ends
        return run(command, env=environment)
    os.execve(command[0], command, environment)
    return 0  # not reached: execve replaces this process


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
