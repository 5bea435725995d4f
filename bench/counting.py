"""The monitor over ten years: `python3 start.py bench counting [LOTS]`, beside summing the same figures in
plain Python from the CSV it exports.

Three times: the file counted for the first time (each contract is worked out), opened again (what was worked
out stands beside the versions), and counted once more. The peer reads the exported rows and sums them by
year: what a policy officer's own script would do. Beside it a contract with many deliveries, each declared
differently.
"""

from __future__ import annotations

import csv
import time
from dataclasses import replace
from pathlib import Path

from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.operations.contract.contracts import contract_of
from cirkeldesk.operations.monitor import example, monitoring
from cirkeldesk.operations.monitor.annex import LOTS, write_tables
from cirkeldesk.operations.workspace import open_workspace

FIRST_YEAR, YEARS, DELIVERIES = 2017, 10, 3000


def make(path: Path, count: int) -> None:
    """So many contracts in ten years, of works as in the example."""
    with open_workspace(path) as workspace:
        example.add_years(workspace)
        with workspace.unit() as unit:
            kept = [
                (unit.tender(identity), unit.document(digest))
                for identity, digest in unit.documents.heads("contract").items()
            ]
            for number in range(count):
                tender, contract = kept[number % len(kept)]
                assert isinstance(contract, Contract)
                made = replace(tender, id=f"g{number}", number=f"G-{number:05}", fictitious=False)
                year = FIRST_YEAR + number % YEARS
                follows = replace(
                    contract,
                    id=made.id,
                    basis=content_hash(made),
                    fictitious=False,
                    awarded_on=f"{year}-03-01",
                    deliveries=tuple(replace(one, date=f"{year}-07-01") for one in contract.deliveries),
                )
                unit.commit("tender", made.id, made, "example", {"name": made.number})
                unit.commit("contract", made.id, follows, "example", {"name": made.number})


def counted(path: Path) -> tuple[float, float]:
    """Seconds of the first count of an opened file and of the next."""
    with open_workspace(path) as workspace:
        begin = time.perf_counter()
        monitoring.count_of(workspace)
        middle = time.perf_counter()
        monitoring.count_of(workspace)
        return middle - begin, time.perf_counter() - middle


def peer(path: Path, folder: Path) -> float:
    """Seconds to sum the exported rows by year."""
    with open_workspace(path) as workspace:
        write_tables(workspace, monitoring.count_of(workspace), folder)
    begin = time.perf_counter()
    sums: dict[tuple[str, str], float] = {}
    with (folder / LOTS).open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            for name in ("primary_low", "primary_high", "secondary_low", "reused_low"):
                key = (row["year"] + row["basis"], name)
                sums[key] = sums.get(key, 0.0) + float(row[name].replace(",", ".") or 0)
    return time.perf_counter() - begin


def many_deliveries(path: Path) -> float:
    """Seconds until a contract of many deliveries, each at another rate, is worked out."""
    with open_workspace(path) as workspace:
        with workspace.unit() as unit:
            identity, digest = next(iter(unit.documents.heads("contract").items()), ("", ""))
            contract = unit.document(digest)
            assert isinstance(contract, Contract)
            first = contract.deliveries[0]
            listed = tuple(
                replace(first, id=f"d{number}", quantity=1.0, mki=6 + number / DELIVERIES)
                for number in range(DELIVERIES)
            )
            unit.commit("contract", identity, replace(contract, deliveries=listed), "example", {"name": ""})
        begin = time.perf_counter()
        contract_of(workspace, identity)
        return time.perf_counter() - begin


def main(folder: Path, count: int) -> int:
    path = folder / "monitor.db"
    make(path, count)
    first, _ = counted(path)
    again, recount = counted(path)
    least = peer(path, folder / "csv")
    print(
        f"{count} lots over {YEARS} years: worked out {first:.2f} s, opened again {again:.2f} s, recounted "
        f"{recount:.2f} s; the exported rows summed {least:.2f} s; ratios {again / least:.1f} and "
        f"{recount / least:.1f}"
    )
    print(f"a contract of {DELIVERIES} deliveries at as many rates: {many_deliveries(path):.2f} s")
    return 0
