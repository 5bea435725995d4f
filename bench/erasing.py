"""Erasing a name: `python3 start.py bench erasing [TENDERS]`, beside reading and writing the same bytes once
in plain Python.

Every tender of the file names the person, in its document and not in its history. The peer reads each
document of the same file, replaces the name, hashes and packs it and writes it back in one transaction, and
rewrites the file (VACUUM): what has to be done at the least, without a figure recomputed, a list renewed or a
chain kept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import open_workspace

NAME = "Jan de Tester (fictief)"


def make(path: Path, count: int) -> None:
    """A file with so many tenders that all name the person."""
    with open_workspace(path) as workspace:
        add_example(workspace)
        tender = tenders.get_tender(workspace, "voorbeeld")
        with workspace.unit() as unit:
            for number in range(count):
                publication = replace(tender.publication, contact=NAME)
                made = replace(
                    tender, id=f"t{number:06}", number=f"2026-{number:05}", publication=publication
                )
                unit.commit("tender", made.id, made, "tender_new", {"name": made.number})


def ours(path: Path) -> float:
    """Seconds to erase the name, from the question to the file without it."""
    with open_workspace(path) as workspace:
        begin = time.perf_counter()
        keeping.erase_name(workspace, NAME)
        return time.perf_counter() - begin


def peer(path: Path) -> float:
    """Seconds to replace the name in every document of a copy of the file."""
    begin = time.perf_counter()
    with closing(sqlite3.connect(path)) as connection:
        for trigger in [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for digest, content in connection.execute("SELECT hash, content FROM document").fetchall():
            text = zlib.decompress(content).decode()
            if NAME in text:
                renewed = json.dumps(json.loads(text.replace(NAME, "[gewist]"))).encode()
                values = (hashlib.sha256(renewed).hexdigest(), zlib.compress(renewed, 6), digest)
                connection.execute("UPDATE document SET hash = ?, content = ? WHERE hash = ?", values)
        connection.commit()
        connection.execute("VACUUM")
    return time.perf_counter() - begin


def main(folder: Path, count: int) -> int:
    path, copy = folder / "wissen.db", folder / "peer.db"
    make(path, count)
    copy.write_bytes(path.read_bytes())
    took, least = ours(path), peer(copy)
    print(
        f"a name erased in {count} tenders: {took:.1f} s; the least that has to be done: {least:.1f} s; "
        f"ratio {took / least:.1f}"
    )
    return 0
