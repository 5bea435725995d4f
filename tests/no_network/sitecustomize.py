"""Loaded by every Python that the tests start: it refuses to reach beyond this computer, and notes that
somebody tried.

`tests/conftest.py` puts this folder on PYTHONPATH and does the same in its own process.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

NOTE = "CIRKELDESK_TESTS_TRIED_NETWORK"
_LOCAL = {"localhost", "", "None", "ip6-localhost"}


def is_here(host: object) -> bool:
    """Whether a host name or address is this computer."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text in _LOCAL:
        return True
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host: object = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.bind"):
        address = arguments[1]
        if not isinstance(address, tuple):  # a socket of this computer, by its path
            return
        host = address[0]
    else:
        return
    if not is_here(host):
        with open(os.environ[NOTE], "a", encoding="utf-8") as note:
            note.write(f"{event} {sys.argv[:2]}\n")
        raise PermissionError(f"the tests reach nothing beyond this computer: {event}")


def block() -> None:
    """From here on; an audit hook cannot be taken away again."""
    if os.environ.get(NOTE):
        sys.addaudithook(_refuse)


block()
