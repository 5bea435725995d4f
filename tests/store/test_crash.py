"""After a killed process the file opens again with every acknowledged step; 8 kills here, 200 with --deep."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from cirkeldesk.operations.desk import open_desk
from tests.conftest import ROOT

WRITER = """
import sys
from pathlib import Path
from cirkeldesk.model import edits
from cirkeldesk.operations import tenders
from cirkeldesk.operations.desk import open_desk
with open_desk(Path(sys.argv[1])) as desk:
    identity = tenders.new_tender(desk)
    print(identity, flush=True)
    for number in range(100000):
        tenders.edit_tender(desk, identity, edits.set_field("title", f"stap {number} " + "x" * 3000, "titel"))
        print(number, flush=True)
"""


def test_every_acknowledged_step_survives_a_kill(tmp_path: Path, deep: bool) -> None:
    pause = random.Random(20261122)
    for round_number in range(200 if deep else 8):
        path = tmp_path / f"{round_number}.db"
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        identity = process.stdout.readline().strip()
        time.sleep(pause.uniform(0.01, 0.15))
        process.send_signal(signal.SIGKILL)
        acknowledged = [int(line) for line in process.communicate()[0].splitlines() if line.strip().isdigit()]
        with open_desk(path) as desk:
            assert not desk.read_only
            with desk.unit() as unit:
                assert unit.check() == []
                title = unit.tender(identity).title
        if acknowledged:
            assert int(title.split()[1]) >= acknowledged[-1]


def test_a_stray_journal_does_not_make_a_sound_file_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_desk(path):
        pass
    path.with_name("a.db-journal").write_bytes(b"rommel" * 500)
    with open_desk(path) as desk, desk.unit() as unit:
        assert unit.check() == []
