"""Readers of declarations side by side: files per second, and how many values each gets wrong or loses.

`python3 start.py bench readers FOLDER` wants a folder of real declarations with their `expected_values.tsv`;
the files are no part of the project. The peers live in an environment of their own (`.peers`), made from
bench/peers.txt.
"""

from __future__ import annotations

import csv
import json
import logging
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.recognise import read_file

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".peers"
ROUNDS = 20
# lcax names both sets alike; its own names → ours.
LCAX = {
    "gwp": "GWP",
    "odp": "ODP",
    "ap": "AP",
    "ep": "EP",
    "pocp": "POCP",
    "adpe": "ADPE",
    "adpf": "ADPF",
    "gwp_fos": "GWP-fossil",
    "gwp_bio": "GWP-biogenic",
    "gwp_lul": "GWP-luluc",
    "ep_fw": "EP-freshwater",
    "ep_mar": "EP-marine",
    "ep_ter": "EP-terrestrial",
    "wdp": "WDP",
    "pm": "PM",
    "irp": "IRP",
    "etp_fw": "ETP-fw",
    "htp_c": "HTP-c",
    "htp_nc": "HTP-nc",
    "sqp": "SQP",
    "mrf": "MFR",
    "ter": "TER",
}
ILCDLIB = {
    "gwp": "GWP",
    "odp": "ODP",
    "ap": "AP",
    "pocp": "POCP",
    "ep": "EP",
    "ep-fresh": "EP-freshwater",
    "ADP-mineral": "ADPE",
    "ADP-fossil": "ADPF",
    "ee": "EEE",
    "eh": "EET",
}
Key = tuple[str, str, str, str]  # indicator, set, module, scenario


def main(folder: Path) -> int:
    table = folder / "expected_values.tsv"
    if not table.is_file():
        print(f"No real declarations at hand: {table.name} is not in that folder. Nothing to compare.")
        return 1
    prepare()
    wanted = expected(table)
    json_files = sorted((folder / "ilcd_json").glob("*.json"))
    zips = sorted((folder / "ilcd_zip").glob("*.zip"))
    print(f"{'reader':10} {'files':>12} {'files/s':>9} {'values':>8} {'wrong':>7} {'lost':>6}")
    for name, files, kind in (("lcax", json_files, "ilcd_json"), ("ilcdlib", zips, "ilcd_zip")):
        truth = {path.name: wanted[key_of(path, kind, wanted)] for path in files}
        show("cirkeldesk", kind, len(files), *ours(files), truth)
        show(name, kind, len(files), *theirs(name, files), truth)
    return 0


def key_of(path: Path, kind: str, wanted: dict[str, Any]) -> str:
    """The table names a zip's process by the zip's own name."""
    return next(
        name for name in wanted if name == f"{kind}/{path.name}" or name.startswith(f"ilcd_xml/{path.stem}__")
    )


def prepare() -> None:
    """Make the peers' environment, again when their list changed."""
    wanted, stamp = (ROOT / "bench" / "peers.txt").read_text(encoding="utf-8"), ENVIRONMENT / "peers.txt"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    uv, python = ROOT / ".tools" / "bin" / "uv", ENVIRONMENT / "bin" / "python"
    subprocess.run([str(uv), "venv", "--quiet", "--clear", str(ENVIRONMENT)], check=True)
    subprocess.run(
        [str(uv), "pip", "install", "--quiet", "--python", str(python), "-r", "bench/peers.txt"],
        cwd=ROOT,
        check=True,
    )
    stamp.write_text(wanted, encoding="utf-8")


def expected(table: Path) -> dict[str, dict[Key, tuple[float, float]]]:
    """File → (indicator, set, module, scenario) → (value, declared amount); only values that were
    declared."""
    found: dict[str, dict[Key, tuple[float, float]]] = defaultdict(dict)
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["value"]:
                name, _, rest = row["indicator"].partition(" (")
                key = (name, rest.rstrip(")"), row["module"], row["scenario"])
                found[row["file"]][key] = (float(row["value"]), float(row["declared_amount"]))
    return found


Read = dict[str, dict[Key, float]]  # file → key → value per one declared unit


def ours(files: list[Path]) -> tuple[float, Read]:
    read_file(files[0])  # the peers have one to warm up as well
    begin = time.perf_counter()
    for _ in range(ROUNDS):
        readings = {path.name: read_file(path) for path in files}
    seconds = (time.perf_counter() - begin) / ROUNDS
    found: Read = {}
    for name, reading in readings.items():
        product = reading.products[0]
        found[name] = {
            (row.indicator, d.set or "", row.module, row.scenario or ""): row.value
            / (product.declared_amount or 1.0)
            for d in product.declarations
            for row in d.values
            if row.value is not None
        }
    return seconds, found


def theirs(name: str, files: list[Path]) -> tuple[float, Read]:
    command = [
        str(ENVIRONMENT / "bin" / "python"),
        "bench/peer_reader.py",
        name,
        str(ROUNDS),
        *map(str, files),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["seconds"], {file: as_keys(name, found) for file, found in answer["files"].items()}


def as_keys(name: str, found: dict[str, Any]) -> dict[Key, float]:
    """A peer's values under our names; the set is the one it claims, "" where it claims none, "?" where it
    merges both."""
    made: dict[Key, float] = {}
    for key, value in found["values"].items():
        if value is None:
            continue
        *method, code, module = key.split("|")
        if name == "lcax":
            made[(LCAX.get(code, code.upper()), "?", module.upper().replace("A1A3", "A1-A3"), "")] = value
        else:
            impacts = method[0] not in ("resource_uses", "output_flows")
            claimed = ("A2" if "EF" in method[0] else "A1") if impacts else ""
            made[(ILCDLIB.get(code, code.upper()), claimed, module.replace("A1A2A3", "A1-A3"), "")] = (
                value / found["amount"]
            )
    return made


def show(
    name: str,
    kind: str,
    count: int,
    seconds: float,
    read: Read,
    truth: dict[str, dict[Key, tuple[float, float]]],
) -> None:
    """Wrong: another value for what is declared, or a value of another set or indicator. Lost: no value at
    all."""
    wrong = lost = total = 0
    for file, wanted in truth.items():
        found = dict(read.get(file, {}))
        for (code, set_code, module, scenario), (value, amount) in wanted.items():
            total += 1
            names = [
                (code, set_code, module, scenario),
                (code, "?", module, ""),
                (code.replace("GWP-total", "GWP"), "?", module, ""),
            ]
            got = next((found.pop(key) for key in names if key in found), None)
            if got is None:
                lost += 1
            elif abs(got - value / amount) > 1e-9 * max(abs(value / amount), 1e-300):
                wrong += 1
        wrong += len(found)  # values of something that is not declared, such as set A1 under the name of A2
    print(f"{name:10} {f'{count} {kind[5:]}':>12} {count / seconds:9.1f} {total:8} {wrong:7} {lost:6}")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.exit(main(Path(sys.argv[1])))
