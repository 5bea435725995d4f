"""start.py: what it would install, on which platform, and where it hands over to."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_where_things_are_on_each_platform(start: ModuleType) -> None:
    assert start.venv_python("linux") == start.VENV / "bin/python"
    assert start.venv_python("win32") == start.VENV / "Scripts/python.exe"
    assert start.uv_program("win32").name == "uv.exe"
    assert start.uv_program("darwin").name == "uv"


@pytest.mark.parametrize(
    ("words", "purpose", "command"),
    [
        ([], "run", ["-m", "cirkeldesk"]),
        (["gui", "--quit-when-shown"], "run", ["-m", "cirkeldesk", "gui", "--quit-when-shown"]),
        (["--db", "x", "tenders"], "run", ["-m", "cirkeldesk", "--db", "x", "tenders"]),
        (["test"], "test", ["-m", "pytest"]),
        (["test", "-k", "oracle", "--deep"], "test", ["-m", "pytest", "-k", "oracle", "--deep"]),
        (["pictures"], "run", ["-m", "tools.pictures"]),
        (["bench"], "run", ["-m", "bench"]),
    ],
)
def test_words_become_commands(start: ModuleType, words: list[str], purpose: str, command: list[str]) -> None:
    found_purpose, found = start.command_for(words)
    assert found_purpose == purpose
    assert [word for word in found if word not in ("-n", "3", "--dist", "worksteal")] == command


def test_missing_debian_packages(start: ModuleType) -> None:
    listing = "libegl1 ii \nlibgl1 un \nlibfoo:amd64 ii \n"
    assert start.missing_packages(["libegl1", "libgl1", "libnew", "libfoo"], listing) == ["libgl1", "libnew"]


class Recorder:
    """Stands in for running commands: keeps them, and says they went well."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []

    def __call__(self, command: Sequence[str]) -> int:
        self.commands.append(list(command))
        return 0


@pytest.fixture
def fake_dpkg(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    class Listing:
        stdout = "present ii \n"

    monkeypatch.setattr(start.subprocess, "run", lambda *_, **__: Listing())
    return start


def test_root_installs_at_once(fake_dpkg: ModuleType) -> None:
    ran = Recorder()
    fake_dpkg.install_debian_packages(["present", "absent"], is_root=True, ask=None, run=ran)
    assert [c[:2] for c in ran.commands] == [["apt-get", "update"], ["env", "DEBIAN_FRONTEND=noninteractive"]]
    assert ran.commands[1][-1] == "absent"


def test_others_are_asked_or_told_the_line(fake_dpkg: ModuleType) -> None:
    with pytest.raises(
        fake_dpkg.CannotSetUp, match="sudo apt-get install -y -qq --no-install-recommends absent"
    ):
        fake_dpkg.install_debian_packages(["absent"], is_root=False, ask=None, run=lambda _: 0)
    with pytest.raises(fake_dpkg.CannotSetUp):
        fake_dpkg.install_debian_packages(["absent"], is_root=False, ask=lambda _: "n", run=lambda _: 0)
    ran = Recorder()
    fake_dpkg.install_debian_packages(["absent"], is_root=False, ask=lambda _: "y", run=ran)
    assert [c[0] for c in ran.commands] == ["sudo", "sudo"]


def test_a_failing_install_says_what_to_do(fake_dpkg: ModuleType) -> None:
    with pytest.raises(fake_dpkg.CannotSetUp, match="by hand"):
        fake_dpkg.install_debian_packages(["absent"], is_root=True, ask=None, run=lambda _: 100)


def test_an_old_python_is_refused(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start.sys, "version_info", (3, 10, 1))
    assert start.main([]) == 1
    assert "3.11" in capsys.readouterr().err


def test_the_stamp_follows_the_lock(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("a")
    monkeypatch.setattr(start, "LOCK", lock)
    one = start.stamp_text("run")
    lock.write_text("b")
    assert start.stamp_text("run") != one
    assert start.stamp_text("test") != start.stamp_text("run")


def test_a_set_up_for_tests_also_serves_running(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = Recorder()
    for name, value in (("VENV", tmp_path), ("run", ran), ("install_uv", lambda: tmp_path / "uv")):
        monkeypatch.setattr(start, name, value)
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    python = start.venv_python()
    python.parent.mkdir()
    python.touch()
    assert not start.is_set_up("run")
    start.set_up("test")
    assert start.is_set_up("test")
    assert start.is_set_up("run")
    commands = len(ran.commands)
    start.set_up("run")
    assert len(ran.commands) == commands == 1


def test_the_locks_name_hashes_and_no_index() -> None:
    for name in ("lock.txt", "tools.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text  # an address; a package may be called aiohttp
    assert "sys_platform == 'win32'" in (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")


def test_ci_runs_the_same_command() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("exec python3 start.py test")


def test_a_wheel_runs_from_any_folder(tmp_path: Path) -> None:
    """Built without the network, unpacked beside the environment's libraries, run from elsewhere."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = tmp_path.glob("*.whl")
    site, elsewhere = tmp_path / "site", tmp_path / "elders"
    elsewhere.mkdir()
    import zipfile

    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(site)
    assert not [name for name in names if name.startswith(("db/", "resources/", "tests/"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cirkeldesk", "--db", "a.db", *words]
        return subprocess.run(
            command,
            cwd=elsewhere,
            env={"PYTHONPATH": str(site), "HOME": str(elsewhere)},
            capture_output=True,
            text=True,
        )

    assert run("example").stdout == "VOORBEELD-001\n"
    assert "Inschrijving B heeft de laagste MKI" in run("compare", "VOORBEELD-001").stdout
    for words in (
        ["advise", "VOORBEELD-001", "--pdf", "a.pdf"],
        ["export", "VOORBEELD-001", "--xlsx", "a.xlsx"],
    ):
        done = run(*words)
        assert done.returncode == 0, done.stderr
    assert (elsewhere / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (elsewhere / "a.xlsx").stat().st_size > 10_000
