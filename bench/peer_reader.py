"""Runs in the peers' own environment: reads files with lcax or ilcdlib and prints what they make of them as
JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any


def with_lcax(path: Path) -> dict[str, Any]:
    """{unit, values: {key|module: value per ONE unit}}: lcax keeps no declared amount and no scenario."""
    import lcax  # type: ignore[import-not-found]

    found = json.loads(lcax.convert_ilcd(path.read_text(encoding="utf-8")).dumps())
    values = {
        f"{key}|{module}": value
        for key, modules in found["impacts"].items()
        for module, value in modules.items()
    }
    return {"unit": found["declaredUnit"], "amount": 1.0, "values": values}


def with_ilcdlib(path: Path) -> dict[str, Any]:
    """{unit, amount, values: {method|key|module: value}} as openEPD names them."""
    from ilcdlib.epd.factory import EpdReaderFactory  # type: ignore[import-not-found]
    from ilcdlib.medium.archive import ZipIlcdReader  # type: ignore[import-not-found]

    reader = EpdReaderFactory().get_reader_class("oekobaudat")(None, None, ZipIlcdReader(path))
    found = json.loads(reader.to_openepd_declaration("en").json())
    values = {}
    for section in ("impacts", "resource_uses", "output_flows"):
        groups = found[section] if section == "impacts" else {section: found[section]}
        for method, keys in groups.items():
            for key, modules in keys.items():
                for module, cell in (modules or {}).items():
                    if isinstance(cell, dict) and cell.get("mean") is not None:
                        values[f"{method}|{key}|{module}"] = cell["mean"]
    return {"unit": found["declared_unit"]["unit"], "amount": found["declared_unit"]["qty"], "values": values}


def main() -> None:
    read = {"lcax": with_lcax, "ilcdlib": with_ilcdlib}[sys.argv[1]]
    paths = [Path(name) for name in sys.argv[3:]]
    rounds = int(sys.argv[2])
    read(paths[0])
    begin = time.perf_counter()
    for _ in range(rounds):
        found = {path.name: read(path) for path in paths}
    seconds = (time.perf_counter() - begin) / rounds
    print(json.dumps({"seconds": seconds, "files": found}))


if __name__ == "__main__":
    main()
