"""The annex for Provinciale Staten: accessible, archivable, and read aloud with the figures of `--json`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cirkeldesk.operations.monitor import monitoring
from cirkeldesk.operations.monitor.annex import write_annex
from cirkeldesk.operations.monitor.example import add_years
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers
from tests.acceptance.locking import at
from tests.sheets.tagged_text import tables, tree
from tests.sheets.verapdf import conforms


@pytest.fixture
def counted(workspace: Workspace) -> Workspace:
    at(workspace, "2027-06-01T09:00:00+00:00")
    add_years(workspace)
    return workspace


def test_it_is_accessible_and_archivable(counted: Workspace, tmp_path: Path) -> None:
    monitoring.freeze(counted, "2026-06-30")
    for name, until in (("nu", None), ("toen", "2024-12-31"), ("leeg", "2020-12-31")):
        write_annex(counted, monitoring.count_of(counted, until=until), tmp_path / f"{name}.pdf")
    conforms(sorted(tmp_path.glob("*.pdf")))


def test_read_aloud_it_is_its_data(counted: Workspace, tmp_path: Path) -> None:
    count = monitoring.count_of(counted, until="2026-12-31")
    made = monitoring.figures(count)
    path = tmp_path / "bijlage.pdf"
    write_annex(counted, count, path)
    found = {(table[0][0], table[0][1]): table for table in reversed(tables(path))}  # the awarded one first
    years = {row[0]: row for row in found["Jaar", "Opdrachten"][1:]}
    plain = {str(one["year"]): one for one in made.plain["gegund"]}  # type: ignore[attr-defined]
    for year, row in years.items():
        one = plain[year]
        assert row[1] == str(one["lots"])
        assert row[2] == numbers.number(one["primary_abiotic_t"]["low"], 0)
        low, high = (numbers.number(one["band_t"][end], 0) for end in ("low", "high"))
        assert row[3] == (low if low == high else f"{low}–{high}")
    assert set(years) == set(plain)
    text = " ".join(tree(path).whole_text.split())
    for part in ("Voorbeeld met verzonnen cijfers.", made.hash[:16], "minder primaire grondstof", "PCEM"):
        assert part in text, part
    mki = {row[0]: row for row in found["Jaar", "Weegset"][1:]}
    for year, row in mki.items():
        assert row[2:4] == [
            numbers.number(plain[year]["mki"]["A2"][name], 0) for name in ("reference", "promised")
        ]
