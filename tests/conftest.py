"""Shared fixtures. Every test has its own home folder, and fails on any log line of the program it did not
expect."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cirkeldesk.operations.workspace import Workspace, open_workspace
from tests.no_network import sitecustomize
from tools.watchdog import WatchedApplication

TRIED = pytest.StashKey[Path]()
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SAMPLES = SHARED / "samples" / "epd"

settings.register_profile(
    "quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "deep", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="the large counts and soaks")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("deep" if config.getoption("--deep") else "quick")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sitecustomize.NOTE not in os.environ:  # the first of the processes that test together
        descriptor, name = tempfile.mkstemp(prefix="cirkeldesk-tests-network-")
        os.close(descriptor)
        os.environ[sitecustomize.NOTE] = name
        config.stash[TRIED] = Path(name)
        beside = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / "tests" / "no_network"), beside]))
    sitecustomize.block()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Nothing may have tried to reach beyond this computer, whatever became of the try."""
    note = session.config.stash.get(TRIED, None)
    if note is not None:
        tried = note.read_text(encoding="utf-8")
        note.unlink()
        if tried:
            print(f"\nTried to reach the network:\n{tried}")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def deep(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--deep"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIRKELDESK_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    logger = logging.getLogger("cirkeldesk")
    logger.addHandler(caplog.handler)
    yield
    logger.removeHandler(caplog.handler)
    expected = getattr(caplog, "expected_by_test", False)
    lines = [
        record.getMessage()
        for record in caplog.records
        if record.name == "cirkeldesk" and record.levelno >= logging.WARNING
    ]
    assert expected or not lines


# ms. A wait ends with its event; only what hangs meets this limit, whatever else the machine is doing.
HANG = 120_000


class PatientBot(QtBot):
    """pytest-qt's own waits give up after 5 s, which a busy machine needs for nothing at all."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = HANG) -> None:
        super().waitUntil(callback, timeout=max(timeout, HANG))

    def waitSignal(self, signal: Any, *, timeout: int = HANG, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=max(timeout, HANG), **options)

    def waitExposed(self, widget: QWidget, *, timeout: int = HANG) -> Any:
        return super().waitExposed(widget, timeout=max(timeout, HANG))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The test build watches what holds up the window; one application serves all tests of a process."""
    return WatchedApplication


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database as the program makes it, made once: its tables and reference data are the same in every
    test. What making one does is tested in tests/store, on files that are really new."""
    path = tmp_path_factory.mktemp("nieuw") / "nieuw.db"
    home, os.environ["CIRKELDESK_HOME"] = os.environ.get("CIRKELDESK_HOME"), str(path.parent / "home")
    with open_workspace(path):
        pass
    if home is None:
        del os.environ["CIRKELDESK_HOME"]
    else:
        os.environ["CIRKELDESK_HOME"] = home
    return path.read_bytes()


@pytest.fixture
def workspace(tmp_path: Path, new_file: bytes) -> Iterator[Workspace]:
    (tmp_path / "test.db").write_bytes(new_file)
    with open_workspace(tmp_path / "test.db") as opened:
        yield opened


@pytest.fixture
def samples() -> Path:
    """Real declarations, where they are at hand; they are never part of the project."""
    if not SAMPLES.is_dir():
        pytest.skip("samples/epd is not at hand beside the project")
    return SAMPLES
