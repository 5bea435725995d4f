"""After a killed process the file opens again with every acknowledged step; 40 kills here, 500 with
--deep."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.store.check import faults
from tests.conftest import ROOT

KILLS_PER_FILE = 10

# Loads the program once; for every line "file seconds acknowledged-file" a child of it works in the file
# until it is killed.
KILLER = """
import os, signal, sys, time
from pathlib import Path
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.store.schema import metadata
import alembic.command, alembic.config
def work(path, acknowledged):
    said = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with open_workspace(Path(path)) as workspace:
        rows = tenders.tender_list(workspace)
        identity = rows[0]["id"] if rows else tenders.new_tender(workspace)
        number = int((tenders.get_tender(workspace, identity).title or "stap 0").split()[1])
        while True:
            number += 1
            tenders.edit_tender(workspace, identity, edits.set_field("title", f"stap {number} " + "x" * 3000, "titel"))
            os.write(said, f"{number}\\n".encode())
for line in sys.stdin:
    path, wanted, seconds, acknowledged = line.rstrip("\\n").split("\\t")
    had = len(open(acknowledged).read().split()) if os.path.exists(acknowledged) else 0
    child = os.fork()
    if child == 0:
        try:
            work(path, acknowledged)
        finally:
            os._exit(9)
    while int(wanted) and (not os.path.exists(acknowledged) or len(open(acknowledged).read().split()) < had + int(wanted)):
        time.sleep(0.001)
    time.sleep(float(seconds))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else "ended by itself", flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.timeout(900)
def test_every_acknowledged_step_survives_a_kill(tmp_path: Path, deep: bool) -> None:
    moments = random.Random(20261123)
    said = tmp_path / "said"
    steps = 0
    with subprocess.Popen(
        [sys.executable, "-c", KILLER],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as killer:
        assert killer.stdin is not None
        assert killer.stdout is not None
        for kill in range(500 if deep else 40):
            path = tmp_path / f"{kill // KILLS_PER_FILE}.db"
            if kill % KILLS_PER_FILE == 0:
                said.unlink(missing_ok=True)
            # So many steps first, whatever they take here, and a moment more.
            # With no steps at all the kill falls while the file is made.
            steps_first, seconds = (
                (0, moments.uniform(0.0, 0.35))
                if kill % KILLS_PER_FILE == 0
                else (moments.randrange(1, 6), moments.uniform(0.0, 0.02))
            )
            killer.stdin.write(f"{path}\t{steps_first}\t{seconds:.3f}\t{said}\n")
            assert killer.stdout.readline().strip() == "9"
            acknowledged = said.read_text().split() if said.exists() else []
            with open_workspace(path) as workspace:
                assert not workspace.read_only
                with workspace.unit() as unit:
                    assert faults(unit) == []
                    tenders = unit.lists.tenders()
            if acknowledged:
                assert int(tenders[0]["title"].split()[1]) >= int(acknowledged[-1])
                steps = max(steps, int(acknowledged[-1]))
    assert steps > 10  # the kills fell in the middle of work


def test_a_stray_journal_does_not_make_a_sound_file_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_workspace(path):
        pass
    path.with_name("a.db-journal").write_bytes(b"rommel" * 500)
    with open_workspace(path) as workspace, workspace.unit() as unit:
        assert faults(unit) == []
