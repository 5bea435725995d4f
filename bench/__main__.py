"""`python3 start.py bench [NAME …]`: one of the benches, or the overview.

Only its own module is imported: what others need would make the memory larger that is looked through, and Qt
looks at each import that comes after it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path

NAMES = (
    "readers",
    "comparing",
    "printing",
    "writing",
    "window",
    "starting",
    "forms",
    "erasing",
    "counting",
    "matching",
)
SIZES = {"erasing": 5_000, "counting": 5_000, "matching": 50_000}  # unless said


def run(name: str, *said: str) -> int:
    module = import_module(f"bench.{name}")
    if name == "readers":
        return int(module.main(Path(said[0])))
    if name == "starting":
        return int(module.main(Path(said[0] if said else "dist/CirkelDesk")))
    if name in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CIRKELDESK_HOME"] = folder
            return int(module.main(Path(folder), int(said[0]) if said else SIZES[name]))
    return int(module.main())


if __name__ == "__main__":
    sys.exit(run(*(sys.argv[1:] if sys.argv[1:2] and sys.argv[1] in NAMES else ["overview"])))
