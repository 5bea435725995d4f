"""Supply and demand of a region: `python3 start.py bench matching [SUPPLIES]`, beside a plain SQL question.

A tenth as many demands as supplies. Ours finds the ten best of each demand, in time first and by what they
save, from the file as the window and the command line do. The peer is the question one would write first: for
each demand the ten nearest of the same kind, format, condition and period, from a table in memory with an
index on kind, without MKI, detours or what is reserved.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cirkeldesk.model.material.matching import MOST
from cirkeldesk.operations.material.materials import find_matches, material_kinds, put_plain
from cirkeldesk.operations.workspace import open_workspace

WEST, SOUTH, WIDE, HIGH = 120_000.0, 440_000.0, 50_000.0, 40_000.0  # m RD: about the province
FURTHEST_KM, DETOUR = 40.0, 1.3
_NEAREST = """
SELECT id FROM supply
WHERE kind = :kind AND thickness = :thickness AND condition <= :condition
  AND since <= :until AND until >= :since
  AND (x - :x) * (x - :x) + (y - :y) * (y - :y) <= :furthest * :furthest
ORDER BY (x - :x) * (x - :x) + (y - :y) * (y - :y) LIMIT :most
"""


def made_up(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """So many supplies and a tenth as many demands, always the same."""
    chance, kinds = random.Random(1), list(material_kinds())

    def common(name: str) -> dict[str, Any]:
        return {
            "kind": chance.choice(kinds),
            "name": name,
            "amount": float(chance.randint(10, 5_000)),
            "unit": "m2",
            "format": {"thickness": chance.choice([60, 70, 80, 100])},
            "place": {"x": WEST + chance.random() * WIDE, "y": SOUTH + chance.random() * HIGH},
        }

    supplies = [
        common(f"Partij {number}")
        | {
            "id": f"s{number}",
            "mass_per_unit": 150.0,
            "condition": chance.choice("ABC"),
            "available_from": f"2027-{chance.randint(1, 12):02}-01",
            "available_until": "2029-01-01",
        }
        for number in range(count)
    ]
    demands = [
        common(f"Vraag {number}")
        | {
            "id": f"d{number}",
            "condition": "B",
            "needed_from": f"2027-{chance.randint(1, 12):02}-01",
            "needed_until": "2028-06-01",
            "furthest_km": FURTHEST_KM,
            "new": {"a1_a3": 6.0, "set_code": "A2", "edition": "verzonnen"},
        }
        for number in range(count // 10)
    ]
    return supplies, demands


def peer(supplies: Sequence[dict[str, Any]], demands: Sequence[dict[str, Any]]) -> float:
    """Seconds of the plain question for every demand."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE supply (id, kind, thickness, condition, since, until, x, y)")
        connection.executemany(
            "INSERT INTO supply VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one["id"],
                    one["kind"],
                    one["format"]["thickness"],
                    one["condition"],
                    one["available_from"],
                    one["available_until"],
                    one["place"]["x"],
                    one["place"]["y"],
                )
                for one in supplies
            ),
        )
        connection.execute("CREATE INDEX by_kind ON supply (kind, thickness)")
        begin = time.perf_counter()
        for demand in demands:
            asked = {
                "kind": demand["kind"],
                "thickness": demand["format"]["thickness"],
                "condition": demand["condition"],
                "since": demand["needed_from"],
                "until": demand["needed_until"],
                **demand["place"],
                "furthest": FURTHEST_KM * 1_000 / DETOUR,
                "most": MOST,
            }
            connection.execute(_NEAREST, asked).fetchall()
        spent = time.perf_counter() - begin
    connection.close()
    return spent


def main(folder: Path, count: int) -> int:
    path = folder / "regio.db"
    supplies, demands = made_up(count)
    rates = {"per_tkm": 0.008, "set_code": "A2", "edition": "verzonnen"}
    with open_workspace(path) as workspace:
        put_plain(workspace, {"supplies": supplies, "demands": demands, "rates": rates})
    with open_workspace(path) as workspace:
        begin = time.perf_counter()
        found = find_matches(workspace)
        ours = time.perf_counter() - begin
        begin = time.perf_counter()
        find_matches(workspace, demand=demands[0]["id"])
        one = time.perf_counter() - begin
    plain = peer(supplies, demands)
    print(
        f"{count} supplies and {len(demands)} demands: {len(found)} matches in {ours:.2f} s, one demand in {one:.2f} s; "
        f"the nearest by plain SQL {plain:.2f} s; ratio {ours / plain:.2f}"
    )
    return 0
