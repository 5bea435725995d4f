"""The command line as it is called, and the example at each stage of an award."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.cli import main
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from tests.acceptance.locking import BEFORE, CLOSED, ID, SEAL, at

Capture = pytest.CaptureFixture[str]


class Cli:
    def __init__(self, database: Path, capture: Capture) -> None:
        self.database, self._capture = database, capture
        self.code, self.out, self.err = 0, "", ""

    def __call__(self, *words: str) -> Cli:
        self.code = main(["--db", str(self.database), *words])
        self.out, self.err = self._capture.readouterr()
        return self

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def cli(tmp_path: Path, capsys: Capture) -> Cli:
    return Cli(tmp_path / "a.db", capsys)


@pytest.fixture
def example(workspace: Workspace) -> Workspace:
    from cirkeldesk.operations.tender.example import add_example

    at(workspace, BEFORE)
    add_example(workspace)
    return workspace


@pytest.fixture
def locked(example: Workspace) -> Workspace:
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad")
    return example


@pytest.fixture
def opened(locked: Workspace) -> Workspace:
    at(locked, CLOSED)
    awards.open_bids(locked, ID, "twee collega's")
    return locked


@pytest.fixture
def sealed(example: Workspace) -> Workspace:
    tenders.edit_tender(example, ID, edits.set_field("sealed_until", SEAL, "opening"))
    awards.lock_rules(example, ID, "2026-11-30", "Leidraad")
    return example
