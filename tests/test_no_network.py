"""The tests themselves are held to it: what reaches beyond this computer is refused and noted, in every
process."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.no_network import sitecustomize


@pytest.fixture
def own_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tries that are meant are noted apart."""
    note = tmp_path / "tried"
    note.touch()
    monkeypatch.setenv(sitecustomize.NOTE, str(note))
    return note


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.invalid"])
def test_reaching_out_is_refused_and_noted(own_note: Path, host: str) -> None:
    with pytest.raises(PermissionError):
        socket.create_connection((host, 9), timeout=1)
    assert own_note.read_text() != ""


def test_this_computer_is_reached(own_note: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5),
    ):
        pass
    assert own_note.read_text() == ""


def test_a_process_of_a_test_is_held_to_it_too(own_note: Path) -> None:
    code = "import socket\ntry:\n socket.getaddrinfo('example.invalid', 80)\nexcept PermissionError:\n print('refused')"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout == "refused\n"
    assert own_note.read_text().startswith("socket.getaddrinfo")


def test_the_program_has_nothing_to_reach_out_with() -> None:
    """No client for the network in our own code; of Qt's only the socket by which a second start raises the
    first window."""
    clients = {
        "urllib.request",
        "http.client",
        "requests",
        "httpx",
        "ftplib",
        "smtplib",
        "telnetlib",
        "xmlrpc.client",
    }
    found = set()
    for path in (ROOT / "cirkeldesk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtNetwork":
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.module not in clients, path
            elif isinstance(node, ast.Import):
                assert not clients & {name.name for name in node.names}, path
    assert found == {"QLocalServer", "QLocalSocket"}
